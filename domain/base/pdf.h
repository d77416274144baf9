/*
 * domain/base/pdf.h -- what the library that draws a PDF cannot say, added behind it: its language, what its pictures show, and
 * a text that it carries.
 *
 * PDF grows at its end (ISO 32000-1, 7.5.6): objects that are said again replace those before, and a new table names them.
 * What is read here is what cairo writes: one table of references, dictionaries in the open.
 */
#ifndef DOMAIN_BASE_PDF_H
#define DOMAIN_BASE_PDF_H

#include "domain/base/err.h"
#include "domain/base/str.h"

struct pdf_extra {
	struct str language;              /* "es"; of the whole document */
	struct str figure;                /* what its figures show, for who hears it read; UTF-8 */
	struct str carried_name, carried; /* ASCII name of a text inside the file; carried empty: none */
};

/*
 * pdf_extend -- the bytes that go behind those of the file
 *
 * file  in   whole, as it was drawn; borrowed
 * out   out  appended to
 *
 * Headers of tables say that they head a column. Errors  E_INVALID "pdf" it is none that can be read here
 */
must_use enum err pdf_extend(struct str file, const struct pdf_extra *x, struct buf *out, struct fault *f);

/* pdf_carried -- the text inside; borrowed from the file. False: it carries none */
bool pdf_carried(struct str file, struct str *out);

#endif
