/*
 * fcgi/acts/tell_lane.c -- words to our own people, one at a time to one number; and what a machine hears that answers a call.
 *
 * The lane is the key of whoever has it: a unique one, so there is one. Whoever was done leaves the provider's name of its words in
 * its key. The number stands there as a hash: the payload, which has it in clear, is sealed.
 */
#include "domain/base/id.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_word.h"
#include "sql/tenant/queries/jobs.h"

static struct str lane_of(struct work *w, const char *kind, struct str to);
static enum err rename_job(struct work *w, uint64_t id, struct str key);
static enum err said_lately(struct work *w, struct str lane, struct said_lane *out);

#define LATELY_S 86400

static const char *const language_names[] = {"en", "es", NULL};
static const struct field machine_fields[] = {FIELD_TEXT(struct machine_order, call, 1, 48), FIELD_LINES(struct machine_order, text, 1, 1600),
	FIELD_ENUM(struct machine_order, language, language_names), FIELD_END};
const struct shape machine_order_shape = {"MachineOrder", sizeof(struct machine_order), machine_fields};

enum err
tell_lane_take(struct work *w, const char *kind, struct str to, uint64_t job_id, struct said_lane *out)
{
	const struct str lane = lane_of(w, kind, to), key = str_printf(w->arena, "lane:%.*s", STR_ARG(lane));
	struct job_holder_row *holder;

	*out = (struct said_lane){0};
	TRY(sql_job_holder_for_update(w->db, key, w->arena, &holder));
	if (holder != NULL && holder->id != job_id) {
		if (holder->state == JOB_WAITING || holder->state == JOB_CLAIMED)
			return OK;
		/* It never came to its end, and has its key still. */
		TRY(rename_job(w, holder->id, str_printf(w->arena, "left:%.*s:%llu", STR_ARG(lane), (unsigned long long)holder->id)));
	}
	TRY(rename_job(w, job_id, key));
	out->mine = true;
	return said_lately(w, lane, out);
}

enum err
tell_lane_left(struct work *w, const char *kind, struct str to, uint64_t job_id, struct str sid)
{
	return rename_job(w, job_id, str_printf(w->arena, "said:%.*s:%.*s", STR_ARG(lane_of(w, kind, to)), STR_ARG(str_sub(sid, 0, 40))));
}

static struct str
lane_of(struct work *w, const char *kind, struct str to)
{
	uint8_t hash[HASH_BYTES];

	hash32(to.p, to.n, hash);
	return str_printf(w->arena, "%s:%.*s", kind, STR_ARG(str_hex(w->arena, hash, 8)));
}

/* Somebody else took it in this moment: once more. */
static enum err
rename_job(struct work *w, uint64_t id, struct str key)
{
	const enum err e = sql_job_rename(w->db, id, key);

	if (e != E_STALE)
		return e;
	w->fault = (struct fault){0};
	return fail(&w->fault, E_RETRY, NULL, "The house is busy. Please try again.");
}

static enum err
said_lately(struct work *w, struct str lane, struct said_lane *out)
{
	const struct str from = str_printf(w->arena, "said:%.*s:", STR_ARG(lane)), until = str_printf(w->arena, "said:%.*s;", STR_ARG(lane));
	struct job_key_row *row;
	size_t n;

	TRY(sql_jobs_named(w->db, from, until, (struct maybe_i64){true, w->now - LATELY_S}, w->arena, &row, &n));
	out->known = arena_array(w->arena, struct str, n + 1);
	for (size_t i = 0; i < n; i++)
		out->known[out->known_n++] = str_sub(row[i].job_key, from.n, row[i].job_key.n);
	return OK;
}

struct str
tell_machine_url(struct work *w, struct str from)
{
	return str_printf(w->arena, "%s/api/hook/call-machines?from=%.*s", w->house->config->base_url, STR_ARG(str_sub(from, 1, 20)));
}

enum err
tell_machine(struct work *w, const struct machine_order *o)
{
	return tell_once(w, "machine", str_printf(w->arena, "machine:%.*s", STR_ARG(str_sub(o->call, 0, 48))), &machine_order_shape, o,
	    w->now + MACHINE_WAIT_S);
}

enum err
tell_machine_answers(struct work *w, struct str call)
{
	uint64_t changed;

	TRY(sql_job_hurry(w->db, str_printf(w->arena, "machine:%.*s", STR_ARG(str_sub(call, 0, 48))), JOB_WAITING, w->now, &changed));
	w->told = w->told || changed > 0;
	return OK;
}
