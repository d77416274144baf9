/*
 * domain/routing/problem.h -- who can go where, and what each deviation costs: stops, shifts, prices.
 *
 * Knows places and seconds, not visits. Times are seconds of the planning day (may exceed 86,400 for a
 * shift over midnight). Costs are int64 in one currency of the caller's choice ("paid seconds" in the
 * product). Nothing is forbidden but what cannot be done at all (a missing skill, a day outside every
 * pattern): lateness, overtime, overload, change and leaving a stop out are prices.
 *
 * Times are any unit of the caller's (seconds in the product), at most 2^27; all service times together
 * with the longest leg once a stop stay below 2^28, so that no sum can overflow.
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

#define ROUTING_PLACES_MAX 20000
#define ROUTING_STOPS_MAX 20000
#define ROUTING_SHIFTS_MAX 4096
#define ROUTING_DAYS_MAX 62
#define ROUTING_WINDOWS_MAX 8
#define ROUTING_PATTERNS_MAX 256
#define ROUTING_SECONDS_MAX (1 << 27)
#define ROUTING_NOWHERE UINT32_MAX /* a shift that need not start or end at a place */
#define ROUTING_NO_STOP UINT32_MAX

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
	uint64_t skills;             /* every bit is needed */
	int32_t load;
	int64_t prize;               /* lost if the stop is left out */
	const uint64_t *pattern;     /* allowed sets of days (bit d = day d); NULL: any one day */
	uint32_t patterns;
	uint32_t usual_tech;         /* prices.other_tech if served by another; ROUTING_NO_STOP: none */
};

/* One technician on one day. */
struct shift {
	uint32_t tech, day;
	uint32_t start, end; /* places, or ROUTING_NOWHERE */
	int32_t from_s, to_s;
	uint64_t skills;
	int32_t capacity; /* INT32_MAX: unbounded */
};

struct prices {
	int64_t late_s;     /* per second that service begins after its window */
	int64_t overtime_s; /* per second after the shift's end */
	int64_t overload;   /* per unit over capacity */
	int64_t other_tech; /* a visit by another than the usual technician */
};

struct problem {
	struct matrix matrix;
	const struct stop *stop;
	uint32_t stops;
	const struct shift *shift;
	uint32_t shifts;
	uint32_t days;
	struct prices price;
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
};

/*
 * problem_check -- is every number inside its ceiling and every index inside its table?
 *
 * Errors  E_INVALID, field = "matrix" "stop" "window" "shift" "pattern" "prices"; arg names the index
 */
must_use enum err problem_check(const struct problem *p, struct fault *f);

#endif
