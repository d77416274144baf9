/*
 * fcgi/acts/processor_order.c -- what the jobs of a payment read before they ask the processor, and write down after it.
 */
#include "domain/base/id.h"
#include "fcgi/acts/processor.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_bill.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/credentials.h"
#include "sql/tenant/queries/processor.h"

static struct method_row *left_for(struct work *w, const struct pay_wants *wants);
static enum err what_for(struct work *w, const struct pay_wants *wants, struct str *out);

enum err
act_pay_order(struct work *w, uint64_t payment_id, struct pay_order_read *out)
{
	struct method_row *methods;
	struct person_line *person;
	struct company_row company;
	struct processor p;
	uint64_t pays;
	size_t n;

	*out = (struct pay_order_read){0};
	TRY(sql_processed_one(w->db, payment_id, w->arena, &out->row));
	pays = out->row.customer_id;
	TRY(tell_holder(w, &pays));
	TRY(pay_wants_read(w, out->row.wants, &out->wants));
	TRY(processor_read(w, &p));
	TRY(sql_company(w->db, w->arena, &company));
	TRY(sql_customer_person(w->db, pays, w->arena, &person));
	out->account = p.account;
	out->company = company.name;
	out->email = person == NULL ? STR("") : person->email;
	out->language = person == NULL ? ENGLISH : language_of(person->language);
	out->provider_customer = STR("");
	TRY(sql_methods_of_customer(w->db, pays, w->arena, &methods, &n));
	if (n > 0)
		out->provider_customer = methods[0].provider_customer;
	for (size_t i = 0; i < n; i++)
		if (methods[i].id == out->row.method_id)
			out->method = &methods[i];
	if (out->wants.agreed.v)
		out->method = left_for(w, &out->wants);
	/* A charge whose card was taken away meanwhile; one that somebody has answered already. */
	out->over = out->row.state != PAYMENT_BEGUN || (out->row.method_id != 0 && out->method == NULL);
	return what_for(w, &out->wants, &out->what);
}

/* What was left for this payment alone. */
static struct method_row *
left_for(struct work *w, const struct pay_wants *wants)
{
	struct method_row *m = arena_new(w->arena, struct method_row);

	*m = (struct method_row){.provider_customer = wants->card_customer.v, .provider_id = wants->card.v,
	    .kind = wants->card_is_bank.v ? METHOD_BANK : METHOD_CARD};
	return m;
}

/* "Bill INV-000042", or the company's word for money on account. */
static enum err
what_for(struct work *w, const struct pay_wants *wants, struct str *out)
{
	char number[BILL_NUMBER_MAX + 1];
	struct bill_row bill;

	*out = STR("Payment");
	if (wants->rows_n == 0)
		return OK;
	TRY(sql_bill_one(w->db, wants->rows[0].bill_id, w->arena, &bill));
	if (!bill.seq.is)
		return OK;
	bill_number(bill.kind, bill.seq.v, number);
	*out = str_copy(w->arena, str_of(number));
	return OK;
}

enum err
act_pay_page(struct work *w, uint64_t payment_id, struct str page, struct str url)
{
	struct processed_row row;
	struct pay_wants wants;
	struct str stored;

	TRY(sql_processed_for_update(w->db, payment_id, w->arena, &row));
	TRY(pay_wants_read(w, row.wants, &wants));
	wants.url = (struct maybe_str){true, url};
	wants.page = (struct maybe_str){true, page};
	wants.page_until = (struct maybe_i64){true, w->now + PAGE_MINUTES * 60};
	TRY(pay_wants_write(w, &wants, &stored));
	if (!row.provider_id.is)
		row.provider_id = (struct maybe_str){true, page};
	return sql_processed_save(w->db, row.id, row.way, row.state, row.day, stored, row.provider_id, row.method_id, row.reason,
	    row.settled_at, row.version);
}

enum err
act_pay_refused(struct work *w, uint64_t payment_id, struct str why)
{
	struct processed_row row;
	struct pay_wants wants;

	TRY(sql_processed_for_update(w->db, payment_id, w->arena, &row));
	if (row.state != PAYMENT_BEGUN)
		return OK;
	TRY(pay_wants_read(w, row.wants, &wants));
	TRY(tell_card_dropped(w, row.customer_id, &wants));
	return sql_processed_save(w->db, row.id, row.way, PAYMENT_FAILED, row.day, row.wants, row.provider_id, row.method_id,
	    str_sub(why, 0, 200), row.settled_at, row.version);
}

enum err
act_pay_left(struct work *w, struct str payment, const struct method_seen *card, struct pay_left *out)
{
	struct processed_row row;
	struct pay_wants wants;
	struct str stored;
	uint64_t id;
	enum err e;

	*out = (struct pay_left){.consent = STR("")};
	if (!id_read(payment, &id) || card == NULL)
		return OK;
	e = sql_processed_for_update(w->db, id, w->arena, &row);
	if (tell_absent(w, e))
		return OK;
	TRY(e);
	TRY(pay_wants_read(w, row.wants, &wants));
	/* Told before, or over meanwhile. */
	if (wants.asks.v && (wants.card.is || row.state != PAYMENT_BEGUN))
		return OK;
	if (!wants.asks.v || wants.keep.v)
		*out = (struct pay_left){row.customer_id, wants.consent.is ? wants.consent.v : STR("")};
	if (!wants.asks.v)
		/* Nothing was to be paid: its row was only the order of a page, and is not shown. */
		return sql_processed_save(w->db, id, row.way, PAYMENT_FAILED, row.day, row.wants, row.provider_id, row.method_id,
		    STR(""), row.settled_at, row.version);
	wants.card = (struct maybe_str){true, card->provider_id};
	wants.card_customer = (struct maybe_str){true, card->provider_customer};
	wants.card_name = (struct maybe_str){true, card->brand};
	wants.card_last4 = (struct maybe_str){true, card->last4};
	wants.funding = (struct maybe_str){true, card->funding};
	wants.card_is_bank = (struct maybe_bool){true, card->kind == METHOD_BANK};
	wants.url = (struct maybe_str){0};
	TRY(pay_wants_write(w, &wants, &stored));
	return sql_processed_save(w->db, id, row.way, row.state, row.day, stored, row.provider_id, row.method_id, row.reason,
	    row.settled_at, row.version);
}
