/*
 * fcgi/jobs/cards.c -- the job "cards": stop cards of the days that came into reach, and none of days long past.
 *
 * What is not built yet is read from its sources, so a night that was killed is noticed by nobody.
 */
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/jobs/list.h"
#include "sql/tenant/queries/day.h"

#define BATCH 40    /* LIMIT of tech_days_unbuilt */
#define PAST_DAYS 7 /* a phone that was off for a week still finds its days */

struct more {
	bool again;
};
static const struct field more_fields[] = {FIELD_BOOL(struct more, again), FIELD_END};
static const struct shape more_shape = {"MoreCards", sizeof(struct more), more_fields};

static enum err
run(struct work *w, const struct ticket *t)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct tech_day days[BATCH];
	struct tech_day_row *rows;
	uint64_t dropped;
	size_t n;

	/* By the clock: what was done yesterday says what is due today, so today's briefs are written once more. */
	if (t->payload.n == 0)
		TRY(sql_days_unbuild(w->db, today, today, &dropped));
	TRY(sql_days_clear_before(w->db, day_add(today, -PAST_DAYS), &dropped));
	TRY(sql_tech_days_unbuilt(w->db, day_add(today, -CARD_BACK_DAYS), day_add(today, CARD_AHEAD_DAYS), w->arena,
	    &rows, &n));
	for (size_t i = 0; i < n; i++)
		days[i] = (struct tech_day){rows[i].tech_id, rows[i].day};
	TRY(tell_days(w, days, n));
	return n == BATCH ? tell(w, "cards", &more_shape, &(struct more){true}) : OK;
}

const struct job job_cards = {
	.kind = "cards",
	.tries = 12,
	.backoff_s = 60,
	.lease_s = 300,
	.at_local = "00:05",
	.run = run,
	.help = "Build the technicians' days that came into reach.",
};
