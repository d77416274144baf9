/*
 * domain/billing/seal.h -- the one way to write an issued document as bytes, so that it can be signed.
 *
 * Canonical JSON (domain/base/canon), signed as domain/base/proof says. Each document names the hash of the company's
 * one before it, so that none can be slipped in or lost.
 */
#ifndef DOMAIN_BILLING_SEAL_H
#define DOMAIN_BILLING_SEAL_H

#include "domain/base/proof.h"
#include "domain/billing/bill.h"
#include "domain/billing/ledger.h"

#define SEAL_BYTES_MAX  (512 * 1024)

/* One option of a quote, all that belongs to it reckoned. */
struct sealed_option {
	struct str name;
	int64_t total_cents;
};

/* What moved a balance since the statement before. */
struct sealed_move {
	struct day day;
	enum posting_kind kind;
	struct str number, what;
	int64_t cents;
};

/* Everything that an issued document says. */
struct sealed_bill {
	struct str company, company_address; /* as they stand on it */
	struct str customer, customer_address;
	uint64_t id, customer_id;
	enum bill_kind kind;
	struct str number, currency, kid;
	int64_t issued_at; /* UTC seconds */
	struct day day, due_day;
	int64_t opening_cents; /* statements: carried over; else 0 */
	const struct sealed_move *move; /* statements */
	size_t move_n;
	const struct sealed_option *option; /* quotes: in the order of their choices */
	size_t option_n;
	uint32_t deposit_ppm; /* quotes */
	const struct bill_line *line;
	size_t n;
	struct bill_sums sums;
	uint8_t previous[PROOF_HASH_BYTES]; /* of the company's first document: zeroes */
};

/* seal_bill -- the canonical bytes; E_LIMIT if they are more than SEAL_BYTES_MAX */
must_use enum err seal_bill(const struct sealed_bill *b, struct arena *a, struct str *bytes, struct fault *f);

#endif
