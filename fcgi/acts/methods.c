/*
 * fcgi/acts/methods.c -- cards and bank accounts that customers left at the processor; drawing by itself.
 */
#include "fcgi/acts/methods.h"

#include "domain/billing/bill.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_message.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/payments.h"
#include "sql/tenant/queries/processor.h"

#define CONSENT_BYTES_MAX 4000

static enum err own(struct work *w, uint64_t customer_id, uint64_t id, struct method_row *out);
static enum err consent_text(struct work *w, struct str *out);

/* What was agreed to: kept as it was read, with when and from where (NACHA wants it two years after it ends). */
struct autopay_consent {
	struct str words, ip, agent;
	int64_t at;
};
static const struct field consent_fields[] = {
	FIELD_LINES(struct autopay_consent, words, 0, 1000),
	FIELD_TEXT(struct autopay_consent, ip, 0, 46),
	FIELD_TEXT(struct autopay_consent, agent, 0, 200),
	FIELD_TIME(struct autopay_consent, at),
	FIELD_END
};
static const struct shape consent_shape = {"PayConsent", sizeof(struct autopay_consent), consent_fields};

enum err
act_methods(struct work *w, uint64_t customer_id, struct methods *out)
{
	struct company_row company;

	*out = (struct methods){0};
	TRY(sql_company(w->db, w->arena, &company));
	out->consent = autopay_words(w, company.name);
	return sql_methods_of_customer(w->db, customer_id, w->arena, &out->rows, &out->rows_n);
}

struct str
autopay_words(struct work *w, struct str company)
{
	return str_printf(w->arena, words_say(w->actor.language,
	    "I allow %.*s to charge this card or account for each bill on the day it is due, for the exact amount of the bill, until I turn this off here."),
	    STR_ARG(company));
}

enum err
act_method_autopay(struct work *w, uint64_t customer_id, uint64_t id, bool on, struct methods *out)
{
	struct method_row m, *all;
	struct str consent = STR("");
	size_t n;

	TRY(own(w, customer_id, id, &m));
	if (on && m.stopped.n > 0)
		return fail(&w->fault, E_INVALID, "method_id", "This card or account cannot be used.");
	TRY(sql_methods_of_customer(w->db, customer_id, w->arena, &all, &n));
	/* One of them at most: a bill is drawn once. */
	for (size_t i = 0; i < n; i++)
		if (all[i].id != id && all[i].autopay)
			TRY(sql_method_save(w->db, all[i].id, false, all[i].consent, all[i].stopped, all[i].archived_at,
			    all[i].version));
	if (on)
		TRY(consent_text(w, &consent));
	TRY(sql_method_save(w->db, id, on, on ? consent : m.consent, m.stopped, m.archived_at, m.version));
	TRY(audit(w, on ? "autopay.on" : "autopay.off", "payment_method", id, STR("")));
	return act_methods(w, customer_id, out);
}

static enum err
consent_text(struct work *w, struct str *out)
{
	struct buf b = buf_open(w->arena, 512, CONSENT_BYTES_MAX);
	struct company_row company;

	TRY(sql_company(w->db, w->arena, &company));
	const struct autopay_consent c = {autopay_words(w, company.name), str_of(w->from.ip), str_of(w->from.agent), w->now};
	shape_write(&consent_shape, &c, &b);
	*out = buf_str(&b);
	return OK;
}

enum err
act_method_drop(struct work *w, uint64_t customer_id, uint64_t id, struct methods *out)
{
	struct method_row m;

	TRY(own(w, customer_id, id, &m));
	TRY(sql_method_save(w->db, id, false, m.consent, m.stopped, (struct maybe_i64){true, w->now}, m.version));
	TRY(audit(w, "method.dropped", "payment_method", id, STR("")));
	TRY(tell(w, "method_drop", &method_order_shape, &(struct method_order){customer_id, {true, id}, m.provider_id}));
	return act_methods(w, customer_id, out);
}

static enum err
own(struct work *w, uint64_t customer_id, uint64_t id, struct method_row *out)
{
	TRY(sql_method_one(w->db, id, w->arena, out));
	if (out->customer_id != customer_id || out->archived_at.is)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	return OK;
}

enum err
act_method_keep(struct work *w, uint64_t customer_id, const struct method_seen *m, bool autopay)
{
	struct method_row *known;
	struct methods all;
	uint64_t id;

	TRY(sql_method_of_provider(w->db, m->provider, m->provider_id, w->arena, &known));
	if (known != NULL)
		return OK;
	id = work_id(w);
	TRY(sql_method_insert(w->db, id, customer_id, m->provider, m->provider_customer, m->provider_id, m->kind, m->brand,
	    m->last4, m->exp_month, m->exp_year, w->now));
	TRY(audit(w, "method.left", "payment_method", id, m->last4));
	return autopay ? act_method_autopay(w, customer_id, id, true, &all) : OK;
}

enum err
act_autopay(struct work *w, uint64_t after, uint64_t *next)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct draw_row *due;
	size_t n;

	TRY(sql_autopay_due(w->db, after, (struct day){0}, today, ACCOUNT_RECEIVABLE, BILL_ISSUED, w->arena, &due, &n));
	*next = n == 100 ? due[n - 1].customer_id : 0;
	for (size_t i = 0; i < n; i++)
		if (due[i].cents > 0)
			TRY(tell(w, "autopay_one", &method_order_shape,
			    &(struct method_order){due[i].customer_id, {true, due[i].method_id}, STR("")}));
	return OK;
}

/* Three days before the day: who forgot that they agreed can still say no. Told once for the day, whatever runs twice. */
enum err
act_autopay_notice(struct work *w, uint64_t after, uint64_t *next)
{
	const struct day on = day_add(zone_day(w->tenant->zone, w->now), AUTOPAY_NOTICE_DAYS);
	const struct str url = company_url(w->arena, w->house->config, w->tenant->slug, "portal/methods");
	struct company_row company;
	struct draw_row *due;
	size_t n;

	TRY(sql_company(w->db, w->arena, &company));
	TRY(sql_autopay_due(w->db, after, on, on, ACCOUNT_RECEIVABLE, BILL_ISSUED, w->arena, &due, &n));
	*next = n == 100 ? due[n - 1].customer_id : 0;
	for (size_t i = 0; i < n; i++) {
		struct template_value *v[LANGUAGES];

		if (due[i].cents <= 0)
			continue;
		for (unsigned l = 0; l < LANGUAGES; l++) {
			v[l] = arena_array(w->arena, struct template_value, 3);
			v[l][0] = (struct template_value){STR("sum"), money_write(w->arena, due[i].cents, company.currency, (enum language)l)};
			v[l][1] = (struct template_value){STR("day"), words_day(w->arena, on, (enum language)l)};
			v[l][2] = (struct template_value){STR("url"), url};
		}
		TRY(tell_occasion(w, &(struct occurrence){.occasion = OCCASION_AUTOPAY, .customer_id = due[i].customer_id,
		    .key = str_printf(w->arena, "autopay:%llu:%d", (unsigned long long)due[i].customer_id, (int)on.n),
		    .values = {v[0], v[1]}, .values_n = 3}, NULL));
	}
	return OK;
}
