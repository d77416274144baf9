/*
 * fcgi/api/auth/signups.c -- a stranger signs a company up. On the site's host, where no company is yet.
 */
#include "fcgi/acts/signup.h"
#include "fcgi/http/limit.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint auth_signups[];

static enum err sign_up(struct desk *d, const struct call *c);

static const struct field sign_up_fields[] = {
	FIELD_TEXT(struct sign_up, company, 1, 120),
	FIELD_TEXT(struct sign_up, slug, 1, 60),
	FIELD_TEXT(struct sign_up, owner, 1, 120),
	FIELD_TEXT(struct sign_up, email, 3, 254),
	FIELD_SECRET(struct sign_up, password, 1, 128),
	FIELD_TEXT(struct sign_up, country, 2, 2),
	FIELD_TEXT(struct sign_up, zone, 1, 64),
	FIELD_ENUM(struct sign_up, language, language_tags),
	FIELD_END
};
static const struct shape sign_up_shape = {"SignUp", sizeof(struct sign_up), sign_up_fields};

static const struct field signed_up_fields[] = {
	FIELD_TEXT(struct signed_up, url, 1, 1000),
	FIELD_TEXT(struct signed_up, ticket, 1, 400),
	FIELD_END
};
static const struct shape signed_up_shape = {
    "SignedUp", sizeof(struct signed_up), signed_up_fields};

const struct endpoint auth_signups[] = {
	{.method = POST, .path = "/signups", .anyone = true, .body = &sign_up_shape, .out = &signed_up_shape,
	    .run_desk = sign_up, .help = "Found a company: it lives at its address at once, the ticket opens its door.",
	    .story = "signup.test.mjs"},
	{0}
};

static enum err
sign_up(struct desk *d, const struct call *c)
{
	const struct config *config = d->house->config;
	const struct limit limit = {.what = "signups",
	    .window_s = 3600,
	    .per_address = config->signups_per_address_hour,
	    .per_network = config->signups_per_network_hour};
	struct str key = c->request->idempotency_key, sent = c->request->body;
	uint8_t key_hash[HASH_BYTES], body_hash[HASH_BYTES];
	struct signed_up out;

	TRY(limit_hit(d->house, &d->from, d->now, &limit, &d->fault));
	TRY(house_control(d->house, &d->control, &d->fault));
	if (key.n > 255)
		return fail(&d->fault, E_INVALID, "idempotency_key", "This key is too long.");
	/* Without a key, this very request is its own: a lost race runs again and must find what it began. */
	key = str_printf(d->arena, "signup|%s|%.*s", key.n > 0 ? "key" : "trace",
	    STR_ARG(key.n > 0 ? key : str_of(d->trace)));
	hash32(key.p, key.n, key_hash);
	hash32(sent.p, sent.n, body_hash);
	TRY(act_sign_up(d, c->body, (struct str){(const char *)key_hash, HASH_BYTES},
	    (struct str){(const char *)body_hash, HASH_BYTES}, &out));
	return reply_created(c, &signed_up_shape, &out);
}
