/*
 * fcgi/jobs/assign.c -- the job "assign": new work that is nobody's goes to the best technician, if the company wishes that.
 */
#include "fcgi/acts/board.h"
#include "fcgi/acts/tell_proof.h"
#include "fcgi/jobs/list.h"

static enum err
run(struct work *w, const struct ticket *t)
{
	struct record_order o = {0};

	TRY(shape_read(&record_order_shape, t->payload, w->arena, &o, &w->fault));
	return act_board_place_one(w, o.visit_id);
}

const struct job job_assign = {
	.kind = "assign",
	.tries = 5,
	.backoff_s = 5,
	.run = run,
	.help = "Give new work to whoever may, has time, and is reached with the least driving.",
};
