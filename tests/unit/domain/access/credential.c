/*
 * tests/unit/domain/access/credential.c -- waiting after failures, and which door is whose.
 */
#include "domain/access/credential.h"

#include <setjmp.h>
#include <stdarg.h>

#include "domain/access/role.h"

#include <cmocka.h>

static void
five_failures_are_free_then_the_wait_doubles_to_a_quarter_of_an_hour(void **state)
{
	static const int64_t wait[] = {0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900};

	(void)state;
	for (uint32_t n = 0; n < sizeof(wait) / sizeof(wait[0]); n++)
		assert_int_equal(credential_lock_s(n), wait[n]);
	assert_int_equal(credential_lock_s(UINT32_MAX), LOCK_MAX_S);
}

/* The promise of T12: whoever keeps guessing has at most a hundred guesses verified in a day. */
static void
a_guesser_gets_at_most_a_hundred_guesses_a_day(void **state)
{
	int64_t t = 0;
	uint32_t n = 0;

	(void)state;
	while (!credential_spent(n) && t < 86400)
		t += credential_lock_s(++n);
	assert_true(n <= 100);
}

static void
a_technician_enters_by_the_technicians_door(void **state)
{
	(void)state;
	assert_true(credential_works_outside(role_entry(ROLE_TECHNICIAN)->may));
	assert_false(credential_works_outside(role_entry(ROLE_OWNER)->may));
	assert_false(credential_works_outside(role_entry(ROLE_DISPATCHER)->may));
	assert_false(credential_works_outside(role_entry(ROLE_READ_ONLY)->may));
	assert_false(credential_works_outside(0));
}

static void
an_office_session_ends_sooner_than_one_on_the_road(void **state)
{
	(void)state;
	assert_false(door_idle(DOOR_OFFICE, 1000, 1000 + IDLE_OFFICE_S + SEEN_EVERY_S));
	assert_true(door_idle(DOOR_OFFICE, 1000, 1001 + IDLE_OFFICE_S + SEEN_EVERY_S));
	assert_false(door_idle(DOOR_TECH, 1000, 1000 + IDLE_OUTSIDE_S));
	assert_true(door_idle(DOOR_PORTAL, 1000, 1001 + IDLE_OUTSIDE_S + SEEN_EVERY_S));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(five_failures_are_free_then_the_wait_doubles_to_a_quarter_of_an_hour),
	    cmocka_unit_test(a_guesser_gets_at_most_a_hundred_guesses_a_day),
	    cmocka_unit_test(an_office_session_ends_sooner_than_one_on_the_road),
	    cmocka_unit_test(a_technician_enters_by_the_technicians_door),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
