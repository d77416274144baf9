/*
 * domain/routing/tables.h -- what a problem says, arranged for looking up; read-only, shared by all
 * kernels.
 *
 * Memory: 4 bytes a place pair (8 where a way is longer than 65,535; twice that if cost differs from seconds), 240 a
 * stop, 16 a stop and day.
 */
#ifndef DOMAIN_ROUTING_TABLES_H
#define DOMAIN_ROUTING_TABLES_H

#include "domain/routing/segment.h"

#define NEARS      40 /* neighbours whose lines a stop may join */
#define NEAR_LINES 4  /* and an empty shift of each of the kinds that start nearest */

/* The way from a place to another and back, side by side: a seat's two legs lie in one row. */
struct pair {
	int32_t to, from;
};
struct narrow_pair {
	uint16_t to, from;
};

/* All of them, places x places, in the narrower form that holds them. */
struct ways_table {
	const struct narrow_pair *narrow;
	const struct pair *wide; /* or this one */
};

struct tables {
	const struct problem *p;
	uint32_t places;             /* of the matrix and one more: nowhere, free to reach */
	struct ways_table seconds, cost; /* the same one if the problem's are */
	bool narrow;                 /* in which form both are */
	int32_t longest_s;
	uint32_t *near;              /* per stop: its `nears` nearest stops, nearest first */
	uint32_t nears;
	uint32_t *near_kind; /* per stop and day: the kinds of shift with the nearest ends */
	uint32_t *kind_of;   /* per shift; those of one kind are interchangeable while empty */
	uint32_t *kind_first, *next_of_kind;
	uint32_t kinds;
	uint32_t *day_first, *day_line; /* of day d: day_line[day_first[d] .. day_first[d + 1]) */
	uint32_t goods;                 /* how many of them any stop takes */
	bool promises, wishes;          /* is there any? */
	bool choices;                   /* has any stop several windows? */
	bool timeless;                  /* does no cost depend on any time of day? */
	bool twins;                     /* must any begin together with another? */
	bool named;                     /* does it matter who of several equals comes? */
};

struct tables *tables_open(const struct problem *p, struct arena *a);

static inline struct pair
tables_way(const struct tables *t, const struct ways_table *table, uint32_t x, uint32_t y)
{
	size_t at = (size_t)x * t->places + y;

	if (!t->narrow)
		return table->wide[at];
	return (struct pair){table->narrow[at].to, table->narrow[at].from};
}

static inline uint32_t
tables_end(const struct tables *t, uint32_t place)
{
	return place == ROUTING_NOWHERE ? t->places - 1 : place;
}

/* Can this shift serve that stop at all? */
static inline bool
tables_able(const struct stop *s, const struct shift *shift)
{
	return (s->skills & ~shift->skills) == 0 &&
	       (!s->usual_only || s->usual_tech == shift->tech);
}

/* What a visit costs by who comes and on which day, wherever it lies in the route. */
static inline int64_t
tables_visit_price(const struct tables *t, const struct stop *s, const struct shift *shift)
{
	const struct prices *price = &t->p->price;
	int64_t c = 0;

	if (s->usual_tech != ROUTING_NO_STOP && s->usual_tech != shift->tech)
		c += price->other_tech;
	if (!t->wishes)
		return c;
	c += price->prefer * __builtin_popcountll(s->prefer & ~shift->skills);
	if (s->usual_days != 0 && (s->usual_days >> shift->day & 1) == 0)
		c += price->other_day;
	return c;
}

#endif
