#include "domain/routing/search.h"

#include "domain/routing/chance.h"

/* The paper's constants: ten stops a time, strings of at most ten. */
#define REMOVED_MEAN     10
#define STRING_MAX       10
#define TRANSPLANT_EVERY 6     /* rounds, with a pool */
#define ONE_DAY_PERCENT  50    /* of the rounds look at one day alone, where all stops come on several */
#define SPLIT_HALF       32768 /* share of split strings, of 65536 */
#define SPLIT_GROW       655   /* chance to keep one more in the middle: 1 % */

static uint32_t one_days(const struct problem *p);
static int64_t mean_leg(const struct tables *t);
static int64_t tolerance(struct search *s, int64_t heat_q8);
static void list_outs(struct search *s);
static void ruin(struct search *s);
static uint32_t mean_length(const struct kernel *k);
static bool string_around(struct search *s, uint32_t stop, uint32_t length_max);
static uint32_t any_day(struct search *s, uint64_t days);
static uint32_t
choose_string(struct search *s, uint32_t l, uint32_t at, uint32_t length_max, uint32_t *doomed);
static void lift(struct search *s, uint32_t stop);
static void order_outs(struct search *s);
static uint32_t order_key(const struct search *s, uint32_t how, uint32_t stop);

void
search_open(struct search *s, const struct tables *t, uint64_t seed, struct arena *a)
{
	*s = (struct search){.p = t->p, .random = seed * 2 + 1};
	s->blinks.random = &s->random;
	s->usual = (struct terms){ROUTING_NO_STOP, ROUTING_NO_STOP, &s->blinks};
	s->k = kernel_open(t, a);
	s->out = arena_array(a, uint32_t, t->p->stops + 1);
	s->key = arena_array(a, uint32_t, t->p->stops + 1);
	s->ruined = arena_array(a, uint32_t, t->p->shifts + 1);
	s->shared = arena_array(a, uint32_t, t->p->shifts + 1);
	s->days = arena_array(a, uint64_t, t->p->stops + 1);
	s->missing = arena_array(a, uint8_t, t->p->stops + 1);
	s->one_day = ROUTING_NOWHERE;
	s->one_days = one_days(t->p);
	s->scale = mean_leg(t);
}

/* As often as visits are of stops that come on several days; never where the technicians of a stop depend on one another. */
static uint32_t
one_days(const struct problem *p)
{
	uint64_t visits = 0, several = 0;

	for (uint32_t i = 0; i < p->stops; i++) {
		const struct stop *x = &p->stop[i];
		const uint32_t days = x->patterns > 0 ? (uint32_t)__builtin_popcountll(x->pattern[0]) : 1;

		visits += days;
		several += days > 1 ? days : 0;
	}
	return p->price.mixed > 0 || visits == 0 ? 0 : (uint32_t)(ONE_DAY_PERCENT * several / visits);
}

static int64_t
mean_leg(const struct tables *t)
{
	int64_t sum = 0;
	uint32_t n = t->p->stops, nth = t->nears < 5 ? t->nears : 5;

	if (n == 0 || nth == 0)
		return 1;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t y = t->p->stop[t->near[(size_t)i * t->nears + nth - 1]].place;

		sum += tables_way(t, &t->cost, t->p->stop[i].place, y).to;
	}
	return sum / n + 1;
}

void
search_begin(struct search *s, const struct plan *start, const uint32_t *pinned)
{
	if (start != NULL)
		kernel_load(s->k, start, pinned);
	list_outs(s);
	search_put_back(s);
	kernel_mark(s->k);
}

static void
list_outs(struct search *s)
{
	s->outs = 0;
	for (uint32_t i = 0; i < s->p->stops; i++)
		if (s->k->pattern[i] == 0)
			s->out[s->outs++] = i;
}

bool
search_round(struct search *s, int64_t heat_q8)
{
	int64_t before = s->k->total;
	uint32_t outs = s->outs;

	kernel_mark(s->k);
	if (s->pool == NULL || chance_below(&s->random, TRANSPLANT_EVERY) > 0 ||
	    !search_transplant(s))
		ruin(s);
	order_outs(s);
	search_put_back(s);
	if (s->k->total < before + tolerance(s, heat_q8))
		return true;
	kernel_undo(s->k);
	s->outs = 0;
	if (outs > 0)
		list_outs(s);
	return false;
}

/* How much worse than before is still kept */
static int64_t
tolerance(struct search *s, int64_t heat_q8)
{
	uint32_t u = (uint32_t)(chance_bits(&s->random) >> 32) | 1;

	return (heat_q8 * (int64_t)chance_ln_q16(u)) >> 24;
}

static void
ruin(struct search *s)
{
	struct kernel *k = s->k;
	uint32_t mean = mean_length(k), length_max = mean < STRING_MAX ? mean : STRING_MAX;
	uint32_t strings_max, strings, seed = chance_below(&s->random, s->p->stops);

	s->one_day = ROUTING_NOWHERE;
	if (s->one_days > 0 && k->pattern[seed] != 0 && chance_below(&s->random, 100) < s->one_days)
		s->one_day = any_day(s, k->pattern[seed]);
	if (length_max < 1)
		length_max = 1;
	strings_max = 4 * REMOVED_MEAN / (1 + length_max);
	strings = 1 + chance_below(&s->random, strings_max > 0 ? strings_max : 1);
	s->round++;
	if (string_around(s, seed, length_max))
		strings--;
	for (uint32_t i = 0; i < k->t->nears && strings > 0; i++)
		if (string_around(s, k->t->near[(size_t)seed * k->t->nears + i], length_max))
			strings--;
	kernel_settle(k);
}

static uint32_t
mean_length(const struct kernel *k)
{
	uint32_t used = 0, visits = 0;

	for (uint32_t day = 0; day < k->p->days; day++)
		used += k->used[day];
	for (uint32_t l = 0; l < k->p->shifts; l++)
		visits += k->line[l].now.legs - 2;
	return used == 0 ? 0 : visits / used;
}

/* Take out a string of one of the stop's lines that holds the stop; false if it is out or ruined.
 */
static bool
string_around(struct search *s, uint32_t stop, uint32_t length_max)
{
	struct kernel *k = s->k;
	uint32_t doomed[STRING_MAX], visit, l, n;

	if (k->pattern[stop] == 0)
		return false;
	if (s->one_day != ROUTING_NOWHERE && (k->pattern[stop] >> s->one_day & 1) == 0)
		return false;
	visit = stop * s->p->days + (s->one_day != ROUTING_NOWHERE ? s->one_day : any_day(s, k->pattern[stop]));
	l = k->line_of[visit];
	if (s->ruined[l] == s->round || k->position_of[visit] <= k->line[l].pinned)
		return false;
	s->ruined[l] = s->round;
	n = choose_string(s, l, k->position_of[visit] - 1, length_max, doomed);
	for (uint32_t i = 0; i < n; i++)
		lift(s, doomed[i]);
	return true;
}

static uint32_t
any_day(struct search *s, uint64_t days)
{
	for (uint32_t skip = chance_below(&s->random, (uint32_t)__builtin_popcountll(days));
	     skip > 0; skip--)
		days &= days - 1;
	return (uint32_t)__builtin_ctzll(days);
}

/* A string of the line's visits that holds the one at `at`; half of them with a hole in the middle.
 */
static uint32_t
choose_string(struct search *s, uint32_t l, uint32_t at, uint32_t length_max, uint32_t *doomed)
{
	const struct line *line = &s->k->line[l];
	uint32_t visits = line->now.legs - 2, keep = 0, n = 0, span, low, high, from, hole;
	uint32_t length = 1 + chance_below(&s->random, visits < length_max ? visits : length_max);

	if (length > 1 && length < visits && (chance_bits(&s->random) & 0xffff) < SPLIT_HALF) {
		keep = 1;
		while (length + keep < visits && (chance_bits(&s->random) & 0xffff) < SPLIT_GROW)
			keep++;
	}
	span = length + keep;
	low = at + 1 >= span ? at + 1 - span : 0;
	high = at + span <= visits ? at : visits - span;
	from = low + chance_below(&s->random, high - low + 1);
	hole = keep == 0 ? span : chance_below(&s->random, length + 1);
	for (uint32_t i = 0; i < span; i++)
		if (keep == 0 || i < hole || i >= hole + keep)
			doomed[n++] = line->leg[from + i + 1].stop;
	return n;
}

/* With its twin. */
static void
lift(struct search *s, uint32_t stop)
{
	uint32_t twin = s->p->stop[stop].twin;

	if (s->k->pattern[stop] == 0 || kernel_is_pinned(s->k, stop))
		return;
	if (twin != 0 && kernel_is_pinned(s->k, twin - 1))
		return;
	if (s->one_day != ROUTING_NOWHERE && twin == 0 && (s->k->pattern[stop] & (s->k->pattern[stop] - 1)) != 0) {
		kernel_lift_day(s->k, stop, s->one_day);
		s->missing[stop] = (uint8_t)(1 + s->one_day);
		s->out[s->outs++] = stop;
		return;
	}
	kernel_lift(s->k, stop);
	s->out[s->outs++] = stop;
	if (twin != 0 && s->k->pattern[twin - 1] != 0) {
		kernel_lift(s->k, twin - 1);
		s->out[s->outs++] = twin - 1;
	}
}

/* The paper's orders, and the windows' (weights 4 4 2 1 2 2 2). */
static void
order_outs(struct search *s)
{
	static const uint8_t how_of[17] = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 4, 4, 5, 5, 6, 6};
	uint32_t how = how_of[chance_below(&s->random, 17)];

	for (uint32_t i = 0; i < s->outs; i++)
		s->key[i] = how == 0 ? (uint32_t)(chance_bits(&s->random) >> 32)
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
	uint32_t far = (uint32_t)tables_way(s->k->t, &s->k->t->cost, hub, x->place).to;
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
