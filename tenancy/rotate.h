/*
 * tenancy/rotate.h -- sealing what is sealed under an older key again, under the newest.
 */
#ifndef TENANCY_ROTATE_H
#define TENANCY_ROTATE_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/err.h"
#include "sql/control/rows.h"
#include "tenancy/operator.h"

/*
 * rotate_values -- every value of the company that lies behind the newest key, sealed with the newest
 *
 * auth     in   true: values under the root's auth key; false: values under the company's data key
 * changed  out  how many. A value that somebody changed meanwhile is left as it is: it is new anyway.
 */
must_use enum err rotate_values(struct operator *op, const struct tenant_row *t, bool auth,
    uint64_t *changed);

#endif
