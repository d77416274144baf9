/*
 * domain/routing/solve.h -- a plan from seconds of search: ruin, recreate, anneal.
 *
 * SISR (Christiaens & Vanden Berghe 2020, Transportation Science 54): short strings of neighbouring
 * routes are taken out around a seed, the stops put back at their cheapest seats with 1 % blinks,
 * the change kept by simulated annealing. Everything is an insertion price, so skills, windows,
 * prizes, overtime, patterns of days and usual technicians need no code of their own here.
 *
 * Same problem, seed and iteration budget: same bytes on any machine. No floating point.
 */
#ifndef DOMAIN_ROUTING_SOLVE_H
#define DOMAIN_ROUTING_SOLVE_H

#include "domain/routing/problem.h"

#define SOLVE_DONE (1 << 20)

/*
 * How far the budget is spent, 0..SOLVE_DONE; called every 64 iterations. SOLVE_DONE ends the
 * search (also a cancel). `best` is the cheapest cost so far.
 */
typedef uint32_t solve_spent_fn(void *ctx, uint64_t iterations, int64_t best);

struct solve_options {
	uint64_t seed;
	uint64_t iterations;   /* the budget if `spent` is NULL */
	solve_spent_fn *spent; /* e.g. by the clock of the caller */
	void *ctx;
	const struct plan *start; /* any plan, or NULL */
	bool calm;                /* the start is good: change it only where that pays at once */
	const uint32_t *pinned; /* per shift: how many stops at the head of its start's route stay;
				   NULL = none */
};

/*
 * solve -- the best plan found
 *
 * p     in   borrowed; checked
 * a     in   about 120 bytes x shifts x stops + 8 x places^2 are used and kept
 * out   out  lives in a
 *
 * Errors  E_INVALID by problem_check
 */
must_use enum err solve(const struct problem *p, const struct solve_options *o, struct arena *a,
    struct plan *out, struct fault *f);

#endif
