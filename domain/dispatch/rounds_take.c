/*
 * domain/dispatch/rounds_take.c -- what becomes of the search's answer: one person for each stop, only changes that
 * pay, each with its reason. All arithmetic is routing/tally's.
 */
#include "domain/dispatch/rounds.h"

/* Seconds of driving that a change must save, by the level of the wish to keep the day or the person. */
static const int64_t change_pays_s[ROUNDS_LEVELS] = {0, 120, 400, 1200, INT64_C(1) << 40};
#define UNSKILLED_PRICE 100000
#define OVER_PRICE 1800
#define FAR_S 300 /* of driving less are reason enough */

const char *const round_reason_names[] = {"", "placed", "skill", "over", "near", "even", "liked", "late", "van",
	"together", NULL};

/* What some routes are worth avoiding, in seconds, by what makes them so. */
struct worth {
	int64_t drive, metres, late, over, unskilled, lacks, uneven;
};

static int64_t price_of(const struct rounds *r, uint32_t shift, const uint32_t *stop, uint32_t n, struct tally *t);
static void worth_add(const struct rounds *r, uint32_t shift, struct worth *w);
static int64_t uneven(const struct rounds *r, uint32_t tech);
static struct worth worth_of(const struct rounds *r, const struct round_change *c);
static int64_t total(const struct worth *w);
static void one_person(struct rounds *r);
static void take_out(struct rounds *r, uint32_t stop);
static void put_in(struct rounds *r, uint32_t stop, uint32_t shift);
static bool can(const struct rounds *r, uint32_t stop, uint32_t tech, uint64_t days);
static bool changed(const struct rounds *r, uint32_t stop, struct round_change *c);
static struct worth weigh(struct rounds *r, struct round_change *c);
static int64_t liked(const struct rounds *r, uint32_t stop, uint64_t days);
static void reason(const struct rounds *r, const struct worth *gain, struct round_change *c);
static void nearest(const struct rounds *r, struct round_change *c);

/* Where one stop stood. */
struct seats {
	uint64_t days;
	uint32_t n, shift[ROUNDS_DAYS_MAX], at[ROUNDS_DAYS_MAX];
};
static void seats_note(const struct rounds *r, uint32_t stop, struct seats *s);
static void seats_restore(struct rounds *r, uint32_t stop, const struct seats *s);
static uint32_t shift_at(const struct rounds *r, uint32_t tech, uint32_t day);

void
rounds_take(struct rounds *r, const struct plan *found)
{
	struct plan plan;

	/* What is fixed stands before what was found. */
	rounds_copy(r, &r->before, &plan);
	for (uint32_t l = 0; l < r->facts.shifts; l++) {
		plan.route[l].stops = r->fixed[l];
		for (uint32_t i = 0; i < found->route[l].stops; i++)
			plan.route[l].stop[plan.route[l].stops++] = found->route[l].stop[i];
	}
	for (uint32_t i = 0; i < r->facts.stops; i++)
		plan.pattern[i] = r->in->stop[i].fixed ? r->before.pattern[i] : found->pattern[i];
	r->plan = plan;
	one_person(r);
	/* Two rounds: a change taken back may make another pay, or not. */
	for (int round = 0; round < 2; round++)
		for (uint32_t i = 0; i < r->facts.stops; i++) {
			struct round_change c;
			int64_t gain, wanted = 0;

			if (!changed(r, i, &c) || r->before.pattern[i] == 0)
				continue;
			if (c.from_tech != c.to_tech)
				wanted = change_pays_s[r->in->wish.same_tech];
			if (c.from_days != c.to_days && change_pays_s[r->in->wish.same_day] > wanted)
				wanted = change_pays_s[r->in->wish.same_day];
			const struct worth less = weigh(r, &c);
			gain = total(&less);
			/* To a day that these people like, or away from it. */
			gain += liked(r, i, c.to_days) - liked(r, i, c.from_days);
			if (gain < wanted)
				rounds_move(r, i, c.from_tech, c.from_days);
		}
}

void
rounds_move(struct rounds *r, uint32_t stop, uint32_t tech, uint64_t days)
{
	take_out(r, stop);
	if (tech == ROUNDS_NOBODY || !can(r, stop, tech, days))
		return;
	for (uint32_t d = 0; days >> d != 0; d++)
		if ((days >> d & 1) != 0)
			put_in(r, stop, shift_at(r, tech, d));
	r->plan.pattern[stop] = days;
}

bool
rounds_where(const struct rounds *r, const struct plan *plan, uint32_t stop, uint32_t *tech, uint64_t *days)
{
	for (uint32_t l = 0; plan->pattern[stop] != 0 && l < r->facts.shifts; l++)
		for (uint32_t i = 0; i < plan->route[l].stops; i++)
			if (plan->route[l].stop[i] == stop) {
				*tech = r->facts.shift[l].tech;
				*days = plan->pattern[stop];
				return true;
			}
	*tech = ROUNDS_NOBODY;
	*days = 0;
	return false;
}

uint32_t
rounds_seq(const struct rounds *r, const struct plan *plan, uint32_t stop)
{
	uint32_t first = r->in->wish.days, at = 0;

	for (uint32_t l = 0; l < r->facts.shifts; l++)
		for (uint32_t i = 0; i < plan->route[l].stops; i++)
			if (plan->route[l].stop[i] == stop && r->facts.shift[l].day < first) {
				first = r->facts.shift[l].day;
				at = i + 1;
			}
	/* A route of a hundred stops and more still fits below 999. */
	return at > 99 ? 990 + (at - 99 > 9 ? 9 : at - 99) : at * ROUNDS_SEQ_STEP;
}

uint32_t
rounds_changes(struct rounds *r, struct round_change *out)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < r->facts.stops; i++) {
		struct round_change c;
		uint32_t at;

		if (!changed(r, i, &c))
			continue;
		const struct worth gain = weigh(r, &c);
		reason(r, &gain, &c);
		for (at = n++; at > 0 && out[at - 1].saves_s < c.saves_s; at--)
			out[at] = out[at - 1];
		out[at] = c;
	}
	return n;
}

void
rounds_tally(const struct rounds *r, const struct plan *plan, uint32_t shift, struct tally *out)
{
	struct tally one;

	if (shift != ROUTING_NO_STOP) {
		tally_route(&r->facts, &r->in->ways, shift, plan->route[shift].stop, plan->route[shift].stops, NULL, out);
		return;
	}
	*out = (struct tally){0};
	for (uint32_t l = 0; l < r->facts.shifts; l++) {
		tally_route(&r->facts, &r->in->ways, l, plan->route[l].stop, plan->route[l].stops, NULL, &one);
		tally_add(out, &one);
	}
}

static int64_t lacks_price(const struct rounds *r, const struct tally *t);

/* What a route is worth avoiding, in seconds. */
static int64_t
price_of(const struct rounds *r, uint32_t shift, const uint32_t *stop, uint32_t n, struct tally *t)
{
	/* True times, but the end of the day as it is wished. */
	tally_route(&r->facts, &r->in->ways, shift, stop, n, NULL, t);
	int64_t over = n > 0 && t->ends_s > r->search.shift[shift].to_s ? t->ends_s - r->search.shift[shift].to_s : 0;
	return t->drive_s + DISPATCH_LATE_PRICE * (t->late_s + t->lunch_late_s) + DISPATCH_OVERTIME_PRICE * over +
	    UNSKILLED_PRICE * (int64_t)t->unskilled + lacks_price(r, t);
}

/* What is missing, or the time to fetch it; the way there is driving. */
static int64_t
lacks_price(const struct rounds *r, const struct tally *t)
{
	return DISPATCH_OVER_PRICE * t->over + r->facts.supply.price * (int64_t)t->fetches;
}

static void
worth_add(const struct rounds *r, uint32_t shift, struct worth *w)
{
	const struct route *route = &r->plan.route[shift];
	struct tally t;

	w->over += price_of(r, shift, route->stop, route->stops, &t);
	w->drive += t.drive_s;
	w->metres += t.metres;
	w->late += DISPATCH_LATE_PRICE * (t.late_s + t.lunch_late_s);
	w->unskilled += UNSKILLED_PRICE * (int64_t)t.unskilled;
	w->lacks += lacks_price(r, &t);
	/* What is left is work after hours. */
	w->over -= t.drive_s + DISPATCH_LATE_PRICE * (t.late_s + t.lunch_late_s) + UNSKILLED_PRICE * (int64_t)t.unskilled +
	    lacks_price(r, &t);
}

/* What it is worth that this person's paid time is not what would be fair; as problem.h says it. */
static int64_t
uneven(const struct rounds *r, uint32_t tech)
{
	int64_t off = -(int64_t)r->fair_s[tech], fair = r->fair_s[tech];

	if (r->search.price.uneven == 0)
		return 0;
	for (uint32_t d = 0; d < r->in->wish.days; d++) {
		uint32_t l = shift_at(r, tech, d);
		struct tally t;

		if (l == ROUTING_NO_STOP || r->plan.route[l].stops == 0)
			continue;
		tally_route(&r->facts, &r->in->ways, l, r->plan.route[l].stop, r->plan.route[l].stops, NULL, &t);
		off += t.paid_s;
	}
	off = (off < 0 ? -off : off) - fair / ROUTING_EVEN_PART;
	return off <= 0 ? 0 : off * off / fair * r->search.price.uneven;
}

/* The search serves each day of a stop by whom it likes; a term names one person. */
static void
one_person(struct rounds *r)
{
	for (uint32_t i = 0; i < r->facts.stops; i++) {
		uint64_t days = r->plan.pattern[i];
		uint32_t first = ROUNDS_NOBODY, best = ROUNDS_NOBODY;
		int64_t cheapest = INT64_MAX;
		bool differ = false;

		if (days == 0 || (days & (days - 1)) == 0)
			continue;
		for (uint32_t l = 0; l < r->facts.shifts; l++)
			for (uint32_t k = 0; k < r->plan.route[l].stops; k++)
				if (r->plan.route[l].stop[k] == i) {
					differ |= first != ROUNDS_NOBODY && first != r->facts.shift[l].tech;
					first = r->facts.shift[l].tech;
				}
		if (!differ)
			continue;
		for (uint32_t t = 0; t < r->in->techs; t++) {
			struct tally all;
			int64_t price = 0;

			if (!can(r, i, t, days))
				continue;
			rounds_move(r, i, t, days);
			for (uint32_t d = 0; d < r->in->wish.days; d++)
				if ((days >> d & 1) != 0) {
					uint32_t l = shift_at(r, t, d);
					uint32_t n = r->plan.route[l].stops, *with = r->plan.route[l].stop;
					uint32_t *less = arena_array(r->a, uint32_t, n + 1), m = 0;

					for (uint32_t k = 0; k < n; k++)
						if (with[k] != i)
							less[m++] = with[k];
					price += price_of(r, l, with, n, &all) - price_of(r, l, less, m, &all);
				}
			if (t != r->before_tech[i])
				price += r->search.price.other_tech;
			if (price < cheapest) {
				cheapest = price;
				best = t;
			}
		}
		rounds_move(r, i, best, days);
	}
}

static void
take_out(struct rounds *r, uint32_t stop)
{
	for (uint32_t l = 0; l < r->facts.shifts; l++) {
		struct route *route = &r->plan.route[l];
		uint32_t n = 0;

		for (uint32_t i = 0; i < route->stops; i++)
			if (route->stop[i] != stop)
				route->stop[n++] = route->stop[i];
		route->stops = n;
	}
	r->plan.pattern[stop] = 0;
}

/* At its cheapest place behind what is fixed. The route has room: every route has for all stops. */
static void
put_in(struct rounds *r, uint32_t stop, uint32_t shift)
{
	struct route *route = &r->plan.route[shift];
	uint32_t best = route->stops;
	int64_t cheapest = INT64_MAX;
	struct tally t;

	for (uint32_t at = route->stops + 1; at-- > r->fixed[shift];) {
		/* From the end to the front, one exchange at a time. */
		if (at == route->stops)
			route->stop[at] = stop;
		else {
			route->stop[at + 1] = route->stop[at];
			route->stop[at] = stop;
		}
		int64_t price = price_of(r, shift, route->stop, route->stops + 1, &t);
		if (price < cheapest) {
			cheapest = price;
			best = at;
		}
	}
	/* It stands at the front now: bring it to its place. */
	for (uint32_t at = r->fixed[shift]; at < best; at++) {
		route->stop[at] = route->stop[at + 1];
		route->stop[at + 1] = stop;
	}
	route->stops++;
}

static bool
can(const struct rounds *r, uint32_t stop, uint32_t tech, uint64_t days)
{
	if (days == 0 || days >> r->in->wish.days != 0)
		return false;
	for (uint32_t d = 0; d < r->in->wish.days; d++)
		if ((days >> d & 1) != 0) {
			uint32_t l = shift_at(r, tech, d);

			if (l == ROUTING_NO_STOP)
				return false;
			/* Where it stands today it may stand, whatever it wishes by now. */
			if (tech != r->before_tech[stop] && (r->facts.stop[stop].skills & ~r->facts.shift[l].skills) != 0)
				return false;
		}
	return true;
}

static bool
changed(const struct rounds *r, uint32_t stop, struct round_change *c)
{
	*c = (struct round_change){.stop = stop, .near_stop = ROUTING_NO_STOP, .from_tech = r->before_tech[stop],
	    .from_days = r->in->stop[stop].days};
	if (r->in->stop[stop].fixed || !rounds_where(r, &r->plan, stop, &c->to_tech, &c->to_days))
		return false; /* what nobody can take stays as it is */
	return c->from_tech != c->to_tech || c->from_days != c->to_days;
}

/* What it saves against leaving this one where it was, all else as planned. */
static struct worth
weigh(struct rounds *r, struct round_change *c)
{
	struct worth now, was;
	struct seats kept;

	c->saves_s = c->saves_m = 0;
	if (c->from_tech == ROUNDS_NOBODY || !can(r, c->stop, c->from_tech, c->from_days))
		return (struct worth){0};
	now = worth_of(r, c);
	seats_note(r, c->stop, &kept);
	rounds_move(r, c->stop, c->from_tech, c->from_days);
	was = worth_of(r, c);
	seats_restore(r, c->stop, &kept);
	c->saves_s = was.drive - now.drive;
	c->saves_m = was.metres - now.metres;
	return (struct worth){was.drive - now.drive, was.metres - now.metres, was.late - now.late, was.over - now.over,
	    was.unskilled - now.unskilled, was.lacks - now.lacks, was.uneven - now.uneven};
}

/* All routes on which a change has a part. */
static struct worth
worth_of(const struct rounds *r, const struct round_change *c)
{
	struct worth w = {0};

	for (int end = 0; end < (c->to_tech == c->from_tech ? 1 : 2); end++) {
		uint32_t tech = end ? c->to_tech : c->from_tech;

		for (uint32_t d = 0; d < r->in->wish.days; d++)
			if (shift_at(r, tech, d) != ROUTING_NO_STOP && ((c->from_days | c->to_days) >> d & 1) != 0)
				worth_add(r, shift_at(r, tech, d), &w);
		w.uneven += uneven(r, tech);
	}
	return w;
}

static int64_t
total(const struct worth *w)
{
	return w->drive + w->late + w->over + w->unskilled + w->lacks + w->uneven;
}

static void
seats_note(const struct rounds *r, uint32_t stop, struct seats *s)
{
	s->n = 0;
	s->days = r->plan.pattern[stop];
	for (uint32_t l = 0; l < r->facts.shifts; l++)
		for (uint32_t i = 0; i < r->plan.route[l].stops; i++)
			if (r->plan.route[l].stop[i] == stop && s->n < ROUNDS_DAYS_MAX) {
				s->shift[s->n] = l;
				s->at[s->n++] = i;
			}
}

static void
seats_restore(struct rounds *r, uint32_t stop, const struct seats *s)
{
	take_out(r, stop);
	for (uint32_t k = 0; k < s->n; k++) {
		struct route *route = &r->plan.route[s->shift[k]];

		for (uint32_t i = route->stops; i > s->at[k]; i--)
			route->stop[i] = route->stop[i - 1];
		route->stop[s->at[k]] = stop;
		route->stops++;
	}
	r->plan.pattern[stop] = s->days;
}

/* What it is worth that all these days are liked. */
static int64_t
liked(const struct rounds *r, uint32_t stop, uint64_t days)
{
	uint64_t week = (days | days >> 7) & 127, like = r->in->stop[stop].like_days;

	return like != 0 && r->in->wish.days > 1 && (week & ~like) == 0
	    ? 2 * change_pays_s[r->in->wish.liked_days < 3 ? r->in->wish.liked_days : 3] : 0;
}

static void
reason(const struct rounds *r, const struct worth *gain, struct round_change *c)
{
	/* Hours are shared between people; and who drives a while less does everything else better too. */
	const int64_t even = c->from_tech != c->to_tech ? gain->uneven : 0, like = liked(r, c->stop, c->to_days) -
	    liked(r, c->stop, c->from_days);
	const bool far = gain->drive >= FAR_S && gain->drive >= like;
	const struct {
		enum round_reason reason;
		int64_t gain;
	} of[] = {{ROUND_NEAR, far ? INT64_MAX : gain->drive}, {ROUND_LATE, gain->late}, {ROUND_OVER, gain->over},
	    {ROUND_VAN, gain->lacks}, {ROUND_EVEN, even}, {ROUND_LIKED, like}};
	int64_t most = 0;

	c->reason = ROUND_TOGETHER;
	for (size_t i = 0; i < sizeof(of) / sizeof(*of); i++)
		if (of[i].gain > most) {
			most = of[i].gain;
			c->reason = of[i].reason;
		}
	if (c->reason == ROUND_NEAR)
		nearest(r, c);
	if (c->from_tech == ROUNDS_NOBODY || r->before.pattern[c->stop] == 0)
		c->reason = ROUND_PLACED;
	else if (gain->unskilled > 0)
		c->reason = ROUND_SKILL;
}

/* Beside whom it lies on its new routes. */
static void
nearest(const struct rounds *r, struct round_change *c)
{
	for (uint32_t d = 0; d < r->in->wish.days; d++) {
		uint32_t l = c->to_tech == ROUNDS_NOBODY ? ROUTING_NO_STOP : shift_at(r, c->to_tech, d);

		if ((c->to_days >> d & 1) == 0 || l == ROUTING_NO_STOP)
			continue;
		for (uint32_t i = 0; i < r->plan.route[l].stops; i++) {
			uint32_t other = r->plan.route[l].stop[i];
			struct way way = ways_at(&r->in->ways, c->stop, other);

			if (other != c->stop && (c->near_stop == ROUTING_NO_STOP || way.metres < c->near_m)) {
				c->near_stop = other;
				c->near_m = way.metres;
			}
		}
	}
	if (c->near_stop == ROUTING_NO_STOP)
		c->reason = ROUND_TOGETHER;
}

static uint32_t
shift_at(const struct rounds *r, uint32_t tech, uint32_t day)
{
	return r->shift_of[tech * r->in->wish.days + day];
}
