/*
 * tests/unit/domain/routing/solve.c -- the search against enumeration, brute force and absurd data.
 */
#include "domain/routing/solve.h"
#include "tests/unit/domain/routing/world.h"
#include "tests/unit/test.h"

static struct plan
plan_of(struct world *w, uint64_t iterations, uint64_t seed)
{
	struct fault f = {0};
	struct plan plan;
	struct solve_options o = {.seed = seed, .iterations = iterations};

	assert_int_equal(solve(&w->p, &o, w->a, &plan, &f), OK);
	return plan;
}

/* What a shift costs with each set of stops, in the best of all their orders; UNABLE: it may not. */
#define UNABLE (INT64_MAX / 8)

static void
try_orders(const struct problem *p, uint32_t l, struct route *r, uint32_t used, int64_t *best)
{
	int64_t paid_s, c = route_cost(p, l, r, NULL, &paid_s);

	if (c < best[used])
		best[used] = c;
	for (uint32_t s = 0; s < p->stops; s++) {
		if ((used >> s & 1) != 0 || !is_able(&p->stop[s], &p->shift[l]))
			continue;
		r->stop[r->stops++] = s;
		try_orders(p, l, r, used | 1u << s, best);
		r->stops--;
	}
}

/* The cheapest plan of all there are: every order on every shift, every way of sharing and of leaving out. */
static int64_t
enumerate(const struct problem *p, struct arena *a)
{
	const uint32_t sets = 1u << p->stops;
	int64_t *best = arena_array(a, int64_t, sets), *shift = arena_array(a, int64_t, sets);
	uint32_t stop[8];

	for (uint32_t set = 0; set < sets; set++)
		for (uint32_t s = 0; s < p->stops; s++)
			best[set] += (set >> s & 1) != 0 ? p->stop[s].prize : 0;
	for (uint32_t l = 0; l < p->shifts; l++) {
		struct route r = {stop, 0};

		for (uint32_t set = 0; set < sets; set++)
			shift[set] = UNABLE;
		try_orders(p, l, &r, 0, shift);
		/* the largest set first: what is without it is still of the shifts before */
		for (uint32_t set = sets; set-- > 0;)
			for (uint32_t part = set; part > 0; part = (part - 1) & set)
				if (shift[part] + best[set & ~part] < best[set])
					best[set] = shift[part] + best[set & ~part];
	}
	return best[sets - 1];
}

static void
plan_is_optimal(struct arena *a, uint64_t seed, uint32_t stops, uint32_t shifts, uint32_t days, uint64_t iterations)
{
	struct world *w = arena_new(a, struct world);

	w->a = a;
	make_world(w, seed, stops, shifts, days);
	for (uint32_t s = 0; s < w->p.stops; s++)
		w->stop[s].patterns = 0, w->stop[s].pattern = NULL; /* any one day */
	if (seed % 2 == 0)
		enrich(w, seed, false);
	w->p.price.uneven = 0; /* the one price that a route alone does not know */
	assert_int_equal(plan_of(w, iterations, seed).cost, enumerate(&w->p, a));
	arena_reset(a);
}

static void
small_plans_are_optimal_by_enumeration(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);

	(void)state;
	/* One shift of up to eight stops; two of up to six, of one technician's two days or of two technicians. */
	for (uint64_t seed = 1; seed <= 60; seed++)
		plan_is_optimal(a, seed, 1 + (uint32_t)(seed % 8), 1, 1, 4000);
	for (uint64_t seed = 61; seed <= 140; seed++)
		plan_is_optimal(a, seed, 1 + (uint32_t)(seed % 6), 2, seed % 3 == 0 ? 2 : 1, 4000);
	arena_close(a);
}

/* The same with up to eight stops on two and on three shifts: a few here, 140 in the long tests. */
static void
plans_of_eight_stops_on_two_and_three_shifts_are_optimal(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	const uint64_t two = getenv("LONG") != NULL ? 100 : 3, three = getenv("LONG") != NULL ? 40 : 2;

	(void)state;
	for (uint64_t seed = 1001; seed < 1001 + two; seed++)
		plan_is_optimal(a, seed, 6 + (uint32_t)(seed % 3), 2, seed % 3 == 0 ? 2 : 1, 32000);
	for (uint64_t seed = 1101; seed < 1101 + three; seed++)
		plan_is_optimal(a, seed, 7 + (uint32_t)(seed % 2), 3, seed % 3 == 0 ? 3 : 1, 32000);
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
		if (seed % 2 == 0)
			enrich(w, seed, seed % 4 == 0);
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
				assert_true(is_able(&w->stop[s], &w->shift[l]));
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
a_customer_keeps_one_technician_where_several_are_dear(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	uint32_t several_when_free = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 20; seed++)
		for (int dear = 0; dear < 2; dear++) {
			struct world *w = arena_new(a, struct world);
			uint64_t who[PLACES_MAX] = {0};
			struct plan plan;

			w->a = a;
			make_world(w, seed, 12, 6, 3);
			for (uint32_t s = 0; s < 12; s++)
				w->stop[s].skills = 0;
			w->p.price.mixed = dear ? 1 << 24 : 0;
			plan = plan_of(w, 500, seed);
			for (uint32_t l = 0; l < w->p.shifts; l++)
				for (uint32_t n = 0; n < plan.route[l].stops; n++)
					who[plan.route[l].stop[n]] |= UINT64_C(1)
								      << w->shift[l].tech;
			for (uint32_t s = 0; s < 12; s++) {
				if (dear)
					assert_true((who[s] & (who[s] - 1)) == 0);
				else
					several_when_free += (who[s] & (who[s] - 1)) != 0;
			}
			arena_reset(a);
		}
	assert_true(several_when_free > 0);
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
		assert_memory_equal(
		    x.route[l].stop, y.route[l].stop, x.route[l].stops * sizeof(*x.route[l].stop));
	}
	arena_close(a);
}

/* As threads might: the last task first. */
static void
run_backwards(void *ctx, solve_task_fn *task, void *arg, uint32_t n)
{
	uint32_t *tasks = ctx;

	*tasks = n;
	while (n > 0)
		task(arg, --n);
}

static void
the_order_in_which_trajectories_run_does_not_matter(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	struct world *w = arena_new(a, struct world);
	uint32_t tasks = 0;
	struct solve_options o = {
	    .seed = 4, .iterations = 40000, .run = run_backwards, .ctx = &tasks, .threads = 3};
	struct fault f = {0};
	struct plan x, y;

	(void)state;
	w->a = a;
	make_world(w, 8, 20, 4, 1);
	x = plan_of(w, 40000, 4);
	assert_int_equal(solve(&w->p, &o, a, &y, &f), OK);
	assert_true(tasks > 1);
	assert_int_equal(x.cost, y.cost);
	assert_int_equal(x.iterations, y.iterations);
	for (uint32_t l = 0; l < w->p.shifts; l++) {
		assert_int_equal(x.route[l].stops, y.route[l].stops);
		assert_memory_equal(
		    x.route[l].stop, y.route[l].stop, x.route[l].stops * sizeof(*x.route[l].stop));
	}
	arena_close(a);
}

/* Says "enough" at its n-th question. */
static uint32_t
cancel_later(void *ctx, uint64_t iterations, int64_t best)
{
	uint32_t *left = ctx;

	(void)iterations;
	assert_true(best >= 0);
	return (*left)-- == 0 ? SOLVE_DONE : 0;
}

static void
a_search_that_is_called_off_has_a_plan(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);

	(void)state;
	for (uint32_t n = 0; n < 40; n++) {
		struct world *w = arena_new(a, struct world);
		uint32_t left = n;
		struct solve_options o = {.seed = n,
		    .iterations = n % 2 == 0 ? 60000 : 0,
		    .spent = cancel_later,
		    .ctx = &left};
		struct fault f = {0};
		struct plan plan;

		w->a = a;
		make_world(w, n, 20, 4, 1);
		assert_int_equal(solve(&w->p, &o, a, &plan, &f), OK);
		assert_int_equal(plan.cost, walk_cost(&w->p, &plan));
		assert_true(plan.iterations <= 64 * (n + 1) + 256);
		arena_reset(a);
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
	    cmocka_unit_test(plans_of_eight_stops_on_two_and_three_shifts_are_optimal),
	    cmocka_unit_test(every_plan_costs_what_walking_it_costs),
	    cmocka_unit_test(every_stop_is_served_on_a_set_of_days_it_allows_or_left_out),
	    cmocka_unit_test(a_customer_keeps_one_technician_where_several_are_dear),
	    cmocka_unit_test(the_same_seed_gives_the_same_plan),
	    cmocka_unit_test(the_order_in_which_trajectories_run_does_not_matter),
	    cmocka_unit_test(a_search_that_is_called_off_has_a_plan),
	    cmocka_unit_test(any_plan_is_accepted_as_a_start_and_never_made_worse),
	    cmocka_unit_test(absurd_problems_end_with_a_plan),
	    cmocka_unit_test(what_is_out_of_bounds_is_refused_by_name),
	};

	return cmocka_run_group_tests_name("domain/routing/solve", tests, NULL, NULL);
}
