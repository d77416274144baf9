/*
 * fcgi/route/vroom.c -- VROOM's input: vehicles, jobs, matrices or coordinates.
 *
 * Refused by name rather than silently ignored: shipments, breaks' loads, custom per-kilometre costs.
 */
#include <jansson.h>
#include <math.h>

#include "fcgi/route/instance.h"

#define PRIZE_A_PRIORITY (INT64_C(1) << 33) /* a stop of priority 0 is still worth any detour */
#define LATE 1000
#define OVERLOAD 100000
#define SKILLS_MAX 64
#define CAPACITY_MAX (INT32_MAX / 4)

struct vroom {
	struct arena *a;
	struct fault *f;
	json_t *root;
	int64_t skill[SKILLS_MAX]; /* the file's skill of each bit */
	unsigned skills;
	double (*place)[2]; /* longitude, latitude, when there is no matrix */
	uint32_t places;
	bool by_index;
};

static enum err read_matrix(struct vroom *v, struct instance *i);
static enum err read_table(struct vroom *v, json_t *rows, const char *what, const int32_t **out,
    uint32_t *n);
static enum err read_jobs(struct vroom *v, struct instance *i);
static enum err read_job(struct vroom *v, json_t *job, size_t n, struct instance *i, struct stop *s);
static enum err read_windows(struct vroom *v, json_t *list, struct stop *s);
static enum err read_vehicles(struct vroom *v, struct instance *i);
static enum err read_vehicle(struct vroom *v, json_t *car, size_t n, struct instance *i, struct shift *s);
static enum err read_place(struct vroom *v, json_t *owner, const char *name, bool must, uint32_t *out);
static enum err read_skills(struct vroom *v, json_t *list, uint64_t *out);
static enum err read_amount(struct vroom *v, json_t *owner, const char *name, int32_t *out);
static enum err read_number(struct vroom *v, json_t *owner, const char *name, int64_t otherwise,
    int64_t max, int64_t *out);
static enum err estimate(struct vroom *v, struct instance *i);
static void let_go(void *root);

enum err
read_vroom(struct str text, struct arena *a, struct instance *i, struct fault *f)
{
	struct vroom v = {.a = a, .f = f};
	json_error_t error;

	v.root = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &error);
	if (v.root == NULL)
		return fail(f, E_INVALID, "file", "Line %d: %s.", error.line, error.text);
	arena_defer(a, let_go, v.root);
	if (json_array_size(json_object_get(v.root, "shipments")) > 0)
		return fail(f, E_INVALID, "shipments", "Shipments are not planned here; jobs are.");
	i->format = ROUTE_VROOM;
	i->scale = 1;
	i->problem.days = 1;
	i->problem.price = (struct prices){.late_s = LATE, .overtime_s = LATE, .overload = OVERLOAD};
	v.place = arena_alloc(a, sizeof(*v.place) * (3 * ROUTING_STOPS_MAX), alignof(double));
	TRY(read_matrix(&v, i));
	TRY(read_jobs(&v, i));
	TRY(read_vehicles(&v, i));
	return v.by_index ? OK : estimate(&v, i);
}

static void
let_go(void *root)
{
	json_decref(root);
}

/* matrices.<profile>.{durations,costs}, or the older matrix; none: legs are estimated */
static enum err
read_matrix(struct vroom *v, struct instance *i)
{
	json_t *profiles = json_object_get(v->root, "matrices"), *one = NULL;
	json_t *seconds = json_object_get(v->root, "matrix"), *costs = NULL;
	const char *name;
	uint32_t n = 0;

	if (json_object_size(profiles) > 1)
		return fail(v->f, E_INVALID, "matrices", "One profile is planned at a time.");
	json_object_foreach (profiles, name, one) {
		seconds = json_object_get(one, "durations");
		costs = json_object_get(one, "costs");
	}
	if (seconds == NULL)
		return OK;
	v->by_index = true;
	TRY(read_table(v, seconds, "durations", &i->problem.matrix.seconds, &i->problem.matrix.places));
	i->problem.matrix.cost = i->problem.matrix.seconds;
	if (costs == NULL)
		return OK;
	TRY(read_table(v, costs, "costs", &i->problem.matrix.cost, &n));
	if (n != i->problem.matrix.places)
		return fail(v->f, E_INVALID, "costs", "The tables are not of the same size.");
	return OK;
}

static enum err
read_table(struct vroom *v, json_t *rows, const char *what, const int32_t **out, uint32_t *n)
{
	size_t size = json_array_size(rows);
	int32_t *table;

	if (size == 0 || size > ROUTING_PLACES_MAX)
		return fail(v->f, E_INVALID, what, "A matrix has 1 to 20,000 rows.");
	table = arena_array(v->a, int32_t, size * size);
	for (size_t r = 0; r < size; r++) {
		json_t *row = json_array_get(rows, r);

		if (json_array_size(row) != size)
			return fail(v->f, E_INVALID, what, "Row %llu is not as long as the matrix is high.",
			    (unsigned long long)r);
		for (size_t c = 0; c < size; c++) {
			json_t *cell = json_array_get(row, c);
			json_int_t value = json_integer_value(cell);

			if (!json_is_integer(cell) || value < 0 || value > ROUTING_SECONDS_MAX)
				return fail(v->f, E_INVALID, what, "Row %llu holds a cell that is no number "
				    "from 0 to 134,217,728.", (unsigned long long)r);
			table[r * size + c] = (int32_t)value;
		}
	}
	*out = table;
	*n = (uint32_t)size;
	return OK;
}

static enum err
read_jobs(struct vroom *v, struct instance *i)
{
	json_t *jobs = json_object_get(v->root, "jobs");
	size_t n = json_array_size(jobs);
	struct stop *stop;

	if (jobs != NULL && !json_is_array(jobs))
		return fail(v->f, E_INVALID, "jobs", "Jobs are a list.");
	if (n > ROUTING_STOPS_MAX)
		return fail(v->f, E_INVALID, "jobs", "There are more than 20,000 jobs.");
	stop = arena_array(v->a, struct stop, n + 1);
	i->stop_id = arena_array(v->a, uint64_t, n + 1);
	for (size_t k = 0; k < n; k++)
		TRY(read_job(v, json_array_get(jobs, k), k, i, &stop[k]));
	i->problem.stop = stop;
	i->problem.stops = (uint32_t)n;
	return OK;
}

static enum err
read_job(struct vroom *v, json_t *job, size_t n, struct instance *i, struct stop *s)
{
	int64_t id, setup, service, priority;
	int32_t delivery, pickup;

	if (!json_is_object(job) || !json_is_integer(json_object_get(job, "id")))
		return fail(v->f, E_INVALID, "jobs", "Job %llu has no whole number as its id.",
		    (unsigned long long)n);
	TRY(read_number(v, job, "id", 0, INT64_MAX, &id));
	TRY(read_number(v, job, "setup", 0, ROUTING_SECONDS_MAX / 2, &setup));
	TRY(read_number(v, job, "service", 0, ROUTING_SECONDS_MAX / 2, &service));
	TRY(read_number(v, job, "priority", 0, 100, &priority));
	TRY(read_amount(v, job, "delivery", &delivery));
	TRY(read_amount(v, job, "pickup", &pickup));
	*s = (struct stop){.service_s = (int32_t)(setup + service),
	    .load = delivery > pickup ? delivery : pickup,
	    .prize = PRIZE_A_PRIORITY * (priority + 1), .usual_tech = ROUTING_NO_STOP};
	i->stop_id[n] = (uint64_t)id;
	TRY(read_place(v, job, "location", true, &s->place));
	TRY(read_skills(v, json_object_get(job, "skills"), &s->skills));
	return read_windows(v, json_object_get(job, "time_windows"), s);
}

static enum err
read_windows(struct vroom *v, json_t *list, struct stop *s)
{
	size_t n = json_array_size(list);
	struct window *w;

	if (n == 0)
		return OK;
	if (n > ROUTING_WINDOWS_MAX)
		return fail(v->f, E_INVALID, "time_windows", "A job has at most 8 time windows.");
	w = arena_array(v->a, struct window, n);
	for (size_t k = 0; k < n; k++) {
		json_t *from = json_array_get(json_array_get(list, k), 0);
		json_t *to = json_array_get(json_array_get(list, k), 1);

		if (!json_is_integer(from) || !json_is_integer(to) || json_integer_value(from) < 0
		    || json_integer_value(to) < json_integer_value(from))
			return fail(v->f, E_INVALID, "time_windows", "A time window is [from, to] in seconds.");
		w[k].from_s = (int32_t)(json_integer_value(from) < ROUTING_SECONDS_MAX
			? json_integer_value(from) : ROUTING_SECONDS_MAX);
		w[k].to_s = (int32_t)(json_integer_value(to) < ROUTING_SECONDS_MAX
			? json_integer_value(to) : ROUTING_SECONDS_MAX);
	}
	s->window = w;
	s->windows = (uint32_t)n;
	return OK;
}

static enum err
read_vehicles(struct vroom *v, struct instance *i)
{
	json_t *cars = json_object_get(v->root, "vehicles");
	size_t n = json_array_size(cars);
	struct shift *shift;

	if (n > ROUTING_SHIFTS_MAX)
		return fail(v->f, E_INVALID, "vehicles", "There are more than 4,096 vehicles.");
	shift = arena_array(v->a, struct shift, n + 1);
	i->shift_id = arena_array(v->a, uint64_t, n + 1);
	for (size_t k = 0; k < n; k++)
		TRY(read_vehicle(v, json_array_get(cars, k), k, i, &shift[k]));
	i->problem.shift = shift;
	i->problem.shifts = (uint32_t)n;
	return OK;
}

static enum err
read_vehicle(struct vroom *v, json_t *car, size_t n, struct instance *i, struct shift *s)
{
	json_t *window = json_object_get(car, "time_window");
	json_t *from = json_array_get(window, 0), *to = json_array_get(window, 1);
	int64_t id;

	if (!json_is_object(car) || !json_is_integer(json_object_get(car, "id")))
		return fail(v->f, E_INVALID, "vehicles", "Vehicle %llu has no whole number as its id.",
		    (unsigned long long)n);
	if (json_array_size(json_object_get(car, "breaks")) > 0)
		return fail(v->f, E_INVALID, "breaks", "Breaks are not planned yet.");
	TRY(read_number(v, car, "id", 0, INT64_MAX, &id));
	*s = (struct shift){.tech = (uint32_t)n, .to_s = ROUTING_SECONDS_MAX, .capacity = CAPACITY_MAX};
	i->shift_id[n] = (uint64_t)id;
	if (window != NULL) {
		if (!json_is_integer(from) || !json_is_integer(to) || json_integer_value(from) < 0
		    || json_integer_value(to) < json_integer_value(from)
		    || json_integer_value(to) > ROUTING_SECONDS_MAX)
			return fail(v->f, E_INVALID, "time_window", "A time window is [from, to] in seconds.");
		s->from_s = (int32_t)json_integer_value(from);
		s->to_s = (int32_t)json_integer_value(to);
	}
	if (json_object_get(car, "capacity") != NULL)
		TRY(read_amount(v, car, "capacity", &s->capacity));
	TRY(read_place(v, car, "start", false, &s->start));
	TRY(read_place(v, car, "end", false, &s->end));
	return read_skills(v, json_object_get(car, "skills"), &s->skills);
}

/* <name>_index into the matrix, or <name>: [longitude, latitude] */
static enum err
read_place(struct vroom *v, json_t *owner, const char *name, bool must, uint32_t *out)
{
	char index[24];
	json_t *number, *point = json_object_get(owner, name);
	double lon, lat;

	snprintf(index, sizeof(index), "%s_index", name);
	number = json_object_get(owner, index);
	*out = ROUTING_NOWHERE;
	if (v->by_index && number != NULL) {
		if (!json_is_integer(number) || json_integer_value(number) < 0
		    || json_integer_value(number) >= ROUTING_PLACES_MAX)
			return fail(v->f, E_INVALID, "location_index", "An index into the matrix is wrong.");
		*out = (uint32_t)json_integer_value(number);
		return OK;
	}
	if (point == NULL || v->by_index) {
		if (must)
			return fail(v->f, E_INVALID, "location", "A job has no place.");
		return OK;
	}
	lon = json_number_value(json_array_get(point, 0));
	lat = json_number_value(json_array_get(point, 1));
	if (json_array_size(point) != 2 || !(fabs(lon) <= 180) || !(fabs(lat) <= 90))
		return fail(v->f, E_INVALID, "location", "A place is [longitude, latitude] in degrees.");
	v->place[v->places][0] = lon;
	v->place[v->places][1] = lat;
	*out = v->places++;
	return OK;
}

static enum err
read_skills(struct vroom *v, json_t *list, uint64_t *out)
{
	size_t k;
	json_t *skill;

	json_array_foreach (list, k, skill) {
		unsigned bit = 0;

		while (bit < v->skills && v->skill[bit] != json_integer_value(skill))
			bit++;
		if (bit == v->skills) {
			if (bit == SKILLS_MAX || !json_is_integer(skill))
				return fail(v->f, E_INVALID, "skills", "Skills are at most 64 whole numbers.");
			v->skill[v->skills++] = json_integer_value(skill);
		}
		*out |= UINT64_C(1) << bit;
	}
	return OK;
}

/* The first dimension alone; a second one is refused. */
static enum err
read_amount(struct vroom *v, json_t *owner, const char *name, int32_t *out)
{
	json_t *list = json_object_get(owner, name);
	json_int_t value = json_integer_value(json_array_get(list, 0));

	if (json_array_size(list) > 1)
		return fail(v->f, E_INVALID, name, "Loads have one dimension here.");
	if (value < 0 || value > CAPACITY_MAX)
		return fail(v->f, E_INVALID, name, "A load is out of bounds.");
	*out = (int32_t)value;
	return OK;
}

static enum err
read_number(struct vroom *v, json_t *owner, const char *name, int64_t otherwise, int64_t max,
    int64_t *out)
{
	json_t *value = json_object_get(owner, name);

	*out = otherwise;
	if (value == NULL)
		return OK;
	if (!json_is_integer(value) || json_integer_value(value) < 0 || json_integer_value(value) > max)
		return fail(v->f, E_INVALID, name, "A number is out of bounds.");
	*out = json_integer_value(value);
	return OK;
}

/* Great circle x 1.32 in three speed bands and a minute to park (the product's fallback). */
static enum err
estimate(struct vroom *v, struct instance *i)
{
	size_t n = v->places;
	int32_t *legs;

	if (n > ROUTING_PLACES_MAX)
		return fail(v->f, E_INVALID, "location", "There are more than 20,000 places.");
	legs = arena_array(v->a, int32_t, n * n);
	for (size_t x = 0; x < n; x++)
		for (size_t y = 0; y < n; y++) {
			double rad = 0.017453292519943295, p1 = v->place[x][1] * rad, p2 = v->place[y][1] * rad;
			double dl = (v->place[y][0] - v->place[x][0]) * rad, dp = p2 - p1;
			double h = sin(dp / 2) * sin(dp / 2) + cos(p1) * cos(p2) * sin(dl / 2) * sin(dl / 2);
			double m = 2 * 6371000.0 * asin(sqrt(h < 1 ? h : 1)) * 1.32, s = 60, part;

			part = fmin(m, 3000);
			s += part / (28 / 3.6);
			m -= part;
			part = fmin(m, 12000);
			s += part / (42 / 3.6) + (m - part) / (75 / 3.6);
			legs[x * n + y] = x == y ? 0 : (int32_t)(s + 0.5);
		}
	i->problem.matrix = (struct matrix){(uint32_t)n, legs, legs};
	i->estimated = true;
	return OK;
}
