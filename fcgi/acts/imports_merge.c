/*
 * fcgi/acts/imports_merge.c -- a row meets a customer who is here already.
 *
 * What is found to differ is listed; written, it goes through the log of changes under the import's number, from
 * which the undo reads it back. A record that is made here is logged as field "made", a tag as "tag". Gate codes
 * are filled in, never replaced: the log does not know what they were.
 */
#include "fcgi/acts/imports.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_search.h"
#include "sql/tenant/queries/contacts.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/imports.h"
#include "sql/tenant/queries/notes.h"
#include "sql/tenant/queries/pools.h"
#include "sql/tenant/queries/properties.h"

struct merge {
	struct work *w;
	struct import_step *step;
	const struct import_values *v;
	enum import_policy policy;
	bool write;
	const struct import_person *person;
	struct customer_row customer;
	uint64_t property_id; /* where the row's pool and notes belong; 0: nowhere yet */
	struct import_changes *out;
};

static enum err meet_customer(struct merge *m);
static enum err meet_contact(struct merge *m);
static enum err contact_add(struct merge *m);
static enum err meet_property(struct merge *m);
static enum err property_fill(struct merge *m, const struct property_row *was);
static enum err property_add(struct merge *m);
static enum err gate_fill(struct merge *m, uint64_t id, bool there);
static enum err meet_pool(struct merge *m);
static enum err pool_fill(struct merge *m, const struct pool_row *was);
static enum err pool_add(struct merge *m);
static enum err meet_tags(struct merge *m);
static enum err meet_notes(struct merge *m);
static enum err note_add(struct merge *m, const struct note_row *there, size_t n, enum audience to, struct str body);
static void log_change(struct merge *m, const struct record *r, const struct field_change *c, size_t n);
static void log_event(struct merge *m);
static void differs(struct merge *m, const char *field, struct str was, struct str became);
static bool takes(struct merge *m, const char *field, struct str *ours, struct str theirs);
static struct record on(const struct merge *m, enum record_kind kind, uint64_t id);
static enum err made(struct merge *m, enum record_kind kind, uint64_t id);
static struct str place_text(struct work *w, const struct location *l);

enum err
import_merge(struct work *w, struct import_step *s, const struct import_person *person, const struct import_values *v,
    bool write, struct import_changes *out)
{
	struct merge m = {w, s, v, s->order.policy, write, person, *person->customer, 0, out};

	*out = (struct import_changes){0};
	out->name = m.customer.name;
	out->archived = m.customer.archived_at.is;
	if (out->archived || m.policy == POLICY_LEAVE)
		return OK;
	TRY(meet_customer(&m));
	TRY(meet_contact(&m));
	TRY(meet_property(&m));
	TRY(meet_pool(&m));
	TRY(meet_tags(&m));
	TRY(meet_notes(&m));
	if (!write || out->n == 0)
		return OK;
	log_event(&m);
	return OK;
}

enum err
import_log_write(struct work *w, struct import_step *s)
{
	struct import_log *l = &s->log;
	struct buf ids = buf_open(w->arena, 64, 64 + l->touched_n * 21);
	struct str who;
	uint64_t made;

	if (l->touched_n == 0)
		return OK;
	for (size_t i = 0; i < l->touched_n; i++)
		buf_printf(&ids, "%c%llu", i == 0 ? '[' : ',', (unsigned long long)l->touched[i]);
	buf_char(&ids, ']');
	buf_char(&l->changes, ']');
	buf_char(&l->events, ']');
	if (l->changes.full || l->events.full)
		return fail(&w->fault, E_BUG, NULL, "A step of an import does not fit.");
	TRY(tell_actor(w, &who));
	if (l->changes.n > 1)
		TRY(sql_made_changes(w->db, buf_str(&l->changes), s->row.id, w->now, w->actor.kind, w->actor.id, who, &made));
	TRY(sql_made_events(w->db, buf_str(&l->events), w->now, EVENT_CUSTOMER_IMPORTED, w->actor.kind, w->actor.id, who,
	    RECORD_BATCH, s->row.id, &made));
	TRY(tell_searches(w, l->touched, l->touched_n));
	return tell_briefs(w, buf_str(&ids));
}

/* As tell_change, for all of a step together. */
static void
log_change(struct merge *m, const struct record *r, const struct field_change *c, size_t n)
{
	struct buf *b = &m->step->log.changes;

	for (size_t i = 0; i < n; i++) {
		if (str_eq(c[i].was, c[i].became))
			continue;
		buf_printf(b, "%c{\"id\":%llu,\"c\":%llu,\"k\":%u,\"o\":%llu,\"f\":\"%s\",\"w\":", b->n > 0 ? ',' : '[',
		    (unsigned long long)import_id(m->step), (unsigned long long)r->customer_id, (unsigned)r->kind,
		    (unsigned long long)r->id, c[i].field);
		json_text(b, c[i].how == CHANGE_SEALED ? STR("") : c[i].was);
		buf_add(b, STR(",\"b\":"));
		json_text(b, c[i].how == CHANGE_SEALED ? STR("") : c[i].became);
		buf_char(b, '}');
	}
}

static void
log_event(struct merge *m)
{
	struct import_log *l = &m->step->log;
	struct buf *b = &l->events;
	const struct event_value said[] = {{STR("file"), audit_cut(m->w->arena, m->step->order.name, EVENT_VALUE_MAX)},
	    {STR("row"), str_printf(m->w->arena, "%u", m->step->at)}};
	const struct event_detail d = {said, 2};
	size_t i = 0;

	buf_printf(b, "%c{\"id\":%llu,\"c\":%llu,\"p\":%llu,\"o\":0,\"d\":", b->n > 0 ? ',' : '[',
	    (unsigned long long)import_id(m->step), (unsigned long long)m->customer.id, (unsigned long long)m->property_id);
	shape_write(&event_detail_shape, &d, b);
	buf_char(b, '}');
	while (i < l->touched_n && l->touched[i] != m->customer.id)
		i++;
	if (i == l->touched_n)
		l->touched[l->touched_n++] = m->customer.id;
}

static enum err
meet_customer(struct merge *m)
{
	struct customer_row is = m->customer;
	const struct customer_row *was = &m->customer;
	const struct import_values *v = m->v;
	size_t before = m->out->n;

	if (!v->unnamed)
		(void)takes(m, "name", &is.name, v->name);
	(void)takes(m, "email", &is.email, v->email);
	(void)takes(m, "external_id", &is.external_id, v->external_id);
	/* A billing address is one thing: parts of two would be nobody's. */
	if (v->bill_street.n > 0 && takes(m, "bill_street", &is.bill_street, v->bill_street)) {
		is.bill_city = v->bill_city;
		is.bill_region = v->bill_region;
		is.bill_postcode = v->bill_postcode;
	}
	if (!m->write || m->out->n == before)
		return OK;
	const struct field_change c[] = {
		{"name", was->name, is.name, CHANGE_PLAIN},
		{"email", was->email, is.email, CHANGE_PLAIN},
		{"external_id", was->external_id, is.external_id, CHANGE_PLAIN},
		{"bill_street", was->bill_street, is.bill_street, CHANGE_PLAIN},
		{"bill_city", was->bill_city, is.bill_city, CHANGE_PLAIN},
		{"bill_region", was->bill_region, is.bill_region, CHANGE_PLAIN},
		{"bill_postcode", was->bill_postcode, is.bill_postcode, CHANGE_PLAIN},
	};
	const struct record at = on(m, RECORD_CUSTOMER, was->id);
	TRY(sql_customer_change(m->w->db, was->id, is.name, was->kind, is.email, was->language, is.bill_street, is.bill_city,
	    is.bill_region, is.bill_postcode, was->source, is.external_id, was->own, was->version));
	log_change(m, &at, c, sizeof(c) / sizeof(*c));
	return OK;
}

/* The first of the people is who a list means; whoever has that number already needs nothing. */
static enum err
meet_contact(struct merge *m)
{
	const struct contact_row *row = m->person->contacts;
	struct contact_row is;
	size_t n = m->person->contacts_n, before = m->out->n;

	if (m->v->phone.n + m->v->email.n == 0)
		return OK;
	for (size_t i = 0; i < n && !row[i].archived_at.is; i++)
		if ((m->v->phone.n == 0 || str_eq(row[i].phone, m->v->phone)) &&
		    (m->v->email.n == 0 || str_eq_nocase(row[i].email, m->v->email)))
			return OK;
	if (n == 0 || row[0].archived_at.is)
		return contact_add(m);
	is = row[0];
	(void)takes(m, "phone", &is.phone, m->v->phone);
	(void)takes(m, "contact_email", &is.email, m->v->email);
	if (!m->write || m->out->n == before)
		return OK;
	const struct field_change c[] = {
		{"phone", row[0].phone, is.phone, CHANGE_PLAIN},
		{"email", row[0].email, is.email, CHANGE_PLAIN},
	};
	const struct record at = on(m, RECORD_CONTACT, is.id);
	TRY(sql_contact_change(m->w->db, is.id, is.name, is.relation, is.phone, is.email, is.language, is.by_sms, is.by_email,
	    is.position, is.version));
	log_change(m, &at, c, 2);
	return OK;
}

static enum err
contact_add(struct merge *m)
{
	uint64_t id = import_id(m->step), by_sms, by_email;

	differs(m, "contact", STR(""), m->v->phone.n > 0 ? m->v->phone : m->v->email);
	if (!m->write)
		return OK;
	contact_defaults(RELATION_OWNER, m->v->phone.n > 0, m->v->email.n > 0, &by_sms, &by_email);
	TRY(sql_contact_insert(m->w->db, id, m->customer.id, m->v->contact, RELATION_OWNER, m->v->phone, m->v->email,
	    str_of(language_tag(m->step->order.language)), by_sms, by_email, 0));
	return made(m, RECORD_CONTACT, id);
}

/* The place of that address; one more if there is none. A row without a street means the only place there is. */
static enum err
meet_property(struct merge *m)
{
	struct str place = m->v->city.n > 0 ? m->v->city : m->v->postcode;
	uint64_t print = match_print(BY_ADDRESS, m->v->street, place);
	const struct property_row *row = m->person->properties;
	size_t n = m->person->properties_n, open = 0;

	while (open < n && !row[open].archived_at.is)
		open++;
	if (m->v->street.n == 0) {
		m->property_id = open == 1 ? row[0].id : 0;
		return open == 1 ? property_fill(m, &row[0]) : OK;
	}
	for (size_t i = 0; i < open; i++) {
		struct str there = m->v->city.n > 0 && row[i].city.n > 0 ? row[i].city : row[i].postcode;

		if (str_eq_nocase(row[i].street, m->v->street) ||
		    (print != 0 && match_print(BY_ADDRESS, row[i].street, there) == print)) {
			m->property_id = row[i].id;
			return property_fill(m, &row[i]);
		}
	}
	return property_add(m);
}

static enum err
property_fill(struct merge *m, const struct property_row *was)
{
	struct property_row is = *was;
	const struct location l = {was->lat_e6, was->lng_e6, was->place_source, was->place_score};
	struct location to = l;
	size_t before = m->out->n;

	(void)takes(m, "city", &is.city, m->v->city);
	(void)takes(m, "region", &is.region, m->v->region);
	(void)takes(m, "postcode", &is.postcode, m->v->postcode);
	(void)takes(m, "dogs", &is.dogs, m->v->dogs);
	/* A pin that somebody set wins for ever; what a list gives is better than what a geocoder found. */
	if (m->v->lat_e6.is && was->place_source != PLACE_PINNED && was->place_source != PLACE_GIVEN) {
		to = (struct location){m->v->lat_e6, m->v->lng_e6, PLACE_GIVEN, 100};
		differs(m, "place", place_text(m->w, &l), place_text(m->w, &to));
	}
	if (m->write && m->out->n > before) {
		const struct field_change c[] = {
			{"city", was->city, is.city, CHANGE_PLAIN},
			{"region", was->region, is.region, CHANGE_PLAIN},
			{"postcode", was->postcode, is.postcode, CHANGE_PLAIN},
			{"dogs", was->dogs, is.dogs, CHANGE_PLAIN},
			{"place", place_text(m->w, &l), place_text(m->w, &to), CHANGE_PLAIN},
		};
		const struct record at = on(m, RECORD_PROPERTY, is.id);

		TRY(sql_import_property_change(m->w->db, is.id, is.city, is.region, is.postcode, is.dogs, to.lat_e6, to.lng_e6,
		    to.source, to.score, is.version));
		log_change(m, &at, c, sizeof(c) / sizeof(*c));
	}
	return gate_fill(m, is.id, was->has_gate);
}

static enum err
property_add(struct merge *m)
{
	const struct import_values *v = m->v;
	uint64_t id = import_id(m->step);

	differs(m, "property", STR(""), v->street);
	m->property_id = id;
	if (!m->write)
		return OK;
	TRY(sql_property_insert(m->w->db, id, m->customer.id, v->street, v->city, v->region, v->postcode));
	if (v->lat_e6.is || v->dogs.n > 0)
		TRY(sql_import_property_change(m->w->db, id, v->city, v->region, v->postcode, v->dogs, v->lat_e6, v->lng_e6,
		    v->lat_e6.is ? PLACE_GIVEN : PLACE_NONE, v->lat_e6.is ? 100 : 0, 1));
	TRY(made(m, RECORD_PROPERTY, id));
	return gate_fill(m, id, false);
}

static enum err
gate_fill(struct merge *m, uint64_t id, bool there)
{
	const struct record at = on(m, RECORD_PROPERTY, id);
	const struct field_change c = {"gate_code", STR(""), STR("1"), CHANGE_SEALED};
	struct str sealed;
	uint64_t changed;

	if (m->v->gate_code.n == 0 || there)
		return OK;
	differs(m, "gate_code", STR(""), STR("****"));
	if (!m->write)
		return OK;
	TRY(work_seal(m->w, KEY_GATE, "property", "gate_code", id, m->v->gate_code, &sealed));
	TRY(sql_import_gate_set(m->w->db, id, sealed, m->w->now, &changed));
	log_change(m, &at, &c, 1);
	return OK;
}

/* The pool of that kind at the row's place. */
static enum err
meet_pool(struct merge *m)
{
	const struct pool_row *row = m->person->pools;

	if (!m->v->pool || m->property_id == 0)
		return OK;
	for (size_t i = 0; i < m->person->pools_n; i++)
		if (row[i].property_id == m->property_id && row[i].kind == m->v->pool_kind && !row[i].archived_at.is)
			return pool_fill(m, &row[i]);
	return pool_add(m);
}

static enum err
pool_fill(struct merge *m, const struct pool_row *was)
{
	struct work *w = m->w;
	struct pool_row is = *was;
	struct str volume = was->volume_l.is ? str_printf(w->arena, "%u", was->volume_l.v) : STR("");
	struct str said = m->v->volume_l.is ? str_printf(w->arena, "%u", m->v->volume_l.v) : STR("");
	struct str surface = was->surface == SURFACE_UNKNOWN ? STR("") : str_of(pool_surface_names[was->surface]);
	struct str sanitiser = was->sanitiser == SANITISER_UNKNOWN ? STR("") : str_of(pool_sanitiser_names[was->sanitiser]);
	struct str volume_is = volume, surface_is = surface, sanitiser_is = sanitiser;
	size_t before = m->out->n;

	if (takes(m, "volume_l", &volume_is, said)) {
		is.volume_l = m->v->volume_l;
		is.volume_source = VOLUME_ESTIMATED;
	}
	if (m->v->surface != SURFACE_UNKNOWN && takes(m, "surface", &surface_is, str_of(pool_surface_names[m->v->surface])))
		is.surface = m->v->surface;
	if (m->v->sanitiser != SANITISER_UNKNOWN &&
	    takes(m, "sanitiser", &sanitiser_is, str_of(pool_sanitiser_names[m->v->sanitiser])))
		is.sanitiser = m->v->sanitiser;
	if (!m->write || m->out->n == before)
		return OK;
	const struct field_change c[] = {
		{"volume_l", volume, volume_is, CHANGE_PLAIN},
		{"volume_source", str_of(volume_source_names[was->volume_source]), str_of(volume_source_names[is.volume_source]),
		    CHANGE_PLAIN},
		{"surface", surface, surface_is, CHANGE_PLAIN},
		{"sanitiser", sanitiser, sanitiser_is, CHANGE_PLAIN},
	};
	const struct record at = on(m, RECORD_POOL, is.id);
	TRY(sql_pool_change(w->db, is.id, is.kind, is.name, is.volume_l, is.volume_source, is.shape, is.sizes_cm, is.surface,
	    is.sanitiser, is.indoor, is.cover, is.fill_water, is.own, is.version));
	log_change(m, &at, c, sizeof(c) / sizeof(*c));
	return OK;
}

static enum err
pool_add(struct merge *m)
{
	const struct import_values *v = m->v;
	uint64_t id = import_id(m->step);

	differs(m, "pool", STR(""), str_of(pool_kind_names[v->pool_kind]));
	if (!m->write)
		return OK;
	TRY(sql_pool_insert(m->w->db, id, m->property_id, v->pool_kind, STR("")));
	TRY(sql_pool_change(m->w->db, id, v->pool_kind, STR(""), v->volume_l,
	    v->volume_l.is ? VOLUME_ESTIMATED : VOLUME_UNKNOWN, POOL_SHAPELESS, STR("[]"), v->surface, v->sanitiser, false,
	    false, STR(""), STR("{}"), 1));
	return made(m, RECORD_POOL, id);
}

static enum err
meet_tags(struct merge *m)
{
	const struct record at = on(m, RECORD_CUSTOMER, m->customer.id);
	const struct import_tag_row *there = m->person->tags;
	size_t n = m->person->tags_n;

	if (m->v->tags == 0)
		return OK;
	for (size_t i = 0; i < m->v->tags; i++) {
		const struct field_change c = {"tag", STR(""), m->v->tag[i], CHANGE_PLAIN};
		bool has = false;
		uint64_t changed;

		for (size_t k = 0; k < n && !has; k++)
			has = str_eq_nocase(there[k].tag, m->v->tag[i]);
		if (has)
			continue;
		differs(m, "tag", STR(""), m->v->tag[i]);
		if (!m->write)
			continue;
		TRY(sql_tag_insert(m->w->db, RECORD_CUSTOMER, m->v->tag[i], m->customer.id, &changed));
		if (changed > 0)
			log_change(m, &at, &c, 1);
	}
	return OK;
}

static enum err
meet_notes(struct merge *m)
{
	const struct import_values *v = m->v;
	struct str rest = order_rest(v, m->step->order.language == SPANISH, str_of(m->w->tenant->currency), m->w->arena);
	const struct note_row *there = m->person->notes;
	size_t n = m->person->notes_n;

	if (v->note_technicians.n + v->note_office.n + rest.n == 0)
		return OK;
	TRY(note_add(m, there, n, AUDIENCE_TECHNICIANS, v->note_technicians));
	TRY(note_add(m, there, n, AUDIENCE_OFFICE, v->note_office));
	return note_add(m, there, n, AUDIENCE_OFFICE, rest);
}

static enum err
note_add(struct merge *m, const struct note_row *there, size_t n, enum audience to, struct str body)
{
	bool to_place = to == AUDIENCE_TECHNICIANS && m->property_id != 0;
	uint64_t id = import_id(m->step);

	if (body.n == 0)
		return OK;
	for (size_t i = 0; i < n; i++)
		if (str_eq(there[i].body, body))
			return OK;
	differs(m, "note", STR(""), body);
	if (!m->write)
		return OK;
	TRY(sql_note_insert(m->w->db, id, m->customer.id, to_place ? RECORD_PROPERTY : RECORD_CUSTOMER,
	    to_place ? m->property_id : m->customer.id, to, body, false, m->step->row.staff_id, m->w->now));
	return made(m, RECORD_NOTE, id);
}

static void
differs(struct merge *m, const char *field, struct str was, struct str became)
{
	if (m->out->n == IMPORT_CHANGES_MAX)
		return;
	m->out->list[m->out->n++] = (struct import_change){str_of(field), audit_cut(m->w->arena, was, IMPORT_CHANGE_TEXT),
	    audit_cut(m->w->arena, became, IMPORT_CHANGE_TEXT)};
}

static bool
takes(struct merge *m, const char *field, struct str *ours, struct str theirs)
{
	if (!policy_takes(m->policy, *ours, theirs))
		return false;
	differs(m, field, *ours, theirs);
	*ours = theirs;
	return true;
}

static struct record
on(const struct merge *m, enum record_kind kind, uint64_t id)
{
	return (struct record){.customer_id = m->customer.id, .kind = kind, .id = id, .batch_id = m->step->row.id};
}

static enum err
made(struct merge *m, enum record_kind kind, uint64_t id)
{
	const struct record at = on(m, kind, id);
	const struct field_change c = {"made", STR(""), STR("1"), CHANGE_PLAIN};

	log_change(m, &at, &c, 1);
	return OK;
}

/* As the undo reads it: source, score, and the coordinates if there are any. */
static struct str
place_text(struct work *w, const struct location *l)
{
	if (!l->lat_e6.is)
		return STR("");
	return str_printf(w->arena, "%lld %lld %u %u", (long long)l->lat_e6.v, (long long)l->lng_e6.v, (unsigned)l->source,
	    l->score);
}
