/*
 * fcgi/remote/twilio.h -- what texts (sms.c) and calls (voice.c) share of their provider's format: where, who, a form, what an error means.
 */
#ifndef FCGI_REMOTE_TWILIO_H
#define FCGI_REMOTE_TWILIO_H

#include "fcgi/remote/call.h"
#include "tenancy/config.h"

struct json_t; /* jansson's */

/* Whose account; both empty: the house's. */
struct twilio {
	const struct config *config;
	struct str account, token;
};

/* twilio_on -- is a sender set up */
bool twilio_on(const struct config *c);
/* twilio_door -- the address of something of an account */
struct str twilio_door(struct arena *a, const struct twilio *t, const char *what);
struct str twilio_basic(struct arena *a, const struct twilio *t);
/* twilio_field -- one more field of a form, or of a query */
void twilio_field(struct buf *b, const char *name, struct str value);
/*
 * twilio_post -- a form to one of the account's doors ("Messages.json"). -> *m what was made of it: the arena's, gone with it; what is no
 * JSON is an object without members (twilio_text says "")
 *
 * Errors  as twilio_judge; E_AWAY no sender is set up, or no answer
 */
must_use enum err twilio_post(
    struct arena *a, const struct twilio *t, const char *door, struct buf *form, struct json_t **m, struct fault *f);
/*
 * twilio_list -- what went to a number on the day of `since` (UTC seconds) or later, the newest first, a page of it: member `list` of
 * door?To=...&day>=... -> *all an array of the arena's. Errors  as twilio_judge; E_AWAY no answer, or one that is no such list
 */
must_use enum err twilio_list(struct arena *a, const struct twilio *t, const char *list, const char *door, struct str to, const char *day,
    int64_t since, struct json_t **all, struct fault *f);
/* twilio_judge -- Errors  E_INVALID "to" it speaks of this number; E_FORBIDDEN our account; E_LIMIT retry_after_s; E_AWAY */
must_use enum err twilio_judge(const struct call_answer *answer, struct fault *f);
/* twilio_nonsense -- E_AWAY: what came back is not what was asked for */
must_use enum err twilio_nonsense(struct fault *f);
/* twilio_text -- a member of an object, "" if it is no text; borrowed from it */
struct str twilio_text(const struct json_t *m, const char *name);
/* twilio_known -- is it one of these, by its name */
bool twilio_known(const struct json_t *m, const struct str *sid, size_t n);

#endif
