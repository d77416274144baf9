/*
 * fcgi/acts/tell.c -- jobs: what must happen because of a fact is written with the fact.
 */
#include "fcgi/acts/tell.h"

#include "sql/tenant/queries/jobs.h"

#define PAYLOAD_MAX (JOB_PAYLOAD_MAX - SEAL_OVERHEAD)

static enum err write(struct work *w, const char *kind, struct maybe_str key, const struct shape *s, const void *payload,
    int64_t at);
static enum err payload_seal(struct work *w, uint64_t id, const struct shape *s, const void *payload,
    struct str *sealed);

enum err
tell(struct work *w, const char *kind, const struct shape *s, const void *payload)
{
	return write(w, kind, (struct maybe_str){0}, s, payload, w->now);
}

enum err
tell_later(struct work *w, const char *kind, const struct shape *s, const void *payload, int64_t at)
{
	return write(w, kind, (struct maybe_str){0}, s, payload, at);
}

enum err
tell_once(struct work *w, const char *kind, struct str key, const struct shape *s, const void *payload, int64_t at)
{
	return write(w, kind, (struct maybe_str){true, key}, s, payload, at);
}

enum err
tell_hurry(struct work *w, const char *kind)
{
	uint64_t changed;

	TRY(sql_jobs_hurry(w->db, str_of(kind), JOB_WAITING, w->now, &changed));
	w->told = w->told || changed > 0;
	return OK;
}

static enum err
write(struct work *w, const char *kind, struct maybe_str key, const struct shape *s, const void *payload, int64_t at)
{
	uint64_t id = work_id(w), changed;
	struct str sealed;

	TRY(payload_seal(w, id, s, payload, &sealed));
	if (key.is)
		TRY(sql_job_insert_once(w->db, id, str_of(kind), key.v, JOB_WAITING, at, sealed, w->now, &changed));
	else
		TRY(sql_job_insert(w->db, id, str_of(kind), key, JOB_WAITING, at, sealed, w->now));
	w->told = true;
	return OK;
}

static enum err
payload_seal(struct work *w, uint64_t id, const struct shape *s, const void *payload, struct str *sealed)
{
	struct buf b = buf_open(w->arena, 512, PAYLOAD_MAX);

	shape_write(s, payload, &b);
	if (b.full)
		return fail(&w->fault, E_BUG, NULL, "A job's payload does not fit.");
	return work_seal(w, KEY_FIELDS, "job", "payload", id, buf_str(&b), sealed);
}
