/*
 * fcgi/acts/tell_occasion.c -- a fact that customers may be told of: by whom it is wanted, by what, in which words.
 */
#include "domain/messaging/mail.h"
#include "fcgi/acts/tell_message.h"

#include "fcgi/acts/tell_bill.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/contacts.h"
#include "sql/tenant/queries/customers.h"

/* Which of a contact's wishes an occasion falls under. */
static const enum message_kind topic[OCCASIONS] = {
	[OCCASION_ASKED] = MESSAGE_SCHEDULE, [OCCASION_CONFIRMED] = MESSAGE_SCHEDULE, [OCCASION_TOMORROW] = MESSAGE_SCHEDULE,
	[OCCASION_ON_WAY] = MESSAGE_ON_THE_WAY, [OCCASION_LATE] = MESSAGE_ON_THE_WAY, [OCCASION_REPORT] = MESSAGE_REPORT,
	[OCCASION_SKIPPED] = MESSAGE_SCHEDULE, [OCCASION_QUOTE] = MESSAGE_QUOTE, [OCCASION_BILL] = MESSAGE_BILL,
	[OCCASION_REMINDER] = MESSAGE_REMINDER, [OCCASION_RECEIPT] = MESSAGE_RECEIPT, [OCCASION_PAY_FAILED] = MESSAGE_BILL,
	[OCCASION_AUTOPAY] = MESSAGE_BILL, [OCCASION_REVIEW] = MESSAGE_NEWS, [OCCASION_RATE] = MESSAGE_REPORT,
	[OCCASION_WIN_BACK] = MESSAGE_NEWS, [OCCASION_BROADCAST] = MESSAGE_NEWS, [OCCASION_MOVED] = MESSAGE_SCHEDULE,
	[OCCASION_ANSWER] = MESSAGE_QUOTE, [OCCASION_DUE] = MESSAGE_SCHEDULE,
};

struct str
tell_topic(enum occasion o)
{
	const struct occasion_entry *e = occasion_entry(o);

	return e != NULL && (e->ruled || e->marketing) ? str_of(message_kind_names[topic[o]]) : STR("");
}

struct reader {
	struct str name, phone, email;
	enum language language;
	bool sms, mail, call;
};

struct saying {
	const struct occurrence *t;
	const struct occasion_rule *rule;
	struct str company;
	bool number; /* the company can text */
};

static enum err readers_of(struct work *w, enum occasion o, uint64_t customer_id, struct reader **out, size_t *n);
static enum err say_text(struct work *w, const struct saying *s, const struct reader *r, size_t *said);
static enum err say_call(struct work *w, const struct saying *s, const struct reader *r, size_t *said);
static enum err say_mail(struct work *w, const struct saying *s, const struct reader *r, size_t *said);
static size_t values_of(const struct saying *s, const struct reader *r, struct template_value v[TEMPLATE_VALUES_MAX + 2]);
static struct str fits(struct str s);
static struct str key_of(struct work *w, const struct occurrence *t, const char *medium, struct str address);
static struct str chosen(struct str own_en, struct str own_es, const struct occasion_words usual[LANGUAGES], enum language l,
    bool subject);

/* What is told about a paper in the name of somebody who was taken in goes to who took them in. */
enum err
tell_occasion(struct work *w, const struct occurrence *told, size_t *said)
{
	struct occurrence is = *told;
	const struct occurrence *const t = &is;
	struct company_row company;
	struct occasion_rule rule;
	struct texting texting;
	struct reader *r;
	size_t n, many = 0;

	if (said != NULL)
		*said = 0;
	TRY(tell_rule(w, t->occasion, t->service_id, &rule));
	if (t->asked && rule.email != TELLING_ON)
		rule.email = TELLING_ON;
	if (t->wished && rule.sms == TELLING_OFF)
		rule.sms = TELLING_ON;
	if (t->texted)
		rule.sms = TELLING_OFF;
	if (rule.sms == TELLING_OFF && rule.email == TELLING_OFF && rule.call == TELLING_OFF)
		return OK;
	TRY(tell_holder(w, &is.customer_id));
	TRY(tell_texting(w, &texting));
	TRY(sql_company(w->db, w->arena, &company));
	TRY(readers_of(w, t->occasion, t->customer_id, &r, &n));
	const struct saying s = {t, &rule, company.name, texting.number.n > 0};

	for (size_t i = 0; i < n; i++) {
		if (rule.sms != TELLING_OFF && s.number && r[i].sms)
			TRY(say_text(w, &s, &r[i], &many));
		if (rule.email != TELLING_OFF && r[i].mail)
			TRY(say_mail(w, &s, &r[i], &many));
		if (rule.call != TELLING_OFF && s.number && r[i].call)
			TRY(say_call(w, &s, &r[i], &many));
	}
	if (said != NULL)
		*said = many;
	return OK;
}

enum err
tell_mailed(struct work *w, enum occasion o, uint64_t customer_id, struct str *email)
{
	struct reader *r;
	size_t n;

	*email = STR("");
	TRY(tell_holder(w, &customer_id));
	TRY(readers_of(w, o, customer_id, &r, &n));
	for (size_t i = 0; i < n && email->n == 0; i++)
		if (r[i].mail)
			*email = r[i].email;
	return OK;
}

enum err
tell_ways(struct work *w, enum occasion o, struct ways *out)
{
	struct occasion_rule rule;
	struct texting texting;

	TRY(tell_rule(w, o, 0, &rule));
	TRY(tell_texting(w, &texting));
	*out = (struct ways){.mail = rule.email != TELLING_OFF, .sms = texting.number.n > 0 && rule.sms != TELLING_OFF,
	    .call = texting.number.n > 0 && rule.call != TELLING_OFF};
	return OK;
}

enum err
tell_reached(struct work *w, enum occasion o, const struct ways *ways, uint64_t customer_id, struct reached *out)
{
	struct reader *r;
	size_t n;

	*out = (struct reached){false, false};
	TRY(tell_holder(w, &customer_id));
	TRY(readers_of(w, o, customer_id, &r, &n));
	for (size_t i = 0; i < n; i++) {
		out->mail = out->mail || (ways->mail && r[i].mail);
		out->text = out->text || (ways->sms && r[i].sms) || (ways->call && r[i].call);
	}
	return OK;
}

/* Who asked for it; a customer without people of the account has an address of its own. Each number and address once. */
static enum err
readers_of(struct work *w, enum occasion o, uint64_t customer_id, struct reader **out, size_t *n)
{
	const enum message_kind kind = topic[o];
	struct customer_row customer;
	struct contact_row *rows;
	size_t contacts, many = 0, living = 0;

	TRY(sql_customer_one(w->db, customer_id, w->arena, &customer));
	TRY(sql_contacts_of(w->db, customer_id, w->arena, &rows, &contacts));
	struct reader *r = arena_array(w->arena, struct reader, contacts + 1);

	for (size_t i = 0; i < contacts; i++) {
		const struct contact_facts f = {rows[i].relation, rows[i].phone.n > 0, rows[i].email.n > 0, rows[i].by_sms,
		    rows[i].by_email, rows[i].by_voice};
		struct str extension;
		struct reader one = {.name = rows[i].name.n > 0 ? rows[i].name : customer.name,
		    .phone = str_cut(rows[i].phone, 'x', &extension), .email = rows[i].email,
		    .language = language_of(rows[i].language.n > 0 ? rows[i].language : customer.language)};

		if (rows[i].archived_at.is)
			continue;
		living++;
		one.sms = one.phone.n > 0 && contact_wants(&f, kind, CHANNEL_SMS);
		one.mail = mail_address_valid(one.email) && contact_wants(&f, kind, CHANNEL_EMAIL);
		/* Behind a number with an extension somebody else picks up. */
		one.call = one.phone.n > 0 && extension.n == 0 && contact_wants(&f, kind, CHANNEL_VOICE);
		for (size_t k = 0; k < many; k++) {
			one.call = one.call && !(r[k].call && str_eq(r[k].phone, one.phone));
			one.sms = one.sms && !(r[k].sms && str_eq(r[k].phone, one.phone));
			one.mail = one.mail && !(r[k].mail && str_eq_nocase(r[k].email, one.email));
		}
		if (one.sms || one.mail || one.call)
			r[many++] = one;
	}
	if (living == 0 && mail_address_valid(customer.email) && kind != MESSAGE_NEWS)
		r[many++] = (struct reader){.name = customer.name, .email = customer.email,
		    .language = language_of(customer.language), .mail = true};
	*out = r;
	*n = many;
	return OK;
}

static enum err
say_text(struct work *w, const struct saying *s, const struct reader *r, size_t *said)
{
	const struct occasion_entry *e = occasion_entry(s->t->occasion);
	struct template_value v[TEMPLATE_VALUES_MAX + 2];
	const size_t n = values_of(s, r, v);
	struct str text;
	uint64_t id;

	TRY(words_fill(chosen(s->rule->sms_en, s->rule->sms_es, e->sms, r->language, false), v, n, 1600, w->arena, &text, &w->fault));
	TRY(tell_message(w, &(struct message_order){.occasion = s->t->occasion, .medium = MEDIUM_SMS,
	    .customer_id = s->t->customer_id, .address = r->phone, .language = r->language,
	    .key = key_of(w, s->t, "sms", r->phone), .text = text, .ask = s->rule->sms == TELLING_ASK, .ref_kind = s->t->ref_kind,
	    .ref_id = s->t->ref_id, .at = s->t->at}, &id));
	*said += id != 0;
	return OK;
}

static enum err
say_call(struct work *w, const struct saying *s, const struct reader *r, size_t *said)
{
	const char *const usual = occasion_spoken(s->t->occasion, r->language);
	const struct str own = r->language == SPANISH ? s->rule->call_es : s->rule->call_en;
	struct template_value v[TEMPLATE_VALUES_MAX + 2];
	const size_t n = values_of(s, r, v);
	struct str text;
	uint64_t id;

	if (usual == NULL)
		return OK;
	TRY(words_fill(own.n > 0 ? own : str_of(usual), v, n, 1600, w->arena, &text, &w->fault));
	TRY(tell_message(w, &(struct message_order){.occasion = s->t->occasion, .medium = MEDIUM_CALL,
	    .customer_id = s->t->customer_id, .address = r->phone, .language = r->language,
	    .key = key_of(w, s->t, "call", r->phone), .text = text, .ask = s->rule->call == TELLING_ASK, .ref_kind = s->t->ref_kind,
	    .ref_id = s->t->ref_id, .at = s->t->at}, &id));
	*said += id != 0;
	return OK;
}

static enum err
say_mail(struct work *w, const struct saying *s, const struct reader *r, size_t *said)
{
	const struct occasion_entry *e = occasion_entry(s->t->occasion);
	struct template_value *v = arena_array(w->arena, struct template_value, TEMPLATE_VALUES_MAX + 2);
	const size_t n = values_of(s, r, v);
	const bool own = (r->language == SPANISH ? s->rule->mail_es : s->rule->mail_en).n > 0;
	struct message_order o = {.occasion = s->t->occasion, .medium = MEDIUM_EMAIL, .customer_id = s->t->customer_id,
	    .address = r->email, .language = r->language, .key = key_of(w, s->t, "email", str_lower(w->arena, r->email)),
	    .ask = s->rule->email == TELLING_ASK, .ref_kind = s->t->ref_kind, .ref_id = s->t->ref_id, .at = s->t->at};
	struct mail_order mail = {r->email, e->mail, r->language, v, n, s->t->file_id};
	struct mail_words words = {.values = v, .values_n = n, .file_id = s->t->file_id};
	uint64_t id;

	if (e->mail != 0 && !own) {
		o.mail = &mail;
	} else {
		words.subject = chosen(s->rule->subject_en, s->rule->subject_es, e->email, r->language, true);
		words.text = chosen(s->rule->mail_en, s->rule->mail_es, e->email, r->language, false);
		o.words = &words;
	}
	TRY(tell_message(w, &o, &id));
	*said += id != 0;
	return OK;
}

static size_t
values_of(const struct saying *s, const struct reader *r, struct template_value v[TEMPLATE_VALUES_MAX + 2])
{
	size_t n = 0;

	v[n++] = (struct template_value){STR("name"), r->name};
	v[n++] = (struct template_value){STR("company"), s->company};
	for (size_t i = 0; i < s->t->values_n && n < TEMPLATE_VALUES_MAX; i++)
		v[n++] = s->t->values[r->language][i];
	for (size_t i = 0; i < n; i++)
		if (!str_starts(v[i].value, STR("http")))
			v[i].value = fits(v[i].value);
	return n;
}

/* A value that is no link has a ceiling (template.h): the end of a long one is cut off, between two letters. */
static struct str
fits(struct str s)
{
	size_t n = s.n < TEMPLATE_VALUE_BYTES ? s.n : TEMPLATE_VALUE_BYTES;

	while (n < s.n && n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return str_sub(s, 0, n);
}

/* The address is part of it: two people of one account are told each. 120 letters hold the longest number, of an address its end. */
static struct str
key_of(struct work *w, const struct occurrence *t, const char *medium, struct str address)
{
	const struct str end = str_sub(address, address.n > 60 ? address.n - 60 : 0, 60);

	return str_printf(w->arena, "%s:%.*s:%s:%.*s", occasion_entry(t->occasion)->name, STR_ARG(str_sub(t->key, 0, 36)), medium,
	    STR_ARG(end));
}

static struct str
chosen(struct str own_en, struct str own_es, const struct occasion_words usual[LANGUAGES], enum language l, bool subject)
{
	const struct str own = l == SPANISH ? own_es : own_en;

	return own.n > 0 ? own : str_of(subject ? usual[l].subject : usual[l].text);
}
