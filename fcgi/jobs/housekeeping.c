/*
 * fcgi/jobs/housekeeping.c -- the job "housekeeping": what a company's schema keeps no longer, each
 * night.
 */
#include "fcgi/acts/imports.h"
#include "fcgi/acts/support.h"
#include "fcgi/acts/tell.h"
#include "fcgi/jobs/list.h"
#include "sql/tenant/job.h"
#include "sql/tenant/queries/bookings.h"
#include "sql/tenant/queries/housekeeping.h"

#define DAY_S 86400
/* Ended sessions tell for 90 days in which countries a person has been. */
#define SESSION_KEEP_S (90 * DAY_S)
/* A link that is used or too old says so, and does not just seem unknown, for a week. */
#define TOKEN_KEEP_S (7 * DAY_S)
/* The promise to clients is 24 hours; twice that covers a phone that was off overnight. */
#define IDEMPOTENCY_KEEP_S (2 * DAY_S)
/* Done jobs keep their keys, so this is how long "at most one job of this key" holds. Parked ones
 * stay. */
#define JOB_KEEP_S (30 * DAY_S)
/* What was held for ten minutes answers a repeat of its booking for a day. */
#define HOLD_KEEP_S DAY_S
/* LIMIT of each statement in housekeeping.sql. */
#define BATCH 500

struct nothing {
	bool again;
};
static const struct field nothing_fields[] = {FIELD_BOOL(struct nothing, again), FIELD_END};
static const struct shape nothing_shape = {"Again", sizeof(struct nothing), nothing_fields};

static enum err
run(struct work *w, const struct ticket *t)
{
	uint64_t sessions, tokens, answers, jobs, holds, kept;
	bool lists;

	(void)t;
	TRY(sql_sessions_drop_old(w->db, w->now - SESSION_KEEP_S, &sessions));
	TRY(sql_tokens_drop_old(w->db, w->now - TOKEN_KEEP_S, &tokens));
	TRY(sql_idempotency_drop_old(w->db, w->now - IDEMPOTENCY_KEEP_S, &answers));
	TRY(sql_jobs_drop_old(w->db, JOB_DONE, w->now - JOB_KEEP_S, &jobs));
	TRY(sql_bookings_drop_old(w->db, BATCH_BOOKING, w->now - HOLD_KEEP_S, &holds));
	TRY(sql_bookings_drop_old(w->db, BATCH_KEPT, w->now - HOLD_KEEP_S, &kept));
	TRY(act_imports_tidy(w, &lists));
	TRY(act_size(w));
	if (lists || sessions == BATCH || tokens == BATCH || answers == BATCH || jobs == BATCH || holds == BATCH ||
	    kept == BATCH)
		return tell(w, "housekeeping", &nothing_shape, &(struct nothing){true});
	return OK;
}

const struct job job_housekeeping = {
    .kind = "housekeeping",
    .unpaid = true,
    .tries = 5, /* tomorrow is another day */
    .backoff_s = 300,
    /* After midnight's work, before the first technician is up, behind the hour that clocks change
       in. */
    .at_local = "03:40",
    .run = run,
    .help = "Throw away ended sessions, used links, old answers and done jobs.",
};
