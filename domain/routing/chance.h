/*
 * domain/routing/chance.h -- chance without floating point: the same bytes on any machine.
 *
 * splitmix64 (Steele, Lea & Flood 2014); logarithm and power of two by quadratics, errors in the
 * comments.
 */
#ifndef DOMAIN_ROUTING_CHANCE_H
#define DOMAIN_ROUTING_CHANCE_H

#include <stdint.h>

static inline uint64_t
chance_bits(uint64_t *state)
{
	uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

/* A number in 0..n-1 */
static inline uint32_t
chance_below(uint64_t *state, uint32_t n)
{
	return (uint32_t)(((chance_bits(state) >> 32) * n) >> 32);
}

/* -ln(u / 2^32) x 2^16 for u >= 1 (error below 0.01) */
static inline uint32_t
chance_ln_q16(uint32_t u)
{
	/* -ln(u/2^32) = (32 - log2 u) ln 2; log2 of 1 + m is about m + 0.3466 m (1 - m) */
	uint32_t top = 31 - (uint32_t)__builtin_clz(u | 1);
	uint64_t m = (((uint64_t)u << 16) >> top) & 0xffff;
	uint64_t frac = m + (((m * (65536 - m)) >> 16) * 22713 >> 16);
	uint64_t log2_q16 = ((uint64_t)top << 16) + frac;

	return (uint32_t)((((UINT64_C(32) << 16) - log2_q16) * 45426) >> 16);
}

/* 2^(-x / 2^16) x 2^16 (error below 0.004) */
static inline uint32_t
chance_exp2_q16(uint32_t x)
{
	uint32_t whole = x >> 16;
	uint64_t m = x & 0xffff;
	uint64_t y = 65536 - (m >> 1) - (((m * (65536 - m)) >> 16) * 11246 >> 16);

	return whole > 31 ? 0 : (uint32_t)(y >> whole);
}

#endif
