/*
 * fcgi/acts/signin.h -- coming in, going out, and showing once more who one is.
 *
 * Failures that count are written in the transaction of the answer: `counted` tells the endpoint to commit
 * although the answer is an error.
 */
#ifndef FCGI_ACTS_SIGNIN_H
#define FCGI_ACTS_SIGNIN_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/maybe.h"
#include "domain/base/words.h"
#include "tenancy/work.h"

struct sign_in {
	struct str email, password;
	struct maybe_str code;
};

/* Somebody who may have a session now. */
struct arrived {
	uint64_t id, may;
	bool second_factor;
	enum language language;
};

/*
 * act_sign_in
 *
 * nobody   out  nobody has this address: the endpoint lets it wait like one that somebody has
 * counted  out  a failure was written
 *
 * Errors  E_SIGNED_OUT "password" or "code"; E_LIMIT with retry_after_s
 */
must_use enum err act_sign_in(struct work *w, const struct sign_in *in, struct arrived *out, bool *nobody,
    bool *counted);

/* act_ticket -- from sign-up into the new company. Errors  E_SIGNED_OUT "ticket": used, expired, not ours */
must_use enum err act_ticket(struct work *w, struct str ticket, struct arrived *out);

must_use enum err act_sign_out(struct work *w);

struct proof_in {
	struct str password;
	struct maybe_str code;
};

/* act_step_up -- the password, and the code of whoever has a second factor, once more. Errors as act_sign_in */
must_use enum err act_step_up(struct work *w, const struct proof_in *in, bool *counted);

#endif
