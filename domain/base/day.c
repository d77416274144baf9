/*
 * domain/base/day.c -- the calendar, and reading a zone at an instant or at a civil time.
 *
 * What a zone is made of is parsed in zone.c; the struct between the two is in zone_parts.h.
 */
#include "domain/base/day.h"

#include <assert.h>

#include "domain/base/zone_parts.h"

#define DAY_S 86400
/* Offsets are within 26 hours of UTC, so what a wall clock shows is within this of its instant. */
#define OFFSET_MAX_S (26 * 3600)
/* No zone changes its clock twice within an hour, so a window of two such spans holds few stretches. */
#define STRETCHES_MAX 128

static bool leap(int32_t year);
static unsigned month_days(int32_t year, unsigned month);
static int32_t days_of(int32_t year, unsigned month, unsigned mday);
static int64_t floor_div(int64_t a, int64_t b);
static bool two_digits(const char *p, unsigned *out);

bool
day_of(int32_t year, unsigned month, unsigned mday, struct day *out)
{
	if (year < 1 || year > 9999 || month < 1 || month > 12 || mday < 1 || mday > month_days(year, month))
		return false;
	out->n = days_of(year, month, mday);
	return true;
}

void
day_civil(struct day d, struct civil *out)
{
	/* Counted from 0000-03-01, a leap day is the last day of its year, its four, hundred, 400 years. */
	int32_t n = d.n + 719468;
	int32_t era = n / 146097, in_era = n % 146097;

	if (in_era < 0) {
		era--;
		in_era += 146097;
	}
	int32_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int32_t in_year = in_era - (365 * year + year / 4 - year / 100);
	int32_t month = (5 * in_year + 2) / 153; /* 0 = March */

	*out = (struct civil){
		.year = era * 400 + year + (month >= 10),
		.month = (uint8_t)(month < 10 ? month + 3 : month - 9),
		.mday = (uint8_t)(in_year - (153 * month + 2) / 5 + 1),
	};
}

enum weekday
day_weekday(struct day d)
{
	/* 1970-01-01 was a Thursday. */
	return (enum weekday)(((int64_t)d.n % 7 + 7 + THURSDAY) % 7);
}

struct day
day_add(struct day d, int32_t days)
{
	int64_t n = (int64_t)d.n + days;

	if (n < DAY_MIN)
		n = DAY_MIN;
	if (n > DAY_MAX)
		n = DAY_MAX;
	return (struct day){(int32_t)n};
}

struct day
day_add_months(struct day d, int32_t months)
{
	struct civil c;

	day_civil(d, &c);
	int64_t count = (int64_t)c.year * 12 + c.month - 1 + months;
	if (count < 12)
		return (struct day){DAY_MIN};
	if (count >= 10000 * 12)
		return (struct day){DAY_MAX};
	int32_t year = (int32_t)(count / 12);
	unsigned month = (unsigned)(count % 12) + 1, last = month_days(year, month);
	return (struct day){days_of(year, month, c.mday < last ? c.mday : last)};
}

void
day_write(struct day d, char out[DAY_LETTERS + 1])
{
	struct civil c;

	assert(d.n >= DAY_MIN && d.n <= DAY_MAX);
	day_civil(d, &c);
	snprintf(out, DAY_LETTERS + 1, "%04u-%02u-%02u", (unsigned)c.year % 10000u, c.month % 100u,
	    c.mday % 100u);
}

bool
day_read(struct str s, struct day *out)
{
	unsigned century, year, month, mday;

	if (s.n != DAY_LETTERS || s.p[4] != '-' || s.p[7] != '-')
		return false;
	if (!two_digits(s.p, &century) || !two_digits(s.p + 2, &year) || !two_digits(s.p + 5, &month) ||
	    !two_digits(s.p + 8, &mday))
		return false;
	return day_of((int32_t)(century * 100 + year), month, mday, out);
}

void
zone_local(const struct zone *z, int64_t at_s, struct civil *out)
{
	int64_t wall_s = zone_clip(at_s) + zone_offset_s(z, at_s, NULL);
	int64_t day = floor_div(wall_s, DAY_S);
	int32_t second = (int32_t)(wall_s - day * DAY_S);

	day_civil((struct day){(int32_t)day}, out);
	out->hour = (uint8_t)(second / 3600);
	out->minute = (uint8_t)(second / 60 % 60);
	out->second = (uint8_t)(second % 60);
}

struct day
zone_day(const struct zone *z, int64_t at_s)
{
	return (struct day){(int32_t)floor_div(zone_clip(at_s) + zone_offset_s(z, at_s, NULL), DAY_S)};
}

void
zone_write(const struct zone *z, int64_t at_s, char out[ZONE_TIME_LETTERS + 1])
{
	struct civil c;

	zone_local(z, at_s, &c);
	day_write(zone_day(z, at_s), out);
	snprintf(out + DAY_LETTERS, ZONE_TIME_LETTERS + 1 - DAY_LETTERS, " %02u:%02u", c.hour % 100u,
	    c.minute % 100u);
}

int64_t
zone_instant(const struct zone *z, const struct civil *c)
{
	int64_t wall_s = (int64_t)days_of(c->year, c->month, c->mday) * DAY_S + c->hour * 3600 +
	    c->minute * 60 + c->second;
	int64_t from_s = wall_s - OFFSET_MAX_S;
	int32_t before_s = zone_offset_s(z, from_s, NULL);

	/*
	 * Walk the stretches of one offset that may show this time, the earliest first: the first that
	 * shows it is the answer. If one ends before it shows it and the next begins after, we are in a
	 * gap, and the offset before the gap moves the time forward by the gap's length.
	 */
	for (unsigned i = 0; i < STRETCHES_MAX; i++) {
		int64_t until_s;
		int32_t offset_s = zone_offset_s(z, from_s, &until_s);
		int64_t at_s = wall_s - offset_s;

		if (at_s < from_s)
			return wall_s - before_s;
		if (at_s < until_s)
			return at_s;
		before_s = offset_s;
		from_s = until_s;
	}
	return wall_s - before_s;
}

static bool
leap(int32_t year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static unsigned
month_days(int32_t year, unsigned month)
{
	static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return month == 2 && leap(year) ? 29 : days[month - 1];
}

/* Months counted from March, so that the leap day comes last. */
static int32_t
days_of(int32_t year, unsigned month, unsigned mday)
{
	int32_t y = year - (month <= 2), m = (int32_t)month + (month > 2 ? -3 : 9);
	int32_t before = 365 * y + (int32_t)(floor_div(y, 4) - floor_div(y, 100) + floor_div(y, 400));

	return before + (153 * m + 2) / 5 + (int32_t)mday - 1 - 719468;
}

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static bool
two_digits(const char *p, unsigned *out)
{
	if (p[0] < '0' || p[0] > '9' || p[1] < '0' || p[1] > '9')
		return false;
	*out = (unsigned)(p[0] - '0') * 10 + (unsigned)(p[1] - '0');
	return true;
}
