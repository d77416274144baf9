/*
 * fcgi/remote/twilio.h -- what texts (sms.c) and calls (voice.c) share of their provider's format: where, who, a form, what an error means.
 */
#ifndef FCGI_REMOTE_TWILIO_H
#define FCGI_REMOTE_TWILIO_H

#include "fcgi/remote/call.h"
#include "tenancy/config.h"

struct json_t; /* jansson's */

#define TWILIO_ANSWER_MAX (256 * 1024) /* fifty messages of a day */
#define TWILIO_PAGE 50

/* twilio_door -- the address of something of an account; account empty: the house's */
struct str twilio_door(struct arena *a, const struct config *c, struct str account, const char *what);
struct str twilio_basic(struct arena *a, const struct config *c, struct str account, struct str token);
/* twilio_field -- one more field of a form, or of a query */
void twilio_field(struct buf *b, const char *name, struct str value);
/* twilio_judge -- Errors  E_INVALID "to" it speaks of this number; E_FORBIDDEN our account; E_LIMIT retry_after_s; E_AWAY */
must_use enum err twilio_judge(const struct call_answer *answer, struct fault *f);
/* twilio_text -- a member of an object, "" if it is no text; borrowed from it */
struct str twilio_text(const struct json_t *m, const char *name);

#endif
