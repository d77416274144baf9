/* tests/unit/domain/base/arena.c -- lifespans, the ceiling, and clean-up in reverse. */
#include "domain/base/arena.h"
#include "tests/unit/test.h"

static jmp_buf spent_here;
static size_t spent_wanted, spent_ceiling;
static char order[16];

static void
spent(size_t wanted, size_t ceiling)
{
	spent_wanted = wanted;
	spent_ceiling = ceiling;
	longjmp(spent_here, 1);
}

static void
note(void *letter)
{
	size_t n = strlen(order);

	order[n] = *(char *)letter;
	order[n + 1] = '\0';
}

static void
memory_is_zeroed_even_after_a_rewind(void **state)
{
	struct arena *a = arena_open(256, 4096, NULL);

	(void)state;
	struct arena_mark m = arena_mark(a);
	memset(arena_alloc(a, 100, 1), 0xff, 100);
	arena_rewind(a, m);
	unsigned char *p = arena_alloc(a, 100, 1);
	for (size_t i = 0; i < 100; i++)
		assert_int_equal(p[i], 0);
	arena_close(a);
}

static void
every_alignment_is_kept(void **state)
{
	struct arena *a = arena_open(64, 1 << 20, NULL);

	(void)state;
	for (size_t align = 1; align <= 256; align *= 2) {
		(void)arena_alloc(a, 1, 1);
		assert_int_equal((uintptr_t)arena_alloc(a, 3, align) % align, 0);
	}
	arena_close(a);
}

static void
an_empty_piece_has_an_address_of_its_own(void **state)
{
	struct arena *a = arena_open(64, 4096, NULL);

	(void)state;
	assert_ptr_not_equal(arena_alloc(a, 0, 1), arena_alloc(a, 0, 1));
	arena_close(a);
}

static void
pieces_do_not_overlap(void **state)
{
	struct arena *a = arena_open(16, 1 << 20, NULL);
	uint32_t *row[50];

	(void)state;
	for (uint32_t i = 0; i < 50; i++) {
		row[i] = arena_array(a, uint32_t, i + 1);
		for (uint32_t k = 0; k <= i; k++)
			row[i][k] = i;
	}
	for (uint32_t i = 0; i < 50; i++)
		for (uint32_t k = 0; k <= i; k++)
			assert_int_equal(row[i][k], i);
	arena_close(a);
}

static void
over_the_ceiling_the_handler_is_called(void **state)
{
	struct arena *volatile a = arena_open(128, 1024, spent);

	(void)state;
	if (setjmp(spent_here) == 0) {
		(void)arena_alloc(a, 2000, 1);
		fail_msg("the ceiling did not hold");
	}
	assert_true(spent_wanted >= 2000);
	assert_int_equal(spent_ceiling, 1024);
	assert_true(arena_held(a) <= 1024);
	arena_close(a);
}

static void
small_pieces_never_hold_more_than_the_ceiling(void **state)
{
	struct arena *volatile a = arena_open(64, 10000, spent);
	volatile size_t got = 0;

	(void)state;
	if (setjmp(spent_here) == 0)
		for (;;) {
			(void)arena_alloc(a, 40, 8);
			got += 40;
			assert_true(arena_held(a) <= 10000);
		}
	assert_true(got > 8000); /* the ceiling is used, not wasted */
	arena_close(a);
}

static void
an_array_too_large_to_count_is_over_the_ceiling(void **state)
{
	struct arena *volatile a = arena_open(64, 4096, spent);

	(void)state;
	if (setjmp(spent_here) == 0) {
		(void)arena_array(a, uint64_t, SIZE_MAX / 4);
		fail_msg("the overflow was not seen");
	}
	assert_int_equal(spent_wanted, SIZE_MAX);
	arena_close(a);
}

static void
clean_up_runs_in_reverse(void **state)
{
	struct arena *a = arena_open(64, 1 << 16, NULL);

	(void)state;
	order[0] = '\0';
	arena_defer(a, note, "a");
	(void)arena_alloc(a, 5000, 1);
	struct arena_mark m = arena_mark(a);
	arena_defer(a, note, "b");
	(void)arena_alloc(a, 9000, 1);
	arena_defer(a, note, "c");
	arena_rewind(a, m);
	assert_string_equal(order, "cb");
	arena_defer(a, note, "d");
	arena_close(a);
	assert_string_equal(order, "cbda");
}

static void
a_rewind_gives_back_the_blocks_after_the_mark(void **state)
{
	struct arena *a = arena_open(64, 1 << 20, NULL);

	(void)state;
	struct arena_mark m = arena_mark(a);
	size_t before = arena_held(a);
	(void)arena_alloc(a, 100000, 1);
	assert_true(arena_held(a) > 100000);
	arena_rewind(a, m);
	assert_int_equal(arena_held(a), before);
	(void)arena_alloc(a, 100000, 1);
	arena_reset(a);
	assert_int_equal(arena_held(a), before);
	arena_close(a);
}

static void
the_last_piece_grows_where_it_lies_and_nothing_else_does(void **state)
{
	struct arena *a = arena_open(256, 4096, NULL);
	struct arena_mark m = arena_mark(a);
	unsigned char *p, *q;

	(void)state;
	memset(arena_alloc(a, 200, 1), 0xff, 200);
	arena_rewind(a, m);
	p = arena_alloc(a, 20, 1);
	assert_true(arena_more(a, p, 20, 100));
	for (int i = 0; i < 100; i++)
		assert_int_equal(p[i], 0); /* as all memory of an arena, whatever lay there before */
	q = arena_alloc(a, 10, 1);
	assert_true(q >= p + 100);
	assert_false(arena_more(a, p, 100, 120)); /* something came behind it */
	assert_true(arena_more(a, q, 10, 20));
	assert_false(arena_more(a, q, 20, 1000)); /* no room */
	assert_false(arena_more(a, q, 20, 10));
	assert_true(arena_alloc(a, 1, 1) == q + 20);
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_even_after_a_rewind),
		cmocka_unit_test(every_alignment_is_kept),
		cmocka_unit_test(an_empty_piece_has_an_address_of_its_own),
		cmocka_unit_test(pieces_do_not_overlap),
		cmocka_unit_test(over_the_ceiling_the_handler_is_called),
		cmocka_unit_test(small_pieces_never_hold_more_than_the_ceiling),
		cmocka_unit_test(an_array_too_large_to_count_is_over_the_ceiling),
		cmocka_unit_test(clean_up_runs_in_reverse),
		cmocka_unit_test(a_rewind_gives_back_the_blocks_after_the_mark),
		cmocka_unit_test(the_last_piece_grows_where_it_lies_and_nothing_else_does),
	};
	return cmocka_run_group_tests_name("domain/base/arena", tests, NULL, NULL);
}
