/*
 * fcgi/acts/tell_visits.c -- the visits that follow from an agreement: made exactly once for each of its days.
 *
 * The agreement's row is the guard: it is locked before its visits are looked at, so two makers of one
 * agreement follow each other. The key (agreement_id, occurs_day) is the net below.
 *
 * What people wish is obeyed as each visit is made, unless somebody insisted on the term as it is: a day that they
 * do not want gives way to the next, and whoever may not come does not get the visit.
 */
#include "fcgi/acts/tell_visits.h"

#include "domain/visits/wish.h"
#include "fcgi/acts/tell.h"

#include "domain/base/id.h"
#include "domain/visits/due.h"
#include "fcgi/acts/tell_board.h"
#include "fcgi/acts/tell_day.h"
#include "sql/tenant/queries/agreements.h"
#include "sql/tenant/queries/visits.h"


/* What is read once for all visits of a term. */
struct made_by {
	struct fit fit;
	bool is;
};

static enum err make(struct work *w, const struct agreement *g, struct day from, struct day to);
static enum err known(struct work *w, const struct agreement *g, const struct term *t, struct made_by *by);
static enum err obey(struct work *w, const struct fit *fit, struct visit *v);
static enum err insert(struct work *w, const struct agreement *g, struct visit *v);

enum err
tell_visits(struct work *w, uint64_t agreement_id, struct maybe_day again_from)
{
	const struct day today = zone_day(w->tenant->zone, w->now), to = day_add(today, HORIZON_DAYS + HORIZON_AHEAD_DAYS);
	struct day from = today;
	struct tech_day *days = arena_array(w->arena, struct tech_day, TECH_DAYS_MAX);
	size_t days_n = 0;
	struct agreement g;
	uint64_t dropped;

	TRY(sql_agreement_for_update(w->db, agreement_id, w->arena, &g));
	if (g.closed_at.is)
		return OK;
	if (again_from.is) {
		if (again_from.v.n > from.n)
			from = again_from.v;
		TRY(tell_days_of_agreement(w, agreement_id, days, &days_n));
		TRY(sql_visits_drop_untouched(w->db, agreement_id, from, VISIT_SCHEDULED, &dropped));
	} else if (g.made_until.is && g.made_until.v.n >= from.n && g.repeats != REPEATS_SINCE_DONE) {
		from = day_add(g.made_until.v, 1);
	}
	if (from.n <= to.n)
		TRY(make(w, &g, from, to));
	if (from.n <= today.n + CARD_AHEAD_DAYS)
		TRY(again_from.is ? tell_days_of_agreement(w, agreement_id, days, &days_n) : tell_days_came(w, agreement_id));
	TRY(tell_days(w, days, days_n));
	return sql_agreement_made(w->db, agreement_id, (struct maybe_day){true, to},
	    (struct maybe_i64){g.ends_day.is && g.ends_day.v.n < today.n, w->now});
}

enum err
tell_visits_of_place(struct work *w, uint64_t customer_id, uint64_t property_id)
{
	const struct day tomorrow = day_add(zone_day(w->tenant->zone, w->now), 1);
	struct agreement *rows;
	size_t n;

	TRY(sql_agreements_of_customer(w->db, customer_id, w->arena, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].property_id == property_id && !rows[i].closed_at.is)
			TRY(tell_visits(w, rows[i].id, (struct maybe_day){true, tomorrow}));
	return OK;
}

static enum err
make(struct work *w, const struct agreement *g, struct day from, struct day to)
{
	struct due *due = arena_array(w->arena, struct due, RULE_WINDOW_DAYS);
	struct due_past past = {0};
	struct visit_past_row was;
	struct day_row *there;
	struct made_by *by;
	struct term *terms;
	size_t n, terms_n, there_n;

	TRY(sql_terms_of(w->db, g->id, w->arena, &terms, &terms_n));
	if (g->repeats == REPEATS_SINCE_DONE) {
		TRY(sql_visit_past(w->db, g->id, VISIT_SCHEDULED, VISIT_STARTED, VISIT_DONE, VISIT_SKIPPED, w->arena, &was));
		past = (struct due_past){was.done, was.open > 0};
	}
	TRY(due_days(g, terms, terms_n, &past, from, to, due, &n, &w->fault));
	TRY(sql_visit_occurrences(w->db, g->id, from, w->arena, &there, &there_n));
	by = arena_array(w->arena, struct made_by, terms_n);
	for (size_t i = 0; i < n; i++) {
		const struct term *t = &terms[due[i].term];
		struct visit v = {.occurs_day = {true, due[i].day}, .day = due[i].day, .service_id = t->service_id,
		    .tech_id = t->tech_id, .seq = t->seq, .from_minute = t->from_minute, .to_minute = t->to_minute,
		    .minutes = t->minutes, .why_who = STR("")};
		bool made = false;

		for (size_t k = 0; k < there_n; k++)
			made |= there[k].day.n == due[i].day.n;
		if (made)
			continue;
		if (!t->anyway) {
			const struct fit *fit = &by[due[i].term].fit;

			TRY(known(w, g, t, &by[due[i].term]));
			v.day = due_wanted(g, terms, terms_n, due, n, v.day, fit->wish.not_days);
			TRY(obey(w, fit, &v));
		}
		TRY(insert(w, g, &v));
	}
	return OK;
}

/* Where these people want one technician and no other, the visits are theirs, whoever the term names. */
static enum err
known(struct work *w, const struct agreement *g, const struct term *t, struct made_by *by)
{
	if (by->is)
		return OK;
	by->is = true;
	TRY(tell_fit_read(w, g->property_id, t->service_id, t->tech_id, zone_day(w->tenant->zone, w->now), &by->fit));
	if (by->fit.wish.same_tech.is && (!t->tech_id.is || t->tech_id.v != by->fit.wish.same_tech.v))
		TRY(tell_fit_read(w, g->property_id, t->service_id, by->fit.wish.same_tech,
		    zone_day(w->tenant->zone, w->now), &by->fit));
	by->fit.who.minutes = t->minutes;
	return OK;
}

/* Who cannot or must not come does not get it: it is nobody's, and says why. */
static enum err
obey(struct work *w, const struct fit *fit, struct visit *v)
{
	enum err e;

	v->tech_id = fit->tech_id;
	if (!v->from_minute.is && !v->to_minute.is) {
		v->from_minute = fit->from_minute;
		v->to_minute = fit->to_minute;
	}
	e = fit_tech(fit, v->day, v->from_minute, v->to_minute, &w->fault);
	if (e != E_INVALID)
		return e;
	v->tech_id = (struct maybe_u64){0};
	v->why_who = tell_why_keep(w, &w->fault);
	w->fault = (struct fault){0};
	return OK;
}

static enum err
insert(struct work *w, const struct agreement *g, struct visit *v)
{
	/* Thousands are made in one millisecond: spread over some, their random bits do not meet. */
	const int64_t ms = w->now_ms + (int64_t)((g->id ^ (uint64_t)(uint32_t)v->occurs_day.v.n * 61) & 4095);
	const uint64_t id = id_make(ms, (uint32_t)work_id(w));
	enum err e;

	e = sql_visit_insert(w->db, id, (struct maybe_u64){true, g->id}, v->occurs_day, g->customer_id, g->property_id,
	    g->pool_id, v->service_id, v->day, v->tech_id, v->seq, v->from_minute, v->to_minute, v->minutes,
	    VISIT_SCHEDULED, VISIT_OF_AGREEMENT, false, STR(""), v->why_who);
	if (e != E_STALE)
		return e;
	/* Somebody made it between our reading and our writing: look again from the beginning. */
	w->fault = (struct fault){0};
	return fail(&w->fault, E_RETRY, NULL, "The house is busy. Please try again.");
}
