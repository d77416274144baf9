/*
 * tenancy/sealed.h -- which columns of a company's schema hold sealed values.
 *
 * How to add one: a line in sealed.c's table, in the commit whose migration makes the column. Without it
 * the values would be left under an old key by a rotation, and unreadable in an export.
 */
#ifndef TENANCY_SEALED_H
#define TENANCY_SEALED_H

#include <stdbool.h>

#include "domain/base/str.h"
#include "tenancy/keys.h"

struct sealed_column {
	const char *table, *column, *id; /* id: the numeric column that is the place's row */
	enum key_purpose purpose;
	bool secret; /* proves who somebody is: in no file a person reads */
};

extern const struct sealed_column sealed_columns[]; /* ends with table NULL */

/*
 * sealed_passing -- of the moment, and too large to be carried about: a file that waits to be imported (10 MiB)
 *
 * No archive takes it, and a rotation drops it instead of sealing it again: it is asked for once more.
 */
bool sealed_passing(const struct sealed_column *c);

/* sealed_column_of -- NULL if that column is not sealed */
const struct sealed_column *sealed_column_of(struct str table, struct str column);

#endif
