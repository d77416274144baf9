/*
 * fcgi/acts/quotes_back.c -- a job that was called off: its deposit is the customer's again.
 *
 * The invoice of the deposit is taken back; what was paid of it pays nothing any more, and is there to be refunded or to
 * pay the next bill. The office decides which: it is told.
 */
#include "fcgi/acts/quotes.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_alert.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/payments.h"
#include "sql/tenant/queries/quotes.h"
#include "sql/tenant/queries/visits.h"

static enum err freed(struct work *w, const struct billing *b, uint64_t bill_id, int64_t *cents);
static enum err taken_back(struct work *w, const struct billing *b, const struct quote_row *quote, const struct bill_row *bill);
static enum err told(struct work *w, const struct quote_row *quote, int64_t cents);

enum err
act_quote_called_off(struct work *w, uint64_t visit_id)
{
	struct quote_id_row *found;
	struct quote_body body;
	struct quote_row quote;
	struct bill_row bill;
	struct billing b;
	struct visit v;
	int64_t cents;

	TRY(sql_visit_one(w->db, visit_id, w->arena, &v));
	TRY(sql_quote_of_visit(w->db, visit_id, BILL_QUOTE, w->arena, &found));
	if (found == NULL || v.state != VISIT_CANCELLED)
		return OK; /* it is wanted after all */
	TRY(sql_quote_for_update(w->db, found->id, BILL_QUOTE, w->arena, &quote));
	TRY(quote_body_read(w, quote.quote, &body));
	if (!body.deposit_id.is)
		return OK;
	TRY(sql_bill_for_update(w->db, body.deposit_id.v, w->arena, &bill));
	if (bill.state != BILL_ISSUED)
		return OK;
	TRY(billing_read(w, &b));
	TRY(freed(w, &b, bill.id, &cents));
	TRY(taken_back(w, &b, &quote, &bill));
	return told(w, &quote, cents);
}

/* What was paid of it is nobody's but the customer's. */
static enum err
freed(struct work *w, const struct billing *b, uint64_t bill_id, int64_t *cents)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct applied_row *applied;
	struct payment_row pay;
	struct posting p;
	size_t n;

	*cents = 0;
	TRY(sql_entries_applied_to_bill(w->db, bill_id, ACCOUNT_RECEIVABLE, w->arena, &applied, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(sql_payment_for_update(w->db, applied[i].payment_id, w->arena, &pay));
		TRY(posting_unapply(pay.customer_id, pay.id, bill_id, applied[i].cents, applied[i].cents, today, &p, &w->fault));
		TRY(sql_payment_touch(w->db, pay.id, pay.version));
		TRY(tell_posting(w, b, &p));
		TRY(cents_add(*cents, applied[i].cents, cents, &w->fault));
	}
	return OK;
}

static enum err
taken_back(struct work *w, const struct billing *b, const struct quote_row *quote, const struct bill_row *bill)
{
	const struct str reason = STR("The job was called off.");
	struct posting issued, back;
	struct open_item open;
	char number[BILL_NUMBER_MAX + 1];
	uint64_t lines;

	TRY(bill_open(w, bill, &open));
	TRY(posting_issue(bill->customer_id, bill->id, bill->net_cents, bill->tax_cents, bill->day, &issued, &w->fault));
	TRY(posting_void(&issued, &open, zone_day(w->tenant->zone, w->now), &back, &w->fault));
	TRY(sql_bill_end(w->db, bill->id, BILL_VOID, w->now, reason, bill->version));
	TRY(tell_posting(w, b, &back));
	/* Neither asked for again, nor taken off the job if that is done one day. */
	TRY(sql_charges_give_back(w->db, bill->id, &lines));
	TRY(sql_charge_drop_key(w->db, str_printf(w->arena, "deposit:%llu", (unsigned long long)quote->id), &lines));
	TRY(sql_deposit_line_drop(w->db, str_printf(w->arena, "job:deposit:%llu", (unsigned long long)quote->id), &lines));
	bill_number(bill->kind, bill->seq.v, number);
	TRY(audit(w, "bill.voided", "bill", bill->id, str_printf(w->arena, "%s: %.*s", number, STR_ARG(reason))));
	return bill_told(w, bill, EVENT_BILL_VOIDED, str_of(number));
}

static enum err
told(struct work *w, const struct quote_row *quote, int64_t cents)
{
	const struct str number = quote_number(w, quote->seq), sum = money_write(w->arena, cents, quote->currency, ENGLISH);
	const char *free = words_say(ENGLISH, "Quote %s: the job was called off. Its deposit of %s is free: refund it, or it pays the next bill.");
	const char *unasked = words_say(ENGLISH, "Quote %s: the job was called off. Its deposit is not asked for any more.");

	return tell_alert_customer(w, ALERT_QUOTE, quote->customer_id,
	    cents > 0 ? str_printf(w->arena, "%s\n%.*s\n%.*s", free, STR_ARG(number), STR_ARG(sum))
	              : str_printf(w->arena, "%s\n%.*s", unasked, STR_ARG(number)));
}
