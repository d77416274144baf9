/*
 * sql/db.h -- two kinds of database handle that do not convert into each other, and their transactions.
 *
 * struct cdb  the control schema, under its own account.
 * struct tdb  one tenant's schema, under that tenant's own account. Only tenancy/lease.c makes one.
 * struct coat the connection that wears tenants' accounts, one at a time; it is opened as a pool login
 *             without any rights. Statements die with the coat.
 *
 * All functions answer OK, E_RETRY (1213, 1205, 1020), E_AWAY (2002, 2006, 2013, 1180, 1047, 1040, ...:
 * also "unknown" at COMMIT), E_STALE (1062 duplicate key: fault.field = name of the key), E_BUG (the rest).
 * They fill the fault given at opening or by cdb_fault/tdb_fault.
 */
#ifndef SQL_DB_H
#define SQL_DB_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"

struct cdb;
struct tdb;
struct coat;

struct db_login {
	const char *socket; /* path of the server's unix socket; NULL = host and port */
	const char *host;
	unsigned port;
	const char *user, *password;
	const char *schema; /* NULL = none */
};

/*
 * DB_QUEUE writes under READ COMMITTED, for claims of queue rows alone: with SKIP LOCKED the locks of
 * REPEATABLE READ on the gaps between rows would make the claimers, and whoever adds a row, wait for each
 * other. Such a transaction reads nothing that it did not lock.
 *
 * DB_LOOSE reads without a transaction: each statement sees the moment that it is asked in, and none may write.
 */
enum db_mode { DB_WRITE = 0, DB_READ_ONLY, DB_QUEUE, DB_LOOSE };

/* Milliseconds of waiting before E_AWAY: connect, and one statement (max_statement_time). */
#define DB_CONNECT_MS 3000
#define DB_STATEMENT_MS 10000

/* db_library_open -- call once per process before anything else (mysql_init's name-service trap) */
void db_library_open(void);

must_use enum err cdb_open(const struct db_login *l, struct cdb **out, struct fault *f);
void cdb_close(struct cdb *db);
void cdb_fault(struct cdb *db, struct fault *f); /* where failures are written from now on */
bool cdb_lost(const struct cdb *db); /* the connection is gone or in doubt: close it, open another */
must_use enum err cdb_begin(struct cdb *db, enum db_mode mode);
must_use enum err cdb_commit(struct cdb *db);
void cdb_rollback(struct cdb *db);

must_use enum err coat_open(const struct db_login *pool, struct coat **out, struct fault *f);
void coat_close(struct coat *c);

/*
 * coat_change -- wear the account of a tenant (mysql_change_user). For tenancy/lease.c alone.
 *
 * A failure leaves the coat closed: the next change opens a fresh connection. An open transaction of the
 * wearer before is a bug: coat_off.
 */
must_use enum err coat_change(struct coat *c, const char *user, const char *password,
    const char *schema, struct tdb **out, struct fault *f);
uint64_t coat_left_open(const struct coat *c);
bool coat_lost(const struct coat *c); /* the next coat_change connects first */
/* coat_off -- nobody wears it now: it is in no transaction. One that was left open is rolled back and counted. */
void coat_off(struct coat *c);
/* coat_rest -- nobody wants it for a while: nothing is kept prepared. It is worn as before. */
void coat_rest(struct coat *c);

/* tdb_wears -- is its connection signed in as this account, in the schema of the same name? As the client library knows it. */
bool tdb_wears(const struct tdb *db, const char *account);
void tdb_fault(struct tdb *db, struct fault *f);
must_use enum err tdb_begin(struct tdb *db, enum db_mode mode);
must_use enum err tdb_commit(struct tdb *db);
void tdb_rollback(struct tdb *db);

/* How many statements since opening: the log's sql=. */
uint64_t cdb_statements(const struct cdb *db);
uint64_t tdb_statements(const struct tdb *db);

/*
 * db_check_server -- refuse a server that is set up unsafely (house.md section 20)
 *
 * Errors  E_INVALID, field = the setting ("innodb_flush_log_at_trx_commit", "sql_mode", ...), why says
 *         what it is and what it must be; also "roles" if any role exists
 *
 * The account sees other accounts' roles only with SELECT on mysql.roles_mapping (names only, no
 * secrets); without that right it can answer for itself alone.
 */
must_use enum err db_check_server(struct cdb *db, struct fault *f);

/* ---- the operator's desk: free SQL, for tenancy/{migrate,provision,export,ctl}.c alone (a law) ---- */
struct odb;
must_use enum err odb_open(const struct db_login *l, struct odb **out, struct fault *f);
void odb_close(struct odb *db);
void odb_fault(struct odb *db, struct fault *f);
must_use enum err odb_run(struct odb *db, struct str sql); /* one statement, no result kept */
/* odb_rows -- one statement; rows*cols texts in the arena, p == NULL for NULL */
must_use enum err odb_rows(struct odb *db, struct str sql, struct arena *a, struct str **cells,
    size_t *rows, size_t *cols);
must_use enum err odb_use(struct odb *db, const char *schema);
/* odb_quote -- 'text' with everything escaped */
struct str odb_quote(struct odb *db, struct arena *a, struct str s);

#endif
