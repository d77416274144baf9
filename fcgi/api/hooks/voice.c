/*
 * fcgi/api/hooks/voice.c -- a call to a company's number: what the caller said comes in, what is said goes out, as TwiML.
 *
 * Signed as texts are (signed.h). One address for every turn: the thread of the caller knows where the talk is, the call's id
 * whether it is still the same. Rules answer at once; who is to be understood by a model waits a second, and comes again.
 * Who is rung and does not come to the phone is followed by a tone.
 */
#include "domain/messaging/spoken.h"
#include "fcgi/acts/bookings.h"
#include "fcgi/api/hooks/signed.h"
#include "fcgi/http/reply.h"

extern const struct endpoint hook_voice[];

static enum err turn(struct desk *d, const struct call *c);
static enum err rung(struct desk *d, const struct call *c);
static enum err left(struct desk *d, const struct call *c);
static enum err recorded(struct desk *d, const struct call *c);
static enum err recorded_left(struct desk *d, const struct call *c);

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
#define TWIML_MAX 8000
#define RING_S 30

/* One step of a call, whatever it is. */
struct call_step {
	struct call_heard in;
	struct call_said out;
	bool answered;
	uint32_t seconds;
	struct recording_order recording;
};

struct recorded_query {
	struct str to; /* the company's number, its digits */
};
static const struct field recorded_fields[] = {FIELD_TEXT(struct recorded_query, to, 1, 20), FIELD_END};
static const struct shape recorded_shape = {"RecordedQuery", sizeof(struct recorded_query), recorded_fields};

const struct endpoint hook_voice[] = {
	{.method = POST, .path = "/voice", .anyone = true, .body_max = FORM_BYTES, .file = "text/xml", .run_desk = turn,
	    .help = "One turn of a call to a company's number, signed by the provider.", .story = "voice.test.mjs"},
	{.method = POST, .path = "/voice-rung", .anyone = true, .body_max = FORM_BYTES, .file = "text/xml", .run_desk = rung,
	    .help = "What became of a call that was passed on, signed by the provider.", .story = "voice.test.mjs"},
	{.method = POST, .path = "/voice-left", .anyone = true, .body_max = FORM_BYTES, .file = "text/xml", .run_desk = left,
	    .help = "A caller has spoken after the tone, signed by the provider.", .story = "voice.test.mjs"},
	{.method = POST, .path = "/recordings", .anyone = true, .body_max = FORM_BYTES, .file = "text/xml", .query = &recorded_shape,
	    .run_desk = recorded, .help = "The recording of a call is ready, signed by the provider.", .story = "voice.test.mjs"},
	{.method = POST, .path = "/recordings-left", .anyone = true, .body_max = FORM_BYTES, .file = "text/xml", .query = &recorded_shape,
	    .run_desk = recorded_left, .help = "A message after the tone is ready, signed by the provider.", .story = "voice.test.mjs"},
	{0}
};

static enum err open_step(struct desk *d, const struct call *c, const char *path, struct form *f, const struct tenant **t, struct call_step *s);
static enum err fetch(struct desk *d, const struct call *c, const char *path, bool after_tone);
static enum err run_turn(struct work *w, void *step);
static enum err run_rung(struct work *w, void *step);
static enum err run_left(struct work *w, void *step);
static enum err run_recorded(struct work *w, void *step);
static struct str digits_of(struct desk *d, struct str number);
static struct str twiml(struct desk *d, const struct call_said *s, struct str to);

static enum err
turn(struct desk *d, const struct call *c)
{
	const struct tenant *t;
	struct call_step s;
	struct form f;

	TRY(open_step(d, c, "/api/hook/voice", &f, &t, &s));
	if (t != NULL)
		TRY(signed_inside(d, t, &s, run_turn));
	return reply_file(c, "text/xml", NULL, twiml(d, &s.out, form_value(&f, "To")));
}

static enum err
rung(struct desk *d, const struct call *c)
{
	const struct tenant *t;
	struct call_step s;
	struct form f;
	struct str how;
	uint64_t n;

	TRY(open_step(d, c, "/api/hook/voice-rung", &f, &t, &s));
	how = form_value(&f, "DialCallStatus");
	s.answered = str_eq(how, STR("completed")) || str_eq(how, STR("answered"));
	s.seconds = str_u64(form_value(&f, "DialCallDuration"), &n) && n < 1000000 ? (uint32_t)n : 0;
	if (t != NULL)
		TRY(signed_inside(d, t, &s, run_rung));
	return reply_file(c, "text/xml", NULL, twiml(d, &s.out, form_value(&f, "To")));
}

static enum err
left(struct desk *d, const struct call *c)
{
	const struct tenant *t;
	struct call_step s;
	struct form f;

	TRY(open_step(d, c, "/api/hook/voice-left", &f, &t, &s));
	if (t != NULL)
		TRY(signed_inside(d, t, &s, run_left));
	return reply_file(c, "text/xml", NULL, twiml(d, &s.out, form_value(&f, "To")));
}

static enum err
recorded(struct desk *d, const struct call *c)
{
	return fetch(d, c, "/api/hook/recordings", false);
}

static enum err
recorded_left(struct desk *d, const struct call *c)
{
	return fetch(d, c, "/api/hook/recordings-left", true);
}

/* No number of the company stands in this form: it was put into the address. */
static enum err
fetch(struct desk *d, const struct call *c, const char *path, bool after_tone)
{
	const struct recorded_query *q = c->query;
	const struct str number = str_printf(d->arena, "+%.*s", STR_ARG(q->to));
	struct call_step s = {.recording = {.left = after_tone}};
	const struct tenant *t;
	struct form f;
	uint64_t n;

	TRY(signed_form(d, c, str_printf(d->arena, "%s?to=%.*s", path, STR_ARG(q->to)), NULL, &number, &f, &t));
	s.recording.call = str_sub(form_value(&f, "CallSid"), 0, 60);
	s.recording.recording = form_value(&f, "RecordingSid");
	s.recording.seconds = str_u64(form_value(&f, "RecordingDuration"), &n) && n < 1000000 ? (uint32_t)n : 0;
	const struct str status = form_value(&f, "RecordingStatus");
	if (t != NULL && (status.n == 0 || str_eq(status, STR("completed"))) && s.recording.call.n > 0)
		TRY(signed_inside(d, t, &s, run_recorded));
	return reply_file(c, "text/xml", NULL, STR(XML "<Response/>"));
}

static enum err
open_step(struct desk *d, const struct call *c, const char *path, struct form *f, const struct tenant **t, struct call_step *s)
{
	TRY(signed_form(d, c, str_of(path), "To", NULL, f, t));
	const struct str digits = form_value(f, "Digits");

	*s = (struct call_step){.out = {.say = STR(""), .ring = STR(""), .over = true},
	    .in = {.from = str_sub(form_value(f, "From"), 0, 40), .sid = form_value(f, "CallSid"), .region = str_sub(form_value(f, "FromState"), 0, 2),
	        .words = digits.n > 0 ? str_sub(digits, 0, 20) : str_trim(str_sub(form_value(f, "SpeechResult"), 0, 1600))}};
	return OK;
}

static enum err
run_turn(struct work *w, void *step)
{
	struct call_step *s = step;

	return act_reception_call(w, &s->in, &s->out);
}

static enum err
run_rung(struct work *w, void *step)
{
	struct call_step *s = step;

	return act_call_rung(w, &s->in, s->answered, s->seconds, &s->out);
}

static enum err
run_left(struct work *w, void *step)
{
	struct call_step *s = step;

	return act_call_left(w, &s->in, &s->out);
}

/* Their name goes into an address of ours: letters and digits, or it is none. */
static enum err
run_recorded(struct work *w, void *step)
{
	struct call_step *s = step;
	const struct str name = s->recording.recording;

	if (name.n != 34 || !str_starts(name, STR("RE")))
		return OK;
	for (size_t i = 2; i < name.n; i++)
		if (!((name.p[i] >= '0' && name.p[i] <= '9') || (name.p[i] >= 'a' && name.p[i] <= 'f')))
			return OK;
	return act_call_recorded(w, &s->recording);
}

static struct str
twiml(struct desk *d, const struct call_said *s, struct str to)
{
	const char *language = spoken_language(s->language), *base = d->house->config->base_url;
	const struct str digits = digits_of(d, to);
	struct buf b = buf_open(d->arena, 1024, TWIML_MAX);

	buf_add(&b, STR(XML "<Response>"));
	if (s->record)
		buf_printf(&b, "<Start><Recording recordingStatusCallback=\"%s/api/hook/recordings?to=%.*s\" recordingStatusCallbackEvent=\"completed\"/>"
		    "</Start>", base, STR_ARG(digits));
	const bool listens = !s->over && !s->wait && !s->tone && s->ring.n == 0;
	if (listens)
		buf_printf(&b, "<Gather input=\"speech dtmf\" action=\"%s/api/hook/voice\" method=\"POST\" language=\"%s\" "
		    "speechTimeout=\"auto\" actionOnEmptyResult=\"true\" numDigits=\"1\">", base, language);
	if (s->say.n > 0) {
		buf_printf(&b, "<Say language=\"%s\">", language);
		spoken_xml(&b, s->say);
		buf_add(&b, STR("</Say>"));
	}
	if (listens) {
		buf_add(&b, STR("</Gather>"));
	} else if (s->ring.n > 0) {
		buf_printf(&b, "<Dial timeout=\"%d\" action=\"%s/api/hook/voice-rung\" method=\"POST\">", RING_S, base);
		spoken_xml(&b, s->ring);
		buf_add(&b, STR("</Dial>"));
	} else if (s->tone) {
		buf_printf(&b, "<Record maxLength=\"%d\" playBeep=\"true\" finishOnKey=\"#\" action=\"%s/api/hook/voice-left\" method=\"POST\" "
		    "recordingStatusCallback=\"%s/api/hook/recordings-left?to=%.*s\"/>", CALL_LEFT_S, base, base, STR_ARG(digits));
	} else if (s->wait) {
		buf_printf(&b, "<Pause length=\"1\"/><Redirect method=\"POST\">%s/api/hook/voice</Redirect>", base);
	} else {
		buf_add(&b, STR("<Hangup/>"));
	}
	buf_add(&b, STR("</Response>"));
	return buf_str(&b);
}

static struct str
digits_of(struct desk *d, struct str number)
{
	struct buf b = buf_open(d->arena, 24, 24);

	for (size_t i = 0; i < number.n && i < 20; i++)
		if (number.p[i] >= '0' && number.p[i] <= '9')
			buf_char(&b, number.p[i]);
	return buf_str(&b);
}
