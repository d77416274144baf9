/*
 * fcgi/jobs/visits.c -- the job "visits": each night the visits of all agreements are made up to the horizon.
 *
 * A batch is a transaction: some agreements are moved on and the next batch is ordered, or nothing happened.
 * made_until is the cursor, so a night that was killed goes on where it was, and a second run finds nothing.
 */
#include "domain/visits/due.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_visits.h"
#include "fcgi/jobs/list.h"
#include "sql/tenant/queries/agreements.h"

/* LIMIT of agreements_behind. */
#define BATCH 100

struct more {
	bool again;
};
static const struct field more_fields[] = {FIELD_BOOL(struct more, again), FIELD_END};
static const struct shape more_shape = {"MoreVisits", sizeof(struct more), more_fields};

static enum err
run(struct work *w, const struct ticket *t)
{
	const struct day horizon = day_add(zone_day(w->tenant->zone, w->now), HORIZON_DAYS);
	struct schedule_id_row *rows;
	size_t n;

	(void)t;
	TRY(sql_agreements_behind(w->db, horizon, w->arena, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(tell_visits(w, rows[i].id, (struct maybe_day){0}));
	return n == BATCH ? tell(w, "visits", &more_shape, &(struct more){true}) : OK;
}

const struct job job_visits = {
	.kind = "visits",
	.tries = 12,
	.backoff_s = 60,
	.lease_s = 300,
	/* Soon after midnight: what ended yesterday is closed, what is due eight weeks from now appears. */
	.at_local = "00:20",
	.run = run,
	.help = "Make the visits of all agreements for the next eight weeks.",
};
