#include "domain/routing/pool.h"

#include <string.h>

void
pool_open(struct pool *pool, const struct problem *p, uint32_t stops_max, struct arena *a)
{
	*pool = (struct pool){.stops_max = stops_max};
	pool->route = arena_array(a, struct route, stops_max + 1);
	pool->line = arena_array(a, uint32_t, stops_max + 1);
	pool->stop = arena_array(a, uint32_t, stops_max + 1);
	pool->of = arena_array(a, uint32_t, stops_max + 1);
	pool->next = arena_array(a, uint32_t, stops_max + 1);
	pool->first = arena_array(a, uint32_t, p->stops + 1);
	memset(pool->first, 0xff, (p->stops + 1) * sizeof(*pool->first));
}

void
pool_add(struct pool *pool, const struct problem *p, const struct plan *plan)
{
	for (uint32_t l = 0; l < p->shifts; l++) {
		const struct route *r = &plan->route[l];

		if (r->stops == 0 || r->stops > pool->stops_max - pool->stops)
			continue;
		pool->route[pool->routes] = (struct route){pool->stop + pool->stops, r->stops};
		pool->line[pool->routes] = l;
		for (uint32_t i = 0; i < r->stops; i++) {
			uint32_t entry = pool->stops++;

			pool->stop[entry] = r->stop[i];
			pool->of[entry] = pool->routes;
			pool->next[entry] = pool->first[r->stop[i]];
			pool->first[r->stop[i]] = entry;
		}
		pool->routes++;
	}
}

const struct route *
pool_any(const struct pool *pool, uint32_t stop, uint64_t draw, uint32_t *line)
{
	uint32_t n = 0, at;

	for (at = pool->first[stop]; at != ROUTING_NO_STOP; at = pool->next[at])
		n++;
	if (n == 0)
		return NULL;
	at = pool->first[stop];
	for (n = (uint32_t)(draw % n); n > 0; n--)
		at = pool->next[at];
	*line = pool->line[pool->of[at]];
	return &pool->route[pool->of[at]];
}
