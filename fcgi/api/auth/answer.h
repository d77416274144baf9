/*
 * fcgi/api/auth/answer.h -- what the endpoints of sign-in have in common.
 */
#ifndef FCGI_API_AUTH_ANSWER_H
#define FCGI_API_AUTH_ANSWER_H

#include <stdbool.h>

#include "fcgi/http/limit.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"
#include "fcgi/http/session.h"

/* What somebody who came in is told. */
struct session_out {
	enum surface door;
	bool owes_second_factor;
};
extern const struct shape session_shape;

/* One secret text of a link: {token}. */
struct token_in {
	struct str token;
};
extern const struct shape token_shape;

struct address_in {
	struct str email;
};
extern const struct shape address_shape;

/* answer_session -- start the session, set its cookie, say which door: 201 */
must_use enum err answer_session(struct work *w, const struct call *c, const struct arrival *a);

/*
 * answer_refusal -- the error as the answer, and OK: the work is committed
 *
 * A wrong password must be counted although the answer is an error, and what is counted stands in the
 * transaction of the work. So the error is written here, and the router commits.
 */
must_use enum err answer_refusal(struct work *w, const struct call *c);

/* count_guess, count_letter -- how often they may come from one place, all companies together; E_LIMIT */
must_use enum err count_guess(struct work *w);
must_use enum err count_letter(struct work *w);

#endif
