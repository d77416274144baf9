/*
 * fcgi/acts/tell_bill.c -- postings and charges, written in the transaction of the fact they follow from.
 */
#include "fcgi/acts/tell_bill.h"

#include <stdio.h>

#include "domain/base/setting.h"
#include "domain/visits/recurrence.h"
#include "fcgi/acts/tell.h"
#include "sql/tenant/queries/agreements.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/payments.h"

static const char *const shows_names[] = {"", "", "invoice", "statement", NULL};

static const struct field billing_fields[] = {
	FIELD_ENUM(struct billing, proration, proration_names),
	FIELD_INT(struct billing, no_access_percent, 0, 100),
	FIELD_BOOL(struct billing, in_advance),
	FIELD_INT(struct billing, first_mday, 1, 31),
	FIELD_INT(struct billing, due_days, 0, BILL_DUE_DAYS_MAX),
	FIELD_ENUM(struct billing, rounding, tax_rounding_names),
	FIELD_ENUM(struct billing, shows, shows_names),
	FIELD_BOOL(struct billing, at_completion),
	FIELD_MAYBE_DAY(struct billing, closed_until),
	FIELD_ENUM(struct billing, ageing_by, ageing_by_names),
	FIELD_INT(struct billing, nsf_fee_cents, 0, 100000),
	FIELD_MAYBE_BOOL(struct billing, mails),
	FIELD_MAYBE_INT(struct billing, run_mday, 0, 31),
	FIELD_MAYBE_BOOL(struct billing, credit_customer),
	FIELD_MAYBE_BOOL(struct billing, credit_holiday),
	FIELD_MAYBE_TEXT(struct billing, customer_reasons, 0, 400),
	FIELD_MAYBE_TEXT(struct billing, holiday_reasons, 0, 400),
	FIELD_MAYBE_INT(struct billing, remind_after_days, 0, DUNNING_DAYS_MAX),
	FIELD_MAYBE_INT(struct billing, remind_every_days, 0, DUNNING_DAYS_MAX),
	FIELD_MAYBE_INT(struct billing, remind_times, 0, DUNNING_TIMES_MAX),
	FIELD_MAYBE_INT(struct billing, late_grace_days, 0, DUNNING_DAYS_MAX),
	FIELD_MAYBE_INT(struct billing, late_fee_ppm, 0, 100000),
	FIELD_MAYBE_INT(struct billing, late_fee_cents, 0, 100000),
	FIELD_INT(struct billing, version, 0, INT32_MAX),
	FIELD_END
};
const struct shape billing_shape = {"Billing", sizeof(struct billing), billing_fields};

static const char *const own_shows_names[] = {"company", "invoice", "statement", NULL};
static const char *const own_mails_names[] = {"company", "yes", "no", NULL};
static const struct field own_billing_fields[] = {
	FIELD_ENUM(struct own_billing, shows, own_shows_names),
	FIELD_ENUM(struct own_billing, mails, own_mails_names),
	FIELD_MAYBE_INT(struct own_billing, due_days, 0, BILL_DUE_DAYS_MAX),
	FIELD_INT(struct own_billing, discount_ppm, 0, 1000000),
	FIELD_TEXT(struct own_billing, discount_text, 0, 120),
	FIELD_BOOL(struct own_billing, no_late_fees),
	FIELD_BOOL(struct own_billing, no_reminders),
	FIELD_INT(struct own_billing, version, 0, INT32_MAX),
	FIELD_END
};
const struct shape own_billing_shape = {"CustomerBilling", sizeof(struct own_billing), own_billing_fields};

static const struct field tax_rule_body_fields[] = {
	FIELD_TEXT(struct tax_rule_body, code, 1, TAX_CODE_MAX),
	FIELD_TEXT(struct tax_rule_body, area, 1, TAX_AREA_MAX),
	FIELD_INT(struct tax_rule_body, rate_ppm, 0, TAX_RATE_MAX),
	FIELD_DAY(struct tax_rule_body, from_day),
	FIELD_MAYBE_DAY(struct tax_rule_body, until_day),
	FIELD_END
};
const struct shape tax_rule_body_shape = {"TaxRuleBody", sizeof(struct tax_rule_body), tax_rule_body_fields};

static const struct field tax_exemption_body_fields[] = {
	FIELD_TEXT(struct tax_exemption_body, area, 0, TAX_AREA_MAX),
	FIELD_DAY(struct tax_exemption_body, from_day),
	FIELD_MAYBE_DAY(struct tax_exemption_body, until_day),
	FIELD_END
};
const struct shape tax_exemption_body_shape = {"TaxExemptionBody", sizeof(struct tax_exemption_body),
    tax_exemption_body_fields};

static const struct field bill_visit_order_fields[] = {FIELD_ID(struct bill_visit_order, visit_id), FIELD_END};
const struct shape bill_visit_order_shape = {"BillVisitOrder", sizeof(struct bill_visit_order),
    bill_visit_order_fields};

/* So many times a record went into another that went into another. */
#define HOLDERS_MAX 64

static enum err holder_of(struct work *w, const struct entry *e, uint64_t *customer_id);
static const char *const paper_why_names[] = {"issued", "reminder", "asked", "kept", "receipt", NULL};
static const struct field paper_id_fields[] = {FIELD_ID(struct paper_id, id), FIELD_END};
static const struct shape paper_id_shape = {"PaperId", sizeof(struct paper_id), paper_id_fields};
static const struct field paper_order_fields[] = {
	FIELD_LIST(struct paper_order, ids, ids_n, &paper_id_shape, PAPERS_MAX),
	FIELD_ENUM(struct paper_order, why, paper_why_names),
	FIELD_END
};
const struct shape paper_order_shape = {"PaperOrder", sizeof(struct paper_order), paper_order_fields};

static void defaults(struct billing *b);
static bool outcome_of(const struct visit *v, const struct billing *b, enum stop_outcome *out);
static enum err month_charge(struct work *w, const struct agreement *g, const struct term *t, const struct billing *b,
    struct period p, const struct charge *c);
static enum err visit_term(struct work *w, const struct billed_visit *v, struct term *out, const struct term **t,
    uint32_t *stops, const struct billing *b);
static enum err period_stops(struct work *w, uint64_t agreement_id, struct period p, struct day **stop, size_t *n);
static enum err month_stops(struct work *w, const struct agreement *g, const struct term *terms, size_t n,
    struct period p, struct day **stop, size_t *sn, uint32_t **all);
static struct day earlier(const struct term *t, struct day from);
static struct str month_text(struct work *w, struct str service, const struct charge *c);

enum err
billing_read(struct work *w, struct billing *out)
{
	struct setting_row *row;

	*out = (struct billing){.first_mday = 1, .due_days = 14, .shows = BILL_INVOICE, .at_completion = true};
	TRY(sql_billing_one(w->db, SETTING_BILLING, 0, w->arena, &row));
	if (row != NULL) {
		TRY(shape_read(&billing_shape, row->body, w->arena, out, &w->fault));
		out->version = row->version;
	}
	defaults(out);
	return OK;
}

/* The reasons are what our own pages offer, in both languages; a company may write its own. */
static void
defaults(struct billing *b)
{
	static const char *const customer = "Customer asked, The customer asked, Lo pidi\xc3\xb3 el cliente, Customer away, "
	    "Cliente ausente";

	b->mails = b->mails.is ? b->mails : (struct maybe_bool){true, true};
	b->credit_customer = b->credit_customer.is ? b->credit_customer : (struct maybe_bool){true, false};
	b->credit_holiday = b->credit_holiday.is ? b->credit_holiday : (struct maybe_bool){true, true};
	b->customer_reasons = b->customer_reasons.is ? b->customer_reasons : (struct maybe_str){true, str_of(customer)};
	b->holiday_reasons = b->holiday_reasons.is ? b->holiday_reasons
	    : (struct maybe_str){true, STR("Holiday, D\xc3\xad" "a festivo")};
	b->run_mday.is = b->remind_after_days.is = b->remind_every_days.is = b->remind_times.is = true;
	b->late_grace_days.is = b->late_fee_ppm.is = b->late_fee_cents.is = true;
}

struct price_policy
billing_policy(const struct billing *b)
{
	return (struct price_policy){b->proration, b->no_access_percent * 10000, b->credit_customer.v, b->credit_holiday.v};
}

struct dunning
billing_dunning(const struct billing *b)
{
	return (struct dunning){b->remind_after_days.v, b->remind_every_days.v, b->remind_times.v, b->late_grace_days.v,
	    b->late_fee_ppm.v, b->late_fee_cents.v};
}

enum err
own_billing_read(struct work *w, uint64_t customer_id, struct own_billing *out)
{
	struct setting_row *row;

	*out = (struct own_billing){.discount_text = STR("")};
	TRY(sql_billing_one(w->db, SETTING_BILLING, customer_id, w->arena, &row));
	if (row == NULL)
		return OK;
	TRY(shape_read(&own_billing_shape, row->body, w->arena, out, &w->fault));
	out->version = row->version;
	return OK;
}

enum err
billing_for(struct work *w, uint64_t customer_id, struct billing *out, struct own_billing *own)
{
	struct own_billing of;

	TRY(billing_read(w, out));
	TRY(own_billing_read(w, customer_id, &of));
	if (of.shows != OWN_SHOWS_COMPANY)
		out->shows = of.shows == OWN_SHOWS_INVOICE ? BILL_INVOICE : BILL_STATEMENT;
	if (of.mails != OWN_MAILS_COMPANY)
		out->mails.v = of.mails == OWN_MAILS_YES;
	if (of.due_days.is)
		out->due_days = of.due_days.v;
	if (of.no_late_fees)
		out->late_fee_cents.v = out->late_fee_ppm.v = 0;
	if (of.no_reminders)
		out->remind_after_days.v = 0;
	if (own != NULL)
		*own = of;
	return OK;
}

enum err
tax_rules(struct work *w, struct tax_rule **rules, size_t *n)
{
	struct setting_row *rows;

	TRY(sql_settings_of(w->db, SETTING_TAX, 0, w->arena, &rows, n));
	*rules = arena_array(w->arena, struct tax_rule, *n + 1);
	for (size_t i = 0; i < *n; i++) {
		struct tax_rule_body b;

		TRY(shape_read(&tax_rule_body_shape, rows[i].body, w->arena, &b, &w->fault));
		(*rules)[i] = (struct tax_rule){rows[i].id, rows[i].name, b.code, b.area, b.from_day, b.until_day, b.rate_ppm};
	}
	return OK;
}

enum err
tax_exemptions(struct work *w, uint64_t customer_id, struct tax_exemption **e, size_t *n)
{
	struct setting_row *rows;

	TRY(sql_settings_of(w->db, SETTING_EXEMPTION, customer_id, w->arena, &rows, n));
	*e = arena_array(w->arena, struct tax_exemption, *n + 1);
	for (size_t i = 0; i < *n; i++) {
		struct tax_exemption_body b;

		TRY(shape_read(&tax_exemption_body_shape, rows[i].body, w->arena, &b, &w->fault));
		(*e)[i] = (struct tax_exemption){b.area, rows[i].name, b.from_day, b.until_day};
	}
	return OK;
}

enum err
tell_posting(struct work *w, const struct billing *b, const struct posting *p)
{
	const uint64_t id = work_id(w);

	TRY(posting_check(p, b->closed_until, &w->fault));
	for (size_t i = 0; i < p->n; i++) {
		const struct entry *e = &p->entry[i];
		uint64_t customer_id = e->customer_id;

		if (p->kind != POSTING_TRANSFER)
			TRY(holder_of(w, e, &customer_id));
		TRY(sql_entry_insert(w->db, id, (uint32_t)i, p->kind, w->now, p->day, e->account, customer_id, e->bill_id,
		    e->payment_id, e->cents, w->actor.kind, w->actor.id));
	}
	return OK;
}

/* Revenue and cash keep the name that the document was written in. */
static enum err
holder_of(struct work *w, const struct entry *e, uint64_t *customer_id)
{
	struct holder_row *own = NULL;

	if (e->account == ACCOUNT_RECEIVABLE)
		TRY(sql_bill_owner(w->db, e->bill_id, w->arena, &own));
	else if (e->account == ACCOUNT_UNAPPLIED)
		TRY(sql_payment_owner(w->db, e->payment_id, w->arena, &own));
	if (own == NULL)
		return OK;
	*customer_id = own->id;
	return own->merged_into.is ? tell_holder(w, customer_id) : OK;
}

enum err
tell_holder(struct work *w, uint64_t *id)
{
	struct holder_row *row;

	for (unsigned steps = 0; steps < HOLDERS_MAX; steps++) {
		TRY(sql_customer_owner(w->db, *id, w->arena, &row));
		if (row == NULL || !row->merged_into.is)
			return OK;
		*id = row->merged_into.v;
	}
	return fail(&w->fault, E_BUG, NULL, "Customers went into one another in a circle.");
}

enum err
bill_open(struct work *w, const struct bill_row *row, struct open_item *out)
{
	struct cents_row open;

	TRY(sql_entry_bill_open(w->db, row->id, ACCOUNT_RECEIVABLE, w->arena, &open));
	*out = (struct open_item){row->id, row->day, row->due_day, open.cents};
	return OK;
}

enum err
payment_open(struct work *w, const struct payment_row *row, struct open_item *out)
{
	struct cents_row free_of;

	TRY(sql_entry_payment_free(w->db, row->id, ACCOUNT_UNAPPLIED, w->arena, &free_of));
	*out = (struct open_item){row->id, row->day, row->day, free_of.cents};
	return OK;
}

void
bill_numbers(struct work *w, struct bill_card *cards, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char number[BILL_NUMBER_MAX + 1] = "";

		if (cards[i].seq.is)
			bill_number(cards[i].kind, cards[i].seq.v, number);
		cards[i].number = str_copy(w->arena, str_of(number));
	}
}

enum err
tell_paper(struct work *w, uint64_t id, enum paper_why why)
{
	struct paper_id *one = arena_new(w->arena, struct paper_id);

	one->id = id;
	return tell_papers(w, &(struct paper_order){one, 1, why});
}

enum err
tell_papers(struct work *w, const struct paper_order *o)
{
	return tell(w, "paper", &paper_order_shape, o);
}

enum err
tell_charge(struct work *w, const struct charge_row *c)
{
	struct charge_row *there;

	TRY(sql_charge_of_key(w->db, c->line_key, w->arena, &there));
	if (there != NULL)
		return OK;
	return sql_charge_insert(w->db, c->id, c->bill_id, c->customer_id, c->property_id, c->agreement_id, c->visit_id,
	    c->item_id, c->kind, c->line_key, c->day, c->from_day, c->to_day, c->term_day, c->part, c->of_parts,
	    c->rate_cents, c->text, c->quantity_milli, c->unit_cents, c->net_cents, c->tax_code, c->tax_area, c->seq,
	    c->choice, w->now);
}

enum err
tell_visit_charge(struct work *w, const struct visit *is)
{
	struct stop_fact s = {.visit_id = is->id, .day = is->day, .stops_in_period = 1};
	struct price_policy policy;
	struct billed_visit v;
	struct billing b;
	struct charge c;
	struct term term;
	uint64_t dropped;
	bool charged;

	TRY(sql_charges_drop_of_visit(w->db, is->id, CHARGE_STOP, CHARGE_SKIP, &dropped));
	TRY(billing_read(w, &b));
	if (!outcome_of(is, &b, &s.outcome))
		return OK;
	TRY(sql_billed_visit(w->db, is->id, w->arena, &v));
	policy = billing_policy(&b);
	s.agreement_id = v.agreement_id;
	TRY(visit_term(w, &v, &term, &s.term, &s.stops_in_period, &b));
	TRY(price_stop(&s, &policy, &charged, &c, &w->fault));
	if (!charged)
		return OK;
	TRY(tell_charge(w, &(struct charge_row){.id = work_id(w), .customer_id = v.customer_id,
	    .property_id = v.property_id, .agreement_id = v.agreement_id, .visit_id = is->id, .kind = c.kind,
	    .line_key = str_copy(w->arena, str_of(c.key)), .day = v.day, .from_day = v.day, .to_day = v.day,
	    .term_day = {v.agreement_id != 0, c.term_day}, .part = c.part, .of_parts = c.of, .rate_cents = c.rate_cents,
	    .text = v.service, .quantity_milli = 1000, .unit_cents = c.cents, .net_cents = c.cents,
	    .tax_code = v.tax_code, .tax_area = v.tax_area}));
	if (v.agreement_id != 0 || !b.at_completion || is->state != VISIT_DONE)
		return OK;
	return tell(w, "bill_visit", &bill_visit_order_shape, &(struct bill_visit_order){is->id});
}

/* Does the visit ask for something in this state, and as what? */
static bool
outcome_of(const struct visit *v, const struct billing *b, enum stop_outcome *out)
{
	switch (v->state) {
	case VISIT_DONE:
		*out = STOP_DONE;
		return true;
	case VISIT_SKIPPED:
		*out = price_skip(v->skip_reason, b->customer_reasons.v, b->holiday_reasons.v);
		return true;
	case VISIT_NO_ACCESS:
		*out = STOP_NO_ACCESS;
		return true;
	default:
		return false;
	}
}

enum err
tell_month_charges(struct work *w, uint64_t agreement_id, struct period p)
{
	struct month_billed billed;
	struct price_policy policy;
	struct agreement g;
	struct charge *c;
	struct term *terms;
	struct billing b;
	struct day *stop;
	uint32_t *all;
	uint64_t dropped;
	int64_t sum = 0;
	size_t n, sn, cn;

	TRY(billing_read(w, &b));
	policy = billing_policy(&b);
	/* The agreement's row is the guard: its terms do not change while its months are reckoned. */
	TRY(sql_agreement_for_update(w->db, agreement_id, w->arena, &g));
	TRY(sql_terms_of(w->db, agreement_id, w->arena, &terms, &n));
	TRY(month_stops(w, &g, terms, n, p, &stop, &sn, &all));
	TRY(price_months(&g, terms, n, p, &policy, stop, sn, all, w->arena, &c, &cn, &w->fault));
	TRY(sql_charges_drop_of_month(w->db, agreement_id, p.from, CHARGE_MONTH, &dropped));
	TRY(sql_month_billed(w->db, agreement_id, p.from, CHARGE_MONTH, w->arena, &billed));
	for (size_t i = 0; i < cn; i++) {
		TRY(cents_add(sum, c[i].cents, &sum, &w->fault));
		if (billed.lines == 0 && c[i].cents != 0)
			TRY(month_charge(w, &g, &terms[terms_at(terms, n, c[i].term_day)], &b, p, &c[i]));
	}
	if (billed.lines > 0 && cn > 0 && sum != billed.cents) {
		struct charge rest = c[cn - 1];

		rest.part = rest.of = 1;
		rest.cents = sum - billed.cents;
		snprintf(rest.key, sizeof(rest.key), "month:%llu:%d:more%lld", (unsigned long long)agreement_id, p.from.n,
		    (long long)billed.lines);
		TRY(month_charge(w, &g, &terms[terms_at(terms, n, rest.term_day)], &b, p, &rest));
	}
	return sql_agreement_touch(w->db, g.id, g.version);
}

static enum err
month_charge(struct work *w, const struct agreement *g, const struct term *t, const struct billing *b,
    struct period p, const struct charge *c)
{
	struct agreement_place at;

	TRY(sql_agreement_place(w->db, g->id, t->service_id, w->arena, &at));
	return tell_charge(w, &(struct charge_row){.id = work_id(w), .customer_id = g->customer_id,
	    .property_id = g->property_id, .agreement_id = g->id, .kind = CHARGE_MONTH,
	    .line_key = str_copy(w->arena, str_of(c->key)), .day = b->in_advance ? p.from : p.to, .from_day = p.from,
	    .to_day = p.to, .term_day = {true, c->term_day}, .part = c->part, .of_parts = c->of,
	    .rate_cents = c->rate_cents, .text = month_text(w, at.service, c), .quantity_milli = 1000,
	    .unit_cents = c->cents, .net_cents = c->cents, .tax_code = at.tax_code, .tax_area = at.tax_area});
}

/* The term in force on the day that its rule gave; NULL for a job by hand without a price of its own. */
static enum err
visit_term(struct work *w, const struct billed_visit *v, struct term *out, const struct term **t, uint32_t *stops,
    const struct billing *b)
{
	const struct day on = v->occurs_day.is ? v->occurs_day.v : v->day;
	struct term *terms;
	struct day *stop;
	size_t n, at, sn;

	*t = out;
	/* A job of its own: one stop at the price of its service. */
	*out = (struct term){.from_day = v->day, .kind = TERM_WORKS, .rate_kind = RATE_STOP, .rate_cents = v->price_cents};
	if (v->agreement_id == 0)
		return OK;
	TRY(sql_terms_of(w->db, v->agreement_id, w->arena, &terms, &n));
	at = terms_at(terms, n, on);
	if (at == n) {
		*t = NULL;
		return OK;
	}
	*out = terms[at];
	TRY(period_stops(w, v->agreement_id, period_of(on, b->first_mday), &stop, &sn));
	*stops = sn > 0 ? (uint32_t)sn : 1;
	return OK;
}

/* The days of a period on which the agreement's rules wanted a visit, whatever became of them. */
static enum err
period_stops(struct work *w, uint64_t agreement_id, struct period p, struct day **stop, size_t *n)
{
	struct open_row *rows;

	TRY(sql_visit_days_of_agreement(w->db, agreement_id, p.from, p.to, w->arena, &rows, n));
	*stop = arena_array(w->arena, struct day, *n + 1);
	for (size_t i = 0; i < *n; i++)
		(*stop)[i] = rows[i].day;
	return OK;
}

/*
 * Visits exist where the agreement ran. What a whole period would have had is reckoned from its rule: a weekly one
 * that began in mid-month has two of four stops.
 */
static enum err
month_stops(struct work *w, const struct agreement *g, const struct term *terms, size_t n, struct period p,
    struct day **stop, size_t *sn, uint32_t **all)
{
	struct day *days = arena_array(w->arena, struct day, RULE_WINDOW_DAYS);

	TRY(period_stops(w, g->id, p, stop, sn));
	*all = arena_array(w->arena, uint32_t, n + 1);
	for (size_t i = 0; i < n; i++) {
		size_t rn = 0;

		if (terms[i].kind == TERM_WORKS && terms[i].rule.n > 0)
			TRY(rule_days(terms[i].rule, earlier(&terms[i], p.from), p.from, p.to, days, &rn, &w->fault));
		(*all)[i] = (uint32_t)rn;
	}
	return OK;
}

/* The same weeks A and B, begun before the day: 840 weeks are a multiple of every interval a rule may have. */
static struct day
earlier(const struct term *t, struct day from)
{
	if (t->anchor_day.n <= from.n)
		return t->anchor_day;
	return str_starts(t->rule, STR("FREQ=WEEKLY")) ? day_add(t->anchor_day, -840 * 7) : day_add_months(t->anchor_day, -12);
}

/* A part says how much of the whole: "Weekly service (2/4)". */
static struct str
month_text(struct work *w, struct str service, const struct charge *c)
{
	if (c->of <= 1 || c->part == c->of)
		return service;
	return str_printf(w->arena, "%.*s (%u/%u)", STR_ARG(service), c->part, c->of);
}
