/*
 * sql/tenant/sheet.h -- rows of the tables that people take away.
 */
#ifndef SQL_TENANT_SHEET_H
#define SQL_TENANT_SHEET_H

#include <stdint.h>

#include "domain/base/maybe.h"
#include "domain/base/str.h"
#include "domain/customers/customer.h"
#include "domain/customers/property.h"
#include "domain/pools/pool.h"

struct sheet_customer_row {
	uint64_t id;
	struct str name;
	enum customer_kind kind;
	enum customer_standing standing;
	struct str email, external_id;
	int64_t created_at;
	struct str contact, phone, street, city, region, postcode;
	struct maybe_i64 lat_e6, lng_e6;
	struct str dogs;
	struct maybe_u32 pool_kind, volume_l;
	int64_t surface, sanitiser;
	struct str tags;
};

struct sheet_pool_row {
	uint64_t id;
	struct str customer, street, city, region, postcode;
	struct maybe_i64 lat_e6, lng_e6;
	enum place_source place_source;
	enum pool_kind kind;
	struct str name;
	struct maybe_u32 volume_l;
	uint32_t volume_source;
	enum pool_surface surface;
	enum pool_sanitiser sanitiser;
	struct str fill_water;
};

struct sheet_property_row {
	uint64_t id;
	struct str customer, name, street, city, region, postcode;
	struct maybe_i64 lat_e6, lng_e6;
	enum place_source place_source;
	uint32_t place_score;
	struct str key_no, dogs, hazards, parking;
};

struct sheet_staff_row {
	uint64_t id;
	struct str name, email, phone, language;
	uint32_t role, state;
};

struct sheet_service_row {
	uint64_t id;
	struct str name;
	uint32_t kind, minutes;
	struct str pay_code;
	int64_t price_cents;
};

struct sheet_visit_row {
	uint64_t id;
	struct day day;
	struct maybe_u32 from_minute, to_minute;
	uint32_t minutes, state;
	struct str customer, street, city, service, tech, skip_reason, note;
};

#endif
