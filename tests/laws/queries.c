/*
 * tests/laws/queries.c -- what must hold of every named query, asked of a real server.
 *
 * Each judge answers a complaint, or nothing; the last test shows each of them a seeded trespass.
 */
#include <stdlib.h>

#include "tests/laws/judge.h"

#define FILL 2000
/* LONG=1: a company as large as they come. */
#define FILL_LONG   20000
#define VISITS_LONG 500000

static struct side
side_of(struct rows *t, bool control)
{
	if (control)
		return (struct side){t, str_printf(t->a, "%scontrol", rows_prefix()).p,
		    cdb_conn(t->control), sql_control_queries, control_migrations};
	return (struct side){t, t->schema, tdb_conn(t->db), sql_tenant_queries, tenant_migrations};
}

static void
judge_all(struct rows *t, judge *j)
{
	unsigned wrong = 0, seen = 0;

	for (int i = 0; i < 2; i++) {
		struct side s = side_of(t, i == 0);

		for (const struct query *const *const *list = s.lists; *list != NULL; list++)
			for (const struct query *const *q = *list; *q != NULL; q++) {
				struct str why = j(&s, *q);

				seen++;
				if (why.n == 0)
					continue;
				wrong++;
				print_error("# %s:%d: %s: %.*s\n", (*q)->file, (*q)->line,
				    (*q)->name, STR_ARG(why));
			}
	}
	assert_true(seen > 0);
	assert_int_equal(wrong, 0);
}

/* ---- rows enough for the planner to prefer an index where there is one ---- */

static void
fill(struct rows *t, const char *schema)
{
	const bool large = getenv("LONG") != NULL;
	struct str *cell;
	size_t n, cols;

	rows_ok(
	    t, odb_rows(t->op,
		   str_printf(t->a,
		       "SELECT table_name, GROUP_CONCAT(column_name ORDER BY ordinal_position), "
		       "GROUP_CONCAT(CASE WHEN data_type = 'tinyint' THEN 'seq MOD 200' "
		       "WHEN data_type = 'smallint' THEN 'seq MOD 30000' "
		       "WHEN data_type LIKE '%%int' THEN 'seq' WHEN data_type = 'date' THEN "
		       "'''2026-01-01''' "
		       "ELSE CONCAT('LEFT(CONCAT(''n'', seq), ', LEAST(character_maximum_length, "
		       "40), ')') "
		       "END ORDER BY ordinal_position) FROM information_schema.columns "
		       "WHERE table_schema = '%s' GROUP BY table_name",
		       schema),
		   t->a, &cell, &n, &cols));
	rows_ok(t, odb_use(t->op, schema));
	for (size_t i = 0; i < n; i++) {
		const struct str *row = cell + i * cols;

		rows_ok(t, odb_run(t->op,
			       str_printf(t->a,
				   "INSERT IGNORE INTO %.*s (%.*s) SELECT %.*s FROM seq_1_to_%d",
				   STR_ARG(row[0]), STR_ARG(row[1]), STR_ARG(row[2]),
				   !large                         ? FILL
				   : str_eq(row[0], STR("visit")) ? VISITS_LONG
								  : FILL_LONG)));
		rows_ok(t, odb_run(t->op, str_printf(t->a, "ANALYZE TABLE %.*s", STR_ARG(row[0]))));
	}
}

static int
set_up_filled(void **state)
{
	if (rows_set_up(state) != 0)
		return 1;
	struct rows *t = *state;
	fill(t, side_of(t, true).schema);
	fill(t, t->schema);
	return 0;
}

/* ---- the laws ---- */

#define LAW(name, judge) \
	static void name(void **state) \
	{ \
		judge_all(*state, judge); \
	}

LAW(every_query_prepares_and_its_columns_fit_their_members, judge_columns)
LAW(every_query_fills_its_struct_wholly, judge_struct)
LAW(no_query_walks_a_table_that_grows, judge_plan)
LAW(every_locked_write_has_a_locking_read, judge_locked)
LAW(what_is_append_only_is_never_changed, judge_append_only)
LAW(every_query_runs, judge_run)

/* ---- seeded trespasses ---- */

struct seed_row {
	uint64_t id;
	struct str name;
	uint32_t role;
};

#define SEED_COLUMNS(...) \
	.column = (const struct column[]) \
	{ \
		__VA_ARGS__ \
	}
#define SEED_ID   COLUMN(struct seed_row, id, "id")
#define SEED_NAME COLUMN(struct seed_row, name, "name")
#define SEED_ROLE COLUMN(struct seed_row, role, "role")
#define SEED_OF(k, c) \
	.name = "seed", .kind = (k), .class_ = (c), .walks = "", .row_size = sizeof(struct seed_row)
#define SEED SEED_OF(QUERY_MANY, "")

static void
each_judge_sees_its_trespass(void **state)
{
	static const enum value_type text_value[] = {VALUE_STR};
	const struct {
		judge *j;
		const char *words; /* "" = a good query */
		struct query q;
	} seed[] = {
	    {judge_columns, "does not prepare", {SEED, .text = "SELECT nothing FROM staff"}},
	    {judge_columns, "counts 1 values", {SEED, .text = "SELECT id FROM staff WHERE id = ?"}},
	    {judge_columns, "counts 2 columns",
		{SEED, .text = "SELECT id, name FROM staff", .columns = 1, SEED_COLUMNS(SEED_ID)}},
	    {judge_columns, "may be NULL",
		{SEED, .text = "SELECT role_id FROM staff", .columns = 1, SEED_COLUMNS(SEED_ID)}},
	    {judge_columns, "may be NULL",
		{SEED, .text = "SELECT MAX(id) AS id FROM staff", .columns = 1,
		    SEED_COLUMNS(SEED_ID)}},
	    {judge_columns, "is never NULL",
		{SEED, .text = "SELECT at FROM audit", .columns = 1,
		    SEED_COLUMNS({VALUE_MAYBE_I64, 0, "at"})}},
	    {judge_columns, "does not fit", /* BIGINT UNSIGNED into 32 bits */
		{SEED, .text = "SELECT id FROM staff", .columns = 1, SEED_COLUMNS(SEED_ROLE)}},
	    {judge_columns, "does not fit", /* INT UNSIGNED into a signed member as wide */
		{SEED, .text = "SELECT failures FROM staff", .columns = 1,
		    SEED_COLUMNS({VALUE_I32, 0, "failures"})}},
	    {judge_columns, "",
		{SEED, .text = "SELECT role_id FROM staff WHERE role_id > 4", .columns = 1,
		    SEED_COLUMNS(SEED_ID)}},
	    {judge_columns, "does not fit", /* text into a number */
		{SEED, .text = "SELECT name FROM staff", .columns = 1, SEED_COLUMNS(SEED_ID)}},
	    {judge_columns, "",
		{SEED, .text = "SELECT id, name, role FROM staff", .columns = 3,
		    SEED_COLUMNS(SEED_ID, SEED_NAME, SEED_ROLE)}},
	    {judge_struct, "before role", {SEED, .columns = 2, SEED_COLUMNS(SEED_ID, SEED_ROLE)}},
	    {judge_struct, "the last", {SEED, .columns = 2, SEED_COLUMNS(SEED_ID, SEED_NAME)}},
	    {judge_struct, "", {SEED, .columns = 3, SEED_COLUMNS(SEED_ROLE, SEED_ID, SEED_NAME)}},
	    {judge_plan, "walks all of session",
		{SEED, .text = "SELECT id FROM session WHERE agent = ?", .params = 1,
		    .param_types = text_value}},
	    {judge_plan, "walks all of audit",
		{SEED, .text = "SELECT COUNT(*) AS n FROM audit a WHERE 1"}},
	    {judge_plan, "walks all of token",
		{SEED_OF(QUERY_ANY, "own"), .text = "DELETE FROM token WHERE used_at = ?",
		    .params = 1, .param_types = text_value}},
	    {judge_plan, "", {SEED, .text = "SELECT id FROM staff WHERE name = 'x'"}},
	    {judge_locked, "no query reads company_x",
		{SEED_OF(QUERY_ANY, "locked"),
		    .text = "UPDATE company_x SET name = 'x' WHERE id = 1"}},
	    {judge_append_only, "append-only",
		{SEED_OF(QUERY_ANY, "own"), .text = "UPDATE audit SET detail = 'x' WHERE seq = 1"}},
	    {judge_run, "it answers bug",
		{SEED_OF(QUERY_ONE, ""), .text = "SELECT id, name, role FROM staff", .columns = 3,
		    SEED_COLUMNS(SEED_ID, SEED_NAME, SEED_ROLE)}},
	};
	struct rows *t = *state;
	struct side s = side_of(t, false);

	for (size_t i = 0; i < COUNT_OF(seed); i++) {
		struct str why = seed[i].j(&s, &seed[i].q);
		bool good = seed[i].words[0] == '\0'
				? why.n == 0
				: why.n > 0 && strstr(why.p, seed[i].words) != NULL;

		if (!good)
			fail_msg("# seed %zu (%s): \"%.*s\" instead of \"%s\"", i, seed[i].q.text,
			    STR_ARG(why), seed[i].words);
	}
}

int
main(void)
{
#define law_test(fn) cmocka_unit_test_setup_teardown(fn, set_up_filled, rows_tear_down)
	const struct CMUnitTest tests[] = {
	    rows_test(every_query_prepares_and_its_columns_fit_their_members),
	    rows_test(every_query_fills_its_struct_wholly),
	    law_test(no_query_walks_a_table_that_grows),
	    rows_test(every_locked_write_has_a_locking_read),
	    rows_test(what_is_append_only_is_never_changed),
	    law_test(every_query_runs),
	    law_test(each_judge_sees_its_trespass),
	};

	/* On rows without end only the planner has anything new to say. */
	if (getenv("LONG") != NULL)
		cmocka_set_test_filter("no_query_walks_a_table_that_grows");
	return rows_run(tests);
}
