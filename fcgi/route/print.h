/* fcgi/route/print.h -- a plan in VROOM's output format, for every input format. */
#ifndef FCGI_ROUTE_PRINT_H
#define FCGI_ROUTE_PRINT_H

#include "domain/base/str.h"
#include "fcgi/route/instance.h"

/* print_plan -- summary, unassigned, routes with steps; a periodic plan's routes carry "day" (from
 * 1) */
void print_plan(const struct instance *i, const struct plan *plan, struct buf *out);

#endif
