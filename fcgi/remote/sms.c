#include "fcgi/remote/sms.h"

#include <jansson.h>

#include "domain/base/day.h"
#include "fcgi/remote/call.h"
#include "fcgi/remote/twilio.h"

static bool at_home(const struct config *c, struct str url);
static bool this_one(const json_t *m, const struct sms *s, int64_t since);
static bool read_one(const json_t *m, struct sms_taken *out, struct arena *a);

bool
sms_on(const struct config *c)
{
	return twilio_on(c);
}

enum err
sms_send(struct arena *a, const struct config *c, const struct sms *s, struct sms_taken *out, struct fault *f)
{
	const struct str from = s->from.n > 0 ? s->from : str_of(c->sms_from);
	struct buf form = buf_open(a, 512, 16384);
	json_t *m;

	if (s->text.n > SMS_TEXT_MAX)
		return fail(f, E_INVALID, "text", "Must be at most %lld characters.", (long long)SMS_TEXT_MAX);
	twilio_field(&form, "To", s->to);
	twilio_field(&form, str_starts(from, STR("MG")) ? "MessagingServiceSid" : "From", from);
	twilio_field(&form, "Body", s->text);
	for (size_t i = 0; i < s->media_n; i++)
		twilio_field(&form, "MediaUrl", s->media[i]);
	if (s->tell_url.n > 0)
		twilio_field(&form, "StatusCallback", s->tell_url);
	TRY(twilio_post(a, &(struct twilio){c, s->account, s->token}, "Messages.json", &form, &m, f));
	return read_one(m, out, a) ? OK : twilio_nonsense(f);
}

enum err
sms_find(struct arena *a, const struct config *c, const struct sms *s, int64_t since, bool *found,
    struct sms_taken *out, struct fault *f)
{
	json_t *messages, *m;
	size_t i;

	*found = false;
	TRY(twilio_list(a, &(struct twilio){c, s->account, s->token}, "messages", "Messages.json", s->to, "DateSent", since, &messages, f));
	json_array_foreach(messages, i, m) {
		if (!this_one(m, s, since))
			continue;
		*found = read_one(m, out, a);
		break;
	}
	return OK;
}

/* A service has numbers of its own: it is named beside the one that it took. Two texts may say the same to one number. */
static bool
this_one(const json_t *m, const struct sms *s, int64_t since)
{
	const char *sender = str_starts(s->from, STR("MG")) ? "messaging_service_sid" : "from";

	return (s->from.n == 0 || str_eq(twilio_text(m, sender), s->from)) && str_eq(twilio_text(m, "body"), s->text) &&
	    sms_time(twilio_text(m, "date_created")) >= since && !twilio_known(m, s->known, s->known_n);
}

enum err
sms_recording(struct arena *a, const struct config *c, struct str account, struct str token, struct str sid, struct str *bytes,
    struct fault *f)
{
	const struct twilio t = {c, account, token};
	const struct call_header header[] = {{"Authorization", twilio_basic(a, &t)}, {"Accept", STR("audio/mpeg")}};
	struct call_answer answer;

	if (!sms_on(c))
		return fail(f, E_AWAY, NULL, "No text messages can be sent: sms_url is not set.");
	TRY(call_http(a, &(struct call_http){.reach = CALL_OPERATOR, .method = "GET",
	    .url = twilio_door(a, &t, str_printf(a, "Recordings/%.*s.mp3", STR_ARG(sid)).p), .header = header, .headers = 2}, &answer, f));
	if (answer.status == 404)
		return fail(f, E_NOT_FOUND, NULL, "There is nothing here.");
	TRY(twilio_judge(&answer, f));
	if (answer.body.n == 0)
		return fail(f, E_AWAY, NULL, "The recording is not there yet.");
	*bytes = answer.body;
	return OK;
}

enum err
sms_recording_drop(struct arena *a, const struct config *c, struct str account, struct str token, struct str sid, struct fault *f)
{
	const struct twilio t = {c, account, token};
	const struct call_header header[] = {{"Authorization", twilio_basic(a, &t)}, {"Accept", STR("application/json")}};
	struct call_answer answer;

	if (!sms_on(c))
		return fail(f, E_AWAY, NULL, "No text messages can be sent: sms_url is not set.");
	TRY(call_http(a, &(struct call_http){.reach = CALL_OPERATOR, .method = "DELETE",
	    .url = twilio_door(a, &t, str_printf(a, "Recordings/%.*s.json", STR_ARG(sid)).p), .header = header, .headers = 2}, &answer, f));
	return answer.status == 204 || answer.status == 404 ? OK : twilio_judge(&answer, f);
}

enum err
sms_media(struct arena *a, const struct config *c, struct str account, struct str token, struct str url,
    struct str *bytes, struct fault *f)
{
	const struct twilio t = {c, account, token};
	const struct call_header header[] = {{"Authorization", twilio_basic(a, &t)}};
	struct call_http call = {.reach = CALL_OPERATOR, .method = "GET", .url = url, .header = header, .headers = 1, .most = SMS_MEDIA_MAX};
	struct call_answer answer;

	if (!sms_on(c) || !at_home(c, url))
		return fail(f, E_INVALID, "url", "This picture lies elsewhere.");
	TRY(call_http(a, &call, &answer, f));
	if (answer.status >= 300 && answer.status < 400 && answer.location.n > 0) {
		call.url = answer.location;
		call.headers = 0;
		call.reach = at_home(c, call.url) ? CALL_OPERATOR : CALL_PUBLIC;
		TRY(call_http(a, &call, &answer, f));
	}
	if (answer.status == 404 || answer.status == 410 || (answer.status >= 300 && answer.status < 400))
		return fail(f, E_INVALID, "url", "This picture lies elsewhere.");
	TRY(twilio_judge(&answer, f));
	*bytes = answer.body;
	return OK;
}

/* Same scheme, host and port as sms_url; no name before the host. */
static bool
at_home(const struct config *c, struct str url)
{
	struct str base = str_of(c->sms_url);

	while (str_ends(base, STR("/")))
		base = str_sub(base, 0, base.n - 1);
	return str_starts(url, base) && url.n > base.n && url.p[base.n] == '/';
}

int64_t
sms_time(struct str s)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct civil c = {0};
	uint64_t mday, year, h, m, sec;
	struct day day;

	if (s.n != 31 || s.p[3] != ',' || !str_ends(s, STR(" +0000")) || !str_u64(str_sub(s, 5, 2), &mday) ||
	    !str_u64(str_sub(s, 12, 4), &year) || !str_u64(str_sub(s, 17, 2), &h) || !str_u64(str_sub(s, 20, 2), &m) ||
	    !str_u64(str_sub(s, 23, 2), &sec))
		return -1;
	for (unsigned i = 0; i < 12; i++)
		if (str_eq(str_sub(s, 8, 3), (struct str){months + (size_t)3 * i, 3}))
			c.month = (uint8_t)(i + 1);
	if (c.month == 0 || !day_of((int32_t)year, c.month, (unsigned)mday, &day))
		return -1;
	return (int64_t)day.n * 86400 + (int64_t)(h * 3600 + m * 60 + sec);
}

static bool
read_one(const json_t *m, struct sms_taken *out, struct arena *a)
{
	const struct str sid = twilio_text(m, "sid");
	uint64_t segments;

	if (sid.n == 0 || sid.n > 64)
		return false;
	*out = (struct sms_taken){.sid = str_copy(a, sid)};
	if (str_u64(twilio_text(m, "num_segments"), &segments) && segments < 100)
		out->segments = (unsigned)segments;
	return true;
}
