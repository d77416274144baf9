/*
 * fcgi/acts/payments_news.c -- what a processor says of a payment becomes what our ledger says.
 *
 * The processor was asked for the payment as it is, whatever the message was; domain/billing/payment.h gives the difference.
 * So a message that is lost, doubled, late or out of order ends in the same entries.
 */
#include "fcgi/acts/payments.h"

#include "domain/base/id.h"
#include "domain/billing/surcharge.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_fact.h"
#include "fcgi/acts/tell_pay.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/payments.h"
#include "sql/tenant/queries/processor.h"

struct change {
	struct work *w;
	const struct payment_news *news;
	struct billing b;
	struct processed_row row;
	struct payment_row pay; /* the same row, as postings want it */
	struct pay_wants wants;
	struct known_cents known;
	struct pay_step step;
};

static enum err find(struct change *c, bool *ours);
static enum err still_newest(struct change *c);
static enum err post(struct change *c);
static enum err take(struct change *c);
static enum err surcharge(struct change *c);
static enum err put_on(struct change *c, uint64_t bill_id, int64_t most);
static enum err take_off(struct change *c, int64_t free_wanted);
static enum err give_back(struct change *c);
static enum err refund(struct change *c);
static enum err keep(struct change *c);
static enum err said(struct change *c, enum event_kind kind, int64_t cents);
static struct day today(const struct work *w);

enum err
act_payment_news(struct work *w, const struct payment_news *news, struct payment_outcome *out)
{
	struct change c = {.w = w, .news = news};
	bool ours;

	*out = (struct payment_outcome){0};
	TRY(find(&c, &ours));
	if (!ours)
		return OK;
	TRY(still_newest(&c));
	TRY(billing_read(w, &c.b));
	TRY(sql_processed_known(w->db, c.row.id, ACCOUNT_CLEARING, ACCOUNT_FEES, POSTING_PAY, POSTING_RETURN, POSTING_REFUND,
	    w->arena, &c.known));
	TRY(payment_step(&(struct pay_known){c.row.state, c.known.held_cents, c.known.refunded_cents, c.known.fee_cents}, &news->truth,
	    &c.step, &w->fault));
	TRY(post(&c));
	*out = (struct payment_outcome){.id = c.row.id, .customer_id = c.row.customer_id, .was = c.row.state,
	    .is = c.step.state, .method_id = c.row.method_id, .cents = c.row.cents,
	    .keep = c.wants.keep.is && c.wants.keep.v, .autopay = c.wants.autopay.is && c.wants.autopay.v,
	    .consent = c.wants.consent.is ? c.wants.consent.v : STR(""),
	    .tries = c.wants.tries.is ? c.wants.tries.v : 1};
	return keep(&c);
}

/* Ours: the metadata that we gave it, and the sum and the currency that we asked for. */
static enum err
find(struct change *c, bool *ours)
{
	const struct payment_news *n = c->news;
	struct work *w = c->w;
	uint64_t id;
	enum err e;

	*ours = false;
	if (!str_eq(n->tenant, str_of(w->tenant->slug)) || !id_read(n->payment, &id))
		return OK;
	e = sql_processed_for_update(w->db, id, w->arena, &c->row);
	if (tell_absent(w, e))
		return OK;
	TRY(e);
	if (n->truth.stage == STAGE_PAID &&
	    (c->row.provider.n == 0 || n->truth.cents != c->row.cents || !str_eq_nocase(n->currency, c->row.currency)))
		return fail(&w->fault, E_INVALID, "cents", "The payment provider names a sum that cannot be.");
	TRY(pay_wants_read(w, c->row.wants, &c->wants));
	TRY(sql_payment_one(w->db, id, w->arena, &c->pay));
	c->pay.way = n->way;
	*ours = true;
	return OK;
}

/* Somebody wrote while we asked: what we heard may be older than what they did. Look again. */
static enum err
still_newest(struct change *c)
{
	if (c->wants.news_ms.is && c->wants.news_ms.v >= c->news->asked_ms)
		return fail(&c->w->fault, E_RETRY, NULL, "The house is busy. Please try again.");
	return OK;
}

static enum err
post(struct change *c)
{
	struct posting p;

	if (c->step.take_cents > 0)
		TRY(take(c));
	if (c->step.refund_cents > 0)
		TRY(refund(c));
	if (c->step.return_cents > 0)
		TRY(give_back(c));
	if (c->step.fee_cents == 0)
		return OK;
	TRY(posting_fee(c->row.customer_id, c->row.id, c->step.fee_cents, today(c->w), &p, &c->w->fault));
	return tell_posting(c->w, &c->b, &p);
}

/* The money is here: what it was meant for first, then the oldest. */
static enum err
take(struct change *c)
{
	struct open_row *open;
	struct posting p;
	size_t n;

	TRY(posting_pay(c->row.customer_id, c->row.id, c->pay.way, c->step.take_cents, today(c->w), &p, &c->w->fault));
	TRY(tell_posting(c->w, &c->b, &p));
	TRY(surcharge(c));
	for (size_t i = 0; i < c->wants.rows_n; i++)
		TRY(put_on(c, c->wants.rows[i].bill_id, c->wants.rows[i].cents));
	TRY(sql_bills_open_of_customer(c->w->db, c->row.customer_id, ACCOUNT_RECEIVABLE, c->w->arena, &open, &n));
	for (size_t i = 0; i < n; i++)
		TRY(put_on(c, open[i].id, INT64_MAX));
	return said(c, EVENT_PAYMENT_TAKEN, c->step.take_cents);
}

/* What was asked on top for the card is paid first: it is no part of what the bills want. */
static enum err
surcharge(struct change *c)
{
	const int64_t cents = c->wants.surcharge.is ? c->wants.surcharge.v : 0;
	uint64_t bill_id;

	if (cents == 0)
		return OK;
	TRY(payment_surcharge_bill(c->w, &c->pay, cents, &bill_id));
	return put_on(c, bill_id, cents);
}

static enum err
put_on(struct change *c, uint64_t bill_id, int64_t most)
{
	struct open_item free_of, asked;
	struct bill_row bill;
	int64_t cents;
	enum err e;

	TRY(payment_open(c->w, &c->pay, &free_of));
	if (free_of.cents <= 0)
		return OK;
	e = sql_bill_one(c->w->db, bill_id, c->w->arena, &bill);
	if (tell_absent(c->w, e))
		return OK;
	TRY(e);
	TRY(bill_open(c->w, &bill, &asked));
	cents = asked.cents < free_of.cents ? asked.cents : free_of.cents;
	cents = cents < most ? cents : most;
	return cents <= 0 ? OK : payment_put_on(c->w, &c->b, &c->pay, bill_id, cents);
}

/* Off the bills, the last one first, until so much is free; off that of the surcharge only if nothing else is left. */
static enum err
take_off(struct change *c, int64_t free_wanted)
{
	struct applied_row *applied;
	struct open_item free_of;
	uint64_t small;
	size_t n;

	TRY(surcharge_bill(c->w, c->row.id, &small));
	TRY(sql_entries_applied_of_payment(c->w->db, c->row.id, ACCOUNT_RECEIVABLE, c->w->arena, &applied, &n));
	TRY(payment_open(c->w, &c->pay, &free_of));
	for (size_t k = 2 * n; k > 0 && free_of.cents < free_wanted; k--) {
		const bool last = k <= n; /* the second walk */
		const size_t i = last ? k : k - n;
		const int64_t lacks = free_wanted - free_of.cents;
		const int64_t cents = applied[i - 1].cents < lacks ? applied[i - 1].cents : lacks;

		if ((applied[i - 1].bill_id == small) != last)
			continue;
		TRY(payment_take_off(c->w, &c->b, &c->pay, applied[i - 1].bill_id, cents, today(c->w)));
		free_of.cents += cents;
	}
	return OK;
}

/* The bank has taken it: exactly the bills that it paid are open again. */
static enum err
give_back(struct change *c)
{
	struct open_item free_of;
	struct posting p;

	TRY(take_off(c, c->step.return_cents));
	TRY(payment_open(c->w, &c->pay, &free_of));
	TRY(posting_give_back(POSTING_RETURN, c->row.customer_id, &free_of, c->pay.way, c->step.return_cents, today(c->w), &p,
	    &c->w->fault));
	TRY(tell_posting(c->w, &c->b, &p));
	/* Who did not pay by card in the end owes nothing for a card. */
	TRY(payment_surcharge_back(c->w, &c->b, &c->pay, c->wants.surcharge.is ? c->wants.surcharge.v : 0));
	if (c->pay.way == PAY_ACH)
		TRY(payment_return_fee(c->w, &c->b, &c->pay, today(c->w)));
	return said(c, EVENT_PAYMENT_RETURNED, c->step.return_cents);
}

/* The surcharge goes back in proportion, whatever sum somebody typed: what is left of it is what is left of the payment. */
static enum err
refund(struct change *c)
{
	const int64_t asked = c->wants.surcharge.is ? c->wants.surcharge.v : 0, before = c->known.refunded_cents;
	struct open_item free_of;
	struct posting p;

	TRY(payment_surcharge_back(c->w, &c->b, &c->pay,
	    surcharge_back(asked, c->row.cents, before + c->step.refund_cents) - surcharge_back(asked, c->row.cents, before)));
	TRY(take_off(c, c->step.refund_cents));
	TRY(payment_open(c->w, &c->pay, &free_of));
	TRY(posting_give_back(POSTING_REFUND, c->row.customer_id, &free_of, c->pay.way, c->step.refund_cents, today(c->w), &p,
	    &c->w->fault));
	TRY(tell_posting(c->w, &c->b, &p));
	return said(c, EVENT_PAYMENT_REFUNDED, c->step.refund_cents);
}

static enum err
keep(struct change *c)
{
	const bool over = c->step.state != PAYMENT_BEGUN;
	const bool failed = c->step.state == PAYMENT_FAILED || c->step.state == PAYMENT_RETURNED;
	struct work *w = c->w;
	struct str stored;

	c->wants.news_ms = (struct maybe_i64){true, w->now_ms};
	if (over)
		c->wants.url = (struct maybe_str){0};
	else if (c->row.method_id != 0 || c->wants.agreed.v)
		c->wants.url = (struct maybe_str){c->news->url.n > 0, c->news->url};
	if (over && c->step.state != PAYMENT_PENDING && c->step.state != c->row.state)
		TRY(tell_card_dropped(w, c->row.customer_id, &c->wants));
	TRY(pay_wants_write(w, &c->wants, &stored));
	if (c->news->provider_id.n > 0)
		c->row.provider_id = (struct maybe_str){true, c->news->provider_id};
	if (c->step.take_cents > 0) {
		c->row.day = today(w);
		c->row.settled_at = (struct maybe_i64){true, w->now};
	}
	if (c->step.take_cents > 0) {
		TRY(tell_paper(w, c->row.id, PAPER_RECEIPT));
		TRY(tell_fact(w, &(struct fact_order){.occasion = OCCASION_REVIEW, .id = c->row.id}, w->now + REVIEW_AFTER_S));
	}
	/* An abandoned page is no failure, and who stands before one sees it: who does not is told. */
	if (failed && c->news->why.n > 0 && c->step.state != c->row.state &&
	    (c->row.method_id != 0 || c->row.state != PAYMENT_BEGUN))
		TRY(tell_fact(w, &(struct fact_order){.occasion = OCCASION_PAY_FAILED, .id = c->row.id}, w->now));
	if (c->step.state != c->row.state)
		TRY(audit(w, "payment.news", "payment", c->row.id, str_of(payment_state_names[c->step.state])));
	TRY(sql_processed_save(w->db, c->row.id, c->pay.way, c->step.state, c->row.day, stored, c->row.provider_id,
	    c->row.method_id,
	    failed ? str_sub(c->news->why, 0, 200) : STR(""),
	    c->row.settled_at, c->pay.version));
	return tell_live(w);
}

static enum err
said(struct change *c, enum event_kind kind, int64_t cents)
{
	struct work *w = c->w;
	const struct event_value values[] = {{STR("amount"), money_write(w->arena, cents, c->row.currency, ENGLISH)},
	    {STR("way"), str_of(pay_way_names[c->pay.way])}};

	return tell_event(w, &(struct event){.customer_id = c->row.customer_id, .kind = kind, .ref_kind = RECORD_PAYMENT,
	    .ref_id = c->row.id, .values = values, .values_n = 2});
}

static struct day
today(const struct work *w)
{
	return zone_day(w->tenant->zone, w->now);
}
