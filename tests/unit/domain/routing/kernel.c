/*
 * tests/unit/domain/routing/kernel.c -- the plan under change costs what walking it costs, whichever way the tables and
 * the seats are made for a problem.
 */
#include "domain/routing/search.h"
#include "domain/routing/walk.h"
#include "tests/unit/domain/routing/world.h"
#include "tests/unit/test.h"

/* A problem without any time of day that matters. */
static void
forget_the_clock(struct world *w)
{
	for (uint32_t s = 0; s < w->p.stops; s++)
		w->stop[s].windows = 0;
	for (uint32_t l = 0; l < w->p.shifts; l++)
		w->shift[l].to_s = 1 << 26;
}

/* Ways that need more than sixteen bits. */
static void
lie_far_apart(struct world *w)
{
	for (uint32_t x = 0; x < w->p.matrix.places * w->p.matrix.places; x++)
		w->legs[x] *= 40;
}

static void
after_each_round_the_kernel_costs_what_walking_its_plan_costs(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	uint32_t timeless = 0, wide = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 160; seed++) {
		struct world *w = arena_new(a, struct world);
		uint32_t days = 1 + (uint32_t)(seed % 3);
		const struct tables *t;
		struct search s;
		struct plan plan;

		w->a = a;
		make_world(w, seed, 1 + (uint32_t)(seed % 20), 2 * days, days);
		if (seed % 4 == 0)
			enrich(w, seed, seed % 8 == 0);
		if (seed % 4 < 2)
			lie_far_apart(w);
		if (seed % 8 > 3 && seed % 4 != 0)
			forget_the_clock(w);
		t = tables_open(&w->p, a);
		timeless += t->timeless;
		wide += !t->narrow;
		search_open(&s, t, seed, a);
		search_begin(&s, NULL, NULL);
		plan = (struct plan){.route = arena_array(a, struct route, w->p.shifts + 1),
		    .pattern = arena_array(a, uint64_t, w->p.stops + 1), .fixed_s = arena_array(a, int32_t, w->p.stops + 1)};
		for (uint32_t l = 0; l < w->p.shifts; l++)
			plan.route[l].stop = arena_array(a, uint32_t, w->p.stops + 1);
		for (int round = 0; round < 40; round++) {
			kernel_copy(s.k, &plan);
			assert_int_equal(plan.cost, walk_plan(&w->p, &plan));
			search_round(&s, 3 * s.scale * 256);
		}
		arena_reset(a);
	}
	assert_true(timeless >= 40 && wide >= 40);
	arena_close(a);
}

static void
a_seat_costs_what_the_plan_costs_more_with_it(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	const struct terms any = {ROUTING_NO_STOP, ROUTING_NO_STOP, NULL};

	(void)state;
	for (uint64_t seed = 1; seed <= 120; seed++) {
		struct world *w = arena_new(a, struct world);
		struct kernel *k;

		w->a = a;
		make_world(w, seed, 12, 3, 1);
		for (uint32_t s = 0; s < w->p.stops; s++)
			if (w->stop[s].windows > 1)
				w->stop[s].windows = 1; /* with several a seat is an estimate */
		if (seed % 2 == 0)
			lie_far_apart(w);
		if (seed % 3 == 0)
			forget_the_clock(w);
		k = kernel_open(tables_open(&w->p, a), a);
		for (uint32_t s = 0; s < w->p.stops; s++) {
			int64_t before = k->total;
			struct seat seat;

			if (!kernel_seat(k, s, 0, INT64_MAX / 4, &any, &seat))
				continue;
			kernel_put(k, s, 0, &seat);
			assert_int_equal(k->total - before, seat.cost - w->stop[s].prize);
		}
		arena_reset(a);
	}
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(after_each_round_the_kernel_costs_what_walking_its_plan_costs),
	    cmocka_unit_test(a_seat_costs_what_the_plan_costs_more_with_it),
	};

	return cmocka_run_group_tests_name("domain/routing/kernel", tests, NULL, NULL);
}
