/* tests/unit/fcgi/http/metrics.c -- figures of several processes meet in one file per kind. */
#include "fcgi/http/metrics.h"
#include "tests/unit/test.h"

#include <sys/wait.h>
#include <unistd.h>

static struct arena *arena;
static char folder[] = "/tmp/poolhouse-metrics-XXXXXX";

static int
set_up(void **state)
{
	(void)state;
	arena = arena_open(65536, 4 << 20, NULL);
	return mkdtemp(folder) == NULL;
}

static int
tear_down(void **state)
{
	char path[100];

	(void)state;
	snprintf(path, sizeof(path), "%s/web.metrics", folder);
	unlink(path);
	snprintf(path, sizeof(path), "%s/auth.metrics", folder);
	unlink(path);
	arena_close(arena);
	return rmdir(folder);
}

static const char *
printed(void)
{
	struct buf b = buf_open(arena, 4096, 256 * 1024);

	metrics_print(folder, &b);
	assert_false(b.full);
	return buf_str(&b).p;
}

static void
workers_add_to_one_figure(void **state)
{
	int i, k, status;

	(void)state;
	metrics_open(folder, "web");
	for (i = 0; i < 4; i++)
		if (fork() == 0) {
			for (k = 0; k < 1000; k++) {
				metrics_add(METRIC_SQL, 3);
				metrics_request(OFFICE, 200, 1500);
			}
			_exit(0);
		}
	while (wait(&status) > 0)
		assert_int_equal(status, 0);
	assert_non_null(strstr(printed(), "poolhouse_sql_statements_total{kind=\"web\"} 12000\n"));
	assert_non_null(strstr(printed(),
	    "poolhouse_requests_total{kind=\"web\",surface=\"office\",status=\"2xx\"} 4000\n"));
	assert_non_null(strstr(printed(),
	    "poolhouse_request_seconds_bucket{kind=\"web\",surface=\"office\",le=\"0.001\"} 0\n"));
	assert_non_null(strstr(printed(),
	    "poolhouse_request_seconds_bucket{kind=\"web\",surface=\"office\",le=\"+Inf\"} 4000\n"));
	assert_non_null(strstr(printed(), "poolhouse_request_seconds_sum{kind=\"web\",surface=\"office\"} 6.000000\n"));
}

static void
one_worker_prints_all_kinds_and_a_restart_keeps_them(void **state)
{
	(void)state;
	metrics_open(folder, "auth");
	metrics_add(METRIC_RETRIES, 7);
	metrics_open(folder, "web");
	metrics_open(folder, "auth");
	metrics_add(METRIC_RETRIES, 1);
	assert_non_null(strstr(printed(), "poolhouse_retries_total{kind=\"auth\"} 8\n"));
	assert_non_null(strstr(printed(), "poolhouse_sql_statements_total{kind=\"web\"} 12000\n"));
}

static void
nonsense_is_not_counted(void **state)
{
	(void)state;
	metrics_add((enum metric)999, 1);
	metrics_request((enum surface)999, 200, 1);
	metrics_request(OFFICE, 0, 1);
	metrics_open("/no/such/folder", "web");
	metrics_add(METRIC_SQL, 1);
	assert_null(strstr(printed(), "status=\"0xx\""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(workers_add_to_one_figure),
		cmocka_unit_test(one_worker_prints_all_kinds_and_a_restart_keeps_them),
		cmocka_unit_test(nonsense_is_not_counted),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
