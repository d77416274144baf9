/* tests/unit/fcgi/remote/call.c -- where a call may go, and what is refused before anything is
 * sent. */
#include "domain/messaging/mime.h"
#include "fcgi/remote/call.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/arena.h"
#include "tests/unit/test.h"

ARENA_OF_EACH_TEST(a)

static bool public(const char *text)
{
	struct sockaddr_in in4 = {.sin_family = AF_INET};
	struct sockaddr_in6 in6 = {.sin6_family = AF_INET6};

	if (inet_pton(AF_INET, text, &in4.sin_addr) == 1)
		return call_public((struct sockaddr *)&in4);
	assert_int_equal(inet_pton(AF_INET6, text, &in6.sin6_addr), 1);
	return call_public((struct sockaddr *)&in6);
}

static void
special_addresses_are_not_public(void **state)
{
	static const char *const special[] = {"0.0.0.0", "0.255.1.2", "10.0.0.1", "10.255.255.255",
	    "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.1", "169.254.169.254",
	    "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1",
	    "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.1.1.1",
	    "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:8.8.8.8", "64:ff9b::1", "100::1",
	    "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff:fff::1", "fc00::1", "fd12::1",
	    "fe80::1", "ff02::1"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(special); i++)
		if (public(special[i]))
			fail_msg("%s counts as public", special[i]);
}

static void
usual_addresses_are_public(void **state)
{
	static const char *const usual[] = {"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0",
	    "100.63.255.255", "100.128.0.0", "126.1.1.1", "128.0.0.1", "169.253.1.1",
	    "172.15.255.255", "172.32.0.0", "192.0.1.1", "192.167.1.1", "192.169.1.1", "198.17.1.1",
	    "198.20.1.1", "223.255.255.255", "2600::1", "2a00:1450::1", "2001:4860:4860::8888"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(usual); i++)
		if (!public(usual[i]))
			fail_msg("%s does not count as public", usual[i]);
}

static enum err
mail_with(struct str from, struct str to, const char *name, struct str value, struct fault *f)
{
	const struct mime_header header[] = {{name, value}};
	struct str head;

	if (!mime_head(a, header, 1, &head))
		return fail(f, E_INVALID, "header", "A header cannot hold this value.");
	/* Port 1 of this machine: whoever gets so far as to dial is told so by E_AWAY. */
	const struct call_mail m = {.url = "smtp://127.0.0.1:1",
	    .from = from,
	    .to = to,
	    .head = head,
	    .body = STR("x\r\n")};

	return call_mail(a, &m, f);
}

static void
nothing_can_add_a_header_or_a_reader(void **state)
{
	static const char *const bad[] = {
	    "Hi\r\nBcc: x@y.example", "Hi\nBcc: x@y.example", "Hi\r", "Hi\x7f", "Hi\r\n"};
	const struct str ann = STR("ann@blue.example");
	struct fault f = {0};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		f = (struct fault){0};
		assert_int_equal(mail_with(ann, ann, "Subject", str_of(bad[i]), &f), E_INVALID);
		assert_string_equal(f.field, "header");
	}
	f = (struct fault){0};
	assert_int_equal(
	    mail_with(ann, STR("ann@blue.example>\r\nDATA"), "Subject", STR("Hi"), &f), E_INVALID);
	assert_string_equal(f.field, "to");
	f = (struct fault){0};
	assert_int_equal(mail_with(STR("<>"), ann, "Subject", STR("Hi"), &f), E_INVALID);
	assert_string_equal(f.field, "from");
	f = (struct fault){0};
	assert_int_equal(
	    mail_with(ann, ann, "Subject", (struct str){"Hi\0there", 8}, &f), E_INVALID);
	/* A fold is no new header. */
	f = (struct fault){0};
	assert_int_equal(mail_with(ann, ann, "Subject", STR("Hi\r\n there"), &f), E_AWAY);
}

static enum err
get(enum call_reach reach, const char *url, struct fault *f)
{
	const struct call_http c = {.reach = reach, .method = "GET", .url = str_of(url)};
	struct call_answer answer;

	*f = (struct fault){0};
	return call_http(a, &c, &answer, f);
}

static void
a_company_cannot_make_us_call_ourselves(void **state)
{
	struct fault f;

	(void)state;
	assert_int_equal(get(CALL_PUBLIC, "https://127.0.0.1:1/", &f), E_FORBIDDEN);
	assert_int_equal(get(CALL_PUBLIC, "https://[::1]:1/", &f), E_FORBIDDEN);
	assert_int_equal(get(CALL_PUBLIC, "https://localhost:1/", &f), E_FORBIDDEN);
	assert_int_equal(
	    get(CALL_PUBLIC, "https://169.254.169.254/latest/meta-data/", &f), E_FORBIDDEN);
	assert_int_equal(get(CALL_OPERATOR, "http://127.0.0.1:1/", &f), E_AWAY);
}

static void
only_web_addresses_are_called(void **state)
{
	static const char *const bad[] = {"file:///etc/passwd", "gopher://127.0.0.1/",
	    "ftp://127.0.0.1/", "dict://x/", "http://8.8.8.8/", "smtp://8.8.8.8/"};
	struct fault f;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		assert_int_equal(get(CALL_PUBLIC, bad[i], &f), E_INVALID);
		assert_string_equal(f.field, "url");
	}
}

/* ---- answers: a small server of our own on loopback ---- */

#define OVER (CALL_ANSWER_MAX + 1)

static void
serve_one(int fd)
{
	static char big[65536];
	char asked[4096];
	size_t n = 0;
	const char *say = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

	while (n + 1 < sizeof(asked)) {
		ssize_t got = read(fd, asked + n, sizeof(asked) - 1 - n);

		if (got <= 0)
			break;
		n += (size_t)got;
		asked[n] = '\0';
		if (strstr(asked, "\r\n\r\n"))
			break;
	}
	if (strstr(asked, " /busy "))
		say = "HTTP/1.1 429 Slow Down\r\nRetry-After: 77\r\nContent-Length: 0\r\n\r\n";
	else if (strstr(asked, " /elsewhere "))
		say = "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n";
	else if (strstr(asked, " /half "))
		say = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf of it";
	else if (strstr(asked, " /big "))
		say = "HTTP/1.1 200 OK\r\n\r\n";
	else if (strstr(asked, "POST /echo ") && strstr(asked, "Idempotency-Key: 0abc"))
		say = "HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\nonce";
	if (write(fd, say, strlen(say)) < 0)
		return;
	if (strstr(asked, " /big "))
		for (size_t sent = 0; sent < OVER; sent += sizeof(big))
			if (write(fd, big, sizeof(big)) < 0)
				return;
}

static pid_t
begin_server(unsigned *port)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	pid_t pid;

	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(listen(fd, 8), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &size), 0);
	*port = ntohs(at.sin_port);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		signal(SIGPIPE, SIG_IGN);
		for (;;) {
			int c = accept(fd, NULL, NULL);

			if (c < 0)
				_exit(1);
			serve_one(c);
			close(c);
		}
	}
	close(fd);
	return pid;
}

static void
any_status_is_an_answer_and_nothing_is_followed(void **state)
{
	const struct call_header key[] = {{"Idempotency-Key", STR("0abc")}};
	struct call_http c = {.reach = CALL_OPERATOR, .method = "GET"};
	struct call_answer answer = {0};
	struct fault f = {0};
	unsigned port;
	pid_t pid = begin_server(&port);

	(void)state;
	c.url = str_printf(a, "http://127.0.0.1:%u/", port);
	assert_int_equal(call_http(a, &c, &answer, &f), OK);
	assert_int_equal(answer.status, 200);
	assert_true(str_eq(answer.body, STR("hi")));
	c.url = str_printf(a, "http://127.0.0.1:%u/busy", port);
	assert_int_equal(call_http(a, &c, &answer, &f), OK);
	assert_int_equal(answer.status, 429);
	assert_int_equal(answer.retry_after_s, 77);
	c.url = str_printf(a, "http://127.0.0.1:%u/elsewhere", port);
	assert_int_equal(call_http(a, &c, &answer, &f), OK);
	assert_int_equal(answer.status, 302);
	c = (struct call_http){.reach = CALL_OPERATOR,
	    .method = "POST",
	    .header = key,
	    .headers = 1,
	    .url = str_printf(a, "http://127.0.0.1:%u/echo", port),
	    .body = STR("{}")};
	assert_int_equal(call_http(a, &c, &answer, &f), OK);
	assert_int_equal(answer.status, 201);
	assert_true(str_eq(answer.body, STR("once")));
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void
half_an_answer_and_one_without_end_are_none(void **state)
{
	struct call_http c = {.reach = CALL_OPERATOR, .method = "GET"};
	struct call_answer answer = {.status = 7};
	struct fault f = {0};
	unsigned port;
	pid_t pid = begin_server(&port);

	(void)state;
	c.url = str_printf(a, "http://127.0.0.1:%u/half", port);
	assert_int_equal(call_http(a, &c, &answer, &f), E_AWAY);
	f = (struct fault){0};
	c.url = str_printf(a, "http://127.0.0.1:%u/big", port);
	assert_int_equal(call_http(a, &c, &answer, &f), E_AWAY);
	assert_string_equal(f.why, "The answer is too large.");
	assert_int_equal(answer.status, 7);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(special_addresses_are_not_public),
	    cmocka_unit_test(usual_addresses_are_public),
	    cmocka_unit_test_setup_teardown(
		nothing_can_add_a_header_or_a_reader, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		a_company_cannot_make_us_call_ourselves, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(only_web_addresses_are_called, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		any_status_is_an_answer_and_nothing_is_followed, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		half_an_answer_and_one_without_end_are_none, open_arena, close_arena),
	};

	return cmocka_run_group_tests_name("fcgi/remote/call", tests, NULL, NULL);
}
