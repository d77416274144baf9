#include "fcgi/route/check.h"

#include <jansson.h>
#include <math.h>

#include "fcgi/route/judge.h"

/* One vehicle on its way through a route. */
struct trip {
	const struct car *car;
	unsigned day;
	double cost, drive, clock, load[LOADS_MAX];
	double left; /* when it had to leave for its first job */
	long here;
	bool begun, rested, supplied;
};

static enum err judge_routes(struct judge *j, struct str plan);
static void judge_route(struct judge *j, json_t *route);
static struct car *find_car(struct judge *j, double id);
static void judge_step(struct judge *j, struct trip *t, json_t *step);
static void drive(struct judge *j, struct trip *t, long to);
static void have_break(struct judge *j, struct trip *t);
static void fetch(struct judge *j, struct trip *t);
static void weigh(struct judge *j, struct trip *t, int first);
static void serve(struct judge *j, struct trip *t, double id, double planned);
static void judge_wishes(struct judge *j, struct trip *t, struct node *x);
static void note_technician(struct judge *j, const struct trip *t, struct node *x);
static void come_home(struct judge *j, struct trip *t);
static void judge_nodes(struct judge *j);
static void judge_twins(struct judge *j);
static void judge_balance(struct judge *j);
static void blame(struct judge *j, const char *what, double id);
static bool has_skills(json_t *own, json_t *need);

enum err
check_plan(struct str file, struct str plan, struct arena *a, struct verdict *out, struct fault *f)
{
	struct judge j = {.a = a, .f = f, .days = 1, .supply = -1};

	/* no node is written with fewer than two bytes */
	j.nodes_max = file.n / 2 + 2 < NODES_MAX ? file.n / 2 + 2 : NODES_MAX;
	j.node = arena_array(a, struct node, j.nodes_max + 1);
	j.car = arena_array(a, struct car, CARS_MAX);
	TRY(judge_read(&j, file));
	j.paid = arena_array(a, double, j.cars + 1);
	TRY(judge_routes(&j, plan));
	judge_nodes(&j);
	judge_twins(&j);
	judge_balance(&j);
	*out = j.v;
	return OK;
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
	json_array_foreach(json_object_get(root, "routes"), k, route) judge_route(j, route);
	json_decref(root);
	return OK;
}

static void
judge_route(struct judge *j, json_t *route)
{
	double id = json_number_value(json_object_get(route, "vehicle"));
	unsigned day = (unsigned)json_integer_value(json_object_get(route, "day"));
	struct car *car = find_car(j, id);
	struct trip t = {.car = car};
	json_t *step;
	size_t k;

	/* PVRP's vehicles drive on every day, and the plan says on which; those of JSON have a day
	 */
	t.day = j->kind != TEXT_DAYS && car != NULL ? car->day : day > 0 ? day - 1 : 0;
	if (car == NULL || t.day >= j->days) {
		blame(j, "is no vehicle of that day", id);
		return;
	}
	if ((car->days_used >> t.day & 1) != 0)
		blame(j, "drives twice on one day", id);
	car->days_used |= 1ULL << t.day;
	j->v.routes++;
	t.clock = t.left = car->from;
	t.here = car->start;
	json_array_foreach(json_object_get(route, "steps"), k, step) judge_step(j, &t, step);
	come_home(j, &t);
}

static struct car *
find_car(struct judge *j, double id)
{
	for (size_t k = 0; k < j->cars; k++)
		if (j->car[k].id == id)
			return &j->car[k];
	return NULL;
}

static void
judge_step(struct judge *j, struct trip *t, json_t *step)
{
	const char *type = json_string_value(json_object_get(step, "type"));

	if (type == NULL)
		return;
	if (strcmp(type, "job") == 0)
		serve(j, t, json_number_value(json_object_get(step, "id")),
		    json_number_value(json_object_get(step, "arrival")) +
			json_number_value(json_object_get(step, "waiting_time")));
	else if (strcmp(type, "break") == 0)
		have_break(j, t);
	else if (strcmp(type, "supply") == 0)
		fetch(j, t);
	else if (strcmp(type, "end") == 0)
		drive(j, t, t->car->end);
}

static void
drive(struct judge *j, struct trip *t, long to)
{
	t->cost += judge_leg(j, t->here, to, false);
	t->drive += judge_leg(j, t->here, to, true);
	t->clock += judge_leg(j, t->here, to, true);
	if (to >= 0)
		t->here = to;
}

static void
have_break(struct judge *j, struct trip *t)
{
	const struct car *c = t->car;

	if (!c->has_break || t->rested) {
		blame(j, "takes a break it has not", c->id);
		return;
	}
	t->rested = true;
	if (t->here == c->end && t->begun && c->end >= 0) { /* at home, after work */
		j->v.late += fmax(0, t->clock - c->break_to);
		return;
	}
	j->v.late += fmax(0, t->clock - c->break_to);
	t->clock = fmax(t->clock, c->break_from) + c->break_lasts;
}

/* What was served until now came out of the van; from here on there is enough. */
static void
fetch(struct judge *j, struct trip *t)
{
	if (j->supply < 0 || t->supplied) {
		blame(j, "goes to a supply house that is not there, or twice", t->car->id);
		return;
	}
	drive(j, t, j->supply);
	t->clock += j->supply_lasts;
	weigh(j, t, 1);
	for (int d = 1; d < LOADS_MAX; d++)
		t->load[d] = -ENDLESS;
	t->supplied = true;
	j->v.fetches++;
}

/* Loads above what the vehicle takes, from the first-th on. */
static void
weigh(struct judge *j, struct trip *t, int first)
{
	for (int d = first; d < LOADS_MAX; d++) {
		double most = j->kind == TEXT_DAYS ? j->capacity[t->day] : t->car->capacity[d];

		if (t->load[d] > most + 1e-6)
			j->v.overload += t->load[d] - most;
	}
}

static void
serve(struct judge *j, struct trip *t, double id, double planned)
{
	struct node *x = NULL;
	unsigned w = 0;
	unsigned long long bit = 1ULL << t->day;
	double arrived;

	for (size_t n = j->first; n < j->nodes && x == NULL; n++)
		if (j->node[n].id == id)
			x = &j->node[n];
	if (x == NULL) {
		blame(j, "is no job of the file", id);
		return;
	}
	if ((x->days_served & bit) != 0 || (x->served && x->sets == 0))
		blame(j, "is served twice", id);
	x->days_served |= bit;
	x->served = true;
	if (!has_skills(t->car->skills, x->skills))
		blame(j, "needs a skill that its vehicle lacks", id);
	drive(j, t, (long)x->place);
	arrived = t->clock;
	while (w + 1 < x->windows && t->clock > x->to[w])
		w++;
	if (x->windows > 0)
		t->clock = fmax(t->clock, x->from[w]);
	if (x->with != 0) /* one waits for the other */
		t->clock = fmax(t->clock, planned);
	if (x->windows > 0 && t->clock > x->to[w] + 1e-6)
		j->v.late += t->clock - x->to[w];
	else
		j->v.on_time++;
	if (!t->begun)
		t->left += t->clock - arrived;
	t->begun = true;
	x->begin[0] = t->clock;
	x->begin[1] = t->car->id;
	judge_wishes(j, t, x);
	note_technician(j, t, x);
	t->clock += x->service;
	for (int d = 0; d < LOADS_MAX; d++)
		t->load[d] += x->demand[d];
}

static void
judge_wishes(struct judge *j, struct trip *t, struct node *x)
{
	size_t k;
	json_t *skill;
	bool other = x->usual != NULL && json_number_value(x->usual) != t->car->technician;

	j->v.other_tech += other;
	if (other && x->usual_only)
		blame(j, "is served by another than its technician", x->id);
	j->v.other_day += x->usual_days != 0 && (x->usual_days >> t->day & 1) == 0;
	j->v.promises_broken += x->promise_to > 0 && (t->clock < x->promise_from - 1e-6 ||
							 t->clock > x->promise_to + 1e-6);
	json_array_foreach(x->prefer, k, skill)
	{
		json_t *one = json_array();

		json_array_append(one, skill);
		j->v.wishes_missed += !has_skills(t->car->skills, one);
		json_decref(one);
	}
}

static void
note_technician(struct judge *j, const struct trip *t, struct node *x)
{
	unsigned k = 0;

	while (k < x->whos && x->who[k] != t->car->technician)
		k++;
	if (k < x->whos || k == WHO_MAX)
		return;
	x->who[x->whos++] = t->car->technician;
	j->v.more_techs += k > 0;
}

static void
come_home(struct judge *j, struct trip *t)
{
	double to = j->kind == TEXT_DAYS ? j->longest[t->day] : t->car->to;

	/* text formats and plans without an end step go home too */
	if (t->here != t->car->end)
		drive(j, t, t->car->end);
	j->v.cost += t->cost;
	j->v.drive += t->drive;
	if (t->car->has_break && !t->rested && t->begun)
		blame(j, "drives without its break", t->car->id);
	if (t->clock > to + 1e-6)
		j->v.overtime += t->clock - to;
	weigh(j, t, 0);
	if (t->begun)
		for (size_t k = 0; k < j->cars; k++)
			if (j->car[k].technician == t->car->technician && j->kind == JSON_TABLES) {
				j->paid[k] += t->clock - t->left;
				break;
			}
	j->v.paid += t->clock - t->left;
}

/* Is everything served on days that it allows? */
static void
judge_nodes(struct judge *j)
{
	for (size_t n = j->first; n < j->nodes; n++) {
		const struct node *x = &j->node[n];
		bool fits = x->served;

		if (x->sets > 0 || j->kind == TEXT_DAYS) {
			fits = false;
			for (unsigned s = 0; s < x->sets; s++)
				fits = fits || x->set[s] == x->days_served;
			if (!fits && x->days_served != 0)
				blame(j, "is served on days that no set of its allows", x->id);
		}
		if (fits)
			j->v.served++;
		else
			j->v.left_out++;
	}
}

static void
judge_twins(struct judge *j)
{
	for (size_t n = j->first; n < j->nodes; n++) {
		const struct node *x = &j->node[n], *y = x->with > 0 ? &j->node[x->with - 1] : NULL;

		if (y == NULL || x->with - 1 < n)
			continue;
		if (x->served != y->served || x->days_served != y->days_served)
			blame(j, "is served without the job it belongs to", x->id);
		else if (x->served && x->begin[1] == y->begin[1])
			blame(j, "is served alone by one vehicle", x->id);
		else if (x->served)
			j->v.apart += fabs(x->begin[0] - y->begin[0]);
	}
}

/* Over the technicians, those who never drive counted with nothing. */
static void
judge_balance(struct judge *j)
{
	double sum = 0, squares = 0, n = 0;

	j->v.paid_min = ENDLESS;
	for (size_t k = 0; k < j->cars; k++) {
		bool first = true;

		for (size_t b = 0; b < k; b++)
			first = first && j->car[b].technician != j->car[k].technician;
		if (!first)
			continue;
		n++;
		sum += j->paid[k];
		squares += j->paid[k] * j->paid[k];
		j->v.paid_min = fmin(j->v.paid_min, j->paid[k]);
		j->v.paid_max = fmax(j->v.paid_max, j->paid[k]);
	}
	if (n == 0)
		j->v.paid_min = 0;
	if (sum > 0)
		j->v.paid_cv = sqrt(fmax(0, squares / n - sum / n * (sum / n))) / (sum / n);
}

static bool
has_skills(json_t *own, json_t *need)
{
	size_t k, n;
	json_t *want, *have;

	json_array_foreach(need, k, want)
	{
		bool found = false;

		json_array_foreach(own, n, have) found = found || json_equal(want, have);
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
