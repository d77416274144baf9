/*
 * fcgi/acts/payments_surcharge.c -- what was asked on top for a credit card: a bill of that one line, paid by that payment,
 * and asked for no longer as far as the payment goes back.
 */
#include "fcgi/acts/payments.h"

#include "fcgi/acts/tell.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/payments.h"

static enum err taken_off(struct work *w, const struct billing *b, struct payment_row *pay, uint64_t bill_id, int64_t cents);
static enum err take_back(struct work *w, const struct billing *b, const struct bill_row *bill, const struct open_item *open,
    struct str key, struct str reason);
static enum err credit(struct work *w, const struct billing *b, const struct bill_row *bill, int64_t cents, struct str reason);
static struct day today(const struct work *w);

enum err
payment_surcharge_bill(struct work *w, const struct payment_row *pay, int64_t cents, uint64_t *bill_id)
{
	const struct str key = surcharge_key(w, pay->id);
	struct upcoming_bill u = {.n = 1};
	struct customer_row customer;
	struct bill_row draft;

	TRY(sql_charge_of_key(w->db, key, w->arena, &u.rows));
	if (u.rows == NULL) {
		TRY(sql_customer_one(w->db, pay->customer_id, w->arena, &customer));
		TRY(tell_charge(w, &(struct charge_row){.id = work_id(w), .customer_id = pay->customer_id, .kind = CHARGE_FEE,
		    .line_key = key, .day = today(w), .from_day = today(w), .to_day = today(w), .part = 1, .of_parts = 1,
		    .rate_cents = cents, .text = str_of(words_say(language_of(customer.language), "Card surcharge")),
		    .quantity_milli = 1000, .unit_cents = cents, .net_cents = cents}));
		TRY(sql_charge_of_key(w->db, key, w->arena, &u.rows));
	}
	*bill_id = u.rows->bill_id;
	if (*bill_id != 0)
		return OK;
	draft = (struct bill_row){.id = work_id(w), .kind = BILL_INVOICE, .state = BILL_DRAFT, .customer_id = pay->customer_id,
	    .day = today(w), .due_day = today(w), .title = u.rows->text, .note = STR(""), .version = 1};
	TRY(upcoming_reckon(w, pay->customer_id, &u));
	*bill_id = draft.id;
	return bill_issue(w, &draft, &u);
}

enum err
payment_surcharge_back(struct work *w, const struct billing *b, struct payment_row *pay, int64_t cents)
{
	struct customer_row customer;
	struct open_item open;
	struct bill_row bill;
	struct str reason;
	uint64_t bill_id;

	TRY(surcharge_bill(w, pay->id, &bill_id));
	if (bill_id == 0 || cents <= 0)
		return OK;
	TRY(taken_off(w, b, pay, bill_id, cents));
	TRY(sql_bill_for_update(w->db, bill_id, w->arena, &bill));
	TRY(bill_open(w, &bill, &open));
	/* The office has forgiven it already, or something else pays it. */
	if (open.cents <= 0 || bill.state != BILL_ISSUED)
		return OK;
	TRY(sql_customer_one(w->db, bill.customer_id, w->arena, &customer));
	reason = str_of(words_say(language_of(customer.language), "Card surcharge given back"));
	if (cents >= bill.total_cents && open.cents == bill.total_cents)
		return take_back(w, b, &bill, &open, surcharge_key(w, pay->id), reason);
	return credit(w, b, &bill, cents < open.cents ? cents : open.cents, reason);
}

static enum err
taken_off(struct work *w, const struct billing *b, struct payment_row *pay, uint64_t bill_id, int64_t cents)
{
	struct applied_row *applied;
	size_t n;

	TRY(sql_entries_applied_of_payment(w->db, pay->id, ACCOUNT_RECEIVABLE, w->arena, &applied, &n));
	for (size_t i = 0; i < n; i++)
		if (applied[i].bill_id == bill_id)
			return payment_take_off(w, b, pay, bill_id, cents < applied[i].cents ? cents : applied[i].cents, today(w));
	return OK;
}

/* Whole: as if it had never been asked. Its line goes, too, or the next bill would ask for it. */
static enum err
take_back(struct work *w, const struct billing *b, const struct bill_row *bill, const struct open_item *open, struct str key,
    struct str reason)
{
	struct posting issued, back;
	uint64_t lines;

	TRY(posting_issue(bill->customer_id, bill->id, bill->net_cents, bill->tax_cents, bill->day, &issued, &w->fault));
	TRY(posting_void(&issued, open, today(w), &back, &w->fault));
	TRY(sql_bill_end(w->db, bill->id, BILL_VOID, w->now, reason, bill->version));
	TRY(sql_charges_give_back(w->db, bill->id, &lines));
	TRY(sql_charge_drop_key(w->db, key, &lines));
	TRY(tell_posting(w, b, &back));
	return audit(w, "bill.voided", "bill", bill->id, reason);
}

static enum err
credit(struct work *w, const struct billing *b, const struct bill_row *bill, int64_t cents, struct str reason)
{
	struct payment_row given = {.id = work_id(w), .customer_id = bill->customer_id, .way = PAY_CREDIT, .cents = cents,
	    .currency = bill->currency, .day = today(w), .version = 1};
	struct posting p;

	TRY(posting_pay(given.customer_id, given.id, PAY_CREDIT, cents, given.day, &p, &w->fault));
	TRY(sql_payment_insert(w->db, given.id, given.customer_id, PAY_CREDIT, PAYMENT_SETTLED, cents, given.currency, given.day,
	    STR(""), STR(""), reason, 0, w->now, (struct maybe_i64){true, w->now}));
	TRY(tell_posting(w, b, &p));
	TRY(audit(w, "credit.given", "payment", given.id, reason));
	return payment_put_on(w, b, &given, bill->id, cents);
}

static struct day
today(const struct work *w)
{
	return zone_day(w->tenant->zone, w->now);
}
