/*
 * tenancy/ctl_keys.c -- poolctl keys: a new root key, new data keys. Each step is one row or one
 *account, and what is left to do is seen by looking: after a kill, the same command goes on.
 *
 *	keys rotate --root FILE   puts the new root into the key file, beside the old one. Then
 *replace the processes (SIGHUP): they must know both before anything hangs on the new one. keys
 *rotate               moves everything to the newest root: wrapped keys, accounts, passwords. keys
 *rotate --data        gives each company a new data key and seals its fields with it. keys prune
 *takes the old roots out of the file, if nothing hangs on them.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sql/control/queries/keys.h"
#include "tenancy/ctl.h"
#include "tenancy/provision.h"
#include "tenancy/rotate.h"
#include "tenancy/work.h"

#define ROOT_HEX         64
#define KEY_FILE_MAX     1024
#define DATA_KEY_YOUNG_S 86400        /* a key younger than a day is not replaced: a resumed run */
#define DATA_KEY_KEPT_S  (30 * 86400) /* links signed with the old one live less long */

static enum err keys(struct operator* op, struct words w);
static enum err root_add(struct operator* op, const char *path);
static enum err root_move(struct operator* op);
static enum err data_renew(struct operator* op, bool wait);
static enum err prune(struct operator* op);
static enum err file_read(struct operator* op, const char *path, char *text, size_t *n);
static enum err file_write(struct operator* op, const char *path, const char *text, size_t n);
typedef enum err key_fn(struct operator* op, const struct key_row *key);
static enum err keys_walk(struct operator* op, key_fn *one, uint64_t *count);
static enum err rewrap_one(struct operator* op, const struct key_row *key);

const struct command command_keys = {"keys", "rotate [--root FILE | --data [--no-wait]] | prune",
    "Replace the root key (--root, then processes by SIGHUP, then without) or the data keys; "
    "resumes.",
    NEEDS_CONTROL, keys};

static enum err
keys(struct operator* op, struct words w)
{
	const char *root = words_value(&w, "--root");
	bool data = words_flag(&w, "--data"), no_wait = words_flag(&w, "--no-wait");
	enum err e;
	int lock;

	TRY(words_done(op, &w, 1));
	if (w.n == 0 || (root != NULL && data) || (no_wait && !data))
		return fail(op->fault, E_INVALID, "words", "Which of the verbs?");
	TRY(operator_lock(op, "keys", 0, &lock));
	if (strcmp(w.word[0], "rotate") == 0)
		e = root != NULL ? root_add(op, root)
		    : data       ? data_renew(op, !no_wait)
				 : root_move(op);
	else if (strcmp(w.word[0], "prune") == 0)
		e = prune(op);
	else
		e = fail(op->fault, E_INVALID, "words", "Which of the verbs?");
	close(lock);
	return e;
}

/* ---- the root ---- */

static enum err
root_add(struct operator* op, const char *path)
{
	const char *file = op->config->master_key_file;
	char fresh[KEY_FILE_MAX + 1], old[KEY_FILE_MAX + 1], text[2 * KEY_FILE_MAX];
	uint32_t version = keys_root_version(op->keys);
	struct str key, before;
	size_t fresh_n, old_n;
	enum err e = OK;
	int n = 0;

	TRY(file_read(op, path, fresh, &fresh_n));
	TRY(file_read(op, file, old, &old_n));
	key = str_trim((struct str){fresh, fresh_n});
	before = str_trim((struct str){old, old_n});
	if (key.n != ROOT_HEX || strspn(key.p, "0123456789abcdefABCDEF") < ROOT_HEX)
		e = fail(
		    op->fault, E_INVALID, "root", "%s must hold one line of 64 hex digits.", path);
	else if (memmem(before.p, before.n, key.p, key.n) != NULL)
		printf("this root is in %s already\n", file);
	else if (before.n == ROOT_HEX) /* a first root may stand without its number */
		n = snprintf(text, sizeof text, "%" PRIu32 " %.*s\n%" PRIu32 " %.*s\n", version + 1,
		    STR_ARG(key), version, STR_ARG(before));
	else
		n = snprintf(text, sizeof text, "%" PRIu32 " %.*s\n%.*s\n", version + 1,
		    STR_ARG(key), STR_ARG(before));
	if (n >= KEY_FILE_MAX)
		e = fail(op->fault, E_LIMIT, "root",
		    "%s holds as many roots as it can: poolctl keys prune.", file);
	else if (n > 0)
		e = file_write(op, file, text, (size_t)n);
	explicit_bzero(fresh, sizeof fresh);
	explicit_bzero(old, sizeof old);
	explicit_bzero(text, sizeof text);
	if (e == OK)
		printf("Both roots are known from now on. Replace the processes (SIGHUP), then: "
		       "poolctl keys rotate\n");
	return e;
}

static enum err
account_one(struct operator* op, const struct tenant_row *t, void *ctx)
{
	uint64_t *resealed = ctx, n;

	if (t->status == TENANT_DELETING)
		return OK;
	TRY(provision_account(op, str_copy(op->arena, t->schema_name).p, false));
	TRY(rotate_values(op, t, true, &n));
	*resealed += n;
	return OK;
}

static enum err root_move(struct operator* op)
{
	char control[SCHEMA_MAX + 1], login[SCHEMA_MAX + 1];
	uint64_t moved = 0, resealed = 0;

	house_account(op->config, "control", control);
	house_account(op->config, "login", login);
	TRY(keys_walk(op, rewrap_one, &moved));
	TRY(ctl_walk(op, account_one, &resealed));
	TRY(provision_account(op, control, false));
	TRY(provision_account(op, login, false));
	printf("root key version %" PRIu32 ": %" PRIu64 " data keys and %" PRIu64
	       " secrets moved to it, every account has its new password\n",
	    keys_root_version(op->keys), moved, resealed);
	return OK;
}

/* Each data key of each company that lies under an older root than the newest. */
static enum err
keys_walk(struct operator* op, key_fn *one, uint64_t *count)
{
	uint32_t root = keys_root_version(op->keys), version = 0;
	uint64_t tenant = 0;
	size_t n;

	do {
		struct arena_mark mark = arena_mark(op->arena);
		struct key_row *key;

		cdb_fault(op->control, op->fault);
		TRY(sql_keys_after(op->control, tenant, version, op->arena, &key, &n));
		for (size_t i = 0; i < n; i++) {
			tenant = key[i].tenant_id;
			version = key[i].key_version;
			if (key[i].root_version >= root)
				continue;
			if (one != NULL)
				TRY(one(op, &key[i]));
			++*count;
		}
		arena_rewind(op->arena, mark);
	} while (n > 0);
	return OK;
}

static enum err
rewrap_one(struct operator* op, const struct key_row *key)
{
	struct str wrapped;

	TRY(keys_rewrap(op->keys, op->keys, key->tenant_id, key->key_version, key->wrapped, op->arena,
	    &wrapped, op->fault));
	return sql_key_rewrap(op->control, key->tenant_id, key->key_version, key->version,
	    keys_root_version(op->keys), wrapped);
}

static enum err
behind_one(struct operator* op, const struct tenant_row *t, void *ctx)
{
	uint64_t *behind = ctx, n;

	if (t->status == TENANT_DELETING)
		return OK;
	TRY(rotate_values(
	    op, t, true, &n)); /* a sign-in may have written with the old root until now */
	*behind += n;
	return OK;
}

static enum err prune(struct operator* op)
{
	const char *file = op->config->master_key_file;
	char text[KEY_FILE_MAX + 1], number[16];
	uint64_t behind = 0;
	struct str rest, line = STR_NONE;
	size_t n;
	enum err e;

	TRY(keys_walk(op, NULL, &behind));
	TRY(ctl_walk(op, behind_one, &behind));
	if (behind > 0)
		return fail(op->fault, E_INVALID, "root",
		    "Something still hung on an older root: poolctl keys rotate, then again.");
	snprintf(number, sizeof number, "%" PRIu32 " ", keys_root_version(op->keys));
	TRY(file_read(op, file, text, &n));
	rest = (struct str){text, n};
	while (rest.n > 0) {
		struct str one = str_trim(str_cut(rest, '\n', &rest));

		if (str_starts(one, str_of(number)))
			line = one;
	}
	if (line.n == 0) {
		printf("there is one root in %s\n", file);
		e = OK;
	} else {
		struct str kept = str_printf(op->arena, "%.*s\n", STR_ARG(line));

		e = file_write(op, file, kept.p, kept.n);
		explicit_bzero((void *)(uintptr_t)kept.p, kept.n);
		if (e == OK)
			printf("%s holds root %sonly. Replace the processes (SIGHUP).\n", file,
			    number);
	}
	explicit_bzero(text, sizeof text);
	return e;
}

/* ---- data keys ---- */

struct renewal {
	int64_t now;
	uint64_t made, resealed, dropped;
};

static enum err
data_key_one(struct operator* op, const struct tenant_row *t, void *ctx)
{
	struct renewal *r = ctx;
	struct key_row *key = NULL;
	struct str wrapped;

	if (t->status == TENANT_DELETING)
		return OK;
	cdb_fault(op->control, op->fault);
	TRY(sql_key_newest(op->control, t->id, op->arena, &key));
	if (key == NULL || r->now - key->made_at < DATA_KEY_YOUNG_S ||
	    key->key_version == KEY_VERSION_MAX)
		return OK;
	TRY(keys_make(op->keys, t->id, key->key_version + 1, op->arena, &wrapped, op->fault));
	TRY(sql_key_insert(op->control, t->id, key->key_version + 1, keys_root_version(op->keys),
	    wrapped, r->now));
	r->made++;
	return OK;
}

static enum err
data_seal_one(struct operator* op, const struct tenant_row *t, void *ctx)
{
	struct renewal *r = ctx;
	struct key_row *key;
	uint64_t changed, rows;
	size_t n;

	if (t->status == TENANT_DELETING)
		return OK;
	cdb_fault(op->control, op->fault);
	TRY(sql_keys_of_tenant(op->control, t->id, op->arena, &key, &n));
	if (n < 2)
		return OK;
	keys_forget(op->keys, t->id);
	TRY(rotate_values(op, t, false, &changed));
	r->resealed += changed;
	if (changed > 0 || r->now - key[n - 1].made_at < DATA_KEY_KEPT_S)
		return OK;
	for (size_t i = 0; i + 1 < n; i++) {
		TRY(sql_key_drop(op->control, t->id, key[i].key_version, &rows));
		r->dropped += rows;
	}
	return OK;
}

static enum err
data_renew(struct operator* op, bool wait)
{
	const struct timespec pause = {.tv_sec = KEYS_CACHE_S + 1};
	struct renewal r = {0};
	int64_t ms;

	now_read(&r.now, &ms);
	TRY(ctl_walk(op, data_key_one, &r));
	printf("new data keys: %" PRIu64 "\n", r.made);
	if (wait && r.made > 0) {
		printf("waiting %d s until every process writes with them ...\n", KEYS_CACHE_S + 1);
		nanosleep(&pause, NULL);
	}
	TRY(ctl_walk(op, data_seal_one, &r));
	printf("values sealed again: %" PRIu64 "; old keys dropped: %" PRIu64 "\n", r.resealed,
	    r.dropped);
	return OK;
}

/* ---- the key file: replaced whole, or not at all ---- */

static enum err
file_read(struct operator* op, const char *path, char *text, size_t *n)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? -1 : read(fd, text, KEY_FILE_MAX);

	if (fd >= 0)
		close(fd);
	if (got < 0)
		return fail(
		    op->fault, E_INVALID, "root", "%s cannot be read: %s.", path, strerror(errno));
	text[got] = '\0';
	*n = (size_t)got;
	return OK;
}

static enum err
file_write(struct operator* op, const char *path, const char *text, size_t n)
{
	struct str part = str_printf(op->arena, "%s.new", path);
	bool whole;
	int fd;

	(void)unlink(part.p);
	fd = open(part.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
	whole = fd >= 0 && write(fd, text, n) == (ssize_t)n && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	if (whole && rename(part.p, path) == 0)
		return OK;
	return fail(op->fault, E_AWAY, "root", "%s cannot be written: %s.", path, strerror(errno));
}
