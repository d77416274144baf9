/* tests/unit/domain/billing/tax.c -- what is taxed where, and no cent lost by rounding. */
#include "domain/billing/tax.h"

#include <stdlib.h>

#include "domain/billing/bill.h"
#include "tests/dice.h"
#include "tests/unit/arena.h"
#include "tests/unit/test.h"

ARENA_OF_EACH_TEST(a)

static const struct tax_rule texas[] = {
	{1, {"Texas", 5}, {"service", 7}, {"austin", 6}, {100}, {0}, 62500},
	{2, {"Austin", 6}, {"service", 7}, {"austin", 6}, {100}, {true, {200}}, 20000},
	{3, {"Texas", 5}, {"chemical", 8}, {"austin", 6}, {100}, {0}, 62500},
};

static int64_t
reckon(const struct tax_line *line, size_t n, const struct tax_exemption *e, size_t en, enum tax_rounding how,
    size_t *rules)
{
	struct tax_sum *sum;
	int64_t *tax, total = 0, by_rule = 0;
	size_t sn;

	assert_int_equal(tax_reckon(line, n, texas, COUNT_OF(texas), e, en, how, a, &tax, &sum, &sn, NULL), OK);
	for (size_t i = 0; i < n; i++)
		total += tax[i];
	for (size_t i = 0; i < sn; i++)
		by_rule += sum[i].tax_cents;
	assert_true(total == by_rule);
	*rules = sn;
	return total;
}

static void
rules_meet_by_code_area_and_day(void **state)
{
	const struct tax_line l[] = {
		{STR("service"), STR("austin"), {150}, 10000}, /* both: 6.25 + 2.00 */
		{STR("service"), STR("austin"), {201}, 10000}, /* the city's has ended */
		{STR("service"), STR("austin"), {99}, 10000},  /* before either */
		{STR("service"), STR("dallas"), {150}, 10000}, /* elsewhere */
		{STR(""), STR("austin"), {150}, 10000},        /* never taxed */
	};
	size_t rules;

	(void)state;
	assert_int_equal(reckon(&l[0], 1, NULL, 0, TAX_BY_LINE, &rules), 825);
	assert_int_equal(rules, 2);
	assert_int_equal(reckon(&l[1], 1, NULL, 0, TAX_BY_LINE, &rules), 625);
	assert_int_equal(reckon(&l[2], 3, NULL, 0, TAX_BY_LINE, &rules), 0);
	assert_int_equal(rules, 0);
	assert_int_equal(reckon(l, 5, NULL, 0, TAX_BY_DOCUMENT, &rules), 1450);
}

static void
a_certificate_frees_while_it_is_valid(void **state)
{
	const struct tax_line l = {STR("service"), STR("austin"), {150}, 10000};
	struct tax_exemption e = {STR(""), STR("TX-1"), {100}, {true, {150}}};
	size_t rules;

	(void)state;
	assert_int_equal(reckon(&l, 1, &e, 1, TAX_BY_LINE, &rules), 0);
	e.until_day.v.n = 149;
	assert_int_equal(reckon(&l, 1, &e, 1, TAX_BY_LINE, &rules), 825);
	e = (struct tax_exemption){STR("dallas"), STR("TX-1"), {100}, {0}};
	assert_int_equal(reckon(&l, 1, &e, 1, TAX_BY_LINE, &rules), 825);
}

static void
rounding_by_line_and_by_document_differ_as_they_should(void **state)
{
	struct tax_line l[8];
	size_t rules;

	(void)state;
	/* 6.25 % of 8 cents is half a cent: eight lines round to 8 cents, together it is 4. */
	for (size_t i = 0; i < 8; i++)
		l[i] = (struct tax_line){STR("chemical"), STR("austin"), {150}, 8};
	assert_int_equal(reckon(l, 8, NULL, 0, TAX_BY_LINE, &rules), 8);
	assert_int_equal(reckon(l, 8, NULL, 0, TAX_BY_DOCUMENT, &rules), 4);
}

static void
a_rule_that_cannot_be_is_refused(void **state)
{
	struct tax_rule r = texas[1];
	struct fault f = {0};

	(void)state;
	assert_int_equal(tax_rule_check(&r, &f), OK);
	r.rate_ppm = TAX_RATE_MAX + 1;
	assert_int_equal(tax_rule_check(&r, &f), E_INVALID);
	assert_string_equal(f.field, "rate");
	r = texas[1];
	r.until_day.v.n = 99;
	f = (struct fault){0};
	assert_int_equal(tax_rule_check(&r, &f), E_INVALID);
	assert_string_equal(f.field, "until_day");
}

/* lines = net, net + taxes = total; each line is within a cent of its exact tax; rounded once by document. */
static void
random_bills_lose_no_cent(void **state)
{
	const long bills = getenv("LONG") != NULL ? 10000000 : 40000;

	(void)state;
	for (long i = 0; i < bills; i++) {
		struct bill_line l[24];
		const size_t n = 1 + throw(i % 100 == 0 ? 24 : 6);
		const enum tax_rounding how = (enum tax_rounding)throw(TAX_ROUNDINGS);
		const struct tax_rule rule = {1, STR("t"), STR("service"), STR("x"), {0}, {0}, (uint32_t)throw(150000)};
		int64_t net = 0, tax = 0;
		__int128 exact = 0;
		struct bill_sums s;

		for (size_t k = 0; k < n; k++) {
			l[k] = (struct bill_line){.kind = CHARGE_ITEM, .net_cents = (int64_t)throw(100000) - 20000,
			    .tax_code = throw(4) ? STR("service") : STR(""), .tax_area = STR("x")};
			net += l[k].net_cents;
		}
		assert_int_equal(bill_reckon(l, n, &rule, 1, NULL, 0, how, a, &s, NULL), OK);
		for (size_t k = 0; k < n; k++) {
			const __int128 t = l[k].tax_code.n > 0 ? (__int128)l[k].net_cents * rule.rate_ppm : 0;
			const __int128 off = t - (__int128)l[k].tax_cents * 1000000;

			assert_true(off < 1000000 && off > -1000000);
			tax += l[k].tax_cents;
			exact += t;
		}
		assert_true(s.net_cents == net && s.tax_cents == tax && s.total_cents == net + tax);
		if (how == TAX_BY_DOCUMENT) {
			const __int128 off = exact - (__int128)tax * 1000000;

			assert_true(off <= 500000 && off >= -500000);
		}
		arena_reset(a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_meet_by_code_area_and_day),
		cmocka_unit_test(a_certificate_frees_while_it_is_valid),
		cmocka_unit_test(rounding_by_line_and_by_document_differ_as_they_should),
		cmocka_unit_test(a_rule_that_cannot_be_is_refused),
		cmocka_unit_test(random_bills_lose_no_cent),
	};
	return cmocka_run_group_tests_name("domain/billing/tax", tests, open_arena, close_arena);
}
