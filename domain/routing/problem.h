/*
 * domain/routing/problem.h -- who can go where, and what each deviation costs: stops, shifts,
 * prices.
 *
 * Knows places and seconds, not visits. Times are seconds of the planning day (may exceed 86,400
 * for a shift over midnight). Costs are int64 in one currency of the caller's choice ("paid
 * seconds" in the product). Nothing is forbidden but what cannot be done at all (a missing skill, a
 * day outside every pattern): lateness, overtime, overload, change and leaving a stop out are
 * prices.
 *
 * Times are any unit of the caller's (seconds in the product), at most 2^27; all service times
 * together with the longest leg once a stop stay below 2^28, so that no sum can overflow.
 *
 * Every field of a stop, a shift or the prices beyond the first block may stay zero: the thing it
 * speaks of is then not there.
 *
 * Ceilings: 20,000 places, 20,000 stops, 4,096 shifts, 62 days, 8 windows and 256 patterns a stop.
 */
#ifndef DOMAIN_ROUTING_PROBLEM_H
#define DOMAIN_ROUTING_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"

#define ROUTING_PLACES_MAX   20000
#define ROUTING_STOPS_MAX    20000
#define ROUTING_SHIFTS_MAX   4096
#define ROUTING_DAYS_MAX     62
#define ROUTING_WINDOWS_MAX  8
#define ROUTING_PATTERNS_MAX 256
#define ROUTING_GOODS        8         /* further loads, e.g. chlorine, acid and salt in the van */
#define ROUTING_RATE_MAX     (1 << 22) /* a price per second */
#define ROUTING_PRICE_MAX    (INT64_C(1) << 40)
#define ROUTING_PRIZE_MAX    (INT64_C(1) << 44)
#define ROUTING_LOAD_MAX     (1 << 29) /* all stops together */
#define ROUTING_EVEN_PART    25        /* a 25th off the fair time is fair enough */
#define ROUTING_SECONDS_MAX  (1 << 27)
#define ROUTING_NOWHERE      UINT32_MAX /* a shift that need not start or end at a place */
#define ROUTING_NO_STOP      UINT32_MAX

/* From-to tables, row-major, places x places. cost may be the same array as seconds. */
struct matrix {
	uint32_t places;
	const int32_t *seconds; /* 0..ROUTING_SECONDS_MAX */
	const int32_t *cost;    /* 0..2^30 */
};

struct window {
	int32_t from_s, to_s; /* service may begin in [from, to] */
};

/* A customer's place and wish. One visit on each day of the pattern that the plan chooses. */
struct stop {
	uint32_t place;
	int32_t service_s;
	const struct window *window; /* sorted, disjoint; windows = 0: any time */
	uint32_t windows;
	uint64_t skills; /* every bit is needed */
	int32_t load;
	int64_t prize;           /* lost if the stop is left out */
	const uint64_t *pattern; /* allowed sets of days (bit d = day d); NULL: any one day */
	uint32_t patterns;
	uint32_t usual_tech; /* prices.other_tech if served by another; ROUTING_NO_STOP: none */

	bool usual_only;     /* nobody but usual_tech may come */
	uint64_t prefer;     /* skills it would like; prices.prefer for each that is missing */
	uint64_t usual_days; /* prices.other_day for each visit on another day; 0: none is usual */
	struct window
	    promise; /* prices.moved if service begins outside; {0, 0}: nothing was promised */
	int32_t goods[ROUTING_GOODS];
	uint32_t twin; /* 1 + the stop that begins at the same time with another technician; 0: one
			  is enough */
};

/* One technician on one day. */
struct shift {
	uint32_t tech, day;
	uint32_t start, end; /* places, or ROUTING_NOWHERE */
	int32_t from_s, to_s;
	uint64_t skills;
	int32_t capacity; /* INT32_MAX: unbounded */

	int32_t lunch_s; /* a break wherever it costs least, begun inside its window; 0: none */
	struct window lunch;
	int32_t van[ROUTING_GOODS]; /* the goods it starts with */
};

/*
 * Where a van gets whatever goods it lacks. Each route goes there at most once, before any of its visits, wherever it
 * costs least; what is taken earlier comes out of the van. Where that costs more than lacking things, nobody goes.
 */
struct supply {
	uint32_t place; /* 1 + the place; 0: there is none */
	int32_t service_s;
	int64_t price; /* of going there at all, besides the way and the time */
};

struct prices {
	int64_t late_s;     /* per second that service begins after its window */
	int64_t overtime_s; /* per second after the shift's end */
	int64_t overload;   /* per unit over capacity */
	int64_t other_tech; /* a visit by another than the usual technician */

	int64_t prefer; /* a preferred skill that is missing */
	int64_t other_day;
	int64_t moved;  /* a promise of time that is not kept */
	int64_t paid_s; /* per second from leaving to coming back, waiting and lunch counted */
	int64_t mixed;  /* for each technician beyond the first that serves a stop in the plan */
	int64_t uneven; /* x (deviation beyond a 25th)^2 / target of paid seconds over all days */
};

struct problem {
	struct matrix matrix;
	const struct stop *stop;
	uint32_t stops;
	const struct shift *shift;
	uint32_t shifts;
	uint32_t days;
	struct prices price;

	const int32_t *target_s; /* per technician, the paid seconds that would be fair; NULL:
				    whatever comes */
	uint32_t techs;          /* of target_s; every shift's tech lies below */
	const int32_t *metres;   /* from-to like the matrix, for telling alone; NULL: not known */
	struct supply supply;
};

/* The stops of one shift, in driving order. */
struct route {
	uint32_t *stop;
	uint32_t stops;
};

struct plan {
	struct route *route; /* one for each shift, same index */
	uint64_t *pattern;   /* chosen days of each stop; 0: left out */
	int64_t cost;        /* as the kernel counts it; the checker counts for people */
	uint32_t left_out;
	uint64_t iterations;
	int32_t *fixed_s; /* per stop with a twin: when both begin, else -1; NULL: no twins */
};

/*
 * problem_check -- is every number inside its ceiling and every index inside its table?
 *
 * Errors  E_INVALID, field = "matrix" "stop" "window" "shift" "pattern" "prices" "supply"; arg names
 * the index
 */
must_use enum err problem_check(const struct problem *p, struct fault *f);

#endif
