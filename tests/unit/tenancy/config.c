/*
 * tests/unit/tenancy/config.c -- environment over file over default; what is wrong is named.
 */
#include "tenancy/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

#include "domain/base/words.h"

static struct arena *arena;
static char path[64], secret_path[80];

static int
set_up(void **state)
{
	(void)state;
	/* Only ours: the runner's own variables say how to print. */
	assert_int_equal(unsetenv("POOL_CONFIG"), 0);
	assert_int_equal(unsetenv("POOL_SPARES"), 0);
	assert_int_equal(unsetenv("POOL_DEV"), 0);
	assert_int_equal(unsetenv("POOL_SMTP_PASSWORD"), 0);
	assert_int_equal(unsetenv("POOL_SMTP_PASSWORD_FILE"), 0);
	arena = arena_open(1 << 20, 64 << 20, NULL);
	(void)snprintf(path, sizeof(path), "/tmp/poolhouse-test-conf-%ld", (long)getpid());
	(void)snprintf(secret_path, sizeof(secret_path), "%s.secret", path);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	(void)unlink(path);
	(void)unlink(secret_path);
	arena_close(arena);
	return 0;
}

static void
write_file(const char *to, const char *text)
{
	FILE *out = fopen(to, "we");

	assert_non_null(out);
	assert_true(fputs(text, out) >= 0);
	assert_int_equal(fclose(out), 0);
}

static enum err
load(const char *text, struct config *c, struct fault *f)
{
	*f = (struct fault){OK};
	write_file(path, text);
	return config_load(path, arena, c, f);
}

static void
without_a_word_the_defaults_hold(void **state)
{
	struct config c;
	struct fault f;

	(void)state;
	assert_int_equal(load("", &c, &f), OK);
	assert_string_equal(c.base_url, "http://localhost:8080");
	assert_string_equal(c.db_prefix, "pool_");
	assert_string_equal(c.smtp_password, "");
	assert_int_equal(c.web_workers, 4);
	assert_int_equal(c.auth_workers, sysconf(_SC_NPROCESSORS_ONLN));
	assert_int_equal(c.spares, 20);
	assert_false(c.dev);
	assert_true(c.db_operator[0] != '\0');
}

static void
the_environment_beats_the_file_and_the_file_the_default(void **state)
{
	struct config c;
	struct fault f;

	(void)state;
	assert_int_equal(setenv("POOL_SPARES", "7", 1), 0);
	assert_int_equal(setenv("POOL_DEV", "1", 1), 0);
	assert_int_equal(load("# a comment\n\n  spares = 9\nweb_workers=3\nbase_url =  "
			      "https://pool.example:8443 \n",
			     &c, &f),
	    OK);
	assert_int_equal(c.spares, 7);
	assert_int_equal(c.web_workers, 3);
	assert_true(c.dev);
	assert_string_equal(c.base_url, "https://pool.example:8443");
}

static void
what_is_wrong_in_the_file_is_named_by_line(void **state)
{
	static const struct {
		const char *text, *field, *says;
	} bad[] = {{"spares = 9\nspare = 1\n", "config", "line 2: there is no setting spare."},
	    {"just words\n", "config", "line 1: expected `key = value`."},
	    {"spares = 1\n\nspares = 2\n", "spares", "line 3: spares is set a second time."},
	    {"spares = 0\n", "spares", "spares from the configuration file must be a number from 1 to 1000."},
	    {"spares = 7x\n", "spares", "must be a number from 1 to 1000."},
	    {"dev = yes\n", "dev", "must be 0 or 1."}, {"base_url = localhost\n", "base_url", "http:// or https://"},
	    {"base_url = http://x/y\n", "base_url", "without a path"},
	    {"db_prefix = Pool;\n", "db_prefix", "lower-case"},
	    {"master_key = 00\n", "config", "there is no setting master_key."}};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct config c;
		struct fault f;
		struct str said;

		assert_int_equal(load(bad[i].text, &c, &f), E_INVALID);
		assert_string_equal(f.field, bad[i].field);
		said = words_fault(arena, ENGLISH, &f);
		if (strstr(said.p, bad[i].says) == NULL)
			fail_msg("\"%s\" does not say \"%s\"", said.p, bad[i].says);
	}
}

static void
a_secret_may_live_in_a_file_of_its_own(void **state)
{
	struct config c;
	struct fault f;
	struct buf out = buf_open(arena, 4096, 65536);

	(void)state;
	write_file(secret_path, "correct horse\n");
	assert_int_equal(
	    load(str_printf(arena, "smtp_password_file = %s\n", secret_path).p, &c, &f), OK);
	assert_string_equal(c.smtp_password, "correct horse");
	config_print(&c, &out);
	assert_null(strstr(buf_str(&out).p, "correct horse"));
	assert_non_null(strstr(buf_str(&out).p, "***"));
	assert_int_equal(setenv("POOL_SMTP_PASSWORD", "other", 1), 0);
	assert_int_equal(
	    load(str_printf(arena, "smtp_password_file = %s\n", secret_path).p, &c, &f), OK);
	assert_string_equal(c.smtp_password, "other");
	assert_int_equal(setenv("POOL_SMTP_PASSWORD_FILE", secret_path, 1), 0);
	assert_int_equal(load("", &c, &f), E_INVALID);
	assert_string_equal(f.field, "smtp_password");
	assert_int_equal(unsetenv("POOL_SMTP_PASSWORD"), 0);
	assert_int_equal(load("", &c, &f), OK);
	assert_int_equal(load("smtp_user_file = /etc/hostname\n", &c, &f), E_INVALID);
	assert_int_equal(setenv("POOL_SMTP_PASSWORD_FILE", "/nonexistent", 1), 0);
	assert_int_equal(load("", &c, &f), E_INVALID);
	assert_string_equal(f.field, "smtp_password");
}

static void
a_named_file_must_be_there(void **state)
{
	struct config c;
	struct fault f = {OK};

	(void)state;
	assert_int_equal(config_load("/nonexistent/poolhouse.conf", arena, &c, &f), E_INVALID);
	f = (struct fault){OK};
	assert_int_equal(setenv("POOL_CONFIG", "/nonexistent/poolhouse.conf", 1), 0);
	assert_int_equal(config_load(NULL, arena, &c, &f), E_INVALID);
}

static void
a_zone_is_read_once_and_a_wrong_name_leaves_nothing(void **state)
{
	struct config c;
	struct fault f;
	const struct zone *one, *two;
	static const char *const bad[] = {"", "Nowhere/Atlantis", "../../../etc/passwd",
	    "/etc/passwd", "tzdata.zi", "zone.tab", "America"};
	size_t held;

	(void)state;
	assert_int_equal(load("", &c, &f), OK);
	assert_int_equal(config_zone(&c, STR("America/Phoenix"), &one, &f), OK);
	assert_int_equal(config_zone(&c, STR("America/Phoenix"), &two, &f), OK);
	assert_ptr_equal(one, two);
	held = arena_held(arena);
	for (int round = 0; round < 200; round++) {
		for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
			f = (struct fault){OK};
			assert_int_equal(config_zone(&c, str_of(bad[i]), &two, &f), E_INVALID);
			assert_string_equal(f.field, "zone");
		}
	}
	assert_int_equal(arena_held(arena), held);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(without_a_word_the_defaults_hold, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		the_environment_beats_the_file_and_the_file_the_default, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		what_is_wrong_in_the_file_is_named_by_line, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		a_secret_may_live_in_a_file_of_its_own, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_named_file_must_be_there, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		a_zone_is_read_once_and_a_wrong_name_leaves_nothing, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
