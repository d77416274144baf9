/*
 * sql/tenant/quotes.h -- rows of offers, and of what a job wants: lines of bill 1, on no document yet.
 */
#ifndef SQL_TENANT_QUOTES_H
#define SQL_TENANT_QUOTES_H

#include "domain/workorders/want.h"
#include "sql/tenant/billing.h"

#define BILL_WANTED 1 /* bill_line.bill_id: wanted for a job, asked for by nothing yet */

struct quote_row {
	uint64_t id;
	enum bill_state state;
	struct maybe_u64 seq;
	uint64_t customer_id, property_id, visit_id; /* visit_id: the job, once it is approved */
	struct str currency;
	struct day day, due_day;
	struct str title, note, reason;
	int64_t net_cents, tax_cents, total_cents;
	struct maybe_i64 issued_at, sent_at, ended_at;
	struct str quote; /* fcgi/acts/quotes.h */
	uint32_t version;
};

struct quote_card_row {
	uint64_t id;
	enum bill_state state;
	struct maybe_u64 seq;
	uint64_t customer_id, visit_id;
	struct str customer, currency, title;
	struct day day, due_day;
	int64_t total_cents;
	struct str quote;
	uint32_t version;
};

#endif
