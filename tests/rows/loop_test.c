/* tests/rows/loop_test.c -- a job worker's day: hints, the sweep, turns, the clock, waking and
 * ending. */
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fcgi/acts/tell_mail.h"
#include "fcgi/jobs/clock.h"
#include "fcgi/jobs/jobs.h"
#include "fcgi/jobs/queue.h"
#include "tests/rows/world.h"

#define LINE        "INSERT INTO job (id, kind, state, due_at, payload, made_at) VALUES "
#define PATIENCE_MS 15000

/* begin_worker -- `poold jobs` in a process of its own; it retires after so many jobs */
static pid_t
begin_worker(struct world *t, uint32_t works)
{
	pid_t pid;

	t->both = true;
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct arena *proc = arena_open(1u << 20, 64u << 20, NULL);
		struct config c = t->config;
		struct fault f = {0};
		struct house *h;
		int null = open("/dev/null", O_WRONLY);

		c.worker_works = works;
		if (null < 0 || dup2(null, 2) < 0 || house_open(&c, proc, &h, &f) != OK)
			_exit(3);
		_exit(jobs_main(h));
	}
	return pid;
}

static void
nap(void)
{
	const struct timespec t = {0, 5000000};

	nanosleep(&t, NULL);
}

/* ended -- waits for its own end; kills it and says so if that does not come */
static int
ended(pid_t pid)
{
	int status;

	for (int ms = 0; ms < PATIENCE_MS; ms += 5) {
		if (waitpid(pid, &status, WNOHANG) == pid)
			return status;
		nap();
	}
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	fail_msg("the worker did not end");
	return -1;
}

static void
until(struct world *t, int64_t want, const char *sql)
{
	for (int ms = 0; ms < PATIENCE_MS; ms += 5) {
		struct arena_mark here = arena_mark(t->a);
		int64_t got = world_number(t, "%s", sql);

		arena_rewind(t->a, here);
		if (got == want)
			return;
		nap();
	}
	fail_msg("never %lld: %s", (long long)want, sql);
}

static void
hint(struct world *t, const struct tenant *who, int64_t at)
{
	world_control(t, "REPLACE INTO due (tenant_id, at) VALUES (%llu, %lld)",
	    (unsigned long long)who->id, (long long)at);
}

#define DONE_SQL "SELECT COUNT(*) FROM job WHERE kind = 'housekeeping' AND state = 3"

static void
a_hinted_job_is_done_and_the_hint_moves_to_the_next(void **state)
{
	struct world *t = *state;
	int64_t now, ms;

	now_read(&now, &ms);
	world_mine(t, LINE "(7, 'housekeeping', 1, 1, '', 1), (8, 'housekeeping', 1, %lld, '', 1)",
	    (long long)now + 5000);
	hint(t, &t->mine, 1);
	assert_int_equal(ended(begin_worker(t, 1)), 0);
	assert_int_equal(world_number(t, "SELECT state FROM job WHERE id = 7"), JOB_DONE);
	assert_int_equal(world_number(t, "SELECT state FROM job WHERE id = 8"), JOB_WAITING);
	assert_int_equal(world_control_number(t, "SELECT at FROM due WHERE tenant_id = %llu",
			     (unsigned long long)t->mine.id),
	    now + 5000);
}

static void
a_job_without_a_hint_is_found_by_the_sweep(void **state)
{
	struct world *t = *state;

	world_mine(t, LINE "(7, 'housekeeping', 1, 1, '', 1)");
	assert_int_equal(ended(begin_worker(t, 1)), 0);
	assert_int_equal(world_number(t, "SELECT state FROM job WHERE id = 7"), JOB_DONE);
}

static void
each_companys_job_is_done_in_its_own_schema(void **state)
{
	struct world *t = *state;
	int64_t theirs;

	world_sql(t, LINE "(7, 'housekeeping', 1, 1, '', 1)");
	world_mine(
	    t, "INSERT INTO token (hash, purpose, actor_id, expires_at) VALUES ('mine', 1, 1, 1)");
	assert_int_equal(ended(begin_worker(t, 2)), 0);
	assert_int_equal(
	    world_number(t, "SELECT COUNT(*) FROM job WHERE id = 7 AND state = 3 AND tries = 1"),
	    1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM token"), 0);
	theirs = world_number(t,
	    "SELECT COUNT(*) FROM `%s`.job WHERE id = 7 AND state = 3 AND tries = 1",
	    t->other.schema);
	assert_int_equal(theirs, 1);
}

static void
a_company_with_many_jobs_lets_others_in(void **state)
{
	struct world *t = *state;

	/* A hundred of ours came first; the other company's one waits one slice of 8, not a
	 * hundred. */
	world_mine(t, "INSERT INTO job (id, kind, state, due_at, payload, made_at) "
		      "SELECT seq, 'housekeeping', 1, 1, '', 1 FROM seq_1_to_100");
	hint(t, &t->mine, 1);
	hint(t, &t->other, 2);
	world_mine(t,
	    "INSERT INTO `%s`.job (id, kind, state, due_at, payload, made_at) "
	    "VALUES (7, 'housekeeping', 1, 1, '', 1)",
	    t->other.schema);
	assert_int_equal(ended(begin_worker(t, 9)), 0);
	assert_int_equal(
	    world_number(t, "SELECT state FROM `%s`.job WHERE id = 7", t->other.schema), JOB_DONE);
	assert_int_equal(world_number(t, DONE_SQL), 8);
}

static void
the_sweep_plans_the_clock_of_each_company(void **state)
{
	struct world *t = *state;
	struct occurrence o;
	char date[DAY_LETTERS + 1];
	int64_t now, ms;
	pid_t pid = begin_worker(t, 100);

	until(t, 1, "SELECT COUNT(*) FROM job WHERE job_key LIKE 'clock:housekeeping:%'");
	kill(pid, SIGTERM);
	assert_int_equal(ended(pid), 0);
	now_read(&now, &ms);
	o = clock_next(t->mine.zone, now, 3 * 60 + 40);
	day_write(o.day, date);
	assert_int_equal(
	    world_number(t, "SELECT due_at FROM job WHERE job_key = 'clock:housekeeping:%s'", date),
	    o.at);
}

static void
a_fact_wakes_a_sleeping_worker(void **state)
{
	struct world *t = *state;
	const struct template_value v[] = {
	    {STR("name"), STR("Ann")}, {STR("company"), STR("Blue")}};
	int64_t from, to, s;
	struct work w;
	pid_t pid = begin_worker(t, 100);

	/* Asleep: what the first sweep plans is there, and there is nothing more to do for a
	 * minute. */
	until(t, 1, "SELECT COUNT(*) FROM job WHERE job_key LIKE 'clock:housekeeping:%'");
	world_work(t, &t->mine, &w);
	/* There is no relay in this house, so the mail fails once and waits: it was looked at. */
	world_ok(t, &w.fault,
	    tell_mail(&w, MAIL_STAFF_DISABLED, STR("ann@blue.example"), ENGLISH, v, 2));
	world_ok(t, &w.fault, work_close(&w, OK));
	now_read(&s, &from);
	until(t, 1, "SELECT tries FROM job WHERE kind = 'mail'");
	now_read(&s, &to);
	kill(pid, SIGTERM);
	assert_int_equal(ended(pid), 0);
	assert_in_range(to - from, 0, 5000);
	assert_int_equal(world_number(t, "SELECT state FROM job WHERE kind = 'mail'"), JOB_WAITING);
}

static void
of_two_workers_the_second_takes_over(void **state)
{
	struct world *t = *state;
	pid_t first = begin_worker(t, 100), second;

	until(t, 1, "SELECT COUNT(*) FROM job WHERE job_key LIKE 'clock:housekeeping:%'");
	second = begin_worker(t, 100);
	kill(first, SIGKILL);
	assert_true(WIFSIGNALED(ended(first)));
	world_mine(t, LINE "(7, 'housekeeping', 1, 1, '', 1)");
	hint(t, &t->mine, 1);
	until(t, 3, "SELECT state FROM job WHERE id = 7");
	kill(second, SIGTERM);
	assert_int_equal(ended(second), 0);
}

static void
a_suspended_company_waits(void **state)
{
	struct world *t = *state;

	world_sql(t, LINE "(7, 'housekeeping', 1, 1, '', 1)");
	hint(t, &t->mine, 1);
	hint(t, &t->other, 2);
	world_control(t, "UPDATE tenant SET status = %d WHERE id = %llu", (int)TENANT_SUSPENDED,
	    (unsigned long long)t->mine.id);
	assert_int_equal(ended(begin_worker(t, 1)), 0);
	assert_int_equal(world_number(t, "SELECT state FROM job WHERE id = 7"), JOB_WAITING);
	assert_int_equal(
	    world_number(t, "SELECT state FROM `%s`.job WHERE id = 7", t->other.schema), JOB_DONE);
}

static void
a_company_that_is_being_made_is_looked_at_again_at_once(void **state)
{
	struct world *t = *state;
	pid_t pid;

	world_mine(t, LINE "(7, 'housekeeping', 1, 1, '', 1)");
	hint(t, &t->mine, 1);
	world_control(t, "UPDATE tenant SET status = %d WHERE id = %llu", (int)TENANT_CLAIMED,
	    (unsigned long long)t->mine.id);
	/* Its claim is older than the reaper's patience; that of a sign-up under way is not. */
	world_control(t, "UPDATE tenant SET claimed_at = UNIX_TIMESTAMP() WHERE id = %llu",
	    (unsigned long long)t->mine.id);
	pid = begin_worker(t, 1);
	while (world_control_number(t, "SELECT COUNT(*) FROM due WHERE tenant_id = %llu AND at > 1",
		   (unsigned long long)t->mine.id) == 0)
		nap();
	assert_int_equal(world_number(t, "SELECT state FROM job WHERE id = 7"), JOB_WAITING);
	world_control(t, "UPDATE tenant SET status = %d WHERE id = %llu", (int)TENANT_LIVE,
	    (unsigned long long)t->mine.id);
	assert_int_equal(ended(pid), 0);
	assert_int_equal(world_number(t, "SELECT state FROM job WHERE id = 7"), JOB_DONE);
}

static void
a_company_that_is_gone_is_forgotten(void **state)
{
	struct world *t = *state;

	world_control(t, "REPLACE INTO due (tenant_id, at) VALUES (999999, 1)");
	world_mine(t, LINE "(7, 'housekeeping', 1, 1, '', 1)");
	assert_int_equal(ended(begin_worker(t, 1)), 0);
	assert_int_equal(
	    world_control_number(t, "SELECT COUNT(*) FROM due WHERE tenant_id = 999999"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    world_test(a_hinted_job_is_done_and_the_hint_moves_to_the_next),
	    world_test(a_job_without_a_hint_is_found_by_the_sweep),
	    world_test(each_companys_job_is_done_in_its_own_schema),
	    world_test(a_company_with_many_jobs_lets_others_in),
	    world_test(the_sweep_plans_the_clock_of_each_company),
	    world_test(a_fact_wakes_a_sleeping_worker),
	    world_test(of_two_workers_the_second_takes_over),
	    world_test(a_suspended_company_waits),
	    world_test(a_company_that_is_being_made_is_looked_at_again_at_once),
	    world_test(a_company_that_is_gone_is_forgotten),
	};

	/* A worker looks at a real clock: what falls due within the minute is hinted, what is due is done. */
	world_noon();
	return world_run("fcgi/jobs/loop, rows", tests);
}
