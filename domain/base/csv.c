/*
 * domain/base/csv.c -- one cell.
 */
#include "domain/base/csv.h"

void
csv_cell(struct buf *out, struct str text)
{
	bool formula = text.n > 0 && strchr("=+-@\t\r", text.p[0]) != NULL && text.p[0] != '\0';
	bool quoted = formula;

	for (size_t i = 0; i < text.n && !quoted; i++)
		quoted = strchr(",\"\r\n\t", text.p[i]) != NULL;
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
