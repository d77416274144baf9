/*
 * fcgi/acts/guests.h -- a customer's own password for the portal, beside the link and the code: who wants none has none.
 *
 * It costs an Argon2id, so only `poold auth` calls these (tests/laws/passwords.sh).
 */
#ifndef FCGI_ACTS_GUESTS_H
#define FCGI_ACTS_GUESTS_H

#include "domain/base/maybe.h"
#include "domain/base/words.h"
#include "tenancy/work.h"

/* Somebody who may have a session now. */
struct guest_arrived {
	uint64_t id;
	enum language language;
};

struct guest_in {
	struct str email, password;
};
/* act_guest_enter -- Errors  E_SIGNED_OUT "password": of nobody, of one without a password, and wrong are the same */
must_use enum err act_guest_enter(struct work *w, const struct guest_in *in, struct guest_arrived *out);

struct guest_new {
	struct maybe_str current; /* asked for where there is one already */
	struct str password;
};
/*
 * act_guest_password -- a new one; other sessions of the customer end
 *
 * Errors  E_INVALID "password" too short, too common; E_SIGNED_OUT "current"
 */
must_use enum err act_guest_password(struct work *w, const struct guest_new *in);
/* act_guest_password_drop -- from now on by link and code alone */
must_use enum err act_guest_password_drop(struct work *w);

#endif
