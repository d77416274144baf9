#include "fcgi/jobs/queue.h"

#include "sql/tenant/queries/jobs.h"

static enum err next(struct work *w, struct job_row **row);
static struct str reason(struct arena *a, enum err went, const struct fault *why);

enum fate
queue_fate(enum err e)
{
	switch (e) {
	case OK:
		return FATE_DONE;
	case E_NOT_FOUND: /* what it was about is gone */
	case E_STALE:     /* somebody has done it already */
		return FATE_DROP;
	case E_RETRY:
		return FATE_SOON;
	case E_LIMIT:
	case E_AWAY:
		return FATE_LATER;
	case E_INVALID:
	case E_SIGNED_OUT:
	case E_FORBIDDEN:
	case E_BUG:
	case ERR_COUNT:
		break;
	}
	return FATE_PARK;
}

const char *
queue_fate_name(enum fate f)
{
	static const char *const names[] = {"done", "drop", "soon", "later", "park"};

	return f <= FATE_PARK ? names[f] : "?";
}

uint32_t
queue_delay_s(uint32_t backoff_s, uint32_t tries, uint32_t retry_after_s, uint32_t random)
{
	/* After 17 doublings any pause is over a day; more would overflow. */
	const unsigned doublings = tries < 2 ? 0 : tries > 18 ? 17 : tries - 1;
	uint64_t pause = (uint64_t)(backoff_s ? backoff_s : 1) << doublings;
	uint64_t half;

	if (pause > QUEUE_DELAY_MAX_S)
		pause = QUEUE_DELAY_MAX_S;
	half = pause / 2;
	pause = pause - half + random % (half + 1);
	if (pause < retry_after_s)
		pause = retry_after_s;
	return (uint32_t)(pause > QUEUE_DELAY_MAX_S ? QUEUE_DELAY_MAX_S : pause);
}

enum err
queue_claim(struct work *w, struct ticket *t, bool *got)
{
	struct job_row *row;

	TRY(next(w, &row));
	if (!row) {
		*got = false;
		return OK;
	}
	TRY(sql_job_claim(w->db, row->id, JOB_CLAIMED, w->now + QUEUE_LEASE_S));
	*t = (struct ticket){
	    .id = row->id,
	    .tries = row->tries + 1,
	    .token = row->token + 1,
	    .payload = row->payload,
	    .kind = row->kind,
	};
	*got = true;
	return OK;
}

static enum err
next(struct work *w, struct job_row **row)
{
	TRY(sql_job_next_for_update(w->db, JOB_CLAIMED, w->now, w->arena, row));
	if (*row)
		return OK;
	return sql_job_next_for_update(w->db, JOB_WAITING, w->now, w->arena, row);
}

enum err
queue_hold(struct work *w, const struct ticket *t, uint32_t lease_s)
{
	const int64_t until = w->now + (lease_s ? lease_s : QUEUE_LEASE_S);

	return sql_job_hold(w->db, t->id, t->token, JOB_CLAIMED, until);
}

enum err
queue_open(struct work *w, struct ticket *t)
{
	if (t->payload.n == 0)
		return OK; /* clockwork carries nothing */
	return work_unseal(w, KEY_FIELDS, "job", "payload", t->id, t->payload, &t->payload);
}

enum err
queue_settle(struct work *w, const struct job *j, const struct ticket *t, enum err went,
    const struct fault *why, uint32_t random, enum fate *fate)
{
	const uint32_t most = j ? j->tries : QUEUE_UNKNOWN_TRIES;
	const uint32_t backoff_s = j ? j->backoff_s : QUEUE_UNKNOWN_BACKOFF_S;
	const struct str said = reason(w->arena, went, why);
	enum fate f = queue_fate(went);

	if ((f == FATE_SOON || f == FATE_LATER) && t->tries >= most)
		f = FATE_PARK;
	*fate = f;
	switch (f) {
	case FATE_DONE:
	case FATE_DROP:
		return sql_job_done(w->db, t->id, t->token, JOB_CLAIMED, JOB_DONE, said, w->now);
	case FATE_SOON: /* it lost a race: the others are through in a second or two */
		return sql_job_later(w->db, t->id, t->token, JOB_CLAIMED, JOB_WAITING,
		    w->now + 1 + random % 3, said);
	case FATE_LATER:
		return sql_job_later(w->db, t->id, t->token, JOB_CLAIMED, JOB_WAITING,
		    w->now +
			queue_delay_s(backoff_s, t->tries, why ? why->retry_after_s : 0, random),
		    said);
	case FATE_PARK:
		break;
	}
	return sql_job_park(w->db, t->id, t->token, JOB_CLAIMED, JOB_PARKED, said, w->now);
}

/* "away: The mail relay answers 451." For the operator, hence English; a column's length, whole
 * letters. */
static struct str
reason(struct arena *a, enum err went, const struct fault *why)
{
	struct str s;

	if (went == OK)
		return STR("");
	s = str_printf(a, "%s: %.*s", err_name(went),
	    STR_ARG(why && why->err != OK ? words_fault(a, ENGLISH, why) : STR("")));
	/* 400 bytes are at most 400 letters. */
	if (s.n <= JOB_REASON_MAX)
		return s;
	s.n = JOB_REASON_MAX;
	while (s.n > 0 && ((unsigned char)s.p[s.n] & 0xc0) == 0x80)
		s.n--;
	return s;
}

enum err
queue_next_due(struct work *w, bool *any, int64_t *at)
{
	struct job_due_row *waiting, *claimed;

	TRY(sql_job_first(w->db, JOB_WAITING, w->arena, &waiting));
	TRY(sql_job_first(w->db, JOB_CLAIMED, w->arena, &claimed));
	*any = waiting || claimed;
	if (waiting)
		*at = waiting->due_at;
	if (claimed && (!waiting || claimed->due_at < *at))
		*at = claimed->due_at;
	return OK;
}

enum err
queue_plan(struct work *w, const char *kind, struct day day, int64_t at)
{
	char date[DAY_LETTERS + 1];
	struct job_id_row *known;
	struct str key;
	uint64_t changed;

	day_write(day, date);
	key = str_printf(w->arena, "clock:%s:%s", kind, date);
	/* Read first: nearly always it is there, and a statement that changes nothing still costs a
	 * write. */
	TRY(sql_job_of_key(w->db, key, w->arena, &known));
	if (known)
		return OK;
	return sql_job_insert_once(
	    w->db, work_id(w), str_of(kind), key, JOB_WAITING, at, STR(""), w->now, &changed);
}
