/*
 * tests/unit/domain/base/zone.c -- every zone of this system against the C library, each transition a
 * second before, at, and a second after; the gap and overlap policy; files that are no zones.
 */
#include "domain/base/day.h"

#include <dirent.h>
#include <sys/stat.h>
#include <time.h>

#include "tests/unit/arena.h"
#include "tests/unit/test.h"

#define ZONEINFO "/usr/share/zoneinfo"

ARENA_OF_EACH_TEST(a)
static unsigned zones_seen;

static struct str
read_file(const char *path)
{
	static char bytes[ZONE_FILE_MAX + 1];
	FILE *f = fopen(path, "rb");

	if (f == NULL)
		return STR_NONE;
	size_t n = fread(bytes, 1, sizeof(bytes), f);
	fclose(f);
	return (struct str){bytes, n};
}

static const struct zone *
zone_of(const char *name)
{
	char path[300];
	struct zone *z;

	snprintf(path, sizeof(path), ZONEINFO "/%s", name);
	assert_int_equal(zone_parse(str_of(name), read_file(path), a, &z, NULL), OK);
	return z;
}

static int64_t
at(int32_t year, unsigned month, unsigned mday, unsigned second)
{
	struct day d;

	assert_true(day_of(year, month, mday, &d));
	return (int64_t)d.n * 86400 + second;
}

/* What the C library says of that instant must be what we say; and back again. */
static void
agree(const struct zone *z, const char *name, int64_t t_s)
{
	time_t t = (time_t)t_s;
	struct tm tm;
	struct civil c;

	localtime_r(&t, &tm);
	zone_local(z, t_s, &c);
	if (tm.tm_gmtoff != zone_offset_s(z, t_s, NULL) || c.year != tm.tm_year + 1900 ||
	    c.month != tm.tm_mon + 1 || c.mday != tm.tm_mday || c.hour != tm.tm_hour ||
	    c.minute != tm.tm_min || c.second != tm.tm_sec)
		fail_msg("%s at %lld: the C library is %ld s from UTC, we are %d s", name,
		    (long long)t_s, tm.tm_gmtoff, zone_offset_s(z, t_s, NULL));
	/* Back: the same instant, or the first of two that show this time. */
	int64_t back_s = zone_instant(z, &c);
	struct civil again;
	zone_local(z, back_s, &again);
	if (back_s > t_s || memcmp(&again, &c, sizeof(c)) != 0)
		fail_msg("%s: the way back from %lld leads to %lld", name, (long long)t_s, (long long)back_s);
	if (back_s < t_s && zone_offset_s(z, back_s, NULL) <= zone_offset_s(z, t_s, NULL))
		fail_msg("%s: %lld is shown once, not twice", name, (long long)t_s);
	tm.tm_isdst = -1;
	if (back_s == t_s && zone_offset_s(z, t_s - 90000, NULL) == zone_offset_s(z, t_s + 90000, NULL) &&
	    mktime(&tm) != t)
		fail_msg("%s: mktime leads elsewhere from %lld", name, (long long)t_s);
}

/* Times inside a gap move forward by its length; the C library is asked for nothing here. */
static void
gap_moves_forward(const struct zone *z, const char *name, int64_t change_s)
{
	int32_t before_s = zone_offset_s(z, change_s - 1, NULL), after_s = zone_offset_s(z, change_s, NULL);
	struct civil c;

	if (after_s <= before_s || after_s - before_s < 2)
		return;
	/* The wall's time one second into the gap, as a clock that was not moved would show it. */
	int64_t wall_s = change_s + before_s + 1, day_n = wall_s / 86400 - (wall_s % 86400 < 0);
	int32_t second = (int32_t)(wall_s - day_n * 86400);
	day_civil((struct day){(int32_t)day_n}, &c);
	c.hour = (uint8_t)(second / 3600);
	c.minute = (uint8_t)(second / 60 % 60);
	c.second = (uint8_t)(second % 60);
	if (zone_instant(z, &c) != change_s + 1)
		fail_msg("%s: a time in the gap at %lld is not moved by its length", name, (long long)change_s);
}

static void
walk_zone(const char *name)
{
	const struct zone *z = zone_of(name);
	const int64_t from_s = at(1970, 1, 1, 0), beyond_s = at(2038, 1, 1, 0);
	int64_t until_s;

	setenv("TZ", name, 1);
	tzset();
	for (int64_t t = from_s; t < beyond_s; t = until_s) {
		(void)zone_offset_s(z, t, &until_s);
		if (until_s > beyond_s)
			break;
		for (int64_t k = -1; k <= 1; k++)
			agree(z, name, until_s + k);
		gap_moves_forward(z, name, until_s);
	}
	/* In between, so that a transition we do not know of would be seen. */
	for (int64_t t = from_s + 12345; t < beyond_s; t += 86400 * 61)
		agree(z, name, t);
	for (int32_t year = 2038; year < 2500; year = year * 21 / 20)
		for (int64_t t = at(year, 1, 1, 0), end = at(year + 1, 1, 1, 0); t < end; t = until_s) {
			(void)zone_offset_s(z, t, &until_s);
			agree(z, name, t + 86400 * 20);
			if (until_s > end)
				break;
			for (int64_t k = -1; k <= 1; k++)
				agree(z, name, until_s + k);
			gap_moves_forward(z, name, until_s);
		}
	zones_seen++;
}

static void
walk_folder(const char *below)
{
	char path[300], name[280];
	DIR *d;
	struct dirent *e;

	snprintf(path, sizeof(path), ZONEINFO "/%s", below);
	d = opendir(path);
	assert_non_null(d);
	while ((e = readdir(d)) != NULL) {
		struct stat st;

		if (e->d_name[0] == '.' || strcmp(e->d_name, "posix") == 0 || strcmp(e->d_name, "right") == 0)
			continue;
		snprintf(name, sizeof(name), "%s%s%.180s", below, *below ? "/" : "", e->d_name);
		snprintf(path, sizeof(path), ZONEINFO "/%.250s", name);
		if (lstat(path, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode)) {
			walk_folder(name);
			continue;
		}
		struct arena_mark m = arena_mark(a);
		/* Links are other names of the same bytes: one in eight is enough of those. */
		if (str_starts(read_file(path), STR("TZif")) && strcmp(name, "localtime") != 0 &&
		    (!S_ISLNK(st.st_mode) || strlen(name) % 8 == 0))
			walk_zone(name);
		arena_rewind(a, m);
	}
	closedir(d);
}

static void
every_zone_agrees_with_the_c_library(void **state)
{
	(void)state;
	walk_folder("");
	assert_true(zones_seen > 300);
}

static struct civil
civil(int32_t y, uint8_t mo, uint8_t d, uint8_t h, uint8_t mi)
{
	return (struct civil){y, mo, d, h, mi, 0};
}

static void
a_skipped_half_past_two_becomes_half_past_three(void **state)
{
	const struct zone *z = zone_of("America/New_York");
	struct civil c = civil(2026, 3, 8, 2, 30), seen;

	(void)state;
	zone_local(z, zone_instant(z, &c), &seen);
	assert_int_equal(seen.hour, 3);
	assert_int_equal(seen.minute, 30);
	assert_int_equal(seen.mday, 8);
}

static void
of_two_half_past_ones_the_first_is_meant(void **state)
{
	const struct zone *z = zone_of("America/New_York");
	struct civil c = civil(2026, 11, 1, 1, 30);

	(void)state;
	assert_int_equal(zone_offset_s(z, zone_instant(z, &c), NULL), -4 * 3600);
	assert_int_equal(zone_instant(z, &c), at(2026, 11, 1, 5 * 3600 + 1800));
}

static void
the_time_on_the_wall_is_written(void **state)
{
	char text[ZONE_TIME_LETTERS + 1];

	(void)state;
	zone_write(zone_of("America/Los_Angeles"), at(2026, 11, 22, 7 * 3600 + 5 * 60 + 59), text);
	assert_string_equal(text, "2026-11-21 23:05");
}

static void
the_day_that_samoa_skipped_becomes_the_next(void **state)
{
	const struct zone *z = zone_of("Pacific/Apia");
	struct civil c = civil(2011, 12, 30, 12, 0), seen;

	(void)state;
	zone_local(z, zone_instant(z, &c), &seen);
	assert_int_equal(seen.mday, 31);
	assert_int_equal(seen.hour, 12);
}

/* A zone of nothing but a footer: no transition, one type. */
static struct str
footer_only(const char *footer)
{
	struct buf b = buf_open(a, 256, 4096);
	static const char counts[24] = {[19] = 1, [23] = 4};

	for (int block = 0; block < 2; block++) {
		buf_add(&b, STR("TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"));
		buf_add(&b, (struct str){counts, sizeof(counts)});
		buf_add(&b, STR("\0\0\0\0\0\0LMT\0"));
	}
	buf_char(&b, '\n');
	buf_add(&b, str_of(footer));
	buf_char(&b, '\n');
	return buf_str(&b);
}

static const struct zone *
footer_zone(const char *footer)
{
	struct zone *z;

	assert_int_equal(zone_parse(STR("Test"), footer_only(footer), a, &z, NULL), OK);
	return z;
}

static void
footers_agree_with_the_c_library(void **state)
{
	static const char *const footer[] = {"UTC0", "EST5EDT,M3.2.0,M11.1.0", "<+0330>-3:30",
	    "IST-1GMT0,M10.5.0,M3.5.0/1", "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "AAA-14:59:59",
	    "XXX3EDT4,0/0,J365/23", "NZST-12NZDT,M9.5.0,M4.1.0/3", "ABC-1DEF-3,J60,J300/1:02:03",
	    "ABC+5DEF,59/4,300", "EET-2EEST,M3.4.4/50,M10.4.4/50", "JUL0SUM,J59/24,J305/-24"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(footer); i++) {
		const struct zone *z = footer_zone(footer[i]);

		setenv("TZ", footer[i], 1);
		tzset();
		for (int32_t year = 1999; year < 2030; year++)
			for (int64_t t = at(year, 1, 1, 0) + 3 * 86400, until_s, end = t + 360 * 86400; t < end;
			     t = until_s) {
				time_t now;
				struct tm tm;

				(void)zone_offset_s(z, t, &until_s);
				for (int64_t k = -1; k <= 1 && until_s < end; k++) {
					now = (time_t)(until_s + k);
					localtime_r(&now, &tm);
					if (tm.tm_gmtoff != zone_offset_s(z, until_s + k, NULL))
						fail_msg("%s differs at %lld", footer[i], (long long)now);
				}
				now = (time_t)(t + 10 * 86400);
				localtime_r(&now, &tm);
				if (tm.tm_gmtoff != zone_offset_s(z, now, NULL))
					fail_msg("%s differs at %lld", footer[i], (long long)now);
			}
	}
}

static void
unusable_footers_are_refused(void **state)
{
	static const char *const footer[] = {"U0", "UTC", "UTC25", "UTC0:60", "EST5EDT", "EST5EDT,M3.2.0",
	    "EST5EDT,M3.2.0,M11.1.0x", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M0.2.0,M11.1.0",
	    "EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.0.0,M11.1.0", "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,J0,J5",
	    "EST5EDT,J366,J5", "EST5EDT,366,5", "EST5EDT,M3.2.0/168,M11.1.0", "<+03-3", "<>5", "<a!b>5",
	    "UTC0\n\nUTC0", "EST5ED1,M3.2.0,M11.1.0", "EST99999999999"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(footer); i++) {
		struct zone *z;
		struct fault f = {0};

		if (zone_parse(STR("T"), footer_only(footer[i]), a, &z, &f) != E_INVALID)
			fail_msg("%s was taken", footer[i]);
		assert_string_equal(f.field, "zone");
	}
}

static void
a_zone_without_a_footer_keeps_its_last_offset(void **state)
{
	const struct zone *z = footer_zone("");
	int64_t until_s;

	(void)state;
	assert_int_equal(zone_offset_s(z, INT64_MAX, &until_s), 0);
	assert_true(until_s == INT64_MAX);
}

static void
the_ends_of_time_do_not_overflow(void **state)
{
	const struct zone *z = zone_of("America/New_York");
	struct civil c;
	int64_t until_s;

	(void)state;
	zone_local(z, INT64_MAX, &c);
	assert_int_equal(c.year, 9999);
	zone_local(z, INT64_MIN, &c);
	assert_int_equal(c.year, 1);
	(void)zone_offset_s(z, INT64_MAX, &until_s);
	(void)zone_offset_s(z, INT64_MIN, &until_s);
	c = civil(9999, 12, 31, 23, 59);
	(void)zone_instant(z, &c);
	c = civil(1, 1, 1, 0, 0);
	(void)zone_instant(z, &c);
}

/* Every single byte changed in two ways, every length: refused, or a zone that can be asked. */
static void
a_damaged_file_is_refused_or_harmless(void **state)
{
	struct str whole = str_copy(a, read_file(ZONEINFO "/Europe/Dublin"));
	char *bytes = arena_alloc(a, whole.n, 1);
	struct zone *z;
	unsigned refused = 0;

	(void)state;
	assert_true(whole.n > 1000);
	for (size_t n = 0; n < whole.n; n++) {
		struct arena_mark m = arena_mark(a);

		assert_int_equal(zone_parse(STR("T"), str_sub(whole, 0, n), a, &z, NULL), E_INVALID);
		for (unsigned flip = 0x80; flip > 0; flip = flip == 0x80 ? 1 : 0) {
			memcpy(bytes, whole.p, whole.n);
			bytes[n] = (char)(bytes[n] ^ (int)flip);
			if (zone_parse(STR("T"), (struct str){bytes, whole.n}, a, &z, NULL) != OK) {
				refused++;
				continue;
			}
			struct civil c;
			zone_local(z, 1795295063, &c);
			(void)zone_instant(z, &c);
		}
		arena_rewind(a, m);
	}
	assert_true(refused > 100);
}

static void
files_that_count_leap_seconds_are_refused(void **state)
{
	struct zone *z;
	struct str file = read_file(ZONEINFO "/right/Europe/Berlin");

	(void)state;
	if (file.n == 0)
		skip(); /* this system has no such files */
	assert_int_equal(zone_parse(STR("T"), file, a, &z, NULL), E_INVALID);
}

static void
a_zone_name_cannot_leave_its_folder(void **state)
{
	static const char *const good[] = {"UTC", "America/Port-au-Prince", "Etc/GMT+5",
	    "America/Argentina/ComodRivadavia"};
	static const char *const bad[] = {"", "/etc/passwd", "../x", "a/../b", "a//b", "Europe/", "a b",
	    "Europe/Z\xc3\xbcrich", "x.tab",
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++)
		assert_true(zone_name_valid(str_of(good[i])));
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(zone_name_valid(str_of(bad[i])));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_zone_agrees_with_the_c_library),
		cmocka_unit_test(a_skipped_half_past_two_becomes_half_past_three),
		cmocka_unit_test(of_two_half_past_ones_the_first_is_meant),
		cmocka_unit_test(the_time_on_the_wall_is_written),
		cmocka_unit_test(the_day_that_samoa_skipped_becomes_the_next),
		cmocka_unit_test(footers_agree_with_the_c_library),
		cmocka_unit_test(unusable_footers_are_refused),
		cmocka_unit_test(a_zone_without_a_footer_keeps_its_last_offset),
		cmocka_unit_test(the_ends_of_time_do_not_overflow),
		cmocka_unit_test(a_damaged_file_is_refused_or_harmless),
		cmocka_unit_test(files_that_count_leap_seconds_are_refused),
		cmocka_unit_test(a_zone_name_cannot_leave_its_folder),
	};
	return cmocka_run_group_tests_name("domain/base/zone", tests, open_arena, close_arena);
}
