/*
 * tests/unit/domain/routing/absurd.c -- a thousand problems that nobody means: a plan in time,
 * within its memory, that costs what it says.
 */
#include <time.h>

#include "domain/routing/offers.h"
#include "domain/routing/replan.h"
#include "domain/routing/walk.h"
#include "tests/unit/domain/routing/world.h"
#include "tests/unit/test.h"

#define BUDGET_S   0.002
#define MORE_S     0.050
#define MEMORY_MAX ((size_t)16 << 20)

static double
cpu_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static uint32_t
until(void *ctx, uint64_t iterations, int64_t best)
{
	const double *end_s = ctx;
	double left = (*end_s - cpu_seconds()) / BUDGET_S;

	(void)iterations;
	(void)best;
	return left <= 0 ? SOLVE_DONE : (uint32_t)((left < 1 ? 1 - left : 0) * SOLVE_DONE);
}

/* What is absurd about it goes by the bits of the seed. */
static void
make_absurd(struct world *w, uint64_t seed)
{
	uint32_t days = 1 + (uint32_t)(seed / 7 % 3);

	make_world(w, seed, (uint32_t)(seed % 21), (uint32_t)(seed % 9), days);
	for (uint32_t l = 0; l < w->p.shifts; l++)
		w->shift[l].day = l % days;
	if ((seed & 1) != 0)
		enrich(w, seed, (seed & 2) != 0);
	if ((seed & 4) != 0) /* identical places */
		memset(w->legs, 0, sizeof(w->legs));
	if ((seed & 8) != 0) /* shifts without length, that begin when everything is over */
		for (uint32_t l = 0; l < w->p.shifts; l++)
			w->shift[l].to_s = w->shift[l].from_s =
			    (seed & 16) != 0 ? 0 : ROUTING_SECONDS_MAX;
	if ((seed & 32) != 0) /* windows that nobody can meet */
		for (uint32_t s = 0; s < w->p.stops; s++)
			w->window[s][0] = w->window[s][1] = (struct window){0, 0};
	if ((seed & 64) != 0) /* nobody has a skill, everybody needs all */
		for (uint32_t s = 0; s < w->p.stops; s++)
			w->stop[s].skills = UINT64_MAX;
	if ((seed & 128) != 0) /* prices at their ceilings */
		w->p.price = (struct prices){.late_s = ROUTING_RATE_MAX,
		    .overtime_s = ROUTING_RATE_MAX,
		    .overload = 1 << 20,
		    .other_tech = ROUTING_PRICE_MAX,
		    .prefer = ROUTING_PRICE_MAX,
		    .other_day = ROUTING_PRICE_MAX,
		    .moved = ROUTING_PRICE_MAX,
		    .paid_s = ROUTING_RATE_MAX,
		    .mixed = ROUTING_PRICE_MAX};
	if ((seed & 256) != 0) /* nothing is worth coming for, or weighs as much as may be */
		for (uint32_t s = 0; s < w->p.stops; s++) {
			w->stop[s].prize = 0;
			w->stop[s].load = ROUTING_LOAD_MAX / 24;
		}
	if ((seed & 512) != 0) /* lunch before, after and longer than everything */
		for (uint32_t l = 0; l < w->p.shifts; l++) {
			w->shift[l].lunch_s = (int32_t)(seed % 3) * 100000;
			w->shift[l].lunch =
			    (struct window){0, (seed & 2) != 0 ? 0 : ROUTING_SECONDS_MAX};
		}
}

static void
a_thousand_absurd_problems_end_in_time(void **state)
{
	struct arena *a = arena_open(1 << 20, MEMORY_MAX, NULL);
	double worst_s = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 1000; seed++) {
		struct world *w = arena_new(a, struct world);
		double from_s = cpu_seconds(), end_s = from_s + BUDGET_S;
		struct solve_options o = {.seed = seed, .spent = until, .ctx = &end_s};
		struct fault f = {0};
		struct plan plan;

		w->a = a;
		make_absurd(w, seed);
		if (solve(&w->p, &o, a, &plan, &f) != OK)
			fail_msg("problem %d is refused: %s", (int)seed, f.why);
		worst_s = cpu_seconds() - from_s > worst_s ? cpu_seconds() - from_s : worst_s;
		assert_true(cpu_seconds() - from_s < BUDGET_S + MORE_S);
		assert_true(plan.left_out <= w->p.stops);
		assert_int_equal(plan.cost, walk_cost(&w->p, &plan));
		arena_reset(a);
	}
	print_message(
	    "# the longest took %.1f ms of a budget of %.0f ms\n", worst_s * 1000, BUDGET_S * 1000);
	arena_close(a);
}

static void
offers_and_replans_of_absurd_days_end_too(void **state)
{
	struct arena *a = arena_open(1 << 20, MEMORY_MAX, NULL);

	(void)state;
	for (uint64_t seed = 1; seed <= 300; seed++) {
		struct world *w = arena_new(a, struct world);
		struct solve_options o = {.seed = seed, .iterations = 50};
		struct offer out[OFFERS_MAX];
		struct replan_change change;
		struct fault f = {0};
		struct plan day, again;
		struct replan_options how = {
		    .day = &day, .move_tech = 5, .move_time = 5, .seed = 1, .iterations = 50};
		size_t n = 0;

		w->a = a;
		make_absurd(w, seed);
		assert_int_equal(solve(&w->p, &o, a, &day, &f), OK);
		for (uint32_t s = 0; s < w->p.stops; s++)
			if (day.pattern[s] == 0) {
				assert_int_equal(
				    offers(&w->p, &day, NULL, s, UINT64_MAX, out, &n, &f), OK);
				assert_true(n <= OFFERS_MAX);
			}
		assert_int_equal(replan(&w->p, &how, a, &again, &change, &f), OK);
		assert_int_equal(again.cost, walk_cost(&w->p, &again));
		arena_reset(a);
	}
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_thousand_absurd_problems_end_in_time),
	    cmocka_unit_test(offers_and_replans_of_absurd_days_end_too),
	};

	return cmocka_run_group_tests_name("domain/routing, absurd", tests, NULL, NULL);
}
