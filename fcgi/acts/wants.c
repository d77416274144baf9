/*
 * fcgi/acts/wants.c -- load, decide, save, tell: the lines of jobs.
 */
#include "fcgi/acts/wants.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_bill.h"
#include "fcgi/acts/tell_quote.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/items.h"
#include "sql/tenant/queries/quotes.h"
#include "sql/tenant/queries/visits.h"
#include "sql/tenant/queries/wants.h"

static enum err signed_into(struct work *w, struct job_page *out);
static enum err approved_into(struct work *w, struct job_page *out);
static enum err stale(struct work *w);
static enum err phone_told(struct work *w, uint64_t visit_id);
static enum err window(struct work *w, struct day from, struct day to);

enum err
act_job(struct work *w, uint64_t visit_id, struct job_page *out)
{
	struct visit_free_row visit;

	TRY(sql_visit_free_one(w->db, visit_id, w->arena, &visit));
	*out = (struct job_page){.visit_id = visit_id, .free = visit.free, .version = visit.version};
	TRY(sql_wants_of_visit(w->db, visit_id, w->arena, &out->lines, &out->lines_n));
	for (size_t i = 0; i < out->lines_n; i++) {
		TRY(cents_add(out->net_cents, out->lines[i].net_cents, &out->net_cents, &w->fault));
		TRY(cents_add(out->cost_cents, out->lines[i].cost_cents, &out->cost_cents, &w->fault));
	}
	TRY(signed_into(w, out));
	return approved_into(w, out);
}

static enum err
signed_into(struct work *w, struct job_page *out)
{
	struct job_signed_row *row;
	struct verb_body b = {0};

	TRY(sql_job_signed(w->db, out->visit_id, VERB_SIGNED, SYNC_APPLIED, w->arena, &row));
	if (row == NULL)
		return OK;
	TRY(shape_read(&verb_body_shape, row->body, w->arena, &b, &w->fault));
	out->signed_by = (struct maybe_str){true, b.text};
	out->signed_at = (struct maybe_i64){true, row->at};
	out->signature_id = b.file_id;
	return OK;
}

static enum err
approved_into(struct work *w, struct job_page *out)
{
	struct quote_id_row *found;
	struct quote_row q;
	struct quote_body b;

	out->quote = out->approved_by = STR("");
	TRY(sql_quote_of_visit(w->db, out->visit_id, BILL_QUOTE, w->arena, &found));
	if (found == NULL)
		return OK;
	TRY(sql_quote_one(w->db, found->id, BILL_QUOTE, w->arena, &q));
	TRY(quote_body_read(w, q.quote, &b));
	out->quote_id = (struct maybe_u64){true, q.id};
	out->quote = quote_number(w, q.seq);
	out->approved_by = b.answered_by;
	out->approved_at = q.ended_at;
	return OK;
}

enum err
act_want_make(struct work *w, uint64_t visit_id, const struct want_wish *in, struct job_page *out)
{
	const uint64_t id = work_id(w);
	struct tax_place *place;
	int64_t net, cost = 0;
	struct visit v;

	if (in->kind != CHARGE_PART && in->kind != CHARGE_LABOUR && in->kind != CHARGE_ITEM)
		return fail(&w->fault, E_INVALID, "kind", "This value is not valid.");
	TRY(sql_visit_for_update(w->db, visit_id, w->arena, &v));
	if (visit_over(v.state))
		return stale(w);
	TRY(sql_tax_place(w->db, v.property_id, v.customer_id, w->arena, &place));
	TRY(price_quantity(in->unit_cents, in->quantity_milli, &net, &w->fault));
	if (in->item_id.is) {
		struct item_row item;
		enum err e = sql_item_one(w->db, in->item_id.v, w->arena, &item);

		if (tell_absent(w, e))
			return fail(&w->fault, E_INVALID, "item_id", "There is no such item.");
		TRY(e);
		TRY(price_quantity(item.cost_cents, in->quantity_milli, &cost, &w->fault));
	}
	TRY(sql_want_insert(w->db, id, BILL_WANTED, v.customer_id, v.property_id, visit_id, in->item_id.is ? in->item_id.v : 0,
	    in->kind, str_printf(w->arena, "job:%llu", (unsigned long long)id), v.day, in->unit_cents, in->text,
	    in->quantity_milli, in->unit_cents, net, in->tax_code, place == NULL ? STR("") : place->tax_area, 100,
	    in->kind == CHARGE_LABOUR ? GOT_NOT : GOT_NEEDED, cost, w->now));
	TRY(audit(w, "job.line_added", "visit", visit_id, in->text));
	TRY(phone_told(w, visit_id));
	return act_job(w, visit_id, out);
}

enum err
act_want_step(struct work *w, uint64_t id, const struct want_step *in, struct job_page *out)
{
	struct want_owner_row *row;

	TRY(sql_want_for_update(w->db, id, BILL_WANTED, w->arena, &row));
	if (row == NULL)
		return stale(w);
	TRY(want_may(row->got, in->got, &w->fault));
	TRY(sql_want_got(w->db, id, in->got));
	TRY(phone_told(w, row->visit_id));
	return act_job(w, row->visit_id, out);
}

enum err
act_want_drop(struct work *w, uint64_t id, uint32_t version, struct job_page *out)
{
	struct want_owner_row *row;

	TRY(sql_want_for_update(w->db, id, BILL_WANTED, w->arena, &row));
	if (row == NULL)
		return stale(w);
	TRY(sql_want_drop(w->db, id, BILL_WANTED, version));
	TRY(audit(w, "job.line_dropped", "visit", row->visit_id, STR("")));
	TRY(phone_told(w, row->visit_id));
	return act_job(w, row->visit_id, out);
}

enum err
act_job_free(struct work *w, uint64_t visit_id, const struct job_free *in, struct job_page *out)
{
	struct job_page page;
	struct visit v;
	uint64_t moved;

	TRY(sql_visit_for_update(w->db, visit_id, w->arena, &v));
	TRY(act_job(w, visit_id, &page));
	for (size_t i = 0; i < page.lines_n; i++)
		if (page.lines[i].bill_id > BILL_WANTED)
			return fail(&w->fault, E_INVALID, "free", "This job is on a bill already. Take that back first.");
	TRY(sql_visit_free_set(w->db, visit_id, in->free, in->version));
	TRY(tell_visit_charge(w, &v));
	/* What was used there is kept with its cost; what was poured waits for no bill any more. */
	if (in->free != FREE_NOT) {
		TRY(sql_used_free(w->db, visit_id, BILL_WANTED, &moved));
		TRY(sql_doses_free(w->db, visit_id, &moved));
	}
	TRY(audit(w, "job.free", "visit", visit_id, str_of(visit_free_names[in->free])));
	TRY(phone_told(w, visit_id));
	return act_job(w, visit_id, out);
}

enum err
act_jobs(struct work *w, const struct jobs_query *q, size_t most, struct job_list *out)
{
	*out = (struct job_list){0};
	TRY(window(w, q->from, q->to));
	TRY(sql_jobs_between(w->db, q->from, q->to, GOT_NEEDED, GOT_ON_VAN, str_trim(q->q),
	    q->after_day.is ? q->after_day.v : (struct day){DAY_MIN}, q->after_id.is ? q->after_id.v : 0, (uint32_t)most + 1,
	    w->arena, &out->rows, &out->rows_n));
	if (out->rows_n > most) {
		const struct job_row *last = &out->rows[most - 1];

		out->rows_n = most;
		out->next_day = (struct maybe_day){true, last->day};
		out->next_id = (struct maybe_u64){true, last->id};
	}
	return OK;
}

enum err
act_free_jobs(struct work *w, const struct days_query *q, uint32_t most, struct free_list *out)
{
	struct free_sum_row sum;

	*out = (struct free_list){0};
	TRY(window(w, q->from, q->to));
	TRY(sql_free_jobs(w->db, q->from, q->to, VISIT_CANCELLED, most + 1, w->arena, &out->rows, &out->rows_n));
	out->more = out->rows_n > most;
	if (out->more)
		out->rows_n = most;
	TRY(sql_free_sum(w->db, q->from, q->to, VISIT_CANCELLED, w->arena, &sum));
	out->cost_cents = sum.cost_cents;
	out->minutes = sum.minutes;
	return OK;
}

enum err
act_shopping(struct work *w, const struct shopping_query *q, uint32_t most, struct shopping_page *out)
{
	TRY(sql_wants_open(w->db, BILL_WANTED, GOT_NEEDED, GOT_INSTALLED, VISIT_CANCELLED, VISIT_SKIPPED, q->customer_id,
	    most + 1, w->arena, &out->rows, &out->rows_n));
	out->more = out->rows_n > most;
	if (out->more)
		out->rows_n = most;
	return OK;
}

/* Its technician's phone shows the job as it is now. */
static enum err
phone_told(struct work *w, uint64_t visit_id)
{
	struct visit v;

	TRY(sql_visit_one(w->db, visit_id, w->arena, &v));
	TRY(tell_live(w));
	return tell_brief(w, v.customer_id);
}

static enum err
window(struct work *w, struct day from, struct day to)
{
	if (to.n < from.n)
		return fail(&w->fault, E_INVALID, "to", "The last day is before the first.");
	if (to.n - from.n > JOBS_WINDOW_DAYS)
		return fail(&w->fault, E_INVALID, "to", "This is too much for one look. Choose fewer days.");
	return OK;
}

static enum err
stale(struct work *w)
{
	return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
}
