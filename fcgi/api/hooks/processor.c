/*
 * fcgi/api/hooks/processor.c -- the payment processor's messages: signed, kept once, answered at once.
 *
 * Nothing of a message is believed but which thing it is about: a job asks for that thing (fcgi/jobs/processor.c).
 */
#include "fcgi/acts/processor.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"
#include "fcgi/http/signature.h"
#include "sql/control/queries/accounts.h"
#include "sql/control/queries/subscriptions.h"
#include "tenancy/log.h"

extern const struct endpoint hook_processor[];

static enum err message(struct desk *d, const struct call *c);
static enum err keep(struct desk *d, const struct tenant *t, const struct str id, const struct str kind,
    const struct str object);

#define MESSAGE_MAX (256 * 1024)
#define ATTEMPTS 3

/* What a message may be about. Two kinds: with the thing as it was, and thin ones that only name it. */
struct thing {
	struct maybe_str id, payment_intent, customer;
};
static const struct field thing_fields[] = {
	FIELD_MAYBE_TEXT(struct thing, id, 0, 120), FIELD_MAYBE_TEXT(struct thing, payment_intent, 0, 120),
	FIELD_MAYBE_TEXT(struct thing, customer, 0, 120), FIELD_END_OPEN};
static const struct shape thing_shape = {"HookThing", sizeof(struct thing), thing_fields};

struct data {
	struct thing object;
};
static const struct field data_fields[] = {FIELD_SHAPE(struct data, object, &thing_shape), FIELD_END_OPEN};
static const struct shape data_shape = {"HookData", sizeof(struct data), data_fields};

struct snapshot {
	struct str id, type;
	struct maybe_str account;
	bool livemode;
	struct data data;
};
static const struct field snapshot_fields[] = {
	FIELD_TEXT(struct snapshot, id, 1, 120),
	FIELD_TEXT(struct snapshot, type, 1, 80),
	FIELD_MAYBE_TEXT(struct snapshot, account, 0, 80),
	FIELD_BOOL(struct snapshot, livemode),
	FIELD_SHAPE(struct snapshot, data, &data_shape),
	FIELD_END_OPEN
};
static const struct shape snapshot_shape = {"HookSnapshot", sizeof(struct snapshot), snapshot_fields};

struct thin {
	struct str id, type;
	struct maybe_str context;
	bool livemode;
	struct thing related_object;
};
static const struct field thin_fields[] = {
	FIELD_TEXT(struct thin, id, 1, 120),
	FIELD_TEXT(struct thin, type, 1, 120),
	FIELD_MAYBE_TEXT(struct thin, context, 0, 80),
	FIELD_BOOL(struct thin, livemode),
	FIELD_SHAPE(struct thin, related_object, &thing_shape),
	FIELD_END_OPEN
};
static const struct shape thin_shape = {"HookThin", sizeof(struct thin), thin_fields};

struct kind {
	struct str object;
};
static const struct field kind_fields[] = {FIELD_TEXT(struct kind, object, 1, 40), FIELD_END_OPEN};
static const struct shape kind_shape = {"HookKind", sizeof(struct kind), kind_fields};

const struct endpoint hook_processor[] = {
	{.method = POST, .path = "/pay", .anyone = true, .body_max = MESSAGE_MAX, .run_desk = message,
	    .help = "A message of the payment provider, signed by it.", .story = "processor.test.mjs"},
	{0}
};

static enum err
message(struct desk *d, const struct call *c)
{
	const struct config *config = d->house->config;
	struct str id, type, account, object;
	const struct tenant *t;
	struct account_tenant *whose;
	struct kind kind;
	bool live;

	if (config->stripe_webhook_secret[0] == '\0')
		return fail(&d->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	if (!signature_good(str_of(config->stripe_webhook_secret), c->request->signature, c->request->body, d->now))
		return fail(&d->fault, E_INVALID, "signature", "This message is not signed by the payment provider.");
	TRY(shape_read(&kind_shape, c->request->body, d->arena, &kind, &d->fault));
	if (str_eq(kind.object, STR("v2.core.event"))) {
		struct thin m;

		TRY(shape_read(&thin_shape, c->request->body, d->arena, &m, &d->fault));
		id = m.id, type = str_sub(m.type, 0, 80), live = m.livemode;
		account = m.context.is ? m.context.v : STR("");
		object = m.related_object.id.is ? m.related_object.id.v : STR("");
	} else {
		struct snapshot m;

		TRY(shape_read(&snapshot_shape, c->request->body, d->arena, &m, &d->fault));
		id = m.id, type = m.type, live = m.livemode;
		account = m.account.is ? m.account.v : STR("");
		/* Of our own account: one of the companies, whatever it is about. */
		if (account.n == 0 && m.data.object.customer.is)
			object = m.data.object.customer.v;
		else
			object = m.data.object.payment_intent.is ? m.data.object.payment_intent.v
		    : m.data.object.id.is		 ? m.data.object.id.v
							 : STR("");
	}
	/* Play money must not meet real money. */
	if (live != str_starts(str_of(config->stripe_key), STR("sk_live_")))
		return reply_nothing(c);
	if (account.n > 0)
		TRY(sql_account_tenant(d->control, account, d->arena, &whose));
	else
		TRY(sql_subscription_of_customer(d->control, (struct maybe_str){true, object}, d->arena, &whose));
	if (whose == NULL || object.n == 0 || object.n > 80)
		return reply_nothing(c);
	TRY(tenant_of_id(d->house->tenants, d->control, whose->tenant_id, d->now, &t, &d->fault));
	TRY(keep(d, t, id, type, object));
	return reply_nothing(c);
}

/* Committed before it is answered; a lost race is run again, as everywhere. */
static enum err
keep(struct desk *d, const struct tenant *t, const struct str id, const struct str kind, const struct str object)
{
	for (unsigned attempt = 1;; attempt++) {
		struct work w;
		bool fresh;
		enum err e;

		e = work_open(d, t, DB_WRITE, &w);
		if (e == OK) {
			w.actor.kind = ACTOR_SYSTEM;
			e = act_provider_event(&w, STR("stripe"), id, kind, object, &fresh);
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
