/*
 * fcgi/acts/edits.c -- load, decide, save, tell: one change to many customers.
 */
#include "fcgi/acts/edits.h"

#include "domain/base/id.h"
#include "domain/base/list.h"
#include "domain/customers/property.h"
#include "fcgi/acts/tell.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/edits.h"
#include "sql/tenant/queries/notes.h"
#include "sql/tenant/queries/properties.h"
#include "sql/tenant/queries/staff.h"

#define CELLS_BYTES_MAX 2000
#define TAGS_OF_ONE 40

const char *const edit_what_names[] = {
	"", "tag", "untag", "language", "kind", "source", "technician", "archive", "restore", "merge", NULL};

/* One field of one record: what it is and what it becomes. */
struct part {
	const struct customer_row *customer;
	struct property_row property; /* of EDIT_TECHNICIAN */
	struct str was, becomes;
	struct str problem;
};

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

struct edit_body {
	enum edit_what what;
	struct str value;
};
static const struct field edit_body_fields[] = {
	FIELD_ENUM(struct edit_body, what, edit_what_names),
	FIELD_TEXT(struct edit_body, value, 0, 300),
	FIELD_END
};
static const struct shape edit_body_shape = {"EditBody", sizeof(struct edit_body), edit_body_fields};

static enum err check(struct work *w, const struct edit_wish *in, struct str *value);
static enum err look(struct work *w, const struct edit_wish *in, struct str value, const struct customer_row *c,
    struct part *parts, size_t *n);
static enum err look_properties(struct work *w, const struct customer_row *c, struct str value, struct part *parts, size_t *n);
static enum err look_archive(struct work *w, struct part *p);
static enum err apply(struct work *w, const struct edit_wish *in, struct str value, struct part *parts, size_t n, struct edit *out);
static enum err write_part(struct work *w, enum edit_what what, struct str value, const struct part *p, struct str to);
static enum err tell_part(struct work *w, enum edit_what what, uint64_t batch, enum event_kind kind, const struct part *p);
static enum err put_back(struct work *w, const struct batch_row *b, const struct edit_body *body,
    const struct batch_part_row *row, struct edit_line *line, bool *done);
static enum err untouched(struct work *w, const struct batch_row *b, const struct edit_body *body, const struct part *p,
    bool *is);
static struct str tags_text(struct work *w, uint64_t customer_id, enum err *e);
static bool tags_hold(struct str list, struct str tag);
static const char *field_name(enum edit_what what);
static struct str tech_text(struct work *w, struct maybe_u64 tech);
static struct maybe_u64 tech_of(struct str text);

enum err
act_edit(struct work *w, const struct edit_wish *in, struct edit *out)
{
	struct buf ids = buf_open(w->arena, 4096, EDIT_CUSTOMERS_MAX * 22);
	struct customer_row *rows;
	struct part *parts = arena_array(w->arena, struct part, EDIT_PARTS_MAX);
	size_t rows_n, n = 0;
	struct str value;

	TRY(check(w, in, &value));
	for (size_t i = 0; i < in->ids_n; i++)
		buf_printf(&ids, "%c%llu", i == 0 ? '[' : ',', (unsigned long long)in->ids[i].id);
	buf_add(&ids, in->ids_n == 0 ? STR("[]") : STR("]"));
	TRY(sql_customers_of_ids(w->db, buf_str(&ids), w->arena, &rows, &rows_n));
	for (size_t i = 0; i < rows_n; i++)
		TRY(look(w, in, value, &rows[i], parts, &n));
	*out = (struct edit){.rows = arena_array(w->arena, struct edit_line, EDIT_SHOWN)};
	for (unsigned refused = 0; refused < 2; refused++)
		for (size_t i = 0; i < n; i++) {
			const struct part *p = &parts[i];
			bool same = str_eq(p->was, p->becomes), no = p->problem.n > 0;

			if (no != (refused == 1))
				continue;
			out->changed += !no && !same;
			out->same += !no && same;
			out->refused += no;
			if (!same && out->rows_n < EDIT_SHOWN)
				out->rows[out->rows_n++] =
				    (struct edit_line){p->customer->id, p->customer->name, p->was, p->becomes, !no, p->problem};
		}
	if (in->dry)
		return OK;
	if (out->changed == 0)
		return fail(&w->fault, E_INVALID, "ids", "Nothing would change.");
	return apply(w, in, value, parts, n, out);
}

/* *value: the words as they are stored; of a technician their id. */
static enum err
check(struct work *w, const struct edit_wish *in, struct str *value)
{
	struct staff_row staff;
	bool known = true;

	*value = in->value;
	if (in->what == EDIT_MERGE)
		return fail(&w->fault, E_INVALID, "what", "This value is not valid.");
	if (in->what == EDIT_TAG || in->what == EDIT_UNTAG)
		known = in->value.n > 0 && str_find(in->value, ',') == in->value.n;
	else if (in->what == EDIT_LANGUAGE)
		known = str_eq(in->value, STR("en")) || str_eq(in->value, STR("es"));
	else if (in->what == EDIT_KIND)
		known = str_eq(in->value, STR("person")) || str_eq(in->value, STR("business"));
	if (!known)
		return fail(&w->fault, E_INVALID, "value", "This value is not valid.");
	if (in->what == EDIT_ARCHIVE || in->what == EDIT_RESTORE)
		*value = in->what == EDIT_ARCHIVE ? STR("yes") : STR("no");
	if (in->what != EDIT_TECHNICIAN)
		return OK;
	if (in->tech_id.is) {
		enum err e = sql_staff_one(w->db, in->tech_id.v, ACTOR_STAFF, w->arena, &staff);

		if (tell_absent(w, e) || (e == OK && staff.state == STAFF_DISABLED))
			return fail(&w->fault, E_INVALID, "tech_id", "This person does not work here.");
		TRY(e);
	}
	*value = tech_text(w, in->tech_id);
	return OK;
}

static enum err
look(struct work *w, const struct edit_wish *in, struct str value, const struct customer_row *c, struct part *parts,
    size_t *n)
{
	struct part p = {.customer = c, .becomes = value};
	enum err e = OK;

	if (in->what == EDIT_TECHNICIAN)
		return look_properties(w, c, value, parts, n);
	if (*n == EDIT_PARTS_MAX)
		return fail(&w->fault, E_LIMIT, "ids", "That is too much at once. Choose fewer customers.");
	switch (in->what) {
	case EDIT_TAG:
	case EDIT_UNTAG:
		/* Shown as the whole list: that is what the log of changes says too. */
		p.was = tags_text(w, c->id, &e);
		TRY(e);
		p.becomes = tags_hold(p.was, value) == (in->what == EDIT_TAG) ? p.was : value;
		break;
	case EDIT_LANGUAGE:
		p.was = c->language;
		break;
	case EDIT_KIND:
		p.was = str_of(customer_kind_names[c->kind]);
		break;
	case EDIT_SOURCE:
		p.was = c->source;
		break;
	default:
		p.was = c->archived_at.is ? STR("yes") : STR("no");
		if (in->what == EDIT_ARCHIVE && !c->archived_at.is)
			TRY(look_archive(w, &p));
		break;
	}
	parts[(*n)++] = p;
	return OK;
}

static enum err
look_properties(struct work *w, const struct customer_row *c, struct str value, struct part *parts, size_t *n)
{
	const struct maybe_u64 tech = tech_of(value);
	struct property_row *rows;
	size_t rows_n;

	TRY(sql_properties_of(w->db, c->id, w->arena, &rows, &rows_n));
	for (size_t i = 0; i < rows_n; i++) {
		struct part p = {.customer = c, .property = rows[i], .becomes = value};
		uint64_t never[WISH_TECHS_MAX];
		size_t never_n = 0;

		if (rows[i].archived_at.is)
			continue;
		if (*n == EDIT_PARTS_MAX)
			return fail(&w->fault, E_LIMIT, "ids", "That is too much at once. Choose fewer customers.");
		p.was = tech_text(w, rows[i].usual_tech_id);
		if (!list_read_ids(rows[i].never_techs, never, WISH_TECHS_MAX, &never_n))
			return fail(&w->fault, E_BUG, NULL, "The wishes of a property cannot be read.");
		for (size_t k = 0; k < never_n; k++)
			if (tech.is && never[k] == tech.v)
				p.problem = str_of(words_say(w->actor.language, "They do not want this technician."));
		parts[(*n)++] = p;
	}
	return OK;
}

static enum err
look_archive(struct work *w, struct part *p)
{
	struct number_row open;

	TRY(sql_customer_agreements_open(w->db, p->customer->id, zone_day(w->tenant->zone, w->now), w->arena, &open));
	if (open.number > 0)
		p->problem = str_of(words_say(w->actor.language, "This customer is still served. End the agreement first."));
	return OK;
}

static enum err
apply(struct work *w, const struct edit_wish *in, struct str value, struct part *parts, size_t n, struct edit *out)
{
	const struct edit_body body = {in->what, value};
	struct buf b = buf_open(w->arena, 256, CELLS_BYTES_MAX);
	uint64_t batch = work_id(w);
	uint32_t nr = 0;

	shape_write(&edit_body_shape, &body, &b);
	TRY(sql_batch_insert(w->db, batch, BATCH_EDIT, BATCH_DONE, w->actor.id, w->now, out->changed, buf_str(&b)));
	for (size_t i = 0; i < n; i++) {
		struct part *p = &parts[i];
		const bool tag = in->what == EDIT_TAG || in->what == EDIT_UNTAG;
		const struct edit_was was = {p->customer->id, tag ? STR("") : p->was, tag ? value : p->becomes};
		struct buf cells = buf_open(w->arena, 128, CELLS_BYTES_MAX);
		enum err e = OK;

		if (p->problem.n > 0 || str_eq(p->was, p->becomes))
			continue;
		TRY(write_part(w, in->what, value, p, p->becomes));
		if (tag) {
			p->becomes = tags_text(w, p->customer->id, &e);
			TRY(e);
		}
		shape_write(&edit_was_shape, &was, &cells);
		TRY(sql_batch_part_insert(w->db, batch, ++nr, ROW_DONE,
		    in->what == EDIT_TECHNICIAN ? p->property.id : p->customer->id, buf_str(&cells)));
		TRY(tell_part(w, in->what, batch, EVENT_BULK_EDITED, p));
	}
	out->batch_id = (struct maybe_u64){true, batch};
	return audit(w, "customers.edited", "batch", batch,
	    str_printf(w->arena, "%s: %u", edit_what_names[in->what], out->changed));
}

/* to: the words that are written; of tags nothing, their value says it. */
static enum err
write_part(struct work *w, enum edit_what what, struct str value, const struct part *p, struct str to)
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
		return sql_property_tech_set(w->db, p->property.id, tech_of(to), p->property.version);
	case EDIT_ARCHIVE:
	case EDIT_RESTORE:
		TRY(sql_customer_archive(w->db, c->id, (struct maybe_i64){archive, archive ? w->now : 0}, c->version));
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
tell_part(struct work *w, enum edit_what what, uint64_t batch, enum event_kind kind, const struct part *p)
{
	const bool place = what == EDIT_TECHNICIAN;
	const struct record on = {p->customer->id, place ? RECORD_PROPERTY : RECORD_CUSTOMER,
	    place ? p->property.id : p->customer->id, batch};
	const struct field_change c[] = {{field_name(what), p->was, p->becomes, CHANGE_PLAIN}};
	const struct event_value v[] = {{STR("fields"), str_of(field_name(what))}};

	TRY(tell_change(w, &on, c, 1, NULL));
	TRY(tell_event(w, &(struct event){.customer_id = p->customer->id, .property_id = place ? p->property.id : 0,
	    .kind = kind, .ref_kind = RECORD_BATCH, .ref_id = batch, .values = v, .values_n = 1}));
	/* Tags are found by; the other fields are not. */
	return what == EDIT_TAG || what == EDIT_UNTAG ? tell_search(w, p->customer->id) : OK;
}

enum err
act_edit_undo(struct work *w, uint64_t batch_id, struct edit_undo *out)
{
	struct batch_part_row *parts;
	struct edit_body body;
	struct batch_row b;
	size_t n;

	TRY(sql_batch_for_update(w->db, batch_id, BATCH_EDIT, w->arena, &b));
	if (b.undone_at.is)
		return fail(&w->fault, E_STALE, NULL, "This was undone already.");
	TRY(shape_read(&edit_body_shape, b.body, w->arena, &body, &w->fault));
	TRY(sql_batch_parts(w->db, batch_id, ROW_DONE, w->arena, &parts, &n));
	*out = (struct edit_undo){.rows = arena_array(w->arena, struct edit_line, EDIT_SHOWN)};
	for (size_t i = 0; i < n; i++) {
		struct edit_line line = {0};
		uint64_t changed;
		bool done;

		TRY(put_back(w, &b, &body, &parts[i], &line, &done));
		out->undone += done;
		out->left += !done;
		if (done)
			TRY(sql_batch_part_undone(w->db, batch_id, parts[i].n, ROW_UNDONE, &changed));
		else if (out->rows_n < EDIT_SHOWN)
			out->rows[out->rows_n++] = line;
	}
	TRY(sql_batch_undone(w->db, batch_id, BATCH_UNDONE, out->left, w->now));
	return audit(w, "customers.edit_undone", "batch", batch_id,
	    str_printf(w->arena, "%s: %u", edit_what_names[body.what], out->undone));
}

static enum err
put_back(struct work *w, const struct batch_row *b, const struct edit_body *body, const struct batch_part_row *row,
    struct edit_line *line, bool *done)
{
	static const enum edit_what opposite[] = {[EDIT_TAG] = EDIT_UNTAG, [EDIT_UNTAG] = EDIT_TAG,
	    [EDIT_LANGUAGE] = EDIT_LANGUAGE, [EDIT_KIND] = EDIT_KIND, [EDIT_SOURCE] = EDIT_SOURCE,
	    [EDIT_TECHNICIAN] = EDIT_TECHNICIAN, [EDIT_ARCHIVE] = EDIT_RESTORE, [EDIT_RESTORE] = EDIT_ARCHIVE, [EDIT_MERGE] = EDIT_MERGE};
	struct customer_row *c = arena_new(w->arena, struct customer_row);
	struct part p = {.customer = c};
	struct edit_was was;
	enum err e;

	*done = false;
	TRY(shape_read(&edit_was_shape, row->cells, w->arena, &was, &w->fault));
	p.was = was.became;
	p.becomes = was.was;
	if (body->what == EDIT_TECHNICIAN) {
		e = sql_property_one(w->db, row->record_id, w->arena, &p.property);
		if (tell_absent(w, e))
			return OK;
		TRY(e);
	}
	e = sql_customer_one(w->db, p.property.id != 0 ? p.property.customer_id : was.customer_id, w->arena, c);
	if (tell_absent(w, e))
		return OK;
	TRY(e);
	*line = (struct edit_line){.customer_id = c->id, .name = c->name, .was = was.was, .becomes = was.became};
	TRY(untouched(w, b, body, &p, done));
	if (!*done)
		return OK;
	if (body->what == EDIT_TAG || body->what == EDIT_UNTAG) {
		p.was = tags_text(w, c->id, &e);
		TRY(e);
	}
	TRY(write_part(w, opposite[body->what], body->value, &p, p.becomes));
	if (body->what == EDIT_TAG || body->what == EDIT_UNTAG) {
		p.becomes = tags_text(w, c->id, &e);
		TRY(e);
	}
	return tell_part(w, body->what, b->id, EVENT_BULK_UNDONE, &p);
}

/* Is it still as the edit left it, and did nobody decide about it since, if only to the same? */
static enum err
untouched(struct work *w, const struct batch_row *b, const struct edit_body *body, const struct part *p, bool *is)
{
	const bool place = body->what == EDIT_TECHNICIAN, tag = body->what == EDIT_TAG || body->what == EDIT_UNTAG;
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
		now = tech_text(w, p->property.usual_tech_id);
		break;
	default:
		/* Put away again by hand is somebody else's wish: the moment tells them apart. */
		now = !c->archived_at.is ? STR("no") : body->what == EDIT_ARCHIVE && c->archived_at.v != b->made_at ? STR("") : STR("yes");
		break;
	}
	*is = !c->merged_into.is && (tag ? tags_hold(now, body->value) == (body->what == EDIT_TAG) : str_eq(now, p->was));
	TRY(sql_changes_since(w->db, place ? RECORD_PROPERTY : RECORD_CUSTOMER, place ? p->property.id : c->id,
	    str_of(field_name(body->what)), b->id, b->made_at, w->arena, &since, &n));
	for (size_t i = 0; i < n; i++)
		if (!tag || tags_hold(since[i].was, body->value) != tags_hold(since[i].became, body->value))
			*is = false;
	return OK;
}

enum err
act_edits(struct work *w, const struct edits_query *q, struct edits *out)
{
	struct batch_line_row *rows;
	struct edits list = {0};
	size_t n;

	TRY(sql_batches_recent(w->db, BATCH_EDIT, BATCH_MERGE, q->before.is ? q->before.v : 0, w->arena, &rows, &n));
	list.rows_n = n < EDITS_PAGE ? n : EDITS_PAGE;
	list.rows = arena_array(w->arena, struct edits_line, list.rows_n);
	for (size_t i = 0; i < list.rows_n; i++) {
		const struct batch_line_row *r = &rows[i];
		struct edit_body body;

		TRY(shape_read(&edit_body_shape, r->body, w->arena, &body, &w->fault));
		list.rows[i] = (struct edits_line){r->id, r->kind, r->made_at, r->staff_name, r->total, r->failed, r->undone_at,
		    body.what, body.value};
	}
	if (n > EDITS_PAGE)
		list.next = (struct maybe_u64){true, rows[EDITS_PAGE - 1].id};
	*out = list;
	return OK;
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

static struct str
tech_text(struct work *w, struct maybe_u64 tech)
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
