/*
 * fcgi/acts/tell_heard.c -- a word of a customer is written down: whose it is, what it asks of us, who should look.
 */
#include "domain/access/audit.h"
#include "fcgi/acts/tell_alert.h"
#include "fcgi/acts/tell_booking.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_message.h"

#include "domain/messaging/sms.h"
#include "domain/reception/hear.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/queries/bookings.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/messages.h"
#include "sql/tenant/queries/processor.h"
#include "sql/tenant/queries/properties.h"
#include "sql/tenant/queries/visits.h"

#define WORDS_SHOWN 120
#define RATING_OPEN_S (7 * 86400) /* the question is open for a week */

static enum err code_kept(struct work *w, const struct heard *h, struct str code, uint64_t customer_id, uint64_t id, struct message_more *more);
static enum err whose(struct work *w, const struct heard *h, struct known_row *out);
static enum err thread_of(struct work *w, const struct heard *h, const struct known_row *who, enum language l, struct conversation_row *to);
static enum err word_said(struct work *w, const struct heard *h, enum sms_word word, enum language l, uint64_t conversation_id);
static enum err rating_said(struct work *w, const struct heard *h, uint64_t customer_id, bool *rated);

enum err
tell_heard(struct work *w, const struct heard *in, struct conversation_row *to, bool *fresh, enum sms_word *said)
{
	const struct str code = hear_gate(str_printf(w->arena, "%.*s\n%.*s\n%.*s", STR_ARG(in->body), STR_ARG(in->subject), STR_ARG(in->quoted)), w->arena);
	struct heard masked = *in;
	const struct heard *const h = &masked;
	const struct str key = str_printf(w->arena, "in:%.*s", STR_ARG(str_sub(h->key, 0, 110)));
	struct message_more more = {.files = (struct message_file *)(uintptr_t)h->files, .files_n = h->files_n, .quoted = h->quoted,
	    .provider_id = h->message_id, .thread = {h->thread.n > 0, h->thread}};
	struct buf b = buf_open(w->arena, 512, 40000);
	struct message_row *there;
	struct known_row who;
	enum language l = ENGLISH;
	enum sms_word word = SMS_WORDS;
	bool rated = false;
	uint64_t id;
	enum err e;

	*fresh = false;
	TRY(sql_message_of_key(w->db, key, w->arena, &there));
	if (there != NULL)
		return sql_conversation_one(w->db, there->conversation_id, w->arena, to);
	TRY(whose(w, h, &who));
	l = language_of(who.language);
	TRY(thread_of(w, h, &who, l, to));
	TRY(message_id(w, to->id, &id));
	/* From here on nobody sees it who may not. */
	masked.body = hear_without(in->body, code, w->arena);
	masked.subject = hear_without(in->subject, code, w->arena);
	more.quoted = hear_without(in->quoted, code, w->arena);
	TRY(code_kept(w, h, code, to->customer_id, id, &more));
	shape_write(&message_more_shape, &more, &b);
	e = sql_message_insert(w->db, id, to->id, HEARD, h->medium, 0, MESSAGE_GOT, key, h->from,
	    audit_cut(w->arena, h->subject, 300), h->body, buf_str(&b), w->actor.kind, w->actor.id, h->ref_kind, h->ref_id, 0,
	    w->now, w->now, 0);
	if (e == E_STALE) {
		w->fault = (struct fault){0};
		return fail(&w->fault, E_RETRY, NULL, "The house is busy. Please try again.");
	}
	TRY(e);
	*fresh = true;
	if (h->medium == MEDIUM_SMS) {
		word = sms_word(h->body, &l);
		if (word != SMS_WORDS)
			TRY(word_said(w, h, word, l, to->id));
	}
	if (word == SMS_WORDS && !h->quiet && (h->medium == MEDIUM_SMS || h->medium == MEDIUM_EMAIL))
		TRY(rating_said(w, h, who.customer_id, &rated));
	if (said != NULL)
		*said = word;
	/* What is no word of ours and no rating may be a wish: the receptionist looks. */
	if (word == SMS_WORDS && !rated && h->medium == MEDIUM_SMS && h->body.n > 0)
		TRY(tell_reception(w, to->id, id));
	/* What asks nothing of a person waits for nobody. */
	const bool quiet = word != SMS_WORDS || rated || h->quiet;
	const int64_t waits = quiet ? to->waits_since : to->waits_since > 0 ? to->waits_since : w->now;

	TRY(sql_conversation_heard(w->db, to->id, h->from.n > 0 && !h->quiet ? h->from : to->address, w->now,
	    audit_cut(w->arena, h->body.n > 0 ? h->body : h->subject, WORDS_SHOWN), h->medium, HEARD,
	    quiet ? to->state : CONVERSATION_OPEN, waits));
	to->waits_since = waits;
	to->version++;
	TRY(tell_spoken(w, to, EVENT_MESSAGE_HEARD, h->medium, 0));
	return tell_live(w);
}

/* Sealed with the message; and on the place, if it can be no other. A mail's writer may be anybody. */
static enum err
code_kept(struct work *w, const struct heard *h, struct str code, uint64_t customer_id, uint64_t id, struct message_more *more)
{
	struct reception_place_row *place;
	struct str sealed;
	size_t n;

	if (code.n == 0)
		return OK;
	TRY(work_seal(w, KEY_GATE, "message", "more", id, code, &sealed));
	more->gate = (struct maybe_str){true, str_hex(w->arena, sealed.p, sealed.n)};
	if (customer_id == 0 || h->medium == MEDIUM_EMAIL)
		return OK;
	TRY(sql_reception_places(w->db, customer_id, w->arena, &place, &n));
	return n == 1 ? tell_gate(w, place[0].id, code) : OK;
}

enum err
tell_code(struct work *w, uint64_t message_id, const struct message_more *more, struct str *code)
{
	*code = STR("");
	if (!more->gate.is)
		return OK;
	char *sealed = arena_array(w->arena, char, more->gate.v.n);
	size_t n;

	if (!str_unhex(more->gate.v, sealed, more->gate.v.n, &n))
		return fail(&w->fault, E_BUG, NULL, "A code does not fit.");
	return work_unseal(w, KEY_GATE, "message", "more", message_id, (struct str){sealed, n}, code);
}

/* Whoever stands at a gate tonight knows it better than the record; a record that has one keeps it. */
enum err
tell_gate(struct work *w, uint64_t property_id, struct str code)
{
	struct codes_row row;
	struct str sealed;

	TRY(sql_property_codes(w->db, property_id, w->arena, &row));
	if (row.gate_code.is)
		return OK;
	while (code.n > CODE_MAX) /* "4417, 5520, ...": whole ones alone */
		do
			code.n--;
		while (code.n > 0 && code.p[code.n] != ',');
	TRY(work_seal(w, KEY_GATE, "property", "gate_code", property_id, code, &sealed));
	TRY(sql_property_codes_set(w->db, property_id, (struct maybe_str){true, sealed},
	    row.lockbox_code, row.alarm_code, row.access_note, w->now, row.version));
	return tell_brief(w, row.customer_id);
}

static enum err
whose(struct work *w, const struct heard *h, struct known_row *out)
{
	struct known_row *row = NULL;

	*out = (struct known_row){.customer_id = h->customer_id, .name = h->name, .language = STR("en")};
	if (h->customer_id == 0 && h->from.n > 0 && (h->medium == MEDIUM_SMS || h->medium == MEDIUM_VOICE))
		TRY(sql_known_by_phone(w->db, h->from, w->arena, &row));
	else if (h->customer_id == 0 && h->from.n > 0)
		TRY(sql_known_by_email(w->db, h->from, w->arena, &row));
	if (row != NULL)
		*out = *row;
	return OK;
}

static enum err
thread_of(struct work *w, const struct heard *h, const struct known_row *who, enum language l, struct conversation_row *to)
{
	struct conversation_row *row = NULL;

	if (h->conversation_id != 0)
		TRY(sql_conversation_for_update(w->db, h->conversation_id, w->arena, &row));
	if (row == NULL)
		return tell_thread(w, who->customer_id, h->from, h->name, l, to);
	*to = *row;
	return OK;
}

/* After STOP nothing is said, not even that it was heard: the provider says so itself to the words that it knows. */
static enum err
word_said(struct work *w, const struct heard *h, enum sms_word word, enum language l, uint64_t conversation_id)
{
	static const char *const says[] = {[SMS_START] = "You will get texts again. Reply STOP to end them.",
	    [SMS_HELP] = "Answer this text and we will help, or call us. Reply STOP to end texts."};
	const struct str how = str_printf(w->arena, "text: %.*s", STR_ARG(str_sub(h->body, 0, 40)));
	struct company_row company;
	struct texting t;
	struct consent wish;

	if (word != SMS_HELP)
		TRY(tell_consent_say(w, h->from, word == SMS_STOP, how));
	TRY(tell_consent(w, h->from, &wish));
	TRY(tell_texting(w, &t));
	if (word == SMS_STOP || wish.stopped || h->answered || t.number.n == 0)
		return OK;
	TRY(sql_company(w->db, w->arena, &company));
	return tell_message(w, &(struct message_order){.occasion = OCCASION_WORD, .medium = MEDIUM_SMS,
	    .conversation_id = conversation_id, .address = h->from, .language = l,
	    .text = str_printf(w->arena, "%.*s: %s", STR_ARG(company.name), words_say(l, says[word]))}, NULL);
}

/* "5" is an answer if we asked this week and nobody has answered yet. */
static enum err
rating_said(struct work *w, const struct heard *h, uint64_t customer_id, bool *rated)
{
	const unsigned stars = sms_rating(h->body);
	struct message_row *asked;
	struct str key;
	enum err e;

	if (stars == 0 || customer_id == 0)
		return OK;
	TRY(sql_asked_last(w->db, h->from, h->medium, MESSAGE_SENT, MESSAGE_DELIVERED, OCCASION_RATE, w->now - RATING_OPEN_S,
	    w->arena, &asked));
	if (asked == NULL || asked->ref_kind != RECORD_VISIT)
		return OK;
	key = str_printf(w->arena, "stars:%llu", (unsigned long long)asked->ref_id);
	e = sql_provider_event_insert(w->db, work_id(w), STR("ours"), key, STR("stars"), STR(""), w->now);
	if (e == E_STALE) {
		w->fault = (struct fault){0};
		return OK;
	}
	TRY(e);
	*rated = stars > RATING_LOW;
	return tell_rating(w, customer_id, asked->ref_id, stars, h->body);
}

enum err
tell_rating(struct work *w, uint64_t customer_id, uint64_t visit_id, uint32_t stars, struct str text)
{
	const struct event_value values[] = {{STR("stars"), str_printf(w->arena, "%u", stars)}, {STR("text"), text}};
	struct visit v;

	TRY(tell_event(w, &(struct event){.customer_id = customer_id, .kind = EVENT_VISIT_RATED, .ref_kind = RECORD_VISIT,
	    .ref_id = visit_id, .values = values, .values_n = 2}));
	if (stars <= RATING_LOW) {
		TRY(sql_visit_one(w->db, visit_id, w->arena, &v));
		TRY(tell_alert(w, ALERT_RATING, &v, v.tech_id.is ? v.tech_id.v : 0,
		    str_printf(w->arena, "%u/5. %.*s", stars, STR_ARG(audit_cut(w->arena, text, 400)))));
	}
	return tell_live(w);
}
