/* tests/unit/domain/base/money.c -- cents neither wrap nor vanish. */
#include "domain/base/money.h"

#include "tests/unit/arena.h"
#include "tests/unit/test.h"

ARENA_OF_EACH_TEST(a)

static void
an_amount_that_does_not_fit_is_refused(void **state)
{
	struct fault f = {0};
	int64_t v = 7;

	(void)state;
	assert_int_equal(cents_add(CENTS_MAX, 1, &v, &f), E_INVALID);
	assert_string_equal(f.field, "amount");
	assert_int_equal(cents_add(INT64_MIN, -1, &v, NULL), E_INVALID);
	assert_int_equal(cents_add(INT64_MAX, INT64_MAX, &v, NULL), E_INVALID);
	assert_int_equal(cents_multiply(INT64_MIN, -1, &v, NULL), E_INVALID);
	assert_int_equal(cents_multiply(CENTS_MAX / 2, 3, &v, NULL), E_INVALID);
	assert_int_equal(v, 7);
	assert_int_equal(cents_add(CENTS_MAX, -1, &v, NULL), OK);
	assert_true(v == CENTS_MAX - 1);
	assert_int_equal(cents_multiply(-1250, 4, &v, NULL), OK);
	assert_int_equal(v, -5000);
}

static void
a_half_cent_is_rounded_away_from_zero(void **state)
{
	static const struct {
		int64_t cents, rate_ppm, want;
	} row[] = {
		{100, 83750, 8}, {1000, 83750, 84}, {-1000, 83750, -84}, {10, 50000, 1}, {-10, 50000, -1},
		{9, 50000, 0}, {10, 49999, 0}, {30, 50000, 2}, {1, 500000, 1}, {1, 499999, 0}, {0, 83750, 0},
		{12345, 1000000, 12345}, {12345, -1000000, -12345}, {-1, -500000, 1},
		{CENTS_MAX, 1000000, CENTS_MAX},
	};
	int64_t v;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		assert_int_equal(cents_share(row[i].cents, row[i].rate_ppm, &v, NULL), OK);
		assert_true(v == row[i].want);
	}
	assert_int_equal(cents_share(CENTS_MAX, 1000001, &v, NULL), E_INVALID);
}

static void
parts_sum_up_to_the_whole(void **state)
{
	int64_t weight[7], part[7];
	uint32_t dice = 1;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		size_t n = (size_t)round % 7 + 1;
		int64_t sum = 0, total = 0, cents;

		for (size_t i = 0; i < n; i++) {
			dice = dice * 1664525u + 1013904223u;
			weight[i] = dice >> 24;
			total += weight[i];
		}
		cents = (int64_t)(dice >> 8) - (1 << 23);
		if (total == 0)
			continue;
		assert_int_equal(cents_split(cents, weight, n, part, NULL), OK);
		for (size_t i = 0; i < n; i++) {
			sum += part[i];
			/* Nobody is more than a cent from the exact share, and zero weight gets nothing. */
			int64_t off = part[i] * total - cents * weight[i];
			assert_true(off < total && off > -total);
			assert_true(weight[i] != 0 || part[i] == 0);
		}
		assert_true(sum == cents);
	}
}

static void
the_cent_goes_to_the_largest_remainder(void **state)
{
	int64_t part[3];

	(void)state;
	assert_int_equal(cents_split(100, (int64_t[]){1, 1, 1}, 3, part, NULL), OK);
	assert_true(part[0] == 34 && part[1] == 33 && part[2] == 33);
	assert_int_equal(cents_split(-100, (int64_t[]){1, 1, 1}, 3, part, NULL), OK);
	assert_true(part[0] == -34 && part[1] == -33 && part[2] == -33);
	assert_int_equal(cents_split(10, (int64_t[]){1, 5, 3}, 3, part, NULL), OK);
	assert_true(part[0] == 1 && part[1] == 6 && part[2] == 3);
	assert_int_equal(cents_split(CENTS_MAX, (int64_t[]){1, INT64_C(999999999998), 1}, 3, part, NULL), OK);
	assert_true(part[0] + part[1] + part[2] == CENTS_MAX);
}

static void
a_split_without_weight_is_refused(void **state)
{
	int64_t part[2] = {7, 7};

	(void)state;
	assert_int_equal(cents_split(10, (int64_t[]){0, 0}, 2, part, NULL), E_INVALID);
	assert_int_equal(cents_split(10, (int64_t[]){1, -1}, 2, part, NULL), E_INVALID);
	assert_int_equal(cents_split(10, (int64_t[]){INT64_MAX, 1}, 2, part, NULL), E_INVALID);
	assert_int_equal(cents_split(10, NULL, 0, part, NULL), E_INVALID);
	assert_int_equal(cents_split(INT64_MIN, (int64_t[]){1, 1}, 2, part, NULL), E_INVALID);
	assert_int_equal(part[0], 7);
}

static void
money_is_written_as_its_reader_expects(void **state)
{
	static const struct {
		int64_t cents;
		const char *currency;
		enum language language;
		const char *want;
	} row[] = {
		{123450, "USD", ENGLISH, "$1,234.50"}, {-5, "USD", ENGLISH, "-$0.05"},
		{123450, "USD", SPANISH, "$1,234.50"}, {-123450, "EUR", SPANISH, "-1.234,50 €"},
		{123450, "EUR", ENGLISH, "€1,234.50"}, {1200, "JPY", ENGLISH, "¥1,200"},
		{1234567, "KWD", ENGLISH, "KWD 1,234.567"}, {0, "USD", ENGLISH, "$0.00"},
		{100000007, "MXN", SPANISH, "MX$1,000,000.07"}, {100, "XXQ", ENGLISH, "XXQ 1.00"},
		{INT64_MIN, "USD", ENGLISH, "-$92,233,720,368,547,758.08"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++)
		assert_string_equal(money_write(a, row[i].cents, str_of(row[i].currency), row[i].language).p,
		    row[i].want);
	assert_true(currency_valid(STR("USD")));
	assert_false(currency_valid(STR("usd")) || currency_valid(STR("")) || currency_valid(STR("XXQ")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_amount_that_does_not_fit_is_refused),
		cmocka_unit_test(a_half_cent_is_rounded_away_from_zero),
		cmocka_unit_test(parts_sum_up_to_the_whole),
		cmocka_unit_test(the_cent_goes_to_the_largest_remainder),
		cmocka_unit_test(a_split_without_weight_is_refused),
		cmocka_unit_test(money_is_written_as_its_reader_expects),
	};
	return cmocka_run_group_tests_name("domain/base/money", tests, open_arena, close_arena);
}
