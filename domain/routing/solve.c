#include "domain/routing/solve.h"

#include <string.h>

#include "domain/routing/chance.h"
#include "domain/routing/search.h"
#include "domain/routing/walk.h"

#define ROUNDS_A_LOOK  64
#define ROUNDS_A_TRIP  8 /* instead, where the supply house is tried everywhere: such rounds are long */
#define PROBE_ROUNDS   256 /* how fast is this machine? */
#define TRACKS_MAX     12
#define ROUNDS_A_TRACK 150    /* per stop */
#define TRACKS_MIN     4      /* one is better than two or three */
#define TRACK_ROUNDS   4000   /* at least */
#define FIRST_SHARE    629146 /* of SOLVE_DONE: 60 % for the first trajectories */
#define POOL_STOPS     ((uint32_t)1 << 20)
#define TRACK_FIRST    ((size_t)1 << 20)
#define TRACK_MAX      ((size_t)2 << 30)

/* Temperatures, as multiples of what a stop's way to its fifth neighbour costs, x 2^8. */
#define HOT         (20 * 256)
#define HOT_OF_MANY (3 * 256)
#define WARM        154 /* 0.6: where the last trajectory begins */
#define COLD        8   /* 0.03 */

/* What all trajectories of one solve share. */
struct effort {
	const struct problem *p;
	const struct solve_options *o;
	const struct tables *t;
	struct track *track;
	uint32_t tracks;
	uint64_t rounds; /* of all trajectories; changed by several threads */
	int64_t best;
	bool ended; /* somebody was told so */
};

/* One trajectory, its share of the budget, its best plan. */
struct track {
	struct effort *e;
	struct arena *a;
	struct search s;
	struct plan best;
	uint64_t seed;
	uint32_t from, to; /* the part of the budget of time it has */
	uint64_t rounds, rounds_max, told;
	int64_t hot, fall; /* temperature at its beginning; log2 of beginning / end, x 2^16 */
	const struct plan *start;
	const struct pool *pool;
};

static uint32_t choose_tracks(struct effort *e);
static void plan_times(struct effort *e);
static void run_first(void *arg, uint32_t i);
static void run_last(struct effort *e, struct arena *a);
static void track_open(struct track *x, const struct plan *start);
static void cool(struct track *x, int64_t heat_q8);
static void track_run(struct track *x, uint64_t rounds_max);
static uint32_t spent(struct track *x);
static int64_t heat(const struct track *x, uint32_t share);
static void run_each(struct effort *e, uint32_t n, solve_task_fn *task);
static void make_room(struct plan *plan, const struct problem *p, struct arena *a);
static void
roomy(const struct plan *best, const struct problem *p, struct arena *a, struct plan *out);
static void remember(const struct kernel *k, struct plan *out);

enum err
solve(const struct problem *p, const struct solve_options *o, struct arena *a, struct plan *out,
    struct fault *f)
{
	struct effort e = {.p = p, .o = o, .best = INT64_MAX};

	TRY(problem_check(p, f));
	e.t = tables_open(p, a);
	e.track = arena_array(a, struct track, TRACKS_MAX + 2);
	for (uint32_t i = 0; i <= TRACKS_MAX; i++)
		e.track[i] = (struct track){
		    .e = &e, .seed = o->seed + (uint64_t)i * 1000003, .start = o->start};
	make_room(&e.track[0].best, p, a);
	track_open(&e.track[0], o->start);
	e.tracks = choose_tracks(&e);
	for (uint32_t i = 1; i <= e.tracks; i++)
		make_room(&e.track[i].best, p, a);
	plan_times(&e);
	if (e.tracks > 1)
		cool(&e.track[0], HOT_OF_MANY);
	run_each(&e, e.tracks, run_first);
	if (e.tracks > 1)
		run_last(&e, a);
	for (uint32_t i = 1; i <= e.tracks; i++)
		if (e.track[i].best.pattern != NULL && e.track[i].rounds > 0 &&
		    e.track[i].best.cost < e.track[0].best.cost)
			e.track[0].best = e.track[i].best;
	roomy(&e.track[0].best, p, a, out);
	out->iterations = e.rounds;
	out->cost = walk_plan(p, out);
	return OK;
}

/* Short searches follow one trajectory, long ones several: what one alone would no longer use. */
static uint32_t
choose_tracks(struct effort *e)
{
	uint64_t rounds = e->o->iterations, tracks;

	if (e->p->stops == 0 || e->p->shifts == 0 || e->o->calm)
		return 1;
	if (rounds == 0) {
		uint32_t before = spent(&e->track[0]), after;

		track_run(&e->track[0], PROBE_ROUNDS);
		after = spent(&e->track[0]);
		if (after >= SOLVE_DONE)
			return 1;
		rounds = (uint64_t)PROBE_ROUNDS * (SOLVE_DONE - before) /
			 (after > before ? after - before : 1);
	}
	tracks =
	    rounds / (e->p->stops * ROUNDS_A_TRACK > TRACK_ROUNDS ? e->p->stops * ROUNDS_A_TRACK
								  : TRACK_ROUNDS);
	if (e->o->iterations == 0 && e->o->threads > 1)
		tracks *= e->o->threads;
	return tracks < TRACKS_MIN ? 1 : tracks > TRACKS_MAX ? TRACKS_MAX : (uint32_t)tracks;
}

/* Who has which part of the budget. Those that run at once share a part of the time, never of the
 * rounds. */
static void
plan_times(struct effort *e)
{
	uint32_t all = e->tracks > 1 ? FIRST_SHARE : SOLVE_DONE;
	uint32_t abreast = e->o->run != NULL && e->o->threads > 1 ? e->o->threads : 1;
	uint32_t begun = spent(&e->track[0]), rows = (e->tracks + abreast - 1) / abreast;

	for (uint32_t i = 0; i < e->tracks; i++) {
		struct track *x = &e->track[i];

		x->from = begun + (uint32_t)((uint64_t)(all - begun) * (i / abreast) / rows);
		x->to = begun + (uint32_t)((uint64_t)(all - begun) * (i / abreast + 1) / rows);
		x->rounds_max = e->o->iterations * all / SOLVE_DONE / e->tracks;
	}
}

static void
run_first(void *arg, uint32_t i)
{
	struct effort *e = arg;
	struct track *x = &e->track[i];

	if (i > 0) {
		if (spent(x) >= SOLVE_DONE)
			return;
		track_open(x, e->o->start);
	}
	track_run(x, x->rounds_max);
	arena_close(x->a);
}

/* From the best of all, with the routes of all. */
static void
run_last(struct effort *e, struct arena *a)
{
	struct track *x = &e->track[e->tracks];
	struct pool pool;
	uint32_t best = 0;

	if (spent(x) >= SOLVE_DONE)
		return;
	pool_open(&pool, e->p, POOL_STOPS / 16 + e->tracks * e->p->stops, a);
	for (uint32_t i = 0; i < e->tracks; i++) {
		if (e->track[i].rounds == 0)
			continue;
		pool_add(&pool, e->p, &e->track[i].best);
		if (e->track[i].best.cost < e->track[best].best.cost)
			best = i;
	}
	x->pool = &pool;
	x->from = spent(x);
	x->to = SOLVE_DONE;
	x->rounds_max = e->o->iterations - e->o->iterations * FIRST_SHARE / SOLVE_DONE;
	track_open(x, &e->track[best].best);
	track_run(x, x->rounds_max);
	arena_close(x->a);
}

static void
track_open(struct track *x, const struct plan *start)
{
	x->a = arena_open(TRACK_FIRST, TRACK_MAX, NULL);
	search_open(&x->s, x->e->t, x->seed, x->a);
	search_begin(&x->s, start, x->e->o->pinned);
	x->s.pool = x->pool;
	cool(x, x->pool != NULL    ? WARM
		: x->e->o->calm    ? 4 * COLD
		: x->e->tracks > 1 ? HOT_OF_MANY
				   : HOT);
	remember(x->s.k, &x->best);
}

/* From here down to COLD. */
static void
cool(struct track *x, int64_t heat_q8)
{
	int64_t ratio = heat_q8 / COLD;

	x->hot = x->s.scale * heat_q8;
	/* log2 of 1 + m is about m */
	x->fall = 63 - __builtin_clzll((uint64_t)ratio);
	x->fall = (x->fall << 16) + ((ratio << 16) >> x->fall) - 65536;
}

/* Until its part of the budget is spent. */
static void
track_run(struct track *x, uint64_t rounds_max)
{
	struct effort *e = x->e;
	bool by_rounds = rounds_max > 0;
	int64_t hot = x->hot;

	if (e->p->stops == 0 || e->p->shifts == 0)
		return;
	for (;; x->rounds++) {
		if (x->rounds % (e->p->supply.place > 0 && e->t->goods > 0 ? ROUNDS_A_TRIP : ROUNDS_A_LOOK) == 0) {
			uint32_t now = spent(x), share = 0;

			if (now >= SOLVE_DONE || (!by_rounds && now >= x->to))
				break;
			if (by_rounds && x->rounds_max > 0)
				share = (uint32_t)(x->rounds * SOLVE_DONE / x->rounds_max);
			else if (now > x->from && x->to > x->from)
				share = (uint32_t)((uint64_t)(now - x->from) * SOLVE_DONE /
						   (x->to - x->from));
			hot = heat(x, share);
		}
		if (by_rounds && x->rounds >= rounds_max)
			break;
		if (search_round(&x->s, hot) && x->s.k->total < x->best.cost)
			remember(x->s.k, &x->best);
	}
}

/* How far all is; asked once in a while. Trajectories beside this one do not change what it does.
 */
static uint32_t
spent(struct track *x)
{
	struct effort *e = x->e;
	uint64_t rounds = __atomic_add_fetch(&e->rounds, x->rounds - x->told, __ATOMIC_RELAXED);
	int64_t best = __atomic_load_n(&e->best, __ATOMIC_RELAXED);
	uint32_t share = 0;

	x->told = x->rounds;
	while (x->s.k != NULL && x->best.cost < best &&
	       !__atomic_compare_exchange_n(
		   &e->best, &best, x->best.cost, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
		;
	if (e->o->spent != NULL)
		share = e->o->spent(e->o->ctx, rounds, __atomic_load_n(&e->best, __ATOMIC_RELAXED));
	else if (e->o->iterations == 0)
		share = SOLVE_DONE;
	if (share >= SOLVE_DONE)
		__atomic_store_n(&e->ended, true, __ATOMIC_RELAXED);
	return __atomic_load_n(&e->ended, __ATOMIC_RELAXED) ? SOLVE_DONE : share;
}

static int64_t
heat(const struct track *x, uint32_t share)
{
	return (x->hot * (int64_t)chance_exp2_q16((uint32_t)(((int64_t)share * x->fall) >> 20))) >>
	       16;
}

static void
run_each(struct effort *e, uint32_t n, solve_task_fn *task)
{
	if (e->o->run != NULL && n > 1) {
		e->o->run(e->o->ctx, task, e, n);
		return;
	}
	for (uint32_t i = 0; i < n; i++)
		task(e, i);
}

/* A plan whose routes lie one behind the other, with room for every visit that there may be. */
static void
make_room(struct plan *plan, const struct problem *p, struct arena *a)
{
	size_t visits = 1;

	for (uint32_t i = 0; i < p->stops; i++) {
		uint32_t most = 1;

		for (uint32_t n = 0; n < p->stop[i].patterns; n++) {
			uint32_t days = (uint32_t)__builtin_popcountll(p->stop[i].pattern[n]);

			most = days > most ? days : most;
		}
		visits += most;
	}
	plan->route = arena_array(a, struct route, p->shifts + 1);
	plan->route[0].stop = arena_array(a, uint32_t, visits);
	plan->pattern = arena_array(a, uint64_t, p->stops + 1);
	plan->fixed_s = arena_array(a, int32_t, p->stops + 1);
	plan->cost = INT64_MAX;
}

static void
remember(const struct kernel *k, struct plan *out)
{
	uint32_t *at = out->route[0].stop;

	for (uint32_t l = 0; l < k->p->shifts; l++) {
		out->route[l].stop = at;
		at += k->line[l].now.legs - 2;
	}
	kernel_copy(k, out);
}

/* The same plan, every route with room for all stops: callers change it. */
static void
roomy(const struct plan *best, const struct problem *p, struct arena *a, struct plan *out)
{
	*out = *best;
	out->route = arena_array(a, struct route, p->shifts + 1);
	for (uint32_t l = 0; l < p->shifts; l++) {
		out->route[l] =
		    (struct route){arena_array(a, uint32_t, p->stops + 1), best->route[l].stops};
		memcpy(out->route[l].stop, best->route[l].stop,
		    best->route[l].stops * sizeof(uint32_t));
	}
}
