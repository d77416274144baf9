/* tests/unit/domain/messaging/push.c -- which addresses a phone may name. */
#include "domain/messaging/push.h"

#include "tests/unit/test.h"

static void
only_public_names_are_pushed_to(void **state)
{
	static const struct {
		const char *url, *own, *origin; /* origin NULL: refused */
	} row[] = {
		{"https://fcm.googleapis.com/fcm/send/abc:def", "", "https://fcm.googleapis.com"},
		{"https://web.push.apple.com/QGk", "", "https://web.push.apple.com"},
		{"https://updates.push.services.mozilla.com:443/wpush/v2/x", "", "https://updates.push.services.mozilla.com:443"},
		{"http://fcm.googleapis.com/x", "", NULL},
		{"https://fcm.googleapis.com", "", NULL},
		{"https://fcm.googleapis.com:8443/x", "", NULL},
		{"https://127.0.0.1/x", "", NULL},
		{"https://2130706433/x", "", NULL},
		{"https://[::1]/x", "", NULL},
		{"https://localhost/x", "", NULL},
		{"https://user@fcm.googleapis.com/x", "", NULL},
		{"https://fcm.googleapis.com/a b", "", NULL},
		{"ftp://fcm.googleapis.com/x", "", NULL},
		{"http://127.0.0.1:4000/p/1", "http://127.0.0.1:4000", "http://127.0.0.1:4000"},
		{"http://127.0.0.1:40001/p/1", "http://127.0.0.1:4000", NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct str origin = STR_NONE;
		const bool good = push_address(str_of(row[i].url), str_of(row[i].own), &origin);

		assert_int_equal(good, row[i].origin != NULL);
		if (good)
			assert_true(str_eq(origin, str_of(row[i].origin)));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(only_public_names_are_pushed_to)};

	return cmocka_run_group_tests_name("messaging/push", tests, NULL, NULL);
}
