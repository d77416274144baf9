/* tests/unit/domain/billing/price.c -- what a month, a part of one, and a visit cost. */
#include "domain/billing/price.h"

#include <string.h>

#include "tests/unit/arena.h"
#include "tests/unit/test.h"

ARENA_OF_EACH_TEST(a)

static struct day
date(const char *text)
{
	struct day d;

	assert_true(day_read(str_of(text), &d));
	return d;
}

static struct term
month(const char *from, int64_t rate)
{
	return (struct term){.from_day = date(from), .kind = TERM_WORKS, .rate_kind = RATE_MONTH, .rate_cents = rate};
}

static struct term
hold(const char *from, const char *until)
{
	return (struct term){.from_day = date(from), .kind = TERM_HOLD, .until_day = {true, date(until)}};
}

static size_t
price(const char *starts, const char *ends, const struct term *t, size_t n, enum proration how, struct charge **c)
{
	const struct agreement g = {.id = 9, .starts_day = date(starts),
	    .ends_day = {ends != NULL, ends != NULL ? date(ends) : (struct day){0}}};
	const struct period june = {date("2026-06-01"), date("2026-06-30")};
	static const char *const wednesdays[] = {"2026-06-03", "2026-06-10", "2026-06-17", "2026-06-24"};
	const struct price_policy policy = {how, 0, true, true};
	const uint32_t all[] = {4, 4, 4};
	struct day stop[4];
	size_t cn;

	for (size_t i = 0; i < 4; i++)
		stop[i] = date(wednesdays[i]);
	assert_int_equal(price_months(&g, t, n, june, &policy, stop, 4, all, a, c, &cn, NULL), OK);
	return cn;
}

static void
periods_follow_one_another_without_gap(void **state)
{
	(void)state;
	for (unsigned first = 1; first <= 31; first++) {
		struct period p = period_of(date("2023-12-15"), first);

		for (int i = 0; i < 30; i++) {
			struct period next = period_next(p, first);

			assert_int_equal(next.from.n, p.to.n + 1);
			assert_true(p.to.n - p.from.n >= 27 && p.to.n - p.from.n <= 30);
			for (struct day d = p.from; d.n <= p.to.n; d.n++)
				assert_int_equal(period_of(d, first).from.n, p.from.n);
			p = next;
		}
	}
	assert_int_equal(period_of(date("2027-02-28"), 31).from.n, date("2027-02-28").n);
	assert_int_equal(period_of(date("2027-03-30"), 31).from.n, date("2027-02-28").n);
	assert_int_equal(period_of(date("2027-03-31"), 31).from.n, date("2027-03-31").n);
}

static void
a_whole_month_costs_the_rate_however_many_stops(void **state)
{
	const struct term t = month("2026-01-01", 22500);
	struct charge *c;

	(void)state;
	for (enum proration how = PRORATE_NONE; how < PRORATIONS; how++) {
		assert_int_equal(price("2026-01-01", NULL, &t, 1, how, &c), 1);
		assert_int_equal(c->cents, 22500);
		assert_string_equal(c->key, "month:9:2026-06-01:2026-01-01");
	}
}

static void
a_start_in_mid_month_follows_the_policy(void **state)
{
	const struct term t = month("2026-06-16", 22500);
	struct charge *c;

	(void)state;
	assert_int_equal(price("2026-06-16", NULL, &t, 1, PRORATE_NONE, &c), 1);
	assert_int_equal(c->cents, 22500);
	price("2026-06-16", NULL, &t, 1, PRORATE_DAYS, &c); /* 15 of 30 days */
	assert_true(c->cents == 11250 && c->part == 15 && c->of == 30);
	price("2026-06-16", NULL, &t, 1, PRORATE_STOPS, &c); /* the 17th and the 24th, of four */
	assert_true(c->cents == 11250 && c->part == 2 && c->of == 4);
	/* Ended before the first stop: nothing by stops, five days by days. */
	const struct term early = month("2026-01-01", 30000);
	assert_int_equal(price("2026-01-01", "2026-06-02", &early, 1, PRORATE_STOPS, &c), 0);
	price("2026-01-01", "2026-06-05", &early, 1, PRORATE_DAYS, &c);
	assert_int_equal(c->cents, 5000);
	assert_int_equal(price("2026-01-01", "2026-05-31", &early, 1, PRORATE_NONE, &c), 0);
}

static void
a_holiday_is_taken_off_by_days(void **state)
{
	const struct term t[] = {month("2026-01-01", 30000), hold("2026-06-11", "2026-06-20")};
	const struct term gone[] = {month("2026-01-01", 30000), hold("2026-05-20", "2026-07-20")};
	struct charge *c;

	(void)state;
	price("2026-01-01", NULL, t, 2, PRORATE_DAYS, &c);
	assert_true(c->cents == 20000 && c->part == 20);
	price("2026-01-01", NULL, t, 2, PRORATE_STOPS, &c); /* without the 17th */
	assert_int_equal(c->cents, 22500);
	price("2026-01-01", NULL, t, 2, PRORATE_NONE, &c);
	assert_int_equal(c->cents, 30000);
	assert_int_equal(price("2026-01-01", NULL, gone, 2, PRORATE_NONE, &c), 0);
}

static void
a_change_of_rate_is_two_charges_that_explain_themselves(void **state)
{
	const struct term t[] = {month("2026-01-01", 20000), month("2026-06-11", 26000)};
	struct charge *c;

	(void)state;
	assert_int_equal(price("2026-01-01", NULL, t, 2, PRORATE_DAYS, &c), 2);
	assert_true(c[0].cents == 6667 && c[0].part == 10 && c[1].cents == 17333 && c[1].part == 20);
	assert_string_equal(c[1].key, "month:9:2026-06-01:2026-06-11");
}

static void
terms_of_one_rate_cost_together_what_one_would(void **state)
{
	(void)state;
	for (int64_t rate = 1; rate < 4000; rate += 37)
		for (int cut = 2; cut <= 29; cut++) {
			struct term t[3] = {month("2026-01-01", rate), month("2026-06-01", rate), month("2026-06-30", rate)};
			struct charge *c;
			int64_t sum = 0;

			t[1].from_day.n += cut - 1;
			size_t n = price("2026-01-01", NULL, t, 3, PRORATE_DAYS, &c);
			for (size_t i = 0; i < n; i++)
				sum += c[i].cents;
			assert_true(sum == rate);
			arena_reset(a);
		}
}

static void
a_reason_says_whose_skip_it_was(void **state)
{
	const struct str customer = STR("Customer asked, Lo pidi\xc3\xb3 el cliente"), holiday = STR("Holiday");

	(void)state;
	assert_int_equal(price_skip(STR(" customer ASKED "), customer, holiday), STOP_SKIPPED_BY_CUSTOMER);
	assert_int_equal(price_skip(STR("Lo pidi\xc3\xb3 el cliente"), customer, holiday), STOP_SKIPPED_BY_CUSTOMER);
	assert_int_equal(price_skip(STR("holiday"), customer, holiday), STOP_HOLIDAY);
	assert_int_equal(price_skip(STR("Storm"), customer, holiday), STOP_SKIPPED_BY_US);
	assert_int_equal(price_skip(STR(""), customer, STR(" , ,")), STOP_SKIPPED_BY_US);
}

static void
a_visit_costs_what_became_of_it(void **state)
{
	struct term t = month("2026-01-01", 10000);
	struct price_policy policy = {PRORATE_NONE, 500000, true, false};
	struct stop_fact s = {9, 77, date("2026-06-03"), STOP_DONE, &t, 3};
	struct charge c;
	bool is;

	(void)state;
	assert_int_equal(price_stop(&s, &policy, &is, &c, NULL), OK);
	assert_false(is); /* the month pays it */
	s.outcome = STOP_SKIPPED_BY_US;
	assert_int_equal(price_stop(&s, &policy, &is, &c, NULL), OK);
	assert_false(is);
	t.skip_policy = SKIP_CREDITED;
	assert_int_equal(price_stop(&s, &policy, &is, &c, NULL), OK);
	assert_true(is && c.kind == CHARGE_SKIP && c.cents == -3333);
	assert_string_equal(c.key, "skip:77");
	/* What the customer called off, and a holiday, follow the company's word. */
	s.outcome = STOP_SKIPPED_BY_CUSTOMER;
	assert_int_equal(price_stop(&s, &policy, &is, &c, NULL), OK);
	assert_true(is);
	policy.credit_customer = false;
	assert_int_equal(price_stop(&s, &policy, &is, &c, NULL), OK);
	assert_false(is);
	s.outcome = STOP_HOLIDAY;
	assert_int_equal(price_stop(&s, &policy, &is, &c, NULL), OK);
	assert_false(is);
	policy.credit_holiday = true;
	assert_int_equal(price_stop(&s, &policy, &is, &c, NULL), OK);
	assert_true(is && c.cents == -3333);
	t.rate_kind = RATE_STOP;
	assert_int_equal(price_stop(&s, &policy, &is, &c, NULL), OK);
	assert_false(is);
	s.outcome = STOP_NO_ACCESS;
	assert_int_equal(price_stop(&s, &policy, &is, &c, NULL), OK);
	assert_true(is && c.cents == 5000);
	s.outcome = STOP_DONE;
	assert_int_equal(price_stop(&s, &policy, &is, &c, NULL), OK);
	assert_true(is && c.cents == 10000);
	assert_string_equal(c.key, "stop:77");
	s.term = NULL;
	assert_int_equal(price_stop(&s, &policy, &is, &c, NULL), OK);
	assert_false(is);
}

static void
a_quantity_is_rounded_once(void **state)
{
	int64_t cents;

	(void)state;
	assert_int_equal(price_quantity(799, 2500, &cents, NULL), OK);
	assert_int_equal(cents, 1998); /* 1997.5 */
	assert_int_equal(price_quantity(799, -2500, &cents, NULL), OK);
	assert_int_equal(cents, -1998);
	assert_int_equal(price_quantity(CENTS_MAX, 2000, &cents, NULL), E_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(periods_follow_one_another_without_gap),
		cmocka_unit_test(a_whole_month_costs_the_rate_however_many_stops),
		cmocka_unit_test(a_start_in_mid_month_follows_the_policy),
		cmocka_unit_test(a_holiday_is_taken_off_by_days),
		cmocka_unit_test(a_change_of_rate_is_two_charges_that_explain_themselves),
		cmocka_unit_test(terms_of_one_rate_cost_together_what_one_would),
		cmocka_unit_test(a_reason_says_whose_skip_it_was),
		cmocka_unit_test(a_visit_costs_what_became_of_it),
		cmocka_unit_test(a_quantity_is_rounded_once),
	};
	return cmocka_run_group_tests_name("domain/billing/price", tests, open_arena, close_arena);
}
