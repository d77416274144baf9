/*
 * domain/routing/matrix.h -- how long the ways between places take: measured by a road map where known, else estimated.
 *
 * The estimate: the great circle x 1.32 (streets are not straight), a minute to park and walk in, then three bands of
 * speed: the first 3 km at 28 km/h, the next 12 at 42, the rest at 75. A company's own drives bend it (struct pace).
 * Floating point lives in matrix.c alone and is rounded there; everything that comes out is whole.
 */
#ifndef DOMAIN_ROUTING_MATRIX_H
#define DOMAIN_ROUTING_MATRIX_H

#include "domain/base/geo.h"
#include "domain/routing/problem.h"

/* A way is short, middling or long: up to 3 km of road, up to 15, beyond. */
#define PACE_BANDS 3
#define PACE_AS_ESTIMATED 1000
#define PACE_MIN 500
#define PACE_MAX 2500
#define PACE_DRIVES_MIN 12 /* fewer of a band prove nothing */

/* Measured time over estimated time of each band, in thousandths. */
struct pace {
	uint32_t band[PACE_BANDS];
};
#define PACE_DEFAULT ((struct pace){{PACE_AS_ESTIMATED, PACE_AS_ESTIMATED, PACE_AS_ESTIMATED}})

/* One drive that really happened. */
struct measured {
	struct spot from, to;
	int32_t seconds;
};

struct way {
	int32_t seconds, metres;
	bool estimated;
};

/* From-to tables of some places, row-major. */
struct ways {
	uint32_t places;
	int32_t *seconds, *metres;
	uint8_t *measured; /* 1: a road map said so */
};

/*
 * place_cell -- the name of the square of about 50 m that a place lies in; what a road map said of one place
 * of a square holds for all of it
 */
uint64_t place_cell(struct spot s);
struct spot cell_spot(uint64_t cell); /* its middle */

/* way_estimate -- nothing for the same square */
struct way way_estimate(struct spot from, struct spot to, const struct pace *p);

/* ways_estimate -- all ways of n places (at most ROUTING_PLACES_MAX), estimated; 9 bytes a pair in a */
struct ways ways_estimate(const struct spot *at, uint32_t n, const struct pace *p, struct arena *a);
/* ways_know -- one way, measured */
void ways_know(struct ways *w, uint32_t from, uint32_t to, int32_t seconds, int32_t metres);
struct way ways_at(const struct ways *w, uint32_t from, uint32_t to);
/* ways_matrix -- as the search wants them: what costs is the time */
struct matrix ways_matrix(const struct ways *w);

/*
 * pace_measure -- the company's own pace: the median of measured over estimated in each band
 *
 * d     in   sorted by nobody; drives of another kind (a lunch between two pools, over four times the estimate
 *            or under a quarter) are left out
 * out   out  a band with fewer than PACE_DRIVES_MIN keeps PACE_AS_ESTIMATED
 *
 * Answers how many drives were counted.
 */
size_t pace_measure(const struct measured *d, size_t n, struct arena *a, struct pace *out);

#endif
