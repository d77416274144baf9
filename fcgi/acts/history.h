/*
 * fcgi/acts/history.h -- what happened: the timeline of a customer, a property, a pool, and the log of changes.
 */
#ifndef FCGI_ACTS_HISTORY_H
#define FCGI_ACTS_HISTORY_H

#include <stdbool.h>

#include "domain/base/maybe.h"
#include "domain/customers/customer.h"
#include "tenancy/work.h"

#define TIMELINE_PAGE 50
#define CHANGES_PAGE 100

struct history_query {
	struct maybe_u64 before; /* the last line of the page before */
	enum event_kind kind;    /* 0: all */
	enum record_kind about;  /* 0: all */
};

struct event_value;

struct timeline_line {
	uint64_t id;
	int64_t at;
	enum event_kind kind;
	bool by_staff; /* else by the customer or the house itself */
	struct str actor_name;
	struct maybe_u64 customer_id, property_id, pool_id;
	enum record_kind ref_kind;
	struct maybe_u64 ref_id;
	const struct event_value *values;
	size_t values_n;
};

struct timeline {
	struct timeline_line *rows;
	size_t rows_n;
	struct maybe_u64 next; /* goes into `before` */
};

struct change_line {
	uint64_t id;
	int64_t at;
	struct str actor_name;
	enum record_kind on_kind;
	uint64_t on_id;
	struct maybe_u64 batch_id;
	struct str field, was, became; /* of a sealed field both are empty */
};

struct changes {
	struct change_line *rows;
	size_t rows_n;
	struct maybe_u64 next;
};

/* Newest first. Errors E_NOT_FOUND: no such customer, property, pool */
must_use enum err act_timeline_of_customer(struct work *w, uint64_t id, const struct history_query *q,
    struct timeline *out);
must_use enum err act_timeline_of_property(struct work *w, uint64_t id, const struct history_query *q,
    struct timeline *out);
must_use enum err act_timeline_of_pool(struct work *w, uint64_t id, const struct history_query *q,
    struct timeline *out);
must_use enum err act_changes_of_customer(struct work *w, uint64_t id, const struct history_query *q,
    struct changes *out);

#endif
