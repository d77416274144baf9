#include "fcgi/remote/twilio.h"

#include <jansson.h>

static long code_of(struct str body);

struct str
twilio_door(struct arena *a, const struct config *c, struct str account, const char *what)
{
	struct str base = str_of(c->sms_url);

	while (str_ends(base, STR("/")))
		base = str_sub(base, 0, base.n - 1);
	if (account.n == 0)
		account = str_of(c->sms_account);
	return str_printf(a, "%.*s/2010-04-01/Accounts/%.*s/%s", STR_ARG(base), STR_ARG(account), what);
}

/* RFC 7617: standard base64, with its ends filled up. */
struct str
twilio_basic(struct arena *a, const struct config *c, struct str account, struct str token)
{
	const struct str plain = account.n > 0 ? str_printf(a, "%.*s:%.*s", STR_ARG(account), STR_ARG(token)) :
	    str_printf(a, "%s:%s", c->sms_account, c->sms_token);
	const struct str bare = str_base64url(a, plain.p, plain.n);
	struct buf b = buf_open(a, 64, bare.n + 16);

	buf_add(&b, STR("Basic "));
	for (size_t i = 0; i < bare.n; i++)
		buf_char(&b, bare.p[i] == '-' ? '+' : bare.p[i] == '_' ? '/' : bare.p[i]);
	while ((b.n - 6) % 4 != 0)
		buf_char(&b, '=');
	return buf_str(&b);
}

void
twilio_field(struct buf *b, const char *name, struct str value)
{
	static const char hex[] = "0123456789ABCDEF";
	const struct str part[] = {str_of(name), value};

	if (b->n > 0)
		buf_char(b, '&');
	for (size_t k = 0; k < 2; k++) {
		if (k > 0)
			buf_char(b, '=');
		for (size_t i = 0; i < part[k].n; i++) {
			const unsigned char ch = (unsigned char)part[k].p[i];

			if ((ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '-' ||
			    ch == '.' || ch == '_' || ch == '~') {
				buf_char(b, (char)ch);
			} else {
				buf_char(b, '%');
				buf_char(b, hex[ch >> 4]);
				buf_char(b, hex[ch & 15]);
			}
		}
	}
}

/* 400 speaks of this message: a number that is none, one that has said stop, one that cannot get texts. */
enum err
twilio_judge(const struct call_answer *answer, struct fault *f)
{
	switch (answer->status) {
	case 200:
	case 201:
		return OK;
	case 400:
		return fail(f, E_INVALID, "to", "This number cannot be texted (%d).", (int)code_of(answer->body));
	case 401:
	case 403:
	case 404:
		return fail(f, E_FORBIDDEN, NULL, "The account for text messages is refused (status %d).", answer->status);
	case 429:
		f->retry_after_s = answer->retry_after_s > 0 ? answer->retry_after_s : 30;
		return fail(f, E_LIMIT, NULL, "Text messages are to be sent less often.");
	default:
		f->retry_after_s = answer->retry_after_s;
		return fail(f, E_AWAY, NULL, "The sender of text messages answers with status %d.", answer->status);
	}
}

static long
code_of(struct str body)
{
	json_t *root = body.n <= TWILIO_ANSWER_MAX ? json_loadb(body.p, body.n, 0, NULL) : NULL;
	const long code = (long)json_integer_value(json_object_get(root, "code"));

	json_decref(root);
	return code;
}

struct str
twilio_text(const json_t *m, const char *name)
{
	const json_t *v = json_object_get(m, name);

	return json_is_string(v) ? (struct str){json_string_value(v), json_string_length(v)} : STR("");
}
