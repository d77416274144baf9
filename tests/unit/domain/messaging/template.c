/* tests/unit/domain/messaging/template.c -- every mail in every language; no value escapes its
 * place. */
#include "domain/messaging/template.h"
#include "tests/unit/test.h"

static struct arena *a;
static struct fault f;

static int
open_arena(void **state)
{
	(void)state;
	a = arena_open(64 * 1024, 4 * 1024 * 1024, NULL);
	f = (struct fault){0};
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_close(a);
	return 0;
}

/* All listed names with a value that is not like any other. */
static size_t
values_of(const struct template *t, struct template_value *v)
{
	size_t n = 0;

	for (; n < TEMPLATE_VALUES_MAX && t->values[n]; n++) {
		v[n].name = str_of(t->values[n]);
		v[n].value = str_eq(v[n].name, STR("url")) || str_eq(v[n].name, STR("calendar"))
				 ? STR("http://blue.localhost:8080/confirm#a1b2")
				 : str_printf(a, "<%s & co>", t->values[n]);
	}
	return n;
}

static bool
has(struct str s, const char *part)
{
	struct str p = str_of(part);

	for (size_t i = 0; i + p.n <= s.n; i++)
		if (memcmp(s.p + i, p.p, p.n) == 0)
			return true;
	return false;
}

static void
every_template_is_whole(void **state)
{
	(void)state;
	assert_int_equal(template_check_all(&f), OK);
}

static void
every_template_says_each_value_in_both_twins_and_languages(void **state)
{
	struct template_value v[TEMPLATE_VALUES_MAX];

	(void)state;
	for (unsigned t = 1; t < MAIL_TEMPLATES; t++)
		for (unsigned l = 0; l < LANGUAGES; l++) {
			const struct template *e = template_entry(t);
			size_t n = values_of(e, v);
			struct template_twin twin;

			assert_int_equal(template_fill(e, l, v, n, a, &twin, &f), OK);
			assert_true(twin.subject.n > 0 && twin.subject.n < 200);
			for (size_t i = 0; i < n; i++) {
				bool link = str_eq(v[i].name, STR("url")) || str_eq(v[i].name, STR("calendar"));
				const char *html =
				    link ? "href=\"http://blue.localhost:8080/confirm#a1b2\""
					 : str_printf(a, "&lt;%s &amp; co&gt;", e->values[i]).p;

				assert_true(has(twin.text, v[i].value.p) ||
					    has(twin.subject, v[i].value.p));
				assert_true(has(twin.html, html));
			}
			assert_false(has(twin.html, "{"));
			assert_false(has(twin.text, "{"));
			assert_false(has(twin.html, "& co"));
			arena_reset(a);
		}
}

static void
a_template_that_is_not_whole_is_refused(void **state)
{
	static const struct {
		struct template t;
		const char *why;
	} bad[] = {
	    {{1, "x", {"name"}, {{"S", "{name} {nam}"}, {"S", "{name}"}}}, "not listed"},
	    {{1, "x", {"name"}, {{"S {nam}", "{name}"}, {"S", "{name}"}}}, "not listed"},
	    {{1, "x", {"name", "url"}, {{"S", "{name}\n\n[Go]({url})"}, {"S", "{name}"}}},
		"does not use"},
	    {{1, "x", {"name"}, {{"S", "{name}"}, {NULL, NULL}}}, "lacks a language"},
	    {{1, "x", {"name"}, {{"S", "{name"}, {"S", "{name}"}}}, "not paired"},
	    {{1, "x", {"name"}, {{"S", "name} {name}"}, {"S", "{name}"}}}, "not paired"},
	    {{1, "x", {"url"}, {{"S", "[Go](url)"}, {"S", "[Go]({url})"}}}, "malformed"},
	    {{1, "x", {"url"}, {{"S", "[]({url})"}, {"S", "[Go]({url})"}}}, "malformed"},
	    {{1, "x", {"url"}, {{"S", "[Go]({ur})"}, {"S", "[Go]({url})"}}}, "not listed"},
	    {{1, "x", {"url"}, {{"S", "{url}\n\n[Go]({url})"}, {"S", "[Go]({url})"}}}, "as words"},
	    {{1, "x", {"name"}, {{"S\nBcc: x", "{name}"}, {"S", "{name}"}}}, "more than one line"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		f = (struct fault){0};
		assert_int_equal(template_check(&bad[i].t, &f), E_BUG);
		assert_true(has(str_of(f.why), bad[i].why));
	}
}

static enum err
fill_reset(struct str name, struct str url, struct template_twin *twin)
{
	const struct template_value v[] = {{STR("name"), name}, {STR("company"), STR("Blue")},
	    {STR("url"), url}, {STR("minutes"), STR("60")}};

	f = (struct fault){0};
	return template_fill(template_entry(MAIL_RESET), ENGLISH, v, 4, a, twin, &f);
}

static void
a_name_cannot_become_a_paragraph_a_tag_or_a_link(void **state)
{
	struct template_twin twin;

	(void)state;
	assert_int_equal(fill_reset(STR("Ann\n\n[Win](x)\r\n<b>\"'&http://evil.example/"),
			     STR("https://blue.example/reset#t"), &twin),
	    OK);
	assert_true(has(twin.text, "Hello Ann  [Win](x)  <b>\"'&http: //evil.example/,"));
	assert_true(
	    has(twin.html, "Ann  [Win](x)  &lt;b&gt;&quot;&#39;&amp;http: //evil.example/,"));
}

static void
a_brace_in_a_value_is_only_a_brace(void **state)
{
	struct template_twin twin;

	(void)state;
	assert_int_equal(
	    fill_reset(STR("{company}"), STR("https://blue.example/reset#t"), &twin), OK);
	assert_true(has(twin.text, "Hello {company},"));
}

static void
a_link_is_http_and_cannot_leave_its_attribute(void **state)
{
	static const char *const bad[] = {"javascript:alert(1)", "//x", "",
	    "http://x\" onclick=\"y", "https://x y", "https://x\r\nBcc: y", "https://x<",
	    "data:text/html,x", "https://caf\xc3\xa9.example/"};
	struct template_twin twin;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(fill_reset(STR("Ann"), str_of(bad[i]), &twin), E_INVALID);
		assert_string_equal(f.field, "url");
	}
	assert_int_equal(fill_reset(STR("Ann"), STR("https://x.example/?a=1&b='2'#t"), &twin), OK);
	assert_true(has(twin.html, "href=\"https://x.example/?a=1&amp;b=&#39;2&#39;#t\""));
	assert_true(has(twin.text, "\nhttps://x.example/?a=1&b='2'#t\n"));
}

static void
values_are_exactly_those_listed(void **state)
{
	const struct template *t = template_entry(MAIL_STAFF_DISABLED);
	struct template_value v[3] = {
	    {STR("name"), STR("Ann")}, {STR("company"), STR("Blue")}, {STR("extra"), STR("x")}};
	struct template_twin twin;

	(void)state;
	assert_int_equal(template_fill(t, ENGLISH, v, 3, a, &twin, &f), E_INVALID);
	assert_string_equal(f.field, "values");
	f = (struct fault){0};
	assert_int_equal(template_fill(t, ENGLISH, v, 1, a, &twin, &f), E_INVALID);
	assert_string_equal(f.field, "company");
	f = (struct fault){0};
	v[2] = v[0];
	assert_int_equal(template_fill(t, ENGLISH, v, 3, a, &twin, &f), E_INVALID);
	f = (struct fault){0};
	v[0].value = STR("\xff");
	assert_int_equal(template_fill(t, ENGLISH, v, 2, a, &twin, &f), E_INVALID);
	assert_string_equal(f.field, "name");
	assert_int_equal(template_fill(t, SPANISH, &v[1], 2, a, &twin, NULL), OK);
	assert_true(has(twin.text, "Hola, Ann:"));
}

static void
a_value_over_its_ceiling_is_refused(void **state)
{
	char long_name[TEMPLATE_VALUE_BYTES + 1], long_url[TEMPLATE_LINK_BYTES + 1];
	struct template_twin twin;

	(void)state;
	memset(long_name, 'a', sizeof(long_name));
	memset(long_url, 'a', sizeof(long_url));
	memcpy(long_url, "https://", 8);
	assert_int_equal(
	    fill_reset((struct str){long_name, sizeof(long_name)}, STR("https://x"), &twin),
	    E_INVALID);
	assert_string_equal(f.field, "name");
	assert_int_equal(
	    fill_reset(STR("Ann"), (struct str){long_url, sizeof(long_url)}, &twin), E_INVALID);
	assert_string_equal(f.field, "url");
	assert_int_equal(fill_reset((struct str){long_name, sizeof(long_name) - 1},
			     (struct str){long_url, sizeof(long_url) - 1}, &twin),
	    OK);
}

static void
a_mail_wears_its_companys_colour_and_can_be_read_on_it(void **state)
{
	struct template_twin twin, plain;

	(void)state;
	assert_int_equal(fill_reset(STR("Ann"), STR("https://x"), &plain), OK);
	twin = plain;
	template_brand(&twin, STR("Blue <b>"), STR("#123ABC"), a);
	assert_true(has(twin.html, "border-top:4px solid #123abc") && has(twin.html, ">Blue &lt;b&gt;</p>"));
	assert_true(has(twin.html, "background:#123abc;color:#fff") && !has(twin.html, "#0f5e66"));
	assert_true(str_eq(twin.text, plain.text));
	twin = plain;
	template_brand(&twin, STR("Sun"), STR("#ffd400"), a);
	assert_true(has(twin.html, "background:#ffd400;color:#000"));
	twin = plain;
	template_brand(&twin, STR("Bad"), STR("#12;x:y"), a);
	assert_true(str_eq(twin.html, plain.html));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(every_template_is_whole, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		every_template_says_each_value_in_both_twins_and_languages, open_arena,
		close_arena),
	    cmocka_unit_test_setup_teardown(
		a_template_that_is_not_whole_is_refused, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		a_name_cannot_become_a_paragraph_a_tag_or_a_link, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		a_brace_in_a_value_is_only_a_brace, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		a_link_is_http_and_cannot_leave_its_attribute, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		values_are_exactly_those_listed, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		a_value_over_its_ceiling_is_refused, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		a_mail_wears_its_companys_colour_and_can_be_read_on_it, open_arena, close_arena),
	};

	return cmocka_run_group_tests_name("domain/messaging/template", tests, NULL, NULL);
}
