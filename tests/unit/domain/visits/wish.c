/* tests/unit/domain/visits/wish.c -- what people wish, against calendars and people that were made up. */
#include "domain/visits/wish.h"

#include "domain/visits/due.h"
#include "tests/unit/test.h"

#define PEOPLE 5

static uint32_t seed = 20261129;

static uint32_t
chance(uint32_t below)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % below;
}

/* Weekly on some days, with holds and an end; in a row of days. */
static size_t
plan(struct agreement *g, struct term *t, struct due *due)
{
	const struct day from = {20000 + (int32_t)chance(3000)};
	const uint32_t weekdays = 1 + chance(127);
	size_t n = 0;

	*g = (struct agreement){.repeats = REPEATS_CALENDAR, .starts_day = from};
	if (chance(3) == 0)
		g->ends_day = (struct maybe_day){true, day_add(from, 20 + (int32_t)chance(40))};
	t[0] = (struct term){.from_day = from, .kind = TERM_WORKS, .anchor_day = from};
	t[1] = term_hold(day_add(from, (int32_t)chance(30)), (struct maybe_day){true, day_add(from, 10 + (int32_t)chance(40))});
	for (struct day d = from; d.n < from.n + 60; d.n++)
		if ((weekdays >> day_weekday(d) & 1) != 0 && agreement_runs(g, d) && !terms_held(t, 2, d))
			due[n++] = (struct due){d, 0};
	return n;
}

static void
a_day_that_is_not_wanted_gives_way_to_the_next_that_is(void **state)
{
	unsigned moved = 0, shared = 0, kept = 0;

	(void)state;
	for (int k = 0; k < 20000; k++) {
		const uint32_t not_days = chance(127);
		struct due due[60];
		struct agreement g;
		struct term t[2];
		const size_t n = plan(&g, t, due);

		for (size_t i = 0; i < n; i++) {
			const struct day to = due_wanted(&g, t, 2, due, n, due[i].day, not_days);
			bool other = false;

			assert_in_range(to.n - due[i].day.n, 0, 6);
			for (size_t j = 0; j < n; j++)
				other = other || (j != i && due[j].day.n == to.n);
			if ((not_days >> day_weekday(due[i].day) & 1) == 0) {
				assert_int_equal(to.n, due[i].day.n);
				continue;
			}
			if (to.n == due[i].day.n) {
				/* Only when the week behind it is held, over, or not wanted from end to end. */
				for (int32_t d = 1; d < 7; d++) {
					const struct day next = day_add(due[i].day, d);

					assert_true((not_days >> day_weekday(next) & 1) != 0 || terms_held(t, 2, next) || !agreement_runs(&g, next));
				}
				kept++;
				continue;
			}
			assert_int_equal(not_days >> day_weekday(to) & 1, 0);
			assert_true(agreement_runs(&g, to) && !terms_held(t, 2, to));
			moved++;
			shared += other;
		}
	}
	assert_true(moved > 10000 && shared > 100 && kept > 10 && shared < moved / 2);
}

/* By the sentence of each wish, said once more. */
static void
nobody_is_sent_whom_a_wish_a_skill_or_the_hours_forbid(void **state)
{
	unsigned sent = 0, refused = 0;

	(void)state;
	for (int k = 0; k < 20000; k++) {
		const struct day day = {20000 + (int32_t)chance(3000)};
		const uint64_t tech = 1 + chance(PEOPLE);
		const struct skill needs = {.skill_id = 7, .name = STR("CPO")};
		const struct skill has = {.skill_id = 6 + chance(2), .name = STR("CPO"), .expires_day = {chance(2) == 0, day_add(day, (int32_t)chance(5) - 2)}};
		const struct availability hours[2] = {
		    {.kind = AVAILABLE_HOURS, .weekday = (enum weekday)chance(7), .from_day = {0}, .from_minute = 480, .to_minute = 960},
		    {.kind = AVAILABLE_OFF, .from_day = day_add(day, (int32_t)chance(7) - 3), .to_day = {true, day_add(day, 2)}, .to_minute = 1440}};
		const size_t hours_n = chance(3);
		const bool never = chance(3) == 0, works = chance(8) > 0;
		struct fit x = {.tech_id = {true, tech}, .works_here = works, .never = {1 + chance(PEOPLE)},
		    .who = {.tech = STR("Tom"), .has = &has, .has_n = chance(2), .needs = &needs, .needs_n = chance(2), .hours = hours,
			.hours_n = hours_n}};
		struct fault f = {0};
		bool may = works;

		x.wish = (struct wish){.never_techs = x.never, .never_techs_n = never, .same_tech = {chance(3) == 0, 1 + chance(PEOPLE)}};
		may = may && !(never && x.never[0] == tech) && (!x.wish.same_tech.is || x.wish.same_tech.v == tech);
		may = may && (x.who.needs_n == 0 ||
		    (x.who.has_n == 1 && has.skill_id == 7 && (!has.expires_day.is || has.expires_day.v.n >= day.n)));
		may = may && (hours_n == 0 || hours[0].weekday == day_weekday(day));
		bool promise = may;
		may = may && (hours_n < 2 || hours[1].from_day.n > day.n);
		assert_int_equal(fit_tech(&x, day, (struct maybe_u32){0}, (struct maybe_u32){0}, &f), may ? OK : E_INVALID);
		if (!may)
			assert_string_equal(f.field, "tech_id");
		/* A promise is not refused for one day off. */
		assert_int_equal(fit_term(&x, day, (struct maybe_u32){0}, (struct maybe_u32){0}, NULL), promise ? OK : E_INVALID);
		x.tech_id.is = false;
		assert_int_equal(fit_tech(&x, day, (struct maybe_u32){0}, (struct maybe_u32){0}, NULL), OK);
		sent += may;
		refused += !may;
	}
	assert_true(sent > 1000 && refused > 1000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_that_is_not_wanted_gives_way_to_the_next_that_is),
		cmocka_unit_test(nobody_is_sent_whom_a_wish_a_skill_or_the_hours_forbid),
	};
	return cmocka_run_group_tests_name("domain/visits/wish", tests, NULL, NULL);
}
