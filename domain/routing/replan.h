/*
 * domain/routing/replan.h -- the rest of a running day again, with a price on every change.
 *
 * Whoever has been told a technician and a time keeps both unless leaving them pays: moving a stop
 * to another technician costs `move_tech`, moving its time by more than the tolerance costs
 * `move_time`. What is done, under way or pinned stays. A day that runs late is a day like any
 * other: lateness has a price.
 */
#ifndef DOMAIN_ROUTING_REPLAN_H
#define DOMAIN_ROUTING_REPLAN_H

#include "domain/routing/solve.h"

struct replan_options {
	const struct plan *day; /* as it stands; stops out of it are put in if they pay */
	const uint32_t *done; /* per shift: stops at the head of its route that stay; NULL = none */
	int64_t move_tech, move_time;
	int32_t tolerance_s; /* around the time the day now has for a stop that was promised none */
	uint64_t seed;
	uint64_t
	    iterations; /* about 100,000 a second; 1,000 to 2,000 are enough for one more job */
	solve_spent_fn *spent;
	void *ctx;
};

/* What became of the stops that were planned before. */
struct replan_change {
	uint32_t moved_tech, moved_time, dropped;
	uint32_t placed; /* that were out */
};

/*
 * replan -- the best day found; its cost is that of `p` itself, the prices of change not counted
 *
 * p       in   borrowed; its usual technicians and promises of planned stops give way to the day's
 * change  out  NULL = not asked for
 *
 * Errors  E_INVALID by problem_check, "move" for a price out of bounds
 */
must_use enum err replan(const struct problem *p, const struct replan_options *o, struct arena *a,
    struct plan *out, struct replan_change *change, struct fault *f);

#endif
