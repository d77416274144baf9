/*
 * fcgi/api/office/shifts.c -- mass shifts.
 */
#include "fcgi/acts/shifts.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err shift_make(struct work *w, const struct call *c);
static enum err shift_undo(struct work *w, const struct call *c);

static const struct field shift_wish_fields[] = {
	FIELD_DAY(struct shift_wish, from_day),
	FIELD_DAY(struct shift_wish, to_day),
	FIELD_MAYBE_ID(struct shift_wish, tech_id),
	FIELD_INT(struct shift_wish, by_days, -SHIFT_BY_MAX, SHIFT_BY_MAX),
	FIELD_MAYBE_ID(struct shift_wish, to_tech_id),
	FIELD_MAYBE_BOOL(struct shift_wish, anyway),
	FIELD_BOOL(struct shift_wish, dry),
	FIELD_END
};
static const struct shape shift_wish_shape = {"ShiftWish", sizeof(struct shift_wish), shift_wish_fields};

static const struct field shift_visit_fields[] = {
	FIELD_ID(struct shift_visit, visit_id),
	FIELD_ID(struct shift_visit, customer_id),
	FIELD_DAY(struct shift_visit, day),
	FIELD_DAY(struct shift_visit, to_day),
	FIELD_MAYBE_ID(struct shift_visit, tech_id),
	FIELD_MAYBE_ID(struct shift_visit, to_tech_id),
	FIELD_BOOL(struct shift_visit, moves),
	FIELD_TEXT(struct shift_visit, problem, 0, 500),
	FIELD_END
};
static const struct shape shift_visit_shape = {"ShiftVisit", sizeof(struct shift_visit), shift_visit_fields};

static const struct field shift_load_fields[] = {
	FIELD_DAY(struct shift_load, day),
	FIELD_MAYBE_ID(struct shift_load, tech_id),
	FIELD_INT(struct shift_load, visits_before, 0, INT32_MAX),
	FIELD_INT(struct shift_load, visits_after, 0, INT32_MAX),
	FIELD_INT(struct shift_load, minutes_before, 0, INT32_MAX),
	FIELD_INT(struct shift_load, minutes_after, 0, INT32_MAX),
	FIELD_END
};
static const struct shape shift_load_shape = {"ShiftLoad", sizeof(struct shift_load), shift_load_fields};

static const struct field shift_fields[] = {
	FIELD_MAYBE_ID(struct shift, batch_id),
	FIELD_INT(struct shift, moved, 0, SHIFT_MAX),
	FIELD_INT(struct shift, stayed, 0, SHIFT_MAX),
	FIELD_LIST(struct shift, rows, rows_n, &shift_visit_shape, SHIFT_MAX),
	FIELD_LIST(struct shift, loads, loads_n, &shift_load_shape, SHIFT_LOADS_MAX),
	FIELD_END
};
static const struct shape shift_shape = {"Shift", sizeof(struct shift), shift_fields};

static const struct field shift_undo_fields[] = {
	FIELD_INT(struct shift_undo, undone, 0, SHIFT_MAX),
	FIELD_INT(struct shift_undo, left, 0, SHIFT_MAX),
	FIELD_END
};
static const struct shape shift_undo_shape = {"ShiftUndo", sizeof(struct shift_undo), shift_undo_fields};

const struct endpoint office_shifts[] = {
	{POST, "/shifts", .may = MAY(MAY_DISPATCH), .body = &shift_wish_shape, .out = &shift_shape, .run = shift_make,
	    .help = "Move all visits of some days to other days or somebody else; dry: only look.",
	    .story = "schedule.test.mjs"},
	{DELETE, "/shifts/:id", .may = MAY(MAY_DISPATCH), .out = &shift_undo_shape, .run = shift_undo,
	    .help = "Undo a mass shift; what was changed since stays.", .story = "schedule.test.mjs"},
	{0}
};

static enum err
shift_make(struct work *w, const struct call *c)
{
	struct shift out;

	TRY(act_shift(w, c->body, &out));
	return reply_created(c, &shift_shape, &out);
}

static enum err
shift_undo(struct work *w, const struct call *c)
{
	struct shift_undo out;

	TRY(act_shift_undo(w, c->id, &out));
	return reply_shape(c, &shift_undo_shape, &out);
}
