/*
 * fcgi/api/office/replans.c -- a day that runs late, planned anew.
 */
#include "fcgi/acts/replans.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

#define LANES_MAX 40
#define MOVES_MAX RESCUE_STOPS_MAX

static enum err offer_get(struct work *w, const struct call *c);
static enum err take_post(struct work *w, const struct call *c);

#define SECOND(s, m) FIELD_INT(s, m, -864000000, 864000000)
static const struct field stop_fields[] = {FIELD_ID(struct replan_stop, id), FIELD_END};
static const struct shape stop_shape = {"ReplanStop", sizeof(struct replan_stop), stop_fields};
static const struct field lane_fields[] = {FIELD_ID(struct replan_lane, tech_id),
	FIELD_INT(struct replan_lane, version, 0, INT32_MAX),
	FIELD_LIST(struct replan_lane, stops, stops_n, &stop_shape, LANE_STOPS_MAX), FIELD_END};
static const struct shape lane_shape = {"ReplanLane", sizeof(struct replan_lane), lane_fields};
static const struct field replan_fields[] = {
	FIELD_DAY(struct replan, day), FIELD_LIST(struct replan, lanes, lanes_n, &lane_shape, LANES_MAX),
	FIELD_MAYBE_BOOL(struct replan, tell), FIELD_END};
static const struct shape replan_shape = {"Replan", sizeof(struct replan), replan_fields};
static const struct field move_fields[] = {FIELD_ID(struct replan_move, id), FIELD_TEXT(struct replan_move, customer, 0, 120),
	FIELD_TEXT(struct replan_move, from, 0, 120), FIELD_TEXT(struct replan_move, to, 0, 120),
	SECOND(struct replan_move, was_s), SECOND(struct replan_move, begin_s),
	FIELD_MAYBE_INT(struct replan_move, to_minute, 0, 1440), FIELD_END};
static const struct shape move_shape = {"ReplanMove", sizeof(struct replan_move), move_fields};
static const struct field offer_fields[] = {FIELD_SHAPE(struct replan_offer, plan, &replan_shape),
	FIELD_LIST(struct replan_offer, moves, moves_n, &move_shape, MOVES_MAX), SECOND(struct replan_offer, late_s),
	SECOND(struct replan_offer, then_late_s), FIELD_END};
static const struct shape offer_shape = {"ReplanOffer", sizeof(struct replan_offer), offer_fields};
static const struct field query_fields[] = {FIELD_DAY(struct replan_query, day), FIELD_END};
static const struct shape query_shape = {"ReplanQuery", sizeof(struct replan_query), query_fields};

const struct endpoint office_replans[] = {
	{GET, "/replans", .may = MAY(MAY_DISPATCH), .query = &query_shape, .out = &offer_shape, .run = offer_get,
	    .help = "The rest of a day that runs late, so that fewer windows are missed.", .story = "replans.test.mjs"},
	{POST, "/replans", .may = MAY(MAY_DISPATCH), .body = &replan_shape, .out = &replan_shape, .run = take_post,
	    .help = "Take such a plan, or take it back: the answer is what undoes it.", .story = "replans.test.mjs"},
	{0}
};

static enum err
offer_get(struct work *w, const struct call *c)
{
	const struct replan_query *q = c->query;
	struct replan_offer out;

	TRY(act_replan_offer(w, q->day, &out));
	return reply_shape(c, &offer_shape, &out);
}

static enum err
take_post(struct work *w, const struct call *c)
{
	struct replan back;

	TRY(act_replan_take(w, c->body, &back));
	return reply_created(c, &replan_shape, &back);
}
