/*
 * sql/tenant/schedule.h -- rows of services, agreements, visits, and the work of technicians.
 */
#ifndef SQL_TENANT_SCHEDULE_H
#define SQL_TENANT_SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/access/role.h"
#include "domain/base/batch.h"
#include "domain/customers/agreement.h"
#include "domain/staff/hours.h"
#include "domain/staff/staff.h"
#include "domain/visits/visit.h"

/* Stored: never renumber. */
enum service_kind { SERVICE_LEVEL = 1, SERVICE_JOB, SERVICE_KINDS };

struct service_row {
	uint64_t id;
	struct str name;
	enum service_kind kind;
	uint32_t minutes;
	struct str pay_code;
	int64_t price_cents;
	struct str skills, checklist, parts; /* JSON: fcgi/acts/services.c */
	struct str instructions;
	struct maybe_i64 archived_at;
	uint32_t version;
};

/* A visit as one looks at it before answering somebody. */
struct visit_glance_row {
	uint64_t id;
	struct day day;
	struct maybe_u32 from_minute, to_minute;
	struct maybe_i64 started_at, ended_at;
	struct str tech, service;
};

struct schedule_id_row {
	uint64_t id;
};

struct skill_row {
	uint64_t id;
	struct str name;
	struct maybe_i64 archived_at;
	uint32_t version;
};

/* A place that is to be visited, and what its people wish. */
struct place_row {
	uint64_t id, customer_id;
	uint32_t not_days;
	struct str never_techs; /* JSON list of ids */
	bool same_tech;
	struct maybe_u64 usual_tech_id;
	struct maybe_u32 from_minute, to_minute; /* when they like us to come */
	bool archived;
};

struct day_row {
	struct day day;
};

struct visit_past_row {
	struct maybe_day done;
	int64_t open;
};

/* One line of the calendar. */
struct visit_line {
	uint64_t id;
	struct day day;
	struct maybe_u64 tech_id;
	uint32_t seq;
	struct maybe_u32 from_minute, to_minute;
	uint32_t minutes;
	enum visit_state state;
	enum visit_source source;
	bool by_hand;
	struct maybe_u64 agreement_id;
	struct maybe_day occurs_day;
	uint64_t customer_id;
	struct str customer;
	uint64_t property_id;
	struct str street, city;
	uint64_t pool_id, service_id;
	struct str service, skip_reason, note, why_who;
	uint32_t version;
};

/* How much there is on a day for one person. */
struct visit_load {
	struct day day;
	struct maybe_u64 tech_id;
	int64_t visits, minutes, done;
};

struct worker_row {
	uint64_t id;
	struct str name, language;
	enum built_in_role role;
	uint64_t own_may;
	enum staff_state state;
	struct str phone;
	uint32_t colour;
	struct str vehicle;
	struct str start_address;
	struct maybe_i32 start_lat_e6, start_lng_e6;
	struct str end_address;
	struct maybe_i32 end_lat_e6, end_lng_e6;
	bool has_feed;
	uint32_t version;
};

struct skill_ending_row {
	uint64_t staff_id;
	struct str name;
	struct maybe_day expires_day;
};

struct staff_skill_row {
	uint64_t skill_id;
	struct str name, certificate;
	struct maybe_day expires_day;
};

struct shift_row {
	uint64_t id;
	enum batch_state state;
	uint32_t total;
	struct maybe_i64 undone_at;
	uint32_t version;
};

struct shift_visit_row {
	uint32_t n;
	uint64_t record_id;
	struct str cells;
};

#endif
