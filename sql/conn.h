/*
 * sql/conn.h -- the one connection inside each kind of handle. Only files of sql/ include this.
 *
 * A connection is asked in the worker's only thread. After an error that leaves its state in doubt
 * it is `lost`: everything answers E_AWAY until somebody opens a new one.
 */
#ifndef SQL_CONN_H
#define SQL_CONN_H

#include <mysql.h>
#include <stdbool.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"
#include "sql/db.h"

/*
 * The statements of an account that come again: prepared once, executed from then on. They belong to this account's session and
 * die with it, in the server (change of account, end of connection) and here (conn_forget): none can meet another schema.
 */
#define STATEMENTS_KEPT 24
struct kept_statement {
	const void *query; /* whose it is; NULL: free */
	MYSQL_STMT *st;
	uint64_t used; /* when it was used last, counted in statements */
};

struct conn {
	MYSQL *my;          /* NULL = closed */
	struct arena *home; /* the handle that this connection begins lives here */
	struct fault *fault;
	struct db_login login; /* its texts live there too */
	uint64_t statements;
	bool open; /* between begin and commit or rollback */
	bool lost;
	bool desk; /* the operator's: DDL may take long, errors are shown in full */
	bool reads; /* the open transaction is read-only */
	bool loose; /* there is none: what is between begin and commit stands by itself, and only reads */
	bool unsure; /* nothing was heard since a loose begin: the connection may have died while nobody used it */
	unsigned owed; /* answers without rows that were asked for and not read yet (conn_hear) */
	int64_t heard_s; /* when the server answered last */
	struct kept_statement kept[STATEMENTS_KEPT];
};

/* conn_copy_login -- keep a login's texts in the arena; "" counts as none */
void conn_copy_login(struct arena *home, const struct db_login *l, struct db_login *out);

/* conn_connect -- open (again) with the login it has; a connection still open is closed first
 * Errors  E_AWAY: no server, or it refuses the account */
must_use enum err conn_connect(struct conn *c);
void conn_close(struct conn *c);

/* conn_forget -- the account's session is over: what was prepared in it is gone */
void conn_forget(struct conn *c);

/*
 * conn_hear -- read the answers that are still owed, before anything else is asked
 *
 * Beginning and ending a read-only transaction is asked for and not waited for: its answer comes before that of the next
 * statement. Errors  E_RETRY: the connection was gone; E_AWAY: the server wants nobody
 *
 * conn_unheard -- what e means that came before anything was heard: a connection that had died while nobody used it is no matter
 * for whoever reads, they have another one by asking again
 */
must_use enum err conn_hear(struct conn *c);
must_use enum err conn_unheard(struct conn *c, enum err e);

/* conn_settle -- the session's settings, after connecting and after each change of account */
must_use enum err conn_settle(struct conn *c);

/* conn_text -- one statement without values; a result is thrown away */
must_use enum err conn_text(struct conn *c, struct str sql);

must_use enum err conn_begin(struct conn *c, enum db_mode mode);
must_use enum err conn_commit(struct conn *c);
void conn_rollback(struct conn *c);

/*
 * conn_held -- is the transaction that writes still there?
 *
 * A node of a cluster takes a transaction back whose rows another node's came for first, and says so (1213); MariaDB 10.11 says nothing
 * if that happens while rows are sent. What followed would then be kept piece by piece, and COMMIT would say yes to nothing at all. The
 * server's word after each answer tells. Errors  E_RETRY it is gone, with all that was written in it
 */
must_use enum err conn_held(struct conn *c);

/* conn_away -- E_AWAY, filled: the connection is closed or lost */
must_use enum err conn_away(struct conn *c);

/*
 * conn_failed -- fill the fault for an error of the client library or server, and note a lost
 * connection
 *
 * code   in  mysql_errno or mysql_stmt_errno
 * text   in  its message: kept only where it cannot hold anybody's data
 * query  in  name of the query, for the log
 */
must_use enum err conn_failed(struct conn *c, unsigned code, const char *text, const char *query);

/* conn_error_of -- the table: what a code of server or client library means to us */
enum err conn_error_of(unsigned code);

/* setting_check -- is this value of a server variable one we may run on? value NULL = unknown to
 * the server Errors  E_INVALID, field = name */
must_use enum err setting_check(const char *name, const char *value, struct fault *f);

#endif
