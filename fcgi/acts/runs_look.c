/*
 * fcgi/acts/runs_look.c -- what a row of a run says of its customer, before and when they are billed.
 */
#include "fcgi/acts/runs.h"

#include "fcgi/acts/tell_message.h"
#include "sql/tenant/queries/processor.h"
#include "sql/tenant/queries/runs.h"

static enum err pays_by(struct work *w, uint64_t customer_id, const struct ways *ways, const struct upcoming_bill *u,
    struct run_cells *out);

enum err
act_run_again(struct work *w, uint64_t id, const struct run_again *in, struct run *out)
{
	struct run_found_row *was;
	struct run_batch_row row;
	struct upcoming_bill u;
	struct run_cells cells;
	struct run_body body;
	enum row_state state;
	struct ways ways;
	struct str text;

	TRY(run_opened(w, id, &row, &body));
	if (row.state != BATCH_DRY)
		return fail(&w->fault, E_STALE, NULL, "Stop the run first.");
	TRY(upcoming_bill(w, in->customer_id, body.until, &u));
	TRY(tell_ways(w, OCCASION_BILL, &ways));
	TRY(run_look(w, in->customer_id, &body, &ways, &u, &cells));
	TRY(run_cells_write(w, &cells, &text));
	TRY(sql_run_row_of(w->db, id, in->customer_id, w->arena, &was));
	state = *run_problem(&cells) != '\0' ? ROW_WRONG : was != NULL && was->state == ROW_SKIP ? ROW_SKIP : ROW_WAITING;
	if (was == NULL && u.n > 0 && row.total < RUN_CUSTOMERS_MAX)
		TRY(sql_run_row_insert(w->db, id, ++row.total, state, in->customer_id, str_of(run_problem(&cells)), text));
	else if (was != NULL && was->state != ROW_DONE && u.n > 0)
		TRY(sql_run_row_settle(w->db, id, was->n, was->state, state, str_of(run_problem(&cells)), text));
	else if (was != NULL && was->state != ROW_DONE)
		TRY(sql_run_row_settle(w->db, id, was->n, was->state, ROW_WRONG,
		    STR("Nothing waits any more: somebody has billed it."), text));
	TRY(sql_run_move(w->db, id, BATCH_DRY, row.total, row.done, row.failed, (struct maybe_i64){0}, row.version));
	return act_run_one(w, id, out);
}

const char *
run_problem(const struct run_cells *cells)
{
	return cells->total_cents < 0 ? "A bill cannot be below zero. Give a credit instead." : "";
}

/* All that a row says: the difference, how they pay, whether they have stopped, and if the ledger says so, too. */
enum err
run_look(struct work *w, uint64_t customer_id, const struct run_body *body, const struct ways *ways,
    const struct upcoming_bill *u, struct run_cells *out)
{
	struct run_stopped_row *stopped;
	struct maybe_day last;

	TRY(run_compare(w, customer_id, u, out, &last));
	TRY(pays_by(w, customer_id, ways, u, out));
	if (last.is)
		TRY(run_posted(w, out->last_id.v, out->last_cents, out));
	TRY(sql_run_stopped(w->db, customer_id, last.is ? last.v : (struct day){DAY_MIN}, body->until, w->arena, &stopped));
	if (stopped != NULL)
		out->stopped_day = stopped->day;
	return OK;
}

static enum err
pays_by(struct work *w, uint64_t customer_id, const struct ways *ways, const struct upcoming_bill *u, struct run_cells *out)
{
	enum run_pays pays = RUN_PAYS_PAPER;
	struct reached by = {false, false};
	struct method_row *m;
	size_t n;

	TRY(sql_methods_of_customer(w->db, customer_id, w->arena, &m, &n));
	if (u->rules.mails.v)
		TRY(tell_reached(w, OCCASION_BILL, ways, customer_id, &by));
	if (by.mail || by.text)
		pays = by.mail ? RUN_PAYS_MAIL : RUN_PAYS_TEXT;
	for (size_t i = 0; i < n; i++)
		if (m[i].autopay && m[i].stopped.n == 0)
			pays = RUN_PAYS_AUTOPAY;
	out->pays = (struct maybe_u32){true, pays};
	return OK;
}

/* What the ledger was told of a document, against what stands on it. */
enum err
run_posted(struct work *w, uint64_t bill_id, int64_t cents, struct run_cells *out)
{
	const int64_t before = out->off_cents.is ? out->off_cents.v : 0;
	struct cents_row told;
	int64_t off;

	TRY(sql_run_posted(w->db, bill_id, ACCOUNT_RECEIVABLE, POSTING_ISSUE, w->arena, &told));
	off = told.cents > cents ? told.cents - cents : cents - told.cents;
	out->off_cents = (struct maybe_i64){true, before + off};
	return OK;
}

/* What they are billed now, against the document before: the sum, and which kinds of lines make the difference. */
enum err
run_compare(struct work *w, uint64_t customer_id, const struct upcoming_bill *u, struct run_cells *out, struct maybe_day *last_day)
{
	int64_t now[CHARGE_KINDS] = {0};
	struct run_last_row *last;
	size_t n;

	*out = (struct run_cells){.total_cents = u->sums.total_cents,
	    .changes = arena_array(w->arena, struct run_change, CHARGE_KINDS)};
	TRY(sql_run_last(w->db, customer_id, BILL_ISSUED, w->arena, &last, &n));
	for (size_t i = 0; i < u->n; i++)
		now[u->rows[i].kind] += u->line[i].net_cents + u->line[i].tax_cents;
	for (size_t i = 0; i < n; i++) {
		out->last_cents += last[i].cents;
		if (last[i].kind < CHARGE_KINDS)
			now[last[i].kind] -= last[i].cents;
	}
	*last_day = (struct maybe_day){n > 0, n > 0 ? last[0].day : (struct day){0}};
	if (n > 0)
		out->last_id = (struct maybe_u64){true, last[0].bill_id};
	out->what = n == 0 ? RUN_NEW : RUN_SAME;
	for (unsigned k = 1; n > 0 && k < CHARGE_KINDS; k++)
		if (now[k] != 0) {
			out->changes[out->changes_n++] = (struct run_change){(enum charge_kind)k, now[k]};
			out->what = RUN_DIFFERENT;
		}
	return OK;
}
