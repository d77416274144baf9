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

/*
 * term_moved -- what holds when the visit that fell on `occurs` is on `day` from then on
 *
 * from_day is the earlier of the two. It is a term of its own: no hold is taken along.
 *
 * Errors  E_STALE nothing works on that day; E_INVALID "day" no day of every month
 */
must_use enum err term_moved(const struct agreement *g, const struct term *t, size_t n, struct day occurs,
    struct day day, struct arena *a, struct term *out, struct fault *f);
/* term_gives_way -- does t begin between moved's day and the day of the visit that moved? Then it is moved that works. */
bool term_gives_way(const struct term *t, const struct term *moved, struct day occurs);

/*
 * due_wanted -- where a visit goes whose day these people do not want: on the next of the six days behind it that
 * they do, where the agreement runs, is not held and has no other visit; if there is none, on one that has
 *
 * not_days  in  bits of enum weekday; nobody wants us at all: the day itself
 */
struct day due_wanted(const struct agreement *g, const struct term *t, size_t n, const struct due *due, size_t due_n,
    struct day d, uint32_t not_days);

#endif
