/*
 * fcgi/jobs/chores.h -- what the house itself needs done now and then, in the control schema: it
 * belongs to no company, so it is no job row. Every chore may run twice, or in two workers at once.
 */
#ifndef FCGI_JOBS_CHORES_H
#define FCGI_JOBS_CHORES_H

#include <stdint.h>

#include "fcgi/jobs/runner.h"

/* Sign-ups that stopped half-way are finished or undone 60 s after their claim; looked at this
 * often. */
#define CHORES_EVERY_S 20

/* chores_run -- failures are logged; the next turn tries again */
void chores_run(struct runner *r);

#endif
