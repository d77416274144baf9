/*
 * fcgi/remote/stripe_house.c -- Stripe Billing for the house itself: companies are customers of our own account.
 *
 * One flat price a month, made with the page that sells it. Changing the card and ending happen on Stripe's own page.
 */
#include "fcgi/remote/stripe_wire.h"

#include <jansson.h>
#include <string.h>

static const json_t *best(const json_t *subscriptions);
static bool over(const json_t *s);
static void bills(struct arena *a, const json_t *rows, struct pay_subscription_seen *out);
static enum err url_of(struct arena *a, json_t *answer, struct str *url, struct fault *f);

#define TRIAL_LEAST_S (48 * 3600) /* a trial ends at least so much later, for Stripe */

enum err
stripe_subscriber(struct arena *a, const struct config *c, struct str key, const struct pay_subscriber *o,
    struct str *customer, struct fault *f)
{
	const struct pay_from from = {STR(""), key};
	struct buf b = buf_open(a, 512, WIRE_FORM_MAX);
	json_t *answer;

	wire_add(&b, "name", o->name);
	if (o->email.n > 0)
		wire_add(&b, "email", o->email);
	wire_add(&b, "metadata[tenant]", o->tenant);
	TRY(wire_ask(a, c, &(struct wire_ask){"POST", "/v1/customers", buf_str(&b), false, &from}, &answer, f));
	*customer = wire_text(a, answer, "id");
	json_decref(answer);
	if (!str_starts(*customer, STR("cus_")) || customer->n > PAY_ID_MAX)
		return fail(f, E_AWAY, NULL, "The payment provider answers nonsense.");
	return OK;
}

enum err
stripe_subscribe(struct arena *a, const struct config *c, struct str key, const struct pay_subscription_order *o,
    struct str *url, struct fault *f)
{
	const struct pay_from from = {STR(""), key};
	struct buf b = buf_open(a, 1024, WIRE_FORM_MAX);
	json_t *answer;

	wire_add(&b, "mode", STR("subscription"));
	wire_add(&b, "customer", o->customer);
	wire_add(&b, "client_reference_id", o->tenant);
	wire_add(&b, "success_url", o->success_url);
	wire_add(&b, "cancel_url", o->cancel_url);
	wire_add_cents(&b, "expires_at", o->expires_at);
	wire_add(&b, "locale", o->spanish ? STR("es") : STR("en"));
	wire_add(&b, "line_items[0][quantity]", STR("1"));
	wire_add(&b, "line_items[0][price_data][currency]", str_lower(a, o->currency));
	wire_add_cents(&b, "line_items[0][price_data][unit_amount]", o->cents);
	wire_add(&b, "line_items[0][price_data][recurring][interval]", STR("month"));
	wire_add(&b, "line_items[0][price_data][product_data][name]", o->what);
	wire_add(&b, "metadata[tenant]", o->tenant);
	wire_add(&b, "subscription_data[metadata][tenant]", o->tenant);
	if (o->first_at > 0)
		wire_add_cents(&b, "subscription_data[trial_end]",
		    o->first_at < o->expires_at + TRIAL_LEAST_S ? o->expires_at + TRIAL_LEAST_S : o->first_at);
	TRY(wire_ask(a, c, &(struct wire_ask){"POST", "/v1/checkout/sessions", buf_str(&b), false, &from}, &answer, f));
	return url_of(a, answer, url, f);
}

enum err
stripe_subscription_page(struct arena *a, const struct config *c, struct str customer, struct str return_url,
    struct str *url, struct fault *f)
{
	const struct pay_from from = {STR(""), STR("")}; /* a way in is short-lived: each try asks for a fresh one */
	struct buf b = buf_open(a, 256, WIRE_FORM_MAX);
	json_t *answer;

	wire_add(&b, "customer", customer);
	wire_add(&b, "return_url", return_url);
	TRY(wire_ask(a, c, &(struct wire_ask){"POST", "/v1/billing_portal/sessions", buf_str(&b), false, &from}, &answer, f));
	return url_of(a, answer, url, f);
}

static enum err
url_of(struct arena *a, json_t *answer, struct str *url, struct fault *f)
{
	*url = wire_text(a, answer, "url");
	json_decref(answer);
	return url->n > 0 ? OK : fail(f, E_AWAY, NULL, "The payment provider answers nonsense.");
}

enum err
stripe_subscription_look(struct arena *a, const struct config *c, struct str customer, struct pay_subscription_seen *out,
    struct fault *f)
{
	const struct pay_from from = {STR(""), STR("")};
	json_t *subscriptions, *invoices;
	const json_t *s;
	struct str status;

	TRY(wire_ask(a, c,
	    &(struct wire_ask){"GET", str_printf(a, "/v1/subscriptions?customer=%.*s&status=all&limit=10", STR_ARG(customer)).p,
	        STR_NONE, false, &from},
	    &subscriptions, f));
	*out = (struct pay_subscription_seen){.reference = STR("")};
	s = best(wire_part(subscriptions, "data"));
	if (s != NULL) {
		status = wire_text(a, s, "status");
		out->reference = str_sub(wire_text(a, s, "id"), 0, PAY_ID_MAX);
		/* The period stands with the item since 2025. */
		out->paid_until = wire_whole(json_array_get(wire_part(wire_part(s, "items"), "data"), 0), "current_period_end");
		if (over(s))
			out->ended_at = wire_whole(s, "ended_at") > 0 ? wire_whole(s, "ended_at") : wire_whole(s, "canceled_at");
		else if (json_is_true(wire_part(s, "cancel_at_period_end")))
			out->ended_at = out->paid_until;
		if (str_eq(status, STR("past_due")) || str_eq(status, STR("unpaid")) || str_eq(status, STR("incomplete")))
			out->unpaid_since = wire_whole(s, "start_date");
	}
	json_decref(subscriptions);
	TRY(wire_ask(a, c,
	    &(struct wire_ask){"GET",
	        str_printf(a, "/v1/invoices?customer=%.*s&limit=%d", STR_ARG(customer), PAY_HOUSE_BILLS).p, STR_NONE, false,
	        &from},
	    &invoices, f));
	bills(a, wire_part(invoices, "data"), out);
	json_decref(invoices);
	return OK;
}

/* One that lives, if there is one; else the newest. */
static const json_t *
best(const json_t *subscriptions)
{
	for (size_t i = 0; i < json_array_size(subscriptions); i++)
		if (!over(json_array_get(subscriptions, i)))
			return json_array_get(subscriptions, i);
	return json_array_get(subscriptions, 0);
}

static bool
over(const json_t *s)
{
	const char *status = json_string_value(wire_part(s, "status"));

	return status != NULL && (strcmp(status, "canceled") == 0 || strcmp(status, "incomplete_expired") == 0);
}

/* Since when a payment is missing: the oldest bill that is still open says it, where the subscription says that one is. */
static void
bills(struct arena *a, const json_t *rows, struct pay_subscription_seen *out)
{
	int64_t oldest = 0;

	out->bills = arena_array(a, struct pay_house_bill, json_array_size(rows) + 1);
	for (size_t i = 0; i < json_array_size(rows) && i < PAY_HOUSE_BILLS; i++) {
		const json_t *r = json_array_get(rows, i);
		const struct str status = wire_text(a, r, "status");
		const struct pay_house_bill bill = {.id = wire_text(a, r, "id"), .number = str_sub(wire_text(a, r, "number"), 0, 40),
		    .currency = wire_text(a, r, "currency"), .url = wire_text(a, r, "hosted_invoice_url"),
		    .cents = wire_whole(r, "total"), .made_at = wire_whole(r, "created"),
		    .paid = str_eq(status, STR("paid")), .void_ = str_eq(status, STR("void"))};

		if (str_eq(status, STR("draft")) || bill.id.n == 0 || bill.id.n > PAY_ID_MAX || bill.currency.n != 3)
			continue;
		if (!bill.paid && !bill.void_ && (oldest == 0 || bill.made_at < oldest))
			oldest = bill.made_at;
		out->bills[out->bills_n++] = bill;
	}
	if (out->unpaid_since > 0 && oldest > 0)
		out->unpaid_since = oldest;
}
