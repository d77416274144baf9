/*
 * domain/billing/seal.h -- the one way to write an issued document as bytes, so that it can be signed.
 *
 * Canonical JSON: no white space, keys of an object in ascending order (ASCII), whole numbers only, strings as
 * they are stored (UTF-8) with the shortest escapes. For this subset it equals RFC 8785. What is signed is
 *
 *     "pool/document/v1\0" || BLAKE2b-512(bytes)      by tenancy/keys, with the company's Ed25519 key
 *
 * and each document names the hash of the company's one before it, so that none can be slipped in or lost.
 */
#ifndef DOMAIN_BILLING_SEAL_H
#define DOMAIN_BILLING_SEAL_H

#include "domain/billing/bill.h"

#define SEAL_HASH_BYTES 64 /* BLAKE2b-512 */
#define SEAL_BYTES_MAX  (512 * 1024)

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
	const struct bill_line *line;
	size_t n;
	struct bill_sums sums;
	uint8_t previous[SEAL_HASH_BYTES]; /* of the company's first document: zeroes */
};

/* seal_bill -- the canonical bytes; E_LIMIT if they are more than SEAL_BYTES_MAX */
must_use enum err seal_bill(const struct sealed_bill *b, struct arena *a, struct str *bytes, struct fault *f);

/* A writer of canonical JSON that refuses (assert) what is not: keys out of order, values without a key. */
#define CANON_DEPTH_MAX 8
struct canon {
	struct buf b;
	struct {
		char closes;
		bool any, keyed;
		const char *last;
	} at[CANON_DEPTH_MAX];
	unsigned depth;
};
struct canon canon_open(struct arena *a, size_t max);
void canon_object(struct canon *c);
void canon_list(struct canon *c);
void canon_end(struct canon *c);
void canon_key(struct canon *c, const char *key); /* a literal */
void canon_text(struct canon *c, struct str s);
void canon_int(struct canon *c, int64_t v);

#endif
