/*
 * fcgi/remote/stripe.c -- Stripe by its wire format: forms to /v1, JSON to /v2, the company's account in a header.
 *
 * Direct charges on connected accounts; the card itself is typed on Stripe's own page and never comes here.
 */
#include "fcgi/remote/pay.h"

#include <jansson.h>

#include "fcgi/remote/stripe_wire.h"

static enum err seen_session(struct arena *a, const struct config *c, struct str account, const json_t *s,
    struct pay_seen *out, struct fault *f);
static enum err seen_intent(struct arena *a, const struct config *c, struct str account, const json_t *intent,
    struct pay_seen *out, struct fault *f);
static enum err seen_dispute(struct arena *a, const struct config *c, struct str account, struct pay_seen *out,
    struct fault *f);
static void seen_failure(struct arena *a, const json_t *error, struct pay_seen *out);
static enum pay_refusal refusal_of(const char *code);

/* ---- accounts (v2) ---- */

static enum err
account_make(struct arena *a, const struct config *c, const struct pay_from *from, const struct pay_account_order *o,
    struct str *account, struct fault *f)
{
	json_t *answer, *body = json_pack("{s:s%, s:s%, s:s, s:{s:s%}, s:{s:{s:{s:{s:b}, s:{s:b}}}, s:{}},"
					  " s:{s:s%, s:[s], s:{s:s, s:s}}, s:[s, s, s]}",
	    "contact_email", o->email.p, o->email.n, "display_name", o->name.p, o->name.n, "dashboard", "full",
	    "identity", "country", o->country.p, o->country.n,
	    "configuration", "merchant", "capabilities", "card_payments", "requested", 1, "ach_debit_payments", "requested", 1,
	    "customer",
	    "defaults", "currency", o->currency.p, o->currency.n, "locales", "en-US", "responsibilities", "fees_collector",
	    "stripe", "losses_collector", "stripe",
	    "include", "configuration.merchant", "identity", "requirements");
	struct str sent = wire_written(a, body);
	enum err e;

	if (sent.n == 0)
		return fail(f, E_INVALID, "name", "The payment provider refuses this: %s", "the name");
	TRY(wire_ask(a, c, &(struct wire_ask){"POST", "/v2/core/accounts", sent, true, from}, &answer, f));
	*account = wire_text(a, answer, "id");
	e = str_starts(*account, STR("acct_")) && account->n <= PAY_ID_MAX ? OK : E_AWAY;
	json_decref(answer);
	return e == OK ? OK : fail(f, e, NULL, "The payment provider answers nonsense.");
}

static enum err
account_link(struct arena *a, const struct config *c, const struct pay_from *from, struct str refresh_url,
    struct str return_url, struct str *url, struct fault *f)
{
	const struct pay_from ours = {STR(""), from->key}; /* v2 names the account in the body */
	json_t *answer, *body = json_pack("{s:s%, s:{s:s, s:{s:[s], s:s%, s:s%}}}", "account", from->account.p,
	    from->account.n, "use_case", "type", "account_onboarding", "account_onboarding", "configurations", "merchant",
	    "refresh_url", refresh_url.p, refresh_url.n, "return_url", return_url.p, return_url.n);
	struct str sent = wire_written(a, body);

	TRY(wire_ask(a, c, &(struct wire_ask){"POST", "/v2/core/account_links", sent, true, &ours}, &answer, f));
	*url = wire_text(a, answer, "url");
	json_decref(answer);
	return url->n > 0 ? OK : fail(f, E_AWAY, NULL, "The payment provider answers nonsense.");
}

static enum err
account_look(struct arena *a, const struct config *c, struct str account, struct pay_account_seen *out, struct fault *f)
{
	const struct pay_from ours = {STR(""), STR("")};
	const json_t *can, *wants;
	json_t *answer;

	TRY(wire_ask(a, c,
	    &(struct wire_ask){"GET", str_printf(a, "/v2/core/accounts/%.*s?include[0]=configuration.merchant&include[1]=requirements",
				     STR_ARG(account)).p, STR_NONE, false, &ours},
	    &answer, f));
	can = wire_part(wire_part(wire_part(answer, "configuration"), "merchant"), "capabilities");
	*out = (struct pay_account_seen){
	    .cards = str_eq(wire_text(a, wire_part(can, "card_payments"), "status"), STR("active")),
	    .banks = str_eq(wire_text(a, wire_part(can, "ach_debit_payments"), "status"), STR("active")), .wants = STR("")};
	wants = wire_part(wire_part(answer, "requirements"), "entries");
	if (json_array_size(wants) > 0)
		out->wants = wire_text(a, json_array_get(wants, 0), "description");
	json_decref(answer);
	return OK;
}

/* ---- the page on which a customer pays ---- */

static enum err
page(struct arena *a, const struct config *c, const struct pay_from *from, const struct pay_page_order *o,
    struct pay_page_made *out, struct fault *f)
{
	struct buf b = buf_open(a, 1024, WIRE_FORM_MAX);
	json_t *answer;

	wire_add(&b, "mode", o->cents > 0 ? STR("payment") : STR("setup"));
	wire_add(&b, "client_reference_id", o->payment);
	wire_add(&b, "success_url", o->success_url);
	wire_add(&b, "cancel_url", o->cancel_url);
	wire_add_cents(&b, "expires_at", o->expires_at);
	wire_add(&b, "locale", o->spanish ? STR("es") : STR("en"));
	wire_add(&b, "payment_method_types[0]", STR("card"));
	wire_add(&b, "payment_method_types[1]", STR("us_bank_account"));
	wire_add(&b, "metadata[payment]", o->payment);
	wire_add(&b, "metadata[tenant]", o->tenant);
	if (o->customer.n > 0)
		wire_add(&b, "customer", o->customer);
	else {
		wire_add(&b, "customer_creation", STR("always"));
		if (o->email.n > 0)
			wire_add(&b, "customer_email", o->email);
	}
	if (o->cents > 0) {
		wire_add(&b, "line_items[0][quantity]", STR("1"));
		wire_add(&b, "line_items[0][price_data][currency]", str_lower(a, o->currency));
		wire_add_cents(&b, "line_items[0][price_data][unit_amount]", o->cents);
		wire_add(&b, "line_items[0][price_data][product_data][name]", o->what);
		wire_add(&b, "payment_intent_data[metadata][payment]", o->payment);
		wire_add(&b, "payment_intent_data[metadata][tenant]", o->tenant);
		if (o->keep)
			wire_add(&b, "payment_intent_data[setup_future_usage]", STR("off_session"));
	} else {
		wire_add(&b, "currency", str_lower(a, o->currency));
	}
	TRY(wire_ask(a, c, &(struct wire_ask){"POST", "/v1/checkout/sessions", buf_str(&b), false, from}, &answer, f));
	*out = (struct pay_page_made){wire_text(a, answer, "id"), wire_text(a, answer, "url")};
	json_decref(answer);
	if (out->id.n == 0 || out->id.n > PAY_ID_MAX || out->url.n == 0)
		return fail(f, E_AWAY, NULL, "The payment provider answers nonsense.");
	return OK;
}

/* ---- payments ---- */

static enum err
charge(struct arena *a, const struct config *c, const struct pay_from *from, const struct pay_charge_order *o,
    struct pay_seen *out, struct fault *f)
{
	struct buf b = buf_open(a, 1024, WIRE_FORM_MAX);
	json_t *answer;
	enum err e;

	wire_add_cents(&b, "amount", o->cents);
	wire_add(&b, "currency", str_lower(a, o->currency));
	wire_add(&b, "customer", o->customer);
	wire_add(&b, "payment_method", o->method);
	wire_add(&b, "payment_method_types[0]", o->bank ? STR("us_bank_account") : STR("card"));
	if (o->return_url.n > 0)
		wire_add(&b, "return_url", o->return_url);
	else
		wire_add(&b, "off_session", STR("true"));
	wire_add(&b, "confirm", STR("true"));
	wire_add(&b, "description", o->what);
	wire_add(&b, "metadata[payment]", o->payment);
	wire_add(&b, "metadata[tenant]", o->tenant);
	wire_add(&b, "expand[0]", STR("latest_charge.balance_transaction"));
	TRY(wire_ask(a, c, &(struct wire_ask){"POST", "/v1/payment_intents", buf_str(&b), false, from}, &answer, f));
	if (wire_part(answer, "error") != NULL) {
		const json_t *error = wire_part(answer, "error"), *intent = wire_part(error, "payment_intent");

		e = seen_intent(a, c, from->account, intent, out, f);
		seen_failure(a, error, out);
	} else {
		e = seen_intent(a, c, from->account, answer, out, f);
	}
	json_decref(answer);
	return e;
}

static enum err
look(struct arena *a, const struct config *c, struct str account, struct str id, struct pay_seen *out, struct fault *f)
{
	const struct pay_from from = {account, STR("")};
	const bool session = str_starts(id, STR("cs_"));
	json_t *answer;
	enum err e;

	TRY(wire_ask(a, c,
	    &(struct wire_ask){"GET",
	        session ? str_printf(a, "/v1/checkout/sessions/%.*s?expand[0]=setup_intent", STR_ARG(id)).p
			: str_printf(a, "/v1/payment_intents/%.*s?expand[0]=latest_charge.balance_transaction"
					"&expand[1]=payment_method", STR_ARG(id)).p,
	        STR_NONE, false, &from},
	    &answer, f));
	e = session ? seen_session(a, c, account, answer, out, f) : seen_intent(a, c, account, answer, out, f);
	json_decref(answer);
	return e;
}

static enum err
seen_session(struct arena *a, const struct config *c, struct str account, const json_t *s, struct pay_seen *out,
    struct fault *f)
{
	const struct str intent = wire_text(a, s, "payment_intent"), status = wire_text(a, s, "status");
	const json_t *setup = wire_part(s, "setup_intent");

	if (intent.n > 0)
		return look(a, c, account, intent, out, f);
	*out = (struct pay_seen){.id = STR(""), .payment = wire_text(a, wire_part(s, "metadata"), "payment"),
	    .tenant = wire_text(a, wire_part(s, "metadata"), "tenant"), .currency = wire_text(a, s, "currency"),
	    .customer = wire_text(a, s, "customer"), .method = STR(""), .way = PAY_CARD, .why = STR(""), .url = STR(""),
	    .page_only = str_eq(wire_text(a, s, "mode"), STR("setup")),
	    .truth = {.stage = str_eq(status, STR("expired")) ? STAGE_FAILED : STAGE_OPEN, .cents = wire_whole(s, "amount_total")}};
	if (out->page_only) {
		out->method = wire_text(a, setup, "payment_method");
		out->kept = str_eq(wire_text(a, setup, "status"), STR("succeeded"));
	}
	return OK;
}

static enum err
seen_intent(struct arena *a, const struct config *c, struct str account, const json_t *intent, struct pay_seen *out,
    struct fault *f)
{
	const json_t *charge_ = wire_part(intent, "latest_charge"), *book = wire_part(charge_, "balance_transaction");
	const json_t *how = wire_part(charge_, "payment_method_details");
	const struct str status = wire_text(a, intent, "status");
	const json_t *method = wire_part(intent, "payment_method");

	if (wire_text(a, intent, "id").n == 0 || wire_text(a, intent, "id").n > PAY_ID_MAX)
		return fail(f, E_AWAY, NULL, "The payment provider answers nonsense.");
	*out = (struct pay_seen){.id = wire_text(a, intent, "id"), .payment = wire_text(a, wire_part(intent, "metadata"), "payment"),
	    .tenant = wire_text(a, wire_part(intent, "metadata"), "tenant"), .currency = wire_text(a, intent, "currency"),
	    .customer = wire_text(a, intent, "customer"), .why = STR(""),
	    .url = wire_text(a, wire_part(wire_part(intent, "next_action"), "redirect_to_url"), "url"),
	    .method = json_is_object(method) ? wire_text(a, method, "id") : wire_text(a, intent, "payment_method"),
	    .kept = str_eq(wire_text(a, intent, "setup_future_usage"), STR("off_session")),
	    .way = str_eq(wire_text(a, how, "type"), STR("us_bank_account")) ? PAY_ACH : PAY_CARD,
	    .truth = {.cents = wire_whole(intent, "amount"), .refunded_cents = wire_whole(charge_, "amount_refunded"),
	        .fee_cents = wire_whole(book, "fee")}};
	if (str_eq(status, STR("succeeded")))
		out->truth.stage = STAGE_PAID;
	else if (str_eq(status, STR("processing")))
		out->truth.stage = STAGE_PENDING;
	else if (str_eq(status, STR("canceled")) || json_is_object(wire_part(intent, "last_payment_error")))
		out->truth.stage = STAGE_FAILED;
	else
		out->truth.stage = STAGE_OPEN;
	/* An open page may be tried again with another card; what failed without a page has failed. */
	seen_failure(a, wire_part(intent, "last_payment_error"), out);
	if (json_is_true(wire_part(charge_, "disputed")))
		return seen_dispute(a, c, account, out, f);
	return OK;
}

/* Won: the money is ours again. In every other state but an inquiry it was taken from us. */
static enum err
seen_dispute(struct arena *a, const struct config *c, struct str account, struct pay_seen *out, struct fault *f)
{
	const struct pay_from from = {account, STR("")};
	json_t *answer;

	TRY(wire_ask(a, c,
	    &(struct wire_ask){"GET", str_printf(a, "/v1/disputes?payment_intent=%.*s&limit=10", STR_ARG(out->id)).p, STR_NONE,
	        false, &from},
	    &answer, f));
	for (size_t i = 0; i < json_array_size(wire_part(answer, "data")); i++) {
		const json_t *d = json_array_get(wire_part(answer, "data"), i);
		const struct str status = wire_text(a, d, "status");

		if (str_eq(status, STR("won")) || str_starts(status, STR("warning_")))
			continue;
		out->truth.away = true;
		out->why = wire_text(a, d, "reason");
		for (size_t j = 0; j < json_array_size(wire_part(d, "balance_transactions")); j++)
			out->truth.fee_cents += wire_whole(json_array_get(wire_part(d, "balance_transactions"), j), "fee");
		/* Of a bank debit that came back the reason is all that is said; the bank's own code is not. */
		out->refusal = refusal_of(out->why.p);
	}
	json_decref(answer);
	return OK;
}

static void
seen_failure(struct arena *a, const json_t *error, struct pay_seen *out)
{
	const struct str decline = wire_text(a, error, "decline_code"), code = wire_text(a, error, "code");

	if (error == NULL || json_is_null(error) || out->truth.stage == STAGE_PAID || out->truth.stage == STAGE_PENDING)
		return;
	out->truth.stage = STAGE_FAILED;
	out->refusal = refusal_of(decline.n > 0 ? decline.p : code.p);
	out->why = str_sub(wire_text(a, error, "message"), 0, 180);
}

static enum pay_refusal
refusal_of(const char *code)
{
	static const struct {
		const char *code;
		enum pay_refusal is;
	} known[] = {
	    {"insufficient_funds", REFUSAL_FUNDS}, {"R01", REFUSAL_FUNDS}, {"R09", REFUSAL_FUNDS},
	    {"authentication_required", REFUSAL_ASK},
	    {"debit_not_authorized", REFUSAL_REVOKED}, {"R07", REFUSAL_REVOKED}, {"R10", REFUSAL_REVOKED},
	    {"R05", REFUSAL_REVOKED}, {"R29", REFUSAL_REVOKED},
	    {"expired_card", REFUSAL_FINAL}, {"lost_card", REFUSAL_FINAL}, {"stolen_card", REFUSAL_FINAL},
	    {"account_closed", REFUSAL_FINAL}, {"no_account", REFUSAL_FINAL}, {"incorrect_account_details", REFUSAL_FINAL}, {"R02", REFUSAL_FINAL}, {"R03", REFUSAL_FINAL},
	    {"R04", REFUSAL_FINAL}, {"pickup_card", REFUSAL_FINAL}, {"revocation_of_authorization", REFUSAL_REVOKED},
	};

	for (size_t i = 0; code != NULL && i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(known[i].code, code) == 0)
			return known[i].is;
	return REFUSAL_OTHER;
}

static enum err
cancel(struct arena *a, const struct config *c, const struct pay_from *from, struct str id, struct fault *f)
{
	json_t *answer;

	TRY(wire_ask(a, c,
	    &(struct wire_ask){"POST", str_printf(a, "/v1/payment_intents/%.*s/cancel", STR_ARG(id)).p, STR(""), false, from}, &answer,
	    f));
	json_decref(answer);
	return OK;
}

static enum err
refund(struct arena *a, const struct config *c, const struct pay_from *from, struct str id, int64_t cents, struct fault *f)
{
	struct buf b = buf_open(a, 256, WIRE_FORM_MAX);
	json_t *answer;

	wire_add(&b, "payment_intent", id);
	wire_add_cents(&b, "amount", cents);
	wire_add(&b, "reason", STR("requested_by_customer"));
	TRY(wire_ask(a, c, &(struct wire_ask){"POST", "/v1/refunds", buf_str(&b), false, from}, &answer, f));
	json_decref(answer);
	return OK;
}

/* ---- what customers left for later ---- */

static enum err
method_look(struct arena *a, const struct config *c, struct str account, struct str id, struct pay_method_seen *out,
    struct fault *f)
{
	const struct pay_from from = {account, STR("")};
	const json_t *card, *bank;
	json_t *answer;

	TRY(wire_ask(a, c, &(struct wire_ask){"GET", str_printf(a, "/v1/payment_methods/%.*s", STR_ARG(id)).p, STR_NONE, false, &from},
	    &answer, f));
	card = wire_part(answer, "card");
	bank = wire_part(answer, "us_bank_account");
	*out = (struct pay_method_seen){.id = wire_text(a, answer, "id"), .customer = wire_text(a, answer, "customer"),
	    .kind = json_is_object(bank) ? METHOD_BANK : METHOD_CARD,
	    .brand = str_sub(json_is_object(bank) ? wire_text(a, bank, "bank_name") : wire_text(a, card, "brand"), 0, 24),
	    .last4 = str_sub(json_is_object(bank) ? wire_text(a, bank, "last4") : wire_text(a, card, "last4"), 0, 4),
	    .exp_month = (uint32_t)wire_whole(card, "exp_month"), .exp_year = (uint32_t)wire_whole(card, "exp_year"),
	    .funding = json_is_object(bank) ? STR("") : str_sub(wire_text(a, card, "funding"), 0, 12)};
	json_decref(answer);
	return OK;
}

static enum err
method_drop(struct arena *a, const struct config *c, const struct pay_from *from, struct str id, struct fault *f)
{
	json_t *answer;

	TRY(wire_ask(a, c,
	    &(struct wire_ask){"POST", str_printf(a, "/v1/payment_methods/%.*s/detach", STR_ARG(id)).p, STR(""), false, from},
	    &answer, f));
	json_decref(answer);
	return OK;
}

/* ---- the processor's book ---- */

static enum err
moves(struct arena *a, const struct config *c, struct str account, int64_t since, struct str after, struct pay_moves *out,
    struct fault *f)
{
	const struct pay_from from = {account, STR("")};
	const json_t *rows;
	json_t *answer;

	TRY(wire_ask(a, c,
	    &(struct wire_ask){"GET",
	        str_printf(a, "/v1/balance_transactions?limit=%d&created[gte]=%lld&expand[0]=data.source%s%.*s", PAY_ROWS_MAX,
	            (long long)since, after.n > 0 ? "&starting_after=" : "", STR_ARG(after)).p,
	        STR_NONE, false, &from},
	    &answer, f));
	rows = wire_part(answer, "data");
	*out = (struct pay_moves){arena_array(a, struct pay_move, json_array_size(rows) + 1), 0,
	    json_is_true(wire_part(answer, "has_more"))};
	for (size_t i = 0; i < json_array_size(rows) && i < PAY_ROWS_MAX; i++) {
		const json_t *m = json_array_get(rows, i), *source = wire_part(m, "source");

		out->rows[out->rows_n++] = (struct pay_move){wire_text(a, m, "id"), wire_text(a, source, "payment_intent"),
		    wire_text(a, source, "id"), wire_text(a, m, "type"), wire_whole(m, "amount"), wire_whole(m, "fee"), wire_whole(m, "net"),
		    wire_whole(m, "created")};
	}
	json_decref(answer);
	return OK;
}

const struct pay_processor pay_stripe = {
	.name = "stripe",
	.account_make = account_make,
	.account_link = account_link,
	.account_look = account_look,
	.page = page,
	.charge = charge,
	.look = look,
	.cancel = cancel,
	.refund = refund,
	.method_look = method_look,
	.method_drop = method_drop,
	.moves = moves,
	.subscriber = stripe_subscriber,
	.subscribe = stripe_subscribe,
	.subscription_page = stripe_subscription_page,
	.subscription_look = stripe_subscription_look,
};

const struct pay_processor *
pay_processor_of(const struct config *c)
{
	return c->stripe_key[0] == '\0' ? NULL : &pay_stripe;
}
