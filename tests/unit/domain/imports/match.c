/* tests/unit/domain/imports/match.c -- who is the same, who might be, and who only looks alike. */
#include "domain/imports/match.h"

#include "tests/unit/arena.h"
#include "tests/unit/test.h"

#define FILE_ROW (UINT64_C(1) << 63)

ARENA_OF_EACH_TEST(arena)

static bool
alike(enum match_by by, const char *a, const char *place_a, const char *b, const char *place_b)
{
	uint64_t x = match_print(by, str_of(a), str_of(place_a));

	return x != 0 && x == match_print(by, str_of(b), str_of(place_b));
}

static void
habits_of_writing_make_no_difference(void **state)
{
	(void)state;
	assert_true(alike(BY_NAME, "Ellison, Kathryn", "", "Kathryn  ELLISON", ""));
	assert_true(alike(BY_NAME, "Mr. and Mrs. O\xe2\x80\x99" "Brien", "", "OBrien", ""));
	assert_true(alike(BY_NAME, "Ra\xc3\xbal Hern\xc3\xa1ndez", "", "raul hernandez", ""));
	assert_true(alike(BY_NAME, "Blue Water Inc.", "", "Blue Water LLC", ""));
	assert_true(alike(BY_ADDRESS, "811 W Encanto Bl", "Phoenix", "811 West Encanto Boulevard", "PHOENIX"));
	assert_true(alike(BY_ADDRESS, "12 High St, Apt 4", "Mesa", "12 High Street # Unit 4", "Mesa"));
	assert_true(alike(BY_EMAIL, "Rosa@X.example ", "", "rosa@x.example", ""));
}

static void
what_differs_differs(void **state)
{
	(void)state;
	assert_false(alike(BY_NAME, "Kathryn Ellison", "", "Karen Ellison", ""));
	assert_false(alike(BY_ADDRESS, "811 W Encanto Blvd", "Phoenix", "813 W Encanto Blvd", "Phoenix"));
	assert_false(alike(BY_ADDRESS, "1 Main St", "Mesa", "1 Main St", "Tempe"));
	assert_false(alike(BY_ADDRESS, "1 Main St", "", "1 Main St", ""));
	assert_false(alike(BY_NAME, "Mr. and Mrs.", "", "Mr. and Mrs.", ""));
	assert_false(alike(BY_EMAIL, "", "", "", ""));
}

static void
one_thing_alone_is_a_question_and_two_with_the_name_are_none(void **state)
{
	(void)state;
	assert_int_equal(match_judge(0), MATCH_NOBODY);
	assert_int_equal(match_judge(1U << BY_EXTERNAL_ID), MATCH_SAME);
	assert_int_equal(match_judge(1U << BY_NAME | 1U << BY_ADDRESS), MATCH_SAME);
	assert_int_equal(match_judge(1U << BY_NAME | 1U << BY_EMAIL), MATCH_SAME);
	assert_int_equal(match_judge(1U << BY_NAME), MATCH_PERHAPS);
	/* Three things and another name: a spouse, a new owner. Somebody is asked. */
	assert_int_equal(match_judge(1U << BY_EMAIL | 1U << BY_PHONE | 1U << BY_ADDRESS), MATCH_PERHAPS);
}

static void
prints_of(const char *name, const char *phone, uint64_t out[MATCH_BYS])
{
	memset(out, 0, MATCH_BYS * sizeof(*out));
	out[BY_NAME] = match_print(BY_NAME, str_of(name), STR(""));
	out[BY_PHONE] = match_print(BY_PHONE, str_of(phone), STR(""));
}

static void
the_book_finds_who_shares_most(void **state)
{
	struct book *b = book_open(arena, 100);
	uint64_t p[MATCH_BYS], who;
	unsigned by;

	(void)state;
	prints_of("Rosa Ramirez", "+16025550123", p);
	assert_int_equal(book_find(b, p, 0, &who, &by), MATCH_NOBODY);
	assert_int_equal(who, 0);
	prints_of("Rosa Ramirez", "", p);
	assert_true(book_enter(b, BY_NAME, p[BY_NAME], 7));
	prints_of("Rosa Ramirez", "+16025550123", p);
	assert_true(book_enter(b, BY_NAME, p[BY_NAME], 9));
	assert_true(book_enter(b, BY_PHONE, p[BY_PHONE], 9));
	assert_true(book_enter(b, BY_PHONE, p[BY_PHONE], FILE_ROW | 1));
	assert_int_equal(book_find(b, p, 0, &who, &by), MATCH_SAME);
	assert_int_equal(who, 9);
	assert_int_equal(by, 1U << BY_NAME | 1U << BY_PHONE);
	assert_int_equal(book_find(b, p, 1, &who, &by), MATCH_PERHAPS);
	assert_int_equal(who, FILE_ROW | 1);
	prints_of("Rosa Ramirez", "+16025550999", p);
	assert_int_equal(book_find(b, p, 0, &who, NULL), MATCH_PERHAPS);
	assert_int_equal(who, 7);
}

static void
a_full_book_says_so_and_a_long_chain_costs_no_square(void **state)
{
	struct book *small = book_open(arena, 2), *b = book_open(arena, 60000);
	uint64_t p[MATCH_BYS], who;

	(void)state;
	assert_true(book_enter(small, BY_NAME, 1, 1));
	assert_true(book_enter(small, BY_NAME, 1, 1));
	assert_true(book_enter(small, BY_NAME, 2, 2));
	assert_false(book_enter(small, BY_NAME, 3, 3));
	/* Would take minutes if each walked past all before it. */
	prints_of("", "+16025550123", p);
	for (uint64_t n = 1; n <= 50000; n++) {
		assert_true(book_enter(b, BY_PHONE, p[BY_PHONE], n));
		assert_int_equal(book_find(b, p, 0, &who, NULL), MATCH_PERHAPS);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(habits_of_writing_make_no_difference, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(what_differs_differs, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(one_thing_alone_is_a_question_and_two_with_the_name_are_none, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(the_book_finds_who_shares_most, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(a_full_book_says_so_and_a_long_chain_costs_no_square, open_arena, close_arena),
	};

	return cmocka_run_group_tests_name("domain/imports/match", tests, NULL, NULL);
}
