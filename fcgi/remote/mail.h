/*
 * fcgi/remote/mail.h -- one message to one reader through the house's relay (smtp_url).
 */
#ifndef FCGI_REMOTE_MAIL_H
#define FCGI_REMOTE_MAIL_H

#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"
#include "domain/messaging/template.h"
#include "tenancy/config.h"

/* A company's own address, whose domain says our key: RFC 6376. */
struct mail_sender {
	struct str address, domain, selector;
	struct str key; /* crypto_rsa_make's secret half */
};

struct mail_message {
	struct str to;         /* one address */
	struct str company;    /* shown as the sender, "Desert Blue via Poolhouse"; may be empty */
	struct str message_id; /* without angle brackets and host: a repeat has the same */
	int64_t at;            /* the Date header */
	struct template_twin twin;
	struct str paper, paper_name; /* a PDF or a calendar file (.ics) that goes with it; paper.n 0: none */
	const struct str *picture; /* photos that go with it */
	size_t pictures;
	struct str answer_to;   /* where answers come in: an address; empty: nowhere */
	struct str answers;     /* the Message-ID that this one answers, without brackets; may be empty */
	struct str thread;      /* those that it answered, in brackets, oldest first; may be empty */
	struct str envelope;    /* where it comes back to; empty: to the house's own address */
	struct str unsubscribe; /* RFC 8058: where one click ends such mails; empty: none */
	bool typed;             /* a person wrote it */
	struct mail_sender sender; /* whose address it comes from; address empty: the house's */
};

/*
 * mail_send -- hand it to the relay
 *
 * Errors  those of call_mail; E_AWAY no relay is set; E_BUG "mail_from" is no address
 */
must_use enum err
mail_send(struct arena *a, const struct config *c, const struct mail_message *m, struct fault *f);

#endif
