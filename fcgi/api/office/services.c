/*
 * fcgi/api/office/services.c -- service levels, job templates, skills.
 */
#include "fcgi/acts/services.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err services_list(struct work *w, const struct call *c);
static enum err service_get(struct work *w, const struct call *c);
static enum err service_make(struct work *w, const struct call *c);
static enum err service_put(struct work *w, const struct call *c);
static enum err service_archive(struct work *w, const struct call *c);
static enum err service_restore(struct work *w, const struct call *c);
static enum err services_standard(struct work *w, const struct call *c);
static enum err skills_list(struct work *w, const struct call *c);
static enum err skill_make(struct work *w, const struct call *c);
static enum err skill_put(struct work *w, const struct call *c);

static const struct field check_line_fields[] = {
	FIELD_TEXT(struct check_line, text, 1, 200),
	FIELD_BOOL(struct check_line, photo),
	FIELD_BOOL(struct check_line, required),
	FIELD_TEXT(struct check_line, reading, 0, 40),
	FIELD_MAYBE_INT(struct check_line, every_days, 1, 1095),
	FIELD_END
};
static const struct shape check_line_shape = {"CheckLine", sizeof(struct check_line), check_line_fields};

static const struct field part_line_fields[] = {
	FIELD_TEXT(struct part_line, name, 1, 120),
	FIELD_INT(struct part_line, quantity, 1, 999),
	FIELD_END
};
static const struct shape part_line_shape = {"PartLine", sizeof(struct part_line), part_line_fields};

static const struct field skill_ref_fields[] = {FIELD_ID(struct skill_ref, skill_id), FIELD_END};
static const struct shape skill_ref_shape = {"SkillRef", sizeof(struct skill_ref), skill_ref_fields};

#define SERVICE_BODY \
	FIELD_TEXT(struct service, name, 1, 80), FIELD_ENUM(struct service, kind, service_kind_names), \
	    FIELD_INT(struct service, minutes, 1, 1440), FIELD_TEXT(struct service, pay_code, 0, 24), \
	    FIELD_INT(struct service, price_cents, 0, 100000000), \
	    FIELD_LIST(struct service, skills, skills_n, &skill_ref_shape, SERVICE_SKILLS_MAX), \
	    FIELD_LIST(struct service, checklist, checklist_n, &check_line_shape, CHECKLIST_MAX), \
	    FIELD_LIST(struct service, parts, parts_n, &part_line_shape, PARTS_MAX_LISTED), \
	    FIELD_LINES(struct service, instructions, 0, 2000)

static const struct field service_fields[] = {
	FIELD_ID(struct service, id),
	SERVICE_BODY,
	FIELD_BOOL(struct service, archived),
	FIELD_INT(struct service, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape service_shape = {"Service", sizeof(struct service), service_fields};

static const struct field service_wish_fields[] = {SERVICE_BODY, FIELD_END};
static const struct shape service_wish_shape = {"ServiceWish", sizeof(struct service), service_wish_fields};

static const struct field service_change_fields[] = {
	SERVICE_BODY, FIELD_INT(struct service, version, 1, INT32_MAX), FIELD_END};
static const struct shape service_change_shape = {"ServiceChange", sizeof(struct service), service_change_fields};

static const struct field service_page_fields[] = {
	FIELD_LIST(struct service_page, rows, rows_n, &service_shape, SERVICES_MAX), FIELD_END};
static const struct shape service_page_shape = {"ServicePage", sizeof(struct service_page), service_page_fields};

struct services_query {
	bool archived;
};
static const struct field services_query_fields[] = {FIELD_BOOL(struct services_query, archived), FIELD_END};
static const struct shape services_query_shape = {"ServicesQuery", sizeof(struct services_query),
    services_query_fields};

struct service_version {
	uint32_t version;
};
static const struct field service_version_fields[] = {
	FIELD_INT(struct service_version, version, 1, INT32_MAX), FIELD_END};
static const struct shape service_version_shape = {"ServiceVersion", sizeof(struct service_version),
    service_version_fields};

static const struct field skill_line_fields[] = {
	FIELD_ID(struct skill_line, id),
	FIELD_TEXT(struct skill_line, name, 1, 80),
	FIELD_BOOL(struct skill_line, archived),
	FIELD_INT(struct skill_line, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape skill_line_shape = {"Skill", sizeof(struct skill_line), skill_line_fields};

static const struct field skill_page_fields[] = {
	FIELD_LIST(struct skill_page, rows, rows_n, &skill_line_shape, SKILLS_MAX), FIELD_END};
static const struct shape skill_page_shape = {"SkillPage", sizeof(struct skill_page), skill_page_fields};
static const struct columns skill_columns = {&skill_page_shape, "Skill,Put aside",
	"Destreza,Apartada", "name,archived"};

static const struct field skill_wish_fields[] = {FIELD_TEXT(struct skill_line, name, 1, 80), FIELD_END};
static const struct shape skill_wish_shape = {"SkillWish", sizeof(struct skill_line), skill_wish_fields};

static const struct field skill_change_fields[] = {
	FIELD_TEXT(struct skill_line, name, 1, 80),
	FIELD_BOOL(struct skill_line, archived),
	FIELD_INT(struct skill_line, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape skill_change_shape = {"SkillChange", sizeof(struct skill_line), skill_change_fields};

const struct endpoint office_services[] = {
	{GET, "/services", .may = MAY(MAY_SEE_CUSTOMERS), .query = &services_query_shape, .out = &service_page_shape,
	    .run = services_list, .help = "Service levels, then job templates.", .story = "schedule.test.mjs"},
	{GET, "/services/:id", .may = MAY(MAY_SEE_CUSTOMERS), .out = &service_shape, .run = service_get,
	    .help = "One service level or job template.", .story = "schedule.test.mjs"},
	{POST, "/services", .may = MAY(MAY_MANAGE_COMPANY), .body = &service_wish_shape, .out = &service_shape,
	    .run = service_make, .help = "Make a service level or job template.", .story = "schedule.test.mjs"},
	{PUT, "/services/:id", .may = MAY(MAY_MANAGE_COMPANY), .body = &service_change_shape, .out = &service_shape,
	    .run = service_put, .help = "Change a service level or job template.", .story = "schedule.test.mjs"},
	{POST, "/services/:id/archivals", .may = MAY(MAY_MANAGE_COMPANY), .body = &service_version_shape,
	    .run = service_archive, .help = "Offer it no longer; agreements that have it keep it.",
	    .story = "schedule.test.mjs"},
	{DELETE, "/services/:id/archivals", .may = MAY(MAY_MANAGE_COMPANY), .run = service_restore,
	    .help = "Offer it again.", .story = "schedule.test.mjs"},
	{POST, "/standard-services", .may = MAY(MAY_MANAGE_COMPANY), .out = &service_page_shape, .run = services_standard,
	    .help = "Add the usual levels and templates that are not there yet.", .story = "schedule.test.mjs"},
	{GET, "/skills", .may = MAY(MAY_SEE_BOARD), .out = &skill_page_shape, .run = skills_list,
	    .help = "What technicians can be asked for.", .story = "schedule.test.mjs"},
	{GET, "/skills.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_SEE_BOARD), .file = CSV_TYPE, .columns = &skill_columns, .run = skills_list,
	    .help = "What technicians can be asked for.", .story = "exports.test.mjs"},
	{POST, "/skills", .may = MAY(MAY_MANAGE_STAFF), .body = &skill_wish_shape, .out = &skill_line_shape,
	    .run = skill_make, .help = "Name a skill or certificate.", .story = "schedule.test.mjs"},
	{PUT, "/skills/:id", .may = MAY(MAY_MANAGE_STAFF), .body = &skill_change_shape, .out = &skill_line_shape,
	    .run = skill_put, .help = "Rename a skill, or put it aside.", .story = "schedule.test.mjs"},
	{0}
};

static enum err
services_list(struct work *w, const struct call *c)
{
	const struct services_query *q = c->query;
	struct service_page out;

	TRY(act_services(w, q->archived, &out));
	return reply_shape(c, &service_page_shape, &out);
}

static enum err
service_get(struct work *w, const struct call *c)
{
	struct service out;

	TRY(act_service_one(w, c->id, &out));
	return reply_shape(c, &service_shape, &out);
}

static enum err
service_make(struct work *w, const struct call *c)
{
	struct service out;

	TRY(act_service_make(w, c->body, &out));
	return reply_created(c, &service_shape, &out);
}

static enum err
service_put(struct work *w, const struct call *c)
{
	struct service out;

	TRY(act_service_change(w, c->id, c->body, &out));
	return reply_shape(c, &service_shape, &out);
}

static enum err
service_archive(struct work *w, const struct call *c)
{
	const struct service_version *in = c->body;

	TRY(act_service_archive(w, c->id, true, in->version));
	return reply_nothing(c);
}

static enum err
service_restore(struct work *w, const struct call *c)
{
	TRY(act_service_archive(w, c->id, false, 0));
	return reply_nothing(c);
}

static enum err
services_standard(struct work *w, const struct call *c)
{
	struct service_page out;

	TRY(act_services_standard(w, &out));
	return reply_created(c, &service_page_shape, &out);
}

static enum err
skills_list(struct work *w, const struct call *c)
{
	struct skill_page out;

	TRY(act_skills(w, &out));
	return reply_shape(c, &skill_page_shape, &out);
}

static enum err
skill_make(struct work *w, const struct call *c)
{
	const struct skill_line *in = c->body;
	struct skill_line out;

	TRY(act_skill_make(w, in->name, &out));
	return reply_created(c, &skill_line_shape, &out);
}

static enum err
skill_put(struct work *w, const struct call *c)
{
	struct skill_line out;

	TRY(act_skill_change(w, c->id, c->body, &out));
	return reply_shape(c, &skill_line_shape, &out);
}
