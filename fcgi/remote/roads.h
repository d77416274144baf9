/*
 * fcgi/remote/roads.h -- a road map that speaks OSRM's table service (settings: roads_url).
 *
 *	GET {roads_url}/table/v1/driving/{lon,lat;...}?annotations=duration,distance&sources=0;1&destinations=2;3
 *	{"code":"Ok","durations":[[s|null,...],...],"distances":[[m|null,...],...]}
 */
#ifndef FCGI_REMOTE_ROADS_H
#define FCGI_REMOTE_ROADS_H

#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/geo.h"
#include "tenancy/config.h"

#define ROADS_PLACES_MAX 100 /* OSRM's own --max-table-size */
#define ROADS_NO_WAY (-1)    /* no road leads there */

struct roads_table {
	uint32_t from, to;
	int32_t *seconds, *metres; /* from x to, row-major; ROADS_NO_WAY */
};

/*
 * roads_ask -- all ways from some places to others
 *
 * from, to   at most ROADS_PLACES_MAX together
 *
 * Errors  E_AWAY no road map is set, or it does not answer, or says it is not well; E_INVALID "roads" its answer is no
 *         table of what was asked
 */
must_use enum err roads_ask(struct arena *a, const struct config *c, const struct spot *from, uint32_t from_n,
    const struct spot *to, uint32_t to_n, struct roads_table *out, struct fault *f);

#endif
