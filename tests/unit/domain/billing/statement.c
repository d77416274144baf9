/* tests/unit/domain/billing/statement.c -- months of a customer: where one statement ends the next begins, and what is closed stays. */
#include "domain/billing/statement.h"

#include <stdlib.h>

#include "domain/billing/ledger.h"
#include "tests/dice.h"
#include "tests/unit/test.h"

#define POSTINGS  64 /* of one history */
#define MONTHS    6
#define HISTORIES (getenv("LONG") != NULL ? 1000000L : 4000L)

/* What a ledger keeps of a customer's balance: when it was written (its place), for which day, what it moved. */
struct kept {
	int32_t day;
	int64_t cents;
	size_t statement; /* whose own total it is, from 1; 0: a move */
};

/* A statement as it was sent. */
struct sent {
	int32_t day;
	size_t at; /* postings before it */
	int64_t opening, closing, rest;
	bool ascends, closed; /* no earlier day than the one before; the period until its day was closed with it */
};

static struct {
	struct kept kept[POSTINGS];
	size_t n;
	struct sent sent[MONTHS];
	struct maybe_day closed;
	int32_t today;
} h;
static bool lawless; /* nobody asks posting_check */

static bool
posted(const struct posting *p, size_t statement)
{
	int64_t cents = 0;

	if (p->n == 0 || (!lawless && posting_check(p, h.closed, NULL) != OK))
		return false;
	for (size_t i = 0; i < p->n; i++)
		if (p->entry[i].account == ACCOUNT_RECEIVABLE || p->entry[i].account == ACCOUNT_UNAPPLIED)
			cents += p->entry[i].cents;
	h.kept[h.n++] = (struct kept){p->day.n, cents, statement};
	return true;
}

/* Money, credits, what goes back, an invoice beside the statements; for today, or for a day somebody remembers. */
static void
something(void)
{
	const int64_t cents = 1 + (int64_t)throw(20000);
	const struct day day = {h.today - (int32_t)(throw(3) == 0 ? throw(50) : 0)};
	const struct open_item all = {7, day, day, cents};
	struct posting p;

	switch (throw(6)) {
	case 0:
		assert_int_equal(posting_issue(1, 9, cents, cents / 12, day, &p, NULL), OK);
		break;
	case 1:
		assert_int_equal(posting_apply(1, &all, &all, cents, day, &p, NULL), OK); /* moves no balance */
		break;
	case 2:
		assert_int_equal(posting_give_back(throw(2) ? POSTING_REFUND : POSTING_RETURN, 1, &all, PAY_CHECK, cents, day, &p, NULL), OK);
		break;
	case 3:
		assert_int_equal(posting_write_off(1, &all, day, &p, NULL), OK);
		break;
	case 4:
		assert_int_equal(posting_transfer(ACCOUNT_RECEIVABLE, 9, 3, 1, cents, day, &p, NULL), OK);
		p.entry[0].account = ACCOUNT_REVENUE; /* the other customer's side is not of this balance */
		break;
	default:
		assert_int_equal(posting_pay(1, 7, (enum pay_way)(1 + throw(6)), cents, day, &p, NULL), OK);
	}
	(void)posted(&p, 0);
}

static int64_t
owed_at(int32_t day, size_t written)
{
	int64_t sum = 0;

	for (size_t i = 0; i < written; i++)
		sum += h.kept[i].day <= day ? h.kept[i].cents : 0;
	return sum;
}

/* As the query statement_moves says it: written behind the statement before, or of a later day; its own total is none of it. */
static int64_t
moved_since(size_t m, int32_t until)
{
	const struct sent *last = &h.sent[m - 1];
	int64_t sum = 0;

	for (size_t i = 0; i < h.n; i++)
		if (h.kept[i].day <= until && (i >= last->at || h.kept[i].day > last->day) && h.kept[i].statement != m)
			sum += h.kept[i].cents;
	return sum;
}

static void
send_statement(size_t m, bool any_day)
{
	struct sent *s = &h.sent[m];
	const int64_t total = 1 + (int64_t)throw(30000);
	const int32_t day = h.today - (any_day ? (int32_t)throw(40) : 0);
	const int64_t moved = m > 0 ? moved_since(m, day) : 0;
	struct carried c;
	struct posting p;

	assert_int_equal(statement_carry(m > 0 ? &s[-1].closing : NULL, owed_at(day, h.n), moved, &c, NULL), OK);
	*s = (struct sent){day, h.n, c.opening_cents, c.opening_cents + moved + c.rest_cents + total, c.rest_cents,
	    m == 0 || day >= s[-1].day, false};
	assert_int_equal(posting_issue(1, 100 + m, total, 0, (struct day){day}, &p, NULL), OK);
	if (!posted(&p, m + 1)) { /* its day is closed: there is no such statement, and another one is sent today */
		send_statement(m, false);
		return;
	}
	assert_true(s->closing == owed_at(day, h.n));
	if (throw(2) == 0 && (!h.closed.is || day > h.closed.v.n)) {
		h.closed = (struct maybe_day){true, {day}};
		s->closed = true;
	}
}

/* Half a year. Answers how many closings of closed periods are another sum at its end than when they were closed. */
static unsigned
half_a_year(bool any_day, unsigned *rests)
{
	unsigned moved = 0;

	memset(&h, 0, sizeof(h));
	h.today = 20000;
	for (size_t m = 0; m < MONTHS; m++) {
		for (uint64_t n = throw(8); n > 0; n--) {
			h.today += (int32_t)throw(5);
			something();
		}
		h.today++; /* so that today is never closed */
		send_statement(m, any_day);
		h.today++;
	}
	for (size_t m = 0; m < MONTHS; m++) {
		const struct sent *s = &h.sent[m];

		if (m > 0)
			assert_true(s->opening == s[-1].closing);
		/* Every cent between two statements is in a line of its own, where days do not go backwards. */
		if (s->rest != 0) {
			assert_false(s->ascends);
			(*rests)++;
		}
		if (s->closed && owed_at(s->day, h.n) != s->closing)
			moved++;
	}
	return moved;
}

static void
a_statement_ends_where_the_next_begins_and_what_is_closed_never_moves(void **state)
{
	unsigned rests = 0;

	(void)state;
	lawless = false;
	for (long i = 0; i < HISTORIES; i++)
		assert_int_equal(half_a_year(i % 2 == 0, &rests), 0);
	assert_true(rests > 0); /* statements of days before the last one's were among them */
}

static void
without_the_law_of_closed_periods_they_would_move(void **state)
{
	unsigned moved = 0, rests = 0;

	(void)state;
	lawless = true;
	for (long i = 0; i < 1000; i++)
		moved += half_a_year(false, &rests);
	assert_true(moved > 0);
}

static void
the_first_one_carries_what_is_owed_and_sums_that_cannot_be_are_refused(void **state)
{
	const int64_t before = CENTS_MAX;
	struct carried c;

	(void)state;
	assert_int_equal(statement_carry(NULL, -700, 0, &c, NULL), OK);
	assert_true(c.opening_cents == -700 && c.rest_cents == 0);
	assert_int_equal(statement_carry(&before, 0, 1, &c, NULL), E_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_one_carries_what_is_owed_and_sums_that_cannot_be_are_refused),
		cmocka_unit_test(a_statement_ends_where_the_next_begins_and_what_is_closed_never_moves),
		cmocka_unit_test(without_the_law_of_closed_periods_they_would_move),
	};
	return cmocka_run_group_tests_name("domain/billing/statement", tests, NULL, NULL);
}
