/*
 * fcgi/api/hooks/voice.c -- a call to a company's number: what the caller said comes in, what is said goes out, as TwiML.
 *
 * Signed as texts are (sms.c). One address for every turn: the thread of the caller knows where the talk is, the call's id
 * whether it is still the same. Rules answer at once; who is to be understood by a model waits a second, and comes again.
 */
#include "fcgi/acts/bookings.h"
#include "fcgi/http/form.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"
#include "sql/control/queries/accounts.h"

extern const struct endpoint hook_voice[];

static enum err turn(struct desk *d, const struct call *c);
static enum err inside(struct desk *d, const struct tenant *t, const struct call_heard *in, struct call_said *out);
static void write_xml(struct buf *b, struct str text);
static struct str twiml(struct desk *d, const struct call_said *s);

#define ATTEMPTS 3
#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
#define TWIML_MAX 8000

const struct endpoint hook_voice[] = {
	{.method = POST, .path = "/voice", .anyone = true, .body_max = FORM_BYTES, .file = "text/xml", .run_desk = turn,
	    .help = "One turn of a call to a company's number, signed by the provider.", .story = "voice.test.mjs"},
	{0}
};

static enum err
turn(struct desk *d, const struct call *c)
{
	const struct config *config = d->house->config;
	struct call_said out = {.say = STR(""), .ring = STR(""), .over = true};
	struct account_tenant *whose;
	const struct tenant *t;
	struct str to;
	struct form f;

	if (config->sms_token[0] == '\0')
		return fail(&d->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	TRY(form_read(c->request->body, d->arena, &f, &d->fault));
	if (!form_signed(&f, str_of(config->sms_token), str_printf(d->arena, "%s/api/hook/voice", config->base_url),
	        c->request->sms_signature, d->arena))
		return fail(&d->fault, E_INVALID, "signature", "This message is not signed by the provider of texts.");
	to = form_value(&f, "To");
	TRY(sql_account_tenant(d->control, str_printf(d->arena, "sms:%.*s", STR_ARG(str_sub(to, 0, 40))), d->arena, &whose));
	if (whose != NULL) {
		const struct str digits = form_value(&f, "Digits");
		const struct call_heard in = {.from = str_sub(form_value(&f, "From"), 0, 40), .sid = form_value(&f, "CallSid"),
		    .words = digits.n > 0 ? str_sub(digits, 0, 20) : str_trim(str_sub(form_value(&f, "SpeechResult"), 0, 1600))};

		TRY(tenant_of_id(d->house->tenants, d->control, whose->tenant_id, d->now, &t, &d->fault));
		TRY(inside(d, t, &in, &out));
	}
	return reply_file(c, "text/xml", NULL, twiml(d, &out));
}

/* Committed before it is answered; a lost race is run again, as everywhere. */
static enum err
inside(struct desk *d, const struct tenant *t, const struct call_heard *in, struct call_said *out)
{
	for (unsigned attempt = 1;; attempt++) {
		struct work w;
		enum err e = work_open(d, t, DB_WRITE, &w);

		if (e == OK) {
			w.actor.kind = ACTOR_SYSTEM;
			e = act_reception_call(&w, in, out);
			e = work_close(&w, e);
		}
		if (e == OK)
			return OK;
		if (e != E_RETRY || attempt == ATTEMPTS) {
			d->fault = w.fault;
			return e;
		}
	}
}

static struct str
twiml(struct desk *d, const struct call_said *s)
{
	const char *language = s->language == SPANISH ? "es-US" : "en-US";
	struct buf b = buf_open(d->arena, 1024, TWIML_MAX);

	buf_add(&b, STR(XML "<Response>"));
	if (!s->over && !s->wait && s->ring.n == 0)
		buf_printf(&b, "<Gather input=\"speech dtmf\" action=\"%s/api/hook/voice\" method=\"POST\" language=\"%s\" "
		    "speechTimeout=\"auto\" actionOnEmptyResult=\"true\" numDigits=\"1\">", d->house->config->base_url, language);
	if (s->say.n > 0) {
		buf_printf(&b, "<Say language=\"%s\">", language);
		write_xml(&b, s->say);
		buf_add(&b, STR("</Say>"));
	}
	if (s->ring.n > 0) {
		buf_add(&b, STR("<Dial timeout=\"30\">"));
		write_xml(&b, s->ring);
		buf_add(&b, STR("</Dial>"));
	} else if (s->over) {
		buf_add(&b, STR("<Hangup/>"));
	} else if (s->wait) {
		buf_printf(&b, "<Pause length=\"1\"/><Redirect method=\"POST\">%s/api/hook/voice</Redirect>", d->house->config->base_url);
	} else {
		buf_add(&b, STR("</Gather>"));
	}
	buf_add(&b, STR("</Response>"));
	return buf_str(&b);
}

static void
write_xml(struct buf *b, struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		switch (text.p[i]) {
		case '<':
			buf_add(b, STR("&lt;"));
			break;
		case '>':
			buf_add(b, STR("&gt;"));
			break;
		case '&':
			buf_add(b, STR("&amp;"));
			break;
		case '"':
			buf_add(b, STR("&quot;"));
			break;
		default:
			if ((unsigned char)text.p[i] >= ' ')
				buf_char(b, text.p[i]);
		}
}
