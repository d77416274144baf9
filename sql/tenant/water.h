/*
 * sql/tenant/water.h -- rows of what is read, poured and carried.
 */
#ifndef SQL_TENANT_WATER_H
#define SQL_TENANT_WATER_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/maybe.h"
#include "domain/pools/pool.h"
#include "domain/stock/item.h"
#include "domain/water/history.h"

/* Who read it. Stored: never renumber. */
enum reading_source { READ_BY_TECH = 1, READ_BY_OFFICE, READ_BY_CUSTOMER, READ_BY_IMPORT, READ_BY_METER, READING_SOURCES };

struct item_row {
	uint64_t id;
	enum item_kind kind;
	struct str name, sku;
	enum chemical chemical;
	uint32_t strength_x100;
	enum item_unit unit;
	int64_t holds_x100;
	uint32_t most_x100, wait_minutes;
	int64_t cost_cents, price_cents;
	bool taxable;
	uint32_t position;
	struct str label_url;
	struct maybe_i64 archived_at;
	uint32_t version;
};

struct correction_row {
	uint64_t id;
};

struct stock_row {
	uint64_t place_id, item_id;
	int64_t amount_x100, low_x100;
	struct maybe_i64 counted_at;
	uint32_t version;
};

/* Whose van. */
struct stock_place_row {
	uint64_t id;
	uint32_t version;
};

struct stock_line_row {
	uint64_t place_id;
	struct maybe_str place; /* whose van; absent: the warehouse */
	uint64_t item_id;
	struct str item;
	enum item_unit unit;
	int64_t holds_x100, amount_x100, low_x100;
	struct maybe_i64 counted_at;
	uint32_t version;
};

struct reading_row {
	uint64_t id, pool_id, visit_id, staff_id;
	struct maybe_str staff_name;
	enum reading_source source;
	int64_t at, made_at;
	uint32_t took_s, replaced_l;
	struct str body;
	uint64_t doubts;
	bool doubtful;
	struct maybe_i64 withdrawn_at;
	uint32_t version;
};

struct doubt_row {
	uint64_t id, pool_id, customer_id;
	struct str customer, street, pool;
	enum pool_kind pool_kind;
	struct maybe_str staff_name;
	int64_t at;
	struct str body;
	uint64_t doubts;
	uint32_t version;
};

struct dose_row {
	uint64_t id, pool_id, visit_id, reading_id, staff_id;
	struct maybe_str staff_name;
	uint64_t item_id;
	struct str item;
	enum item_unit unit;
	int64_t holds_x100;
	uint32_t most_x100; /* the item's own most at a time */
	enum chemical chemical;
	uint32_t strength_x100;
	struct maybe_i64 planned_x100;
	int64_t given_x100;
	struct str reason;
	uint64_t place_id;
	int64_t cost_cents, price_cents;
	int64_t quantity_milli, unit_cents; /* what the price was reckoned from; 0: before these were kept */
	int64_t at, made_at;
	struct maybe_i64 undone_at;
	uint32_t version;
};

/* The body of water that all this is about. */
struct water_pool_row {
	uint64_t id, property_id, customer_id;
	enum pool_kind kind;
	struct str name;
	enum pool_sanitiser sanitiser;
	bool indoor;
	struct maybe_u32 volume_l;
	struct maybe_i64 archived_at;
};

/* What is not wanted there: a list of words. */
struct unwanted_row {
	struct str no_chemicals;
};

struct water_visit_row {
	uint64_t id, property_id;
	struct maybe_u64 tech_id;
	struct day day;
	struct maybe_u32 from_minute;
};

struct water_setting_row {
	uint64_t id;
	struct str body;
	uint32_t version;
};

#endif
