#include "fcgi/remote/stripe_wire.h"

#include <jansson.h>
#include <string.h>

#include "fcgi/remote/breaker.h"
#include "fcgi/remote/call.h"
#include "tenancy/log.h"

static enum err refused(int status, const json_t *error, struct fault *f);
static void add_encoded(struct buf *b, struct str v);

/* ---- asking ---- */

/*
 * 402 with a card_error is an answer: the charge was made and refused. Everything that may be different a moment later is
 * E_AWAY, and is asked again under the same key.
 */
enum err
wire_ask(struct arena *a, const struct config *c, const struct wire_ask *q, json_t **out, struct fault *f)
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
	    (answer.status == 402 && json_is_object(wire_part(wire_part(tree, "error"), "payment_intent"))))) {
		*out = tree;
		return OK;
	}
	f->retry_after_s = answer.retry_after_s;
	e = refused(answer.status, wire_part(tree, "error"), f);
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
void
wire_add(struct buf *b, const char *name, struct str value)
{
	if (b->n > 0)
		buf_char(b, '&');
	buf_add(b, str_of(name));
	buf_char(b, '=');
	add_encoded(b, value);
}

void
wire_add_cents(struct buf *b, const char *name, int64_t v)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%lld", (long long)v);
	wire_add(b, name, str_of(digits));
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
struct str
wire_text(struct arena *a, const json_t *o, const char *name)
{
	const json_t *v = json_object_get(o, name);

	return json_is_string(v) ? str_copy(a, (struct str){json_string_value(v), json_string_length(v)}) : STR("");
}

const json_t *
wire_part(const json_t *o, const char *name)
{
	return json_object_get(o, name);
}

int64_t
wire_whole(const json_t *o, const char *name)
{
	const json_t *v = json_object_get(o, name);

	return json_is_integer(v) ? json_integer_value(v) : 0;
}

/* The tree as bytes of the arena, and gone; "" for one that could not be made. */
struct str
wire_written(struct arena *a, json_t *body)
{
	const size_t n = body == NULL ? 0 : json_dumpb(body, NULL, 0, JSON_COMPACT);
	char *to = arena_alloc(a, n + 1, 1);

	if (n == 0 || json_dumpb(body, to, n, JSON_COMPACT) != n)
		to[0] = '\0';
	json_decref(body);
	return (struct str){to, to[0] == '\0' ? 0 : n};
}
