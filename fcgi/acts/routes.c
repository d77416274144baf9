/*
 * fcgi/acts/routes.c -- load, decide, save, tell: a plan is asked for, looked at, refused in parts, given up.
 */
#include "fcgi/acts/routes.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_roads.h"
#include "sql/tenant/queries/routes.h"
#include "sql/tenant/queries/staff.h"
#include "sql/tenant/queries/work.h"

#define AHEAD_DAYS 92
#define DAY_SECONDS_OF_SEARCH 2
#define SLICES_A_SECOND 1

static enum err check(struct work *w, const struct route_wish *in);
static enum err fill(struct work *w, const struct route_plan_row *row, bool stops, struct route_plan *out);
static enum err people(struct work *w, struct route_plan *out);
static enum err stops_read(struct work *w, struct route_plan *out);
static enum err locked_row(struct work *w, uint64_t id, struct route_plan_row *row, struct route_body *b);
static enum err too_late(struct work *w);

enum err
act_route_make(struct work *w, const struct route_wish *in, struct route_plan *out)
{
	struct route_body b = {.wish = *in, .mark = STR(""), .found = STR(""), .loads = STR(""), .problem = STR(""), .search = true};
	struct route_plan_row row = {.id = work_id(w)};

	TRY(check(w, in));
	b.slices = (in->seconds.is ? in->seconds.v : in->kind == ROUTE_DAY ? DAY_SECONDS_OF_SEARCH : 0) * SLICES_A_SECOND;
	TRY(sql_route_plan_insert(w->db, row.id, BATCH_ROUTES, BATCH_DRAFT, w->actor.id, w->now, 0, STR("{}")));
	TRY(sql_route_plan_for_update(w->db, row.id, BATCH_ROUTES, w->arena, &row));
	TRY(routes_body_save(w, &row, BATCH_DRAFT, &b));
	TRY(tell(w, "routes", &route_order_shape, &(struct route_order){row.id}));
	return act_route_one(w, row.id, false, out);
}

enum err
act_route_one(struct work *w, uint64_t id, bool stops, struct route_plan *out)
{
	struct route_plan_row row;

	TRY(sql_route_plan_one(w->db, id, BATCH_ROUTES, w->arena, &row));
	return fill(w, &row, stops, out);
}

enum err
act_route_plans(struct work *w, struct route_plan_page *out)
{
	struct route_plan_row *rows;
	struct worker_row *staff;
	size_t n, staff_n;

	TRY(sql_route_plans(w->db, BATCH_ROUTES, w->now - ROUTE_PLANS_DAYS * INT64_C(86400), w->arena, &rows, &n));
	TRY(sql_workers(w->db, STAFF_DISABLED, w->arena, &staff, &staff_n));
	*out = (struct route_plan_page){arena_array(w->arena, struct route_plan_line, n), n};
	for (size_t i = 0; i < n; i++) {
		struct route_body b;

		TRY(routes_body_read(w, rows[i].body, &b));
		out->rows[i] = (struct route_plan_line){.id = rows[i].id, .state = rows[i].state, .kind = b.wish.kind,
		    .from_day = b.wish.from_day, .made_at = rows[i].made_at, .by = STR(""), .changed = b.changed,
		    .saves_s = b.before.drive_s - b.after.drive_s, .saves_m = b.before.metres - b.after.metres};
		for (size_t k = 0; k < staff_n; k++)
			if (staff[k].id == rows[i].staff_id)
				out->rows[i].by = staff[k].name;
	}
	return OK;
}

enum err
act_route_cancel(struct work *w, uint64_t id)
{
	struct route_plan_row row;
	struct route_body b;

	TRY(locked_row(w, id, &row, &b));
	if (row.state == BATCH_FAILED)
		return OK;
	if (row.state != BATCH_DRAFT && row.state != BATCH_DRY)
		return too_late(w);
	return routes_body_save(w, &row, BATCH_FAILED, &b);
}

enum err
act_route_enough(struct work *w, uint64_t id, struct route_plan *out)
{
	struct route_plan_row row;
	struct route_body b;

	TRY(locked_row(w, id, &row, &b));
	if (row.state != BATCH_DRAFT || !b.search)
		return too_late(w);
	b.slices = b.slice + 1;
	TRY(routes_body_save(w, &row, BATCH_DRAFT, &b));
	return act_route_one(w, id, false, out);
}

enum err
act_route_refuse(struct work *w, uint64_t id, const struct route_refusals *in, struct route_plan *out)
{
	struct route_cells_row *rows;
	struct route_plan_row row;
	struct route_body b;
	size_t n;

	TRY(locked_row(w, id, &row, &b));
	if (row.state != BATCH_DRY || row.version != in->version)
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	TRY(sql_route_cells(w->db, id, w->arena, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		enum row_state to = ROW_CHANGE;

		if (rows[i].state != ROW_CHANGE && rows[i].state != ROW_SKIP)
			continue;
		for (size_t k = 0; k < in->stops_n; k++)
			if (in->stops[k].id == rows[i].record_id)
				to = ROW_SKIP;
		if (to != rows[i].state)
			TRY(sql_route_cells_state(w->db, id, rows[i].n, to, STR(""), rows[i].cells));
	}
	/* The figures are counted anew by the job: it has the room for all the ways. */
	b.search = false;
	TRY(routes_body_save(w, &row, BATCH_DRAFT, &b));
	TRY(tell(w, "routes", &route_order_shape, &(struct route_order){id}));
	return act_route_one(w, id, false, out);
}

static enum err
check(struct work *w, const struct route_wish *in)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct worker_row tech;

	if (in->from_day.n < today.n)
		return fail(&w->fault, E_INVALID, "from_day", "This day is over.");
	if (in->kind == ROUTE_WEEK && in->from_day.n == today.n)
		return fail(&w->fault, E_INVALID, "from_day", "Choose tomorrow or a later day: today is under way.");
	if (in->from_day.n > today.n + AHEAD_DAYS)
		return fail(&w->fault, E_INVALID, "from_day", "Choose a day in the next three months.");
	if (in->kind == ROUTE_WEEK && in->tech_id.is)
		return fail(&w->fault, E_INVALID, "tech_id", "A week is planned for everybody.");
	if (in->tech_id.is) {
		enum err e = sql_worker_one(w->db, in->tech_id.v, w->arena, &tech);

		if (tell_absent(w, e) || (e == OK && tech.state == STAFF_DISABLED))
			return fail(&w->fault, E_INVALID, "tech_id", "This person does not work here.");
		TRY(e);
	}
	return OK;
}

static enum err
fill(struct work *w, const struct route_plan_row *row, bool stops, struct route_plan *out)
{
	struct route_figure_settings settings;
	struct route_body b;

	TRY(routes_body_read(w, row->body, &b));
	*out = (struct route_plan){.id = row->id, .state = row->state, .wish = b.wish, .monday = b.wish.from_day, .days = 1,
	    .tries = b.tries, .start_s = b.start_s, .best_s = b.best_s, .spent_ms = b.spent_ms, .before = b.before,
	    .after = b.after, .unplaced = b.unplaced, .outside = b.outside, .left_out = b.left_out, .changed = b.changed,
	    .failed = row->failed, .problem = b.problem, .made_at = row->made_at, .version = row->version};
	if (b.wish.kind == ROUTE_WEEK) {
		out->monday = day_add(b.wish.from_day, -(int32_t)day_weekday(b.wish.from_day));
		out->days = 7;
	}
	if (row->state == BATCH_RUNNING || row->state == BATCH_UNDOING)
		out->share = row->total > 0 ? (uint32_t)((uint64_t)row->done * 1000 / row->total) : 0;
	else if (row->state == BATCH_DRAFT)
		out->share = b.search ? (b.slices > 0 ? b.slice * 1000 / b.slices : 0) : 900;
	else
		out->share = 1000;
	if (out->share > 1000)
		out->share = 1000;
	if (!stops)
		return OK;
	out->loads_n = routes_loads_read(w->arena, b.loads, &out->loads);
	for (size_t i = 0; i < out->loads_n; i++)
		if (out->loads[i].day >= 7)
			out->days = 14;
	TRY(tell_route_figures(w, &settings));
	out->supply_lat_e6 = (struct maybe_i64){settings.has_supply, settings.supply.lat_udeg};
	out->supply_lng_e6 = (struct maybe_i64){settings.has_supply, settings.supply.lon_udeg};
	TRY(people(w, out));
	return stops_read(w, out);
}

/* Whoever drives, and whoever drove when the plan was made. */
static enum err
people(struct work *w, struct route_plan *out)
{
	struct worker_row *rows;
	size_t n;

	TRY(sql_workers(w->db, STAFF_STATES, w->arena, &rows, &n));
	out->techs = arena_array(w->arena, struct route_tech, n);
	for (size_t i = 0; i < n; i++) {
		const struct worker_row *r = &rows[i];
		bool known = staff_drives(r->role, r->own_may, r->colour) && r->state != STAFF_DISABLED;

		for (size_t k = 0; k < out->loads_n; k++)
			known |= out->loads[k].tech_id == r->id;
		if (!known)
			continue;
		struct route_tech *t = &out->techs[out->techs_n++];

		*t = (struct route_tech){.id = r->id, .name = r->name, .colour = r->colour,
		    .has_start = r->start_lat_e6.is && r->start_lng_e6.is, .has_end = r->end_lat_e6.is && r->end_lng_e6.is,
		    .start_lat_e6 = r->start_lat_e6.v, .start_lng_e6 = r->start_lng_e6.v, .end_lat_e6 = r->end_lat_e6.v,
		    .end_lng_e6 = r->end_lng_e6.v};
		/* As they are planned: who says where the day begins and not where it ends goes home. */
		if (t->has_start && !t->has_end) {
			t->has_end = true;
			t->end_lat_e6 = t->start_lat_e6;
			t->end_lng_e6 = t->start_lng_e6;
		}
	}
	return OK;
}

static enum err
stops_read(struct work *w, struct route_plan *out)
{
	struct route_cells_row *rows;
	size_t n;

	TRY(sql_route_cells(w->db, out->id, w->arena, &rows, &n));
	out->stops = arena_array(w->arena, struct route_stop, n);
	out->stops_n = n;
	for (size_t i = 0; i < n; i++)
		TRY(routes_cells_read(w, &rows[i], &out->stops[i]));
	return OK;
}

static enum err
locked_row(struct work *w, uint64_t id, struct route_plan_row *row, struct route_body *b)
{
	TRY(sql_route_plan_for_update(w->db, id, BATCH_ROUTES, w->arena, row));
	return routes_body_read(w, row->body, b);
}

static enum err
too_late(struct work *w)
{
	return fail(&w->fault, E_STALE, NULL, "This plan is not at that point any more. Reload and look again.");
}
