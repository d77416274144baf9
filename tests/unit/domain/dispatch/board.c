/* tests/unit/domain/dispatch/board.c -- when a day's stops will be, and where another one fits. */
#include "domain/dispatch/board.h"

#include "tests/unit/test.h"

#define AT(n) {33400000 + (n) * 10000, -111800000}
#define AS(n, is, from, to, ...) {.id = (n), .state = (is), .minutes = 30, .on_way_s = -1, .started_s = (from), \
	.ended_s = (to), .placed = true, .at = AT(n), __VA_ARGS__}
#define STOP(n, ...) AS(n, VISIT_SCHEDULED, -1, -1, __VA_ARGS__)
#define HOUR 3600

static struct lane
run_of(const struct lane_stop *s, size_t n, int32_t now_s)
{
	return (struct lane){.from_s = 8 * HOUR, .to_s = 16 * HOUR, .now_s = now_s, .placed = true, .start = AT(0), .stop = s,
	    .stops = n};
}

static void
a_day_to_come_follows_the_plan_and_waits_for_windows(void **state)
{
	const struct lane_stop s[] = {STOP(1), STOP(2, .from_minute = {true, 600}, .to_minute = {true, 660}), STOP(3)};
	const struct lane l = run_of(s, 3, INT32_MIN);
	struct lane_time t[3];

	(void)state;
	const int32_t ends = lane_times(&l, t);
	const int32_t leg = way_s((struct spot)AT(0), (struct spot)AT(1));
	assert_true(leg > 180 && leg < 240); /* 1.1 km */
	assert_int_equal(t[0].begin_s, 8 * HOUR + leg);
	assert_int_equal(t[1].begin_s, 10 * HOUR);
	assert_int_equal(t[2].begin_s, 10 * HOUR + 1800 + t[2].drive_s);
	assert_int_equal(ends, t[2].begin_s + 1800);
	assert_int_equal(t[0].late_s + t[1].late_s + t[2].late_s, 0);
}

static void
what_runs_over_pushes_the_rest_and_a_missed_window_is_seen(void **state)
{
	const struct lane_stop s[] = {
		AS(1, VISIT_DONE, 8 * HOUR + 600, 9 * HOUR),
		AS(2, VISIT_STARTED, 9 * HOUR + 300, -1),
		STOP(3, .to_minute = {true, 10 * 60 + 30}), STOP(4)};
	struct lane l = run_of(s, 4, 9 * HOUR + 600);
	struct lane_time t[4];

	(void)state;
	lane_times(&l, t);
	assert_int_equal(t[1].end_s, 9 * HOUR + 300 + 1800);
	assert_int_equal(t[2].late_s, 0);
	/* It goes on and on. */
	l.now_s = 10 * HOUR + 1700;
	lane_times(&l, t);
	assert_int_equal(t[1].end_s, l.now_s);
	assert_true(t[2].late_s > 0 && t[2].begin_s == l.now_s + t[2].drive_s);
	assert_true(t[3].begin_s > t[2].end_s);
}

static void
what_was_skipped_takes_no_time(void **state)
{
	const struct lane_stop s[] = {AS(1, VISIT_SKIPPED, -1, -1), STOP(1)};
	const struct lane l = run_of(s, 2, INT32_MIN);
	struct lane_time t[2];

	(void)state;
	lane_times(&l, t);
	assert_int_equal(t[1].begin_s, 8 * HOUR + way_s((struct spot)AT(0), (struct spot)AT(1)));
}

static void
another_stop_goes_where_it_costs_least_and_never_before_what_is_over(void **state)
{
	const struct lane_stop s[] = {AS(1, VISIT_DONE, 8 * HOUR, 9 * HOUR), STOP(2), STOP(4),
		STOP(6)};
	const struct lane l = run_of(s, 4, 9 * HOUR);
	struct arena *a = arena_open(1 << 16, 1 << 24, NULL);
	const struct lane_stop between = STOP(5), behind = STOP(9), first = STOP(1);
	const struct lane_stop at_ten = STOP(9, .to_minute = {true, 9 * 60 + 10});
	struct lane_offer o;

	(void)state;
	assert_int_equal(lane_offer(&l, &between, a, &o, NULL), OK);
	assert_int_equal(o.position, 2);
	assert_int_equal(o.before_id, 6);
	assert_true(o.drive_s <= 2 * 60); /* the way is the same: one more parking */
	assert_int_equal(lane_offer(&l, &behind, a, &o, NULL), OK);
	assert_true(o.position == 3 && o.before_id == 0 && o.late_s == 0);
	assert_int_equal(lane_offer(&l, &first, a, &o, NULL), OK);
	assert_true(o.position == 0 && o.begin_s >= 9 * HOUR);
	/* One that must be now goes first, however far. */
	assert_int_equal(lane_offer(&l, &at_ten, a, &o, NULL), OK);
	assert_int_equal(o.position, 0);
	assert_true(o.late_s > 0);
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_to_come_follows_the_plan_and_waits_for_windows),
		cmocka_unit_test(what_runs_over_pushes_the_rest_and_a_missed_window_is_seen),
		cmocka_unit_test(what_was_skipped_takes_no_time),
		cmocka_unit_test(another_stop_goes_where_it_costs_least_and_never_before_what_is_over),
	};

	return cmocka_run_group_tests_name("domain/dispatch/board", tests, NULL, NULL);
}
