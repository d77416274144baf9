/*
 * fcgi/acts/routes_search.c -- what the job does around the search: load, keep the best, finish with figures and reasons.
 *
 * Each slice is a job of its own. What a killed one had found is lost with it, what those before found stands in the
 * batch. Facts that changed meanwhile make the search begin anew, with what is true now.
 */
#include "fcgi/acts/routes.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_roads.h"
#include "sql/tenant/queries/routes.h"

/* Where one plan lives while it is searched; given back with the job's arena. */
#define PLAN_FIRST ((size_t)1 << 20)
#define PLAN_CEILING ((size_t)1 << 30)
#define WEEK_SECONDS_MIN 5
#define WEEK_SECONDS_MAX 40
#define STOPS_A_SECOND 40

static enum err lay_out(struct work *w, struct route_slice *s);
static void close_arena(void *a);
static enum err refused_read(struct work *w, struct route_slice *s);
static void refuse(struct route_slice *s);
static enum err finish(struct work *w, struct route_slice *s, const struct fuel *fuel);
static enum err rows_write(struct work *w, struct route_slice *s, const struct round_change *c, uint32_t n);
static void stop_fill(const struct route_slice *s, uint32_t i, struct route_stop *out);
static uint32_t position(const struct rounds *r, const struct plan *plan, uint32_t stop, bool *estimated);
static size_t loads_count(const struct route_slice *s, const struct fuel *fuel, struct route_load *out);
static void sum(const struct route_load *l, size_t n, bool after, const struct fuel *fuel, struct route_figures *out);
static uint32_t index_of(const struct route_slice *s, uint64_t id);

enum err
routes_slice_open(struct work *w, uint64_t plan_id, struct route_slice *s)
{
	*s = (struct route_slice){.skip = true, .problem = STR("")};
	enum err e = sql_route_plan_one(w->db, plan_id, BATCH_ROUTES, w->arena, &s->row);
	if (tell_absent(w, e))
		return OK;
	TRY(e);
	if (s->row.state != BATCH_DRAFT)
		return OK;
	TRY(routes_body_read(w, s->row.body, &s->body));
	s->a = arena_open(PLAN_FIRST, PLAN_CEILING, NULL);
	arena_defer(w->arena, close_arena, s->a);
	e = lay_out(w, s);
	s->skip = e != OK;
	if (e != E_INVALID && e != E_LIMIT)
		return e;
	/* Asking again would not help: the plan says why. */
	s->problem = words_fault(w->arena, w->tenant->language, &w->fault);
	w->fault = (struct fault){0};
	return OK;
}

enum err
routes_slice_settle(struct work *w, struct route_slice *s)
{
	const uint64_t id = s->row.id;
	struct route_plan_row now;
	struct route_body there;
	struct tally t;

	TRY(sql_route_plan_for_update(w->db, id, BATCH_ROUTES, w->arena, &now));
	TRY(routes_body_read(w, now.body, &there));
	if (now.state != BATCH_DRAFT)
		return OK; /* cancelled meanwhile */
	if (s->problem.n > 0) {
		there.problem = s->problem;
		return routes_body_save(w, &now, BATCH_FAILED, &there);
	}
	if (there.search && there.slices > 0 && there.slices < s->body.slices)
		s->body.slices = there.slices; /* somebody said: enough */
	s->body.tries += s->tries;
	s->body.spent_ms += s->spent_ms;
	s->body.found = str_copy(w->arena, rounds_print(&s->rounds, &s->best));
	rounds_take(&s->rounds, &s->best);
	rounds_tally(&s->rounds, &s->rounds.plan, ROUTING_NO_STOP, &t);
	s->body.best_s = t.drive_s;
	s->body.unplaced = s->facts.unplaced;
	s->body.outside = s->facts.outside;
	if (s->body.search)
		s->body.slice++;
	if (s->body.search && s->body.slice < s->body.slices) {
		TRY(routes_body_save(w, &now, BATCH_DRAFT, &s->body));
		return tell(w, "routes", &route_order_shape, &(struct route_order){id});
	}
	struct route_figure_settings settings;
	TRY(tell_route_figures(w, &settings));
	const struct fuel fuel = {settings.fuel_price_cents, settings.fuel_unit, settings.fuel_use_x10, settings.fuel_use};
	TRY(finish(w, s, &fuel));
	s->body.search = false;
	return routes_body_save(w, &now, BATCH_DRY, &s->body);
}

/* The facts as a problem, and where its search stands. Other facts than before: it begins anew. */
static enum err
lay_out(struct work *w, struct route_slice *s)
{
	char mark[17];
	struct tally t;

	TRY(routes_facts(w, s->a, &s->body.wish, &s->facts));
	TRY(routes_ways(w, s->a, &s->facts));
	TRY(rounds_open(&s->facts.rounds, s->a, &s->rounds, &w->fault));
	snprintf(mark, sizeof(mark), "%016llx", (unsigned long long)rounds_mark(&s->facts.rounds));
	if (!str_eq(s->body.mark, str_of(mark)) || !rounds_read(&s->rounds, s->body.found, &s->best)) {
		s->body.mark = str_copy(w->arena, str_of(mark));
		s->body.search = true;
		s->body.slice = 0;
		rounds_copy(&s->rounds, &s->rounds.start, &s->best);
	} else {
		TRY(refused_read(w, s));
	}
	rounds_tally(&s->rounds, &s->rounds.before, ROUTING_NO_STOP, &t);
	s->body.start_s = t.drive_s;
	if (s->body.slices == 0) {
		uint32_t seconds = s->facts.rounds.stops / STOPS_A_SECOND;

		s->body.slices = seconds < WEEK_SECONDS_MIN ? WEEK_SECONDS_MIN : seconds > WEEK_SECONDS_MAX ? WEEK_SECONDS_MAX : seconds;
	}
	return OK;
}

static void
close_arena(void *a)
{
	arena_close(a);
}

static enum err
refused_read(struct work *w, struct route_slice *s)
{
	struct route_cells_row *rows;
	uint64_t *ids;
	size_t n;

	TRY(sql_route_cells_in_state(w->db, s->row.id, ROW_SKIP, ROUNDS_STOPS_MAX, w->arena, &rows, &n));
	ids = arena_array(w->arena, uint64_t, n);
	for (size_t i = 0; i < n; i++)
		ids[i] = rows[i].record_id;
	s->refused = ids;
	s->refused_n = n;
	return OK;
}

static enum err
finish(struct work *w, struct route_slice *s, const struct fuel *fuel)
{
	struct round_change *c = arena_array(s->a, struct round_change, s->facts.rounds.stops);
	struct route_load *loads = arena_array(s->a, struct route_load, s->rounds.facts.shifts);
	uint32_t n = rounds_changes(&s->rounds, c), accepted = 0, left_out = 0;
	size_t loads_n;

	refuse(s);
	TRY(rows_write(w, s, c, n));
	for (uint32_t i = 0; i < s->facts.rounds.stops; i++)
		left_out += s->rounds.plan.pattern[i] == 0;
	for (uint32_t i = 0; i < n; i++) {
		accepted++;
		for (size_t k = 0; k < s->refused_n; k++)
			if (s->refused[k] == s->facts.stop[c[i].stop].id) {
				accepted--;
				break;
			}
	}
	loads_n = loads_count(s, fuel, loads);
	s->body.loads = str_copy(w->arena, routes_loads_write(s->a, loads, loads_n));
	sum(loads, loads_n, false, fuel, &s->body.before);
	sum(loads, loads_n, true, fuel, &s->body.after);
	s->body.changed = accepted;
	s->body.left_out = left_out;
	return OK;
}

/* What somebody refused goes back to where it was, the rest as planned. */
static void
refuse(struct route_slice *s)
{
	for (size_t k = 0; k < s->refused_n; k++) {
		uint32_t i = index_of(s, s->refused[k]);

		if (i < s->facts.rounds.stops)
			rounds_move(&s->rounds, i, s->rounds.before_tech[i], s->facts.stop[i].days);
	}
}

static enum err
rows_write(struct work *w, struct route_slice *s, const struct round_change *c, uint32_t n)
{
	uint32_t *change_of = arena_array(s->a, uint32_t, s->facts.rounds.stops);
	uint64_t rows;

	for (uint32_t i = 0; i < n; i++)
		change_of[c[i].stop] = i + 1;
	for (uint32_t i = 0; i < s->facts.rounds.stops; i++) {
		struct arena_mark here = arena_mark(s->a);
		struct route_stop stop;

		stop_fill(s, i, &stop);
		if (change_of[i] > 0) {
			const struct round_change *x = &c[change_of[i] - 1];

			stop.state = ROW_CHANGE;
			for (size_t k = 0; k < s->refused_n; k++)
				if (s->refused[k] == stop.record_id)
					stop.state = ROW_SKIP;
			stop.to_tech = (struct maybe_u64){x->to_tech != ROUNDS_NOBODY, x->to_tech == ROUNDS_NOBODY ? 0 :
			    s->facts.tech[x->to_tech].id};
			stop.to_days = (uint32_t)x->to_days;
			stop.saves_s = x->saves_s;
			stop.saves_m = x->saves_m;
			stop.reason = x->reason;
			if (x->near_stop != ROUTING_NO_STOP) {
				stop.near = s->facts.row[x->near_stop].customer;
				stop.near_m = x->near_m;
			}
		}
		TRY(sql_route_cells_put(w->db, s->row.id, i + 1, stop.state, stop.record_id, routes_cells_write(s->a, &stop), &rows));
		arena_rewind(s->a, here);
	}
	return sql_route_cells_drop(w->db, s->row.id, s->facts.rounds.stops, &rows);
}

static void
stop_fill(const struct route_slice *s, uint32_t i, struct route_stop *out)
{
	const struct route_stop_row *row = &s->facts.row[i];
	const struct round_stop *x = &s->facts.stop[i];
	const struct rounds *r = &s->rounds;
	uint64_t days;
	uint32_t tech;

	*out = (struct route_stop){.n = i + 1, .state = ROW_WAITING, .record_id = row->id, .customer_id = row->customer_id,
	    .customer = row->customer, .street = row->street, .city = row->city, .lat_e6 = row->lat_e6.v,
	    .lng_e6 = row->lng_e6.v, .minutes = row->minutes, .from_minute = row->from_minute, .to_minute = row->to_minute,
	    .version = row->version, .was_tech = row->tech_id, .was_days = (uint32_t)x->days, .was_seq = row->seq,
	    .was_at = position(r, &r->before, i, NULL), .fixed = x->fixed,
	    .locked = x->keep_tech && x->keep_days, .was_by_hand = row->by_hand, .near = STR(""), .undo = STR(""),
	    .reason = ROUND_EVEN};
	out->to_at = position(r, &r->plan, i, &out->estimated);
	/* What nobody can take stays with whoever has it. */
	out->to_tech = row->tech_id;
	out->to_days = (uint32_t)x->days;
	out->to_seq = row->seq;
	if (rounds_where(r, &r->plan, i, &tech, &days)) {
		out->to_tech = (struct maybe_u64){true, s->facts.tech[tech].id};
		out->to_days = (uint32_t)days;
		if (!x->fixed)
			out->to_seq = rounds_seq(r, &r->plan, i);
	}
}

/* On the route of its first day, from 1; and whether the way there is known to a road map. */
static uint32_t
position(const struct rounds *r, const struct plan *plan, uint32_t stop, bool *estimated)
{
	uint32_t first = r->in->wish.days, at = 0;

	for (uint32_t l = 0; plan->pattern[stop] != 0 && l < r->facts.shifts; l++)
		for (uint32_t i = 0; i < plan->route[l].stops; i++)
			if (plan->route[l].stop[i] == stop && r->facts.shift[l].day < first) {
				const uint32_t from = i > 0 ? r->facts.stop[plan->route[l].stop[i - 1]].place : r->facts.shift[l].start;

				first = r->facts.shift[l].day;
				at = i + 1;
				if (estimated != NULL)
					*estimated = from != ROUTING_NOWHERE && ways_at(&r->in->ways, from, r->facts.stop[stop].place).estimated;
			}
	return at;
}

static size_t
loads_count(const struct route_slice *s, const struct fuel *fuel, struct route_load *out)
{
	const struct rounds *r = &s->rounds;
	size_t n = 0;

	for (uint32_t l = 0; l < r->facts.shifts; l++) {
		const struct shift *x = &r->facts.shift[l];
		struct route_load *load = &out[n];
		struct tally before, after;

		rounds_tally(r, &r->before, l, &before);
		rounds_tally(r, &r->plan, l, &after);
		*load = (struct route_load){.tech_id = s->facts.tech[x->tech].id, .day = x->day,
		    .from_minute = (uint32_t)x->from_s / 60, .to_minute = (uint32_t)x->to_s / 60,
		    .before_ends = (uint32_t)before.ends_s / 60, .after_ends = (uint32_t)after.ends_s / 60,
		    .lunch = {after.lunch_s != TALLY_NO_LUNCH && after.stops > 0, (uint32_t)after.lunch_s / 60},
		    .supply = {after.fetches > 0, (uint32_t)after.supply_s / 60}, .supply_after = after.fetches > 0 ? after.supply_after : 0};
		routes_figures_add(&load->before, &before);
		routes_figures_add(&load->after, &after);
		load->before.fuel_cents = fuel_cents(before.metres, fuel);
		load->after.fuel_cents = fuel_cents(after.metres, fuel);
		n++;
	}
	return n;
}

static void
sum(const struct route_load *l, size_t n, bool after, const struct fuel *fuel, struct route_figures *out)
{
	*out = (struct route_figures){0};
	for (size_t i = 0; i < n; i++) {
		const struct route_figures *f = after ? &l[i].after : &l[i].before;

		out->drive_s += f->drive_s;
		out->metres += f->metres;
		out->service_s += f->service_s;
		out->wait_s += f->wait_s;
		out->overtime_s += f->overtime_s;
		out->late_s += f->late_s;
		out->stops += f->stops;
		out->late_stops += f->late_stops;
		out->routes += f->routes;
		out->legs += f->legs;
		out->estimated += f->estimated;
		out->paid_s += f->paid_s;
		out->lunch_late_s += f->lunch_late_s;
		out->lacks += f->lacks;
	}
	/* Of all miles at once: a sum of rounded days would differ from what the pump says. */
	out->fuel_cents = fuel_cents(out->metres, fuel);
}

static uint32_t
index_of(const struct route_slice *s, uint64_t id)
{
	uint32_t i = 0;

	while (i < s->facts.rounds.stops && s->facts.stop[i].id != id)
		i++;
	return i;
}
