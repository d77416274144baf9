/* tests/unit/domain/billing/dunning.c -- reminders and late fees follow from days alone. */
#include "domain/billing/dunning.h"

#include "tests/unit/test.h"

static const struct day due = {1000};

static void
reminders_come_by_their_schedule_and_then_stop(void **state)
{
	const struct dunning r = {.after_days = 3, .every_days = 7, .times = 3};
	const struct dunning once = {.after_days = 5, .times = 4};
	const struct dunning none = {.every_days = 7, .times = 3};

	(void)state;
	assert_int_equal(dunning_reminders(&r, due, (struct day){1000}), 0);
	assert_int_equal(dunning_reminders(&r, due, (struct day){1002}), 0);
	assert_int_equal(dunning_reminders(&r, due, (struct day){1003}), 1);
	assert_int_equal(dunning_reminders(&r, due, (struct day){1009}), 1);
	assert_int_equal(dunning_reminders(&r, due, (struct day){1010}), 2);
	assert_int_equal(dunning_reminders(&r, due, (struct day){1900}), 3);
	assert_int_equal(dunning_reminders(&r, due, (struct day){900}), 0);
	assert_int_equal(dunning_reminders(&once, due, (struct day){1900}), 1);
	assert_int_equal(dunning_reminders(&none, due, (struct day){1900}), 0);
}

static void
a_late_fee_comes_after_the_days_of_grace_and_each_month(void **state)
{
	const struct dunning r = {.grace_days = 10, .fee_cents = 500};
	const struct dunning none = {.grace_days = 10};

	(void)state;
	assert_int_equal(dunning_fees(&r, due, (struct day){1010}), 0);
	assert_int_equal(dunning_fees(&r, due, (struct day){1011}), 1);
	assert_int_equal(dunning_fees(&r, due, (struct day){1040}), 1);
	assert_int_equal(dunning_fees(&r, due, (struct day){1041}), 2);
	assert_int_equal(dunning_fees(&r, due, (struct day){9999}), LATE_FEES_MAX);
	assert_int_equal(dunning_fees(&none, due, (struct day){9999}), 0);
}

static void
no_fee_is_taken_on_tax_or_on_fees_of_before(void **state)
{
	const struct dunning r = {.fee_cents = 500, .fee_ppm = 15000};
	int64_t cents;

	(void)state;
	assert_int_equal(dunning_fee(&r, 10825, 10000, &cents, NULL), OK);
	assert_true(cents == 650); /* 1.5 % of 100.00, not of 108.25 */
	assert_int_equal(dunning_fee(&r, 2000, 10000, &cents, NULL), OK);
	assert_true(cents == 530);
	assert_int_equal(dunning_fee(&r, 2000, 0, &cents, NULL), OK);
	assert_true(cents == 500);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reminders_come_by_their_schedule_and_then_stop),
		cmocka_unit_test(a_late_fee_comes_after_the_days_of_grace_and_each_month),
		cmocka_unit_test(no_fee_is_taken_on_tax_or_on_fees_of_before),
	};
	return cmocka_run_group_tests_name("domain/billing/dunning", tests, NULL, NULL);
}
