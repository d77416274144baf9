/*
 * domain/imports/order.h -- what a person decides about an import. Stored by name: append only.
 */
#ifndef DOMAIN_IMPORTS_ORDER_H
#define DOMAIN_IMPORTS_ORDER_H

#include <stdint.h>

#include "domain/base/str.h"
#include "domain/imports/row.h"

/* What a row does to somebody who is here already. */
enum import_policy {
	POLICY_FILL = 0, /* only what is empty here is filled in */
	POLICY_REPLACE,  /* the file is right */
	POLICY_LEAVE,    /* nothing */
	IMPORT_POLICIES
};
extern const char *const import_policy_names[];

/* Is the row's customer the one we know? */
enum import_answer { ANSWER_SAME = 0, ANSWER_TWO, ANSWER_SKIP, ANSWER_ASK, IMPORT_ANSWERS };
extern const char *const import_answer_names[];

/* An import can be taken back for so long. */
#define IMPORT_UNDO_S (INT64_C(30) * 86400)

/*
 * order_rest -- what the row says that has no place of its own yet (rate, days, technician, status), as a note
 *
 * spanish  in  the language of the note. STR("") if there is nothing.
 */
struct str order_rest(const struct import_values *v, bool spanish, struct str currency, struct arena *a);

/* policy_takes -- does the file's value replace ours? Never with nothing, never with the same. */
bool policy_takes(enum import_policy p, struct str ours, struct str theirs);

#endif
