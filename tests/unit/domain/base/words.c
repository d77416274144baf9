/* tests/unit/domain/base/words.c -- every sentence has a twin with the same values in the same order. */
#include "domain/base/words.h"

#include "tests/unit/arena.h"
#include "tests/unit/test.h"

ARENA_OF_EACH_TEST(a)

static void
the_first_supported_language_is_spoken(void **state)
{
	(void)state;
	assert_int_equal(language_of(STR("es")), SPANISH);
	assert_int_equal(language_of(STR("es-MX,es;q=0.9,en;q=0.8")), SPANISH);
	assert_int_equal(language_of(STR("de-CH, fr;q=0.9 , ES-419 ;q=0.5,en")), SPANISH);
	assert_int_equal(language_of(STR("en-US,es;q=0.2")), ENGLISH);
	assert_int_equal(language_of(STR("es;q=0, en")), ENGLISH);
	assert_int_equal(language_of(STR("es;q=0.001")), SPANISH);
	assert_int_equal(language_of(STR("de,fr,*")), ENGLISH);
	assert_int_equal(language_of(STR("est")), ENGLISH);
	assert_int_equal(language_of(STR_NONE), ENGLISH);
	assert_int_equal(language_of(STR(",,;;--")), ENGLISH);
	assert_string_equal(language_tag(SPANISH), "es");
	assert_string_equal(language_tag(ENGLISH), "en");
}

static void
a_day_is_written_as_people_write_it(void **state)
{
	struct day d;

	(void)state;
	assert_true(day_read(STR("2026-06-05"), &d));
	assert_true(str_eq(words_day(a, d, ENGLISH), STR("Jun 5, 2026")));
	assert_true(str_eq(words_day(a, d, SPANISH), STR("5 jun 2026")));
}

/* The conversions of a sentence, without the words between them. */
static struct str
skeleton(const char *sentence)
{
	struct buf b = buf_open(a, 16, 256);

	for (const char *p = strchr(sentence, '%'); p != NULL; p = strchr(p + 1, '%')) {
		/* A label may end on a per cent sign of its own ("12.5%"): it is said, never filled. */
		size_t n = p[1] == '\0' ? 1 : p[1] == '%' ? 2 : strcspn(p, "sdu") + 1;

		buf_add(&b, (struct str){p, n});
		p += n - 1;
	}
	return buf_str(&b);
}

static void
every_twin_has_the_values_of_its_sentence(void **state)
{
	(void)state;
	assert_true(words_count() > 10);
	for (size_t i = 0; i < words_count(); i++) {
		const char *en = words_at(i, ENGLISH), *es = words_at(i, SPANISH);

		if (!str_eq(skeleton(en), skeleton(es)))
			fail_msg("\"%s\" and \"%s\" differ in their values", en, es);
		if (!str_utf8(str_of(es), NULL) || strcmp(en, es) == 0)
			fail_msg("\"%s\" has no proper twin", en);
	}
}

static void
no_sentence_stands_twice(void **state)
{
	(void)state;
	for (size_t i = 0; i < words_count(); i++)
		for (size_t k = 0; k < i; k++)
			if (strcmp(words_at(i, ENGLISH), words_at(k, ENGLISH)) == 0)
				fail_msg("\"%s\" stands twice", words_at(i, ENGLISH));
}

static void
a_message_carries_its_values(void **state)
{
	struct fault f = {0};

	(void)state;
	assert_int_equal(fail(&f, E_INVALID, "x", "%s is %d%% of %.*s", "Ünal %s", 50, 2, "abc"), E_INVALID);
	assert_string_equal(words_fault(a, SPANISH, &f).p, "Ünal %s is 50% of ab");
}

static void
an_error_without_a_reason_says_what_it_is(void **state)
{
	(void)state;
	for (enum err e = E_INVALID; e < ERR_COUNT; e++) {
		struct fault f = {.err = e};
		struct str en = words_fault(a, ENGLISH, &f), es = words_fault(a, SPANISH, &f);

		assert_true(en.n > 10 && es.n > 10);
		assert_false(str_eq(en, es));
	}
	assert_string_equal(words_say(SPANISH, "You may not do this."), "No tienes permiso para hacer esto.");
	assert_string_equal(words_say(SPANISH, "Nobody ever said this"), "Nobody ever said this");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_supported_language_is_spoken),
		cmocka_unit_test(a_day_is_written_as_people_write_it),
		cmocka_unit_test(every_twin_has_the_values_of_its_sentence),
		cmocka_unit_test(no_sentence_stands_twice),
		cmocka_unit_test(a_message_carries_its_values),
		cmocka_unit_test(an_error_without_a_reason_says_what_it_is),
	};
	return cmocka_run_group_tests_name("domain/base/words", tests, open_arena, close_arena);
}
