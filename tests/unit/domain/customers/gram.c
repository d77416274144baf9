/* tests/unit/domain/customers/gram.c -- what is alike and what is not. */
#include "domain/customers/gram.h"
#include "tests/unit/test.h"

static bool
finds(const char *question, const char *record)
{
	struct arena *a = arena_open(1 << 16, 1 << 20, NULL);
	size_t qn, rn, shared = 0;
	uint16_t *q = grams_of(str_of(question), true, a, &qn), *r = grams_of(str_of(record), false, a, &rn);
	bool found;

	for (size_t i = 0; i < qn; i++)
		for (size_t k = 0; k < rn; k++)
			shared += q[i] == r[k];
	found = qn > 0 && shared >= grams_needed(qn);
	arena_close(a);
	return found;
}

static void
a_name_is_found_while_it_is_typed(void **state)
{
	(void)state;
	assert_true(finds("w", "Dana & Marcus Whitfield"));
	assert_true(finds("whi", "Dana & Marcus Whitfield"));
	assert_true(finds("whitf", "Dana & Marcus Whitfield"));
	assert_true(finds("marcus whit", "Dana & Marcus Whitfield"));
}

static void
a_typing_error_is_forgiven(void **state)
{
	(void)state;
	assert_true(finds("whitfeld", "Dana Whitfield"));
	assert_true(finds("whittfield", "Dana Whitfield"));
	assert_true(finds("okafro", "Ngozi Okafor"));
	assert_true(finds("hernndez", "Luis Hernández"));
}

static void
accents_and_case_do_not_matter(void **state)
{
	(void)state;
	assert_true(finds("PENA", "Sofía Peña"));
	assert_true(finds("peña", "Sofia Pena"));
	assert_true(finds("muller", "Jürgen Müller"));
}

static void
numbers_are_found_by_their_parts(void **state)
{
	(void)state;
	assert_true(finds("555-0142", "+14805550142 +1 480 555 0142"));
	assert_true(finds("6418 sunny", "6418 E Sunnyslope Ln, Paradise Valley 85253"));
}

static void
what_is_another_is_not_found(void **state)
{
	(void)state;
	assert_false(finds("garcia", "Dana Whitfield"));
	assert_false(finds("whitman", "Dana Brown"));
	assert_false(finds("", "Dana Whitfield"));
	assert_false(finds("...", "Dana Whitfield"));
}

static void
a_long_text_stays_below_its_ceiling(void **state)
{
	struct arena *a = arena_open(1 << 16, 1 << 22, NULL);
	char *text = arena_array(a, char, 200000);
	size_t n;
	uint16_t *gram;

	(void)state;
	for (size_t i = 0, x = 7; i < 200000; i++, x = x * 1103515245 + 12345)
		text[i] = (char)('a' + x / 65536 % 26);
	gram = grams_of((struct str){text, 200000}, false, a, &n);
	assert_int_equal(n, GRAMS_MAX);
	for (size_t i = 1; i < n; i++)
		assert_true(gram[i - 1] < gram[i] && gram[i] < GRAM_COUNT);
	assert_true(str_starts(grams_json(gram, n, a), STR("[")));
	assert_true(str_ends(grams_json(gram, n, a), STR("]")));
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_found_while_it_is_typed),
		cmocka_unit_test(a_typing_error_is_forgiven),
		cmocka_unit_test(accents_and_case_do_not_matter),
		cmocka_unit_test(numbers_are_found_by_their_parts),
		cmocka_unit_test(what_is_another_is_not_found),
		cmocka_unit_test(a_long_text_stays_below_its_ceiling),
	};

	return cmocka_run_group_tests_name("domain/customers/gram", tests, NULL, NULL);
}
