/* tests/unit/domain/routing/tally.c -- a route is driven leg by leg; the search's own cost is the same, found another way. */
#include "domain/routing/tally.h"
#include "domain/routing/solve.h"
#include "tests/unit/domain/routing/world.h"
#include "tests/unit/test.h"

static void
a_day_is_driven_waited_and_served(void **state)
{
	int32_t seconds[9] = {0, 600, 900, 500, 0, 300, 800, 400, 0}, metres[9] = {0, 6000, 9000, 5000, 0, 3000, 8000, 4000, 0};
	uint8_t measured[9] = {0, 1, 0, 0, 0, 0, 0, 0, 0};
	const struct ways w = {3, seconds, metres, measured};
	const struct window late = {0, 100}, later = {30000, 40000};
	const struct stop stop[] = {{.place = 1, .service_s = 1800, .window = &later, .windows = 1},
	    {.place = 2, .service_s = 1200, .window = &late, .windows = 1, .skills = 4}};
	const struct shift shift[] = {{.start = 0, .end = 0, .from_s = 28000, .to_s = 33000}};
	const struct problem p = {.matrix = ways_matrix(&w), .stop = stop, .stops = 2, .shift = shift, .shifts = 1, .days = 1};
	const uint32_t order[] = {0, 1};
	int32_t begins[2];
	struct tally t;

	(void)state;
	tally_route(&p, &w, 0, order, 2, begins, &t);
	assert_int_equal(begins[0], 30000); /* there at 28,600, the window opens later */
	assert_int_equal(t.wait_s, 1400);
	assert_int_equal(begins[1], 30000 + 1800 + 300);
	assert_int_equal(t.late_s, 32100 - 100);
	assert_int_equal(t.late_stops, 1);
	assert_int_equal(t.unskilled, 1);
	assert_int_equal(t.drive_s, 600 + 300 + 800);
	assert_int_equal(t.metres, 6000 + 3000 + 8000);
	assert_int_equal(t.service_s, 3000);
	assert_int_equal(t.ends_s, 32100 + 1200 + 800);
	assert_int_equal(t.overtime_s, 34100 - 33000);
	assert_int_equal(t.legs, 3);
	assert_int_equal(t.estimated, 2);
	tally_route(&p, &w, 0, order, 0, NULL, &t);
	assert_int_equal(t.drive_s + t.overtime_s + t.stops + t.legs, 0);
}

/*
 * The kernel never met this code: that both agree on 200 worlds is the proof of either. Behind somebody who is late the
 * kernel buys the time back, at a price, and the real day does not: there the tally is later, never earlier.
 */
static void
tally_and_kernel_agree_on_what_a_plan_costs(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);

	unsigned punctual = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 200; seed++) {
		struct world *w = arena_new(a, struct world);
		struct solve_options o = {.seed = seed, .iterations = 200};
		struct fault f = {0};
		struct plan plan;
		int64_t cost = 0, late = 0;

		w->a = a;
		make_world(w, seed, 5 + (uint32_t)(seed % 12), 3, 1);
		/* Several windows are chosen by the kernel once, by the tally as they come; overload is no time. */
		for (uint32_t s = 0; s < w->p.stops; s++) {
			w->stop[s].windows = w->stop[s].windows > 1 ? 1 : w->stop[s].windows;
			w->stop[s].load = 0;
			w->stop[s].usual_tech = ROUTING_NO_STOP;
		}
		assert_int_equal(solve(&w->p, &o, a, &plan, &f), OK);
		const struct ways ways = {w->p.matrix.places, w->legs, w->legs, arena_array(a, uint8_t, PLACES_MAX * PLACES_MAX)};
		for (uint32_t l = 0; l < w->p.shifts; l++) {
			struct tally t;

			tally_route(&w->p, &ways, l, plan.route[l].stop, plan.route[l].stops, NULL, &t);
			cost += t.drive_s + w->p.price.late_s * t.late_s + w->p.price.overtime_s * t.overtime_s;
			assert_int_equal(t.unskilled, 0);
			late += t.late_s;
		}
		for (uint32_t s = 0; s < w->p.stops; s++)
			cost += plan.pattern[s] == 0 ? w->stop[s].prize : 0;
		punctual += late == 0;
		if (late == 0)
			assert_int_equal(cost, plan.cost);
		else
			assert_true(cost >= plan.cost);
		arena_reset(a);
	}
	assert_in_range(punctual, 60, 200);
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_day_is_driven_waited_and_served),
	    cmocka_unit_test(tally_and_kernel_agree_on_what_a_plan_costs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
