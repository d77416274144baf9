/*
 * fcgi/api/auth/portal.c -- customers come in by a mailed link or a code, and by a password if they have made one.
 */
#include "fcgi/acts/guests.h"
#include "fcgi/acts/letters.h"
#include "fcgi/acts/portal.h"
#include "fcgi/api/auth/answer.h"

extern const struct endpoint auth_portal[];

static enum err ask(struct work *w, const struct call *c);
static enum err enter(struct work *w, const struct call *c);
static enum err text(struct work *w, const struct call *c);
static enum err code(struct work *w, const struct call *c);
static enum err change(struct work *w, const struct call *c);
static enum err leave(struct work *w, const struct call *c);
static enum err by_password(struct work *w, const struct call *c);
static enum err set_password(struct work *w, const struct call *c);
static enum err drop_password(struct work *w, const struct call *c);

struct change_in {
	uint64_t customer_id;
};
static const struct field change_fields[] = {FIELD_ID(struct change_in, customer_id), FIELD_END};
static const struct shape change_shape = {"PortalChange", sizeof(struct change_in), change_fields};

struct phone_in {
	struct str phone;
};
static const struct field phone_fields[] = {FIELD_TEXT(struct phone_in, phone, 3, 40), FIELD_END};
static const struct shape phone_shape = {"PortalPhone", sizeof(struct phone_in), phone_fields};

struct code_in {
	struct str address, code;
};
static const struct field code_fields[] = {
	FIELD_TEXT(struct code_in, address, 3, 254), FIELD_SECRET(struct code_in, code, 6, 6), FIELD_END};
static const struct shape code_shape = {"PortalCode", sizeof(struct code_in), code_fields};

static const struct field guest_fields[] = {
	FIELD_TEXT(struct guest_in, email, 3, 254), FIELD_SECRET(struct guest_in, password, 1, 128), FIELD_END};
static const struct shape guest_shape = {"PortalPassword", sizeof(struct guest_in), guest_fields};

static const struct field guest_new_fields[] = {
	FIELD_MAYBE_TEXT(struct guest_new, current, 0, 128), FIELD_SECRET(struct guest_new, password, 1, 128), FIELD_END};
static const struct shape guest_new_shape = {"PortalPasswordNew", sizeof(struct guest_new), guest_new_fields};

const struct endpoint auth_portal[] = {
	{.method = POST, .path = "/portal-links", .anyone = true, .body = &address_shape, .run = ask,
	    .help = "Ask for a link into the portal; the answer is the same for every address.",
	    .story = "portal.test.mjs"},
	{.method = POST, .path = "/portal-sessions", .anyone = true, .body = &token_shape, .out = &session_shape,
	    .run = enter, .help = "Come in by that link; it works once, for 15 minutes.", .story = "portal.test.mjs"},
	{.method = POST, .path = "/portal-texts", .anyone = true, .body = &phone_shape, .run = text,
	    .help = "Ask for a code by text; the answer is the same for every number.", .story = "portal.test.mjs"},
	{.method = POST, .path = "/portal-codes", .anyone = true, .body = &code_shape, .out = &session_shape, .run = code,
	    .help = "Come in by the code that was sent; five tries in a quarter of an hour.", .story = "portal.test.mjs"},
	{.method = PUT, .path = "/portal-sessions", .signed_in = true, .body = &change_shape, .out = &session_shape,
	    .run = change, .help = "Go over to another account of the same address.", .story = "portal.test.mjs"},
	{.method = POST, .path = "/portal-sessions/passwords", .anyone = true, .body = &guest_shape, .out = &session_shape,
	    .run = by_password, .help = "Come in by a password, for those who have made one.", .story = "portal.test.mjs"},
	{.method = PUT, .path = "/portal-sessions/passwords", .signed_in = true, .body = &guest_new_shape, .run = set_password,
	    .help = "Make a password, or another one.", .story = "portal.test.mjs"},
	{.method = DELETE, .path = "/portal-sessions/passwords", .signed_in = true, .run = drop_password,
	    .help = "Have no password any more.", .story = "portal.test.mjs"},
	{.method = DELETE, .path = "/portal-sessions", .signed_in = true, .run = leave, .help = "Leave the portal.",
	    .story = "portal.test.mjs"},
	{0}
};

#define LETTERS_PER_ACCOUNT 5
#define CODE_TRIES 5
#define PASSWORD_TRIES 10

static enum err
ask(struct work *w, const struct call *c)
{
	const struct address_in *in = c->body;
	bool over;

	TRY(count_letter(w));
	TRY(limit_account(w->house, "portal", w->tenant->id, str_lower(w->arena, in->email), w->now,
	    3600, LETTERS_PER_ACCOUNT, &over, &w->fault));
	if (!over)
		TRY(act_portal_ask(w, in->email));
	return reply_nothing(c);
}

static enum err
enter(struct work *w, const struct call *c)
{
	const struct token_in *in = c->body;
	struct guest guest;

	TRY(count_guess(w));
	TRY(act_portal_enter(w, in->token, &guest));
	return answer_session(w, c,
	    &(struct arrival){.kind = ACTOR_CUSTOMER, .who = guest.id, .language = guest.language});
}

static enum err
text(struct work *w, const struct call *c)
{
	const struct phone_in *in = c->body;
	bool over;

	TRY(count_letter(w));
	TRY(limit_account(w->house, "portal-text", w->tenant->id, portal_address(w, in->phone), w->now, 3600, LETTERS_PER_ACCOUNT, &over,
	    &w->fault));
	if (!over)
		TRY(act_portal_text(w, in->phone));
	return reply_nothing(c);
}

static enum err
code(struct work *w, const struct call *c)
{
	const struct code_in *in = c->body;
	struct guest guest;
	bool over;

	TRY(count_guess(w));
	TRY(limit_account(w->house, "portal-code", w->tenant->id, portal_address(w, in->address), w->now, 900,
	    CODE_TRIES, &over, &w->fault));
	if (over)
		return fail(&w->fault, E_LIMIT, "code", "That was too often. Please wait a little.");
	TRY(act_portal_code(w, in->address, in->code, &guest));
	return answer_session(w, c,
	    &(struct arrival){.kind = ACTOR_CUSTOMER, .who = guest.id, .language = guest.language});
}

static enum err
change(struct work *w, const struct call *c)
{
	const struct change_in *in = c->body;
	struct guest guest;

	TRY(session_end(w, c->reply));
	TRY(act_portal_switch(w, in->customer_id, &guest));
	return answer_session(w, c,
	    &(struct arrival){.kind = ACTOR_CUSTOMER, .who = guest.id, .language = guest.language});
}

static enum err
leave(struct work *w, const struct call *c)
{
	TRY(act_portal_leave(w));
	TRY(session_end(w, c->reply));
	return reply_nothing(c);
}

static enum err
by_password(struct work *w, const struct call *c)
{
	const struct guest_in *in = c->body;
	struct guest_arrived guest;
	bool over;

	TRY(count_guess(w));
	TRY(limit_account(w->house, "portal-password", w->tenant->id, str_lower(w->arena, str_trim(in->email)), w->now, 900,
	    PASSWORD_TRIES, &over, &w->fault));
	if (over)
		return fail(&w->fault, E_LIMIT, "password", "That was too often. Please wait a little.");
	TRY(act_guest_enter(w, in, &guest));
	return answer_session(w, c,
	    &(struct arrival){.kind = ACTOR_CUSTOMER, .who = guest.id, .language = guest.language});
}

static enum err
set_password(struct work *w, const struct call *c)
{
	TRY(count_guess(w));
	TRY(act_guest_password(w, c->body));
	return reply_nothing(c);
}

static enum err
drop_password(struct work *w, const struct call *c)
{
	TRY(act_guest_password_drop(w));
	return reply_nothing(c);
}
