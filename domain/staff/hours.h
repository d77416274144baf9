/*
 * domain/staff/hours.h -- when somebody works, what they may be sent to, and why not.
 *
 * Hours of a weekday hold from a day on until others of that weekday begin; two on one weekday from the same
 * day are a split shift. No hours at all: nobody has said when this person works, and nothing is refused.
 */
#ifndef DOMAIN_STAFF_HOURS_H
#define DOMAIN_STAFF_HOURS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/day.h"
#include "domain/base/err.h"
#include "domain/base/maybe.h"
#include "domain/base/str.h"

/* Stored: never renumber. */
enum availability_kind { AVAILABLE_HOURS = 1, AVAILABLE_OFF, AVAILABILITY_KINDS };

extern const char *const weekday_names[]; /* "monday", ...: index = enum weekday; NULL ends */

struct availability {
	uint64_t id, staff_id;
	enum availability_kind kind;
	enum weekday weekday;
	struct day from_day;     /* hours: from then on; off: first day */
	struct maybe_day to_day; /* off: last day */
	uint32_t from_minute, to_minute;
	struct str reason;
	uint32_t version;
};

/* One stretch of a day. */
struct stretch {
	uint32_t from_minute, to_minute;
};
#define STRETCHES_MAX 4

/*
 * hours_of_day -- the stretches in which somebody works on that day, time off taken out
 *
 * a    in   rows of that person
 * out  out  room for STRETCHES_MAX, in order
 *
 * Answers false if nobody has ever said: then *n is 0 and means nothing.
 */
bool hours_of_day(const struct availability *a, size_t n, struct day d, struct stretch *out, size_t *out_n);
/* hours_minutes -- how many minutes these are together */
uint32_t hours_minutes(const struct stretch *s, size_t n);

struct skill {
	uint64_t skill_id;
	struct str name;
	struct maybe_day expires_day; /* last day it holds */
};

/* What an assignment needs to know. Names are for the sentence. */
struct assignment {
	struct str tech;
	struct day day;
	struct maybe_u32 from_minute, to_minute; /* the customer's window */
	uint32_t minutes;                        /* of work; 0: not said */
	bool usually; /* of a promise: time off is not looked at, only the hours of the week */
	const struct availability *hours;
	size_t hours_n;
	const struct skill *has;
	size_t has_n;
	const struct skill *needs; /* expires_day is not looked at */
	size_t needs_n;
};

/*
 * staff_can_go -- works that day, in that window, as long as it takes, and has every skill, none of them expired
 *
 * Errors  E_INVALID "tech_id" with the reason in words; "minutes" longer than they work at a stretch
 */
must_use enum err staff_can_go(const struct assignment *a, struct fault *f);

#endif
