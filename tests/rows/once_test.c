/*
 * tests/rows/once_test.c -- whatever is pressed fifty times in one moment happens once. Fifty processes have begun their work and have
 * looked before any of them writes; on a cluster they stand at all its nodes (tests/long/cluster.sh).
 *
 * What is counted is the deed itself: a posting, a document, a job for the outside, a line of the log.
 */
#include <stdlib.h>

#include "fcgi/acts/credentials.h"
#include "fcgi/acts/merges.h"
#include "fcgi/acts/methods.h"
#include "fcgi/acts/portal.h"
#include "fcgi/acts/prices.h"
#include "fcgi/acts/processor.h"
#include "fcgi/acts/properties.h"
#include "fcgi/acts/quotes.h"
#include "fcgi/acts/runs.h"
#include "fcgi/acts/staff.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/visits.h"
#include "fcgi/acts/wants.h"
#include "tests/rows/money.h"

#define SAM      UINT64_C(4300000000000000002)
#define PROPERTY UINT64_C(4300000000000000011)
#define SERVICE  UINT64_C(4300000000000000021)
#define VISIT    UINT64_C(4300000000000000031)
#define ITEM     UINT64_C(4300000000000000041)
#define METHOD   UINT64_C(4300000000000009000)
#define PAID     UINT64_C(4300000000000009100)

#define LOGGED(verb)  "SELECT COUNT(*) FROM audit WHERE verb = '" verb "'"
#define ORDERED(kind) "SELECT COUNT(*) FROM job WHERE kind = '" kind "'"

/* A verb of all fifty: what it fills, and the act. */
#define FIRE(name, fills, act) \
	static enum err name(struct work *w, struct writer *me) \
	{ \
		fills; \
\
		(void)me; \
		return act; \
	}
#define AIM (crowd->aim)

/* ---- the moment ---- */

/* `counted` is one more than before. */
static void
once(struct world *t, const char *what, verb v, const char *counted)
{
	const int64_t before = world_number(t, "%s", counted);
	const unsigned told = crowd_fire(v);
	const int64_t times = world_number(t, "%s", counted) - before;

	if (times == 1)
		return;
	print_message("# %s: %lld times, and %u were told so\n", what, (long long)times, told);
	_fail(__FILE__, __LINE__);
}

static const char *
posted(struct world *t, enum posting_kind kind)
{
	return str_printf(t->a, "SELECT COUNT(DISTINCT posting_id) FROM entry WHERE kind = %d", kind).p;
}

/* What they are about, and how it stood when they looked at it. */
static void
aim(struct world *t, const char *table, uint64_t id)
{
	AIM.id = id;
	AIM.version = (uint32_t)world_number(t, "SELECT version FROM %s WHERE id = %llu", table, (unsigned long long)id);
}

static void
aim_at(struct world *t, const char *table, const char *which)
{
	aim(t, table, (uint64_t)world_number(t, "SELECT id FROM %s WHERE %s", table, which));
}

static void
arrange(struct world *t)
{
	crowd_open(CROWD_MAX);
	people_arrange(t);
	world_sql(t, "INSERT INTO customer (id, name, email, language, created_at) VALUES (%llu, 'Rosa', 'rosa@home.example', 'en', 0), "
	    "(%llu, 'Sam', 'sam@home.example', 'en', 0)", (unsigned long long)CUSTOMER, (unsigned long long)SAM);
	world_sql(t, "INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (%llu, %llu, '12 Palm Way', 'Mesa', 'AZ', "
	    "'85201')", (unsigned long long)PROPERTY, (unsigned long long)CUSTOMER);
	world_sql(t, "INSERT INTO service (id, name, kind, minutes, price_cents, checklist, parts) VALUES "
	    "(%llu, 'Filter clean', 2, 30, 5000, '{\"rows\":[]}', '{\"rows\":[]}')", (unsigned long long)SERVICE);
	for (unsigned n = 0; n < 3; n++)
		world_sql(t, "INSERT INTO visit (id, customer_id, property_id, service_id, day, minutes, state, source) VALUES "
		    "(%llu, %llu, %llu, %llu, '2026-06-16', 30, %d, %d)", (unsigned long long)(VISIT + n), (unsigned long long)CUSTOMER,
		    (unsigned long long)PROPERTY, (unsigned long long)SERVICE, n == 2 ? VISIT_DONE : VISIT_SCHEDULED, VISIT_OF_OFFICE);
	line_waits(t, CUSTOMER, 1, 5000);
	line_waits(t, SAM, 2, 700);
	line_waits(t, SAM, 3, 900);
}

/* ---- bills ---- */

FIRE(issue, struct bill_page b, bill_all(w, CUSTOMER, &b))
FIRE(take_back, struct bill_page b, act_bill_void(w, AIM.id, &(struct bill_ending){STR("wrong"), AIM.version}, &b))
FIRE(write_off, struct bill_page b, act_bill_write_off(w, AIM.id, &(struct bill_ending){STR("gone"), AIM.version}, &b))
FIRE(apply, struct payment_page p, act_payment_apply(w, AIM.id, &(struct apply_wish){AIM.other, 5000}, &p))
FIRE(unapply, struct payment_page p, act_payment_unapply(w, AIM.id, AIM.other, &p))
FIRE(refund, struct payment_page p,
    act_payment_refund(w, AIM.id, &(struct payment_ending){900, STR("overpaid"), today, AIM.version}, &p))
FIRE(give_back, struct payment_page p,
    act_payment_return(w, AIM.id, &(struct payment_ending){0, STR("no funds"), today, AIM.version}, &p))
FIRE(run_start, struct run run, act_run_start(w, AIM.id, &run))
FIRE(run_stop, struct run run, act_run_stop(w, AIM.id, &run))
FIRE(change_line, struct upcoming u, act_line_change(w, AIM.id, &(struct line_edit){STR("Brush"), 1000, 800, STR(""), AIM.version}, &u))
FIRE(drop_line, struct upcoming u, act_line_drop(w, AIM.id, AIM.version, &u))

static void
a_bill_a_payment_and_a_run_are_pressed_fifty_times_and_happen_once(void **state)
{
	struct world *t = *state;
	struct payment_page pay;
	struct bill_page bill;
	uint64_t the_bill;
	struct run run;
	struct work w;

	arrange(t);
	crowd_stand(t);
	once(t, "issue", issue, "SELECT COUNT(*) FROM bill");
	the_bill = (uint64_t)world_number(t, "SELECT id FROM bill");
	crowd_owner(t, &w);
	act_done(t, &w, OK, take(&w, CUSTOMER, 100000, true, &pay));
	AIM.other = the_bill;
	aim(t, "payment", pay.id);
	once(t, "apply", apply, posted(t, POSTING_APPLY));
	once(t, "unapply", unapply, posted(t, POSTING_UNAPPLY));
	aim(t, "payment", pay.id);
	once(t, "refund", refund, posted(t, POSTING_REFUND));
	aim(t, "payment", pay.id);
	once(t, "return", give_back, posted(t, POSTING_RETURN));
	aim(t, "bill", the_bill);
	once(t, "take back", take_back, posted(t, POSTING_VOID));
	aim(t, "bill_line", LINE + 2);
	once(t, "change a line", change_line, LOGGED("line.changed"));
	aim(t, "bill_line", LINE + 3);
	once(t, "drop a line", drop_line, LOGGED("line.dropped"));
	/* What was taken back waits again, for a run that fifty start, and stop, and start. */
	crowd_owner(t, &w);
	act_done(t, &w, OK, act_run_make(&w, &(struct run_wish){today, today}, &run));
	AIM.id = run.id;
	crowd_owner(t, &w);
	act_done(t, &w, OK, act_run_step(&w, &(struct run_order){run.id, {0}}));
	once(t, "start a run", run_start, LOGGED("run.started"));
	once(t, "stop a run", run_stop, LOGGED("run.stopped"));
	world_mine(t, "DELETE FROM job");
	once(t, "start it again", run_start, ORDERED("bill_run"));
	crowd_owner(t, &w);
	act_done(t, &w, OK, act_run_step(&w, &(struct run_order){.run_id = run.id}));
	assert_int_equal(world_number(t, "%s", posted(t, POSTING_ISSUE)), 3);
	aim_at(t, "bill", str_printf(t->a, "state = %d AND customer_id = %llu", BILL_ISSUED, (unsigned long long)CUSTOMER).p);
	crowd_owner(t, &w);
	act_done(t, &w, OK, act_bill_one(&w, AIM.id, &bill));
	assert_true(bill.open_cents == 5000);
	once(t, "write off", write_off, posted(t, POSTING_WRITE_OFF));
	assert_int_equal(world_number(t, "SELECT SUM(cents) FROM entry"), 0);
	crowd_leave();
	crowd_close();
}

/* ---- the payment provider ---- */

FIRE(draw, (void)0, act_autopay_one(w, CUSTOMER))
FIRE(draw_again, (void)0, act_autopay_again(w, AIM.id))
FIRE(open_page, struct pay_state s, act_pay_begin(w, SAM, &(struct pay_wish){.cents = 700}, &s))
FIRE(pay_by_card, struct pay_state s, act_pay_begin(w, CUSTOMER, &(struct pay_wish){.cents = 1200, .method_id = {true, METHOD}}, &s))
FIRE(order_refund, (void)0, act_payment_refund_order(w, AIM.id, 900, STR("overpaid"), AIM.version))
FIRE(hear_of, bool fresh, act_provider_event(w, STR("stripe"), STR("evt_1"), STR("charge.succeeded"), STR("ch_1"), &fresh))
FIRE(drop_card, struct methods m, act_method_drop(w, CUSTOMER, METHOD, &m))

/* A bill that is due, of somebody who lets a card pay; what these verbs order are payments that are begun. */
static void
card_and_bill(struct world *t)
{
	struct bill_page bill;
	struct work w;

	arrange(t);
	crowd_owner(t, &w);
	act_done(t, &w, OK, act_bill_issue(&w, CUSTOMER, &(struct bill_wish){.day = today, .until = today,
	    .due_day = {true, today}, .title = STR(""), .note = STR("")}, &bill));
	crowd_owner(t, &w);
	act_done(t, &w, OK, processor_keep(&w, &(struct processor){.account = STR("acct_1"), .cards = true, .missing = STR(""), .link = STR(""),
	    .unexplained = STR("")}));
	world_mine(t, "INSERT INTO payment_method (id, customer_id, provider, provider_customer, provider_id, kind, autopay, made_at) "
	    "VALUES (%llu, %llu, 'stripe', 'cus_1', 'pm_1', %d, 1, 0)", (unsigned long long)METHOD, (unsigned long long)CUSTOMER, METHOD_CARD);
}

/* A payment that came by the provider, and can go back. */
static void
paid_by_card(struct world *t)
{
	world_mine(t, "INSERT INTO payment (id, customer_id, way, state, cents, currency, day, provider, provider_id, made_at) VALUES "
	    "(%llu, %llu, %d, %d, 4000, 'USD', '2026-06-14', 'stripe', 'pi_1', 0)", (unsigned long long)PAID, (unsigned long long)SAM,
	    PAY_CARD, PAYMENT_SETTLED);
	for (int side = 1; side <= 2; side++)
		world_mine(t, "INSERT INTO entry (posting_id, side, kind, at, day, account, customer_id, bill_id, payment_id, cents, actor_kind, "
		    "actor_id) VALUES (%llu, %d, %d, 0, '2026-06-14', %d, %llu, 0, %llu, %d, %d, 0)", (unsigned long long)PAID, side, POSTING_PAY,
		    side == 1 ? ACCOUNT_CLEARING : ACCOUNT_UNAPPLIED, (unsigned long long)SAM, (unsigned long long)PAID,
		    side == 1 ? 4000 : -4000, ACTOR_SYSTEM);
}

static int64_t
charges(struct world *t)
{
	const int64_t n = world_number(t, "SELECT COUNT(*) FROM payment WHERE method_id = %llu AND cents = 5000", (unsigned long long)METHOD);

	assert_true(world_number(t, ORDERED("payment_charge")) == n);
	return n;
}

static void
what_the_payment_provider_is_asked_for_fifty_times_it_is_asked_once(void **state)
{
	struct world *t = *state;

	card_and_bill(t);
	paid_by_card(t);
	crowd_stand(t);
	once(t, "draw from a card", draw, ORDERED("payment_charge"));
	assert_true(charges(t) == 1);
	AIM.id = (uint64_t)world_number(t, "SELECT id FROM payment WHERE cents = 5000");
	world_mine(t, "UPDATE payment SET state = %d WHERE cents = 5000", PAYMENT_FAILED);
	once(t, "draw again", draw_again, ORDERED("payment_charge"));
	assert_true(charges(t) == 2);
	once(t, "open a page", open_page, ORDERED("payment_page"));
	once(t, "pay by a card that was left", pay_by_card, ORDERED("payment_charge"));
	aim(t, "payment", PAID);
	once(t, "order a refund", order_refund, ORDERED("payment_refund"));
	once(t, "hear of an event", hear_of, ORDERED("payment_look"));
	once(t, "drop a card", drop_card, ORDERED("method_drop"));
	crowd_leave();
	crowd_close();
}

/* The control of the test above: the key of what was drawn is taken away, and each of them draws. */
static void
without_its_key_a_card_is_drawn_from_as_often_as_it_is_ordered(void **state)
{
	struct world *t = *state;

	card_and_bill(t);
	world_mine(t, "ALTER TABLE provider_event DROP INDEX event");
	crowd_stand(t);
	(void)crowd_fire(draw);
	assert_true(charges(t) > 1);
	crowd_leave();
	world_mine(t, "DELETE FROM provider_event");
	world_mine(t, "ALTER TABLE provider_event ADD UNIQUE KEY event (provider, event_id)");
	crowd_close();
}

/* ---- offers, jobs, records ---- */

FIRE(send_offer, struct quote_page q, act_quote_issue(w, AIM.id, AIM.version, &q))
FIRE(approve, struct quote_page q,
    act_quote_answer(w, AIM.id, &(struct quote_answer){QUOTE_APPROVE, 0, STR("Rosa"), STR("")}, &q))
FIRE(decline, struct quote_page q,
    act_quote_answer(w, AIM.id, &(struct quote_answer){QUOTE_DECLINE, 0, STR("Rosa"), STR("Too dear")}, &q))
FIRE(withdraw, struct quote_page q, act_quote_void(w, AIM.id, STR("wrong"), AIM.version, &q))
FIRE(call_off, struct visit_line v, act_visit_skip(w, AIM.id, &(struct visit_skipping){STR("rain"), AIM.version}, &v))
FIRE(move, struct visit_line v,
    act_visit_move(w, AIM.id, &(struct visit_moving){.day = {20624}, .anyway = {true, true}, .version = AIM.version}, &v))
FIRE(warrant, struct job_page j, act_job_free(w, AIM.id, &(struct job_free){FREE_WARRANTY, AIM.version}, &j))
FIRE(drop_want, struct job_page j, act_want_drop(w, AIM.id, AIM.version, &j))
FIRE(change_prices, (void)0, act_price_apply(w, AIM.id))
FIRE(undo_prices, struct price_plans p, act_price_undo(w, AIM.id, &p))
FIRE(sell, struct property_sold s, act_property_sell(w, PROPERTY, SAM, false, AIM.version, &s))
FIRE(undo_sale, struct property_sold s, act_property_sale_undo(w, AIM.id, &s))
FIRE(merge, struct merge m, act_merge(w, SAM, &(struct merge_wish){.other_id = CUSTOMER}, &m))
FIRE(undo_merge, struct merge_undo m, act_merge_undo(w, AIM.id, &m))

static enum err
rate(struct work *w, struct writer *me)
{
	(void)me;
	w->actor = (struct actor){.kind = ACTOR_CUSTOMER, .id = CUSTOMER};
	return act_portal_rate(w, VISIT + 2, 5, STR("Clear water"));
}

static uint64_t
offer(struct world *t, bool sent)
{
	struct quote_line_wish line = {.kind = CHARGE_LABOUR, .text = STR("New pump"), .quantity_milli = 1000, .unit_cents = 40000,
	    .tax_code = STR("")};
	const struct quote_wish in = {.property_id = PROPERTY, .service_id = SERVICE, .title = STR("A pump"), .note = STR(""),
	    .due_day = {today.n + 30}, .deposit_ppm = 500000, .lines = &line, .lines_n = 1};
	struct quote_page q;
	struct work w;

	crowd_owner(t, &w);
	act_done(t, &w, OK, act_quote_make(&w, CUSTOMER, &in, &q));
	if (sent) {
		crowd_owner(t, &w);
		act_done(t, &w, OK, act_quote_issue(&w, q.id, q.version, &q));
	}
	return q.id;
}

static void
an_offer_is_answered_once_and_becomes_one_job_with_one_deposit(void **state)
{
	struct world *t = *state;

	arrange(t);
	crowd_stand(t);
	aim(t, "bill", offer(t, false));
	once(t, "send an offer", send_offer, LOGGED("quote.sent"));
	once(t, "approve it", approve, LOGGED("quote.approved"));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE source = %d", VISIT_OF_WORKORDER), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill_line WHERE net_cents = 40000 AND bill_id = %d", BILL_WANTED), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill WHERE total_cents = 20000 AND kind = %d", BILL_INVOICE), 1);
	aim_at(t, "bill_line", str_printf(t->a, "net_cents = 40000 AND bill_id = %d", BILL_WANTED).p);
	once(t, "drop what a job wanted", drop_want, LOGGED("job.line_dropped"));
	aim(t, "bill", offer(t, true));
	once(t, "decline another", decline, LOGGED("quote.declined"));
	aim(t, "bill", offer(t, true));
	once(t, "withdraw a third", withdraw, LOGGED("quote.withdrawn"));
	crowd_leave();
	crowd_close();
}

static void
a_visit_a_price_and_a_record_change_once(void **state)
{
	struct price_set row = {ITEM, 1000, 1100};
	const struct price_wish prices = {{today.n + 1}, &row, 1};
	struct world *t = *state;
	struct price_plans p;
	struct work w;

	arrange(t);
	world_sql(t, "INSERT INTO item (id, kind, name, unit, holds_x100, price_cents) VALUES (%llu, 1, 'Acid', 1, 100, 1000)",
	    (unsigned long long)ITEM);
	crowd_stand(t);
	aim(t, "visit", VISIT);
	once(t, "skip a visit", call_off, str_printf(t->a, "SELECT COUNT(*) FROM visit_log WHERE verb = %d", VERB_SKIP).p);
	aim(t, "visit", VISIT + 1);
	once(t, "move a visit", move, str_printf(t->a, "SELECT COUNT(*) FROM visit_log WHERE verb = %d", VERB_MOVED).p);
	aim(t, "visit", VISIT + 1);
	once(t, "make a job free", warrant, LOGGED("job.free"));
	once(t, "rate a visit", rate, "SELECT COUNT(*) FROM provider_event WHERE kind = 'stars'");
	crowd_owner(t, &w);
	act_done(t, &w, OK, act_price_plan(&w, &prices, &p));
	AIM.id = p.rows[0].id;
	once(t, "change prices", change_prices, LOGGED("prices.changed"));
	once(t, "and back", undo_prices, LOGGED("prices.undone"));
	aim(t, "property", PROPERTY);
	once(t, "sell a home", sell, LOGGED("property.sold"));
	AIM.id = (uint64_t)world_number(t, "SELECT object_id FROM audit WHERE verb = 'property.sold'");
	aim_at(t, "batch", str_printf(t->a, "kind = %d", BATCH_SALE).p);
	once(t, "and back", undo_sale, LOGGED("property.sale_undone"));
	once(t, "merge two records", merge, LOGGED("customers.merged"));
	aim_at(t, "batch", str_printf(t->a, "kind = %d", BATCH_MERGE).p);
	once(t, "and back", undo_merge, LOGGED("customers.merge_undone"));
	crowd_leave();
	crowd_close();
}

/* ---- people ---- */

FIRE(invite, struct staff_line l,
    act_staff_invite(w, &(struct invite){STR("Nina"), STR("nina@new.example"), ROLE_TECHNICIAN, {0}, ENGLISH}, &l))
FIRE(accept, struct admitted a,
    act_invitation_accept(w, &(struct acceptance){str_of(AIM.text), STR("Ina"), STR("seven quiet otters swim"), ENGLISH}, &a))
FIRE(disable, (void)0, act_staff_disable(w, AIM.id, AIM.version))
FIRE(hand_over, (void)0, act_ownership_give(w, MANAGER))

static enum err
reset(struct work *w, struct writer *me)
{
	const struct new_password in = {str_of(AIM.text), STR("nine loud herons walk"), {0}};
	struct admitted a;
	bool counted;

	(void)me;
	return act_reset(w, &in, &a, &counted);
}

static void
link_to(struct world *t, enum link_purpose p, uint64_t whom, const char *page)
{
	struct str url, token;
	struct work w;

	crowd_owner(t, &w);
	world_ok(t, &w.fault, link_issue(&w, p, whom, 600, page, &url, &token));
	assert_true(token.n < sizeof(AIM.text));
	memcpy(AIM.text, token.p, token.n);
	AIM.text[token.n] = '\0';
	world_ok(t, &w.fault, work_close(&w, OK));
}

static void
a_person_is_invited_comes_in_and_is_given_the_house_once(void **state)
{
	struct world *t = *state;

	arrange(t);
	crowd_stand(t);
	once(t, "invite", invite, "SELECT COUNT(*) FROM staff");
	link_to(t, LINK_INVITE, INVITED, "invitation");
	once(t, "accept", accept, LOGGED("invitation.accepted"));
	link_to(t, LINK_RESET, TECH, "reset");
	once(t, "reset a password", reset, LOGGED("password.reset"));
	aim(t, "staff", INVITED);
	once(t, "disable", disable, LOGGED("staff.disabled"));
	once(t, "hand over", hand_over, LOGGED("company.handed_over"));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM staff WHERE role = %d", ROLE_OWNER), 1);
	crowd_leave();
	crowd_close();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(a_bill_a_payment_and_a_run_are_pressed_fifty_times_and_happen_once),
		world_test(what_the_payment_provider_is_asked_for_fifty_times_it_is_asked_once),
		world_test(without_its_key_a_card_is_drawn_from_as_often_as_it_is_ordered),
		world_test(an_offer_is_answered_once_and_becomes_one_job_with_one_deposit),
		world_test(a_visit_a_price_and_a_record_change_once),
		world_test(a_person_is_invited_comes_in_and_is_given_the_house_once),
	};

	setenv("POOL_STRIPE_KEY", "sk_test_of_the_row_tests", 1);
	return world_run("rows/once", tests);
}
