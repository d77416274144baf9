/* tests/unit/domain/messaging/letter.c -- what is new in a mail, who wrote it, and the addresses that mails come in at. */
#include "domain/messaging/letter.h"
#include "tests/unit/test.h"

static struct arena *a;

static void
is(struct str s, const char *wanted)
{
	assert_string_equal(str_copy(a, s).p, wanted);
}

static struct str
page(const char *html)
{
	return letter_clean(a, letter_plain(a, str_of(html)), 1000);
}

static void
folded(const char *text, const char *fresh, const char *quoted)
{
	struct str f, q;

	letter_fold(a, str_of(text), &f, &q);
	is(f, fresh);
	is(q, quoted);
}

static void
an_answer_is_what_stands_above_its_quote(void **state)
{
	(void)state;
	folded("Yes please.\n\nOn Tue, Jun 2, 2026 at 9:14 AM Blue <b@in.example> wrote:\n> Shall we come?\n> Tom\n", "Yes please.",
	    "On Tue, Jun 2, 2026 at 9:14 AM Blue <b@in.example> wrote:\n> Shall we come?\n> Tom");
	folded("S\xc3\xad.\n\nEl mar, 2 jun 2026 a las 9:14, Blue\n(<b@in.example>) escribi\xc3\xb3:\n\n> \xc2\xbfVamos?\n", "S\xc3\xad.",
	    "El mar, 2 jun 2026 a las 9:14, Blue\n(<b@in.example>) escribi\xc3\xb3:\n\n> \xc2\xbfVamos?");
	folded("Fine.\n\n-----Original Message-----\nFrom: Blue\nWe come at nine.\n", "Fine.", "-----Original Message-----\nFrom: Blue\nWe come at nine.");
	folded("OK\n\nFrom: Blue <b@in.example>\nSent: Tuesday\nTo: Rosa\nSubject: Visit\n\nWe come.", "OK",
	    "From: Blue <b@in.example>\nSent: Tuesday\nTo: Rosa\nSubject: Visit\n\nWe come.");
}

static void
words_below_a_quote_are_new_and_words_between_its_lines_hide_nothing(void **state)
{
	const char *between = "Hi\n> At nine?\nYes.\n> And the pump?\nNo.";

	(void)state;
	folded("Hello\n> At nine?\n\nYes, at nine.", "Hello\n\nYes, at nine.", "> At nine?");
	folded(between, between, "");
	/* Nothing new: it was passed on, and that is what it says. */
	folded("> At nine?", "> At nine?", "");
	folded("On Monday I wrote: no.", "On Monday I wrote: no.", "");
	folded("From: here to there it leaks.\nTo: be seen.", "From: here to there it leaks.\nTo: be seen.", "");
	folded("", "", "");
}

static void
a_page_becomes_its_words(void **state)
{
	(void)state;
	is(page("<style>p{}</style><p>One &amp; two<br>three</p><script>alert(1)</script><p>&iquest;Qu&eacute;?&#8364;</p>"),
	    "One & two\nthree\n\n\xc2\xbfQu\xc3\xa9?\xe2\x82\xac");
	is(page("<div>A</div><blockquote>B<div>C</div></blockquote>D"), "A\n\n> B\n> C\n\nD");
	is(page("<a href=\"https://evil.example/x\">bank.example</a>"), "bank.example (https://evil.example/x)");
	is(page("<a href='javascript:alert(1)'>here</a> <img src=x onerror=alert(1)>&bogus; a < b <"), "here &bogus; a < b <");
	is(page("<ul><li>uno<li>dos</ul><!-- x --><td>1</td><td>2</td>"), "- uno\n- dos\n1 2");
	is(page("<p title=\"a > b\">quoted"), "quoted");
	is(page("<p"), "");
}

static void
text_is_clean_utf8_of_few_lines(void **state)
{
	(void)state;
	is(letter_clean(a, STR("a\r\nb\rc\n\n\n\nd  \n\te\x01\xff"), 100), "a\nb\nc\n\nd\n e\xef\xbf\xbd");
	/* A name that would be read from right to left: photo_gpj.exe */
	is(letter_clean(a, STR("photo_\xe2\x80\xaegpj.exe"), 100), "photo_gpj.exe");
	is(letter_clean(a, STR("\xc3\xa1\xc3\xa1"), 3), "\xc3\xa1");
	assert_true(letter_clean(a, STR("\xff\xff\xff"), 4).n <= 4);
}

static void
machines_are_known_by_what_they_say_of_themselves(void **state)
{
	(void)state;
	assert_int_equal(letter_kind_of(&(struct letter_head){.from = STR("rosa@home.example")}), LETTER_PERSON);
	assert_int_equal(letter_kind_of(&(struct letter_head){.auto_submitted = STR("no")}), LETTER_PERSON);
	assert_int_equal(letter_kind_of(&(struct letter_head){.auto_submitted = STR("auto-replied; x=y")}), LETTER_MACHINE);
	assert_int_equal(letter_kind_of(&(struct letter_head){.precedence = STR(" Bulk")}), LETTER_MACHINE);
	assert_int_equal(letter_kind_of(&(struct letter_head){.list_id = STR("<pools.example>")}), LETTER_MACHINE);
	assert_int_equal(letter_kind_of(&(struct letter_head){.return_path = STR("<>")}), LETTER_MACHINE);
	assert_int_equal(letter_kind_of(&(struct letter_head){.from = STR("MAILER-DAEMON@mx.example")}), LETTER_MACHINE);
	assert_int_equal(letter_kind_of(&(struct letter_head){.report = STR("delivery-status"), .auto_submitted = STR("auto-replied")}), LETTER_BOUNCE);
	assert_int_equal(letter_kind_of(&(struct letter_head){.report = STR("feedback-report")}), LETTER_COMPLAINT);
	/* OpenSMTPD's reports are not called so; whoever passes such a one on is a person. */
	assert_int_equal(letter_kind_of(&(struct letter_head){.from = STR("MAILER-DAEMON@mx"), .status = true}), LETTER_BOUNCE);
	assert_int_equal(letter_kind_of(&(struct letter_head){.from = STR("rosa@home.example"), .status = true}), LETTER_PERSON);
}

static void
what_a_status_does_not_say_stands_in_its_words(void **state)
{
	const struct str text = STR("Sorry.\n\ndead@far.example: 550 5.1.1 no such user\nfull@far.example: 552 5.2.2 over quota\n");
	struct letter l = {.status = STR("5.0.0"), .failed = STR("dead@far.example")};

	(void)state;
	letter_exact(text, &l);
	assert_true(str_eq(l.status, STR("5.1.1")) && str_eq(l.why, STR("550 5.1.1 no such user")));
	l = (struct letter){.status = STR("5.0.0"), .failed = STR("Full@far.example")};
	letter_exact(text, &l);
	assert_true(str_eq(l.status, STR("5.2.2")) && !letter_lasting(l.status));
	l = (struct letter){.status = STR("5.0.0"), .failed = STR("other@far.example")};
	letter_exact(text, &l);
	assert_true(str_eq(l.status, STR("5.0.0")) && l.why.n == 0);
	l = (struct letter){.status = STR("5.7.1"), .failed = STR("dead@far.example")};
	letter_exact(text, &l);
	assert_true(str_eq(l.status, STR("5.7.1")));
}

static void
a_report_says_whose_address_failed_and_why(void **state)
{
	struct letter l = {0};

	(void)state;
	letter_report(STR("Reporting-MTA: dns; mx.example\n\nOriginal-Recipient: rfc822;rosa@home.example\nFinal-Recipient: rfc822; r2@isp.example\n"
	    "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 No such user\n"), &l);
	is(l.failed, "rosa@home.example");
	is(l.status, "5.1.1");
	is(l.why, "smtp; 550 5.1.1 No such user");
	l = (struct letter){0};
	letter_report(STR("Final-Recipient: rfc822; r2@isp.example\nAction: delayed\nStatus: 4.4.1\n"), &l);
	is(l.failed, "r2@isp.example");
	is(l.status, "");
	/* Found by fuzzing: a status that is none was cut within a letter. */
	l = (struct letter){0};
	letter_report(STR("Final-Recipient: rfc822; r2@isp.example\nAction: failed\nStatus: 5.1\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\n"), &l);
	is(l.status, "5.1");
	l = (struct letter){0};
	letter_report(STR("Feedback-Type: abuse\nOriginal-Rcpt-To: <rosa@home.example>\n"), &l);
	is(l.failed, "rosa@home.example");
	is(l.why, "abuse");
	assert_true(letter_lasting(STR("5.1.1")) && letter_lasting(STR("5.4.4")) && letter_lasting(STR("5.2.1")));
	assert_false(letter_lasting(STR("5.2.2")) || letter_lasting(STR("5.7.1")) || letter_lasting(STR("4.1.1")) || letter_lasting(STR("")));
}

static void
addresses_lead_back_to_what_they_were_given_out_for(void **state)
{
	const struct str domain = STR("in.example");
	const struct inlet_address one = {INLET_THREAD, STR("desert-blue"), UINT64_C(12345678901), STR("abcdefghi")};
	struct inlet_address i;
	struct str written = inlet_write(a, &one, domain), rest;

	(void)state;
	assert_true(inlet_read(a, str_of("DESERT-BLUE@IN.EXAMPLE"), domain, &i) && i.inlet == INLET_COMPANY);
	is(i.slug, "desert-blue");
	assert_true(inlet_read(a, written, domain, &i) && i.inlet == INLET_THREAD && i.id == one.id);
	is(i.seal, "abcdefghi");
	assert_true(inlet_read(a, STR("blue+anything@in.example"), domain, &i) && i.inlet == INLET_COMPANY);
	assert_true(inlet_read(a, STR("complaints@in.example"), domain, &i) && i.inlet == INLET_COMPLAINTS);
	assert_false(inlet_read(a, STR("blue\0s@in.example"), domain, &i) || inlet_read(a, STR("bl\xb8ue@in.example"), domain, &i));
	assert_false(inlet_read(a, STR("blue@other.example"), domain, &i) || inlet_read(a, STR("blue"), domain, &i) ||
	             inlet_read(a, STR("@in.example"), domain, &i) || inlet_read(a, STR("blue@in.example"), STR(""), &i));
	/* The longest name of a company fits before the '@'. */
	const struct inlet_address longest = {INLET_BOUNCE, STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), UINT64_MAX >> 1, STR("abcdefghi")};

	assert_int_equal(str_cut(inlet_write(a, &longest, domain), '@', &rest).n, 64);
	written = str_printf(a, "Return-Path: <%.*s>\nX", STR_ARG(inlet_write(a, &longest, domain)));
	assert_true(inlet_find(a, written, domain, INLET_BOUNCE, &i) && i.id == UINT64_MAX >> 1);
	assert_false(inlet_find(a, written, domain, INLET_THREAD, &i));
}

static void
a_letter_goes_from_one_program_to_the_other_whole(void **state)
{
	struct letter l = {.kind = LETTER_PERSON, .from = STR("a@b.example"), .text = STR("text 3\nfrom 2\nx\n"), .file = {{STR("x"), STR("image/jpeg"), true}, {STR("y.exe"), STR("z"), false}}, .files = 2, .left_out = 1}, r;
	struct buf b = buf_open(a, 64, 4096);
	struct fault f = {0};

	(void)state;
	letter_write(&l, &b);
	assert_int_equal(letter_read(buf_str(&b), &r, &f), OK);
	is(r.text, "text 3\nfrom 2\nx\n");
	is(r.from, "a@b.example");
	assert_true(r.files == 2 && r.file[0].kept && !r.file[1].kept && r.left_out == 1);
	assert_int_equal(letter_read(STR("kind 1\n1\ntext 99\nx\n"), &r, &f), E_INVALID);
	assert_int_equal(letter_read(STR("text 1\nx\n"), &r, &f), E_INVALID);
	assert_int_equal(letter_read(STR("kind 1\n9\n"), &r, &f), E_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_is_what_stands_above_its_quote),
		cmocka_unit_test(words_below_a_quote_are_new_and_words_between_its_lines_hide_nothing),
		cmocka_unit_test(a_page_becomes_its_words),
		cmocka_unit_test(text_is_clean_utf8_of_few_lines),
		cmocka_unit_test(machines_are_known_by_what_they_say_of_themselves),
		cmocka_unit_test(a_report_says_whose_address_failed_and_why),
		cmocka_unit_test(what_a_status_does_not_say_stands_in_its_words),
		cmocka_unit_test(addresses_lead_back_to_what_they_were_given_out_for),
		cmocka_unit_test(a_letter_goes_from_one_program_to_the_other_whole),
	};

	a = arena_open(65536, 16 << 20, NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
