/* tests/unit/domain/imports/table.c -- CSV as people have it; what we wrote is read back equal. */
#include "domain/imports/table.h"

#include "domain/base/csv.h"
#include "domain/base/words.h"
#include "tests/unit/arena.h"
#include "tests/unit/test.h"

ARENA_OF_EACH_TEST(arena)

/* The table as "a|b/c|d/" with line numbers and oddities: "1:a|b/3!1:c|/". */
static struct str
shown(struct str bytes)
{
	struct buf b = buf_open(arena, 256, 1 << 20);
	struct fault f = {0};
	struct csv_table t;
	struct table_row row;
	bool more = true;

	if (table_open(bytes, arena, &t, &f) != OK)
		return words_fault(arena, ENGLISH, &f);
	for (size_t i = 0; i < t.columns; i++)
		buf_printf(&b, "%s%.*s", i > 0 ? "|" : "", STR_ARG(t.header[i]));
	while (table_next(&t, arena, &row, &more, &f) == OK && more) {
		buf_printf(&b, "/%u", row.line);
		if (row.odd != 0)
			buf_printf(&b, "!%u", row.odd);
		for (size_t i = 0; i < row.n; i++)
			buf_printf(&b, "%c%.*s", i > 0 ? '|' : ':', STR_ARG(row.cell[i]));
	}
	if (f.err != OK)
		buf_printf(&b, "/%s", words_fault(arena, ENGLISH, &f).p);
	return buf_str(&b);
}

static void
tables_of_all_kinds_are_read(void **state)
{
	static const struct {
		const char *bytes, *want;
	} row[] = {
		{"a,b\n1,2\n", "a|b/2:1|2"},
		{"a,b\r\n1,2\r\n3,4", "a|b/2:1|2/3:3|4"},
		{"a,b\r1,2\r\r3,4\r", "a|b/2:1|2/4:3|4"},
		{"\n\r\na,b\n\n1,2\n\n", "a|b/5:1|2"},
		{"\xef\xbb\xbf" "a;b\n1,5;2\n", "a|b/2:1,5|2"},
		{"a\tb\n1, x\t2; y\n", "a|b/2:1, x|2; y"},
		{"sep=;\r\na,x;b\n1;2\n", "a,x|b/3:1|2"},
		{"a\n1\n", "a/2:1"},
		{"a,\"b\n\nc\"\n\"x\r\ny\",2\nz,3\n", "a|b\n\nc/4:x\r\ny|2/6:z|3"},
		{"a,b\n\"say \"\"hi\"\"\",\"\"\n", "a|b/2:say \"hi\"|"},
		{"a,b\n5\" pipe,x \"y\"\n", "a|b/2:5\" pipe|x \"y\""},
		{"a,b\n\"x\" y,\"\"z\n", "a|b/2!4:x y|z"},
		{"a,b\n1\n1,2,3\n1,2,\n", "a|b/2!1:1|/3!2:1|2|3/4:1|2|"},
		{"a,b,\n1,2,", "a|b|/2:1|2|"},
		{"a,b\n'=1,'til\n'+1 202,''@\n", "a|b/2:=1|'til/3:+1 202|'@"},
		{"n,c\nJos\xe9,\x80" "5\x96\x81\n", "n|c/2:Jos\xc3\xa9|\xe2\x82\xac" "5\xe2\x80\x93\xef\xbf\xbd"},
		{"n,c\nJos\xc3\xa9,1\n", "n|c/2:Jos\xc3\xa9|1"},
		{"\"a;x\";\"b,y\"\n1;2\n", "a;x|b,y/2:1|2"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++)
		assert_string_equal(shown(str_of(row[i].bytes)).p, row[i].want);
}

static void
what_is_no_table_is_refused_by_name(void **state)
{
	static const char big[] = "UTF-16";

	(void)state;
	assert_non_null(strstr(shown(STR("\xff\xfe" "a\0,\0")).p, big));
	assert_non_null(strstr(shown(STR("\xfe\xff\0a\0,")).p, big));
	assert_string_equal(shown(STR("PK\3\4\0\0")).p, "This is not a text file. Save the table as CSV first.");
	assert_string_equal(shown(STR("")).p, "The file is empty.");
	assert_string_equal(shown(STR("\xef\xbb\xbf\r\n\n")).p, "The file is empty.");
	assert_non_null(strstr(shown(STR("\xef\xbb\xbfJos\xe9")).p, "says that it is UTF-8 and is not"));
	assert_string_equal(shown(STR("a,b\n1,\"2\n3,4\n")).p,
	    "a|b/Line 2: a quotation mark is opened and never closed.");
}

static void
the_ceilings_name_their_line(void **state)
{
	struct buf b = buf_open(arena, 1 << 16, TABLE_BYTES_MAX + 1);
	struct arena *small = arena_open(1 << 16, 1 << 20, NULL);
	struct fault f = {0};
	struct csv_table t;
	uint32_t rows = 0;

	(void)state;
	buf_add(&b, STR("a,b\n"));
	for (size_t i = 0; i < TABLE_ROWS_MAX; i++)
		buf_add(&b, STR("1,2\n"));
	assert_int_equal(table_open(buf_str(&b), arena, &t, NULL), OK);
	assert_int_equal(table_count(&t, small, &rows, &f), OK);
	assert_int_equal(rows, TABLE_ROWS_MAX);
	assert_int_equal(t.rows, 0);
	buf_add(&b, STR("1,2\n"));
	assert_int_equal(table_open(buf_str(&b), arena, &t, NULL), OK);
	assert_int_equal(table_count(&t, small, &rows, &f), E_INVALID);
	assert_string_equal(words_fault(arena, ENGLISH, &f).p, "Line 50002: a table has at most 50000 rows.");
	while (!b.full)
		buf_add(&b, STR("1,2,3,4,5,6,7,8,9\n"));
	b.full = false;
	while (b.n <= TABLE_BYTES_MAX)
		buf_char(&b, '1');
	assert_string_equal(shown(buf_str(&b)).p, "The file is larger than 10 MiB.");
	arena_close(small);

	b = buf_open(arena, 1 << 16, 1 << 16);
	buf_add(&b, STR("a,b\n\n"));
	for (size_t i = 1; i < TABLE_COLUMNS_MAX; i++)
		buf_char(&b, ',');
	assert_null(strstr(shown(buf_str(&b)).p, "Line"));
	buf_char(&b, ',');
	assert_non_null(strstr(shown(buf_str(&b)).p, "/Line 3: a table has at most 200 columns."));

	b = buf_open(arena, 1 << 16, 1 << 16);
	buf_add(&b, STR("a\n\""));
	for (size_t i = 0; i < TABLE_CELL_MAX; i++)
		buf_add(&b, STR("\xc3\xb1"));
	buf_char(&b, '"');
	assert_null(strstr(shown(buf_str(&b)).p, "Line"));
	b.n--;
	buf_add(&b, STR("\n\""));
	assert_non_null(strstr(shown(buf_str(&b)).p, "/Line 2: a cell holds at most 4000 characters."));
}

/* Chance that is the same in every run. */
static uint64_t chance = 88172645463325252U;

static size_t
below(size_t n)
{
	chance ^= chance << 13;
	chance ^= chance >> 7;
	chance ^= chance << 17;
	return (size_t)(chance % n);
}

/* Made of what is dangerous in CSV, in spreadsheets and in UTF-8. */
static struct str
random_cell(void)
{
	static const char *const piece[] = {"a", "Ana", " ", ",", ";", "\t", "\"", "\"\"", "\r", "\n", "\r\n", "'", "=", "+",
	    "-", "@", "1", "\xc3\xb1", "\xe2\x82\xac", "\xf0\x9f\x8f\x8a", "\xef\xbb\xbf", "sep=", "=1+1", "|", "\\"};
	struct buf b = buf_open(arena, 16, 256);

	for (size_t n = below(8); n > 0; n--)
		buf_add(&b, str_of(piece[below(COUNT_OF(piece))]));
	return buf_str(&b);
}

static void
ten_thousand_random_tables_are_read_back_equal_and_no_cell_starts_a_formula(void **state)
{
	(void)state;
	for (int n = 0; n < 10000; n++) {
		struct arena_mark m = arena_mark(arena);
		struct buf b = buf_open(arena, 1024, 1 << 20);
		size_t columns = 1 + below(6), rows = 1 + below(6);
		struct str *cell = arena_array(arena, struct str, columns * rows);
		struct csv_table t;
		struct table_row row;
		bool more = true;

		for (size_t i = 0; i < columns * rows; i++)
			cell[i] = random_cell();
		for (size_t i = 0; i < rows; i++)
			csv_row(&b, cell + i * columns, columns, 0);
		assert_int_equal(table_open(buf_str(&b), arena, &t, NULL), OK);
		assert_int_equal(t.delimiter, ',');
		assert_int_equal(t.columns, columns);
		for (size_t i = 0; i < rows; i++) {
			if (i > 0)
				assert_int_equal(table_next(&t, arena, &row, &more, NULL), OK);
			assert_true(more && (i == 0 || (row.n == columns && row.odd == 0)));
			for (size_t k = 0; k < columns; k++)
				if (!str_eq(i == 0 ? t.header[k] : row.cell[k], cell[i * columns + k]))
					fail_msg("table %d, row %zu, cell %zu: \"%.*s\" came back otherwise", n, i, k,
					    STR_ARG(cell[i * columns + k]));
		}
		assert_int_equal(table_next(&t, arena, &row, &more, NULL), OK);
		assert_false(more);
		/* As a spreadsheet sees it: outside of quotes, or behind an opening one, no cell begins with one of them. */
		for (size_t i = 0, quoted = 0, start = 1; i < b.n; i++) {
			char c = b.p[i];

			if (start && c == '"' && !quoted)
				quoted = 1;
			else {
				assert_false(start && strchr("=+-@\t", c) != NULL);
				assert_false(start && quoted && c == '\r');
				if (quoted && c == '"')
					quoted = b.p[i + 1] == '"' && i++ < b.n;
				start = !quoted && (c == ',' || c == '\n');
			}
		}
		arena_rewind(arena, m);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(tables_of_all_kinds_are_read),
	    cmocka_unit_test(what_is_no_table_is_refused_by_name),
	    cmocka_unit_test(the_ceilings_name_their_line),
	    cmocka_unit_test(ten_thousand_random_tables_are_read_back_equal_and_no_cell_starts_a_formula),
	};

	return cmocka_run_group_tests_name("domain/imports/table", tests, open_arena, close_arena);
}
