/*
 * fcgi/api/office/me.c -- who is asking, and what they change about themselves.
 */
#include "fcgi/acts/company.h"
#include "fcgi/acts/staff.h"
#include "fcgi/api/cards.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

/* struct self with the company beside it, as one object. */
struct me {
	uint64_t id;
	struct str name, email;
	enum language language;
	enum built_in_role role;
	struct str role_name;
	uint64_t may;
	bool owes_second_factor, second_factor, email_confirmed, support;
	uint32_t version;
	struct company_card company;
	enum subscription_standing standing; /* what the company may do that has not paid the house */
	struct maybe_i64 step_at;            /* when that becomes less */
};

static enum err me_get(struct work *w, const struct call *c);
static enum err me_put(struct work *w, const struct call *c);
static enum err me_reply(struct work *w, const struct call *c, const struct self *s);

static const struct field me_fields[] = {
	FIELD_ID(struct me, id),
	FIELD_TEXT(struct me, name, 1, 120),
	FIELD_TEXT(struct me, email, 0, 254),
	FIELD_ENUM(struct me, language, language_tags),
	FIELD_ENUM(struct me, role, role_names),
	FIELD_TEXT(struct me, role_name, 1, 60),
	FIELD_SET(struct me, may, permission_names),
	FIELD_BOOL(struct me, owes_second_factor),
	FIELD_BOOL(struct me, second_factor),
	FIELD_BOOL(struct me, email_confirmed),
	FIELD_BOOL(struct me, support), /* somebody of the platform, who looks in and changes nothing */
	FIELD_INT(struct me, version, 1, INT32_MAX),
	FIELD_SHAPE(struct me, company, &company_card_shape),
	FIELD_ENUM(struct me, standing, subscription_standing_names),
	FIELD_MAYBE_TIME(struct me, step_at),
	FIELD_END
};
static const struct shape me_shape = {"Me", sizeof(struct me), me_fields};

static const struct field self_change_fields[] = {
	FIELD_TEXT(struct self_change, name, 1, 120),
	FIELD_ENUM(struct self_change, language, language_tags),
	FIELD_INT(struct self_change, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape self_change_shape = {"SelfChange", sizeof(struct self_change), self_change_fields};

const struct endpoint office_me[] = {
	{GET, "/me", .signed_in = true, .half = true, .unpaid = true, .out = &me_shape, .run = me_get,
	    .help = "Who is signed in, what they may do, and where.", .story = "people.test.mjs"},
	{PUT, "/me", .signed_in = true, .body = &self_change_shape, .out = &me_shape, .run = me_put,
	    .help = "Change one's own name and language.", .story = "people.test.mjs"},
	{0}
};

static enum err
me_get(struct work *w, const struct call *c)
{
	struct self s;

	TRY(act_self(w, &s));
	return me_reply(w, c, &s);
}

static enum err
me_put(struct work *w, const struct call *c)
{
	struct self s;

	TRY(act_self_change(w, c->body, &s));
	return me_reply(w, c, &s);
}

static enum err
me_reply(struct work *w, const struct call *c, const struct self *s)
{
	struct me out = {
	    .id = s->id,
	    .name = s->name,
	    .email = s->email,
	    .language = s->language,
	    .role = s->role,
	    .role_name = s->role_name,
	    .may = s->may,
	    .owes_second_factor = s->owes_second_factor,
	    .second_factor = s->second_factor,
	    .email_confirmed = s->email_confirmed,
	    .support = s->support,
	    .version = s->version,
	};

	out.standing = subscription_stands(&w->tenant->pays, w->now, &out.step_at.v);
	out.step_at.is = out.step_at.v > 0;
	TRY(act_company_card(w, &out.company));
	return reply_shape(c, &me_shape, &out);
}
