/*
 * fcgi/acts/mails.h -- mails that come in: whose they are, and what becomes of each.
 *
 * Whoever hands one over (a provider's hook, the spool of this machine's mail server) knows only its envelope. It is kept as it came
 * beside the company's files, and a job reads it (fcgi/jobs/inbox.c) in the press, which parses what strangers write.
 */
#ifndef FCGI_ACTS_MAILS_H
#define FCGI_ACTS_MAILS_H

#include "domain/messaging/letter.h"
#include "fcgi/acts/tell_message.h"

#define FILE_ENDING_MAIL "eml"    /* as it came; until its job is done */
#define FILE_ENDING_LETTER "mail" /* as the press read it; ".mail.0" its first part */

/* The payload of a job "mail_in". */
struct mail_arrival {
	uint64_t file_id;
	struct str to, sender; /* of the envelope; sender may be empty */
};
extern const struct shape mail_arrival_shape;

/*
 * act_mail_arrive -- one more mail: its company is found, it is kept, a job will read it. Committed when this returns OK
 *
 * known  out  false: no company of ours has that address; nothing was done
 *
 * Errors  E_AWAY the disk, the database
 */
must_use enum err act_mail_arrive(struct desk *d, struct str to, struct str sender, struct str raw, bool *known);

/* What a relay says of a mail of ours. */
struct mail_return {
	enum { RETURN_BOUNCE = 1, RETURN_COMPLAINT, RETURN_NO_NEWS } what;
	struct str status, why; /* of a bounce: RFC 3463, the other side's words */
};
/*
 * act_mail_returned -- it came back, was called spam, or its reader wants no more news; once or often. Committed when this returns OK
 *
 * inlet  in  the address that the envelope of that mail had, sealed; of any other nothing is believed, and nothing is done
 *
 * Errors  E_AWAY the database
 */
must_use enum err act_mail_returned(struct desk *d, struct str inlet, const struct mail_return *r);

/*
 * act_mail_take -- what a mail says, written down: into its thread; or what it says of one of ours
 *
 * bytes  in  of each file of the letter that is kept; others are not looked at
 *
 * A mail that came before (its Message-ID and its writer) changes nothing, as does one of our own that came back in a circle.
 */
must_use enum err act_mail_take(struct work *w, const struct mail_arrival *in, const struct letter *l, const struct str *bytes);

#endif
