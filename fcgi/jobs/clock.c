#include "fcgi/jobs/clock.h"

static bool exists(const struct zone *z, struct day day);
static int64_t instant(const struct zone *z, struct day day, unsigned minutes);

bool
clock_read(const char *at_local, unsigned *minutes)
{
	unsigned v[4];

	for (unsigned i = 0, k = 0; i < 5; i++) {
		if (i == 2) {
			if (at_local[i] != ':')
				return false;
			continue;
		}
		if (at_local[i] < '0' || at_local[i] > '9')
			return false;
		v[k++] = (unsigned)(at_local[i] - '0');
	}
	if (at_local[5] || v[0] * 10 + v[1] > 23 || v[2] > 5)
		return false;
	*minutes = (v[0] * 10 + v[1]) * 60 + v[2] * 10 + v[3];
	return true;
}

/* Begins a day early: a jump around midnight may put an occurrence behind the date. */
struct occurrence
clock_next(const struct zone *z, int64_t now, unsigned minutes)
{
	struct day day = day_add(zone_day(z, now), -1);

	for (;; day = day_add(day, 1)) {
		int64_t at = instant(z, day, minutes);

		if (at > now && exists(z, day))
			return (struct occurrence){day, at};
	}
}

/* A day left out: its noon, moved forward over the gap, is noon of the day after. */
static bool
exists(const struct zone *z, struct day day)
{
	return zone_day(z, instant(z, day, 12 * 60)).n == day.n;
}

static int64_t
instant(const struct zone *z, struct day day, unsigned minutes)
{
	struct civil c;

	day_civil(day, &c);
	c.hour = (uint8_t)(minutes / 60);
	c.minute = (uint8_t)(minutes % 60);
	return zone_instant(z, &c);
}
