/*
 * fcgi/route/vroom.c -- VROOM's input: vehicles, jobs, matrices or coordinates; words of our own.
 *
 * Refused by name, not silently ignored: shipments, second breaks, limits and costs of vehicles.
 *
 * Our own words, none of which VROOM knows. Days count from 0.
 *
 *	"days": n; "fair": seconds of paid time that would be each technician's fair share
 *	"prices": late, overtime, overload, usual, prefer, day, promise, mixed, paid, uneven
 *	vehicles: "day": n, "technician": n (one person on several days; else the id)
 *	jobs: "day_sets": [[0, 2], ...] (one visit on each day of one set)
 *	jobs: "usual": n, "usual_only", "usual_days": [...], "prefer": [skills]
 *	jobs: "promise": [from, to]; "with": id (both begin together, with two technicians)
 */
#include <jansson.h>
#include <math.h>

#include "fcgi/route/instance.h"

#define PRIZE_A_PRIORITY (INT64_C(1) << 33) /* a stop of priority 0 is still worth any detour */
#define LATE             1000
#define OVERLOAD         100000
#define SKILLS_MAX       64
#define FAIR_MAX         4096
#define RAD              0.017453292519943295
#define CAPACITY_MAX     (INT32_MAX / 4)

struct vroom {
	struct arena *a;
	struct fault *f;
	json_t *root;
	int64_t skill[SKILLS_MAX]; /* the file's skill of each bit */
	unsigned skills;
	double (*place)[2]; /* longitude, latitude, when there is no matrix */
	uint32_t places;
	bool by_index;
	int64_t *with; /* per job: the id of the job it begins with, -1 = none */
	int64_t *who;  /* technicians, by their number in the plan */
	uint32_t whos;
};

static enum err read_matrix(struct vroom *v, struct instance *i);
static enum err
read_table(struct vroom *v, json_t *rows, const char *what, const int32_t **out, uint32_t *n);
static enum err read_jobs(struct vroom *v, struct instance *i);
static enum err
read_job(struct vroom *v, json_t *job, size_t n, struct instance *i, struct stop *s);
static enum err read_windows(struct vroom *v, json_t *list, struct stop *s);
static enum err read_vehicles(struct vroom *v, struct instance *i);
static enum err
read_vehicle(struct vroom *v, json_t *car, size_t n, struct instance *i, struct shift *s);
static enum err
read_place(struct vroom *v, json_t *owner, const char *name, bool must, uint32_t *out);
static enum err read_skills(struct vroom *v, json_t *list, uint64_t *out);
static enum err
read_amount(struct vroom *v, json_t *owner, const char *name, int32_t otherwise, int32_t *out);
static enum err read_number(
    struct vroom *v, json_t *owner, const char *name, int64_t otherwise, int64_t max, int64_t *out);
static enum err estimate(struct vroom *v, struct instance *i);
static void let_go(void *root);
static enum err read_plan_words(struct vroom *v, struct instance *i);
static enum err
read_wishes(struct vroom *v, json_t *job, size_t n, struct instance *i, struct stop *s);
static enum err read_days(struct vroom *v, json_t *list, uint32_t days, uint64_t *out);
static enum err read_day_sets(struct vroom *v, json_t *list, uint32_t days, struct stop *s);
static enum err read_window(struct vroom *v, json_t *pair, const char *what, struct window *out);
static enum err read_break(struct vroom *v, json_t *list, struct shift *s);
static enum err pair_twins(struct vroom *v, struct instance *i);
static uint32_t number_of(struct vroom *v, int64_t who);

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
	TRY(read_plan_words(&v, i));
	v.who = arena_array(a, int64_t, ROUTING_SHIFTS_MAX + ROUTING_STOPS_MAX);
	v.place = arena_alloc(a, sizeof(*v.place) * (3 * ROUTING_STOPS_MAX), alignof(double));
	TRY(read_matrix(&v, i));
	TRY(read_vehicles(&v, i));
	TRY(read_jobs(&v, i));
	TRY(pair_twins(&v, i));
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
	json_object_foreach(profiles, name, one)
	{
		seconds = json_object_get(one, "durations");
		costs = json_object_get(one, "costs");
	}
	if (seconds == NULL)
		return OK;
	v->by_index = true;
	TRY(read_table(
	    v, seconds, "durations", &i->problem.matrix.seconds, &i->problem.matrix.places));
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
			return fail(v->f, E_INVALID, what,
			    "Row %llu is not as long as the matrix is high.",
			    (unsigned long long)r);
		for (size_t c = 0; c < size; c++) {
			json_t *cell = json_array_get(row, c);
			json_int_t value = json_integer_value(cell);

			if (!json_is_integer(cell) || value < 0 || value > ROUTING_SECONDS_MAX)
				return fail(v->f, E_INVALID, what,
				    "Row %llu holds a cell that is no number "
				    "from 0 to 134,217,728.",
				    (unsigned long long)r);
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
	v->with = arena_array(v->a, int64_t, n + 1);
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
	int32_t delivery[1 + ROUTING_GOODS], pickup[1 + ROUTING_GOODS];

	if (!json_is_object(job) || !json_is_integer(json_object_get(job, "id")))
		return fail(v->f, E_INVALID, "jobs", "Job %llu has no whole number as its id.",
		    (unsigned long long)n);
	TRY(read_number(v, job, "id", 0, INT64_MAX, &id));
	TRY(read_number(v, job, "setup", 0, ROUTING_SECONDS_MAX / 2, &setup));
	TRY(read_number(v, job, "service", 0, ROUTING_SECONDS_MAX / 2, &service));
	TRY(read_number(v, job, "priority", 0, 100, &priority));
	TRY(read_amount(v, job, "delivery", 0, delivery));
	TRY(read_amount(v, job, "pickup", 0, pickup));
	*s = (struct stop){.service_s = (int32_t)(setup + service),
	    .load = delivery[0] > pickup[0] ? delivery[0] : pickup[0],
	    .prize = PRIZE_A_PRIORITY * (priority + 1),
	    .usual_tech = ROUTING_NO_STOP};
	for (int g = 0; g < ROUTING_GOODS; g++)
		s->goods[g] = delivery[g + 1] > pickup[g + 1] ? delivery[g + 1] : pickup[g + 1];
	i->stop_id[n] = (uint64_t)id;
	TRY(read_place(v, job, "location", true, &s->place));
	TRY(read_skills(v, json_object_get(job, "skills"), &s->skills));
	TRY(read_windows(v, json_object_get(job, "time_windows"), s));
	return read_wishes(v, job, n, i, s);
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
	for (size_t k = 0; k < n; k++)
		TRY(read_window(v, json_array_get(list, k), "time_windows", &w[k]));
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
	i->problem.techs = v->whos;
	return OK;
}

static enum err
read_vehicle(struct vroom *v, json_t *car, size_t n, struct instance *i, struct shift *s)
{
	static const char *const unknown[] = {
	    "max_tasks", "max_travel_time", "max_distance", "speed_factor", "costs", "steps"};
	json_t *window = json_object_get(car, "time_window");
	struct window w = {0, ROUTING_SECONDS_MAX};
	int32_t van[1 + ROUTING_GOODS];
	int64_t id, day, who;

	if (!json_is_object(car) || !json_is_integer(json_object_get(car, "id")))
		return fail(v->f, E_INVALID, "vehicles",
		    "Vehicle %llu has no whole number as its id.", (unsigned long long)n);
	for (size_t k = 0; k < sizeof(unknown) / sizeof(*unknown); k++)
		if (json_object_get(car, unknown[k]) != NULL)
			return fail(v->f, E_INVALID, unknown[k],
			    "Vehicle %llu wants what is not planned here.", (unsigned long long)n);
	TRY(read_number(v, car, "id", 0, INT64_MAX, &id));
	TRY(read_number(v, car, "day", 0, i->problem.days - 1, &day));
	TRY(read_number(v, car, "technician", id, INT64_MAX, &who));
	if (window != NULL)
		TRY(read_window(v, window, "time_window", &w));
	TRY(read_amount(v, car, "capacity", CAPACITY_MAX, van));
	*s = (struct shift){.tech = number_of(v, who),
	    .day = (uint32_t)day,
	    .from_s = w.from_s,
	    .to_s = w.to_s,
	    .capacity = van[0]};
	memcpy(s->van, van + 1, sizeof(s->van));
	i->shift_id[n] = (uint64_t)id;
	TRY(read_break(v, json_object_get(car, "breaks"), s));
	TRY(read_place(v, car, "start", false, &s->start));
	TRY(read_place(v, car, "end", false, &s->end));
	return read_skills(v, json_object_get(car, "skills"), &s->skills);
}

static enum err
read_break(struct vroom *v, json_t *list, struct shift *s)
{
	json_t *one = json_array_get(list, 0), *windows = json_object_get(one, "time_windows");
	int64_t service;

	if (one == NULL)
		return OK;
	if (json_array_size(list) > 1 || json_array_size(windows) != 1)
		return fail(
		    v->f, E_INVALID, "breaks", "A vehicle has one break with one time window.");
	TRY(read_number(v, one, "service", 0, ROUTING_SECONDS_MAX / 2, &service));
	s->lunch_s = (int32_t)service;
	return read_window(v, json_array_get(windows, 0), "time_windows", &s->lunch);
}

static enum err
read_window(struct vroom *v, json_t *pair, const char *what, struct window *out)
{
	json_t *from = json_array_get(pair, 0), *to = json_array_get(pair, 1);

	if (!json_is_integer(from) || !json_is_integer(to) || json_integer_value(from) < 0 ||
	    json_integer_value(from) > ROUTING_SECONDS_MAX ||
	    json_integer_value(to) < json_integer_value(from))
		return fail(v->f, E_INVALID, what, "A time window is [from, to] in seconds.");
	out->from_s = (int32_t)json_integer_value(from);
	out->to_s = (int32_t)(json_integer_value(to) < ROUTING_SECONDS_MAX ? json_integer_value(to)
									   : ROUTING_SECONDS_MAX);
	return OK;
}

/* Days, prices and the fair share. */
static enum err
read_plan_words(struct vroom *v, struct instance *i)
{
	struct prices *price = &i->problem.price;
	json_t *prices = json_object_get(v->root, "prices");
	int64_t days, fair;

	TRY(read_number(v, v->root, "days", 1, ROUTING_DAYS_MAX, &days));
	if (days < 1)
		return fail(v->f, E_INVALID, "days", "A plan has 1 to %u days.", ROUTING_DAYS_MAX);
	i->problem.days = (uint32_t)days;
	TRY(read_number(v, prices, "late", LATE, ROUTING_RATE_MAX, &price->late_s));
	TRY(read_number(v, prices, "overtime", LATE, ROUTING_RATE_MAX, &price->overtime_s));
	TRY(read_number(v, prices, "overload", OVERLOAD, 1 << 30, &price->overload));
	TRY(read_number(v, prices, "usual", 0, ROUTING_PRICE_MAX, &price->other_tech));
	TRY(read_number(v, prices, "prefer", 0, ROUTING_PRICE_MAX, &price->prefer));
	TRY(read_number(v, prices, "day", 0, ROUTING_PRICE_MAX, &price->other_day));
	TRY(read_number(v, prices, "promise", 0, ROUTING_PRICE_MAX, &price->moved));
	TRY(read_number(v, prices, "mixed", 0, ROUTING_PRICE_MAX, &price->mixed));
	TRY(read_number(v, prices, "paid", 0, ROUTING_RATE_MAX, &price->paid_s));
	TRY(read_number(v, prices, "uneven", 0, 1 << 16, &price->uneven));
	TRY(read_number(v, v->root, "fair", 0, ROUTING_SECONDS_MAX, &fair));
	if (fair > 0) {
		int32_t *target_s = arena_array(v->a, int32_t, FAIR_MAX);

		for (uint32_t t = 0; t < FAIR_MAX; t++)
			target_s[t] = (int32_t)fair;
		i->problem.target_s = target_s;
	}
	return OK;
}

static enum err
read_wishes(struct vroom *v, json_t *job, size_t n, struct instance *i, struct stop *s)
{
	json_t *promise = json_object_get(job, "promise");
	int64_t usual;

	TRY(read_number(v, job, "usual", -1, INT64_MAX, &usual));
	TRY(read_number(v, job, "with", -1, INT64_MAX, &v->with[n]));
	if (usual >= 0)
		s->usual_tech = number_of(v, usual);
	s->usual_only = usual >= 0 && json_is_true(json_object_get(job, "usual_only"));
	TRY(read_skills(v, json_object_get(job, "prefer"), &s->prefer));
	TRY(read_days(v, json_object_get(job, "usual_days"), i->problem.days, &s->usual_days));
	if (promise != NULL)
		TRY(read_window(v, promise, "promise", &s->promise));
	return read_day_sets(v, json_object_get(job, "day_sets"), i->problem.days, s);
}

static enum err
read_days(struct vroom *v, json_t *list, uint32_t days, uint64_t *out)
{
	size_t k;
	json_t *day;

	json_array_foreach(list, k, day)
	{
		if (!json_is_integer(day) || json_integer_value(day) < 0 ||
		    json_integer_value(day) >= days)
			return fail(
			    v->f, E_INVALID, "day_sets", "A day is a number below that of days.");
		*out |= UINT64_C(1) << json_integer_value(day);
	}
	return OK;
}

static enum err
read_day_sets(struct vroom *v, json_t *list, uint32_t days, struct stop *s)
{
	size_t n = json_array_size(list);
	uint64_t *pattern;

	if (n == 0)
		return OK;
	if (n > ROUTING_PATTERNS_MAX)
		return fail(v->f, E_INVALID, "day_sets", "A job has at most 256 day sets.");
	pattern = arena_array(v->a, uint64_t, n);
	for (size_t k = 0; k < n; k++) {
		TRY(read_days(v, json_array_get(list, k), days, &pattern[k]));
		if (pattern[k] == 0)
			return fail(
			    v->f, E_INVALID, "day_sets", "A day set names at least one day.");
	}
	s->pattern = pattern;
	s->patterns = (uint32_t)n;
	return OK;
}

/* One side naming the other is enough. */
static enum err
pair_twins(struct vroom *v, struct instance *i)
{
	struct stop *stop = (struct stop *)i->problem.stop;

	for (uint32_t n = 0; n < i->problem.stops; n++) {
		uint32_t other = 0;

		if (v->with[n] < 0)
			continue;
		while (other < i->problem.stops && i->stop_id[other] != (uint64_t)v->with[n])
			other++;
		if (other == i->problem.stops || other == n ||
		    (stop[n].twin != 0 && stop[n].twin != other + 1) ||
		    (stop[other].twin != 0 && stop[other].twin != n + 1))
			return fail(v->f, E_INVALID, "with",
			    "Job %llu is to begin with a job that cannot.",
			    (unsigned long long)i->stop_id[n]);
		stop[n].twin = other + 1;
		stop[other].twin = n + 1;
	}
	return OK;
}

/* Technicians are numbered as they come. */
static uint32_t
number_of(struct vroom *v, int64_t who)
{
	uint32_t n = 0;

	while (n < v->whos && v->who[n] != who)
		n++;
	if (n == v->whos)
		v->who[v->whos++] = who;
	return n;
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
		if (!json_is_integer(number) || json_integer_value(number) < 0 ||
		    json_integer_value(number) >= ROUTING_PLACES_MAX)
			return fail(v->f, E_INVALID, "location_index",
			    "An index into the matrix is wrong.");
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
		return fail(
		    v->f, E_INVALID, "location", "A place is [longitude, latitude] in degrees.");
	/* the same home on several days is one place */
	for (uint32_t n = 0; !must && n < v->places; n++)
		if (memcmp(v->place[n], (double[2]){lon, lat}, sizeof(v->place[n])) == 0) {
			*out = n;
			return OK;
		}
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

	json_array_foreach(list, k, skill)
	{
		unsigned bit = 0;

		while (bit < v->skills && v->skill[bit] != json_integer_value(skill))
			bit++;
		if (bit == v->skills) {
			if (bit == SKILLS_MAX || !json_is_integer(skill))
				return fail(v->f, E_INVALID, "skills",
				    "Skills are at most 64 whole numbers.");
			v->skill[v->skills++] = json_integer_value(skill);
		}
		*out |= UINT64_C(1) << bit;
	}
	return OK;
}

/* Up to four dimensions; without a list, all are `otherwise`. */
static enum err
read_amount(struct vroom *v, json_t *owner, const char *name, int32_t otherwise, int32_t *out)
{
	json_t *list = json_object_get(owner, name);

	if (json_array_size(list) > 1 + ROUTING_GOODS)
		return fail(v->f, E_INVALID, name, "Loads have at most %d dimensions here.",
		    1 + ROUTING_GOODS);
	for (size_t g = 0; g <= ROUTING_GOODS; g++) {
		json_t *one = json_array_get(list, g);
		json_int_t value = json_integer_value(one);

		if (one != NULL && (!json_is_integer(one) || value < 0 || value > CAPACITY_MAX))
			return fail(v->f, E_INVALID, name, "A load is out of bounds.");
		out[g] = one != NULL ? (int32_t)value : list != NULL ? 0 : otherwise;
	}
	return OK;
}

static enum err
read_number(
    struct vroom *v, json_t *owner, const char *name, int64_t otherwise, int64_t max, int64_t *out)
{
	json_t *value = json_object_get(owner, name);

	*out = otherwise;
	if (value == NULL)
		return OK;
	if (!json_is_integer(value) || json_integer_value(value) < 0 ||
	    json_integer_value(value) > max)
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
	double(*at)[3];

	if (n > ROUTING_PLACES_MAX)
		return fail(v->f, E_INVALID, "location", "There are more than 20,000 places.");
	legs = arena_array(v->a, int32_t, n * n);
	at = arena_alloc(v->a, sizeof(*at) * (n + 1), alignof(double));
	for (size_t x = 0; x < n; x++) {
		double lon = v->place[x][0] * RAD, lat = v->place[x][1] * RAD;

		at[x][0] = cos(lat) * cos(lon);
		at[x][1] = cos(lat) * sin(lon);
		at[x][2] = sin(lat);
	}
	for (size_t x = 0; x < n; x++)
		for (size_t y = 0; y < n; y++) {
			double dx = at[x][0] - at[y][0], dy = at[x][1] - at[y][1],
			       dz = at[x][2] - at[y][2];
			double half = sqrt(dx * dx + dy * dy + dz * dz) / 2, s = 60, part;
			double m = 2 * 6371000.0 * asin(half < 1 ? half : 1) * 1.32;

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
