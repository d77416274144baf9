/* domain/routing/transplant.c -- a route of another plan is driven here. */
#include "domain/routing/chance.h"
#include "domain/routing/search.h"

static uint32_t most_shared(struct search *s, const struct route *r, uint32_t day);
static bool may_drive(const struct search *s, const struct route *r, uint32_t l, uint32_t day);
static void take_visits(struct search *s, const struct route *r, uint32_t l, uint64_t *days);
static void forget_ins(struct search *s);

/*
 * Instead of the line that shares most stops with it; what that one alone served goes back where it
 * costs least, by the caller. A stop keeps its other days.
 */
bool
search_transplant(struct search *s)
{
	struct kernel *k = s->k;
	uint32_t seed = chance_below(&s->random, s->p->stops), l, day;
	const struct route *r = pool_any(s->pool, seed, chance_bits(&s->random) >> 32, &l);

	if (r == NULL)
		return false;
	day = s->p->shift[l].day;
	l = most_shared(s, r, day);
	if (l == ROUTING_NO_STOP || !may_drive(s, r, l, day))
		return false;
	take_visits(s, r, l, s->days);
	for (uint32_t i = 0; i < r->stops; i++) {
		struct seat seat = {l, k->line[l].now.legs - 2, 0};

		kernel_put(k, r->stop[i], day, &seat);
	}
	for (uint32_t i = 0; s->p->days > 1 && i < r->stops; i++) {
		uint64_t rest = s->days[i] & ~(UINT64_C(1) << day);
		bool all = true;

		for (; rest != 0 && all; rest &= rest - 1) {
			struct seat seat;

			all = kernel_seat(k, r->stop[i], (uint32_t)__builtin_ctzll(rest),
			    INT64_MAX / 4, &s->usual, &seat);
			if (all)
				kernel_put(k, r->stop[i], (uint32_t)__builtin_ctzll(rest), &seat);
		}
		if (!all) {
			kernel_take(k, r->stop[i]);
			s->out[s->outs++] = r->stop[i];
		}
	}
	forget_ins(s);
	return true;
}

/* ROUTING_NO_STOP if none does, or if it is that route already. */
static uint32_t
most_shared(struct search *s, const struct route *r, uint32_t day)
{
	struct kernel *k = s->k;
	uint32_t most = 0, l = ROUTING_NO_STOP;

	s->round++;
	for (uint32_t i = 0; i < r->stops; i++) {
		uint32_t other = k->line_of[r->stop[i] * s->p->days + day];

		if (other == ROUTING_NO_STOP)
			continue;
		if (s->ruined[other] != s->round)
			s->shared[other] = 0;
		s->ruined[other] = s->round;
		if (++s->shared[other] > most) {
			most = s->shared[other];
			l = other;
		}
	}
	if (most == r->stops && k->line[l].now.legs - 2 == r->stops)
		return ROUTING_NO_STOP;
	return l;
}

/* Everybody able, nobody pinned, no twins, and every stop already comes on that day (or has no
 * other choice). */
static bool
may_drive(const struct search *s, const struct route *r, uint32_t l, uint32_t day)
{
	const struct kernel *k = s->k;

	if (k->line[l].pinned > 0)
		return false;
	for (uint32_t i = 0; i < r->stops; i++) {
		const struct stop *x = &s->p->stop[r->stop[i]];

		if (!tables_able(x, &s->p->shift[l]) || x->twin != 0 ||
		    kernel_is_pinned(k, r->stop[i]))
			return false;
		if (s->p->days > 1 && (k->pattern[r->stop[i]] >> day & 1) == 0)
			return false;
	}
	for (uint32_t i = 1; i + 1 < k->line[l].now.legs; i++)
		if (s->p->stop[k->line[l].leg[i].stop].twin != 0)
			return false;
	return true;
}

/* All of the line and all of the route are out; `days` keeps what the route's stops had. */
static void
take_visits(struct search *s, const struct route *r, uint32_t l, uint64_t *days)
{
	struct kernel *k = s->k;

	for (uint32_t i = 0; i < r->stops; i++) {
		days[i] = k->pattern[r->stop[i]];
		kernel_lift(k, r->stop[i]);
	}
	while (k->line[l].now.legs > 2) {
		uint32_t stop = k->line[l].leg[1].stop;

		kernel_lift(k, stop);
		s->out[s->outs++] = stop;
	}
	kernel_settle(k);
}

/* Some of what was out is in now. */
static void
forget_ins(struct search *s)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->outs; i++)
		if (s->k->pattern[s->out[i]] == 0)
			s->out[n++] = s->out[i];
	s->outs = n;
}
