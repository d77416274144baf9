/*
 * fcgi/acts/fields.c -- load, decide, save, tell: the company's own fields.
 *
 * That names differ and that there are not too many are rules over several rows: the audit line that each of these
 * acts writes moves the chain's head, so two of them never pass together.
 */
#include "fcgi/acts/fields.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_event.h"
#include "sql/tenant/queries/fields.h"
#include "sql/tenant/queries/visits.h"

#define BODY_BYTES_MAX 16000

static enum err line_of(struct work *w, const struct setting_row *row, struct field_line *out);
static enum err name_check(struct work *w, struct str name, uint64_t id);
static enum err body_of(struct work *w, const struct field_line *l, struct str *out);

enum err
act_fields(struct work *w, struct field_page *out)
{
	struct setting_row *rows;

	TRY(sql_fields_all(w->db, SETTING_FIELD, w->arena, &rows, &out->rows_n));
	out->rows = arena_array(w->arena, struct field_line, out->rows_n);
	for (size_t i = 0; i < out->rows_n; i++)
		TRY(line_of(w, &rows[i], &out->rows[i]));
	return OK;
}

enum err
act_field_make(struct work *w, const struct field_new *in, struct field_line *out)
{
	struct field_line l = {.id = work_id(w), .on = in->on, .name = in->name, .type = in->type,
	    .options = in->options, .options_n = in->options_n, .position = in->position, .version = 1};
	struct str body;

	TRY(body_of(w, &l, &body));
	TRY(audit(w, "field.made", "field", l.id, l.name));
	TRY(name_check(w, l.name, 0));
	TRY(sql_field_insert(w->db, l.id, SETTING_FIELD, l.name, l.position, body));
	*out = l;
	return OK;
}

enum err
act_field_change(struct work *w, uint64_t id, const struct field_edit *in, struct field_line *out)
{
	struct maybe_i64 archived_at = {in->archived, w->now};
	struct setting_row row;
	struct field_line l;
	struct str body;

	TRY(sql_field_one(w->db, id, SETTING_FIELD, w->arena, &row));
	TRY(line_of(w, &row, &l));
	l.name = in->name;
	l.options = in->options;
	l.options_n = in->options_n;
	l.position = in->position;
	l.archived = in->archived;
	l.version = in->version + 1;
	TRY(body_of(w, &l, &body));
	TRY(audit(w, "field.changed", "field", id, l.name));
	TRY(name_check(w, l.name, id));
	TRY(sql_field_change(w->db, id, l.name, l.position, body, archived_at, in->version));
	*out = l;
	return OK;
}

enum err
act_staff_own(struct work *w, uint64_t staff_id, struct own_values *out)
{
	struct own_row row;

	TRY(sql_staff_own(w->db, staff_id, w->arena, &row));
	TRY(own_read(w, row.own, &out->own, &out->own_n));
	out->version = row.version;
	return OK;
}

enum err
act_staff_own_set(struct work *w, uint64_t staff_id, const struct own_values *in, struct own_values *out)
{
	const struct record on = {.kind = RECORD_STAFF, .id = staff_id};
	struct own_row row;
	struct str own;

	TRY(sql_staff_own(w->db, staff_id, w->arena, &row));
	TRY(own_write(w, &on, row.own, in->own, in->own_n, &own));
	TRY(sql_staff_own_set(w->db, staff_id, own, in->version));
	return act_staff_own(w, staff_id, out);
}

enum err
act_visit_own(struct work *w, uint64_t visit_id, struct own_values *out)
{
	struct own_row row;

	TRY(sql_visit_own(w->db, visit_id, w->arena, &row));
	TRY(own_read(w, row.own, &out->own, &out->own_n));
	out->version = row.version;
	return OK;
}

enum err
act_visit_own_set(struct work *w, uint64_t visit_id, const struct own_values *in, struct own_values *out)
{
	struct own_row row;
	struct visit was, is;
	struct str own;

	TRY(sql_visit_one(w->db, visit_id, w->arena, &was));
	TRY(sql_visit_own(w->db, visit_id, w->arena, &row));
	const struct record on = {.customer_id = was.customer_id, .kind = RECORD_WORKORDER, .id = visit_id};
	TRY(own_write(w, &on, row.own, in->own, in->own_n, &own));
	TRY(sql_visit_own_set(w->db, visit_id, own, in->version));
	is = was;
	is.version = in->version + 1;
	TRY(tell_visit(w, &was, &is, &(struct visit_said){.verb = VERB_CHANGED}));
	return act_visit_own(w, visit_id, out);
}

static enum err
line_of(struct work *w, const struct setting_row *row, struct field_line *out)
{
	struct field_body body;

	TRY(shape_read(&field_body_shape, row->body, w->arena, &body, &w->fault));
	*out = (struct field_line){row->id, body.on, row->name, body.type, body.options, body.options_n, row->position,
	    row->archived_at.is, row->version};
	return OK;
}

static enum err
name_check(struct work *w, struct str name, uint64_t id)
{
	struct setting_row *rows;
	size_t n;

	TRY(sql_fields_all(w->db, SETTING_FIELD, w->arena, &rows, &n));
	if (id == 0 && n >= OWN_FIELDS_MAX)
		return fail(&w->fault, E_LIMIT, "name", "There are as many fields as a company can have.");
	for (size_t i = 0; i < n; i++)
		if (rows[i].id != id && str_eq_nocase(rows[i].name, name))
			return fail(&w->fault, E_INVALID, "name", "A field of this name exists already.");
	return OK;
}

static enum err
body_of(struct work *w, const struct field_line *l, struct str *out)
{
	const struct own_field d = {l->id, l->on, l->type, l->options, l->options_n};
	const struct field_body body = {l->on, l->type, l->options, l->options_n};
	struct buf b = buf_open(w->arena, 256, BODY_BYTES_MAX);

	TRY(own_field_check(&d, &w->fault));
	shape_write(&field_body_shape, &body, &b);
	if (b.full)
		return fail(&w->fault, E_INVALID, "options", "These values are too long together.");
	*out = buf_str(&b);
	return OK;
}
