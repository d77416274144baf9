/* tests/unit/domain/base/id.c -- names sort by time and have exactly one spelling. */
#include "domain/base/id.h"
#include "tests/unit/test.h"

static void
an_id_keeps_its_milliseconds(void **state)
{
	(void)state;
	assert_int_equal(id_ms(id_make(INT64_C(1795295063123), 0xffffffff)), INT64_C(1795295063123));
	assert_int_equal(id_ms(id_make((INT64_C(1) << 42) - 1, 0)), (INT64_C(1) << 42) - 1);
	assert_true(id_make((INT64_C(1) << 42) - 1, 0xffffffff) == INT64_MAX);
}

static void
a_later_id_sorts_behind_as_number_and_as_text(void **state)
{
	char a[ID_LETTERS + 1], b[ID_LETTERS + 1];

	(void)state;
	for (int64_t ms = 1; ms < INT64_C(1) << 41; ms = ms * 3 + 1) {
		uint64_t early = id_make(ms, 0xffffffff), late = id_make(ms + 1, 0);

		assert_true(early < late);
		id_write(early, a);
		id_write(late, b);
		assert_true(strcmp(a, b) < 0);
	}
}

static void
what_was_written_is_read_back_in_both_cases(void **state)
{
	char text[ID_LETTERS + 1];
	uint64_t v;

	(void)state;
	for (uint64_t id = 1; id < UINT64_C(1) << 62; id = id * 7 + 3) {
		id_write(id, text);
		assert_true(id_read(str_of(text), &v));
		assert_true(v == id);
		for (char *p = text; *p != '\0'; p++)
			if (*p >= 'a')
				*p = (char)(*p - 'a' + 'A');
		assert_true(id_read(str_of(text), &v));
		assert_true(v == id);
	}
}

static void
what_is_no_id_is_refused(void **state)
{
	static const char *const wrong[] = {"", "0", "0000000000000", "8000000000000", "zzzzzzzzzzzzz",
	    "000000000000", "00000000000001", "000000000000i", "000000000000l", "000000000000o",
	    "000000000000u", "00000000000-1", " 000000000001"};
	uint64_t v = 7;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		assert_false(id_read(str_of(wrong[i]), &v));
	assert_false(id_read(STR("00000000000\0001"), &v));
	assert_int_equal(v, 7);
	assert_true(id_read(STR("7zzzzzzzzzzzz"), &v));
	assert_true(v == INT64_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_id_keeps_its_milliseconds),
		cmocka_unit_test(a_later_id_sorts_behind_as_number_and_as_text),
		cmocka_unit_test(what_was_written_is_read_back_in_both_cases),
		cmocka_unit_test(what_is_no_id_is_refused),
	};
	return cmocka_run_group_tests_name("domain/base/id", tests, NULL, NULL);
}
