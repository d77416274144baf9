/*
 * fcgi/acts/tell_message.c -- a word to a customer is ordered: its thread, its row, the job that carries it.
 */
#include "fcgi/acts/tell_message.h"

#include "domain/access/audit.h"
#include "domain/messaging/link.h"
#include "domain/messaging/mail.h"
#include "domain/messaging/sms.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_mail.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/queries/messages.h"

#define MORE_BYTES_MAX 30000
#define WORDS_SHOWN 120 /* characters of a thread's last words */

static enum err thread_made(struct work *w, uint64_t customer_id, struct str address, struct str name, enum language l,
    enum conversation_state as, struct conversation_row *out);
static enum err thread_of(struct work *w, const struct message_order *o, struct conversation_row *c);
static enum err check(struct work *w, const struct message_order *o);
static enum err body_of(struct work *w, const struct message_order *o, struct str *subject, struct str *body, struct str *more);

static const struct field file_fields[] = {FIELD_MAYBE_ID(struct message_file, id), FIELD_TEXT(struct message_file, name, 0, 160),
	FIELD_TEXT(struct message_file, type, 0, 40), FIELD_END};
const struct shape message_file_shape = {"MessageFile", sizeof(struct message_file), file_fields};
static const struct field value_fields[] = {FIELD_TEXT(struct template_value, name, 1, 32),
	FIELD_TEXT(struct template_value, value, 0, TEMPLATE_LINK_BYTES), FIELD_END};
static const struct shape value_shape = {"MessageValue", sizeof(struct template_value), value_fields};
static const struct field words_fields[] = {FIELD_TEXT(struct mail_words, subject, 0, WORDS_SUBJECT_MAX),
	FIELD_LINES(struct mail_words, text, 0, WORDS_MAIL_MAX),
	FIELD_LIST(struct mail_words, values, values_n, &value_shape, TEMPLATE_VALUES_MAX),
	FIELD_MAYBE_ID(struct mail_words, file_id), FIELD_END};
static const struct shape words_shape = {"MessageWords", sizeof(struct mail_words), words_fields};
static const struct field more_fields[] = {
	FIELD_LIST(struct message_more, mail, mail_n, &mail_order_shape, 1),
	FIELD_LIST(struct message_more, words, words_n, &words_shape, 1),
	FIELD_LIST(struct message_more, files, files_n, &message_file_shape, MESSAGE_FILES_MAX),
	FIELD_LINES(struct message_more, quoted, 0, MESSAGE_BODY_MAX),
	FIELD_TEXT(struct message_more, provider_id, 0, 300),
	FIELD_MAYBE_TEXT(struct message_more, thread, 0, 1200),
	FIELD_MAYBE_TEXT(struct message_more, gate, 0, CODE_SEALED_MAX),
	FIELD_BOOL(struct message_more, news),
	FIELD_END
};
const struct shape message_more_shape = {"MessageMore", sizeof(struct message_more), more_fields};

static const struct field lane_fields[] = {FIELD_TEXT(struct lane_order, address, 3, MAIL_ADDRESS_MAX),
	FIELD_ENUM(struct lane_order, medium, medium_names), FIELD_END};
const struct shape lane_order_shape = {"LaneOrder", sizeof(struct lane_order), lane_fields};

enum err
tell_message(struct work *w, const struct message_order *o, uint64_t *id)
{
	const bool leaves = medium_leaves(o->medium), typed = o->occasion == OCCASION_WRITTEN;
	const int64_t due = o->at > w->now ? o->at : w->now;
	const struct str key = o->key.n > 0 ? o->key : str_printf(w->arena, "m:%llu", (unsigned long long)work_id(w));
	const enum message_state state = !leaves ? MESSAGE_GOT : o->ask ? MESSAGE_HELD : MESSAGE_QUEUED;
	const enum direction way = o->medium == MEDIUM_NOTE ? NOTED : SAID;
	struct str subject, body, more;
	struct conversation_row c;
	struct message_row *there;
	uint64_t fresh;
	struct sms_size size = {0};
	enum err e;

	if (id != NULL)
		*id = 0;
	TRY(check(w, o));
	TRY(sql_message_of_key(w->db, key, w->arena, &there));
	if (there != NULL)
		return OK;
	TRY(body_of(w, o, &subject, &body, &more));
	if (o->medium == MEDIUM_SMS)
		sms_size(body, &size);
	TRY(thread_of(w, o, &c));
	TRY(message_id(w, c.id, &fresh));
	e = sql_message_insert(w->db, fresh, c.id, way, o->medium, o->occasion, state, key, o->address, subject, body, more,
	    w->actor.kind, w->actor.id, o->ref_kind, o->ref_id, o->batch_id, w->now, due, size.segments);
	if (e == E_STALE) { /* somebody said the same at the same time: look again */
		w->fault = (struct fault){0};
		return fail(&w->fault, E_RETRY, NULL, "The house is busy. Please try again.");
	}
	TRY(e);
	/* Only a person's words answer; a reminder that goes out meanwhile does not. */
	TRY(sql_conversation_said(w->db, c.id, w->now, audit_cut(w->arena, tell_shut(w, body), WORDS_SHOWN), o->medium, way,
	    way == SAID && (typed || o->occasion == OCCASION_DIALOGUE) ? 0 : c.waits_since));
	if (state == MESSAGE_QUEUED)
		TRY(tell_later(w, "message", &lane_order_shape, &(struct lane_order){o->address, o->medium}, due));
	/* What leaves the house is told when it has left (messages.c). */
	if (!leaves && way == SAID)
		TRY(tell_spoken(w, &c, EVENT_MESSAGE_SENT, o->medium, o->occasion));
	if (id != NULL)
		*id = fresh;
	return o->batch_id == 0 ? tell_live(w) : OK;
}

static enum err
check(struct work *w, const struct message_order *o)
{
	struct texting t;

	if (o->medium == MEDIUM_EMAIL && !mail_address_valid(o->address))
		return fail(&w->fault, E_INVALID, "address", "This is not an e-mail address.");
	if (o->medium != MEDIUM_SMS && o->medium != MEDIUM_CALL)
		return OK;
	const bool plain = str_starts(o->address, STR("+")) && str_find(o->address, 'x') == o->address.n;

	if (!plain && o->medium == MEDIUM_CALL)
		return fail(&w->fault, E_INVALID, "address", "This number cannot be called.");
	if (!plain)
		return fail(&w->fault, E_INVALID, "address", "This number cannot be texted.");
	TRY(tell_texting(w, &t));
	return t.number.n > 0 ? OK : fail(&w->fault, E_INVALID, "medium", "Your company has no number for texts yet.");
}

static enum err
body_of(struct work *w, const struct message_order *o, struct str *subject, struct str *body, struct str *more)
{
	const struct occasion_entry *e = occasion_entry(o->occasion);
	struct message_more m = {.mail = o->mail, .mail_n = o->mail != NULL, .words = o->words, .words_n = o->words != NULL,
	    .files = (struct message_file *)(uintptr_t)o->files, .files_n = o->files_n, .provider_id = o->answers, .thread = {o->thread.n > 0, o->thread}, .news = e != NULL && e->marketing};
	struct buf b = buf_open(w->arena, 1024, MORE_BYTES_MAX);
	struct template_twin twin;

	*subject = o->subject;
	*body = o->text;
	if (o->mail != NULL) {
		TRY(mail_compose(o->mail, w->arena, &twin, &w->fault));
	} else if (o->words != NULL) {
		TRY(words_twin(o->words->subject, o->words->text, o->language, o->words->values, o->words->values_n, w->arena, &twin,
		    &w->fault));
	}
	if (o->mail != NULL || o->words != NULL) {
		*subject = twin.subject;
		*body = str_trim(twin.text);
	}
	*subject = audit_cut(w->arena, *subject, WORDS_SUBJECT_MAX * 2);
	if (body->n == 0)
		return fail(&w->fault, E_INVALID, "text", "There is nothing to say.");
	if (body->n > (o->medium == MEDIUM_SMS || o->medium == MEDIUM_CALL ? 1600 : 4 * MESSAGE_BODY_MAX))
		return fail(&w->fault, E_INVALID, "text", "The message is too long.");
	shape_write(&message_more_shape, &m, &b);
	*more = buf_str(&b);
	return b.full ? fail(&w->fault, E_BUG, NULL, "A message does not fit.") : OK;
}

static enum err
thread_of(struct work *w, const struct message_order *o, struct conversation_row *c)
{
	const bool waits = (o->occasion == OCCASION_WRITTEN && !o->trial) || o->occasion == OCCASION_DIALOGUE;
	struct conversation_row *row;

	/* What the house says by itself waits for nobody: its thread opens when they write. */
	if (o->conversation_id == 0)
		return thread_made(w, o->customer_id, o->address, o->name, o->language, waits ? CONVERSATION_OPEN : CONVERSATION_CLOSED, c);
	TRY(sql_conversation_for_update(w->db, o->conversation_id, w->arena, &row));
	if (row == NULL)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	*c = *row;
	return OK;
}

enum err
tell_thread(struct work *w, uint64_t customer_id, struct str address, struct str name, enum language l,
    struct conversation_row *out)
{
	return thread_made(w, customer_id, address, name, l, CONVERSATION_OPEN, out);
}

static enum err
thread_made(struct work *w, uint64_t customer_id, struct str address, struct str name, enum language l,
    enum conversation_state as, struct conversation_row *out)
{
	const struct str who = customer_id != 0 ? str_printf(w->arena, "c:%llu", (unsigned long long)customer_id)
						: str_printf(w->arena, "a:%.*s", STR_ARG(address));
	struct conversation_row *row;
	uint64_t changed;

	TRY(sql_conversation_of_who(w->db, who, w->arena, &row));
	if (row == NULL) {
		TRY(sql_conversation_insert(w->db, work_id(w), who, customer_id, address, audit_cut(w->arena, name, 120),
		    str_of(language_tag(l)), as, &changed));
		TRY(sql_conversation_of_who(w->db, who, w->arena, &row));
	}
	if (row != NULL)
		TRY(sql_conversation_for_update(w->db, row->id, w->arena, &row));
	if (row == NULL)
		return fail(&w->fault, E_RETRY, NULL, "The house is busy. Please try again.");
	*out = *row;
	return OK;
}

struct str
tell_shut(struct work *w, struct str words)
{
	const struct str own = str_of(w->tenant->domain);

	words = link_shut(words, company_url(w, ""), w->arena);
	return own.n == 0 ? words : link_shut(words, company_page(w, own, ""), w->arena);
}

/* Names of one thread grow: what is said twice within a millisecond keeps its order. The thread is locked. */
enum err
message_id(struct work *w, uint64_t conversation_id, uint64_t *id)
{
	struct conversation_id_row last;

	TRY(sql_message_last(w->db, conversation_id, w->arena, &last));
	*id = work_id(w);
	if (*id <= last.id)
		*id = last.id + 1;
	return OK;
}

enum err
tell_spoken(struct work *w, const struct conversation_row *c, enum event_kind as, enum medium medium, enum occasion occasion)
{
	const struct event_value v[] = {{STR("medium"), str_of(medium_names[medium])}, {STR("about"), tell_topic(occasion)}};

	if (c->customer_id == 0)
		return OK;
	return tell_event(w, &(struct event){.customer_id = c->customer_id, .kind = as, .ref_kind = RECORD_CONVERSATION,
	    .ref_id = c->id, .values = v, .values_n = v[1].value.n > 0 ? 2 : 1});
}

enum err
tell_talk(struct work *w, uint64_t conversation_id, struct str talk, enum language l, enum talk_outcome outcome)
{
	if (talk.n > TALK_MAX)
		return fail(&w->fault, E_LIMIT, "text", "That is enough said.");
	return sql_conversation_talk(w->db, conversation_id, talk, str_of(language_tag(l)), outcome, TALK_OPEN);
}

enum err
tell_outcome(struct work *w, const struct conversation_row *c, enum talk_outcome outcome)
{
	const struct event_value v[] = {{STR("how"), str_of(talk_outcome_names[outcome])}};

	if (outcome == TALK_OPEN)
		return OK;
	TRY(sql_conversation_outcome(w->db, c->id, outcome));
	return c->customer_id == 0 ? OK : tell_event(w, &(struct event){.customer_id = c->customer_id, .kind = EVENT_TALKED,
	    .ref_kind = RECORD_CONVERSATION, .ref_id = c->id, .values = v, .values_n = 1});
}
