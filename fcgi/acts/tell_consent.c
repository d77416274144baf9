/*
 * fcgi/acts/tell_consent.c -- what somebody said about being written to, and what the company has chosen to say.
 *
 * A wish stands in `setting` under the number or address itself, with the words that it was said in: that is the evidence.
 */
#include "domain/access/audit.h"
#include "fcgi/acts/tell_message.h"

#include "fcgi/http/shape.h"
#include "sql/tenant/queries/messages.h"

#define CONSENT_NAME_MAX 80 /* the column's; longer addresses share their first 80 letters, and then the stricter wish */

static struct str name_of(struct work *w, struct str address);
static enum err said(struct work *w, struct str address, bool stopped, struct str what, struct str how);

static const struct field word_fields[] = {FIELD_TIME(struct consent_word, at), FIELD_TEXT(struct consent_word, what, 0, 20),
	FIELD_TEXT(struct consent_word, how, 0, 200), FIELD_END};
static const struct shape word_shape = {"ConsentWord", sizeof(struct consent_word), word_fields};
static const struct field consent_fields[] = {FIELD_BOOL(struct consent, stopped),
	FIELD_LIST(struct consent, words, words_n, &word_shape, CONSENT_WORDS_MAX), FIELD_END};
static const struct shape consent_shape = {"Consent", sizeof(struct consent), consent_fields};

static const struct field texting_fields[] = {FIELD_TEXT(struct texting, number, 0, 24),
	FIELD_TEXT(struct texting, review_url, 0, 300), FIELD_MAYBE_TEXT(struct texting, account, 0, 40),
	FIELD_MAYBE_TEXT(struct texting, service, 0, 40), FIELD_END};
const struct shape texting_shape = {"Texting", sizeof(struct texting), texting_fields};

static const struct field rule_fields[] = {
	FIELD_ENUM(struct occasion_rule, sms, telling_names),
	FIELD_ENUM(struct occasion_rule, email, telling_names),
	FIELD_LINES(struct occasion_rule, sms_en, 0, WORDS_SMS_MAX),
	FIELD_LINES(struct occasion_rule, sms_es, 0, WORDS_SMS_MAX),
	FIELD_TEXT(struct occasion_rule, subject_en, 0, WORDS_SUBJECT_MAX),
	FIELD_TEXT(struct occasion_rule, subject_es, 0, WORDS_SUBJECT_MAX),
	FIELD_LINES(struct occasion_rule, mail_en, 0, WORDS_MAIL_MAX),
	FIELD_LINES(struct occasion_rule, mail_es, 0, WORDS_MAIL_MAX),
	FIELD_MAYBE_INT(struct occasion_rule, rings, 0, TELLINGS - 1),
	FIELD_MAYBE_TEXT(struct occasion_rule, rings_en, 0, WORDS_CALL_MAX),
	FIELD_MAYBE_TEXT(struct occasion_rule, rings_es, 0, WORDS_CALL_MAX),
	FIELD_END
};
const struct shape occasion_rule_kept = {"OccasionRuleKept", sizeof(struct occasion_rule), rule_fields};

enum err
tell_texting(struct work *w, struct texting *out)
{
	struct chosen_row *row;

	*out = (struct texting){.number = STR(""), .review_url = STR("")};
	TRY(sql_chosen_of(w->db, SETTING_TEXTS, STR(""), w->arena, &row));
	return row == NULL ? OK : shape_read(&texting_shape, row->body, w->arena, out, &w->fault);
}

enum err
tell_texting_account(struct work *w, struct texting_account *out)
{
	struct chosen_secret_row *row;
	struct texting t;

	*out = (struct texting_account){STR(""), STR("")};
	TRY(tell_texting(w, &t));
	if (!t.account.is || t.account.v.n == 0)
		return OK;
	TRY(sql_chosen_secret(w->db, SETTING_TEXTS, STR(""), w->arena, &row));
	if (row == NULL || !row->secret.is)
		return fail(&w->fault, E_FORBIDDEN, NULL, "The account for text messages has no token.");
	out->account = t.account.v;
	return work_unseal(w, KEY_PROVIDER, "setting", "secret", row->id, row->secret.v, &out->token);
}

enum err
tell_rule(struct work *w, enum occasion o, uint64_t service_id, struct occasion_rule *out)
{
	struct occasion_rule own, all;

	TRY(tell_rule_kept(w, o, 0, &all));
	*out = all;
	if (service_id == 0 || !occasion_of_visit(o))
		return OK;
	TRY(tell_rule_kept(w, o, service_id, &own));
	if (own.version == 0)
		return OK;
	*out = own;
	if (own.call_en.n == 0)
		out->call_en = all.call_en;
	if (own.call_es.n == 0)
		out->call_es = all.call_es;
	/* Where the service has no words of its own the company's are said. */
	if (own.sms_en.n == 0)
		out->sms_en = all.sms_en;
	if (own.sms_es.n == 0)
		out->sms_es = all.sms_es;
	if (own.mail_en.n == 0) {
		out->subject_en = all.subject_en;
		out->mail_en = all.mail_en;
	}
	if (own.mail_es.n == 0) {
		out->subject_es = all.subject_es;
		out->mail_es = all.mail_es;
	}
	return OK;
}

enum err
tell_rule_kept(struct work *w, enum occasion o, uint64_t service_id, struct occasion_rule *out)
{
	const struct occasion_entry *e = occasion_entry(o);
	struct chosen_row *row;

	if (e == NULL)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is no such occasion.");
	const enum telling rings = occasion_spoken(o, ENGLISH) != NULL ? TELLING_ON : TELLING_OFF; /* who wants to be rung has said so */
	const struct str none = STR("");

	*out = (struct occasion_rule){.occasion = o, .sms = e->usual_sms, .email = e->usual_mail, .call = rings, .sms_en = none,
	    .sms_es = none, .subject_en = none, .subject_es = none, .mail_en = none, .mail_es = none, .call_en = none, .call_es = none};
	TRY(sql_own_rule(w->db, SETTING_OCCASION, service_id, str_of(e->name), w->arena, &row));
	if (row == NULL)
		return OK;
	TRY(shape_read(&occasion_rule_kept, row->body, w->arena, out, &w->fault));
	if (out->rings.is && rings != TELLING_OFF)
		out->call = (enum telling)out->rings.v;
	out->call_en = out->rings_en.is ? out->rings_en.v : none;
	out->call_es = out->rings_es.is ? out->rings_es.v : none;
	out->occasion = o;
	out->version = row->version;
	return OK;
}

enum err
tell_off(struct work *w, enum occasion o, bool *off)
{
	struct occasion_rule rule;
	struct said_row own = {0};

	TRY(tell_rule_kept(w, o, 0, &rule));
	*off = rule.sms == TELLING_OFF && rule.email == TELLING_OFF && rule.call == TELLING_OFF;
	if (*off && occasion_of_visit(o))
		TRY(sql_own_rules(w->db, SETTING_OCCASION, str_of(occasion_entry(o)->name), w->arena, &own));
	*off = *off && own.number == 0;
	return OK;
}

struct str
tell_call_address(struct work *w, struct str number)
{
	return str_printf(w->arena, "call:%.*s", STR_ARG(str_sub(number, 0, 40)));
}

static struct str
name_of(struct work *w, struct str address)
{
	return str_sub(str_lower(w->arena, address), 0, CONSENT_NAME_MAX);
}

enum err
tell_consent(struct work *w, struct str address, struct consent *out)
{
	struct chosen_row *row;

	*out = (struct consent){0};
	TRY(sql_chosen_of(w->db, SETTING_CONSENT, name_of(w, address), w->arena, &row));
	return row == NULL ? OK : shape_read(&consent_shape, row->body, w->arena, out, &w->fault);
}

#define SAY_BOUNCE "Mail to this address comes back. Ask for another one."
#define SAY_COMPLAINT "Whoever reads this address has called our mail spam."

/* The newest of these words counts; what was said of news meanwhile changes nothing of it. */
const char *
consent_gone(const struct consent *c)
{
	for (size_t i = c->words_n; i-- > 0;) {
		if (str_eq(c->words[i].what, STR("bounce")))
			return SAY_BOUNCE;
		if (str_eq(c->words[i].what, STR("complaint")))
			return SAY_COMPLAINT;
		if (str_eq(c->words[i].what, STR("lift")))
			return NULL;
	}
	return NULL;
}

enum err
tell_mail_may(struct work *w, struct str address)
{
	struct consent is;
	const char *gone;

	TRY(tell_consent(w, address, &is));
	gone = consent_gone(&is);
	if (gone == NULL)
		return OK;
	return strcmp(gone, SAY_BOUNCE) == 0 ? fail(&w->fault, E_FORBIDDEN, "address", SAY_BOUNCE)
	                                     : fail(&w->fault, E_FORBIDDEN, "address", SAY_COMPLAINT);
}

enum err
tell_consent_gone(struct work *w, struct str address, const char *what, struct str how)
{
	struct consent is;

	TRY(tell_consent(w, address, &is));
	return said(w, address, is.stopped || strcmp(what, "complaint") == 0, str_of(what), how);
}

enum err
tell_consent_say(struct work *w, struct str address, bool stopped, struct str how)
{
	return said(w, address, stopped, stopped ? STR("stop") : STR("start"), how);
}

static enum err
said(struct work *w, struct str address, bool stopped, struct str what, struct str how)
{
	const struct str name = name_of(w, address);
	struct consent wish = {0};
	struct consent_word *words;
	struct chosen_row *row;
	struct buf b = buf_open(w->arena, 1024, 16000);
	enum err e;

	TRY(sql_chosen_for_update(w->db, SETTING_CONSENT, name, w->arena, &row));
	if (row != NULL)
		TRY(shape_read(&consent_shape, row->body, w->arena, &wish, &w->fault));
	const size_t kept = wish.words_n < CONSENT_WORDS_MAX ? wish.words_n : CONSENT_WORDS_MAX - 1;

	words = arena_array(w->arena, struct consent_word, kept + 1);
	for (size_t i = 0; i < kept; i++)
		words[i] = wish.words[wish.words_n - kept + i];
	words[kept] = (struct consent_word){w->now, what, audit_cut(w->arena, how, 200)};
	const struct consent is = {stopped, words, kept + 1};

	shape_write(&consent_shape, &is, &b);
	e = row == NULL ? sql_chosen_insert(w->db, work_id(w), SETTING_CONSENT, name, buf_str(&b))
			: sql_chosen_change(w->db, row->id, buf_str(&b), row->version);
	if (e != E_STALE)
		return e;
	w->fault = (struct fault){0};
	return fail(&w->fault, E_RETRY, NULL, "The house is busy. Please try again.");
}
