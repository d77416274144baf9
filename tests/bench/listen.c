/*
 * tests/bench/listen.c -- many pages that listen, in one small program: what measures must cost
 *less than what is measured.
 *
 *	listen PORT HOST COOKIE STREAMS
 *
 * Prints "open N" when all streams stand. When the last of them has heard a hint, or at a line on
 *stdin, prints a line: when each heard, in microseconds of CLOCK_MONOTONIC.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define AT_ONCE 64

static int64_t
now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void
die(const char *why)
{
	fprintf(stderr, "listen: %s\n", why);
	exit(1);
}

/* Opens one stream and reads its head; what follows is for the loop. One address is an office;
 * these are many. */
static int
stream(int port, const char *host, const char *cookie, int i)
{
	struct sockaddr_in to = {.sin_family = AF_INET,
	    .sin_port = htons((uint16_t)port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	char text[4096];
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int n = snprintf(text, sizeof(text),
	    "GET /api/office/live HTTP/1.1\r\nHost: %s:%d\r\nCookie: %s\r\nAccept: "
	    "text/event-stream\r\n"
	    "X-Forwarded-For: 198.51.100.%d\r\n\r\n",
	    host, port, cookie, 1 + i % 200);

	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0 ||
	    write(fd, text, (size_t)n) != n)
		die("no connection");
	n = (int)read(fd, text, sizeof(text) - 1);
	if (n < 12 || memcmp(text, "HTTP/1.1 200", 12) != 0)
		die("a stream was refused");
	return fd;
}

static void
report(const int64_t *at, int *heard)
{
	for (int i = 0; i < *heard; i++)
		printf("%" PRId64 " ", at[i]);
	printf("\n");
	fflush(stdout);
	*heard = 0;
}

int
main(int argc, char **argv)
{
	const int streams = argc == 5 ? (int)strtol(argv[4], NULL, 10) : 0;
	const struct rlimit files = {(rlim_t)streams + 64, (rlim_t)streams + 64};
	struct epoll_event some[AT_ONCE], one = {.events = EPOLLIN};
	int64_t *at = calloc((size_t)streams + 1, sizeof(*at));
	int loop = epoll_create1(EPOLL_CLOEXEC), heard = 0;
	char text[4096];

	if (streams <= 0 || at == NULL || loop < 0)
		die("usage: listen PORT HOST COOKIE STREAMS");
	setrlimit(RLIMIT_NOFILE, &files);
	for (int i = 0; i < streams; i++) {
		one.data.fd = stream((int)strtol(argv[1], NULL, 10), argv[2], argv[3], i);
		fcntl(one.data.fd, F_SETFL, O_NONBLOCK);
		epoll_ctl(loop, EPOLL_CTL_ADD, one.data.fd, &one);
	}
	one.data.fd = STDIN_FILENO;
	epoll_ctl(loop, EPOLL_CTL_ADD, STDIN_FILENO, &one);
	printf("open %d\n", streams);
	fflush(stdout);
	for (;;) {
		const int n = epoll_wait(loop, some, AT_ONCE, -1);

		for (int i = 0; i < n; i++) {
			const ssize_t got = read(some[i].data.fd, text, sizeof(text) - 1);

			if (some[i].data.fd == STDIN_FILENO) {
				if (got <= 0)
					return 0;
				report(at, &heard);
				continue;
			}
			if (got <= 0)
				die("a stream was closed");
			text[got] = '\0';
			if (strstr(text, "data: changed") == NULL || heard >= streams)
				continue;
			at[heard++] = now_us();
			if (heard == streams)
				report(at, &heard);
		}
	}
}
