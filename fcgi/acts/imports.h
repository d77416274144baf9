/*
 * fcgi/acts/imports.h -- customers come in from a list: sent, looked at, practised, brought in, taken back.
 *
 *	draft ─► dry (practice; nothing is written on customers) ─► running ─► done ─► undoing ─► undone
 *
 * 1. The file lies sealed in `batch.sheet`; rows of the batch hold what becomes of each line, never a code.
 * 2. A step is a transaction: some rows, then the cursor (batch.done), then the order for the next step. Whoever
 *    dies in it has done nothing, and the job goes on where it was.
 * 3. Each change of mind (mapping, start, undo) has the next `run`: a step that was ordered for an older one ends.
 *
 * imports.c what people ask · imports_sheet.c the file and the stored shapes · imports_dry.c, imports_apply.c,
 * imports_undo.c the steps of the job · imports_here.c whom a step meets · imports_merge.c a row meets one of them.
 */
#ifndef FCGI_ACTS_IMPORTS_H
#define FCGI_ACTS_IMPORTS_H

#include "domain/base/words.h"
#include "domain/imports/match.h"
#include "domain/imports/order.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/import.h"
#include "sql/tenant/record.h"
#include "tenancy/work.h"

#define IMPORTS_PAGE 30
#define IMPORT_LINES_PAGE 100
#define IMPORT_ANSWERS_MAX 200
#define IMPORT_WAITING_MAX 4 /* files of one company that wait; an older one is dropped */
#define IMPORT_NAME_MAX 120
#define IMPORT_HEADER_MAX 80
#define IMPORT_SAMPLE_MAX 60

/* record_id of a row that goes to the customer of another row of the file */
#define IMPORT_FOLLOWS (UINT64_C(1) << 63)

struct import_column {
	struct str header;
	enum import_field field;
	uint32_t confidence; /* 0..100; 100 is for what a person chose */
};

/* What `batch.body` holds. */
struct import_order {
	struct str name;
	uint32_t bytes;
	enum table_encoding encoding;
	struct str delimiter;
	enum import_source source;
	enum volume_unit unit;
	enum import_policy policy;
	enum language language; /* of whoever brings it in: problems are said in it */
	uint32_t run;
	uint32_t customers, properties, pools; /* that the practice counted */
	uint32_t removed, kept;                /* by the undo */
	struct str why;                        /* it failed */
	struct import_column *columns;
	size_t columns_n;
};

struct import_change {
	struct str field, was, became;
};
#define IMPORT_CHANGES_MAX 24
#define IMPORT_CHANGE_TEXT 80

/* What `batch_row.cells` holds of a row. */
struct import_seen {
	struct str name, email, phone, street, city;
	bool pool, gate;
	enum pool_kind pool_kind;
	struct maybe_u32 volume_l;
	enum pool_surface surface;
	uint64_t by;      /* bits of enum match_by: what it shares with record_id */
	struct str other; /* whose name that is */
	struct maybe_u64 asks; /* whom it might be: somebody says */
	struct import_change *changes;
	size_t changes_n;
};
extern const struct shape import_order_shape, import_seen_shape, import_change_shape;

/* ---- what people see ---- */

struct import_view {
	struct import_batch_row row;
	struct import_order order;
	int64_t create, change, skip, wrong, ask, made, changed, undone, stayed; /* rows of each state */
	int64_t odd;                                                            /* rows with a problem */
	struct maybe_i64 undo_until;
};

struct import_list {
	struct import_view *rows; /* at most IMPORTS_PAGE; without counts of rows */
	size_t rows_n;
	struct maybe_u64 next;
};

struct import_list_query {
	struct maybe_u64 before;
};

struct import_column_view {
	struct str header;
	enum import_field field;
	uint32_t confidence;
	struct str sample; /* the first that is said; of a column of codes only that there are some */
};

struct import_columns {
	struct import_column_view *rows;
	size_t rows_n;
};

struct import_choice {
	enum import_field field;
};

struct import_mapping {
	const struct import_choice *columns; /* one for each column of the file, in its order */
	size_t columns_n;
	enum volume_unit unit;
	enum import_policy policy;
	uint32_t version;
};

struct import_lines_query {
	enum row_state state; /* 0: all */
	uint32_t after;
};

struct import_line {
	uint32_t n;
	enum row_state state;
	struct maybe_u64 record_id; /* of a customer */
	uint32_t follows;           /* the row whose customer it goes to; 0: none */
	struct str problem;
	struct import_seen seen;
};

struct import_lines {
	struct import_line *rows; /* at most IMPORT_LINES_PAGE */
	size_t rows_n;
	uint32_t next; /* goes into `after`; 0: that was all */
};

struct import_answered {
	uint32_t n;
	enum import_answer answer;
};

struct import_answers {
	const struct import_answered *rows;
	size_t rows_n;
};

struct import_version {
	uint32_t version;
};

/* Errors of all  E_NOT_FOUND; E_STALE another version; E_INVALID "state" not in this state */

must_use enum err act_imports(struct work *w, const struct import_list_query *q, struct import_list *out);
must_use enum err act_import_one(struct work *w, uint64_t id, struct import_view *out);

/*
 * act_import_begin -- a file has come: its columns are guessed, nothing is read yet
 *
 * bytes    in  at most TABLE_BYTES_MAX
 * Errors   E_INVALID "file" and what table.h says of it: every row can be read afterwards
 */
must_use enum err act_import_begin(struct work *w, struct str name, struct str bytes, uint64_t *id);

must_use enum err act_import_columns(struct work *w, uint64_t id, struct import_columns *out);

/* act_import_map -- what the columns say, kept for the next list too; the practice begins. E_INVALID "columns" */
must_use enum err act_import_map(struct work *w, uint64_t id, const struct import_mapping *in);

must_use enum err act_import_lines(struct work *w, uint64_t id, const struct import_lines_query *q,
    struct import_lines *out);

/* act_import_answer -- the same person, two people, or leave it out; E_INVALID "rows.<i>.n" a row that does not ask */
must_use enum err act_import_answer(struct work *w, uint64_t id, const struct import_answers *in);

/* act_import_start -- bring them in. E_INVALID "state": the practice is not over */
must_use enum err act_import_start(struct work *w, uint64_t id, uint32_t version);

/* act_import_undo -- take back what it made and changed, also while it runs. E_INVALID "state": 30 days are over */
must_use enum err act_import_undo(struct work *w, uint64_t id, uint32_t version);

/* act_import_drop -- forget a file that was not brought in */
must_use enum err act_import_drop(struct work *w, uint64_t id);

/* act_import_problems -- the file's rows that have one, as CSV; codes only for who may see them */
must_use enum err act_import_problems(struct work *w, uint64_t id, struct str *csv);

/* ---- what the job does ---- */

struct import_ticket {
	uint64_t batch_id;
	uint32_t run;
};
extern const struct shape import_ticket_shape;

/* act_import_step -- some rows further; more: there is another step to do (it is told already) */
must_use enum err act_import_step(struct work *w, const struct import_ticket *t, bool *more);

/* act_imports_tidy -- drop files and rows that nobody needs any more, some at a time; *again: there are more */
must_use enum err act_imports_tidy(struct work *w, bool *again);

/* ---- between the parts ---- */

/* What a step has to say of those it changed, said at its end in some statements. */
struct import_log {
	struct buf changes, events; /* JSON */
	uint64_t *touched;          /* each customer once */
	size_t touched_n;
};

/* A batch in a step, locked. */
struct import_step {
	struct import_batch_row row;
	struct import_order order;
	uint64_t next_id; /* ids of this step, one after another: chance would meet itself */
	struct import_log log;
	uint32_t at; /* the row that is written now */
};

/* A customer who is here, whole, as a row meets them. */
struct import_person {
	const struct customer_row *customer;
	const struct contact_row *contacts;
	const struct property_row *properties;
	const struct pool_row *pools;
	const struct note_row *notes;
	const struct import_tag_row *tags;
	size_t contacts_n, properties_n, pools_n, notes_n, tags_n;
};
#define IMPORT_MEETS_MAX 500
struct import_here {
	struct import_person *rows; /* by the id of their customers */
	size_t rows_n;
};
/* import_here_load -- ids: at most IMPORT_MEETS_MAX, in any order; one twice is one */
must_use enum err import_here_load(struct work *w, const uint64_t *ids, size_t n, struct import_here *out);
/* import_here_find -- NULL: there is none of that id */
const struct import_person *import_here_find(const struct import_here *h, uint64_t id);

/* The file of an import, open before its first row. */
struct import_sheet {
	struct csv_table table;
	struct mapping mapping;
	struct import_habits habits;
};

/* import_columns_guess -- what a new file's columns are: what a person once said of such a header, or a guess */
must_use enum err import_columns_guess(struct work *w, const struct csv_table *t, struct import_order *o);
/* import_locked -- the batch FOR UPDATE; E_NOT_FOUND */
must_use enum err import_locked(struct work *w, uint64_t id, struct import_step *s);
/* import_version_same -- E_STALE "version" */
must_use enum err import_version_same(struct work *w, const struct import_step *s, uint32_t version);
/* import_wrong_state -- E_INVALID "state": what was asked is no longer possible */
must_use enum err import_wrong_state(struct work *w);
/* import_go_on -- saved, and its next step ordered */
must_use enum err import_go_on(struct work *w, struct import_step *s);
uint64_t import_id(struct import_step *s);
must_use enum err import_order_read(struct work *w, struct str body, struct import_order *out);
must_use enum err import_save(struct work *w, struct import_step *s);
/* import_sheet_open -- E_NOT_FOUND "file": it is no longer here */
must_use enum err import_sheet_open(struct work *w, uint64_t id, const struct import_order *o, struct import_sheet *out);
/* import_row_next -- the next row of the file as it is read; *whole false: it says nothing, `f` why */
must_use enum err import_row_next(struct work *w, struct import_sheet *s, struct table_row *row,
    struct import_values *v, bool *whole, struct fault *f);
void import_prints(const struct import_values *v, uint64_t print[MATCH_BYS]);

must_use enum err import_dry_step(struct work *w, struct import_step *s);
must_use enum err import_apply_step(struct work *w, struct import_step *s);
must_use enum err import_undo_step(struct work *w, struct import_step *s);

/*
 * import_merge -- a row meets a customer who is here: what it would change, or (write) changes it
 *
 * list     out  at most IMPORT_CHANGES_MAX
 * archived out  the customer is in the archive: nothing is changed
 */
struct import_changes {
	struct import_change list[IMPORT_CHANGES_MAX];
	size_t n;
	bool archived;
	struct str name;
};
must_use enum err import_merge(struct work *w, struct import_step *s, const struct import_person *person,
    const struct import_values *v, bool write, struct import_changes *out);
/* import_log_write -- what the merges of this step changed: log, timeline, search, what technicians read */
must_use enum err import_log_write(struct work *w, struct import_step *s);

#endif
