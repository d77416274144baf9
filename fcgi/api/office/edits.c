/*
 * fcgi/api/office/edits.c -- one change to many customers, and taking it back.
 */
#include "fcgi/acts/edits.h"

#include "fcgi/acts/search.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err edit_make(struct work *w, const struct call *c);
static enum err edit_matching(struct work *w, const struct call *c);
static enum err edit_get(struct work *w, const struct call *c);
static enum err edit_undo(struct work *w, const struct call *c);
static enum err edits_list(struct work *w, const struct call *c);

static const struct field edit_wish_fields[] = {
	FIELD_LIST(struct edit_wish, ids, ids_n, &customer_id_shape, EDIT_CUSTOMERS_MAX),
	FIELD_ENUM(struct edit_wish, what, edit_what_names),
	FIELD_TEXT(struct edit_wish, value, 0, 40),
	FIELD_MAYBE_ID(struct edit_wish, tech_id),
	FIELD_BOOL(struct edit_wish, dry),
	FIELD_MAYBE_INT(struct edit_wish, expect, 0, EDIT_PARTS_MAX),
	FIELD_END
};
static const struct shape edit_wish_shape = {"EditWish", sizeof(struct edit_wish), edit_wish_fields};

/* Everybody who matches, by the filters of the list: too many to be named. */
static const struct field edit_matching_fields[] = {
	FIELD_ENUM(struct edit_wish, what, edit_what_names),
	FIELD_TEXT(struct edit_wish, value, 0, 40),
	FIELD_MAYBE_ID(struct edit_wish, tech_id),
	FIELD_BOOL(struct edit_wish, dry),
	FIELD_MAYBE_INT(struct edit_wish, expect, 0, EDIT_PARTS_MAX),
	FIELD_END
};
static const struct shape edit_matching_shape = {"EditMatching", sizeof(struct edit_wish), edit_matching_fields};

static const struct field edit_line_fields[] = {
	FIELD_ID(struct edit_line, customer_id),
	FIELD_TEXT(struct edit_line, name, 1, 120),
	FIELD_TEXT(struct edit_line, was, 0, 4200),
	FIELD_TEXT(struct edit_line, becomes, 0, 4200),
	FIELD_BOOL(struct edit_line, changes),
	FIELD_TEXT(struct edit_line, problem, 0, 400),
	FIELD_END
};
static const struct shape edit_line_shape = {"EditLine", sizeof(struct edit_line), edit_line_fields};

static const struct field edit_fields[] = {
	FIELD_MAYBE_ID(struct edit, batch_id),
	FIELD_INT(struct edit, changed, 0, INT32_MAX),
	FIELD_INT(struct edit, same, 0, INT32_MAX),
	FIELD_INT(struct edit, refused, 0, INT32_MAX),
	FIELD_BOOL(struct edit, running),
	FIELD_LIST(struct edit, rows, rows_n, &edit_line_shape, EDIT_SHOWN),
	FIELD_END
};
static const struct shape edit_shape = {"Edit", sizeof(struct edit), edit_fields};

static const struct field edit_undo_fields[] = {
	FIELD_INT(struct edit_undo, undone, 0, INT32_MAX),
	FIELD_INT(struct edit_undo, left, 0, INT32_MAX),
	FIELD_BOOL(struct edit_undo, running),
	FIELD_LIST(struct edit_undo, rows, rows_n, &edit_line_shape, EDIT_SHOWN),
	FIELD_END
};
static const struct shape edit_undo_shape = {"EditUndo", sizeof(struct edit_undo), edit_undo_fields};

/* By enum batch_state: an edit is never a draft. */
static const char *const edit_state_names[] = {"", "", "", "running", "done", "undoing", "undone", NULL};
static const struct field edits_line_fields[] = {
	FIELD_ID(struct edits_line, id),
	FIELD_ENUM(struct edits_line, state, edit_state_names),
	FIELD_TIME(struct edits_line, made_at),
	FIELD_MAYBE_TEXT(struct edits_line, staff_name, 1, 120),
	FIELD_INT(struct edits_line, total, 0, INT32_MAX),
	FIELD_INT(struct edits_line, done, 0, INT32_MAX),
	FIELD_INT(struct edits_line, failed, 0, INT32_MAX),
	FIELD_MAYBE_TIME(struct edits_line, undone_at),
	FIELD_ENUM(struct edits_line, what, edit_what_names),
	FIELD_TEXT(struct edits_line, value, 0, 300),
	FIELD_END
};
static const struct shape edits_line_shape = {"EditsLine", sizeof(struct edits_line), edits_line_fields};
static const struct field edit_view_fields[] = {
	FIELD_SHAPE(struct edit_view, line, &edits_line_shape),
	FIELD_LIST(struct edit_view, rows, rows_n, &edit_line_shape, EDIT_SHOWN),
	FIELD_END
};
static const struct shape edit_view_shape = {"EditView", sizeof(struct edit_view), edit_view_fields};
static const struct field edits_fields[] = {
	FIELD_LIST(struct edits, rows, rows_n, &edits_line_shape, EDITS_PAGE),
	FIELD_MAYBE_ID(struct edits, next),
	FIELD_END
};
static const struct shape edits_shape = {"Edits", sizeof(struct edits), edits_fields};
static const struct columns edits_columns = {&edits_shape, "What,Value,State,Made,By,Customers,Done,Refused,Undone",
	"Qué,Valor,Estado,Hecho,Por,Clientes,Hechos,Rechazados,Deshecho", "what,value,state,made_at,staff_name,total,done,failed,undone_at"};
static const struct field edits_query_fields[] = {FIELD_MAYBE_ID(struct edits_query, before), FIELD_END};
static const struct shape edits_query_shape = {"EditsQuery", sizeof(struct edits_query), edits_query_fields};

const struct endpoint office_edits[] = {
	{GET, "/edits", .may = MAY(MAY_EDIT_CUSTOMERS), .query = &edits_query_shape, .out = &edits_shape, .run = edits_list,
	    .help = "The last changes to many customers, and merges.", .story = "lists.test.mjs"},
	{GET, "/edits.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_EDIT_CUSTOMERS), .query = &edits_query_shape, .file = CSV_TYPE, .columns = &edits_columns, .run = edits_list,
	    .help = "The last changes to many customers, and merges.", .story = "exports.test.mjs"},
	{POST, "/edits", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &edit_wish_shape, .out = &edit_shape, .run = edit_make,
	    .help = "Change many customers at once; dry: only look.", .story = "lists.test.mjs"},
	{POST, "/edits/matching", .may = MAY(MAY_EDIT_CUSTOMERS), .query = &customers_filter_shape,
	    .body = &edit_matching_shape, .out = &edit_shape, .run = edit_matching,
	    .help = "Change everybody who matches; dry: only look. More than 200 are a job.",
	    .story = "lists.test.mjs"},
	{GET, "/edits/:id", .may = MAY(MAY_EDIT_CUSTOMERS), .out = &edit_view_shape, .run = edit_get,
	    .help = "How far a change to many is, and what was refused or stays.", .story = "lists.test.mjs"},
	{DELETE, "/edits/:id", .may = MAY(MAY_EDIT_CUSTOMERS), .out = &edit_undo_shape, .run = edit_undo,
	    .help = "Undo it; what somebody changed since stays, and is named.", .story = "lists.test.mjs"},
	{0}
};

static enum err
edit_make(struct work *w, const struct call *c)
{
	struct edit out;

	TRY(act_edit(w, c->body, &out));
	return reply_created(c, &edit_shape, &out);
}

static enum err
edit_matching(struct work *w, const struct call *c)
{
	struct edit_wish wish = *(const struct edit_wish *)c->body;
	struct edit out;

	TRY(act_customers_matching(w, c->query, 0, EDIT_MATCHING_MAX, &wish.ids, &wish.ids_n));
	TRY(act_edit(w, &wish, &out));
	return reply_created(c, &edit_shape, &out);
}

static enum err
edit_get(struct work *w, const struct call *c)
{
	struct edit_view out;

	TRY(act_edit_one(w, c->id, &out));
	return reply_shape(c, &edit_view_shape, &out);
}

static enum err
edit_undo(struct work *w, const struct call *c)
{
	struct edit_undo out;

	TRY(act_edit_undo(w, c->id, &out));
	return reply_shape(c, &edit_undo_shape, &out);
}

static enum err
edits_list(struct work *w, const struct call *c)
{
	struct edits out;

	TRY(act_edits(w, c->query, &out));
	return reply_shape(c, &edits_shape, &out);
}
