/*
 * fcgi/api/tech/sync.c -- the technician's phone: its day, what it sends, the codes of its stops.
 */
#include "fcgi/acts/sync.h"
#include "fcgi/acts/today.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static struct str tag_of(struct work *w, const struct day_state *is);
static enum err day_get(struct work *w, const struct call *c);
static enum err sync_post(struct work *w, const struct call *c);
static enum err receipt_post(struct work *w, const struct call *c);
static enum err codes_post(struct work *w, const struct call *c);

#define MINUTE(s, m) FIELD_MAYBE_INT(s, m, 0, 1440)
#define DAY_FORM 2 /* of the answer: whoever changes its shape counts on, so that no phone keeps the old one */
#define SYNC_BODY_MAX (1024 * 1024)

static const struct field stop_fields[] = {
	FIELD_ID(struct card_row, id),
	FIELD_INT(struct card_row, seq, 0, VISIT_SEQ_MAX),
	FIELD_ENUM(struct card_row, state, visit_state_names),
	MINUTE(struct card_row, from_minute),
	MINUTE(struct card_row, to_minute),
	FIELD_INT(struct card_row, minutes, 0, VISIT_MINUTES_MAX),
	FIELD_MAYBE_TIME(struct card_row, on_way_at),
	FIELD_MAYBE_TIME(struct card_row, started_at),
	FIELD_MAYBE_TIME(struct card_row, ended_at),
	FIELD_MAYBE_TIME(struct card_row, confirmed_at),
	FIELD_TEXT(struct card_row, flag, 0, 200),
	FIELD_TEXT(struct card_row, skip_reason, 0, 80),
	FIELD_LINES(struct card_row, note, 0, 1000),
	FIELD_MAYBE_TIME(struct card_row, fetched_at),
	FIELD_INT(struct card_row, visit_version, 0, INT32_MAX),
	FIELD_STORED(struct card_row, brief, &brief_shape),
	FIELD_STORED(struct card_row, progress, &progress_shape),
	FIELD_END
};
static const struct shape stop_shape = {"Stop", sizeof(struct card_row), stop_fields};

static const struct field clock_fields[] = {
	FIELD_ID(struct clock_row, id),
	FIELD_ENUM(struct clock_row, kind, clock_kind_names),
	FIELD_TIME(struct clock_row, from_at),
	FIELD_MAYBE_TIME(struct clock_row, to_at),
	FIELD_END
};
static const struct shape clock_shape = {"ClockSpan", sizeof(struct clock_row), clock_fields};

static const struct field day_fields[] = {
	FIELD_DAY(struct tech_day_out, day),
	FIELD_DAY(struct tech_day_out, today),
	FIELD_INT(struct tech_day_out, version, 0, INT32_MAX),
	FIELD_INT(struct tech_day_out, seen_version, 0, INT32_MAX),
	FIELD_LIST(struct tech_day_out, stops, stops_n, &stop_shape, DAY_STOPS_MAX),
	FIELD_LIST(struct tech_day_out, clock, clock_n, &clock_shape, CLOCK_ROWS_MAX),
	FIELD_END
};
static const struct shape day_shape = {"TechDay", sizeof(struct tech_day_out), day_fields};

static const struct field day_query_fields[] = {FIELD_MAYBE_DAY(struct day_query, day), FIELD_END};
static const struct shape day_query_shape = {"TechDayQuery", sizeof(struct day_query), day_query_fields};

static const struct field sync_verb_fields[] = {
	FIELD_ID(struct sync_verb, id),
	FIELD_INT(struct sync_verb, n, 1, INT32_MAX),
	FIELD_ENUM(struct sync_verb, verb, verb_names),
	FIELD_MAYBE_ID(struct sync_verb, visit_id),
	FIELD_TIME(struct sync_verb, at),
	FIELD_SHAPE(struct sync_verb, body, &verb_body_shape),
	FIELD_END
};
static const struct shape sync_verb_shape = {"SyncVerb", sizeof(struct sync_verb), sync_verb_fields};

static const struct field sync_in_fields[] = {
	FIELD_ID(struct sync_in, device_id),
	FIELD_TEXT(struct sync_in, device_name, 0, 120),
	FIELD_TIME(struct sync_in, now),
	FIELD_LIST(struct sync_in, verbs, verbs_n, &sync_verb_shape, SYNC_VERBS_MAX),
	FIELD_END
};
static const struct shape sync_in_shape = {"SyncIn", sizeof(struct sync_in), sync_in_fields};

static const struct field answered_fields[] = {
	FIELD_ID(struct sync_answered, id),
	FIELD_INT(struct sync_answered, n, 1, INT32_MAX),
	FIELD_ENUM(struct sync_answered, answer, sync_answer_names),
	FIELD_BOOL(struct sync_answered, again),
	FIELD_MAYBE_TEXT(struct sync_answered, field, 0, 80),
	FIELD_TEXT(struct sync_answered, problem, 0, 300),
	FIELD_LIST(struct sync_answered, stop, stop_n, &stop_shape, 1),
	FIELD_END
};
static const struct shape answered_shape = {"SyncAnswered", sizeof(struct sync_answered), answered_fields};

static const struct field sync_out_fields[] = {
	FIELD_TIME(struct sync_out, server_now),
	FIELD_INT(struct sync_out, last_n, 0, INT32_MAX),
	FIELD_LIST(struct sync_out, answers, answers_n, &answered_shape, SYNC_VERBS_MAX),
	FIELD_END
};
static const struct shape sync_out_shape = {"SyncOut", sizeof(struct sync_out), sync_out_fields};

static const struct field receipt_fields[] = {
	FIELD_DAY(struct receipt_in, day),
	FIELD_INT(struct receipt_in, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape receipt_shape = {"DayReceipt", sizeof(struct receipt_in), receipt_fields};

static const struct field codes_fields[] = {
	FIELD_ID(struct stop_codes, visit_id),
	FIELD_MAYBE_TEXT(struct stop_codes, gate, 0, 200),
	FIELD_MAYBE_TEXT(struct stop_codes, lockbox, 0, 200),
	FIELD_MAYBE_TEXT(struct stop_codes, alarm, 0, 200),
	FIELD_MAYBE_TEXT(struct stop_codes, note, 0, 2000),
	FIELD_MAYBE_TIME(struct stop_codes, changed_at),
	FIELD_END
};
static const struct shape codes_shape = {"StopCodes", sizeof(struct stop_codes), codes_fields};

const struct endpoint tech_sync[] = {
	{GET, "/today", .may = MAY(MAY_WORK_STOPS), .loose = true, .query = &day_query_shape, .out = &day_shape, .run = day_get,
	    .help = "The own stops of a day with all that one must know of them; today if no day is named.",
	    .story = "sync.test.mjs"},
	{POST, "/sync", .may = MAY(MAY_WORK_STOPS), .body = &sync_in_shape, .out = &sync_out_shape,
	    .steps = true, .body_max = SYNC_BODY_MAX, .run = sync_post,
	    .help = "What a phone kept, in order; each verb is done once and answered.", .story = "sync.test.mjs"},
	{POST, "/receipts", .may = MAY(MAY_WORK_STOPS), .body = &receipt_shape, .run = receipt_post,
	    .help = "The phone holds this version of the day: its briefs are delivered.", .story = "sync.test.mjs"},
	{POST, "/stops/:id/codes", .may = MAY(MAY_WORK_STOPS), .out = &codes_shape, .run = codes_post,
	    .help = "The codes of an own stop of today or tomorrow; who has them is written down.",
	    .story = "sync.test.mjs"},
	{0}
};

static enum err
day_get(struct work *w, const struct call *c)
{
	const struct day_query *q = c->query;
	struct tech_day_out out;
	struct day_state is;

	/* Of a phone that asked before, one key read says whether anything changed since. */
	if (c->request->if_none_match.n > 0) {
		TRY(act_day_state(w, q->day, &is));
		if (is.version > 0 && reply_same(c, tag_of(w, &is)))
			return OK;
	}
	TRY(act_day(w, q->day, &out));
	is = (struct day_state){out.day, out.today, out.version};
	return is.version > 0 ? reply_version(c, &day_shape, &out, tag_of(w, &is)) : reply_shape(c, &day_shape, &out);
}

static struct str
tag_of(struct work *w, const struct day_state *is)
{
	return str_printf(w->arena, "\"d%d.%d.%d.%u\"", DAY_FORM, is->day.n, is->today.n, is->version);
}

static enum err
sync_post(struct work *w, const struct call *c)
{
	struct sync_out out;

	TRY(act_sync(w, c->body, &out));
	return reply_created(c, &sync_out_shape, &out);
}

static enum err
receipt_post(struct work *w, const struct call *c)
{
	TRY(act_receipt(w, c->body));
	return reply_nothing(c);
}

static enum err
codes_post(struct work *w, const struct call *c)
{
	struct stop_codes out;

	TRY(act_stop_codes(w, c->id, &out));
	return reply_created(c, &codes_shape, &out);
}
