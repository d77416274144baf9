/*
 * tests/unit/domain/routing/solve.c -- the search against enumeration, brute force and absurd data.
 */
#include "domain/routing/kernel.h"
#include "domain/routing/solve.h"
#include "tests/unit/test.h"

#define PLACES_MAX 24

/* A random small problem in its own storage. */
struct world {
	struct arena *a;
	struct problem p;
	int32_t legs[PLACES_MAX * PLACES_MAX];
	struct stop stop[PLACES_MAX];
	struct window window[PLACES_MAX][2];
	struct shift shift[8];
	uint64_t pattern[PLACES_MAX][4];
};

static void
make_world(struct world *w, uint64_t seed, uint32_t stops, uint32_t shifts, uint32_t days)
{
	uint64_t r = seed;
	uint32_t places = stops + 2;

	for (uint32_t x = 0; x < places * places; x++)
		w->legs[x] = x / places == x % places ? 0 : (int32_t)(60 + kernel_below(&r, 3000));
	for (uint32_t s = 0; s < stops; s++) {
		int32_t from = (int32_t)kernel_below(&r, 30000);

		w->window[s][0] = (struct window){from, from + (int32_t)kernel_below(&r, 20000)};
		w->window[s][1] = (struct window){w->window[s][0].to_s + 1000, w->window[s][0].to_s + 9000};
		for (int n = 0; n < 4; n++)
			w->pattern[s][n] = 1 + kernel_below(&r, (1u << days) - 1);
		w->stop[s] = (struct stop){.place = s + 2, .service_s = (int32_t)kernel_below(&r, 3600),
		    .window = w->window[s], .windows = kernel_below(&r, 3),
		    .skills = kernel_below(&r, 4) == 0 ? 1 : 0, .load = (int32_t)kernel_below(&r, 5),
		    .prize = 100000 + kernel_below(&r, 400000), .usual_tech = kernel_below(&r, shifts + 1),
		    .pattern = days > 1 ? w->pattern[s] : NULL, .patterns = days > 1 ? 4 : 0};
	}
	for (uint32_t n = 0; n < shifts; n++)
		w->shift[n] = (struct shift){.tech = n / days, .day = n % days, .start = kernel_below(&r, 2),
		    .end = kernel_below(&r, 3) == 0 ? ROUTING_NOWHERE : kernel_below(&r, 2),
		    .from_s = (int32_t)kernel_below(&r, 20000), .to_s = 40000, .skills = n % 2,
		    .capacity = 12};
	w->p = (struct problem){.matrix = {places, w->legs, w->legs}, .stop = w->stop, .stops = stops,
	    .shift = w->shift, .shifts = shifts, .days = days, .price = {5, 2, 4000, 700}};
}

/* What a plan costs, walked leg by leg: nothing of the kernel is used. */
static int64_t
walk_cost(const struct problem *p, const struct plan *plan)
{
	int64_t cost = 0;

	for (uint32_t l = 0; l < p->shifts; l++) {
		const struct shift *s = &p->shift[l];
		int64_t at = s->from_s, load = 0;
		uint32_t here = s->start;

		if (plan->route[l].stops == 0)
			continue;
		for (uint32_t n = 0; n < plan->route[l].stops; n++) {
			const struct stop *x = &p->stop[plan->route[l].stop[n]];
			int64_t drive = here == ROUTING_NOWHERE
			    ? 0 : p->matrix.seconds[here * p->matrix.places + x->place];
			int64_t begin = at + drive;

			cost += drive;
			if (x->windows > 0) {
				uint32_t w = x->windows - 1;

				/* the window that makes the least of lateness: the first that can be met */
				for (uint32_t k = x->windows; k-- > 0;)
					if (begin <= x->window[k].to_s)
						w = k;
				if (begin > x->window[w].to_s) {
					cost += (begin - x->window[w].to_s) * p->price.late_s;
					begin = x->window[w].to_s; /* the warp: time is bought back */
				}
				if (begin < x->window[w].from_s)
					begin = x->window[w].from_s;
			}
			if (x->usual_tech != ROUTING_NO_STOP && x->usual_tech != s->tech)
				cost += p->price.other_tech;
			load += x->load;
			at = begin + x->service_s;
			here = x->place;
		}
		if (here != ROUTING_NOWHERE && s->end != ROUTING_NOWHERE) {
			cost += p->matrix.seconds[here * p->matrix.places + s->end];
			at += p->matrix.seconds[here * p->matrix.places + s->end];
		}
		if (at > s->to_s)
			cost += (at - s->to_s) * p->price.overtime_s;
		if (load > s->capacity)
			cost += (load - s->capacity) * p->price.overload;
	}
	for (uint32_t n = 0; n < p->stops; n++)
		if (plan->pattern[n] == 0)
			cost += p->stop[n].prize;
	return cost;
}

static struct plan
plan_of(struct world *w, uint64_t iterations, uint64_t seed)
{
	struct fault f = {0};
	struct plan plan;
	struct solve_options o = {.seed = seed, .iterations = iterations};

	assert_int_equal(solve(&w->p, &o, w->a, &plan, &f), OK);
	return plan;
}

/* The cheapest of all orders and all ways of leaving stops out, for one shift. */
static int64_t
enumerate(const struct problem *p, struct plan *plan, uint32_t n, uint32_t used)
{
	int64_t best;

	plan->route[0].stops = n;
	best = walk_cost(p, plan);
	for (uint32_t s = 0; s < p->stops; s++)
		if ((used >> s & 1) == 0 && (p->stop[s].skills & ~p->shift[0].skills) == 0) {
			int64_t c;

			plan->route[0].stop[n] = s;
			plan->pattern[s] = 1;
			c = enumerate(p, plan, n + 1, used | 1u << s);
			plan->pattern[s] = 0;
			plan->route[0].stops = n;
			if (c < best)
				best = c;
		}
	return best;
}

static void
small_plans_are_optimal_by_enumeration(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);

	(void)state;
	for (uint64_t seed = 1; seed <= 60; seed++) {
		struct world *w = arena_new(a, struct world);
		struct plan all = {0}, found;
		struct route route;

		w->a = a;
		make_world(w, seed, 1 + (uint32_t)(seed % 7), 1, 1);
		/* one window each: with several the kernel's choice is a heuristic */
		for (uint32_t s = 0; s < w->p.stops; s++)
			w->stop[s].windows = w->stop[s].windows > 1 ? 1 : w->stop[s].windows;
		route.stop = arena_array(a, uint32_t, 16);
		all.route = &route;
		all.pattern = arena_array(a, uint64_t, 16);
		found = plan_of(w, 4000, seed);
		assert_int_equal(found.cost, enumerate(&w->p, &all, 0, 0));
		arena_reset(a);
	}
	arena_close(a);
}

static void
every_plan_costs_what_walking_it_costs(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);

	(void)state;
	for (uint64_t seed = 1; seed <= 200; seed++) {
		struct world *w = arena_new(a, struct world);
		uint32_t days = 1 + (uint32_t)(seed % 3);
		struct plan plan;

		w->a = a;
		make_world(w, seed, 1 + (uint32_t)(seed % 20), 2 * days, days);
		/* one window each: the walk takes the first it can meet, the kernel may wait for a later one */
		for (uint32_t s = 0; s < w->p.stops; s++)
			w->stop[s].windows = w->stop[s].windows > 1 ? 1 : w->stop[s].windows;
		plan = plan_of(w, 500, seed);
		assert_int_equal(plan.cost, walk_cost(&w->p, &plan));
		arena_reset(a);
	}
	arena_close(a);
}

static void
every_stop_is_served_on_a_set_of_days_it_allows_or_left_out(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);

	(void)state;
	for (uint64_t seed = 1; seed <= 100; seed++) {
		struct world *w = arena_new(a, struct world);
		uint64_t days[PLACES_MAX] = {0};
		struct plan plan;

		w->a = a;
		make_world(w, seed, 20, 6, 3);
		plan = plan_of(w, 500, seed);
		for (uint32_t l = 0; l < w->p.shifts; l++)
			for (uint32_t n = 0; n < plan.route[l].stops; n++) {
				uint64_t bit = UINT64_C(1) << w->shift[l].day;
				uint32_t s = plan.route[l].stop[n];

				assert_true((days[s] & bit) == 0);
				assert_true((w->stop[s].skills & ~w->shift[l].skills) == 0);
				days[s] |= bit;
			}
		for (uint32_t s = 0; s < w->p.stops; s++) {
			bool allowed = days[s] == 0;

			assert_true(days[s] == plan.pattern[s]);
			for (int n = 0; n < 4; n++)
				allowed = allowed || days[s] == w->pattern[s][n];
			assert_true(allowed);
		}
		arena_reset(a);
	}
	arena_close(a);
}

static void
the_same_seed_gives_the_same_plan(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	struct world *w = arena_new(a, struct world);
	struct plan x, y;

	(void)state;
	w->a = a;
	make_world(w, 5, 20, 4, 1);
	x = plan_of(w, 3000, 9);
	y = plan_of(w, 3000, 9);
	assert_int_equal(x.cost, y.cost);
	for (uint32_t l = 0; l < w->p.shifts; l++) {
		assert_int_equal(x.route[l].stops, y.route[l].stops);
		assert_memory_equal(x.route[l].stop, y.route[l].stop,
		    x.route[l].stops * sizeof(*x.route[l].stop));
	}
	arena_close(a);
}

static void
any_plan_is_accepted_as_a_start_and_never_made_worse(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	struct world *w = arena_new(a, struct world);
	struct plan start = {0}, better;
	struct fault f = {0};
	struct solve_options o = {.seed = 1, .iterations = 200, .start = &start};

	(void)state;
	w->a = a;
	make_world(w, 11, 20, 4, 1);
	start.route = arena_array(a, struct route, 4);
	start.pattern = arena_array(a, uint64_t, 20);
	for (int l = 0; l < 4; l++)
		start.route[l].stop = arena_array(a, uint32_t, 24);
	for (uint32_t s = 20; s-- > 0;) { /* everything on one technician, latest first */
		start.route[1].stop[start.route[1].stops++] = s;
		start.pattern[s] = 1;
	}
	start.route[1].stop[start.route[1].stops++] = 3; /* twice, and one that does not exist */
	start.route[1].stop[start.route[1].stops++] = 99;
	assert_int_equal(solve(&w->p, &o, a, &better, &f), OK);
	start.route[1].stops -= 2;
	assert_true(better.cost <= walk_cost(&w->p, &start));
	arena_close(a);
}

static void
absurd_problems_end_with_a_plan(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);

	(void)state;
	for (uint64_t seed = 1; seed <= 300; seed++) {
		struct world *w = arena_new(a, struct world);
		struct plan plan;

		w->a = a;
		make_world(w, seed, (uint32_t)(seed % 12), (uint32_t)(seed % 5), 1);
		if (seed % 2 == 0) /* identical places */
			memset(w->legs, 0, sizeof(w->legs));
		if (seed % 3 == 0) /* shifts without length */
			for (uint32_t l = 0; l < w->p.shifts; l++)
				w->shift[l].to_s = w->shift[l].from_s;
		if (seed % 7 == 0) /* windows long gone */
			for (uint32_t s = 0; s < w->p.stops; s++)
				w->window[s][0] = (struct window){0, 0};
		plan = plan_of(w, 200, seed);
		assert_int_equal(plan.left_out > w->p.stops, false);
		arena_reset(a);
	}
	arena_close(a);
}

static void
what_is_out_of_bounds_is_refused_by_name(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	struct world *w = arena_new(a, struct world);
	struct fault f = {0};

	(void)state;
	w->a = a;
	make_world(w, 3, 5, 2, 1);
	w->stop[2].place = 77;
	assert_int_equal(problem_check(&w->p, &f), E_INVALID);
	assert_string_equal(f.field, "stop");
	make_world(w, 3, 5, 2, 1);
	w->shift[1].day = 1;
	f = (struct fault){0};
	assert_int_equal(problem_check(&w->p, &f), E_INVALID);
	assert_string_equal(f.field, "shift");
	make_world(w, 3, 5, 2, 1);
	w->legs[3] = -1;
	f = (struct fault){0};
	assert_int_equal(problem_check(&w->p, &f), E_INVALID);
	assert_string_equal(f.field, "matrix");
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(small_plans_are_optimal_by_enumeration),
	    cmocka_unit_test(every_plan_costs_what_walking_it_costs),
	    cmocka_unit_test(every_stop_is_served_on_a_set_of_days_it_allows_or_left_out),
	    cmocka_unit_test(the_same_seed_gives_the_same_plan),
	    cmocka_unit_test(any_plan_is_accepted_as_a_start_and_never_made_worse),
	    cmocka_unit_test(absurd_problems_end_with_a_plan),
	    cmocka_unit_test(what_is_out_of_bounds_is_refused_by_name),
	};

	return cmocka_run_group_tests_name("domain/routing/solve", tests, NULL, NULL);
}
