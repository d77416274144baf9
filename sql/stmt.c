/*
 * sql/stmt.c -- run one named query: bind, execute, read rows into structs, close.
 *
 * 1. A statement lives no longer than the account's session: nothing prepared can meet another tenant's schema.
 * 2. Rows are read one by one straight into the arena, so memory has one ceiling: the arena's.
 * 3. Integers are read as 64 bits and put into the member only if they fit.
 */
#include "sql/stmt.h"

#include "sql/conn.h"

/* Rooms for the largest query there may be: only what a query has of them is filled, and nobody zeroes the rest. */
#define ROOMY __attribute__((uninitialized))
/* Ceilings of one query. More values than this is a sign that it is two queries. */
#define VALUES_MAX 64
#define ROWS_MAX   100000
#define ROWS_FIRST 8

union cell {
	uint64_t u;
	int64_t i;
	MYSQL_TIME day;
};

/* A statement while its rows are read. */
struct reading {
	struct conn *conn;
	const struct query *q;
	MYSQL_STMT *st;
	struct arena *a;
	union cell cell[VALUES_MAX];
	unsigned long length[VALUES_MAX];
	my_bool null[VALUES_MAX], error[VALUES_MAX];
	bool negative_ok[VALUES_MAX]; /* the column is signed */
};

static enum err
execute(struct conn *c, const struct query *q, const struct bind *b, MYSQL_STMT **out);
static enum err execute_again(struct conn *c, MYSQL_STMT *st, const struct query *q);
static MYSQL_STMT *take(struct conn *c, const struct query *q);
static void give_back(struct conn *c, const struct query *q, MYSQL_STMT *st);
must_use static enum err done(struct conn *c, const struct query *q, MYSQL_STMT *st, enum err e);
static bool bind_values(MYSQL_STMT *st, const struct query *q, const struct bind *b, bool ready, MYSQL_BIND *m,
    MYSQL_TIME *days);
static void bind_buffer(MYSQL_BIND *m, enum enum_field_types type, bool is_unsigned, const void *p);
static void bind_text(MYSQL_BIND *m, const struct str *s);
static void bind_day(MYSQL_BIND *m, MYSQL_TIME *day, struct day d);
static void bind_value(const struct bind *b, MYSQL_BIND *m, MYSQL_TIME *day);
static enum err reading_open(struct reading *r);
static enum err reading_next(struct reading *r, void *row, bool *more);
static enum err reading_end(struct reading *r);
static enum err read_column(struct reading *r, unsigned i, char *row);
static enum err read_text(struct reading *r, unsigned i, struct str *out);
static enum err read_day(struct reading *r, unsigned i, struct day *out);
static enum err read_number(struct reading *r, unsigned i, void *member, enum value_type type);
static enum err read_single(struct conn *c, const struct query *q, const struct bind *b,
    struct arena *a, void *row, bool *found);
static enum err failed(struct conn *c, MYSQL_STMT *st, const struct query *q);
static enum err unanswered(struct conn *c, MYSQL_STMT *st, const struct query *q);
static bool is_maybe(enum value_type t);

/* A refusal that comes while rows are read (a deadlock, a row changed meanwhile) stands at the connection alone. */
static enum err
failed(struct conn *c, MYSQL_STMT *st, const struct query *q)
{
	if (mysql_stmt_errno(st) == 0)
		return conn_failed(c, mysql_errno(c->my), mysql_error(c->my), q->name);
	return conn_failed(c, mysql_stmt_errno(st), mysql_stmt_error(st), q->name);
}

/* The first answer since a loose begin did not come: nothing was read yet, so it is asked for again (conn_unheard). */
static enum err
unanswered(struct conn *c, MYSQL_STMT *st, const struct query *q)
{
	const enum err e = failed(c, st, q);

	return c->unsure && c->lost ? conn_unheard(c, e) : e;
}

/* ---- sending ---- */

static enum err
execute(struct conn *c, const struct query *q, const struct bind *b, MYSQL_STMT **out)
{
	ROOMY MYSQL_BIND m[VALUES_MAX];
	ROOMY MYSQL_TIME days[VALUES_MAX];
	MYSQL_STMT *st;
	bool ready;
	enum err e;

	if (c->my == NULL || c->lost)
		return conn_away(c);
	if (q->params > VALUES_MAX || q->columns > VALUES_MAX)
		return fail(c->fault, E_BUG, NULL, "Query %s has too many values.", q->name);
	if (c->loose && q->columns == 0)
		return fail(c->fault, E_BUG, NULL, "Query %s writes where there is no transaction.", q->name);
	st = take(c, q);
	ready = st != NULL;
	if (!ready) {
		TRY(conn_hear(c));
		st = mysql_stmt_init(c->my);
	}
	if (st == NULL)
		return conn_away(c);
	c->statements++;
	if (!bind_values(st, q, b, ready, m, days)) {
		e = failed(c, st, q);
	} else if (ready) {
		e = execute_again(c, st, q);
	} else {
		e = mariadb_stmt_execute_direct(st, q->text, strlen(q->text)) == 0 ? OK : unanswered(c, st, q);
	}
	c->unsure = c->unsure && e != OK;
	if (e == OK && mysql_stmt_field_count(st) != q->columns)
		e = fail(c->fault, E_BUG, NULL, "Query %s has another number of columns.", q->name);
	if (e != OK) {
		mysql_stmt_close(st);
		return e;
	}
	*out = st;
	return OK;
}

/* A prepared one: sent behind whatever is not answered yet, so that all of it is one way there and back. */
static enum err
execute_again(struct conn *c, MYSQL_STMT *st, const struct query *q)
{
	const my_bool later = 1, now = 0;
	enum err e;
	int sent;

	if (c->owed == 0)
		return mysql_stmt_execute(st) == 0 ? OK : unanswered(c, st, q);
	mysql_optionsv(c->my, MARIADB_OPT_SKIP_READ_RESPONSE, &later);
	sent = mysql_stmt_execute(st);
	mysql_optionsv(c->my, MARIADB_OPT_SKIP_READ_RESPONSE, &now);
	if (sent != 0)
		return conn_unheard(c, failed(c, st, q));
	e = conn_hear(c);
	if (e == OK && c->my->methods->db_read_execute_response(st) != 0)
		e = unanswered(c, st, q);
	return e;
}

/* ---- statements that come again ---- */

/* Out of the connection's store: whoever fails with it closes it, whoever is done gives it back. */
static MYSQL_STMT *
take(struct conn *c, const struct query *q)
{
	for (size_t i = 0; i < STATEMENTS_KEPT; i++)
		if (c->kept[i].query == q) {
			MYSQL_STMT *st = c->kept[i].st;

			c->kept[i] = (struct kept_statement){0};
			return st;
		}
	return NULL;
}

/* All its rows were read. The one that was used longest ago makes room. */
static void
give_back(struct conn *c, const struct query *q, MYSQL_STMT *st)
{
	struct kept_statement *room = &c->kept[0];

	for (size_t i = 1; i < STATEMENTS_KEPT && room->query != NULL; i++)
		if (c->kept[i].query == NULL || c->kept[i].used < room->used)
			room = &c->kept[i];
	if (room->st != NULL)
		mysql_stmt_close(room->st);
	*room = (struct kept_statement){q, st, c->statements};
}

/* Whatever it answered counts only while the transaction that it was asked in is there. */
static enum err
done(struct conn *c, const struct query *q, MYSQL_STMT *st, enum err e)
{
	if (e == OK)
		e = conn_held(c);
	if (e == OK && !q->anew)
		give_back(c, q, st);
	else
		mysql_stmt_close(st);
	return e;
}

static bool
bind_values(MYSQL_STMT *st, const struct query *q, const struct bind *b, bool ready, MYSQL_BIND *m, MYSQL_TIME *days)
{
	unsigned n = q->params;

	if (n == 0)
		return true;
	memset(m, 0, n * sizeof(*m));
	for (unsigned i = 0; i < n; i++)
		bind_value(&b[i], &m[i], &days[i]);
	/* Of one that is prepared the library knows how many. */
	return (ready || mysql_stmt_attr_set(st, STMT_ATTR_PREBIND_PARAMS, &n) == 0) && mysql_stmt_bind_param(st, m) == 0;
}

/* The library reads through `buffer` and writes nothing there, so taking the const away is safe. */
static void
bind_buffer(MYSQL_BIND *m, enum enum_field_types type, bool is_unsigned, const void *p)
{
	m->buffer_type = type;
	m->is_unsigned = is_unsigned;
	m->buffer = (void *)(uintptr_t)p;
}

static void
bind_text(MYSQL_BIND *m, const struct str *s)
{
	bind_buffer(m, MYSQL_TYPE_STRING, false, s->n > 0 ? s->p : "");
	m->buffer_length = (unsigned long)s->n;
}

static void
bind_day(MYSQL_BIND *m, MYSQL_TIME *day, struct day d)
{
	struct civil c;

	day_civil(d, &c);
	memset(day, 0, sizeof(*day));
	day->year = (unsigned)c.year;
	day->month = c.month;
	day->day = c.mday;
	day->time_type = MYSQL_TIMESTAMP_DATE;
	bind_buffer(m, MYSQL_TYPE_DATE, false, day);
}

#define BIND_MAYBE(b, m, kind, type, is_unsigned) \
	do { \
		const struct kind *maybe_ = (b)->value; \
		bind_buffer((m), maybe_->is ? (type) : MYSQL_TYPE_NULL, is_unsigned, &maybe_->v); \
	} while (0)

static void
bind_value(const struct bind *b, MYSQL_BIND *m, MYSQL_TIME *day)
{
	switch (b->type) {
	case VALUE_BOOL:
	case VALUE_U8:
		bind_buffer(m, MYSQL_TYPE_TINY, true, b->value);
		break;
	case VALUE_U16:
		bind_buffer(m, MYSQL_TYPE_SHORT, true, b->value);
		break;
	case VALUE_U32:
	case VALUE_I32:
		bind_buffer(m, MYSQL_TYPE_LONG, b->type == VALUE_U32, b->value);
		break;
	case VALUE_U64:
	case VALUE_I64:
		bind_buffer(m, MYSQL_TYPE_LONGLONG, b->type == VALUE_U64, b->value);
		break;
	case VALUE_STR:
		bind_text(m, b->value);
		break;
	case VALUE_DAY:
		bind_day(m, day, *(const struct day *)b->value);
		break;
	case VALUE_MAYBE_BOOL:
		BIND_MAYBE(b, m, maybe_bool, MYSQL_TYPE_TINY, true);
		break;
	case VALUE_MAYBE_I32:
		BIND_MAYBE(b, m, maybe_i32, MYSQL_TYPE_LONG, false);
		break;
	case VALUE_MAYBE_U32:
		BIND_MAYBE(b, m, maybe_u32, MYSQL_TYPE_LONG, true);
		break;
	case VALUE_MAYBE_I64:
		BIND_MAYBE(b, m, maybe_i64, MYSQL_TYPE_LONGLONG, false);
		break;
	case VALUE_MAYBE_U64:
		BIND_MAYBE(b, m, maybe_u64, MYSQL_TYPE_LONGLONG, true);
		break;
	case VALUE_MAYBE_STR:
		if (((const struct maybe_str *)b->value)->is)
			bind_text(m, &((const struct maybe_str *)b->value)->v);
		else
			m->buffer_type = MYSQL_TYPE_NULL;
		break;
	case VALUE_MAYBE_DAY:
		if (((const struct maybe_day *)b->value)->is)
			bind_day(m, day, ((const struct maybe_day *)b->value)->v);
		else
			m->buffer_type = MYSQL_TYPE_NULL;
		break;
	}
}

/* ---- reading ---- */

static bool
is_maybe(enum value_type t)
{
	return t >= VALUE_MAYBE_BOOL;
}

/* Tell the library where each column goes. Texts get no room yet: their length is seen first. */
static enum err
reading_open(struct reading *r)
{
	ROOMY MYSQL_BIND m[VALUES_MAX];
	const size_t n = r->q->columns;
	MYSQL_RES *meta = mysql_stmt_result_metadata(r->st);

	if (meta == NULL)
		return failed(r->conn, r->st, r->q);
	memset(m, 0, n * sizeof(*m));
	memset(r->cell, 0, n * sizeof(*r->cell));
	memset(r->length, 0, n * sizeof(*r->length));
	memset(r->null, 0, n * sizeof(*r->null));
	memset(r->error, 0, n * sizeof(*r->error));
	for (unsigned i = 0; i < n; i++) {
		enum value_type t = r->q->column[i].type;
		bool text = t == VALUE_STR || t == VALUE_MAYBE_STR;

		r->negative_ok[i] = (mysql_fetch_field_direct(meta, i)->flags & UNSIGNED_FLAG) == 0;
		m[i].buffer_type = text             ? MYSQL_TYPE_BLOB
				   : t == VALUE_DAY || t == VALUE_MAYBE_DAY ? MYSQL_TYPE_DATE
						    : MYSQL_TYPE_LONGLONG;
		m[i].is_unsigned = !r->negative_ok[i];
		m[i].buffer = &r->cell[i];
		m[i].buffer_length = text ? 0 : sizeof(r->cell[i]);
		m[i].length = &r->length[i];
		m[i].is_null = &r->null[i];
		m[i].error = &r->error[i];
	}
	mysql_free_result(meta);
	if (mysql_stmt_bind_result(r->st, m) != 0)
		return failed(r->conn, r->st, r->q);
	return OK;
}

static enum err
reading_next(struct reading *r, void *row, bool *more)
{
	int got = mysql_stmt_fetch(r->st);

	*more = false;
	if (got == MYSQL_NO_DATA)
		return OK;
	if (got != 0 && got != MYSQL_DATA_TRUNCATED)
		return failed(r->conn, r->st, r->q);
#ifdef POOL_DEBUG
	memset(row, 0xA5, r->q->row_size); /* a column that was forgotten is seen at once */
#endif
	for (unsigned i = 0; i < r->q->columns; i++)
		TRY(read_column(r, i, row));
	*more = true;
	return OK;
}

#define READ_MAYBE(r, i, kind, out, type) \
	do { \
		struct kind *maybe_ = (out); \
		maybe_->is = !(r)->null[i]; \
		memset(&maybe_->v, 0, sizeof(maybe_->v)); \
		if (maybe_->is) \
			return read_number((r), (i), &maybe_->v, (type)); \
		return OK; \
	} while (0)

static enum err
read_column(struct reading *r, unsigned i, char *row)
{
	const struct column *col = &r->q->column[i];
	void *out = row + col->offset;

	if (r->null[i] && !is_maybe(col->type))
		return fail(r->conn->fault, E_BUG, NULL, "Query %s answered NULL for %s.",
		    r->q->name, col->name);
	switch (col->type) {
	case VALUE_STR:
		return read_text(r, i, out);
	case VALUE_DAY:
		return read_day(r, i, out);
	case VALUE_MAYBE_STR: {
		struct maybe_str *s = out;

		*s = (struct maybe_str){.is = !r->null[i]};
		return s->is ? read_text(r, i, &s->v) : OK;
	}
	case VALUE_MAYBE_DAY: {
		struct maybe_day *d = out;

		*d = (struct maybe_day){.is = !r->null[i]};
		return d->is ? read_day(r, i, &d->v) : OK;
	}
	case VALUE_MAYBE_BOOL:
		READ_MAYBE(r, i, maybe_bool, out, VALUE_BOOL);
	case VALUE_MAYBE_I32:
		READ_MAYBE(r, i, maybe_i32, out, VALUE_I32);
	case VALUE_MAYBE_U32:
		READ_MAYBE(r, i, maybe_u32, out, VALUE_U32);
	case VALUE_MAYBE_I64:
		READ_MAYBE(r, i, maybe_i64, out, VALUE_I64);
	case VALUE_MAYBE_U64:
		READ_MAYBE(r, i, maybe_u64, out, VALUE_U64);
	default:
		return read_number(r, i, out, col->type);
	}
}

/* The length is known now: read the text again, into exactly as much memory and a NUL. */
static enum err
read_text(struct reading *r, unsigned i, struct str *out)
{
	size_t n = r->length[i];
	char *p = arena_array(r->a, char, n + 1);
	unsigned long length = 0;
	my_bool null = 0, error = 0;
	MYSQL_BIND m = {.buffer_type = MYSQL_TYPE_BLOB,
	    .buffer = p,
	    .buffer_length = (unsigned long)n,
	    .length = &length,
	    .is_null = &null,
	    .error = &error};

	if (n > 0 && mysql_stmt_fetch_column(r->st, &m, i, 0) != 0)
		return failed(r->conn, r->st, r->q);
	*out = (struct str){p, n};
	return OK;
}

static enum err
read_day(struct reading *r, unsigned i, struct day *out)
{
	const MYSQL_TIME *t = &r->cell[i].day;

	if (!day_of((int32_t)t->year, t->month, t->day, out))
		return fail(r->conn->fault, E_BUG, NULL, "Query %s answered no date for %s.",
		    r->q->name, r->q->column[i].name);
	return OK;
}

/* Store v if it fits; the bounds of the type, not of the column, decide. */
#define STORE(type, min, max) \
	do { \
		if (big ? (max) < INT64_MAX : v < (min) || v > (max)) \
			break; \
		*(type *)member = (type)v; \
		return OK; \
	} while (0)

static enum err
read_number(struct reading *r, unsigned i, void *member, enum value_type type)
{
	uint64_t u = r->cell[i].u;
	int64_t v = r->cell[i].i;
	bool big = !r->negative_ok[i] && u > INT64_MAX;

	if (r->error[i])
		return fail(r->conn->fault, E_BUG, NULL, "Query %s cannot read %s.", r->q->name,
		    r->q->column[i].name);
	switch (type) {
	case VALUE_BOOL:
		if (u <= 1) {
			*(bool *)member = u == 1;
			return OK;
		}
		break;
	case VALUE_U64:
		if (big || v >= 0) {
			*(uint64_t *)member = u;
			return OK;
		}
		break;
	case VALUE_I64:
		if (!big) {
			*(int64_t *)member = v;
			return OK;
		}
		break;
	case VALUE_U8:
		STORE(uint8_t, 0, UINT8_MAX);
		break;
	case VALUE_U16:
		STORE(uint16_t, 0, UINT16_MAX);
		break;
	case VALUE_U32:
		STORE(uint32_t, 0, (int64_t)UINT32_MAX);
		break;
	case VALUE_I32:
		STORE(int32_t, INT32_MIN, INT32_MAX);
		break;
	default:
		break;
	}
	return fail(r->conn->fault, E_BUG, NULL, "Query %s answered a number too large for %s.",
	    r->q->name, r->q->column[i].name);
}

/* ---- what the generated functions call ---- */

enum err
stmt_rows(struct conn *c, const struct query *q, const struct bind *b, struct arena *a, void **rows,
    size_t *n)
{
	ROOMY struct reading r;
	size_t room = ROWS_FIRST, have = 0;
	char *all = arena_array_alloc(a, room, q->row_size, alignof(max_align_t));
	bool more = true;
	enum err e;

	r.conn = c;
	r.q = q;
	r.a = a;
	TRY(execute(c, q, b, &r.st));
	e = reading_open(&r);
	while (e == OK && more) {
		if (have == room) {
			char *wider =
			    arena_array_alloc(a, room * 2, q->row_size, alignof(max_align_t));

			memcpy(wider, all, have * q->row_size);
			all = wider;
			room *= 2;
		}
		e = reading_next(&r, all + have * q->row_size, &more);
		have += more ? 1 : 0;
		if (have > ROWS_MAX)
			e = fail(c->fault, E_BUG, NULL, "Query %s answers too many rows.", q->name);
	}
	TRY(done(c, q, r.st, e));
	*rows = all;
	*n = have;
	return OK;
}

/* One row into `row`; a second one is a bug: the query promised a key. */
static enum err
read_single(struct conn *c, const struct query *q, const struct bind *b, struct arena *a, void *row,
    bool *found)
{
	ROOMY struct reading r;
	enum err e;

	r.conn = c;
	r.q = q;
	r.a = a;
	TRY(execute(c, q, b, &r.st));
	e = reading_open(&r);
	if (e == OK)
		e = reading_next(&r, row, found);
	if (e == OK && *found)
		e = reading_end(&r);
	return done(c, q, r.st, e);
}

/* Behind the only row comes the end, or why the server went no further. */
static enum err
reading_end(struct reading *r)
{
	switch (mysql_stmt_fetch(r->st)) {
	case MYSQL_NO_DATA:
		return OK;
	case 1:
		return failed(r->conn, r->st, r->q);
	default:
		return fail(r->conn->fault, E_BUG, NULL, "Query %s answers more than one row.", r->q->name);
	}
}

enum err
stmt_one(struct conn *c, const struct query *q, const struct bind *b, struct arena *a, void *row)
{
	void *got = NULL;

	TRY(stmt_maybe(c, q, b, a, &got));
	if (got == NULL)
		return fail(c->fault, E_NOT_FOUND, NULL, "This does not exist.");
	memcpy(row, got, q->row_size);
	return OK;
}

enum err
stmt_maybe(struct conn *c, const struct query *q, const struct bind *b, struct arena *a, void **row)
{
	void *room = arena_alloc(a, q->row_size, alignof(max_align_t));
	bool found = false;

	TRY(read_single(c, q, b, a, room, &found));
	*row = found ? room : NULL;
	return OK;
}

enum err
stmt_change(struct conn *c, const struct query *q, const struct bind *b, uint64_t *changed)
{
	MYSQL_STMT *st;

	TRY(execute(c, q, b, &st));
	*changed = mysql_stmt_affected_rows(st);
	return done(c, q, st, OK);
}

enum err
stmt_exactly_one(struct conn *c, const struct query *q, const struct bind *b)
{
	uint64_t changed = 0;

	TRY(stmt_change(c, q, b, &changed));
	if (changed == 1)
		return OK;
	if (changed == 0 && q->kind == QUERY_EXACTLY_ONE)
		return fail(c->fault, E_STALE, NULL,
		    "Somebody else changed this just now. Reload and look again.");
	return fail(c->fault, E_BUG, NULL, "Query %s changed %llu rows.", q->name,
	    (unsigned long long)changed);
}
