/*
 * fcgi/acts/billing.c -- load, decide, save, tell: rules of billing and tax; ageing and leaks.
 */
#include "fcgi/acts/billing.h"

#include "domain/billing/surcharge.h"

#include <assert.h>

#include "domain/base/id.h"
#include "domain/base/setting.h"
#include "domain/stock/item.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/fields.h"
#include "sql/tenant/queries/items.h"
#include "sql/tenant/queries/payments.h"
#include "sql/tenant/queries/visits.h"
#include "sql/tenant/queries/wants.h"

#define BODY_MAX 4000
#define LEAK_WINDOW_DAYS 370
#define DUNNING_STEP 200 /* LIMIT of bills_late */

const char *const leak_kind_names[] = {"", "completed_not_billed", "billed_not_completed", "paid_not_applied",
    "dosed_not_billed", "installed_not_billed", NULL};
static_assert(sizeof(leak_kind_names) / sizeof(char *) == LEAK_KINDS + 1, "each has its name");

static enum err surcharge_may(struct work *w, const struct billing *was, const struct billing *in);
static enum err body(struct work *w, const struct shape *s, const void *v, struct str *out);
static enum err late_fees(struct work *w, const struct late_row *bill, const struct dunning *rules, uint32_t due);
static enum err mend_visit(struct work *w, const struct visit *v);
static enum err mend_line(struct work *w, const struct visit *v);
static enum err give_back(struct work *w, const struct visit *v);
static void age(const struct owed_row *row, struct day as_of, enum ageing_by by, struct ageing_line *l);
static enum err leaks_installed(struct work *w, const struct leak_query *q, struct leak_page *out);
static enum err mend_used(struct work *w, uint64_t id, struct visit *v);
static void leaks_add(struct leak_page *out, enum leak_kind kind, const struct leak_row *rows, size_t n);

enum err
act_billing(struct work *w, struct billing *out)
{
	return billing_read(w, out);
}

enum err
act_billing_change(struct work *w, const struct billing *in, struct billing *out)
{
	struct setting_row *row;
	struct billing was;
	struct str text;

	TRY(billing_read(w, &was));
	if (in->remind_after_days.is && in->remind_after_days.v > 0 && (!in->remind_times.is || in->remind_times.v == 0))
		return fail(&w->fault, E_INVALID, "remind_times", "Say how often somebody is reminded.");
	if (was.closed_until.is && (!in->closed_until.is || in->closed_until.v.n < was.closed_until.v.n))
		return fail(&w->fault, E_INVALID, "closed_until", "A closed period never opens again.");
	if (in->closed_until.is && in->closed_until.v.n >= zone_day(w->tenant->zone, w->now).n)
		return fail(&w->fault, E_INVALID, "closed_until", "Only days that are over can be closed.");
	TRY(surcharge_may(w, &was, in));
	if (in->version != was.version)
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	TRY(body(w, &billing_shape, in, &text));
	TRY(sql_billing_one(w->db, SETTING_BILLING, 0, w->arena, &row));
	if (row == NULL)
		TRY(sql_billing_put(w->db, work_id(w), SETTING_BILLING, 0, STR(""), text));
	else
		TRY(sql_billing_change(w->db, row->id, text, in->version));
	TRY(audit(w, "billing.changed", "setting", 0, STR("")));
	return billing_read(w, out);
}

/* Off by default; on only where it is allowed, and behind the days that the networks want to know of it. */
static enum err
surcharge_may(struct work *w, const struct billing *was, const struct billing *in)
{
	const struct day first = day_add(zone_day(w->tenant->zone, w->now), SURCHARGE_NOTICE_DAYS);
	struct company_row company;

	if (!in->surcharge_ppm.is || in->surcharge_ppm.v == 0)
		return OK;
	TRY(sql_company(w->db, w->arena, &company));
	if (!surcharge_allowed(company.country, company.region))
		return fail(&w->fault, E_INVALID, "surcharge_ppm", "A surcharge for cards is not allowed where your company is.");
	if (!in->surcharge_from.is)
		return fail(&w->fault, E_INVALID, "surcharge_from", "Say from which day on.");
	if (was->surcharge_ppm.v >= in->surcharge_ppm.v && was->surcharge_from.is && was->surcharge_from.v.n <= in->surcharge_from.v.n)
		return OK;
	if (in->surcharge_from.v.n < first.n)
		return fail(&w->fault, E_INVALID, "surcharge_from", "The card networks want to know it thirty days before. Choose a later day.");
	return OK;
}

enum err
act_tax_rules(struct work *w, struct tax_rule_page *out)
{
	struct tax_rule *rules;

	TRY(tax_rules(w, &rules, &out->rows_n));
	out->rows = arena_array(w->arena, struct tax_rule_line, out->rows_n + 1);
	for (size_t i = 0; i < out->rows_n; i++)
		out->rows[i] = (struct tax_rule_line){rules[i].id, rules[i].name, rules[i].code, rules[i].area,
		    rules[i].rate_ppm, rules[i].from_day, rules[i].until_day};
	return OK;
}

enum err
act_tax_rule_make(struct work *w, const struct tax_line_wish *in, struct tax_rule_page *out)
{
	const struct tax_rule r = {0, in->name, in->code, in->area, in->from_day, in->until_day, in->rate_ppm};
	const struct tax_rule_body b = {in->code, in->area, in->rate_ppm, in->from_day, in->until_day};
	const uint64_t id = work_id(w);
	struct str text;

	TRY(tax_rule_check(&r, &w->fault));
	TRY(body(w, &tax_rule_body_shape, &b, &text));
	TRY(act_tax_rules(w, out));
	for (size_t i = 0; i < out->rows_n; i++)
		if (str_eq(out->rows[i].name, in->name))
			return fail(&w->fault, E_INVALID, "name", "There is a tax of this name. End it first, or choose another name.");
	if (out->rows_n >= TAX_RULES_MAX)
		return fail(&w->fault, E_LIMIT, NULL, "A company has at most %d rules of tax.", TAX_RULES_MAX);
	TRY(sql_billing_put(w->db, id, SETTING_TAX, 0, in->name, text));
	TRY(audit(w, "tax.made", "setting", id, in->name));
	return act_tax_rules(w, out);
}

enum err
act_tax_rule_end(struct work *w, uint64_t id, struct day until, struct tax_rule_page *out)
{
	TRY(act_tax_rules(w, out));
	for (size_t i = 0; i < out->rows_n; i++) {
		const struct tax_rule_line *l = &out->rows[i];
		const struct tax_rule_body b = {l->code, l->area, l->rate_ppm, l->from_day, {true, until}};
		struct setting_row row;
		struct str text;

		if (l->id != id)
			continue;
		if (until.n < l->from_day.n)
			return fail(&w->fault, E_INVALID, "until_day", "The end is before the beginning.");
		TRY(sql_field_one(w->db, id, SETTING_TAX, w->arena, &row));
		TRY(body(w, &tax_rule_body_shape, &b, &text));
		TRY(sql_billing_change(w->db, id, text, row.version));
		TRY(audit(w, "tax.ended", "setting", id, l->name));
		return act_tax_rules(w, out);
	}
	return fail(&w->fault, E_NOT_FOUND, NULL, NULL);
}

enum err
act_exemptions(struct work *w, uint64_t customer_id, struct exemption_page *out)
{
	struct customer_row customer;
	struct setting_row *rows;

	TRY(sql_customer_one(w->db, customer_id, w->arena, &customer));
	TRY(sql_settings_of(w->db, SETTING_EXEMPTION, customer_id, w->arena, &rows, &out->rows_n));
	out->rows = arena_array(w->arena, struct exemption_line, out->rows_n + 1);
	for (size_t i = 0; i < out->rows_n; i++) {
		struct tax_exemption_body b;

		TRY(shape_read(&tax_exemption_body_shape, rows[i].body, w->arena, &b, &w->fault));
		out->rows[i] = (struct exemption_line){rows[i].id, rows[i].name, b.area, b.from_day, b.until_day};
	}
	return OK;
}

enum err
act_exemption_make(struct work *w, uint64_t customer_id, const struct exemption_wish *in, struct exemption_page *out)
{
	const struct tax_exemption_body b = {in->area, in->from_day, in->until_day};
	struct customer_row customer;
	struct str text;

	TRY(sql_customer_one(w->db, customer_id, w->arena, &customer));
	if (in->until_day.is && in->until_day.v.n < in->from_day.n)
		return fail(&w->fault, E_INVALID, "until_day", "The end is before the beginning.");
	TRY(body(w, &tax_exemption_body_shape, &b, &text));
	TRY(sql_billing_put(w->db, work_id(w), SETTING_EXEMPTION, customer_id, in->certificate, text));
	TRY(audit(w, "exemption.made", "customer", customer_id, in->certificate));
	return act_exemptions(w, customer_id, out);
}

enum err
act_exemption_end(struct work *w, uint64_t customer_id, uint64_t id, struct day until, struct exemption_page *out)
{
	TRY(act_exemptions(w, customer_id, out));
	for (size_t i = 0; i < out->rows_n; i++) {
		const struct exemption_line *l = &out->rows[i];
		const struct tax_exemption_body b = {l->area, l->from_day, {true, until}};
		struct setting_row row;
		struct str text;

		if (l->id != id)
			continue;
		if (until.n < l->from_day.n)
			return fail(&w->fault, E_INVALID, "until_day", "The end is before the beginning.");
		TRY(sql_field_one(w->db, id, SETTING_EXEMPTION, w->arena, &row));
		TRY(body(w, &tax_exemption_body_shape, &b, &text));
		TRY(sql_billing_change(w->db, id, text, row.version));
		TRY(audit(w, "exemption.ended", "customer", customer_id, l->certificate));
		return act_exemptions(w, customer_id, out);
	}
	return fail(&w->fault, E_NOT_FOUND, NULL, NULL);
}

enum err
act_own_billing(struct work *w, uint64_t customer_id, struct own_billing *out)
{
	struct customer_row customer;

	TRY(sql_customer_one(w->db, customer_id, w->arena, &customer));
	return own_billing_read(w, customer_id, out);
}

enum err
act_own_billing_change(struct work *w, uint64_t customer_id, const struct own_billing *in, struct own_billing *out)
{
	struct setting_row *row;
	struct own_billing was;
	struct str text;

	TRY(act_own_billing(w, customer_id, &was));
	if (in->discount_ppm > 0 && in->discount_text.n == 0)
		return fail(&w->fault, E_INVALID, "discount_text", "Give the discount a name, as it shall stand on the bill.");
	if (in->version != was.version)
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	TRY(body(w, &own_billing_shape, in, &text));
	TRY(sql_billing_one(w->db, SETTING_BILLING, customer_id, w->arena, &row));
	if (row == NULL)
		TRY(sql_billing_put(w->db, work_id(w), SETTING_BILLING, customer_id, STR(""), text));
	else
		TRY(sql_billing_change(w->db, row->id, text, in->version));
	TRY(audit(w, "billing.changed", "customer", customer_id, STR("")));
	return act_own_billing(w, customer_id, out);
}

enum err
act_tax_places(struct work *w, struct tax_place_page *out)
{
	TRY(sql_tax_cities(w->db, w->arena, &out->cities, &out->cities_n));
	return sql_tax_services(w->db, w->arena, &out->services, &out->services_n);
}

enum err
act_tax_city(struct work *w, const struct tax_city_wish *in, struct tax_place_page *out)
{
	uint64_t places;

	TRY(sql_tax_city_set(w->db, in->city, in->region, in->tax_area, &places));
	TRY(audit(w, "tax.city", "property", 0, str_printf(w->arena, "%.*s: %.*s", STR_ARG(in->city), STR_ARG(in->tax_area))));
	return act_tax_places(w, out);
}

enum err
act_tax_service(struct work *w, uint64_t id, const struct tax_service_wish *in, struct tax_place_page *out)
{
	enum err e = sql_tax_service_set(w->db, id, in->tax_code);

	if (e == E_STALE)
		return fail(&w->fault, E_NOT_FOUND, NULL, NULL);
	TRY(e);
	TRY(audit(w, "tax.service", "service", id, in->tax_code));
	return act_tax_places(w, out);
}

enum err
act_dunning(struct work *w, uint64_t after, struct maybe_u64 *next)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct late_row *rows;
	size_t n;

	TRY(sql_bills_late(w->db, after, today, BILL_ISSUED, ACCOUNT_RECEIVABLE, CHARGE_FEE, w->arena, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct billing b;
		struct dunning rules;
		uint32_t reminders;

		if (rows[i].open_cents <= 0)
			continue;
		TRY(billing_for(w, rows[i].customer_id, &b, NULL));
		rules = billing_dunning(&b);
		TRY(late_fees(w, &rows[i], &rules, dunning_fees(&rules, rows[i].due_day, today)));
		reminders = dunning_reminders(&rules, rows[i].due_day, today);
		if (reminders <= rows[i].reminders)
			continue;
		TRY(sql_bill_remind(w->db, rows[i].id, reminders, rows[i].version));
		TRY(tell_paper(w, rows[i].id, PAPER_REMINDER));
	}
	*next = (struct maybe_u64){n == DUNNING_STEP, n > 0 ? rows[n - 1].id : 0};
	return OK;
}

/* The newest fee that is due, once for its key. Nights on which the house slept are not made up. */
static enum err
late_fees(struct work *w, const struct late_row *bill, const struct dunning *rules, uint32_t due)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct customer_row customer;
	int64_t cents;

	if (due == 0)
		return OK;
	TRY(sql_customer_one(w->db, bill->customer_id, w->arena, &customer));
	TRY(dunning_fee(rules, bill->open_cents, bill->base_cents, &cents, &w->fault));
	if (cents == 0)
		return OK;
	return tell_charge(w, &(struct charge_row){.id = work_id(w), .customer_id = bill->customer_id, .kind = CHARGE_FEE,
	    .line_key = str_printf(w->arena, "late:%llu:%u", (unsigned long long)bill->id, due), .day = today,
	    .from_day = bill->due_day, .to_day = today, .part = 1, .of_parts = 1, .rate_cents = bill->open_cents,
	    .text = str_of(words_say(language_of(customer.language), "Late fee")), .quantity_milli = 1000,
	    .unit_cents = cents, .net_cents = cents});
}

enum err
act_ageing(struct work *w, const struct ageing_query *q, struct ageing_page *out)
{
	struct owed_row *owed;
	struct billing b;
	size_t n;

	*out = (struct ageing_page){.as_of = q->as_of.is ? q->as_of.v : zone_day(w->tenant->zone, w->now)};
	TRY(billing_read(w, &b));
	TRY(sql_bills_owed(w->db, ACCOUNT_RECEIVABLE, out->as_of, w->arena, &owed, &n));
	if (n > OWED_MAX)
		return fail(&w->fault, E_LIMIT, NULL, "There are more open bills than one list can show.");
	out->rows = arena_array(w->arena, struct ageing_line, n + 1);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || owed[i].customer_id != owed[i - 1].customer_id)
			out->rows[out->rows_n++] = (struct ageing_line){owed[i].customer_id, owed[i].customer, 0, 0, 0, 0, 0, 0};
		age(&owed[i], out->as_of, b.ageing_by, &out->rows[out->rows_n - 1]);
		age(&owed[i], out->as_of, b.ageing_by, &out->total);
	}
	return OK;
}

enum err
act_leaks(struct work *w, const struct leak_query *q, struct leak_page *out)
{
	struct leak_row *rows;
	size_t n;

	if (q->to.n < q->from.n)
		return fail(&w->fault, E_INVALID, "to", "The last day is before the first.");
	if (q->to.n - q->from.n > LEAK_WINDOW_DAYS)
		return fail(&w->fault, E_INVALID, "to", "This is too much for one look. Choose fewer days.");
	out->rows = arena_array(w->arena, struct leak_line, LEAKS_MAX * (LEAK_KINDS - 1));
	out->rows_n = 0;
	TRY(sql_leak_completed_not_billed(w->db, q->from, q->to, VISIT_DONE, RATE_STOP, w->arena, &rows, &n));
	leaks_add(out, LEAK_NOT_BILLED, rows, n);
	TRY(sql_leak_dosed_not_billed(w->db, q->from, q->to, w->arena, &rows, &n));
	leaks_add(out, LEAK_DOSED, rows, n);
	TRY(leaks_installed(w, q, out));
	TRY(sql_leak_billed_not_completed(w->db, q->from, q->to, CHARGE_STOP, VISIT_SCHEDULED, VISIT_SKIPPED,
	    VISIT_CANCELLED, w->arena, &rows, &n));
	leaks_add(out, LEAK_NOT_COMPLETED, rows, n);
	TRY(sql_leak_paid_not_applied(w->db, ACCOUNT_UNAPPLIED, q->to, w->arena, &rows, &n));
	leaks_add(out, LEAK_NOT_APPLIED, rows, n);
	return OK;
}

enum err
act_leak_mend(struct work *w, uint64_t id, const struct leak_mending *in, struct leak_page *out)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct visit v = {.day = today};

	switch (in->kind) {
	case LEAK_NOT_BILLED:
	case LEAK_NOT_COMPLETED:
		TRY(sql_visit_one(w->db, id, w->arena, &v));
		TRY(in->kind == LEAK_NOT_BILLED ? mend_visit(w, &v) : mend_line(w, &v));
		break;
	case LEAK_DOSED:
		TRY(tell_dose_charge(w, id));
		break;
	case LEAK_INSTALLED:
		TRY(mend_used(w, id, &v));
		break;
	default:
		TRY(payment_spread(w, id));
		break;
	}
	return act_leaks(w, &(struct leak_query){day_add(v.day, -30), day_add(v.day, 30)}, out);
}

static enum err
mend_visit(struct work *w, const struct visit *v)
{
	if (v->state != VISIT_DONE)
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	return tell_visit_charge(w, v);
}

/* A line that waits goes; for one that a document has taken the next one gives it back, once. */
static enum err
mend_line(struct work *w, const struct visit *v)
{
	struct charge_row *rows;
	uint64_t dropped;
	size_t n;

	if (v->state == VISIT_DONE)
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	TRY(sql_charges_of_visit(w->db, v->id, w->arena, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].kind == CHARGE_STOP)
			return sql_charges_drop_of_visit(w->db, v->id, CHARGE_STOP, CHARGE_SKIP, &dropped);
	return give_back(w, v);
}

static enum err
give_back(struct work *w, const struct visit *v)
{
	struct charge_row *billed, back;
	struct customer_row customer;

	TRY(sql_charge_of_key(w->db, str_printf(w->arena, "stop:%llu", (unsigned long long)v->id), w->arena, &billed));
	if (billed == NULL)
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	TRY(sql_customer_one(w->db, billed->customer_id, w->arena, &customer));
	back = *billed;
	back.id = work_id(w);
	back.bill_id = back.visit_id = back.item_id = 0;
	back.kind = CHARGE_DISCOUNT;
	back.line_key = str_printf(w->arena, "undone:%llu", (unsigned long long)v->id);
	back.term_day.is = false;
	back.part = back.of_parts = 1;
	back.rate_cents = back.unit_cents = back.net_cents = -billed->net_cents;
	back.quantity_milli = 1000;
	back.text = audit_cut(w->arena, str_printf(w->arena, "%s: %.*s", words_say(language_of(customer.language), "Not done"),
	    STR_ARG(billed->text)), BILL_TEXT_MAX);
	return tell_charge(w, &back);
}

static enum err
body(struct work *w, const struct shape *s, const void *v, struct str *out)
{
	struct buf b = buf_open(w->arena, 256, BODY_MAX);

	shape_write(s, v, &b);
	if (b.full)
		return fail(&w->fault, E_BUG, NULL, NULL);
	*out = buf_str(&b);
	return OK;
}

static void
age(const struct owed_row *row, struct day as_of, enum ageing_by by, struct ageing_line *l)
{
	int64_t cents[AGES] = {0};

	ageing_add(&(struct open_item){row->id, row->day, row->due_day, row->cents}, 1, as_of, by, cents);
	l->current_cents += cents[AGE_CURRENT];
	l->days_30_cents += cents[AGE_30];
	l->days_60_cents += cents[AGE_60];
	l->days_90_cents += cents[AGE_90];
	l->older_cents += cents[AGE_OLDER];
	l->total_cents += row->cents;
}

/* What left a van and is on no bill: items by their price, words without one for somebody to price. */
static enum err
leaks_installed(struct work *w, const struct leak_query *q, struct leak_page *out)
{
	struct used_row *rows;
	size_t n;

	TRY(sql_used_not_billed(w->db, q->from, q->to, VERB_USED, SYNC_APPLIED, w->arena, &rows, &n));
	for (size_t i = 0; i < n && i < LEAKS_MAX; i++) {
		struct leak_line *l = &out->rows[out->rows_n];
		struct verb_body body = {.text = STR("")};
		struct item_row item;
		uint64_t item_id;

		TRY(shape_read(&verb_body_shape, rows[i].body, w->arena, &body, &w->fault));
		*l = (struct leak_line){LEAK_INSTALLED, rows[i].id, rows[i].customer_id, rows[i].customer,
		    audit_cut(w->arena, body.text, BILL_TEXT_MAX / 4), rows[i].day, 0};
		if (body.what.is && id_read(body.what.v, &item_id)) {
			enum err e = sql_item_one(w->db, item_id, w->arena, &item);

			if (tell_absent(w, e))
				continue;
			TRY(e);
			/* Chemicals were judged by the rate when they were used; what costs nothing is given. */
			if (item.kind == ITEM_CHEMICAL || item.price_cents <= 0)
				continue;
			l->cents = item_price(body.amount.v, item.holds_x100, item.price_cents);
		}
		out->rows_n++;
	}
	return OK;
}

static enum err
mend_used(struct work *w, uint64_t id, struct visit *v)
{
	struct verb_body body = {.text = STR("")};
	struct used_visit_row *row;
	struct item_row item;
	uint64_t item_id;

	TRY(sql_used_one(w->db, id, VERB_USED, w->arena, &row));
	if (row == NULL)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	TRY(sql_visit_one(w->db, row->visit_id, w->arena, v));
	TRY(shape_read(&verb_body_shape, row->body, w->arena, &body, &w->fault));
	if (!body.what.is || !id_read(body.what.v, &item_id))
		return fail(&w->fault, E_INVALID, "kind", "This has no price. Add a line for it.");
	TRY(sql_item_one(w->db, item_id, w->arena, &item));
	/* The office decides: it is charged although the job's own lines do not say it. */
	struct visit charged = *v;
	charged.source = VISIT_OF_OFFICE;
	return tell_used_charge(w, id, &charged, &item, body.amount.v);
}

static void
leaks_add(struct leak_page *out, enum leak_kind kind, const struct leak_row *rows, size_t n)
{
	for (size_t i = 0; i < n && i < LEAKS_MAX; i++)
		out->rows[out->rows_n++] = (struct leak_line){kind, rows[i].id, rows[i].customer_id, rows[i].customer,
		    rows[i].what, rows[i].day, rows[i].cents};
}
