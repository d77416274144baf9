/*
 * tests/laws/judge.h -- each judge looks at one query: STR_NONE, or what is wrong.
 */
#ifndef TESTS_LAWS_JUDGE_H
#define TESTS_LAWS_JUDGE_H

#include "sql/migrations.h"
#include "sql/stmt.h"
#include "tests/rows/harness.h"

/* One of the two schemas, filled, with the account that the product uses. */
struct side {
	struct rows *t;
	const char *schema;
	struct conn *c;
	const struct query *const *const *lists;
	const struct migration *steps;
};

/* A judge answers STR_NONE, or what is wrong. */
typedef struct str judge(struct side *s, const struct query *q);

judge judge_columns;     /* it prepares; values, columns, NULL and width agree with its struct */
judge judge_struct;      /* every member of its struct is filled                              */
judge judge_plan;        /* no table that grows is read from end to end (filled tables)       */
judge judge_locked;      /* a write of class locked has a query FOR UPDATE                    */
judge judge_append_only; /* what is append-only is never changed                              */
judge judge_run;         /* it runs on filled tables and does not answer E_BUG                */

#endif
