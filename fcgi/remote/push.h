/*
 * fcgi/remote/push.h -- one word to one phone through its browser's push service (RFC 8030, 8188, 8291, 8292).
 */
#ifndef FCGI_REMOTE_PUSH_H
#define FCGI_REMOTE_PUSH_H

#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"
#include "domain/messaging/push.h"
#include "tenancy/config.h"
#include "tenancy/crypto.h"

/* A push service takes 4096 bytes, of which the head, the padding's mark and the tag are not ours. */
#define PUSH_TEXT_MAX 3993
#define PUSH_SALT 16

struct push_to {
	struct str address;
	uint8_t point[PUSH_POINT];
	uint8_t secret[PUSH_SECRET];
};

struct push_message {
	struct push_to to;
	struct str topic; /* a later one of the same topic replaces it; at most 32 of A-Z a-z 0-9 - _ */
	struct str text;  /* at most PUSH_TEXT_MAX */
	uint32_t keep_s;  /* how long the service may keep it for a phone that is off */
	int64_t now;
	struct p256 sign; /* keys_push */
};

/*
 * push_send -- hand it to the push service
 *
 * gone     out  the service knows the phone no more (404, 410): forget its address
 *
 * Errors   E_LIMIT not so often: retry_after_s; E_AWAY no answer, or 5xx; E_FORBIDDEN our signature or contact is
 *          refused; E_INVALID an address or text that cannot be
 */
must_use enum err push_send(struct arena *a, const struct config *c, const struct push_message *m, bool *gone,
    struct fault *f);

/*
 * push_seal -- the body of a push: aes128gcm in one record (RFC 8291)
 *
 * once  in  a pair made for this message alone; salt: 16 random bytes
 */
must_use enum err push_seal(struct arena *a, const struct push_to *to, const struct p256 *once,
    const uint8_t salt[PUSH_SALT], struct str text, struct str *body, struct fault *f);

/* push_token -- the value of Authorization: who sends, to which service, until when */
must_use enum err push_token(struct arena *a, const struct p256 *sign, struct str origin, struct str contact,
    int64_t now, struct str *out, struct fault *f);

#endif
