/*
 * sql/tenant/billing.h -- rows of bills, their lines, payments and the ledger.
 */
#ifndef SQL_TENANT_BILLING_H
#define SQL_TENANT_BILLING_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/maybe.h"
#include "domain/billing/bill.h"
#include "domain/billing/ledger.h"
#include "domain/billing/payment.h"
#include "domain/visits/visit.h"
#include "sql/tenant/schedule.h"

struct bill_row {
	uint64_t id;
	enum bill_kind kind;
	enum bill_state state;
	struct maybe_u64 seq;
	uint64_t customer_id, property_id, visit_id;
	struct str currency;
	struct day day, due_day;
	struct str title, note;
	int64_t opening_cents, net_cents, tax_cents, total_cents;
	struct str taxes; /* JSON: fcgi/acts/tell_bill.c */
	struct maybe_i64 issued_at, sent_at, ended_at;
	struct str reason;
	uint32_t version;
};

/* One line of a list of bills; open_cents is a fold over the ledger. */
struct bill_card {
	uint64_t id;
	enum bill_kind kind;
	enum bill_state state;
	struct maybe_u64 seq;
	struct str number; /* filled by the act */
	uint64_t customer_id;
	struct str customer, currency, title;
	struct day day, due_day;
	int64_t total_cents, open_cents;
	uint32_t version;
};

struct bill_head {
	uint64_t value;
	uint32_t version;
};

struct bill_sealed_row {
	struct str body, kid, signature; /* signature: empty, or PROOF_SIGNATURE_BYTES */
};

struct bill_moved_row {
	struct str moved;
};

struct bill_hash {
	struct str hash;
};

struct charge_row {
	uint64_t id, bill_id, customer_id, property_id, agreement_id, visit_id, item_id;
	enum charge_kind kind;
	struct str line_key;
	struct day day, from_day, to_day;
	struct maybe_day term_day;
	uint32_t part, of_parts;
	int64_t rate_cents;
	struct str text;
	int64_t quantity_milli, unit_cents, net_cents;
	struct str tax_code, tax_area;
	int64_t tax_cents;
	uint32_t seq, choice, version;
};

struct payment_row {
	uint64_t id, customer_id;
	enum pay_way way;
	enum payment_state state;
	int64_t cents;
	struct str currency;
	struct day day;
	struct str reference, note, reason;
	uint64_t method_id, staff_id;
	int64_t made_at;
	struct maybe_i64 settled_at;
	struct maybe_u64 seq; /* the number of its receipt */
	uint32_t version;
};

struct payment_card {
	uint64_t id;
	enum pay_way way;
	enum payment_state state;
	int64_t cents, free_cents;
	struct day day;
	struct str reference, note, reason;
	uint32_t version;
};

struct cents_row {
	int64_t cents;
};

/* Whose a document was, and who took that customer in. */
struct holder_row {
	uint64_t id;
	struct maybe_u64 merged_into;
};

struct balance_row { /* of one document or payment, with one customer */
	uint64_t id;
	int64_t cents;
};

struct open_row {
	uint64_t id;
	struct day day, due_day;
	int64_t cents;
};

struct owed_row { /* one document that asks for money on some day */
	uint64_t id, customer_id;
	struct str customer;
	struct day day, due_day;
	int64_t cents;
};

struct applied_row {
	uint64_t bill_id, payment_id;
	enum bill_kind kind;
	struct maybe_u64 seq;
	enum pay_way way;
	struct day day;
	int64_t cents;
};

/* What the charge of a visit follows from. */
struct billed_visit {
	uint64_t id, agreement_id, customer_id, property_id, service_id;
	struct day day;
	enum visit_state state;
	struct str service, tax_code, tax_area;
	int64_t price_cents;
	struct maybe_day occurs_day;
	enum visit_source source;
	bool free; /* under a warranty, or to put something right: the customer pays nothing */
};

/* What the charge of a dose follows from. */
struct billed_dose {
	uint64_t id, visit_id, property_id, customer_id;
	struct str tax_area, item;
	bool taxable;
	uint64_t item_id;
	int64_t price_cents, quantity_milli, unit_cents; /* as struct dose_row */
	uint64_t agreement_id; /* 0: none serves there */
	bool free;             /* poured at a visit that asks for nothing */
};

struct leak_row {
	uint64_t id, customer_id;
	struct str customer, what;
	struct day day;
	int64_t cents;
};

struct month_billed {
	int64_t lines, cents;
};

struct statement_before { /* a customer's last statement */
	uint64_t id;
	struct day day;
	int64_t opening_cents, total_cents;
	struct str moved; /* JSON: fcgi/acts/tell_moves.c */
};

struct statement_row { /* one posting that moved a balance */
	uint64_t id;
	enum posting_kind kind;
	struct day day;
	uint64_t bill_id, payment_id;
	enum bill_kind bill_kind; /* 0: about no document */
	uint64_t seq;
	struct str title;
	enum pay_way way; /* 0: about no payment */
	struct str reference, reason;
	int64_t cents;
};

struct late_row { /* a document whose day to be paid is over */
	uint64_t id, customer_id;
	enum bill_kind kind;
	struct day due_day;
	struct str currency;
	uint32_t reminders;
	int64_t open_cents, base_cents;
	uint32_t version;
};

struct tax_city_row {
	struct str city, region, tax_area;
	int64_t places;
};

struct tax_service_row {
	uint64_t id;
	struct str name, tax_code;
};

struct tax_place {
	struct str tax_area;
};

/* What a month of an agreement is called on a bill, and how it is taxed. */
struct agreement_place {
	struct str service, tax_code, tax_area;
};

#endif
