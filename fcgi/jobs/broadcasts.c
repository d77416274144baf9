/*
 * fcgi/jobs/broadcasts.c -- the job "broadcast": one text to some more of many; each step orders the next.
 */
#include "fcgi/acts/broadcasts.h"
#include "fcgi/http/shape.h"
#include "fcgi/jobs/list.h"

static enum err
run(struct work *w, const struct ticket *t)
{
	struct broadcast_ticket ticket;

	TRY(shape_read(&broadcast_ticket_shape, t->payload, w->arena, &ticket, &w->fault));
	return act_broadcast_step(w, ticket.batch_id);
}

const struct job job_broadcast = {
	.kind = "broadcast",
	.tries = 20,
	.backoff_s = 5,
	.lease_s = 120,
	.queues = true,
	.run = run,
	.help = "Order the messages of a text to many for some more of them.",
};
