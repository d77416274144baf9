/*
 * fcgi/route/city.c -- the synthetic pool city: technicians at home, neighbourhoods, windows,
 * skills.
 *
 * Deterministic by seed: splitmix64 and great circles only, so that another program can make the
 * same city and compare its plans. A benchmark's input; nothing in the product uses it.
 */
#include "fcgi/route/city.h"

#include <math.h>

#define HOUR 3600
#define PI   3.141592653589793

enum job_type { RESIDENTIAL, REPAIR, COMMERCIAL };

struct spot {
	double x_km, y_km;
};

/* What is drawn, in this order and no other. */
struct dice {
	uint64_t random;
	double side_km;
	unsigned centres;
	struct spot *centre;
	double *weight, weights;
};

static double draw(uint64_t *state);
static double draw_normal(struct dice *c);
static int draw_between(struct dice *c, int from, int to);
static struct spot draw_spot(struct dice *c, double spread);
static void draw_centres(struct dice *c, struct arena *a, unsigned stops);
static struct city_stop draw_customer(struct dice *c);
static struct city_tech draw_tech(struct dice *c, unsigned n);
static void to_degrees(struct spot at, double *out);
static void print_vehicles(const struct city *city, struct buf *out);
static void print_jobs(const struct city *city, struct buf *out);

struct city
city_make(unsigned techs, unsigned stops_each, uint64_t seed, struct arena *a)
{
	struct dice c = {.random = seed, .side_km = 14 + 4.2 * sqrt(techs)};
	struct city city = {.seed = seed, .techs = techs, .stops = techs * stops_each};

	city.tech = arena_array(a, struct city_tech, techs + 1);
	city.stop = arena_array(a, struct city_stop, city.stops + 1);
	draw_centres(&c, a, city.stops);
	for (unsigned n = 0; n < techs; n++)
		to_degrees(draw_spot(&c, 1.1), city.tech[n].at);
	for (unsigned n = 0; n < city.stops; n++)
		city.stop[n] = draw_customer(&c);
	for (unsigned n = 0; n < techs; n++) {
		struct city_tech t = draw_tech(&c, n);

		city.tech[n].from_s = t.from_s;
		city.tech[n].skills = t.skills;
	}
	return city;
}

void
city_print(const struct city *city, struct buf *out)
{
	unsigned places = city->techs + city->stops;

	print_vehicles(city, out);
	print_jobs(city, out);
	buf_add(out, STR(", \"matrices\": {\"car\": {\"durations\": ["));
	for (unsigned i = 0; i < places; i++) {
		buf_add(out, i > 0 ? STR(", [") : STR("["));
		for (unsigned j = 0; j < places; j++) {
			if (j > 0)
				buf_add(out, STR(", "));
			buf_i64(out, city_travel_s(city, i, j));
		}
		buf_char(out, ']');
	}
	buf_add(out, STR("]}}}\n"));
}

static void
to_degrees(struct spot at, double *out)
{
	out[0] = 33.45 + at.y_km * (1 / 111.2);
	out[1] = -112.07 + at.x_km * (1 / 92.6);
}

static uint64_t
next_u64(uint64_t *state)
{
	uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

/* In [0, 1) */
static double
draw(uint64_t *state)
{
	return (double)(next_u64(state) >> 11) * (1.0 / 9007199254740992.0);
}

static double
draw_normal(struct dice *c)
{
	double u = draw(&c->random), v = draw(&c->random);

	return sqrt(-2 * log(u > 1e-300 ? u : 1e-300)) * cos(2 * PI * v);
}

static int
draw_between(struct dice *c, int from, int to)
{
	return from + (int)(draw(&c->random) * (to - from + 1));
}

static struct spot
draw_spot(struct dice *c, double spread)
{
	double x = (draw(&c->random) - .5) * c->side_km * spread;
	double y = (draw(&c->random) - .5) * c->side_km * spread;

	return (struct spot){x, y};
}

static void
draw_centres(struct dice *c, struct arena *a, unsigned stops)
{
	c->centres = stops / 25 > 4 ? stops / 25 : 4;
	c->centre = arena_array(a, struct spot, c->centres);
	c->weight = arena_array(a, double, c->centres);
	for (unsigned n = 0; n < c->centres; n++)
		c->centre[n] = draw_spot(c, 1);
	for (unsigned n = 0; n < c->centres; n++) {
		double u = draw(&c->random);

		c->weight[n] = 0.3 + u * u * 3;
		c->weights += c->weight[n];
	}
}

static struct city_stop
draw_customer(struct dice *c)
{
	enum job_type type = RESIDENTIAL;
	struct city_stop x = {.from_s = 6 * HOUR, .to_s = 20 * HOUR};
	struct spot at;
	double q, minutes;

	if (draw(&c->random) < .15)
		at = draw_spot(c, 1);
	else {
		double w = draw(&c->random) * c->weights;
		unsigned n = 0;

		for (; n < c->centres - 1 && w > c->weight[n]; n++)
			w -= c->weight[n];
		at.x_km = c->centre[n].x_km + draw_normal(c) * 1.1;
		at.y_km = c->centre[n].y_km + draw_normal(c) * 1.1;
	}
	q = draw(&c->random);
	minutes = 18 * exp(.35 * draw_normal(c));
	x.service_s = (int)(60 * (minutes < 10 ? 10 : minutes > 45 ? 45 : minutes));
	if (q < .07) {
		type = REPAIR;
		x.service_s = 60 * draw_between(c, 40, 100);
	} else if (q < .15) {
		type = COMMERCIAL;
		x.service_s = 60 * draw_between(c, 35, 60);
	}
	q = draw(&c->random);
	if (q < .10) {
		int hour = draw_between(c, 7, 14);

		x.from_s = hour * HOUR;
		x.to_s = (hour + 2) * HOUR;
	} else if (q < .25) {
		bool morning = draw(&c->random) < .5;

		x.from_s = (morning ? 7 : 12) * HOUR;
		x.to_s = (morning ? 12 : 17) * HOUR;
	}
	x.skill = (unsigned)type;
	to_degrees(at, x.at);
	return x;
}

static struct city_tech
draw_tech(struct dice *c, unsigned n)
{
	struct city_tech t = {.from_s = 23400 + 900 * draw_between(c, 0, 6)};
	/* both are always drawn, as `or` would not */
	bool repairs = draw(&c->random) < .4 || n % 3 == 0;
	bool commercial = draw(&c->random) < .5 || n % 2 == 0;

	t.skills = (repairs ? 1U << REPAIR : 0) | (commercial ? 1U << COMMERCIAL : 0);
	return t;
}

/* Great circle x 1.32, three speed bands, a minute to park, +-7 % by a hash of the pair. */
int
city_travel_s(const struct city *city, unsigned i, unsigned j)
{
	const double *from = i < city->techs ? city->tech[i].at : city->stop[i - city->techs].at;
	const double *to = j < city->techs ? city->tech[j].at : city->stop[j - city->techs].at;
	double rad = PI / 180, p1 = from[0] * rad, p2 = to[0] * rad, dl = (to[1] - from[1]) * rad;
	double sp = sin((p2 - p1) / 2), sl = sin(dl / 2), d, part, t = 60;
	uint64_t hash = city->seed * 1000003 + (uint64_t)i * 8191 + (uint64_t)j * 131071 + 7;

	if (i == j)
		return 0;
	d = 2 * 6371000.0 * asin(sqrt(sp * sp + cos(p1) * cos(p2) * (sl * sl))) * 1.32;
	part = d < 3000 ? d : 3000;
	t += part / (28 / 3.6);
	d -= part;
	part = d < 12000 ? d : 12000;
	t += part / (42 / 3.6);
	d -= part;
	t += d / (75 / 3.6);
	return (int)(t * (0.93 + 0.14 * draw(&hash)) + 0.5);
}

static void
print_vehicles(const struct city *city, struct buf *out)
{
	buf_add(out, STR("{\"vehicles\": ["));
	for (unsigned n = 0; n < city->techs; n++) {
		const struct city_tech *t = &city->tech[n];
		bool repairs = (t->skills >> REPAIR & 1) != 0,
		     commercial = (t->skills >> COMMERCIAL & 1) != 0;

		buf_printf(out,
		    "%s{\"id\": %u, \"start_index\": %u, \"end_index\": %u, \"time_window\": [%d, "
		    "%d], "
		    "\"skills\": [%s%s%s]}",
		    n > 0 ? ", " : "", n, n, n, t->from_s, t->from_s + CITY_SHIFT_S,
		    repairs ? "1" : "", repairs && commercial ? ", " : "", commercial ? "2" : "");
	}
	buf_char(out, ']');
}

static void
print_jobs(const struct city *city, struct buf *out)
{
	static const char *const skills[] = {"", "1", "2"};

	buf_add(out, STR(", \"jobs\": ["));
	for (unsigned n = 0; n < city->stops; n++) {
		const struct city_stop *c = &city->stop[n];

		buf_printf(out,
		    "%s{\"id\": %u, \"location_index\": %u, \"service\": %d, "
		    "\"time_windows\": [[%d, %d]], \"skills\": [%s]}",
		    n > 0 ? ", " : "", n, city->techs + n, c->service_s, c->from_s, c->to_s,
		    skills[c->skill]);
	}
	buf_char(out, ']');
}
