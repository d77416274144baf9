/*
 * domain/base/geo.c -- distances. The one place of base/ with floating point: in and out are integers.
 */
#include "domain/base/geo.h"

#include <math.h>

#define EARTH_M 6371008.8
#define RADIANS_PER_UDEG (3.14159265358979323846 / 180e6)

bool
spot_valid(struct spot s)
{
	return s.lat_udeg >= -90000000 && s.lat_udeg <= 90000000 && s.lon_udeg >= -180000000 &&
	    s.lon_udeg <= 180000000;
}

int64_t
spot_distance_m(struct spot a, struct spot b)
{
	double lat_a = a.lat_udeg * RADIANS_PER_UDEG, lat_b = b.lat_udeg * RADIANS_PER_UDEG;
	double north = sin((lat_b - lat_a) / 2);
	double east = sin(((double)b.lon_udeg - a.lon_udeg) * RADIANS_PER_UDEG / 2);
	double h = north * north + cos(lat_a) * cos(lat_b) * east * east;

	/* Rounding may push h a hair over one for opposite ends of the earth. */
	return llround(2 * EARTH_M * asin(sqrt(h > 1 ? 1 : h)));
}
