/*
 * tests/fuzz/shape.c -- every body that the house takes: the first byte chooses an endpoint, the
 * rest is its JSON. What is let in is written and read again the same.
 */
#include <stdalign.h>

#include "fcgi/http/router.h"
#include "fcgi/http/shape.h"
#include "tests/fuzz/fuzz.h"

#define BODIES_MAX 256

static size_t
bodies(const struct shape **out)
{
	const struct table *t;
	const struct endpoint *e;
	size_t n = 0;

	for (t = api_tables; t->noun != NULL; t++)
		for (e = t->endpoints; e->method != 0; e++)
			if (e->body != NULL && n < BODIES_MAX)
				out[n++] = e->body;
	return n;
}

static void
try(const struct shape *s, struct arena *a, struct str json)
{
	struct buf one = buf_open(a, 4096, 8 << 20), two = buf_open(a, 4096, 8 << 20);
	void *in = arena_alloc(a, s->size, alignof(max_align_t)), *again = arena_alloc(a, s->size, alignof(max_align_t));
	struct fault f = {0};

	if (shape_read(s, json, a, in, &f) != OK) {
		MUST(f.err == E_INVALID && f.field != NULL && f.why != NULL);
		return;
	}
	shape_write(s, in, &one);
	MUST(!one.full && shape_read(s, buf_str(&one), a, again, &f) == OK);
	shape_write(s, again, &two);
	MUST(str_eq(buf_str(&one), buf_str(&two)));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct shape *all[BODIES_MAX];
	static size_t n;
	struct arena *a = fuzz_arena();
	struct buf seed = buf_open(a, 4096, 1 << 20);
	size_t i, at;

	if (n == 0)
		n = bodies(all);
	if (size < 4 || n == 0)
		return 0;
	try(all[data[0] % n], a, fuzz_text(data + 1, size - 1));
	/* And the same bytes laid over a good one. */
	shape_seed(all[data[0] % n], data[1], &seed);
	at = (data[2] * 256U + data[3]) % seed.n;
	for (i = 4; i < size && at < seed.n; i++, at++)
		seed.p[at] = (char)data[i];
	try(all[data[0] % n], a, buf_str(&seed));
	return 0;
}
