#include "domain/dispatch/replan.h"

#include "domain/routing/matrix.h"
#include "domain/routing/replan.h"

#define ITERATIONS 1500
#define SEED 20260616
#define MOVE_TECH_S 900 /* leaving the technician they expect has to gain a quarter of an hour of driving */
#define MOVE_TIME_S 120
#define TOLERANCE_S 1800
#define LEFT_OUT 1000000 /* nothing is left out */

/* All stops that are still to be begun, lane after lane. */
struct pool {
	const struct lane_stop *stop[RESCUE_STOPS_MAX];
	uint32_t lane[RESCUE_STOPS_MAX];
	uint32_t n;
	uint32_t on_way[RESCUE_LANES_MAX]; /* of each lane: how many at its head stay */
	int32_t free_s[RESCUE_LANES_MAX];
	bool placed[RESCUE_LANES_MAX];
	struct spot at[RESCUE_LANES_MAX];
};

static bool open_still(const struct lane_stop *s);
static enum err gather(const struct rescue_lane *l, size_t n, const struct pace *pace, struct arena *a, struct pool *out,
    struct fault *f);
static int32_t errand_s(const struct lane_stop *s, const struct lane *l, const struct pace *pace);
static void state_problem(const struct rescue_lane *l, size_t n, const struct pool *p, const struct pace *pace, struct arena *a, struct problem *out,
    struct plan *day);

size_t
rescue_movable(const struct rescue_lane *l, size_t n, const struct lane_stop **out)
{
	size_t got = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; l[i].late && k < l[i].lane->stops && got < RESCUE_MOVABLE_MAX; k++)
			if (l[i].lane->stop[k].state == VISIT_SCHEDULED)
				out[got++] = &l[i].lane->stop[k];
	return got;
}

int32_t
rescue_late_s(const struct lane *l, struct arena *a)
{
	struct lane_time *t = arena_array(a, struct lane_time, l->stops);
	int32_t sum = 0;

	(void)lane_times(l, a, t);
	for (size_t i = 0; i < l->stops; i++)
		if (open_still(&l->stop[i]))
			sum += t[i].late_s;
	return sum;
}

struct lane
rescue_applied(const struct lane *l, const struct rescue_route *r, struct arena *a)
{
	struct lane_stop *stops = arena_array(a, struct lane_stop, l->stops + r->stops);
	struct lane as = *l;
	size_t k = 0;

	for (size_t s = 0; s < l->stops; s++)
		if (!open_still(&l->stop[s]))
			stops[k++] = l->stop[s];
	for (size_t s = 0; s < r->stops; s++)
		stops[k++] = *r->stop[s];
	as.stop = stops;
	as.stops = k;
	return as;
}

enum err
rescue(const struct rescue_lane *l, size_t n, const struct pace *pace, struct arena *a, struct rescue_route *out,
    struct fault *f)
{
	struct pool *pool = arena_new(a, struct pool);
	struct problem p;
	struct plan day, best;

	TRY(gather(l, n, pace, a, pool, f));
	state_problem(l, n, pool, pace, a, &p, &day);
	TRY(replan(&p, &(struct replan_options){.day = &day, .done = pool->on_way, .move_tech = MOVE_TECH_S,
	    .move_time = MOVE_TIME_S, .tolerance_s = TOLERANCE_S, .seed = SEED, .iterations = ITERATIONS}, a, &best, NULL, f));
	for (size_t i = 0; i < n; i++) {
		out[i] = (struct rescue_route){arena_array(a, const struct lane_stop *, best.route[i].stops), best.route[i].stops};
		for (size_t s = 0; s < out[i].stops; s++)
			out[i].stop[s] = pool->stop[best.route[i].stop[s]];
	}
	return OK;
}

static bool
open_still(const struct lane_stop *s)
{
	return s->state == VISIT_SCHEDULED || s->state == VISIT_ON_WAY;
}

/* Whoever is on the way somewhere goes there first. */
static enum err
gather(const struct rescue_lane *l, size_t n, const struct pace *pace, struct arena *a, struct pool *out,
    struct fault *f)
{
	if (n > RESCUE_LANES_MAX)
		return fail(f, E_LIMIT, "day", "This is too much for one look. Choose fewer days, or one technician.");
	for (size_t i = 0; i < n; i++) {
		const struct lane *lane = l[i].lane;
		struct lane over = *lane;
		struct lane_stop *stops = arena_array(a, struct lane_stop, lane->stops);
		size_t k = 0;

		for (size_t s = 0; s < lane->stops; s++)
			if (!open_still(&lane->stop[s]))
				stops[k++] = lane->stop[s];
		over.stop = stops;
		over.stops = k;
		over.has_end = false;
		over.lunch_s = 0;
		over.ways = lane_ways(&over, NULL, pace, a);
		out->free_s[i] = lane_times(&over, a, arena_array(a, struct lane_time, k + 1));
		if (lane->now_s != INT32_MIN && lane->now_s != INT32_MAX && out->free_s[i] < lane->now_s)
			out->free_s[i] = lane->now_s;
		lane_whereabouts(lane, &out->placed[i], &out->at[i]);
		for (int way = 1; way >= 0; way--)
			for (size_t s = 0; s < lane->stops; s++) {
				if (!open_still(&lane->stop[s]) || (lane->stop[s].state == VISIT_ON_WAY) != (way == 1))
					continue;
				if (out->n == RESCUE_STOPS_MAX)
					return fail(f, E_LIMIT, "day", "This is too much for one look. Choose fewer days, or one technician.");
				out->lane[out->n] = (uint32_t)i;
				out->stop[out->n++] = &lane->stop[s];
				out->on_way[i] += (uint32_t)way;
			}
	}
	return OK;
}

/* What fetching its part takes before a stop: the time there and the way from there; the board counts the way to it. */
static int32_t
errand_s(const struct lane_stop *s, const struct lane *l, const struct pace *pace)
{
	if (!lane_fetches(s))
		return 0;
	return (int32_t)s->fetch_minutes * 60 +
	    (l->supplied && s->placed ? way_estimate(l->supply, s->at, pace).seconds : LANE_UNKNOWN_WAY_S);
}

/*
 * Places: first where each lane is free, then the stops. Who may go where stands in skills: a movable stop wants the bit
 * of its own number, and a lane has it if its technician may be sent there; all other stops stay with their technician.
 */
static void
state_problem(const struct rescue_lane *l, size_t n, const struct pool *p, const struct pace *pace, struct arena *a, struct problem *out,
    struct plan *day)
{
	const size_t places = n + p->n;
	struct spot *at = arena_array(a, struct spot, places + 1);
	struct stop *stop = arena_array(a, struct stop, p->n + 1);
	struct window *window = arena_array(a, struct window, p->n + 1);
	struct shift *shift = arena_array(a, struct shift, n);
	const struct lane_stop *movable[RESCUE_MOVABLE_MAX];
	const size_t movables = rescue_movable(l, n, movable);

	for (size_t i = 0; i < places; i++)
		at[i] = i < n ? p->at[i] : p->stop[i - n]->at;
	struct ways *ways = arena_new(a, struct ways);
	*ways = ways_estimate(at, (uint32_t)places, pace, a);
	for (size_t i = 0; i < places; i++)
		for (size_t k = 0; k < places; k++)
			if (i != k && (!(i < n ? p->placed[i] : p->stop[i - n]->placed) || !(k < n ? p->placed[k] : p->stop[k - n]->placed)))
				ways->seconds[i * places + k] = LANE_UNKNOWN_WAY_S;
	for (size_t i = 0; i < n; i++) {
		shift[i] = (struct shift){.tech = (uint32_t)i, .start = (uint32_t)i, .end = ROUTING_NOWHERE, .from_s = p->free_s[i],
		    .to_s = l[i].lane->to_s > p->free_s[i] ? l[i].lane->to_s : p->free_s[i], .capacity = INT32_MAX};
		if (l[i].lane->lunch_s > 0 && l[i].lane->lunch_to_s >= p->free_s[i]) {
			shift[i].lunch_s = l[i].lane->lunch_s;
			shift[i].lunch = (struct window){l[i].lane->lunch_from_s, l[i].lane->lunch_to_s};
		}
		for (int g = 0; g < DISPATCH_GOODS; g++)
			shift[i].van[g] = (int32_t)l[i].van[g];
		for (size_t m = 0; m < movables; m++)
			if (l[i].may[m])
				shift[i].skills |= UINT64_C(1) << m;
	}
	day->route = arena_array(a, struct route, n);
	day->pattern = arena_array(a, uint64_t, p->n + 1);
	for (size_t i = 0; i < n; i++)
		day->route[i].stop = arena_array(a, uint32_t, p->n + 1);
	for (uint32_t i = 0; i < p->n; i++) {
		const struct lane_stop *s = p->stop[i];
		const uint32_t lane = p->lane[i];
		const uint32_t(*takes)[DISPATCH_GOODS] = l[lane].takes;
		const int32_t first_s = errand_s(s, l[lane].lane, pace); /* a way by the supply house lies before it */
		bool moves = false;

		window[i] = (struct window){s->from_minute.is ? (int32_t)s->from_minute.v * 60 : 0,
		    s->to_minute.is ? (int32_t)s->to_minute.v * 60 : 2 * 86400};
		window[i].from_s = window[i].from_s > first_s ? window[i].from_s - first_s : 0;
		window[i].to_s = window[i].to_s > first_s ? window[i].to_s - first_s : 0;
		stop[i] = (struct stop){.place = (uint32_t)n + i, .service_s = (int32_t)s->minutes * 60 + first_s, .window = &window[i],
		    .windows = 1, .usual_tech = lane, .prize = LEFT_OUT};
		for (int g = 0; takes != NULL && !s->fetches && g < DISPATCH_GOODS; g++)
			stop[i].goods[g] = (int32_t)takes[s - l[lane].lane->stop][g];
		for (size_t m = 0; m < movables; m++)
			if (movable[m] == s) {
				stop[i].skills = UINT64_C(1) << m;
				shift[lane].skills |= UINT64_C(1) << m;
				moves = true;
			}
		stop[i].usual_only = !moves;
		day->route[lane].stop[day->route[lane].stops++] = i;
		day->pattern[i] = 1;
	}
	*out = (struct problem){.matrix = ways_matrix(ways), .stop = stop, .stops = p->n, .shift = shift,
	    .shifts = (uint32_t)n, .days = 1, .price = {.late_s = DISPATCH_LATE_PRICE, .overtime_s = DISPATCH_OVERTIME_PRICE,
	    .overload = DISPATCH_OVER_PRICE}};
}
