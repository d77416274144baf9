/* tests/rows/routes_test.c -- plans on a real server: whatever is killed, a customer has moved whole or not at all. */
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fcgi/acts/routes.h"
#include "fcgi/jobs/list.h"
#include "tests/rows/people.h"

#define SECOND UINT64_C(4000000000000000013)
#define SERVICE UINT64_C(4100000000000000004)
#define HOMES 40

static const struct job *const jobs[] = {&job_routes, &job_routes_publish, NULL};

/* Two technicians at the two ends of a street, forty pools along it, each with the one who lives farther away. */
static void
arrange(struct world *t)
{
	people_arrange(t);
	world_sql(t, "INSERT INTO staff (id, name, email, language, role, state, created_at) VALUES (%llu, 'Una Tech', 'una@blue.example', "
	    "'en', %d, %d, 1)", (unsigned long long)SECOND, ROLE_TECHNICIAN, STAFF_ACTIVE);
	world_sql(t, "UPDATE staff SET colour = 1, start_lat_e6 = 33400000, start_lng_e6 = -112200000 WHERE id = %llu",
	    (unsigned long long)TECH);
	world_sql(t, "UPDATE staff SET colour = 2, start_lat_e6 = 33400000, start_lng_e6 = -111900000 WHERE id = %llu",
	    (unsigned long long)SECOND);
	world_sql(t, "INSERT INTO service (id, name, kind, minutes, checklist, parts) VALUES (%llu, 'Full service', 1, 20, '{\"rows\":[]}', "
	    "'{\"rows\":[]}')", (unsigned long long)SERVICE);
	world_sql(t, "INSERT INTO customer (id, name, email, language, created_at) SELECT 5000 + seq, CONCAT('Customer ', seq), '', 'en', 0 "
	    "FROM seq_1_to_%d", HOMES);
	world_sql(t, "INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6) SELECT 6000 + seq, 5000 + seq, "
	    "CONCAT(seq, ' Palm Way'), 'Phoenix', 'AZ', '85001', 33400000 + seq MOD 7 * 900, CAST(seq AS SIGNED) * 7000 - 112190000 FROM seq_1_to_%d", HOMES);
	world_sql(t, "INSERT INTO agreement (id, customer_id, property_id, repeats, starts_day) SELECT 7000 + seq, 5000 + seq, 6000 + seq, 1, "
	    "CURRENT_DATE FROM seq_1_to_%d", HOMES);
	world_sql(t, "INSERT INTO term (agreement_id, from_day, kind, rule, anchor_day, service_id, tech_id, minutes, rate_kind, "
	    "with_chemicals, rate_cents) SELECT 7000 + seq, CURRENT_DATE, 1, ELT(1 + seq MOD 2, 'FREQ=WEEKLY;BYDAY=TU', "
	    "'FREQ=WEEKLY;BYDAY=TH'), CURRENT_DATE, %llu, IF(seq > %d, %llu, %llu), 20, 1, 1, 100 FROM seq_1_to_%d",
	    (unsigned long long)SERVICE, HOMES / 2, (unsigned long long)TECH, (unsigned long long)SECOND, HOMES);
}

static void
office(struct world *t, struct work *w)
{
	people_enter(t, w, OWNER, ROLE_OWNER);
}

static uint64_t
ask(struct world *t)
{
	struct route_wish in = {.kind = ROUTE_WEEK, .seconds = {true, 4}, .tries = {true, 40000}};
	struct route_plan out;
	struct work w;

	office(t, &w);
	in.from_day = day_add(zone_day(w.tenant->zone, w.now), 9);
	act_done(t, &w, OK, act_route_make(&w, &in, &out));
	return out.id;
}

/* All jobs that wait, one after the other. */
static void
work_off(struct world *t)
{
	struct runner r = {.house = t->house, .arena = arena_open(1u << 20, 64u << 20, NULL), .list = jobs, .quiet = true};
	bool did = true;

	for (int n = 0; did && n < 200; n++)
		world_ok(t, &t->fault, runner_one(&r, &t->mine, &did));
	assert_false(did);
	arena_close(r.arena);
}

static struct route_plan
look(struct world *t, uint64_t id)
{
	struct route_plan out;
	struct work w;

	office(t, &w);
	act_done(t, &w, OK, act_route_one(&w, id, false, &out));
	return out;
}

static void
publish(struct world *t, uint64_t id)
{
	const struct route_plan now = look(t, id);
	const struct route_publishing in = {now.version};
	struct route_plan out;
	struct work w;

	office(t, &w);
	act_done(t, &w, OK, act_route_publish(&w, id, &in, &out));
	assert_int_equal(out.state, BATCH_RUNNING);
}

static void
undo(struct world *t, uint64_t id)
{
	struct route_plan out;
	struct work w;

	office(t, &w);
	act_done(t, &w, OK, act_route_undo(&w, id, &out));
}

/* A worker of its own process, killed after some time; what it had claimed is free again. */
static void
work_and_die(struct world *t, unsigned us)
{
	pid_t pid;

	world_watch(t);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct arena *proc = arena_open(1u << 20, 64u << 20, NULL);
		struct fault f = {0};
		struct house *h;
		bool did = true;

		if (house_open(&t->config, proc, &h, &f) != OK)
			_exit(3);
		struct runner r = {.house = h, .arena = arena_open(1u << 20, 64u << 20, NULL), .list = jobs, .quiet = true};
		while (did && runner_one(&r, &t->mine, &did) == OK)
			continue;
		_exit(0);
	}
	usleep(us);
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	world_mine(t, "UPDATE job SET due_at = 1, lease_until = 0, tries = 0 WHERE state IN (%d, %d)", 1, 2);
}

/* Customers whose row says "moved" and those who have a term of that day: the same, or something is half done. */
static int64_t
half_done(struct world *t, uint64_t id)
{
	return world_number(t, "SELECT COUNT(*) FROM (SELECT g.id, COALESCE(MAX(r.state = 6 AND r.cells LIKE '%%order_only\\\\\\\\\":false%%'), 0) AS "
	    "said, COUNT(t.from_day) AS has FROM agreement g LEFT JOIN batch_row r ON r.batch_id = %llu AND r.record_id = g.id "
	    "LEFT JOIN term t ON t.agreement_id = g.id AND t.from_day > CURRENT_DATE GROUP BY g.id HAVING said <> has) AS odd",
	    (unsigned long long)id);
}

/* Visits that no term wants, or by somebody else than it says. */
static int64_t
stray(struct world *t)
{
	return world_number(t, "SELECT COUNT(*) FROM visit v JOIN term t ON t.agreement_id = v.agreement_id AND t.from_day = (SELECT "
	    "MAX(x.from_day) FROM term x WHERE x.agreement_id = v.agreement_id AND x.from_day <= v.occurs_day) WHERE NOT (v.tech_id <=> "
	    "t.tech_id) OR LOCATE(ELT(1 + WEEKDAY(v.day), 'MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'), SUBSTRING_INDEX(t.rule, 'BYDAY=', -1)) = 0");
}

static void
a_search_that_is_killed_goes_on_and_nothing_has_moved(void **state)
{
	struct world *t = *state;
	struct route_plan plan;

	arrange(t);
	uint64_t id = ask(t);
	for (unsigned n = 1; n <= 4; n++) {
		work_and_die(t, n * 150000);
		assert_int_equal(world_number(t, "SELECT COUNT(*) FROM term WHERE from_day > CURRENT_DATE"), 0);
	}
	work_off(t);
	plan = look(t, id);
	assert_int_equal(plan.state, BATCH_DRY);
	assert_true(plan.changed > HOMES / 2);
	assert_true(plan.after.drive_s < plan.before.drive_s);
	assert_int_equal(half_done(t, id), 0);
}

static void
a_week_that_is_killed_while_it_is_published_is_published_all_the_same(void **state)
{
	struct world *t = *state;
	int64_t seen = 0;

	arrange(t);
	uint64_t id = ask(t);
	work_off(t);
	publish(t, id);
	for (unsigned n = 0; n < 10; n++) {
		work_and_die(t, 20000 + n * 9000);
		assert_int_equal(half_done(t, id), 0);
		int64_t terms = world_number(t, "SELECT COUNT(*) FROM term WHERE from_day > CURRENT_DATE");
		seen += terms > 0 && terms < look(t, id).changed;
	}
	work_off(t);
	struct route_plan plan = look(t, id);
	assert_int_equal(plan.state, BATCH_DONE);
	assert_int_equal(plan.failed, 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM term WHERE from_day > CURRENT_DATE"), plan.changed);
	assert_int_equal(half_done(t, id), 0);
	assert_int_equal(stray(t), 0);
	/* The judges are not blind: one term gone is seen, and one visit of somebody else. */
	world_mine(t, "CREATE TEMPORARY TABLE kept SELECT * FROM term WHERE from_day > CURRENT_DATE LIMIT 1");
	world_mine(t, "DELETE t FROM term t JOIN kept k ON k.agreement_id = t.agreement_id AND k.from_day = t.from_day");
	assert_int_equal(half_done(t, id), 1);
	assert_true(stray(t) > 0);
	world_mine(t, "INSERT INTO term SELECT * FROM kept");
	assert_int_equal(half_done(t, id), 0);
	undo(t, id);
	for (unsigned n = 0; n < 6; n++)
		work_and_die(t, 20000 + n * 9000);
	work_off(t);
	assert_int_equal(look(t, id).state, BATCH_UNDONE);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM term WHERE from_day > CURRENT_DATE"), 0);
	assert_int_equal(stray(t), 0);
	(void)seen;
}

static void
a_customer_whom_somebody_changed_meanwhile_stays_and_is_named(void **state)
{
	struct world *t = *state;

	arrange(t);
	uint64_t id = ask(t);
	work_off(t);
	publish(t, id);
	/* Between the decision and the work. */
	world_mine(t, "UPDATE agreement SET version = version + 1 WHERE id = 7001");
	work_off(t);
	struct route_plan plan = look(t, id);
	assert_int_equal(plan.state, BATCH_DONE);
	assert_int_equal(plan.failed, 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM batch_row WHERE batch_id = %llu AND state = %d AND record_id = 7001 AND problem <> ''",
	    (unsigned long long)id, ROW_WRONG), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM term WHERE agreement_id = 7001"), 1);
}

static void
what_is_cancelled_while_it_is_searched_stays_cancelled(void **state)
{
	struct world *t = *state;
	struct work w;

	arrange(t);
	uint64_t id = ask(t);
	office(t, &w);
	act_done(t, &w, OK, act_route_cancel(&w, id));
	work_off(t);
	assert_int_equal(look(t, id).state, BATCH_FAILED);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM batch_row WHERE batch_id = %llu", (unsigned long long)id), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    world_test(a_search_that_is_killed_goes_on_and_nothing_has_moved),
	    world_test(a_week_that_is_killed_while_it_is_published_is_published_all_the_same),
	    world_test(a_customer_whom_somebody_changed_meanwhile_stays_and_is_named),
	    world_test(what_is_cancelled_while_it_is_searched_stays_cancelled),
	};

	return world_run("routes", tests);
}
