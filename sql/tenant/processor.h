/*
 * sql/tenant/processor.h -- rows of payments through a processor, of what customers left there, of its messages.
 */
#ifndef SQL_TENANT_PROCESSOR_H
#define SQL_TENANT_PROCESSOR_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/maybe.h"
#include "domain/billing/ledger.h"
#include "domain/billing/payment.h"
#include "domain/billing/price.h"

/* A payment, as far as the processor has to do with it. */
struct processed_row {
	uint64_t id, customer_id;
	enum pay_way way;
	enum payment_state state;
	int64_t cents;
	struct str currency;
	struct day day;
	struct str wants; /* JSON: fcgi/acts/tell_pay.h */
	uint64_t method_id;
	struct str provider;
	struct maybe_str provider_id;
	struct str reason;
	int64_t made_at;
	struct maybe_i64 settled_at;
	uint32_t version;
};

struct known_cents {
	int64_t held_cents, refunded_cents, fee_cents;
};

struct method_row {
	uint64_t id, customer_id;
	struct str provider, provider_customer, provider_id;
	enum pay_method_kind kind;
	struct str brand, last4;
	uint32_t exp_month, exp_year;
	bool autopay;
	struct str consent, scope, funding, stopped;
	int64_t made_at;
	struct maybe_i64 archived_at;
	uint32_t version;
};

struct surcharge_region {
	struct str region;
};

struct event_row {
	uint64_t id;
	struct str provider, event_id, kind, object_id;
	int64_t got_at;
	struct maybe_i64 done_at;
	uint32_t version;
};

/* What of one payment stands at the processor, by our ledger. */
struct clearing_row {
	uint64_t payment_id;
	struct maybe_str provider_id;
	int64_t cents;
};

struct owner_mail {
	struct str name, email, language;
};

/* Somebody with a bill that is due, who lets us draw. */
struct draw_row {
	uint64_t customer_id;
};

/* What one document asks for at one place (0: at none) for one kind of charge, with its tax. */
struct draw_line {
	uint64_t bill_id, property_id;
	enum charge_kind kind;
	int64_t cents;
};

#endif
