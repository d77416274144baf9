/*
 * fcgi/acts/bookings_deposit.c -- a deposit that is wanted with a booking: an invoice of its own, paid on the provider's page.
 *
 * The time is the customer's from the moment of the booking; a job looks whether the deposit came, and gives the time back if it did
 * not. Whoever stands on the provider's page at that moment is waited for.
 */
#include "fcgi/acts/bookings.h"

#include "domain/billing/ledger.h"
#include "domain/billing/payment.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_bill.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_pay.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/processor.h"
#include "sql/tenant/queries/visits.h"
#include "sql/tenant/queries/wants.h"

#define LOOK_SOON_S 60
#define LOOK_LATER_S 300
#define SOON_S 600 /* of the first minutes */

static enum err on_its_way(struct work *w, const struct bill_row *bill, bool *coming);
static enum err release(struct work *w, const struct deposit_order *o, const struct bill_row *bill);
static enum err give_up(struct work *w, const struct deposit_order *o, const struct bill_row *bill, struct str reason);

static const struct field order_fields[] = {FIELD_ID(struct deposit_order, visit_id), FIELD_ID(struct deposit_order, bill_id),
	FIELD_END};
const struct shape deposit_order_shape = {"DepositOrder", sizeof(struct deposit_order), order_fields};

enum err
bookings_deposit(struct work *w, const struct booking_settings *s, int64_t *cents)
{
	struct processor p;

	*cents = 0;
	if (s->deposit_cents == 0 || w->house->config->stripe_key[0] == '\0')
		return OK;
	TRY(processor_read(w, &p));
	*cents = p.cards ? s->deposit_cents : 0;
	return OK;
}

/* Asked for now; taken off again when the job is billed. */
enum err
bookings_deposit_ask(struct work *w, const struct visit *v, struct str service, int64_t cents, uint64_t *bill_id)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	const uint64_t line_id = work_id(w);
	struct upcoming_bill u = {.rows = arena_new(w->arena, struct charge_row), .n = 1};
	struct customer_row customer;
	struct str text, back;

	TRY(sql_customer_one(w->db, v->customer_id, w->arena, &customer));
	const enum language l = language_of(customer.language);
	text = str_printf(w->arena, "%s %.*s", words_say(l, "Deposit for"), STR_ARG(service));
	back = str_printf(w->arena, "%s %.*s", words_say(l, "Deposit of"), STR_ARG(service));
	TRY(tell_charge(w, &(struct charge_row){.id = line_id, .customer_id = v->customer_id, .property_id = v->property_id,
	    .kind = CHARGE_DEPOSIT, .line_key = str_printf(w->arena, "deposit:%llu", (unsigned long long)v->id), .day = today, .from_day = today,
	    .to_day = today, .part = 1, .of_parts = 1, .rate_cents = cents, .text = text, .quantity_milli = 1000, .unit_cents = cents,
	    .net_cents = cents}));
	TRY(sql_want_insert(w->db, work_id(w), BILL_WANTED, v->customer_id, v->property_id, v->id, 0, CHARGE_DEPOSIT,
	    str_printf(w->arena, "job:deposit:%llu", (unsigned long long)v->id), v->day, -cents, back, 1000, -cents, -cents, STR(""), STR(""), 999,
	    GOT_NOT, 0, w->now));
	TRY(sql_charge_one(w->db, line_id, w->arena, u.rows));
	TRY(upcoming_reckon(w, v->customer_id, &u));
	const struct bill_row bill = {.id = work_id(w), .kind = BILL_INVOICE, .state = BILL_DRAFT, .customer_id = v->customer_id,
	    .property_id = v->property_id, .day = today, .due_day = today, .title = text, .note = STR(""), .version = 1};
	TRY(bill_issue(w, &bill, &u));
	*bill_id = bill.id;
	TRY(tell_paper(w, bill.id, u.rules.mails.v ? PAPER_ISSUED : PAPER_KEPT));
	return tell_later(w, "booking_deposit", &deposit_order_shape,
	    &(struct deposit_order){v->id, bill.id}, w->now + LOOK_SOON_S);
}

enum err
bookings_deposit_link(struct work *w, uint64_t bill_id, int64_t *cents, struct str *url)
{
	struct bill_row bill;

	TRY(sql_bill_one(w->db, bill_id, w->arena, &bill));
	*cents = 0;
	*url = STR("");
	if (bill.state != BILL_ISSUED)
		return OK;
	TRY(bill_asked(w, &bill, cents));
	return *cents > 0 ? link_show(w, LINK_PAY, bill.id, PAY_LINK_S, "portal/bill", url) : OK;
}

enum err
act_booking_deposit(struct work *w, const struct deposit_order *o)
{
	struct bill_row bill;
	int64_t cents = 0;
	bool coming = false;

	TRY(sql_bill_for_update(w->db, o->bill_id, w->arena, &bill));
	if (bill.state != BILL_ISSUED)
		return OK; /* somebody of the office has ended it */
	TRY(bill_asked(w, &bill, &cents));
	if (cents > 0)
		TRY(on_its_way(w, &bill, &coming));
	if (cents <= 0) {
		struct visit v;

		TRY(sql_visit_one(w->db, o->visit_id, w->arena, &v));
		return v.state == VISIT_CANCELLED ? OK : tell_booked(w, &v, v.tech_id.is, false);
	}
	if (w->now >= bill.issued_at.v + BOOKING_DEPOSIT_S && !coming)
		return release(w, o, &bill);
	return tell_later(w, "booking_deposit", &deposit_order_shape, o,
	    w->now + (w->now < bill.issued_at.v + SOON_S ? LOOK_SOON_S : LOOK_LATER_S));
}

/* A bank's debit takes days; who stands on the provider's page may press its button at any moment. */
static enum err
on_its_way(struct work *w, const struct bill_row *bill, bool *coming)
{
	struct processed_row *row;
	size_t n;

	TRY(sql_processed_of_customer(w->db, bill->customer_id, PAYMENT_BEGUN, PAYMENT_PENDING, w->arena, &row, &n));
	for (size_t i = 0; i < n; i++) {
		struct pay_wants wants;

		TRY(pay_wants_read(w, row[i].wants, &wants));
		for (size_t j = 0; j < wants.rows_n; j++)
			*coming |= wants.rows[j].bill_id == bill->id &&
			    (row[i].state == PAYMENT_PENDING || (wants.page_until.is && wants.page_until.v > w->now));
	}
	return OK;
}

static enum err
release(struct work *w, const struct deposit_order *o, const struct bill_row *bill)
{
	const char *reason = words_say(ENGLISH, "The deposit was not paid in time.");
	struct company_row company;
	struct booking_row *b;
	struct texting texts;
	struct booking_phone_row *phone;

	TRY(give_up(w, o, bill, str_of(reason)));
	TRY(sql_booking_one(w->db, o->visit_id, w->arena, &b));
	if (b == NULL || b->state != VISIT_SCHEDULED)
		return OK;
	TRY(bookings_call_off(w, b, str_of(reason)));
	w->actor.kind = ACTOR_SYSTEM;
	w->actor.id = 0;
	TRY(sql_company(w->db, w->arena, &company));
	TRY(tell_texting(w, &texts));
	TRY(sql_booking_phone(w->db, b->customer_id, w->arena, &phone));
	const enum language l = language_of(b->language);
	const struct str text = str_printf(w->arena, words_say(l, "%.*s: your time %.*s is free again, because the deposit was not paid. You can book anew at any time."),
	    STR_ARG(company.name), STR_ARG(words_when(w->arena, b->day, b->from_minute, b->to_minute, l)));
	if (phone != NULL && texts.number.n > 0)
		return tell_message(w, &(struct message_order){.occasion = OCCASION_DIALOGUE, .medium = MEDIUM_SMS, .customer_id = b->customer_id,
		    .address = phone->phone, .language = l, .text = text}, NULL);
	return OK;
}

/* As the office would: nothing is asked any more, and its line is on no bill to come. */
static enum err
give_up(struct work *w, const struct deposit_order *o, const struct bill_row *bill, struct str reason)
{
	struct posting issued, back;
	struct open_item open;
	struct billing b;
	char number[BILL_NUMBER_MAX + 1];
	uint64_t lines;

	TRY(billing_read(w, &b));
	TRY(bill_open(w, bill, &open));
	TRY(posting_issue(bill->customer_id, bill->id, bill->net_cents, bill->tax_cents, bill->day, &issued, &w->fault));
	TRY(posting_void(&issued, &open, zone_day(w->tenant->zone, w->now), &back, &w->fault));
	TRY(sql_bill_end(w->db, bill->id, BILL_VOID, w->now, reason, bill->version));
	TRY(sql_deposit_drop(w->db, bill->id, CHARGE_DEPOSIT, &lines));
	TRY(sql_deposit_want_drop(w->db, o->visit_id, BILL_WANTED, CHARGE_DEPOSIT, &lines));
	TRY(tell_posting(w, &b, &back));
	bill_number(bill->kind, bill->seq.v, number);
	TRY(audit(w, "bill.voided", "bill", bill->id, str_printf(w->arena, "%s: %.*s", number, STR_ARG(reason))));
	return bill_told(w, bill, EVENT_BILL_VOIDED, str_of(number));
}
