/*
 * fcgi/api/auth/platform.c -- the platform's people at the site's own door; and somebody of them at a company's.
 */
#include "fcgi/acts/platform.h"
#include "fcgi/acts/support.h"
#include "fcgi/api/auth/answer.h"
#include "fcgi/api/site/platform.h"

extern const struct endpoint auth_platform[];

static enum err enter(struct desk *d, const struct call *c);
static enum err look_in(struct work *w, const struct call *c);

#define TRIES_AN_HOUR 20 /* of one address of a person: the code is short, the key is not */

static const struct field enter_fields[] = {
	FIELD_TEXT(struct platform_enter, email, 3, 254),
	FIELD_SECRET(struct platform_enter, key, 1, 60),
	FIELD_SECRET(struct platform_enter, code, 6, 6),
	FIELD_END
};
static const struct shape enter_shape = {"PlatformEnter", sizeof(struct platform_enter), enter_fields};

#define STORY "subscriptions.test.mjs"
const struct endpoint auth_platform[] = {
	{.method = POST, .path = "/platform-sessions", .anyone = true, .body = &enter_shape, .out = &platform_who_shape,
	    .run_desk = enter, .help = "Somebody of the platform comes in by key and code.", .story = STORY},
	{.method = POST, .path = "/support-sessions", .anyone = true, .body = &token_shape, .out = &session_shape, .run = look_in,
	    .help = "Somebody of the platform comes into a company that lets them look.", .story = STORY},
	{0}
};

static enum err
enter(struct desk *d, const struct call *c)
{
	const struct limit limit = {.what = "platform", .window_s = 900, .per_address = 10, .per_network = 40};
	const struct platform_enter *in = c->body;
	struct platform_who who;
	struct str token;
	bool over;

	TRY(limit_hit(d->house, &d->from, d->now, &limit, &d->fault));
	TRY(limit_account(d->house, "platform", 0, str_lower(d->arena, str_trim(in->email)), d->now, 3600, TRIES_AN_HOUR, &over,
	    &d->fault));
	if (over)
		return fail(&d->fault, E_LIMIT, "code", "That was too often. Please wait a little.");
	TRY(house_control(d->house, &d->control, &d->fault));
	TRY(act_platform_enter(d, in, &token, &who));
	TRY(reply_cookie(c->reply, PLATFORM_COOKIE, token, PLATFORM_SESSION_S, true));
	return reply_created(c, &platform_who_shape, &who);
}

static enum err
look_in(struct work *w, const struct call *c)
{
	const struct token_in *in = c->body;
	struct supporter who;

	TRY(count_guess(w));
	TRY(act_support_enter(w, in->token, &who));
	return answer_session(w, c,
	    &(struct arrival){.kind = ACTOR_SUPPORT, .who = who.id, .second_factor = true, .language = w->actor.language,
	        .until = who.until_at});
}
