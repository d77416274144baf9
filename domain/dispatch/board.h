/*
 * domain/dispatch/board.h -- one day of one technician as it runs: when each stop will be, which window is missed,
 * and where one more stop fits.
 *
 * Times are seconds of the company's local day. Ways are the planner's (routing/matrix), and what they add up to is
 * counted by routing/tally as a plan is; a stop that lies nowhere is so far away as the usual one.
 *
 * What a stop lacks may be fetched before it: a stop of its own at the supply house, with its way and its minutes.
 */
#ifndef DOMAIN_DISPATCH_BOARD_H
#define DOMAIN_DISPATCH_BOARD_H

#include "domain/base/arena.h"
#include "domain/base/geo.h"
#include "domain/routing/way.h"
#include "domain/visits/visit.h"

struct tally; /* domain/routing/tally.h */
struct ways;  /* domain/routing/matrix.h */

#define LANE_STOPS_MAX 400

/* What is known of a stop, in the order of the plan. */
struct lane_stop {
	uint64_t id;
	enum visit_state state;
	uint32_t minutes;
	struct maybe_u32 from_minute, to_minute; /* when the customer expects it */
	int32_t on_way_s, started_s, ended_s;    /* as they happened; -1: not yet */
	bool fetches;           /* something is fetched at the supply house before it */
	uint32_t fetch_minutes; /* that it takes there */
	int32_t fetched_s;      /* when they had it; -1: not yet */
	bool placed;
	struct spot at;
};

/* What follows from it. */
struct lane_time {
	int32_t begin_s, end_s; /* as it was, or as it will be */
	int32_t drive_s;        /* of the way there */
	int32_t late_s;         /* begins so long after its window; 0: in time, or no window */
	int32_t fetch_s;        /* at the supply house before it, or -1 */
	int32_t fetch_drive_s;  /* of the way there; drive_s is then the way from there */
};

struct lane {
	int32_t from_s, to_s; /* when this technician works */
	int32_t now_s;        /* of that day; INT32_MIN: the day is to come, INT32_MAX: it is over */
	int32_t lunch_s, lunch_from_s, lunch_to_s; /* how long it lasts (0: none), and between when it begins */
	bool placed, has_end;
	struct spot start, end;
	bool supplied; /* the supply house is known */
	struct spot supply;
	const struct lane_stop *stop;
	size_t stops;
	struct ways *ways; /* by lane_place */
};

/* Places of a lane: where the day starts and ends, the supply house, then each stop, then one that is not there yet. */
enum { LANE_START = 0, LANE_END, LANE_SUPPLY, LANE_FIRST };

/* lane_fetches -- is something to be fetched before this stop, and nobody has yet? */
bool lane_fetches(const struct lane_stop *s);

/* lane_ways -- the ways between them, estimated at that pace; fresh may be NULL */
struct ways *lane_ways(const struct lane *l, const struct lane_stop *fresh, const struct pace *p, struct arena *a);

/*
 * lane_times -- when each stop was or will be
 *
 * What is over stands where it was; what is under way ends when its minutes are over, or just now; the rest
 * follows in the order of the plan, never before now. Skipped ones take no time. A stop is late when it cannot
 * begin inside its window, or has begun after it. Lunch comes where it costs least, unless its time is over.
 *
 * out  out  room for l->stops
 * Answers the second at which this technician's day ends, at home if that is known
 */
int32_t lane_times(const struct lane *l, struct arena *a, struct lane_time *out);

/* lane_whereabouts -- where this technician is free: at what was over or fetched last, or where the day starts */
void lane_whereabouts(const struct lane *l, bool *placed, struct spot *at);
#define LANE_UNKNOWN_WAY_S 720 /* the usual way between two pools of a day */

/* lane_tally -- the figures of what is still to be begun */
void lane_tally(const struct lane *l, struct arena *a, struct tally *out);

/* Where a stop fits into a lane. */
struct lane_offer {
	uint32_t position;  /* before the position-th stop that is still to be begun */
	uint64_t before_id; /* that stop; 0: last */
	int32_t drive_s;    /* added */
	int32_t metres;     /* added */
	int32_t begin_s, ends_s; /* of the new stop; of the day */
	int32_t late_s;     /* added, over all that is left */
	struct maybe_u64 late_id; /* whose window is missed most because of it: the new one's, or another's */
	int32_t overtime_s; /* added */
	int64_t cost;       /* to compare lanes by: seconds, each at its price */
};

/*
 * lane_offer -- the cheapest place for one more stop among those that are still to be begun (routing/offers); what it
 * adds is the tally with it less the tally without
 *
 * l->ways must know `fresh` as its last place. Nothing is put before a stop that somebody is on the way to.
 *
 * Errors  E_INVALID from the optimiser, if a number is beyond its ceilings
 */
must_use enum err lane_offer(const struct lane *l, const struct lane_stop *fresh, struct arena *a,
    struct lane_offer *out, struct fault *f);

#endif
