/*
 * domain/billing/dunning.h -- what follows when nobody pays: reminders by a schedule, and a fee for being late.
 *
 * Both count days since the document was due; neither looks at a clock. The same day gives the same answer, so a
 * night that runs twice, or not at all, changes nothing that the next one would not.
 */
#ifndef DOMAIN_BILLING_DUNNING_H
#define DOMAIN_BILLING_DUNNING_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/day.h"
#include "domain/base/err.h"

#define DUNNING_DAYS_MAX 365
#define DUNNING_TIMES_MAX 12
#define LATE_FEES_MAX 24 /* of one document */

/* after: the first reminder comes so many days after the due day (0: none), then one every so many, `times` in all. */
struct dunning {
	uint32_t after_days, every_days, times;
	/* A document that is late by more than `grace` days costs so much, and again each month; 0 and 0: nothing. */
	uint32_t grace_days, fee_ppm;
	int64_t fee_cents;
};

/* dunning_reminders -- how many reminders are due for a document on that day; 0..times */
uint32_t dunning_reminders(const struct dunning *r, struct day due, struct day today);

/* dunning_fees -- how many late fees are due; 0..LATE_FEES_MAX */
uint32_t dunning_fees(const struct dunning *r, struct day due, struct day today);

/*
 * dunning_fee -- one late fee: the flat part and a share of what is open of the work
 *
 * open_cents    in  what the document still asks for, >= 0
 * base_cents    in  what it asked for as work: without tax and without fees of before. No fee is taken on either.
 *
 * Errors  E_INVALID "amount"
 */
must_use enum err dunning_fee(const struct dunning *r, int64_t open_cents, int64_t base_cents, int64_t *cents,
    struct fault *f);

#endif
