/*
 * sql/db.c -- the handles: control, a tenant's coat, the operator's desk. Each has one connection
 * and one small arena of its own, and is closed with it.
 */
#include "sql/db.h"

#include "sql/conn.h"
#include "sql/stmt.h"

/* A handle and the texts of its login: one small arena, closed with it. */
#define HOME_FIRST 4096
#define HOME_MAX   16384

/* Three types that do not convert, each with a connection as its first member. */
struct cdb {
	struct conn c;
};

struct tdb {
	struct conn c;
};

struct coat {
	struct tdb tdb;
	uint64_t left_open;
};

struct odb {
	struct conn c;
};

static enum err
handle_open(size_t size, const struct db_login *l, bool desk, struct conn **out, struct fault *f);
static void handle_close(struct conn *c);

struct conn *
cdb_conn(struct cdb *db)
{
	return &db->c;
}

struct conn *
tdb_conn(struct tdb *db)
{
	return &db->c;
}

/* The connection that begins a handle of that size. */
static enum err
handle_open(size_t size, const struct db_login *l, bool desk, struct conn **out, struct fault *f)
{
	struct arena *home = arena_open(HOME_FIRST, HOME_MAX, NULL);
	struct conn *c = arena_alloc(home, size, alignof(max_align_t));
	enum err e;

	c->home = home;
	c->fault = f;
	c->desk = desk;
	conn_copy_login(home, l, &c->login);
	e = conn_connect(c);
	if (e != OK) {
		arena_close(home);
		return e;
	}
	*out = c;
	return OK;
}

static void
handle_close(struct conn *c)
{
	if (c == NULL)
		return;
	conn_close(c);
	arena_close(c->home);
}

/* ---- control ---- */

enum err
cdb_open(const struct db_login *l, struct cdb **out, struct fault *f)
{
	struct conn *c;

	TRY(handle_open(sizeof(struct cdb), l, false, &c, f));
	*out = (struct cdb *)c;
	return OK;
}

void
cdb_close(struct cdb *db)
{
	handle_close((struct conn *)db);
}

void
cdb_fault(struct cdb *db, struct fault *f)
{
	db->c.fault = f;
}

bool
cdb_lost(const struct cdb *db)
{
	return db->c.my == NULL || db->c.lost;
}

enum err
cdb_begin(struct cdb *db, enum db_mode mode)
{
	return conn_begin(&db->c, mode);
}

enum err
cdb_commit(struct cdb *db)
{
	return conn_commit(&db->c);
}

void
cdb_rollback(struct cdb *db)
{
	conn_rollback(&db->c);
}

uint64_t
cdb_statements(const struct cdb *db)
{
	return db->c.statements;
}

/* ---- a tenant's coat ---- */

enum err
coat_open(const struct db_login *pool, struct coat **out, struct fault *f)
{
	struct conn *c;

	TRY(handle_open(sizeof(struct coat), pool, false, &c, f));
	*out = (struct coat *)c;
	return OK;
}

void
coat_close(struct coat *c)
{
	handle_close((struct conn *)c);
}

bool
coat_lost(const struct coat *c)
{
	return c->tdb.c.my == NULL || c->tdb.c.lost;
}

void
coat_off(struct coat *c)
{
	if (!c->tdb.c.open)
		return;
	c->left_open++;
	conn_rollback(&c->tdb.c);
}

void
coat_rest(struct coat *c)
{
	/* What is owed is read first: a statement's end is a word on the same wire. If nobody answers, the next one finds out. */
	if (!coat_lost(c) && conn_hear(&c->tdb.c) == OK)
		conn_forget(&c->tdb.c);
}

enum err
coat_change(struct coat *c, const char *user, const char *password, const char *schema,
    struct tdb **out, struct fault *f)
{
	struct conn *conn = &c->tdb.c;
	enum err e;

	conn->fault = f;
	coat_off(c);
	if (coat_lost(c))
		TRY(conn_connect(conn));
	/* Statements prepared before die here; so do temporary tables, locks, and the session's settings. */
	conn->statements++;
	e = conn_hear(conn);
	if (e == OK && mysql_change_user(conn->my, user, password, schema) != 0)
		e = conn_failed(conn, mysql_errno(conn->my), mysql_error(conn->my), "change of account");
	conn_forget(conn);
	if (e != OK) {
		conn_close(conn);
		return e;
	}
	e = conn_settle(conn);
	if (e != OK) {
		conn_close(conn);
		return e;
	}
	*out = &c->tdb;
	return OK;
}

uint64_t
coat_left_open(const struct coat *c)
{
	return c->left_open;
}

bool
tdb_wears(const struct tdb *db, const char *account)
{
	const MYSQL *my = db->c.my;

	return my != NULL && my->user != NULL && my->db != NULL && strcmp(my->user, account) == 0 && strcmp(my->db, account) == 0;
}

void
tdb_fault(struct tdb *db, struct fault *f)
{
	db->c.fault = f;
}

enum err
tdb_begin(struct tdb *db, enum db_mode mode)
{
	return conn_begin(&db->c, mode);
}

enum err
tdb_commit(struct tdb *db)
{
	return conn_commit(&db->c);
}

void
tdb_rollback(struct tdb *db)
{
	conn_rollback(&db->c);
}

uint64_t
tdb_statements(const struct tdb *db)
{
	return db->c.statements;
}

/* ---- the operator's desk ---- */

enum err
odb_open(const struct db_login *l, struct odb **out, struct fault *f)
{
	struct conn *c;

	TRY(handle_open(sizeof(struct odb), l, true, &c, f));
	*out = (struct odb *)c;
	return OK;
}

void
odb_close(struct odb *db)
{
	handle_close((struct conn *)db);
}

void
odb_fault(struct odb *db, struct fault *f)
{
	db->c.fault = f;
}

enum err
odb_run(struct odb *db, struct str sql)
{
	return conn_text(&db->c, sql);
}

enum err
odb_rows(
    struct odb *db, struct str sql, struct arena *a, struct str **cells, size_t *rows, size_t *cols)
{
	struct conn *c = &db->c;
	MYSQL_RES *res;
	MYSQL_ROW row;
	struct str *all;
	size_t nrows, ncols, i = 0;

	if (c->my == NULL || c->lost)
		return conn_away(c);
	c->statements++;
	if (mysql_real_query(c->my, sql.p, (unsigned long)sql.n) != 0)
		return conn_failed(c, mysql_errno(c->my), mysql_error(c->my), "text");
	res = mysql_store_result(c->my);
	if (res == NULL)
		return mysql_errno(c->my) == 0
			   ? fail(c->fault, E_BUG, NULL,
				 "A statement without rows was asked for rows.")
			   : conn_failed(c, mysql_errno(c->my), mysql_error(c->my), "text");
	nrows = (size_t)mysql_num_rows(res);
	ncols = mysql_num_fields(res);
	all = arena_array(a, struct str, nrows * ncols);
	while ((row = mysql_fetch_row(res)) != NULL) {
		const unsigned long *n = mysql_fetch_lengths(res);
		for (size_t k = 0; k < ncols; k++, i++)
			if (row[k] != NULL)
				all[i] = str_copy(a, (struct str){row[k], n[k]});
	}
	mysql_free_result(res);
	*cells = all;
	*rows = nrows;
	*cols = ncols;
	return OK;
}

enum err
odb_use(struct odb *db, const char *schema)
{
	struct conn *c = &db->c;

	if (c->my == NULL || c->lost)
		return conn_away(c);
	c->statements++;
	if (mysql_select_db(c->my, schema) != 0)
		return conn_failed(c, mysql_errno(c->my), mysql_error(c->my), "use");
	return OK;
}

struct str
odb_quote(struct odb *db, struct arena *a, struct str s)
{
	char *p = arena_array(a, char, 2 * s.n + 3);
	unsigned long n = 0;

	if (s.n > 0 && db->c.my != NULL)
		n = mysql_real_escape_string(db->c.my, p + 1, s.p, (unsigned long)s.n);
	p[0] = '\'';
	p[n + 1] = '\'';
	return (struct str){p, n + 2};
}
