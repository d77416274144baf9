/*
 * fcgi/acts/services.c -- load, decide, save, tell: what the company sells, and what it takes to do it.
 *
 * Checklist and parts are kept as JSON in one column each: they are only ever read whole.
 */
#include "fcgi/acts/services.h"

#include "domain/base/list.h"
#include "domain/base/setting.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "sql/tenant/queries/services.h"

#define COLUMN_MAX 60000

const char *const service_kind_names[] = {"", "level", "job", NULL};

static const struct field check_line_fields[] = {
	FIELD_TEXT(struct check_line, text, 1, 200),
	FIELD_BOOL(struct check_line, photo),
	FIELD_BOOL(struct check_line, required),
	FIELD_TEXT(struct check_line, reading, 0, 40),
	FIELD_MAYBE_INT(struct check_line, every_days, 1, 1095),
	FIELD_END
};
static const struct shape check_line_shape = {"CheckLineKept", sizeof(struct check_line), check_line_fields};
static const struct field check_lines_fields[] = {
	FIELD_LIST(struct check_lines, rows, rows_n, &check_line_shape, CHECKLIST_MAX), FIELD_END};
const struct shape check_lines_shape = {"CheckLinesKept", sizeof(struct check_lines), check_lines_fields};

struct part_lines {
	struct part_line *rows;
	size_t rows_n;
};
static const struct field part_line_fields[] = {
	FIELD_TEXT(struct part_line, name, 1, 120),
	FIELD_INT(struct part_line, quantity, 1, 999),
	FIELD_END
};
static const struct shape part_line_shape = {"PartLineKept", sizeof(struct part_line), part_line_fields};
static const struct field part_lines_fields[] = {
	FIELD_LIST(struct part_lines, rows, rows_n, &part_line_shape, PARTS_MAX_LISTED), FIELD_END};
const struct shape part_lines_shape = {"PartLinesKept", sizeof(struct part_lines), part_lines_fields};

/* A service as its columns hold it. */
struct kept {
	struct str skills, checklist, parts;
};

static enum err check(struct work *w, const struct service *in, uint64_t id, struct kept *out);
static enum err read(struct work *w, const struct service_row *row, struct service *out);
static enum err standard(struct work *w, enum service_kind kind, const char *name, uint32_t minutes,
    const char *const *lines);
static void skill_of(const struct skill_row *row, struct skill_line *out);
static enum err skill_name(struct work *w, struct str name, uint64_t id);

enum err
act_services(struct work *w, bool archived, struct service_page *out)
{
	struct service_row *rows;
	size_t n;

	TRY(sql_services(w->db, archived, w->arena, &rows, &n));
	*out = (struct service_page){arena_array(w->arena, struct service, n), n};
	for (size_t i = 0; i < n; i++)
		TRY(read(w, &rows[i], &out->rows[i]));
	return OK;
}

enum err
act_service_one(struct work *w, uint64_t id, struct service *out)
{
	struct service_row row;

	TRY(sql_service_one(w->db, id, w->arena, &row));
	return read(w, &row, out);
}

enum err
act_service_make(struct work *w, const struct service *in, struct service *out)
{
	uint64_t id = work_id(w);
	struct service_row *all;
	struct kept k;
	size_t n;

	TRY(check(w, in, 0, &k));
	TRY(sql_services(w->db, true, w->arena, &all, &n));
	if (n >= SERVICES_MAX)
		return fail(&w->fault, E_LIMIT, NULL, "A company has at most %d services and templates.", SERVICES_MAX);
	TRY(sql_service_insert(w->db, id, in->name, in->kind, in->minutes, in->pay_code, in->price_cents, k.skills,
	    k.checklist, k.parts, in->instructions));
	TRY(audit(w, "service.made", "service", id, in->name));
	return act_service_one(w, id, out);
}

enum err
act_service_change(struct work *w, uint64_t id, const struct service *in, struct service *out)
{
	struct service_row row;
	struct kept k;

	TRY(sql_service_one(w->db, id, w->arena, &row));
	TRY(check(w, in, id, &k));
	TRY(sql_service_change(w->db, id, in->name, in->kind, in->minutes, in->pay_code, in->price_cents, k.skills,
	    k.checklist, k.parts, in->instructions, in->version));
	TRY(tell_services(w));
	TRY(audit(w, "service.changed", "service", id, in->name));
	return act_service_one(w, id, out);
}

enum err
act_service_archive(struct work *w, uint64_t id, bool archived, uint32_t version)
{
	struct service_row row;

	TRY(sql_service_one(w->db, id, w->arena, &row));
	if (archived == row.archived_at.is)
		return OK;
	TRY(sql_service_archive(w->db, id, (struct maybe_i64){archived, w->now}, archived ? version : row.version));
	return audit(w, archived ? "service.archived" : "service.restored", "service", id, row.name);
}

enum err
act_services_standard(struct work *w, struct service_page *out)
{
	static const char *const weekly[] = {"Test the water", "Empty the baskets", "Skim the surface",
	    "Brush walls and steps", "Vacuum", "Check pump and filter", "Add chemicals", NULL};
	static const char *const chemical[] = {"Test the water", "Empty the baskets", "Add chemicals", NULL};
	static const char *const opening[] = {"Remove and fold the cover", "Fill to the skimmer", "Start pump and filter",
	    "Test the water", "Add chemicals", "Look for leaks", NULL};
	static const char *const closing[] = {"Test the water", "Lower the water", "Blow out the lines", "Drain the equipment",
	    "Put on the cover", NULL};
	static const char *const green[] = {"Take a photo before", "Test the water", "Shock", "Brush walls and steps",
	    "Clean the filter", "Vacuum to waste", "Take a photo after", NULL};
	static const char *const filter[] = {"Note the pressure before", "Take the filter apart", "Rinse the cartridges or grids",
	    "Look at the seals", "Note the pressure after", NULL};
	static const char *const leak[] = {"Mark the water level", "Test the lines under pressure", "Dye test at the fittings",
	    "Take photos of what was found", NULL};

	TRY(standard(w, SERVICE_LEVEL, "Full service", 30, weekly));
	TRY(standard(w, SERVICE_LEVEL, "Chemicals only", 15, chemical));
	TRY(standard(w, SERVICE_JOB, "Opening", 120, opening));
	TRY(standard(w, SERVICE_JOB, "Closing", 120, closing));
	TRY(standard(w, SERVICE_JOB, "Green to clean", 180, green));
	TRY(standard(w, SERVICE_JOB, "Filter clean", 60, filter));
	TRY(standard(w, SERVICE_JOB, "Leak search", 90, leak));
	return act_services(w, false, out);
}

enum err
act_skills(struct work *w, struct skill_page *out)
{
	struct skill_row *rows;
	size_t n;

	TRY(sql_skills(w->db, SETTING_SKILL, w->arena, &rows, &n));
	*out = (struct skill_page){arena_array(w->arena, struct skill_line, n), n};
	for (size_t i = 0; i < n; i++)
		skill_of(&rows[i], &out->rows[i]);
	return OK;
}

enum err
act_skill_make(struct work *w, struct str name, struct skill_line *out)
{
	uint64_t id = work_id(w);
	struct skill_row *all;
	struct skill_row row;
	size_t n;

	TRY(skill_name(w, name, 0));
	TRY(sql_skills(w->db, SETTING_SKILL, w->arena, &all, &n));
	if (n >= SKILLS_MAX)
		return fail(&w->fault, E_LIMIT, NULL, "A company has at most %d skills.", SKILLS_MAX);
	TRY(sql_skill_insert(w->db, id, SETTING_SKILL, name));
	TRY(audit(w, "skill.made", "skill", id, name));
	TRY(sql_skill_one(w->db, id, SETTING_SKILL, w->arena, &row));
	skill_of(&row, out);
	return OK;
}

enum err
act_skill_change(struct work *w, uint64_t id, const struct skill_line *in, struct skill_line *out)
{
	struct skill_row row;

	TRY(sql_skill_one(w->db, id, SETTING_SKILL, w->arena, &row));
	TRY(skill_name(w, in->name, id));
	TRY(sql_skill_change(w->db, id, SETTING_SKILL, in->name, (struct maybe_i64){in->archived, w->now}, in->version));
	TRY(audit(w, "skill.changed", "skill", id, in->name));
	TRY(sql_skill_one(w->db, id, SETTING_SKILL, w->arena, &row));
	skill_of(&row, out);
	return OK;
}

static enum err
check(struct work *w, const struct service *in, uint64_t id, struct kept *out)
{
	const struct check_lines checks = {in->checklist, in->checklist_n};
	const struct part_lines parts = {in->parts, in->parts_n};
	uint64_t skill[SERVICE_SKILLS_MAX];
	struct schedule_id_row *other;
	struct buf b;

	TRY(sql_service_of_name(w->db, in->kind, in->name, w->arena, &other));
	if (other != NULL && other->id != id)
		return fail(&w->fault, E_INVALID, "name", "There is one of this name already.");
	for (size_t i = 0; i < in->skills_n; i++) {
		struct skill_row row;

		skill[i] = in->skills[i].skill_id;
		enum err e = sql_skill_one(w->db, skill[i], SETTING_SKILL, w->arena, &row);
		if (tell_absent(w, e))
			return fail(&w->fault, E_INVALID, "skills", "This skill does not exist.");
		TRY(e);
	}
	out->skills = list_write_ids(w->arena, skill, in->skills_n);
	b = buf_open(w->arena, 1024, COLUMN_MAX);
	shape_write(&check_lines_shape, &checks, &b);
	if (b.full)
		return fail(&w->fault, E_INVALID, "checklist", "This is too long.");
	out->checklist = buf_str(&b);
	b = buf_open(w->arena, 1024, COLUMN_MAX);
	shape_write(&part_lines_shape, &parts, &b);
	if (b.full)
		return fail(&w->fault, E_INVALID, "parts", "This is too long.");
	out->parts = buf_str(&b);
	return OK;
}

static enum err
read(struct work *w, const struct service_row *row, struct service *out)
{
	uint64_t skill[SERVICE_SKILLS_MAX];
	struct check_lines checks = {0};
	struct part_lines parts = {0};

	*out = (struct service){
	    .id = row->id,
	    .name = row->name,
	    .kind = row->kind,
	    .minutes = row->minutes,
	    .pay_code = row->pay_code,
	    .price_cents = row->price_cents,
	    .instructions = row->instructions,
	    .archived = row->archived_at.is,
	    .version = row->version,
	};
	if (!list_read_ids(row->skills, skill, SERVICE_SKILLS_MAX, &out->skills_n))
		return fail(&w->fault, E_BUG, NULL, "A service's skills cannot be read.");
	out->skills = arena_array(w->arena, struct skill_ref, out->skills_n);
	for (size_t i = 0; i < out->skills_n; i++)
		out->skills[i].skill_id = skill[i];
	TRY(shape_read(&check_lines_shape, row->checklist, w->arena, &checks, &w->fault));
	TRY(shape_read(&part_lines_shape, row->parts, w->arena, &parts, &w->fault));
	out->checklist = checks.rows;
	out->checklist_n = checks.rows_n;
	out->parts = parts.rows;
	out->parts_n = parts.rows_n;
	return OK;
}

/* In the language of whoever asks: it becomes the company's own text, to be changed as it likes. */
static enum err
standard(struct work *w, enum service_kind kind, const char *name, uint32_t minutes, const char *const *lines)
{
	struct check_line check_line[CHECKLIST_MAX];
	struct service in = {.kind = kind, .name = str_of(words_say(w->actor.language, name)), .minutes = minutes,
	    .pay_code = STR(""), .instructions = STR(""), .checklist = check_line}, out;
	struct schedule_id_row *other;

	TRY(sql_service_of_name(w->db, kind, in.name, w->arena, &other));
	if (other != NULL)
		return OK;
	for (; lines[in.checklist_n] != NULL; in.checklist_n++) {
		const char *text = lines[in.checklist_n];

		check_line[in.checklist_n] = (struct check_line){.text = str_of(words_say(w->actor.language, text)),
		    .photo = strstr(text, "photo") != NULL, .required = true,
		    .reading = strcmp(text, "Test the water") == 0 ? STR("water") :
		        strstr(text, "pressure before") != NULL || strstr(text, "pressure after") != NULL ? STR("pressure") : STR("")};
	}
	return act_service_make(w, &in, &out);
}

static void
skill_of(const struct skill_row *row, struct skill_line *out)
{
	*out = (struct skill_line){row->id, row->name, row->archived_at.is, row->version};
}

static enum err
skill_name(struct work *w, struct str name, uint64_t id)
{
	struct schedule_id_row *other;

	TRY(sql_skill_of_name(w->db, SETTING_SKILL, name, w->arena, &other));
	if (other != NULL && other->id != id)
		return fail(&w->fault, E_INVALID, "name", "There is one of this name already.");
	return OK;
}
