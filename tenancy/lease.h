/*
 * tenancy/lease.h -- the ONLY maker of a struct tdb: binds this worker's coat to one tenant.
 *
 * A worker has one struct house: its config, keys, tenant cache, a connection to the control schema and a few coats, each
 * logged in as one tenant's account: one is worn, the others hang until their tenant comes again.
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

#define HOOKS (COATS_MAX - 1)

/* A coat that hangs: in no transaction, and still of the tenant whose id stands here. */
struct hook {
	struct coat *coat; /* NULL: free */
	struct tdb *tdb;
	uint64_t worn, turn; /* whose; when it was hung here */
};

/*
 * What a process holds for its whole life. Opened once; never copied.
 *
 * 1. One coat is worn, by one tenant, and a lease is one transaction. Those that hang are in none.
 * 2. `worn` is a tenant's id only while the coat is known to be that tenant's. No two coats are the same tenant's.
 * 3. After an error that leaves the connection in doubt the coat is burnt, neither washed nor hung (lease_break).
 * 4. Before each transaction the connection itself is asked whose account it has (tdb_wears): who is wrong about 2 is refused.
 */
struct house {
	const struct config *config;
	struct arena *proc;
	struct keys *keys;
	struct tenant_cache *tenants;
	struct cdb *control; /* NULL while the database is away: house_control opens it again */
	struct coat *coat;
	uint64_t worn; /* id of the tenant whose coat is worn, 0 = none */
	struct tdb *tdb;
	unsigned coats; /* how many at most, 1 to COATS_MAX: 1 unless whoever opened the house says more */
	struct hook hooks[HOOKS];
	uint64_t turns; /* how often one was hung up */
	struct password_list *passwords; /* common ones, loaded when first asked for (poold auth) */
	uint32_t next_id; /* from a random start, one by one: no two ids of a process are equal (work_id) */
};

/*
 * house_open -- keys, cache and both connections; a database that is away is no failure, one that is set
 * up unsafely is (db_check_server, at every new connection to the control schema)
 */
must_use enum err house_open(const struct config *c, struct arena *proc, struct house **out,
    struct fault *f);
void house_close(struct house *h);

/*
 * house_control -- the control handle, reopened if it was lost; its failures go to f from now on
 *
 * Call it where a request or a turn of a job loop begins, and keep what it answers no longer than that:
 * a lost handle is closed here.
 */
must_use enum err house_control(struct house *h, struct cdb **out, struct fault *f);

/*
 * house_tenant -- house_control and tenant_of_host in one; a connection found dead is replaced once
 *
 * Errors  E_NOT_FOUND; E_AWAY the control schema does not answer
 */
must_use enum err house_tenant(struct house *h, struct str host, int64_t now, const struct tenant **out,
    struct fault *f);

/* house_login -- where the server is and who signs in; everything borrowed */
struct db_login house_login(const struct config *c, const char *account, const char *password,
    const char *schema);
/* house_account -- "<prefix>control", "<prefix>login": name in out */
void house_account(const struct config *c, const char *name, char out[SCHEMA_MAX + 1]);

/*
 * lease_open -- wear the tenant's account and start a transaction
 *
 * Errors  E_AWAY 503 + retry_after: suspended, migrating or behind this binary's step, database away
 */
must_use enum err lease_open(struct house *h, const struct tenant *t, enum db_mode mode,
    struct tdb **out, struct fault *f);

must_use enum err lease_commit(struct house *h);
/* lease_again -- the next transaction of the same lease, after lease_commit or lease_rollback */
must_use enum err lease_again(struct house *h, enum db_mode mode, struct fault *f);
void lease_rollback(struct house *h);
/* lease_break -- after a doubtful error: close the connection instead of resetting it */
void lease_break(struct house *h);
/* lease_rest -- between leases, when nobody asks for a while: what was kept to be quick is given back, but for the connections */
void lease_rest(struct house *h);
/* lease_left_open -- how often a coat was put off in the middle of a transaction: a bug, it is rolled back */
uint64_t lease_left_open(const struct house *h);

#endif
