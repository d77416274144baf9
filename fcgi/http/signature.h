/*
 * fcgi/http/signature.h -- is this message from whom it says? For what comes in without a session.
 */
#ifndef FCGI_HTTP_SIGNATURE_H
#define FCGI_HTTP_SIGNATURE_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/str.h"

#define SIGNATURE_AGE_S 300

/*
 * signature_good -- Stripe's scheme over the raw bytes of the body
 *
 * secrets    in  one or more with commas between, while one takes over from another; each counts as it is written
 * signature  in  "t=1700000000,v1=<64 hex>[,v1=...][,v0=...]": any v1 that fits will do, other schemes are ignored
 * now        in  seconds UTC: older or younger than SIGNATURE_AGE_S is refused
 *
 * HMAC-SHA-256(secret, t "." body), compared in constant time.
 * Source  tests/unit/fcgi/http/signature.c; the vendor's own client agrees (tests/house/processor.test.mjs)
 */
bool signature_good(struct str secrets, struct str signature, struct str body, int64_t now);

#endif
