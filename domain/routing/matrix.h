/*
 * domain/routing/matrix.h -- all ways between some places: measured by a road map where known, else estimated (way.h).
 */
#ifndef DOMAIN_ROUTING_MATRIX_H
#define DOMAIN_ROUTING_MATRIX_H

#include "domain/routing/problem.h"
#include "domain/routing/way.h"

/* From-to tables of some places, row-major. */
struct ways {
	uint32_t places;
	int32_t *seconds, *metres;
	uint8_t *measured; /* 1: a road map said so */
};

/* ways_estimate -- all ways of n places (at most ROUTING_PLACES_MAX), estimated; 9 bytes a pair in a */
struct ways ways_estimate(const struct spot *at, uint32_t n, const struct pace *p, struct arena *a);
/* ways_know -- one way, measured */
void ways_know(struct ways *w, uint32_t from, uint32_t to, int32_t seconds, int32_t metres);
struct way ways_at(const struct ways *w, uint32_t from, uint32_t to);
/* ways_matrix -- as the search wants them: what costs is the time */
struct matrix ways_matrix(const struct ways *w);

#endif
