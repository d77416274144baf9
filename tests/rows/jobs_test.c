/* tests/rows/jobs_test.c -- the outbox on a real server: one owner, nothing lost or done twice. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fcgi/acts/tell.h"
#include "fcgi/jobs/queue.h"
#include "sql/tenant/queries/audit.h"
#include "sql/tenant/queries/edits.h"
#include "sql/tenant/queries/jobs.h"
#include "tests/rows/world.h"

#define NOW  INT64_C(1790000000) /* before the clock of any machine that runs this */
#define LINE "INSERT INTO job (id, kind, state, due_at, payload, made_at) VALUES "

/* What the jobs of a test do. */
static enum err answer; /* of send or run                          */
static bool die;        /* kill the worker in the middle           */
static bool stop;       /* stop it there                           */
static bool spin;       /* never come back from there              */
static int said[2];     /* a pipe: each send writes its job's id   */
static unsigned runs;

/* ---- jobs of our own ---- */

static enum err
count_run(struct work *w, const struct ticket *t)
{
	uint64_t changed;

	runs++;
	/* An effect that could be seen twice: a row of its own name. */
	TRY(sql_job_insert_once(w->db, work_id(w), STR("effect"),
	    str_printf(w->arena, "effect:%u:%llu", t->tries, (unsigned long long)t->id), JOB_DONE,
	    0, STR(""), w->now, &changed));
	if (die)
		raise(SIGKILL);
	if (stop)
		raise(SIGSTOP);
	while (spin)
		sleep(1);
	return answer == OK ? OK : fail(&w->fault, answer, NULL, "This is too long.");
}

static enum err
parcel_prepare(struct work *w, const struct ticket *t, void **parcel)
{
	uint64_t *key = arena_new(w->arena, uint64_t);

	*key = t->id;
	*parcel = key;
	return OK;
}

static enum err
parcel_send(
    struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	(void)a;
	(void)c;
	(void)t;
	if (write(said[1], parcel, sizeof(uint64_t)) != sizeof(uint64_t))
		return E_BUG;
	if (die)
		raise(SIGKILL);
	if (stop)
		raise(SIGSTOP);
	return answer == OK ? OK : fail(f, answer, NULL, "The answer is too large.");
}

static const struct job job_count = {
    .kind = "count", .tries = 3, .backoff_s = 60, .run = count_run, .help = "Count."};
static const struct job job_brief = {.kind = "brief",
    .tries = 3,
    .backoff_s = 60,
    .lease_s = 1,
    .run = count_run,
    .help = "Count, quickly."};
static const struct job job_parcel = {.kind = "parcel",
    .tries = 3,
    .backoff_s = 60,
    .prepare = parcel_prepare,
    .send = parcel_send,
    .help = "Send."};

/* A batch of CHAIN steps: each takes as long as a step does that locks what a person wants to have, and orders the next. */
#define CHAIN 40

static enum err
chain_run(struct work *w, const struct ticket *t)
{
	struct batch_row b;
	uint64_t changed;

	(void)t;
	TRY(sql_batch_for_update(w->db, 7, BATCH_EDIT, w->arena, &b));
	usleep(10000);
	TRY(sql_batch_go(w->db, b.id, b.state, b.done + 1, b.failed, (struct maybe_i64){0}, (struct maybe_i64){0}));
	return b.done + 1 == CHAIN ? OK : sql_job_insert_once(w->db, work_id(w), STR("chain"), str_printf(w->arena, "chain:%u", b.done),
	    JOB_WAITING, 1, STR(""), w->now, &changed);
}

static const struct job job_chain = {.kind = "chain",
    .tries = 3,
    .backoff_s = 60,
    .queues = true,
    .run = chain_run,
    .help = "Go a step further."};
static const struct job *const list[] = {&job_count, &job_brief, &job_parcel, &job_chain, NULL};

static struct runner
runner_of(struct house *h)
{
	answer = OK;
	die = stop = spin = false;
	runs = 0;
	return (struct runner){.house = h,
	    .arena = arena_open(1u << 20, 64u << 20, NULL),
	    .list = list,
	    .quiet = true};
}

static bool
one(struct world *t, struct runner *r)
{
	bool did;

	world_watch(t);
	world_ok(t, NULL, runner_one(r, &t->mine, &did));
	return did;
}

enum end { WELL, KILLED, STOPPED, SPINNING };

/* begin_child -- one job in a process of its own, which ends as it is told in the middle */
static pid_t
begin_child(struct world *t, enum end end)
{
	pid_t pid;

	world_watch(t);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct arena *proc = arena_open(1u << 20, 64u << 20, NULL);
		struct fault f = {0};
		struct house *h;
		struct runner r;
		bool did;

		if (house_open(&t->config, proc, &h, &f) != OK)
			_exit(3);
		r = runner_of(h);
		die = end == KILLED;
		stop = end == STOPPED;
		spin = end == SPINNING;
		_exit(runner_one(&r, &t->mine, &did) == OK && did ? 0 : 1);
	}
	return pid;
}

/* in_child -- the same, waited for; answers its wait status */
static int
in_child(struct world *t, bool killed)
{
	pid_t pid = begin_child(t, killed ? KILLED : WELL);
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void
claim_at(struct world *t, int64_t now, struct ticket *ticket, bool *got)
{
	struct work w;

	t->desk.now = now;
	world_enter(t, &t->mine, DB_QUEUE, &w);
	world_ok(t, &w.fault, queue_claim(&w, ticket, got));
	world_ok(t, &w.fault, work_close(&w, OK));
}

/* ---- claims ---- */

static void
a_job_is_claimed_once_and_when_it_is_due(void **state)
{
	struct world *t = *state;
	struct ticket one_, two;
	bool got;

	world_sql(t,
	    LINE
	    "(7, 'count', 1, %lld, '', 1), (8, 'count', 1, %lld, '', 1), (9, 'count', 3, 1, '', 1)",
	    (long long)NOW, (long long)NOW + 5);
	claim_at(t, NOW - 1, &one_, &got);
	assert_false(got);
	claim_at(t, NOW, &one_, &got);
	assert_true(got);
	assert_int_equal(one_.id, 7);
	assert_int_equal(one_.tries, 1);
	assert_int_equal(one_.token, 1);
	claim_at(t, NOW + 1, &two, &got);
	assert_false(got);
	claim_at(t, NOW + QUEUE_LEASE_S, &two, &got);
	assert_true(got);
	/* Whose owner died goes first. */
	assert_int_equal(two.id, 7);
	assert_int_equal(two.token, 2);
	assert_int_equal(two.tries, 2);
}

static void
a_locked_job_does_not_hold_up_the_next(void **state)
{
	struct world *t = *state;
	struct house *second = world_house(t);
	struct ticket mine, theirs;
	struct desk d = {0};
	struct work w, v;
	bool got;

	world_sql(t, LINE "(7, 'count', 1, 1, '', 1), (8, 'count', 1, 1, '', 1)");
	t->desk.now = NOW;
	world_enter(t, &t->mine, DB_QUEUE, &w);
	world_ok(t, &w.fault, queue_claim(&w, &mine, &got));
	assert_true(got);
	d = t->desk;
	d.house = second;
	d.now = NOW;
	world_ok(t, &d.fault, work_open(&d, &t->mine, DB_QUEUE, &v));
	world_ok(t, &v.fault, queue_claim(&v, &theirs, &got));
	assert_true(got);
	assert_int_equal(mine.id, 7);
	assert_int_equal(theirs.id, 8);
	world_ok(t, &v.fault, work_close(&v, OK));
	world_ok(t, &w.fault, work_close(&w, OK));
}

#define CROWD      4
#define CROWD_JOBS 120

static void
two_workers_never_own_one_job(void **state)
{
	struct world *t = *state;
	unsigned owners[CROWD_JOBS + 1] = {0}, all = 0;
	uint64_t id;
	pid_t pid[CROWD];

	for (int i = 1; i <= CROWD_JOBS; i++)
		world_sql(t, LINE "(%d, 'parcel', 1, 1, '', 1)", i);
	world_watch(t);
	assert_int_equal(pipe(said), 0);
	for (int k = 0; k < CROWD; k++) {
		pid[k] = fork();
		assert_true(pid[k] >= 0);
		if (pid[k] == 0) {
			struct arena *proc = arena_open(1u << 20, 64u << 20, NULL);
			struct fault f = {0};
			struct house *h;
			struct runner r;
			bool did = true;

			if (house_open(&t->config, proc, &h, &f) != OK)
				_exit(3);
			r = runner_of(h);
			/* Nothing to be had means only that all that is left is locked at this
			 * moment. */
			for (unsigned idle = 0; idle < 20; idle += !did)
				if (runner_one(&r, &t->mine, &did) != OK)
					did = false;
			_exit(0);
		}
	}
	close(said[1]);
	while (read(said[0], &id, sizeof(id)) == sizeof(id)) {
		assert_in_range(id, 1, CROWD_JOBS);
		owners[id]++;
		all++;
	}
	close(said[0]);
	for (int k = 0; k < CROWD; k++)
		waitpid(pid[k], NULL, 0);
	assert_int_equal(all, CROWD_JOBS);
	for (int i = 1; i <= CROWD_JOBS; i++)
		assert_int_equal(owners[i], 1);
	assert_int_equal(
	    world_number(t, "SELECT COUNT(*) FROM job WHERE state = 3 AND tries = 1"), CROWD_JOBS);
}

static void
an_old_token_is_refused(void **state)
{
	struct world *t = *state;
	struct ticket slow, quick;
	enum fate fate;
	struct work w;
	bool got;

	world_sql(t, LINE "(7, 'count', 1, 1, '', 1)");
	claim_at(t, NOW, &slow, &got);
	claim_at(t, NOW + QUEUE_LEASE_S, &quick, &got);
	assert_true(got);

	t->desk.now = NOW + QUEUE_LEASE_S + 1;
	world_work(t, &t->mine, &w);
	world_err(t, &w.fault, E_STALE, queue_hold(&w, &slow, 0));
	world_err(t, &w.fault, E_STALE, work_close(&w, E_STALE));
	world_work(t, &t->mine, &w);
	world_err(t, &w.fault, E_STALE, queue_settle(&w, &job_count, &slow, OK, NULL, 0, &fate));
	world_err(t, &w.fault, E_STALE, work_close(&w, E_STALE));
	world_work(t, &t->mine, &w);
	world_err(
	    t, &w.fault, E_STALE, queue_settle(&w, &job_count, &slow, E_AWAY, NULL, 0, &fate));
	world_err(t, &w.fault, E_STALE, work_close(&w, E_STALE));
	assert_int_equal(world_number(t, "SELECT state FROM job WHERE id = 7"), JOB_CLAIMED);

	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, queue_hold(&w, &quick, 0));
	world_ok(t, &w.fault, queue_settle(&w, &job_count, &quick, OK, NULL, 0, &fate));
	world_ok(t, &w.fault, work_close(&w, OK));
	assert_int_equal(world_number(t, "SELECT state FROM job WHERE id = 7"), JOB_DONE);
	/* Done is done: not even its own token opens it again. */
	world_work(t, &t->mine, &w);
	world_err(
	    t, &w.fault, E_STALE, queue_settle(&w, &job_count, &quick, E_AWAY, NULL, 0, &fate));
	world_err(t, &w.fault, E_STALE, work_close(&w, E_STALE));
}

/* ---- crashes ---- */

static void
a_worker_killed_between_send_and_settle_sends_again_with_the_same_key(void **state)
{
	struct world *t = *state;
	uint64_t first = 0, second = 0;
	int status;

	world_sql(t, LINE "(77, 'parcel', 1, 1, '', 1)");
	assert_int_equal(pipe(said), 0);
	status = in_child(t, true);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	assert_int_equal(world_number(t, "SELECT state FROM job WHERE id = 77"), JOB_CLAIMED);
	world_mine(t, "UPDATE job SET due_at = 1 WHERE id = 77"); /* the lease has ended */
	assert_int_equal(in_child(t, false), 0);
	assert_int_equal(read(said[0], &first, sizeof(first)), sizeof(first));
	assert_int_equal(read(said[0], &second, sizeof(second)), sizeof(second));
	assert_int_equal(first, 77);
	assert_int_equal(second, 77);
	assert_int_equal(world_number(t, "SELECT state FROM job WHERE id = 77"), JOB_DONE);
	assert_int_equal(world_number(t, "SELECT tries FROM job WHERE id = 77"), 2);
	close(said[0]);
	close(said[1]);
}

static void
a_worker_killed_in_the_middle_leaves_no_effect(void **state)
{
	struct world *t = *state;

	world_sql(t, LINE "(7, 'count', 1, 1, '', 1)");
	assert_true(WIFSIGNALED(in_child(t, true)));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'effect'"), 0);
	world_mine(t, "UPDATE job SET due_at = 1 WHERE id = 7");
	assert_int_equal(in_child(t, false), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'effect'"), 1);
}

static void
a_job_that_kills_its_workers_is_parked_and_others_continue(void **state)
{
	struct world *t = *state;

	world_sql(t, LINE "(7, 'count', 1, 1, '', 1), (8, 'parcel', 1, 2, '', 1)");
	assert_int_equal(pipe(said), 0);
	for (unsigned i = 0; i < job_count.tries; i++) {
		assert_true(WIFSIGNALED(in_child(t, true)));
		world_mine(t, "UPDATE job SET due_at = 1 WHERE id = 7");
	}
	assert_int_equal(in_child(t, true), 0); /* it is not even begun */
	assert_int_equal(world_number(t, "SELECT state FROM job WHERE id = 7"), JOB_PARKED);
	assert_true(str_starts(
	    world_text(t, "SELECT reason FROM job WHERE id = 7"), STR("bug: The worker died")));
	assert_int_equal(in_child(t, false), 0);
	assert_int_equal(world_number(t, "SELECT state FROM job WHERE id = 8"), JOB_DONE);
	close(said[0]);
	close(said[1]);
}

static void
a_job_that_never_ends_ends_with_its_lease(void **state)
{
	struct world *t = *state;
	int status;
	pid_t pid;

	world_sql(t, LINE "(7, 'brief', 1, 1, '', 1)");
	pid = begin_child(t, SPINNING);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'effect'"), 0);
	world_mine(t, "UPDATE job SET due_at = 1 WHERE id = 7");
	assert_int_equal(in_child(t, false), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'effect'"), 1);
}

static void
wait_stopped(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, WUNTRACED), pid);
	assert_true(WIFSTOPPED(status));
}

static void
wait_over(pid_t pid)
{
	int status;

	assert_int_equal(kill(pid, SIGCONT), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	/* On a slow machine its lease has rung as well while it slept. */
	assert_true(WIFEXITED(status) || WTERMSIG(status) == SIGALRM);
}

static void
a_worker_that_sleeps_through_its_lease_settles_nothing(void **state)
{
	struct world *t = *state;
	pid_t sleeper;

	world_sql(t, LINE "(7, 'parcel', 1, 1, '', 1)");
	assert_int_equal(pipe(said), 0);
	sleeper = begin_child(t, STOPPED);
	wait_stopped(sleeper); /* it has sent, and has not settled */
	world_mine(t, "UPDATE job SET due_at = 1 WHERE id = 7");
	assert_int_equal(in_child(t, false), 0);
	assert_int_equal(world_number(t, "SELECT state FROM job WHERE id = 7"), JOB_DONE);
	world_mine(t, "UPDATE job SET reason = 'as it was'");
	wait_over(sleeper);
	assert_int_equal(
	    world_number(t, "SELECT COUNT(*) FROM job WHERE id = 7 AND state = 3 AND tries = 2 "
			    "AND reason = 'as it was'"),
	    1);
	close(said[0]);
	close(said[1]);
}

/* A minute: with the slow suites (LONG=1). */
static void
a_worker_that_sleeps_inside_a_transaction_loses_its_locks(void **state)
{
	struct world *t = *state;
	const struct timespec second = {1, 0};
	struct runner r = runner_of(t->house);
	bool did = false;
	pid_t sleeper;

	world_sql(t, LINE "(7, 'count', 1, 1, '', 1)");
	sleeper = begin_child(t, STOPPED);
	wait_stopped(sleeper); /* with its effect written and the row of the job locked */
	for (unsigned s = 0; s < 100 && !did; s++) {
		world_ok(t, NULL, runner_one(&r, &t->mine, &did));
		nanosleep(&second, NULL);
	}
	assert_true(did);
	wait_over(sleeper);
	assert_int_equal(world_number(t, "SELECT state FROM job WHERE id = 7"), JOB_DONE);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'effect'"), 1);
	assert_int_equal(
	    world_number(t, "SELECT COUNT(*) FROM job WHERE job_key = 'effect:2:7'"), 1);
	arena_close(r.arena);
}

/* ---- fates ---- */

/* It fails, and is due so much later: than just before the try at the least, than just after it at the most. */
static void
fails_and_waits(struct world *t, struct runner *r, int64_t least, int64_t most)
{
	int64_t before, after, ms, due;

	now_read(&before, &ms);
	assert_true(one(t, r));
	now_read(&after, &ms);
	assert_int_equal(world_number(t, "SELECT state FROM job"), JOB_WAITING);
	due = world_number(t, "SELECT due_at FROM job");
	assert_in_range(due, before + least, after + most);
}

static void
a_failed_job_waits_then_is_parked_with_its_reason(void **state)
{
	struct world *t = *state;
	struct runner r = runner_of(t->house);

	world_sql(t, LINE "(7, 'count', 1, 1, '', 1)");
	answer = E_AWAY;
	fails_and_waits(t, &r, 30, 60);
	assert_false(one(t, &r));
	world_mine(t, "UPDATE job SET due_at = 1");
	fails_and_waits(t, &r, 60, 120);
	world_mine(t, "UPDATE job SET due_at = 1");
	assert_true(one(t, &r));
	assert_int_equal(world_number(t, "SELECT state FROM job"), JOB_PARKED);
	assert_int_equal(world_number(t, "SELECT tries FROM job"), 3);
	assert_true(
	    str_eq(world_text(t, "SELECT reason FROM job"), STR("away: This is too long.")));
	assert_int_equal(runs, 3);
	arena_close(r.arena);
}

static void
nonsense_is_parked_at_once_and_what_is_gone_is_dropped(void **state)
{
	struct world *t = *state;
	struct runner r = runner_of(t->house);

	world_sql(t, LINE "(7, 'count', 1, 1, '', 1)");
	answer = E_INVALID;
	assert_true(one(t, &r));
	assert_int_equal(world_number(t, "SELECT state FROM job"), JOB_PARKED);
	world_mine(t, "UPDATE job SET state = 1, due_at = 1, tries = 0, ended_at = NULL");
	answer = E_NOT_FOUND;
	assert_true(one(t, &r));
	assert_int_equal(world_number(t, "SELECT state FROM job"), JOB_DONE);
	assert_true(str_starts(world_text(t, "SELECT reason FROM job"), STR("not_found")));
	arena_close(r.arena);
}

static void
a_lost_race_is_run_again_at_once(void **state)
{
	struct world *t = *state;
	struct runner r = runner_of(t->house);

	world_sql(t, LINE "(7, 'count', 1, 1, '', 1)");
	answer = E_RETRY;
	assert_true(one(t, &r));
	assert_int_equal(runs, RUNNER_ATTEMPTS);
	assert_int_equal(world_number(t, "SELECT state FROM job"), JOB_WAITING);
	assert_int_equal(world_number(t, "SELECT tries FROM job"), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'effect'"), 0);
	arena_close(r.arena);
}

static void
a_send_that_fails_is_settled_by_how_it_failed(void **state)
{
	struct world *t = *state;
	struct runner r = runner_of(t->house);

	world_sql(t, LINE "(7, 'parcel', 1, 1, '', 1)");
	assert_int_equal(pipe(said), 0);
	answer = E_AWAY;
	assert_true(one(t, &r));
	assert_int_equal(world_number(t, "SELECT state FROM job"), JOB_WAITING);
	assert_true(
	    str_eq(world_text(t, "SELECT reason FROM job"), STR("away: The answer is too large.")));
	world_mine(t, "UPDATE job SET due_at = 1");
	answer = E_FORBIDDEN;
	assert_true(one(t, &r));
	assert_int_equal(world_number(t, "SELECT state FROM job"), JOB_PARKED);
	close(said[0]);
	close(said[1]);
	arena_close(r.arena);
}

static void
a_kind_that_nobody_knows_waits_for_a_newer_program(void **state)
{
	struct world *t = *state;
	struct runner r = runner_of(t->house);

	world_sql(t, LINE "(7, 'tomorrow', 1, 1, '', 1)");
	assert_true(one(t, &r));
	assert_int_equal(world_number(t, "SELECT state FROM job"), JOB_WAITING);
	world_mine(t, "UPDATE job SET due_at = 1, tries = %d", QUEUE_UNKNOWN_TRIES - 1);
	assert_true(one(t, &r));
	assert_int_equal(world_number(t, "SELECT state FROM job"), JOB_PARKED);
	arena_close(r.arena);
}

static void
a_parked_job_gets_all_its_tries_again(void **state)
{
	struct world *t = *state;
	struct work w;

	world_sql(t, "INSERT INTO job (id, kind, state, due_at, payload, made_at, tries, ended_at) "
		     "VALUES (7, 'count', 4, 1, 'x', 1, 3, 5), (8, 'count', 3, 1, '', 1, 1, 5)");
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, sql_job_unpark(w.db, 7, JOB_PARKED, JOB_WAITING, 9));
	world_err(t, &w.fault, E_STALE, sql_job_unpark(w.db, 8, JOB_PARKED, JOB_WAITING, 9));
	world_ok(t, &w.fault, work_close(&w, OK));
	assert_int_equal(
	    world_number(t, "SELECT COUNT(*) FROM job WHERE id = 7 AND state = 1 AND tries = 0"),
	    1);
}

/* As a request does what a person presses, in its n-th attempt (exchange.c): the batch, then the line in the log. */
static enum err
press(struct world *t, unsigned attempt)
{
	struct audit_head *head;
	struct batch_row b;
	struct work w;
	enum err e = OK;

	world_enter(t, &t->mine, DB_WRITE, &w);
	if (attempt > 1)
		e = sql_audit_head_for_update(w.db, w.arena, &head);
	if (e == OK)
		e = sql_audit_head(w.db, w.arena, &head); /* its snapshot; then it reads who asks, and what they may */
	usleep(4000);
	if (e == OK)
		e = sql_batch_for_update(w.db, 7, BATCH_EDIT, w.arena, &b);
	if (e == OK)
		e = sql_batch_go(w.db, 7, b.state, b.done, b.failed + 1, (struct maybe_i64){0}, (struct maybe_i64){0});
	if (e == OK)
		e = audit(&w, "test.pressed", "batch", 7, STR(""));
	return work_close(&w, e);
}

static void
who_stops_a_batch_gets_through_between_its_steps_and_holds_none_up(void **state)
{
	struct world *t = *state;
	int status, pressed = 0;
	pid_t pid;

	world_sql(t, "INSERT INTO batch (id, kind, state, staff_id, made_at, body) VALUES (7, %d, %d, 0, 0, '{}')", BATCH_EDIT, BATCH_RUNNING);
	world_sql(t, LINE "(7, 'chain', 1, 1, '', 1)");
	assert_int_equal(press(t, 1), OK); /* the first line makes the head */
	world_watch(t);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct arena *proc = arena_open(1u << 20, 64u << 20, NULL);
		struct fault f = {0};
		struct house *h;
		struct runner r;
		bool did = true;

		if (house_open(&t->config, proc, &h, &f) != OK)
			_exit(3);
		r = runner_of(h);
		while (did)
			if (runner_one(&r, &t->mine, &did) != OK)
				_exit(1);
		_exit(0);
	}
	while (waitpid(pid, &status, WNOHANG) == 0) {
		unsigned attempt = 1;

		while (press(t, attempt) != OK)
			assert_true(++attempt <= 2);
		pressed++;
	}
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	assert_true(pressed > 1);
	assert_int_equal(world_number(t, "SELECT done * 1000 + failed FROM batch WHERE id = 7"), CHAIN * 1000 + pressed + 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE state <> %d OR tries <> 1", JOB_DONE), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    world_test(a_job_is_claimed_once_and_when_it_is_due),
	    world_test(a_locked_job_does_not_hold_up_the_next),
	    world_test(two_workers_never_own_one_job),
	    world_test(an_old_token_is_refused),
	    world_test(a_worker_killed_between_send_and_settle_sends_again_with_the_same_key),
	    world_test(a_worker_killed_in_the_middle_leaves_no_effect),
	    world_test(a_job_that_kills_its_workers_is_parked_and_others_continue),
	    world_test(a_job_that_never_ends_ends_with_its_lease),
	    world_test(a_worker_that_sleeps_through_its_lease_settles_nothing),
	    world_test(a_failed_job_waits_then_is_parked_with_its_reason),
	    world_test(nonsense_is_parked_at_once_and_what_is_gone_is_dropped),
	    world_test(a_lost_race_is_run_again_at_once),
	    world_test(a_send_that_fails_is_settled_by_how_it_failed),
	    world_test(a_kind_that_nobody_knows_waits_for_a_newer_program),
	    world_test(a_parked_job_gets_all_its_tries_again),
	    world_test(who_stops_a_batch_gets_through_between_its_steps_and_holds_none_up),
	};

	const struct CMUnitTest slow[] = {
	    world_test(a_worker_that_sleeps_inside_a_transaction_loses_its_locks),
	};

	if (getenv("LONG"))
		return world_run("fcgi/jobs, slow rows", slow);
	return world_run("fcgi/jobs, rows", tests);
}
