/*
 * domain/base/day.h -- calendar days, civil time, and time zones from TZif bytes.
 *
 * Instants are int64 seconds UTC since 1970 (`_s`). A day is a count of days since 1970-01-01 in the
 * proleptic Gregorian calendar. Zones are parsed from bytes that somebody else has read
 * (tenancy/config); this file opens nothing.
 *
 * Policy (RFC 5545's): a civil time inside a gap is moved forward by the length of the gap; one that
 * occurs twice means its first occurrence.
 */
#ifndef DOMAIN_BASE_DAY_H
#define DOMAIN_BASE_DAY_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"

struct day {
	int32_t n; /* days since 1970-01-01; years 1 to 9999 */
};

#define DAY_MIN (-719162)
#define DAY_MAX 2932896

struct civil {
	int32_t year;  /* 1..9999 */
	uint8_t month; /* 1..12 */
	uint8_t mday;  /* 1..31 */
	uint8_t hour, minute, second;
};

enum weekday { MONDAY = 0, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

/* day_of -- false if there is no such date */
bool day_of(int32_t year, unsigned month, unsigned mday, struct day *out);
void day_civil(struct day d, struct civil *out); /* hour, minute, second = 0 */
enum weekday day_weekday(struct day d);
struct day day_add(struct day d, int32_t days); /* clipped to DAY_MIN..DAY_MAX */
/* day_add_months -- the same day of the month, or that month's last */
struct day day_add_months(struct day d, int32_t months);

/* "2026-11-21", exactly; day_read refuses everything else */
#define DAY_LETTERS 10
void day_write(struct day d, char out[DAY_LETTERS + 1]);
bool day_read(struct str s, struct day *out);

struct zone;

/* Ceilings: a real zone has at most ~240 transitions; a file may not be larger than 64 KiB. */
#define ZONE_FILE_MAX 65536
#define ZONE_TRANSITIONS_MAX 2000

/* zone_name_valid -- may this be a path under zoneinfo? [A-Za-z0-9_+-/], no "..", no leading '/', <= 64 */
bool zone_name_valid(struct str name);

/*
 * zone_parse -- TZif version 2 or later: its 64-bit block and the POSIX TZ footer
 *
 * name   in   copied
 * bytes  in   the whole file, borrowed only during the call
 * a      in   the zone lives here
 *
 * Errors  E_INVALID "zone": not a TZif file, a count over its ceiling, transitions out of order,
 *         an unusable footer
 * Source  RFC 8536
 */
must_use enum err zone_parse(struct str name, struct str bytes, struct arena *a, struct zone **out,
    struct fault *f);

struct str zone_name(const struct zone *z);

/* zone_offset_s -- seconds east of UTC in force at `at_s`; *until_s (may be NULL) = next change or INT64_MAX */
int32_t zone_offset_s(const struct zone *z, int64_t at_s, int64_t *until_s);

/* zone_local -- civil time shown by a clock on the wall at at_s */
void zone_local(const struct zone *z, int64_t at_s, struct civil *out);
struct day zone_day(const struct zone *z, int64_t at_s);

/* zone_write -- "2026-11-21 14:05", the time on the wall, for mails and papers */
#define ZONE_TIME_LETTERS 16
void zone_write(const struct zone *z, int64_t at_s, char out[ZONE_TIME_LETTERS + 1]);

/*
 * zone_instant -- the instant of a civil time, by the policy above. Always answers: a 02:30 that the
 * night skips becomes 03:30, a 01:30 that comes twice is the first.
 */
int64_t zone_instant(const struct zone *z, const struct civil *c);

#endif
