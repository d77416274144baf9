/*
 * fcgi/api/office/merges.c -- who is perhaps one and the same, and making them one.
 */
#include "fcgi/acts/merges.h"
#include "fcgi/api/office/record.h"

static enum err duplicates(struct work *w, const struct call *c);
static enum err duplicates_take(struct work *w, const struct call *c);
static enum err apart(struct work *w, const struct call *c);
static enum err together(struct work *w, const struct call *c);
static enum err merge_make(struct work *w, const struct call *c);
static enum err merge_undo(struct work *w, const struct call *c);

static const struct field duplicate_fields[] = {
	FIELD_SHAPE(struct duplicate, a, &customer_line_shape),
	FIELD_SHAPE(struct duplicate, b, &customer_line_shape),
	FIELD_SET(struct duplicate, why, like_why_names),
	FIELD_END
};
static const struct shape duplicate_shape = {"Duplicate", sizeof(struct duplicate), duplicate_fields};
static const struct field duplicates_fields[] = {
	FIELD_LIST(struct duplicates, rows, rows_n, &duplicate_shape, DUPLICATES_SHOWN),
	FIELD_INT(struct duplicates, total, 0, INT32_MAX),
	FIELD_END
};
static const struct shape duplicates_shape = {"Duplicates", sizeof(struct duplicates), duplicates_fields};
/* What is taken away is all of them, not the page. */
static const struct field duplicates_all_fields[] = {
	FIELD_LIST(struct duplicates, rows, rows_n, &duplicate_shape, LIKE_PAIRS_MAX), FIELD_END};
static const struct shape duplicates_all_shape = {"DuplicatesAll", sizeof(struct duplicates), duplicates_all_fields};
static const struct columns duplicate_columns = {&duplicates_all_shape, "Name,Phone,Email,Street,City,Perhaps the same as,Phone,Email,Street,City,Alike in",
	"Nombre,Teléfono,Correo,Calle,Ciudad,Quizá igual a,Teléfono,Correo,Calle,Ciudad,Igual en", "a.name,a.phone,a.email,a.street,a.city,b.name,b.phone,b.email,b.street,b.city,why"};

static const struct field apart_wish_fields[] = {
	FIELD_ID(struct apart_wish, a),
	FIELD_ID(struct apart_wish, b),
	FIELD_END
};
static const struct shape apart_wish_shape = {"ApartWish", sizeof(struct apart_wish), apart_wish_fields};

static const struct field merge_wish_fields[] = {
	FIELD_ID(struct merge_wish, other_id),
	FIELD_BOOL(struct merge_wish, dry),
	FIELD_END
};
static const struct shape merge_wish_shape = {"MergeWish", sizeof(struct merge_wish), merge_wish_fields};

static const struct field merge_field_fields[] = {
	FIELD_TEXT(struct merge_field, field, 1, 40),
	FIELD_TEXT(struct merge_field, keep, 0, 300),
	FIELD_TEXT(struct merge_field, lose, 0, 300),
	FIELD_TEXT(struct merge_field, becomes, 0, 300),
	FIELD_END
};
static const struct shape merge_field_shape = {"MergeField", sizeof(struct merge_field), merge_field_fields};
static const struct field merge_move_fields[] = {
	FIELD_ENUM(struct merge_move, kind, record_kind_names),
	FIELD_INT(struct merge_move, number, 0, INT32_MAX),
	FIELD_INT(struct merge_move, same, 0, INT32_MAX),
	FIELD_END
};
static const struct shape merge_move_shape = {"MergeMove", sizeof(struct merge_move), merge_move_fields};

static const struct field merge_fields[] = {
	FIELD_MAYBE_ID(struct merge, batch_id),
	FIELD_ID(struct merge, keep_id),
	FIELD_ID(struct merge, lose_id),
	FIELD_TEXT(struct merge, keep_name, 1, 120),
	FIELD_TEXT(struct merge, lose_name, 1, 120),
	FIELD_LIST(struct merge, fields, fields_n, &merge_field_shape, MERGE_FIELDS_MAX),
	FIELD_LIST(struct merge, moves, moves_n, &merge_move_shape, MERGE_MOVES_MAX),
	FIELD_INT(struct merge, bills, 0, INT32_MAX),
	FIELD_INT(struct merge, payments, 0, INT32_MAX),
	FIELD_END
};
static const struct shape merge_shape = {"Merge", sizeof(struct merge), merge_fields};

static const struct field merge_undo_fields[] = {
	FIELD_ID(struct merge_undo, keep_id),
	FIELD_ID(struct merge_undo, lose_id),
	FIELD_INT(struct merge_undo, undone, 0, INT32_MAX),
	FIELD_INT(struct merge_undo, left, 0, INT32_MAX),
	FIELD_END
};
static const struct shape merge_undo_shape = {"MergeUndo", sizeof(struct merge_undo), merge_undo_fields};

const struct endpoint office_merges[] = {
	{GET, "/duplicates", .may = MAY(MAY_SEE_CUSTOMERS), .out = &duplicates_shape, .run = duplicates,
	    .help = "Customers who are perhaps one and the same, the most alike first.", .story = "merges.test.mjs"},
	{GET, "/duplicates.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_SEE_CUSTOMERS), .file = CSV_TYPE, .columns = &duplicate_columns, .run = duplicates_take,
	    .help = "All pairs of customers who are perhaps one and the same.", .story = "exports.test.mjs"},
	{POST, "/duplicates/apart", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &apart_wish_shape, .run = apart,
	    .help = "They are two: do not offer them again.", .story = "merges.test.mjs"},
	{POST, "/duplicates/together", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &apart_wish_shape, .run = together,
	    .help = "Offer them again.", .story = "merges.test.mjs"},
	{POST, "/customers/:id/merges", .may = MAY(MAY_EDIT_CUSTOMERS), .body = &merge_wish_shape, .out = &merge_shape,
	    .run = merge_make, .help = "Take another record in; dry: only look.", .story = "merges.test.mjs"},
	{DELETE, "/merges/:id", .may = MAY(MAY_EDIT_CUSTOMERS), .out = &merge_undo_shape, .run = merge_undo,
	    .help = "Take two merged records apart again.", .story = "merges.test.mjs"},
	{0}
};

static enum err
duplicates(struct work *w, const struct call *c)
{
	struct duplicates out;

	TRY(act_duplicates(w, DUPLICATES_SHOWN, &out));
	return reply_shape(c, &duplicates_shape, &out);
}

static enum err
duplicates_take(struct work *w, const struct call *c)
{
	struct duplicates out;

	TRY(act_duplicates(w, LIKE_PAIRS_MAX, &out));
	return reply_shape(c, &duplicates_all_shape, &out);
}

static enum err
apart(struct work *w, const struct call *c)
{
	TRY(act_apart(w, c->body, false));
	return reply_nothing(c);
}

static enum err
together(struct work *w, const struct call *c)
{
	TRY(act_apart(w, c->body, true));
	return reply_nothing(c);
}

static enum err
merge_make(struct work *w, const struct call *c)
{
	struct merge out;

	TRY(act_merge(w, c->id, c->body, &out));
	return reply_created(c, &merge_shape, &out);
}

static enum err
merge_undo(struct work *w, const struct call *c)
{
	struct merge_undo out;

	TRY(act_merge_undo(w, c->id, &out));
	return reply_shape(c, &merge_undo_shape, &out);
}
