/*
 * sql/tenant/booking.h -- rows of what strangers book: what is held, what is known of a place.
 */
#ifndef SQL_TENANT_BOOKING_H
#define SQL_TENANT_BOOKING_H

#include "domain/visits/visit.h"
#include "sql/tenant/batch.h"

/* A hold is a batch of kind booking; its body is JSON (fcgi/acts/bookings.h). */
struct booking_hold_row {
	uint64_t id;
	enum batch_state state;
	int64_t made_at;
	struct str body;
	uint32_t version;
};

struct booking_spot_row {
	int64_t lat_e6, lng_e6;
};

struct booking_known_row {
	uint64_t customer_id, property_id;
};

/* What was booked, as its customer may see it. */
struct booking_row {
	uint64_t id, customer_id, property_id, service_id;
	struct day day;
	struct maybe_u32 from_minute, to_minute;
	struct maybe_u64 tech_id;
	enum visit_state state;
	enum visit_source source;
	uint32_t minutes, version;
	struct str service, customer, email, language, street, city, region, postcode;
	struct maybe_i64 lat_e6, lng_e6;
	struct maybe_str tech; /* first name */
};

/* Work that was done, and is due again. */
struct due_row {
	uint64_t id, customer_id, property_id, service_id;
	struct str service, customer, language, street, city, region, postcode;
};

struct booking_phone_row {
	struct str phone;
};

/* What the receptionist knows of a caller. */
struct reception_caller_row {
	struct str name;
	int64_t balance_cents;
};
struct reception_place_row {
	uint64_t id;
	struct str street, city, region, postcode;
};
struct reception_visit_row {
	uint64_t id;
	struct day day;
	struct maybe_u32 from_minute, to_minute;
	enum visit_state state;
	struct str service;
};

#endif
