/*
 * domain/base/arena.c -- blocks in a chain, newest first; the one caller of malloc in the house.
 *
 * 1. `held` counts every byte taken from malloc for blocks, their heads included, and never exceeds
 *    the ceiling.
 * 2. The first block lives as long as the arena; all others go when the arena is rewound before them.
 * 3. A defer is a small record in the arena itself, so it goes with the memory it guards.
 */
#include "domain/base/arena.h"

#include <assert.h>
#include <stdint.h>

struct block {
	struct block *before;
	size_t size; /* bytes of data */
	size_t used;
	alignas(max_align_t) unsigned char data[];
};

struct defer {
	struct defer *before;
	void (*fn)(void *);
	void *ptr;
};

struct arena {
	struct block *block; /* the newest */
	struct defer *defers;
	size_t held, ceiling;
	arena_spent_fn *spent;
};

static void block_add(struct arena *a, size_t size);
static void *bump(struct block *b, size_t size, size_t align);
static void run_defers(struct arena *a, const struct defer *until);
static _Noreturn void give_up(const struct arena *a, size_t wanted, size_t ceiling);

struct arena *
arena_open(size_t first, size_t ceiling, arena_spent_fn *spent)
{
	struct arena *a = malloc(sizeof(*a));

	if (a == NULL) {
		struct arena none = {.spent = spent};
		give_up(&none, sizeof(*a), 0);
	}
	*a = (struct arena){.ceiling = ceiling, .spent = spent};
	block_add(a, first);
	return a;
}

void
arena_close(struct arena *a)
{
	if (a == NULL)
		return;
	arena_reset(a);
	free(a->block);
	free(a);
}

void *
arena_alloc(struct arena *a, size_t size, size_t align)
{
	assert(align != 0 && (align & (align - 1)) == 0);
	if (size == 0)
		size = 1;
	void *p = bump(a->block, size, align);
	if (p == NULL) {
		if (size > SIZE_MAX - align)
			give_up(a, size, a->ceiling);
		/* Doubling keeps the chain short; near the ceiling only what is needed is asked for. */
		size_t want = size + align;
		size_t twice = a->block->size < SIZE_MAX / 4 ? a->block->size * 2 : want;
		size_t room = a->ceiling - a->held;
		room = room > sizeof(struct block) ? room - sizeof(struct block) : 0;
		block_add(a, twice > want && twice <= room ? twice : want);
		p = bump(a->block, size, align);
	}
	/* Memory that was rewound over is dirty, so zeroing happens here and nowhere else. */
	memset(p, 0, size);
	return p;
}

void *
arena_array_alloc(struct arena *a, size_t n, size_t size, size_t align)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		give_up(a, SIZE_MAX, a->ceiling);
	return arena_alloc(a, bytes, align);
}

bool
arena_more(struct arena *a, void *p, size_t size, size_t larger)
{
	struct block *b = a->block;
	unsigned char *end = b->data + b->used;

	if ((unsigned char *)p + size != end || larger < size || larger - size > b->size - b->used)
		return false;
	memset(end, 0, larger - size);
	b->used += larger - size;
	return true;
}

void
arena_defer(struct arena *a, void (*fn)(void *), void *ptr)
{
	struct defer *d = arena_new(a, struct defer);

	*d = (struct defer){a->defers, fn, ptr};
	a->defers = d;
}

struct arena_mark
arena_mark(const struct arena *a)
{
	return (struct arena_mark){a->block, a->block->used, a->defers};
}

void
arena_rewind(struct arena *a, struct arena_mark m)
{
	run_defers(a, m.defers);
	while (a->block != m.block) {
		struct block *b = a->block;

		assert(b->before != NULL); /* else the mark is not of this arena, or is stale */
		a->block = b->before;
		a->held -= sizeof(*b) + b->size;
		free(b);
	}
	assert(m.used <= a->block->used);
	a->block->used = m.used;
}

void
arena_reset(struct arena *a)
{
	struct block *first = a->block;

	while (first->before != NULL)
		first = first->before;
	arena_rewind(a, (struct arena_mark){first, 0, NULL});
}

size_t
arena_held(const struct arena *a)
{
	return a->held;
}

static void
block_add(struct arena *a, size_t size)
{
	if (size > a->ceiling - a->held || sizeof(struct block) > a->ceiling - a->held - size)
		give_up(a, size, a->ceiling);
	struct block *b = malloc(sizeof(*b) + size);
	if (b == NULL)
		give_up(a, size, 0);
	b->before = a->block;
	b->size = size;
	b->used = 0;
	a->block = b;
	a->held += sizeof(*b) + size;
}

/* NULL if the block has no room left. */
static void *
bump(struct block *b, size_t size, size_t align)
{
	uintptr_t at = (uintptr_t)b->data + b->used;
	size_t pad = (size_t)(-at & (align - 1));

	if (pad > b->size - b->used || size > b->size - b->used - pad)
		return NULL;
	void *p = b->data + b->used + pad;
	b->used += pad + size;
	return p;
}

static void
run_defers(struct arena *a, const struct defer *until)
{
	while (a->defers != until) {
		struct defer d = *a->defers;

		a->defers = d.before;
		d.fn(d.ptr);
	}
}

static _Noreturn void
give_up(const struct arena *a, size_t wanted, size_t ceiling)
{
	if (a->spent != NULL)
		a->spent(wanted, ceiling);
	else
		fputs(ceiling != 0 ? "arena: over its ceiling\n" : "arena: out of memory\n", stderr);
	abort();
}
