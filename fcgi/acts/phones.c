/*
 * fcgi/acts/phones.c -- load, decide, save, tell: phones that are pushed to, and briefs on their way.
 */
#include "fcgi/acts/phones.h"

#include "domain/access/credential.h"
#include "domain/base/id.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_alert.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_proof.h"
#include "fcgi/acts/tell_word.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/day.h"
#include "sql/tenant/queries/sessions.h"
#include "sql/tenant/queries/staff.h"
#include "sql/tenant/queries/sync.h"
#include "sql/tenant/queries/visits.h"
#include "sql/tenant/queries/work.h"

#define SEALED_MAX 2000 /* device.push */
#define TEXT_AGAIN_S 180 /* one text says "look": a second one so soon says no more */

static const struct field push_address_fields[] = {
	FIELD_TEXT(struct push_address_in, address, 12, PUSH_ADDRESS_MAX),
	FIELD_TEXT(struct push_address_in, p256dh, 80, 100),
	FIELD_TEXT(struct push_address_in, secret, 20, 40),
	FIELD_END
};
const struct shape push_address_shape = {"PushAddress", sizeof(struct push_address_in), push_address_fields};

static enum err heard(struct work *w, uint64_t device_id, const struct phone_hello *in, struct device_row **row);
static enum err key_of(struct work *w, uint64_t device_id, struct phone_key *out);
static enum err phone_mine(struct work *w, uint64_t id, bool *there);
static enum err write_word(struct work *w, const struct brief_order *o, enum language l, struct push_word *out);
static struct str when_of(struct work *w, const struct visit_line *v, enum language l);
static enum err text(struct work *w, const struct brief_order *o, const struct worker_row *p, const struct push_word *what,
    const struct day_head *head);

enum err
act_phone_push(struct work *w, uint64_t device_id, const struct push_address_in *in)
{
	struct buf b = buf_open(w->arena, 512, SEALED_MAX);
	const struct str own = str_of(w->house->config->push_url);
	uint8_t bytes[PUSH_POINT], mark[SHA256_BYTES];
	struct str origin, sealed;
	struct device_push_row *before;
	uint64_t changed;
	size_t n;
	bool there;

	if (!push_address(in->address, own, &origin))
		return fail(&w->fault, E_INVALID, "address", "This is not an address of a push service.");
	if (!str_unbase64url(in->p256dh, bytes, sizeof(bytes), &n) || n != PUSH_POINT || bytes[0] != 4)
		return fail(&w->fault, E_INVALID, "p256dh", "This is not a key of a phone.");
	if (!str_unbase64url(in->secret, bytes, sizeof(bytes), &n) || n != PUSH_SECRET)
		return fail(&w->fault, E_INVALID, "secret", "This is not a key of a phone.");
	TRY(phone_mine(w, device_id, &there));
	if (!there)
		TRY(sql_device_insert(w->db, device_id, w->actor.id, STR(""), w->now));
	TRY(tell_device(w, device_id));
	shape_write(&push_address_shape, in, &b);
	TRY(work_seal(w, KEY_FIELDS, "device", "push", device_id, buf_str(&b), &sealed));
	if (b.full || sealed.n > SEALED_MAX)
		return fail(&w->fault, E_INVALID, "address", "This is not an address of a push service.");
	TRY(crypto_sha256(in->address.p, in->address.n, mark));
	/* An address is one browser's, whoever works in it: it is theirs who gave it last. */
	TRY(sql_devices_of_push(w->db, device_id, (struct str){(char *)mark, sizeof(mark)}, w->arena, &before, &n));
	for (size_t i = 0; i < n; i++)
		TRY(sql_device_push_gone(w->db, before[i].id, before[i].push.v, &changed));
	return sql_device_push(w->db, device_id, (struct maybe_str){true, sealed}, (struct maybe_u64){true, w->actor.session},
	    (struct maybe_str){true, {(char *)mark, sizeof(mark)}}, w->now);
}

enum err
act_phone_key(struct work *w, uint64_t device_id, const struct phone_hello *in, struct phone_key *out)
{
	struct device_row *row;

	TRY(heard(w, device_id, in, &row));
	return key_of(w, device_id, out);
}

enum err
act_phone_pin(struct work *w, uint64_t device_id, const struct phone_hello *in, struct phone_key *out)
{
	struct device_row *row;

	TRY(heard(w, device_id, in, &row));
	/* Whoever has somebody's phone in hand must not choose a PIN of their own. */
	if (row->pin_at.is)
		TRY(work_stepped_up(w));
	TRY(sql_device_pin(w->db, device_id, w->now));
	TRY(audit(w, "phone.pin", "device", device_id, STR("")));
	return key_of(w, device_id, out);
}

enum err
act_phones(struct work *w, uint64_t staff_id, struct phone_list *out)
{
	struct staff_row person;

	TRY(sql_staff_one(w->db, staff_id, ACTOR_STAFF, w->arena, &person));
	return sql_devices_of(w->db, staff_id, w->arena, &out->rows, &out->rows_n);
}

enum err
act_phone_revoke(struct work *w, uint64_t staff_id, uint64_t device_id)
{
	struct device_row *row;
	uint64_t ended;

	TRY(sql_device_for_update(w->db, device_id, w->arena, &row));
	if (row == NULL || row->staff_id != staff_id)
		return fail(&w->fault, E_NOT_FOUND, NULL, "This does not exist.");
	if (row->revoked_at.is)
		return OK;
	TRY(sql_device_revoke(w->db, device_id, w->now));
	TRY(sql_sessions_end_of_device(w->db, ACTOR_STAFF, staff_id, device_id, DOOR_TECH, w->now, &ended));
	TRY(audit(w, "phone.revoked", "device", device_id, STR("")));
	return tell_live(w);
}

enum err
act_phone_push_drop(struct work *w, uint64_t device_id)
{
	bool there;

	TRY(phone_mine(w, device_id, &there));
	return there ? sql_device_push(w->db, device_id, (struct maybe_str){0}, (struct maybe_u64){0}, (struct maybe_str){0}, w->now) : OK;
}

enum err
act_push_parcel(struct work *w, uint64_t device_id, struct push_parcel **out)
{
	struct push_parcel *p = arena_new(w->arena, struct push_parcel);
	struct device_push_row *row;
	struct push_address_in in;
	struct str plain;
	size_t n;

	*out = NULL;
	TRY(sql_device_push_one(w->db, device_id, w->now, w->arena, &row));
	if (row == NULL || !row->push.is)
		return OK;
	TRY(work_unseal(w, KEY_FIELDS, "device", "push", device_id, row->push.v, &plain));
	TRY(shape_read(&push_address_shape, plain, w->arena, &in, &w->fault));
	if (!str_unbase64url(in.p256dh, p->point, PUSH_POINT, &n) || n != PUSH_POINT ||
	    !str_unbase64url(in.secret, p->secret, PUSH_SECRET, &n) || n != PUSH_SECRET)
		return fail(&w->fault, E_BUG, NULL, "This is not a key of a phone.");
	p->address = in.address;
	p->sealed = row->push.v;
	*out = p;
	return OK;
}

enum err
act_push_gone(struct work *w, uint64_t device_id, const struct push_parcel *p)
{
	uint64_t changed;

	return sql_device_push_gone(w->db, device_id, p->sealed, &changed);
}

enum err
act_brief(struct work *w, const struct brief_order *o)
{
	static const int64_t until_next[] = {BRIEF_AGAIN_S, BRIEF_RED_S - BRIEF_AGAIN_S};
	struct brief_order next = *o;
	struct day_head *head;
	struct worker_row p;
	struct push_word what;
	enum err e;

	TRY(sql_day_head(w->db, o->tech_id, o->day, w->arena, &head));
	if (head == NULL || head->seen_version >= o->version || o->day.n < zone_day(w->tenant->zone, w->now).n)
		return OK;
	e = sql_worker_one(w->db, o->tech_id, w->arena, &p);
	if (tell_absent(w, e))
		return OK;
	TRY(e);
	if (p.state != STAFF_ACTIVE)
		return OK;
	/* The office hears of it in the company's language. */
	TRY(write_word(w, o, o->step == 2 ? w->tenant->language : language_of(p.language), &what));
	if (o->step == 2)
		return tell_alert(w, ALERT_UNDELIVERED, NULL, o->tech_id, what.body);
	TRY(tell_push(w, o->tech_id, &what, NULL));
	if (o->step == 1)
		TRY(text(w, o, &p, &what, head));
	next.step++;
	return tell_later(w, "brief", &brief_order_shape, &next, w->now + until_next[o->step]);
}

static enum err
text(struct work *w, const struct brief_order *o, const struct worker_row *p, const struct push_word *what,
    const struct day_head *head)
{
	struct company_row company;
	uint64_t changed;

	if (head->texted_at.is && w->now - head->texted_at.v < TEXT_AGAIN_S)
		return OK;
	TRY(sql_company(w->db, w->arena, &company));
	TRY(tell_sms(w, p->phone, str_printf(w->arena, "%.*s: %.*s: %.*s. %s", STR_ARG(company.name), STR_ARG(what->title),
	    STR_ARG(what->body), company_url(w, "tech/").p)));
	return sql_day_head_texted(w->db, o->tech_id, o->day, w->now, &changed);
}

static enum err
phone_mine(struct work *w, uint64_t id, bool *there)
{
	struct device_row *row;

	TRY(sql_device_for_update(w->db, id, w->arena, &row));
	*there = row != NULL;
	if (row != NULL && row->staff_id != w->actor.id)
		return fail(&w->fault, E_FORBIDDEN, "device_id", "This phone belongs to somebody else.");
	if (row != NULL && row->revoked_at.is)
		return fail(&w->fault, E_FORBIDDEN, "device_id", "The office has signed this phone out.");
	return OK;
}

/* The phone is there from now on, and this session is of it. */
static enum err
heard(struct work *w, uint64_t device_id, const struct phone_hello *in, struct device_row **row)
{
	bool there;

	TRY(phone_mine(w, device_id, &there));
	TRY(there ? sql_device_heard(w->db, device_id, in->name, w->now)
		  : sql_device_insert(w->db, device_id, w->actor.id, in->name, w->now));
	TRY(tell_device(w, device_id));
	return sql_device_one(w->db, device_id, w->arena, row);
}

static enum err
key_of(struct work *w, uint64_t device_id, struct phone_key *out)
{
	uint8_t key[PHONE_KEY_BYTES];
	struct proof_policy policy;

	*out = (struct phone_key){.day = zone_day(w->tenant->zone, w->now)};
	TRY(tell_proof_policy(w, &policy));
	out->wants_pin = !policy.pin.is || policy.pin.v;
	TRY(work_phone_key(w, device_id, out->day, key, &out->version));
	out->key = str_base64url(w->arena, key, sizeof(key));
	explicit_bzero(key, sizeof(key));
	return OK;
}

/* What it says on a locked screen: who, when; no codes, no street. */
static enum err
write_word(struct work *w, const struct brief_order *o, enum language l, struct push_word *out)
{
	static const char *const title[] = {"", "New stop", "A stop has changed", "A stop is off your list",
	    "Your stops have changed"};
	const bool today = o->day.n == zone_day(w->tenant->zone, w->now).n;
	const char *day = words_say(l, today ? "today" : "tomorrow");
	struct visit_line v;
	enum err e = E_NOT_FOUND;

	if (o->visit_id.is)
		e = sql_visit_line_one(w->db, o->visit_id.v, w->arena, &v);
	if (e != OK && !(!o->visit_id.is || tell_absent(w, e)))
		return e;
	*out = (struct push_word){.title = str_of(words_say(l, title[o->news])), .path = STR("/tech/"),
	    .topic = str_printf(w->arena, "day%d", o->day.n), .body = str_of(day)};
	if (e != OK)
		return OK;
	out->body = str_printf(w->arena, "%.*s, %s%.*s", STR_ARG(v.customer), day, STR_ARG(when_of(w, &v, l)));
	if (o->news != BRIEF_GONE) {
		char id[ID_LETTERS + 1];

		id_write(v.id, id);
		out->path = str_printf(w->arena, "/tech/stops/%s", id);
		out->topic = str_printf(w->arena, "stop%s", id);
	}
	return OK;
}

static struct str
when_of(struct work *w, const struct visit_line *v, enum language l)
{
	if (v->from_minute.is && v->to_minute.is)
		return str_printf(w->arena, ", %.*s - %.*s", STR_ARG(words_minute(w->arena, v->from_minute.v, l)),
		    STR_ARG(words_minute(w->arena, v->to_minute.v, l)));
	if (v->to_minute.is)
		return str_printf(w->arena, ", %s %.*s", words_say(l, "by"), STR_ARG(words_minute(w->arena, v->to_minute.v, l)));
	return STR("");
}
