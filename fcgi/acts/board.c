/*
 * fcgi/acts/board.c -- load, decide, save, tell: the office's day.
 */
#include "fcgi/acts/board.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_hold.h"
#include "fcgi/acts/tell_roads.h"
#include "fcgi/acts/tell_van.h"
#include "fcgi/acts/tell_visits.h"
#include "fcgi/acts/tell_water.h"
#include "sql/tenant/queries/alerts.h"
#include "domain/billing/ledger.h"
#include "domain/visits/reason.h"
#include "sql/tenant/queries/audit.h"
#include "sql/tenant/queries/day.h"
#include "sql/tenant/queries/sync.h"
#include "sql/tenant/queries/visits.h"

static enum err unpaid(struct work *w, struct board *b);
static struct board_stop stop_of(struct work *w, const struct board_lane *l, size_t k);
static bool of_office(enum verb v);
static enum err taken(struct work *w, uint64_t id, struct maybe_u64 tech, struct maybe_u32 version);
static enum err moved(struct work *w, const struct visit *v);
static enum err still_his(struct work *w, const struct visit *v, uint32_t version);

enum err
act_board(struct work *w, const struct board_query *q, struct board *out)
{
	const bool nobody_only = q->nobody.is && q->nobody.v;
	struct board_row *nobody;
	struct day_head *head;
	struct alert_number_row alerts;
	struct route_figure_settings figures;
	struct civil civil;
	size_t nobody_n, n = 0;

	*out = (struct board){.day = q->day, .today = zone_day(w->tenant->zone, w->now)};
	day_civil(q->day, &civil);
	out->now_s = (int32_t)(w->now - zone_instant(w->tenant->zone, &civil));
	TRY(tell_board(w, q->day, q->tech, &out->lanes, &out->lanes_n, &nobody, &nobody_n));
	TRY(sql_day_head(w->db, 0, q->day, w->arena, &head));
	TRY(tell_route_figures(w, &figures));
	out->supply_lat_e6 = (struct maybe_i64){figures.has_supply, figures.supply.lat_udeg};
	out->supply_lng_e6 = (struct maybe_i64){figures.has_supply, figures.supply.lon_udeg};
	TRY(sql_alert_numbers(w->db, w->arena, &alerts));
	out->alerts = (uint32_t)alerts.number;
	out->nobody_version = head == NULL ? 0 : head->version;
	if (nobody_only)
		out->lanes_n = 0;
	for (size_t i = 0; i < out->lanes_n; i++)
		n += out->lanes[i].lane.stops;
	out->stops = arena_array(w->arena, struct board_stop, n + nobody_n);
	for (size_t i = 0; i < nobody_n && !q->tech.is; i++) {
		nobody[i].why_who = tell_why_say(w, nobody[i].why_who);
		nobody[i].skip_reason = reason_say(nobody[i].skip_reason, w->actor.language);
		nobody[i].flag = reason_say(nobody[i].flag, w->actor.language);
		out->stops[out->stops_n++] = (struct board_stop){.row = nobody[i],
		    .lat_e6 = {nobody[i].lat_e6.is, nobody[i].lat_e6.v}, .lng_e6 = {nobody[i].lng_e6.is, nobody[i].lng_e6.v}};
	}
	for (size_t i = 0; i < out->lanes_n; i++)
		for (size_t k = 0; k < out->lanes[i].lane.stops; k++)
			out->stops[out->stops_n++] = stop_of(w, &out->lanes[i], k);
	return unpaid(w, out);
}

enum err
act_board_heads(struct work *w, struct day day, struct board_heads *out)
{
	struct alert_number_row alerts;
	struct tech_head_row *rows;

	TRY(sql_day_heads(w->db, day, w->arena, &rows, &out->rows_n));
	TRY(sql_alert_numbers(w->db, w->arena, &alerts));
	out->alerts = (uint32_t)alerts.number;
	out->rows = arena_array(w->arena, struct board_head, out->rows_n);
	for (size_t i = 0; i < out->rows_n; i++)
		out->rows[i] = (struct board_head){{rows[i].tech_id != 0, rows[i].tech_id}, rows[i].version,
		    rows[i].seen_version};
	return OK;
}

enum err
act_board_step(struct work *w, uint64_t id, const struct step_in *in, struct visit_line *out)
{
	const struct step s = {.verb = in->verb, .at = w->now, .reason = in->reason.is ? in->reason.v : STR(""),
	    .started_at = in->started_at, .ended_at = in->ended_at};
	struct verb_body said = {.text = STR(""), .reason = in->reason, .started_at = in->started_at, .ended_at = in->ended_at};
	struct buf body = buf_open(w->arena, 256, 4000);
	struct visit v, was;

	if (!of_office(in->verb))
		return fail(&w->fault, E_INVALID, "verb", "This is not something that happens to a visit.");
	if ((in->verb == VERB_SKIP || in->verb == VERB_NO_ACCESS || in->verb == VERB_CANCEL) && !in->reason.is)
		return fail(&w->fault, E_INVALID, "reason", "Say why.");
	TRY(sql_visit_for_update(w->db, id, w->arena, &v));
	TRY(still_his(w, &v, in->version));
	was = v;
	TRY(visit_step(&v, &s, &w->fault));
	if (in->verb == VERB_FETCHED)
		TRY(sql_visit_fetched(w->db, v.id, v.fetched_at));
	else
		TRY(sql_visit_step_save(w->db, v.id, v.state, v.by_hand, v.on_way_at, v.started_at, v.ended_at, v.confirmed_at,
		    v.flag, v.skip_reason));
	v.version++;
	shape_write(&verb_body_shape, &said, &body);
	TRY(tell_visit(w, &was, &v, &(struct visit_said){.verb = in->verb, .body = buf_str(&body)}));
	if (in->verb == VERB_FINISH || in->verb == VERB_SKIP || in->verb == VERB_CANCEL)
		TRY(tell_event(w, &(struct event){.customer_id = v.customer_id, .property_id = v.property_id,
		    .pool_id = v.pool_id, .kind = in->verb == VERB_FINISH ? EVENT_VISIT_DONE : EVENT_VISIT_SKIPPED,
		    .ref_kind = RECORD_VISIT, .ref_id = v.id, .values = &(struct event_value){STR("reason"), s.reason},
		    .values_n = in->verb != VERB_FINISH}));
	TRY(audit(w, "visit.step", "visit", id, str_of(verb_names[in->verb])));
	return tell_visit_line(w, id, out);
}

enum err
act_visit_log(struct work *w, uint64_t id, struct log_page *out)
{
	struct water_policy policy;
	struct log_row *rows;
	struct visit v;
	size_t n;

	TRY(sql_visit_one(w->db, id, w->arena, &v));
	TRY(tell_policy(w, &policy));
	TRY(sql_log_of_visit(w->db, id, w->arena, &rows, &n));
	*out = (struct log_page){arena_array(w->arena, struct log_line, n), n};
	for (size_t i = 0; i < n; i++) {
		struct log_line *l = &out->rows[i];
		struct audit_name *who = NULL;

		*l = (struct log_line){.row = rows[i], .at = rows[i].device_at + rows[i].skew_s, .who = STR(""), .said = STR("")};
		l->body.text = STR("");
		if (rows[i].body.n > 0)
			TRY(shape_read(&verb_body_shape, rows[i].body, w->arena, &l->body, &w->fault));
		l->body.reason.v = reason_say(l->body.reason.v, w->actor.language);
		TRY(tell_phone_say(w, policy.units, rows[i].verb, &l->body, &l->said));
		if (i > 0 && rows[i].actor_id == rows[i - 1].actor_id)
			l->who = out->rows[i - 1].who;
		else if (rows[i].actor_kind == ACTOR_STAFF) {
			TRY(sql_audit_staff_name(w->db, rows[i].actor_id, w->arena, &who));
			l->who = who != NULL ? who->name : STR("");
		}
	}
	return OK;
}

enum err
act_board_offers(struct work *w, uint64_t id, struct board_offers *out)
{
	struct visit v;

	TRY(sql_visit_one(w->db, id, w->arena, &v));
	return tell_offers(w, &v, (struct maybe_u64){0}, out);
}

enum err
act_board_take(struct work *w, uint64_t id, const struct take_in *in, struct visit_line *out)
{
	TRY(taken(w, id, in->tech_id, (struct maybe_u32){true, in->version}));
	return tell_visit_line(w, id, out);
}

enum err
act_board_put(struct work *w, uint64_t id, const struct put_in *in, struct visit_line *out)
{
	const struct visit_move m = {.day = in->day, .tech_id = in->tech_id};
	struct visit v, was;

	TRY(sql_visit_for_update(w->db, id, w->arena, &v));
	TRY(still_his(w, &v, in->version));
	was = v;
	TRY(visit_move(&v, &m, zone_day(w->tenant->zone, w->now), &w->fault));
	TRY(tell_promise_guard(w, &v));
	TRY(tell_fits(w, &v, in->anyway.is && in->anyway.v));
	if (in->tech_id.is) {
		const struct board_offer at = {.tech_id = in->tech_id.v, .by_hand = true,
		    .at = {.before_id = in->before_id.is ? in->before_id.v : 0}};

		TRY(tell_assign(w, &v, &was, &at, NULL));
	} else {
		TRY(sql_visit_assign(w->db, v.id, v.day, v.tech_id, v.seq, STR("")));
		v.version++;
		TRY(tell_visit(w, &was, &v, &(struct visit_said){.verb = VERB_MOVED}));
	}
	TRY(moved(w, &v));
	return tell_visit_line(w, id, out);
}

enum err
act_board_fetch(struct work *w, uint64_t id, const struct fetch_in *in, struct visit_line *out)
{
	struct visit v;

	TRY(sql_visit_for_update(w->db, id, w->arena, &v));
	TRY(still_his(w, &v, in->version));
	TRY(tell_fetch(w, &v, str_trim(in->text), in->minutes));
	TRY(audit(w, "visit.errand", "visit", id, v.errand));
	return tell_visit_line(w, id, out);
}

enum err
act_board_place(struct work *w, struct day day, struct placed *out)
{
	struct board_row *rows;
	size_t n;

	*out = (struct placed){0};
	TRY(sql_board_stops(w->db, day, (struct maybe_u64){0}, true, VISIT_DONE, w->arena, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		enum err e;

		if (rows[i].state != VISIT_SCHEDULED)
			continue;
		if (out->placed == PLACE_MAX) {
			out->left++;
			continue;
		}
		e = taken(w, rows[i].id, (struct maybe_u64){0}, (struct maybe_u32){0});
		if (e == E_INVALID) {
			/* Nobody can: it stays, and the next is looked at. Nothing was written for it. */
			w->fault = (struct fault){0};
			out->left++;
			continue;
		}
		TRY(e);
		out->placed++;
	}
	return audit(w, "visits.placed", "visit", 0, str_printf(w->arena, "%u", out->placed));
}

enum err
act_board_place_one(struct work *w, uint64_t visit_id)
{
	struct visit v;
	enum err e = sql_visit_one(w->db, visit_id, w->arena, &v);

	if (tell_absent(w, e))
		return OK;
	TRY(e);
	if (v.tech_id.is || v.state != VISIT_SCHEDULED || v.day.n < zone_day(w->tenant->zone, w->now).n)
		return OK;
	e = taken(w, visit_id, (struct maybe_u64){0}, (struct maybe_u32){0});
	if (e != E_INVALID)
		return e;
	w->fault = (struct fault){0};
	return OK;
}

static enum err
moved(struct work *w, const struct visit *v)
{
	char day[DAY_LETTERS + 1];

	day_write(v->day, day);
	return tell_event(w, &(struct event){.customer_id = v->customer_id, .property_id = v->property_id,
	    .pool_id = v->pool_id, .kind = EVENT_VISIT_MOVED, .ref_kind = RECORD_VISIT, .ref_id = v->id,
	    .values = &(struct event_value){STR("day"), str_of(day)}, .values_n = 1});
}

/* Rows come in the order of customers; the stops do not. */
static enum err
unpaid(struct work *w, struct board *b)
{
	struct alert_id_row *rows;
	size_t n;

	TRY(sql_day_unpaid(w->db, b->day, b->today, ACCOUNT_RECEIVABLE, w->arena, &rows, &n));
	for (size_t i = 0; n > 0 && i < b->stops_n; i++) {
		size_t low = 0, high = n;

		while (low < high) {
			const size_t mid = (low + high) / 2;

			if (rows[mid].id < b->stops[i].row.customer_id)
				low = mid + 1;
			else
				high = mid;
		}
		b->stops[i].unpaid = low < n && rows[low].id == b->stops[i].row.customer_id;
	}
	return OK;
}

static struct board_stop
stop_of(struct work *w, const struct board_lane *l, size_t k)
{
	const struct board_row *r = &l->rows[k];
	const bool delivered = r->since <= l->seen_version;

	struct board_stop stop = {.row = *r, .time = l->times[k], .delivered = delivered,
	    .lost = !delivered && !visit_over(r->state) && r->told_at.is && w->now - r->told_at.v >= BRIEF_RED_S,
	    .lat_e6 = {r->lat_e6.is, r->lat_e6.v}, .lng_e6 = {r->lng_e6.is, r->lng_e6.v}};

	stop.row.why_who = tell_why_say(w, r->why_who);
	stop.row.skip_reason = reason_say(r->skip_reason, w->actor.language);
	stop.row.flag = reason_say(r->flag, w->actor.language);
	return stop;
}

static bool
of_office(enum verb v)
{
	return v == VERB_FINISH || v == VERB_ARRIVE || v == VERB_SKIP || v == VERB_NO_ACCESS || v == VERB_CANCEL ||
	    v == VERB_REOPEN || v == VERB_CORRECT || v == VERB_FETCHED;
}

static enum err
still_his(struct work *w, const struct visit *v, uint32_t version)
{
	if (v->version == version)
		return OK;
	return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
}

static enum err
taken(struct work *w, uint64_t id, struct maybe_u64 tech, struct maybe_u32 version)
{
	struct board_offers offers;
	struct visit v, was;

	TRY(sql_visit_for_update(w->db, id, w->arena, &v));
	was = v;
	if (version.is)
		TRY(still_his(w, &v, version.v));
	if (v.state != VISIT_SCHEDULED && v.state != VISIT_ON_WAY)
		return fail(&w->fault, E_STALE, NULL, "This visit will not take place.");
	TRY(tell_offers(w, &v, (struct maybe_u64){0}, &offers));
	for (size_t i = 0; i < offers.rows_n; i++)
		if (!tech.is || offers.rows[i].tech_id == tech.v) {
			TRY(tell_assign(w, &v, &was, &offers.rows[i], NULL));
			return moved(w, &v);
		}
	if (tech.is)
		return fail(&w->fault, E_INVALID, "tech_id", "There is no place for it on this day.");
	return fail(&w->fault, E_INVALID, "tech_id", "Nobody can take it on this day.");
}
