/*
 * fcgi/acts/properties.c -- load, decide, save, tell: places that are served.
 */
#include "fcgi/acts/properties.h"

#include "domain/base/id.h"
#include "domain/base/list.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_place.h"
#include "fcgi/acts/tell_visits.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/properties.h"
#include "sql/tenant/queries/staff.h"

static struct event event_of(const struct property_row *row, enum event_kind kind);
static bool plans_differ(const struct property_row *was, const struct property_change *in, struct str techs);
static enum err wishes_read(struct work *w, const struct property_change *in, struct wishes *out, struct str *techs,
    struct str *chemicals);
static enum err techs_known(struct work *w, const struct wishes *x);
static enum err property_edit(struct work *w, const struct property_row *was, const struct property_change *in,
    const struct location *at, struct str techs, struct str chemicals, struct str own);
static enum err code_seal(struct work *w, uint64_t id, const char *column, struct maybe_str in,
    struct maybe_str *sealed, bool *touched);
static struct str days(struct work *w, uint64_t set);
static struct str number(struct work *w, struct maybe_i64 v);
static struct str minute(struct work *w, struct maybe_u32 v);
static struct str staff(struct work *w, struct maybe_u64 v);
static struct str yes(bool is);

static const struct code_look_row *look_of(const struct code_look_row *looks, size_t n, uint64_t property_id);
static struct code_seen code_seen_of(struct work *w, const struct code_place_row *p, const struct code_look_row *looks,
    size_t looks_n, const struct code_reach_row *reach, size_t reach_n);

enum err
act_property_make(struct work *w, const struct property_new *in, uint64_t *id)
{
	struct customer_row customer;
	struct number_row already;
	struct property_row row = {.id = work_id(w), .customer_id = in->customer_id, .street = in->street, .city = in->city};

	TRY(sql_customer_one(w->db, in->customer_id, w->arena, &customer));
	TRY(sql_properties_number(w->db, in->customer_id, w->arena, &already));
	if (already.number >= PROPERTIES_MAX)
		return fail(&w->fault, E_LIMIT, "customer_id", "This customer has as many of these as one can have.");
	TRY(sql_property_insert(w->db, row.id, in->customer_id, in->street, in->city, in->region, in->postcode));
	TRY(tell_place(w, row.id));
	const struct event_value v[] = {{STR("street"), in->street}, {STR("city"), in->city}};
	struct event e = event_of(&row, EVENT_PROPERTY_MADE);
	e.values = v;
	e.values_n = 2;
	*id = row.id;
	return tell_event(w, &e);
}

enum err
act_property_change(struct work *w, uint64_t id, const struct property_change *in, uint64_t *customer_id)
{
	struct str techs, chemicals, own;
	struct property_row was;
	struct location at;
	struct wishes wish;

	TRY(sql_property_one(w->db, id, w->arena, &was));
	const struct record on = {.customer_id = was.customer_id, .kind = RECORD_PROPERTY, .id = id};
	const struct location before = {was.lat_e6, was.lng_e6, was.place_source, was.place_score};
	bool moved = !str_eq(was.street, in->street) || !str_eq(was.city, in->city) ||
	    !str_eq(was.region, in->region) || !str_eq(was.postcode, in->postcode);
	TRY(place_after(&before, in->lat_e6, in->lng_e6, moved, &at, &w->fault));
	TRY(wishes_read(w, in, &wish, &techs, &chemicals));
	TRY(own_write(w, &on, was.own, in->own, in->own_n, &own));
	TRY(sql_property_change(w->db, id, in->name, in->street, in->city, in->region, in->postcode, at.lat_e6,
	    at.lng_e6, at.source, at.score, in->key_no, in->dogs, in->hazards, in->parking, in->like_days,
	    in->not_days, in->from_minute, in->to_minute, in->text_before, in->same_tech, in->usual_tech_id, techs,
	    chemicals, own, in->version));
	*customer_id = was.customer_id;
	if (moved && at.source == PLACE_NONE)
		TRY(tell_place(w, id));
	TRY(property_edit(w, &was, in, &at, techs, chemicals, own));
	if (!plans_differ(&was, in, techs))
		return OK;
	return tell_visits_of_place(w, was.customer_id, id);
}

/* Does the plan of the coming weeks follow from other wishes now? */
static bool
plans_differ(const struct property_row *was, const struct property_change *in, struct str techs)
{
	return was->not_days != in->not_days || was->same_tech != in->same_tech ||
	    was->usual_tech_id.is != in->usual_tech_id.is || was->usual_tech_id.v != in->usual_tech_id.v ||
	    was->from_minute.is != in->from_minute.is || was->from_minute.v != in->from_minute.v ||
	    was->to_minute.is != in->to_minute.is || was->to_minute.v != in->to_minute.v || !str_eq(was->never_techs, techs);
}

/* What is typed as lists becomes what is stored and what the rules read. */
static enum err
wishes_read(struct work *w, const struct property_change *in, struct wishes *out, struct str *techs,
    struct str *chemicals)
{
	uint64_t *ids = arena_array(w->arena, uint64_t, in->never_n);
	struct str *words = arena_array(w->arena, struct str, in->chemicals_n);

	for (size_t i = 0; i < in->never_n; i++)
		ids[i] = in->never_techs[i].staff_id;
	for (size_t i = 0; i < in->chemicals_n; i++) {
		words[i] = in->no_chemicals[i].word;
		if (!list_word_valid(words[i]))
			return fail(&w->fault, E_INVALID, "no_chemicals", "Contains characters that are not allowed.");
	}
	*out = (struct wishes){in->like_days, in->not_days, in->from_minute, in->to_minute, in->text_before,
	    in->same_tech, in->usual_tech_id, ids, in->never_n};
	*techs = list_write_ids(w->arena, ids, in->never_n);
	*chemicals = list_write_words(w->arena, words, in->chemicals_n);
	TRY(wishes_check(out, &w->fault));
	return techs_known(w, out);
}

static enum err
techs_known(struct work *w, const struct wishes *x)
{
	struct person_id_row *people;
	size_t n, known = 0;
	bool usual = !x->usual_tech_id.is;

	if (x->never_techs == 0 && usual)
		return OK;
	TRY(sql_staff_ids(w->db, w->arena, &people, &n));
	for (size_t i = 0; i < n; i++) {
		usual = usual || people[i].id == x->usual_tech_id.v;
		for (size_t j = 0; j < x->never_techs; j++)
			known += x->never_tech[j] == people[i].id;
	}
	if (!usual)
		return fail(&w->fault, E_INVALID, "usual_tech_id", "Nobody like this works here.");
	if (known != x->never_techs)
		return fail(&w->fault, E_INVALID, "never_techs", "Nobody like this works here.");
	return OK;
}

static enum err
property_edit(struct work *w, const struct property_row *was, const struct property_change *in,
    const struct location *at, struct str techs, struct str chemicals, struct str own)
{
	const struct record on = {.customer_id = was->customer_id, .kind = RECORD_PROPERTY, .id = was->id};
	const struct event e = event_of(was, EVENT_PROPERTY_CHANGED);
	const struct field_change c[] = {
		{"name", was->name, in->name, CHANGE_PLAIN},
		{"street", was->street, in->street, CHANGE_PLAIN},
		{"city", was->city, in->city, CHANGE_PLAIN},
		{"region", was->region, in->region, CHANGE_PLAIN},
		{"postcode", was->postcode, in->postcode, CHANGE_PLAIN},
		{"lat_e6", number(w, was->lat_e6), number(w, at->lat_e6), CHANGE_PLAIN},
		{"lng_e6", number(w, was->lng_e6), number(w, at->lng_e6), CHANGE_PLAIN},
		{"key_no", was->key_no, in->key_no, CHANGE_PLAIN},
		{"dogs", was->dogs, in->dogs, CHANGE_PLAIN},
		{"hazards", was->hazards, in->hazards, CHANGE_PLAIN},
		{"parking", was->parking, in->parking, CHANGE_PLAIN},
		{"like_days", days(w, was->like_days), days(w, in->like_days), CHANGE_PLAIN},
		{"not_days", days(w, was->not_days), days(w, in->not_days), CHANGE_PLAIN},
		{"from_minute", minute(w, was->from_minute), minute(w, in->from_minute), CHANGE_PLAIN},
		{"to_minute", minute(w, was->to_minute), minute(w, in->to_minute), CHANGE_PLAIN},
		{"text_before", yes(was->text_before), yes(in->text_before), CHANGE_PLAIN},
		{"same_tech", yes(was->same_tech), yes(in->same_tech), CHANGE_PLAIN},
		{"usual_tech_id", staff(w, was->usual_tech_id), staff(w, in->usual_tech_id), CHANGE_PLAIN},
		{"never_techs", was->never_techs, techs, CHANGE_PLAIN},
		{"no_chemicals", was->no_chemicals, chemicals, CHANGE_PLAIN},
		{"own", was->own, own, CHANGE_TOLD},
	};

	return tell_edit(w, &on, &e, c, sizeof(c) / sizeof(*c));
}

enum err
act_property_archive(struct work *w, uint64_t id, uint32_t version, uint64_t *customer_id)
{
	struct property_row row;
	struct number_row open;

	TRY(sql_property_one(w->db, id, w->arena, &row));
	TRY(sql_property_agreements_open(w->db, id, zone_day(w->tenant->zone, w->now), w->arena, &open));
	if (open.number > 0)
		return fail(&w->fault, E_INVALID, "agreements", "This place is still served. End the agreement first.");
	TRY(sql_property_archive(w->db, id, (struct maybe_i64){true, w->now}, version));
	const struct event e = event_of(&row, EVENT_PROPERTY_ARCHIVED);
	*customer_id = row.customer_id;
	return tell_event(w, &e);
}

enum err
act_property_restore(struct work *w, uint64_t id, uint64_t *customer_id)
{
	struct property_row row;

	TRY(sql_property_one(w->db, id, w->arena, &row));
	*customer_id = row.customer_id;
	if (!row.archived_at.is)
		return OK;
	TRY(sql_property_archive(w->db, id, (struct maybe_i64){0}, row.version));
	const struct event e = event_of(&row, EVENT_PROPERTY_RESTORED);
	return tell_event(w, &e);
}

enum err
act_property_codes_set(struct work *w, uint64_t id, const struct codes_change *in, uint64_t *customer_id)
{
	bool touched[CODE_KINDS] = {false};
	struct codes_row row;

	TRY(sql_property_codes(w->db, id, w->arena, &row));
	TRY(code_seal(w, id, "gate_code", in->gate, &row.gate_code, &touched[CODE_GATE]));
	TRY(code_seal(w, id, "lockbox_code", in->lockbox, &row.lockbox_code, &touched[CODE_LOCKBOX]));
	TRY(code_seal(w, id, "alarm_code", in->alarm, &row.alarm_code, &touched[CODE_ALARM]));
	TRY(code_seal(w, id, "access_note", in->note, &row.access_note, &touched[CODE_NOTE]));
	TRY(sql_property_codes_set(w->db, id, row.gate_code, row.lockbox_code, row.alarm_code, row.access_note, w->now,
	    in->version));

	struct field_change c[CODE_KINDS];
	size_t n = 0;
	for (enum code_kind k = CODE_GATE; k < CODE_KINDS; k++)
		if (touched[k])
			c[n++] = (struct field_change){code_kind_names[k], STR(""), STR("*"), CHANGE_SEALED};
	const struct record on = {.customer_id = row.customer_id, .kind = RECORD_PROPERTY, .id = id};
	const struct event e = {.customer_id = row.customer_id, .property_id = id, .kind = EVENT_CODES_CHANGED,
	    .ref_kind = RECORD_PROPERTY, .ref_id = id};
	*customer_id = row.customer_id;
	TRY(audit(w, "code.changed", "property", id, STR("")));
	return tell_edit(w, &on, &e, c, n);
}

/* Absent: the sealed value stays as it is. */
static enum err
code_seal(struct work *w, uint64_t id, const char *column, struct maybe_str in, struct maybe_str *sealed, bool *touched)
{
	if (!in.is)
		return OK;
	*touched = true;
	*sealed = (struct maybe_str){.is = in.v.n > 0};
	return in.v.n > 0 ? work_seal(w, KEY_GATE, "property", column, id, in.v, &sealed->v) : OK;
}

enum err
act_property_code_show(struct work *w, uint64_t id, enum code_kind kind, struct code_shown *out)
{
	static const char *const columns[] = {"", "gate_code", "lockbox_code", "alarm_code", "access_note"};
	struct code_shown shown = {.kind = kind};
	struct codes_row row;

	TRY(sql_property_codes(w->db, id, w->arena, &row));
	const struct maybe_str sealed = kind == CODE_GATE ? row.gate_code : kind == CODE_LOCKBOX ? row.lockbox_code :
	    kind == CODE_ALARM ? row.alarm_code : row.access_note;
	if (!sealed.is)
		return fail(&w->fault, E_NOT_FOUND, "kind", "No such code is written down.");
	TRY(work_unseal(w, KEY_GATE, "property", columns[kind], id, sealed.v, &shown.code));
	TRY(audit(w, "code.shown", "property", id, str_of(code_kind_names[kind])));
	const struct event_value v[] = {{STR("code"), str_of(code_kind_names[kind])}};
	const struct event e = {.customer_id = row.customer_id, .property_id = id, .kind = EVENT_CODE_SHOWN,
	    .ref_kind = RECORD_PROPERTY, .ref_id = id, .values = v, .values_n = 1};
	TRY(tell_event(w, &e));
	*out = shown;
	return OK;
}

enum err
act_codes_seen(struct work *w, uint64_t staff_id, struct codes_seen *out)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct buf ids = buf_open(w->arena, 4096, 90000);
	struct code_look_row *looks;
	struct code_reach_row *reach;
	struct code_place_row *places;
	struct staff_row person;
	size_t looks_n, reach_n, places_n;

	TRY(sql_staff_one(w->db, staff_id, ACTOR_STAFF, w->arena, &person));
	TRY(sql_codes_seen_by(w->db, EVENT_CODE_SHOWN, EVENT_CODES_SENT, ACTOR_STAFF, staff_id, w->arena, &looks, &looks_n));
	TRY(sql_codes_within_reach(w->db, staff_id, day_add(today, -CODES_REACH_DAYS), w->arena, &reach, &reach_n));
	buf_char(&ids, '[');
	for (size_t i = 0; i < looks_n; i++)
		buf_printf(&ids, "%s%llu", ids.n > 1 ? "," : "", (unsigned long long)looks[i].property_id);
	for (size_t i = 0; i < reach_n; i++)
		if (look_of(looks, looks_n, reach[i].property_id) == NULL)
			buf_printf(&ids, "%s%llu", ids.n > 1 ? "," : "", (unsigned long long)reach[i].property_id);
	buf_char(&ids, ']');
	TRY(sql_code_places(w->db, buf_str(&ids), w->arena, &places, &places_n));
	*out = (struct codes_seen){.rows = arena_array(w->arena, struct code_seen, CODES_SEEN_PAGE)};
	for (unsigned done = 0; done < 2; done++)
		for (size_t i = 0; i < places_n && out->rows_n < CODES_SEEN_PAGE; i++) {
			struct code_seen c = code_seen_of(w, &places[i], looks, looks_n, reach, reach_n);

			if (c.done == (done == 1))
				out->rows[out->rows_n++] = c;
		}
	return OK;
}

static const struct code_look_row *
look_of(const struct code_look_row *looks, size_t n, uint64_t property_id)
{
	for (size_t i = 0; i < n; i++)
		if (looks[i].property_id == property_id)
			return &looks[i];
	return NULL;
}

/* Done is what changed after the last look, or after it last came to their phone; where nobody looked, what changed since the day of the last visit. */
static struct code_seen
code_seen_of(struct work *w, const struct code_place_row *p, const struct code_look_row *looks, size_t looks_n,
    const struct code_reach_row *reach, size_t reach_n)
{
	struct code_seen c = {.property_id = p->property_id, .customer_id = p->customer_id, .customer_name = p->customer_name,
	    .street = p->street, .city = p->city, .changed_at = p->codes_changed_at};
	const struct code_look_row *look = look_of(looks, looks_n, p->property_id);
	const struct day today = zone_day(w->tenant->zone, w->now);

	for (size_t i = 0; i < reach_n; i++)
		if (reach[i].property_id == p->property_id)
			c.last_day = reach[i].last_day;
	if (look != NULL) {
		c.times = look->times;
		c.last_at = look->last_at;
		c.done = c.changed_at.is && c.changed_at.v > look->had_at;
	} else if (c.last_day.is && c.changed_at.is) {
		struct civil morning;

		day_civil(c.last_day.v.n < today.n ? c.last_day.v : today, &morning);
		c.done = c.changed_at.v >= zone_instant(w->tenant->zone, &morning);
	}
	return c;
}

static struct event
event_of(const struct property_row *row, enum event_kind kind)
{
	return (struct event){.customer_id = row->customer_id, .property_id = row->id, .kind = kind,
	    .ref_kind = RECORD_PROPERTY, .ref_id = row->id};
}

/* Words, so that the log of changes can be read. */
static struct str
days(struct work *w, uint64_t set)
{
	static const char *const day[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
	struct buf b = buf_open(w->arena, 32, 128);

	for (unsigned d = MONDAY; d <= SUNDAY; d++)
		if ((set & (UINT64_C(1) << d)) != 0)
			buf_printf(&b, "%s%s", b.n > 0 ? ", " : "", day[d]);
	return buf_str(&b);
}

static struct str
number(struct work *w, struct maybe_i64 v)
{
	return v.is ? str_printf(w->arena, "%lld", (long long)v.v) : STR("");
}

static struct str
minute(struct work *w, struct maybe_u32 v)
{
	return v.is ? str_printf(w->arena, "%u", v.v) : STR("");
}

static struct str
staff(struct work *w, struct maybe_u64 v)
{
	char letters[ID_LETTERS + 1];

	if (!v.is)
		return STR("");
	id_write(v.v, letters);
	return str_copy(w->arena, str_of(letters));
}

static struct str
yes(bool is)
{
	return is ? STR("yes") : STR("no");
}
