#include "domain/routing/solve.h"

#include <string.h>

#include "domain/routing/kernel.h"

/* The paper's constants: ten stops a time, strings of at most ten. */
#define REMOVED_MEAN 10
#define STRING_MAX 10
#define SPLIT_HALF 32768   /* share of split strings, of 65536 */
#define SPLIT_GROW 655     /* chance to keep one more in the middle: 1 % */
#define ROUNDS_A_LOOK 64

struct search {
	struct kernel *k;
	const struct problem *p;
	uint64_t random;
	struct blinks blinks;
	uint32_t *out;      /* stops that are out, to be put back */
	uint32_t outs;
	uint32_t *key;      /* sorting keys of this round */
	uint32_t *ruined;   /* stamps per line */
	uint32_t round;
	int64_t hot, cold;  /* temperatures, cost x 2^8 */
	uint32_t spent;
};

static void search_open(struct search *s, const struct problem *p, const struct solve_options *o,
    struct arena *a);
static int64_t mean_leg(const struct kernel *k);
static bool round_once(struct search *s);
static void ruin(struct search *s);
static uint32_t mean_length(const struct kernel *k);
static bool string_around(struct search *s, uint32_t stop, uint32_t length_max);
static void take(struct search *s, uint32_t stop);
static void order_outs(struct search *s);
static uint32_t order_key(const struct search *s, uint32_t how, uint32_t stop);
static void recreate(struct search *s);
static bool put_back(struct search *s, uint32_t stop);
static bool choose_days(struct search *s, uint32_t stop, uint64_t *days, struct seat *seat);
static int64_t tolerance(struct search *s);
static uint32_t cheap_spent(const struct solve_options *o, uint64_t iterations, int64_t best);

enum err
solve(const struct problem *p, const struct solve_options *o, struct arena *a, struct plan *out,
    struct fault *f)
{
	struct search s;
	uint64_t rounds = 0;
	int64_t best;

	TRY(problem_check(p, f));
	search_open(&s, p, o, a);
	if (o->start != NULL)
		kernel_load(s.k, o->start);
	for (uint32_t i = 0; i < p->stops; i++)
		if (s.k->pattern[i] == 0)
			s.out[s.outs++] = i;
	order_outs(&s);
	recreate(&s);
	kernel_mark(s.k);
	kernel_plan(s.k, a, out);
	best = out->cost;
	s.hot = mean_leg(s.k) * 256 * 3;
	s.cold = s.hot / 100 + 1;
	for (;; rounds++) {
		if (rounds % ROUNDS_A_LOOK == 0) {
			s.spent = cheap_spent(o, rounds, best);
			if (s.spent >= SOLVE_DONE || p->stops == 0 || p->shifts == 0)
				break;
		}
		if (round_once(&s) && s.k->total < best) {
			best = s.k->total;
			kernel_copy(s.k, out);
		}
	}
	out->iterations = rounds;
	return OK;
}

static uint32_t
cheap_spent(const struct solve_options *o, uint64_t iterations, int64_t best)
{
	if (o->spent != NULL)
		return o->spent(o->ctx, iterations, best);
	if (iterations >= o->iterations)
		return SOLVE_DONE;
	return (uint32_t)(iterations * SOLVE_DONE / o->iterations);
}

static void
search_open(struct search *s, const struct problem *p, const struct solve_options *o, struct arena *a)
{
	*s = (struct search){.p = p, .random = o->seed * 2 + 1};
	s->blinks.random = &s->random;
	s->k = kernel_open(p, a);
	s->out = arena_array(a, uint32_t, p->stops + 1);
	s->key = arena_array(a, uint32_t, p->stops + 1);
	s->ruined = arena_array(a, uint32_t, p->shifts + 1);
}

/* The scale of the annealing: what a stop's way to its fifth neighbour costs, on average. */
static int64_t
mean_leg(const struct kernel *k)
{
	int64_t sum = 0;
	uint32_t n = k->p->stops, nth = k->nears < 5 ? k->nears : 5;

	if (n == 0 || nth == 0)
		return 1;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t x = k->p->stop[i].place;
		uint32_t y = k->p->stop[k->near[(size_t)i * k->nears + nth - 1]].place;

		sum += k->cost[(size_t)x * k->places + y].to;
	}
	return sum / n + 1;
}

/* One ruin and recreate; true if the change was kept. */
static bool
round_once(struct search *s)
{
	int64_t before = s->k->total;
	uint32_t outs = s->outs;

	kernel_mark(s->k);
	ruin(s);
	order_outs(s);
	recreate(s);
	if (s->k->total < before + tolerance(s))
		return true;
	kernel_undo(s->k);
	/* what is out now is what was out before */
	s->outs = 0;
	if (outs > 0)
		for (uint32_t i = 0; i < s->p->stops; i++)
			if (s->k->pattern[i] == 0)
				s->out[s->outs++] = i;
	return false;
}

/* How much worse than before is still kept: -T ln(u), T falling from hot to cold by the budget spent. */
static int64_t
tolerance(struct search *s)
{
	/* hot / cold = 100 = 2^6.6439 */
	uint32_t fall = solve_exp2_q16((uint32_t)(((uint64_t)s->spent * 435412) >> 20));
	int64_t t = (s->hot * (int64_t)fall) >> 16;
	uint32_t u = (uint32_t)(kernel_random(&s->random) >> 32) | 1;

	return (t * (int64_t)kernel_ln_q16(u)) >> 24;
}

static void
ruin(struct search *s)
{
	struct kernel *k = s->k;
	uint32_t mean = mean_length(k), length_max = mean < STRING_MAX ? mean : STRING_MAX;
	uint32_t strings_max, strings, seed = kernel_below(&s->random, s->p->stops);

	if (length_max < 1)
		length_max = 1;
	strings_max = 4 * REMOVED_MEAN / (1 + length_max);
	strings = 1 + kernel_below(&s->random, strings_max > 0 ? strings_max : 1);
	s->round++;
	if (string_around(s, seed, length_max))
		strings--;
	for (uint32_t i = 0; i < k->nears && strings > 0; i++)
		if (string_around(s, k->near[(size_t)seed * k->nears + i], length_max))
			strings--;
}

static uint32_t
mean_length(const struct kernel *k)
{
	uint32_t used = 0, visits = 0;

	for (uint32_t l = 0; l < k->p->shifts; l++)
		if (k->line[l].legs > 2) {
			used++;
			visits += k->line[l].legs - 2;
		}
	return used == 0 ? 0 : visits / used;
}

/* Take out a string of one of the stop's lines that holds the stop; false if it is out or ruined. */
static bool
string_around(struct search *s, uint32_t stop, uint32_t length_max)
{
	struct kernel *k = s->k;
	uint64_t days = k->pattern[stop];
	uint32_t day = 0, l, at, visits, length, keep = 0, from, doomed[STRING_MAX], n = 0;

	if (days == 0)
		return false;
	for (uint32_t skip = kernel_below(&s->random, (uint32_t)__builtin_popcountll(days));; day++)
		if ((days >> day & 1) != 0 && skip-- == 0)
			break;
	l = k->line_of[stop * s->p->days + day];
	if (s->ruined[l] == s->round)
		return false;
	s->ruined[l] = s->round;
	at = k->position_of[stop * s->p->days + day] - 1;
	visits = k->line[l].legs - 2;
	length = 1 + kernel_below(&s->random, visits < length_max ? visits : length_max);
	if (length > 1 && length < visits && (kernel_random(&s->random) & 0xffff) < SPLIT_HALF) {
		keep = 1;
		while (length + keep < visits && (kernel_random(&s->random) & 0xffff) < SPLIT_GROW)
			keep++;
	}
	{
		uint32_t span = length + keep;
		uint32_t low = at + 1 >= span ? at + 1 - span : 0;
		uint32_t high = at + span <= visits ? at : visits - span;
		uint32_t hole;

		from = low + kernel_below(&s->random, high - low + 1);
		hole = keep == 0 ? span : kernel_below(&s->random, length + 1);
		for (uint32_t i = 0; i < span; i++)
			if (keep == 0 || i < hole || i >= hole + keep)
				doomed[n++] = k->line[l].leg[from + i + 1].stop;
	}
	for (uint32_t i = 0; i < n; i++)
		take(s, doomed[i]);
	return true;
}

static void
take(struct search *s, uint32_t stop)
{
	if (s->k->pattern[stop] == 0)
		return;
	kernel_take(s->k, stop);
	s->out[s->outs++] = stop;
}

/* The paper's orders, and the windows' (weights 4 4 2 1 2 2 2). */
static void
order_outs(struct search *s)
{
	static const uint8_t how_of[17] = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 4, 4, 5, 5, 6, 6};
	uint32_t how = how_of[kernel_below(&s->random, 17)];

	for (uint32_t i = 0; i < s->outs; i++)
		s->key[i] = how == 0 ? (uint32_t)(kernel_random(&s->random) >> 32)
				     : order_key(s, how, s->out[i]);
	for (uint32_t i = 1; i < s->outs; i++) {
		uint32_t key = s->key[i], stop = s->out[i], at = i;

		for (; at > 0 && s->key[at - 1] > key; at--) {
			s->key[at] = s->key[at - 1];
			s->out[at] = s->out[at - 1];
		}
		s->key[at] = key;
		s->out[at] = stop;
	}
}

static uint32_t
order_key(const struct search *s, uint32_t how, uint32_t stop)
{
	const struct stop *x = &s->p->stop[stop];
	uint32_t hub = s->p->shift[0].start == ROUTING_NOWHERE ? x->place : s->p->shift[0].start;
	uint32_t far = (uint32_t)s->k->cost[(size_t)hub * s->k->places + x->place].to;
	int32_t from = x->windows ? x->window[0].from_s : 0;
	int32_t to = x->windows ? x->window[x->windows - 1].to_s : ROUTING_SECONDS_MAX;

	switch (how) {
	case 1:
		return UINT32_MAX - (uint32_t)x->load - (uint32_t)x->service_s;
	case 2:
		return UINT32_MAX - far;
	case 3:
		return far;
	case 4:
		return (uint32_t)(to - from);
	case 5:
		return (uint32_t)from;
	default:
		return UINT32_MAX - (uint32_t)to;
	}
}

static void
recreate(struct search *s)
{
	uint32_t left = 0;

	for (uint32_t i = 0; i < s->outs; i++)
		if (!put_back(s, s->out[i]))
			s->out[left++] = s->out[i];
	s->outs = left;
}

/* At its cheapest seat, or on its cheapest set of days; out if that costs more than its prize. */
static bool
put_back(struct search *s, uint32_t stop)
{
	struct kernel *k = s->k;
	struct seat seat[ROUTING_DAYS_MAX];
	uint64_t days;

	if (!choose_days(s, stop, &days, seat))
		return false;
	for (uint32_t day = 0; days >> day != 0; day++)
		if ((days >> day & 1) != 0)
			kernel_put(k, stop, day, &seat[day]);
	return true;
}

static bool
choose_days(struct search *s, uint32_t stop, uint64_t *days, struct seat *seat)
{
	const struct stop *x = &s->p->stop[stop];
	int64_t best = x->prize, price[ROUTING_DAYS_MAX];
	bool found = false;

	for (uint32_t day = 0; day < s->p->days; day++) {
		int64_t below = x->pattern == NULL ? best : INT64_MAX / 4;

		price[day] = INT64_MAX / 4;
		if (kernel_seat(s->k, stop, day, below, &s->blinks, &seat[day]))
			price[day] = seat[day].cost;
		if (x->pattern == NULL && price[day] < best) {
			best = price[day];
			*days = UINT64_C(1) << day;
			found = true;
		}
	}
	for (uint32_t n = 0; x->pattern != NULL && n < x->patterns; n++) {
		int64_t sum = 0;

		for (uint32_t day = 0; x->pattern[n] >> day != 0 && sum < best; day++)
			if ((x->pattern[n] >> day & 1) != 0)
				sum += price[day];
		if (sum < best) {
			best = sum;
			*days = x->pattern[n];
			found = true;
		}
	}
	return found;
}

uint32_t
solve_exp2_q16(uint32_t x)
{
	uint32_t whole = x >> 16;
	uint64_t m = x & 0xffff;
	/* 2^-f for f in 0..1 = 1 - f/2 - 0.1716 f(1-f)/... : quadratic with error < 0.004 */
	uint64_t y = 65536 - (m >> 1) - (((m * (65536 - m)) >> 16) * 11246 >> 16);

	return whole > 31 ? 0 : (uint32_t)(y >> whole);
}
