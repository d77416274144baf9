/*
 * tenancy/export_rows.c -- the tables of one company, a page of rows at a time.
 */
#include "tenancy/export_rows.h"

#include <inttypes.h>

#include "tenancy/sealed.h"

#define PAGE        500
#define COLUMNS_MAX 64
#define KEYS_MAX    4

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

static enum err describe(struct out *o, struct str name, struct table_of *t);
static enum err write_table(struct out *o, struct table_of *t, bool csv);
static enum err describe_key(struct out *o, struct table_of *t);
static enum err rows_of(struct out *o, const struct table_of *t, const struct str *after,
    struct str **cells, size_t *rows);
static void
after_key(struct out *o, const struct table_of *t, const struct str *after, struct buf *sql);
static enum err row_csv(struct out *o, const struct table_of *t, const struct str *cell);
static enum err row_sql(struct out *o, const struct table_of *t, const struct str *cell);
static enum err plain_of(struct out *o, const struct table_of *t, const struct column_of *c,
    const struct str *cell, struct str *plain);
static void csv_text(struct buf *b, struct str s, bool guard);
static void time_text(struct buf *b, struct str seconds);

enum err
export_tables(struct out *o, struct str **names, size_t *n)
{
	struct operator* op = o->op;
	struct str *all;
	size_t rows, cols;

	TRY(odb_rows(op->odb,
	    STR("SELECT table_name FROM information_schema.tables "
		"WHERE table_schema = DATABASE() ORDER BY table_name"),
	    op->arena, &all, &rows, &cols));
	if (rows > EXPORT_TABLES_MAX)
		return fail(
		    op->fault, E_LIMIT, "archive", "More than %d tables.", EXPORT_TABLES_MAX);
	*n = 0;
	for (size_t i = 0; i < rows; i++)
		if (!export_leaves_out(all[i]))
			all[(*n)++] = all[i];
	*names = all;
	return OK;
}

enum err
export_table(struct out *o, struct str name)
{
	struct table_of *t = arena_new(o->op->arena, struct table_of);

	TRY(describe(o, name, t));
	TRY(write_table(o, t, true));
	TRY(write_table(o, t, false));
	buf_printf(&o->counts, "rows.%.*s %" PRIu64 "\n", STR_ARG(t->name), t->rows);
	return OK;
}

static enum column_kind
kind_of(struct str type, struct str name)
{
	if (str_ends(type, STR("binary")) || str_ends(type, STR("blob")))
		return COLUMN_BYTES;
	if (str_eq(type, STR("bigint")) && (str_eq(name, STR("at")) || str_ends(name, STR("_at")) ||
					       str_ends(name, STR("_until"))))
		return COLUMN_TIME;
	if (str_ends(type, STR("int")) || str_eq(type, STR("decimal")) ||
	    str_eq(type, STR("double")))
		return COLUMN_NUMBER;
	return COLUMN_TEXT;
}

static enum err
describe(struct out *o, struct str name, struct table_of *t)
{
	struct operator* op = o->op;
	struct str sql, *cells;
	size_t rows, cols;

	sql = str_printf(op->arena,
	    "SELECT column_name, data_type, is_nullable "
	    "FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = "
	    "'%.*s' "
	    "ORDER BY ordinal_position",
	    STR_ARG(name));
	TRY(odb_rows(op->odb, sql, op->arena, &cells, &rows, &cols));
	if (rows == 0 || rows > COLUMNS_MAX)
		return fail(op->fault, E_LIMIT, "archive",
		    "Table %.*s has more columns than an export takes.", STR_ARG(name));
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
	struct operator* op = o->op;
	struct str sql, *cells;
	size_t rows, cols;

	sql = str_printf(op->arena,
	    "SELECT column_name FROM information_schema.statistics "
	    "WHERE table_schema = DATABASE() AND table_name = '%.*s' AND index_name = 'PRIMARY' "
	    "ORDER BY seq_in_index",
	    STR_ARG(t->name));
	TRY(odb_rows(op->odb, sql, op->arena, &cells, &rows, &cols));
	if (rows == 0 || rows > KEYS_MAX)
		return fail(op->fault, E_BUG, "archive",
		    "The key of %.*s is none that an export can follow.", STR_ARG(t->name));
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

	name =
	    str_printf(a, "%s/%.*s.%s", csv ? "csv" : "sql", STR_ARG(t->name), csv ? "csv" : "sql");
	tar_member(&o->tar, name.p, o->now);
	if (csv)
		TRY(row_csv(o, t, NULL));
	t->rows = 0;
	do {
		struct arena_mark page = arena_mark(a);

		TRY(rows_of(o, t, t->rows > 0 ? after : NULL, &cells, &rows));
		for (size_t i = 0; i < rows; i++)
			TRY(csv ? row_csv(o, t, &cells[i * t->columns])
				: row_sql(o, t, &cells[i * t->columns]));
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
rows_of(struct out *o, const struct table_of *t, const struct str *after, struct str **cells,
    size_t *rows)
{
	struct operator* op = o->op;
	struct buf sql = buf_open(op->arena, 1024, 65536);
	size_t cols;

	buf_add(&sql, STR("SELECT "));
	for (size_t i = 0; i < t->columns; i++)
		buf_printf(&sql, "%s%s`%.*s`", i > 0 ? ", " : "",
		    t->column[i].sealed != NULL && sealed_passing(t->column[i].sealed) ? "NULL AS " : "",
		    STR_ARG(t->column[i].name));
	buf_printf(&sql, " FROM `%.*s`", STR_ARG(t->name));
	if (after != NULL)
		after_key(o, t, after, &sql);
	buf_add(&sql, STR(" ORDER BY "));
	for (size_t k = 0; k < t->keys; k++)
		buf_printf(&sql, "%s`%.*s`", k > 0 ? ", " : "", STR_ARG(t->column[t->key[k]].name));
	buf_printf(&sql, " LIMIT %d", PAGE);
	return odb_rows(op->odb, buf_str(&sql), op->arena, cells, rows, &cols);
}

/* a >= x AND (a > x OR (a = x AND (b > y OR ...))): the server finds the place by the key's first
 * column. */
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

		if (c->sealed != NULL && (c->sealed->secret || sealed_passing(c->sealed)))
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
	return b->full ? fail(o->op->fault, E_LIMIT, "archive", "A row of %.*s is too long.",
			     STR_ARG(t->name))
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
	return b->full ? fail(o->op->fault, E_LIMIT, "archive", "A row of %.*s is too long.",
			     STR_ARG(t->name))
		       : OK;
}

/* A sealed value opened; if it is a secret, it also goes to the lines of sealed.bin. */
static enum err
plain_of(struct out *o, const struct table_of *t, const struct column_of *c, const struct str *cell,
    struct str *plain)
{
	struct operator* op = o->op;
	struct place at = {o->t->id, c->sealed->table, c->sealed->column, 0};
	size_t key = 0, i = (size_t)(c - t->column);

	while (!str_eq(t->column[key].name, str_of(c->sealed->id)))
		key++;
	if (!str_u64(cell[key], &at.row))
		return fail(
		    op->fault, E_BUG, NULL, "%s.%s is not a number.", at.table, c->sealed->id);
	TRY(keys_unseal(op->keys, op->control, o->now, c->sealed->purpose, at, cell[i], op->arena,
	    plain, op->fault));
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
	bool quotes = formula || str_find(s, '"') < s.n || str_find(s, ',') < s.n ||
		      str_find(s, '\n') < s.n || str_find(s, '\r') < s.n;

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
	buf_printf(
	    b, "%sT%02d:%02d:%02dZ", day, (int)(s / 3600 % 24), (int)(s / 60 % 60), (int)(s % 60));
}
