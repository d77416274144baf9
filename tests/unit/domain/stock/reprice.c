/* tests/unit/domain/stock/reprice.c -- a mark-up over cost, a change of price, and to which cents it is rounded. */
#include "domain/stock/reprice.h"

#include "tests/unit/test.h"

static int64_t
price(enum reprice_how how, int32_t ppm, uint32_t step, int64_t cost, int64_t was)
{
	const struct reprice r = {how, ppm, step};
	int64_t out = -1;

	assert_int_equal(reprice(&r, cost, was, &out, NULL), OK);
	return out;
}

static void
a_mark_up_is_over_cost_and_a_change_over_price(void **state)
{
	(void)state;
	assert_int_equal(price(REPRICE_MARKUP, 600000, 1, 1200, 3850), 1920);
	assert_int_equal(price(REPRICE_MARKUP, 0, 1, 1200, 3850), 1200);
	assert_int_equal(price(REPRICE_CHANGE, 50000, 1, 1200, 3850), 4043);
	assert_int_equal(price(REPRICE_CHANGE, -100000, 1, 1200, 3850), 3465);
}

static void
what_has_no_cost_keeps_its_price_under_a_mark_up(void **state)
{
	(void)state;
	assert_int_equal(price(REPRICE_MARKUP, 600000, 1, 0, 3850), 3850);
	assert_int_equal(price(REPRICE_CHANGE, 600000, 1, 500, 0), 0);
}

static void
prices_are_rounded_to_the_steps_people_like(void **state)
{
	(void)state;
	assert_int_equal(price(REPRICE_CHANGE, 50000, 5, 0, 3850), 4045);
	assert_int_equal(price(REPRICE_CHANGE, 50000, 25, 0, 3850), 4050);
	assert_int_equal(price(REPRICE_CHANGE, 50000, 100, 0, 3850), 4000);
	assert_int_equal(price(REPRICE_CHANGE, 0, 100, 0, 3850), 3900);
}

static void
a_rule_that_makes_no_sense_is_refused_by_name(void **state)
{
	const struct {
		struct reprice r;
		const char *field;
	} bad[] = {{{REPRICE_MARKUP, -1, 1}, "ppm"}, {{REPRICE_MARKUP, REPRICE_MARKUP_MAX + 1, 1}, "ppm"},
	    {{REPRICE_CHANGE, REPRICE_CHANGE_MIN - 1, 1}, "ppm"}, {{REPRICE_CHANGE, 0, 3}, "round_to_cents"},
	    {{REPRICE_CHANGE, 0, 0}, "round_to_cents"}};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct fault f = {0};
		int64_t out;

		assert_int_equal(reprice(&bad[i].r, 100, 200, &out, &f), E_INVALID);
		assert_string_equal(f.field, bad[i].field);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mark_up_is_over_cost_and_a_change_over_price),
		cmocka_unit_test(what_has_no_cost_keeps_its_price_under_a_mark_up),
		cmocka_unit_test(prices_are_rounded_to_the_steps_people_like),
		cmocka_unit_test(a_rule_that_makes_no_sense_is_refused_by_name),
	};
	return cmocka_run_group_tests_name("domain/stock/reprice", tests, NULL, NULL);
}
