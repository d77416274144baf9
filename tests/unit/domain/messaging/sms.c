/* tests/unit/domain/messaging/sms.c -- what a text costs, and what one word asks of us. */
#include "domain/messaging/sms.h"
#include "tests/unit/arena.h"
#include "tests/unit/test.h"

ARENA_OF_EACH_TEST(a)

static struct sms_size
size(const char *text)
{
	struct sms_size s;

	sms_size(str_of(text), &s);
	return s;
}

static struct str
many(const char *letter, unsigned n)
{
	struct buf b = buf_open(a, 4096, 65536);

	while (n-- > 0)
		buf_add(&b, str_of(letter));
	return buf_str(&b);
}

static void
segments_follow_the_alphabet(void **state)
{
	static const struct {
		const char *letter;
		unsigned n, letters, segments;
		bool wide;
	} c[] = {
		/* 3GPP TS 23.038: 160 letters alone, 153 each joined; the extension takes two; UCS-2 70 and 67 */
		{"a", 0, 0, 0, false}, {"a", 1, 1, 1, false}, {"a", 160, 160, 1, false}, {"a", 161, 161, 2, false},
		{"a", 306, 306, 2, false}, {"a", 307, 307, 3, false}, {"{", 80, 160, 1, false}, {"{", 81, 162, 2, false},
		{"\xe2\x82\xac", 1, 2, 1, false}, {"\xc3\xb1", 160, 160, 1, false} /* n with tilde */, {"\xc2\xbf", 1, 1, 1, false},
		{"\xc3\xa1", 1, 1, 1, true} /* a acute */, {"\xc3\xa1", 70, 70, 1, true}, {"\xc3\xa1", 71, 71, 2, true},
		{"\xc3\xa1", 134, 134, 2, true}, {"\xc3\xa1", 135, 135, 3, true}, {"\xf0\x9f\x8f\x8a", 35, 70, 1, true} /* a swimmer */,
		{"\xf0\x9f\x8f\x8a", 36, 72, 2, true}, {"`", 1, 1, 1, true}, {"\xc3\xa9", 1, 1, 1, false} /* e acute */,
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(c); i++) {
		struct sms_size s;

		sms_size(many(c[i].letter, c[i].n), &s);
		if (s.letters != c[i].letters || s.segments != c[i].segments || s.wide != c[i].wide)
			fail_msg("%u x %s: %u letters, %u segments, wide %d", c[i].n, c[i].letter, s.letters, s.segments, s.wide);
	}
}

static void
spanish_without_its_accents_is_cheap(void **state)
{
	const char *text = "Mañana a las 9: ¿está la reja abierta? “Sí” — gracias…";
	const struct str narrow = sms_narrow(a, str_of(text));

	(void)state;
	assert_true(size(text).wide);
	assert_true(str_eq(size(text).first, str_of("á")));
	assert_string_equal(narrow.p, "Mañana a las 9: ¿esta la reja abierta? \"Si\" - gracias...");
	assert_false(size(narrow.p).wide);
}

static void
one_word_asks_a_sentence_does_not(void **state)
{
	static const struct {
		const char *text;
		enum sms_word word;
		enum language l;
	} c[] = {{"STOP", SMS_STOP, ENGLISH}, {" stop. ", SMS_STOP, ENGLISH}, {"Unsubscribe!", SMS_STOP, ENGLISH},
		{"ALTO", SMS_STOP, SPANISH}, {"Parar", SMS_STOP, SPANISH}, {"no más", SMS_STOP, SPANISH}, {"BAJA", SMS_STOP, SPANISH},
		{"Start", SMS_START, ENGLISH}, {"alta", SMS_START, SPANISH}, {"help", SMS_HELP, ENGLISH}, {"Ayuda.", SMS_HELP, SPANISH},
		{"please stop by tomorrow", SMS_WORDS, ENGLISH}, {"don't stop", SMS_WORDS, ENGLISH}, {"", SMS_WORDS, ENGLISH},
		{"helpful", SMS_WORDS, ENGLISH}, {"alto ahi", SMS_WORDS, ENGLISH}, {"...", SMS_WORDS, ENGLISH}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(c); i++) {
		enum language l = ENGLISH;

		if (sms_word(str_of(c[i].text), &l) != c[i].word || l != c[i].l)
			fail_msg("%s is not read as it is meant", c[i].text);
	}
}

static void
a_number_alone_is_a_rating(void **state)
{
	static const struct {
		const char *text;
		unsigned stars;
	} c[] = {{"5", 5}, {" 4! ", 4}, {"1.", 1}, {"five", 5}, {"Cinco", 5}, {"3 stars", 3}, {"2 estrellas", 2}, {"0", 0}, {"6", 0},
		{"55", 0}, {"5 pm works", 0}, {"at 5", 0}, {"", 0}, {"5 stars!!", 5}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(c); i++)
		if (sms_rating(str_of(c[i].text)) != c[i].stars)
			fail_msg("%s: %u", c[i].text, sms_rating(str_of(c[i].text)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(segments_follow_the_alphabet),
		cmocka_unit_test(spanish_without_its_accents_is_cheap),
		cmocka_unit_test(one_word_asks_a_sentence_does_not),
		cmocka_unit_test(a_number_alone_is_a_rating),
	};

	return cmocka_run_group_tests_name("sms", tests, open_arena, close_arena);
}
