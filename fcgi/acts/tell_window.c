/*
 * fcgi/acts/tell_window.c -- a customer hears that a visit has another time than was promised: by text, by mail, as each
 * contact wishes it.
 */
#include "domain/customers/customer.h"
#include "domain/messaging/mail.h"
#include "fcgi/acts/tell.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/contacts.h"
#include "sql/tenant/queries/proofs.h"

static enum err mail(struct work *w, struct str name, struct str to, enum language l, const struct visit *v,
    const struct record_source *s, struct str company);
static enum err text(struct work *w, struct str to, enum language l, const struct visit *v, const struct record_source *s,
    struct str company);
static struct str window_say(struct work *w, const struct visit *v, enum language l);

enum err
tell_window(struct work *w, const struct visit *v)
{
	struct record_source s;
	struct company_row company;
	struct contact_row *c;
	size_t n, living = 0;

	TRY(sql_contacts_of(w->db, v->customer_id, w->arena, &c, &n));
	TRY(sql_record_source(w->db, v->id, w->arena, &s));
	TRY(sql_company(w->db, w->arena, &company));
	for (size_t i = 0; i < n; i++) {
		const struct contact_facts facts = {c[i].relation, c[i].phone.n > 0, c[i].email.n > 0, c[i].by_sms,
		    c[i].by_email};
		const enum language l = language_of(c[i].language);

		if (c[i].archived_at.is)
			continue;
		living++;
		if (contact_wants(&facts, MESSAGE_SCHEDULE, CHANNEL_SMS))
			TRY(text(w, c[i].phone, l, v, &s, company.name));
		if (contact_wants(&facts, MESSAGE_SCHEDULE, CHANNEL_EMAIL))
			TRY(mail(w, c[i].name, c[i].email, l, v, &s, company.name));
	}
	return living > 0 ? OK : mail(w, s.customer, s.email, language_of(s.language), v, &s, company.name);
}

static enum err
mail(struct work *w, struct str name, struct str to, enum language l, const struct visit *v,
    const struct record_source *s, struct str company)
{
	const struct template_value values[] = {{STR("name"), name}, {STR("company"), company}, {STR("service"), s->service},
	    {STR("place"), s->street}, {STR("day"), words_day(w->arena, v->day, l)}, {STR("window"), window_say(w, v, l)}};

	return mail_address_valid(to) ? tell_mail(w, MAIL_NEW_TIME, to, l, values, sizeof(values) / sizeof(*values)) : OK;
}

static enum err
text(struct work *w, struct str to, enum language l, const struct visit *v, const struct record_source *s,
    struct str company)
{
	const struct str day = words_day(w->arena, v->day, l), window = window_say(w, v, l);
	struct fault say = {0};
	enum err said = fail(&say, E_INVALID, NULL, "%.*s: your visit at %.*s has a new time: %.*s, %.*s.", STR_ARG(company),
	    STR_ARG(s->street), STR_ARG(day), STR_ARG(window));

	(void)said;
	return tell_sms(w, to, words_fault(w->arena, l, &say));
}

static struct str
window_say(struct work *w, const struct visit *v, enum language l)
{
	const struct str from = words_minute(w->arena, v->from_minute.v, l), to = words_minute(w->arena, v->to_minute.v, l);
	struct fault say = {0};
	enum err said;

	if (v->from_minute.is && v->to_minute.is)
		said = fail(&say, E_INVALID, NULL, "between %.*s and %.*s", STR_ARG(from), STR_ARG(to));
	else if (v->to_minute.is)
		said = fail(&say, E_INVALID, NULL, "by %.*s", STR_ARG(to));
	else if (v->from_minute.is)
		said = fail(&say, E_INVALID, NULL, "from %.*s on", STR_ARG(from));
	else
		said = fail(&say, E_INVALID, NULL, "in the course of the day");
	(void)said;
	return words_fault(w->arena, l, &say);
}
