/*
 * domain/pools/volume.h -- how much water is in it, from its sizes.
 *
 * Sizes are whole centimetres, the answer whole litres, rounded to the nearest. Depth is the average of
 * the shallow and the deep end. Formulas:
 *
 *	rectangle  length x width x depth
 *	round      pi/4 x diameter^2 x depth
 *	oval       pi/4 x length x width x depth
 *	kidney     0.45 x (width A + width B) x length x depth
 *	free       surface area x depth
 */
#ifndef DOMAIN_POOLS_VOLUME_H
#define DOMAIN_POOLS_VOLUME_H

#include <stddef.h>
#include <stdint.h>

#include "domain/base/err.h"
#include "domain/pools/pool.h"

#define VOLUME_SIZES_MAX 5
#define VOLUME_L_MAX 10000000 /* 10,000 m3: four Olympic pools */
#define SIZE_CM_MAX 20000

/*
 * volume_of -- litres
 *
 * sizes    in   cm, in this order; the last two are the depths of the shallow and the deep end:
 *               rectangle, oval: length, width, shallow, deep;  round: diameter, shallow, deep;
 *               kidney: length, width A, width B, shallow, deep;
 *               free: area in dm2 (hundredths of a square metre), shallow, deep
 * n        in   how many were given: 4, 4, 3, 5, 3
 *
 * Errors  E_INVALID "sizes_cm": the wrong number of them, one out of range, or too much water;
 *         "shape" unknown
 * Source  tests/cases/volume.csv
 */
must_use enum err volume_of(enum pool_shape shape, const int32_t *sizes, size_t n, uint32_t *volume_l,
    struct fault *f);

/* volume_us_gallons -- for people who think in them; rounded to the nearest. 1 US gallon = 3.785411784 l */
uint32_t volume_us_gallons(uint32_t volume_l);

#endif
