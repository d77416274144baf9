/*
 * fcgi/http/form.h -- application/x-www-form-urlencoded: what a provider of texts posts, and how it signs it.
 */
#ifndef FCGI_HTTP_FORM_H
#define FCGI_HTTP_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"
#include "fcgi/http/request.h"

#define FORM_PAIRS 100
#define FORM_BYTES (64 * 1024)

struct form {
	struct pair pair[FORM_PAIRS];
	size_t n;
};

/* form_read -- every pair in its order, names and values decoded. Errors  E_INVALID "body" too much, or no form */
must_use enum err form_read(struct str body, struct arena *a, struct form *out, struct fault *f);
/* form_value -- of the first of that name; empty if there is none */
struct str form_value(const struct form *f, const char *name);

/*
 * form_bytes -- the first value of that name, whatever bytes it holds and however long the form is: a mail as it came
 *
 * Returns false if there is none, it is longer than max, or badly written
 */
bool form_bytes(struct str body, const char *name, struct arena *a, size_t max, struct str *out);

/*
 * form_signed -- X-Twilio-Signature: base64(HMAC-SHA1(token, url and each name and value, names in the order of their bytes))
 *
 * tokens     in  one or more with commas between, while one takes over from another
 * url        in  as the provider was given it; it is also tried with its scheme's own port written out
 * Source     Twilio, "Webhooks security", its example is a unit test; the vendor's SDK agrees (tests/house/messages.test.mjs)
 */
bool form_signed(const struct form *f, struct str tokens, struct str url, struct str signature, struct arena *a);

#endif
