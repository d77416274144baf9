#include "fcgi/jobs/press.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fcgi/press/press.h"
#include "tenancy/log.h"

#define WORDS_MAX 8
#define SAID_MAX  200

static bool begin(char *const *argv, int in, int out, pid_t *pid);
static size_t listen_to(int from, char *text, size_t size);
static enum err ended(pid_t pid, struct fault *f);
static enum err away(const char *what, int value, struct fault *f);

enum err
press(const struct config *c, const char *const *words, int in, struct arena *a, struct str *said, struct fault *f)
{
	char text[SAID_MAX], *argv[WORDS_MAX + 2] = {(char *)(uintptr_t)c->press};
	int pipes[2];
	bool begun;
	size_t n = 0;
	pid_t pid;

	while (n < WORDS_MAX && words[n] != NULL) {
		argv[n + 1] = (char *)(uintptr_t)words[n];
		n++;
	}
	if (pipe2(pipes, O_CLOEXEC) != 0)
		return away("it cannot be started", errno, f);
	begun = begin(argv, in, pipes[1], &pid);
	close(pipes[1]);
	n = begun ? listen_to(pipes[0], text, sizeof(text)) : 0;
	close(pipes[0]);
	if (!begun)
		return away("it cannot be started", errno, f);
	TRY(ended(pid, f));
	*said = str_copy(a, (struct str){text, n});
	return OK;
}

/* It inherits its two ends and nothing else: no connection, no setting, no closed ear for signals. */
static bool
begin(char *const *argv, int in, int out, pid_t *pid)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t how;
	sigset_t none, all;
	char *const bare[] = {NULL};
	int error;

	sigemptyset(&none);
	sigfillset(&all);
	if (posix_spawn_file_actions_init(&files) != 0)
		return false;
	if (posix_spawnattr_init(&how) != 0) {
		posix_spawn_file_actions_destroy(&files);
		return false;
	}
	error = posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
	error = error ? error : posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
	error = error ? error : posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
	error = error ? error : posix_spawnattr_setsigmask(&how, &none);
	error = error ? error : posix_spawnattr_setsigdefault(&how, &all);
	error = error ? error : posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	error = error ? error : posix_spawn(pid, argv[0], &files, &how, argv, bare);
	posix_spawnattr_destroy(&how);
	posix_spawn_file_actions_destroy(&files);
	errno = error;
	return error == 0;
}

static size_t
listen_to(int from, char *text, size_t size)
{
	size_t n = 0;

	while (n < size) {
		ssize_t more = read(from, text + n, size - n);

		if (more == 0 || (more < 0 && errno != EINTR))
			break;
		n += more > 0 ? (size_t)more : 0;
	}
	return n;
}

static enum err
ended(pid_t pid, struct fault *f)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return away("it was lost", errno, f);
	if (WIFEXITED(status) && WEXITSTATUS(status) == PRESS_MADE)
		return OK;
	/* A decoder that crashes was given bytes to crash it: they are damaged too. One that was too slow may be tried again. */
	if ((WIFEXITED(status) && WEXITSTATUS(status) == PRESS_DAMAGED) ||
	    (WIFSIGNALED(status) && (WTERMSIG(status) == SIGSEGV || WTERMSIG(status) == SIGBUS || WTERMSIG(status) == SIGABRT)))
		return fail(f, E_INVALID, "file", "This picture is damaged.");
	return WIFSIGNALED(status) ? away("it was ended by signal", WTERMSIG(status), f)
	                           : away("it ended with", WEXITSTATUS(status), f);
}

static enum err
away(const char *what, int value, struct fault *f)
{
	log_note("press", what, value);
	return fail(f, E_AWAY, "file", "The file cannot be kept right now. Please try again in a moment.");
}
