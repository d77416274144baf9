/*
 * fcgi/acts/sync.c -- what a phone kept while it was offline, done in order, each once.
 *
 * A verb's id is the key of the log: a second time is a duplicate by construction. The phone's count moves on in
 * the transaction of the effect, so "up to here we have everything" is never more than the truth.
 */
#include "fcgi/acts/sync.h"

#include "domain/access/audit.h"
#include "domain/customers/property.h"
#include "domain/dispatch/alarm.h"
#include "domain/staff/clock.h"
#include "domain/visits/reason.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_alert.h"
#include "fcgi/acts/tell_board.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_proof.h"
#include "fcgi/acts/tell_water.h"
#include "sql/tenant/queries/day.h"
#include "sql/tenant/queries/properties.h"
#include "sql/tenant/queries/services.h"
#include "sql/tenant/queries/sync.h"
#include "sql/tenant/queries/visits.h"

#define TRIES 5
#define SKEW_NOISE_S 5 /* the network's, not the clock's */
#define SKEW_MAX_S 315360000
#define PLACE_NEAR_M 260 /* the 250 of web/tech/place.ts, and what two ways to reckon differ by */
#define CODES_SENT_S (7 * 86400) /* longer than the day before the stop and a phone's clock that is off */
#define PROBLEM_MAX 300
#define BODY_MAX_BYTES 60000

const char *const sync_answer_names[] = {"", "applied", "conflict", "refused", "gap", NULL};

/* One phone's turn. */
struct turn {
	uint64_t device_id;
	struct str name;
	int32_t skew_s;
};

static enum err one(struct work *w, const struct turn *t, const struct sync_verb *v, struct sync_answered *a,
    uint32_t *last_n);
static enum err attempt(struct work *w, const struct turn *t, const struct sync_verb *v, struct sync_answered *a,
    uint32_t *last_n);
static enum err device_take(struct work *w, const struct turn *t, bool make, struct device_row *out);
static enum err seen_before(struct work *w, const struct turn *t, const struct sync_verb *v, struct sync_answered *a);
static enum err apply(struct work *w, const struct turn *t, const struct sync_verb *v);
static enum err on_visit(struct work *w, const struct turn *t, const struct sync_verb *v, struct visit_said *said);
static enum err somebody_else(struct work *w, const struct sync_verb *v, struct visit *is, struct visit_said *said);
static enum err follow_up(struct work *w, const struct sync_verb *v, const struct visit *from);
static enum err alert_for(struct work *w, const struct sync_verb *v, const struct visit *is);
static enum err time_alert(struct work *w, const struct visit *v);
static enum err said_to_customer(struct work *w, const struct sync_verb *v, const struct visit *is);
static enum err verb_check(struct work *w, const struct sync_verb *v);
static enum err on_clock(struct work *w, const struct turn *t, const struct sync_verb *v);
static enum err on_look(struct work *w, const struct turn *t, const struct sync_verb *v);
static enum err keep_refused(struct work *w, const struct turn *t, const struct sync_verb *v, enum err e,
    const struct fault *f, struct sync_answered *a);
static enum err log_line(struct work *w, const struct turn *t, const struct sync_verb *v, enum sync_answer answer,
    struct str problem);
static enum err place_heard(struct work *w, struct sync_verb *v);
static struct str body_of(struct work *w, const struct sync_verb *v);
static int64_t when(const struct work *w, const struct turn *t, const struct sync_verb *v);
static enum err copy_of(struct work *w, const struct sync_verb *v, struct sync_answered *a);

enum err
act_sync(struct work *w, const struct sync_in *in, struct sync_out *out)
{
	const int64_t skew = w->now - in->now;
	struct turn t = {.device_id = in->device_id, .name = in->device_name,
	    .skew_s = skew > -SKEW_NOISE_S && skew < SKEW_NOISE_S ? 0 : skew < -SKEW_MAX_S ? -SKEW_MAX_S :
	    skew > SKEW_MAX_S ? SKEW_MAX_S : (int32_t)skew};
	struct device_row device;

	*out = (struct sync_out){.server_now = w->now, .answers = arena_array(w->arena, struct sync_answered, in->verbs_n)};
	/* Nothing was written yet. A fresh transaction reads nothing old, so it loses no race that is over. */
	TRY(work_step(w, OK));
	/* Who only asks how far a phone came (its store is gone, it has another name now) makes none. */
	TRY(device_take(w, &t, in->verbs_n > 0, &device));
	/* By itself: a verb that loses a race takes only itself back. Who only asks may ask for a phone that is revoked or no more. */
	if (in->verbs_n > 0 && w->actor.device != t.device_id) {
		TRY(tell_device(w, t.device_id));
		TRY(work_step(w, OK));
	}
	out->last_n = device.last_n;
	for (size_t i = 0; i < in->verbs_n; i++) {
		enum err e = one(w, &t, &in->verbs[i], &out->answers[i], &out->last_n);

		/* A busy house: the phone sends the rest again. */
		if (e == E_RETRY && i > 0) {
			w->fault = (struct fault){0};
			return OK;
		}
		TRY(e);
		out->answers_n++;
		if (out->answers[i].answer == SYNC_GAP)
			break;
	}
	return OK;
}

static enum err
one(struct work *w, const struct turn *t, const struct sync_verb *v, struct sync_answered *a, uint32_t *last_n)
{
	struct fault why;
	enum err e = E_RETRY;

	for (int tries = 0; e == E_RETRY && tries < TRIES; tries++) {
		uint32_t n = *last_n;

		*a = (struct sync_answered){.id = v->id, .n = v->n, .answer = SYNC_APPLIED, .problem = STR("")};
		e = attempt(w, t, v, a, &n);
		why = w->fault;
		if (e == OK || e == E_RETRY) {
			enum err end = work_step(w, e);

			e = e == OK ? end : e;
			if (e == OK)
				*last_n = n;
		} else if (e != E_AWAY && e != E_SIGNED_OUT && !(e == E_FORBIDDEN && why.field != NULL)) {
			TRY(work_step(w, e));
			e = keep_refused(w, t, v, e, &why, a);
			if (e == OK || e == E_RETRY) {
				enum err end = work_step(w, e);

				e = e == OK ? end : e;
			}
			if (e == OK)
				*last_n = v->n;
		}
	}
	if (e == OK && a->answer != SYNC_APPLIED)
		TRY(copy_of(w, v, a));
	return e;
}

static enum err
attempt(struct work *w, const struct turn *t, const struct sync_verb *v, struct sync_answered *a, uint32_t *last_n)
{
	struct device_row device;

	TRY(device_take(w, t, true, &device));
	*last_n = device.last_n;
	if (v->n <= device.last_n)
		return seen_before(w, t, v, a);
	if (v->n > device.last_n + 1) {
		a->answer = SYNC_GAP;
		return OK;
	}
	TRY(apply(w, t, v));
	*last_n = v->n;
	return sql_device_move(w->db, t->device_id, v->n, t->skew_s, w->now);
}

/* The first time a phone is heard of, it is written down. Two at once: one waits, and is then heard again. */
static enum err
device_take(struct work *w, const struct turn *t, bool make, struct device_row *out)
{
	struct device_row *row;

	TRY(sql_device_for_update(w->db, t->device_id, w->arena, &row));
	if (row == NULL) {
		enum err e = make ? sql_device_insert(w->db, t->device_id, w->actor.id, t->name, w->now) : OK;

		if (e == E_STALE) {
			w->fault = (struct fault){0};
			return fail(&w->fault, E_RETRY, NULL, "The house is busy. Please try again.");
		}
		TRY(e);
		*out = (struct device_row){.id = t->device_id, .staff_id = w->actor.id};
		return OK;
	}
	if (row->staff_id != w->actor.id)
		return fail(&w->fault, E_FORBIDDEN, "device_id", "This phone belongs to somebody else.");
	if (make && row->revoked_at.is)
		return fail(&w->fault, E_FORBIDDEN, "device_id", "The office has signed this phone out.");
	*out = *row;
	return OK;
}

static enum err
seen_before(struct work *w, const struct turn *t, const struct sync_verb *v, struct sync_answered *a)
{
	struct log_answer_row *row;

	TRY(sql_log_answer(w->db, v->id, w->arena, &row));
	a->again = row != NULL;
	if (row != NULL && row->device_id.is && row->device_id.v == t->device_id) {
		a->answer = row->answer;
		a->problem = row->problem;
		return OK;
	}
	/* A phone that was put back from a backup counts anew: it must not overwrite what it said before. */
	a->answer = SYNC_REFUSED;
	a->field = (struct maybe_str){true, STR("n")};
	a->problem = str_of(words_say(w->actor.language, "This number was used for something else before."));
	return OK;
}

static enum err
apply(struct work *w, const struct turn *t, const struct sync_verb *v)
{
	struct sync_verb heard = *v;
	struct visit_said said = {.id = v->id, .verb = v->verb, .device_id = t->device_id, .n = v->n, .device_at = v->at,
	    .skew_s = t->skew_s};
	struct log_answer_row *row;
	enum err e;

	TRY(verb_check(w, v));
	TRY(place_heard(w, &heard));
	said.body = body_of(w, &heard);
	e = v->verb == VERB_LOOKED ? on_look(w, t, &heard) : verb_of_clock(v->verb) ? on_clock(w, t, &heard) :
	    on_visit(w, t, &heard, &said);
	if (e != E_STALE || w->fault.field == NULL || strcmp(w->fault.field, "PRIMARY") != 0)
		return e;
	/* The key of the log: another phone, or another number, said this before. Any other key was bad luck. */
	w->fault = (struct fault){0};
	TRY(sql_log_answer(w->db, v->id, w->arena, &row));
	return row == NULL ? fail(&w->fault, E_RETRY, NULL, "The house is busy. Please try again.")
			   : fail(&w->fault, E_INVALID, "id", "This number was used for something else before.");
}

/* Where a phone was is kept if the company wishes it, and near the stop: elsewhere it is nobody's business. */
static enum err
place_heard(struct work *w, struct sync_verb *v)
{
	struct verb_body *b = &v->body;
	struct proof_policy policy;
	struct brief_source s;
	enum err e;

	if (!b->lat_e6.is && !b->lng_e6.is)
		return OK;
	TRY(tell_proof_policy(w, &policy));
	if (policy.place && v->visit_id.is && b->lat_e6.is && b->lng_e6.is) {
		e = sql_brief_source(w->db, v->visit_id.v, w->arena, &s);
		if (e == OK && s.lat_e6.is && s.lng_e6.is &&
		    spot_distance_m((struct spot){s.lat_e6.v, s.lng_e6.v},
			(struct spot){(int32_t)b->lat_e6.v, (int32_t)b->lng_e6.v}) <= PLACE_NEAR_M)
			return OK;
		if (e != OK && !tell_absent(w, e))
			return e;
	}
	b->lat_e6 = b->lng_e6 = (struct maybe_i64){0};
	return OK;
}

static enum err
on_visit(struct work *w, const struct turn *t, const struct sync_verb *v, struct visit_said *said)
{
	/* The log keeps all of it; the stop has room for its beginning. */
	const struct str why = v->body.reason.is ? v->body.reason.v : STR("");
	const struct step s = {.verb = v->verb, .at = when(w, t, v),
	    .reason = audit_cut(w->arena, why, v->verb == VERB_FLAG ? REASON_FLAG_MAX : REASON_STOP_MAX),
	    .started_at = v->body.started_at, .ended_at = v->body.ended_at};
	struct visit was, is;
	enum err e = sql_visit_for_update(w->db, v->visit_id.v, w->arena, &is);

	if (tell_absent(w, e))
		return fail(&w->fault, E_STALE, "visit_id", "This visit is not there any more.");
	TRY(e);
	if (!is.tech_id.is || is.tech_id.v != w->actor.id)
		return fail(&w->fault, E_STALE, "visit_id", "This visit is not yours any more.");
	was = is;
	TRY(visit_step(&is, &s, &w->fault));
	if (v->verb == VERB_FETCHED)
		TRY(sql_visit_fetched(w->db, is.id, is.fetched_at));
	else
		TRY(sql_visit_step_save(w->db, is.id, is.state, is.by_hand, is.on_way_at, is.started_at, is.ended_at,
		    is.confirmed_at, is.flag, is.skip_reason));
	is.version++;
	if (v->verb == VERB_REASSIGN)
		return somebody_else(w, v, &is, said);
	TRY(tell_visit(w, &was, &is, said));
	if (v->verb == VERB_FOLLOW_UP)
		TRY(follow_up(w, v, &is));
	/* A line that asks for a value is a reading too. */
	if (v->verb == VERB_READING || v->verb == VERB_DOSE || (v->verb == VERB_CHECK && v->body.what.is))
		TRY(tell_phone_water(w, v->id, t->device_id, v->verb, &is, s.at, &v->body));
	if (v->verb == VERB_EQUIPMENT || v->verb == VERB_USED)
		TRY(tell_phone_used(w, v->id, v->verb, &is, s.at, &v->body));
	TRY(alert_for(w, v, &is));
	return said_to_customer(w, v, &is);
}

/* The next available person by the company's rules; where there is none, the office decides. */
static enum err
somebody_else(struct work *w, const struct sync_verb *v, struct visit *is, struct visit_said *said)
{
	const struct visit was = *is;
	struct board_offers offers;

	TRY(tell_offers(w, is, (struct maybe_u64){true, w->actor.id}, &offers));
	if (offers.free.is)
		return tell_assign(w, is, &was, &offers.free.v, said);
	TRY(tell_visit(w, &was, is, said));
	return tell_alert(w, ALERT_REASSIGN, is, w->actor.id, v->body.reason.v);
}

/* It lands with what is nobody's yet, and says where it came from. */
static enum err
follow_up(struct work *w, const struct sync_verb *v, const struct visit *from)
{
	const struct day tomorrow = day_add(zone_day(w->tenant->zone, w->now), 1);
	struct visit f = {.id = work_id(w), .customer_id = from->customer_id, .property_id = from->property_id,
	    .pool_id = from->pool_id, .service_id = v->body.service_id.is ? v->body.service_id.v : from->service_id,
	    .day = v->body.day.is && v->body.day.v.n >= tomorrow.n ? v->body.day.v : tomorrow, .seq = VISIT_SEQ_MAX,
	    .minutes = from->minutes, .state = VISIT_SCHEDULED, .source = VISIT_OF_FOLLOW_UP, .by_hand = true,
	    .note = audit_cut(w->arena, v->body.text, 1000), .skip_reason = STR(""), .flag = STR(""), .why_who = STR(""),
	    .version = 1};
	struct service_row service;

	if (v->body.service_id.is) {
		enum err e = sql_service_one(w->db, f.service_id, w->arena, &service);

		if (tell_absent(w, e))
			return fail(&w->fault, E_INVALID, "body.service_id", "This service does not exist.");
		TRY(e);
		f.minutes = service.minutes;
	}
	TRY(sql_visit_insert(w->db, f.id, f.agreement_id, f.occurs_day, f.customer_id, f.property_id, f.pool_id,
	    f.service_id, f.day, f.tech_id, f.seq, f.from_minute, f.to_minute, f.minutes, f.state, f.source, f.by_hand,
	    f.note, f.why_who));
	return tell_visit(w, NULL, &f, &(struct visit_said){.verb = VERB_MADE});
}

static enum err
alert_for(struct work *w, const struct sync_verb *v, const struct visit *is)
{
	switch (v->verb) {
	case VERB_FLAG:
		return tell_alert(w, ALERT_FLAG, is, w->actor.id, v->body.reason.v);
	case VERB_NO_ACCESS:
		return tell_alert(w, ALERT_NO_ACCESS, is, w->actor.id, v->body.reason.v);
	case VERB_MISSING_PART:
		return tell_alert(w, ALERT_MISSING_PART, is, w->actor.id, v->body.text);
	case VERB_FOLLOW_UP:
		return tell_alert(w, ALERT_FOLLOW_UP, is, w->actor.id, v->body.text);
	case VERB_FINISH:
		return time_alert(w, is);
	default:
		return OK;
	}
}

/* Much longer than planned, or much shorter, by the company's own limits. */
static enum err
time_alert(struct work *w, const struct visit *v)
{
	const int64_t minutes = v->started_at.is && v->ended_at.is ? (v->ended_at.v - v->started_at.v) / 60 : -1;
	struct alert_rules rules;

	if (minutes < 0)
		return OK;
	TRY(tell_alert_rules(w, &rules));
	const struct maybe_u32 slow = rules.rows[ALERT_SLOW - 1].limit, fast = rules.rows[ALERT_FAST - 1].limit;
	const enum alarm_pace pace = alarm_pace(v->minutes, minutes, slow.is ? slow.v : ALARM_SLOW_PERCENT,
	    fast.is ? fast.v : ALARM_FAST_PERCENT);

	if (pace == ALARM_PACE_FAIR)
		return OK;
	return tell_alert(w, pace == ALARM_PACE_SLOW ? ALERT_SLOW : ALERT_FAST, v, w->actor.id,
	    str_printf(w->arena, "%s\n%lld\n%u", words_say(ENGLISH, "%lld min; %u were planned"), (long long)minutes, v->minutes));
}

/* What stands in the customer's timeline. */
static enum err
said_to_customer(struct work *w, const struct sync_verb *v, const struct visit *is)
{
	const struct event_value values[] = {{STR("reason"), is->skip_reason}};

	if (v->verb != VERB_FINISH && v->verb != VERB_SKIP)
		return OK;
	return tell_event(w, &(struct event){.customer_id = is->customer_id, .property_id = is->property_id,
	    .pool_id = is->pool_id, .kind = v->verb == VERB_FINISH ? EVENT_VISIT_DONE : EVENT_VISIT_SKIPPED,
	    .ref_kind = RECORD_VISIT, .ref_id = is->id, .values = values, .values_n = v->verb == VERB_SKIP});
}

/* What a verb must say. */
static enum err
verb_check(struct work *w, const struct sync_verb *v)
{
	const struct verb_body *b = &v->body;

	if (!verb_of_phone(v->verb))
		return fail(&w->fault, E_INVALID, "verb", "This is not something that happens to a visit.");
	if (!verb_of_clock(v->verb) && !v->visit_id.is)
		return fail(&w->fault, E_INVALID, "visit_id", "This value is missing.");
	switch (v->verb) {
	case VERB_FLAG:
	case VERB_REASSIGN:
	case VERB_NO_ACCESS:
	case VERB_SKIP:
		return b->reason.is ? OK : fail(&w->fault, E_INVALID, "body.reason", "Say why.");
	case VERB_NOTE:
	case VERB_FOLLOW_UP:
	case VERB_MISSING_PART:
	case VERB_PROBLEM:
	case VERB_EQUIPMENT:
		return b->text.n > 0 ? OK : fail(&w->fault, E_INVALID, "body.text", "Please write something.");
	case VERB_CHECK:
		if (!b->item.is)
			return fail(&w->fault, E_INVALID, "body.item", "This value is missing.");
		return b->what.is == b->amount.is ? OK
		    : fail(&w->fault, E_INVALID, b->what.is ? "body.amount" : "body.what", "This value is missing.");
	case VERB_PHOTO:
		return b->file_id.is ? OK : fail(&w->fault, E_INVALID, "body.file_id", "This value is missing.");
	case VERB_READING:
	case VERB_DOSE:
		if (!b->what.is)
			return fail(&w->fault, E_INVALID, "body.what", "This value is missing.");
		return b->amount.is ? OK : fail(&w->fault, E_INVALID, "body.amount", "This value is missing.");
	case VERB_USED:
		if (b->text.n == 0)
			return fail(&w->fault, E_INVALID, "body.text", "Please write something.");
		if (!b->amount.is)
			return fail(&w->fault, E_INVALID, "body.amount", "This value is missing.");
		return b->amount.v > 0 ? OK : fail(&w->fault, E_INVALID, "body.amount", "This value is not valid.");
	case VERB_SIGNED:
		if (b->text.n == 0)
			return fail(&w->fault, E_INVALID, "body.text", "Please write something.");
		return b->file_id.is ? OK : fail(&w->fault, E_INVALID, "body.file_id", "This value is missing.");
	case VERB_CORRECT:
		return b->started_at.is || b->ended_at.is ? OK :
		    fail(&w->fault, E_INVALID, "body.ended_at", "This value is missing.");
	default:
		return OK;
	}
}

/* Working time. Two phones of one person write to one clock: what is open is locked first. */
static enum err
on_clock(struct work *w, const struct turn *t, const struct sync_verb *v)
{
	const int64_t at = when(w, t, v);
	const struct day day = zone_day(w->tenant->zone, at);
	struct clock_row *open, *work = NULL, *pause = NULL;
	size_t n;

	TRY(sql_clock_open_for_update(w->db, w->actor.id, day_add(day, -2), w->arena, &open, &n));
	/* Who forgot to clock out yesterday comes to work today all the same. */
	for (size_t i = 0; i < n; i++)
		if (open[i].kind == CLOCK_WORK && at - open[i].from_at <= CLOCK_LONGEST_S)
			work = &open[i];
	for (size_t i = 0; i < n; i++)
		if (open[i].kind == CLOCK_BREAK && work != NULL && open[i].from_at >= work->from_at)
			pause = &open[i];
	if (v->verb == VERB_CLOCK_IN && work != NULL)
		return fail(&w->fault, E_STALE, NULL, "You are clocked in already.");
	if ((v->verb == VERB_CLOCK_OUT || v->verb == VERB_BREAK) && work == NULL)
		return fail(&w->fault, E_STALE, NULL, "You are not clocked in.");
	if (v->verb == VERB_BREAK && pause != NULL)
		return fail(&w->fault, E_STALE, NULL, "You are on a break already.");
	if (v->verb == VERB_BREAK_OVER && pause == NULL)
		return fail(&w->fault, E_STALE, NULL, "You are not on a break.");
	/* A break after midnight lies in the work that began before: both count for that day. */
	const struct day of = work == NULL ? day : work->day;
	if (v->verb == VERB_CLOCK_IN || v->verb == VERB_BREAK)
		TRY(sql_clock_insert(w->db, v->id, w->actor.id, of, v->verb == VERB_BREAK ? CLOCK_BREAK : CLOCK_WORK, at));
	if (pause != NULL && (v->verb == VERB_BREAK_OVER || v->verb == VERB_CLOCK_OUT))
		TRY(sql_clock_end(w->db, pause->id, at < pause->from_at ? pause->from_at : at));
	if (work != NULL && v->verb == VERB_CLOCK_OUT)
		TRY(sql_clock_end(w->db, work->id, at < work->from_at ? work->from_at : at));
	TRY(tell_clock(w, w->actor.id, of));
	if (v->verb == VERB_PROBLEM)
		TRY(tell_alert(w, ALERT_PROBLEM, NULL, w->actor.id, v->body.text));
	if (v->verb == VERB_LOCKED)
		TRY(tell_alert(w, ALERT_LOCKED, NULL, w->actor.id, STR("")));
	return log_line(w, t, v, SYNC_APPLIED, STR(""));
}

/*
 * A look at codes changes nothing of the stop, and counts also when the stop has gone to somebody else meanwhile. To whom the codes
 * never went, on whatever phone, they looked at none.
 */
static enum err
on_look(struct work *w, const struct turn *t, const struct sync_verb *v)
{
	struct number_row sent;
	struct visit is;
	enum err e = sql_visit_one(w->db, v->visit_id.v, w->arena, &is);

	if (!tell_absent(w, e)) {
		TRY(e);
		TRY(sql_codes_sent(w->db, EVENT_CODES_SENT, ACTOR_STAFF, w->actor.id, is.property_id,
		    when(w, t, v) - CODES_SENT_S, w->arena, &sent));
		if (sent.number == 0)
			return fail(&w->fault, E_INVALID, "visit_id", "This is not one of your stops.");
		TRY(audit(w, "code.shown", "property", is.property_id, STR("")));
		TRY(tell_event(w, &(struct event){.customer_id = is.customer_id, .property_id = is.property_id,
		    .kind = EVENT_CODE_SHOWN, .ref_kind = RECORD_PROPERTY, .ref_id = is.property_id,
		    .values = &(struct event_value){STR("code"), str_of(code_kind_names[CODE_GATE])}, .values_n = 1,
		    .at = when(w, t, v)}));
	}
	return log_line(w, t, v, SYNC_APPLIED, STR(""));
}

/*
 * It is kept with the reason: whoever tapped it did something, and the office can see what. A verb whose id the
 * log knows already keeps a line under a fresh one, so that the phone's count moves on.
 */
static enum err
keep_refused(struct work *w, const struct turn *t, const struct sync_verb *v, enum err e, const struct fault *f,
    struct sync_answered *a)
{
	const bool taken = f->field != NULL && strcmp(f->field, "id") == 0;
	struct sync_verb kept = *v;
	struct device_row device;

	TRY(device_take(w, t, true, &device));
	if (taken)
		kept.id = work_id(w);
	a->answer = e == E_STALE || e == E_NOT_FOUND ? SYNC_CONFLICT : SYNC_REFUSED;
	a->field = (struct maybe_str){f->field != NULL, f->field != NULL ? str_of(f->field) : STR("")};
	a->problem = audit_cut(w->arena, words_fault(w->arena, w->actor.language, f), PROBLEM_MAX);
	TRY(log_line(w, t, &kept, a->answer, a->problem));
	if (v->visit_id.is)
		TRY(tell_progress(w, v->visit_id.v));
	/* Work that was done on a stop that had gone elsewhere: the office is to know. */
	if (a->answer == SYNC_CONFLICT && v->visit_id.is && (v->verb == VERB_FINISH || v->verb == VERB_READING || v->verb == VERB_DOSE)) {
		struct visit is;
		enum err gone = sql_visit_one(w->db, v->visit_id.v, w->arena, &is);

		if (!tell_absent(w, gone)) {
			TRY(gone);
			TRY(tell_alert(w, ALERT_CONFLICT, &is, w->actor.id, f->why != NULL ? tell_why_keep(w, f) : a->problem));
		}
	}
	return sql_device_move(w->db, t->device_id, v->n, t->skew_s, w->now);
}

static enum err
log_line(struct work *w, const struct turn *t, const struct sync_verb *v, enum sync_answer answer, struct str problem)
{
	return sql_log_insert(w->db, v->id, v->visit_id.is ? v->visit_id.v : 0, v->verb, answer, w->actor.kind, w->actor.id,
	    (struct maybe_u64){true, t->device_id}, (struct maybe_u32){true, v->n}, v->at, t->skew_s, w->now, 0, 0, problem,
	    body_of(w, v));
}

static struct str
body_of(struct work *w, const struct sync_verb *v)
{
	struct buf b = buf_open(w->arena, 256, BODY_MAX_BYTES);

	shape_write(&verb_body_shape, &v->body, &b);
	return b.full ? STR("") : buf_str(&b);
}

/* When it was: the phone's time, put right; never later than now. */
static int64_t
when(const struct work *w, const struct turn *t, const struct sync_verb *v)
{
	const int64_t at = v->at + t->skew_s;

	return at > w->now ? w->now : at;
}

static enum err
copy_of(struct work *w, const struct sync_verb *v, struct sync_answered *a)
{
	if (!v->visit_id.is)
		return OK;
	TRY(sql_card_of_visit(w->db, v->visit_id.v, w->actor.id, w->arena, &a->stop));
	a->stop_n = a->stop != NULL;
	return OK;
}
