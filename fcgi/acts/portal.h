/*
 * fcgi/acts/portal.h -- a customer comes in by a link that was mailed to them.
 */
#ifndef FCGI_ACTS_PORTAL_H
#define FCGI_ACTS_PORTAL_H

#include <stdint.h>

#include "domain/base/words.h"
#include "tenancy/work.h"

struct guest {
	uint64_t id;
	enum language language;
};

/* act_portal_enter -- Errors  E_SIGNED_OUT "token": used, replaced, expired, or no customer any more */
must_use enum err act_portal_enter(struct work *w, struct str token, struct guest *out);

must_use enum err act_portal_leave(struct work *w);

#endif
