/*
 * domain/imports/table.c -- a cursor over the bytes of a CSV file.
 */
#include "domain/imports/table.h"

#include <assert.h>

#include "domain/base/csv.h"

#define SAMPLE_LINES 50
#define DELIMITERS ",;\t"

const char *const table_encoding_names[] = {"", "utf-8", "windows-1252", NULL};
static_assert(sizeof(table_encoding_names) / sizeof(char *) == TABLE_ENCODINGS + 1, "each has its name");

/* Windows-1252 where it is not Latin-1; 0xfffd where it is nothing. */
static const uint16_t windows_1252[32] = {
	0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd,
	0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
	0x0153, 0xfffd, 0x017e, 0x0178,
};

/* What was found of one cell before its text is made. */
struct extent {
	size_t from, end; /* text without the outer quotes */
	size_t tail;      /* end of what follows the closing quote; = end if nothing does */
	bool quoted, doubled;
};

static enum err encoding_of(struct str *bytes, enum table_encoding *out, struct fault *f);
static bool separator_named(struct csv_table *t);
static char delimiter_of(struct str s);
static enum err record_read(struct csv_table *t, struct arena *a, struct table_row *row, bool *more, struct fault *f);
static enum err extent_read(const struct csv_table *t, size_t at, struct extent *x, struct fault *f);
static enum err cell_text(const struct csv_table *t, const struct extent *x, struct arena *a, struct str *out,
    struct fault *f);
static struct str unquoted(const struct csv_table *t, const struct extent *x, struct arena *a);
static struct str from_1252(struct str s, struct arena *a);
static size_t line_end(struct str s, size_t at);
static uint32_t lines_in(struct str s);

enum err
table_open(struct str bytes, struct arena *a, struct csv_table *out, struct fault *f)
{
	struct csv_table t = {.bytes = bytes, .line = 1};
	struct table_row row;
	bool more = false;

	if (bytes.n > TABLE_BYTES_MAX)
		return fail(f, E_INVALID, "file", "The file is larger than %d MiB.", TABLE_BYTES_MAX >> 20);
	TRY(encoding_of(&t.bytes, &t.encoding, f));
	if (!separator_named(&t))
		t.delimiter = delimiter_of(t.bytes);
	TRY(record_read(&t, a, &row, &more, f));
	if (!more)
		return fail(f, E_INVALID, "file", "The file is empty.");
	t.header = row.cell;
	t.columns = row.n;
	*out = t;
	return OK;
}

enum err
table_next(struct csv_table *t, struct arena *a, struct table_row *row, bool *more, struct fault *f)
{
	struct csv_table before = *t;
	struct table_row r = {0};
	bool got = false;
	enum err e = record_read(t, a, &r, &got, f);

	if (e == OK && got && t->rows == TABLE_ROWS_MAX)
		e = fail(f, E_INVALID, "file", "Line %u: a table has at most %d rows.", r.line, TABLE_ROWS_MAX);
	if (e != OK) {
		*t = before;
		return e;
	}
	*more = got;
	if (!got)
		return OK;
	t->rows++;
	for (size_t i = t->columns; i < r.n; i++)
		if (r.cell[i].n > 0)
			r.odd |= ROW_LONG;
	*row = r;
	return OK;
}

enum err
table_count(const struct csv_table *t, struct arena *a, uint32_t *rows, struct fault *f)
{
	struct arena_mark m = arena_mark(a);
	struct csv_table walk = *t;
	struct table_row row;
	bool more = true;

	while (more) {
		enum err e = table_next(&walk, a, &row, &more, f);

		arena_rewind(a, m);
		if (e != OK)
			return e;
	}
	*rows = walk.rows - t->rows;
	return OK;
}

/* Takes the mark off. NUL bytes are UTF-16 without its mark, or no text at all. */
static enum err
encoding_of(struct str *bytes, enum table_encoding *out, struct fault *f)
{
	bool marked = str_starts(*bytes, STR("\xef\xbb\xbf"));

	if (str_starts(*bytes, STR("\xff\xfe")) || str_starts(*bytes, STR("\xfe\xff")))
		return fail(f, E_INVALID, "file", "This file is UTF-16. Save it as \"CSV UTF-8\" and send it again.");
	if (str_find(*bytes, '\0') < bytes->n)
		return fail(f, E_INVALID, "file", "This is not a text file. Save the table as CSV first.");
	if (marked)
		*bytes = str_sub(*bytes, 3, bytes->n);
	*out = str_utf8(*bytes, NULL) ? TABLE_UTF8 : TABLE_WINDOWS_1252;
	if (marked && *out != TABLE_UTF8)
		return fail(f, E_INVALID, "file", "The file says that it is UTF-8 and is not. Save it again as \"CSV UTF-8\".");
	return OK;
}

/* A first line "sep=;", as spreadsheets write and obey it. */
static bool
separator_named(struct csv_table *t)
{
	size_t end = line_end(t->bytes, 0);
	struct str line = str_sub(t->bytes, 0, end);

	if (line.n != 5 || !str_eq_nocase(str_sub(line, 0, 4), STR("sep=")) || strchr(DELIMITERS, line.p[4]) == NULL)
		return false;
	t->delimiter = line.p[4];
	t->at = end + (str_starts(str_sub(t->bytes, end, 2), STR("\r\n")) ? 2 : end < t->bytes.n);
	t->line = 2;
	return true;
}

/*
 * The one that most lines have as often as the first line has it; among equals the one it has more often.
 * Quotes are honoured, whichever it is: they open only at the start of a line or behind a candidate.
 */
static char
delimiter_of(struct str s)
{
	unsigned count[3] = {0}, first[3] = {0}, alike[3] = {0}, lines = 0;
	bool quoted = false, blank = true;
	size_t best = 0;

	for (size_t i = 0; i <= s.n && lines < SAMPLE_LINES; i++) {
		char c = i < s.n ? s.p[i] : '\n';
		const char *d = c == '\0' ? NULL : strchr(DELIMITERS, c);

		if (quoted && i < s.n) {
			quoted = c != '"' || (i + 1 < s.n && s.p[i + 1] == '"' && ++i > 0);
		} else if (c == '"' && (i == 0 || strchr(DELIMITERS "\r\n", s.p[i - 1]) != NULL)) {
			quoted = true;
			blank = false;
		} else if (c == '\n' || c == '\r') {
			for (size_t k = 0; k < 3 && !blank; k++) {
				if (lines == 0)
					first[k] = count[k];
				alike[k] += first[k] > 0 && count[k] == first[k];
				count[k] = 0;
			}
			lines += !blank;
			blank = true;
		} else {
			blank = false;
			if (d != NULL)
				count[d - DELIMITERS]++;
		}
	}
	for (size_t k = 1; k < 3; k++)
		if (alike[k] > alike[best] || (alike[k] == alike[best] && first[k] > first[best]))
			best = k;
	return DELIMITERS[best];
}

/* One record with all its cells; the header is read before t->columns is known. */
static enum err
record_read(struct csv_table *t, struct arena *a, struct table_row *row, bool *more, struct fault *f)
{
	struct str cell[TABLE_COLUMNS_MAX];
	struct table_row r = {0};
	struct extent x;
	char c;

	for (; t->at < t->bytes.n && (c = t->bytes.p[t->at], c == '\r' || c == '\n'); t->at++)
		t->line += c == '\r' || t->at == 0 || t->bytes.p[t->at - 1] != '\r';
	*more = t->at < t->bytes.n;
	if (!*more)
		return OK;
	r.line = t->line;
	do {
		if (r.n == TABLE_COLUMNS_MAX)
			return fail(f, E_INVALID, "file", "Line %u: a table has at most %d columns.", r.line, TABLE_COLUMNS_MAX);
		TRY(extent_read(t, t->at, &x, f));
		TRY(cell_text(t, &x, a, &cell[r.n], f));
		r.n++;
		r.odd |= x.tail > x.end + x.quoted ? ROW_QUOTES : 0;
		t->line += lines_in(str_sub(t->bytes, t->at, x.tail - t->at));
		t->at = x.tail + 1;
	} while (x.tail < t->bytes.n && t->bytes.p[x.tail] == t->delimiter);
	/* The line end itself is counted by whoever reads on. */
	t->at = x.tail;
	if (r.n < t->columns)
		r.odd |= ROW_SHORT;
	r.cell = arena_array(a, struct str, r.n > t->columns ? r.n : t->columns);
	memcpy(r.cell, cell, r.n * sizeof(*cell));
	for (; r.n < t->columns; r.n++)
		r.cell[r.n] = STR("");
	*row = r;
	return OK;
}

static enum err
extent_read(const struct csv_table *t, size_t at, struct extent *x, struct fault *f)
{
	const char *p = t->bytes.p;
	size_t n = t->bytes.n, i = at;

	*x = (struct extent){.from = at, .quoted = at < n && p[at] == '"'};
	if (x->quoted) {
		x->from = ++i;
		while (i < n && (p[i] != '"' || (i + 1 < n && p[i + 1] == '"'))) {
			x->doubled = x->doubled || p[i] == '"';
			i += p[i] == '"' ? 2 : 1;
		}
		if (i >= n)
			return fail(f, E_INVALID, "file", "Line %u: a quotation mark is opened and never closed.",
			    t->line);
		x->end = i++;
	}
	while (i < n && p[i] != t->delimiter && p[i] != '\r' && p[i] != '\n')
		i++;
	if (!x->quoted)
		x->end = i;
	x->tail = i;
	return OK;
}

static enum err
cell_text(const struct csv_table *t, const struct extent *x, struct arena *a, struct str *out, struct fault *f)
{
	struct str s = str_sub(t->bytes, x->from, x->end - x->from);
	size_t chars = 0;

	if (x->doubled || x->tail > x->end + x->quoted)
		s = unquoted(t, x, a);
	for (size_t i = 0; i < s.n; i++)
		chars += t->encoding != TABLE_UTF8 || ((unsigned char)s.p[i] & 0xc0) != 0x80;
	if (chars > TABLE_CELL_MAX)
		return fail(f, E_INVALID, "file", "Line %u: a cell holds at most %d characters.", t->line, TABLE_CELL_MAX);
	*out = csv_plain(t->encoding == TABLE_UTF8 ? s : from_1252(s, a));
	return OK;
}

/* Doubled quotes become one; what follows the closing quote is kept as it stands. */
static struct str
unquoted(const struct csv_table *t, const struct extent *x, struct arena *a)
{
	char *p = arena_alloc(a, x->tail - x->from + 1, 1);
	size_t n = 0;

	for (size_t i = x->from; i < x->end; i++) {
		p[n++] = t->bytes.p[i];
		i += t->bytes.p[i] == '"';
	}
	for (size_t i = x->end + 1; i < x->tail; i++)
		p[n++] = t->bytes.p[i];
	return (struct str){p, n};
}

static struct str
from_1252(struct str s, struct arena *a)
{
	char *p = NULL;
	size_t n = 0, high = 0;

	for (size_t i = 0; i < s.n; i++)
		high += (unsigned char)s.p[i] >= 0x80;
	if (high == 0)
		return s;
	p = arena_alloc(a, s.n + 2 * high + 1, 1);
	for (size_t i = 0; i < s.n; i++) {
		unsigned c = (unsigned char)s.p[i];

		if (c >= 0x80 && c < 0xa0)
			c = windows_1252[c - 0x80];
		if (c < 0x80) {
			p[n++] = (char)c;
		} else if (c < 0x800) {
			p[n++] = (char)(0xc0 | c >> 6);
			p[n++] = (char)(0x80 | (c & 0x3f));
		} else {
			p[n++] = (char)(0xe0 | c >> 12);
			p[n++] = (char)(0x80 | (c >> 6 & 0x3f));
			p[n++] = (char)(0x80 | (c & 0x3f));
		}
	}
	return (struct str){p, n};
}

/* Offset of the next CR or LF, or s.n. */
static size_t
line_end(struct str s, size_t at)
{
	while (at < s.n && s.p[at] != '\r' && s.p[at] != '\n')
		at++;
	return at;
}

/* Line ends inside a cell. */
static uint32_t
lines_in(struct str s)
{
	uint32_t lines = 0;

	for (size_t i = 0; i < s.n; i++)
		lines += s.p[i] == '\r' || (s.p[i] == '\n' && (i == 0 || s.p[i - 1] != '\r'));
	return lines;
}
