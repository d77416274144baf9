/*
 * fcgi/route/city.c -- the synthetic pool city: technicians at home, neighbourhoods, windows, skills.
 *
 * Deterministic by seed: splitmix64 and great circles only, so that another program can make the same
 * city and compare its plans. A benchmark's input; nothing in the product uses it.
 */
#include "fcgi/route/city.h"

#include <math.h>

#define HOUR 3600
#define PI 3.141592653589793

enum job_type { RESIDENTIAL, REPAIR, COMMERCIAL };

struct spot {
	double x_km, y_km;
};

struct customer {
	struct spot at;
	int service_s, from_s, to_s;
	enum job_type type;
};

struct tech {
	int from_s;
	bool repairs, commercial;
};

struct city {
	uint64_t random;
	double side_km;
	unsigned centres;
	struct spot *centre;
	double *weight, weights;
};

static double draw(uint64_t *state);
static double draw_normal(struct city *c);
static int draw_between(struct city *c, int from, int to);
static struct spot draw_spot(struct city *c, double spread);
static void draw_centres(struct city *c, struct arena *a, unsigned stops);
static struct customer draw_customer(struct city *c);
static struct tech draw_tech(struct city *c, unsigned n);
static int travel_s(uint64_t seed, const double *from, const double *to, uint64_t i, uint64_t j);
static void print_vehicles(const struct tech *t, unsigned techs, struct buf *out);
static void print_jobs(const struct customer *c, unsigned stops, unsigned techs, struct buf *out);

void
city_print(unsigned techs, unsigned stops_each, uint64_t seed, struct arena *a, struct buf *out)
{
	struct city c = {.random = seed, .side_km = 14 + 4.2 * sqrt(techs)};
	unsigned stops = techs * stops_each;
	struct spot *home = arena_array(a, struct spot, techs + 1);
	struct customer *customer = arena_array(a, struct customer, stops + 1);
	struct tech *tech = arena_array(a, struct tech, techs + 1);
	double(*degrees)[2] = arena_alloc(a, (techs + stops + 1) * sizeof(*degrees), alignof(double));

	draw_centres(&c, a, stops);
	for (unsigned n = 0; n < techs; n++)
		home[n] = draw_spot(&c, 1.1);
	for (unsigned n = 0; n < stops; n++)
		customer[n] = draw_customer(&c);
	for (unsigned n = 0; n < techs; n++)
		tech[n] = draw_tech(&c, n);
	for (unsigned n = 0; n < techs + stops; n++) {
		struct spot at = n < techs ? home[n] : customer[n - techs].at;

		degrees[n][0] = 33.45 + at.y_km * (1 / 111.2);
		degrees[n][1] = -112.07 + at.x_km * (1 / 92.6);
	}
	print_vehicles(tech, techs, out);
	print_jobs(customer, stops, techs, out);
	buf_add(out, STR(", \"matrices\": {\"car\": {\"durations\": ["));
	for (unsigned i = 0; i < techs + stops; i++) {
		buf_add(out, i > 0 ? STR(", [") : STR("["));
		for (unsigned j = 0; j < techs + stops; j++) {
			if (j > 0)
				buf_add(out, STR(", "));
			buf_i64(out, travel_s(seed, degrees[i], degrees[j], i, j));
		}
		buf_char(out, ']');
	}
	buf_add(out, STR("]}}}\n"));
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
draw_normal(struct city *c)
{
	double u = draw(&c->random), v = draw(&c->random);

	return sqrt(-2 * log(u > 1e-300 ? u : 1e-300)) * cos(2 * PI * v);
}

static int
draw_between(struct city *c, int from, int to)
{
	return from + (int)(draw(&c->random) * (to - from + 1));
}

static struct spot
draw_spot(struct city *c, double spread)
{
	double x = (draw(&c->random) - .5) * c->side_km * spread;
	double y = (draw(&c->random) - .5) * c->side_km * spread;

	return (struct spot){x, y};
}

static void
draw_centres(struct city *c, struct arena *a, unsigned stops)
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

static struct customer
draw_customer(struct city *c)
{
	struct customer x = {.type = RESIDENTIAL, .from_s = 6 * HOUR, .to_s = 20 * HOUR};
	double q, minutes;

	if (draw(&c->random) < .15)
		x.at = draw_spot(c, 1);
	else {
		double w = draw(&c->random) * c->weights;
		unsigned n = 0;

		for (; n < c->centres - 1 && w > c->weight[n]; n++)
			w -= c->weight[n];
		x.at.x_km = c->centre[n].x_km + draw_normal(c) * 1.1;
		x.at.y_km = c->centre[n].y_km + draw_normal(c) * 1.1;
	}
	q = draw(&c->random);
	minutes = 18 * exp(.35 * draw_normal(c));
	x.service_s = (int)(60 * (minutes < 10 ? 10 : minutes > 45 ? 45 : minutes));
	if (q < .07) {
		x.type = REPAIR;
		x.service_s = 60 * draw_between(c, 40, 100);
	} else if (q < .15) {
		x.type = COMMERCIAL;
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
	return x;
}

static struct tech
draw_tech(struct city *c, unsigned n)
{
	struct tech t = {.from_s = 23400 + 900 * draw_between(c, 0, 6)};

	/* both are always drawn, as `or` would not */
	t.repairs = draw(&c->random) < .4 || n % 3 == 0;
	t.commercial = draw(&c->random) < .5 || n % 2 == 0;
	return t;
}

/* Great circle x 1.32, three speed bands, a minute to park, +-7 % by a hash of the pair. */
static int
travel_s(uint64_t seed, const double *from, const double *to, uint64_t i, uint64_t j)
{
	double rad = PI / 180, p1 = from[0] * rad, p2 = to[0] * rad, dl = (to[1] - from[1]) * rad;
	double sp = sin((p2 - p1) / 2), sl = sin(dl / 2), d, part, t = 60;
	uint64_t hash = seed * 1000003 + i * 8191 + j * 131071 + 7;

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
print_vehicles(const struct tech *t, unsigned techs, struct buf *out)
{
	buf_add(out, STR("{\"vehicles\": ["));
	for (unsigned n = 0; n < techs; n++)
		buf_printf(out, "%s{\"id\": %u, \"start_index\": %u, \"end_index\": %u, \"time_window\": [%d, %d], "
				"\"skills\": [%s%s%s]}",
		    n > 0 ? ", " : "", n, n, n, t[n].from_s, t[n].from_s + 34200, t[n].repairs ? "1" : "",
		    t[n].repairs && t[n].commercial ? ", " : "", t[n].commercial ? "2" : "");
	buf_char(out, ']');
}

static void
print_jobs(const struct customer *c, unsigned stops, unsigned techs, struct buf *out)
{
	static const char *const skills[] = {"", "1", "2"};

	buf_add(out, STR(", \"jobs\": ["));
	for (unsigned n = 0; n < stops; n++)
		buf_printf(out, "%s{\"id\": %u, \"location_index\": %u, \"service\": %d, "
				"\"time_windows\": [[%d, %d]], \"skills\": [%s]}",
		    n > 0 ? ", " : "", n, techs + n, c[n].service_s, c[n].from_s, c[n].to_s,
		    skills[c[n].type]);
	buf_char(out, ']');
}
