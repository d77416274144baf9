/* tests/unit/domain/routing/matrix.c -- ways are estimated as the design measured, and bent by the company's own drives. */
#include "domain/routing/matrix.h"
#include "tests/unit/test.h"

/* Phoenix; a thousandth of a degree to the north is 111.2 m. */
static struct spot
north(int32_t udeg)
{
	return (struct spot){33450000 + udeg, -112070000};
}

static void
a_way_has_a_minute_to_park_and_three_speeds(void **state)
{
	const struct pace p = PACE_DEFAULT;

	(void)state;
	/* 10,000 m as the crow flies: 13,200 m of road = 3,000 at 28 km/h, 10,200 at 42, and a minute. */
	struct way w = way_estimate(north(0), north(89932), &p);
	assert_in_range(w.metres, 13198, 13202);
	assert_in_range(w.seconds, 60 + 386 + 874 - 2, 60 + 386 + 874 + 2);
	assert_true(w.estimated);
	/* 20 km of road: 5 km of it at 75. */
	w = way_estimate(north(0), north(136260), &p);
	assert_in_range(w.metres, 19990, 20010);
	assert_in_range(w.seconds, 60 + 386 + 1029 + 240 - 2, 60 + 386 + 1029 + 240 + 2);
}

static void
a_place_is_no_way_from_itself(void **state)
{
	const struct pace p = PACE_DEFAULT;

	(void)state;
	assert_int_equal(way_estimate(north(0), north(0), &p).seconds, 0);
	assert_int_equal(way_estimate(north(0), north(10), &p).seconds, 0);
	assert_int_equal(place_cell(north(0)), place_cell(north(10)));
	assert_true(place_cell(north(0)) != place_cell(north(500)));
	assert_int_equal(place_cell(cell_spot(place_cell(north(777)))), place_cell(north(777)));
}

static void
a_measured_way_is_not_estimated_and_has_its_own_direction(void **state)
{
	struct arena *a = arena_open(1 << 16, 1 << 20, NULL);
	const struct pace p = PACE_DEFAULT;
	const struct spot at[] = {{33450000, -112070000}, {33460000, -112070000}, {33470000, -112070000}};

	(void)state;
	struct ways w = ways_estimate(at, 3, &p, a);
	assert_int_equal(ways_at(&w, 0, 1).seconds, ways_at(&w, 1, 0).seconds);
	ways_know(&w, 0, 1, 321, 2345);
	assert_int_equal(ways_at(&w, 0, 1).seconds, 321);
	assert_int_equal(ways_at(&w, 0, 1).metres, 2345);
	assert_false(ways_at(&w, 0, 1).estimated);
	assert_true(ways_at(&w, 1, 0).estimated);
	assert_true(ways_at(&w, 1, 0).seconds != 321);
	assert_false(ways_at(&w, 2, 2).estimated);
	ways_know(&w, 2, 1, -5, -5);
	assert_int_equal(ways_at(&w, 2, 1).seconds, 0);
	arena_close(a);
}

static void
a_company_that_drives_slower_gets_slower_estimates(void **state)
{
	struct arena *a = arena_open(1 << 16, 1 << 20, NULL);
	const struct pace plain = PACE_DEFAULT;
	struct measured d[60];
	struct pace p;

	(void)state;
	for (int i = 0; i < 60; i++) {
		d[i].from = north(0);
		d[i].to = north(9000 + i * 100);
		d[i].seconds = way_estimate(d[i].from, d[i].to, &plain).seconds * (i % 3 == 0 ? 2 : i % 3 == 1 ? 3 : 4) / 2;
	}
	/* A lunch, and a clock that was wrong. */
	d[0].seconds = 9000;
	d[3].seconds = 1;
	assert_int_equal(pace_measure(d, 60, a, &p), 58);
	assert_in_range(p.band[0], 1480, 1520);
	assert_int_equal(p.band[1], PACE_AS_ESTIMATED);
	assert_int_equal(p.band[2], PACE_AS_ESTIMATED);
	struct way slow = way_estimate(north(0), north(10000), &p), fast = way_estimate(north(0), north(10000), &plain);
	assert_in_range(slow.seconds, fast.seconds * 147 / 100, fast.seconds * 153 / 100);
	assert_int_equal(slow.metres, fast.metres);
	assert_int_equal(pace_measure(d, PACE_DRIVES_MIN - 1, a, &p), 9);
	assert_int_equal(p.band[0], PACE_AS_ESTIMATED);
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_way_has_a_minute_to_park_and_three_speeds),
	    cmocka_unit_test(a_place_is_no_way_from_itself),
	    cmocka_unit_test(a_measured_way_is_not_estimated_and_has_its_own_direction),
	    cmocka_unit_test(a_company_that_drives_slower_gets_slower_estimates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
