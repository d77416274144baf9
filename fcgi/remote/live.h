/*
 * fcgi/remote/live.h -- a hint to the open pages of one company, through nginx.
 */
#ifndef FCGI_REMOTE_LIVE_H
#define FCGI_REMOTE_LIVE_H

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"
#include "tenancy/config.h"

/*
 * live_hint -- "look again" to all who listen; nobody listening is fine too
 *
 * Errors  E_AWAY: nginx did not take it. Nothing is lost: pages ask by the clock as well.
 */
must_use enum err live_hint(struct arena *a, const struct config *c, struct str slug, struct fault *f);

#endif
