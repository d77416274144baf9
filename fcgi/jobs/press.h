/*
 * fcgi/jobs/press.h -- have `poolpress` make something: a process of its own, with nothing of ours in its hands.
 */
#ifndef FCGI_JOBS_PRESS_H
#define FCGI_JOBS_PRESS_H

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"
#include "tenancy/config.h"

/*
 * press -- run poolpress (config->press), and wait for it
 *
 * words  in   what follows its name; NULL ends them
 * in     in   its standard input; borrowed
 * said   out  the line that it said, in `a`
 *
 * Errors   E_INVALID "file" the bytes are damaged;  E_AWAY it could not be run, or did not end well: the log says how
 */
must_use enum err press(const struct config *c, const char *const *words, int in, struct arena *a, struct str *said,
    struct fault *f);

#endif
