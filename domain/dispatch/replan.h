/*
 * domain/dispatch/replan.h -- the rest of a running day anew, when somebody runs late: what the office is offered.
 *
 * What is over, under way or on the way stays. Whoever is not late keeps their stops and may get some of the late ones.
 */
#ifndef DOMAIN_DISPATCH_REPLAN_H
#define DOMAIN_DISPATCH_REPLAN_H

#include "domain/dispatch/board.h"
#include "domain/dispatch/shift.h"

#define RESCUE_LANES_MAX 8    /* looked at together: the late ones, then those with most time to spare */
#define RESCUE_STOPS_MAX 160  /* still to be begun, over all of them */
#define RESCUE_MOVABLE_MAX 60 /* stops of late lanes: these may go to somebody else */

/* A lane that is looked at. may[i]: may this technician be sent to the i-th movable stop? */
struct rescue_lane {
	const struct lane *lane;
	bool late;
	const bool *may; /* RESCUE_MOVABLE_MAX; of late lanes' own stops it is not asked */
	const uint32_t (*takes)[DISPATCH_GOODS]; /* what each stop of the lane takes out of the van; NULL: nothing */
	uint32_t van[DISPATCH_GOODS];            /* what is in it */
};

/* The new order of what is still to be begun on one lane. */
struct rescue_route {
	const struct lane_stop **stop;
	size_t stops;
};

/*
 * rescue_movable -- the stops that may go elsewhere, in the order in which `may` speaks of them
 *
 * Answers how many; out has room for RESCUE_MOVABLE_MAX
 */
size_t rescue_movable(const struct rescue_lane *l, size_t n, const struct lane_stop **out);

/* rescue_applied -- the lane as it would be: what is over, then that order; its ways are the caller's to find */
struct lane rescue_applied(const struct lane *l, const struct rescue_route *r, struct arena *a);

/* rescue_late_s -- how late all stops of a lane that are still to be begun will be, together */
int32_t rescue_late_s(const struct lane *l, struct arena *a);

/*
 * rescue -- the best day found; the same for the same lanes on any machine
 *
 * l    in   at most RESCUE_LANES_MAX lanes with at most RESCUE_STOPS_MAX open stops
 * out  out  room for n: in the order of l
 *
 * Errors  E_LIMIT "day" too many; E_INVALID from the optimiser
 */
must_use enum err rescue(const struct rescue_lane *l, size_t n, const struct pace *pace, struct arena *a,
    struct rescue_route *out, struct fault *f);

#endif
