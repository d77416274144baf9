/* tests/unit/fcgi/http/reply.c -- one setter of headers, one table of statuses, errors in two
 * languages. */
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"
#include "tests/unit/arena.h"
#include "tests/unit/test.h"

struct note {
	struct str text;
};
static const struct field note_fields[] = {FIELD_TEXT(struct note, text, 1, 20), FIELD_END};
static const struct shape note_shape = {"Note", sizeof(struct note), note_fields};

ARENA_OF_EACH_TEST(arena)

static void
assert_str(struct str got, const char *want)
{
	if (!str_eq(got, str_of(want)))
		fail_msg("got \"%.*s\", want \"%s\"", STR_ARG(got), want);
}

static void
a_hostile_header_never_adds_a_line(void **state)
{
	static const char *const bad[] = {"a\r\nSet-Cookie: x=y", "a\nb", "a\rb", "\x01", "\x7f", "\xc3\xb1"};
	struct reply r = {.arena = arena};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(bad); i++) {
		assert_int_equal(reply_header(&r, "X-Note", str_of(bad[i])), E_BUG);
		assert_int_equal(reply_header(&r, bad[i], STR("x")), E_BUG);
		assert_int_equal(reply_cookie(&r, "poolhouse", str_of(bad[i]), 60, true), E_BUG);
	}
	assert_int_equal(reply_header(&r, "X-Note", (struct str){"a\0b", 3}), E_BUG);
	assert_int_equal(reply_header(&r, "", STR("x")), E_BUG);
	assert_int_equal(r.headers, 0);
}

static void
random_header_values_give_one_line_or_none(void **state)
{
	uint32_t seed = 20261121;
	int i, k;

	(void)state;
	for (i = 0; i < 100000; i++) {
		struct arena_mark m = arena_mark(arena);
		struct reply r = {.arena = arena, .status = 204};
		char value[16];
		struct str head;
		size_t lines = 0, n;

		for (k = 0; k < 16; k++) {
			seed = seed * 1664525 + 1013904223;
			value[k] = (char)(seed >> 24);
		}
		n = seed >> 28;
		if (reply_header(&r, "X-Note", (struct str){value, n}) == OK)
			assert_int_equal(r.headers, 1);
		head = reply_head(&r);
		for (n = 0; n < head.n; n++)
			lines += head.p[n] == '\n';
		assert_int_equal(lines, 3 + r.headers);
		arena_rewind(arena, m);
	}
}

static void
a_cookie_carries_its_four_walls(void **state)
{
	struct reply r = {.arena = arena, .status = 204};

	(void)state;
	assert_int_equal(reply_cookie(&r, "poolhouse", STR("tok-en_"), 3600, true), OK);
	assert_int_equal(reply_cookie(&r, "__Host-poolhouse-portal", STR(""), 0, true), OK);
	assert_str(reply_head(&r),
	    "Status: 204 No Content\r\n"
	    "Set-Cookie: __Host-poolhouse=tok-en_; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600; Secure\r\n"
	    "Set-Cookie: __Host-poolhouse-portal=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure\r\n"
	    "Cache-Control: no-store\r\n\r\n");
}

static void
an_error_speaks_the_language_of_its_reader(void **state)
{
	struct reply r = {.arena = arena};
	struct fault f = {0};

	(void)state;
	assert_int_equal(fail(&f, E_INVALID, "na\"me", "Must be at most %lld characters.", 12LL), E_INVALID);
	reply_error(&r, SPANISH, &f, "trace7");
	assert_int_equal(r.status, 422);
	assert_str(r.body, "{\"error\":{\"code\":\"invalid\",\"field\":\"na\\\"me\",\"message\":"
			   "\"Debe tener como m\xc3\xa1ximo 12 caracteres.\",\"trace\":\"trace7\"}}");
}

static void
what_a_bug_says_stays_inside(void **state)
{
	struct reply r = {.arena = arena};
	struct fault f = {0};

	(void)state;
	assert_int_equal(fail(&f, E_BUG, NULL, "The database refused %s.", "staff_by_email"), E_BUG);
	reply_error(&r, ENGLISH, &f, "t");
	assert_null(strstr(r.body.p, "staff_by_email"));
	assert_null(strstr(r.body.p, "refused"));
}

static void
a_failure_takes_its_cookies_back(void **state)
{
	struct reply r = {.arena = arena};
	struct fault f = {.err = E_LIMIT, .retry_after_s = 30};

	(void)state;
	assert_int_equal(reply_cookie(&r, "poolhouse", STR("x"), 60, true), OK);
	reply_error(&r, ENGLISH, &f, "t");
	assert_int_equal(r.status, 429);
	assert_null(strstr(reply_head(&r).p, "Set-Cookie"));
	assert_non_null(strstr(reply_head(&r).p, "Retry-After: 30\r\n"));
}

static void
every_error_has_its_status(void **state)
{
	static const int want[ERR_COUNT] = {200, 422, 401, 403, 404, 409, 429, 503, 503, 500};
	unsigned e;

	(void)state;
	for (e = 0; e < ERR_COUNT; e++)
		assert_int_equal(err_status((enum err)e), want[e]);
	assert_int_equal(err_status((enum err)99), 500);
}

static void
an_answer_known_already_is_304(void **state)
{
	struct reply r = {.arena = arena}, other = {.arena = arena};
	const struct call c = {.reply = &r}, d = {.reply = &other};
	struct note one = {STR("a")}, two = {STR("b")};
	struct str tag;

	(void)state;
	assert_int_equal(reply_shape(&c, &note_shape, &one), OK);
	assert_int_equal(reply_shape(&d, &note_shape, &two), OK);
	assert_str(r.body, "{\"text\":\"a\"}");
	tag = r.header[0].value;
	assert_false(str_eq(tag, other.header[0].value));
	reply_not_modified(&other, tag);
	assert_int_equal(other.status, 200);
	reply_not_modified(&r, str_printf(arena, "\"x\", W/%.*s", STR_ARG(tag)));
	assert_int_equal(r.status, 304);
	assert_int_equal(r.body.n, 0);
	assert_null(strstr(reply_head(&r).p, "Content-Length"));
}

static void
a_file_is_offered_under_a_safe_name(void **state)
{
	struct reply r = {.arena = arena};
	const struct call c = {.reply = &r};

	(void)state;
	assert_int_equal(reply_file(&c, "text/csv; charset=utf-8", "audit.csv", STR("a,b\r\n")), OK);
	assert_non_null(strstr(reply_head(&r).p, "Content-Disposition: attachment; filename=\"audit.csv\"\r\n"));
	assert_non_null(strstr(reply_head(&r).p, "Content-Length: 5\r\n"));
	assert_int_equal(reply_file(&c, "text/csv", "a\"b", STR("")), E_BUG);
	assert_int_equal(reply_file(&c, "text/csv\r\nX: y", NULL, STR("")), E_BUG);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hostile_header_never_adds_a_line),
		cmocka_unit_test(random_header_values_give_one_line_or_none),
		cmocka_unit_test(a_cookie_carries_its_four_walls),
		cmocka_unit_test(an_error_speaks_the_language_of_its_reader),
		cmocka_unit_test(what_a_bug_says_stays_inside),
		cmocka_unit_test(a_failure_takes_its_cookies_back),
		cmocka_unit_test(every_error_has_its_status),
		cmocka_unit_test(an_answer_known_already_is_304),
		cmocka_unit_test(a_file_is_offered_under_a_safe_name),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
