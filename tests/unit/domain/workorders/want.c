/* tests/unit/domain/workorders/want.c -- the way of a part, there and back, until it is in. */
#include "domain/workorders/want.h"

#include "tests/unit/test.h"

static void
a_part_goes_to_and_fro_until_it_is_installed(void **state)
{
	(void)state;
	for (enum got from = GOT_NEEDED; from < GOTS; from++)
		for (enum got to = GOT_NEEDED; to < GOTS; to++)
			assert_int_equal(want_may(from, to, NULL), from == GOT_INSTALLED ? E_STALE : OK);
}

static void
labour_is_never_bought(void **state)
{
	struct fault f = {0};

	(void)state;
	assert_int_equal(want_may(GOT_NOT, GOT_BOUGHT, &f), E_INVALID);
	assert_string_equal(f.field, "got");
	f = (struct fault){0};
	assert_int_equal(want_may(GOT_NEEDED, GOT_NOT, &f), E_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_part_goes_to_and_fro_until_it_is_installed),
		cmocka_unit_test(labour_is_never_bought),
	};
	return cmocka_run_group_tests_name("domain/workorders/want", tests, NULL, NULL);
}
