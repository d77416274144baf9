/*
 * domain/base/geo.h -- places on the earth in millionths of a degree, and how far they are apart.
 *
 * Stored as whole numbers: a micro-degree is at most 11 cm, finer than any gate.
 */
#ifndef DOMAIN_BASE_GEO_H
#define DOMAIN_BASE_GEO_H

#include <stdbool.h>
#include <stdint.h>

struct spot {
	int32_t lat_udeg; /* -90 000 000 .. 90 000 000, north is positive  */
	int32_t lon_udeg; /* -180 000 000 .. 180 000 000, east is positive */
};

bool spot_valid(struct spot s);

/* spot_distance_m -- metres along the great circle (haversine, mean earth radius 6 371 008.8 m), rounded */
int64_t spot_distance_m(struct spot a, struct spot b);

#endif
