/* tests/rows/audit_test.c -- the log is whole, and says where it is not; it leaves the house as a safe table. */
#include "fcgi/acts/audit.h"
#include "fcgi/acts/tell.h"
#include "tests/rows/people.h"

#define LINES 12

static void
write_lines(struct world *t, int n)
{
	struct work w;

	for (int i = 0; i < n; i++) {
		people_enter(t, &w, OWNER, ROLE_OWNER);
		snprintf(w.from.ip, sizeof(w.from.ip), "192.0.2.%d", i);
		act_done(t, &w, OK, audit(&w, "test.line", "test", (uint64_t)i, str_printf(w.arena, "line %d", i)));
	}
}

static struct audit_verdict
verdict(struct world *t)
{
	struct audit_verdict v;
	struct work w;

	world_enter(t, &t->mine, DB_READ_ONLY, &w);
	act_done(t, &w, OK, act_audit_verify(&w, &v));
	return v;
}

static void
an_untouched_log_is_whole(void **state)
{
	struct world *t = *state;

	people_arrange(t);
	struct audit_verdict none = verdict(t);
	assert_true(none.whole && none.lines == 0 && !none.broken_at.is);
	write_lines(t, LINES);
	struct audit_verdict v = verdict(t);
	assert_true(v.whole);
	assert_int_equal(v.lines, LINES);
	assert_int_equal(world_number(t, "SELECT COUNT(DISTINCT hash) FROM audit"), LINES);
	assert_true(str_eq(world_text(t, "SELECT actor_name FROM audit WHERE seq = 1"), STR("Olga Owner")));
}

static void
every_way_of_bending_it_is_found_where_it_was_bent(void **state)
{
	static const struct {
		const char *sql;
		int64_t at;
	} bend[] = {
		{"UPDATE audit SET verb = 'bent' WHERE seq = 5", 5},
		{"UPDATE audit SET at = at + 1 WHERE seq = 1", 1},
		{"UPDATE audit SET actor_id = actor_id + 1 WHERE seq = 12", 12},
		{"UPDATE audit SET ip = '192.0.2.99' WHERE seq = 7", 7},
		{"UPDATE audit SET prev_hash = REPEAT('x', 32) WHERE seq = 7", 7},
		{"UPDATE audit SET hash = REPEAT('x', 32) WHERE seq = 7", 7},
		{"DELETE FROM audit WHERE seq = 4", 4},
		{"DELETE FROM audit WHERE seq = 1", 1},
		{"DELETE FROM audit WHERE seq = 12", 12},
		{"DELETE FROM audit WHERE seq > 9", 10},
		{"DELETE FROM audit", 1},
		{"UPDATE audit a JOIN audit b ON b.seq = 3 SET a.detail = b.detail WHERE a.seq = 8", 8},
		{"UPDATE audit SET seq = CASE seq WHEN 5 THEN 1006 ELSE seq END WHERE seq IN (5, 6)", 5},
		{"INSERT INTO audit SELECT 13, at, actor_kind, actor_id, actor_name, verb, noun, object_id, detail, ip, "
		 "country, trace, hash, REPEAT('x', 32) FROM audit WHERE seq = 12", 13},
		{"UPDATE counter SET hash = REPEAT('x', 32) WHERE name = 'audit'", 13},
		{"UPDATE counter SET value = value + 1 WHERE name = 'audit'", 13},
	};
	struct world *t = *state;

	people_arrange(t);
	write_lines(t, LINES);
	world_mine(t, "CREATE TABLE kept_audit AS SELECT * FROM audit");
	world_mine(t, "CREATE TABLE kept_counter AS SELECT * FROM counter");
	for (size_t i = 0; i < COUNT_OF(bend); i++) {
		world_mine(t, "%s", bend[i].sql);
		struct audit_verdict v = verdict(t);
		if (v.whole || !v.broken_at.is || v.broken_at.v != bend[i].at)
			fail_msg("%s: whole %d, broken at %lld", bend[i].sql, v.whole, (long long)v.broken_at.v);
		world_mine(t, "DELETE FROM audit");
		world_mine(t, "DELETE FROM counter");
		world_mine(t, "INSERT INTO audit SELECT * FROM kept_audit");
		world_mine(t, "INSERT INTO counter SELECT * FROM kept_counter");
		assert_true(verdict(t).whole);
	}
}

static void
a_deed_that_is_undone_leaves_no_line_and_no_gap(void **state)
{
	struct world *t = *state;
	struct work w;

	people_arrange(t);
	write_lines(t, 2);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	world_ok(t, &w.fault, audit(&w, "test.line", "test", 0, STR("never happened")));
	act_done(t, &w, E_INVALID, fail(&w.fault, E_INVALID, NULL, "This value is not valid."));
	write_lines(t, 2);
	assert_int_equal(verdict(t).lines, 4);
	assert_true(verdict(t).whole);
}

static void
two_lines_at_once_come_one_after_the_other(void **state)
{
	struct world *t = *state;
	struct house *first = t->house, *second = world_house(t);
	struct audit_verdict v;
	struct work w, late;

	people_arrange(t);
	write_lines(t, 1);
	t->house = second;
	people_enter(t, &late, MANAGER, ROLE_MANAGER);
	world_ok(t, &late.fault, act_audit_verify(&late, &v)); /* its view begins here */
	t->house = first;
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, audit(&w, "test.line", "test", 0, STR("first")));
	enum err e = work_close(&late, audit(&late, "test.line", "test", 0, STR("second")));
	assert_int_equal(e, E_RETRY);
	t->house = second;
	people_enter(t, &late, MANAGER, ROLE_MANAGER);
	act_done(t, &late, OK, audit(&late, "test.line", "test", 0, STR("second")));
	t->house = first;
	assert_int_equal(verdict(t).lines, 3);
	assert_true(verdict(t).whole);
}

static void
the_log_is_read_in_pages_and_searched(void **state)
{
	struct world *t = *state;
	struct audit_query q = {.q = STR("")};
	struct audit_page page;
	struct work w;
	int64_t seen = 0;

	people_arrange(t);
	write_lines(t, AUDIT_PAGE + 5);
	world_enter(t, &t->mine, DB_READ_ONLY, &w);
	do {
		world_ok(t, &w.fault, act_audit_page(&w, &q, &page));
		for (size_t i = 0; i < page.rows_n; i++)
			assert_int_equal(page.rows[i].seq, AUDIT_PAGE + 5 - seen++);
		q.before = page.next;
	} while (page.next.is);
	assert_int_equal(seen, AUDIT_PAGE + 5);
	q = (struct audit_query){.q = STR("LINE 42")};
	world_ok(t, &w.fault, act_audit_page(&w, &q, &page));
	assert_int_equal(page.rows_n, 1);
	assert_int_equal(page.rows[0].seq, 43);
	assert_true(page.rows[0].object_id.is && page.rows[0].object_id.v == 42);
	world_ok(t, &w.fault, work_close(&w, OK));
}

static size_t
lines_of(struct str csv)
{
	size_t lines = 0;

	for (size_t i = 0; i < csv.n; i++)
		lines += csv.p[i] == '\n';
	return lines;
}

static void
the_table_holds_no_formula_and_wants_the_password_again(void **state)
{
	struct world *t = *state;
	struct audit_query q = {.q = STR("")};
	struct str csv = STR("");
	struct maybe_i64 next;
	struct work w;

	people_arrange(t);
	world_sql(t, "UPDATE staff SET name = '=HYPERLINK(\"http://evil\")' WHERE id = %llu", (unsigned long long)OWNER);
	write_lines(t, 3);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	w.actor.stepped_up_at = w.now - STEP_UP_S - 1;
	act_done(t, &w, E_FORBIDDEN, act_audit_table(&w, &q, &csv, &next));
	assert_string_equal(w.fault.field, "step_up");
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_audit_table(&w, &q, &csv, &next));
	assert_non_null(strstr(csv.p, ",\"'=HYPERLINK(\"\"http://evil\"\")\",test.line,test,"));
	assert_int_equal(lines_of(csv), 4);
	assert_true(str_starts(csv, STR("seq,at,actor,verb,")));
	assert_false(next.is);
}

static void
a_long_log_is_taken_in_tables_that_miss_no_line(void **state)
{
	struct world *t = *state;
	struct audit_query q = {.q = STR("")};
	struct maybe_i64 next = {true, 0};
	struct str csv = STR("");
	size_t lines = 0, tables = 0;
	struct work w;

	people_arrange(t);
	/* The chain is not looked at here. Long lines: a table is full by its bytes before it is by its lines. */
	world_sql(t, "INSERT INTO audit (seq, at, actor_kind, actor_id, actor_name, verb, noun, object_id, detail, ip,"
	             " country, trace, prev_hash, hash) SELECT seq, seq, 1, 1, 'Olga', 'line', 'test', 0,"
	             " IF(seq > 12500, REPEAT('x', 400), ''), '', '', '', REPEAT('x', 32), REPEAT('x', 32)"
	             " FROM seq_1_to_25000");
	for (; next.is; tables++) {
		people_enter(t, &w, OWNER, ROLE_OWNER);
		act_done(t, &w, OK, act_audit_table(&w, &q, &csv, &next));
		lines += lines_of(csv) - 1;
		q.before = next;
		assert_true(tables < 10);
	}
	assert_int_equal(lines, 25000);
	assert_true(tables >= 4);
}

static void
more_lines_than_one_bite_are_all_verified(void **state)
{
	struct world *t = *state;
	struct work w;

	people_arrange(t);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	for (int i = 0; i < 2300; i++)
		world_ok(t, &w.fault, audit(&w, "test.line", "test", 0, STR("many")));
	world_ok(t, &w.fault, work_close(&w, OK));
	assert_int_equal(verdict(t).lines, 2300);
	assert_true(verdict(t).whole);
	world_mine(t, "UPDATE audit SET detail = 'bent' WHERE seq = 2201");
	assert_int_equal(verdict(t).broken_at.v, 2201);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(an_untouched_log_is_whole),
		world_test(every_way_of_bending_it_is_found_where_it_was_bent),
		world_test(a_deed_that_is_undone_leaves_no_line_and_no_gap),
		world_test(two_lines_at_once_come_one_after_the_other),
		world_test(the_log_is_read_in_pages_and_searched),
		world_test(the_table_holds_no_formula_and_wants_the_password_again),
		world_test(a_long_log_is_taken_in_tables_that_miss_no_line),
		world_test(more_lines_than_one_bite_are_all_verified),
	};
	return world_run("acts/audit", tests);
}
