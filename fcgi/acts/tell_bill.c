/*
 * fcgi/acts/tell_bill.c -- postings and charges, written in the transaction of the fact they follow from.
 */
#include "fcgi/acts/tell_bill.h"

#include "domain/billing/surcharge.h"

#include <stdio.h>

#include "domain/base/setting.h"
#include "domain/stock/item.h"
#include "domain/visits/recurrence.h"
#include "fcgi/acts/tell.h"
#include "sql/tenant/queries/agreements.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/doses.h"
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
	FIELD_MAYBE_TEXT(struct billing, included_items, 0, 400),
	FIELD_MAYBE_INT(struct billing, remind_after_days, 0, DUNNING_DAYS_MAX),
	FIELD_MAYBE_INT(struct billing, remind_every_days, 0, DUNNING_DAYS_MAX),
	FIELD_MAYBE_INT(struct billing, remind_times, 0, DUNNING_TIMES_MAX),
	FIELD_MAYBE_INT(struct billing, late_grace_days, 0, DUNNING_DAYS_MAX),
	FIELD_MAYBE_INT(struct billing, late_fee_ppm, 0, 100000),
	FIELD_MAYBE_INT(struct billing, late_fee_cents, 0, 100000),
	FIELD_MAYBE_INT(struct billing, surcharge_ppm, 0, SURCHARGE_PPM_MAX),
	FIELD_MAYBE_DAY(struct billing, surcharge_from),
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
	    "Cliente ausente, The customer said no, El cliente dijo que no";

	b->mails = b->mails.is ? b->mails : (struct maybe_bool){true, true};
	b->credit_customer = b->credit_customer.is ? b->credit_customer : (struct maybe_bool){true, false};
	b->credit_holiday = b->credit_holiday.is ? b->credit_holiday : (struct maybe_bool){true, true};
	b->customer_reasons = b->customer_reasons.is ? b->customer_reasons : (struct maybe_str){true, str_of(customer)};
	b->holiday_reasons = b->holiday_reasons.is ? b->holiday_reasons
	    : (struct maybe_str){true, STR("Holiday, D\xc3\xad" "a festivo")};
	b->included_items = b->included_items.is ? b->included_items : (struct maybe_str){true, STR("")};
	b->run_mday.is = b->remind_after_days.is = b->remind_every_days.is = b->remind_times.is = true;
	b->late_grace_days.is = b->late_fee_ppm.is = b->late_fee_cents.is = b->surcharge_ppm.is = true;
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
tell_theirs(struct work *w, uint64_t written_in, uint64_t customer_id, bool *theirs)
{
	uint64_t now = written_in;

	*theirs = written_in == customer_id;
	if (*theirs)
		return OK;
	TRY(tell_holder(w, &now));
	*theirs = now == customer_id;
	return OK;
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
payment_put_on(struct work *w, const struct billing *b, struct payment_row *pay, uint64_t bill_id, int64_t cents)
{
	struct open_item free_of, asked;
	struct bill_row bill;
	struct posting p;
	uint64_t owes, pays = pay->customer_id;
	enum err e;

	e = sql_bill_for_update(w->db, bill_id, w->arena, &bill);
	if (tell_absent(w, e))
		return fail(&w->fault, E_INVALID, "bill_id", "This bill does not exist.");
	TRY(e);
	owes = bill.customer_id;
	TRY(tell_holder(w, &owes));
	TRY(tell_holder(w, &pays));
	if (owes != pays)
		return fail(&w->fault, E_INVALID, "bill_id", "This bill does not exist.");
	TRY(payment_open(w, pay, &free_of));
	TRY(bill_open(w, &bill, &asked));
	TRY(posting_apply(pay->customer_id, &free_of, &asked, cents, zone_day(w->tenant->zone, w->now), &p, &w->fault));
	TRY(sql_bill_touch(w->db, bill_id, bill.version));
	TRY(sql_payment_touch(w->db, pay->id, pay->version));
	pay->version++;
	return tell_posting(w, b, &p);
}

enum err
payment_spread(struct work *w, uint64_t payment_id)
{
	struct open_item *open, free_of;
	struct payment_row pay;
	struct applied *to;
	struct open_row *rows;
	struct billing b;
	size_t n;

	TRY(sql_payment_for_update(w->db, payment_id, w->arena, &pay));
	TRY(billing_read(w, &b));
	TRY(payment_open(w, &pay, &free_of));
	TRY(sql_bills_open_of_customer(w->db, pay.customer_id, ACCOUNT_RECEIVABLE, w->arena, &rows, &n));
	open = arena_array(w->arena, struct open_item, n + 1);
	to = arena_array(w->arena, struct applied, n + 1);
	for (size_t i = 0; i < n; i++)
		open[i] = (struct open_item){rows[i].id, rows[i].day, rows[i].due_day, rows[i].cents};
	ledger_spread(open, n, free_of.cents, to, &n);
	for (size_t i = 0; i < n; i++)
		TRY(payment_put_on(w, &b, &pay, to[i].bill_id, to[i].cents));
	return OK;
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

/* An invoice asks for what is open of it; a statement for all that the customer owes. */
enum err
bill_asked(struct work *w, const struct bill_row *bill, int64_t *cents)
{
	struct cents_row owed, free_of;
	struct open_item open;

	TRY(bill_open(w, bill, &open));
	*cents = open.cents;
	if (bill->kind != BILL_STATEMENT)
		return OK;
	TRY(sql_customer_account(w->db, bill->customer_id, ACCOUNT_RECEIVABLE, (struct day){DAY_MAX}, w->arena, &owed));
	TRY(sql_customer_account(w->db, bill->customer_id, ACCOUNT_UNAPPLIED, (struct day){DAY_MAX}, w->arena, &free_of));
	return cents_add(owed.cents, free_of.cents, cents, &w->fault);
}
