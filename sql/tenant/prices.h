/*
 * sql/tenant/prices.h -- rows of price plans: a batch of kind prices, wholly in its body.
 */
#ifndef SQL_TENANT_PRICES_H
#define SQL_TENANT_PRICES_H

#include "domain/base/batch.h"
#include "domain/base/maybe.h"
#include "domain/base/str.h"

struct price_plan_row {
	uint64_t id;
	enum batch_state state;
	int64_t made_at;
	struct maybe_str staff_name;
	struct maybe_i64 ended_at, undone_at;
	struct str body; /* fcgi/acts/prices.h */
	uint32_t version;
};

#endif
