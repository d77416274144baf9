/*
 * tenancy/ctl_jobs.c -- poolctl jobs: what waits, what is parked and why, and trying again.
 *
 * It asks as a worker would: through the lease, under each company's own account.
 */
#include <inttypes.h>

#include "domain/base/id.h"
#include "domain/base/words.h"
#include "sql/control/queries/due.h"
#include "sql/tenant/queries/jobs.h"
#include "tenancy/ctl.h"
#include "tenancy/work.h"

struct tour {
	struct house *house;
	struct desk desk;
	bool list; /* one line a company; else each parked job */
	bool retry;
	uint64_t only; /* job to retry, 0 = all parked */
	uint64_t parked, retried;
};

static enum err jobs(struct operator* op, struct words w);
static enum err visit(struct operator* op, const struct tenant_row *row, void *ctx);
static enum err look(struct work *w, struct tour *t);
static enum err again(struct work *w, struct tour *t, const struct job_line *line);

const struct command command_jobs = {"jobs", "[list] | show [SLUG] | retry SLUG [JOB]",
    "Jobs of each company: how many wait; which are parked and why; give parked ones all their "
    "tries again.",
    NEEDS_CONTROL, jobs};

static enum err
jobs(struct operator* op, struct words w)
{
	const char *verb = w.n > 0 ? w.word[0] : "list", *slug = w.n > 1 ? w.word[1] : NULL;
	struct tour t = {.list = strcmp(verb, "list") == 0, .retry = strcmp(verb, "retry") == 0};
	struct tenant_row row;

	TRY(words_done(op, &w, 3));
	if ((!t.list && !t.retry && strcmp(verb, "show") != 0) || (t.retry && slug == NULL))
		return fail(
		    op->fault, E_INVALID, "words", "Which of the verbs, and which company?");
	if (w.n > 2 && !id_read(str_of(w.word[2]), &t.only))
		return fail(op->fault, E_INVALID, "words", "%s is not the id of a job.", w.word[2]);
	TRY(house_open(op->config, op->proc, &t.house, op->fault));
	now_read(&t.desk.now, &t.desk.now_ms);
	if (slug != NULL) {
		TRY(ctl_tenant(op, slug, &row));
		TRY(visit(op, &row, &t));
	} else {
		TRY(ctl_walk(op, visit, &t));
	}
	house_close(t.house);
	if (t.retry)
		printf("%" PRIu64 " jobs wait again\n", t.retried);
	else
		printf("parked in all: %" PRIu64 "\n", t.parked);
	return OK;
}

static enum err
visit(struct operator* op, const struct tenant_row *row, void *ctx)
{
	struct tour *t = ctx;
	const struct tenant *tenant;
	struct cdb *control;
	struct work w;
	enum err e;

	if (row->status != TENANT_LIVE)
		return OK;
	t->desk.arena = op->arena;
	t->desk.house = t->house;
	TRY(house_control(t->house, &control, op->fault));
	TRY(tenant_of_id(t->house->tenants, control, row->id, t->desk.now, &tenant, op->fault));
	t->desk.fault = (struct fault){0};
	e = work_open(&t->desk, tenant, t->retry ? DB_WRITE : DB_READ_ONLY, &w);
	if (e == OK)
		e = work_close(&w, look(&w, t));
	if (e != OK)
		printf("%-40.*s cannot be asked: %s\n", STR_ARG(row->slug.v),
		    words_fault(op->arena, ENGLISH, &w.fault).p);
	return OK;
}

static enum err
look(struct work *w, struct tour *t)
{
	struct job_count_row waiting, claimed, parked;
	struct job_line *line;
	size_t n;

	TRY(sql_jobs_count(w->db, JOB_WAITING, w->arena, &waiting));
	TRY(sql_jobs_count(w->db, JOB_CLAIMED, w->arena, &claimed));
	TRY(sql_jobs_count(w->db, JOB_PARKED, w->arena, &parked));
	t->parked += parked.n;
	if (t->list) {
		printf("%-40s waiting %" PRIu64 "  claimed %" PRIu64 "  parked %" PRIu64 "\n",
		    w->tenant->slug, waiting.n, claimed.n, parked.n);
		return OK;
	}
	TRY(sql_jobs_of_state(w->db, JOB_PARKED, w->arena, &line, &n));
	for (size_t i = 0; i < n; i++) {
		char id[ID_LETTERS + 1];

		id_write(line[i].id, id);
		if (t->retry)
			TRY(again(w, t, &line[i]));
		else
			printf("%-40s %s %-16.*s tries %" PRIu32 "  %.*s\n", w->tenant->slug, id,
			    STR_ARG(line[i].kind), line[i].tries, STR_ARG(line[i].reason));
	}
	return OK;
}

static enum err
again(struct work *w, struct tour *t, const struct job_line *line)
{
	if (t->only != 0 && t->only != line->id)
		return OK;
	TRY(sql_job_unpark(w->db, line->id, JOB_PARKED, JOB_WAITING, w->now));
	w->told = true;
	t->retried++;
	return OK;
}
