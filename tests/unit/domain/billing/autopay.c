/*
 * What is drawn by itself: only what was allowed, whatever else stands on the bill, and never twice.
 */
#include "domain/billing/autopay.h"

#include <stdlib.h>

#include "tests/unit/test.h"

static const uint64_t here[] = {7};

static void
a_line_that_nobody_allowed_holds_up_no_other(void **state)
{
	const struct autopay_rule service = {1, 1U << AUTOPAY_SERVICE, NULL, 0};
	const struct autopay_line line[] = {{7, CHARGE_MONTH, 10000}, {7, CHARGE_PART, 5000}};
	int64_t cents[1];

	(void)state;
	autopay_share(&service, 1, line, 2, 15000, cents);
	assert_int_equal(cents[0], 10000);
	/* Drawn: the part stays asked for, and is not drawn tomorrow. */
	autopay_share(&service, 1, line, 2, 5000, cents);
	assert_int_equal(cents[0], 0);
	/* Paid by hand before: so much less is drawn. */
	autopay_share(&service, 1, line, 2, 12000, cents);
	assert_int_equal(cents[0], 7000);
}

static void
the_narrower_rule_comes_first_and_a_line_is_drawn_from_one(void **state)
{
	struct autopay_rule rule[] = {{1, 0, NULL, 0}, {2, 1U << AUTOPAY_WORK, NULL, 0}, {3, 0, here, 1}};
	const struct autopay_line line[] = {{7, CHARGE_MONTH, 10000}, {8, CHARGE_PART, 5000}, {8, CHARGE_STOP, 2000}};
	int64_t cents[3];

	(void)state;
	qsort(rule, 3, sizeof(rule[0]), autopay_before);
	assert_int_equal(rule[0].id, 3);
	assert_int_equal(rule[1].id, 2);
	autopay_share(rule, 3, line, 3, 17000, cents);
	assert_int_equal(cents[0], 10000);
	assert_int_equal(cents[1], 5000);
	assert_int_equal(cents[2], 2000);
}

static void
every_kind_of_charge_belongs_to_one_group(void **state)
{
	(void)state;
	for (unsigned k = CHARGE_MONTH; k < CHARGE_KINDS; k++)
		assert_true(autopay_kind_of((enum charge_kind)k) < AUTOPAY_KINDS);
	assert_int_equal(autopay_kind_of(CHARGE_SKIP), AUTOPAY_SERVICE);
	assert_int_equal(autopay_kind_of(CHARGE_FEE), AUTOPAY_FEES);
}

static uint64_t seed = UINT64_C(0x9e3779b97f4a7c15);
static int64_t
chance(int64_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int64_t)(seed % (uint64_t)n);
}

/* Whatever the lines, the rules and what was paid: no more than is open, no more than was allowed, and after the draw nothing. */
static void
no_more_is_drawn_than_is_open_and_allowed(void **state)
{
	(void)state;
	for (int round = 0; round < 100000; round++) {
		uint64_t places[2] = {(uint64_t)chance(3) + 1, (uint64_t)chance(3) + 1};
		struct autopay_rule rule[4];
		struct autopay_line line[6];
		int64_t cents[4], again[4], sum = 0, total = 0, allowed = 0, open;
		const size_t n = (size_t)chance(5), lines = (size_t)chance(6) + 1;

		for (size_t r = 0; r < n; r++)
			rule[r] = (struct autopay_rule){r + 1, (uint32_t)chance(16), places, (size_t)chance(3)};
		qsort(rule, n, sizeof(rule[0]), autopay_before);
		for (size_t i = 0; i < lines; i++) {
			bool has = false;

			line[i] = (struct autopay_line){(uint64_t)chance(4), (enum charge_kind)(chance(CHARGE_KINDS - 1) + 1),
			    chance(10000) - 2000};
			total += line[i].cents;
			for (size_t r = 0; r < n; r++)
				has = has || autopay_has(&rule[r], &line[i]);
			if (has && line[i].cents > 0)
				allowed += line[i].cents;
		}
		open = total <= 0 ? 0 : chance(total + 1);
		autopay_share(rule, n, line, lines, open, cents);
		for (size_t r = 0; r < n; r++) {
			assert_true(cents[r] >= 0);
			sum += cents[r];
		}
		assert_true(sum <= open && sum <= allowed);
		autopay_share(rule, n, line, lines, open - sum, again);
		for (size_t r = 0; r < n; r++)
			assert_int_equal(again[r], 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_line_that_nobody_allowed_holds_up_no_other),
	    cmocka_unit_test(the_narrower_rule_comes_first_and_a_line_is_drawn_from_one),
	    cmocka_unit_test(every_kind_of_charge_belongs_to_one_group),
	    cmocka_unit_test(no_more_is_drawn_than_is_open_and_allowed),
	};

	return cmocka_run_group_tests_name("domain/billing/autopay", tests, NULL, NULL);
}
