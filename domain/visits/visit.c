/*
 * domain/visits/visit.c -- the states of a visit, and which change is allowed in which.
 */
#include "domain/visits/visit.h"

#include <assert.h>

const char *const visit_state_names[] = {"", "scheduled", "started", "done", "skipped", "cancelled", NULL};
const char *const visit_source_names[] = {"", "agreement", "office", "booking", "workorder", NULL};

static_assert(sizeof(visit_state_names) / sizeof(char *) == VISIT_STATES + 1, "each has its name");
static_assert(sizeof(visit_source_names) / sizeof(char *) == VISIT_SOURCES + 1, "each has its name");

static enum err open_still(const struct visit *v, struct fault *f);

enum err
visit_move(struct visit *v, const struct visit_move *m, struct day today, struct fault *f)
{
	TRY(open_still(v, f));
	if (m->day.n < today.n && m->day.n != v->day.n)
		return fail(f, E_INVALID, "day", "This day is over.");
	v->day = m->day;
	v->tech_id = m->tech_id;
	v->seq = m->seq.is ? m->seq.v : VISIT_SEQ_MAX;
	v->by_hand = true;
	return OK;
}

enum err
visit_skip(struct visit *v, struct str reason, struct fault *f)
{
	TRY(open_still(v, f));
	v->state = VISIT_SKIPPED;
	v->skip_reason = reason;
	v->by_hand = true;
	return OK;
}

enum err
visit_restore(struct visit *v, struct day today, struct fault *f)
{
	if (v->state != VISIT_SKIPPED)
		return fail(f, E_STALE, NULL, "This visit was not skipped.");
	if (v->day.n < today.n)
		return fail(f, E_INVALID, "day", "This day is over.");
	v->state = VISIT_SCHEDULED;
	v->skip_reason = STR("");
	v->by_hand = true;
	return OK;
}

enum err
visit_change(struct visit *v, const struct visit_change *c, struct fault *f)
{
	TRY(open_still(v, f));
	if (c->from_minute.is && c->to_minute.is && c->from_minute.v >= c->to_minute.v)
		return fail(f, E_INVALID, "to_minute", "The end is before the beginning.");
	v->from_minute = c->from_minute;
	v->to_minute = c->to_minute;
	v->minutes = c->minutes;
	v->note = c->note;
	v->by_hand = true;
	return OK;
}

static enum err
open_still(const struct visit *v, struct fault *f)
{
	if (v->state == VISIT_STARTED || v->state == VISIT_DONE)
		return fail(f, E_STALE, NULL, "What is done stays as it is.");
	if (v->state != VISIT_SCHEDULED)
		return fail(f, E_STALE, NULL, "This visit will not take place.");
	return OK;
}
