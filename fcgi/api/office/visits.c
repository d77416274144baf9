/*
 * fcgi/api/office/visits.c -- the calendar.
 */
#include "fcgi/api/office/visits.h"

#include "fcgi/acts/visits.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err visits_list(struct work *w, const struct call *c);
static enum err visits_of_agreement(struct work *w, const struct call *c);
static enum err visit_loads(struct work *w, const struct call *c);
static enum err visit_get(struct work *w, const struct call *c);
static enum err visit_make(struct work *w, const struct call *c);
static enum err visit_put(struct work *w, const struct call *c);
static enum err visit_moved(struct work *w, const struct call *c);
static enum err visit_skipped(struct work *w, const struct call *c);
static enum err visit_restored(struct work *w, const struct call *c);

#define MINUTE(s, m) FIELD_MAYBE_INT(s, m, 0, 1440)

static const struct field visit_line_fields[] = {
	FIELD_ID(struct visit_line, id),
	FIELD_DAY(struct visit_line, day),
	FIELD_MAYBE_ID(struct visit_line, tech_id),
	FIELD_INT(struct visit_line, seq, 0, VISIT_SEQ_MAX),
	MINUTE(struct visit_line, from_minute),
	MINUTE(struct visit_line, to_minute),
	FIELD_INT(struct visit_line, minutes, 0, VISIT_MINUTES_MAX),
	FIELD_ENUM(struct visit_line, state, visit_state_names),
	FIELD_ENUM(struct visit_line, source, visit_source_names),
	FIELD_BOOL(struct visit_line, by_hand),
	FIELD_MAYBE_ID(struct visit_line, agreement_id),
	FIELD_MAYBE_DAY(struct visit_line, occurs_day),
	FIELD_ID(struct visit_line, customer_id),
	FIELD_TEXT(struct visit_line, customer, 0, 120),
	FIELD_ID(struct visit_line, property_id),
	FIELD_TEXT(struct visit_line, street, 0, 160),
	FIELD_TEXT(struct visit_line, city, 0, 80),
	FIELD_ID(struct visit_line, service_id),
	FIELD_TEXT(struct visit_line, service, 0, 80),
	FIELD_TEXT(struct visit_line, skip_reason, 0, 80),
	FIELD_LINES(struct visit_line, note, 0, 1000),
	FIELD_TEXT(struct visit_line, why_who, 0, 300),
	FIELD_INT(struct visit_line, version, 1, INT32_MAX),
	FIELD_END
};
const struct shape visit_line_shape = {"VisitLine", sizeof(struct visit_line), visit_line_fields};

static const struct field visit_page_fields[] = {
	FIELD_LIST(struct visit_page, rows, rows_n, &visit_line_shape, VISITS_MAX), FIELD_END};
static const struct shape visit_page_shape = {"VisitPage", sizeof(struct visit_page), visit_page_fields};

static const struct field visit_load_fields[] = {
	FIELD_DAY(struct visit_load, day),
	FIELD_MAYBE_ID(struct visit_load, tech_id),
	FIELD_INT(struct visit_load, visits, 0, INT32_MAX),
	FIELD_INT(struct visit_load, minutes, 0, INT32_MAX),
	FIELD_INT(struct visit_load, done, 0, INT32_MAX),
	FIELD_END
};
static const struct shape visit_load_shape = {"VisitLoad", sizeof(struct visit_load), visit_load_fields};

static const struct field visit_load_page_fields[] = {
	FIELD_LIST(struct visit_load_page, rows, rows_n, &visit_load_shape, VISIT_LOADS_MAX), FIELD_END};
static const struct shape visit_load_page_shape = {"VisitLoadPage", sizeof(struct visit_load_page),
    visit_load_page_fields};

static const struct field visits_query_fields[] = {
	FIELD_DAY(struct visits_query, from),
	FIELD_DAY(struct visits_query, to),
	FIELD_MAYBE_ID(struct visits_query, tech),
	FIELD_END
};
static const struct shape visits_query_shape = {"VisitsQuery", sizeof(struct visits_query), visits_query_fields};

static const struct field visit_wish_fields[] = {
	FIELD_ID(struct visit_wish, property_id),
	FIELD_MAYBE_ID(struct visit_wish, pool_id),
	FIELD_ID(struct visit_wish, service_id),
	FIELD_DAY(struct visit_wish, day),
	FIELD_MAYBE_ID(struct visit_wish, tech_id),
	FIELD_MAYBE_INT(struct visit_wish, seq, 0, VISIT_SEQ_MAX),
	MINUTE(struct visit_wish, from_minute),
	MINUTE(struct visit_wish, to_minute),
	FIELD_MAYBE_INT(struct visit_wish, minutes, 1, VISIT_MINUTES_MAX),
	FIELD_LINES(struct visit_wish, note, 0, 1000),
	FIELD_MAYBE_BOOL(struct visit_wish, anyway),
	FIELD_MAYBE_BOOL(struct visit_wish, fetch),
	FIELD_END
};
const struct shape visit_wish_shape = {"VisitWish", sizeof(struct visit_wish), visit_wish_fields};

static const struct field visit_edit_fields[] = {
	MINUTE(struct visit_edit, from_minute),
	MINUTE(struct visit_edit, to_minute),
	FIELD_INT(struct visit_edit, minutes, 1, VISIT_MINUTES_MAX),
	FIELD_LINES(struct visit_edit, note, 0, 1000),
	FIELD_INT(struct visit_edit, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape visit_edit_shape = {"VisitEdit", sizeof(struct visit_edit), visit_edit_fields};

static const struct field visit_moving_fields[] = {
	FIELD_DAY(struct visit_moving, day),
	FIELD_MAYBE_ID(struct visit_moving, tech_id),
	FIELD_MAYBE_INT(struct visit_moving, seq, 0, VISIT_SEQ_MAX),
	FIELD_BOOL(struct visit_moving, for_good),
	FIELD_MAYBE_BOOL(struct visit_moving, anyway),
	FIELD_INT(struct visit_moving, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape visit_moving_shape = {"VisitMove", sizeof(struct visit_moving), visit_moving_fields};

static const struct field visit_skipping_fields[] = {
	FIELD_TEXT(struct visit_skipping, reason, 1, 80),
	FIELD_INT(struct visit_skipping, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape visit_skipping_shape = {"VisitSkip", sizeof(struct visit_skipping), visit_skipping_fields};

const struct endpoint office_visits[] = {
	{GET, "/visits", .may = MAY(MAY_SEE_BOARD), .query = &visits_query_shape, .out = &visit_page_shape,
	    .run = visits_list, .help = "All visits of some days, in the order of the plan.",
	    .story = "schedule.test.mjs"},
	{GET, "/visit-loads", .may = MAY(MAY_SEE_BOARD), .query = &visits_query_shape, .out = &visit_load_page_shape,
	    .run = visit_loads, .help = "How much there is on each day for each person.", .story = "schedule.test.mjs"},
	{GET, "/visits/:id", .may = MAY(MAY_SEE_BOARD), .out = &visit_line_shape, .run = visit_get,
	    .help = "One visit.", .story = "schedule.test.mjs"},
	{GET, "/agreements/:id/visits", .may = MAY(MAY_SEE_BOARD), .out = &visit_page_shape, .run = visits_of_agreement,
	    .help = "The visits of an agreement that are to come.", .story = "schedule.test.mjs"},
	{POST, "/visits", .may = MAY(MAY_DISPATCH), .body = &visit_wish_shape, .out = &visit_line_shape,
	    .run = visit_make, .help = "Plan one visit by hand.", .story = "schedule.test.mjs"},
	{PUT, "/visits/:id", .may = MAY(MAY_DISPATCH), .body = &visit_edit_shape, .out = &visit_line_shape,
	    .run = visit_put, .help = "Change the window, length or note of a visit.", .story = "schedule.test.mjs"},
	{POST, "/visits/:id/moves", .may = MAY(MAY_DISPATCH), .body = &visit_moving_shape, .out = &visit_line_shape,
	    .run = visit_moved, .help = "Move a visit to another day or person, once or for good.",
	    .story = "schedule.test.mjs"},
	{POST, "/visits/:id/skips", .may = MAY(MAY_DISPATCH), .body = &visit_skipping_shape, .out = &visit_line_shape,
	    .run = visit_skipped, .help = "Skip a visit, with the reason.", .story = "schedule.test.mjs"},
	{DELETE, "/visits/:id/skips", .may = MAY(MAY_DISPATCH), .out = &visit_line_shape, .run = visit_restored,
	    .help = "Do a skipped visit after all.", .story = "schedule.test.mjs"},
	{0}
};

static enum err
visits_list(struct work *w, const struct call *c)
{
	struct visit_page out;

	TRY(act_visits(w, c->query, &out));
	return reply_shape(c, &visit_page_shape, &out);
}

static enum err
visits_of_agreement(struct work *w, const struct call *c)
{
	struct visit_page out;

	TRY(act_visits_of_agreement(w, c->id, &out));
	return reply_shape(c, &visit_page_shape, &out);
}

static enum err
visit_loads(struct work *w, const struct call *c)
{
	struct visit_load_page out;

	TRY(act_visit_loads(w, c->query, &out));
	return reply_shape(c, &visit_load_page_shape, &out);
}

static enum err
visit_get(struct work *w, const struct call *c)
{
	struct visit_line out;

	TRY(act_visit_one(w, c->id, &out));
	return reply_shape(c, &visit_line_shape, &out);
}

static enum err
visit_make(struct work *w, const struct call *c)
{
	struct visit_line out;

	TRY(act_visit_make(w, c->body, VISIT_OF_OFFICE, &out));
	return reply_created(c, &visit_line_shape, &out);
}

static enum err
visit_put(struct work *w, const struct call *c)
{
	struct visit_line out;

	TRY(act_visit_edit(w, c->id, c->body, &out));
	return reply_shape(c, &visit_line_shape, &out);
}

static enum err
visit_moved(struct work *w, const struct call *c)
{
	struct visit_line out;

	TRY(act_visit_move(w, c->id, c->body, &out));
	return reply_created(c, &visit_line_shape, &out);
}

static enum err
visit_skipped(struct work *w, const struct call *c)
{
	struct visit_line out;

	TRY(act_visit_skip(w, c->id, c->body, &out));
	return reply_created(c, &visit_line_shape, &out);
}

static enum err
visit_restored(struct work *w, const struct call *c)
{
	struct visit_line out;

	TRY(act_visit_restore(w, c->id, &out));
	return reply_shape(c, &visit_line_shape, &out);
}
