/*
 * domain/routing/way.h -- how long it is from one place to another, and a company's own pace.
 *
 * The estimate: the great circle x 1.32 (streets are not straight), a minute to park and walk in, then three bands of
 * speed: the first 3 km at 28 km/h, the next 12 at 42, the rest at 75. A company's own drives bend it (struct pace).
 * Floating point lives in matrix.c alone and is rounded there; everything that comes out is whole.
 */
#ifndef DOMAIN_ROUTING_WAY_H
#define DOMAIN_ROUTING_WAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/geo.h"

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

/*
 * place_cell -- the name of the square of about 50 m that a place lies in; what a road map said of one place
 * of a square holds for all of it
 */
uint64_t place_cell(struct spot s);
struct spot cell_spot(uint64_t cell); /* its middle */

/* way_estimate -- nothing for the same square */
struct way way_estimate(struct spot from, struct spot to, const struct pace *p);

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
