/*
 * fcgi/acts/routes_miles.c -- miles and fuel, planned and driven; the company's own figures.
 *
 * "Driven" is what the order of the finished visits takes by the same ways as the plan: where a van really went is not
 * known here.
 */
#include "fcgi/acts/routes.h"

#include "fcgi/acts/tell.h"
#include "sql/tenant/queries/routes.h"

#define BODY_MAX_BYTES 2000
#define PACE_DAYS 42
#define DRIVE_MAX_S 7200

const char *const route_units_names[] = {"miles", "km", NULL};

/* What the setting's body holds. */
struct kept {
	enum route_units units;
	uint32_t fuel_price_cents;
	enum fuel_unit fuel_unit;
	uint32_t fuel_use_x10;
	enum fuel_use fuel_use;
	uint32_t day_from, day_to;
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
	FIELD_INT(struct kept, pace_short, PACE_MIN, PACE_MAX),
	FIELD_INT(struct kept, pace_middling, PACE_MIN, PACE_MAX),
	FIELD_INT(struct kept, pace_long, PACE_MIN, PACE_MAX),
	FIELD_INT(struct kept, pace_drives, 0, INT32_MAX),
	FIELD_END
};
static const struct shape kept_shape = {"RouteSettingsKept", sizeof(struct kept), kept_fields};

/* What trips are counted by. */
struct by {
	struct route_facts people;
	struct pace pace;
	struct fuel fuel;
	bool roads;
};
struct trip {
	int64_t seconds, metres;
	uint32_t legs, estimated;
};

static enum err kept_read(struct work *w, struct kept *out, struct maybe_u64 *id, uint32_t *version);
static enum err kept_save(struct work *w, const struct kept *k, struct maybe_u64 id, uint32_t version);
static enum err trip_count(struct work *w, const struct by *by, const struct route_stop_row *row, uint32_t n,
    struct route_miles *out);
static enum err drive_through(struct work *w, const struct by *by, const struct round_tech *t,
    const struct route_stop_row *const *row, uint32_t n, struct trip *out);
static enum err way_of(struct work *w, const struct by *by, struct spot from, struct spot to, struct way *out);

enum err
act_route_miles(struct work *w, const struct route_miles_query *q, struct route_miles_page *out)
{
	struct by by = {.people.days = 1};
	struct route_settings settings;
	struct route_stop_row *rows;
	size_t n;

	if (q->to.n < q->from.n)
		return fail(&w->fault, E_INVALID, "to", "The last day is before the first.");
	if (q->to.n - q->from.n >= ROUTE_MILES_DAYS_MAX)
		return fail(&w->fault, E_INVALID, "to", "This is too much for one look. Choose fewer days, or one technician.");
	TRY(act_route_settings(w, &settings));
	by.pace = routes_pace(&settings);
	by.roads = settings.roads;
	by.fuel = (struct fuel){settings.fuel_price_cents, settings.fuel_unit, settings.fuel_use_x10, settings.fuel_use};
	TRY(sql_route_visits(w->db, q->from, q->to, VISIT_SKIPPED, VISIT_CANCELLED, w->arena, &rows, &n));
	if (n > 12000)
		return fail(&w->fault, E_LIMIT, "to", "This is too much for one look. Choose fewer days, or one technician.");
	TRY(routes_people(w, w->arena, q->from, 1, &by.people));
	*out = (struct route_miles_page){arena_array(w->arena, struct route_miles, ROUTE_MILES_MAX), 0};
	for (size_t first = 0, next; first < n && out->rows_n < ROUTE_MILES_MAX; first = next) {
		for (next = first; next < n && rows[next].day.n == rows[first].day.n && rows[next].tech_id.is == rows[first].tech_id.is &&
		    rows[next].tech_id.v == rows[first].tech_id.v; next++)
			continue;
		if (rows[first].tech_id.is)
			TRY(trip_count(w, &by, rows + first, (uint32_t)(next - first), &out->rows[out->rows_n++]));
	}
	return OK;
}

enum err
act_route_settings(struct work *w, struct route_settings *out)
{
	struct maybe_u64 id;
	struct kept k;
	uint32_t version;

	TRY(kept_read(w, &k, &id, &version));
	*out = (struct route_settings){.units = k.units, .fuel_price_cents = k.fuel_price_cents, .fuel_unit = k.fuel_unit,
	    .fuel_use_x10 = k.fuel_use_x10, .fuel_use = k.fuel_use, .day_from = k.day_from, .day_to = k.day_to,
	    .pace_short = k.pace_short, .pace_middling = k.pace_middling, .pace_long = k.pace_long, .pace_drives = k.pace_drives,
	    .today = zone_day(w->tenant->zone, w->now), .currency = str_of(w->tenant->currency),
	    .roads = w->house->config->roads_url[0] != '\0', .tiles_url = str_of(w->house->config->tiles_url),
	    .tiles_credit = str_of(w->house->config->tiles_credit), .version = version};
	return OK;
}

enum err
act_route_settings_change(struct work *w, const struct route_settings_change *in, struct route_settings *out)
{
	struct maybe_u64 id;
	uint32_t version;
	struct kept k;

	if (in->day_to <= in->day_from)
		return fail(&w->fault, E_INVALID, "day_to", "The end of the day is not behind its beginning.");
	TRY(kept_read(w, &k, &id, &version));
	if (version != in->version)
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	k.units = in->units;
	k.fuel_price_cents = in->fuel_price_cents;
	k.fuel_unit = in->fuel_unit;
	k.fuel_use_x10 = in->fuel_use_x10;
	k.fuel_use = in->fuel_use;
	k.day_from = in->day_from;
	k.day_to = in->day_to;
	TRY(kept_save(w, &k, id, version));
	TRY(audit(w, "routes.settings_changed", "setting", 0, STR("")));
	return act_route_settings(w, out);
}

struct pace
routes_pace(const struct route_settings *s)
{
	return (struct pace){{s->pace_short, s->pace_middling, s->pace_long}};
}

enum err
routes_pace_measure(struct work *w)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct drive_row *rows;
	struct measured *drive;
	struct maybe_u64 id;
	struct pace pace;
	struct kept k;
	uint32_t version;
	size_t n, drives = 0, counted;

	TRY(sql_drives_between(w->db, day_add(today, -PACE_DAYS), day_add(today, -1), VISIT_DONE, w->arena, &rows, &n));
	drive = arena_array(w->arena, struct measured, n);
	for (size_t i = 1; i < n; i++) {
		const struct drive_row *a = &rows[i - 1], *b = &rows[i];
		int64_t s = b->started_at - a->ended_at;

		if (a->day.n != b->day.n || a->tech_id != b->tech_id || s <= 0 || s > DRIVE_MAX_S)
			continue;
		drive[drives++] = (struct measured){{a->lat_e6, a->lng_e6}, {b->lat_e6, b->lng_e6}, (int32_t)s};
	}
	counted = pace_measure(drive, drives, w->arena, &pace);
	TRY(kept_read(w, &k, &id, &version));
	if (counted == 0 || (k.pace_short == pace.band[0] && k.pace_middling == pace.band[1] && k.pace_long == pace.band[2]))
		return OK;
	k.pace_short = pace.band[0];
	k.pace_middling = pace.band[1];
	k.pace_long = pace.band[2];
	k.pace_drives = (uint32_t)counted;
	return kept_save(w, &k, id, version);
}

static enum err
kept_read(struct work *w, struct kept *out, struct maybe_u64 *id, uint32_t *version)
{
	struct route_setting_row *row;

	/* Where nobody has said anything: miles and gallons in the United States, litres elsewhere; a van; seven to five. */
	const bool us = strcmp(w->tenant->country, "US") == 0;
	*out = (struct kept){.units = us ? UNITS_MILES : UNITS_KM, .fuel_price_cents = us ? 400 : 180,
	    .fuel_unit = us ? FUEL_GALLON : FUEL_LITRE, .fuel_use = us ? FUEL_MPG : FUEL_L_100KM, .fuel_use_x10 = us ? 180 : 110,
	    .day_from = 7 * 60, .day_to = 17 * 60, .pace_short = PACE_AS_ESTIMATED, .pace_middling = PACE_AS_ESTIMATED,
	    .pace_long = PACE_AS_ESTIMATED};
	*id = (struct maybe_u64){false, 0};
	*version = 0;
	TRY(sql_route_setting(w->db, SETTING_ROUTES, w->arena, &row));
	if (row == NULL)
		return OK;
	*id = (struct maybe_u64){true, row->id};
	*version = row->version;
	memset(out, 0, sizeof(*out));
	return shape_read(&kept_shape, row->body, w->arena, out, &w->fault);
}

static enum err
kept_save(struct work *w, const struct kept *k, struct maybe_u64 id, uint32_t version)
{
	struct buf body = buf_open(w->arena, 512, BODY_MAX_BYTES);

	shape_write(&kept_shape, k, &body);
	if (id.is)
		return sql_route_setting_change(w->db, id.v, buf_str(&body), version);
	return sql_route_setting_insert(w->db, work_id(w), SETTING_ROUTES, STR("routes"), buf_str(&body));
}

static enum err
trip_count(struct work *w, const struct by *by, const struct route_stop_row *row, uint32_t n, struct route_miles *out)
{
	const struct route_stop_row **planned = arena_array(w->arena, const struct route_stop_row *, n);
	const struct route_stop_row **driven = arena_array(w->arena, const struct route_stop_row *, n);
	const struct round_tech nobody = {0}, *t = &nobody;
	struct trip plan, real;
	uint32_t done = 0;

	*out = (struct route_miles){.day = row[0].day, .tech_id = row[0].tech_id.v, .stops = n};
	for (uint32_t i = 0; i < by->people.rounds.techs; i++)
		if (by->people.tech[i].id == out->tech_id)
			t = &by->people.tech[i];
	for (uint32_t i = 0; i < n; i++) {
		uint32_t at = done;

		planned[i] = &row[i];
		if (row[i].state != VISIT_DONE)
			continue;
		while (at > 0 && driven[at - 1]->ended_at.v > row[i].ended_at.v) {
			driven[at] = driven[at - 1];
			at--;
		}
		driven[at] = &row[i];
		done++;
	}
	TRY(drive_through(w, by, t, planned, n, &plan));
	TRY(drive_through(w, by, t, driven, done, &real));
	out->done = done;
	out->planned_s = plan.seconds;
	out->planned_m = plan.metres;
	out->driven_s = real.seconds;
	out->driven_m = real.metres;
	out->legs = plan.legs;
	out->estimated = plan.estimated;
	out->planned_cents = fuel_cents(plan.metres, &by->fuel);
	out->driven_cents = fuel_cents(real.metres, &by->fuel);
	return OK;
}

/* From where the day starts, through all that lie somewhere, to where it ends. */
static enum err
drive_through(struct work *w, const struct by *by, const struct round_tech *t, const struct route_stop_row *const *row,
    uint32_t n, struct trip *out)
{
	struct spot at = t->start;
	bool known = t->has_start, any = false;

	*out = (struct trip){0};
	for (uint32_t i = 0; i <= n; i++) {
		const bool home = i == n;
		struct spot to = home ? t->end : (struct spot){row[i]->lat_e6.v, row[i]->lng_e6.v};
		struct way way;

		if (home ? !t->has_end || !any : !row[i]->lat_e6.is || !row[i]->lng_e6.is)
			continue;
		if (known) {
			TRY(way_of(w, by, at, to, &way));
			out->seconds += way.seconds;
			out->metres += way.metres;
			out->legs += way.metres > 0;
			out->estimated += way.estimated && way.metres > 0;
		}
		known = any = true;
		at = to;
	}
	return OK;
}

static enum err
way_of(struct work *w, const struct by *by, struct spot from, struct spot to, struct way *out)
{
	struct leg_row *leg = NULL;

	if (by->roads)
		TRY(sql_leg_one(w->db, place_cell(from), place_cell(to), w->arena, &leg));
	*out = leg != NULL ? (struct way){(int32_t)leg->seconds, (int32_t)leg->metres, false} : way_estimate(from, to, &by->pace);
	return OK;
}
