/*
 * tenancy/export.c -- the archive of one company, read in one snapshot of its schema.
 */
#include "tenancy/export.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sql/migrations.h"
#include "sql/tenant/credential.h"
#include "tenancy/sealed.h"
#include "tenancy/tar.h"
#include "tenancy/work.h"

#define PAGE 500
#define COLUMNS_MAX 64
#define KEYS_MAX 4
/* A text that grows leaves its smaller selves behind: twice the ceilings. */
#define TEXTS_MAX (2 * (EXPORT_LINE_MAX + EXPORT_SECRETS_MAX) + 1024 * 1024)

enum column_kind { COLUMN_NUMBER = 1, COLUMN_TEXT, COLUMN_BYTES, COLUMN_TIME };

struct column_of {
	struct str name;
	enum column_kind kind;
	bool nullable;
	const struct sealed_column *sealed;
};

struct table_of {
	struct str name;
	struct column_of column[COLUMNS_MAX];
	size_t columns;
	size_t key[KEYS_MAX]; /* columns of the primary key, in its order */
	size_t keys;
	uint64_t rows;
};

/* One export under way. */
struct out {
	struct operator *op;
	const struct tenant_row *t;
	struct tar_out tar;
	int64_t now;
	struct arena *texts; /* what grows while pages of rows come and go in op->arena */
	struct arena *last;  /* the last key of a page */
	struct buf line;    /* the row being written */
	struct buf secrets; /* lines of sealed.bin */
	struct buf counts;  /* lines of the manifest */
};

static enum err fill(struct out *o);
static enum err tables(struct out *o, struct str **names, size_t *n);
static enum err describe(struct out *o, struct str name, struct table_of *t);
static enum err write_table(struct out *o, struct table_of *t, bool csv);
static enum err describe_key(struct out *o, struct table_of *t);
static enum err rows_of(struct out *o, const struct table_of *t, const struct str *after, struct str **cells,
    size_t *rows);
static void after_key(struct out *o, const struct table_of *t, const struct str *after, struct buf *sql);
static enum err row_csv(struct out *o, const struct table_of *t, const struct str *cell);
static enum err row_sql(struct out *o, const struct table_of *t, const struct str *cell);
static enum err plain_of(struct out *o, const struct table_of *t, const struct column_of *c,
    const struct str *cell, struct str *plain);
static void csv_text(struct buf *b, struct str s, bool guard);
static void time_text(struct buf *b, struct str seconds);
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
export_files_dir(struct operator *op, struct str schema)
{
	return str_printf(op->arena, "%s/files/%.*s", op->config->data_dir, STR_ARG(schema));
}

enum err
export_company(struct operator *op, const struct tenant_row *t, const char *path)
{
	struct str part = str_printf(op->arena, "%s.part", path);
	struct out o = {.op = op, .t = t};
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
		e = fail(op->fault, E_AWAY, "archive", "%s cannot be written: %s.", path, strerror(errno));
	else
		e = fill(&o);
	if (odb_run(op->odb, STR("ROLLBACK")) != OK && e == OK)
		e = E_AWAY;
	if (!tar_close(&o.tar) && e == OK)
		e = fail(op->fault, E_AWAY, "archive", "%s cannot be written: %s.", path, strerror(errno));
	explicit_bzero(o.secrets.p, o.secrets.n);
	arena_close(o.texts);
	arena_close(o.last);
	if (e == OK && rename(part.p, path) != 0)
		e = fail(op->fault, E_AWAY, "archive", "%s cannot be written: %s.", path, strerror(errno));
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
	TRY(tables(o, &name, &n));
	for (size_t i = 0; i < n; i++) {
		struct arena_mark mark = arena_mark(o->op->arena);
		struct table_of *t = arena_new(o->op->arena, struct table_of);

		TRY(describe(o, name[i], t));
		TRY(write_table(o, t, true));
		TRY(write_table(o, t, false));
		buf_printf(&o->counts, "rows.%.*s %" PRIu64 "\n", STR_ARG(t->name), t->rows);
		arena_rewind(o->op->arena, mark);
	}
	TRY(secrets_of(o));
	TRY(files(o, export_files_dir(o->op, o->t->schema_name).p, "files", 0));
	manifest(o);
	return o->tar.bad ? fail(o->op->fault, E_AWAY, "archive", "The archive cannot be written: %s.",
	    strerror(errno)) : OK;
}

/* ---- tables ---- */

static enum err
tables(struct out *o, struct str **names, size_t *n)
{
	struct operator *op = o->op;
	struct str *all;
	size_t rows, cols;

	TRY(odb_rows(op->odb, STR("SELECT table_name FROM information_schema.tables "
	    "WHERE table_schema = DATABASE() ORDER BY table_name"), op->arena, &all, &rows, &cols));
	if (rows > EXPORT_TABLES_MAX)
		return fail(op->fault, E_LIMIT, "archive", "More than %d tables.", EXPORT_TABLES_MAX);
	*n = 0;
	for (size_t i = 0; i < rows; i++)
		if (!export_leaves_out(all[i]))
			all[(*n)++] = all[i];
	*names = all;
	return OK;
}

static enum column_kind
kind_of(struct str type, struct str name)
{
	if (str_ends(type, STR("binary")) || str_ends(type, STR("blob")))
		return COLUMN_BYTES;
	if (str_eq(type, STR("bigint")) &&
	    (str_eq(name, STR("at")) || str_ends(name, STR("_at")) || str_ends(name, STR("_until"))))
		return COLUMN_TIME;
	if (str_ends(type, STR("int")) || str_eq(type, STR("decimal")) || str_eq(type, STR("double")))
		return COLUMN_NUMBER;
	return COLUMN_TEXT;
}

static enum err
describe(struct out *o, struct str name, struct table_of *t)
{
	struct operator *op = o->op;
	struct str sql, *cells;
	size_t rows, cols;

	sql = str_printf(op->arena, "SELECT column_name, data_type, is_nullable "
	    "FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = '%.*s' "
	    "ORDER BY ordinal_position", STR_ARG(name));
	TRY(odb_rows(op->odb, sql, op->arena, &cells, &rows, &cols));
	if (rows == 0 || rows > COLUMNS_MAX)
		return fail(op->fault, E_LIMIT, "archive", "Table %.*s has more columns than an export takes.",
		    STR_ARG(name));
	t->name = name;
	t->columns = rows;
	for (size_t i = 0; i < rows; i++) {
		struct column_of *c = &t->column[i];

		c->name = cells[3 * i];
		c->kind = kind_of(cells[3 * i + 1], c->name);
		c->nullable = str_eq(cells[3 * i + 2], STR("YES"));
		c->sealed = sealed_column_of(name, c->name);
	}
	return describe_key(o, t);
}

static enum err
describe_key(struct out *o, struct table_of *t)
{
	struct operator *op = o->op;
	struct str sql, *cells;
	size_t rows, cols;

	sql = str_printf(op->arena, "SELECT column_name FROM information_schema.statistics "
	    "WHERE table_schema = DATABASE() AND table_name = '%.*s' AND index_name = 'PRIMARY' "
	    "ORDER BY seq_in_index", STR_ARG(t->name));
	TRY(odb_rows(op->odb, sql, op->arena, &cells, &rows, &cols));
	if (rows == 0 || rows > KEYS_MAX)
		return fail(op->fault, E_BUG, "archive", "The key of %.*s is none that an export can follow.",
		    STR_ARG(t->name));
	for (size_t k = 0; k < rows; k++)
		for (size_t i = 0; i < t->columns; i++)
			if (str_eq(t->column[i].name, cells[k]))
				t->key[t->keys++] = i;
	return OK;
}

static enum err
write_table(struct out *o, struct table_of *t, bool csv)
{
	struct arena *a = o->op->arena;
	struct str after[KEYS_MAX], *cells, name;
	size_t rows;

	name = str_printf(a, "%s/%.*s.%s", csv ? "csv" : "sql", STR_ARG(t->name), csv ? "csv" : "sql");
	tar_member(&o->tar, name.p, o->now);
	if (csv)
		TRY(row_csv(o, t, NULL));
	t->rows = 0;
	do {
		struct arena_mark page = arena_mark(a);

		TRY(rows_of(o, t, t->rows > 0 ? after : NULL, &cells, &rows));
		for (size_t i = 0; i < rows; i++)
			TRY(csv ? row_csv(o, t, &cells[i * t->columns]) : row_sql(o, t, &cells[i * t->columns]));
		t->rows += rows;
		arena_reset(o->last);
		for (size_t k = 0; k < t->keys && rows > 0; k++)
			after[k] = str_copy(o->last, cells[(rows - 1) * t->columns + t->key[k]]);
		arena_rewind(a, page);
	} while (rows == PAGE && !o->tar.bad);
	tar_member_end(&o->tar);
	return OK;
}

/* A page in the order of the primary key: memory does not grow with the table. */
static enum err
rows_of(struct out *o, const struct table_of *t, const struct str *after, struct str **cells, size_t *rows)
{
	struct operator *op = o->op;
	struct buf sql = buf_open(op->arena, 1024, 65536);
	size_t cols;

	buf_add(&sql, STR("SELECT "));
	for (size_t i = 0; i < t->columns; i++)
		buf_printf(&sql, "%s`%.*s`", i > 0 ? ", " : "", STR_ARG(t->column[i].name));
	buf_printf(&sql, " FROM `%.*s`", STR_ARG(t->name));
	if (after != NULL)
		after_key(o, t, after, &sql);
	buf_add(&sql, STR(" ORDER BY "));
	for (size_t k = 0; k < t->keys; k++)
		buf_printf(&sql, "%s`%.*s`", k > 0 ? ", " : "", STR_ARG(t->column[t->key[k]].name));
	buf_printf(&sql, " LIMIT %d", PAGE);
	return odb_rows(op->odb, buf_str(&sql), op->arena, cells, rows, &cols);
}

/* a >= x AND (a > x OR (a = x AND (b > y OR ...))): the server finds the place by the key's first column. */
static void
after_key(struct out *o, const struct table_of *t, const struct str *after, struct buf *sql)
{
	struct arena *a = o->op->arena;

	for (size_t k = 0; k < t->keys; k++) {
		const struct column_of *c = &t->column[t->key[k]];
		struct str v = after[k], n = c->name;

		if (c->kind == COLUMN_BYTES)
			v = str_printf(a, "x'%.*s'", STR_ARG(str_hex(a, v.p, v.n)));
		else if (c->kind == COLUMN_TEXT)
			v = odb_quote(o->op->odb, a, v);
		if (k == 0)
			buf_printf(sql, " WHERE `%.*s` >= %.*s AND (", STR_ARG(n), STR_ARG(v));
		buf_printf(sql, "`%.*s` > %.*s", STR_ARG(n), STR_ARG(v));
		if (k + 1 < t->keys)
			buf_printf(sql, " OR (`%.*s` = %.*s AND (", STR_ARG(n), STR_ARG(v));
	}
	for (size_t k = 1; k < t->keys; k++)
		buf_add(sql, STR("))"));
	buf_char(sql, ')');
}

/* cell NULL: the line of names */
static enum err
row_csv(struct out *o, const struct table_of *t, const struct str *cell)
{
	struct buf *b = &o->line;
	bool first = true;

	b->n = 0;
	for (size_t i = 0; i < t->columns; i++) {
		const struct column_of *c = &t->column[i];
		struct str v = cell == NULL ? c->name : cell[i];

		if (c->sealed != NULL && c->sealed->secret)
			continue;
		if (!first)
			buf_char(b, ',');
		first = false;
		if (cell == NULL || v.p == NULL)
			buf_add(b, v);
		else if (c->sealed != NULL) {
			TRY(plain_of(o, t, c, cell, &v));
			csv_text(b, v, true);
		} else if (c->kind == COLUMN_BYTES)
			buf_add(b, str_hex(o->op->arena, v.p, v.n));
		else if (c->kind == COLUMN_TIME)
			time_text(b, v);
		else
			csv_text(b, v, c->kind == COLUMN_TEXT);
	}
	buf_add(b, STR("\r\n"));
	tar_write(&o->tar, buf_str(b));
	return b->full ? fail(o->op->fault, E_LIMIT, "archive", "A row of %.*s is too long.", STR_ARG(t->name))
		       : OK;
}

static enum err
row_sql(struct out *o, const struct table_of *t, const struct str *cell)
{
	struct arena *a = o->op->arena;
	struct buf *b = &o->line;

	b->n = 0;
	buf_printf(b, "INSERT INTO `%.*s` (", STR_ARG(t->name));
	for (size_t i = 0; i < t->columns; i++)
		buf_printf(b, "%s`%.*s`", i > 0 ? ", " : "", STR_ARG(t->column[i].name));
	buf_add(b, STR(") VALUES ("));
	for (size_t i = 0; i < t->columns; i++) {
		const struct column_of *c = &t->column[i];
		struct str v = cell[i];

		if (i > 0)
			buf_add(b, STR(", "));
		if (c->sealed != NULL && v.p != NULL && v.n > 0) {
			TRY(plain_of(o, t, c, cell, &v));
			if (c->sealed->secret)
				v = c->nullable ? STR_NONE : STR("");
		}
		if (v.p == NULL)
			buf_add(b, STR("NULL"));
		else if (c->kind == COLUMN_NUMBER || c->kind == COLUMN_TIME)
			buf_add(b, v);
		else if (c->kind == COLUMN_BYTES)
			buf_printf(b, "x'%.*s'", STR_ARG(str_hex(a, v.p, v.n)));
		else
			buf_add(b, odb_quote(o->op->odb, a, v));
	}
	buf_add(b, STR(");\n"));
	tar_write(&o->tar, buf_str(b));
	return b->full ? fail(o->op->fault, E_LIMIT, "archive", "A row of %.*s is too long.", STR_ARG(t->name))
		       : OK;
}

/* A sealed value opened; if it is a secret, it also goes to the lines of sealed.bin. */
static enum err
plain_of(struct out *o, const struct table_of *t, const struct column_of *c, const struct str *cell,
    struct str *plain)
{
	struct operator *op = o->op;
	struct place at = {o->t->id, c->sealed->table, c->sealed->column, 0};
	size_t key = 0, i = (size_t)(c - t->column);

	while (!str_eq(t->column[key].name, str_of(c->sealed->id)))
		key++;
	if (!str_u64(cell[key], &at.row))
		return fail(op->fault, E_BUG, NULL, "%s.%s is not a number.", at.table, c->sealed->id);
	TRY(keys_unseal(op->keys, op->control, o->now, c->sealed->purpose, at, cell[i], op->arena, plain,
	    op->fault));
	if (c->sealed->secret)
		buf_printf(&o->secrets, "%s %s %" PRIu64 " %.*s\n", at.table, at.column, at.row,
		    STR_ARG(str_hex(op->arena, plain->p, plain->n)));
	return OK;
}

/* guard: a spreadsheet must not take a customer's name for a formula */
static void
csv_text(struct buf *b, struct str s, bool guard)
{
	bool formula = guard && s.n > 0 && strchr("=+-@\t\r", s.p[0]) != NULL;
	bool quotes = formula || str_find(s, '"') < s.n || str_find(s, ',') < s.n || str_find(s, '\n') < s.n ||
	    str_find(s, '\r') < s.n;

	if (quotes)
		buf_char(b, '"');
	if (formula)
		buf_char(b, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_char(b, '"');
		buf_char(b, s.p[i]);
	}
	if (quotes)
		buf_char(b, '"');
}

/* 2026-11-21T22:31:00Z; zero is "never" and stays empty */
static void
time_text(struct buf *b, struct str seconds)
{
	char day[DAY_LETTERS + 1];
	int64_t s;

	if (!str_i64(seconds, &s) || s < 0 || s / 86400 > DAY_MAX) {
		buf_add(b, seconds);
		return;
	}
	if (s == 0)
		return;
	day_write((struct day){(int32_t)(s / 86400)}, day);
	buf_printf(b, "%sT%02d:%02d:%02dZ", day, (int)(s / 3600 % 24), (int)(s / 60 % 60), (int)(s % 60));
}

/* ---- the rest of the archive ---- */

static enum err
secrets_of(struct out *o)
{
	struct operator *op = o->op;
	struct str sealed;

	TRY(recovery_codes(o));
	if (o->secrets.full)
		return fail(op->fault, E_LIMIT, "archive", "More secrets than an export takes.");
	TRY(keys_seal(op->keys, op->control, o->now, KEY_AUTH, EXPORT_PLACE(o->t->id), buf_str(&o->secrets),
	    op->arena, &sealed, op->fault));
	tar_member(&o->tar, "sealed.bin", o->now);
	tar_write(&o->tar, sealed);
	tar_member_end(&o->tar);
	return OK;
}

/* The codes that are still good, as hashes: they belong to a person, not to an address. */
static enum err
recovery_codes(struct out *o)
{
	struct operator *op = o->op;
	struct str *cells, sql;
	size_t rows, cols;

	sql = str_printf(op->arena, "SELECT LOWER(HEX(hash)), actor_id, expires_at FROM token "
	    "WHERE purpose = %d AND used_at IS NULL ORDER BY hash", TOKEN_RECOVERY);
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
		return errno == ENOENT ? OK : fail(o->op->fault, E_AWAY, "archive", "%s cannot be read: %s.",
		    path, strerror(errno));
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
		return fail(o->op->fault, E_BUG, "archive", "%s has a name that no archive of ours takes.", path);
	f = fopen(path, "rbe");
	if (f == NULL)
		return fail(o->op->fault, E_AWAY, "archive", "%s cannot be read: %s.", path, strerror(errno));
	tar_member(&o->tar, name, o->now);
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		tar_write(&o->tar, (struct str){piece, n});
	tar_member_end(&o->tar);
	fclose(f);
	return OK;
}

static void
readme(struct out *o)
{
	struct str text = str_printf(o->op->arena,
	    "Everything that %.*s keeps at Poolhouse.\n"
	    "\n"
	    "csv/     One file a table, for people and spreadsheets: UTF-8, commas, a first line with the\n"
	    "         names of the columns. Times are UTC, for example 2026-11-21T22:31:00Z. Amounts of money\n"
	    "         are in cents where the name of the column says so. A text that a spreadsheet would take\n"
	    "         for a formula (it begins with = + - or @) has an apostrophe before it.\n"
	    "         What we keep encrypted is in plain text here: it is yours, and of no use to you sealed.\n"
	    "         Keep this archive as safe as the data it holds.\n"
	    "sql/     The same tables exactly, one INSERT statement a line, for a database or a program.\n"
	    "files/   Photos and papers, if there are any.\n"
	    "sealed.bin\n"
	    "         Passwords, second factors and recovery codes of your staff. They prove who somebody is,\n"
	    "         so nobody may read them, not even you; only the house that made this archive can open\n"
	    "         the file, when the archive is restored there. Restored elsewhere, everybody chooses a\n"
	    "         new password.\n"
	    "manifest.txt\n"
	    "         What is in here, for the program that restores it. It is written last: an archive\n"
	    "         without it was cut short.\n"
	    "\n"
	    "Not in here: who was signed in, links and letters on their way, answers kept for repeated\n"
	    "requests. None of it would be valid in a restored company.\n",
	    o->t->name.n > 0 ? (int)o->t->name.n : 11, o->t->name.n > 0 ? o->t->name.p : "the company");

	tar_member(&o->tar, "README.txt", o->now);
	tar_write(&o->tar, text);
	tar_member_end(&o->tar);
}

static void
manifest(struct out *o)
{
	const struct tenant_row *t = o->t;
	struct str text = str_printf(o->op->arena,
	    "format %d\nstep %" PRIu32 "\ncompany %" PRIu64 "\nslug %.*s\nname %.*s\nplan %.*s\ncountry %.*s\n"
	    "zone %.*s\ncurrency %.*s\nlanguage %.*s\nexported_at %" PRId64 "\n%.*s",
	    EXPORT_FORMAT, t->step, t->id, STR_ARG(t->slug.v), STR_ARG(t->name), STR_ARG(t->plan),
	    STR_ARG(t->country), STR_ARG(t->zone), STR_ARG(t->currency), STR_ARG(t->language), o->now,
	    STR_ARG(buf_str(&o->counts)));

	tar_member(&o->tar, "manifest.txt", o->now);
	tar_write(&o->tar, text);
	tar_member_end(&o->tar);
}
