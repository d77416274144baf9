/* tests/unit/domain/billing/ledger.c -- postings balance, and no order of them makes or loses a cent. */
#include "domain/billing/ledger.h"

#include <stdlib.h>
#include <string.h>

#include "tests/dice.h"
#include "tests/unit/test.h"

static struct day
on(int32_t n)
{
	return (struct day){n};
}

static int64_t
sum_of(const struct posting *p)
{
	int64_t sum = 0;

	for (size_t i = 0; i < p->n; i++)
		sum += p->entry[i].cents;
	return sum;
}

static void
a_bill_asks_for_net_and_tax(void **state)
{
	struct posting p;

	(void)state;
	assert_int_equal(posting_issue(1, 2, 10000, 825, on(100), &p, NULL), OK);
	assert_int_equal(p.n, 3);
	assert_int_equal(p.entry[0].account, ACCOUNT_RECEIVABLE);
	assert_int_equal(p.entry[0].cents, 10825);
	assert_int_equal(sum_of(&p), 0);
	assert_int_equal(posting_check(&p, (struct maybe_day){0}, NULL), OK);
	/* Nothing is asked, nothing is posted; less than nothing is refused. */
	assert_int_equal(posting_issue(1, 2, 0, 0, on(100), &p, NULL), OK);
	assert_int_equal(p.n, 0);
	assert_int_equal(posting_issue(1, 2, -1, 0, on(100), &p, NULL), E_INVALID);
}

static void
nothing_is_posted_into_a_closed_period(void **state)
{
	struct fault f = {0};
	struct posting p;

	(void)state;
	assert_int_equal(posting_issue(1, 2, 100, 0, on(100), &p, NULL), OK);
	assert_int_equal(posting_check(&p, (struct maybe_day){true, on(100)}, &f), E_INVALID);
	assert_string_equal(f.field, "day");
	assert_int_equal(posting_check(&p, (struct maybe_day){true, on(99)}, NULL), OK);
}

static void
an_unbalanced_or_nameless_posting_is_a_bug(void **state)
{
	struct posting p;

	(void)state;
	assert_int_equal(posting_issue(1, 2, 100, 0, on(1), &p, NULL), OK);
	p.entry[0].cents++;
	assert_int_equal(posting_check(&p, (struct maybe_day){0}, NULL), E_BUG);
	p.entry[0].cents--;
	p.entry[0].bill_id = 0;
	assert_int_equal(posting_check(&p, (struct maybe_day){0}, NULL), E_BUG);
}

static void
no_more_is_applied_than_is_free_or_asked_for(void **state)
{
	const struct open_item payment = {7, on(1), on(1), 500}, bill = {8, on(1), on(31), 300};
	struct fault f = {0};
	struct posting p;

	(void)state;
	assert_int_equal(posting_apply(1, &payment, &bill, 301, on(2), &p, &f), E_INVALID);
	assert_string_equal(f.why, "This is more than the bill still asks for.");
	f = (struct fault){0};
	assert_int_equal(posting_apply(1, &payment, &bill, 501, on(2), &p, &f), E_INVALID);
	assert_string_equal(f.why, "This is more than is left of the payment.");
	assert_int_equal(posting_apply(1, &payment, &bill, 0, on(2), &p, NULL), E_INVALID);
	assert_int_equal(posting_apply(1, &payment, &bill, -5, on(2), &p, NULL), E_INVALID);
	assert_int_equal(posting_apply(1, &payment, &bill, 300, on(2), &p, NULL), OK);
	assert_int_equal(sum_of(&p), 0);
	assert_int_equal(posting_unapply(1, 7, 8, 300, 301, on(2), &p, NULL), E_INVALID);
	assert_int_equal(posting_give_back(POSTING_REFUND, 1, &payment, PAY_CARD, 501, on(3), &p, NULL), E_INVALID);
}

static void
a_bill_with_a_cent_paid_is_not_taken_back(void **state)
{
	struct open_item bill = {8, on(1), on(31), 299};
	struct posting issued, p;

	(void)state;
	assert_int_equal(posting_issue(1, 8, 300, 0, on(1), &issued, NULL), OK);
	assert_int_equal(posting_void(&issued, &bill, on(2), &p, NULL), E_INVALID);
	bill.cents = 300;
	assert_int_equal(posting_void(&issued, &bill, on(2), &p, NULL), OK);
	assert_int_equal(p.entry[0].cents, -300);
	assert_int_equal(sum_of(&p), 0);
}

static void
the_oldest_due_is_paid_first(void **state)
{
	struct open_item open[] = {{3, on(5), on(20), 100}, {1, on(9), on(10), 100}, {2, on(1), on(10), 50}};
	struct applied out[3];
	size_t n;

	(void)state;
	assert_int_equal(ledger_spread(open, 3, 170, out, &n), 0);
	assert_int_equal(n, 3);
	assert_true(out[0].bill_id == 1 && out[0].cents == 100);
	assert_true(out[1].bill_id == 2 && out[1].cents == 50);
	assert_true(out[2].bill_id == 3 && out[2].cents == 20);
	assert_int_equal(ledger_spread(open, 3, 1000, out, &n), 750);
	assert_int_equal(ledger_spread(open, 0, 7, out, &n), 7);
	assert_int_equal(n, 0);
}

static void
each_day_over_lands_in_its_bucket(void **state)
{
	static const struct {
		int32_t over;
		enum age age;
	} row[] = {{-5, AGE_CURRENT}, {0, AGE_CURRENT}, {1, AGE_30}, {30, AGE_30}, {31, AGE_60}, {60, AGE_60},
	    {61, AGE_90}, {90, AGE_90}, {91, AGE_OLDER}, {4000, AGE_OLDER}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		const struct open_item open = {1, on(1000 - row[i].over - 30), on(1000 - row[i].over), 100};
		int64_t cents[AGES] = {0};

		ageing_add(&open, 1, on(1000), AGEING_BY_DUE, cents);
		assert_int_equal(cents[row[i].age], 100);
		memset(cents, 0, sizeof(cents));
		ageing_add(&open, 1, on(970), AGEING_BY_DOCUMENT, cents);
		assert_int_equal(cents[row[i].age], 100);
	}
}

/*
 * An oracle that knows nothing of accounts: for each bill what is asked and paid, for each payment what came and
 * where it went. Random acts, allowed and forbidden, on both; the folds must agree after each.
 */
#define BILLS 40
#define PAYS 40
static struct {
	int64_t asked, gone; /* gone: written off or taken back */
	bool there, ended;
} bills[BILLS];
static struct {
	int64_t came, back;
	bool there;
} pays[PAYS];
static int64_t paid[PAYS][BILLS], fold_open[BILLS], fold_free[PAYS], account[ACCOUNTS];
static struct posting issued[BILLS];

static void
post(const struct posting *p)
{
	assert_int_equal(posting_check(p, (struct maybe_day){0}, NULL), OK);
	for (size_t i = 0; i < p->n; i++) {
		const struct entry *e = &p->entry[i];

		account[e->account] += e->cents;
		if (e->account == ACCOUNT_RECEIVABLE)
			fold_open[e->bill_id - 1] += e->cents;
		if (e->account == ACCOUNT_UNAPPLIED)
			fold_free[e->payment_id - 1] -= e->cents;
	}
}

static int64_t
oracle_open(size_t b)
{
	int64_t open = bills[b].asked - bills[b].gone;

	for (size_t i = 0; i < PAYS; i++)
		open -= paid[i][b];
	return open;
}

static int64_t
oracle_free(size_t p)
{
	int64_t left = pays[p].came - pays[p].back;

	for (size_t i = 0; i < BILLS; i++)
		left -= paid[p][i];
	return left;
}

static void
one_act(void)
{
	size_t b = throw(BILLS), m = throw(PAYS);
	const struct open_item bill = {b + 1, on(1), on(1), fold_open[b]}, pay = {m + 1, on(1), on(1), fold_free[m]};
	int64_t cents = (int64_t)throw(2000) - 100;
	struct posting p;
	enum err e;

	switch (throw(8)) {
	case 7: /* two records became one: no document notices */
		e = throw(2) ? posting_transfer(ACCOUNT_RECEIVABLE, b + 1, 1, 2, fold_open[b], on(1), &p, NULL)
			     : posting_transfer(ACCOUNT_UNAPPLIED, m + 1, 1, 2, -fold_free[m], on(1), &p, NULL);
		assert_int_equal(e, OK);
		break;
	case 0:
		if (bills[b].there)
			return;
		e = posting_issue(1, b + 1, cents, cents / 10, on(1), &p, NULL);
		assert_int_equal(e == OK, cents + cents / 10 >= 0);
		if (e != OK)
			return;
		bills[b].there = true;
		bills[b].asked = cents + cents / 10;
		issued[b] = p;
		break;
	case 1:
		if (pays[m].there)
			return;
		e = posting_pay(1, m + 1, (enum pay_way)(1 + throw(6)), cents, on(1), &p, NULL);
		assert_int_equal(e == OK, cents > 0);
		if (e != OK)
			return;
		pays[m].there = true;
		pays[m].came = cents;
		break;
	case 2:
	case 3:
		e = posting_apply(1, &pay, &bill, cents, on(1), &p, NULL);
		assert_int_equal(e == OK, cents > 0 && cents <= oracle_open(b) && cents <= oracle_free(m));
		if (e != OK)
			return;
		paid[m][b] += cents;
		break;
	case 4:
		e = posting_unapply(1, m + 1, b + 1, paid[m][b], cents, on(1), &p, NULL);
		assert_int_equal(e == OK, cents > 0 && cents <= paid[m][b]);
		if (e != OK)
			return;
		paid[m][b] -= cents;
		break;
	case 5:
		e = posting_give_back(throw(2) ? POSTING_REFUND : POSTING_RETURN, 1, &pay, PAY_CARD, cents, on(1), &p, NULL);
		assert_int_equal(e == OK, cents > 0 && cents <= oracle_free(m));
		if (e != OK)
			return;
		pays[m].back += cents;
		break;
	default:
		if (!bills[b].there || bills[b].ended || throw(20) != 0)
			return;
		e = throw(2) ? posting_write_off(1, &bill, on(1), &p, NULL) :
		    posting_void(&issued[b], &bill, on(1), &p, NULL);
		if (e != OK)
			return;
		bills[b].gone += oracle_open(b);
		bills[b].ended = true;
	}
	post(&p);
}

static void
a_transfer_moves_a_balance_and_changes_no_document(void **state)
{
	struct posting p;

	(void)state;
	assert_int_equal(posting_transfer(ACCOUNT_RECEIVABLE, 7, 1, 2, 500, on(1), &p, NULL), OK);
	assert_int_equal(p.n, 2);
	assert_true(p.entry[0].customer_id == 1 && p.entry[0].cents == -500 && p.entry[0].bill_id == 7);
	assert_true(p.entry[1].customer_id == 2 && p.entry[1].cents == 500 && p.entry[1].bill_id == 7);
	assert_int_equal(posting_check(&p, (struct maybe_day){0}, NULL), OK);
	assert_int_equal(posting_transfer(ACCOUNT_UNAPPLIED, 8, 1, 2, -300, on(1), &p, NULL), OK);
	assert_true(p.entry[1].customer_id == 2 && p.entry[1].cents == -300 && p.entry[1].payment_id == 8);
	assert_int_equal(posting_transfer(ACCOUNT_UNAPPLIED, 8, 1, 2, 0, on(1), &p, NULL), OK);
	assert_int_equal(p.n, 0);
}

static void
whatever_happens_folds_and_oracle_agree(void **state)
{
	const long companies = getenv("LONG") != NULL ? 100 : 20, acts = companies * (getenv("LONG") != NULL ? 10000 : 3000);

	(void)state;
	for (long i = 0; i < acts; i++) {
		int64_t sum = 0;

		if (i % (acts / companies) == 0) { /* another company's book */
			memset(bills, 0, sizeof(bills));
			memset(pays, 0, sizeof(pays));
			memset(paid, 0, sizeof(paid));
			memset(fold_open, 0, sizeof(fold_open));
			memset(fold_free, 0, sizeof(fold_free));
			memset(account, 0, sizeof(account));
		}
		one_act();
		if (i % 50 != 0)
			continue;
		for (size_t k = 0; k < BILLS; k++) {
			assert_true(fold_open[k] == oracle_open(k) && fold_open[k] >= 0);
			assert_true(fold_free[k] == oracle_free(k) && fold_free[k] >= 0);
		}
		for (size_t k = 1; k < ACCOUNTS; k++)
			sum += account[k];
		assert_true(sum == 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bill_asks_for_net_and_tax),
		cmocka_unit_test(nothing_is_posted_into_a_closed_period),
		cmocka_unit_test(an_unbalanced_or_nameless_posting_is_a_bug),
		cmocka_unit_test(no_more_is_applied_than_is_free_or_asked_for),
		cmocka_unit_test(a_bill_with_a_cent_paid_is_not_taken_back),
		cmocka_unit_test(the_oldest_due_is_paid_first),
		cmocka_unit_test(each_day_over_lands_in_its_bucket),
		cmocka_unit_test(a_transfer_moves_a_balance_and_changes_no_document),
		cmocka_unit_test(whatever_happens_folds_and_oracle_agree),
	};
	return cmocka_run_group_tests_name("domain/billing/ledger", tests, NULL, NULL);
}
