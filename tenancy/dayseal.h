/*
 * tenancy/dayseal.h -- what each night signs of a company's money, so that nobody can change or cut it unseen.
 *
 * 1. A seal covers the entries whose postings' names lie in [from, until): milliseconds, those inside the names. Seals follow
 *    one another without a gap, and each names the hash of the one before.
 * 2. It names the last document of each kind and the last line of the audit log: both are chains of hashes themselves.
 * 3. It stands in the database and, one text after another, in <files>/ledger.seals. Only a copy of that file that has left
 *    the house shows that the end was cut off, or that somebody who has the keys made everything anew.
 *
 * The text is a proof (domain/base/proof.h) of kind PROOF_DAY; `poolctl ledger` compares.
 */
#ifndef TENANCY_DAYSEAL_H
#define TENANCY_DAYSEAL_H

#include "sql/tenant/dayseal.h"
#include "tenancy/merkle.h"
#include "tenancy/proofs.h"
#include "tenancy/work.h"

#define DAYSEAL_FILE  "ledger.seals"
#define DAYSEAL_BYTES 4096 /* of one text */

enum dayseal_chain { CHAIN_AUDIT = 0, CHAIN_INVOICE, CHAIN_QUOTE, CHAIN_STATEMENT, CHAINS };
struct chain_head {
	uint64_t seq; /* 0: nothing yet */
	struct str hash; /* hex; "" */
};

struct dayseal {
	uint64_t seq;
	int64_t from_ms, until_ms, issued_at;
	uint64_t entries;
	struct str root, kid, previous; /* hex */
	struct chain_head head[CHAINS];
};

/* dayseal_write -- the canonical bytes; dayseal_read -- the way back, false if it is none */
struct str dayseal_write(const struct dayseal *s, struct arena *a);
bool dayseal_read(struct str body, struct dayseal *out);

/* dayseal_name -- as the setting is named: digits that sort */
struct str dayseal_name(struct arena *a, uint64_t seq);

/* dayseal_leaf -- an entry as it is hashed: every column, in a fixed order */
void dayseal_leaf(const struct dayseal_entry *e, uint8_t out[HASH_BYTES]);

/*
 * dayseal_entries -- s->entries and s->root of what stands in the ledger between s->from_ms and s->until_ms
 *
 * dayseal_heads -- s->head, as they are now
 */
must_use enum err dayseal_entries(struct work *w, struct dayseal *s);
must_use enum err dayseal_heads(struct work *w, struct dayseal *s);

/* dayseal_posting -- for each entry of this posting, which must lie in the seal: its leaf and the way to the root */
#define DAYSEAL_SIDES_MAX 8
struct dayseal_way {
	struct dayseal_entry entry;
	struct merkle_path path;
};
must_use enum err dayseal_posting(struct work *w, const struct dayseal *s, uint64_t posting_id, struct dayseal_way **ways,
    size_t *n);

/*
 * dayseal_kept -- the number of the last whole seal in the file; 0: there is none. What a crash left half written behind it is
 * taken away.
 *
 * dayseal_keep -- texts behind the last one, made safe. Errors E_AWAY "file"
 */
must_use enum err dayseal_kept(struct arena *a, const char *path, uint64_t *seq, struct fault *f);
must_use enum err dayseal_keep(struct arena *a, const char *path, struct str texts, struct fault *f);

/* dayseal_next -- the next text of the file's bytes; false at the end. What is no whole text comes as it is: it is none. */
bool dayseal_next(struct str *rest, struct str *text);

/*
 * dayseal_compare -- does this company's database hold what that file's bytes say was sealed?
 *
 * nights, entries  out  how much was compared
 * Errors  E_INVALID with the sentence: which night, and what is not as it was
 */
struct dayseal_sum {
	uint64_t nights, entries, documents, lines;
	int64_t until_ms;
};
must_use enum err dayseal_compare(struct work *w, struct str file, struct dayseal_sum *sum);

#endif
