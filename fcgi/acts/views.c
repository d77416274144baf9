/*
 * fcgi/acts/views.c -- load, decide, save: saved lists. They are nobody's history, so nothing is told.
 */
#include "fcgi/acts/views.h"

#include "domain/access/role.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/queries/views.h"

#define BODY_BYTES_MAX 4000

static enum err view_of(struct work *w, const struct view_row *row, struct view *out);
static enum err editable(struct work *w, bool shared);
static struct str body_of(struct work *w, const struct view_filter *f);
static enum err taken(struct work *w, enum err e);

static const struct field view_filter_fields[] = {
	FIELD_TEXT(struct view_filter, q, 0, 80),
	FIELD_TEXT(struct view_filter, standing, 0, 20),
	FIELD_TEXT(struct view_filter, kind, 0, 20),
	FIELD_TEXT(struct view_filter, language, 0, 2),
	FIELD_TEXT(struct view_filter, tag, 0, 40),
	FIELD_TEXT(struct view_filter, city, 0, 80),
	FIELD_TEXT(struct view_filter, lacking, 0, 20),
	FIELD_TEXT(struct view_filter, sort, 0, 20),
	FIELD_MAYBE_ID(struct view_filter, tech_id),
	FIELD_END
};
const struct shape view_filter_shape = {"ViewFilter", sizeof(struct view_filter), view_filter_fields};

enum err
act_views(struct work *w, struct views *out)
{
	struct view_row *rows;
	size_t n;

	TRY(sql_views_of(w->db, SETTING_VIEW, w->actor.id, w->arena, &rows, &n));
	*out = (struct views){arena_array(w->arena, struct view, n), n};
	for (size_t i = 0; i < n; i++)
		TRY(view_of(w, &rows[i], &out->rows[i]));
	return OK;
}

enum err
act_view_save(struct work *w, const struct view_new *in, struct view *out)
{
	struct view_row row = {.id = work_id(w), .owner_id = in->shared ? 0 : w->actor.id, .name = in->name,
	    .position = in->position, .body = body_of(w, &in->filter), .version = 1};
	struct view_row *all;
	size_t n, of_this_kind = 0;

	TRY(editable(w, in->shared));
	TRY(sql_views_of(w->db, SETTING_VIEW, w->actor.id, w->arena, &all, &n));
	for (size_t i = 0; i < n; i++)
		of_this_kind += (all[i].owner_id == 0) == in->shared;
	if (of_this_kind >= VIEWS_MAX)
		return fail(&w->fault, E_LIMIT, "name", "At most %d lists are kept. Drop one first.", VIEWS_MAX);
	TRY(taken(w, sql_view_insert(w->db, row.id, SETTING_VIEW, row.owner_id, row.name, row.position, row.body)));
	return view_of(w, &row, out);
}

enum err
act_view_change(struct work *w, uint64_t id, const struct view_change *in, struct view *out)
{
	struct view_row row;

	TRY(sql_view_one(w->db, id, SETTING_VIEW, w->actor.id, w->arena, &row));
	TRY(editable(w, row.owner_id == 0));
	row.name = in->name;
	row.position = in->position;
	row.body = body_of(w, &in->filter);
	TRY(taken(w, sql_view_change(w->db, id, row.name, row.position, row.body, in->version)));
	row.version = in->version + 1;
	return view_of(w, &row, out);
}

enum err
act_view_drop(struct work *w, uint64_t id)
{
	struct view_row row;
	uint64_t changed;

	TRY(sql_view_one(w->db, id, SETTING_VIEW, w->actor.id, w->arena, &row));
	TRY(editable(w, row.owner_id == 0));
	return sql_view_drop(w->db, id, &changed);
}

static enum err
view_of(struct work *w, const struct view_row *row, struct view *out)
{
	*out = (struct view){.id = row->id, .name = row->name, .shared = row->owner_id == 0, .position = row->position,
	    .version = row->version};
	return shape_read(&view_filter_shape, row->body, w->arena, &out->filter, &w->fault);
}

static enum err
editable(struct work *w, bool shared)
{
	if (shared && (w->actor.may & MAY(MAY_EDIT_CUSTOMERS)) == 0)
		return fail(&w->fault, E_FORBIDDEN, "shared", "You may not do this.");
	return OK;
}

static struct str
body_of(struct work *w, const struct view_filter *f)
{
	struct buf b = buf_open(w->arena, 256, BODY_BYTES_MAX);

	shape_write(&view_filter_shape, f, &b);
	return buf_str(&b);
}

/* The key `name` is the only one that another row can hold. */
static enum err
taken(struct work *w, enum err e)
{
	if (e != E_STALE || w->fault.field == NULL || strcmp(w->fault.field, "name") != 0)
		return e;
	w->fault = (struct fault){0};
	return fail(&w->fault, E_INVALID, "name", "There is a list of this name already.");
}
