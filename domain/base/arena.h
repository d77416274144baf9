/*
 * domain/base/arena.h -- memory with a lifespan: bump pointer, ceiling, deferred clean-up.
 *
 * 1. What you are given, you borrow; what you return is in the arena you were given.
 * 2. An arena never answers NULL. Over its ceiling, or out of memory, it calls the handler given at
 *    birth, which does not return (a worker logs and exits; its transaction rolls back).
 * 3. arena_defer handlers run in reverse order at rewind, reset and close.
 *
 * The only caller of malloc in the house is arena.c.
 */
#ifndef DOMAIN_BASE_ARENA_H
#define DOMAIN_BASE_ARENA_H

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;

struct arena_mark {
	void *block;
	size_t used;
	void *defers;
};

/* Called when the ceiling is hit (wanted, ceiling > 0) or malloc fails (ceiling = 0). Must not return. */
typedef void arena_spent_fn(size_t wanted, size_t ceiling);

/*
 * arena_open -- a new arena; the first block is taken at once
 *
 * first    in  bytes of the first block, kept over resets
 * ceiling  in  bytes it may ever hold at one time, blocks and their heads counted
 * spent    in  NULL = print one line and abort
 */
struct arena *arena_open(size_t first, size_t ceiling, arena_spent_fn *spent);
void arena_close(struct arena *a);

/* arena_alloc -- zeroed memory; align is a power of two; size 0 gives a unique pointer */
void *arena_alloc(struct arena *a, size_t size, size_t align);

/* arena_array_alloc -- n * size zeroed bytes; an overflow counts as over the ceiling */
void *arena_array_alloc(struct arena *a, size_t n, size_t size, size_t align);

/*
 * arena_more -- the piece that was made last becomes larger where it lies, what is new of it zeroed; false: something came behind it, or
 * there is no room (then it is made anew elsewhere)
 */
bool arena_more(struct arena *a, void *p, size_t size, size_t larger);

#define arena_new(a, type) ((type *)arena_alloc((a), sizeof(type), alignof(type)))
#define arena_array(a, type, n) ((type *)arena_array_alloc((a), (n), sizeof(type), alignof(type)))

/* arena_defer -- run fn(ptr) when the arena is rewound past this point, reset or closed */
void arena_defer(struct arena *a, void (*fn)(void *), void *ptr);

struct arena_mark arena_mark(const struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark m);

/* arena_reset -- run all defers, keep the first block */
void arena_reset(struct arena *a);

/* arena_held -- bytes held now, for tests and the log */
size_t arena_held(const struct arena *a);

#endif
