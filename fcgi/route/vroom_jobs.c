/* fcgi/route/vroom_jobs.c -- the jobs of VROOM's JSON: windows, wishes, days, and who comes
 * together. */
#include "fcgi/route/vroom.h"

#include <jansson.h>

#define PRIZE_A_PRIORITY (INT64_C(1) << 33) /* a stop of priority 0 is still worth any detour */

static enum err
read_job(struct vroom *v, json_t *job, size_t n, struct instance *i, struct stop *s);
static enum err read_windows(struct vroom *v, json_t *list, struct stop *s);
static enum err
read_wishes(struct vroom *v, json_t *job, size_t n, struct instance *i, struct stop *s);
static enum err read_day_sets(struct vroom *v, json_t *list, uint32_t days, struct stop *s);

enum err
vroom_jobs(struct vroom *v, struct instance *i)
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
	v->list = "jobs";
	for (size_t k = 0; k < n; k++) {
		v->nth = (long)k;
		TRY(read_job(v, json_array_get(jobs, k), k, i, &stop[k]));
	}
	v->list = NULL;
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
	TRY(vroom_number(v, job, "id", 0, INT64_MAX, &id));
	TRY(vroom_number(v, job, "setup", 0, ROUTING_SECONDS_MAX / 2, &setup));
	TRY(vroom_number(v, job, "service", 0, ROUTING_SECONDS_MAX / 2, &service));
	TRY(vroom_number(v, job, "priority", 0, 100, &priority));
	TRY(vroom_amount(v, job, "delivery", 0, delivery));
	TRY(vroom_amount(v, job, "pickup", 0, pickup));
	*s = (struct stop){.service_s = (int32_t)(setup + service),
	    .load = delivery[0] > pickup[0] ? delivery[0] : pickup[0],
	    .prize = PRIZE_A_PRIORITY * (priority + 1),
	    .usual_tech = ROUTING_NO_STOP};
	for (int g = 0; g < ROUTING_GOODS; g++)
		s->goods[g] = delivery[g + 1] > pickup[g + 1] ? delivery[g + 1] : pickup[g + 1];
	i->stop_id[n] = (uint64_t)id;
	TRY(vroom_place(v, job, "location", true, &s->place));
	TRY(vroom_skills(v, json_object_get(job, "skills"), &s->skills));
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
		TRY(vroom_window(v, json_array_get(list, k), "time_windows", &w[k]));
	s->window = w;
	s->windows = (uint32_t)n;
	return OK;
}

static enum err
read_wishes(struct vroom *v, json_t *job, size_t n, struct instance *i, struct stop *s)
{
	json_t *promise = json_object_get(job, "promise");
	int64_t usual;

	TRY(vroom_number(v, job, "usual", -1, INT64_MAX, &usual));
	TRY(vroom_number(v, job, "with", -1, INT64_MAX, &v->with[n]));
	if (usual >= 0)
		s->usual_tech = vroom_tech(v, usual);
	s->usual_only = usual >= 0 && json_is_true(json_object_get(job, "usual_only"));
	TRY(vroom_skills(v, json_object_get(job, "prefer"), &s->prefer));
	TRY(vroom_days(v, json_object_get(job, "usual_days"), i->problem.days, &s->usual_days));
	if (promise != NULL)
		TRY(vroom_window(v, promise, "promise", &s->promise));
	return read_day_sets(v, json_object_get(job, "day_sets"), i->problem.days, s);
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
		TRY(vroom_days(v, json_array_get(list, k), days, &pattern[k]));
		if (pattern[k] == 0)
			return fail(
			    v->f, E_INVALID, "day_sets", "A day set names at least one day.");
	}
	s->pattern = pattern;
	s->patterns = (uint32_t)n;
	return OK;
}

/* One side naming the other is enough. */
enum err
vroom_twins(struct vroom *v, struct instance *i)
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
