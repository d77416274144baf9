/*
 * fcgi/route/vroom.h -- what the parts of the reader of VROOM's JSON share: vroom.c the plan,
 * matrices and vehicles, vroom_jobs.c the jobs and their wishes, vroom_values.c single values.
 *
 * Of the reader alone: nothing else includes it.
 */
#ifndef FCGI_ROUTE_VROOM_H
#define FCGI_ROUTE_VROOM_H

#include "fcgi/route/instance.h"

struct json_t;

#define VROOM_SKILLS_MAX 64

struct vroom {
	struct arena *a;
	struct fault *f;
	struct json_t *root;
	int64_t skill[VROOM_SKILLS_MAX]; /* the file's skill of each bit */
	unsigned skills;
	double (*place)[2]; /* longitude, latitude, when there is no matrix */
	uint32_t places;
	bool by_index;
	int64_t *with; /* per job: the id of the job it begins with, -1 = none */
	int64_t *who;  /* technicians, by their number in the plan */
	uint32_t whos;
	const char *list; /* which list is being read, and which of it */
	long nth;
};

/* vroom_jobs -- all jobs; vroom_twins -- those that begin together, once all are read */
must_use enum err vroom_jobs(struct vroom *v, struct instance *i);
must_use enum err vroom_twins(struct vroom *v, struct instance *i);

/* Values of one owner; what is missing is `otherwise`. Errors  E_INVALID, field = the word of the
 * file */
must_use enum err vroom_number(struct vroom *v, struct json_t *owner, const char *name,
    int64_t otherwise, int64_t max, int64_t *out);
must_use enum err vroom_amount(
    struct vroom *v, struct json_t *owner, const char *name, int32_t otherwise, int32_t *out);
must_use enum err
vroom_place(struct vroom *v, struct json_t *owner, const char *name, bool must, uint32_t *out);
must_use enum err vroom_skills(struct vroom *v, struct json_t *list, uint64_t *out);
must_use enum err
vroom_window(struct vroom *v, struct json_t *pair, const char *what, struct window *out);
must_use enum err vroom_days(struct vroom *v, struct json_t *list, uint32_t days, uint64_t *out);
/* vroom_tech -- the number of a technician in the plan */
uint32_t vroom_tech(struct vroom *v, int64_t who);
/* vroom_estimate -- legs between coordinates, where the file has no matrix */
must_use enum err vroom_estimate(struct vroom *v, struct instance *i);

#endif
