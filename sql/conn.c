/*
 * sql/conn.c -- opening, settling and losing a connection; the table of error codes.
 */
#include "sql/conn.h"

#include <errmsg.h>
#include <mysqld_error.h>
#include <stdio.h>
#include <time.h>

static const char *kept(struct arena *home, const char *text);
static _Noreturn void give_up(const char *what);
static bool set_options(struct conn *c);
static enum err ask(struct conn *c, struct str sql);
static bool heard_just_now(struct conn *c);
static bool text_is_ours(unsigned code);
static const char *key_of(const char *text);

/* Seconds; a statement is ended by the server (max_statement_time) well before the socket gives up.
 */
#define CONNECT_S     (DB_CONNECT_MS / 1000)
#define ANSWER_S      (DB_STATEMENT_MS / 1000 + 5)
#define DESK_ANSWER_S 900

/* The house's session. A wait for a row or a table ends before the statement's own limit: 1205, run
 * again. */
#define SESSION \
	"SET time_zone = '+00:00', innodb_snapshot_isolation = ON, innodb_lock_wait_timeout = 5, " \
	"lock_wait_timeout = 5, " \
	"sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'"
/*
 * A worker that is stopped inside a transaction keeps its locks, and SKIP LOCKED passes them by for
 * ever: after 30 s the server ends it. Ours pause for a password's 70 ms at most; half of QUEUE_LEASE_S.
 */
#define SESSION_WORK SESSION ", max_statement_time = 10, idle_transaction_timeout = 30"
_Static_assert(DB_STATEMENT_MS == 10000, "SESSION_WORK says 10 seconds");

#define ER_RECORD_CHANGED \
	1020 /* snapshot isolation: read before somebody's commit, written after it */

/*
 * What a code means. Everything not here is E_BUG. 1180 and 1047 come near a COMMIT of a cluster
 * that lost its majority: the outcome is unknown, so they are E_AWAY and never run again blindly.
 */
static const struct {
	unsigned code;
	enum err err;
} codes[] = {
    {ER_LOCK_DEADLOCK, E_RETRY},
    {ER_LOCK_WAIT_TIMEOUT, E_RETRY},
    {ER_RECORD_CHANGED, E_RETRY},
    {ER_TABLE_DEF_CHANGED, E_RETRY}, /* a migration passed by: the snapshot is older than the table */
    {ER_UNKNOWN_STMT_HANDLER, E_RETRY}, /* what was kept is gone at the server, a cluster does so: it was not run */
    {ER_DUP_ENTRY, E_STALE},
    {ER_ERROR_DURING_COMMIT, E_AWAY},
    {ER_UNKNOWN_COM_ERROR, E_AWAY},
    {ER_CON_COUNT_ERROR, E_AWAY},
    {ER_TOO_MANY_USER_CONNECTIONS, E_AWAY},
    {ER_USER_LIMIT_REACHED, E_AWAY},
    {ER_SERVER_SHUTDOWN, E_AWAY},
    {ER_NORMAL_SHUTDOWN, E_AWAY},
    {ER_OUTOFMEMORY, E_AWAY},
    {ER_OUT_OF_RESOURCES, E_AWAY},
    {ER_DISK_FULL, E_AWAY},
    {ER_RECORD_FILE_FULL, E_AWAY},
    {ER_OPTION_PREVENTS_STATEMENT, E_AWAY}, /* --read-only */
    {ER_QUERY_INTERRUPTED, E_AWAY},
    {ER_CONNECTION_KILLED, E_AWAY},
    {ER_STATEMENT_TIMEOUT, E_AWAY},
    {ER_NEW_ABORTING_CONNECTION, E_AWAY},
    {ER_NET_READ_ERROR, E_AWAY},
    {ER_NET_READ_INTERRUPTED, E_AWAY},
    {ER_NET_ERROR_ON_WRITE, E_AWAY},
    {ER_NET_WRITE_INTERRUPTED, E_AWAY},
    {ER_ACCESS_DENIED_ERROR, E_AWAY}, /* at the door: the account is not there yet, or no more */
    {ER_ACCESS_DENIED_NO_PASSWORD_ERROR, E_AWAY}, /* the same: for an unknown name the server plays some account, root's too */
    {ER_DBACCESS_DENIED_ERROR, E_AWAY},
    {ER_BAD_DB_ERROR, E_AWAY},
    {CR_CONNECTION_ERROR, E_AWAY},
    {CR_CONN_HOST_ERROR, E_AWAY},
    {CR_UNKNOWN_HOST, E_AWAY},
    {CR_SERVER_GONE_ERROR, E_AWAY},
    {CR_SERVER_HANDSHAKE_ERR, E_AWAY},
    {CR_SERVER_LOST, E_AWAY},
    {CR_SERVER_LOST_EXTENDED, E_AWAY},
    {CR_OUT_OF_MEMORY, E_AWAY},
    {CR_ERR_NET_READ, E_AWAY},
    {CR_ERR_NET_WRITE, E_AWAY},
    {CR_ERR_NET_UNCOMPRESS, E_AWAY},
};

enum err
conn_error_of(unsigned code)
{
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (codes[i].code == code)
			return codes[i].err;
	return E_BUG;
}

void
db_library_open(void)
{
	/* mysql_init reads the name service once per process and crashes there if memory is short:
	 * do it now. */
	MYSQL *my;

	if (mysql_library_init(0, NULL, NULL) != 0)
		give_up("mysql_library_init");
	my = mysql_init(NULL);
	if (my == NULL)
		give_up("mysql_init");
	mysql_close(my);
}

/* There is no log yet, and no process without this. */
static void
give_up(const char *what)
{
	fprintf(stderr, "sql: aborted: %s does not work here\n", what);
	abort();
}

static const char *
kept(struct arena *home, const char *text)
{
	return text == NULL || text[0] == '\0' ? NULL : str_copy(home, str_of(text)).p;
}

void
conn_copy_login(struct arena *home, const struct db_login *l, struct db_login *out)
{
	*out = (struct db_login){.port = l->port};
	out->socket = kept(home, l->socket);
	out->host = kept(home, l->host);
	out->user = kept(home, l->user);
	out->password = kept(home, l->password);
	out->schema = kept(home, l->schema);
}

static bool
set_options(struct conn *c)
{
	const unsigned connect_s = CONNECT_S, answer_s = c->desk ? DESK_ANSWER_S : ANSWER_S,
		       off = 0;

	return mysql_options(c->my, MYSQL_OPT_CONNECT_TIMEOUT, &connect_s) == 0 &&
	       mysql_options(c->my, MYSQL_OPT_READ_TIMEOUT, &answer_s) == 0 &&
	       mysql_options(c->my, MYSQL_OPT_WRITE_TIMEOUT, &answer_s) == 0 &&
	       mysql_options(c->my, MYSQL_OPT_LOCAL_INFILE, &off) == 0 &&
	       mysql_options(c->my, MYSQL_SET_CHARSET_NAME, "utf8mb4") == 0;
}

enum err
conn_connect(struct conn *c)
{
	const struct db_login *l = &c->login;
	enum err e;

	conn_close(c);
	c->my = mysql_init(NULL);
	if (c->my == NULL || !set_options(c)) {
		conn_close(c);
		return conn_away(c);
	}
	/* CLIENT_FOUND_ROWS: "changed" means "matched", so that saving the same values again is no
	 * surprise. */
	if (mysql_real_connect(c->my, l->socket != NULL ? NULL : l->host, l->user, l->password,
		l->schema, l->socket != NULL ? 0 : l->port, l->socket, CLIENT_FOUND_ROWS) == NULL) {
		e = conn_failed(c, mysql_errno(c->my), mysql_error(c->my), "connect");
		conn_close(c);
		return e;
	}
	c->lost = false;
	e = conn_settle(c);
	if (e != OK)
		conn_close(c);
	return e;
}

void
conn_close(struct conn *c)
{
	if (c->my != NULL)
		mysql_close(c->my);
	c->my = NULL;
	c->open = c->loose = false;
	c->owed = 0;
	conn_forget(c);
}

/* The library knows that they are dead: closing them sends nothing. */
void
conn_forget(struct conn *c)
{
	for (size_t i = 0; i < STATEMENTS_KEPT; i++) {
		if (c->kept[i].st != NULL)
			mysql_stmt_close(c->kept[i].st);
		c->kept[i] = (struct kept_statement){0};
	}
}

enum err
conn_hear(struct conn *c)
{
	while (c->owed > 0) {
		c->owed--;
		if (mysql_read_query_result(c->my) != 0)
			return conn_unheard(c, conn_failed(c, mysql_errno(c->my), mysql_error(c->my), "transaction"));
	}
	return OK;
}

enum err
conn_unheard(struct conn *c, enum err e)
{
	const bool gone = c->lost;

	/* What follows on this connection would stand in no transaction, or in somebody's that did not end. */
	c->lost = true;
	if (!gone)
		return e;
	if (c->fault != NULL)
		*c->fault = (struct fault){0};
	return fail(c->fault, E_RETRY, NULL, "The house is busy. Please try again.");
}

/* ask without waiting; conn_hear reads the answer */
static enum err
ask(struct conn *c, struct str sql)
{
	if (c->my == NULL || c->lost)
		return conn_away(c);
	c->statements++;
	if (mysql_send_query(c->my, sql.p, (unsigned long)sql.n) != 0)
		return conn_failed(c, mysql_errno(c->my), mysql_error(c->my), "text");
	c->owed++;
	return OK;
}

/* Whoever was silent longer may be gone: it is waited for. */
static bool
heard_just_now(struct conn *c)
{
	const int64_t before = c->heard_s;
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	c->heard_s = t.tv_sec;
	return t.tv_sec - before <= 1;
}

enum err
conn_settle(struct conn *c)
{
	return conn_text(c, c->desk ? STR(SESSION) : STR(SESSION_WORK));
}

enum err
conn_text(struct conn *c, struct str sql)
{
	MYSQL_RES *res;

	if (c->my == NULL || c->lost)
		return conn_away(c);
	TRY(conn_hear(c));
	c->statements++;
	if (mysql_real_query(c->my, sql.p, (unsigned long)sql.n) != 0)
		return conn_failed(c, mysql_errno(c->my), mysql_error(c->my), "text");
	if (mysql_field_count(c->my) == 0)
		return OK;
	res = mysql_use_result(c->my);
	if (res != NULL) {
		while (mysql_fetch_row(res) != NULL)
			continue;
		mysql_free_result(res);
	}
	if (mysql_errno(c->my) != 0)
		return conn_failed(c, mysql_errno(c->my), mysql_error(c->my), "text");
	return OK;
}

enum err
conn_begin(struct conn *c, enum db_mode mode)
{
	if (c->open) {
		conn_rollback(c);
		return fail(c->fault, E_BUG, NULL, "A transaction was begun inside a transaction.");
	}
	c->reads = mode == DB_READ_ONLY || mode == DB_LOOSE;
	c->unsure = false;
	/* A loose one asks nothing: that this one is dead already is said here, and the lease takes another. */
	if (c->my == NULL || c->lost)
		return conn_away(c);
	if (c->reads && heard_just_now(c)) {
		c->open = true;
		c->loose = c->unsure = mode == DB_LOOSE;
		return c->loose ? OK : ask(c, STR("START TRANSACTION READ ONLY"));
	}
	if (mode == DB_QUEUE) /* of the next transaction, and no other */
		TRY(conn_text(c, STR("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")));
	TRY(conn_text(c, c->reads ? STR("START TRANSACTION READ ONLY") : STR("START TRANSACTION READ WRITE")));
	c->open = true;
	return OK;
}

enum err
conn_held(struct conn *c)
{
	if (!c->open || c->reads || c->my == NULL || (c->my->server_status & SERVER_STATUS_IN_TRANS) != 0)
		return OK;
	return fail(c->fault, E_RETRY, NULL, "The house is busy. Please try again.");
}

enum err
conn_commit(struct conn *c)
{
	if (!c->open)
		return fail(c->fault, E_BUG, NULL, "There is no transaction to commit.");
	TRY(conn_held(c));
	c->open = false;
	if (c->loose) {
		c->loose = false;
		return OK;
	}
	return c->reads ? ask(c, STR("COMMIT")) : conn_text(c, STR("COMMIT"));
}

void
conn_rollback(struct conn *c)
{
	struct fault *f = c->fault;

	if (!c->open)
		return;
	/* The reason of the rollback stays in the fault; a rollback that fails ends the connection.
	 */
	c->open = false;
	if (c->loose) {
		c->loose = false;
		return;
	}
	c->fault = NULL;
	if (conn_text(c, STR("ROLLBACK")) != OK)
		conn_close(c);
	c->fault = f;
}

enum err
conn_away(struct conn *c)
{
	enum err e = fail(c->fault, E_AWAY, NULL, "The database does not answer at the moment.");

	if (c->fault != NULL && c->fault->retry_after_s == 0)
		c->fault->retry_after_s = 5;
	return e;
}

/* Messages about our own schema and text; those of other codes may quote what a person typed. */
static bool
text_is_ours(unsigned code)
{
	return code == ER_BAD_FIELD_ERROR || code == ER_NO_SUCH_TABLE ||
	       code == ER_TABLEACCESS_DENIED_ERROR || code == ER_COLUMNACCESS_DENIED_ERROR ||
	       code == ER_PARSE_ERROR || code == ER_BAD_NULL_ERROR ||
	       code == ER_NO_DEFAULT_FOR_FIELD || code == ER_DATA_TOO_LONG ||
	       code == ER_WARN_DATA_OUT_OF_RANGE ||
	       code == ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION;
}

enum err
conn_failed(struct conn *c, unsigned code, const char *text, const char *query)
{
	enum err e = conn_error_of(code);

	/* The client library has two ranges of codes of its own: all of them leave the connection
	 * in doubt. */
	if ((code >= CR_MIN_ERROR && code < 3000) ||
	    (code >= CER_MIN_ERROR && code <= CER_MAX_ERROR))
		c->lost = true;
	if (code == ER_CONNECTION_KILLED || code == ER_SERVER_SHUTDOWN || code == ER_UNKNOWN_STMT_HANDLER)
		c->lost = true;
	if (c->desk && e != E_STALE)
		return fail(c->fault, e, NULL, "The database says: %s (%u).", text, code);
	switch (e) {
	case E_AWAY:
		return conn_away(c);
	case E_RETRY:
		e = fail(c->fault, e, NULL, "The house is busy. Please try again.");
		if (c->fault != NULL && c->fault->retry_after_s == 0)
			c->fault->retry_after_s = 1;
		return e;
	case E_STALE:
		return fail(c->fault, e, key_of(text), "This is there already.");
	default:
		/* The log says which query, and no values. */
		return fail(c->fault, E_BUG, query, "The database refused %s: %u %s.", query, code,
		    text_is_ours(code) ? text : "");
	}
}

/*
 * The name of the key in "Duplicate entry '...' for key 'email'". A fault's field must outlive its
 * connection, so names are kept for the life of the process: they are few, they come from our
 * schema.
 */
static const char *
key_of(const char *text)
{
	static char names[64][65];
	struct str s = str_of(text), name;
	size_t from;

	if (s.n < 2 || s.p[s.n - 1] != '\'')
		return NULL;
	for (from = s.n - 1; from > 0 && s.p[from - 1] != '\''; from--)
		continue;
	name = str_sub(s, from, s.n - 1 - from);
	if (name.n == 0 || name.n >= sizeof(names[0]))
		return NULL;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (names[i][0] == '\0')
			memcpy(names[i], name.p, name.n);
		if (str_eq(str_of(names[i]), name))
			return names[i];
	}
	return NULL;
}
