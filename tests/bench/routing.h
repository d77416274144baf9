/* tests/bench/routing.h -- what the routing benchmarks share: the clock, a budget, a file. */
#ifndef TESTS_BENCH_ROUTING_H
#define TESTS_BENCH_ROUTING_H

#include <stdio.h>
#include <time.h>

#include "domain/base/arena.h"
#include "domain/base/str.h"
#include "domain/routing/solve.h"

static inline double
bench_cpu(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Up to so many CPU seconds; optionally the moment when a cost was first reached. */
struct bench_budget {
	double from_s, for_s;
	int64_t target;
	double reached_s; /* 0: not yet */
};

static inline uint32_t
bench_spent(void *ctx, uint64_t iterations, int64_t best)
{
	struct bench_budget *b = ctx;
	double now_s = bench_cpu() - b->from_s;

	(void)iterations;
	if (b->target > 0 && best <= b->target) {
		b->reached_s = now_s;
		return SOLVE_DONE;
	}
	return now_s >= b->for_s ? SOLVE_DONE : (uint32_t)(now_s / b->for_s * SOLVE_DONE);
}

/*
 * One figure for all that a day costs, in paid minutes. Its weights: half a minute more for one after hours, 60 for a stop
 * left out, 15 for a window missed, 5 for a stop given to another technician than it had, 2 for a time moved by more than
 * a quarter of an hour.
 */
#define PAID_EQUIVALENT "paid + 0.5 overtime + 60 left out + 15 late + 5 other technician + 2 time moved"
static inline double
paid_equivalent(double paid_min, double over_min, double left, double late, double moved, double shifted)
{
	return paid_min + over_min / 2 + 60 * left + 15 * late + 5 * moved + 2 * shifted;
}

static inline bool
bench_file(const char *path, struct arena *a, struct str *out)
{
	FILE *f = fopen(path, "rb");
	char *p;
	long n;

	if (f == NULL)
		return false;
	fseek(f, 0, SEEK_END);
	n = ftell(f);
	rewind(f);
	p = arena_array(a, char, (size_t)n + 1);
	n = (long)fread(p, 1, (size_t)n, f);
	fclose(f);
	*out = (struct str){p, (size_t)n};
	return true;
}

#endif
