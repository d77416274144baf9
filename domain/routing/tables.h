/*
 * domain/routing/tables.h -- what a problem says, arranged for looking up; read-only, shared by all
 * kernels.
 *
 * Memory: 8 bytes a place pair (16 if cost differs from seconds), 240 a stop, 16 a stop and day.
 */
#ifndef DOMAIN_ROUTING_TABLES_H
#define DOMAIN_ROUTING_TABLES_H

#include "domain/routing/segment.h"

#define NEARS      60 /* neighbours whose lines a stop may join */
#define NEAR_LINES 4  /* and an empty shift of each of the kinds that start nearest */

/* The way from a place to another and back, side by side: a seat's two legs lie in one row. */
struct pair {
	int32_t to, from;
};

struct tables {
	const struct problem *p;
	uint32_t places;             /* of the matrix and one more: nowhere, free to reach */
	struct pair *seconds, *cost; /* places x places; the same array if the problem's are */
	uint32_t *near;              /* per stop: its `nears` nearest stops, nearest first */
	uint32_t nears;
	uint32_t *near_kind; /* per stop and day: the kinds of shift with the nearest ends */
	uint32_t *kind_of;   /* per shift; those of one kind are interchangeable while empty */
	uint32_t *kind_first, *next_of_kind;
	uint32_t kinds;
	uint32_t *day_first, *day_line; /* of day d: day_line[day_first[d] .. day_first[d + 1]) */
	bool promises, goods, wishes;   /* is there any? */
	bool choices;                   /* has any stop several windows? */
	bool twins;                     /* must any begin together with another? */
	bool named;                     /* does it matter who of several equals comes? */
};

struct tables *tables_open(const struct problem *p, struct arena *a);

static inline const struct pair *
tables_row(const struct tables *t, const struct pair *table, uint32_t place)
{
	return table + (size_t)place * t->places;
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
