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
 * A later table with a customer_id adds itself to `merge_movers` in merges_look.c; tests/rows/merges_test.c finds one that did not.
 */
#ifndef FCGI_ACTS_MERGES_H
#define FCGI_ACTS_MERGES_H

#include "domain/customers/field.h"
#include "domain/customers/likeness.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/batch.h"
#include "sql/tenant/record.h"
#include "tenancy/work.h"

#define DUPLICATES_SHOWN 50
#define APARTS_MAX 5000
#define MERGE_FIELDS_MAX 12
#define MERGE_MOVERS 10 /* kinds of things that hang on a customer */
#define MERGE_MOVES_MAX (MERGE_MOVERS + 1) /* and pools, with their property */

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

/* ---- between the parts ---- */

#define MERGE_CELLS_MAX 60000
#define MERGE_OWN_MAX 25000 /* of the column `own`, so that both fit a part's cells; longer ones are left as they are */

/* What hangs on a customer by its own customer_id; ids NULL: merge_moving says whose. */
struct merge_mover {
	enum record_kind kind;
	enum err (*ids)(struct tdb *db, uint64_t customer_id, struct arena *a, struct person_id_row **rows, size_t *n);
	enum err (*give)(struct tdb *db, struct str ids, uint64_t giver, uint64_t taker, uint64_t *changed);
};
extern const struct merge_mover merge_movers[MERGE_MOVERS];

/* A part of the batch: what moved, or one field that was filled, or one tag that was added. */
struct merge_part {
	enum record_kind kind; /* none: a field */
	struct str ids;        /* "[1,2]" of what moved */
	struct str field, was, became;
};
extern const struct shape merge_part_shape;

/* Both rows, what the one becomes, and the batch under way. */
struct merging {
	struct customer_row keep, lose, is;
	struct str keep_took, lose_took;
	uint64_t batch;
	uint32_t parts;
};

/* merge_look -- both rows are read, and what the merge would do; nothing is written */
must_use enum err merge_look(struct work *w, uint64_t keep_id, uint64_t lose_id, struct merging *m, struct merge *out);
/* merge_moving -- whose ids move; *same: contacts, certificates and rules that are there already stay where they are */
must_use enum err merge_moving(struct work *w, const struct merging *m, const struct merge_mover *v,
    struct person_id_row **rows, size_t *n, uint32_t *same);
/* merge_own -- the company's own fields of both; *n = 0: the one lacks nothing that the other has */
must_use enum err merge_own(struct work *w, const struct merging *m, struct own_value **all, size_t *n);
/* merge_money_may -- E_INVALID "other_id": there are bills, and this person writes none */
must_use enum err merge_money_may(struct work *w, const struct merge_money_row *money);
must_use enum err merge_money_move(struct work *w, const struct merging *m, uint64_t from, uint64_t to);
must_use enum err merge_keep_save(struct work *w, const struct customer_row *c, struct str took);
/* merge_owners -- the other, and whom it had taken in: "[1,2]" */
struct str merge_owners(struct work *w, const struct merging *m);

#endif
