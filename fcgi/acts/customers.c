/*
 * fcgi/acts/customers.c -- load, decide, save, tell: who is served.
 */
#include "fcgi/acts/customers.h"

#include "domain/base/list.h"
#include "domain/customers/agreement.h"
#include "domain/messaging/mail.h"
#include "domain/pools/volume.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_place.h"
#include "sql/tenant/queries/contacts.h"
#include "sql/tenant/queries/credentials.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/notes.h"
#include "sql/tenant/queries/pools.h"
#include "sql/tenant/queries/properties.h"
#include "sql/tenant/queries/timeline.h"

static enum err properties_load(struct work *w, struct customer_page *out);
static enum err property_card_of(struct work *w, const struct property_row *row, struct property_card *out);
static enum err pools_load(struct work *w, struct customer_page *out);
static enum err pool_card_of(struct work *w, const struct pool_row *row, struct pool_card *out);
static enum err equipment_load(struct work *w, uint64_t customer_id, struct pool_card *pools, size_t pools_n);
static enum err email_check(struct work *w, struct str email);
static enum err first_contact(struct work *w, uint64_t id, const struct customer_new *in, struct str email);
static enum err first_property(struct work *w, uint64_t id, const struct customer_new *in);
static struct str kind_name(enum customer_kind k);

enum err
act_customer_self(struct work *w, struct customer_self *out)
{
	struct guest_password *own;
	struct person_line *row;

	TRY(sql_customer_person(w->db, w->actor.id, w->arena, &row));
	if (row == NULL)
		return fail(&w->fault, E_SIGNED_OUT, NULL, "Please sign in.");
	TRY(sql_customer_password(w->db, w->actor.id, w->arena, &own));
	*out = (struct customer_self){row->name, row->email, language_of(row->language), own != NULL && own->password.is};
	return OK;
}

/* Eight queries, whatever hangs on the customer: tests/rows counts them. */
enum err
act_customer_page(struct work *w, uint64_t id, struct customer_page *out)
{
	struct customer_page p = {0};
	struct day today = zone_day(w->tenant->zone, w->now);

	TRY(sql_customer_one(w->db, id, w->arena, &p.row));
	p.language = language_of(p.row.language);
	TRY(own_read(w, p.row.own, &p.own, &p.own_n));
	TRY(sql_tags_of(w->db, RECORD_CUSTOMER, id, w->arena, &p.tags, &p.tags_n));
	TRY(sql_contacts_of(w->db, id, w->arena, &p.contacts, &p.contacts_n));
	TRY(sql_notes_of(w->db, id, w->arena, &p.notes, &p.notes_n));
	TRY(sql_customer_agreements(w->db, id, today, TERM_WORKS, w->arena, &p.agreements, &p.agreements_n));
	TRY(properties_load(w, &p));
	TRY(pools_load(w, &p));
	*out = p;
	return OK;
}

static enum err
properties_load(struct work *w, struct customer_page *out)
{
	struct property_row *rows;

	TRY(sql_properties_of(w->db, out->row.id, w->arena, &rows, &out->properties_n));
	out->properties = arena_array(w->arena, struct property_card, out->properties_n);
	for (size_t i = 0; i < out->properties_n; i++)
		TRY(property_card_of(w, &rows[i], &out->properties[i]));
	return OK;
}

static enum err
property_card_of(struct work *w, const struct property_row *row, struct property_card *out)
{
	uint64_t ids[WISH_TECHS_MAX];
	struct str words[WISH_CHEMICALS_MAX];

	*out = (struct property_card){.row = *row};
	if (!list_read_ids(row->never_techs, ids, WISH_TECHS_MAX, &out->never_n) ||
	    !list_read_words(row->no_chemicals, words, WISH_CHEMICALS_MAX, &out->chemicals_n))
		return fail(&w->fault, E_BUG, NULL, "The wishes of a property cannot be read.");
	out->never_techs = arena_array(w->arena, struct tech_id, out->never_n);
	for (size_t i = 0; i < out->never_n; i++)
		out->never_techs[i].staff_id = ids[i];
	out->no_chemicals = arena_array(w->arena, struct chemical_word, out->chemicals_n);
	for (size_t i = 0; i < out->chemicals_n; i++)
		out->no_chemicals[i].word = words[i];
	return own_read(w, row->own, &out->own, &out->own_n);
}

/* All pools of the customer in one query, then dealt out to their properties; the same for equipment. */
static enum err
pools_load(struct work *w, struct customer_page *out)
{
	struct pool_row *rows;
	struct pool_card *cards;
	size_t n, at = 0;

	TRY(sql_pools_of(w->db, out->row.id, w->arena, &rows, &n));
	cards = arena_array(w->arena, struct pool_card, n);
	for (size_t i = 0; i < out->properties_n; i++) {
		struct property_card *p = &out->properties[i];

		p->pools = cards + at;
		for (size_t j = 0; j < n; j++)
			if (rows[j].property_id == p->row.id) {
				TRY(pool_card_of(w, &rows[j], &cards[at++]));
				p->pools_n++;
			}
	}
	return equipment_load(w, out->row.id, cards, at);
}

static enum err
pool_card_of(struct work *w, const struct pool_row *row, struct pool_card *out)
{
	int32_t cm[VOLUME_SIZES_MAX];

	*out = (struct pool_card){.row = *row};
	if (!list_read_numbers(row->sizes_cm, cm, VOLUME_SIZES_MAX, &out->sizes_n))
		return fail(&w->fault, E_BUG, NULL, "The sizes of a pool cannot be read.");
	out->sizes_cm = arena_array(w->arena, struct size_cm, out->sizes_n);
	for (size_t i = 0; i < out->sizes_n; i++)
		out->sizes_cm[i].cm = cm[i];
	return own_read(w, row->own, &out->own, &out->own_n);
}

static enum err
equipment_load(struct work *w, uint64_t customer_id, struct pool_card *pools, size_t pools_n)
{
	struct day today = zone_day(w->tenant->zone, w->now);
	struct equipment_row *rows;
	struct equipment_card *cards;
	size_t n, at = 0;

	TRY(sql_equipment_of(w->db, customer_id, w->arena, &rows, &n));
	cards = arena_array(w->arena, struct equipment_card, n);
	for (size_t i = 0; i < pools_n; i++) {
		pools[i].equipment = cards + at;
		for (size_t j = 0; j < n; j++) {
			const struct equipment_row *r = &rows[j];
			const struct equipment_facts facts = {r->installed_day, r->warranty_day, r->serviced_day,
			    r->service_every_days};

			if (r->pool_id != pools[i].row.id)
				continue;
			cards[at++] = (struct equipment_card){*r, equipment_due(&facts), equipment_covered(&facts, today)};
			pools[i].equipment_n++;
		}
	}
	return OK;
}

enum err
act_customer_make(struct work *w, const struct customer_new *in, uint64_t *id)
{
	struct str email = str_lower(w->arena, in->email);
	uint64_t made = work_id(w);

	TRY(email_check(w, email));
	TRY(sql_customer_insert(w->db, made, in->name, in->kind, email, str_of(language_tag(in->language)),
	    STANDING_LEAD, in->source, in->external_id, STR("{}"), w->now));
	TRY(first_contact(w, made, in, email));
	TRY(first_property(w, made, in));
	*id = made;
	const struct event_value v[] = {{STR("name"), in->name}};
	const struct event e = {.customer_id = made, .kind = EVENT_CUSTOMER_MADE, .ref_kind = RECORD_CUSTOMER,
	    .ref_id = made, .values = v, .values_n = 1};
	return tell_event(w, &e);
}

static enum err
first_contact(struct work *w, uint64_t id, const struct customer_new *in, struct str email)
{
	uint64_t by_sms, by_email;
	struct str phone;

	TRY(phone_read(in->phone, w->arena, &phone, "phone", &w->fault));
	if (phone.n == 0 && email.n == 0)
		return OK;
	contact_defaults(RELATION_OWNER, phone.n > 0, email.n > 0, &by_sms, &by_email);
	return sql_contact_insert(w->db, work_id(w), id, in->name, RELATION_OWNER, phone, email,
	    str_of(language_tag(in->language)), by_sms, by_email, 0);
}

static enum err
first_property(struct work *w, uint64_t id, const struct customer_new *in)
{
	uint64_t property = work_id(w);

	if (in->street.n == 0)
		return OK;
	TRY(sql_property_insert(w->db, property, id, in->street, in->city, in->region, in->postcode));
	TRY(tell_place(w, property));
	return in->with_pool ? sql_pool_insert(w->db, work_id(w), property, POOL_POOL, STR("")) : OK;
}

enum err
act_customer_change(struct work *w, uint64_t id, const struct customer_change *in)
{
	const struct record on = {.customer_id = id, .kind = RECORD_CUSTOMER, .id = id};
	struct str email = str_lower(w->arena, in->email), own, language = str_of(language_tag(in->language));
	struct customer_row was;

	TRY(sql_customer_one(w->db, id, w->arena, &was));
	if (!str_eq(email, was.email))
		TRY(email_check(w, email));
	TRY(own_write(w, &on, was.own, in->own, in->own_n, &own));
	TRY(sql_customer_change(w->db, id, in->name, in->kind, email, language, in->bill_street, in->bill_city,
	    in->bill_region, in->bill_postcode, in->source, in->external_id, own, in->version));
	const struct field_change c[] = {
		{"name", was.name, in->name, CHANGE_PLAIN},
		{"kind", kind_name(was.kind), kind_name(in->kind), CHANGE_PLAIN},
		{"email", was.email, email, CHANGE_PLAIN},
		{"language", was.language, language, CHANGE_PLAIN},
		{"bill_street", was.bill_street, in->bill_street, CHANGE_PLAIN},
		{"bill_city", was.bill_city, in->bill_city, CHANGE_PLAIN},
		{"bill_region", was.bill_region, in->bill_region, CHANGE_PLAIN},
		{"bill_postcode", was.bill_postcode, in->bill_postcode, CHANGE_PLAIN},
		{"source", was.source, in->source, CHANGE_PLAIN},
		{"external_id", was.external_id, in->external_id, CHANGE_PLAIN},
		{"own", was.own, own, CHANGE_TOLD},
	};
	const struct event e = {.customer_id = id, .kind = EVENT_CUSTOMER_CHANGED, .ref_kind = RECORD_CUSTOMER,
	    .ref_id = id};
	return tell_edit(w, &on, &e, c, sizeof(c) / sizeof(*c));
}

enum err
act_customer_archive(struct work *w, uint64_t id, uint32_t version)
{
	const struct event e = {.customer_id = id, .kind = EVENT_CUSTOMER_ARCHIVED, .ref_kind = RECORD_CUSTOMER,
	    .ref_id = id};
	struct customer_row row;
	struct number_row open;

	TRY(sql_customer_one(w->db, id, w->arena, &row));
	TRY(sql_customer_agreements_open(w->db, id, zone_day(w->tenant->zone, w->now), w->arena, &open));
	if (open.number > 0)
		return fail(&w->fault, E_INVALID, "agreements", "This customer is still served. End the agreement first.");
	TRY(sql_customer_archive(w->db, id, (struct maybe_i64){true, w->now}, version));
	TRY(tell_event(w, &e));
	TRY(audit(w, "customer.archived", "customer", id, row.name));
	return tell_standing(w, id);
}

enum err
act_customer_put_aside(struct work *w, uint64_t id)
{
	struct number_row places, open;
	struct customer_row row;

	TRY(sql_customer_one(w->db, id, w->arena, &row));
	TRY(sql_properties_number(w->db, id, w->arena, &places));
	TRY(sql_customer_agreements_open(w->db, id, zone_day(w->tenant->zone, w->now), w->arena, &open));
	if (row.archived_at.is || places.number + open.number > 0)
		return OK;
	return act_customer_archive(w, id, row.version);
}

enum err
act_customer_restore(struct work *w, uint64_t id)
{
	const struct event e = {.customer_id = id, .kind = EVENT_CUSTOMER_RESTORED, .ref_kind = RECORD_CUSTOMER,
	    .ref_id = id};
	struct customer_row row;

	TRY(sql_customer_one(w->db, id, w->arena, &row));
	if (row.merged_into.is)
		return fail(&w->fault, E_INVALID, "merged_into", "This record went into another. Undo the merge instead.");
	if (!row.archived_at.is)
		return OK;
	TRY(sql_customer_archive(w->db, id, (struct maybe_i64){0}, row.version));
	TRY(tell_event(w, &e));
	TRY(audit(w, "customer.restored", "customer", id, row.name));
	return tell_standing(w, id);
}

enum err
act_standings(struct work *w, uint64_t after, struct maybe_u64 *next, size_t *changed)
{
	struct standing_row *rows;
	size_t n, wrong = 0;

	TRY(sql_standings_after(w->db, after, zone_day(w->tenant->zone, w->now), TERM_WORKS, w->arena, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		const struct standing_facts f = {rows[i].archived, rows[i].open, rows[i].routed, rows[i].served};

		if (standing_of(&f) == rows[i].standing)
			continue;
		/* Seen without a lock: what is written is derived again, with one. */
		TRY(tell_standing(w, rows[i].id));
		wrong++;
	}
	*next = n == STANDINGS_BATCH ? (struct maybe_u64){true, rows[n - 1].id} : (struct maybe_u64){0};
	*changed = wrong;
	return OK;
}

/* Empty is fine: not everybody has one. */
static enum err
email_check(struct work *w, struct str email)
{
	if (email.n > 0 && !mail_address_valid(email))
		return fail(&w->fault, E_INVALID, "email", "This is not an e-mail address.");
	return OK;
}

static struct str
kind_name(enum customer_kind k)
{
	return str_of(k < CUSTOMER_KINDS ? customer_kind_names[k] : "");
}
