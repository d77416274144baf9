/*
 * fcgi/acts/work.h -- what technicians are to the plan: profile, skills, hours, time off, calendar feed.
 */
#ifndef FCGI_ACTS_WORK_H
#define FCGI_ACTS_WORK_H

#include "sql/tenant/schedule.h"
#include "tenancy/work.h"

#define WORKERS_MAX 1000
#define STAFF_SKILLS_MAX 50
#define HOURS_MAX 28 /* of one week */
#define AVAILABILITY_MAX 500
#define COLOURS 10
#define ENDS_SOON_DAYS 30 /* so long before its end a certificate is spoken of */

struct staff_skill {
	uint64_t skill_id;
	struct str name, certificate;
	struct maybe_day expires_day;
	bool expired;
};

struct hours_line {
	enum weekday weekday;
	struct day from_day;
	uint32_t from_minute, to_minute;
};

struct off_line {
	uint64_t id;
	struct day from_day;
	struct maybe_day to_day;
	uint32_t from_minute, to_minute;
	struct str reason;
};

struct staff_work {
	uint64_t id;
	struct str name, phone;
	uint32_t colour; /* 1..COLOURS, 0 none */
	struct str vehicle;
	struct str start_address, end_address; /* "": said by a pin alone */
	struct maybe_i64 start_lat_e6, start_lng_e6, end_lat_e6, end_lng_e6;
	struct staff_skill *skills;
	size_t skills_n;
	struct hours_line *hours; /* those that hold today, and later ones */
	size_t hours_n;
	struct off_line *off;
	size_t off_n;
	bool has_feed;
	uint32_t version;
};

struct work_change {
	struct str phone;
	uint32_t colour;
	struct str vehicle;
	/* An address without a place keeps the place it had; a new one is looked up by a job. */
	struct str start_address, end_address;
	struct maybe_i64 start_lat_e6, start_lng_e6, end_lat_e6, end_lng_e6;
	uint32_t version;
};

struct skills_change {
	struct staff_skill *rows; /* name and expired are not looked at */
	size_t rows_n;
	uint32_t version;
};

struct hours_change {
	struct day from_day;
	struct hours_line *rows; /* from_day is not looked at; a weekday without a row is a free day */
	size_t rows_n;
	uint32_t version;
};

struct off_wish {
	struct day from_day;
	struct maybe_day to_day;
	struct maybe_u32 from_minute, to_minute; /* absent: the whole day */
	struct str reason;
};

/* One technician in the calendar, with the minutes of work of each day asked for. */
struct technician_day {
	struct day day;
	bool said; /* has anybody said when this person works? */
	uint32_t minutes;
	struct maybe_u32 from_minute, to_minute;
	struct str off; /* why not, if it is time off: "Vacation" */
};

/* A certificate that has expired, or soon will. */
struct skill_ending {
	struct str name;
	struct maybe_day expires_day;
	bool expired;
};

struct technician {
	uint64_t id;
	struct str name;
	uint32_t colour;
	struct str vehicle;
	struct skill_ending *ending;
	size_t ending_n;
	struct technician_day *days;
	size_t days_n;
};

struct technician_page {
	struct technician *rows;
	size_t rows_n;
};

struct technicians_query {
	struct day from, to;
};
#define TECHNICIAN_DAYS_MAX 62

struct feed {
	struct str url; /* shown once */
};

must_use enum err act_technicians(struct work *w, const struct technicians_query *q, struct technician_page *out);
must_use enum err act_staff_work(struct work *w, uint64_t id, struct staff_work *out);
/* Errors  E_INVALID "phone" "start_lat_e6" "end_lat_e6"; E_STALE */
must_use enum err act_staff_work_change(struct work *w, uint64_t id, const struct work_change *in,
    struct staff_work *out);
must_use enum err act_staff_skills(struct work *w, uint64_t id, const struct skills_change *in, struct staff_work *out);
must_use enum err act_staff_hours(struct work *w, uint64_t id, const struct hours_change *in, struct staff_work *out);
must_use enum err act_staff_off(struct work *w, uint64_t id, const struct off_wish *in, struct staff_work *out);
must_use enum err act_staff_off_drop(struct work *w, uint64_t id, uint64_t off, struct staff_work *out);

/* act_feed_make -- a new secret address of the calendar; the one before is dead. act_feed_drop: none. */
must_use enum err act_feed_make(struct work *w, uint64_t id, struct feed *out);
must_use enum err act_feed_drop(struct work *w, uint64_t id);

/* act_feed_read -- whose secret is it, and their visits from a week ago on. E_NOT_FOUND */
struct feed_visits {
	struct str name;
	enum language language;
	struct visit_line *rows;
	size_t rows_n;
};
must_use enum err act_feed_read(struct work *w, struct str key, struct feed_visits *out);

#endif
