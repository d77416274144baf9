/*
 * domain/dispatch/board.c -- when the stops of a day will be, and where another one fits.
 */
#include "domain/dispatch/board.h"

#include "domain/routing/offers.h"

/* Detour and pace: ways in towns are about 1.35 times as long as the great circle, at 36 km/h; a minute to park. */
#define DETOUR_PERCENT 135
#define PACE_M_PER_S 10
#define PARK_S 60
#define UNKNOWN_WAY_S 720 /* the usual way between two pools of a day */
#define WAY_MAX_S 36000

/* What a minute late costs against a minute driven; a minute after hours. */
#define PRICE_LATE 5
#define PRICE_OVERTIME 3

static int32_t leg(bool a_placed, struct spot a, bool b_placed, struct spot b);
static void over_first(const struct lane *l, struct lane_time *out, int32_t *free_s, bool *placed, struct spot *at);
static int32_t late(const struct lane_stop *s, int32_t begin_s);
static bool open_still(enum visit_state s);

int32_t
way_s(struct spot a, struct spot b)
{
	const int64_t s = spot_distance_m(a, b) * DETOUR_PERCENT / 100 / PACE_M_PER_S + PARK_S;

	return s > WAY_MAX_S ? WAY_MAX_S : (int32_t)s;
}

int32_t
lane_times(const struct lane *l, struct lane_time *out)
{
	int32_t t = l->from_s;
	bool placed = l->placed;
	struct spot at = l->start;

	over_first(l, out, &t, &placed, &at);
	for (size_t i = 0; i < l->stops; i++) {
		const struct lane_stop *s = &l->stop[i];
		int32_t begin;

		if (!open_still(s->state))
			continue;
		out[i].drive_s = leg(placed, at, s->placed, s->at);
		begin = t + out[i].drive_s;
		if (s->state == VISIT_ON_WAY && s->on_way_s >= 0 && s->on_way_s + out[i].drive_s > t)
			begin = s->on_way_s + out[i].drive_s;
		if (begin < l->now_s && l->now_s != INT32_MAX)
			begin = l->now_s;
		if (s->from_minute.is && begin < (int32_t)s->from_minute.v * 60)
			begin = (int32_t)s->from_minute.v * 60;
		out[i].begin_s = begin;
		out[i].late_s = late(s, begin);
		t = out[i].end_s = begin + (int32_t)s->minutes * 60;
		placed = s->placed;
		at = s->at;
	}
	return t;
}

enum err
lane_offer(const struct lane *l, const struct lane_stop *fresh, struct arena *a, struct lane_offer *out, struct fault *f)
{
	struct lane_time *times = arena_array(a, struct lane_time, l->stops);
	struct lane rest = *l;
	bool placed = l->placed;
	struct spot at = l->start;
	size_t n = 0, *from = arena_array(a, size_t, l->stops + 1), found;
	const struct lane_stop **open = arena_array(a, const struct lane_stop *, l->stops + 1);
	int32_t free_s = l->from_s;
	struct offer best[OFFERS_MAX];

	/* What is over or under way stands: the rest begins where that ends. */
	over_first(&rest, times, &free_s, &placed, &at);
	if (l->now_s != INT32_MIN && l->now_s != INT32_MAX && free_s < l->now_s)
		free_s = l->now_s;
	for (size_t i = 0; i < l->stops; i++)
		if (open_still(l->stop[i].state)) {
			from[n] = i;
			open[n++] = &l->stop[i];
		}
	open[n] = fresh;

	/* Place 0 is where the rest begins; place i + 1 that of open[i], the new one last. */
	const size_t places = n + 2;
	int32_t *seconds = arena_array(a, int32_t, places * places);
	struct stop *stop = arena_array(a, struct stop, n + 1);
	struct window *window = arena_array(a, struct window, n + 1);
	for (size_t i = 0; i < places; i++)
		for (size_t k = 0; k < places; k++)
			if (i != k)
				seconds[i * places + k] = leg(i == 0 ? placed : open[i - 1]->placed, i == 0 ? at : open[i - 1]->at,
				    k == 0 ? placed : open[k - 1]->placed, k == 0 ? at : open[k - 1]->at);
	for (size_t i = 0; i <= n; i++) {
		const struct lane_stop *s = open[i];
		const bool wish = s->from_minute.is || s->to_minute.is;

		window[i] = (struct window){s->from_minute.is ? (int32_t)s->from_minute.v * 60 : 0,
		    s->to_minute.is ? (int32_t)s->to_minute.v * 60 : 2 * 86400};
		stop[i] = (struct stop){.place = (uint32_t)i + 1, .service_s = (int32_t)s->minutes * 60,
		    .window = wish ? &window[i] : NULL, .windows = wish, .usual_tech = ROUTING_NO_STOP};
	}
	const struct shift shift = {.start = 0, .end = ROUTING_NOWHERE, .from_s = free_s,
	    .to_s = l->to_s > free_s ? l->to_s : free_s, .capacity = INT32_MAX};
	const struct problem p = {.matrix = {(uint32_t)places, seconds, seconds}, .stop = stop, .stops = (uint32_t)n + 1,
	    .shift = &shift, .shifts = 1, .days = 1,
	    .price = {.late_s = PRICE_LATE, .overtime_s = PRICE_OVERTIME}};
	uint32_t *order = arena_array(a, uint32_t, n + 1);
	struct route route = {order, (uint32_t)n};
	const struct plan plan = {.route = &route, .pattern = arena_array(a, uint64_t, n + 1)};

	for (size_t i = 0; i < n; i++) {
		order[i] = (uint32_t)i;
		plan.pattern[i] = 1;
	}
	TRY(problem_check(&p, f));
	TRY(offers(&p, &plan, NULL, (uint32_t)n, 1, best, &found, f));
	if (found == 0)
		return fail(f, E_INVALID, "tech_id", "There is no place for it on this day.");
	*out = (struct lane_offer){.position = best[0].position,
	    .before_id = best[0].position < n ? l->stop[from[best[0].position]].id : 0, .drive_s = best[0].drive_s,
	    .begin_s = best[0].begin_s, .ends_s = best[0].ends_s, .late_s = best[0].late_s,
	    .overtime_s = best[0].overtime_s, .cost = best[0].cost};
	return OK;
}

/* What is over or under way, in the order in which it happened; then where and when this technician is free. */
static void
over_first(const struct lane *l, struct lane_time *out, int32_t *free_s, bool *placed, struct spot *at)
{
	int32_t last = INT32_MIN;

	for (size_t i = 0; i < l->stops; i++) {
		const struct lane_stop *s = &l->stop[i];
		int32_t begin, end;

		out[i] = (struct lane_time){.begin_s = l->from_s, .end_s = l->from_s};
		if (open_still(s->state))
			continue;
		begin = s->started_s >= 0 ? s->started_s : s->ended_s >= 0 ? s->ended_s : -1;
		if (begin < 0)
			continue; /* skipped before anybody went */
		end = s->ended_s >= begin ? s->ended_s : begin + (int32_t)s->minutes * 60;
		if (s->state == VISIT_STARTED && end < l->now_s && l->now_s != INT32_MAX)
			end = l->now_s;
		out[i] = (struct lane_time){.begin_s = begin, .end_s = end, .late_s = late(s, begin)};
		if (end > last) {
			last = end;
			*placed = s->placed;
			*at = s->at;
		}
	}
	if (last > *free_s)
		*free_s = last;
}

static int32_t
leg(bool a_placed, struct spot a, bool b_placed, struct spot b)
{
	return a_placed && b_placed ? way_s(a, b) : UNKNOWN_WAY_S;
}

static int32_t
late(const struct lane_stop *s, int32_t begin_s)
{
	return s->to_minute.is && begin_s > (int32_t)s->to_minute.v * 60 ? begin_s - (int32_t)s->to_minute.v * 60 : 0;
}

static bool
open_still(enum visit_state s)
{
	return s == VISIT_SCHEDULED || s == VISIT_ON_WAY;
}
