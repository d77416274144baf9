/* tests/unit/domain/staff/clock.c -- what taps on the working clock add up to. */
#include "domain/staff/clock.h"

#include "tests/unit/test.h"

#define H 3600
#define WORK(from, to) {.from_at = (from)*H, .to_at = {true, (to)*H}}
#define REST(from, to) {.rests = true, .from_at = (from)*H, .to_at = {true, (to)*H}}

static void
breaks_are_no_work_and_two_times_at_work_are_one_day(void **state)
{
	const struct clock_span day[] = {WORK(7, 12), REST(9, 10), WORK(13, 17)};
	struct clock_sum sum;

	(void)state;
	clock_count(day, 3, 20 * H, &sum);
	assert_true(sum.in_at.v == 7 * H && sum.out_at.v == 17 * H && !sum.forgot);
	assert_int_equal(sum.worked_s, 8 * H);
	assert_int_equal(sum.break_s, 1 * H);
	clock_count(day, 0, 20 * H, &sum);
	assert_true(!sum.in_at.is && !sum.out_at.is && sum.worked_s == 0);
}

static void
what_overlaps_counts_once_and_a_break_counts_as_far_as_it_lies_in_work(void **state)
{
	const struct clock_span day[] = {REST(11, 14), WORK(9, 12), WORK(7, 10), REST(11, 12)};
	struct clock_sum sum;

	(void)state;
	clock_count(day, 4, 20 * H, &sum);
	assert_int_equal(sum.worked_s, 4 * H);
	assert_int_equal(sum.break_s, 1 * H);
}

static void
what_is_open_counts_until_now_and_what_was_forgotten_not_at_all(void **state)
{
	const struct clock_span open[] = {WORK(7, 8), {.from_at = 9 * H}, {.rests = true, .from_at = 11 * H}};
	struct clock_sum sum;

	(void)state;
	clock_count(open, 3, 12 * H, &sum);
	assert_true(sum.in_at.v == 7 * H && !sum.out_at.is && !sum.forgot);
	assert_int_equal(sum.worked_s, 3 * H);
	assert_int_equal(sum.break_s, 1 * H);
	clock_count(open, 3, 9 * H + CLOCK_LONGEST_S, &sum);
	assert_false(sum.forgot);
	clock_count(open, 3, 9 * H + CLOCK_LONGEST_S + 1, &sum);
	assert_true(sum.forgot && !sum.out_at.is);
	assert_int_equal(sum.worked_s, 1 * H);
	assert_int_equal(sum.break_s, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(breaks_are_no_work_and_two_times_at_work_are_one_day),
		cmocka_unit_test(what_overlaps_counts_once_and_a_break_counts_as_far_as_it_lies_in_work),
		cmocka_unit_test(what_is_open_counts_until_now_and_what_was_forgotten_not_at_all),
	};
	return cmocka_run_group_tests_name("domain/staff/clock", tests, NULL, NULL);
}
