/*
 * fcgi/api/tech/photos.c -- a technician's photos of own stops: sent again and again until they are here, once.
 */
#include "fcgi/acts/files.h"
#include "tenancy/pieces.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err photo_put(struct work *w, const struct call *c);
static enum err photo_get(struct work *w, const struct call *c);
static enum err piece_put(struct work *w, const struct call *c);
static enum err form_file(struct work *w, const struct call *c, struct str *out);

#define PIECE_FORM_MAX (PIECE_MOST + 16 * 1024) /* with the form around it; nginx says the same (nginx/piece.inc) */

static const struct field photo_new_fields[] = {
	FIELD_ID(struct photo_new, id),
	FIELD_ID(struct photo_new, visit_id),
	FIELD_TEXT(struct photo_new, name, 0, FILE_NAME_MAX),
	FIELD_END
};
static const struct shape photo_new_shape = {"PhotoNew", sizeof(struct photo_new), photo_new_fields};

static const struct field photo_fields[] = {
	FIELD_ID(struct file_row, id),
	FIELD_INT(struct file_row, bytes, 0, INT32_MAX),
	FIELD_END
};
static const struct shape photo_shape = {"Photo", sizeof(struct file_row), photo_fields};

static const struct field piece_fields[] = {
	FIELD_ID(struct photo_piece, visit_id),
	FIELD_TEXT(struct photo_piece, name, 0, FILE_NAME_MAX),
	FIELD_TEXT(struct photo_piece, digest, 64, 64),
	FIELD_INT(struct photo_piece, size, 1, PIECED_MAX),
	FIELD_INT(struct photo_piece, at, 0, PIECED_MAX),
	FIELD_END
};
static const struct shape piece_shape = {"PhotoPiece", sizeof(struct photo_piece), piece_fields};

static const struct field here_fields[] = {
	FIELD_INT(struct photo_here, here, 0, PIECED_MAX),
	FIELD_BOOL(struct photo_here, whole),
	FIELD_END
};
static const struct shape here_shape = {"PhotoHere", sizeof(struct photo_here), here_fields};

const struct endpoint tech_photos[] = {
	{POST, "/photos", .may = MAY(MAY_WORK_STOPS), .upload = true, .query = &photo_new_shape, .out = &photo_shape,
	    .run = photo_put, .help = "Keep a photo of an own stop; the phone made its id.", .story = "photos.test.mjs"},
	{POST, "/photos/:id/pieces", .may = MAY(MAY_WORK_STOPS), .upload = true, .body_max = PIECE_FORM_MAX, .query = &piece_shape,
	    .out = &here_shape, .run = piece_put,
	    .help = "The next piece of a photo of an own stop, or none, and how much is here: where to go on. The last one keeps the photo.",
	    .story = "photos.test.mjs"},
	{GET, "/photos/:id/small", .may = MAY(MAY_WORK_STOPS), .file = "image/jpeg", .run = photo_get,
	    .help = "The small picture of a photo of an own stop.", .story = "photos.test.mjs"},
	{0}
};

static enum err
photo_put(struct work *w, const struct call *c)
{
	struct file_row out;
	struct str bytes;

	TRY(form_file(w, c, &bytes));
	TRY(act_photo_put(w, c->query, bytes, &out));
	return reply_created(c, &photo_shape, &out);
}

static enum err
piece_put(struct work *w, const struct call *c)
{
	struct photo_here out;
	struct str bytes;

	TRY(form_file(w, c, &bytes));
	TRY(act_photo_piece(w, c->id, c->query, bytes, &out));
	return reply_shape(c, &here_shape, &out);
}

static enum err
form_file(struct work *w, const struct call *c, struct str *out)
{
	struct part part[PARTS_MAX];
	size_t n;

	TRY(multipart_parse(c->request->content_type, c->request->body, part, &n, &w->fault));
	for (size_t i = 0; i < n; i++)
		if (str_eq(part[i].name, STR("file"))) {
			*out = part[i].data;
			return OK;
		}
	return fail(&w->fault, E_INVALID, "file", "The form holds no file.");
}

static enum err
photo_get(struct work *w, const struct call *c)
{
	struct file_served out;

	TRY(act_photo_serve(w, c->id, &out));
	return reply_carried(c, "image/jpeg", false, STR("photo.jpg"), out.path);
}
