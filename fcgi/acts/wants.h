/*
 * fcgi/acts/wants.h -- jobs: what they want and what that costs, the list to shop by, and work that nobody pays.
 */
#ifndef FCGI_ACTS_WANTS_H
#define FCGI_ACTS_WANTS_H

#include "domain/billing/price.h"
#include "sql/tenant/quotes.h"
#include "tenancy/work.h"

#define WANTS_MAX 500
#define SHOPPING_PAGE 1000 /* parts of one look */
#define SHOPPING_MAX 10000 /* of a table to take away */
#define JOBS_PAGE 200 /* jobs of one look; the next look goes on behind the last */
#define JOBS_MAX 5000 /* of a table to take away */
#define FREE_PAGE 500      /* free jobs of one look */
#define FREE_MAX 10000     /* of a table to take away */
#define JOBS_WINDOW_DAYS 366

struct want_wish {
	enum charge_kind kind; /* PART, LABOUR, ITEM */
	struct maybe_u64 item_id;
	struct str text;
	int64_t quantity_milli, unit_cents;
	struct str tax_code;
};
struct job_page {
	uint64_t visit_id;
	enum visit_free free;
	struct job_line_row *lines;
	size_t lines_n;
	int64_t net_cents, cost_cents;
	struct maybe_str signed_by; /* who put their name under it at the door, when, and the picture */
	struct maybe_i64 signed_at;
	struct maybe_u64 signature_id;
	struct maybe_u64 quote_id; /* the offer that became this job, and who said yes to it */
	struct str quote, approved_by;
	struct maybe_i64 approved_at;
	uint32_t version; /* of the visit */
};
struct shopping_page {
	struct shopping_row *rows;
	size_t rows_n;
	bool more; /* there are more than stand here */
};
struct job_list {
	struct job_row *rows;
	size_t rows_n;
	struct maybe_day next_day; /* where the next look begins; none: that was all */
	struct maybe_u64 next_id;
};
struct free_list {
	struct free_job_row *rows;
	size_t rows_n;
	int64_t cost_cents, minutes; /* of all of them, also of those that are not here */
	bool more;
};
struct days_query {
	struct day from, to;
};
struct jobs_query {
	struct day from, to;
	struct str q; /* a part of the customer's name, the street or the service; empty: all */
	struct maybe_day after_day;
	struct maybe_u64 after_id;
};
struct shopping_query {
	struct maybe_u64 customer_id;
};
struct want_step {
	enum got got;
};
struct job_free {
	enum visit_free free;
	uint32_t version;
};

must_use enum err act_job(struct work *w, uint64_t visit_id, struct job_page *out);
/*
 * act_want_make -- a line that the job will need; on the technician's phone at once
 *
 * Errors  E_INVALID "kind" "item_id"; E_STALE the visit is over
 */
must_use enum err act_want_make(struct work *w, uint64_t visit_id, const struct want_wish *in, struct job_page *out);
/* act_want_step -- needed, bought, on the van, installed. Errors  E_STALE it is installed, or on a bill */
must_use enum err act_want_step(struct work *w, uint64_t id, const struct want_step *in, struct job_page *out);
must_use enum err act_want_drop(struct work *w, uint64_t id, uint32_t version, struct job_page *out);
/*
 * act_job_free -- under a warranty, a go-back, or charged after all: what waits for the next bill follows
 *
 * Errors  E_STALE changed meanwhile; E_INVALID "free": it is on a bill already
 */
must_use enum err act_job_free(struct work *w, uint64_t visit_id, const struct job_free *in, struct job_page *out);

/* act_jobs -- the first `most` (JOBS_PAGE, JOBS_MAX) of them by day, or those behind `after`. Errors  E_INVALID "to" */
must_use enum err act_jobs(struct work *w, const struct jobs_query *q, size_t most, struct job_list *out);
/* act_free_jobs -- the last `most` (FREE_PAGE, FREE_MAX) of them, and what all of them cost. Errors  E_INVALID "to" */
must_use enum err act_free_jobs(struct work *w, const struct days_query *q, uint32_t most, struct free_list *out);
/* The first `most` (SHOPPING_PAGE, SHOPPING_MAX) by day, and whether there are more. */
must_use enum err act_shopping(struct work *w, const struct shopping_query *q, uint32_t most, struct shopping_page *out);

#endif
