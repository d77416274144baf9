/*
 * Every kind of query, every type of value.
 */
#include "tests/rows/gadgets.h"
#include "tests/rows/harness.h"

static void
arrange(struct rows *t)
{
	rows_table(t, "gadget", GADGET_COLUMNS);
	for (int i = 1; i <= 20; i++)
		rows_sql(t,
		    "INSERT INTO gadget (id, name, colour, small, medium, cents, at, live, born, "
		    "body) "
		    "VALUES (%d, 'g%d', %d, 1, 2, %d, 4, 1, '2026-11-21', 'body')",
		    i, i, i <= 1 ? RED : GREEN, i * 100);
	rows_watch(t);
}

static void
every_type_comes_back_as_it_went(void **state)
{
	struct rows *t = *state;
	struct day born;
	struct gadget g;
	char *big;

	arrange(t);
	assert_true(day_of(1969, 2, 28, &born));
	big = arena_array(t->a, char, 300000);
	for (size_t i = 0; i < 300000; i++)
		big[i] = (char)(i * 7);
	rows_ok(t, sql_gadget_add(t->db, UINT64_MAX, STR("Gru\xC3\x9F \xF0\x9F\x92\xA7"), BLUE, 255,
		       65535, INT32_MIN, INT64_MIN, true, born, (struct str){big, 300000},
		       (struct maybe_i32){true, INT32_MIN}, (struct maybe_u32){true, UINT32_MAX},
		       (struct maybe_i64){true, INT64_MIN}, (struct maybe_u64){true, UINT64_MAX},
		       (struct maybe_bool){true, true}, (struct maybe_str){true, STR("")}));
	rows_ok(t, sql_gadget(t->db, UINT64_MAX, t->a, &g));
	assert_true(g.id == UINT64_MAX && g.colour == BLUE && g.small == 255 && g.medium == 65535);
	assert_true(str_eq(g.name, STR("Gru\xC3\x9F \xF0\x9F\x92\xA7")));
	assert_true(g.cents == INT32_MIN && g.at == INT64_MIN && g.live && g.born.n == born.n);
	assert_true(g.body.n == 300000 && memcmp(g.body.p, big, g.body.n) == 0);
	assert_true(g.m_i32.is && g.m_i32.v == INT32_MIN && g.m_u32.is && g.m_u32.v == UINT32_MAX);
	assert_true(g.m_i64.is && g.m_i64.v == INT64_MIN && g.m_u64.is && g.m_u64.v == UINT64_MAX);
	assert_true(g.m_bool.is && g.m_bool.v && g.m_str.is && g.m_str.v.n == 0);
	assert_int_equal(g.version, 1);
}

static void
a_missing_value_is_null_both_ways(void **state)
{
	struct rows *t = *state;
	struct day born = {0};
	struct gadget g;

	arrange(t);
	rows_ok(t, sql_gadget_add(t->db, 77, STR("none"), RED, 0, 0, 0, 0, false, born, STR_NONE,
		       (struct maybe_i32){0}, (struct maybe_u32){0}, (struct maybe_i64){0},
		       (struct maybe_u64){0}, (struct maybe_bool){0}, (struct maybe_str){0}));
	assert_int_equal(
	    rows_number(t,
		"SELECT COUNT(*) FROM gadget WHERE id = 77 AND m_i32 IS NULL AND m_u32 IS NULL "
		"AND m_i64 IS NULL AND m_u64 IS NULL AND m_bool IS NULL AND m_str IS NULL "
		"AND body = '' AND born = '1970-01-01'"),
	    1);
	rows_ok(t, sql_gadget(t->db, 77, t->a, &g));
	assert_false(
	    g.m_i32.is || g.m_u32.is || g.m_i64.is || g.m_u64.is || g.m_bool.is || g.m_str.is);
	assert_true(g.body.n == 0 && g.body.p != NULL);
}

static void
values_are_bound_and_never_read_as_sql(void **state)
{
	struct rows *t = *state;
	struct str trick = STR("'; DROP TABLE gadget; -- \\' \" ` %s :id ?");
	struct gadget g;

	arrange(t);
	rows_ok(t, sql_gadget_rename(t->db, 3, trick));
	rows_ok(t, sql_gadget(t->db, 3, t->a, &g));
	assert_true(str_eq(g.name, trick));
}

static void
one_answers_not_found_and_leaves_the_struct_alone(void **state)
{
	struct rows *t = *state;
	struct gadget g, before;

	arrange(t);
	memset(&before, 7, sizeof(before));
	memcpy(&g, &before, sizeof(g));
	rows_err(t, E_NOT_FOUND, sql_gadget(t->db, 404, t->a, &g));
	assert_memory_equal(&g, &before, sizeof(g));
}

static void
one_refuses_a_second_row_and_the_connection_goes_on(void **state)
{
	struct rows *t = *state;
	struct gadget_line g;

	arrange(t);
	rows_ok(t, sql_gadgets_of_colour(t->db, RED, t->a, &g));
	rows_err(t, E_BUG, sql_gadgets_of_colour(t->db, GREEN, t->a, &g));
	rows_ok(t, sql_gadgets_of_colour(t->db, RED, t->a, &g));
	assert_int_equal(g.id, 1);
}

static void
maybe_answers_null_for_none(void **state)
{
	struct rows *t = *state;
	struct gadget_line *g = (void *)t;

	arrange(t);
	rows_ok(t, sql_gadget_line(t->db, 404, t->a, &g));
	assert_null(g);
	rows_ok(t, sql_gadget_line(t->db, 4, t->a, &g));
	assert_int_equal(g->cents, 400);
}

static void
many_answers_none_one_and_more_than_its_first_room(void **state)
{
	struct rows *t = *state;
	struct gadget_line *g;
	size_t n;

	arrange(t);
	rows_ok(t, sql_gadgets_from(t->db, 100, INT32_MAX, t->a, &g, &n));
	assert_int_equal(n, 0);
	rows_ok(t, sql_gadgets_from(t->db, 20, INT32_MAX, t->a, &g, &n));
	assert_int_equal(n, 1);
	rows_ok(t, sql_gadgets_from(t->db, 1, INT32_MAX, t->a, &g, &n));
	assert_int_equal(n, 20);
	for (size_t i = 0; i < n; i++)
		assert_true(g[i].id == i + 1 && g[i].cents == (int32_t)(i + 1) * 100);
}

static void
sums_and_counts_are_numbers(void **state)
{
	struct rows *t = *state;
	struct gadget_total total;

	arrange(t);
	rows_ok(t, sql_gadget_total(t->db, t->a, &total));
	assert_true(total.n == 20 && total.cents == 21000);
}

static void
any_counts_matched_rows_even_if_nothing_differs(void **state)
{
	struct rows *t = *state;
	uint64_t n = 99;

	arrange(t);
	rows_ok(t, sql_gadgets_repaint(t->db, GREEN, GREEN, &n));
	assert_int_equal(n, 19);
	rows_ok(t, sql_gadgets_repaint(t->db, BLUE, RED, &n));
	assert_int_equal(n, 0);
	rows_ok(t, sql_gadget_blind(t->db, 5, 500)); /* the price it has already */
}

static void
a_null_for_a_member_that_must_be_there_is_a_bug_with_names(void **state)
{
	struct rows *t = *state;
	struct gadget_narrow g;

	arrange(t);
	rows_err(t, E_BUG, sql_gadget_maybe_null(t->db, 1, t->a, &g));
	assert_string_equal(t->fault.arg[0], "gadget_maybe_null");
	assert_string_equal(t->fault.arg[1], "value");
}

static void
a_number_that_does_not_fit_is_a_bug_and_not_cut(void **state)
{
	struct rows *t = *state;
	struct gadget_narrow g;

	arrange(t);
	rows_ok(t, sql_gadget_too_big(t->db, 2, t->a, &g));
	assert_int_equal(g.value, 200);
	rows_err(t, E_BUG, sql_gadget_too_big(t->db, 3, t->a, &g));
}

static void
a_read_only_transaction_refuses_to_write(void **state)
{
	struct rows *t = *state;

	arrange(t);
	rows_ok(t, tdb_begin(t->db, DB_READ_ONLY));
	rows_err(t, E_BUG, sql_gadget_raise(t->db, 1, 1));
	tdb_rollback(t->db);
}

static void
what_is_rolled_back_never_was(void **state)
{
	struct rows *t = *state;

	arrange(t);
	rows_ok(t, tdb_begin(t->db, DB_WRITE));
	rows_ok(t, sql_gadget_raise(t->db, 1, 5));
	tdb_rollback(t->db);
	assert_int_equal(rows_number(t, "SELECT cents FROM gadget WHERE id = 1"), 100);
	rows_ok(t, tdb_begin(t->db, DB_WRITE));
	rows_ok(t, sql_gadget_raise(t->db, 1, 5));
	rows_ok(t, tdb_commit(t->db));
	assert_int_equal(rows_number(t, "SELECT cents FROM gadget WHERE id = 1"), 105);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    rows_test(every_type_comes_back_as_it_went),
	    rows_test(a_missing_value_is_null_both_ways),
	    rows_test(values_are_bound_and_never_read_as_sql),
	    rows_test(one_answers_not_found_and_leaves_the_struct_alone),
	    rows_test(one_refuses_a_second_row_and_the_connection_goes_on),
	    rows_test(maybe_answers_null_for_none),
	    rows_test(many_answers_none_one_and_more_than_its_first_room),
	    rows_test(sums_and_counts_are_numbers),
	    rows_test(any_counts_matched_rows_even_if_nothing_differs),
	    rows_test(a_null_for_a_member_that_must_be_there_is_a_bug_with_names),
	    rows_test(a_number_that_does_not_fit_is_a_bug_and_not_cut),
	    rows_test(a_read_only_transaction_refuses_to_write),
	    rows_test(what_is_rolled_back_never_was),
	};

	return rows_run(tests);
}
