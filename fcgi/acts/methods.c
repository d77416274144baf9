/*
 * fcgi/acts/methods.c -- cards and bank accounts that customers left at the processor; drawing by itself.
 */
#include "fcgi/acts/methods.h"

#include <stdlib.h>

#include "domain/billing/bill.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_message.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/credentials.h"
#include "sql/tenant/queries/payments.h"
#include "sql/tenant/queries/portal.h"
#include "sql/tenant/queries/processor.h"

static enum err own(struct work *w, uint64_t customer_id, uint64_t id, struct method_row *out);
static enum err page_of(struct work *w, const struct method_row *m, struct method_page *out);
static enum err instead(struct work *w, uint64_t customer_id, uint64_t id, struct str scope);
static int by_id(const void *a, const void *b);
static struct str sum_of(struct work *w, int64_t cents, int64_t surcharge, struct str currency, enum language l);

enum err
act_methods(struct work *w, uint64_t customer_id, struct methods *out)
{
	const struct autopay_scope everything = {0};
	struct holder_row *holder;
	struct method_row *m;

	*out = (struct methods){0};
	TRY(sql_customer_owner(w->db, customer_id, w->arena, &holder));
	if (holder == NULL)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	TRY(autopay_words(w, customer_id, w->actor.language, &everything, &out->consent));
	TRY(surcharge_of(w, customer_id, &out->surcharge_ppm));
	TRY(sql_portal_places(w->db, customer_id, w->arena, &out->place, &out->place_n));
	TRY(sql_methods_of_customer(w->db, customer_id, w->arena, &m, &out->rows_n));
	out->rows = arena_array(w->arena, struct method_page, out->rows_n + 1);
	for (size_t i = 0; i < out->rows_n; i++)
		TRY(page_of(w, &m[i], &out->rows[i]));
	return OK;
}

static enum err
page_of(struct work *w, const struct method_row *m, struct method_page *out)
{
	struct autopay_scope scope;

	TRY(autopay_scope_read(w, m->scope, &scope));
	*out = (struct method_page){.id = m->id, .kind = m->kind, .brand = m->brand, .last4 = m->last4,
	    .exp_month = m->exp_month, .exp_year = m->exp_year, .autopay = m->autopay, .kinds = scope.kinds,
	    .places = scope.places, .places_n = scope.places_n, .stopped = m->stopped};
	TRY(surcharge_rate(w, m, &out->surcharge_ppm));
	TRY(autopay_consent_read(w, m->consent, &out->agreed));
	out->consent = m->autopay ? out->agreed.words : STR("");
	return OK;
}

enum err
act_method_autopay(struct work *w, uint64_t customer_id, uint64_t id, const struct autopay_wish *in, struct methods *out)
{
	struct str consent = STR(""), stored = STR("");
	struct autopay_scope scope = in->scope;
	struct person_line *person;
	struct method_row m;

	TRY(own(w, customer_id, id, &m));
	if (!in->on) {
		TRY(sql_method_allow(w->db, id, false, m.consent, m.scope, m.version));
		TRY(audit(w, "autopay.off", "payment_method", id, m.last4));
		return act_methods(w, customer_id, out);
	}
	if (m.stopped.n > 0)
		return fail(&w->fault, E_INVALID, "method_id", "This card or account cannot be used.");
	if (scope.kinds == AUTOPAY_EVERYTHING)
		scope.kinds = 0;
	if (scope.places_n > 0)
		qsort(scope.places, scope.places_n, sizeof(scope.places[0]), by_id);
	TRY(sql_customer_person(w->db, customer_id, w->arena, &person));
	TRY(autopay_consent_write(w, customer_id,
	    in->how == AUTOPAY_BY_PORTAL || person == NULL ? w->actor.language : language_of(person->language), &scope, in->how,
	    &consent));
	TRY(autopay_scope_write(w, &scope, &stored));
	TRY(instead(w, customer_id, id, stored));
	TRY(sql_method_allow(w->db, id, true, consent, stored, m.version));
	TRY(audit(w, "autopay.on", "payment_method", id,
	    str_printf(w->arena, "%.*s, %s", STR_ARG(m.last4), autopay_how_names[in->how])));
	return act_methods(w, customer_id, out);
}

/* What was allowed the very same is no longer: a line is drawn from one. */
static enum err
instead(struct work *w, uint64_t customer_id, uint64_t id, struct str scope)
{
	struct method_row *all;
	size_t n;

	TRY(sql_methods_of_customer(w->db, customer_id, w->arena, &all, &n));
	for (size_t i = 0; i < n; i++) {
		struct autopay_scope theirs;
		struct str same;

		if (all[i].id == id || !all[i].autopay)
			continue;
		TRY(autopay_scope_read(w, all[i].scope, &theirs));
		TRY(autopay_scope_write(w, &theirs, &same));
		if (str_eq(same, scope))
			TRY(sql_method_allow(w->db, all[i].id, false, all[i].consent, all[i].scope, all[i].version));
	}
	return OK;
}

static int
by_id(const void *a, const void *b)
{
	const struct place_id *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
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
act_method_keep(struct work *w, uint64_t customer_id, const struct method_seen *m, struct str consent)
{
	const struct autopay_scope everything = {0};
	struct method_row *known;
	struct str scope;
	uint64_t id;

	TRY(sql_method_of_provider(w->db, m->provider, m->provider_id, w->arena, &known));
	if (known != NULL)
		return OK;
	id = work_id(w);
	TRY(sql_method_insert(w->db, id, customer_id, m->provider, m->provider_customer, m->provider_id, m->kind, m->brand,
	    m->last4, m->exp_month, m->exp_year, m->funding, w->now));
	TRY(audit(w, "method.left", "payment_method", id, m->last4));
	if (consent.n == 0)
		return OK;
	TRY(autopay_scope_write(w, &everything, &scope));
	TRY(instead(w, customer_id, id, scope));
	TRY(sql_method_allow(w->db, id, true, consent, scope, 1));
	return audit(w, "autopay.on", "payment_method", id, m->last4);
}

enum err
act_autopay(struct work *w, uint64_t after, uint64_t *next)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct draw_row *due;
	size_t n;

	TRY(sql_autopay_due(w->db, after, (struct day){0}, today, BILL_ISSUED, w->arena, &due, &n));
	*next = n == 100 ? due[n - 1].customer_id : 0;
	for (size_t i = 0; i < n; i++)
		TRY(tell(w, "autopay_one", &method_order_shape, &(struct method_order){due[i].customer_id, {0}, STR("")}));
	return OK;
}

/* "$103.00 (of it $3.00 card surcharge)": read before it is drawn. */
static struct str
sum_of(struct work *w, int64_t cents, int64_t surcharge, struct str currency, enum language l)
{
	const struct str all = money_write(w->arena, cents, currency, l), of_it = money_write(w->arena, surcharge, currency, l);

	return surcharge == 0 ? all : str_printf(w->arena, words_say(l, "%.*s (of it %.*s card surcharge)"), STR_ARG(all), STR_ARG(of_it));
}

/* Three days before the day: who forgot that they agreed can still say no. Told once for the day, whatever runs twice. */
enum err
act_autopay_notice(struct work *w, uint64_t after, uint64_t *next)
{
	const struct day on = day_add(zone_day(w->tenant->zone, w->now), AUTOPAY_NOTICE_DAYS);
	const struct str url = company_url(w, "portal/methods");
	struct company_row company;
	struct draw_row *due;
	size_t n;

	TRY(sql_company(w->db, w->arena, &company));
	TRY(sql_autopay_due(w->db, after, on, on, BILL_ISSUED, w->arena, &due, &n));
	*next = n == 100 ? due[n - 1].customer_id : 0;
	for (size_t i = 0; i < n; i++) {
		struct template_value *v[LANGUAGES];
		struct autopay_draw *draws;
		int64_t cents = 0, surcharge = 0;
		size_t draws_n;

		TRY(autopay_draws(w, due[i].customer_id, on, on, &draws, &draws_n));
		for (size_t d = 0; d < draws_n; d++) {
			cents += draws[d].cents + draws[d].surcharge_cents;
			surcharge += draws[d].surcharge_cents;
		}
		if (cents <= 0)
			continue;
		for (unsigned l = 0; l < LANGUAGES; l++) {
			v[l] = arena_array(w->arena, struct template_value, 3);
			v[l][0] = (struct template_value){STR("sum"), sum_of(w, cents, surcharge, company.currency, (enum language)l)};
			v[l][1] = (struct template_value){STR("day"), words_day(w->arena, on, (enum language)l)};
			v[l][2] = (struct template_value){STR("url"), url};
		}
		TRY(tell_occasion(w, &(struct occurrence){.occasion = OCCASION_AUTOPAY, .customer_id = due[i].customer_id,
		    .key = str_printf(w->arena, "autopay:%llu:%d", (unsigned long long)due[i].customer_id, (int)on.n),
		    .values = {v[0], v[1]}, .values_n = 3}, NULL));
	}
	return OK;
}
