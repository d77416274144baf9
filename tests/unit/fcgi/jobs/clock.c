/*
 * tests/unit/fcgi/jobs/clock.c -- once per local day, over every night of a year in six zones.
 *
 * The judge is another way of counting: every minute of the year is looked at on the wall's clock.
 */
#include "fcgi/jobs/clock.h"
#include "tests/unit/arena.h"
#include "tests/unit/test.h"

#define YEAR_DAYS 366
#define MINUTE    60
#define DAY       (24 * 60 * MINUTE)
/* 2024-01-01 00:00:00 UTC: a leap year */
#define START    INT64_C(1704067200)
#define DAYS_MAX (YEAR_DAYS + 4)

static const unsigned asked[] = {
    0, 15, 1 * 60 + 30, 2 * 60, 2 * 60 + 30, 3 * 60 + 40, 23 * 60 + 45};

ARENA_OF_EACH_TEST(a)

static const struct zone *
zone_of(const char *name)
{
	char path[128], bytes[ZONE_FILE_MAX];
	struct fault f = {0};
	struct zone *z = NULL;
	FILE *in;
	size_t n;

	snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", name);
	in = fopen(path, "rb");
	if (!in)
		fail_msg("no time zones on this machine: install tzdata");
	n = fread(bytes, 1, sizeof(bytes), in);
	fclose(in);
	assert_int_equal(zone_parse(str_of(name), (struct str){bytes, n}, a, &z, &f), OK);
	return z;
}

/* What the wall's clock says: the first minute that shows the time, or the gap's rule. */
struct judge {
	int32_t first_day;
	int64_t at[DAYS_MAX][COUNT_OF(asked)];
	bool there[DAYS_MAX];
};

static void
judge_year(const struct zone *z, struct judge *j)
{
	struct civil before, c;
	int32_t day_before;

	memset(j, 0, sizeof(*j));
	zone_local(z, START - DAY - MINUTE, &before);
	day_before = zone_day(z, START - DAY - MINUTE).n;
	j->first_day = day_before;
	for (int64_t t = START - DAY; t < START + (YEAR_DAYS + 1) * (int64_t)DAY; t += MINUTE) {
		int32_t day = zone_day(z, t).n, d = day - j->first_day;
		int64_t wall, wall_before;

		zone_local(z, t, &c);
		assert_true(d >= 0 && d < DAYS_MAX);
		j->there[d] = true;
		wall = day * INT64_C(1440) + c.hour * 60 + c.minute;
		wall_before = day_before * INT64_C(1440) + before.hour * 60 + before.minute;
		for (size_t k = 0; k < COUNT_OF(asked); k++) {
			/* Shown now, or jumped over by the last minute: then as much later as it
			 * lies in the gap. */
			for (int64_t x = day_before; x <= day; x++) {
				int64_t want = x * 1440 + asked[k];
				size_t i = (size_t)(x - j->first_day);

				if (want > wall_before && want <= wall && j->at[i][k] == 0)
					j->at[i][k] =
					    t +
					    (want == wall ? 0 : (want - wall_before - 1) * MINUTE);
			}
		}
		before = c;
		day_before = day;
	}
}

/* A worker that looks at odd moments, as a worker does, and plans what comes next. */
static void
walk(const struct zone *z, const struct judge *j, size_t k)
{
	int64_t planned[DAYS_MAX] = {0}, last = 0;
	uint32_t random = 1;
	unsigned found = 0;

	for (int64_t now = START; now < START + YEAR_DAYS * (int64_t)DAY;) {
		struct occurrence o = clock_next(z, now, asked[k]);
		size_t d = (size_t)(o.day.n - j->first_day);

		assert_true(o.at > now);
		assert_true(d < DAYS_MAX && j->there[d]);
		if (planned[d] == 0) {
			planned[d] = o.at;
			assert_int_equal(o.at, j->at[d][k]);
			assert_true(o.at > last);
			last = o.at;
			found++;
		}
		assert_int_equal(planned[d], o.at);
		random = random * 1664525 + 1013904223;
		now += 1 + (random >> 16) % 5400;
	}
	/* Every day in between, without one missing. */
	for (size_t d = 3; d < YEAR_DAYS; d++)
		assert_true(!j->there[d] || planned[d] != 0);
	assert_in_range(found, YEAR_DAYS - 1, YEAR_DAYS + 2);
}

static void
every_local_day_has_one_occurrence(void **state)
{
	static const char *const zones[] = {"America/Phoenix", "America/Los_Angeles",
	    "Europe/Madrid", "Australia/Lord_Howe", "Africa/Cairo", "America/Havana"};
	static struct judge j;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(zones); i++) {
		const struct zone *z = zone_of(zones[i]);

		judge_year(z, &j);
		for (size_t k = 0; k < COUNT_OF(asked); k++)
			walk(z, &j, k);
		arena_reset(a);
	}
}

static int64_t
next_at(const char *zone, int64_t now, unsigned minutes)
{
	return clock_next(zone_of(zone), now, minutes).at;
}

static void
a_time_in_the_gap_comes_as_much_later(void **state)
{
	(void)state;
	/* Los Angeles, 10 March 2024: 02:00 becomes 03:00. 02:30 is 03:30 PDT = 10:30 UTC. */
	assert_int_equal(next_at("America/Los_Angeles", 1710061200, 150), 1710066600);
	/* A second later it is tomorrow's, at 02:30 PDT. */
	assert_int_equal(next_at("America/Los_Angeles", 1710066600, 150), 1710066600 + 23 * 3600);
}

static void
a_time_that_comes_twice_happens_the_first_time(void **state)
{
	(void)state;
	/* Los Angeles, 3 November 2024: 01:30 PDT = 08:30 UTC, again at 09:30 UTC. */
	assert_int_equal(next_at("America/Los_Angeles", 1730620800, 90), 1730622600);
	assert_int_equal(next_at("America/Los_Angeles", 1730622600, 90), 1730622600 + 25 * 3600);
}

static void
a_day_left_out_has_none(void **state)
{
	(void)state;
	/* Apia has no 30 December 2011: after the 29th's 02:30 (12:30 UTC) comes the 31st's, a day
	 * later. */
	struct occurrence o = clock_next(zone_of("Pacific/Apia"), 1325161800, 150);
	char text[DAY_LETTERS + 1];

	day_write(o.day, text);
	assert_string_equal(text, "2011-12-31");
	assert_int_equal(o.at, 1325161800 + DAY);
}

static void
a_time_of_day_has_five_letters(void **state)
{
	static const char *const bad[] = {
	    "", "2:30", "24:00", "02:60", "0230", "02:300", "ab:cd", "-1:30", "02-30"};
	unsigned minutes = 7;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(clock_read(bad[i], &minutes));
	assert_int_equal(minutes, 7);
	assert_true(clock_read("00:00", &minutes));
	assert_int_equal(minutes, 0);
	assert_true(clock_read("23:59", &minutes));
	assert_int_equal(minutes, 1439);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		every_local_day_has_one_occurrence, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		a_time_in_the_gap_comes_as_much_later, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		a_time_that_comes_twice_happens_the_first_time, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(a_day_left_out_has_none, open_arena, close_arena),
	    cmocka_unit_test(a_time_of_day_has_five_letters),
	};

	return cmocka_run_group_tests_name("fcgi/jobs/clock", tests, NULL, NULL);
}
