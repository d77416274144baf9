/*
 * A surcharge: of credit cards alone, where it is allowed, and never above the caps.
 */
#include "domain/billing/surcharge.h"

#include "tests/unit/test.h"

static void
states_where_it_is_forbidden_or_doubtful_have_none(void **state)
{
	static const char *const no[] = {"CT", "MA", "PR", "ME", "OK", "CA", "NY", "", "XX", "A", "AZZ", "Z "};

	(void)state;
	for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++)
		assert_false(surcharge_allowed(STR("US"), str_of(no[i])));
	assert_true(surcharge_allowed(STR("US"), STR("AZ")));
	assert_true(surcharge_allowed(STR("us"), STR("fl")));
	assert_true(surcharge_allowed(STR("US"), STR("WY")));
	assert_false(surcharge_allowed(STR("MX"), STR("AZ")));
}

static void
a_debit_or_prepaid_card_or_one_that_nobody_knows_pays_none(void **state)
{
	(void)state;
	assert_int_equal(surcharge_cents(10000, 30000, STR("credit")), 300);
	for (const char *const *f = (const char *const[]){"debit", "prepaid", "unknown", "", "Credit", NULL}; *f; f++)
		assert_int_equal(surcharge_cents(10000, 30000, str_of(*f)), 0);
	assert_int_equal(surcharge_cents(10000, 0, STR("credit")), 0);
	assert_int_equal(surcharge_cents(-5, 30000, STR("credit")), 0);
}

static void
no_cent_above_three_percent_or_above_what_the_card_costs(void **state)
{
	(void)state;
	for (int64_t cents = 1; cents < 10000000; cents += cents / 97 + 1)
		for (uint32_t ppm = 0; ppm <= 50000; ppm += 2500) {
			const int64_t s = surcharge_cents(cents, ppm, STR("credit"));

			assert_true(s >= 0 && s * 1000000 <= cents * SURCHARGE_PPM_MAX && s * 1000000 <= cents * (int64_t)ppm);
			assert_true(s <= cents * SURCHARGE_COST_PPM / 1000000 + SURCHARGE_COST_CENTS);
		}
}

static void
what_goes_back_is_the_surcharges_share_and_the_shares_of_parts_are_the_whole(void **state)
{
	(void)state;
	assert_int_equal(surcharge_back(300, 10300, 10300), 300);
	assert_int_equal(surcharge_back(300, 10300, 5150), 150);
	assert_int_equal(surcharge_back(300, 10300, 0), 0);
	assert_int_equal(surcharge_back(0, 10000, 5000), 0);
	assert_int_equal(surcharge_back(1, 99, 50), 1);
	assert_int_equal(surcharge_back(1, 99, 49), 0);
	assert_int_equal(surcharge_back(2912621, 99999999, 99999998), 2912621);
	for (int64_t paid = 51; paid < 9000000; paid += paid / 3 + 1) {
		const int64_t all = surcharge_cents(paid, 30000, STR("credit"));
		int64_t before = 0, sum = 0;

		for (int64_t back = 0; back <= paid + all; back += (paid + all) / 7 + 1) {
			const int64_t now = surcharge_back(all, paid + all, back);

			assert_true(now >= before);
			sum += now - before;
			before = now;
		}
		assert_int_equal(sum + surcharge_back(all, paid + all, paid + all) - before, all);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(states_where_it_is_forbidden_or_doubtful_have_none),
	    cmocka_unit_test(a_debit_or_prepaid_card_or_one_that_nobody_knows_pays_none),
	    cmocka_unit_test(no_cent_above_three_percent_or_above_what_the_card_costs),
	    cmocka_unit_test(what_goes_back_is_the_surcharges_share_and_the_shares_of_parts_are_the_whole),
	};

	return cmocka_run_group_tests_name("domain/billing/surcharge", tests, NULL, NULL);
}
