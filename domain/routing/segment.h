/*
 * domain/routing/segment.h -- part of a route as four numbers, joined in O(1).
 *
 * Nagata, Braysy & Dullaert 2010; Vidal, Crainic, Gendreau & Prins 2013 (C&OR 40): duration, time
 * warp, earliest and latest start. Lateness is a jump back to the window's end ("warp"): paid once,
 * not passed on.
 */
#ifndef DOMAIN_ROUTING_SEGMENT_H
#define DOMAIN_ROUTING_SEGMENT_H

#include "domain/routing/problem.h"

#define FOREVER (1 << 29)

struct segment {
	int32_t duration_s, warp_s, earliest_s, latest_s;
};

/* Duration and warp of b driven after a, `drive_s` between them. */
static inline struct segment
segment_join(struct segment a, struct segment b, int32_t drive_s)
{
	int32_t delta = a.duration_s - a.warp_s + drive_s;
	int32_t wait = b.earliest_s - delta - a.latest_s;
	int32_t warp = a.earliest_s + delta - b.latest_s;
	struct segment s;

	if (wait < 0)
		wait = 0;
	if (warp < 0)
		warp = 0;
	s.duration_s = a.duration_s + b.duration_s + drive_s + wait;
	s.warp_s = a.warp_s + b.warp_s + warp;
	s.earliest_s =
	    (b.earliest_s - delta > a.earliest_s ? b.earliest_s - delta : a.earliest_s) - wait;
	s.latest_s = (b.latest_s - delta < a.latest_s ? b.latest_s - delta : a.latest_s) + warp;
	return s;
}

/* When its work is over, if it begins as early as it can. */
static inline int32_t
segment_done(struct segment s)
{
	return s.earliest_s + s.duration_s - s.warp_s;
}

static inline struct segment
segment_of(int32_t lasts_s, struct window w)
{
	return (struct segment){lasts_s, 0, w.from_s, w.to_s};
}

/* The window of a stop that is met first when somebody arrives at `at_s`: the last one, if all are
 * over. */
static inline struct window
window_met(const struct stop *s, int32_t at_s)
{
	uint32_t w = 0;

	if (s->windows == 0)
		return (struct window){0, FOREVER};
	while (w + 1 < s->windows && s->window[w].to_s < at_s)
		w++;
	return s->window[w];
}

static inline int32_t
window_clamp(struct window w, int32_t at_s)
{
	return at_s < w.from_s ? w.from_s : at_s > w.to_s ? w.to_s : at_s;
}

#endif
