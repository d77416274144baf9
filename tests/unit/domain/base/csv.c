/* tests/unit/domain/base/csv.c -- no cell becomes a formula or two cells. */
#include "domain/base/csv.h"

#include "tests/unit/test.h"

static void
cells_are_quoted_where_they_must_be(void **state)
{
	static const struct {
		const char *text, *want;
	} row[] = {
		{"", ""}, {"Ana", "Ana"}, {"Zo\xc3\xab", "Zo\xc3\xab"}, {"a,b", "\"a,b\""},
		{"say \"hi\"", "\"say \"\"hi\"\"\""}, {"a\r\nb", "\"a\r\nb\""}, {"=1+1", "\"'=1+1\""},
		{"+1", "\"'+1\""}, {"-1", "\"'-1\""}, {"@x", "\"'@x\""}, {"\tx", "\"'\tx\""},
		{"\rx", "\"'\rx\""}, {"=\"a\",b", "\"'=\"\"a\"\",b\""}, {"a=b", "a=b"}, {" =b", " =b"},
	};
	struct arena *a = arena_open(4096, 1 << 16, NULL);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct buf b = buf_open(a, 16, 256);

		csv_cell(&b, str_of(row[i].text));
		assert_string_equal(buf_str(&b).p, row[i].want);
	}
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(cells_are_quoted_where_they_must_be)};

	return cmocka_run_group_tests_name("domain/base/csv", tests, NULL, NULL);
}
