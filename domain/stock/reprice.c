/*
 * domain/stock/reprice.c -- one price out of a rule.
 */
#include "domain/stock/reprice.h"

#include <assert.h>
#include <stddef.h>

#include "domain/base/money.h"

const char *const reprice_how_names[] = {"", "markup", "change", NULL};
static_assert(sizeof(reprice_how_names) / sizeof(char *) == REPRICES + 1, "each has its name");

enum err
reprice(const struct reprice *r, int64_t cost_cents, int64_t price_cents, int64_t *out, struct fault *f)
{
	static const uint32_t steps[] = {1, 5, 10, 25, 50, 100};
	const bool markup = r->how == REPRICE_MARKUP;
	const int64_t from = markup ? cost_cents : price_cents;
	int64_t more, price;
	bool known = false;

	if (markup ? r->ppm < 0 || r->ppm > REPRICE_MARKUP_MAX : r->ppm < REPRICE_CHANGE_MIN || r->ppm > REPRICE_CHANGE_MAX)
		return fail(f, E_INVALID, "ppm", "This value is not valid.");
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
		known = known || steps[i] == r->round_to_cents;
	if (!known)
		return fail(f, E_INVALID, "round_to_cents", "This value is not valid.");
	*out = price_cents;
	if (from <= 0)
		return OK;
	TRY(cents_share(from, r->ppm, &more, f));
	TRY(cents_add(from, more, &price, f));
	*out = (price + r->round_to_cents / 2) / r->round_to_cents * r->round_to_cents;
	return OK;
}
