/*
 * sql/tenant/batch.h -- rows of big acts on the record: bulk edits, merges, and what looks double.
 */
#ifndef SQL_TENANT_BATCH_H
#define SQL_TENANT_BATCH_H

#include "domain/base/batch.h"
#include "sql/tenant/record.h"

struct batch_row {
	uint64_t id;
	enum batch_kind kind;
	enum batch_state state;
	uint64_t staff_id;
	int64_t made_at;
	uint32_t total, done, failed;
	struct maybe_i64 undone_at;
	struct str body;
	uint32_t version;
};

struct batch_line_row {
	uint64_t id;
	enum batch_kind kind;
	enum batch_state state;
	int64_t made_at;
	struct maybe_str staff_name;
	uint32_t total, done, failed;
	struct maybe_i64 undone_at;
	struct str body;
};

struct batch_part_row {
	uint32_t n;
	uint64_t record_id;
	struct str cells;
};

/* A record that was refused or left, and whose it is. */
struct batch_rest_row {
	uint64_t customer_id;
	struct str name, problem, cells;
};

/* What an edit reads of the properties of many. */
struct edit_property_row {
	uint64_t id, customer_id;
	struct maybe_u64 usual_tech_id;
	struct str never_techs;
	bool same_tech;
	uint32_t version;
};

struct edit_tag_row {
	uint64_t customer_id;
	struct str tag;
};

struct change_since_row {
	struct str was, became;
};

struct likeness_row {
	uint64_t id;
	struct str name, email;
};

struct likeness_contact_row {
	uint64_t customer_id;
	struct str phone, email;
};

struct likeness_place_row {
	uint64_t customer_id;
	struct str street, postcode, city;
};

struct apart_row {
	uint64_t id;
	struct str name;
};

/* Documents in the names of some customers. */
struct merge_money_row {
	int64_t bills, payments;
};

struct took_row {
	struct str took; /* "[123,456]" */
};

#endif
