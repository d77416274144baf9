/*
 * fcgi/jobs/processor.c -- the jobs that speak with the payment processor: each order is keyed before it is sent.
 *
 * Whatever a message says, the payment itself is asked for (`payment_look`); a payment that nobody hears of any more is
 * asked for each night (`payment_sweep`).
 */
#include "domain/base/id.h"
#include "fcgi/acts/methods.h"
#include "fcgi/acts/payments.h"
#include "fcgi/acts/processor.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/jobs/list.h"
#include "fcgi/remote/pay.h"

struct parcel {
	struct pay_order_read order;
	struct event_order event;
	struct payment_order ordered;
	struct method_order method;
	struct pay_from from;
	struct str object; /* what is looked at: "" nothing */
	int64_t asked_ms;
	const char *tenant;
	struct str done_url, back_url, name, country, currency, email;
	struct pay_page_made page;
	struct pay_seen seen;
	struct pay_method_seen card;
	bool has_card;
	struct pay_account_seen account;
	struct str account_id, link;
	struct book_move *move;
	size_t moves;
	int64_t since;
	bool whole;
};
#define BOOK_PAGES 100 /* 10,000 movements in forty days */

static struct str letters(struct arena *a, uint64_t id);
static struct str key(struct work *w, const struct ticket *t, const char *what);
static enum err as_company(struct work *w, struct str key, struct parcel *p);
static enum err processor_set(const struct pay_processor *pay, struct fault *f);
static enum err not_begun(struct work *w, const struct parcel *p);
static enum err news(struct work *w, const struct parcel *p);
static struct method_seen card_of(const struct parcel *p);
static enum err look_at_card(struct arena *a, const struct config *c, struct parcel *p, struct fault *f);

/* ---- the company's account ---- */

static enum err
connect_prepare(struct work *w, const struct ticket *t, void **out)
{
	struct parcel *p = arena_new(w->arena, struct parcel);
	struct processor_facts facts;

	*out = p;
	TRY(act_processor_facts(w, &facts));
	p->from = (struct pay_from){facts.account, key(w, t, "account")};
	p->account_id = facts.account;
	p->name = facts.name;
	p->country = facts.country;
	p->currency = facts.currency;
	p->email = facts.email;
	p->done_url = company_url(w, "company?cards=done");
	p->back_url = company_url(w, "company?cards=again");
	return OK;
}

static enum err
connect_send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	const struct pay_processor *pay = pay_processor_of(c);
	struct parcel *p = parcel;
	struct pay_from link = {.account = STR("")};

	(void)t;
	TRY(processor_set(pay, f));
	if (p->account_id.n == 0)
		TRY(pay->account_make(a, c, &(struct pay_from){STR(""), p->from.key},
		    &(struct pay_account_order){p->email, p->name, p->country, p->currency}, &p->account_id, f));
	/* A way in works once, so each try asks for a fresh one. */
	link = (struct pay_from){p->account_id, STR("")};
	TRY(pay->account_link(a, c, &link, p->back_url, p->done_url, &p->link, f));
	return pay->account_look(a, c, p->account_id, &p->account, f);
}

static enum err
connect_settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	struct parcel *p = parcel;

	(void)t;
	if (p->account_id.n > 0)
		TRY(act_processor_made(w, p->account_id));
	if (sent != OK)
		return OK;
	TRY(act_processor_seen(w, p->account_id, p->account.cards, p->account.banks, p->account.wants));
	return act_processor_linked(w, p->link);
}

const struct job job_processor_connect = {
	.kind = "processor_connect",
	.tries = 8,
	.backoff_s = 5,
	.lease_s = 120,
	.prepare = connect_prepare,
	.send = connect_send,
	.settle = connect_settle,
	.help = "Make the company's account at the payment provider, and a way to its form.",
};

/* ---- a page on which a customer pays; a charge of what was left ---- */

static enum err
page_prepare(struct work *w, const struct ticket *t, void **out)
{
	struct parcel *p = arena_new(w->arena, struct parcel);

	*out = p;
	TRY(shape_read(&payment_order_shape, t->payload, w->arena, &p->ordered, &w->fault));
	TRY(act_pay_order(w, p->ordered.payment_id, &p->order));
	p->from = (struct pay_from){p->order.account, key(w, t, "pay")};
	p->asked_ms = w->now_ms;
	p->tenant = w->tenant->slug;
	p->done_url = str_printf(w->arena, "%s/%.*s", company_url(w, "portal/paid").p,
	    STR_ARG(letters(w->arena, p->ordered.payment_id)));
	p->back_url = company_url(w, "portal/pay");
	if (p->order.wants.thin.is && p->order.wants.thin.v)
		p->done_url = p->back_url = company_url(w, "portal/bill");
	return OK;
}

static enum err
page_send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	const struct pay_processor *pay = pay_processor_of(c);
	struct parcel *p = parcel;
	const struct pay_order_read *o = &p->order;

	(void)t;
	if (o->over)
		return OK;
	TRY(processor_set(pay, f));
	return pay->page(a, c, &p->from,
	    &(struct pay_page_order){.payment = letters(a, o->row.id), .tenant = str_of(p->tenant),
	        .customer = o->provider_customer, .email = o->email, .what = o->what, .currency = o->row.currency,
	        .success_url = p->done_url, .cancel_url = p->back_url, .cents = o->wants.asks.v ? 0 : o->row.cents,
	        .keep = o->wants.keep.is && o->wants.keep.v, .spanish = o->language == SPANISH,
	        /* The order's own hour, so that it is the same order when it is sent again. */
	        .expires_at = o->row.made_at + PAGE_MINUTES * 60},
	    &p->page, f);
}

static enum err
page_settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	struct parcel *p = parcel;

	(void)t;
	if (p->order.over)
		return OK;
	if (sent == OK)
		return act_pay_page(w, p->ordered.payment_id, p->page.id, p->page.url);
	if (sent == E_AWAY)
		return OK;
	return not_begun(w, p);
}

const struct job job_payment_page = {
	.kind = "payment_page",
	.unpaid = true,
	.tries = 10,
	.backoff_s = 2,
	.lease_s = 90,
	.prepare = page_prepare,
	.send = page_send,
	.settle = page_settle,
	.help = "Order a page on which a customer pays.",
};

static enum err
charge_send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	const struct pay_processor *pay = pay_processor_of(c);
	struct parcel *p = parcel;
	const struct pay_order_read *o = &p->order;

	(void)t;
	if (o->over)
		return OK;
	TRY(processor_set(pay, f));
	return pay->charge(a, c, &p->from,
	    &(struct pay_charge_order){.payment = letters(a, o->row.id), .tenant = str_of(p->tenant),
	        .customer = o->method->provider_customer, .method = o->method->provider_id, .what = o->what,
	        .currency = o->row.currency, .cents = o->row.cents, .bank = o->method->kind == METHOD_BANK,
	        .return_url = o->wants.present.v ? p->done_url : STR("")},
	    &p->seen, f);
}

static enum err
charge_settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	struct parcel *p = parcel;

	(void)t;
	if (p->order.over || sent == E_AWAY)
		return OK;
	if (sent == OK)
		return news(w, p);
	return not_begun(w, p);
}

const struct job job_payment_charge = {
	.kind = "payment_charge",
	.unpaid = true,
	.tries = 10,
	.backoff_s = 5,
	.lease_s = 90,
	.prepare = page_prepare,
	.send = charge_send,
	.settle = charge_settle,
	.help = "Charge a card or bank account that the customer left for it.",
};

/* ---- something happened there: look ---- */

static enum err
look_prepare(struct work *w, const struct ticket *t, void **out)
{
	struct parcel *p = arena_new(w->arena, struct parcel);

	*out = p;
	TRY(shape_read(&event_order_shape, t->payload, w->arena, &p->event, &w->fault));
	TRY(as_company(w, key(w, t, "cancel"), p));
	p->object = p->event.object;
	p->asked_ms = w->now_ms;
	return OK;
}

static enum err
look_send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	const struct pay_processor *pay = pay_processor_of(c);
	struct parcel *p = parcel;

	(void)t;
	TRY(processor_set(pay, f));
	if (str_starts(p->object, STR("acct_")))
		return pay->account_look(a, c, p->object, &p->account, f);
	if (!str_starts(p->object, STR("pi_")) && !str_starts(p->object, STR("cs_")))
		return OK;
	TRY(pay->look(a, c, p->from.account, p->object, &p->seen, f));
	if (p->event.ends.v && p->seen.truth.stage == STAGE_OPEN && p->seen.url.n > 0) {
		TRY(pay->cancel(a, c, &p->from, p->object, f));
		TRY(pay->look(a, c, p->from.account, p->object, &p->seen, f));
	}
	return look_at_card(a, c, p, f);
}

static enum err
look_at_card(struct arena *a, const struct config *c, struct parcel *p, struct fault *f)
{
	const bool paid = p->seen.truth.stage == STAGE_PAID || p->seen.truth.stage == STAGE_PENDING;

	if (!p->seen.kept || p->seen.method.n == 0 || (!paid && !p->seen.page_only))
		return OK;
	p->has_card = true;
	return pay_processor_of(c)->method_look(a, c, p->from.account, p->seen.method, &p->card, f);
}

static enum err
look_settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	struct parcel *p = parcel;

	(void)t;
	if (sent != OK)
		return OK;
	if (str_starts(p->object, STR("acct_")))
		TRY(act_processor_seen(w, p->object, p->account.cards, p->account.banks, p->account.wants));
	else if (p->seen.payment.n > 0)
		TRY(news(w, p));
	return !p->event.event_id.is ? OK : act_provider_event_done(w, p->event.event_id.v);
}

const struct job job_payment_look = {
	.kind = "payment_look",
	.unpaid = true,
	.tries = 20,
	.backoff_s = 5,
	.lease_s = 120,
	.prepare = look_prepare,
	.send = look_send,
	.settle = look_settle,
	.help = "Ask the payment provider for what one of its messages was about.",
};

/* What it says of a payment goes into the ledger; a card that was left is kept; a charge that was refused may come again. */
static enum err
news(struct work *w, const struct parcel *p)
{
	const struct pay_seen *s = &p->seen;
	struct payment_outcome out;

	if (s->page_only) {
		const struct method_seen card = card_of(p);
		struct pay_left left;

		TRY(act_pay_left(w, s->payment, s->kept && p->has_card ? &card : NULL, &left));
		return left.customer_id == 0 ? OK : act_method_keep(w, left.customer_id, &card, left.consent);
	}
	TRY(act_payment_news(w,
	    &(struct payment_news){.payment = s->payment, .tenant = s->tenant, .provider_id = s->id, .currency = s->currency,
	        .why = s->why, .way = s->way, .truth = s->truth, .asked_ms = p->asked_ms, .url = s->url},
	    &out));
	if (out.id == 0)
		return OK;
	if (p->has_card && out.keep) {
		const struct method_seen card = card_of(p);

		TRY(act_method_keep(w, out.customer_id, &card, out.consent));
	}
	if ((out.is == PAYMENT_FAILED || out.is == PAYMENT_RETURNED) && out.was != out.is)
		return act_pay_again(w, &out, s->refusal, s->why);
	return OK;
}

static struct method_seen
card_of(const struct parcel *p)
{
	return (struct method_seen){STR("stripe"), p->card.id, p->card.customer, p->card.brand, p->card.last4, p->card.kind,
	    p->card.exp_month, p->card.exp_year, p->card.funding};
}

/* ---- money back ---- */

static enum err
refund_prepare(struct work *w, const struct ticket *t, void **out)
{
	TRY(page_prepare(w, t, out));
	struct parcel *p = *out;

	p->from.key = key(w, t, "refund");
	return OK;
}

static enum err
refund_send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	const struct pay_processor *pay = pay_processor_of(c);
	struct parcel *p = parcel;

	(void)t;
	TRY(processor_set(pay, f));
	TRY(pay->refund(a, c, &p->from, p->order.row.provider_id.v, p->ordered.cents, f));
	return pay->look(a, c, p->from.account, p->order.row.provider_id.v, &p->seen, f);
}

static enum err
refund_settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	(void)t;
	return sent == OK ? news(w, parcel) : OK;
}

const struct job job_payment_refund = {
	.kind = "payment_refund",
	.unpaid = true,
	.tries = 12,
	.backoff_s = 10,
	.lease_s = 120,
	.prepare = refund_prepare,
	.send = refund_send,
	.settle = refund_settle,
	.help = "Give money of a card or bank payment back through the payment provider.",
};

/* ---- a card that the customer takes away ---- */

static enum err
drop_prepare(struct work *w, const struct ticket *t, void **out)
{
	struct parcel *p = arena_new(w->arena, struct parcel);

	*out = p;
	TRY(shape_read(&method_order_shape, t->payload, w->arena, &p->method, &w->fault));
	return as_company(w, key(w, t, "drop"), p);
}

static enum err
drop_send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	const struct pay_processor *pay = pay_processor_of(c);
	struct parcel *p = parcel;
	enum err e;

	(void)t;
	TRY(processor_set(pay, f));
	e = pay->method_drop(a, c, &p->from, p->method.provider_id, f);
	/* It was not there any more: that is what was wanted. */
	return e == E_NOT_FOUND || e == E_INVALID ? OK : e;
}

const struct job job_method_drop = {
	.kind = "method_drop",
	.tries = 12,
	.backoff_s = 30,
	.lease_s = 90,
	.prepare = drop_prepare,
	.send = drop_send,
	.help = "Take a card or bank account away at the payment provider too.",
};

/* ---- by the clock ---- */

/* What nobody heard of any more: its message was lost, or its page left. One look each; the looks are jobs of their own. */
static enum err
sweep_run(struct work *w, const struct ticket *t)
{
	(void)t;
	return act_payments_sweep(w);
}

const struct job job_payment_sweep = {
	.kind = "payment_sweep",
	.unpaid = true,
	.tries = 5,
	.backoff_s = 300,
	.at_local = "04:10",
	.run = sweep_run,
	.help = "Ask for payments that are begun or under way, in case a message was lost.",
};

static enum err
autopay_run(struct work *w, const struct ticket *t)
{
	struct method_order from = {0};
	uint64_t next;

	if (t->payload.n > 0)
		TRY(shape_read(&method_order_shape, t->payload, w->arena, &from, &w->fault));
	TRY(act_autopay(w, from.customer_id, &next));
	return next == 0 ? OK : tell(w, "autopay", &method_order_shape, &(struct method_order){next, {0}, STR("")});
}

const struct job job_autopay = {
	.kind = "autopay",
	.tries = 5,
	.backoff_s = 300,
	.at_local = "09:05", /* by day: a refusal in the night wakes people */
	.run = autopay_run,
	.help = "Order charges for bills that are due and whose customers allowed it.",
};

static enum err
notice_run(struct work *w, const struct ticket *t)
{
	struct method_order from = {0};
	uint64_t next;

	if (t->payload.n > 0)
		TRY(shape_read(&method_order_shape, t->payload, w->arena, &from, &w->fault));
	TRY(act_autopay_notice(w, from.customer_id, &next));
	return next == 0 ? OK : tell(w, "autopay_notice", &method_order_shape, &(struct method_order){next, {0}, STR("")});
}

const struct job job_autopay_notice = {
	.kind = "autopay_notice",
	.tries = 5,
	.backoff_s = 300,
	.at_local = "08:35",
	.run = notice_run,
	.help = "Tell customers of the bills that will be drawn in three days.",
};

static enum err
autopay_one_run(struct work *w, const struct ticket *t)
{
	struct method_order o;

	TRY(shape_read(&method_order_shape, t->payload, w->arena, &o, &w->fault));
	return act_autopay_one(w, o.customer_id);
}

const struct job job_autopay_one = {
	.kind = "autopay_one",
	.tries = 5,
	.backoff_s = 60,
	.run = autopay_one_run,
	.help = "Draw what one customer owes today from what they left for it.",
};

static enum err
again_run(struct work *w, const struct ticket *t)
{
	struct payment_order o;

	TRY(shape_read(&payment_order_shape, t->payload, w->arena, &o, &w->fault));
	return act_autopay_again(w, o.payment_id);
}

const struct job job_autopay_again = {
	.kind = "autopay_again",
	.tries = 5,
	.backoff_s = 300,
	.run = again_run,
	.help = "Draw once more what a card or bank account refused days ago, if it is still owed and allowed.",
};

/* The book, page by page, in one go: it is read, so a repeat does no harm. */
static enum err
check_send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	const struct pay_processor *pay = pay_processor_of(c);
	struct parcel *p = parcel;
	struct str after = STR("");

	(void)t;
	if (pay == NULL || p->from.account.n == 0)
		return OK;
	p->move = arena_array(a, struct book_move, BOOK_PAGES * PAY_ROWS_MAX);
	for (unsigned n = 0; n < BOOK_PAGES && !p->whole; n++) {
		struct pay_moves page;

		TRY(pay->moves(a, c, p->from.account, p->since, after, &page, f));
		for (size_t i = 0; i < page.rows_n; i++)
			p->move[p->moves++] = (struct book_move){page.rows[i].payment, page.rows[i].source, page.rows[i].type,
			    page.rows[i].net_cents, page.rows[i].at};
		p->whole = !page.more || page.rows_n == 0;
		after = page.rows_n == 0 ? after : page.rows[page.rows_n - 1].id;
	}
	return OK;
}

static enum err
check_prepare(struct work *w, const struct ticket *t, void **out)
{
	struct parcel *p = arena_new(w->arena, struct parcel);

	(void)t;
	*out = p;
	p->since = act_processor_since(w);
	return as_company(w, STR(""), p);
}

static enum err
check_settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	const struct parcel *p = parcel;

	(void)t;
	return sent != OK || p->from.account.n == 0 ? OK : act_processor_check(w, p->move, p->moves, p->whole);
}

const struct job job_processor_check = {
	.kind = "processor_check",
	.unpaid = true,
	.tries = 8,
	.backoff_s = 300,
	.lease_s = 300,
	.at_local = "05:20",
	.prepare = check_prepare,
	.send = check_send,
	.settle = check_settle,
	.help = "Compare the payment provider's book with ours: every cent is explained, or named.",
};

static struct str
letters(struct arena *a, uint64_t id)
{
	char text[ID_LETTERS + 1];

	id_write(id, text);
	return str_copy(a, str_of(text));
}

/* The job's own number: made before anything is sent, the same at each try, another one in each company. */
static struct str
key(struct work *w, const struct ticket *t, const char *what)
{
	return str_printf(w->arena, "%s.%s.%.*s", w->tenant->slug, what, STR_ARG(letters(w->arena, t->id)));
}

/* The order goes out in the name of the company's own account. */
static enum err
as_company(struct work *w, struct str key, struct parcel *p)
{
	struct processor_facts facts;

	TRY(act_processor_facts(w, &facts));
	p->from = (struct pay_from){facts.account, key};
	return OK;
}

/* Without a provider an order waits for one: it is no fault of who gave it. */
static enum err
processor_set(const struct pay_processor *pay, struct fault *f)
{
	return pay != NULL ? OK : fail(f, E_AWAY, NULL, "No payment provider is set (stripe_key).");
}

static enum err
not_begun(struct work *w, const struct parcel *p)
{
	return act_pay_refused(w, p->ordered.payment_id,
	    str_of(words_say(p->order.language, "The payment could not begin. Please tell the company.")));
}
