/*
 * fcgi/acts/broadcasts.c -- load, decide, save, tell: one text to many.
 */
#include "fcgi/acts/broadcasts.h"

#include <stdlib.h>

#include "domain/access/audit.h"
#include "domain/base/setting.h"
#include "domain/messaging/mail.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_word.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/queries/alerts.h"
#include "sql/tenant/queries/broadcasts.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/edits.h"

#define BODY_BYTES_MAX 60000
#define NEWS (UINT64_C(1) << MESSAGE_NEWS)
#define STEP 100
#define WAITS_S 60 /* until then it is simply on its way */
#define PRICE_MILLI 830 /* of a segment: acts/occasions.h */

static const struct field words_fields[] = {
	FIELD_BOOL(struct broadcast_words, by_sms), FIELD_BOOL(struct broadcast_words, by_email),
	FIELD_LINES(struct broadcast_words, sms_en, 0, WORDS_SMS_MAX), FIELD_LINES(struct broadcast_words, sms_es, 0, WORDS_SMS_MAX),
	FIELD_TEXT(struct broadcast_words, subject_en, 0, WORDS_SUBJECT_MAX),
	FIELD_TEXT(struct broadcast_words, subject_es, 0, WORDS_SUBJECT_MAX),
	FIELD_LINES(struct broadcast_words, mail_en, 0, WORDS_MAIL_MAX), FIELD_LINES(struct broadcast_words, mail_es, 0, WORDS_MAIL_MAX),
	FIELD_END
};
static const struct shape words_shape = {"BroadcastKept", sizeof(struct broadcast_words), words_fields};
static const struct field ticket_fields[] = {FIELD_ID(struct broadcast_ticket, batch_id), FIELD_END};
const struct shape broadcast_ticket_shape = {"BroadcastTicket", sizeof(struct broadcast_ticket), ticket_fields};

/* Whoever may get it, and what the company calls itself. */
struct crowd {
	const struct broadcast_words *words;
	struct str company;
	struct broadcast_reader_row *row;
	size_t n;
	struct str *stopped; /* in order */
	size_t stopped_n;
};

static enum err check(struct work *w, const struct broadcast_words *in);
static enum err crowd_of(struct work *w, const struct broadcast_words *words, struct str ids, struct crowd *a);
static enum err count(struct work *w, const struct crowd *a, struct broadcast_look *out);
static bool ended(struct work *w, const struct crowd *a, struct str address);
static bool wants_text(const struct crowd *a, const struct broadcast_reader_row *r);
static bool wants_mail(const struct crowd *a, const struct broadcast_reader_row *r);
static struct str chosen(struct str en, struct str es, enum language l);
static enum err text_of(struct work *w, const struct crowd *a, struct str name, enum language l, struct str *out);
static enum err say_text(struct work *w, const struct crowd *a, const struct broadcast_reader_row *r, uint64_t batch_id);
static enum err say_mail(struct work *w, const struct crowd *a, const struct broadcast_reader_row *r, uint64_t batch_id);
static enum err line_of(struct work *w, const struct batch_line_row *b, struct broadcast_line *out);
static struct str ids_text(struct work *w, const struct person_id_row *ids, size_t n);

enum err
act_broadcast(struct work *w, const struct broadcast_wish *in, struct broadcast_look *out)
{
	const struct str ids = ids_text(w, in->ids, in->ids_n);
	struct buf body = buf_open(w->arena, 4096, BODY_BYTES_MAX);
	const uint64_t id = work_id(w);
	struct crowd a;
	uint64_t changed;

	TRY(check(w, &in->words));
	TRY(crowd_of(w, &in->words, ids, &a));
	*out = (struct broadcast_look){.customers = (uint32_t)in->ids_n, .to = STR(""), .text = STR(""), .subject = STR(""), .mail = STR("")};
	TRY(count(w, &a, out));
	if (in->dry)
		return OK;
	if (out->texts + out->mails == 0)
		return fail(&w->fault, E_INVALID, "ids", "Nobody of these wants news.");
	if (in->expect.is && in->expect.v != (int64_t)out->texts + out->mails)
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	shape_write(&words_shape, &in->words, &body);
	TRY(sql_batch_insert(w->db, id, BATCH_BROADCAST, BATCH_RUNNING, w->actor.id, w->now, (uint32_t)in->ids_n, 0,
	    (struct maybe_i64){0}, buf_str(&body)));
	TRY(sql_batch_parts_insert(w->db, id, ROW_WAITING, ids, &changed));
	TRY(audit(w, "broadcast.sent", "batch", id, str_printf(w->arena, "%u + %u", out->texts, out->mails)));
	out->id = (struct maybe_u64){true, id};
	return tell(w, "broadcast", &broadcast_ticket_shape, &(struct broadcast_ticket){id});
}

static struct str
ids_text(struct work *w, const struct person_id_row *ids, size_t n)
{
	struct buf b = buf_open(w->arena, 64 + n * 21, 64 + n * 21);

	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%c%llu", i == 0 ? '[' : ',', (unsigned long long)ids[i].id);
	buf_add(&b, n == 0 ? STR("[]") : STR("]"));
	return buf_str(&b);
}

static enum err
check(struct work *w, const struct broadcast_words *in)
{
	const struct {
		const char *field;
		struct str words;
		bool on, mail, needed;
	} all[] = {{"sms_en", in->sms_en, in->by_sms, false, true}, {"sms_es", in->sms_es, in->by_sms, false, false},
		{"subject_en", in->subject_en, in->by_email, false, true}, {"subject_es", in->subject_es, in->by_email, false, false},
		{"mail_en", in->mail_en, in->by_email, true, true}, {"mail_es", in->mail_es, in->by_email, true, false}};
	struct texting t;

	if (!in->by_sms && !in->by_email)
		return fail(&w->fault, E_INVALID, "by_sms", "Choose texts, mails or both.");
	TRY(tell_texting(w, &t));
	if (in->by_sms && t.number.n == 0)
		return fail(&w->fault, E_INVALID, "by_sms", "Your company has no number for texts yet.");
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		if (!all[i].on)
			continue;
		if (all[i].needed && str_trim(all[i].words).n == 0)
			return fail(&w->fault, E_INVALID, all[i].field, "Please write something.");
		TRY(words_check(OCCASION_BROADCAST, all[i].words, all[i].mail, all[i].field, &w->fault));
	}
	if ((in->subject_es.n > 0) != (in->mail_es.n > 0))
		return fail(&w->fault, E_INVALID, "subject_es", "A mail of your own has a subject and words.");
	return OK;
}

static enum err
crowd_of(struct work *w, const struct broadcast_words *words, struct str ids, struct crowd *a)
{
	struct broadcast_stopped_row *stopped;
	struct company_row company;

	*a = (struct crowd){.words = words};
	TRY(sql_company(w->db, w->arena, &company));
	a->company = company.name;
	TRY(sql_broadcast_readers(w->db, ids, NEWS, w->arena, &a->row, &a->n));
	TRY(sql_broadcast_stopped(w->db, SETTING_CONSENT, w->arena, &stopped, &a->stopped_n));
	a->stopped = arena_array(w->arena, struct str, a->stopped_n + 1);
	for (size_t i = 0; i < a->stopped_n; i++)
		a->stopped[i] = stopped[i].name;
	return OK;
}

/* They are few, and asked again before each message leaves. */
static bool
ended(struct work *w, const struct crowd *a, struct str address)
{
	const struct str name = str_sub(str_lower(w->arena, address), 0, 80);

	for (size_t i = 0; i < a->stopped_n; i++)
		if (str_eq(a->stopped[i], name))
			return true;
	return false;
}

static bool
wants_text(const struct crowd *a, const struct broadcast_reader_row *r)
{
	return a->words->by_sms && (r->by_sms & NEWS) != 0 && str_starts(r->phone, STR("+")) && str_find(r->phone, 'x') == r->phone.n;
}

static bool
wants_mail(const struct crowd *a, const struct broadcast_reader_row *r)
{
	return a->words->by_email && (r->by_email & NEWS) != 0 && mail_address_valid(r->email);
}

static struct str
chosen(struct str en, struct str es, enum language l)
{
	return l == SPANISH && es.n > 0 ? es : en;
}

/* A text to many names the company and says how to end it, whoever forgot to write that. Source: CTIA, 10DLC */
static enum err
text_of(struct work *w, const struct crowd *a, struct str name, enum language l, struct str *out)
{
	const struct str words = chosen(a->words->sms_en, a->words->sms_es, l);
	const bool called = memmem(words.p, words.n, "{company}", 9) != NULL || memmem(words.p, words.n, a->company.p, a->company.n) != NULL;
	const bool ends = memmem(words.p, words.n, "STOP", 4) != NULL || memmem(words.p, words.n, "ALTO", 4) != NULL;
	const struct template_value v[] = {{STR("name"), name}, {STR("company"), a->company}};
	struct str said;

	TRY(words_fill(words, v, 2, 1500, w->arena, &said, &w->fault));
	*out = str_printf(w->arena, "%.*s%s%.*s%s%s", STR_ARG(called ? STR("") : a->company), called ? "" : ": ", STR_ARG(str_trim(said)),
	    ends ? "" : " ", ends ? "" : words_say(l, "Reply STOP to end texts."));
	return OK;
}

static int
by_address(const void *x, const void *y)
{
	const struct str *a = x, *b = y;
	const int c = memcmp(a->p, b->p, a->n < b->n ? a->n : b->n);

	return c != 0 ? c : (a->n > b->n) - (a->n < b->n);
}

/* How many different ones there are. */
static uint32_t
different(struct str *address, size_t n)
{
	uint32_t many = 0;

	qsort(address, n, sizeof(*address), by_address);
	for (size_t i = 0; i < n; i++)
		many += i == 0 || by_address(&address[i - 1], &address[i]) != 0;
	return many;
}

static enum err
count(struct work *w, const struct crowd *a, struct broadcast_look *out)
{
	struct str *phone = arena_array(w->arena, struct str, a->n + 1), *email = arena_array(w->arena, struct str, a->n + 1);
	uint64_t last = 0, segments = 0;
	size_t phones = 0, emails = 0;

	for (size_t i = 0; i < a->n; i++) {
		const struct broadcast_reader_row *r = &a->row[i];
		const enum language l = language_of(r->language);
		const struct str name = r->name.n > 0 ? r->name : r->customer;
		bool text = wants_text(a, r), mail = wants_mail(a, r);

		if (text && ended(w, a, r->phone)) {
			out->stopped++;
			text = false;
		}
		if (mail && ended(w, a, r->email)) {
			out->stopped++;
			mail = false;
		}
		if (!text && !mail)
			continue;
		out->reached += r->customer_id != last;
		last = r->customer_id;
		if (out->to.n == 0)
			out->to = name;
		if (text) {
			const struct arena_mark mark = arena_mark(w->arena);
			struct sms_size size;
			struct str said;

			TRY(text_of(w, a, name, l, &said));
			sms_size(said, &size);
			segments += size.segments;
			if (out->text.n == 0)
				out->text = said;
			else
				arena_rewind(w->arena, mark);
			phone[phones++] = r->phone;
		}
		if (mail && out->mail.n == 0) {
			const struct template_value v[] = {{STR("name"), name}, {STR("company"), a->company}};
			struct template_twin twin;

			TRY(words_twin(chosen(a->words->subject_en, a->words->subject_es, l), chosen(a->words->mail_en, a->words->mail_es, l), l,
			    v, 2, w->arena, &twin, &w->fault));
			out->subject = twin.subject;
			out->mail = str_trim(twin.text);
		}
		if (mail)
			email[emails++] = str_lower(w->arena, r->email);
	}
	out->texts = different(phone, phones);
	out->mails = different(email, emails);
	out->segments = phones == 0 ? 0 : (uint32_t)(segments * out->texts / phones);
	out->price_milli = (int64_t)out->segments * PRICE_MILLI;
	return OK;
}

enum err
act_broadcast_step(struct work *w, uint64_t batch_id)
{
	struct broadcast_words words = {0};
	struct buf ids = buf_open(w->arena, 64 + STEP * 21, 64 + STEP * 21);
	struct batch_part_row *part;
	struct crowd a;
	struct batch_row b;
	size_t n, k = 0;
	uint64_t changed;
	enum err e = sql_batch_for_update(w->db, batch_id, BATCH_BROADCAST, w->arena, &b);

	if (tell_absent(w, e))
		return OK;
	TRY(e);
	if (b.state != BATCH_RUNNING)
		return OK;
	TRY(shape_read(&words_shape, b.body, w->arena, &words, &w->fault));
	w->actor = (struct actor){.kind = ACTOR_STAFF, .id = b.staff_id};
	TRY(sql_batch_parts_next(w->db, b.id, ROW_WAITING, w->arena, &part, &n));
	for (size_t i = 0; i < n; i++)
		buf_printf(&ids, "%c%llu", i == 0 ? '[' : ',', (unsigned long long)part[i].record_id);
	buf_add(&ids, n == 0 ? STR("[]") : STR("]"));
	TRY(crowd_of(w, &words, buf_str(&ids), &a));
	for (size_t i = 0; i < n; i++) {
		bool any = false;

		for (k = 0; k < a.n; k++) {
			const struct broadcast_reader_row *r = &a.row[k];

			if (r->customer_id != part[i].record_id)
				continue;
			if (wants_text(&a, r) && !ended(w, &a, r->phone)) {
				TRY(say_text(w, &a, r, b.id));
				any = true;
			}
			if (wants_mail(&a, r) && !ended(w, &a, r->email)) {
				TRY(say_mail(w, &a, r, b.id));
				any = true;
			}
		}
		b.failed += !any;
		TRY(sql_batch_part_settle(w->db, b.id, part[i].n, any ? ROW_DONE : ROW_SKIP, STR(""), STR("{}"), &changed));
	}
	b.done += (uint32_t)n;
	TRY(tell_live(w));
	if (n < STEP)
		return sql_batch_go(w->db, b.id, BATCH_DONE, b.done, b.failed, (struct maybe_i64){true, w->now}, (struct maybe_i64){0});
	TRY(sql_batch_go(w->db, b.id, BATCH_RUNNING, b.done, b.failed, (struct maybe_i64){0}, (struct maybe_i64){0}));
	return tell(w, "broadcast", &broadcast_ticket_shape, &(struct broadcast_ticket){b.id});
}

static enum err
say_text(struct work *w, const struct crowd *a, const struct broadcast_reader_row *r, uint64_t batch_id)
{
	const enum language l = language_of(r->language);
	struct str text;

	TRY(text_of(w, a, r->name.n > 0 ? r->name : r->customer, l, &text));
	return tell_message(w, &(struct message_order){.occasion = OCCASION_BROADCAST, .medium = MEDIUM_SMS,
	    .customer_id = r->customer_id, .address = r->phone, .language = l, .text = text, .batch_id = batch_id,
	    .key = str_printf(w->arena, "b%llu:sms:%.*s", (unsigned long long)batch_id, STR_ARG(r->phone))}, NULL);
}

static enum err
say_mail(struct work *w, const struct crowd *a, const struct broadcast_reader_row *r, uint64_t batch_id)
{
	const enum language l = language_of(r->language);
	const struct str email = str_lower(w->arena, r->email);
	struct template_value v[] = {{STR("name"), r->name.n > 0 ? r->name : r->customer}, {STR("company"), a->company}};
	struct mail_words words = {.subject = chosen(a->words->subject_en, a->words->subject_es, l),
	    .text = chosen(a->words->mail_en, a->words->mail_es, l), .values = v, .values_n = 2};

	return tell_message(w, &(struct message_order){.occasion = OCCASION_BROADCAST, .medium = MEDIUM_EMAIL,
	    .customer_id = r->customer_id, .address = r->email, .language = l, .words = &words, .batch_id = batch_id,
	    .key = str_printf(w->arena, "b%llu:email:%.*s", (unsigned long long)batch_id,
	        STR_ARG(str_sub(email, email.n > 80 ? email.n - 80 : 0, email.n)))}, NULL);
}

/* By the road that the house's own letters take: no thread of a customer is made of a test. */
enum err
act_broadcast_try(struct work *w, const struct broadcast_words *in, struct broadcast_look *out)
{
	struct broadcast_reader_row me = {0};
	struct crowd a = {.words = in, .row = &me, .n = 1};
	struct company_row company;
	struct alert_reader_row *staff;

	TRY(check(w, in));
	TRY(sql_company(w->db, w->arena, &company));
	TRY(sql_alert_reader(w->db, w->actor.id, w->arena, &staff));
	if (staff == NULL)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	a.company = company.name;
	me = (struct broadcast_reader_row){.customer = staff->name, .name = staff->name, .phone = staff->phone, .email = staff->email,
	    .language = staff->language, .by_sms = NEWS, .by_email = NEWS};
	*out = (struct broadcast_look){.customers = 1, .to = STR(""), .text = STR(""), .subject = STR(""), .mail = STR("")};
	TRY(count(w, &a, out));
	if (in->by_sms && out->texts == 0)
		return fail(&w->fault, E_INVALID, "by_sms", "You have no telephone number here. Add it to your own page first.");
	if (out->texts > 0)
		TRY(tell_sms(w, staff->phone, out->text));
	if (out->mails > 0) {
		const enum language l = language_of(staff->language);
		struct template_value v[] = {{STR("name"), staff->name}, {STR("company"), company.name}};
		struct mail_words words = {.subject = chosen(in->subject_en, in->subject_es, l), .text = chosen(in->mail_en, in->mail_es, l),
		    .values = v, .values_n = 2};

		TRY(tell_message(w, &(struct message_order){.occasion = OCCASION_WRITTEN, .medium = MEDIUM_EMAIL, .address = staff->email,
		    .name = staff->name, .language = l, .words = &words, .trial = true}, NULL));
	}
	return OK;
}

enum err
act_broadcasts(struct work *w, const struct broadcasts_query *q, struct broadcasts *out)
{
	struct batch_line_row *rows;
	size_t n;

	TRY(sql_broadcasts_recent(w->db, BATCH_BROADCAST, q->before.is ? q->before.v : UINT64_MAX, w->arena, &rows, &n));
	*out = (struct broadcasts){arena_array(w->arena, struct broadcast_line, n + 1), n < BROADCASTS_PAGE ? n : BROADCASTS_PAGE,
	    {n > BROADCASTS_PAGE, n > BROADCASTS_PAGE ? rows[BROADCASTS_PAGE - 1].id : 0}};
	for (size_t i = 0; i < out->rows_n; i++)
		TRY(line_of(w, &rows[i], &out->rows[i]));
	return OK;
}

enum err
act_broadcast_one(struct work *w, uint64_t id, struct broadcast_line *out)
{
	struct batch_line_row b;

	TRY(sql_batch_one(w->db, id, BATCH_BROADCAST, w->arena, &b));
	return line_of(w, &b, out);
}

static enum err
line_of(struct work *w, const struct batch_line_row *b, struct broadcast_line *out)
{
	struct broadcast_words words = {0};
	struct broadcast_count_row *rows;
	int64_t first = 0;
	size_t n;

	TRY(shape_read(&words_shape, b->body, w->arena, &words, &w->fault));
	*out = (struct broadcast_line){.id = b->id, .state = b->state, .made_at = b->made_at, .staff_name = b->staff_name,
	    .customers = b->total, .done = b->done,
	    .words = audit_cut(w->arena, words.by_sms ? words.sms_en : words.subject_en, 160)};
	TRY(sql_broadcast_counts(w->db, b->id, w->arena, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		const uint32_t many = (uint32_t)rows[i].number;

		switch (rows[i].state) {
		case MESSAGE_SENT:
			out->sent += many;
			break;
		case MESSAGE_DELIVERED:
			out->delivered += many;
			break;
		case MESSAGE_FAILED:
			out->failed += many;
			break;
		case MESSAGE_WITHDRAWN:
			out->withdrawn += many;
			break;
		default:
			out->waiting += many;
			if (first == 0 || rows[i].first_at < first)
				first = rows[i].first_at;
		}
	}
	if (first - w->now > WAITS_S)
		out->waits_until = (struct maybe_i64){true, first};
	return OK;
}

enum err
act_broadcast_end(struct work *w, uint64_t id, struct broadcast_line *out)
{
	struct broadcast_line line;
	struct batch_row b;
	uint64_t changed;

	TRY(sql_batch_for_update(w->db, id, BATCH_BROADCAST, w->arena, &b));
	TRY(act_broadcast_one(w, id, &line));
	if (b.state != BATCH_RUNNING && line.waiting == 0)
		return fail(&w->fault, E_STALE, NULL, "It is over: everything has left.");
	TRY(sql_batch_go(w->db, id, BATCH_UNDONE, b.done, b.failed, (struct maybe_i64){true, w->now}, (struct maybe_i64){true, w->now}));
	TRY(sql_broadcast_withdraw(w->db, id, MESSAGE_QUEUED, MESSAGE_HELD, MESSAGE_WITHDRAWN, w->now, &changed));
	TRY(audit(w, "broadcast.ended", "batch", id, STR("")));
	return act_broadcast_one(w, id, out);
}
