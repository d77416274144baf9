/*
 * tenancy/lease.c -- the ONLY maker of a struct tdb.
 *
 * LEASE_FAULT seeds one of eight faults, so that the isolation matrix can show that it would notice:
 * 1 the account is not changed · 2 it is changed to the tenant's before · 3 the schema is changed,
 * the account is not (USE) · 4 a failed transaction is left open · 5 reads share the statements of
 * whoever came first · 6 the wrong tenant cached (tenant.c) · 7 another's coat is taken from its hook ·
 * 8 the coat that has hung longest is taken and its account not changed. A build of the product has none:
 * tests set it. Faults 1, 2, 3, 5 are of changing a coat: there nothing hangs, so each change of tenant is one.
 * With a fault nobody asks the connection whose it is: the tests must see the fault, not its last defence.
 */
#include "tenancy/lease.h"

#ifndef LEASE_FAULT
#define LEASE_FAULT 0
#endif
#define NOTHING_HANGS (LEASE_FAULT == 1 || LEASE_FAULT == 2 || LEASE_FAULT == 3 || LEASE_FAULT == 5)

static bool
password_of(struct house *h, unsigned n, const char *account, char out[DB_PASSWORD_LETTERS + 1]);
static enum err control_open(struct house *h, struct fault *f);
static void reach_for(struct house *h, uint64_t tenant_id);
static struct hook *hook_for(struct house *h, uint64_t tenant_id);
static enum err coat_fetch(struct house *h, struct fault *f);
static enum err wear(struct house *h, const struct tenant *t, struct fault *f);
static enum err begin(struct house *h, const struct tenant *t, enum db_mode mode, struct fault *f);
static enum err refuse(const struct tenant *t, struct fault *f);
static bool gone(struct house *h, uint64_t id);

struct db_login
house_login(const struct config *c, const char *account, const char *password, const char *schema)
{
	bool local = c->db_socket != NULL && c->db_socket[0] != '\0';

	return (struct db_login){
	    .socket = local ? c->db_socket : NULL,
	    .host = local ? NULL : c->db_host,
	    .port = local ? 0 : c->db_port,
	    .user = account,
	    .password = password,
	    .schema = schema,
	};
}

void
house_account(const struct config *c, const char *name, char out[SCHEMA_MAX + 1])
{
	snprintf(out, SCHEMA_MAX + 1, "%s%s", c->db_prefix, name);
}

enum err
house_open(const struct config *c, struct arena *proc, struct house **out, struct fault *f)
{
	struct house *h = arena_new(proc, struct house);
	struct fault away = {0};
	enum err e;

	db_library_open();
	h->config = c;
	h->proc = proc;
	h->next_id = random_u32();
	h->coats = 1;
	TRY(keys_open(c, proc, &h->keys, f));
	h->tenants = tenant_cache_open(proc, c);
	e = control_open(h, &away);
	if (e != OK && e != E_AWAY && e != E_RETRY) {
		if (f != NULL)
			*f = away;
		return e;
	}
	*out = h;
	return OK;
}

void
house_close(struct house *h)
{
	lease_break(h);
	for (size_t i = 0; i < HOOKS; i++)
		if (h->hooks[i].coat != NULL)
			coat_close(h->hooks[i].coat);
	memset(h->hooks, 0, sizeof h->hooks);
	if (h->control != NULL)
		cdb_close(h->control);
	h->control = NULL;
}

enum err
house_control(struct house *h, struct cdb **out, struct fault *f)
{
	if (h->control != NULL && cdb_lost(h->control)) {
		cdb_close(h->control);
		h->control = NULL;
	}
	if (h->control == NULL)
		TRY(control_open(h, f));
	cdb_fault(h->control, f);
	*out = h->control;
	return OK;
}

enum err
house_tenant(
    struct house *h, struct str host, int64_t now, const struct tenant **out, struct fault *f)
{
	struct fault first = {0};
	struct cdb *db;
	enum err e;

	TRY(house_control(h, &db, f));
	e = tenant_of_host(h->tenants, db, host, now, out, &first);
	if (e == E_AWAY && cdb_lost(db)) {
		TRY(house_control(h, &db, f));
		return tenant_of_host(h->tenants, db, host, now, out, f);
	}
	cdb_fault(db, f);
	if (e != OK && f != NULL)
		*f = first;
	return e;
}

enum err
lease_open(
    struct house *h, const struct tenant *t, enum db_mode mode, struct tdb **out, struct fault *f)
{
	struct fault first = {0};
	enum err e;

	TRY(refuse(t, f));
	e = begin(h, t, mode, &first);
	if (e == E_AWAY) {
		/* The server may have ended an idle connection. Nothing was done on it: once more,
		 * afresh. */
		lease_break(h);
		e = begin(h, t, mode, f);
	} else if (e != OK && f != NULL) {
		*f = first;
	}
	if (e != OK) {
		lease_break(h);
		/* The account may be refused because the company is gone: do not keep believing the
		 * cache. */
		tenant_forget(h->tenants, t->id);
		if ((e == E_BUG || e == E_AWAY) && gone(h, t->id)) {
			struct fault last = {0};

			e = fail(&last, E_NOT_FOUND, "host", "No company lives at this address.");
			if (f != NULL)
				*f = last;
		}
		return e;
	}
	tdb_fault(h->tdb, f);
	*out = h->tdb;
	return OK;
}

static bool
gone(struct house *h, uint64_t id)
{
	const struct tenant *t;
	struct fault f = {0};
	bool is;

	if (h->control == NULL || cdb_lost(h->control))
		return false;
	is = tenant_of_id(h->tenants, h->control, id, 0, &t, &f) == E_NOT_FOUND ||
	     (f.err == OK && t->status == TENANT_DELETING);
	cdb_fault(h->control, NULL);
	tenant_forget(h->tenants, id);
	return is;
}

enum err
lease_commit(struct house *h)
{
	enum err e = tdb_commit(h->tdb);

	if (e == OK)
		tdb_fault(h->tdb, NULL);
	return e;
}

enum err
lease_again(struct house *h, enum db_mode mode, struct fault *f)
{
	tdb_fault(h->tdb, f);
	return tdb_begin(h->tdb, mode);
}

void
lease_rollback(struct house *h)
{
	if (h->tdb == NULL)
		return;
#if LEASE_FAULT != 4
	tdb_rollback(h->tdb);
#endif
	tdb_fault(h->tdb, NULL);
}

void
lease_break(struct house *h)
{
	if (h->coat != NULL)
		coat_close(h->coat);
	h->coat = NULL;
	h->tdb = NULL;
	h->worn = 0;
}

void
lease_rest(struct house *h)
{
	if (h->coat != NULL)
		coat_rest(h->coat);
	for (size_t i = 0; i < HOOKS; i++)
		if (h->hooks[i].coat != NULL)
			coat_rest(h->hooks[i].coat);
}

uint64_t
lease_left_open(const struct house *h)
{
	uint64_t n = h->coat != NULL ? coat_left_open(h->coat) : 0;

	for (size_t i = 0; i < HOOKS; i++)
		if (h->hooks[i].coat != NULL)
			n += coat_left_open(h->hooks[i].coat);
	return n;
}

/*
 * Passwords are derived from the root key. While a root key is being replaced there are two, and
 * the account may still want the older one's: each is tried, newest first.
 */
static bool
password_of(struct house *h, unsigned n, const char *account, char out[DB_PASSWORD_LETTERS + 1])
{
	return keys_db_password_before(h->keys, n, account, out);
}

static enum err
control_open(struct house *h, struct fault *f)
{
	char account[SCHEMA_MAX + 1], password[DB_PASSWORD_LETTERS + 1];
	struct fault last = {0};
	struct cdb *db = NULL;
	enum err e = E_AWAY;

	house_account(h->config, "control", account);
	for (unsigned n = 0; e != OK && password_of(h, n, account, password); n++) {
		struct db_login login = house_login(h->config, account, password, account);

		last = (struct fault){0};
		e = cdb_open(&login, &db, &last);
		explicit_bzero(password, sizeof password);
	}
	if (e == OK) {
		cdb_fault(db, &last);
		e = db_check_server(db, &last);
		cdb_fault(db, NULL);
		if (e == OK)
			h->control = db;
		else
			cdb_close(db);
	}
	if (e != OK && f != NULL)
		*f = last;
	return e;
}

/*
 * reach_for -- hang the worn coat up and put the tenant's own on; without one of its own, an empty hook (a new coat is fetched) or the
 * one that has hung longest, which changes its account. So companies that ask in turn keep their sessions and what is prepared in
 * them, and a worker never holds more than h->coats connections.
 */
static void
reach_for(struct house *h, uint64_t tenant_id)
{
	struct hook *to, mine;

	if (h->coat != NULL) {
		coat_off(h->coat);
		if (h->worn == 0 || coat_lost(h->coat))
			lease_break(h);
	}
	to = hook_for(h, tenant_id);
	/* Nothing to hang up: a new coat is fetched before another tenant's is taken. */
	if (to == NULL || (h->coat == NULL && to->worn != tenant_id))
		return;
	mine = (struct hook){h->coat, h->tdb, h->worn, ++h->turns};
	h->coat = to->coat;
	h->tdb = to->tdb;
	h->worn = to->worn;
#if LEASE_FAULT == 7 || LEASE_FAULT == 8
	if (h->coat != NULL)
		h->worn = tenant_id;
#endif
	*to = mine.coat != NULL ? mine : (struct hook){0};
}

/* The tenant's own, else a free one, else the one with the oldest turn; NULL: this house has no hooks. */
static struct hook *
hook_for(struct house *h, uint64_t tenant_id)
{
	const unsigned hooks = NOTHING_HANGS ? 0 : h->coats - 1;
	struct hook *to = NULL;

	for (struct hook *k = h->hooks; k < h->hooks + hooks; k++) {
#if LEASE_FAULT == 7
		if (k->coat != NULL)
			return k;
#endif
		if (k->coat != NULL && k->worn == tenant_id)
			return k;
		if (to == NULL || (to->coat != NULL && (k->coat == NULL || k->turn < to->turn)))
			to = k;
	}
	return to;
}

static enum err
coat_fetch(struct house *h, struct fault *f)
{
	char account[SCHEMA_MAX + 1], password[DB_PASSWORD_LETTERS + 1];
	struct fault last = {0};
	enum err e = E_AWAY;

	if (h->coat != NULL)
		return OK;
	house_account(h->config, "login", account);
	for (unsigned n = 0; e != OK && password_of(h, n, account, password); n++) {
		struct db_login login = house_login(h->config, account, password, NULL);

		last = (struct fault){0};
		e = coat_open(&login, &h->coat, &last);
		explicit_bzero(password, sizeof password);
	}
	if (e != OK && f != NULL)
		*f = last;
	return e;
}

#if LEASE_FAULT == 2 || LEASE_FAULT == 3
static char worn_account[SCHEMA_MAX + 1]; /* of the tenant before */
#endif

static enum err
wear(struct house *h, const struct tenant *t, struct fault *f)
{
	const char *account = t->schema, *schema = t->schema;
	char password[DB_PASSWORD_LETTERS + 1];
	struct fault last = {0};
	enum err e = E_AWAY;

	reach_for(h, t->id);
	if (h->worn == t->id && h->tdb != NULL)
		return OK;
	TRY(coat_fetch(h, f));
#if LEASE_FAULT == 1
	if (h->tdb != NULL) {
		h->worn = t->id;
		return OK;
	}
#elif LEASE_FAULT == 2
	if (worn_account[0] != '\0')
		account = schema = worn_account;
#elif LEASE_FAULT == 3
	if (worn_account[0] != '\0')
		account = worn_account;
#endif
	h->worn = 0;
	for (unsigned n = 0; e != OK && password_of(h, n, account, password); n++) {
		last = (struct fault){0};
		e = coat_change(h->coat, account, password, schema, &h->tdb, &last);
		explicit_bzero(password, sizeof password);
	}
	if (e != OK) {
		h->tdb = NULL;
		if (f != NULL)
			*f = last;
		return e;
	}
#if LEASE_FAULT == 2 || LEASE_FAULT == 3
	snprintf(worn_account, sizeof worn_account, "%s", t->schema);
#endif
	h->worn = t->id;
	return OK;
}

static enum err
begin(struct house *h, const struct tenant *t, enum db_mode mode, struct fault *f)
{
#if LEASE_FAULT == 5
	static struct tdb *first; /* the statements of whoever came first serve all readers */

	if (first == NULL) {
		TRY(wear(h, t, f));
		first = h->tdb;
		h->coat = NULL;
	}
	h->worn = 0;
	TRY(wear(h, t, f));
	if (mode == DB_READ_ONLY || mode == DB_LOOSE)
		h->tdb = first;
#else
	if (h->worn != t->id || h->tdb == NULL)
		TRY(wear(h, t, f));
#if LEASE_FAULT == 0
	if (!coat_lost(h->coat) && !tdb_wears(h->tdb, t->schema)) {
		lease_break(h);
		return fail(f, E_BUG, NULL, "The coat of this lease was not its own.");
	}
#endif
#endif
	tdb_fault(h->tdb, f);
	return tdb_begin(h->tdb, mode);
}

static enum err
refuse(const struct tenant *t, struct fault *f)
{
	if (t->status == TENANT_SUSPENDED) {
		if (f != NULL)
			f->retry_after_s = 300;
		return fail(f, E_AWAY, NULL, "This company's account is paused.");
	}
	if (t->status != TENANT_LIVE && t->status != TENANT_CLAIMED)
		return fail(f, E_AWAY, NULL, "This company's account is closed.");
	if (!tenant_current(t)) {
		if (f != NULL)
			f->retry_after_s = 5;
		return fail(f, E_AWAY, NULL,
		    "This company is being brought up to date. Please come again in a moment.");
	}
	return OK;
}
