/* tests/unit/domain/messaging/dkim.c -- a mail as it goes over the wire, and what of it is signed. */
#include "domain/messaging/dkim.h"
#include "tests/unit/test.h"

static struct arena *a;

static void
is(struct str s, const char *wanted)
{
	assert_string_equal(str_copy(a, s).p, wanted);
}

static void
the_head_is_signed_as_readers_unfold_it(void **state)
{
	const struct mime_header h[] = {{"From", STR("\"A  B\" <a@b.example>")}, {"Subject", STR("one\r\n two ")}, {"X-Own", STR("not signed")}};
	const struct dkim d = {STR("b.example"), STR("pool1"), 7, STR("aGFzaA==")};
	const struct str header = dkim_header(a, &d, h, 3);

	(void)state;
	is(header, "v=1; a=rsa-sha256; c=relaxed/simple; d=b.example; s=pool1;\r\n t=7; bh=aGFzaA==;\r\n h=From:From:Subject;\r\n b=");
	is(dkim_text(a, header, h, 3), "from:\"A B\" <a@b.example>\r\nsubject:one two\r\n"
	    "dkim-signature:v=1; a=rsa-sha256; c=relaxed/simple; d=b.example; s=pool1; t=7; bh=aGFzaA==; h=From:From:Subject; b=");
	is(dkim_body(STR("a\r\n\r\n\r\n")), "a\r\n");
	is(dkim_body(STR("a\r\n")), "a\r\n");
}

static void
a_record_says_a_key_or_it_does_not(void **state)
{
	(void)state;
	assert_true(dkim_says(a, dkim_record(a, STR("MIIB")), STR("MIIB")));
	assert_true(dkim_says(a, STR("k=rsa ;  p = MI IB; t=s"), STR("MIIB")));
	assert_false(dkim_says(a, STR("v=DKIM1; p=MIIC"), STR("MIIB")) || dkim_says(a, STR("v=DKIM1; k=ed25519; p=MIIB"), STR("MIIB")) ||
	             dkim_says(a, STR("v=spf1"), STR("")) || dkim_says(a, STR(""), STR("MIIB")));
}

static void
a_domain_has_two_labels_of_plain_letters(void **state)
{
	static const char *const good[] = {"blue.example", "a-b.co.uk", "1.example"};
	static const char *const bad[] = {"localhost", "", "blue..example", "-a.example", "a-.example", "blue.e", "Blue.example", "blue.example.", "b_c.example"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++)
		if (!dkim_domain(str_of(good[i])))
			fail_msg("%s is none", good[i]);
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		if (dkim_domain(str_of(bad[i])))
			fail_msg("%s is one", bad[i]);
}

static void
a_body_has_short_lines_of_ascii_whatever_it_says(void **state)
{
	const struct mime_mail m = {.text = STR(".\ntrail \n\xc3\xb1=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"),
	    .html = STR("<p>x"), .mark = STR("m1"), .paper = STR("%PDF"), .paper_name = STR("a.pdf"), .paper_type = STR("application/pdf")};
	struct str type, body = mime_body(a, &m, &type), rest = body;

	(void)state;
	is(type, "multipart/mixed; boundary=\"=_mm1\"");
	while (rest.n > 0) {
		const struct str line = str_cut(rest, '\n', &rest);

		assert_true(line.n > 0 && line.p[line.n - 1] == '\r' && line.n <= 120);
		assert_true(!str_eq(line, STR(".\r")) && !str_ends(line, STR(" \r")));
		for (size_t i = 0; i + 1 < line.n; i++)
			assert_true(line.p[i] >= ' ' && line.p[i] <= '~');
	}
	assert_non_null(memmem(body.p, body.n, "=2E\r\ntrail=20\r\n=C3=B1=3Daaa", 26));
	assert_non_null(memmem(body.p, body.n, "JVBERg==\r\n", 10));
	const struct mime_header bad[] = {{"Subject", STR("a\r\nBcc: x@y.example")}};
	struct str head;

	assert_false(mime_head(a, bad, 1, &head));
}

static void
photos_go_behind_the_paper_each_with_a_name(void **state)
{
	const struct str photo[] = {{"JPEG1", 5}, {"JPEG2", 5}};
	const struct mime_mail m = {.text = STR("Done"), .html = STR("<p>Done</p>"), .picture = photo, .pictures = 2, .mark = STR("x")};
	struct str type, body = mime_body(a, &m, &type);

	(void)state;
	assert_string_equal(type.p, "multipart/mixed; boundary=\"=_mx\"");
	assert_true(str_ends(body, STR("\r\n--=_mx\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n"
	    "Content-Disposition: attachment; filename=\"photo-2.jpg\"\r\n\r\nSlBFRzI=\r\n--=_mx--\r\n")));
	assert_non_null(memmem(body.p, body.n, "filename=\"photo-1.jpg\"\r\n\r\nSlBFRzE=\r\n\r\n--=_mx", 44));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_head_is_signed_as_readers_unfold_it),
		cmocka_unit_test(a_record_says_a_key_or_it_does_not),
		cmocka_unit_test(a_domain_has_two_labels_of_plain_letters),
		cmocka_unit_test(photos_go_behind_the_paper_each_with_a_name),
		cmocka_unit_test(a_body_has_short_lines_of_ascii_whatever_it_says),
	};

	a = arena_open(65536, 16 << 20, NULL);
	return cmocka_run_group_tests_name("messaging/dkim", tests, NULL, NULL);
}
