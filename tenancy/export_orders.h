/*
 * tenancy/export_orders.h -- the operator's side of tenancy/archive.h.
 */
#ifndef TENANCY_EXPORT_ORDERS_H
#define TENANCY_EXPORT_ORDERS_H

#include "tenancy/operator.h"

/*
 * archives_make -- make what was asked for, one after another, and take away what is older than a week
 *
 * A company whose archive cannot be made is told so; the others go on. Killed, the next run begins it again.
 */
must_use enum err archives_make(struct operator *op);

#endif
