/*
 * fcgi/acts/routes_facts.c -- what a plan is made of: people with their hours and skills, stops with their wishes.
 */
#include "fcgi/acts/routes.h"

#include "domain/base/list.h"
#include "domain/visits/recurrence.h"
#include "domain/visits/wish.h"
#include "fcgi/acts/tell_roads.h"
#include "fcgi/acts/tell_van.h"
#include "sql/tenant/queries/routes.h"
#include "sql/tenant/queries/work.h"

#define SKILLS_OF_ONE 50

static enum err stops_load(struct work *w, struct arena *a, const struct route_wish *wish, struct route_facts *out);
static bool of_day(const struct route_wish *wish, struct route_stop_row *row, struct round_stop *s);
static enum err of_week(struct work *w, struct route_facts *out, const struct route_stop_row *row, struct round_stop *s,
    bool *in);
static enum err own_rhythm(struct work *w, struct route_facts *out, const struct route_stop_row *row, struct round_stop *s);
static bool is_locked(const struct route_wish *wish, uint64_t customer_id);

enum err
routes_facts(struct work *w, struct arena *a, const struct route_wish *wish, struct route_facts *out)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct civil now;

	*out = (struct route_facts){.monday = wish->from_day, .days = 1};
	if (wish->kind == ROUTE_WEEK) {
		out->monday = day_add(wish->from_day, -(int32_t)day_weekday(wish->from_day));
		out->days = 7;
	}
	TRY(stops_load(w, a, wish, out));
	TRY(routes_people(w, a, out->monday, out->days, out));
	if (wish->kind == ROUTE_DAY && wish->tech_id.is) {
		uint32_t n = 0;

		for (uint32_t t = 0; t < out->rounds.techs; t++)
			if (out->tech[t].id == wish->tech_id.v) {
				out->worker[n] = out->worker[t];
				out->tech[n++] = out->tech[t];
			}
		out->rounds.techs = n;
	}
	out->rounds.stop = out->stop;
	if (wish->kind == ROUTE_DAY) {
		uint64_t *service = arena_array(a, uint64_t, out->rounds.stops + 1);
		struct vans *vans;

		for (uint32_t i = 0; i < out->rounds.stops; i++)
			service[i] = routes_takes(&out->row[i]) ? out->row[i].service_id : 0;
		TRY(tell_vans(w, service, out->rounds.stops, &vans));
		TRY(routes_van(w, vans, service, out->stop, out->tech, &out->rounds, out->good));
		routes_fetched(out);
	}
	out->rounds.wish = (struct rounds_wish){.days = out->days, .same_tech = wish->same_tech, .same_day = wish->same_day,
	    .liked_days = wish->liked_days.is ? wish->liked_days.v : wish->same_day,
	    .even = wish->even, .room_minutes = wish->room_minutes, .scratch = wish->scratch};
	if (wish->kind == ROUTE_DAY && wish->from_day.n == today.n) {
		zone_local(w->tenant->zone, w->now, &now);
		out->rounds.wish.not_before_s = now.hour * 3600 + now.minute * 60;
	}
	return OK;
}

enum err
routes_ways(struct work *w, struct arena *a, struct route_facts *f)
{
	struct route_figure_settings settings;
	const struct spot *at;
	uint32_t n = rounds_places(&f->rounds, a, &at);
	uint64_t *cell = arena_array(a, uint64_t, n);

	TRY(tell_route_figures(w, &settings));
	f->rounds.ways = ways_estimate(at, n, &settings.pace, a);
	for (uint32_t i = 0; i < n; i++)
		cell[i] = place_cell(at[i]);
	for (uint32_t i = 0; settings.roads && i < n; i++) {
		struct arena_mark here = arena_mark(w->arena);
		struct leg_row *legs;
		size_t k;

		TRY(sql_legs_from(w->db, cell[i], w->arena, &legs, &k));
		for (uint32_t j = 0; k > 0 && j < n; j++) {
			size_t low = 0, high = k;

			while (low < high) {
				size_t mid = (low + high) / 2;

				if (legs[mid].to_cell < cell[j])
					low = mid + 1;
				else
					high = mid;
			}
			if (low < k && legs[low].to_cell == cell[j])
				ways_know(&f->rounds.ways, i, j, (int32_t)legs[low].seconds, (int32_t)legs[low].metres);
		}
		if (a != w->arena)
			arena_rewind(w->arena, here);
	}
	return OK;
}

enum err
routes_people(struct work *w, struct arena *a, struct day from, uint32_t days, struct route_facts *out)
{
	struct staff_has_skill_row *skills;
	struct route_figure_settings settings;
	struct availability *all;
	struct worker_row *rows;
	size_t n, all_n, skills_n;
	uint32_t techs = 0;

	TRY(tell_route_figures(w, &settings));
	TRY(sql_workers(w->db, STAFF_DISABLED, a, &rows, &n));
	TRY(sql_availability_of_all(w->db, AVAILABLE_HOURS, from, day_add(from, (int32_t)days - 1), STAFF_DISABLED, w->arena,
	    &all, &all_n));
	TRY(sql_skills_of_everybody(w->db, STAFF_DISABLED, w->arena, &skills, &skills_n));
	out->worker = arena_array(a, struct worker_row, n);
	out->tech = arena_array(a, struct round_tech, n);
	for (size_t i = 0; i < n && techs < ROUNDS_TECHS_MAX; i++) {
		struct round_tech *t = &out->tech[techs];
		uint64_t *has = arena_array(a, uint64_t, SKILLS_OF_ONE);
		size_t first = 0, count = 0;

		if (!staff_drives(rows[i].role, rows[i].own_may, rows[i].colour))
			continue;
		*t = (struct round_tech){.id = rows[i].id, .skills = has,
		    .has_start = rows[i].start_lat_e6.is && rows[i].start_lng_e6.is,
		    .start = {rows[i].start_lat_e6.v, rows[i].start_lng_e6.v},
		    .has_end = rows[i].end_lat_e6.is && rows[i].end_lng_e6.is, .end = {rows[i].end_lat_e6.v, rows[i].end_lng_e6.v}};
		/* Who says where the day begins and not where it ends goes home. */
		if (t->has_start && !t->has_end) {
			t->has_end = true;
			t->end = t->start;
		}
		for (size_t k = 0; k < skills_n && t->skills_n < SKILLS_OF_ONE; k++)
			if (skills[k].staff_id == t->id && (!skills[k].expires_day.is || skills[k].expires_day.v.n >= from.n))
				has[t->skills_n++] = skills[k].skill_id;
		while (first < all_n && all[first].staff_id != t->id)
			first++;
		while (first + count < all_n && all[first + count].staff_id == t->id)
			count++;
		for (uint32_t d = 0; d < days && d < ROUNDS_DAYS_MAX; d++)
			shift_hours(all + first, count, day_add(from, (int32_t)d), &settings.usual, &t->day[d]);
		out->worker[techs++] = rows[i];
	}
	out->rounds.tech = out->tech;
	out->rounds.techs = techs;
	return OK;
}

bool
routes_takes(const struct route_stop_row *row)
{
	return !row->fetched && (row->state == VISIT_SCHEDULED || row->state == VISIT_ON_WAY);
}

bool
routes_stop_of(struct arena *a, const struct route_stop_row *row, struct round_stop *out)
{
	uint64_t *skills = arena_array(a, uint64_t, ROUNDS_DISTINCT_MAX), *never = arena_array(a, uint64_t, NEVER_TECHS_MAX);

	*out = (struct round_stop){.id = row->id, .version = row->version, .at = {row->lat_e6.v, row->lng_e6.v},
	    .minutes = row->minutes, .from_minute = row->from_minute, .to_minute = row->to_minute, .skills = skills,
	    .never = never, .not_days = row->not_days, .like_days = row->like_days, .tech = row->tech_id.is ? row->tech_id.v : 0, .seq = row->seq};
	if (!list_read_ids(row->skills, skills, ROUNDS_DISTINCT_MAX, &out->skills_n))
		out->skills_n = 0;
	if (!list_read_ids(row->never_techs, never, NEVER_TECHS_MAX, &out->never_n))
		out->never_n = 0;
	/* "Always the same technician" locks whoever comes already, if it is the one that is meant. */
	out->keep_tech = row->same_tech && row->tech_id.is && (!row->usual_tech_id.is || row->usual_tech_id.v == row->tech_id.v);
	return row->lat_e6.is && row->lng_e6.is && spot_valid(out->at);
}

static enum err
stops_load(struct work *w, struct arena *a, const struct route_wish *wish, struct route_facts *out)
{
	struct route_stop_row *rows;
	size_t n;
	uint32_t stops = 0;

	if (wish->kind == ROUTE_DAY)
		TRY(sql_route_visits(w->db, wish->from_day, wish->from_day, VISIT_SKIPPED, VISIT_CANCELLED, a, &rows, &n));
	else
		TRY(sql_route_agreements(w->db, wish->from_day, REPEATS_CALENDAR, TERM_WORKS, TERM_HOLD, VISIT_SCHEDULED, a, &rows, &n));
	if (n > ROUNDS_STOPS_MAX)
		return fail(&w->fault, E_LIMIT, "from_day", "That is more than one plan can hold. Plan one technician, or fewer days.");
	/* Every second week: then the plan has two weeks. */
	for (size_t i = 0; wish->kind == ROUTE_WEEK && i < n; i++) {
		uint32_t every, weekdays;

		if (rule_week(rows[i].rule, &every, &weekdays) && every == 2)
			out->days = 14;
	}
	out->row = rows;
	out->stop = arena_array(a, struct round_stop, n);
	for (size_t i = 0; i < n; i++) {
		struct round_stop s;
		bool placed = routes_stop_of(a, &rows[i], &s);

		bool in = true;

		if (wish->kind == ROUTE_DAY)
			in = of_day(wish, &rows[i], &s);
		else
			TRY(of_week(w, out, &rows[i], &s, &in));
		if (!in)
			continue;
		if (!placed) {
			out->unplaced++;
			continue;
		}
		if (is_locked(wish, rows[i].customer_id))
			s.keep_tech = s.keep_days = true;
		out->row[stops] = rows[i];
		out->stop[stops++] = s;
	}
	out->rounds.stops = stops;
	return OK;
}

/* Is this visit a part of the plan? */
static bool
of_day(const struct route_wish *wish, struct route_stop_row *row, struct round_stop *s)
{
	if (wish->tech_id.is && s->tech != wish->tech_id.v)
		return false;
	s->days = 1;
	s->fixed = row->state != VISIT_SCHEDULED;
	s->fetches = row->fetches && routes_takes(row);
	s->fetch_minutes = row->errand_minutes;
	/* What has nobody and is not begun waits for somebody. */
	return !s->fixed || s->tech != 0;
}

/* An agreement that says the same of every week, or of every other. */
static enum err
of_week(struct work *w, struct route_facts *out, const struct route_stop_row *row, struct round_stop *s, bool *in)
{
	uint32_t weekdays, every;

	*in = true;
	if (!rule_week(row->rule, &every, &weekdays)) {
		TRY(own_rhythm(w, out, row, s));
		*in = s->days != 0;
		return OK;
	}
	s->every_weeks = every;
	s->days = weekdays;
	if (every == 1 && out->days == 14)
		s->days |= (uint64_t)weekdays << 7;
	/* Weeks are counted from the anchor's. */
	if (every == 2) {
		int32_t week = (out->monday.n - (row->anchor_day.n - (int32_t)day_weekday(row->anchor_day))) / 7;

		s->days = (week & 1) != 0 ? (uint64_t)weekdays << 7 : weekdays;
	}
	return OK;
}

/*
 * Monthly, every third week, by season: it keeps its person and its days. Where it comes in the weeks of the plan it
 * takes its time there, and the others are planned around it.
 */
static enum err
own_rhythm(struct work *w, struct route_facts *out, const struct route_stop_row *row, struct round_stop *s)
{
	const struct day last = day_add(out->monday, (int32_t)out->days - 1);
	struct day day[RULE_WINDOW_DAYS];
	size_t n;

	out->outside++;
	s->keep_tech = s->keep_days = true;
	s->days = 0;
	TRY(rule_days(row->rule, row->anchor_day, out->monday, last, day, &n, &w->fault));
	for (size_t i = 0; i < n; i++)
		s->days |= UINT64_C(1) << (day[i].n - out->monday.n);
	return OK;
}

static bool
is_locked(const struct route_wish *wish, uint64_t customer_id)
{
	for (size_t i = 0; i < wish->locked_n; i++)
		if (wish->locked[i].id == customer_id)
			return true;
	return false;
}
