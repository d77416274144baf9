/* tests/unit/domain/dispatch/shift.c -- when somebody is there, and when they eat. */
#include "domain/dispatch/shift.h"

#include "tests/unit/test.h"

#define MONDAY {20458} /* 2026-01-05 */
#define SUNDAY {20457}

static const struct usual_hours usual = {420, 1020, 30, 660, 840};

static struct round_hours
hours(const struct availability *a, size_t n, struct day d)
{
	struct round_hours h;

	shift_hours(a, n, d, &usual, &h);
	return h;
}

static void
nobody_said_so_it_is_the_usual_day_with_the_usual_lunch(void **state)
{
	const struct day monday = MONDAY, sunday = SUNDAY;
	struct round_hours h = hours(NULL, 0, monday);

	(void)state;
	assert_int_equal(day_weekday(monday), 0);
	assert_int_equal(h.from_minute, 420);
	assert_int_equal(h.to_minute, 1020);
	assert_int_equal(h.lunch_minutes, 30);
	assert_int_equal(h.lunch_from, 660);
	assert_int_equal(h.lunch_to, 840);
	h = hours(NULL, 0, sunday);
	assert_int_equal(h.to_minute - h.from_minute, 0);
	assert_int_equal(h.lunch_minutes, 0);
}

static void
a_split_day_is_one_shift_with_a_lunch_of_its_own(void **state)
{
	const struct day monday = MONDAY;
	const struct availability a[] = {{.kind = AVAILABLE_HOURS, .from_minute = 420, .to_minute = 690},
	    {.kind = AVAILABLE_HOURS, .from_minute = 735, .to_minute = 960}};
	const struct round_hours h = hours(a, 2, monday);

	(void)state;
	assert_int_equal(h.from_minute, 420);
	assert_int_equal(h.to_minute, 960);
	assert_int_equal(h.lunch_minutes, 45);
	assert_int_equal(h.lunch_from, 660);
	assert_int_equal(h.lunch_to, 720);
}

static void
a_short_day_has_no_lunch(void **state)
{
	const struct day monday = MONDAY;
	const struct availability morning = {.kind = AVAILABLE_HOURS, .from_minute = 420, .to_minute = 780};
	const struct availability late = {.kind = AVAILABLE_HOURS, .from_minute = 720, .to_minute = 1200};

	(void)state;
	assert_int_equal(hours(&morning, 1, monday).lunch_minutes, 0);
	assert_int_equal(hours(&late, 1, monday).lunch_minutes, 0);
	assert_int_equal(hours(&late, 1, monday).to_minute, 1200);
}

static void
time_off_is_taken_out_of_the_usual_day(void **state)
{
	const struct day monday = MONDAY;
	const struct availability dentist = {.kind = AVAILABLE_OFF, .from_day = MONDAY, .to_day = {true, MONDAY},
	    .from_minute = 0, .to_minute = 600};
	const struct availability ill = {.kind = AVAILABLE_OFF, .from_day = MONDAY, .to_minute = 1440};
	struct round_hours h = hours(&dentist, 1, monday);

	(void)state;
	assert_int_equal(h.from_minute, 600);
	assert_int_equal(h.to_minute, 1020);
	assert_int_equal(h.lunch_minutes, 30);
	h = hours(&ill, 1, monday);
	assert_int_equal(h.from_minute, h.to_minute);
}

static void
a_full_day_is_worth_five_minutes_of_way(void **state)
{
	(void)state;
	assert_int_equal(shift_load_price(0, 480), 0);
	assert_int_equal(shift_load_price(240, 480), 150);
	assert_int_equal(shift_load_price(480, 480), 300);
	assert_int_equal(shift_load_price(UINT32_MAX, 1), (int64_t)UINT32_MAX * 300);
	assert_int_equal(shift_load_price(0, 0), 300);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nobody_said_so_it_is_the_usual_day_with_the_usual_lunch),
	    cmocka_unit_test(a_split_day_is_one_shift_with_a_lunch_of_its_own),
	    cmocka_unit_test(a_short_day_has_no_lunch),
	    cmocka_unit_test(time_off_is_taken_out_of_the_usual_day),
	    cmocka_unit_test(a_full_day_is_worth_five_minutes_of_way),
	};

	return cmocka_run_group_tests_name("domain/dispatch/shift", tests, NULL, NULL);
}
