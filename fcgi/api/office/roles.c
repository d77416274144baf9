/*
 * fcgi/api/office/roles.c -- built-in roles and the company's own.
 */
#include "fcgi/acts/roles.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err roles_list(struct work *w, const struct call *c);
static enum err role_make(struct work *w, const struct call *c);
static enum err role_put(struct work *w, const struct call *c);
static enum err role_drop(struct work *w, const struct call *c);

static const struct field role_line_fields[] = {
	FIELD_ID(struct role_line, id),
	FIELD_TEXT(struct role_line, name, 1, 60),
	FIELD_BOOL(struct role_line, built_in),
	FIELD_SET(struct role_line, may, permission_names),
	FIELD_INT(struct role_line, people, 0, INT32_MAX),
	FIELD_INT(struct role_line, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape role_line_shape = {"Role", sizeof(struct role_line), role_line_fields};

static const struct field role_page_fields[] = {
	FIELD_LIST(struct role_page, rows, rows_n, &role_line_shape, ROLES_MAX + BUILT_IN_ROLES),
	FIELD_END
};
static const struct shape role_page_shape = {"RolePage", sizeof(struct role_page), role_page_fields};
static const struct columns role_columns = {&role_page_shape, "Role,Built in,May,People",
	"Función,Incluida,Puede,Personas", "name,built_in,may,people"};

static const struct field role_wish_fields[] = {
	FIELD_TEXT(struct role_wish, name, 1, 60),
	FIELD_SET(struct role_wish, may, permission_names),
	FIELD_END
};
static const struct shape role_wish_shape = {"RoleWish", sizeof(struct role_wish), role_wish_fields};

static const struct field role_change_fields[] = {
	FIELD_TEXT(struct role_change, name, 1, 60),
	FIELD_SET(struct role_change, may, permission_names),
	FIELD_INT(struct role_change, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape role_change_shape = {"RoleChange", sizeof(struct role_change), role_change_fields};

const struct endpoint office_roles[] = {
	{GET, "/roles", .may = MAY(MAY_MANAGE_STAFF), .out = &role_page_shape, .run = roles_list,
	    .help = "All roles, the built-in ones first.", .story = "people.test.mjs"},
	{GET, "/roles.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_MANAGE_STAFF), .file = CSV_TYPE, .columns = &role_columns, .run = roles_list,
	    .help = "All roles and what they may.", .story = "exports.test.mjs"},
	{POST, "/roles", .may = MAY(MAY_MANAGE_COMPANY), .body = &role_wish_shape, .out = &role_line_shape,
	    .run = role_make, .help = "Make a role of the company's own.", .story = "people.test.mjs"},
	{PUT, "/roles/:id", .may = MAY(MAY_MANAGE_COMPANY), .body = &role_change_shape,
	    .out = &role_line_shape, .run = role_put, .help = "Change a role of the company's own.",
	    .story = "people.test.mjs"},
	{DELETE, "/roles/:id", .may = MAY(MAY_MANAGE_COMPANY), .run = role_drop,
	    .help = "Drop a role that nobody has.", .story = "people.test.mjs"},
	{0}
};

static enum err
roles_list(struct work *w, const struct call *c)
{
	struct role_page out;

	TRY(act_roles(w, &out));
	return reply_shape(c, &role_page_shape, &out);
}

static enum err
role_make(struct work *w, const struct call *c)
{
	struct role_line out;

	TRY(act_role_make(w, c->body, &out));
	return reply_created(c, &role_line_shape, &out);
}

static enum err
role_put(struct work *w, const struct call *c)
{
	struct role_line out;

	TRY(act_role_change(w, c->id, c->body, &out));
	return reply_shape(c, &role_line_shape, &out);
}

static enum err
role_drop(struct work *w, const struct call *c)
{
	TRY(act_role_drop(w, c->id));
	return reply_nothing(c);
}
