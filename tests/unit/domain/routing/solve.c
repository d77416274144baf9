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

/* The cheapest of all orders on all shifts from l on, and of all ways of leaving stops out. */
static int64_t
enumerate(const struct problem *p, struct plan *plan, uint32_t l, uint32_t used)
{
	struct route *r = &plan->route[l];
	int64_t best, c;

	best = l + 1 < p->shifts ? enumerate(p, plan, l + 1, used) : walk_cost(p, plan);
	for (uint32_t s = 0; s < p->stops; s++) {
		if ((used >> s & 1) != 0 || !is_able(&p->stop[s], &p->shift[l]))
			continue;
		r->stop[r->stops++] = s;
		plan->pattern[s] = UINT64_C(1) << p->shift[l].day;
		c = enumerate(p, plan, l, used | 1u << s);
		plan->pattern[s] = 0;
		r->stops--;
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
	/* One shift of up to eight stops, then two of up to five, of one technician's two days or of two technicians. */
	for (uint64_t seed = 1; seed <= 120; seed++) {
		struct world *w = arena_new(a, struct world);
		const uint32_t shifts = seed <= 60 ? 1 : 2, days = seed > 60 && seed % 3 == 0 ? 2 : 1;
		struct plan all = {0}, found;
		struct route route[2] = {{0}, {0}};

		w->a = a;
		make_world(w, seed, 1 + (uint32_t)(seed % (shifts == 1 ? 8 : 5)), shifts, days);
		for (uint32_t s = 0; s < w->p.stops; s++)
			w->stop[s].patterns = 0, w->stop[s].pattern = NULL; /* any one day */
		if (seed % 2 == 0)
			enrich(w, seed, false);
		for (uint32_t l = 0; l < shifts; l++)
			route[l].stop = arena_array(a, uint32_t, 16);
		all.route = route;
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
