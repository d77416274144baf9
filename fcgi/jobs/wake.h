/*
 * fcgi/jobs/wake.h -- how a job worker sleeps: until a time, a datagram on run_dir/jobs.sock, or a
 * signal.
 *
 * Of several workers one owns the socket (a lock on run_dir/jobs.lock says which); the others look
 * by themselves every second, and one of them takes over when the owner ends. A datagram says only
 * "look": losing one costs a minute at most.
 */
#ifndef FCGI_JOBS_WAKE_H
#define FCGI_JOBS_WAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "tenancy/config.h"

#define WAKE_ALONE_MS 1000

struct wake {
	char path[108]; /* of the socket; "" = there is no run_dir */
	char lock_path[108];
	int fd, lock_fd; /* -1 = not ours */
};

/* wake_open -- also takes SIGTERM, SIGINT and SIGHUP: they are let in only while sleeping */
void wake_open(struct wake *k, const struct config *c);
void wake_close(struct wake *k);

/* wake_sleep -- at most ms; returns at once if a datagram waits. Tries for the socket if it is not
 * ours. */
void wake_sleep(struct wake *k, int64_t ms);

/* wake_stop -- was this process told to end? (a signal, or the process that began it is gone) */
bool wake_stop(void);

#endif
