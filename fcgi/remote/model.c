#include "fcgi/remote/model.h"

#include <jansson.h>

#include "fcgi/remote/breaker.h"
#include "fcgi/remote/call.h"
#include "tenancy/log.h"

#define ANSWER_MAX (64 * 1024)
#define TEXT_BYTES 4000   /* of what it answers that is read */
#define TOKENS_MAX 300    /* of an answer */
#define TOKENS_UNSAID 2000 /* an answer that does not say what it cost */

static struct str body_of(struct arena *a, const struct config *c, const struct model_question *q);
static enum err judge(const struct call_answer *answer, struct fault *f);
static struct str text_of(const json_t *object, const char *name, struct arena *a);
static uint64_t number_of(const json_t *object, const char *name);

bool
model_on(const struct config *c)
{
	return c->model_url != NULL && *c->model_url && c->model_name != NULL && *c->model_name;
}

enum err
model_ask(struct arena *a, const struct config *c, const struct model_question *q, struct model_answer *out, struct fault *f)
{
	static struct breaker model;
	struct str base = str_of(c->model_url);
	const struct call_header header[] = {{"Authorization", str_printf(a, "Bearer %s", c->model_key)},
	    {"Content-Type", STR("application/json")}, {"Accept", STR("application/json")}};
	const int64_t from_us = mono_us();
	const unsigned wait_s = breaker_wait_s(&model, from_us);
	struct call_answer answer;
	json_t *root;
	bool good;
	enum err e;

	*out = (struct model_answer){0};
	if (!model_on(c) || wait_s > 0)
		return fail(f, E_AWAY, NULL, "The language model did not answer a moment ago.");
	while (str_ends(base, STR("/")))
		base = str_sub(base, 0, base.n - 1);
	out->tokens = TOKENS_UNSAID;
	e = call_http(a, &(struct call_http){.reach = CALL_OPERATOR, .method = "POST",
	    .url = str_printf(a, "%.*s/chat/completions", STR_ARG(base)), .header = header, .headers = 3,
	    .body = body_of(a, c, q), .wait_ms = (long)c->model_wait_ms}, &answer, f);
	breaker_note(&model, from_us, mono_us(), e);
	TRY(e);
	TRY(judge(&answer, f));
	root = answer.body.n <= ANSWER_MAX ? json_loadb(answer.body.p, answer.body.n, JSON_REJECT_DUPLICATES, NULL) : NULL;
	const uint64_t cost = number_of(json_object_get(root, "usage"), "total_tokens");
	const json_t *choice = json_array_get(json_object_get(root, "choices"), 0);

	if (cost > 0 && cost < UINT32_MAX)
		out->tokens = (uint32_t)cost;
	good = model_read(text_of(json_object_get(choice, "message"), "content", a), q, a, &out->guess);
	json_decref(root);
	return good ? OK : fail(f, E_AWAY, NULL, "The answer of the language model makes no sense.");
}

static struct str
body_of(struct arena *a, const struct config *c, const struct model_question *q)
{
	json_t *body = json_pack("{s:s, s:[{s:s, s:s%}, {s:s, s:s%}], s:{s:s}, s:i, s:i}", "model", c->model_name, "messages", "role", "system",
	    "content", q->question.p, q->question.n, "role", "user", "content", q->words.p, q->words.n, "response_format", "type", "json_object",
	    "temperature", 0, c->model_completion_tokens ? "max_completion_tokens" : "max_tokens", TOKENS_MAX);
	const size_t n = body == NULL ? 0 : json_dumpb(body, NULL, 0, JSON_COMPACT);
	char *to = arena_array(a, char, n);

	if (n > 0 && json_dumpb(body, to, n, JSON_COMPACT) != n)
		to = NULL;
	json_decref(body);
	return to == NULL || n == 0 ? STR("{}") : (struct str){to, n};
}

static enum err
judge(const struct call_answer *answer, struct fault *f)
{
	switch (answer->status) {
	case 200:
		return OK;
	case 401:
	case 403:
	case 404:
		return fail(f, E_FORBIDDEN, NULL, "The account of the language model is refused (status %d).", answer->status);
	case 429:
		return fail(f, E_LIMIT, NULL, "The language model is to be asked less often.");
	default:
		return fail(f, E_AWAY, NULL, "The language model answers with status %d.", answer->status);
	}
}

/* What it knows of: nothing else is looked at. A number is one of the list, whatever it names. */
bool
model_read(struct str text, const struct model_question *q, struct arena *a, struct guess *out)
{
	const struct str said = str_sub(str_trim(text), 0, TEXT_BYTES);
	json_t *root = said.n > 0 && said.p[0] == '{' ? json_loadb(said.p, said.n, JSON_REJECT_DUPLICATES, NULL) : NULL;
	const struct str intent = text_of(root, "intent", a);
	const uint64_t service = number_of(root, "service"), choice = number_of(root, "choice");

	*out = (struct guess){.street = text_of(root, "street", a), .city = text_of(root, "city", a), .postcode = text_of(root, "postcode", a),
	    .name = text_of(root, "name", a), .courtesy = text_of(root, "courtesy", a), .words = STR("")};
	for (enum intent i = INTENT_NONE; i < INTENTS; i++)
		if (str_eq(intent, str_of(intent_names[i])))
			out->intent = i;
	if (service >= 1 && service <= q->services)
		out->service_id = (struct maybe_u64){true, q->service[service - 1]};
	if (choice <= TALK_TIMES_MAX)
		out->choice = (uint32_t)choice;
	json_decref(root);
	return root != NULL;
}

/* Of one line, and no letter that is none. */
static struct str
text_of(const json_t *object, const char *name, struct arena *a)
{
	const json_t *v = json_object_get(object, name);

	return json_is_string(v) ? str_copy(a, (struct str){json_string_value(v), json_string_length(v)}) : STR("");
}

static uint64_t
number_of(const json_t *object, const char *name)
{
	const json_int_t n = json_integer_value(json_object_get(object, name));

	return n > 0 ? (uint64_t)n : 0;
}
