#include "tenancy/claim.h"

#include "sql/control/queries/signups.h"
#include "sql/control/queries/spares.h"
#include "sql/control/queries/subscriptions.h"
#include "sql/control/queries/tenants.h"
#include "sql/migrations.h"
#include "sql/tenant/queries/credentials.h"

#define PLAN_AT_FIRST "trial"

static enum err take(struct desk *d, const struct claim_wish *wish, struct str key, struct str body,
    struct claim *out);
static enum err begin_trial(struct desk *d, uint64_t tenant);
static enum err taken_by(struct desk *d, struct str key, struct str body);
static enum err raise_guard(struct work *w, uint32_t number, uint64_t *greatest);
static enum err finish(struct desk *d, uint64_t tenant);
static enum err reap_one(struct desk *d, const struct claim_row *row);
static enum err look_inside(struct desk *d, const struct claim_row *row, bool *founded);
static enum err give_back(struct desk *d, const struct claim_row *row);

enum err
claim_find(struct desk *d, struct str key, struct str body, struct claim *out, bool *found)
{
	struct signup_row *s;
	struct tenant_row *t;

	*found = false;
	TRY(sql_signup_by_key(d->control, key, d->arena, &s));
	if (s == NULL)
		return OK;
	if (!str_eq(s->body_hash, body))
		return fail(&d->fault, E_STALE, "idempotency_key",
		    "This request was sent before, and said something else then.");
	TRY(sql_tenant_by_id(d->control, s->tenant_id, d->arena, &t));
	if (t == NULL || (!s->done && t->status != TENANT_CLAIMED && t->status != TENANT_LIVE))
		return OK;
	*out = (struct claim){.tenant = s->tenant_id, .version = t->version, .done = s->done};
	*found = true;
	return OK;
}

enum err
claim_take(struct desk *d, const struct claim_wish *wish, struct str key, struct str body,
    struct claim *out)
{
	enum err e;

	TRY(cdb_begin(d->control, DB_WRITE));
	e = take(d, wish, key, body, out);
	if (e == OK)
		return cdb_commit(d->control);
	cdb_rollback(d->control);
	return e == E_INVALID ? taken_by(d, key, body) : e;
}

static enum err
take(struct desk *d, const struct claim_wish *wish, struct str key, struct str body,
    struct claim *out)
{
	struct spare_row *spare;
	enum err e;

	TRY(sql_spare_for_claim(d->control, TENANT_SPARE, TENANT_STEP, d->arena, &spare));
	if (spare == NULL) {
		d->fault.retry_after_s = 3;
		return fail(&d->fault, E_AWAY, NULL,
		    "We are making room for new companies. Please try again in a moment.");
	}
	e = sql_spare_claim(d->control, spare->id, spare->version, TENANT_CLAIMED, wish->slug,
	    wish->name, STR(PLAN_AT_FIRST), wish->country, wish->zone, wish->currency,
	    wish->language, d->now);
	/* The database has said which key was taken; people are told what that means. */
	if (e == E_STALE && d->fault.field != NULL && str_eq(str_of(d->fault.field), STR("slug"))) {
		d->fault = (struct fault){OK};
		return fail(&d->fault, E_INVALID, "slug", "This address is taken.");
	}
	if (e == E_STALE) {
		/* Another claim took this very spare: the caller runs again and gets the next one. */
		d->fault = (struct fault){OK};
		return fail(&d->fault, E_RETRY, NULL, "The house is busy. Please try again.");
	}
	TRY(e);
	e = sql_signup_insert(d->control, key, body, spare->id, d->now);
	if (e == E_STALE) {
		d->fault = (struct fault){OK};
		return fail(&d->fault, E_STALE, "idempotency_key",
		    "The same request is still being worked on.");
	}
	TRY(e);
	TRY(begin_trial(d, spare->id));
	*out = (struct claim){.tenant = spare->id, .version = spare->version + 1};
	return OK;
}

/* Nothing is asked before the trial is over; a house without a price asks nothing ever. */
static enum err
begin_trial(struct desk *d, uint64_t tenant)
{
	const struct config *c = d->house->config;

	if (c->plan_cents == 0)
		return OK;
	return sql_subscription_begin(d->control, tenant, c->plan_cents, str_of(c->plan_currency),
	    d->now + (int64_t)c->plan_trial_days * 86400);
}

/* taken_by -- the address is taken: by the same request, sent twice at once, or by somebody else */
static enum err
taken_by(struct desk *d, struct str key, struct str body)
{
	struct fault taken = d->fault;
	struct claim c;
	bool ours;

	d->fault = (struct fault){OK};
	TRY(claim_find(d, key, body, &c, &ours));
	if (ours)
		return fail(&d->fault, E_STALE, "idempotency_key",
		    "The same request is still being worked on.");
	d->fault = taken;
	return taken.err;
}

static enum err
raise_guard(struct work *w, uint32_t number, uint64_t *greatest)
{
	static const char zeros[HASH_BYTES];
	struct guard_row g;
	uint64_t changed;

	TRY(sql_claim_guard_raise(w->db, number, (struct str){zeros, HASH_BYTES}, &changed));
	TRY(sql_claim_guard(w->db, w->arena, &g));
	*greatest = g.value;
	return OK;
}

enum err
claim_enter(struct work *w, const struct claim *c)
{
	uint64_t greatest;

	TRY(raise_guard(w, c->version, &greatest));
	if (greatest == c->version)
		return OK;
	w->fault.retry_after_s = 2;
	return fail(&w->fault, E_AWAY, NULL, "That took too long. Please try again in a moment.");
}

enum err
claim_finish(struct desk *d, uint64_t tenant)
{
	enum err e;

	/* A work that was entered meanwhile has borrowed the handle, or found it lost and replaced it. */
	TRY(house_control(d->house, &d->control, &d->fault));
	TRY(cdb_begin(d->control, DB_WRITE));
	e = finish(d, tenant);
	if (e == OK)
		e = cdb_commit(d->control);
	else
		cdb_rollback(d->control);
	tenant_forget(d->house->tenants, tenant);
	return e;
}

static enum err
finish(struct desk *d, uint64_t tenant)
{
	uint64_t changed;
	enum err e = sql_claim_finish(d->control, tenant, TENANT_CLAIMED, TENANT_LIVE);

	if (e == E_STALE) {
		d->fault = (struct fault){OK}; /* it is live already */
		e = OK;
	}
	TRY(e);
	return sql_signup_done(d->control, tenant, &changed);
}

/* ---- what was left half done ---- */

enum err
claim_reap(struct desk *d, unsigned *n)
{
	struct claim_row *rows;
	size_t count;
	enum err worst = OK;

	*n = 0;
	TRY(sql_claims_before(
	    d->control, TENANT_CLAIMED, d->now - CLAIM_OVERDUE_S, d->arena, &rows, &count));
	for (size_t i = 0; i < count; i++) {
		enum err e = reap_one(d, &rows[i]);

		/* One that does not answer must not keep the others; the next turn tries it again. */
		if (e != OK)
			worst = e;
		else
			++*n;
	}
	return worst;
}

static enum err
reap_one(struct desk *d, const struct claim_row *row)
{
	bool founded;

	d->fault = (struct fault){OK};
	TRY(house_control(d->house, &d->control, &d->fault));
	TRY(look_inside(d, row, &founded));
	if (founded)
		return claim_finish(d, row->id);
	return give_back(d, row);
}

/* Not founded: the guard is raised past this claim before that is believed, and the raise is committed. */
static enum err
look_inside(struct desk *d, const struct claim_row *row, bool *founded)
{
	const struct tenant *t;
	struct company_face *company = NULL;
	uint64_t greatest;
	struct work w;
	enum err e;

	TRY(tenant_of_id(d->house->tenants, d->control, row->id, d->now, &t, &d->fault));
	TRY(work_open(d, t, DB_WRITE, &w));
	e = raise_guard(&w, row->version + 1, &greatest);
	if (e == OK)
		e = sql_company_face(w.db, w.arena, &company);
	*founded = company != NULL;
	/* The guard of a living company stays as its own sign-up left it. */
	if (e == OK && *founded) {
		e = work_close(&w, E_STALE);
		return e == E_STALE ? OK : e;
	}
	return work_close(&w, e);
}

static enum err
give_back(struct desk *d, const struct claim_row *row)
{
	uint64_t changed;
	enum err e;

	TRY(house_control(d->house, &d->control, &d->fault));
	TRY(cdb_begin(d->control, DB_WRITE));
	e = sql_claim_undo(d->control, row->id, row->version, TENANT_SPARE);
	if (e == OK)
		e = sql_signup_drop(d->control, row->id, &changed);
	if (e == OK)
		e = sql_subscription_drop(d->control, row->id, &changed);
	if (e == OK)
		e = cdb_commit(d->control);
	else
		cdb_rollback(d->control);
	tenant_forget(d->house->tenants, row->id);
	/* Somebody else has reaped or finished it: that is what was wanted. */
	return e == E_STALE ? OK : e;
}
