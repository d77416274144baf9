/*
 * tests/bench/listen.c -- many pages that listen, in one small program: what measures must cost
 *less than what is measured.
 *
 *	listen PORT HOST COOKIE STREAMS [again]
 *
 * Prints "open N" when all streams stand. When the last of them has heard a hint, or at a line on
 *stdin, prints a line: when each heard, in microseconds of CLOCK_MONOTONIC.
 *
 * "again": a stream that ends is opened again, as a page does it, which then looks as after a hint. At
 *a line with a time, prints how many have looked since.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
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
	if (n <= 0) {
		close(fd); /* the server goes away and comes again */
		return -1;
	}
	if (n < 12 || memcmp(text, "HTTP/1.1 200", 12) != 0)
		die("a stream was refused");
	return fd;
}

static int
opened(int port, const char *host, const char *cookie, int i, int loop)
{
	struct epoll_event one = {.events = EPOLLIN, .data.u32 = (uint32_t)i};
	int fd = -1;

	while (fd < 0)
		fd = stream(port, host, cookie, i);
	fcntl(fd, F_SETFL, O_NONBLOCK);
	epoll_ctl(loop, EPOLL_CTL_ADD, fd, &one);
	return fd;
}

static int
since(const int64_t *looked, int streams, int64_t from)
{
	int n = 0;

	for (int i = 0; i < streams; i++)
		n += looked[i] >= from;
	return n;
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
	const int streams = argc >= 5 ? (int)strtol(argv[4], NULL, 10) : 0;
	const bool again = argc == 6;
	const int port = argc >= 5 ? (int)strtol(argv[1], NULL, 10) : 0;
	const struct rlimit files = {(rlim_t)streams + 64, (rlim_t)streams + 64};
	struct epoll_event some[AT_ONCE], one = {.events = EPOLLIN};
	int64_t *at = calloc((size_t)streams + 1, sizeof(*at)), *looked = calloc((size_t)streams + 1, sizeof(*looked));
	int *fd = calloc((size_t)streams + 1, sizeof(*fd));
	int loop = epoll_create1(EPOLL_CLOEXEC), heard = 0;
	char text[4096];

	if (streams <= 0 || at == NULL || looked == NULL || fd == NULL || loop < 0)
		die("usage: listen PORT HOST COOKIE STREAMS [again]");
	setrlimit(RLIMIT_NOFILE, &files);
	for (int i = 0; i < streams; i++)
		fd[i] = opened(port, argv[2], argv[3], i, loop);
	one.data.u32 = (uint32_t)streams;
	fd[streams] = STDIN_FILENO;
	epoll_ctl(loop, EPOLL_CTL_ADD, STDIN_FILENO, &one);
	printf("open %d\n", streams);
	fflush(stdout);
	for (;;) {
		const int n = epoll_wait(loop, some, AT_ONCE, -1);

		for (int i = 0; i < n; i++) {
			const int k = (int)some[i].data.u32;
			const ssize_t got = read(fd[k], text, sizeof(text) - 1);

			if (fd[k] == STDIN_FILENO) {
				if (got <= 0)
					return 0;
				text[got] = '\0';
				if (again) {
					printf("%d\n", since(looked, streams, strtoll(text, NULL, 10)));
					fflush(stdout);
				} else
					report(at, &heard);
				continue;
			}
			if (got <= 0 && !again)
				die("a stream was closed");
			if (got <= 0) {
				close(fd[k]);
				fd[k] = opened(port, argv[2], argv[3], k, loop);
				looked[k] = now_us();
				continue;
			}
			text[got] = '\0';
			if (strstr(text, "data: changed") == NULL)
				continue;
			looked[k] = now_us();
			if (again || heard >= streams)
				continue;
			at[heard++] = now_us();
			if (heard == streams)
				report(at, &heard);
		}
	}
}
