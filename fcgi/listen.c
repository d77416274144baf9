#include "fcgi/listen.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "domain/base/str.h"

#define SYSTEMD_FIRST_FD 3

static bool made_here;

static int inherited(void);
static int number_of(const char *variable);
static bool is_listening(int fd);
static bool address(const char *path, struct sockaddr_un *out);
static bool is_alive(const struct sockaddr_un *to);
static int make(const char *path, int backlog);
static int refuse(const char *path, const char *why);

int
listen_open(const char *path, int backlog)
{
	int fd = inherited();

	if (fd >= 0)
		return fd;
	return make(path, backlog);
}

static int
inherited(void)
{
	int fd = number_of(LISTEN_FD_VARIABLE);

	if (fd >= 0) {
		unsetenv(LISTEN_FD_VARIABLE);
		if (is_listening(fd)) {
			/* An earlier self may have made the file: it is ours to remove at the
			 * end. */
			made_here = getenv("LISTEN_PID") == NULL;
			return fd;
		}
	}
	if (number_of("LISTEN_PID") == (int)getpid() && number_of("LISTEN_FDS") >= 1 &&
	    is_listening(SYSTEMD_FIRST_FD)) {
		if (fcntl(SYSTEMD_FIRST_FD, F_SETFD, FD_CLOEXEC) != 0)
			return -1;
		return SYSTEMD_FIRST_FD;
	}
	return -1;
}

static int
number_of(const char *variable)
{
	uint64_t n;

	return str_u64(str_of(getenv(variable)), &n) && n <= INT32_MAX ? (int)n : -1;
}

static bool
is_listening(int fd)
{
	int listening = 0;
	socklen_t n = sizeof(listening);

	return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &n) == 0 && listening;
}

static bool
address(const char *path, struct sockaddr_un *out)
{
	size_t n = strlen(path);

	memset(out, 0, sizeof(*out));
	out->sun_family = AF_UNIX;
	if (n >= sizeof(out->sun_path))
		return false;
	memcpy(out->sun_path, path, n);
	return true;
}

static bool
is_alive(const struct sockaddr_un *to)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool alive;

	if (fd < 0)
		return false;
	alive = connect(fd, (const struct sockaddr *)to, sizeof(*to)) == 0 || errno == EAGAIN;
	close(fd);
	return alive;
}

static int
make(const char *path, int backlog)
{
	struct sockaddr_un at;
	mode_t before;
	int fd, bound;

	if (!address(path, &at))
		return refuse(path, "the path of the socket is too long");
	if (is_alive(&at))
		return refuse(path, "another poold answers on this socket already");
	if (unlink(path) != 0 && errno != ENOENT)
		return refuse(path, strerror(errno));
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return refuse(path, strerror(errno));
	/* 0660 from its first moment: nginx's group may knock, nobody else. */
	before = umask(0117);
	bound = bind(fd, (const struct sockaddr *)&at, sizeof(at));
	umask(before);
	if (bound != 0 || listen(fd, backlog) != 0) {
		close(fd);
		return refuse(path, strerror(errno));
	}
	made_here = true;
	return fd;
}

static int
refuse(const char *path, const char *why)
{
	fprintf(stderr, "poold: %s: %s\n", path, why);
	return -1;
}

void
listen_forget(const char *path)
{
	if (made_here && unlink(path) != 0 && errno != ENOENT)
		refuse(path, strerror(errno));
}
