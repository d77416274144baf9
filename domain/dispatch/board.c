/*
 * domain/dispatch/board.c -- when the stops of a day will be, and where another one fits. All arithmetic of ways and
 * clocks is routing/tally's: here is only what has happened already.
 */
#include "domain/dispatch/board.h"

#include "domain/dispatch/shift.h"
#include "domain/routing/offers.h"
#include "domain/routing/tally.h"

#define NO_END (2 * 86400)

/* What is still to be begun, as a problem of one shift. */
struct rest {
	struct problem p;
	struct shift shift;
	uint32_t *order; /* stops of the problem, in the plan's order */
	size_t *from;    /* of the lane, per stop of the problem */
	bool *errand;    /* it is the way by the supply house before that one */
	uint32_t n;
};

static void drive_with(const struct lane *l, const struct lane_stop *fresh, const struct rest *r, uint32_t at, struct arena *a,
    struct tally *out, int32_t *begin_s);
static void rest_build(const struct lane *l, const struct lane_stop *fresh, struct arena *a, struct lane_time *out,
    struct rest *r);
static void over_first(const struct lane *l, struct lane_time *out, int32_t *free_s, uint32_t *at);
static void on_the_way(const struct lane *l, size_t i, struct lane_time *out, struct shift *s);
static struct stop stop_of(const struct lane_stop *s, uint32_t place, struct window *w);
static struct stop errand_of(const struct lane_stop *s);
static int32_t fetch_first_s(const struct lane *l, const struct lane_stop *s, uint32_t place);
static int32_t way_between(const struct lane *l, uint32_t from, uint32_t to);
static int32_t not_before(const struct lane *l, int32_t free_s, uint32_t at, uint32_t place);
static int32_t late(const struct lane_stop *s, int32_t begin_s);
static bool open_still(enum visit_state s);

struct ways *
lane_ways(const struct lane *l, const struct lane_stop *fresh, const struct pace *p, struct arena *a)
{
	const uint32_t n = LANE_FIRST + (uint32_t)l->stops + (fresh != NULL);
	struct spot *at = arena_array(a, struct spot, n);
	bool *placed = arena_array(a, bool, n);
	struct ways *w = arena_new(a, struct ways);

	at[LANE_START] = l->start;
	placed[LANE_START] = l->placed;
	at[LANE_END] = l->end;
	placed[LANE_END] = l->has_end;
	at[LANE_SUPPLY] = l->supply;
	placed[LANE_SUPPLY] = l->supplied;
	for (uint32_t i = LANE_FIRST; i < n; i++) {
		const struct lane_stop *s = i - LANE_FIRST < l->stops ? &l->stop[i - LANE_FIRST] : fresh;

		at[i] = s->at;
		placed[i] = s->placed;
	}
	*w = ways_estimate(at, n, p, a);
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t k = 0; k < n; k++)
			if (i != k && (!placed[i] || !placed[k])) {
				w->seconds[(size_t)i * n + k] = LANE_UNKNOWN_WAY_S;
				w->metres[(size_t)i * n + k] = 0;
			}
	return w;
}

void
lane_whereabouts(const struct lane *l, bool *placed, struct spot *at)
{
	int32_t last = -1;

	*placed = l->placed;
	*at = l->start;
	for (size_t i = 0; i < l->stops; i++) {
		const struct lane_stop *s = &l->stop[i];
		const int32_t end = s->ended_s >= 0 ? s->ended_s : s->started_s;

		if (!open_still(s->state) && end > last) {
			last = end;
			*placed = s->placed;
			*at = s->at;
		}
		if (s->fetches && s->fetched_s > last) {
			last = s->fetched_s;
			*placed = l->supplied;
			*at = l->supply;
		}
	}
}

int32_t
lane_times(const struct lane *l, struct arena *a, struct lane_time *out)
{
	int32_t *begins;
	struct tally t;
	struct rest r;

	rest_build(l, NULL, a, out, &r);
	begins = arena_array(a, int32_t, r.n + 1);
	tally_route(&r.p, l->ways, 0, r.order, r.n, begins, &t);
	for (uint32_t i = 0, at = r.shift.start; i < r.n; i++) {
		const size_t k = r.from[i];
		struct lane_time *x = &out[k];

		if (r.errand[i]) {
			x->fetch_drive_s = way_between(l, at, LANE_SUPPLY);
			x->fetch_s = begins[i];
			at = LANE_SUPPLY;
			continue;
		}
		x->drive_s = way_between(l, at, LANE_FIRST + (uint32_t)k);
		x->begin_s = begins[i];
		x->end_s = begins[i] + (int32_t)l->stop[k].minutes * 60;
		x->late_s = late(&l->stop[k], begins[i]);
		at = LANE_FIRST + (uint32_t)k;
	}
	return t.ends_s;
}

void
lane_tally(const struct lane *l, struct arena *a, struct tally *out)
{
	struct lane_time *times = arena_array(a, struct lane_time, l->stops + 1);
	struct rest r;

	rest_build(l, NULL, a, times, &r);
	tally_route(&r.p, l->ways, 0, r.order, r.n, NULL, out);
}

enum err
lane_offer(const struct lane *l, const struct lane_stop *fresh, struct arena *a, struct lane_offer *out, struct fault *f)
{
	struct lane_time *times = arena_array(a, struct lane_time, l->stops + 1);
	struct route route;
	struct offer best[OFFERS_MAX];
	struct tally with, without;
	struct plan plan = {.route = &route};
	struct rest r;
	size_t found;

	rest_build(l, fresh, a, times, &r);
	route = (struct route){r.order, r.n};
	plan.pattern = arena_array(a, uint64_t, r.n + 1);
	for (uint32_t i = 0; i < r.n; i++)
		plan.pattern[i] = 1;
	TRY(problem_check(&r.p, f));
	TRY(offers(&r.p, &plan, NULL, r.n, 1, best, &found, f));
	if (found == 0)
		return fail(f, E_INVALID, "tech_id", "There is no place for it on this day.");
	/* Between fetching a thing and bringing it there is no place: whoever comes there comes before both. */
	const uint32_t open = r.n, found_at = best[0].position;
	const uint32_t at = found_at > 0 && found_at < open && r.errand[found_at - 1] ? found_at - 1 : found_at;
	uint32_t errands = 0;
	int32_t begin_s;

	tally_route(&r.p, l->ways, 0, r.order, open, NULL, &without);
	drive_with(l, fresh, &r, at, a, &with, &begin_s);
	for (uint32_t i = 0; i < at; i++)
		errands += r.errand[i];
	*out = (struct lane_offer){.position = at - errands, .before_id = at < open ? l->stop[r.from[at]].id : 0,
	    .drive_s = (int32_t)(with.drive_s - without.drive_s), .metres = (int32_t)(with.metres - without.metres),
	    .begin_s = begin_s, .ends_s = with.ends_s, .late_s = (int32_t)(with.late_s - without.late_s),
	    .overtime_s = (int32_t)(with.overtime_s - without.overtime_s), .cost = best[0].cost};
	/* What is fetched costs its way and the time there, as a plan's way by the supply house does. */
	if (lane_fetches(fresh))
		out->cost = out->drive_s + (int64_t)fresh->fetch_minutes * 60 +
		    DISPATCH_LATE_PRICE * (with.late_s + with.lunch_late_s - without.late_s - without.lunch_late_s) +
		    (int64_t)DISPATCH_OVERTIME_PRICE * out->overtime_s;
	if (best[0].late_stop != ROUTING_NO_STOP && out->late_s > 0)
		out->late_id = (struct maybe_u64){true, best[0].late_stop == open ? fresh->id : l->stop[r.from[best[0].late_stop]].id};
	return OK;
}

/* The day with the new stop before the at-th of the others; what it lacks is a stop of its own before it. */
static void
drive_with(const struct lane *l, const struct lane_stop *fresh, const struct rest *r, uint32_t at, struct arena *a,
    struct tally *out, int32_t *begin_s)
{
	const uint32_t open = r->n, place = LANE_FIRST + (uint32_t)l->stops, more = lane_fetches(fresh) ? 2 : 1;
	uint32_t *order = arena_array(a, uint32_t, open + more);
	int32_t *begins = arena_array(a, int32_t, open + more);
	struct stop *stop = arena_array(a, struct stop, open + 2);
	struct problem p = r->p;
	struct window window;

	for (uint32_t i = 0; i < open; i++)
		stop[i] = r->p.stop[i];
	stop[open] = stop_of(fresh, place, &window);
	stop[open + 1] = errand_of(fresh);
	p.stop = stop;
	p.stops = open + more;
	for (uint32_t i = 0; i < open; i++)
		order[i < at ? i : i + more] = i;
	order[at] = more == 2 ? open + 1 : open;
	order[at + more - 1] = open;
	tally_route(&p, l->ways, 0, order, open + more, begins, out);
	*begin_s = begins[at + more - 1];
}

/* What is over or under way stands, and the rest begins where that ends; its times are in `out`. */
static void
rest_build(const struct lane *l, const struct lane_stop *fresh, struct arena *a, struct lane_time *out, struct rest *r)
{
	const size_t room = 2 * l->stops + 1;
	struct stop *stop = arena_array(a, struct stop, room);
	struct window *window = arena_array(a, struct window, room);

	*r = (struct rest){.order = arena_array(a, uint32_t, room), .from = arena_array(a, size_t, room),
	    .errand = arena_array(a, bool, room)};
	r->shift = (struct shift){.end = l->has_end ? LANE_END : ROUTING_NOWHERE, .from_s = l->from_s, .capacity = INT32_MAX,
	    .lunch_s = l->lunch_s, .lunch = {l->lunch_from_s, l->lunch_to_s}};
	over_first(l, out, &r->shift.from_s, &r->shift.start);
	for (size_t i = 0; i < l->stops; i++) {
		const struct lane_stop *s = &l->stop[i];

		if (!open_still(s->state))
			continue;
		if (r->n == 0 && s->state == VISIT_ON_WAY && s->on_way_s >= 0) {
			on_the_way(l, i, out, &r->shift);
			continue;
		}
		if (r->n == 0)
			r->shift.from_s = not_before(l, r->shift.from_s, r->shift.start,
			    lane_fetches(s) ? (uint32_t)LANE_SUPPLY : LANE_FIRST + (uint32_t)i);
		if (lane_fetches(s)) {
			stop[r->n] = errand_of(s);
			r->order[r->n] = r->n;
			r->errand[r->n] = true;
			r->from[r->n++] = i;
		}
		stop[r->n] = stop_of(s, LANE_FIRST + (uint32_t)i, &window[r->n]);
		r->order[r->n] = r->n;
		r->from[r->n++] = i;
	}
	if (fresh != NULL) {
		const uint32_t place = LANE_FIRST + (uint32_t)l->stops;
		const int32_t first_s = fetch_first_s(l, fresh, place);

		/* What it lacks is fetched within its time: an offer asks for one place. */
		stop[r->n] = stop_of(fresh, place, &window[r->n]);
		stop[r->n].service_s += first_s;
		window[r->n].from_s -= window[r->n].from_s < first_s ? window[r->n].from_s : first_s;
		window[r->n].to_s -= window[r->n].to_s < first_s ? window[r->n].to_s : first_s;
		if (r->n == 0)
			r->shift.from_s = not_before(l, r->shift.from_s, r->shift.start, stop[0].place);
	}
	if (r->shift.from_s > r->shift.lunch.to_s)
		r->shift.lunch_s = 0; /* it is over */
	r->shift.to_s = l->to_s > r->shift.from_s ? l->to_s : r->shift.from_s;
	struct shift *shift = arena_new(a, struct shift);
	*shift = r->shift;
	r->p = (struct problem){.matrix = ways_matrix(l->ways), .stop = stop, .stops = r->n + (fresh != NULL), .shift = shift,
	    .shifts = 1, .days = 1, .price = {.late_s = DISPATCH_LATE_PRICE, .overtime_s = DISPATCH_OVERTIME_PRICE},
	    .metres = l->ways->metres};
}

/* What is over or under way, in the order in which it happened; then where and when this technician is free. */
static void
over_first(const struct lane *l, struct lane_time *out, int32_t *free_s, uint32_t *at)
{
	int32_t last = INT32_MIN;

	*at = l->placed ? (uint32_t)LANE_START : ROUTING_NOWHERE;
	for (size_t i = 0; i < l->stops; i++) {
		const struct lane_stop *s = &l->stop[i];
		int32_t begin, end;

		out[i] = (struct lane_time){.begin_s = l->from_s, .end_s = l->from_s, .fetch_s = -1};
		if (s->fetches && s->fetched_s >= 0) {
			out[i].fetch_s = s->fetched_s - (int32_t)s->fetch_minutes * 60;
			if (s->fetched_s > last) {
				last = s->fetched_s;
				*at = LANE_SUPPLY;
			}
		}
		if (open_still(s->state))
			continue;
		begin = s->started_s >= 0 ? s->started_s : s->ended_s >= 0 ? s->ended_s : -1;
		if (begin < 0)
			continue; /* skipped before anybody went */
		end = s->ended_s >= begin ? s->ended_s : begin + (int32_t)s->minutes * 60;
		if (s->state == VISIT_STARTED && end < l->now_s && l->now_s != INT32_MAX)
			end = l->now_s;
		out[i].begin_s = begin;
		out[i].end_s = end;
		out[i].late_s = late(s, begin);
		if (end > last) {
			last = end;
			*at = LANE_FIRST + (uint32_t)i;
		}
	}
	if (last > *free_s)
		*free_s = last;
}

/* Somebody is driving there: nothing comes between but what is fetched for it. */
static void
on_the_way(const struct lane *l, size_t i, struct lane_time *out, struct shift *s)
{
	const bool fetches = lane_fetches(&l->stop[i]);
	const uint32_t place = LANE_FIRST + (uint32_t)i, first = fetches ? (uint32_t)LANE_SUPPLY : place, order[] = {0, 1};
	struct window window;
	struct stop stop[2] = {errand_of(&l->stop[i])};
	int32_t begins[2];
	struct shift way = {.start = s->start, .end = ROUTING_NOWHERE, .to_s = l->to_s, .capacity = INT32_MAX};
	struct tally t;

	way.from_s = l->stop[i].on_way_s > s->from_s ? l->stop[i].on_way_s : s->from_s;
	way.from_s = not_before(l, way.from_s, s->start, first);
	stop[fetches] = stop_of(&l->stop[i], place, &window);
	const struct problem p = {.matrix = ways_matrix(l->ways), .stop = stop, .stops = 1 + fetches, .shift = &way, .shifts = 1, .days = 1};
	tally_route(&p, l->ways, 0, order, p.stops, begins, &t);
	out[i].begin_s = begins[fetches];
	out[i].drive_s = fetches ? way_between(l, LANE_SUPPLY, place) : (int32_t)t.drive_s;
	if (fetches) {
		out[i].fetch_s = begins[0];
		out[i].fetch_drive_s = way_between(l, s->start, LANE_SUPPLY);
	}
	out[i].end_s = t.ends_s;
	out[i].late_s = late(&l->stop[i], out[i].begin_s);
	s->start = place;
	s->from_s = t.ends_s;
}

/* Leaves so that nothing begins before now: whoever is late to leave is taken to be on the way. */
static int32_t
not_before(const struct lane *l, int32_t free_s, uint32_t at, uint32_t place)
{
	int32_t leaves;

	if (l->now_s == INT32_MIN || l->now_s == INT32_MAX)
		return free_s;
	leaves = l->now_s - way_between(l, at, place);
	return leaves > free_s ? leaves : free_s;
}

static int32_t
way_between(const struct lane *l, uint32_t from, uint32_t to)
{
	return from == ROUTING_NOWHERE ? 0 : ways_at(l->ways, from, to).seconds;
}

static struct stop
stop_of(const struct lane_stop *s, uint32_t place, struct window *w)
{
	const bool wish = s->from_minute.is || s->to_minute.is;

	*w = (struct window){s->from_minute.is ? (int32_t)s->from_minute.v * 60 : 0,
	    s->to_minute.is ? (int32_t)s->to_minute.v * 60 : NO_END};
	if (w->to_s < w->from_s)
		w->to_s = w->from_s;
	return (struct stop){.place = place, .service_s = (int32_t)s->minutes * 60, .window = wish ? w : NULL, .windows = wish,
	    .usual_tech = ROUTING_NO_STOP};
}

/* A stop at the supply house, whenever it is. */
static struct stop
errand_of(const struct lane_stop *s)
{
	return (struct stop){.place = LANE_SUPPLY, .service_s = (int32_t)s->fetch_minutes * 60, .usual_tech = ROUTING_NO_STOP};
}

/* How long before it begins they are at the supply house for it. */
static int32_t
fetch_first_s(const struct lane *l, const struct lane_stop *s, uint32_t place)
{
	return lane_fetches(s) ? (int32_t)s->fetch_minutes * 60 + way_between(l, LANE_SUPPLY, place) : 0;
}

bool
lane_fetches(const struct lane_stop *s)
{
	return s->fetches && s->fetched_s < 0;
}

static int32_t
late(const struct lane_stop *s, int32_t begin_s)
{
	return s->to_minute.is && begin_s > (int32_t)s->to_minute.v * 60 ? begin_s - (int32_t)s->to_minute.v * 60 : 0;
}

static bool
open_still(enum visit_state s)
{
	return s == VISIT_SCHEDULED || s == VISIT_ON_WAY;
}
