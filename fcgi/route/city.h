/*
 * fcgi/route/city.h -- the synthetic pool city: technicians at home, neighbourhoods, windows,
 * skills.
 *
 * Deterministic by seed, so that another program can make the same city and compare its plans.
 */
#ifndef FCGI_ROUTE_CITY_H
#define FCGI_ROUTE_CITY_H

#include "domain/base/str.h"

#define CITY_SHIFT_S 34200 /* nine and a half hours */

struct city_stop {
	double at[2]; /* latitude, longitude */
	int service_s, from_s, to_s;
	unsigned skill; /* 0: none; 1: repairs; 2: commercial pools */
};

struct city_tech {
	double at[2];
	int from_s;
	unsigned skills; /* bits by number */
};

struct city {
	uint64_t seed;
	unsigned techs, stops;
	struct city_tech *tech;
	struct city_stop *stop;
};

/* city_make -- techs x stops_each stops; ceilings are the caller's */
struct city city_make(unsigned techs, unsigned stops_each, uint64_t seed, struct arena *a);
/* city_travel_s -- from place i to j; technicians' homes are the first places, then the stops */
int city_travel_s(const struct city *city, unsigned i, unsigned j);
/* city_print -- as VROOM's JSON */
void city_print(const struct city *city, struct buf *out);

#endif
