/*
 * domain/pools/volume.c -- litres from centimetres, in whole numbers all the way.
 */
#include "domain/pools/volume.h"

#define PI_E9 INT64_C(3141592654)

static size_t sizes_of(enum pool_shape shape);
static int64_t area_cm2(enum pool_shape shape, const int32_t *s);

enum err
volume_of(enum pool_shape shape, const int32_t *sizes, size_t n, uint32_t *volume_l, struct fault *f)
{
	size_t want = sizes_of(shape);

	if (want == 0)
		return fail(f, E_INVALID, "shape", "Choose a shape first.");
	if (n != want)
		return fail(f, E_INVALID, "sizes_cm", "The calculator needs %d sizes for this shape.", (int)want);
	for (size_t i = 0; i < n; i++) {
		int32_t most = shape == POOL_FREEFORM && i == 0 ? 100 * SIZE_CM_MAX : SIZE_CM_MAX;

		if (sizes[i] < 1 || sizes[i] > most)
			return fail(f, E_INVALID, "sizes_cm", "Each size is between 1 cm and 200 m.");
	}
	/* Twice the average depth, so that nothing is lost to a half centimetre. */
	int64_t depth2 = (int64_t)sizes[n - 2] + sizes[n - 1];
	int64_t area = area_cm2(shape, sizes);

	if (area > INT64_MAX / depth2 || area * depth2 / 2000 > VOLUME_L_MAX)
		return fail(f, E_INVALID, "sizes_cm", "This is more water than any pool holds.");
	*volume_l = (uint32_t)((area * depth2 + 1000) / 2000);
	return OK;
}

uint32_t
volume_us_gallons(uint32_t volume_l)
{
	/* 3.785411784 l exactly, by definition. */
	return (uint32_t)(((uint64_t)volume_l * 1000000000 + 1892705892) / 3785411784);
}

static size_t
sizes_of(enum pool_shape shape)
{
	switch (shape) {
	case POOL_RECTANGLE:
	case POOL_OVAL:
		return 4;
	case POOL_ROUND:
	case POOL_FREEFORM:
		return 3;
	case POOL_KIDNEY:
		return 5;
	default:
		return 0;
	}
}

/* The largest product, 200 m x 200 m x pi, is 1.3e18 before it is divided: below 2^63. */
static int64_t
area_cm2(enum pool_shape shape, const int32_t *s)
{
	switch (shape) {
	case POOL_ROUND:
		return ((int64_t)s[0] * s[0] * PI_E9 / 4 + 500000000) / 1000000000;
	case POOL_OVAL:
		return ((int64_t)s[0] * s[1] * PI_E9 / 4 + 500000000) / 1000000000;
	case POOL_KIDNEY:
		return ((int64_t)s[0] * (s[1] + s[2]) * 45 + 50) / 100;
	case POOL_FREEFORM:
		return (int64_t)s[0] * 100;
	default:
		return (int64_t)s[0] * s[1];
	}
}
