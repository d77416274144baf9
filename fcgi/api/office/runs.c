/*
 * fcgi/api/office/runs.c -- everybody billed at once.
 */
#include "fcgi/acts/runs.h"
#include "fcgi/acts/tell_sheet.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err runs_list(struct work *w, const struct call *c);
static enum err run_make(struct work *w, const struct call *c);
static enum err run_get(struct work *w, const struct call *c);
static enum err run_rows(struct work *w, const struct call *c);
static enum err run_start(struct work *w, const struct call *c);
static enum err run_stop(struct work *w, const struct call *c);
static enum err run_hold(struct work *w, const struct call *c);
static enum err run_again(struct work *w, const struct call *c);
static enum err draft_make(struct work *w, const struct call *c);
static enum err draft_get(struct work *w, const struct call *c);
static enum err draft_paper(struct work *w, const struct call *c);

#define CENTS(s, m) FIELD_INT(s, m, -CENTS_MAX, CENTS_MAX)

static const struct field run_fields[] = {
	FIELD_ID(struct run, id),
	FIELD_ENUM(struct run, state, run_state_names),
	FIELD_DAY(struct run, day),
	FIELD_DAY(struct run, until),
	FIELD_TIME(struct run, made_at),
	FIELD_INT(struct run, total, 0, RUN_CUSTOMERS_MAX),
	FIELD_INT(struct run, done, 0, RUN_CUSTOMERS_MAX),
	FIELD_INT(struct run, wrong, 0, RUN_CUSTOMERS_MAX),
	FIELD_INT(struct run, held, 0, RUN_CUSTOMERS_MAX),
	FIELD_INT(struct run, same, 0, RUN_CUSTOMERS_MAX),
	FIELD_INT(struct run, different, 0, RUN_CUSTOMERS_MAX),
	FIELD_INT(struct run, fresh, 0, RUN_CUSTOMERS_MAX),
	FIELD_INT(struct run, stopped, 0, RUN_CUSTOMERS_MAX),
	CENTS(struct run, sum_cents),
	CENTS(struct run, last_cents),
	FIELD_MAYBE_INT(struct run, off_cents, 0, CENTS_MAX),
	FIELD_MAYBE_DAY(struct run, closed_until),
	FIELD_INT(struct run, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape run_shape = {"BillRun", sizeof(struct run), run_fields};
static const struct field run_list_fields[] = {FIELD_LIST(struct run_list, rows, rows_n, &run_shape, RUNS_SHOWN), FIELD_END};
static const struct shape run_list_shape = {"BillRuns", sizeof(struct run_list), run_list_fields};
static const struct columns run_columns = {&run_list_shape, "Day,Until,State,Made,Customers,Done,Wrong,Held,Same,Different,New,Sum,Last time",
	"Día,Hasta,Estado,Hecha,Clientes,Hechos,Con error,Apartados,Iguales,Distintos,Nuevos,Suma,Vez anterior", "day,until,state,made_at,total,done,wrong,held,same,different,fresh,sum_cents,last_cents"};

static const struct field run_change_fields[] = {
	FIELD_ENUM(struct run_change, kind, charge_kind_names), CENTS(struct run_change, cents), FIELD_END};
static const struct shape run_change_shape = {"BillRunChange", sizeof(struct run_change), run_change_fields};
static const struct field run_row_fields[] = {
	FIELD_INT(struct run_row, n, 1, RUN_CUSTOMERS_MAX),
	FIELD_ID(struct run_row, customer_id),
	FIELD_ID(struct run_row, bill_id),
	FIELD_MAYBE_ID(struct run_row, last_id),
	FIELD_TEXT(struct run_row, customer, 0, 120),
	FIELD_TEXT(struct run_row, problem, 0, 300),
	FIELD_ENUM(struct run_row, state, run_row_names),
	FIELD_ENUM(struct run_row, what, run_what_names),
	FIELD_ENUM(struct run_row, pays, run_pays_names),
	FIELD_MAYBE_DAY(struct run_row, stopped_day),
	CENTS(struct run_row, total_cents),
	CENTS(struct run_row, last_cents),
	FIELD_LIST(struct run_row, changes, changes_n, &run_change_shape, CHARGE_KINDS),
	FIELD_END
};
static const struct shape run_row_shape = {"BillRunRow", sizeof(struct run_row), run_row_fields};
static const struct field run_rows_fields[] = {
	FIELD_LIST(struct run_rows, rows, rows_n, &run_row_shape, RUN_ROWS),
	FIELD_MAYBE_INT(struct run_rows, next, 1, RUN_CUSTOMERS_MAX),
	FIELD_END
};
static const struct shape run_rows_shape = {"BillRunRows", sizeof(struct run_rows), run_rows_fields};
static const struct field run_rows_query_fields[] = {
	FIELD_ENUM(struct run_rows_query, show, run_show_names),
	FIELD_MAYBE_INT(struct run_rows_query, after, 0, RUN_CUSTOMERS_MAX),
	FIELD_TEXT(struct run_rows_query, q, 0, 60),
	FIELD_END
};
static const struct shape run_rows_query_shape = {"BillRunRowsQuery", sizeof(struct run_rows_query),
    run_rows_query_fields};
/* As a table its parts begin behind the last row of the one before. */
static const struct field run_part_query_fields[] = {
	FIELD_ENUM(struct run_rows_query, show, run_show_names),
	{.kind = FIELD_KIND_MAYBE_U32, .name = "before", .offset = offsetof(struct run_rows_query, after), .max = RUN_CUSTOMERS_MAX},
	FIELD_END
};
static const struct shape run_part_query_shape = {"BillRunPartQuery", sizeof(struct run_rows_query), run_part_query_fields};
static const struct columns run_row_columns = {&run_rows_shape, "Customer,State,What,Pays by,Stopped,Problem,Total,Last time,Changes",
	"Cliente,Estado,Qué,Paga por,Terminó,Problema,Total,Vez anterior,Cambios", "customer,state,what,pays,stopped_day,problem,total_cents,last_cents,changes"};
static const struct field run_wish_fields[] = {FIELD_DAY(struct run_wish, day), FIELD_DAY(struct run_wish, until), FIELD_END};
static const struct shape run_wish_shape = {"BillRunNew", sizeof(struct run_wish), run_wish_fields};
static const struct field run_hold_fields[] = {
	FIELD_INT(struct run_hold, n, 1, RUN_CUSTOMERS_MAX), FIELD_BOOL(struct run_hold, hold), FIELD_END};
static const struct shape run_hold_shape = {"BillRunHold", sizeof(struct run_hold), run_hold_fields};

static const struct field run_again_fields[] = {FIELD_ID(struct run_again, customer_id), FIELD_END};
static const struct shape run_again_shape = {"BillRunAgain", sizeof(struct run_again), run_again_fields};
static const struct field run_draft_wish_fields[] = {FIELD_INT(struct run_draft_wish, n, 1, RUN_CUSTOMERS_MAX), FIELD_END};
static const struct shape run_draft_wish_shape = {"BillRunDraftNew", sizeof(struct run_draft_wish), run_draft_wish_fields};
static const struct shape run_draft_query_shape = {"BillRunDraftQuery", sizeof(struct run_draft_wish), run_draft_wish_fields};
static const struct field run_draft_fields[] = {FIELD_BOOL(struct run_draft, drawn), FIELD_END};
static const struct shape run_draft_shape = {"BillRunDraft", sizeof(struct run_draft), run_draft_fields};

#define STORY "runs.test.mjs"
const struct endpoint office_runs[] = {
	{GET, "/bill-runs", .may = MAY(MAY_SEE_BILLS), .out = &run_list_shape, .run = runs_list,
	    .help = "The last bill runs, the newest first.", .story = STORY},
	{GET, "/bill-runs.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_SEE_BILLS), .file = CSV_TYPE, .columns = &run_columns, .run = runs_list,
	    .help = "The last bill runs.", .story = "exports.test.mjs"},
	{POST, "/bill-runs", .may = MAY(MAY_BILL), .body = &run_wish_shape, .out = &run_shape, .run = run_make,
	    .help = "Reckon what everybody would be billed; nothing is billed yet.", .story = STORY},
	{GET, "/bill-runs/:id", .may = MAY(MAY_SEE_BILLS), .out = &run_shape, .run = run_get,
	    .help = "One bill run: its sums and how far it is.", .story = STORY},
	{GET, "/bill-runs/:id/rows", .may = MAY(MAY_SEE_BILLS), .query = &run_rows_query_shape, .out = &run_rows_shape,
	    .run = run_rows, .help = "Its customers, with what is different from the last time.", .story = STORY},
	{GET, "/bill-runs/:id/rows.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_SEE_BILLS), .query = &run_part_query_shape, .file = CSV_TYPE, .columns = &run_row_columns, .run = run_rows,
	    .help = "The customers of a bill run, before anything is billed.", .story = "exports.test.mjs"},
	{POST, "/bill-runs/:id/starts", .may = MAY(MAY_BILL), .out = &run_shape, .run = run_start,
	    .help = "Bill everybody in it, or go on after a stop.", .story = STORY},
	{POST, "/bill-runs/:id/stops", .may = MAY(MAY_BILL), .out = &run_shape, .run = run_stop,
	    .help = "Stop it; what is billed stays billed.", .story = STORY},
	{POST, "/bill-runs/:id/holds", .may = MAY(MAY_BILL), .body = &run_hold_shape, .out = &run_shape, .run = run_hold,
	    .help = "Leave one customer out of it, or take them in again.", .story = STORY},
	{POST, "/bill-runs/:id/reckonings", .may = MAY(MAY_BILL), .body = &run_again_shape, .out = &run_shape, .run = run_again,
	    .help = "Reckon one customer of it anew, or take in one who was not there.", .story = STORY},
	{POST, "/bill-runs/:id/drafts", .may = MAY(MAY_SEE_BILLS), .body = &run_draft_wish_shape, .run = draft_make,
	    .help = "Draw what a customer would get, marked as a draft.", .story = STORY},
	{GET, "/bill-runs/:id/drafts", .may = MAY(MAY_SEE_BILLS), .query = &run_draft_query_shape, .out = &run_draft_shape,
	    .run = draft_get, .help = "Whether the draft of a customer is drawn.", .story = STORY},
	{GET, "/bill-runs/:id/paper", .may = MAY(MAY_SEE_BILLS), .query = &run_draft_query_shape, .file = "application/pdf",
	    .run = draft_paper, .help = "The draft of a customer as PDF.", .story = STORY},
	{0}
};

static enum err
runs_list(struct work *w, const struct call *c)
{
	struct run_list out;

	TRY(act_runs(w, &out));
	return reply_shape(c, &run_list_shape, &out);
}

static enum err
run_make(struct work *w, const struct call *c)
{
	struct run out;

	TRY(act_run_make(w, c->body, &out));
	return reply_created(c, &run_shape, &out);
}

static enum err
run_get(struct work *w, const struct call *c)
{
	struct run out;

	TRY(act_run_one(w, c->id, &out));
	return reply_shape(c, &run_shape, &out);
}

static enum err
run_rows(struct work *w, const struct call *c)
{
	struct run_rows out;

	TRY(act_run_rows(w, c->id, c->query, &out));
	return reply_shape(c, &run_rows_shape, &out);
}

static enum err
run_start(struct work *w, const struct call *c)
{
	struct run out;

	TRY(act_run_start(w, c->id, &out));
	return reply_created(c, &run_shape, &out);
}

static enum err
run_stop(struct work *w, const struct call *c)
{
	struct run out;

	TRY(act_run_stop(w, c->id, &out));
	return reply_created(c, &run_shape, &out);
}

static enum err
run_hold(struct work *w, const struct call *c)
{
	struct run out;

	TRY(act_run_hold(w, c->id, c->body, &out));
	return reply_created(c, &run_shape, &out);
}

static enum err
run_again(struct work *w, const struct call *c)
{
	struct run out;

	TRY(act_run_again(w, c->id, c->body, &out));
	return reply_created(c, &run_shape, &out);
}

static enum err
draft_make(struct work *w, const struct call *c)
{
	TRY(act_run_draft_make(w, c->id, c->body));
	return reply_nothing(c);
}

static enum err
draft_get(struct work *w, const struct call *c)
{
	const struct run_draft_wish *q = c->query;
	struct run_draft out;

	TRY(act_run_draft(w, c->id, q->n, &out));
	return reply_shape(c, &run_draft_shape, &out);
}

static enum err
draft_paper(struct work *w, const struct call *c)
{
	const struct run_draft_wish *q = c->query;
	struct paper_served out;

	TRY(act_run_draft_serve(w, c->id, q->n, &out));
	return reply_passing(c, "application/pdf", out.name, out.path);
}
