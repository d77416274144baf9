/* tests/unit/domain/staff/hours.c -- when somebody works, and why they cannot be sent. */
#include "domain/staff/hours.h"

#include "tests/unit/test.h"

static struct day
on(const char *text)
{
	struct day d;

	assert_true(day_read(str_of(text), &d));
	return d;
}

#define AT(m) ((struct maybe_u32){true, m})
#define UNTIL(text) ((struct maybe_day){true, on(text)})
#define HOURS(wd, since, from, to) \
	{.kind = AVAILABLE_HOURS, .weekday = (wd), .from_day = on(since), .from_minute = (from), .to_minute = (to)}

static void
hours_are_those_of_the_weekday_that_began_last(void **state)
{
	const struct availability a[] = {HOURS(MONDAY, "2026-01-01", 480, 960), HOURS(MONDAY, "2026-11-01", 780, 1020),
	    HOURS(MONDAY, "2026-11-01", 420, 720), HOURS(TUESDAY, "2026-01-01", 480, 960),
	    HOURS(TUESDAY, "2026-11-01", 0, 0)};
	struct stretch s[STRETCHES_MAX];
	size_t n;

	(void)state;
	assert_true(hours_of_day(a, 5, on("2026-10-26"), s, &n));
	assert_true(n == 1 && s[0].from_minute == 480 && hours_minutes(s, n) == 480);
	assert_true(hours_of_day(a, 5, on("2026-11-23"), s, &n));
	assert_true(n == 2 && s[0].from_minute == 420 && s[1].to_minute == 1020 && hours_minutes(s, n) == 540);
	assert_true(hours_of_day(a, 5, on("2026-11-24"), s, &n));
	assert_int_equal(n, 0);
	assert_true(hours_of_day(a, 5, on("2026-11-25"), s, &n));
	assert_int_equal(n, 0);
	assert_false(hours_of_day(a, 0, on("2026-11-25"), s, &n));
}

static void
time_off_is_cut_out(void **state)
{
	struct availability a[] = {HOURS(MONDAY, "2026-01-01", 480, 960),
	    {.kind = AVAILABLE_OFF, .from_day = on("2026-11-23"), .to_day = UNTIL("2026-11-23"), .from_minute = 600, .to_minute = 660}};
	struct stretch s[STRETCHES_MAX];
	size_t n;

	(void)state;
	assert_true(hours_of_day(a, 2, on("2026-11-23"), s, &n));
	assert_true(n == 2 && s[0].to_minute == 600 && s[1].from_minute == 660);
	assert_true(hours_of_day(a, 2, on("2026-11-30"), s, &n));
	assert_int_equal(n, 1);
	a[1].from_minute = 0;
	a[1].to_minute = 1440;
	assert_true(hours_of_day(a, 2, on("2026-11-23"), s, &n));
	assert_int_equal(n, 0);
	/* Who never said when they work can be off all the same. */
	assert_true(hours_of_day(a + 1, 1, on("2026-11-23"), s, &n));
	assert_int_equal(n, 0);
	assert_false(hours_of_day(a + 1, 1, on("2026-11-24"), s, &n));
}

static void
says(const struct assignment *a, const char *want)
{
	struct fault f = {0};
	enum err e = staff_can_go(a, &f);

	if (want == NULL) {
		assert_int_equal(e, OK);
		return;
	}
	assert_int_equal(e, E_INVALID);
	assert_string_equal(f.field, strstr(want, "longer") != NULL ? "minutes" : "tech_id");
	if (strcmp(f.why, want) != 0)
		fail_msg("%s, want %s", f.why, want);
}

static void
whoever_cannot_go_is_told_why(void **state)
{
	const struct availability a[] = {HOURS(MONDAY, "2026-01-01", 480, 960),
	    {.kind = AVAILABLE_OFF, .from_day = on("2026-11-30"), .to_day = UNTIL("2026-12-04"), .to_minute = 1440}};
	const struct skill has[] = {{1, STR("CPO"), UNTIL("2026-11-23")}}, needs[] = {{1, STR("CPO"), {0}}},
	    other[] = {{2, STR("Gas"), {0}}};
	struct assignment w = {.tech = STR("Tom"), .day = on("2026-11-23"), .hours = a, .hours_n = 2, .has = has, .has_n = 1};

	(void)state;
	says(&w, NULL);
	w.from_minute = AT(960);
	w.to_minute = AT(1020);
	says(&w, "%.*s does not work at this time of the day.");
	w.from_minute = AT(900);
	says(&w, NULL);
	w.minutes = 480;
	says(&w, NULL);
	w.minutes = 481;
	says(&w, "This takes longer than %.*s works on this day.");
	w.minutes = 30;
	w.needs = needs;
	w.needs_n = 1;
	says(&w, NULL); /* the last day that it holds */
	w.needs = other;
	says(&w, "%.*s lacks what this needs: %.*s.");
	w.needs = needs;
	w.day = on("2026-12-07");
	says(&w, "%.*s: %.*s expired on %s.");
	w.needs_n = 0;
	says(&w, NULL);
	w.day = on("2026-11-30");
	says(&w, "%.*s is off on this day.");
	w.day = on("2026-11-25");
	says(&w, "%.*s does not work on this day.");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hours_are_those_of_the_weekday_that_began_last),
		cmocka_unit_test(time_off_is_cut_out),
		cmocka_unit_test(whoever_cannot_go_is_told_why),
	};
	return cmocka_run_group_tests_name("domain/staff/hours", tests, NULL, NULL);
}
