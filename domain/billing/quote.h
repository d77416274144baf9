/*
 * domain/billing/quote.h -- an offer: lines that always belong to it, lines of one option, what is asked in advance.
 *
 * 1. A line of choice 0 belongs to every option; one of choice n to option n alone. Without options there is only 0.
 * 2. Whoever approves picks exactly one option, if there are any. Approved once, it stays what was picked.
 * 3. After its last day nobody can answer it any more: prices are promises for a while.
 */
#ifndef DOMAIN_BILLING_QUOTE_H
#define DOMAIN_BILLING_QUOTE_H

#include "domain/billing/bill.h"

#define QUOTE_OPTIONS_MAX 4
#define QUOTE_LINES_MAX 120
#define QUOTE_DEPOSIT_MAX 1000000 /* ppm: all of it */

/* quote_takes -- does a line of that choice belong to what was picked? */
bool quote_takes(uint32_t choice, uint32_t picked);

/*
 * quote_check -- may these lines, by their choices, be offered with so many options?
 *
 * Errors  E_INVALID "lines": none, one of an option that does not exist, or an option that nothing belongs to;
 *         "options": one alone is no choice; E_LIMIT
 */
must_use enum err quote_check(const uint32_t *choice, size_t n, size_t options, struct fault *f);

/* quote_picks -- may that be picked? Errors  E_INVALID "choice" */
must_use enum err quote_picks(uint32_t picked, size_t options, struct fault *f);

/* quote_deposit -- the share of a total that is asked for when it is approved, rounded half away from zero */
must_use enum err quote_deposit(int64_t total_cents, uint32_t ppm, int64_t *cents, struct fault *f);

/*
 * quote_may_answer -- may it become approved or declined on that day?
 *
 * Errors  E_STALE with the reason: it was answered, taken back, not sent yet, or its last day is over
 */
must_use enum err quote_may_answer(enum bill_state from, enum bill_state to, struct day last, struct day today,
    struct fault *f);

#endif
