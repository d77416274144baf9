/*
 * fcgi/acts/payments.c -- load, decide, save, tell: payments and what they pay.
 *
 * Each posting is made under its guards: the payment's row and the bill's are read FOR UPDATE and their versions
 * move, so that two postings on one of them follow each other, on one node and on three.
 */
#include "fcgi/acts/payments.h"

#include <assert.h>

#include "domain/base/setting.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_fact.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/payments.h"

static enum err spread(struct work *w, const struct billing *b, struct payment_row *pay, const struct payment_wish *in);
static void shown(struct account_page *a);
static enum err told(struct work *w, const struct payment_row *pay, enum event_kind kind, int64_t cents);
static struct day today(const struct work *w);

enum err
act_payment_take(struct work *w, uint64_t customer_id, const struct payment_wish *in, struct payment_page *out)
{
	struct payment_row pay = {.id = work_id(w), .customer_id = customer_id, .way = in->way,
	    .state = PAYMENT_SETTLED, .cents = in->cents, .day = in->day, .version = 1};
	struct customer_row customer;
	struct company_row company;
	struct posting p;
	struct billing b;

	if (in->way == PAY_CARD || in->way == PAY_ACH)
		return fail(&w->fault, E_INVALID, "way", "A card or a bank debit is taken by the payment page, not written down.");
	if (in->way == PAY_CREDIT && in->reason.n == 0)
		return fail(&w->fault, E_INVALID, "reason", "Say why the credit is given.");
	if (in->day.n > today(w).n)
		return fail(&w->fault, E_INVALID, "day", "This day is still to come.");
	TRY(sql_customer_one(w->db, customer_id, w->arena, &customer));
	TRY(sql_company(w->db, w->arena, &company));
	TRY(billing_read(w, &b));
	pay.currency = company.currency;
	TRY(posting_pay(customer_id, pay.id, in->way, in->cents, in->day, &p, &w->fault));
	TRY(sql_payment_insert(w->db, pay.id, customer_id, pay.way, pay.state, pay.cents, pay.currency, pay.day,
	    in->reference, in->note, in->reason, w->actor.kind == ACTOR_STAFF ? w->actor.id : 0, w->now,
	    (struct maybe_i64){true, w->now}));
	TRY(tell_posting(w, &b, &p));
	if (!in->keep)
		TRY(spread(w, &b, &pay, in));
	TRY(audit(w, in->way == PAY_CREDIT ? "credit.given" : "payment.taken", "payment", pay.id, in->reason));
	TRY(told(w, &pay, in->way == PAY_CREDIT ? EVENT_CREDIT_GIVEN : EVENT_PAYMENT_TAKEN, in->cents));
	if (in->way != PAY_CREDIT) {
		TRY(tell_paper(w, pay.id, PAPER_RECEIPT));
		TRY(tell_fact(w, &(struct fact_order){.occasion = OCCASION_REVIEW, .id = pay.id}, w->now + REVIEW_AFTER_S));
	}
	return act_payment_one(w, pay.id, out);
}

enum err
act_payment_apply(struct work *w, uint64_t id, const struct apply_wish *in, struct payment_page *out)
{
	struct payment_row pay;
	struct billing b;

	TRY(sql_payment_for_update(w->db, id, w->arena, &pay));
	TRY(billing_read(w, &b));
	TRY(payment_put_on(w, &b, &pay, in->bill_id, in->cents));
	return act_payment_one(w, id, out);
}

enum err
act_payment_unapply(struct work *w, uint64_t id, uint64_t bill_id, struct payment_page *out)
{
	struct applied_row *applied;
	struct payment_row pay;
	struct billing b;
	size_t n;

	TRY(sql_payment_for_update(w->db, id, w->arena, &pay));
	TRY(billing_read(w, &b));
	TRY(sql_entries_applied_of_payment(w->db, id, ACCOUNT_RECEIVABLE, w->arena, &applied, &n));
	for (size_t i = 0; i < n; i++)
		if (applied[i].bill_id == bill_id) {
			TRY(payment_take_off(w, &b, &pay, bill_id, applied[i].cents, today(w)));
			return act_payment_one(w, id, out);
		}
	return fail(&w->fault, E_NOT_FOUND, "bill_id", "This payment pays nothing of this bill.");
}

enum err
act_payment_refund(struct work *w, uint64_t id, const struct payment_ending *in, struct payment_page *out)
{
	struct payment_row pay;
	struct open_item free_of;
	struct posting p;
	struct billing b;

	TRY(work_stepped_up(w));
	TRY(sql_payment_for_update(w->db, id, w->arena, &pay));
	if (pay.way == PAY_CARD || pay.way == PAY_ACH)
		return fail(&w->fault, E_INVALID, "way", "This goes back through the payment provider.");
	TRY(billing_read(w, &b));
	TRY(payment_open(w, &pay, &free_of));
	TRY(posting_give_back(POSTING_REFUND, pay.customer_id, &free_of, pay.way, in->cents, in->day, &p, &w->fault));
	TRY(sql_payment_touch(w->db, id, in->version));
	TRY(tell_posting(w, &b, &p));
	TRY(audit(w, "payment.refunded", "payment", id, in->reason));
	TRY(told(w, &pay, EVENT_PAYMENT_REFUNDED, in->cents));
	return act_payment_one(w, id, out);
}

enum err
act_payment_return(struct work *w, uint64_t id, const struct payment_ending *in, struct payment_page *out)
{
	struct applied_row *applied;
	struct payment_row pay;
	struct open_item free_of;
	struct posting p;
	struct billing b;
	size_t n;

	TRY(sql_payment_for_update(w->db, id, w->arena, &pay));
	if (pay.state != PAYMENT_SETTLED || pay.version != in->version)
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	if (pay.way == PAY_CREDIT)
		return fail(&w->fault, E_INVALID, "way", "A credit cannot be returned by a bank.");
	TRY(billing_read(w, &b));
	TRY(sql_entries_applied_of_payment(w->db, id, ACCOUNT_RECEIVABLE, w->arena, &applied, &n));
	for (size_t i = 0; i < n; i++)
		TRY(payment_take_off(w, &b, &pay, applied[i].bill_id, applied[i].cents, in->day));
	TRY(payment_open(w, &pay, &free_of));
	TRY(posting_give_back(POSTING_RETURN, pay.customer_id, &free_of, pay.way, free_of.cents, in->day, &p, &w->fault));
	TRY(tell_posting(w, &b, &p));
	TRY(sql_payment_state_set(w->db, id, PAYMENT_RETURNED, pay.settled_at, in->reason, pay.version));
	TRY(payment_return_fee(w, &b, &pay, in->day));
	TRY(audit(w, "payment.returned", "payment", id, in->reason));
	TRY(told(w, &pay, EVENT_PAYMENT_RETURNED, pay.cents));
	return act_payment_one(w, id, out);
}

enum err
act_payment_one(struct work *w, uint64_t id, struct payment_page *out)
{
	struct payment_row row;
	struct open_item free_of;

	TRY(sql_payment_one(w->db, id, w->arena, &row));
	TRY(payment_open(w, &row, &free_of));
	*out = (struct payment_page){.id = id, .customer_id = row.customer_id, .way = row.way, .state = row.state,
	    .cents = row.cents, .free_cents = free_of.cents, .currency = row.currency, .day = row.day,
	    .reference = row.reference, .note = row.note, .reason = row.reason, .version = row.version};
	return sql_entries_applied_of_payment(w->db, id, ACCOUNT_RECEIVABLE, w->arena, &out->applied, &out->applied_n);
}

enum err
act_account(struct work *w, uint64_t customer_id, struct account_page *out)
{
	struct customer_row customer;
	struct company_row company;
	struct cents_row cents;
	int64_t age[AGES] = {0};
	struct open_row *open;
	struct billing b;
	size_t n;

	TRY(sql_customer_one(w->db, customer_id, w->arena, &customer));
	TRY(sql_company(w->db, w->arena, &company));
	TRY(billing_read(w, &b));
	out->currency = company.currency;
	TRY(sql_customer_account(w->db, customer_id, ACCOUNT_RECEIVABLE, (struct day){DAY_MAX}, w->arena, &cents));
	out->owed_cents = cents.cents;
	TRY(sql_customer_account(w->db, customer_id, ACCOUNT_UNAPPLIED, (struct day){DAY_MAX}, w->arena, &cents));
	out->free_cents = -cents.cents;
	TRY(sql_bills_open_of_customer(w->db, customer_id, ACCOUNT_RECEIVABLE, w->arena, &open, &n));
	for (size_t i = 0; i < n; i++)
		ageing_add(&(struct open_item){open[i].id, open[i].day, open[i].due_day, open[i].cents}, 1, today(w),
		    b.ageing_by, age);
	out->current_cents = age[AGE_CURRENT];
	out->days_30_cents = age[AGE_30];
	out->days_60_cents = age[AGE_60];
	out->days_90_cents = age[AGE_90];
	out->older_cents = age[AGE_OLDER];
	TRY(sql_bills_of_customer(w->db, customer_id, ACCOUNT_RECEIVABLE, w->arena, &out->bills, &out->bills_n));
	bill_numbers(w, out->bills, out->bills_n);
	TRY(sql_payments_of_customer(w->db, customer_id, ACCOUNT_UNAPPLIED, w->arena, &out->payments, &out->payments_n));
	shown(out);
	return OK;
}

/* A page that somebody opened and left is no payment. */
static void
shown(struct account_page *a)
{
	size_t n = 0;

	for (size_t i = 0; i < a->payments_n; i++) {
		const struct payment_card *p = &a->payments[i];

		if (p->cents > 0 && p->state != PAYMENT_BEGUN && (p->state != PAYMENT_FAILED || p->reason.n > 0))
			a->payments[n++] = *p;
	}
	a->payments_n = n;
}

/* As somebody said, or the oldest due first. What is left stays the customer's. */
static enum err
spread(struct work *w, const struct billing *b, struct payment_row *pay, const struct payment_wish *in)
{
	for (size_t i = 0; i < in->apply_n; i++)
		TRY(payment_put_on(w, b, pay, in->apply[i].bill_id, in->apply[i].cents));
	return in->apply_n > 0 ? OK : payment_spread(w, pay->id);
}

enum err
payment_take_off(struct work *w, const struct billing *b, struct payment_row *pay, uint64_t bill_id, int64_t cents,
    struct day day)
{
	struct bill_row bill;
	struct posting p;

	TRY(sql_bill_for_update(w->db, bill_id, w->arena, &bill));
	TRY(posting_unapply(pay->customer_id, pay->id, bill_id, cents, cents, day, &p, &w->fault));
	TRY(sql_bill_touch(w->db, bill_id, bill.version));
	TRY(sql_payment_touch(w->db, pay->id, pay->version));
	pay->version++;
	return tell_posting(w, b, &p);
}

/* What the company asks for a payment that came back, once for the payment. Cash comes back from no bank: it was a slip. */
enum err
payment_return_fee(struct work *w, const struct billing *b, const struct payment_row *pay, struct day day)
{
	struct customer_row customer;

	if (b->nsf_fee_cents == 0 || pay->way == PAY_CASH)
		return OK;
	TRY(sql_customer_one(w->db, pay->customer_id, w->arena, &customer));
	return tell_charge(w, &(struct charge_row){.id = work_id(w), .customer_id = pay->customer_id, .kind = CHARGE_FEE,
	    .line_key = str_printf(w->arena, "returned:%llu", (unsigned long long)pay->id), .day = day, .from_day = day,
	    .to_day = day, .part = 1, .of_parts = 1, .rate_cents = b->nsf_fee_cents,
	    .text = str_of(words_say(language_of(customer.language), "Returned payment")), .quantity_milli = 1000,
	    .unit_cents = b->nsf_fee_cents, .net_cents = b->nsf_fee_cents});
}

static enum err
told(struct work *w, const struct payment_row *pay, enum event_kind kind, int64_t cents)
{
	const struct event_value values[] = {{STR("amount"), money_write(w->arena, cents, pay->currency, ENGLISH)},
	    {STR("way"), str_of(pay_way_names[pay->way])}};

	return tell_event(w, &(struct event){.customer_id = pay->customer_id, .kind = kind, .ref_kind = RECORD_PAYMENT,
	    .ref_id = pay->id, .values = values, .values_n = 2});
}

static struct day
today(const struct work *w)
{
	return zone_day(w->tenant->zone, w->now);
}
