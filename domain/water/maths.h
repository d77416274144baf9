/*
 * domain/water/maths.h -- the only three functions beyond + - * / that water needs, so that phone
 * and server compute the same bits.
 *
 * C and JavaScript agree on + - * / of doubles (IEEE 754, rounded once; no fused steps: -std=c11),
 * not on log and pow. These are made of the four alone, in a fixed order; web/shared/water.ts has
 * their twins, and tests/laws/water.sh holds the two against each other bit by bit.
 */
#ifndef DOMAIN_WATER_MATHS_H
#define DOMAIN_WATER_MATHS_H

#include <stdint.h>

/* water_log10 -- x above 0; within 2e-15 of the C library's */
double water_log10(double x);

/* water_exp10 -- x between -300 and 300 */
double water_exp10(double x);

/* water_round -- THE rounding of water: to the nearest, half away from zero. |x| below 2^53 */
int64_t water_round(double x);

#endif
