/*
 * The coat: one tenant's account at a time, and nothing of the wearer before.
 */
#include <mysql.h>
#include <mysqld_error.h>

#include "sql/conn.h"
#include "tests/dice.h"
#include "tests/rows/gadgets.h"
#include "tests/rows/harness.h"

static void
arrange(struct rows *t)
{
	rows_table(t, "gadget", GADGET_COLUMNS);
	rows_sql(t,
	    "INSERT INTO gadget (id, name, colour, small, medium, cents, at, live, born, body) "
	    "VALUES (1, 'same id', 1, 1, 2, 100, 4, 1, '2026-11-21', 'body')");
	rows_ok(t, odb_use(t->op, t->neighbour));
	rows_ok(t, odb_run(t->op, STR("UPDATE gadget SET cents = 999 WHERE id = 1")));
	rows_watch(t);
}

static void
each_coat_sees_its_own_row_of_the_same_id(void **state)
{
	struct rows *t = *state;
	struct gadget_line *g;
	struct tdb *db;

	arrange(t);
	for (int i = 0; i < 3; i++) {
		rows_ok(t, coat_change(t->coat, t->schema, t->password, t->schema, &db, &t->fault));
		rows_ok(t, sql_gadget_line(db, 1, t->a, &g));
		assert_int_equal(g->cents, 100);
		rows_ok(t, coat_change(t->coat, t->neighbour, t->neighbour_password, t->neighbour,
			       &db, &t->fault));
		rows_ok(t, sql_gadget_line(db, 1, t->a, &g));
		assert_int_equal(g->cents, 999);
	}
}

static void
a_coat_is_refused_in_another_schema(void **state)
{
	struct rows *t = *state;
	struct tdb *db = NULL;

	arrange(t);
	rows_err(
	    t, E_AWAY, coat_change(t->coat, t->schema, t->password, t->neighbour, &db, &t->fault));
	assert_null(db);
	assert_true(coat_lost(t->coat));
	rows_err(t, E_AWAY, coat_change(t->coat, t->schema, "wrong", t->schema, &db, &t->fault));
	rows_ok(t, coat_change(t->coat, t->schema, t->password, t->schema, &db, &t->fault));
}

static MYSQL *
plain(const char *user, const char *password, const char *schema)
{
	MYSQL *my = mysql_init(NULL);

	assert_non_null(mysql_real_connect(my, NULL, user, password, schema, 0, rows_socket(), 0));
	return my;
}

static unsigned
ask(MYSQL *my, const char *sql)
{
	MYSQL_RES *res;

	if (mysql_query(my, sql) != 0)
		return mysql_errno(my);
	res = mysql_store_result(my);
	if (res != NULL)
		mysql_free_result(res);
	return 0;
}

static void
an_account_cannot_read_write_or_see_the_other_schema(void **state)
{
	struct rows *t = *state;
	MYSQL *my;

	arrange(t);
	my = plain(t->schema, t->password, t->schema);
	assert_int_equal(ask(my, "SELECT cents FROM gadget"), 0);
	assert_int_equal(ask(my, str_printf(t->a, "SELECT cents FROM %s.gadget", t->neighbour).p),
	    ER_TABLEACCESS_DENIED_ERROR);
	assert_int_equal(ask(my, str_printf(t->a, "DELETE FROM %s.gadget", t->neighbour).p),
	    ER_TABLEACCESS_DENIED_ERROR);
	assert_int_equal(
	    ask(my, str_printf(t->a, "USE %s", t->neighbour).p), ER_DBACCESS_DENIED_ERROR);
	assert_int_equal(ask(my, "DROP TABLE gadget"), ER_TABLEACCESS_DENIED_ERROR);
	assert_int_equal(ask(my, "CREATE TABLE mine (id INT)"), ER_TABLEACCESS_DENIED_ERROR);
	mysql_close(my);
}

static void
the_pool_login_alone_can_read_nothing(void **state)
{
	struct rows *t = *state;
	const char *login = str_printf(t->a, "%slogin", rows_prefix()).p;
	MYSQL *my;

	arrange(t);
	my = plain(login, rows_password(t, login), NULL);
	assert_int_equal(ask(my, str_printf(t->a, "SELECT 1 FROM %s.gadget", t->schema).p),
	    ER_TABLEACCESS_DENIED_ERROR);
	assert_int_equal(
	    ask(my, str_printf(t->a, "USE %s", t->schema).p), ER_DBACCESS_DENIED_ERROR);
	mysql_close(my);
}

static int
cents_of(MYSQL_STMT *st)
{
	int cents = -1;
	MYSQL_BIND b = {
	    .buffer_type = MYSQL_TYPE_LONG, .buffer = &cents, .buffer_length = sizeof(cents)};

	if (mysql_stmt_execute(st) != 0 || mysql_stmt_bind_result(st, &b) != 0 ||
	    mysql_stmt_fetch(st) != 0)
		return -1;
	mysql_stmt_free_result(st);
	return cents;
}

/*
 * The trap of schema-per-tenant: a statement keeps the schema it was prepared in. This test is about the server, not about
 * us: it says why nothing prepared is kept longer than its coat and why a coat is changed by account.
 */
static void
a_prepared_statement_keeps_its_schema_until_the_coat_changes(void **state)
{
	struct rows *t = *state;
	const char *sql = "SELECT cents FROM gadget WHERE id = 1";
	MYSQL *my;
	MYSQL_STMT *st;

	arrange(t);
	my = plain(rows_operator(), NULL, t->schema);
	st = mysql_stmt_init(my);
	assert_int_equal(mysql_stmt_prepare(st, sql, (unsigned long)strlen(sql)), 0);
	assert_int_equal(cents_of(st), 100);
	assert_int_equal(ask(my, str_printf(t->a, "USE %s", t->neighbour).p), 0);
	assert_int_equal(cents_of(st), 100); /* the neighbour's is 999: the trap */
	assert_int_equal(
	    mysql_change_user(my, t->neighbour, t->neighbour_password, t->neighbour), 0);
	assert_int_equal(cents_of(st), -1); /* dead: it cannot leak */
	mysql_stmt_close(st);
	mysql_close(my);
}

static void
a_statement_that_comes_again_is_prepared_once_and_dies_with_the_coat(void **state)
{
	const char *prepared = "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'COM_STMT_PREPARE'";
	struct rows *t = *state;
	struct gadget_line *g;
	struct tdb *db;
	int64_t before;

	arrange(t);
	before = rows_number(t, prepared);
	for (int i = 0; i < 5; i++) {
		rows_ok(t, sql_gadget_line(t->db, 1, t->a, &g));
		assert_int_equal(g->cents, 100);
		rows_ok(t, sql_gadget_line(t->db, 77, t->a, &g));
		assert_null(g);
	}
	assert_int_equal(rows_number(t, prepared) - before, 1);
	rows_ok(t, coat_change(t->coat, t->neighbour, t->neighbour_password, t->neighbour, &db, &t->fault));
	rows_ok(t, sql_gadget_line(db, 1, t->a, &g));
	assert_int_equal(g->cents, 999);
	assert_int_equal(rows_number(t, prepared) - before, 2);
}

/* A thousand statements of two kinds, and now and then the coat goes over: each reads its own wearer's row. */
static void
no_statement_of_one_coat_is_ever_run_in_another(void **state)
{
	struct rows *t = *state;
	struct gadget_line *g, of_colour;
	struct tdb *db = t->db;
	bool ours = true;

	arrange(t);
	for (int i = 0; i < 1000; i++) {
		if (throw(4) == 0) {
			ours = !ours;
			rows_ok(t, ours ? coat_change(t->coat, t->schema, t->password, t->schema, &db, &t->fault)
			                : coat_change(t->coat, t->neighbour, t->neighbour_password, t->neighbour, &db, &t->fault));
		}
		rows_ok(t, tdb_begin(db, DB_READ_ONLY));
		if (throw(2) == 0)
			rows_ok(t, sql_gadget_line(db, 1, t->a, &g));
		else
			rows_ok(t, sql_gadgets_of_colour(db, RED, t->a, g = &of_colour));
		assert_int_equal(g->cents, ours ? 100 : 999);
		rows_ok(t, tdb_commit(db));
	}
}

static bool
in_order(const struct gadget_line *g, size_t n, const uint64_t *ids, size_t ids_n)
{
	if (n != ids_n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (g[i].id != ids[i])
			return false;
	return true;
}

/* The server strikes a column that stands still out of a prepared statement's order, and for good: what was asked before must not matter. */
static void
an_order_is_the_same_whatever_was_asked_before(void **state)
{
	const struct maybe_u32 red = {true, RED}, any = {0};
	struct rows *t = *state;
	struct gadget_line *g;
	size_t n;

	arrange(t);
	for (int i = 2; i <= 6; i++)
		rows_sql(t,
		    "INSERT INTO gadget (id, name, colour, small, medium, cents, at, live, born, body) "
		    "VALUES (%d, 'gadget %d', %d, 1, 2, 100, 4, 1, '2026-11-21', 'body')", i, i, i % 3 + 1);
	for (int i = 0; i < 3; i++) {
		rows_ok(t, sql_gadgets_painted(t->db, red, t->a, &g, &n));
		assert_true(in_order(g, n, (const uint64_t[]){1, 3, 6}, 3));
		rows_ok(t, sql_gadgets_painted(t->db, any, t->a, &g, &n));
		assert_true(in_order(g, n, (const uint64_t[]){1, 3, 6, 4, 2, 5}, 6));
		rows_ok(t, sql_gadgets_not_of_another(t->db, red, t->a, &g, &n));
		assert_true(in_order(g, n, (const uint64_t[]){1, 3, 6}, 3));
		rows_ok(t, sql_gadgets_not_of_another(t->db, any, t->a, &g, &n));
		assert_true(in_order(g, n, (const uint64_t[]){1, 3, 6, 4, 2, 5}, 6));
		rows_ok(t, sql_gadgets_of_two(t->db, RED, RED, t->a, &g, &n));
		assert_true(in_order(g, n, (const uint64_t[]){1, 3, 6}, 3));
		rows_ok(t, sql_gadgets_of_two(t->db, BLUE, RED, t->a, &g, &n));
		assert_true(in_order(g, n, (const uint64_t[]){1, 3, 6, 2, 5}, 5));
	}
}

/* What one worker has committed the next reader sees, on a connection that does not wait for its beginnings and ends either. */
static void
what_was_committed_is_seen_by_whoever_begins_afterwards(void **state)
{
	struct rows *t = *state;
	struct tdb *other = rows_second(t);
	struct gadget_line *g;

	arrange(t);
	for (int i = 1; i <= 2000; i++) {
		rows_ok(t, tdb_begin(other, DB_WRITE));
		rows_ok(t, sql_gadget_raise(other, 1, 1));
		rows_ok(t, tdb_commit(other));
		rows_ok(t, tdb_begin(t->db, DB_READ_ONLY));
		rows_ok(t, sql_gadget_line(t->db, 1, t->a, &g));
		assert_int_equal(g->cents, 100 + i);
		rows_ok(t, tdb_commit(t->db));
	}
}

/* Twice: the second one follows so soon that its beginning is asked for and not waited for. */
static void
a_read_only_transaction_is_one_whether_waited_for_or_not(void **state)
{
	struct rows *t = *state;
	struct tdb *other = rows_second(t);
	struct gadget_line *g;

	arrange(t);
	for (int i = 0; i < 2; i++) {
		rows_ok(t, tdb_begin(t->db, DB_READ_ONLY));
		rows_ok(t, sql_gadget_line(t->db, 1, t->a, &g));
		assert_int_equal(g->cents, 100 + i);
		rows_ok(t, sql_gadget_raise(other, 1, 1));
		rows_ok(t, sql_gadget_line(t->db, 1, t->a, &g));
		assert_int_equal(g->cents, 100 + i); /* what was committed meanwhile is not seen */
		rows_ok(t, tdb_commit(t->db));
	}
	rows_ok(t, tdb_begin(t->db, DB_READ_ONLY));
	rows_err(t, E_BUG, sql_gadget_raise(t->db, 1, 1));
	tdb_rollback(t->db);
	rows_ok(t, tdb_begin(t->db, DB_READ_ONLY));
	rows_ok(t, tdb_commit(t->db));
	rows_ok(t, tdb_begin(t->db, DB_WRITE));
	rows_ok(t, sql_gadget_raise(t->db, 1, 1));
	rows_ok(t, tdb_commit(t->db));
	assert_int_equal(rows_number(t, "SELECT cents FROM gadget WHERE id = 1"), 103);
}

/* Nobody waited for its beginning, so nothing was read yet: whoever asks once more has another connection. */
static void
a_connection_that_died_unheard_is_asked_for_again(void **state)
{
	const char *who = "SELECT COALESCE(MIN(id), 0) FROM information_schema.processlist WHERE user = '%s'";
	struct rows *t = *state;
	struct gadget_line *g;
	const char *held;

	arrange(t);
	held = str_printf(t->a, who, t->schema).p;
	for (int i = 0; i < 4; i++) {
		const enum db_mode mode = i % 2 == 0 ? DB_READ_ONLY : DB_LOOSE;

		for (int k = 0; k < 2; k++) {
			rows_ok(t, tdb_begin(t->db, mode));
			rows_ok(t, sql_gadget_line(t->db, 1, t->a, &g));
			rows_ok(t, tdb_commit(t->db));
		}
		if (i == 3) /* and where nothing of it is prepared */
			coat_rest(t->coat);
		rows_ok(t, tdb_begin(t->db, mode));
		rows_sql(t, "KILL %lld", (long long)rows_number(t, held));
		for (int looks = 0; looks < 1000 && rows_number(t, held) != 0; looks++)
			;
		rows_err(t, E_RETRY, sql_gadget_line(t->db, 1, t->a, &g));
		assert_true(coat_lost(t->coat));
		rows_ok(t, coat_change(t->coat, t->schema, t->password, t->schema, &t->db, &t->fault));
		rows_ok(t, sql_gadget_line(t->db, 1, t->a, &g));
	}
}

/* A loose reader begins and ends nothing: what is committed meanwhile is seen. It cannot write either. */
static void
a_loose_reader_is_in_no_transaction_and_writes_nothing(void **state)
{
	const char *begun = "SELECT SUM(VARIABLE_VALUE) FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME IN ('COM_BEGIN', 'COM_COMMIT')";
	struct rows *t = *state;
	struct tdb *other = rows_second(t);
	struct gadget_line *g;
	int64_t before;

	arrange(t);
	rows_ok(t, tdb_begin(t->db, DB_READ_ONLY));
	rows_ok(t, tdb_commit(t->db));
	/* Nobody waits for that COMMIT: the next answer on this connection says that it is over. */
	rows_ok(t, tdb_begin(t->db, DB_LOOSE));
	rows_ok(t, sql_gadget_line(t->db, 1, t->a, &g));
	rows_ok(t, tdb_commit(t->db));
	before = rows_number(t, begun);
	for (int i = 0; i < 3; i++) {
		rows_ok(t, tdb_begin(t->db, DB_LOOSE));
		rows_ok(t, sql_gadget_line(t->db, 1, t->a, &g));
		assert_int_equal(g->cents, 100 + i);
		rows_ok(t, sql_gadget_raise(other, 1, 1));
		rows_ok(t, sql_gadget_line(t->db, 1, t->a, &g));
		assert_int_equal(g->cents, 101 + i);
		rows_ok(t, tdb_commit(t->db));
	}
	rows_ok(t, tdb_begin(t->db, DB_LOOSE));
	rows_err(t, E_BUG, sql_gadget_raise(t->db, 1, 1));
	tdb_rollback(t->db);
	assert_int_equal(rows_number(t, begun), before);
	assert_int_equal(rows_number(t, "SELECT cents FROM gadget WHERE id = 1"), 103);
	/* Whoever comes behind one has a transaction as ever. */
	rows_ok(t, tdb_begin(t->db, DB_WRITE));
	rows_ok(t, sql_gadget_raise(t->db, 1, 1));
	tdb_rollback(t->db);
	assert_int_equal(rows_number(t, "SELECT cents FROM gadget WHERE id = 1"), 103);
}

/* A cluster ends the work of whoever stands in another's way, and what was prepared with it. */
static void
a_kept_statement_that_the_server_lost_is_tried_again_on_a_new_connection(void **state)
{
	struct rows *t = *state;
	struct conn *c = (struct conn *)t->db; /* its first member */
	struct gadget_line *g;
	struct tdb *db;

	arrange(t);
	rows_ok(t, sql_gadget_line(t->db, 1, t->a, &g));
	for (size_t i = 0; i < STATEMENTS_KEPT; i++)
		if (c->kept[i].st != NULL)
			c->kept[i].st->stmt_id += 1000;
	rows_err(t, E_RETRY, sql_gadget_line(t->db, 1, t->a, &g));
	assert_true(coat_lost(t->coat));
	rows_ok(t, coat_change(t->coat, t->schema, t->password, t->schema, &db, &t->fault));
	rows_ok(t, sql_gadget_line(db, 1, t->a, &g));
	assert_int_equal(g->cents, 100);
}

static void
a_transaction_left_open_is_rolled_back_and_counted(void **state)
{
	struct rows *t = *state;
	struct tdb *db;

	arrange(t);
	rows_ok(t, tdb_begin(t->db, DB_WRITE));
	rows_ok(t, sql_gadget_raise(t->db, 1, 11));
	rows_ok(t, coat_change(
		       t->coat, t->neighbour, t->neighbour_password, t->neighbour, &db, &t->fault));
	assert_int_equal(coat_left_open(t->coat), 1);
	assert_int_equal(rows_number(t, "SELECT cents FROM gadget WHERE id = 1"), 100);
	rows_ok(t, tdb_begin(db, DB_READ_ONLY));
	rows_ok(t, tdb_commit(db));
	assert_int_equal(coat_left_open(t->coat), 1);
}

static void
a_transaction_inside_a_transaction_is_a_bug(void **state)
{
	struct rows *t = *state;

	rows_ok(t, tdb_begin(t->db, DB_WRITE));
	rows_err(t, E_BUG, tdb_begin(t->db, DB_WRITE));
	rows_err(t, E_BUG, tdb_commit(t->db));
}

/* Seen from outside: what the session of a worn coat is set to. */
static void
the_session_is_ours_after_every_change(void **state)
{
	struct rows *t = *state;
	struct tdb *db;

	arrange(t);
	/* The server's own defaults are made unsafe; a change of account would bring them back. */
	rows_ok(t, odb_run(t->op, STR("SET GLOBAL time_zone = '+05:00'")));
	rows_ok(t, odb_run(t->op, STR("SET GLOBAL innodb_snapshot_isolation = OFF")));
	for (int i = 0; i < 2; i++) {
		struct gadget_line *g;
		struct tdb *other = rows_second(t);

		rows_ok(t, coat_change(t->coat, t->schema, t->password, t->schema, &db, &t->fault));
		rows_ok(t, tdb_begin(db, DB_WRITE));
		rows_ok(t, sql_gadget_line(db, 1, t->a, &g));
		rows_ok(t, sql_gadget_raise(other, 1, 1));
		rows_err(t, E_RETRY, sql_gadget_blind(db, 1, 0));
		tdb_rollback(db);
	}
	rows_ok(t, odb_run(t->op, STR("SET GLOBAL time_zone = 'SYSTEM'")));
	rows_ok(t, odb_run(t->op, STR("SET GLOBAL innodb_snapshot_isolation = ON")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    rows_test(each_coat_sees_its_own_row_of_the_same_id),
	    rows_test(a_coat_is_refused_in_another_schema),
	    rows_test(an_account_cannot_read_write_or_see_the_other_schema),
	    rows_test(the_pool_login_alone_can_read_nothing),
	    rows_test(a_prepared_statement_keeps_its_schema_until_the_coat_changes),
	    rows_test(a_statement_that_comes_again_is_prepared_once_and_dies_with_the_coat),
	    rows_test(no_statement_of_one_coat_is_ever_run_in_another),
	    rows_test(an_order_is_the_same_whatever_was_asked_before),
	    rows_test(what_was_committed_is_seen_by_whoever_begins_afterwards),
	    rows_test(a_read_only_transaction_is_one_whether_waited_for_or_not),
	    rows_test(a_loose_reader_is_in_no_transaction_and_writes_nothing),
	    rows_test(a_connection_that_died_unheard_is_asked_for_again),
	    rows_test(a_kept_statement_that_the_server_lost_is_tried_again_on_a_new_connection),
	    rows_test(a_transaction_left_open_is_rolled_back_and_counted),
	    rows_test(a_transaction_inside_a_transaction_is_a_bug),
	    rows_test(the_session_is_ours_after_every_change),
	};

	return rows_run(tests);
}
