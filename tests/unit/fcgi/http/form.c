/*
 * tests/unit/fcgi/http/form.c -- what a provider of texts signs: its published example is taken, whatever is altered is not.
 */
#include "fcgi/http/form.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/arena.h"
#include "tests/unit/test.h"

#define EXAMPLE "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212"
#define URL "https://mycompany.com/myapp.php?foo=1&bar=2"
#define SIGNATURE "RSOYDt4T1cUTdK1PDd93/VVr8B8="

ARENA_OF_EACH_TEST(a)

static struct form
form(const char *text)
{
	struct fault f = {0};
	struct form out;

	if (form_read(str_of(text), a, &out, &f) != OK)
		fail_msg("%s is no form", text);
	return out;
}

static bool
good(const char *text, const char *token, const char *url, const char *signature)
{
	const struct form f = form(text);

	return form_signed(&f, str_of(token), str_of(url), str_of(signature), a);
}

static void
the_published_example_is_taken(void **state)
{
	(void)state;
	assert_true(good(EXAMPLE, "12345", URL, SIGNATURE));
	assert_true(good(EXAMPLE, "old,12345", URL, SIGNATURE));
	/* In any order, with a value that came twice, and letters of other alphabets. */
	assert_true(good("To=%2B18005551212&Digits=1234&From=%2B14158675309&Caller=%2B14158675309&CallSid=CA1234567890ABCDE", "12345", URL, SIGNATURE));
	assert_true(good("Body=%C2%BFEst%C3%A1%3F&A=2&From=%2B1&A=1&A=2", "12345", "https://mycompany.com/api/hook/sms", "y84amAD+L8ZoCP/uwh/BoXdGCHU="));
	assert_false(good(EXAMPLE, "", URL, SIGNATURE));
	assert_false(good(EXAMPLE, ",", URL, SIGNATURE));
	assert_false(good(EXAMPLE, "12345", URL, ""));
}

static void
whatever_is_altered_is_refused(void **state)
{
	const char *rounds = getenv("FORGED");
	const unsigned n = rounds != NULL ? (unsigned)strtoul(rounds, NULL, 10) : 2000;
	uint64_t seed = 88172645463325252U;
	unsigned taken = 0;

	(void)state;
	for (unsigned i = 0; i < n; i++) {
		const struct arena_mark here = arena_mark(a);
		char text[] = EXAMPLE, url[] = URL, signature[] = SIGNATURE;
		struct { char *p; size_t n; } part[] = {{text, sizeof(text) - 1}, {url, sizeof(url) - 1}, {signature, sizeof(signature) - 1}};
		struct fault f = {0};
		struct form out;

		seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
		const size_t which = seed % 3, at = (seed >> 8) % part[which].n;
		const char was = part[which].p[at], to = (char)('!' + (seed >> 24) % 94);

		part[which].p[at] = to;
		/* %2b says what %2B says. */
		if (was == to || (which == 0 && (was | 32) == (to | 32) && was >= 'A'))
			continue;
		if (form_read(str_of(text), a, &out, &f) == OK)
			taken += form_signed(&out, STR("12345"), str_of(url), str_of(signature), a);
		arena_rewind(a, here);
	}
	printf("# %u forged messages, %u accepted\n", n, taken);
	assert_int_equal(taken, 0);
}

static void
what_is_no_form_is_refused(void **state)
{
	static const char *const bad[] = {"a=%", "a=%4", "a=%zz", "a=%00", "a=%ff", "%C3=1"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct fault f = {0};
		struct form out;

		assert_int_equal(form_read(str_of(bad[i]), a, &out, &f), E_INVALID);
	}
	const struct form f = form("a=1&&b&c=%2B+x&=");
	assert_int_equal(f.n, 4);
	assert_true(str_eq(form_value(&f, "c"), STR("+ x")));
	assert_true(str_eq(form_value(&f, "z"), STR("")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_published_example_is_taken),
		cmocka_unit_test(whatever_is_altered_is_refused),
		cmocka_unit_test(what_is_no_form_is_refused),
	};

	return cmocka_run_group_tests_name("form", tests, open_arena, close_arena);
}
