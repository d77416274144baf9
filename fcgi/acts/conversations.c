/*
 * fcgi/acts/conversations.c -- load, decide, save, tell: the inbox.
 */
#include "fcgi/acts/conversations.h"

#include "domain/messaging/link.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_mail.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/contacts.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/files.h"
#include "sql/tenant/queries/messages.h"

#define PAGES_TOLD_S 900

const char *const inbox_list_names[] = {"", "open", "mine", "snoozed", "closed", "all", NULL};

static enum err tags(struct work *w, struct conversation_line_row *rows, size_t n);
static enum err kept_of(struct work *w, uint64_t id, struct thread *out);
static enum err locked(struct work *w, uint64_t id, struct conversation_row *out);
static enum err messages_of(struct work *w, uint64_t id, const struct thread_query *q, struct thread *out);
static enum err ways_of(struct work *w, const struct conversation_row *c, struct thread *out);
static enum err way_add(struct work *w, struct thread *out, enum medium m, struct str address, struct str name);
static enum err held(struct work *w, uint64_t id, uint32_t version, struct message_row *out);
static enum err reworded(struct work *w, const struct message_row *m, struct str text);
static enum err picture_of(struct work *w, uint64_t id, const struct thread_say *in, struct message_order *o);
static enum err pages_told(struct work *w, const struct conversation_row *c);
static enum err mail_answered(struct work *w, const struct conversation_row *c, struct message_order *o);
static struct str problem_said(struct work *w, struct str problem);

enum err
act_inbox(struct work *w, const struct inbox_query *q, struct inbox_page *out)
{
	enum talk_outcome outcome = TALK_OPEN;
	uint32_t which = INBOX_OPEN;
	size_t n;

	for (uint32_t i = 1; i < INBOX_LISTS; i++)
		if (str_eq(q->list, str_of(inbox_list_names[i])))
			which = i;
	for (size_t i = 1; i < TALK_OUTCOMES; i++)
		if (str_eq(q->outcome, str_of(talk_outcome_names[i])))
			outcome = (enum talk_outcome)i;
	TRY(sql_conversations(w->db, which, w->actor.id, w->now, q->before.is ? q->before.v : INT64_MAX, q->q,
	    q->unread.is && q->unread.v, CONVERSATION_OPEN, CONVERSATION_CLOSED, outcome, TALK_OPEN, w->arena, &out->rows, &n));
	out->rows_n = n > INBOX_PAGE ? INBOX_PAGE : n;
	out->next = (struct maybe_i64){n > INBOX_PAGE, n > INBOX_PAGE ? out->rows[INBOX_PAGE - 1].last_at : 0};
	TRY(tags(w, out->rows, out->rows_n));
	return act_inbox_counts(w, &out->counts);
}

/* What a line says besides its words: what is asked for and not seen to, and until when an hour is kept. */
static enum err
tags(struct work *w, struct conversation_line_row *rows, size_t n)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct booking_kept *kept;
	size_t kept_n;

	TRY(tell_kept(w, &kept, &kept_n));
	for (size_t i = 0; i < n; i++) {
		struct conversation_line_row *r = &rows[i];
		struct draft d;

		r->became_job = r->last_direction == HEARD && r->last_ref == RECORD_VISIT;
		for (size_t k = 0; k < kept_n; k++)
			if (kept[k].conversation_id == r->id)
				r->kept_until = kept[k].until;
		if (r->state != CONVERSATION_OPEN || r->last_direction != HEARD || r->became_job || talk_handled(r->outcome))
			continue;
		draft_of(r->last_words, today, NULL, 0, w->arena, &d);
		r->asks = d.work ? d.intent : INTENT_NONE;
	}
	return OK;
}

enum err
act_inbox_counts(struct work *w, struct inbox_count_row *out)
{
	return sql_inbox_count(w->db, w->actor.id, w->now, CONVERSATION_OPEN, w->arena, out);
}

enum err
act_thread(struct work *w, uint64_t id, const struct thread_query *q, struct thread *out)
{
	struct conversation_row c;
	struct texting texting;

	memset(out, 0, sizeof(*out));
	TRY(sql_conversation_one(w->db, id, w->arena, &c));
	TRY(sql_conversation_line(w->db, id, w->arena, &out->row));
	out->customer_id = (struct maybe_u64){c.customer_id != 0, c.customer_id};
	out->staff_id = (struct maybe_u64){c.staff_id != 0, c.staff_id};
	out->place = out->standing = out->typing = STR("");
	if (c.typing_id != 0 && c.typing_id != w->actor.id && w->now - c.typing_at <= TYPING_S) {
		struct reply_name_row *who;

		TRY(sql_thread_typist(w->db, c.typing_id, w->arena, &who));
		out->typing = who != NULL ? who->name : STR("");
	}
	if (c.customer_id != 0) {
		struct customer_row customer;
		struct thread_place_row *place;

		TRY(sql_customer_one(w->db, c.customer_id, w->arena, &customer));
		out->standing = str_of(customer_standing_names[customer.standing]);
		TRY(sql_thread_place(w->db, c.customer_id, w->arena, &place));
		out->place = place != NULL ? place->name : STR("");
	}
	TRY(tell_texting(w, &texting));
	out->number = texting.number;
	TRY(ways_of(w, &c, out));
	TRY(kept_of(w, id, out));
	return messages_of(w, id, q, out);
}

static enum err
kept_of(struct work *w, uint64_t id, struct thread *out)
{
	struct reply_name_row *tech;
	struct booking_kept *kept;
	size_t n;

	TRY(tell_kept(w, &kept, &n));
	out->kept = arena_array(w->arena, struct thread_kept, 1);
	for (size_t i = 0; i < n; i++) {
		if (kept[i].conversation_id != id)
			continue;
		TRY(sql_thread_typist(w->db, kept[i].tech_id, w->arena, &tech));
		out->row.kept_until = kept[i].until;
		out->kept[0] = (struct thread_kept){kept[i].day, kept[i].minute, kept[i].tech_id, tech != NULL ? tech->name : STR(""), kept[i].until};
		out->kept_n = 1;
	}
	return OK;
}

static enum err
messages_of(struct work *w, uint64_t id, const struct thread_query *q, struct thread *out)
{
	struct message_line_row *rows;
	size_t n;

	TRY(sql_messages_of(w->db, id, q->before.is ? q->before.v : UINT64_MAX >> 1, w->arena, &rows, &n));
	out->messages_n = n > THREAD_PAGE ? THREAD_PAGE : n;
	out->next = (struct maybe_u64){n > THREAD_PAGE, n > THREAD_PAGE ? rows[THREAD_PAGE - 1].id : 0};
	out->messages = arena_array(w->arena, struct thread_message, out->messages_n);
	for (size_t i = 0; i < out->messages_n; i++) {
		struct thread_message *m = &out->messages[out->messages_n - 1 - i];
		struct message_more more = {0};

		if (rows[i].more.n > 0)
			TRY(shape_read(&message_more_shape, rows[i].more, w->arena, &more, &w->fault));
		rows[i].body = tell_shut(w, rows[i].body);
		rows[i].problem = problem_said(w, rows[i].problem);
		*m = (struct thread_message){.row = rows[i], .occasion = str_of(occasion_names[rows[i].occasion]), .quoted = more.quoted,
		    .files = more.files, .files_n = more.files_n, .code = more.gate.is};
	}
	return OK;
}

/* A sentence of ours, with what the other side said behind it in brackets. */
static struct str
problem_said(struct work *w, struct str problem)
{
	const size_t at = str_find(problem, '(');
	const struct str ours = str_copy(w->arena, str_trim(str_sub(problem, 0, at)));

	if (problem.n == 0)
		return problem;
	return str_printf(w->arena, "%s%s%.*s", words_say(w->actor.language, ours.p), at < problem.n ? " " : "",
	    STR_ARG(str_sub(problem, at, problem.n)));
}

/* Everybody of the account by number and address, where a stranger wrote from, and the customer's own pages. */
static enum err
ways_of(struct work *w, const struct conversation_row *c, struct thread *out)
{
	struct contact_row *rows = NULL;
	size_t n = 0;

	out->ways = arena_array(w->arena, struct thread_way, THREAD_WAYS_MAX);
	if (c->address.n > 0)
		TRY(way_add(w, out, str_starts(c->address, STR("+")) ? MEDIUM_SMS : MEDIUM_EMAIL, c->address, c->name));
	if (c->customer_id == 0)
		return OK;
	TRY(sql_contacts_of(w->db, c->customer_id, w->arena, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct str extension, phone = str_cut(rows[i].phone, 'x', &extension);

		if (rows[i].archived_at.is)
			continue;
		if (phone.n > 0)
			TRY(way_add(w, out, MEDIUM_SMS, phone, rows[i].name));
		if (rows[i].email.n > 0)
			TRY(way_add(w, out, MEDIUM_EMAIL, rows[i].email, rows[i].name));
	}
	if (n == 0) {
		struct customer_row customer;

		TRY(sql_customer_one(w->db, c->customer_id, w->arena, &customer));
		if (customer.email.n > 0)
			TRY(way_add(w, out, MEDIUM_EMAIL, customer.email, customer.name));
	}
	return OK;
}

static enum err
way_add(struct work *w, struct thread *out, enum medium m, struct str address, struct str name)
{
	struct consent consent;

	if (out->ways_n == THREAD_WAYS_MAX)
		return OK;
	for (size_t i = 0; i < out->ways_n; i++)
		if (str_eq_nocase(out->ways[i].address, address))
			return OK;
	TRY(tell_consent(w, address, &consent));
	const char *gone = m == MEDIUM_EMAIL ? consent_gone(&consent) : NULL;

	out->ways[out->ways_n++] = (struct thread_way){m, address, name, m == MEDIUM_SMS && consent.stopped,
	    gone != NULL ? str_of(words_say(w->actor.language, gone)) : STR("")};
	return OK;
}

enum err
act_thread_start(struct work *w, uint64_t customer_id, uint64_t *id)
{
	struct conversation_row c;
	struct customer_row customer;

	TRY(sql_customer_one(w->db, customer_id, w->arena, &customer));
	TRY(tell_thread(w, customer_id, STR(""), customer.name, language_of(customer.language), &c));
	*id = c.id;
	return OK;
}

static enum err
locked(struct work *w, uint64_t id, struct conversation_row *out)
{
	struct conversation_row *row;

	TRY(sql_conversation_for_update(w->db, id, w->arena, &row));
	if (row == NULL)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	*out = *row;
	return OK;
}

/* Whoever answers looks after it, unless somebody does already. */
enum err
act_thread_say(struct work *w, uint64_t id, const struct thread_say *in)
{
	const struct str key = in->key.n > 0 ? str_printf(w->arena, "say:%.*s", STR_ARG(in->key)) : STR("");
	struct conversation_row c;
	struct consent consent;
	struct str address = in->address;
	uint64_t said, changed;

	TRY(locked(w, id, &c));
	if (in->medium == MEDIUM_BOOKING || in->medium == MEDIUM_VOICE || (in->medium == MEDIUM_PORTAL && c.customer_id == 0))
		return fail(&w->fault, E_INVALID, "medium", "Nothing can be said that way.");
	if (!medium_leaves(in->medium))
		address = STR("");
	else if (address.n == 0)
		address = c.address;
	if (in->medium == MEDIUM_SMS) {
		TRY(tell_consent(w, address, &consent));
		if (consent.stopped)
			return fail(&w->fault, E_FORBIDDEN, "address", "This number has asked for no more texts.");
	}
	struct message_order order = {.occasion = OCCASION_WRITTEN, .medium = in->medium, .conversation_id = id, .address = address,
	    .language = language_of(c.language), .key = key, .subject = in->subject, .text = in->text};

	if (in->medium == MEDIUM_EMAIL)
		TRY(mail_answered(w, &c, &order));
	TRY(picture_of(w, id, in, &order));
	TRY(tell_message(w, &order, &said));
	if (in->medium == MEDIUM_PORTAL && said != 0)
		TRY(pages_told(w, &c));
	if (in->keep_n > 0 && said != 0)
		TRY(tell_keep(w, id, c.customer_id, &in->keep[0]));
	TRY(sql_conversation_typing(w->db, id, 0, 0, &changed));
	if (c.staff_id != 0 || in->medium == MEDIUM_NOTE || said == 0)
		return OK;
	return sql_conversation_taken(w->db, id, w->actor.id, &changed);
}

/* Only what was put on this very thread, and was drawn anew, goes out. */
static enum err
picture_of(struct work *w, uint64_t id, const struct thread_say *in, struct message_order *o)
{
	struct message_file *file = arena_new(w->arena, struct message_file);
	struct file_row row;
	enum err e;

	if (!in->picture.is)
		return OK;
	if (in->medium == MEDIUM_NOTE)
		return fail(&w->fault, E_INVALID, "picture", "Pictures go with what leaves the house.");
	e = sql_file_one(w->db, in->picture.v, w->arena, &row);
	if (tell_absent(w, e) || (e == OK && (row.on_kind != RECORD_CONVERSATION || row.on_id != id || row.state == FILE_REFUSED)))
		return fail(&w->fault, E_INVALID, "picture", "There is no such picture here.");
	TRY(e);
	if (row.state != FILE_READY)
		return fail(&w->fault, E_INVALID, "picture", "The picture is still being looked at. Please try again in a moment.");
	if (!str_eq(row.type, STR("image/jpeg")))
		return fail(&w->fault, E_INVALID, "picture", "There is no such picture here.");
	*file = (struct message_file){{true, row.id}, row.name, row.type};
	o->files = file;
	o->files_n = 1;
	return OK;
}

/* Nobody looks at pages all day: a letter says that an answer is there; one for all that is said in a row. */
static enum err
pages_told(struct work *w, const struct conversation_row *c)
{
	struct customer_row customer;
	struct company_row company;
	struct consent is;

	if (c->last_medium == MEDIUM_PORTAL && c->last_direction == SAID && w->now - c->last_at < PAGES_TOLD_S)
		return OK;
	TRY(sql_customer_one(w->db, c->customer_id, w->arena, &customer));
	if (customer.email.n == 0)
		return OK;
	TRY(tell_consent(w, customer.email, &is));
	if (consent_gone(&is) != NULL)
		return OK;
	TRY(sql_company(w->db, w->arena, &company));
	const struct template_value v[] = {{STR("name"), customer.name}, {STR("company"), company.name},
		{STR("url"), company_url(w, "portal/messages")}};

	return tell_mail(w, MAIL_PORTAL_ANSWER, customer.email, language_of(customer.language), v, 3);
}

/* An answer stands below what it answers in its reader's program: by the names of that mail, and by its subject. */
static enum err
mail_answered(struct work *w, const struct conversation_row *c, struct message_order *o)
{
	struct message_more more = {0};
	struct message_row *m;

	TRY(tell_mail_may(w, o->address));
	TRY(sql_mail_heard_last(w->db, c->id, HEARD, MEDIUM_EMAIL, w->arena, &m));
	if (m != NULL && m->more.n > 0) {
		TRY(shape_read(&message_more_shape, m->more, w->arena, &more, &w->fault));
		o->answers = more.provider_id;
		o->thread = more.thread.is ? more.thread.v : STR("");
	}
	if (o->subject.n > 0)
		return OK;
	o->subject = m == NULL || m->subject.n == 0 ? STR("Re:")
	           : str_starts(str_lower(w->arena, m->subject), STR("re:")) ? m->subject
	                                                                      : str_printf(w->arena, "Re: %.*s", STR_ARG(m->subject));
	return OK;
}

enum err
act_address_lift(struct work *w, struct str address)
{
	struct consent consent;
	struct str who;

	TRY(tell_consent(w, address, &consent));
	if (consent_gone(&consent) == NULL)
		return fail(&w->fault, E_INVALID, "address", "Mail goes to this address.");
	TRY(tell_actor(w, &who));
	TRY(tell_consent_gone(w, address, "lift", str_printf(w->arena, "office: %.*s", STR_ARG(who))));
	return tell_live(w);
}

enum err
act_thread_set(struct work *w, uint64_t id, const struct thread_set *in)
{
	struct conversation_row c;
	struct reply_name_row *who = NULL;

	TRY(locked(w, id, &c));
	if (in->staff_id.is) {
		TRY(sql_thread_typist(w->db, in->staff_id.v, w->arena, &who));
		if (who == NULL)
			return fail(&w->fault, E_INVALID, "staff_id", "This person does not work here.");
	}
	TRY(sql_conversation_set(w->db, id, in->state, in->staff_id.is ? in->staff_id.v : 0,
	    in->snoozed_until > w->now ? in->snoozed_until : 0, in->state == CONVERSATION_CLOSED ? 0 : c.waits_since, in->version));
	return tell_live(w);
}

enum err
act_thread_free(struct work *w, uint64_t id)
{
	struct conversation_row c;

	TRY(locked(w, id, &c));
	TRY(tell_kept_end(w, id, false));
	return tell_live(w);
}

enum err
act_thread_seen(struct work *w, uint64_t id)
{
	uint64_t changed;

	TRY(sql_conversation_seen(w->db, id, &changed));
	return changed > 0 ? tell_live(w) : OK;
}

enum err
act_thread_typing(struct work *w, uint64_t id)
{
	struct conversation_row c;
	uint64_t changed;

	TRY(sql_conversation_one(w->db, id, w->arena, &c));
	TRY(sql_conversation_typing(w->db, id, w->actor.id, w->now, &changed));
	/* One hint when somebody begins is enough; the page asks again while it shows it. */
	return c.typing_id == w->actor.id && w->now - c.typing_at <= TYPING_S ? OK : tell_live(w);
}

enum err
act_thread_lead(struct work *w, uint64_t id, const struct thread_lead *in, uint64_t *customer_id)
{
	struct conversation_row c;
	struct customer_row known;
	uint64_t by_sms, by_email, made = in->customer_id.is ? in->customer_id.v : work_id(w);

	TRY(locked(w, id, &c));
	if (c.customer_id != 0)
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	const bool phone = str_starts(c.address, STR("+"));
	const struct str name = in->name.n > 0 ? in->name : c.name.n > 0 ? c.name : c.address;

	if (in->customer_id.is)
		TRY(sql_customer_one(w->db, made, w->arena, &known));
	else
		TRY(sql_customer_insert(w->db, made, name, CUSTOMER_PERSON, phone ? STR("") : c.address, c.language, STANDING_LEAD,
		    STR("inbox"), STR(""), STR("{}"), w->now));
	contact_defaults(in->customer_id.is ? RELATION_OTHER : RELATION_OWNER, phone, !phone, &by_sms, &by_email);
	if (c.address.n > 0)
		TRY(sql_contact_insert(w->db, work_id(w), made, name, in->customer_id.is ? RELATION_OTHER : RELATION_OWNER,
		    phone ? c.address : STR(""), phone ? STR("") : c.address, c.language, by_sms, by_email, 0));
	/* What they write from now on finds them by the number; the thread of somebody we know stays beside their own. */
	TRY(sql_conversation_owner(w->db, id, made, in->customer_id.is ? c.who : str_printf(w->arena, "c:%llu", (unsigned long long)made)));
	uint64_t changed;

	TRY(sql_files_owner(w->db, RECORD_CONVERSATION, id, made, &changed));
	*customer_id = made;
	const struct event_value v[] = {{STR("name"), name}};
	TRY(tell_event(w, &(struct event){.customer_id = made, .kind = in->customer_id.is ? EVENT_CONTACT_MADE : EVENT_CUSTOMER_MADE,
	    .ref_kind = RECORD_CUSTOMER, .ref_id = made, .values = v, .values_n = 1}));
	return tell_live(w);
}

enum err
act_message_code_show(struct work *w, uint64_t id, struct message_code *out)
{
	const struct event_value v[] = {{STR("code"), str_of(code_kind_names[CODE_GATE])}};
	struct message_more more = {0};
	struct conversation_row c;
	struct message_row m;
	struct str code;

	TRY(sql_message_one(w->db, id, w->arena, &m));
	if (m.more.n > 0)
		TRY(shape_read(&message_more_shape, m.more, w->arena, &more, &w->fault));
	TRY(tell_code(w, id, &more, &code));
	if (code.n == 0)
		return fail(&w->fault, E_NOT_FOUND, NULL, "No such code is written down.");
	TRY(sql_conversation_one(w->db, m.conversation_id, w->arena, &c));
	TRY(audit(w, "code.shown", "message", id, str_of(code_kind_names[CODE_GATE])));
	if (c.customer_id != 0)
		TRY(tell_event(w, &(struct event){.customer_id = c.customer_id, .kind = EVENT_CODE_SHOWN, .ref_kind = RECORD_CONVERSATION,
		    .ref_id = c.id, .values = v, .values_n = 1}));
	out->code = code;
	return OK;
}

static enum err
held(struct work *w, uint64_t id, uint32_t version, struct message_row *out)
{
	struct message_row *m;

	TRY(sql_message_for_update(w->db, id, w->arena, &m));
	if (m == NULL)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	if (m->state != MESSAGE_HELD || m->version != version)
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	*out = *m;
	return OK;
}

enum err
act_message_release(struct work *w, uint64_t id, uint32_t version, struct maybe_str text, uint64_t *conversation_id)
{
	struct message_row m;

	TRY(held(w, id, version, &m));
	*conversation_id = m.conversation_id;
	if (text.is)
		TRY(reworded(w, &m, text.v));
	TRY(sql_message_wait(w->db, id, MESSAGE_QUEUED, STR(""), w->now));
	TRY(tell(w, "message", &lane_order_shape, &(struct lane_order){m.address, m.medium}));
	return tell_live(w);
}

static enum err
reworded(struct work *w, const struct message_row *m, struct str text)
{
	const struct str words = link_again(str_trim(text), m->body, tell_shut(w, m->body), w->arena);
	struct sms_size size;

	if (m->medium != MEDIUM_SMS)
		return fail(&w->fault, E_INVALID, "text", "Only a text message can be changed.");
	if (words.n == 0)
		return fail(&w->fault, E_INVALID, "text", "This value is not valid.");
	sms_size(words, &size);
	if (size.segments > SMS_SEGMENTS_MAX)
		return fail(&w->fault, E_INVALID, "text", "This is too long.");
	TRY(sql_message_reword(w->db, m->id, words, size.segments));
	return audit(w, "message.changed", "message", m->id, tell_shut(w, m->body));
}

enum err
act_message_withdraw(struct work *w, uint64_t id, uint32_t version, uint64_t *conversation_id)
{
	struct message_row m;

	TRY(held(w, id, version, &m));
	*conversation_id = m.conversation_id;
	TRY(sql_message_ended(w->db, id, MESSAGE_WITHDRAWN, STR(""), w->now));
	return tell_live(w);
}

static const struct field reply_kept_fields[] = {FIELD_LINES(struct reply_row, text, 0, 2000), FIELD_END};
static const struct shape reply_kept = {"ReplyKept", sizeof(struct reply_row), reply_kept_fields};

enum err
act_replies(struct work *w, struct reply_list *out)
{
	struct saved_row *rows;

	TRY(sql_saved_replies(w->db, SETTING_REPLY, w->arena, &rows, &out->rows_n));
	out->rows = arena_array(w->arena, struct reply_row, out->rows_n);
	for (size_t i = 0; i < out->rows_n; i++) {
		TRY(shape_read(&reply_kept, rows[i].body, w->arena, &out->rows[i], &w->fault));
		out->rows[i].id = rows[i].id;
		out->rows[i].name = rows[i].name;
		out->rows[i].version = rows[i].version;
	}
	return OK;
}

enum err
act_reply_keep(struct work *w, uint64_t id, const struct reply_in *in)
{
	const struct reply_row row = {.text = in->text};
	struct buf b = buf_open(w->arena, 512, 16000);
	struct reply_list all;
	enum err e;

	TRY(act_replies(w, &all));
	if (id == 0 && all.rows_n >= REPLIES_MAX)
		return fail(&w->fault, E_LIMIT, "name", "That is enough said.");
	shape_write(&reply_kept, &row, &b);
	e = id == 0 ? sql_chosen_insert(w->db, work_id(w), SETTING_REPLY, in->name, buf_str(&b))
		    : sql_reply_change(w->db, id, SETTING_REPLY, in->name, buf_str(&b), in->version);
	if (e == E_STALE && id == 0) {
		w->fault = (struct fault){0};
		return fail(&w->fault, E_INVALID, "name", "There is one of this name already.");
	}
	return e;
}

enum err
act_reply_drop(struct work *w, uint64_t id, uint32_t version)
{
	return sql_reply_drop(w->db, id, SETTING_REPLY, version);
}
