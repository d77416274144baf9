/*
 * tenancy/provision.h -- from nothing to a house, from a number to a spare schema, and away again.
 *
 * Accounts (house.md section 14): <prefix>control on the control schema, <prefix>login without any right,
 * one per company on its own schema. No roles. Passwords come from the root key and are stored nowhere.
 */
#ifndef TENANCY_PROVISION_H
#define TENANCY_PROVISION_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/err.h"
#include "tenancy/operator.h"

#define SPARES_MAX 1000

/* provision_schema_name -- "<prefix>t000123" */
void provision_schema_name(const struct config *c, uint64_t id, char out[SCHEMA_MAX + 1]);

/*
 * provision_house -- the control schema, its account, the pool login, the first cluster; safe to repeat
 *
 * op  in/out  op->control is open afterwards
 */
must_use enum err provision_house(struct operator *op);

/*
 * provision_spare -- under PROVISION_LOCK: one ready schema with its account and first data key; the row in the control schema
 * comes last, so that a half-made one is never claimed
 */
must_use enum err provision_spare(struct operator *op, uint64_t *id);

/*
 * provision_mend -- finish the schemas of this house that no row of the control schema names
 *
 * Such a schema is a spare that was being made when its maker died. One that holds a company is not: it
 * is left alone and named on stderr.
 *
 * mended  out  how many were finished
 */
must_use enum err provision_mend(struct operator *op, unsigned *mended);

/*
 * provision_stock -- mend, then make spares until `keep` are waiting
 *
 * wait_s  in   how long to wait for another maker to end; E_LIMIT after that
 * made    out
 */
must_use enum err provision_stock(struct operator *op, uint32_t keep, unsigned wait_s, unsigned *made);

/* Whoever makes a single schema holds this lock meanwhile: else a maker of spares would mend what is not broken. */
#define PROVISION_LOCK "spares"
#define PROVISION_WAIT_S 60

/*
 * provision_account -- the account exists and accepts the password of the newest root, and no other
 *
 * both  in  true: and those of all roots in the key file, while processes with the older one still run
 */
must_use enum err provision_account(struct operator *op, const char *account, bool both);

/*
 * provision_accounts -- schemas that came out of a backup get the accounts and rights that were not in it; safe to repeat
 *
 * made  out  how many; schemas whose account has rights are not looked at
 */
must_use enum err provision_accounts(struct operator *op, unsigned *made);

/*
 * provision_sign_in -- free SQL as an account of the house, with the password of whichever root in the key
 * file it still wants; failures of the handle go to op->fault
 *
 * schema  in  NULL = none
 */
must_use enum err provision_sign_in(struct operator *op, const char *account, const char *schema,
    struct odb **db);

/* provision_drop -- the account, its connections and the schema, if they are there */
must_use enum err provision_drop(struct operator *op, const char *schema);

#endif
