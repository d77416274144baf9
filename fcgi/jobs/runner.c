#include "fcgi/jobs/runner.h"

#include <unistd.h>

#include "domain/base/id.h"
#include "fcgi/http/metrics.h"
#include "fcgi/jobs/clock.h"
#include "fcgi/jobs/queue.h"
#include "sql/tenant/queries/audit.h"
#include "sql/tenant/queries/jobs.h"
#include "tenancy/log.h"

#define CLOSED_AGAIN_S 1800 /* a job of a closed company looks whether it is open again */

/* One job being done. `sealed` stays as it was claimed, so that each transaction can open it
 * afresh. */
struct doing {
	struct runner *r;
	const struct tenant *tenant;
	const struct job *job; /* NULL: of no kind that we know */
	struct ticket t;
	struct str sealed;
	void *parcel;
	enum err went;
	struct fault why;
	enum fate fate;
	bool lost;      /* the claim is somebody else's now */
	bool unwritten; /* its fate could not be written: the end of the lease brings it back */
	uint64_t statements;
	char trace[TRACE_LETTERS + 1]; /* of its last transaction */
};

typedef enum err body_fn(struct work *w, struct doing *d);

static enum err claim(struct runner *r, const struct tenant *tenant, struct ticket *t, bool *got);
static enum err perform(struct doing *d, bool *settled);
static enum err transaction(struct doing *d, body_fn *body, struct fault *f);
static enum err queue_up(struct work *w, const struct doing *d, unsigned attempt);
static bool closed(const struct doing *d);
static body_fn body_run, body_prepare, body_settle, body_fate, body_aside;
static void count(const struct doing *d);
static void log_line(const struct doing *d, int64_t us);

void
runner_desk(struct runner *r, uint64_t id, struct desk *d)
{
	char first[ID_LETTERS + 1], second[ID_LETTERS + 1];

	*d = (struct desk){.arena = r->arena, .house = r->house, .control = r->house->control};
	now_read(&d->now, &d->now_ms);
	id_write(id ? id : id_make(d->now_ms, random_u32()), first);
	id_write(id_make(d->now_ms, random_u32()), second);
	snprintf(d->trace, sizeof(d->trace), "%s%s", first, second);
}

enum err
runner_one(struct runner *r, const struct tenant *tenant, bool *did)
{
	struct doing d = {.r = r, .tenant = tenant};
	int64_t from_us = mono_us();
	bool settled = false;

	arena_reset(r->arena);
	*did = false;
	TRY(claim(r, tenant, &d.t, did));
	if (!*did)
		return OK;
	r->works++;
	d.sealed = d.t.payload;
	d.job = job_named(r->list, d.t.kind);
	if (closed(&d)) {
		d.went = E_FORBIDDEN;
		settled = transaction(&d, body_aside, &d.why) == OK;
		d.unwritten = !settled;
		settled = true;
	} else
		d.went = perform(&d, &settled);
	if (!settled && !d.lost) {
		struct fault f = {0};

		if (transaction(&d, body_fate, &f) != OK)
			d.unwritten = true;
	}
	alarm(0);
	count(&d);
	log_line(&d, mono_us() - from_us);
	return OK;
}

static enum err
claim(struct runner *r, const struct tenant *tenant, struct ticket *t, bool *got)
{
	for (unsigned attempt = 1;; attempt++) {
		struct arena_mark here = arena_mark(r->arena);
		struct desk d;
		struct work w;
		enum err e;

		runner_desk(r, 0, &d);
		TRY(work_open(&d, tenant, DB_QUEUE, &w));
		e = queue_claim(&w, t, got);
		e = work_close(&w, e);
		if (e != E_RETRY || attempt == RUNNER_ATTEMPTS)
			return e;
		arena_rewind(r->arena, here);
	}
}

/* perform -- *settled: the fate was committed together with the last effects */
static enum err
perform(struct doing *d, bool *settled)
{
	struct fault f = {0};
	enum err e;

	if (!d->job)
		return fail(&d->why, E_AWAY, "kind", "This program knows no such job.");
	if (d->t.tries > d->job->tries)
		return fail(&d->why, E_BUG, NULL,
		    "The worker died while doing this, or lost it, %u times.", d->t.tries - 1);
	if (d->job->run) {
		e = transaction(d, body_run, &d->why);
		*settled = e == OK;
		return e;
	}
	e = transaction(d, body_prepare, &d->why);
	if (e != OK)
		return e;
	d->went = d->job->send(d->r->arena, d->r->house->config, &d->t, d->parcel, &d->why);
	e = transaction(d, body_settle, &f);
	*settled = e == OK;
	if (e == OK)
		return d->went;
	d->why = f;
	return e;
}

/*
 * One transaction of a claimed job: it begins with the proof that the claim is ours, and the lease
 * anew. A worker that is still at it when the lease ends works for nobody: the alarm ends it, and a
 * job that never comes back is parked after its tries like one that crashes. f: why it failed.
 */
static enum err
transaction(struct doing *d, body_fn *body, struct fault *f)
{
	const uint32_t lease_s = d->job && d->job->lease_s ? d->job->lease_s : QUEUE_LEASE_S;

	for (unsigned attempt = 1;; attempt++) {
		struct arena_mark here = arena_mark(d->r->arena);
		struct desk desk;
		struct work w;
		uint64_t before;
		enum err e;

		runner_desk(d->r, d->t.id, &desk);
		memcpy(d->trace, desk.trace, sizeof(d->trace));
		e = work_open(&desk, d->tenant, DB_WRITE, &w);
		if (e == OK) {
			w.actor.kind = ACTOR_SYSTEM;
			before = tdb_statements(w.db);
			alarm(lease_s);
			e = queue_up(&w, d, attempt);
			if (e == OK)
				e = queue_hold(&w, &d->t, lease_s);
			d->lost = e == E_STALE;
			if (e == OK)
				e = body(&w, d);
			d->statements += tdb_statements(w.db) - before;
			e = work_close(&w, e);
		}
		if (e != OK)
			*f = w.fault;
		if (e != E_RETRY || attempt == RUNNER_ATTEMPTS)
			return e;
		arena_rewind(d->r->arena, here);
		*f = (struct fault){0};
	}
}

/*
 * Whoever was overtaken takes the head of the company's audit log before anything else, as a request does (exchange.c). Steps of a
 * batch do so at once: each locks what a person wants who stops it, and is there again before that person's snapshot is.
 */
static enum err
queue_up(struct work *w, const struct doing *d, unsigned attempt)
{
	struct audit_head *head;

	return attempt > 1 || (d->job && d->job->queues) ? sql_audit_head_for_update(w->db, w->arena, &head) : OK;
}

static enum err
body_run(struct work *w, struct doing *d)
{
	d->t.payload = d->sealed;
	TRY(queue_open(w, &d->t));
	TRY(d->job->run(w, &d->t));
	return queue_settle(w, d->job, &d->t, OK, NULL, 0, &d->fate);
}

static enum err
body_prepare(struct work *w, struct doing *d)
{
	d->t.payload = d->sealed;
	TRY(queue_open(w, &d->t));
	return d->job->prepare(w, &d->t, &d->parcel);
}

static enum err
body_settle(struct work *w, struct doing *d)
{
	if (d->job->settle)
		TRY(d->job->settle(w, &d->t, d->parcel, d->went));
	return queue_settle(w, d->job, &d->t, d->went, &d->why, random_u32(), &d->fate);
}

static enum err
body_fate(struct work *w, struct doing *d)
{
	return queue_settle(w, d->job, &d->t, d->went, &d->why, random_u32(), &d->fate);
}

/* What the house does for a company rests while it is closed, by the operator or for want of payment, as its pages do. */
static bool
closed(const struct doing *d)
{
	int64_t now, now_ms;

	now_read(&now, &now_ms);
	return d->job && !d->job->unpaid &&
	       (d->tenant->status == TENANT_SUSPENDED ||
		   subscription_stands(&d->tenant->pays, now, NULL) == STANDS_SUSPENDED);
}

/* Clockwork has its next day; what somebody ordered waits, and no try is counted. */
static enum err
body_aside(struct work *w, struct doing *d)
{
	const struct str why = STR("closed: the company is closed");

	d->fate = d->job->at_local ? FATE_DROP : FATE_LATER;
	if (d->job->at_local)
		return sql_job_done(w->db, d->t.id, d->t.token, JOB_CLAIMED, JOB_DONE, why, w->now);
	return sql_job_aside(
	    w->db, d->t.id, d->t.token, JOB_CLAIMED, JOB_WAITING, w->now + CLOSED_AGAIN_S, why);
}

const struct job *
job_named(const struct job *const *list, struct str kind)
{
	for (; *list; list++)
		if (str_eq(str_of((*list)->kind), kind))
			return *list;
	return NULL;
}

const char *
job_law(const struct job *const *list)
{
	for (size_t i = 0; list[i]; i++) {
		const struct job *j = list[i];
		unsigned minutes;

		if (!j->kind || !*j->kind || strlen(j->kind) > JOB_KIND_MAX)
			return "a job's kind has 1 to 32 letters";
		if (job_named(&list[i + 1], str_of(j->kind)))
			return "two jobs of one kind";
		if (j->tries < 1 || j->tries > 100 || j->backoff_s < 1)
			return "a job has 1 to 100 tries and a pause between them";
		if (!j->run == !j->send || !j->send != !j->prepare)
			return "a job has either run, or prepare and send";
		if (j->at_local && !clock_read(j->at_local, &minutes))
			return "at_local is a time of day";
		/* The key of a day, "clock:<kind>:2026-11-21", fits its column. */
		if (j->at_local && strlen(j->kind) + 17 > JOB_KEY_MAX)
			return "a kind with a clock is shorter";
		if (!j->help || !*j->help)
			return "a job says what it is for";
	}
	return NULL;
}

static void
count(const struct doing *d)
{
	static const enum metric of[] = {
	    [FATE_DONE] = METRIC_JOBS_DONE,
	    [FATE_DROP] = METRIC_JOBS_DROPPED,
	    [FATE_SOON] = METRIC_JOBS_LATER,
	    [FATE_LATER] = METRIC_JOBS_LATER,
	    [FATE_PARK] = METRIC_JOBS_PARKED,
	};

	metrics_add(METRIC_SQL, d->statements);
	if (!d->lost && !d->unwritten)
		metrics_add(of[d->fate], 1);
}

/* Never a payload, an address, or the values of a reason. */
static void
log_line(const struct doing *d, int64_t us)
{
	char id[ID_LETTERS + 1], verb[JOB_KIND_MAX + 8];
	struct line l;

	if (d->r->quiet)
		return;
	id_write(d->t.id, id);
	snprintf(verb, sizeof(verb), "job.%.*s", STR_ARG(d->t.kind));
	line_open(&l);
	line_str(&l, "t", str_of(d->tenant->slug));
	line_str(&l, "trace", str_of(d->trace));
	line_str(&l, "verb", str_of(verb));
	line_str(&l, "job", str_of(id));
	line_i64(&l, "try", d->t.tries);
	line_ms(&l, "ms", us);
	line_i64(&l, "sql", (int64_t)d->statements);
	line_str(&l, "fate",
	    str_of(d->lost        ? "lost"
		   : d->unwritten ? "unwritten"
				  : queue_fate_name(d->fate)));
	if (d->went != OK && d->why.err != OK)
		line_fault(&l, &d->why);
	else if (d->went != OK)
		line_str(&l, "err", str_of(err_name(d->went)));
	line_write(&l);
}
