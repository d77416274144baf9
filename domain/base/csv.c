/*
 * domain/base/csv.c -- cells and rows.
 */
#include "domain/base/csv.h"

static bool formula_in(struct str text);

void
csv_cell(struct buf *out, struct str text)
{
	bool formula = formula_in(text);
	/* At the start of a file the first would be taken for its mark, the second for the name of its delimiter. */
	bool quoted = formula || str_starts(text, STR("\xef\xbb\xbf")) || str_eq_nocase(text, STR("sep="));

	/* Semicolons too: whoever guesses the delimiter finds none but commas outside of quotes. */
	for (size_t i = 0; i < text.n && !quoted; i++)
		quoted = strchr(",;\"\r\n\t", text.p[i]) != NULL;
	if (!quoted) {
		buf_add(out, text);
		return;
	}
	buf_char(out, '"');
	if (formula)
		buf_char(out, '\'');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"')
			buf_char(out, '"');
		buf_char(out, text.p[i]);
	}
	buf_char(out, '"');
}

void
csv_row(struct buf *out, const struct str *cell, size_t n, uint64_t numbers)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_char(out, ',');
		if (i < 64 && (numbers >> i & 1) != 0)
			buf_add(out, cell[i]);
		else
			csv_cell(out, cell[i]);
	}
	if (n == 1 && cell[0].n == 0)
		buf_add(out, STR("\"\""));
	buf_add(out, STR("\r\n"));
}

struct str
csv_plain(struct str cell)
{
	return cell.n > 0 && cell.p[0] == '\'' && formula_in(cell) ? str_sub(cell, 1, cell.n) : cell;
}

/* What a spreadsheet would run, also behind apostrophes. */
static bool
formula_in(struct str text)
{
	size_t i = 0;

	while (i < text.n && text.p[i] == '\'')
		i++;
	return i < text.n && text.p[i] != '\0' && strchr("=+-@\t\r", text.p[i]) != NULL;
}
