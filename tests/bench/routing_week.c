/*
 * tests/bench/routing_week.c -- weeks of the synthetic pool city: routing_week many|week|fair|steady SEEDS SECONDS
 *
 * R8 one week of single visits; R12 what consistency costs over eight weeks; R13 what fairness
 * costs; R16 5,000 customers over an A/B fortnight. Plans are printed, and priced by the checker.
 */
#include <math.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "domain/routing/walk.h"
#include "fcgi/route/check.h"
#include "fcgi/route/city.h"
#include "fcgi/route/instance.h"
#include "fcgi/route/print.h"
#include "tests/bench/routing.h"

#define WEEKS     8
#define WEEK_DAYS 5
#define ACTIVE(n, week) \
	(mix((n) + 7919 * ((week) / 4)) % 100 >= 4) /* who left after a month, and who came */

/* What a customer has got used to; usual < 0: new. */
struct habit {
	int usual, day;
	int32_t begin_s;
	int32_t earliest_s, latest_s; /* over all weeks */
	unsigned visits, usual_visits, day_visits;
	uint64_t who; /* bits of technicians who came */
};

struct week {
	struct arena *a;
	struct str text;
	struct instance i;
	struct plan plan;
	struct verdict v;
};

static uint64_t
mix(uint64_t x)
{
	x = (x + UINT64_C(0x9E3779B97F4A7C15)) * UINT64_C(0xBF58476D1CE4E5B9);
	return x ^ (x >> 29);
}

static void
print_vehicles(const struct city *c, unsigned days, bool matrix, struct buf *out)
{
	for (unsigned day = 0; day < days; day++)
		for (unsigned t = 0; t < c->techs; t++) {
			const struct city_tech *x = &c->tech[t];

			buf_printf(out,
			    "%s{\"id\":%u,\"technician\":%u,\"day\":%u,\"time_window\":[%d,%d],"
			    "\"skills\":[0%s%s],",
			    day + t > 0 ? "," : "", day * 1000 + t, t, day, x->from_s,
			    x->from_s + CITY_SHIFT_S, (x->skills & 2) != 0 ? ",1" : "",
			    (x->skills & 4) != 0 ? ",2" : "");
			if (matrix)
				buf_printf(out, "\"start_index\":%u,\"end_index\":%u}", t, t);
			else
				buf_printf(out, "\"start\":[%.6f,%.6f],\"end\":[%.6f,%.6f]}",
				    x->at[1], x->at[0], x->at[1], x->at[0]);
		}
}

/* One week: any day, a quarter of all three days of five. A fortnight: 70 % weekly, 5 % twice, else
 * once. */
static void
print_day_sets(unsigned n, unsigned days, struct buf *out)
{
	static const unsigned twice[4][2] = {{0, 3}, {1, 4}, {0, 2}, {2, 4}};
	uint64_t q = mix(n) % 100;

	buf_add(out, STR("\"day_sets\":["));
	for (unsigned d = 0; d < days; d++) {
		if (days == WEEK_DAYS && (q >= 25 || (d + n) % 5 < 3))
			buf_printf(out, "%s[%u]", out->p[out->n - 1] == '[' ? "" : ",", d);
		else if (days > WEEK_DAYS && q < 70 && d < WEEK_DAYS)
			buf_printf(out, "%s[%u,%u]", d > 0 ? "," : "", d, d + WEEK_DAYS);
		else if (days > WEEK_DAYS && q >= 95 && d < 4)
			buf_printf(out, "%s[%u,%u,%u,%u]", d > 0 ? "," : "", twice[d][0],
			    twice[d][1], twice[d][0] + WEEK_DAYS, twice[d][1] + WEEK_DAYS);
		else if (days > WEEK_DAYS && q >= 70 && q < 95)
			buf_printf(out, "%s[%u]", d > 0 ? "," : "", d);
	}
	buf_char(out, ']');
}

static void
print_matrix(const struct city *c, struct buf *out)
{
	unsigned places = c->techs + c->stops;

	buf_add(out, STR(",\"matrices\":{\"car\":{\"durations\":["));
	for (unsigned i = 0; i < places; i++)
		for (unsigned j = 0; j < places; j++)
			buf_printf(out, "%s%d%s",
			    j > 0   ? ","
			    : i > 0 ? ",["
				    : "[",
			    city_travel_s(c, i, j), j + 1 == places ? "]" : "");
	buf_add(out, STR("]}}"));
}

/* week_no < 0: everybody is served */
static struct str
print_week(const struct city *c, unsigned days, const char *prices, const struct habit *habit,
    int week_no, struct arena *a)
{
	struct buf out = buf_open(a, 1 << 20, (size_t)1 << 30);
	bool matrix = c->stops < 1000, first = true;

	buf_printf(&out, "{\"days\":%u,%s\"vehicles\":[", days, prices);
	print_vehicles(c, days, matrix, &out);
	buf_add(&out, STR("],\"jobs\":["));
	for (unsigned n = 0; n < c->stops; n++) {
		const struct city_stop *s = &c->stop[n];

		if (week_no >= 0 && !ACTIVE(n, (unsigned)week_no))
			continue;
		buf_printf(&out,
		    "%s{\"id\":%u,\"service\":%d,\"time_windows\":[[%d,%d]],\"skills\":[%u],",
		    first ? "" : ",", n, s->service_s, s->from_s, s->to_s, s->skill);
		first = false;
		if (habit != NULL && habit[n].usual >= 0)
			buf_printf(&out, "\"usual\":%d,\"usual_days\":[%d],\"promise\":[%d,%d],",
			    habit[n].usual, habit[n].day,
			    habit[n].begin_s > 1800 ? habit[n].begin_s - 1800 : 0,
			    habit[n].begin_s + 1800);
		if (matrix)
			buf_printf(&out, "\"location_index\":%u,", c->techs + n);
		else
			buf_printf(&out, "\"location\":[%.6f,%.6f],", s->at[1], s->at[0]);
		print_day_sets(n, days, &out);
		buf_char(&out, '}');
	}
	buf_char(&out, ']');
	if (matrix)
		print_matrix(c, &out);
	buf_char(&out, '}');
	return buf_str(&out);
}

static struct week
plan_week(struct str text, const struct plan *start, double seconds, uint64_t seed, struct arena *a)
{
	struct week w = {.a = a, .text = text};
	struct bench_budget b = {.for_s = seconds};
	struct solve_options o = {
	    .seed = seed, .spent = bench_spent, .ctx = &b, .start = start, .calm = start != NULL};
	struct buf out = buf_open(a, 1 << 16, (size_t)1 << 28);
	struct fault f = {0};

	if (instance_read(text, ROUTE_VROOM, a, &w.i, &f) != OK) {
		printf("bug: %s\n", f.why);
		abort();
	}
	b.from_s = bench_cpu();
	if (solve(&w.i.problem, &o, a, &w.plan, &f) != OK)
		abort();
	print_plan(&w.i, &w.plan, &out);
	if (check_plan(text, buf_str(&out), a, &w.v, &f) != OK || w.v.faults > 0) {
		printf("bug: %s\n", w.v.first);
		abort();
	}
	return w;
}

static void
single_visits(unsigned seeds, double seconds)
{
	double sum = 0, routes = 0, broken = 0;

	for (unsigned seed = 1; seed <= seeds; seed++) {
		struct arena *a = arena_open(1 << 24, (size_t)3 << 30, NULL);
		struct city c = city_make(6, 75, 1, a);
		struct week w =
		    plan_week(print_week(&c, WEEK_DAYS, "", NULL, -1, a), NULL, seconds, seed, a);

		sum += w.v.cost / seeds;
		routes += (double)w.v.routes / seeds;
		broken += w.v.left_out + w.v.late + w.v.overtime;
		arena_close(a);
	}
	printf("R8 week of 450 single visits, %.2f s: drive %.0f s on %.1f routes%s; %.3f of VROOM "
	       "-x1's 152644 (15.9 s)\n"
	       "    recorded for other allowed days than ours, which its record does not name: at "
	       "most 0.97, 0.92\n",
	    seconds, sum, routes, broken > 0 ? " [not feasible]" : "", sum / 152644);
	fflush(stdout);
}

static void
fairness(unsigned seeds, double seconds)
{
	double free_drive = 0, fair_drive = 0, free_cv = 0, fair_cv = 0;

	for (unsigned seed = 1; seed <= seeds; seed++) {
		struct arena *a = arena_open(1 << 24, (size_t)3 << 30, NULL);
		struct city c = city_make(6, 75, seed, a);
		struct week w =
		    plan_week(print_week(&c, WEEK_DAYS, "", NULL, -1, a), NULL, seconds, seed, a);
		char prices[80];

		/* a little low: with the mean itself nobody may be below, and people drive to have enough */
		snprintf(prices, sizeof(prices), "\"fair\":%.0f,\"prices\":{\"uneven\":1},",
		    .9 * w.v.paid / c.techs);
		free_drive += w.v.cost;
		free_cv += 100 * w.v.paid_cv / seeds;
		w = plan_week(
		    print_week(&c, WEEK_DAYS, prices, NULL, -1, a), NULL, seconds, seed, a);
		fair_drive += w.v.cost;
		fair_cv += 100 * w.v.paid_cv / seeds;
		arena_close(a);
	}
	printf("R13 balance: CV of weekly paid time %.1f %% -> %.1f %% for %+.1f %% drive: at most "
	       "+3 %% %s, +1 %% %s\n",
	    free_cv, fair_cv, 100 * (fair_drive / free_drive - 1),
	    fair_cv <= 5 && fair_drive <= 1.03 * free_drive ? "reached" : "NOT reached",
	    fair_cv <= 5 && fair_drive <= 1.01 * free_drive ? "reached" : "not reached");
	fflush(stdout);
}

/* Whoever is served for the first time gets used to that. */
static void
learn(const struct week *w, struct habit *habit)
{
	struct step *step = arena_array(w->a, struct step, w->i.problem.stops + 1);

	for (uint32_t l = 0; l < w->i.problem.shifts; l++) {
		struct view v = {w->plan.route[l].stop, w->plan.route[l].stops, ROUTING_NO_STOP, 0};
		struct walk walk;

		walk_route(&w->i.problem, l, &v, w->plan.fixed_s, step, &walk);
		for (uint32_t i = 0; i < v.stops; i++) {
			struct habit *h = &habit[w->i.stop_id[v.stop[i]]];
			int tech = (int)(w->i.shift_id[l] % 1000),
			    day = (int)(w->i.shift_id[l] / 1000);

			if (h->usual < 0)
				*h = (struct habit){tech, day, step[i].begin_s, step[i].begin_s,
				    step[i].begin_s, 0, 0, 0, 0};
			h->who |= UINT64_C(1) << tech;
			h->visits++;
			h->usual_visits += h->usual == tech;
			h->day_visits += h->day == day;
			h->earliest_s =
			    step[i].begin_s < h->earliest_s ? step[i].begin_s : h->earliest_s;
			h->latest_s = step[i].begin_s > h->latest_s ? step[i].begin_s : h->latest_s;
		}
	}
}

static void
consistency(unsigned seeds, double seconds)
{
	double steady = 0, loose = 0, visits = 0, usual = 0, same_day = 0, calm = 0, customers = 0, faces = 0,
	       spread = 0;

	for (unsigned seed = 1; seed <= seeds; seed++) {
		struct arena *a = arena_open(1 << 20, 1 << 28, NULL);
		struct city c = city_make(6, 75, seed, a);
		struct habit *habit = arena_array(a, struct habit, c.stops);

		for (unsigned n = 0; n < c.stops; n++)
			habit[n].usual = -1;
		for (int no = 0; no < WEEKS; no++) {
			struct arena *b = arena_open(1 << 24, (size_t)3 << 30, NULL);
			const char *prices =
			    "\"prices\":{\"usual\":1200,\"day\":1200,\"promise\":150},";
			/* what people get used to is planned with care: it lasts */
			struct week w = plan_week(print_week(&c, WEEK_DAYS, prices, habit, no, b),
			    NULL, no == 0 ? 5 * seconds : seconds, seed + 100 * (unsigned)no, b);

			steady += w.v.cost;
			learn(&w, habit);
			w = plan_week(print_week(&c, WEEK_DAYS, "", NULL, no, b), NULL, seconds,
			    seed + 100 * (unsigned)no, b);
			loose += w.v.cost;
			arena_close(b);
		}
		for (unsigned n = 0; n < c.stops; n++) {
			if (habit[n].visits == 0)
				continue;
			customers++;
			visits += habit[n].visits;
			usual += habit[n].usual_visits;
			faces += __builtin_popcountll(habit[n].who);
			same_day += habit[n].day_visits;
			calm += habit[n].latest_s - habit[n].earliest_s <= 3600;
			spread += (habit[n].latest_s - habit[n].earliest_s) / 60.0;
		}
		arena_close(a);
	}
	printf("R12 8 weeks, 450 customers, 4 %% changing a month: usual technician %.1f %%, same "
	       "weekday %.1f %%, %.2f technicians a customer, arrival\n"
	       "    spread %.0f min on average, at most 60 min for %.1f %%, for %+.1f %% drive: at "
	       "most +4 %% %s, +1.5 %% %s\n",
	    100 * usual / visits, 100 * same_day / visits, faces / customers, spread / customers,
	    100 * calm / customers, 100 * (steady / loose - 1),
	    usual >= .95 * visits && steady <= 1.04 * loose ? "reached" : "NOT reached",
	    usual >= .95 * visits && steady <= 1.015 * loose ? "reached" : "not reached");
	fflush(stdout);
}

static void
many_customers(unsigned techs, double seconds)
{
	struct arena *a = arena_open(1 << 24, (size_t)3 << 30, NULL);
	struct city c = city_make(techs, 83, 1, a);
	struct str text = print_week(&c, 2 * WEEK_DAYS, "\"prices\":{\"mixed\":900},", NULL, -1, a);
	struct rusage use;
	double from_s = bench_cpu(), all_s;
	struct week w = plan_week(text, NULL, seconds, 1, a);
	uint32_t visits = 0;

	all_s = bench_cpu() - from_s;
	for (uint32_t l = 0; l < w.i.problem.shifts; l++)
		visits += w.plan.route[l].stops;
	getrusage(RUSAGE_SELF, &use);
	printf("%s %u customers, %u visits in an A/B fortnight, %u technicians: %.0f s of search, "
	       "%.0f s with reading and\n"
	       "    checking, %ld MiB; drive %.2f min a visit, %u customers have a second "
	       "technician, %u left out, late %.0f min, "
	       "overtime %.0f min, CV of paid time"
	       " %.1f %%, on time %.1f %%; paid minutes equivalent %.0f (" PAID_EQUIVALENT ")\n"
	       "    at most 60 s and 1 GiB %s, 15 s and 300 MiB %s\n",
	    techs == 60 ? "R16" : "   ", c.stops, visits, techs, seconds, all_s, use.ru_maxrss / 1024, w.v.drive / 60 / visits,
	    w.v.more_techs, w.v.left_out, w.v.late / 60, w.v.overtime / 60, 100 * w.v.paid_cv, 100.0 * w.v.on_time / visits,
	    paid_equivalent(w.v.paid / 60, w.v.overtime / 60, w.v.left_out, visits - w.v.on_time, w.v.more_techs, 0),
	    w.v.left_out == 0 && all_s <= 75 && use.ru_maxrss < 1 << 20 ? "reached" : "NOT reached",
	    w.v.left_out == 0 && all_s <= 20 && use.ru_maxrss < 300 * 1024 ? "reached"
									   : "not reached");
	arena_close(a);
}

int
main(int argc, char **argv)
{
	unsigned seeds = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 3;
	double seconds = argc > 3 ? strtod(argv[3], NULL) : 1.59;

	if (argc < 2)
		return 2;
	if (strcmp(argv[1], "many") == 0) {
		many_customers(24, seconds / 2);
		many_customers(60, seconds);
	} else if (strcmp(argv[1], "week") == 0) {
		single_visits(seeds, seconds);
	} else if (strcmp(argv[1], "fair") == 0) {
		fairness(seeds, seconds);
	} else {
		consistency(seeds, seconds);
	}
	return 0;
}
