#include "fcgi/acts/letters.h"

#include "domain/customers/customer.h"
#include "domain/staff/staff.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_mail.h"
#include "fcgi/acts/tell_word.h"
#include "sql/tenant/queries/credentials.h"

#define CONFIRM_HOURS 48
#define RESET_MINUTES 30
#define PORTAL_MINUTES 15
#define CODE_MINUTES 10

static enum err ask(struct work *w, const char *kind, struct str email);
static enum err company_name(struct work *w, struct str *out);
static enum err send_portal_link(struct work *w, const struct person_line *p, struct str company);
static void asked_from(struct work *w, const struct letter_order *o);

static const struct field letter_order_fields[] = {
	FIELD_TEXT(struct letter_order, email, 3, MAIL_ADDRESS_MAX),
	FIELD_TEXT(struct letter_order, ip, 0, 45),
	FIELD_TEXT(struct letter_order, country, 0, 2),
	FIELD_END
};
const struct shape letter_order_shape = {
    "LetterOrder", sizeof(struct letter_order), letter_order_fields};

static const struct field text_order_fields[] = {FIELD_TEXT(struct text_order, phone, 3, 24),
    FIELD_TEXT(struct text_order, ip, 0, 45), FIELD_TEXT(struct text_order, country, 0, 2), FIELD_END};
const struct shape text_order_shape = {"TextOrder", sizeof(struct text_order), text_order_fields};

enum err
act_reset_ask(struct work *w, struct str email)
{
	return ask(w, "reset_letter", email);
}

enum err
act_portal_ask(struct work *w, struct str email)
{
	return ask(w, "portal_letter", email);
}

static enum err
ask(struct work *w, const char *kind, struct str email)
{
	struct letter_order o = {.email = str_lower(w->arena, str_trim(email)),
	    .ip = str_of(w->from.ip),
	    .country = str_of(w->from.country)};

	if (!mail_address_valid(o.email))
		return fail(&w->fault, E_INVALID, "email", "This is not an e-mail address.");
	return tell(w, kind, &letter_order_shape, &o);
}

/* The job writes the audit line: it must say where the question came from, not where the job ran. */
static void
asked_from(struct work *w, const struct letter_order *o)
{
	(void)snprintf(w->from.ip, sizeof(w->from.ip), "%.*s", STR_ARG(o->ip));
	(void)snprintf(w->from.country, sizeof(w->from.country), "%.*s", STR_ARG(o->country));
}

static enum err
company_name(struct work *w, struct str *out)
{
	struct company_face *company;

	TRY(sql_company_face(w->db, w->arena, &company));
	if (company == NULL)
		return fail(&w->fault, E_BUG, NULL, "A company without a name.");
	*out = company->name;
	return OK;
}

enum err
act_reset_send(struct work *w, const struct letter_order *o)
{
	struct str url, company;
	struct credential *c;

	asked_from(w, o);
	TRY(sql_credential_by_email(w->db, o->email, w->arena, &c));
	if (c == NULL || c->state != STAFF_ACTIVE)
		return OK;
	TRY(company_name(w, &company));
	TRY(link_void(w, LINK_RESET, c->id));
	TRY(link_issue(w, LINK_RESET, c->id, RESET_MINUTES * 60, "reset", &url, NULL));
	struct template_value v[] = {{STR("name"), c->name}, {STR("company"), company},
	    {STR("url"), url}, {STR("minutes"), str_printf(w->arena, "%d", RESET_MINUTES)}};

	TRY(tell_mail(w, MAIL_RESET, c->email, language_of(c->language), v, 4));
	return audit(w, "password.reset_asked", "staff", c->id, STR(""));
}

enum err
act_portal_send(struct work *w, const struct letter_order *o)
{
	struct person_line *person;
	struct str company;
	size_t n;

	asked_from(w, o);
	TRY(sql_customers_by_email(w->db, o->email, w->arena, &person, &n));
	if (n == 0)
		return OK;
	TRY(company_name(w, &company));
	/* One letter: whoever reads it goes over to the other accounts of this address (act_portal_switch). */
	return send_portal_link(w, &person[0], company);
}

enum err
act_portal_text(struct work *w, struct str phone)
{
	struct text_order o = {.ip = str_of(w->from.ip), .country = str_of(w->from.country)};

	TRY(phone_read(phone, w->arena, &o.phone, "phone", &w->fault));
	return tell(w, "portal_text", &text_order_shape, &o);
}

enum err
act_portal_text_send(struct work *w, const struct text_order *o)
{
	struct person_line *person;
	char code[CODE_DIGITS + 1];
	struct str company;
	enum language l;
	size_t n;

	(void)snprintf(w->from.ip, sizeof(w->from.ip), "%.*s", STR_ARG(o->ip));
	(void)snprintf(w->from.country, sizeof(w->from.country), "%.*s", STR_ARG(o->country));
	TRY(sql_customers_by_phone(w->db, o->phone, RELATION_OWNER, RELATION_AGENT, RELATION_BILLING, w->arena, &person, &n));
	if (n == 0)
		return OK;
	TRY(company_name(w, &company));
	TRY(code_issue(w, person[0].id, CODE_MINUTES * 60, code));
	l = language_of(person[0].language);
	TRY(tell_sms(w, o->phone, str_printf(w->arena, "%.*s: %s %s", STR_ARG(company), words_say(l, "your code to sign in is"), code)));
	return audit(w, "portal.code_sent", "customer", person[0].id, STR(""));
}

static enum err
send_portal_link(struct work *w, const struct person_line *p, struct str company)
{
	char code[CODE_DIGITS + 1];
	struct str url;

	TRY(link_void(w, LINK_PORTAL, p->id));
	TRY(link_issue(w, LINK_PORTAL, p->id, PORTAL_MINUTES * 60, "portal/enter", &url, NULL));
	TRY(code_issue(w, p->id, PORTAL_MINUTES * 60, code));
	struct template_value v[] = {{STR("name"), p->name}, {STR("company"), company}, {STR("url"), url},
	    {STR("code"), str_of(code)}, {STR("minutes"), str_printf(w->arena, "%d", PORTAL_MINUTES)}};

	TRY(tell_mail(w, MAIL_PORTAL_LINK, p->email, language_of(p->language), v, 5));
	return audit(w, "portal.link_sent", "customer", p->id, STR(""));
}

enum err
act_confirm_send(struct work *w)
{
	struct credential c;
	struct str url, company;

	TRY(sql_credential_for_update(w->db, w->actor.id, w->arena, &c));
	if (c.email_confirmed_at.is)
		return OK;
	TRY(company_name(w, &company));
	TRY(link_void(w, LINK_CONFIRM_EMAIL, c.id));
	TRY(link_issue(w, LINK_CONFIRM_EMAIL, c.id, CONFIRM_HOURS * 3600, "confirm", &url, NULL));
	struct template_value v[] = {{STR("name"), c.name}, {STR("company"), company},
	    {STR("url"), url}, {STR("hours"), str_printf(w->arena, "%d", CONFIRM_HOURS)}};

	return tell_mail(w, MAIL_CONFIRM_EMAIL, c.email, language_of(c.language), v, 4);
}
