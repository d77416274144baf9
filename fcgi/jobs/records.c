/*
 * fcgi/jobs/records.c -- the job "record": a stop is over, so what was done there is sealed, and stands in the brief of whoever comes next.
 */
#include "fcgi/acts/records.h"
#include "fcgi/jobs/list.h"

static enum err run(struct work *w, const struct ticket *t);

const struct job job_record = {
    .kind = "record",
    .tries = 12,
    .backoff_s = 5,
    .run = run,
    .help = "Seal what was done at a stop, and send the customer the report.",
};

static enum err
run(struct work *w, const struct ticket *t)
{
	struct record_order o = {0};

	TRY(shape_read(&record_order_shape, t->payload, w->arena, &o, &w->fault));
	TRY(act_record_seal(w, o.visit_id));
	return act_record_brief(w, o.visit_id);
}
