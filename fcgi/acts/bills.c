/*
 * fcgi/acts/bills.c -- load, decide, save, tell: lines that wait, and the documents that take them.
 *
 * Two dispatchers who bill one customer at once: each line is taken by compare-and-set, so the second is E_STALE
 * and nothing of it stays. The counter of its kind is held while a document is numbered, so numbers have no gap.
 */
#include "fcgi/acts/bills.h"

#include "domain/base/id.h"
#include "domain/base/setting.h"
#include "domain/billing/seal.h"
#include "fcgi/acts/tell.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/payments.h"

#define TAXES_BYTES_MAX 30000

static const struct field bill_tax_fields[] = {
	FIELD_TEXT(struct bill_tax, name, 0, 120),
	FIELD_INT(struct bill_tax, rate_ppm, 0, TAX_RATE_MAX),
	FIELD_INT(struct bill_tax, base_cents, -CENTS_MAX, CENTS_MAX),
	FIELD_INT(struct bill_tax, tax_cents, -CENTS_MAX, CENTS_MAX),
	FIELD_END
};
static const struct shape bill_tax_shape = {"BillTaxKept", sizeof(struct bill_tax), bill_tax_fields};
struct bill_taxes {
	struct bill_tax *rows;
	size_t rows_n;
};
static const struct field bill_taxes_fields[] = {
	FIELD_LIST(struct bill_taxes, rows, rows_n, &bill_tax_shape, TAX_RULES_MAX), FIELD_END};
static const struct shape bill_taxes_shape = {"BillTaxesKept", sizeof(struct bill_taxes), bill_taxes_fields};

static enum err issue(struct work *w, const struct bill_row *draft, const struct billing *b,
    const struct own_billing *own, struct charge_row *lines, size_t n);
static enum err discounted(struct work *w, const struct own_billing *own, uint64_t bill_id, struct day day,
    struct charge_row **lines, size_t *n);
static bool takes_discount(enum charge_kind k);
static enum err reckon(struct work *w, uint64_t customer_id, const struct billing *b, const struct charge_row *rows,
    size_t n, struct bill_line **line, struct bill_sums *s);
static struct bill_taxes taxes_of(struct work *w, const struct bill_sums *s);
static enum err number_next(struct work *w, enum bill_kind k, uint64_t *seq);
static enum err seal(struct work *w, const struct bill_row *row, uint64_t seq, const struct bill_line *line, size_t n,
    const struct bill_sums *s, struct str *bytes);
static struct str address(struct work *w, struct str street, struct str city, struct str region, struct str postcode);
static enum err told(struct work *w, const struct bill_row *row, enum event_kind kind, struct str number);

enum err
act_upcoming(struct work *w, uint64_t customer_id, struct day until, struct upcoming *out)
{
	struct bill_taxes taxes;
	struct customer_row customer;
	struct own_billing own;
	struct bill_line *line;
	struct bill_sums s;
	struct billing b;

	TRY(sql_customer_one(w->db, customer_id, w->arena, &customer));
	TRY(billing_for(w, customer_id, &b, &own));
	TRY(sql_charges_upcoming(w->db, customer_id, until, w->arena, &out->lines, &out->lines_n));
	TRY(discounted(w, &own, 0, zone_day(w->tenant->zone, w->now), &out->lines, &out->lines_n));
	TRY(reckon(w, customer_id, &b, out->lines, out->lines_n, &line, &s));
	for (size_t i = 0; i < out->lines_n; i++)
		out->lines[i].tax_cents = line[i].tax_cents;
	taxes = taxes_of(w, &s);
	out->taxes = taxes.rows;
	out->taxes_n = taxes.rows_n;
	out->net_cents = s.net_cents;
	out->tax_cents = s.tax_cents;
	out->total_cents = s.total_cents;
	return OK;
}

enum err
act_line_make(struct work *w, uint64_t customer_id, const struct line_wish *in, struct upcoming *out)
{
	struct charge_row c = {.id = work_id(w), .customer_id = customer_id, .property_id = in->property_id,
	    .kind = in->kind, .day = in->day, .from_day = in->day, .to_day = in->day, .part = 1, .of_parts = 1,
	    .rate_cents = in->unit_cents, .text = in->text, .quantity_milli = in->quantity_milli,
	    .unit_cents = in->unit_cents, .tax_code = in->tax_code};
	struct tax_place *place;

	if (in->kind < CHARGE_PART)
		return fail(&w->fault, E_INVALID, "kind", "This value is not valid.");
	TRY(sql_tax_place(w->db, in->property_id, customer_id, w->arena, &place));
	if (place == NULL)
		return fail(&w->fault, E_INVALID, "property_id", "This property does not exist.");
	c.tax_area = place->tax_area;
	TRY(price_quantity(in->unit_cents, in->quantity_milli, &c.net_cents, &w->fault));
	c.line_key = str_printf(w->arena, "line:%llu", (unsigned long long)c.id);
	TRY(tell_charge(w, &c));
	return act_upcoming(w, customer_id, (struct day){DAY_MAX}, out);
}

enum err
act_line_change(struct work *w, uint64_t id, const struct line_edit *in, struct upcoming *out)
{
	struct charge_row c;
	int64_t net;

	TRY(sql_charge_one(w->db, id, w->arena, &c));
	TRY(price_quantity(in->unit_cents, in->quantity_milli, &net, &w->fault));
	TRY(sql_charge_change(w->db, id, in->text, in->quantity_milli, in->unit_cents, net, in->tax_code, in->version));
	TRY(audit(w, "line.changed", "bill_line", id, in->text));
	return act_upcoming(w, c.customer_id, (struct day){DAY_MAX}, out);
}

enum err
act_line_drop(struct work *w, uint64_t id, uint32_t version, struct upcoming *out)
{
	struct charge_row c;

	TRY(sql_charge_one(w->db, id, w->arena, &c));
	TRY(sql_charge_drop(w->db, id, version));
	TRY(audit(w, "line.dropped", "bill_line", id, c.text));
	return act_upcoming(w, c.customer_id, (struct day){DAY_MAX}, out);
}

enum err
act_bill_issue(struct work *w, uint64_t customer_id, const struct bill_wish *in, struct bill_page *out)
{
	struct bill_row row = {.id = work_id(w), .state = BILL_DRAFT, .customer_id = customer_id, .day = in->day,
	    .title = in->title, .note = in->note, .version = 1};
	struct charge_row *lines;
	struct own_billing own;
	struct billing b;
	size_t n;

	TRY(billing_for(w, customer_id, &b, &own));
	TRY(sql_charges_upcoming(w->db, customer_id, in->until, w->arena, &lines, &n));
	if (n == 0)
		return fail(&w->fault, E_INVALID, "until", "There is nothing to bill up to this day.");
	row.kind = b.shows;
	row.due_day = in->due_day.is ? in->due_day.v : day_add(in->day, (int32_t)b.due_days);
	TRY(issue(w, &row, &b, &own, lines, n));
	return act_bill_one(w, row.id, out);
}

enum err
act_bill_visit(struct work *w, uint64_t visit_id)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct charge_row *lines;
	struct own_billing own;
	struct billing b;
	size_t n;

	TRY(sql_charges_of_visit(w->db, visit_id, w->arena, &lines, &n));
	if (n == 0)
		return OK;
	TRY(billing_for(w, lines[0].customer_id, &b, &own));
	/* Who gets statements reads of this job on the next one. */
	if (b.shows == BILL_STATEMENT)
		return OK;
	struct bill_row row = {.id = work_id(w), .kind = BILL_INVOICE, .state = BILL_DRAFT,
	    .customer_id = lines[0].customer_id, .property_id = lines[0].property_id, .visit_id = visit_id, .day = today,
	    .due_day = day_add(today, (int32_t)b.due_days), .title = lines[0].text, .note = STR(""), .version = 1};
	return issue(w, &row, &b, &own, lines, n);
}

/* The lines become the document: numbered, sealed, in the ledger. */
static enum err
issue(struct work *w, const struct bill_row *draft, const struct billing *b, const struct own_billing *own,
    struct charge_row *lines, size_t n)
{
	struct bill_row row = *draft;
	struct company_row company;
	struct bill_line *line;
	struct posting posting;
	struct cents_row owed;
	struct bill_sums s;
	struct str bytes;
	struct buf taxes = buf_open(w->arena, 256, TAXES_BYTES_MAX);
	struct bill_taxes kept;
	char number[BILL_NUMBER_MAX + 1];
	uint64_t seq;

	TRY(sql_company(w->db, w->arena, &company));
	row.currency = company.currency;
	if (row.due_day.n < row.day.n)
		return fail(&w->fault, E_INVALID, "due_day", "The end is before the beginning.");
	TRY(sql_customer_account(w->db, row.customer_id, ACCOUNT_RECEIVABLE, row.day, w->arena, &owed));
	row.opening_cents = row.kind == BILL_STATEMENT ? owed.cents : 0;
	TRY(discounted(w, own, row.id, row.day, &lines, &n));
	TRY(reckon(w, row.customer_id, b, lines, n, &line, &s));
	TRY(posting_issue(row.customer_id, row.id, s.net_cents, s.tax_cents, row.day, &posting, &w->fault));
	TRY(sql_bill_insert(w->db, row.id, row.kind, row.state, row.customer_id, row.property_id, row.visit_id, row.currency,
	    row.day, row.due_day, row.title, row.note, w->now));
	for (size_t i = 0; i < n; i++)
		if (str_starts(lines[i].line_key, STR("discount:")))
			TRY(tell_charge(w, &lines[i]));
	for (size_t i = 0; i < n; i++)
		TRY(sql_charge_take(w->db, lines[i].id, row.id, (uint32_t)i + 1, line[i].tax_cents, lines[i].version));
	kept = taxes_of(w, &s);
	shape_write(&bill_taxes_shape, &kept, &taxes);
	TRY(number_next(w, row.kind, &seq));
	TRY(seal(w, &row, seq, line, n, &s, &bytes));
	TRY(sql_bill_issue(w->db, row.id, BILL_ISSUED, seq, row.day, row.due_day, row.opening_cents, s.net_cents,
	    s.tax_cents, s.total_cents, buf_str(&taxes), w->now, bytes, row.version));
	TRY(tell_posting(w, b, &posting));
	bill_number(row.kind, seq, number);
	TRY(tell_paper(w, row.id, b->mails.v ? PAPER_ISSUED : PAPER_KEPT));
	return told(w, &row, EVENT_BILL_ISSUED, str_of(number));
}

/*
 * What the customer is let off: one line for each place and tax code, so that no tax is asked on what is not. It
 * explains itself as a part (ppm) of what it is taken off. Made for a document, or for a look at the next one.
 */
static enum err
discounted(struct work *w, const struct own_billing *own, uint64_t bill_id, struct day day, struct charge_row **lines,
    size_t *n)
{
	const size_t work = *n;
	struct charge_row *all;

	if (own->discount_ppm == 0)
		return OK;
	all = arena_array(w->arena, struct charge_row, 2 * work + 1);
	memcpy(all, *lines, work * sizeof(*all));
	for (size_t i = 0; i < work; i++) {
		const struct charge_row *l = &all[i];
		size_t at = work;

		if (!takes_discount(l->kind))
			continue;
		while (at < *n && !(all[at].property_id == l->property_id && str_eq(all[at].tax_code, l->tax_code) &&
		    str_eq(all[at].tax_area, l->tax_area)))
			at++;
		if (at == *n)
			all[(*n)++] = (struct charge_row){.id = work_id(w), .customer_id = l->customer_id,
			    .property_id = l->property_id, .kind = CHARGE_DISCOUNT, .day = day, .from_day = day, .to_day = day,
			    .part = own->discount_ppm, .of_parts = 1000000, .text = own->discount_text, .quantity_milli = 1000,
			    .tax_code = l->tax_code, .tax_area = l->tax_area, .version = 1,
			    .line_key = str_printf(w->arena, "discount:%llu:%zu", (unsigned long long)bill_id, *n)};
		TRY(cents_add(all[at].rate_cents, l->net_cents, &all[at].rate_cents, &w->fault));
	}
	for (size_t i = work; i < *n; i++) {
		TRY(cents_share(-all[i].rate_cents, own->discount_ppm, &all[i].net_cents, &w->fault));
		all[i].unit_cents = all[i].net_cents;
	}
	*lines = all;
	return OK;
}

static bool
takes_discount(enum charge_kind k)
{
	return k != CHARGE_FEE && k != CHARGE_DISCOUNT && k != CHARGE_DEPOSIT;
}

enum err
act_bill_void(struct work *w, uint64_t id, const struct bill_ending *in, struct bill_page *out)
{
	struct posting issued, back;
	struct open_item open;
	struct bill_row row;
	struct billing b;
	char number[BILL_NUMBER_MAX + 1];
	uint64_t lines;

	TRY(sql_bill_for_update(w->db, id, w->arena, &row));
	TRY(bill_may(row.kind, row.state, BILL_VOID, &w->fault));
	TRY(billing_read(w, &b));
	TRY(bill_open(w, &row, &open));
	TRY(posting_issue(row.customer_id, id, row.net_cents, row.tax_cents, row.day, &issued, &w->fault));
	TRY(posting_void(&issued, &open, zone_day(w->tenant->zone, w->now), &back, &w->fault));
	TRY(sql_bill_end(w->db, id, BILL_VOID, w->now, in->reason, in->version));
	TRY(sql_charges_drop_discounts(w->db, id, CHARGE_DISCOUNT, &lines));
	TRY(sql_charges_give_back(w->db, id, &lines));
	TRY(tell_posting(w, &b, &back));
	bill_number(row.kind, row.seq.v, number);
	TRY(audit(w, "bill.voided", "bill", id, str_printf(w->arena, "%s: %.*s", number, STR_ARG(in->reason))));
	TRY(told(w, &row, EVENT_BILL_VOIDED, str_of(number)));
	return act_bill_one(w, id, out);
}

enum err
act_bill_one(struct work *w, uint64_t id, struct bill_page *out)
{
	struct customer_row customer;
	struct bill_taxes taxes;
	struct open_item open;
	struct bill_row row;
	char number[BILL_NUMBER_MAX + 1] = "";

	TRY(sql_bill_one(w->db, id, w->arena, &row));
	TRY(sql_customer_one(w->db, row.customer_id, w->arena, &customer));
	TRY(bill_open(w, &row, &open));
	TRY(shape_read(&bill_taxes_shape, row.taxes, w->arena, &taxes, &w->fault));
	if (row.seq.is)
		bill_number(row.kind, row.seq.v, number);
	*out = (struct bill_page){.id = id, .kind = row.kind, .state = row.state,
	    .number = str_copy(w->arena, str_of(number)), .customer_id = row.customer_id, .customer = customer.name,
	    .currency = row.currency, .title = row.title, .note = row.note, .reason = row.reason, .day = row.day,
	    .due_day = row.due_day, .opening_cents = row.opening_cents, .net_cents = row.net_cents,
	    .tax_cents = row.tax_cents, .total_cents = row.total_cents, .open_cents = open.cents, .taxes = taxes.rows,
	    .taxes_n = taxes.rows_n, .issued_at = row.issued_at, .sent_at = row.sent_at, .version = row.version};
	TRY(sql_charges_of_bill(w->db, id, w->arena, &out->lines, &out->lines_n));
	return sql_entries_applied_to_bill(w->db, id, ACCOUNT_RECEIVABLE, w->arena, &out->paid, &out->paid_n);
}

enum err
act_bills(struct work *w, const struct bills_query *q, struct bill_list *out)
{
	if (q->to.n < q->from.n)
		return fail(&w->fault, E_INVALID, "to", "The last day is before the first.");
	TRY(sql_bills_of_kind(w->db, q->kind, q->state, q->from, q->to, ACCOUNT_RECEIVABLE, w->arena, &out->rows,
	    &out->rows_n));
	if (out->rows_n > BILLS_LIST_MAX)
		return fail(&w->fault, E_LIMIT, "to", "This is too much for one look. Choose fewer days.");
	bill_numbers(w, out->rows, out->rows_n);
	return OK;
}

enum err
act_bills_of_customer(struct work *w, uint64_t customer_id, struct bill_list *out)
{
	struct customer_row customer;

	TRY(sql_customer_one(w->db, customer_id, w->arena, &customer));
	TRY(sql_bills_of_customer(w->db, customer_id, ACCOUNT_RECEIVABLE, w->arena, &out->rows, &out->rows_n));
	bill_numbers(w, out->rows, out->rows_n);
	return OK;
}

static enum err
reckon(struct work *w, uint64_t customer_id, const struct billing *b, const struct charge_row *rows, size_t n,
    struct bill_line **line, struct bill_sums *s)
{
	struct tax_exemption *exemptions;
	struct tax_rule *rules;
	size_t rn, en;

	TRY(tax_rules(w, &rules, &rn));
	TRY(tax_exemptions(w, customer_id, &exemptions, &en));
	*line = arena_array(w->arena, struct bill_line, n + 1);
	for (size_t i = 0; i < n; i++)
		(*line)[i] = (struct bill_line){rows[i].id, rows[i].kind, rows[i].text, rows[i].quantity_milli,
		    rows[i].unit_cents, rows[i].net_cents, 0, rows[i].tax_code, rows[i].tax_area, rows[i].day};
	return bill_reckon(*line, n, rules, rn, exemptions, en, b->rounding, w->arena, s, &w->fault);
}

static struct bill_taxes
taxes_of(struct work *w, const struct bill_sums *s)
{
	struct bill_taxes t = {arena_array(w->arena, struct bill_tax, s->tax_n + 1), s->tax_n};

	for (size_t i = 0; i < s->tax_n; i++)
		t.rows[i] = (struct bill_tax){s->tax[i].name, s->tax[i].rate_ppm, s->tax[i].base_cents, s->tax[i].tax_cents};
	return t;
}

static enum err
number_next(struct work *w, enum bill_kind k, uint64_t *seq)
{
	static const char none[32];
	const struct str name = str_printf(w->arena, "bill.%s", bill_kind_names[k]);
	struct bill_head *head;

	TRY(sql_bill_head_for_update(w->db, name, w->arena, &head));
	*seq = head != NULL ? head->value + 1 : 1;
	if (head != NULL)
		return sql_bill_head_move(w->db, name, *seq, head->version);
	return sql_bill_head_insert(w->db, name, (struct str){none, sizeof(none)});
}

static enum err
seal(struct work *w, const struct bill_row *row, uint64_t seq, const struct bill_line *line, size_t n,
    const struct bill_sums *s, struct str *bytes)
{
	struct customer_row customer;
	struct company_row company;
	struct bill_hash *before;
	char number[BILL_NUMBER_MAX + 1];
	struct sealed_bill b;

	TRY(sql_customer_one(w->db, row->customer_id, w->arena, &customer));
	TRY(sql_company(w->db, w->arena, &company));
	TRY(sql_bill_hash_before(w->db, row->kind, seq - 1, w->arena, &before));
	bill_number(row->kind, seq, number);
	b = (struct sealed_bill){.company = company.name,
	    .company_address = address(w, company.street, company.city, company.region, company.postcode),
	    .customer = customer.name, .customer_address = address(w, customer.bill_street, customer.bill_city,
	        customer.bill_region, customer.bill_postcode),
	    .id = row->id, .customer_id = row->customer_id, .kind = row->kind, .number = str_of(number),
	    .currency = row->currency, .issued_at = w->now, .day = row->day, .due_day = row->due_day,
	    .opening_cents = row->opening_cents, .line = line, .n = n, .sums = *s};
	if (before != NULL && before->hash.n == sizeof(b.previous))
		memcpy(b.previous, before->hash.p, sizeof(b.previous));
	return seal_bill(&b, w->arena, bytes, &w->fault);
}

static struct str
address(struct work *w, struct str street, struct str city, struct str region, struct str postcode)
{
	return str_trim(str_printf(w->arena, "%.*s\n%.*s %.*s %.*s", STR_ARG(street), STR_ARG(city), STR_ARG(region),
	    STR_ARG(postcode)));
}

static enum err
told(struct work *w, const struct bill_row *row, enum event_kind kind, struct str number)
{
	const struct event_value values[] = {{STR("number"), number}};

	return tell_event(w, &(struct event){.customer_id = row->customer_id, .kind = kind, .ref_kind = RECORD_BILL,
	    .ref_id = row->id, .values = values, .values_n = 1});
}
