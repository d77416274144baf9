#include "domain/routing/offers.h"

/*
 * A route is walked twice: as it stands, and with the stop in each gap. The walk is the definition of
 * cost that the kernel's segments only speed up; at the length of a technician's day it takes
 * microseconds, and every reason an offer gives comes from it.
 */
struct walk {
	int64_t cost, drive_cost;
	int32_t drive_s, ends_s, late_s, overtime_s, over;
	uint32_t late_stop;
	int32_t late_most_s;
	int32_t begin_s; /* of the new stop */
	uint32_t window;
};

/* Where the new stop goes, and for which of its windows. */
struct gap {
	uint32_t stop, position, window;
};

static enum err check(const struct problem *p, const struct plan *day, uint32_t stop, struct fault *f);
static bool best_of_shift(const struct problem *p, const struct plan *day, uint32_t shift, uint32_t from,
    uint32_t stop, struct offer *out);
static struct walk walk_route(const struct problem *p, const struct route *r, uint32_t shift,
    const struct gap *gap);
static void visit(const struct problem *p, uint32_t stop, const uint32_t *window, uint32_t *here,
    struct walk *w);
static void drive(const struct problem *p, uint32_t from, uint32_t to, struct walk *w);
static void keep(struct offer *best, size_t *n, const struct offer *o);

enum err
offers(const struct problem *p, const struct plan *day, const uint32_t *done, uint32_t stop,
    uint64_t days, struct offer *out, size_t *n, struct fault *f)
{
	size_t kept = 0;

	TRY(check(p, day, stop, f));
	for (uint32_t s = 0; s < p->shifts; s++) {
		struct offer o;

		if ((days >> p->shift[s].day & 1) == 0 || (p->stop[stop].skills & ~p->shift[s].skills) != 0)
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
	const struct stop *x = &p->stop[stop];
	struct walk before = walk_route(p, r, shift, NULL);
	bool found = false;

	for (uint32_t at = from; at <= r->stops; at++)
		for (uint32_t w = 0; w < (x->windows ? x->windows : 1); w++) {
			struct gap gap = {stop, at, w};
			struct walk with = walk_route(p, r, shift, &gap);

			if (found && with.cost - before.cost >= out->cost)
				continue;
			*out = (struct offer){.shift = shift, .position = at, .window = w,
			    .cost = with.cost - before.cost,
			    .drive_cost = with.drive_cost - before.drive_cost,
			    .drive_s = with.drive_s - before.drive_s, .begin_s = with.begin_s,
			    .ends_s = with.ends_s, .overtime_s = with.overtime_s - before.overtime_s,
			    .late_s = with.late_s - before.late_s, .late_stop = with.late_stop};
			out->flags = (out->late_s > 0 ? OFFER_LATE : 0U)
			    | (out->overtime_s > 0 ? OFFER_OVERTIME : 0U)
			    | (with.over > before.over ? OFFER_OVERLOAD : 0U)
			    | (x->usual_tech != ROUTING_NO_STOP && x->usual_tech != p->shift[shift].tech
				      ? OFFER_OTHER_TECH : 0U);
			if (out->late_s <= 0)
				out->late_stop = ROUTING_NO_STOP;
			found = true;
		}
	return found;
}

static struct walk
walk_route(const struct problem *p, const struct route *r, uint32_t shift, const struct gap *gap)
{
	const struct shift *s = &p->shift[shift];
	struct walk w = {.ends_s = s->from_s, .late_stop = ROUTING_NO_STOP};
	uint32_t here = s->start;
	int32_t load = 0;

	if (r->stops == 0 && gap == NULL)
		return w;
	for (uint32_t i = 0; i <= r->stops; i++) {
		if (gap != NULL && gap->position == i) {
			visit(p, gap->stop, &gap->window, &here, &w);
			w.begin_s = w.ends_s - p->stop[gap->stop].service_s;
			load += p->stop[gap->stop].load;
			if (p->stop[gap->stop].usual_tech != ROUTING_NO_STOP
			    && p->stop[gap->stop].usual_tech != s->tech)
				w.cost += p->price.other_tech;
		}
		if (i < r->stops) {
			visit(p, r->stop[i], NULL, &here, &w);
			load += p->stop[r->stop[i]].load;
			if (p->stop[r->stop[i]].usual_tech != ROUTING_NO_STOP
			    && p->stop[r->stop[i]].usual_tech != s->tech)
				w.cost += p->price.other_tech;
		}
	}
	drive(p, here, s->end, &w);
	w.overtime_s = w.ends_s > s->to_s ? w.ends_s - s->to_s : 0;
	w.over = load > s->capacity ? load - s->capacity : 0;
	w.cost += w.drive_cost + w.late_s * p->price.late_s + w.overtime_s * p->price.overtime_s
	    + w.over * p->price.overload;
	return w;
}

/* Lateness is priced once and not passed on: the clock goes on from the window's end (time warp). */
static void
visit(const struct problem *p, uint32_t stop, const uint32_t *window, uint32_t *here, struct walk *w)
{
	const struct stop *s = &p->stop[stop];
	uint32_t k = window != NULL ? *window : 0;

	drive(p, *here, s->place, w);
	*here = s->place;
	while (window == NULL && k + 1 < s->windows && w->ends_s > s->window[k].to_s)
		k++;
	if (s->windows > 0 && w->ends_s < s->window[k].from_s)
		w->ends_s = s->window[k].from_s;
	if (s->windows > 0 && w->ends_s > s->window[k].to_s) {
		int32_t late_s = w->ends_s - s->window[k].to_s;

		w->late_s += late_s;
		if (late_s > w->late_most_s) {
			w->late_most_s = late_s;
			w->late_stop = stop;
		}
		w->ends_s = s->window[k].to_s;
	}
	w->ends_s += s->service_s;
}

static void
drive(const struct problem *p, uint32_t from, uint32_t to, struct walk *w)
{
	size_t leg = (size_t)from * p->matrix.places + to;

	if (from == ROUTING_NOWHERE || to == ROUTING_NOWHERE)
		return;
	w->drive_s += p->matrix.seconds[leg];
	w->drive_cost += p->matrix.cost[leg];
	w->ends_s += p->matrix.seconds[leg];
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
