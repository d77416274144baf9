/*
 * fcgi/acts/runs.c -- load, decide, save, tell: everybody billed at once.
 */
#include "fcgi/acts/runs.h"

#include <assert.h>

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_message.h"
#include "sql/tenant/queries/runs.h"

#define RECKONED_STEP 100 /* LIMIT of run_customers */
#define BILLED_STEP   25  /* LIMIT of run_waiting, and what one paper order holds */
#define BILLED_A_SECOND 10 /* slower than any machine: papers wait for the last bill, not for this */
#define CHANGES_MAX   CHARGE_KINDS
#define CELLS_MAX     4000

const char *const run_what_names[] = {"same", "different", "new", NULL};
const char *const run_pays_names[] = {"unknown", "autopay", "email", "text", "paper", NULL};
const char *const run_show_names[] = {"all", "different", "new", "same", "wrong", "held", "stopped", NULL};
const char *const run_row_names[] = {"", "waiting", "create", "change", "held", "wrong", "done", "undone", "ask", "made",
    "kept", NULL};
const char *const run_state_names[] = {"", "draft", "dry", "running", "done", "undoing", "undone", "failed", NULL};
static_assert(sizeof(run_row_names) / sizeof(char *) == ROW_STATES + 1, "each has its name");
static_assert(sizeof(run_state_names) / sizeof(char *) == BATCH_STATES + 1, "each has its name");

/* batch.body */
static const struct field run_body_fields[] = {
	FIELD_DAY(struct run_body, day),
	FIELD_DAY(struct run_body, until),
	FIELD_BOOL(struct run_body, by_itself),
	FIELD_END
};
static const struct shape run_body_shape = {"RunBody", sizeof(struct run_body), run_body_fields};

/* batch_row.cells */
static const struct field run_change_fields[] = {
	FIELD_ENUM(struct run_change, kind, charge_kind_names),
	FIELD_INT(struct run_change, cents, -CENTS_MAX, CENTS_MAX),
	FIELD_END
};
static const struct shape run_change_shape = {"RunChangeKept", sizeof(struct run_change), run_change_fields};
static const struct field run_cells_fields[] = {
	FIELD_ENUM(struct run_cells, what, run_what_names),
	FIELD_INT(struct run_cells, total_cents, -CENTS_MAX, CENTS_MAX),
	FIELD_INT(struct run_cells, last_cents, -CENTS_MAX, CENTS_MAX),
	FIELD_MAYBE_ID(struct run_cells, bill_id),
	FIELD_MAYBE_ID(struct run_cells, last_id),
	FIELD_MAYBE_ID(struct run_cells, ordered_id),
	FIELD_MAYBE_ID(struct run_cells, draft_id),
	FIELD_MAYBE_INT(struct run_cells, pays, 0, RUN_PAYS - 1),
	FIELD_MAYBE_DAY(struct run_cells, stopped_day),
	FIELD_MAYBE_INT(struct run_cells, off_cents, -CENTS_MAX, CENTS_MAX),
	FIELD_LIST(struct run_cells, changes, changes_n, &run_change_shape, CHANGES_MAX),
	FIELD_END
};
static const struct shape run_cells_shape = {"RunCells", sizeof(struct run_cells), run_cells_fields};

static const struct field run_order_fields[] = {
	FIELD_ID(struct run_order, run_id), FIELD_MAYBE_ID(struct run_order, after), FIELD_END};
const struct shape run_order_shape = {"RunOrder", sizeof(struct run_order), run_order_fields};

static enum err make(struct work *w, const struct run_body *body, uint64_t *id);
static enum err reckon_step(struct work *w, const struct run_batch_row *row, const struct run_body *body,
    uint64_t after);
static enum err bill_step(struct work *w, const struct run_batch_row *row, const struct run_body *body);
static enum err bill_one(struct work *w, const struct run_body *body, const struct run_waiting_row *row, uint64_t batch,
    struct paper_order *mailed, struct paper_order *kept, bool *done);
static enum err settle(struct work *w, uint64_t batch, const struct run_waiting_row *row, enum row_state state,
    const char *problem, const struct run_cells *cells);
static enum err shown(struct work *w, const struct run_batch_row *row, struct maybe_day closed_until, struct run *out);

enum err
act_run_make(struct work *w, const struct run_wish *in, struct run *out)
{
	const struct run_body body = {in->day, in->until, false};
	struct billing b;
	uint64_t id;

	TRY(billing_read(w, &b));
	if (b.closed_until.is && in->day.n <= b.closed_until.v.n)
		return fail(&w->fault, E_INVALID, "day", "This day lies in a period that is closed.");
	TRY(make(w, &body, &id));
	return act_run_one(w, id, out);
}

static enum err
make(struct work *w, const struct run_body *body, uint64_t *id)
{
	struct buf text = buf_open(w->arena, 200, 400);
	struct run_batch_row *rows;
	size_t n;

	TRY(sql_runs_recent(w->db, BATCH_BILLS, w->arena, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].state == BATCH_DRAFT || rows[i].state == BATCH_RUNNING)
			return fail(&w->fault, E_STALE, NULL, "A run is under way. Stop it, or wait until it is done.");
	*id = work_id(w);
	shape_write(&run_body_shape, body, &text);
	TRY(sql_run_insert(w->db, *id, BATCH_BILLS, BATCH_DRAFT, w->actor.kind == ACTOR_STAFF ? w->actor.id : 0, w->now,
	    buf_str(&text)));
	TRY(audit(w, "run.made", "batch", *id, STR("")));
	return tell(w, "bill_run", &run_order_shape, &(struct run_order){*id, {0}});
}

enum err
act_run_by_itself(struct work *w)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct civil is, next;
	struct billing b;
	uint64_t id;

	TRY(billing_read(w, &b));
	day_civil(today, &is);
	day_civil(day_add(today, 1), &next);
	/* Where a month is shorter, on its last day. */
	if (b.run_mday.v == 0 || (is.mday != b.run_mday.v && !(next.month != is.month && is.mday < b.run_mday.v)))
		return OK;
	if (b.closed_until.is && today.n <= b.closed_until.v.n)
		return OK;
	return make(w, &(struct run_body){today, today, true}, &id);
}

enum err
act_run_start(struct work *w, uint64_t id, struct run *out)
{
	struct run_batch_row row;
	struct run_body body;
	struct billing b;

	TRY(run_opened(w, id, &row, &body));
	if (row.state != BATCH_DRY)
		return fail(&w->fault, E_STALE, NULL, "This run cannot be started now. Reload and look again.");
	TRY(billing_read(w, &b));
	if (b.closed_until.is && body.day.n <= b.closed_until.v.n)
		return fail(&w->fault, E_INVALID, "day", "This day lies in a period that is closed.");
	TRY(sql_run_move(w->db, id, BATCH_RUNNING, row.total, row.done, row.failed, (struct maybe_i64){0}, row.version));
	TRY(audit(w, "run.started", "batch", id, STR("")));
	TRY(tell(w, "bill_run", &run_order_shape, &(struct run_order){id, {0}}));
	return act_run_one(w, id, out);
}

enum err
act_run_stop(struct work *w, uint64_t id, struct run *out)
{
	struct run_batch_row row;
	struct run_body body;

	TRY(run_opened(w, id, &row, &body));
	if (row.state != BATCH_RUNNING)
		return fail(&w->fault, E_STALE, NULL, "This run does not run. Reload and look again.");
	TRY(sql_run_move(w->db, id, BATCH_DRY, row.total, row.done, row.failed, (struct maybe_i64){0}, row.version));
	TRY(tell_hurry(w, "paper"));
	TRY(audit(w, "run.stopped", "batch", id, STR("")));
	return act_run_one(w, id, out);
}

enum err
act_run_hold(struct work *w, uint64_t id, const struct run_hold *in, struct run *out)
{
	struct run_found_row line;
	struct run_batch_row row;
	struct run_body body;
	enum err e;

	TRY(run_opened(w, id, &row, &body));
	if (row.state != BATCH_DRY)
		return fail(&w->fault, E_STALE, NULL, "Stop the run first.");
	TRY(sql_run_row_one(w->db, id, in->n, w->arena, &line));
	e = sql_run_row_settle(w->db, id, in->n, in->hold ? ROW_WAITING : ROW_SKIP, in->hold ? ROW_SKIP : ROW_WAITING, STR(""),
	    line.cells);
	/* What was wrong, or changed after somebody looked, is taken in again as it is now. */
	if (e == E_STALE && !in->hold)
		e = sql_run_row_settle(w->db, id, in->n, ROW_WRONG, ROW_WAITING, STR(""), line.cells);
	if (e == E_STALE)
		return fail(&w->fault, E_STALE, NULL, "This customer is billed already. Reload and look again.");
	TRY(e);
	TRY(sql_run_move(w->db, id, BATCH_DRY, row.total, row.done, row.failed, (struct maybe_i64){0}, row.version));
	return act_run_one(w, id, out);
}

enum err
act_run_one(struct work *w, uint64_t id, struct run *out)
{
	struct run_batch_row row;
	struct billing b;

	TRY(sql_run_one(w->db, id, BATCH_BILLS, w->arena, &row));
	TRY(billing_read(w, &b));
	return shown(w, &row, b.closed_until, out);
}

enum err
act_runs(struct work *w, struct run_list *out)
{
	struct run_batch_row *rows;
	struct billing b;

	TRY(billing_read(w, &b));
	TRY(sql_runs_recent(w->db, BATCH_BILLS, w->arena, &rows, &out->rows_n));
	out->rows = arena_array(w->arena, struct run, out->rows_n + 1);
	for (size_t i = 0; i < out->rows_n; i++)
		TRY(shown(w, &rows[i], b.closed_until, &out->rows[i]));
	return OK;
}

static enum err
shown(struct work *w, const struct run_batch_row *row, struct maybe_day closed_until, struct run *out)
{
	struct run_count_row *counts;
	struct run_body body;
	size_t n;

	TRY(shape_read(&run_body_shape, row->body, w->arena, &body, &w->fault));
	*out = (struct run){.id = row->id, .state = row->state, .day = body.day, .until = body.until,
	    .made_at = row->made_at, .total = row->total, .closed_until = closed_until, .version = row->version};
	TRY(sql_run_counts(w->db, row->id, w->arena, &counts, &n));
	for (size_t i = 0; i < n; i++) {
		const uint32_t number = (uint32_t)counts[i].number;

		out->done += counts[i].state == ROW_DONE ? number : 0;
		out->wrong += counts[i].state == ROW_WRONG ? number : 0;
		out->held += counts[i].state == ROW_SKIP ? number : 0;
		out->same += counts[i].what == RUN_SAME ? number : 0;
		out->different += counts[i].what == RUN_DIFFERENT ? number : 0;
		out->fresh += counts[i].what == RUN_NEW ? number : 0;
		out->stopped += (uint32_t)counts[i].stopped;
		out->off_cents = (struct maybe_i64){out->off_cents.is || counts[i].compared > 0, out->off_cents.v + counts[i].off_cents};
		if (counts[i].state == ROW_SKIP)
			continue;
		out->sum_cents += counts[i].cents;
		out->last_cents += counts[i].last_cents;
	}
	return OK;
}

enum err
act_run_rows(struct work *w, uint64_t id, const struct run_rows_query *q, struct run_rows *out)
{
	static const char *const whats[RUN_SHOWS] = {"", "different", "new", "same", "", "", ""};
	const enum row_state state = q->show == RUN_SHOW_WRONG ? ROW_WRONG : q->show == RUN_SHOW_HELD ? ROW_SKIP : 0;
	struct run_batch_row row;
	struct run_row_row *rows;
	size_t n;

	TRY(sql_run_one(w->db, id, BATCH_BILLS, w->arena, &row));
	TRY(sql_run_rows_of(w->db, id, q->after.is ? q->after.v : 0, str_of(whats[q->show]), (uint32_t)state,
	    q->show == RUN_SHOW_STOPPED, q->q, w->arena, &rows, &n));
	*out = (struct run_rows){.rows = arena_array(w->arena, struct run_row, n + 1)};
	for (size_t i = 0; i < n && i < RUN_ROWS; i++) {
		struct run_cells c;

		TRY(run_cells_read(w, rows[i].cells, &c));
		out->rows[out->rows_n++] = (struct run_row){rows[i].n, rows[i].customer_id, c.bill_id.is ? c.bill_id.v : 0, c.last_id, rows[i].customer,
		    rows[i].problem.n > 0 ? str_of(words_say(w->actor.language, str_copy(w->arena, rows[i].problem).p)) : STR(""),
		    rows[i].state, c.what, (enum run_pays)(c.pays.is ? c.pays.v : RUN_PAYS_UNKNOWN), c.stopped_day, c.total_cents, c.last_cents, c.changes, c.changes_n};
	}
	if (n > RUN_ROWS)
		out->next = (struct maybe_u32){true, rows[RUN_ROWS - 1].n};
	return OK;
}

enum err
act_run_step(struct work *w, const struct run_order *o)
{
	struct run_batch_row row;
	struct run_body body;

	TRY(run_opened(w, o->run_id, &row, &body));
	if (row.state == BATCH_DRAFT)
		return reckon_step(w, &row, &body, o->after.is ? o->after.v : 0);
	return row.state == BATCH_RUNNING ? bill_step(w, &row, &body) : OK; /* stopped */
}

enum err
run_read(struct work *w, uint64_t id, struct run_batch_row *row, struct run_body *body)
{
	TRY(sql_run_one(w->db, id, BATCH_BILLS, w->arena, row));
	return shape_read(&run_body_shape, row->body, w->arena, body, &w->fault);
}

enum err
run_opened(struct work *w, uint64_t id, struct run_batch_row *row, struct run_body *body)
{
	TRY(sql_run_for_update(w->db, id, BATCH_BILLS, w->arena, row));
	return shape_read(&run_body_shape, row->body, w->arena, body, &w->fault);
}

static enum err
reckon_step(struct work *w, const struct run_batch_row *row, const struct run_body *body, uint64_t after)
{
	struct run_customer_row *rows;
	enum batch_state state = BATCH_DRAFT;
	uint32_t failed = row->failed;
	struct ways ways;
	bool last;
	size_t n;

	TRY(tell_ways(w, OCCASION_BILL, &ways));
	TRY(sql_run_customers(w->db, after, body->until, w->arena, &rows, &n));
	last = n < RECKONED_STEP || row->total + n >= RUN_CUSTOMERS_MAX;
	for (size_t i = 0; i < n; i++) {
		const char *problem;
		struct upcoming_bill u;
		struct run_cells cells;
		struct str text;

		TRY(upcoming_bill(w, rows[i].id, body->until, &u));
		TRY(run_look(w, rows[i].id, body, &ways, &u, &cells));
		problem = run_problem(&cells);
		failed += *problem != '\0' ? 1 : 0;
		TRY(run_cells_write(w, &cells, &text));
		TRY(sql_run_row_insert(w->db, row->id, row->total + (uint32_t)i + 1, *problem != '\0' ? ROW_WRONG : ROW_WAITING,
		    rows[i].id, str_of(problem), text));
	}
	if (last)
		state = body->by_itself ? BATCH_RUNNING : BATCH_DRY;
	TRY(sql_run_move(w->db, row->id, state, row->total + (uint32_t)n, row->done, failed, (struct maybe_i64){0},
	    row->version));
	TRY(tell_live(w));
	if (state == BATCH_DRY)
		return OK;
	return tell(w, "bill_run", &run_order_shape, &(struct run_order){row->id, {true, n > 0 ? rows[n - 1].id : after}});
}

static enum err
bill_step(struct work *w, const struct run_batch_row *row, const struct run_body *body)
{
	struct paper_order mailed = {.why = PAPER_ISSUED}, kept = {.why = PAPER_KEPT};
	uint32_t done = row->done, failed = row->failed;
	struct run_waiting_row *rows;
	size_t n;

	mailed.ids = arena_array(w->arena, struct paper_id, BILLED_STEP);
	kept.ids = arena_array(w->arena, struct paper_id, BILLED_STEP);
	TRY(sql_run_waiting(w->db, row->id, ROW_WAITING, w->arena, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		bool billed;

		TRY(bill_one(w, body, &rows[i], row->id, &mailed, &kept, &billed));
		done += billed ? 1 : 0;
		failed += billed ? 0 : 1;
	}
	TRY(sql_run_move(w->db, row->id, n == 0 ? BATCH_DONE : BATCH_RUNNING, row->total, done, failed,
	    (struct maybe_i64){n == 0, w->now}, row->version));
	TRY(tell_live(w));
	/* Drawn when everybody is billed or the run is stopped: a worker that draws bills nobody. By itself at last, too. */
	const int64_t rest = (int64_t)row->total - done - failed; /* who was taken in again is counted twice */
	const int64_t at = w->now + (rest > 0 ? rest / BILLED_A_SECOND : 0);

	if (mailed.ids_n > 0)
		TRY(tell_later(w, "paper", &paper_order_shape, &mailed, at));
	if (kept.ids_n > 0)
		TRY(tell_later(w, "paper", &paper_order_shape, &kept, at));
	if (n == 0)
		return tell_hurry(w, "paper");
	return tell(w, "bill_run", &run_order_shape, &(struct run_order){row->id, {0}});
}

/* Exactly what somebody looked at: what has changed since is not billed, but shown. */
static enum err
bill_one(struct work *w, const struct run_body *body, const struct run_waiting_row *row, uint64_t batch,
    struct paper_order *mailed, struct paper_order *kept, bool *done)
{
	struct run_cells was, is;
	struct upcoming_bill u;
	struct paper_order *to;
	struct maybe_day last;
	struct bill_row bill;

	*done = false;
	TRY(run_cells_read(w, row->cells, &was));
	TRY(upcoming_bill(w, row->record_id, body->until, &u));
	TRY(run_compare(w, row->record_id, &u, &is, &last));
	is.pays = was.pays;
	is.stopped_day = was.stopped_day;
	is.off_cents = was.off_cents;
	if (u.n == 0)
		return settle(w, batch, row, ROW_WRONG, "Nothing waits any more: somebody has billed it.", &is);
	if (is.total_cents < 0)
		return settle(w, batch, row, ROW_WRONG, run_problem(&is), &is);
	if (is.total_cents != was.total_cents)
		return settle(w, batch, row, ROW_WRONG, "It changed after you looked. Look again, then take it in.", &is);
	bill = (struct bill_row){.id = work_id(w), .kind = u.rules.shows, .state = BILL_DRAFT, .customer_id = row->record_id,
	    .day = body->day, .due_day = day_add(body->day, (int32_t)u.rules.due_days), .title = STR(""), .note = STR(""),
	    .version = 1};
	TRY(bill_issue(w, &bill, &u));
	is.bill_id = (struct maybe_u64){true, bill.id};
	TRY(run_posted(w, bill.id, is.total_cents, &is));
	to = u.rules.mails.v ? mailed : kept;
	to->ids[to->ids_n++] = (struct paper_id){bill.id};
	*done = true;
	return settle(w, batch, row, ROW_DONE, "", &is);
}

static enum err
settle(struct work *w, uint64_t batch, const struct run_waiting_row *row, enum row_state state, const char *problem,
    const struct run_cells *cells)
{
	struct str text;

	TRY(run_cells_write(w, cells, &text));
	return sql_run_row_settle(w->db, batch, row->n, ROW_WAITING, state, str_of(problem), text);
}

enum err
run_cells_read(struct work *w, struct str stored, struct run_cells *out)
{
	return shape_read(&run_cells_shape, stored, w->arena, out, &w->fault);
}

enum err
run_cells_write(struct work *w, const struct run_cells *cells, struct str *out)
{
	struct buf b = buf_open(w->arena, 200, CELLS_MAX);

	shape_write(&run_cells_shape, cells, &b);
	*out = buf_str(&b);
	return b.full ? fail(&w->fault, E_BUG, NULL, NULL) : OK;
}
