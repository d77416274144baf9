/*
 * fcgi/jobs/jobs.h -- time asks: the list of jobs and what one is.
 *
 * A job is a row of `job` in the tenant's schema, written in the transaction of the fact (outbox).
 * With an outside world: prepare (transaction 1) -> send (no database, one call through remote/,
 * keyed by the job's id) -> settle (transaction 2). Without: run. A crash between send and settle
 * sends again with the same key.
 *
 * How to add one: a struct job in fcgi/jobs/<noun>.c, its name in jobs.c's list.
 */
#ifndef FCGI_JOBS_JOBS_H
#define FCGI_JOBS_JOBS_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/err.h"
#include "tenancy/work.h"

/* A claimed job, as its functions see it. `token` fences: a settle with an old one is refused. */
struct ticket {
	uint64_t id;
	uint32_t tries; /* this one counted */
	uint32_t token;
	struct str payload; /* JSON, unsealed */
	struct str kind;
};

struct job {
	const char *kind;
	uint32_t tries;     /* then parked with its reason */
	uint32_t backoff_s; /* doubled each time, with jitter, at most a day */
	uint32_t lease_s;   /* 0 = 60 */
	const char
	    *at_local; /* clockwork: "02:30" in the company's zone, once per local day; or NULL */
	bool unpaid; /* goes on in a company that is closed because it did not pay */
	bool queues; /* a step of what a person may stop: it stands in line with them (runner.c) */
	enum err (*run)(struct work *w, const struct ticket *t);
	enum err (*prepare)(struct work *w, const struct ticket *t, void **parcel);
	enum err (*send)(struct arena *a, const struct config *c, const struct ticket *t,
	    void *parcel, struct fault *f);
	enum err (*settle)(struct work *w, const struct ticket *t, void *parcel, enum err sent);
	const char *help;
};

extern const struct job *const job_list[]; /* ends with NULL */

/* jobs_main -- a job worker's loop, until told to stop */
int jobs_main(struct house *h);

#endif
