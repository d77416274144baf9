/*
 * fcgi/acts/credentials.h -- what people prove themselves with: made, changed, lost and given up.
 *
 * `counted` as in signin.h: a failure was written, commit although the answer is an error.
 */
#ifndef FCGI_ACTS_CREDENTIALS_H
#define FCGI_ACTS_CREDENTIALS_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/maybe.h"
#include "domain/base/words.h"
#include "tenancy/work.h"

/* Somebody who has proved who they are, and may have a session. */
struct admitted {
	uint64_t id, may;
	bool second_factor;
	enum language language;
};

/*
 * act_confirm_email -- the link in the first mail. Opened twice it is right twice.
 *
 * Errors  E_INVALID "token"
 */
must_use enum err act_confirm_email(struct work *w, struct str token);

struct new_password {
	struct str token, password;
	struct maybe_str code; /* of whoever has a second factor: a mailbox alone must not open the account */
};

/*
 * act_reset -- a new password by a mailed link; all sessions end, the account waits no longer
 *
 * Errors  E_INVALID "token" "password"; E_SIGNED_OUT "code" (the link stays good); E_LIMIT
 */
must_use enum err act_reset(struct work *w, const struct new_password *in, struct admitted *out,
    bool *counted);

struct change_password {
	struct str current, password;
};

/* act_change_password -- other sessions end. Errors  E_SIGNED_OUT "current"; E_INVALID "password"; E_LIMIT */
must_use enum err act_change_password(struct work *w, const struct change_password *in, bool *counted);

struct invitation_card {
	struct str company, email, name, role;
	bool needs_second_factor;
};

/* act_invitation_look -- Errors  E_INVALID "token" */
must_use enum err act_invitation_look(struct work *w, struct str token, struct invitation_card *out);

struct acceptance {
	struct str token, name, password;
	enum language language;
};

/* act_invitation_accept -- Errors  E_INVALID "token" "password" */
must_use enum err act_invitation_accept(struct work *w, const struct acceptance *in, struct admitted *out);

struct totp_offer {
	struct str secret; /* base32 */
	struct str uri;    /* otpauth:// */
};

/*
 * act_totp_offer -- a new secret, which counts once a code of it was shown
 *
 * Errors  E_FORBIDDEN "second_factor" or "step_up": one is set up already, and this session has not shown it
 */
must_use enum err act_totp_offer(struct work *w, struct totp_offer *out);

struct recovery_code {
	struct str code;
};
struct recovery_codes {
	struct recovery_code *codes;
	size_t codes_n;
};

/* act_totp_confirm -- other sessions end. Errors  E_INVALID "code"; E_STALE nothing is offered */
must_use enum err act_totp_confirm(struct work *w, struct str code, struct recovery_codes *out);

struct removal {
	struct str password, code;
};

/* act_totp_remove -- Errors  E_FORBIDDEN "role" this role needs it; E_SIGNED_OUT "password" "code"; E_LIMIT */
must_use enum err act_totp_remove(struct work *w, const struct removal *in, bool *counted);

/* act_recovery_codes -- a fresh set; the old ones die. Errors  E_FORBIDDEN "step_up"; E_STALE none set up */
must_use enum err act_recovery_codes(struct work *w, struct recovery_codes *out);

#endif
