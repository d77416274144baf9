/* tests/unit/domain/messaging/spoken.c -- what a voice says: whole TwiML, nothing of the words becomes a command. */
#include "domain/messaging/spoken.h"

#include "tests/unit/test.h"

static bool
holds(struct str s, const char *part)
{
	return memmem(s.p, s.n, part, strlen(part)) != NULL;
}

static void
a_call_says_it_offers_its_keys_and_says_it_again(void **state)
{
	struct arena *a = arena_open(1 << 14, 1 << 22, NULL);
	const struct str es = spoken_call(STR("Su visita es ma\xc3\xb1" "ana."), STR("https://x.example/keys?a=1&b=2"), SPANISH, a);

	(void)state;
	assert_string_equal(es.p, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Gather input=\"dtmf\" numDigits=\"1\" method=\"POST\" "
	    "action=\"https://x.example/keys?a=1&amp;b=2\" timeout=\"5\"><Say language=\"es-US\">Su visita es ma\xc3\xb1" "ana.</Say>"
	    "<Say language=\"es-US\">Para escucharlo otra vez, marque 1. Para no recibir m\xc3\xa1s llamadas nuestras, marque 9.</Say></Gather>"
	    "<Say language=\"es-US\">Su visita es ma\xc3\xb1" "ana.</Say><Pause length=\"10\"/><Hangup/></Response>");
	const struct str alone = spoken_call(STR("Fire"), STR(""), ENGLISH, a);

	assert_false(holds(alone, "Gather") || holds(alone, "press"));
	assert_string_equal(spoken_end(STR(""), ENGLISH, a).p, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Hangup/></Response>");
	arena_close(a);
}

static void
words_stay_words_and_long_ones_are_said_once(void **state)
{
	struct arena *a = arena_open(1 << 14, 1 << 22, NULL);
	struct buf b = buf_open(a, 4096, 4096);
	struct str s = spoken_call(STR("</Say><Dial>+1900</Dial>\x01\n"), STR(""), ENGLISH, a);

	(void)state;
	assert_true(holds(s, "&lt;/Say&gt;&lt;Dial&gt;+1900&lt;/Dial&gt;</Say>"));
	assert_false(holds(s, "<Dial>") || holds(s, "\x01"));
	while (b.n < 1600)
		buf_add(&b, STR("Tom & Ann "));
	s = spoken_call(buf_str(&b), STR("https://x.example"), ENGLISH, a);
	assert_true(s.n <= SPOKEN_MAX && str_ends(s, STR("</Say></Gather><Pause length=\"10\"/><Hangup/></Response>")));
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_call_says_it_offers_its_keys_and_says_it_again),
		cmocka_unit_test(words_stay_words_and_long_ones_are_said_once),
	};

	return cmocka_run_group_tests_name("domain/messaging/spoken", tests, NULL, NULL);
}
