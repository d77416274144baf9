/*
 * domain/routing/solve.h -- a plan from seconds of search: several trajectories, then one that
 * draws on all.
 *
 * 1. A few trajectories of ruin and recreate (search.h), each cooled by simulated annealing.
 * 2. The routes of their best plans are pooled. From the best of them one more trajectory goes on,
 * which in some rounds drives a route of the pool instead of the one of its own that shares most
 * stops with it (recombination over a pool of routes: Rochat & Taillard 1995; Nagata & Braysy 2009
 * exchange whole routes between parents; here the child is repaired by recreate and judged by the
 * annealing).
 *
 * Same problem, seed and iteration budget: same bytes on any machine, on any number of threads.
 * No floating point.
 */
#ifndef DOMAIN_ROUTING_SOLVE_H
#define DOMAIN_ROUTING_SOLVE_H

#include "domain/routing/problem.h"

#define SOLVE_DONE (1 << 20)

/*
 * How far the budget is spent, 0..SOLVE_DONE; called every 64 iterations of a trajectory at most.
 * SOLVE_DONE ends the search (also a cancel). `best` is the cheapest cost so far. With `run` it may
 * be called by several threads at once.
 */
typedef uint32_t solve_spent_fn(void *ctx, uint64_t iterations, int64_t best);

/* Do task(arg, i) for every i below n, in any order or at once; return when all are done. */
typedef void solve_task_fn(void *arg, uint32_t i);
typedef void solve_run_fn(void *ctx, solve_task_fn *task, void *arg, uint32_t n);

struct solve_options {
	uint64_t seed;
	uint64_t iterations;   /* the budget; 0: `spent` alone decides, else whichever ends first */
	solve_spent_fn *spent; /* e.g. by the clock of the caller */
	void *ctx;
	const struct plan *start; /* any plan, or NULL */
	bool calm;                /* the start is good: change it only where that pays at once */
	const uint32_t *pinned; /* per shift: how many stops at the head of its start's route stay;
				   NULL = none */
	solve_run_fn *run;      /* NULL: one task after the other */
	uint32_t threads;       /* that `run` has; only a budget of time needs to know. 0 = 1 */
};

/*
 * solve -- the best plan found; it costs no more than the start
 *
 * p     in   borrowed; checked
 * a     in   4 x places^2 (tables.h) and about 500 bytes a stop are used and kept; each trajectory borrows as
 * much again as kernel.h says and gives it back out   out  lives in a; every route has room for all
 * stops
 *
 * Errors  E_INVALID by problem_check
 */
must_use enum err solve(const struct problem *p, const struct solve_options *o, struct arena *a,
    struct plan *out, struct fault *f);

#endif
