/*
 * fcgi/acts/tell_fetch.c -- a stop at the supply house before another one, and the window that was promised: it follows the
 * time at which the board now expects them.
 */
#include "domain/access/audit.h"
#include "fcgi/acts/tell_board.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_roads.h"
#include "fcgi/acts/tell_van.h"

#include "sql/tenant/queries/visits.h"

#define FETCH_USUAL_MIN 15
#define HALF_HOUR 30

static bool holds(const struct visit *v, int32_t begin_s);

enum err
tell_fetch(struct work *w, struct visit *v, struct str what, struct maybe_u32 minutes)
{
	const struct visit was = *v;
	struct route_figure_settings figures;

	if (visit_over(v->state))
		return fail(&w->fault, E_STALE, NULL, "This visit will not take place.");
	TRY(tell_route_figures(w, &figures));
	v->errand = audit_cut(w->arena, what, VISIT_FETCH_MAX);
	v->errand_minutes = v->errand.n == 0 ? 0 : minutes.is ? minutes.v : figures.supply_minutes > 0 ? figures.supply_minutes : FETCH_USUAL_MIN;
	v->fetched_at = (struct maybe_i64){0};
	v->by_hand = true;
	TRY(sql_visit_fetch(w->db, v->id, v->errand, v->errand_minutes));
	v->version++;
	return tell_visit(w, &was, v, &(struct visit_said){.verb = VERB_CHANGED});
}

enum err
tell_fetch_lacking(struct work *w, struct visit *v)
{
	struct board_lane *lanes;
	struct vans *vans;
	struct str lacks;
	size_t n;

	if (!v->tech_id.is)
		return OK;
	TRY(tell_vans(w, &v->service_id, 1, &vans));
	TRY(tell_board(w, v->day, v->tech_id, &lanes, &n, NULL, NULL));
	lacks = n > 0 ? vans_lack(w, vans, v->service_id, &lanes[0], v->id) : STR("");
	return lacks.n > 0 ? tell_fetch(w, v, lacks, (struct maybe_u32){0}) : OK;
}

enum err
tell_window_follows(struct work *w, struct visit *v, bool *moved)
{
	const struct visit was = *v;
	struct board_lane *lanes;
	size_t n;

	*moved = false;
	if (!v->to_minute.is || v->state == VISIT_STARTED || visit_over(v->state) || !v->tech_id.is)
		return OK;
	TRY(tell_board(w, v->day, v->tech_id, &lanes, &n, NULL, NULL));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < lanes[i].lane.stops; k++) {
			const int32_t begin_s = lanes[i].times[k].begin_s;
			const uint32_t from = (uint32_t)(begin_s > 0 ? begin_s / 60 : 0) / HALF_HOUR * HALF_HOUR;
			const uint32_t length = v->from_minute.is && v->to_minute.v > v->from_minute.v
						    ? v->to_minute.v - v->from_minute.v
						    : 2 * HALF_HOUR;

			if (lanes[i].rows[k].id != v->id || holds(v, begin_s) || from + length > 24 * 60)
				continue;
			if (v->from_minute.is)
				v->from_minute.v = from;
			v->to_minute.v = from + length;
			*moved = true;
		}
	if (!*moved)
		return OK;
	TRY(sql_visit_save(w->db, v->id, v->occurs_day, v->day, v->tech_id, v->seq, v->from_minute, v->to_minute, v->minutes,
	    v->state, true, v->skip_reason, v->note, v->version));
	v->version++;
	return tell_visit(w, &was, v, &(struct visit_said){.verb = VERB_CHANGED});
}

/* Who is there within what was promised has nothing new to say. */
static bool
holds(const struct visit *v, int32_t begin_s)
{
	return begin_s <= (int32_t)v->to_minute.v * 60 && (!v->from_minute.is || begin_s >= (int32_t)v->from_minute.v * 60);
}
