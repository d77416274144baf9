/*
 * domain/visits/due.h -- on which days an agreement wants a visit: its terms, holds and end, and the rule.
 */
#ifndef DOMAIN_VISITS_DUE_H
#define DOMAIN_VISITS_DUE_H

#include "domain/customers/agreement.h"
#include "domain/visits/recurrence.h"

/* Visits exist for so many days from today on; they are made a week ahead of that, so that a night on which
 * nothing runs is not noticed. */
#define HORIZON_DAYS 56
#define HORIZON_AHEAD_DAYS 7

struct due {
	struct day day;
	size_t term; /* index of the term that gave it */
};

/* What is known about the past of an agreement that repeats since it was last done. */
struct due_past {
	struct maybe_day done; /* the last visit that was done */
	bool open;             /* a visit is planned, or under way */
};

/*
 * due_days -- the days from `from` to `to`, both counted, in order
 *
 * Calendar: the days that the rules of its terms give, without those held. Since done: one day at most,
 * none while a visit is open. Checklist: none.
 *
 * t    in   in the order of their days
 * out  out  room for RULE_WINDOW_DAYS
 *
 * Errors  E_INVALID "rule" "to"
 */
must_use enum err due_days(const struct agreement *g, const struct term *t, size_t n, const struct due_past *past,
    struct day from, struct day to, struct due *out, size_t *out_n, struct fault *f);

#endif
