#include "domain/routing/tally.h"

static void drive(const struct ways *w, uint32_t from, uint32_t to, int32_t *now, struct tally *t);
static int32_t wait_for(const struct stop *s, int32_t now, int32_t *late);

void
tally_route(const struct problem *p, const struct ways *w, uint32_t shift, const uint32_t *stop, uint32_t n,
    int32_t *begins, struct tally *out)
{
	const struct shift *s = &p->shift[shift];
	struct tally t = {.begins_s = s->from_s, .ends_s = s->from_s, .stops = n};
	uint32_t at = s->start;
	int32_t now = s->from_s;

	for (uint32_t i = 0; i < n; i++) {
		const struct stop *x = &p->stop[stop[i]];
		int32_t late, begin;

		drive(w, at, x->place, &now, &t);
		begin = wait_for(x, now, &late);
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
	if (n > 0)
		drive(w, at, s->end, &now, &t);
	t.ends_s = now;
	t.overtime_s = n > 0 && now > s->to_s ? now - s->to_s : 0;
	*out = t;
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
	sum->overtime_s += t->overtime_s;
	sum->stops += t->stops;
	sum->late_stops += t->late_stops;
	sum->legs += t->legs;
	sum->estimated += t->estimated;
	sum->unskilled += t->unskilled;
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
