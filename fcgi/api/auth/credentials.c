/*
 * fcgi/api/auth/credentials.c -- confirm an address, choose and change a password, accept an invitation.
 */
#include "fcgi/acts/credentials.h"
#include "fcgi/acts/letters.h"
#include "fcgi/api/auth/answer.h"

extern const struct endpoint auth_credentials[];

static enum err confirm(struct work *w, const struct call *c);
static enum err confirm_again(struct work *w, const struct call *c);
static enum err ask_reset(struct work *w, const struct call *c);
static enum err reset(struct work *w, const struct call *c);
static enum err change(struct work *w, const struct call *c);
static enum err look(struct work *w, const struct call *c);
static enum err accept_invitation(struct work *w, const struct call *c);
static enum err come_in(struct work *w, const struct call *c, const struct admitted *who);

static const struct field new_password_fields[] = {
	FIELD_SECRET(struct new_password, token, 1, 400),
	FIELD_SECRET(struct new_password, password, 1, 128),
	FIELD_MAYBE_TEXT(struct new_password, code, 0, 40),
	FIELD_END
};
static const struct shape new_password_shape = {
	"NewPassword", sizeof(struct new_password), new_password_fields};

static const struct field change_password_fields[] = {
	FIELD_SECRET(struct change_password, current, 1, 128),
	FIELD_SECRET(struct change_password, password, 1, 128),
	FIELD_END
};
static const struct shape change_password_shape = {
	"ChangePassword", sizeof(struct change_password), change_password_fields};

static const struct field invitation_card_fields[] = {
	FIELD_TEXT(struct invitation_card, company, 1, 120),
	FIELD_TEXT(struct invitation_card, email, 3, 254),
	FIELD_TEXT(struct invitation_card, name, 1, 120),
	FIELD_TEXT(struct invitation_card, role, 1, 60),
	FIELD_BOOL(struct invitation_card, needs_second_factor),
	FIELD_END
};
static const struct shape invitation_card_shape = {
	"InvitationCard", sizeof(struct invitation_card), invitation_card_fields};

static const struct field acceptance_fields[] = {
	FIELD_SECRET(struct acceptance, token, 1, 400),
	FIELD_TEXT(struct acceptance, name, 1, 120),
	FIELD_SECRET(struct acceptance, password, 1, 128),
	FIELD_ENUM(struct acceptance, language, language_tags),
	FIELD_END
};
static const struct shape acceptance_shape = {
    "Acceptance", sizeof(struct acceptance), acceptance_fields};

const struct endpoint auth_credentials[] = {
	{.method = POST, .path = "/confirmations", .anyone = true, .body = &token_shape, .run = confirm,
	    .help = "Confirm one's e-mail address by the link that was mailed.", .story = "signup.test.mjs"},
	{.method = POST, .path = "/confirmation-mails", .signed_in = true, .half = true, .run = confirm_again,
	    .help = "Mail that link once more; the one before stops working.", .story = "signup.test.mjs"},
	{.method = POST, .path = "/resets", .anyone = true, .body = &address_shape, .run = ask_reset,
	    .help = "Ask for a link to choose a new password; the answer is the same for every address.",
	    .story = "signin.test.mjs"},
	{.method = POST, .path = "/resets/passwords", .anyone = true, .body = &new_password_shape,
	    .out = &session_shape, .run = reset,
	    .help = "Choose a new password by that link; all other sessions end.", .story = "signin.test.mjs"},
	{.method = PUT, .path = "/password", .signed_in = true, .body = &change_password_shape, .run = change,
	    .help = "Change one's password; all other sessions end.", .story = "signin.test.mjs"},
	{.method = POST, .path = "/invitations/looks", .anyone = true, .body = &token_shape,
	    .out = &invitation_card_shape, .run = look,
	    .help = "Who invites whom as what; looking uses nothing up.", .story = "people.test.mjs"},
	{.method = POST, .path = "/invitations", .anyone = true, .body = &acceptance_shape, .out = &session_shape,
	    .run = accept_invitation, .help = "Accept an invitation: name, password, language.",
	    .story = "people.test.mjs"},
	{0}
};

/* How many letters one address may be sent in an hour: asking more often is answered, and sends nothing. */
#define LETTERS_PER_ACCOUNT 5

static enum err
confirm(struct work *w, const struct call *c)
{
	const struct token_in *in = c->body;

	TRY(count_guess(w));
	TRY(act_confirm_email(w, in->token));
	return reply_nothing(c);
}

static enum err
confirm_again(struct work *w, const struct call *c)
{
	TRY(count_letter(w));
	TRY(act_confirm_send(w));
	return reply_nothing(c);
}

static enum err
ask_reset(struct work *w, const struct call *c)
{
	const struct address_in *in = c->body;
	bool over;

	TRY(count_letter(w));
	TRY(limit_account(w->house, "reset", w->tenant->id, str_lower(w->arena, in->email), w->now,
	    3600, LETTERS_PER_ACCOUNT, &over, &w->fault));
	if (!over)
		TRY(act_reset_ask(w, in->email));
	return reply_nothing(c);
}

static enum err
reset(struct work *w, const struct call *c)
{
	struct admitted who;
	bool counted = false;
	enum err e;

	TRY(count_guess(w));
	e = act_reset(w, c->body, &who, &counted);
	if (e != OK)
		return counted ? answer_refusal(w, c) : e;
	return come_in(w, c, &who);
}

static enum err
come_in(struct work *w, const struct call *c, const struct admitted *who)
{
	struct arrival a = {.kind = ACTOR_STAFF, .who = who->id, .may = who->may,
	    .second_factor = who->second_factor, .language = who->language};

	return answer_session(w, c, &a);
}

static enum err
change(struct work *w, const struct call *c)
{
	bool counted = false;
	enum err e;

	TRY(count_guess(w));
	e = act_change_password(w, c->body, &counted);
	if (e != OK)
		return counted ? answer_refusal(w, c) : e;
	TRY(session_raise(w, c->reply, w->actor.second_factor));
	return reply_nothing(c);
}

static enum err
look(struct work *w, const struct call *c)
{
	const struct token_in *in = c->body;
	struct invitation_card out;

	TRY(count_guess(w));
	TRY(act_invitation_look(w, in->token, &out));
	return reply_shape(c, &invitation_card_shape, &out);
}

static enum err
accept_invitation(struct work *w, const struct call *c)
{
	struct admitted who;

	TRY(count_guess(w));
	TRY(act_invitation_accept(w, c->body, &who));
	return come_in(w, c, &who);
}
