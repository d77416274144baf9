/*
 * tests/bench/raw.c -- how fast is the database alone? The statements of a signed-in request, as the
 * company's own account, over and over by as many processes as asked, with nothing around them.
 *
 *	raw ACCOUNT PROCESSES SECONDS [FILE]    (POOL_* as for poolctl)   prints requests/s
 *
 * FILE: other statements instead, one per line, all of them one request that has no transaction; they are prepared once,
 * as those of a worker are, and their rows are fetched and dropped.
 */
#include <mysql.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "domain/base/arena.h"
#include "tenancy/config.h"
#include "tenancy/keys.h"

static double
now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
ask(MYSQL *db, const char *text)
{
	MYSQL_RES *res;

	if (mysql_query(db, text) != 0) {
		fprintf(stderr, "raw: %s: %s\n", text, mysql_error(db));
		_exit(1);
	}
	res = mysql_store_result(db);
	if (res != NULL)
		mysql_free_result(res);
}

/* One that is prepared: its rows come, each into nothing. */
static void
ask_again(MYSQL_STMT *st)
{
	int more = mysql_stmt_execute(st);

	while (more == 0 || more == MYSQL_DATA_TRUNCATED)
		more = mysql_stmt_fetch(st);
	if (more != MYSQL_NO_DATA || mysql_stmt_free_result(st) != 0) {
		fprintf(stderr, "raw: %s\n", mysql_stmt_error(st));
		_exit(1);
	}
}

#define LINES 32
#define LINE_MAX_BYTES 4096
static char line[LINES][LINE_MAX_BYTES];

/* The statements of one request: those of a file, or of the smallest signed-in request there is. */
static int
statements(const char *path)
{
	static const char *const plain[] = {
	    "SELECT s.id, s.seen_at, t.id, t.name, t.role, t.state FROM session s, staff t LIMIT 1",
	    "SELECT * FROM company"};
	int n = 0;
	FILE *in;

	if (path == NULL) {
		for (; n < 2; n++)
			snprintf(line[n], sizeof(line[n]), "%s", plain[n]);
		return n;
	}
	in = fopen(path, "re");
	while (in != NULL && n < LINES && fgets(line[n], sizeof(line[n]), in) != NULL)
		line[n][strcspn(line[n], "\n")] = '\0', n++;
	if (in != NULL)
		fclose(in);
	return n;
}

/* -> how often all of them were asked until then */
static double
plainly(MYSQL *db, int lines, double until)
{
	double n = 0;

	for (; now_s() < until; n++) {
		ask(db, "START TRANSACTION READ ONLY");
		for (int k = 0; k < lines; k++)
			ask(db, line[k]);
		ask(db, "COMMIT");
	}
	return n;
}

static double
again(MYSQL *db, int lines, double until)
{
	MYSQL_STMT *st[LINES];
	double n = 0;

	for (int k = 0; k < lines; k++) {
		st[k] = mysql_stmt_init(db);
		if (mysql_stmt_prepare(st[k], line[k], strlen(line[k])) != 0) {
			fprintf(stderr, "raw: %s: %s\n", line[k], mysql_stmt_error(st[k]));
			_exit(1);
		}
	}
	for (; now_s() < until; n++)
		for (int k = 0; k < lines; k++)
			ask_again(st[k]);
	return n;
}

int
main(int argc, char **argv)
{
	struct arena *a = arena_open(65536, 4 * 1024 * 1024, NULL);
	struct config config;
	struct keys *keys;
	struct fault f = {0};
	char password[DB_PASSWORD_LETTERS + 1];
	int pipes[2], processes = argc >= 4 ? (int)strtol(argv[2], NULL, 10) : 0;
	int lines = statements(argc == 5 ? argv[4] : NULL);
	double seconds = argc >= 4 ? strtod(argv[3], NULL) : 0, sum = 0, one;

	if (processes < 1 || processes > 64 || seconds <= 0 || lines == 0 || pipe(pipes) != 0)
		return 2;
	if (config_load(NULL, a, &config, &f) != OK || keys_open(&config, a, &keys, &f) != OK)
		return 1;
	keys_db_password(keys, argv[1], password);
	for (int i = 0; i < processes; i++) {
		if (fork() != 0)
			continue;
		MYSQL *db = mysql_init(NULL);
		double start = now_s(), n;

		if (mysql_real_connect(db, NULL, argv[1], password, argv[1], 0, config.db_socket, 0) == NULL) {
			fprintf(stderr, "raw: %s\n", mysql_error(db));
			_exit(1);
		}
		n = argc == 5 ? again(db, lines, start + seconds) : plainly(db, lines, start + seconds);
		n /= now_s() - start;
		if (write(pipes[1], &n, sizeof n) != sizeof n)
			_exit(1);
		_exit(0);
	}
	for (int i = 0; i < processes; i++)
		if (read(pipes[0], &one, sizeof one) == sizeof one)
			sum += one;
	while (wait(NULL) > 0)
		continue;
	printf("%.0f\n", sum);
	return sum > 0 ? 0 : 1;
}
