/*
 * fcgi/jobs/briefs.c -- the job "brief": what changed in a technician's day is on their phone, or the office hears of it.
 */
#include "fcgi/acts/phones.h"
#include "fcgi/jobs/list.h"

static enum err
run(struct work *w, const struct ticket *t)
{
	struct brief_order o;

	TRY(shape_read(&brief_order_shape, t->payload, w->arena, &o, &w->fault));
	return act_brief(w, &o);
}

const struct job job_brief = {
	.kind = "brief",
	.tries = 8,
	.backoff_s = 10,
	.run = run,
	.help = "See that news of a technician's day reach their phone: push, text, then tell the office.",
};
