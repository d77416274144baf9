/*
 * domain/routing/offers.h -- where one more stop fits: every shift and position priced, the best
 * three kept.
 *
 * The running day is taken as it stands: `done` visits at the head of a route (finished, under way,
 * or pinned by somebody) are never moved and nothing is put before them.
 */
#ifndef DOMAIN_ROUTING_OFFERS_H
#define DOMAIN_ROUTING_OFFERS_H

#include "domain/routing/problem.h"

#define OFFERS_MAX 3

/* What is wrong with an offer, as bits: 0 is a plain one. */
enum offer_flag {
	OFFER_LATE = 1,     /* the new stop, or one behind it, begins after its window */
	OFFER_OVERTIME = 2, /* the shift ends later than it did, past its end */
	OFFER_OVERLOAD = 4,
	OFFER_OTHER_TECH = 8, /* not the stop's usual technician */
	OFFER_OTHER_DAY = 16,
	OFFER_PREFERENCE = 32, /* a preferred skill is missing */
	OFFER_PROMISE = 64     /* a promised time is not kept */
};

struct offer {
	uint32_t shift;    /* index in the problem */
	uint32_t position; /* before the position-th stop of the route as it stands */
	uint32_t window;   /* of the stop, for which this place was chosen */
	int64_t cost; /* added, all prices counted but those of the whole plan: mixed, uneven */
	int64_t drive_cost; /* added legs alone */
	int64_t metres;     /* added, if the problem knows them */
	int32_t drive_s;    /* added seconds of driving */
	int32_t begin_s;    /* when the service would begin */
	int32_t ends_s;     /* when the shift would end */
	int32_t overtime_s; /* added */
	int32_t late_s;     /* added, over the whole route */
	int32_t paid_s;     /* added */
	uint32_t late_stop; /* the stop that becomes late most, ROUTING_NO_STOP if none does */
	unsigned flags;
};

/*
 * offers -- the cheapest place of one stop on each shift, the best three over all shifts, cheapest
 * first
 *
 * p      in   checked; p->stop[stop] is the new one and stands in no route of `day`
 * day    in   the plan as it stands
 * done   in   per shift: how many stops at the head of its route are fixed; NULL = none
 * days   in   bits of days on which the stop may be served
 * out    out  OFFERS_MAX places; *n of them filled
 *
 * Square in the length of the longest route (cubic with lunch), linear in the number of shifts;
 * takes no memory. Errors  E_INVALID "stop": no such stop, or already planned
 */
must_use enum err offers(const struct problem *p, const struct plan *day, const uint32_t *done,
    uint32_t stop, uint64_t days, struct offer *out, size_t *n, struct fault *f);

#endif
