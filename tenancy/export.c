/*
 * tenancy/export.c -- the archive of one company, read in one snapshot of its schema.
 */
#include "tenancy/export.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sql/tenant/credential.h"
#include "tenancy/export_rows.h"
#include "tenancy/files.h"
#include "tenancy/work.h"

/* A text that grows leaves its smaller selves behind: twice the ceilings. */
#define TEXTS_MAX (2 * (EXPORT_LINE_MAX + EXPORT_SECRETS_MAX) + 1024 * 1024)

static enum err fill(struct out *o);
static int64_t count(const char *path, int depth);
static void one_more(struct out *o);
static enum err secrets_of(struct out *o);
static enum err recovery_codes(struct out *o);
static enum err files(struct out *o, const char *path, const char *name, int depth);
static enum err file(struct out *o, const char *path, const char *name);
static void readme(struct out *o);
static void manifest(struct out *o);

bool
export_leaves_out(struct str table)
{
	static const char *const names[] = {"migration", "session", "token", "job", "idempotency"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_eq(table, str_of(names[i])))
			return true;
	return false;
}

struct str
export_files_dir(struct operator* op, struct str schema)
{
	return files_dir(op->arena, op->config, schema);
}

enum err
export_company(struct operator* op, const struct tenant_row *t, const char *path)
{
	return export_company_told(op, t, path, NULL, NULL);
}

enum err
export_company_told(struct operator* op, const struct tenant_row *t, const char *path,
    void (*told)(void *ctx, int64_t done, int64_t all), void *ctx)
{
	struct str part = str_printf(op->arena, "%s.part", path);
	struct out o = {.op = op, .t = t, .told = told, .ctx = ctx};
	enum err e;
	int64_t ms;

	now_read(&o.now, &ms);
	o.texts = arena_open(65536, TEXTS_MAX, NULL);
	o.last = arena_open(4096, 1024 * 1024, NULL);
	o.line = buf_open(o.texts, 4096, EXPORT_LINE_MAX);
	o.secrets = buf_open(o.texts, 4096, EXPORT_SECRETS_MAX);
	o.counts = buf_open(o.texts, 1024, 65536);
	TRY(odb_use(op->odb, str_copy(op->arena, t->schema_name).p));
	TRY(odb_run(op->odb, STR("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")));
	if (!tar_create(&o.tar, part.p))
		e = fail(op->fault, E_AWAY, "archive", "%s cannot be written: %s.", path,
		    strerror(errno));
	else
		e = fill(&o);
	if (odb_run(op->odb, STR("ROLLBACK")) != OK && e == OK)
		e = E_AWAY;
	if (!tar_close(&o.tar) && e == OK)
		e = fail(op->fault, E_AWAY, "archive", "%s cannot be written: %s.", path,
		    strerror(errno));
	explicit_bzero(o.secrets.p, o.secrets.n);
	arena_close(o.texts);
	arena_close(o.last);
	if (e == OK && rename(part.p, path) != 0)
		e = fail(op->fault, E_AWAY, "archive", "%s cannot be written: %s.", path,
		    strerror(errno));
	if (e != OK)
		(void)unlink(part.p);
	return e;
}

static enum err
fill(struct out *o)
{
	struct str *name;
	size_t n;

	readme(o);
	TRY(export_tables(o, &name, &n));
	if (o->told != NULL)
		o->all = (int64_t)n + count(export_files_dir(o->op, o->t->schema_name).p, 0);
	for (size_t i = 0; i < n; i++) {
		struct arena_mark mark = arena_mark(o->op->arena);

		TRY(export_table(o, name[i]));
		one_more(o);
		arena_rewind(o->op->arena, mark);
	}
	TRY(secrets_of(o));
	TRY(files(o, export_files_dir(o->op, o->t->schema_name).p, "files", 0));
	manifest(o);
	return o->tar.bad ? fail(o->op->fault, E_AWAY, "archive",
				"The archive cannot be written: %s.", strerror(errno))
			  : OK;
}

/* How many files there are now; one that comes meanwhile is taken along. */
static int64_t
count(const char *path, int depth)
{
	DIR *dir = opendir(path);
	struct dirent *d;
	int64_t n = 0;

	while (dir != NULL && (d = readdir(dir)) != NULL) {
		char inner[PATH_MAX];

		if (d->d_name[0] == '.' || snprintf(inner, sizeof inner, "%s/%s", path, d->d_name) >= (int)sizeof inner)
			continue;
		if (d->d_type == DT_DIR && depth < EXPORT_FILE_DEPTH)
			n += count(inner, depth + 1);
		else if (d->d_type == DT_REG)
			n++;
	}
	if (dir != NULL)
		closedir(dir);
	return n;
}

static void
one_more(struct out *o)
{
	if (o->told == NULL)
		return;
	o->done++;
	if (o->done > o->all)
		o->all = o->done;
	o->told(o->ctx, o->done, o->all);
}

/* ---- the rest of the archive ---- */

static enum err
secrets_of(struct out *o)
{
	struct operator* op = o->op;
	struct str sealed;

	TRY(recovery_codes(o));
	if (o->secrets.full)
		return fail(op->fault, E_LIMIT, "archive", "More secrets than an export takes.");
	TRY(keys_seal(op->keys, op->control, o->now, KEY_AUTH, EXPORT_PLACE(o->t->id),
	    buf_str(&o->secrets), op->arena, &sealed, op->fault));
	tar_member(&o->tar, "sealed.bin", o->now);
	tar_write(&o->tar, sealed);
	tar_member_end(&o->tar);
	return OK;
}

/* The codes that are still good, as hashes: they belong to a person, not to an address. */
static enum err
recovery_codes(struct out *o)
{
	struct operator* op = o->op;
	struct str *cells, sql;
	size_t rows, cols;

	sql = str_printf(op->arena,
	    "SELECT LOWER(HEX(hash)), actor_id, expires_at FROM token "
	    "WHERE purpose = %d AND used_at IS NULL ORDER BY hash",
	    TOKEN_RECOVERY);
	TRY(odb_rows(op->odb, sql, op->arena, &cells, &rows, &cols));
	for (size_t i = 0; i < rows; i++)
		buf_printf(&o->secrets, "recovery %.*s %.*s %.*s\n", STR_ARG(cells[3 * i]),
		    STR_ARG(cells[3 * i + 1]), STR_ARG(cells[3 * i + 2]));
	return OK;
}

static enum err
files(struct out *o, const char *path, const char *name, int depth)
{
	DIR *dir = opendir(path);
	struct dirent *d;
	enum err e = OK;

	if (dir == NULL)
		return errno == ENOENT ? OK
				       : fail(o->op->fault, E_AWAY, "archive",
					     "%s cannot be read: %s.", path, strerror(errno));
	while (e == OK && (d = readdir(dir)) != NULL) {
		struct str inner, shown;
		struct stat st;

		if (d->d_name[0] == '.')
			continue;
		inner = str_printf(o->op->arena, "%s/%s", path, d->d_name);
		shown = str_printf(o->op->arena, "%s/%s", name, d->d_name);
		if (lstat(inner.p, &st) != 0)
			continue; /* removed meanwhile */
		if (S_ISDIR(st.st_mode) && depth < EXPORT_FILE_DEPTH)
			e = files(o, inner.p, shown.p, depth + 1);
		else if (S_ISREG(st.st_mode))
			e = file(o, inner.p, shown.p);
	}
	closedir(dir);
	return e;
}

static enum err
file(struct out *o, const char *path, const char *name)
{
	char piece[65536];
	FILE *f;
	size_t n;

	if (!tar_name(name))
		return fail(o->op->fault, E_BUG, "archive",
		    "%s has a name that no archive of ours takes.", path);
	f = fopen(path, "rbe");
	if (f == NULL)
		return fail(o->op->fault, E_AWAY, "archive", "%s cannot be read: %s.", path,
		    strerror(errno));
	tar_member(&o->tar, name, o->now);
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		tar_write(&o->tar, (struct str){piece, n});
	tar_member_end(&o->tar);
	fclose(f);
	one_more(o);
	return OK;
}

static void
readme(struct out *o)
{
	struct str text = str_printf(o->op->arena,
	    "Everything that %.*s keeps at Poolhouse.\n"
	    "\n"
	    "csv/     One file a table, for people and spreadsheets: UTF-8, commas, a first line "
	    "with the\n"
	    "         names of the columns. Times are UTC, for example 2026-11-21T22:31:00Z. "
	    "Amounts of money\n"
	    "         are in cents where the name of the column says so. A text that a spreadsheet "
	    "would take\n"
	    "         for a formula (it begins with = + - or @) has an apostrophe before it.\n"
	    "         What we keep encrypted is in plain text here: it is yours, and of no use to "
	    "you sealed.\n"
	    "         Keep this archive as safe as the data it holds.\n"
	    "sql/     The same tables exactly, one INSERT statement a line, for a database or a "
	    "program.\n"
	    "files/   Photos and papers, if there are any.\n"
	    "sealed.bin\n"
	    "         Passwords, second factors and recovery codes of your staff. They prove who "
	    "somebody is,\n"
	    "         so nobody may read them, not even you; only the house that made this archive "
	    "can open\n"
	    "         the file, when the archive is restored there. Restored elsewhere, everybody "
	    "chooses a\n"
	    "         new password.\n"
	    "manifest.txt\n"
	    "         What is in here, for the program that restores it. It is written last: an "
	    "archive\n"
	    "         without it was cut short.\n"
	    "\n"
	    "Not in here: who was signed in, links and letters on their way, answers kept for "
	    "repeated\n"
	    "requests. None of it would be valid in a restored company.\n",
	    o->t->name.n > 0 ? (int)o->t->name.n : 11,
	    o->t->name.n > 0 ? o->t->name.p : "the company");

	tar_member(&o->tar, "README.txt", o->now);
	tar_write(&o->tar, text);
	tar_member_end(&o->tar);
}

static void
manifest(struct out *o)
{
	const struct tenant_row *t = o->t;
	struct str text = str_printf(o->op->arena,
	    "format %d\nstep %" PRIu32 "\ncompany %" PRIu64
	    "\nslug %.*s\nname %.*s\nplan %.*s\ncountry %.*s\n"
	    "zone %.*s\ncurrency %.*s\nlanguage %.*s\nexported_at %" PRId64 "\n%.*s",
	    EXPORT_FORMAT, t->step, t->id, STR_ARG(t->slug.v), STR_ARG(t->name), STR_ARG(t->plan),
	    STR_ARG(t->country), STR_ARG(t->zone), STR_ARG(t->currency), STR_ARG(t->language),
	    o->now, STR_ARG(buf_str(&o->counts)));

	tar_member(&o->tar, "manifest.txt", o->now);
	tar_write(&o->tar, text);
	tar_member_end(&o->tar);
}
