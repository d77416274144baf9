/*
 * fcgi/acts/routes_miles.c -- miles and fuel, planned and driven; the company's own figures.
 *
 * "Driven" is what the order of the finished visits takes by the same ways as the plan: where a van really went is not
 * known here.
 */
#include "fcgi/acts/routes.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_roads.h"
#include "sql/tenant/queries/routes.h"

#define PACE_DAYS 42
#define DRIVE_MAX_S 7200

/* What days are counted by. */
struct by {
	struct route_facts people;
	struct route_figure_settings figures;
	struct fuel fuel;
};

static enum err day_count(struct work *w, const struct by *by, const struct route_stop_row *row, uint32_t n,
    struct route_miles *out);
static enum err driven(struct work *w, const struct by *by, const struct round_tech *t,
    const struct route_stop_row *const *row, uint32_t n, struct tally *out);

enum err
act_route_miles(struct work *w, const struct route_miles_query *q, struct route_miles_page *out)
{
	struct by by = {.people.days = 1};
	const struct route_figure_settings *s = &by.figures;
	struct route_stop_row *rows;
	size_t n;

	if (q->to.n < q->from.n)
		return fail(&w->fault, E_INVALID, "to", "The last day is before the first.");
	if (q->to.n - q->from.n >= ROUTE_MILES_DAYS_MAX)
		return fail(&w->fault, E_INVALID, "to", "This is too much for one look. Choose fewer days, or one technician.");
	TRY(tell_route_figures(w, &by.figures));
	by.fuel = (struct fuel){s->fuel_price_cents, s->fuel_unit, s->fuel_use_x10, s->fuel_use};
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
			TRY(day_count(w, &by, rows + first, (uint32_t)(next - first), &out->rows[out->rows_n++]));
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
	    .pace_drives = k.pace_drives, .supply_lat_e6 = {k.has_supply, k.supply.lat_udeg},
	    .supply_lng_e6 = {k.has_supply, k.supply.lon_udeg}, .supply_minutes = {k.has_supply, k.supply_minutes}, .places = {true, k.places},
	    .today = zone_day(w->tenant->zone, w->now), .currency = str_of(w->tenant->currency),
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
	if (in->supply_lat_e6.is != in->supply_lng_e6.is)
		return fail(&w->fault, E_INVALID, "supply_lat_e6", "A place has a latitude and a longitude.");
	TRY(tell_route_figures(w, &k));
	if (k.version != in->version)
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	k.units = in->units;
	k.fuel_price_cents = in->fuel_price_cents;
	k.fuel_unit = in->fuel_unit;
	k.fuel_use_x10 = in->fuel_use_x10;
	k.fuel_use = in->fuel_use;
	k.usual = (struct usual_hours){in->day_from, in->day_to, in->lunch_minutes, in->lunch_from, in->lunch_to};
	const bool moves = k.has_supply != in->supply_lat_e6.is || k.supply.lat_udeg != in->supply_lat_e6.v ||
	    k.supply.lon_udeg != in->supply_lng_e6.v;

	k.has_supply = in->supply_lat_e6.is;
	k.supply = (struct spot){(int32_t)in->supply_lat_e6.v, (int32_t)in->supply_lng_e6.v};
	k.supply_minutes = in->supply_minutes.is ? in->supply_minutes.v : SUPPLY_MINUTES_USUAL;
	k.places = in->places.is ? in->places.v : k.places;
	TRY(tell_route_figures_keep(w, &k));
	/* Briefs say where a part is fetched. */
	if (moves)
		TRY(tell_services(w));
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
day_count(struct work *w, const struct by *by, const struct route_stop_row *row, uint32_t n, struct route_miles *out)
{
	const struct arena_mark here = arena_mark(w->arena);
	const struct route_stop_row **planned = arena_array(w->arena, const struct route_stop_row *, n);
	const struct route_stop_row **done = arena_array(w->arena, const struct route_stop_row *, n);
	const struct round_tech nobody = {0}, *t = &nobody;
	struct tally plan, real;
	uint32_t dones = 0;

	*out = (struct route_miles){.day = row[0].day, .tech_id = row[0].tech_id.v, .stops = n};
	for (uint32_t i = 0; i < by->people.rounds.techs; i++)
		if (by->people.tech[i].id == out->tech_id) {
			t = &by->people.tech[i];
			out->tech = by->people.worker[i].name;
		}
	for (uint32_t i = 0; i < n; i++) {
		uint32_t at = dones;

		planned[i] = &row[i];
		if (row[i].state != VISIT_DONE)
			continue;
		while (at > 0 && done[at - 1]->ended_at.v > row[i].ended_at.v) {
			done[at] = done[at - 1];
			at--;
		}
		done[at] = &row[i];
		dones++;
	}
	TRY(driven(w, by, t, planned, n, &plan));
	TRY(driven(w, by, t, done, dones, &real));
	out->done = dones;
	out->planned_s = plan.drive_s;
	out->planned_m = plan.metres;
	out->driven_s = real.drive_s;
	out->driven_m = real.metres;
	out->legs = plan.legs;
	out->estimated = plan.estimated;
	out->planned_cents = fuel_cents(plan.metres, &by->fuel);
	out->driven_cents = fuel_cents(real.metres, &by->fuel);
	arena_rewind(w->arena, here);
	return OK;
}

/* From where the day starts, through all that lie somewhere, to where it ends: the tally of such a day. */
static enum err
driven(struct work *w, const struct by *by, const struct round_tech *t, const struct route_stop_row *const *row, uint32_t n,
    struct tally *out)
{
	struct lane_stop *stop = arena_array(w->arena, struct lane_stop, n);
	struct lane l = {.now_s = INT32_MIN, .placed = t->has_start, .start = t->start, .has_end = t->has_end, .end = t->end,
	    .supplied = by->figures.has_supply, .supply = by->figures.supply, .stop = stop};

	for (uint32_t i = 0; i < n; i++)
		if (row[i]->lat_e6.is && row[i]->lng_e6.is)
			stop[l.stops++] = (struct lane_stop){.id = row[i]->id, .state = VISIT_SCHEDULED, .minutes = row[i]->minutes,
			    .placed = true, .at = {row[i]->lat_e6.v, row[i]->lng_e6.v}, .fetches = row[i]->fetches,
			    .fetch_minutes = row[i]->errand_minutes, .fetched_s = -1};
	TRY(tell_lane_ways(w, &by->figures, NULL, &l));
	lane_tally(&l, w->arena, out);
	return OK;
}
