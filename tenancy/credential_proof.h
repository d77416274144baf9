/*
 * tenancy/credential_proof.h -- somebody proves who they are: a password, and a code where a second factor is set up.
 *
 * 1. One way in for sign-in, step-up and every act that asks for the password again: what counts as a
 *    failure, and what a failure costs, cannot differ between them.
 * 2. The row is locked by whoever reads the credential (its queries say FOR UPDATE): two guesses at the
 *    same moment are counted one after the other.
 * 3. Called in `poold auth` alone (it costs an Argon2id).
 */
#ifndef TENANCY_CREDENTIAL_PROOF_H
#define TENANCY_CREDENTIAL_PROOF_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/err.h"
#include "domain/base/maybe.h"
#include "domain/base/str.h"
#include "sql/tenant/credential.h"
#include "tenancy/work.h"

struct proof {
	struct str password;
	struct maybe_str code; /* of an authenticator, or a recovery code */
	const char *field;     /* what the password is called where it came from: "password", "current" */
	bool no_code;          /* signed in already: the password alone is asked for */
};

struct proven {
	bool counted;       /* a failure was written: commit, although the answer is an error */
	bool second_factor; /* a code was shown and right */
	bool recovery;      /* and it was a recovery code, now used up */
};

/*
 * proof_check
 *
 * c       in   NULL = nobody has that address; the same work is done and the same is answered
 * out     out  filled on failure too
 *
 * Errors  E_SIGNED_OUT field = p->field, or "code" when it is missing or wrong (behind a right password);
 *         E_LIMIT with retry_after_s while the account waits
 */
must_use enum err proof_check(struct work *w, const struct credential *c, const struct proof *p,
    struct proven *out);

/*
 * proof_code -- only the code, for a link that stands for the password; nothing to show: OK
 *
 * A hundred failures close the way by password; this one, which a link opens, only waits.
 * Errors  as proof_check
 */
must_use enum err proof_code(struct work *w, const struct credential *c, struct maybe_str code,
    struct proven *out);

/* proof_totp -- a six-digit code against the secret that is offered or confirmed; *step = its step */
must_use enum err proof_totp(struct work *w, const struct credential *c, struct str code, bool *right,
    int64_t *step);

/* proof_may -- MAY bits of a credential's role */
uint64_t proof_may(const struct credential *c);

/*
 * proof_password -- a new password: checked, hashed, sealed for the row `id` of staff
 *
 * Errors  E_INVALID "password"
 */
must_use enum err proof_password(struct work *w, uint64_t id, struct str password, bool second_factor,
    struct str email, struct str company, struct str *sealed);

#endif
