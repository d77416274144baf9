#include "tenancy/spool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/messaging/letter.h"
#include "domain/messaging/mail.h"
#include "tenancy/keys.h"

#define SAY_AWAY "The file cannot be kept right now. Please try again in a moment."

static struct str folder(struct arena *a, const struct config *c);
static unsigned waiting(const char *dir);
static bool laid_down(const char *part, const char *path, const char *dir, const struct spooled *m, struct arena *a);
static bool whole(int fd, struct str s);
static bool take(struct arena *a, int fd, struct spooled *out);

static struct str
folder(struct arena *a, const struct config *c)
{
	return str_printf(a, "%s/mail", c->data_dir);
}

enum err
spool_put(struct arena *a, const struct config *c, const struct spooled *m, struct fault *f)
{
	const struct str dir = folder(a, c);
	struct timespec now;
	uint32_t random;

	if (!mail_address_valid(m->to) || (m->from.n > 0 && !mail_address_valid(m->from)))
		return fail(f, E_INVALID, "to", "This is not an e-mail address.");
	if (m->raw.n == 0 || m->raw.n > LETTER_RAW_MAX)
		return fail(f, E_INVALID, "raw", "The message is too long.");
	if (mkdir(dir.p, 0770) != 0 && errno != EEXIST)
		return fail(f, E_AWAY, NULL, SAY_AWAY);
	if (waiting(dir.p) >= SPOOL_MAX)
		return fail(f, E_AWAY, NULL, "Too many mails wait already.");
	clock_gettime(CLOCK_REALTIME, &now);
	random_bytes(&random, sizeof(random));
	/* Names in the order in which they came. */
	const struct str name = str_printf(a, "%012lld%09ld-%08x", (long long)now.tv_sec, now.tv_nsec, random);
	const struct str part = str_printf(a, "%s/.%s", dir.p, name.p), path = str_printf(a, "%s/%s", dir.p, name.p);

	return laid_down(part.p, path.p, dir.p, m, a) ? OK : fail(f, E_AWAY, NULL, SAY_AWAY);
}

static unsigned
waiting(const char *dir)
{
	DIR *d = opendir(dir);
	unsigned n = 0;

	while (d != NULL && readdir(d) != NULL)
		n++;
	if (d != NULL)
		closedir(d);
	return n;
}

static bool
laid_down(const char *part, const char *path, const char *dir, const struct spooled *m, struct arena *a)
{
	const struct str head = str_printf(a, "%.*s %.*s\n", STR_ARG(m->to), STR_ARG(m->from));
	const int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0660);
	bool good = fd >= 0 && whole(fd, head) && whole(fd, m->raw) && fsync(fd) == 0;
	int to;

	if (fd >= 0 && close(fd) != 0)
		good = false;
	good = good && rename(part, path) == 0;
	to = good ? open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	good = to >= 0 && fsync(to) == 0;
	if (to >= 0)
		close(to);
	if (!good)
		unlink(part);
	return good;
}

static bool
whole(int fd, struct str s)
{
	while (s.n > 0) {
		const ssize_t n = write(fd, s.p, s.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		s = str_sub(s, (size_t)n, s.n);
	}
	return true;
}

enum err
spool_take(struct arena *a, const struct config *c, struct spooled *out, int *file, struct str *path)
{
	const struct str dir = folder(a, c);
	struct dirent **names = NULL;
	const int n = scandir(dir.p, &names, NULL, alphasort);

	*file = -1;
	for (int i = 0; i < n; i++) {
		if (*file < 0 && names[i]->d_name[0] != '.') {
			struct stat st;
			int fd;

			*path = str_printf(a, "%s/%s", dir.p, names[i]->d_name);
			fd = open(path->p, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
			/* Another worker has it, or had it a moment ago. */
			if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &st) == 0 && st.st_nlink > 0 && take(a, fd, out))
				*file = fd;
			else if (fd >= 0)
				close(fd);
		}
		free(names[i]);
	}
	free(names);
	return OK;
}

static bool
take(struct arena *a, int fd, struct spooled *out)
{
	struct stat st;
	struct str all, head;
	size_t n = 0;
	char *p;

	if (fstat(fd, &st) != 0 || st.st_size > LETTER_RAW_MAX + 1024)
		return false;
	p = arena_array(a, char, (size_t)st.st_size + 1);
	while (n < (size_t)st.st_size) {
		const ssize_t more = read(fd, p + n, (size_t)st.st_size - n);

		if (more <= 0)
			return false;
		n += (size_t)more;
	}
	head = str_cut((struct str){p, n}, '\n', &all);
	out->to = str_cut(head, ' ', &out->from);
	out->raw = all;
	return true;
}

void
spool_done(int file, struct str path)
{
	unlink(path.p);
	close(file);
}

void
spool_leave(int file)
{
	close(file);
}
