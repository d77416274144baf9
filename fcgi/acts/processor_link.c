/*
 * fcgi/acts/processor_link.c -- one bill by the link in a letter or a text: what is asked for, and paying it.
 *
 * The link is signed and ends after a week; it shows a sum and takes a payment, nothing else. Whoever wants to see more
 * comes in by the portal's door.
 */
#include "fcgi/acts/processor.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_bill.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/processor.h"

static enum err bill_of(struct work *w, struct str token, struct bill_row *out);
static enum err begun_by(struct work *w, struct str token, uint64_t id, uint64_t *owes);
static enum err on_its_way(struct work *w, const struct bill_row *bill, int64_t *cents);

enum err
act_pay_link(struct work *w, struct str token, struct pay_link *out)
{
	struct processor_page p;
	struct bill_row bill;
	uint64_t owes;

	TRY(bill_of(w, token, &bill));
	TRY(act_processor(w, &p));
	*out = (struct pay_link){.currency = bill.currency, .possible = p.possible && p.ready, .banks = p.banks};
	if (bill.state != BILL_ISSUED)
		return OK;
	owes = bill.customer_id;
	TRY(tell_holder(w, &owes));
	TRY(surcharge_of(w, owes, &out->surcharge_ppm));
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
	uint64_t owes;

	TRY(act_pay_link(w, token, &link));
	TRY(bill_of(w, token, &bill));
	owes = bill.customer_id;
	TRY(tell_holder(w, &owes));
	if (link.cents < PAY_LEAST_CENTS)
		return fail(&w->fault, E_STALE, NULL, "This is paid already. Thank you.");
	/* The sum is ours, never the page's. */
	wish.cents = link.cents;
	wish.bill_id = (struct maybe_u64){true, bill.id};
	return act_pay_begin(w, owes, &wish, out);
}

enum err
act_pay_link_state(struct work *w, struct str token, uint64_t id, struct pay_state *out)
{
	uint64_t owes;

	TRY(begun_by(w, token, id, &owes));
	return act_pay_state(w, owes, id, out);
}

enum err
act_pay_link_agree(struct work *w, struct str token, uint64_t id, int64_t surcharge, struct pay_state *out)
{
	uint64_t owes;

	TRY(begun_by(w, token, id, &owes));
	return act_pay_agree(w, owes, id, surcharge, out);
}

/* Whose payment it is, if this link began it. */
static enum err
begun_by(struct work *w, struct str token, uint64_t id, uint64_t *owes)
{
	struct processed_row row;
	struct pay_wants wants;
	struct bill_row bill;

	TRY(bill_of(w, token, &bill));
	TRY(sql_processed_one(w->db, id, w->arena, &row));
	TRY(pay_wants_read(w, row.wants, &wants));
	if (!wants.thin.is || wants.rows_n == 0 || wants.rows[0].bill_id != bill.id)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	*owes = bill.customer_id;
	return tell_holder(w, owes);
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
	uint64_t owes = bill->customer_id;
	struct processed_row *row;
	size_t n;

	*cents = 0;
	TRY(tell_holder(w, &owes));
	TRY(sql_processed_of_customer(w->db, owes, PAYMENT_BEGUN, PAYMENT_PENDING, w->arena, &row, &n));
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
