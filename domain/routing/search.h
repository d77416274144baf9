/*
 * domain/routing/search.h -- one trajectory: ruin, recreate, keep or undo.
 *
 * SISR (Christiaens & Vanden Berghe 2020, Transportation Science 54): short strings of neighbouring
 * routes are taken out around a seed and their stops put back at their cheapest seats with 1 %
 * blinks. Everything is an insertion price, so skills, windows, prizes, overtime, days and promises
 * need no code here; twins alone do: both begin at one of a few candidate times (Drexl 2012,
 * synchronised visits).
 */
#ifndef DOMAIN_ROUTING_SEARCH_H
#define DOMAIN_ROUTING_SEARCH_H

#include "domain/routing/kernel.h"
#include "domain/routing/pool.h"

struct search {
	struct kernel *k;
	const struct problem *p;
	uint64_t random;
	struct blinks blinks;
	struct terms usual; /* all lines, with blinks */
	uint32_t *out;      /* stops that are out, to be put back */
	uint32_t outs;
	uint32_t *key;           /* sorting keys of this round */
	uint32_t *ruined;        /* stamps per line */
	uint32_t *shared;        /* per line: stops it has in common with a route of the pool */
	uint64_t *days;          /* of that route's stops */
	uint32_t one_days;       /* percent of the rounds that look at one day alone */
	uint32_t one_day;        /* of a round that leaves patterns alone, or ROUTING_NOWHERE */
	uint8_t *missing;        /* per stop: 1 + the day on which alone it is out; 0: none */
	const struct pool *pool; /* NULL = none */
	uint32_t round;
	int64_t scale; /* what a stop's way to its fifth neighbour costs, on average */
};

void search_open(struct search *s, const struct tables *t, uint64_t seed, struct arena *a);
/* search_begin -- from any plan (NULL: from nothing); what is out is put in where it costs least */
void search_begin(struct search *s, const struct plan *start, const uint32_t *pinned);
/* search_round -- one ruin and recreate; true if kept: it costs less than before + heat x
 * -ln(chance) */
bool search_round(struct search *s, int64_t heat_q8);
/* search_transplant -- drive a route of the pool, what is then out being in `out`; false: nothing
 * changed */
bool search_transplant(struct search *s);
/* search_put_back -- all that is out, in a good order, where it pays */
void search_put_back(struct search *s);

#endif
