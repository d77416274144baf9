/*
 * fcgi/api/office/routes.c -- route plans, places for somebody new, miles and fuel.
 */
#include "fcgi/acts/routes.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err plan_make(struct work *w, const struct call *c);
static enum err plan_get(struct work *w, const struct call *c);
static enum err plan_state(struct work *w, const struct call *c);
static enum err plans_list(struct work *w, const struct call *c);
static enum err plan_cancel(struct work *w, const struct call *c);
static enum err plan_enough(struct work *w, const struct call *c);
static enum err plan_refuse(struct work *w, const struct call *c);
static enum err plan_publish(struct work *w, const struct call *c);
static enum err plan_undo(struct work *w, const struct call *c);
static enum err offers_list(struct work *w, const struct call *c);
static enum err miles_list(struct work *w, const struct call *c);
static enum err settings_get(struct work *w, const struct call *c);
static enum err settings_put(struct work *w, const struct call *c);

#define AMOUNT(s, m) FIELD_INT(s, m, 0, INT64_C(1) << 50)
#define LATITUDE(s, m) FIELD_INT(s, m, -90000000, 90000000)
#define LONGITUDE(s, m) FIELD_INT(s, m, -180000000, 180000000)

static const struct field route_tech_fields[] = {
	FIELD_ID(struct route_tech, id),
	FIELD_TEXT(struct route_tech, name, 0, 120),
	FIELD_INT(struct route_tech, colour, 0, 10),
	FIELD_BOOL(struct route_tech, has_start),
	LATITUDE(struct route_tech, start_lat_e6),
	LONGITUDE(struct route_tech, start_lng_e6),
	FIELD_BOOL(struct route_tech, has_end),
	LATITUDE(struct route_tech, end_lat_e6),
	LONGITUDE(struct route_tech, end_lng_e6),
	FIELD_END
};
static const struct shape route_tech_shape = {"RouteTech", sizeof(struct route_tech), route_tech_fields};

static const struct field route_load_fields[] = {
	FIELD_ID(struct route_load, tech_id),
	FIELD_INT(struct route_load, day, 0, ROUNDS_DAYS_MAX),
	FIELD_INT(struct route_load, from_minute, 0, 1440),
	FIELD_INT(struct route_load, to_minute, 0, 1440),
	FIELD_INT(struct route_load, before_ends, 0, INT32_MAX),
	FIELD_INT(struct route_load, after_ends, 0, INT32_MAX),
	FIELD_MAYBE_INT(struct route_load, lunch, 0, INT32_MAX),
	FIELD_MAYBE_INT(struct route_load, supply, 0, INT32_MAX),
	FIELD_INT(struct route_load, supply_after, 0, ROUNDS_STOPS_MAX),
	FIELD_SHAPE(struct route_load, before, &route_figures_shape),
	FIELD_SHAPE(struct route_load, after, &route_figures_shape),
	FIELD_END
};
static const struct shape route_load_shape = {"RouteLoad", sizeof(struct route_load), route_load_fields};

static const struct field route_stop_out_fields[] = {
	FIELD_ENUM(struct route_stop, state, route_row_names),
	FIELD_ID(struct route_stop, record_id),
	FIELD_ID(struct route_stop, customer_id),
	FIELD_TEXT(struct route_stop, customer, 0, 120),
	FIELD_TEXT(struct route_stop, street, 0, 160),
	FIELD_TEXT(struct route_stop, city, 0, 80),
	LATITUDE(struct route_stop, lat_e6),
	LONGITUDE(struct route_stop, lng_e6),
	FIELD_INT(struct route_stop, minutes, 0, VISIT_MINUTES_MAX),
	FIELD_MAYBE_INT(struct route_stop, from_minute, 0, 1440),
	FIELD_MAYBE_INT(struct route_stop, to_minute, 0, 1440),
	FIELD_MAYBE_ID(struct route_stop, was_tech),
	FIELD_MAYBE_ID(struct route_stop, to_tech),
	FIELD_INT(struct route_stop, was_days, 0, 1 << ROUNDS_DAYS_MAX),
	FIELD_INT(struct route_stop, to_days, 0, 1 << ROUNDS_DAYS_MAX),
	FIELD_INT(struct route_stop, was_at, 0, ROUNDS_STOPS_MAX),
	FIELD_INT(struct route_stop, to_at, 0, ROUNDS_STOPS_MAX),
	FIELD_BOOL(struct route_stop, fixed),
	FIELD_BOOL(struct route_stop, locked),
	FIELD_BOOL(struct route_stop, estimated),
	FIELD_INT(struct route_stop, saves_s, -1000000, 1000000),
	FIELD_INT(struct route_stop, saves_m, -100000000, 100000000),
	FIELD_ENUM(struct route_stop, reason, round_reason_names),
	FIELD_TEXT(struct route_stop, near, 0, 120),
	FIELD_INT(struct route_stop, near_m, 0, INT32_MAX),
	FIELD_TEXT(struct route_stop, problem, 0, 300),
	FIELD_END
};
static const struct shape route_stop_out_shape = {"RouteStop", sizeof(struct route_stop), route_stop_out_fields};

static const struct field route_plan_fields[] = {
	FIELD_ID(struct route_plan, id),
	FIELD_ENUM(struct route_plan, state, route_state_names),
	FIELD_SHAPE(struct route_plan, wish, &route_wish_shape),
	FIELD_DAY(struct route_plan, monday),
	FIELD_INT(struct route_plan, days, 1, ROUNDS_DAYS_MAX),
	FIELD_INT(struct route_plan, share, 0, 1000),
	AMOUNT(struct route_plan, tries),
	AMOUNT(struct route_plan, start_s),
	AMOUNT(struct route_plan, best_s),
	FIELD_INT(struct route_plan, spent_ms, 0, INT32_MAX),
	FIELD_SHAPE(struct route_plan, before, &route_figures_shape),
	FIELD_SHAPE(struct route_plan, after, &route_figures_shape),
	FIELD_INT(struct route_plan, unplaced, 0, INT32_MAX),
	FIELD_INT(struct route_plan, outside, 0, INT32_MAX),
	FIELD_INT(struct route_plan, left_out, 0, INT32_MAX),
	FIELD_INT(struct route_plan, changed, 0, INT32_MAX),
	FIELD_INT(struct route_plan, failed, 0, INT32_MAX),
	FIELD_TEXT(struct route_plan, problem, 0, 500),
	FIELD_MAYBE_INT(struct route_plan, supply_lat_e6, -90000000, 90000000),
	FIELD_MAYBE_INT(struct route_plan, supply_lng_e6, -180000000, 180000000),
	FIELD_LIST(struct route_plan, techs, techs_n, &route_tech_shape, 1000),
	FIELD_LIST(struct route_plan, loads, loads_n, &route_load_shape, ROUNDS_TECHS_MAX * ROUNDS_DAYS_MAX),
	FIELD_LIST(struct route_plan, stops, stops_n, &route_stop_out_shape, ROUNDS_STOPS_MAX),
	FIELD_TIME(struct route_plan, made_at),
	FIELD_INT(struct route_plan, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape route_plan_shape = {"RoutePlan", sizeof(struct route_plan), route_plan_fields};

static const struct field route_plan_line_fields[] = {
	FIELD_ID(struct route_plan_line, id),
	FIELD_ENUM(struct route_plan_line, state, route_state_names),
	FIELD_ENUM(struct route_plan_line, kind, route_kind_names),
	FIELD_DAY(struct route_plan_line, from_day),
	FIELD_TIME(struct route_plan_line, made_at),
	FIELD_TEXT(struct route_plan_line, by, 0, 120),
	FIELD_INT(struct route_plan_line, changed, 0, INT32_MAX),
	FIELD_INT(struct route_plan_line, saves_s, -(INT64_C(1) << 50), INT64_C(1) << 50),
	FIELD_INT(struct route_plan_line, saves_m, -(INT64_C(1) << 50), INT64_C(1) << 50),
	FIELD_END
};
static const struct shape route_plan_line_shape = {"RoutePlanLine", sizeof(struct route_plan_line), route_plan_line_fields};

static const struct field route_plan_page_fields[] = {
	FIELD_LIST(struct route_plan_page, rows, rows_n, &route_plan_line_shape, ROUTE_PLANS_MAX), FIELD_END};
static const struct shape route_plan_page_shape = {"RoutePlanPage", sizeof(struct route_plan_page), route_plan_page_fields};
static const struct columns route_plan_columns = {&route_plan_page_shape, "Made,By,Kind,State,From,Changes,Saves @,Saves minutes",
	"Hecho,Por,Tipo,Estado,Desde,Cambios,Ahorra @,Ahorra minutos", "made_at,by,kind,state,from_day,changed,saves_m,saves_s"};

static const struct field route_refusals_fields[] = {
	FIELD_LIST(struct route_refusals, stops, stops_n, &route_ref_shape, ROUNDS_STOPS_MAX),
	FIELD_INT(struct route_refusals, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape route_refusals_shape = {"RouteRefusals", sizeof(struct route_refusals), route_refusals_fields};

static const struct field route_publishing_fields[] = {FIELD_INT(struct route_publishing, version, 1, INT32_MAX), FIELD_END};
static const struct shape route_publishing_shape = {"RoutePublishing", sizeof(struct route_publishing),
    route_publishing_fields};

static const struct field route_offers_query_fields[] = {
	FIELD_ID(struct route_offers_query, property_id),
	FIELD_MAYBE_ID(struct route_offers_query, service_id),
	FIELD_MAYBE_INT(struct route_offers_query, minutes, 1, VISIT_MINUTES_MAX),
	FIELD_DAY(struct route_offers_query, from_day),
	FIELD_INT(struct route_offers_query, weeks, 0, OFFER_WEEKS_MAX),
	FIELD_MAYBE_BOOL(struct route_offers_query, weekly),
	FIELD_MAYBE_INT(struct route_offers_query, from_minute, 0, 1440),
	FIELD_MAYBE_INT(struct route_offers_query, to_minute, 0, 1440),
	FIELD_END
};
static const struct shape route_offers_query_shape = {"RouteOffersQuery", sizeof(struct route_offers_query),
    route_offers_query_fields};

static const struct field route_offer_fields[] = {
	FIELD_DAY(struct route_offer, day),
	FIELD_ID(struct route_offer, tech_id),
	FIELD_TEXT(struct route_offer, tech, 0, 120),
	FIELD_INT(struct route_offer, colour, 0, 10),
	FIELD_INT(struct route_offer, times, 1, OFFER_WEEKS_MAX),
	FIELD_INT(struct route_offer, added_s, -1000000, 1000000),
	FIELD_INT(struct route_offer, added_m, -100000000, 100000000),
	FIELD_INT(struct route_offer, seq, 0, VISIT_SEQ_MAX),
	FIELD_INT(struct route_offer, begin_minute, 0, INT32_MAX),
	FIELD_INT(struct route_offer, ends_minute, 0, INT32_MAX),
	FIELD_INT(struct route_offer, shift_ends, 0, 1440),
	FIELD_INT(struct route_offer, stops, 0, INT32_MAX),
	FIELD_INT(struct route_offer, load_minutes, 0, INT32_MAX),
	FIELD_INT(struct route_offer, overtime_s, -1000000, 1000000),
	FIELD_INT(struct route_offer, late_s, -10000000, 10000000),
	FIELD_BOOL(struct route_offer, other_tech),
	FIELD_BOOL(struct route_offer, liked),
	FIELD_BOOL(struct route_offer, unliked),
	FIELD_INT(struct route_offer, lacks, 0, INT32_MAX),
	FIELD_BOOL(struct route_offer, fetches),
	FIELD_BOOL(struct route_offer, own_late),
	FIELD_TEXT(struct route_offer, late, 0, 120),
	FIELD_TEXT(struct route_offer, near, 0, 120),
	FIELD_INT(struct route_offer, near_m, 0, INT32_MAX),
	FIELD_BOOL(struct route_offer, estimated),
	FIELD_END
};
static const struct shape route_offer_shape = {"RouteOffer", sizeof(struct route_offer), route_offer_fields};

static const struct field route_offer_page_fields[] = {
	FIELD_LIST(struct route_offer_page, rows, rows_n, &route_offer_shape, OFFER_LINES_MAX),
	FIELD_INT(struct route_offer_page, looked, 0, INT32_MAX),
	FIELD_END
};
static const struct shape route_offer_page_shape = {"RouteOfferPage", sizeof(struct route_offer_page), route_offer_page_fields};

static const struct field route_miles_query_fields[] = {
	FIELD_DAY(struct route_miles_query, from), FIELD_DAY(struct route_miles_query, to), FIELD_END};
static const struct shape route_miles_query_shape = {"RouteMilesQuery", sizeof(struct route_miles_query),
    route_miles_query_fields};

static const struct field route_miles_fields[] = {
	FIELD_DAY(struct route_miles, day),
	FIELD_ID(struct route_miles, tech_id),
	FIELD_TEXT(struct route_miles, tech, 0, 120),
	FIELD_INT(struct route_miles, stops, 0, INT32_MAX),
	FIELD_INT(struct route_miles, done, 0, INT32_MAX),
	AMOUNT(struct route_miles, planned_s),
	AMOUNT(struct route_miles, planned_m),
	AMOUNT(struct route_miles, planned_cents),
	AMOUNT(struct route_miles, driven_s),
	AMOUNT(struct route_miles, driven_m),
	AMOUNT(struct route_miles, driven_cents),
	FIELD_INT(struct route_miles, legs, 0, INT32_MAX),
	FIELD_INT(struct route_miles, estimated, 0, INT32_MAX),
	FIELD_END
};
static const struct shape route_miles_shape = {"RouteMiles", sizeof(struct route_miles), route_miles_fields};

static const struct field route_miles_page_fields[] = {
	FIELD_LIST(struct route_miles_page, rows, rows_n, &route_miles_shape, ROUTE_MILES_MAX), FIELD_END};
static const struct shape route_miles_page_shape = {"RouteMilesPage", sizeof(struct route_miles_page), route_miles_page_fields};
static const struct columns route_miles_columns = {&route_miles_page_shape, "Day,Technician,Stops,Done,Planned @,Planned minutes,Planned fuel,Driven @,Driven minutes,Driven fuel,Legs,Estimated legs",
	"Día,Técnico,Paradas,Hechas,Planeado @,Minutos planeados,Combustible planeado,Recorrido @,Minutos recorridos,Combustible recorrido,Tramos,Tramos estimados", "day,tech,stops,done,planned_m,planned_s,planned_cents,driven_m,driven_s,driven_cents,legs,estimated"};

#define SETTING_FIELDS(s) \
	FIELD_ENUM(s, units, route_units_names), \
	    FIELD_INT(s, fuel_price_cents, 0, 100000), \
	    FIELD_ENUM(s, fuel_unit, fuel_unit_names), \
	    FIELD_INT(s, fuel_use_x10, 0, 10000), \
	    FIELD_ENUM(s, fuel_use, fuel_use_names), \
	    FIELD_INT(s, day_from, 0, 1440), \
	    FIELD_INT(s, day_to, 0, 1440), \
	    FIELD_INT(s, lunch_minutes, 0, LUNCH_MINUTES_MAX), \
	    FIELD_INT(s, lunch_from, 0, 1440), \
	    FIELD_INT(s, lunch_to, 0, 1440), \
	    FIELD_MAYBE_INT(s, supply_lat_e6, -90000000, 90000000), \
	    FIELD_MAYBE_INT(s, supply_lng_e6, -180000000, 180000000), \
	    FIELD_MAYBE_INT(s, supply_minutes, 0, SUPPLY_MINUTES_MAX), \
	    FIELD_MAYBE_BOOL(s, places)

static const struct field route_settings_fields[] = {
	SETTING_FIELDS(struct route_settings),
	FIELD_INT(struct route_settings, pace_short, PACE_MIN, PACE_MAX),
	FIELD_INT(struct route_settings, pace_middling, PACE_MIN, PACE_MAX),
	FIELD_INT(struct route_settings, pace_long, PACE_MIN, PACE_MAX),
	FIELD_INT(struct route_settings, pace_drives, 0, INT32_MAX),
	FIELD_BOOL(struct route_settings, roads),
	FIELD_DAY(struct route_settings, today),
	FIELD_TEXT(struct route_settings, currency, 3, 3),
	FIELD_TEXT(struct route_settings, tiles_url, 0, 512),
	FIELD_TEXT(struct route_settings, tiles_credit, 0, 512),
	FIELD_INT(struct route_settings, version, 0, INT32_MAX),
	FIELD_END
};
static const struct shape route_settings_shape = {"RouteSettings", sizeof(struct route_settings), route_settings_fields};

static const struct field route_settings_change_fields[] = {
	SETTING_FIELDS(struct route_settings_change),
	FIELD_INT(struct route_settings_change, version, 0, INT32_MAX),
	FIELD_END
};
static const struct shape route_settings_change_shape = {"RouteSettingsChange", sizeof(struct route_settings_change),
    route_settings_change_fields};

const struct endpoint office_routes[] = {
	{POST, "/route-plans", .may = MAY(MAY_PLAN_ROUTES), .body = &route_wish_shape, .out = &route_plan_shape,
	    .run = plan_make, .help = "Plan the routes of a day, or the master routes of the week; a job searches.",
	    .story = "routes.test.mjs"},
	{GET, "/route-plans", .may = MAY(MAY_PLAN_ROUTES), .out = &route_plan_page_shape, .run = plans_list,
	    .help = "The plans of the last weeks, newest first.", .story = "routes.test.mjs"},
	{GET, "/route-plans.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_PLAN_ROUTES), .file = CSV_TYPE, .columns = &route_plan_columns, .run = plans_list,
	    .help = "The plans of the last weeks.", .story = "exports.test.mjs"},
	{GET, "/route-plans/:id", .may = MAY(MAY_PLAN_ROUTES), .out = &route_plan_shape, .run = plan_get,
	    .help = "A plan with every stop, before and after, and why it changes.", .story = "routes.test.mjs"},
	{GET, "/route-plans/:id/state", .may = MAY(MAY_PLAN_ROUTES), .out = &route_plan_shape, .run = plan_state,
	    .help = "How far a plan is, without its stops.", .story = "routes.test.mjs"},
	{DELETE, "/route-plans/:id", .may = MAY(MAY_PLAN_ROUTES), .run = plan_cancel,
	    .help = "Give a plan up before it is published.", .story = "routes.test.mjs"},
	{POST, "/route-plans/:id/endings", .may = MAY(MAY_PLAN_ROUTES), .out = &route_plan_shape, .run = plan_enough,
	    .help = "Stop searching and take the best plan so far.", .story = "routes.test.mjs"},
	{PUT, "/route-plans/:id/refusals", .may = MAY(MAY_PLAN_ROUTES), .body = &route_refusals_shape,
	    .out = &route_plan_shape, .run = plan_refuse,
	    .help = "Refuse exactly these changes of a plan; the figures follow.", .story = "routes.test.mjs"},
	{POST, "/route-plans/:id/publications", .may = MAY(MAY_PLAN_ROUTES), .body = &route_publishing_shape,
	    .out = &route_plan_shape, .run = plan_publish,
	    .help = "Make a plan true: a day at once, a week from its day on, as one act.", .story = "routes.test.mjs"},
	{DELETE, "/route-plans/:id/publications", .may = MAY(MAY_PLAN_ROUTES), .out = &route_plan_shape, .run = plan_undo,
	    .help = "Undo a published plan; what was changed since stays.", .story = "routes.test.mjs"},
	{GET, "/route-offers", .may = MAY(MAY_SEE_BOARD), .query = &route_offers_query_shape, .out = &route_offer_page_shape,
	    .run = offers_list, .help = "Where a new stop fits in the next weeks, with exactly what it adds.",
	    .story = "routes.test.mjs"},
	{GET, "/route-miles", .may = MAY(MAY_SEE_BOARD), .query = &route_miles_query_shape, .out = &route_miles_page_shape,
	    .run = miles_list, .help = "Miles and fuel of each technician and day, planned and driven.",
	    .story = "routes.test.mjs"},
	{GET, "/route-miles.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_SEE_BOARD), .query = &route_miles_query_shape, .file = CSV_TYPE, .columns = &route_miles_columns, .run = miles_list,
	    .help = "Miles and fuel of each technician and day.", .story = "exports.test.mjs"},
	{GET, "/route-settings", .may = MAY(MAY_SEE_BOARD), .out = &route_settings_shape, .run = settings_get,
	    .help = "Fuel, usual hours, pace, and whether a road map is asked.", .story = "routes.test.mjs"},
	{PUT, "/route-settings", .may = MAY(MAY_PLAN_ROUTES), .body = &route_settings_change_shape, .out = &route_settings_shape,
	    .run = settings_put, .help = "Change what fuel costs and how people usually work.", .story = "routes.test.mjs"},
	{0}
};

static enum err
plan_make(struct work *w, const struct call *c)
{
	struct route_plan out;

	TRY(act_route_make(w, c->body, &out));
	return reply_created(c, &route_plan_shape, &out);
}

static enum err
plan_get(struct work *w, const struct call *c)
{
	struct route_plan out;

	TRY(act_route_one(w, c->id, true, &out));
	return reply_shape(c, &route_plan_shape, &out);
}

static enum err
plan_state(struct work *w, const struct call *c)
{
	struct route_plan out;

	TRY(act_route_one(w, c->id, false, &out));
	return reply_shape(c, &route_plan_shape, &out);
}

static enum err
plans_list(struct work *w, const struct call *c)
{
	struct route_plan_page out;

	TRY(act_route_plans(w, &out));
	return reply_shape(c, &route_plan_page_shape, &out);
}

static enum err
plan_cancel(struct work *w, const struct call *c)
{
	TRY(act_route_cancel(w, c->id));
	return reply_nothing(c);
}

static enum err
plan_enough(struct work *w, const struct call *c)
{
	struct route_plan out;

	TRY(act_route_enough(w, c->id, &out));
	return reply_created(c, &route_plan_shape, &out);
}

static enum err
plan_refuse(struct work *w, const struct call *c)
{
	struct route_plan out;

	TRY(act_route_refuse(w, c->id, c->body, &out));
	return reply_shape(c, &route_plan_shape, &out);
}

static enum err
plan_publish(struct work *w, const struct call *c)
{
	struct route_plan out;

	TRY(act_route_publish(w, c->id, c->body, &out));
	return reply_created(c, &route_plan_shape, &out);
}

static enum err
plan_undo(struct work *w, const struct call *c)
{
	struct route_plan out;

	TRY(act_route_undo(w, c->id, &out));
	return reply_shape(c, &route_plan_shape, &out);
}

static enum err
offers_list(struct work *w, const struct call *c)
{
	struct route_offer_page out;

	TRY(act_route_offers(w, c->query, &out));
	return reply_shape(c, &route_offer_page_shape, &out);
}

static enum err
miles_list(struct work *w, const struct call *c)
{
	struct route_miles_page out;

	TRY(act_route_miles(w, c->query, &out));
	return reply_shape(c, &route_miles_page_shape, &out);
}

static enum err
settings_get(struct work *w, const struct call *c)
{
	struct route_settings out;

	TRY(act_route_settings(w, &out));
	return reply_shape(c, &route_settings_shape, &out);
}

static enum err
settings_put(struct work *w, const struct call *c)
{
	struct route_settings out;

	TRY(act_route_settings_change(w, c->body, &out));
	return reply_shape(c, &route_settings_shape, &out);
}
