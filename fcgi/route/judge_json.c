/* fcgi/route/judge_json.c -- the checker's own reading of VROOM's JSON, and the legs between
 * places. */
#include <jansson.h>
#include <math.h>

#include "fcgi/route/judge.h"

static enum err read_jobs(struct judge *j, json_t *root);
static enum err read_cars(struct judge *j, json_t *root);
static void read_supply(struct judge *j, json_t *supply);
static void read_wishes(struct judge *j, json_t *job, struct node *x);
static void find_twins(struct judge *j, json_t *root);
static unsigned long long days_of(json_t *list);
static size_t place_at(struct judge *j, json_t *point);
static void let_go(void *root);

enum err
judge_read_json(struct judge *j, struct str text)
{
	json_t *root = json_loadb(text.p, text.n, 0, NULL), *one;
	const char *name;

	if (root == NULL)
		return fail(j->f, E_INVALID, "file", "The file is no JSON.");
	arena_defer(j->a, let_go, root);
	j->kind = JSON_TABLES;
	j->tables = json_object_get(root, "matrix");
	json_object_foreach(json_object_get(root, "matrices"), name, one)
	{
		j->tables = json_object_get(one, "durations");
		j->costs = json_object_get(one, "costs");
	}
	if (j->costs == NULL)
		j->costs = j->tables;
	if (json_object_get(root, "days") != NULL)
		j->days = (unsigned)json_integer_value(json_object_get(root, "days"));
	if (j->days < 1 || j->days > 62)
		return fail(j->f, E_INVALID, "file", "The file has no days.");
	TRY(read_jobs(j, root));
	TRY(read_cars(j, root));
	find_twins(j, root);
	read_supply(j, json_object_get(root, "supply"));
	return OK;
}

static void
read_supply(struct judge *j, json_t *supply)
{
	if (supply == NULL)
		return;
	j->supply_lasts = json_number_value(json_object_get(supply, "service"));
	j->supply = j->tables != NULL ? (long)json_integer_value(json_object_get(supply, "location_index"))
				      : (long)place_at(j, json_object_get(supply, "location"));
}

static void
let_go(void *root)
{
	json_decref(root);
}

/* Places of a file without tables are numbered as they come. */
static size_t
place_at(struct judge *j, json_t *point)
{
	if (j->from_to == NULL)
		j->from_to = arena_array(j->a, double, (size_t)2 * (NODES_MAX + 2 * CARS_MAX + 1));
	j->from_to[2 * j->places] = json_number_value(json_array_get(point, 0));
	j->from_to[2 * j->places + 1] = json_number_value(json_array_get(point, 1));
	return j->places++;
}

static unsigned long long
days_of(json_t *list)
{
	unsigned long long days = 0;
	size_t k;
	json_t *day;

	json_array_foreach(
	    list, k, day) if (json_integer_value(day) >= 0 && json_integer_value(day) < 62) days |=
	    1ULL << json_integer_value(day);
	return days;
}

static enum err
read_jobs(struct judge *j, json_t *root)
{
	size_t k, n;
	json_t *job, *window;

	json_array_foreach(json_object_get(root, "jobs"), k, job)
	{
		struct node *x = &j->node[j->nodes++];

		if (j->nodes >= j->nodes_max)
			return fail(j->f, E_INVALID, "file", "There are more than 20,000 jobs.");
		*x = (struct node){.id = json_number_value(json_object_get(job, "id")),
		    .service = json_number_value(json_object_get(job, "service")) +
			       json_number_value(json_object_get(job, "setup")),
		    .skills = json_object_get(job, "skills")};
		for (size_t d = 0; d < LOADS_MAX; d++) {
			double in =
			    json_number_value(json_array_get(json_object_get(job, "delivery"), d));
			double out =
			    json_number_value(json_array_get(json_object_get(job, "pickup"), d));

			x->demand[d] = in > out ? in : out;
		}
		x->place = j->tables != NULL
			       ? (size_t)json_integer_value(json_object_get(job, "location_index"))
			       : place_at(j, json_object_get(job, "location"));
		json_array_foreach(json_object_get(job, "time_windows"), n, window)
		{
			if (n == WINDOWS_MAX)
				break;
			x->from[n] = json_number_value(json_array_get(window, 0));
			x->to[n] = json_number_value(json_array_get(window, 1));
			x->windows++;
		}
		read_wishes(j, job, x);
	}
	return OK;
}

static void
read_wishes(struct judge *j, json_t *job, struct node *x)
{
	json_t *promise = json_object_get(job, "promise"), *sets = json_object_get(job, "day_sets");

	x->prefer = json_object_get(job, "prefer");
	x->usual = json_object_get(job, "usual");
	x->usual_only = x->usual != NULL && json_is_true(json_object_get(job, "usual_only"));
	x->usual_days = days_of(json_object_get(job, "usual_days"));
	if (promise != NULL) {
		x->promise_from = json_number_value(json_array_get(promise, 0));
		x->promise_to = json_number_value(json_array_get(promise, 1));
	}
	x->set = arena_array(j->a, unsigned long long, json_array_size(sets) + 1);
	for (size_t s = 0; s < json_array_size(sets); s++)
		x->set[x->sets++] = days_of(json_array_get(sets, s));
}

static void
find_twins(struct judge *j, json_t *root)
{
	size_t k;
	json_t *job;

	json_array_foreach(json_object_get(root, "jobs"), k, job)
	{
		json_t *with = json_object_get(job, "with");

		for (size_t n = 0; with != NULL && n < j->nodes; n++)
			if (j->node[n].id == json_number_value(with)) {
				j->node[k].with = n + 1;
				j->node[n].with = k + 1;
			}
	}
}

static enum err
read_cars(struct judge *j, json_t *root)
{
	size_t k;
	json_t *car;

	json_array_foreach(json_object_get(root, "vehicles"), k, car)
	{
		struct car *c = &j->car[j->cars++];
		json_t *window = json_object_get(car, "time_window"),
		       *capacity = json_object_get(car, "capacity");
		json_t *start = json_object_get(car, "start_index"),
		       *end = json_object_get(car, "end_index");
		json_t *rest = json_array_get(json_object_get(car, "breaks"), 0), *who;

		if (j->cars >= CARS_MAX)
			return fail(j->f, E_INVALID, "file", "There are more than 4,095 vehicles.");
		*c = (struct car){.id = json_number_value(json_object_get(car, "id")),
		    .to = ENDLESS,
		    .start = -1,
		    .end = -1,
		    .skills = json_object_get(car, "skills"),
		    .day = (unsigned)json_integer_value(json_object_get(car, "day"))};
		who = json_object_get(car, "technician");
		c->technician = who != NULL ? json_number_value(who) : c->id;
		for (size_t d = 0; d < LOADS_MAX; d++)
			c->capacity[d] = capacity != NULL
					     ? json_number_value(json_array_get(capacity, d))
					     : ENDLESS;
		if (window != NULL) {
			c->from = json_number_value(json_array_get(window, 0));
			c->to = json_number_value(json_array_get(window, 1));
		}
		if (rest != NULL) {
			window = json_array_get(json_object_get(rest, "time_windows"), 0);
			c->break_lasts = json_number_value(json_object_get(rest, "service"));
			c->break_from = json_number_value(json_array_get(window, 0));
			c->break_to = json_number_value(json_array_get(window, 1));
			c->has_break = c->break_lasts > 0;
		}
		if (j->tables != NULL) {
			c->start = start != NULL ? (long)json_integer_value(start) : -1;
			c->end = end != NULL ? (long)json_integer_value(end) : -1;
		} else {
			start = json_object_get(car, "start");
			end = json_object_get(car, "end");
			c->start = start != NULL ? (long)place_at(j, start) : -1;
			c->end = end != NULL ? (long)place_at(j, end) : -1;
		}
	}
	return OK;
}

double
judge_leg(const struct judge *j, long from, long to, bool time)
{
	if (from < 0 || to < 0)
		return 0;
	if (j->kind == JSON_TABLES && j->tables != NULL)
		return json_number_value(json_array_get(
		    json_array_get(time ? j->tables : j->costs, (size_t)from), (size_t)to));
	if (j->kind == JSON_TABLES) {
		const double *x = j->from_to + 2 * from, *y = j->from_to + 2 * to, rad = M_PI / 180;
		double h = pow(sin((y[1] - x[1]) * rad / 2), 2) +
			   cos(x[1] * rad) * cos(y[1] * rad) * pow(sin((y[0] - x[0]) * rad / 2), 2);
		double m = 2 * 6371000.0 * asin(fmin(1, sqrt(h))) * 1.32;

		if (x[0] == y[0] && x[1] == y[1])
			return 0;
		return floor(60 + fmin(m, 3000) / (28 / 3.6) +
			     fmin(fmax(m - 3000, 0), 12000) / (42 / 3.6) +
			     fmax(m - 15000, 0) / (75 / 3.6) + .5);
	}
	{
		const struct node *x = &j->node[from], *y = &j->node[to];
		double d = sqrt((x->x - y->x) * (x->x - y->x) + (x->y - y->y) * (x->y - y->y));

		return j->kind == TEXT_WINDOWS ? floor(d * 10 + 1e-9) / 10
		       : j->kind == TEXT_LOADS ? floor(d + .5)
					       : d;
	}
}
