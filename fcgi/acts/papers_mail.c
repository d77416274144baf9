/*
 * fcgi/acts/papers_mail.c -- documents on their way: what the letter and the text say; who reads them says the table of rules.
 */
#include "fcgi/acts/papers.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_message.h"
#include "fcgi/acts/tell_pay.h"
#include "fcgi/acts/tell_quote.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/payments.h"

static enum err mail_bill(struct work *w, uint64_t id, enum paper_why why);
static struct str cause(struct work *w, const struct bill_row *bill, enum paper_why why);
static enum err mail_quote(struct work *w, const struct bill_row *bill, enum paper_why why);
static enum err mail_receipt(struct work *w, uint64_t id);

enum err
act_bill_send(struct work *w, uint64_t id, uint32_t version)
{
	struct str email;
	struct bill_row bill;

	TRY(sql_bill_for_update(w->db, id, w->arena, &bill));
	if (bill.state != BILL_ISSUED || bill.version != version)
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	TRY(tell_mailed(w, OCCASION_BILL, bill.customer_id, &email));
	if (email.n == 0)
		return fail(&w->fault, E_INVALID, "email", "Nobody of this customer wants bills by e-mail. Add an address first.");
	TRY(sql_bill_touch(w->db, id, version));
	TRY(audit(w, "bill.sent", "bill", id, email));
	return tell_paper(w, id, PAPER_ASKED);
}

enum err
act_paper_mail(struct work *w, uint64_t id, enum paper_why why)
{
	if (why == PAPER_KEPT)
		return OK;
	return why == PAPER_RECEIPT ? mail_receipt(w, id) : mail_bill(w, id, why);
}

/* By the company's rule; what somebody of the office sends goes out whatever it says, each time. */
static enum err
mail_bill(struct work *w, uint64_t id, enum paper_why why)
{
	struct template_value v[LANGUAGES][5];
	char number[BILL_NUMBER_MAX + 1];
	struct bill_row bill;
	uint64_t changed;
	size_t said;
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
	bill_number(bill.kind, bill.seq.v, number);
	TRY(link_show(w, LINK_PAY, bill.id, PAY_LINK_S, "portal/bill", &url));
	for (unsigned l = 0; l < LANGUAGES; l++) {
		const enum language in = (enum language)l;

		v[l][0] = (struct template_value){STR("what"), str_of(words_say(in, bill.kind == BILL_STATEMENT ? "Statement" : "Invoice"))};
		v[l][1] = (struct template_value){STR("number"), str_of(number)};
		v[l][2] = (struct template_value){STR("sum"), money_write(w->arena, cents, bill.currency, in)};
		v[l][3] = (struct template_value){STR("day"), words_day(w->arena, bill.due_day, in)};
		v[l][4] = (struct template_value){STR("url"), url};
	}
	TRY(tell_occasion(w, &(struct occurrence){.occasion = why == PAPER_REMINDER ? OCCASION_REMINDER : OCCASION_BILL,
	    .customer_id = bill.customer_id, .key = cause(w, &bill, why), .values = {v[ENGLISH], v[SPANISH]}, .values_n = 5,
	    .ref_kind = RECORD_BILL, .ref_id = id, .file_id = {true, id}, .asked = why == PAPER_ASKED, .texted = cents <= 0}, &said));
	return said > 0 ? sql_bill_sent(w->db, bill.id, w->now, &changed) : OK;
}

/* A bill is issued once; each reminder and each click on "send" is another cause. */
static struct str
cause(struct work *w, const struct bill_row *bill, enum paper_why why)
{
	const unsigned long long id = bill->id;

	return why == PAPER_ISSUED ? str_printf(w->arena, "%llu", id) : str_printf(w->arena, "%llu:v%u", id, bill->version);
}

/* An offer goes to who reads them, with the link that answers it; after that, that the office has answered a question. */
static enum err
mail_quote(struct work *w, const struct bill_row *bill, enum paper_why why)
{
	const bool answer = why == PAPER_REMINDER;
	struct template_value v[LANGUAGES][4];
	uint64_t changed;
	struct str url;
	size_t said;

	if (bill->state == BILL_VOID || (!answer && bill->state != BILL_ISSUED))
		return OK;
	TRY(quote_link(w, bill->id, bill->due_day, &url));
	for (unsigned l = 0; l < LANGUAGES; l++) {
		v[l][0] = (struct template_value){STR("number"), quote_number(w, bill->seq)};
		v[l][1] = (struct template_value){STR("url"), url};
		v[l][2] = (struct template_value){STR("title"), audit_cut(w->arena, bill->title, 60)};
		v[l][3] = (struct template_value){STR("day"), words_day(w->arena, bill->due_day, (enum language)l)};
	}
	TRY(tell_occasion(w, &(struct occurrence){.occasion = answer ? OCCASION_ANSWER : OCCASION_QUOTE,
	    .customer_id = bill->customer_id, .key = cause(w, bill, why), .values = {v[ENGLISH], v[SPANISH]},
	    .values_n = answer ? 2 : 4, .ref_kind = RECORD_BILL, .ref_id = bill->id, .file_id = {!answer, bill->id}, .asked = true},
	    &said));
	return said > 0 && !answer ? sql_bill_sent(w->db, bill->id, w->now, &changed) : OK;
}

static enum err
mail_receipt(struct work *w, uint64_t id)
{
	struct template_value v[LANGUAGES][5];
	struct payment_row pay;

	TRY(sql_payment_one(w->db, id, w->arena, &pay));
	if (pay.state != PAYMENT_SETTLED)
		return OK;
	for (unsigned l = 0; l < LANGUAGES; l++) {
		const enum language in = (enum language)l;

		v[l][0] = (struct template_value){STR("number"), paper_receipt_number(w, &pay)};
		v[l][1] = (struct template_value){STR("sum"), money_write(w->arena, pay.cents, pay.currency, in)};
		v[l][2] = (struct template_value){STR("way"), str_of(words_say(in, paper_way_words[pay.way]))};
		v[l][3] = (struct template_value){STR("day"), words_day(w->arena, pay.day, in)};
		v[l][4] = (struct template_value){STR("url"), company_url(w, "portal/")};
	}
	return tell_occasion(w, &(struct occurrence){.occasion = OCCASION_RECEIPT, .customer_id = pay.customer_id,
	    .key = str_printf(w->arena, "%llu", (unsigned long long)id), .values = {v[ENGLISH], v[SPANISH]}, .values_n = 5,
	    .ref_kind = RECORD_PAYMENT, .ref_id = id, .file_id = {true, id}}, NULL);
}
