/*
 * tests/fuzz/csv.c -- a table from anywhere: refused with a sentence, or read to its end within the
 * ceilings; and what was read, written by us, is read again the same.
 */
#include "domain/base/csv.h"
#include "domain/imports/table.h"
#include "tests/fuzz/fuzz.h"

/* Walks all rows. With `out`, each is written there, filled up or cut to the columns of the header. */
static uint32_t
walk(struct csv_table t, struct arena *a, struct buf *out)
{
	struct table_row row;
	struct fault f = {0};
	bool more = true;
	uint32_t rows = 0, line = 0;

	if (out != NULL)
		csv_row(out, t.header, t.columns, 0);
	for (;;) {
		size_t at = t.at;

		if (table_next(&t, a, &row, &more, &f) != OK) {
			MUST(f.err == E_INVALID && f.why != NULL && f.args > 0 && t.at == at);
			return rows;
		}
		if (!more)
			return rows;
		MUST(t.at > at && row.line > line && row.n >= t.columns && row.n <= TABLE_COLUMNS_MAX);
		for (size_t i = 0; i < row.n; i++) {
			size_t chars = 0;

			MUST(str_utf8(row.cell[i], &chars) && chars <= TABLE_CELL_MAX);
		}
		line = row.line;
		rows++;
		if (out != NULL)
			csv_row(out, row.cell, t.columns, 0);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = fuzz_arena();
	struct buf one = buf_open(a, 4096, TABLE_BYTES_MAX), two = buf_open(a, 4096, TABLE_BYTES_MAX);
	struct fault f = {0};
	struct csv_table t = {0}, again = {0};
	uint32_t rows;

	if (table_open(fuzz_text(data, size), a, &t, &f) != OK) {
		MUST(f.err == E_INVALID && f.why != NULL && f.field != NULL && t.header == NULL);
		return 0;
	}
	MUST(t.columns >= 1 && t.columns <= TABLE_COLUMNS_MAX);
	rows = walk(t, a, &one);
	if (one.full)
		return 0;
	MUST(table_open(buf_str(&one), a, &again, &f) == OK);
	MUST(again.columns == t.columns && again.encoding == TABLE_UTF8);
	MUST(walk(again, a, &two) == rows);
	MUST(str_eq(buf_str(&one), buf_str(&two)));
	return 0;
}
