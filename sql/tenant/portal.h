/*
 * sql/tenant/portal.h -- rows of what a customer sees of their own.
 */
#ifndef SQL_TENANT_PORTAL_H
#define SQL_TENANT_PORTAL_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/maybe.h"
#include "domain/billing/bill.h"
#include "domain/billing/ledger.h"
#include "domain/billing/payment.h"
#include "domain/visits/visit.h"

/* A visit as its customer sees it: who comes by the first name, nothing that was written for the office. */
struct portal_visit {
	uint64_t id, customer_id;
	struct day day;
	enum visit_state state;
	struct str service, street;
	struct maybe_str tech;
	struct maybe_u32 from_minute, to_minute;
	struct maybe_i64 on_way_at, started_at, ended_at;
	struct str reason;
	bool asked; /* by the customer; nobody has said yet who comes */
};

/* This much of a payment pays this bill. */
struct portal_applied {
	uint64_t payment_id, bill_id;
	struct maybe_u64 seq;
	uint32_t kind;
	int64_t cents;
};

/* Where an account of the portal is, so that two of one address can be told apart. */
struct portal_street {
	struct str street;
};

/* A paper of theirs: a bill of some kind, a receipt (its id is the payment's), a report (the visit's). */
struct portal_document_row {
	uint32_t kind; /* enum portal_document_kind of fcgi/acts/portal.h */
	uint64_t id;
	struct day day, due_day;
	struct maybe_u64 seq;
	struct str title;
	int64_t cents;
	uint32_t state; /* enum bill_state; of receipts and reports 0 */
	bool pdf;
};

struct portal_place {
	uint64_t id;
	struct str street, city;
};
struct portal_service {
	uint64_t id;
	struct str name;
};
struct portal_number {
	int64_t number;
};

#endif
