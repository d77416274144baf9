/* tests/unit/domain/customers/slips.c -- slips of a finger are counted, and the nearest is nearest. */
#include "domain/customers/slips.h"

#include "domain/customers/gram.h"
#include "tests/unit/test.h"

static unsigned
apart(const char *a, const char *b)
{
	return slips(str_of(a), str_of(b), false, 9);
}

static unsigned
far(const char *typed, const char *text)
{
	struct arena *a = arena_open(1 << 12, 1 << 20, NULL);
	unsigned n = slips_of(text_fold(str_of(typed), a), text_fold(str_of(text), a));

	arena_close(a);
	return n;
}

static void
each_slip_counts_once(void **state)
{
	(void)state;
	assert_int_equal(apart("whitfield", "whitfield"), 0);
	assert_int_equal(apart("whitfeld", "whitfield"), 1);
	assert_int_equal(apart("whittfield", "whitfield"), 1);
	assert_int_equal(apart("whitfiald", "whitfield"), 1);
	assert_int_equal(apart("whitfeild", "whitfield"), 1);
	assert_int_equal(apart("", "abc"), 3);
	assert_int_equal(apart("abc", ""), 3);
	/* No letter is touched twice: the true distance of "ca" to "abc" is 2. */
	assert_int_equal(apart("ca", "abc"), 3);
}

static void
what_is_further_than_asked_is_told_as_one_more(void **state)
{
	(void)state;
	assert_int_equal(slips(STR("abcdef"), STR("uvwxyz"), false, 2), 3);
	assert_int_equal(slips(STR("a"), STR("abcdef"), false, 2), 3);
	assert_int_equal(slips(STR("abcdef"), STR("a"), true, 2), 3);
	assert_int_equal(slips(STR("a"), STR("abcdef"), true, 2), 0);
	assert_int_equal(slips(STR("hihg"), STR("highlands"), true, 2), 1);
}

static void
a_street_that_is_spelt_wrong_is_nearer_than_a_longer_word_that_begins_so(void **state)
{
	(void)state;
	/* The last word is being typed, "st" begins "stockton"; the first is whole, and "highlands" is not "high". */
	assert_true(far("hihg st", "Ana 3526 High St Sacramento") < far("hihg st", "Bo 1 Elm St North Highlands"));
	assert_true(far("higj st", "Ana 3526 High St Sacramento") < far("higj st", "Bo 1 Elm St North Highlands"));
	assert_int_equal(far("okafro", "Ngozi Okafor"), 1);
	assert_int_equal(far("zz", "Ngozi Okafor"), 2);
	assert_int_equal(far("", "Ngozi Okafor"), 0);
	assert_int_equal(far("abc", ""), 3);
}

static void
what_is_long_stays_within_its_ceiling(void **state)
{
	char x[200], y[200];

	(void)state;
	memset(x, 'a', sizeof(x));
	memset(y, 'b', sizeof(y));
	assert_int_equal(slips((struct str){x, 200}, (struct str){y, 200}, false, 100), SLIPS_WORD_MAX);
	assert_int_equal(slips_of((struct str){x, 200}, (struct str){x, 200}), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_slip_counts_once),
		cmocka_unit_test(what_is_further_than_asked_is_told_as_one_more),
		cmocka_unit_test(a_street_that_is_spelt_wrong_is_nearer_than_a_longer_word_that_begins_so),
		cmocka_unit_test(what_is_long_stays_within_its_ceiling),
	};

	return cmocka_run_group_tests_name("domain/customers/slips", tests, NULL, NULL);
}
