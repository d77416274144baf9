/*
 * fcgi/api/office/board.c -- the dispatch board.
 */
#include "fcgi/acts/board.h"
#include "fcgi/acts/tell_roads.h"
#include "fcgi/api/office/visits.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err board_get(struct work *w, const struct call *c);
static enum err heads_get(struct work *w, const struct call *c);
static enum err step_post(struct work *w, const struct call *c);
static enum err log_get(struct work *w, const struct call *c);
static enum err offers_get(struct work *w, const struct call *c);
static enum err take_post(struct work *w, const struct call *c);
static enum err put_post(struct work *w, const struct call *c);
static enum err fetch_post(struct work *w, const struct call *c);
static enum err place_post(struct work *w, const struct call *c);

#define MINUTE(s, m) FIELD_MAYBE_INT(s, m, 0, 1440)
#define SECOND(s, m) FIELD_INT(s, m, -864000000, 864000000)

static const struct field row_fields[] = {
	FIELD_ID(struct board_row, id),
	FIELD_MAYBE_ID(struct board_row, tech_id),
	FIELD_INT(struct board_row, seq, 0, VISIT_SEQ_MAX),
	FIELD_ENUM(struct board_row, state, visit_state_names),
	FIELD_ENUM(struct board_row, source, visit_source_names),
	FIELD_BOOL(struct board_row, repeats),
	MINUTE(struct board_row, from_minute),
	MINUTE(struct board_row, to_minute),
	FIELD_INT(struct board_row, minutes, 0, VISIT_MINUTES_MAX),
	FIELD_MAYBE_TIME(struct board_row, on_way_at),
	FIELD_MAYBE_TIME(struct board_row, started_at),
	FIELD_MAYBE_TIME(struct board_row, ended_at),
	FIELD_MAYBE_TIME(struct board_row, confirmed_at),
	FIELD_TEXT(struct board_row, flag, 0, 200),
	FIELD_TEXT(struct board_row, skip_reason, 0, 80),
	FIELD_LINES(struct board_row, note, 0, 1000),
	FIELD_TEXT(struct board_row, why_who, 0, 300),
	FIELD_TEXT(struct board_row, errand, 0, VISIT_FETCH_MAX),
	FIELD_INT(struct board_row, errand_minutes, 0, SUPPLY_MINUTES_MAX),
	FIELD_MAYBE_TIME(struct board_row, fetched_at),
	FIELD_INT(struct board_row, version, 1, INT32_MAX),
	FIELD_ID(struct board_row, customer_id),
	FIELD_TEXT(struct board_row, customer, 0, 120),
	FIELD_ID(struct board_row, property_id),
	FIELD_TEXT(struct board_row, street, 0, 160),
	FIELD_TEXT(struct board_row, city, 0, 80),
	FIELD_BOOL(struct board_row, dogs),
	FIELD_BOOL(struct board_row, gate),
	FIELD_ID(struct board_row, service_id),
	FIELD_TEXT(struct board_row, service, 0, 80),
	FIELD_BOOL(struct board_row, parts),
	FIELD_BOOL(struct board_row, first),
	FIELD_MAYBE_TIME(struct board_row, told_at),
	FIELD_END
};
static const struct shape row_shape = {"BoardVisit", sizeof(struct board_row), row_fields};

static const struct field time_fields[] = {
	SECOND(struct lane_time, begin_s),
	SECOND(struct lane_time, end_s),
	SECOND(struct lane_time, drive_s),
	SECOND(struct lane_time, late_s),
	SECOND(struct lane_time, fetch_s),
	SECOND(struct lane_time, fetch_drive_s),
	FIELD_END
};
static const struct shape time_shape = {"BoardTime", sizeof(struct lane_time), time_fields};

static const struct field stop_fields[] = {
	FIELD_SHAPE(struct board_stop, row, &row_shape),
	FIELD_SHAPE(struct board_stop, time, &time_shape),
	FIELD_BOOL(struct board_stop, delivered),
	FIELD_BOOL(struct board_stop, lost),
	FIELD_BOOL(struct board_stop, unpaid),
	FIELD_MAYBE_INT(struct board_stop, lat_e6, -90000000, 90000000),
	FIELD_MAYBE_INT(struct board_stop, lng_e6, -180000000, 180000000),
	FIELD_END
};
static const struct shape stop_shape = {"BoardStop", sizeof(struct board_stop), stop_fields};

static const struct field lane_fields[] = {
	FIELD_ID(struct board_lane, tech_id),
	FIELD_TEXT(struct board_lane, name, 0, 120),
	FIELD_INT(struct board_lane, colour, 0, 10),
	FIELD_TEXT(struct board_lane, vehicle, 0, 60),
	FIELD_BOOL(struct board_lane, said),
	FIELD_INT(struct board_lane, from_minute, 0, 1440),
	FIELD_INT(struct board_lane, to_minute, 0, 1440),
	FIELD_INT(struct board_lane, work_minutes, 0, 1440),
	FIELD_TEXT(struct board_lane, off, 0, 80),
	FIELD_INT(struct board_lane, version, 0, INT32_MAX),
	FIELD_INT(struct board_lane, seen_version, 0, INT32_MAX),
	FIELD_MAYBE_TIME(struct board_lane, seen_at),
	SECOND(struct board_lane, ends_s),
	FIELD_MAYBE_INT(struct board_lane, lat_e6, -90000000, 90000000),
	FIELD_MAYBE_INT(struct board_lane, lng_e6, -180000000, 180000000),
	FIELD_END
};
static const struct shape lane_shape = {"BoardLane", sizeof(struct board_lane), lane_fields};

static const struct field board_fields[] = {
	FIELD_DAY(struct board, day),
	FIELD_DAY(struct board, today),
	FIELD_LIST(struct board, lanes, lanes_n, &lane_shape, BOARD_TECHS_MAX),
	FIELD_LIST(struct board, stops, stops_n, &stop_shape, BOARD_STOPS_MAX),
	FIELD_INT(struct board, nobody_version, 0, INT32_MAX),
	FIELD_INT(struct board, alerts, 0, INT32_MAX),
	FIELD_MAYBE_INT(struct board, supply_lat_e6, -90000000, 90000000),
	FIELD_MAYBE_INT(struct board, supply_lng_e6, -180000000, 180000000),
	FIELD_END
};
static const struct shape board_shape = {"Board", sizeof(struct board), board_fields};

static const struct field board_query_fields[] = {
	FIELD_DAY(struct board_query, day),
	FIELD_MAYBE_ID(struct board_query, tech),
	FIELD_MAYBE_BOOL(struct board_query, nobody),
	FIELD_END
};
static const struct shape board_query_shape = {"BoardQuery", sizeof(struct board_query), board_query_fields};

static const struct field head_fields[] = {
	FIELD_MAYBE_ID(struct board_head, tech_id),
	FIELD_INT(struct board_head, version, 0, INT32_MAX),
	FIELD_INT(struct board_head, seen_version, 0, INT32_MAX),
	FIELD_END
};
static const struct shape head_shape = {"BoardHead", sizeof(struct board_head), head_fields};
static const struct field heads_fields[] = {
	FIELD_LIST(struct board_heads, rows, rows_n, &head_shape, BOARD_TECHS_MAX + 1),
	FIELD_INT(struct board_heads, alerts, 0, INT32_MAX),
	FIELD_END
};
static const struct shape heads_shape = {"BoardHeads", sizeof(struct board_heads), heads_fields};

static const struct field step_fields[] = {
	FIELD_ENUM(struct step_in, verb, verb_names),
	FIELD_MAYBE_TEXT(struct step_in, reason, 1, 80),
	FIELD_MAYBE_TIME(struct step_in, started_at),
	FIELD_MAYBE_TIME(struct step_in, ended_at),
	FIELD_INT(struct step_in, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape step_shape = {"VisitStep", sizeof(struct step_in), step_fields};

static const struct field log_row_fields[] = {
	FIELD_ID(struct log_row, id),
	FIELD_ENUM(struct log_row, verb, verb_names),
	FIELD_INT(struct log_row, skew_s, INT32_MIN, INT32_MAX),
	FIELD_TEXT(struct log_row, problem, 0, 300),
	FIELD_END
};
static const struct shape log_row_shape = {"LogRow", sizeof(struct log_row), log_row_fields};
static const struct field log_line_fields[] = {
	FIELD_SHAPE(struct log_line, row, &log_row_shape),
	FIELD_TIME(struct log_line, at),
	FIELD_TEXT(struct log_line, who, 0, 120),
	FIELD_SHAPE(struct log_line, body, &verb_body_shape),
	FIELD_TEXT(struct log_line, said, 0, 300),
	FIELD_END
};
static const struct shape log_line_shape = {"LogLine", sizeof(struct log_line), log_line_fields};
static const struct field log_page_fields[] = {
	FIELD_LIST(struct log_page, rows, rows_n, &log_line_shape, LOG_LINES_MAX), FIELD_END};
static const struct shape log_page_shape = {"LogPage", sizeof(struct log_page), log_page_fields};

static const struct field lane_offer_fields[] = {
	FIELD_INT(struct lane_offer, position, 0, LANE_STOPS_MAX),
	SECOND(struct lane_offer, drive_s),
	SECOND(struct lane_offer, begin_s),
	SECOND(struct lane_offer, ends_s),
	SECOND(struct lane_offer, late_s),
	FIELD_MAYBE_ID(struct lane_offer, late_id),
	FIELD_INT(struct lane_offer, metres, -100000000, 100000000),
	SECOND(struct lane_offer, overtime_s),
	FIELD_END
};
static const struct shape lane_offer_shape = {"LaneOffer", sizeof(struct lane_offer), lane_offer_fields};
static const struct field offer_fields[] = {
	FIELD_ID(struct board_offer, tech_id),
	FIELD_TEXT(struct board_offer, tech, 0, 120),
	FIELD_INT(struct board_offer, colour, 0, 10),
	FIELD_BOOL(struct board_offer, usual),
	FIELD_BOOL(struct board_offer, lighter),
	FIELD_BOOL(struct board_offer, other),
	FIELD_TEXT(struct board_offer, late, 0, 120),
	FIELD_TEXT(struct board_offer, lacks, 0, VISIT_FETCH_MAX),
	FIELD_INT(struct board_offer, stops, 0, LANE_STOPS_MAX),
	FIELD_INT(struct board_offer, work_minutes, 0, 1440),
	FIELD_INT(struct board_offer, planned_minutes, 0, INT32_MAX),
	FIELD_SHAPE(struct board_offer, at, &lane_offer_shape),
	FIELD_END
};
static const struct shape offer_shape = {"BoardOffer", sizeof(struct board_offer), offer_fields};
static const struct field refusal_fields[] = {
	FIELD_ID(struct board_refusal, tech_id),
	FIELD_TEXT(struct board_refusal, tech, 0, 120),
	FIELD_TEXT(struct board_refusal, why, 0, 600),
	FIELD_END
};
static const struct shape refusal_shape = {"BoardRefusal", sizeof(struct board_refusal), refusal_fields};
static const struct field offers_fields[] = {
	FIELD_LIST(struct board_offers, rows, rows_n, &offer_shape, BOARD_OFFERS),
	FIELD_LIST(struct board_offers, refused, refused_n, &refusal_shape, BOARD_TECHS_MAX),
	FIELD_END
};
static const struct shape offers_shape = {"BoardOffers", sizeof(struct board_offers), offers_fields};

static const struct field take_fields[] = {
	FIELD_MAYBE_ID(struct take_in, tech_id), FIELD_INT(struct take_in, version, 1, INT32_MAX), FIELD_END};
static const struct shape take_shape = {"OfferTake", sizeof(struct take_in), take_fields};

static const struct field put_fields[] = {
	FIELD_DAY(struct put_in, day),
	FIELD_MAYBE_ID(struct put_in, tech_id),
	FIELD_MAYBE_ID(struct put_in, before_id),
	FIELD_MAYBE_BOOL(struct put_in, anyway),
	FIELD_INT(struct put_in, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape put_shape = {"VisitPut", sizeof(struct put_in), put_fields};

static const struct field fetch_fields[] = {FIELD_TEXT(struct fetch_in, text, 0, VISIT_FETCH_MAX),
	FIELD_MAYBE_INT(struct fetch_in, minutes, 5, SUPPLY_MINUTES_MAX), FIELD_INT(struct fetch_in, version, 1, INT32_MAX), FIELD_END};
static const struct shape fetch_shape = {"VisitFetch", sizeof(struct fetch_in), fetch_fields};

static const struct field place_fields[] = {FIELD_DAY(struct place_in, day), FIELD_END};
static const struct shape place_shape = {"PlaceAll", sizeof(struct place_in), place_fields};
static const struct field placed_fields[] = {
	FIELD_INT(struct placed, placed, 0, INT32_MAX), FIELD_INT(struct placed, left, 0, INT32_MAX), FIELD_END};
static const struct shape placed_shape = {"Placed", sizeof(struct placed), placed_fields};

#define STORY .story = "board.test.mjs"
const struct endpoint office_board[] = {
	{GET, "/board", .may = MAY(MAY_SEE_BOARD), .query = &board_query_shape, .out = &board_shape, .run = board_get,
	    .help = "A day as it runs: technicians, their stops with expected and real times, what is nobody's.", STORY},
	{GET, "/board-heads", .may = MAY(MAY_SEE_BOARD), .query = &board_query_shape, .out = &heads_shape,
	    .run = heads_get, .help = "The version of each technician's day: what changed is asked for again.", STORY},
	{POST, "/visits/:id/steps", .may = MAY(MAY_DISPATCH), .body = &step_shape, .out = &visit_line_shape,
	    .run = step_post, .help = "Say what became of a visit: done, no access, skipped, cancelled, opened again.", STORY},
	{GET, "/visits/:id/log", .may = MAY(MAY_SEE_BOARD), .out = &log_page_shape, .run = log_get,
	    .help = "Every step of a visit: by whom, when by their clock, and what became of it.", STORY},
	{GET, "/visits/:id/offers", .may = MAY(MAY_DISPATCH), .out = &offers_shape, .run = offers_get,
	    .help = "The best three places for a visit on its day, and why not the others.", STORY},
	{POST, "/visits/:id/takings", .may = MAY(MAY_DISPATCH), .body = &take_shape, .out = &visit_line_shape,
	    .run = take_post, .help = "Give a visit to somebody who was offered, or to the best.", STORY},
	{POST, "/visits/:id/places", .may = MAY(MAY_DISPATCH), .body = &put_shape, .out = &visit_line_shape,
	    .run = put_post, .help = "Put a visit on a day, to somebody, before one of their stops.", STORY},
	{POST, "/visits/:id/errands", .may = MAY(MAY_DISPATCH), .body = &fetch_shape, .out = &visit_line_shape,
	    .run = fetch_post, .help = "A stop at the supply house before this one: what is fetched there; nothing: no such stop.",
	    .story = "parts.test.mjs"},
	{POST, "/placements", .may = MAY(MAY_DISPATCH), .body = &place_shape, .out = &placed_shape, .run = place_post,
	    .help = "Give everything that is nobody's on a day to the best.", STORY},
	{0}
};

static enum err
board_get(struct work *w, const struct call *c)
{
	struct board out;

	TRY(act_board(w, c->query, &out));
	return reply_shape(c, &board_shape, &out);
}

static enum err
heads_get(struct work *w, const struct call *c)
{
	const struct board_query *q = c->query;
	struct board_heads out;

	TRY(act_board_heads(w, q->day, &out));
	return reply_shape(c, &heads_shape, &out);
}

static enum err
step_post(struct work *w, const struct call *c)
{
	struct visit_line out;

	TRY(act_board_step(w, c->id, c->body, &out));
	return reply_created(c, &visit_line_shape, &out);
}

static enum err
log_get(struct work *w, const struct call *c)
{
	struct log_page out;

	TRY(act_visit_log(w, c->id, &out));
	return reply_shape(c, &log_page_shape, &out);
}

static enum err
offers_get(struct work *w, const struct call *c)
{
	struct board_offers out;

	TRY(act_board_offers(w, c->id, &out));
	return reply_shape(c, &offers_shape, &out);
}

static enum err
take_post(struct work *w, const struct call *c)
{
	struct visit_line out;

	TRY(act_board_take(w, c->id, c->body, &out));
	return reply_created(c, &visit_line_shape, &out);
}

static enum err
put_post(struct work *w, const struct call *c)
{
	struct visit_line out;

	TRY(act_board_put(w, c->id, c->body, &out));
	return reply_created(c, &visit_line_shape, &out);
}

static enum err
fetch_post(struct work *w, const struct call *c)
{
	struct visit_line out;

	TRY(act_board_fetch(w, c->id, c->body, &out));
	return reply_created(c, &visit_line_shape, &out);
}

static enum err
place_post(struct work *w, const struct call *c)
{
	const struct place_in *in = c->body;
	struct placed out;

	TRY(act_board_place(w, in->day, &out));
	return reply_created(c, &placed_shape, &out);
}
