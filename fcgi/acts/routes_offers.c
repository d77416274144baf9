/*
 * fcgi/acts/routes_offers.c -- where somebody new fits: every technician on every day of the next weeks, priced exactly.
 *
 * Each day is a problem of its own, with the routes as they stand. What taking the place adds is the tally of the
 * route with the new stop minus the tally without it. For every week: the same weekday and technician in all weeks,
 * the average of what it adds. An agreement has one seq for all its weeks, so the first week chooses the place and the
 * others are priced with that seq, not with a better place of their own which nobody could take.
 */
#include "fcgi/acts/routes.h"

#include "domain/base/id.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_roads.h"
#include "fcgi/acts/tell_van.h"
#include "sql/tenant/queries/routes.h"
#include "sql/tenant/queries/services.h"

#define MINUTES_DEFAULT 30
#define SETTLED_S 60
#define FETCH_PRICE 900 /* seconds: a stop more, besides its way */

struct looking {
	const struct route_offers_query *q;
	struct route_place_row *place;
	struct route_facts people;
	struct round_stop fresh;
	struct pace pace;
	bool roads;
	struct vans *vans; /* NULL: for every week, and nobody knows what is in a van then */
	uint64_t service_id;
	const struct route_offer *first; /* what the first week offers, when it is for every week */
	size_t first_n;
};

static enum err fresh_stop(struct work *w, struct looking *l);
static enum err look_at(struct work *w, struct looking *l, const struct route_stop_row *row, size_t n, struct day day,
    struct route_offer *out, size_t *found);
static enum err ways_of_day(struct work *w, const struct looking *l, struct rounds_facts *f);
static const struct route_offer *first_week(const struct looking *l, struct day day, uint64_t tech_id);
static uint32_t seq_there(struct work *w, const struct rounds *r, const struct route_stop_row *const *row, uint32_t shift,
    uint32_t fresh);
static void to_the_end(struct route *route, uint32_t fresh);
static bool seq_between(struct work *w, const struct route *route, const struct route_stop_row *const *row, uint32_t n,
    uint32_t at, uint32_t *seq);
static uint32_t stand_by_seq(struct route *route, const struct route_stop_row *const *row, uint32_t fresh, uint32_t seq);
static void offer_fill(struct work *w, const struct looking *l, const struct rounds *r,
    const struct route_stop_row *const *row, uint32_t shift, struct route_offer *out);
static uint32_t latest(const struct rounds *r, uint32_t shift, const int32_t *begins, const int32_t *before);
static size_t by_week(const struct route_offer *all, size_t n, uint32_t weeks, struct route_offer *out);
static int64_t price(const struct route_offer *o);
static void sort(struct route_offer *o, size_t n);

enum err
act_route_offers(struct work *w, const struct route_offers_query *q, struct route_offer_page *out)
{
	const int32_t days = (int32_t)(q->weeks < 1 ? OFFER_WEEKS_USUAL : q->weeks) * 7;
	struct looking l = {.q = q, .people.days = 1};
	struct route_figure_settings settings;
	struct route_stop_row *rows;
	struct route_offer *all;
	size_t n, found = 0;

	if (q->from_day.n < zone_day(w->tenant->zone, w->now).n)
		return fail(&w->fault, E_INVALID, "from_day", "This day is over.");
	TRY(fresh_stop(w, &l));
	TRY(tell_route_figures(w, &settings));
	if (!q->weekly.is || !q->weekly.v)
		TRY(tell_vans(w, &l.service_id, 1, &l.vans));
	l.pace = settings.pace;
	l.roads = settings.roads;
	TRY(sql_route_visits(w->db, q->from_day, day_add(q->from_day, days - 1), VISIT_SKIPPED, VISIT_CANCELLED, w->arena, &rows, &n));
	if (n > 12000)
		return fail(&w->fault, E_LIMIT, "weeks", "This is too much for one look. Choose fewer days, or one technician.");
	all = arena_array(w->arena, struct route_offer, (size_t)days * ROUNDS_TECHS_MAX);
	l.first = all;
	for (int32_t d = 0, first = 0; d < days; d++) {
		const struct arena_mark here = arena_mark(w->arena);
		const struct day day = day_add(q->from_day, d);
		int32_t next = first;
		size_t more = 0;

		while (next < (int32_t)n && rows[next].day.n == day.n)
			next++;
		if ((l.fresh.not_days >> day_weekday(day) & 1) == 0)
			TRY(look_at(w, &l, rows + first, (size_t)(next - first), day, all + found, &more));
		/* The day's ways are large and not needed any more; an offer holds figures, and names of rows. */
		arena_rewind(w->arena, here);
		found += more;
		first = next;
		if (d < 7 && q->weekly.is && q->weekly.v)
			l.first_n = found;
	}
	TRY(routes_people(w, w->arena, q->from_day, 1, &l.people));
	for (size_t i = 0; i < found; i++)
		for (uint32_t t = 0; t < l.people.rounds.techs; t++)
			if (l.people.tech[t].id == all[i].tech_id) {
				all[i].tech = l.people.worker[t].name;
				all[i].colour = l.people.worker[t].colour;
			}
	*out = (struct route_offer_page){.looked = (uint32_t)found};
	if (q->weekly.is && q->weekly.v) {
		struct route_offer *weekly = arena_array(w->arena, struct route_offer, found);

		found = by_week(all, found, (uint32_t)days / 7, weekly);
		all = weekly;
	}
	sort(all, found);
	out->rows = all;
	out->rows_n = found < OFFER_LINES_MAX ? found : OFFER_LINES_MAX;
	return OK;
}

/* The stop that is not there yet, with what its people wish. */
static enum err
fresh_stop(struct work *w, struct looking *l)
{
	struct service_row service = {.minutes = MINUTES_DEFAULT, .skills = STR("[]")};
	struct route_stop_row row = {.state = VISIT_SCHEDULED};

	TRY(sql_route_place(w->db, l->q->property_id, w->arena, &l->place));
	if (l->place == NULL)
		return fail(&w->fault, E_INVALID, "property_id", "This property does not exist.");
	if (l->q->service_id.is) {
		enum err e = sql_service_one(w->db, l->q->service_id.v, w->arena, &service);

		if (tell_absent(w, e))
			return fail(&w->fault, E_INVALID, "service_id", "This service does not exist.");
		TRY(e);
	}
	l->service_id = l->q->service_id.is ? l->q->service_id.v : 0;
	row.minutes = l->q->minutes.is ? l->q->minutes.v : service.minutes;
	row.lat_e6 = l->place->lat_e6;
	row.lng_e6 = l->place->lng_e6;
	row.not_days = l->place->not_days;
	row.like_days = l->place->like_days;
	row.never_techs = l->place->never_techs;
	row.skills = service.skills;
	row.from_minute = l->q->from_minute.is ? l->q->from_minute : l->place->from_minute;
	row.to_minute = l->q->to_minute.is ? l->q->to_minute : l->place->to_minute;
	if (row.from_minute.is && row.to_minute.is && row.from_minute.v >= row.to_minute.v)
		return fail(&w->fault, E_INVALID, "to_minute", "The time of day ends before it begins.");
	if (!routes_stop_of(w->arena, &row, &l->fresh))
		return fail(&w->fault, E_INVALID, "property_id", "This property has no place on the map yet. Set its pin first.");
	l->fresh.days = 1;
	if (l->place->same_tech && l->place->usual_tech_id.is) {
		l->fresh.tech = l->place->usual_tech_id.v;
		l->fresh.keep_tech = true;
	}
	return OK;
}

static enum err
look_at(struct work *w, struct looking *l, const struct route_stop_row *row, size_t n, struct day day,
    struct route_offer *out, size_t *found)
{
	struct round_stop *stop = arena_array(w->arena, struct round_stop, n + 1);
	const struct route_stop_row **of = arena_array(w->arena, const struct route_stop_row *, n + 1);
	uint64_t *service = arena_array(w->arena, uint64_t, n + 1);
	struct str good[DISPATCH_GOODS];
	struct rounds_facts f = {.stop = stop, .wish.days = 1};
	struct rounds r;
	uint32_t stops = 0;

	TRY(routes_people(w, w->arena, day, 1, &l->people));
	for (size_t i = 0; i < n; i++) {
		if (!routes_stop_of(w->arena, &row[i], &stop[stops]) || !row[i].tech_id.is)
			continue;
		stop[stops].days = 1;
		stop[stops].fixed = row[i].state != VISIT_SCHEDULED;
		stop[stops].fetches = row[i].fetches && routes_takes(&row[i]);
		stop[stops].fetch_minutes = row[i].errand_minutes;
		service[stops] = routes_takes(&row[i]) ? row[i].service_id : 0;
		of[stops++] = &row[i];
	}
	/* The new one stands behind the others and has nobody, so that it is on no route yet. */
	stop[stops] = l->fresh;
	stop[stops].days = 0;
	f.stops = stops + 1;
	f.tech = l->people.rounds.tech;
	f.techs = l->people.rounds.techs;
	service[stops] = l->service_id;
	if (l->vans != NULL)
		TRY(routes_van(w, l->vans, service, stop, l->people.tech, &f, good));
	TRY(ways_of_day(w, l, &f));
	TRY(rounds_open(&f, w->arena, &r, &w->fault));
	for (uint32_t s = 0; s < r.facts.shifts; s++) {
		if ((r.facts.stop[stops].skills & ~r.facts.shift[s].skills) != 0)
			continue;
		rounds_move(&r, stops, r.facts.shift[s].tech, 1);
		if (r.plan.pattern[stops] == 0)
			continue;
		struct route_offer *o = &out[(*found)++];
		*o = (struct route_offer){.day = day, .times = 1, .tech = STR(""), .near = STR(""), .late = STR("")};
		offer_fill(w, l, &r, of, s, o);
		rounds_move(&r, stops, ROUNDS_NOBODY, 0);
	}
	return OK;
}

static enum err
ways_of_day(struct work *w, const struct looking *l, struct rounds_facts *f)
{
	const uint32_t fresh = f->stops - 1;
	const struct spot *at;
	struct way_asked *asked;
	uint32_t n = rounds_places(f, w->arena, &at);

	f->ways = ways_estimate(at, n, &l->pace, w->arena);
	/* What decides is the ways to and from the new place; the rest is driven with and without it. */
	if (!l->roads)
		return OK;
	asked = arena_array(w->arena, struct way_asked, 2 * (size_t)n);
	for (uint32_t i = 0; i < n; i++) {
		asked[2 * i] = (struct way_asked){fresh, i, at[fresh], at[i]};
		asked[2 * i + 1] = (struct way_asked){i, fresh, at[i], at[fresh]};
	}
	return tell_ways_know(w, &f->ways, asked, 2 * (size_t)n);
}

/* The offer of the same weekday and technician in the first week; NULL: this is it, or it is for once. */
static const struct route_offer *
first_week(const struct looking *l, struct day day, uint64_t tech_id)
{
	for (size_t i = 0; i < l->first_n; i++)
		if (l->first[i].tech_id == tech_id && day_weekday(l->first[i].day) == day_weekday(day))
			return &l->first[i];
	return NULL;
}

/*
 * The number of its cheapest place. Only a place that a number of its own can say counts: of visits with the same
 * number the older one comes first, and which of those made in one minute is older nobody can tell.
 */
static uint32_t
seq_there(struct work *w, const struct rounds *r, const struct route_stop_row *const *row, uint32_t shift, uint32_t fresh)
{
	struct route *route = &r->plan.route[shift];
	int64_t least = INT64_MAX;
	uint32_t best = VISIT_SEQ_MAX, n = route->stops - 1;

	for (uint32_t at = r->fixed[shift]; at <= n; at++) {
		uint32_t seq;
		struct tally t;

		to_the_end(route, fresh);
		if (!seq_between(w, route, row, n, at, &seq))
			continue;
		stand_by_seq(route, row, fresh, seq);
		tally_route(&r->facts, &r->in->ways, shift, route->stop, route->stops, NULL, &t);
		int64_t price = t.drive_s + DISPATCH_LATE_PRICE * (t.late_s + t.lunch_late_s) + DISPATCH_OVERTIME_PRICE * t.overtime_s +
		    DISPATCH_OVER_PRICE * t.over + r->facts.supply.price * (int64_t)t.fetches;
		if (price < least) {
			least = price;
			best = seq;
		}
	}
	return best;
}

/* The others close up, the new one stands last. */
static void
to_the_end(struct route *route, uint32_t fresh)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < route->stops; i++)
		if (route->stop[i] != fresh)
			route->stop[n++] = route->stop[i];
	route->stop[n] = fresh;
}

/* A number behind the at-th of n others and before the next; false: there is none. */
static bool
seq_between(struct work *w, const struct route *route, const struct route_stop_row *const *row, uint32_t n, uint32_t at,
    uint32_t *seq)
{
	const struct route_stop_row *before = at > 0 ? row[route->stop[at - 1]] : NULL, *after = at < n ? row[route->stop[at]] : NULL;
	const uint32_t low = before != NULL ? before->seq : 0;
	const uint32_t high = after != NULL ? after->seq : low + 2 * ROUNDS_SEQ_STEP;
	const int64_t settled_ms = (w->now - SETTLED_S) * 1000;

	*seq = high > low ? low + (high - low) / 2 : low;
	if (*seq > VISIT_SEQ_MAX)
		*seq = VISIT_SEQ_MAX;
	if (before == NULL || *seq > low)
		return after == NULL || *seq < high;
	/* The same as the one before, which then has to be older for good; and so have those that share its number. */
	return id_ms(before->id) < settled_ms && (after == NULL || after->seq > *seq);
}

/* Where a visit with this seq will be driven: behind all that have the same, since it is the newest. */
static uint32_t
stand_by_seq(struct route *route, const struct route_stop_row *const *row, uint32_t fresh, uint32_t seq)
{
	uint32_t at;

	to_the_end(route, fresh);
	for (at = route->stops - 1; at > 0 && row[route->stop[at - 1]]->seq > seq; at--)
		route->stop[at] = route->stop[at - 1];
	route->stop[at] = fresh;
	return at;
}

static void
offer_fill(struct work *w, const struct looking *l, const struct rounds *r, const struct route_stop_row *const *row,
    uint32_t shift, struct route_offer *out)
{
	struct route *route = &r->plan.route[shift];
	const struct route *was = &r->before.route[shift];
	const uint32_t fresh = r->facts.stops - 1, tech = r->facts.shift[shift].tech;
	const struct route_offer *first;
	struct tally with, without;
	uint32_t at, near = ROUTING_NO_STOP, late;
	int32_t *begins = arena_array(r->a, int32_t, route->stops + 1), *before = arena_array(r->a, int32_t, route->stops + 1);
	int32_t near_m = 0;

	out->tech_id = l->people.tech[tech].id;
	first = first_week(l, out->day, out->tech_id);
	out->seq = first != NULL ? first->seq : seq_there(w, r, row, shift, fresh);
	at = stand_by_seq(route, row, fresh, out->seq);
	tally_route(&r->facts, &r->in->ways, shift, route->stop, route->stops, begins, &with);
	tally_route(&r->facts, &r->in->ways, shift, was->stop, was->stops, before, &without);
	late = latest(r, shift, begins, before);
	for (int side = -1; side <= 1; side += 2)
		if ((side < 0 && at > 0) || (side > 0 && at + 1 < route->stops)) {
			uint32_t other = route->stop[side < 0 ? at - 1 : at + 1];
			struct way way = ways_at(&r->in->ways, fresh, other);

			if (near == ROUTING_NO_STOP || way.metres < near_m) {
				near = other;
				near_m = way.metres;
			}
		}
	out->added_s = with.drive_s - without.drive_s;
	out->added_m = with.metres - without.metres;
	out->begin_minute = (uint32_t)begins[at] / 60;
	out->ends_minute = (uint32_t)with.ends_s / 60;
	out->shift_ends = (uint32_t)r->facts.shift[shift].to_s / 60;
	out->stops = with.stops;
	out->load_price = shift_load_price((uint32_t)(without.service_s / 60),
	    (uint32_t)(r->facts.shift[shift].to_s - r->facts.shift[shift].from_s) / 60);
	out->load_minutes = (uint32_t)((with.drive_s + with.service_s + 59) / 60);
	out->overtime_s = with.overtime_s - without.overtime_s;
	out->late_s = with.late_s - without.late_s;
	out->lacks = with.lacks > without.lacks ? (uint32_t)(with.lacks - without.lacks) : 0;
	out->fetches = with.fetches > without.fetches;
	out->estimated = with.estimated > 0;
	out->liked = (l->place->like_days >> day_weekday(out->day) & 1) != 0;
	out->other_tech = l->place->usual_tech_id.is && l->place->usual_tech_id.v != out->tech_id;
	out->unliked = l->place->like_days != 0 && !out->liked;
	out->own_late = late == fresh;
	if (late != ROUTING_NO_STOP && late != fresh)
		out->late = row[late]->customer;
	if (near != ROUTING_NO_STOP) {
		out->near = row[near]->customer;
		out->near_m = near_m;
	}
}

/* Who becomes late most because of it; ROUTING_NO_STOP: nobody. Both routes drive the others in the same order. */
static uint32_t
latest(const struct rounds *r, uint32_t shift, const int32_t *begins, const int32_t *before)
{
	const struct route *route = &r->plan.route[shift];
	const uint32_t fresh = r->facts.stops - 1;
	uint32_t who = ROUTING_NO_STOP;
	int32_t most = 0;

	for (uint32_t i = 0, k = 0; i < route->stops; i++) {
		const struct stop *s = &r->facts.stop[route->stop[i]];
		const int32_t end = s->windows > 0 ? s->window[s->windows - 1].to_s : INT32_MAX;
		int32_t more = begins[i] > end ? begins[i] - end : 0;

		if (route->stop[i] != fresh) {
			more -= before[k] > end ? before[k] - end : 0;
			k++;
		}
		if (more > most) {
			most = more;
			who = route->stop[i];
		}
	}
	return who;
}

/* One line for each weekday and technician who is there in every week. */
static size_t
by_week(const struct route_offer *all, size_t n, uint32_t weeks, struct route_offer *out)
{
	size_t lines = 0;

	for (size_t i = 0; i < n; i++) {
		struct route_offer *o = NULL;

		for (size_t k = 0; k < lines && o == NULL; k++)
			if (out[k].tech_id == all[i].tech_id && day_weekday(out[k].day) == day_weekday(all[i].day))
				o = &out[k];
		if (o == NULL) {
			out[lines++] = all[i];
			continue;
		}
		o->times++;
		o->added_s += all[i].added_s;
		o->added_m += all[i].added_m;
		o->overtime_s += all[i].overtime_s;
		o->late_s += all[i].late_s;
		o->load_price += all[i].load_price;
		o->estimated |= all[i].estimated;
		o->own_late |= all[i].own_late;
		if (o->late.n == 0)
			o->late = all[i].late;
	}
	for (size_t k = 0; k < lines;) {
		struct route_offer *o = &out[k];

		if (o->times < weeks) {
			*o = out[--lines];
			continue;
		}
		o->added_s /= o->times;
		o->added_m /= o->times;
		o->overtime_s /= o->times;
		o->late_s /= o->times;
		o->load_price /= o->times;
		k++;
	}
	return lines;
}

static int64_t
price(const struct route_offer *o)
{
	return o->added_s + DISPATCH_OVERTIME_PRICE * o->overtime_s + DISPATCH_LATE_PRICE * o->late_s +
	    o->load_price + (int64_t)DISPATCH_OVER_PRICE * o->lacks + (o->fetches ? FETCH_PRICE : 0) + (o->other_tech ? 300 : 0) - (o->liked ? 300 : 0);
}

static void
sort(struct route_offer *o, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct route_offer x = o[i];
		size_t at = i;

		while (at > 0 && price(&o[at - 1]) > price(&x)) {
			o[at] = o[at - 1];
			at--;
		}
		o[at] = x;
	}
}
