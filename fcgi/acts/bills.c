/*
 * fcgi/acts/bills.c -- load, decide, save, tell: lines that wait, and the documents that take them.
 *
 * Two dispatchers who bill one customer at once: each line is taken by compare-and-set, so the second is E_STALE
 * and nothing of it stays. The counter of its kind is held while a document is numbered, so numbers have no gap.
 */
#include "fcgi/acts/bills.h"

#include "domain/base/id.h"
#include "domain/base/setting.h"
#include "domain/base/words.h"
#include "fcgi/acts/tell.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/files.h"
#include "sql/tenant/queries/payments.h"

static enum err line_differs(struct work *w, const struct charge_row *c, const struct line_edit *in, int64_t net_cents);

enum err
act_upcoming(struct work *w, uint64_t customer_id, struct day until, struct upcoming *out)
{
	struct customer_row customer;
	struct bill_taxes taxes;
	struct upcoming_bill u;

	TRY(sql_customer_one(w->db, customer_id, w->arena, &customer));
	TRY(upcoming_bill(w, customer_id, until, &u));
	for (size_t i = 0; i < u.n; i++)
		u.rows[i].tax_cents = u.line[i].tax_cents;
	taxes = bill_taxes_of(w, &u.sums);
	*out = (struct upcoming){u.rows, u.n, taxes.rows, taxes.rows_n, u.sums.net_cents, u.sums.tax_cents,
	    u.sums.total_cents};
	return OK;
}

enum err
act_line_why(struct work *w, uint64_t id, struct charge_why *out)
{
	struct charge_row c;

	TRY(sql_charge_one(w->db, id, w->arena, &c));
	return charge_again(w, &c, out);
}

enum err
act_line_make(struct work *w, uint64_t customer_id, const struct line_wish *in, struct upcoming *out)
{
	struct charge_row c = {.id = work_id(w), .customer_id = customer_id, .property_id = in->property_id,
	    .kind = in->kind, .day = in->day, .from_day = in->day, .to_day = in->day, .part = 1, .of_parts = 1,
	    .rate_cents = in->unit_cents, .text = in->text, .quantity_milli = in->quantity_milli,
	    .unit_cents = in->unit_cents, .tax_code = in->tax_code};
	struct tax_place *place;

	if (in->kind < CHARGE_PART)
		return fail(&w->fault, E_INVALID, "kind", "This value is not valid.");
	TRY(sql_tax_place(w->db, in->property_id, customer_id, w->arena, &place));
	if (place == NULL)
		return fail(&w->fault, E_INVALID, "property_id", "This property does not exist.");
	c.tax_area = place->tax_area;
	TRY(price_quantity(in->unit_cents, in->quantity_milli, &c.net_cents, &w->fault));
	c.line_key = str_printf(w->arena, "line:%llu", (unsigned long long)c.id);
	TRY(tell_charge(w, &c));
	return act_upcoming(w, customer_id, (struct day){DAY_MAX}, out);
}

enum err
act_line_change(struct work *w, uint64_t id, const struct line_edit *in, struct upcoming *out)
{
	struct charge_row c;
	int64_t net;

	TRY(sql_charge_one(w->db, id, w->arena, &c));
	TRY(price_quantity(in->unit_cents, in->quantity_milli, &net, &w->fault));
	if (c.kind < CHARGE_PART)
		TRY(line_differs(w, &c, in, net));
	else
		TRY(sql_charge_change(w->db, id, in->text, in->quantity_milli, in->unit_cents, net, in->tax_code, in->version));
	TRY(audit(w, "line.changed", "bill_line", id, in->text));
	return act_upcoming(w, c.customer_id, (struct day){DAY_MAX}, out);
}

/* What follows from work is reckoned again each night: it stays as it is, and the difference is a line of its own. */
static enum err
line_differs(struct work *w, const struct charge_row *c, const struct line_edit *in, int64_t net_cents)
{
	struct charge_row by = *c;
	struct customer_row customer;

	TRY(sql_charge_change(w->db, c->id, c->text, c->quantity_milli, c->unit_cents, c->net_cents, c->tax_code, in->version));
	TRY(cents_add(net_cents, -c->net_cents, &by.net_cents, &w->fault));
	if (by.net_cents == 0)
		return OK;
	TRY(sql_customer_one(w->db, c->customer_id, w->arena, &customer));
	by.id = work_id(w);
	by.agreement_id = by.visit_id = by.item_id = 0;
	by.kind = by.net_cents < 0 ? CHARGE_DISCOUNT : CHARGE_ITEM;
	by.line_key = str_printf(w->arena, "line:%llu", (unsigned long long)by.id);
	by.from_day = by.to_day = c->day;
	by.term_day.is = false;
	by.part = by.of_parts = 1;
	by.quantity_milli = 1000;
	by.rate_cents = by.unit_cents = by.net_cents;
	by.text = !str_eq(in->text, c->text) ? in->text : audit_cut(w->arena, str_printf(w->arena, "%s: %.*s",
	    words_say(language_of(customer.language), "Adjusted"), STR_ARG(c->text)), BILL_TEXT_MAX);
	return tell_charge(w, &by);
}

enum err
act_line_drop(struct work *w, uint64_t id, uint32_t version, struct upcoming *out)
{
	struct charge_row c;

	TRY(sql_charge_one(w->db, id, w->arena, &c));
	if (c.kind == CHARGE_MONTH)
		return fail(&w->fault, E_INVALID, "line", "A month that was agreed comes back each night. Give it another price, 0 for nothing.");
	TRY(sql_charge_drop(w->db, id, version));
	TRY(audit(w, "line.dropped", "bill_line", id, c.text));
	return act_upcoming(w, c.customer_id, (struct day){DAY_MAX}, out);
}

enum err
act_bill_issue(struct work *w, uint64_t customer_id, const struct bill_wish *in, struct bill_page *out)
{
	struct bill_row row = {.id = work_id(w), .state = BILL_DRAFT, .customer_id = customer_id, .day = in->day,
	    .title = in->title, .note = in->note, .version = 1};
	struct upcoming_bill u;

	TRY(upcoming_bill(w, customer_id, in->until, &u));
	if (u.n == 0)
		return fail(&w->fault, E_INVALID, "until", "There is nothing to bill up to this day.");
	row.kind = u.rules.shows;
	row.due_day = in->due_day.is ? in->due_day.v : day_add(in->day, (int32_t)u.rules.due_days);
	TRY(bill_issue(w, &row, &u));
	TRY(tell_paper(w, row.id, u.rules.mails.v ? PAPER_ISSUED : PAPER_KEPT));
	return act_bill_one(w, row.id, out);
}

enum err
act_bill_visit(struct work *w, uint64_t visit_id)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct upcoming_bill u = {0};

	TRY(sql_charges_of_visit(w->db, visit_id, w->arena, &u.rows, &u.n));
	if (u.n == 0)
		return OK;
	TRY(upcoming_reckon(w, u.rows[0].customer_id, &u));
	/* Who gets statements reads of this job on the next one; more deposit than work waits for it, too. */
	if (u.rules.shows == BILL_STATEMENT || u.sums.total_cents < 0)
		return OK;
	struct bill_row row = {.id = work_id(w), .kind = BILL_INVOICE, .state = BILL_DRAFT,
	    .customer_id = u.rows[0].customer_id, .property_id = u.rows[0].property_id, .visit_id = visit_id, .day = today,
	    .due_day = day_add(today, (int32_t)u.rules.due_days), .title = u.rows[0].text, .note = STR(""), .version = 1};

	TRY(bill_issue(w, &row, &u));
	return tell_paper(w, row.id, u.rules.mails.v ? PAPER_ISSUED : PAPER_KEPT);
}

enum err
act_bill_void(struct work *w, uint64_t id, const struct bill_ending *in, struct bill_page *out)
{
	struct posting issued, back;
	struct open_item open;
	struct bill_row row;
	struct billing b;
	char number[BILL_NUMBER_MAX + 1];
	uint64_t lines;

	TRY(sql_bill_for_update(w->db, id, w->arena, &row));
	if (row.kind == BILL_QUOTE)
		return fail(&w->fault, E_INVALID, "document", "This value is not valid.");
	TRY(bill_may(row.kind, row.state, BILL_VOID, &w->fault));
	TRY(billing_read(w, &b));
	TRY(bill_open(w, &row, &open));
	TRY(posting_issue(row.customer_id, id, row.net_cents, row.tax_cents, row.day, &issued, &w->fault));
	TRY(posting_void(&issued, &open, zone_day(w->tenant->zone, w->now), &back, &w->fault));
	TRY(sql_bill_end(w->db, id, BILL_VOID, w->now, in->reason, in->version));
	TRY(sql_charges_drop_discounts(w->db, id, CHARGE_DISCOUNT, &lines));
	TRY(sql_charges_give_back(w->db, id, &lines));
	TRY(tell_posting(w, &b, &back));
	bill_number(row.kind, row.seq.v, number);
	TRY(audit(w, "bill.voided", "bill", id, str_printf(w->arena, "%s: %.*s", number, STR_ARG(in->reason))));
	TRY(bill_told(w, &row, EVENT_BILL_VOIDED, str_of(number)));
	return act_bill_one(w, id, out);
}

enum err
act_bill_write_off(struct work *w, uint64_t id, const struct bill_ending *in, struct bill_page *out)
{
	struct open_item open;
	struct posting gone;
	struct bill_row row;
	struct billing b;
	char number[BILL_NUMBER_MAX + 1];

	TRY(work_stepped_up(w));
	TRY(sql_bill_for_update(w->db, id, w->arena, &row));
	if (row.state != BILL_ISSUED)
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	TRY(billing_read(w, &b));
	TRY(bill_open(w, &row, &open));
	TRY(posting_write_off(row.customer_id, &open, zone_day(w->tenant->zone, w->now), &gone, &w->fault));
	TRY(sql_bill_touch(w->db, id, in->version));
	TRY(tell_posting(w, &b, &gone));
	bill_number(row.kind, row.seq.v, number);
	TRY(audit(w, "bill.written_off", "bill", id, str_printf(w->arena, "%s: %.*s", number, STR_ARG(in->reason))));
	return act_bill_one(w, id, out);
}

enum err
act_bill_one(struct work *w, uint64_t id, struct bill_page *out)
{
	struct file_number_row kept;
	struct customer_row customer;
	struct bill_moved_row moved;
	struct bill_moves moves;
	struct bill_taxes taxes;
	struct open_item open;
	struct bill_row row;
	char number[BILL_NUMBER_MAX + 1] = "";

	TRY(sql_bill_one(w->db, id, w->arena, &row));
	TRY(sql_customer_one(w->db, row.customer_id, w->arena, &customer));
	TRY(bill_open(w, &row, &open));
	TRY(shape_read(&bill_taxes_shape, row.taxes, w->arena, &taxes, &w->fault));
	if (row.seq.is)
		bill_number(row.kind, row.seq.v, number);
	*out = (struct bill_page){.id = id, .kind = row.kind, .state = row.state,
	    .number = str_copy(w->arena, str_of(number)), .customer_id = row.customer_id, .customer = customer.name,
	    .currency = row.currency, .title = row.title, .note = row.note, .reason = row.reason, .day = row.day,
	    .due_day = row.due_day, .opening_cents = row.opening_cents, .net_cents = row.net_cents,
	    .tax_cents = row.tax_cents, .total_cents = row.total_cents, .open_cents = open.cents, .taxes = taxes.rows,
	    .taxes_n = taxes.rows_n, .issued_at = row.issued_at, .sent_at = row.sent_at, .version = row.version};
	TRY(sql_paper_kept(w->db, id, w->arena, &kept));
	out->paper = kept.number > 0;
	if (row.kind == BILL_STATEMENT) {
		TRY(sql_bill_moved(w->db, id, w->arena, &moved));
		TRY(bill_moves_read(w, moved.moved, &moves));
		out->moves = moves.rows;
		out->moves_n = moves.rows_n;
	}
	TRY(sql_charges_of_bill(w->db, id, w->arena, &out->lines, &out->lines_n));
	return sql_entries_applied_to_bill(w->db, id, ACCOUNT_RECEIVABLE, w->arena, &out->paid, &out->paid_n);
}

enum err
act_bills(struct work *w, const struct bills_query *q, struct bill_list *out)
{
	if (q->to.n < q->from.n)
		return fail(&w->fault, E_INVALID, "to", "The last day is before the first.");
	TRY(sql_bills_of_kind(w->db, q->kind, q->state, q->from, q->to, ACCOUNT_RECEIVABLE,
	    q->before_day.is ? q->before_day.v : (struct day){DAY_MAX}, q->before_id.is ? q->before_id.v : UINT64_MAX,
	    str_trim(q->q), str_digits(w->arena, q->q), w->arena, &out->rows, &out->rows_n));
	out->next_day = (struct maybe_day){0};
	out->next_id = (struct maybe_u64){0};
	if (out->rows_n > BILLS_PAGE) {
		const struct bill_card *last = &out->rows[BILLS_PAGE - 1];

		out->rows_n = BILLS_PAGE;
		out->next_day = (struct maybe_day){true, last->day};
		out->next_id = (struct maybe_u64){true, last->id};
	}
	bill_numbers(w, out->rows, out->rows_n);
	return OK;
}

enum err
act_bills_all(struct work *w, const struct bills_query *q, size_t most, struct bill_list *out)
{
	struct bills_query from = *q;
	struct bill_list page;

	*out = (struct bill_list){.rows = arena_array(w->arena, struct bill_card, most)};
	do {
		TRY(act_bills(w, &from, &page));
		if (page.rows_n > most - out->rows_n)
			return fail(&w->fault, E_LIMIT, "to", "This is too much for one look. Choose fewer days.");
		for (size_t i = 0; i < page.rows_n; i++)
			out->rows[out->rows_n++] = page.rows[i];
		from.before_day = page.next_day;
		from.before_id = page.next_id;
	} while (page.next_id.is);
	return OK;
}

enum err
act_bills_of_customer(struct work *w, uint64_t customer_id, struct bill_list *out)
{
	struct customer_row customer;

	TRY(sql_customer_one(w->db, customer_id, w->arena, &customer));
	TRY(sql_bills_of_customer(w->db, customer_id, ACCOUNT_RECEIVABLE, w->arena, &out->rows, &out->rows_n));
	bill_numbers(w, out->rows, out->rows_n);
	return OK;
}
