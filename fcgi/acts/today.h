/*
 * fcgi/acts/today.h -- a technician's day as the phone reads it, the receipt for it, the codes of its stops.
 */
#ifndef FCGI_ACTS_TODAY_H
#define FCGI_ACTS_TODAY_H

#include "sql/tenant/day.h"
#include "tenancy/work.h"

#define DAY_STOPS_MAX 400
#define CLOCK_ROWS_MAX 60

extern const char *const clock_kind_names[];

struct day_query {
	struct maybe_day day; /* absent: today */
};

struct tech_day_out {
	struct day day, today;
	int64_t server_now;
	uint32_t version, seen_version;
	struct card_row *stops;
	size_t stops_n;
	struct clock_row *clock;
	size_t clock_n;
};

/* The state in which a day can be read, by its dates too: at midnight another day of the same version stands here. */
struct day_state {
	struct day day, today;
	uint32_t version; /* 0: this day is not kept, or not built yet */
};
/* act_day_state -- one key read */
must_use enum err act_day_state(struct work *w, struct maybe_day day, struct day_state *out);
must_use enum err act_day(struct work *w, struct maybe_day day, struct tech_day_out *out);

/* Today as it is counted on the board: when somebody works and eats, from where to where. The phone counts it on. */
struct tech_shift {
	struct day day;
	uint32_t from_minute, to_minute;
	uint32_t lunch_minutes, lunch_from, lunch_to; /* how long (0: none), and between when it begins */
	struct maybe_i64 start_lat_e6, start_lng_e6, end_lat_e6, end_lng_e6;
	uint32_t pace_short, pace_middling, pace_long; /* measured over estimated (domain/routing/way.h) */
};
must_use enum err act_tech_shift(struct work *w, struct tech_shift *out);

struct receipt_in {
	struct day day;
	uint32_t version;
};
/* act_receipt -- the phone holds this version of the day: its briefs are delivered */
must_use enum err act_receipt(struct work *w, const struct receipt_in *in);

struct stop_codes {
	uint64_t visit_id;
	struct maybe_str gate, lockbox, alarm, note;
	struct maybe_i64 changed_at;
};
/*
 * act_stop_codes -- the codes of an own stop of today or tomorrow; who has them is written down
 *
 * Errors  E_NOT_FOUND not theirs; E_FORBIDDEN "day"
 */
must_use enum err act_stop_codes(struct work *w, uint64_t visit_id, struct stop_codes *out);

#endif
