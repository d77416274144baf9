/*
 * domain/base/money.h -- amounts in the smallest unit of a currency ("cents"), never in floating point.
 *
 * Nothing here wraps around: an amount that does not fit is E_INVALID "amount".
 */
#ifndef DOMAIN_BASE_MONEY_H
#define DOMAIN_BASE_MONEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"
#include "domain/base/words.h"

/* Larger amounts are refused: JSON keeps whole numbers exactly below 2^53, and a sum must fit as well. */
#define CENTS_MAX INT64_C(4000000000000000)

must_use enum err cents_add(int64_t a, int64_t b, int64_t *out, struct fault *f);
must_use enum err cents_multiply(int64_t cents, int64_t times, int64_t *out, struct fault *f);

/*
 * cents_share -- a part of an amount, rounded half away from zero
 *
 * rate_ppm  in  parts per million: 8.375 % is 83 750; -1e9..1e9
 */
must_use enum err cents_share(int64_t cents, int64_t rate_ppm, int64_t *out, struct fault *f);

/*
 * cents_split -- divide an amount by weights so that the parts sum up to it exactly (largest remainder)
 *
 * weight  in   n of them, 1..SPLIT_MAX, none negative, together 1..1e12
 * part    out  n parts; equal remainders: the earlier one gets the cent
 *
 * Errors  E_INVALID "weight" "amount"
 */
#define SPLIT_MAX 1000
must_use enum err cents_split(int64_t cents, const int64_t *weight, size_t n, int64_t *part,
    struct fault *f);

/* currency_valid -- one of those we can write: "USD", "EUR", ... */
bool currency_valid(struct str code);
/* currency_decimals -- digits behind the point; 2 for one we do not know */
unsigned currency_decimals(struct str code);

/* money_write -- "$1,234.50", "-1.234,50 €", "¥1,200"; what a customer of that currency expects to read */
struct str money_write(struct arena *a, int64_t cents, struct str currency, enum language l);

#endif
