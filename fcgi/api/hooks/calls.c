/*
 * fcgi/api/hooks/calls.c -- calls that we make: a key that was pressed, and what became of one.
 *
 * Signed as texts are (signed.h). Whose it is says "From": it is the company that rings.
 */
#include "fcgi/acts/messages.h"
#include "fcgi/acts/tell_word.h"
#include "fcgi/api/hooks/signed.h"
#include "fcgi/http/reply.h"

extern const struct endpoint hook_calls[];

static enum err pressed(struct desk *d, const struct call *c);
static enum err ended(struct desk *d, const struct call *c);
static enum err machine(struct desk *d, const struct call *c);
static enum err run_machine(struct work *w, void *form);
static enum err run_pressed(struct work *w, void *step);
static enum err run_ended(struct work *w, void *form);

#define KEYS "/api/hook/call-keys"

struct key_step {
	struct call_pressed in;
	struct call_answer_said out;
};

struct machine_query {
	struct str from; /* the company's number, its digits */
};
static const struct field machine_fields[] = {FIELD_TEXT(struct machine_query, from, 1, 20), FIELD_END};
static const struct shape machine_shape = {"MachineQuery", sizeof(struct machine_query), machine_fields};

#define EMPTY STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>")

const struct endpoint hook_calls[] = {
	{.method = POST, .path = "/call-keys", .anyone = true, .body_max = FORM_BYTES, .file = "text/xml", .run_desk = pressed,
	    .help = "A key was pressed in a call that we made, signed by the provider.", .story = "messages.test.mjs"},
	{.method = POST, .path = "/call-receipts", .anyone = true, .body_max = FORM_BYTES, .file = "text/xml", .run_desk = ended,
	    .help = "What became of a call that we made, signed by the provider.", .story = "messages.test.mjs"},
	{.method = POST, .path = "/call-machines", .anyone = true, .body_max = FORM_BYTES, .file = "text/xml", .query = &machine_shape, .run_desk = machine,
	    .help = "Who or what answered a call that we made, signed by the provider.", .story = "messages.test.mjs"},
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
	return reply_file(c, "text/xml", NULL, EMPTY);
}

/* A person has heard it already. Of a machine: its tone was heard, or its greeting is over; "machine_start" is neither. */
static enum err
machine(struct desk *d, const struct call *c)
{
	const struct machine_query *q = c->query;
	const struct str number = str_printf(d->arena, "+%.*s", STR_ARG(q->from));
	const struct tenant *t;
	struct form f;

	TRY(signed_form(d, c, str_printf(d->arena, "/api/hook/call-machines?from=%.*s", STR_ARG(q->from)), NULL, &number, &f, &t));
	if (t != NULL && str_starts(form_value(&f, "AnsweredBy"), STR("machine_end_")))
		TRY(signed_inside(d, t, &f, run_machine));
	return reply_file(c, "text/xml", NULL, EMPTY);
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

static enum err
run_machine(struct work *w, void *form)
{
	return tell_machine_answers(w, form_value(form, "CallSid"));
}
