/* tests/unit/domain/base/err.c -- a fault is filled once and keeps its values apart from its sentence. */
#include "domain/base/err.h"
#include "tests/unit/test.h"

static enum err
twice(struct fault *f)
{
	enum err e = fail(f, E_INVALID, "slug", "This address is taken.");

	assert_int_equal(fail(f, E_BUG, NULL, "Something else."), E_BUG);
	return e;
}

static void
the_first_to_know_says_why(void **state)
{
	struct fault f = {0};

	(void)state;
	assert_int_equal(twice(&f), E_INVALID);
	assert_int_equal(f.err, E_INVALID);
	assert_string_equal(f.field, "slug");
	assert_string_equal(f.why, "This address is taken.");
	assert_non_null(strstr(f.file, "err.c"));
	assert_true(f.line > 0);
}

static void
the_values_of_a_sentence_are_kept_in_order(void **state)
{
	struct fault f = {0};

	(void)state;
	assert_int_equal(fail(&f, E_LIMIT, NULL, "100%% of %d, %u, %lld and %.*s.", -3, 4u, -5000000000LL,
	    3, "abcdef"), E_LIMIT);
	assert_int_equal(f.args, 4);
	assert_string_equal(f.arg[0], "-3");
	assert_string_equal(f.arg[1], "4");
	assert_string_equal(f.arg[2], "-5000000000");
	assert_string_equal(f.arg[3], "abc");
}

static void
a_fifth_value_is_left_out(void **state)
{
	struct fault f = {0};

	(void)state;
	assert_int_equal(fail(&f, E_INVALID, NULL, "%s %s %s %s %s", "a", "b", "c", "d", "e"), E_INVALID);
	assert_int_equal(f.args, FAULT_ARGS);
	assert_string_equal(f.arg[3], "d");
}

static void
a_long_value_is_cut_between_characters(void **state)
{
	struct fault f = {0};
	char text[200];

	(void)state;
	memset(text, 'x', sizeof(text));
	memcpy(text + FAULT_ARG_MAX - 2, "\xc3\xa9", 2); /* the cut falls inside this letter */
	text[199] = '\0';
	assert_int_equal(fail(&f, E_INVALID, NULL, "%s", text), E_INVALID);
	assert_int_equal(strlen(f.arg[0]), FAULT_ARG_MAX - 2);
}

static void
nothing_is_kept_without_a_fault(void **state)
{
	(void)state;
	assert_int_equal(fail(NULL, E_AWAY, NULL, "Nobody listens to %s.", "this"), E_AWAY);
}

static void
every_error_has_its_own_name(void **state)
{
	(void)state;
	for (enum err e = OK; e < ERR_COUNT; e++)
		for (enum err other = OK; other < e; other++)
			assert_string_not_equal(err_name(e), err_name(other));
	assert_string_equal(err_name(E_SIGNED_OUT), "signed_out");
	assert_string_equal(err_name((enum err)99), "bug");
}

static enum err
tried(enum err e, int *after)
{
	TRY(e);
	*after = 1;
	return OK;
}

static void
try_leaves_at_the_first_failure(void **state)
{
	int after = 0;

	(void)state;
	assert_int_equal(tried(E_STALE, &after), E_STALE);
	assert_int_equal(after, 0);
	assert_int_equal(tried(OK, &after), OK);
	assert_int_equal(after, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_to_know_says_why),
		cmocka_unit_test(the_values_of_a_sentence_are_kept_in_order),
		cmocka_unit_test(a_fifth_value_is_left_out),
		cmocka_unit_test(a_long_value_is_cut_between_characters),
		cmocka_unit_test(nothing_is_kept_without_a_fault),
		cmocka_unit_test(every_error_has_its_own_name),
		cmocka_unit_test(try_leaves_at_the_first_failure),
	};
	return cmocka_run_group_tests_name("domain/base/err", tests, NULL, NULL);
}
