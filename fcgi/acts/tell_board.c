/*
 * fcgi/acts/tell_board.c -- the board's day as it runs, who could take one more stop, and giving it to them.
 */
#include "fcgi/acts/tell_board.h"

#include "fcgi/acts/tell.h"

#include "domain/base/list.h"
#include "domain/staff/hours.h"
#include "domain/staff/staff.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_proof.h"
#include "fcgi/acts/tell_roads.h"
#include "fcgi/acts/tell_van.h"
#include "fcgi/acts/tell_visits.h"
#include "sql/tenant/queries/agreements.h"
#include "sql/tenant/queries/day.h"
#include "sql/tenant/queries/visits.h"
#include "sql/tenant/queries/work.h"

#define STOPS_MAX 2000
#define FETCH_USUAL_MIN 15
#define USUAL_IS_WORTH_S 900 /* the technician they know may be so much dearer */

/* The instant at which that day begins, and now as a second of it. */
struct clock {
	int64_t zero;
	int32_t now_s;
};

/* What all lanes of a day are counted by. */
struct board_by {
	struct clock clock;
	struct day day;
	const struct availability *hours;
	size_t hours_n;
	struct route_figure_settings figures;
};

static struct clock clock_of(const struct work *w, struct day day);
static int32_t second(const struct clock *c, struct maybe_i64 at);
static enum err lane_fill(struct work *w, const struct board_by *by, const struct worker_row *p, struct board_lane *l);
static void hours_of_lane(const struct availability *all, size_t n, struct day day, const struct usual_hours *usual, bool said,
    struct round_hours *h);
static void lane_begin(const struct worker_row *p, const struct round_hours *h, const struct usual_hours *usual, struct lane *l);
static struct str why_of(struct work *w, const struct board_offer *o);
static struct lane_stop stop_of(const struct clock *c, const struct board_row *r);
static enum err offer_of(struct work *w, const struct route_figure_settings *figures, const struct visit *v,
    const struct lane_stop *fresh, struct board_lane *l, struct board_offers *out);
static void keep(struct board_offers *out, const struct board_offer *o);
static int64_t load(const struct board_offer *o);
static bool is_lighter(const struct board_offer *o, const struct board_offer *near);
static int64_t price(const struct board_offer *o);
static enum err usual_of(struct work *w, const struct visit *v, struct maybe_u64 *usual);
static enum err make_room(struct work *w, const struct visit *v, const struct board_offer *o, uint32_t *seq,
    bool *counted_anew);

enum err
tell_board(struct work *w, struct day day, struct maybe_u64 tech, struct board_lane **lanes, size_t *n,
    struct board_row **nobody, size_t *nobody_n)
{
	struct board_by by = {.clock = clock_of(w, day), .day = day};
	struct tech_head_row *heads;
	struct availability *all;
	struct worker_row *people;
	struct board_row *rows;
	size_t heads_n, all_n, people_n, rows_n, at = 0;

	TRY(sql_workers(w->db, STAFF_DISABLED, w->arena, &people, &people_n));
	TRY(sql_availability_of_all(w->db, AVAILABLE_HOURS, day, day, STAFF_DISABLED, w->arena, &all, &all_n));
	by.hours = all;
	by.hours_n = all_n;
	TRY(tell_route_figures(w, &by.figures));
	TRY(sql_board_stops(w->db, day, tech, false, VISIT_DONE, w->arena, &rows, &rows_n));
	TRY(sql_day_heads(w->db, day, w->arena, &heads, &heads_n));
	if (rows_n > STOPS_MAX)
		return fail(&w->fault, E_LIMIT, "day", "This is too much for one look. Choose fewer days, or one technician.");
	while (at < rows_n && !rows[at].tech_id.is)
		at++;
	if (nobody != NULL) {
		*nobody = rows;
		*nobody_n = at;
	}
	*lanes = arena_array(w->arena, struct board_lane, people_n);
	*n = 0;
	for (size_t i = 0; i < people_n; i++) {
		struct board_lane *l = &(*lanes)[*n];
		size_t first = at, count;

		if (tech.is && people[i].id != tech.v)
			continue;
		while (first < rows_n && rows[first].tech_id.v != people[i].id)
			first++;
		for (count = 0; first + count < rows_n && rows[first + count].tech_id.v == people[i].id;)
			count++;
		/* Whoever has stops on this day is on its board, whatever they are otherwise. */
		if (count == 0 && !staff_drives(people[i].role, people[i].own_may, people[i].colour))
			continue;
		*l = (struct board_lane){.rows = rows + first, .lane.stops = count};
		for (size_t k = 0; k < heads_n; k++)
			if (heads[k].tech_id == people[i].id) {
				l->version = heads[k].version;
				l->seen_version = heads[k].seen_version;
				l->seen_at = heads[k].seen_at;
			}
		TRY(lane_fill(w, &by, &people[i], l));
		(*n)++;
	}
	return OK;
}

/* Of two who are as cheap to reach, the one that has more to do. */
static bool
is_nearer(const struct board_offer *o, const struct board_offer *than)
{
	return o->at.cost < than->at.cost || (o->at.cost == than->at.cost && load(o) > load(than));
}

/* What is fetched for it was said already; else it is what this van has not. */
static struct str
fetch_for(struct work *w, const struct vans *vans, const struct visit *v, const struct board_lane *lane,
    const struct route_figure_settings *figures, struct lane_stop *stop)
{
	struct str lacks;

	if (stop->fetches)
		return STR("");
	lacks = vans_lack(w, vans, v->service_id, lane, v->id);
	if (lacks.n > 0) {
		stop->fetches = true;
		stop->fetched_s = -1;
		stop->fetch_minutes = figures->supply_minutes > 0 ? figures->supply_minutes : FETCH_USUAL_MIN;
	}
	return lacks;
}

enum err
tell_offers(struct work *w, const struct visit *v, struct maybe_u64 but, struct board_offers *out)
{
	const struct clock c = clock_of(w, v->day);
	struct vans *vans;
	const struct board_row as = {.id = v->id, .state = VISIT_SCHEDULED, .from_minute = v->from_minute,
	    .to_minute = v->to_minute, .minutes = v->minutes, .errand = v->errand, .errand_minutes = v->errand_minutes,
	    .fetched_at = v->fetched_at};
	struct lane_stop fresh = stop_of(&c, &as);
	struct route_figure_settings figures;
	struct board_lane *lanes;
	struct board_offer near = {.at.cost = INT64_MAX};
	struct maybe_u64 usual;
	struct brief_source place;
	size_t n;

	TRY(sql_brief_source(w->db, v->id, w->arena, &place));
	fresh.placed = place.lat_e6.is && place.lng_e6.is;
	fresh.at = (struct spot){place.lat_e6.v, place.lng_e6.v};
	TRY(usual_of(w, v, &usual));
	TRY(tell_route_figures(w, &figures));
	TRY(tell_board(w, v->day, (struct maybe_u64){0}, &lanes, &n, NULL, NULL));
	TRY(tell_vans(w, &v->service_id, 1, &vans));
	*out = (struct board_offers){.rows = arena_array(w->arena, struct board_offer, BOARD_OFFERS + 1),
	    .refused = arena_array(w->arena, struct board_refusal, n)};
	for (size_t i = 0; i < n; i++)
		if (!but.is || lanes[i].tech_id != but.v) {
			struct board_offers one = {.rows = arena_array(w->arena, struct board_offer, 1),
			    .refused = out->refused + out->refused_n};
			struct lane_stop here = fresh;
			const struct str lacks = fetch_for(w, vans, v, &lanes[i], &figures, &here);

			TRY(offer_of(w, &figures, v, &here, &lanes[i], &one));
			out->refused_n += one.refused_n;
			if (one.rows_n == 0)
				continue;
			one.rows[0].lacks = lacks;
			one.rows[0].usual = usual.is && usual.v == lanes[i].tech_id;
			one.rows[0].other = usual.is && usual.v != lanes[i].tech_id;
			keep(out, &one.rows[0]);
			if (is_nearer(&one.rows[0], &near))
				near = one.rows[0];
		}
	out->free.v.lighter = out->free.is && is_lighter(&out->free.v, &near);
	for (size_t i = 0; i < out->rows_n; i++)
		out->rows[i].lighter = is_lighter(&out->rows[i], &near);
	return OK;
}

enum err
tell_assign(struct work *w, struct visit *v, const struct visit *was, const struct board_offer *o,
    const struct visit_said *said)
{
	const struct tech_day lane = {o->tech_id, v->day};
	bool counted_anew = false;

	TRY(make_room(w, v, o, &v->seq, &counted_anew));
	visit_give(v, (struct maybe_u64){true, o->tech_id});
	v->state = VISIT_SCHEDULED;
	v->by_hand = true;
	v->confirmed_at = v->on_way_at = (struct maybe_i64){0};
	v->flag = STR("");
	v->why_who = o->by_hand ? STR("") : why_of(w, o);
	TRY(sql_visit_assign(w->db, v->id, v->day, v->tech_id, v->seq, v->why_who));
	v->version++;
	TRY(tell_visit(w, was, v, said != NULL ? said : &(struct visit_said){.verb = VERB_MOVED}));
	/* What the offer says is fetched is fetched. Who was chosen by hand was chosen for what they have. */
	if (!o->by_hand && o->lacks.n > 0 && v->errand.n == 0)
		TRY(tell_fetch(w, v, o->lacks, (struct maybe_u32){0}));
	return counted_anew ? tell_renumbered(w, &lane) : OK;
}

/* What somebody books is the office's to confirm, and has rules of its own; what repeats comes with its technician. */
enum err
tell_landed(struct work *w, const struct visit *is)
{
	struct route_figure_settings figures;

	if (is->tech_id.is || is->state != VISIT_SCHEDULED || is->source == VISIT_OF_BOOKING || is->source == VISIT_OF_AGREEMENT)
		return OK;
	TRY(tell_route_figures(w, &figures));
	return figures.places ? tell(w, "assign", &record_order_shape, &(struct record_order){is->id}) : OK;
}

/* As an offer says it: what it adds, who usually comes, whether a window is missed. */
static struct str
why_of(struct work *w, const struct board_offer *o)
{
	const int minutes = (o->at.drive_s + 30) / 60;
	const bool late = o->at.late_s > 0;
	struct fault why = {0};
	enum err said;

	if (o->usual)
		said = late ? fail(&why, E_INVALID, NULL, "%d min more of driving, usually comes here, a window is missed", minutes)
			    : fail(&why, E_INVALID, NULL, "%d min more of driving, usually comes here", minutes);
	else if (o->lighter && !late)
		said = fail(&why, E_INVALID, NULL, "%d min more of driving, has less to do that day", minutes);
	else
		said = late ? fail(&why, E_INVALID, NULL, "%d min more of driving, a window is missed", minutes)
			    : fail(&why, E_INVALID, NULL, "%d min more of driving", minutes);
	(void)said;
	return tell_why_keep(w, &why);
}

static struct clock
clock_of(const struct work *w, struct day day)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct clock c = {.now_s = day.n > today.n ? INT32_MIN : INT32_MAX};
	struct civil civil;

	day_civil(day, &civil);
	c.zero = zone_instant(w->tenant->zone, &civil);
	if (day.n == today.n)
		c.now_s = (int32_t)(w->now - c.zero);
	return c;
}

static int32_t
second(const struct clock *c, struct maybe_i64 at)
{
	if (!at.is)
		return -1;
	/* A stop of yesterday that ends today, a clock that was wrong: kept near the day. */
	return at.v < c->zero ? 0 : at.v - c->zero > 2 * 86400 ? 2 * 86400 : (int32_t)(at.v - c->zero);
}

static enum err
lane_fill(struct work *w, const struct board_by *by, const struct worker_row *p, struct board_lane *l)
{
	const struct availability *all = by->hours;
	const struct day day = by->day;
	const size_t n = by->hours_n;
	struct stretch s[STRETCHES_MAX];
	struct round_hours h;
	size_t first = 0, count = 0, k = 0;
	struct lane_stop *stops = arena_array(w->arena, struct lane_stop, l->lane.stops);

	while (first < n && all[first].staff_id != p->id)
		first++;
	while (first + count < n && all[first + count].staff_id == p->id)
		count++;
	l->said = hours_of_day(all + first, count, day, s, &k);
	for (size_t i = 0; i < count; i++)
		if (all[first + i].kind == AVAILABLE_OFF && all[first + i].from_day.n <= day.n &&
		    (!all[first + i].to_day.is || day.n <= all[first + i].to_day.v.n))
			l->off = all[first + i].reason;
	l->tech_id = p->id;
	l->name = p->name;
	l->colour = p->colour;
	l->vehicle = p->vehicle;
	l->off = l->off.p == NULL ? STR("") : l->off;
	hours_of_lane(all + first, count, day, &by->figures.usual, l->said, &h);
	l->from_minute = h.from_minute;
	l->to_minute = h.to_minute;
	l->work_minutes = k > 0 ? hours_minutes(s, k) : h.to_minute - h.from_minute;
	l->lat_e6 = (struct maybe_i64){p->start_lat_e6.is, p->start_lat_e6.v};
	l->lng_e6 = (struct maybe_i64){p->start_lng_e6.is, p->start_lng_e6.v};
	for (size_t i = 0; i < l->lane.stops; i++)
		stops[i] = stop_of(&by->clock, &l->rows[i]);
	lane_begin(p, &h, &by->figures.usual, &l->lane);
	l->lane.now_s = by->clock.now_s;
	l->lane.supplied = by->figures.has_supply;
	l->lane.supply = by->figures.supply;
	l->lane.stop = stops;
	TRY(tell_lane_ways(w, &by->figures, NULL, &l->lane));
	l->times = arena_array(w->arena, struct lane_time, l->lane.stops);
	l->ends_s = lane_times(&l->lane, w->arena, l->times);
	return OK;
}

enum err
tell_shift(struct work *w, struct day day, struct lane *out, struct pace *pace)
{
	struct route_figure_settings figures;
	struct stretch s[STRETCHES_MAX];
	struct availability *all;
	struct worker_row p;
	struct round_hours h;
	size_t n, k = 0;

	TRY(sql_worker_one(w->db, w->actor.id, w->arena, &p));
	TRY(sql_availability_of(w->db, w->actor.id, AVAILABLE_HOURS, day, w->arena, &all, &n));
	TRY(tell_route_figures(w, &figures));
	hours_of_lane(all, n, day, &figures.usual, hours_of_day(all, n, day, s, &k), &h);
	*out = (struct lane){.from_s = 0};
	lane_begin(&p, &h, &figures.usual, out);
	*pace = figures.pace;
	return OK;
}

/* A day off of somebody whose hours nobody said is a usual one here: who has stops then has a day. */
static void
hours_of_lane(const struct availability *all, size_t n, struct day day, const struct usual_hours *usual, bool said,
    struct round_hours *h)
{
	shift_hours(all, n, day, usual, h);
	if (!said && h->to_minute == 0) {
		h->from_minute = usual->from_minute;
		h->to_minute = usual->to_minute;
	}
}

/* When they work, when they eat, and between which places: whoever has said no end goes back to where they start. */
static void
lane_begin(const struct worker_row *p, const struct round_hours *h, const struct usual_hours *usual, struct lane *l)
{
	l->from_s = (int32_t)(h->to_minute > 0 ? h->from_minute : usual->from_minute) * 60;
	l->to_s = (int32_t)(h->to_minute > 0 ? h->to_minute : usual->to_minute) * 60;
	l->lunch_s = (int32_t)h->lunch_minutes * 60;
	l->lunch_from_s = (int32_t)h->lunch_from * 60;
	l->lunch_to_s = (int32_t)h->lunch_to * 60;
	l->placed = p->start_lat_e6.is && p->start_lng_e6.is;
	l->start = (struct spot){p->start_lat_e6.v, p->start_lng_e6.v};
	l->has_end = p->end_lat_e6.is && p->end_lng_e6.is;
	l->end = (struct spot){p->end_lat_e6.v, p->end_lng_e6.v};
	if (l->placed && !l->has_end) {
		l->has_end = true;
		l->end = l->start;
	}
}

static struct lane_stop
stop_of(const struct clock *c, const struct board_row *r)
{
	return (struct lane_stop){.id = r->id, .state = r->state, .minutes = r->minutes, .from_minute = r->from_minute,
	    .to_minute = r->to_minute, .on_way_s = second(c, r->on_way_at), .started_s = second(c, r->started_at),
	    .ended_s = second(c, r->ended_at), .placed = r->lat_e6.is && r->lng_e6.is, .fetches = r->errand.n > 0,
	    .fetch_minutes = r->errand_minutes, .fetched_s = second(c, r->fetched_at),
	    .at = {r->lat_e6.v, r->lng_e6.v}};
}

/* One technician: an offer, or why not. */
static enum err
offer_of(struct work *w, const struct route_figure_settings *figures, const struct visit *v, const struct lane_stop *fresh,
    struct board_lane *l, struct board_offers *out)
{
	struct lane_stop *others = arena_array(w->arena, struct lane_stop, l->lane.stops);
	struct lane lane = l->lane;
	struct visit as = *v;
	enum err e;

	as.tech_id = (struct maybe_u64){true, l->tech_id};
	as.state = VISIT_SCHEDULED;
	e = tell_fits(w, &as, false);
	if (e == E_INVALID) {
		out->refused[out->refused_n++] = (struct board_refusal){l->tech_id, l->name,
		    words_fault(w->arena, w->actor.language, &w->fault)};
		w->fault = (struct fault){0};
		return OK;
	}
	TRY(e);
	/* The visit itself, if it is theirs now, stands aside. */
	lane.stop = others;
	lane.stops = 0;
	out->rows[0] = (struct board_offer){.tech_id = l->tech_id, .tech = l->name, .colour = l->colour,
	    .work_minutes = l->work_minutes};
	for (size_t i = 0; i < l->lane.stops; i++)
		if (l->lane.stop[i].id != v->id) {
			others[lane.stops++] = l->lane.stop[i];
			if (l->lane.stop[i].state != VISIT_SKIPPED && l->lane.stop[i].state != VISIT_CANCELLED) {
				out->rows[0].planned_minutes += l->lane.stop[i].minutes;
				out->rows[0].stops++;
			}
		}
	TRY(tell_lane_ways(w, figures, fresh, &lane));
	TRY(lane_offer(&lane, fresh, w->arena, &out->rows[0].at, &w->fault));
	out->rows[0].late = STR("");
	for (size_t i = 0; i < l->lane.stops; i++)
		if (out->rows[0].at.late_id.is && l->rows[i].id == out->rows[0].at.late_id.v && l->rows[i].id != v->id)
			out->rows[0].late = l->rows[i].customer;
	out->rows_n = 1;
	return OK;
}

static void
keep(struct board_offers *out, const struct board_offer *o)
{
	size_t at = out->rows_n;

	if (o->at.late_s <= 0 && o->at.overtime_s <= 0 && (!out->free.is || price(o) < price(&out->free.v))) {
		out->free.is = true;
		out->free.v = *o;
	}
	while (at > 0 && price(&out->rows[at - 1]) > price(o))
		at--;
	for (size_t i = out->rows_n < BOARD_OFFERS ? out->rows_n : BOARD_OFFERS; i > at; i--)
		out->rows[i] = out->rows[i - 1];
	out->rows[at] = *o;
	if (out->rows_n < BOARD_OFFERS)
		out->rows_n++;
}

static int64_t
load(const struct board_offer *o)
{
	return shift_load_price(o->planned_minutes, o->work_minutes);
}

/* Somebody else would be cheaper to reach, and is not asked first because they have more to do. */
static bool
is_lighter(const struct board_offer *o, const struct board_offer *near)
{
	return !o->usual && near->at.cost <= o->at.cost && load(o) < load(near) && price(o) < price(near);
}

/* Seconds added, dearer for who has much to do already, cheaper for whom they know. */
static int64_t
price(const struct board_offer *o)
{
	return o->at.cost + load(o) - (o->usual ? USUAL_IS_WORTH_S : 0);
}

static enum err
usual_of(struct work *w, const struct visit *v, struct maybe_u64 *usual)
{
	struct place_row *place;

	TRY(sql_place_one(w->db, v->property_id, w->arena, &place));
	*usual = place != NULL ? place->usual_tech_id : (struct maybe_u64){0};
	return OK;
}

/* The stops of that lane are counted anew where there is no number free between two. */
static enum err
make_room(struct work *w, const struct visit *v, const struct board_offer *o, uint32_t *seq, bool *counted_anew)
{
	struct visit *rows;
	uint32_t next = 1;
	size_t n;

	TRY(sql_visits_of_tech_day(w->db, o->tech_id, v->day, VISIT_CANCELLED, w->arena, &rows, &n));
	*seq = 0;
	for (size_t i = 0; i < n; i++) {
		const struct visit was = rows[i];

		if (was.id == v->id)
			continue;
		if (was.id == o->at.before_id && *seq == 0)
			*seq = next++;
		if (was.seq != next && next < VISIT_SEQ_MAX) {
			TRY(sql_visit_seq(w->db, was.id, next, was.version));
			*counted_anew = true;
		}
		next++;
	}
	if (*seq == 0)
		*seq = next < VISIT_SEQ_MAX ? next : VISIT_SEQ_MAX;
	return OK;
}
