/*
 * fcgi/acts/files.c -- load, decide, save, tell: photos and papers.
 */
#include "fcgi/acts/files.h"

#include "domain/base/id.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_file.h"
#include "fcgi/acts/tell_proof.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/files.h"
#include "sql/tenant/queries/sync.h"
#include "sql/tenant/queries/visits.h"
#include "tenancy/crypto.h"
#include "tenancy/files.h"
#include "tenancy/pieces.h"

static enum err own_visit(struct work *w, uint64_t id, struct visit *v);
static enum err photo_there(struct work *w, uint64_t id, struct file_new *on, bool *there, struct file_row *out);
static enum err photo_goes(struct work *w, uint64_t id, struct file_new *on);
static enum err photo_sound(struct work *w, uint64_t id, const struct photo_piece *in, struct str whole);

enum err
act_file_add(struct work *w, const struct file_new *in, struct str own_name, struct str bytes, struct file_row *out)
{
	return tell_file(w, work_id(w), in, own_name, bytes, out);
}

enum err
act_photo_put(struct work *w, const struct photo_new *in, struct str bytes, struct file_row *out)
{
	struct file_new on = {RECORD_VISIT, in->visit_id, in->name};
	bool there;
	enum err e;

	TRY(photo_there(w, in->id, &on, &there, out));
	if (there)
		return OK;
	e = tell_file(w, in->id, &on, STR(""), bytes, out);
	if (e == E_STALE && w->fault.field != NULL && strcmp(w->fault.field, "PRIMARY") == 0)
		return fail(&w->fault, E_RETRY, NULL, "The house is busy. Please try again."); /* sent twice at once: the other is there now */
	return e;
}

/* Is it here already? on: the stop that it was taken at; then where it goes. */
static enum err
photo_there(struct work *w, uint64_t id, struct file_new *on, bool *there, struct file_row *out)
{
	const uint64_t visit_id = on->on_id;
	enum err e;

	TRY(photo_goes(w, id, on));
	e = sql_file_one(w->db, id, w->arena, out);
	*there = !tell_absent(w, e);
	if (!*there)
		return OK;
	TRY(e);
	if ((out->on_kind == RECORD_VISIT && out->on_id == visit_id) || (out->on_kind == on->on_kind && out->on_id == on->on_id))
		return OK;
	return fail(&w->fault, E_INVALID, "id", "This number was used for something else before.");
}

/*
 * To a stop of one's own; or to one that has gone to somebody else, if the phone said in time that it was taken there. If it said
 * so too late the stop is not told of it, nor its customer: it goes to the place, where the office sees it.
 */
static enum err
photo_goes(struct work *w, uint64_t id, struct file_new *on)
{
	struct log_answer_row *said;
	char letters[ID_LETTERS + 1];
	struct visit v;

	TRY(sql_visit_one(w->db, on->on_id, w->arena, &v));
	if (v.tech_id.is && v.tech_id.v == w->actor.id)
		return OK;
	id_write(id, letters);
	TRY(sql_log_picture(w->db, v.id, w->actor.id, VERB_PHOTO, VERB_SIGNED, str_of(letters), w->arena, &said));
	if (said == NULL)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	if (said->answer != SYNC_APPLIED)
		*on = (struct file_new){RECORD_PROPERTY, v.property_id, on->name};
	return OK;
}

enum err
act_photo_piece(struct work *w, uint64_t id, const struct photo_piece *in, struct str bytes, struct photo_here *out)
{
	const struct photo_new photo = {id, in->visit_id, in->name};
	struct file_new on = {RECORD_VISIT, in->visit_id, in->name};
	struct file_row row;
	struct str whole;
	enum err e;

	*out = (struct photo_here){in->size, true};
	TRY(photo_there(w, id, &on, &out->whole, &row));
	if (out->whole)
		return OK;
	if (in->at > in->size || bytes.n > in->size - in->at)
		return fail(&w->fault, E_INVALID, "at", "This piece is beyond the end of the photo.");
	if (bytes.n == 0)
		TRY(pieces_here(w, id, w->actor.id, &out->here));
	else if (bytes.n > PIECE_MOST || (bytes.n < PIECE_LEAST && in->at + bytes.n < in->size))
		return fail(&w->fault, E_INVALID, "file", "A piece has between %d and %d KiB.", PIECE_LEAST / 1024, PIECE_MOST / 1024);
	else
		TRY(pieces_add(w, id, w->actor.id, in->at, bytes, &out->here));
	if (out->here < in->size)
		return OK;
	TRY(pieces_read(w, id, w->actor.id, &whole));
	TRY(photo_sound(w, id, in, whole));
	e = act_photo_put(w, &photo, whole, &row);
	if (e == E_INVALID)
		pieces_drop(w, id, w->actor.id); /* no picture, and never will be */
	out->whole = e == OK;
	return e;
}

/* What is thrown away here, no rollback brings back: it would be refused again. */
static enum err
photo_sound(struct work *w, uint64_t id, const struct photo_piece *in, struct str whole)
{
	uint8_t digest[SHA256_BYTES];

	if (crypto_sha256(whole.p, whole.n, digest) != OK)
		return fail(&w->fault, E_AWAY, "file", "The file cannot be kept right now. Please try again in a moment.");
	if (whole.n == in->size && str_eq_nocase(str_hex(w->arena, digest, sizeof(digest)), in->digest))
		return OK;
	pieces_drop(w, id, w->actor.id);
	return fail(&w->fault, E_INVALID, "digest", "The photo has arrived damaged. Please send it again.");
}

enum err
act_photo_serve(struct work *w, uint64_t id, struct file_served *out)
{
	struct visit v;

	TRY(act_file_serve(w, id, true, out));
	if (out->row.on_kind != RECORD_VISIT)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	return own_visit(w, out->row.on_id, &v);
}

enum err
act_photo_asked(struct work *w, uint64_t customer_id, uint64_t visit_id, struct str bytes, struct file_row *out)
{
	const struct file_new on = {RECORD_VISIT, visit_id, STR("")};
	struct file_row *row;
	struct visit v;
	size_t n;

	TRY(sql_visit_one(w->db, visit_id, w->arena, &v));
	if (v.customer_id != customer_id || v.source != VISIT_OF_BOOKING || v.state != VISIT_SCHEDULED || v.tech_id.is)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	TRY(sql_files_of_record(w->db, RECORD_VISIT, visit_id, w->arena, &row, &n));
	if (n >= PHOTOS_ASKED)
		return fail(&w->fault, E_LIMIT, "file", "Five photos are enough for the company to see it.");
	return tell_file(w, work_id(w), &on, STR(""), bytes, out);
}

/* A technician's photos hang on visits of their own; others are not there for them. */
static enum err
own_visit(struct work *w, uint64_t id, struct visit *v)
{
	TRY(sql_visit_one(w->db, id, w->arena, v));
	if (!v->tech_id.is || v->tech_id.v != w->actor.id)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	return OK;
}

enum err
act_file_change(struct work *w, uint64_t id, const struct file_change *in, struct file_row *out)
{
	struct file_row was;

	TRY(sql_file_one(w->db, id, w->arena, &was));
	TRY(sql_file_change(w->db, id, in->name, in->version));
	const struct record on = {.customer_id = was.customer_id, .kind = RECORD_FILE, .id = id};
	const struct field_change c[] = {{"name", was.name, in->name, CHANGE_PLAIN}};
	TRY(tell_change(w, &on, c, 1, NULL));
	return sql_file_one(w->db, id, w->arena, out);
}

enum err
act_file_archive(struct work *w, uint64_t id, uint32_t version, struct file_row *out)
{
	TRY(sql_file_one(w->db, id, w->arena, out));
	if (out->archived_at.is)
		return OK;
	TRY(sql_file_archive(w->db, id, (struct maybe_i64){true, w->now}, version));
	TRY(tell_file_said(w, out, EVENT_FILE_DROPPED));
	return sql_file_one(w->db, id, w->arena, out);
}

enum err
act_file_restore(struct work *w, uint64_t id, struct file_row *out)
{
	TRY(sql_file_one(w->db, id, w->arena, out));
	if (!out->archived_at.is)
		return OK;
	TRY(sql_file_archive(w->db, id, (struct maybe_i64){0}, out->version));
	TRY(tell_file_said(w, out, EVENT_FILE_RESTORED));
	return sql_file_one(w->db, id, w->arena, out);
}

enum err
act_file_one(struct work *w, uint64_t id, struct file_row *out)
{
	return sql_file_one(w->db, id, w->arena, out);
}

enum err
act_files_of_customer(struct work *w, uint64_t customer_id, const struct files_query *q, struct files_page *out)
{
	struct customer_row owner;
	struct files_page page = {0};

	TRY(sql_customer_one(w->db, customer_id, w->arena, &owner));
	TRY(sql_files_of_customer(w->db, customer_id, q->before.is ? q->before.v : 0, q->archived, w->arena, &page.rows,
	    &page.rows_n));
	if (page.rows_n > FILES_PAGE) {
		page.rows_n = FILES_PAGE;
		page.next = (struct maybe_u64){true, page.rows[FILES_PAGE - 1].id};
	}
	*out = page;
	return OK;
}

enum err
act_files_of_record(struct work *w, enum record_kind kind, uint64_t id, struct files_page *out)
{
	struct event owner = {0};

	TRY(tell_owner(w, kind, id, &owner));
	*out = (struct files_page){0};
	return sql_files_of_record(w->db, kind, id, w->arena, &out->rows, &out->rows_n);
}

enum err
act_file_serve(struct work *w, uint64_t id, bool small, struct file_served *out)
{
	struct file_row row;
	bool paper;

	TRY(sql_file_one(w->db, id, w->arena, &row));
	paper = str_eq(row.type, str_of(file_mime(FILE_PDF)));
	const bool sound = str_eq(row.type, STR(FILE_SOUND));
	if (row.state != FILE_READY || ((paper || sound) && small))
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	out->row = row;
	out->path = str_printf(w->arena, "%s/%.*s", w->tenant->schema,
	    STR_ARG(file_name(w->arena, id, paper ? FILE_ENDING_PAPER : sound ? FILE_ENDING_SOUND : small ? FILE_ENDING_SMALL : FILE_ENDING_PHOTO)));
	return OK;
}

enum err
act_photo_settle(struct work *w, uint64_t id, bool ready, uint32_t bytes, uint32_t width, uint32_t height,
    const uint8_t digest[PROOF_HASH_BYTES])
{
	const struct maybe_str hex = {ready, ready ? str_hex(w->arena, digest, PROOF_HASH_BYTES) : STR("")};
	struct file_row row;
	uint64_t changed;

	TRY(sql_file_settle(w->db, id, FILE_RAW, ready ? FILE_READY : FILE_REFUSED, str_of(file_mime(FILE_JPEG)), bytes,
	    width, height, hex, &changed));
	if (changed == 0)
		return OK;
	TRY(sql_file_one(w->db, id, w->arena, &row));
	return row.on_kind == RECORD_VISIT ? tell_record(w, row.on_id) : OK;
}
