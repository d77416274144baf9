/*
 * tests/rows/money.h -- bills and payments for row tests: a line that waits, a bill of all that waits, a check that comes in.
 */
#ifndef TESTS_ROWS_MONEY_H
#define TESTS_ROWS_MONEY_H

#include "fcgi/acts/billing.h"
#include "fcgi/acts/bills.h"
#include "fcgi/acts/payments.h"
#include "tests/rows/crowd.h"

#define CUSTOMER UINT64_C(4300000000000000001)
#define LINE     UINT64_C(4300000000000001000)

static const struct day today = {20619}; /* 2026-06-15, of CROWD_NOW */

static inline void
line_waits(struct world *t, uint64_t customer_id, uint64_t n, int64_t cents)
{
	world_mine(t, "INSERT INTO bill_line (id, customer_id, property_id, kind, line_key, day, from_day, to_day, text, unit_cents, "
	    "net_cents, made_at) VALUES (%llu, %llu, 0, %d, 'line:%llu', '2026-06-14', '2026-06-14', '2026-06-14', 'Work', %lld, %lld, 0)",
	    (unsigned long long)(LINE + n), (unsigned long long)customer_id, CHARGE_LABOUR, (unsigned long long)n, (long long)cents,
	    (long long)cents);
}

static inline enum err
bill_all(struct work *w, uint64_t customer_id, struct bill_page *out)
{
	return act_bill_issue(w, customer_id, &(struct bill_wish){.day = today, .until = today, .title = STR(""), .note = STR("")}, out);
}

static inline enum err
take(struct work *w, uint64_t customer_id, int64_t cents, bool keep, struct payment_page *out)
{
	const struct payment_wish in = {.way = PAY_CHECK, .cents = cents, .day = today, .reference = STR("1041"), .note = STR(""),
	    .reason = STR(""), .keep = keep};

	return act_payment_take(w, customer_id, &in, out);
}

#endif
