/*
 * fcgi/api/office/staff.c -- people who work here.
 */
#include "fcgi/acts/phones.h"
#include "fcgi/acts/staff.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

struct staff_version {
	uint32_t version;
};

struct heir {
	uint64_t staff_id;
};

static enum err staff_list(struct work *w, const struct call *c);
static enum err staff_get(struct work *w, const struct call *c);
static enum err staff_invite(struct work *w, const struct call *c);
static enum err staff_put(struct work *w, const struct call *c);
static enum err staff_disable(struct work *w, const struct call *c);
static enum err staff_enable(struct work *w, const struct call *c);
static enum err staff_invite_again(struct work *w, const struct call *c);
static enum err phones_get(struct work *w, const struct call *c);
static enum err phone_revoke(struct work *w, const struct call *c);
static enum err ownership(struct work *w, const struct call *c);

static const struct field staff_line_fields[] = {
	FIELD_ID(struct staff_line, id),
	FIELD_TEXT(struct staff_line, name, 1, 120),
	FIELD_TEXT(struct staff_line, email, 3, 254),
	FIELD_ENUM(struct staff_line, role, role_names),
	FIELD_MAYBE_ID(struct staff_line, role_id),
	FIELD_TEXT(struct staff_line, role_name, 1, 60),
	FIELD_ENUM(struct staff_line, language, language_tags),
	FIELD_ENUM(struct staff_line, state, staff_state_names),
	FIELD_BOOL(struct staff_line, second_factor),
	FIELD_MAYBE_TIME(struct staff_line, last_seen_at),
	FIELD_INT(struct staff_line, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape staff_line_shape = {"StaffLine", sizeof(struct staff_line), staff_line_fields};

static const struct field staff_page_fields[] = {
	FIELD_LIST(struct staff_page, rows, rows_n, &staff_line_shape, STAFF_PAGE),
	FIELD_MAYBE_ID(struct staff_page, next),
	FIELD_END
};
static const struct shape staff_page_shape = {"StaffPage", sizeof(struct staff_page), staff_page_fields};

static const struct field staff_query_fields[] = {
	FIELD_TEXT(struct staff_query, q, 0, 80),
	FIELD_ENUM(struct staff_query, state, staff_state_names),
	FIELD_MAYBE_ID(struct staff_query, after),
	FIELD_END
};
static const struct shape staff_query_shape = {"StaffQuery", sizeof(struct staff_query), staff_query_fields};

static const struct field invite_fields[] = {
	FIELD_TEXT(struct invite, name, 1, 120),
	FIELD_TEXT(struct invite, email, 3, 254),
	FIELD_ENUM(struct invite, role, role_names),
	FIELD_MAYBE_ID(struct invite, role_id),
	FIELD_ENUM(struct invite, language, language_tags),
	FIELD_END
};
static const struct shape invite_shape = {"Invite", sizeof(struct invite), invite_fields};

static const struct field staff_change_fields[] = {
	FIELD_TEXT(struct staff_change, name, 1, 120),
	FIELD_ENUM(struct staff_change, role, role_names),
	FIELD_MAYBE_ID(struct staff_change, role_id),
	FIELD_MAYBE_TEXT(struct staff_change, language, 2, 2),
	FIELD_INT(struct staff_change, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape staff_change_shape = {
	"StaffChange", sizeof(struct staff_change), staff_change_fields};

static const struct field staff_version_fields[] = {
	FIELD_INT(struct staff_version, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape staff_version_shape = {
	"StaffVersion", sizeof(struct staff_version), staff_version_fields};

static const struct field heir_fields[] = {FIELD_ID(struct heir, staff_id), FIELD_END};
static const struct shape heir_shape = {"Heir", sizeof(struct heir), heir_fields};

static const struct field phone_line_fields[] = {
	FIELD_ID(struct device_row, id),
	FIELD_TEXT(struct device_row, name, 0, 120),
	FIELD_TIME(struct device_row, made_at),
	FIELD_TIME(struct device_row, seen_at),
	FIELD_MAYBE_TIME(struct device_row, revoked_at),
	FIELD_MAYBE_TIME(struct device_row, pin_at),
	FIELD_BOOL(struct device_row, pushed),
	FIELD_END
};
static const struct shape phone_line_shape = {"PhoneLine", sizeof(struct device_row), phone_line_fields};

static const struct field phone_list_fields[] = {
	FIELD_LIST(struct phone_list, rows, rows_n, &phone_line_shape, PHONES_MAX), FIELD_END};
static const struct shape phone_list_shape = {"PhoneList", sizeof(struct phone_list), phone_list_fields};

const struct endpoint office_staff[] = {
	{GET, "/staff", .may = MAY(MAY_MANAGE_STAFF), .query = &staff_query_shape, .out = &staff_page_shape,
	    .run = staff_list, .help = "People who work here, by name.", .story = "people.test.mjs"},
	{POST, "/staff", .may = MAY(MAY_MANAGE_STAFF), .body = &invite_shape, .out = &staff_line_shape,
	    .run = staff_invite, .help = "Invite somebody by e-mail.", .story = "people.test.mjs"},
	{GET, "/staff/:id", .may = MAY(MAY_MANAGE_STAFF), .out = &staff_line_shape, .run = staff_get,
	    .help = "One person.", .story = "people.test.mjs"},
	{PUT, "/staff/:id", .may = MAY(MAY_MANAGE_STAFF), .body = &staff_change_shape,
	    .out = &staff_line_shape, .run = staff_put, .help = "Change somebody's name, role and language.",
	    .story = "people.test.mjs"},
	{POST, "/staff/:id/disablings", .may = MAY(MAY_MANAGE_STAFF), .body = &staff_version_shape,
	    .run = staff_disable, .help = "Shut somebody out; every session of theirs ends at once.",
	    .story = "people.test.mjs"},
	{DELETE, "/staff/:id/disablings", .may = MAY(MAY_MANAGE_STAFF), .run = staff_enable,
	    .help = "Let somebody who was shut out come back.", .story = "people.test.mjs"},
	{POST, "/staff/:id/invitations", .may = MAY(MAY_MANAGE_STAFF), .run = staff_invite_again,
	    .help = "Send an invitation again; the link before stops working.", .story = "people.test.mjs"},
	{GET, "/staff/:id/phones", .may = MAY(MAY_MANAGE_STAFF), .out = &phone_list_shape, .run = phones_get,
	    .help = "The phones somebody works with, the one last heard of first.", .story = "codes.test.mjs"},
	{POST, "/staff/:id/phones/:id2/revocations", .may = MAY(MAY_MANAGE_STAFF), .run = phone_revoke,
	    .help = "A phone that is lost: whatever is signed in there is out at once.", .story = "codes.test.mjs"},
	{POST, "/ownership", .may = MAY(MAY_OWN), .body = &heir_shape, .run = ownership,
	    .help = "Hand the company over; the owner becomes a manager.", .story = "people.test.mjs"},
	{0}
};

static enum err
phones_get(struct work *w, const struct call *c)
{
	struct phone_list out;

	TRY(act_phones(w, c->id, &out));
	return reply_shape(c, &phone_list_shape, &out);
}

static enum err
phone_revoke(struct work *w, const struct call *c)
{
	TRY(act_phone_revoke(w, c->id, c->id2));
	return reply_nothing(c);
}

static enum err
staff_list(struct work *w, const struct call *c)
{
	struct staff_page out;

	TRY(act_staff_page(w, c->query, &out));
	return reply_shape(c, &staff_page_shape, &out);
}

static enum err
staff_get(struct work *w, const struct call *c)
{
	struct staff_line out;

	TRY(act_staff_one(w, c->id, &out));
	return reply_shape(c, &staff_line_shape, &out);
}

static enum err
staff_invite(struct work *w, const struct call *c)
{
	struct staff_line out;

	TRY(act_staff_invite(w, c->body, &out));
	return reply_created(c, &staff_line_shape, &out);
}

static enum err
staff_put(struct work *w, const struct call *c)
{
	struct staff_line out;

	TRY(act_staff_change(w, c->id, c->body, &out));
	return reply_shape(c, &staff_line_shape, &out);
}

static enum err
staff_disable(struct work *w, const struct call *c)
{
	const struct staff_version *in = c->body;

	TRY(act_staff_disable(w, c->id, in->version));
	return reply_nothing(c);
}

static enum err
staff_enable(struct work *w, const struct call *c)
{
	TRY(act_staff_enable(w, c->id));
	return reply_nothing(c);
}

static enum err
staff_invite_again(struct work *w, const struct call *c)
{
	TRY(act_staff_invite_again(w, c->id));
	return reply_nothing(c);
}

static enum err
ownership(struct work *w, const struct call *c)
{
	const struct heir *in = c->body;

	TRY(act_ownership_give(w, in->staff_id));
	return reply_nothing(c);
}
