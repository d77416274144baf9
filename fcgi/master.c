#include "fcgi/master.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "domain/base/str.h"
#include "fcgi/http/metrics.h"
#include "fcgi/listen.h"
#include "tenancy/log.h"

/* Fresh and old ones stand side by side while they are replaced. */
#define CHILDREN_MAX (2 * MASTER_WORKERS_MAX)
#define CHILDREN_VARIABLE "POOL_CHILDREN"
#define SECOND_US INT64_C(1000000)

struct child {
	pid_t pid;       /* 0: a free place */
	int64_t born_us; /* 0: born to an earlier self */
	int64_t told_us; /* when it was told to end, 0 = it was not */
	int64_t said_us; /* when it was last told */
	bool old;        /* to be replaced */
};

struct master {
	const struct master_plan *plan;
	int listen_fd; /* -1 for workers that listen to nobody */
	struct child child[CHILDREN_MAX];
	bool stopping, killed;
	int64_t not_before_us; /* no new child before: one has died young */
	pid_t checking;        /* the check before an exec, 0 = none */
	sigset_t signals;
};

static void take_over(struct master *m);
static void block_signals(struct master *m);
static void hear(struct master *m, int signal_number);
static void reap(struct master *m);
static void buried(struct master *m, struct child *c, int status);
static void mind(struct master *m);
static void replace_one(struct master *m);
static void press(struct master *m);
static unsigned count(const struct master *m, bool old);
static struct child *free_place(struct master *m);
static void give_birth(struct master *m);
static _Noreturn void live(struct master *m, pid_t parent);
static void tell(struct child *c);
static void check_program(struct master *m);
static void checked(struct master *m, int status);
static void become_anew(struct master *m);
static void notify(const char *state);

int
master_run(const struct master_plan *plan)
{
	struct master m = {.plan = plan, .listen_fd = -1};
	const struct timespec tick = {0, 200 * 1000 * 1000};

	if (plan->socket != NULL) {
		m.listen_fd = listen_open(plan->socket, plan->backlog);
		if (m.listen_fd < 0)
			return 1;
	}
	block_signals(&m);
	take_over(&m);
	log_note(plan->kind, "started", plan->workers);
	notify("READY=1");
	while (!m.stopping || count(&m, false) + count(&m, true) > 0) {
		int heard;

		mind(&m);
		heard = sigtimedwait(&m.signals, NULL, &tick);
		if (heard > 0)
			hear(&m, heard);
		reap(&m);
	}
	if (plan->socket != NULL)
		listen_forget(plan->socket);
	log_note(plan->kind, "stopped", 0);
	return m.killed ? 1 : 0;
}

static void
block_signals(struct master *m)
{
	sigemptyset(&m->signals);
	sigaddset(&m->signals, SIGTERM);
	sigaddset(&m->signals, SIGINT);
	sigaddset(&m->signals, SIGHUP);
	sigaddset(&m->signals, SIGCHLD);
	sigprocmask(SIG_BLOCK, &m->signals, NULL);
	signal(SIGPIPE, SIG_IGN);
}

/* take_over -- the children of an earlier self are ours by birth; they are to be replaced */
static void
take_over(struct master *m)
{
	struct str one, rest = str_of(getenv(CHILDREN_VARIABLE));
	uint64_t pid;

	while (rest.n > 0) {
		struct child *c = free_place(m);

		one = str_cut(rest, ' ', &rest);
		if (c != NULL && str_u64(one, &pid) && pid > 1 && pid < INT32_MAX)
			*c = (struct child){.pid = (pid_t)pid, .old = true};
	}
	unsetenv(CHILDREN_VARIABLE);
}

static void
hear(struct master *m, int signal_number)
{
	if (signal_number == SIGTERM || signal_number == SIGINT) {
		if (!m->stopping)
			notify("STOPPING=1");
		m->stopping = true;
	} else if (signal_number == SIGHUP && !m->stopping && m->checking == 0) {
		check_program(m);
	}
}

static void
reap(struct master *m)
{
	int status;
	pid_t pid;
	size_t i;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		if (pid == m->checking) {
			m->checking = 0;
			checked(m, status);
			continue;
		}
		for (i = 0; i < CHILDREN_MAX; i++)
			if (m->child[i].pid == pid)
				buried(m, &m->child[i], status);
	}
}

static void
buried(struct master *m, struct child *c, int status)
{
	bool well = WIFEXITED(status) && WEXITSTATUS(status) == 0;

	if (!well) {
		log_note(m->plan->kind,
		    WIFSIGNALED(status) ? "a worker was ended by signal" : "a worker ended with",
		    WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
		metrics_add(METRIC_WORKERS_DIED, 1);
		/* One that dies in its first second would die again at once: wait a little. */
		if (c->born_us != 0 && mono_us() - c->born_us < SECOND_US)
			m->not_before_us = mono_us() + SECOND_US;
	}
	*c = (struct child){0};
}

static void
mind(struct master *m)
{
	size_t i;

	if (m->stopping) {
		for (i = 0; i < CHILDREN_MAX; i++)
			if (m->child[i].pid != 0 && m->child[i].told_us == 0)
				tell(&m->child[i]);
	} else {
		if (count(m, true) > 0)
			replace_one(m);
		else
			while (
			    count(m, false) < m->plan->workers && mono_us() >= m->not_before_us) {
				unsigned before = count(m, false);

				give_birth(m);
				if (count(m, false) == before)
					break;
			}
	}
	press(m);
}

/* replace_one -- a fresh worker first, then one old worker is told to end; the next when that one
 * has */
static void
replace_one(struct master *m)
{
	struct child *chosen = NULL;
	size_t i;

	for (i = 0; i < CHILDREN_MAX; i++) {
		if (m->child[i].pid == 0 || !m->child[i].old)
			continue;
		if (m->child[i].told_us != 0)
			return;
		chosen = &m->child[i];
	}
	if (count(m, false) < m->plan->workers) {
		if (mono_us() < m->not_before_us)
			return;
		give_birth(m);
	}
	if (chosen != NULL)
		tell(chosen);
}

/* press -- what was told and does not end is told each second, and killed after STOP_SECONDS */
static void
press(struct master *m)
{
	int64_t now = mono_us();
	size_t i;

	for (i = 0; i < CHILDREN_MAX; i++) {
		struct child *c = &m->child[i];

		if (c->pid == 0 || c->told_us == 0)
			continue;
		if (now - c->told_us > STOP_SECONDS * SECOND_US) {
			m->killed = true;
			kill(c->pid, SIGKILL);
		} else if (now - c->said_us > SECOND_US) {
			tell(c);
		}
	}
}

static unsigned
count(const struct master *m, bool old)
{
	unsigned n = 0;
	size_t i;

	for (i = 0; i < CHILDREN_MAX; i++)
		n += m->child[i].pid != 0 && m->child[i].old == old;
	return n;
}

static struct child *
free_place(struct master *m)
{
	size_t i;

	for (i = 0; i < CHILDREN_MAX; i++)
		if (m->child[i].pid == 0)
			return &m->child[i];
	return NULL;
}

static void
give_birth(struct master *m)
{
	struct child *c = free_place(m);
	pid_t parent = getpid(), pid;

	if (c == NULL)
		return;
	pid = fork();
	if (pid == 0)
		live(m, parent);
	if (pid < 0) {
		log_note(m->plan->kind, "no new worker: fork", errno);
		m->not_before_us = mono_us() + SECOND_US;
		return;
	}
	*c = (struct child){.pid = pid, .born_us = mono_us()};
	metrics_add(METRIC_WORKERS_BORN, 1);
}

static _Noreturn void
live(struct master *m, pid_t parent)
{
	struct sigaction usual = {.sa_handler = SIG_DFL};
	const struct rlimit none = {0, 0};

	sigaction(SIGTERM, &usual, NULL);
	sigaction(SIGINT, &usual, NULL);
	signal(SIGHUP, SIG_IGN); /* a closed terminal is the master's business */
	/* A Ctrl-C goes to the whole group: the master tells each worker in its own way. */
	signal(SIGINT, SIG_IGN);
	sigprocmask(SIG_UNBLOCK, &m->signals, NULL);
	if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_PDEATHSIG, SIGTERM) != 0 ||
	    prctl(PR_SET_DUMPABLE, 0) != 0 || getppid() != parent)
		_exit(1);
	_exit(m->plan->work(m->listen_fd, m->plan->ctx));
}

static void
tell(struct child *c)
{
	c->said_us = mono_us();
	if (c->told_us == 0)
		c->told_us = c->said_us;
	kill(c->pid, SIGTERM);
}

/* check_program -- would the program that lies there now come up? Only then do we become it. */
static void
check_program(struct master *m)
{
	const char *argv[] = {m->plan->program, m->plan->kind, "--check", NULL};
	pid_t pid = fork();

	if (pid == 0) {
		sigprocmask(SIG_UNBLOCK, &m->signals, NULL);
		execv(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	if (pid < 0)
		log_note(m->plan->kind, "no check: fork", errno);
	else
		m->checking = pid;
}

static void
checked(struct master *m, int status)
{
	if (m->stopping)
		return;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		log_note(m->plan->kind,
		    "the program or its settings are not in order: nothing changed",
		    WIFEXITED(status) ? WEXITSTATUS(status) : -1);
		return;
	}
	become_anew(m);
}

/* become_anew -- the same process, the same socket, the same children; the program may be a new
 * one */
static void
become_anew(struct master *m)
{
	const char *argv[] = {m->plan->program, m->plan->kind, NULL};
	char text[CHILDREN_MAX * 12 + 1] = "", number[12];
	size_t i, n = 0;

	for (i = 0; i < CHILDREN_MAX; i++)
		if (m->child[i].pid != 0)
			n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%d", n == 0 ? "" : " ",
			    (int)m->child[i].pid);
	snprintf(number, sizeof(number), "%d", m->listen_fd);
	notify("RELOADING=1");
	if (setenv(CHILDREN_VARIABLE, text, 1) != 0 ||
	    (m->listen_fd >= 0 && (setenv(LISTEN_FD_VARIABLE, number, 1) != 0 ||
				      fcntl(m->listen_fd, F_SETFD, 0) != 0))) {
		log_note(m->plan->kind, "no room to begin anew", errno);
		return;
	}
	execv(argv[0], (char *const *)(uintptr_t)argv);
	log_note(m->plan->kind, "the program cannot be executed", errno);
	unsetenv(CHILDREN_VARIABLE);
	unsetenv(LISTEN_FD_VARIABLE);
}

/* notify -- one word to the service manager (sd_notify's protocol), if it listens */
static void
notify(const char *state)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	size_t n = path == NULL ? 0 : strlen(path);
	int fd;

	if (n == 0 || n >= sizeof(to.sun_path))
		return;
	memcpy(to.sun_path, path, n);
	if (to.sun_path[0] == '@')
		to.sun_path[0] = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	if (sendto(fd, state, strlen(state), MSG_NOSIGNAL, (struct sockaddr *)&to,
		(socklen_t)(offsetof(struct sockaddr_un, sun_path) + n)) < 0)
		log_note("master", "the service manager does not listen", errno);
	close(fd);
}
