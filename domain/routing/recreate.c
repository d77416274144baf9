/* domain/routing/recreate.c -- what is out goes back: one visit, a set of days, or twins. */
#include "domain/routing/chance.h"
#include "domain/routing/search.h"

#define TWIN_TIMES 8
#define NEVER      (INT64_MAX / 4)

static bool put_missing(struct search *s, uint32_t stop);
static bool put_back(struct search *s, uint32_t stop);
static bool choose_days(struct search *s, uint32_t stop, uint64_t *days, struct seat *seat);
static bool best_day(struct search *s, uint32_t stop, uint64_t *days, struct seat *seat);
static void take_seats(uint64_t days, const struct seat *from, struct seat *to);
static bool same_tech(struct search *s, uint32_t stop, uint64_t set, const struct seat *any,
    int64_t *best, uint64_t *days, struct seat *seat);
static bool put_twins(struct search *s, uint32_t stop);
static bool joint_time(const struct search *s, uint32_t stop, uint32_t day, struct window *out);
static bool seat_twins(struct search *s, uint32_t stop, uint32_t day, int32_t at_s, int64_t *cost);

void
search_put_back(struct search *s)
{
	uint32_t left = 0;

	for (uint32_t i = 0; i < s->outs; i++) {
		uint32_t stop = s->out[i];

		if (s->missing[stop] != 0 && put_missing(s, stop))
			continue;
		if (s->k->pattern[stop] != 0)
			continue; /* its twin took it along */
		if (s->p->stop[stop].twin != 0 ? !put_twins(s, stop) : !put_back(s, stop))
			s->out[left++] = stop;
	}
	/* a twin may have come in after its other half was found to be out */
	s->outs = 0;
	for (uint32_t i = 0; i < left; i++)
		if (s->k->pattern[s->out[i]] == 0)
			s->out[s->outs++] = s->out[i];
}

/* The one visit that is out, on its day. Where there is no seat for it, all of the stop's days are chosen anew. */
static bool
put_missing(struct search *s, uint32_t stop)
{
	const struct terms all = {ROUTING_NO_STOP, ROUTING_NO_STOP, NULL};
	const uint32_t day = s->missing[stop] - 1U;
	struct seat seat;

	s->missing[stop] = 0;
	if (!kernel_seat(s->k, stop, day, NEVER, &s->usual, &seat) && !kernel_seat(s->k, stop, day, NEVER, &all, &seat)) {
		kernel_take(s->k, stop);
		return false;
	}
	kernel_put(s->k, stop, day, &seat);
	return true;
}

/* At its cheapest seat, or on its cheapest set of days; out if that costs more than its prize. */
static bool
put_back(struct search *s, uint32_t stop)
{
	struct seat seat[ROUTING_DAYS_MAX];
	uint64_t days = 0;

	if (s->p->stop[stop].pattern == NULL ? !best_day(s, stop, &days, seat)
					     : !choose_days(s, stop, &days, seat))
		return false;
	for (; days != 0; days &= days - 1) {
		uint32_t day = (uint32_t)__builtin_ctzll(days);

		kernel_put(s->k, stop, day, &seat[day]);
	}
	return true;
}

static bool
best_day(struct search *s, uint32_t stop, uint64_t *days, struct seat *seat)
{
	int64_t best = s->p->stop[stop].prize;
	bool found = false;

	for (uint32_t day = 0; day < s->p->days; day++)
		if (kernel_seat(s->k, stop, day, best, &s->usual, &seat[day])) {
			best = seat[day].cost;
			*days = UINT64_C(1) << day;
			found = true;
		}
	return found;
}

/* Vidal et al. 2012's pattern improvement: the set of days with the cheapest sum of seats. */
static bool
choose_days(struct search *s, uint32_t stop, uint64_t *days, struct seat *seat)
{
	const struct stop *x = &s->p->stop[stop];
	struct seat any[ROUTING_DAYS_MAX];
	int64_t best = x->prize, price[ROUTING_DAYS_MAX];
	uint64_t asked = 0;
	bool found = false;

	for (uint32_t n = 0; n < x->patterns; n++) {
		int64_t sum = 0;

		for (uint64_t rest = x->pattern[n]; rest != 0 && sum < best; rest &= rest - 1) {
			uint32_t day = (uint32_t)__builtin_ctzll(rest);

			if ((asked >> day & 1) == 0) {
				asked |= UINT64_C(1) << day;
				price[day] = NEVER;
				if (kernel_seat(s->k, stop, day, x->prize, &s->usual, &any[day]))
					price[day] = any[day].cost;
			}
			sum += price[day];
		}
		if (sum < best && s->p->price.mixed > 0)
			found |= same_tech(s, stop, x->pattern[n], any, &best, days, seat);
		else if (sum < best) {
			best = sum;
			*days = x->pattern[n];
			take_seats(*days, any, seat);
			found = true;
		}
	}
	return found;
}

static void
take_seats(uint64_t days, const struct seat *from, struct seat *to)
{
	for (; days != 0; days &= days - 1)
		to[__builtin_ctzll(days)] = from[__builtin_ctzll(days)];
}

/* Whoever comes cheapest, the price of several counted; or one of them on all days. */
static bool
same_tech(struct search *s, uint32_t stop, uint64_t set, const struct seat *any, int64_t *best,
    uint64_t *days, struct seat *seat)
{
	uint32_t tech[ROUTING_DAYS_MAX], techs = 0;
	int64_t sum = 0;
	bool found = false;

	for (uint64_t rest = set; rest != 0; rest &= rest - 1) {
		const struct seat *x = &any[__builtin_ctzll(rest)];
		uint32_t i = 0, who = s->p->shift[x->line].tech;

		sum += x->cost;
		while (i < techs && tech[i] != who)
			i++;
		if (i == techs)
			tech[techs++] = who;
	}
	sum += (techs - 1) * s->p->price.mixed;
	if (sum < *best) {
		*best = sum;
		*days = set;
		take_seats(set, any, seat);
		found = true;
	}
	for (uint32_t i = 0; techs > 1 && i < techs; i++) {
		struct terms terms = {ROUTING_NO_STOP, tech[i], &s->blinks};
		struct seat own[ROUTING_DAYS_MAX];

		sum = 0;
		for (uint64_t rest = set; rest != 0 && sum < *best; rest &= rest - 1) {
			uint32_t day = (uint32_t)__builtin_ctzll(rest);

			sum += kernel_seat(s->k, stop, day, *best, &terms, &own[day])
				   ? own[day].cost
				   : NEVER;
		}
		if (sum < *best) {
			*best = sum;
			*days = set;
			take_seats(set, own, seat);
			found = true;
		}
	}
	return found;
}

/* On each set of days, at the cheapest of a few times that suit both. */
static bool
put_twins(struct search *s, uint32_t stop)
{
	const struct stop *x = &s->p->stop[stop];
	uint32_t twin = x->twin - 1, sets = x->pattern == NULL ? s->p->days : x->patterns;
	int64_t best = x->prize + s->p->stop[twin].prize;
	uint64_t days = 0;
	int32_t best_s = -1;

	for (uint32_t n = 0; n < sets; n++) {
		uint64_t set = x->pattern == NULL ? UINT64_C(1) << n : x->pattern[n];
		struct window w;

		if (!joint_time(s, stop, (uint32_t)__builtin_ctzll(set), &w))
			continue;
		for (int32_t i = 0; i <= TWIN_TIMES; i++) {
			int32_t at_s =
			    w.from_s + (int32_t)((int64_t)(w.to_s - w.from_s) * i / TWIN_TIMES);
			int64_t sum = 0;

			if (i > 0 && i < TWIN_TIMES && w.to_s > w.from_s)
				at_s = w.from_s + (int32_t)chance_below(
						      &s->random, (uint32_t)(w.to_s - w.from_s));
			for (uint64_t rest = set; rest != 0 && sum < best; rest &= rest - 1)
				if (!seat_twins(
					s, stop, (uint32_t)__builtin_ctzll(rest), at_s, &sum))
					sum = NEVER;
			kernel_take(s->k, stop);
			kernel_take(s->k, twin);
			if (sum < best) {
				best = sum;
				best_s = at_s;
				days = set;
			}
		}
	}
	kernel_fix(s->k, stop, -1);
	kernel_fix(s->k, twin, -1);
	for (; days != 0; days &= days - 1)
		if (!seat_twins(s, stop, (uint32_t)__builtin_ctzll(days), best_s, &best)) {
			kernel_take(s->k, stop);
			kernel_take(s->k, twin);
			return false;
		}
	return best_s >= 0;
}

/* From the later of both windows' beginnings to the earlier of their ends, within any shift of the
 * day. */
static bool
joint_time(const struct search *s, uint32_t stop, uint32_t day, struct window *out)
{
	const struct stop *both[2] = {&s->p->stop[stop], &s->p->stop[s->p->stop[stop].twin - 1]};
	struct window w = {INT32_MAX, 0};

	for (uint32_t i = s->k->t->day_first[day]; i < s->k->t->day_first[day + 1]; i++) {
		const struct shift *shift = &s->p->shift[s->k->t->day_line[i]];

		w.from_s = shift->from_s < w.from_s ? shift->from_s : w.from_s;
		w.to_s = shift->to_s > w.to_s ? shift->to_s : w.to_s;
	}
	if (w.from_s > w.to_s)
		return false;
	for (int n = 0; n < 2; n++) {
		if (both[n]->windows == 0)
			continue;
		if (both[n]->window[0].from_s > w.from_s)
			w.from_s = both[n]->window[0].from_s;
		if (both[n]->window[both[n]->windows - 1].to_s < w.to_s)
			w.to_s = both[n]->window[both[n]->windows - 1].to_s;
	}
	if (w.to_s < w.from_s)
		w.to_s = w.from_s;
	*out = w;
	return true;
}

/* Both on that day, without blinks; false: the second one has no seat. Their cost is added. */
static bool
seat_twins(struct search *s, uint32_t stop, uint32_t day, int32_t at_s, int64_t *cost)
{
	uint32_t twin = s->p->stop[stop].twin - 1;
	struct terms terms = {ROUTING_NO_STOP, ROUTING_NO_STOP, NULL};
	struct seat seat;

	if (s->k->pattern[stop] == 0 && s->k->pattern[twin] == 0) {
		kernel_fix(s->k, stop, at_s);
		kernel_fix(s->k, twin, at_s);
	}
	if (!kernel_seat(s->k, stop, day, NEVER, &terms, &seat))
		return false;
	*cost += seat.cost;
	kernel_put(s->k, stop, day, &seat);
	terms.not_line = seat.line;
	if (!kernel_seat(s->k, twin, day, NEVER, &terms, &seat))
		return false;
	*cost += seat.cost;
	kernel_put(s->k, twin, day, &seat);
	return true;
}
