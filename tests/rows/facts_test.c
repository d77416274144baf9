/*
 * tests/rows/facts_test.c -- what customers are told of: each fact once, only while it is true, by the route as it runs; a good
 * word is asked for once in a while, by day, and of nobody who was not pleased.
 */
#include "domain/base/setting.h"
#include "domain/billing/ledger.h"
#include "domain/billing/payment.h"
#include "fcgi/acts/alerts.h"
#include "fcgi/acts/facts.h"
#include "sql/tenant/queries/visits.h"
#include "tests/rows/world.h"

#define NOON INT64_C(1790017200) /* Monday, 2026-09-21: noon in Phoenix, three in New York */
#define TECH UINT64_C(4194305)
#define SERVICE UINT64_C(4194306)
#define ROSA UINT64_C(4194307)
#define PLACE UINT64_C(4194308)
#define NUMBER "+16025550119"
#define DAY_S 86400

static void
at(struct world *t, int64_t now)
{
	t->desk.now = now;
	t->desk.now_ms = now * 1000;
}

static void
arrange(struct world *t)
{
	const unsigned long long tech = TECH, rosa = ROSA;

	at(t, NOON);
	world_sql(t, "INSERT INTO staff (id, name, email, language, role, state, created_at, start_lat_e6, start_lng_e6) VALUES "
	    "(%llu, 'Tom Reyes', 'tom@blue.example', 'en', %d, %d, 0, 33415000, -111831000)", tech, ROLE_TECHNICIAN, STAFF_ACTIVE);
	for (unsigned day = 0; day < 7; day++)
		world_sql(t, "INSERT INTO availability (id, staff_id, kind, weekday, from_day, from_minute, to_minute) VALUES "
		    "(%u, %llu, 1, %u, '2020-01-01', 480, 1200)", 100 + day, tech, day);
	world_sql(t, "INSERT INTO service (id, name, kind, minutes, checklist, parts) VALUES (%llu, 'Full service', 1, 30, "
	    "'{\"rows\":[]}', '{\"rows\":[]}')", (unsigned long long)SERVICE);
	world_sql(t, "INSERT INTO customer (id, name, email, language, standing, created_at) VALUES "
	    "(%llu, 'Rosa Ruiz', 'rosa@home.example', 'es', %d, 0)", rosa, STANDING_INACTIVE);
	world_sql(t, "INSERT INTO contact (id, customer_id, name, relation, phone, email, language, by_sms, by_email) VALUES "
	    "(%llu, %llu, 'Rosa', 1, '" NUMBER "', '', 'es', 255, 0)", rosa + 10, rosa);
	world_sql(t, "INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6) VALUES "
	    "(%llu, %llu, '9 Palm Way', 'Mesa', 'AZ', '85201', 33416000, -111830000)", (unsigned long long)PLACE, rosa);
	world_sql(t, "INSERT INTO setting (id, kind, owner_id, name, body) VALUES (9, %d, 0, '', "
	    "'{\"number\":\"+14805550100\",\"review_url\":\"https://reviews.example/blue\"}')", SETTING_TEXTS);
}

static void
visit(struct world *t, uint64_t id, const char *day, enum visit_state state, int from, int to)
{
	world_sql(t, "INSERT INTO visit (id, customer_id, property_id, service_id, day, tech_id, seq, from_minute, to_minute, minutes, "
	    "state, source, on_way_at) VALUES (%llu, %llu, %llu, %llu, '%s', %llu, 1, %d, %d, 30, %d, 2, %lld)", (unsigned long long)id,
	    (unsigned long long)ROSA, (unsigned long long)PLACE, (unsigned long long)SERVICE, day, (unsigned long long)TECH, from, to,
	    state, (long long)t->desk.now);
}

static void
rule(struct world *t, const char *occasion, const char *sms, const char *mail)
{
	world_sql(t, "DELETE FROM setting WHERE kind = %d AND name = '%s'", SETTING_OCCASION, occasion);
	world_sql(t, "INSERT INTO setting (id, kind, owner_id, name, body) VALUES (%d, %d, 0, '%s', '{\"sms\":\"%s\",\"email\":\"%s\","
	    "\"sms_en\":\"\",\"sms_es\":\"\",\"subject_en\":\"\",\"subject_es\":\"\",\"mail_en\":\"\",\"mail_es\":\"\"}')",
	    1000 + (int)strlen(occasion), SETTING_OCCASION, occasion, sms, mail);
}

/* As the job does, twice: whatever runs twice says nothing twice. */
static int64_t
say(struct world *t, enum occasion o, uint64_t id, int64_t cause)
{
	const struct fact_order order = {.occasion = o, .id = id, .cause = cause};
	struct work w;

	for (unsigned again = 0; again < 2; again++) {
		world_work(t, &t->mine, &w);
		w.actor.kind = ACTOR_SYSTEM;
		world_ok(t, &w.fault, act_fact(&w, &order));
		world_ok(t, &w.fault, work_close(&w, OK));
	}
	return world_number(t, "SELECT COUNT(*) FROM message WHERE occasion = %d", o);
}

static void
changed(struct world *t, uint64_t id, enum visit_state from, enum actor_kind by)
{
	struct visit is, was;
	struct work w;

	for (unsigned again = 0; again < 2; again++) {
		world_work(t, &t->mine, &w);
		w.actor.kind = by;
		world_ok(t, &w.fault, sql_visit_one(w.db, id, w.arena, &is));
		was = is;
		was.state = from;
		world_ok(t, &w.fault, tell_visit_facts(&w, &was, &is));
		world_ok(t, &w.fault, work_close(&w, OK));
	}
}

static void
on_the_way_is_told_once_with_the_time_of_the_route(void **state)
{
	struct world *t = *state;

	arrange(t);
	visit(t, 71, "2026-09-21", VISIT_ON_WAY, 600, 840);
	changed(t, 71, VISIT_SCHEDULED, ACTOR_STAFF);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'fact'"), 1);
	assert_int_equal(say(t, OCCASION_ON_WAY, 71, NOON), 1);
	assert_int_equal(world_number(t, "SELECT body REGEXP '^.+: Tom Reyes va de camino y llega hacia las 12:(00|05|10)[.]$' FROM message"), 1);
	assert_int_equal(world_number(t, "SELECT ref_id FROM message"), 71);
	/* A tap that comes an hour late is no news. */
	world_mine(t, "DELETE FROM message");
	at(t, NOON + 3600);
	assert_int_equal(say(t, OCCASION_ON_WAY, 71, NOON), 0);
}

static void
a_place_that_wants_a_text_before_gets_it_whatever_is_usual(void **state)
{
	struct world *t = *state;

	arrange(t);
	rule(t, "on_way", "off", "off");
	visit(t, 71, "2026-09-21", VISIT_ON_WAY, 600, 840);
	assert_int_equal(say(t, OCCASION_ON_WAY, 71, NOON), 0);
	world_mine(t, "UPDATE property SET text_before = 1");
	assert_int_equal(say(t, OCCASION_ON_WAY, 71, NOON), 1);
}

static void
a_service_has_words_and_wishes_of_its_own(void **state)
{
	struct world *t = *state;

	arrange(t);
	rule(t, "on_way", "off", "off");
	world_sql(t, "INSERT INTO setting (id, kind, owner_id, name, body) VALUES (77, %d, %llu, 'on_way', '{\"sms\":\"on\",\"email\":\"off\","
	    "\"sms_en\":\"\",\"sms_es\":\"{tech} trae la red grande.\",\"subject_en\":\"\",\"subject_es\":\"\",\"mail_en\":\"\",\"mail_es\":\"\"}')",
	    SETTING_OCCASION, (unsigned long long)SERVICE);
	visit(t, 71, "2026-09-21", VISIT_ON_WAY, 600, 840);
	changed(t, 71, VISIT_SCHEDULED, ACTOR_STAFF);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'fact'"), 1);
	assert_int_equal(say(t, OCCASION_ON_WAY, 71, NOON), 1);
	assert_int_equal(world_number(t, "SELECT body = 'Tom Reyes trae la red grande.' FROM message"), 1);
	/* Another service says what the company says: nothing. */
	world_mine(t, "DELETE FROM message");
	world_mine(t, "UPDATE setting SET owner_id = owner_id + 1 WHERE id = 77");
	assert_int_equal(say(t, OCCASION_ON_WAY, 71, NOON), 0);
}

static void
a_skip_that_was_taken_back_is_not_told(void **state)
{
	const int32_t day = 20717; /* 2026-09-21 */
	struct world *t = *state;

	arrange(t);
	visit(t, 71, "2026-09-21", VISIT_SKIPPED, 600, 840);
	world_sql(t, "UPDATE visit SET skip_reason = 'Rain'");
	changed(t, 71, VISIT_SCHEDULED, ACTOR_STAFF);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'fact' AND due_at > %lld", (long long)NOON + 60), 1);
	world_mine(t, "UPDATE visit SET state = %d", VISIT_SCHEDULED);
	assert_int_equal(say(t, OCCASION_SKIPPED, 71, day), 0);
	world_mine(t, "UPDATE visit SET state = %d", VISIT_SKIPPED);
	assert_int_equal(say(t, OCCASION_SKIPPED, 71, day), 1);
	assert_int_equal(world_number(t, "SELECT body LIKE '%%21 sep 2026: Rain%%' FROM message"), 1);
}

/* The delay's cause, as it was ordered last. */
static int64_t
late_order(struct world *t)
{
	return world_number(t, "SELECT CAST(SUBSTRING_INDEX(job_key, ':', -1) AS SIGNED) FROM job WHERE kind = 'fact' ORDER BY id DESC LIMIT 1");
}

static void
who_runs_late_is_told_the_new_window_after_a_yes(void **state)
{
	struct world *t = *state;
	struct work w;
	int64_t again;

	arrange(t);
	visit(t, 71, "2026-09-21", VISIT_SCHEDULED, 540, 600);
	for (unsigned look = 0; look < 2; look++) {
		world_work(t, &t->mine, &w);
		w.actor.kind = ACTOR_SYSTEM;
		world_ok(t, &w.fault, act_late(&w, &again));
		world_ok(t, &w.fault, work_close(&w, OK));
	}
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'fact'"), 1);
	assert_int_equal(say(t, OCCASION_LATE, 71, late_order(t)), 1);
	assert_int_equal(world_number(t, "SELECT body LIKE '%%Tom Reyes llega ahora entre las 12:%%y las 13:%%' FROM message WHERE state = %d",
	    MESSAGE_HELD), 1);
}

static void
looks(struct world *t, int64_t now)
{
	struct work w;
	int64_t again;

	at(t, now);
	world_work(t, &t->mine, &w);
	w.actor.kind = ACTOR_SYSTEM;
	world_ok(t, &w.fault, act_late(&w, &again));
	world_ok(t, &w.fault, work_close(&w, OK));
}

static void
who_waits_on_is_told_again_when_the_new_window_does_not_hold_either(void **state)
{
	struct world *t = *state;

	arrange(t);
	rule(t, "late", "on", "off");
	visit(t, 71, "2026-09-21", VISIT_SCHEDULED, 540, 600);
	looks(t, NOON);
	assert_int_equal(say(t, OCCASION_LATE, 71, late_order(t)), 1);
	/* Half an hour on, within what they know: nothing is ordered. */
	world_mine(t, "DELETE FROM job WHERE kind = 'fact'");
	looks(t, NOON + 1800);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'fact'"), 0);
	/* An hour and a quarter on it is over, and they hear the next one. */
	looks(t, NOON + 4500);
	assert_int_equal(say(t, OCCASION_LATE, 71, late_order(t)), 2);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE body LIKE '%%entre las 13:%%y las 14:%%'"), 1);
	/* Where each waits for a yes, the older one is withdrawn with its window; the job twice changes nothing. */
	world_mine(t, "DELETE FROM message");
	world_mine(t, "UPDATE setting SET body = REPLACE(body, '\"on\"', '\"ask\"') WHERE name = 'late'");
	looks(t, NOON + 5000);
	assert_int_equal(say(t, OCCASION_LATE, 71, late_order(t)), 1);
	looks(t, NOON + 10000);
	assert_int_equal(say(t, OCCASION_LATE, 71, late_order(t)), 2);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE state = %d", MESSAGE_HELD), 1);
	assert_int_equal(world_number(t, "SELECT state FROM message ORDER BY id LIMIT 1"), MESSAGE_WITHDRAWN);
}

static void
tomorrow_is_one_word_for_each_customer(void **state)
{
	struct world *t = *state;
	struct work w;
	uint64_t next;

	arrange(t);
	visit(t, 71, "2026-09-22", VISIT_SCHEDULED, 780, 840);
	visit(t, 72, "2026-09-22", VISIT_SCHEDULED, 600, 720);
	visit(t, 73, "2026-09-23", VISIT_SCHEDULED, 600, 720);
	for (unsigned again = 0; again < 2; again++) {
		world_work(t, &t->mine, &w);
		w.actor.kind = ACTOR_SYSTEM;
		world_ok(t, &w.fault, act_tomorrow(&w, 0, &next));
		assert_int_equal(next, 0);
		world_ok(t, &w.fault, work_close(&w, OK));
	}
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message"), 1);
	assert_int_equal(world_number(t, "SELECT ref_id FROM message WHERE body LIKE '%%entre las 10:00 y las 12:00%%'"), 72);
}

static void
paid(struct world *t, uint64_t id)
{
	world_sql(t, "INSERT INTO payment (id, customer_id, way, state, cents, currency, day, made_at, settled_at) VALUES "
	    "(%llu, %llu, %d, %d, 12900, 'USD', '2026-09-21', %lld, %lld)", (unsigned long long)id, (unsigned long long)ROSA, PAY_CHECK,
	    PAYMENT_SETTLED, (long long)t->desk.now, (long long)t->desk.now);
}

static void
rated(struct world *t, unsigned stars)
{
	struct work w;

	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, tell_rating(&w, ROSA, 71, stars, STR("")));
	world_ok(t, &w.fault, work_close(&w, OK));
}

static void
a_good_word_is_asked_for_by_day_and_once_in_a_while(void **state)
{
	const int64_t night = NOON + 11 * 3600 + DAY_S;
	struct world *t = *state;
	int64_t due;

	arrange(t);
	rule(t, "review", "on", "off");
	visit(t, 71, "2026-09-21", VISIT_DONE, 600, 840);
	paid(t, 81);
	paid(t, 82);
	rated(t, 5);
	at(t, night);
	assert_int_equal(say(t, OCCASION_REVIEW, 81, 0), 0);
	due = world_number(t, "SELECT MAX(due_at) FROM job WHERE kind = 'fact'");
	assert_true(due > night && due <= night + 13 * 3600);
	at(t, due);
	assert_int_equal(say(t, OCCASION_REVIEW, 81, 0), 1);
	assert_int_equal(world_number(t, "SELECT body LIKE '%%https://reviews.example/blue%%ALTO%%' FROM message"), 1);
	/* Another payment, and one after a month: not again. After the period: yes. */
	assert_int_equal(say(t, OCCASION_REVIEW, 82, 0), 1);
	at(t, due + 30 * DAY_S);
	assert_int_equal(say(t, OCCASION_REVIEW, 82, 0), 1);
	at(t, due + (REVIEW_PERIOD_DAYS + 1) * DAY_S);
	assert_int_equal(say(t, OCCASION_REVIEW, 82, 0), 2);
}

static void
nobody_who_was_not_pleased_is_asked_for_a_good_word(void **state)
{
	struct world *t = *state;

	arrange(t);
	rule(t, "review", "on", "off");
	visit(t, 71, "2026-09-21", VISIT_DONE, 600, 840);
	paid(t, 81);
	rated(t, RATING_LOW);
	rated(t, 5);
	at(t, NOON + DAY_S);
	assert_int_equal(say(t, OCCASION_REVIEW, 81, 0), 0);
	/* It is the rating that stops it. */
	world_mine(t, "DELETE FROM event WHERE detail LIKE '%%\"value\":\"%d\"%%'", RATING_LOW);
	assert_int_equal(say(t, OCCASION_REVIEW, 81, 0), 1);
}

static void
a_customer_whose_money_was_not_taken_back_is_not_asked_after_a_return(void **state)
{
	struct world *t = *state;

	arrange(t);
	rule(t, "review", "on", "off");
	rule(t, "pay_failed", "on", "off");
	paid(t, 81);
	assert_int_equal(say(t, OCCASION_PAY_FAILED, 81, 0), 0);
	world_mine(t, "UPDATE payment SET state = %d, reason = 'Insufficient funds'", PAYMENT_RETURNED);
	at(t, NOON + DAY_S);
	assert_int_equal(say(t, OCCASION_REVIEW, 81, 0), 0);
	assert_int_equal(say(t, OCCASION_PAY_FAILED, 81, 0), 1);
}

static void
who_was_not_seen_for_long_is_missed_once(void **state)
{
	struct world *t = *state;
	struct work w;
	uint64_t next;

	arrange(t);
	rule(t, "win_back", "on", "off");
	visit(t, 71, "2026-06-10", VISIT_DONE, 600, 840);
	for (unsigned night = 0; night < 3; night++) {
		at(t, NOON + (int64_t)night * DAY_S);
		world_work(t, &t->mine, &w);
		w.actor.kind = ACTOR_SYSTEM;
		world_ok(t, &w.fault, act_win_back(&w, 0, &next));
		world_ok(t, &w.fault, work_close(&w, OK));
	}
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE occasion = %d", OCCASION_WIN_BACK), 1);
	/* Who has a visit again is not missed. */
	world_mine(t, "DELETE FROM message");
	world_mine(t, "INSERT INTO visit (id, customer_id, property_id, service_id, day, minutes, state, source) SELECT 72, customer_id, "
	    "property_id, service_id, '2026-09-25', 30, %d, 2 FROM visit", VISIT_SCHEDULED);
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, act_win_back(&w, 0, &next));
	world_ok(t, &w.fault, work_close(&w, OK));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(on_the_way_is_told_once_with_the_time_of_the_route),
		world_test(a_place_that_wants_a_text_before_gets_it_whatever_is_usual),
		world_test(a_service_has_words_and_wishes_of_its_own),
		world_test(a_skip_that_was_taken_back_is_not_told),
		world_test(who_runs_late_is_told_the_new_window_after_a_yes),
		world_test(who_waits_on_is_told_again_when_the_new_window_does_not_hold_either),
		world_test(tomorrow_is_one_word_for_each_customer),
		world_test(a_good_word_is_asked_for_by_day_and_once_in_a_while),
		world_test(nobody_who_was_not_pleased_is_asked_for_a_good_word),
		world_test(a_customer_whose_money_was_not_taken_back_is_not_asked_after_a_return),
		world_test(who_was_not_seen_for_long_is_missed_once),
	};

	return world_run("facts", tests);
}
