/*
 * fcgi/acts/tell.c -- jobs: what must happen because of a fact is written with the fact.
 */
#include "fcgi/acts/tell.h"

#include "sql/tenant/queries/jobs.h"

#define PAYLOAD_MAX (JOB_PAYLOAD_MAX - SEAL_OVERHEAD)

static enum err payload_seal(struct work *w, uint64_t id, const struct shape *s, const void *payload,
    struct str *sealed);

enum err
tell(struct work *w, const char *kind, const struct shape *s, const void *payload)
{
	uint64_t id = work_id(w);
	struct str sealed;

	TRY(payload_seal(w, id, s, payload, &sealed));
	TRY(sql_job_insert(w->db, id, str_of(kind), (struct maybe_str){0}, JOB_WAITING, w->now, sealed, w->now));
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
