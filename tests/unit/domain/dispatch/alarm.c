/* tests/unit/domain/dispatch/alarm.c -- what is slow, fast and late, by limits of the company's own. */
#include "domain/dispatch/alarm.h"

#include "tests/unit/test.h"

static void
a_pace_is_judged_by_the_companys_limits(void **state)
{
	static const struct {
		uint32_t planned;
		int64_t took;
		uint32_t slow, fast;
		enum alarm_pace is;
	} row[] = {
		{30, 30, 200, 33, ALARM_PACE_FAIR},
		{30, 70, 200, 33, ALARM_PACE_FAIR}, /* twice as long and ten minutes */
		{30, 71, 200, 33, ALARM_PACE_SLOW},
		{30, 10, 200, 33, ALARM_PACE_FAIR},
		{30, 9, 200, 33, ALARM_PACE_FAST},
		{60, 29, 200, 50, ALARM_PACE_FAST},
		{60, 30, 200, 50, ALARM_PACE_FAIR},
		{30, 41, 100, 33, ALARM_PACE_SLOW},
		{0, 500, 200, 33, ALARM_PACE_FAIR},
		{30, -1, 200, 33, ALARM_PACE_FAIR},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++)
		assert_int_equal(alarm_pace(row[i].planned, row[i].took, row[i].slow, row[i].fast), row[i].is);
	assert_false(alarm_late(600, 10));
	assert_true(alarm_late(601, 10));
	assert_true(alarm_late(1, 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_pace_is_judged_by_the_companys_limits)};

	return cmocka_run_group_tests_name("dispatch/alarm", tests, NULL, NULL);
}
