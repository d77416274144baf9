/*
 * tests/unit/domain/routing/world.h -- random small problems, and what a plan costs walked leg by leg:
 * nothing of the kernel is used.
 */
#ifndef TESTS_UNIT_DOMAIN_ROUTING_WORLD_H
#define TESTS_UNIT_DOMAIN_ROUTING_WORLD_H

#include "domain/routing/kernel.h"

#define PLACES_MAX 24

/* A random small problem in its own storage. */
struct world {
	struct arena *a;
	struct problem p;
	int32_t legs[PLACES_MAX * PLACES_MAX];
	struct stop stop[PLACES_MAX];
	struct window window[PLACES_MAX][2];
	struct shift shift[8];
	uint64_t pattern[PLACES_MAX][4];
};

static inline void
make_world(struct world *w, uint64_t seed, uint32_t stops, uint32_t shifts, uint32_t days)
{
	uint64_t r = seed;
	uint32_t places = stops + 2;

	for (uint32_t x = 0; x < places * places; x++)
		w->legs[x] = x / places == x % places ? 0 : (int32_t)(60 + kernel_below(&r, 3000));
	for (uint32_t s = 0; s < stops; s++) {
		int32_t from = (int32_t)kernel_below(&r, 30000);

		w->window[s][0] = (struct window){from, from + (int32_t)kernel_below(&r, 20000)};
		w->window[s][1] = (struct window){w->window[s][0].to_s + 1000, w->window[s][0].to_s + 9000};
		for (int n = 0; n < 4; n++)
			w->pattern[s][n] = 1 + kernel_below(&r, (1u << days) - 1);
		w->stop[s] = (struct stop){.place = s + 2, .service_s = (int32_t)kernel_below(&r, 3600),
		    .window = w->window[s], .windows = kernel_below(&r, 3),
		    .skills = kernel_below(&r, 4) == 0 ? 1 : 0, .load = (int32_t)kernel_below(&r, 5),
		    .prize = 100000 + kernel_below(&r, 400000), .usual_tech = kernel_below(&r, shifts + 1),
		    .pattern = days > 1 ? w->pattern[s] : NULL, .patterns = days > 1 ? 4 : 0};
	}
	for (uint32_t n = 0; n < shifts; n++)
		w->shift[n] = (struct shift){.tech = n / days, .day = n % days, .start = kernel_below(&r, 2),
		    .end = kernel_below(&r, 3) == 0 ? ROUTING_NOWHERE : kernel_below(&r, 2),
		    .from_s = (int32_t)kernel_below(&r, 20000), .to_s = 40000, .skills = n % 2,
		    .capacity = 12};
	w->p = (struct problem){.matrix = {places, w->legs, w->legs}, .stop = w->stop, .stops = stops,
	    .shift = w->shift, .shifts = shifts, .days = days, .price = {5, 2, 4000, 700}};
}

/* What a plan costs, walked leg by leg: nothing of the kernel is used. */
static inline int64_t
walk_cost(const struct problem *p, const struct plan *plan)
{
	int64_t cost = 0;

	for (uint32_t l = 0; l < p->shifts; l++) {
		const struct shift *s = &p->shift[l];
		int64_t at = s->from_s, load = 0;
		uint32_t here = s->start;

		if (plan->route[l].stops == 0)
			continue;
		for (uint32_t n = 0; n < plan->route[l].stops; n++) {
			const struct stop *x = &p->stop[plan->route[l].stop[n]];
			int64_t drive = here == ROUTING_NOWHERE
			    ? 0 : p->matrix.seconds[here * p->matrix.places + x->place];
			int64_t begin = at + drive;

			cost += drive;
			if (x->windows > 0) {
				uint32_t w = x->windows - 1;

				/* the window that makes the least of lateness: the first that can be met */
				for (uint32_t k = x->windows; k-- > 0;)
					if (begin <= x->window[k].to_s)
						w = k;
				if (begin > x->window[w].to_s) {
					cost += (begin - x->window[w].to_s) * p->price.late_s;
					begin = x->window[w].to_s; /* the warp: time is bought back */
				}
				if (begin < x->window[w].from_s)
					begin = x->window[w].from_s;
			}
			if (x->usual_tech != ROUTING_NO_STOP && x->usual_tech != s->tech)
				cost += p->price.other_tech;
			load += x->load;
			at = begin + x->service_s;
			here = x->place;
		}
		if (here != ROUTING_NOWHERE && s->end != ROUTING_NOWHERE) {
			cost += p->matrix.seconds[here * p->matrix.places + s->end];
			at += p->matrix.seconds[here * p->matrix.places + s->end];
		}
		if (at > s->to_s)
			cost += (at - s->to_s) * p->price.overtime_s;
		if (load > s->capacity)
			cost += (load - s->capacity) * p->price.overload;
	}
	for (uint32_t n = 0; n < p->stops; n++)
		if (plan->pattern[n] == 0)
			cost += p->stop[n].prize;
	return cost;
}

#endif
