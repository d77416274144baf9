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
	int64_t total_cents, last_cents;
	struct run_change *changes;
	size_t changes_n;
};

struct run {
	uint64_t id;
	enum batch_state state;
	struct day day, until;
	int64_t made_at;
	uint32_t total, done, wrong, held, same, different, fresh;
	int64_t sum_cents, last_cents; /* of all that are not held; of the ones before */
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
enum run_show { RUN_SHOW_ALL = 0, RUN_SHOW_DIFFERENT, RUN_SHOW_NEW, RUN_SHOW_SAME, RUN_SHOW_WRONG, RUN_SHOW_HELD, RUN_SHOWS };
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
must_use enum err act_run_one(struct work *w, uint64_t id, struct run *out);
must_use enum err act_runs(struct work *w, struct run_list *out);
must_use enum err act_run_rows(struct work *w, uint64_t id, const struct run_rows_query *q, struct run_rows *out);

/* act_run_step -- what the job does; it orders the next step itself */
must_use enum err act_run_step(struct work *w, const struct run_order *o);
/* act_run_by_itself -- on the company's day of the month: a run that starts when it is reckoned */
must_use enum err act_run_by_itself(struct work *w);

#endif
