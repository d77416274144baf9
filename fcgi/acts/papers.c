/*
 * fcgi/acts/papers.c -- load, decide, save, tell: mails with documents, statements.
 */
#include "fcgi/acts/papers.h"

#include "fcgi/acts/tell.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/contacts.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/payments.h"

#define READERS_MAX 20

/* Whoever gets the document by mail. */
struct reader {
	struct str name, email;
	enum language language;
};

static enum err readers(struct work *w, const struct customer_row *customer, enum message_kind kind,
    struct reader *out, size_t *n);
static void reader_add(struct reader *r, size_t *n, struct str name, struct str email, struct str language);
static enum err asked(struct work *w, const struct bill_row *bill, int64_t *cents);
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
act_bill_send(struct work *w, uint64_t id, uint32_t version)
{
	struct reader reader[READERS_MAX];
	struct customer_row customer;
	struct bill_row bill;
	size_t n;

	TRY(sql_bill_for_update(w->db, id, w->arena, &bill));
	if (bill.state != BILL_ISSUED || bill.version != version)
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	TRY(sql_customer_one(w->db, bill.customer_id, w->arena, &customer));
	TRY(readers(w, &customer, MESSAGE_BILL, reader, &n));
	if (n == 0)
		return fail(&w->fault, E_INVALID, "email", "Nobody of this customer wants bills by e-mail. Add an address first.");
	TRY(sql_bill_touch(w->db, id, version));
	TRY(audit(w, "bill.sent", "bill", id, reader[0].email));
	return tell_paper(w, id, PAPER_ASKED);
}

enum err
act_paper_mail(struct work *w, const struct paper_order *o)
{
	static const enum message_kind wanted[PAPER_WHYS] = {MESSAGE_BILL, MESSAGE_REMINDER, MESSAGE_BILL};
	struct reader reader[READERS_MAX];
	char number[BILL_NUMBER_MAX + 1];
	struct customer_row customer;
	struct company_row company;
	struct bill_row bill;
	uint64_t changed;
	int64_t cents;
	size_t n;

	if (o->why == PAPER_KEPT)
		return OK;
	TRY(sql_bill_one(w->db, o->bill_id, w->arena, &bill));
	/* Taken back, or paid, while the mail waited: nobody is asked for money that is not owed. */
	if (bill.state != BILL_ISSUED)
		return OK;
	TRY(asked(w, &bill, &cents));
	if (o->why == PAPER_REMINDER && cents <= 0)
		return OK;
	TRY(sql_customer_one(w->db, bill.customer_id, w->arena, &customer));
	TRY(sql_company(w->db, w->arena, &company));
	TRY(readers(w, &customer, wanted[o->why], reader, &n));
	bill_number(bill.kind, bill.seq.v, number);
	for (size_t i = 0; i < n; i++) {
		const enum language l = reader[i].language;
		const struct template_value v[] = {{STR("name"), reader[i].name}, {STR("company"), company.name},
		    {STR("what"), str_of(words_say(l, bill.kind == BILL_STATEMENT ? "Statement" : "Invoice"))},
		    {STR("number"), str_of(number)}, {STR("sum"), money_write(w->arena, cents, bill.currency, l)},
		    {STR("day"), words_day(w->arena, bill.due_day, l)},
		    {STR("url"), company_url(w->arena, w->house->config, w->tenant->slug, "portal/")}};

		TRY(tell_mail(w, o->why == PAPER_REMINDER ? MAIL_REMINDER : MAIL_BILL, reader[i].email, l, v,
		    sizeof(v) / sizeof(*v)));
	}
	return n > 0 ? sql_bill_sent(w->db, bill.id, w->now, &changed) : OK;
}

/* An invoice asks for what is open of it; a statement for all that the customer owes. */
static enum err
asked(struct work *w, const struct bill_row *bill, int64_t *cents)
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

/* The people of the account who want it; where there are none, the customer's own address. */
static enum err
readers(struct work *w, const struct customer_row *customer, enum message_kind kind, struct reader *out, size_t *n)
{
	struct contact_row *rows;
	size_t contacts;

	*n = 0;
	TRY(sql_contacts_of(w->db, customer->id, w->arena, &rows, &contacts));
	for (size_t i = 0; i < contacts; i++) {
		const struct contact_facts f = {rows[i].relation, rows[i].phone.n > 0, rows[i].email.n > 0, rows[i].by_sms,
		    rows[i].by_email};

		if (!rows[i].archived_at.is && contact_wants(&f, kind, CHANNEL_EMAIL))
			reader_add(out, n, rows[i].name.n > 0 ? rows[i].name : customer->name, rows[i].email,
			    rows[i].language.n > 0 ? rows[i].language : customer->language);
	}
	if (contacts == 0)
		reader_add(out, n, customer->name, customer->email, customer->language);
	return OK;
}

static void
reader_add(struct reader *r, size_t *n, struct str name, struct str email, struct str language)
{
	if (*n >= READERS_MAX || !mail_address_valid(email))
		return;
	for (size_t i = 0; i < *n; i++)
		if (str_eq_nocase(r[i].email, email))
			return;
	r[(*n)++] = (struct reader){name, email, language_of(language)};
}
