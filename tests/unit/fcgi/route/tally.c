/*
 * tests/unit/fcgi/route/tally.c -- the tally, of which every figure in the product comes, and the independent checker
 * come to the same on plans nobody would make.
 *
 * Each plan is dealt out by chance over technicians, days and orders, then written as a file and a plan in the words of
 * VROOM's JSON and judged by the checker, which reads both by itself, in doubles. The file's costs are metres, so that
 * its cost is the plan's miles. Where lunch is, the plan says; that no other place would have been cheaper is tried here.
 */
#include <math.h>

#include "domain/dispatch/rounds.h"
#include "domain/routing/chance.h"
#include "fcgi/route/check.h"
#include "tests/unit/test.h"

#define TECHS 3
#define STOPS 24
#define PLANS 120

struct town {
	struct arena *a;
	struct round_tech tech[TECHS];
	struct round_stop stop[STOPS];
	struct rounds_facts facts;
	struct rounds r;
};

static struct spot
somewhere(uint64_t *random)
{
	return (struct spot){33400000 + (int32_t)chance_below(random, 150000), -112000000 + (int32_t)chance_below(random, 150000)};
}

/* Hours, lunches, windows, ways that a map knows and ways that differ by direction, all by chance. */
static struct town *
make_town(uint64_t seed, uint32_t days)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	struct town *t = arena_new(a, struct town);
	const struct pace pace = PACE_DEFAULT;
	const struct spot *at;
	struct fault f = {0};
	uint64_t random = seed;
	uint32_t places;

	t->a = a;
	for (uint32_t n = 0; n < TECHS; n++) {
		t->tech[n] = (struct round_tech){.id = 100 + n, .has_start = true, .has_end = true, .start = somewhere(&random)};
		t->tech[n].end = chance_below(&random, 2) ? somewhere(&random) : t->tech[n].start;
		for (uint32_t d = 0; d < days; d++) {
			struct round_hours *h = &t->tech[n].day[d];

			h->from_minute = 360 + chance_below(&random, 240);
			h->to_minute = h->from_minute + 60 + chance_below(&random, 600);
			h->lunch_minutes = chance_below(&random, 3) * 20;
			h->lunch_from = h->from_minute + chance_below(&random, 240);
			h->lunch_to = h->lunch_from + chance_below(&random, 150);
		}
		t->tech[n].van[0] = chance_below(&random, 8);
	}
	t->facts.supply = (struct round_supply){seed % 2 == 0, somewhere(&random), chance_below(&random, 30)};
	for (uint32_t i = 0; i < STOPS; i++) {
		struct round_stop *s = &t->stop[i];

		*s = (struct round_stop){.id = 1 + i, .version = 1, .at = somewhere(&random), .minutes = 10 + chance_below(&random, 50),
		    .tech = 100 + chance_below(&random, TECHS), .seq = chance_below(&random, 30),
		    .days = UINT64_C(1) << chance_below(&random, days), .every_weeks = days > 1};
		if (chance_below(&random, 2)) {
			uint32_t from = 360 + chance_below(&random, 500);

			s->from_minute = (struct maybe_u32){true, from};
			s->to_minute = (struct maybe_u32){true, from + chance_below(&random, 240)};
		}
		s->goods[0] = chance_below(&random, 3);
	}
	t->facts = (struct rounds_facts){.supply = t->facts.supply, .tech = t->tech, .techs = TECHS, .stop = t->stop, .stops = STOPS, .wish.days = days};
	places = rounds_places(&t->facts, a, &at);
	t->facts.ways = ways_estimate(at, places, &pace, a);
	for (uint32_t n = 0; n < places * 4; n++) {
		uint32_t from = chance_below(&random, places), to = chance_below(&random, places);

		if (from != to)
			ways_know(&t->facts.ways, from, to, (int32_t)chance_below(&random, 3000), (int32_t)chance_below(&random, 30000));
	}
	assert_int_equal(rounds_open(&t->facts, a, &t->r, &f), OK);
	return t;
}

static void
print_table(struct buf *out, const int32_t *table, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t k = 0; k < n; k++)
			buf_printf(out, "%s%d%s", k > 0 ? "," : i > 0 ? ",[" : "[[", table[i * n + k], k + 1 == n ? "]" : "");
	buf_char(out, ']');
}

static struct str
print_file(const struct town *t)
{
	const struct problem *p = &t->r.facts;
	struct buf out = buf_open(t->a, 1 << 16, 1 << 22);

	buf_printf(&out, "{\"days\":%u,\"vehicles\":[", p->days);
	for (uint32_t l = 0; l < p->shifts; l++) {
		const struct shift *s = &p->shift[l];

		buf_printf(&out, "%s{\"id\":%u,\"technician\":%u,\"day\":%u,\"time_window\":[%d,%d],\"start_index\":%u,\"end_index\":%u",
		    l > 0 ? "," : "", l + 1, s->tech, s->day, s->from_s, s->to_s, s->start, s->end);
		buf_printf(&out, ",\"capacity\":[1000,%d]", s->van[0]);
		if (s->lunch_s > 0)
			buf_printf(&out, ",\"breaks\":[{\"id\":1,\"service\":%d,\"time_windows\":[[%d,%d]]}]", s->lunch_s, s->lunch.from_s,
			    s->lunch.to_s);
		buf_char(&out, '}');
	}
	buf_add(&out, STR("],\"jobs\":["));
	for (uint32_t i = 0; i < p->stops; i++) {
		const struct stop *s = &p->stop[i];

		buf_printf(&out, "%s{\"id\":%u,\"location_index\":%u,\"service\":%d", i > 0 ? "," : "", i + 1, s->place, s->service_s);
		buf_printf(&out, ",\"delivery\":[0,%d]", s->goods[0]);
		if (s->windows > 0)
			buf_printf(&out, ",\"time_windows\":[[%d,%d]]", s->window->from_s, s->window->to_s);
		buf_char(&out, '}');
	}
	buf_char(&out, ']');
	if (p->supply.place > 0)
		buf_printf(&out, ",\"supply\":{\"location_index\":%u,\"service\":%d}", p->supply.place - 1, p->supply.service_s);
	buf_add(&out, STR(",\"matrices\":{\"car\":{\"durations\":"));
	print_table(&out, t->facts.ways.seconds, t->facts.ways.places);
	buf_add(&out, STR(",\"costs\":"));
	print_table(&out, t->facts.ways.metres, t->facts.ways.places);
	buf_add(&out, STR("}}}"));
	return buf_str(&out);
}

/* Lunch behind so many stops; more of them than there are: at home. */
static void
print_route(struct buf *out, const struct town *t, uint32_t l, uint32_t lunch_after, uint32_t supply_after)
{
	const struct route *route = &t->r.plan.route[l];
	const bool eats = t->r.facts.shift[l].lunch_s > 0;

	buf_printf(out, "%s{\"vehicle\":%u,\"steps\":[{\"type\":\"start\"}", out->p[out->n - 1] == '[' ? "" : ",", l + 1);
	for (uint32_t i = 0; i <= route->stops; i++) {
		if (supply_after == i)
			buf_add(out, STR(",{\"type\":\"supply\"}"));
		if (eats && lunch_after == i)
			buf_add(out, STR(",{\"type\":\"break\",\"id\":1}"));
		if (i < route->stops)
			buf_printf(out, ",{\"type\":\"job\",\"id\":%u}", route->stop[i] + 1);
	}
	buf_add(out, STR(",{\"type\":\"end\"}"));
	if (eats && lunch_after > route->stops)
		buf_add(out, STR(",{\"type\":\"break\",\"id\":1}"));
	buf_add(out, STR("]}"));
}

/* All routes of the plan, or one with its lunch elsewhere. */
static struct verdict
judge(const struct town *t, struct str file, uint32_t one, uint32_t lunch_after)
{
	struct arena *a = arena_open(1 << 22, 1 << 26, NULL);
	struct buf plan = buf_open(a, 1 << 12, 1 << 20);
	struct verdict v;
	struct fault f = {0};

	buf_add(&plan, STR("{\"routes\":["));
	for (uint32_t l = 0; l < t->r.facts.shifts; l++) {
		struct tally x;

		if (t->r.plan.route[l].stops == 0 || (one != ROUTING_NO_STOP && one != l))
			continue;
		rounds_tally(&t->r, &t->r.plan, l, &x);
		print_route(&plan, t, l, one == l ? lunch_after : x.lunch_s == TALLY_NO_LUNCH ? UINT32_MAX : x.lunch_after,
		    x.fetches > 0 ? x.supply_after : UINT32_MAX);
	}
	buf_add(&plan, STR("]}"));
	assert_int_equal(check_plan(file, buf_str(&plan), a, &v, &f), OK);
	arena_close(a);
	if (v.faults > 0)
		fail_msg("%s", v.first);
	return v;
}

static void
same(double checker, int64_t tally, const char *what, uint64_t seed)
{
	if (fabs(checker - (double)tally) > 1e-6)
		fail_msg("plan %llu: %s is %.3f by the checker, %lld by the tally", (unsigned long long)seed, what, checker, (long long)tally);
}

static int64_t
price(const struct verdict *v)
{
	return (int64_t)(DISPATCH_LATE_PRICE * v->late + DISPATCH_OVERTIME_PRICE * v->overtime);
}

static void
what_the_tally_says_of_any_plan_the_checker_says_too(void **state)
{
	unsigned eating = 0, late = 0, over = 0, fetched = 0, lacking = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= PLANS; seed++) {
		struct town *t = make_town(seed, seed % 3 == 0 ? 7 : 1);
		struct str file = print_file(t);
		struct verdict v = judge(t, file, ROUTING_NO_STOP, 0);
		struct tally sum;

		rounds_tally(&t->r, &t->r.plan, ROUTING_NO_STOP, &sum);
		same(v.drive, sum.drive_s, "driving", seed);
		same(v.cost, sum.metres, "metres", seed);
		same(v.late, sum.late_s + sum.lunch_late_s, "lateness", seed);
		same(v.overtime, sum.overtime_s, "overtime", seed);
		same(v.paid, sum.paid_s, "paid time", seed);
		same(v.served, sum.stops, "stops", seed);
		same(v.on_time, sum.stops - sum.late_stops, "stops in time", seed);
		same(v.overload, sum.over, "what is lacking", seed);
		same(v.fetches, sum.fetches, "ways by the supply house", seed);
		fetched += sum.fetches > 0;
		lacking += sum.over > 0;
		late += sum.late_stops > 0;
		over += sum.overtime_s > 0;
		for (uint32_t l = 0; l < t->r.facts.shifts; l++) {
			const uint32_t n = t->r.plan.route[l].stops;
			struct tally x;

			rounds_tally(&t->r, &t->r.plan, l, &x);
			if (n == 0 || t->r.facts.shift[l].lunch_s == 0 || x.lunch_s == TALLY_NO_LUNCH)
				continue;
			eating++;
			v = judge(t, file, l, x.lunch_after);
			for (uint32_t after = 0; after <= n; after++) {
				struct verdict other = judge(t, file, l, after);

				assert_true(price(&v) + (int64_t)v.paid <= price(&other) + (int64_t)other.paid);
			}
		}
		arena_close(t->a);
	}
	/* The worlds are not tame. */
	assert_true(eating > 60 && late > 60 && over > 60 && fetched > 40 && lacking > 40);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(what_the_tally_says_of_any_plan_the_checker_says_too)};

	return cmocka_run_group_tests_name("fcgi/route/tally", tests, NULL, NULL);
}
