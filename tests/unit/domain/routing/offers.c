/* tests/unit/domain/routing/offers.c -- offers against brute force. */
#include "domain/routing/offers.h"
#include "domain/routing/solve.h"
#include "tests/unit/domain/routing/world.h"
#include "tests/unit/test.h"

/* A planned day in which the last stop is still to be placed. */
static struct plan
day_without_last(struct world *w, uint64_t seed)
{
	struct solve_options o = {.seed = seed, .iterations = 300};
	struct fault f = {0};
	struct plan plan;

	make_world(w, seed, 4 + (uint32_t)(seed % 14), 2 + (uint32_t)(seed % 3), 1);
	if (seed % 2 == 0) {
		enrich(w, seed, false);
		w->p.price.uneven = 0; /* fairness is the plan's, not the offer's */
		w->stop[w->p.stops - 1].usual_only = false;
	}
	w->p.stops--;
	assert_int_equal(solve(&w->p, &o, w->a, &plan, &f), OK);
	w->p.stops++;
	return plan;
}

static int64_t
cost_with(struct world *w, const struct plan *day, uint32_t shift, uint32_t at)
{
	struct plan with = {.route = arena_array(w->a, struct route, w->p.shifts),
	    .pattern = arena_array(w->a, uint64_t, w->p.stops)};

	for (uint32_t l = 0; l < w->p.shifts; l++) {
		struct route *r = &with.route[l];

		r->stop = arena_array(w->a, uint32_t, PLACES_MAX + 1);
		for (uint32_t i = 0; i <= day->route[l].stops; i++) {
			if (l == shift && i == at)
				r->stop[r->stops++] = w->p.stops - 1;
			if (i < day->route[l].stops)
				r->stop[r->stops++] = day->route[l].stop[i];
		}
		for (uint32_t i = 0; i < r->stops; i++)
			with.pattern[r->stop[i]] = 1;
	}
	return walk_cost(&w->p, &with);
}

static void
the_first_offer_is_the_cheapest_place_there_is(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);

	(void)state;
	for (uint64_t seed = 1; seed <= 200; seed++) {
		struct world *w = arena_new(a, struct world);
		struct offer out[OFFERS_MAX];
		struct fault f = {0};
		int64_t best = INT64_MAX, without;
		struct plan day;
		size_t n;

		w->a = a;
		day = day_without_last(w, seed);
		without = cost_with(w, &day, w->p.shifts, 0) - w->stop[w->p.stops - 1].prize;
		for (uint32_t l = 0; l < w->p.shifts; l++)
			for (uint32_t at = 0; at <= day.route[l].stops; at++)
				if (is_able(&w->stop[w->p.stops - 1], &w->shift[l])) {
					int64_t c = cost_with(w, &day, l, at) - without;

					best = c < best ? c : best;
				}
		assert_int_equal(offers(&w->p, &day, NULL, w->p.stops - 1, 1, out, &n, &f), OK);
		assert_true(n > 0);
		assert_int_equal(out[0].cost, best);
		assert_int_equal(cost_with(w, &day, out[0].shift, out[0].position) - without, best);
		for (size_t i = 1; i < n; i++)
			assert_true(
			    out[i - 1].cost <= out[i].cost && out[i - 1].shift != out[i].shift);
		arena_reset(a);
	}
	arena_close(a);
}

static void
nothing_is_put_before_what_is_done(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);

	(void)state;
	for (uint64_t seed = 1; seed <= 50; seed++) {
		struct world *w = arena_new(a, struct world);
		struct offer out[OFFERS_MAX];
		struct fault f = {0};
		uint32_t done[8] = {0};
		struct plan day;
		size_t n;

		w->a = a;
		day = day_without_last(w, seed);
		for (uint32_t l = 0; l < w->p.shifts; l++)
			done[l] = day.route[l].stops / 2;
		assert_int_equal(offers(&w->p, &day, done, w->p.stops - 1, 1, out, &n, &f), OK);
		for (size_t i = 0; i < n; i++)
			assert_true(out[i].position >= done[out[i].shift]);
		arena_reset(a);
	}
	arena_close(a);
}

static void
an_offer_says_why_it_is_dear(void **state)
{
	/* one technician from 0 to 1000 s, one stop at 900 s away whose window ends at 100 s */
	static const int32_t legs[4] = {0, 900, 900, 0};
	static const int32_t metres[4] = {0, 7000, 7500, 0};
	static const struct window soon = {0, 100};
	struct stop stop = {.place = 1,
	    .service_s = 50,
	    .window = &soon,
	    .windows = 1,
	    .prize = 1 << 30,
	    .usual_tech = 7};
	struct shift shift = {.tech = 3, .to_s = 1000, .capacity = 9};
	struct problem p = {.matrix = {2, legs, legs},
	    .stop = &stop,
	    .stops = 1,
	    .shift = &shift,
	    .shifts = 1,
	    .days = 1,
	    .metres = metres,
	    .price = {.late_s = 10, .overtime_s = 5, .overload = 1, .other_tech = 70}};
	struct route route = {0};
	struct plan day = {.route = &route};
	struct offer out[OFFERS_MAX];
	struct fault f = {0};
	size_t n;

	(void)state;
	assert_int_equal(offers(&p, &day, NULL, 0, 1, out, &n, &f), OK);
	assert_int_equal(n, 1);
	assert_int_equal(out[0].flags, OFFER_LATE | OFFER_OVERTIME | OFFER_OTHER_TECH);
	assert_int_equal(out[0].late_s, 800);
	assert_int_equal(out[0].late_stop, 0);
	assert_int_equal(out[0].drive_s, 1800);
	assert_int_equal(out[0].metres, 14500);
	assert_int_equal(out[0].ends_s, 100 + 50 + 900);
	assert_int_equal(out[0].cost, 1800 + 800 * 10 + 50 * 5 + 70);
}

static void
a_stop_that_is_planned_gets_no_offer(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	struct world *w = arena_new(a, struct world);
	struct offer out[OFFERS_MAX];
	struct fault f = {0};
	struct plan day;
	size_t n = 9;

	(void)state;
	w->a = a;
	day = day_without_last(w, 4);
	assert_int_equal(offers(&w->p, &day, NULL, w->p.stops, 1, out, &n, &f), E_INVALID);
	f = (struct fault){0};
	for (uint32_t l = 0; l < w->p.shifts; l++)
		if (day.route[l].stops > 0) {
			assert_int_equal(
			    offers(&w->p, &day, NULL, day.route[l].stop[0], 1, out, &n, &f),
			    E_INVALID);
			break;
		}
	assert_string_equal(f.field, "stop");
	assert_int_equal(n, 9);
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_first_offer_is_the_cheapest_place_there_is),
	    cmocka_unit_test(nothing_is_put_before_what_is_done),
	    cmocka_unit_test(an_offer_says_why_it_is_dear),
	    cmocka_unit_test(a_stop_that_is_planned_gets_no_offer),
	};

	return cmocka_run_group_tests_name("domain/routing/offers", tests, NULL, NULL);
}
