/* tests/unit/domain/billing/quote.c -- what belongs to what was picked, and who may still answer. */
#include "domain/billing/quote.h"

#include "tests/unit/test.h"

static const struct day last = {1000};

static void
lines_belong_to_every_option_or_to_one(void **state)
{
	(void)state;
	assert_true(quote_takes(0, 2));
	assert_true(quote_takes(2, 2));
	assert_false(quote_takes(1, 2));
	assert_true(quote_takes(0, 0));
	assert_false(quote_takes(1, 0));
}

static void
an_offer_has_no_options_or_several_with_lines_of_their_own(void **state)
{
	const uint32_t plain[] = {0, 0}, three[] = {0, 1, 2, 3}, hole[] = {0, 1, 3};
	struct fault f = {0};

	(void)state;
	assert_int_equal(quote_check(plain, 2, 0, &f), OK);
	assert_int_equal(quote_check(three, 4, 3, &f), OK);
	assert_int_equal(quote_check(plain, 0, 0, &f), E_INVALID);
	assert_string_equal(f.field, "lines");
	f = (struct fault){0};
	assert_int_equal(quote_check(hole, 3, 3, &f), E_INVALID);
	f = (struct fault){0};
	assert_int_equal(quote_check(three, 4, 2, &f), E_INVALID);
	f = (struct fault){0};
	assert_int_equal(quote_check(three, 4, 1, &f), E_INVALID);
	assert_string_equal(f.field, "options");
	f = (struct fault){0};
	assert_int_equal(quote_check(three, 4, QUOTE_OPTIONS_MAX + 1, &f), E_INVALID);
	f = (struct fault){0};
	assert_int_equal(quote_check(plain, QUOTE_LINES_MAX + 1, 0, &f), E_LIMIT);
}

static void
exactly_one_option_is_picked_where_there_are_any(void **state)
{
	struct fault f = {0};

	(void)state;
	assert_int_equal(quote_picks(0, 0, &f), OK);
	assert_int_equal(quote_picks(3, 3, &f), OK);
	assert_int_equal(quote_picks(0, 3, &f), E_INVALID);
	f = (struct fault){0};
	assert_int_equal(quote_picks(4, 3, &f), E_INVALID);
	f = (struct fault){0};
	assert_int_equal(quote_picks(1, 0, &f), E_INVALID);
	assert_string_equal(f.field, "choice");
}

static void
a_deposit_is_a_share_to_the_cent(void **state)
{
	struct fault f = {0};
	int64_t cents;

	(void)state;
	assert_int_equal(quote_deposit(148000, 500000, &cents, &f), OK);
	assert_int_equal(cents, 74000);
	assert_int_equal(quote_deposit(101, 500000, &cents, &f), OK);
	assert_int_equal(cents, 51);
	assert_int_equal(quote_deposit(0, QUOTE_DEPOSIT_MAX, &cents, &f), OK);
	assert_int_equal(cents, 0);
	assert_int_equal(quote_deposit(100, QUOTE_DEPOSIT_MAX + 1, &cents, &f), E_INVALID);
	f = (struct fault){0};
	assert_int_equal(quote_deposit(-1, 500000, &cents, &f), E_INVALID);
}

static void
it_is_answered_once_and_while_it_holds(void **state)
{
	struct fault f = {0};

	(void)state;
	assert_int_equal(quote_may_answer(BILL_ISSUED, BILL_APPROVED, last, last, &f), OK);
	assert_int_equal(quote_may_answer(BILL_ISSUED, BILL_DECLINED, last, (struct day){900}, &f), OK);
	assert_int_equal(quote_may_answer(BILL_ISSUED, BILL_APPROVED, last, (struct day){1001}, &f), E_STALE);
	f = (struct fault){0};
	assert_int_equal(quote_may_answer(BILL_APPROVED, BILL_DECLINED, last, last, &f), E_STALE);
	f = (struct fault){0};
	assert_int_equal(quote_may_answer(BILL_DRAFT, BILL_APPROVED, last, last, &f), E_STALE);
	f = (struct fault){0};
	assert_int_equal(quote_may_answer(BILL_VOID, BILL_APPROVED, last, last, &f), E_STALE);
	f = (struct fault){0};
	assert_int_equal(bill_may(BILL_QUOTE, BILL_DRAFT, BILL_VOID, &f), OK);
	assert_int_equal(bill_may(BILL_INVOICE, BILL_DRAFT, BILL_VOID, &f), E_STALE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_belong_to_every_option_or_to_one),
		cmocka_unit_test(an_offer_has_no_options_or_several_with_lines_of_their_own),
		cmocka_unit_test(exactly_one_option_is_picked_where_there_are_any),
		cmocka_unit_test(a_deposit_is_a_share_to_the_cent),
		cmocka_unit_test(it_is_answered_once_and_while_it_holds),
	};

	return cmocka_run_group_tests_name("domain/billing/quote", tests, NULL, NULL);
}
