/*
 * fcgi/remote/voice.h -- one call to one number, in Twilio's format (sms_url): somebody is rung, and a voice says what it is to say.
 */
#ifndef FCGI_REMOTE_VOICE_H
#define FCGI_REMOTE_VOICE_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"
#include "tenancy/config.h"

#define VOICE_RING_S 40 /* then nobody is there */

struct voice {
	struct str to, from;       /* +15551234567; from: a number, not a service */
	struct str account, token; /* the company's own account; empty: the house's */
	struct str twiml;          /* what is said (domain/messaging/spoken.h) */
	struct str tell_url;       /* where to say what became of it; empty: nowhere */
	struct str machine_url;    /* where to say that a machine answered, after its tone; empty: nowhere */
	const struct str *known;   /* voice_find: the other side's names of other calls to that number */
	size_t known_n;
};

/*
 * voice_ring -- let it ring. As with texts there is no key that makes a repeat harmless: before a repeat ask voice_find.
 *
 * sid     out  the other side's name of the call
 * Errors  E_INVALID "to" no such number; E_LIMIT retry_after_s; E_FORBIDDEN our account; E_AWAY no answer
 */
must_use enum err voice_ring(struct arena *a, const struct config *c, const struct voice *v, struct str *sid, struct fault *f);

/*
 * voice_turn -- a call that is under way goes on with these words: twiml, account and token of v
 *
 * Errors  E_INVALID, E_FORBIDDEN it is over, or there is no such call; E_LIMIT, E_AWAY as above
 */
must_use enum err voice_turn(struct arena *a, const struct config *c, const struct voice *v, struct str sid, struct fault *f);

/*
 * voice_find -- did we ring that number since that instant? Its answer may have been lost on the way.
 *
 * A call is not listed with its words: one to this number from ours, which we do not know by name, is the one.
 */
must_use enum err voice_find(struct arena *a, const struct config *c, const struct voice *v, int64_t since, bool *found,
    struct str *sid, struct fault *f);

#endif
