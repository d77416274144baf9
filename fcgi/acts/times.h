/*
 * fcgi/acts/times.h -- how long people worked: what a payroll begins with.
 */
#ifndef FCGI_ACTS_TIMES_H
#define FCGI_ACTS_TIMES_H

#include "sql/tenant/day.h"
#include "tenancy/work.h"

#define TIMES_DAYS_MAX 62
#define TIMES_MAX 8000

struct times_query {
	struct day from, to;
};

/* One time at work, or one break. */
struct time_span {
	uint64_t id;
	enum clock_kind kind;
	int64_t from_at;
	struct maybe_i64 to_at;
	uint32_t version;
};
#define TIME_SPANS_MAX 60

/* One day of one person. */
struct time_day {
	uint64_t staff_id;
	struct str name;
	struct day day;
	struct maybe_i64 in_at, out_at; /* first in, last out */
	uint32_t worked_s, break_s;
	bool forgot; /* to clock out: that time is not counted */
	int64_t stops, drive_s, service_s; /* of stops that are over: on the way, and there */
	struct time_span *spans;           /* as they began */
	size_t spans_n;
};

struct times_page {
	struct time_day *rows; /* by person, then day */
	size_t rows_n;
};

/* Errors  E_INVALID "to": before from, too many days; E_LIMIT "to": too many rows */
must_use enum err act_times(struct work *w, const struct times_query *q, struct times_page *out);

/* When it really was: minutes of the day on which it stands; past midnight they go on counting. */
struct time_change {
	uint32_t from_minute, to_minute, version;
};
#define TIME_MINUTES_MAX 2880

/*
 * act_time_change -- the office puts a time at work or a break right; the audit log keeps both
 *
 * Errors  E_NOT_FOUND; E_STALE; E_INVALID "to_minute": before the beginning, longer than a day's work, not yet over
 */
must_use enum err act_time_change(struct work *w, uint64_t id, const struct time_change *in);

#endif
