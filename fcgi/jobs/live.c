/*
 * fcgi/jobs/live.c -- the job "live": what was committed is hinted to whoever has a page open.
 *
 * Written in the transaction of the change, at most once in each, so a hint never comes before what it is about.
 * It is not repeated for long: whoever missed it asks by the clock.
 */
#include "fcgi/jobs/list.h"
#include "fcgi/remote/live.h"
#include "tenancy/log.h"

struct hint {
	struct str slug;
};

static enum err
prepare(struct work *w, const struct ticket *t, void **parcel)
{
	struct hint *h = arena_new(w->arena, struct hint);

	(void)t;
	h->slug = str_copy(w->arena, str_of(w->tenant->slug));
	*parcel = h;
	return OK;
}

static enum err
send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	const struct hint *h = parcel;

	(void)t;
	if (live_hint(a, c, h->slug, f) != OK) {
		log_note("live", "a hint was not taken", 0);
		*f = (struct fault){0};
	}
	return OK;
}

const struct job job_live = {
	.kind = "live",
	.unpaid = true,
	.tries = 8, /* it never fails: what counts are deaths of the worker, and of the database before it could say so */
	.backoff_s = 5,
	.lease_s = 40,
	.prepare = prepare,
	.send = send,
	.help = "Tell open pages that something changed.",
};
