/* tests/unit/domain/dispatch/replan.c -- a late day is mended without breaking what is promised to others. */
#include "domain/dispatch/replan.h"

#include "tests/unit/test.h"

#define NOON (12 * 3600)

static struct lane_stop
stop(uint64_t id, uint32_t to_minute, int32_t lat, enum visit_state s)
{
	return (struct lane_stop){.id = id, .state = s, .minutes = 60, .to_minute = {to_minute > 0, to_minute}, .on_way_s = -1,
	    .started_s = -1, .ended_s = -1, .placed = true, .at = {lat, -121000000}};
}

static const struct pace usual = {{PACE_AS_ESTIMATED, PACE_AS_ESTIMATED, PACE_AS_ESTIMATED}};

static struct lane
lane_of(struct arena *a, const struct lane_stop *s, size_t n, int32_t lat)
{
	struct lane l = {.from_s = 8 * 3600, .to_s = 17 * 3600, .now_s = NOON, .placed = true, .start = {lat, -121000000}, .stop = s,
	    .stops = n};

	l.ways = lane_ways(&l, NULL, &usual, a);
	return l;
}

static int32_t
late_after(const struct lane *l, const struct rescue_route *r, struct arena *a)
{
	struct lane as = rescue_applied(l, r, a);

	as.ways = lane_ways(&as, NULL, &usual, a);
	return rescue_late_s(&as, a);
}

static void
a_stop_that_would_be_late_goes_to_who_has_time_and_may(void **state)
{
	/* Four stops of an hour, all wanted by two: the first cannot. The second has nothing to do. */
	const struct lane_stop ana[] = {stop(1, 14 * 60, 38000000, VISIT_SCHEDULED), stop(2, 14 * 60, 38010000, VISIT_SCHEDULED),
	    stop(3, 14 * 60, 38020000, VISIT_SCHEDULED), stop(4, 14 * 60, 38030000, VISIT_SCHEDULED)};
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	const struct lane late = lane_of(a, ana, 4, 38000000), idle = lane_of(a, NULL, 0, 38030000);
	bool all[RESCUE_MOVABLE_MAX], none[RESCUE_MOVABLE_MAX] = {false};
	struct rescue_route out[2];
	struct fault f = {0};

	(void)state;
	memset(all, 1, sizeof(all));
	assert_true(rescue_late_s(&late, a) > 3600);
	const struct rescue_lane may[] = {{.lane = &late, .late = true, .may = all}, {.lane = &idle, .late = false, .may = all}};
	assert_int_equal(rescue(may, 2, &usual, a, out, &f), OK);
	assert_int_equal(out[0].stops + out[1].stops, 4);
	assert_true(out[1].stops >= 1);
	assert_true(late_after(&late, &out[0], a) + late_after(&idle, &out[1], a) < rescue_late_s(&late, a) / 4);
	/* One who may not be sent there gets nothing. */
	const struct rescue_lane may_not[] = {{.lane = &late, .late = true, .may = none}, {.lane = &idle, .late = false, .may = none}};
	assert_int_equal(rescue(may_not, 2, &usual, a, out, &f), OK);
	assert_int_equal(out[0].stops, 4);
	assert_int_equal(out[1].stops, 0);
	arena_close(a);
}

static void
what_is_begun_or_on_the_way_stays_and_others_keep_their_own(void **state)
{
	const struct lane_stop ana[] = {stop(1, 12 * 60, 38000000, VISIT_ON_WAY), stop(2, 12 * 60 + 30, 38010000, VISIT_SCHEDULED),
	    stop(3, 13 * 60, 38020000, VISIT_SCHEDULED)};
	const struct lane_stop bob[] = {stop(4, 0, 38030000, VISIT_SCHEDULED)};
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	const struct lane late = lane_of(a, ana, 3, 38000000), calm = lane_of(a, bob, 1, 38030000);
	bool all[RESCUE_MOVABLE_MAX];
	struct rescue_route out[2], twice[2];
	struct fault f = {0};

	(void)state;
	memset(all, 1, sizeof(all));
	const struct rescue_lane l[] = {{.lane = &late, .late = true, .may = all}, {.lane = &calm, .late = false, .may = all}};
	assert_int_equal(rescue(l, 2, &usual, a, out, &f), OK);
	assert_int_equal(out[0].stop[0]->id, 1);
	bool his = false;
	for (size_t i = 0; i < out[1].stops; i++)
		his |= out[1].stop[i]->id == 4;
	assert_true(his);
	assert_int_equal(rescue(l, 2, &usual, a, twice, &f), OK);
	for (size_t i = 0; i < out[1].stops; i++)
		assert_int_equal(out[1].stop[i]->id, twice[1].stop[i]->id);
	arena_close(a);
}

/* Of three who have time the nearest has no salt; whoever gets the stop has what it takes. */
static void
a_stop_goes_to_a_van_that_has_what_it_takes(void **state)
{
	const struct lane_stop ana[] = {stop(1, 13 * 60, 38000000, VISIT_SCHEDULED), stop(2, 13 * 60, 38030000, VISIT_SCHEDULED)};
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	const struct lane late = lane_of(a, ana, 2, 38000000), near = lane_of(a, NULL, 0, 38030000), far = lane_of(a, NULL, 0, 38060000);
	const uint32_t takes[2][DISPATCH_GOODS] = {{1, 0}, {2, 0}};
	bool all[RESCUE_MOVABLE_MAX];
	struct rescue_route out[3];
	struct fault f = {0};

	(void)state;
	memset(all, 1, sizeof(all));
	struct rescue_lane l[] = {{.lane = &late, .late = true, .may = all, .van = {3}}, {.lane = &near, .may = all}, {.lane = &far, .may = all, .van = {2}}};
	assert_int_equal(rescue(l, 3, &usual, a, out, &f), OK);
	assert_int_equal(out[1].stops, 1); /* nobody said what they take */
	l[0].takes = takes;
	assert_int_equal(rescue(l, 3, &usual, a, out, &f), OK);
	assert_int_equal(out[1].stops, 0);
	assert_int_equal(out[2].stops, 1);
	/* What is fetched for it is in no van. */
	struct lane_stop fetched[] = {ana[0], ana[1]};
	fetched[1].fetches = true;
	fetched[1].fetched_s = NOON - 60;
	const struct lane with = lane_of(a, fetched, 2, 38000000);
	l[0].lane = &with;
	assert_int_equal(rescue(l, 3, &usual, a, out, &f), OK);
	assert_int_equal(out[0].stops + out[1].stops + out[2].stops, 2);
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stop_that_would_be_late_goes_to_who_has_time_and_may),
		cmocka_unit_test(a_stop_goes_to_a_van_that_has_what_it_takes),
		cmocka_unit_test(what_is_begun_or_on_the_way_stays_and_others_keep_their_own),
	};

	return cmocka_run_group_tests_name("dispatch/replan", tests, NULL, NULL);
}
