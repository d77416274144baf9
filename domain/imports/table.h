/*
 * domain/imports/table.h -- tables that come into the house: CSV as people really have it.
 *
 * RFC 4180 with quoted line ends; comma, semicolon or tab (guessed, or named by a first line "sep=;");
 * lines end in CR LF, LF or CR; UTF-8 with or without its mark, or Windows-1252, which is what bytes that
 * are no UTF-8 are taken for. The first line that is not blank names the columns; blank lines are passed
 * over. Apostrophes that csv_cell put before formulas are taken off again.
 *
 * The bytes are borrowed and walked once: nothing holds the whole table twice.
 */
#ifndef DOMAIN_IMPORTS_TABLE_H
#define DOMAIN_IMPORTS_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"

#define TABLE_BYTES_MAX   (10 << 20)
#define TABLE_ROWS_MAX    50000 /* without the header */
#define TABLE_COLUMNS_MAX 200
#define TABLE_CELL_MAX    4000 /* characters */

enum table_encoding { TABLE_UTF8 = 1, TABLE_WINDOWS_1252, TABLE_ENCODINGS };
/* For shapes: index = value, "" does not exist, NULL ends. */
extern const char *const table_encoding_names[];

/* A cursor. Callers read the lower five, and leave all alone. */
struct csv_table {
	struct str bytes; /* borrowed */
	size_t at;
	uint32_t line; /* of the next row, from 1, as an editor counts them */
	uint32_t rows; /* read so far, without the header */
	char delimiter;
	enum table_encoding encoding;
	struct str *header;
	size_t columns;
};

/* What is odd about a row that is kept all the same. Bits. */
enum row_oddity {
	ROW_SHORT = 1, /* fewer cells than columns: the rest is empty */
	ROW_LONG = 2,  /* more, and something stands in them */
	ROW_QUOTES = 4 /* text behind a closing quotation mark: kept as it stands */
};

struct table_row {
	uint32_t line; /* where it begins */
	struct str *cell;
	size_t n; /* never fewer than the table's columns */
	unsigned odd;
};

/*
 * table_open -- looks at the whole file once, reads its header and stands before the first row
 *
 * a   in   holds the header; must outlive the table
 *
 * Errors  E_INVALID "file": empty, larger than TABLE_BYTES_MAX, UTF-16, no text, says UTF-8 and is not;
 *         those of table_next about the header
 */
must_use enum err table_open(struct str bytes, struct arena *a, struct csv_table *out, struct fault *f);

/*
 * table_next -- the next row
 *
 * a    in   holds the cells; text that needs no change borrows the file. Rewind it between rows.
 * more out  false: there was none, and row is untouched
 *
 * Errors  E_INVALID "file", naming the line: more than TABLE_ROWS_MAX rows, TABLE_COLUMNS_MAX cells or
 *         TABLE_CELL_MAX characters; a quotation mark that is never closed. The cursor then stays there.
 */
must_use enum err table_next(struct csv_table *t, struct arena *a, struct table_row *row, bool *more,
    struct fault *f);

/*
 * table_count -- walks through to the end and says how many rows there are; the table is left where it was
 *
 * Errors  those of table_next: afterwards every row can be read
 */
must_use enum err table_count(const struct csv_table *t, struct arena *a, uint32_t *rows, struct fault *f);

#endif
