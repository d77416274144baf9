/*
 * fcgi/remote/stripe_wire.h -- how Stripe is spoken to: forms and JSON, keys, answers. For
 * stripe*.c alone.
 */
#ifndef FCGI_REMOTE_STRIPE_WIRE_H
#define FCGI_REMOTE_STRIPE_WIRE_H

#include "fcgi/remote/pay.h"

typedef struct json_t json_t; /* jansson's own */

#define WIRE_FORM_MAX (32 * 1024)

struct wire_ask {
	const char *method, *path; /* path with its query */
	struct str body;
	bool json;
	const struct pay_from *from;
};

/*
 * wire_ask -- one question, one answer
 *
 * out  out  the caller's to json_decref
 *
 * Errors  those of pay.h. 402 with a card_error is an answer: the charge was made and refused.
 */
must_use enum err wire_ask(struct arena *a, const struct config *c, const struct wire_ask *q,
    json_t **out, struct fault *f);

/* wire_add, wire_add_cents -- one more field of a form; brackets go as they are, values
 * percent-encoded */
void wire_add(struct buf *b, const char *name, struct str value);
void wire_add_cents(struct buf *b, const char *name, int64_t v);

/* wire_text -- a copy in the arena, "" for what is missing or no text; wire_whole: 0 */
struct str wire_text(struct arena *a, const json_t *o, const char *name);
const json_t *wire_part(const json_t *o, const char *name);
int64_t wire_whole(const json_t *o, const char *name);

/* wire_written -- the tree as bytes of the arena, and gone; "" for one that could not be made */
struct str wire_written(struct arena *a, json_t *body);

/* stripe_house.c -- what pay.h says of the house's own subscriptions */
must_use enum err stripe_subscriber(struct arena *a, const struct config *c, struct str key,
    const struct pay_subscriber *o, struct str *customer, struct fault *f);
must_use enum err stripe_subscribe(struct arena *a, const struct config *c, struct str key,
    const struct pay_subscription_order *o, struct str *url, struct fault *f);
must_use enum err stripe_subscription_page(struct arena *a, const struct config *c,
    struct str customer, struct str return_url, struct str *url, struct fault *f);
must_use enum err stripe_subscription_look(struct arena *a, const struct config *c,
    struct str customer, struct pay_subscription_seen *out, struct fault *f);

#endif
