/*
 * tests/unit/tenancy/sealed.c -- the list of sealed columns says each once: twice would be sealed twice.
 */
#include "tenancy/sealed.h"

#include "tests/unit/test.h"

static void
every_sealed_column_is_listed_once(void **state)
{
	unsigned n = 0;

	(void)state;
	for (const struct sealed_column *c = sealed_columns; c->table != NULL; c++, n++)
		assert_ptr_equal(sealed_column_of(str_of(c->table), str_of(c->column)), c);
	assert_true(n > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_sealed_column_is_listed_once)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
