/*
 * fcgi/acts/messages_media.c -- pictures that come with a text: fetched by a job, drawn anew, a photo of the thread.
 */
#include "domain/access/audit.h"
#include "fcgi/acts/messages.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_file.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/queries/files.h"
#include "sql/tenant/queries/messages.h"
#include "tenancy/files.h"

static const struct field order_fields[] = {FIELD_ID(struct media_order, message_id),
	FIELD_INT(struct media_order, number, 0, MEDIA_MAX - 1), FIELD_TEXT(struct media_order, url, 1, 1000),
	FIELD_TEXT(struct media_order, type, 0, 80), FIELD_END};
const struct shape media_order_shape = {"MediaOrder", sizeof(struct media_order), order_fields};

enum err
act_text_heard(struct work *w, const struct heard *h, const struct text_media *media, size_t n)
{
	struct heard all = *h;
	struct conversation_row c;
	struct message_row *m;
	bool fresh;

	if (h->body.n == 0 && n > 0)
		all.body = str_of(words_say(w->tenant->language, "Photo"));
	TRY(tell_heard(w, &all, &c, &fresh, NULL));
	if (!fresh || n == 0)
		return OK;
	TRY(sql_message_of_key(w->db, str_printf(w->arena, "in:%.*s", STR_ARG(str_sub(h->key, 0, 110))), w->arena, &m));
	for (size_t i = 0; m != NULL && i < n; i++) {
		const struct media_order o = {m->id, (uint32_t)i, media[i].url, audit_cut(w->arena, media[i].type, 40)};

		if (o.url.n > 0 && o.url.n <= 1000)
			TRY(tell(w, "media_in", &media_order_shape, &o));
	}
	return OK;
}

enum err
act_media_settle(struct work *w, const struct media_order *o, struct str bytes)
{
	const struct str name = str_printf(w->arena, "%s %u", words_say(w->tenant->language, "Photo"), o->number + 1);
	struct message_more more = {0};
	struct message_row *m;
	struct file_row row;
	struct buf b = buf_open(w->arena, 1024, 60000);
	enum err e = E_INVALID;

	TRY(sql_message_for_update(w->db, o->message_id, w->arena, &m));
	if (m == NULL)
		return OK;
	TRY(shape_read(&message_more_shape, m->more, w->arena, &more, &w->fault));
	if (more.files_n == MESSAGE_FILES_MAX)
		return OK;
	if (bytes.n > 0) {
		const struct file_new on = {RECORD_CONVERSATION, m->conversation_id, name};

		e = tell_file(w, work_id(w), &on, STR(""), bytes, &row);
		if (e != OK && e != E_INVALID && e != E_LIMIT)
			return e;
		w->fault = (struct fault){0};
	}
	struct message_file *files = arena_array(w->arena, struct message_file, more.files_n + 1);

	for (size_t i = 0; i < more.files_n; i++)
		files[i] = more.files[i];
	files[more.files_n] = (struct message_file){{e == OK, e == OK ? row.id : 0}, name, e == OK ? row.type : o->type};
	more.files = files;
	more.files_n++;
	shape_write(&message_more_shape, &more, &b);
	if (b.full)
		return fail(&w->fault, E_BUG, NULL, "A message does not fit.");
	TRY(sql_message_more_put(w->db, m->id, buf_str(&b)));
	return tell_live(w);
}

enum err
act_media_path(struct work *w, struct str token, struct str *path)
{
	struct file_row row;
	uint64_t id;

	TRY(link_shown(w, LINK_MEDIA, token, &id));
	TRY(sql_file_one(w->db, id, w->arena, &row));
	if (row.state != FILE_READY || !str_eq(row.type, STR("image/jpeg")))
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	*path = str_printf(w->arena, "%s/%.*s", w->tenant->schema, STR_ARG(file_name(w->arena, id, FILE_ENDING_PHOTO)));
	return OK;
}
