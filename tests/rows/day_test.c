/* tests/rows/day_test.c -- stop cards are what their sources say, whatever changed them; verbs are done once. */
#include "fcgi/acts/agreements.h"
#include "fcgi/acts/board.h"
#include "fcgi/acts/notes.h"
#include "fcgi/acts/phones.h"
#include "fcgi/acts/properties.h"
#include "fcgi/acts/shifts.h"
#include "fcgi/acts/sync.h"
#include "fcgi/acts/tell_message.h"
#include "fcgi/acts/today.h"
#include "fcgi/acts/visits.h"
#include "fcgi/jobs/list.h"
#include "sql/tenant/queries/day.h"
#include "tests/rows/people.h"

#define CUSTOMER UINT64_C(4100000000000000001)
#define PROPERTY UINT64_C(4100000000000000002)
#define SERVICE  UINT64_C(4100000000000000004)
#define ELSEWHERE UINT64_C(4100000000000000005)
#define PHONE    UINT64_C(4100000000000000009)
#define NOW      INT64_C(1795262400) /* Saturday, 21 November 2026, noon in UTC: five in the morning in Phoenix */

static uint32_t counted;

static struct day
day_n(int32_t n)
{
	struct day d;

	assert_true(day_read(STR("2026-11-21"), &d));
	return day_add(d, n);
}

static void
arrange(struct world *t)
{
	counted = 0;
	people_arrange(t);
	world_sql(t, "INSERT INTO customer (id, name, email, language, created_at) VALUES (%llu, 'Rosa', 'r@x.example', 'es', 0)",
	    (unsigned long long)CUSTOMER);
	world_sql(t, "INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES "
	    "(%llu, %llu, '12 Palm Way', 'Mesa', 'AZ', '85201')", (unsigned long long)PROPERTY, (unsigned long long)CUSTOMER);
	world_sql(t, "INSERT INTO service (id, name, kind, minutes, checklist, parts) VALUES "
	    "(%llu, 'Full service', 1, 30, '{\"rows\":[]}', '{\"rows\":[]}')", (unsigned long long)SERVICE);
}

static void
as(struct world *t, struct work *w, uint64_t who, enum built_in_role role)
{
	t->desk.now = NOW;
	people_enter(t, w, who, role);
	w->now = NOW;
	w->now_ms = NOW * 1000;
}

static uint64_t
plan_at(struct world *t, uint64_t property, int32_t day, uint64_t tech)
{
	struct visit_wish in = {.property_id = property, .service_id = SERVICE, .day = day_n(day),
	    .tech_id = {tech != 0, tech}, .note = STR(""), .anyway = {true, true}};
	struct visit_line out;
	struct work w;

	as(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_visit_make(&w, &in, VISIT_OF_OFFICE, &out));
	return out.id;
}

static uint64_t
plan(struct world *t, int32_t day, uint64_t tech)
{
	return plan_at(t, PROPERTY, day, tech);
}

static void
move(struct world *t, uint64_t visit, int32_t day, uint64_t tech)
{
	struct visit_moving in = {.day = day_n(day), .tech_id = {tech != 0, tech}, .anyway = {true, true}};
	struct visit_line out;
	struct work w;

	as(t, &w, OWNER, ROLE_OWNER);
	in.version = (uint32_t)world_number(t, "SELECT version FROM visit WHERE id = %llu", (unsigned long long)visit);
	act_done(t, &w, OK, act_visit_move(&w, visit, &in, &out));
}

static struct sync_answered
say(struct world *t, uint64_t id, enum verb verb, uint64_t visit, const char *text)
{
	struct sync_verb v = {.id = id, .n = ++counted, .verb = verb, .visit_id = {visit != 0, visit}, .at = NOW - 600 + counted,
	    .body = {.text = str_of(text), .reason = {true, STR("so")}, .item = {true, STR("Net")}, .done = {true, true}}};
	struct sync_in in = {.device_id = PHONE, .device_name = STR("x"), .now = NOW, .verbs = &v, .verbs_n = 1};
	struct sync_out out;
	struct work w;

	as(t, &w, TECH, ROLE_TECHNICIAN);
	w.steps = true;
	act_done(t, &w, OK, act_sync(&w, &in, &out));
	assert_int_equal(out.answers_n, 1);
	return out.answers[0];
}

/* The law: every kept day, compared with what its sources say. */
static void
cards_are_true(struct world *t)
{
	static const uint64_t techs[] = {TECH, MANAGER};
	size_t seen = 0;

	for (size_t k = 0; k < 2; k++)
		for (int32_t d = -CARD_BACK_DAYS; d <= CARD_AHEAD_DAYS; d++) {
			struct card_row *is, *must;
			struct work w;
			size_t n, m;

			as(t, &w, OWNER, ROLE_OWNER);
			world_ok(t, &w.fault, sql_day_cards(w.db, techs[k], day_n(d), w.arena, &is, &n));
			world_ok(t, &w.fault, tell_day_cards(&w, techs[k], day_n(d), &must, &m));
			if (n == 0) {
				assert_int_equal(m, 0);
			} else {
				assert_true(is[0].id == 0 && is[0].built);
				assert_int_equal(n - 1, m);
			}
			for (size_t i = 0; i < m; i++) {
				struct card_row a = is[i + 1], *b = &must[i];

				seen++;
				assert_true(a.id == b->id && a.seq == b->seq && a.state == b->state && a.minutes == b->minutes);
				assert_int_equal(a.visit_version, b->visit_version);
				assert_true(a.from_minute.is == b->from_minute.is && a.from_minute.v == b->from_minute.v);
				assert_true(a.to_minute.is == b->to_minute.is && a.to_minute.v == b->to_minute.v);
				assert_true(a.on_way_at.is == b->on_way_at.is && a.on_way_at.v == b->on_way_at.v);
				assert_true(a.started_at.is == b->started_at.is && a.started_at.v == b->started_at.v);
				assert_true(a.fetched_at.is == b->fetched_at.is && a.fetched_at.v == b->fetched_at.v);
				assert_true(a.ended_at.is == b->ended_at.is && a.ended_at.v == b->ended_at.v);
				assert_true(a.confirmed_at.is == b->confirmed_at.is && a.confirmed_at.v == b->confirmed_at.v);
				assert_true(str_eq(a.flag, b->flag) && str_eq(a.note, b->note) && str_eq(a.skip_reason, b->skip_reason));
				assert_string_equal(str_copy(t->a, a.brief).p, str_copy(t->a, b->brief).p);
				assert_string_equal(str_copy(t->a, a.progress).p, str_copy(t->a, b->progress).p);
			}
			world_ok(t, &w.fault, work_close(&w, OK));
		}
	assert_int_equal(seen, world_number(t, "SELECT COUNT(*) FROM stop_card WHERE id > 0"));
}

static void
cards_follow_whatever_changes_a_visit_or_its_customer(void **state)
{
	struct world *t = *state;
	const uint64_t mine[] = {TECH, MANAGER, 0};
	uint64_t visit[6], seed = 7;
	struct work w;

	arrange(t);
	for (int i = 0; i < 6; i++)
		visit[i] = plan(t, i % 3, mine[i % 3]);
	cards_are_true(t);
	for (int i = 0; i < 60; i++) {
		seed = seed * 6364136223846793005U + 1442695040888963407U;
		const unsigned r = (unsigned)(seed >> 33);
		const uint64_t v = visit[r % 6];
		const int64_t s = world_number(t, "SELECT state FROM visit WHERE id = %llu", (unsigned long long)v);

		if (r / 6 % 3 == 0 && s == VISIT_SCHEDULED)
			move(t, v, (int32_t)(r / 18 % 12), mine[r / 216 % 3]);
		else if (r / 6 % 3 == 1)
			say(t, 9000 + (uint64_t)i, (enum verb)(VERB_CONFIRM + r / 18 % 8), v, "Hello");
		else
			say(t, 9000 + (uint64_t)i, VERB_REOPEN, v, "");
		if (i % 10 == 9)
			cards_are_true(t);
	}
	/* One with a promised time, at a place of its own, from yes to done: each time of it is its own. */
	world_mine(t, "INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES "
	    "(%llu, %llu, '14 Palm Way', 'Mesa', 'AZ', '85201')", (unsigned long long)ELSEWHERE, (unsigned long long)CUSTOMER);
	const uint64_t whole = plan_at(t, ELSEWHERE, 0, TECH);
	const struct visit_edit promised = {.from_minute = {true, 540}, .to_minute = {true, 660}, .minutes = 30, .note = STR(""),
	    .version = 1};
	const enum verb taps[] = {VERB_CONFIRM, VERB_ON_MY_WAY, VERB_ARRIVE, VERB_FINISH};
	struct visit_line line;
	as(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_visit_edit(&w, whole, &promised, &line));
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(say(t, 9090 + i, taps[i], whole, "").answer, SYNC_APPLIED);
		cards_are_true(t);
	}
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM stop_card WHERE from_minute = 540 AND to_minute = 660 AND "
	    "confirmed_at < on_way_at AND on_way_at < started_at AND started_at < ended_at"), 1);
	/* A stop at the supply house: put there, reached, taken away. */
	const uint64_t theirs = plan(t, 0, TECH);
	struct fetch_in errand = {.text = STR("O-ring"), .version = 1};
	as(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_board_fetch(&w, theirs, &errand, &line));
	cards_are_true(t);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM stop_card WHERE brief LIKE '%%\"errand\":[{\"text\":\"O-ring\",\"minutes\":15%%'"), 1);
	assert_int_equal(say(t, 9100, VERB_FETCHED, theirs, "").answer, SYNC_APPLIED);
	cards_are_true(t);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM stop_card WHERE fetched_at IS NOT NULL"), 1);
	/* The same technician on another day still has it in the van; another one does not. */
	move(t, theirs, 1, TECH);
	cards_are_true(t);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE fetched_at IS NOT NULL"), 1);
	move(t, theirs, 1, MANAGER);
	cards_are_true(t);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE fetched_at IS NOT NULL"), 0);
	move(t, theirs, 0, TECH);
	errand = (struct fetch_in){.text = STR("")};
	errand.version = (uint32_t)world_number(t, "SELECT version FROM visit WHERE id = %llu", (unsigned long long)theirs);
	as(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_board_fetch(&w, theirs, &errand, &line));
	cards_are_true(t);
	assert_int_equal(say(t, 9101, VERB_FETCHED, theirs, "").answer, SYNC_CONFLICT);
	/* What a technician reads of the customer, and of the service. */
	as(t, &w, OWNER, ROLE_OWNER);
	struct note_new note = {.on_kind = RECORD_PROPERTY, .on_id = PROPERTY, .audience = AUDIENCE_TECHNICIANS,
	    .body = STR("Key under the mat.")};
	uint64_t written, customer;
	act_done(t, &w, OK, act_note_write(&w, &note, &written, &customer));
	cards_are_true(t);
	assert_true(world_number(t, "SELECT COUNT(*) FROM stop_card WHERE brief LIKE '%%under the mat%%'") > 0);
	/* A code that a customer wrote, and one that the office changed. */
	as(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, tell_gate(&w, PROPERTY, STR("4417")));
	cards_are_true(t);
	assert_true(world_number(t, "SELECT COUNT(*) FROM stop_card WHERE brief LIKE '%%\"has_codes\":true,\"codes_changed_at\":1%%'") > 0);
	struct codes_change codes = {.gate = {true, STR("5520")}};
	codes.version = (uint32_t)world_number(t, "SELECT version FROM property WHERE id = %llu", (unsigned long long)PROPERTY);
	as(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_property_codes_set(&w, PROPERTY, &codes, &customer));
	cards_are_true(t);
	/* One that nobody told would be seen. */
	world_mine(t, "UPDATE stop_card SET note = 'forged' WHERE id > 0 LIMIT 1");
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM stop_card c JOIN visit v ON v.id = c.visit_id WHERE c.note <> v.note"), 1);
}

static void
a_night_builds_the_days_that_came_into_reach(void **state)
{
	struct world *t = *state;
	struct ticket ticket = {0};
	struct work w;

	arrange(t);
	world_mine(t, "INSERT INTO visit (id, customer_id, property_id, service_id, day, tech_id, minutes, state, source) "
	    "SELECT 7000 + seq, %llu, %llu, %llu, DATE_ADD('2026-11-14', INTERVAL seq DAY), %llu, 30, 1, 1 FROM seq_1_to_20",
	    (unsigned long long)CUSTOMER, (unsigned long long)PROPERTY, (unsigned long long)SERVICE, (unsigned long long)TECH);
	world_mine(t, "INSERT INTO stop_card (tech_id, day, seq, id) VALUES (%llu, '2026-11-01', 0, 0)", (unsigned long long)TECH);
	for (int i = 0; i < 2; i++) {
		as(t, &w, OWNER, ROLE_OWNER);
		w.actor = (struct actor){.kind = ACTOR_SYSTEM};
		act_done(t, &w, OK, job_cards.run(&w, &ticket));
		cards_are_true(t);
	}
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM stop_card WHERE id > 0"), CARD_BACK_DAYS + 1 + CARD_AHEAD_DAYS);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM stop_card WHERE day < '2026-11-14'"), 0);
}

static void
a_new_agreement_writes_its_own_cards_alone(void **state)
{
	struct world *t = *state;
	struct agreement_wish in = {.property_id = ELSEWHERE, .repeats = REPEATS_CALENDAR, .starts_day = day_n(0), .anyway = {true, true},
	    .term = {.rule = {true, STR("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU")}, .service_id = SERVICE, .tech_id = {true, TECH}, .rate_kind = RATE_MONTH,
	        .skip_policy = SKIP_BILLED}};
	struct agreement_terms out;
	struct work w;

	arrange(t);
	world_mine(t, "INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES "
	    "(%llu, %llu, '14 Palm Way', 'Mesa', 'AZ', '85201')", (unsigned long long)ELSEWHERE, (unsigned long long)CUSTOMER);
	const uint64_t mine = plan(t, 2, TECH);
	world_mine(t, "UPDATE stop_card SET note = 'Nobody wrote me anew.' WHERE visit_id = %llu", (unsigned long long)mine);
	as(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_agreement_make(&w, &in, &out));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM stop_card WHERE id > 0"), 1 + 1 + CARD_AHEAD_DAYS);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM stop_card WHERE note = 'Nobody wrote me anew.'"), 1);
	world_mine(t, "UPDATE stop_card SET note = '' WHERE visit_id = %llu", (unsigned long long)mine);
	cards_are_true(t);
	/* The phone asks for what is newer than it has: these are, and the other is not. */
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM stop_card c JOIN stop_card h ON h.tech_id = c.tech_id AND h.day = c.day "
	    "AND h.id = 0 WHERE c.id > 0 AND c.since = h.version"), 1 + CARD_AHEAD_DAYS);
}

/* The job "brief" of one step, at a second; when the next one is due, or 0. */
static int64_t
brief_at(struct world *t, uint64_t visit, uint32_t step, int64_t second)
{
	const struct brief_order o = {.tech_id = TECH, .day = day_n(0), .news = BRIEF_NEW, .visit_id = {true, visit}, .step = step,
	    .version = (uint32_t)world_number(t, "SELECT version FROM stop_card WHERE id = 0 AND day = '2026-11-21' AND tech_id = %llu",
	        (unsigned long long)TECH)};
	struct work w;

	world_mine(t, "DELETE FROM job WHERE kind = 'brief'");
	as(t, &w, OWNER, ROLE_OWNER);
	w.now = NOW + second;
	act_done(t, &w, OK, act_brief(&w, &o));
	return world_number(t, "SELECT IFNULL(MAX(due_at), 0) FROM job WHERE kind = 'brief'");
}

static bool
red_at(struct world *t, int64_t second)
{
	struct board out;
	struct work w;

	as(t, &w, OWNER, ROLE_OWNER);
	w.now = NOW + second;
	act_done(t, &w, OK, act_board(&w, &(struct board_query){.day = day_n(0)}, &out));
	assert_int_equal(out.stops_n, 1);
	return out.stops[0].lost;
}

static void
what_no_phone_took_is_said_again_after_two_minutes_and_red_after_five(void **state)
{
	struct world *t = *state;

	arrange(t);
	const uint64_t visit = plan(t, 0, TECH);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'brief' AND due_at <= %lld", (long long)NOW), 1);
	/* At once, again after two minutes, and after five the office hears of it. */
	assert_int_equal(brief_at(t, visit, 0, 0), NOW + 120);
	assert_int_equal(brief_at(t, visit, 1, 120), NOW + 300);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM alert WHERE kind = %d", ALERT_UNDELIVERED), 0);
	assert_false(red_at(t, 299));
	assert_true(red_at(t, 300));
	assert_int_equal(brief_at(t, visit, 2, 300), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM alert WHERE kind = %d", ALERT_UNDELIVERED), 1);
	/* A phone that has it by then ends all of it. */
	world_mine(t, "UPDATE stop_card SET seen_version = version WHERE id = 0");
	assert_false(red_at(t, 300));
	assert_int_equal(brief_at(t, visit, 0, 0), 0);
}

static void
a_verb_is_done_once_even_if_its_answer_was_lost(void **state)
{
	struct world *t = *state;
	struct sync_answered a;
	uint64_t visit;

	arrange(t);
	visit = plan(t, 0, TECH);
	a = say(t, 9000, VERB_NOTE, visit, "Once.");
	assert_true(a.answer == SYNC_APPLIED && !a.again);
	counted = 0;
	a = say(t, 9000, VERB_NOTE, visit, "Once.");
	assert_true(a.answer == SYNC_APPLIED && a.again);
	/* The same key under another count: the log's key holds. */
	a = say(t, 9000, VERB_NOTE, visit, "Twice.");
	assert_int_equal(a.answer, SYNC_REFUSED);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit_log WHERE body LIKE '%%Once%%' AND answer = 1"), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit_log WHERE body LIKE '%%Twice%%' AND answer = 1"), 0);
	/* After a gap nothing is done. */
	counted = 7;
	assert_int_equal(say(t, 9001, VERB_NOTE, visit, "Later.").answer, SYNC_GAP);
	assert_int_equal(world_number(t, "SELECT last_n FROM device"), 2);
	cards_are_true(t);
}

/* The spans of a clock in an answer, as the letters a, b, c ... of their ids. */
static const char *
clock_of(struct world *t, uint64_t who, enum built_in_role role, int32_t day)
{
	static char letters[8];
	struct tech_day_out out;
	struct work w;

	as(t, &w, who, role);
	act_done(t, &w, OK, act_day(&w, (struct maybe_day){true, day_n(day)}, &out));
	assert_true(out.clock_n < sizeof letters);
	for (size_t i = 0; i < out.clock_n; i++)
		letters[i] = (char)('a' + out.clock[i].id - 8001);
	letters[out.clock_n] = '\0';
	return letters;
}

/* Whoever asks in turn, each has their own clock in its order, and the statements of a day are prepared once. */
static void
a_day_that_is_asked_again_prepares_nothing(void **state)
{
	const char *prepared = "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'COM_STMT_PREPARE'";
	struct world *t = *state;
	int64_t before = 0;

	arrange(t);
	plan(t, 0, TECH);
	plan(t, 1, TECH);
	plan(t, 1, MANAGER);
	world_mine(t, "INSERT INTO clock (id, staff_id, day, kind, from_at, to_at) VALUES "
	    "(8001, %llu, '2026-11-22', 1, 1795262000, NULL), (8002, %llu, '2026-11-22', 1, 1795261000, 1795261900), "
	    "(8003, %llu, '2026-11-21', 1, 1795230000, NULL), (8004, %llu, '2026-11-21', 1, 1795200000, 1795201000), "
	    "(8005, %llu, '2026-11-21', 1, 1795190000, NULL), (8006, %llu, '2026-11-22', 1, 1795260000, NULL)",
	    (unsigned long long)TECH, (unsigned long long)TECH, (unsigned long long)TECH, (unsigned long long)TECH,
	    (unsigned long long)TECH, (unsigned long long)MANAGER);
	for (int i = 0; i < 4; i++) {
		if (i == 1)
			before = world_number(t, "%s", prepared);
		/* Of the day before: what is open, and no longer than anybody works. */
		assert_string_equal(clock_of(t, TECH, ROLE_TECHNICIAN, 1), "cba");
		assert_string_equal(clock_of(t, MANAGER, ROLE_MANAGER, 1), "f");
		assert_string_equal(clock_of(t, TECH, ROLE_TECHNICIAN, 0), "edc");
	}
	assert_int_equal(world_number(t, "%s", prepared), before);
}

/* A day that is kept is one statement; one that has to be read from its sources is read at one moment. */
static void
a_day_that_nobody_built_is_read_in_a_transaction(void **state)
{
	struct world *t = *state;

	arrange(t);
	plan(t, 0, TECH);
	for (int32_t day = 0; day <= 1; day++) {
		struct tech_day_out out;
		struct work w;

		world_enter(t, &t->mine, DB_LOOSE, &w);
		w.actor = (struct actor){.kind = ACTOR_STAFF, .id = TECH};
		act_done(t, &w, OK, act_day(&w, (struct maybe_day){true, day_n(day)}, &out));
		assert_int_equal(out.stops_n, 1 - day);
		assert_int_equal(w.mode, day == 0 ? DB_LOOSE : DB_READ_ONLY);
	}
}

/* The gate's code, to the phone of whoever goes there. */
static void
send_codes(struct world *t, uint64_t stop)
{
	struct stop_codes out;
	struct work w;

	as(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, tell_gate(&w, PROPERTY, STR("4417")));
	as(t, &w, TECH, ROLE_TECHNICIAN);
	w.actor.device = PHONE;
	act_done(t, &w, OK, act_stop_codes(&w, stop, &out));
	assert_true(out.gate.is);
}

/* A look at codes: the phone says when it was; it is there once, and also if the stop has gone to somebody else by then. */
static void
a_look_without_signal_is_written_down_once_with_its_time(void **state)
{
	struct world *t = *state;
	uint64_t stop;

	arrange(t);
	world_sql(t, "INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES "
	    "(%llu, %llu, '14 Palm Way', 'Mesa', 'AZ', '85201')", (unsigned long long)ELSEWHERE, (unsigned long long)CUSTOMER);
	stop = plan(t, 0, TECH);
	const uint32_t version = (uint32_t)world_number(t, "SELECT version FROM visit WHERE id = %llu", (unsigned long long)stop);
	/* Before the codes went to their phone there was nothing to look at: the log keeps that it was said, and no more. */
	assert_int_equal(say(t, 9199, VERB_LOOKED, stop, "").answer, SYNC_REFUSED);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM event WHERE kind = %d", EVENT_CODE_SHOWN), 0);
	send_codes(t, stop);
	assert_int_equal(say(t, 9200, VERB_LOOKED, stop, "").answer, SYNC_APPLIED);
	counted--;
	assert_true(say(t, 9200, VERB_LOOKED, stop, "").again);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM event WHERE kind = %d AND actor_id = %llu AND at = %lld",
	    EVENT_CODE_SHOWN, (unsigned long long)TECH, (long long)(NOW - 600 + 2)), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM audit WHERE verb = 'code.shown'"), 1);
	assert_int_equal(world_number(t, "SELECT version FROM visit WHERE id = %llu", (unsigned long long)stop), version);
	cards_are_true(t);
	move(t, stop, 0, MANAGER);
	assert_int_equal(say(t, 9201, VERB_LOOKED, stop, "").answer, SYNC_APPLIED);
	assert_int_equal(say(t, 9204, VERB_LOOKED, plan_at(t, ELSEWHERE, 0, MANAGER), "").answer, SYNC_REFUSED);
	assert_int_equal(say(t, 9202, VERB_LOOKED, 77, "").answer, SYNC_APPLIED);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM event WHERE kind = %d", EVENT_CODE_SHOWN), 2);
	/* Too many wrong PINs: the office hears of it. */
	assert_int_equal(say(t, 9203, VERB_LOCKED, 0, "").answer, SYNC_APPLIED);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM alert WHERE kind = %d AND staff_id = %llu", ALERT_LOCKED,
	    (unsigned long long)TECH), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(cards_follow_whatever_changes_a_visit_or_its_customer),
		world_test(a_night_builds_the_days_that_came_into_reach),
		world_test(a_new_agreement_writes_its_own_cards_alone),
		world_test(what_no_phone_took_is_said_again_after_two_minutes_and_red_after_five),
		world_test(a_verb_is_done_once_even_if_its_answer_was_lost),
		world_test(a_look_without_signal_is_written_down_once_with_its_time),
		world_test(a_day_that_is_asked_again_prepares_nothing),
		world_test(a_day_that_nobody_built_is_read_in_a_transaction),
	};

	return world_run("day", tests);
}
