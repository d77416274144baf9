/*
 * fcgi/acts/processor_again.c -- what is drawn by itself, what is tried again, and what nobody began in earnest.
 */
#include "fcgi/acts/processor.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_bill.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/payments.h"
#include "sql/tenant/queries/processor.h"

static enum err under_way(struct work *w, uint64_t customer_id, bool *going);
static enum err draw(struct work *w, uint64_t customer_id, const struct method_row *m, struct pay_wants *wants, int64_t cents,
    int64_t surcharge);
static enum err once(struct work *w, struct str key, bool *first);
static enum err sweep_one(struct work *w, const struct processed_row *row);
static enum err nobody_paid(struct work *w, const struct processed_row *row);

enum err
act_pay_again(struct work *w, const struct payment_outcome *o, enum pay_refusal refusal, struct str why)
{
	struct method_row m;
	int32_t days;

	if (o->method_id == 0)
		return OK;
	TRY(sql_method_one(w->db, o->method_id, w->arena, &m));
	if ((refusal == REFUSAL_FINAL || refusal == REFUSAL_REVOKED || o->is == PAYMENT_RETURNED) && m.stopped.n == 0 &&
	    refusal != REFUSAL_FUNDS)
		TRY(sql_method_save(w->db, m.id, false, m.consent, str_sub(why.n > 0 ? why : STR("refused"), 0, 200), m.archived_at,
		    m.version));
	/* Who pressed a button was told, and presses again; by itself only comes what came by itself. */
	days = m.archived_at.is || !o->autopay ? 0 : payment_again(m.kind, refusal, o->tries);
	if (days == 0)
		return OK;
	return tell_at(w, "autopay_again", str_printf(w->arena, "again:%llu", (unsigned long long)o->id),
	    w->now + (int64_t)days * 86400, &payment_order_shape, &(struct payment_order){o->id, 0});
}

/* Days later: what the customer allows now, and what is still asked for now. */
enum err
act_autopay_again(struct work *w, uint64_t payment_id)
{
	struct processed_row row;
	struct pay_wants wants;
	struct method_row m;
	int64_t cents = 0, before, surcharge;
	size_t left = 0;
	bool going, first;

	TRY(sql_processed_one(w->db, payment_id, w->arena, &row));
	TRY(pay_wants_read(w, row.wants, &wants));
	TRY(sql_method_one(w->db, row.method_id, w->arena, &m));
	TRY(under_way(w, m.customer_id, &going));
	if (going || !m.autopay || m.archived_at.is || m.stopped.n > 0)
		return OK;
	TRY(once(w, str_printf(w->arena, "again:%llu", (unsigned long long)payment_id), &first));
	if (!first)
		return OK;
	for (size_t i = 0; i < wants.rows_n; i++) {
		struct cents_row open;

		TRY(sql_entry_bill_open(w->db, wants.rows[i].bill_id, ACCOUNT_RECEIVABLE, w->arena, &open));
		if (open.cents <= 0)
			continue;
		if (wants.rows[i].cents > open.cents)
			wants.rows[i].cents = open.cents;
		cents += wants.rows[i].cents;
		wants.rows[left++] = wants.rows[i];
	}
	wants.rows_n = left;
	wants.tries = (struct maybe_u32){true, (wants.tries.is ? wants.tries.v : 1) + 1};
	wants.news_ms = (struct maybe_i64){0};
	before = row.cents - (wants.surcharge.is ? wants.surcharge.v : 0);
	cents = cents > before ? before : cents; /* money that was held went off it */
	TRY(autopay_surcharge(w, &m, cents, &surcharge));
	return draw(w, m.customer_id, &m, &wants, cents, surcharge);
}

enum err
act_payments_sweep(struct work *w)
{
	const struct day now = zone_day(w->tenant->zone, w->now);
	struct processed_row *row;
	uint64_t changed;
	size_t n;

	TRY(sql_provider_events_clear(w->db, w->now - INT64_C(86400) * 120, &changed));
	TRY(sql_processed_open(w->db, PAYMENT_BEGUN, PAYMENT_PENDING, day_add(now, -60), now, w->arena, &row, &n));
	for (size_t i = 0; i < n; i++)
		TRY(sweep_one(w, &row[i]));
	return OK;
}

static enum err
sweep_one(struct work *w, const struct processed_row *row)
{
	const bool begun = row->state == PAYMENT_BEGUN, yesterday = row->made_at < w->now - 86400;
	struct pay_wants wants;

	TRY(pay_wants_read(w, row->wants, &wants));
	/* Who left a card and went away before the sum was agreed to leaves nothing behind. */
	if (begun && yesterday && wants.card.is && !wants.agreed.v) {
		TRY(tell_card_dropped(w, row->customer_id, &wants));
		return nobody_paid(w, row);
	}
	/* The page took a card alone, is closed for a day, and the look of the night before found nothing on it. */
	if (begun && row->made_at < w->now - INT64_C(86400) * 2 && !wants.agreed.v && (wants.asks.v || row->cents == 0))
		return nobody_paid(w, row);
	if (row->provider_id.is)
		return tell(w, "payment_look", &event_order_shape, &(struct event_order){.object = row->provider_id.v,
		    .ends = {true, begun && yesterday && (wants.agreed.v || row->method_id != 0)}});
	return begun && row->made_at < w->now - INT64_C(86400) * 10 ? nobody_paid(w, row) : OK;
}

static enum err
nobody_paid(struct work *w, const struct processed_row *row)
{
	return sql_processed_save(w->db, row->id, row->way, PAYMENT_FAILED, row->day, row->wants, row->provider_id,
	    row->method_id, STR(""), row->settled_at, row->version);
}

enum err
act_autopay_one(struct work *w, uint64_t customer_id)
{
	const struct day now = zone_day(w->tenant->zone, w->now);
	struct autopay_draw *draws;
	bool going, first;
	size_t n;

	TRY(under_way(w, customer_id, &going));
	if (going)
		return OK;
	TRY(autopay_draws(w, customer_id, (struct day){0}, now, &draws, &n));
	if (n == 0)
		return OK;
	TRY(once(w, str_printf(w->arena, "autopay:%llu:%d", (unsigned long long)customer_id, (int)now.n), &first));
	if (!first)
		return OK;
	for (size_t i = 0; i < n; i++) {
		struct pay_wants wants = {.rows = draws[i].rows, .rows_n = draws[i].rows_n, .keep = {true, true},
		    .autopay = {true, true}, .tries = {true, 1}};

		TRY(draw(w, customer_id, draws[i].method, &wants, draws[i].cents, draws[i].surcharge_cents));
	}
	return OK;
}

/* The key of a draw is written with it: whatever runs twice, or fifty times in one moment, draws once. */
static enum err
once(struct work *w, struct str key, bool *first)
{
	const enum err e = sql_provider_event_insert(w->db, work_id(w), STR("ours"), key, STR("autopay"), STR(""), w->now);

	*first = e == OK;
	if (e != E_STALE)
		return e;
	w->fault = (struct fault){0};
	return OK;
}

/* Something that a bank may still take: what it will leave open is not known. */
static enum err
under_way(struct work *w, uint64_t customer_id, bool *going)
{
	struct processed_row *row;
	size_t n;

	*going = false;
	TRY(sql_processed_of_customer(w->db, customer_id, PAYMENT_BEGUN, PAYMENT_PENDING, w->arena, &row, &n));
	for (size_t i = 0; i < n; i++) {
		struct pay_wants wants;

		TRY(pay_wants_read(w, row[i].wants, &wants));
		*going = *going || row[i].state == PAYMENT_PENDING || row[i].method_id != 0 || wants.agreed.v;
	}
	return OK;
}

static enum err
draw(struct work *w, uint64_t customer_id, const struct method_row *m, struct pay_wants *wants, int64_t cents,
    int64_t surcharge)
{
	const uint64_t id = work_id(w);
	struct company_row company;
	struct str stored;

	if (cents < PAY_LEAST_CENTS || cents > PAY_MOST_CENTS - surcharge)
		return OK;
	wants->surcharge = (struct maybe_i64){surcharge > 0, surcharge};
	TRY(sql_company(w->db, w->arena, &company));
	TRY(pay_wants_write(w, wants, &stored));
	TRY(sql_processed_insert(w->db, id, customer_id, m->kind == METHOD_BANK ? PAY_ACH : PAY_CARD, PAYMENT_BEGUN, cents + surcharge,
	    company.currency, zone_day(w->tenant->zone, w->now), stored, m->id, m->provider, 0, w->now));
	return tell(w, "payment_charge", &payment_order_shape, &(struct payment_order){id, 0});
}
