/*
 * fcgi/api/office/notes.c -- notes: for technicians apart from those for the office.
 */
#include "fcgi/acts/notes.h"
#include "fcgi/api/office/record.h"

static enum err note_write(struct work *w, const struct call *c);
static enum err note_put(struct work *w, const struct call *c);
static enum err note_drop(struct work *w, const struct call *c);

static const struct field note_new_fields[] = {
	FIELD_ENUM(struct note_new, on_kind, record_kind_names),
	FIELD_ID(struct note_new, on_id),
	FIELD_ENUM(struct note_new, audience, audience_names),
	FIELD_LINES(struct note_new, body, 1, NOTE_MAX),
	FIELD_BOOL(struct note_new, pinned),
	FIELD_END
};
static const struct shape note_new_shape = {"NoteNew", sizeof(struct note_new), note_new_fields};
static const struct field note_change_fields[] = {
	FIELD_ENUM(struct note_change, audience, audience_names),
	FIELD_LINES(struct note_change, body, 1, NOTE_MAX),
	FIELD_BOOL(struct note_change, pinned),
	FIELD_INT(struct note_change, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape note_change_shape = {"NoteChange", sizeof(struct note_change), note_change_fields};

const struct endpoint office_notes[] = {
	{POST, "/notes", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &note_new_shape, .out = &saved_shape,
	    .run = note_write, .help = "Write a note on a customer, a place, a pool or equipment.", .story = "customers.test.mjs"},
	{PUT, "/notes/:id", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &note_change_shape, .out = &saved_shape,
	    .run = note_put, .help = "Change a note.", .story = "customers.test.mjs"},
	{DELETE, "/notes/:id", .may = MAY(MAY_EDIT_CUSTOMERS), .out = &saved_shape, .run = note_drop,
	    .help = "Throw a note away; the log of changes keeps it.", .story = "customers.test.mjs"},
	{0}
};

static enum err
note_write(struct work *w, const struct call *c)
{
	uint64_t id, customer_id;

	TRY(act_note_write(w, c->body, &id, &customer_id));
	return reply_made(w, c, id, customer_id);
}

static enum err
note_put(struct work *w, const struct call *c)
{
	uint64_t customer_id;

	TRY(act_note_change(w, c->id, c->body, &customer_id));
	return reply_saved(w, c, c->id, customer_id);
}

static enum err
note_drop(struct work *w, const struct call *c)
{
	uint64_t customer_id;

	TRY(act_note_drop(w, c->id, &customer_id));
	return reply_saved(w, c, c->id, customer_id);
}
