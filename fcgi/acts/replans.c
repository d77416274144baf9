/*
 * fcgi/acts/replans.c -- load, decide, save, tell: the rest of a late day.
 */
#include "fcgi/acts/replans.h"

#include "fcgi/acts/tell_board.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_fact.h"
#include "fcgi/acts/tell_roads.h"
#include "fcgi/acts/tell_van.h"
#include "fcgi/acts/tell_visits.h"
#include "sql/tenant/queries/day.h"
#include "sql/tenant/queries/visits.h"

/* A lane of the request, locked. */
struct held_lane {
	uint64_t tech_id;
	struct visit *visit; /* all of its day, in order */
	size_t visits;
	bool moved; /* something came or went: it was told of that already */
};

static size_t choose(struct work *w, const struct board_lane *all, size_t n, const struct board_lane **out, bool *late);
static enum err may_go(struct work *w, const struct board_lane *const *lanes, const bool *late, size_t n,
    struct rescue_lane *out);
static enum err in_vans(struct work *w, const struct board_lane *const *lanes, size_t n, struct rescue_lane *out);
static enum err show(struct work *w, const struct route_figure_settings *figures, const struct board_lane *const *lanes,
    const struct rescue_route *routes, size_t n, struct replan_offer *out);
static bool same_order(const struct board_lane *l, const struct rescue_route *r);
static enum err hold(struct work *w, const struct replan *in, struct held_lane *held);
static enum err complete(struct work *w, const struct replan *in, const struct held_lane *held);
static bool waits(enum visit_state s);
static enum err put(struct work *w, const struct replan *in, struct held_lane *held, size_t lane);
static enum err windows(struct work *w, const struct replan *in);
static struct visit *find(struct held_lane *held, size_t n, uint64_t id, size_t *of);

enum err
act_replan_offer(struct work *w, struct day day, struct replan_offer *out)
{
	const struct board_lane *lanes[RESCUE_LANES_MAX];
	struct rescue_lane rescue_of[RESCUE_LANES_MAX];
	struct rescue_route routes[RESCUE_LANES_MAX];
	bool late[RESCUE_LANES_MAX];
	struct route_figure_settings figures;
	struct board_lane *all;
	size_t n, chosen;

	*out = (struct replan_offer){.plan.day = day};
	TRY(tell_board(w, day, (struct maybe_u64){0}, &all, &n, NULL, NULL));
	for (size_t i = 0; i < n; i++)
		out->late_s += rescue_late_s(&all[i].lane, w->arena);
	out->then_late_s = out->late_s;
	chosen = choose(w, all, n, lanes, late);
	if (out->late_s == 0 || chosen == 0)
		return OK;
	TRY(may_go(w, lanes, late, chosen, rescue_of));
	TRY(in_vans(w, lanes, chosen, rescue_of));
	TRY(tell_route_figures(w, &figures));
	TRY(rescue(rescue_of, chosen, &figures.pace, w->arena, routes, &w->fault));
	return show(w, &figures, lanes, routes, chosen, out);
}

enum err
act_replan_take(struct work *w, const struct replan *in, struct replan *back)
{
	struct held_lane *held = arena_array(w->arena, struct held_lane, in->lanes_n);

	if (in->day.n < zone_day(w->tenant->zone, w->now).n)
		return fail(&w->fault, E_INVALID, "day", "This day is over.");
	TRY(hold(w, in, held));
	TRY(complete(w, in, held));
	*back = (struct replan){.day = in->day, .lanes = arena_array(w->arena, struct replan_lane, in->lanes_n),
	    .lanes_n = in->lanes_n};
	for (size_t i = 0; i < in->lanes_n; i++) {
		struct replan_lane *b = &back->lanes[i];

		*b = (struct replan_lane){.tech_id = held[i].tech_id,
		    .stops = arena_array(w->arena, struct replan_stop, held[i].visits)};
		for (size_t k = 0; k < held[i].visits; k++)
			if (waits(held[i].visit[k].state))
				b->stops[b->stops_n++] = (struct replan_stop){held[i].visit[k].id};
	}
	for (size_t i = 0; i < in->lanes_n; i++)
		TRY(put(w, in, held, i));
	for (size_t i = 0; i < in->lanes_n; i++) {
		const struct tech_day d = {held[i].tech_id, in->day};

		TRY(held[i].moved ? tell_renumbered(w, &d) : tell_days(w, &d, 1));
	}
	if (in->tell.is && in->tell.v)
		TRY(windows(w, in));
	for (size_t i = 0; i < in->lanes_n; i++) {
		struct day_head *head;

		TRY(sql_day_head(w->db, held[i].tech_id, in->day, w->arena, &head));
		back->lanes[i].version = head != NULL ? head->version : 0;
	}
	return audit(w, "visits.replanned", "visit", 0, str_printf(w->arena, "%zu", in->lanes_n));
}

/* The late ones, the latest first; then those with most time to spare who work on this day. */
static size_t
choose(struct work *w, const struct board_lane *all, size_t n, const struct board_lane **out, bool *late)
{
	int64_t *score = arena_array(w->arena, int64_t, n);
	size_t got = 0, stops = 0;

	for (size_t i = 0; i < n; i++) {
		const int32_t behind = rescue_late_s(&all[i].lane, w->arena);
		const int32_t spare = all[i].lane.to_s - all[i].ends_s;

		score[i] = behind > 0 ? INT64_C(10000000) + behind : all[i].work_minutes == 0 ? -1 : spare > 0 ? spare : 0;
	}
	while (got < RESCUE_LANES_MAX) {
		size_t best = n;

		for (size_t i = 0; i < n; i++)
			if (score[i] >= 0 && (best == n || score[i] > score[best]))
				best = i;
		if (best == n || stops + all[best].lane.stops > RESCUE_STOPS_MAX)
			break;
		late[got] = score[best] > INT64_C(10000000);
		if (got == 0 && !late[got])
			break;
		out[got++] = &all[best];
		stops += all[best].lane.stops;
		score[best] = -1;
	}
	return got;
}

static enum err
may_go(struct work *w, const struct board_lane *const *lanes, const bool *late, size_t n, struct rescue_lane *out)
{
	const struct lane_stop *movable[RESCUE_MOVABLE_MAX];
	size_t movables;

	for (size_t i = 0; i < n; i++)
		out[i] = (struct rescue_lane){.lane = &lanes[i]->lane, .late = late[i],
		    .may = arena_array(w->arena, bool, RESCUE_MOVABLE_MAX)};
	movables = rescue_movable(out, n, movable);
	for (size_t m = 0; m < movables; m++) {
		struct visit v;

		TRY(sql_visit_one(w->db, movable[m]->id, w->arena, &v));
		for (size_t i = 0; i < n; i++) {
			bool *may = (bool *)out[i].may;
			enum err e = OK;

			if (!v.tech_id.is || v.tech_id.v != lanes[i]->tech_id) {
				struct visit as = v;

				as.tech_id = (struct maybe_u64){true, lanes[i]->tech_id};
				e = tell_fits(w, &as, false);
			}
			if (e != OK && e != E_INVALID)
				return e;
			if (e == E_INVALID)
				w->fault = (struct fault){0};
			may[m] = e == OK;
		}
	}
	return OK;
}

/* What their open stops take, and what is on board: who takes over a stop should have its parts. */
static enum err
in_vans(struct work *w, const struct board_lane *const *lanes, size_t n, struct rescue_lane *out)
{
	uint64_t service[RESCUE_STOPS_MAX], tech[RESCUE_LANES_MAX];
	struct str good[DISPATCH_GOODS];
	struct vans *vans;
	size_t open = 0, goods;

	for (size_t i = 0; i < n; i++) {
		tech[i] = lanes[i]->tech_id;
		for (size_t k = 0; k < lanes[i]->lane.stops; k++)
			if (waits(lanes[i]->lane.stop[k].state) && !lanes[i]->lane.stop[k].fetches && open < RESCUE_STOPS_MAX)
				service[open++] = lanes[i]->rows[k].service_id;
	}
	TRY(tell_vans(w, service, open, &vans));
	goods = vans_goods(vans, service, open, tech, n, good);
	for (size_t i = 0; i < n && goods > 0; i++) {
		uint32_t(*takes)[DISPATCH_GOODS] = (uint32_t(*)[DISPATCH_GOODS])arena_array(w->arena, uint32_t,
		    lanes[i]->lane.stops * DISPATCH_GOODS);

		for (size_t g = 0; g < goods; g++) {
			out[i].van[g] = vans_have(vans, tech[i], good[g]);
			for (size_t k = 0; k < lanes[i]->lane.stops; k++)
				takes[k][g] = vans_take(vans, lanes[i]->rows[k].service_id, good[g]);
		}
		out[i].takes = (const uint32_t(*)[DISPATCH_GOODS])takes;
	}
	return OK;
}

/* When it would be is asked of the board's own count, with the ways that the road map knows. */
static enum err
show(struct work *w, const struct route_figure_settings *figures, const struct board_lane *const *lanes,
    const struct rescue_route *routes, size_t n, struct replan_offer *out)
{
	struct lane_time *times[RESCUE_LANES_MAX];
	size_t over[RESCUE_LANES_MAX];
	int32_t before = 0, after = 0;

	for (size_t i = 0; i < n; i++) {
		before += rescue_late_s(&lanes[i]->lane, w->arena);
		struct lane as = rescue_applied(&lanes[i]->lane, &routes[i], w->arena);

		TRY(tell_lane_ways(w, figures, NULL, &as));
		times[i] = arena_array(w->arena, struct lane_time, as.stops + 1);
		(void)lane_times(&as, w->arena, times[i]);
		over[i] = as.stops - routes[i].stops;
		for (size_t k = over[i]; k < as.stops; k++)
			after += times[i][k].late_s;
	}
	if (after >= before)
		return OK;
	out->then_late_s = out->late_s - before + after;
	out->plan.lanes = arena_array(w->arena, struct replan_lane, n);
	out->moves = arena_array(w->arena, struct replan_move, RESCUE_STOPS_MAX);
	for (size_t i = 0; i < n; i++) {
		struct replan_lane *l = &out->plan.lanes[out->plan.lanes_n];

		if (same_order(lanes[i], &routes[i]))
			continue;
		*l = (struct replan_lane){lanes[i]->tech_id, lanes[i]->version,
		    arena_array(w->arena, struct replan_stop, routes[i].stops), routes[i].stops};
		for (size_t k = 0; k < routes[i].stops; k++)
			l->stops[k].id = routes[i].stop[k]->id;
		out->plan.lanes_n++;
		for (size_t k = 0; k < routes[i].stops; k++)
			for (size_t from = 0; from < n; from++)
				for (size_t s = 0; s < lanes[from]->lane.stops; s++) {
					const int32_t was = lanes[from]->times[s].begin_s, is = times[i][over[i] + k].begin_s;
					const int32_t by = is > was ? is - was : was - is;

					if (lanes[from]->lane.stop[s].id != l->stops[k].id || (from == i && by < 300))
						continue;
					out->moves[out->moves_n++] = (struct replan_move){l->stops[k].id, lanes[from]->rows[s].customer,
					    lanes[from]->name, lanes[i]->name, was, is, lanes[from]->rows[s].to_minute};
				}
	}
	return OK;
}

static bool
same_order(const struct board_lane *l, const struct rescue_route *r)
{
	size_t k = 0;

	for (size_t i = 0; i < l->lane.stops; i++)
		if (waits(l->lane.stop[i].state) && (k == r->stops || r->stop[k++]->id != l->lane.stop[i].id))
			return false;
	return k == r->stops;
}

/* Heads in ascending order, as everybody locks them. */
static enum err
hold(struct work *w, const struct replan *in, struct held_lane *held)
{
	for (size_t done = 0, last = 0; done < in->lanes_n; done++) {
		size_t next = in->lanes_n;
		struct day_head *head;

		for (size_t i = 0; i < in->lanes_n; i++)
			if (in->lanes[i].tech_id > last && (next == in->lanes_n || in->lanes[i].tech_id < in->lanes[next].tech_id))
				next = i;
		if (next == in->lanes_n)
			return fail(&w->fault, E_INVALID, "lanes", "Somebody is there twice.");
		last = in->lanes[next].tech_id;
		TRY(sql_day_head_for_update(w->db, last, in->day, w->arena, &head));
		if ((head == NULL ? 0 : head->version) != in->lanes[next].version)
			return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
		held[next].tech_id = last;
		TRY(sql_visits_of_tech_day(w->db, last, in->day, VISIT_CANCELLED, w->arena, &held[next].visit, &held[next].visits));
	}
	return OK;
}

/* What waits on these lanes, and nothing else, each once. */
static enum err
complete(struct work *w, const struct replan *in, const struct held_lane *held)
{
	size_t wanted = 0, named = 0;

	for (size_t i = 0; i < in->lanes_n; i++) {
		for (size_t k = 0; k < held[i].visits; k++)
			wanted += waits(held[i].visit[k].state);
		named += in->lanes[i].stops_n;
	}
	for (size_t i = 0; i < in->lanes_n; i++)
		for (size_t k = 0; k < in->lanes[i].stops_n; k++) {
			const struct visit *v = find((struct held_lane *)held, in->lanes_n, in->lanes[i].stops[k].id, NULL);
			size_t times = 0;

			for (size_t a = 0; a < in->lanes_n; a++)
				for (size_t b = 0; b < in->lanes[a].stops_n; b++)
					times += in->lanes[a].stops[b].id == in->lanes[i].stops[k].id;
			if (v == NULL || !waits(v->state) || times != 1)
				return fail(&w->fault, E_INVALID, "lanes", "A stop is missing here, or there twice.");
		}
	return wanted == named ? OK : fail(&w->fault, E_INVALID, "lanes", "A stop is missing here, or there twice.");
}

static bool
waits(enum visit_state s)
{
	return s == VISIT_SCHEDULED || s == VISIT_ON_WAY;
}

/* What is over keeps its place before the rest. */
static enum err
put(struct work *w, const struct replan *in, struct held_lane *held, size_t lane)
{
	const struct replan_lane *to = &in->lanes[lane];
	uint32_t seq = 0;

	for (size_t k = 0; k < held[lane].visits; k++) {
		const struct visit *v = &held[lane].visit[k];

		if (!waits(v->state) && ++seq != v->seq)
			TRY(sql_visit_seq(w->db, v->id, seq, v->version));
	}
	for (size_t k = 0; k < to->stops_n; k++) {
		size_t from;
		const struct visit was = *find(held, in->lanes_n, to->stops[k].id, &from);
		struct visit v = was;

		v.seq = ++seq;
		if (from == lane) {
			if (was.seq != seq)
				TRY(sql_visit_seq(w->db, v.id, seq, v.version));
			continue;
		}
		if (was.state == VISIT_ON_WAY)
			return fail(&w->fault, E_STALE, NULL, "Somebody is on the way there already.");
		visit_give(&v, (struct maybe_u64){true, to->tech_id});
		v.by_hand = true;
		v.confirmed_at = (struct maybe_i64){0};
		v.flag = STR("");
		v.why_who = STR("By a new plan for the day"); /* words.c has its twin */
		TRY(tell_fits(w, &v, true));
		TRY(sql_visit_for_update(w->db, v.id, w->arena, &(struct visit){0}));
		TRY(sql_visit_assign(w->db, v.id, v.day, v.tech_id, v.seq, v.why_who));
		v.version++;
		TRY(tell_visit(w, &was, &v, &(struct visit_said){.verb = VERB_MOVED}));
		held[lane].moved = held[from].moved = true;
	}
	return OK;
}

/* The plan may be the best there is and still miss a window: then the customer hears when we come. */
static enum err
windows(struct work *w, const struct replan *in)
{
	for (size_t i = 0; i < in->lanes_n; i++)
		for (size_t k = 0; k < in->lanes[i].stops_n; k++) {
			struct visit v;
			bool moved;

			TRY(sql_visit_for_update(w->db, in->lanes[i].stops[k].id, w->arena, &v));
			if (!v.to_minute.is)
				continue;
			TRY(tell_window_follows(w, &v, &moved));
			if (moved)
				TRY(tell_window(w, &v));
		}
	return OK;
}

static struct visit *
find(struct held_lane *held, size_t n, uint64_t id, size_t *of)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < held[i].visits; k++)
			if (held[i].visit[k].id == id) {
				if (of != NULL)
					*of = i;
				return &held[i].visit[k];
			}
	return NULL;
}
