/*
 * domain/messaging/lmtp.h -- mails handed over by a mail server of this machine in LMTP (RFC 2033): what it says, what it is answered.
 *
 * Nothing here reads or writes: tenancy/ctl_lmtp.c gives the bytes as they come and sends what is answered. A mail is whole only
 * when its last line, a dot, has come; whoever dies before that has handed nothing over.
 */
#ifndef DOMAIN_MESSAGING_LMTP_H
#define DOMAIN_MESSAGING_LMTP_H

#include "domain/messaging/letter.h"
#include "domain/messaging/mail.h"

#define LMTP_TO_MAX 50    /* readers of one mail; the server comes again with the rest */
#define LMTP_LINE_MAX 1000 /* bytes of a command, its end too */

enum lmtp_at { LMTP_NEW = 0, LMTP_GREETED, LMTP_MAIL, LMTP_DATA, LMTP_ENDED };

struct lmtp {
	struct str domain; /* of our addresses */
	char *room;        /* of one mail */
	size_t max;
	enum lmtp_at at;
	char from[MAIL_ADDRESS_MAX + 1]; /* empty: nobody, or what must not be answered */
	char to[LMTP_TO_MAX][MAIL_ADDRESS_MAX + 1];
	size_t to_n;
	size_t n;          /* bytes of the mail */
	bool over;         /* it does not fit: read on, and refused at its end */
	bool whole;        /* it is here: the caller keeps it and says so by lmtp_kept */
	bool asks;         /* is to[to_n] somebody's? The caller looks and says so by lmtp_known */
	char line[LMTP_LINE_MAX];
	size_t line_n;
	bool long_line;    /* of a command: the rest of it is passed over */
	unsigned end;      /* how much of CR LF . CR LF has come; 2 at the beginning of a line */
};

/*
 * lmtp_open -- the greeting
 *
 * room  in  LETTER_RAW_MAX bytes, or less; the mail lies there until the next one begins
 * out   in/out  what is to be sent, here and below
 */
void lmtp_open(struct lmtp *l, struct str domain, char *room, size_t max, struct buf *out);
/*
 * lmtp_take -- some bytes of the server
 *
 * a  in  scratch: nothing of it is kept
 * Returns how many were used: fewer when a mail is whole (l->whole); then keep it for each l->to, and give the rest again; and when
 * it is to be known whose an address is (l->asks)
 */
size_t lmtp_take(struct lmtp *l, struct str bytes, struct arena *a, struct buf *out);
/* lmtp_known -- whose it is: OK; E_NOT_FOUND nobody's (550 5.1.1); others: it cannot be asked now, come again (451) */
void lmtp_known(struct lmtp *l, enum err known, struct buf *out);
/*
 * lmtp_kept -- what became of a whole mail, for each of its readers in their order (RFC 2033 4.2)
 *
 * kept  in  l->to_n of them: OK; E_INVALID never; others: come again
 */
void lmtp_kept(struct lmtp *l, const enum err *kept, struct buf *out);

#endif
