/*
 * fcgi/acts/notes.c -- load, decide, save, tell: notes and tags.
 */
#include "fcgi/acts/notes.h"

#include "domain/access/audit.h"
#include "fcgi/acts/tell_event.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/notes.h"

#define SAID_MAX 60 /* characters of a note in the timeline */

static enum err said(struct work *w, const struct note_row *n, enum event_kind kind);
static bool tag_in(const struct tag_row *list, size_t n, struct str tag);
static struct str joined(struct work *w, const struct tag_row *list, size_t n);

enum err
act_note_write(struct work *w, const struct note_new *in, uint64_t *id, uint64_t *customer_id)
{
	struct event at = {0};
	struct note_row row = {.id = work_id(w), .on_kind = in->on_kind, .on_id = in->on_id, .audience = in->audience,
	    .body = in->body};

	if (in->on_kind > RECORD_EQUIPMENT)
		return fail(&w->fault, E_INVALID, "on_kind", "This kind of record has no notes.");
	TRY(tell_owner(w, in->on_kind, in->on_id, &at));
	row.customer_id = at.customer_id;
	TRY(sql_note_insert(w->db, row.id, row.customer_id, in->on_kind, in->on_id, in->audience, in->body, in->pinned,
	    w->actor.kind == ACTOR_STAFF ? w->actor.id : 0, w->now));
	*id = row.id;
	*customer_id = row.customer_id;
	return said(w, &row, EVENT_NOTE_WRITTEN);
}

enum err
act_note_change(struct work *w, uint64_t id, const struct note_change *in, uint64_t *customer_id)
{
	struct note_row was;

	TRY(sql_note_one(w->db, id, w->arena, &was));
	TRY(sql_note_change(w->db, id, in->audience, in->body, in->pinned, in->version));
	const struct record on = {.customer_id = was.customer_id, .kind = RECORD_NOTE, .id = id};
	struct event e = {0};
	TRY(tell_owner(w, was.on_kind, was.on_id, &e));
	e.customer_id = was.customer_id;
	e.kind = EVENT_NOTE_CHANGED;
	e.ref_kind = RECORD_NOTE;
	e.ref_id = id;
	const struct field_change c[] = {
		{"audience", str_of(audience_names[was.audience]), str_of(audience_names[in->audience]), CHANGE_PLAIN},
		{"body", was.body, in->body, CHANGE_PLAIN},
		{"pinned", was.pinned ? STR("yes") : STR("no"), in->pinned ? STR("yes") : STR("no"), CHANGE_PLAIN},
	};
	*customer_id = was.customer_id;
	return tell_edit(w, &on, &e, c, sizeof(c) / sizeof(*c));
}

enum err
act_note_drop(struct work *w, uint64_t id, uint64_t *customer_id)
{
	struct note_row was;

	TRY(sql_note_one(w->db, id, w->arena, &was));
	TRY(sql_note_drop(w->db, id));
	const struct record on = {.customer_id = was.customer_id, .kind = RECORD_NOTE, .id = id};
	const struct field_change c[] = {{"body", was.body, STR(""), CHANGE_PLAIN}};
	TRY(tell_change(w, &on, c, 1, NULL));
	*customer_id = was.customer_id;
	return said(w, &was, EVENT_NOTE_DROPPED);
}

/* A few words of it; of a note for the office only that there is one, because technicians read the timeline too. */
static enum err
said(struct work *w, const struct note_row *n, enum event_kind kind)
{
	const struct event_value v[] = {
		{STR("audience"), str_of(audience_names[n->audience])},
		{STR("text"), n->audience == AUDIENCE_TECHNICIANS ? audit_cut(w->arena, n->body, SAID_MAX) : STR("")},
	};
	struct event e = {0};

	TRY(tell_owner(w, n->on_kind, n->on_id, &e));
	e.customer_id = n->customer_id;
	e.kind = kind;
	e.ref_kind = RECORD_NOTE;
	e.ref_id = n->id;
	e.values = v;
	e.values_n = 2;
	return tell_event(w, &e);
}

enum err
act_tags_set(struct work *w, uint64_t customer_id, const struct tag_wish *in)
{
	struct customer_row customer;
	struct tag_row *was;
	uint64_t changed;
	size_t n;

	TRY(sql_customer_one(w->db, customer_id, w->arena, &customer));
	TRY(sql_tags_of(w->db, RECORD_CUSTOMER, customer_id, w->arena, &was, &n));
	for (size_t i = 0; i < n; i++)
		if (!tag_in(in->tags, in->tags_n, was[i].tag))
			TRY(sql_tag_drop(w->db, RECORD_CUSTOMER, was[i].tag, customer_id, &changed));
	for (size_t i = 0; i < in->tags_n; i++)
		if (!tag_in(was, n, in->tags[i].tag))
			TRY(sql_tag_insert(w->db, RECORD_CUSTOMER, in->tags[i].tag, customer_id, &changed));
	const struct record on = {.customer_id = customer_id, .kind = RECORD_CUSTOMER, .id = customer_id};
	const struct event e = {.customer_id = customer_id, .kind = EVENT_TAGS_CHANGED, .ref_kind = RECORD_CUSTOMER,
	    .ref_id = customer_id};
	struct tag_row *is;
	size_t is_n;
	TRY(sql_tags_of(w->db, RECORD_CUSTOMER, customer_id, w->arena, &is, &is_n));
	const struct field_change c[] = {{"tags", joined(w, was, n), joined(w, is, is_n), CHANGE_PLAIN}};
	return tell_edit(w, &on, &e, c, 1);
}

enum err
act_tags(struct work *w, struct tag_list *out)
{
	return sql_tags_in_use(w->db, RECORD_CUSTOMER, w->arena, &out->rows, &out->rows_n);
}

static bool
tag_in(const struct tag_row *list, size_t n, struct str tag)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(list[i].tag, tag))
			return true;
	return false;
}

static struct str
joined(struct work *w, const struct tag_row *list, size_t n)
{
	struct buf b = buf_open(w->arena, 128, 8192);

	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%s%.*s", i > 0 ? ", " : "", STR_ARG(list[i].tag));
	return buf_str(&b);
}
