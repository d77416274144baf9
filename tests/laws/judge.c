/*
 * tests/laws/judge.c -- what can be wrong with a named query, asked of a real server.
 */
#include "tests/laws/judge.h"

#include "sql/conn.h"

/* One value of each type: 1, "n1", a day. They match the first of the filled rows where one can. */
static const struct bind *
samples(struct rows *t, const struct query *q)
{
	static const uint64_t one = 1;
	static const bool yes = true;
	static const struct str text = {"n1", 2};
	static const struct day day = {20454};
	static const struct maybe_bool m_bool = {true, true};
	static const struct maybe_i32 m_i32 = {true, 1};
	static const struct maybe_u32 m_u32 = {true, 1};
	static const struct maybe_i64 m_i64 = {true, 1};
	static const struct maybe_u64 m_u64 = {true, 1};
	static const struct maybe_day m_day = {true, {20454}};
	static const struct maybe_str m_str = {true, {"n1", 2}};
	static const void *const value[] = {[VALUE_BOOL] = &yes,
	    [VALUE_U8] = &one,
	    [VALUE_U16] = &one,
	    [VALUE_U32] = &one,
	    [VALUE_I32] = &one,
	    [VALUE_U64] = &one,
	    [VALUE_I64] = &one,
	    [VALUE_STR] = &text,
	    [VALUE_DAY] = &day,
	    [VALUE_MAYBE_BOOL] = &m_bool,
	    [VALUE_MAYBE_I32] = &m_i32,
	    [VALUE_MAYBE_U32] = &m_u32,
	    [VALUE_MAYBE_I64] = &m_i64,
	    [VALUE_MAYBE_U64] = &m_u64,
	    [VALUE_MAYBE_STR] = &m_str,
	    [VALUE_MAYBE_DAY] = &m_day};
	struct bind *b = arena_array(t->a, struct bind, q->params);

	for (unsigned i = 0; i < q->params; i++)
		b[i] = (struct bind){q->param_types[i], value[q->param_types[i]]};
	return b;
}

/* ---- judge: columns ---- */

static bool
is_maybe(enum value_type v)
{
	return v >= VALUE_MAYBE_BOOL;
}

/* Bits of a member that holds a number; negative: signed. 0: no number. */
static int
bits_of_member(enum value_type v)
{
	switch (v) {
	case VALUE_BOOL:
	case VALUE_MAYBE_BOOL:
		return 1;
	case VALUE_U8:
		return 8;
	case VALUE_U16:
		return 16;
	case VALUE_U32:
	case VALUE_MAYBE_U32:
		return 32;
	case VALUE_I32:
	case VALUE_MAYBE_I32:
		return -32;
	case VALUE_U64:
	case VALUE_MAYBE_U64:
		return 64;
	case VALUE_I64:
	case VALUE_MAYBE_I64:
		return -64;
	default:
		return 0;
	}
}

static int
bits_of_column(const MYSQL_FIELD *f)
{
	int sign = (f->flags & UNSIGNED_FLAG) != 0 ? 1 : -1;

	switch (f->type) {
	case MYSQL_TYPE_TINY:
		return 8 * sign;
	case MYSQL_TYPE_SHORT:
		return 16 * sign;
	case MYSQL_TYPE_INT24:
		return 24 * sign;
	case MYSQL_TYPE_LONG:
		return 32 * sign;
	case MYSQL_TYPE_LONGLONG:
		return 64 * sign;
	case MYSQL_TYPE_NEWDECIMAL: /* SUM of integers */
		return f->decimals == 0 ? -64 : 0;
	default:
		return 0;
	}
}

/* Does every value of the column fit the member? Of an expression only the kind is asked. */
static bool
fits(const MYSQL_FIELD *f, enum value_type v)
{
	bool expression = f->org_table == NULL || f->org_table[0] == '\0';
	int c = bits_of_column(f), m = bits_of_member(v);

	if (v == VALUE_STR || v == VALUE_MAYBE_STR)
		return f->type == MYSQL_TYPE_VAR_STRING || f->type == MYSQL_TYPE_STRING ||
		       f->type == MYSQL_TYPE_BLOB;
	if (v == VALUE_DAY || v == VALUE_MAYBE_DAY)
		return f->type == MYSQL_TYPE_DATE;
	if (c == 0 || m == 0)
		return false;
	if (expression)
		return true;
	if (m == 1)
		return c == 8;
	/* 64 bits of the other sign are taken: what does not fit is a bug at run time, and never
	 * cut. */
	if (abs(m) == 64)
		return true;
	return m > 0 ? c > 0 && c <= m : (c > 0 ? c < -m : c >= m);
}

/* A column that the WHERE compares with something is not NULL in the rows that pass. */
static bool
compared(struct side *s, const struct query *q, const char *column)
{
	static const char *const how[] = {"<", "<=", "=", ">", ">=", "IS NOT NULL"};
	const char *where = strstr(q->text, " WHERE ");

	if (where == NULL || strstr(where, " OR ") != NULL)
		return false;
	for (size_t i = 0; i < COUNT_OF(how); i++)
		if (strstr(where, str_printf(s->t->a, " %s %s", column, how[i]).p) != NULL)
			return true;
	return false;
}

/* Of an expression the server says "may be NULL" too often; these are so when there are no rows. */
static bool
aggregates(const struct query *q)
{
	return strstr(q->text, "SUM(") != NULL || strstr(q->text, "MAX(") != NULL ||
	       strstr(q->text, "MIN(") != NULL || strstr(q->text, "AVG(") != NULL;
}

static struct str
judge_fields(struct side *s, const struct query *q, MYSQL_STMT *st)
{
	MYSQL_RES *meta = mysql_stmt_result_metadata(st);
	struct str why = STR_NONE;

	for (unsigned i = 0; i < q->columns && why.n == 0; i++) {
		const MYSQL_FIELD *f = mysql_fetch_field_direct(meta, i);
		enum value_type v = q->column[i].type;
		bool direct = f->org_table != NULL && f->org_table[0] != '\0';
		bool may_be_null = (f->flags & NOT_NULL_FLAG) == 0;

		if (may_be_null && !is_maybe(v) && !compared(s, q, f->name) &&
		    (direct || aggregates(q)))
			why =
			    str_printf(s->t->a, "%s may be NULL: its member is a maybe_", f->name);
		else if (!may_be_null && direct && is_maybe(v))
			why = str_printf(
			    s->t->a, "%s is never NULL: its member is no maybe_", f->name);
		else if (!fits(f, v))
			why = str_printf(s->t->a, "%s does not fit its member", f->name);
	}
	mysql_free_result(meta);
	return why;
}

struct str
judge_columns(struct side *s, const struct query *q)
{
	MYSQL_STMT *st = mysql_stmt_init(s->c->my);
	struct str why = STR_NONE;

	assert_non_null(st);
	if (mysql_stmt_prepare(st, q->text, (unsigned long)strlen(q->text)) != 0)
		why = str_printf(s->t->a, "it does not prepare: %s", mysql_stmt_error(st));
	else if (mysql_stmt_param_count(st) != q->params)
		why = str_printf(s->t->a, "the server counts %lu values, C %u",
		    mysql_stmt_param_count(st), q->params);
	else if (mysql_stmt_field_count(st) != q->columns)
		why = str_printf(s->t->a, "the server counts %u columns, C %u",
		    mysql_stmt_field_count(st), q->columns);
	else if (q->columns > 0)
		why = judge_fields(s, q, st);
	mysql_stmt_close(st);
	return why;
}

/* ---- judge: is the struct filled wholly? ---- */

#define ROOM(type) \
	{ \
		sizeof(type), alignof(type) \
	}
static const struct {
	size_t size, align;
} room[] = {[VALUE_BOOL] = ROOM(bool),
    [VALUE_U8] = ROOM(uint8_t),
    [VALUE_U16] = ROOM(uint16_t),
    [VALUE_U32] = ROOM(uint32_t),
    [VALUE_I32] = ROOM(int32_t),
    [VALUE_U64] = ROOM(uint64_t),
    [VALUE_I64] = ROOM(int64_t),
    [VALUE_STR] = ROOM(struct str),
    [VALUE_DAY] = ROOM(struct day),
    [VALUE_MAYBE_BOOL] = ROOM(struct maybe_bool),
    [VALUE_MAYBE_I32] = ROOM(struct maybe_i32),
    [VALUE_MAYBE_U32] = ROOM(struct maybe_u32),
    [VALUE_MAYBE_I64] = ROOM(struct maybe_i64),
    [VALUE_MAYBE_U64] = ROOM(struct maybe_u64),
    [VALUE_MAYBE_STR] = ROOM(struct maybe_str),
    [VALUE_MAYBE_DAY] = ROOM(struct maybe_day)};

static size_t
up(size_t n, size_t align)
{
	return (n + align - 1) / align * align;
}

/* Walk the members by offset: each begins where the one before ends, but for its own alignment. */
struct str
judge_struct(struct side *s, const struct query *q)
{
	size_t at = 0, align = 1, missing;

	for (unsigned n = 0; n < q->columns; n++) {
		const struct column *next = NULL;

		for (unsigned i = 0; i < q->columns; i++)
			if (q->column[i].offset >= at &&
			    (next == NULL || q->column[i].offset < next->offset))
				next = &q->column[i];
		if (next == NULL)
			return STR("two columns fill one member");
		if (room[next->type].align > align)
			align = room[next->type].align;
		if (next->offset != up(at, room[next->type].align))
			return str_printf(s->t->a, "a member before %s is not filled", next->name);
		at = next->offset + room[next->type].size;
	}
	if (q->columns == 0 || up(at, align) == q->row_size)
		return STR_NONE;
	missing = q->row_size - at;
	return str_printf(s->t->a, "the last %zu bytes of the struct are not filled", missing);
}

/* ---- judge: the plan ---- */

struct plan {
	struct maybe_u64 id;
	struct maybe_str select, table, type, keys, key, key_len, ref, rows, extra;
};

static const struct column plan_columns[] = {COLUMN(struct plan, id, "id"),
    COLUMN(struct plan, select, "select_type"), COLUMN(struct plan, table, "table"),
    COLUMN(struct plan, type, "type"), COLUMN(struct plan, keys, "possible_keys"),
    COLUMN(struct plan, key, "key"), COLUMN(struct plan, key_len, "key_len"),
    COLUMN(struct plan, ref, "ref"), COLUMN(struct plan, rows, "rows"),
    COLUMN(struct plan, extra, "Extra")};

/* The table that stands in the text as `name` or as `table name`, if it grows. */
static const char *
growing(struct side *s, const struct query *q, struct str name)
{
	for (const struct migration *m = s->steps; m->step != 0; m++) {
		if (!m->creates || !m->grows)
			continue;
		if (str_eq(name, str_of(m->table)))
			return m->table;
		if (strstr(q->text, str_printf(s->t->a, " %s %.*s ", m->table, STR_ARG(name)).p) !=
			NULL ||
		    strstr(q->text,
			str_printf(s->t->a, " %s AS %.*s ", m->table, STR_ARG(name)).p) != NULL)
			return m->table;
	}
	return NULL;
}

struct str
judge_plan(struct side *s, const struct query *q)
{
	struct query *explain = arena_new(s->t->a, struct query); /* its address is its name (sql/stmt.h) */
	void *rows = NULL;
	size_t n = 0;
	struct plan *p;

	/* A plan of INSERT ... VALUES says ALL of the table it writes, and means nothing by it. */
	if (strstr(q->text, "INSERT ") != NULL && strstr(q->text, "SELECT ") == NULL)
		return STR_NONE;
	if (q->walks[0] != '\0')
		return STR_NONE;
	*explain = *q;
	explain->text = str_printf(s->t->a, "EXPLAIN %s", q->text).p;
	explain->columns = COUNT_OF(plan_columns);
	explain->column = plan_columns;
	explain->row_size = sizeof(struct plan);
	rows_ok(s->t, stmt_rows(s->c, explain, samples(s->t, q), s->t->a, &rows, &n));
	p = rows;
	for (size_t i = 0; i < n; i++) {
		const char *table = p[i].table.is ? growing(s, q, p[i].table.v) : NULL;
		bool all = p[i].type.is && str_eq(p[i].type.v, STR("ALL"));
		bool index = p[i].type.is && str_eq(p[i].type.v, STR("index"));

		/* An index read from one end is quick only if a LIMIT ends it. */
		if (table != NULL && (all || (index && strstr(q->text, " LIMIT ") == NULL)))
			return str_printf(s->t->a, "it walks all of %s, which grows", table);
	}
	return STR_NONE;
}

/* ---- judge: classes ---- */

/* The table that a write changes: the word behind INTO, UPDATE or FROM. */
static struct str
written(const struct query *q)
{
	static const char *const before[] = {" INTO ", "UPDATE ", "DELETE FROM "};
	struct str rest;

	for (size_t i = 0; i < COUNT_OF(before); i++) {
		const char *p = strstr(q->text, before[i]);

		if (p != NULL)
			return str_cut(str_of(p + strlen(before[i])), ' ', &rest);
	}
	return STR_NONE;
}

struct str
judge_locked(struct side *s, const struct query *q)
{
	struct str table = written(q);

	if (strcmp(q->class_, "locked") != 0)
		return STR_NONE;
	for (const struct query *const *const *list = s->lists; *list != NULL; list++)
		for (const struct query *const *r = *list; *r != NULL; r++)
			if (strstr((*r)->text, " FOR UPDATE") != NULL &&
			    strstr((*r)->text, str_printf(s->t->a, " %.*s ", STR_ARG(table)).p) !=
				NULL)
				return STR_NONE;
	return str_printf(s->t->a, "no query reads %.*s FOR UPDATE", STR_ARG(table));
}

/* What is append-only is granted SELECT and INSERT: nothing else would run. */
struct str
judge_append_only(struct side *s, const struct query *q)
{
	struct str table = written(q);

	for (const struct migration *m = s->steps; m->step != 0; m++)
		if (m->append_only && str_eq(table, str_of(m->table)) && q->class_[0] != '\0')
			return STR("it changes a table that is append-only");
	return STR_NONE;
}

/* ---- judge: it runs ---- */

struct str
judge_run(struct side *s, const struct query *q)
{
	struct rows *t = s->t;
	const struct bind *b = samples(t, q);
	void *rows = NULL;
	size_t n = 0;
	uint64_t changed = 0;
	enum err e;

	t->fault = (struct fault){0};
	rows_ok(t, conn_begin(s->c, DB_WRITE));
	t->fault = (struct fault){0};
	if (q->kind == QUERY_MANY)
		e = stmt_rows(s->c, q, b, t->a, &rows, &n);
	else if (q->kind == QUERY_ONE || q->kind == QUERY_MAYBE)
		e = stmt_maybe(s->c, q, b, t->a, &rows);
	else if (q->kind == QUERY_ANY)
		e = stmt_change(s->c, q, b, &changed);
	else
		e = stmt_exactly_one(s->c, q, b);
	conn_rollback(s->c);
	if (e == OK || e == E_STALE)
		return STR_NONE;
	return str_printf(t->a, "it answers %s: %s %s %s %s", err_name(e), t->fault.why,
	    t->fault.arg[0], t->fault.arg[1], t->fault.arg[2]);
}
