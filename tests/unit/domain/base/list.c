/* tests/unit/domain/base/list.c -- short lists in one column. */
#include "domain/base/list.h"

#include "tests/unit/arena.h"
#include "tests/unit/test.h"

ARENA_OF_EACH_TEST(arena)

static void
what_is_written_is_read_the_same(void **state)
{
	const uint64_t id[] = {1, UINT64_C(3762000000000000001)};
	const int32_t v[] = {0, -7, INT32_MAX};
	const struct str word[] = {STR("liquid chlorine"), STR("algaecide, copper"), STR("\xc3\xa1""cido")};
	struct str words[3];
	uint64_t ids[2];
	int32_t numbers[3];
	size_t n;

	(void)state;
	assert_true(list_read_ids(list_write_ids(arena, id, 2), ids, 2, &n) && n == 2);
	assert_memory_equal(id, ids, sizeof(id));
	assert_true(list_read_numbers(list_write_numbers(arena, v, 3), numbers, 3, &n) && n == 3);
	assert_memory_equal(v, numbers, sizeof(v));
	assert_true(list_read_words(list_write_words(arena, word, 3), words, 3, &n) && n == 3);
	for (size_t i = 0; i < 3; i++)
		assert_true(str_eq(word[i], words[i]));
	assert_true(list_read_ids(list_write_ids(arena, id, 0), ids, 2, &n) && n == 0);
}

static void
what_we_did_not_write_is_refused(void **state)
{
	static const char *const bad[] = {"", "[", "{}", "[1,]", "[,1]", "[\"\"]", "[\"a]", "[1 2]", "[\"a\"\"b\",]", "[1,2,3,4]",
		"[99999999999]", "[\"a\\\"b\"]", "[1],"};
	struct str words[3];
	uint64_t ids[3];
	int32_t numbers[3];
	size_t n = 77;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		assert_false(list_read_ids(str_of(bad[i]), ids, 3, &n));
		assert_false(list_read_numbers(str_of(bad[i]), numbers, 3, &n));
		assert_false(list_read_words(str_of(bad[i]), words, 3, &n));
	}
	assert_int_equal(n, 77);
	assert_false(list_word_valid(STR("")));
	assert_false(list_word_valid(STR("a\"b")));
	assert_false(list_word_valid(STR("a\nb")));
	assert_true(list_word_valid(STR("a, b")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_written_is_read_the_same),
	    cmocka_unit_test(what_we_did_not_write_is_refused),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
