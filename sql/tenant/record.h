/*
 * sql/tenant/record.h -- rows of the customer record: the customer and all that hangs on it.
 */
#ifndef SQL_TENANT_RECORD_H
#define SQL_TENANT_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/maybe.h"
#include "domain/base/setting.h"
#include "domain/base/str.h"
#include "domain/customers/customer.h"
#include "domain/customers/property.h"
#include "domain/pools/equipment.h"
#include "domain/pools/pool.h"

struct customer_row {
	uint64_t id;
	struct str name;
	enum customer_kind kind;
	struct str email, language;
	enum customer_standing standing;
	struct str bill_street, bill_city, bill_region, bill_postcode, source, external_id, own;
	struct maybe_u64 merged_into;
	struct maybe_i64 archived_at;
	int64_t created_at;
	uint32_t version;
};

struct property_row {
	uint64_t id, customer_id;
	struct str name, street, city, region, postcode;
	struct maybe_i64 lat_e6, lng_e6;
	enum place_source place_source;
	uint32_t place_score;
	bool has_gate, has_lockbox, has_alarm, has_note;
	struct maybe_i64 codes_changed_at;
	struct str key_no, dogs, hazards, parking;
	uint64_t like_days, not_days;
	struct maybe_u32 from_minute, to_minute;
	bool text_before, same_tech;
	struct maybe_u64 usual_tech_id;
	struct str never_techs, no_chemicals, own;
	struct maybe_i64 archived_at;
	uint32_t version;
};

struct codes_row {
	uint64_t id, customer_id;
	struct maybe_str gate_code, lockbox_code, alarm_code, access_note;
	struct maybe_i64 codes_changed_at;
	uint32_t version;
};

struct pool_row {
	uint64_t id, property_id, customer_id;
	enum pool_kind kind;
	struct str name;
	struct maybe_u32 volume_l;
	enum volume_source volume_source;
	enum pool_shape shape;
	struct str sizes_cm;
	enum pool_surface surface;
	enum pool_sanitiser sanitiser;
	bool indoor, cover;
	struct str fill_water, own;
	struct maybe_i64 archived_at;
	uint32_t version;
};

struct equipment_row {
	uint64_t id, pool_id, property_id, customer_id;
	enum equipment_kind kind;
	struct str make, model, serial;
	struct maybe_day installed_day, warranty_day;
	uint32_t service_every_days;
	struct maybe_day serviced_day;
	struct str note;
	struct maybe_i64 archived_at;
	uint32_t version;
};

struct contact_row {
	uint64_t id, customer_id;
	struct str name;
	enum relation relation;
	struct str phone, email, language;
	uint64_t by_sms, by_email, by_voice;
	uint32_t position;
	struct maybe_i64 archived_at;
	uint32_t version;
};

struct note_row {
	uint64_t id, customer_id;
	enum record_kind on_kind;
	uint64_t on_id;
	enum audience audience;
	struct str body;
	bool pinned;
	uint64_t staff_id;
	struct maybe_str staff_name;
	int64_t made_at;
	uint32_t version;
};

struct tag_row {
	struct str tag;
};

struct tag_count_row {
	struct str tag;
	int64_t customers;
};

struct agreement_line_row {
	uint64_t id, property_id;
	struct maybe_u64 pool_id;
	struct day starts_day;
	struct maybe_day ends_day;
	struct maybe_i64 closed_at;
	struct maybe_str rule;
	struct maybe_u64 service_id;
	struct maybe_str service_name;
	struct maybe_u64 tech_id;
	struct maybe_str tech_name;
	struct maybe_i64 rate_cents;
};

/* A line of the list of customers: where they live and how to call them, first of each. */
struct customer_line_row {
	uint64_t id;
	struct str name;
	enum customer_kind kind;
	enum customer_standing standing;
	struct str email;
	int64_t created_at;
	struct str phone, street, city;
	int64_t pools;
	struct str tags; /* comma separated */
};

struct city_count_row {
	struct str city;
	int64_t properties;
};

struct customers_counted_row {
	int64_t total;
};

struct search_words_row {
	uint64_t id;
	struct str words;
};

/* Who shares so many grams with what was typed. */
struct found_row {
	uint64_t id;
	int64_t shared;
};

struct gram_row {
	uint64_t customer_id;
	uint32_t gram;
};

struct person_id_row {
	uint64_t id;
};

struct number_row {
	int64_t number;
};

/* Terms of two agreements: how many each has, how many both have alike. */
struct terms_alike_row {
	int64_t a, b, alike;
};

struct setting_row {
	uint64_t id;
	struct str name;
	uint32_t position;
	struct str body;
	struct maybe_i64 archived_at;
	uint32_t version;
};

struct view_row {
	uint64_t id, owner_id;
	struct str name;
	uint32_t position;
	struct str body;
	uint32_t version;
};

struct own_row {
	struct str own;
	uint32_t version;
};

struct code_look_row {
	uint64_t property_id;
	int64_t times;
	struct maybe_i64 last_at;
	int64_t had_at; /* looked, or was sent to their phone */
};

struct code_reach_row {
	uint64_t property_id;
	struct maybe_day last_day;
};

struct code_place_row {
	uint64_t property_id, customer_id;
	struct str customer_name, street, city;
	struct maybe_i64 codes_changed_at;
};

struct unplaced_row {
	uint64_t id;
	struct str street, city, region, postcode;
};

struct placed_row {
	struct maybe_i64 lat_e6, lng_e6;
	uint32_t place_score;
};

#endif
