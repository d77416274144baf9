/*
 * fcgi/api/office/views.c -- saved lists of customers.
 */
#include "fcgi/acts/views.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err views_list(struct work *w, const struct call *c);
static enum err view_save(struct work *w, const struct call *c);
static enum err view_put(struct work *w, const struct call *c);
static enum err view_drop(struct work *w, const struct call *c);

static const struct field view_fields[] = {
	FIELD_ID(struct view, id),
	FIELD_TEXT(struct view, name, 1, 80),
	FIELD_BOOL(struct view, shared),
	FIELD_INT(struct view, position, 0, 1000),
	FIELD_SHAPE(struct view, filter, &view_filter_shape),
	FIELD_INT(struct view, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape view_shape = {"View", sizeof(struct view), view_fields};

static const struct field views_fields[] = {
	FIELD_LIST(struct views, rows, rows_n, &view_shape, 2 * VIEWS_MAX),
	FIELD_END
};
static const struct shape views_shape = {"Views", sizeof(struct views), views_fields};

static const struct field view_new_fields[] = {
	FIELD_TEXT(struct view_new, name, 1, 80),
	FIELD_BOOL(struct view_new, shared),
	FIELD_INT(struct view_new, position, 0, 1000),
	FIELD_SHAPE(struct view_new, filter, &view_filter_shape),
	FIELD_END
};
static const struct shape view_new_shape = {"ViewNew", sizeof(struct view_new), view_new_fields};

static const struct field view_change_fields[] = {
	FIELD_TEXT(struct view_change, name, 1, 80),
	FIELD_INT(struct view_change, position, 0, 1000),
	FIELD_SHAPE(struct view_change, filter, &view_filter_shape),
	FIELD_INT(struct view_change, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape view_change_shape = {"ViewChange", sizeof(struct view_change), view_change_fields};

const struct endpoint office_views[] = {
	{GET, "/views", .may = MAY(MAY_SEE_CUSTOMERS), .out = &views_shape, .run = views_list,
	    .help = "The lists that you saved, and those for everybody.", .story = "lists.test.mjs"},
	{POST, "/views", .may = MAY(MAY_SEE_CUSTOMERS), .body = &view_new_shape, .out = &view_shape, .run = view_save,
	    .help = "Save a list under a name.", .story = "lists.test.mjs"},
	{PUT, "/views/:id", .may = MAY(MAY_SEE_CUSTOMERS), .body = &view_change_shape, .out = &view_shape, .run = view_put,
	    .help = "Change a saved list.", .story = "lists.test.mjs"},
	{DELETE, "/views/:id", .may = MAY(MAY_SEE_CUSTOMERS), .run = view_drop, .help = "Drop a saved list.",
	    .story = "lists.test.mjs"},
	{0}
};

static enum err
views_list(struct work *w, const struct call *c)
{
	struct views out;

	TRY(act_views(w, &out));
	return reply_shape(c, &views_shape, &out);
}

static enum err
view_save(struct work *w, const struct call *c)
{
	struct view out;

	TRY(act_view_save(w, c->body, &out));
	return reply_created(c, &view_shape, &out);
}

static enum err
view_put(struct work *w, const struct call *c)
{
	struct view out;

	TRY(act_view_change(w, c->id, c->body, &out));
	return reply_shape(c, &view_shape, &out);
}

static enum err
view_drop(struct work *w, const struct call *c)
{
	TRY(act_view_drop(w, c->id));
	return reply_nothing(c);
}
