/*
 * fcgi/acts/tell_issue.c -- what waits for a customer, reckoned; and how it becomes a document: numbered, sealed, in
 * the ledger. Used by whoever bills: the office, a job that was completed, a run.
 */
#include "domain/billing/seal.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_proof.h"
#include "fcgi/acts/tell_bill.h"
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
const struct shape bill_tax_shape = {"BillTax", sizeof(struct bill_tax), bill_tax_fields};
static const struct field bill_taxes_fields[] = {
	FIELD_LIST(struct bill_taxes, rows, rows_n, &bill_tax_shape, TAX_RULES_MAX), FIELD_END};
const struct shape bill_taxes_shape = {"BillTaxes", sizeof(struct bill_taxes), bill_taxes_fields};

/* A document's canonical bytes, and what was put under them. */
struct sealed {
	struct str bytes;
	struct signer by;
	struct signature under;
};

static enum err discounted(struct work *w, const struct own_billing *own, uint64_t bill_id, struct day day,
    struct charge_row **lines, size_t *n);
static bool takes_discount(enum charge_kind k);
static enum err reckon(struct work *w, uint64_t customer_id, const struct billing *b, const struct charge_row *rows,
    size_t n, struct bill_line **line, struct bill_sums *s);
static enum err seal(struct work *w, const struct bill_row *row, uint64_t seq, const struct upcoming_bill *u,
    const struct bill_moves *moves, struct sealed *out);

enum err
upcoming_bill(struct work *w, uint64_t customer_id, struct day until, struct upcoming_bill *out)
{
	TRY(sql_charges_upcoming(w->db, customer_id, until, w->arena, &out->rows, &out->n));
	return upcoming_reckon(w, customer_id, out);
}

enum err
upcoming_reckon(struct work *w, uint64_t customer_id, struct upcoming_bill *u)
{
	u->id = work_id(w);
	TRY(billing_for(w, customer_id, &u->rules, &u->own));
	TRY(discounted(w, &u->own, u->id, zone_day(w->tenant->zone, w->now), &u->rows, &u->n));
	return reckon(w, customer_id, &u->rules, u->rows, u->n, &u->line, &u->sums);
}

/* The lines become the document: numbered, sealed, in the ledger. */
enum err
bill_issue(struct work *w, const struct bill_row *draft, const struct upcoming_bill *u)
{
	struct bill_row row = *draft;
	struct company_row company;
	struct posting posting;
	struct bill_moves moves = {0};
	struct str moved;
	struct sealed sealed;
	struct buf taxes = buf_open(w->arena, 256, TAXES_BYTES_MAX);
	struct bill_taxes kept;
	char number[BILL_NUMBER_MAX + 1];
	uint64_t seq;

	TRY(sql_company(w->db, w->arena, &company));
	row.currency = company.currency;
	if (row.due_day.n < row.day.n)
		return fail(&w->fault, E_INVALID, "due_day", "The end is before the beginning.");
	if (row.kind == BILL_STATEMENT)
		TRY(bill_moves(w, row.customer_id, row.day, &row.opening_cents, &moves));
	TRY(bill_moves_write(w, &moves, &moved));
	TRY(posting_issue(row.customer_id, row.id, u->sums.net_cents, u->sums.tax_cents, row.day, &posting, &w->fault));
	TRY(sql_bill_insert(w->db, row.id, row.kind, row.state, row.customer_id, row.property_id, row.visit_id, row.currency,
	    row.day, row.due_day, row.title, row.note, w->now));
	for (size_t i = 0; i < u->n; i++)
		if (str_starts(u->rows[i].line_key, STR("discount:")))
			TRY(tell_charge(w, &u->rows[i]));
	for (size_t i = 0; i < u->n; i++)
		TRY(sql_charge_take(w->db, u->rows[i].id, row.id, (uint32_t)i + 1, u->line[i].tax_cents, u->rows[i].version));
	kept = bill_taxes_of(w, &u->sums);
	shape_write(&bill_taxes_shape, &kept, &taxes);
	TRY(bill_number_next(w, row.kind, &seq));
	TRY(seal(w, &row, seq, u, &moves, &sealed));
	TRY(sql_bill_issue(w->db, row.id, BILL_ISSUED, seq, row.day, row.due_day, row.opening_cents, u->sums.net_cents,
	    u->sums.tax_cents, u->sums.total_cents, buf_str(&taxes), w->now, sealed.bytes, str_of(sealed.by.kid),
	    (struct str){(const char *)sealed.under.signature, sizeof(sealed.under.signature)},
	    (struct str){(const char *)sealed.under.hash, sizeof(sealed.under.hash)}, moved, row.version));
	TRY(tell_posting(w, &u->rules, &posting));
	bill_number(row.kind, seq, number);
	return bill_told(w, &row, EVENT_BILL_ISSUED, str_of(number));
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
		    rows[i].unit_cents, rows[i].net_cents, 0, rows[i].tax_code, rows[i].tax_area, rows[i].day,
		    rows[i].choice};
	return bill_reckon(*line, n, rules, rn, exemptions, en, b->rounding, w->arena, s, &w->fault);
}

struct bill_taxes
bill_taxes_of(struct work *w, const struct bill_sums *s)
{
	struct bill_taxes t = {arena_array(w->arena, struct bill_tax, s->tax_n + 1), s->tax_n};

	for (size_t i = 0; i < s->tax_n; i++)
		t.rows[i] = (struct bill_tax){s->tax[i].name, s->tax[i].rate_ppm, s->tax[i].base_cents, s->tax[i].tax_cents};
	return t;
}

enum err
quote_issue(struct work *w, const struct bill_row *draft, const struct upcoming_bill *u)
{
	struct buf taxes = buf_open(w->arena, 256, TAXES_BYTES_MAX);
	struct bill_taxes kept = bill_taxes_of(w, &u->sums);
	const struct bill_moves none = {0};
	char number[BILL_NUMBER_MAX + 1];
	struct sealed sealed;
	struct str moved;
	uint64_t seq;

	shape_write(&bill_taxes_shape, &kept, &taxes);
	TRY(bill_number_next(w, BILL_QUOTE, &seq));
	TRY(bill_moves_write(w, &none, &moved));
	TRY(seal(w, draft, seq, u, &none, &sealed));
	TRY(sql_bill_issue(w->db, draft->id, BILL_ISSUED, seq, draft->day, draft->due_day, 0, u->sums.net_cents,
	    u->sums.tax_cents, u->sums.total_cents, buf_str(&taxes), w->now, sealed.bytes, str_of(sealed.by.kid),
	    (struct str){(const char *)sealed.under.signature, sizeof(sealed.under.signature)},
	    (struct str){(const char *)sealed.under.hash, sizeof(sealed.under.hash)}, moved, draft->version));
	bill_number(BILL_QUOTE, seq, number);
	return bill_told(w, draft, EVENT_BILL_ISSUED, str_of(number));
}

enum err
bill_number_next(struct work *w, enum bill_kind k, uint64_t *seq)
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

/* Held is the counter of its kind: nobody else's document can come between this one and the one before. */
static enum err
seal(struct work *w, const struct bill_row *row, uint64_t seq, const struct upcoming_bill *u,
    const struct bill_moves *moves, struct sealed *out)
{
	struct sealed_move *move = arena_array(w->arena, struct sealed_move, moves->rows_n + 1);
	struct customer_row customer;
	struct company_row company;
	struct bill_hash *before;
	char number[BILL_NUMBER_MAX + 1];
	struct sealed_bill b;

	TRY(sql_customer_one(w->db, row->customer_id, w->arena, &customer));
	TRY(sql_company(w->db, w->arena, &company));
	TRY(sql_bill_hash_before(w->db, row->kind, seq - 1, w->arena, &before));
	TRY(tell_signer(w, &out->by));
	for (size_t i = 0; i < moves->rows_n; i++)
		move[i] = (struct sealed_move){moves->rows[i].day, moves->rows[i].kind, moves->rows[i].number, moves->rows[i].what,
		    moves->rows[i].cents};
	bill_number(row->kind, seq, number);
	b = (struct sealed_bill){.company = company.name,
	    .company_address = bill_address(w, company.street, company.city, company.region, company.postcode),
	    .customer = customer.name, .customer_address = bill_address(w, customer.bill_street, customer.bill_city,
	        customer.bill_region, customer.bill_postcode),
	    .id = row->id, .customer_id = row->customer_id, .kind = row->kind, .number = str_of(number),
	    .currency = row->currency, .kid = str_of(out->by.kid), .issued_at = w->now, .day = row->day,
	    .due_day = row->due_day, .option = u->option, .option_n = u->option_n, .deposit_ppm = u->deposit_ppm,
	    .opening_cents = row->opening_cents, .move = move, .move_n = moves->rows_n, .line = u->line, .n = u->n, .sums = u->sums};
	if (before != NULL && before->hash.n == sizeof(b.previous))
		memcpy(b.previous, before->hash.p, sizeof(b.previous));
	TRY(seal_bill(&b, w->arena, &out->bytes, &w->fault));
	return tell_sign(w, &out->by, PROOF_BILL, out->bytes, &out->under);
}

struct str
bill_address(struct work *w, struct str street, struct str city, struct str region, struct str postcode)
{
	return str_trim(str_printf(w->arena, "%.*s\n%.*s %.*s %.*s", STR_ARG(street), STR_ARG(city), STR_ARG(region),
	    STR_ARG(postcode)));
}

enum err
bill_told(struct work *w, const struct bill_row *row, enum event_kind kind, struct str number)
{
	const struct event_value values[] = {{STR("number"), number}};

	return tell_event(w, &(struct event){.customer_id = row->customer_id, .kind = kind, .ref_kind = RECORD_BILL,
	    .ref_id = row->id, .values = values, .values_n = 1});
}
