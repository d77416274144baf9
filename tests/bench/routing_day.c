/*
 * tests/bench/routing_day.c -- running days of the synthetic pool city: routing_day eleven|events SEEDS
 *
 * R10/R11: at 11:00 an urgent repair with a window of three hours comes in; offers and re-plans are
 * timed. Then whole days with events: overruns (lognormal 0.35), 3 % gates locked, 2 % cancelled,
 * an urgent repair for every 40 stops, a technician sick on one day in ten, traffic x 1.15 to 1.4
 * for two hours, a late start. The simulator reveals them in the order of time and drives on with
 * what the solver answers. It has its own arithmetic of the clock.
 */
#include <math.h>
#include <stdlib.h>

#include "domain/routing/offers.h"
#include "domain/routing/replan.h"
#include "fcgi/route/city.h"
#include "tests/bench/routing.h"

#define ROUNDS      800 /* of a re-plan */
#define MOVE_TECH   150
#define MOVE_TIME   40
#define TOLERANCE_S 900
#define EVENTS_MAX  256
#define SAMPLES_MAX 8192

enum event_kind { CANCEL, URGENT, SICK, TRAFFIC, LATE_START };

struct event {
	int32_t at_s;
	enum event_kind kind;
	uint32_t who; /* stop or technician */
};

/* One technician's day as it really goes. */
struct tech {
	uint32_t *stop;
	uint32_t stops, done;
	uint32_t place;
	int32_t free_s;
	int32_t ends_s; /* home */
	bool sick;
};

struct day {
	struct arena *a;
	struct city city;
	uint64_t random;
	uint32_t planned; /* stops below are of the morning, those above may become urgent */
	int32_t *legs;
	uint32_t places;
	struct window *window;
	int32_t *real_s; /* service as it will be */
	bool *gone, *known, *served;
	int32_t *told_s; /* the time the customer was told */
	struct tech *tech;
	int32_t slow_from_s, slow_to_s;
	double slow;
};

struct sums {
	double drive_s, paid_s, overtime_s, stops, in_window, as_told, left, spilled, urgent, urgent_in,
	    events, moved, shifted;
	double *offer_ms, *replan_ms;
	size_t offers, replans;
};

static double
draw(uint64_t *x)
{
	uint64_t z = (*x += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return (double)((z ^ (z >> 31)) >> 11) * (1.0 / 9007199254740992.0);
}

static double
normal(uint64_t *x)
{
	double u = draw(x), v = draw(x);

	return sqrt(-2 * log(u > 1e-300 ? u : 1e-300)) * cos(2 * M_PI * v);
}

static struct day
open_day(unsigned techs, uint64_t seed)
{
	struct day d = {
	    .a = arena_open(1 << 24, (size_t)2 << 30, NULL), .random = seed * 77 + 5, .slow = 1};
	unsigned n;

	d.city = city_make(techs, 17, seed, d.a);
	n = d.city.stops;
	d.planned = techs * 16;
	d.places = techs + n;
	d.legs = arena_array(d.a, int32_t, (size_t)d.places * d.places);
	for (unsigned i = 0; i < d.places; i++)
		for (unsigned j = 0; j < d.places; j++)
			d.legs[i * d.places + j] = city_travel_s(&d.city, i, j);
	d.window = arena_array(d.a, struct window, n);
	d.real_s = arena_array(d.a, int32_t, n);
	d.gone = arena_array(d.a, bool, n);
	d.known = arena_array(d.a, bool, n);
	d.served = arena_array(d.a, bool, n);
	d.told_s = arena_array(d.a, int32_t, n);
	for (unsigned i = 0; i < n; i++) {
		const struct city_stop *s = &d.city.stop[i];

		d.window[i] = (struct window){s->from_s, s->to_s};
		d.known[i] = i < d.planned;
		d.real_s[i] = (int32_t)(s->service_s * exp(.35 * normal(&d.random)));
		if (draw(&d.random) < .03)
			d.real_s[i] = 300; /* the gate is locked */
		d.told_s[i] = -1;
	}
	d.tech = arena_array(d.a, struct tech, techs);
	for (unsigned t = 0; t < techs; t++)
		d.tech[t] = (struct tech){
		    arena_array(d.a, uint32_t, n + 1), 0, 0, t, d.city.tech[t].from_s, 0, false};
	return d;
}

/* What is left of the day from here on, as a problem and a plan. */
static void
pose(const struct day *d, struct problem *p, struct plan *plan, uint32_t *number, struct arena *a)
{
	uint32_t n = 0, of[8192];
	struct stop *stop = arena_array(a, struct stop, d->city.stops + 1);
	struct shift *shift = arena_array(a, struct shift, d->city.techs + 1);

	*plan = (struct plan){.route = arena_array(a, struct route, d->city.techs + 1),
	    .pattern = arena_array(a, uint64_t, d->city.stops + 1)};
	for (uint32_t i = 0; i < d->city.stops; i++) {
		const struct city_stop *s = &d->city.stop[i];

		if (!d->known[i] || d->gone[i] || d->served[i])
			continue;
		of[i] = n;
		number[n] = i;
		stop[n++] = (struct stop){.place = d->city.techs + i,
		    .service_s = s->service_s,
		    .window = &d->window[i],
		    .windows = 1,
		    .skills = (UINT64_C(1) << s->skill) & ~UINT64_C(1),
		    .prize = INT64_C(1) << 26,
		    .usual_tech = ROUTING_NO_STOP};
	}
	for (uint32_t t = 0; t < d->city.techs; t++) {
		const struct tech *x = &d->tech[t];
		struct route *r = &plan->route[t];

		shift[t] = (struct shift){.tech = t,
		    .start = x->place,
		    .end = t,
		    .from_s = x->free_s,
		    .to_s = d->city.tech[t].from_s + CITY_SHIFT_S,
		    .skills = x->sick ? 0 : d->city.tech[t].skills,
		    .capacity = INT32_MAX / 4};
		if (shift[t].to_s < shift[t].from_s)
			shift[t].to_s = shift[t].from_s;
		r->stop = arena_array(a, uint32_t, d->city.stops + 1);
		for (uint32_t i = x->done; i < x->stops; i++)
			if (!d->gone[x->stop[i]] && !x->sick)
				r->stop[r->stops++] = of[x->stop[i]];
		for (uint32_t i = 0; i < r->stops; i++)
			plan->pattern[r->stop[i]] = 1;
		if (x->sick) /* nobody who needs nothing may be given to them either */
			shift[t].from_s = shift[t].to_s = 1 << 20;
	}
	*p = (struct problem){.matrix = {d->places, d->legs, d->legs},
	    .stop = stop,
	    .stops = n,
	    .shift = shift,
	    .shifts = d->city.techs,
	    .days = 1,
	    .price = {.late_s = 20, .overtime_s = 5, .overload = 1}};
}

/* Give everybody their new rest of the day; new customers are told a time. */
static void
adopt(struct day *d, const struct problem *p, const struct plan *plan, const uint32_t *number)
{
	for (uint32_t t = 0; t < d->city.techs; t++) {
		struct tech *x = &d->tech[t];
		int32_t clock_s = x->free_s;
		uint32_t here = x->place;

		x->stops = x->done;
		for (uint32_t i = 0; i < plan->route[t].stops; i++) {
			uint32_t stop = number[plan->route[t].stop[i]],
				 place = d->city.techs + stop;

			x->stop[x->stops++] = stop;
			clock_s += d->legs[here * d->places + place];
			clock_s =
			    clock_s < d->window[stop].from_s ? d->window[stop].from_s : clock_s;
			if (d->told_s[stop] < 0)
				d->told_s[stop] = clock_s;
			clock_s += p->stop[plan->route[t].stop[i]].service_s;
			here = place;
		}
	}
}

/* Everybody drives on to whatever they have left for by then. */
static void
drive_until(struct day *d, int32_t at_s, struct sums *s)
{
	for (uint32_t t = 0; t < d->city.techs; t++) {
		struct tech *x = &d->tech[t];

		while (x->done < x->stops && x->free_s <= at_s && !x->sick) {
			uint32_t stop = x->stop[x->done++], place = d->city.techs + stop;
			double way = d->legs[x->place * d->places + place];

			if (d->gone[stop])
				continue;
			if (x->free_s >= d->slow_from_s && x->free_s < d->slow_to_s)
				way *= d->slow;
			s->drive_s += way;
			x->free_s += (int32_t)way;
			x->free_s =
			    x->free_s < d->window[stop].from_s ? d->window[stop].from_s : x->free_s;
			s->stops++;
			s->spilled += x->free_s > d->city.tech[t].from_s + CITY_SHIFT_S;
			s->in_window += x->free_s <= d->window[stop].to_s;
			s->as_told += abs(x->free_s - d->told_s[stop]) <= 1800;
			s->urgent_in += stop >= d->planned && x->free_s <= d->window[stop].to_s;
			d->served[stop] = true;
			x->free_s += d->real_s[stop];
			x->place = place;
			x->ends_s = x->free_s + d->legs[place * d->places + t];
		}
	}
}

static void
morning(struct day *d, double seconds, uint64_t seed)
{
	struct arena *a = arena_open(1 << 22, (size_t)1 << 30, NULL);
	struct bench_budget b = {.from_s = bench_cpu(), .for_s = seconds};
	struct solve_options o = {.seed = seed, .spent = bench_spent, .ctx = &b};
	uint32_t *number = arena_array(a, uint32_t, d->city.stops + 1);
	struct fault f = {0};
	struct problem p;
	struct plan plan;

	pose(d, &p, &plan, number, a);
	p.price.late_s = p.price.overtime_s = 1000;
	if (solve(&p, &o, a, &plan, &f) != OK)
		abort();
	adopt(d, &p, &plan, number);
	arena_close(a);
}

static int64_t
drive_of(const struct problem *p, const struct plan *plan)
{
	int64_t sum = 0;

	for (uint32_t l = 0; l < p->shifts; l++) {
		uint32_t here = p->shift[l].start;

		for (uint32_t i = 0; i < plan->route[l].stops; i++) {
			sum += p->matrix.seconds[here * p->matrix.places +
						 p->stop[plan->route[l].stop[i]].place];
			here = p->stop[plan->route[l].stop[i]].place;
		}
		if (plan->route[l].stops > 0)
			sum += p->matrix.seconds[here * p->matrix.places + p->shift[l].end];
	}
	return sum;
}

/* Price the newest stop against everybody, then plan again. What it cost in drive is returned. */
static int64_t
answer(struct day *d, uint32_t urgent, uint64_t seed, struct sums *s, bool take)
{
	struct arena *a = arena_open(1 << 22, (size_t)1 << 30, NULL);
	uint32_t *number = arena_array(a, uint32_t, d->city.stops + 1);
	struct replan_change change;
	struct fault f = {0};
	struct problem p;
	struct plan plan, out;
	struct replan_options o = {.day = &plan,
	    .move_tech = MOVE_TECH,
	    .move_time = MOVE_TIME,
	    .tolerance_s = TOLERANCE_S,
	    .seed = seed,
	    .iterations = ROUNDS};
	double from_s;
	int64_t before;

	pose(d, &p, &plan, number, a);
	before = drive_of(&p, &plan);
	for (uint32_t i = 0; urgent != ROUTING_NO_STOP && i < p.stops; i++)
		if (number[i] == urgent) {
			struct offer offer[OFFERS_MAX];
			size_t n;

			from_s = bench_cpu();
			if (offers(&p, &plan, NULL, i, 1, offer, &n, &f) != OK)
				abort();
			s->offer_ms[s->offers++ % SAMPLES_MAX] = 1000 * (bench_cpu() - from_s);
		}
	from_s = bench_cpu();
	if (replan(&p, &o, a, &out, &change, &f) != OK)
		abort();
	s->replan_ms[s->replans++ % SAMPLES_MAX] = 1000 * (bench_cpu() - from_s);
	s->moved += change.moved_tech;
	s->shifted += change.moved_time;
	s->left += urgent != ROUTING_NO_STOP && !take && out.left_out > 0;
	if (take)
		adopt(d, &p, &out, number);
	before = drive_of(&p, &out) - before;
	arena_close(a);
	return before;
}

static int
by_value(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;

	return a < b ? -1 : a > b;
}

static double
quantile(double *x, size_t n, double q)
{
	n = n > SAMPLES_MAX ? SAMPLES_MAX : n;
	qsort(x, n, sizeof(*x), by_value);
	return n == 0 ? 0 : x[(size_t)(q * (double)(n - 1) + .5)];
}

static struct sums
open_sums(struct arena *a)
{
	return (struct sums){.offer_ms = arena_array(a, double, SAMPLES_MAX),
	    .replan_ms = arena_array(a, double, SAMPLES_MAX)};
}

/* R10, R11: every reserve stop is tried as the urgent one of a day frozen at 11:00. */
static void
eleven(unsigned techs, unsigned seeds)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	struct sums s = open_sums(a), unused = open_sums(a);
	double extra = 0, trials = 0, left = 0;
	double offer_ms, replan_ms;

	for (unsigned seed = 1; seed <= seeds; seed++) {
		struct day d = open_day(techs, seed);

		for (uint32_t i = 0; i < d.city.stops; i++)
			d.real_s[i] = d.city.stop[i].service_s;
		morning(&d, 1, seed);
		drive_until(&d, 11 * 3600, &unused);
		for (uint32_t i = 0; i < d.planned; i++)
			left += !d.served[i] / (double)seeds;
		for (uint32_t i = d.planned; i < d.city.stops; i++) {
			d.known[i] = true;
			d.window[i] = (struct window){11 * 3600, 14 * 3600};
			extra += (double)answer(&d, i, i, &s, false);
			trials++;
			d.known[i] = false;
		}
		arena_close(d.a);
	}
	offer_ms = quantile(s.offer_ms, s.offers, .99);
	replan_ms = quantile(s.replan_ms, s.replans, .99);
	printf("R10 %u technicians, %.0f stops left at 11:00, %.0f urgent jobs: offers p50 %.2f "
	       "p99 %.2f ms, re-plan p50 %.1f "
	       "p99 %.1f ms: at most 5 / 100 %s, 1 / 20 %s\n",
	    techs, left, trials, quantile(s.offer_ms, s.offers, .5), offer_ms,
	    quantile(s.replan_ms, s.replans, .5), replan_ms,
	    offer_ms <= 5 && replan_ms <= 100 ? "reached" : "NOT reached",
	    offer_ms <= 1 && replan_ms <= 20 ? "reached" : "not reached");
	printf("R11 extra drive %+.0f s, %.2f stops moved to another technician, %.2f times moved "
	       "by more than 15 min, %.0f "
	       "not placed: at most +900 %s, +400 %s (VROOM warm -x0 +1184, 4.8, 14; -x5 +214, "
	       "7.8, 24)\n",
	    extra / trials, s.moved / trials, s.shifted / trials, s.left,
	    extra <= 900 * trials && s.moved <= 2 * trials && s.shifted <= 5 * trials
		? "reached"
		: "NOT reached",
	    extra <= 400 * trials && s.moved <= 2 * trials && s.shifted <= 5 * trials
		? "reached"
		: "not reached");
	fflush(stdout);
	arena_close(a);
}

static int
by_time(const void *x, const void *y)
{
	return ((const struct event *)x)->at_s - ((const struct event *)y)->at_s;
}

static size_t
draw_events(struct day *d, struct event *event)
{
	size_t n = 0;
	uint64_t *r = &d->random;

	for (uint32_t i = 0; i < d->planned; i++)
		if (draw(r) < .02)
			event[n++] =
			    (struct event){(int32_t)(8 * 3600 + draw(r) * 6 * 3600), CANCEL, i};
	for (uint32_t i = d->planned; i < d->city.stops; i++)
		if (draw(r) < d->planned / 40.0 / d->city.techs)
			event[n++] =
			    (struct event){(int32_t)(8 * 3600 + draw(r) * 5 * 3600), URGENT, i};
	if (draw(r) < .1)
		event[n++] = (struct event){6 * 3600, SICK, (uint32_t)(draw(r) * d->city.techs)};
	event[n++] = (struct event){6 * 3600, LATE_START, (uint32_t)(draw(r) * d->city.techs)};
	event[n++] = (struct event){(int32_t)(8 * 3600 + draw(r) * 6 * 3600), TRAFFIC, 0};
	qsort(event, n, sizeof(*event), by_time);
	return n;
}

static void
happen(struct day *d, const struct event *e, struct sums *s)
{
	switch (e->kind) {
	case CANCEL:
		d->gone[e->who] = true;
		break;
	case URGENT:
		d->known[e->who] = true;
		d->window[e->who] = (struct window){e->at_s, e->at_s + 3 * 3600};
		s->urgent++;
		break;
	case SICK:
		d->tech[e->who].sick = true;
		break;
	case LATE_START:
		d->tech[e->who].free_s += 2700;
		break;
	case TRAFFIC:
		d->slow_from_s = e->at_s;
		d->slow_to_s = e->at_s + 7200;
		d->slow = 1.15 + .25 * draw(&d->random);
		break;
	}
}

static void
event_days(unsigned techs, unsigned seeds)
{
	struct arena *a = arena_open(1 << 20, 1 << 26, NULL);
	struct sums s = open_sums(a);

	for (unsigned seed = 1; seed <= seeds; seed++) {
		struct day d = open_day(techs, seed);
		struct event event[EVENTS_MAX];
		size_t n;

		morning(&d, 1, seed);
		n = draw_events(&d, event);
		for (size_t e = 0; e < n; e++) {
			drive_until(&d, event[e].at_s, &s);
			if (event[e].kind == CANCEL && d.served[event[e].who])
				continue;
			happen(&d, &event[e], &s);
			(void)answer(&d, event[e].kind == URGENT ? event[e].who : ROUTING_NO_STOP,
			    seed * 100 + e, &s, true);
			s.events++;
		}
		drive_until(&d, 1 << 20, &s);
		for (uint32_t t = 0; t < techs; t++) {
			int32_t to_s = d.city.tech[t].from_s + CITY_SHIFT_S;

			s.drive_s += d.legs[d.tech[t].place * d.places + t];
			s.paid_s +=
			    d.tech[t].ends_s > 0 ? d.tech[t].ends_s - d.city.tech[t].from_s : 0;
			s.overtime_s += d.tech[t].ends_s > to_s ? d.tech[t].ends_s - to_s : 0;
		}
		for (uint32_t i = 0; i < d.city.stops; i++)
			s.left += d.known[i] && !d.gone[i] && !d.served[i];
		arena_close(d.a);
	}
	printf("%3u x 16  %4.1f  %6.2f  %8.0f  %6.0f  %6.1f  %6.1f  %4.0f of %-4.0f  %5.1f  %5.1f  %6.2f  "
	       "%6.2f  %5.2f %5.2f  %5.1f %5.1f  %8.0f\n",
	    techs, s.events / seeds, s.drive_s / 60 / s.stops, s.paid_s / 60 / seeds,
	    s.overtime_s / 60 / seeds, 100 * s.in_window / s.stops, 100 * s.as_told / s.stops,
	    s.urgent_in, s.urgent, s.left / seeds, s.spilled / seeds, s.moved / s.events, s.shifted / s.events,
	    quantile(s.offer_ms, s.offers, .5), quantile(s.offer_ms, s.offers, .99),
	    quantile(s.replan_ms, s.replans, .5), quantile(s.replan_ms, s.replans, .99),
	    paid_equivalent(s.paid_s / 60 / seeds, s.overtime_s / 60 / seeds, s.left / seeds, (s.stops - s.in_window) / seeds,
		s.moved / seeds, s.shifted / seeds));
	fflush(stdout);
	arena_close(a);
}

int
main(int argc, char **argv)
{
	unsigned seeds = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 3;

	if (argc < 2)
		return 2;
	if (strcmp(argv[1], "eleven") == 0) {
		eleven(10, seeds);
		eleven(25, seeds);
		return 0;
	}
	printf("days with events (means of %u days)\n"
	       "          events  drive    paid    over-  in win-  as told  urgent in   left  spilled  "
	       "moved   times   offers ms  re-plan ms  paid min\n"
	       "          a day   a stop   min     time   dow %%    +-30 %%   window      out   over     "
	       "an event       p50   p99  p50   p99  equivalent\n",
	    seeds);
	event_days(10, seeds);
	event_days(25, seeds);
	printf("spilled over: begun after the shift's end; paid minutes equivalent: " PAID_EQUIVALENT "\n");
	return 0;
}
