/*
 * fcgi/acts/letters.h -- letters with a link that somebody asked for: confirm, reset, the portal's door.
 *
 * Whoever asks for a reset or for the portal is told the same, in the same time, whether the address is
 * known or not: asking only writes a job, and the job looks for the person.
 */
#ifndef FCGI_ACTS_LETTERS_H
#define FCGI_ACTS_LETTERS_H

#include "fcgi/http/shape.h"
#include "tenancy/work.h"

/* The payload of both jobs: who is looked for, and who asked. */
struct letter_order {
	struct str email, ip, country;
};
extern const struct shape letter_order_shape;

/* act_reset_ask, act_portal_ask -- Errors  E_INVALID "email" */
must_use enum err act_reset_ask(struct work *w, struct str email);
must_use enum err act_portal_ask(struct work *w, struct str email);

/* act_portal_text -- a code by text. Errors  E_INVALID "phone" */
must_use enum err act_portal_text(struct work *w, struct str phone);
/* The payload of that job. */
struct text_order {
	struct str phone, ip, country;
};
extern const struct shape text_order_shape;
must_use enum err act_portal_text_send(struct work *w, const struct text_order *o);

/* act_reset_send, act_portal_send -- what those jobs do: at most one letter each */
must_use enum err act_reset_send(struct work *w, const struct letter_order *o);
must_use enum err act_portal_send(struct work *w, const struct letter_order *o);

/* act_confirm_send -- to whoever is signed in; nothing if the address is confirmed */
must_use enum err act_confirm_send(struct work *w);

#endif
