/*
 * domain/base/csv.h -- tables that leave the house (RFC 4180), safe to open in a spreadsheet. The way
 * back in is domain/imports/table.h.
 */
#ifndef DOMAIN_BASE_CSV_H
#define DOMAIN_BASE_CSV_H

#include "domain/base/str.h"

/*
 * csv_cell -- one cell, quoted where it must be
 *
 * A text that begins with = + - @ TAB or CR gets an apostrophe in front: a spreadsheet would run it as a
 * formula, and what people call themselves is not ours to choose. Text that already has apostrophes
 * before such a letter gets one more, so that csv_plain always takes off what was put on. Numbers are
 * not written through this.
 */
void csv_cell(struct buf *out, struct str text);

/*
 * csv_row -- n cells with commas between and CR LF behind; a row of one empty cell is no blank line
 *
 * numbers  in  bit i: cell i is a number that we wrote, "-121.50" among them, and goes as it is
 */
void csv_row(struct buf *out, const struct str *cell, size_t n, uint64_t numbers);

/* csv_plain -- a cell without the apostrophe that csv_cell puts before formulas; borrows the cell */
struct str csv_plain(struct str cell);

#endif
