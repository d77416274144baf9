/*
 * fcgi/remote/sms.h -- one text message to one number, in Twilio's format (sms_url).
 */
#ifndef FCGI_REMOTE_SMS_H
#define FCGI_REMOTE_SMS_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"
#include "tenancy/config.h"

#define SMS_TEXT_MAX 1600 /* bytes that the other side takes */

struct sms {
	struct str to;   /* +15551234567 */
	struct str from; /* the company's number, or a messaging service of its account; empty: the house's */
	struct str account, token; /* the company's own account; empty: the house's */
	struct str text;
	const struct str *media; /* where its pictures are fetched from, at most ten */
	size_t media_n;
	struct str tell_url; /* where to say what became of it; empty: nowhere */
	const struct str *known; /* sms_find: the other side's names of other texts, which are none of this one */
	size_t known_n;
};

struct sms_taken {
	struct str sid; /* the other side's name of it */
	unsigned segments;
};

/* sms_on -- is there anybody who sends texts? */
bool sms_on(const struct config *c);

/*
 * sms_send -- hand it over. There is no key that makes a repeat harmless: before a repeat ask sms_find.
 *
 * Errors  E_INVALID "to": no such number, opted out, a landline; E_LIMIT retry_after_s; E_FORBIDDEN our account;
 *         E_AWAY no answer
 */
must_use enum err sms_send(struct arena *a, const struct config *c, const struct sms *s, struct sms_taken *out,
    struct fault *f);

/* sms_find -- was this text to this number taken since that instant? Its answer may have been lost on the way. */
must_use enum err sms_find(struct arena *a, const struct config *c, const struct sms *s, int64_t since, bool *found,
    struct sms_taken *out, struct fault *f);

/*
 * sms_recording -- the sound of a call, as MP3. sms_recording_drop -- it is deleted there; one that is not there is deleted
 *
 * account, token  in  as in struct sms
 * sid             in  "RE" and 32 letters, as the caller has checked
 *
 * Errors  E_AWAY not yet, or no answer; E_NOT_FOUND; E_FORBIDDEN; E_INVALID "url" more than the door carries
 */
must_use enum err sms_recording(struct arena *a, const struct config *c, struct str account, struct str token, struct str sid,
    struct str *bytes, struct fault *f);
must_use enum err sms_recording_drop(struct arena *a, const struct config *c, struct str account, struct str token, struct str sid,
    struct fault *f);

/*
 * sms_media -- a picture that came with a text, from where the provider said that it lies
 *
 * Only from the provider's own house (sms_url), which may send us on once: that other house is asked without our password, and
 * must lie on a public network unless it is the provider's.
 *
 * Errors  E_INVALID "url" it lies elsewhere, is gone, or is larger than SMS_MEDIA_MAX; E_FORBIDDEN; E_AWAY; E_LIMIT
 */
#define SMS_MEDIA_MAX (12 * 1024 * 1024)
must_use enum err sms_media(struct arena *a, const struct config *c, struct str account, struct str token, struct str url,
    struct str *bytes, struct fault *f);

/* sms_time -- "Thu, 24 Aug 2023 05:01:45 +0000" in seconds UTC; -1 if it is none */
int64_t sms_time(struct str text);

#endif
