/*
 * fcgi/acts/tell_file.c -- a photo or paper is kept: known by its bytes, hung on a record, told on its timeline.
 */
#include "fcgi/acts/tell_file.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_event.h"
#include "sql/tenant/queries/files.h"
#include "tenancy/files.h"

static struct str caption_of(struct work *w, struct str given, struct str own_name);

static const struct field photo_order_fields[] = {FIELD_ID(struct photo_order, file_id), FIELD_END};
const struct shape photo_order_shape = {"PhotoOrder", sizeof(struct photo_order), photo_order_fields};

enum err
tell_file(struct work *w, uint64_t id, const struct file_new *in, struct str own_name, struct str bytes,
    struct file_row *out)
{
	struct file_number_row number;
	struct event on = {0};
	struct file_look look;
	bool photo;

	TRY(tell_owner(w, in->on_kind, in->on_id, &on));
	TRY(file_look(bytes, &look, &w->fault));
	TRY(sql_files_number(w->db, on.customer_id, w->arena, &number));
	if (number.number >= FILES_MAX)
		return fail(&w->fault, E_LIMIT, "file", "A customer has at most %d photos and files.", FILES_MAX);
	photo = look.type != FILE_PDF;
	TRY(files_keep(w, id, photo ? FILE_ENDING_RAW : FILE_ENDING_PAPER, bytes));
	struct maybe_i64 taken = {photo && look.taken_is, look.taken_is ? zone_instant(w->tenant->zone, &look.taken) : 0};
	TRY(sql_file_insert(w->db, id, on.customer_id, in->on_kind, in->on_id, caption_of(w, in->name, own_name),
	    str_of(file_mime(look.type)), photo ? FILE_RAW : FILE_READY, (uint32_t)bytes.n, look.width, look.height, taken,
	    w->actor.kind == ACTOR_STAFF ? w->actor.id : 0, w->now));
	if (photo)
		TRY(tell(w, "photo", &photo_order_shape, &(struct photo_order){id}));
	TRY(sql_file_one(w->db, id, w->arena, out));
	return tell_file_said(w, out, EVENT_FILE_ADDED);
}

/* "IMG_4711.JPG" -> "IMG_4711"; what a machine called it may hold anything, so what no text may hold goes. */
static struct str
caption_of(struct work *w, struct str given, struct str own_name)
{
	struct buf b = buf_open(w->arena, 64, FILE_NAME_MAX * 4);
	size_t dot = own_name.n, chars = 0;

	if (given.n > 0)
		return given;
	for (size_t i = 1; i < own_name.n; i++)
		if (own_name.p[i] == '.')
			dot = i;
	own_name = str_sub(own_name, 0, dot);
	for (size_t i = 0; i < own_name.n; i++) {
		unsigned char c = (unsigned char)own_name.p[i];

		if ((c & 0xc0) != 0x80 && chars++ == FILE_NAME_MAX)
			break;
		buf_char(&b, c < 0x20 || c == 0x7f || c == '/' || c == '\\' ? ' ' : (char)c);
	}
	return str_trim(buf_str(&b));
}

/* The line leads to the record that it hangs on; its caption is said. */
enum err
tell_file_said(struct work *w, const struct file_row *row, enum event_kind kind)
{
	const struct event_value v[] = {{STR("name"), row->name}};
	struct event e = {0};

	if (row->customer_id == 0)
		return OK; /* it came with a stranger's mail: nobody's timeline */
	TRY(tell_owner(w, row->on_kind, row->on_id, &e));
	e.customer_id = row->customer_id;
	e.kind = kind;
	e.ref_kind = RECORD_FILE;
	e.ref_id = row->id;
	e.values = v;
	e.values_n = row->name.n > 0;
	return tell_event(w, &e);
}
