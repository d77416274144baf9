/* tests/unit/domain/messaging/mail.c -- addresses, header words, what never reaches a header. */
#include "domain/messaging/mail.h"
#include "tests/unit/arena.h"
#include "tests/unit/test.h"

ARENA_OF_EACH_TEST(a)

static void
usual_addresses_are_taken(void **state)
{
	static const char *const good[] = {"ann@blue.example", "a.b+c@x-y.example",
	    "o'neil@blue.co.uk", "ann@localhost", "A_1@Blue.Example", "x@1.example"};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(mail_address_valid(str_of(good[i])));
}

static void
what_could_end_a_command_is_no_address(void **state)
{
	static const char *const bad[] = {"", "@", "ann", "ann@", "@blue.example", "ann@blue",
	    "a nn@blue.example", "ann@blue.example\r\nRCPT TO:<x@y.example>", "ann@blue.example>",
	    "<ann@blue.example>", "a@b@c.example", ".ann@blue.example", "ann.@blue.example",
	    "a..b@blue.example", "ann@.example", "ann@blue..example", "ann@-blue.example",
	    "ann@blue-.example", "\"a b\"@blue.example", "ann@[127.0.0.1]",
	    "ann@bl\xc3\xbc.example", "\xc3\xa4@blue.example", "ann,bob@blue.example",
	    "ann@blue.example "};
	char long_local[80];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(mail_address_valid(str_of(bad[i])));
	assert_false(mail_address_valid((struct str){"a\0b@c.example", 13}));
	memset(long_local, 'a', 65);
	memcpy(long_local + 65, "@b.example", 11);
	assert_false(mail_address_valid(str_of(long_local)));
	assert_true(mail_address_valid(str_of(long_local + 1)));
}

static void
plain_words_stay_as_they_are(void **state)
{
	(void)state;
	assert_string_equal(
	    mail_word(a, STR("Your password was changed")).p, "Your password was changed");
}

static void
foreign_letters_are_encoded_and_never_cut(void **state)
{
	struct str w = mail_word(a, STR("Confirma tu correo electr\xc3\xb3nico para Piscinas "
					"Espa\xc3\xb1olas y m\xc3\xa1s"));
	size_t line = 0;

	(void)state;
	assert_string_equal(mail_word(a, STR("\xc3\xb3")).p, "=?UTF-8?B?w7M=?=");
	assert_true(str_starts(w, STR("=?UTF-8?B?")));
	for (size_t i = 0; i < w.n; i++) {
		assert_true(w.p[i] == '\r' || w.p[i] == '\n' || (w.p[i] >= ' ' && w.p[i] <= '~'));
		line = w.p[i] == '\n' ? 0 : line + 1;
		assert_true(line <= 67);
	}
	/* 39 bytes end within a letter of two: it moves into the next word whole. */
	w = mail_word(a, STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\xc3\xb3"));
	assert_string_equal(w.p, "=?UTF-8?B?YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=?="
				 "\r\n =?UTF-8?B?w7M=?=");
}

static void
a_word_cannot_add_a_header(void **state)
{
	(void)state;
	assert_string_equal(mail_word(a, STR("Hi\r\nBcc: x@y.example")).p, "Hi  Bcc: x@y.example");
	assert_string_equal(
	    mail_word(a, STR("=?UTF-8?Q?x?=")).p, "=?UTF-8?B?PT9VVEYtOD9RP3g/PQ==?=");
	assert_string_equal(mail_phrase(a, STR("Blue \"Pool\" \\ Co\nX: y")).p,
	    "\"Blue \\\"Pool\\\" \\\\ Co X: y\"");
	assert_string_equal(mail_phrase(a, STR("Pi\xc3\xb1")).p, "=?UTF-8?B?UGnDsQ==?=");
}

static void
a_sender_is_a_name_and_an_address(void **state)
{
	struct str name, address;

	(void)state;
	assert_true(mail_split(STR("Poolhouse <no-reply@poolhouse.example>"), &name, &address));
	assert_true(str_eq(name, STR("Poolhouse")));
	assert_true(str_eq(address, STR("no-reply@poolhouse.example")));
	assert_true(mail_split(STR("\"Pool, House\" <a@b.example>"), &name, &address));
	assert_true(str_eq(name, STR("Pool, House")));
	assert_true(mail_split(STR("a@b.example"), &name, &address));
	assert_int_equal(name.n, 0);
	assert_false(mail_split(STR("Poolhouse <a@b.example"), &name, &address));
	assert_false(mail_split(STR("Poolhouse"), &name, &address));
	assert_false(mail_split(STR("x <a@b.example> <c@d.example>"), &name, &address));
}

static void
an_order_to_no_address_is_refused(void **state)
{
	struct template_value v[] = {{STR("name"), STR("Ann")}, {STR("company"), STR("Blue")}};
	struct mail_order o = {.to = STR("ann@blue"), .template = MAIL_STAFF_DISABLED, .language = ENGLISH, .values = v, .values_n = 2};
	struct template_twin twin;
	struct fault f = {0};

	(void)state;
	assert_int_equal(mail_compose(&o, a, &twin, &f), E_INVALID);
	assert_string_equal(f.field, "to");
	o.to = STR("ann@blue.example");
	assert_int_equal(mail_compose(&o, a, &twin, NULL), OK);
	assert_true(str_eq(mail_value(&o, "company"), STR("Blue")));
	assert_null(mail_value(&o, "url").p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(usual_addresses_are_taken),
	    cmocka_unit_test(what_could_end_a_command_is_no_address),
	    cmocka_unit_test_setup_teardown(plain_words_stay_as_they_are, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		foreign_letters_are_encoded_and_never_cut, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(a_word_cannot_add_a_header, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		a_sender_is_a_name_and_an_address, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		an_order_to_no_address_is_refused, open_arena, close_arena),
	};

	return cmocka_run_group_tests_name("domain/messaging/mail", tests, NULL, NULL);
}
