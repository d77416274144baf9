/* tests/unit/domain/base/ical.c -- what we write of a calendar is what libical reads. */
#include "domain/base/ical.h"

#include <libical/ical.h>

#include "domain/base/arena.h"
#include "tests/unit/arena.h"
#include "tests/unit/test.h"

ARENA_OF_EACH_TEST(arena)

/* The event of a calendar that has this line in it; NULL if libical finds an error. */
static icalcomponent *
read_back(struct buf *line)
{
	struct buf b = buf_open(arena, 1024, 1 << 16);
	icalcomponent *all;

	buf_add(&b, STR("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n"));
	buf_add(&b, buf_str(line));
	buf_add(&b, STR("END:VEVENT\r\nEND:VCALENDAR\r\n"));
	all = icalparser_parse_string(str_copy(arena, buf_str(&b)).p);
	assert_non_null(all);
	assert_int_equal(icalcomponent_count_errors(all), 0);
	return all;
}

static void
words_come_back_as_they_were(void **state)
{
	static const char *const words[] = {"Dana Whitfield: Weekly", "a;b,c\\d", "two\nlines", "Ni\u00f1o, Jos\u00e9; 12 \\ Main",
	    "a line of more than seventy-five bytes that has to be folded once, and then a second time because it does not end, "
	    "and a third \u2014 with letters of two bytes \u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9 and of four \U0001F3CA\U0001F3CA\U0001F3CA"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(words); i++)
		for (size_t pad = 0; pad < 5; pad++) {
			struct str text = str_printf(arena, "%.*s%s", (int)pad, "xxxx", words[i]);
			struct buf b = buf_open(arena, 256, 4096);
			icalcomponent *all;

			ical_text(&b, "SUMMARY", text);
			all = read_back(&b);
			assert_string_equal(icalcomponent_get_summary(all), text.p);
			icalcomponent_free(all);
			for (struct str rest = buf_str(&b), line; rest.n > 0;) {
				size_t n = str_find(rest, '\n');

				line = str_sub(rest, 0, n);
				assert_true(line.n <= ICAL_LINE_MAX + 1 && line.p[line.n - 1] == '\r');
				assert_true(str_utf8(line, NULL));
				rest = str_sub(rest, n + 1, rest.n - n - 1);
			}
		}
}

static void
what_would_end_a_line_is_not_written(void **state)
{
	struct buf b = buf_open(arena, 256, 4096);

	(void)state;
	ical_text(&b, "SUMMARY", STR("a\r\nEND:VEVENT\x7f\x01"));
	assert_true(str_eq(buf_str(&b), STR("SUMMARY:a\\nEND:VEVENT\r\n")));
}

static void
days_and_instants_are_those_that_libical_reads(void **state)
{
	struct buf b = buf_open(arena, 256, 4096);
	icalcomponent *all;
	struct icaltimetype t;
	struct day d;

	(void)state;
	assert_true(day_of(2026, 11, 4, &d));
	ical_day(&b, "DTSTART", d);
	ical_instant(&b, "DTEND", 1793923261);
	all = read_back(&b);
	t = icalcomponent_get_dtstart(all);
	assert_true(t.is_date && t.year == 2026 && t.month == 11 && t.day == 4);
	t = icalcomponent_get_dtend(all);
	assert_true(icaltime_is_utc(t));
	assert_int_equal(icaltime_as_timet(t), 1793923261);
	icalcomponent_free(all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(words_come_back_as_they_were, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(what_would_end_a_line_is_not_written, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(days_and_instants_are_those_that_libical_reads, open_arena, close_arena),
	};

	return cmocka_run_group_tests_name("domain/base/ical", tests, NULL, NULL);
}
