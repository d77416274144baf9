/*
 * fcgi/acts/edits.h -- one change to many customers: looked at first, done as one, undone as one.
 *
 * Looking and doing are the same walk; only its last step writes. Undoing writes only over what the edit itself
 * left there: a field that somebody changed since stays as they left it, and is counted and named.
 *
 * A few are changed in the request itself. More are a job: the rows that will change are written down as waiting, and
 * each step changes some, moves the cursor and orders the next; whoever dies in it has done nothing. Both ways.
 *
 *	running ─► done ─► undoing ─► undone          (undone while it runs: what waits stays as it is)
 *
 * edits.c what people ask · edits_part.c one change of one record, looked at, written, put back · edits_steps.c the job.
 */
#ifndef FCGI_ACTS_EDITS_H
#define FCGI_ACTS_EDITS_H

#include "fcgi/http/shape.h"
#include "sql/tenant/batch.h"
#include "tenancy/work.h"

#define EDIT_CUSTOMERS_MAX 2000  /* named in a request */
#define EDIT_MATCHING_MAX 50000  /* that match a filter */
#define EDIT_PARTS_MAX 60000     /* properties may be more than customers */
#define EDIT_AT_ONCE 200         /* more are a job */
#define EDIT_STEP 100
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
	EDIT_SALE,  /* likewise: fcgi/acts/properties.h */
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
	struct maybe_i64 expect;  /* how many would change as it was shown; another number is E_STALE */
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
	bool running;            /* a job does it: act_edit_one says how far it is */
	struct edit_line *rows; /* those that change first, then the refused ones; EDIT_SHOWN at most */
	size_t rows_n;
};

struct edit_undo {
	uint32_t undone, left;
	bool running;            /* a job takes it back */
	struct edit_line *rows; /* what stays, because somebody changed it since; EDIT_SHOWN at most */
	size_t rows_n;
};

/* A big act in the list of the last ones. */
struct edits_line {
	uint64_t id;
	enum batch_kind kind;
	enum batch_state state;
	int64_t made_at;
	struct maybe_str staff_name;
	uint32_t total, done, failed; /* failed: refused, or left by the undo */
	struct maybe_i64 undone_at;
	enum edit_what what;
	struct str value;    /* of a merge: who went into whom */
};

struct edits {
	struct edits_line *rows;
	size_t rows_n;
	struct maybe_u64 next;
};

/* One of them, and what was refused or stays. */
struct edit_view {
	struct edits_line line;
	struct edit_line *rows; /* EDIT_SHOWN at most */
	size_t rows_n;
};

struct edits_query {
	struct maybe_u64 before;
};

/* act_edit -- Errors  E_INVALID "value" "tech_id" "ids" nobody changes; E_STALE `expect`; E_LIMIT EDIT_PARTS_MAX */
must_use enum err act_edit(struct work *w, const struct edit_wish *in, struct edit *out);
/* act_edit_undo -- Errors  E_NOT_FOUND; E_STALE undone already */
must_use enum err act_edit_undo(struct work *w, uint64_t batch_id, struct edit_undo *out);
must_use enum err act_edit_one(struct work *w, uint64_t batch_id, struct edit_view *out);
must_use enum err act_edits(struct work *w, const struct edits_query *q, struct edits *out);

/* ---- what the job does ---- */

struct edit_ticket {
	uint64_t batch_id;
	bool undo;
};
extern const struct shape edit_ticket_shape;

/* act_edit_step -- some records further; the next step is ordered already. An order for what is over ends. */
must_use enum err act_edit_step(struct work *w, const struct edit_ticket *t);

/* ---- between the parts ---- */

/* One field of one record: what it is and what it becomes. */
struct edit_part {
	const struct customer_row *customer;
	struct edit_property_row property; /* of EDIT_TECHNICIAN */
	struct str was, becomes;
	struct str problem;
};

struct edit_body {
	enum edit_what what;
	struct str value;
};
extern const struct shape edit_body_shape;

/* edit_look -- ids: "[1,2]" of customers; places: of properties (EDIT_TECHNICIAN) */
must_use enum err edit_look(struct work *w, enum edit_what what, struct str value, struct str ids, bool places,
    struct edit_part **parts, size_t *n);
/* edit_do -- change it and say so; *cells: what its row keeps, to put it back */
must_use enum err edit_do(struct work *w, const struct edit_body *body, uint64_t batch, int64_t made_at,
    struct edit_part *p, struct str *cells);
/* edit_put_back -- *done false: somebody decided since, and `line` says what stays */
must_use enum err edit_put_back(struct work *w, const struct batch_row *b, const struct edit_body *body,
    const struct batch_part_row *row, struct edit_line *line, bool *done);
uint64_t edit_record(enum edit_what what, const struct edit_part *p);
/* edit_tech_text -- as an edit stores a technician: the letters of the id, or nothing */
struct str edit_tech_text(struct work *w, struct maybe_u64 tech);

#endif
