/*
 * fcgi/acts/runs_draft.c -- a customer's next bill on paper before it is one: as the press will draw it, marked as a draft.
 *
 * It has no number, no signature and no row among the files, so nobody can take it for the bill; the nightly look takes its
 * bytes. Who reckons the row anew forgets it, because it says what was so before.
 */
#include "fcgi/acts/runs.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_sheet.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/runs.h"
#include "tenancy/files.h"

static const struct field run_draft_order_fields[] = {
	FIELD_ID(struct run_draft_order, run_id),
	FIELD_ID(struct run_draft_order, paper_id),
	FIELD_INT(struct run_draft_order, n, 1, RUN_CUSTOMERS_MAX),
	FIELD_END
};
const struct shape run_draft_order_shape = {"RunDraftOrder", sizeof(struct run_draft_order), run_draft_order_fields};

/* A run and the one row of it that the paper is of. */
struct drafted {
	struct run_batch_row run;
	struct run_body body;
	struct run_found_row row;
	struct run_cells cells;
};
typedef enum err run_reader(struct work *w, uint64_t id, struct run_batch_row *row, struct run_body *body);

static enum err drafted(struct work *w, run_reader *read, uint64_t id, uint32_t n, struct drafted *out);
static enum err keep(struct work *w, const struct drafted *d);

enum err
act_run_draft_make(struct work *w, uint64_t id, const struct run_draft_wish *in)
{
	const struct run_draft_order order = {id, work_id(w), in->n};
	struct drafted d;

	TRY(drafted(w, run_opened, id, in->n, &d));
	if (d.run.state != BATCH_DRY)
		return fail(&w->fault, E_STALE, NULL, "Stop the run first.");
	if (d.row.state == ROW_DONE)
		return fail(&w->fault, E_STALE, NULL, "This customer is billed already. Reload and look again.");
	d.cells.ordered_id = (struct maybe_u64){true, order.paper_id};
	d.cells.draft_id = (struct maybe_u64){0};
	TRY(keep(w, &d));
	return tell(w, "bill_draft", &run_draft_order_shape, &order);
}

enum err
act_run_draft(struct work *w, uint64_t id, uint32_t n, struct run_draft *out)
{
	struct drafted d;

	TRY(drafted(w, run_read, id, n, &d));
	out->drawn = d.cells.draft_id.is;
	return OK;
}

enum err
act_run_draft_serve(struct work *w, uint64_t id, uint32_t n, struct paper_served *out)
{
	struct customer_row customer;
	struct drafted d;

	TRY(drafted(w, run_read, id, n, &d));
	if (!d.cells.draft_id.is)
		return fail(&w->fault, E_NOT_FOUND, NULL, NULL);
	TRY(sql_customer_one(w->db, d.row.record_id, w->arena, &customer));
	*out = (struct paper_served){str_printf(w->arena, "%s, %.*s.pdf", words_say(w->actor.language, "Draft"),
	    STR_ARG(customer.name)), str_printf(w->arena, "%s/%.*s", w->tenant->schema,
	    STR_ARG(file_name(w->arena, d.cells.draft_id.v, SHEET_ENDING)))};
	return OK;
}

static enum err
drafted(struct work *w, run_reader *read, uint64_t id, uint32_t n, struct drafted *out)
{
	TRY(read(w, id, &out->run, &out->body));
	TRY(sql_run_row_one(w->db, id, n, w->arena, &out->row));
	return run_cells_read(w, out->row.cells, &out->cells);
}

static enum err
keep(struct work *w, const struct drafted *d)
{
	struct str text;

	TRY(run_cells_write(w, &d->cells, &text));
	TRY(sql_run_row_draft(w->db, d->run.id, d->row.n, d->row.state, text));
	return sql_run_move(w->db, d->run.id, d->run.state, d->run.total, d->run.done, d->run.failed, (struct maybe_i64){0},
	    d->run.version);
}

enum err
act_run_draft_draw(struct work *w, const struct run_draft_order *o, struct str *sheets)
{
	struct buf b = buf_open(w->arena, 16384, SHEET_BYTES_MAX);
	struct bill_moves moves = {0};
	struct upcoming_bill u;
	struct drafted d;
	struct sheet s;

	*sheets = STR("");
	TRY(drafted(w, run_read, o->run_id, o->n, &d));
	TRY(upcoming_bill(w, d.row.record_id, d.body.until, &u));
	if (d.row.state == ROW_DONE || u.n == 0)
		return OK;
	TRY(tell_sheet(w, o->paper_id, d.row.record_id, u.rules.shows, 0, &s));
	if (u.rules.shows == BILL_STATEMENT)
		TRY(bill_moves(w, d.row.record_id, d.body.day, &s.opening_cents, &moves));
	tell_sheet_moves(w, &moves, &s);
	tell_sheet_lines(w, u.rows, u.n, &s);
	s.draft = true;
	s.day = d.body.day;
	s.due_day = day_add(d.body.day, (int32_t)u.rules.due_days);
	s.net_cents = u.sums.net_cents;
	s.tax_cents = u.sums.tax_cents;
	s.total_cents = u.sums.total_cents;
	s.tax = u.sums.tax;
	s.tax_n = u.sums.tax_n;
	TRY(sheet_write(&s, w->arena, &b, &w->fault));
	*sheets = buf_str(&b);
	return OK;
}

/* Billed, reckoned anew (which forgets the order) or ordered again meanwhile: nobody is shown what is not so any more. */
enum err
act_run_drafted(struct work *w, const struct run_draft_order *o)
{
	struct drafted d;

	TRY(drafted(w, run_opened, o->run_id, o->n, &d));
	if (d.run.state != BATCH_DRY || d.row.state == ROW_DONE || !d.cells.ordered_id.is || d.cells.ordered_id.v != o->paper_id)
		return OK;
	d.cells.draft_id = d.cells.ordered_id;
	return keep(w, &d);
}
