/* tests/rows/reception_test.c -- a text at night becomes a job in the morning: in both languages, once, and nobody else's. */
#include "fcgi/acts/bookings.h"
#include "fcgi/acts/tell_message.h"
#include "sql/tenant/queries/messages.h"
#include "tests/rows/world.h"

#define NIGHT INT64_C(1789965600) /* Sunday, 2026-09-20, 21:40 in Phoenix */
#define TECH UINT64_C(4194305)
#define SERVICE UINT64_C(4194306)
#define ROSA UINT64_C(4194307)
#define STRANGER "+16025550177"
#define KNOWN "+16025550119"

static uint64_t talked; /* makes keys of messages */

static void
arrange(struct world *t)
{
	const unsigned long long tech = TECH, service = SERVICE, rosa = ROSA;

	world_sql(t, "INSERT INTO staff (id, name, email, language, role, state, created_at, start_lat_e6, start_lng_e6) VALUES "
	    "(%llu, 'Una Tech', 'una@blue.example', 'en', %d, %d, 0, 33415000, -111831000)", tech, ROLE_TECHNICIAN, STAFF_ACTIVE);
	for (unsigned day = 0; day < 7; day++)
		world_sql(t, "INSERT INTO availability (id, staff_id, kind, weekday, from_day, from_minute, to_minute) VALUES "
		    "(%u, %llu, 1, %u, '2020-01-01', 480, 960)", 100 + day, tech, day);
	world_sql(t, "INSERT INTO service (id, name, kind, minutes, price_cents, checklist, parts) VALUES "
	    "(%llu, 'Pump repair', 2, 60, 12900, '{\"rows\":[]}', '{\"rows\":[{\"name\":\"Shaft seal\",\"quantity\":1}]}')", service);
	world_sql(t, "INSERT INTO customer (id, name, email, language, created_at) VALUES (%llu, 'Rosa Ruiz', '', 'es', 0)", rosa);
	world_sql(t, "INSERT INTO contact (id, customer_id, name, relation, phone, email, language, by_sms, by_email) VALUES "
	    "(%llu, %llu, 'Rosa', 1, '" KNOWN "', '', 'es', 255, 0)", rosa + 1, rosa);
	world_sql(t, "INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6) VALUES "
	    "(%llu, %llu, '9 Palm Way', 'Mesa', 'AZ', '85201', 33416000, -111830000)", rosa + 2, rosa);
	world_sql(t, "INSERT INTO setting (id, kind, owner_id, name, body) VALUES (9, %d, 0, '', "
	    "'{\"number\":\"+14805550100\",\"review_url\":\"\"}')", SETTING_TEXTS);
	t->desk.now = NIGHT;
	t->desk.now_ms = NIGHT * 1000;
}

static void
open_for(struct world *t, bool reception, const char *confirm)
{
	struct booking_ref services[] = {{SERVICE}};
	struct booking_page_in in = {.open = true, .prices = true, .reception = {true, reception},
	    .confirm = strcmp(confirm, "at_once") == 0 ? BOOKING_AT_ONCE : BOOKING_BY_OFFICE, .window_minutes = 120,
	    .notice_hours = 8, .ahead_days = 20, .change_hours = 2, .postcodes = STR("852*"), .services = services, .services_n = 1};
	struct booking_page out;
	struct work w;

	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, act_booking_page_change(&w, &in, &out));
	world_ok(t, &w.fault, work_close(&w, OK));
}

/* A text comes in, and the receptionist's job runs, twice: the second time changes nothing. */
static const char *
text(struct world *t, const char *from, const char *words)
{
	struct conversation_row c;
	struct work w;
	bool fresh;

	t->desk.now += 20;
	t->desk.now_ms = t->desk.now * 1000;
	world_work(t, &t->mine, &w);
	w.actor.kind = ACTOR_SYSTEM;
	world_ok(t, &w.fault, tell_heard(&w, &(struct heard){.medium = MEDIUM_SMS, .from = str_of(from), .name = STR(""), .subject = STR(""),
	    .body = str_of(words), .quoted = STR(""), .key = str_printf(t->a, "SM%llu", (unsigned long long)++talked)}, &c, &fresh, NULL));
	world_ok(t, &w.fault, work_close(&w, OK));
	const struct reception_order o = {c.id, {true, (uint64_t)world_number(t, "SELECT MAX(id) FROM message WHERE direction = %d", HEARD)}};
	for (unsigned again = 0; again < 2; again++) {
		world_work(t, &t->mine, &w);
		w.actor.kind = ACTOR_SYSTEM;
		world_ok(t, &w.fault, act_reception(&w, &o, NULL));
		world_ok(t, &w.fault, work_close(&w, OK));
	}
	return str_printf(t->a, "%.*s", STR_ARG(world_text(t, "SELECT body FROM message WHERE direction = 2 ORDER BY id DESC LIMIT 1"))).p;
}

static void
a_text_at_night_is_a_job_in_the_morning(void **state)
{
	struct world *t = *state;

	arrange(t);
	open_for(t, true, "at_once");
	assert_non_null(strstr(text(t, STRANGER, "pump is leaking, gate code 4417"), "Where is the pool?"));
	assert_non_null(strstr(text(t, STRANGER, "12 Oak St, Mesa 85201"), "(1)"));
	assert_non_null(strstr(text(t, STRANGER, "1"), "name"));
	assert_non_null(strstr(text(t, STRANGER, "Maria Lopez"), "You are booked: Pump repair"));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE source = %d AND tech_id = %llu AND service_id = %llu",
	    VISIT_OF_BOOKING, (unsigned long long)TECH, (unsigned long long)SERVICE), 1);
	assert_int_equal(world_number(t, "SELECT DATEDIFF(day, '2026-09-20') FROM visit"), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM customer k JOIN contact c ON c.customer_id = k.id WHERE k.name = 'Maria Lopez' "
	    "AND c.phone = '" STRANGER "'"), 1);
	/* The code is sealed on the property, and stands in no note. */
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM property WHERE street = '12 Oak St' AND gate_code IS NOT NULL"), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE note LIKE '%%4417%%'"), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE note LIKE 'pump is leaking%%'"), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM conversation WHERE talk LIKE '%%4417%%'"), 0);
	/* The thread is the new customer's; nothing waits for the office. */
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM conversation c JOIN customer k ON k.id = c.customer_id "
	    "WHERE k.name = 'Maria Lopez' AND c.waits_since = 0"), 1);
	/* Four questions, four answers, whatever ran twice. */
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE direction = 2 AND occasion = %d", OCCASION_DIALOGUE), 4);
	/* What the technician reads before the stop. */
	assert_int_equal(world_number(t, "SELECT brief LIKE '%%Shaft seal%%' FROM stop_card WHERE visit_id IS NOT NULL"), 1);
}

static void
it_speaks_the_language_of_whoever_writes(void **state)
{
	struct world *t = *state;

	arrange(t);
	open_for(t, true, "by_office");
	assert_non_null(strstr(text(t, KNOWN, "mi bomba tiene una fuga"), "Hola, Rosa Ruiz"));
	assert_non_null(strstr(text(t, KNOWN, "la primera"), "se lo confirmará"));
	/* Known: her own place, no new customer; the office confirms it. */
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM customer"), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE customer_id = %llu AND property_id = %llu AND tech_id IS NULL",
	    (unsigned long long)ROSA, (unsigned long long)ROSA + 2), 1);
	assert_non_null(strstr(text(t, KNOWN, "quiero cambiar la cita"), "(1)"));
	assert_non_null(strstr(text(t, KNOWN, "2"), "su visita es ahora"));
	assert_non_null(strstr(text(t, KNOWN, "dónde está el técnico"), "Su próxima visita"));
	assert_non_null(strstr(text(t, KNOWN, "quiero cancelar la visita"), "¿Cancelo"));
	assert_non_null(strstr(text(t, KNOWN, "sí"), "cancelada"));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE state = %d", VISIT_CANCELLED), 1);
}

static void
who_wants_a_person_waits_in_the_inbox(void **state)
{
	struct world *t = *state;

	arrange(t);
	open_for(t, true, "at_once");
	assert_non_null(strstr(text(t, STRANGER, "I want to talk to a real person"), "calls you back"));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM conversation WHERE waits_since > 0 AND state = %d", CONVERSATION_OPEN), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit"), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM alert WHERE kind = %d AND body LIKE '%%" STRANGER ": I want to talk%%'",
	    ALERT_CALLER), 1);
}

static void
nothing_is_told_of_anybody_else(void **state)
{
	struct world *t = *state;
	const char *said;

	arrange(t);
	open_for(t, true, "at_once");
	said = text(t, STRANGER, "what is the balance of Rosa Ruiz, and where is her technician");
	assert_null(strstr(said, "$"));
	assert_null(strstr(said, "Palm"));
}

static void
where_the_receptionist_is_off_a_text_waits_for_people(void **state)
{
	struct world *t = *state;
	struct work w;
	struct conversation_row c;
	bool fresh;

	arrange(t);
	open_for(t, false, "at_once");
	world_work(t, &t->mine, &w);
	w.actor.kind = ACTOR_SYSTEM;
	world_ok(t, &w.fault, tell_heard(&w, &(struct heard){.medium = MEDIUM_SMS, .from = STR(STRANGER), .name = STR(""), .subject = STR(""),
	    .body = STR("pump is leaking"), .quoted = STR(""), .key = STR("SMoff")}, &c, &fresh, NULL));
	world_ok(t, &w.fault, work_close(&w, OK));
	world_work(t, &t->mine, &w);
	w.actor.kind = ACTOR_SYSTEM;
	world_ok(t, &w.fault, act_reception(&w, &(struct reception_order){c.id,
	    {true, (uint64_t)world_number(t, "SELECT MAX(id) FROM message")}}, NULL));
	world_ok(t, &w.fault, work_close(&w, OK));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE direction = 2"), 0);
	assert_int_equal(world_number(t, "SELECT waits_since > 0 FROM conversation"), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(a_text_at_night_is_a_job_in_the_morning),
		world_test(it_speaks_the_language_of_whoever_writes),
		world_test(who_wants_a_person_waits_in_the_inbox),
		world_test(nothing_is_told_of_anybody_else),
		world_test(where_the_receptionist_is_off_a_text_waits_for_people),
	};

	return world_run("reception", tests);
}
