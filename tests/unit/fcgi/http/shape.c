/* tests/unit/fcgi/http/shape.c -- what a table over a struct lets in, and what it prints. */
#include "fcgi/http/shape.h"
#include "tests/unit/arena.h"
#include "tests/unit/test.h"

#include <malloc.h>

enum colour { RED = 1, GREEN };
static const char *const colour_names[] = {"", "red", "green", NULL};

struct line {
	struct str what;
	int64_t price_cents;
};

struct order {
	bool urgent;
	int32_t change;
	uint32_t version;
	int64_t due_at;
	uint64_t id;
	struct str name, note, password;
	enum colour colour;
	uint64_t may;
	struct day day;
	struct line first;
	struct line *lines;
	size_t line_count;
	struct maybe_str code;
	struct maybe_i64 seen_at;
	struct maybe_u32 seats;
	struct maybe_bool loud;
	struct maybe_u64 parent;
	struct maybe_day until, since;
};

static const struct field line_fields[] = {
	FIELD_TEXT(struct line, what, 1, 10),
	FIELD_INT(struct line, price_cents, 0, 100000),
	FIELD_END,
};
static const struct shape line_shape = {"Line", sizeof(struct line), line_fields};

static const struct field order_fields[] = {
	FIELD_BOOL(struct order, urgent),
	FIELD_INT(struct order, change, -5, 5),
	FIELD_INT(struct order, version, 1, INT32_MAX),
	FIELD_TIME(struct order, due_at),
	FIELD_ID(struct order, id),
	FIELD_TEXT(struct order, name, 1, 12),
	FIELD_LINES(struct order, note, 0, 40),
	FIELD_SECRET(struct order, password, 1, 20),
	FIELD_ENUM(struct order, colour, colour_names),
	FIELD_SET(struct order, may, colour_names),
	FIELD_DAY(struct order, day),
	FIELD_SHAPE(struct order, first, &line_shape),
	FIELD_LIST(struct order, lines, line_count, &line_shape, 3),
	FIELD_MAYBE_TEXT(struct order, code, 2, 6),
	FIELD_MAYBE_TIME(struct order, seen_at),
	FIELD_MAYBE_INT(struct order, seats, 1, 9),
	FIELD_MAYBE_BOOL(struct order, loud),
	FIELD_MAYBE_ID(struct order, parent),
	FIELD_MAYBE_DAY(struct order, until),
	FIELD_MAYBE_DAY(struct order, since),
	FIELD_END,
};
static const struct shape order_shape = {"Order", sizeof(struct order), order_fields};

static const char whole[] =
    "{\"urgent\":true,\"change\":-5,\"version\":7,\"due_at\":1795219200,\"id\":\"0000000000abc\","
    "\"name\":\"  Ana \\u00d1 \",\"note\":\"one\\r\\ntwo\",\"password\":\" s p \",\"colour\":\"green\","
    "\"may\":[\"red\",\"green\"],\"day\":\"2026-11-21\",\"first\":{\"what\":\"a\",\"price_cents\":3},"
    "\"lines\":[{\"what\":\"b\",\"price_cents\":1},{\"what\":\"c\",\"price_cents\":2}],\"code\":\"xy\","
    "\"seen_at\":5,\"seats\":null,\"loud\":false,\"until\":\"2027-02-28\"}";

ARENA_OF_EACH_TEST(arena)

static void
assert_str(struct str got, const char *want)
{
	if (!str_eq(got, str_of(want)))
		fail_msg("got \"%.*s\", want \"%s\"", STR_ARG(got), want);
}

/* The good order with one piece of its text replaced by another. */
static struct str
changed(const char *from, const char *to)
{
	const char *at = strstr(whole, from);

	assert_non_null(at);
	return str_printf(arena, "%.*s%s%s", (int)(at - whole), whole, to, at + strlen(from));
}

static void
assert_refused(const struct shape *s, struct str json, const char *field, const char *why)
{
	struct fault f = {0};
	struct order before, o;

	memset(&o, 0x5a, sizeof(o));
	before = o;
	assert_int_equal(shape_read(s, json, arena, &o, &f), E_INVALID);
	if (strcmp(f.field, field) != 0 || strcmp(f.why, why) != 0)
		fail_msg("%.*s: got %s: %s; want %s: %s", STR_ARG(json), f.field, f.why, field, why);
	assert_memory_equal(&o, &before, sizeof(o));
}

static void
a_whole_order_is_read(void **state)
{
	struct fault f = {0};
	struct order o;

	(void)state;
	assert_int_equal(shape_read(&order_shape, str_of(whole), arena, &o, &f), OK);
	assert_true(o.urgent);
	assert_int_equal(o.change, -5);
	assert_int_equal(o.version, 7);
	assert_int_equal(o.due_at, 1795219200);
	assert_int_equal(o.id, (10 << 10) + (11 << 5) + 12);
	assert_str(o.name, "Ana \xc3\x91");
	assert_str(o.note, "one\ntwo");
	assert_str(o.password, " s p ");
	assert_int_equal(o.colour, GREEN);
	assert_int_equal(o.may, 6);
	assert_str(o.first.what, "a");
	assert_int_equal(o.line_count, 2);
	assert_str(o.lines[1].what, "c");
	assert_int_equal(o.lines[1].price_cents, 2);
	assert_true(o.code.is && o.seen_at.is && o.loud.is && !o.loud.v);
	assert_false(o.seats.is || o.parent.is || o.since.is);
	assert_true(o.until.is);
	assert_int_equal(o.until.v.n, o.day.n + 99);
}

static void
what_is_read_is_written_the_same(void **state)
{
	struct fault f = {0};
	struct order o, again;
	struct buf one = buf_open(arena, 64, 65536), two = buf_open(arena, 64, 65536);

	(void)state;
	assert_int_equal(shape_read(&order_shape, str_of(whole), arena, &o, &f), OK);
	shape_write(&order_shape, &o, &one);
	assert_int_equal(shape_read(&order_shape, buf_str(&one), arena, &again, &f), OK);
	shape_write(&order_shape, &again, &two);
	assert_str(buf_str(&two), buf_str(&one).p);
	assert_non_null(strstr(buf_str(&one).p, "\"seats\":null,\"loud\":false,\"parent\":null,\"until\":\"2027-02-28\",\"since\":null}"));
	assert_non_null(strstr(buf_str(&one).p, "\"id\":\"0000000000abc\""));
}

static void
each_bound_names_its_field(void **state)
{
	static const struct {
		const char *from, *to, *field, *why;
	} cases[] = {
		{"true", "1", "urgent", "Must be true or false."},
		{"-5", "-6", "change", "Must be between %lld and %lld."},
		{"-5", "1.5", "change", "Must be a whole number."},
		{"-5", "\"1\"", "change", "Must be a whole number."},
		{"-5", "99999999999999999999", "change", "Must be between %lld and %lld."},
		{"-5", "-1e300", "change", "Must be between %lld and %lld."},
		{"-5", "1e999", "body", "The request is not valid JSON."},
		{"\"version\":7,", "", "version", "This is required."},
		{"7", "null", "version", "This is required."},
		{"7", "2147483648", "version", "Must be between %lld and %lld."},
		{"0000000000abc", "0000000000abu", "id", "Must be an id of 13 letters."},
		{"\"0000000000abc\"", "12", "id", "Must be a text."},
		{"  Ana \\u00d1 ", "   ", "name", "This is required."},
		{"  Ana \\u00d1 ", "abcdefghijklm", "name", "Must be at most %lld characters."},
		{"  Ana \\u00d1 ", "a\\u0007", "name", "Contains characters that are not allowed."},
		{"  Ana \\u00d1 ", "a\\u0085b", "name", "Contains characters that are not allowed."},
		{"  Ana \\u00d1 ", "a\\nb", "name", "Contains characters that are not allowed."},
		{"  Ana \\u00d1 ", "a\\u202eb", "name", "Contains characters that are not allowed."},
		{"  Ana \\u00d1 ", "a\\u2069b", "name", "Contains characters that are not allowed."},
		{"  Ana \\u00d1 ", "a\\u0000b", "body", "The request is not valid JSON."},
		{"one\\r\\n", "one\\r", "note", "Contains characters that are not allowed."},
		{"colour\":\"green\"", "colour\":\"\"", "colour", "Is not one of the possible values."},
		{"colour\":\"green\"", "colour\":\"Green\"", "colour", "Is not one of the possible values."},
		{"\"red\",", "\"blue\",", "may.0", "Is not one of the possible values."},
		{"[\"red\",\"green\"]", "\"red\"", "may", "Must be a list."},
		{"2026-11-21", "2026-11-31", "day", "Must be a date such as 2026-11-21."},
		{"2027-02-28", "2027-02-29", "until", "Must be a date such as 2026-11-21."},
		{"{\"what\":\"a\",\"price_cents\":3}", "[]", "first", "Must be an object."},
		{"\"price_cents\":2", "\"price_cents\":-2", "lines.1.price_cents", "Must be between %lld and %lld."},
		{"[{", "[{\"what\":\"b\",\"price_cents\":1},{\"what\":\"b\",\"price_cents\":1},{", "lines",
		    "Must be a list of at most %lld entries."},
		{"\"xy\"", "\"x\"", "code", "Must be at least %lld characters."},
		{"\"urgent\"", "\"tenant\":1,\"urgent\"", "tenant", "This is not expected here."},
		{"\"what\":\"c\"", "\"what\":\"c\",\"tax\":1", "lines.1.tax", "This is not expected here."},
		{"\"urgent\":true", "\"urgent\":true,\"urgent\":false", "urgent", "The request names something twice."},
		{"\"2027-02-28\"}", "\"2027-02-28\"", "body", "The request is not valid JSON."},
		{"\"2027-02-28\"}", "\"2027-02-28\"} x", "body", "The request is not valid JSON."},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(cases); i++)
		assert_refused(&order_shape, changed(cases[i].from, cases[i].to), cases[i].field, cases[i].why);
	assert_refused(&order_shape, STR(""), "body", "The request is not valid JSON.");
	assert_refused(&order_shape, STR("[]"), "body", "The request must be a JSON object.");
	assert_refused(&order_shape, STR("{\"name\":\"\xff\"}"), "body", "The request is not valid JSON.");
}

static void
a_bomb_is_refused_before_the_library_sees_it(void **state)
{
	struct buf deep = buf_open(arena, 64, 65536), wide = buf_open(arena, 64, 1 << 20);
	size_t held;
	int i;

	(void)state;
	for (i = 0; i < 17; i++)
		buf_add(&deep, STR("{\"a\":"));
	buf_char(&wide, '[');
	for (i = 0; i < 300000; i++)
		buf_add(&wide, STR("{},"));
	held = arena_held(arena);
	assert_refused(&order_shape, buf_str(&deep), "body",
	    "The request is nested too deeply or has too many parts.");
	assert_refused(&order_shape, buf_str(&wide), "body",
	    "The request is nested too deeply or has too many parts.");
	assert_true(arena_held(arena) - held < 65536);
}

/* reliability.md T17: at most 4 MiB of heap for the worst of bodies that the scan lets pass. */
static void
the_worst_body_takes_little_memory(void **state)
{
	static const char *const pieces[] = {"{}", "[]", "1", "\"x\"", "{\"k\":1}", "[[[]]]", "1.5", "null",
	    "\"\\u00f1\\u00f1\\u00f1\\u00f1\""};
	size_t i, most = 0;

	(void)state;
	for (i = 0; i < COUNT_OF(pieces); i++) {
		struct arena *a = arena_open(1 << 20, 64 << 20, NULL);
		struct buf b = buf_open(a, 1 << 18, 1 << 18);
		struct fault f = {0};
		size_t before, k;
		struct order o;

		buf_add(&b, STR("{\"name\":["));
		do {
			for (k = 0; k < 100; k++) {
				buf_add(&b, str_of(pieces[i]));
				buf_char(&b, ',');
			}
		} while (b.n < (1 << 18) - 8192 && json_scan(buf_str(&b), JSON_DEPTH_MAX, JSON_TOKENS_MAX - 1000));
		buf_add(&b, STR("0]}"));
		assert_true(json_scan(buf_str(&b), JSON_DEPTH_MAX, JSON_TOKENS_MAX));
		before = mallinfo2().uordblks;
		assert_int_equal(shape_read(&order_shape, buf_str(&b), a, &o, &f), E_INVALID);
		if (mallinfo2().uordblks - before > most)
			most = mallinfo2().uordblks - before;
		arena_close(a);
	}
	print_message("# the worst body took %zu KiB\n", most / 1024);
	if (most > 4 << 20)
		fail_msg("%zu bytes of heap", most);
}

static void
the_scan_counts_every_part(void **state)
{
	(void)state;
	assert_true(json_scan(STR("{\"a\":[1,2,\"}]\\\"\"]}"), 2, 8));
	assert_false(json_scan(STR("{\"a\":[1,2,\"}]\\\"\"]}"), 1, 8));
	assert_false(json_scan(STR("{\"a\":[1,2,\"}]\\\"\"]}"), 2, 7));
	assert_true(json_scan(STR(""), 1, 1));
	assert_true(json_scan(STR("\"\\"), 1, 1));
}

static void
a_text_of_any_letters_is_found_in_an_object(void **state)
{
	static const char json[] = " {\"a\\\"\":\"b\", \"of\" : {\"raw\":\"inner\",\"x\":[\"}\",{}]},\"n\":-1.5e3,\"t\":true ,\"raw\":"
	    "\"\\u0000\\u001b$B\\r\\n\\\"\\\\\\/\\u00F1\\ud83d\\udc0a\\ud83dx\\udc0a \xc3\xb1\",\"empty\":\"\",\"raw\":\"second\"}";
	static const char raw[] = "\0\x1b$B\r\n\"\\/\xc3\xb1\xf0\x9f\x90\x8a\xef\xbf\xbdx\xef\xbf\xbd \xc3\xb1";
	static const char *const bad[] = {"", "[]", "{", "{\"raw\"", "{\"raw\":", "{\"raw\":\"a", "{\"raw\":\"a\\\"}", "{\"raw\":\"\\u12g4\"}", "{\"raw\":\"\\x\"}",
		"{\"raw\":\"\xff\"}", "{\"raw\":7}", "{\"raw\":{}}", "{\"x\":1 \"raw\":\"a\"}", "{\"x\":{\"raw\":\"a\"}}", "{\"x\":[\"raw\",\"a\"]}", "{raw:\"a\"}", NULL};
	const struct str all = {json, sizeof(json) - 1};
	struct str is, of;

	(void)state;
	assert_true(json_bytes(all, "raw", arena, 100, &is));
	assert_int_equal(is.n, sizeof(raw) - 1);
	assert_memory_equal(is.p, raw, is.n);
	assert_false(json_bytes(all, "raw", arena, is.n - 1, &is));
	assert_true(json_bytes(all, "empty", arena, 100, &is) && is.n == 0);
	assert_true(json_member(all, "of", &of));
	assert_true(json_bytes(of, "raw", arena, 100, &is));
	assert_str(is, "inner");
	assert_true(json_member(all, "t", &is));
	assert_str(is, "true");
	assert_true(json_member(all, "n", &is));
	assert_str(is, "-1.5e3");
	assert_false(json_member(all, "x", &is));
	for (size_t i = 0; bad[i] != NULL; i++)
		if (json_bytes(str_of(bad[i]), "raw", arena, 100, &is))
			fail_msg("%s", bad[i]);
}

static void
a_text_is_safe_inside_a_page_too(void **state)
{
	struct buf b = buf_open(arena, 16, 1024);

	(void)state;
	json_text(&b, STR("a\"\\<b>&\n\x01\x7f\xe2\x80\xa8\xe2\x80\xa9\xc3\xb1\xff\xc3"));
	assert_str(buf_str(&b), "\"a\\\"\\\\\\u003cb\\u003e\\u0026\\n\\u0001\\u007f\\u2028\\u2029\xc3\xb1\\ufffd\\ufffd\"");
}

static void
every_seed_is_taken_by_the_reader(void **state)
{
	unsigned n;

	(void)state;
	for (n = 0; n < SHAPE_SEEDS; n++) {
		struct buf b = buf_open(arena, 64, 65536);
		struct fault f = {0};
		struct order o;

		shape_seed(&order_shape, n, &b);
		if (shape_read(&order_shape, buf_str(&b), arena, &o, &f) != OK)
			fail_msg("seed %u: %s: %s in %s", n, f.field, f.why, buf_str(&b).p);
	}
}

static void
typescript_tells_input_from_output(void **state)
{
	struct buf in = buf_open(arena, 64, 65536), out = buf_open(arena, 64, 65536);

	(void)state;
	shape_typescript(&order_shape, SHAPE_IN, &in);
	shape_typescript(&order_shape, SHAPE_OUT, &out);
	assert_non_null(strstr(buf_str(&in).p, "export interface Order {\n"));
	assert_non_null(strstr(buf_str(&in).p, "\tcolour: \"red\" | \"green\";\n"));
	assert_non_null(strstr(buf_str(&in).p, "\tmay: (\"red\" | \"green\")[];\n"));
	assert_non_null(strstr(buf_str(&in).p, "\tlines: Line[];\n"));
	assert_non_null(strstr(buf_str(&in).p, "\tcode?: string | null;\n"));
	assert_non_null(strstr(buf_str(&out).p, "\tcode: string | null;\n"));
}

static void
a_schema_states_the_bounds_of_input(void **state)
{
	struct buf in = buf_open(arena, 64, 65536), out = buf_open(arena, 64, 65536);

	(void)state;
	shape_schema(&line_shape, SHAPE_IN, &in);
	shape_schema(&line_shape, SHAPE_OUT, &out);
	assert_str(buf_str(&in),
	    "{\"type\":\"object\",\"properties\":{\"what\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":10},"
	    "\"price_cents\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":100000}},"
	    "\"required\":[\"what\",\"price_cents\"],\"additionalProperties\":false}");
	assert_null(strstr(buf_str(&out).p, "additionalProperties"));
	assert_null(strstr(buf_str(&out).p, "maxLength"));
}

static void
a_wrong_table_is_said(void **state)
{
	static const struct field twice[] = {FIELD_BOOL(struct order, urgent), FIELD_BOOL(struct order, urgent),
	    FIELD_END};
	static const struct field outside[] = {FIELD_TEXT(struct order, password, 1, 5), FIELD_END};
	static const struct field backward[] = {FIELD_INT(struct order, version, 5, 1), FIELD_END};
	static const struct field unbounded[] = {FIELD_LIST(struct order, lines, line_count, &line_shape, 0),
	    FIELD_END};
	static const struct shape wrong[] = {
		{"lower", sizeof(struct order), order_fields},
		{"Twice", sizeof(struct order), twice},
		{"Outside", offsetof(struct order, password), outside},
		{"Backward", sizeof(struct order), backward},
		{"Unbounded", sizeof(struct order), unbounded},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(wrong); i++) {
		struct buf b = buf_open(arena, 64, 400);

		if (shape_law(&wrong[i], &b) == NULL)
			fail_msg("%s was let through", wrong[i].name);
	}
	assert_null(shape_law(&order_shape, &(struct buf){.a = arena}));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_order_is_read),
		cmocka_unit_test(what_is_read_is_written_the_same),
		cmocka_unit_test(each_bound_names_its_field),
		cmocka_unit_test(a_bomb_is_refused_before_the_library_sees_it),
		cmocka_unit_test(the_worst_body_takes_little_memory),
		cmocka_unit_test(the_scan_counts_every_part),
		cmocka_unit_test(a_text_of_any_letters_is_found_in_an_object),
		cmocka_unit_test(a_text_is_safe_inside_a_page_too),
		cmocka_unit_test(every_seed_is_taken_by_the_reader),
		cmocka_unit_test(typescript_tells_input_from_output),
		cmocka_unit_test(a_schema_states_the_bounds_of_input),
		cmocka_unit_test(a_wrong_table_is_said),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
