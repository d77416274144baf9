/* tests/unit/domain/reception/calls.c -- who is rung, and who has to be told that a call is recorded. */
#include "domain/reception/calls.h"

#include "tests/unit/test.h"

#define WORKING_DAYS 31

static const struct str own = {"+14805550100", 12}, ann = {"+14805550101", 12}, bob = {"+14805550102", 12};

static void
somebody_is_rung_at_the_hours_that_the_company_says(void **state)
{
	const struct call_rules r = {.person = ann, .night = bob, .from_minute = 480, .to_minute = 1080, .days = WORKING_DAYS};
	const struct call_rules always = {.person = STR(""), .night = STR("")};

	(void)state;
	assert_true(str_eq(call_person(&r, own, MONDAY, 480, false), ann));
	assert_true(str_eq(call_person(&r, own, MONDAY, 1079, true), ann));
	assert_int_equal(call_person(&r, own, MONDAY, 479, false).n, 0);
	assert_int_equal(call_person(&r, own, MONDAY, 1080, false).n, 0);
	assert_int_equal(call_person(&r, own, SATURDAY, 600, false).n, 0);
	assert_true(str_eq(call_person(&r, own, SATURDAY, 600, true), bob));
	assert_true(str_eq(call_person(&always, own, SUNDAY, 0, false), own));
}

static void
it_is_said_first_where_both_must_agree_or_nobody_knows(void **state)
{
	const struct call_rules on = {.record = true}, off = {0};

	(void)state;
	assert_int_equal(call_consent(&off, STR("US"), STR("AZ"), STR("AZ")), CALL_NOT_RECORDED);
	assert_int_equal(call_consent(&on, STR("US"), STR("AZ"), STR("tx")), CALL_RECORDED);
	assert_int_equal(call_consent(&on, STR("US"), STR("AZ"), STR("CA")), CALL_ANNOUNCED);
	assert_int_equal(call_consent(&on, STR("US"), STR("FL"), STR("TX")), CALL_ANNOUNCED);
	assert_int_equal(call_consent(&on, STR("US"), STR("AZ"), STR("")), CALL_ANNOUNCED);
	assert_int_equal(call_consent(&on, STR("US"), STR("Arizona"), STR("TX")), CALL_ANNOUNCED);
	assert_int_equal(call_consent(&on, STR("MX"), STR("AZ"), STR("TX")), CALL_ANNOUNCED);
}

static void
declining_is_heard_in_both_languages(void **state)
{
	(void)state;
	assert_true(call_declines(STR("*")));
	assert_true(call_declines(STR("Please don't record this")));
	assert_true(call_declines(STR("do not record")));
	assert_true(call_declines(STR("No me grabe, por favor")));
	assert_false(call_declines(STR("my pump does not work")));
	assert_false(call_declines(STR("9")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(somebody_is_rung_at_the_hours_that_the_company_says),
		cmocka_unit_test(it_is_said_first_where_both_must_agree_or_nobody_knows),
		cmocka_unit_test(declining_is_heard_in_both_languages),
	};

	return cmocka_run_group_tests_name("domain/reception/calls", tests, NULL, NULL);
}
