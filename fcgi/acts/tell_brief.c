/*
 * fcgi/acts/tell_brief.c -- what a technician reads before a stop (brief) and has done there (progress), as JSON.
 *
 * Both are kept on the stop's card and handed out as they stand. Codes of gates are not in them.
 */
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_roads.h"
#include "fcgi/acts/tell_water.h"

#include "domain/base/list.h"
#include "domain/base/words.h"
#include "domain/visits/reason.h"
#include "sql/tenant/queries/day.h"
#include "sql/tenant/queries/sync.h"
#include "sql/tenant/queries/wants.h"

#define BRIEF_MAX 60000
#define WORDS_MAX 20

struct word {
	struct str word;
};
struct last_stop {
	struct day day;
	struct str tech, reason;
	enum visit_state state;
	struct said_note *notes; /* of theirs, to the office */
	size_t notes_n;
};
struct said_check {
	struct str item;
	bool done;
	int64_t at;
	struct maybe_str what;   /* the line had this measured */
	struct maybe_i64 amount; /* hundredths of its unit */
};
struct said_note {
	uint64_t id;
	struct str text;
	bool for_customer;
	int64_t at;
};
struct said_thing {
	uint64_t id;
	enum verb verb;
	struct str text;
	int64_t at;
};
struct said_photo {
	uint64_t id, file_id;
	struct str item;
	int64_t at;
};

/* What the water was when somebody was here last. */
struct brief_water {
	uint64_t pool_id;
	int64_t at;
	struct water_value *values;
	size_t values_n;
};

/* The stop at the supply house before it. */
struct brief_errand {
	struct str text;
	uint32_t minutes;
	struct maybe_i64 lat_e6, lng_e6; /* absent: the company has not said where */
};

struct brief {
	uint64_t customer_id;
	struct str customer;
	enum language language; /* that the customer reads */
	struct brief_contact_row *contacts;
	size_t contacts_n;
	uint64_t property_id;
	struct str place, street, city, region, postcode;
	struct maybe_i64 lat_e6, lng_e6;
	struct str dogs, hazards, parking, key_no;
	bool has_codes, text_before, first_visit;
	struct maybe_i64 codes_changed_at; /* a phone that holds others asks again */
	struct word *no_chemicals;
	size_t no_chemicals_n;
	uint64_t service_id;
	struct str service, instructions, checklist, parts;
	enum visit_source source;
	struct maybe_u64 pool_id;
	struct brief_pool_row *pools;
	size_t pools_n;
	struct brief_water *water;
	size_t water_n;
	struct brief_equipment_row *equipment;
	size_t equipment_n;
	struct brief_note_row *notes;
	size_t notes_n;
	struct last_stop *last;
	size_t last_n;
	struct brief_change_row *changes;
	size_t changes_n;
	struct want_brief_row *wants; /* lines of this job */
	size_t wants_n;
	struct brief_errand *errand; /* at most one */
	size_t errand_n;
};

struct progress {
	struct said_check *checks;
	size_t checks_n;
	struct said_note *notes;
	size_t notes_n;
	struct said_photo *photos;
	size_t photos_n;
	struct said_thing *things; /* follow-ups, missing parts, problems, a wish for somebody else; what was not taken */
	size_t things_n;
};

#define LOG_MAX 500 /* LIMIT of log_of_visit */

static const struct field word_fields[] = {FIELD_TEXT(struct word, word, 0, 80), FIELD_END};
static const struct shape word_shape = {"BriefWord", sizeof(struct word), word_fields};

static const struct field said_check_fields[] = {
	FIELD_TEXT(struct said_check, item, 0, 200),
	FIELD_BOOL(struct said_check, done),
	FIELD_TIME(struct said_check, at),
	FIELD_MAYBE_TEXT(struct said_check, what, 1, 40),
	FIELD_MAYBE_INT(struct said_check, amount, -1000000000, 1000000000),
	FIELD_END
};
static const struct shape said_check_shape = {"SaidCheck", sizeof(struct said_check), said_check_fields};

static const struct field said_note_fields[] = {
	FIELD_ID(struct said_note, id),
	FIELD_LINES(struct said_note, text, 0, 4000),
	FIELD_BOOL(struct said_note, for_customer),
	FIELD_TIME(struct said_note, at),
	FIELD_END
};
static const struct shape said_note_shape = {"SaidNote", sizeof(struct said_note), said_note_fields};

static const struct field said_photo_fields[] = {
	FIELD_ID(struct said_photo, id),
	FIELD_ID(struct said_photo, file_id),
	FIELD_TEXT(struct said_photo, item, 0, 200),
	FIELD_TIME(struct said_photo, at),
	FIELD_END
};
static const struct shape said_photo_shape = {"SaidPhoto", sizeof(struct said_photo), said_photo_fields};

static const struct field said_thing_fields[] = {
	FIELD_ID(struct said_thing, id),
	FIELD_ENUM(struct said_thing, verb, verb_names),
	FIELD_LINES(struct said_thing, text, 0, 4000),
	FIELD_TIME(struct said_thing, at),
	FIELD_END
};
static const struct shape said_thing_shape = {"SaidThing", sizeof(struct said_thing), said_thing_fields};

static const struct field contact_fields[] = {
	FIELD_TEXT(struct brief_contact_row, name, 0, 120),
	FIELD_TEXT(struct brief_contact_row, phone, 0, 24),
	FIELD_ENUM(struct brief_contact_row, relation, relation_names),
	FIELD_END
};
static const struct shape contact_shape = {"BriefContact", sizeof(struct brief_contact_row), contact_fields};

static const struct field pool_fields[] = {
	FIELD_ID(struct brief_pool_row, id),
	FIELD_ENUM(struct brief_pool_row, kind, pool_kind_names),
	FIELD_TEXT(struct brief_pool_row, name, 0, 80),
	FIELD_MAYBE_INT(struct brief_pool_row, volume_l, 0, 100000000),
	FIELD_ENUM(struct brief_pool_row, surface, pool_surface_names),
	FIELD_ENUM(struct brief_pool_row, sanitiser, pool_sanitiser_names),
	FIELD_BOOL(struct brief_pool_row, indoor),
	FIELD_END
};
static const struct shape pool_shape_ = {"BriefPool", sizeof(struct brief_pool_row), pool_fields};

static const struct field water_fields[] = {
	FIELD_ID(struct brief_water, pool_id),
	FIELD_TIME(struct brief_water, at),
	FIELD_LIST(struct brief_water, values, values_n, &water_value_shape, READING_VALUES_MAX),
	FIELD_END
};
static const struct shape water_shape = {"BriefWater", sizeof(struct brief_water), water_fields};

static const struct field equipment_fields[] = {
	FIELD_ID(struct brief_equipment_row, id),
	FIELD_ID(struct brief_equipment_row, pool_id),
	FIELD_ENUM(struct brief_equipment_row, kind, equipment_kind_names),
	FIELD_TEXT(struct brief_equipment_row, make, 0, 60),
	FIELD_TEXT(struct brief_equipment_row, model, 0, 60),
	FIELD_MAYBE_DAY(struct brief_equipment_row, serviced_day),
	FIELD_INT(struct brief_equipment_row, service_every_days, 0, 65535),
	FIELD_END
};
static const struct shape equipment_shape_ = {
	"BriefEquipment", sizeof(struct brief_equipment_row), equipment_fields};

static const struct field note_fields[] = {
	FIELD_LINES(struct brief_note_row, body, 0, 4000),
	FIELD_BOOL(struct brief_note_row, pinned),
	FIELD_TIME(struct brief_note_row, made_at),
	FIELD_END
};
static const struct shape note_shape = {"BriefNote", sizeof(struct brief_note_row), note_fields};

static const struct field last_fields[] = {
	FIELD_DAY(struct last_stop, day),
	FIELD_TEXT(struct last_stop, tech, 0, 120),
	FIELD_ENUM(struct last_stop, state, visit_state_names),
	FIELD_TEXT(struct last_stop, reason, 0, 80),
	FIELD_LIST(struct last_stop, notes, notes_n, &said_note_shape, LOG_MAX),
	FIELD_END
};
static const struct shape last_shape = {"BriefLast", sizeof(struct last_stop), last_fields};

static const struct field change_fields[] = {
	FIELD_ENUM(struct brief_change_row, on_kind, record_kind_names),
	FIELD_TEXT(struct brief_change_row, field, 0, 40),
	FIELD_LINES(struct brief_change_row, became, 0, 2000),
	FIELD_TIME(struct brief_change_row, at),
	FIELD_END
};
static const struct shape change_shape = {"BriefChange", sizeof(struct brief_change_row), change_fields};

static const struct field want_fields[] = {
	FIELD_ID(struct want_brief_row, id),
	FIELD_TEXT(struct want_brief_row, text, 0, 400),
	FIELD_INT(struct want_brief_row, quantity_milli, 0, 1000000000),
	FIELD_ENUM(struct want_brief_row, got, got_names),
	FIELD_END
};
static const struct shape want_shape = {"BriefWant", sizeof(struct want_brief_row), want_fields};

static const struct field fetch_fields[] = {
	FIELD_TEXT(struct brief_errand, text, 0, VISIT_FETCH_MAX),
	FIELD_INT(struct brief_errand, minutes, 0, SUPPLY_MINUTES_MAX),
	FIELD_MAYBE_INT(struct brief_errand, lat_e6, -90000000, 90000000),
	FIELD_MAYBE_INT(struct brief_errand, lng_e6, -180000000, 180000000),
	FIELD_END
};
static const struct shape fetch_shape = {"BriefErrand", sizeof(struct brief_errand), fetch_fields};

static const struct field brief_fields[] = {
	FIELD_ID(struct brief, customer_id),
	FIELD_TEXT(struct brief, customer, 0, 120),
	FIELD_ENUM(struct brief, language, language_tags),
	FIELD_LIST(struct brief, contacts, contacts_n, &contact_shape, 3),
	FIELD_ID(struct brief, property_id),
	FIELD_TEXT(struct brief, place, 0, 80),
	FIELD_TEXT(struct brief, street, 0, 160),
	FIELD_TEXT(struct brief, city, 0, 80),
	FIELD_TEXT(struct brief, region, 0, 40),
	FIELD_TEXT(struct brief, postcode, 0, 16),
	FIELD_MAYBE_INT(struct brief, lat_e6, -90000000, 90000000),
	FIELD_MAYBE_INT(struct brief, lng_e6, -180000000, 180000000),
	FIELD_TEXT(struct brief, dogs, 0, 160),
	FIELD_TEXT(struct brief, hazards, 0, 400),
	FIELD_TEXT(struct brief, parking, 0, 200),
	FIELD_TEXT(struct brief, key_no, 0, 24),
	FIELD_BOOL(struct brief, has_codes),
	FIELD_MAYBE_TIME(struct brief, codes_changed_at),
	FIELD_BOOL(struct brief, text_before),
	FIELD_BOOL(struct brief, first_visit),
	FIELD_LIST(struct brief, no_chemicals, no_chemicals_n, &word_shape, WORDS_MAX),
	FIELD_ID(struct brief, service_id),
	FIELD_TEXT(struct brief, service, 0, 80),
	FIELD_LINES(struct brief, instructions, 0, 2000),
	FIELD_STORED(struct brief, checklist, &check_lines_shape),
	FIELD_STORED(struct brief, parts, &part_lines_shape),
	FIELD_ENUM(struct brief, source, visit_source_names),
	FIELD_MAYBE_ID(struct brief, pool_id),
	FIELD_LIST(struct brief, pools, pools_n, &pool_shape_, 20),
	FIELD_LIST(struct brief, water, water_n, &water_shape, 20),
	FIELD_LIST(struct brief, equipment, equipment_n, &equipment_shape_, 40),
	FIELD_LIST(struct brief, notes, notes_n, &note_shape, 12),
	FIELD_LIST(struct brief, last, last_n, &last_shape, 1),
	FIELD_LIST(struct brief, changes, changes_n, &change_shape, 12),
	FIELD_LIST(struct brief, wants, wants_n, &want_shape, 60),
	FIELD_LIST(struct brief, errand, errand_n, &fetch_shape, 1),
	FIELD_END
};
const struct shape brief_shape = {"Brief", sizeof(struct brief), brief_fields};

static const struct field progress_fields[] = {
	FIELD_LIST(struct progress, checks, checks_n, &said_check_shape, LOG_MAX),
	FIELD_LIST(struct progress, notes, notes_n, &said_note_shape, LOG_MAX),
	FIELD_LIST(struct progress, photos, photos_n, &said_photo_shape, LOG_MAX),
	FIELD_LIST(struct progress, things, things_n, &said_thing_shape, LOG_MAX),
	FIELD_END
};
const struct shape progress_shape = {"Progress", sizeof(struct progress), progress_fields};

static const struct field verb_body_fields[] = {
	FIELD_LINES(struct verb_body, text, 0, 4000),
	FIELD_MAYBE_TEXT(struct verb_body, reason, 1, REASON_MAX),
	FIELD_MAYBE_TEXT(struct verb_body, item, 1, 200),
	FIELD_MAYBE_BOOL(struct verb_body, done),
	FIELD_MAYBE_BOOL(struct verb_body, for_customer),
	FIELD_MAYBE_TIME(struct verb_body, started_at),
	FIELD_MAYBE_TIME(struct verb_body, ended_at),
	FIELD_MAYBE_ID(struct verb_body, file_id),
	FIELD_MAYBE_ID(struct verb_body, pool_id),
	FIELD_MAYBE_TEXT(struct verb_body, what, 1, 40),
	FIELD_MAYBE_TEXT(struct verb_body, unit, 1, 16),
	FIELD_MAYBE_INT(struct verb_body, amount, -1000000000, 1000000000),
	FIELD_MAYBE_INT(struct verb_body, planned, 0, 1000000000),
	FIELD_MAYBE_ID(struct verb_body, equipment_id),
	FIELD_MAYBE_ID(struct verb_body, service_id),
	FIELD_MAYBE_DAY(struct verb_body, day),
	FIELD_MAYBE_ID(struct verb_body, replaces),
	FIELD_MAYBE_INT(struct verb_body, lat_e6, -90000000, 90000000),
	FIELD_MAYBE_INT(struct verb_body, lng_e6, -180000000, 180000000),
	FIELD_END
};
const struct shape verb_body_shape = {"VerbBody", sizeof(struct verb_body), verb_body_fields};

static enum err fetch_read(struct work *w, const struct brief_source *s, struct brief *b);
static enum err last_read(struct work *w, struct brief *b, const struct brief_source *s);
static enum err water_read(struct work *w, struct brief *b, const struct brief_source *s);
static enum err progress_read(struct work *w, uint64_t visit_id, struct progress *p);
static void notes_pick(struct brief *b);
static void fold(struct progress *p, const struct log_row *r, const struct verb_body *body);
static void fold_check(struct progress *p, const struct log_row *r, const struct verb_body *body);
static void fold_note(struct progress *p, const struct log_row *r, const struct verb_body *body);
static int64_t when(const struct log_row *r);

enum err
brief_write(struct work *w, uint64_t visit_id, struct str *out)
{
	struct buf b = buf_open(w->arena, 2048, BRIEF_MAX);
	struct str words[WORDS_MAX];
	struct brief_source s;
	struct brief f;

	TRY(sql_brief_source(w->db, visit_id, w->arena, &s));
	f = (struct brief){.customer_id = s.customer_id, .customer = s.customer, .language = language_of(s.language),
	    .property_id = s.property_id, .place = s.place, .street = s.street, .city = s.city, .region = s.region, .postcode = s.postcode,
	    .lat_e6 = {s.lat_e6.is, s.lat_e6.v}, .lng_e6 = {s.lng_e6.is, s.lng_e6.v}, .dogs = s.dogs,
	    .hazards = s.hazards, .parking = s.parking, .key_no = s.key_no, .has_codes = s.has_codes,
	    .codes_changed_at = s.codes_changed_at,
	    .text_before = s.text_before, .service_id = s.service_id, .service = s.service,
	    .instructions = s.instructions, .checklist = s.checklist, .parts = s.parts, .source = s.source,
	    .pool_id = {s.pool_id != 0, s.pool_id}};
	TRY(tell_lines(w, &s, &f.checklist));
	if (!list_read_words(s.no_chemicals, words, WORDS_MAX, &f.no_chemicals_n))
		f.no_chemicals_n = 0;
	f.no_chemicals = arena_array(w->arena, struct word, f.no_chemicals_n);
	for (size_t i = 0; i < f.no_chemicals_n; i++)
		f.no_chemicals[i].word = words[i];
	TRY(sql_brief_contacts(w->db, s.customer_id, w->arena, &f.contacts, &f.contacts_n));
	TRY(sql_brief_pools(w->db, s.property_id, w->arena, &f.pools, &f.pools_n));
	TRY(water_read(w, &f, &s));
	TRY(sql_brief_equipment(w->db, s.property_id, w->arena, &f.equipment, &f.equipment_n));
	TRY(sql_brief_notes(w->db, s.customer_id, AUDIENCE_TECHNICIANS, w->arena, &f.notes, &f.notes_n));
	notes_pick(&f);
	TRY(last_read(w, &f, &s));
	TRY(sql_wants_brief(w->db, visit_id, w->arena, &f.wants, &f.wants_n));
	TRY(fetch_read(w, &s, &f));
	shape_write(&brief_shape, &f, &b);
	if (b.full) {
		/* Long notes of years: the newest say what matters, the rest is in the record. */
		f.notes_n = f.notes_n < 3 ? f.notes_n : 3;
		f.changes_n = 0;
		b = buf_open(w->arena, 2048, BRIEF_MAX);
		shape_write(&brief_shape, &f, &b);
	}
	if (b.full)
		return fail(&w->fault, E_BUG, NULL, "A brief does not fit.");
	*out = buf_str(&b);
	return OK;
}

enum err
progress_write(struct work *w, uint64_t visit_id, struct str *out)
{
	struct buf b = buf_open(w->arena, 256, BRIEF_MAX);
	struct progress p;

	TRY(progress_read(w, visit_id, &p));
	shape_write(&progress_shape, &p, &b);
	while (b.full && p.notes_n + p.things_n > 0) {
		/* The log has them all; the card keeps what fits. */
		p.notes_n /= 2;
		p.things_n /= 2;
		b = buf_open(w->arena, 256, BRIEF_MAX);
		shape_write(&progress_shape, &p, &b);
	}
	*out = buf_str(&b);
	return b.full ? fail(&w->fault, E_BUG, NULL, "A stop's progress does not fit.") : OK;
}

enum err
tell_notes_to_customer(struct work *w, uint64_t visit_id, struct str **notes, size_t *n)
{
	struct progress p;

	TRY(progress_read(w, visit_id, &p));
	*notes = arena_array(w->arena, struct str, p.notes_n);
	*n = 0;
	for (size_t i = 0; i < p.notes_n; i++)
		if (p.notes[i].for_customer)
			(*notes)[(*n)++] = p.notes[i].text;
	return OK;
}

static enum err
progress_read(struct work *w, uint64_t visit_id, struct progress *p)
{
	struct log_row *rows;
	size_t n;

	TRY(sql_log_of_visit(w->db, visit_id, w->arena, &rows, &n));
	*p = (struct progress){.checks = arena_array(w->arena, struct said_check, n),
	    .notes = arena_array(w->arena, struct said_note, n), .photos = arena_array(w->arena, struct said_photo, n),
	    .things = arena_array(w->arena, struct said_thing, n)};
	for (size_t i = 0; i < n; i++) {
		struct verb_body body = {0};

		if (rows[i].body.n > 0 && verb_of_phone(rows[i].verb))
			TRY(shape_read(&verb_body_shape, rows[i].body, w->arena, &body, &w->fault));
		fold(p, &rows[i], &body);
	}
	return OK;
}

static enum err
fetch_read(struct work *w, const struct brief_source *s, struct brief *b)
{
	struct route_figure_settings figures;

	if (s->errand.n == 0)
		return OK;
	TRY(tell_route_figures(w, &figures));
	b->errand = arena_new(w->arena, struct brief_errand);
	b->errand_n = 1;
	*b->errand = (struct brief_errand){s->errand, s->errand_minutes, {figures.has_supply, figures.supply.lat_udeg},
	    {figures.has_supply, figures.supply.lon_udeg}};
	return OK;
}

/*
 * The newest set of each body of water from before that day, or from another stop of it that is over: what is read at the
 * stop itself stands beside it.
 */
static enum err
water_read(struct work *w, struct brief *b, const struct brief_source *s)
{
	struct civil midnight, next;

	b->water = arena_array(w->arena, struct brief_water, b->pools_n);
	day_civil(s->day, &midnight);
	day_civil(day_add(s->day, 1), &next);
	for (size_t i = 0; i < b->pools_n; i++) {
		struct brief_water *to = &b->water[b->water_n];
		struct brief_reading_row *last;

		TRY(sql_brief_reading(w->db, b->pools[i].id, zone_instant(w->tenant->zone, &midnight),
		    zone_instant(w->tenant->zone, &next), s->visit_id, s->day, VISIT_DONE, VISIT_SKIPPED, VISIT_NO_ACCESS, w->arena, &last));
		if (last == NULL)
			continue;
		*to = (struct brief_water){.pool_id = b->pools[i].id, .at = last->at};
		TRY(tell_values_read(w, last->body, &to->values, &to->values_n));
		b->water_n++;
	}
	return OK;
}

/* A customer may have several places: what is said of another is left out. */
static void
notes_pick(struct brief *b)
{
	size_t kept = 0;

	for (size_t i = 0; i < b->notes_n; i++)
		if (b->notes[i].on_kind != RECORD_PROPERTY || b->notes[i].on_id == b->property_id)
			b->notes[kept++] = b->notes[i];
	b->notes_n = kept;
}

/* Who was here last: on a day before, or at another stop of this one. */
static enum err
last_read(struct work *w, struct brief *b, const struct brief_source *s)
{
	struct brief_last_row *last;
	struct log_row *rows;
	size_t n;

	TRY(sql_brief_last(w->db, b->property_id, s->visit_id, s->day, VISIT_DONE, VISIT_SKIPPED, VISIT_NO_ACCESS, w->arena, &last));
	b->first_visit = last == NULL;
	if (last == NULL)
		return OK;
	b->last = arena_new(w->arena, struct last_stop);
	b->last_n = 1;
	*b->last = (struct last_stop){.day = last->day, .tech = last->tech, .reason = last->reason, .state = last->state};
	TRY(sql_log_of_visit(w->db, last->id, w->arena, &rows, &n));
	b->last->notes = arena_array(w->arena, struct said_note, n);
	for (size_t i = 0; i < n; i++) {
		struct verb_body body = {0};

		if (rows[i].verb != VERB_NOTE || rows[i].answer != SYNC_APPLIED || rows[i].body.n == 0)
			continue;
		TRY(shape_read(&verb_body_shape, rows[i].body, w->arena, &body, &w->fault));
		b->last->notes[b->last->notes_n++] = (struct said_note){rows[i].id, body.text, body.for_customer.v, when(&rows[i])};
	}
	return sql_brief_changes(w->db, b->customer_id,
	    last->ended_at.is ? last->ended_at.v : (int64_t)last->day.n * 86400, w->arena, &b->changes, &b->changes_n);
}

static void
fold(struct progress *p, const struct log_row *r, const struct verb_body *body)
{
	/* What was not applied is shown all the same: somebody did it. */
	if (r->answer != SYNC_APPLIED) {
		p->things[p->things_n++] = (struct said_thing){r->id, r->verb, r->problem, when(r)};
		return;
	}
	switch (r->verb) {
	case VERB_CHECK:
		fold_check(p, r, body);
		break;
	case VERB_NOTE:
		fold_note(p, r, body);
		break;
	case VERB_PHOTO:
		p->photos[p->photos_n++] = (struct said_photo){r->id, body->file_id.v, body->item.v, when(r)};
		break;
	case VERB_FOLLOW_UP:
	case VERB_MISSING_PART:
	case VERB_EQUIPMENT:
	case VERB_USED:
	case VERB_SIGNED:
	case VERB_FETCHED:
		p->things[p->things_n++] = (struct said_thing){r->id, r->verb, body->text, when(r)};
		break;
	case VERB_REASSIGN:
		p->things[p->things_n++] = (struct said_thing){r->id, r->verb, body->reason.v, when(r)};
		break;
	default:
		break;
	}
}

static void
fold_check(struct progress *p, const struct log_row *r, const struct verb_body *body)
{
	const struct said_check c = {body->item.v, !body->done.is || body->done.v, when(r), body->what, body->amount};

	for (size_t i = 0; i < p->checks_n; i++)
		if (str_eq(p->checks[i].item, c.item)) {
			p->checks[i] = c;
			return;
		}
	p->checks[p->checks_n++] = c;
}

static void
fold_note(struct progress *p, const struct log_row *r, const struct verb_body *body)
{
	const struct said_note note = {r->id, body->text, body->for_customer.is && body->for_customer.v, when(r)};

	for (size_t i = 0; i < p->notes_n; i++)
		if (body->replaces.is && p->notes[i].id == body->replaces.v) {
			p->notes[i] = note;
			return;
		}
	p->notes[p->notes_n++] = note;
}

/* The device's time, put right. */
static int64_t
when(const struct log_row *r)
{
	int64_t at = r->device_at + r->skew_s;

	return at < 0 ? 0 : at;
}
