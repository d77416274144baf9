/*
 * fcgi/acts/edits.h -- one change to many customers: looked at first, done as one, undone as one.
 *
 * Looking and doing are the same walk; only its last step writes. Undoing writes only over what the edit itself
 * left there: a field that somebody changed since stays as they left it, and is counted and named.
 */
#ifndef FCGI_ACTS_EDITS_H
#define FCGI_ACTS_EDITS_H

#include "sql/tenant/batch.h"
#include "tenancy/work.h"

#define EDIT_CUSTOMERS_MAX 2000
#define EDIT_PARTS_MAX 4000 /* properties may be more than customers */
#define EDIT_SHOWN 200      /* lines of an answer; the counts are of all */
#define EDITS_PAGE 20

enum edit_what {
	EDIT_TAG = 1,
	EDIT_UNTAG,
	EDIT_LANGUAGE,
	EDIT_KIND,
	EDIT_SOURCE,
	EDIT_TECHNICIAN, /* whom their properties usually see */
	EDIT_ARCHIVE,
	EDIT_RESTORE,
	EDIT_MERGE, /* in the list of big acts alone: fcgi/acts/merges.h makes them */
	EDIT_WHATS
};
extern const char *const edit_what_names[];

struct edit_wish {
	struct person_id_row *ids;
	size_t ids_n;
	enum edit_what what;
	struct str value;         /* the tag, "en", "business", where they came from */
	struct maybe_u64 tech_id; /* of EDIT_TECHNICIAN; absent: nobody in particular */
	bool dry;
};

struct edit_line {
	uint64_t customer_id;
	struct str name, was, becomes;
	bool changes;
	struct str problem; /* why not; "" none */
};

struct edit {
	struct maybe_u64 batch_id; /* absent: nothing was written */
	uint32_t changed, same, refused;
	struct edit_line *rows; /* those that change first, then the refused ones; EDIT_SHOWN at most */
	size_t rows_n;
};

struct edit_undo {
	uint32_t undone, left;
	struct edit_line *rows; /* what stays, because somebody changed it since; EDIT_SHOWN at most */
	size_t rows_n;
};

/* A big act in the list of the last ones. */
struct edits_line {
	uint64_t id;
	enum batch_kind kind;
	int64_t made_at;
	struct maybe_str staff_name;
	uint32_t total, failed;
	struct maybe_i64 undone_at;
	enum edit_what what;
	struct str value;    /* of a merge: who went into whom */
};

struct edits {
	struct edits_line *rows;
	size_t rows_n;
	struct maybe_u64 next;
};

struct edits_query {
	struct maybe_u64 before;
};

/* act_edit -- Errors  E_INVALID "value" "tech_id" "ids" nobody changes */
must_use enum err act_edit(struct work *w, const struct edit_wish *in, struct edit *out);
/* act_edit_undo -- Errors  E_NOT_FOUND; E_STALE undone already */
must_use enum err act_edit_undo(struct work *w, uint64_t batch_id, struct edit_undo *out);
must_use enum err act_edits(struct work *w, const struct edits_query *q, struct edits *out);

#endif
