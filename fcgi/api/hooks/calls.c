/*
 * fcgi/api/hooks/calls.c -- calls that we make: a key that was pressed, and what became of one.
 *
 * Signed as texts are (signed.h). Whose it is says "From": it is the company that rings.
 */
#include "fcgi/acts/messages.h"
#include "fcgi/api/hooks/signed.h"
#include "fcgi/http/reply.h"

extern const struct endpoint hook_calls[];

static enum err pressed(struct desk *d, const struct call *c);
static enum err ended(struct desk *d, const struct call *c);
static enum err run_pressed(struct work *w, void *step);
static enum err run_ended(struct work *w, void *form);

#define KEYS "/api/hook/call-keys"

struct key_step {
	struct call_pressed in;
	struct call_answer_said out;
};

const struct endpoint hook_calls[] = {
	{.method = POST, .path = "/call-keys", .anyone = true, .body_max = FORM_BYTES, .file = "text/xml", .run_desk = pressed,
	    .help = "A key was pressed in a call that we made, signed by the provider.", .story = "messages.test.mjs"},
	{.method = POST, .path = "/call-receipts", .anyone = true, .body_max = FORM_BYTES, .file = "text/xml", .run_desk = ended,
	    .help = "What became of a call that we made, signed by the provider.", .story = "messages.test.mjs"},
	{0}
};

static enum err
pressed(struct desk *d, const struct call *c)
{
	struct key_step s = {.out = {.words = STR("")}};
	const struct tenant *t;
	struct form f;

	TRY(signed_form(d, c, STR(KEYS), "From", NULL, &f, &t));
	const struct str digits = form_value(&f, "Digits");

	s.in = (struct call_pressed){str_sub(form_value(&f, "CallSid"), 0, 48), str_sub(form_value(&f, "To"), 0, 24),
	    digits.n == 1 ? digits.p[0] : '\0'};
	if (t != NULL)
		TRY(signed_inside(d, t, &s, run_pressed));
	return reply_file(c, "text/xml", NULL, s.out.again
	    ? spoken_call(s.out.words, str_printf(d->arena, "%s" KEYS, d->house->config->base_url), s.out.language, d->arena)
	    : spoken_end(s.out.words, s.out.language, d->arena));
}

static enum err
ended(struct desk *d, const struct call *c)
{
	const struct tenant *t;
	struct form f;

	TRY(signed_form(d, c, STR("/api/hook/call-receipts"), "From", NULL, &f, &t));
	if (t != NULL)
		TRY(signed_inside(d, t, &f, run_ended));
	return reply_file(c, "text/xml", NULL, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>"));
}

static enum err
run_pressed(struct work *w, void *step)
{
	struct key_step *s = step;

	return act_call_pressed(w, &s->in, &s->out);
}

static enum err
run_ended(struct work *w, void *form)
{
	const struct form *f = form;

	return act_message_told(w, form_value(f, "CallSid"), form_value(f, "CallStatus"), STR(""));
}
