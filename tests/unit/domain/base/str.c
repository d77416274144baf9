/* tests/unit/domain/base/str.c -- strings, growing texts, UTF-8 and encodings. */
#include "domain/base/str.h"
#include "tests/unit/arena.h"
#include "tests/unit/test.h"

ARENA_OF_EACH_TEST(a)

static void
assert_str(struct str s, const char *want)
{
	assert_int_equal(s.n, strlen(want));
	if (s.n > 0)
		assert_memory_equal(s.p, want, s.n);
}

static void
strings_compare_by_bytes_then_length(void **state)
{
	(void)state;
	assert_true(str_eq(STR_NONE, STR("")));
	assert_true(str_eq(STR("a\0b"), STR("a\0b")));
	assert_false(str_eq(STR("a\0b"), STR("a\0c")));
	assert_true(str_eq_nocase(STR("Owner@X"), STR("oWNER@x")));
	assert_false(str_eq_nocase(STR("\xc3\x89"), STR("\xc3\xa9")));
	assert_int_equal(str_cmp(STR("ab"), STR("abc")), -1);
	assert_int_equal(str_cmp(STR("\xff"), STR("a")), 1);
	assert_int_equal(str_cmp(STR_NONE, STR("")), 0);
	assert_true(str_starts(STR("v1.x"), STR("v1.")) && str_starts(STR("x"), STR_NONE));
	assert_false(str_starts(STR("v1"), STR("v1.")));
	assert_true(str_ends(STR("a.localhost"), STR(".localhost")));
	assert_false(str_ends(STR("localhost"), STR(".localhost")));
}

static void
parts_of_a_string_are_clipped_to_it(void **state)
{
	struct str rest;

	(void)state;
	assert_str(str_sub(STR("hello"), 1, 3), "ell");
	assert_str(str_sub(STR("hello"), 3, SIZE_MAX), "lo");
	assert_str(str_sub(STR("hello"), 9, 1), "");
	assert_str(str_trim(STR(" \t\r\n a b \v")), "a b");
	assert_str(str_trim(STR("   ")), "");
	assert_str(str_digits(a, STR("INV-000042, 1 23456789")), "000042123456");
	assert_str(str_cut(STR("k=v=w"), '=', &rest), "k");
	assert_str(rest, "v=w");
	assert_str(str_cut(STR("k"), '=', &rest), "k");
	assert_null(rest.p);
	assert_str(str_cut(STR("k="), '=', &rest), "k");
	assert_non_null(rest.p);
	assert_int_equal(str_find(STR("abc"), 'x'), 3);
}

static void
copies_end_with_a_nul(void **state)
{
	struct str s = str_copy(a, str_sub(STR("hello"), 0, 2));

	(void)state;
	assert_int_equal(s.p[2], '\0');
	assert_str(str_copy(a, STR_NONE), "");
	assert_str(str_lower(a, STR("AZaz09\xc3\x89")), "azaz09\xc3\x89");
	assert_str(str_printf(a, "%d-%s", 12, "x"), "12-x");
	assert_str(str_of(NULL), "");
}

static void
numbers_are_whole_strings_within_their_type(void **state)
{
	uint64_t u = 5;
	int64_t i = 5;

	(void)state;
	assert_false(str_u64(STR(""), &u) || str_u64(STR("-1"), &u) || str_u64(STR("+1"), &u) ||
	    str_u64(STR("1 "), &u) || str_u64(STR("0x1"), &u) || str_u64(STR("18446744073709551616"), &u));
	assert_int_equal(u, 5);
	assert_true(str_u64(STR("18446744073709551615"), &u));
	assert_true(u == UINT64_MAX);
	assert_false(str_i64(STR("-"), &i) || str_i64(STR("9223372036854775808"), &i) ||
	    str_i64(STR("-9223372036854775809"), &i) || str_i64(STR("--1"), &i));
	assert_int_equal(i, 5);
	assert_true(str_i64(STR("-9223372036854775808"), &i));
	assert_true(i == INT64_MIN);
	assert_true(str_i64(STR("9223372036854775807"), &i));
	assert_true(i == INT64_MAX);
}

static void
a_letter_is_written_as_utf8(void **state)
{
	static const struct {
		uint32_t c;
		const char *as;
	} cases[] = {{'a', "a"}, {0x7f, "\x7f"}, {0x80, "\xc2\x80"}, {0x7ff, "\xdf\xbf"}, {0x800, "\xe0\xa0\x80"}, {0xffff, "\xef\xbf\xbf"},
		{0x10000, "\xf0\x90\x80\x80"}, {0x10ffff, "\xf4\x8f\xbf\xbf"}, {0xd800, "\xef\xbf\xbd"}, {0xdfff, "\xef\xbf\xbd"}, {0x110000, "\xef\xbf\xbd"}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char room[4];
		const size_t n = str_letter(cases[i].c, room);

		assert_int_equal(n, strlen(cases[i].as));
		assert_memory_equal(room, cases[i].as, n);
	}
}

static void
only_well_formed_utf8_passes(void **state)
{
	static const char *const good[] = {"", "pool", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x8f\x8a",
	    "\xed\x9f\xbf", "\xee\x80\x80", "\xf4\x8f\xbf\xbf"};
	static const char *const bad[] = {"\x80", "\xc3", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf",
	    "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82",
	    "\xe2\x28\xa1", "\xff", "ok\xfe"};
	size_t chars = 9;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++)
		assert_true(str_utf8(str_of(good[i]), NULL));
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(str_utf8(str_of(bad[i]), NULL));
	assert_true(str_utf8(STR("a\xc3\xa9\xf0\x9f\x8f\x8a"), &chars));
	assert_int_equal(chars, 3);
}

static void
a_text_grows_to_its_ceiling_and_drops_the_rest(void **state)
{
	struct buf b = buf_open(a, 4, 20);

	(void)state;
	buf_add(&b, STR("0123456789"));
	buf_char(&b, 'x');
	buf_printf(&b, "%s", "yz");
	assert_false(b.full);
	assert_str(buf_str(&b), "0123456789xyz");
	buf_add(&b, STR("too long for it"));
	assert_true(b.full);
	buf_char(&b, '!');
	assert_str(buf_str(&b), "0123456789xyz");
	assert_int_equal(buf_str(&b).p[13], '\0');
}

static void
a_text_holds_exactly_its_ceiling(void **state)
{
	struct buf b = buf_open(a, 1, 5);

	(void)state;
	buf_printf(&b, "%s", "12345");
	assert_false(b.full);
	buf_char(&b, '6');
	assert_true(b.full);
	assert_str(buf_str(&b), "12345");
}

static void
numbers_are_written_to_their_ends(void **state)
{
	struct buf b = buf_open(a, 0, 100);

	(void)state;
	buf_i64(&b, INT64_MIN);
	buf_char(&b, ' ');
	buf_u64(&b, UINT64_MAX);
	buf_char(&b, ' ');
	buf_i64(&b, 0);
	assert_str(buf_str(&b), "-9223372036854775808 18446744073709551615 0");
}

/* Source: RFC 4648, section 10 */
static void
the_encodings_agree_with_rfc_4648(void **state)
{
	static const struct {
		const char *plain, *b64, *b32, *hex;
	} row[] = {
		{"", "", "", ""},
		{"f", "Zg", "MY", "66"},
		{"fo", "Zm8", "MZXQ", "666f"},
		{"foo", "Zm9v", "MZXW6", "666f6f"},
		{"foob", "Zm9vYg", "MZXW6YQ", "666f6f62"},
		{"fooba", "Zm9vYmE", "MZXW6YTB", "666f6f6261"},
		{"foobar", "Zm9vYmFy", "MZXW6YTBOI", "666f6f626172"},
	};
	char out[8];
	size_t n;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		size_t len = strlen(row[i].plain);

		assert_str(str_base64url(a, row[i].plain, len), row[i].b64);
		assert_str(str_base32(a, row[i].plain, len), row[i].b32);
		assert_str(str_hex(a, row[i].plain, len), row[i].hex);
		assert_true(str_unbase64url(str_of(row[i].b64), out, len, &n));
		assert_str((struct str){out, n}, row[i].plain);
		assert_true(str_unhex(str_of(row[i].hex), out, len, &n));
		assert_str((struct str){out, n}, row[i].plain);
	}
	assert_str(str_base64url(a, "\xfb\xff\xfe", 3), "-__-");
}

static void
bytes_have_one_spelling(void **state)
{
	char out[8];
	size_t n = 99;

	(void)state;
	assert_false(str_unbase64url(STR("Zh"), out, 8, &n)); /* bits left over */
	assert_false(str_unbase64url(STR("Z"), out, 8, &n));
	assert_false(str_unbase64url(STR("Zg=="), out, 8, &n));
	assert_false(str_unbase64url(STR("+/+/"), out, 8, &n));
	assert_false(str_unbase64url(STR("Zm9vYmFy"), out, 5, &n));
	assert_false(str_unbase64url(STR("Zg\0A"), out, 8, &n));
	assert_false(str_unhex(STR("6"), out, 8, &n));
	assert_false(str_unhex(STR("6G"), out, 8, &n));
	assert_false(str_unhex(STR("AA"), out, 8, &n));
	assert_false(str_unhex(STR("666f6f"), out, 2, &n));
	assert_int_equal(n, 99);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_compare_by_bytes_then_length),
		cmocka_unit_test(parts_of_a_string_are_clipped_to_it),
		cmocka_unit_test(copies_end_with_a_nul),
		cmocka_unit_test(numbers_are_whole_strings_within_their_type),
		cmocka_unit_test(a_letter_is_written_as_utf8),
		cmocka_unit_test(only_well_formed_utf8_passes),
		cmocka_unit_test(a_text_grows_to_its_ceiling_and_drops_the_rest),
		cmocka_unit_test(a_text_holds_exactly_its_ceiling),
		cmocka_unit_test(numbers_are_written_to_their_ends),
		cmocka_unit_test(the_encodings_agree_with_rfc_4648),
		cmocka_unit_test(bytes_have_one_spelling),
	};
	return cmocka_run_group_tests_name("domain/base/str", tests, open_arena, close_arena);
}
