/* tests/rows/reception_test.c -- a text at night becomes a job in the morning: in both languages, once, and nobody else's. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "domain/base/setting.h"
#include "fcgi/acts/billing.h"
#include "fcgi/acts/bills.h"
#include "fcgi/acts/bookings.h"
#include "fcgi/acts/conversations.h"
#include "fcgi/acts/facts.h"
#include "fcgi/acts/payments.h"
#include "fcgi/acts/sync.h"
#include "fcgi/acts/tell_message.h"
#include "fcgi/jobs/queue.h"
#include "sql/tenant/queries/messages.h"
#include "tests/rows/world.h"

#define NIGHT INT64_C(1789965600) /* Sunday, 2026-09-20, 21:40 in Phoenix */
#define TECH UINT64_C(4194305)
#define SERVICE UINT64_C(4194306)
#define ROSA UINT64_C(4194307)
#define STRANGER "+16025550177"
#define KNOWN "+16025550119"

#define DEPOSIT 5000 /* where the company takes cards: only there it is wanted */

/* The code in clear. Sealed it is a hundred hexadecimal digits, among which those four stand by chance once in seven hundred times. */
#define SAYS(column) "REGEXP_REPLACE(" column ", '\"[0-9a-f]{88,}\"', '') LIKE '%%4417%%'"

static uint64_t talked; /* makes keys of messages */
static bool killed;     /* each job dies in the middle, with all that it wrote and nothing committed, and another begins anew */

static int64_t
at_the_database(struct world *t)
{
	return world_number(t, "SELECT COUNT(*) FROM information_schema.processlist WHERE user = '%s'", t->mine.schema);
}

/* A process of its own has died by kill -9: what it held at the database is given back. */
static void
is_dead(struct world *t, pid_t pid, int64_t before)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	while (at_the_database(t) > before)
		usleep(1000);
}

/* One job: killed before its end it has done nothing; done twice it has done it once. */
#define job_runs(t, w, act)                                                            \
	do {                                                                           \
		const int64_t before = killed ? at_the_database(t) : 0;                \
		const pid_t pid = killed ? fork() : 1;                                 \
                                                                                       \
		if (pid == 0) {                                                        \
			(t)->house = (t)->desk.house = world_house(t);                 \
			world_work((t), &(t)->mine, (w));                              \
			(w)->actor.kind = ACTOR_SYSTEM;                                \
			if ((act) == OK)                                               \
				kill(getpid(), SIGKILL);                               \
			_exit(1);                                                      \
		}                                                                      \
		if (killed)                                                            \
			is_dead((t), pid, before);                                     \
		for (unsigned run = 0; run < 2; run++) {                               \
			world_work((t), &(t)->mine, (w));                              \
			(w)->actor.kind = ACTOR_SYSTEM;                                \
			world_ok((t), &(w)->fault, (act));                             \
			world_ok((t), &(w)->fault, work_close((w), OK));               \
		}                                                                      \
	} while (0)

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
	struct booking_ref services[] = {{SERVICE, {0}, {0}}};
	struct booking_page_in in = {.open = true, .prices = true, .reception = {true, reception},
	    .confirm = strcmp(confirm, "at_once") == 0 ? BOOKING_AT_ONCE : BOOKING_BY_OFFICE, .window_minutes = 120,
	    .notice_hours = 8, .ahead_days = 20, .change_hours = 2, .postcodes = STR("852*"), .services = services, .services_n = 1, .deposit_cents = {true, DEPOSIT}};
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
	job_runs(t, &w, act_reception(&w, &o, NULL));
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
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM conversation WHERE " SAYS("talk") " OR " SAYS("last_words")), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE body LIKE '%%4417%%'"), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE body = 'pump is leaking, gate code ***'"), 1);
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
no_code_in_clear(struct world *t)
{
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE " SAYS("body") " OR " SAYS("more")), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM conversation WHERE " SAYS("talk") " OR " SAYS("last_words")), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE note LIKE '%%4417%%'"), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM alert WHERE body LIKE '%%4417%%'"), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE payload LIKE '%%4417%%'"), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM event WHERE detail LIKE '%%4417%%'"), 0);
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
	    .body = STR("pump is leaking, gate code 4417"), .quoted = STR(""), .key = STR("SMoff")}, &c, &fresh, NULL));
	world_ok(t, &w.fault, work_close(&w, OK));
	world_work(t, &t->mine, &w);
	w.actor.kind = ACTOR_SYSTEM;
	world_ok(t, &w.fault, act_reception(&w, &(struct reception_order){c.id,
	    {true, (uint64_t)world_number(t, "SELECT MAX(id) FROM message")}}, NULL));
	world_ok(t, &w.fault, work_close(&w, OK));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE direction = 2"), 0);
	assert_int_equal(world_number(t, "SELECT waits_since > 0 FROM conversation"), 1);
	no_code_in_clear(t);
	/* Whoever may see codes is shown it; of somebody known with one place it stands there, too, and is no other's. */
	struct message_code shown;
	world_work(t, &t->mine, &w);
	w.actor = (struct actor){.kind = ACTOR_STAFF, .id = TECH, .may = role_entry(ROLE_OWNER)->may};
	world_ok(t, &w.fault, act_message_code_show(&w, (uint64_t)world_number(t, "SELECT MAX(id) FROM message"), &shown));
	assert_true(str_eq(shown.code, STR("4417")));
	world_ok(t, &w.fault, work_close(&w, OK));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM audit WHERE verb = 'code.shown'"), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM property WHERE gate_code IS NOT NULL"), 0);
	world_work(t, &t->mine, &w);
	w.actor.kind = ACTOR_SYSTEM;
	world_ok(t, &w.fault, tell_heard(&w, &(struct heard){.medium = MEDIUM_SMS, .from = STR(KNOWN), .name = STR(""), .subject = STR(""),
	    .body = STR("el código es 4417"), .quoted = STR(""), .key = STR("SMoff2")}, &c, &fresh, NULL));
	world_ok(t, &w.fault, work_close(&w, OK));
	no_code_in_clear(t);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM property WHERE gate_code IS NOT NULL AND customer_id = %llu", (unsigned long long)ROSA), 1);
}

static void
a_code_that_is_said_on_the_telephone_is_in_no_transcript(void **state)
{
	struct world *t = *state;
	struct call_said said;
	struct work w;
	static const char *const turns[] = {"", "my pump is leaking, the gate code is 4417", "12 Oak Street, Mesa, 85201", "1", "Pat Jones"};

	arrange(t);
	open_for(t, true, "at_once");
	for (size_t i = 0; i < sizeof(turns) / sizeof(*turns); i++) {
		t->desk.now += 20;
		t->desk.now_ms = t->desk.now * 1000;
		world_work(t, &t->mine, &w);
		w.actor.kind = ACTOR_SYSTEM;
		world_ok(t, &w.fault, act_reception_call(&w, &(struct call_heard){STR(STRANGER), STR("CA1"), str_of(turns[i]), STR("AZ")}, &said));
		world_ok(t, &w.fault, work_close(&w, OK));
	}
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit"), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM property WHERE gate_code IS NOT NULL"), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE body = 'my pump is leaking, the gate code is ***'"), 1);
	no_code_in_clear(t);
	/* How it ended is in the inbox and on the record. */
	assert_int_equal(world_number(t, "SELECT outcome FROM conversation"), TALK_BOOKED);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM event WHERE kind = %d AND detail LIKE '%%booked%%'", EVENT_TALKED), 1);
}

/* ---- the chain: from a text at night to the word that is asked for a day after the money ---- */

static void
fact(struct world *t, enum occasion o, uint64_t id, int64_t cause)
{
	const struct fact_order order = {.occasion = o, .id = id, .cause = cause};
	struct work w;

	job_runs(t, &w, act_fact(&w, &order));
}

static void
tapped(struct world *t, uint32_t n, enum verb verb, uint64_t visit, int64_t at)
{
	struct sync_verb v = {.id = 7000000 + n, .n = n, .verb = verb, .visit_id = {true, visit}, .at = at};
	struct sync_in in = {.device_id = 7777777, .device_name = STR("x"), .now = at, .verbs = &v, .verbs_n = 1};
	struct sync_out out;
	struct work w;

	t->desk.now = at;
	t->desk.now_ms = at * 1000;
	/* The phone hears no answer, and says it again. */
	for (unsigned again = 0; again < 2; again++) {
		world_work(t, &t->mine, &w);
		w.actor = (struct actor){.kind = ACTOR_STAFF, .id = TECH, .may = role_entry(ROLE_TECHNICIAN)->may};
		w.steps = true;
		world_ok(t, &w.fault, act_sync(&w, &in, &out));
		assert_int_equal(out.answers[0].answer, SYNC_APPLIED);
		world_ok(t, &w.fault, work_close(&w, OK));
	}
}

static const char *
said(struct world *t, enum occasion o)
{
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE occasion = %d AND address = '" STRANGER "'", o), 1);
	return str_printf(t->a, "%.*s", STR_ARG(world_text(t, str_printf(t->a, "SELECT body FROM message WHERE occasion = %d", o).p))).p;
}

static void
chain(struct world *t, const char *first, const char *booked, const char *on_way, const char *review)
{
	const int64_t morning = NIGHT + 10 * 3600 + 1500; /* 8:05 */
	struct payment_page page;
	uint64_t visit, customer;
	struct work w;

	arrange(t);
	world_sql(t, "UPDATE setting SET body = '{\"number\":\"+14805550100\",\"review_url\":\"https://reviews.example/blue\"}' WHERE id = 9");
	world_sql(t, "INSERT INTO setting (id, kind, owner_id, name, body) VALUES (10, %d, 0, 'review', '{\"sms\":\"on\",\"email\":\"off\","
	    "\"sms_en\":\"\",\"sms_es\":\"\",\"subject_en\":\"\",\"subject_es\":\"\",\"mail_en\":\"\",\"mail_es\":\"\"}')", SETTING_OCCASION);
	open_for(t, true, "at_once");
	(void)text(t, STRANGER, first);
	(void)text(t, STRANGER, "12 Oak St, Mesa 85201");
	(void)text(t, STRANGER, "1");
	assert_non_null(strstr(text(t, STRANGER, "Maria Lopez"), booked));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE body LIKE '%%4417%%'"), 0);
	assert_int_equal(world_number(t, "SELECT brief LIKE '%%Shaft seal%%' AND brief NOT LIKE '%%4417%%' FROM stop_card WHERE visit_id IS NOT NULL"), 1);
	visit = (uint64_t)world_number(t, "SELECT id FROM visit");
	customer = (uint64_t)world_number(t, "SELECT customer_id FROM visit");
	/* At the door Maria says that she likes to hear news, too: somebody of the office writes that down. */
	world_mine(t, "UPDATE contact SET by_sms = by_sms | %u WHERE customer_id = %llu", 1U << MESSAGE_NEWS, (unsigned long long)customer);
	tapped(t, 1, VERB_ON_MY_WAY, visit, morning);
	fact(t, OCCASION_ON_WAY, visit, morning);
	assert_non_null(strstr(said(t, OCCASION_ON_WAY), on_way));
	tapped(t, 2, VERB_ARRIVE, visit, morning + 600);
	tapped(t, 3, VERB_FINISH, visit, morning + 4000);
	job_runs(t, &w, act_bill_visit(&w, visit));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill WHERE state = %d AND total_cents = 12900", BILL_ISSUED), 1);
	world_work(t, &t->mine, &w);
	w.actor = (struct actor){.kind = ACTOR_STAFF, .id = TECH, .may = role_entry(ROLE_OWNER)->may};
	const struct payment_wish paid = {.way = PAY_CHECK, .cents = 12900, .day = zone_day(w.tenant->zone, w.now), .reference = STR(""),
	    .note = STR(""), .reason = STR("")};
	world_ok(t, &w.fault, act_payment_take(&w, customer, &paid, &page));
	world_ok(t, &w.fault, work_close(&w, OK));
	assert_int_equal(world_number(t, "SELECT SUM(cents) FROM entry WHERE account = %d", ACCOUNT_RECEIVABLE), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'fact' AND due_at = %lld", (long long)(t->desk.now + 86400)), 1);
	t->desk.now += 86400;
	t->desk.now_ms = t->desk.now * 1000;
	/* A quarter past nine in the morning: not yet. At ten it is asked, once. */
	fact(t, OCCASION_REVIEW, (uint64_t)world_number(t, "SELECT id FROM payment"), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE occasion = %d", OCCASION_REVIEW), 0);
	t->desk.now = world_number(t, "SELECT MAX(due_at) FROM job WHERE kind = 'fact'");
	t->desk.now_ms = t->desk.now * 1000;
	fact(t, OCCASION_REVIEW, (uint64_t)world_number(t, "SELECT id FROM payment"), 0);
	assert_non_null(strstr(said(t, OCCASION_REVIEW), review));
}

static void
from_a_text_at_night_to_a_good_word_the_day_after_the_money_with_every_job_killed_once(void **state)
{
	killed = true;
	chain(*state, "pump is leaking, gate code 4417", "You are booked: Pump repair", "is on the way", "https://reviews.example/blue Reply STOP");
}

static void
the_same_in_spanish(void **state)
{
	killed = true;
	chain(*state, "mi bomba tiene una fuga, el codigo es 4417", "Pump repair", "va de camino", "https://reviews.example/blue Responda ALTO");
}

/* ---- a deposit: the time is kept, the money confirms it, and without the money it is free again ---- */

struct deposit_of {
	uint64_t visit, bill, customer;
	int64_t cents; /* as the page said */
};

/* Somebody books the first time that the page offers. */
static struct deposit_of
books_on_the_page(struct world *t, const char *phone, const char *email)
{
	struct booking_times times;
	struct booking_open page;
	struct booking_held held;
	struct booked booked;
	struct work w;

	world_enter(t, &t->mine, DB_READ_ONLY, &w);
	w.actor.kind = ACTOR_NOBODY;
	world_ok(t, &w.fault, act_booking_open(&w, &page));
	const struct str form = str_copy(t->a, page.form);
	const struct booking_times_query q = {SERVICE, STR("12 Oak St"), STR("Mesa"), STR("AZ"), STR("85201"), {0}};
	world_ok(t, &w.fault, act_booking_times(&w, &q, &times));
	const struct booking_time first = times.rows[0];
	world_ok(t, &w.fault, work_close(&w, OK));
	t->desk.now += 20;
	t->desk.now_ms = t->desk.now * 1000;
	world_work(t, &t->mine, &w);
	w.actor.kind = ACTOR_NOBODY;
	world_ok(t, &w.fault, act_booking_hold(&w, &(struct booking_hold_in){SERVICE, q.street, q.city, q.region, q.postcode, first.day,
	    first.from_minute, {0}}, &held));
	const struct str hold = str_copy(t->a, held.hold);
	world_ok(t, &w.fault, work_close(&w, OK));
	world_work(t, &t->mine, &w);
	w.actor.kind = ACTOR_NOBODY;
	world_ok(t, &w.fault, act_booking_make(&w, &(struct booking_in){.hold = hold, .form = form, .name = STR("Nora Nueva"),
	    .phone = str_of(phone), .email = str_of(email), .language = ENGLISH, .note = STR(""), .website = STR("")}, &booked));
	assert_true(booked.pay.n > 0);
	const int64_t cents = booked.deposit_cents;
	world_ok(t, &w.fault, work_close(&w, OK));
	return (struct deposit_of){(uint64_t)world_number(t, "SELECT MAX(id) FROM visit"), (uint64_t)world_number(t, "SELECT MAX(id) FROM bill"),
	    (uint64_t)world_number(t, "SELECT customer_id FROM visit ORDER BY id DESC LIMIT 1"), cents};
}

static void
looked_at(struct world *t, const struct deposit_of *d, int64_t later_s)
{
	struct work w;

	t->desk.now += later_s;
	t->desk.now_ms = t->desk.now * 1000;
	job_runs(t, &w, act_booking_deposit(&w, &(struct deposit_order){d->visit, d->bill}));
}

/* What was ordered of it, as it was ordered: all that is due is taken from the queue, and this is done. */
static void
told(struct world *t, enum occasion o)
{
	struct fact_order order = {0};
	struct ticket ticket;
	struct work w;
	bool got = true;

	while (order.occasion != o && got) {
		world_enter(t, &t->mine, DB_QUEUE, &w);
		world_ok(t, &w.fault, queue_claim(&w, &ticket, &got));
		world_ok(t, &w.fault, work_close(&w, OK));
		if (!got || !str_eq(ticket.kind, STR("fact")))
			continue;
		world_work(t, &t->mine, &w);
		world_ok(t, &w.fault, queue_open(&w, &ticket));
		world_ok(t, &w.fault, shape_read(&fact_order_shape, ticket.payload, t->a, &order, &w.fault));
		world_ok(t, &w.fault, work_close(&w, OK));
	}
	assert_true(got);
	job_runs(t, &w, act_fact(&w, &order));
}

static int64_t
letters(struct world *t, enum occasion o, const char *email)
{
	return world_number(t, "SELECT COUNT(*) FROM message WHERE occasion = %d AND address = '%s'", o, email);
}

static void
a_deposit_keeps_the_time_confirms_it_when_paid_and_unpaid_gives_it_back(void **state)
{
	struct world *t = *state;
	struct payment_page page;
	struct deposit_of paid, unpaid;
	struct work w;

	killed = true;
	arrange(t);
	t->config.stripe_key = "sk_test_rows";
	world_sql(t, "INSERT INTO setting (id, kind, owner_id, name, body) VALUES (11, %d, 0, '', '{\"account\":\"acct_1\",\"cards\":true,"
	    "\"banks\":false,\"missing\":\"\",\"link\":\"\",\"link_until\":0,\"unexplained_cents\":0,\"unexplained\":\"\"}')", SETTING_PROCESSOR);
	t->desk.now += 10 * 3600; /* morning: letters leave */
	open_for(t, true, "at_once");
	paid = books_on_the_page(t, STRANGER, "nora@home.example");
	assert_int_equal(paid.cents, DEPOSIT);
	/* Somebody has it already: the letter says that it came in, and nothing says that it is confirmed. */
	assert_int_equal(world_number(t, "SELECT tech_id = %llu FROM visit", (unsigned long long)TECH), 1);
	told(t, OCCASION_ASKED);
	assert_int_equal(letters(t, OCCASION_ASKED, "nora@home.example"), 1);
	looked_at(t, &paid, 60);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'fact' AND job_key LIKE '%%confirmed:%%'"), 0);
	world_work(t, &t->mine, &w);
	w.actor = (struct actor){.kind = ACTOR_STAFF, .id = TECH, .may = role_entry(ROLE_OWNER)->may};
	const struct payment_wish wish = {.way = PAY_CHECK, .cents = DEPOSIT, .day = zone_day(w.tenant->zone, w.now), .reference = STR(""),
	    .note = STR(""), .reason = STR("")};
	world_ok(t, &w.fault, act_payment_take(&w, paid.customer, &wish, &page));
	world_ok(t, &w.fault, work_close(&w, OK));
	looked_at(t, &paid, 60);
	told(t, OCCASION_CONFIRMED);
	assert_int_equal(letters(t, OCCASION_CONFIRMED, "nora@home.example"), 1);
	/* Nothing was done for them yet: a day after this money nobody asks how it was. */
	t->desk.now += 86400;
	fact(t, OCCASION_REVIEW, (uint64_t)world_number(t, "SELECT id FROM payment"), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE occasion = %d", OCCASION_REVIEW), 0);

	unpaid = books_on_the_page(t, "+16025550178", "olga@home.example");
	looked_at(t, &unpaid, BOOKING_DEPOSIT_S - 60);
	assert_int_equal(world_number(t, "SELECT state FROM visit WHERE id = %llu", (unsigned long long)unpaid.visit), VISIT_SCHEDULED);
	looked_at(t, &unpaid, 61);
	assert_int_equal(world_number(t, "SELECT state FROM visit WHERE id = %llu", (unsigned long long)unpaid.visit), VISIT_CANCELLED);
	assert_int_equal(world_number(t, "SELECT state FROM bill WHERE id = %llu", (unsigned long long)unpaid.bill), BILL_VOID);
	assert_int_equal(world_number(t, "SELECT COALESCE(SUM(cents), 0) FROM entry WHERE account = %d AND customer_id = %llu",
	    ACCOUNT_RECEIVABLE, (unsigned long long)unpaid.customer), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE address = '+16025550178' AND body LIKE '%%is free again%%'"), 1);
	/* What was asked for is not there any more: nobody hears that it came in. */
	told(t, OCCASION_ASKED);
	assert_int_equal(letters(t, OCCASION_ASKED, "olga@home.example"), 0);
	/* And the next one who comes is offered that very time. */
	const int64_t day = world_number(t, "SELECT DATEDIFF(day, '1970-01-01') FROM visit WHERE id = %llu", (unsigned long long)unpaid.visit);
	assert_int_equal(day, world_number(t, "SELECT DATEDIFF(day, '1970-01-01') FROM visit WHERE id = %llu",
	    (unsigned long long)books_on_the_page(t, "+16025550179", "petra@home.example").visit));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(a_text_at_night_is_a_job_in_the_morning),
		world_test(it_speaks_the_language_of_whoever_writes),
		world_test(who_wants_a_person_waits_in_the_inbox),
		world_test(nothing_is_told_of_anybody_else),
		world_test(from_a_text_at_night_to_a_good_word_the_day_after_the_money_with_every_job_killed_once),
		world_test(the_same_in_spanish),
		world_test(where_the_receptionist_is_off_a_text_waits_for_people),
		world_test(a_code_that_is_said_on_the_telephone_is_in_no_transcript),
		world_test(a_deposit_keeps_the_time_confirms_it_when_paid_and_unpaid_gives_it_back),
	};

	return world_run("reception", tests);
}
