/*
 * fcgi/acts/processor_link.c -- one bill by the link in a letter or a text: what is asked for, and paying it.
 *
 * The link is signed and ends after a week; it shows a sum and takes a payment, nothing else. Whoever wants to see more
 * comes in by the portal's door.
 */
#include "fcgi/acts/processor.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_bill.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/processor.h"

static enum err bill_of(struct work *w, struct str token, struct bill_row *out);
static enum err on_its_way(struct work *w, const struct bill_row *bill, int64_t *cents);

enum err
act_pay_link(struct work *w, struct str token, struct pay_link *out)
{
	struct processor_page p;
	struct bill_row bill;

	TRY(bill_of(w, token, &bill));
	TRY(act_processor(w, &p));
	*out = (struct pay_link){.currency = bill.currency, .possible = p.possible && p.ready, .banks = p.banks};
	if (bill.state != BILL_ISSUED)
		return OK;
	TRY(bill_asked(w, &bill, &out->cents));
	TRY(on_its_way(w, &bill, &out->pending_cents));
	out->cents -= out->pending_cents;
	if (out->cents < 0)
		out->cents = 0;
	return OK;
}

enum err
act_pay_link_begin(struct work *w, struct str token, struct pay_state *out)
{
	struct pay_wish wish = {.thin = true};
	struct pay_link link;
	struct bill_row bill;

	TRY(act_pay_link(w, token, &link));
	TRY(bill_of(w, token, &bill));
	if (link.cents < PAY_LEAST_CENTS)
		return fail(&w->fault, E_STALE, NULL, "This is paid already. Thank you.");
	/* The sum is ours, never the page's. */
	wish.cents = link.cents;
	wish.bill_id = (struct maybe_u64){true, bill.id};
	return act_pay_begin(w, bill.customer_id, &wish, out);
}

enum err
act_pay_link_state(struct work *w, struct str token, uint64_t id, struct pay_state *out)
{
	struct processed_row row;
	struct pay_wants wants;
	struct bill_row bill;

	TRY(bill_of(w, token, &bill));
	TRY(sql_processed_one(w->db, id, w->arena, &row));
	TRY(pay_wants_read(w, row.wants, &wants));
	if (row.customer_id != bill.customer_id || !wants.thin.is || wants.rows_n == 0 || wants.rows[0].bill_id != bill.id)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	return act_pay_state(w, bill.customer_id, id, out);
}

static enum err
bill_of(struct work *w, struct str token, struct bill_row *out)
{
	uint64_t id;
	enum err e;

	TRY(link_shown(w, LINK_PAY, token, &id));
	e = sql_bill_one(w->db, id, w->arena, out);
	if (tell_absent(w, e))
		return fail(&w->fault, E_INVALID, "token", "This link does not work any more. Ask for a new one.");
	return e;
}

/* A bank debit takes days: who opens the letter meanwhile is not asked for the same money again. */
static enum err
on_its_way(struct work *w, const struct bill_row *bill, int64_t *cents)
{
	struct processed_row *row;
	size_t n;

	*cents = 0;
	TRY(sql_processed_of_customer(w->db, bill->customer_id, PAYMENT_BEGUN, PAYMENT_PENDING, w->arena, &row, &n));
	for (size_t i = 0; i < n; i++) {
		struct pay_wants wants;

		if (row[i].state != PAYMENT_PENDING)
			continue;
		TRY(pay_wants_read(w, row[i].wants, &wants));
		if (bill->kind == BILL_STATEMENT || wants.rows_n == 0)
			*cents += row[i].cents;
		for (size_t j = 0; bill->kind != BILL_STATEMENT && j < wants.rows_n; j++)
			if (wants.rows[j].bill_id == bill->id)
				*cents += wants.rows[j].cents;
	}
	return OK;
}
