/*
 * fcgi/api/tech/me.c -- who works today.
 */
#include "domain/routing/way.h"
#include "fcgi/acts/alerts.h"
#include "fcgi/acts/company.h"
#include "fcgi/acts/phones.h"
#include "fcgi/acts/records.h"
#include "fcgi/acts/staff.h"
#include "fcgi/acts/today.h"
#include "fcgi/api/cards.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

struct tech_me_out {
	uint64_t id;
	struct str name;
	enum language language;
	bool wants_place;    /* the company wishes to know where the phone was on arrival */
	struct str push_key; /* base64url: what a subscription of this phone is tied to */
	struct str tiles_url, tiles_credit; /* "" = no picture of streets behind the day's map */
	struct tech_shift shift;
	struct company_card company;
};

static enum err me_get(struct work *w, const struct call *c);
static enum err reports_get(struct work *w, const struct call *c);
static enum err key_post(struct work *w, const struct call *c);
static enum err pin_post(struct work *w, const struct call *c);
static enum err push_put(struct work *w, const struct call *c);
static enum err push_drop(struct work *w, const struct call *c);

#define MINUTE(m) FIELD_INT(struct tech_shift, m, 0, 1440)
#define PACE(m)    FIELD_INT(struct tech_shift, m, PACE_MIN, PACE_MAX)
#define DEGREES(m, most) FIELD_MAYBE_INT(struct tech_shift, m, -(most), most)

static const struct field tech_shift_fields[] = {
	FIELD_DAY(struct tech_shift, day),
	MINUTE(from_minute),
	MINUTE(to_minute),
	MINUTE(lunch_minutes),
	MINUTE(lunch_from),
	MINUTE(lunch_to),
	DEGREES(start_lat_e6, 90000000),
	DEGREES(start_lng_e6, 180000000),
	DEGREES(end_lat_e6, 90000000),
	DEGREES(end_lng_e6, 180000000),
	PACE(pace_short),
	PACE(pace_middling),
	PACE(pace_long),
	FIELD_END
};
static const struct shape tech_shift_shape = {"TechShift", sizeof(struct tech_shift), tech_shift_fields};

static const struct field tech_me_fields[] = {
	FIELD_ID(struct tech_me_out, id),
	FIELD_TEXT(struct tech_me_out, name, 1, 120),
	FIELD_ENUM(struct tech_me_out, language, language_tags),
	FIELD_BOOL(struct tech_me_out, wants_place),
	FIELD_TEXT(struct tech_me_out, push_key, 0, 100),
	FIELD_TEXT(struct tech_me_out, tiles_url, 0, 512),
	FIELD_TEXT(struct tech_me_out, tiles_credit, 0, 512),
	FIELD_SHAPE(struct tech_me_out, shift, &tech_shift_shape),
	FIELD_SHAPE(struct tech_me_out, company, &company_card_shape),
	FIELD_END
};
static const struct shape tech_me_shape = {"TechMe", sizeof(struct tech_me_out), tech_me_fields};

static const struct field phone_hello_fields[] = {FIELD_TEXT(struct phone_hello, name, 0, 120), FIELD_END};
static const struct shape phone_hello_shape = {"PhoneHello", sizeof(struct phone_hello), phone_hello_fields};

static const struct field phone_key_fields[] = {
	FIELD_TEXT(struct phone_key, key, 43, 43),
	FIELD_DAY(struct phone_key, day),
	FIELD_INT(struct phone_key, version, 1, INT32_MAX),
	FIELD_BOOL(struct phone_key, wants_pin),
	FIELD_END
};
static const struct shape phone_key_shape = {"PhoneKey", sizeof(struct phone_key), phone_key_fields};

const struct endpoint tech_me[] = {
	{GET, "/me", .may = MAY(MAY_WORK_STOPS), .out = &tech_me_shape, .run = me_get,
	    .help = "Who is signed in at the technicians' door.", .story = "people.test.mjs"},
	{GET, "/reports", .may = MAY(MAY_WORK_STOPS), .out = &alert_page_shape, .run = reports_get,
	    .help = "What one has reported, and what the office said to it.", .story = "alerts.test.mjs"},
	{PUT, "/phones/:id/push", .may = MAY(MAY_WORK_STOPS), .body = &push_address_shape, .run = push_put,
	    .help = "This phone may be pushed to: new, changed and removed stops.", .story = "briefs.test.mjs"},
	{DELETE, "/phones/:id/push", .may = MAY(MAY_WORK_STOPS), .run = push_drop,
	    .help = "This phone is pushed to no more.", .story = "briefs.test.mjs"},
	{POST, "/phones/:id/keys", .may = MAY(MAY_WORK_STOPS), .body = &phone_hello_shape, .out = &phone_key_shape, .run = key_post,
	    .help = "The key under which this phone keeps the codes of today.", .story = "codes.test.mjs"},
	{POST, "/phones/:id/pins", .may = MAY(MAY_WORK_STOPS), .body = &phone_hello_shape, .out = &phone_key_shape, .run = pin_post,
	    .help = "A PIN was chosen on this phone, and stays there; another one wants the password.", .story = "codes.test.mjs"},
	{0}
};

static enum err
key_post(struct work *w, const struct call *c)
{
	struct phone_key out;

	TRY(act_phone_key(w, c->id, c->body, &out));
	return reply_created(c, &phone_key_shape, &out);
}

static enum err
pin_post(struct work *w, const struct call *c)
{
	struct phone_key out;

	TRY(act_phone_pin(w, c->id, c->body, &out));
	return reply_created(c, &phone_key_shape, &out);
}

static enum err
me_get(struct work *w, const struct call *c)
{
	struct tech_me_out out;
	struct proof_policy policy;
	struct p256 pair;
	struct self s;

	TRY(act_self(w, &s));
	out = (struct tech_me_out){.id = s.id, .name = s.name, .language = s.language};
	TRY(act_company_card(w, &out.company));
	TRY(act_proof_policy(w, &policy));
	out.wants_place = policy.place;
	out.tiles_url = str_of(w->house->config->tiles_url);
	out.tiles_credit = str_of(w->house->config->tiles_credit);
	TRY(act_tech_shift(w, &out.shift));
	keys_push(w->house->keys, &pair);
	out.push_key = str_base64url(w->arena, pair.q, sizeof(pair.q));
	return reply_shape(c, &tech_me_shape, &out);
}

static enum err
push_put(struct work *w, const struct call *c)
{
	TRY(act_phone_push(w, c->id, c->body));
	return reply_nothing(c);
}

static enum err
push_drop(struct work *w, const struct call *c)
{
	TRY(act_phone_push_drop(w, c->id));
	return reply_nothing(c);
}

static enum err
reports_get(struct work *w, const struct call *c)
{
	struct alert_page out;

	TRY(act_alert_reports(w, &out));
	return reply_shape(c, &alert_page_shape, &out);
}
