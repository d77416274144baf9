#include "domain/routing/offers.h"

#include "domain/routing/walk.h"

/*
 * A route is walked twice: as it stands, and with the stop in each gap. At the length of a
 * technician's day that takes microseconds, and every reason an offer gives comes from the walk.
 */
static enum err
check(const struct problem *p, const struct plan *day, uint32_t stop, struct fault *f);
static bool best_of_shift(const struct problem *p, const struct plan *day, uint32_t shift,
    uint32_t from, uint32_t stop, struct offer *out);
static struct offer describe(const struct problem *p, uint32_t stop, uint32_t shift, uint32_t at,
    const struct walk *before, const struct walk *with);
static void keep(struct offer *best, size_t *n, const struct offer *o);

enum err
offers(const struct problem *p, const struct plan *day, const uint32_t *done, uint32_t stop,
    uint64_t days, struct offer *out, size_t *n, struct fault *f)
{
	size_t kept = 0;

	TRY(check(p, day, stop, f));
	for (uint32_t s = 0; s < p->shifts; s++) {
		const struct stop *x = &p->stop[stop];
		struct offer o;

		if ((days >> p->shift[s].day & 1) == 0 || (x->skills & ~p->shift[s].skills) != 0 ||
		    (x->usual_only && x->usual_tech != p->shift[s].tech))
			continue;
		if (best_of_shift(p, day, s, done == NULL ? 0 : done[s], stop, &o))
			keep(out, &kept, &o);
	}
	*n = kept;
	return OK;
}

static enum err
check(const struct problem *p, const struct plan *day, uint32_t stop, struct fault *f)
{
	if (stop >= p->stops)
		return fail(f, E_INVALID, "stop", "There is no such stop.");
	for (uint32_t s = 0; s < p->shifts; s++)
		for (uint32_t i = 0; i < day->route[s].stops; i++)
			if (day->route[s].stop[i] == stop)
				return fail(f, E_INVALID, "stop", "This stop is planned already.");
	return OK;
}

static bool
best_of_shift(const struct problem *p, const struct plan *day, uint32_t shift, uint32_t from,
    uint32_t stop, struct offer *out)
{
	const struct route *r = &day->route[shift];
	struct view v = {r->stop, r->stops, ROUTING_NO_STOP, 0};
	struct walk before, with;
	bool found = false;

	walk_route(p, shift, &v, day->fixed_s, NULL, &before);
	v.extra = stop;
	for (v.at = from; v.at <= r->stops; v.at++) {
		walk_route(p, shift, &v, day->fixed_s, NULL, &with);
		if (found && with.cost - before.cost >= out->cost)
			continue;
		*out = describe(p, stop, shift, v.at, &before, &with);
		found = true;
	}
	return found;
}

static struct offer
describe(const struct problem *p, uint32_t stop, uint32_t shift, uint32_t at,
    const struct walk *before, const struct walk *with)
{
	const struct stop *x = &p->stop[stop];
	const struct shift *s = &p->shift[shift];
	struct offer o = {.shift = shift,
	    .position = at,
	    .cost = with->cost - before->cost,
	    .drive_cost = with->drive_cost - before->drive_cost,
	    .drive_s = with->drive_s - before->drive_s,
	    .metres = with->metres - before->metres,
	    .begin_s = with->extra_begin_s,
	    .ends_s = with->ends_s,
	    .overtime_s = with->overtime_s - before->overtime_s,
	    .late_s = with->late_s - before->late_s,
	    .paid_s = with->paid_s - before->paid_s,
	    .late_stop = with->late_stop};

	while (o.window + 1 < x->windows && x->window[o.window].to_s < o.begin_s)
		o.window++;
	o.flags =
	    (o.late_s > 0 ? OFFER_LATE : 0U) | (o.overtime_s > 0 ? OFFER_OVERTIME : 0U) |
	    (with->over > before->over ? OFFER_OVERLOAD : 0U) |
	    (with->moved > before->moved ? OFFER_PROMISE : 0U) |
	    ((x->prefer & ~s->skills) != 0 ? OFFER_PREFERENCE : 0U) |
	    (x->usual_days != 0 && (x->usual_days >> s->day & 1) == 0 ? OFFER_OTHER_DAY : 0U) |
	    (x->usual_tech != ROUTING_NO_STOP && x->usual_tech != s->tech ? OFFER_OTHER_TECH : 0U);
	if (o.late_s <= 0)
		o.late_stop = ROUTING_NO_STOP;
	return o;
}

/* Into the list of the best, by cost and then by the shift's number. */
static void
keep(struct offer *best, size_t *n, const struct offer *o)
{
	size_t at = *n;

	while (at > 0 && best[at - 1].cost > o->cost)
		at--;
	if (at == OFFERS_MAX)
		return;
	for (size_t i = *n < OFFERS_MAX ? *n : OFFERS_MAX - 1; i > at; i--)
		best[i] = best[i - 1];
	best[at] = *o;
	if (*n < OFFERS_MAX)
		++*n;
}
