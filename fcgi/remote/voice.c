#include "fcgi/remote/voice.h"

#include <jansson.h>

#include "domain/base/day.h"
#include "fcgi/remote/sms.h"
#include "fcgi/remote/twilio.h"

#define NONSENSE "The answer about a call makes no sense."

static bool this_one(const json_t *m, const struct voice *v, int64_t since);
static bool sid_of(const json_t *m, struct arena *a, struct str *sid);

enum err
voice_ring(struct arena *a, const struct config *c, const struct voice *v, struct str *sid, struct fault *f)
{
	struct buf form = buf_open(a, 2048, 32768);
	const struct call_header header[] = {{"Authorization", twilio_basic(a, c, v->account, v->token)},
	    {"Content-Type", STR("application/x-www-form-urlencoded")}, {"Accept", STR("application/json")}};
	struct call_answer answer;
	json_t *root;
	bool good;

	if (!sms_on(c))
		return fail(f, E_AWAY, NULL, "No text messages can be sent: sms_url is not set.");
	twilio_field(&form, "To", v->to);
	twilio_field(&form, "From", v->from);
	twilio_field(&form, "Twiml", v->twiml);
	twilio_field(&form, "Timeout", str_printf(a, "%d", VOICE_RING_S));
	if (v->tell_url.n > 0) {
		twilio_field(&form, "StatusCallback", v->tell_url);
		twilio_field(&form, "StatusCallbackMethod", STR("POST"));
		twilio_field(&form, "StatusCallbackEvent", STR("completed"));
	}
	if (form.full)
		return fail(f, E_INVALID, "text", "The message is too long.");
	TRY(call_http(a, &(struct call_http){.reach = CALL_OPERATOR, .method = "POST", .url = twilio_door(a, c, v->account, "Calls.json"),
	    .header = header, .headers = 3, .body = buf_str(&form)}, &answer, f));
	TRY(twilio_judge(&answer, f));
	root = answer.body.n <= TWILIO_ANSWER_MAX ? json_loadb(answer.body.p, answer.body.n, JSON_REJECT_DUPLICATES, NULL) : NULL;
	good = sid_of(root, a, sid);
	json_decref(root);
	return good ? OK : fail(f, E_AWAY, NULL, NONSENSE);
}

enum err
voice_find(struct arena *a, const struct config *c, const struct voice *v, int64_t since, bool *found, struct str *sid, struct fault *f)
{
	const struct call_header header[] = {{"Authorization", twilio_basic(a, c, v->account, v->token)}, {"Accept", STR("application/json")}};
	struct buf query = buf_open(a, 256, 2048);
	struct call_answer answer;
	char letters[DAY_LETTERS + 1];
	json_t *root, *m;
	size_t i;

	*found = false;
	day_write((struct day){(int32_t)(since / 86400)}, letters);
	twilio_field(&query, "To", v->to);
	twilio_field(&query, "StartTime>", str_of(letters)); /* "on that day or later" is written so */
	buf_printf(&query, "&PageSize=%d", TWILIO_PAGE);
	TRY(call_http(a, &(struct call_http){.reach = CALL_OPERATOR, .method = "GET",
	    .url = twilio_door(a, c, v->account, str_printf(a, "Calls.json?%.*s", STR_ARG(buf_str(&query))).p), .header = header, .headers = 2}, &answer, f));
	TRY(twilio_judge(&answer, f));
	root = answer.body.n <= TWILIO_ANSWER_MAX ? json_loadb(answer.body.p, answer.body.n, JSON_REJECT_DUPLICATES, NULL) : NULL;
	if (!json_is_array(json_object_get(root, "calls"))) {
		json_decref(root);
		return fail(f, E_AWAY, NULL, NONSENSE);
	}
	json_array_foreach(json_object_get(root, "calls"), i, m) {
		if (!this_one(m, v, since))
			continue;
		*found = sid_of(m, a, sid);
		break;
	}
	json_decref(root);
	return OK;
}

/* The receptionist rings people too, as a part of somebody's call: those are "outbound-dial". */
static bool
this_one(const json_t *m, const struct voice *v, int64_t since)
{
	if (!str_eq(twilio_text(m, "from"), v->from) || !str_eq(twilio_text(m, "direction"), STR("outbound-api")) ||
	    sms_time(twilio_text(m, "date_created")) < since)
		return false;
	for (size_t i = 0; i < v->known_n; i++)
		if (str_eq(twilio_text(m, "sid"), v->known[i]))
			return false;
	return true;
}

static bool
sid_of(const json_t *m, struct arena *a, struct str *sid)
{
	const struct str is = twilio_text(m, "sid");

	if (is.n == 0 || is.n > 48)
		return false;
	*sid = str_copy(a, is);
	return true;
}
