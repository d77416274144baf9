/*
 * fcgi/jobs/runner.h -- one job, from its claim to its fate.
 */
#ifndef FCGI_JOBS_RUNNER_H
#define FCGI_JOBS_RUNNER_H

#include <stdbool.h>
#include <stdint.h>

#include "fcgi/jobs/jobs.h"
#include "tenancy/work.h"

/* How often a transaction that lost a race is run again at once, before the job waits a second or
 * two. */
#define RUNNER_ATTEMPTS 3

struct runner {
	struct house *house;
	struct arena *arena;           /* of one job; reset before each */
	const struct job *const *list; /* ends with NULL */
	uint64_t works;                /* jobs done so far, well or badly */
	bool quiet;                    /* no line in the log: row tests   */
};

/* runner_desk -- a fresh desk: the clock is read, a trace is made; it begins with the job's id (0:
 * any) */
void runner_desk(struct runner *r, uint64_t id, struct desk *d);

/*
 * runner_one -- claim the tenant's next due job and do it
 *
 * did     out  false: there was none to be had
 *
 * Errors  only those of the house itself (E_AWAY, E_RETRY at the claim). A job that fails is
 * settled here and is no error; one that could not be settled comes back when its lease ends.
 */
must_use enum err runner_one(struct runner *r, const struct tenant *t, bool *did);

/* job_named -- NULL if the list has none of that kind */
const struct job *job_named(const struct job *const *list, struct str kind);

/* job_law -- what is wrong with a list of jobs, or NULL */
const char *job_law(const struct job *const *list);

#endif
