/*
 * fcgi/api/auth/sessions.c -- come in, go out, show once more who one is; and whose door this is.
 */
#include "fcgi/acts/company.h"
#include "fcgi/acts/signin.h"
#include "fcgi/api/auth/answer.h"
#include "fcgi/api/cards.h"

extern const struct endpoint auth_sessions[];

static enum err company(struct work *w, const struct call *c);
static enum err sign_in(struct work *w, const struct call *c);
static enum err sign_out(struct work *w, const struct call *c);
static enum err ticket(struct work *w, const struct call *c);
static enum err step_up(struct work *w, const struct call *c);
static enum err come_in(struct work *w, const struct call *c, const struct arrived *who);

struct ticket_in {
	struct str ticket;
};

static const struct field sign_in_fields[] = {
	FIELD_TEXT(struct sign_in, email, 1, 254),
	FIELD_SECRET(struct sign_in, password, 1, 128),
	FIELD_MAYBE_TEXT(struct sign_in, code, 0, 40),
	FIELD_END
};
static const struct shape sign_in_shape = {"SignIn", sizeof(struct sign_in), sign_in_fields};

static const struct field ticket_fields[] = {
	FIELD_SECRET(struct ticket_in, ticket, 1, 400),
	FIELD_END
};
static const struct shape ticket_shape = {"Ticket", sizeof(struct ticket_in), ticket_fields};

static const struct field proof_fields[] = {
	FIELD_SECRET(struct proof_in, password, 1, 128),
	FIELD_MAYBE_TEXT(struct proof_in, code, 0, 40),
	FIELD_END
};
static const struct shape proof_shape = {"Proof", sizeof(struct proof_in), proof_fields};

const struct endpoint auth_sessions[] = {
	{.method = GET, .path = "/company", .anyone = true, .out = &company_card_shape, .run = company,
	    .help = "Whose door this is: name, language and colour.", .story = "signin.test.mjs"},
	{.method = POST, .path = "/sessions", .anyone = true, .body = &sign_in_shape, .out = &session_shape,
	    .run = sign_in, .help = "Sign in with e-mail, password and, where one is set up, a code.",
	    .story = "signin.test.mjs"},
	{.method = DELETE, .path = "/sessions", .signed_in = true, .half = true, .run = sign_out,
	    .help = "Sign out.", .story = "signin.test.mjs"},
	{.method = POST, .path = "/tickets", .anyone = true, .body = &ticket_shape, .out = &session_shape,
	    .run = ticket, .help = "Walk into the company that was just signed up.", .story = "signup.test.mjs"},
	{.method = POST, .path = "/step-ups", .signed_in = true, .body = &proof_shape, .run = step_up,
	    .help = "Show password and code once more, for what is sensitive.", .story = "second-factor.test.mjs"},
	{0}
};

static enum err
company(struct work *w, const struct call *c)
{
	struct company_card card;

	TRY(act_company_card(w, &card));
	return reply_shape(c, &company_card_shape, &card);
}

static enum err
sign_in(struct work *w, const struct call *c)
{
	const struct sign_in *in = c->body;
	struct str account = str_lower(w->arena, str_trim(in->email));
	struct arrived who;
	bool nobody = false, counted = false;
	enum err e;

	TRY(count_guess(w));
	TRY(ghost_check(w->house, w->tenant->id, account, w->now, &w->fault));
	e = act_sign_in(w, in, &who, &nobody, &counted);
	if (e != OK && nobody && counted)
		TRY(ghost_fail(w->house, w->tenant->id, account, w->now, &w->fault));
	if (e != OK)
		return counted ? answer_refusal(w, c) : e;
	return come_in(w, c, &who);
}

static enum err
come_in(struct work *w, const struct call *c, const struct arrived *who)
{
	struct arrival a = {.kind = ACTOR_STAFF, .who = who->id, .may = who->may,
	    .second_factor = who->second_factor, .language = who->language};

	return answer_session(w, c, &a);
}

static enum err
ticket(struct work *w, const struct call *c)
{
	const struct ticket_in *in = c->body;
	struct arrived who;

	TRY(count_guess(w));
	TRY(act_ticket(w, in->ticket, &who));
	return come_in(w, c, &who);
}

static enum err
sign_out(struct work *w, const struct call *c)
{
	TRY(act_sign_out(w));
	TRY(session_end(w, c->reply));
	return reply_nothing(c);
}

static enum err
step_up(struct work *w, const struct call *c)
{
	bool counted = false;
	enum err e;

	TRY(count_guess(w));
	e = act_step_up(w, c->body, &counted);
	if (e != OK)
		return counted ? answer_refusal(w, c) : e;
	TRY(session_raise(w, c->reply, w->actor.second_factor));
	return reply_nothing(c);
}
