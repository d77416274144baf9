/*
 * fcgi/acts/processor.c -- the company at its payment processor, and payments that begin there.
 */
#include "fcgi/acts/processor.h"

#include "domain/access/role.h"
#include "domain/base/id.h"
#include "domain/billing/surcharge.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_bill.h"
#include "sql/control/queries/accounts.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/credentials.h"
#include "sql/tenant/queries/payments.h"
#include "sql/tenant/queries/processor.h"

#define LINK_MINUTES 4
#define PENDING_MOST 20 /* payments of one customer that are begun or under way */
#define SAME_PRESS_S 60 /* so long the same sum from the same card is the same press, whatever has become of it */

static bool possible(const struct work *w);
static enum err page_of(struct work *w, const struct processor *p, struct processor_page *out);
static enum err one_by_one(struct work *w, uint64_t customer_id);
static enum err wish_rows(struct work *w, uint64_t customer_id, const struct pay_wish *in, struct pay_wants *wants);
static enum err same_begun(struct work *w, uint64_t customer_id, const struct pay_wish *in, struct pay_state *out,
    bool *found);
static enum err same_wish(struct work *w, const struct processed_row *row, const struct pay_wish *in, bool *same);
static enum err state_of(struct work *w, const struct processed_row *row, struct pay_state *out);
static enum err under_way(struct work *w, uint64_t customer_id, bool *going);
static enum err once(struct work *w, struct str key, bool *first);
static enum err draw(struct work *w, uint64_t customer_id, const struct method_row *m, const struct pay_wants *wants,
    int64_t cents);
static enum err what_for(struct work *w, const struct pay_wants *wants, struct str *out);
static struct day today(const struct work *w);

enum err
act_processor(struct work *w, struct processor_page *out)
{
	struct processor p;

	TRY(processor_read(w, &p));
	return page_of(w, &p, out);
}

static enum err
page_of(struct work *w, const struct processor *p, struct processor_page *out)
{
	*out = (struct processor_page){.possible = possible(w), .asked = p->version > 0, .ready = p->cards, .banks = p->banks,
	    .missing = p->missing, .link = p->link_until > w->now ? p->link : STR(""), .checked = p->checked,
	    .unexplained_cents = p->unexplained_cents, .unexplained = p->unexplained};
	return OK;
}

enum err
act_processor_connect(struct work *w, struct processor_page *out)
{
	struct processor p;

	TRY(work_stepped_up(w));
	if (!possible(w))
		return fail(&w->fault, E_INVALID, "processor", "This house has no payment provider yet. Its operator can set one up.");
	TRY(processor_read(w, &p));
	if (p.version == 0) {
		TRY(processor_keep(w, &p));
		TRY(audit(w, "processor.asked", "company", 0, STR("")));
	}
	TRY(tell(w, "processor_connect", &event_order_shape, &(struct event_order){.object = STR("")}));
	TRY(processor_read(w, &p));
	return page_of(w, &p, out);
}

enum err
act_processor_link_take(struct work *w, struct str *link)
{
	struct processor p;

	TRY(processor_read(w, &p));
	*link = p.link_until > w->now ? p.link : STR("");
	if (link->n == 0)
		return OK;
	p.link = STR("");
	p.link_until = 0;
	return processor_keep(w, &p);
}

enum err
act_processor_made(struct work *w, struct str account)
{
	struct processor p;
	struct cdb *control;
	uint64_t changed;

	TRY(processor_read(w, &p));
	if (p.account.n == 0) {
		p.account = account;
		TRY(processor_keep(w, &p));
		TRY(audit(w, "processor.made", "company", 0, account));
	}
	/* Whose messages they are. A row without its company does no harm, so it may stand before the company's own commit. */
	TRY(house_control(w->house, &control, &w->fault));
	return sql_account_put(control, p.account, w->tenant->id, &changed);
}

enum err
act_processor_linked(struct work *w, struct str link)
{
	struct processor p;

	TRY(processor_read(w, &p));
	p.link = link;
	p.link_until = w->now + LINK_MINUTES * 60;
	return processor_keep(w, &p);
}

enum err
act_processor_seen(struct work *w, struct str account, bool cards, bool banks, struct str missing)
{
	struct processor p;

	TRY(processor_read(w, &p));
	if (!str_eq(p.account, account) || (p.cards == cards && p.banks == banks && str_eq(p.missing, missing)))
		return OK;
	if (p.cards != cards)
		TRY(audit(w, cards ? "processor.ready" : "processor.stopped", "company", 0, STR("")));
	p.cards = cards;
	p.banks = banks;
	p.missing = str_sub(missing, 0, 390);
	TRY(processor_keep(w, &p));
	return tell_live(w);
}

/* ---- a customer pays ---- */

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
	uint32_t ppm = 0;
	bool found;
	uint64_t id;

	TRY(processor_read(w, &p));
	if (!possible(w) || !p.cards)
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
	    in->cents + surcharge, company.currency, today(w), stored, method.id, STR("stripe"),
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
	    wants.autopay.v == in->autopay && wants.keep.v == (in->keep || in->autopay || in->cents == 0);
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
	enum err e;

	if (!in->bill_id.is)
		return OK;
	e = sql_bill_one(w->db, in->bill_id.v, w->arena, &bill);
	if (tell_absent(w, e) || (e == OK && (bill.customer_id != customer_id || bill.state != BILL_ISSUED)))
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

	TRY(sql_processed_one(w->db, id, w->arena, &row));
	if (row.customer_id != customer_id)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	return state_of(w, &row, out);
}

static enum err
state_of(struct work *w, const struct processed_row *row, struct pay_state *out)
{
	struct pay_wants wants;

	TRY(pay_wants_read(w, row->wants, &wants));
	*out = (struct pay_state){.id = row->id, .state = row->state, .way = row->way, .cents = row->cents,
	    .currency = row->currency, .reason = row->reason,
	    .url = row->state == PAYMENT_BEGUN ? wants.url : (struct maybe_str){0}};
	return OK;
}

/* ---- what jobs ask ---- */

enum err
act_pay_order(struct work *w, uint64_t payment_id, struct pay_order_read *out)
{
	struct method_row *methods;
	struct person_line *person;
	struct company_row company;
	struct processor p;
	size_t n;

	*out = (struct pay_order_read){0};
	TRY(sql_processed_one(w->db, payment_id, w->arena, &out->row));
	TRY(pay_wants_read(w, out->row.wants, &out->wants));
	TRY(processor_read(w, &p));
	TRY(sql_company(w->db, w->arena, &company));
	TRY(sql_customer_person(w->db, out->row.customer_id, w->arena, &person));
	out->account = p.account;
	out->company = company.name;
	out->email = person == NULL ? STR("") : person->email;
	out->language = person == NULL ? ENGLISH : language_of(person->language);
	out->provider_customer = STR("");
	TRY(sql_methods_of_customer(w->db, out->row.customer_id, w->arena, &methods, &n));
	if (n > 0)
		out->provider_customer = methods[0].provider_customer;
	for (size_t i = 0; i < n; i++)
		if (methods[i].id == out->row.method_id)
			out->method = &methods[i];
	/* A charge whose card was taken away meanwhile; one that somebody has answered already. */
	out->over = out->row.state != PAYMENT_BEGUN || (out->row.method_id != 0 && out->method == NULL);
	return what_for(w, &out->wants, &out->what);
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

	TRY(sql_processed_for_update(w->db, payment_id, w->arena, &row));
	if (row.state != PAYMENT_BEGUN)
		return OK;
	return sql_processed_save(w->db, row.id, row.way, PAYMENT_FAILED, row.day, row.wants, row.provider_id, row.method_id,
	    str_sub(why, 0, 200), row.settled_at, row.version);
}

enum err
act_provider_event(struct work *w, struct str provider, struct str event_id, struct str kind, struct str object,
    bool *fresh)
{
	const uint64_t id = work_id(w);
	enum err e = sql_provider_event_insert(w->db, id, provider, event_id, kind, object, w->now);

	*fresh = e == OK;
	if (e == E_STALE) {
		w->fault = (struct fault){0};
		return OK;
	}
	TRY(e);
	/* A company of ours as the processor's customer: our own bill. */
	return tell(w, str_starts(object, STR("cus_")) ? "subscription_look" : "payment_look", &event_order_shape,
	    &(struct event_order){{true, id}, object});
}

enum err
act_provider_event_done(struct work *w, uint64_t id)
{
	uint64_t changed;

	return sql_provider_event_done(w->db, id, w->now, &changed);
}

enum err
act_processor_facts(struct work *w, struct processor_facts *out)
{
	struct owner_mail *owner;
	struct company_row company;
	struct processor p;

	TRY(processor_read(w, &p));
	TRY(sql_company(w->db, w->arena, &company));
	TRY(sql_owner_mail(w->db, ROLE_OWNER, w->arena, &owner));
	*out = (struct processor_facts){p.account, company.name, owner == NULL ? STR("") : owner->email, company.country,
	    str_lower(w->arena, company.currency)};
	return OK;
}

/* Nothing was paid: its row was only the order of a page, and is not shown. */
enum err
act_pay_left(struct work *w, struct str payment, bool left, uint64_t *customer_id, struct str *consent)
{
	struct processed_row row;
	struct pay_wants wants;
	uint64_t id;
	enum err e;

	*customer_id = 0;
	*consent = STR("");
	if (!id_read(payment, &id))
		return OK;
	e = sql_processed_for_update(w->db, id, w->arena, &row);
	if (tell_absent(w, e))
		return OK;
	TRY(e);
	TRY(pay_wants_read(w, row.wants, &wants));
	if (!left)
		return OK;
	*customer_id = row.customer_id;
	*consent = wants.consent.is ? wants.consent.v : STR("");
	return sql_processed_save(w->db, id, row.way, PAYMENT_FAILED, row.day, row.wants, row.provider_id, row.method_id, STR(""),
	    row.settled_at, row.version);
}

/* ---- again, or never again ---- */

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
	int64_t cents = 0;
	size_t left = 0;
	bool going, first;

	TRY(sql_processed_one(w->db, payment_id, w->arena, &row));
	TRY(pay_wants_read(w, row.wants, &wants));
	TRY(sql_method_one(w->db, row.method_id, w->arena, &m));
	TRY(under_way(w, row.customer_id, &going));
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
	cents = cents > row.cents ? row.cents : cents; /* money that was held went off it */
	return draw(w, row.customer_id, &m, &wants, cents);
}

enum err
act_payments_sweep(struct work *w)
{
	struct processed_row *row;
	uint64_t changed;
	size_t n;

	TRY(sql_provider_events_clear(w->db, w->now - INT64_C(86400) * 120, &changed));
	TRY(sql_processed_open(w->db, PAYMENT_BEGUN, PAYMENT_PENDING, day_add(today(w), -60), today(w), w->arena, &row, &n));
	for (size_t i = 0; i < n; i++)
		if (row[i].provider_id.is)
			TRY(tell(w, "payment_look", &event_order_shape, &(struct event_order){{0}, row[i].provider_id.v}));
		else if (row[i].state == PAYMENT_BEGUN && row[i].made_at < w->now - INT64_C(86400) * 10)
			TRY(sql_processed_save(w->db, row[i].id, row[i].way, PAYMENT_FAILED, row[i].day, row[i].wants, row[i].provider_id,
			    row[i].method_id, STR(""), row[i].settled_at, row[i].version));
	return OK;
}

enum err
act_autopay_one(struct work *w, uint64_t customer_id)
{
	const struct day now = today(w);
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
		const struct pay_wants wants = {.rows = draws[i].rows, .rows_n = draws[i].rows_n, .keep = {true, true},
		    .autopay = {true, true}, .tries = {true, 1}};

		TRY(draw(w, customer_id, draws[i].method, &wants, draws[i].cents));
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
	for (size_t i = 0; i < n; i++)
		*going = *going || row[i].state == PAYMENT_PENDING || row[i].method_id != 0;
	return OK;
}

static enum err
draw(struct work *w, uint64_t customer_id, const struct method_row *m, const struct pay_wants *wants, int64_t cents)
{
	const uint64_t id = work_id(w);
	struct company_row company;
	struct str stored;

	if (cents < PAY_LEAST_CENTS || cents > PAY_MOST_CENTS)
		return OK;
	TRY(sql_company(w->db, w->arena, &company));
	TRY(pay_wants_write(w, wants, &stored));
	TRY(sql_processed_insert(w->db, id, customer_id, m->kind == METHOD_BANK ? PAY_ACH : PAY_CARD, PAYMENT_BEGUN, cents,
	    company.currency, today(w), stored, m->id, m->provider, 0, w->now));
	return tell(w, "payment_charge", &payment_order_shape, &(struct payment_order){id, 0});
}

/* ---- the office gives money back ---- */

enum err
act_payment_refund_order(struct work *w, uint64_t id, int64_t cents, struct str reason, uint32_t version)
{
	struct processed_row row;
	struct known_cents known;

	TRY(work_stepped_up(w));
	TRY(sql_processed_for_update(w->db, id, w->arena, &row));
	if (row.provider.n == 0)
		return fail(&w->fault, E_INVALID, "way", "This payment did not come through the payment provider.");
	TRY(sql_processed_known(w->db, id, ACCOUNT_CLEARING, ACCOUNT_FEES, POSTING_PAY, POSTING_RETURN, POSTING_REFUND, w->arena,
	    &known));
	if (row.state != PAYMENT_SETTLED || cents <= 0 || cents > known.held_cents - known.refunded_cents)
		return fail(&w->fault, E_INVALID, "cents", "This is more than is left of the payment.");
	/* The version the office looked at: pressed fifty times, it is one order. */
	TRY(sql_payment_touch(w->db, id, version));
	TRY(audit(w, "payment.refund_asked", "payment", id, reason));
	return tell(w, "payment_refund", &payment_order_shape, &(struct payment_order){id, cents});
}

static bool
possible(const struct work *w)
{
	return w->house->config->stripe_key[0] != '\0';
}

static struct day
today(const struct work *w)
{
	return zone_day(w->tenant->zone, w->now);
}
