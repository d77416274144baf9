/*
 * domain/water/maths.c -- logarithm and power from + - * / alone, in a fixed order.
 */
#include "domain/water/maths.h"

#include <assert.h>
#include <float.h>

/* Wider intermediates (x87) would round twice; there the phone could not agree. */
static_assert(FLT_EVAL_METHOD == 0, "a double is a double at every step");

#define LN2       0.6931471805599453
#define LN10      2.302585092994046
#define LOG_TERMS 25 /* |s| <= 0.2: the next term is below 1e-18 */
#define EXP_TERMS 17 /* |r| <= ln 2 / 2 */

double
water_log10(double x)
{
	double e = 0, m = x;

	while (m > 1.5) {
		m = m / 2;
		e = e + 1;
	}
	while (m < 0.75) {
		m = m * 2;
		e = e - 1;
	}
	double s = (m - 1) / (m + 1), square = s * s, power = s, sum = 0;
	for (int n = 1; n <= LOG_TERMS; n += 2) {
		sum = sum + power / n;
		power = power * square;
	}
	return (2 * sum + e * LN2) / LN10;
}

double
water_exp10(double x)
{
	double y = x * LN10, k = (double)water_round(y / LN2), r = y - k * LN2, term = 1, sum = 1;

	for (int n = 1; n <= EXP_TERMS; n++) {
		term = term * r / n;
		sum = sum + term;
	}
	for (; k > 0; k = k - 1)
		sum = sum * 2;
	for (; k < 0; k = k + 1)
		sum = sum / 2;
	return sum;
}

int64_t
water_round(double x)
{
	int64_t whole = (int64_t)x; /* towards zero */
	double rest = x - (double)whole;

	if (rest >= 0.5)
		return whole + 1;
	if (rest <= -0.5)
		return whole - 1;
	return whole;
}
