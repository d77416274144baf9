/*
 * fcgi/jobs/imports.c -- the job "import": one step of an import, which orders the next one.
 *
 * A step is a transaction with its own cursor (fcgi/acts/imports.h): killed, it has done nothing, and comes back when
 * its lease ends.
 */
#include "fcgi/acts/imports.h"
#include "fcgi/jobs/list.h"

static enum err
run(struct work *w, const struct ticket *t)
{
	struct import_ticket ticket;
	bool more;

	TRY(shape_read(&import_ticket_shape, t->payload, w->arena, &ticket, &w->fault));
	return act_import_step(w, &ticket, &more);
}

const struct job job_import = {
	.kind = "import",
	.tries = 20,
	.backoff_s = 2,
	.queues = true,
	.run = run,
	.help = "Go some rows further in an import: practise, bring in, or take back.",
};
