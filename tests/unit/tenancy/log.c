/* tests/unit/tenancy/log.c -- a line stays one line, whatever it is told. */
#include "tenancy/log.h"
#include "tests/unit/test.h"

static const char *
text_of(struct line *l)
{
	l->text[l->n] = '\0';
	return l->text;
}

static void
plain_values_stand_bare_and_others_in_quotes(void **state)
{
	struct line l;

	(void)state;
	line_open(&l);
	line_str(&l, "t", STR("desert-blue"));
	line_str(&l, "verb", STR("POST office/staff/:id"));
	line_ms(&l, "ms", 12345);
	line_i64(&l, "sql", -3);
	line_str(&l, "empty", STR(""));
	assert_string_equal(text_of(&l), "t=desert-blue verb=\"POST office/staff/:id\" ms=12.3 sql=-3 empty=\"\"");
}

static void
nothing_ends_the_line_or_begins_a_key(void **state)
{
	struct line l;

	(void)state;
	line_open(&l);
	line_str(&l, "a", STR("x\ny=z \"q\" \\ \x1b[0m \xc3\xb1"));
	assert_string_equal(text_of(&l), "a=\"x\\x0ay=z \\\"q\\\" \\\\ \\x1b[0m \\xc3\\xb1\"");
}

/* 100,000 hostile values: each line parses as one record of exactly the keys that were given. */
static void
random_values_give_one_record(void **state)
{
	uint32_t seed = 1121;
	int i, k;

	(void)state;
	for (i = 0; i < 100000; i++) {
		struct line l;
		char value[64];
		bool quoted = false;
		size_t n, keys = 0, p;

		for (k = 0; k < 64; k++) {
			seed = seed * 1664525 + 1013904223;
			value[k] = (char)(seed >> 24);
		}
		n = seed >> 26;
		line_open(&l);
		line_str(&l, "a", (struct str){value, n});
		line_str(&l, "b", (struct str){value, 64 - n});
		for (p = 0; p < l.n; p++) {
			unsigned char c = (unsigned char)l.text[p];

			assert_true(c >= 0x20 && c < 0x7f);
			if (quoted && c == '\\')
				p++;
			else if (c == '"')
				quoted = !quoted;
			else if (c == '=' && !quoted)
				keys++;
		}
		assert_false(quoted);
		assert_int_equal(keys, 2);
	}
}

static void
a_line_has_a_ceiling_and_whole_values(void **state)
{
	struct line l;
	char big[1000];
	int i;

	(void)state;
	memset(big, '"', sizeof(big));
	line_open(&l);
	for (i = 0; i < 50; i++)
		line_str(&l, "k", (struct str){big, sizeof(big)});
	assert_true(l.n < sizeof(l.text));
	assert_int_equal(l.text[l.n - 1], '"');
}

static void
a_fault_tells_its_place_but_not_its_values(void **state)
{
	struct fault f = {0};
	struct line l;

	(void)state;
	assert_int_equal(fail(&f, E_BUG, NULL, "Query %s broke.", "SECRET"), E_BUG);
	line_open(&l);
	line_fault(&l, &f);
	assert_null(strstr(text_of(&l), "SECRET"));
	assert_non_null(strstr(text_of(&l), "err=bug"));
	assert_non_null(strstr(text_of(&l), "log.c:"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_values_stand_bare_and_others_in_quotes),
		cmocka_unit_test(nothing_ends_the_line_or_begins_a_key),
		cmocka_unit_test(random_values_give_one_record),
		cmocka_unit_test(a_line_has_a_ceiling_and_whole_values),
		cmocka_unit_test(a_fault_tells_its_place_but_not_its_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
