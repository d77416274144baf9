/* tests/unit/fcgi/remote/breaker.c -- who hangs is left alone for half a minute. */
#include "fcgi/remote/breaker.h"
#include "tests/unit/test.h"

#define NOW    INT64_C(1000000000)
#define SECOND INT64_C(1000000)

static void
a_slow_failure_opens_it_for_half_a_minute(void **state)
{
	struct breaker b = {0};

	(void)state;
	assert_int_equal(breaker_wait_s(&b, NOW), 0);
	breaker_note(&b, NOW - 30 * SECOND, NOW, E_AWAY);
	assert_int_equal(breaker_wait_s(&b, NOW), 30);
	assert_int_equal(breaker_wait_s(&b, NOW + 1), 30);
	assert_int_equal(breaker_wait_s(&b, NOW + 29 * SECOND + 1), 1);
	assert_int_equal(breaker_wait_s(&b, NOW + 30 * SECOND), 0);
}

static void
a_quick_no_does_not_open_it(void **state)
{
	struct breaker b = {0};

	(void)state;
	breaker_note(&b, NOW - BREAKER_SLOW_US + 1, NOW, E_AWAY);
	assert_int_equal(breaker_wait_s(&b, NOW), 0);
	breaker_note(&b, NOW - BREAKER_SLOW_US, NOW, E_AWAY);
	assert_int_equal(breaker_wait_s(&b, NOW), 30);
}

static void
whoever_answers_closes_it(void **state)
{
	static const enum err answers[] = {OK, E_INVALID, E_LIMIT};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(answers); i++) {
		struct breaker b = {.until_us = NOW + SECOND};

		breaker_note(&b, NOW - 60 * SECOND, NOW, answers[i]);
		assert_int_equal(breaker_wait_s(&b, NOW), 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_slow_failure_opens_it_for_half_a_minute),
	    cmocka_unit_test(a_quick_no_does_not_open_it),
	    cmocka_unit_test(whoever_answers_closes_it),
	};

	return cmocka_run_group_tests_name("fcgi/remote/breaker", tests, NULL, NULL);
}
