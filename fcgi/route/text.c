/* fcgi/route/text.c -- the three text formats. Every refusal names the line and what was expected.
 */
#include "fcgi/route/instance.h"

#include <math.h>

#define PRIZE    (INT64_C(1) << 40) /* a stop that must be served: dearer than any detour */
#define LATE     1000
#define OVERLOAD 100000

struct reader {
	struct str text;
	size_t at;
	unsigned line;
	struct fault *f;
};

struct point {
	double x, y;
};

static enum err
read_pvrp_at(struct str text, int32_t scale, struct arena *a, struct instance *i, struct fault *f);
static bool next_line(struct reader *r, struct str *line);
static enum err want_line(struct reader *r, struct str *line, const char *what);
static size_t numbers(struct str line, double *out, size_t max);
static enum err
want_numbers(struct reader *r, double *out, size_t n, size_t max, size_t *got, const char *what);
static enum err complain(struct reader *r, const char *what);
static void open_instance(struct instance *i, struct arena *a, uint32_t stops, uint32_t shifts);
static enum err whole(struct reader *r, double v, double max, const char *what, int32_t *out);
static void
euclid(struct instance *i, struct arena *a, const struct point *p, uint32_t n, bool floored);

static enum err blame(struct str text, struct arena *a, struct fault *f);

enum err
instance_read(struct str text, enum route_format format, struct arena *a, struct instance *out,
    struct fault *f)
{
	struct instance i = {0};

	i.format = format == ROUTE_AUTO ? instance_guess(text) : format;
	switch (i.format) {
	case ROUTE_VROOM:
		TRY(read_vroom(text, a, &i, f));
		break;
	case ROUTE_VRPLIB:
		TRY(read_vrplib(text, a, &i, f));
		break;
	case ROUTE_PVRP:
		TRY(read_pvrp(text, a, &i, f));
		break;
	default:
		TRY(read_solomon(text, a, &i, f));
		break;
	}
	if (problem_check(&i.problem, f) != OK)
		return i.format == ROUTE_VROOM ? blame(text, a, f) : E_INVALID;
	*out = i;
	return OK;
}

/* Whose number is out of bounds: problem_check names the thing and its number. */
static enum err
blame(struct str text, struct arena *a, struct fault *f)
{
	static const char *const of[][2] = {{"stop", "jobs"}, {"window", "jobs"}, {"pattern", "jobs"}, {"shift", "vehicles"},
	    {"matrix", "matrices"}, {"prices", "prices"}, {"target", "fair"}};

	for (size_t n = 0; n < sizeof(of) / sizeof(*of); n++)
		if (f->field != NULL && strcmp(f->field, of[n][0]) == 0)
			return vroom_blame(text, of[n][1], f->args > 0 ? strtol(f->arg[0], NULL, 10) : -1, a, f);
	return E_INVALID;
}

static const char *const format_names[] = {"auto", "vroom", "solomon", "vrplib", "pvrp"};

bool
route_format_named(const char *name, enum route_format *out)
{
	for (unsigned n = 0; n < ROUTE_FORMATS; n++)
		if (strcmp(name, format_names[n]) == 0) {
			*out = (enum route_format)n;
			return true;
		}
	return false;
}

enum route_format
instance_guess(struct str text)
{
	struct str t = str_trim(text);

	if (t.n > 0 && t.p[0] == '{')
		return ROUTE_VROOM;
	if (str_starts(t, STR("NAME")))
		return ROUTE_VRPLIB;
	if (t.n > 0 && t.p[0] >= '0' && t.p[0] <= '9') {
		double v[5];
		struct str rest, first = str_cut(t, '\n', &rest);

		if (numbers(first, v, 5) == 4)
			return ROUTE_PVRP;
	}
	return ROUTE_SOLOMON;
}

enum err
read_solomon(struct str text, struct arena *a, struct instance *i, struct fault *f)
{
	struct reader r = {text, 0, 0, f};
	struct str line;
	double v[8], *row;
	size_t got, rows = 0, room = 1;
	int32_t vehicles = 0, capacity = 0;
	struct point *p;
	struct window *w;

	TRY(want_line(&r, &line, "a name"));
	while (next_line(&r, &line) && numbers(line, v, 8) != 2)
		;
	if (numbers(line, v, 8) != 2)
		return complain(&r, "a line with the number of vehicles and their capacity");
	TRY(whole(&r, v[0], ROUTING_SHIFTS_MAX, "the number of vehicles", &vehicles));
	TRY(whole(&r, v[1], INT32_MAX / 4, "the capacity", &capacity));
	for (size_t at = 0; at < text.n; at++)
		room += text.p[at] == '\n';
	row = arena_array(a, double, room * 7);
	while (next_line(&r, &line)) {
		got = numbers(line, v, 8);
		if (got == 0 || (got == SIZE_MAX && rows == 0))
			continue; /* headings */
		if (got != 7)
			return complain(
			    &r, "seven numbers: customer, x, y, demand, ready, due, service");
		memcpy(row + 7 * rows++, v, 7 * sizeof(*v));
	}
	if (rows < 1 || rows > ROUTING_STOPS_MAX)
		return complain(&r, "a depot and at most 20,000 customers");
	open_instance(i, a, (uint32_t)rows - 1, (uint32_t)vehicles);
	p = arena_array(a, struct point, rows);
	w = arena_array(a, struct window, rows);
	i->scale = 10;
	for (size_t n = 0; n < rows; n++) {
		double *c = row + 7 * n;
		int32_t demand = 0, ready = 0, due = 0, service = 0;
		struct stop *s = n > 0 ? (struct stop *)&i->problem.stop[n - 1] : NULL;

		p[n] = (struct point){c[1], c[2]};
		TRY(whole(&r, c[3], INT32_MAX / 4, "a demand", &demand));
		TRY(whole(&r, c[4] * 10, ROUTING_SECONDS_MAX, "a ready time", &ready));
		TRY(whole(&r, c[5] * 10, ROUTING_SECONDS_MAX, "a due time", &due));
		TRY(whole(&r, c[6] * 10, ROUTING_SECONDS_MAX, "a service time", &service));
		w[n] = (struct window){ready, due};
		if (s == NULL)
			continue;
		*s = (struct stop){.place = (uint32_t)n,
		    .service_s = service,
		    .window = &w[n],
		    .windows = 1,
		    .load = demand,
		    .prize = PRIZE,
		    .usual_tech = ROUTING_NO_STOP};
		i->stop_id[n - 1] = (uint64_t)c[0];
	}
	for (int32_t n = 0; n < vehicles; n++) {
		((struct shift *)i->problem.shift)[n] = (struct shift){.tech = (uint32_t)n,
		    .from_s = w[0].from_s,
		    .to_s = w[0].to_s,
		    .capacity = capacity};
		i->shift_id[n] = (uint64_t)n + 1;
	}
	euclid(i, a, p, (uint32_t)rows, true);
	return OK;
}

enum err
read_vrplib(struct str text, struct arena *a, struct instance *i, struct fault *f)
{
	struct reader r = {text, 0, 0, f};
	struct str line, value;
	double v[4];
	size_t got;
	int32_t n = 0, capacity = 0, *demand = NULL, depot = 1;
	int64_t load = 0;
	struct point *p = NULL;
	uint32_t fleet;
	bool placed = false, loaded = false;

	while (next_line(&r, &line)) {
		struct str key = str_trim(str_cut(line, ':', &value));

		value = str_trim(value);
		if (str_eq(key, STR("DIMENSION"))) {
			if (numbers(value, v, 4) != 1)
				return complain(&r, "DIMENSION : a number");
			TRY(whole(&r, v[0], ROUTING_STOPS_MAX, "the dimension", &n));
			p = arena_array(a, struct point, (size_t)n + 1);
			demand = arena_array(a, int32_t, (size_t)n + 1);
		} else if (str_eq(key, STR("CAPACITY"))) {
			if (numbers(value, v, 4) != 1)
				return complain(&r, "CAPACITY : a number");
			TRY(whole(&r, v[0], INT32_MAX / 4, "the capacity", &capacity));
		} else if (str_eq(key, STR("EDGE_WEIGHT_TYPE")) && !str_eq(value, STR("EUC_2D")))
			return complain(&r, "EDGE_WEIGHT_TYPE : EUC_2D (no other is known here)");
		else if (str_eq(key, STR("NODE_COORD_SECTION")) ||
			 str_eq(key, STR("DEMAND_SECTION"))) {
			bool coordinates = str_starts(key, STR("NODE"));

			if (n < 1)
				return complain(&r, "DIMENSION before this section");
			placed = placed || coordinates;
			loaded = loaded || !coordinates;
			for (int32_t k = 0; k < n; k++) {
				TRY(want_numbers(&r, v, coordinates ? 3 : 2, 4, &got,
				    coordinates ? "a node: number, x, y"
						: "a demand: number, units"));
				if (v[0] < 1 || v[0] > n)
					return complain(
					    &r, "a node number between 1 and DIMENSION");
				if (coordinates)
					p[(size_t)v[0]] = (struct point){v[1], v[2]};
				else
					TRY(whole(&r, v[1], INT32_MAX / 4, "a demand",
					    &demand[(size_t)v[0]]));
			}
		} else if (str_eq(key, STR("DEPOT_SECTION"))) {
			TRY(want_numbers(&r, v, 1, 4, &got, "the depot's number"));
			TRY(whole(&r, v[0], n, "the depot's number", &depot));
		} else if (str_eq(key, STR("EOF")))
			break;
	}
	if (n < 1 || capacity < 1 || depot < 1 || !placed || !loaded)
		return complain(&r,
		    "DIMENSION, CAPACITY, NODE_COORD_SECTION, DEMAND_SECTION and DEPOT_SECTION");
	for (int32_t k = 1; k <= n; k++)
		load += demand[k];
	/* the convention of the best known values: ceil(1.3 x load / capacity) + 3 vehicles */
	fleet = (uint32_t)((13 * load + 10 * (int64_t)capacity - 1) / (10 * (int64_t)capacity) + 3);
	if (fleet > ROUTING_SHIFTS_MAX)
		return complain(&r, "a load that fewer than 4,097 vehicles can carry");
	open_instance(i, a, (uint32_t)n - 1, fleet);
	i->scale = 1;
	for (int32_t k = 1, at = 0; k <= n; k++) {
		if (k == depot)
			continue;
		((struct stop *)i->problem.stop)[at] = (struct stop){.place = (uint32_t)(k - 1),
		    .load = demand[k],
		    .prize = PRIZE,
		    .usual_tech = ROUTING_NO_STOP};
		i->stop_id[at++] = (uint64_t)k - 1; /* customers count from 1, the depot is 0 */
	}
	for (uint32_t k = 0; k < fleet; k++) {
		((struct shift *)i->problem.shift)[k] = (struct shift){.tech = k,
		    .start = (uint32_t)depot - 1,
		    .end = (uint32_t)depot - 1,
		    .to_s = ROUTING_SECONDS_MAX,
		    .capacity = capacity};
		i->shift_id[k] = k + 1;
	}
	euclid(i, a, p + 1, (uint32_t)n, false);
	return OK;
}

/* As fine as the sums allow: thousandths, else hundredths, else tenths. */
enum err
read_pvrp(struct str text, struct arena *a, struct instance *i, struct fault *f)
{
	for (int32_t scale = 1000;; scale /= 10) {
		struct fault coarse = {0};
		struct instance fine = *i;

		TRY(read_pvrp_at(text, scale, a, &fine, f));
		if (scale == 10 || problem_check(&fine.problem, &coarse) == OK) {
			*i = fine;
			return OK;
		}
	}
}

static enum err
read_pvrp_at(struct str text, int32_t scale, struct arena *a, struct instance *i, struct fault *f)
{
	struct reader r = {text, 0, 0, f};
	double v[64], limit[ROUTING_DAYS_MAX][2];
	size_t got;
	int32_t vehicles = 0, n = 0, days = 0;
	struct point *p;

	TRY(want_numbers(&r, v, 4, 64, &got, "four numbers: type, vehicles, customers, days"));
	if (v[0] != 1)
		return complain(&r, "type 1 (periodic) in the first line");
	TRY(whole(&r, v[1], ROUTING_SHIFTS_MAX, "the number of vehicles", &vehicles));
	TRY(whole(&r, v[2], ROUTING_STOPS_MAX, "the number of customers", &n));
	TRY(whole(&r, v[3], ROUTING_DAYS_MAX, "the number of days", &days));
	if (vehicles < 1 || days < 1 || vehicles * days > ROUTING_SHIFTS_MAX)
		return complain(&r, "at least one vehicle and day, at most 4,096 routes");
	for (int32_t d = 0; d < days; d++) {
		TRY(want_numbers(&r, v, 2, 64, &got, "a day: longest route, capacity"));
		limit[d][0] = v[0];
		limit[d][1] = v[1];
	}
	open_instance(i, a, (uint32_t)n, (uint32_t)(vehicles * days));
	i->problem.days = (uint32_t)days;
	i->scale = scale;
	p = arena_array(a, struct point, (size_t)n + 1);
	for (int32_t k = 0; k <= n; k++) {
		struct stop *s = k > 0 ? (struct stop *)&i->problem.stop[k - 1] : NULL;
		uint64_t *pattern;
		int32_t service = 0, load = 0;

		TRY(want_numbers(&r, v, 5, 64, &got,
		    "a customer: number, x, y, service, demand, frequency, count, day sets"));
		p[k] = (struct point){v[1], v[2]};
		if (s == NULL)
			continue;
		if (got < 7 || v[6] < 1 || v[6] > 57 || got < 7 + (size_t)v[6])
			return complain(&r, "as many day sets as the line says");
		TRY(whole(&r, v[3] * scale, ROUTING_SECONDS_MAX, "a service time", &service));
		TRY(whole(&r, v[4], INT32_MAX / 4, "a demand", &load));
		pattern = arena_array(a, uint64_t, (size_t)v[6]);
		for (size_t c = 0; c < (size_t)v[6]; c++) {
			uint64_t set;

			if (v[7 + c] < 0 || v[7 + c] >= 0x1p62)
				return complain(&r, "day sets within the number of days");
			set = (uint64_t)v[7 + c];
			/* the file's highest bit is the first day */
			for (int32_t d = 0; d < days; d++)
				pattern[c] |= (set >> (days - 1 - d) & 1) << d;
			if (pattern[c] == 0)
				return complain(&r, "day sets within the number of days");
		}
		*s = (struct stop){.place = (uint32_t)k,
		    .service_s = service,
		    .load = load,
		    .prize = PRIZE,
		    .pattern = pattern,
		    .patterns = (uint32_t)v[6],
		    .usual_tech = ROUTING_NO_STOP};
		if (v[0] < 0 || v[0] > UINT32_MAX)
			return complain(&r, "a customer's number");
		i->stop_id[k - 1] = (uint64_t)v[0];
	}
	for (int32_t k = 0; k < vehicles * days; k++) {
		double longest = limit[k / vehicles][0], capacity = limit[k / vehicles][1];
		struct shift *s = &((struct shift *)i->problem.shift)[k];

		*s = (struct shift){.tech = (uint32_t)(k % vehicles),
		    .day = (uint32_t)(k / vehicles),
		    .to_s = ROUTING_SECONDS_MAX,
		    .capacity = INT32_MAX / 4};
		if (longest > 0)
			TRY(whole(
			    &r, longest * scale, ROUTING_SECONDS_MAX, "a longest route", &s->to_s));
		if (capacity > 0)
			TRY(whole(&r, capacity, INT32_MAX / 4, "a capacity", &s->capacity));
		i->shift_id[k] = (uint64_t)(k % vehicles) + 1;
	}
	euclid(i, a, p, (uint32_t)n + 1, false);
	return OK;
}

static void
open_instance(struct instance *i, struct arena *a, uint32_t stops, uint32_t shifts)
{
	i->problem.stop = arena_array(a, struct stop, stops + 1);
	i->problem.stops = stops;
	i->problem.shift = arena_array(a, struct shift, shifts + 1);
	i->problem.shifts = shifts;
	i->problem.days = 1;
	i->problem.price =
	    (struct prices){.late_s = LATE, .overtime_s = LATE, .overload = OVERLOAD};
	i->stop_id = arena_array(a, uint64_t, stops + 1);
	i->shift_id = arena_array(a, uint64_t, shifts + 1);
}

/* Distances in units of the instance's scale, floored or rounded. */
static void
euclid(struct instance *i, struct arena *a, const struct point *p, uint32_t n, bool floored)
{
	int32_t *legs = arena_array(a, int32_t, (size_t)n * n);

	for (uint32_t x = 0; x < n; x++)
		for (uint32_t y = 0; y < n; y++) {
			double d = hypot(p[x].x - p[y].x, p[x].y - p[y].y) * i->scale;

			if (d > ROUTING_SECONDS_MAX)
				d = ROUTING_SECONDS_MAX;
			legs[(size_t)x * n + y] =
			    (int32_t)(floored ? floor(d + 1e-9) : floor(d + 0.5));
		}
	i->problem.matrix = (struct matrix){n, legs, legs};
}

static bool
next_line(struct reader *r, struct str *line)
{
	struct str rest = str_sub(r->text, r->at, r->text.n);

	if (rest.n == 0) {
		*line = STR_NONE;
		return false;
	}
	r->line++;
	*line = str_sub(rest, 0, str_find(rest, '\n'));
	r->at += line->n + 1;
	*line = str_trim(*line);
	return true;
}

static enum err
want_line(struct reader *r, struct str *line, const char *what)
{
	while (next_line(r, line))
		if (line->n > 0)
			return OK;
	return complain(r, what);
}

/* How many numbers stand in the line; SIZE_MAX if something else does. */
static size_t
numbers(struct str line, double *out, size_t max)
{
	size_t n = 0, at = 0;

	while (at < line.n) {
		char word[40], *end;
		size_t len = 0;

		while (
		    at < line.n && (line.p[at] == ' ' || line.p[at] == '\t' || line.p[at] == '\r'))
			at++;
		while (at < line.n && line.p[at] != ' ' && line.p[at] != '\t' &&
		       line.p[at] != '\r' && len < sizeof(word) - 1)
			word[len++] = line.p[at++];
		if (len == 0)
			break;
		word[len] = '\0';
		if (n == max)
			return SIZE_MAX;
		out[n++] = strtod(word, &end);
		if (*end != '\0' || !isfinite(out[n - 1]) || strpbrk(word, "xX") != NULL)
			return SIZE_MAX;
	}
	return n;
}

static enum err
want_numbers(struct reader *r, double *out, size_t n, size_t max, size_t *got, const char *what)
{
	struct str line;

	TRY(want_line(r, &line, what));
	*got = numbers(line, out, max);
	if (*got == SIZE_MAX || *got < n)
		return complain(r, what);
	return OK;
}

static enum err
whole(struct reader *r, double v, double max, const char *what, int32_t *out)
{
	if (v < 0 || v > max)
		return fail(
		    r->f, E_INVALID, "file", "Line %u: %s is out of bounds.", r->line, what);
	*out = (int32_t)floor(v + 1e-9);
	return OK;
}

static enum err
complain(struct reader *r, const char *what)
{
	return fail(r->f, E_INVALID, "file", "Line %u: expected %s.", r->line, what);
}
