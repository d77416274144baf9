/* tests/unit/domain/base/day.c -- the calendar: dates, weekdays, months, and their writing. */
#include "domain/base/day.h"

#include "tests/unit/test.h"

static struct day
date(int32_t y, unsigned m, unsigned d)
{
	struct day out;

	if (!day_of(y, m, d, &out))
		fail_msg("%d-%u-%u is a date", y, m, d);
	return out;
}

static void
every_day_of_ten_thousand_years_comes_after_the_one_before(void **state)
{
	int32_t n = DAY_MIN;
	static const unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	struct day d;

	(void)state;
	for (int32_t y = 1; y <= 9999; y++) {
		bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;

		for (unsigned m = 1; m <= 12; m++) {
			unsigned last = days[m - 1] + (m == 2 && leap);

			for (unsigned k = 1; k <= last; k++, n++) {
				struct civil c;

				if (!day_of(y, m, k, &d) || d.n != n)
					fail_msg("%d-%u-%u is day %d", y, m, k, n);
				day_civil(d, &c);
				if (c.year != y || c.month != m || c.mday != k)
					fail_msg("day %d is %d-%u-%u", n, y, m, k);
			}
			assert_false(day_of(y, m, last + 1, &d));
		}
	}
	assert_int_equal(n, DAY_MAX + 1);
	assert_int_equal(date(1970, 1, 1).n, 0);
}

static void
dates_that_do_not_exist_are_refused(void **state)
{
	struct day d = {7};

	(void)state;
	assert_false(day_of(0, 1, 1, &d) || day_of(10000, 1, 1, &d) || day_of(2026, 0, 1, &d) ||
	    day_of(2026, 13, 1, &d) || day_of(2026, 1, 0, &d) || day_of(2026, 2, 29, &d) ||
	    day_of(1900, 2, 29, &d));
	assert_int_equal(d.n, 7);
}

static void
weekdays_follow_each_other(void **state)
{
	(void)state;
	assert_int_equal(day_weekday(date(2026, 11, 21)), SATURDAY);
	assert_int_equal(day_weekday(date(1970, 1, 1)), THURSDAY);
	assert_int_equal(day_weekday(date(1, 1, 1)), MONDAY);
	assert_int_equal(day_weekday(date(2000, 2, 29)), TUESDAY);
	for (int32_t n = -20; n < 20; n++)
		assert_int_equal(day_weekday((struct day){n + 1}), (day_weekday((struct day){n}) + 1) % 7);
}

static void
months_are_added_to_their_last_day(void **state)
{
	(void)state;
	assert_int_equal(day_add_months(date(2026, 1, 31), 1).n, date(2026, 2, 28).n);
	assert_int_equal(day_add_months(date(2024, 1, 31), 1).n, date(2024, 2, 29).n);
	assert_int_equal(day_add_months(date(2026, 3, 15), -3).n, date(2025, 12, 15).n);
	assert_int_equal(day_add_months(date(2026, 12, 31), 12).n, date(2027, 12, 31).n);
	assert_int_equal(day_add_months(date(2, 1, 1), INT32_MIN).n, DAY_MIN);
	assert_int_equal(day_add_months(date(9998, 1, 1), INT32_MAX).n, DAY_MAX);
	assert_int_equal(day_add(date(9999, 12, 30), INT32_MAX).n, DAY_MAX);
	assert_int_equal(day_add(date(1, 1, 2), INT32_MIN).n, DAY_MIN);
	assert_int_equal(day_add(date(2026, 2, 27), 2).n, date(2026, 3, 1).n);
}

static void
a_day_is_read_only_as_it_is_written(void **state)
{
	static const char *const wrong[] = {"", "2026-11-2", "2026-11-211", "2026/11/21", "2026-13-01",
	    "2026-02-29", "0000-01-01", "20261121  ", " 026-01-01", "2026-1a-01", "+026-01-01", "2026-11-21 "};
	char text[DAY_LETTERS + 1];
	struct day d = {7};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		assert_false(day_read(str_of(wrong[i]), &d));
	assert_int_equal(d.n, 7);
	for (int32_t n = DAY_MIN; n <= DAY_MAX - 997; n += 997) {
		day_write((struct day){n}, text);
		assert_true(day_read(str_of(text), &d));
		assert_int_equal(d.n, n);
	}
	day_write(date(33, 4, 5), text);
	assert_string_equal(text, "0033-04-05");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_day_of_ten_thousand_years_comes_after_the_one_before),
		cmocka_unit_test(dates_that_do_not_exist_are_refused),
		cmocka_unit_test(weekdays_follow_each_other),
		cmocka_unit_test(months_are_added_to_their_last_day),
		cmocka_unit_test(a_day_is_read_only_as_it_is_written),
	};
	return cmocka_run_group_tests_name("domain/base/day", tests, NULL, NULL);
}
