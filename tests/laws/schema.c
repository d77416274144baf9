/*
 * tests/laws/schema.c -- what must hold of every table, and of every migration; with SCHEMA_WRITE
 * set it first refreshes the two schema.sql, which show what all migrations build together (`make
 * schema`).
 */
#include "sql/migrations.h"
#include "sql/stmt.h"
#include "tests/rows/harness.h"

#define TABLES_MAX       48
#define SCHEMA_MAX_BYTES (1u << 20)

struct side {
	const char *name; /* "control", "tenant" */
	const char *schema;
	const struct migration *steps;
	const struct query *const *const *lists;
};

static struct side
side_of(struct rows *t, bool control)
{
	if (control)
		return (struct side){"control", str_printf(t->a, "%scontrol", rows_prefix()).p,
		    control_migrations, sql_control_queries};
	return (struct side){"tenant", t->schema, tenant_migrations, sql_tenant_queries};
}

static struct str *
cells(struct rows *t, size_t *n, const char *format, ...)
{
	struct str *cell;
	char sql[2048];
	size_t cols;
	va_list list;

	va_start(list, format);
	vsnprintf(sql, sizeof(sql), format, list);
	va_end(list);
	rows_ok(t, odb_rows(t->op, str_of(sql), t->a, &cell, n, &cols));
	*n *= cols;
	return cell;
}

/* ---- schema.sql ---- */

static struct str
dump(struct rows *t, const struct side *s)
{
	struct buf out = buf_open(t->a, 16384, SCHEMA_MAX_BYTES);
	size_t n, m;
	struct str *table = cells(t, &n,
	    "SELECT table_name FROM information_schema.tables WHERE table_schema = '%s' ORDER BY "
	    "table_name",
	    s->schema);

	buf_printf(&out,
	    "-- What sql/%s/migrations build together. Made by `make schema`; nobody edits it.\n",
	    s->name);
	for (size_t i = 0; i < n; i++) {
		struct str *made =
		    cells(t, &m, "SHOW CREATE TABLE %s.%.*s", s->schema, STR_ARG(table[i]));

		buf_printf(&out, "\n%.*s;\n", STR_ARG(made[1]));
	}
	assert_false(out.full);
	return buf_str(&out);
}

static struct str
read_file(struct rows *t, const char *path)
{
	char *p = arena_array(t->a, char, SCHEMA_MAX_BYTES);
	FILE *f = fopen(path, "r");
	size_t n;

	if (f == NULL)
		return STR_NONE;
	n = fread(p, 1, SCHEMA_MAX_BYTES, f);
	fclose(f);
	return (struct str){p, n};
}

static void
write_file(const char *path, struct str text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text.p, 1, text.n, f), text.n);
	assert_int_equal(fclose(f), 0);
}

static void
the_committed_schema_is_what_the_migrations_build(void **state)
{
	struct rows *t = *state;

	for (int i = 0; i < 2; i++) {
		struct side s = side_of(t, i == 0);
		const char *path = str_printf(t->a, "sql/%s/schema.sql", s.name).p;

		if (getenv("SCHEMA_WRITE") != NULL)
			write_file(path, dump(t, &s));
		if (!str_eq(read_file(t, path), dump(t, &s)))
			fail_msg("# %s is not what the migrations build: run `make schema` and "
				 "commit it",
			    path);
	}
}

/* ---- laws over tables: each answers the offenders, comma after comma, or nothing ---- */

/* What each law asks; %s is the schema. An answer with rows is a list of offenders. */
static const struct table_law {
	const char *what, *sql;
	bool tenant_only;
} table_laws[] = {
    {"is not InnoDB",
	"SELECT table_name FROM information_schema.tables WHERE table_schema = '%s' AND engine <> "
	"'InnoDB'",
	false},
    {"has no primary key",
	"SELECT table_name FROM information_schema.tables t WHERE table_schema = '%s' AND NOT "
	"EXISTS (SELECT 1 "
	"FROM information_schema.statistics s WHERE s.table_schema = t.table_schema AND "
	"s.table_name = "
	"t.table_name AND s.index_name = 'PRIMARY')",
	false},
    {"is a view", "SELECT table_name FROM information_schema.views WHERE table_schema = '%s'",
	false},
    {"has a trigger",
	"SELECT event_object_table FROM information_schema.triggers WHERE trigger_schema = '%s'",
	false},
    {"is a routine",
	"SELECT routine_name FROM information_schema.routines WHERE routine_schema = '%s'", false},
    {"counts by AUTO_INCREMENT",
	"SELECT table_name FROM information_schema.columns WHERE table_schema = '%s' AND extra "
	"LIKE "
	"'%%auto_increment%%'",
	false},
    {"has floating point",
	"SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns WHERE "
	"table_schema = '%s' "
	"AND data_type IN ('float', 'double')",
	false},
    {"reads the server's clock",
	"SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns WHERE "
	"table_schema = '%s' "
	"AND (data_type IN ('timestamp', 'datetime', 'time', 'year') OR column_default LIKE "
	"'%%current%%')",
	false},
    {"is not utf8mb4 or ascii",
	"SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns WHERE "
	"table_schema = '%s' "
	"AND character_set_name NOT IN ('utf8mb4', 'ascii')",
	false},
    {"names the company",
	"SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns WHERE "
	"table_schema = '%s' "
	"AND column_name IN ('tenant', 'tenant_id', 'company_id', 'slug')",
	true},
};

static unsigned
offenders(struct rows *t, const struct side *s, const struct table_law *l, struct buf *out)
{
	size_t n;
	char sql[1024];
	struct str *who;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(sql, sizeof(sql), l->sql, s->schema);
#pragma GCC diagnostic pop
	who = cells(t, &n, "%s", sql);
	for (size_t i = 0; i < n; i++)
		buf_printf(out, "# %s %.*s %s\n", s->name, STR_ARG(who[i]), l->what);
	return (unsigned)n;
}

static void
every_table_is_sound(void **state)
{
	struct rows *t = *state;
	struct buf why = buf_open(t->a, 1024, 65536);
	unsigned wrong = 0;

	for (int i = 0; i < 2; i++)
		for (size_t k = 0; k < COUNT_OF(table_laws); k++) {
			struct side s = side_of(t, i == 0);

			if (!(table_laws[k].tenant_only && i == 0))
				wrong += offenders(t, &s, &table_laws[k], &why);
		}
	if (wrong > 0)
		fail_msg("%.*s", STR_ARG(buf_str(&why)));
}

static void
a_company_has_at_most_48_tables(void **state)
{
	struct rows *t = *state;
	int64_t n = rows_number(
	    t, str_printf(t->a,
		   "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '%s'",
		   t->schema)
		   .p);

	assert_true(n > 0 && n <= TABLES_MAX);
}

/* A version, or append-only; or a plain count (hits, value) that is added to or set whole by its
 * key. */
static void
every_table_has_a_version_or_only_grows(void **state)
{
	struct rows *t = *state;
	size_t seen = 0, n;

	for (int i = 0; i < 2; i++) {
		struct side s = side_of(t, i == 0);

		for (const struct migration *m = s.steps; m->step != 0; m++) {
			if (!m->creates || m->append_only)
				continue;
			seen++;
			(void)cells(t, &n,
			    "SELECT 1 FROM information_schema.columns WHERE table_schema = '%s' "
			    "AND table_name = "
			    "'%s' AND column_name IN ('version', 'hits', 'value')",
			    s.schema, m->table);
			if (n == 0)
				fail_msg("# %s has no version and does not say -- append-only",
				    m->table);
		}
	}
	assert_true(seen > 0);
}

/* Each step's verify says no before it and yes after it. */
static void
every_migration_is_verified_by_its_own_question(void **state)
{
	struct rows *t = *state;
	const char *scratch = str_printf(t->a, "%sscratch", rows_prefix()).p;
	size_t n;

	for (int i = 0; i < 2; i++) {
		struct side s = side_of(t, i == 0);

		rows_ok(t, odb_run(t->op, str_printf(t->a, "CREATE DATABASE %s", scratch)));
		rows_ok(t, odb_use(t->op, scratch));
		for (const struct migration *m = s.steps; m->step != 0; m++) {
			struct str *before = cells(t, &n, "%s", m->verify), *after;

			if (n != 1 || str_eq(before[0], STR("1")))
				fail_msg(
				    "# %s %s: verify says yes before the step", s.name, m->name);
			rows_ok(t, odb_run(t->op, str_of(m->ddl)));
			after = cells(t, &n, "%s", m->verify);
			if (n != 1 || !str_eq(after[0], STR("1")))
				fail_msg("# %s %s: verify does not say yes after the step", s.name,
				    m->name);
		}
		rows_ok(t, odb_run(t->op, str_printf(t->a, "DROP DATABASE %s", scratch)));
	}
}

/* ---- seeded trespasses ---- */

static void
each_law_sees_its_trespass(void **state)
{
	static const struct {
		const char *what, *sql;
	} seed[] = {
	    {"is not InnoDB", "CREATE TABLE seed (id INT PRIMARY KEY) ENGINE=Aria"},
	    {"has no primary key", "CREATE TABLE seed (id INT NOT NULL, UNIQUE KEY id (id))"},
	    {"is a view", "CREATE VIEW seed AS SELECT id FROM staff"},
	    {"has a trigger",
		"CREATE TRIGGER seed BEFORE INSERT ON staff FOR EACH ROW SET NEW.name = 'x'"},
	    {"is a routine", "CREATE FUNCTION seed() RETURNS INT RETURN 1"},
	    {"counts by AUTO_INCREMENT", "CREATE TABLE seed (id INT AUTO_INCREMENT PRIMARY KEY)"},
	    {"has floating point", "CREATE TABLE seed (id INT PRIMARY KEY, price DOUBLE NOT NULL)"},
	    {"reads the server's clock", "CREATE TABLE seed (id INT PRIMARY KEY, at TIMESTAMP)"},
	    {"is not utf8mb4 or ascii",
		"CREATE TABLE seed (id INT PRIMARY KEY, a CHAR(3) CHARACTER SET latin1)"},
	    {"names the company", "CREATE TABLE seed (id INT PRIMARY KEY, tenant_id INT NOT NULL)"},
	};
	struct rows *t = *state;
	struct side s = side_of(t, false);

	_Static_assert(COUNT_OF(seed) == COUNT_OF(table_laws), "a seed for each law");
	for (size_t i = 0; i < COUNT_OF(seed); i++) {
		struct buf why = buf_open(t->a, 256, 4096);

		rows_ok(t, odb_use(t->op, t->schema));
		rows_ok(t, odb_run(t->op, str_of(seed[i].sql)));
		assert_string_equal(seed[i].what, table_laws[i].what);
		if (offenders(t, &s, &table_laws[i], &why) == 0)
			fail_msg("# not seen: %s", seed[i].sql);
		rows_ok(t, odb_run(t->op, STR("DROP TABLE IF EXISTS seed")));
		rows_ok(t, odb_run(t->op, STR("DROP VIEW IF EXISTS seed")));
		rows_ok(t, odb_run(t->op, STR("DROP TRIGGER IF EXISTS seed")));
		rows_ok(t, odb_run(t->op, STR("DROP FUNCTION IF EXISTS seed")));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    rows_test(the_committed_schema_is_what_the_migrations_build),
	    rows_test(every_table_is_sound),
	    rows_test(a_company_has_at_most_48_tables),
	    rows_test(every_table_has_a_version_or_only_grows),
	    rows_test(every_migration_is_verified_by_its_own_question),
	    rows_test(each_law_sees_its_trespass),
	};

	return rows_run(tests);
}
