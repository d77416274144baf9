/*
 * sql/tenant/day.h -- rows of a technician's day: stop cards, the log of visits, phones, the clock, alerts.
 */
#ifndef SQL_TENANT_DAY_H
#define SQL_TENANT_DAY_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/day.h"
#include "domain/base/maybe.h"
#include "domain/base/str.h"
#include "domain/pools/equipment.h"
#include "domain/customers/customer.h"
#include "domain/pools/pool.h"
#include "domain/staff/staff.h"
#include "domain/visits/visit.h"

/* What became of a verb. Stored: never renumber. */
enum sync_answer { SYNC_APPLIED = 1, SYNC_CONFLICT, SYNC_REFUSED, SYNC_GAP, SYNC_ANSWERS };

/* A row of the range; the head has id 0. brief, progress: JSON (fcgi/acts/tell_day.h). */
struct card_row {
	uint64_t id;
	uint32_t seq;
	enum visit_state state;
	struct maybe_u32 from_minute, to_minute;
	uint32_t minutes;
	struct maybe_i64 on_way_at, started_at, ended_at, confirmed_at;
	struct str flag, skip_reason, note;
	struct maybe_i64 fetched_at;
	uint32_t visit_version;
	struct str brief, progress;
	uint32_t since;
	bool built;
	uint32_t seen_version;
	uint32_t version;
};

/* What a phone was told of a stop, from which version of its day on, and when; told_at is not: nobody was to be told. */
struct card_told {
	uint64_t id;
	struct maybe_u32 from_minute, to_minute;
	uint32_t minutes;
	struct str note, brief;
	uint32_t since;
	struct maybe_i64 told_at;
};

struct day_head {
	uint32_t version, seen_version;
	bool built;
	struct maybe_i64 seen_at, texted_at;
};

struct tech_day_customer {
	uint64_t customer_id;
};

struct tech_day_row {
	uint64_t tech_id;
	struct day day;
};

struct tech_head_row {
	uint64_t tech_id;
	uint32_t version, seen_version;
	struct maybe_i64 seen_at;
};

/* What a brief is made of, but for its lists. */
struct brief_source {
	uint64_t visit_id, customer_id;
	struct str customer, language;
	uint64_t property_id, pool_id;
	struct str place, street, city, region, postcode;
	struct maybe_i32 lat_e6, lng_e6;
	struct str dogs, hazards, parking, key_no;
	bool has_codes;
	struct maybe_i64 codes_changed_at;
	bool text_before;
	struct str no_chemicals;
	uint64_t service_id;
	struct str service, instructions, checklist, parts;
	enum visit_source source;
	struct day day;
	struct str errand;
	uint32_t errand_minutes;
};

/* A tick, or a photo, of an earlier visit, or of another one of that day. */
struct ticked_row {
	struct day day;
	struct str body; /* verb_body_shape */
};

struct brief_contact_row {
	struct str name, phone;
	enum relation relation;
};

struct brief_pool_row {
	uint64_t id;
	enum pool_kind kind;
	struct str name;
	struct maybe_u32 volume_l;
	enum pool_surface surface;
	enum pool_sanitiser sanitiser;
	bool indoor;
};

struct brief_reading_row {
	int64_t at;
	struct str body;
};

struct brief_equipment_row {
	uint64_t id, pool_id;
	enum equipment_kind kind;
	struct str make, model;
	struct maybe_day serviced_day;
	uint32_t service_every_days;
};

struct brief_note_row {
	enum record_kind on_kind;
	uint64_t on_id;
	struct str body;
	bool pinned;
	int64_t made_at;
};

struct brief_last_row {
	uint64_t id;
	struct day day;
	enum visit_state state;
	struct str tech, reason;
	struct maybe_i64 ended_at;
};

struct brief_change_row {
	enum record_kind on_kind;
	struct str field, became;
	int64_t at;
};

struct log_row {
	uint64_t id;
	enum verb verb;
	enum sync_answer answer;
	uint32_t actor_kind;
	uint64_t actor_id;
	int64_t device_at;
	int32_t skew_s;
	struct str problem, body;
};

struct log_answer_row {
	enum sync_answer answer;
	uint64_t visit_id, actor_id;
	struct maybe_u64 device_id;
	struct str problem;
};

struct device_row {
	uint64_t id, staff_id;
	struct str name;
	uint32_t last_n;
	int32_t skew_s;
	int64_t made_at, seen_at;
	struct maybe_i64 revoked_at, pin_at;
	bool pushed; /* it can be pushed to */
	uint32_t version;
};

/* Where a phone is pushed to: `push` is sealed JSON (fcgi/acts/phones.h). */
struct device_push_row {
	uint64_t id;
	struct maybe_str push;
};

enum clock_kind { CLOCK_WORK = 1, CLOCK_BREAK, CLOCK_KINDS };

struct clock_row {
	uint64_t id;
	enum clock_kind kind;
	struct day day;
	int64_t from_at;
	struct maybe_i64 to_at;
	uint32_t version;
};

/* The same, and whose it is. */
struct clock_of_row {
	uint64_t id, staff_id;
	struct str name;
	struct day day;
	enum clock_kind kind;
	int64_t from_at;
	struct maybe_i64 to_at;
	uint32_t version;
};

/* What somebody's stops of a day took, of those that are over. */
struct stop_times_row {
	uint64_t staff_id;
	struct str name;
	struct day day;
	int64_t stops, drive_s, service_s;
};

/* Why somebody should look. Stored: never renumber. */
enum alert_kind {
	ALERT_UNDELIVERED = 1, /* the phone has not got the brief */
	ALERT_LATE,
	ALERT_NO_ACCESS,
	ALERT_MISSING_PART,
	ALERT_REASSIGN, /* a technician cannot do it, and nobody else was found */
	ALERT_FLAG,
	ALERT_CONFLICT, /* work was done on a stop that had gone to somebody else */
	ALERT_PROBLEM,
	ALERT_FOLLOW_UP,
	ALERT_WATER, /* a reading out of its range */
	ALERT_SLOW,
	ALERT_FAST,
	ALERT_RATING, /* a customer was not pleased */
	ALERT_QUOTE, /* a customer approved an offer, declined it, or asks something */
	ALERT_CALLER, /* somebody on the telephone or in a text wants a person */
	ALERT_ADDRESS, /* mail to a customer comes back, or was called spam */
	ALERT_DOSE, /* what must never meet, or far from what was advised without a word */
	ALERT_LOCKED, /* too many wrong PINs on a phone: its codes are gone */
	ALERT_KINDS
};

struct alert_row {
	uint64_t id;
	enum alert_kind kind;
	uint64_t visit_id, customer_id;
	struct str customer;
	uint64_t staff_id;
	struct str staff;
	int64_t made_at;
	struct str body;
	struct maybe_i64 closed_at;
	struct str closed_by;
	uint32_t version;
};

struct alert_reader_row {
	uint64_t id;
	struct str name, email, language, phone;
	enum staff_state state;
};

struct alert_id_row {
	uint64_t id;
};

struct alert_number_row {
	int64_t number;
};

/* One stop on the board. */
struct board_row {
	uint64_t id;
	struct maybe_u64 tech_id;
	uint32_t seq;
	enum visit_state state;
	enum visit_source source;
	bool repeats;
	struct maybe_u32 from_minute, to_minute;
	uint32_t minutes;
	struct maybe_i64 on_way_at, started_at, ended_at, confirmed_at;
	struct str flag, skip_reason, note, why_who;
	struct str errand; /* at the supply house, before it; "": nothing */
	uint32_t errand_minutes;
	struct maybe_i64 fetched_at;
	uint32_t version;
	uint64_t customer_id;
	struct str customer;
	uint64_t property_id;
	struct str street, city;
	struct maybe_i32 lat_e6, lng_e6;
	bool dogs, gate;
	uint64_t service_id;
	struct str service;
	bool parts, first;
	uint32_t since;
	struct maybe_i64 told_at;
};

#endif
