/*
 * domain/dispatch/board.h -- one day of one technician as it runs: when each stop will be, which window is missed,
 * and where one more stop fits.
 *
 * Times are seconds of the company's local day. Ways are estimated along the great circle, with a detour and a
 * pace of towns; a stop that lies nowhere is so far away as the usual one.
 */
#ifndef DOMAIN_DISPATCH_BOARD_H
#define DOMAIN_DISPATCH_BOARD_H

#include "domain/base/arena.h"
#include "domain/base/geo.h"
#include "domain/visits/visit.h"

#define LANE_STOPS_MAX 400

/* What is known of a stop, in the order of the plan. */
struct lane_stop {
	uint64_t id;
	enum visit_state state;
	uint32_t minutes;
	struct maybe_u32 from_minute, to_minute; /* when the customer expects it */
	int32_t on_way_s, started_s, ended_s;    /* as they happened; -1: not yet */
	bool placed;
	struct spot at;
};

/* What follows from it. */
struct lane_time {
	int32_t begin_s, end_s; /* as it was, or as it will be */
	int32_t drive_s;        /* of the way there */
	int32_t late_s;         /* begins so long after its window; 0: in time, or no window */
};

struct lane {
	int32_t from_s, to_s; /* when this technician works */
	int32_t now_s;        /* of that day; INT32_MIN: the day is to come, INT32_MAX: it is over */
	bool placed;
	struct spot start;
	const struct lane_stop *stop;
	size_t stops;
};

/*
 * lane_times -- when each stop was or will be
 *
 * What is over stands where it was; what is under way ends when its minutes are over, or just now; the rest
 * follows in the order of the plan, never before now. Skipped ones take no time. A stop is late when it cannot
 * begin inside its window, or has begun after it.
 *
 * out  out  room for l->stops
 * Answers the second at which this technician is free
 */
int32_t lane_times(const struct lane *l, struct lane_time *out);

/* way_s -- seconds by car between two places, estimated */
int32_t way_s(struct spot a, struct spot b);

/* Where a stop fits into a lane. */
struct lane_offer {
	uint32_t position;  /* before the position-th stop that is still to be begun */
	uint64_t before_id; /* that stop; 0: last */
	int32_t drive_s;    /* added */
	int32_t begin_s, ends_s; /* of the new stop; of the day */
	int32_t late_s;     /* added, over all that is left */
	int32_t overtime_s; /* added */
	int64_t cost;       /* to compare lanes by: seconds, each at its price */
};

/*
 * lane_offer -- the cheapest place for one more stop among those that are still to be begun (routing/offers)
 *
 * Errors  E_INVALID from the optimiser, if a number is beyond its ceilings
 */
must_use enum err lane_offer(const struct lane *l, const struct lane_stop *fresh, struct arena *a,
    struct lane_offer *out, struct fault *f);

#endif
