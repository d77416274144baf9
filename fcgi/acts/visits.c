/*
 * fcgi/acts/visits.c -- load, decide, save, tell: one stop on one day.
 */
#include "fcgi/acts/visits.h"

#include "domain/dispatch/shift.h"
#include "domain/visits/due.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_board.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_hold.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_van.h"
#include "fcgi/acts/tell_visits.h"
#include "sql/tenant/queries/agreements.h"
#include "sql/tenant/queries/services.h"
#include "sql/tenant/queries/visits.h"

static struct day today(const struct work *w);
static enum err window(struct work *w, const struct visits_query *q);
static enum err save(struct work *w, struct visit *v, uint32_t version);
static enum err told(struct work *w, const struct visit *was, const struct visit *v, enum event_kind kind,
    struct str detail, struct visit_line *out);
static enum err for_good(struct work *w, struct visit *v, const struct visit_moving *in, bool against);
static enum err insisted(struct work *w, const struct visit *v, struct maybe_bool anyway, bool *against);
static struct str day_text(struct work *w, struct day d);

enum err
act_visits(struct work *w, const struct visits_query *q, struct visit_page *out)
{
	struct visit_line *rows;
	size_t n;

	TRY(window(w, q));
	TRY(sql_visits_between(w->db, q->from, q->to, q->tech, w->arena, &rows, &n));
	if (n > VISITS_MAX)
		return fail(&w->fault, E_LIMIT, "to", "This is too much for one look. Choose fewer days, or one technician.");
	for (size_t i = 0; i < n; i++)
		tell_visit_said(w, &rows[i]);
	*out = (struct visit_page){rows, n};
	return OK;
}

enum err
act_visits_of_agreement(struct work *w, uint64_t agreement_id, struct visit_page *out)
{
	struct agreement g;

	TRY(sql_agreement_one(w->db, agreement_id, w->arena, &g));
	TRY(sql_visits_of_agreement(w->db, agreement_id, today(w), w->arena, &out->rows, &out->rows_n));
	for (size_t i = 0; i < out->rows_n; i++)
		tell_visit_said(w, &out->rows[i]);
	return OK;
}

enum err
act_visit_loads(struct work *w, const struct visits_query *q, struct visit_load_page *out)
{
	TRY(window(w, q));
	return sql_visit_loads(w->db, q->from, q->to, VISIT_DONE, VISIT_SKIPPED, VISIT_CANCELLED, w->arena, &out->rows,
	    &out->rows_n);
}

enum err
act_visit_one(struct work *w, uint64_t id, struct visit_line *out)
{
	return tell_visit_line(w, id, out);
}

enum err
act_visit_make(struct work *w, const struct visit_wish *in, enum visit_source from, struct visit_line *out)
{
	struct visit v = {.id = work_id(w), .property_id = in->property_id, .pool_id = in->pool_id.is ? in->pool_id.v : 0,
	    .service_id = in->service_id, .day = in->day, .tech_id = in->tech_id,
	    .seq = in->seq.is ? in->seq.v : VISIT_SEQ_MAX, .note = in->note, .state = VISIT_SCHEDULED, .source = from,
	    .by_hand = true};
	struct schedule_id_row *pool;
	struct service_row service;
	struct place_row *place;
	enum err e;

	TRY(sql_place_one(w->db, in->property_id, w->arena, &place));
	if (place == NULL || place->archived)
		return fail(&w->fault, E_INVALID, "property_id", "This property does not exist.");
	if (in->pool_id.is) {
		TRY(sql_pool_of_place(w->db, in->pool_id.v, in->property_id, w->arena, &pool));
		if (pool == NULL)
			return fail(&w->fault, E_INVALID, "pool_id", "This pool is not on this property.");
	}
	e = sql_service_one(w->db, in->service_id, w->arena, &service);
	if (tell_absent(w, e))
		return fail(&w->fault, E_INVALID, "service_id", "This service does not exist.");
	TRY(e);
	if (in->day.n < today(w).n)
		return fail(&w->fault, E_INVALID, "day", "This day is over.");
	v.customer_id = place->customer_id;
	/* When nobody said otherwise, at the time of day that these people like. */
	const bool any_time = !in->from_minute.is && !in->to_minute.is;
	const struct visit_change c = {any_time ? place->from_minute : in->from_minute,
	    any_time ? place->to_minute : in->to_minute, in->minutes.is ? in->minutes.v : service.minutes,
	    in->note};
	TRY(visit_change(&v, &c, &w->fault));
	TRY(tell_promise_guard(w, &v));
	TRY(tell_fits(w, &v, in->anyway.is && in->anyway.v));
	TRY(sql_visit_insert(w->db, v.id, v.agreement_id, v.occurs_day, v.customer_id, v.property_id, v.pool_id,
	    v.service_id, v.day, v.tech_id, v.seq, v.from_minute, v.to_minute, v.minutes, v.state, v.source, true,
	    v.note, STR("")));
	TRY(tell_standing(w, v.customer_id));
	v.version = 1;
	TRY(told(w, NULL, &v, EVENT_VISIT_MADE, STR(""), out));
	if (!in->fetch.is || !in->fetch.v)
		return OK;
	TRY(tell_fetch_lacking(w, &v));
	return act_visit_one(w, v.id, out);
}

enum err
act_visit_edit(struct work *w, uint64_t id, const struct visit_edit *in, struct visit_line *out)
{
	const struct visit_change c = {in->from_minute, in->to_minute, in->minutes, in->note};
	struct visit v, was;

	TRY(sql_visit_one(w->db, id, w->arena, &v));
	was = v;
	TRY(visit_change(&v, &c, &w->fault));
	TRY(tell_promise_guard(w, &v));
	TRY(tell_clash(w, &v));
	TRY(save(w, &v, in->version));
	return told(w, &was, &v, EVENT_VISIT_CHANGED, STR(""), out);
}

enum err
act_visit_move(struct work *w, uint64_t id, const struct visit_moving *in, struct visit_line *out)
{
	const struct visit_move m = {in->day, in->tech_id, in->seq};
	struct visit v, was;
	bool against;

	TRY(sql_visit_one(w->db, id, w->arena, &v));
	was = v;
	if (in->for_good && (!v.agreement_id.is || !v.occurs_day.is))
		return fail(&w->fault, E_INVALID, "for_good", "This visit belongs to no agreement. Move it once.");
	TRY(visit_move(&v, &m, today(w), &w->fault));
	TRY(tell_promise_guard(w, &v));
	TRY(insisted(w, &v, in->anyway, &against));
	if (in->for_good)
		TRY(for_good(w, &v, in, against));
	else
		TRY(save(w, &v, in->version));
	return told(w, &was, &v, EVENT_VISIT_MOVED, day_text(w, was.day), out);
}

enum err
act_visit_skip(struct work *w, uint64_t id, const struct visit_skipping *in, struct visit_line *out)
{
	struct visit v, was;

	TRY(sql_visit_one(w->db, id, w->arena, &v));
	was = v;
	TRY(visit_skip(&v, in->reason, &w->fault));
	TRY(save(w, &v, in->version));
	return told(w, &was, &v, EVENT_VISIT_SKIPPED, in->reason, out);
}

enum err
act_visit_restore(struct work *w, uint64_t id, struct visit_line *out)
{
	struct visit v, was;

	TRY(sql_visit_one(w->db, id, w->arena, &v));
	was = v;
	TRY(visit_restore(&v, today(w), &w->fault));
	TRY(save(w, &v, v.version));
	return told(w, &was, &v, EVENT_VISIT_CHANGED, STR(""), out);
}

/* against  out  something stands against it, and somebody insisted */
static enum err
insisted(struct work *w, const struct visit *v, struct maybe_bool anyway, bool *against)
{
	enum err e = tell_fits(w, v, false);

	*against = e == E_INVALID && anyway.is && anyway.v;
	if (!*against)
		return e;
	w->fault = (struct fault){0};
	return tell_fits(w, v, true);
}

/*
 * The visit itself stays the same row and becomes the first of the new terms. While its neighbours are made
 * anew it counts as touched, so that it is not dropped with them.
 */
static enum err
for_good(struct work *w, struct visit *v, const struct visit_moving *in, bool against)
{
	const struct day occurs = v->occurs_day.v;
	struct agreement g;
	struct day_row *there;
	struct term *terms, t;
	size_t n, terms_n;
	bool was;

	TRY(sql_agreement_for_update(w->db, v->agreement_id.v, w->arena, &g));
	TRY(sql_terms_of(w->db, g.id, w->arena, &terms, &terms_n));
	TRY(term_moved(&g, terms, terms_n, occurs, in->day, w->arena, &t, &w->fault));
	TRY(agreement_may_change(&g, terms_n, t.from_day, today(w), &w->fault));
	t.tech_id = in->tech_id;
	t.seq = in->seq.is ? in->seq.v : t.seq;
	t.anyway = against;
	TRY(sql_visit_occurrences(w->db, g.id, in->day, w->arena, &there, &n));
	if (n > 0 && there[0].day.n == in->day.n && in->day.n != occurs.n)
		return fail(&w->fault, E_INVALID, "day", "There is a visit of this agreement on that day already.");
	v->occurs_day.v = in->day;
	TRY(save(w, v, in->version));
	for (size_t i = 0; i < terms_n; i++)
		if (term_gives_way(&terms[i], &t, occurs))
			TRY(tell_term_gone(w, g.id, terms[i].from_day, TERM_WORKS, &was));
	TRY(tell_term(w, g.id, &t));
	TRY(sql_agreement_touch(w->db, g.id, g.version));
	TRY(tell_visits(w, g.id, (struct maybe_day){true, t.from_day}));
	v->by_hand = false;
	TRY(save(w, v, in->version + 1));
	return tell_standing(w, g.customer_id);
}

static struct day
today(const struct work *w)
{
	return zone_day(w->tenant->zone, w->now);
}

static enum err
window(struct work *w, const struct visits_query *q)
{
	if (q->to.n < q->from.n)
		return fail(&w->fault, E_INVALID, "to", "The last day is before the first.");
	if (q->to.n - q->from.n >= VISIT_WINDOW_DAYS)
		return fail(&w->fault, E_INVALID, "to", "This is too much for one look. Choose fewer days, or one technician.");
	return OK;
}

static enum err
save(struct work *w, struct visit *v, uint32_t version)
{
	TRY(sql_visit_save(w->db, v->id, v->occurs_day, v->day, v->tech_id, v->seq, v->from_minute, v->to_minute,
	    v->minutes, v->state, v->by_hand, v->skip_reason, v->note, version));
	v->version = version + 1;
	return OK;
}

static enum err
told(struct work *w, const struct visit *was, const struct visit *v, enum event_kind kind, struct str detail,
    struct visit_line *out)
{
	static const enum verb verbs[EVENT_KINDS] = {[EVENT_VISIT_MADE] = VERB_MADE, [EVENT_VISIT_MOVED] = VERB_MOVED,
	    [EVENT_VISIT_CHANGED] = VERB_CHANGED, [EVENT_VISIT_SKIPPED] = VERB_SKIP};
	const struct event_value values[] = {{STR("day"), day_text(w, v->day)},
	    {kind == EVENT_VISIT_MOVED ? STR("from") : STR("reason"), detail}};

	TRY(tell_visit(w, was, v, &(struct visit_said){.verb = verbs[kind]}));
	TRY(tell_event(w, &(struct event){.customer_id = v->customer_id, .property_id = v->property_id,
	    .pool_id = v->pool_id, .kind = kind, .ref_kind = RECORD_VISIT, .ref_id = v->id, .values = values,
	    .values_n = detail.n > 0 ? 2 : 1}));
	return act_visit_one(w, v->id, out);
}

static struct str
day_text(struct work *w, struct day d)
{
	char text[DAY_LETTERS + 1];

	day_write(d, text);
	return str_copy(w->arena, str_of(text));
}
