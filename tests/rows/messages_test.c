/* tests/rows/messages_test.c -- words to and from customers: once, in order, never after STOP; threads and whose they are. */
#include "fcgi/acts/broadcasts.h"
#include "fcgi/acts/messages.h"
#include "fcgi/acts/tell_file.h"
#include "fcgi/jobs/list.h"
#include "fcgi/jobs/queue.h"
#include "sql/tenant/queries/files.h"
#include "sql/tenant/queries/messages.h"
#include "tenancy/files.h"
#include "tests/rows/world.h"

#define NOW INT64_C(1790010000) /* morning in Phoenix, midday in New York; before the clock of any machine that runs this */
#define ROSA UINT64_C(4194305)
#define NUMBER "+16025550119"

static void
arrange(struct world *t)
{
	world_sql(t, "INSERT INTO customer (id, name, email, language, created_at) VALUES (%llu, 'Rosa', 'rosa@home.example', 'es', 0)",
	    (unsigned long long)ROSA);
	world_sql(t, "INSERT INTO contact (id, customer_id, name, relation, phone, email, language, by_sms, by_email) VALUES "
	    "(%llu, %llu, 'Rosa', 1, '" NUMBER "', 'rosa@home.example', 'es', 255, 255)",
	    (unsigned long long)ROSA + 1, (unsigned long long)ROSA);
	world_sql(t, "INSERT INTO setting (id, kind, owner_id, name, body) VALUES (9, %d, 0, '', "
	    "'{\"number\":\"+14805550100\",\"review_url\":\"\"}')", SETTING_TEXTS);
	t->desk.now = NOW;
	t->desk.now_ms = NOW * 1000;
}

static uint64_t
say(struct world *t, enum occasion o, const char *key, const char *text)
{
	struct work w;
	uint64_t id;

	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, tell_message(&w, &(struct message_order){.occasion = o, .medium = MEDIUM_SMS, .customer_id = ROSA,
	    .address = STR(NUMBER), .language = SPANISH, .key = str_of(key), .text = str_of(text)}, &id));
	world_ok(t, &w.fault, work_close(&w, OK));
	return id;
}

static bool
heard_by(struct world *t, const char *key, const char *text)
{
	struct conversation_row c;
	struct work w;
	bool fresh;

	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, tell_heard(&w, &(struct heard){.medium = MEDIUM_SMS, .from = STR(NUMBER), .key = str_of(key),
	    .body = str_of(text)}, &c, &fresh, NULL));
	world_ok(t, &w.fault, work_close(&w, OK));
	return fresh;
}

/* One look of a job of that id: which message leaves; 0: none. */
static uint64_t
next(struct world *t, uint64_t job, bool *again, bool settle)
{
	const struct lane_order lane = {STR(NUMBER), MEDIUM_SMS};
	struct lane_parcel *p;
	struct work w;
	uint64_t id;

	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, act_lane_next(&w, &lane, job, &p));
	world_ok(t, &w.fault, work_close(&w, OK));
	if (again != NULL)
		*again = p != NULL && p->again;
	if (p == NULL)
		return 0;
	id = p->row.id;
	if (settle) {
		const struct lane_outcome o = {.provider_id = str_printf(t->a, "SM%llu", (unsigned long long)id), .segments = 1};

		world_work(t, &t->mine, &w);
		world_ok(t, &w.fault, act_lane_settle(&w, p, job, &o));
		world_ok(t, &w.fault, work_close(&w, OK));
	}
	return id;
}

static void
a_key_makes_a_message_once(void **state)
{
	struct world *t = *state;

	arrange(t);
	assert_true(say(t, OCCASION_ON_WAY, "visit:1:on_way", "Tom va de camino") != 0);
	assert_true(say(t, OCCASION_ON_WAY, "visit:1:on_way", "Tom va de camino") == 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message"), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM conversation"), 1);
	assert_int_equal(world_number(t, "SELECT customer_id FROM conversation"), ROSA);
}

static void
to_one_number_they_leave_in_their_order(void **state)
{
	struct world *t = *state;
	uint64_t first, second;
	bool again;

	arrange(t);
	first = say(t, OCCASION_WRITTEN, "", "uno");
	second = say(t, OCCASION_WRITTEN, "", "dos");
	assert_int_equal(next(t, 71, NULL, false), first);
	/* Another job comes meanwhile: it waits for what the first one is sending, and orders itself again. */
	assert_int_equal(next(t, 72, NULL, false), 0);
	/* Its owner is gone: another takes it over, and knows that it may have left already. */
	t->desk.now = NOW + 600;
	assert_int_equal(next(t, 72, &again, true), first);
	assert_true(again);
	assert_int_equal(next(t, 72, &again, true), second);
	assert_false(again);
	assert_int_equal(next(t, 72, NULL, true), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE state = %d", MESSAGE_SENT), 2);
}

static void
after_stop_nothing_leaves_until_start(void **state)
{
	struct world *t = *state;

	arrange(t);
	say(t, OCCASION_WRITTEN, "", "hola");
	assert_true(heard_by(t, "SM1", " Alto. "));
	assert_false(heard_by(t, "SM1", " Alto. "));
	assert_int_equal(next(t, 71, NULL, true), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE state = %d AND problem <> ''", MESSAGE_FAILED), 1);
	say(t, OCCASION_BILL, "", "factura");
	assert_int_equal(next(t, 71, NULL, true), 0);
	assert_true(heard_by(t, "SM2", "START"));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE occasion = %d", OCCASION_WORD), 1);
	assert_true(next(t, 71, NULL, true) != 0);
	assert_int_equal(world_number(t, "SELECT body LIKE '%%ALTO%%' FROM message WHERE occasion = %d", OCCASION_WORD), 0);
	/* What was said is kept: the evidence. */
	assert_int_equal(world_number(t, "SELECT JSON_LENGTH(body, '$.words') FROM setting WHERE kind = %d", SETTING_CONSENT), 2);
}

static void
what_is_heard_opens_the_thread_and_waits_until_somebody_answers(void **state)
{
	struct world *t = *state;

	arrange(t);
	assert_true(heard_by(t, "SM1", "The pump is leaking"));
	assert_int_equal(world_number(t, "SELECT customer_id FROM conversation"), ROSA);
	assert_int_equal(world_number(t, "SELECT unread FROM conversation"), 1);
	assert_int_equal(world_number(t, "SELECT waits_since FROM conversation"), NOW);
	say(t, OCCASION_ON_WAY, "", "Tom va de camino");
	assert_int_equal(world_number(t, "SELECT waits_since FROM conversation"), NOW);
	say(t, OCCASION_WRITTEN, "", "Vamos hoy");
	assert_int_equal(world_number(t, "SELECT waits_since FROM conversation"), 0);
}

static void
a_receipt_that_comes_late_or_twice_turns_nothing_back(void **state)
{
	static const char *const words[] = {"delivered", "sent", "delivered", "failed", "nonsense"};
	struct world *t = *state;
	struct work w;
	uint64_t id;

	arrange(t);
	id = say(t, OCCASION_WRITTEN, "", "hola");
	assert_int_equal(next(t, 71, NULL, true), id);
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		world_work(t, &t->mine, &w);
		world_ok(t, &w.fault, act_message_told(&w, str_printf(t->a, "SM%llu", (unsigned long long)id), str_of(words[i]), STR("")));
		world_ok(t, &w.fault, work_close(&w, OK));
		assert_int_equal(world_number(t, "SELECT state FROM message"), MESSAGE_DELIVERED);
	}
}

/* "delivered" is here before the answer that says what the text is called: kept, and true as soon as it has that name. */
static void
a_receipt_that_comes_before_its_text_is_settled_is_kept(void **state)
{
	const struct lane_order lane = {STR(NUMBER), MEDIUM_SMS};
	const struct receipt_order early = {STR("SM77"), STR("delivered"), STR("")};
	struct world *t = *state;
	struct lane_parcel *p;
	struct ticket ticket;
	struct work w;
	bool got;

	arrange(t);
	say(t, OCCASION_WRITTEN, "", "hola");
	world_mine(t, "UPDATE job SET state = 3");
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, act_lane_next(&w, &lane, 71, &p));
	world_ok(t, &w.fault, work_close(&w, OK));
	for (int twice = 0; twice < 2; twice++) {
		world_work(t, &t->mine, &w);
		world_ok(t, &w.fault, act_message_told(&w, early.provider_id, early.word, early.code));
		world_ok(t, &w.fault, work_close(&w, OK));
	}
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'receipt' AND due_at > %lld", (long long)NOW), 1);
	world_mine(t, "UPDATE job SET due_at = 1 WHERE kind = 'receipt'");
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, queue_claim(&w, &ticket, &got));
	assert_true(got);
	world_ok(t, &w.fault, queue_open(&w, &ticket));
	world_ok(t, &w.fault, work_close(&w, OK));
	/* Still without a name: it comes back; on its last try nobody waits for it any more. */
	world_work(t, &t->mine, &w);
	world_err(t, &w.fault, E_AWAY, job_receipt.run(&w, &ticket));
	world_err(t, NULL, E_AWAY, work_close(&w, E_AWAY));
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, act_lane_settle(&w, p, 71, &(struct lane_outcome){.provider_id = STR("SM77"), .segments = 1}));
	world_ok(t, &w.fault, job_receipt.run(&w, &ticket));
	world_ok(t, &w.fault, work_close(&w, OK));
	assert_int_equal(world_number(t, "SELECT state FROM message"), MESSAGE_DELIVERED);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM event WHERE kind = %d", EVENT_MESSAGE_SENT), 1);
}

static void
a_text_at_night_waits_for_the_morning(void **state)
{
	struct world *t = *state;

	arrange(t);
	t->desk.now = NOW + 12 * 3600; /* night from Phoenix to New York */
	say(t, OCCASION_TOMORROW, "", "mañana");
	assert_int_equal(next(t, 71, NULL, true), 0);
	assert_int_equal(world_number(t, "SELECT state FROM message"), MESSAGE_QUEUED);
	assert_true(world_number(t, "SELECT due_at FROM message") > t->desk.now + 3600);
	t->desk.now += 12 * 3600;
	assert_true(next(t, 71, NULL, true) != 0);
}

static void
an_occasion_is_told_to_whoever_wants_it_by_what_the_company_chose(void **state)
{
	const struct template_value en[] = {{STR("service"), STR("Cleaning")}, {STR("place"), STR("12 South St")},
		{STR("when"), STR("Jun 5, 2026, 9 to 11")}, {STR("url"), STR("http://blue.localhost/book/mine#t")},
		{STR("calendar"), STR("http://blue.localhost/x.ics")}};
	struct world *t = *state;
	struct occurrence o = {.occasion = OCCASION_CONFIRMED, .customer_id = ROSA, .key = STR("visit:7:1"), .values = {en, en},
	    .values_n = COUNT_OF(en)};
	struct work w;
	size_t said;

	arrange(t);
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, tell_occasion(&w, &o, &said));
	assert_int_equal(said, 2);
	world_ok(t, &w.fault, tell_occasion(&w, &o, &said));
	assert_int_equal(said, 0);
	world_ok(t, &w.fault, work_close(&w, OK));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE medium = %d AND body LIKE '%%confirmado, Cleaning%%'", MEDIUM_SMS), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE medium = %d AND subject LIKE '%%Cleaning%%'", MEDIUM_EMAIL), 1);
	world_mine(t, "DELETE FROM message");
	world_mine(t, "INSERT INTO setting (id, kind, owner_id, name, body) VALUES (10, %d, 0, 'confirmed', "
	    "'{\"sms\":\"ask\",\"email\":\"off\",\"sms_en\":\"\",\"sms_es\":\"{service} va\",\"subject_en\":\"\",\"subject_es\":\"\","
	    "\"mail_en\":\"\",\"mail_es\":\"\"}')", SETTING_OCCASION);
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, tell_occasion(&w, &o, &said));
	assert_int_equal(said, 1);
	world_ok(t, &w.fault, work_close(&w, OK));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE state = %d AND body = 'Cleaning va'", MESSAGE_HELD), 1);
}

/* A hundred go with a step: what was not ordered yet never is, what has not left stays here. */
static void
a_text_to_many_that_is_called_off_keeps_back_what_has_not_left(void **state)
{
	const struct broadcast_words words = {.by_email = true, .sms_en = STR(""), .sms_es = STR(""), .subject_en = STR("Storm, {name}"),
		.subject_es = STR(""), .mail_en = STR("A storm comes."), .mail_es = STR("")};
	struct person_id_row ids[150];
	struct world *t = *state;
	struct broadcast_wish in = {.ids = ids, .ids_n = COUNT_OF(ids), .words = words};
	struct broadcast_look look;
	struct broadcast_line line;
	struct work w;

	arrange(t);
	for (unsigned i = 0; i < COUNT_OF(ids); i++) {
		ids[i].id = 5000000 + i;
		world_sql(t, "INSERT INTO customer (id, name, email, language, created_at) VALUES (%llu, 'Many', '', 'en', 0)",
		    (unsigned long long)ids[i].id);
		world_sql(t, "INSERT INTO contact (id, customer_id, name, relation, phone, email, language, by_sms, by_email) VALUES "
		    "(%llu, %llu, 'Many', 1, '', 'many%u@home.example', 'en', 0, 128)", (unsigned long long)ids[i].id + 1000,
		    (unsigned long long)ids[i].id, i / 2); /* two people of one address are told once */
	}
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, act_broadcast(&w, &in, &look));
	assert_int_equal(look.mails, 75);
	assert_int_equal(look.reached, 150);
	world_ok(t, &w.fault, work_close(&w, OK));
	for (unsigned again = 0; again < 3; again++) {
		world_work(t, &t->mine, &w);
		world_ok(t, &w.fault, act_broadcast_step(&w, look.id.v));
		world_ok(t, &w.fault, work_close(&w, OK));
		assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message"), 50);
		if (again > 0)
			continue;
		world_work(t, &t->mine, &w);
		world_ok(t, &w.fault, act_broadcast_one(&w, look.id.v, &line));
		assert_false(line.waits_until.is);
		world_mine(t, "UPDATE message SET due_at = %lld + id %% 2", (long long)w.now + 3600); /* as by night */
		world_ok(t, &w.fault, work_close(&w, OK));
		world_work(t, &t->mine, &w);
		world_ok(t, &w.fault, act_broadcast_one(&w, look.id.v, &line));
		assert_true(line.waits_until.is);
		assert_int_equal(line.waits_until.v, world_number(t, "SELECT MIN(due_at) FROM message"));
		world_ok(t, &w.fault, act_broadcast_end(&w, look.id.v, &line));
		assert_false(line.waits_until.is);
		assert_int_equal(line.withdrawn, 50);
		assert_int_equal(line.waiting, 0);
		world_ok(t, &w.fault, work_close(&w, OK));
	}
	world_work(t, &t->mine, &w);
	world_err(t, &w.fault, E_STALE, act_broadcast_end(&w, look.id.v, &line));
	world_ok(t, &w.fault, work_close(&w, OK));
}

/*
 * One number, in any order: orders of all occasions, words of theirs, workers that take, lose the answer, die and are throttled,
 * receipts, nights. The wire is what the world sees. Each order is a transaction that is taken back. ORDERS=100000 plays more (make test-long), FIRST=50000 others.
 */
#define SAID_MAX 24
struct play {
	uint64_t seed;
	char number[16];
	bool stopped, deaf; /* deaf: what they say is written down for somebody else (the negative control) */
	unsigned n, keys;
	struct {
		uint64_t id;
		bool taken, receipted;
	} said[SAID_MAX];
	uint64_t last_left;
	unsigned left, late, twice, disordered; /* late: after STOP */
};

static uint32_t
chance(struct play *p, uint32_t of)
{
	p->seed = p->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(p->seed >> 33) % of;
}

static void
play_says(struct world *t, struct work *w, struct play *p, enum occasion o)
{
	if (p->n == SAID_MAX)
		return;
	world_ok(t, &w->fault, tell_message(w, &(struct message_order){.occasion = o, .medium = MEDIUM_SMS, .address = str_of(p->number),
	    .language = SPANISH, .text = str_printf(w->arena, "n%u", p->n % 3)}, &p->said[p->n].id));
	p->said[p->n++].taken = false;
}

static void
play_hears(struct world *t, struct work *w, struct play *p, const char *text, unsigned key)
{
	const struct str name = str_printf(w->arena, "SM%s-%u", p->number, key);
	const struct str from = p->deaf ? STR("+16029999999") : str_of(p->number);
	struct conversation_row c;
	enum language l = ENGLISH;
	enum sms_word word;
	bool fresh;

	world_ok(t, &w->fault, tell_heard(w, &(struct heard){.medium = MEDIUM_SMS, .from = from, .key = name, .body = str_of(text)},
	    &c, &fresh, &word));
	if (fresh) {
		word = sms_word(str_of(text), &l);
		p->stopped = word == SMS_STOP || (p->stopped && word != SMS_START);
	}
}

/* The wire takes it: for the world it has left. */
static void
play_leaves(struct play *p, const struct lane_parcel *parcel)
{
	const bool word = parcel->row.occasion == OCCASION_WORD;

	p->left++;
	p->late += p->stopped;
	/* What may wait for the morning is overtaken by what may not. */
	if (!occasion_entry(parcel->row.occasion)->quiet) {
		p->disordered += parcel->row.id < p->last_left;
		p->last_left = parcel->row.id;
	}
	for (unsigned i = 0; !word && i < p->n; i++)
		if (p->said[i].id == parcel->row.id) {
			p->twice += p->said[i].taken;
			p->said[i].taken = true;
		}
}

/* What the job does with its parcel: sms_find by the provider's list, sms_send, settle; any of them may be the last. Returns whether
 * there was one. */
static bool
play_looks(struct world *t, struct work *w, struct play *p, bool calm)
{
	const struct lane_order lane = {str_of(p->number), MEDIUM_SMS};
	const uint64_t job = calm ? 80 : 71 + chance(p, 3);
	const uint32_t luck = calm ? 9 : chance(p, 10);
	struct lane_outcome o = {.segments = 1};
	struct lane_parcel *parcel;
	bool there = false;

	world_ok(t, &w->fault, act_lane_next(w, &lane, job, &parcel));
	if (parcel == NULL || luck == 0) /* the worker dies before it calls out */
		return parcel != NULL;
	for (unsigned i = 0; i < p->n; i++)
		there |= parcel->again && p->said[i].id == parcel->row.id && p->said[i].taken;
	o.provider_id = str_printf(w->arena, "SM%llu", (unsigned long long)parcel->row.id);
	if (!there && !lane_may(parcel)) {
		o.sent = parcel->never != NULL ? E_INVALID : E_LIMIT;
		o.waits = parcel->never == NULL;
		o.why = str_of(parcel->never);
	} else if (!there && luck <= 3) { /* throttled, or away */
		o.sent = E_LIMIT;
	} else if (!there && luck == 4) {
		o.sent = E_INVALID;
		o.stopped = p->stopped = true; /* "has opted out": the provider heard it, we did not */
	} else if (!there) {
		play_leaves(p, parcel);
	}
	if (luck != 5) /* else the answer is lost, with the worker */
		world_ok(t, &w->fault, act_lane_settle(w, parcel, job, &o));
	return true;
}

static void
play_receipt(struct world *t, struct work *w, struct play *p)
{
	static const char *const words[] = {"sent", "delivered", "undelivered", "undelivered"};
	const uint32_t which = chance(p, COUNT_OF(words)), i = p->n > 0 ? chance(p, p->n) : 0;
	const struct str sid = str_printf(w->arena, "SM%llu", (unsigned long long)p->said[i].id);
	struct message_row *m = NULL;

	if (p->n == 0)
		return;
	world_ok(t, &w->fault, sql_message_of_provider(w->db, sid, w->arena, &m));
	if (which == 3 && m != NULL && m->state == MESSAGE_SENT)
		p->stopped = true;
	world_ok(t, &w->fault, act_message_told(w, sid, str_of(words[which]), which == 3 ? STR("21610") : STR("")));
}

static void
play(struct world *t, struct play *p)
{
	static const char *const words[] = {"STOP", "alto", "START", "alta", "Parar", "please stop by", "unstop", "ok", "5", "BAJA"};
	static const enum occasion occasions[] = {OCCASION_WRITTEN, OCCASION_TOMORROW, OCCASION_BILL, OCCASION_ON_WAY, OCCASION_REVIEW,
		OCCASION_BROADCAST, OCCASION_DIALOGUE};
	const struct arena_mark here = arena_mark(t->a);
	struct work w;

	world_work(t, &t->mine, &w);
	for (unsigned step = 8 + chance(p, 10); step > 0; step--) {
		const int64_t on = chance(p, 8) == 0 ? 6 * 3600 : 1 + chance(p, 150);

		w.now += on;
		w.now_ms += on * 1000;
		switch (chance(p, 8)) {
		case 0:
		case 1:
			play_says(t, &w, p, occasions[chance(p, COUNT_OF(occasions))]);
			break;
		case 2:
			/* One in four is the provider's repeat of something heard before. */
			play_hears(t, &w, p, words[chance(p, COUNT_OF(words))], p->keys > 0 && chance(p, 4) == 0 ? chance(p, p->keys) : p->keys++);
			break;
		case 3:
			play_receipt(t, &w, p);
			break;
		default:
			(void)play_looks(t, &w, p, false);
		}
	}
	/* And in the end they want us again, of each eighth: the next morning all that is said to them leaves. */
	const bool again = !p->deaf && chance(p, 8) == 0;

	if (again) {
		play_hears(t, &w, p, "START", p->keys++);
		w.now += (INT64_C(2) * 86400) - w.now % 86400 + 17 * 3600;
		w.now_ms = w.now * 1000;
		play_says(t, &w, p, OCCASION_WRITTEN);
		for (unsigned i = 0; i < 2 * SAID_MAX && play_looks(t, &w, p, true); i++)
			;
		if (p->n < SAID_MAX)
			assert_true(p->said[p->n - 1].taken);
	}
	world_err(t, NULL, E_INVALID, work_close(&w, E_INVALID));
	arena_rewind(t->a, here);
}

static void
after_stop_nothing_leaves_in_any_order(void **state)
{
	const char *many = getenv("ORDERS");
	const char *from = getenv("FIRST");
	const unsigned orders = many != NULL ? (unsigned)strtoul(many, NULL, 10) : 150, first = from != NULL ? (unsigned)strtoul(from, NULL, 10) : 0;
	struct play all = {0}, deaf = {0};
	struct world *t = *state;

	arrange(t);
	for (unsigned i = first; i < first + orders + 100; i++) {
		struct play p = {.seed = i * UINT64_C(2654435761) + 7, .deaf = i >= first + orders}, *sum = p.deaf ? &deaf : &all;

		snprintf(p.number, sizeof(p.number), "+1602%07u", i);
		play(t, &p);
		sum->left += p.left;
		sum->late += p.late;
		sum->twice += p.twice;
		sum->disordered += p.disordered;
	}
	print_message("# %u orders: %u texts left, %u after STOP, %u twice, %u out of order; deaf: %u of %u after STOP\n", orders, all.left,
	    all.late, all.twice, all.disordered, deaf.late, deaf.left);
	assert_true(all.left > orders);
	assert_int_equal(all.late + all.twice + all.disordered, 0);
	assert_true(deaf.late > 0);
}

/* Texts to as many numbers; how many left. Each is a transaction of its own, as its act and its job would have. */
static unsigned
tried(struct world *t, unsigned from, unsigned n)
{
	unsigned left = 0;

	for (unsigned i = from; i < from + n; i++) {
		const struct arena_mark here = arena_mark(t->a);
		const struct lane_order lane = {str_printf(t->a, "+1480%07u", i), MEDIUM_SMS};
		struct lane_parcel *p;
		struct work w;

		world_work(t, &t->mine, &w);
		world_ok(t, &w.fault, tell_message(&w, &(struct message_order){.occasion = OCCASION_ON_WAY, .medium = MEDIUM_SMS, .address = lane.address,
		    .language = SPANISH, .text = STR("Tom va de camino")}, NULL));
		world_ok(t, &w.fault, act_lane_next(&w, &lane, 71, &p));
		left += p != NULL;
		if (p != NULL)
			world_ok(t, &w.fault, act_lane_settle(&w, p, 71, &(struct lane_outcome){.provider_id = str_printf(w.arena, "SM%u", i), .segments = 1}));
		world_ok(t, &w.fault, work_close(&w, OK));
		arena_rewind(t->a, here);
	}
	return left;
}

/* ORDERS, the thousand of make test-long, plays a thousand. */
static void
over_a_ceiling_nothing_leaves_whoever_is_to_hear_it(void **state)
{
	const unsigned tries = getenv("ORDERS") != NULL ? 1000 : 60;
	struct world *t = *state;

	arrange(t);
	say(t, OCCASION_WRITTEN, "", "uno");
	world_mine(t, "INSERT INTO message (id, conversation_id, direction, medium, occasion, state, message_key, address, body, actor_kind, at, due_at, sent_at) "
	    "SELECT 1000 + seq, (SELECT MIN(id) FROM conversation), 2, %d, %d, %d, CONCAT('seed:', seq), CONCAT('+1520', 1000000 + seq), 'x', 3, %lld, 0, %lld FROM seq_1_to_%d",
	    MEDIUM_SMS, OCCASION_WRITTEN, MESSAGE_SENT, (long long)NOW - 3600, (long long)NOW - 3600, TEXTS_OF_COMPANY_MAX - 5);
	assert_int_equal(tried(t, 0, tries), 5);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE address LIKE '+1480%%' AND state = %d", MESSAGE_HELD), tries - 5);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE problem LIKE 'The company has said all%%'"), tries - 5);
	/* To one number: it has its own, and the next day is another day. */
	t->desk.now += 86400;
	world_mine(t, "DELETE FROM message");
	for (unsigned i = 0; i < TEXTS_OF_NUMBER_MAX + 3; i++) {
		char key[16];

		snprintf(key, sizeof(key), "k%u", i);
		say(t, OCCASION_ON_WAY, key, "Tom va de camino");
		assert_int_equal(next(t, 100 + i, NULL, true) != 0, i < TEXTS_OF_NUMBER_MAX);
	}
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE state = %d AND problem LIKE 'Enough%%'", MESSAGE_HELD), 3);
}

/* One look of a job at the calls of that number, as next() does for texts. */
static uint64_t
ring(struct world *t, uint64_t job)
{
	const struct lane_order lane = {STR(NUMBER), MEDIUM_CALL};
	struct lane_parcel *p;
	struct work w;

	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, act_lane_next(&w, &lane, job, &p));
	if (p != NULL) {
		assert_true(str_eq(p->from, STR("+14805550100")));
		assert_int_equal(p->language, SPANISH);
		world_ok(t, &w.fault, act_lane_settle(&w, p, job, &(struct lane_outcome){.provider_id = str_printf(t->a, "CA%llu", (unsigned long long)p->row.id)}));
	}
	world_ok(t, &w.fault, work_close(&w, OK));
	return p != NULL ? p->row.id : 0;
}

static void
who_wishes_to_be_rung_is_rung_until_a_key_ends_it(void **state)
{
	const struct template_value v[] = {{STR("service"), STR("Limpieza")}, {STR("day"), STR("martes")}, {STR("reason"), STR("lluvia")},
	    {STR("url"), STR("http://blue.localhost/x#t")}};
	struct occurrence o = {.occasion = OCCASION_SKIPPED, .customer_id = ROSA, .key = STR("visit:7:1"), .values = {v, v}, .values_n = COUNT_OF(v)};
	struct world *t = *state;
	struct call_answer_said said;
	struct call_pressed key = {.to = STR(NUMBER), .key = SPOKEN_AGAIN};
	struct work w;
	size_t n;

	arrange(t);
	world_mine(t, "UPDATE contact SET by_sms = 0, by_email = 0, by_voice = %u", 1U << MESSAGE_SCHEDULE);
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, tell_occasion(&w, &o, &n));
	assert_int_equal(n, 1);
	world_ok(t, &w.fault, work_close(&w, OK));
	const uint64_t id = ring(t, 71);

	assert_true(id != 0);
	assert_int_equal(world_number(t, "SELECT body LIKE 'Le llama %%Limpieza el martes: lluvia.' AND medium = %d FROM message", MEDIUM_CALL), 1);
	key.sid = str_printf(t->a, "CA%llu", (unsigned long long)id);
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, act_call_pressed(&w, &key, &said));
	assert_true(said.again && said.language == SPANISH && str_starts(said.words, STR("Le llama ")));
	world_ok(t, &w.fault, act_message_told(&w, key.sid, STR("no-answer"), STR("")));
	world_ok(t, &w.fault, work_close(&w, OK));
	assert_int_equal(world_number(t, "SELECT state = %d AND problem = 'Nobody answered the call.' FROM message", MESSAGE_FAILED), 1);
	/* Another one waits, and meanwhile they press 9: no call any more, and texts as before. */
	o.key = STR("visit:8:1");
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, tell_occasion(&w, &o, &n));
	key.key = SPOKEN_STOP;
	world_ok(t, &w.fault, act_call_pressed(&w, &key, &said));
	assert_false(said.again);
	world_ok(t, &w.fault, work_close(&w, OK));
	assert_int_equal(ring(t, 72), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE problem = 'This number has asked for no more calls.'"), 1);
	assert_true(say(t, OCCASION_WRITTEN, "", "hola") != 0);
	assert_true(next(t, 73, NULL, true) != 0);
	/* Who has said STOP is not rung either. */
	world_mine(t, "DELETE FROM setting WHERE kind = %d", SETTING_CONSENT);
	o.key = STR("visit:9:1");
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, tell_occasion(&w, &o, &n));
	world_ok(t, &w.fault, work_close(&w, OK));
	heard_by(t, "SM9", "ALTO");
	assert_int_equal(ring(t, 74), 0);
}

static void
nobody_is_rung_at_night_and_four_calls_are_a_day(void **state)
{
	struct world *t = *state;
	struct work w;

	arrange(t);
	for (unsigned i = 0; i < CALLS_OF_NUMBER_MAX + 1; i++) {
		world_work(t, &t->mine, &w);
		world_ok(t, &w.fault, tell_message(&w, &(struct message_order){.occasion = OCCASION_TOMORROW, .medium = MEDIUM_CALL, .customer_id = ROSA,
		    .address = STR(NUMBER), .language = SPANISH, .key = str_printf(w.arena, "c%u", i), .text = STR("hola")}, NULL));
		world_ok(t, &w.fault, work_close(&w, OK));
	}
	t->desk.now = NOW - 9 * 3600; /* before dawn in Phoenix */
	world_mine(t, "UPDATE message SET due_at = 1");
	assert_int_equal(ring(t, 71), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE due_at > %lld AND state = %d", (long long)t->desk.now, MESSAGE_QUEUED), 1);
	t->desk.now = NOW;
	world_mine(t, "UPDATE message SET due_at = 1");
	for (unsigned i = 0; i < CALLS_OF_NUMBER_MAX; i++)
		assert_true(ring(t, 80 + i) != 0);
	assert_int_equal(ring(t, 90), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM message WHERE state = %d", MESSAGE_HELD), 1);
}

/* The photos of a visit go with the mail that reports it: as many as a mail holds, of that visit alone, those that were drawn. */
static void
a_report_takes_the_photos_of_its_visit_along(void **state)
{
	const struct lane_order lane = {STR("rosa@home.example"), MEDIUM_EMAIL};
	struct mail_words words = {.subject = STR("Done"), .text = STR("We were there.")};
	struct world *t = *state;
	struct lane_parcel *p;
	struct work w;

	arrange(t);
	world_work(t, &t->mine, &w);
	for (uint64_t id = 61; id <= 68; id++) {
		const uint64_t visit = id == 61 ? 8 : 7;

		world_ok(t, &w.fault, sql_file_insert(w.db, id, ROSA, RECORD_VISIT, visit, STR(""), STR("image/jpeg"),
		    id == 62 ? FILE_REFUSED : FILE_READY, 5, 40, 30, (struct maybe_i64){0}, 0, NOW));
		world_ok(t, &w.fault, files_keep(&w, id, FILE_ENDING_PHOTO, str_printf(w.arena, "JPEG%llu", (unsigned long long)id)));
	}
	world_ok(t, &w.fault, tell_message(&w, &(struct message_order){.occasion = OCCASION_REPORT, .medium = MEDIUM_EMAIL, .customer_id = ROSA,
	    .address = STR("rosa@home.example"), .language = SPANISH, .words = &words, .ref_kind = RECORD_VISIT, .ref_id = 7}, NULL));
	world_ok(t, &w.fault, work_close(&w, OK));
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, act_lane_next(&w, &lane, 71, &p));
	assert_non_null(p);
	assert_int_equal(p->pictures, MAIL_PICTURES_MAX);
	for (size_t i = 0; i < p->pictures; i++)
		assert_true(p->picture[i].n == 6 && str_starts(p->picture[i], STR("JPEG6")) && p->picture[i].p[5] >= '3');
	world_ok(t, &w.fault, work_close(&w, OK));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(a_key_makes_a_message_once),
		world_test(to_one_number_they_leave_in_their_order),
		world_test(after_stop_nothing_leaves_until_start),
		world_test(after_stop_nothing_leaves_in_any_order),
		world_test(what_is_heard_opens_the_thread_and_waits_until_somebody_answers),
		world_test(a_receipt_that_comes_late_or_twice_turns_nothing_back),
		world_test(a_receipt_that_comes_before_its_text_is_settled_is_kept),
		world_test(a_text_at_night_waits_for_the_morning),
		world_test(a_text_to_many_that_is_called_off_keeps_back_what_has_not_left),
		world_test(over_a_ceiling_nothing_leaves_whoever_is_to_hear_it),
		world_test(who_wishes_to_be_rung_is_rung_until_a_key_ends_it),
		world_test(nobody_is_rung_at_night_and_four_calls_are_a_day),
		world_test(a_report_takes_the_photos_of_its_visit_along),
		world_test(an_occasion_is_told_to_whoever_wants_it_by_what_the_company_chose),
	};

	return world_run("messages", tests);
}
