/*
 * tests/rows/harness.c -- schemas, accounts and the neighbour's checksum.
 */
#include "tests/rows/harness.h"

#include <pwd.h>
#include <unistd.h>

#include "domain/base/words.h"
#include "sql/migrations.h"

#define WORK_MAX (64u * 1024 * 1024)

/* The whole program's: one server, one control schema, tenants counted up. */
static struct {
	struct arena *proc;
	struct odb *op;
	struct cdb *control;
	const char *socket, *operator_;
	char prefix[24], control_name[ROWS_NAME_MAX], login_name[ROWS_NAME_MAX];
	unsigned made;
	struct fault fault;
	struct rows rows;
} g;

static void need(enum err e, const char *what, const struct fault *f);
static void run(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void make_schema(const char *schema, const struct migration *steps);
static void fill(struct rows *t, const char *schema);
static void drop(const char *schema);
static struct str checksum(struct rows *t);
static struct db_login login_of(struct rows *t, const char *account, const char *schema);
static struct str one_cell(struct rows *t, const char *schema, struct str sql);

static void
need(enum err e, const char *what, const struct fault *f)
{
	struct arena *a;

	if (e == OK)
		return;
	a = arena_open(4096, 65536, NULL);
	print_error("# harness: %s: %s: %.*s (%s:%d)\n", what, err_name(e),
	    STR_ARG(words_fault(a, ENGLISH, f)), f->file != NULL ? f->file : "?", f->line);
	abort();
}

static void
run(const char *format, ...)
{
	char *sql = NULL;
	va_list list;

	va_start(list, format);
	if (vasprintf(&sql, format, list) < 0)
		abort();
	va_end(list);
	g.fault = (struct fault){0};
	odb_fault(g.op, &g.fault);
	need(odb_run(g.op, str_of(sql)), sql, &g.fault);
	free(sql);
}

/* ---- the program ---- */

const char *
rows_socket(void)
{
	return g.socket;
}

const char *
rows_prefix(void)
{
	return g.prefix;
}

const char *
rows_operator(void)
{
	return g.operator_;
}

const char *
rows_password(struct rows *t, const char *account)
{
	return str_printf(t->a, "%s of the row tests", account).p;
}

static struct db_login
login_of(struct rows *t, const char *account, const char *schema)
{
	return (struct db_login){.socket = g.socket,
	    .user = account,
	    .password = rows_password(t, account),
	    .schema = schema};
}

int
rows_open(void **state)
{
	struct passwd *me = getpwuid(geteuid());
	struct db_login login;

	(void)state;
	g.socket = getenv("POOL_DB_SOCKET");
	if (g.socket == NULL || me == NULL) {
		print_error("# run me with `make rows`: POOL_DB_SOCKET names no server\n");
		exit(1);
	}
	db_library_open();
	g.proc = arena_open(65536, WORK_MAX, NULL);
	g.operator_ = str_copy(g.proc, str_of(me->pw_name)).p;
	snprintf(g.prefix, sizeof(g.prefix), "r%d_", (int)getpid());
	snprintf(g.control_name, sizeof(g.control_name), "%scontrol", g.prefix);
	snprintf(g.login_name, sizeof(g.login_name), "%slogin", g.prefix);
	g.rows.a = arena_open(1u << 20, WORK_MAX, NULL);
	login = (struct db_login){.socket = g.socket, .user = g.operator_};
	need(odb_open(&login, &g.op, &g.fault), "the operator", &g.fault);
	make_schema(g.control_name, control_migrations);
	run("CREATE USER '%s'@'localhost' IDENTIFIED BY '%s'", g.login_name,
	    rows_password(&g.rows, g.login_name));
	login = login_of(&g.rows, g.control_name, g.control_name);
	need(cdb_open(&login, &g.control, &g.fault), "the control schema", &g.fault);
	return 0;
}

int
rows_close(void **state)
{
	(void)state;
	if (g.op == NULL)
		return 0;
	cdb_close(g.control);
	drop(g.control_name);
	run("DROP USER '%s'@'localhost'", g.login_name);
	odb_close(g.op);
	arena_close(g.rows.a);
	arena_close(g.proc);
	return 0;
}

/* A schema, its account of the same name, and rights table by table, as tenancy/provision gives
 * them. */
static void
make_schema(const char *schema, const struct migration *steps)
{
	run("CREATE DATABASE %s CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci", schema);
	run("CREATE USER '%s'@'localhost' IDENTIFIED BY '%s'", schema,
	    rows_password(&g.rows, schema));
	need(odb_use(g.op, schema), schema, &g.fault);
	for (const struct migration *m = steps; m->step != 0; m++) {
		run("%s", m->ddl);
		if (m->creates)
			run("GRANT %s ON %s.%s TO '%s'@'localhost'",
			    m->append_only ? "SELECT, INSERT" : "SELECT, INSERT, UPDATE, DELETE",
			    schema, m->table, schema);
	}
}

static void
drop(const char *schema)
{
	run("DROP DATABASE IF EXISTS %s", schema);
	run("DROP USER IF EXISTS '%s'@'localhost'", schema);
}

/* ---- one test ---- */

int
rows_set_up(void **state)
{
	struct rows *t = &g.rows;
	struct arena *a = t->a;
	struct db_login login;

	arena_reset(a);
	*t = (struct rows){.a = a, .op = g.op, .control = g.control};
	snprintf(t->schema, sizeof(t->schema), "%st%06u", g.prefix, ++g.made);
	snprintf(t->neighbour, sizeof(t->neighbour), "%st%06u", g.prefix, ++g.made);
	make_schema(t->schema, tenant_migrations);
	make_schema(t->neighbour, tenant_migrations);
	fill(t, t->neighbour);
	t->password = rows_password(t, t->schema);
	t->neighbour_password = rows_password(t, t->neighbour);
	odb_fault(g.op, &t->fault);
	cdb_fault(g.control, &t->fault);
	login = login_of(t, g.login_name, NULL);
	need(coat_open(&login, &t->coat, &t->fault), "the coat", &t->fault);
	need(coat_change(t->coat, t->schema, t->password, t->schema, &t->db, &t->fault),
	    "the tenant", &t->fault);
	*state = t;
	return 0;
}

int
rows_tear_down(void **state)
{
	struct rows *t = *state;
	bool same;

	rows_watch(t);
	coat_close(t->coat);
	coat_close(t->coat2);
	odb_fault(g.op, &g.fault);
	same = rows_neighbour_same(t);
	drop(t->schema);
	drop(t->neighbour);
	if (!same)
		print_error("# the neighbour's tables have changed\n");
	return same ? 0 : 1;
}

void
rows_expect(
    struct rows *t, enum err want, enum err got, const char *what, const char *file, int line)
{
	if (got == want)
		return;
	print_error("# %s: %s instead of %s: %.*s\n", what, err_name(got), err_name(want),
	    STR_ARG(words_fault(t->a, ENGLISH, &t->fault)));
	_fail(file, line);
}

/*
 * Three rows in each table of the neighbour, from the columns themselves: number n, text "n<n>".
 * They make every table's checksum mean something, whatever the test is about.
 */
static void
fill(struct rows *t, const char *schema)
{
	struct str *cell;
	size_t n, cols;

	need(
	    odb_rows(g.op,
		str_printf(t->a,
		    "SELECT table_name, GROUP_CONCAT(column_name ORDER BY ordinal_position), "
		    "GROUP_CONCAT(CASE WHEN data_type LIKE '%%int' THEN '@n' "
		    "WHEN data_type IN ('date') THEN '''2026-01-01''' "
		    "ELSE CONCAT('LEFT(CONCAT(''n'', @n), ', LEAST(character_maximum_length, 40), "
		    "')') END "
		    "ORDER BY ordinal_position) "
		    "FROM information_schema.columns WHERE table_schema = '%s' GROUP BY table_name",
		    schema),
		t->a, &cell, &n, &cols),
	    "columns", &g.fault);
	for (size_t i = 0; i < n; i++)
		for (int k = 1; k <= 3; k++) {
			run("SET @n = %d", k);
			run("INSERT INTO %s.%.*s (%.*s) VALUES (%.*s)", schema,
			    STR_ARG(cell[i * cols]), STR_ARG(cell[i * cols + 1]),
			    STR_ARG(cell[i * cols + 2]));
		}
}

static struct str
checksum(struct rows *t)
{
	struct str *cell, tables;
	struct buf all = buf_open(t->a, 1024, 65536);
	size_t n, cols;

	tables = one_cell(t, t->neighbour,
	    str_printf(t->a,
		"SELECT GROUP_CONCAT(table_schema, '.', table_name) FROM information_schema.tables "
		"WHERE table_schema = '%s'",
		t->neighbour));
	need(odb_rows(g.op, str_printf(t->a, "CHECKSUM TABLE %.*s EXTENDED", STR_ARG(tables)), t->a,
		 &cell, &n, &cols),
	    "checksum", &g.fault);
	for (size_t i = 0; i < n; i++)
		buf_printf(
		    &all, "%.*s=%.*s\n", STR_ARG(cell[i * cols]), STR_ARG(cell[i * cols + 1]));
	return buf_str(&all);
}

void
rows_watch(struct rows *t)
{
	if (t->watching)
		return;
	t->watching = true;
	t->before = checksum(t);
}

bool
rows_neighbour_same(struct rows *t)
{
	return str_eq(checksum(t), t->before);
}

/* ---- arranging and looking ---- */

void
rows_sql(struct rows *t, const char *format, ...)
{
	char *sql = NULL;
	va_list list;

	va_start(list, format);
	if (vasprintf(&sql, format, list) < 0)
		abort();
	va_end(list);
	need(odb_use(g.op, t->neighbour), t->neighbour, &t->fault);
	if (!t->watching)
		run("%s", sql);
	need(odb_use(g.op, t->schema), t->schema, &t->fault);
	run("%s", sql);
	odb_fault(g.op, &t->fault);
	free(sql);
}

void
rows_table(struct rows *t, const char *name, const char *columns)
{
	rows_sql(t, "CREATE TABLE %s (%s)", name, columns);
	run("GRANT SELECT, INSERT, UPDATE, DELETE ON %s.%s TO '%s'@'localhost'", t->schema, name,
	    t->schema);
	run("GRANT SELECT, INSERT, UPDATE, DELETE ON %s.%s TO '%s'@'localhost'", t->neighbour, name,
	    t->neighbour);
	odb_fault(g.op, &t->fault);
}

struct tdb *
rows_second(struct rows *t)
{
	struct db_login login = login_of(t, g.login_name, NULL);
	struct tdb *db = NULL;

	coat_close(t->coat2);
	need(coat_open(&login, &t->coat2, &t->fault), "the second coat", &t->fault);
	need(coat_change(t->coat2, t->schema, t->password, t->schema, &db, &t->fault), "the tenant",
	    &t->fault);
	return db;
}

static struct str
one_cell(struct rows *t, const char *schema, struct str sql)
{
	struct str *cell = NULL;
	size_t n = 0, cols = 0;

	g.fault = (struct fault){0};
	odb_fault(g.op, &g.fault);
	need(odb_use(g.op, schema), schema, &g.fault);
	need(odb_rows(g.op, sql, t->a, &cell, &n, &cols), sql.p, &g.fault);
	odb_fault(g.op, &t->fault);
	return n == 1 && cols == 1 ? cell[0] : STR_NONE;
}

struct str
rows_text(struct rows *t, const char *sql)
{
	return one_cell(t, t->schema, str_of(sql));
}

int64_t
rows_number(struct rows *t, const char *sql)
{
	int64_t v = INT64_MIN;

	if (!str_i64(rows_text(t, sql), &v))
		fail_msg("# %s answers no number", sql);
	return v;
}
