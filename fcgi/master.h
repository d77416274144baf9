/*
 * fcgi/master.h -- the parent of the workers: one socket for its whole life, children that come and
 * go.
 *
 * 1. The socket is opened once (or inherited) and never closed while the master lives: a visitor
 *    who comes during a replacement waits in its queue and is answered by a fresh worker.
 * 2. SIGTERM, SIGINT: each worker finishes what it is doing; after STOP_SECONDS it is killed.
 * 3. SIGHUP: the program is checked (`poold <kind> --check`) and, if it is in order, executed anew
 *    in the same process with the same socket; then workers are replaced one by one, a fresh one
 *    first. Settings and a new version of the program come in by the same way. If the check fails,
 *    nothing changes.
 * 4. A worker dies with its master (PR_SET_PDEATHSIG) and never leaves a core with secrets in it.
 */
#ifndef FCGI_MASTER_H
#define FCGI_MASTER_H

#include <stdint.h>

#include "domain/base/err.h"

#define MASTER_WORKERS_MAX 64
#define STOP_SECONDS 30

struct master_plan {
	const char *kind;   /* "web", "auth", "jobs" */
	const char *program; /* absolute path, for SIGHUP */
	const char *socket; /* path, or NULL for workers that listen to nobody */
	int backlog;        /* visitors who may wait; more are refused by the kernel */
	uint32_t workers;
	int (*work)(int listen_fd, void *ctx); /* in the child; answers its exit code */
	void *ctx;
};

/*
 * master_run -- until told to end; answers the exit code of the program
 *
 * A listening socket is taken, in this order: from an earlier self (SIGHUP), from the service
 * manager (LISTEN_FDS, LISTEN_PID), or made: mode 0660, an old one left by a crash removed. A
 * living one at the same path is an error: the house is running already.
 */
int master_run(const struct master_plan *plan);

#endif
