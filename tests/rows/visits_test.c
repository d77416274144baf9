/* tests/rows/visits_test.c -- visits are made exactly once, whatever runs twice or dies; agreements that change. */
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "domain/base/list.h"
#include "domain/base/setting.h"
#include "fcgi/acts/agreements.h"
#include "fcgi/acts/shifts.h"
#include "fcgi/acts/tell_board.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_visits.h"
#include "fcgi/acts/visits.h"
#include "fcgi/jobs/list.h"
#include "tests/rows/people.h"

#define CUSTOMER UINT64_C(4100000000000000001)
#define PROPERTY UINT64_C(4100000000000000002)
#define POOL     UINT64_C(4100000000000000003)
#define SERVICE  UINT64_C(4100000000000000004)
#define TUESDAYS "FREQ=WEEKLY;BYDAY=TU"
/* Saturday, 21 November 2026, noon in UTC; companies of these tests live in a zone of the west. */
#define NOW INT64_C(1795262400)

static struct day
on(const char *text)
{
	struct day d;

	assert_true(day_read(str_of(text), &d));
	return d;
}

static void
arrange(struct world *t)
{
	people_arrange(t);
	world_sql(t, "INSERT INTO customer (id, name, email, language, created_at) VALUES (%llu, 'Rosa', 'r@x.example', 'es', 0)",
	    (unsigned long long)CUSTOMER);
	world_sql(t, "INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES "
	    "(%llu, %llu, '12 Palm Way', 'Mesa', 'AZ', '85201')", (unsigned long long)PROPERTY, (unsigned long long)CUSTOMER);
	world_sql(t, "INSERT INTO pool (id, property_id, kind) VALUES (%llu, %llu, 1)", (unsigned long long)POOL,
	    (unsigned long long)PROPERTY);
	world_sql(t, "INSERT INTO service (id, name, kind, minutes, checklist, parts) VALUES "
	    "(%llu, 'Full service', 1, 30, '{\"rows\":[]}', '{\"rows\":[]}')", (unsigned long long)SERVICE);
}

static void
office(struct world *t, struct work *w, int64_t now)
{
	t->desk.now = now;
	people_enter(t, w, OWNER, ROLE_OWNER);
	w->now = now;
	w->now_ms = now * 1000;
}

static struct term_wish
term(const char *rule)
{
	return (struct term_wish){.rule = {true, str_of(rule)}, .service_id = SERVICE, .tech_id = {true, TECH},
	    .rate_kind = RATE_MONTH, .rate_cents = 16500};
}

static uint64_t
promise(struct world *t, const char *rule, const char *starts)
{
	struct agreement_wish in = {.property_id = PROPERTY, .pool_id = {true, POOL}, .repeats = REPEATS_CALENDAR,
	    .starts_day = on(starts), .term = term(rule)};
	struct agreement_terms out;
	struct work w;

	office(t, &w, NOW);
	act_done(t, &w, OK, act_agreement_make(&w, &in, &out));
	return out.id;
}

static const char *
list_of(struct world *t, uint64_t id)
{
	return list_write_ids(t->a, &id, 1).p;
}

static int64_t
visits(struct world *t)
{
	return world_number(t, "SELECT COUNT(*) FROM visit");
}

/*
 * One run of the night's job as the worker does it: in a transaction that the test ends as it likes. A lost
 * race is run again, as the worker does.
 */
static void
night(struct world *t, int64_t now, enum err as)
{
	struct ticket ticket = {0};
	struct work w;
	enum err e = E_RETRY;

	for (int tries = 0; e == E_RETRY && tries < 3; tries++) {
		office(t, &w, now);
		w.actor = (struct actor){.kind = ACTOR_SYSTEM};
		e = job_visits.run(&w, &ticket);
		if (e == E_RETRY) {
			print_message("# again: %s:%d %s\n", w.fault.file, w.fault.line, w.fault.why);
			e = work_close(&w, e);
		}
	}
	world_expect(t, &w.fault, OK, e, "the night's job", __FILE__, __LINE__);
	e = work_close(&w, as);
	assert_int_equal(e, as);
}

static void
visits_are_made_once_whatever_runs_twice_or_dies(void **state)
{
	struct world *t = *state;

	arrange(t);
	promise(t, TUESDAYS, "2026-11-01");
	assert_int_equal(visits(t), 9);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE day < '2026-11-21' OR WEEKDAY(day) <> 1"), 0);
	night(t, NOW, OK);
	assert_int_equal(visits(t), 9);
	/* Eight nights, each killed twice before it comes through. */
	for (int n = 1; n <= 8; n++) {
		night(t, NOW + n * 86400, E_AWAY);
		night(t, NOW + n * 86400, E_RETRY);
		night(t, NOW + n * 86400, OK);
		night(t, NOW + n * 86400, OK);
	}
	assert_int_equal(visits(t), 10);
	assert_int_equal(world_number(t, "SELECT COUNT(DISTINCT occurs_day) FROM visit"), 10);
	/* A cursor that was lost does not double anything either. */
	world_mine(t, "UPDATE agreement SET made_until = NULL");
	night(t, NOW + 8 * 86400, OK);
	assert_int_equal(visits(t), 10);
}

static void
a_night_makes_the_visits_of_more_agreements_than_one_batch(void **state)
{
	struct world *t = *state;

	arrange(t);
	promise(t, TUESDAYS, "2026-11-01");
	world_mine(t, "INSERT INTO agreement (id, customer_id, property_id, repeats, starts_day) SELECT 5000 + seq, %llu, %llu, 1, "
	    "'2026-11-01' FROM seq_1_to_250", (unsigned long long)CUSTOMER, (unsigned long long)PROPERTY);
	world_mine(t, "INSERT INTO term (agreement_id, from_day, kind, rule, anchor_day, service_id, minutes, rate_kind, with_chemicals, "
	    "rate_cents) SELECT 5000 + seq, '2026-11-01', 1, 'FREQ=WEEKLY;BYDAY=MO,TH', '2026-11-01', %llu, 30, 1, 1, 100 "
	    "FROM seq_1_to_250", (unsigned long long)SERVICE);
	for (int i = 0; i < 2; i++)
		night(t, NOW, OK);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'visits'"), 2);
	night(t, NOW, OK);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'visits'"), 2);
	assert_int_equal(visits(t), 9 + 250 * 18);
}

/* A worker of its own process and connections, which does the night's job again and again until it is killed. */
static pid_t
worker(struct world *t)
{
	pid_t pid;

	world_watch(t);
	pid = fork();
	assert_true(pid >= 0);
	if (pid > 0)
		return pid;
	struct arena *proc = arena_open(1u << 20, 64u << 20, NULL);
	struct fault f = {0};
	struct house *h;

	if (house_open(&t->config, proc, &h, &f) != OK)
		_exit(3);
	for (;;) {
		struct runner r = {.house = h, .arena = t->a};
		struct ticket ticket = {0};
		struct desk d;
		struct work w;

		arena_reset(t->a);
		runner_desk(&r, 0, &d);
		d.now = NOW;
		if (work_open(&d, &t->mine, DB_WRITE, &w) != OK)
			_exit(3);
		w.actor.kind = ACTOR_SYSTEM;
		if (work_close(&w, job_visits.run(&w, &ticket)) == OK)
			usleep(1000);
	}
}

/* Two workers at once, killed in the middle of anything; cursors are lost as well. LONG=1: two hundred times. */
static void
workers_killed_at_any_moment_leave_no_visit_missing_or_doubled(void **state)
{
	const int kills = getenv("LONG") != NULL ? 200 : 12;
	struct world *t = *state;
	unsigned random = 20261122;

	arrange(t);
	promise(t, TUESDAYS, "2026-11-01");
	world_mine(t, "INSERT INTO agreement (id, customer_id, property_id, repeats, starts_day) SELECT 5000 + seq, %llu, %llu, 1, "
	    "'2026-11-01' FROM seq_1_to_60", (unsigned long long)CUSTOMER, (unsigned long long)PROPERTY);
	world_mine(t, "INSERT INTO term (agreement_id, from_day, kind, rule, anchor_day, service_id, minutes, rate_kind, with_chemicals, "
	    "rate_cents) SELECT 5000 + seq, '2026-11-01', 1, 'FREQ=WEEKLY;BYDAY=MO,TH', '2026-11-01', %llu, 30, 1, 1, 100 "
	    "FROM seq_1_to_60", (unsigned long long)SERVICE);
	for (int i = 0; i < kills; i++) {
		pid_t pid[2] = {worker(t), worker(t)};

		for (int k = 0; k < 2; k++) {
			random = random * 1664525 + 1013904223;
			usleep((random >> 8) % 150000);
			kill(pid[k], SIGKILL);
			assert_int_equal(waitpid(pid[k], NULL, 0), pid[k]);
		}
		world_mine(t, "UPDATE agreement SET made_until = NULL WHERE MOD(id + %d, 3) = 0", i);
	}
	print_message("# %d times two workers were killed\n", kills);
	night(t, NOW, OK);
	assert_int_equal(visits(t), 9 + 60 * 18);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM (SELECT agreement_id, COUNT(DISTINCT occurs_day) AS days FROM visit "
	    "WHERE agreement_id BETWEEN 5001 AND 5060 AND WEEKDAY(day) IN (0, 3) GROUP BY agreement_id HAVING days = 18) AS whole"), 60);
}

static void
other_terms_leave_alone_what_was_done_or_moved_by_hand(void **state)
{
	struct term_change in = {.from_day = on("2026-12-01"), .term = term("FREQ=WEEKLY;BYDAY=FR"), .version = 1};
	struct world *t = *state;
	struct agreement_terms out;
	struct work w;

	arrange(t);
	uint64_t id = promise(t, TUESDAYS, "2026-11-01");
	world_mine(t, "UPDATE visit SET state = %d WHERE day = '2026-12-01'", VISIT_DONE);
	world_mine(t, "UPDATE visit SET by_hand = 1, day = '2026-12-09' WHERE day = '2026-12-08'");
	office(t, &w, NOW);
	act_done(t, &w, OK, act_agreement_term(&w, id, &in, &out));
	assert_int_equal(out.terms_n, 2);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE state = %d AND day = '2026-12-01'", VISIT_DONE), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE occurs_day = '2026-12-08' AND day = '2026-12-09'"), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE day = '2026-11-24'"), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE day >= '2026-12-02' AND by_hand = 0 AND "
	    "WEEKDAY(day) <> 4"), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE WEEKDAY(day) = 4"), 8);
	in.from_day = on("2026-12-08");
	office(t, &w, NOW);
	act_done(t, &w, E_STALE, act_agreement_term(&w, id, &in, &out));
}

static void
since_done_there_is_one_visit_until_it_is_done(void **state)
{
	struct agreement_wish in = {.property_id = PROPERTY, .repeats = REPEATS_SINCE_DONE, .starts_day = on("2026-11-25"),
	    .term = term("")};
	struct world *t = *state;
	struct agreement_terms out;
	struct work w;

	arrange(t);
	in.term.rule.is = false;
	in.term.every_days = (struct maybe_u32){true, 30};
	office(t, &w, NOW);
	act_done(t, &w, OK, act_agreement_make(&w, &in, &out));
	assert_int_equal(visits(t), 1);
	world_mine(t, "UPDATE visit SET state = %d, day = '2026-11-27'", VISIT_DONE);
	world_mine(t, "UPDATE agreement SET made_until = '2026-11-28'");
	night(t, NOW + 7 * 86400, OK);
	assert_int_equal(visits(t), 2);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE day = '2026-12-27' AND state = %d", VISIT_SCHEDULED), 1);
	world_mine(t, "UPDATE agreement SET made_until = NULL");
	night(t, NOW + 8 * 86400, OK);
	assert_int_equal(visits(t), 2);
}

static void
moved_for_good_the_visit_stays_the_same_and_others_follow(void **state)
{
	struct world *t = *state;
	struct visit_moving in = {.day = on("2026-12-03"), .tech_id = {true, MANAGER}, .for_good = true, .version = 1};
	struct visit_line out;
	struct work w;

	arrange(t);
	promise(t, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-11-17");
	uint64_t id = (uint64_t)world_number(t, "SELECT id FROM visit WHERE day = '2026-12-01'");
	office(t, &w, NOW);
	act_done(t, &w, OK, act_visit_move(&w, id, &in, &out));
	assert_true(out.id == id && out.day.n == in.day.n && out.occurs_day.v.n == in.day.n && !out.by_hand);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE day < '2026-12-03'"), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE tech_id = %llu AND WEEKDAY(day) = 3 AND "
	    "MOD(DATEDIFF(day, '2026-12-03'), 14) = 0", (unsigned long long)MANAGER), visits(t));
	assert_int_equal(visits(t), 4);
	night(t, NOW, OK);
	assert_int_equal(visits(t), 4);
	in.version = out.version;
	in.day = on("2026-12-17");
	office(t, &w, NOW);
	act_done(t, &w, E_INVALID, act_visit_move(&w, id, &in, &out));
}

static void
an_ended_agreement_is_closed_when_its_last_day_is_over(void **state)
{
	struct agreement_ending in = {on("2026-12-10"), 1};
	struct world *t = *state;
	struct agreement_terms out;
	struct work w;

	arrange(t);
	uint64_t id = promise(t, TUESDAYS, "2026-11-01");
	world_mine(t, "UPDATE visit SET by_hand = 1 WHERE day = '2026-12-15'");
	office(t, &w, NOW);
	act_done(t, &w, OK, act_agreement_end(&w, id, &in, &out));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE state = %d", VISIT_SCHEDULED), 3);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE state = %d", VISIT_CANCELLED), 1);
	world_mine(t, "UPDATE agreement SET made_until = '2026-12-10'");
	night(t, NOW + 20 * 86400, OK);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM agreement WHERE closed_at IS NOT NULL"), 1);
	night(t, NOW + 21 * 86400, OK);
	assert_int_equal(visits(t), 4);
}

static void
a_shift_is_undone_but_for_what_was_touched_since(void **state)
{
	struct shift_wish in = {.from_day = on("2026-11-24"), .to_day = on("2026-12-01"), .by_days = 1};
	struct world *t = *state;
	struct shift_undo undo;
	struct shift out;
	struct work w;

	arrange(t);
	promise(t, TUESDAYS, "2026-11-01");
	in.dry = true;
	office(t, &w, NOW);
	act_done(t, &w, OK, act_shift(&w, &in, &out));
	assert_true(out.moved == 2 && !out.batch_id.is);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE by_hand = 1"), 0);
	in.dry = false;
	office(t, &w, NOW);
	act_done(t, &w, OK, act_shift(&w, &in, &out));
	uint64_t batch = out.batch_id.v;
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE by_hand = 1 AND WEEKDAY(day) = 2"), 2);
	world_mine(t, "UPDATE visit SET version = version + 1 WHERE day = '2026-12-02'");
	office(t, &w, NOW);
	act_done(t, &w, OK, act_shift_undo(&w, batch, &undo));
	assert_true(undo.undone == 1 && undo.left == 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE day IN ('2026-11-24', '2026-12-02')"), 2);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE by_hand = 1"), 1);
	office(t, &w, NOW);
	act_done(t, &w, E_STALE, act_shift_undo(&w, batch, &undo));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM event WHERE kind = %d", EVENT_VISIT_MOVED), 2);
}

static void
wishes_hold_until_somebody_insists(void **state)
{
	struct world *t = *state;
	struct visit_wish in = {.property_id = PROPERTY, .service_id = SERVICE, .day = on("2026-11-27"), .note = STR("")};
	struct visit_line out;
	struct work w;

	arrange(t);
	world_mine(t, "UPDATE property SET not_days = %d, never_techs = '[]'", 1 << FRIDAY);
	office(t, &w, NOW);
	act_done(t, &w, E_INVALID, act_visit_make(&w, &in, VISIT_OF_OFFICE, &out));
	assert_string_equal(w.fault.field, "day");
	in.anyway = (struct maybe_bool){true, true};
	office(t, &w, NOW);
	act_done(t, &w, OK, act_visit_make(&w, &in, VISIT_OF_OFFICE, &out));
	world_mine(t, "UPDATE staff SET state = %d WHERE id = %llu", STAFF_DISABLED, (unsigned long long)TECH);
	in.tech_id = (struct maybe_u64){true, TECH};
	office(t, &w, NOW);
	act_done(t, &w, E_INVALID, act_visit_make(&w, &in, VISIT_OF_OFFICE, &out));
	assert_string_equal(w.fault.field, "tech_id");
	world_mine(t, "UPDATE staff SET state = %d WHERE id = %llu", STAFF_ACTIVE, (unsigned long long)TECH);
	world_mine(t, "UPDATE property SET not_days = 0, same_tech = 1, usual_tech_id = %llu, from_minute = 540, to_minute = 660",
	    (unsigned long long)MANAGER);
	in.anyway.v = false;
	office(t, &w, NOW);
	act_done(t, &w, E_INVALID, act_visit_make(&w, &in, VISIT_OF_OFFICE, &out));
	assert_string_equal(w.fault.field, "tech_id");
	struct agreement_wish promise_in = {.property_id = PROPERTY, .repeats = REPEATS_CALENDAR,
	    .starts_day = on("2026-12-01"), .term = term(TUESDAYS)};
	struct agreement_terms made;
	promise_in.term.tech_id.is = false;
	office(t, &w, NOW);
	act_done(t, &w, OK, act_agreement_make(&w, &promise_in, &made));
	assert_true(made.terms[0].tech_id.v == MANAGER && !made.terms[0].from_minute.is);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE agreement_id IS NOT NULL AND (tech_id <> %llu OR "
	    "from_minute <> 540 OR to_minute <> 660)", (unsigned long long)MANAGER), 0);
	in.property_id = 4711;
	office(t, &w, NOW);
	act_done(t, &w, E_INVALID, act_visit_make(&w, &in, VISIT_OF_OFFICE, &out));
	assert_string_equal(w.fault.field, "property_id");
}

static void
a_hold_and_other_terms_begin_on_one_day_and_go_one_by_one(void **state)
{
	struct agreement_hold hold = {.from_day = on("2026-12-01"), .until_day = {true, on("2026-12-14")}, .version = 1};
	struct term_change other = {.from_day = on("2026-12-01"), .term = term("FREQ=WEEKLY;BYDAY=TH")};
	struct world *t = *state;
	struct agreement_terms out;
	struct work w;

	arrange(t);
	uint64_t id = promise(t, TUESDAYS, "2026-11-01");
	office(t, &w, NOW);
	act_done(t, &w, OK, act_agreement_hold(&w, id, &hold, &out));
	other.version = out.version;
	office(t, &w, NOW);
	act_done(t, &w, OK, act_agreement_term(&w, id, &other, &out));
	assert_int_equal(out.terms_n, 3);
	assert_true(out.terms[1].kind == TERM_WORKS && out.terms[2].kind == TERM_HOLD && out.terms[2].from_day.n == hold.from_day.n);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE day BETWEEN '2026-12-01' AND '2026-12-14'"), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE WEEKDAY(day) = 3 AND day >= '2026-12-17'"), 6);
	/* Back earlier than they thought. */
	hold.until_day.v = on("2026-12-09");
	hold.version = out.version;
	office(t, &w, NOW);
	act_done(t, &w, OK, act_agreement_hold(&w, id, &hold, &out));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE WEEKDAY(day) = 3"), 7);
	office(t, &w, NOW);
	act_done(t, &w, OK, act_agreement_resume(&w, id, hold.from_day, &out));
	assert_int_equal(out.terms_n, 2);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE WEEKDAY(day) = 3"), 8);
	office(t, &w, NOW);
	act_done(t, &w, E_NOT_FOUND, act_agreement_resume(&w, id, hold.from_day, &out));
}

static void
a_wish_that_comes_later_is_obeyed_from_tomorrow_and_what_somebody_insisted_on_stays(void **state)
{
	struct term_change insisted = {.from_day = on("2027-01-05"), .term = term(TUESDAYS), .anyway = {true, true}};
	struct world *t = *state;
	struct agreement_terms out;
	struct work w;

	arrange(t);
	uint64_t id = promise(t, TUESDAYS, "2026-11-01");
	world_mine(t, "UPDATE visit SET by_hand = 1 WHERE day = '2026-12-01'");
	world_mine(t, "UPDATE property SET not_days = %d, from_minute = 540, to_minute = 660", 1 << TUESDAY);
	office(t, &w, NOW);
	act_done(t, &w, OK, tell_visits_of_place(&w, CUSTOMER, PROPERTY));
	/* What somebody decided stays; the others are on Wednesday, in their window, and still this Tuesday's occurrence. */
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE WEEKDAY(day) = 1"), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE WEEKDAY(day) = 2 AND WEEKDAY(occurs_day) = 1 AND "
	    "from_minute = 540 AND to_minute = 660"), 8);
	insisted.version = 1;
	office(t, &w, NOW);
	act_done(t, &w, OK, act_agreement_term(&w, id, &insisted, &out));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE WEEKDAY(day) = 1 AND day >= '2027-01-05'"), 3);
	night(t, NOW, OK);
	assert_int_equal(visits(t), 9);
	/* Whom they do not want any more, and who left, gets no visit: it is nobody's, and says why. */
	world_mine(t, "UPDATE property SET not_days = 0, never_techs = '%s'", list_of(t, TECH));
	office(t, &w, NOW);
	act_done(t, &w, OK, tell_visits_of_place(&w, CUSTOMER, PROPERTY));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE tech_id IS NULL AND why_who LIKE '%%this technician%%' "
	    "AND WEEKDAY(day) = 1"), 5);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE tech_id = %llu AND day >= '2027-01-05'",
	    (unsigned long long)TECH), 3);
}

static void
an_expired_certificate_takes_the_visits_behind_it_from_its_technician(void **state)
{
	struct agreement_wish in = {.property_id = PROPERTY, .repeats = REPEATS_CALENDAR, .starts_day = on("2026-12-15"),
	    .term = term(TUESDAYS)};
	struct world *t = *state;
	struct agreement_terms out;
	struct work w;

	arrange(t);
	world_mine(t, "INSERT INTO setting (id, kind, name, body) VALUES (77, %d, 'CPO', '{}')", SETTING_SKILL);
	world_mine(t, "UPDATE service SET skills = '%s'", list_of(t, 77));
	office(t, &w, NOW);
	act_done(t, &w, E_INVALID, act_agreement_make(&w, &in, &out));
	assert_string_equal(w.fault.field, "tech_id");
	world_mine(t, "INSERT INTO staff_skill (staff_id, skill_id, certificate, expires_day) VALUES (%llu, 77, 'A-1', '2026-12-14')",
	    (unsigned long long)TECH);
	office(t, &w, NOW);
	act_done(t, &w, E_INVALID, act_agreement_make(&w, &in, &out));
	in.starts_day = on("2026-12-01");
	office(t, &w, NOW);
	act_done(t, &w, OK, act_agreement_make(&w, &in, &out));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE tech_id = %llu", (unsigned long long)TECH), 2);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE tech_id IS NULL AND day >= '2026-12-15' AND "
	    "why_who LIKE '%%expired on %%CPO%%2026-12-14%%'"), 6);
}

/* Is that line on the checklist of the stop, as the phone gets it? */
static bool
listed(struct world *t, uint64_t visit, const char *line)
{
	struct str brief;
	struct work w;

	office(t, &w, NOW);
	act_done(t, &w, OK, brief_write(&w, visit, &brief));
	return strstr(brief.p, line) != NULL;
}

static void
ticked(struct world *t, uint64_t id, const char *day, const char *line)
{
	world_mine(t, "INSERT INTO visit (id, customer_id, property_id, service_id, day, tech_id, minutes, state, source) VALUES "
	    "(%llu, %llu, %llu, %llu, '%s', %llu, 30, %d, 1)", (unsigned long long)id, (unsigned long long)CUSTOMER,
	    (unsigned long long)PROPERTY, (unsigned long long)SERVICE, day, (unsigned long long)TECH, VISIT_DONE);
	world_mine(t, "INSERT INTO visit_log (id, visit_id, verb, answer, actor_kind, actor_id, device_at, server_at, body) VALUES "
	    "(%llu, %llu, %d, %d, %d, %llu, 1, 1, '{\"text\":\"\",\"item\":\"%s\",\"done\":true}')", (unsigned long long)id,
	    (unsigned long long)id, VERB_CHECK, SYNC_APPLIED, ACTOR_STAFF, (unsigned long long)TECH, line);
}

static void
a_line_is_on_the_list_when_it_is_due_and_until_it_is_done(void **state)
{
	struct agreement_wish in = {.property_id = PROPERTY, .repeats = REPEATS_CHECKLIST, .starts_day = on("2026-11-01"),
	    .term = term("FREQ=MONTHLY;BYMONTHDAY=20")};
	struct world *t = *state;
	struct agreement_terms out;
	struct work w;

	arrange(t);
	world_mine(t, "UPDATE service SET checklist = '{\"rows\":[{\"text\":\"Skim\",\"photo\":false,\"required\":true,"
	    "\"reading\":\"\",\"every_days\":null},{\"text\":\"Rinse the filter\",\"photo\":true,\"required\":true,"
	    "\"reading\":\"\",\"every_days\":60}]}'");
	world_mine(t, "INSERT INTO service (id, name, kind, minutes, checklist, parts) VALUES (78, 'Clean the salt cell', 2, 30, "
	    "'{\"rows\":[]}', '{\"rows\":[]}')");
	world_mine(t, "UPDATE service SET instructions = 'Two people, gloves.', parts = "
	    "'{\"rows\":[{\"name\":\"Acid, gallon\",\"quantity\":4}]}'");
	promise(t, TUESDAYS, "2026-11-01");
	uint64_t next = (uint64_t)world_number(t, "SELECT id FROM visit WHERE day = '2026-11-24'");
	/* The template is on the phone: what to do, what to bring, what to photograph. */
	assert_true(listed(t, next, "Two people, gloves.") && listed(t, next, "\"Acid, gallon\",\"quantity\":4"));
	assert_true(listed(t, next, "\"Rinse the filter\",\"photo\":true"));
	uint64_t later = (uint64_t)world_number(t, "SELECT id FROM visit WHERE day = '2027-01-19'");
	assert_true(listed(t, next, "Skim") && listed(t, next, "Rinse the filter"));
	ticked(t, 9001, "2026-11-17", "Rinse the filter");
	assert_true(listed(t, next, "Skim") && !listed(t, next, "Rinse the filter"));
	assert_true(listed(t, later, "Rinse the filter"));
	/* An agreement that is a line: due on the 20th, on whatever visit comes next, until it is done. */
	in.term.service_id = 78;
	office(t, &w, NOW);
	act_done(t, &w, OK, act_agreement_make(&w, &in, &out));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE agreement_id = %llu", (unsigned long long)out.id), 0);
	assert_true(listed(t, next, "Clean the salt cell"));
	ticked(t, 9002, "2026-11-19", "Clean the salt cell");
	assert_true(listed(t, next, "Clean the salt cell"));
	ticked(t, 9003, "2026-11-20", "Clean the salt cell");
	assert_false(listed(t, next, "Clean the salt cell"));
	assert_true(listed(t, later, "Clean the salt cell"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(visits_are_made_once_whatever_runs_twice_or_dies),
		world_test(a_night_makes_the_visits_of_more_agreements_than_one_batch),
		world_test(workers_killed_at_any_moment_leave_no_visit_missing_or_doubled),
		world_test(other_terms_leave_alone_what_was_done_or_moved_by_hand),
		world_test(since_done_there_is_one_visit_until_it_is_done),
		world_test(moved_for_good_the_visit_stays_the_same_and_others_follow),
		world_test(an_ended_agreement_is_closed_when_its_last_day_is_over),
		world_test(a_shift_is_undone_but_for_what_was_touched_since),
		world_test(wishes_hold_until_somebody_insists),
		world_test(a_hold_and_other_terms_begin_on_one_day_and_go_one_by_one),
		world_test(a_wish_that_comes_later_is_obeyed_from_tomorrow_and_what_somebody_insisted_on_stays),
		world_test(a_line_is_on_the_list_when_it_is_due_and_until_it_is_done),
		world_test(an_expired_certificate_takes_the_visits_behind_it_from_its_technician),
	};
	return world_run("visits, agreements, shifts", tests);
}
