/*
 * sql/tenant/timeline.h -- rows of the timeline, of the log of changes, and what standing follows from.
 */
#ifndef SQL_TENANT_TIMELINE_H
#define SQL_TENANT_TIMELINE_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/str.h"
#include "domain/customers/customer.h"

struct event_row {
	uint64_t id, customer_id, property_id, pool_id;
	int64_t at;
	enum event_kind kind;
	uint32_t actor_kind;
	uint64_t actor_id;
	struct str actor_name;
	enum record_kind ref_kind;
	uint64_t ref_id;
	struct str detail;
};

struct change_row {
	uint64_t id;
	enum record_kind on_kind;
	uint64_t on_id, batch_id;
	int64_t at;
	uint32_t actor_kind;
	uint64_t actor_id;
	struct str actor_name, field, was, became;
};

struct standing_row {
	uint64_t id;
	enum customer_standing standing;
	bool archived;
	int64_t open, routed;
	bool served;
	uint32_t version;
};

#endif
