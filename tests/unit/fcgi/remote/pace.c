/* tests/unit/fcgi/remote/pace.c -- turns come one after another, of all processes together. */
#include "fcgi/remote/pace.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tenancy/log.h"
#include "tests/unit/test.h"

static char folder[] = "/tmp/pace-XXXXXX";

static void
three_processes_keep_one_pace(void **state)
{
	const int64_t from = mono_us();
	pid_t child[3];

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		child[i] = fork();
		if (child[i] == 0) {
			struct fault f = {0};

			for (unsigned n = 0; n < 4; n++)
				if (pace_take(folder, "test", 1200, &f) != OK)
					_exit(1);
			_exit(0);
		}
	}
	for (unsigned i = 0; i < 3; i++) {
		int status = 1;

		assert_int_equal(waitpid(child[i], &status, 0), child[i]);
		assert_int_equal(status, 0);
	}
	/* Twelve turns of 50 ms: eleven pauses between them. */
	assert_true(mono_us() - from >= 11 * 50000);
}

static void
a_turn_that_is_far_away_is_for_later(void **state)
{
	struct fault f = {0};

	(void)state;
	assert_int_equal(pace_take(folder, "slow", 6, &f), OK);
	assert_int_equal(pace_take(folder, "slow", 6, &f), E_LIMIT);
	assert_in_range(f.retry_after_s, 8, 11);
	f = (struct fault){0};
	assert_int_equal(pace_take("/nowhere/at/all", "slow", 6, &f), E_AWAY);
}

static int
open_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) == NULL;
}

static int
close_folder(void **state)
{
	char path[64];
	const char *const names[] = {"test", "slow"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		snprintf(path, sizeof(path), "%s/%s.pace", folder, names[i]);
		unlink(path);
	}
	return rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(three_processes_keep_one_pace),
	    cmocka_unit_test(a_turn_that_is_far_away_is_for_later),
	};

	return cmocka_run_group_tests_name("fcgi/remote/pace", tests, open_folder, close_folder);
}
