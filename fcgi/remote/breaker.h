/*
 * fcgi/remote/breaker.h -- stop asking for a while somebody who does not answer.
 *
 * A relay that hangs costs a worker 3 to 30 s a message, and that worker serves all companies.
 * After one slow failure the next asks fail at once, for half a minute; then one of them tries for
 * real. Pure: the time comes in. One per other side and process; it lives in the process that
 * calls.
 */
#ifndef FCGI_REMOTE_BREAKER_H
#define FCGI_REMOTE_BREAKER_H

#include <stdint.h>

#include "domain/base/err.h"

/* A quick "no" (451, a refused connection) costs nothing; no greeting is noticed after 3 s. */
#define BREAKER_SLOW_US  INT64_C(2000000)
#define BREAKER_PAUSE_US INT64_C(30000000)

struct breaker {
	int64_t until_us; /* of the clock that never jumps; 0 = closed */
};

/* breaker_wait_s -- seconds until one may ask again; 0 = ask */
unsigned breaker_wait_s(const struct breaker *b, int64_t now_us);

/* breaker_note -- how an ask went that began at from_us */
void breaker_note(struct breaker *b, int64_t from_us, int64_t now_us, enum err e);

#endif
