/* tests/rows/outbox_test.c -- what is ordered is sealed, planned once a day, and thrown away in
 * time. */
#include "fcgi/acts/tell_mail.h"
#include "fcgi/jobs/list.h"
#include "fcgi/jobs/queue.h"
#include "sql/tenant/queries/jobs.h"
#include "tests/rows/world.h"

#define NOW  INT64_C(1790000000) /* before the clock of any machine that runs this */
#define LINE "INSERT INTO job (id, kind, state, due_at, payload, made_at) VALUES "

static void
an_order_of_a_mail_is_sealed_and_wiped_when_done(void **state)
{
	struct world *t = *state;
	const struct template_value v[] = {
	    {STR("name"), STR("Ann")}, {STR("company"), STR("Blue")}};
	struct mail_order o = {0};
	struct ticket ticket;
	enum fate fate;
	struct work w;
	bool got;

	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault,
	    tell_mail(&w, MAIL_STAFF_DISABLED, STR("ann@blue.example"), SPANISH, v, 2));
	world_ok(t, &w.fault, work_close(&w, OK));
	assert_int_equal(
	    world_number(t, "SELECT COUNT(*) FROM job WHERE payload LIKE '%%blue%%'"), 0);
	assert_int_equal(world_control_number(t, "SELECT COUNT(*) FROM due WHERE tenant_id = %llu",
			     (unsigned long long)t->mine.id),
	    1);

	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, queue_claim(&w, &ticket, &got));
	assert_true(got);
	world_ok(t, &w.fault, queue_open(&w, &ticket));
	world_ok(t, &w.fault, shape_read(&mail_order_shape, ticket.payload, w.arena, &o, &w.fault));
	assert_true(str_eq(o.to, STR("ann@blue.example")));
	assert_int_equal(o.template, MAIL_STAFF_DISABLED);
	assert_int_equal(o.language, SPANISH);
	assert_true(str_eq(mail_value(&o, "name"), STR("Ann")));
	world_ok(t, &w.fault, queue_settle(&w, &job_mail, &ticket, OK, NULL, 0, &fate));
	world_ok(t, &w.fault, work_close(&w, OK));
	assert_int_equal(world_number(t, "SELECT LENGTH(payload) FROM job"), 0);
}

static void
a_mail_that_does_not_fit_is_the_callers_fault(void **state)
{
	struct world *t = *state;
	const struct template_value v[] = {{STR("name"), STR("Ann")}};
	struct work w;

	world_work(t, &t->mine, &w);
	world_err(t, &w.fault, E_INVALID,
	    tell_mail(&w, MAIL_STAFF_DISABLED, STR("ann@blue.example"), ENGLISH, v, 1));
	assert_string_equal(w.fault.field, "company");
	world_err(t, &w.fault, E_INVALID, work_close(&w, E_INVALID));
}

static void
clockwork_is_planned_once_a_day_whoever_plans(void **state)
{
	struct world *t = *state;
	struct day day;
	struct work w;

	assert_true(day_of(2026, 3, 8, &day));
	for (int i = 0; i < 3; i++) {
		world_work(t, &t->mine, &w);
		world_ok(t, &w.fault, queue_plan(&w, "housekeeping", day, NOW + i));
		world_ok(t, &w.fault, work_close(&w, OK));
	}
	assert_int_equal(
	    world_number(
		t, "SELECT COUNT(*) FROM job WHERE job_key = 'clock:housekeeping:2026-03-08'"),
	    1);
	assert_int_equal(world_number(t, "SELECT due_at FROM job"), NOW);
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, queue_plan(&w, "housekeeping", day_add(day, 1), NOW));
	world_ok(t, &w.fault, work_close(&w, OK));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job"), 2);
}

static void
the_next_due_counts_waiting_and_claimed_jobs(void **state)
{
	struct world *t = *state;
	struct work w;
	int64_t at = 0;
	bool any;

	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, queue_next_due(&w, &any, &at));
	assert_false(any);
	world_ok(t, &w.fault, work_close(&w, OK));
	world_mine(t, LINE
	    "(7, 'count', 1, 500, '', 1), (8, 'count', 3, 1, '', 1), (9, 'count', 4, 1, '', 1)");
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, queue_next_due(&w, &any, &at));
	assert_true(any);
	assert_int_equal(at, 500);
	world_ok(t, &w.fault, work_close(&w, OK));
	world_mine(t, LINE "(10, 'count', 2, 400, '', 1)");
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, queue_next_due(&w, &any, &at));
	assert_int_equal(at, 400);
	world_ok(t, &w.fault, work_close(&w, OK));
}

#define AGO(days) (long long)(NOW - (days)*86400)

static void
housekeeping_keeps_what_was_promised_and_no_more(void **state)
{
	struct world *t = *state;
	const struct ticket ticket = {.id = 1, .kind = STR("housekeeping")};
	struct work w;

	world_sql(t,
	    "INSERT INTO session (id, token_hash, actor_kind, actor_id, door, second_factor, "
	    "created_at, seen_at, "
	    "stepped_up_at, expires_at, ip, country, agent) VALUES "
	    "(1, 'a', 1, 1, 1, 0, 1, 1, 1, %lld, '', '', ''), (2, 'b', 1, 1, 1, 0, 1, 1, 1, %lld, "
	    "'', '', '')",
	    AGO(91), AGO(89));
	world_sql(t,
	    "INSERT INTO token (hash, purpose, actor_id, expires_at) VALUES ('a', 1, 1, %lld), "
	    "('b', 1, 1, %lld)",
	    AGO(8), AGO(6));
	world_sql(t,
	    "INSERT INTO idempotency (key_hash, body_hash, status, answer, created_at) VALUES "
	    "('a', 'a', 200, '', %lld), ('b', 'b', 200, '', %lld)",
	    AGO(3), AGO(1));
	world_sql(t,
	    "INSERT INTO job (id, kind, state, due_at, payload, made_at, ended_at) VALUES "
	    "(1, 'x', 3, 1, '', 1, %lld), (2, 'x', 3, 1, '', 1, %lld), (3, 'x', 4, 1, '', 1, "
	    "%lld), "
	    "(4, 'x', 1, 1, '', 1, NULL)",
	    AGO(31), AGO(29), AGO(400));
	t->desk.now = NOW;
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, job_housekeeping.run(&w, &ticket));
	assert_false(w.told);
	world_ok(t, &w.fault, work_close(&w, OK));
	assert_int_equal(world_number(t, "SELECT SUM(id) FROM session"), 2);
	assert_int_equal(
	    world_number(t, "SELECT COUNT(*) FROM token WHERE expires_at = %lld", AGO(6)), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM token"), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM idempotency"), 1);
	assert_int_equal(world_number(t, "SELECT SUM(id) FROM job"), 2 + 3 + 4);
}

static void
housekeeping_comes_back_for_what_is_left(void **state)
{
	struct world *t = *state;
	const struct ticket ticket = {.id = 1, .kind = STR("housekeeping")};
	struct work w;

	world_sql(t, "INSERT INTO job (id, kind, state, due_at, payload, made_at, ended_at) "
		     "SELECT seq, 'x', 3, 1, '', 1, 1 FROM seq_1_to_501");
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, job_housekeeping.run(&w, &ticket));
	assert_true(w.told);
	world_ok(t, &w.fault, work_close(&w, OK));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'x'"), 1);
	assert_int_equal(
	    world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'housekeeping' AND state = 1"),
	    1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    world_test(an_order_of_a_mail_is_sealed_and_wiped_when_done),
	    world_test(a_mail_that_does_not_fit_is_the_callers_fault),
	    world_test(clockwork_is_planned_once_a_day_whoever_plans),
	    world_test(the_next_due_counts_waiting_and_claimed_jobs),
	    world_test(housekeeping_keeps_what_was_promised_and_no_more),
	    world_test(housekeeping_comes_back_for_what_is_left),
	};

	return world_run("fcgi/jobs/outbox, rows", tests);
}
