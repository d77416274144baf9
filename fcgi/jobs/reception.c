/*
 * fcgi/jobs/reception.c -- the job "reception": a text was heard, and the receptionist answers it.
 */
#include "fcgi/acts/bookings.h"
#include "fcgi/jobs/list.h"

static enum err
run(struct work *w, const struct ticket *t)
{
	struct reception_order o;

	TRY(shape_read(&reception_order_shape, t->payload, w->arena, &o, &w->fault));
	return act_reception(w, &o);
}

const struct job job_reception = {
    .kind = "reception",
    .tries = 6,
    .backoff_s = 5,
    .run = run,
    .help = "Answer a customer's text: ask, offer times, book, or hand it to a person.",
};
