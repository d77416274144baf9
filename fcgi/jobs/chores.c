#include "fcgi/jobs/chores.h"

#include "fcgi/acts/arrivals.h"
#include "sql/control/queries/platform.h"
#include "sql/control/queries/signups.h"
#include "sql/control/queries/tally.h"
#include "tenancy/log.h"

/* The longest window of a limit is a day; one more, so that clocks that differ do no harm. */
#define TALLY_KEEP_S (2 * 86400)
/* A repeated sign-up gets its company again for as long as any repeated request gets its answer. */
#define SIGNUP_KEEP_S (2 * 86400)

static void note(const char *verb, enum err e, const struct fault *f);
static enum err reap_signups(struct desk *d);
static enum err drop_tallies(struct desk *d);
static enum err drop_signups(struct desk *d);
static enum err drop_visitors(struct desk *d);

void
chores_run(struct runner *r)
{
	static const struct {
		const char *verb;
		enum err (*run)(struct desk *d);
	} chores[] = {
	    {"chore.reap", reap_signups},
	    {"chore.tallies", drop_tallies},
	    {"chore.signups", drop_signups},
	    {"chore.platform", drop_visitors},
	};

	for (size_t i = 0; i < sizeof(chores) / sizeof(chores[0]); i++) {
		struct desk d;
		enum err e;

		arena_reset(r->arena);
		runner_desk(r, 0, &d);
		e = house_control(d.house, &d.control, &d.fault);
		if (e == OK)
			e = chores[i].run(&d);
		note(chores[i].verb, e, &d.fault);
	}
	/* The desks are gone: nobody writes a fault there any more. */
	if (r->house->control)
		cdb_fault(r->house->control, NULL);
}

static enum err
reap_signups(struct desk *d)
{
	unsigned reaped;

	return act_signup_reap(d, &reaped);
}

static enum err
drop_tallies(struct desk *d)
{
	uint64_t dropped;

	return sql_tallies_drop_old(d->control, d->now - TALLY_KEEP_S, &dropped);
}

static enum err
drop_signups(struct desk *d)
{
	uint64_t dropped;

	return sql_signups_drop_old(d->control, d->now - SIGNUP_KEEP_S, &dropped);
}

static enum err
drop_visitors(struct desk *d)
{
	uint64_t dropped;

	return sql_platform_sessions_drop_old(d->control, d->now, &dropped);
}

static void
note(const char *verb, enum err e, const struct fault *f)
{
	struct line l;

	if (e == OK)
		return;
	line_open(&l);
	line_str(&l, "verb", str_of(verb));
	line_fault(&l, f);
	line_write(&l);
}
