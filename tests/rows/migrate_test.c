/*
 * tests/rows/migrate_test.c -- schemas brought forward, and spares made, by programs that are
 * killed in the middle: what comes out is always whole, and like every other.
 */
#include <inttypes.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sql/control/queries/tenants.h"
#include "sql/migrations.h"
#include "tenancy/migrate.h"
#include "tenancy/provision.h"
#include "tests/rows/world.h"

#define KILLS  20
#define SPARES 8

static struct str
ask(struct world *t, const char *format, const char *schema)
{
	char sql[2048];
	struct str *cell;
	size_t rows, cols;

	assert_true(snprintf(sql, sizeof sql, format, schema, schema) < (int)sizeof sql);
	t->fault = (struct fault){0};
	world_ok(t, &t->fault, odb_rows(t->op.odb, str_of(sql), t->a, &cell, &rows, &cols));
	return rows > 0 ? cell[0] : STR_NONE;
}

/* Tables, columns, keys, rights and records of a schema as one text, without its name. */
static struct str
portrait(struct world *t, const char *schema)
{
	return str_printf(t->a, "%.*s|%.*s|%.*s|%.*s",
	    STR_ARG(ask(t,
		"SELECT MD5(GROUP_CONCAT(table_name, column_name, column_type, is_nullable, "
		"COALESCE(column_default, '-') ORDER BY table_name, ordinal_position)) "
		"FROM information_schema.columns WHERE table_schema = '%s'",
		schema)),
	    STR_ARG(ask(t,
		"SELECT MD5(GROUP_CONCAT(table_name, index_name, column_name, non_unique "
		"ORDER BY table_name, index_name, seq_in_index)) "
		"FROM information_schema.statistics WHERE table_schema = '%s'",
		schema)),
	    STR_ARG(ask(t,
		"SELECT GROUP_CONCAT(Table_name, ' ', Table_priv ORDER BY Table_name) "
		"FROM mysql.tables_priv WHERE User = '%s' AND Db = '%s'",
		schema)),
	    STR_ARG(ask(t,
		"SELECT GROUP_CONCAT(step, name, HEX(digest) ORDER BY step) FROM `%s`.migration",
		schema)));
}

/* Back to the day before the first migration. */
static void
age(struct world *t, const struct tenant *who)
{
	world_control(t, "DROP DATABASE %s", who->schema);
	world_control(
	    t, "CREATE DATABASE %s CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci", who->schema);
	world_control(t, "UPDATE tenant SET step = 0 WHERE id = %llu", (unsigned long long)who->id);
}

static void
an_empty_schema_becomes_like_every_other(void **state)
{
	struct world *t = *state;
	struct migrated m;

	age(t, &t->mine);
	world_ok(t, &t->fault, migrate_tenant(&t->op, t->mine.id, t->mine.schema, &m));
	assert_int_equal(m.from, 0);
	assert_int_equal(m.to, TENANT_STEP);
	assert_string_equal(portrait(t, t->mine.schema).p, portrait(t, t->other.schema).p);
	assert_int_equal(world_control_number(t, "SELECT step FROM tenant WHERE id = %llu",
			     (unsigned long long)t->mine.id),
	    TENANT_STEP);
}

static void
a_step_that_ran_without_its_record_is_not_run_again(void **state)
{
	struct world *t = *state;
	struct migrated m;
	struct str before = portrait(t, t->mine.schema);

	world_mine(t, "INSERT INTO role (id, name, may) VALUES (1, 'Kept', 0)");
	world_mine(t, "DELETE FROM migration WHERE step > 2");
	/* Killed before the rights were given: they come back as well. */
	world_mine(t, "REVOKE ALL PRIVILEGES ON %s.role FROM '%s'@'localhost'", t->mine.schema,
	    t->mine.schema);
	world_ok(t, &t->fault, migrate_tenant(&t->op, t->mine.id, t->mine.schema, &m));
	assert_int_equal(m.from, 2);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM role WHERE name = 'Kept'"), 1);
	assert_string_equal(portrait(t, t->mine.schema).p, before.p);
}

static void
an_applied_step_with_another_text_is_refused(void **state)
{
	struct world *t = *state;
	struct migrated m;

	world_mine(t, "UPDATE migration SET digest = REPEAT('x', 32) WHERE step = 3");
	t->fault = (struct fault){0};
	world_err(t, &t->fault, E_INVALID, migrate_tenant(&t->op, t->mine.id, t->mine.schema, &m));
	assert_string_equal(t->fault.field, "migration");
}

static void
steps_of_a_newer_program_are_left_alone(void **state)
{
	struct world *t = *state;
	struct migrated m;

	world_mine(t,
	    "INSERT INTO migration (step, name, digest, applied_at) "
	    "VALUES (%u, 'later', REPEAT('x', 32), 1)",
	    TENANT_STEP + 1);
	world_ok(t, &t->fault, migrate_tenant(&t->op, t->mine.id, t->mine.schema, &m));
	assert_int_equal(m.from, TENANT_STEP);
}

static void
an_alter_that_is_not_instant_is_refused_before_it_runs(void **state)
{
	static const struct migration list[] = {
	    {.step = 1,
		.phase = PHASE_EXPAND,
		.name = "0001_x",
		.why = "a test",
		.verify = "SELECT 0",
		.ddl = "ALTER TABLE company ADD KEY name (name)",
		.table = "company"},
	    {.step = 0}};
	struct world *t = *state;
	struct str before = portrait(t, t->mine.schema);
	struct migrated m;

	world_mine(t, "DELETE FROM migration");
	t->fault = (struct fault){0};
	world_err(t, &t->fault, E_INVALID,
	    migrate_schema(&t->op, t->mine.schema, t->mine.schema, list, &m));
	/* All but the records, which we took away ourselves, is as it was. */
	assert_memory_equal(portrait(t, t->mine.schema).p, before.p, 66);
}

/* ---- killed ---- */

typedef enum err job_fn(struct operator* op);

/* A program of its own, as poolctl is one; killed after at most `us` microseconds. true: it had
 * finished. */
static bool
run_and_kill(struct world *t, job_fn *job, unsigned us)
{
	const struct timespec wait = {us / 1000000, (long)(us % 1000000) * 1000};
	int status = 0;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct fault f = {0};
		struct operator op;

		setpgid(0, 0);
		if (freopen("/dev/null", "w", stdout) == NULL ||
		    operator_open(&t->config, arena_open(65536, 1u << 26, NULL), &f, &op) != OK)
			_exit(2);
		_exit(job(&op) == OK ? 0 : 1);
	}
	setpgid(pid, pid);
	nanosleep(&wait, NULL);
	kill(-pid, SIGKILL); /* and the processes that it has started */
	waitpid(pid, &status, 0);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static enum err bring_all(struct operator* op)
{
	return migrate_all(op);
}

static enum err make_spares(struct operator* op)
{
	unsigned made;

	return provision_stock(op, SPARES, 0, &made);
}

/* A lock is free once its last holder is gone: those that were killed may still be leaving. */
static void
finish(struct world *t, job_fn *job)
{
	for (int i = 0; i < 200; i++) {
		const struct timespec wait = {0, 20000000};

		t->fault = (struct fault){0};
		if (job(&t->op) == OK)
			return;
		if (t->fault.err != E_LIMIT)
			break;
		nanosleep(&wait, NULL);
	}
	world_ok(t, &t->fault, t->fault.err);
}

static void
migrations_killed_anywhere_end_whole(void **state)
{
	struct world *t = *state;
	struct str want = portrait(t, t->other.schema);
	unsigned finished = 0, whole_us;
	int64_t began, ended, s;

	t->both = true;
	/* How long it takes undisturbed: the kills fall anywhere in that. */
	age(t, &t->mine);
	now_read(&s, &began);
	finish(t, bring_all);
	now_read(&s, &ended);
	whole_us = (unsigned)(ended - began + 1) * 1000;
	age(t, &t->mine);
	for (unsigned i = 0; i < KILLS; i++) {
		bool done = run_and_kill(t, bring_all, (i * 2654435761u >> 4) % whole_us);

		if (!done && i % 8 != 7)
			continue;
		finished += done;
		finish(t, bring_all);
		assert_string_equal(portrait(t, t->mine.schema).p, want.p);
		age(t, &t->mine);
	}
	finish(t, bring_all);
	assert_string_equal(portrait(t, t->mine.schema).p, want.p);
	assert_int_equal(
	    world_control_number(t, "SELECT COUNT(*) FROM tenant WHERE step < %u", TENANT_STEP), 0);
	print_message(
	    "# of %d programs %u had finished before they were killed\n", KILLS, finished);
}

static void
spares_whose_maker_was_killed_are_finished(void **state)
{
	struct world *t = *state;
	struct str want = portrait(t, t->other.schema), *name;
	size_t rows, cols;

	t->both = true;
	for (unsigned i = 0; i < KILLS; i++)
		(void)run_and_kill(t, make_spares, 3000 + (i * 2654435761u >> 4) % 40000);
	finish(t, make_spares);
	assert_int_equal(world_control_number(
			     t, "SELECT COUNT(*) FROM tenant WHERE status = %d", (int)TENANT_SPARE),
	    SPARES);
	/* No schema that nobody knows, no account without a schema, a key for each. */
	assert_string_equal(ask(t,
				"SELECT COUNT(*) FROM information_schema.schemata s "
				"LEFT JOIN %scontrol.tenant t ON t.schema_name = s.schema_name "
				"WHERE s.schema_name REGEXP '^%st[0-9]' AND t.id IS NULL",
				t->config.db_prefix)
				.p,
	    "0");
	assert_string_equal(ask(t,
				"SELECT COUNT(*) FROM mysql.user u "
				"LEFT JOIN %scontrol.tenant t ON t.schema_name = u.User "
				"WHERE u.User REGEXP '^%st[0-9]' AND t.id IS NULL",
				t->config.db_prefix)
				.p,
	    "0");
	assert_int_equal(world_control_number(t,
			     "SELECT COUNT(*) FROM tenant t LEFT JOIN tenant_key k "
			     "ON k.tenant_id = t.id WHERE t.status = %d AND k.tenant_id IS NULL",
			     (int)TENANT_SPARE),
	    0);
	world_ok(t, &t->fault,
	    odb_rows(t->op.odb,
		str_printf(t->a,
		    "SELECT schema_name FROM %scontrol.tenant "
		    "WHERE status = %d",
		    t->config.db_prefix, (int)TENANT_SPARE),
		t->a, &name, &rows, &cols));
	for (size_t i = 0; i < rows; i++) {
		assert_string_equal(portrait(t, name[i].p).p, want.p);
		world_ok(t, &t->fault, provision_drop(&t->op, name[i].p));
	}
	world_control(t, "DELETE FROM tenant WHERE status = %d", (int)TENANT_SPARE);
}

/* A schema of ours that the control schema has forgotten is made a spare only if nobody lives in
 * it. */
static void
a_forgotten_company_is_never_made_a_spare(void **state)
{
	struct world *t = *state;
	unsigned mended;

	t->both = true;
	world_control(t, "DELETE FROM tenant WHERE id = %llu", (unsigned long long)t->mine.id);
	t->fault = (struct fault){0};
	world_ok(t, &t->fault, provision_mend(&t->op, &mended));
	assert_int_equal(mended, 0);
	assert_int_equal(world_control_number(t, "SELECT COUNT(*) FROM tenant WHERE id = %llu",
			     (unsigned long long)t->mine.id),
	    0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM company"), 1);
}

static void
two_programs_do_not_migrate_at_once(void **state)
{
	struct world *t = *state;
	int lock;

	world_ok(t, &t->fault, operator_lock(&t->op, "migrate", 0, &lock));
	t->fault = (struct fault){0};
	world_err(t, &t->fault, E_LIMIT, migrate_all(&t->op));
	close(lock);
	t->fault = (struct fault){0};
	world_ok(t, &t->fault, migrate_all(&t->op));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    world_test(an_empty_schema_becomes_like_every_other),
	    world_test(a_step_that_ran_without_its_record_is_not_run_again),
	    world_test(an_applied_step_with_another_text_is_refused),
	    world_test(steps_of_a_newer_program_are_left_alone),
	    world_test(an_alter_that_is_not_instant_is_refused_before_it_runs),
	    world_test(migrations_killed_anywhere_end_whole),
	    world_test(spares_whose_maker_was_killed_are_finished),
	    world_test(a_forgotten_company_is_never_made_a_spare),
	    world_test(two_programs_do_not_migrate_at_once),
	};

	return world_run("tenancy/migrate", tests);
}
