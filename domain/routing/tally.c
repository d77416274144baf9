#include "domain/routing/tally.h"

/* Lunch in no gap between two stops: at home, or none at all. */
#define NOT_ON_THE_WAY UINT32_MAX

/* A shift and its stops in driving order. */
struct run {
	const struct problem *p;
	const struct ways *w;
	const struct shift *shift;
	const uint32_t *stop;
	uint32_t stops;
	uint32_t supply_after; /* so many of them; NOT_ON_THE_WAY: never */
};

static void drive_day(const struct run *r, int32_t *begins, struct tally *out);
static void fetch(const struct run *r, uint32_t *at, int32_t *now, struct tally *t);
static void drive_through(const struct run *r, uint32_t lunch_after, int32_t *begins, struct tally *out);
static uint32_t best_lunch(const struct run *r);
static int64_t price(const struct run *r, const struct tally *t);
static void drive(const struct ways *w, uint32_t from, uint32_t to, int32_t *now, struct tally *t);
static void have_lunch(const struct shift *s, int32_t *now, struct tally *t);
static int32_t wait_for(const struct stop *s, int32_t now, int32_t *late);
static void lacking(const struct run *r, struct tally *t);

void
tally_route(const struct problem *p, const struct ways *w, uint32_t shift, const uint32_t *stop, uint32_t n,
    int32_t *begins, struct tally *out)
{
	struct run r = {p, w, &p->shift[shift], stop, n, NOT_ON_THE_WAY};
	int64_t least, c;
	struct tally t;

	drive_day(&r, begins, out);
	if (p->supply.place == 0 || out->lacks == 0)
		return;
	least = price(&r, out) + p->price.overload * out->lacks;
	for (uint32_t i = 0, best = NOT_ON_THE_WAY; i <= n; i++) {
		r.supply_after = i < n ? i : best; /* the best at last, if it is any */
		if (r.supply_after == NOT_ON_THE_WAY)
			return;
		drive_day(&r, i < n ? NULL : begins, i < n ? &t : out);
		c = price(&r, &t) + p->price.overload * t.lacks + p->supply.price;
		if (i < n && c < least) {
			least = c;
			best = i;
		}
	}
}

/* With lunch where it costs least. */
static void
drive_day(const struct run *r, int32_t *begins, struct tally *out)
{
	drive_through(r, r->shift->lunch_s > 0 && r->stops > 0 ? best_lunch(r) : NOT_ON_THE_WAY, begins, out);
	lacking(r, out);
}

void
tally_add(struct tally *sum, const struct tally *t)
{
	if (t->stops > 0 && (sum->stops == 0 || t->begins_s < sum->begins_s))
		sum->begins_s = t->begins_s;
	if (t->stops > 0 && (sum->stops == 0 || t->ends_s > sum->ends_s))
		sum->ends_s = t->ends_s;
	sum->drive_s += t->drive_s;
	sum->metres += t->metres;
	sum->wait_s += t->wait_s;
	sum->service_s += t->service_s;
	sum->late_s += t->late_s;
	sum->lunch_late_s += t->lunch_late_s;
	sum->overtime_s += t->overtime_s;
	sum->paid_s += t->paid_s;
	sum->over += t->over;
	sum->lacks += t->lacks;
	sum->fetches += t->fetches;
	sum->stops += t->stops;
	sum->late_stops += t->late_stops;
	sum->legs += t->legs;
	sum->estimated += t->estimated;
	sum->unskilled += t->unskilled;
	sum->lunch_s = TALLY_NO_LUNCH;
	sum->supply_s = TALLY_NO_LUNCH;
}

static void
drive_through(const struct run *r, uint32_t lunch_after, int32_t *begins, struct tally *out)
{
	const struct shift *s = r->shift;
	struct tally t = {.begins_s = s->from_s, .ends_s = s->from_s, .stops = r->stops, .lunch_s = TALLY_NO_LUNCH,
	    .supply_s = TALLY_NO_LUNCH, .supply_after = r->supply_after};
	uint32_t at = s->start;
	int32_t now = s->from_s, first_wait_s = 0;

	for (uint32_t i = 0; i < r->stops; i++) {
		const struct stop *x = &r->p->stop[r->stop[i]];
		int32_t late, begin;

		if (r->supply_after == i)
			fetch(r, &at, &now, &t);
		if (lunch_after == i)
			have_lunch(s, &now, &t);
		drive(r->w, at, x->place, &now, &t);
		begin = wait_for(x, now, &late);
		if (i == 0)
			first_wait_s = begin - now;
		t.wait_s += begin - now;
		t.late_s += late;
		t.late_stops += late > 0;
		t.unskilled += (x->skills & ~s->skills) != 0;
		t.service_s += x->service_s;
		if (begins != NULL)
			begins[i] = begin;
		now = begin + x->service_s;
		at = x->place;
	}
	if (lunch_after == r->stops)
		have_lunch(s, &now, &t);
	if (r->stops > 0)
		drive(r->w, at, s->end, &now, &t);
	t.lunch_after = lunch_after;
	t.ends_s = now;
	t.paid_s = r->stops > 0 ? now - s->from_s - first_wait_s : 0;
	t.overtime_s = r->stops > 0 && now > s->to_s ? now - s->to_s : 0;
	*out = t;
}

/*
 * Before the window opens a later gap is never worse than an earlier one: of those only the last is looked at. Who is
 * at home before the window closes needs none on the way.
 */
static uint32_t
best_lunch(const struct run *r)
{
	const struct shift *s = r->shift;
	int64_t least = INT64_MAX;
	uint32_t best = r->stops, first = 0;
	int32_t now = s->from_s, late;
	struct tally t = {0};
	uint32_t at = s->start;

	for (uint32_t i = 0; i < r->stops; i++) {
		const struct stop *x = &r->p->stop[r->stop[i]];

		if (now <= s->lunch.from_s)
			first = i;
		if (r->supply_after == i)
			fetch(r, &at, &now, &t);
		drive(r->w, at, x->place, &now, &t);
		now = wait_for(x, now, &late) + x->service_s;
		at = x->place;
	}
	if (now <= s->lunch.from_s)
		first = r->stops;
	drive(r->w, at, s->end, &now, &t);
	if (s->end != ROUTING_NOWHERE && now <= s->lunch.to_s)
		return NOT_ON_THE_WAY;
	for (uint32_t k = r->stops + 1; k-- > first;) {
		drive_through(r, k, NULL, &t);
		if (price(r, &t) <= least) {
			least = price(r, &t);
			best = k;
		}
	}
	return best;
}

static int64_t
price(const struct run *r, const struct tally *t)
{
	const struct prices *c = &r->p->price;

	return c->late_s * (t->late_s + t->lunch_late_s) + c->overtime_s * t->overtime_s + (c->paid_s > 0 ? c->paid_s : 1) * t->paid_s;
}

static void
drive(const struct ways *w, uint32_t from, uint32_t to, int32_t *now, struct tally *t)
{
	struct way way;

	if (from == ROUTING_NOWHERE || to == ROUTING_NOWHERE)
		return;
	way = ways_at(w, from, to);
	*now += way.seconds;
	t->drive_s += way.seconds;
	t->metres += way.metres;
	t->legs += way.metres > 0;
	t->estimated += way.estimated;
}

static void
have_lunch(const struct shift *s, int32_t *now, struct tally *t)
{
	int32_t begin = *now < s->lunch.from_s ? s->lunch.from_s : *now;

	t->lunch_late_s = begin > s->lunch.to_s ? begin - s->lunch.to_s : 0;
	t->lunch_s = begin;
	*now = begin + s->lunch_s;
}

/* The first window that is still open is waited for; behind the last one it is late. */
static int32_t
wait_for(const struct stop *s, int32_t now, int32_t *late)
{
	*late = 0;
	for (uint32_t i = 0; i < s->windows; i++)
		if (now <= s->window[i].to_s)
			return now < s->window[i].from_s ? s->window[i].from_s : now;
	if (s->windows > 0)
		*late = now - s->window[s->windows - 1].to_s;
	return now;
}

/* To the supply house, and what is done there. */
static void
fetch(const struct run *r, uint32_t *at, int32_t *now, struct tally *t)
{
	drive(r->w, *at, r->p->supply.place - 1, now, t);
	*at = r->p->supply.place - 1;
	t->supply_s = *now;
	t->fetches++;
	t->service_s += r->p->supply.service_s;
	*now += r->p->supply.service_s;
}

/* Of each good, what the stops before the supply house want beyond what the van starts with; the load of all stops. */
static void
lacking(const struct run *r, struct tally *t)
{
	int64_t want[ROUTING_GOODS] = {0}, load = 0;

	for (uint32_t i = 0; i < r->stops; i++) {
		const struct stop *x = &r->p->stop[r->stop[i]];

		load += x->load;
		for (int g = 0; i < r->supply_after && g < ROUTING_GOODS; g++)
			want[g] += x->goods[g];
	}
	for (int g = 0; g < ROUTING_GOODS; g++)
		t->lacks += want[g] > r->shift->van[g] ? want[g] - r->shift->van[g] : 0;
	t->over = t->lacks + (load > r->shift->capacity ? load - r->shift->capacity : 0);
}
