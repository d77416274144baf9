/*
 * sql/stmt.h -- how the generated functions run a statement. Nobody else includes this.
 *
 * Values are always bound. Texts of results are copied into the arena.
 * A result column that is NULL for a member that is not maybe_ is E_BUG naming the query.
 */
#ifndef SQL_STMT_H
#define SQL_STMT_H

#include <stddef.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "sql/db.h"
#include "sql/value.h"

struct conn; /* what struct cdb and struct tdb hold inside */
struct conn *cdb_conn(struct cdb *db);
struct conn *tdb_conn(struct tdb *db);

enum query_kind { QUERY_ONE = 1, QUERY_MAYBE, QUERY_MANY, QUERY_EXACTLY_ONE, QUERY_ANY, QUERY_INSERT };

/*
 * What gen.awk writes for each named query. It is known by its address: what it says never changes, and it outlives every
 * connection that has run it (its statement is kept prepared).
 */
struct query {
	const char *name;  /* "visit_end" */
	enum query_kind kind;
	const char *class_; /* of a write: "add", "compare", "locked", "own"; "" for reads and inserts */
	const char *text;  /* with ? for each bound value, in order */
	const char *file;
	int line;
	bool anew; /* not kept prepared: a condition with OR, IN or NOT (...) and an ORDER BY (README, "Why so") */
	unsigned params;
	const enum value_type *param_types;
	unsigned columns;
	const struct column *column;
	size_t row_size;
	const char *walks; /* why a table that grows may be read from end to end; "" = it may not */
	const char *bound; /* ":many" without LIMIT: the reason why it is small */
};

/* All queries, file by file: for the laws and for tests that walk them. Each list ends with NULL. */
extern const struct query *const *const sql_control_queries[], *const *const sql_tenant_queries[];

/* *rows = an array of row_size in the arena, *n = how many; more than 100,000 is E_BUG */
must_use enum err stmt_rows(struct conn *c, const struct query *q, const struct bind *b,
    struct arena *a, void **rows, size_t *n);
must_use enum err stmt_one(struct conn *c, const struct query *q, const struct bind *b,
    struct arena *a, void *row);
must_use enum err stmt_maybe(struct conn *c, const struct query *q, const struct bind *b,
    struct arena *a, void **row);
must_use enum err stmt_change(struct conn *c, const struct query *q, const struct bind *b,
    uint64_t *changed);
must_use enum err stmt_exactly_one(struct conn *c, const struct query *q, const struct bind *b);

#endif
