/*
 * Where a company stands that has not paid the house: told by dates alone.
 */
#include "domain/billing/subscription.h"

#include "tests/unit/test.h"

#define DAY_S INT64_C(86400)
#define T     INT64_C(1800000000)

static enum subscription_standing
stands(struct subscription_facts f, int64_t now)
{
	return subscription_stands(&f, now, NULL);
}

static void
a_company_that_nobody_bills_is_free_for_ever(void **state)
{
	(void)state;
	assert_int_equal(stands((struct subscription_facts){.trial_ends_at = 1}, T), STANDS_FREE);
}

static void
a_trial_ends_and_the_ladder_goes_down_by_days(void **state)
{
	const struct subscription_facts f = {.billed = true, .trial_ends_at = T};
	int64_t until;

	(void)state;
	assert_int_equal(subscription_stands(&f, T - 1, &until), STANDS_TRIAL);
	assert_int_equal(until, T);
	assert_int_equal(subscription_stands(&f, T, &until), STANDS_GRACE);
	assert_int_equal(until, T + 14 * DAY_S);
	assert_int_equal(stands(f, T + 14 * DAY_S - 1), STANDS_GRACE);
	assert_int_equal(subscription_stands(&f, T + 14 * DAY_S, &until), STANDS_READ_ONLY);
	assert_int_equal(until, T + 44 * DAY_S);
	assert_int_equal(stands(f, T + 44 * DAY_S - 1), STANDS_READ_ONLY);
	assert_int_equal(subscription_stands(&f, T + 44 * DAY_S, &until), STANDS_SUSPENDED);
	assert_int_equal(until, 0);
}

static void
who_subscribes_within_the_trial_never_hears_of_its_end(void **state)
{
	const struct subscription_facts f = {.billed = true, .trial_ends_at = T, .paid_until = T};

	(void)state;
	assert_int_equal(stands(f, T + 400 * DAY_S), STANDS_GOOD);
}

static void
a_failed_payment_counts_from_its_own_day(void **state)
{
	struct subscription_facts f = {
	    .billed = true, .trial_ends_at = 1, .paid_until = T + 30 * DAY_S, .unpaid_since = T};

	(void)state;
	assert_int_equal(stands(f, T), STANDS_GRACE);
	assert_int_equal(stands(f, T + 15 * DAY_S), STANDS_READ_ONLY);
	f.unpaid_since = 0;
	assert_int_equal(stands(f, T + 15 * DAY_S), STANDS_GOOD);
}

static void
what_was_given_up_runs_to_its_end(void **state)
{
	const struct subscription_facts f = {
	    .billed = true, .trial_ends_at = 1, .paid_until = T, .ended_at = T};
	int64_t until;

	(void)state;
	assert_int_equal(subscription_stands(&f, T - 1, &until), STANDS_GOOD);
	assert_int_equal(until, T);
	assert_int_equal(stands(f, T), STANDS_GRACE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_company_that_nobody_bills_is_free_for_ever),
	    cmocka_unit_test(a_trial_ends_and_the_ladder_goes_down_by_days),
	    cmocka_unit_test(who_subscribes_within_the_trial_never_hears_of_its_end),
	    cmocka_unit_test(a_failed_payment_counts_from_its_own_day),
	    cmocka_unit_test(what_was_given_up_runs_to_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
