#include "fcgi/api/records.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/uio.h>

/* Of the specification: the version, the kinds of record that we send, the length of a head. */
#define VERSION_1   1
#define END_REQUEST 3
#define STDOUT      6
#define HEAD_BYTES  8

static void record_head(unsigned char to[HEAD_BYTES], unsigned kind, unsigned request_id, size_t n);
static size_t slice(struct str of, size_t from, size_t n, struct iovec *out);
static bool send_all(int fd, struct iovec *v, size_t n);

bool
records_send(int fd, unsigned request_id, struct str head, struct str body)
{
	const size_t all = head.n + body.n;
	unsigned char first[HEAD_BYTES], last[3 * HEAD_BYTES] = {0}; /* no more of it · the end: status 0, complete */
	size_t sent = 0;

	record_head(last, STDOUT, request_id, 0);
	record_head(last + HEAD_BYTES, END_REQUEST, request_id, HEAD_BYTES);
	do {
		const size_t n = all - sent < RECORD_MAX ? all - sent : RECORD_MAX;
		struct iovec v[4];
		size_t parts = 0, taken = 0;

		if (n > 0) {
			record_head(first, STDOUT, request_id, n);
			v[parts++] = (struct iovec){first, HEAD_BYTES};
			taken = slice(head, sent, n, &v[parts]);
			parts += taken > 0;
			if (taken < n) {
				(void)slice(body, sent + taken - head.n, n - taken, &v[parts]);
				parts++;
			}
		}
		sent += n;
		if (sent == all)
			v[parts++] = (struct iovec){last, sizeof(last)};
		if (!send_all(fd, v, parts))
			return false;
	} while (sent < all);
	return true;
}

/* Big-endian; no padding. */
static void
record_head(unsigned char to[HEAD_BYTES], unsigned kind, unsigned request_id, size_t n)
{
	to[0] = VERSION_1;
	to[1] = (unsigned char)kind;
	to[2] = (unsigned char)(request_id >> 8);
	to[3] = (unsigned char)request_id;
	to[4] = (unsigned char)(n >> 8);
	to[5] = (unsigned char)n;
	to[6] = to[7] = 0;
}

/* At most n bytes behind `from`; how many. The kernel only reads them. */
static size_t
slice(struct str of, size_t from, size_t n, struct iovec *out)
{
	struct str part = str_sub(of, from, n);

	*out = (struct iovec){(void *)(uintptr_t)part.p, part.n};
	return part.n;
}

static bool
send_all(int fd, struct iovec *v, size_t n)
{
	while (n > 0) {
		struct msghdr m = {.msg_iov = v, .msg_iovlen = n};
		ssize_t went = sendmsg(fd, &m, MSG_NOSIGNAL);
		size_t left = went > 0 ? (size_t)went : 0;

		if (went < 0 && errno != EINTR)
			return false;
		while (n > 0 && left >= v->iov_len) {
			left -= v->iov_len;
			v++;
			n--;
		}
		if (n > 0) {
			v->iov_base = (char *)v->iov_base + left;
			v->iov_len -= left;
		}
	}
	return true;
}
