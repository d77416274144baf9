/*
 * fcgi/http/idempotency.h -- a repeated unsafe request gets its first answer again, for at least 24
 * hours.
 *
 * 1. The key's row is written in the transaction of the work: an answer is kept if and only if the
 *    work was committed. A failed work keeps nothing, so its repeat runs; nor does a refusal that
 *    is committed because it is counted (a wrong password).
 * 2. Two at once meet at the row: the second does not wait, it is told 409.
 * 3. A key belongs to who asks, the method, the path and the company (the schema is the company).
 *    The same key with another body is 409.
 * 4. The stored answer is sealed: it may hold what only its reader should see, a session's cookie
 *    too.
 */
#ifndef FCGI_HTTP_IDEMPOTENCY_H
#define FCGI_HTTP_IDEMPOTENCY_H

#include <stdbool.h>
#include <stdint.h>

#include "fcgi/http/reply.h"
#include "fcgi/http/request.h"
#include "tenancy/work.h"

#define IDEMPOTENCY_KEY_MIN 8
#define IDEMPOTENCY_KEY_MAX 255

struct idempotency {
	bool is; /* the request carries a key and is unsafe */
	uint8_t key_hash[HASH_BYTES], body_hash[HASH_BYTES];
};

/*
 * idempotency_claim -- enter the key; *replayed: reply holds the first answer, the work must not
 * run
 *
 * Errors  E_INVALID "idempotency_key" too short or with odd letters; E_STALE "idempotency_key"
 *         another body, or the first request is still under way; E_RETRY the first one ended
 *         between two looks
 */
must_use enum err idempotency_claim(struct work *w, const struct request *r, struct reply *reply,
    struct idempotency *key, bool *replayed);

/* idempotency_keep -- put the answer to the key, before the commit; nothing to do without a key */
must_use enum err idempotency_keep(struct work *w, const struct reply *reply,
    const struct idempotency *key);

#endif
