/*
 * fcgi/remote/pace.h -- so many questions in a minute, of all processes of this machine together.
 *
 * The instant from which the next may be asked stands in a file below data_dir, under a lock that the kernel frees
 * when its holder dies. Who takes a turn moves it on before it asks: whoever dies has only wasted a turn.
 */
#ifndef FCGI_REMOTE_PACE_H
#define FCGI_REMOTE_PACE_H

#include <stdint.h>

#include "domain/base/err.h"

/* A turn that is nearer than this is waited for here; a later one is for later. */
#define PACE_WAIT_US INT64_C(2000000)

/*
 * pace_take -- wait for the next turn
 *
 * name        in  of whom we ask: a file's name
 * per_minute  in  1..6000
 *
 * Errors  E_LIMIT the turn is too far away: retry_after_s; E_AWAY the file cannot be written
 */
must_use enum err pace_take(const char *folder, const char *name, uint32_t per_minute, struct fault *f);

#endif
