#include "domain/routing/solve.h"

#include "domain/routing/chance.h"
#include "domain/routing/search.h"
#include "domain/routing/walk.h"

#define ROUNDS_A_LOOK 64

static uint32_t cheap_spent(const struct solve_options *o, uint64_t iterations, int64_t best);

enum err
solve(const struct problem *p, const struct solve_options *o, struct arena *a, struct plan *out,
    struct fault *f)
{
	struct search s;
	uint64_t rounds = 0;
	int64_t best, hot;
	uint32_t spent = 0;

	TRY(problem_check(p, f));
	search_open(&s, tables_open(p, a), o->seed, a);
	search_begin(&s, o->start, o->pinned);
	kernel_plan(s.k, a, out);
	best = out->cost;
	hot = s.scale * 256 * 3 / (o->calm ? 30 : 1);
	for (;; rounds++) {
		if (rounds % ROUNDS_A_LOOK == 0) {
			spent = cheap_spent(o, rounds, best);
			if (spent >= SOLVE_DONE || p->stops == 0 || p->shifts == 0)
				break;
		}
		/* hot / cold = 100 = 2^6.6439 */
		if (search_round(
			&s, (hot * chance_exp2_q16((uint32_t)(((uint64_t)spent * 435412) >> 20))) >>
				16) &&
		    s.k->total < best) {
			best = s.k->total;
			kernel_copy(s.k, out);
		}
	}
	out->iterations = rounds;
	out->cost = walk_plan(p, out);
	return OK;
}

static uint32_t
cheap_spent(const struct solve_options *o, uint64_t iterations, int64_t best)
{
	if (o->spent != NULL)
		return o->spent(o->ctx, iterations, best);
	if (iterations >= o->iterations)
		return SOLVE_DONE;
	return (uint32_t)(iterations * SOLVE_DONE / o->iterations);
}
