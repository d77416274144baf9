/*
 * fcgi/jobs/late.c -- the job "late": while windows are left today, a look every five minutes at who will miss one.
 *
 * Each look orders the next under the key of its five minutes, so there is one chain however many begin it.
 */
#include "fcgi/acts/alerts.h"
#include "fcgi/jobs/list.h"

static enum err
run(struct work *w, const struct ticket *t)
{
	int64_t again;

	(void)t;
	TRY(act_late(w, &again));
	return again == 0 ? OK : tell_watch(w, again);
}

const struct job job_late = {
	.kind = "late",
	.tries = 3,
	.backoff_s = 60,
	.lease_s = 120,
	.at_local = "05:00",
	.run = run,
	.help = "See who will miss which window today, and tell whom the company wishes to be told.",
};
