/*
 * sql/tenant/dayseal.h -- rows of what a night seals: entries of the ledger, heads of the chains of documents.
 */
#ifndef SQL_TENANT_DAYSEAL_H
#define SQL_TENANT_DAYSEAL_H

#include "domain/access/audit.h"
#include "domain/base/setting.h"
#include "domain/billing/bill.h"
#include "domain/billing/ledger.h"
#include "sql/tenant/proofs.h"

struct dayseal_row {
	struct str name, body;
};
struct dayseal_entry {
	uint64_t posting_id;
	uint32_t side;
	enum posting_kind kind;
	int64_t at;
	struct day day;
	enum account account;
	uint64_t customer_id, bill_id, payment_id;
	int64_t cents;
	uint32_t actor_kind;
	uint64_t actor_id;
};
struct dayseal_document {
	uint64_t seq;
	struct str hash, body;
};

#endif
