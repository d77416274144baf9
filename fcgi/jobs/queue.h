/*
 * fcgi/jobs/queue.h -- rows of the outbox between waiting and done: claim, hold, settle.
 *
 * 1. A claim commits before any code of the job runs: whatever that code does to its worker, the
 * try is counted, and a job that kills workers is parked after its tries.
 * 2. Each claim has a token one higher than the one before. Whoever writes with an older one
 * matches no row (E_STALE), so a worker that slept through its lease can do no harm.
 * 3. Every transaction of the owner begins with queue_hold, which locks the row: effects and their
 * "done" commit together, or not at all.
 */
#ifndef FCGI_JOBS_QUEUE_H
#define FCGI_JOBS_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

#include "fcgi/jobs/jobs.h"
#include "sql/tenant/job.h"
#include "tenancy/work.h"

/*
 * A lease is as long as a worker may need for a transaction with everything waiting that can wait:
 * a statement is cut at 10 s and there are few in one. Longer: nobody else begins while a call of
 * 30 s is under way. Shorter would only bring a job back sooner whose worker has died.
 */
#define QUEUE_LEASE_S 60

/* The longest pause between two tries; a job that failed for a day is looked at once a day. */
#define QUEUE_DELAY_MAX_S 86400

/* A job of a kind that this binary does not know, for example during a release. */
#define QUEUE_UNKNOWN_TRIES     12
#define QUEUE_UNKNOWN_BACKOFF_S 60

enum fate { FATE_DONE = 0, FATE_DROP, FATE_SOON, FATE_LATER, FATE_PARK };

/* queue_fate -- what an error means for a job: the table of domain/base/err.h */
enum fate queue_fate(enum err e);
const char *queue_fate_name(enum fate f); /* "done", "drop", "soon", "later", "park" */

/*
 * queue_delay_s -- how long to wait after the n-th failed try
 *
 * backoff_s * 2^(tries - 1), at most a day; of that, a random part of the upper half: jobs that
 * failed together (a relay was down) do not come back together, and none comes back at once.
 *
 * retry_after_s  in  what the other side asked for, 0 if nothing: never sooner, at most a day
 * random         in  any 32 bits
 */
uint32_t queue_delay_s(uint32_t backoff_s, uint32_t tries, uint32_t retry_after_s, uint32_t random);

/*
 * queue_claim -- the next due job of this tenant, now ours for QUEUE_LEASE_S
 *
 * w was opened with DB_QUEUE. Jobs whose owner died come before new ones. t->payload is still
 * sealed: queue_open opens it.
 *
 * got      out  false: nothing is due, or what is due is somebody's at this moment
 */
must_use enum err queue_claim(struct work *w, struct ticket *t, bool *got);

/* queue_hold -- still ours? Then for lease_s more. E_STALE (and the fault says so) if it is not. */
must_use enum err queue_hold(struct work *w, const struct ticket *t, uint32_t lease_s);

/* queue_open -- unseal the payload */
must_use enum err queue_open(struct work *w, struct ticket *t);

/*
 * queue_settle -- write what becomes of a claimed job
 *
 * went    in   how it went; OK = done
 * why     in   the fault of a failure, kept as the row's reason
 * random  in   any 32 bits
 * fate    out  what was written; a job without tries left is parked whatever its error
 *
 * Errors  E_STALE the claim is no longer ours
 */
must_use enum err queue_settle(struct work *w, const struct job *j, const struct ticket *t,
    enum err went, const struct fault *why, uint32_t random, enum fate *fate);

/* queue_next_due -- when the tenant's next job is due (or its owner counts as dead); false: none
 * waits */
must_use enum err queue_next_due(struct work *w, bool *any, int64_t *at);

/* queue_plan -- a waiting clockwork job under the key of its local day; a second one changes
 * nothing */
must_use enum err queue_plan(struct work *w, const char *kind, struct day day, int64_t at);

#endif
