/*
 * fcgi/acts/messages.c -- load, decide, save, tell: words on their way to customers.
 *
 * One lane for each number and address: the oldest that is due leaves first, and the next one only when it is known what
 * became of it. A job that died on the way leaves its message claimed; after its lease another takes it over and looks first.
 */
#include "fcgi/acts/messages.h"

#include "domain/access/audit.h"
#include "domain/base/id.h"
#include "domain/messaging/mail.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_file.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_word.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/contacts.h"
#include "sql/tenant/queries/files.h"
#include "sql/tenant/queries/messages.h"
#include "tenancy/files.h"

#define CLAIM_S 120    /* longer than a job's lease: its owner is gone, or has put it off */
#define DAY_S 86400
#define NEWS_LINK_S (INT64_C(400) * DAY_S) /* a mail is found again after a year */

static enum err look_behind(struct work *w, const struct lane_order *lane, const struct message_row *m);
static enum err order_again(struct work *w, const struct lane_order *lane, int64_t at);
static enum err decide(struct work *w, const struct message_row *m, enum going *go, int64_t *at, const char **why);
static enum err pack(struct work *w, const struct message_row *m, struct lane_parcel *p);
static enum err pack_text(struct work *w, const struct message_row *m, struct lane_parcel *p);
static enum err pack_mail(struct work *w, const struct message_row *m, struct lane_parcel *p);
static enum err pictures_of(struct work *w, const struct message_row *m, const struct message_more *more, struct lane_parcel *p);
static enum err picture_put(struct work *w, uint64_t id, struct lane_parcel *p);
static enum err news_end(struct work *w, const struct message_row *m, const struct company_row *company, struct lane_parcel *p);
static enum err language_of_thread(struct work *w, uint64_t id, enum language *l);
static enum err next_of(struct work *w, const struct lane_order *lane);
static enum err told(struct work *w, const struct message_row *m, enum event_kind as);
static enum err receipt(struct work *w, const struct receipt_order *o, bool *known);
static struct str undelivered(struct work *w, const struct message_row *m, const struct receipt_order *o);

#define RECEIPT_AGAIN_S 5 /* a text is settled a moment after it was taken */

static const struct field receipt_fields[] = {FIELD_TEXT(struct receipt_order, provider_id, 1, 48),
	FIELD_TEXT(struct receipt_order, word, 1, 20), FIELD_TEXT(struct receipt_order, code, 0, 12), FIELD_END};
const struct shape receipt_order_shape = {"ReceiptOrder", sizeof(struct receipt_order), receipt_fields};

enum err
act_lane_next(struct work *w, const struct lane_order *lane, uint64_t job_id, struct lane_parcel **p)
{
	struct message_row *m;
	const char *why = NULL;
	enum going go;
	int64_t at = 0;

	*p = NULL;
	TRY(sql_message_next_for_update(w->db, lane->address, lane->medium, MESSAGE_QUEUED, MESSAGE_SENDING, w->now, w->arena, &m));
	if (m == NULL)
		return OK;
	const bool mine = m->job_id == job_id;

	if (m->state == MESSAGE_SENDING && !mine && w->now - m->claimed_at < CLAIM_S)
		return look_behind(w, lane, m);
	TRY(decide(w, m, &go, &at, &why));
	if (m->state == MESSAGE_QUEUED) {
		/* Many of one text: what a day cannot carry goes on the next, nobody says yes to each. */
		if (go == GO_ASK && m->batch_id != 0) {
			go = GO_LATER;
			at = w->now + DAY_S / 4;
		}
		if (go == GO_LATER) {
			TRY(sql_message_wait(w->db, m->id, MESSAGE_QUEUED, STR(""), at));
			TRY(order_again(w, lane, at));
			return next_of(w, lane);
		}
		if (go != GO_NOW) {
			TRY(sql_message_ended(w->db, m->id, go == GO_ASK ? MESSAGE_HELD : MESSAGE_FAILED, str_of(why), w->now));
			TRY(tell_live(w));
			return next_of(w, lane);
		}
	}
	TRY(sql_message_claim(w->db, m->id, MESSAGE_SENDING, job_id, w->now));
	*p = arena_new(w->arena, struct lane_parcel);
	(*p)->again = m->state == MESSAGE_SENDING;
	if ((*p)->again) {
		(*p)->never = go == GO_NEVER ? why : NULL;
		(*p)->later = go == GO_LATER ? at : 0;
	}
	return pack(w, m, *p);
}

/* Whoever has it orders the next one. One look behind each claim is enough, in case that they die. */
static enum err
look_behind(struct work *w, const struct lane_order *lane, const struct message_row *m)
{
	return tell_once(w, "message", str_printf(w->arena, "lane:%llu:%lld", (unsigned long long)m->id, (long long)m->claimed_at),
	    &lane_order_shape, lane, m->claimed_at + CLAIM_S);
}

static enum err
order_again(struct work *w, const struct lane_order *lane, int64_t at)
{
	return tell_later(w, "message", &lane_order_shape, lane, at);
}

/* next_of -- if another one waits on that lane, a job is ordered for it */
static enum err
next_of(struct work *w, const struct lane_order *lane)
{
	struct message_row *m;

	TRY(sql_message_next_for_update(w->db, lane->address, lane->medium, MESSAGE_QUEUED, MESSAGE_SENDING, w->now, w->arena, &m));
	return m == NULL ? OK : order_again(w, lane, w->now);
}

static enum err
decide(struct work *w, const struct message_row *m, enum going *go, int64_t *at, const char **why)
{
	const struct occasion_entry *e = occasion_entry(m->occasion);
	const bool call = m->medium == MEDIUM_CALL, number = call || m->medium == MEDIUM_SMS;
	struct going_facts f = {.medium = m->medium, .occasion = m->occasion, .now = w->now,
	    .known = !number || number_known(m->address)};
	struct conversation_row c;
	struct consent consent;
	struct said_row said;

	TRY(tell_consent(w, m->address, &consent));
	f.gone = m->medium == MEDIUM_EMAIL ? consent_gone(&consent) : NULL;
	f.stopped = consent.stopped && (number || (e != NULL && e->marketing));
	if (call && !f.stopped) {
		TRY(tell_consent(w, tell_call_address(w, m->address), &consent));
		f.stopped = consent.stopped;
	}
	TRY(sql_said_to(w->db, m->address, m->medium, w->now - DAY_S, MESSAGE_SENT, MESSAGE_DELIVERED, w->arena, &said));
	f.to_address = (uint32_t)said.number;
	TRY(sql_said_by_company(w->db, m->medium, SAID, w->now - DAY_S, w->arena, &said));
	f.of_company = (uint32_t)said.number;
	TRY(sql_conversation_one(w->db, m->conversation_id, w->arena, &c));
	TRY(tell_zones(w, c.customer_id, f.zone));
	*go = going(&f, at, why);
	return OK;
}

static enum err
pack(struct work *w, const struct message_row *m, struct lane_parcel *p)
{
	struct company_row company;
	struct texting texting;

	p->row = *m;
	p->typed = m->occasion == OCCASION_WRITTEN;
	TRY(sql_company(w->db, w->arena, &company));
	TRY(tell_texting(w, &texting));
	p->from = m->medium == MEDIUM_SMS && texting.service.is && texting.service.v.n > 0 ? texting.service.v : texting.number;
	if (m->medium == MEDIUM_CALL)
		TRY(language_of_thread(w, m->conversation_id, &p->language));
	if (m->medium == MEDIUM_SMS || m->medium == MEDIUM_CALL)
		TRY(tell_texting_account(w, &p->account));
	p->company = company.name;
	if (m->medium != MEDIUM_EMAIL)
		return pack_text(w, m, p);
	TRY(pack_mail(w, m, p));
	template_brand(&p->twin, company.name, company.accent, w->arena);
	return news_end(w, m, &company, p);
}

static enum err
language_of_thread(struct work *w, uint64_t id, enum language *l)
{
	struct conversation_row c;

	TRY(sql_conversation_one(w->db, id, w->arena, &c));
	*l = language_of(c.language);
	return OK;
}

/* News say who sends them, why, and how to end them: in their words, and in a header for one click (RFC 8058). */
static enum err
news_end(struct work *w, const struct message_row *m, const struct company_row *company, struct lane_parcel *p)
{
	const struct occasion_entry *e = occasion_entry(m->occasion);
	struct conversation_row c;
	struct contact_row *row;
	struct str page, token;
	enum language l;
	size_t n;

	if (e == NULL || !e->marketing)
		return OK;
	TRY(sql_conversation_one(w->db, m->conversation_id, w->arena, &c));
	TRY(sql_contacts_of(w->db, c.customer_id, w->arena, &row, &n));
	for (size_t i = 0; i < n; i++) {
		if (row[i].archived_at.is || !str_eq_nocase(row[i].email, m->address))
			continue;
		l = language_of(row[i].language);
		TRY(link_show(w, LINK_NEWS, row[i].id, NEWS_LINK_S, "portal/unsubscribe", &page));
		(void)str_cut(page, '#', &token);
		p->unsubscribe = str_printf(w->arena, "%s/api/hook/unsubscribes?company=%s&token=%.*s", w->house->config->base_url,
		    w->tenant->slug, STR_ARG(token));
		template_end(&p->twin, str_printf(w->arena, "%.*s, %.*s, %.*s. %s", STR_ARG(company->name), STR_ARG(company->street),
		    STR_ARG(company->city), words_say(l, "You get this because you asked for news.")), str_of(words_say(l, "No more news")),
		    page, w->arena);
		return OK;
	}
	return OK;
}

static enum err
pack_text(struct work *w, const struct message_row *m, struct lane_parcel *p)
{
	struct message_more more = {0};

	if (p->again)
		TRY(sql_provider_ids_to(w->db, m->address, m->medium, m->id, w->arena, &p->known, &p->known_n));
	if (m->more.n > 0)
		TRY(shape_read(&message_more_shape, m->more, w->arena, &more, &w->fault));
	for (size_t i = 0; i < more.files_n; i++) {
		struct str url, token;

		if (!more.files[i].id.is)
			continue;
		TRY(link_show(w, LINK_MEDIA, more.files[i].id.v, DAY_S, "api/portal/media", &url));
		url = str_cut(url, '#', &token);
		p->media[p->media_n++] = str_printf(w->arena, "%.*s?token=%.*s", STR_ARG(url), STR_ARG(token));
	}
	return OK;
}

/* The photos of an answer; of a report those of the visit that are there by now, as its page shows them. */
static enum err
pictures_of(struct work *w, const struct message_row *m, const struct message_more *more, struct lane_parcel *p)
{
	struct file_row *row;
	size_t n;

	for (size_t i = 0; i < more->files_n; i++)
		if (more->files[i].id.is)
			TRY(picture_put(w, more->files[i].id.v, p));
	if (m->occasion != OCCASION_REPORT || m->ref_kind != RECORD_VISIT)
		return OK;
	TRY(sql_files_of_record(w->db, RECORD_VISIT, m->ref_id, w->arena, &row, &n));
	for (size_t i = 0; i < n; i++)
		if (row[i].state == FILE_READY && row[i].width > 0)
			TRY(picture_put(w, row[i].id, p));
	return OK;
}

/* What is too much, or is not there any more, is left out: the words go anyway. */
static enum err
picture_put(struct work *w, uint64_t id, struct lane_parcel *p)
{
	struct str bytes;
	size_t all = 0;

	for (size_t i = 0; i < p->pictures; i++)
		all += p->picture[i].n;
	if (p->pictures == MAIL_PICTURES_MAX || all >= MAIL_PICTURES_BYTES)
		return OK;
	TRY(files_read(w, id, FILE_ENDING_PHOTO, &bytes));
	if (bytes.n > 0 && all + bytes.n <= MAIL_PICTURES_BYTES)
		p->picture[p->pictures++] = bytes;
	return OK;
}

static enum err
pack_mail(struct work *w, const struct message_row *m, struct lane_parcel *p)
{
	struct conversation_row c;
	struct message_more more = {0};

	TRY(sql_conversation_one(w->db, m->conversation_id, w->arena, &c));
	TRY(shape_read(&message_more_shape, m->more, w->arena, &more, &w->fault));
	p->answers = more.provider_id;
	p->thread = more.thread.is ? more.thread.v : STR("");
	TRY(tell_sender(w, &p->sender));
	TRY(tell_inlet(w, INLET_THREAD, c.id, &p->answer_to));
	TRY(tell_inlet(w, INLET_BOUNCE, m->id, &p->envelope));
	TRY(pictures_of(w, m, &more, p));
	if (more.mail_n > 0) {
		TRY(mail_compose(more.mail, w->arena, &p->twin, &w->fault));
		p->calendar = mail_value(more.mail, "calendar");
		if (more.mail->file_id.is) {
			p->paper_name = str_printf(w->arena, "%.*s.pdf", STR_ARG(mail_value(more.mail, "number")));
			TRY(files_read(w, more.mail->file_id.v, "pdf", &p->paper));
		}
		return OK;
	}
	for (size_t i = 0; more.words_n > 0 && i < more.words->values_n; i++) {
		const struct template_value *v = &more.words->values[i];

		if (str_eq(v->name, STR("number")) && more.words->file_id.is)
			p->paper_name = str_printf(w->arena, "%.*s.pdf", STR_ARG(v->value));
		if (str_eq(v->name, STR("calendar")))
			p->calendar = v->value;
	}
	if (more.words_n > 0 && more.words->file_id.is)
		TRY(files_read(w, more.words->file_id.v, "pdf", &p->paper));
	if (more.words_n > 0)
		return words_twin(more.words->subject, more.words->text, language_of(c.language), more.words->values,
		    more.words->values_n, w->arena, &p->twin, &w->fault);
	return words_twin(words_plain(w->arena, m->subject), str_printf(w->arena, "%.*s\n\n%.*s",
	    STR_ARG(words_plain(w->arena, m->body)), STR_ARG(words_plain(w->arena, p->company))), language_of(c.language), NULL, 0,
	    w->arena, &p->twin, &w->fault);
}

enum err
act_lane_settle(struct work *w, const struct lane_parcel *p, uint64_t job_id, const struct lane_outcome *o)
{
	const struct lane_order lane = {p->row.address, p->row.medium};
	struct message_row *m;

	TRY(sql_message_for_update(w->db, p->row.id, w->arena, &m));
	/* Another job took it over, or a receipt was faster. */
	if (m == NULL || m->job_id != job_id || m->state != MESSAGE_SENDING)
		return OK;
	if (o->sent == OK) {
		TRY(sql_message_sent(w->db, m->id, MESSAGE_SENT, (struct maybe_str){o->provider_id.n > 0, o->provider_id},
		    o->segments > 0 ? o->segments : m->segments, w->now));
		if (m->medium == MEDIUM_CALL)
			TRY(tell_machine(w, &(struct machine_order){o->provider_id, m->body, p->language}));
		TRY(told(w, m, EVENT_MESSAGE_SENT));
	} else if (o->waits) {
		TRY(sql_message_wait(w->db, m->id, MESSAGE_QUEUED, STR(""), p->later));
		TRY(order_again(w, &lane, p->later));
		return next_of(w, &lane);
	} else if (o->sent == E_INVALID || o->last) {
		TRY(sql_message_ended(w->db, m->id, MESSAGE_FAILED, audit_cut(w->arena, o->why, 200), w->now));
		TRY(told(w, m, EVENT_MESSAGE_FAILED));
	} else {
		return OK;
	}
	/* It is with its reader, or never will be: what is kept of it opens nothing. */
	const struct str body = tell_shut(w, m->body), more = tell_shut(w, m->more);
	if (body.p != m->body.p || more.p != m->more.p)
		TRY(sql_message_shut(w->db, m->id, body, more));
	if (o->stopped)
		TRY(tell_consent_say(w, m->address, true, STR("the provider: this number has opted out")));
	if (m->batch_id == 0)
		TRY(tell_live(w));
	return next_of(w, &lane);
}

/* On their timeline, in the name of who wrote it. */
static enum err
told(struct work *w, const struct message_row *m, enum event_kind as)
{
	const struct actor job = w->actor;
	struct conversation_row c;
	enum err e;

	TRY(sql_conversation_one(w->db, m->conversation_id, w->arena, &c));
	w->actor.kind = m->actor_kind;
	w->actor.id = m->actor_id;
	e = tell_spoken(w, &c, as, m->medium, m->occasion);
	w->actor = job;
	return e;
}

enum err
act_message_told(struct work *w, struct str provider_id, struct str word, struct str code)
{
	const struct receipt_order o = {str_sub(provider_id, 0, 48), str_sub(word, 0, 20), str_sub(code, 0, 12)};
	bool known;

	if (sms_state(word) == 0 || provider_id.n == 0)
		return OK;
	TRY(receipt(w, &o, &known));
	if (known)
		return OK;
	return tell_once(w, "receipt", str_printf(w->arena, "receipt:%.*s:%.*s", STR_ARG(o.provider_id), STR_ARG(o.word)),
	    &receipt_order_shape, &o, w->now + RECEIPT_AGAIN_S);
}

enum err
act_receipt_settle(struct work *w, const struct receipt_order *o)
{
	bool known;

	TRY(receipt(w, o, &known));
	return known ? OK : fail(&w->fault, E_AWAY, "provider_id", "No message has this name yet.");
}

static struct str
undelivered(struct work *w, const struct message_row *m, const struct receipt_order *o)
{
	if (m->medium == MEDIUM_CALL && (str_eq(o->word, STR("no-answer")) || str_eq(o->word, STR("busy"))))
		return STR("Nobody answered the call.");
	return str_printf(w->arena, "The telephone company did not deliver it (%.*s).", STR_ARG(o->code.n > 0 ? o->code : o->word));
}

static enum err
receipt(struct work *w, const struct receipt_order *o, bool *known)
{
	const enum message_state to = sms_state(o->word);
	struct message_row *m;

	TRY(sql_message_of_provider(w->db, o->provider_id, w->arena, &m));
	*known = m != NULL;
	if (m == NULL || !message_may(m->state, to))
		return OK;
	if (str_eq(o->code, STR("21610")))
		TRY(tell_consent_say(w, m->address, true, STR("the provider: this number has opted out")));
	TRY(sql_message_ended(w->db, m->id, to, to == MESSAGE_FAILED ? undelivered(w, m, o) : STR(""), w->now));
	if (to == MESSAGE_FAILED)
		TRY(told(w, m, EVENT_MESSAGE_FAILED));
	return tell_live(w);
}

enum err
act_call_pressed(struct work *w, const struct call_pressed *in, struct call_answer_said *out)
{
	struct conversation_row c;
	struct message_row *m;

	*out = (struct call_answer_said){.words = STR(""), .language = w->tenant->language};
	TRY(sql_message_of_provider(w->db, in->sid, w->arena, &m));
	if (m != NULL) {
		TRY(sql_conversation_one(w->db, m->conversation_id, w->arena, &c));
		out->language = language_of(c.language);
	}
	if (in->key == SPOKEN_STOP) {
		TRY(tell_consent_say(w, tell_call_address(w, in->to), true, STR("a key in a call")));
		out->words = str_of(words_say(out->language, "You will get no more calls from us. Good bye."));
	}
	out->again = in->key == SPOKEN_AGAIN && m != NULL;
	if (out->again)
		out->words = m->body;
	return OK;
}
