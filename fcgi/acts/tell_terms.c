/*
 * fcgi/acts/tell_terms.c -- what begins on one day of an agreement is one row: a term, a hold, or both.
 *
 * The caller has locked the agreement.
 */
#include "fcgi/acts/tell_visits.h"

#include "sql/tenant/queries/agreements.h"

static enum err put(struct work *w, uint64_t agreement_id, const struct term *t);

enum err
tell_term(struct work *w, uint64_t agreement_id, const struct term *fresh)
{
	struct term *terms, t;
	size_t n;

	TRY(sql_terms_of(w->db, agreement_id, w->arena, &terms, &n));
	t = term_with(terms, n, fresh);
	return put(w, agreement_id, &t);
}

enum err
tell_term_gone(struct work *w, uint64_t agreement_id, struct day from, enum term_kind kind, bool *was)
{
	struct term *terms, left;
	uint64_t rows;
	size_t n;

	*was = false;
	TRY(sql_terms_of(w->db, agreement_id, w->arena, &terms, &n));
	for (size_t i = 0; i < n; i++) {
		if (terms[i].from_day.n != from.n || (terms[i].kind != kind && !terms[i].held))
			continue;
		*was = true;
		if (term_without(&terms[i], kind, &left))
			return put(w, agreement_id, &left);
		return sql_term_drop(w->db, agreement_id, from, &rows);
	}
	return OK;
}

static enum err
put(struct work *w, uint64_t agreement_id, const struct term *t)
{
	uint64_t rows;

	return sql_term_put(w->db, agreement_id, t->from_day, t->kind, t->held, t->until_day, t->rule, t->anchor_day,
	    t->every_days, t->service_id, t->tech_id, t->seq, t->from_minute, t->to_minute, t->minutes, t->rate_kind,
	    t->with_chemicals, t->rate_cents, t->skip_policy, t->anyway, &rows);
}
