/*
 * domain/routing/tally.h -- what a route takes, counted by walking it: the figures that people see.
 *
 * An independent judge of the search: it knows the problem's facts and the two tables, shares no code and no
 * arithmetic with the kernel, and simply drives the route in the order given. Whatever the search believes of its
 * costs, minutes, metres and lateness on a screen come from here: of a day plan and a week plan (dispatch/rounds), of
 * the board and of what one more stop would add (dispatch/board), of miles. The checker of `poolroute check`, which
 * reads files and counts by itself, comes to the same (tests/unit/fcgi/route/tally.c).
 */
#ifndef DOMAIN_ROUTING_TALLY_H
#define DOMAIN_ROUTING_TALLY_H

#include "domain/routing/matrix.h"

#define TALLY_NO_LUNCH (-1)

/* One shift, driven. Times are seconds of the planning day. */
struct tally {
	int64_t drive_s, metres, wait_s, service_s;
	int64_t late_s;       /* services that begin after their last window, added up */
	int64_t lunch_late_s; /* lunch, begun after its window */
	int64_t overtime_s;   /* behind the end of the shift */
	int64_t paid_s;       /* from leaving just in time for the first stop to coming back; lunch counted */
	int64_t over;         /* load above the van's room, and lacks */
	int64_t lacks;        /* goods that the van has not: in all, or before the supply house */
	int32_t begins_s, ends_s;
	int32_t lunch_s;      /* when it begins; TALLY_NO_LUNCH: none, or at home after work */
	uint32_t lunch_after; /* so many stops */
	int32_t supply_s;     /* arrival at the supply house; TALLY_NO_LUNCH: it is not needed */
	uint32_t supply_after; /* so many stops; before lunch, where both lie between the same two */
	uint32_t fetches;      /* ways by the supply house */
	uint32_t stops, late_stops;
	uint32_t legs, estimated; /* ways driven, and how many of them no road map knows */
	uint32_t unskilled;       /* stops that this shift may not serve */
};

/*
 * tally_route -- drive one shift through these stops, in this order
 *
 * begins  out  when the service of each stop begins; room for n, or NULL
 *
 * The supply house is where the day costs least with it, if that is less than lacking what the van lacks.
 * Lunch is where the day costs least with it, by the problem's prices; of equal places the earliest. Whoever is at home
 * before lunch must have begun has it there. An empty route is nobody's day: all figures are 0 and it begins and ends
 * when its shift begins.
 */
void tally_route(const struct problem *p, const struct ways *w, uint32_t shift, const uint32_t *stop, uint32_t n,
    int32_t *begins, struct tally *out);

/* tally_add -- into a sum; the times of day become the earliest and the latest */
void tally_add(struct tally *sum, const struct tally *t);

#endif
