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
		{"a;b", "\"a;b\""}, {"'=1", "\"''=1\""}, {"'til", "'til"}, {"''", "''"}, {"\xef\xbb\xbfx", "\"\xef\xbb\xbfx\""},
		{"Sep=", "\"Sep=\""},
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

static void
what_is_put_before_a_formula_comes_off_again(void **state)
{
	static const char *const text[] = {"", "=1", "'=1", "''=1", "'til", "''", "-", "+1 202", "'\t", "a'=1", "'"};
	struct arena *a = arena_open(4096, 1 << 16, NULL);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(text); i++) {
		struct buf b = buf_open(a, 16, 256);
		struct str cell;

		csv_cell(&b, str_of(text[i]));
		cell = buf_str(&b);
		if (cell.n > 0 && cell.p[0] == '"')
			cell = str_sub(cell, 1, cell.n - 2);
		assert_string_equal(str_copy(a, csv_plain(cell)).p, text[i]);
	}
	arena_close(a);
}

static void
a_row_of_one_empty_cell_is_no_blank_line(void **state)
{
	const struct str cell[] = {STR(""), STR("a,b")}, debts[] = {STR("-5.00"), STR("-5.00")};
	struct arena *a = arena_open(4096, 1 << 16, NULL);
	struct buf b = buf_open(a, 16, 256);

	(void)state;
	csv_row(&b, cell, 1, 0);
	csv_row(&b, cell, 2, 0);
	assert_string_equal(buf_str(&b).p, "\"\"\r\n,\"a,b\"\r\n");
	/* What we count is a number, what somebody typed is not. */
	b = buf_open(a, 16, 256);
	csv_row(&b, debts, 2, 1);
	assert_string_equal(buf_str(&b).p, "-5.00,\"'-5.00\"\r\n");
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(cells_are_quoted_where_they_must_be),
	    cmocka_unit_test(what_is_put_before_a_formula_comes_off_again),
	    cmocka_unit_test(a_row_of_one_empty_cell_is_no_blank_line),
	};

	return cmocka_run_group_tests_name("domain/base/csv", tests, NULL, NULL);
}
