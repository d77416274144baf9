#include "fcgi/jobs/wake.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static void catch_stop(int signo);
static bool set_path(char *out, size_t size, const char *dir, const char *name);
static void take_socket(struct wake *k);
static void drain(int fd);

static volatile sig_atomic_t stopped;
static pid_t parent;

void
wake_open(struct wake *k, const struct config *c)
{
	struct sigaction sa = {.sa_handler = catch_stop};
	sigset_t mask;

	*k = (struct wake){.fd = -1, .lock_fd = -1};
	parent = getppid();
	stopped = 0;
	sigemptyset(&mask);
	sigaddset(&mask, SIGTERM);
	sigaddset(&mask, SIGINT);
	sigaddset(&mask, SIGHUP);
	sigprocmask(SIG_BLOCK, &mask, NULL);
	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGHUP, &sa, NULL);
	if (!c->run_dir || !*c->run_dir)
		return;
	if (!set_path(k->path, sizeof(k->path), c->run_dir, "jobs.sock") ||
	    !set_path(k->lock_path, sizeof(k->lock_path), c->run_dir, "jobs.lock"))
		k->path[0] = '\0';
	take_socket(k);
}

static void
catch_stop(int signo)
{
	(void)signo;
	stopped = 1;
}

/* A path too long for a socket's address is no path: the worker then looks by itself. */
static bool
set_path(char *out, size_t size, const char *dir, const char *name)
{
	int n = snprintf(out, size, "%s/%s", dir, name);

	return n > 0 && (size_t)n < size;
}

/* The lock ends with its process, so a socket left behind by a killed worker is taken over. */
static void
take_socket(struct wake *k)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	mode_t mask;
	int bound;

	if (k->fd >= 0 || !k->path[0])
		return;
	if (k->lock_fd < 0)
		k->lock_fd = open(k->lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (k->lock_fd < 0 || flock(k->lock_fd, LOCK_EX | LOCK_NB) != 0)
		return;
	k->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (k->fd < 0)
		return;
	memcpy(at.sun_path, k->path, sizeof(at.sun_path));
	unlink(k->path);
	mask = umask(0117); /* the web workers' group may write to it */
	bound = bind(k->fd, (struct sockaddr *)&at, sizeof(at));
	umask(mask);
	if (bound != 0) {
		close(k->fd);
		k->fd = -1;
	}
}

void
wake_close(struct wake *k)
{
	if (k->fd >= 0) {
		unlink(k->path);
		close(k->fd);
	}
	if (k->lock_fd >= 0)
		close(k->lock_fd);
	k->fd = k->lock_fd = -1;
}

void
wake_sleep(struct wake *k, int64_t ms)
{
	struct pollfd p = {.fd = k->fd, .events = POLLIN};
	struct timespec t;
	sigset_t none;

	take_socket(k);
	p.fd = k->fd;
	if (k->fd < 0 && ms > WAKE_ALONE_MS)
		ms = WAKE_ALONE_MS;
	if (ms < 0)
		ms = 0;
	t = (struct timespec){ms / 1000, ms % 1000 * 1000000};
	sigemptyset(&none);
	if (ppoll(&p, k->fd >= 0 ? 1 : 0, &t, &none) > 0)
		drain(k->fd);
}

/* Many datagrams are one: the due list says what they were about. */
static void
drain(int fd)
{
	char text[64];

	for (unsigned i = 0; i < 1000; i++)
		if (recv(fd, text, sizeof(text), MSG_DONTWAIT) < 0)
			return;
}

bool
wake_stop(void)
{
	sigset_t waiting;

	if (stopped || getppid() != parent)
		return true;
	sigpending(&waiting);
	return sigismember(&waiting, SIGTERM) || sigismember(&waiting, SIGINT) ||
	       sigismember(&waiting, SIGHUP);
}
