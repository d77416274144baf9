/*
 * fcgi/acts/agreements.c -- load, decide, save, tell: what was promised.
 */
#include "fcgi/acts/agreements.h"

#include "domain/visits/recurrence.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_visits.h"
#include "sql/tenant/queries/agreements.h"
#include "sql/tenant/queries/services.h"
#include "sql/tenant/queries/visits.h"
#include "sql/tenant/queries/work.h"

static enum err terms_read(struct work *w, const struct agreement *g, struct agreement_terms *out);
static enum err place_read(struct work *w, const struct agreement_wish *in, struct place_row *out);
static enum err term_read(struct work *w, const struct term_wish *in, enum repeats r, struct day from,
    struct term *out);
static enum err wishes_ask(struct work *w, uint64_t property_id, struct maybe_bool anyway, struct term *t);
static enum err changed(struct work *w, const struct agreement *g, enum event_kind kind, struct maybe_day from,
    struct day day, struct agreement_terms *out);
static enum err locked(struct work *w, uint64_t id, uint32_t version, struct agreement_terms *out);

enum err
act_preview(struct work *w, const struct preview_query *q, struct preview *out)
{
	struct day days[RULE_WINDOW_DAYS];
	size_t n;

	TRY(rule_days(q->rule, q->anchor_day.is ? q->anchor_day.v : q->from, q->from,
	    day_add(q->from, RULE_WINDOW_DAYS - 1), days, &n, &w->fault));
	*out = (struct preview){arena_array(w->arena, struct preview_day, PREVIEW_DAYS), n < PREVIEW_DAYS ? n : PREVIEW_DAYS};
	for (size_t i = 0; i < out->rows_n; i++)
		out->rows[i].day = days[i];
	return OK;
}

enum err
act_agreements(struct work *w, uint64_t customer_id, struct agreement_page *out)
{
	struct agreement *rows;
	size_t n;

	TRY(sql_agreements_of_customer(w->db, customer_id, w->arena, &rows, &n));
	*out = (struct agreement_page){arena_array(w->arena, struct agreement_terms, n), n};
	for (size_t i = 0; i < n; i++)
		TRY(terms_read(w, &rows[i], &out->rows[i]));
	return OK;
}

enum err
act_agreement_one(struct work *w, uint64_t id, struct agreement_terms *out)
{
	struct agreement g;

	TRY(sql_agreement_one(w->db, id, w->arena, &g));
	return terms_read(w, &g, out);
}

enum err
act_agreement_make(struct work *w, const struct agreement_wish *in, struct agreement_terms *out)
{
	const struct agreement g = {.id = work_id(w), .pool_id = in->pool_id.is ? in->pool_id.v : 0};
	struct agreement made;
	struct place_row place = {0};
	struct term t;

	TRY(place_read(w, in, &place));
	if (in->ends_day.is && in->ends_day.v.n < in->starts_day.n)
		return fail(&w->fault, E_INVALID, "ends_day", "The end is before the beginning.");
	TRY(term_read(w, &in->term, in->repeats, in->starts_day, &t));
	/* Whom nobody named is the one whom these people want. Their time of day is asked as each visit is made. */
	if (!t.tech_id.is && place.same_tech)
		t.tech_id = place.usual_tech_id;
	TRY(wishes_ask(w, place.id, in->anyway, &t));
	TRY(sql_agreement_insert(w->db, g.id, place.customer_id, place.id, g.pool_id, in->repeats, in->starts_day,
	    in->ends_day));
	TRY(tell_term(w, g.id, &t));
	TRY(sql_agreement_one(w->db, g.id, w->arena, &made));
	return changed(w, &made, EVENT_AGREEMENT_MADE, (struct maybe_day){0}, in->starts_day, out);
}

enum err
act_agreement_term(struct work *w, uint64_t id, const struct term_change *in, struct agreement_terms *out)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct agreement_terms was;
	struct term t;

	TRY(locked(w, id, in->version, &was));
	TRY(agreement_may_change(&was.agreement, was.terms_n, in->from_day, today, &w->fault));
	TRY(term_read(w, &in->term, was.repeats, in->from_day, &t));
	/* Every other week goes on in the same weeks, unless somebody says otherwise. */
	size_t before = terms_at(was.terms, was.terms_n, in->from_day);
	if (!in->term.anchor_day.is && before < was.terms_n && str_eq(was.terms[before].rule, t.rule))
		t.anchor_day = was.terms[before].anchor_day;
	TRY(wishes_ask(w, was.property_id, in->anyway, &t));
	TRY(tell_term(w, id, &t));
	return changed(w, &was.agreement, EVENT_AGREEMENT_CHANGED, (struct maybe_day){true, in->from_day}, in->from_day, out);
}

enum err
act_agreement_hold(struct work *w, uint64_t id, const struct agreement_hold *in, struct agreement_terms *out)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct agreement_terms was;
	const struct term t = term_hold(in->from_day, in->until_day);
	struct day again = in->from_day;

	TRY(locked(w, id, in->version, &was));
	for (size_t i = 0; i < was.terms_n; i++)
		if (was.terms[i].kind == TERM_HOLD && was.terms[i].from_day.n == in->from_day.n && in->from_day.n < today.n) {
			/* It has begun: only its end is still open. */
			again = today;
			if (in->until_day.is && in->until_day.v.n < today.n - 1)
				return fail(&w->fault, E_INVALID, "until_day",
				    "What has been cannot be changed. Choose today or a later day.");
		}
	TRY(agreement_may_change(&was.agreement, was.terms_n, again, today, &w->fault));
	TRY(term_check(&t, was.repeats, &w->fault));
	TRY(tell_term(w, id, &t));
	return changed(w, &was.agreement, EVENT_AGREEMENT_HELD, (struct maybe_day){true, again}, in->from_day, out);
}

enum err
act_agreement_resume(struct work *w, uint64_t id, struct day from, struct agreement_terms *out)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct agreement_terms was;
	bool held;

	TRY(act_agreement_one(w, id, &was));
	TRY(locked(w, id, was.version, &was));
	TRY(agreement_may_change(&was.agreement, was.terms_n, from, today, &w->fault));
	TRY(tell_term_gone(w, id, from, TERM_HOLD, &held));
	if (!held)
		return fail(&w->fault, E_NOT_FOUND, NULL, "No hold begins on this day.");
	return changed(w, &was.agreement, EVENT_AGREEMENT_CHANGED, (struct maybe_day){true, from}, from, out);
}

enum err
act_agreement_end(struct work *w, uint64_t id, const struct agreement_ending *in, struct agreement_terms *out)
{
	const struct day today = zone_day(w->tenant->zone, w->now), after = day_add(in->ends_day, 1);
	struct tech_day *days = arena_array(w->arena, struct tech_day, TECH_DAYS_MAX);
	struct agreement g;
	uint64_t cancelled;
	size_t days_n = 0;

	TRY(sql_agreement_for_update(w->db, id, w->arena, &g));
	TRY(agreement_may_end(&g, in->ends_day, today, &w->fault));
	TRY(sql_agreement_end(w->db, id, (struct maybe_day){true, in->ends_day}, g.closed_at, in->version));
	TRY(changed(w, &g, EVENT_AGREEMENT_ENDED, (struct maybe_day){true, after}, in->ends_day, out));
	TRY(tell_days_of_agreement(w, id, days, &days_n));
	TRY(sql_visits_cancel_from(w->db, id, after, VISIT_SCHEDULED, VISIT_CANCELLED, &cancelled));
	return tell_days(w, days, days_n);
}

/* The visits follow, the timeline says so, the customer's standing is derived anew. */
static enum err
changed(struct work *w, const struct agreement *g, enum event_kind kind, struct maybe_day from, struct day day,
    struct agreement_terms *out)
{
	char text[DAY_LETTERS + 1];

	day_write(day, text);
	const struct event_value v[] = {{STR("day"), str_of(text)}};
	TRY(tell_visits(w, g->id, from));
	TRY(tell_event(w, &(struct event){.customer_id = g->customer_id, .property_id = g->property_id,
	    .pool_id = g->pool_id, .kind = kind, .ref_kind = RECORD_AGREEMENT, .ref_id = g->id, .values = v, .values_n = 1}));
	TRY(tell_standing(w, g->customer_id));
	return act_agreement_one(w, g->id, out);
}

/* Lock it, and take its version: from here on nobody else changes its terms or makes its visits. */
static enum err
locked(struct work *w, uint64_t id, uint32_t version, struct agreement_terms *out)
{
	struct agreement g;

	TRY(sql_agreement_for_update(w->db, id, w->arena, &g));
	TRY(sql_agreement_touch(w->db, id, version));
	return terms_read(w, &g, out);
}

static enum err
terms_read(struct work *w, const struct agreement *g, struct agreement_terms *out)
{
	struct term *terms;
	size_t n;

	*out = (struct agreement_terms){
	    .agreement = *g,
	    .id = g->id,
	    .customer_id = g->customer_id,
	    .property_id = g->property_id,
	    .pool_id = {g->pool_id != 0, g->pool_id},
	    .repeats = g->repeats,
	    .starts_day = g->starts_day,
	    .ends_day = g->ends_day,
	    .made_until = g->made_until,
	    .closed = g->closed_at.is,
	    .version = g->version,
	};
	TRY(sql_terms_of(w->db, g->id, w->arena, &terms, &n));
	out->terms = arena_array(w->arena, struct term, 2 * n);
	out->terms_n = terms_apart(terms, n, out->terms);
	return OK;
}

static enum err
place_read(struct work *w, const struct agreement_wish *in, struct place_row *out)
{
	struct schedule_id_row *pool;
	struct place_row *row;

	TRY(sql_place_one(w->db, in->property_id, w->arena, &row));
	if (row == NULL || row->archived)
		return fail(&w->fault, E_INVALID, "property_id", "This property does not exist.");
	if (in->pool_id.is) {
		TRY(sql_pool_of_place(w->db, in->pool_id.v, in->property_id, w->arena, &pool));
		if (pool == NULL)
			return fail(&w->fault, E_INVALID, "pool_id", "This pool is not on this property.");
	}
	*out = *row;
	return OK;
}

static enum err
term_read(struct work *w, const struct term_wish *in, enum repeats r, struct day from, struct term *out)
{
	struct service_row service;

	enum err e = sql_service_one(w->db, in->service_id, w->arena, &service);
	if (tell_absent(w, e))
		return fail(&w->fault, E_INVALID, "service_id", "This service does not exist.");
	TRY(e);
	*out = (struct term){
	    .from_day = from,
	    .kind = TERM_WORKS,
	    .rule = in->rule.is && r != REPEATS_SINCE_DONE ? in->rule.v : STR(""),
	    .anchor_day = in->anchor_day.is ? in->anchor_day.v : from,
	    .every_days = in->every_days.is && r == REPEATS_SINCE_DONE ? in->every_days.v : 0,
	    .service_id = in->service_id,
	    .tech_id = in->tech_id,
	    .seq = in->seq.is ? in->seq.v : VISIT_SEQ_MAX,
	    .from_minute = in->from_minute,
	    .to_minute = in->to_minute,
	    .minutes = in->minutes.is ? in->minutes.v : service.minutes,
	    .rate_kind = in->rate_kind,
	    .with_chemicals = in->with_chemicals,
	    .rate_cents = in->rate_cents,
	    .skip_policy = in->skip_policy,
	};
	TRY(term_check(out, r, &w->fault));
	if (r != REPEATS_SINCE_DONE)
		TRY(rule_check(out->rule, &w->fault));
	if (in->tech_id.is) {
		struct worker_row tech;

		e = sql_worker_one(w->db, in->tech_id.v, w->arena, &tech);
		if (tell_absent(w, e) || (e == OK && tech.state == STAFF_DISABLED))
			return fail(&w->fault, E_INVALID, "tech_id", "This person does not work here.");
		TRY(e);
	}
	return OK;
}

/*
 * What can be asked of a promise: weekdays, the person, what that person may do, and the hours of the week, for the
 * visits of its first two weeks. Insisted on is only what something stands against.
 */
static enum err
wishes_ask(struct work *w, uint64_t property_id, struct maybe_bool anyway, struct term *t)
{
	struct day days[RULE_WINDOW_DAYS] = {t->from_day};
	struct fit fit;
	size_t n = 1;
	enum err e;

	TRY(tell_fit_read(w, property_id, t->service_id, t->tech_id, t->from_day, &fit));
	fit.who.minutes = t->minutes;
	if (t->rule.n > 0)
		TRY(rule_days(t->rule, t->anchor_day, t->from_day, day_add(t->from_day, RULE_WINDOW_DAYS - 1), days, &n, &w->fault));
	e = wish_weekdays(&fit.wish, rule_weekdays(t->rule), &w->fault);
	for (size_t i = 0; e == OK && i < n && days[i].n < days[0].n + 14; i++)
		e = fit_term(&fit, days[i], t->from_minute, t->to_minute, &w->fault);
	t->anyway = e == E_INVALID && anyway.is && anyway.v;
	if (!t->anyway)
		return e;
	w->fault = (struct fault){0};
	return OK;
}
