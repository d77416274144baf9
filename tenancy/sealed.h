/*
 * tenancy/sealed.h -- which columns of a company's schema hold sealed values, and sealing them again.
 *
 * How to add one: a line in sealed.c's table, in the commit whose migration makes the column. Without it
 * the values would be left under an old key by a rotation, and unreadable in an export.
 */
#ifndef TENANCY_SEALED_H
#define TENANCY_SEALED_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/err.h"
#include "sql/control/rows.h"
#include "tenancy/operator.h"

struct sealed_column {
	const char *table, *column, *id; /* id: the numeric column that is the place's row */
	enum key_purpose purpose;
	bool secret; /* proves who somebody is: in no file a person reads */
};

extern const struct sealed_column sealed_columns[]; /* ends with table NULL */

/* sealed_column_of -- NULL if that column is not sealed */
const struct sealed_column *sealed_column_of(struct str table, struct str column);

/*
 * sealed_again -- every value of the company that lies behind the newest key, sealed with the newest
 *
 * auth     in   true: values under the root's auth key; false: values under the company's data key
 * changed  out  how many. A value that somebody changed meanwhile is left as it is: it is new anyway.
 */
must_use enum err sealed_again(struct operator *op, const struct tenant_row *t, bool auth,
    uint64_t *changed);

#endif
