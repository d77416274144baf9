/* tests/unit/fcgi/http/request.c -- what the street may say to us, and what it may not. */
#include "fcgi/http/request.h"
#include "fcgi/http/shape.h"
#include "tests/unit/arena.h"
#include "tests/unit/test.h"

struct variable {
	const char *name, *value;
};

ARENA_OF_EACH_TEST(arena)
static struct request request;

static const char *
lookup(const char *name, void *ctx)
{
	const struct variable *v;

	for (v = ctx; v->name != NULL; v++)
		if (strcmp(v->name, name) == 0)
			return v->value;
	return NULL;
}

static void
assert_str(struct str got, const char *want)
{
	if (!str_eq(got, str_of(want)))
		fail_msg("got \"%.*s\", want \"%s\"", STR_ARG(got), want);
}

/* One variable is laid over those of a good request; answers the name of the field at fault, or
 * "". */
static const char *
parse_with(const char *name, const char *value)
{
	const struct variable good[] = {
		{name, value},
		{"REQUEST_METHOD", "POST"},
		{"SURFACE", "office"},
		{"DOCUMENT_URI", "/api/office/staff/0000000000abc"},
		{"QUERY_STRING", "q=a+b%26&after="},
		{"HTTP_HOST", "Desert-Blue.localhost:8080"},
		{"REMOTE_ADDR", "127.0.0.1"},
		{"CONTENT_LENGTH", "12"},
		{NULL, NULL},
	};
	struct fault f = {0};
	enum err e = request_parse(lookup, (void *)(uintptr_t)good, arena, &request, &f);

	return e == OK ? "" : f.field == NULL ? "-" : f.field;
}

static void
a_good_request_is_understood(void **state)
{
	(void)state;
	assert_string_equal(parse_with("HTTPS", "on"), "");
	assert_int_equal(request.method, POST);
	assert_int_equal(request.surface, OFFICE);
	assert_str(request.path, "/staff/0000000000abc");
	assert_int_equal(request.segments, 2);
	assert_str(request.segment[1], "0000000000abc");
	assert_str(request.host, "desert-blue.localhost");
	assert_str(request_query(&request, STR("q")), "a b&");
	assert_str(request_query(&request, STR("after")), "");
	assert_null(request_query(&request, STR("before")).p);
	assert_int_equal(request.content_length, 12);
	assert_true(request.https);
}

static void
a_bad_request_is_refused_by_name(void **state)
{
	char long_cookie[5000];

	(void)state;
	memset(long_cookie, 'a', sizeof(long_cookie) - 1);
	long_cookie[sizeof(long_cookie) - 1] = '\0';
	assert_string_equal(parse_with("SURFACE", "elsewhere"), "-");
	assert_string_equal(parse_with("HTTP_HOST", ""), "host");
	assert_string_equal(parse_with("HTTP_HOST", "a..b"), "host");
	assert_string_equal(parse_with("HTTP_HOST", "a.b."), "host");
	assert_string_equal(parse_with("HTTP_HOST", "a/b"), "host");
	assert_string_equal(parse_with("HTTP_HOST", "a:b"), "host");
	assert_string_equal(parse_with("HTTP_HOST", "a\r\nb"), "host");
	assert_string_equal(parse_with("CONTENT_LENGTH", "-1"), "content_length");
	assert_string_equal(parse_with("CONTENT_LENGTH", "29360129"), "content_length");
	assert_string_equal(parse_with("CONTENT_LENGTH", "99999999999999999999999"), "content_length");
	assert_string_equal(parse_with("DOCUMENT_URI", "staff"), "path");
	assert_string_equal(parse_with("QUERY_STRING", "a=%zz"), "query");
	assert_string_equal(parse_with("QUERY_STRING", "a=%00"), "query");
	assert_string_equal(parse_with("HTTP_COOKIE", long_cookie), "cookie");
}

static void
a_method_we_do_not_know_is_left_to_the_router(void **state)
{
	(void)state;
	assert_string_equal(parse_with("REQUEST_METHOD", "BREW"), "");
	assert_int_equal(request.method, 0);
}

static void
the_path_is_what_follows_the_surface(void **state)
{
	(void)state;
	assert_string_equal(parse_with("DOCUMENT_URI", "/api/openapi.json"), "");
	assert_str(request.path, "/openapi.json");
	assert_string_equal(parse_with("DOCUMENT_URI", "/healthz"), "");
	assert_str(request.path, "/healthz");
	assert_string_equal(parse_with("DOCUMENT_URI", "/"), "");
	assert_int_equal(request.segments, 0);
}

static void
a_path_cannot_climb(void **state)
{
	static const char *const bad[] = {"/a/../b", "/a/./b", "/a/%2e%2e/b", "/a%2fb", "/a%5cb", "/a\\b",
	    "/a%00", "/a%", "/a%2", "/a%gg", "/a//b", "/a/", "/a%ff", "/a%0ab", "a",
	    "/1/2/3/4/5/6/7/8/9/10/11/12/13"};
	struct str segment[PATH_SEGMENTS];
	size_t i, n = 99;

	(void)state;
	for (i = 0; i < COUNT_OF(bad); i++)
		if (path_split(str_of(bad[i]), arena, segment, &n, NULL) != E_INVALID || n != 99)
			fail_msg("%s was let through", bad[i]);
	assert_int_equal(path_split(STR("/a%20b/%c3%b1"), arena, segment, &n, NULL), OK);
	assert_int_equal(n, 2);
	assert_str(segment[0], "a b");
	assert_str(segment[1], "\xc3\xb1");
}

static void
a_query_has_at_most_32_pairs(void **state)
{
	struct pair pair[QUERY_PAIRS];
	struct buf b = buf_open(arena, 64, 4096);
	size_t i, n = 99;

	(void)state;
	for (i = 0; i < QUERY_PAIRS; i++)
		buf_add(&b, STR("a=1&"));
	assert_int_equal(query_parse(buf_str(&b), arena, pair, &n, NULL), OK);
	assert_int_equal(n, QUERY_PAIRS);
	buf_add(&b, STR("b"));
	assert_int_equal(query_parse(buf_str(&b), arena, pair, &n, NULL), E_INVALID);
	assert_int_equal(query_parse(STR("&&x=&y"), arena, pair, &n, NULL), OK);
	assert_int_equal(n, 2);
	assert_int_equal(query_parse(STR("=x"), arena, pair, &n, NULL), E_INVALID);
}

static void
a_cookie_is_found_by_its_whole_name(void **state)
{
	struct str header = STR("a=1; __Host-poolhouse=tok-en_; b=2; __Host-poolhouse=other;c");

	(void)state;
	assert_str(cookie_get(header, STR("__Host-poolhouse")), "tok-en_");
	assert_str(cookie_get(header, STR("b")), "2");
	assert_null(cookie_get(header, STR("c")).p);
	assert_null(cookie_get(header, STR("poolhouse")).p);
	assert_null(cookie_get(STR_NONE, STR("a")).p);
}

struct search {
	struct str q, name;
	uint64_t after;
	uint32_t many;
	bool all;
	struct maybe_u64 before;
	struct maybe_str zone;
};
static const struct field search_fields[] = {
	FIELD_TEXT(struct search, q, 0, 5),
	FIELD_TEXT(struct search, name, 1, 5),
	FIELD_ID(struct search, after),
	FIELD_INT(struct search, many, 1, 100),
	FIELD_BOOL(struct search, all),
	FIELD_MAYBE_ID(struct search, before),
	FIELD_MAYBE_TEXT(struct search, zone, 1, 5),
	FIELD_END,
};
static const struct shape search_shape = {"Search", sizeof(struct search), search_fields};

static enum err
search(const char *query, struct search *s, struct fault *f)
{
	struct request r = {0};

	assert_int_equal(query_parse(str_of(query), arena, r.query, &r.queries, NULL), OK);
	return query_read(&search_shape, &r, arena, s, f);
}

static void
a_query_is_read_through_a_shape(void **state)
{
	struct fault f = {0};
	struct search s;

	(void)state;
	assert_int_equal(search("name=x&after=0000000000abc&many=&before=&all=true&zone=", &s, &f), OK);
	assert_str(s.name, "x");
	assert_str(s.q, "");
	assert_int_equal(s.after, (10 << 10) + (11 << 5) + 12);
	assert_int_equal(s.many, 0);
	assert_true(s.all);
	assert_false(s.before.is || s.zone.is);
}

#define ABC "0000000000abc"

static void
a_bad_query_names_its_field(void **state)
{
	static const struct {
		const char *query, *field;
	} cases[] = {{"q=x", "name"}, {"name=", "name"}, {"name=abcdef", "name"}, {"name=a", "after"},
	    {"name=a&after=", "after"}, {"name=a&after=1", "after"}, {"name=a&after=" ABC "&many=0", "many"},
	    {"name=a&after=" ABC "&many=x", "many"}, {"name=a&after=" ABC "&all=1", "all"}, {"name=a&name=b", "name"},
	    {"name=a&nam=b", "nam"}};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(cases); i++) {
		struct fault f = {0};
		struct search s;

		assert_int_equal(search(cases[i].query, &s, &f), E_INVALID);
		assert_string_equal(f.field, cases[i].field);
	}
}

#define FORM "multipart/form-data; boundary=xyz"

static void
a_form_is_cut_into_its_parts(void **state)
{
	struct str body = STR("--xyz\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n--xyz"
			      "\r\ncontent-disposition: form-data; name=photo; filename=\"a b.jpg\"\r\n"
			      "Content-Type: image/jpeg\r\n\r\n\xff\xd8\r\n--xy\r\n\r\n--xyz--\r\n");
	struct part part[PARTS_MAX];
	size_t n = 0;

	(void)state;
	assert_int_equal(multipart_parse(STR(FORM), body, part, &n, NULL), OK);
	assert_int_equal(n, 2);
	assert_str(part[0].name, "note");
	assert_str(part[0].data, "hello");
	assert_null(part[0].filename.p);
	assert_str(part[1].filename, "a b.jpg");
	assert_str(part[1].content_type, "image/jpeg");
	assert_str(part[1].data, "\xff\xd8\r\n--xy\r\n");
}

static void
a_broken_form_is_refused(void **state)
{
	static const char *const bad[] = {
		"", "--xyz", "--xyz\r\n", "--xyz--\r\n", "x--xyz\r\n",
		"--xyz\r\n\r\nno name\r\n--xyz--",
		"--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end",
		"--xyz\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--xyz--",
		"--xyz\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\nx\r\n--xyz--",
		"--xyz\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b"
		"\r\n\r\nx\r\n--xyz--",
		"--xyz\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--xyz--",
		"--xyz\r\nContent-Disposition: form-data; name=\"a\\\"b\"\r\n\r\nx\r\n--xyz--",
	};
	struct part part[PARTS_MAX];
	size_t i, n = 99;

	(void)state;
	for (i = 0; i < COUNT_OF(bad); i++)
		if (multipart_parse(STR(FORM), str_of(bad[i]), part, &n, NULL) != E_INVALID || n != 99)
			fail_msg("form %zu was let through", i);
	assert_int_equal(multipart_parse(STR("text/plain; boundary=xyz"), STR("--xyz--"), part, &n, NULL),
	    E_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_request_is_understood),
		cmocka_unit_test(a_bad_request_is_refused_by_name),
		cmocka_unit_test(a_method_we_do_not_know_is_left_to_the_router),
		cmocka_unit_test(the_path_is_what_follows_the_surface),
		cmocka_unit_test(a_path_cannot_climb),
		cmocka_unit_test(a_query_has_at_most_32_pairs),
		cmocka_unit_test(a_cookie_is_found_by_its_whole_name),
		cmocka_unit_test(a_query_is_read_through_a_shape),
		cmocka_unit_test(a_bad_query_names_its_field),
		cmocka_unit_test(a_form_is_cut_into_its_parts),
		cmocka_unit_test(a_broken_form_is_refused),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
