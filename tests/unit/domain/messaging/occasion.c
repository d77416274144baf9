/* tests/unit/domain/messaging/occasion.c -- words with names: checked, filled, as a mail; the table is whole. */
#include "domain/messaging/occasion.h"
#include "tests/unit/arena.h"
#include "tests/unit/test.h"

ARENA_OF_EACH_TEST(a)

static void
the_table_is_whole_in_both_languages(void **state)
{
	struct fault f = {0};

	(void)state;
	if (occasion_check_all(&f) != OK)
		fail_msg("%s: %s", f.field, f.why);
}

static void
a_name_that_does_not_exist_is_named(void **state)
{
	static const char *const bad[] = {"Hello {nmae}", "{day", "day}", "{}", "{{name}}"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct fault f = {0};

		assert_int_equal(words_check(OCCASION_ON_WAY, str_of(bad[i]), false, "sms_en", &f), E_INVALID);
		assert_string_equal(f.field, "sms_en");
	}
	struct fault f = {0};

	assert_int_equal(words_check(OCCASION_ON_WAY, STR("Hello {nmae}"), false, "sms_en", &f), E_INVALID);
	assert_string_equal(words_fault(a, ENGLISH, &f).p, "There is nothing called {nmae} here.");
	assert_string_equal(words_fault(a, SPANISH, &f).p, "Aquí no hay nada llamado {nmae}.");
}

static void
a_link_in_a_mail_is_a_button(void **state)
{
	struct fault f = {0};

	(void)state;
	assert_int_equal(words_check(OCCASION_ON_WAY, STR("See {url} now"), true, "mail_en", &f), E_INVALID);
	f = (struct fault){0};
	assert_int_equal(words_check(OCCASION_ON_WAY, STR("[See]({url})"), true, "mail_en", &f), OK);
	assert_int_equal(words_check(OCCASION_ON_WAY, STR("See {url} now"), false, "sms_en", &f), OK);
}

static void
words_are_filled_and_what_is_missing_is_said(void **state)
{
	const struct template_value v[] = {{STR("name"), STR("Rosa\nRuiz")}, {STR("tech"), STR("Tom")}};
	struct fault f = {0};
	struct str out;

	(void)state;
	assert_int_equal(words_fill(STR("{tech} to {name}"), v, 2, 100, a, &out, &f), OK);
	assert_string_equal(out.p, "Tom to Rosa Ruiz");
	assert_int_equal(words_fill(STR("{time}"), v, 2, 100, a, &out, &f), E_INVALID);
	f = (struct fault){0};
	assert_int_equal(words_fill(STR("{tech} to {name}"), v, 2, 10, a, &out, &f), E_INVALID);
}

static void
what_a_person_typed_stays_as_it_is(void **state)
{
	const char *typed = "Use {this} and [that]\n[not a button](x)\n\nBye <b>";
	struct template_twin twin;
	struct fault f = {0};

	(void)state;
	if (words_twin(words_plain(a, STR("a {b}")), words_plain(a, str_of(typed)), ENGLISH, NULL, 0, a, &twin, &f) != OK)
		fail_msg("%s", words_fault(a, ENGLISH, &f).p);
	assert_string_equal(str_copy(a, twin.subject).p, "a {b}");
	assert_string_equal(str_trim(str_copy(a, twin.text)).p, "Use {this} and [that]\n[not a button](x)\n\nBye <b>\n");
	assert_non_null(strstr(str_copy(a, twin.html).p, "<br>\n[not a button](x)"));
	assert_non_null(strstr(str_copy(a, twin.html).p, "Bye &lt;b&gt;"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_is_whole_in_both_languages),
		cmocka_unit_test(a_name_that_does_not_exist_is_named),
		cmocka_unit_test(a_link_in_a_mail_is_a_button),
		cmocka_unit_test(words_are_filled_and_what_is_missing_is_said),
		cmocka_unit_test(what_a_person_typed_stays_as_it_is),
	};

	return cmocka_run_group_tests_name("occasion", tests, open_arena, close_arena);
}
