/*
 * fcgi/acts/tell_roads.c -- what routes are counted by: the company's fuel, hours, lunch and pace; the ways of one day.
 */
#include "fcgi/acts/tell_roads.h"

#include "domain/dispatch/board.h"
#include "domain/dispatch/fuel.h"
#include "fcgi/acts/tell.h"

#include <inttypes.h>

#include "domain/routing/matrix.h"
#include "sql/tenant/queries/routes.h"

#define BODY_MAX_BYTES 2000
#define PAIR_BYTES 48 /* two numbers of twenty digits */

static size_t ask(const struct lane *l, const struct lane_stop *fresh, uint32_t from, uint32_t to, struct way_asked *out);
static bool spot_of(const struct lane *l, const struct lane_stop *fresh, uint32_t place, struct spot *out);

const char *const route_units_names[] = {"miles", "km", NULL};

/* What the setting's body holds. Lunch and the supply house came later: who never said anything of them has the usual one, or none. */
struct kept {
	enum route_units units;
	uint32_t fuel_price_cents;
	enum fuel_unit fuel_unit;
	uint32_t fuel_use_x10;
	enum fuel_use fuel_use;
	uint32_t day_from, day_to;
	struct maybe_u32 lunch_minutes, lunch_from, lunch_to, supply_minutes;
	struct maybe_i64 supply_lat_e6, supply_lng_e6;
	struct maybe_bool places;
	uint32_t pace_short, pace_middling, pace_long, pace_drives;
};
static const struct field kept_fields[] = {
	FIELD_ENUM(struct kept, units, route_units_names),
	FIELD_INT(struct kept, fuel_price_cents, 0, 100000),
	FIELD_ENUM(struct kept, fuel_unit, fuel_unit_names),
	FIELD_INT(struct kept, fuel_use_x10, 0, 10000),
	FIELD_ENUM(struct kept, fuel_use, fuel_use_names),
	FIELD_INT(struct kept, day_from, 0, 1440),
	FIELD_INT(struct kept, day_to, 0, 1440),
	FIELD_MAYBE_INT(struct kept, lunch_minutes, 0, LUNCH_MINUTES_MAX),
	FIELD_MAYBE_INT(struct kept, lunch_from, 0, 1440),
	FIELD_MAYBE_INT(struct kept, lunch_to, 0, 1440),
	FIELD_INT(struct kept, pace_short, PACE_MIN, PACE_MAX),
	FIELD_INT(struct kept, pace_middling, PACE_MIN, PACE_MAX),
	FIELD_INT(struct kept, pace_long, PACE_MIN, PACE_MAX),
	FIELD_INT(struct kept, pace_drives, 0, INT32_MAX),
	FIELD_MAYBE_INT(struct kept, supply_lat_e6, -90000000, 90000000),
	FIELD_MAYBE_INT(struct kept, supply_lng_e6, -180000000, 180000000),
	FIELD_MAYBE_INT(struct kept, supply_minutes, 0, SUPPLY_MINUTES_MAX),
	FIELD_MAYBE_BOOL(struct kept, places),
	FIELD_END
};
static const struct shape kept_shape = {"RouteSettingsKept", sizeof(struct kept), kept_fields};

enum err
tell_route_figures(struct work *w, struct route_figure_settings *out)
{
	struct route_setting_row *row;
	struct kept k;

	/* Where nobody has said anything: miles and gallons in the United States, litres elsewhere; a van; eight to five,
	 * half an hour of lunch. */
	const bool us = strcmp(w->tenant->country, "US") == 0;
	*out = (struct route_figure_settings){.units = us ? UNITS_MILES : UNITS_KM, .fuel_price_cents = us ? 400 : 180,
	    .fuel_unit = us ? FUEL_GALLON : FUEL_LITRE, .fuel_use = us ? FUEL_MPG : FUEL_L_100KM, .fuel_use_x10 = us ? 180 : 110,
	    .usual = {8 * 60, 17 * 60, 30, 11 * 60, 14 * 60}, .pace = PACE_DEFAULT,
	    .roads = w->house->config->roads_url[0] != '\0'};
	TRY(sql_route_setting(w->db, SETTING_ROUTES, w->arena, &row));
	if (row == NULL)
		return OK;
	memset(&k, 0, sizeof(k));
	TRY(shape_read(&kept_shape, row->body, w->arena, &k, &w->fault));
	out->id = (struct maybe_u64){true, row->id};
	out->version = row->version;
	out->units = k.units;
	out->fuel_price_cents = k.fuel_price_cents;
	out->fuel_unit = k.fuel_unit;
	out->fuel_use_x10 = k.fuel_use_x10;
	out->fuel_use = k.fuel_use;
	out->usual.from_minute = k.day_from;
	out->usual.to_minute = k.day_to;
	if (k.lunch_minutes.is && k.lunch_from.is && k.lunch_to.is) {
		out->usual.lunch_minutes = k.lunch_minutes.v;
		out->usual.lunch_from = k.lunch_from.v;
		out->usual.lunch_to = k.lunch_to.v;
	}
	out->has_supply = k.supply_lat_e6.is && k.supply_lng_e6.is;
	out->supply = (struct spot){(int32_t)k.supply_lat_e6.v, (int32_t)k.supply_lng_e6.v};
	out->supply_minutes = k.supply_minutes.is ? k.supply_minutes.v : 0;
	out->places = k.places.is && k.places.v;
	out->pace = (struct pace){{k.pace_short, k.pace_middling, k.pace_long}};
	out->pace_drives = k.pace_drives;
	return OK;
}

enum err
tell_route_figures_keep(struct work *w, const struct route_figure_settings *s)
{
	const struct kept k = {.units = s->units, .fuel_price_cents = s->fuel_price_cents, .fuel_unit = s->fuel_unit,
	    .fuel_use_x10 = s->fuel_use_x10, .fuel_use = s->fuel_use, .day_from = s->usual.from_minute, .day_to = s->usual.to_minute,
	    .lunch_minutes = {true, s->usual.lunch_minutes}, .lunch_from = {true, s->usual.lunch_from},
	    .lunch_to = {true, s->usual.lunch_to}, .pace_short = s->pace.band[0], .pace_middling = s->pace.band[1],
	    .pace_long = s->pace.band[2], .pace_drives = s->pace_drives, .supply_lat_e6 = {s->has_supply, s->supply.lat_udeg},
	    .supply_lng_e6 = {s->has_supply, s->supply.lon_udeg}, .supply_minutes = {s->has_supply, s->supply_minutes},
	    .places = {true, s->places}};
	struct buf body = buf_open(w->arena, 512, BODY_MAX_BYTES);

	shape_write(&kept_shape, &k, &body);
	if (s->id.is)
		return sql_route_setting_change(w->db, s->id.v, buf_str(&body), s->version);
	return sql_route_setting_insert(w->db, work_id(w), SETTING_ROUTES, STR("routes"), buf_str(&body));
}

enum err
tell_lane_ways(struct work *w, const struct route_figure_settings *s, const struct lane_stop *fresh, struct lane *l)
{
	const uint32_t n = LANE_FIRST + (uint32_t)l->stops, last = l->stops > 0 ? n - 1 : LANE_START;
	struct way_asked *asked;
	size_t asked_n = 0;

	l->ways = lane_ways(l, fresh, &s->pace, w->arena);
	if (!s->roads)
		return OK;
	asked = arena_array(w->arena, struct way_asked, 5 * (size_t)n + 1);
	for (uint32_t i = LANE_FIRST; i < n; i++) {
		const uint32_t from = i == LANE_FIRST ? (uint32_t)LANE_START : i - 1;

		asked_n += ask(l, fresh, from, i, &asked[asked_n]);
		if (!l->stop[i - LANE_FIRST].fetches)
			continue;
		asked_n += ask(l, fresh, from, LANE_SUPPLY, &asked[asked_n]);
		asked_n += ask(l, fresh, LANE_SUPPLY, i, &asked[asked_n]);
	}
	asked_n += ask(l, fresh, last, LANE_END, &asked[asked_n]);
	for (uint32_t i = 0; fresh != NULL && i < n; i++) {
		asked_n += ask(l, fresh, i, n, &asked[asked_n]);
		asked_n += ask(l, fresh, n, i, &asked[asked_n]);
	}
	return tell_ways_know(w, l->ways, asked, asked_n);
}

static size_t
ask(const struct lane *l, const struct lane_stop *fresh, uint32_t from, uint32_t to, struct way_asked *out)
{
	*out = (struct way_asked){.from = from, .to = to};
	return spot_of(l, fresh, from, &out->a) && spot_of(l, fresh, to, &out->b);
}

enum err
tell_ways_know(struct work *w, struct ways *ways, const struct way_asked *asked, size_t n)
{
	struct buf pairs = buf_open(w->arena, PAIR_BYTES * (n + 1), PAIR_BYTES * (n + 1));
	struct leg_asked_row *legs;
	size_t found;

	for (size_t i = 0; i < n; i++)
		buf_printf(&pairs, "%s[%" PRIu64 ",%" PRIu64 "]", i == 0 ? "[" : ",", place_cell(asked[i].a), place_cell(asked[i].b));
	if (n == 0)
		return OK;
	buf_char(&pairs, ']');
	TRY(sql_legs_asked(w->db, buf_str(&pairs), w->arena, &legs, &found));
	for (size_t i = 0; i < found; i++) {
		const struct way_asked *x = &asked[legs[i].nth - 1];

		if (legs[i].nth > 0 && legs[i].nth <= n)
			ways_know(ways, x->from, x->to, (int32_t)legs[i].seconds, (int32_t)legs[i].metres);
	}
	return OK;
}

static bool
spot_of(const struct lane *l, const struct lane_stop *fresh, uint32_t place, struct spot *out)
{
	const struct lane_stop *s = place - LANE_FIRST < l->stops ? &l->stop[place - LANE_FIRST] : fresh;

	if (place == LANE_SUPPLY) {
		*out = l->supply;
		return l->supplied;
	}
	if (place < LANE_FIRST) {
		*out = place == LANE_START ? l->start : l->end;
		return place == LANE_START ? l->placed : l->has_end;
	}
	*out = s->at;
	return s->placed;
}
