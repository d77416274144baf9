/* tests/unit/domain/routing/replan.c -- a running day with one job more: what stays, what moves. */
#include "domain/routing/replan.h"
#include "domain/routing/walk.h"
#include "tests/unit/domain/routing/world.h"
#include "tests/unit/test.h"

/* A planned day of 18 stops and 4 shifts; then an urgent 19th appears. */
static void
running_day(struct world *w, uint64_t seed, struct plan *day)
{
	struct solve_options o = {.seed = seed, .iterations = 2000};
	struct fault f = {0};

	make_world(w, seed, 19, 4, 1);
	for (uint32_t s = 0; s < 19; s++)
		w->stop[s].prize = INT64_C(1) << 30;
	w->stop[18].windows = 0;
	w->p.stops = 18;
	assert_int_equal(solve(&w->p, &o, w->a, day, &f), OK);
	w->p.stops = 19;
}

static void
what_is_done_stays_and_the_urgent_job_is_in(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);

	(void)state;
	for (uint64_t seed = 1; seed <= 50; seed++) {
		struct world *w = arena_new(a, struct world);
		struct plan day, out;
		struct replan_change change;
		struct fault f = {0};
		uint32_t done[4];
		struct replan_options o = {.day = &day,
		    .done = done,
		    .move_tech = 500,
		    .move_time = 500,
		    .tolerance_s = 900,
		    .seed = seed,
		    .iterations = 1000};

		w->a = a;
		running_day(w, seed, &day);
		for (uint32_t l = 0; l < 4; l++)
			done[l] = day.route[l].stops / 2;
		assert_int_equal(replan(&w->p, &o, a, &out, &change, &f), OK);
		for (uint32_t l = 0; l < 4; l++)
			for (uint32_t i = 0; i < done[l]; i++)
				assert_int_equal(out.route[l].stop[i], day.route[l].stop[i]);
		assert_int_equal(out.left_out, 0);
		assert_int_equal(change.placed, 1);
		assert_int_equal(change.dropped, 0);
		assert_int_equal(out.cost, walk_cost(&w->p, &out));
		arena_reset(a);
	}
	arena_close(a);
}

static void
dear_changes_are_not_made_and_free_ones_are(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	uint32_t dear = 0, cheap = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 30; seed++) {
		struct world *w = arena_new(a, struct world);
		struct plan day, out;
		struct replan_change change;
		struct fault f = {0};
		struct replan_options o = {
		    .day = &day, .tolerance_s = 900, .seed = seed, .iterations = 2000};

		w->a = a;
		running_day(w, seed, &day);
		assert_int_equal(replan(&w->p, &o, a, &out, &change, &f), OK);
		cheap += change.moved_tech;
		o.move_tech = o.move_time = INT64_C(1) << 20;
		assert_int_equal(replan(&w->p, &o, a, &out, &change, &f), OK);
		dear += change.moved_tech;
		arena_reset(a);
	}
	assert_true(dear == 0 && cheap > 0);
	arena_close(a);
}

static void
a_day_that_runs_late_is_taken_as_it_is(void **state)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	struct world *w = arena_new(a, struct world);
	struct plan day, out;
	struct fault f = {0};
	struct replan_options o = {
	    .day = &day, .move_tech = 100, .move_time = 100, .seed = 1, .iterations = 500};

	(void)state;
	w->a = a;
	running_day(w, 3, &day);
	for (uint32_t l = 0; l < 4; l++) /* everybody starts two hours after the last window */
		w->shift[l].from_s = w->shift[l].to_s = 60000;
	assert_int_equal(replan(&w->p, &o, a, &out, NULL, &f), OK);
	assert_int_equal(out.left_out, 0);
	assert_true(out.cost > 0);
	o.move_tech = -1;
	assert_int_equal(replan(&w->p, &o, a, &out, NULL, &f), E_INVALID);
	assert_string_equal(f.field, "move");
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_done_stays_and_the_urgent_job_is_in),
	    cmocka_unit_test(dear_changes_are_not_made_and_free_ones_are),
	    cmocka_unit_test(a_day_that_runs_late_is_taken_as_it_is),
	};

	return cmocka_run_group_tests_name("domain/routing/replan", tests, NULL, NULL);
}
