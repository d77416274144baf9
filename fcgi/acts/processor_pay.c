/*
 * fcgi/acts/processor_pay.c -- a customer pays: by the processor's page, or with what they left.
 *
 * Where a credit card costs more (domain/billing/surcharge.h) the page takes the card alone: only then is it known whether it is a
 * credit card. The customer reads the sum with what is asked on top, and says yes (act_pay_agree).
 */
#include "domain/billing/surcharge.h"
#include "fcgi/acts/processor.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_bill.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/processor.h"

#define PENDING_MOST 20 /* payments of one customer that are begun or under way */
#define SAME_PRESS_S 60 /* so long the same sum from the same card is the same press, whatever has become of it */

static enum err one_by_one(struct work *w, uint64_t customer_id);
static enum err wish_rows(struct work *w, uint64_t customer_id, const struct pay_wish *in, struct pay_wants *wants);
static enum err same_begun(struct work *w, uint64_t customer_id, const struct pay_wish *in, struct pay_state *out,
    bool *found);
static enum err same_wish(struct work *w, const struct processed_row *row, const struct pay_wish *in, bool *same);
static enum err state_of(struct work *w, const struct processed_row *row, struct pay_state *out);
static enum err asked_on_top(struct work *w, const struct processed_row *row, const struct pay_wants *wants, int64_t *cents);

enum err
act_pay_begin(struct work *w, uint64_t customer_id, const struct pay_wish *in, struct pay_state *out)
{
	struct pay_wants wants = {.keep = {true, in->keep || in->autopay || in->cents == 0}, .autopay = {true, in->autopay},
	    .tries = {true, 1}, .thin = {in->thin, in->thin}};
	struct method_row method = {0};
	struct company_row company;
	struct processor p;
	int64_t surcharge = 0;
	struct str stored;
	uint32_t ppm;
	bool found;
	uint64_t id;

	TRY(processor_read(w, &p));
	if (!processor_possible(w) || !p.cards)
		return fail(&w->fault, E_INVALID, "processor", "This company does not take cards here yet.");
	if (in->cents != 0 && (in->cents < PAY_LEAST_CENTS || in->cents > PAY_MOST_CENTS))
		return fail(&w->fault, E_INVALID, "cents", "This amount cannot be paid here.");
	if (in->method_id.is) {
		TRY(sql_method_one(w->db, in->method_id.v, w->arena, &method));
		if (method.customer_id != customer_id || method.archived_at.is || method.stopped.n > 0 || in->cents == 0)
			return fail(&w->fault, E_INVALID, "method_id", "This card or account cannot be used.");
		TRY(surcharge_rate(w, &method, &ppm));
		surcharge = surcharge_cents(in->cents, ppm, method.funding);
	}
	if (surcharge != (in->surcharge_cents.is ? in->surcharge_cents.v : 0))
		return fail(&w->fault, E_STALE, "surcharge_cents", "The surcharge is another one now. Look at the sum again.");
	if (surcharge > 0)
		wants.surcharge = (struct maybe_i64){true, surcharge};
	if (!in->method_id.is && in->cents > 0) {
		TRY(surcharge_of(w, customer_id, &ppm));
		wants.asks = (struct maybe_bool){ppm > 0, ppm > 0};
	}
	wants.present = (struct maybe_bool){true, true};
	TRY(same_begun(w, customer_id, in, out, &found));
	if (found)
		return OK;
	TRY(one_by_one(w, customer_id));
	TRY(wish_rows(w, customer_id, in, &wants));
	TRY(sql_company(w->db, w->arena, &company));
	if (in->autopay) {
		wants.consent.is = true;
		TRY(autopay_consent_write(w, customer_id, w->actor.language, &(struct autopay_scope){0}, AUTOPAY_BY_PORTAL,
		    &wants.consent.v));
	}
	id = work_id(w);
	TRY(pay_wants_write(w, &wants, &stored));
	TRY(sql_processed_insert(w->db, id, customer_id, method.kind == METHOD_BANK ? PAY_ACH : PAY_CARD, PAYMENT_BEGUN,
	    in->cents + surcharge, company.currency, zone_day(w->tenant->zone, w->now), stored, method.id, STR("stripe"),
	    w->actor.kind == ACTOR_STAFF ? w->actor.id : 0, w->now));
	TRY(tell(w, in->method_id.is ? "payment_charge" : "payment_page", &payment_order_shape, &(struct payment_order){id, 0}));
	return act_pay_state(w, customer_id, id, out);
}

/*
 * Pressed twice: a page that is open for the same wish, a charge that nobody has answered yet, or one that was answered
 * between two presses.
 */
static enum err
same_begun(struct work *w, uint64_t customer_id, const struct pay_wish *in, struct pay_state *out, bool *found)
{
	struct processed_row *row, *through;
	size_t n, through_n = 0;

	*found = false;
	TRY(sql_processed_of_customer(w->db, customer_id, PAYMENT_BEGUN, PAYMENT_PENDING, w->arena, &row, &n));
	if (n >= PENDING_MOST)
		return fail(&w->fault, E_LIMIT, "cents", "Too many payments are begun. Please wait until they are through.");
	for (size_t i = 0; i < n; i++) {
		const int64_t since = row[i].state == PAYMENT_BEGUN ? PAGE_MINUTES * 30 : in->method_id.is ? SAME_PRESS_S : 0;

		if (row[i].made_at >= w->now - since)
			TRY(same_wish(w, &row[i], in, found));
		if (*found)
			return state_of(w, &row[i], out);
	}
	if (in->method_id.is)
		TRY(sql_processed_of_customer(w->db, customer_id, PAYMENT_SETTLED, PAYMENT_SETTLED, w->arena, &through, &through_n));
	for (size_t i = 0; i < through_n && through[i].made_at >= w->now - SAME_PRESS_S; i++) {
		TRY(same_wish(w, &through[i], in, found));
		if (*found)
			return state_of(w, &through[i], out);
	}
	return OK;
}

/* A page on which a card was left already is no longer open: who begins again means another card. */
static enum err
same_wish(struct work *w, const struct processed_row *row, const struct pay_wish *in, bool *same)
{
	const int64_t cents = in->cents + (in->surcharge_cents.is ? in->surcharge_cents.v : 0);
	struct pay_wants wants;

	*same = false;
	if (row->cents != cents || row->method_id != (in->method_id.is ? in->method_id.v : 0))
		return OK;
	TRY(pay_wants_read(w, row->wants, &wants));
	*same = (wants.rows_n > 0 ? wants.rows[0].bill_id : 0) == (in->bill_id.is ? in->bill_id.v : 0) && wants.thin.v == in->thin &&
	    wants.autopay.v == in->autopay && wants.keep.v == (in->keep || in->autopay || in->cents == 0) && !wants.card.is;
	return OK;
}

/* The n-th payment of a customer is begun by one: whoever lost the race looks again, and finds what the other began. */
static enum err
one_by_one(struct work *w, uint64_t customer_id)
{
	struct cents_row begun;
	enum err e;

	TRY(sql_processed_count(w->db, customer_id, w->arena, &begun));
	e = sql_provider_event_insert(w->db, work_id(w), STR("ours"),
	    str_printf(w->arena, "begin:%llu:%lld", (unsigned long long)customer_id, (long long)begun.cents), STR("begin"),
	    STR(""), w->now);
	if (e != E_STALE)
		return e;
	w->fault = (struct fault){0};
	return fail(&w->fault, E_RETRY, NULL, "The house is busy. Please try again.");
}

static enum err
wish_rows(struct work *w, uint64_t customer_id, const struct pay_wish *in, struct pay_wants *wants)
{
	struct bill_row bill;
	bool theirs = false;
	enum err e;

	if (!in->bill_id.is)
		return OK;
	e = sql_bill_one(w->db, in->bill_id.v, w->arena, &bill);
	if (e == OK && bill.state == BILL_ISSUED)
		TRY(tell_theirs(w, bill.customer_id, customer_id, &theirs));
	if (tell_absent(w, e) || (e == OK && !theirs))
		return fail(&w->fault, E_INVALID, "bill_id", "This bill does not exist.");
	TRY(e);
	wants->rows = arena_new(w->arena, struct want_row);
	*wants->rows = (struct want_row){bill.id, in->cents};
	wants->rows_n = 1;
	return OK;
}

enum err
act_pay_state(struct work *w, uint64_t customer_id, uint64_t id, struct pay_state *out)
{
	struct processed_row row;
	bool theirs;

	TRY(sql_processed_one(w->db, id, w->arena, &row));
	TRY(tell_theirs(w, row.customer_id, customer_id, &theirs));
	if (!theirs)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	return state_of(w, &row, out);
}

static enum err
state_of(struct work *w, const struct processed_row *row, struct pay_state *out)
{
	struct pay_wants wants;

	TRY(pay_wants_read(w, row->wants, &wants));
	*out = (struct pay_state){.id = row->id, .state = row->state, .way = row->way, .cents = row->cents,
	    .currency = row->currency, .reason = row->reason, .card = STR(""), .card_last4 = STR(""),
	    .url = row->state == PAYMENT_BEGUN ? wants.url : (struct maybe_str){0}};
	if (row->state != PAYMENT_BEGUN || !wants.card.is || wants.agreed.v)
		return OK;
	out->asks = true;
	out->card = wants.card_name.v;
	out->card_last4 = wants.card_last4.v;
	out->card_is_bank = wants.card_is_bank.v;
	return asked_on_top(w, row, &wants, &out->surcharge_cents);
}

/* By what the company asks now, of the card that was left. */
static enum err
asked_on_top(struct work *w, const struct processed_row *row, const struct pay_wants *wants, int64_t *cents)
{
	uint64_t pays = row->customer_id;
	uint32_t ppm;

	TRY(tell_holder(w, &pays));
	TRY(surcharge_of(w, pays, &ppm));
	*cents = wants->card_is_bank.v ? 0 : surcharge_cents(row->cents, ppm, wants->funding.v);
	return OK;
}

enum err
act_pay_agree(struct work *w, uint64_t customer_id, uint64_t id, int64_t surcharge, struct pay_state *out)
{
	struct processed_row row;
	struct pay_wants wants;
	struct str stored;
	int64_t now;
	bool theirs;

	TRY(sql_processed_for_update(w->db, id, w->arena, &row));
	TRY(tell_theirs(w, row.customer_id, customer_id, &theirs));
	if (!theirs)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	TRY(pay_wants_read(w, row.wants, &wants));
	/* Pressed twice. */
	if (wants.agreed.v)
		return state_of(w, &row, out);
	if (row.state != PAYMENT_BEGUN || !wants.card.is)
		return fail(&w->fault, E_STALE, NULL, "This payment is over. Please begin again.");
	TRY(asked_on_top(w, &row, &wants, &now));
	if (now != surcharge)
		return fail(&w->fault, E_STALE, "surcharge_cents", "The surcharge is another one now. Look at the sum again.");
	wants.agreed = (struct maybe_bool){true, true};
	wants.surcharge = (struct maybe_i64){now > 0, now};
	TRY(pay_wants_write(w, &wants, &stored));
	TRY(sql_processed_agree(w->db, id, wants.card_is_bank.v ? PAY_ACH : PAY_CARD, row.cents + now, stored, row.version));
	TRY(tell(w, "payment_charge", &payment_order_shape, &(struct payment_order){id, 0}));
	return act_pay_state(w, customer_id, id, out);
}
