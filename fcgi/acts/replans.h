/*
 * fcgi/acts/replans.h -- the rest of a day that runs late, anew: what is offered, and taking it.
 */
#ifndef FCGI_ACTS_REPLANS_H
#define FCGI_ACTS_REPLANS_H

#include "domain/dispatch/replan.h"
#include "fcgi/acts/tell.h"
#include "tenancy/work.h"

struct replan_stop {
	uint64_t id;
};
/* The order of what is still to be begun on one lane; the day it speaks of has this version. */
struct replan_lane {
	uint64_t tech_id;
	uint32_t version;
	struct replan_stop *stops;
	size_t stops_n;
};
struct replan {
	struct day day;
	struct replan_lane *lanes;
	size_t lanes_n;
	struct maybe_bool tell; /* whose window is missed all the same gets a new one, and hears of it */
};

/* One stop that would be somebody else's, or at another time. */
struct replan_move {
	uint64_t id;
	struct str customer, from, to;
	int32_t was_s, begin_s;
	struct maybe_u32 to_minute;
};
struct replan_offer {
	struct replan plan; /* only lanes that change; none: nothing better was found */
	struct replan_move *moves;
	size_t moves_n;
	int32_t late_s, then_late_s; /* all lateness, as it is and as it would be */
};
struct replan_query {
	struct day day;
};
/* act_replan_offer -- E_LIMIT "day" too many stops to look at together */
must_use enum err act_replan_offer(struct work *w, struct day day, struct replan_offer *out);

/*
 * act_replan_take -- the lanes get these orders, all at once
 *
 * back  out  what takes it back: the orders as they were, with the versions that the days have now
 *
 * Errors  E_STALE somebody was faster; E_INVALID "lanes": a stop is missing, twice, or of another lane
 */
must_use enum err act_replan_take(struct work *w, const struct replan *in, struct replan *back);

#endif
