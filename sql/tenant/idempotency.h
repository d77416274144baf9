/*
 * sql/tenant/idempotency.h -- what a row of `idempotency` says of an earlier request with its key.
 */
#ifndef SQL_TENANT_IDEMPOTENCY_H
#define SQL_TENANT_IDEMPOTENCY_H

#include <stdint.h>

#include "domain/base/str.h"

struct idempotency_row {
	struct str body_hash;
	uint32_t status; /* 0: still under way */
	struct str answer; /* sealed */
};

#endif
