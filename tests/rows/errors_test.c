/*
 * What the server's errors become, shown by making them happen; and lost updates, which are no
 * error.
 */
#include <errmsg.h>
#include <mysqld_error.h>
#include <pthread.h>

#include "sql/conn.h"
#include "sql/stmt.h"
#include "tests/rows/gadgets.h"
#include "tests/rows/harness.h"

static void
arrange(struct rows *t)
{
	rows_table(t, "gadget", GADGET_COLUMNS);
	for (int i = 1; i <= 3; i++)
		rows_sql(t,
		    "INSERT INTO gadget (id, name, colour, small, medium, cents, at, live, born, "
		    "body) "
		    "VALUES (%d, 'g%d', 1, 1, 2, %d, 4, 1, '2026-11-21', 'body')",
		    i, i, i * 100);
	rows_watch(t);
}

struct raise {
	struct tdb *db;
	uint64_t id;
	struct fault fault;
	enum err got;
};

static void *
raise_now(void *p)
{
	struct raise *r = p;

	tdb_fault(r->db, &r->fault);
	r->got = sql_gadget_raise(r->db, r->id, 1);
	if (r->got != OK)
		tdb_rollback(r->db);
	return NULL;
}

/* Two transactions, each holding the row that the other wants. The server ends one of them. */
static void
a_deadlock_is_run_again(void **state)
{
	struct rows *t = *state;
	struct tdb *other;
	struct raise r = {.id = 1};
	pthread_t thread;
	enum err mine;

	arrange(t);
	other = rows_second(t);
	r.db = other;
	rows_ok(t, tdb_begin(t->db, DB_WRITE));
	rows_ok(t, tdb_begin(other, DB_WRITE));
	rows_ok(t, sql_gadget_raise(t->db, 1, 1));
	rows_ok(t, sql_gadget_raise(other, 2, 1));
	t->fault = (struct fault){0};
	assert_int_equal(pthread_create(&thread, NULL, raise_now, &r), 0);
	mine = sql_gadget_raise(t->db, 2, 1);
	if (mine != OK)
		tdb_rollback(t->db);
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_true((mine == E_RETRY) != (r.got == E_RETRY));
	assert_true(mine == OK || r.got == OK);
	assert_int_equal((mine == E_RETRY ? t->fault : r.fault).err, E_RETRY);
	tdb_rollback(t->db);
	tdb_rollback(other);
}

static void
a_lock_that_is_held_too_long_is_run_again(void **state)
{
	struct rows *t = *state;
	struct tdb *other;

	arrange(t);
	other = rows_second(t);
	rows_ok(t, tdb_begin(other, DB_WRITE));
	rows_ok(t, sql_gadget_raise(other, 1, 1));
	rows_ok(t, tdb_begin(t->db, DB_WRITE));
	rows_err(t, E_RETRY, sql_gadget_raise(t->db, 1, 1)); /* after 5 s: 1205 */
	tdb_rollback(t->db);
	tdb_rollback(other);
}

static void
a_row_that_somebody_overtook_is_run_again(void **state)
{
	struct rows *t = *state;
	struct tdb *other;
	struct gadget_line *g;

	arrange(t);
	other = rows_second(t);
	rows_ok(t, tdb_begin(t->db, DB_WRITE));
	rows_ok(t, sql_gadget_line(t->db, 1, t->a, &g)); /* the snapshot is taken here */
	rows_ok(t, sql_gadget_raise(other, 1, 50));
	rows_err(t, E_RETRY,
	    sql_gadget_blind(t->db, 1, g->cents + 1)); /* 1020, by innodb_snapshot_isolation */
	tdb_rollback(t->db);
	assert_int_equal(rows_number(t, "SELECT cents FROM gadget WHERE id = 1"), 150);
}

/* The first row was sent already: the library keeps the refusal at the connection, and none at the statement. */
static void
a_row_that_somebody_overtook_is_seen_between_rows_too(void **state)
{
	struct rows *t = *state;
	struct gadget_line *g;
	struct tdb *other;
	size_t n;

	arrange(t);
	other = rows_second(t);
	rows_ok(t, tdb_begin(t->db, DB_WRITE));
	rows_ok(t, sql_gadget_line(t->db, 1, t->a, &g));
	rows_ok(t, sql_gadget_raise(other, 2, 50));
	rows_err(t, E_RETRY, sql_gadgets_for_update(t->db, 1, t->a, &g, &n));
	tdb_rollback(t->db);
}

/* Neither is it taken for a second row. */
static void
a_row_that_somebody_overtook_behind_the_only_one_is_run_again(void **state)
{
	struct rows *t = *state;
	struct gadget_line *seen, g;
	struct tdb *other;

	arrange(t);
	other = rows_second(t);
	rows_ok(t, tdb_begin(t->db, DB_WRITE));
	rows_ok(t, sql_gadget_line(t->db, 1, t->a, &seen));
	rows_ok(t, sql_gadget_raise(other, 2, 50));
	rows_err(t, E_RETRY, sql_gadget_until_for_update(t->db, 1, 2, t->a, &g));
	tdb_rollback(t->db);
	/* The control: two rows that are read whole are one too many. */
	rows_ok(t, tdb_begin(t->db, DB_WRITE));
	rows_err(t, E_BUG, sql_gadget_until_for_update(t->db, 1, 2, t->a, &g));
	tdb_rollback(t->db);
}

/* A cluster does so, and may say nothing (conn_held): what follows must not be kept piece by piece, nor COMMIT say yes. */
static void
a_transaction_that_the_server_took_back_in_silence_is_run_again(void **state)
{
	struct rows *t = *state;
	struct gadget_line *g;
	struct tdb *other;

	arrange(t);
	other = rows_second(t);
	rows_ok(t, tdb_begin(t->db, DB_WRITE));
	rows_ok(t, sql_gadget_raise(t->db, 1, 50));
	rows_ok(t, conn_text(tdb_conn(t->db), STR("ROLLBACK")));
	rows_err(t, E_RETRY, sql_gadget_line(t->db, 1, t->a, &g));
	tdb_rollback(t->db);
	rows_ok(t, tdb_begin(t->db, DB_WRITE));
	rows_ok(t, sql_gadget_raise(t->db, 1, 50));
	rows_ok(t, conn_text(tdb_conn(t->db), STR("ROLLBACK")));
	rows_err(t, E_RETRY, tdb_commit(t->db));
	tdb_rollback(t->db);
	/* The control: one that only reads has nothing to lose, and one that is there is kept. */
	rows_ok(t, tdb_begin(other, DB_READ_ONLY));
	rows_ok(t, conn_text(tdb_conn(other), STR("ROLLBACK")));
	rows_ok(t, sql_gadget_line(other, 1, t->a, &g));
	rows_ok(t, tdb_commit(other));
	rows_ok(t, tdb_begin(t->db, DB_WRITE));
	rows_ok(t, sql_gadget_raise(t->db, 1, 7));
	rows_ok(t, tdb_commit(t->db));
	assert_int_equal(rows_number(t, "SELECT cents FROM gadget WHERE id = 1"), 107);
}

static void
a_key_that_is_taken_is_stale_and_named(void **state)
{
	struct rows *t = *state;
	struct day born = {0};

	arrange(t);
	rows_err(t, E_STALE,
	    sql_gadget_add(t->db, 9, STR("g2"), RED, 0, 0, 0, 0, false, born, STR_NONE,
		(struct maybe_i32){0}, (struct maybe_u32){0}, (struct maybe_i64){0},
		(struct maybe_u64){0}, (struct maybe_bool){0}, (struct maybe_str){0}));
	assert_string_equal(t->fault.field, "name");
	rows_err(t, E_STALE,
	    sql_gadget_add(t->db, 2, STR("g9"), RED, 0, 0, 0, 0, false, born, STR_NONE,
		(struct maybe_i32){0}, (struct maybe_u32){0}, (struct maybe_i64){0},
		(struct maybe_u64){0}, (struct maybe_bool){0}, (struct maybe_str){0}));
	assert_string_equal(t->fault.field, "PRIMARY");
}

/* What a person typed must not reach the log by way of an error. */
static void
an_error_does_not_quote_what_was_typed(void **state)
{
	struct rows *t = *state;
	struct day born = {0};

	arrange(t);
	rows_err(t, E_STALE, sql_gadget_rename(t->db, 1, STR("g2")));
	for (unsigned i = 0; i < t->fault.args; i++)
		assert_null(strstr(t->fault.arg[i], "g2"));
	rows_err(t, E_BUG, sql_gadget_rename(t->db, 1, STR("secret\xFF")));
	for (unsigned i = 0; i < t->fault.args; i++)
		assert_null(strstr(t->fault.arg[i], "secret"));
	(void)born;
}

static void
compare_refuses_what_somebody_changed(void **state)
{
	struct rows *t = *state;
	struct tdb *other;
	struct gadget_line *mine, *theirs;

	arrange(t);
	other = rows_second(t);
	rows_ok(t, sql_gadget_line(t->db, 1, t->a, &mine));
	rows_ok(t, sql_gadget_line(other, 1, t->a, &theirs));
	rows_ok(t, sql_gadget_price(other, 1, theirs->cents + 10, theirs->version));
	rows_err(t, E_STALE, sql_gadget_price(t->db, 1, mine->cents + 7, mine->version));
	rows_ok(t, sql_gadget_line(t->db, 1, t->a, &mine));
	rows_ok(t, sql_gadget_price(t->db, 1, mine->cents + 7, mine->version));
	assert_int_equal(rows_number(t, "SELECT cents FROM gadget WHERE id = 1"), 117);
}

/* The control: the same two changes without a version lose one, and nobody is told. */
static void
without_compare_an_update_is_lost_in_silence(void **state)
{
	struct rows *t = *state;
	struct tdb *other;
	struct gadget_line *mine, *theirs;

	arrange(t);
	other = rows_second(t);
	rows_ok(t, sql_gadget_line(t->db, 1, t->a, &mine));
	rows_ok(t, sql_gadget_line(other, 1, t->a, &theirs));
	rows_ok(t, sql_gadget_blind(other, 1, theirs->cents + 10));
	rows_ok(t, sql_gadget_blind(t->db, 1, mine->cents + 7));
	assert_int_equal(rows_number(t, "SELECT cents FROM gadget WHERE id = 1"), 107);
}

static void
locked_rows_are_waited_for_and_add_up(void **state)
{
	struct rows *t = *state;
	struct tdb *other;
	struct gadget_line g;
	struct raise r = {.id = 1};
	pthread_t thread;

	arrange(t);
	other = rows_second(t);
	r.db = other;
	rows_ok(t, tdb_begin(t->db, DB_WRITE));
	rows_ok(t, sql_gadget_line_for_update(t->db, 1, t->a, &g));
	assert_int_equal(pthread_create(&thread, NULL, raise_now, &r), 0);
	rows_ok(t, sql_gadget_price(t->db, 1, g.cents + 10, g.version));
	rows_ok(t, tdb_commit(t->db));
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_int_equal(r.got, OK);
	assert_int_equal(rows_number(t, "SELECT cents FROM gadget WHERE id = 1"), 111);
}

/* Prepare and execute travel together: a refusal of the first must not leave the second's answer lying about. */
static void
a_refused_statement_leaves_the_connection_usable(void **state)
{
	struct rows *t = *state;
	struct gadget_line *g;

	arrange(t);
	for (int i = 0; i < 3; i++) {
		rows_sql(t, "RENAME TABLE gadget TO hidden");
		rows_err(t, E_BUG, sql_gadget_line(t->db, 1, t->a, &g));
		rows_err(t, E_BUG, sql_gadget_raise(t->db, 1, 1));
		rows_sql(t, "RENAME TABLE hidden TO gadget");
		rows_ok(t, sql_gadget_line(t->db, 1, t->a, &g));
		assert_int_equal(g->cents, 100);
	}
	assert_false(coat_lost(t->coat));
}

static void
a_killed_connection_is_away_and_stays_away(void **state)
{
	struct rows *t = *state;
	struct tdb *other;
	struct gadget_line *g;

	arrange(t);
	other = rows_second(t);
	rows_ok(t, tdb_begin(other, DB_WRITE));
	rows_ok(t, sql_gadget_raise(other, 1, 1));
	rows_sql(t, "KILL %lld",
	    (long long)rows_number(t, "SELECT trx_mysql_thread_id FROM "
				      "information_schema.innodb_trx WHERE trx_rows_modified > 0"));
	rows_err(t, E_AWAY, sql_gadget_line(other, 1, t->a, &g));
	assert_true(t->fault.retry_after_s > 0);
	rows_err(t, E_AWAY, sql_gadget_line(other, 1, t->a, &g));
	rows_err(t, E_AWAY, tdb_commit(other));
	assert_true(coat_lost(t->coat2));
	rows_ok(t, coat_change(t->coat2, t->schema, t->password, t->schema, &other, &t->fault));
	rows_ok(t, sql_gadget_line(other, 1, t->a, &g));
	assert_int_equal(g->cents, 100);
}

/* The table of reliability.md 3.1, code by code. */
static void
codes_mean_what_the_table_says(void **state)
{
	static const struct {
		unsigned code;
		enum err err;
	} table[] = {
	    {1213, E_RETRY},
	    {1205, E_RETRY},
	    {1020, E_RETRY},
	    {1412, E_RETRY},
	    {1062, E_STALE},
	    {1180, E_AWAY},
	    {1047, E_AWAY},
	    {2006, E_AWAY},
	    {2013, E_AWAY},
	    {2002, E_AWAY},
	    {2003, E_AWAY},
	    {1040, E_AWAY},
	    {1969, E_AWAY},
	    {1927, E_AWAY},
	    {1053, E_AWAY},
	    {1021, E_AWAY},
	    {1290, E_AWAY},
	    {1045, E_AWAY},
	    {1698, E_AWAY},
	    {1243, E_RETRY},
	    {1142, E_BUG},
	    {1054, E_BUG},
	    {1146, E_BUG},
	    {1064, E_BUG},
	    {5013, E_AWAY},
	    {5014, E_AWAY},
	    {1048, E_BUG},
	    {1406, E_BUG},
	    {0, E_BUG},
	    {4242, E_BUG},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(table); i++)
		if (conn_error_of(table[i].code) != table[i].err)
			fail_msg("# code %u is %s", table[i].code,
			    err_name(conn_error_of(table[i].code)));
}

static void
the_neighbour_is_watched(void **state)
{
	struct rows *t = *state;

	rows_watch(t);
	assert_true(rows_neighbour_same(t));
	rows_ok(t, odb_use(t->op, t->neighbour));
	rows_ok(t, odb_run(t->op, STR("UPDATE staff SET name = 'somebody' WHERE id = 2")));
	assert_false(rows_neighbour_same(t));
	rows_ok(t, odb_use(t->op, t->neighbour));
	rows_ok(t, odb_run(t->op, STR("UPDATE staff SET name = 'n2' WHERE id = 2")));
	assert_true(rows_neighbour_same(t));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    rows_test(a_deadlock_is_run_again),
	    rows_test(a_lock_that_is_held_too_long_is_run_again),
	    rows_test(a_row_that_somebody_overtook_is_run_again),
	    rows_test(a_row_that_somebody_overtook_is_seen_between_rows_too),
	    rows_test(a_row_that_somebody_overtook_behind_the_only_one_is_run_again),
	    rows_test(a_transaction_that_the_server_took_back_in_silence_is_run_again),
	    rows_test(a_key_that_is_taken_is_stale_and_named),
	    rows_test(an_error_does_not_quote_what_was_typed),
	    rows_test(compare_refuses_what_somebody_changed),
	    rows_test(without_compare_an_update_is_lost_in_silence),
	    rows_test(locked_rows_are_waited_for_and_add_up),
	    rows_test(a_refused_statement_leaves_the_connection_usable),
	    rows_test(a_killed_connection_is_away_and_stays_away),
	    cmocka_unit_test(codes_mean_what_the_table_says),
	    rows_test(the_neighbour_is_watched),
	};

	return rows_run(tests);
}
