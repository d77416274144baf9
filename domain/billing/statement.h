/*
 * domain/billing/statement.h -- what a statement carries over from the one before it.
 *
 * One statement begins with what the one before ended with, whatever was written meanwhile and for whichever day. Between
 * them stand the moves, each in its line; what no line says is one line more. So the end is what the ledger says, always.
 */
#ifndef DOMAIN_BILLING_STATEMENT_H
#define DOMAIN_BILLING_STATEMENT_H

#include "domain/base/money.h"

struct carried {
	int64_t opening_cents;
	int64_t rest_cents; /* moved, and in no line: more lines than fit, or a statement of a day before the last one's */
};

/*
 * statement_carry
 *
 * before_cents  in   what the statement before ended with; NULL: there is none
 * now_cents     in   what the customer owes by the ledger at the end of its day, less what is held; itself not in it
 * moved_cents   in   the sum of the moves between the two; 0 without a statement before
 *
 * Errors  E_INVALID: does not fit (cents_add)
 */
must_use enum err statement_carry(const int64_t *before_cents, int64_t now_cents, int64_t moved_cents, struct carried *out,
    struct fault *f);

#endif
