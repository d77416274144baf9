/*
 * fcgi/acts/runs_draft.c -- a customer's next bill on paper before it is one: as the press will draw it, marked as a draft.
 *
 * It has no number, no signature and no row among the files, so nobody can take it for the bill; the nightly look takes its
 * bytes. Who reckons the row anew forgets it, because it says what was so before.
 */
#include "fcgi/acts/runs.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_sheet.h"
#include "sql/tenant/queries/company.h"
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

static enum err drafted(struct work *w, uint64_t id, uint32_t n, struct run_found_row *row, struct run_cells *cells);
static enum err keep(struct work *w, const struct run_batch_row *run, const struct run_found_row *row,
    const struct run_cells *cells);

enum err
act_run_draft_make(struct work *w, uint64_t id, const struct run_draft_wish *in)
{
	const struct run_draft_order order = {id, work_id(w), in->n};
	struct run_batch_row run;
	struct run_found_row row;
	struct run_cells cells;
	struct run_body body;

	TRY(run_opened(w, id, &run, &body));
	TRY(drafted(w, id, in->n, &row, &cells));
	if (run.state != BATCH_DRY)
		return fail(&w->fault, E_STALE, NULL, "Stop the run first.");
	if (row.state == ROW_DONE)
		return fail(&w->fault, E_STALE, NULL, "This customer is billed already. Reload and look again.");
	cells.ordered_id = (struct maybe_u64){true, order.paper_id};
	cells.draft_id = (struct maybe_u64){0};
	TRY(keep(w, &run, &row, &cells));
	return tell(w, "bill_draft", &run_draft_order_shape, &order);
}

enum err
act_run_draft(struct work *w, uint64_t id, uint32_t n, struct run_draft *out)
{
	struct run_batch_row run;
	struct run_found_row row;
	struct run_cells cells;
	struct run_body body;

	TRY(run_read(w, id, &run, &body));
	TRY(drafted(w, id, n, &row, &cells));
	out->drawn = cells.draft_id.is;
	return OK;
}

enum err
act_run_draft_serve(struct work *w, uint64_t id, uint32_t n, struct paper_served *out)
{
	struct customer_row customer;
	struct run_batch_row run;
	struct run_found_row row;
	struct run_cells cells;
	struct run_body body;

	TRY(run_read(w, id, &run, &body));
	TRY(drafted(w, id, n, &row, &cells));
	if (!cells.draft_id.is)
		return fail(&w->fault, E_NOT_FOUND, NULL, NULL);
	TRY(sql_customer_one(w->db, row.record_id, w->arena, &customer));
	*out = (struct paper_served){str_printf(w->arena, "%s, %.*s.pdf", words_say(w->actor.language, "Draft"),
	    STR_ARG(customer.name)), str_printf(w->arena, "%s/%.*s", w->tenant->schema,
	    STR_ARG(file_name(w->arena, cells.draft_id.v, SHEET_ENDING)))};
	return OK;
}

static enum err
drafted(struct work *w, uint64_t id, uint32_t n, struct run_found_row *row, struct run_cells *cells)
{
	TRY(sql_run_row_one(w->db, id, n, w->arena, row));
	return run_cells_read(w, row->cells, cells);
}

static enum err
keep(struct work *w, const struct run_batch_row *run, const struct run_found_row *row, const struct run_cells *cells)
{
	struct str text;

	TRY(run_cells_write(w, cells, &text));
	TRY(sql_run_row_draft(w->db, run->id, row->n, row->state, text));
	return sql_run_move(w->db, run->id, run->state, run->total, run->done, run->failed, (struct maybe_i64){0}, run->version);
}

enum err
act_run_draft_draw(struct work *w, const struct run_draft_order *o, struct str *sheets)
{
	struct buf b = buf_open(w->arena, 16384, SHEET_BYTES_MAX);
	struct bill_moves moves = {0};
	struct company_row company;
	struct run_found_row row;
	struct run_batch_row run;
	struct run_cells cells;
	struct upcoming_bill u;
	struct run_body body;
	struct sheet s;

	*sheets = STR("");
	TRY(run_read(w, o->run_id, &run, &body));
	TRY(drafted(w, o->run_id, o->n, &row, &cells));
	TRY(upcoming_bill(w, row.record_id, body.until, &u));
	if (row.state == ROW_DONE || u.n == 0)
		return OK;
	TRY(sql_company(w->db, w->arena, &company));
	TRY(tell_sheet(w, o->paper_id, row.record_id, u.rules.shows, 0, &s));
	if (u.rules.shows == BILL_STATEMENT)
		TRY(bill_moves(w, row.record_id, body.day, &s.opening_cents, &moves));
	tell_sheet_moves(w, &moves, &s);
	tell_sheet_lines(w, u.rows, u.n, &s);
	s.draft = true;
	s.day = body.day;
	s.due_day = day_add(body.day, (int32_t)u.rules.due_days);
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
	struct run_batch_row run;
	struct run_found_row row;
	struct run_cells cells;
	struct run_body body;

	TRY(run_opened(w, o->run_id, &run, &body));
	TRY(drafted(w, o->run_id, o->n, &row, &cells));
	if (run.state != BATCH_DRY || row.state == ROW_DONE || !cells.ordered_id.is || cells.ordered_id.v != o->paper_id)
		return OK;
	cells.draft_id = cells.ordered_id;
	return keep(w, &run, &row, &cells);
}
