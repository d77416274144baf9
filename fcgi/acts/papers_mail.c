/*
 * fcgi/acts/papers_mail.c -- documents on their way: who of a customer reads them, what the letter and the text say.
 */
#include "fcgi/acts/papers.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_message.h"
#include "fcgi/acts/tell_pay.h"
#include "fcgi/acts/tell_quote.h"
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
static enum err mail_bill(struct work *w, uint64_t id, enum paper_why why);
static enum err mail_quote(struct work *w, const struct bill_row *bill, enum paper_why why);
static enum err text_bill(struct work *w, const struct bill_row *bill, const struct customer_row *customer,
    enum message_kind kind, int64_t cents, struct str url, size_t *texts);
static bool texts_to(const struct contact_row *row, enum message_kind kind);
static enum err mail_receipt(struct work *w, uint64_t id);

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
act_paper_mail(struct work *w, uint64_t id, enum paper_why why)
{
	if (why == PAPER_KEPT)
		return OK;
	return why == PAPER_RECEIPT ? mail_receipt(w, id) : mail_bill(w, id, why);
}

static enum err
mail_bill(struct work *w, uint64_t id, enum paper_why why)
{
	static const enum message_kind wanted[PAPER_WHYS] = {MESSAGE_BILL, MESSAGE_REMINDER, MESSAGE_BILL};
	struct reader reader[READERS_MAX];
	char number[BILL_NUMBER_MAX + 1];
	struct customer_row customer;
	struct company_row company;
	struct bill_row bill;
	uint64_t changed;
	size_t n, texts;
	int64_t cents;
	struct str url;

	TRY(sql_bill_one(w->db, id, w->arena, &bill));
	if (bill.kind == BILL_QUOTE)
		return mail_quote(w, &bill, why);
	/* Taken back, or paid, while the mail waited: nobody is asked for money that is not owed. */
	if (bill.state != BILL_ISSUED)
		return OK;
	TRY(bill_asked(w, &bill, &cents));
	if (why == PAPER_REMINDER && cents <= 0)
		return OK;
	TRY(sql_customer_one(w->db, bill.customer_id, w->arena, &customer));
	TRY(sql_company(w->db, w->arena, &company));
	TRY(readers(w, &customer, wanted[why], reader, &n));
	bill_number(bill.kind, bill.seq.v, number);
	TRY(link_show(w, LINK_PAY, bill.id, PAY_LINK_S, "portal/bill", &url));
	TRY(text_bill(w, &bill, &customer, wanted[why], cents, url, &texts));
	for (size_t i = 0; i < n; i++) {
		const enum language l = reader[i].language;
		const struct template_value v[] = {{STR("name"), reader[i].name}, {STR("company"), company.name},
		    {STR("what"), str_of(words_say(l, bill.kind == BILL_STATEMENT ? "Statement" : "Invoice"))},
		    {STR("number"), str_of(number)}, {STR("sum"), money_write(w->arena, cents, bill.currency, l)},
		    {STR("day"), words_day(w->arena, bill.due_day, l)}, {STR("url"), url}};

		TRY(tell_mail_with(w, why == PAPER_REMINDER ? MAIL_REMINDER : MAIL_BILL, reader[i].email, l, v,
		    sizeof(v) / sizeof(*v), (struct maybe_u64){true, id}));
	}
	return n + texts > 0 ? sql_bill_sent(w->db, bill.id, w->now, &changed) : OK;
}

/* Text to pay: a sum and the link, to those of the account who want bills on their phone. */
static enum err
text_bill(struct work *w, const struct bill_row *bill, const struct customer_row *customer, enum message_kind kind,
    int64_t cents, struct str url, size_t *texts)
{
	const enum occasion occasion = kind == MESSAGE_REMINDER ? OCCASION_REMINDER : OCCASION_BILL;
	struct occasion_rule rule;
	struct contact_row *row;
	struct company_row company;
	struct texting texting;
	char number[BILL_NUMBER_MAX + 1];
	size_t n;

	*texts = 0;
	TRY(tell_rule(w, occasion, &rule));
	TRY(tell_texting(w, &texting));
	if (texting.number.n == 0 || rule.sms == TELLING_OFF || cents <= 0)
		return OK;
	TRY(sql_company(w->db, w->arena, &company));
	TRY(sql_contacts_of(w->db, customer->id, w->arena, &row, &n));
	bill_number(bill->kind, bill->seq.v, number);
	for (size_t i = 0; i < n && *texts < READERS_MAX; i++) {
		const enum language l = language_of(row[i].language.n > 0 ? row[i].language : customer->language);

		if (!texts_to(&row[i], kind))
			continue;
		const struct message_order o = {.occasion = occasion, .medium = MEDIUM_SMS, .customer_id = customer->id,
		    .address = row[i].phone, .language = l, .ask = rule.sms == TELLING_ASK, .ref_kind = RECORD_BILL,
		    .ref_id = bill->id,
		    .text = str_printf(w->arena, "%.*s: %s %s, %.*s. %s %.*s", STR_ARG(company.name),
		        words_say(l, bill->kind == BILL_STATEMENT ? "Statement" : "Invoice"), number,
		        STR_ARG(money_write(w->arena, cents, bill->currency, l)), words_say(l, "See and pay it:"), STR_ARG(url))};

		TRY(tell_message(w, &o, NULL));
		++*texts;
	}
	return OK;
}

static bool
texts_to(const struct contact_row *row, enum message_kind kind)
{
	const struct contact_facts f = {row->relation, row->phone.n > 0, row->email.n > 0, row->by_sms, row->by_email};

	return !row->archived_at.is && contact_wants(&f, kind, CHANNEL_SMS);
}

/* An offer goes to who reads them, with the link that answers it; after that, that the office has answered a question. */
static enum err
mail_quote(struct work *w, const struct bill_row *bill, enum paper_why why)
{
	struct reader reader[READERS_MAX];
	struct customer_row customer;
	struct company_row company;
	struct str url, title = audit_cut(w->arena, bill->title, 60);
	uint64_t changed;
	size_t n;

	if (bill->state == BILL_VOID || (why != PAPER_REMINDER && bill->state != BILL_ISSUED))
		return OK;
	TRY(sql_customer_one(w->db, bill->customer_id, w->arena, &customer));
	TRY(sql_company(w->db, w->arena, &company));
	TRY(readers(w, &customer, MESSAGE_QUOTE, reader, &n));
	TRY(quote_link(w, bill->id, bill->due_day, &url));
	for (size_t i = 0; i < n; i++) {
		const struct str number = quote_number(w, bill->seq);
		const struct template_value word[] = {{STR("name"), reader[i].name}, {STR("company"), company.name},
		    {STR("number"), number}, {STR("url"), url}};
		const struct template_value v[] = {{STR("name"), reader[i].name}, {STR("company"), company.name},
		    {STR("number"), number}, {STR("title"), title},
		    {STR("day"), words_day(w->arena, bill->due_day, reader[i].language)}, {STR("url"), url}};

		if (why == PAPER_REMINDER)
			TRY(tell_mail(w, MAIL_QUOTE_WORD, reader[i].email, reader[i].language, word, sizeof(word) / sizeof(*word)));
		else
			TRY(tell_mail_with(w, MAIL_QUOTE, reader[i].email, reader[i].language, v, sizeof(v) / sizeof(*v),
			    (struct maybe_u64){true, bill->id}));
	}
	return n > 0 && why != PAPER_REMINDER ? sql_bill_sent(w->db, bill->id, w->now, &changed) : OK;
}

static enum err
mail_receipt(struct work *w, uint64_t id)
{
	struct reader reader[READERS_MAX];
	struct customer_row customer;
	struct company_row company;
	struct payment_row pay;
	size_t n;

	TRY(sql_payment_one(w->db, id, w->arena, &pay));
	if (pay.state != PAYMENT_SETTLED)
		return OK;
	TRY(sql_customer_one(w->db, pay.customer_id, w->arena, &customer));
	TRY(sql_company(w->db, w->arena, &company));
	TRY(readers(w, &customer, MESSAGE_RECEIPT, reader, &n));
	for (size_t i = 0; i < n; i++) {
		const enum language l = reader[i].language;
		const struct template_value v[] = {{STR("name"), reader[i].name}, {STR("company"), company.name},
		    {STR("number"), paper_receipt_number(w, &pay)}, {STR("sum"), money_write(w->arena, pay.cents, pay.currency, l)},
		    {STR("way"), str_of(words_say(l, paper_way_words[pay.way]))}, {STR("day"), words_day(w->arena, pay.day, l)},
		    {STR("url"), company_url(w->arena, w->house->config, w->tenant->slug, "portal/")}};

		TRY(tell_mail_with(w, MAIL_RECEIPT, reader[i].email, l, v, sizeof(v) / sizeof(*v), (struct maybe_u64){true, id}));
	}
	return OK;
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
