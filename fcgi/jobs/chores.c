#include "fcgi/jobs/chores.h"

#include "sql/control/queries/housekeeping.h"

/* The longest window of a limit is a day; one more, so that clocks that differ do no harm. */
#define TALLY_KEEP_S (2 * 86400)

static void note(const char *verb, enum err e, const struct fault *f);
static enum err drop_tallies(struct desk *d);

void
chores_run(struct runner *r)
{
	struct desk d;

	arena_reset(r->arena);
	runner_desk(r, 0, &d);
	note("chore.tallies", drop_tallies(&d), &d.fault);
}

static enum err
drop_tallies(struct desk *d)
{
	uint64_t dropped;

	TRY(house_control(d->house, &d->control, &d->fault));
	return sql_tally_drop_old(d->control, d->now - TALLY_KEEP_S, &dropped);
}

static void
note(const char *verb, enum err e, const struct fault *f)
{
	if (e != OK)
		fprintf(stderr, "verb=%s err=%s%s%s\n", verb, err_name(e), f->field ? " field=" : "",
		    f->field ? f->field : "");
}
