/*
 * sql/tenant/routes.h -- rows of route planning: stops with their places, plans, ways, drives.
 */
#ifndef SQL_TENANT_ROUTES_H
#define SQL_TENANT_ROUTES_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/batch.h"
#include "domain/base/setting.h"
#include "sql/tenant/schedule.h"

/* A visit, or what an agreement wants in a usual week, with its place and its wishes. */
struct route_stop_row {
	uint64_t id;
	uint32_t version;
	struct day day;          /* of a visit; of an agreement: since when it wants this */
	enum visit_state state;
	struct maybe_u64 tech_id;
	uint32_t seq;
	struct maybe_u32 from_minute, to_minute;
	uint32_t minutes;
	bool by_hand;
	struct str rule;         /* of an agreement */
	struct day anchor_day;
	uint64_t customer_id;
	struct str customer;
	uint64_t property_id;
	struct str street, city;
	struct maybe_i32 lat_e6, lng_e6;
	uint32_t not_days, like_days;
	struct str never_techs;  /* JSON list of ids */
	bool same_tech;
	struct maybe_u64 usual_tech_id;
	uint64_t service_id;
	struct str skills;       /* of the service: JSON list of ids */
	struct maybe_i64 started_at, ended_at;
	uint32_t errand_minutes;
	bool fetches;            /* something is fetched at the supply house before it */
	bool fetched;            /* and they have it */
	struct str errand;       /* what */
};

struct service_parts_row {
	uint64_t id;
	struct str parts; /* JSON */
};

struct staff_has_skill_row {
	uint64_t staff_id, skill_id;
	struct maybe_day expires_day;
};

struct route_plan_row {
	uint64_t id;
	enum batch_state state;
	uint64_t staff_id;
	int64_t made_at;
	uint32_t total, done, failed;
	struct str body;
	struct maybe_i64 ended_at;
	uint32_t version;
};

struct route_cells_row {
	uint32_t n;
	enum row_state state;
	uint64_t record_id;
	struct str problem, cells;
};

struct leg_row {
	uint64_t to_cell;
	uint32_t seconds, metres;
};

struct leg_asked_row {
	uint32_t nth, seconds, metres;
};

struct leg_count_row {
	int64_t legs;
};

/* A visit that was done, where and when. */
struct drive_row {
	struct day day;
	uint64_t tech_id;
	int32_t lat_e6, lng_e6;
	int64_t started_at, ended_at;
};

struct route_setting_row {
	uint64_t id;
	struct str body;
	uint32_t version;
};

struct route_place_row {
	struct maybe_i32 lat_e6, lng_e6;
	uint32_t not_days, like_days;
	struct str never_techs;
	bool same_tech;
	struct maybe_u64 usual_tech_id;
	struct maybe_u32 from_minute, to_minute;
};

#endif
