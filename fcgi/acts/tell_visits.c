/*
 * fcgi/acts/tell_visits.c -- the visits that follow from an agreement: made exactly once for each of its days.
 *
 * The agreement's row is the guard: it is locked before its visits are looked at, so two makers of one
 * agreement follow each other. The key (agreement_id, occurs_day) is the net below.
 */
#include "fcgi/acts/tell.h"

#include "domain/base/id.h"
#include "domain/visits/due.h"
#include "sql/tenant/queries/agreements.h"
#include "sql/tenant/queries/visits.h"

static enum err make(struct work *w, const struct agreement *g, struct day from, struct day to);
static enum err insert(struct work *w, const struct agreement *g, const struct term *t, struct day day);

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
		TRY(tell_days_of_agreement(w, agreement_id, days, &days_n));
	TRY(tell_days(w, days, days_n));
	return sql_agreement_made(w->db, agreement_id, (struct maybe_day){true, to},
	    (struct maybe_i64){g.ends_day.is && g.ends_day.v.n < today.n, w->now});
}

static enum err
make(struct work *w, const struct agreement *g, struct day from, struct day to)
{
	struct due *due = arena_array(w->arena, struct due, RULE_WINDOW_DAYS);
	struct due_past past = {0};
	struct visit_past_row was;
	struct day_row *there;
	struct term *terms;
	size_t n, terms_n, there_n;

	TRY(sql_terms_of(w->db, g->id, w->arena, &terms, &terms_n));
	if (g->repeats == REPEATS_SINCE_DONE) {
		TRY(sql_visit_past(w->db, g->id, VISIT_SCHEDULED, VISIT_STARTED, VISIT_DONE, VISIT_SKIPPED, w->arena, &was));
		past = (struct due_past){was.done, was.open > 0};
	}
	TRY(due_days(g, terms, terms_n, &past, from, to, due, &n, &w->fault));
	TRY(sql_visit_occurrences(w->db, g->id, from, w->arena, &there, &there_n));
	for (size_t i = 0; i < n; i++) {
		bool made = false;

		for (size_t k = 0; k < there_n; k++)
			made |= there[k].day.n == due[i].day.n;
		if (!made)
			TRY(insert(w, g, &terms[due[i].term], due[i].day));
	}
	return OK;
}

static enum err
insert(struct work *w, const struct agreement *g, const struct term *t, struct day day)
{
	/* Thousands are made in one millisecond: spread over some, their random bits do not meet. */
	const int64_t ms = w->now_ms + (int64_t)((g->id ^ (uint64_t)(uint32_t)day.n * 61) & 4095);
	const uint64_t id = id_make(ms, (uint32_t)work_id(w));
	enum err e;

	e = sql_visit_insert(w->db, id, (struct maybe_u64){true, g->id}, (struct maybe_day){true, day}, g->customer_id,
	    g->property_id, g->pool_id, t->service_id, day, t->tech_id, t->seq, t->from_minute, t->to_minute, t->minutes,
	    VISIT_SCHEDULED, VISIT_OF_AGREEMENT, false, STR(""));
	if (e != E_STALE)
		return e;
	/* Somebody made it between our reading and our writing: look again from the beginning. */
	w->fault = (struct fault){0};
	return fail(&w->fault, E_RETRY, NULL, "The house is busy. Please try again.");
}
