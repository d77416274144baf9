/*
 * fcgi/acts/contacts.c -- load, decide, save, tell: the people of an account.
 */
#include "fcgi/acts/contacts.h"

#include "domain/messaging/mail.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_message.h"
#include "sql/tenant/queries/contacts.h"
#include "sql/tenant/queries/customers.h"

#define NEWS (UINT64_C(1) << MESSAGE_NEWS)

static enum err rung_again(struct work *w, struct str phone);
static enum err check(struct work *w, const struct contact_wish *in, struct str *phone, struct str *email);
static enum err said(struct work *w, const struct contact_row *row, enum event_kind kind);
static struct str bits(struct work *w, uint64_t set);

enum err
act_contact_make(struct work *w, const struct contact_wish *in, uint64_t *id)
{
	struct customer_row customer;
	struct number_row already;
	struct str phone, email;
	struct contact_row row = {.id = work_id(w), .customer_id = in->customer_id, .name = in->name,
	    .relation = in->relation};

	TRY(sql_customer_one(w->db, in->customer_id, w->arena, &customer));
	TRY(sql_contacts_number(w->db, in->customer_id, w->arena, &already));
	if (already.number >= CONTACTS_MAX)
		return fail(&w->fault, E_LIMIT, "customer_id", "This customer has as many of these as one can have.");
	TRY(check(w, in, &phone, &email));
	TRY(sql_contact_insert(w->db, row.id, in->customer_id, in->name, in->relation, phone, email,
	    str_of(language_tag(in->language)), in->by_sms, in->by_email, in->position));
	if (in->by_voice != 0)
		TRY(sql_contact_voice(w->db, row.id, in->by_voice));
	*id = row.id;
	return said(w, &row, EVENT_CONTACT_MADE);
}

enum err
act_contact_change(struct work *w, uint64_t id, const struct contact_wish *in, uint64_t *customer_id)
{
	struct str phone, email, language = str_of(language_tag(in->language));
	struct contact_row was;

	TRY(sql_contact_one(w->db, id, w->arena, &was));
	TRY(check(w, in, &phone, &email));
	TRY(sql_contact_change(w->db, id, in->name, in->relation, phone, email, language, in->by_sms, in->by_email,
	    in->position, in->version));
	TRY(sql_contact_voice(w->db, id, in->by_voice));
	const struct record on = {.customer_id = was.customer_id, .kind = RECORD_CONTACT, .id = id};
	const struct event_value v[] = {{STR("name"), in->name}};
	const struct event e = {.customer_id = was.customer_id, .kind = EVENT_CONTACT_CHANGED,
	    .ref_kind = RECORD_CONTACT, .ref_id = id, .values = v, .values_n = 1};
	const struct field_change c[] = {
		{"name", was.name, in->name, CHANGE_PLAIN},
		{"relation", str_of(relation_names[was.relation]), str_of(relation_names[in->relation]), CHANGE_PLAIN},
		{"phone", was.phone, phone, CHANGE_PLAIN},
		{"email", was.email, email, CHANGE_PLAIN},
		{"language", was.language, language, CHANGE_PLAIN},
		{"by_sms", bits(w, was.by_sms), bits(w, in->by_sms), CHANGE_PLAIN},
		{"by_email", bits(w, was.by_email), bits(w, in->by_email), CHANGE_PLAIN},
		{"by_voice", bits(w, was.by_voice), bits(w, in->by_voice), CHANGE_PLAIN},
	};
	*customer_id = was.customer_id;
	/* Who asks for news again has ended ending them. The office cannot do that for them. */
	if (w->actor.kind == ACTOR_CUSTOMER && email.n > 0 && (in->by_email & NEWS) != 0 && (was.by_email & NEWS) == 0) {
		struct consent wish;

		TRY(tell_consent(w, email, &wish));
		if (wish.stopped)
			TRY(tell_consent_say(w, email, false, STR("their own pages")));
	}
	if (w->actor.kind == ACTOR_CUSTOMER && (in->by_voice & ~was.by_voice) != 0)
		TRY(rung_again(w, phone));
	return tell_edit(w, &on, &e, c, sizeof(c) / sizeof(*c));
}

/* Who asks for calls anew has ended ending them. */
static enum err
rung_again(struct work *w, struct str phone)
{
	const struct str address = tell_call_address(w, phone);
	struct consent wish;

	TRY(tell_consent(w, address, &wish));
	return wish.stopped ? tell_consent_say(w, address, false, STR("their own pages")) : OK;
}

static enum err
check(struct work *w, const struct contact_wish *in, struct str *phone, struct str *email)
{
	*email = str_lower(w->arena, in->email);
	TRY(phone_read(in->phone, w->arena, phone, "phone", &w->fault));
	if (email->n > 0 && !mail_address_valid(*email))
		return fail(&w->fault, E_INVALID, "email", "This is not an e-mail address.");
	const struct contact_facts facts = {in->relation, phone->n > 0, email->n > 0, in->by_sms, in->by_email, in->by_voice};
	return contact_check(&facts, &w->fault);
}

enum err
act_contact_archive(struct work *w, uint64_t id, uint32_t version, uint64_t *customer_id)
{
	struct contact_row row;

	TRY(sql_contact_one(w->db, id, w->arena, &row));
	TRY(sql_contact_archive(w->db, id, (struct maybe_i64){true, w->now}, version));
	*customer_id = row.customer_id;
	return said(w, &row, EVENT_CONTACT_ARCHIVED);
}

enum err
act_contact_restore(struct work *w, uint64_t id, uint64_t *customer_id)
{
	struct contact_row row;

	TRY(sql_contact_one(w->db, id, w->arena, &row));
	*customer_id = row.customer_id;
	if (!row.archived_at.is)
		return OK;
	TRY(sql_contact_archive(w->db, id, (struct maybe_i64){0}, row.version));
	return said(w, &row, EVENT_CONTACT_RESTORED);
}

static enum err
said(struct work *w, const struct contact_row *row, enum event_kind kind)
{
	const struct event_value v[] = {{STR("name"), row->name}, {STR("relation"), str_of(relation_names[row->relation])}};
	const struct event e = {.customer_id = row->customer_id, .kind = kind, .ref_kind = RECORD_CONTACT,
	    .ref_id = row->id, .values = v, .values_n = 2};

	return tell_event(w, &e);
}

/* The names of the messages, so that the log can be read. */
static struct str
bits(struct work *w, uint64_t set)
{
	struct buf b = buf_open(w->arena, 64, 512);

	for (unsigned m = 0; m < MESSAGE_KINDS; m++)
		if ((set & (UINT64_C(1) << m)) != 0)
			buf_printf(&b, "%s%s", b.n > 0 ? ", " : "", message_kind_names[m]);
	return buf_str(&b);
}

enum err
act_contacts_own(struct work *w, uint64_t customer_id, struct own_contacts *out)
{
	struct contact_row *row;
	size_t n;

	*out = (struct own_contacts){0};
	TRY(sql_contacts_of(w->db, customer_id, w->arena, &row, &n));
	out->rows = arena_array(w->arena, struct contact_row, n + 1);
	for (size_t i = 0; i < n && out->rows_n < CONTACTS_MAX; i++)
		if (!row[i].archived_at.is)
			out->rows[out->rows_n++] = row[i];
	return OK;
}

enum err
act_contact_own_change(struct work *w, uint64_t customer_id, uint64_t id, const struct contact_wish *in)
{
	struct contact_wish wish = *in;
	struct contact_row row;
	uint64_t whose;

	TRY(sql_contact_one(w->db, id, w->arena, &row));
	if (row.customer_id != customer_id || row.archived_at.is)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	wish.relation = row.relation;
	wish.position = row.position;
	return act_contact_change(w, id, &wish, &whose);
}

enum err
act_contact_own_make(struct work *w, uint64_t customer_id, const struct contact_wish *in)
{
	struct contact_wish wish = *in;
	struct own_contacts all;
	uint64_t id;

	TRY(act_contacts_own(w, customer_id, &all));
	wish.customer_id = customer_id;
	wish.relation = all.rows_n == 0 ? RELATION_OWNER : RELATION_OTHER;
	wish.position = (uint32_t)all.rows_n;
	return act_contact_make(w, &wish, &id);
}

enum err
act_contact_no_news(struct work *w, struct str token)
{
	struct contact_row row;
	uint64_t id, whose;
	enum err e;

	TRY(link_shown(w, LINK_NEWS, token, &id));
	e = sql_contact_one(w->db, id, w->arena, &row);
	if (tell_absent(w, e))
		return OK;
	TRY(e);
	w->actor = (struct actor){.kind = ACTOR_CUSTOMER, .id = row.customer_id, .language = language_of(row.language)};
	if (row.email.n > 0)
		TRY(tell_consent_say(w, row.email, true, STR("link in a mail")));
	if ((row.by_email & NEWS) == 0)
		return OK;
	const struct contact_wish in = {.name = row.name, .relation = row.relation, .phone = row.phone, .email = row.email,
	    .language = language_of(row.language), .by_sms = row.by_sms, .by_email = row.by_email & ~NEWS, .by_voice = row.by_voice, .position = row.position,
	    .version = row.version};

	e = act_contact_change(w, id, &in, &whose);
	if (e != E_STALE)
		return e;
	w->fault = (struct fault){0};
	return fail(&w->fault, E_RETRY, NULL, "The house is busy. Please try again.");
}
