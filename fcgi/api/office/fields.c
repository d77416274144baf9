/*
 * fcgi/api/office/fields.c -- the company's own fields on its records.
 */
#include "fcgi/acts/fields.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err fields_list(struct work *w, const struct call *c);
static enum err field_make(struct work *w, const struct call *c);
static enum err field_put(struct work *w, const struct call *c);
static enum err staff_own_get(struct work *w, const struct call *c);
static enum err staff_own_put(struct work *w, const struct call *c);
static enum err visit_own_get(struct work *w, const struct call *c);
static enum err visit_own_put(struct work *w, const struct call *c);

static const struct field field_line_fields[] = {
	FIELD_ID(struct field_line, id),
	FIELD_ENUM(struct field_line, on, record_kind_names),
	FIELD_TEXT(struct field_line, name, 1, 80),
	FIELD_ENUM(struct field_line, type, field_type_names),
	FIELD_LIST(struct field_line, options, options_n, &own_option_shape, OWN_OPTIONS_MAX),
	FIELD_INT(struct field_line, position, 0, 1000),
	FIELD_BOOL(struct field_line, archived),
	FIELD_INT(struct field_line, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape field_line_shape = {"FieldLine", sizeof(struct field_line), field_line_fields};
static const struct field field_page_fields[] = {
	FIELD_LIST(struct field_page, rows, rows_n, &field_line_shape, OWN_FIELDS_MAX),
	FIELD_END
};
static const struct shape field_page_shape = {"FieldPage", sizeof(struct field_page), field_page_fields};
static const struct columns field_columns = {&field_page_shape, "On,Field,Type,Choices,Position,Archived",
	"En,Campo,Tipo,Opciones,Posición,Archivado", "on,name,type,options,position,archived"};

static const struct field field_new_fields[] = {
	FIELD_ENUM(struct field_new, on, record_kind_names),
	FIELD_TEXT(struct field_new, name, 1, 80),
	FIELD_ENUM(struct field_new, type, field_type_names),
	FIELD_LIST(struct field_new, options, options_n, &own_option_shape, OWN_OPTIONS_MAX),
	FIELD_INT(struct field_new, position, 0, 1000),
	FIELD_END
};
static const struct shape field_new_shape = {"FieldNew", sizeof(struct field_new), field_new_fields};
static const struct field field_edit_fields[] = {
	FIELD_TEXT(struct field_edit, name, 1, 80),
	FIELD_LIST(struct field_edit, options, options_n, &own_option_shape, OWN_OPTIONS_MAX),
	FIELD_INT(struct field_edit, position, 0, 1000),
	FIELD_BOOL(struct field_edit, archived),
	FIELD_INT(struct field_edit, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape field_edit_shape = {"FieldEdit", sizeof(struct field_edit), field_edit_fields};

static const struct field own_values_fields[] = {
	FIELD_LIST(struct own_values, own, own_n, &own_value_shape, OWN_FIELDS_MAX),
	FIELD_INT(struct own_values, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape own_values_shape = {"OwnValues", sizeof(struct own_values), own_values_fields};

const struct endpoint office_fields[] = {
	{GET, "/fields", .may = MAY(MAY_SEE_CUSTOMERS), .out = &field_page_shape, .run = fields_list,
	    .help = "The company's own fields on its records.", .story = "customers.test.mjs"},
	{GET, "/fields.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_SEE_CUSTOMERS), .file = CSV_TYPE, .columns = &field_columns, .run = fields_list,
	    .help = "The company's own fields.", .story = "exports.test.mjs"},
	{POST, "/fields", .may = MAY(MAY_MANAGE_COMPANY), .body = &field_new_shape, .out = &field_line_shape,
	    .run = field_make, .help = "Make a field of the company's own.", .story = "customers.test.mjs"},
	{PUT, "/fields/:id", .may = MAY(MAY_MANAGE_COMPANY), .body = &field_edit_shape, .out = &field_line_shape,
	    .run = field_put, .help = "Rename, order or archive a field.", .story = "customers.test.mjs"},
	{GET, "/staff/:id/own", .may = MAY(MAY_MANAGE_STAFF), .out = &own_values_shape, .run = staff_own_get,
	    .help = "What stands in the company's own fields on a person who works here.",
	    .story = "customers.test.mjs"},
	{PUT, "/staff/:id/own", .may = MAY(MAY_MANAGE_STAFF), .body = &own_values_shape, .out = &own_values_shape,
	    .run = staff_own_put, .help = "Fill the company's own fields on a person who works here.",
	    .story = "customers.test.mjs"},
	{GET, "/visits/:id/own", .may = MAY(MAY_SEE_BOARD), .out = &own_values_shape, .run = visit_own_get,
	    .help = "What stands in the company's own fields on a job.", .story = "customers.test.mjs"},
	{PUT, "/visits/:id/own", .may = MAY(MAY_DISPATCH), .body = &own_values_shape, .out = &own_values_shape,
	    .run = visit_own_put, .help = "Fill the company's own fields on a job.", .story = "customers.test.mjs"},
	{0}
};

static enum err
fields_list(struct work *w, const struct call *c)
{
	struct field_page out;

	TRY(act_fields(w, &out));
	return reply_shape(c, &field_page_shape, &out);
}

static enum err
field_make(struct work *w, const struct call *c)
{
	struct field_line out;

	TRY(act_field_make(w, c->body, &out));
	return reply_created(c, &field_line_shape, &out);
}

static enum err
field_put(struct work *w, const struct call *c)
{
	struct field_line out;

	TRY(act_field_change(w, c->id, c->body, &out));
	return reply_shape(c, &field_line_shape, &out);
}

static enum err
staff_own_get(struct work *w, const struct call *c)
{
	struct own_values out;

	TRY(act_staff_own(w, c->id, &out));
	return reply_shape(c, &own_values_shape, &out);
}

static enum err
staff_own_put(struct work *w, const struct call *c)
{
	struct own_values out;

	TRY(act_staff_own_set(w, c->id, c->body, &out));
	return reply_shape(c, &own_values_shape, &out);
}

static enum err
visit_own_get(struct work *w, const struct call *c)
{
	struct own_values out;

	TRY(act_visit_own(w, c->id, &out));
	return reply_shape(c, &own_values_shape, &out);
}

static enum err
visit_own_put(struct work *w, const struct call *c)
{
	struct own_values out;

	TRY(act_visit_own_set(w, c->id, c->body, &out));
	return reply_shape(c, &own_values_shape, &out);
}
