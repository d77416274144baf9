/*
 * fcgi/jobs/edits.c -- the job "edit": one step of a big edit or of its undo, which orders the next one.
 */
#include "fcgi/acts/edits.h"
#include "fcgi/jobs/list.h"

static enum err
run(struct work *w, const struct ticket *t)
{
	struct edit_ticket ticket;

	TRY(shape_read(&edit_ticket_shape, t->payload, w->arena, &ticket, &w->fault));
	return act_edit_step(w, &ticket);
}

const struct job job_edit = {
	.kind = "edit",
	.tries = 20,
	.backoff_s = 2,
	.queues = true,
	.run = run,
	.help = "Change some more customers of a big edit, or take some more back.",
};
