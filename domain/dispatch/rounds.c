/*
 * domain/dispatch/rounds.c -- from facts to a problem. What becomes of the answer is in rounds_take.c.
 */
#include "domain/dispatch/rounds.h"

/* Paid seconds. A stop is worth more than any way to it, so that nothing possible is left out. */
#define PRIZE 400000
#define ERRAND 100   /* of what no van has: that way by the supply house is driven, whatever it costs */
#define ERRAND_WAY_S 720 /* each way, where nobody knows where the supply house is: the usual one between two pools */
/* Who somebody is, in six bits of twelve: nobody has all the bits of another, for 924 people. */
#define CODE_BITS 12
#define CODE_WEIGHT 6
#define NOBODY_BIT 63
/* Seven bits, one for each weekday that a shift is not on: who misses one of them has come on a day that is not liked. */
#define NOT_ON_BIT (CODE_BITS + 2 * ROUNDS_DISTINCT_MAX)

_Static_assert(DISPATCH_GOODS == ROUTING_GOODS - 1, "one more, for what is fetched");

struct bits {
	uint64_t skill[ROUNDS_DISTINCT_MAX], never[ROUNDS_DISTINCT_MAX];
	size_t skills, nevers;
};

static enum err bits_read(const struct rounds_facts *in, struct bits *b, struct fault *f);
static bool bit_of(uint64_t *known, size_t *n, uint64_t id);
static uint64_t code_of(uint32_t tech);
static uint64_t tech_bits(const struct round_tech *t, uint32_t n, const struct bits *b);
static uint64_t stop_bits(const struct round_stop *s, uint32_t tech, const struct bits *b);
static void shifts_build(struct rounds *r, const struct bits *b);
static void stops_build(struct rounds *r, const struct bits *b);
static void errand_build(const struct rounds *r, uint32_t i, struct stop *out);
static void patterns_build(const struct rounds *r, const struct round_stop *s, bool keep_days, struct stop *out);
static bool spaced(uint32_t week, uint32_t visits);
static void before_build(struct rounds *r);
static void search_build(struct rounds *r);
static void shift_bend(const struct rounds *r, uint32_t l, struct shift *s);
static void fair_build(struct rounds *r);
static int64_t way_to_nearest(const struct rounds *r, uint32_t stop);
static uint64_t unliked_bits(const struct round_stop *s);
static void start_build(struct rounds *r);

uint32_t
rounds_places(const struct rounds_facts *in, struct arena *a, const struct spot **out)
{
	struct spot *at = arena_array(a, struct spot, in->stops + 2 * (size_t)in->techs + 1);
	uint32_t n = 0;

	for (uint32_t i = 0; i < in->stops; i++)
		at[n++] = in->stop[i].at;
	for (uint32_t t = 0; t < in->techs; t++) {
		at[n++] = in->tech[t].start;
		at[n++] = in->tech[t].end;
	}
	if (in->supply.is)
		at[n++] = in->supply.at;
	*out = at;
	return n;
}

enum err
rounds_open(const struct rounds_facts *in, struct arena *a, struct rounds *out, struct fault *f)
{
	struct rounds r = {.in = in, .a = a};
	struct bits b = {.skills = 0};

	if (in->stops > ROUNDS_STOPS_MAX || in->techs > ROUNDS_TECHS_MAX)
		return fail(f, E_LIMIT, "stop", "That is more than one plan can hold. Plan one technician, or fewer days.");
	TRY(bits_read(in, &b, f));
	r.facts = (struct problem){.matrix = ways_matrix(&in->ways), .days = in->wish.days,
	    .price = {.late_s = DISPATCH_LATE_PRICE, .overtime_s = DISPATCH_OVERTIME_PRICE, .overload = DISPATCH_OVER_PRICE}};
	if (in->supply.is) /* the time there is paid time, which has no price of its own here */
		r.facts.supply = (struct supply){in->stops + 2 * in->techs + 1, (int32_t)in->supply.minutes * 60,
		    (int64_t)in->supply.minutes * 60};
	shifts_build(&r, &b);
	stops_build(&r, &b);
	TRY(problem_check(&r.facts, f));
	before_build(&r);
	rounds_copy(&r, &r.before, &r.plan);
	*out = r;
	search_build(out);
	return problem_check(&out->search, f);
}

static enum err
bits_read(const struct rounds_facts *in, struct bits *b, struct fault *f)
{
	bool fit = true;

	for (uint32_t i = 0; i < in->stops; i++) {
		for (size_t k = 0; k < in->stop[i].skills_n; k++)
			fit &= bit_of(b->skill, &b->skills, in->stop[i].skills[k]);
		for (size_t k = 0; k < in->stop[i].never_n; k++)
			fit &= bit_of(b->never, &b->nevers, in->stop[i].never[k]);
	}
	if (!fit)
		return fail(f, E_LIMIT, "skills", "These stops have more different wishes than one plan can hold. Plan fewer at once.");
	return OK;
}

static bool
bit_of(uint64_t *known, size_t *n, uint64_t id)
{
	for (size_t i = 0; i < *n; i++)
		if (known[i] == id)
			return true;
	if (*n == ROUNDS_DISTINCT_MAX)
		return false;
	known[(*n)++] = id;
	return true;
}

/* The n-th number of twelve bits of which six are set. */
static uint64_t
code_of(uint32_t tech)
{
	uint64_t code = (1 << CODE_WEIGHT) - 1;

	for (uint32_t i = 0; i < tech; i++) {
		uint64_t low = code & -code, up = code + low;

		code = (((up ^ code) >> 2) / low) | up;
	}
	return code;
}

static uint64_t
tech_bits(const struct round_tech *t, uint32_t n, const struct bits *b)
{
	uint64_t bits = code_of(n);

	for (size_t k = 0; k < b->skills; k++)
		for (size_t i = 0; i < t->skills_n; i++)
			if (t->skills[i] == b->skill[k])
				bits |= UINT64_C(1) << (CODE_BITS + k);
	for (size_t k = 0; k < b->nevers; k++)
		if (t->id != b->never[k])
			bits |= UINT64_C(1) << (CODE_BITS + ROUNDS_DISTINCT_MAX + k);
	return bits;
}

static uint64_t
stop_bits(const struct round_stop *s, uint32_t tech, const struct bits *b)
{
	uint64_t bits = s->keep_tech && tech != ROUNDS_NOBODY ? code_of(tech) : 0;

	for (size_t k = 0; k < b->skills; k++)
		for (size_t i = 0; i < s->skills_n; i++)
			if (s->skills[i] == b->skill[k])
				bits |= UINT64_C(1) << (CODE_BITS + k);
	for (size_t k = 0; k < b->nevers; k++)
		for (size_t i = 0; i < s->never_n; i++)
			if (s->never[i] == b->never[k])
				bits |= UINT64_C(1) << (CODE_BITS + ROUNDS_DISTINCT_MAX + k);
	return bits;
}

static void
shifts_build(struct rounds *r, const struct bits *b)
{
	const struct rounds_facts *in = r->in;
	uint32_t days = in->wish.days, n = 0;
	struct shift *shift = arena_array(r->a, struct shift, (size_t)in->techs * days);

	r->shift_of = arena_array(r->a, uint32_t, (size_t)in->techs * days + 1);
	for (uint32_t t = 0; t < in->techs; t++) {
		uint64_t skills = tech_bits(&in->tech[t], t, b);

		for (uint32_t d = 0; d < days; d++) {
			const struct round_hours *h = &in->tech[t].day[d];

			r->shift_of[t * days + d] = h->to_minute > h->from_minute ? n : ROUTING_NO_STOP;
			if (h->to_minute <= h->from_minute)
				continue;
			shift[n++] = (struct shift){.tech = t, .day = d,
			    .start = in->tech[t].has_start ? in->stops + 2 * t : ROUTING_NOWHERE,
			    .end = in->tech[t].has_end ? in->stops + 2 * t + 1 : ROUTING_NOWHERE,
			    .from_s = (int32_t)h->from_minute * 60, .to_s = (int32_t)h->to_minute * 60,
			    .skills = skills | ((UINT64_C(127) & ~(UINT64_C(1) << d % 7)) << NOT_ON_BIT),
			    .capacity = INT32_MAX, .lunch_s = (int32_t)h->lunch_minutes * 60,
			    .lunch = {(int32_t)h->lunch_from * 60, (int32_t)h->lunch_to * 60}};
			for (int g = 0; g < DISPATCH_GOODS; g++)
				shift[n - 1].van[g] = (int32_t)in->tech[t].van[g];
		}
	}
	r->facts.shift = shift;
	r->facts.shifts = n;
}

static void
stops_build(struct rounds *r, const struct bits *b)
{
	const struct rounds_facts *in = r->in;
	struct stop *stop = arena_array(r->a, struct stop, in->stops);

	r->before_tech = arena_array(r->a, uint32_t, in->stops + 1);
	for (uint32_t i = 0; i < in->stops; i++) {
		const struct round_stop *s = &in->stop[i];
		struct stop *x = &stop[i];

		r->before_tech[i] = ROUNDS_NOBODY;
		for (uint32_t t = 0; t < in->techs; t++)
			if (in->tech[t].id == s->tech && s->tech != 0)
				r->before_tech[i] = t;
		*x = (struct stop){.place = i, .service_s = (int32_t)s->minutes * 60, .prize = PRIZE, .usual_tech = ROUTING_NO_STOP,
		    .skills = stop_bits(s, r->before_tech[i], b)};
		if (r->before_tech[i] != ROUNDS_NOBODY)
			x->usual_tech = r->before_tech[i];
		for (int g = 0; g < DISPATCH_GOODS; g++)
			x->goods[g] = s->fetches ? 0 : (int32_t)s->goods[g];
		errand_build(r, i, x);
		if (s->from_minute.is || s->to_minute.is) {
			struct window *w = arena_new(r->a, struct window);

			w->from_s = s->from_minute.is ? (int32_t)s->from_minute.v * 60 : 0;
			w->to_s = s->to_minute.is && s->to_minute.v * 60 >= (uint32_t)w->from_s ? (int32_t)s->to_minute.v * 60 : 86400;
			x->window = w;
			x->windows = 1;
		}
		patterns_build(r, s, s->keep_days || in->wish.same_day + 1 >= ROUNDS_LEVELS, x);
	}
	r->facts.stop = stop;
	r->facts.stops = in->stops;
}

/*
 * What is fetched for one stop is a thing that no van has: the plan goes by the supply house before, wherever that costs
 * least. Who is on the way there already does it first, and where nobody knows the house it takes the usual way there and
 * back; both are time of the stop.
 */
static void
errand_build(const struct rounds *r, uint32_t i, struct stop *out)
{
	const struct rounds_facts *in = r->in;
	const struct round_stop *s = &in->stop[i];
	const uint32_t usual = in->supply.is ? in->supply.minutes : 0;

	if (!s->fetches)
		return;
	if (in->supply.is && !s->fixed) {
		out->goods[DISPATCH_GOODS] = ERRAND;
		out->service_s += s->fetch_minutes > usual ? (int32_t)(s->fetch_minutes - usual) * 60 : 0;
		return;
	}
	out->service_s += (int32_t)s->fetch_minutes * 60 +
	    (in->supply.is ? ways_at(&in->ways, in->stops + 2 * in->techs, i).seconds : 2 * ERRAND_WAY_S);
}

/* A day's stop has its one day. Of a week: as often as now, well spaced, not on days that are not wanted. */
static void
patterns_build(const struct rounds *r, const struct round_stop *s, bool keep_days, struct stop *out)
{
	uint32_t days = r->in->wish.days, visits = (uint32_t)__builtin_popcountll(s->days & 0x3fff);
	uint64_t *p;

	if (days == 1)
		return;
	p = arena_array(r->a, uint64_t, 2 + 128 * 2);
	if (s->days != 0)
		p[out->patterns++] = s->days;
	out->pattern = p;
	if (days == 14 && s->every_weeks == 1)
		visits /= 2;
	if ((keep_days && s->days != 0) || visits == 0 || s->every_weeks == 0 || (s->every_weeks == 2 && days < 14))
		return;
	for (uint32_t week = 1; week < 128; week++) {
		if ((week & s->not_days) != 0 || (uint32_t)__builtin_popcount(week) != visits || !spaced(week, visits))
			continue;
		uint64_t one = week, other = (uint64_t)week << 7;
		uint64_t set[2] = {s->every_weeks == 1 && days == 14 ? one | other : one, other};
		for (uint32_t n = 0; n < (s->every_weeks == 2 ? 2u : 1u); n++)
			if (set[n] != s->days && out->patterns < ROUTING_PATTERNS_MAX)
				p[out->patterns++] = set[n];
	}
}

/* Twice a week is not Monday and Tuesday. Four times and more leaves nothing to choose. */
static bool
spaced(uint32_t week, uint32_t visits)
{
	uint32_t next = (week << 1 | week >> 6) & 127;

	if (visits == 1)
		return true;
	return visits <= 3 && (week & next) == 0;
}

/* Today's routes in today's order, fixed stops first. */
static void
before_build(struct rounds *r)
{
	const struct rounds_facts *in = r->in;
	uint32_t days = in->wish.days;

	r->before = (struct plan){.route = arena_array(r->a, struct route, r->facts.shifts + 1),
	    .pattern = arena_array(r->a, uint64_t, in->stops + 1)};
	r->fixed = arena_array(r->a, uint32_t, r->facts.shifts + 1);
	for (uint32_t l = 0; l < r->facts.shifts; l++)
		r->before.route[l].stop = arena_array(r->a, uint32_t, 1);
	for (uint32_t l = 0; l < r->facts.shifts; l++) {
		const struct shift *s = &r->facts.shift[l];
		struct route *route = &r->before.route[l];
		uint32_t n = 0;

		for (uint32_t i = 0; i < in->stops; i++)
			n += r->before_tech[i] == s->tech && (in->stop[i].days >> s->day & 1) != 0;
		route->stop = arena_array(r->a, uint32_t, n + 1);
		for (uint32_t i = 0; i < in->stops; i++) {
			const struct round_stop *x = &in->stop[i];
			uint32_t at = route->stops;

			if (r->before_tech[i] != s->tech || (x->days >> s->day & 1) == 0)
				continue;
			while (at > 0) {
				const struct round_stop *y = &in->stop[route->stop[at - 1]];

				if (y->fixed != x->fixed ? y->fixed : y->seq != x->seq ? y->seq < x->seq : y->id < x->id)
					break;
				route->stop[at] = route->stop[at - 1];
				at--;
			}
			route->stop[at] = i;
			route->stops++;
			r->fixed[l] += x->fixed;
		}
	}
	for (uint32_t i = 0; i < in->stops; i++) {
		uint64_t there = 0;

		for (uint32_t d = 0; d < days && r->before_tech[i] != ROUNDS_NOBODY; d++)
			if ((in->stop[i].days >> d & 1) != 0 && r->shift_of[r->before_tech[i] * days + d] != ROUTING_NO_STOP)
				there |= UINT64_C(1) << d;
		r->before.pattern[i] = there == in->stop[i].days ? there : 0;
		r->before.left_out += r->before.pattern[i] == 0;
	}
	/* Half of a pattern is none: whoever cannot come on one of the days cannot have the stop. */
	for (uint32_t l = 0; l < r->facts.shifts; l++) {
		struct route *route = &r->before.route[l];
		uint32_t n = 0;

		for (uint32_t i = 0; i < route->stops; i++)
			if (r->before.pattern[route->stop[i]] != 0)
				route->stop[n++] = route->stop[i];
		route->stops = n;
	}
}

/*
 * What the search sees: a shift goes on behind what is fixed, no earlier than now; it ends where the wish for room
 * would have it end, overtime from there on being a price; fixed stops are out of its reach.
 */
static void
search_build(struct rounds *r)
{
	static const int64_t change_price[ROUNDS_LEVELS] = {0, 180, 600, 1800, PRIZE / 4};
	const struct rounds_wish *wish = &r->in->wish;
	struct shift *shift = arena_array(r->a, struct shift, r->facts.shifts);
	struct stop *stop = arena_array(r->a, struct stop, r->facts.stops);

	memcpy(stop, r->facts.stop, r->facts.stops * sizeof(*stop));
	memcpy(shift, r->facts.shift, r->facts.shifts * sizeof(*shift));
	for (uint32_t i = 0; i < r->facts.stops; i++) {
		stop[i].usual_days = wish->days > 1 ? r->in->stop[i].days : 0;
		stop[i].prefer = wish->days > 1 ? unliked_bits(&r->in->stop[i]) : 0;
		if (r->in->stop[i].fixed)
			stop[i] = (struct stop){.place = i, .skills = UINT64_C(1) << NOBODY_BIT, .usual_tech = ROUTING_NO_STOP};
	}
	for (uint32_t l = 0; l < r->facts.shifts; l++)
		shift_bend(r, l, &shift[l]);
	r->search = r->facts;
	r->search.stop = stop;
	r->search.shift = shift;
	r->search.price.other_tech = change_price[wish->same_tech < ROUNDS_LEVELS ? wish->same_tech : 0];
	r->search.price.other_day = change_price[wish->same_day < ROUNDS_LEVELS ? wish->same_day : 0];
	/* At the same level a day that people like is worth more than the one they have. */
	r->search.price.prefer = 2 * change_price[wish->liked_days < ROUNDS_LEVELS ? wish->liked_days : 0];
	fair_build(r);
	start_build(r);
}

static void
shift_bend(const struct rounds *r, uint32_t l, struct shift *s)
{
	const uint32_t *head = r->before.route[l].stop, fixed = r->fixed[l];
	int32_t to = s->to_s - (int32_t)r->in->wish.room_minutes * 60;
	struct tally driven;

	if (fixed > 0) {
		/* The way home is not driven yet, and whether lunch was had nobody knows: not before the rest, then. */
		struct problem open = r->facts;
		struct shift there = *s;

		there.end = ROUTING_NOWHERE;
		there.lunch_s = 0;
		open.shift = &there;
		open.supply.place = 0; /* what is done had its parts */
		tally_route(&open, &r->in->ways, 0, head, fixed, NULL, &driven);
		s->start = head[fixed - 1];
		s->from_s = driven.ends_s;
		for (uint32_t i = 0; i < fixed; i++)
			for (int g = 0; g < ROUTING_GOODS; g++) {
				int32_t took = r->facts.stop[head[i]].goods[g];

				s->van[g] = took < s->van[g] ? s->van[g] - took : 0;
			}
	}
	if (s->from_s < r->in->wish.not_before_s)
		s->from_s = r->in->wish.not_before_s;
	if (s->from_s > s->lunch.to_s)
		s->lunch_s = 0; /* it is over */
	s->to_s = to > s->from_s ? to : s->from_s;
}

/*
 * What would be fair: all work, shared out by the hours that people are there. Driving is counted as the least that
 * there must be: above it everybody is pressed alike, and nobody drives about to have enough. Twice the deviation costs
 * four times; at level 2 a person who is a tenth off in a week costs what half an hour of driving does.
 */
static void
fair_build(struct rounds *r)
{
	static const int64_t uneven_price[ROUNDS_LEVELS] = {0, 1, 3, 8, 20};
	const uint32_t level = r->in->wish.even < ROUNDS_LEVELS ? r->in->wish.even : 0;
	int64_t *there = arena_array(r->a, int64_t, r->in->techs + 1), work = 0, all = 0;

	r->fair_s = arena_array(r->a, int32_t, r->in->techs + 1);
	for (uint32_t i = 0; i < r->facts.stops; i++)
		work += (r->facts.stop[i].service_s + way_to_nearest(r, i)) * (int64_t)__builtin_popcountll(r->in->stop[i].days);
	for (uint32_t l = 0; l < r->facts.shifts; l++) {
		const struct shift *s = &r->facts.shift[l];

		there[s->tech] += s->to_s - s->from_s;
		all += s->to_s - s->from_s;
		work += s->lunch_s;
	}
	for (uint32_t t = 0; t < r->in->techs; t++) {
		int64_t fair = all > 0 ? work * (there[t] / 60) / (all / 60) : 0;

		r->fair_s[t] = fair < 3600 ? 3600 : fair > ROUTING_SECONDS_MAX ? ROUTING_SECONDS_MAX : (int32_t)fair;
	}
	r->search.price.uneven = uneven_price[level];
	r->search.target_s = level > 0 ? r->fair_s : NULL;
	r->search.techs = r->in->techs;
}

static int64_t
way_to_nearest(const struct rounds *r, uint32_t stop)
{
	int32_t least = INT32_MAX;

	for (uint32_t i = 0; i < r->facts.stops; i++)
		if (i != stop && ways_at(&r->in->ways, i, stop).seconds < least)
			least = ways_at(&r->in->ways, i, stop).seconds;
	return least == INT32_MAX ? 0 : least;
}

/* The days that these people do not like, if they said which they do. */
static uint64_t
unliked_bits(const struct round_stop *s)
{
	const uint64_t like = s->like_days & 127;

	return like == 0 ? 0 : (~like & 127) << NOT_ON_BIT;
}

static void
start_build(struct rounds *r)
{
	rounds_copy(r, &r->before, &r->start);
	for (uint32_t l = 0; l < r->facts.shifts; l++) {
		r->start.route[l].stop += r->fixed[l];
		r->start.route[l].stops -= r->fixed[l];
	}
	for (uint32_t i = 0; i < r->facts.stops; i++)
		if (r->in->stop[i].fixed)
			r->start.pattern[i] = 0;
}

void
rounds_copy(const struct rounds *r, const struct plan *from, struct plan *to)
{
	uint32_t stops = r->facts.stops;
	struct plan p = *from;

	p.route = arena_array(r->a, struct route, r->facts.shifts + 1);
	p.pattern = arena_array(r->a, uint64_t, stops + 1);
	memcpy(p.pattern, from->pattern, stops * sizeof(*p.pattern));
	for (uint32_t l = 0; l < r->facts.shifts; l++) {
		p.route[l].stops = from->route[l].stops;
		p.route[l].stop = arena_array(r->a, uint32_t, stops + 1);
		for (uint32_t k = 0; k < from->route[l].stops; k++) /* not memcpy: an empty route may have no list */
			p.route[l].stop[k] = from->route[l].stop[k];
	}
	*to = p;
}
