/* tests/unit/domain/dispatch/board.c -- when a day's stops will be, and where another one fits. */
#include "domain/dispatch/board.h"

#include "domain/dispatch/booking.h"
#include "domain/routing/matrix.h"
#include "domain/routing/tally.h"
#include "tests/unit/test.h"

#define AT(n) {33400000 + (n) * 10000, -111800000}
#define AS(n, is, from, to, ...) {.id = (n), .state = (is), .minutes = 30, .on_way_s = -1, .started_s = (from), \
	.ended_s = (to), .placed = true, .at = AT(n), __VA_ARGS__}
#define STOP(n, ...) AS(n, VISIT_SCHEDULED, -1, -1, __VA_ARGS__)
#define HOUR 3600

static const struct pace pace = PACE_DEFAULT;

static struct lane
run_of(const struct lane_stop *s, size_t n, int32_t now_s, struct arena *a)
{
	struct lane l = {.from_s = 8 * HOUR, .to_s = 16 * HOUR, .now_s = now_s, .placed = true, .start = AT(0), .stop = s,
	    .stops = n};

	l.ways = lane_ways(&l, NULL, &pace, a);
	return l;
}

static int32_t
leg_s(void)
{
	return way_estimate((struct spot)AT(0), (struct spot)AT(1), &pace).seconds;
}

static struct lane_offer
offer(struct lane *l, const struct lane_stop *fresh, struct arena *a)
{
	struct lane_offer o;
	struct fault f = {0};

	l->ways = lane_ways(l, fresh, &pace, a);
	assert_int_equal(lane_offer(l, fresh, a, &o, &f), OK);
	return o;
}

static void
a_day_to_come_follows_the_plan_and_waits_for_windows(void **state)
{
	const struct lane_stop s[] = {STOP(1), STOP(2, .from_minute = {true, 600}, .to_minute = {true, 660}), STOP(3)};
	struct arena *a = arena_open(1 << 16, 1 << 24, NULL);
	const struct lane l = run_of(s, 3, INT32_MIN, a);
	struct lane_time t[3];
	struct tally sum;

	(void)state;
	const int32_t ends = lane_times(&l, a, t);
	const int32_t leg = leg_s();
	assert_true(leg > 240 && leg < 260); /* 1.1 km, and a minute to park */
	assert_int_equal(t[0].begin_s, 8 * HOUR + leg);
	assert_int_equal(t[1].begin_s, 10 * HOUR);
	assert_int_equal(t[2].begin_s, 10 * HOUR + 1800 + t[2].drive_s);
	assert_int_equal(ends, t[2].begin_s + 1800);
	assert_int_equal(t[0].late_s + t[1].late_s + t[2].late_s, 0);
	lane_tally(&l, a, &sum);
	assert_int_equal(sum.drive_s, 3 * leg);
	assert_int_equal(sum.ends_s, ends);
	arena_close(a);
}

static void
what_runs_over_pushes_the_rest_and_a_missed_window_is_seen(void **state)
{
	const struct lane_stop s[] = {
		AS(1, VISIT_DONE, 8 * HOUR + 600, 9 * HOUR),
		AS(2, VISIT_STARTED, 9 * HOUR + 300, -1),
		STOP(3, .to_minute = {true, 10 * 60 + 30}), STOP(4)};
	struct arena *a = arena_open(1 << 16, 1 << 24, NULL);
	struct lane l = run_of(s, 4, 9 * HOUR + 600, a);
	struct lane_time t[4];

	(void)state;
	lane_times(&l, a, t);
	assert_int_equal(t[1].end_s, 9 * HOUR + 300 + 1800);
	assert_int_equal(t[2].late_s, 0);
	/* It goes on and on. */
	l.now_s = 10 * HOUR + 1700;
	lane_times(&l, a, t);
	assert_int_equal(t[1].end_s, l.now_s);
	assert_true(t[2].late_s > 0 && t[2].begin_s == l.now_s + t[2].drive_s);
	assert_true(t[3].begin_s > t[2].end_s);
	arena_close(a);
}

static void
what_was_skipped_takes_no_time(void **state)
{
	const struct lane_stop s[] = {AS(1, VISIT_SKIPPED, -1, -1), STOP(1)};
	struct arena *a = arena_open(1 << 16, 1 << 24, NULL);
	const struct lane l = run_of(s, 2, INT32_MIN, a);
	struct lane_time t[2];

	(void)state;
	lane_times(&l, a, t);
	assert_int_equal(t[1].begin_s, 8 * HOUR + leg_s());
	arena_close(a);
}

static void
another_stop_goes_where_it_costs_least_and_never_before_what_is_over(void **state)
{
	const struct lane_stop s[] = {AS(1, VISIT_DONE, 8 * HOUR, 9 * HOUR), STOP(2), STOP(4),
		STOP(6)};
	struct arena *a = arena_open(1 << 16, 1 << 24, NULL);
	const struct lane_stop between = STOP(5), behind = STOP(9), first = STOP(1);
	const struct lane_stop at_ten = STOP(9, .to_minute = {true, 9 * 60 + 10});
	struct lane_offer o;
	struct lane l = run_of(s, 4, 9 * HOUR, a);

	(void)state;
	o = offer(&l, &between, a);
	assert_int_equal(o.position, 2);
	assert_int_equal(o.before_id, 6);
	assert_true(o.drive_s <= 2 * 60); /* the way is the same: one more parking */
	assert_true(o.metres >= -1 && o.metres <= 1);
	o = offer(&l, &behind, a);
	assert_true(o.position == 3 && o.before_id == 0 && o.late_s == 0);
	assert_false(o.late_id.is);
	o = offer(&l, &first, a);
	assert_true(o.position == 0 && o.begin_s >= 9 * HOUR);
	/* One that must be now goes first, however far. */
	o = offer(&l, &at_ten, a);
	assert_int_equal(o.position, 0);
	assert_true(o.late_s > 0);
	assert_true(o.late_id.is && o.late_id.v == 9);
	arena_close(a);
}

/* Lunch from half past eleven to one; a stop each two hours. */
static void
lunch_is_put_where_it_costs_least_until_its_time_is_over(void **state)
{
	struct lane_stop s[] = {STOP(1), STOP(2), STOP(3),
		STOP(4, .from_minute = {true, 14 * 60}, .to_minute = {true, 14 * 60 + 30})};
	struct arena *a = arena_open(1 << 16, 1 << 24, NULL);
	struct lane l = run_of(s, 4, INT32_MIN, a);
	struct lane_time with[4], without[4];

	(void)state;
	for (int i = 0; i < 3; i++)
		s[i].minutes = 110;
	lane_times(&l, a, without);
	l.lunch_s = 1800;
	l.lunch_from_s = 11 * HOUR + 1800;
	l.lunch_to_s = 13 * HOUR;
	lane_times(&l, a, with);
	assert_int_equal(with[1].begin_s, without[1].begin_s);
	assert_int_equal(with[2].begin_s, without[2].begin_s + 1800);
	/* At two in the afternoon nobody waits for a lunch any more. */
	l.now_s = 14 * HOUR;
	lane_times(&l, a, with);
	l.lunch_s = 0;
	lane_times(&l, a, without);
	assert_memory_equal(with, without, sizeof(with));
	arena_close(a);
}

/* The four stops of tests/laws/pace.mjs, by which the phone has its lunch: an hour, from 11 (or 10) to 1 (or 2). */
static void
lunch_is_where_the_phone_has_it_too(void **state)
{
	static const struct {
		struct maybe_u32 from, to; /* of the third */
		int32_t lunch_from, lunch_to, begin_min[4], ends_min;
	} day[] = {
		{{0}, {0}, 11, 13, {480, 570, 720, 810}, 900},
		{{0}, {true, 660}, 11, 13, {480, 570, 660, 810}, 900},
		{{0}, {0}, 11, 14, {480, 570, 660, 750}, 840},
		{{true, 750}, {0}, 10, 13, {480, 660, 750, 840}, 930},
	};
	struct arena *a = arena_open(1 << 16, 1 << 24, NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(day) / sizeof(*day); i++) {
		struct lane_stop s[] = {STOP(0), STOP(0), STOP(0), STOP(0)};
		struct lane_time t[4];
		struct lane l;

		for (int k = 0; k < 4; k++)
			s[k].minutes = 90;
		s[2].from_minute = day[i].from;
		s[2].to_minute = day[i].to;
		l = run_of(s, 4, INT32_MIN, a);
		l.to_s = 17 * HOUR;
		l.has_end = true;
		l.end = l.start;
		l.lunch_s = HOUR;
		l.lunch_from_s = day[i].lunch_from * HOUR;
		l.lunch_to_s = day[i].lunch_to * HOUR;
		l.ways = lane_ways(&l, NULL, &pace, a);
		assert_int_equal(lane_times(&l, a, t), day[i].ends_min * 60);
		for (int k = 0; k < 4; k++)
			assert_int_equal(t[k].begin_s, day[i].begin_min[k] * 60);
	}
	arena_close(a);
}

/* Somebody drives to the second stop: the first waits, and nothing new is put before. */
static void
who_is_on_the_way_arrives_before_anything_else(void **state)
{
	const struct lane_stop s[] = {AS(1, VISIT_DONE, 8 * HOUR, 9 * HOUR),
		{.id = 2, .state = VISIT_ON_WAY, .minutes = 30, .on_way_s = 9 * HOUR + 300, .started_s = -1, .ended_s = -1,
		    .placed = true, .at = AT(2)}, STOP(3)};
	struct arena *a = arena_open(1 << 16, 1 << 24, NULL);
	struct lane l = run_of(s, 3, 9 * HOUR + 360, a);
	const struct lane_stop fresh = STOP(1);
	struct lane_time t[3];
	struct lane_offer o;

	(void)state;
	lane_times(&l, a, t);
	assert_int_equal(t[1].begin_s, 9 * HOUR + 300 + leg_s());
	assert_int_equal(t[2].begin_s, t[1].end_s + leg_s());
	o = offer(&l, &fresh, a);
	assert_true(o.begin_s >= t[1].end_s);
	arena_close(a);
}

/* The supply house lies behind the second stop, so who goes there first drives there and back. */
static void
what_is_fetched_first_is_a_stop_of_its_own(void **state)
{
	struct lane_stop s[] = {STOP(1), STOP(2, .to_minute = {true, 9 * 60 + 15}), STOP(3)};
	struct arena *a = arena_open(1 << 16, 1 << 24, NULL);
	struct lane l = run_of(s, 3, INT32_MIN, a);
	const struct lane_stop fresh = STOP(1);
	struct lane_time with[3], without[3];
	struct tally much, less;

	(void)state;
	l.supplied = true;
	l.supply = (struct spot)AT(5);
	l.ways = lane_ways(&l, NULL, &pace, a);
	lane_times(&l, a, without);
	lane_tally(&l, a, &less);
	assert_int_equal(without[1].fetch_s, -1);
	s[1].fetches = true;
	s[1].fetch_minutes = 20;
	s[1].fetched_s = -1;
	lane_times(&l, a, with);
	lane_tally(&l, a, &much);
	assert_int_equal(with[0].begin_s, without[0].begin_s);
	assert_int_equal(with[1].fetch_s, with[0].end_s + with[1].fetch_drive_s);
	assert_int_equal(with[1].begin_s, with[1].fetch_s + 20 * 60 + with[1].drive_s);
	assert_true(with[1].fetch_drive_s > with[1].drive_s && with[1].drive_s > without[1].drive_s);
	assert_int_equal(with[1].late_s, with[1].begin_s - (9 * HOUR + 15 * 60));
	assert_int_equal(without[1].late_s, 0);
	assert_int_equal(much.drive_s - less.drive_s, with[1].fetch_drive_s + with[1].drive_s - without[1].drive_s);
	assert_int_equal(much.stops, less.stops + 1);
	/* Nothing comes between fetching and bringing; put where the offer says, the day is what the offer said. */
	const struct lane_offer o = offer(&l, &fresh, a);
	const struct lane put = booking_with(&l, &fresh, &o, a);
	struct lane_time t[4];
	struct lane as = put;
	as.ways = lane_ways(&as, NULL, &pace, a);
	assert_int_equal(lane_times(&as, a, t), o.ends_s);
	assert_int_equal(t[o.position].begin_s, o.begin_s);
	/* What the new one lacks is fetched first: the offer is the day with both, and costs the way and the time there. */
	struct lane_stop lacking = STOP(4);
	const struct lane_offer plain = offer(&l, &lacking, a);
	lacking.fetches = true;
	lacking.fetch_minutes = 20;
	lacking.fetched_s = -1;
	const struct lane_offer dear = offer(&l, &lacking, a);
	as = booking_with(&l, &lacking, &dear, a);
	as.ways = lane_ways(&as, NULL, &pace, a);
	assert_int_equal(lane_times(&as, a, t), dear.ends_s);
	assert_int_equal(t[dear.position].begin_s, dear.begin_s);
	assert_true(dear.drive_s > plain.drive_s && dear.cost >= plain.cost + 20 * 60);
	l.ways = lane_ways(&l, NULL, &pace, a);
	/* They have it: from there they go on. */
	s[0].state = VISIT_DONE;
	s[0].started_s = 8 * HOUR;
	s[0].ended_s = 8 * HOUR + 1800;
	s[1].fetched_s = 9 * HOUR;
	l.now_s = 9 * HOUR;
	l.ways = lane_ways(&l, NULL, &pace, a);
	lane_times(&l, a, with);
	assert_int_equal(with[1].begin_s, 9 * HOUR + ways_at(l.ways, LANE_SUPPLY, LANE_FIRST + 1).seconds);
	/* On the way there: first by the supply house, too. */
	s[1].state = VISIT_ON_WAY;
	s[1].on_way_s = 9 * HOUR;
	s[1].fetched_s = -1;
	lane_times(&l, a, with);
	assert_int_equal(with[1].fetch_s, 9 * HOUR + ways_at(l.ways, LANE_FIRST, LANE_SUPPLY).seconds);
	assert_int_equal(with[1].begin_s, with[1].fetch_s + 20 * 60 + ways_at(l.ways, LANE_SUPPLY, LANE_FIRST + 1).seconds);
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_to_come_follows_the_plan_and_waits_for_windows),
		cmocka_unit_test(what_runs_over_pushes_the_rest_and_a_missed_window_is_seen),
		cmocka_unit_test(what_was_skipped_takes_no_time),
		cmocka_unit_test(lunch_is_put_where_it_costs_least_until_its_time_is_over),
		cmocka_unit_test(lunch_is_where_the_phone_has_it_too),
		cmocka_unit_test(what_is_fetched_first_is_a_stop_of_its_own),
		cmocka_unit_test(who_is_on_the_way_arrives_before_anything_else),
		cmocka_unit_test(another_stop_goes_where_it_costs_least_and_never_before_what_is_over),
	};

	return cmocka_run_group_tests_name("domain/dispatch/board", tests, NULL, NULL);
}
