/* tests/unit/domain/messaging/lmtp.c -- a mail server hands mails over: what it says, what it is answered, reader by reader. */
#include "domain/messaging/lmtp.h"

#include "tests/unit/test.h"

#define ROOM 100
static struct arena *a;
static char room[ROOM];
static struct str mail; /* the last one that was whole */

static int
open_arena(void **state)
{
	(void)state;
	a = arena_open(1 << 16, 1 << 24, NULL);
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_close(a);
	return 0;
}

/* The answers, "/" between them, without their words: "220/250-/250/..." */
static struct str
talk(const char *said, const enum err *kept)
{
	struct buf out = buf_open(a, 512, 1 << 20), codes = buf_open(a, 128, 1 << 16);
	struct lmtp *l = arena_new(a, struct lmtp);
	struct str bytes = str_of(said), rest, line;

	mail = STR("");
	lmtp_open(l, STR("in.example"), room, ROOM, &out);
	while (bytes.n > 0 && l->at != LMTP_ENDED) {
		bytes = str_sub(bytes, lmtp_take(l, bytes, a, &out), bytes.n);
		/* Whose name has an "x" is nobody; of "later" it cannot be said now. */
		if (l->asks)
			lmtp_known(l, strchr(l->to[l->to_n], 'x') != strstr(l->to[l->to_n], "xample") ? E_NOT_FOUND
			    : strncmp(l->to[l->to_n], "later", 5) == 0 ? E_AWAY : OK, &out);
		if (l->whole) {
			mail = str_copy(a, (struct str){l->room, l->n});
			lmtp_kept(l, kept, &out);
		}
	}
	for (rest = buf_str(&out); rest.n > 0;) {
		line = str_cut(rest, '\n', &rest);
		if (line.n > 3 && line.p[3] == '-')
			continue;
		if (codes.n > 0)
			buf_char(&codes, '/');
		buf_add(&codes, str_sub(line, 0, 3));
	}
	return buf_str(&codes);
}

#define SAYS(said, wanted) assert_string_equal(talk(said, kept).p, wanted)
#define HEAD "LHLO mx.example\r\nMAIL FROM:<ann@home.example>\r\n"

static void
each_reader_is_answered_apart(void **state)
{
	const enum err kept[LMTP_TO_MAX] = {OK, E_AWAY, E_INVALID};

	(void)state;
	SAYS(HEAD "RCPT TO:<blue@in.example>\r\nRCPT TO:<who@elsewhere.example>\r\nRCPT TO:<red@in.example>\r\nRCPT TO:<green@in.example>\r\n"
	    "DATA\r\nSubject: x\r\n\r\n..dot\r\n.\r\nQUIT\r\n", "220/250/250/250/550/250/250/354/250/451/554/221");
	assert_string_equal(mail.p, "Subject: x\r\n\r\n.dot\r\n");
}

/* Asked of each reader, whatever comes in the same breath; complaints are the house's. */
static void
an_address_that_no_company_has_is_refused_before_the_mail(void **state)
{
	const enum err kept[LMTP_TO_MAX] = {OK};

	(void)state;
	SAYS(HEAD "RCPT TO:<xaver@in.example>\r\nDATA\r\nRCPT TO:<later@in.example>\r\nRCPT TO:<complaints@in.example>\r\nRCPT TO:<blue@in.example>\r\n"
	    "RCPT TO:<xenia@in.example>\r\nDATA\r\nSubject: x\r\n\r\n.\r\n", "220/250/250/550/503/451/250/250/550/354/250/250");
}

static void
only_a_dot_alone_between_two_ends_of_lines_ends_a_mail(void **state)
{
	const enum err kept[LMTP_TO_MAX] = {OK};

	(void)state;
	SAYS(HEAD "RCPT TO:<blue@in.example>\r\nDATA\r\na\n.\nb\r.\rc\r\n.\n.\r\rd\r\n.\r\n", "220/250/250/250/354/250");
	assert_string_equal(mail.p, "a\n.\nb\r.\rc\r\n\n.\r\rd\r\n");
	SAYS(HEAD "RCPT TO:<blue@in.example>\r\nDATA\r\n.\r\n", "220/250/250/250/354/250");
	assert_int_equal(mail.n, 0);
	/* It broke off: nothing was handed over. */
	SAYS(HEAD "RCPT TO:<blue@in.example>\r\nDATA\r\nSubject: x\r\n", "220/250/250/250/354");
}

static void
what_is_too_large_is_refused_before_or_after(void **state)
{
	const enum err kept[LMTP_TO_MAX] = {OK};
	(void)state;
	SAYS("LHLO x\r\nMAIL FROM:<ann@home.example> BODY=8BITMIME SIZE=101\r\nMAIL FROM:<ann@home.example> SIZE=100\r\n", "220/250/552/250");
	SAYS(str_printf(a, HEAD "RCPT TO:<blue@in.example>\r\nDATA\r\n%0*d\r\n.\r\nNOOP\r\n", ROOM + 1, 0).p, "220/250/250/250/354/552/250");
}

static void
what_is_said_out_of_turn_or_is_no_lmtp_is_refused(void **state)
{
	const enum err kept[LMTP_TO_MAX] = {OK};
	(void)state;
	SAYS("EHLO x\r\nHELO x\r\nLHLO\r\nMAIL FROM:<a@b.example>\r\nDATA\r\n", "220/500/500/500/503/503");
	SAYS("LHLO x\nRCPT TO:<blue@in.example>\nMAIL FROM:<a b>\nMAIL TO:<a@b.example>\nMAIL FROM:a@b.example\n", "220/250/503/250/503/503");
	SAYS(HEAD "DATA\r\nRCPT TO:<\"x y\"@in.example>\r\nRCPT TO:<blue@in.example\r\nRSET\r\nRCPT TO:<blue@in.example>\r\nVRFY x\r\n",
	    "220/250/250/503/550/501/250/503/252");
	SAYS(str_printf(a, "%0*d\r\nNOOP\r\n", LMTP_LINE_MAX + 5, 0).p, "220/500/250");
}

static void
fifty_readers_and_no_more(void **state)
{
	const enum err kept[LMTP_TO_MAX] = {OK};
	struct buf b = buf_open(a, 4096, 1 << 16);
	unsigned taken = 0;

	(void)state;
	buf_add(&b, STR(HEAD));
	for (unsigned i = 0; i < LMTP_TO_MAX + 2; i++)
		buf_printf(&b, "RCPT TO:<blue%u@in.example>\r\n", i);
	const struct str codes = talk(buf_str(&b).p, kept);

	for (size_t i = 0; i < codes.n; i += 4)
		taken += str_eq(str_sub(codes, i, 3), STR("250"));
	assert_int_equal(taken, 2 + LMTP_TO_MAX);
	assert_true(str_ends(codes, STR("452/452")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_reader_is_answered_apart),
		cmocka_unit_test(an_address_that_no_company_has_is_refused_before_the_mail),
		cmocka_unit_test(only_a_dot_alone_between_two_ends_of_lines_ends_a_mail),
		cmocka_unit_test(what_is_too_large_is_refused_before_or_after),
		cmocka_unit_test(what_is_said_out_of_turn_or_is_no_lmtp_is_refused),
		cmocka_unit_test(fifty_readers_and_no_more),
	};

	return cmocka_run_group_tests_name("lmtp", tests, open_arena, close_arena);
}
