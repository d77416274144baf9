/*
 * domain/routing/pool.h -- routes worth driving again, from plans seen before; found by any of
 * their stops.
 *
 * Ceiling: as many stops as it was opened for; routes beyond are not kept.
 */
#ifndef DOMAIN_ROUTING_POOL_H
#define DOMAIN_ROUTING_POOL_H

#include "domain/routing/problem.h"

struct pool {
	struct route *route;
	uint32_t *line; /* per route: the shift that drove it */
	uint32_t routes;
	uint32_t *stop; /* of all routes, one after the other */
	uint32_t *of;   /* per entry of stop: its route */
	uint32_t *next; /* per entry: another one of the same stop */
	uint32_t stops, stops_max;
	uint32_t *first; /* per stop: its newest entry */
};

void pool_open(struct pool *pool, const struct problem *p, uint32_t stops_max, struct arena *a);
void pool_add(struct pool *pool, const struct problem *p, const struct plan *plan);
/* pool_any -- one of the routes that serve the stop, by `draw`; NULL if none does */
const struct route *pool_any(const struct pool *pool, uint32_t stop, uint64_t draw, uint32_t *line);

#endif
