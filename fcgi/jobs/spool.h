/*
 * fcgi/jobs/spool.h -- mails that this machine's mail server laid down (tenancy/spool.h) find their companies.
 */
#ifndef FCGI_JOBS_SPOOL_H
#define FCGI_JOBS_SPOOL_H

#include "fcgi/jobs/runner.h"

/* spool_run -- at most SPOOL_RUN of them; true: there may be more. What cannot be kept now stays for the next turn. */
#define SPOOL_RUN 20
bool spool_run(struct runner *r);

#endif
