#include "domain/routing/tables.h"

#include <string.h>

static void read_stops(struct tables *t);
static void copy_matrix(struct tables *t, struct arena *a);
static struct ways_table copy_table(const struct tables *t, const int32_t *from, struct arena *a);
static int32_t longest(const int32_t *way, size_t n);
static bool no_clock(const struct tables *t);
static void name_kinds(struct tables *t, struct arena *a);
static bool same_kind(const struct tables *t, const struct shift *x, const struct shift *y);
static void list_days(struct tables *t, struct arena *a);
static void find_near(struct tables *t, struct arena *a);
static void find_near_kinds(struct tables *t, struct arena *a);
static void nearest_kinds(struct tables *t, uint32_t stop, uint32_t day, uint32_t *list);
static uint32_t
keep_nearest(int64_t *far, uint32_t *list, uint32_t held, uint32_t max, int64_t d, uint32_t x);

struct tables *
tables_open(const struct problem *p, struct arena *a)
{
	struct tables *t = arena_new(a, struct tables);

	t->p = p;
	read_stops(t);
	copy_matrix(t, a);
	t->timeless = no_clock(t);
	name_kinds(t, a);
	list_days(t, a);
	find_near(t, a);
	find_near_kinds(t, a);
	return t;
}

/* What does not occur need not be looked at for every seat. */
static void
read_stops(struct tables *t)
{
	const struct problem *p = t->p;

	t->named = p->target_s != NULL || p->price.mixed > 0;
	for (uint32_t i = 0; i < p->stops; i++) {
		const struct stop *s = &p->stop[i];

		t->named = t->named || s->usual_tech != ROUTING_NO_STOP;
		t->choices = t->choices || s->windows > 1;
		t->twins = t->twins || s->twin != 0;
		t->promises = t->promises || (s->promise.to_s > 0 && p->price.moved > 0);
		t->wishes = t->wishes || s->prefer != 0 || s->usual_days != 0;
		for (uint32_t g = t->goods; g < ROUTING_GOODS; g++)
			t->goods = s->goods[g] > 0 ? g + 1 : t->goods;
	}
}

static void
copy_matrix(struct tables *t, struct arena *a)
{
	const struct matrix *m = &t->p->matrix;
	size_t all = (size_t)m->places * m->places;

	t->places = m->places + 1;
	/* no way of a day is longer than 18 hours; half the bytes are memory, and fewer misses of the cache */
	t->longest_s = longest(m->seconds, all);
	t->narrow = t->longest_s <= UINT16_MAX && (m->cost == m->seconds || longest(m->cost, all) <= UINT16_MAX);
	t->seconds = copy_table(t, m->seconds, a);
	t->cost = m->cost == m->seconds ? t->seconds : copy_table(t, m->cost, a);
}

/* One more place, reached and left for nothing, stands for "nowhere". */
static struct ways_table
copy_table(const struct tables *t, const int32_t *from, struct arena *a)
{
	uint32_t n = t->p->matrix.places;
	size_t all = (size_t)t->places * t->places;

	if (t->narrow) {
		struct narrow_pair *table = arena_array(a, struct narrow_pair, all);

		for (uint32_t i = 0; i < n; i++)
			for (uint32_t j = 0; j < n; j++) {
				table[(size_t)i * t->places + j].to = (uint16_t)from[(size_t)i * n + j];
				table[(size_t)j * t->places + i].from = (uint16_t)from[(size_t)i * n + j];
			}
		return (struct ways_table){.narrow = table};
	}
	struct pair *table = arena_array(a, struct pair, all);

	for (uint32_t i = 0; i < n; i++)
		for (uint32_t j = 0; j < n; j++) {
			table[(size_t)i * t->places + j].to = from[(size_t)i * n + j];
			table[(size_t)j * t->places + i].from = from[(size_t)i * n + j];
		}
	return (struct ways_table){.wide = table};
}

static int32_t
longest(const int32_t *way, size_t n)
{
	int32_t most = 0;

	for (size_t i = 0; i < n; i++)
		most = way[i] > most ? way[i] : most;
	return most;
}

/* Nothing is paid by the second, nobody waits, and all stops in one route would still be over before any shift is. */
static bool
no_clock(const struct tables *t)
{
	const struct problem *p = t->p;
	int64_t all_s = (int64_t)t->longest_s * ((int64_t)p->stops + 1);

	if (p->price.paid_s > 0 || (p->target_s != NULL && p->price.uneven > 0) || t->twins || t->promises || t->goods > 0)
		return false;
	for (uint32_t i = 0; i < p->stops; i++) {
		if (p->stop[i].windows > 0)
			return false;
		all_s += p->stop[i].service_s;
	}
	for (uint32_t l = 0; l < p->shifts; l++)
		if (p->shift[l].lunch_s > 0 || p->shift[l].from_s + all_s > p->shift[l].to_s)
			return false;
	return true;
}

static void
name_kinds(struct tables *t, struct arena *a)
{
	uint32_t n = t->p->shifts, *last = arena_array(a, uint32_t, n + 1);

	t->kind_of = arena_array(a, uint32_t, n + 1);
	t->kind_first = arena_array(a, uint32_t, n + 1);
	t->next_of_kind = arena_array(a, uint32_t, n + 1);
	for (uint32_t l = 0; l < n; l++) {
		uint32_t kind = 0;

		while (kind < t->kinds &&
		       !same_kind(t, &t->p->shift[t->kind_first[kind]], &t->p->shift[l]))
			kind++;
		t->kind_of[l] = kind;
		t->next_of_kind[l] = ROUTING_NO_STOP;
		if (kind == t->kinds)
			t->kind_first[t->kinds++] = l;
		else
			t->next_of_kind[last[kind]] = l;
		last[kind] = l;
	}
}

static bool
same_kind(const struct tables *t, const struct shift *x, const struct shift *y)
{
	return (!t->named || x->tech == y->tech) && x->day == y->day && x->start == y->start &&
	       x->end == y->end && x->from_s == y->from_s && x->to_s == y->to_s &&
	       x->skills == y->skills && x->capacity == y->capacity && x->lunch_s == y->lunch_s &&
	       x->lunch.from_s == y->lunch.from_s && x->lunch.to_s == y->lunch.to_s &&
	       memcmp(x->van, y->van, sizeof(x->van)) == 0;
}

/* The shifts of each day, side by side. */
static void
list_days(struct tables *t, struct arena *a)
{
	uint32_t n = 0;

	t->day_first = arena_array(a, uint32_t, t->p->days + 1);
	t->day_line = arena_array(a, uint32_t, t->p->shifts + 1);
	for (uint32_t day = 0; day < t->p->days; day++) {
		t->day_first[day] = n;
		for (uint32_t l = 0; l < t->p->shifts; l++)
			if (t->p->shift[l].day == day)
				t->day_line[n++] = l;
	}
	t->day_first[t->p->days] = n;
}

/* Into a short sorted list; how many it holds then. */
static uint32_t
keep_nearest(int64_t *far, uint32_t *list, uint32_t held, uint32_t max, int64_t d, uint32_t x)
{
	uint32_t at;

	if (held == max && (max == 0 || d >= far[held - 1]))
		return held;
	at = held < max ? held : held - 1;
	held = at + 1;
	for (; at > 0 && far[at - 1] > d; at--) {
		far[at] = far[at - 1];
		list[at] = list[at - 1];
	}
	far[at] = d;
	list[at] = x;
	return held;
}

/* By cost there and back. */
static void
find_near(struct tables *t, struct arena *a)
{
	uint32_t n = t->p->stops;
	int64_t far[NEARS];

	t->nears = n > NEARS ? NEARS : n > 0 ? n - 1 : 0;
	t->near = arena_array(a, uint32_t, (size_t)n * t->nears + 1);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t place = t->p->stop[i].place, held = 0;

		for (uint32_t j = 0; j < n; j++) {
			struct pair leg = tables_way(t, &t->cost, place, t->p->stop[j].place);

			if (j != i)
				held = keep_nearest(far, t->near + (size_t)i * t->nears, held,
				    t->nears, (int64_t)leg.to + leg.from, j);
		}
	}
}

static void
find_near_kinds(struct tables *t, struct arena *a)
{
	size_t n = (size_t)t->p->stops * t->p->days * NEAR_LINES;

	t->near_kind = arena_array(a, uint32_t, n + 1);
	memset(t->near_kind, 0xff, n * sizeof(*t->near_kind));
	for (uint32_t i = 0; i < t->p->stops; i++)
		for (uint32_t day = 0; day < t->p->days; day++)
			nearest_kinds(
			    t, i, day, t->near_kind + ((size_t)i * t->p->days + day) * NEAR_LINES);
}

static void
nearest_kinds(struct tables *t, uint32_t stop, uint32_t day, uint32_t *list)
{
	uint32_t place = t->p->stop[stop].place;
	int64_t far[NEAR_LINES];
	uint32_t held = 0;

	/* the usual technician is always near */
	for (uint32_t kind = 0; kind < t->kinds; kind++) {
		const struct shift *s = &t->p->shift[t->kind_first[kind]];
		bool usual = t->named && t->p->stop[stop].usual_tech == s->tech;
		int64_t far_s = (int64_t)tables_way(t, &t->cost, place, tables_end(t, s->start)).from +
		    tables_way(t, &t->cost, place, tables_end(t, s->end)).to;

		if (s->day == day && tables_able(&t->p->stop[stop], s))
			held = keep_nearest(far, list, held, NEAR_LINES, usual ? -1 : far_s, kind);
	}
}
