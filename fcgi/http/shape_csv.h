/*
 * fcgi/http/shape_csv.h -- the answer of a list as a table to take away: the shape that prints JSON prints CSV too.
 *
 * An endpoint that names columns answers by them: its `run` is that of the list's own door, so that what is taken away is
 * what the page shows. The page's first list is the table. A cell is written as its kind and the unit in its name want it:
 * `_cents` and `cents` as money, `_at` and `at` as the time on the company's wall, `_m` in miles or kilometres, `_s` in
 * minutes, `_milli` in thousandths, `_ppm` in percent, an enum by its name, a set or a nested list with "; " between.
 */
#ifndef FCGI_HTTP_SHAPE_CSV_H
#define FCGI_HTTP_SHAPE_CSV_H

#include "fcgi/http/shape.h"
#include "tenancy/work.h"

#define COLUMNS_MAX 20
#define CSV_TYPE "text/csv; charset=utf-8"
#define CSV_BYTES_MAX (3 * 1024 * 1024)

struct columns {
	const struct shape *page;          /* the list's own answer                                   */
	const char *english, *spanish;     /* heads, with commas between; "@" is miles or kilometres  */
	const char *members;               /* "customer,day,cents", "row.made_at": of the list's rows */
};

/*
 * shape_csv -- the rows as CSV, a formula in no cell
 *
 * page  in   a struct of how->page's shape
 * csv   out  in the arena of w
 * next  out  the page's own member `next`, as the query's `before` wants it; empty: this is the last part
 *
 * Errors  E_LIMIT more than CSV_BYTES_MAX
 */
must_use enum err shape_csv(struct work *w, const struct columns *how, const void *page, struct str *csv,
    struct str *next);

/* columns_law -- the first thing that is wrong: a member that the rows do not have, more heads than columns; or NULL */
const char *columns_law(const struct columns *how);

#endif
