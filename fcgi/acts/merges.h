/*
 * fcgi/acts/merges.h -- two records of one customer: offered, looked at side by side, made one, taken apart again.
 *
 * One stays and takes in the other: places, people, notes, photos, agreements, visits, tags move to it. Its own words
 * win; what it lacks is filled from the other. The other stays as a row that says where it went. Each thing that
 * moved is written down, so that undoing gives back exactly these, and only if nobody moved them on since.
 *
 * Bills and payments keep the name they were written in and are read at the one who stays. What is open of them, and
 * what is free, passes to that account by postings of the ledger, and back by postings when they are two again.
 *
 * A later table with a customer_id adds itself to `movers` in merges.c; tests/rows/merges_test.c finds one that did not.
 */
#ifndef FCGI_ACTS_MERGES_H
#define FCGI_ACTS_MERGES_H

#include "domain/customers/likeness.h"
#include "sql/tenant/batch.h"
#include "tenancy/work.h"

#define DUPLICATES_SHOWN 50
#define APARTS_MAX 5000
#define MERGE_FIELDS_MAX 12
#define MERGE_MOVES_MAX 10

struct duplicate {
	struct customer_line_row a, b;
	uint64_t why; /* bits of enum like_why */
};

struct duplicates {
	struct duplicate *rows; /* the most alike first */
	size_t rows_n;
	uint32_t total;
};

struct merge_wish {
	uint64_t other_id; /* goes into the one that is addressed */
	bool dry;
};

struct merge_field {
	struct str field, keep, lose, becomes;
};

struct merge_move {
	enum record_kind kind;
	uint32_t number;
	uint32_t same; /* of contacts: those who are there already stay where they are */
};

struct merge {
	struct maybe_u64 batch_id; /* absent: nothing was written */
	uint64_t keep_id, lose_id;
	struct str keep_name, lose_name;
	struct merge_field *fields; /* that either of them has */
	size_t fields_n;
	struct merge_move *moves;
	size_t moves_n;
	uint32_t bills, payments; /* that keep the other's name */
};

struct merge_undo {
	uint64_t keep_id, lose_id;
	uint32_t undone, left; /* left: changed or moved on by somebody since */
};

struct apart_wish {
	uint64_t a, b;
};

/* act_duplicates -- the first max of them, at most LIKE_PAIRS_MAX; `total` is of all */
must_use enum err act_duplicates(struct work *w, size_t max, struct duplicates *out);
/* act_apart -- they are two: not offered again; together = true takes it back. Errors E_NOT_FOUND; E_LIMIT */
must_use enum err act_apart(struct work *w, const struct apart_wish *in, bool together);

/* act_merge -- Errors  E_NOT_FOUND; E_INVALID "other_id": the same, or one of them went into another
 * already, or the other has bills and this person writes none; E_STALE */
must_use enum err act_merge(struct work *w, uint64_t keep_id, const struct merge_wish *in, struct merge *out);
/* act_merge_undo -- Errors  E_NOT_FOUND; E_STALE undone already, or merged further since: undo that first */
must_use enum err act_merge_undo(struct work *w, uint64_t batch_id, struct merge_undo *out);

#endif
