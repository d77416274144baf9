/*
 * tests/dice.h -- chance that is the same each time: xorshift64 (Marsaglia, "Xorshift RNGs", 2003). One seed for a program, so that what
 * was found once is found again.
 */
#ifndef TESTS_DICE_H
#define TESTS_DICE_H

#include <stdint.h>

static uint64_t dice = UINT64_C(88172645463325252);

/* throw -- 0 to n - 1; n is not 0 */
static inline uint64_t
throw(uint64_t n)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return dice % n;
}

#endif
