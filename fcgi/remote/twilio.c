#include "fcgi/remote/twilio.h"

#include <jansson.h>

#include "domain/base/day.h"

#define ANSWER_MAX (256 * 1024) /* fifty messages of a day */
#define PAGE       50

static enum err ask(struct arena *a, const struct twilio *t, const char *method, struct str url, struct str body, json_t **root, struct fault *f);
static void let_go(void *root);
static long code_of(struct str body);

bool
twilio_on(const struct config *c)
{
	return c->sms_url != NULL && *c->sms_url && c->sms_from != NULL && *c->sms_from;
}

struct str
twilio_door(struct arena *a, const struct twilio *t, const char *what)
{
	const struct str account = t->account.n > 0 ? t->account : str_of(t->config->sms_account);
	struct str base = str_of(t->config->sms_url);

	while (str_ends(base, STR("/")))
		base = str_sub(base, 0, base.n - 1);
	return str_printf(a, "%.*s/2010-04-01/Accounts/%.*s/%s", STR_ARG(base), STR_ARG(account), what);
}

/* RFC 7617: standard base64, with its ends filled up. */
struct str
twilio_basic(struct arena *a, const struct twilio *t)
{
	const struct str plain = t->account.n > 0 ? str_printf(a, "%.*s:%.*s", STR_ARG(t->account), STR_ARG(t->token)) :
	    str_printf(a, "%s:%s", t->config->sms_account, t->config->sms_token);
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

enum err
twilio_post(struct arena *a, const struct twilio *t, const char *door, struct buf *form, json_t **m, struct fault *f)
{
	return ask(a, t, "POST", twilio_door(a, t, door), buf_str(form), m, f);
}

enum err
twilio_list(struct arena *a, const struct twilio *t, const char *list, const char *door, struct str to, const char *day, int64_t since,
    json_t **all, struct fault *f)
{
	struct buf query = buf_open(a, 256, 2048);
	char letters[DAY_LETTERS + 1];
	json_t *root;

	day_write((struct day){(int32_t)(since / 86400)}, letters);
	twilio_field(&query, "To", to);
	twilio_field(&query, str_printf(a, "%s>", day).p, str_of(letters)); /* "on that day or later" is written so */
	buf_printf(&query, "&PageSize=%d", PAGE);
	TRY(ask(a, t, "GET", twilio_door(a, t, str_printf(a, "%s?%.*s", door, STR_ARG(buf_str(&query))).p), STR(""), &root, f));
	*all = json_object_get(root, list);
	return json_is_array(*all) ? OK : twilio_nonsense(f);
}

/* A form is sent if there is one. */
static enum err
ask(struct arena *a, const struct twilio *t, const char *method, struct str url, struct str body, json_t **root, struct fault *f)
{
	struct call_answer answer;

	if (!twilio_on(t->config))
		return fail(f, E_AWAY, NULL, "No text messages can be sent: sms_url is not set.");
	const struct call_header header[] = {{"Authorization", twilio_basic(a, t)}, {"Accept", STR("application/json")},
	    {"Content-Type", STR("application/x-www-form-urlencoded")}};
	TRY(call_http(a, &(struct call_http){.reach = CALL_OPERATOR, .method = method, .url = url, .header = header,
	    .headers = body.n > 0 ? 3 : 2, .body = body}, &answer, f));
	TRY(twilio_judge(&answer, f));
	*root = answer.body.n <= ANSWER_MAX ? json_loadb(answer.body.p, answer.body.n, JSON_REJECT_DUPLICATES, NULL) : NULL;
	if (*root != NULL)
		arena_defer(a, let_go, *root);
	return OK;
}

static void
let_go(void *root)
{
	json_decref(root);
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
		return fail(f, E_INVALID, "to", "This number cannot be reached (%d).", (int)code_of(answer->body));
	case 401:
	case 403:
	case 404:
		return fail(f, E_FORBIDDEN, NULL, "The account for texts and calls is refused (status %d).", answer->status);
	case 429:
		f->retry_after_s = answer->retry_after_s > 0 ? answer->retry_after_s : 30;
		return fail(f, E_LIMIT, NULL, "Text messages are to be sent less often.");
	default:
		f->retry_after_s = answer->retry_after_s;
		return fail(f, E_AWAY, NULL, "The sender of texts and calls answers with status %d.", answer->status);
	}
}

enum err
twilio_nonsense(struct fault *f)
{
	return fail(f, E_AWAY, NULL, "The answer about a message makes no sense.");
}

static long
code_of(struct str body)
{
	json_t *root = body.n <= ANSWER_MAX ? json_loadb(body.p, body.n, 0, NULL) : NULL;
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

bool
twilio_known(const json_t *m, const struct str *sid, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(twilio_text(m, "sid"), sid[i]))
			return true;
	return false;
}
