/* tests/unit/domain/base/geo.c -- distances on the earth. */
#include "domain/base/geo.h"

#include "tests/unit/test.h"

static void
known_distances_come_out(void **state)
{
	static const struct {
		struct spot a, b;
		int64_t want_m, off_m;
	} row[] = {
		/* A degree along a meridian of a sphere of this radius: 2 pi r / 360. */
		{{0, 0}, {1000000, 0}, 111195, 1},
		{{0, 0}, {0, 1000000}, 111195, 1},
		{{60000000, 0}, {60000000, 1000000}, 55597, 5},
		/* From pole to pole, and to the other side: half the circumference. */
		{{90000000, 0}, {-90000000, 0}, 20015115, 2},
		{{0, 0}, {0, 180000000}, 20015115, 2},
		{{0, 179999999}, {0, -179999999}, 0, 1},
		{{33448400, -112074000}, {33448400, -112074000}, 0, 0},
		/* Big Ben to the Statue of Liberty, about 5,575 km by any great-circle calculator. */
		{{51500700, -124600}, {40689200, -74044500}, 5575000, 5000},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		int64_t there = spot_distance_m(row[i].a, row[i].b), back = spot_distance_m(row[i].b, row[i].a);

		assert_true(there == back);
		assert_in_range((uint64_t)(there + row[i].off_m), (uint64_t)row[i].want_m,
		    (uint64_t)(row[i].want_m + 2 * row[i].off_m));
	}
}

static void
places_off_the_earth_are_no_places(void **state)
{
	(void)state;
	assert_true(spot_valid((struct spot){90000000, -180000000}));
	assert_false(spot_valid((struct spot){90000001, 0}) || spot_valid((struct spot){0, 180000001}) ||
	    spot_valid((struct spot){INT32_MIN, 0}));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_distances_come_out),
		cmocka_unit_test(places_off_the_earth_are_no_places),
	};
	return cmocka_run_group_tests_name("domain/base/geo", tests, NULL, NULL);
}
