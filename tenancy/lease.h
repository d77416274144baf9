/*
 * tenancy/lease.h -- the ONLY maker of a struct tdb: binds this worker's coat to one tenant.
 *
 * A worker has one struct house: its config, keys, tenant cache and two connections (control, coat).
 */
#ifndef TENANCY_LEASE_H
#define TENANCY_LEASE_H

#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "sql/db.h"
#include "tenancy/config.h"
#include "tenancy/keys.h"
#include "tenancy/tenant.h"

/* What a process holds for its whole life. Opened once; never copied. */
struct house {
	const struct config *config;
	struct arena *proc;
	struct keys *keys;
	struct tenant_cache *tenants;
	struct cdb *control; /* NULL while the database is away: house_control opens it again */
	struct coat *coat;
	uint64_t worn; /* id of the tenant whose coat is worn, 0 = none */
	struct tdb *tdb;
};

must_use enum err house_open(const struct config *c, struct arena *proc, struct house **out,
    struct fault *f);
void house_close(struct house *h);

/* house_control -- the control handle, reopened if it was lost */
must_use enum err house_control(struct house *h, struct cdb **out, struct fault *f);

/*
 * lease_open -- wear the tenant's account and start a transaction
 *
 * Errors  E_AWAY 503 + retry_after: suspended, migrating or behind this binary's step, database away
 */
must_use enum err lease_open(struct house *h, const struct tenant *t, enum db_mode mode,
    struct tdb **out, struct fault *f);

must_use enum err lease_commit(struct house *h);
void lease_rollback(struct house *h);
/* lease_break -- after a doubtful error: close the connection instead of resetting it */
void lease_break(struct house *h);

#endif
