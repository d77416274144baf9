/*
 * domain/routing/walk.h -- what a route costs, by driving it: the definition that the kernel only
 * speeds up.
 *
 * The clock of costs: service begins at the first window that can be met; lateness is paid once and
 * not passed on (segment.h). Lunch is taken where the route costs least with it: after any work,
 * before leaving, or at home for nothing if that is reached by the end of its window. So is the supply house,
 * where a route lacks goods (struct supply); where both lie between the same two visits, lunch is second. The clock of
 * people (struct step): the same work in the same order, lateness passed on.
 */
#ifndef DOMAIN_ROUTING_WALK_H
#define DOMAIN_ROUTING_WALK_H

#include "domain/routing/problem.h"

#define WALK_NO_LUNCH  UINT32_MAX
#define WALK_NO_SUPPLY UINT32_MAX

struct step {
	uint32_t stop;
	int32_t arrive_s, begin_s, leave_s; /* lunch after it not counted */
	int32_t late_s;
};

struct walk {
	int64_t cost;       /* all prices but prizes and fairness */
	int64_t drive_cost; /* legs alone */
	int32_t drive_s;
	int64_t metres; /* 0 if the problem knows none */
	int32_t ends_s; /* by the clock of costs */
	int32_t home_s; /* by the clock of people */
	int32_t late_s; /* over the whole route, lunch included */
	int32_t overtime_s;
	int32_t over;       /* load above capacity, and lacks */
	int32_t lacks;      /* goods that the van has not, before the supply house */
	int32_t paid_s;     /* leaving as late as costs nothing */
	uint32_t moved;     /* promises not kept */
	uint32_t late_stop; /* the one that is latest, ROUTING_NO_STOP if none */
	uint32_t
	    lunch_after; /* stops before lunch; stops of the route + 1: at home; WALK_NO_LUNCH */
	int32_t lunch_s; /* when it begins, by the clock of people */
	uint32_t supply_after; /* stops before the supply house; WALK_NO_SUPPLY */
	int32_t supply_s;      /* arrival there, by the clock of people */
	int32_t extra_begin_s; /* of the inserted stop, by the clock of costs */
};

/* A route as it stands, or with one stop more. */
struct view {
	const uint32_t *stop;
	uint32_t stops;
	uint32_t extra, at; /* before the at-th; extra = ROUTING_NO_STOP: none */
};

/*
 * walk_route -- drive it
 *
 * fixed_s  in   when twins begin, as in struct plan; NULL = none
 * step     out  one for each stop, or NULL
 *
 * Linear in its stops, times their number with a lunch, and again where goods are lacking and there is a supply house.
 * An empty route costs nothing.
 */
void walk_route(const struct problem *p, uint32_t shift, const struct view *v,
    const int32_t *fixed_s, struct step *step, struct walk *out);

/* walk_plan -- the cost of a whole plan: its routes, prizes lost, fairness */
int64_t walk_plan(const struct problem *p, const struct plan *plan);

#endif
