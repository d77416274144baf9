/*
 * tests/unit/fcgi/api/records.c -- an answer as records: read back by the specification, not by our own hand.
 */
#include "fcgi/api/records.h"

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/test.h"

/* More than a socket holds at once: the writer waits, and goes on in the middle of a record. */
#define MOST (3 * RECORD_MAX + 5)

static char text[MOST], read_back[MOST + 4096];

static size_t
take(int fd, unsigned char *to, size_t n)
{
	size_t got = 0;
	ssize_t r = 1;

	while (got < n && r > 0) {
		r = read(fd, to + got, n - got);
		got += r > 0 ? (size_t)r : 0;
	}
	return got;
}

/* Everything until the end of the request; the length of what it carried. */
static size_t
understand(int fd, unsigned id)
{
	unsigned char h[8], end[8], more;
	bool closed = false;
	size_t all = 0;

	for (;;) {
		size_t n;

		assert_int_equal(take(fd, h, sizeof(h)), sizeof(h));
		assert_int_equal(h[0], 1);
		assert_int_equal(h[2] << 8 | h[3], id);
		assert_int_equal(h[6], 0);
		n = (size_t)(h[4] << 8 | h[5]);
		if (h[1] == 3) {
			static const unsigned char complete[8];

			assert_true(closed);
			assert_int_equal(n, sizeof(end));
			assert_int_equal(take(fd, end, n), n);
			assert_memory_equal(end, complete, sizeof(end));
			assert_int_equal(take(fd, &more, 1), 0);
			return all;
		}
		assert_int_equal(h[1], 6);
		assert_false(closed);
		closed = n == 0;
		assert_true(all + n <= sizeof(read_back));
		assert_int_equal(take(fd, (unsigned char *)read_back + all, n), n);
		all += n;
	}
}

static void
there_and_back(size_t head, size_t body)
{
	int fd[2], status;
	pid_t child;

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
	child = fork();
	if (child == 0) {
		close(fd[0]);
		_exit(records_send(fd[1], 258, (struct str){text, head}, (struct str){text + head, body}) ? 0 : 1);
	}
	close(fd[1]);
	memset(read_back, 0, sizeof(read_back));
	assert_int_equal(understand(fd[0], 258), head + body);
	assert_memory_equal(read_back, text, head + body);
	close(fd[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void
an_answer_of_any_length_arrives_whole(void **state)
{
	static const size_t lengths[] = {0, 1, 200, RECORD_MAX - 1, RECORD_MAX, RECORD_MAX + 1, MOST - RECORD_MAX - 1};

	(void)state;
	for (size_t i = 0; i < MOST; i++)
		text[i] = (char)('a' + i * 7 % 23);
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		there_and_back(0, lengths[i]);
		there_and_back(lengths[i], 0);
		there_and_back(200, lengths[i]);
		there_and_back(RECORD_MAX + 1, lengths[i]);
	}
}

static void
whoever_has_gone_is_no_signal(void **state)
{
	int fd[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
	close(fd[0]);
	assert_false(records_send(fd[1], 1, STR("Status: 200 OK\r\n\r\n"), STR("body")));
	close(fd[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_answer_of_any_length_arrives_whole),
	    cmocka_unit_test(whoever_has_gone_is_no_signal),
	};

	return cmocka_run_group_tests_name("fcgi/api/records", tests, NULL, NULL);
}
