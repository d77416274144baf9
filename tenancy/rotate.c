/*
 * tenancy/rotate.c -- the walk over a company's sealed values. What is behind is seen by looking,
 * so a walk that was killed goes on when it is begun again.
 */
#include "tenancy/rotate.h"

#include <inttypes.h>

#include "sql/control/queries/keys.h"
#include "tenancy/sealed.h"
#include "tenancy/work.h"

#define PAGE "200"

static enum err column_again(struct operator* op, const struct tenant_row *t,
    const struct sealed_column *c, uint32_t newest, uint64_t *changed);
static enum err column_drop(struct operator* op, const struct sealed_column *c, uint32_t newest, uint64_t *changed);
static enum err value_again(struct operator* op, const struct tenant_row *t,
    const struct sealed_column *c, struct str id, struct str old);

enum err
rotate_values(struct operator* op, const struct tenant_row *t, bool auth, uint64_t *changed)
{
	struct key_row *key = NULL;

	*changed = 0;
	cdb_fault(op->control, op->fault);
	TRY(sql_key_newest(op->control, t->id, op->arena, &key));
	if (key == NULL)
		return fail(op->fault, E_NOT_FOUND, NULL, "Tenant %llu has no such data key.",
		    (unsigned long long)t->id);
	TRY(odb_use(op->odb, str_copy(op->arena, t->schema_name).p));
	for (const struct sealed_column *c = sealed_columns; c->table != NULL; c++)
		if ((c->purpose == KEY_AUTH) == auth)
			TRY(sealed_passing(c) ? column_drop(op, c, key->key_version, changed)
					      : column_again(op, t, c, key->key_version, changed));
	return OK;
}

/* What is of the moment goes, instead of being sealed again. The first bytes say which key sealed it. */
static enum err
column_drop(struct operator* op, const struct sealed_column *c, uint32_t newest, uint64_t *changed)
{
	struct str *cells;
	size_t rows, cols;

	TRY(odb_rows(op->odb,
	    str_printf(op->arena, "SELECT %s, LEFT(%s, 64) FROM %s WHERE %s IS NOT NULL ORDER BY %s", c->id, c->column,
		c->table, c->column, c->id),
	    op->arena, &cells, &rows, &cols));
	for (size_t i = 0; i < rows; i++) {
		if (!keys_behind(op->keys, c->purpose, newest, cells[2 * i + 1]))
			continue;
		TRY(odb_run(op->odb, str_printf(op->arena, "UPDATE %s SET %s = NULL WHERE %s = %.*s", c->table, c->column,
		    c->id, STR_ARG(cells[2 * i]))));
		++*changed;
	}
	return OK;
}

static enum err
column_again(struct operator* op, const struct tenant_row *t, const struct sealed_column *c,
    uint32_t newest, uint64_t *changed)
{
	struct str *cells;
	uint64_t after = 0;
	size_t rows, cols;

	do {
		struct arena_mark mark = arena_mark(op->arena);
		struct str sql = str_printf(op->arena,
		    "SELECT %s, %s FROM %s WHERE %s > %" PRIu64
		    " AND %s IS NOT NULL AND %s <> '' ORDER BY %s LIMIT " PAGE,
		    c->id, c->column, c->table, c->id, after, c->column, c->column, c->id);

		TRY(odb_rows(op->odb, sql, op->arena, &cells, &rows, &cols));
		for (size_t i = 0; i < rows; i++) {
			if (!str_u64(cells[2 * i], &after))
				return fail(op->fault, E_BUG, NULL, "%s.%s is not a number.",
				    c->table, c->id);
			if (!keys_behind(op->keys, c->purpose, newest, cells[2 * i + 1]))
				continue;
			TRY(value_again(op, t, c, cells[2 * i], cells[2 * i + 1]));
			++*changed;
		}
		arena_rewind(op->arena, mark);
	} while (rows > 0);
	return OK;
}

/* The old value stands in the WHERE: whoever wrote the row in between has the last word. */
static enum err
value_again(struct operator* op, const struct tenant_row *t, const struct sealed_column *c,
    struct str id, struct str old)
{
	struct place at = {t->id, c->table, c->column, 0};
	struct str plain, sealed, sql;
	int64_t now, ms;

	now_read(&now, &ms);
	if (!str_u64(id, &at.row))
		return fail(op->fault, E_BUG, NULL, "%s.%s is not a number.", c->table, c->id);
	TRY(keys_unseal(
	    op->keys, op->control, now, c->purpose, at, old, op->arena, &plain, op->fault));
	TRY(keys_seal(
	    op->keys, op->control, now, c->purpose, at, plain, op->arena, &sealed, op->fault));
	explicit_bzero((void *)(uintptr_t)plain.p, plain.n);
	sql = str_printf(op->arena, "UPDATE %s SET %s = x'%.*s' WHERE %s = %.*s AND %s = x'%.*s'",
	    c->table, c->column, STR_ARG(str_hex(op->arena, sealed.p, sealed.n)), c->id,
	    STR_ARG(id), c->column, STR_ARG(str_hex(op->arena, old.p, old.n)));
	return odb_run(op->odb, sql);
}
