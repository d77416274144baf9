/*
 * sql/tenant/proofs.h -- rows of sealed records, and of what goes into one.
 */
#ifndef SQL_TENANT_PROOFS_H
#define SQL_TENANT_PROOFS_H

#include "domain/base/file.h"
#include "domain/stock/item.h"
#include "sql/tenant/record.h"

struct seal_head_row {
	uint64_t value;
	uint32_t version;
};
struct visit_seal_row {
	uint32_t seq;
	int64_t server_at;
	struct str body;
};
struct record_source {
	struct str customer, email, language, place, street, city, region, postcode, service;
	struct maybe_str tech;
};
struct record_reading_row {
	int64_t at;
	struct str body, pool;
	enum pool_kind kind;
};
struct record_dose_row {
	int64_t at, given_x100;
	struct str item;
	enum item_unit unit;
	struct str pool;
	enum pool_kind kind;
};
struct record_photo_row {
	uint64_t id;
	struct str name;
	enum file_state state;
	int64_t at;
	struct maybe_str digest;
};

#endif
