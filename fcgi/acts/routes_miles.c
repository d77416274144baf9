/*
 * fcgi/acts/routes_miles.c -- miles and fuel, planned and driven; the company's own figures.
 *
 * "Driven" is what the order of the finished visits takes by the same ways as the plan: where a van really went is not
 * known here.
 */
#include "fcgi/acts/routes.h"

#include "fcgi/acts/tell.h"
#include "sql/tenant/queries/routes.h"

#define PACE_DAYS 42
#define DRIVE_MAX_S 7200

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

static enum err trip_count(struct work *w, const struct by *by, const struct route_stop_row *row, uint32_t n,
    struct route_miles *out);
static enum err drive_through(struct work *w, const struct by *by, const struct round_tech *t,
    const struct route_stop_row *const *row, uint32_t n, struct trip *out);
static enum err way_of(struct work *w, const struct by *by, struct spot from, struct spot to, struct way *out);

enum err
act_route_miles(struct work *w, const struct route_miles_query *q, struct route_miles_page *out)
{
	struct by by = {.people.days = 1};
	struct route_figure_settings settings;
	struct route_stop_row *rows;
	size_t n;

	if (q->to.n < q->from.n)
		return fail(&w->fault, E_INVALID, "to", "The last day is before the first.");
	if (q->to.n - q->from.n >= ROUTE_MILES_DAYS_MAX)
		return fail(&w->fault, E_INVALID, "to", "This is too much for one look. Choose fewer days, or one technician.");
	TRY(tell_route_figures(w, &settings));
	by.pace = settings.pace;
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
	struct route_figure_settings k;

	TRY(tell_route_figures(w, &k));
	*out = (struct route_settings){.units = k.units, .fuel_price_cents = k.fuel_price_cents, .fuel_unit = k.fuel_unit,
	    .fuel_use_x10 = k.fuel_use_x10, .fuel_use = k.fuel_use, .day_from = k.usual.from_minute, .day_to = k.usual.to_minute,
	    .lunch_minutes = k.usual.lunch_minutes, .lunch_from = k.usual.lunch_from, .lunch_to = k.usual.lunch_to,
	    .pace_short = k.pace.band[0], .pace_middling = k.pace.band[1], .pace_long = k.pace.band[2],
	    .pace_drives = k.pace_drives, .today = zone_day(w->tenant->zone, w->now), .currency = str_of(w->tenant->currency),
	    .roads = k.roads, .tiles_url = str_of(w->house->config->tiles_url),
	    .tiles_credit = str_of(w->house->config->tiles_credit), .version = k.version};
	return OK;
}

enum err
act_route_settings_change(struct work *w, const struct route_settings_change *in, struct route_settings *out)
{
	struct route_figure_settings k;

	if (in->day_to <= in->day_from)
		return fail(&w->fault, E_INVALID, "day_to", "The end of the day is not behind its beginning.");
	if (in->lunch_minutes > 0 && in->lunch_to < in->lunch_from)
		return fail(&w->fault, E_INVALID, "lunch_to", "The latest time for lunch is before the earliest.");
	TRY(tell_route_figures(w, &k));
	if (k.version != in->version)
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	k.units = in->units;
	k.fuel_price_cents = in->fuel_price_cents;
	k.fuel_unit = in->fuel_unit;
	k.fuel_use_x10 = in->fuel_use_x10;
	k.fuel_use = in->fuel_use;
	k.usual = (struct usual_hours){in->day_from, in->day_to, in->lunch_minutes, in->lunch_from, in->lunch_to};
	TRY(tell_route_figures_keep(w, &k));
	TRY(audit(w, "routes.settings_changed", "setting", 0, STR("")));
	return act_route_settings(w, out);
}

enum err
routes_pace_measure(struct work *w)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct drive_row *rows;
	struct route_figure_settings k;
	struct measured *drive;
	struct pace pace;
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
	TRY(tell_route_figures(w, &k));
	if (counted == 0 || memcmp(&k.pace, &pace, sizeof(pace)) == 0)
		return OK;
	k.pace = pace;
	k.pace_drives = (uint32_t)counted;
	return tell_route_figures_keep(w, &k);
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
