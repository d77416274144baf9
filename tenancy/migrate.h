/*
 * tenancy/migrate.h -- bring schemas to the step that this binary needs. Forward only.
 *
 * 1. A step is one DDL statement, which the server commits by itself. Whether a step has happened is
 *    decided by its verify query, never by memory: so a kill at any point is mended by running again.
 * 2. Order within a step: statement, verify, rights on a new table, record. A recorded step is whole.
 * 3. A record holds the digest of the statement: a changed file of an applied step is refused.
 * 4. ALTER is INSTANT or refused: other DDL stops every company of the cluster while it runs.
 */
#ifndef TENANCY_MIGRATE_H
#define TENANCY_MIGRATE_H

#include <stdint.h>

#include "domain/base/err.h"
#include "sql/migrations.h"
#include "tenancy/operator.h"

struct migrated {
	uint32_t from, to; /* steps recorded before and after */
	int64_t took_ms;
};

/* Companies brought forward at the same time: their DDL shares two locks of the server anyway. */
#define MIGRATE_AT_ONCE 3
#define MIGRATE_TENANTS_MAX 10000

/*
 * migrate_schema -- every step of `list` that the schema lacks; gives `account` its rights on new tables
 *
 * Errors  E_INVALID "migration" an applied step has another text now; E_BUG a step does not verify;
 *         E_RETRY a table stayed locked: run again
 */
must_use enum err migrate_schema(struct operator *op, const char *schema, const char *account,
    const struct migration *list, struct migrated *out);

/*
 * migrate_rights -- the account's rights on the tables that are there, again: a backup has rows, but no accounts
 */
must_use enum err migrate_rights(struct operator *op, const char *schema, const char *account, const struct migration *list);

must_use enum err migrate_control(struct operator *op, struct migrated *out);

/* migrate_tenant -- one company; its step in the control schema is set last */
must_use enum err migrate_tenant(struct operator *op, uint64_t id, const char *schema,
    struct migrated *out);

/*
 * migrate_all -- the control schema, one canary (a spare if there is one), then all that are behind,
 * MIGRATE_AT_ONCE at a time, with a line for each
 *
 * Errors  E_LIMIT another one is running; the first failure of a company: no further ones are begun
 */
must_use enum err migrate_all(struct operator *op);

#endif
