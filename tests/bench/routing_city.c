/*
 * tests/bench/routing_city.c -- days of the synthetic pool city: routing_city day SEEDS SECONDS... | race SEEDS
 *
 * Every figure of a plan comes from the checker. CPU seconds of one thread, from the solver's door
 * on.
 */
#include <math.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "fcgi/route/check.h"
#include "fcgi/route/city.h"
#include "fcgi/route/instance.h"
#include "fcgi/route/print.h"
#include "tests/bench/routing.h"

struct day {
	struct arena *a;
	struct str text;
	struct instance i;
};

/* VROOM's plans of the same cities and the CPU seconds they took (measured elsewhere). */
struct rival {
	unsigned techs, seed;
	int64_t cost;
	double seconds;
	const char *what;
};

static const struct rival rivals[] = {
    {10, 1, 48972, 18.6, "VROOM -x5"},
    {10, 2, 46824, 18.6, "VROOM -x5"},
    {25, 1, 133363, 12.0, "VROOM -x1"},
    {60, 1, 326079, 39.0, "VROOM -x0"},
};

static struct day
open_day(unsigned techs, unsigned stops, uint64_t seed)
{
	struct day d = {.a = arena_open(1 << 24, (size_t)3 << 30, NULL)};
	struct buf text = buf_open(d.a, 1 << 20, (size_t)1 << 30);
	struct city city = city_make(techs, stops, seed, d.a);
	struct fault f = {0};

	city_print(&city, &text);
	d.text = buf_str(&text);
	if (instance_read(d.text, ROUTE_VROOM, d.a, &d.i, &f) != OK)
		abort();
	return d;
}

static struct verdict
plan_day(struct day *d, struct bench_budget *b, uint64_t seed)
{
	struct solve_options o = {.seed = seed, .spent = bench_spent, .ctx = b};
	struct buf out = buf_open(d->a, 1 << 16, (size_t)1 << 28);
	struct fault f = {0};
	struct plan plan;
	struct verdict v = {0};

	b->from_s = bench_cpu();
	if (solve(&d->i.problem, &o, d->a, &plan, &f) != OK)
		abort();
	print_plan(&d->i, &plan, &out);
	if (check_plan(d->text, buf_str(&out), d->a, &v, &f) != OK || v.faults > 0)
		abort();
	return v;
}

static void
table(unsigned techs, unsigned stops, unsigned seeds, double seconds)
{
	double drive = 0, paid = 0, over = 0, on_time = 0, cv = 0, spread = 0, served = 0;
	unsigned left = 0;

	for (unsigned seed = 1; seed <= seeds; seed++) {
		struct day d = open_day(techs, stops, seed);
		struct bench_budget b = {.for_s = seconds};
		struct verdict v = plan_day(&d, &b, seed);

		drive += v.drive / 60;
		paid += v.paid / 60;
		over += v.overtime / 60;
		on_time += v.on_time;
		served += v.served;
		left += v.left_out;
		cv += 100 * v.paid_cv / seeds;
		spread += (v.paid_max - v.paid_min) / 60 / seeds;
		arena_close(d.a);
	}
	printf("%3u x %-2u %4.1f s  %6.2f  %9.0f  %6.0f  %6.1f  %5u  %5.1f  %6.0f  %9.0f\n", techs, stops,
	    seconds, drive / served, paid / seeds, over / seeds, 100 * on_time / served, left, cv,
	    spread,
	    paid_equivalent(paid / seeds, over / seeds, (double)left / seeds, (served - on_time) / seeds, 0, 0));
	fflush(stdout);
}

/* The annealing is paced by its budget: the smallest one that reaches the rival's cost with every
 * seed. */
static void
race(const struct rival *r, unsigned seeds)
{
	static const double parts[] = {400, 200, 100, 50, 25, 10, 5, 1};

	for (size_t k = 0; k < sizeof(parts) / sizeof(*parts); k++) {
		double sum = 0;
		unsigned reached = 0;

		for (unsigned seed = 1; seed <= seeds; seed++) {
			struct day d = open_day(r->techs, 16, r->seed);
			struct bench_budget b = {.for_s = r->seconds / parts[k], .target = r->cost};

			(void)plan_day(&d, &b, seed);
			reached += b.reached_s > 0;
			sum += b.reached_s;
			arena_close(d.a);
		}
		if (reached < seeds)
			continue;
		printf("    %2u x 16, seed %u: %lld (%s, %.1f s recorded) reached within 1/%.0f by "
		       "all of %u, after %.3f s (1/%.0f)\n",
		    r->techs, r->seed, (long long)r->cost, r->what, r->seconds, parts[k], seeds,
		    sum / seeds, r->seconds / (sum / seeds));
		fflush(stdout);
		return;
	}
	printf("    %2u x 16, seed %u: %lld (%s, %.1f s recorded) NOT reached by all of %u\n",
	    r->techs, r->seed, (long long)r->cost, r->what, r->seconds, seeds);
}

static void
big_day(unsigned seeds)
{
	double sum = 0;

	for (unsigned seed = 1; seed <= seeds; seed++) {
		struct day d = open_day(60, 16, 1);
		struct bench_budget b = {.for_s = 1};
		struct verdict v = plan_day(&d, &b, seed);

		sum += v.left_out > 0 || v.late > 0 || v.overtime > 0 ? 2 * 326079.0 : v.cost;
		arena_close(d.a);
	}
	sum /= seeds * 326079.0;
	printf(
	    "R7 60 x 16 after 1 s: %.3f of VROOM -x0's 326079 (39 s): at most 0.92 %s, 0.88 %s\n",
	    sum, sum <= .92 ? "reached" : "NOT reached", sum <= .88 ? "reached" : "not reached");
}

static void
days(unsigned seeds, char **seconds, int n)
{
	static const unsigned sizes[][2] = {{5, 12}, {12, 18}, {25, 16}, {60, 18}};

	printf("one day: city      drive min  paid min  over-  on time  left  balance: paid min  paid min\n");
	printf("         budget     per stop    a day    time      %%      out   CV %%  max-min   equivalent\n");
	for (int k = 0; k < n; k++)
		for (size_t size = 0; size < sizeof(sizes) / sizeof(*sizes); size++)
			table(sizes[size][0], sizes[size][1], seeds, strtod(seconds[k], NULL));
	printf("paid minutes equivalent: " PAID_EQUIVALENT "\n");
}

int
main(int argc, char **argv)
{
	unsigned seeds = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 3;
	struct rusage use;

	if (argc < 3)
		return 2;
	if (strcmp(argv[1], "day") == 0) {
		days(seeds, argv + 3, argc - 3);
	} else {
		printf("R6 time to a rival's cost: at most 1/50 of the rival's, wanted 1/200\n");
		for (size_t n = 0; n < sizeof(rivals) / sizeof(*rivals); n++)
			race(&rivals[n], seeds);
		big_day(seeds);
	}
	getrusage(RUSAGE_SELF, &use);
	printf("peak memory %ld MiB\n", use.ru_maxrss / 1024);
	return 0;
}
