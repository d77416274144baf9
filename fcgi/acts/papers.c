/*
 * fcgi/acts/papers.c -- load, decide, save, tell: what stands on a document, its paper and its proof; statements.
 */
#include "fcgi/acts/papers.h"

#include "domain/base/id.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_proof.h"
#include "fcgi/acts/tell_pay.h"
#include "fcgi/acts/tell_quote.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/files.h"
#include "sql/tenant/queries/payments.h"
#include "sql/tenant/queries/quotes.h"
#include "tenancy/files.h"

#define PAPER_LINK_S (INT64_C(10) * 366 * 86400) /* papers are kept for years */
#define SHEETS_BYTES_MAX (16 * 1024 * 1024)

static enum err document(struct work *w, uint64_t id, struct buf *b);
static enum err receipt(struct work *w, uint64_t id, struct buf *b);
static enum err numbered(struct work *w, struct payment_row *pay);
static enum err offered(struct work *w, uint64_t id, struct sheet *s);
static struct statement_line line_of(struct work *w, const struct statement_row *row);

enum err
act_statement(struct work *w, uint64_t customer_id, const struct statement_query *q, struct statement *out)
{
	struct cents_row owed, free_of;
	struct customer_row customer;
	struct company_row company;
	struct statement_row *rows;
	const struct day before = day_add(q->from, -1);
	size_t n;

	if (q->to.n < q->from.n)
		return fail(&w->fault, E_INVALID, "to", "The last day is before the first.");
	TRY(sql_customer_one(w->db, customer_id, w->arena, &customer));
	TRY(sql_company(w->db, w->arena, &company));
	TRY(sql_customer_account(w->db, customer_id, ACCOUNT_RECEIVABLE, before, w->arena, &owed));
	TRY(sql_customer_account(w->db, customer_id, ACCOUNT_UNAPPLIED, before, w->arena, &free_of));
	TRY(sql_statement_lines(w->db, customer_id, q->from, q->to, ACCOUNT_RECEIVABLE, ACCOUNT_UNAPPLIED, w->arena, &rows,
	    &n));
	if (n > STATEMENT_LINES_MAX)
		return fail(&w->fault, E_LIMIT, "to", "This is too much for one look. Choose fewer days.");
	*out = (struct statement){.customer_id = customer_id, .customer = customer.name, .currency = company.currency,
	    .from = q->from, .to = q->to, .opening_cents = owed.cents + free_of.cents, .lines_n = n,
	    .lines = arena_array(w->arena, struct statement_line, n + 1)};
	out->closing_cents = out->opening_cents;
	for (size_t i = 0; i < n; i++) {
		TRY(cents_add(out->closing_cents, rows[i].cents, &out->closing_cents, &w->fault));
		out->lines[i] = line_of(w, &rows[i]);
		out->lines[i].balance_cents = out->closing_cents;
	}
	return OK;
}

static struct statement_line
line_of(struct work *w, const struct statement_row *row)
{
	struct statement_line l = {.day = row->day, .kind = row->kind, .bill_id = row->bill_id,
	    .payment_id = row->payment_id, .way = row->way, .cents = row->cents, .number = STR(""),
	    .what = row->kind == POSTING_PAY ? row->reference : row->title.n > 0 ? row->title : row->reason};
	char number[BILL_NUMBER_MAX + 1];

	if (row->seq > 0) {
		bill_number(row->bill_kind, row->seq, number);
		l.number = str_copy(w->arena, str_of(number));
	}
	return l;
}

enum err
act_paper_draw(struct work *w, const struct paper_order *o, struct str *sheets)
{
	struct buf b = buf_open(w->arena, 16384, SHEETS_BYTES_MAX);

	for (size_t i = 0; i < o->ids_n; i++) {
		struct file_number_row kept;

		TRY(sql_paper_kept(w->db, o->ids[i].id, w->arena, &kept));
		if (kept.number > 0)
			continue;
		if (o->why == PAPER_RECEIPT)
			TRY(receipt(w, o->ids[i].id, &b));
		else
			TRY(document(w, o->ids[i].id, &b));
	}
	*sheets = buf_str(&b);
	return OK;
}

enum err
act_paper_drawn(struct work *w, uint64_t id, enum paper_why why, uint32_t bytes)
{
	struct file_number_row kept;
	char number[BILL_NUMBER_MAX + 1];
	struct payment_row pay;
	struct bill_row bill;

	TRY(sql_paper_kept(w->db, id, w->arena, &kept));
	if (kept.number > 0 || bytes == 0)
		return OK;
	if (why == PAPER_RECEIPT) {
		TRY(sql_payment_one(w->db, id, w->arena, &pay));
		return sql_file_insert(w->db, id, pay.customer_id, RECORD_PAYMENT, id, paper_receipt_number(w, &pay),
		    str_of(file_mime(FILE_PDF)), FILE_READY, bytes, 0, 0, (struct maybe_i64){0}, 0, w->now);
	}
	TRY(sql_bill_one(w->db, id, w->arena, &bill));
	bill_number(bill.kind, bill.seq.v, number);
	return sql_file_insert(w->db, id, bill.customer_id, RECORD_BILL, id, str_of(number), str_of(file_mime(FILE_PDF)),
	    FILE_READY, bytes, 0, 0, (struct maybe_i64){0}, 0, w->now);
}

/* A document as lines of text, in the customer's language. */
static enum err
document(struct work *w, uint64_t id, struct buf *b)
{
	struct bill_sealed_row sealed;
	struct bill_moved_row moved;
	struct bill_moves moves;
	struct bill_taxes taxes;
	struct charge_row *rows;
	struct tax_sum *tax;
	struct bill_row bill;
	struct sheet s;
	size_t n;

	TRY(sql_bill_one(w->db, id, w->arena, &bill));
	if (!bill.seq.is)
		return fail(&w->fault, E_STALE, NULL, "A draft has no paper yet.");
	TRY(tell_sheet(w, id, bill.customer_id, bill.kind, bill.seq.v, &s));
	TRY(sql_charges_of_bill(w->db, id, w->arena, &rows, &n));
	TRY(shape_read(&bill_taxes_shape, bill.taxes, w->arena, &taxes, &w->fault));
	tax = arena_array(w->arena, struct tax_sum, taxes.rows_n + 1);
	for (size_t i = 0; i < taxes.rows_n; i++)
		tax[i] = (struct tax_sum){0, taxes.rows[i].rate_ppm, taxes.rows[i].name, taxes.rows[i].base_cents,
		    taxes.rows[i].tax_cents};
	TRY(sql_bill_sealed(w->db, id, w->arena, &sealed));
	if (sealed.kid.n > 0) {
		TRY(link_show(w, LINK_PAPER, id, PAPER_LINK_S, "portal/verify", &s.verify_url));
		TRY(tell_proof(w, PROOF_BILL, sealed.body, sealed.kid, sealed.signature, &s.proof));
	}
	if (bill.kind == BILL_STATEMENT) {
		TRY(sql_bill_moved(w->db, id, w->arena, &moved));
		TRY(bill_moves_read(w, moved.moved, &moves));
		tell_sheet_moves(w, &moves, &s);
	}
	s.currency = bill.currency;
	s.title = bill.title;
	s.note = bill.note;
	s.day = bill.day;
	s.due_day = bill.due_day;
	s.opening_cents = bill.opening_cents;
	tell_sheet_lines(w, rows, n, &s);
	s.net_cents = bill.net_cents;
	s.tax_cents = bill.tax_cents;
	s.total_cents = bill.total_cents;
	s.tax = tax;
	s.tax_n = taxes.rows_n;
	if (bill.kind == BILL_QUOTE)
		TRY(offered(w, id, &s));
	return sheet_write(&s, w->arena, b, &w->fault);
}

/* What an offer lets the customer pick from, and what is asked for in advance. */
static enum err
offered(struct work *w, uint64_t id, struct sheet *s)
{
	struct sheet_option *option;
	struct quote_body body;
	struct quote_row row;

	TRY(sql_quote_one(w->db, id, BILL_QUOTE, w->arena, &row));
	TRY(quote_body_read(w, row.quote, &body));
	option = arena_array(w->arena, struct sheet_option, body.options_n + 1);
	for (size_t i = 0; i < body.options_n; i++)
		option[i] = (struct sheet_option){body.options[i].name, body.options[i].text, body.options[i].total_cents};
	s->option = option;
	s->option_n = body.options_n > 1 ? body.options_n : 0;
	s->deposit_ppm = body.deposit_ppm;
	s->deposit_cents = body.options_n == 1 ? body.options[0].deposit_cents : 0;
	return OK;
}

static enum err
receipt(struct work *w, uint64_t id, struct buf *b)
{
	struct applied_row *applied;
	struct sheet_receipt r = {0};
	struct sheet_paid *paid;
	struct open_item free_of;
	struct payment_row pay;
	uint64_t small;
	size_t n;

	TRY(sql_payment_one(w->db, id, w->arena, &pay));
	TRY(numbered(w, &pay));
	TRY(payment_open(w, &pay, &free_of));
	TRY(surcharge_bill(w, id, &small));
	TRY(tell_sheet(w, id, pay.customer_id, BILL_RECEIPT, 0, &r.as));
	TRY(sql_entries_applied_of_payment(w->db, id, ACCOUNT_RECEIVABLE, w->arena, &applied, &n));
	paid = arena_array(w->arena, struct sheet_paid, n + 1);
	for (size_t i = 0; i < n; i++) {
		char number[BILL_NUMBER_MAX + 1] = "";

		if (applied[i].seq.is)
			bill_number(applied[i].kind, applied[i].seq.v, number);
		paid[i] = (struct sheet_paid){str_copy(w->arena, str_of(number)), applied[i].day, applied[i].cents};
		/* The card networks want it as a line of its own that says what it is. */
		if (applied[i].bill_id == small)
			paid[i].number = str_printf(w->arena, "%s \xc2\xb7 %s", number, words_say(r.as.language, "Card surcharge"));
	}
	r.as.number = paper_receipt_number(w, &pay);
	r.as.currency = pay.currency;
	r.as.day = r.as.due_day = pay.day;
	r.way = str_of(words_say(r.as.language, paper_way_words[pay.way]));
	r.reference = pay.reference;
	r.cents = pay.cents;
	r.free_cents = free_of.cents;
	r.paid = paid;
	r.n = n;
	return sheet_receipt_write(&r, w->arena, b, &w->fault);
}

/* Its number is given when it is drawn the first time; whoever draws it again draws the same. */
static enum err
numbered(struct work *w, struct payment_row *pay)
{
	uint64_t seq, changed;

	if (pay->seq.is)
		return OK;
	TRY(bill_number_next(w, BILL_RECEIPT, &seq));
	TRY(sql_payment_number(w->db, pay->id, seq, &changed));
	if (changed == 0)
		return fail(&w->fault, E_RETRY, NULL, "The house is busy. Please try again."); /* somebody else's is kept, and ours not used */
	pay->seq = (struct maybe_u64){true, seq};
	return OK;
}

/* "R-000042". What went out before receipts had numbers keeps the letters of its payment. */
struct str
paper_receipt_number(struct work *w, const struct payment_row *pay)
{
	char letters[ID_LETTERS + 1], number[BILL_NUMBER_MAX + 1];

	if (pay->seq.is) {
		bill_number(BILL_RECEIPT, pay->seq.v, number);
		return str_copy(w->arena, str_of(number));
	}
	id_write(pay->id, letters);
	return str_printf(w->arena, "R-%s", letters);
}

enum err
act_paper_serve(struct work *w, uint64_t bill_id, struct paper_served *out)
{
	struct file_row *rows;
	size_t n;

	TRY(sql_files_of_record(w->db, RECORD_BILL, bill_id, w->arena, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].id == bill_id) {
			*out = (struct paper_served){str_printf(w->arena, "%.*s.%s", STR_ARG(rows[i].name), SHEET_ENDING),
			    str_printf(w->arena, "%s/%.*s", w->tenant->schema, STR_ARG(file_name(w->arena, bill_id, SHEET_ENDING)))};
			return OK;
		}
	return fail(&w->fault, E_NOT_FOUND, NULL, NULL);
}

enum err
act_paper_proof(struct work *w, uint64_t bill_id, struct paper_proof *out)
{
	struct bill_sealed_row sealed;
	char number[BILL_NUMBER_MAX + 1] = "";
	struct bill_row bill;

	TRY(sql_bill_one(w->db, bill_id, w->arena, &bill));
	TRY(sql_bill_sealed(w->db, bill_id, w->arena, &sealed));
	if (!bill.seq.is || sealed.kid.n == 0)
		return fail(&w->fault, E_STALE, NULL, "This document is not signed.");
	bill_number(bill.kind, bill.seq.v, number);
	out->number = str_copy(w->arena, str_of(number));
	return tell_proof(w, PROOF_BILL, sealed.body, sealed.kid, sealed.signature, &out->proof);
}

enum err
act_paper_shown(struct work *w, struct str token, struct paper_proof *out)
{
	uint64_t bill_id;

	TRY(link_shown(w, LINK_PAPER, token, &bill_id));
	return act_paper_proof(w, bill_id, out);
}

enum err
act_paper_make(struct work *w, uint64_t bill_id)
{
	struct bill_row bill;

	TRY(sql_bill_one(w->db, bill_id, w->arena, &bill));
	if (!bill.seq.is)
		return fail(&w->fault, E_STALE, NULL, "A draft has no paper yet.");
	return tell_paper(w, bill_id, PAPER_KEPT);
}
