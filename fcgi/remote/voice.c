#include "fcgi/remote/voice.h"

#include <jansson.h>

#include "fcgi/remote/sms.h"
#include "fcgi/remote/twilio.h"

static bool this_one(const json_t *m, const struct voice *v, int64_t since);
static bool sid_of(const json_t *m, struct arena *a, struct str *sid);

enum err
voice_ring(struct arena *a, const struct config *c, const struct voice *v, struct str *sid, struct fault *f)
{
	struct buf form = buf_open(a, 2048, 32768);
	json_t *m;

	twilio_field(&form, "To", v->to);
	twilio_field(&form, "From", v->from);
	twilio_field(&form, "Twiml", v->twiml);
	twilio_field(&form, "Timeout", str_printf(a, "%d", VOICE_RING_S));
	if (v->tell_url.n > 0) {
		twilio_field(&form, "StatusCallback", v->tell_url);
		twilio_field(&form, "StatusCallbackMethod", STR("POST"));
		twilio_field(&form, "StatusCallbackEvent", STR("completed"));
	}
	/* It speaks at once, for people would hang up; and once more when a machine's tone was heard. */
	if (v->machine_url.n > 0) {
		twilio_field(&form, "MachineDetection", STR("DetectMessageEnd"));
		twilio_field(&form, "AsyncAmd", STR("true"));
		twilio_field(&form, "AsyncAmdStatusCallback", v->machine_url);
		twilio_field(&form, "AsyncAmdStatusCallbackMethod", STR("POST"));
	}
	if (form.full)
		return fail(f, E_INVALID, "text", "The message is too long.");
	TRY(twilio_post(a, &(struct twilio){c, v->account, v->token}, "Calls.json", &form, &m, f));
	return sid_of(m, a, sid) ? OK : twilio_nonsense(f);
}

enum err
voice_turn(struct arena *a, const struct config *c, const struct voice *v, struct str sid, struct fault *f)
{
	struct buf form = buf_open(a, 2048, 32768);
	json_t *m;

	twilio_field(&form, "Twiml", v->twiml);
	return twilio_post(a, &(struct twilio){c, v->account, v->token}, str_printf(a, "Calls/%.*s.json", STR_ARG(sid)).p, &form, &m, f);
}

enum err
voice_find(struct arena *a, const struct config *c, const struct voice *v, int64_t since, bool *found, struct str *sid, struct fault *f)
{
	json_t *calls, *m;
	size_t i;

	*found = false;
	TRY(twilio_list(a, &(struct twilio){c, v->account, v->token}, "calls", "Calls.json", v->to, "StartTime", since, &calls, f));
	json_array_foreach(calls, i, m) {
		if (!this_one(m, v, since))
			continue;
		*found = sid_of(m, a, sid);
		break;
	}
	return OK;
}

/* The receptionist rings people too, as a part of somebody's call: those are "outbound-dial". */
static bool
this_one(const json_t *m, const struct voice *v, int64_t since)
{
	return str_eq(twilio_text(m, "from"), v->from) && str_eq(twilio_text(m, "direction"), STR("outbound-api")) &&
	    sms_time(twilio_text(m, "date_created")) >= since && !twilio_known(m, v->known, v->known_n);
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
