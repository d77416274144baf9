/*
 * A server that is set up unsafely is refused, and the setting is named.
 */
#include "sql/conn.h"
#include "tests/rows/harness.h"

/* Settings that can be made unsafe while the server runs: name, unsafe value, safe value. */
static const struct {
	const char *name, *unsafe, *safe;
} live[] = {
    {"innodb_flush_log_at_trx_commit", "2", "1"},
    {"innodb_flush_log_at_trx_commit", "0", "1"},
    {"sync_binlog", "0", "1"},
    {"innodb_snapshot_isolation", "OFF", "ON"},
    {"tx_isolation", "'READ-COMMITTED'", "'REPEATABLE-READ'"},
    {"autocommit", "OFF", "ON"},
    {"default_storage_engine", "Aria", "InnoDB"},
    {"sql_mode", "'NO_ENGINE_SUBSTITUTION'",
	"'STRICT_TRANS_TABLES,STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_"
	"SUBSTITUTION'"},
    {"character_set_server", "latin1", "utf8mb4"},
    {"default_password_lifetime", "30", "0"},
};

static void
set(struct rows *t, const char *name, const char *value)
{
	rows_ok(t, odb_run(t->op, str_printf(t->a, "SET GLOBAL %s = %s", name, value)));
}

static void
the_server_of_the_tests_is_safe(void **state)
{
	struct rows *t = *state;

	rows_ok(t, db_check_server(t->control, &t->fault));
}

static void
each_unsafe_setting_is_refused_by_name(void **state)
{
	struct rows *t = *state;

	for (size_t i = 0; i < COUNT_OF(live); i++) {
		set(t, live[i].name, live[i].unsafe);
		t->fault = (struct fault){0};
		if (db_check_server(t->control, &t->fault) != E_INVALID ||
		    strcmp(t->fault.field, live[i].name) != 0) {
			set(t, live[i].name, live[i].safe);
			fail_msg("# %s = %s was not refused", live[i].name, live[i].unsafe);
		}
		set(t, live[i].name, live[i].safe);
	}
	rows_ok(t, db_check_server(t->control, &t->fault));
}

static void
a_setting_that_is_fixed_at_start_or_unknown_is_refused_too(void **state)
{
	struct fault f = {0};

	(void)state;
	assert_int_equal(setting_check("innodb_doublewrite", "OFF", &f), E_INVALID);
	assert_string_equal(f.field, "innodb_doublewrite");
	assert_int_equal(setting_check("innodb_doublewrite", "ON", NULL), OK);
	f = (struct fault){0};
	assert_int_equal(setting_check("innodb_snapshot_isolation", NULL, &f), E_INVALID);
	assert_string_equal(f.field, "innodb_snapshot_isolation");
}

static void
a_role_anywhere_is_refused(void **state)
{
	struct rows *t = *state;

	rows_ok(t, odb_run(t->op, STR("CREATE ROLE rows_role")));
	rows_ok(t,
	    odb_run(t->op,
		str_printf(t->a, "GRANT SELECT ON mysql.roles_mapping TO '%scontrol'@'localhost'",
		    rows_prefix())));
	rows_err(t, E_INVALID, db_check_server(t->control, &t->fault));
	assert_string_equal(t->fault.field, "roles");
	rows_ok(t, odb_run(t->op, STR("DROP ROLE rows_role")));
	rows_ok(t, db_check_server(t->control, &t->fault));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    rows_test(the_server_of_the_tests_is_safe),
	    rows_test(each_unsafe_setting_is_refused_by_name),
	    cmocka_unit_test(a_setting_that_is_fixed_at_start_or_unknown_is_refused_too),
	    rows_test(a_role_anywhere_is_refused),
	};

	return rows_run(tests);
}
