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
 *	"supply": {"location_index": n, or "location": [lon, lat]; "service": s; "price": n}: a house where a vehicle gets what
 *	it lacks of the amounts behind the first; a step "supply" of the plan says when
 *	jobs: "day_sets": [[0, 2], ...] (one visit on each day of one set)
 *	jobs: "usual": n, "usual_only", "usual_days": [...], "prefer": [skills]
 *	jobs: "promise": [from, to]; "with": id (both begin together, with two technicians)
 */
#include "fcgi/route/vroom.h"

#include <jansson.h>

#define LATE         1000
#define OVERLOAD     100000
#define FAIR_MAX     4096
#define CAPACITY_MAX (INT32_MAX / 4)

static enum err read_all(struct vroom *v, struct instance *i);
static enum err read_supply(struct vroom *v, json_t *supply, struct supply *out);
static void let_go(void *root);
static enum err read_matrix(struct vroom *v, struct instance *i);
static enum err
read_table(struct vroom *v, json_t *rows, const char *what, const int32_t **out, uint32_t *n);
static enum err read_vehicles(struct vroom *v, struct instance *i);
static enum err
read_vehicle(struct vroom *v, json_t *car, size_t n, struct instance *i, struct shift *s);
static enum err read_break(struct vroom *v, json_t *list, struct shift *s);
static enum err read_plan_words(struct vroom *v, struct instance *i);

enum err
read_vroom(struct str text, struct arena *a, struct instance *i, struct fault *f)
{
	struct vroom v = {.a = a, .f = f};
	json_error_t error;
	enum err e;

	v.root = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &error);
	if (v.root == NULL)
		return fail(f, E_INVALID, "file", "Line %d: %s.", error.line, error.text);
	arena_defer(a, let_go, v.root);
	i->format = ROUTE_VROOM;
	i->scale = 1;
	e = read_all(&v, i);
	/* What is wrong with one of a list, or with a member of the whole, stands in some line. */
	return e == E_INVALID ? vroom_blame(text, v.list != NULL ? v.list : f->field,
				    v.list != NULL ? v.nth : -1, a, f)
			      : e;
}

static enum err
read_all(struct vroom *v, struct instance *i)
{
	if (json_array_size(json_object_get(v->root, "shipments")) > 0)
		return fail(
		    v->f, E_INVALID, "shipments", "Shipments are not planned here; jobs are.");
	TRY(read_plan_words(v, i));
	v->who = arena_array(v->a, int64_t, ROUTING_SHIFTS_MAX + ROUTING_STOPS_MAX);
	v->place = arena_alloc(v->a, sizeof(*v->place) * (3 * ROUTING_STOPS_MAX + 1), alignof(double));
	TRY(read_matrix(v, i));
	TRY(read_vehicles(v, i));
	TRY(vroom_jobs(v, i));
	TRY(vroom_twins(v, i));
	TRY(read_supply(v, json_object_get(v->root, "supply"), &i->problem.supply));
	return v->by_index ? OK : vroom_estimate(v, i);
}

static enum err
read_supply(struct vroom *v, json_t *supply, struct supply *out)
{
	int64_t service;
	uint32_t place;

	if (supply == NULL)
		return OK;
	TRY(vroom_place(v, supply, "location", false, &place));
	if (place == ROUTING_NOWHERE)
		return fail(v->f, E_INVALID, "supply", "The supply house has no place.");
	TRY(vroom_number(v, supply, "service", 0, ROUTING_SECONDS_MAX, &service));
	TRY(vroom_number(v, supply, "price", 0, ROUTING_PRICE_MAX, &out->price));
	out->place = place + 1;
	out->service_s = (int32_t)service;
	return OK;
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
read_vehicles(struct vroom *v, struct instance *i)
{
	json_t *cars = json_object_get(v->root, "vehicles");
	size_t n = json_array_size(cars);
	struct shift *shift;

	if (n > ROUTING_SHIFTS_MAX)
		return fail(v->f, E_INVALID, "vehicles", "There are more than 4,096 vehicles.");
	shift = arena_array(v->a, struct shift, n + 1);
	i->shift_id = arena_array(v->a, uint64_t, n + 1);
	v->list = "vehicles";
	for (size_t k = 0; k < n; k++) {
		v->nth = (long)k;
		TRY(read_vehicle(v, json_array_get(cars, k), k, i, &shift[k]));
	}
	v->list = NULL;
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
	TRY(vroom_number(v, car, "id", 0, INT64_MAX, &id));
	TRY(vroom_number(v, car, "day", 0, i->problem.days - 1, &day));
	TRY(vroom_number(v, car, "technician", id, INT64_MAX, &who));
	if (window != NULL)
		TRY(vroom_window(v, window, "time_window", &w));
	TRY(vroom_amount(v, car, "capacity", CAPACITY_MAX, van));
	*s = (struct shift){.tech = vroom_tech(v, who),
	    .day = (uint32_t)day,
	    .from_s = w.from_s,
	    .to_s = w.to_s,
	    .capacity = van[0]};
	memcpy(s->van, van + 1, sizeof(s->van));
	i->shift_id[n] = (uint64_t)id;
	TRY(read_break(v, json_object_get(car, "breaks"), s));
	TRY(vroom_place(v, car, "start", false, &s->start));
	TRY(vroom_place(v, car, "end", false, &s->end));
	return vroom_skills(v, json_object_get(car, "skills"), &s->skills);
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
	TRY(vroom_number(v, one, "service", 0, ROUTING_SECONDS_MAX / 2, &service));
	s->lunch_s = (int32_t)service;
	return vroom_window(v, json_array_get(windows, 0), "time_windows", &s->lunch);
}

/* Days, prices and the fair share. */
static enum err
read_plan_words(struct vroom *v, struct instance *i)
{
	struct prices *price = &i->problem.price;
	json_t *prices = json_object_get(v->root, "prices");
	int64_t days, fair;

	TRY(vroom_number(v, v->root, "days", 1, ROUTING_DAYS_MAX, &days));
	if (days < 1)
		return fail(v->f, E_INVALID, "days", "A plan has 1 to %u days.", ROUTING_DAYS_MAX);
	i->problem.days = (uint32_t)days;
	TRY(vroom_number(v, prices, "late", LATE, ROUTING_RATE_MAX, &price->late_s));
	TRY(vroom_number(v, prices, "overtime", LATE, ROUTING_RATE_MAX, &price->overtime_s));
	TRY(vroom_number(v, prices, "overload", OVERLOAD, 1 << 30, &price->overload));
	TRY(vroom_number(v, prices, "usual", 0, ROUTING_PRICE_MAX, &price->other_tech));
	TRY(vroom_number(v, prices, "prefer", 0, ROUTING_PRICE_MAX, &price->prefer));
	TRY(vroom_number(v, prices, "day", 0, ROUTING_PRICE_MAX, &price->other_day));
	TRY(vroom_number(v, prices, "promise", 0, ROUTING_PRICE_MAX, &price->moved));
	TRY(vroom_number(v, prices, "mixed", 0, ROUTING_PRICE_MAX, &price->mixed));
	TRY(vroom_number(v, prices, "paid", 0, ROUTING_RATE_MAX, &price->paid_s));
	TRY(vroom_number(v, prices, "uneven", 0, 1 << 16, &price->uneven));
	TRY(vroom_number(v, v->root, "fair", 0, ROUTING_SECONDS_MAX, &fair));
	if (fair > 0) {
		int32_t *target_s = arena_array(v->a, int32_t, FAIR_MAX);

		for (uint32_t t = 0; t < FAIR_MAX; t++)
			target_s[t] = (int32_t)fair;
		i->problem.target_s = target_s;
	}
	return OK;
}
