/*
 * tests/unit/domain/routing/world.h -- random small problems, and what a plan costs walked leg by
 * leg: nothing of the kernel is used.
 */
#ifndef TESTS_UNIT_DOMAIN_ROUTING_WORLD_H
#define TESTS_UNIT_DOMAIN_ROUTING_WORLD_H

#include "domain/routing/chance.h"
#include "domain/routing/problem.h"

#define PLACES_MAX 24

/* A random small problem in its own storage. */
struct world {
	struct arena *a;
	struct problem p;
	int32_t legs[PLACES_MAX * PLACES_MAX];
	struct stop stop[PLACES_MAX];
	struct window window[PLACES_MAX][2];
	int32_t target_s[64];
	struct shift shift[8];
	uint64_t pattern[PLACES_MAX][4];
};

static inline void
make_world(struct world *w, uint64_t seed, uint32_t stops, uint32_t shifts, uint32_t days)
{
	uint64_t r = seed;
	uint32_t places = stops + 2;

	for (uint32_t x = 0; x < places * places; x++)
		w->legs[x] = x / places == x % places ? 0 : (int32_t)(60 + chance_below(&r, 3000));
	for (uint32_t s = 0; s < stops; s++) {
		int32_t from = (int32_t)chance_below(&r, 30000);

		w->window[s][0] = (struct window){from, from + (int32_t)chance_below(&r, 20000)};
		w->window[s][1] =
		    (struct window){w->window[s][0].to_s + 1000, w->window[s][0].to_s + 9000};
		for (int n = 0; n < 4; n++)
			w->pattern[s][n] = 1 + chance_below(&r, (1u << days) - 1);
		w->stop[s] = (struct stop){.place = s + 2,
		    .service_s = (int32_t)chance_below(&r, 3600),
		    .window = w->window[s],
		    .windows = chance_below(&r, 3),
		    .skills = chance_below(&r, 4) == 0 ? 1 : 0,
		    .load = (int32_t)chance_below(&r, 5),
		    .prize = 100000 + chance_below(&r, 400000),
		    .usual_tech = chance_below(&r, shifts + 1),
		    .pattern = days > 1 ? w->pattern[s] : NULL,
		    .patterns = days > 1 ? 4 : 0};
	}
	for (uint32_t n = 0; n < shifts; n++)
		w->shift[n] = (struct shift){.tech = n / days,
		    .day = n % days,
		    .start = chance_below(&r, 2),
		    .end = chance_below(&r, 3) == 0 ? ROUTING_NOWHERE : chance_below(&r, 2),
		    .from_s = (int32_t)chance_below(&r, 20000),
		    .to_s = 40000,
		    .skills = n % 2,
		    .capacity = 12};
	w->p = (struct problem){.matrix = {places, w->legs, w->legs},
	    .stop = w->stop,
	    .stops = stops,
	    .shift = w->shift,
	    .shifts = shifts,
	    .days = days,
	    .price = {.late_s = 5, .overtime_s = 2, .overload = 4000, .other_tech = 700}};
}

/* Lunches, goods, a supply house, wishes, promises, paid time and fairness; with `twins`, the first two stops are. */
static inline void
enrich(struct world *w, uint64_t seed, bool twins)
{
	uint64_t r = seed ^ 0x5eed;

	for (uint32_t s = 0; s < w->p.stops; s++) {
		struct stop *x = &w->stop[s];
		int32_t from = (int32_t)chance_below(&r, 30000);

		if (chance_below(&r, 2) == 0)
			x->promise = (struct window){from, from + (int32_t)chance_below(&r, 7200)};
		x->prefer = chance_below(&r, 4);
		x->usual_days = chance_below(&r, 1u << w->p.days);
		x->usual_only = chance_below(&r, 9) == 0;
		for (uint32_t g = 0; g < ROUTING_GOODS; g++) /* three that most take, and some that few do */
			x->goods[g] = g < 3 ? (int32_t)chance_below(&r, 4) : (s * 7 + g * 3 + seed) % 11 == 0;
	}
	for (uint32_t l = 0; l < w->p.shifts; l++) {
		int32_t from = 9000 + (int32_t)chance_below(&r, 20000);

		if (chance_below(&r, 3) > 0)
			w->shift[l].lunch_s = 600 + (int32_t)chance_below(&r, 3000);
		w->shift[l].lunch = (struct window){from, from + (int32_t)chance_below(&r, 9000)};
		for (uint32_t g = 0; g < ROUTING_GOODS; g++)
			w->shift[l].van[g] = g < 3 ? (int32_t)chance_below(&r, 20) : (int32_t)((l + g) % 2);
		w->target_s[l] = 10000 + (int32_t)chance_below(&r, 60000);
	}
	w->p.price.prefer = 333;
	w->p.price.other_day = 555;
	w->p.price.moved = 2000;
	w->p.price.mixed = chance_below(&r, 2) * 800;
	w->p.price.paid_s = chance_below(&r, 2);
	w->p.price.uneven = chance_below(&r, 2);
	if (chance_below(&r, 3) > 0)
		w->p.supply = (struct supply){1 + chance_below(&r, w->p.matrix.places), (int32_t)chance_below(&r, 1800),
		    chance_below(&r, 1500)};
	w->p.target_s = w->target_s;
	w->p.techs = w->p.shifts;
	if (twins && w->p.stops >= 2) {
		w->stop[0].twin = 2;
		w->stop[1].twin = 1;
		memcpy(w->pattern[1], w->pattern[0], sizeof(w->pattern[0]));
	}
}

static inline bool
is_able(const struct stop *x, const struct shift *s)
{
	return (x->skills & ~s->skills) == 0 && (!x->usual_only || x->usual_tech == s->tech);
}

/* One drive through a route: what it needs and breaks. */
struct drive {
	int64_t end_s, late_s, moved, legs;
	uint64_t met; /* a number for all the windows that visits begin in */
};

static inline struct drive
drive_it(const struct problem *p, uint32_t l, const struct route *r, const int32_t *fixed_s,
    uint32_t lunch, uint32_t supply, int64_t start_s)
{
	const struct shift *s = &p->shift[l];
	struct drive d = {.end_s = start_s};
	uint32_t here = s->start;

	for (uint32_t n = 0; n <= r->stops; n++) {
		uint32_t to = n < r->stops ? p->stop[r->stop[n]].place : s->end;
		struct window w = {0, INT32_MAX};

		if (supply == n && n < r->stops) {
			uint32_t house = p->supply.place - 1;

			if (here != ROUTING_NOWHERE) {
				d.legs += p->matrix.cost[here * p->matrix.places + house];
				d.end_s += p->matrix.seconds[here * p->matrix.places + house];
			}
			d.end_s = d.end_s < s->from_s ? s->from_s : d.end_s;
			d.end_s += p->supply.service_s;
			here = house;
		}
		if (lunch == n) {
			d.end_s = d.end_s < s->lunch.from_s ? s->lunch.from_s : d.end_s;
			if (d.end_s > s->lunch.to_s) {
				d.late_s += d.end_s - s->lunch.to_s;
				d.end_s = s->lunch.to_s;
			}
			d.end_s += s->lunch_s;
		}
		if (here != ROUTING_NOWHERE && to != ROUTING_NOWHERE) {
			d.legs += p->matrix.cost[here * p->matrix.places + to];
			d.end_s += p->matrix.seconds[here * p->matrix.places + to];
		}
		here = to;
		if (n == r->stops)
			break;
		const struct stop *x = &p->stop[r->stop[n]];

		/* the first window that can be met, else the last */
		for (uint32_t k = x->windows; k-- > 0;)
			if (k + 1 == x->windows || d.end_s <= x->window[k].to_s)
				w = x->window[k];
		if (x->twin != 0 && fixed_s != NULL && fixed_s[r->stop[n]] >= 0)
			w = (struct window){fixed_s[r->stop[n]], fixed_s[r->stop[n]]};
		d.met = d.met * 8191 + (uint64_t)w.from_s;
		if (d.end_s > w.to_s) {
			d.late_s += d.end_s - w.to_s;
			d.end_s = w.to_s; /* the warp: time is bought back */
		}
		d.end_s = d.end_s < w.from_s ? w.from_s : d.end_s;
		if (x->promise.to_s > 0 &&
		    (d.end_s < x->promise.from_s || d.end_s > x->promise.to_s))
			d.moved++;
		d.end_s += x->service_s;
	}
	/* however much time is bought back, nobody comes home before they leave */
	d.end_s = d.end_s < s->from_s ? s->from_s : d.end_s;
	if (lunch == r->stops + 1 && d.end_s > s->lunch.to_s)
		d.late_s += d.end_s - s->lunch.to_s;
	return d;
}

static inline int64_t lacking(const struct problem *p, const struct route *r, const struct shift *s, uint32_t n);
static inline int64_t best_lunch(const struct problem *p, uint32_t l, const struct route *r, const int32_t *fixed_s,
    uint32_t supply, int64_t *paid_s);

/* What a route costs without what depends on other routes; paid_s as well. */
static inline int64_t
route_cost(const struct problem *p, uint32_t l, const struct route *r, const int32_t *fixed_s,
    int64_t *paid_s)
{
	const struct shift *s = &p->shift[l];
	int64_t best = INT64_MAX, load = 0, cost = 0, lacks;

	*paid_s = 0;
	if (r->stops == 0)
		return 0;
	for (uint32_t n = 0; n < r->stops; n++) {
		const struct stop *x = &p->stop[r->stop[n]];

		if (x->usual_tech != ROUTING_NO_STOP && x->usual_tech != s->tech)
			cost += p->price.other_tech;
		for (int b = 0; b < 64; b++)
			if ((x->prefer >> b & 1) != 0 && (s->skills >> b & 1) == 0)
				cost += p->price.prefer;
		if (x->usual_days != 0 && (x->usual_days >> s->day & 1) == 0)
			cost += p->price.other_day;
		load += x->load;
	}
	cost += load > s->capacity ? (load - s->capacity) * p->price.overload : 0;
	/* without the supply house, then with it before each visit */
	lacks = lacking(p, r, s, r->stops);
	best = lacks * p->price.overload + best_lunch(p, l, r, fixed_s, UINT32_MAX, paid_s);
	for (uint32_t n = 0; p->supply.place > 0 && lacks > 0 && n < r->stops; n++) {
		int64_t paid, c = p->supply.price + lacking(p, r, s, n) * p->price.overload +
				  best_lunch(p, l, r, fixed_s, n, &paid);

		if (c < best || (c == best && paid < *paid_s)) {
			best = c;
			*paid_s = paid;
		}
	}
	return cost + best;
}

/* What the first n visits take beyond what the van has. */
static inline int64_t
lacking(const struct problem *p, const struct route *r, const struct shift *s, uint32_t n)
{
	int64_t lacks = 0;

	for (int g = 0; g < ROUTING_GOODS; g++) {
		int64_t all = 0;

		for (uint32_t i = 0; i < n; i++)
			all += p->stop[r->stop[i]].goods[g];
		lacks += all > s->van[g] ? all - s->van[g] : 0;
	}
	return lacks;
}

/* Driving, lateness, paid time, with lunch where that is cheapest. */
static inline int64_t
best_lunch(const struct problem *p, uint32_t l, const struct route *r, const int32_t *fixed_s,
    uint32_t supply, int64_t *paid_s)
{
	const struct shift *s = &p->shift[l];
	int64_t best = INT64_MAX;

	*paid_s = 0;
	/* of equals the lunch with which the day is shortest */
	for (uint32_t lunch = r->stops + 2; lunch-- > 0;) {
		uint32_t at = s->lunch_s > 0 ? lunch : UINT32_MAX;
		struct drive d = drive_it(p, l, r, fixed_s, at, supply, s->from_s);
		int64_t low = 0, high = INT32_MAX / 4, c;

		/* leaving as late as ends no later, and meets the same windows in time */
		while (low < high) {
			int64_t mid = (low + high + 1) / 2;
			struct drive late = drive_it(p, l, r, fixed_s, at, supply, s->from_s + mid);

			if (late.end_s == d.end_s && late.late_s == d.late_s && late.met == d.met)
				low = mid;
			else
				high = mid - 1;
		}
		c = d.legs + d.late_s * p->price.late_s + d.moved * p->price.moved;
		if (d.end_s > s->to_s)
			c += (d.end_s - s->to_s) * p->price.overtime_s;
		c += (d.end_s - s->from_s - low) * p->price.paid_s;
		if (c < best || (c == best && d.end_s - s->from_s - low < *paid_s)) {
			best = c;
			*paid_s = d.end_s - s->from_s - low;
		}
		if (s->lunch_s == 0)
			break;
	}
	return best;
}

/* What a plan costs, walked leg by leg: nothing of the library is used. */
static inline int64_t
walk_cost(const struct problem *p, const struct plan *plan)
{
	int64_t cost = 0, paid_s[64] = {0};

	for (uint32_t l = 0; l < p->shifts; l++) {
		int64_t paid;

		cost += route_cost(p, l, &plan->route[l], plan->fixed_s, &paid);
		paid_s[p->shift[l].tech % 64] += paid;
	}
	for (uint32_t n = 0; n < p->stops; n++)
		if (plan->pattern[n] == 0)
			cost += p->stop[n].prize;
	for (uint32_t n = 0; n < p->stops; n++) { /* who comes at all, as bits */
		uint64_t who = 0;

		for (uint32_t l = 0; l < p->shifts; l++)
			for (uint32_t i = 0; i < plan->route[l].stops; i++)
				if (plan->route[l].stop[i] == n)
					who |= UINT64_C(1) << p->shift[l].tech;
		cost += who == 0 ? 0 : (__builtin_popcountll(who) - 1) * p->price.mixed;
	}
	for (uint32_t t = 0; p->target_s != NULL && t < p->techs; t++) {
		int64_t off = paid_s[t] - p->target_s[t];

		off = off < 0 ? -off : off;
		off -= p->target_s[t] / 25;
		off = off < 0 ? 0 : off;
		off = off > 1 << 20 ? 1 << 20 : off;
		cost += off * off / p->target_s[t] * p->price.uneven;
	}
	return cost;
}

#endif
