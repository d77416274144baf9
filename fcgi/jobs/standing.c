/*
 * fcgi/jobs/standing.c -- the job "standing": each night, customers whose agreements began or ended with the day.
 *
 * A batch per job; the payload is the cursor. It may run twice: it derives from what stands there then.
 */
#include "fcgi/acts/customers.h"
#include "fcgi/acts/tell.h"
#include "fcgi/jobs/list.h"

struct cursor {
	struct maybe_u64 after;
};
static const struct field cursor_fields[] = {FIELD_MAYBE_ID(struct cursor, after), FIELD_END};
static const struct shape cursor_shape = {"StandingCursor", sizeof(struct cursor), cursor_fields};

static enum err
run(struct work *w, const struct ticket *t)
{
	struct cursor at = {0};
	struct maybe_u64 next;
	size_t changed;

	if (t->payload.n > 0)
		TRY(shape_read(&cursor_shape, t->payload, w->arena, &at, &w->fault));
	TRY(act_standings(w, at.after.is ? at.after.v : 0, &next, &changed));
	return next.is ? tell(w, "standing", &cursor_shape, &(struct cursor){next}) : OK;
}

const struct job job_standing = {
	.kind = "standing",
	.tries = 5, /* tomorrow is another day */
	.backoff_s = 300,
	.at_local = "00:10",
	.run = run,
	.help = "Derive each customer's standing anew: agreements begin and end with the day.",
};
