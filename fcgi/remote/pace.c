#include "fcgi/remote/pace.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "tenancy/log.h"

#define MINUTE_US INT64_C(60000000)

static int64_t read_next(int fd);
static bool write_next(int fd, int64_t us);

/* The clock begins anew with the machine: an instant too far away is of the time before. */
enum err
pace_take(const char *folder, const char *name, uint32_t per_minute, struct fault *f)
{
	const int64_t step_us = MINUTE_US / (per_minute > 0 ? per_minute : 1);
	char path[512];
	int64_t now, next;
	bool good;
	int fd;

	snprintf(path, sizeof(path), "%s/%s.pace", folder, name);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || flock(fd, LOCK_EX) != 0) {
		if (fd >= 0)
			close(fd);
		return fail(f, E_AWAY, NULL, "The file of a pace cannot be opened.");
	}
	now = mono_us();
	next = read_next(fd);
	if (next < now || next > now + 10 * MINUTE_US)
		next = now;
	if (next - now > PACE_WAIT_US) {
		close(fd);
		f->retry_after_s = (unsigned)((next - now) / 1000000 + 1);
		return fail(f, E_LIMIT, NULL, "The pace of questions is kept.");
	}
	good = write_next(fd, next + step_us);
	close(fd);
	if (!good)
		return fail(f, E_AWAY, NULL, "The file of a pace cannot be written.");
	if (next > now) {
		struct timespec t = {(next - now) / 1000000, (next - now) % 1000000 * 1000};

		nanosleep(&t, NULL);
	}
	return OK;
}

static int64_t
read_next(int fd)
{
	char text[32] = "";
	ssize_t n = pread(fd, text, sizeof(text) - 1, 0);

	return n > 0 ? strtoll(text, NULL, 10) : 0;
}

/* Always as long, so that nothing of the one before is left behind. */
static bool
write_next(int fd, int64_t us)
{
	char text[32];
	int n = snprintf(text, sizeof(text), "%020" PRId64 "\n", us);

	return pwrite(fd, text, (size_t)n, 0) == n;
}
