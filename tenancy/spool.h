/*
 * tenancy/spool.h -- mails between the door and the job worker: <data_dir>/mail/<name>.
 *
 * `poolctl mail` and `poolctl lmtp`, run by the mail server of this machine, enter no company: they lay down what came in, whole
 * or not at all, and wake the job worker, which hands each to its company. A file is gone when that is committed.
 */
#ifndef TENANCY_SPOOL_H
#define TENANCY_SPOOL_H

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"
#include "tenancy/config.h"

#define SPOOL_MAX 2000 /* mails that wait: more are put off, the sender comes again */

/* Whom it is for and who sent it, by the envelope; from is empty of what must not be answered. */
struct spooled {
	struct str to, from, raw;
};

/* spool_put -- Errors  E_AWAY the disk, or too many wait already; E_INVALID "to" "raw" */
must_use enum err spool_put(struct arena *a, const struct config *c, const struct spooled *m, struct fault *f);

/*
 * spool_take -- the oldest one that no other worker has; *file is its handle, -1: there is none
 *
 * spool_done -- it has found its company (or has none): taken away.  spool_leave -- it stays for the next look.
 */
must_use enum err spool_take(struct arena *a, const struct config *c, struct spooled *out, int *file, struct str *path);
void spool_done(int file, struct str path);
void spool_leave(int file);

#endif
