/*
 * domain/stock/reprice.h -- many prices at once: a mark-up over what things cost, or a change of what they sell for.
 */
#ifndef DOMAIN_STOCK_REPRICE_H
#define DOMAIN_STOCK_REPRICE_H

#include <stdint.h>

#include "domain/base/err.h"

enum reprice_how { REPRICE_MARKUP = 1, REPRICE_CHANGE, REPRICES };
extern const char *const reprice_how_names[];

#define REPRICE_MARKUP_MAX 20000000 /* ppm: 2,000 % */
#define REPRICE_CHANGE_MIN (-900000)
#define REPRICE_CHANGE_MAX 5000000

struct reprice {
	enum reprice_how how;
	int32_t ppm;            /* of MARKUP: on top of the cost; of CHANGE: up, or down below zero */
	uint32_t round_to_cents; /* 1, 5, 10, 25, 50 or 100: to the next multiple, half away from zero */
};

/*
 * reprice -- what one thing sells for then; what has no cost keeps its price under a mark-up
 *
 * Errors  E_INVALID "ppm" "round_to_cents"; "amount" it does not fit
 */
must_use enum err reprice(const struct reprice *r, int64_t cost_cents, int64_t price_cents, int64_t *out, struct fault *f);

#endif
