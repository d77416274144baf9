/* tests/unit/domain/messaging/link.c -- links of ours are kept so that they open nothing; all other words stay as they are. */
#include "domain/messaging/link.h"

#include "tests/unit/test.h"

#define HOME STR("https://blue.pool.example/")

static void
shut(struct arena *a, const char *words, const char *wanted)
{
	const struct str is = link_shut(str_of(words), HOME, a);

	if (!str_eq(is, str_of(wanted)))
		fail_msg("%.*s is not %s", STR_ARG(is), wanted);
}

static void
a_link_of_ours_opens_nothing_any_more(void **state)
{
	struct arena *a = arena_open(1 << 12, 1 << 20, NULL);

	(void)state;
	shut(a, "Pay: https://blue.pool.example/portal/bill#v1.2.aB-_.x9 today", "Pay: https://blue.pool.example/portal/bill#\xe2\x80\xa6 today");
	shut(a, "https://blue.pool.example/api/portal/bookings/calendar.ics?token=v1.2.ab&x=1 and https://blue.pool.example/book/mine#t",
	    "https://blue.pool.example/api/portal/bookings/calendar.ics?token=\xe2\x80\xa6&x=1 and https://blue.pool.example/book/mine#\xe2\x80\xa6");
	shut(a, "{\"name\":\"url\",\"value\":\"https://blue.pool.example/book/due#v1\"}", "{\"name\":\"url\",\"value\":\"https://blue.pool.example/book/due#\xe2\x80\xa6\"}");
	arena_close(a);
}

static void
other_words_and_other_peoples_links_stay(void **state)
{
	struct arena *a = arena_open(1 << 12, 1 << 20, NULL);
	static const char *const same[] = {"", "gate #4417, token=1", "https://blue.pool.example/portal/bills", "https://blue.pool.example/book/mine#",
	    "https://reviews.example/blue#write", "https://red.pool.example/portal/bill#v1.2"};

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++)
		shut(a, same[i], same[i]);
	arena_close(a);
}

static void
words_that_were_changed_have_their_links_again(void **state)
{
	static const char was[] = "Blue: confirmed. Change: https://blue.pool.example/book/mine#v1.ab, pay https://blue.pool.example/pay#v2";
	struct arena *a = arena_open(1 << 12, 1 << 20, NULL);
	const struct str shown = link_shut(str_of(was), HOME, a);
	const struct {
		const char *changed, *wanted;
	} row[] = {
	    {"Hi! https://blue.pool.example/book/mine#\xe2\x80\xa6 and https://blue.pool.example/pay#\xe2\x80\xa6.",
		"Hi! https://blue.pool.example/book/mine#v1.ab and https://blue.pool.example/pay#v2."},
	    {"Pay https://blue.pool.example/pay#\xe2\x80\xa6", "Pay https://blue.pool.example/pay#v2"},
	    {"See you", "See you"},
	    {"https://blue.pool.example/other#\xe2\x80\xa6", "https://blue.pool.example/other#\xe2\x80\xa6"},
	    {"", ""},
	};

	(void)state;
	assert_true(str_eq(link_again(shown, str_of(was), shown, a), str_of(was)));
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++)
		if (!str_eq(link_again(str_of(row[i].changed), str_of(was), shown, a), str_of(row[i].wanted)))
			fail_msg("%s", row[i].changed);
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_link_of_ours_opens_nothing_any_more),
		cmocka_unit_test(other_words_and_other_peoples_links_stay),
		cmocka_unit_test(words_that_were_changed_have_their_links_again),
	};

	return cmocka_run_group_tests_name("link", tests, NULL, NULL);
}
