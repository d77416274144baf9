/*
 * fcgi/remote/stripe.c -- Stripe by its wire format: forms to /v1, JSON to /v2, the company's account in a header.
 *
 * Direct charges on connected accounts; the card itself is typed on Stripe's own page and never comes here.
 */
#include "fcgi/remote/pay.h"

#include <jansson.h>
#include <string.h>

#include "fcgi/remote/breaker.h"
#include "fcgi/remote/call.h"
#include "tenancy/log.h"

#define FORM_MAX (32 * 1024)
#define URL_MAX 1024

struct ask {
	const char *method, *path; /* path with its query */
	struct str body;
	bool json;
	const struct pay_from *from;
};

static enum err ask(struct arena *a, const struct config *c, const struct ask *q, json_t **out, struct fault *f);
static enum err refused(int status, const json_t *error, struct fault *f);
static void add(struct buf *b, const char *name, struct str value);
static void add_cents(struct buf *b, const char *name, int64_t v);
static void add_encoded(struct buf *b, struct str v);
static struct str text(struct arena *a, const json_t *o, const char *name);
static const json_t *part(const json_t *o, const char *name);
static int64_t whole(const json_t *o, const char *name);
static struct str written(struct arena *a, json_t *body);
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
	struct str sent = written(a, body);
	enum err e;

	if (sent.n == 0)
		return fail(f, E_INVALID, "name", "The payment provider refuses this: %s", "the name");
	TRY(ask(a, c, &(struct ask){"POST", "/v2/core/accounts", sent, true, from}, &answer, f));
	*account = text(a, answer, "id");
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
	struct str sent = written(a, body);

	TRY(ask(a, c, &(struct ask){"POST", "/v2/core/account_links", sent, true, &ours}, &answer, f));
	*url = text(a, answer, "url");
	json_decref(answer);
	return url->n > 0 ? OK : fail(f, E_AWAY, NULL, "The payment provider answers nonsense.");
}

static enum err
account_look(struct arena *a, const struct config *c, struct str account, struct pay_account_seen *out, struct fault *f)
{
	const struct pay_from ours = {STR(""), STR("")};
	const json_t *can, *wants;
	json_t *answer;

	TRY(ask(a, c,
	    &(struct ask){"GET", str_printf(a, "/v2/core/accounts/%.*s?include[0]=configuration.merchant&include[1]=requirements",
				     STR_ARG(account)).p, STR_NONE, false, &ours},
	    &answer, f));
	can = part(part(part(answer, "configuration"), "merchant"), "capabilities");
	*out = (struct pay_account_seen){
	    .cards = str_eq(text(a, part(can, "card_payments"), "status"), STR("active")),
	    .banks = str_eq(text(a, part(can, "ach_debit_payments"), "status"), STR("active")), .wants = STR("")};
	wants = part(part(answer, "requirements"), "entries");
	if (json_array_size(wants) > 0)
		out->wants = text(a, json_array_get(wants, 0), "description");
	json_decref(answer);
	return OK;
}

/* ---- the page on which a customer pays ---- */

static enum err
page(struct arena *a, const struct config *c, const struct pay_from *from, const struct pay_page_order *o,
    struct pay_page_made *out, struct fault *f)
{
	struct buf b = buf_open(a, 1024, FORM_MAX);
	json_t *answer;

	add(&b, "mode", o->cents > 0 ? STR("payment") : STR("setup"));
	add(&b, "client_reference_id", o->payment);
	add(&b, "success_url", o->success_url);
	add(&b, "cancel_url", o->cancel_url);
	add_cents(&b, "expires_at", o->expires_at);
	add(&b, "locale", o->spanish ? STR("es") : STR("en"));
	add(&b, "payment_method_types[0]", STR("card"));
	add(&b, "payment_method_types[1]", STR("us_bank_account"));
	add(&b, "metadata[payment]", o->payment);
	add(&b, "metadata[tenant]", o->tenant);
	if (o->customer.n > 0)
		add(&b, "customer", o->customer);
	else {
		add(&b, "customer_creation", STR("always"));
		if (o->email.n > 0)
			add(&b, "customer_email", o->email);
	}
	if (o->cents > 0) {
		add(&b, "line_items[0][quantity]", STR("1"));
		add(&b, "line_items[0][price_data][currency]", str_lower(a, o->currency));
		add_cents(&b, "line_items[0][price_data][unit_amount]", o->cents);
		add(&b, "line_items[0][price_data][product_data][name]", o->what);
		add(&b, "payment_intent_data[metadata][payment]", o->payment);
		add(&b, "payment_intent_data[metadata][tenant]", o->tenant);
		if (o->keep)
			add(&b, "payment_intent_data[setup_future_usage]", STR("off_session"));
	} else {
		add(&b, "currency", str_lower(a, o->currency));
	}
	TRY(ask(a, c, &(struct ask){"POST", "/v1/checkout/sessions", buf_str(&b), false, from}, &answer, f));
	*out = (struct pay_page_made){text(a, answer, "id"), text(a, answer, "url")};
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
	struct buf b = buf_open(a, 1024, FORM_MAX);
	json_t *answer;
	enum err e;

	add_cents(&b, "amount", o->cents);
	add(&b, "currency", str_lower(a, o->currency));
	add(&b, "customer", o->customer);
	add(&b, "payment_method", o->method);
	add(&b, "payment_method_types[0]", o->bank ? STR("us_bank_account") : STR("card"));
	add(&b, "off_session", STR("true"));
	add(&b, "confirm", STR("true"));
	add(&b, "description", o->what);
	add(&b, "metadata[payment]", o->payment);
	add(&b, "metadata[tenant]", o->tenant);
	add(&b, "expand[0]", STR("latest_charge.balance_transaction"));
	TRY(ask(a, c, &(struct ask){"POST", "/v1/payment_intents", buf_str(&b), false, from}, &answer, f));
	if (part(answer, "error") != NULL) {
		const json_t *error = part(answer, "error"), *intent = part(error, "payment_intent");

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

	TRY(ask(a, c,
	    &(struct ask){"GET",
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
	const struct str intent = text(a, s, "payment_intent"), status = text(a, s, "status");
	const json_t *setup = part(s, "setup_intent");

	if (intent.n > 0)
		return look(a, c, account, intent, out, f);
	*out = (struct pay_seen){.id = STR(""), .payment = text(a, part(s, "metadata"), "payment"),
	    .tenant = text(a, part(s, "metadata"), "tenant"), .currency = text(a, s, "currency"),
	    .customer = text(a, s, "customer"), .method = STR(""), .way = PAY_CARD, .why = STR(""),
	    .page_only = str_eq(text(a, s, "mode"), STR("setup")),
	    .truth = {.stage = str_eq(status, STR("expired")) ? STAGE_FAILED : STAGE_OPEN, .cents = whole(s, "amount_total")}};
	if (out->page_only) {
		out->method = text(a, setup, "payment_method");
		out->kept = str_eq(text(a, setup, "status"), STR("succeeded"));
	}
	return OK;
}

static enum err
seen_intent(struct arena *a, const struct config *c, struct str account, const json_t *intent, struct pay_seen *out,
    struct fault *f)
{
	const json_t *charge_ = part(intent, "latest_charge"), *book = part(charge_, "balance_transaction");
	const json_t *how = part(charge_, "payment_method_details");
	const struct str status = text(a, intent, "status");
	const json_t *method = part(intent, "payment_method");

	if (text(a, intent, "id").n == 0 || text(a, intent, "id").n > PAY_ID_MAX)
		return fail(f, E_AWAY, NULL, "The payment provider answers nonsense.");
	*out = (struct pay_seen){.id = text(a, intent, "id"), .payment = text(a, part(intent, "metadata"), "payment"),
	    .tenant = text(a, part(intent, "metadata"), "tenant"), .currency = text(a, intent, "currency"),
	    .customer = text(a, intent, "customer"), .why = STR(""),
	    .method = json_is_object(method) ? text(a, method, "id") : text(a, intent, "payment_method"),
	    .kept = str_eq(text(a, intent, "setup_future_usage"), STR("off_session")),
	    .way = str_eq(text(a, how, "type"), STR("us_bank_account")) ? PAY_ACH : PAY_CARD,
	    .truth = {.cents = whole(intent, "amount"), .refunded_cents = whole(charge_, "amount_refunded"),
	        .fee_cents = whole(book, "fee")}};
	if (str_eq(status, STR("succeeded")))
		out->truth.stage = STAGE_PAID;
	else if (str_eq(status, STR("processing")))
		out->truth.stage = STAGE_PENDING;
	else if (str_eq(status, STR("canceled")) || part(intent, "last_payment_error") != NULL)
		out->truth.stage = STAGE_FAILED;
	else
		out->truth.stage = STAGE_OPEN;
	/* An open page may be tried again with another card; what failed without a page has failed. */
	seen_failure(a, part(intent, "last_payment_error"), out);
	if (json_is_true(part(charge_, "disputed")))
		return seen_dispute(a, c, account, out, f);
	return OK;
}

/* Won: the money is ours again. In every other state but an inquiry it was taken from us. */
static enum err
seen_dispute(struct arena *a, const struct config *c, struct str account, struct pay_seen *out, struct fault *f)
{
	const struct pay_from from = {account, STR("")};
	json_t *answer;

	TRY(ask(a, c,
	    &(struct ask){"GET", str_printf(a, "/v1/disputes?payment_intent=%.*s&limit=10", STR_ARG(out->id)).p, STR_NONE,
	        false, &from},
	    &answer, f));
	for (size_t i = 0; i < json_array_size(part(answer, "data")); i++) {
		const json_t *d = json_array_get(part(answer, "data"), i);
		const struct str status = text(a, d, "status");

		if (str_eq(status, STR("won")) || str_starts(status, STR("warning_")))
			continue;
		out->truth.away = true;
		out->why = text(a, d, "reason");
		for (size_t j = 0; j < json_array_size(part(d, "balance_transactions")); j++)
			out->truth.fee_cents += whole(json_array_get(part(d, "balance_transactions"), j), "fee");
		out->refusal = refusal_of(text(a, part(d, "payment_method_details"), "code").p);
	}
	json_decref(answer);
	return OK;
}

static void
seen_failure(struct arena *a, const json_t *error, struct pay_seen *out)
{
	const struct str decline = text(a, error, "decline_code"), code = text(a, error, "code");

	if (error == NULL || json_is_null(error) || out->truth.stage == STAGE_PAID || out->truth.stage == STAGE_PENDING)
		return;
	out->truth.stage = STAGE_FAILED;
	out->refusal = refusal_of(decline.n > 0 ? decline.p : code.p);
	out->why = str_sub(text(a, error, "message"), 0, 180);
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
	    {"account_closed", REFUSAL_FINAL}, {"no_account", REFUSAL_FINAL}, {"R02", REFUSAL_FINAL}, {"R03", REFUSAL_FINAL},
	    {"R04", REFUSAL_FINAL}, {"pickup_card", REFUSAL_FINAL}, {"revocation_of_authorization", REFUSAL_REVOKED},
	};

	for (size_t i = 0; code != NULL && i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(known[i].code, code) == 0)
			return known[i].is;
	return REFUSAL_OTHER;
}

static enum err
refund(struct arena *a, const struct config *c, const struct pay_from *from, struct str id, int64_t cents, struct fault *f)
{
	struct buf b = buf_open(a, 256, FORM_MAX);
	json_t *answer;

	add(&b, "payment_intent", id);
	add_cents(&b, "amount", cents);
	add(&b, "reason", STR("requested_by_customer"));
	TRY(ask(a, c, &(struct ask){"POST", "/v1/refunds", buf_str(&b), false, from}, &answer, f));
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

	TRY(ask(a, c, &(struct ask){"GET", str_printf(a, "/v1/payment_methods/%.*s", STR_ARG(id)).p, STR_NONE, false, &from},
	    &answer, f));
	card = part(answer, "card");
	bank = part(answer, "us_bank_account");
	*out = (struct pay_method_seen){.id = text(a, answer, "id"), .customer = text(a, answer, "customer"),
	    .kind = json_is_object(bank) ? METHOD_BANK : METHOD_CARD,
	    .brand = str_sub(json_is_object(bank) ? text(a, bank, "bank_name") : text(a, card, "brand"), 0, 24),
	    .last4 = str_sub(json_is_object(bank) ? text(a, bank, "last4") : text(a, card, "last4"), 0, 4),
	    .exp_month = (uint32_t)whole(card, "exp_month"), .exp_year = (uint32_t)whole(card, "exp_year")};
	json_decref(answer);
	return OK;
}

static enum err
method_drop(struct arena *a, const struct config *c, const struct pay_from *from, struct str id, struct fault *f)
{
	json_t *answer;

	TRY(ask(a, c,
	    &(struct ask){"POST", str_printf(a, "/v1/payment_methods/%.*s/detach", STR_ARG(id)).p, STR(""), false, from},
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

	TRY(ask(a, c,
	    &(struct ask){"GET",
	        str_printf(a, "/v1/balance_transactions?limit=%d&created[gte]=%lld&expand[0]=data.source%s%.*s", PAY_ROWS_MAX,
	            (long long)since, after.n > 0 ? "&starting_after=" : "", STR_ARG(after)).p,
	        STR_NONE, false, &from},
	    &answer, f));
	rows = part(answer, "data");
	*out = (struct pay_moves){arena_array(a, struct pay_move, json_array_size(rows) + 1), 0,
	    json_is_true(part(answer, "has_more"))};
	for (size_t i = 0; i < json_array_size(rows) && i < PAY_ROWS_MAX; i++) {
		const json_t *m = json_array_get(rows, i), *source = part(m, "source");

		out->rows[out->rows_n++] = (struct pay_move){text(a, m, "id"), text(a, source, "payment_intent"),
		    text(a, source, "id"), text(a, m, "type"), whole(m, "amount"), whole(m, "fee"), whole(m, "net"),
		    whole(m, "created")};
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
	.refund = refund,
	.method_look = method_look,
	.method_drop = method_drop,
	.moves = moves,
};

const struct pay_processor *
pay_processor_of(const struct config *c)
{
	return c->stripe_key[0] == '\0' ? NULL : &pay_stripe;
}

/* ---- asking ---- */

/*
 * 402 with a card_error is an answer: the charge was made and refused. Everything that may be different a moment later is
 * E_AWAY, and is asked again under the same key.
 */
static enum err
ask(struct arena *a, const struct config *c, const struct ask *q, json_t **out, struct fault *f)
{
	static struct breaker line;
	const int64_t from_us = mono_us();
	const unsigned wait_s = breaker_wait_s(&line, from_us);
	struct call_header h[6] = {{"Authorization", str_printf(a, "Bearer %s", c->stripe_key)},
	    {"Stripe-Version", str_of(c->stripe_version)},
	    {"Content-Type", q->json ? STR("application/json") : STR("application/x-www-form-urlencoded")}};
	struct call_http call = {.reach = CALL_OPERATOR, .method = q->method, .body = q->body, .header = h, .headers = 3,
	    .url = str_printf(a, "%s%s", c->stripe_url, q->path)};
	struct call_answer answer;
	json_t *tree;
	enum err e;

	if (wait_s > 0) {
		f->retry_after_s = wait_s;
		return fail(f, E_AWAY, NULL, "The payment provider did not answer a moment ago.");
	}
	if (q->from->key.n > 0)
		h[call.headers++] = (struct call_header){"Idempotency-Key", q->from->key};
	if (q->from->account.n > 0)
		h[call.headers++] = (struct call_header){"Stripe-Account", q->from->account};
	e = call_http(a, &call, &answer, f);
	breaker_note(&line, from_us, mono_us(), e);
	TRY(e);
	tree = json_loadb(answer.body.p, answer.body.n, JSON_REJECT_DUPLICATES, NULL);
	if (json_is_object(tree) && (answer.status == 200 || answer.status == 201 ||
	    (answer.status == 402 && json_is_object(part(part(tree, "error"), "payment_intent"))))) {
		*out = tree;
		return OK;
	}
	f->retry_after_s = answer.retry_after_s;
	e = refused(answer.status, part(tree, "error"), f);
	json_decref(tree);
	return e;
}

static enum err
refused(int status, const json_t *error, struct fault *f)
{
	const char *why = json_string_value(json_object_get(error, "message"));

	if (why == NULL)
		why = "";
	if (status == 401 || status == 403)
		return fail(f, E_FORBIDDEN, NULL, "The payment provider does not let us in: %s", why);
	if (status == 404)
		return fail(f, E_NOT_FOUND, NULL, "The payment provider does not know this: %s", why);
	if (status == 400 || status == 402)
		return fail(f, E_INVALID, "provider", "The payment provider refuses this: %s", why);
	return fail(f, E_AWAY, NULL, "The payment provider is not well (%d).", status);
}

/* ---- forms and trees ---- */

/* Brackets go as they are, values percent-encoded (a blank is %20), as Stripe's own clients send them. */
static void
add(struct buf *b, const char *name, struct str value)
{
	if (b->n > 0)
		buf_char(b, '&');
	buf_add(b, str_of(name));
	buf_char(b, '=');
	add_encoded(b, value);
}

static void
add_cents(struct buf *b, const char *name, int64_t v)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%lld", (long long)v);
	add(b, name, str_of(digits));
}

static void
add_encoded(struct buf *b, struct str v)
{
	for (size_t i = 0; i < v.n; i++) {
		const unsigned char ch = (unsigned char)v.p[i];

		if ((ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '-' ||
		    ch == '_' || ch == '.' || ch == '~')
			buf_char(b, (char)ch);
		else
			buf_printf(b, "%%%02X", ch);
	}
}

/* Copied: the tree goes away. "" for what is missing or no text. */
static struct str
text(struct arena *a, const json_t *o, const char *name)
{
	const json_t *v = json_object_get(o, name);

	return json_is_string(v) ? str_copy(a, (struct str){json_string_value(v), json_string_length(v)}) : STR("");
}

static const json_t *
part(const json_t *o, const char *name)
{
	return json_object_get(o, name);
}

static int64_t
whole(const json_t *o, const char *name)
{
	const json_t *v = json_object_get(o, name);

	return json_is_integer(v) ? json_integer_value(v) : 0;
}

/* The tree as bytes of the arena, and gone; "" for one that could not be made. */
static struct str
written(struct arena *a, json_t *body)
{
	const size_t n = body == NULL ? 0 : json_dumpb(body, NULL, 0, JSON_COMPACT);
	char *to = arena_alloc(a, n + 1, 1);

	if (n == 0 || json_dumpb(body, to, n, JSON_COMPACT) != n)
		to[0] = '\0';
	json_decref(body);
	return (struct str){to, to[0] == '\0' ? 0 : n};
}
