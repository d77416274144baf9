/*
 * fcgi/acts/signup.h -- a stranger becomes a company (tenancy/claim.h has the three steps).
 */
#ifndef FCGI_ACTS_SIGNUP_H
#define FCGI_ACTS_SIGNUP_H

#include "domain/base/words.h"
#include "tenancy/work.h"

struct sign_up {
	struct str company, slug, owner, email, password, country, zone;
	enum language language;
};

struct signed_up {
	struct str url;    /* of the new company's welcome page, ticket and all */
	struct str ticket; /* opens the door once, within 15 min */
};

/*
 * act_sign_up
 *
 * key, body  in  32 bytes each: of the Idempotency-Key (or of this very request) and of what was sent. The
 *                same key again finishes what was begun, and gets a fresh ticket to the same company.
 *
 * Errors  E_INVALID with the field; E_STALE "idempotency_key"; E_AWAY with retry_after_s: no room just now
 */
must_use enum err act_sign_up(struct desk *d, const struct sign_up *in, struct str key, struct str body,
    struct signed_up *out);

#endif
