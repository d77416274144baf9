/*
 * domain/visits/visit.c -- the states of a visit, and which change is allowed in which.
 */
#include "domain/visits/visit.h"

#include <assert.h>

const char *const visit_state_names[] = {"", "scheduled", "started", "done", "skipped", "cancelled", "on_way",
	"no_access", NULL};
const char *const visit_source_names[] = {"", "agreement", "office", "booking", "workorder",
	"follow_up", "message", NULL};

static_assert(sizeof(visit_state_names) / sizeof(char *) == VISIT_STATES + 1, "each has its name");
static_assert(sizeof(visit_source_names) / sizeof(char *) == VISIT_SOURCES + 1, "each has its name");

const char *const verb_names[] = {"", "confirm", "flag", "on_my_way", "arrive", "check", "note", "reading", "dose",
	"photo", "follow_up", "reassign", "missing_part", "no_access", "skip", "finish", "correct", "reopen", "clock_in",
	"clock_out", "break", "break_over", "problem", "made", "moved", "changed", "cancel", "gone", "days", "sealed",
	"equipment", "used", "signed", "fetched", "looked", "locked", NULL};
static_assert(sizeof(verb_names) / sizeof(char *) == VERBS + 1, "each has its name");

#define IN(s) (1U << (s))
#define OPEN (IN(VISIT_SCHEDULED) | IN(VISIT_ON_WAY) | IN(VISIT_STARTED))
#define NOT_CALLED_OFF (OPEN | IN(VISIT_DONE) | IN(VISIT_SKIPPED) | IN(VISIT_NO_ACCESS))

/* What may follow what. from 0: not a step of a visit; to 0: the state stays. */
static const struct {
	unsigned from;
	enum visit_state to;
} steps[VERBS] = {
	[VERB_CONFIRM] = {OPEN, 0},
	[VERB_FLAG] = {OPEN, 0},
	[VERB_ON_MY_WAY] = {IN(VISIT_SCHEDULED) | IN(VISIT_ON_WAY), VISIT_ON_WAY},
	[VERB_ARRIVE] = {OPEN, VISIT_STARTED},
	[VERB_CHECK] = {NOT_CALLED_OFF, 0},
	[VERB_NOTE] = {NOT_CALLED_OFF, 0},
	[VERB_READING] = {NOT_CALLED_OFF, 0},
	[VERB_DOSE] = {NOT_CALLED_OFF, 0},
	[VERB_PHOTO] = {NOT_CALLED_OFF, 0},
	[VERB_FOLLOW_UP] = {NOT_CALLED_OFF, 0},
	[VERB_REASSIGN] = {IN(VISIT_SCHEDULED) | IN(VISIT_ON_WAY), 0},
	[VERB_MISSING_PART] = {NOT_CALLED_OFF, 0},
	[VERB_NO_ACCESS] = {OPEN, VISIT_NO_ACCESS},
	[VERB_SKIP] = {OPEN, VISIT_SKIPPED},
	[VERB_FINISH] = {OPEN, VISIT_DONE},
	[VERB_CORRECT] = {IN(VISIT_STARTED) | IN(VISIT_DONE) | IN(VISIT_NO_ACCESS), 0},
	[VERB_REOPEN] = {IN(VISIT_DONE) | IN(VISIT_SKIPPED) | IN(VISIT_NO_ACCESS) | IN(VISIT_CANCELLED), VISIT_SCHEDULED},
	[VERB_CANCEL] = {OPEN, VISIT_CANCELLED},
	[VERB_EQUIPMENT] = {NOT_CALLED_OFF, 0},
	[VERB_USED] = {NOT_CALLED_OFF, 0},
	[VERB_SIGNED] = {NOT_CALLED_OFF, 0},
	[VERB_FETCHED] = {OPEN, 0},
};

static enum err refuse(enum visit_state s, struct fault *f);
static enum err correct(struct visit *v, const struct step *s, struct fault *f);
static void earlier(struct maybe_i64 *at, int64_t than);
static enum err open_still(const struct visit *v, struct fault *f);

void
visit_give(struct visit *v, struct maybe_u64 tech_id)
{
	if (v->tech_id.is != tech_id.is || v->tech_id.v != tech_id.v)
		v->fetched_at = (struct maybe_i64){0};
	v->tech_id = tech_id;
}

enum err
visit_move(struct visit *v, const struct visit_move *m, struct day today, struct fault *f)
{
	TRY(open_still(v, f));
	if (m->day.n < today.n && m->day.n != v->day.n)
		return fail(f, E_INVALID, "day", "This day is over.");
	v->day = m->day;
	visit_give(v, m->tech_id);
	v->seq = m->seq.is ? m->seq.v : VISIT_SEQ_MAX;
	v->by_hand = true;
	v->state = VISIT_SCHEDULED;
	v->on_way_at = v->confirmed_at = (struct maybe_i64){0};
	v->flag = v->why_who = STR("");
	return OK;
}

bool
verb_of_phone(enum verb v)
{
	return (v >= VERB_CONFIRM && v <= VERB_PROBLEM) || (v >= VERB_EQUIPMENT && v < VERBS);
}

bool
verb_of_clock(enum verb v)
{
	return (v >= VERB_CLOCK_IN && v <= VERB_PROBLEM) || v == VERB_LOCKED;
}

bool
visit_over(enum visit_state s)
{
	return (OPEN & IN(s)) == 0;
}

enum err
visit_step(struct visit *v, const struct step *s, struct fault *f)
{
	if (s->verb <= 0 || s->verb >= VERBS || steps[s->verb].from == 0)
		return fail(f, E_INVALID, "verb", "This is not something that happens to a visit.");
	if ((steps[s->verb].from & IN(v->state)) == 0)
		return refuse(v->state, f);
	if (s->verb == VERB_CORRECT)
		return correct(v, s, f);
	if (s->verb == VERB_FETCHED && v->errand.n == 0)
		return fail(f, E_STALE, NULL, "Nothing is to be fetched for this visit any more.");
	if (steps[s->verb].to != 0)
		v->state = steps[s->verb].to;
	v->by_hand = true;
	switch (s->verb) {
	case VERB_CONFIRM:
		v->confirmed_at = (struct maybe_i64){true, s->at};
		v->flag = STR("");
		break;
	case VERB_FLAG:
		v->confirmed_at = (struct maybe_i64){0};
		v->flag = s->reason;
		break;
	case VERB_ON_MY_WAY:
		earlier(&v->on_way_at, s->at);
		break;
	case VERB_ARRIVE:
		earlier(&v->started_at, s->at);
		break;
	case VERB_FETCHED:
		earlier(&v->fetched_at, s->at);
		break;
	case VERB_FINISH:
		/* A clock that was put right in between must not end a stop before it began. */
		v->ended_at = (struct maybe_i64){true, v->started_at.is && s->at < v->started_at.v ? v->started_at.v : s->at};
		break;
	case VERB_NO_ACCESS:
	case VERB_SKIP:
	case VERB_CANCEL:
		v->skip_reason = s->reason;
		v->ended_at = (struct maybe_i64){s->verb == VERB_NO_ACCESS, s->at};
		break;
	case VERB_REOPEN:
		v->skip_reason = STR("");
		v->ended_at = (struct maybe_i64){0};
		if (v->started_at.is)
			v->state = VISIT_STARTED;
		break;
	default:
		break;
	}
	return OK;
}

bool
visit_clash(const struct visit *a, const struct visit *b)
{
	if (!a->from_minute.is || !a->to_minute.is || !b->from_minute.is || !b->to_minute.is)
		return false;
	return a->from_minute.v + a->minutes > b->to_minute.v && b->from_minute.v + b->minutes > a->to_minute.v;
}

enum err
visit_skip(struct visit *v, struct str reason, struct fault *f)
{
	return visit_step(v, &(struct step){.verb = VERB_SKIP, .reason = reason}, f);
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
correct(struct visit *v, const struct step *s, struct fault *f)
{
	struct maybe_i64 from = s->started_at.is ? s->started_at : v->started_at;
	struct maybe_i64 to = s->ended_at.is ? s->ended_at : v->ended_at;

	if (to.is && v->state == VISIT_STARTED)
		return fail(f, E_STALE, NULL, "This visit is still under way.");
	if (from.is && to.is && to.v < from.v)
		return fail(f, E_INVALID, "ended_at", "The end is before the beginning.");
	if (from.is && to.is && to.v - from.v > 86400)
		return fail(f, E_INVALID, "ended_at", "A visit takes at most a day.");
	v->started_at = from;
	v->ended_at = to;
	v->by_hand = true;
	return OK;
}

static void
earlier(struct maybe_i64 *at, int64_t than)
{
	if (!at->is || than < at->v)
		*at = (struct maybe_i64){true, than};
}

static enum err
refuse(enum visit_state s, struct fault *f)
{
	if (s == VISIT_STARTED)
		return fail(f, E_STALE, NULL, "This visit is under way.");
	if (s == VISIT_DONE)
		return fail(f, E_STALE, NULL, "What is done stays as it is.");
	if (s == VISIT_SCHEDULED || s == VISIT_ON_WAY)
		return fail(f, E_STALE, NULL, "This visit has not begun.");
	return fail(f, E_STALE, NULL, "This visit will not take place.");
}

static enum err
open_still(const struct visit *v, struct fault *f)
{
	if (v->state == VISIT_SCHEDULED || v->state == VISIT_ON_WAY)
		return OK;
	return refuse(v->state, f);
}
