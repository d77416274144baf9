/*
 * fcgi/acts/ratings.c -- load: what was said of visits, as it stands on the timelines of customers.
 */
#include "fcgi/acts/ratings.h"

#define DAYS_USUAL 90

enum err
act_ratings(struct work *w, const struct ratings_query *q, struct ratings_page *out)
{
	const struct day to = q->to.is ? q->to.v : zone_day(w->tenant->zone, w->now);
	const struct day from = q->from.is ? q->from.v : day_add(to, 1 - DAYS_USUAL);
	struct civil first, behind;

	*out = (struct ratings_page){.from = from, .to = to};
	if (to.n < from.n)
		return fail(&w->fault, E_INVALID, "to", "The last day is before the first.");
	if (to.n - from.n >= RATINGS_DAYS_MAX)
		return fail(&w->fault, E_INVALID, "to", "This is too much for one look. Choose fewer days.");
	day_civil(from, &first);
	day_civil(day_add(to, 1), &behind);
	const int64_t begins = zone_instant(w->tenant->zone, &first), ends = zone_instant(w->tenant->zone, &behind);

	TRY(sql_ratings_by(w->db, EVENT_VISIT_RATED, begins, ends, w->arena, &out->rows, &out->rows_n));
	if (out->rows_n > RATINGS_MAX)
		return fail(&w->fault, E_LIMIT, "to", "This is too much for one look. Choose fewer days.");
	return sql_rating_words(w->db, EVENT_VISIT_RATED, begins, ends, q->tech_id.is ? q->tech_id.v : 0,
	    q->service_id.is ? q->service_id.v : 0, w->arena, &out->words, &out->words_n);
}
