/* tests/rows/bills_test.c -- from work done to money received: never twice, never lost, never rewritten. */
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "domain/base/id.h"
#include "domain/base/setting.h"
#include "fcgi/acts/billing.h"
#include "fcgi/acts/bills.h"
#include "fcgi/acts/payments.h"
#include "fcgi/acts/properties.h"
#include "fcgi/acts/runs.h"
#include "fcgi/acts/tell_visits.h"
#include "fcgi/jobs/list.h"
#include "sql/tenant/queries/visits.h"
#include "tests/rows/people.h"

#define CUSTOMER UINT64_C(4200000000000000001)
#define PROPERTY UINT64_C(4200000000000000002)
#define SERVICE  UINT64_C(4200000000000000003)
#define PROMISE  UINT64_C(4200000000000000004)
#define VISIT    UINT64_C(4200000000000000100)
/* Monday, 15 June 2026, noon in UTC. */
#define NOW INT64_C(1781524800)

static struct day
on(const char *text)
{
	struct day d;

	assert_true(day_read(str_of(text), &d));
	return d;
}

static void
office(struct world *t, struct work *w)
{
	t->desk.now = NOW;
	people_enter(t, w, OWNER, ROLE_OWNER);
	w->now = NOW;
	w->now_ms = NOW * 1000;
	w->actor.stepped_up_at = NOW;
}

/* A customer in an area that taxes service at 8.25 %, by the stop: two visits done, one skipped. */
static void
arrange(struct world *t)
{
	people_arrange(t);
	world_sql(t, "INSERT INTO customer (id, name, email, language, created_at) VALUES (%llu, 'Rosa', 'r@x.example', 'es', 0)",
	    (unsigned long long)CUSTOMER);
	world_sql(t, "INSERT INTO property (id, customer_id, street, city, region, postcode, tax_area) VALUES "
	    "(%llu, %llu, '12 Palm Way', 'Austin', 'TX', '78701', 'austin')", (unsigned long long)PROPERTY,
	    (unsigned long long)CUSTOMER);
	world_sql(t, "INSERT INTO service (id, name, kind, minutes, price_cents, checklist, parts, tax_code) VALUES "
	    "(%llu, 'Full service', 1, 30, 5000, '{\"rows\":[]}', '{\"rows\":[]}', 'service')", (unsigned long long)SERVICE);
	world_sql(t, "INSERT INTO setting (id, kind, name, body) VALUES (%llu, %d, 'Texas', "
	    "'{\"code\":\"service\",\"area\":\"austin\",\"rate_ppm\":82500,\"from_day\":\"2020-01-01\",\"until_day\":null}')",
	    (unsigned long long)VISIT - 1, SETTING_TAX);
	world_sql(t, "INSERT INTO agreement (id, customer_id, property_id, repeats, starts_day) VALUES (%llu, %llu, %llu, 1, '2026-01-01')",
	    (unsigned long long)PROMISE, (unsigned long long)CUSTOMER, (unsigned long long)PROPERTY);
}

static void
rate(struct world *t, enum rate_kind kind, int64_t cents, enum skip_policy skip)
{
	world_sql(t, "INSERT INTO term (agreement_id, from_day, kind, rule, anchor_day, service_id, minutes, rate_kind, with_chemicals, rate_cents, skip_policy) "
	    "VALUES (%llu, '2026-01-01', 1, 'FREQ=WEEKLY;BYDAY=TU', '2026-01-06', %llu, 30, %d, 0, %lld, %d)",
	    (unsigned long long)PROMISE, (unsigned long long)SERVICE, kind, (long long)cents, skip);
}

static void
visit(struct world *t, unsigned n, const char *day, enum visit_state state)
{
	world_sql(t, "INSERT INTO visit (id, agreement_id, occurs_day, customer_id, property_id, service_id, day, minutes, state, source) "
	    "VALUES (%llu, %llu, '%s', %llu, %llu, %llu, '%s', 30, %d, 1)", (unsigned long long)(VISIT + n),
	    (unsigned long long)PROMISE, day, (unsigned long long)CUSTOMER, (unsigned long long)PROPERTY,
	    (unsigned long long)SERVICE, day, state);
}

/* As tell_visit does when a visit's state has changed. */
static void
charge(struct world *t, unsigned n, enum visit_state state)
{
	struct visit v;
	struct work w;

	office(t, &w);
	world_ok(t, &w.fault, sql_visit_one(w.db, VISIT + n, w.arena, &v));
	v.state = state;
	act_done(t, &w, OK, tell_visit_charge(&w, &v));
}

static struct bill_page
issue(struct world *t, enum err want)
{
	const struct bill_wish in = {.day = on("2026-06-15"), .until = on("2026-06-30")};
	struct bill_page out = {0};
	struct work w;

	office(t, &w);
	act_done(t, &w, want, act_bill_issue(&w, CUSTOMER, &in, &out));
	return out;
}

static struct payment_page
pay(struct world *t, enum pay_way way, int64_t cents, enum err want)
{
	const struct payment_wish in = {.way = way, .cents = cents, .day = on("2026-06-15"), .reason = STR("Sorry")};
	struct payment_page out = {0};
	struct work w;

	office(t, &w);
	act_done(t, &w, want, act_payment_take(&w, CUSTOMER, &in, &out));
	return out;
}

static int64_t
account_sum(struct world *t, enum account a)
{
	return world_number(t, "SELECT COALESCE(SUM(cents), 0) FROM entry WHERE account = %d", a);
}

static void
two_stops(struct world *t)
{
	arrange(t);
	rate(t, RATE_STOP, 4500, SKIP_BILLED);
	visit(t, 1, "2026-06-02", VISIT_DONE);
	visit(t, 2, "2026-06-09", VISIT_DONE);
	charge(t, 1, VISIT_DONE);
	charge(t, 2, VISIT_DONE);
}

static void
work_that_is_done_is_billed_once(void **state)
{
	struct world *t = *state;
	struct bill_page bill;

	two_stops(t);
	charge(t, 1, VISIT_DONE);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill_line"), 2);
	bill = issue(t, OK);
	assert_int_equal(bill.lines_n, 2);
	assert_true(bill.net_cents == 9000 && bill.tax_cents == 742 && bill.total_cents == 9742);
	assert_true(bill.open_cents == 9742);
	assert_true(str_eq(bill.number, STR("INV-000001")));
	/* The same fact again changes nothing, and there is nothing left to bill. */
	charge(t, 1, VISIT_DONE);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill_line"), 2);
	issue(t, E_INVALID);
	assert_true(account_sum(t, ACCOUNT_RECEIVABLE) == 9742 && account_sum(t, ACCOUNT_REVENUE) == -9000 &&
	    account_sum(t, ACCOUNT_TAX) == -742);
}

static void
a_visit_that_was_not_done_after_all_is_not_billed(void **state)
{
	struct world *t = *state;

	two_stops(t);
	charge(t, 2, VISIT_STARTED);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill_line"), 1);
	assert_int_equal(issue(t, OK).net_cents, 4500);
	/* What is billed stays: the leak list shows the contradiction instead. */
	world_mine(t, "UPDATE visit SET state = %d WHERE id = %llu", VISIT_CANCELLED, (unsigned long long)VISIT + 1);
	charge(t, 1, VISIT_STARTED);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill_line"), 1);
	assert_int_equal(world_number(t, "SELECT bill_id <> 0 FROM bill_line"), 1);
}

static void
a_payment_pays_the_oldest_and_no_more_than_it_is(void **state)
{
	struct world *t = *state;
	struct payment_page p;
	struct work w;

	two_stops(t);
	const struct bill_page bill = issue(t, OK);
	p = pay(t, PAY_CHECK, 10000, OK);
	assert_int_equal(p.applied_n, 1);
	assert_true(p.applied[0].cents == 9742 && p.free_cents == 258);
	assert_true(account_sum(t, ACCOUNT_RECEIVABLE) == 0 && account_sum(t, ACCOUNT_UNAPPLIED) == -258 &&
	    account_sum(t, ACCOUNT_CASH) == 10000);
	/* More than is free is not given back. */
	office(t, &w);
	act_done(t, &w, E_INVALID, act_payment_refund(&w, p.id, &(struct payment_ending){259, STR("x"), on("2026-06-15"),
	    p.version}, &p));
	office(t, &w);
	act_done(t, &w, OK, act_payment_refund(&w, p.id, &(struct payment_ending){258, STR("too much"), on("2026-06-15"),
	    p.version}, &p));
	assert_true(p.free_cents == 0 && account_sum(t, ACCOUNT_CASH) == 9742);
	/* A bill with a payment on it is not taken back; without it, it is. */
	office(t, &w);
	struct bill_page b;
	act_done(t, &w, E_INVALID, act_bill_void(&w, bill.id, &(struct bill_ending){STR("wrong"), bill.version + 1}, &b));
	office(t, &w);
	act_done(t, &w, OK, act_payment_unapply(&w, p.id, bill.id, &p));
	assert_true(p.free_cents == 9742);
	office(t, &w);
	act_done(t, &w, OK, act_bill_void(&w, bill.id, &(struct bill_ending){STR("wrong"), bill.version + 2}, &b));
	assert_int_equal(b.state, BILL_VOID);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill_line WHERE bill_id = 0"), 2);
	assert_true(account_sum(t, ACCOUNT_RECEIVABLE) == 0 && account_sum(t, ACCOUNT_REVENUE) == 0);
	assert_true(str_eq(issue(t, OK).number, STR("INV-000002")));
}

static void
a_bounced_check_opens_exactly_what_it_paid_and_asks_a_fee(void **state)
{
	struct world *t = *state;
	struct billing b;
	struct payment_page p;
	struct work w;

	two_stops(t);
	office(t, &w);
	world_ok(t, &w.fault, act_billing(&w, &b));
	b.nsf_fee_cents = 2500;
	act_done(t, &w, OK, act_billing_change(&w, &b, &b));
	issue(t, OK);
	p = pay(t, PAY_CHECK, 5000, OK);
	assert_true(account_sum(t, ACCOUNT_RECEIVABLE) == 4742);
	const struct payment_ending in = {0, STR("insufficient funds"), on("2026-06-15"), p.version};
	office(t, &w);
	act_done(t, &w, OK, act_payment_return(&w, p.id, &in, &p));
	assert_int_equal(p.state, PAYMENT_RETURNED);
	assert_true(account_sum(t, ACCOUNT_RECEIVABLE) == 9742 && account_sum(t, ACCOUNT_CASH) == 0 &&
	    account_sum(t, ACCOUNT_UNAPPLIED) == 0);
	assert_int_equal(world_number(t, "SELECT net_cents FROM bill_line WHERE bill_id = 0"), 2500);
	/* The bank says it twice: once. */
	office(t, &w);
	act_done(t, &w, E_STALE, act_payment_return(&w, p.id, &in, &p));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill_line WHERE bill_id = 0"), 1);
}

static void
a_month_is_charged_once_whatever_runs_twice(void **state)
{
	struct world *t = *state;
	struct work w;

	arrange(t);
	rate(t, RATE_MONTH, 22000, SKIP_CREDITED);
	for (unsigned n = 0; n < 5; n++) {
		char day[16];

		snprintf(day, sizeof(day), "2026-06-%02u", 2 + 7 * n);
		visit(t, n, day, VISIT_SCHEDULED);
	}
	for (int i = 0; i < 3; i++) {
		office(t, &w);
		act_done(t, &w, OK, tell_month_charges(&w, PROMISE, period_of(on("2026-06-15"), 1)));
	}
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill_line"), 1);
	assert_int_equal(world_number(t, "SELECT net_cents FROM bill_line"), 22000);
	/* Killed half way: nothing; then again: once. */
	office(t, &w);
	world_ok(t, &w.fault, tell_month_charges(&w, PROMISE, period_of(on("2026-07-15"), 1)));
	assert_int_equal(work_close(&w, E_AWAY), E_AWAY);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill_line"), 1);
	/* A skipped visit gives back a fifth of the month. */
	world_mine(t, "UPDATE visit SET state = %d WHERE id = %llu", VISIT_SKIPPED, (unsigned long long)VISIT + 1);
	charge(t, 1, VISIT_SKIPPED);
	assert_int_equal(world_number(t, "SELECT net_cents FROM bill_line WHERE kind = %d", CHARGE_SKIP), -4400);
	assert_int_equal(issue(t, OK).net_cents, 17600);
}

static void
a_month_whose_terms_change_is_put_right(void **state)
{
	struct world *t = *state;
	struct work w;

	arrange(t);
	rate(t, RATE_MONTH, 30000, SKIP_BILLED);
	office(t, &w);
	struct billing b;
	world_ok(t, &w.fault, act_billing(&w, &b));
	b.proration = PRORATE_DAYS;
	b.in_advance = true;
	act_done(t, &w, OK, act_billing_change(&w, &b, &b));
	for (int i = 0; i < 2; i++) {
		office(t, &w);
		act_done(t, &w, OK, tell_month_charges(&w, PROMISE, period_of(on("2026-06-15"), 1)));
	}
	assert_int_equal(issue(t, OK).net_cents, 30000);
	/* From the 16th it costs more: half a month's difference, once, however often the night runs. */
	world_mine(t, "INSERT INTO term SELECT agreement_id, '2026-06-16', kind, until_day, rule, anchor_day, every_days, service_id, "
	    "tech_id, seq, from_minute, to_minute, minutes, rate_kind, with_chemicals, 36000, skip_policy, version, held, anyway FROM term "
	    "WHERE agreement_id = %llu", (unsigned long long)PROMISE);
	for (int i = 0; i < 3; i++) {
		office(t, &w);
		act_done(t, &w, OK, tell_month_charges(&w, PROMISE, period_of(on("2026-06-15"), 1)));
	}
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill_line WHERE bill_id = 0"), 1);
	assert_int_equal(world_number(t, "SELECT net_cents FROM bill_line WHERE bill_id = 0"), 3000);
}

/* The visit of Tuesday the 23rd, done on Friday the 12th. */
static void
done_ahead(struct world *t, unsigned n)
{
	visit(t, n, "2026-06-23", VISIT_DONE);
	world_sql(t, "UPDATE visit SET day = '2026-06-12', by_hand = 1, started_at = 1, ended_at = 2 WHERE id = %llu", (unsigned long long)(VISIT + n));
}

/* The old owner pays the days before the sale, the new one the rest, together one month; what was billed in advance comes back. */
static void
a_house_that_is_sold_in_mid_month_is_paid_by_both_for_their_days(void **state)
{
	const uint64_t buyer = CUSTOMER + 77;
	struct world *t = *state;
	struct property_sold sold;
	struct work w;

	arrange(t);
	rate(t, RATE_MONTH, 30000, SKIP_BILLED);
	visit(t, 40, "2026-06-16", VISIT_SCHEDULED);
	done_ahead(t, 41);
	world_mine(t, "INSERT INTO customer (id, name, email, language, created_at) VALUES (%llu, 'Sam', '', 'en', 0)", (unsigned long long)buyer);
	office(t, &w);
	struct billing b;
	world_ok(t, &w.fault, act_billing(&w, &b));
	b.proration = PRORATE_DAYS;
	b.in_advance = true;
	act_done(t, &w, OK, act_billing_change(&w, &b, &b));
	office(t, &w);
	act_done(t, &w, OK, tell_month_charges(&w, PROMISE, period_of(on("2026-06-15"), 1)));
	assert_int_equal(issue(t, OK).net_cents, 30000);
	office(t, &w);
	act_done(t, &w, OK, act_property_sell(&w, PROPERTY, buyer, false, 1, &sold));
	assert_true(sold.seller_id == CUSTOMER);
	assert_int_equal(world_number(t, "SELECT SUM(net_cents) FROM bill_line WHERE customer_id = %llu AND kind = %d", (unsigned long long)CUSTOMER, CHARGE_MONTH), 14000);
	assert_int_equal(world_number(t, "SELECT SUM(net_cents) FROM bill_line WHERE customer_id = %llu AND kind = %d", (unsigned long long)buyer, CHARGE_MONTH), 16000);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM agreement WHERE id = %llu AND ends_day = '2026-06-14' AND customer_id = %llu", (unsigned long long)PROMISE, (unsigned long long)CUSTOMER), 1);
	/* The visit to come is the new owner's, of their own agreement, with the same terms. */
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit v JOIN agreement g ON g.id = v.agreement_id AND g.customer_id = v.customer_id "
	    "WHERE v.id = %llu AND g.customer_id = %llu AND g.starts_day = '2026-06-15'", (unsigned long long)VISIT + 40, (unsigned long long)buyer), 1);
	/* However often the night runs, nothing is asked twice. */
	for (int i = 0; i < 2; i++) {
		office(t, &w);
		act_done(t, &w, OK, tell_month_charges(&w, PROMISE, period_of(on("2026-06-15"), 1)));
	}
	assert_int_equal(world_number(t, "SELECT SUM(net_cents) FROM bill_line WHERE kind = %d", CHARGE_MONTH), 30000);
	/* What was done ahead of its day, before the sale, is not made a second time for the new owner. */
	const uint64_t fresh = (uint64_t)world_number(t, "SELECT id FROM agreement WHERE customer_id = %llu", (unsigned long long)buyer);
	office(t, &w);
	act_done(t, &w, OK, tell_visits(&w, fresh, (struct maybe_day){true, on("2026-06-16")}));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE occurs_day = '2026-06-23'"), 1);
	assert_int_equal(world_number(t, "SELECT customer_id FROM visit WHERE id = %llu", (unsigned long long)VISIT + 41), CUSTOMER);
	assert_true(world_number(t, "SELECT COUNT(*) FROM visit WHERE agreement_id = %llu AND occurs_day > '2026-06-23'", (unsigned long long)fresh) > 5);
}

/* The wrong house, seen the same day: agreement, visits and money are as they were, and the sale cannot be taken back twice. */
static void
a_sale_that_was_none_is_taken_back_with_its_money(void **state)
{
	const uint64_t buyer = CUSTOMER + 77;
	struct property_sold sold, back;
	struct world *t = *state;
	struct billing b;
	struct work w;

	arrange(t);
	rate(t, RATE_MONTH, 30000, SKIP_BILLED);
	visit(t, 40, "2026-06-16", VISIT_SCHEDULED);
	done_ahead(t, 41);
	world_mine(t, "INSERT INTO customer (id, name, email, language, created_at) VALUES (%llu, 'Sam', '', 'en', 0)", (unsigned long long)buyer);
	office(t, &w);
	world_ok(t, &w.fault, act_billing(&w, &b));
	b.proration = PRORATE_DAYS;
	b.in_advance = true;
	act_done(t, &w, OK, act_billing_change(&w, &b, &b));
	office(t, &w);
	act_done(t, &w, OK, tell_month_charges(&w, PROMISE, period_of(on("2026-06-15"), 1)));
	assert_int_equal(issue(t, OK).net_cents, 30000);
	office(t, &w);
	act_done(t, &w, OK, act_property_sell(&w, PROPERTY, buyer, false, 1, &sold));
	office(t, &w);
	act_done(t, &w, OK, act_property_sale_undo(&w, sold.sale_id, &back));
	assert_true(back.seller_id == CUSTOMER && back.buyer_id == buyer && back.property_id == PROPERTY);
	assert_int_equal(world_number(t, "SELECT SUM(net_cents) FROM bill_line WHERE customer_id = %llu", (unsigned long long)CUSTOMER), 30000);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill_line WHERE customer_id = %llu", (unsigned long long)buyer), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM agreement WHERE id = %llu AND ends_day IS NULL AND closed_at IS NULL", (unsigned long long)PROMISE), 1);
	assert_int_equal(world_number(t, "SELECT (SELECT COUNT(*) FROM agreement) * 10 + COUNT(DISTINCT agreement_id) FROM term"), 11);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE agreement_id = %llu AND customer_id = %llu", (unsigned long long)PROMISE, (unsigned long long)CUSTOMER), 2);
	assert_int_equal(world_number(t, "SELECT customer_id FROM property WHERE id = %llu", (unsigned long long)PROPERTY), CUSTOMER);
	office(t, &w);
	act_done(t, &w, E_STALE, act_property_sale_undo(&w, sold.sale_id, &back));
	/* Once the new owner has been billed for it, a bill would have to change hands: they sell it back instead. */
	office(t, &w);
	act_done(t, &w, OK, act_property_sell(&w, PROPERTY, buyer, false, 3, &sold));
	world_mine(t, "UPDATE bill_line SET bill_id = 77 WHERE customer_id = %llu", (unsigned long long)buyer);
	office(t, &w);
	act_done(t, &w, E_INVALID, act_property_sale_undo(&w, sold.sale_id, &back));
	office(t, &w);
	act_done(t, &w, OK, act_property_sell(&w, PROPERTY, CUSTOMER, false, 4, &back));
	office(t, &w);
	act_done(t, &w, E_STALE, act_property_sale_undo(&w, sold.sale_id, &back));
}

static void
the_nights_job_reaches_every_agreement_in_batches(void **state)
{
	struct world *t = *state;
	struct ticket ticket = {.payload = STR("{}")};
	struct work w;

	arrange(t);
	rate(t, RATE_MONTH, 10000, SKIP_BILLED);
	world_mine(t, "INSERT INTO agreement (id, customer_id, property_id, repeats, starts_day) SELECT 6000 + seq, %llu, %llu, 1, "
	    "'2026-01-01' FROM seq_1_to_150", (unsigned long long)CUSTOMER, (unsigned long long)PROPERTY);
	world_mine(t, "INSERT INTO term (agreement_id, from_day, kind, rule, anchor_day, service_id, minutes, rate_kind, with_chemicals, "
	    "rate_cents) SELECT 6000 + seq, '2026-01-01', 1, 'FREQ=WEEKLY;BYDAY=MO', '2026-01-05', %llu, 30, 1, 1, 100 "
	    "FROM seq_1_to_150", (unsigned long long)SERVICE);
	office(t, &w);
	act_done(t, &w, OK, job_months.run(&w, &ticket));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill_line"), 100);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'months'"), 1);
}

static void
a_job_of_its_own_is_billed_the_moment_it_is_done(void **state)
{
	struct world *t = *state;
	struct ticket ticket;
	struct work w;

	arrange(t);
	world_sql(t, "INSERT INTO visit (id, customer_id, property_id, service_id, day, minutes, state, source) VALUES "
	    "(%llu, %llu, %llu, %llu, '2026-06-15', 30, %d, 2)", (unsigned long long)(VISIT + 5),
	    (unsigned long long)CUSTOMER, (unsigned long long)PROPERTY, (unsigned long long)SERVICE, VISIT_DONE);
	charge(t, 5, VISIT_DONE);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'bill_visit'"), 1);
	for (int i = 0; i < 2; i++) {
		char payload[64], id[ID_LETTERS + 1];

		id_write(VISIT + 5, id);
		snprintf(payload, sizeof(payload), "{\"visit_id\":\"%s\"}", id);
		ticket = (struct ticket){.payload = str_of(payload)};
		office(t, &w);
		act_done(t, &w, OK, job_bill_visit.run(&w, &ticket));
	}
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill"), 1);
	assert_int_equal(world_number(t, "SELECT total_cents FROM bill"), 5413);
}

static void
a_closed_period_never_moves(void **state)
{
	struct world *t = *state;
	struct billing b;
	struct work w;

	two_stops(t);
	office(t, &w);
	world_ok(t, &w.fault, act_billing(&w, &b));
	b.closed_until = (struct maybe_day){true, on("2026-06-14")};
	act_done(t, &w, OK, act_billing_change(&w, &b, &b));
	const struct payment_wish late = {.way = PAY_CASH, .cents = 100, .day = on("2026-06-14")};
	struct payment_page p;
	office(t, &w);
	act_done(t, &w, E_INVALID, act_payment_take(&w, CUSTOMER, &late, &p));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM payment"), 0);
	pay(t, PAY_CASH, 100, OK);
	/* It does not open again. */
	office(t, &w);
	b.closed_until.is = false;
	act_done(t, &w, E_INVALID, act_billing_change(&w, &b, &b));
	/* And the server itself refuses to rewrite the ledger. */
	office(t, &w);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM information_schema.table_privileges WHERE table_name = 'entry' "
	    "AND table_schema = DATABASE() AND privilege_type IN ('UPDATE', 'DELETE')"), 0);
	assert_true(world_number(t, "SELECT COUNT(*) FROM information_schema.table_privileges WHERE table_name = 'entry' "
	    "AND table_schema = DATABASE() AND privilege_type = 'INSERT'") > 0);
	assert_int_equal(work_close(&w, OK), OK);
}

static void
debts_are_as_old_as_they_were_on_that_day(void **state)
{
	struct world *t = *state;
	struct ageing_page page;
	struct leak_page leaks;
	struct work w;

	two_stops(t);
	issue(t, OK); /* due on 29 June */
	office(t, &w);
	world_ok(t, &w.fault, act_ageing(&w, &(struct ageing_query){{true, on("2026-06-14")}}, &page));
	assert_int_equal(page.rows_n, 0);
	world_ok(t, &w.fault, act_ageing(&w, &(struct ageing_query){{true, on("2026-06-29")}}, &page));
	assert_true(page.rows_n == 1 && page.rows[0].current_cents == 9742);
	world_ok(t, &w.fault, act_ageing(&w, &(struct ageing_query){{true, on("2026-07-30")}}, &page));
	assert_true(page.rows[0].days_60_cents == 9742 && page.total.total_cents == 9742);
	world_ok(t, &w.fault, act_leaks(&w, &(struct leak_query){on("2026-06-01"), on("2026-06-30")}, &leaks));
	assert_int_equal(leaks.rows_n, 0);
	assert_int_equal(work_close(&w, OK), OK);
	/* Each kind of leak appears, and the first is mended by one act. */
	world_mine(t, "INSERT INTO visit (id, agreement_id, occurs_day, customer_id, property_id, service_id, day, minutes, state, source) "
	    "SELECT %llu, agreement_id, '2026-06-10', customer_id, property_id, service_id, '2026-06-10', minutes, state, source "
	    "FROM visit WHERE id = %llu", (unsigned long long)VISIT + 9, (unsigned long long)VISIT + 2);
	world_mine(t, "UPDATE visit SET state = %d WHERE id = %llu", VISIT_CANCELLED, (unsigned long long)VISIT + 1);
	const struct payment_wish kept = {.way = PAY_CASH, .cents = 700, .day = on("2026-06-15"), .keep = true};
	struct payment_page p;
	office(t, &w);
	act_done(t, &w, OK, act_payment_take(&w, CUSTOMER, &kept, &p));
	office(t, &w);
	act_done(t, &w, OK, act_leaks(&w, &(struct leak_query){on("2026-06-01"), on("2026-06-30")}, &leaks));
	assert_int_equal(leaks.rows_n, 3);
	assert_true(leaks.rows[0].kind == LEAK_NOT_BILLED && leaks.rows[0].id == VISIT + 9);
	assert_true(leaks.rows[1].kind == LEAK_NOT_COMPLETED && leaks.rows[1].id == VISIT + 1);
	assert_true(leaks.rows[2].kind == LEAK_NOT_APPLIED && leaks.rows[2].cents == 700);
	office(t, &w);
	act_done(t, &w, OK, act_leak_mend(&w, VISIT + 9, &(struct leak_mending){LEAK_NOT_BILLED}, &leaks));
	assert_int_equal(leaks.rows_n, 2);
}

/* Children that all do one act at once, each with connections of its own; how many were told OK. */
static unsigned
at_once(struct world *t, unsigned n, enum err (*act)(struct world *t, struct work *w))
{
	unsigned fine = 0;
	pid_t child[64];

	for (unsigned i = 0; i < n; i++) {
		child[i] = fork();
		if (child[i] == 0) {
			enum err e = E_RETRY;

			t->house = world_house(t);
			t->desk.house = t->house;
			for (int tries = 0; e == E_RETRY && tries < 50; tries++) {
				struct work w;

				office(t, &w);
				w.now_ms += i * 50 + (unsigned)tries;
				e = work_close(&w, act(t, &w));
			}
			_exit(e == OK ? 0 : 1);
		}
	}
	for (unsigned i = 0; i < n; i++) {
		int status;

		waitpid(child[i], &status, 0);
		fine += WIFEXITED(status) && WEXITSTATUS(status) == 0;
	}
	return fine;
}

static enum err
issue_now(struct world *t, struct work *w)
{
	struct bill_page out;

	(void)t;
	return act_bill_issue(w, CUSTOMER, &(struct bill_wish){.day = on("2026-06-15"), .until = on("2026-06-30")}, &out);
}

static uint64_t the_payment, the_bill;

static enum err
apply_now(struct world *t, struct work *w)
{
	struct payment_page out;

	(void)t;
	return act_payment_apply(w, the_payment, &(struct apply_wish){the_bill, 9742}, &out);
}

static void
night(struct world *t, const char *day)
{
	struct maybe_u64 next;
	struct work w;

	office(t, &w);
	w.now = (int64_t)on(day).n * 86400 + 50400;
	act_done(t, &w, OK, act_dunning(&w, 0, &next));
	assert_false(next.is);
}

/* Due on 29 June; reminders after 3 days and each 7, at most 2; a fee of 5.00 and 1.5 % behind 10 days. */
static void
who_does_not_pay_is_reminded_by_the_schedule_and_asked_each_fee_once(void **state)
{
	struct world *t = *state;
	struct bill_page bill;
	struct billing b;
	struct work w;

	two_stops(t);
	office(t, &w);
	act_done(t, &w, OK, act_billing(&w, &b));
	b.remind_after_days.v = 3;
	b.remind_every_days.v = 7;
	b.remind_times.v = 2;
	b.late_grace_days.v = 10;
	b.late_fee_cents.v = 500;
	b.late_fee_ppm.v = 15000;
	office(t, &w);
	act_done(t, &w, OK, act_billing_change(&w, &b, &b));
	bill = issue(t, OK);
	assert_int_equal(bill.due_day.n, on("2026-06-29").n);
	world_sql(t, "DELETE FROM job WHERE kind = 'paper'");
	night(t, "2026-07-01");
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'paper'"), 0);
	for (int twice = 0; twice < 2; twice++)
		night(t, "2026-07-02");
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'paper'"), 1);
	for (int twice = 0; twice < 2; twice++)
		night(t, "2026-07-10");
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'paper'"), 2);
	assert_int_equal(world_number(t, "SELECT net_cents FROM bill_line WHERE kind = %d", CHARGE_FEE), 635);
	night(t, "2026-08-20");
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'paper'"), 2);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill_line WHERE kind = %d", CHARGE_FEE), 2);
	pay(t, PAY_CHECK, 9742, OK);
	night(t, "2026-10-20");
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill_line WHERE kind = %d", CHARGE_FEE), 2);
}

static void
a_visit_that_the_customer_called_off_is_given_back_only_if_the_company_says_so(void **state)
{
	/* What the pages of office and phone offer. */
	static const char *const said[] = {"Customer asked", "Lo pidi\xc3\xb3 el cliente", "The customer said no",
		"El cliente dijo que no", "Customer away"};
	struct world *t = *state;
	struct billing b;
	struct visit v;
	struct work w;

	arrange(t);
	rate(t, RATE_MONTH, 10000, SKIP_CREDITED);
	visit(t, 1, "2026-06-02", VISIT_SKIPPED);
	for (size_t i = 0; i < COUNT_OF(said); i++) {
		office(t, &w);
		world_ok(t, &w.fault, sql_visit_one(w.db, VISIT + 1, w.arena, &v));
		v.skip_reason = str_of(said[i]);
		act_done(t, &w, OK, tell_visit_charge(&w, &v));
		assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill_line WHERE kind = %d", CHARGE_SKIP), 0);
	}
	for (int credit = 0; credit < 2; credit++) {
		office(t, &w);
		act_done(t, &w, OK, act_billing(&w, &b));
		b.credit_customer.v = credit == 1;
		office(t, &w);
		act_done(t, &w, OK, act_billing_change(&w, &b, &b));
		office(t, &w);
		world_ok(t, &w.fault, sql_visit_one(w.db, VISIT + 1, w.arena, &v));
		v.skip_reason = STR("The customer asked");
		act_done(t, &w, OK, tell_visit_charge(&w, &v));
		assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill_line WHERE kind = %d", CHARGE_SKIP), credit);
	}
	charge(t, 1, VISIT_SKIPPED); /* without a reason it was ours */
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill_line WHERE kind = %d", CHARGE_SKIP), 1);
}

static void
thirty_two_at_once_make_one_bill_and_pay_it_once(void **state)
{
	struct world *t = *state;
	struct payment_page p;
	struct work w;

	two_stops(t);
	assert_int_equal(at_once(t, 32, issue_now), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill"), 1);
	assert_true(account_sum(t, ACCOUNT_RECEIVABLE) == 9742);
	office(t, &w);
	act_done(t, &w, OK, act_payment_take(&w, CUSTOMER, &(struct payment_wish){.way = PAY_CASH, .cents = 100000,
	    .day = on("2026-06-15"), .keep = true}, &p));
	the_payment = p.id;
	the_bill = (uint64_t)world_number(t, "SELECT id FROM bill");
	assert_int_equal(at_once(t, 32, apply_now), 1);
	assert_true(account_sum(t, ACCOUNT_RECEIVABLE) == 0 && account_sum(t, ACCOUNT_UNAPPLIED) == -(100000 - 9742));
}

#define EVERYBODY 120

static uint64_t the_run;
static bool deadly; /* the first round */

/* A step of the run; in the first round every third worker is killed with its step done and not yet kept. */
static enum err
step_or_die(struct world *t, struct work *w)
{
	enum err e = act_run_step(w, &(struct run_order){.run_id = the_run});

	(void)t;
	if (e == OK && deadly && getpid() % 3 == 0)
		raise(SIGKILL);
	return e;
}

static void
a_run_whose_workers_are_killed_bills_everybody_once(void **state)
{
	struct world *t = *state;
	struct run run;
	struct work w;

	arrange(t);
	world_sql(t, "INSERT INTO customer (id, name, email, language, created_at) SELECT 7000 + seq, CONCAT('C ', seq), '', 'en', 0 "
	    "FROM seq_1_to_%d", EVERYBODY);
	world_sql(t, "INSERT INTO bill_line (id, customer_id, property_id, kind, line_key, day, from_day, to_day, text, unit_cents, "
	    "net_cents, made_at) SELECT 9000 + seq, 7000 + seq, 0, %d, CONCAT('k', seq), '2026-06-14', '2026-06-01', '2026-06-14', "
	    "'Weekly', 4500, 4500, 0 FROM seq_1_to_%d", CHARGE_MONTH, EVERYBODY);
	office(t, &w);
	act_done(t, &w, OK, act_run_make(&w, &(struct run_wish){on("2026-06-15"), on("2026-06-15")}, &run));
	the_run = run.id;
	for (uint64_t after = 0; run.state == BATCH_DRAFT; after = 7100) {
		office(t, &w);
		act_done(t, &w, OK, act_run_step(&w, &(struct run_order){the_run, {true, after}}));
		office(t, &w);
		act_done(t, &w, OK, act_run_one(&w, the_run, &run));
	}
	assert_int_equal(run.total, EVERYBODY);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill"), 0);
	office(t, &w);
	act_done(t, &w, OK, act_run_start(&w, the_run, &run));
	for (unsigned round = 0; run.state == BATCH_RUNNING && round < 20; round++) {
		deadly = round == 0;
		(void)at_once(t, 6, step_or_die);
		office(t, &w);
		act_done(t, &w, OK, act_run_one(&w, the_run, &run));
	}
	assert_int_equal(run.state, BATCH_DONE);
	assert_int_equal(run.done, EVERYBODY);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill"), EVERYBODY);
	assert_int_equal(world_number(t, "SELECT COUNT(DISTINCT customer_id) FROM bill"), EVERYBODY);
	assert_int_equal(world_number(t, "SELECT MAX(seq) FROM bill"), EVERYBODY);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill_line WHERE bill_id = 0"), 0);
	assert_true(account_sum(t, ACCOUNT_RECEIVABLE) == EVERYBODY * INT64_C(4500));
	/* What is billed hangs in one chain. */
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill b JOIN bill p ON p.kind = b.kind AND p.seq = b.seq - 1 "
	    "WHERE JSON_VALUE(b.body, '$.previous') = LOWER(HEX(p.hash))"), EVERYBODY - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(work_that_is_done_is_billed_once),
		world_test(a_visit_that_was_not_done_after_all_is_not_billed),
		world_test(a_payment_pays_the_oldest_and_no_more_than_it_is),
		world_test(a_bounced_check_opens_exactly_what_it_paid_and_asks_a_fee),
		world_test(a_month_is_charged_once_whatever_runs_twice),
		world_test(a_month_whose_terms_change_is_put_right),
		world_test(a_house_that_is_sold_in_mid_month_is_paid_by_both_for_their_days),
		world_test(a_sale_that_was_none_is_taken_back_with_its_money),
		world_test(the_nights_job_reaches_every_agreement_in_batches),
		world_test(a_job_of_its_own_is_billed_the_moment_it_is_done),
		world_test(a_closed_period_never_moves),
		world_test(debts_are_as_old_as_they_were_on_that_day),
		world_test(who_does_not_pay_is_reminded_by_the_schedule_and_asked_each_fee_once),
		world_test(a_visit_that_the_customer_called_off_is_given_back_only_if_the_company_says_so),
		world_test(a_run_whose_workers_are_killed_bills_everybody_once),
		world_test(thirty_two_at_once_make_one_bill_and_pay_it_once),
	};
	return world_run("rows/bills", tests);
}
