/* tests/unit/fcgi/remote/sms.c -- when a text was made, as the other side writes it. */
#include "fcgi/remote/sms.h"

#include "tests/unit/test.h"

static void
a_time_is_read_or_it_is_none(void **state)
{
	(void)state;
	assert_int_equal(sms_time(STR("Thu, 24 Aug 2023 05:01:45 +0000")), 1692853305);
	assert_int_equal(sms_time(STR("Thu, 01 Jan 1970 00:00:00 +0000")), 0);
	assert_int_equal(sms_time(STR("Thu, 24 Aug 2023 05:01:45 +0200")), -1);
	assert_int_equal(sms_time(STR("Thu, 31 Feb 2023 05:01:45 +0000")), -1);
	assert_int_equal(sms_time(STR("")), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_time_is_read_or_it_is_none)};

	return cmocka_run_group_tests_name("remote/sms", tests, NULL, NULL);
}
