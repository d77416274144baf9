/*
 * tenancy/work.c -- a piece of work: its lease, its end, and what follows a commit.
 */
#include "tenancy/work.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "domain/base/id.h"
#include "sql/control/queries/due.h"

static enum err commit(struct work *w);
static void hint(struct work *w);
static enum err control_of(struct work *w, struct cdb **out);

enum err
work_open(struct desk *d, const struct tenant *t, enum db_mode mode, struct work *w)
{
	struct tenant *mine = arena_new(d->arena, struct tenant);
	enum err e;

	*mine = *t;
	*w = (struct work){
	    .arena = d->arena,
	    .house = d->house,
	    .tenant = mine,
	    .from = d->from,
	    .now = d->now,
	    .now_ms = d->now_ms,
	    .mode = mode,
	};
	w->actor.language = d->language;
	memcpy(w->trace, d->trace, sizeof w->trace);
	e = lease_open(d->house, mine, mode, &w->db, &w->fault);
	if (e != OK && d->fault.err == OK)
		d->fault = w->fault;
	return e;
}

enum err
work_close(struct work *w, enum err e)
{
	struct house *h = w->house;

	if (h->tdb == NULL || h->worn != w->tenant->id || w->db != h->tdb) {
		/* Somebody has taken the coat from under this work: whatever it wrote is already
		 * undone. */
		lease_break(h);
		return fail(
		    &w->fault, E_BUG, NULL, "The lease of this work was not its own at the end.");
	}
	if (e == OK) {
		e = commit(w);
	} else {
		lease_rollback(h);
		/* A connection after an odd error is closed, not reset. */
		if (e == E_AWAY || e == E_BUG)
			lease_break(h);
	}
	w->db = NULL;
	if (e == OK && w->told)
		hint(w);
	if (h->control != NULL)
		cdb_fault(h->control, NULL);
	return e;
}

enum err
work_step(struct work *w, enum err e)
{
	struct house *h = w->house;
	struct fault lost;
	enum err as = OK;

	if (h->tdb == NULL || h->worn != w->tenant->id || w->db != h->tdb)
		return fail(&w->fault, E_BUG, NULL, "The lease of this work was not its own at the end.");
	if (!w->steps)
		return fail(&w->fault, E_BUG, NULL, "This work is one transaction.");
	if (e == OK)
		as = commit(w);
	else
		lease_rollback(h);
	if (as != OK && as != E_RETRY)
		return as;
	lost = w->fault;
	w->fault = (struct fault){0};
	w->hinted = false;
	TRY(lease_again(h, w->mode, &w->fault));
	if (as != OK)
		w->fault = lost;
	return as;
}

enum err
work_firm(struct work *w)
{
	if (w->mode != DB_LOOSE)
		return OK;
	w->mode = DB_READ_ONLY;
	lease_rollback(w->house);
	return lease_again(w->house, w->mode, &w->fault);
}

enum err
work_stepped_up(struct work *w)
{
	if (w->actor.stepped_up_at > w->now || w->now - w->actor.stepped_up_at >= STEP_UP_S)
		return fail(
		    &w->fault, E_FORBIDDEN, "step_up", "Please show your password once more.");
	return OK;
}

uint64_t
work_id(const struct work *w)
{
	return id_make(w->now_ms, w->house->next_id++);
}

enum err
work_seal(struct work *w, enum key_purpose p, const char *table, const char *column, uint64_t row,
    struct str plain, struct str *sealed)
{
	struct place at = {w->tenant->id, table, column, row};
	struct cdb *control;

	TRY(control_of(w, &control));
	return keys_seal(
	    w->house->keys, control, w->now, p, at, plain, w->arena, sealed, &w->fault);
}

enum err
work_unseal(struct work *w, enum key_purpose p, const char *table, const char *column, uint64_t row,
    struct str sealed, struct str *plain)
{
	struct place at = {w->tenant->id, table, column, row};
	struct cdb *control;

	TRY(control_of(w, &control));
	return keys_unseal(
	    w->house->keys, control, w->now, p, at, sealed, w->arena, plain, &w->fault);
}

enum err
work_phone_key(struct work *w, uint64_t device, struct day day, uint8_t out[PHONE_KEY_BYTES], uint32_t *version)
{
	struct cdb *control;

	TRY(control_of(w, &control));
	return keys_phone(w->house->keys, control, w->now, w->tenant->id, device, day, w->arena, out, version, &w->fault);
}

enum err
work_signer(struct work *w, uint8_t public_key[PROOF_PUBLIC_BYTES])
{
	struct cdb *control;

	TRY(control_of(w, &control));
	return keys_signer(w->house->keys, control, w->now, w->tenant->id, w->arena, public_key, &w->fault);
}

enum err
work_sign(struct work *w, const uint8_t public_key[PROOF_PUBLIC_BYTES], struct str text,
    uint8_t signature[PROOF_SIGNATURE_BYTES])
{
	struct cdb *control;

	TRY(control_of(w, &control));
	return keys_sign(w->house->keys, control, w->now, w->tenant->id, public_key, text, w->arena, signature, &w->fault);
}

void
work_data_key_again(struct work *w)
{
	keys_forget(w->house->keys, w->tenant->id);
}

void
now_read(int64_t *now_s, int64_t *now_ms)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	*now_s = t.tv_sec;
	*now_ms = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static enum err
commit(struct work *w)
{
	enum err e = lease_commit(w->house);

	if (e == OK)
		return OK;
	if (e == E_RETRY) {
		lease_rollback(w->house);
		return e;
	}
	lease_break(w->house);
	if (w->mode == DB_READ_ONLY || w->mode == DB_LOOSE)
		return OK; /* it has read what it wanted to know, and nothing could be written */
	if (w->fault.retry_after_s == 0)
		w->fault.retry_after_s = 5;
	return e;
}

/* Both halves are only hints: the sweep of all companies each minute is the net below them. */
static void
hint(struct work *w)
{
	struct cdb *control = w->house->control;
	uint64_t changed;

	if (control != NULL && !cdb_lost(control)) {
		cdb_fault(control, NULL);
		if (sql_due_hint(control, w->tenant->id, w->now, &changed) != OK)
			changed = 0;
	}
	work_wake(w->house->config, w->tenant->id);
}

void
work_wake(const struct config *c, uint64_t tenant)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	char text[24];
	int n, fd;

	if (c->run_dir == NULL || c->run_dir[0] == '\0')
		return;
	n = snprintf(to.sun_path, sizeof to.sun_path, "%s/jobs.sock", c->run_dir);
	if (n < 0 || (size_t)n >= sizeof to.sun_path)
		return;
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return;
	n = snprintf(text, sizeof text, "%llu", (unsigned long long)tenant);
	if (sendto(fd, text, (size_t)n, MSG_NOSIGNAL, (struct sockaddr *)&to, sizeof to) < 0)
		n = 0; /* nobody listens, or is busy enough already */
	close(fd);
}

/* The handle of this moment: it is not reopened in the middle of a work, whose desk may hold it. */
static enum err
control_of(struct work *w, struct cdb **out)
{
	if (w->house->control == NULL || cdb_lost(w->house->control))
		return fail(&w->fault, E_AWAY, NULL, "The database does not answer.");
	cdb_fault(w->house->control, &w->fault);
	*out = w->house->control;
	return OK;
}
