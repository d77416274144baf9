/*
 * tenancy/operator.h -- the operator's desk: what poolctl holds, and nobody else.
 *
 * The operator's account is the only one with DDL and the only one that sees more than one schema. It
 * signs in as config db_operator (by unix_socket unless there is a password) and exists in poolctl alone.
 */
#ifndef TENANCY_OPERATOR_H
#define TENANCY_OPERATOR_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "sql/db.h"
#include "tenancy/config.h"
#include "tenancy/keys.h"
#include "tenancy/tenant.h"

struct operator {
	const struct config *config;
	struct arena *proc;  /* what lives as long as the program */
	struct arena *arena; /* one command, or one company of a walk: rewound by whoever marked it */
	struct keys *keys;
	struct odb *odb;      /* free SQL; whoever needs a schema chooses it first */
	struct cdb *control;  /* named queries on the control schema, under the operator's account */
	struct fault *fault;  /* never NULL */
};

/*
 * operator_open -- both connections; op->control stays NULL while there is no control schema yet
 *
 * Errors  E_AWAY no server or a refused account; E_INVALID the root key
 */
must_use enum err operator_open(const struct config *c, struct arena *proc, struct fault *f,
    struct operator *op);
void operator_close(struct operator *op);

/* operator_need_control -- E_INVALID with advice while `poolctl init` has not run */
must_use enum err operator_need_control(struct operator *op);

/*
 * operator_lock -- only one program of this house may hold the lock of that name
 *
 * A file lock: the kernel frees it when its holder dies, however that happens.
 * wait_s  in   how long to wait for it; 0 = not at all
 * fd      out  close it to unlock
 * Errors  E_LIMIT somebody else holds it; E_AWAY the data directory cannot be written
 */
must_use enum err operator_lock(struct operator *op, const char *name, unsigned wait_s, int *fd);

#endif
