/*
 * tests/fuzz/fuzz.h -- what the targets share. A target reads bytes, asks the code, and checks what
 * must be true of every answer: MUST aborts, and libFuzzer keeps the input.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(condition)                                                              \
	do {                                                                         \
		if (!(condition)) {                                                  \
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
			abort();                                                     \
		}                                                                    \
	} while (0)

/* One arena for all runs, emptied before each; its ceiling is a request's own. */
static inline struct arena *
fuzz_arena(void)
{
	static struct arena *a;

	if (a == NULL)
		a = arena_open(1 << 20, 64 << 20, NULL);
	arena_reset(a);
	return a;
}

/* An exact copy: the address sanitiser sees one byte too far. */
static inline struct str
fuzz_text(const uint8_t *data, size_t size)
{
	static char *copy;

	free(copy);
	copy = malloc(size == 0 ? 1 : size);
	MUST(copy != NULL);
	if (size > 0)
		memcpy(copy, data, size);
	return (struct str){copy, size};
}

/* Does `part` lie inside `whole`? An empty part may lie anywhere. */
static inline bool
fuzz_inside(struct str part, struct str whole)
{
	return part.n == 0 || (part.p >= whole.p && part.p + part.n <= whole.p + whole.n);
}

#endif
