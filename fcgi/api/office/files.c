/*
 * fcgi/api/office/files.c -- photos and papers: coming in, being looked at, put away.
 *
 * C decides whether they may be seen, nginx carries the bytes (reply_carried).
 */
#include "fcgi/acts/files.h"
#include "fcgi/acts/tell_file.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err file_add(struct work *w, const struct call *c);
static enum err file_get(struct work *w, const struct call *c);
static enum err file_small(struct work *w, const struct call *c);
static enum err file_put(struct work *w, const struct call *c);
static enum err file_archive(struct work *w, const struct call *c);
static enum err file_restore(struct work *w, const struct call *c);
static enum err files_of_customer(struct work *w, const struct call *c);
static enum err files_of_record(struct work *w, const struct call *c);
static enum err serve(struct work *w, const struct call *c, bool small);

static const struct field file_fields[] = {
	FIELD_ID(struct file_row, id),
	FIELD_ENUM(struct file_row, on_kind, record_kind_names),
	FIELD_ID(struct file_row, on_id),
	FIELD_TEXT(struct file_row, name, 0, FILE_NAME_MAX),
	FIELD_TEXT(struct file_row, type, 1, 40),
	FIELD_ENUM(struct file_row, state, file_state_names),
	FIELD_INT(struct file_row, bytes, 0, INT32_MAX),
	FIELD_INT(struct file_row, width, 0, UINT16_MAX),
	FIELD_INT(struct file_row, height, 0, UINT16_MAX),
	FIELD_MAYBE_TIME(struct file_row, taken_at),
	FIELD_MAYBE_TEXT(struct file_row, staff_name, 1, 120),
	FIELD_TIME(struct file_row, made_at),
	FIELD_MAYBE_TIME(struct file_row, archived_at),
	FIELD_INT(struct file_row, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape file_shape = {"File", sizeof(struct file_row), file_fields};

static const struct field files_page_fields[] = {
	FIELD_LIST(struct files_page, rows, rows_n, &file_shape, FILES_OF_RECORD),
	FIELD_MAYBE_ID(struct files_page, next),
	FIELD_END
};
static const struct shape files_page_shape = {"FilesPage", sizeof(struct files_page), files_page_fields};

static const struct field files_query_fields[] = {
	FIELD_MAYBE_ID(struct files_query, before),
	FIELD_BOOL(struct files_query, archived),
	FIELD_END
};
static const struct shape files_query_shape = {"FilesQuery", sizeof(struct files_query), files_query_fields};

struct files_on {
	enum record_kind on_kind;
	uint64_t on_id;
};
static const struct field files_on_fields[] = {
	FIELD_ENUM(struct files_on, on_kind, record_kind_names),
	FIELD_ID(struct files_on, on_id),
	FIELD_END
};
static const struct shape files_on_shape = {"FilesOn", sizeof(struct files_on), files_on_fields};

static const struct field file_new_fields[] = {
	FIELD_ENUM(struct file_new, on_kind, record_kind_names),
	FIELD_ID(struct file_new, on_id),
	FIELD_TEXT(struct file_new, name, 0, FILE_NAME_MAX),
	FIELD_END
};
static const struct shape file_new_shape = {"FileNew", sizeof(struct file_new), file_new_fields};

static const struct field file_change_fields[] = {
	FIELD_TEXT(struct file_change, name, 0, FILE_NAME_MAX),
	FIELD_INT(struct file_change, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape file_change_shape = {"FileChange", sizeof(struct file_change), file_change_fields};


struct file_version {
	uint32_t version;
};
static const struct field file_version_fields[] = {FIELD_INT(struct file_version, version, 1, INT32_MAX), FIELD_END};
static const struct shape file_version_shape = {"FileVersion", sizeof(struct file_version), file_version_fields};

const struct endpoint office_files[] = {
	{POST, "/files", .may = MAY(MAY_EDIT_CUSTOMERS), .upload = true, .query = &file_new_shape, .out = &file_shape,
	    .run = file_add, .help = "Keep a photo (JPEG, PNG, WebP) or a paper (PDF) on a record.", .story = "files.test.mjs"},
	{GET, "/files", .may = MAY(MAY_SEE_CUSTOMERS), .query = &files_on_shape, .out = &files_page_shape,
	    .run = files_of_record, .help = "Photos and papers that hang on one record itself.", .story = "files.test.mjs"},
	{GET, "/files/:id", .may = MAY(MAY_SEE_CUSTOMERS), .file = "image/jpeg", .run = file_get,
	    .help = "The photo, or the paper as a download.", .story = "files.test.mjs"},
	{GET, "/files/:id/small", .may = MAY(MAY_SEE_CUSTOMERS), .file = "image/jpeg", .run = file_small,
	    .help = "The photo in a small size.", .story = "files.test.mjs"},
	{PUT, "/files/:id", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &file_change_shape, .out = &file_shape,
	    .run = file_put, .help = "Change what is written under it.", .story = "files.test.mjs"},
	{POST, "/files/:id/archivings", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &file_version_shape, .out = &file_shape,
	    .run = file_archive, .help = "Put it away; nothing is lost.", .story = "files.test.mjs"},
	{DELETE, "/files/:id/archivings", .may = MAY(MAY_EDIT_CUSTOMERS), .out = &file_shape, .run = file_restore,
	    .help = "Take it back.", .story = "files.test.mjs"},
	{GET, "/customers/:id/files", .may = MAY(MAY_SEE_CUSTOMERS), .query = &files_query_shape, .out = &files_page_shape,
	    .run = files_of_customer, .help = "Photos and papers of all that is a customer's, the newest first.",
	    .story = "files.test.mjs"},
	{0}
};

static enum err
file_add(struct work *w, const struct call *c)
{
	struct part part[PARTS_MAX];
	struct file_row out;
	size_t n;

	TRY(multipart_parse(c->request->content_type, c->request->body, part, &n, &w->fault));
	for (size_t i = 0; i < n; i++)
		if (str_eq(part[i].name, STR("file"))) {
			TRY(act_file_add(w, c->query, part[i].filename, part[i].data, &out));
			return reply_created(c, &file_shape, &out);
		}
	return fail(&w->fault, E_INVALID, "file", "The form holds no file.");
}

static enum err
file_get(struct work *w, const struct call *c)
{
	return serve(w, c, false);
}

static enum err
file_small(struct work *w, const struct call *c)
{
	return serve(w, c, true);
}

static enum err
serve(struct work *w, const struct call *c, bool small)
{
	struct file_served out;
	bool paper;

	TRY(act_file_serve(w, c->id, small, &out));
	paper = str_eq(out.row.type, str_of(file_mime(FILE_PDF)));
	const bool sound = str_eq(out.row.type, STR(FILE_SOUND));
	return reply_carried(c, sound ? FILE_SOUND : file_mime(paper ? FILE_PDF : FILE_JPEG), paper,
	    str_printf(w->arena, "%.*s.%s", STR_ARG(out.row.name), paper ? FILE_ENDING_PAPER : sound ? FILE_ENDING_SOUND : FILE_ENDING_PHOTO),
	    out.path);
}

static enum err
file_put(struct work *w, const struct call *c)
{
	struct file_row out;

	TRY(act_file_change(w, c->id, c->body, &out));
	return reply_shape(c, &file_shape, &out);
}

static enum err
file_archive(struct work *w, const struct call *c)
{
	const struct file_version *in = c->body;
	struct file_row out;

	TRY(act_file_archive(w, c->id, in->version, &out));
	return reply_shape(c, &file_shape, &out);
}

static enum err
file_restore(struct work *w, const struct call *c)
{
	struct file_row out;

	TRY(act_file_restore(w, c->id, &out));
	return reply_shape(c, &file_shape, &out);
}

static enum err
files_of_customer(struct work *w, const struct call *c)
{
	struct files_page out;

	TRY(act_files_of_customer(w, c->id, c->query, &out));
	return reply_shape(c, &files_page_shape, &out);
}

static enum err
files_of_record(struct work *w, const struct call *c)
{
	const struct files_on *on = c->query;
	struct files_page out;

	TRY(act_files_of_record(w, on->on_kind, on->on_id, &out));
	return reply_shape(c, &files_page_shape, &out);
}
