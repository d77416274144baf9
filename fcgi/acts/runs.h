/*
 * fcgi/acts/runs.h -- everybody billed at once: looked at first, with what is different from the last time.
 *
 *     draft --(reckoned, step by step)--> dry --start--> running --> done
 *                                           ^  stop  |
 *                                           +--------+   (resume is start again)
 *
 * A run is a batch, each customer one of its rows. A step is a transaction with its rows: killed, it has billed nobody
 * and comes back. A row that was done is no longer waiting, and a line that a bill took is no longer upcoming, so
 * neither a second worker nor a second run bills anything twice.
 */
#ifndef FCGI_ACTS_RUNS_H
#define FCGI_ACTS_RUNS_H

#include "domain/base/batch.h"
#include "fcgi/acts/tell_bill.h"

#define RUN_CUSTOMERS_MAX 20000
#define RUN_ROWS 200
#define RUNS_SHOWN 24

/* What a customer's bill is against the one before. */
enum run_what { RUN_SAME = 0, RUN_DIFFERENT, RUN_NEW, RUN_WHATS };
extern const char *const run_what_names[];
extern const char *const run_row_names[]; /* index: enum row_state */
extern const char *const run_state_names[]; /* index: enum batch_state */

struct run_wish {
	struct day day, until; /* the day on the documents; lines up to that day */
};

/* How a bill reaches who pays it, if nobody does anything else. */
enum run_pays { RUN_PAYS_UNKNOWN = 0, RUN_PAYS_AUTOPAY, RUN_PAYS_MAIL, RUN_PAYS_TEXT, RUN_PAYS_PAPER, RUN_PAYS };
extern const char *const run_pays_names[];

/* How much more or less a kind of line is than the last time. */
struct run_change {
	enum charge_kind kind;
	int64_t cents;
};

struct run_row {
	uint32_t n;
	uint64_t customer_id, bill_id; /* 0: not billed yet */
	struct maybe_u64 last_id;      /* the document that it is compared with */
	struct str customer, problem;
	enum row_state state;
	enum run_what what;
	enum run_pays pays;
	struct maybe_day stopped_day; /* the last one that they were served by an agreement */
	int64_t total_cents, last_cents;
	struct run_change *changes;
	size_t changes_n;
};

struct run {
	uint64_t id;
	enum batch_state state;
	struct day day, until;
	int64_t made_at;
	uint32_t total, done, wrong, held, same, different, fresh, stopped;
	int64_t sum_cents, last_cents; /* of all that are not held; of the ones before */
	struct maybe_i64 off_cents;    /* between the documents, before and now, and what the ledger has of them; 0: to the cent; none: nothing was compared */
	struct maybe_day closed_until; /* of the company's books */
	uint32_t version;
};
struct run_list {
	struct run *rows;
	size_t rows_n;
};
struct run_rows {
	struct run_row *rows;
	size_t rows_n;
	struct maybe_u32 next; /* goes into `after` */
};
enum run_show { RUN_SHOW_ALL = 0, RUN_SHOW_DIFFERENT, RUN_SHOW_NEW, RUN_SHOW_SAME, RUN_SHOW_WRONG, RUN_SHOW_HELD,
	RUN_SHOW_STOPPED, RUN_SHOWS };
extern const char *const run_show_names[];
struct run_rows_query {
	enum run_show show;
	struct maybe_u32 after;
	struct str q; /* of the customer's name; empty: everybody */
};
struct run_hold {
	uint32_t n;
	bool hold;
};

struct run_again {
	uint64_t customer_id;
};
struct run_draft_wish {
	uint32_t n;
};
struct run_draft {
	bool drawn;
};

/* The payload of the job "bill_draft". */
struct run_draft_order {
	uint64_t run_id, paper_id;
	uint32_t n;
};
extern const struct shape run_draft_order_shape;

/* The payload of the job "bill_run". */
struct run_order {
	uint64_t run_id;
	struct maybe_u64 after; /* the cursor, while it is reckoned */
};
extern const struct shape run_order_shape;

/* act_run_make -- reckon it; nothing is billed. Errors  E_INVALID "day" closed; E_STALE one is under way */
must_use enum err act_run_make(struct work *w, const struct run_wish *in, struct run *out);
/* act_run_start, act_run_stop -- Errors  E_STALE it is not there to be started or stopped */
must_use enum err act_run_start(struct work *w, uint64_t id, struct run *out);
must_use enum err act_run_stop(struct work *w, uint64_t id, struct run *out);
/* act_run_hold -- leave one customer out, or take them in again. Errors  E_STALE billed already, or it runs */
must_use enum err act_run_hold(struct work *w, uint64_t id, const struct run_hold *in, struct run *out);
/* act_run_again -- reckon one customer anew, or take them in, after what waits for them has changed. Errors  E_STALE it runs */
must_use enum err act_run_again(struct work *w, uint64_t id, const struct run_again *in, struct run *out);
must_use enum err act_run_one(struct work *w, uint64_t id, struct run *out);
must_use enum err act_runs(struct work *w, struct run_list *out);
must_use enum err act_run_rows(struct work *w, uint64_t id, const struct run_rows_query *q, struct run_rows *out);

/* act_run_step -- what the job does; it orders the next step itself */
must_use enum err act_run_step(struct work *w, const struct run_order *o);
/*
 * act_run_draft_make -- order a customer's next bill as PDF before it is one: no number, no signature, nothing is issued
 *
 * act_run_draft: is it there? act_run_draft_serve: where it lies. Its file has no row: the nightly look takes it.
 * act_run_draft_draw, act_run_drafted: for the job; nothing to draw is an empty sheet.
 *
 * Errors  E_STALE it runs, or is billed already; E_NOT_FOUND it is not drawn (yet)
 */
must_use enum err act_run_draft_make(struct work *w, uint64_t id, const struct run_draft_wish *in);
must_use enum err act_run_draft(struct work *w, uint64_t id, uint32_t n, struct run_draft *out);
struct paper_served; /* tell_sheet.h */
must_use enum err act_run_draft_serve(struct work *w, uint64_t id, uint32_t n, struct paper_served *out);
must_use enum err act_run_draft_draw(struct work *w, const struct run_draft_order *o, struct str *sheets);
must_use enum err act_run_drafted(struct work *w, const struct run_draft_order *o);

/* act_run_by_itself -- on the company's day of the month: a run that starts when it is reckoned */
must_use enum err act_run_by_itself(struct work *w);

/* For parts of this noun: what a run was asked for, what a row holds; a run, read or under its guard. */
struct run_body {
	struct day day, until;
	bool by_itself;
};
struct run_cells {
	enum run_what what;
	int64_t total_cents, last_cents;
	struct maybe_u64 bill_id, last_id;       /* what it became; what it was compared with */
	struct maybe_u64 ordered_id, draft_id;   /* the paper that was ordered last to be looked at; what was drawn */
	struct maybe_u32 pays;                   /* enum run_pays; younger than the first rows */
	struct maybe_day stopped_day;
	struct maybe_i64 off_cents;
	struct run_change *changes;
	size_t changes_n;
};
struct run_batch_row; /* sql/tenant/runs.h */
must_use enum err run_read(struct work *w, uint64_t id, struct run_batch_row *row, struct run_body *body);
must_use enum err run_opened(struct work *w, uint64_t id, struct run_batch_row *row, struct run_body *body);
must_use enum err run_cells_read(struct work *w, struct str stored, struct run_cells *out);
must_use enum err run_cells_write(struct work *w, const struct run_cells *cells, struct str *out);
/*
 * run_look -- all that a row says: the difference, how they pay, whether they have stopped, and if the ledger says so, too
 *
 * run_compare: what they are billed now, against the document before; last_day: of that one.
 * run_posted: adds to off_cents by what the ledger differs from a document of so many cents.
 * run_problem: why it cannot be billed; "" if it can
 */
struct ways; /* tell_message.h: of a bill, read once for many customers */
must_use enum err run_look(struct work *w, uint64_t customer_id, const struct run_body *body, const struct ways *ways,
    const struct upcoming_bill *u, struct run_cells *out);
must_use enum err run_compare(struct work *w, uint64_t customer_id, const struct upcoming_bill *u, struct run_cells *out,
    struct maybe_day *last_day);
must_use enum err run_posted(struct work *w, uint64_t bill_id, int64_t cents, struct run_cells *out);
const char *run_problem(const struct run_cells *cells);

#endif
