/*
 * domain/base/csv.h -- tables that leave the house (RFC 4180), safe to open in a spreadsheet.
 */
#ifndef DOMAIN_BASE_CSV_H
#define DOMAIN_BASE_CSV_H

#include "domain/base/str.h"

/*
 * csv_cell -- one cell, quoted where it must be
 *
 * A text that begins with = + - @ TAB or CR gets an apostrophe in front: a spreadsheet would run it as a
 * formula, and what people call themselves is not ours to choose. Numbers are not written through this.
 */
void csv_cell(struct buf *out, struct str text);

#endif
