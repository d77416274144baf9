/* tests/unit/domain/dispatch/rounds.c -- facts become routes, the answer becomes changes that pay; promises are kept. */
#include "domain/dispatch/rounds.h"
#include "domain/routing/chance.h"
#include "tests/unit/test.h"

#define STOPS 60
#define TECHS 4

/* A town of random pools; every technician is there each working day. */
struct town {
	struct arena *a;
	struct round_tech tech[TECHS];
	struct round_stop stop[STOPS];
	uint64_t never[1];
	struct rounds_facts facts;
	struct rounds r;
	struct fault f;
};

static const uint64_t SALT[] = {77};

static struct spot
somewhere(uint64_t *random)
{
	return (struct spot){33400000 + (int32_t)chance_below(random, 150000), -112000000 + (int32_t)chance_below(random, 150000)};
}

static struct town *
found_town(uint64_t seed, uint32_t days)
{
	struct arena *a = arena_open(1 << 20, 1 << 28, NULL);
	struct town *t = arena_new(a, struct town);
	uint64_t random = seed;

	t->a = a;
	for (uint32_t n = 0; n < TECHS; n++) {
		t->tech[n] = (struct round_tech){.id = 100 + n, .has_start = true, .has_end = true, .start = somewhere(&random),
		    .skills = SALT, .skills_n = n % 2};
		t->tech[n].end = t->tech[n].start;
		for (uint32_t d = 0; d < days; d++)
			if (d % 7 < 5)
				t->tech[n].day[d] = (struct round_hours){.from_minute = 420, .to_minute = 960};
	}
	for (uint32_t i = 0; i < STOPS; i++) {
		uint32_t d = chance_below(&random, days > 1 ? 5 : 1);

		t->stop[i] = (struct round_stop){.id = 1000 + i, .version = 1, .at = somewhere(&random),
		    .minutes = 20 + chance_below(&random, 20), .tech = 100 + chance_below(&random, TECHS),
		    .seq = chance_below(&random, 30), .days = UINT64_C(1) << d, .every_weeks = days > 1};
		if (days == 14)
			t->stop[i].days |= t->stop[i].days << 7;
	}
	t->facts = (struct rounds_facts){.tech = t->tech, .techs = TECHS, .stop = t->stop, .stops = STOPS, .wish.days = days};
	return t;
}

static void
plan(struct town *t, uint64_t iterations)
{
	const struct pace pace = PACE_DEFAULT;
	const struct spot *at;
	struct solve_options o = {.seed = 1, .iterations = iterations};
	struct plan found;
	uint32_t places = rounds_places(&t->facts, t->a, &at);

	t->facts.ways = ways_estimate(at, places, &pace, t->a);
	assert_int_equal(rounds_open(&t->facts, t->a, &t->r, &t->f), OK);
	o.start = t->facts.wish.scratch ? NULL : &t->r.start;
	assert_int_equal(solve(&t->r.search, &o, t->a, &found, &t->f), OK);
	rounds_take(&t->r, &found);
}

static void
each_stop_is_in_exactly_one_place_a_day(const struct rounds *r)
{
	for (uint32_t i = 0; i < r->facts.stops; i++) {
		uint64_t days = 0;
		uint32_t person = ROUNDS_NOBODY;

		for (uint32_t l = 0; l < r->facts.shifts; l++)
			for (uint32_t k = 0; k < r->plan.route[l].stops; k++)
				if (r->plan.route[l].stop[k] == i) {
					assert_int_equal(days >> r->facts.shift[l].day & 1, 0);
					days |= UINT64_C(1) << r->facts.shift[l].day;
					assert_true(person == ROUNDS_NOBODY || person == r->facts.shift[l].tech);
					person = r->facts.shift[l].tech;
				}
		assert_true(days == r->plan.pattern[i]);
		assert_int_equal(__builtin_popcountll(days), __builtin_popcountll(r->in->stop[i].days));
	}
}

static void
a_day_gets_shorter_and_nothing_is_lost(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 5; seed++) {
		struct town *t = found_town(seed, 1);
		struct tally before, after;

		plan(t, 3000);
		each_stop_is_in_exactly_one_place_a_day(&t->r);
		rounds_tally(&t->r, &t->r.before, ROUTING_NO_STOP, &before);
		rounds_tally(&t->r, &t->r.plan, ROUTING_NO_STOP, &after);
		assert_int_equal(before.stops, STOPS);
		assert_int_equal(after.stops, STOPS);
		assert_true(after.drive_s * 10 < before.drive_s * 6);
		arena_close(t->a);
	}
}

static void
what_is_done_stays_at_the_head_and_what_is_locked_keeps_its_person(void **state)
{
	struct town *t = found_town(3, 1);

	(void)state;
	for (uint32_t i = 0; i < STOPS; i++) {
		t->stop[i].fixed = i < 8;
		t->stop[i].seq = i;
		t->stop[i].keep_tech = i >= 8 && i < 20;
	}
	t->facts.wish.not_before_s = 10 * 3600;
	plan(t, 2000);
	each_stop_is_in_exactly_one_place_a_day(&t->r);
	for (uint32_t i = 0; i < 20; i++) {
		uint32_t tech;
		uint64_t days;

		assert_true(rounds_where(&t->r, &t->r.plan, i, &tech, &days));
		assert_int_equal(tech, t->r.before_tech[i]);
	}
	for (uint32_t l = 0; l < t->r.facts.shifts; l++) {
		for (uint32_t k = 0; k < t->r.fixed[l]; k++)
			assert_int_equal(t->r.plan.route[l].stop[k], t->r.before.route[l].stop[k]);
		assert_true(t->r.search.shift[l].from_s >= 10 * 3600);
	}
	arena_close(t->a);
}

static void
skills_and_people_who_are_not_wanted_are_obeyed(void **state)
{
	struct town *t = found_town(4, 1);
	uint32_t tech;
	uint64_t days;

	(void)state;
	t->never[0] = 102;
	for (uint32_t i = 0; i < STOPS; i++) {
		if (i % 3 == 0) {
			t->stop[i].skills = SALT;
			t->stop[i].skills_n = 1;
		}
		if (i % 4 == 0) {
			t->stop[i].never = t->never;
			t->stop[i].never_n = 1;
			t->stop[i].tech = 101;
		}
	}
	plan(t, 2000);
	for (uint32_t i = 0; i < STOPS; i++) {
		assert_true(rounds_where(&t->r, &t->r.plan, i, &tech, &days));
		if (i % 3 == 0)
			assert_int_equal(tech % 2, 1);
		if (i % 4 == 0)
			assert_int_not_equal(tech, 2);
	}
	arena_close(t->a);
}

static void
a_change_saves_what_it_says(void **state)
{
	struct town *t = found_town(6, 7);
	struct round_change *c;
	struct tally with, without;
	uint32_t n;

	(void)state;
	t->facts.wish.same_tech = 2;
	t->facts.wish.same_day = 2;
	plan(t, 4000);
	each_stop_is_in_exactly_one_place_a_day(&t->r);
	c = arena_array(t->a, struct round_change, STOPS);
	n = rounds_changes(&t->r, c);
	assert_true(n > 5);
	for (uint32_t i = 0; i < n; i++) {
		rounds_tally(&t->r, &t->r.plan, ROUTING_NO_STOP, &with);
		rounds_move(&t->r, c[i].stop, c[i].from_tech, c[i].from_days);
		rounds_tally(&t->r, &t->r.plan, ROUTING_NO_STOP, &without);
		assert_int_equal(without.drive_s - with.drive_s, c[i].saves_s);
		assert_int_equal(without.metres - with.metres, c[i].saves_m);
		assert_true(i == 0 || c[i - 1].saves_s >= c[i].saves_s);
		assert_in_range(c[i].reason, ROUND_PLACED, ROUND_TOGETHER);
		/* Less driving is said only of what saves some. */
		assert_true(c[i].reason != ROUND_NEAR || c[i].saves_s > 0);
		rounds_move(&t->r, c[i].stop, c[i].to_tech, c[i].to_days);
		/* back where it was: rounds_changes said so of this very plan */
		n = i + 1 < n ? rounds_changes(&t->r, c) : n;
	}
	arena_close(t->a);
}

static void
who_must_not_change_does_not(void **state)
{
	struct town *t = found_town(8, 7);
	struct round_change c[STOPS];

	(void)state;
	for (uint32_t i = 0; i < STOPS; i += 2)
		t->stop[i].keep_tech = t->stop[i].keep_days = true;
	plan(t, 3000);
	uint32_t n = rounds_changes(&t->r, c);
	assert_true(n > 0);
	for (uint32_t i = 0; i < n; i++)
		assert_int_equal(c[i].stop % 2, 1);
	arena_close(t->a);
	/* Never another day; any technician. */
	t = found_town(8, 7);
	t->facts.wish.same_day = 4;
	plan(t, 3000);
	n = rounds_changes(&t->r, c);
	assert_true(n > 0);
	for (uint32_t i = 0; i < n; i++)
		assert_true(c[i].from_days == c[i].to_days);
	/* Never another technician; any day. */
	t->facts.wish.same_day = 0;
	t->facts.wish.same_tech = 4;
	plan(t, 3000);
	n = rounds_changes(&t->r, c);
	assert_true(n > 0);
	for (uint32_t i = 0; i < n; i++)
		assert_int_equal(c[i].from_tech, c[i].to_tech);
	arena_close(t->a);
}

/* Everybody likes Wednesdays and Fridays; whoever can, gets one. */
static void
days_that_people_like_are_sought(void **state)
{
	uint32_t liked[ROUNDS_LEVELS] = {0}, before = 0;

	(void)state;
	for (uint32_t level = 0; level < 4; level += 3) {
		struct town *t = found_town(8, 7);

		for (uint32_t i = 0; i < STOPS; i++)
			t->stop[i].like_days = 1 << 2 | 1 << 4;
		t->facts.wish.same_day = 3;
		t->facts.wish.liked_days = level;
		plan(t, 4000);
		for (uint32_t i = 0; i < STOPS; i++) {
			before += level == 0 && (t->stop[i].days & 0x14) != 0;
			liked[level] += (t->r.plan.pattern[i] & 0x14) != 0;
		}
		arena_close(t->a);
	}
	assert_true(before < STOPS / 2);
	/* Without the wish nearly everybody keeps the day they have. */
	assert_true(liked[0] < STOPS * 7 / 10);
	assert_true(liked[3] > STOPS * 9 / 10);
}

static void
twice_a_week_is_the_same_person_on_days_apart_in_both_weeks(void **state)
{
	struct town *t = found_town(9, 14);
	uint32_t moved = 0;

	(void)state;
	for (uint32_t i = 0; i < STOPS; i++) {
		if (i % 5 == 0)
			t->stop[i].days = 0x9 | 0x9 << 7; /* Monday and Thursday */
		if (i % 5 == 1) {
			t->stop[i].every_weeks = 2;
			t->stop[i].days &= 0x7f;
		}
	}
	plan(t, 3000);
	each_stop_is_in_exactly_one_place_a_day(&t->r);
	for (uint32_t i = 0; i < STOPS; i++) {
		uint64_t days = t->r.plan.pattern[i], week = days & 0x7f;

		if (i % 5 != 1)
			assert_true(days >> 7 == week);
		if (i % 5 == 0)
			assert_int_equal(week & (week << 1 | week >> 6), 0);
		moved += days != t->stop[i].days;
	}
	assert_true(moved > 5);
	arena_close(t->a);
}

/* Seconds that each person is paid in a plan, the most and the least. */
static void
paid_between(const struct rounds *r, int64_t *least, int64_t *most)
{
	*least = INT64_MAX;
	*most = 0;
	for (uint32_t t = 0; t < TECHS; t++) {
		int64_t paid = 0;

		for (uint32_t l = 0; l < r->facts.shifts; l++) {
			struct tally one;

			if (r->facts.shift[l].tech != t)
				continue;
			rounds_tally(r, &r->plan, l, &one);
			paid += one.paid_s;
		}
		*least = paid < *least ? paid : *least;
		*most = paid > *most ? paid : *most;
	}
}

/* Two people live where the pools are, two far away: without a wish the two near ones get nearly all. */
static void
hours_are_shared_as_evenly_as_is_wished(void **state)
{
	int64_t least[ROUNDS_LEVELS], most[ROUNDS_LEVELS];

	(void)state;
	for (uint32_t even = 0; even < ROUNDS_LEVELS; even += 2) {
		struct town *t = found_town(15, 7);

		for (uint32_t n = 2; n < TECHS; n++) {
			t->tech[n].start.lat_udeg += 300000;
			t->tech[n].end = t->tech[n].start;
		}
		t->facts.wish.even = even;
		plan(t, 6000);
		each_stop_is_in_exactly_one_place_a_day(&t->r);
		paid_between(&t->r, &least[even], &most[even]);
		arena_close(t->a);
	}
	assert_true(least[0] * 2 < most[0]);
	assert_true(most[2] - least[2] < most[0] - least[0]);
	/* Within a quarter of each other, though the way alone makes two of them an hour a day longer. */
	assert_true(most[4] * 3 < least[4] * 4);
}

static void
everybody_eats_at_noon_or_at_home_and_nobody_is_served_meanwhile(void **state)
{
	struct town *t = found_town(16, 7);
	unsigned on_the_way = 0;

	(void)state;
	for (uint32_t n = 0; n < TECHS; n++)
		for (uint32_t d = 0; d < 5; d++) {
			t->tech[n].day[d].lunch_minutes = 45;
			t->tech[n].day[d].lunch_from = 9 * 60;
			t->tech[n].day[d].lunch_to = 10 * 60;
		}
	plan(t, 3000);
	for (uint32_t l = 0; l < t->r.facts.shifts; l++) {
		const struct route *route = &t->r.plan.route[l];
		int32_t begins[STOPS];
		struct tally one;

		tally_route(&t->r.facts, &t->facts.ways, l, route->stop, route->stops, begins, &one);
		if (route->stops == 0)
			continue;
		if (one.lunch_s == TALLY_NO_LUNCH) {
			assert_true(one.ends_s <= 10 * 3600);
			continue;
		}
		on_the_way++;
		assert_in_range(one.lunch_s, 9 * 3600, 10 * 3600);
		for (uint32_t i = 0; i < route->stops; i++)
			assert_true(begins[i] + t->r.facts.stop[route->stop[i]].service_s <= one.lunch_s ||
			    begins[i] >= one.lunch_s + 45 * 60);
		assert_true(one.paid_s >= one.drive_s + one.service_s + 45 * 60);
	}
	assert_true(on_the_way > 3);
	arena_close(t->a);
}

/* What comes by another rhythm than the plan's stands on its own days with its own person; the order may follow. */
static void
what_comes_by_another_rhythm_keeps_its_days_and_takes_its_time(void **state)
{
	struct town *t = found_town(17, 7);
	struct round_change c[STOPS];
	uint32_t n;

	(void)state;
	for (uint32_t i = 0; i < STOPS; i += 3) {
		t->stop[i].every_weeks = 0;
		t->stop[i].keep_tech = t->stop[i].keep_days = true;
	}
	plan(t, 3000);
	each_stop_is_in_exactly_one_place_a_day(&t->r);
	n = rounds_changes(&t->r, c);
	assert_true(n > 0);
	for (uint32_t i = 0; i < n; i++)
		assert_int_not_equal(c[i].stop % 3, 0);
	arena_close(t->a);
}

/* Only one van has chlorine on board; whoever needs it is given to that one, or the plan says what is missing. */
static void
what_a_stop_needs_is_in_the_van_or_the_plan_says_what_is_missing(void **state)
{
	struct town *t = found_town(18, 1);
	struct tally all;
	uint32_t tech;
	uint64_t days;

	(void)state;
	t->tech[2].van[0] = 5;
	for (uint32_t i = 0; i < 5; i++) {
		t->stop[i].goods[0] = 1;
		t->stop[i].tech = 100;
	}
	plan(t, 3000);
	rounds_tally(&t->r, &t->r.before, ROUTING_NO_STOP, &all);
	assert_int_equal(all.over, 5);
	rounds_tally(&t->r, &t->r.plan, ROUTING_NO_STOP, &all);
	assert_int_equal(all.over, 0);
	for (uint32_t i = 0; i < 5; i++) {
		assert_true(rounds_where(&t->r, &t->r.plan, i, &tech, &days));
		assert_int_equal(tech, 2);
	}
	arena_close(t->a);
}

/* Nobody has what five stops take: it is fetched where a supply house is known, else it is missing. */
static void
what_no_van_has_is_fetched_on_the_way(void **state)
{
	struct tally all[2];

	(void)state;
	for (int known = 0; known < 2; known++) {
		struct town *t = found_town(18, 1);

		t->facts.supply = (struct round_supply){known == 1, t->stop[3].at, 15};
		for (uint32_t i = 0; i < 5; i++)
			t->stop[i].goods[0] = 4;
		plan(t, 3000);
		rounds_tally(&t->r, &t->r.plan, ROUTING_NO_STOP, &all[known]);
		arena_close(t->a);
	}
	assert_int_equal(all[0].over, 20);
	assert_int_equal(all[0].fetches, 0);
	assert_int_equal(all[1].over, 0);
	assert_in_range(all[1].fetches, 1, 3);
	assert_int_equal(all[1].service_s, all[0].service_s + all[1].fetches * 15 * 60);
}

/* The vans have all; something is fetched for two stops all the same, and the plan drives there, once for both. */
static void
what_somebody_said_is_fetched_is_driven_for_and_counted(void **state)
{
	struct tally all[4];

	(void)state;
	for (int k = 0; k < 4; k++) {
		struct town *t = found_town(19, 1);

		t->facts.supply = (struct round_supply){k < 3, t->stop[3].at, 15};
		for (uint32_t i = 0; i < 2; i++) {
			t->stop[20 + i].tech = 101;
			t->stop[20 + i].keep_tech = true;
			t->stop[20 + i].fetches = k > 0;
			t->stop[20 + i].fetch_minutes = k == 2 ? 40 : 15;
		}
		plan(t, 3000);
		rounds_tally(&t->r, &t->r.plan, ROUTING_NO_STOP, &all[k]);
		if (k == 1) {
			struct tally his, none;
			uint32_t shift = t->r.shift_of[1], first = 0;
			const struct route *route = &t->r.plan.route[shift];

			rounds_tally(&t->r, &t->r.plan, shift, &his);
			while (route->stop[first] != 20 && route->stop[first] != 21)
				first++;
			assert_int_equal(his.fetches, 1);
			assert_true(his.supply_after <= first);
			t->r.facts.supply.place = 0;
			rounds_tally(&t->r, &t->r.plan, shift, &none);
			assert_true(his.drive_s > none.drive_s);
		}
		arena_close(t->a);
	}
	assert_int_equal(all[0].fetches, 0);
	assert_int_equal(all[1].fetches, 1);
	assert_int_equal(all[1].over, 0);
	assert_int_equal(all[1].service_s, all[0].service_s + 15 * 60);
	/* It takes longer there than usual: that is time of the stops. */
	assert_int_equal(all[2].service_s, all[0].service_s + 15 * 60 + 2 * 25 * 60);
	/* Nobody knows where the house is: the usual way there and on, for each. */
	assert_int_equal(all[3].fetches, 0);
	assert_int_equal(all[3].over, 0);
	assert_int_equal(all[3].service_s, all[0].service_s + 2 * (15 * 60 + 2 * 720));
}

static void
a_plan_survives_being_written_and_nothing_else_is_read(void **state)
{
	struct town *t = found_town(10, 7);
	struct plan again;
	struct str text;

	(void)state;
	plan(t, 500);
	text = rounds_print(&t->r, &t->r.plan);
	assert_true(rounds_read(&t->r, text, &again));
	assert_true(str_eq(rounds_print(&t->r, &again), text));
	for (uint32_t i = 0; i < STOPS; i++)
		assert_true(again.pattern[i] == t->r.plan.pattern[i]);
	assert_false(rounds_read(&t->r, STR("1.2;3"), &again));
	assert_false(rounds_read(&t->r, str_printf(t->a, "%.*s;", STR_ARG(text)), &again));
	assert_false(rounds_read(&t->r, STR("60;;;;;;;;;;;;;;;;;;;"), &again));
	assert_false(rounds_read(&t->r, STR("1.1;;;;;;;;;;;;;;;;;;;"), &again));
	assert_false(rounds_read(&t->r, STR("1.x;;;;;;;;;;;;;;;;;;;"), &again));
	assert_true(rounds_read(&t->r, STR("1.2;;;;;;;;;;;;;;;;;;;"), &again));
	arena_close(t->a);
}

static void
the_mark_differs_when_a_fact_does(void **state)
{
	struct town *t = found_town(11, 1);
	uint64_t mark = rounds_mark(&t->facts);

	(void)state;
	assert_true(rounds_mark(&t->facts) == mark);
	t->stop[7].version++;
	assert_true(rounds_mark(&t->facts) != mark);
	t->stop[7].version--;
	t->stop[9].at.lat_udeg++;
	assert_true(rounds_mark(&t->facts) != mark);
	t->stop[9].at.lat_udeg--;
	t->tech[1].day[0].to_minute--;
	assert_true(rounds_mark(&t->facts) != mark);
	t->tech[1].day[0].to_minute++;
	t->tech[2].day[0].lunch_minutes = 30;
	assert_true(rounds_mark(&t->facts) != mark);
	t->tech[2].day[0].lunch_minutes = 0;
	t->tech[2].van[1] = 1;
	assert_true(rounds_mark(&t->facts) != mark);
	t->tech[2].van[1] = 0;
	t->stop[STOPS - 1].fixed = true;
	assert_true(rounds_mark(&t->facts) != mark);
	t->stop[STOPS - 1].fixed = false;
	assert_true(rounds_mark(&t->facts) == mark);
	arena_close(t->a);
}

static void
nobody_and_nothing_is_a_plan_too(void **state)
{
	struct town *t = found_town(12, 1);
	struct tally all;

	(void)state;
	t->facts.techs = 0;
	plan(t, 50);
	rounds_tally(&t->r, &t->r.plan, ROUTING_NO_STOP, &all);
	assert_int_equal(all.stops, 0);
	t->facts.techs = TECHS;
	t->facts.stops = 0;
	plan(t, 50);
	rounds_tally(&t->r, &t->r.plan, ROUTING_NO_STOP, &all);
	assert_int_equal(all.drive_s, 0);
	arena_close(t->a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_day_gets_shorter_and_nothing_is_lost),
	    cmocka_unit_test(what_is_done_stays_at_the_head_and_what_is_locked_keeps_its_person),
	    cmocka_unit_test(skills_and_people_who_are_not_wanted_are_obeyed),
	    cmocka_unit_test(a_change_saves_what_it_says),
	    cmocka_unit_test(who_must_not_change_does_not),
	    cmocka_unit_test(days_that_people_like_are_sought),
	    cmocka_unit_test(twice_a_week_is_the_same_person_on_days_apart_in_both_weeks),
	    cmocka_unit_test(hours_are_shared_as_evenly_as_is_wished),
	    cmocka_unit_test(everybody_eats_at_noon_or_at_home_and_nobody_is_served_meanwhile),
	    cmocka_unit_test(what_comes_by_another_rhythm_keeps_its_days_and_takes_its_time),
	    cmocka_unit_test(what_a_stop_needs_is_in_the_van_or_the_plan_says_what_is_missing),
	    cmocka_unit_test(what_no_van_has_is_fetched_on_the_way),
	    cmocka_unit_test(what_somebody_said_is_fetched_is_driven_for_and_counted),
	    cmocka_unit_test(a_plan_survives_being_written_and_nothing_else_is_read),
	    cmocka_unit_test(the_mark_differs_when_a_fact_does),
	    cmocka_unit_test(nobody_and_nothing_is_a_plan_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
