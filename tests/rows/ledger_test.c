/*
 * tests/rows/ledger_test.c -- many hands on one ledger: whatever thirty-two writers do at once, the entries say what an oracle
 * says that knows nothing of accounts; whatever is pressed fifty times in one moment happens once.
 *
 * Writers are processes with connections of their own, forked once; a barrier in shared memory lets them go together.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fcgi/acts/billing.h"
#include "fcgi/acts/bills.h"
#include "fcgi/acts/payments.h"
#include "fcgi/acts/processor.h"
#include "fcgi/acts/runs.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/payments.h"
#include "sql/tenant/queries/processor.h"
#include "tests/rows/gadgets.h"
#include "tests/rows/people.h"

#define CUSTOMER UINT64_C(4300000000000000001)
#define LINE     UINT64_C(4300000000000001000)
#define NOW      INT64_C(1781524800) /* Monday, 15 June 2026, noon in UTC */
#define WRITERS  32
#define FIFTY    50
#define PEOPLE   3  /* customers that all writers meet at */
#define BILLS    12 /* of the beginning; writers make more */
#define PAYMENTS 12
#define DEEDS_MAX 400000
#define TRIES    200

static const struct day today = {20619}; /* 2026-06-15 */

/* What somebody was told OK for: all that the oracle knows. */
enum deed_kind { DEED_ASKED, DEED_GONE, DEED_CAME, DEED_APPLIED, DEED_BACK };
struct deed {
	enum deed_kind kind;
	uint64_t bill_id, payment_id;
	int64_t cents;
};

/* In memory that all writers share. */
struct shared {
	pthread_barrier_t gate;
	atomic_uint fine;
	atomic_size_t deeds_n;
	struct deed deed[DEEDS_MAX];
};
static struct shared *all;

/* A writer: its chance, and the deeds of the act that is under way. */
struct writer {
	unsigned n;
	uint64_t dice;
	struct deed deed[512];
	size_t deeds;
};

typedef enum err (*verb)(struct work *w, struct writer *me);

static void
share(unsigned writers)
{
	pthread_barrierattr_t attr;

	all = mmap(NULL, sizeof(*all), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(all != MAP_FAILED);
	assert_int_equal(pthread_barrierattr_init(&attr), 0);
	assert_int_equal(pthread_barrierattr_setpshared(&attr, PTHREAD_PROCESS_SHARED), 0);
	assert_int_equal(pthread_barrier_init(&all->gate, &attr, writers), 0);
}

static void
put_away(void)
{
	pthread_barrier_destroy(&all->gate);
	munmap(all, sizeof(*all));
	all = NULL;
}

static void
together(void)
{
	(void)pthread_barrier_wait(&all->gate);
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

static void
as_writer(struct world *t, struct work *w, const struct writer *me)
{
	office(t, w);
	w->now_ms += me->n;
}

static uint64_t
throw(struct writer *me, uint64_t n)
{
	me->dice ^= me->dice << 13;
	me->dice ^= me->dice >> 7;
	me->dice ^= me->dice << 17;
	return me->dice % n;
}

static void
did(struct writer *me, enum deed_kind kind, uint64_t bill_id, uint64_t payment_id, int64_t cents)
{
	if (me->deeds < COUNT_OF(me->deed))
		me->deed[me->deeds++] = (struct deed){kind, bill_id, payment_id, cents};
}

/* Until it is told yes or no; what was done is written down once it is kept. */
static enum err
act_until(struct world *t, struct writer *me, verb v)
{
	enum err e = E_RETRY;

	for (unsigned n = 0; e == E_RETRY && n < TRIES; n++) {
		struct work w;

		me->deeds = 0;
		as_writer(t, &w, me);
		e = work_close(&w, v(&w, me));
	}
	for (size_t i = 0; e == OK && i < me->deeds; i++) {
		const size_t at = atomic_fetch_add(&all->deeds_n, 1);

		if (at < DEEDS_MAX)
			all->deed[at] = me->deed[i];
	}
	return e;
}

/* Run `life` in n processes, and wait; each of them must end well. */
static void
writers(struct world *t, unsigned n, int (*life)(struct world *t, struct writer *me))
{
	pid_t child[FIFTY];

	if (!t->watching)
		world_watch(t); /* by the operator's connection, which children must leave alone */
	for (unsigned i = 0; i < n; i++) {
		child[i] = fork();
		assert_true(child[i] >= 0);
		if (child[i] == 0) {
			struct writer me = {.n = i, .dice = UINT64_C(88172645463325252) + i * 7919};

			(void)alarm(getenv("LONG") != NULL ? 180 : 60); /* somebody who dies before the gate holds nobody for ever */
			t->house = world_house(t);
			t->desk.house = t->house;
			_exit(life(t, &me));
		}
	}
	for (unsigned i = 0; i < n; i++) {
		int status;

		assert_int_equal(waitpid(child[i], &status, 0), child[i]);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
	}
}

static void
line_waits(struct world *t, uint64_t customer_id, uint64_t n, int64_t cents)
{
	world_mine(t, "INSERT INTO bill_line (id, customer_id, property_id, kind, line_key, day, from_day, to_day, text, unit_cents, "
	    "net_cents, made_at) VALUES (%llu, %llu, 0, %d, 'line:%llu', '2026-06-14', '2026-06-14', '2026-06-14', 'Work', %lld, %lld, 0)",
	    (unsigned long long)(LINE + n), (unsigned long long)customer_id, CHARGE_LABOUR, (unsigned long long)n, (long long)cents,
	    (long long)cents);
}

static enum err
bill_all(struct work *w, uint64_t customer_id, struct bill_page *out)
{
	return act_bill_issue(w, customer_id, &(struct bill_wish){.day = today, .until = today, .title = STR(""), .note = STR("")}, out);
}

static enum err
take(struct work *w, uint64_t customer_id, int64_t cents, bool keep, struct payment_page *out)
{
	const struct payment_wish in = {.way = PAY_CHECK, .cents = cents, .day = today, .reference = STR("1041"), .note = STR(""),
	    .reason = STR(""), .keep = keep};

	return act_payment_take(w, customer_id, &in, out);
}

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
		office(t, &w);
		act_done(t, &w, OK, bill_all(&w, CUSTOMER + i % PEOPLE, &bill));
		all->deed[all->deeds_n++] = (struct deed){DEED_ASKED, bill.id, 0, bill.total_cents};
	}
	for (unsigned i = 0; i < PAYMENTS; i++) {
		office(t, &w);
		act_done(t, &w, OK, take(&w, CUSTOMER + i % PEOPLE, 4000 + 211 * i, true, &pay));
		all->deed[all->deeds_n++] = (struct deed){DEED_CAME, 0, pay.id, pay.cents};
	}
}

/* ---- what a writer may do; each says what came of it ---- */

static uint64_t
some(struct writer *me, enum deed_kind kind)
{
	size_t n = atomic_load(&all->deeds_n), at = throw(me, n < DEEDS_MAX ? n : DEEDS_MAX);

	for (size_t i = 0; i < n; i++, at = (at + 1) % n)
		if (all->deed[at].kind == kind)
			return kind == DEED_ASKED ? all->deed[at].bill_id : all->deed[at].payment_id;
	return 0;
}

static enum err
write_payment(struct work *w, struct writer *me)
{
	struct payment_page p;

	TRY(take(w, CUSTOMER + throw(me, PEOPLE), 1 + (int64_t)throw(me, 9000), throw(me, 2) == 0, &p));
	did(me, DEED_CAME, 0, p.id, p.cents);
	for (size_t i = 0; i < p.applied_n; i++)
		did(me, DEED_APPLIED, p.applied[i].bill_id, p.id, p.applied[i].cents);
	return OK;
}

static enum err
write_credit(struct work *w, struct writer *me)
{
	const struct payment_wish in = {.way = PAY_CREDIT, .cents = 1 + (int64_t)throw(me, 900), .day = today, .reference = STR(""),
	    .note = STR(""), .reason = STR("Sorry"), .keep = true};
	struct payment_page p;

	TRY(act_payment_take(w, CUSTOMER + throw(me, PEOPLE), &in, &p));
	did(me, DEED_CAME, 0, p.id, p.cents);
	return OK;
}

static enum err
write_apply(struct work *w, struct writer *me)
{
	const struct apply_wish in = {some(me, DEED_ASKED), 1 + (int64_t)throw(me, 3000)};
	const uint64_t id = some(me, DEED_CAME);
	struct payment_page p;

	TRY(act_payment_apply(w, id, &in, &p));
	did(me, DEED_APPLIED, in.bill_id, id, in.cents);
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
	at = throw(me, n);
	TRY(act_payment_unapply(w, pay.id, rows[at].bill_id, &p));
	did(me, DEED_APPLIED, rows[at].bill_id, pay.id, -rows[at].cents);
	return OK;
}

static enum err
write_refund(struct work *w, struct writer *me)
{
	struct payment_ending in = {1 + (int64_t)throw(me, 2000), STR("overpaid"), today, 0};
	struct payment_row pay;
	struct payment_page p;

	TRY(sql_payment_one(w->db, some(me, DEED_CAME), w->arena, &pay));
	in.version = pay.version;
	TRY(act_payment_refund(w, pay.id, &in, &p));
	did(me, DEED_BACK, 0, pay.id, in.cents);
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
		did(me, DEED_APPLIED, rows[i].bill_id, pay.id, -rows[i].cents);
	}
	did(me, DEED_BACK, 0, pay.id, back);
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
	TRY(throw(me, 2) == 0 ? act_bill_void(w, bill.id, &in, &b) : act_bill_write_off(w, bill.id, &in, &b));
	did(me, DEED_GONE, bill.id, 0, open.cents);
	return OK;
}

/* Lines of bills that were taken back wait again: whoever bills first has them all. */
static enum err
write_bill(struct work *w, struct writer *me)
{
	const uint64_t customer_id = CUSTOMER + throw(me, PEOPLE);
	const struct charge_row line = {.id = work_id(w), .customer_id = customer_id, .kind = CHARGE_LABOUR, .day = today,
	    .from_day = today, .to_day = today, .part = 1, .of_parts = 1, .text = STR("More work"), .quantity_milli = 1000,
	    .unit_cents = 700, .net_cents = 700, .tax_code = STR(""), .tax_area = STR(""),
	    .line_key = str_printf(w->arena, "more:%llu", (unsigned long long)work_id(w))};
	struct bill_page b;

	TRY(tell_charge(w, &line));
	TRY(bill_all(w, customer_id, &b));
	did(me, DEED_ASKED, b.id, 0, b.total_cents);
	return OK;
}

static int
a_life(struct world *t, struct writer *me)
{
	static const verb verbs[] = {write_payment, write_credit, write_apply, write_apply, write_apply, write_unapply, write_refund,
	    write_return, write_end, write_bill};
	const time_t until = getenv("LONG") != NULL ? time(NULL) + 60 : 0;

	together();
	for (unsigned i = 0; until != 0 ? time(NULL) < until : i < 12; i++) {
		const enum err e = act_until(t, me, verbs[throw(me, COUNT_OF(verbs))]);

		if (e != OK && e != E_RETRY && e != E_INVALID && e != E_STALE && e != E_NOT_FOUND)
			return 1;
		if (e == OK)
			atomic_fetch_add(&all->fine, 1);
	}
	return 0;
}

/* ---- the oracle: sums of what people were told, nothing of entries ---- */

static int64_t
oracle(enum deed_kind plus, enum deed_kind minus, uint64_t bill_id, uint64_t payment_id)
{
	int64_t sum = 0;

	for (size_t i = 0; i < all->deeds_n; i++) {
		const struct deed *d = &all->deed[i];

		if ((bill_id != 0 && d->bill_id != bill_id) || (payment_id != 0 && d->payment_id != payment_id))
			continue;
		sum += d->kind == plus ? d->cents : d->kind == minus || d->kind == DEED_APPLIED ? -d->cents : 0;
	}
	return sum;
}

static void
the_ledger_is_what_the_oracle_says(struct world *t)
{
	int64_t owed = 0, held = 0;

	assert_true(all->deeds_n < DEEDS_MAX);
	for (size_t i = 0; i < all->deeds_n; i++) {
		const struct deed *d = &all->deed[i];
		int64_t want;

		if (d->kind == DEED_ASKED) {
			want = oracle(DEED_ASKED, DEED_GONE, d->bill_id, 0);
			assert_true(want >= 0);
			assert_true(world_number(t, "SELECT COALESCE(SUM(cents), 0) FROM entry WHERE account = %d AND bill_id = %llu",
			    ACCOUNT_RECEIVABLE, (unsigned long long)d->bill_id) == want);
			owed += want;
		} else if (d->kind == DEED_CAME) {
			want = oracle(DEED_CAME, DEED_BACK, 0, d->payment_id);
			assert_true(want >= 0);
			assert_true(-world_number(t, "SELECT COALESCE(SUM(cents), 0) FROM entry WHERE account = %d AND payment_id = %llu",
			    ACCOUNT_UNAPPLIED, (unsigned long long)d->payment_id) == want);
			held += want;
		}
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

	share(WRITERS);
	arrange(t);
	writers(t, WRITERS, a_life);
	print_message("# %u acts were kept, %zu deeds\n", all->fine, (size_t)all->deeds_n);
	assert_true(all->fine > WRITERS);
	the_ledger_is_what_the_oracle_says(t);
	put_away();
}

/* ---- fifty at once ---- */

static uint64_t the_bill, the_payment, the_run;
static uint32_t the_version;

static enum err
fire_issue(struct work *w, struct writer *me)
{
	struct bill_page b;

	(void)me;
	return bill_all(w, CUSTOMER, &b);
}

static enum err
fire_void(struct work *w, struct writer *me)
{
	struct bill_page b;

	(void)me;
	return act_bill_void(w, the_bill, &(struct bill_ending){STR("wrong"), the_version}, &b);
}

static enum err
fire_write_off(struct work *w, struct writer *me)
{
	struct bill_page b;

	(void)me;
	return act_bill_write_off(w, the_bill, &(struct bill_ending){STR("gone"), the_version}, &b);
}

static enum err
fire_apply(struct work *w, struct writer *me)
{
	struct payment_page p;

	(void)me;
	return act_payment_apply(w, the_payment, &(struct apply_wish){the_bill, 5000}, &p);
}

static enum err
fire_unapply(struct work *w, struct writer *me)
{
	struct payment_page p;

	(void)me;
	return act_payment_unapply(w, the_payment, the_bill, &p);
}

static enum err
fire_refund(struct work *w, struct writer *me)
{
	struct payment_page p;

	(void)me;
	return act_payment_refund(w, the_payment, &(struct payment_ending){900, STR("overpaid"), today, the_version}, &p);
}

static enum err
fire_return(struct work *w, struct writer *me)
{
	struct payment_page p;

	(void)me;
	return act_payment_return(w, the_payment, &(struct payment_ending){0, STR("no funds"), today, the_version}, &p);
}

static enum err
fire_run_start(struct work *w, struct writer *me)
{
	struct run run;

	(void)me;
	return act_run_start(w, the_run, &run);
}

/* One verb after the other, each by all of them in one moment; the first tells the test between two of them. */
static verb the_verb;

static int
one_shot(struct world *t, struct writer *me)
{
	struct work w;
	enum err e;

	/* The first act of a process opens its connections: none of that is part of the moment. */
	as_writer(t, &w, me);
	if (work_close(&w, OK) != OK)
		return 2;
	together();
	e = act_until(t, me, the_verb);
	if (e == OK)
		atomic_fetch_add(&all->fine, 1);
	return e == OK || e == E_RETRY || e == E_INVALID || e == E_STALE || e == E_NOT_FOUND ? 0 : 1;
}

static unsigned
fifty(struct world *t, verb v)
{
	the_verb = v;
	all->fine = 0;
	writers(t, FIFTY, one_shot);
	return all->fine;
}

static void
see(struct world *t)
{
	the_version = (uint32_t)world_number(t, "SELECT version FROM bill WHERE id = %llu", (unsigned long long)the_bill);
}

static void
see_payment(struct world *t)
{
	the_version = (uint32_t)world_number(t, "SELECT version FROM payment WHERE id = %llu", (unsigned long long)the_payment);
}

static int64_t
postings(struct world *t, enum posting_kind kind)
{
	return world_number(t, "SELECT COUNT(DISTINCT posting_id) FROM entry WHERE kind = %d", kind);
}

static void
what_fifty_press_in_one_moment_happens_once(void **state)
{
	struct world *t = *state;
	struct payment_page pay;
	struct bill_page bill;
	struct run run;
	struct work w;

	share(FIFTY);
	people_arrange(t);
	world_sql(t, "INSERT INTO customer (id, name, email, language, created_at) VALUES (%llu, 'Rosa', '', 'en', 0)",
	    (unsigned long long)CUSTOMER);
	line_waits(t, CUSTOMER, 1, 5000);
	assert_int_equal(fifty(t, fire_issue), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM bill"), 1);
	the_bill = (uint64_t)world_number(t, "SELECT id FROM bill");
	office(t, &w);
	act_done(t, &w, OK, take(&w, CUSTOMER, 100000, true, &pay));
	the_payment = pay.id;
	assert_int_equal(fifty(t, fire_apply), 1);
	assert_int_equal(postings(t, POSTING_APPLY), 1);
	assert_int_equal(fifty(t, fire_unapply), 1);
	assert_int_equal(postings(t, POSTING_UNAPPLY), 1);
	see_payment(t);
	assert_int_equal(fifty(t, fire_refund), 1);
	assert_int_equal(postings(t, POSTING_REFUND), 1);
	see_payment(t);
	assert_int_equal(fifty(t, fire_return), 1);
	assert_int_equal(postings(t, POSTING_RETURN), 1);
	see(t);
	assert_int_equal(fifty(t, fire_void), 1);
	assert_int_equal(postings(t, POSTING_VOID), 1);
	/* What was taken back waits again, for a run that fifty start. */
	office(t, &w);
	act_done(t, &w, OK, act_run_make(&w, &(struct run_wish){today, today}, &run));
	the_run = run.id;
	office(t, &w);
	act_done(t, &w, OK, act_run_step(&w, &(struct run_order){the_run, {0}}));
	world_mine(t, "DELETE FROM job");
	assert_int_equal(fifty(t, fire_run_start), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'bill_run'"), 1);
	office(t, &w);
	act_done(t, &w, OK, act_run_step(&w, &(struct run_order){.run_id = the_run}));
	assert_int_equal(postings(t, POSTING_ISSUE), 2);
	the_bill = (uint64_t)world_number(t, "SELECT id FROM bill WHERE state = %d", BILL_ISSUED);
	office(t, &w);
	act_done(t, &w, OK, act_bill_one(&w, the_bill, &bill));
	assert_true(bill.open_cents == 5000);
	see(t);
	assert_int_equal(fifty(t, fire_write_off), 1);
	assert_int_equal(postings(t, POSTING_WRITE_OFF), 1);
	assert_int_equal(world_number(t, "SELECT SUM(cents) FROM entry"), 0);
	put_away();
}

/* ---- charges ---- */

#define METHOD UINT64_C(4300000000000009000)
static bool looked; /* in this process */

/* Everybody has looked before anybody writes: their snapshots are of the moment before. */
static enum err
look_together(struct work *w)
{
	struct cents_row none;

	if (looked)
		return OK;
	looked = true;
	TRY(sql_processed_count(w->db, CUSTOMER, w->arena, &none));
	together();
	return OK;
}

static enum err
fire_autopay(struct work *w, struct writer *me)
{
	(void)me;
	TRY(look_together(w));
	return act_autopay_one(w, CUSTOMER);
}

static enum err
fire_again(struct work *w, struct writer *me)
{
	(void)me;
	TRY(look_together(w));
	return act_autopay_again(w, the_payment);
}

/* A bill that is due, of somebody who lets a card pay; what these verbs order are payments that are begun. */
static void
card_and_bill(struct world *t)
{
	struct bill_page bill;
	struct work w;

	people_arrange(t);
	world_sql(t, "INSERT INTO customer (id, name, email, language, created_at) VALUES (%llu, 'Rosa', '', 'en', 0)",
	    (unsigned long long)CUSTOMER);
	line_waits(t, CUSTOMER, 1, 5000);
	office(t, &w);
	act_done(t, &w, OK, act_bill_issue(&w, CUSTOMER, &(struct bill_wish){.day = today, .until = today,
	    .due_day = {true, today}, .title = STR(""), .note = STR("")}, &bill));
	world_mine(t, "INSERT INTO payment_method (id, customer_id, provider, provider_customer, provider_id, kind, autopay, made_at) "
	    "VALUES (%llu, %llu, 'stripe', 'cus_1', 'pm_1', %d, 1, 0)", (unsigned long long)METHOD, (unsigned long long)CUSTOMER, METHOD_CARD);
}

static int64_t
charges(struct world *t)
{
	const int64_t n = world_number(t, "SELECT COUNT(*) FROM payment WHERE method_id = %llu AND cents = 5000", (unsigned long long)METHOD);

	assert_true(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'payment_charge'") == n);
	return n;
}

static void
a_card_is_drawn_from_once_and_again_once_whoever_orders_it_fifty_times(void **state)
{
	struct world *t = *state;

	share(FIFTY);
	card_and_bill(t);
	(void)fifty(t, fire_autopay);
	assert_true(charges(t) == 1);
	the_payment = (uint64_t)world_number(t, "SELECT id FROM payment");
	world_mine(t, "UPDATE payment SET state = %d", PAYMENT_FAILED);
	(void)fifty(t, fire_again);
	assert_true(charges(t) == 2);
	put_away();
}

/* The control of the test above: the key of what was drawn is taken away, and each of eight draws. */
static void
without_its_key_a_card_is_drawn_from_eight_times(void **state)
{
	struct world *t = *state;

	share(8);
	card_and_bill(t);
	world_mine(t, "ALTER TABLE provider_event DROP INDEX event");
	the_verb = fire_autopay;
	writers(t, 8, one_shot);
	assert_true(charges(t) == 8);
	the_payment = (uint64_t)world_number(t, "SELECT MIN(id) FROM payment");
	world_mine(t, "UPDATE payment SET state = %d", PAYMENT_FAILED);
	the_verb = fire_again;
	writers(t, 8, one_shot);
	assert_true(charges(t) == 16);
	world_mine(t, "DELETE FROM provider_event");
	world_mine(t, "ALTER TABLE provider_event ADD UNIQUE KEY event (provider, event_id)");
	put_away();
}

/* The act as it would be without its guard: free money is read, all have read it, and all give it back. */
static enum err
refund_unguarded(struct work *w, struct writer *me)
{
	struct payment_row pay;
	struct open_item free_of;
	struct posting p;
	struct billing b;

	(void)me;
	TRY(sql_payment_one(w->db, the_payment, w->arena, &pay));
	TRY(billing_read(w, &b));
	TRY(payment_open(w, &pay, &free_of));
	together();
	TRY(posting_give_back(POSTING_REFUND, pay.customer_id, &free_of, pay.way, free_of.cents, today, &p, &w->fault));
	return tell_posting(w, &b, &p);
}

static int
unguarded_shot(struct world *t, struct writer *me)
{
	if (act_until(t, me, refund_unguarded) == OK)
		atomic_fetch_add(&all->fine, 1);
	return 0;
}

static void
without_its_guard_money_goes_back_eight_times(void **state)
{
	struct world *t = *state;
	struct payment_page pay;
	struct work w;

	share(8);
	people_arrange(t);
	world_sql(t, "INSERT INTO customer (id, name, email, language, created_at) VALUES (%llu, 'Rosa', '', 'en', 0)",
	    (unsigned long long)CUSTOMER);
	office(t, &w);
	act_done(t, &w, OK, take(&w, CUSTOMER, 1000, true, &pay));
	the_payment = pay.id;
	writers(t, 8, unguarded_shot);
	assert_int_equal(all->fine, 8);
	assert_true(-world_number(t, "SELECT SUM(cents) FROM entry WHERE account = %d", ACCOUNT_UNAPPLIED) == 1000 - 8 * 1000);
	put_away();
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

	share(1);
	people_arrange(t);
	world_sql(t, "INSERT INTO customer (id, name, email, language, created_at) VALUES (%llu, 'Rosa', '', 'en', 0)",
	    (unsigned long long)CUSTOMER);
	office(t, &w);
	act_done(t, &w, OK, take(&w, CUSTOMER, 1000, true, &pay));
	posting = (uint64_t)world_number(t, "SELECT MIN(posting_id) FROM entry");
	office(t, &w);
	e = sql_entry_forge(w.db, posting, &changed);
	assert_int_equal(e, E_BUG);
	act_done(t, &w, E_BUG, e);
	office(t, &w);
	e = sql_entry_cut(w.db, posting, &changed);
	assert_int_equal(e, E_BUG);
	act_done(t, &w, E_BUG, e);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM entry WHERE account = %d AND cents = 1000", ACCOUNT_CASH), 1);
	/* The control: what is no ledger is changed by the same hand. */
	office(t, &w);
	act_done(t, &w, OK, sql_payment_touch(w.db, pay.id, pay.version));
	put_away();
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

	share(1);
	arrange(t);
	office(t, &w);
	act_done(t, &w, OK, act_billing(&w, &b));
	b.shows = BILL_STATEMENT;
	office(t, &w);
	act_done(t, &w, OK, act_billing_change(&w, &b, &b));
	for (unsigned m = 0; m < months; m++) {
		line_waits(t, CUSTOMER, 100 + m, 1000 + (int64_t)throw(&me, 9000));
		for (unsigned i = 0; m > 0 && i < 4; i++) {
			static const verb verbs[] = {write_unapply, write_refund, write_return, write_credit};
			/* Bills and payments of all customers: this one's are moved by some of it. */
			(void)act_until(t, &me, verbs[throw(&me, COUNT_OF(verbs))]);
		}
		if (m == 3) { /* a check that pays the statement before */
			office(t, &w);
			act_done(t, &w, OK, take(&w, CUSTOMER, 777, false, &pay));
		}
		office(t, &w);
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
	put_away();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(thirty_two_writers_at_once_lose_no_cent),
		world_test(what_fifty_press_in_one_moment_happens_once),
		world_test(without_its_guard_money_goes_back_eight_times),
		world_test(a_card_is_drawn_from_once_and_again_once_whoever_orders_it_fifty_times),
		world_test(without_its_key_a_card_is_drawn_from_eight_times),
		world_test(an_entry_is_neither_changed_nor_taken_away_by_whoever_serves_the_company),
		world_test(a_statement_begins_with_what_the_one_before_ended_with),
	};
	return world_run("rows/ledger", tests);
}
