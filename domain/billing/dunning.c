/*
 * domain/billing/dunning.c -- days late to reminders and fees.
 */
#include "domain/billing/dunning.h"

#include "domain/base/money.h"

#define MONTH_DAYS 30

uint32_t
dunning_reminders(const struct dunning *r, struct day due, struct day today)
{
	const int64_t late = (int64_t)today.n - due.n;
	uint32_t n;

	if (r->after_days == 0 || late < r->after_days)
		return 0;
	n = r->every_days == 0 ? 1 : 1 + (uint32_t)((late - r->after_days) / r->every_days);
	return n < r->times ? n : r->times;
}

uint32_t
dunning_fees(const struct dunning *r, struct day due, struct day today)
{
	const int64_t late = (int64_t)today.n - due.n;
	uint32_t n;

	if ((r->fee_cents == 0 && r->fee_ppm == 0) || late <= r->grace_days)
		return 0;
	n = 1 + (uint32_t)((late - r->grace_days - 1) / MONTH_DAYS);
	return n < LATE_FEES_MAX ? n : LATE_FEES_MAX;
}

enum err
dunning_fee(const struct dunning *r, int64_t open_cents, int64_t base_cents, int64_t *cents, struct fault *f)
{
	const int64_t base = open_cents < base_cents ? open_cents : base_cents;
	int64_t part = 0;

	if (base > 0 && r->fee_ppm > 0)
		TRY(cents_share(base, r->fee_ppm, &part, f));
	return cents_add(r->fee_cents, part, cents, f);
}
