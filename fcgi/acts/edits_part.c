/*
 * fcgi/acts/edits_part.c -- one change of one record: looked at with many others, written, put back.
 */
#include "fcgi/acts/edits.h"

#include <stdlib.h>

#include "domain/base/id.h"
#include "domain/base/list.h"
#include "domain/customers/property.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_search.h"
#include "fcgi/acts/tell_visits.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/edits.h"
#include "sql/tenant/queries/notes.h"

#define CELLS_BYTES_MAX 2000

/* What a row of the batch keeps: enough to put it back and to see whether somebody was there since. */
struct edit_was {
	uint64_t customer_id;
	struct str was, became;
};
static const struct field edit_was_fields[] = {
	FIELD_ID(struct edit_was, customer_id),
	FIELD_TEXT(struct edit_was, was, 0, 200),
	FIELD_TEXT(struct edit_was, became, 0, 200),
	FIELD_END
};
static const struct shape edit_was_shape = {"EditWas", sizeof(struct edit_was), edit_was_fields};

/* What is asked of many customers in one statement; each list in the order of the customers' ids. */
struct known {
	struct edit_tag_row *tags;
	struct person_id_row *served;
	size_t tags_n, served_n;
};

static enum err look_places(struct work *w, struct str value, const struct customer_row *customers, size_t customers_n,
    const struct edit_property_row *places, size_t places_n, struct edit_part *parts, size_t *n);
static const struct customer_row *customer_of(const struct customer_row *const *sorted, size_t n, uint64_t id);
static enum err know(struct work *w, enum edit_what what, struct str ids, struct known *k);
static struct str tags_known(struct work *w, const struct known *k, uint64_t customer_id);
static bool is_served(const struct known *k, uint64_t customer_id);
static void look_one(struct work *w, enum edit_what what, struct str value, const struct known *k, struct edit_part *p);
static enum err write_part(struct work *w, enum edit_what what, struct str value, const struct edit_part *p, struct str to,
    int64_t at);
static enum err tell_part(struct work *w, enum edit_what what, uint64_t batch, enum event_kind kind, const struct edit_part *p);
static enum err untouched(struct work *w, const struct batch_row *b, const struct edit_body *body, const struct edit_part *p,
    bool *is);
static struct str tags_text(struct work *w, uint64_t customer_id, enum err *e);
static bool tags_hold(struct str list, struct str tag);
static const char *field_name(enum edit_what what);
static struct maybe_u64 tech_of(struct str text);
static bool is_tag(enum edit_what what);
static int by_id(const void *x, const void *y);

enum err
edit_look(struct work *w, enum edit_what what, struct str value, struct str ids, bool places, struct edit_part **parts,
    size_t *n)
{
	struct edit_property_row *place = NULL;
	struct customer_row *customer;
	size_t places_n = 0, customers_n;
	struct known k = {0};

	*n = 0;
	if (places) {
		TRY(sql_edit_properties_named(w->db, ids, w->arena, &place, &places_n));
		struct buf owners = buf_open(w->arena, 64 + places_n * 21, 64 + places_n * 21);

		for (size_t i = 0; i < places_n; i++)
			if (i == 0 || place[i].customer_id != place[i - 1].customer_id)
				buf_printf(&owners, "%c%llu", owners.n == 0 ? '[' : ',', (unsigned long long)place[i].customer_id);
		buf_add(&owners, owners.n == 0 ? STR("[]") : STR("]"));
		ids = buf_str(&owners);
	} else if (what == EDIT_TECHNICIAN)
		TRY(sql_edit_properties(w->db, ids, w->arena, &place, &places_n));
	TRY(sql_customers_of_ids(w->db, ids, w->arena, &customer, &customers_n));
	if (customers_n + places_n > EDIT_PARTS_MAX)
		return fail(&w->fault, E_LIMIT, "ids", "That is too much at once. Choose fewer customers.");
	*parts = arena_array(w->arena, struct edit_part, what == EDIT_TECHNICIAN ? places_n : customers_n);
	if (what == EDIT_TECHNICIAN)
		return look_places(w, value, customer, customers_n, place, places_n, *parts, n);
	TRY(know(w, what, ids, &k));
	for (size_t i = 0; i < customers_n; i++) {
		(*parts)[i] = (struct edit_part){.customer = &customer[i], .becomes = value};
		look_one(w, what, value, &k, &(*parts)[i]);
	}
	*n = customers_n;
	return OK;
}

static void
look_one(struct work *w, enum edit_what what, struct str value, const struct known *k, struct edit_part *p)
{
	const struct customer_row *c = p->customer;

	switch (what) {
	case EDIT_TAG:
	case EDIT_UNTAG:
		/* Shown as the whole list: that is what the log of changes says too. */
		p->was = tags_known(w, k, c->id);
		p->becomes = tags_hold(p->was, value) == (what == EDIT_TAG) ? p->was : value;
		break;
	case EDIT_LANGUAGE:
		p->was = c->language;
		break;
	case EDIT_KIND:
		p->was = str_of(customer_kind_names[c->kind]);
		break;
	case EDIT_SOURCE:
		p->was = c->source;
		break;
	default:
		p->was = c->archived_at.is ? STR("yes") : STR("no");
		if (what == EDIT_ARCHIVE && !c->archived_at.is && is_served(k, c->id))
			p->problem = str_of(words_say(w->actor.language, "This customer is still served. End the agreement first."));
		break;
	}
}

static enum err
look_places(struct work *w, struct str value, const struct customer_row *customers, size_t customers_n,
    const struct edit_property_row *places, size_t places_n, struct edit_part *parts, size_t *n)
{
	const struct customer_row **sorted = arena_array(w->arena, const struct customer_row *, customers_n);
	const struct maybe_u64 tech = tech_of(value);

	for (size_t i = 0; i < customers_n; i++)
		sorted[i] = &customers[i];
	qsort(sorted, customers_n, sizeof(const struct customer_row *), by_id);
	for (size_t i = 0; i < places_n; i++) {
		struct edit_part p = {.customer = customer_of(sorted, customers_n, places[i].customer_id), .property = places[i],
		    .becomes = value};
		uint64_t never[WISH_TECHS_MAX];
		size_t never_n = 0;

		if (p.customer == NULL)
			continue;
		p.was = edit_tech_text(w, places[i].usual_tech_id);
		if (!list_read_ids(places[i].never_techs, never, WISH_TECHS_MAX, &never_n))
			return fail(&w->fault, E_BUG, NULL, "The wishes of a property cannot be read.");
		for (size_t k = 0; k < never_n; k++)
			if (tech.is && never[k] == tech.v)
				p.problem = str_of(words_say(w->actor.language, "They do not want this technician."));
		parts[(*n)++] = p;
	}
	return OK;
}

static const struct customer_row *
customer_of(const struct customer_row *const *sorted, size_t n, uint64_t id)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (sorted[middle]->id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n && sorted[low]->id == id ? sorted[low] : NULL;
}

static enum err
know(struct work *w, enum edit_what what, struct str ids, struct known *k)
{
	if (is_tag(what))
		return sql_edit_tags(w->db, ids, RECORD_CUSTOMER, w->arena, &k->tags, &k->tags_n);
	if (what == EDIT_ARCHIVE)
		return sql_edit_served(w->db, ids, zone_day(w->tenant->zone, w->now), w->arena, &k->served, &k->served_n);
	return OK;
}

static struct str
tags_known(struct work *w, const struct known *k, uint64_t customer_id)
{
	struct buf b = buf_open(w->arena, 64, 8192);
	size_t low = 0, high = k->tags_n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (k->tags[middle].customer_id < customer_id)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < k->tags_n && k->tags[low].customer_id == customer_id; low++)
		buf_printf(&b, "%s%.*s", b.n > 0 ? ", " : "", STR_ARG(k->tags[low].tag));
	return buf_str(&b);
}

static bool
is_served(const struct known *k, uint64_t customer_id)
{
	size_t low = 0, high = k->served_n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (k->served[middle].id < customer_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < k->served_n && k->served[low].id == customer_id;
}

enum err
edit_do(struct work *w, const struct edit_body *body, uint64_t batch, int64_t made_at, struct edit_part *p, struct str *cells)
{
	const bool tag = is_tag(body->what);
	const struct edit_was was = {p->customer->id, tag ? STR("") : p->was, tag ? body->value : p->becomes};
	struct buf b = buf_open(w->arena, 128, CELLS_BYTES_MAX);
	enum err e = OK;

	TRY(write_part(w, body->what, body->value, p, p->becomes, made_at));
	if (tag) {
		p->becomes = tags_text(w, p->customer->id, &e);
		TRY(e);
	}
	shape_write(&edit_was_shape, &was, &b);
	*cells = buf_str(&b);
	return tell_part(w, body->what, batch, EVENT_BULK_EDITED, p);
}

/* to: the words that are written; of tags nothing, their value says it. at: since when it is in the archive. */
static enum err
write_part(struct work *w, enum edit_what what, struct str value, const struct edit_part *p, struct str to, int64_t at)
{
	const struct customer_row *c = p->customer;
	const bool archive = str_eq(to, STR("yes"));
	uint64_t changed;

	switch (what) {
	case EDIT_TAG:
		return sql_tag_insert(w->db, RECORD_CUSTOMER, value, c->id, &changed);
	case EDIT_UNTAG:
		return sql_tag_drop(w->db, RECORD_CUSTOMER, value, c->id, &changed);
	case EDIT_TECHNICIAN:
		TRY(sql_property_tech_set(w->db, p->property.id, tech_of(to), p->property.version));
		/* Who always wants the same one gets the coming visits from that one. */
		return p->property.same_tech ? tell_visits_of_place(w, c->id, p->property.id) : OK;
	case EDIT_ARCHIVE:
	case EDIT_RESTORE:
		TRY(sql_customer_archive(w->db, c->id, (struct maybe_i64){archive, archive ? at : 0}, c->version));
		return tell_standing(w, c->id);
	default:
		return sql_customer_change(w->db, c->id, c->name,
		    what != EDIT_KIND                 ? c->kind
		    : str_eq(to, STR("business")) ? CUSTOMER_BUSINESS
		                                  : CUSTOMER_PERSON,
		    c->email, what == EDIT_LANGUAGE ? to : c->language, c->bill_street, c->bill_city, c->bill_region,
		    c->bill_postcode, what == EDIT_SOURCE ? to : c->source, c->external_id, c->own, c->version);
	}
}

static enum err
tell_part(struct work *w, enum edit_what what, uint64_t batch, enum event_kind kind, const struct edit_part *p)
{
	const bool place = what == EDIT_TECHNICIAN;
	const struct record on = {p->customer->id, place ? RECORD_PROPERTY : RECORD_CUSTOMER, edit_record(what, p), batch};
	const struct field_change c[] = {{field_name(what), p->was, p->becomes, CHANGE_PLAIN}};
	const struct event_value v[] = {{STR("fields"), str_of(field_name(what))}};

	TRY(tell_change(w, &on, c, 1, NULL));
	TRY(tell_event(w, &(struct event){.customer_id = p->customer->id, .property_id = place ? p->property.id : 0,
	    .kind = kind, .ref_kind = RECORD_BATCH, .ref_id = batch, .values = v, .values_n = 1}));
	/* Tags are found by; the other fields are not. */
	return is_tag(what) ? tell_search(w, p->customer->id) : OK;
}

enum err
edit_put_back(struct work *w, const struct batch_row *b, const struct edit_body *body, const struct batch_part_row *row,
    struct edit_line *line, bool *done)
{
	static const enum edit_what opposite[] = {[EDIT_TAG] = EDIT_UNTAG, [EDIT_UNTAG] = EDIT_TAG,
	    [EDIT_LANGUAGE] = EDIT_LANGUAGE, [EDIT_KIND] = EDIT_KIND, [EDIT_SOURCE] = EDIT_SOURCE,
	    [EDIT_TECHNICIAN] = EDIT_TECHNICIAN, [EDIT_ARCHIVE] = EDIT_RESTORE, [EDIT_RESTORE] = EDIT_ARCHIVE, [EDIT_MERGE] = EDIT_MERGE, [EDIT_SALE] = EDIT_SALE};
	struct customer_row *c = arena_new(w->arena, struct customer_row);
	struct edit_part p = {.customer = c};
	struct edit_property_row *place;
	struct edit_was was;
	size_t n;
	enum err e;

	*done = false;
	TRY(shape_read(&edit_was_shape, row->cells, w->arena, &was, &w->fault));
	p.was = was.became;
	p.becomes = was.was;
	if (body->what == EDIT_TECHNICIAN) {
		TRY(sql_edit_properties_named(w->db, str_printf(w->arena, "[%llu]", (unsigned long long)row->record_id), w->arena,
		    &place, &n));
		if (n == 0)
			return OK;
		p.property = place[0];
	}
	e = sql_customer_one(w->db, p.property.id != 0 ? p.property.customer_id : was.customer_id, w->arena, c);
	if (tell_absent(w, e))
		return OK;
	TRY(e);
	*line = (struct edit_line){.customer_id = c->id, .name = c->name, .was = was.was, .becomes = was.became};
	TRY(untouched(w, b, body, &p, done));
	if (!*done)
		return OK;
	if (is_tag(body->what)) {
		p.was = tags_text(w, c->id, &e);
		TRY(e);
	}
	TRY(write_part(w, opposite[body->what], body->value, &p, p.becomes, w->now));
	if (is_tag(body->what)) {
		p.becomes = tags_text(w, c->id, &e);
		TRY(e);
	}
	return tell_part(w, body->what, b->id, EVENT_BULK_UNDONE, &p);
}

/* Is it still as the edit left it, and did nobody decide about it since, if only to the same? */
static enum err
untouched(struct work *w, const struct batch_row *b, const struct edit_body *body, const struct edit_part *p, bool *is)
{
	const bool place = body->what == EDIT_TECHNICIAN, tag = is_tag(body->what);
	const struct customer_row *c = p->customer;
	struct change_since_row *since;
	struct str now = STR("");
	enum err e = OK;
	size_t n;

	switch (body->what) {
	case EDIT_TAG:
	case EDIT_UNTAG:
		now = tags_text(w, c->id, &e);
		TRY(e);
		break;
	case EDIT_LANGUAGE:
		now = c->language;
		break;
	case EDIT_KIND:
		now = str_of(customer_kind_names[c->kind]);
		break;
	case EDIT_SOURCE:
		now = c->source;
		break;
	case EDIT_TECHNICIAN:
		now = edit_tech_text(w, p->property.usual_tech_id);
		break;
	default:
		/* Put away again by hand is somebody else's wish: the moment tells them apart. */
		now = !c->archived_at.is ? STR("no") : body->what == EDIT_ARCHIVE && c->archived_at.v != b->made_at ? STR("") : STR("yes");
		break;
	}
	*is = !c->merged_into.is && (tag ? tags_hold(now, body->value) == (body->what == EDIT_TAG) : str_eq(now, p->was));
	TRY(sql_changes_since(w->db, place ? RECORD_PROPERTY : RECORD_CUSTOMER, edit_record(body->what, p),
	    str_of(field_name(body->what)), b->id, b->made_at, w->arena, &since, &n));
	for (size_t i = 0; i < n; i++)
		if (!tag || tags_hold(since[i].was, body->value) != tags_hold(since[i].became, body->value))
			*is = false;
	return OK;
}

uint64_t
edit_record(enum edit_what what, const struct edit_part *p)
{
	return what == EDIT_TECHNICIAN ? p->property.id : p->customer->id;
}

static struct str
tags_text(struct work *w, uint64_t customer_id, enum err *e)
{
	struct buf b = buf_open(w->arena, 128, 8192);
	struct tag_row *rows;
	size_t n = 0;

	*e = sql_tags_of(w->db, RECORD_CUSTOMER, customer_id, w->arena, &rows, &n);
	for (size_t i = 0; *e == OK && i < n; i++)
		buf_printf(&b, "%s%.*s", i > 0 ? ", " : "", STR_ARG(rows[i].tag));
	return buf_str(&b);
}

/* "Dog, VIP" holds "vip". */
static bool
tags_hold(struct str list, struct str tag)
{
	while (list.n > 0)
		if (str_eq_nocase(str_trim(str_cut(list, ',', &list)), tag))
			return true;
	return false;
}

static const char *
field_name(enum edit_what what)
{
	static const char *const fields[] = {"", "tags", "tags", "language", "kind", "source", "usual_tech_id", "archived", "archived", ""};

	return fields[what];
}

struct str
edit_tech_text(struct work *w, struct maybe_u64 tech)
{
	char letters[ID_LETTERS + 1];

	if (!tech.is)
		return STR("");
	id_write(tech.v, letters);
	return str_copy(w->arena, str_of(letters));
}

static struct maybe_u64
tech_of(struct str text)
{
	struct maybe_u64 tech = {0};

	tech.is = id_read(text, &tech.v);
	return tech;
}

static bool
is_tag(enum edit_what what)
{
	return what == EDIT_TAG || what == EDIT_UNTAG;
}

static int
by_id(const void *x, const void *y)
{
	const struct customer_row *const *a = x, *const *b = y;

	return (*a)->id < (*b)->id ? -1 : (*a)->id > (*b)->id;
}
