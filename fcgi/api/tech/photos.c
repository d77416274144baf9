/*
 * fcgi/api/tech/photos.c -- a technician's photos of own stops: sent again and again until they are here, once.
 */
#include "fcgi/acts/files.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err photo_put(struct work *w, const struct call *c);
static enum err photo_get(struct work *w, const struct call *c);

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

const struct endpoint tech_photos[] = {
	{POST, "/photos", .may = MAY(MAY_WORK_STOPS), .upload = true, .query = &photo_new_shape, .out = &photo_shape,
	    .run = photo_put, .help = "Keep a photo of an own stop; the phone made its id.", .story = "photos.test.mjs"},
	{GET, "/photos/:id/small", .may = MAY(MAY_WORK_STOPS), .file = "image/jpeg", .run = photo_get,
	    .help = "The small picture of a photo of an own stop.", .story = "photos.test.mjs"},
	{0}
};

static enum err
photo_put(struct work *w, const struct call *c)
{
	struct part part[PARTS_MAX];
	struct file_row out;
	size_t n;

	TRY(multipart_parse(c->request->content_type, c->request->body, part, &n, &w->fault));
	for (size_t i = 0; i < n; i++)
		if (str_eq(part[i].name, STR("file"))) {
			TRY(act_photo_put(w, c->query, part[i].data, &out));
			return reply_created(c, &photo_shape, &out);
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
