/*
 * tests/rows/ledger_test.c -- many hands on one ledger: whatever thirty-two writers do at once, the entries say what an oracle
 * says that knows nothing of accounts. On a cluster they write at all its nodes, and one of these falls in the middle and comes
 * back (tests/long/cluster.sh).
 */
#include <stdlib.h>
#include <unistd.h>

#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/payments.h"
#include "tests/rows/gadgets.h"
#include "tests/rows/money.h"

#define WRITERS  32
#define PEOPLE   3  /* customers that all writers meet at */
#define BILLS    12 /* of the beginning; writers make more */
#define PAYMENTS 12

/* What somebody was told OK for: all that the oracle knows. */
enum deed_kind { DEED_ASKED, DEED_GONE, DEED_CAME, DEED_APPLIED, DEED_BACK };
/* Bills that ask, and payments that are free, of three customers. */
static void
arrange(struct world *t)
{
	struct payment_page pay;
	struct bill_page bill;
	struct work w;

	people_arrange(t);
	for (unsigned k = 0; k < PEOPLE; k++)
		world_sql(t, "INSERT INTO customer (id, name, email, language, created_at) VALUES (%llu, 'Customer %u', '', 'en', 0)",
		    (unsigned long long)CUSTOMER + k, k);
	for (unsigned i = 0; i < BILLS; i++) {
		line_waits(t, CUSTOMER + i % PEOPLE, i, 5000 + 317 * i);
		crowd_owner(t, &w);
		act_done(t, &w, OK, bill_all(&w, CUSTOMER + i % PEOPLE, &bill));
		crowd->deed[crowd->deeds_n++] = (struct deed){.kind = DEED_ASKED, .bill_id = bill.id, .cents = bill.total_cents};
	}
	for (unsigned i = 0; i < PAYMENTS; i++) {
		crowd_owner(t, &w);
		act_done(t, &w, OK, take(&w, CUSTOMER + i % PEOPLE, 4000 + 211 * i, true, &pay));
		crowd->deed[crowd->deeds_n++] = (struct deed){.kind = DEED_CAME, .payment_id = pay.id, .cents = pay.cents};
	}
}

/* ---- what a writer may do; each says what came of it ---- */

static uint64_t
some(struct writer *me, enum deed_kind kind)
{
	size_t n = atomic_load(&crowd->deeds_n), at = crowd_throw(me, n < DEEDS_MAX ? n : DEEDS_MAX);

	for (size_t i = 0; i < n; i++, at = (at + 1) % n)
		if (crowd->deed[at].kind == kind)
			return kind == DEED_ASKED ? crowd->deed[at].bill_id : crowd->deed[at].payment_id;
	return 0;
}

static enum err
write_payment(struct work *w, struct writer *me)
{
	struct payment_page p;

	TRY(take(w, CUSTOMER + crowd_throw(me, PEOPLE), 1 + (int64_t)crowd_throw(me, 9000), crowd_throw(me, 2) == 0, &p));
	crowd_did(me, DEED_CAME, 0, p.id, p.cents);
	for (size_t i = 0; i < p.applied_n; i++)
		crowd_did(me, DEED_APPLIED, p.applied[i].bill_id, p.id, p.applied[i].cents);
	return OK;
}

static enum err
write_credit(struct work *w, struct writer *me)
{
	const struct payment_wish in = {.way = PAY_CREDIT, .cents = 1 + (int64_t)crowd_throw(me, 900), .day = today, .reference = STR(""),
	    .note = STR(""), .reason = STR("Sorry"), .keep = true};
	struct payment_page p;

	TRY(act_payment_take(w, CUSTOMER + crowd_throw(me, PEOPLE), &in, &p));
	crowd_did(me, DEED_CAME, 0, p.id, p.cents);
	return OK;
}

static enum err
write_apply(struct work *w, struct writer *me)
{
	const struct apply_wish in = {some(me, DEED_ASKED), 1 + (int64_t)crowd_throw(me, 3000)};
	const uint64_t id = some(me, DEED_CAME);
	struct payment_page p;

	TRY(act_payment_apply(w, id, &in, &p));
	crowd_did(me, DEED_APPLIED, in.bill_id, id, in.cents);
	return OK;
}

/* What pays what now is read under the guard that the act takes as well. */
static enum err
applied_now(struct work *w, uint64_t id, struct payment_row *pay, struct applied_row **rows, size_t *n)
{
	TRY(sql_payment_for_update(w->db, id, w->arena, pay));
	return sql_entries_applied_of_payment(w->db, id, ACCOUNT_RECEIVABLE, w->arena, rows, n);
}

static enum err
write_unapply(struct work *w, struct writer *me)
{
	struct applied_row *rows;
	struct payment_row pay;
	struct payment_page p;
	size_t n, at;

	TRY(applied_now(w, some(me, DEED_CAME), &pay, &rows, &n));
	if (n == 0)
		return E_NOT_FOUND;
	at = crowd_throw(me, n);
	TRY(act_payment_unapply(w, pay.id, rows[at].bill_id, &p));
	crowd_did(me, DEED_APPLIED, rows[at].bill_id, pay.id, -rows[at].cents);
	return OK;
}

static enum err
write_refund(struct work *w, struct writer *me)
{
	struct payment_ending in = {1 + (int64_t)crowd_throw(me, 2000), STR("overpaid"), today, 0};
	struct payment_row pay;
	struct payment_page p;

	TRY(sql_payment_one(w->db, some(me, DEED_CAME), w->arena, &pay));
	in.version = pay.version;
	TRY(act_payment_refund(w, pay.id, &in, &p));
	crowd_did(me, DEED_BACK, 0, pay.id, in.cents);
	return OK;
}

static enum err
write_return(struct work *w, struct writer *me)
{
	struct payment_ending in = {0, STR("no funds"), today, 0};
	struct applied_row *rows;
	struct open_item free_of;
	struct payment_row pay;
	struct payment_page p;
	int64_t back;
	size_t n;

	TRY(applied_now(w, some(me, DEED_CAME), &pay, &rows, &n));
	TRY(payment_open(w, &pay, &free_of));
	back = free_of.cents;
	in.version = pay.version;
	TRY(act_payment_return(w, pay.id, &in, &p));
	for (size_t i = 0; i < n; i++) {
		back += rows[i].cents;
		crowd_did(me, DEED_APPLIED, rows[i].bill_id, pay.id, -rows[i].cents);
	}
	crowd_did(me, DEED_BACK, 0, pay.id, back);
	return OK;
}

static enum err
write_end(struct work *w, struct writer *me)
{
	struct bill_ending in = {STR("gone"), 0};
	struct open_item open;
	struct bill_row bill;
	struct bill_page b;

	TRY(sql_bill_for_update(w->db, some(me, DEED_ASKED), w->arena, &bill));
	TRY(bill_open(w, &bill, &open));
	in.version = bill.version;
	TRY(crowd_throw(me, 2) == 0 ? act_bill_void(w, bill.id, &in, &b) : act_bill_write_off(w, bill.id, &in, &b));
	crowd_did(me, DEED_GONE, bill.id, 0, open.cents);
	return OK;
}

/* Lines of bills that were taken back wait again: whoever bills first has them all. */
static enum err
write_bill(struct work *w, struct writer *me)
{
	const uint64_t customer_id = CUSTOMER + crowd_throw(me, PEOPLE);
	const struct charge_row line = {.id = work_id(w), .customer_id = customer_id, .kind = CHARGE_LABOUR, .day = today,
	    .from_day = today, .to_day = today, .part = 1, .of_parts = 1, .text = STR("More work"), .quantity_milli = 1000,
	    .unit_cents = 700, .net_cents = 700, .tax_code = STR(""), .tax_area = STR(""),
	    .line_key = str_printf(w->arena, "more:%llu", (unsigned long long)work_id(w))};
	struct bill_page b;

	TRY(tell_charge(w, &line));
	TRY(bill_all(w, customer_id, &b));
	crowd_did(me, DEED_ASKED, b.id, 0, b.total_cents);
	return OK;
}

static int
a_life(struct world *t, struct writer *me)
{
	static const verb verbs[] = {write_payment, write_credit, write_apply, write_apply, write_apply, write_unapply, write_refund,
	    write_return, write_end, write_bill};
	const time_t until = getenv("LONG") != NULL ? time(NULL) + 60 : 0;

	me->keyed = true;
	crowd_together();
	for (unsigned i = 0; until != 0 ? time(NULL) < until || !crowd->seen : i < 12; i++) {
		const enum err e = crowd_act(t, me, verbs[crowd_throw(me, COUNT_OF(verbs))]);

		if (e != OK && e != E_RETRY && e != E_INVALID && e != E_STALE && e != E_NOT_FOUND)
			return 1;
		if (e == OK)
			atomic_fetch_add(&crowd->fine, 1);
	}
	return 0;
}

/* Not before each of them has written, and not back before they have written without it. */
static void
until_kept(unsigned n)
{
	const unsigned from = crowd->fine;
	unsigned waits = 0;

	while (crowd->fine < from + n) {
		assert_true(++waits < 6000);
		usleep(10000);
	}
}

static void
a_node_falls(struct world *t)
{
	const char *falls = getenv("POOL_NODE_FALLS"), *comes = getenv("POOL_NODE_COMES");

	(void)t;
	if (falls != NULL && comes != NULL) {
		until_kept(2 * WRITERS);
		assert_int_equal(system(falls), 0);
		until_kept(2 * WRITERS);
		assert_int_equal(system(comes), 0);
		crowd->back = true;
		until_kept(2 * WRITERS);
	}
	crowd->seen = true;
}

/* ---- the oracle: sums of what people were told, nothing of entries ---- */

static int64_t
oracle(enum deed_kind plus, enum deed_kind minus, uint64_t bill_id, uint64_t payment_id)
{
	int64_t sum = 0;

	for (size_t i = 0; i < crowd->deeds_n; i++) {
		const struct deed *d = &crowd->deed[i];

		if ((bill_id != 0 && d->bill_id != bill_id) || (payment_id != 0 && d->payment_id != payment_id))
			continue;
		sum += d->kind == plus ? d->cents : d->kind == minus || d->kind == DEED_APPLIED ? -d->cents : 0;
	}
	return sum;
}

/* One document: what is written must be what people were told, and never less than nothing. */
static int64_t
same(struct world *t, const char *what, uint64_t id, enum account account, int64_t told)
{
	const int64_t written = world_number(t, "SELECT COALESCE(SUM(cents), 0) FROM entry WHERE account = %d AND %s_id = %llu", account, what,
	    (unsigned long long)id) * (account == ACCOUNT_UNAPPLIED ? -1 : 1);

	if (told == written && told >= 0)
		return told;
	print_message("# %s %llu: %lld was told, %lld is written\n", what, (unsigned long long)id, (long long)told, (long long)written);
	for (size_t i = 0; i < crowd->deeds_n; i++)
		if (crowd->deed[i].bill_id == id || crowd->deed[i].payment_id == id)
			print_message("#   told, kind %u: bill %llu, payment %llu, %lld; to %u at node %u, its act %llu, at %lld; key %lld\n",
			    crowd->deed[i].kind, (unsigned long long)crowd->deed[i].bill_id, (unsigned long long)crowd->deed[i].payment_id,
			    (long long)crowd->deed[i].cents, crowd->deed[i].writer, crowd->deed[i].node + 1,
			    (unsigned long long)crowd->deed[i].act, (long long)crowd->deed[i].at_ms,
			    (long long)world_number(t, "SELECT COUNT(*) FROM idempotency WHERE key_hash = '%08u%024llu'", crowd->deed[i].writer,
			        (unsigned long long)crowd->deed[i].act));
	print_message("#   written: %s\n", world_text(t, str_printf(t->a, "SELECT GROUP_CONCAT(CONCAT_WS(' ', 'kind', kind, 'account', account, "
	    "'bill', bill_id, 'payment', payment_id, cents) SEPARATOR '; ') FROM entry WHERE %s_id = %llu", what, (unsigned long long)id).p).p);
	_fail(__FILE__, __LINE__);
	return 0;
}

static void
the_ledger_is_what_the_oracle_says(struct world *t)
{
	int64_t owed = 0, held = 0;

	assert_true(crowd->deeds_n < DEEDS_MAX);
	for (size_t i = 0; i < crowd->deeds_n; i++) {
		const struct deed *d = &crowd->deed[i];

		if (d->kind == DEED_ASKED)
			owed += same(t, "bill", d->bill_id, ACCOUNT_RECEIVABLE, oracle(DEED_ASKED, DEED_GONE, d->bill_id, 0));
		else if (d->kind == DEED_CAME)
			held += same(t, "payment", d->payment_id, ACCOUNT_UNAPPLIED, oracle(DEED_CAME, DEED_BACK, 0, d->payment_id));
	}
	assert_true(world_number(t, "SELECT SUM(cents) FROM entry WHERE account = %d", ACCOUNT_RECEIVABLE) == owed);
	assert_true(-world_number(t, "SELECT SUM(cents) FROM entry WHERE account = %d", ACCOUNT_UNAPPLIED) == held);
	/* Every posting sums up to zero, and so do all accounts together. */
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM (SELECT posting_id FROM entry GROUP BY posting_id HAVING SUM(cents) <> 0) p"), 0);
	assert_int_equal(world_number(t, "SELECT SUM(cents) FROM entry"), 0);
	/* What is billed has its lines: no line on two documents, none lost. */
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill b WHERE b.state = %d AND b.net_cents <> (SELECT COALESCE(SUM(l.net_cents), 0) "
	    "FROM bill_line l WHERE l.bill_id = b.id)", BILL_ISSUED), 0);
	assert_int_equal(world_number(t, "SELECT MAX(seq) = COUNT(*) FROM bill"), 1);
}

static void
thirty_two_writers_at_once_lose_no_cent(void **state)
{
	struct world *t = *state;

	crowd_open(WRITERS);
	arrange(t);
	crowd_live(t, WRITERS, a_life, a_node_falls);
	print_message("# %u acts were kept, %zu deeds; %u commits were not answered, %u of them done\n", crowd->fine, (size_t)crowd->deeds_n,
	    crowd->unsure, crowd->done);
	assert_true(crowd->fine > WRITERS);
	assert_true(crowd_nodes_agree(t));
	the_ledger_is_what_the_oracle_says(t);
	crowd_close();
}

/* The act as it would be without its guard: free money is read, all have read it, and all give it back. */
static bool met; /* in this process */

static enum err
refund_unguarded(struct work *w, struct writer *me)
{
	struct payment_row pay;
	struct open_item free_of;
	struct posting p;
	struct billing b;

	(void)me;
	TRY(sql_payment_one(w->db, crowd->aim.id, w->arena, &pay));
	TRY(billing_read(w, &b));
	TRY(payment_open(w, &pay, &free_of));
	if (!met) /* whoever is run again meets nobody */
		crowd_together();
	met = true;
	TRY(posting_give_back(POSTING_REFUND, pay.customer_id, &free_of, pay.way, free_of.cents, today, &p, &w->fault));
	return tell_posting(w, &b, &p);
}

static int
unguarded_shot(struct world *t, struct writer *me)
{
	if (crowd_act(t, me, refund_unguarded) == OK)
		atomic_fetch_add(&crowd->fine, 1);
	return 0;
}

static void
without_its_guard_money_goes_back_eight_times(void **state)
{
	struct world *t = *state;
	struct payment_page pay;
	struct work w;

	crowd_open(8);
	people_arrange(t);
	world_sql(t, "INSERT INTO customer (id, name, email, language, created_at) VALUES (%llu, 'Rosa', '', 'en', 0)",
	    (unsigned long long)CUSTOMER);
	crowd_owner(t, &w);
	act_done(t, &w, OK, take(&w, CUSTOMER, 1000, true, &pay));
	crowd->aim.id = pay.id;
	crowd_live(t, 8, unguarded_shot, NULL);
	assert_int_equal(crowd->fine, 8);
	assert_true(-world_number(t, "SELECT SUM(cents) FROM entry WHERE account = %d", ACCOUNT_UNAPPLIED) == 1000 - 8 * 1000);
	crowd_close();
}

/* By the account's rights, whatever a program of ours would send: law `sql` sees that none does. */
static void
an_entry_is_neither_changed_nor_taken_away_by_whoever_serves_the_company(void **state)
{
	struct world *t = *state;
	struct payment_page pay;
	uint64_t posting, changed;
	struct work w;
	enum err e;

	crowd_open(1);
	people_arrange(t);
	world_sql(t, "INSERT INTO customer (id, name, email, language, created_at) VALUES (%llu, 'Rosa', '', 'en', 0)",
	    (unsigned long long)CUSTOMER);
	crowd_owner(t, &w);
	act_done(t, &w, OK, take(&w, CUSTOMER, 1000, true, &pay));
	posting = (uint64_t)world_number(t, "SELECT MIN(posting_id) FROM entry");
	crowd_owner(t, &w);
	e = sql_entry_forge(w.db, posting, &changed);
	assert_int_equal(e, E_BUG);
	act_done(t, &w, E_BUG, e);
	crowd_owner(t, &w);
	e = sql_entry_cut(w.db, posting, &changed);
	assert_int_equal(e, E_BUG);
	act_done(t, &w, E_BUG, e);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM entry WHERE account = %d AND cents = 1000", ACCOUNT_CASH), 1);
	/* The control: what is no ledger is changed by the same hand. */
	crowd_owner(t, &w);
	act_done(t, &w, OK, sql_payment_touch(w.db, pay.id, pay.version));
	crowd_close();
}

/* ---- statements ---- */

static int64_t
sum_of_moves(const struct bill_page *b)
{
	int64_t sum = 0;

	for (size_t i = 0; i < b->moves_n; i++)
		sum += b->moves[i].cents;
	return sum;
}

/* Random months: each statement carries over what the one before ended with, and its end is what the ledger says. */
static void
a_statement_begins_with_what_the_one_before_ended_with(void **state)
{
	const unsigned months = getenv("LONG") != NULL ? 400 : 12;
	struct writer me = {.dice = UINT64_C(88172645463325252)};
	struct world *t = *state;
	int64_t closing = 0;
	struct payment_page pay;
	struct bill_page bill;
	struct billing b;
	struct work w;

	crowd_open(1);
	arrange(t);
	crowd_owner(t, &w);
	act_done(t, &w, OK, act_billing(&w, &b));
	b.shows = BILL_STATEMENT;
	crowd_owner(t, &w);
	act_done(t, &w, OK, act_billing_change(&w, &b, &b));
	for (unsigned m = 0; m < months; m++) {
		line_waits(t, CUSTOMER, 100 + m, 1000 + (int64_t)crowd_throw(&me, 9000));
		for (unsigned i = 0; m > 0 && i < 4; i++) {
			static const verb verbs[] = {write_unapply, write_refund, write_return, write_credit};
			/* Bills and payments of all customers: this one's are moved by some of it. */
			(void)crowd_act(t, &me, verbs[crowd_throw(&me, COUNT_OF(verbs))]);
		}
		if (m == 3) { /* a check that pays the statement before */
			crowd_owner(t, &w);
			act_done(t, &w, OK, take(&w, CUSTOMER, 777, false, &pay));
		}
		crowd_owner(t, &w);
		act_done(t, &w, OK, bill_all(&w, CUSTOMER, &bill));
		if (m > 0)
			assert_true(bill.opening_cents == closing);
		closing = bill.opening_cents + sum_of_moves(&bill) + bill.total_cents;
		for (size_t i = 0; i < bill.moves_n && bill.moves_n <= BILL_MOVES_MAX; i++)
			assert_int_not_equal(bill.moves[i].kind, POSTING_TRANSFER); /* every cent has a line of its own */
		assert_true(closing == world_number(t, "SELECT SUM(cents) FROM entry WHERE customer_id = %llu AND account IN (%d, %d)",
		    (unsigned long long)CUSTOMER, ACCOUNT_RECEIVABLE, ACCOUNT_UNAPPLIED));
		if (m == 3) {
			bool said = false;

			for (size_t i = 0; i < bill.moves_n; i++)
				said = said || (bill.moves[i].kind == POSTING_PAY && bill.moves[i].cents == -777 && str_eq(bill.moves[i].what, STR("1041")));
			assert_true(said);
		}
	}
	/* What moved is sealed with the rest. */
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill WHERE kind = %d AND JSON_LENGTH(body, '$.moves') = JSON_LENGTH(moved, '$.rows') "
	    "AND JSON_LENGTH(moved, '$.rows') > 0", BILL_STATEMENT) > 0, 1);
	crowd_close();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(thirty_two_writers_at_once_lose_no_cent),
		world_test(without_its_guard_money_goes_back_eight_times),
		world_test(an_entry_is_neither_changed_nor_taken_away_by_whoever_serves_the_company),
		world_test(a_statement_begins_with_what_the_one_before_ended_with),
	};
	return world_run("rows/ledger", tests);
}
