/*
 * tests/rows/harness.h -- a real MariaDB under each row test, and a neighbour who must not notice
 * it.
 *
 * `make rows` starts one private server (ops/dev/rows.sh, POOL_DB_SOCKET). Each program makes a
 * control schema of its own; each test gets a fresh tenant and a neighbour whose every table holds
 * rows, among them all those that rows_sql put into both: the same ids. Tear-down asserts that the
 * neighbour's checksum over all tables is what it was before the test acted.
 */
#ifndef TESTS_ROWS_HARNESS_H
#define TESTS_ROWS_HARNESS_H

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"
#include "sql/db.h"
#include "tests/unit/test.h"

#define ROWS_NAME_MAX 48

/* One test's world. `state` of cmocka points here. */
struct rows {
	struct arena *a; /* emptied after each test */
	struct odb *op;  /* the operator: may do everything */
	struct cdb *control;
	struct coat *coat, *coat2;
	struct tdb *db;                /* the fresh tenant, no transaction open */
	char schema[ROWS_NAME_MAX];    /* of the fresh tenant; = its account */
	char neighbour[ROWS_NAME_MAX]; /* of the neighbour */
	const char *password, *neighbour_password;
	struct fault fault; /* of all handles above */
	struct str before;  /* the neighbour's checksum */
	bool watching;
};

#define rows_test(fn)   cmocka_unit_test_setup_teardown(fn, rows_set_up, rows_tear_down)
#define rows_run(tests) cmocka_run_group_tests(tests, rows_open, rows_close)
int rows_open(void **state);
int rows_close(void **state);
int rows_set_up(void **state);
int rows_tear_down(void **state);

/* Run an expression that answers enum err, and end the test with its fault if the answer is
 * another. */
#define rows_ok(t, expr) rows_err(t, OK, expr)
#define rows_err(t, want, expr) \
	do { \
		(t)->fault = (struct fault){0}; \
		rows_expect((t), (want), (expr), #expr, __FILE__, __LINE__); \
	} while (0)
void rows_expect(
    struct rows *t, enum err want, enum err got, const char *what, const char *file, int line);

/* rows_sql -- one statement, as the operator, in the tenant AND in its neighbour: how facts are
 * arranged */
void rows_sql(struct rows *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* rows_table -- CREATE TABLE in both, with rights for both accounts */
void rows_table(struct rows *t, const char *name, const char *columns);

/* rows_watch -- the arrangement is over: from here on the neighbour must not change (rows_db does
 * it too) */
void rows_watch(struct rows *t);

/* rows_neighbour_same -- is the neighbour as it was when the watching began? (tear-down asserts it)
 */
bool rows_neighbour_same(struct rows *t);

/* rows_second -- another connection of the same tenant, for races */
struct tdb *rows_second(struct rows *t);

/* rows_number, rows_text -- one value of the tenant, read by the operator */
int64_t rows_number(struct rows *t, const char *sql);
struct str rows_text(struct rows *t, const char *sql);

/* Where things are, for tests that open connections of their own. */
const char *rows_socket(void);
const char *rows_prefix(void);
const char *rows_operator(void);
const char *rows_password(struct rows *t, const char *account);

#endif
