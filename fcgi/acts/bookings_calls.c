/*
 * fcgi/acts/bookings_calls.c -- the telephone: turns of the receptionist, who is rung, what is recorded, messages after the tone.
 */
#include "fcgi/acts/bookings.h"

#include "domain/base/file.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_file.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/files.h"
#include "sql/tenant/queries/messages.h"
#include "tenancy/files.h"

#define CALL_WAIT_S 9 /* that a caller waits for a model at most */
#define SID_MAX 60
#define MORE_BYTES 2000

/* What is known of a call before anything is said. */
struct line {
	struct company_row company;
	struct texting texts;
	struct str person, night; /* who is rung now, and if there may be danger */
	enum language language;
};

static enum err line_of(struct work *w, const struct booking_settings *s, struct line *l);
static enum err begin(struct work *w, struct reception *r, const struct line *l, const struct call_heard *in, struct call_said *out);
static enum err consent(struct work *w, struct reception *r, const struct call_heard *in, struct call_said *out);
static enum err without(struct work *w, const struct booking_settings *s, const struct line *l, const struct call_heard *in, struct call_said *out);
static enum err caller_thread(struct work *w, const struct call_heard *in, enum language l, struct conversation_row *c);
static enum err call_turn(struct work *w, struct reception *r, const struct line *l, const struct call_heard *in, const struct guess *g,
    struct call_said *out);
static enum err call_waited(struct work *w, struct reception *r, const struct line *l, const struct call_heard *in, struct call_said *out);
static enum err call_asks(struct work *w, struct reception *r, const struct call_heard *in, bool *asks);
static enum err note(struct work *w, const struct conversation_row *c, struct str key, struct str text, const struct message_file *file, bool answered);
static enum err kept_already(struct work *w, const struct recording_order *o, bool *there);
static struct str key_of(struct work *w, const char *what, struct str name);
static struct str timed(struct work *w, const char *what, enum language l, uint32_t seconds);

static const struct field recording_fields[] = {FIELD_TEXT(struct recording_order, call, 1, SID_MAX),
	FIELD_TEXT(struct recording_order, recording, 1, SID_MAX), FIELD_INT(struct recording_order, seconds, 0, 1000000),
	FIELD_BOOL(struct recording_order, left), FIELD_END};
static const struct shape recording_shape = {"RecordingOrder", sizeof(struct recording_order), recording_fields};

enum err
act_reception_call(struct work *w, const struct call_heard *in, struct call_said *out)
{
	struct reception r = {.call = str_sub(in->sid, 0, SID_MAX)};
	struct line l;
	bool fresh, asks;

	*out = (struct call_said){.say = STR(""), .ring = STR("")};
	TRY(bookings_settings(w, &r.settings));
	TRY(line_of(w, &r.settings, &l));
	if (!r.settings.reception)
		return without(w, &r.settings, &l, in, out);
	TRY(caller_thread(w, in, l.language, &r.c));
	TRY(reception_read(w, &r));
	if (!r.same_call)
		TRY(begin(w, &r, &l, in, out));
	if (r.pending_n > 0)
		return call_waited(w, &r, &l, in, out);
	TRY(tell_heard(w, &(struct heard){.medium = MEDIUM_VOICE, .from = in->from, .customer_id = r.c.customer_id, .name = STR(""),
	    .subject = STR(""), .quoted = STR(""), .body = in->words.n > 0 ? in->words : STR("..."),
	    .key = str_printf(w->arena, "%.*s:%u", STR_ARG(r.call), r.talk.turns)}, &r.c, &fresh, NULL));
	if (r.same_call)
		TRY(consent(w, &r, in, out));
	TRY(call_asks(w, &r, in, &asks));
	if (!asks)
		return call_turn(w, &r, &l, in, NULL, out);
	out->say = str_of(talk_says("wait", r.talk.language));
	out->language = r.talk.language;
	out->wait = true;
	return OK;
}

/* Its own number would ring for ever. */
static enum err
line_of(struct work *w, const struct booking_settings *s, struct line *l)
{
	struct civil c;

	TRY(sql_company(w->db, w->arena, &l->company));
	TRY(tell_texting(w, &l->texts));
	l->language = language_of(l->company.language);
	zone_local(w->tenant->zone, w->now, &c);
	const enum weekday today = day_weekday(zone_day(w->tenant->zone, w->now));
	const uint32_t minute = (uint32_t)c.hour * 60 + c.minute;

	l->person = call_person(&s->calls, l->company.phone, today, minute, false);
	l->night = call_person(&s->calls, l->company.phone, today, minute, true);
	if (str_eq(l->person, l->texts.number))
		l->person = STR("");
	if (str_eq(l->night, l->texts.number))
		l->night = STR("");
	return OK;
}

/* Another call than the last one: a talk of its own, and what has to be said about its recording. */
static enum err
begin(struct work *w, struct reception *r, const struct line *l, const struct call_heard *in, struct call_said *out)
{
	const struct str none = STR("");
	const enum call_consent how = call_consent(&r->settings.calls, l->company.country, l->company.region, in->region);

	(void)w;
	r->talk = (struct talk){.problem = none, .street = none, .city = none, .region = none, .postcode = none, .gate = none,
	    .name = none, .language = language_of(r->c.language)};
	r->pending_n = 0;
	r->was = TALK_OPEN;
	r->recording = how == CALL_RECORDED ? RECORDING_ON : how == CALL_ANNOUNCED ? RECORDING_SAID : RECORDING_NONE;
	out->record = how == CALL_RECORDED;
	if (how == CALL_ANNOUNCED)
		out->say = str_of(talk_says("call.said", r->talk.language));
	return OK;
}

/* It was said, and nothing spoke against it; or something does, at any time. */
static enum err
consent(struct work *w, struct reception *r, const struct call_heard *in, struct call_said *out)
{
	if (r->recording == RECORDING_NONE || r->recording == RECORDING_DECLINED)
		return OK;
	if (!call_declines(in->words)) {
		out->record = r->recording == RECORDING_SAID;
		r->recording = RECORDING_ON;
		return OK;
	}
	r->recording = RECORDING_DECLINED;
	out->say = str_of(talk_says("call.declined", r->talk.language));
	return note(w, &r->c, key_of(w, "norec", r->call), str_of(talk_says("inbox.declined", ENGLISH)), NULL, false);
}

/* No receptionist: somebody is rung, or a message is taken. Nobody could decline, so only what one of both may allow is recorded. */
static enum err
without(struct work *w, const struct booking_settings *s, const struct line *l, const struct call_heard *in, struct call_said *out)
{
	struct conversation_row c;
	bool fresh;

	TRY(caller_thread(w, in, l->language, &c));
	TRY(tell_heard(w, &(struct heard){.medium = MEDIUM_VOICE, .from = in->from, .customer_id = c.customer_id, .name = STR(""),
	    .subject = STR(""), .quoted = STR(""), .body = STR("..."), .key = str_printf(w->arena, "%.*s:0", STR_ARG(str_sub(in->sid, 0, SID_MAX)))},
	    &c, &fresh, NULL));
	*out = (struct call_said){.say = STR(""), .language = language_of(c.language), .ring = l->person, .over = l->person.n > 0,
	    .record = l->person.n > 0 && call_consent(&s->calls, l->company.country, l->company.region, in->region) == CALL_RECORDED};
	return l->person.n > 0 ? OK : act_call_rung(w, in, false, 0, out);
}

/* Where the rules are at a loss a model is asked by a job, while the caller waits on the line. */
static enum err
call_asks(struct work *w, struct reception *r, const struct call_heard *in, bool *asks)
{
	*asks = false;
	TRY(reception_facts(w, r, TALK_VOICE));
	if (guess_needed(&r->talk, &r->facts, in->words, w->arena) != GUESS_PUZZLED)
		return OK;
	TRY(reception_may_ask(w, r, asks));
	if (!*asks)
		return OK;
	/* What waits is kept as words: a code of a gate goes ahead of them, sealed. */
	const struct str code = hear_gate(in->words, w->arena);
	if (code.n > 0)
		r->talk.gate = code;
	r->pending = arena_new(w->arena, struct talk_pending);
	*r->pending = (struct talk_pending){.words = str_sub(hear_without(in->words, code, w->arena), 0, GUESS_WORDS_MAX), .turn = r->talk.turns, .at = w->now};
	r->pending_n = 1;
	TRY(reception_keep(w, r));
	return tell_reception(w, r->c.id, 0);
}

static enum err
call_waited(struct work *w, struct reception *r, const struct line *l, const struct call_heard *in, struct call_said *out)
{
	struct talk_pending *p = r->pending;

	if (!p->answered && w->now - p->at < CALL_WAIT_S) {
		*out = (struct call_said){.say = STR(""), .ring = STR(""), .language = r->talk.language, .wait = true};
		return OK;
	}
	r->pending_n = 0;
	TRY(reception_facts(w, r, TALK_VOICE));
	return call_turn(w, r, l, &(struct call_heard){in->from, in->sid, p->words, in->region}, p->guess_n > 0 ? p->guess : NULL, out);
}

static enum err
call_turn(struct work *w, struct reception *r, const struct line *l, const struct call_heard *in, const struct guess *g,
    struct call_said *out)
{
	const struct reception_asking x = {.need = GUESS_PUZZLED, .heard = g != NULL, .guess = g != NULL ? *g : (struct guess){0}};
	struct message_order o = {.occasion = OCCASION_DIALOGUE, .medium = MEDIUM_VOICE, .conversation_id = r->c.id, .address = in->from};
	/* A star is no word of the talk. */
	const bool star = str_eq(str_trim(in->words), STR("*"));
	const struct str before = out->say;
	struct talk_out said;

	r->facts.person = l->person.n > 0;
	r->facts.night = l->night.n > 0;
	TRY(reception_answer(w, r, star ? STR("") : in->words, &x, &said));
	if (star)
		r->talk.silences = 0;
	TRY(reception_keep(w, r));
	o.language = r->talk.language;
	o.customer_id = r->c.customer_id;
	o.text = said.say;
	TRY(tell_message(w, &o, NULL));
	o.medium = MEDIUM_SMS;
	o.text = said.text;
	if (said.text.n > 0 && l->texts.number.n > 0)
		TRY(tell_message(w, &o, NULL));
	out->say = before.n > 0 ? str_printf(w->arena, "%.*s %.*s", STR_ARG(before), STR_ARG(said.say)) : said.say;
	out->language = r->talk.language;
	out->ring = said.want != TALK_RING ? STR("") : r->talk.need == INTENT_EMERGENCY ? l->night : l->person;
	out->over = said.want >= TALK_RING;
	return reception_hand_over(w, r, hear_without(in->words, r->talk.gate, w->arena), &said);
}

/* Who is known by the number has a thread already: that one is theirs. */
static enum err
caller_thread(struct work *w, const struct call_heard *in, enum language l, struct conversation_row *c)
{
	struct known_row *known;

	TRY(sql_known_by_phone(w->db, in->from, w->arena, &known));
	return tell_thread(w, known != NULL ? known->customer_id : 0, in->from, STR(""), known != NULL ? language_of(known->language) : l, c);
}

enum err
act_call_rung(struct work *w, const struct call_heard *in, bool answered, uint32_t seconds, struct call_said *out)
{
	const struct str sid = str_sub(in->sid, 0, SID_MAX);
	struct conversation_row c;
	struct company_row company;
	bool fresh;

	*out = (struct call_said){.say = STR(""), .ring = STR(""), .over = true};
	TRY(sql_company(w->db, w->arena, &company));
	const enum language l = language_of(company.language);
	TRY(caller_thread(w, in, l, &c));
	out->language = language_of(c.language);
	TRY(tell_outcome(w, &c, answered ? TALK_RUNG : TALK_MISSED));
	if (answered)
		return note(w, &c, key_of(w, "rung", sid), timed(w, "inbox.answered", l, seconds), NULL, true);
	TRY(tell_heard(w, &(struct heard){.medium = MEDIUM_VOICE, .from = in->from, .customer_id = c.customer_id, .name = STR(""),
	    .subject = STR(""), .quoted = STR(""), .body = str_of(talk_says("inbox.missed", l)), .key = key_of(w, "missed", sid)}, &c, &fresh, NULL));
	out->say = str_of(talk_says("call.tone", out->language));
	out->tone = true;
	return OK;
}

enum err
act_call_left(struct work *w, const struct call_heard *in, struct call_said *out)
{
	struct conversation_row c;

	TRY(caller_thread(w, in, ENGLISH, &c));
	*out = (struct call_said){.language = language_of(c.language), .ring = STR(""), .over = true};
	out->say = str_of(talk_says("call.left", out->language));
	return OK;
}

enum err
act_call_recorded(struct work *w, const struct recording_order *o)
{
	bool there;

	TRY(kept_already(w, o, &there));
	return there ? OK : tell(w, "recording", &recording_shape, o);
}

/* What was heard has its key behind "in:" (tell_heard). */
static enum err
kept_already(struct work *w, const struct recording_order *o, bool *there)
{
	struct message_row *row;

	TRY(sql_message_of_key(w->db, key_of(w, o->left ? "in:rec" : "rec", o->recording), w->arena, &row));
	*there = row != NULL;
	return OK;
}

enum err
act_recording_want(struct work *w, struct str payload, struct recording_parcel *out)
{
	struct message_row *call, *declined;
	bool there;

	*out = (struct recording_parcel){0};
	TRY(shape_read(&recording_shape, payload, w->arena, &out->order, &w->fault));
	TRY(kept_already(w, &out->order, &there));
	TRY(sql_message_of_key(w->db, str_printf(w->arena, "in:%.*s:0", STR_ARG(out->order.call)), w->arena, &call));
	TRY(sql_message_of_key(w->db, key_of(w, "norec", out->order.call), w->arena, &declined));
	if (there || call == NULL)
		return OK;
	out->conversation_id = call->conversation_id;
	/* What somebody says after the tone is said in order to be kept. */
	out->declined = declined != NULL && !out->order.left;
	return OK;
}

/* On the record of the customer, if it is one by now, and in the thread; after the tone, it waits for an answer. */
enum err
act_recording_keep(struct work *w, const struct recording_parcel *p)
{
	const struct str key = key_of(w, "rec", p->order.recording);
	struct message_file file = {.id = {true, work_id(w)}, .type = STR(FILE_SOUND)};
	struct conversation_row *c;
	struct company_row company;
	bool fresh;

	if (p->conversation_id == 0 || p->declined)
		return OK;
	TRY(sql_company(w->db, w->arena, &company));
	TRY(sql_conversation_for_update(w->db, p->conversation_id, w->arena, &c));
	if (c == NULL)
		return OK;
	const enum language l = language_of(company.language);
	const struct str text = timed(w, p->order.left ? "inbox.left" : "inbox.recording", l, p->order.seconds);
	if (p->bytes.n == 0)
		return note(w, c, key, str_of(talk_says("inbox.lost", l)), NULL, false);
	file.name = text;
	TRY(files_keep(w, file.id.v, FILE_ENDING_SOUND, p->bytes));
	TRY(sql_file_insert(w->db, file.id.v, c->customer_id, RECORD_CONVERSATION, c->id, text, file.type, FILE_READY, (uint32_t)p->bytes.n, 0, 0,
	    (struct maybe_i64){0}, 0, w->now));
	if (!p->order.left)
		return note(w, c, key, text, &file, false);
	TRY(tell_outcome(w, c, TALK_MESSAGE_TAKEN));
	return tell_heard(w, &(struct heard){.medium = MEDIUM_VOICE, .from = c->address, .customer_id = c->customer_id, .name = STR(""),
	    .subject = STR(""), .quoted = STR(""), .body = text, .key = key, .files = &file, .files_n = 1}, c, &fresh, NULL);
}

/* A line of the thread that asks nothing of anybody, once. answered: a person has spoken with them. The thread is locked. */
static enum err
note(struct work *w, const struct conversation_row *c, struct str key, struct str text, const struct message_file *file, bool answered)
{
	const struct message_more more = {.files = (struct message_file *)file, .files_n = file != NULL, .quoted = STR(""), .provider_id = STR("")};
	struct buf b = buf_open(w->arena, 256, MORE_BYTES);
	struct message_row *there;
	uint64_t id;

	TRY(sql_message_of_key(w->db, key, w->arena, &there));
	if (there != NULL)
		return OK;
	shape_write(&message_more_shape, &more, &b);
	TRY(message_id(w, c->id, &id));
	TRY(sql_message_insert(w->db, id, c->id, NOTED, MEDIUM_NOTE, 0, MESSAGE_GOT, key, STR(""), STR(""), text, buf_str(&b), w->actor.kind,
	    w->actor.id, RECORD_CUSTOMER, c->customer_id, 0, w->now, w->now, 0));
	TRY(sql_conversation_said(w->db, c->id, w->now, text, MEDIUM_NOTE, NOTED, answered ? 0 : c->waits_since));
	return tell_live(w);
}

static struct str
key_of(struct work *w, const char *what, struct str name)
{
	return str_printf(w->arena, "%s:%.*s", what, STR_ARG(name));
}

/* "..., 1:05" */
static struct str
timed(struct work *w, const char *what, enum language l, uint32_t seconds)
{
	const struct str text = str_of(talk_says(what, l));
	const size_t at = str_find(text, '{');

	return str_printf(w->arena, "%.*s%u:%02u", STR_ARG(str_sub(text, 0, at)), seconds / 60, seconds % 60);
}
