#include "fcgi/route/check.h"

#include <jansson.h>
#include <math.h>

#define NODES_MAX 20001
#define CARS_MAX 4096
#define WINDOWS_MAX 8
#define SETS_MAX 256

enum kind { TEXT_WINDOWS, TEXT_LOADS, TEXT_DAYS, JSON_TABLES };

/* What a file says, in doubles and by the file's own names. */
struct node {
	double id, x, y, demand, service, from[WINDOWS_MAX], to[WINDOWS_MAX];
	unsigned windows;
	unsigned sets;
	unsigned long long set[SETS_MAX / 4];
	json_t *skills;
	size_t place;
	unsigned long long days_served;
	bool served;
};

struct car {
	double id, capacity, from, to;
	long start, end; /* places; -1 = nowhere */
	json_t *skills;
	unsigned long long days_used;
};

struct judge {
	enum kind kind;
	struct arena *a;
	struct fault *f;
	struct node *node; /* text formats: node[0] is the depot */
	size_t nodes, first;
	struct car *car;
	size_t cars;
	unsigned days;
	double longest[64], capacity[64];
	json_t *tables; /* durations */
	json_t *costs;
	double *from_to; /* estimated legs */
	size_t places;
	struct verdict v;
};

static enum err read_file(struct judge *j, struct str text);
static enum err read_words(struct judge *j, struct str text);
static enum err read_days(struct judge *j, struct str text);
static enum err read_json(struct judge *j, struct str text);
static enum err read_json_jobs(struct judge *j, json_t *root);
static enum err read_json_cars(struct judge *j, json_t *root);
static double leg(const struct judge *j, long from, long to, bool time);
static enum err judge_routes(struct judge *j, struct str plan);
static void judge_route(struct judge *j, json_t *route);
static void serve(struct judge *j, const struct car *car, unsigned day, double id, double *at,
    double *clock, double *load, long *here);
static void blame(struct judge *j, const char *what, double id);
static bool has_skills(json_t *own, json_t *need);
static void let_go(void *root);

enum err
check_plan(struct str file, struct str plan, struct arena *a, struct verdict *out, struct fault *f)
{
	struct judge j = {.a = a, .f = f, .days = 1};

	j.node = arena_array(a, struct node, NODES_MAX);
	j.car = arena_array(a, struct car, CARS_MAX);
	TRY(read_file(&j, file));
	TRY(judge_routes(&j, plan));
	for (size_t n = j.first; n < j.nodes; n++) {
		bool fits = j.node[n].served;

		if (j.kind == TEXT_DAYS) {
			fits = false;
			for (unsigned s = 0; s < j.node[n].sets; s++)
				fits = fits || j.node[n].set[s] == j.node[n].days_served;
			if (!fits && j.node[n].days_served != 0)
				blame(&j, "is served on days that no set of its allows", j.node[n].id);
		}
		if (fits)
			j.v.served++;
		else
			j.v.left_out++;
	}
	*out = j.v;
	return OK;
}

static enum err
read_file(struct judge *j, struct str text)
{
	size_t at = 0, fields = 0;

	while (at < text.n && strchr(" \t\r\n", text.p[at]) != NULL)
		at++;
	if (at < text.n && text.p[at] == '{')
		return read_json(j, text);
	for (size_t n = at; n < text.n && text.p[n] != '\n'; n++)
		if (text.p[n] > ' ' && (n == at || text.p[n - 1] <= ' '))
			fields++;
	if (fields == 4 && text.p[at] == '1')
		return read_days(j, text);
	return read_words(j, text);
}

/* One word after another; the headings of both formats are words too. */
static bool
word(struct str text, size_t *at, char *out, size_t max)
{
	size_t n = 0;

	while (*at < text.n && (unsigned char)text.p[*at] <= ' ')
		++*at;
	while (*at < text.n && (unsigned char)text.p[*at] > ' ') {
		if (n + 1 < max)
			out[n++] = text.p[*at];
		++*at;
	}
	out[n] = '\0';
	return n > 0;
}

static enum err
read_words(struct judge *j, struct str text)
{
	char w[64] = "", before[64] = "";
	size_t at = 0;
	double v[7] = {0}, load = 0;
	struct car *car = j->car;

	j->kind = TEXT_WINDOWS;
	while (word(text, &at, w, sizeof(w))) {
		bool colon = strcmp(w, ":") == 0;

		if (colon)
			word(text, &at, w, sizeof(w));
		if (strncmp(before, "DIMENSION", 9) == 0) {
			j->nodes = (size_t)strtod(w, NULL);
			j->kind = TEXT_LOADS;
			if (j->nodes < 1 || j->nodes >= NODES_MAX)
				return fail(j->f, E_INVALID, "file", "The dimension is out of bounds.");
		} else if (strncmp(before, "CAPACITY", 8) == 0 && j->kind == TEXT_LOADS)
			car->capacity = strtod(w, NULL);
		else if (strcmp(w, "CAPACITY") == 0 && j->kind == TEXT_WINDOWS && !colon) {
			size_t peek = at;

			if (word(text, &peek, w, sizeof(w)) && strcmp(w, ":") != 0) {
				j->cars = (size_t)strtod(w, NULL);
				word(text, &peek, w, sizeof(w));
				car->capacity = strtod(w, NULL);
				at = peek;
			} else
				snprintf(w, sizeof(w), "CAPACITY");
		} else if (strcmp(before, "SERVICE") == 0 && strcmp(w, "TIME") == 0)
			break;
		else if (strcmp(w, "NODE_COORD_SECTION") == 0)
			for (size_t n = 0; n < j->nodes; n++) {
				for (int k = 0; k < 3 && word(text, &at, w, sizeof(w)); k++)
					v[k] = strtod(w, NULL);
				j->node[n].id = v[0] - 1;
				j->node[n].x = v[1];
				j->node[n].y = v[2];
			}
		else if (strcmp(w, "DEMAND_SECTION") == 0)
			for (size_t n = 0; n < j->nodes; n++) {
				for (int k = 0; k < 2 && word(text, &at, w, sizeof(w)); k++)
					v[k] = strtod(w, NULL);
				j->node[n].demand = v[1];
				load += v[1];
			}
		snprintf(before, sizeof(before), "%s", w);
	}
	while (j->kind == TEXT_WINDOWS && j->nodes < NODES_MAX && word(text, &at, w, sizeof(w))) {
		struct node *n = &j->node[j->nodes++];

		v[0] = strtod(w, NULL);
		for (int k = 1; k < 7 && word(text, &at, w, sizeof(w)); k++)
			v[k] = strtod(w, NULL);
		*n = (struct node){.id = v[0], .x = v[1], .y = v[2], .demand = v[3], .service = v[6],
		    .from = {v[4]}, .to = {v[5]}, .windows = 1};
	}
	if (j->kind == TEXT_LOADS)
		j->cars = (size_t)ceil(1.3 * load / car->capacity - 1e-9) + 3;
	if (j->nodes < 1 || j->cars < 1 || j->cars > CARS_MAX)
		return fail(j->f, E_INVALID, "file", "The file is of no known format.");
	for (size_t n = 0; n < j->cars; n++)
		j->car[n] = (struct car){.id = (double)n + 1, .capacity = car->capacity,
		    .from = j->node[0].from[0], .to = j->kind == TEXT_WINDOWS ? j->node[0].to[0] : 1e18};
	for (size_t n = 0; n < j->nodes; n++)
		j->node[n].place = n;
	j->first = 1;
	return OK;
}

static enum err
read_days(struct judge *j, struct str text)
{
	double head[4] = {0};
	size_t at = 0, n = 0;

	j->kind = TEXT_DAYS;
	for (size_t line = 0; at < text.n; line++) {
		double v[SETS_MAX];
		size_t k = 0, stop = at;
		char w[64];
		struct str one;

		while (stop < text.n && text.p[stop] != '\n')
			stop++;
		one = (struct str){text.p + at, stop - at};
		at = 0;
		while (k < SETS_MAX && word(one, &at, w, sizeof(w)))
			v[k++] = strtod(w, NULL);
		at = (size_t)(one.p - text.p) + one.n + 1;
		if (k == 0) {
			line--;
			continue;
		}
		if (line == 0) {
			memcpy(head, v, sizeof(head));
			j->days = (unsigned)head[3];
			if (j->days < 1 || j->days > 62 || head[1] < 1 || head[1] > CARS_MAX)
				return fail(j->f, E_INVALID, "file", "The first line is out of bounds.");
		} else if (line <= j->days) {
			j->longest[line - 1] = v[0] > 0 ? v[0] : 1e18;
			j->capacity[line - 1] = v[1] > 0 ? v[1] : 1e18;
		} else if (n <= (size_t)head[2] && n < NODES_MAX) {
			struct node *x = &j->node[n];

			*x = (struct node){.id = v[0], .x = v[1], .y = v[2], .service = v[3], .demand = v[4],
			    .place = n++};
			for (size_t s = 0; k >= 7 && s < v[6] && 7 + s < k && s < SETS_MAX / 4; s++)
				x->set[x->sets++] = (unsigned long long)v[7 + s];
		}
	}
	j->nodes = n;
	j->cars = (size_t)head[1];
	for (size_t c = 0; c < j->cars; c++)
		j->car[c] = (struct car){.id = (double)c + 1, .to = 1e18};
	j->first = 1;
	return n > 0 ? OK : fail(j->f, E_INVALID, "file", "The file has no customers.");
}

static enum err
read_json(struct judge *j, struct str text)
{
	json_t *root = json_loadb(text.p, text.n, 0, NULL), *one;
	const char *name;

	if (root == NULL)
		return fail(j->f, E_INVALID, "file", "The file is no JSON.");
	arena_defer(j->a, let_go, root);
	j->kind = JSON_TABLES;
	j->tables = json_object_get(root, "matrix");
	json_object_foreach (json_object_get(root, "matrices"), name, one) {
		j->tables = json_object_get(one, "durations");
		j->costs = json_object_get(one, "costs");
	}
	if (j->costs == NULL)
		j->costs = j->tables;
	TRY(read_json_jobs(j, root));
	return read_json_cars(j, root);
}

static void
let_go(void *root)
{
	json_decref(root);
}

/* Places of a file without tables are numbered as they come: jobs first, then starts and ends. */
static size_t
place_at(struct judge *j, json_t *point)
{
	if (j->from_to == NULL)
		j->from_to = arena_array(j->a, double, (size_t)2 * 3 * NODES_MAX);
	j->from_to[2 * j->places] = json_number_value(json_array_get(point, 0));
	j->from_to[2 * j->places + 1] = json_number_value(json_array_get(point, 1));
	return j->places++;
}

static enum err
read_json_jobs(struct judge *j, json_t *root)
{
	size_t k, n;
	json_t *job, *window;

	json_array_foreach (json_object_get(root, "jobs"), k, job) {
		struct node *x = &j->node[j->nodes++];
		double in = json_number_value(json_array_get(json_object_get(job, "delivery"), 0));
		double out = json_number_value(json_array_get(json_object_get(job, "pickup"), 0));

		if (j->nodes >= NODES_MAX)
			return fail(j->f, E_INVALID, "file", "There are more than 20,000 jobs.");
		*x = (struct node){.id = json_number_value(json_object_get(job, "id")),
		    .demand = in > out ? in : out,
		    .service = json_number_value(json_object_get(job, "service"))
			+ json_number_value(json_object_get(job, "setup")),
		    .skills = json_object_get(job, "skills")};
		x->place = j->tables != NULL
		    ? (size_t)json_integer_value(json_object_get(job, "location_index"))
		    : place_at(j, json_object_get(job, "location"));
		json_array_foreach (json_object_get(job, "time_windows"), n, window) {
			if (n == WINDOWS_MAX)
				break;
			x->from[n] = json_number_value(json_array_get(window, 0));
			x->to[n] = json_number_value(json_array_get(window, 1));
			x->windows++;
		}
	}
	return OK;
}

static enum err
read_json_cars(struct judge *j, json_t *root)
{
	size_t k;
	json_t *car;

	json_array_foreach (json_object_get(root, "vehicles"), k, car) {
		struct car *c = &j->car[j->cars++];
		json_t *window = json_object_get(car, "time_window"), *capacity = json_object_get(car, "capacity");
		json_t *start = json_object_get(car, "start_index"), *end = json_object_get(car, "end_index");

		if (j->cars >= CARS_MAX)
			return fail(j->f, E_INVALID, "file", "There are more than 4,095 vehicles.");
		*c = (struct car){.id = json_number_value(json_object_get(car, "id")), .capacity = 1e18,
		    .to = 1e18, .start = -1, .end = -1, .skills = json_object_get(car, "skills")};
		if (capacity != NULL)
			c->capacity = json_number_value(json_array_get(capacity, 0));
		if (window != NULL) {
			c->from = json_number_value(json_array_get(window, 0));
			c->to = json_number_value(json_array_get(window, 1));
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

static double
leg(const struct judge *j, long from, long to, bool time)
{
	if (from < 0 || to < 0)
		return 0;
	if (j->kind == JSON_TABLES && j->tables != NULL)
		return json_number_value(json_array_get(
		    json_array_get(time ? j->tables : j->costs, (size_t)from), (size_t)to));
	if (j->kind == JSON_TABLES) {
		const double *x = j->from_to + 2 * from, *y = j->from_to + 2 * to, rad = M_PI / 180;
		double h = pow(sin((y[1] - x[1]) * rad / 2), 2)
		    + cos(x[1] * rad) * cos(y[1] * rad) * pow(sin((y[0] - x[0]) * rad / 2), 2);
		double m = 2 * 6371000.0 * asin(fmin(1, sqrt(h))) * 1.32;

		if (from == to)
			return 0;
		return floor(60 + fmin(m, 3000) / (28 / 3.6) + fmin(fmax(m - 3000, 0), 12000) / (42 / 3.6)
		    + fmax(m - 15000, 0) / (75 / 3.6) + .5);
	}
	{
		const struct node *x = &j->node[from], *y = &j->node[to];
		double d = sqrt((x->x - y->x) * (x->x - y->x) + (x->y - y->y) * (x->y - y->y));

		return j->kind == TEXT_WINDOWS ? floor(d * 10 + 1e-9) / 10
		    : j->kind == TEXT_LOADS ? floor(d + .5)
					    : d;
	}
}

static enum err
judge_routes(struct judge *j, struct str plan)
{
	json_t *root = json_loadb(plan.p, plan.n, 0, NULL), *route;
	size_t k;

	if (root == NULL || !json_is_array(json_object_get(root, "routes"))) {
		json_decref(root);
		return fail(j->f, E_INVALID, "plan", "The plan is no JSON with routes.");
	}
	json_array_foreach (json_object_get(root, "routes"), k, route)
		judge_route(j, route);
	json_decref(root);
	return OK;
}

static void
judge_route(struct judge *j, json_t *route)
{
	double id = json_number_value(json_object_get(route, "vehicle")), clock, load = 0, at = 0;
	unsigned day = (unsigned)json_integer_value(json_object_get(route, "day"));
	struct car *car = NULL;
	json_t *step;
	size_t k;
	long here;

	day = day > 0 ? day - 1 : 0;
	for (k = 0; k < j->cars; k++)
		if (j->car[k].id == id)
			car = &j->car[k];
	if (car == NULL || day >= j->days) {
		blame(j, "is no vehicle of that day", id);
		return;
	}
	if ((car->days_used >> day & 1) != 0)
		blame(j, "drives twice on one day", id);
	car->days_used |= 1ULL << day;
	j->v.routes++;
	clock = car->from;
	here = car->start;
	json_array_foreach (json_object_get(route, "steps"), k, step)
		if (strcmp(json_string_value(json_object_get(step, "type"))
			? json_string_value(json_object_get(step, "type")) : "", "job") == 0)
			serve(j, car, day, json_number_value(json_object_get(step, "id")), &at, &clock, &load,
			    &here);
	at += leg(j, here, car->end, false);
	clock += leg(j, here, car->end, true);
	j->v.cost += at;
	{
		double to = j->kind == TEXT_DAYS ? j->longest[day] : car->to;
		double most = j->kind == TEXT_DAYS ? j->capacity[day] : car->capacity;

		if (clock > to + 1e-6)
			j->v.overtime += clock - to;
		if (load > most + 1e-6)
			j->v.overload += load - most;
	}
}

static void
serve(struct judge *j, const struct car *car, unsigned day, double id, double *at, double *clock,
    double *load, long *here)
{
	struct node *x = NULL;
	unsigned w = 0;
	/* the file's highest bit is the first day */
	unsigned long long bit = 1ULL << (j->kind == TEXT_DAYS ? j->days - 1 - day : 0);

	for (size_t n = j->first; n < j->nodes && x == NULL; n++)
		if (j->node[n].id == id)
			x = &j->node[n];
	if (x == NULL) {
		blame(j, "is no job of the file", id);
		return;
	}
	if ((x->days_served & bit) != 0)
		blame(j, "is served twice", id);
	x->days_served |= bit;
	x->served = true;
	if (!has_skills(car->skills, x->skills))
		blame(j, "needs a skill that its vehicle lacks", id);
	*at += leg(j, *here, (long)x->place, false);
	*clock += leg(j, *here, (long)x->place, true);
	*here = (long)x->place;
	*load += x->demand;
	while (w + 1 < x->windows && *clock > x->to[w])
		w++;
	if (x->windows > 0 && *clock > x->to[w] + 1e-6)
		j->v.late += *clock - x->to[w];
	if (x->windows > 0 && *clock < x->from[w])
		*clock = x->from[w];
	*clock += x->service;
}

static bool
has_skills(json_t *own, json_t *need)
{
	size_t k, n;
	json_t *want, *have;

	json_array_foreach (need, k, want) {
		bool found = false;

		json_array_foreach (own, n, have)
			found = found || json_equal(want, have);
		if (!found)
			return false;
	}
	return true;
}

static void
blame(struct judge *j, const char *what, double id)
{
	if (j->v.faults++ == 0)
		snprintf(j->v.first, sizeof(j->v.first), "%.0f %s", id, what);
}
