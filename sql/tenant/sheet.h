/*
 * sql/tenant/sheet.h -- rows of the tables that people take away.
 */
#ifndef SQL_TENANT_SHEET_H
#define SQL_TENANT_SHEET_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/maybe.h"
#include "domain/base/str.h"
#include "domain/customers/customer.h"
#include "domain/customers/property.h"
#include "domain/pools/equipment.h"
#include "domain/pools/pool.h"
#include "domain/billing/ledger.h"
#include "domain/stock/item.h"
#include "sql/tenant/billing.h"

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

struct sheet_contact_row {
	uint64_t id;
	struct str customer, name;
	enum relation relation;
	struct str phone, email, language;
	uint64_t by_sms, by_email, by_voice;
};

struct sheet_equipment_row {
	uint64_t id;
	struct str customer, street, city, pool;
	enum pool_kind pool_kind;
	enum equipment_kind kind;
	struct str make, model, serial;
	struct maybe_day installed_day, warranty_day;
	uint32_t service_every_days;
	struct maybe_day serviced_day;
	struct str note;
};

struct sheet_agreement_row {
	uint64_t id;
	struct str customer, street, city, service, rule, tech;
	struct day starts_day;
	struct maybe_day ends_day;
	uint32_t minutes, rate_kind;
	int64_t rate_cents;
	bool with_chemicals;
};

struct sheet_payment_row {
	uint64_t id;
	struct day day;
	struct str customer;
	enum pay_way way;
	enum payment_state state;
	int64_t cents, free_cents;
	struct str reference, note;
};

struct sheet_item_row {
	uint64_t id;
	struct str name;
	enum item_kind kind;
	struct str sku;
	enum chemical chemical;
	uint32_t strength_x100;
	enum item_unit unit;
	int64_t cost_cents, price_cents;
	bool taxable, aside;
};

/* What one customer owes, by age: no query fills it, the list of debts does. */
struct sheet_debt_row {
	uint64_t customer_id;
	struct str customer;
	int64_t cents[AGES], total_cents;
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
