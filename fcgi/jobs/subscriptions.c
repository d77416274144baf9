/*
 * fcgi/jobs/subscriptions.c -- the house and its companies at the payment provider: the way to its
 * page, how it stands.
 */
#include "fcgi/acts/processor.h"
#include "fcgi/acts/subscriptions.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/jobs/list.h"
#include "fcgi/remote/pay.h"

#define PAGE_S 3600

struct parcel {
	struct subscription_facts_read facts;
	struct event_order event;
	struct str slug, key_customer, key_page, done_url, back_url, customer, link;
	int64_t made_at;
	struct pay_subscription_seen seen;
	bool looked;
};

static enum err
prepare(struct work *w, const struct ticket *t, void **out)
{
	struct parcel *p = arena_new(w->arena, struct parcel);

	*out = p;
	if (t->payload.n > 0)
		TRY(shape_read(&event_order_shape, t->payload, w->arena, &p->event, &w->fault));
	TRY(act_subscription_facts(w, &p->facts));
	p->slug = str_copy(w->arena, str_of(w->tenant->slug));
	p->customer = p->facts.customer;
	/* A company has one customer there, whichever job comes first. */
	p->key_customer = str_printf(w->arena, "%.*s.subscriber", STR_ARG(p->slug));
	p->key_page = str_printf(
	    w->arena, "%.*s.subscribe.%llu", STR_ARG(p->slug), (unsigned long long)t->id);
	p->done_url =
	    company_url(w, "subscription?back=done");
	p->back_url = company_url(w, "subscription");
	p->made_at = (int64_t)(t->id >> 21) / 1000; /* the order's own hour: the same at each try */
	return OK;
}

static enum err
page_send(
    struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	const struct pay_processor *pay = pay_processor_of(c);
	struct parcel *p = parcel;
	const struct subscription_facts_read *s = &p->facts;

	(void)t;
	if (!s->billed)
		return OK;
	if (pay == NULL)
		return fail(f, E_AWAY, NULL, "No payment provider is set (stripe_key).");
	if (p->customer.n == 0)
		TRY(pay->subscriber(a, c, p->key_customer,
		    &(struct pay_subscriber){p->slug, s->name, s->email}, &p->customer, f));
	if (s->subscribed)
		return pay->subscription_page(a, c, p->customer, p->done_url, &p->link, f);
	return pay->subscribe(a, c, p->key_page,
	    &(struct pay_subscription_order){.tenant = p->slug,
		.customer = p->customer,
		.what = STR("Poolhouse"),
		.currency = s->currency,
		.success_url = p->done_url,
		.cancel_url = p->back_url,
		.cents = s->cents,
		.first_at = s->first_at,
		.expires_at = p->made_at + PAGE_S,
		.spanish = s->language == SPANISH},
	    &p->link, f);
}

static enum err
page_settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	struct parcel *p = parcel;

	(void)t;
	TRY(act_subscription_known(w, &p->facts, p->customer));
	return sent == OK && p->link.n > 0 ? act_subscription_linked(w, p->link) : OK;
}

const struct job job_subscription_page = {
    .kind = "subscription_page",
    .unpaid = true,
    .tries = 8,
    .backoff_s = 5,
    .lease_s = 90,
    .prepare = prepare,
    .send = page_send,
    .settle = page_settle,
    .help = "Make a way to the payment provider's page where the company subscribes, or changes "
	    "its card.",
};

static enum err
look_send(
    struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	const struct pay_processor *pay = pay_processor_of(c);
	struct parcel *p = parcel;

	(void)t;
	if (!p->facts.billed || p->customer.n == 0 || pay == NULL)
		return OK;
	TRY(pay->subscription_look(a, c, p->customer, &p->seen, f));
	p->looked = true;
	return OK;
}

static enum err
look_settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	struct parcel *p = parcel;
	struct subscription_seen seen = {.reference = STR("")};

	(void)t;
	if (sent != OK || !p->facts.billed)
		return OK;
	if (p->looked) {
		seen = (struct subscription_seen){p->seen.reference, p->seen.paid_until,
		    p->seen.unpaid_since, p->seen.ended_at,
		    arena_array(w->arena, struct subscription_bill_row, p->seen.bills_n + 1),
		    p->seen.bills_n};
		for (size_t i = 0; i < seen.bills_n; i++) {
			const struct pay_house_bill *b = &p->seen.bills[i];

			seen.bills[i] =
			    (struct subscription_bill_row){b->id, b->number, b->cents, b->currency,
				b->paid    ? SUBSCRIPTION_BILL_PAID
				: b->void_ ? SUBSCRIPTION_BILL_VOID
					   : SUBSCRIPTION_BILL_OPEN,
				b->made_at, str_sub(b->url, 0, 500)};
		}
	}
	TRY(act_subscription_seen(w, &p->facts, &seen));
	return !p->event.event_id.is ? OK : act_provider_event_done(w, p->event.event_id.v);
}

/* Each night as well: a message may be lost, and a trial ends without one. */
const struct job job_subscription_look = {
    .kind = "subscription_look",
    .unpaid = true,
    .tries = 12,
    .backoff_s = 5,
    .lease_s = 90,
    .at_local = "04:50",
    .prepare = prepare,
    .send = look_send,
    .settle = look_settle,
    .help = "Ask the payment provider how the company's own subscription stands, and tell the "
	    "owner of what changed.",
};
