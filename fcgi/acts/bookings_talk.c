/*
 * fcgi/acts/bookings_talk.c -- the receptionist at work: what was said, what the dialogue wants, done by the booking page's own acts.
 *
 * Everything passes domain/reception/talk: it asks for times, a booking, a move; the acts here do what the page could do and
 * nothing else. What is told is of the caller's own thread, found by the number that wrote.
 */
#include "fcgi/acts/bookings.h"

#include "domain/billing/ledger.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_alert.h"
#include "sql/tenant/day.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/messages.h"

#define DOINGS_MAX 8
#define HANDED_S 60 /* who is writing an answer at this moment is not talked over */

static enum err caller_facts(struct work *w, struct reception *r);
static enum err doing(struct work *w, struct reception *r, struct talk_out *out);
static enum err look(struct work *w, struct reception *r, struct talk_out *out);
static enum err look_move(struct work *w, struct reception *r, struct talk_out *out);
static enum err book(struct work *w, struct reception *r, struct talk_out *out);
static enum err change(struct work *w, struct reception *r, struct talk_out *out);
static bool gone(struct work *w, enum err e);
static enum err said_of(struct work *w, const struct message_row *m, struct str *words);
static struct str note_of(struct work *w, const struct talk *t);

/* How a talk is kept on its thread. */
struct talk_kept {
	struct talk t;
	struct maybe_u64 service_id, last_id;
	struct str gate; /* sealed, in hex: it waits for the booking */
	struct maybe_str call; /* the call that it was said in */
	uint32_t recording;
	struct talk_pending *pending;
	size_t pending_n;
};
static const struct field guess_fields[] = {FIELD_ENUM(struct guess, intent, intent_names), FIELD_INT(struct guess, choice, 0, TALK_TIMES_MAX),
	FIELD_MAYBE_ID(struct guess, service_id), FIELD_TEXT(struct guess, street, 0, 160), FIELD_TEXT(struct guess, city, 0, 80),
	FIELD_TEXT(struct guess, postcode, 0, 16), FIELD_TEXT(struct guess, name, 0, 120), FIELD_LINES(struct guess, words, 0, GUESS_WORDS_MAX),
	FIELD_END};
static const struct shape guess_shape = {"TalkGuess", sizeof(struct guess), guess_fields};
static const struct field pending_fields[] = {FIELD_LINES(struct talk_pending, words, 0, HEAR_MAX), FIELD_INT(struct talk_pending, turn, 0, 100000),
	FIELD_TIME(struct talk_pending, at), FIELD_BOOL(struct talk_pending, answered),
	FIELD_LIST(struct talk_pending, guess, guess_n, &guess_shape, 1), FIELD_END};
static const struct shape pending_shape = {"TalkPending", sizeof(struct talk_pending), pending_fields};
static const struct field time_fields[] = {FIELD_DAY(struct talk_time, day), FIELD_INT(struct talk_time, from_minute, 0, 1440),
	FIELD_INT(struct talk_time, to_minute, 0, 1440), FIELD_END};
static const struct shape time_shape = {"TalkTime", sizeof(struct talk_time), time_fields};
static const struct field talk_fields[] = {
	FIELD_ENUM(struct talk, stage, talk_stage_names),
	FIELD_ENUM(struct talk, outcome, talk_outcome_names),
	FIELD_ENUM(struct talk, need, intent_names),
	FIELD_ENUM(struct talk, language, language_tags),
	FIELD_BOOL(struct talk, greeted),
	FIELD_LINES(struct talk, problem, 0, 400),
	FIELD_TEXT(struct talk, street, 0, 160),
	FIELD_TEXT(struct talk, city, 0, 80),
	FIELD_TEXT(struct talk, region, 0, 40),
	FIELD_TEXT(struct talk, postcode, 0, 16),
	FIELD_TEXT(struct talk, name, 0, 120),
	FIELD_BOOL(struct talk, mornings),
	FIELD_BOOL(struct talk, afternoons),
	FIELD_MAYBE_INT(struct talk, weekday, 0, 6),
	FIELD_MAYBE_DAY(struct talk, day),
	FIELD_LIST(struct talk, offered, offered_n, &time_shape, TALK_TIMES_MAX),
	FIELD_MAYBE_DAY(struct talk, from_day),
	FIELD_INT(struct talk, misses, 0, 1000),
	FIELD_INT(struct talk, silences, 0, 1000),
	FIELD_INT(struct talk, turns, 0, 100000),
	FIELD_INT(struct talk, asked_more, 0, 1000),
	FIELD_LIST(struct talk, guess, guess_n, &guess_shape, 1),
	FIELD_END
};
static const struct shape talk_shape = {"Talk", sizeof(struct talk), talk_fields};
static const struct field kept_fields[] = {FIELD_SHAPE(struct talk_kept, t, &talk_shape),
	FIELD_MAYBE_ID(struct talk_kept, service_id), FIELD_MAYBE_ID(struct talk_kept, last_id),
	FIELD_TEXT(struct talk_kept, gate, 0, CODE_SEALED_MAX), FIELD_MAYBE_TEXT(struct talk_kept, call, 0, 60),
	FIELD_INT(struct talk_kept, recording, 0, RECORDINGS - 1),
	FIELD_LIST(struct talk_kept, pending, pending_n, &pending_shape, 1), FIELD_END};
static const struct shape kept_shape = {"TalkKept", sizeof(struct talk_kept), kept_fields};

enum err
act_reception(struct work *w, const struct reception_order *o, const struct reception_asking *x)
{
	struct reception r = {0};
	struct message_row m;
	struct talk_out out;
	struct str words;
	bool go;

	TRY(reception_text(w, o, &r, &m, &go));
	if (!go)
		return OK;
	TRY(reception_facts(w, &r, TALK_TEXT));
	TRY(said_of(w, &m, &words));
	TRY(reception_answer(w, &r, words, x, &out));
	r.last_id = m.id;
	TRY(reception_keep(w, &r));
	if (out.say.n > 0)
		TRY(tell_message(w, &(struct message_order){.occasion = OCCASION_DIALOGUE, .medium = MEDIUM_SMS, .conversation_id = r.c.id,
		    .customer_id = r.c.customer_id, .address = m.address, .language = r.talk.language,
		    .key = str_printf(w->arena, "talk:%llu", (unsigned long long)m.id), .text = str_sub(out.say, 0, 1500)}, NULL));
	return reception_hand_over(w, &r, m.body, &out);
}

/* What was texted, with the code of a gate that is sealed beside it: the talk keeps it, sealed, for the place. */
static enum err
said_of(struct work *w, const struct message_row *m, struct str *words)
{
	struct message_more more = {0};
	struct str code;

	if (m->more.n > 0)
		TRY(shape_read(&message_more_shape, m->more, w->arena, &more, &w->fault));
	TRY(tell_code(w, m->id, &more, &code));
	*words = hear_with(m->body, code, w->arena);
	return OK;
}

enum err
reception_text(struct work *w, const struct reception_order *o, struct reception *r, struct message_row *m, bool *go)
{
	struct conversation_row *c;
	enum err e;

	*go = false;
	TRY(bookings_settings(w, &r->settings));
	if (!r->settings.reception)
		return OK;
	TRY(sql_conversation_for_update(w->db, o->conversation_id, w->arena, &c));
	e = sql_message_one(w->db, o->message_id.v, w->arena, m);
	if (tell_absent(w, e) || (e == OK && c == NULL))
		return OK;
	TRY(e);
	r->c = *c;
	TRY(reception_read(w, r));
	r->pending_n = 0;
	/* Answered before; or a person has taken it over, or is writing now. */
	*go = r->last_id < m->id && r->c.staff_id == 0 && w->now - r->c.typing_at >= HANDED_S;
	return OK;
}

enum err
reception_read(struct work *w, struct reception *r)
{
	const struct str none = STR("");
	const struct talk_kept fresh = {.gate = none, .t = {.problem = none, .street = none, .city = none, .region = none, .postcode = none,
	    .gate = none, .name = none, .language = language_of(r->c.language)}};
	struct talk_kept k = fresh;

	/* One that another version of the program kept begins anew. */
	if (r->c.talk.n > 0 && shape_read(&kept_shape, r->c.talk, w->arena, &k, &w->fault) != OK) {
		w->fault = (struct fault){0};
		k = fresh;
	}
	r->talk = k.t;
	r->was = k.t.outcome;
	r->recording = k.recording;
	r->pending = k.pending;
	r->pending_n = k.pending_n;
	r->talk.service_id = k.service_id.is ? k.service_id.v : 0;
	r->last_id = k.last_id.is ? k.last_id.v : 0;
	if (r->call.n == 0 && k.pending_n > 0 && k.call.is)
		r->call = k.call.v; /* a job answers a call that waits */
	r->same_call = k.call.is && str_eq(k.call.v, r->call);
	r->talk.gate = none;
	if (k.gate.n == 0)
		return OK;
	char *sealed = arena_array(w->arena, char, k.gate.n);
	size_t n;
	if (!str_unhex(k.gate, sealed, k.gate.n, &n))
		return fail(&w->fault, E_BUG, NULL, "A talk does not fit.");
	return work_unseal(w, KEY_GATE, "conversation", "talk", r->c.id, (struct str){sealed, n}, &r->talk.gate);
}

enum err
reception_keep(struct work *w, const struct reception *r)
{
	struct talk_kept k = {r->talk, {r->talk.service_id != 0, r->talk.service_id}, {r->last_id != 0, r->last_id}, STR(""),
	    {r->call.n > 0, r->call}, r->recording, r->pending, r->pending_n};
	struct buf b = buf_open(w->arena, 1024, TALK_MAX);

	k.t.problem = note_of(w, &r->talk);
	if (r->talk.gate.n > 0 && r->talk.stage != TALK_OVER) {
		struct str sealed;

		TRY(work_seal(w, KEY_GATE, "conversation", "talk", r->c.id, r->talk.gate, &sealed));
		k.gate = str_hex(w->arena, sealed.p, sealed.n);
	}
	shape_write(&kept_shape, &k, &b);
	if (b.full)
		return fail(&w->fault, E_BUG, NULL, "A talk does not fit.");
	TRY(tell_talk(w, r->c.id, buf_str(&b), r->talk.language, r->talk.outcome));
	return r->talk.outcome == r->was ? OK : tell_outcome(w, &r->c, r->talk.outcome);
}

enum err
reception_facts(struct work *w, struct reception *r, enum talk_channel channel)
{
	struct talk_service *s = arena_array(w->arena, struct talk_service, r->settings.services_n);
	const struct str none = STR("");
	struct company_row company;

	TRY(sql_company(w->db, w->arena, &company));
	for (size_t i = 0; i < r->settings.services_n; i++)
		s[i] = (struct talk_service){r->settings.services[i].id, r->settings.services[i].name, r->settings.services[i].price_cents};
	r->facts = (struct talk_facts){.channel = channel, .company = company.name, .currency = company.currency,
	    .today = zone_day(w->tenant->zone, w->now), .open = r->settings.rules.open, .person = company.phone.n > 0, .services = s,
	    .services_n = r->settings.services_n, .name = none, .street = none, .city = none, .region = none, .postcode = none,
	    .next_service = none};
	return r->c.customer_id == 0 ? OK : caller_facts(w, r);
}

/* Of this caller alone. Who has several places is asked which. */
static enum err
caller_facts(struct work *w, struct reception *r)
{
	struct reception_place_row *places;
	struct reception_visit_row *next;
	struct reception_caller_row *who;
	size_t n;

	TRY(sql_reception_caller(w->db, r->c.customer_id, ACCOUNT_RECEIVABLE, w->arena, &who));
	if (who == NULL)
		return OK;
	r->facts.name = who->name;
	r->facts.has_balance = true;
	r->facts.balance_cents = who->balance_cents;
	TRY(sql_reception_places(w->db, r->c.customer_id, w->arena, &places, &n));
	if (n == 1) {
		r->property_id = places[0].id;
		r->facts.street = places[0].street;
		r->facts.city = places[0].city;
		r->facts.region = places[0].region;
		r->facts.postcode = places[0].postcode;
	}
	TRY(sql_reception_next(w->db, r->c.customer_id, r->facts.today, VISIT_SCHEDULED, VISIT_ON_WAY, VISIT_STARTED, w->arena, &next));
	if (next == NULL)
		return OK;
	r->visit_id = next->id;
	r->facts.has_next = true;
	r->facts.next = (struct talk_time){next->day, next->from_minute.v, next->to_minute.v};
	r->facts.next_service = next->service;
	r->facts.on_way = next->state == VISIT_ON_WAY;
	r->facts.may_change = booking_may_change(&r->settings.rules, next->state,
	    bookings_instant(w, next->day, next->from_minute.v), w->now);
	return OK;
}

enum err
reception_answer(struct work *w, struct reception *r, struct str words, const struct reception_asking *x, struct talk_out *out)
{
	struct guess g = x != NULL ? x->guess : (struct guess){0};
	const bool heard = x != NULL && x->heard;
	const uint32_t misses = r->talk.misses;

	/* The talk may have gone on since it was asked: what it believes is held against what is offered now. */
	if (heard)
		guess_check(&g, &r->talk, &r->facts, words, w->arena);
	talk_hear(&r->talk, &r->facts, words, w->arena, out);
	if (heard)
		talk_guessed(&r->talk, &r->facts, &g, misses, w->arena, out);
	for (unsigned n = 0; n < DOINGS_MAX && out->want >= TALK_LOOK && out->want <= TALK_CANCEL; n++)
		TRY(doing(w, r, out));
	if (heard && x->need == GUESS_COURTEOUS)
		talk_courteous(&r->talk, &r->facts, g.courtesy, w->arena, out);
	return OK;
}

static enum err
doing(struct work *w, struct reception *r, struct talk_out *out)
{
	switch (out->want) {
	case TALK_LOOK:
		return look(w, r, out);
	case TALK_LOOK_MOVE:
		return look_move(w, r, out);
	case TALK_BOOK:
		return book(w, r, out);
	default:
		return change(w, r, out);
	}
}

static void
offered(struct work *w, struct reception *r, const struct booking_times *times, struct talk_out *out)
{
	struct talk_time *rows = arena_array(w->arena, struct talk_time, times->rows_n);

	for (size_t i = 0; i < times->rows_n; i++)
		rows[i] = (struct talk_time){times->rows[i].day, times->rows[i].from_minute, times->rows[i].to_minute};
	talk_offered(&r->talk, &r->facts, rows, times->rows_n, times->next, w->arena, out);
}

static enum err
place_ask(struct work *w, struct reception *r, struct booking_ask *x)
{
	const struct booking_place p = {r->talk.street, r->talk.city, r->talk.region, r->talk.postcode};

	TRY(bookings_ask(w, r->talk.service_id, &p, x));
	if (r->property_id != 0 && str_eq(r->talk.street, r->facts.street))
		x->property_id = r->property_id;
	return OK;
}

static enum err
look(struct work *w, struct reception *r, struct talk_out *out)
{
	struct booking_times times;
	struct booking_ask x;
	enum err e = place_ask(w, r, &x);

	if (e == OK)
		e = bookings_times_of(w, &x, r->talk.from_day, &times);
	if (e == E_INVALID || e == E_NOT_FOUND) {
		const struct str why = e == E_INVALID ? words_fault(w->arena, r->talk.language, &w->fault) : STR("");

		w->fault = (struct fault){0};
		talk_refused(&r->talk, &r->facts, why, w->arena, out);
		return OK;
	}
	TRY(e);
	offered(w, r, &times, out);
	return OK;
}

static enum err
look_move(struct work *w, struct reception *r, struct talk_out *out)
{
	struct booking_times times;
	struct booking_row *b;
	struct booking_ask x;

	TRY(sql_booking_one(w->db, r->visit_id, w->arena, &b));
	if (b == NULL) {
		talk_refused(&r->talk, &r->facts, STR(""), w->arena, out);
		return OK;
	}
	TRY(bookings_mine_ask(w, b, &x));
	TRY(bookings_times_of(w, &x, r->talk.from_day, &times));
	offered(w, r, &times, out);
	return OK;
}

/* Somebody was quicker: no failure of the talk. */
static bool
gone(struct work *w, enum err e)
{
	if (e != E_STALE)
		return false;
	w->fault = (struct fault){0};
	return true;
}

static enum err
book(struct work *w, struct reception *r, struct talk_out *out)
{
	const struct booking_in in = {.name = r->talk.name, .language = r->talk.language, .note = note_of(w, &r->talk),
	    .gate = {r->talk.gate.n > 0, r->talk.gate}};
	const struct talk_time wanted = out->time;
	struct booking_hold h;
	struct booking_ask x;
	struct visit v = {0};
	struct str url;
	int64_t cents;
	uint64_t id;
	bool asked;
	enum err e = place_ask(w, r, &x);

	if (e == OK)
		e = bookings_hold_of(w, &x, wanted.day, wanted.from_minute, &id, &h);
	if (gone(w, e)) {
		talk_gone(&r->talk, &r->facts, w->arena, out);
		return OK;
	}
	TRY(e);
	v.customer_id = r->c.customer_id;
	v.property_id = x.property_id;
	TRY(bookings_book(w, id, &h, &in, r->c.address, STR(""), &v, &asked));
	if (r->c.customer_id == 0) {
		r->c.customer_id = v.customer_id;
		TRY(sql_conversation_owner(w->db, r->c.id, v.customer_id, str_printf(w->arena, "c:%llu", (unsigned long long)v.customer_id)));
	}
	w->actor.kind = ACTOR_SYSTEM;
	w->actor.id = 0;
	talk_done(&r->talk, &r->facts, asked, &wanted, w->arena, out);
	if (!h.deposit_id.is)
		return OK;
	TRY(bookings_deposit_link(w, h.deposit_id.v, &cents, &url));
	if (cents > 0)
		talk_deposit(&r->talk, &r->facts, cents, url, w->arena, out);
	return OK;
}

static enum err
change(struct work *w, struct reception *r, struct talk_out *out)
{
	const bool cancel = out->want == TALK_CANCEL;
	const struct talk_time wanted = cancel ? r->facts.next : out->time;
	struct booking_row *b;
	struct visit v;
	enum err e;

	TRY(sql_booking_one(w->db, r->visit_id, w->arena, &b));
	if (b == NULL) {
		talk_refused(&r->talk, &r->facts, STR(""), w->arena, out);
		return OK;
	}
	e = cancel ? bookings_cancel(w, b) : bookings_move(w, b, wanted.day, wanted.from_minute, &v);
	w->actor.kind = ACTOR_SYSTEM;
	w->actor.id = 0;
	if (gone(w, e)) {
		talk_gone(&r->talk, &r->facts, w->arena, out);
		return OK;
	}
	TRY(e);
	talk_done(&r->talk, &r->facts, !cancel && !v.tech_id.is, &wanted, w->arena, out);
	return OK;
}

/* What a person has to see to goes on waiting in the inbox, though it was answered. */
enum err
reception_hand_over(struct work *w, struct reception *r, struct str words, const struct talk_out *out)
{
	struct conversation_row *c;

	if (out->want != TALK_RING && out->want != TALK_KEEP)
		return OK;
	/* Day or night: who of the office wants to be told of it, and how, say the rules of alerts. */
	if (out->want == TALK_RING)
		TRY(tell_alert(w, ALERT_CALLER, NULL, 0, str_printf(w->arena, "%.*s: %.*s", STR_ARG(r->c.address), STR_ARG(words))));
	TRY(sql_conversation_for_update(w->db, r->c.id, w->arena, &c));
	return c == NULL ? OK : sql_conversation_set(w->db, c->id, CONVERSATION_OPEN, c->staff_id, 0, w->now, c->version);
}

/* A code of a gate is sealed on the property; it does not stand in the note as well. */
static struct str
note_of(struct work *w, const struct talk *t)
{
	return hear_without(t->problem, t->gate, w->arena);
}
