/*
 * domain/messaging/letter.h -- a mail that came in, as it is read: what is new in it, what it only repeats, who wrote it, and
 * whether a person did. And the addresses that mails come in at.
 *
 * Nothing here parses MIME: fcgi/press/mail.c does, in a process of its own, and hands over a struct letter by letter_write.
 */
#ifndef DOMAIN_MESSAGING_LETTER_H
#define DOMAIN_MESSAGING_LETTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"

/* Ceilings, in bytes; more is cut between two characters. */
#define LETTER_RAW_MAX (13 * 1024 * 1024)
#define LETTER_TEXT_MAX 20000
#define LETTER_QUOTED_MAX 8000
#define LETTER_WORD_MAX 900 /* a subject, a name, a list of Message-IDs */
#define LETTER_FILES_MAX 10
#define LETTER_WIRE_MAX (256 * 1024)

/* What wrote it. Never renumber: it goes from one program to another. */
enum letter_kind {
	LETTER_PERSON = 1,
	LETTER_MACHINE,   /* an answering machine, a list: nobody waits for our answer, and none is given by a machine */
	LETTER_BOUNCE,    /* one of ours did not arrive (RFC 3464) */
	LETTER_COMPLAINT, /* a reader called one of ours spam (ARF, RFC 5965) */
	LETTER_KINDS
};

/* A part that came with it. kept: it lies at <prefix>.<index>.part; else it was left out, and only its name is told. */
struct letter_file {
	struct str name, type;
	bool kept;
};

struct letter {
	enum letter_kind kind;
	struct str from, name;       /* an address, "" if it has none that may be one; what it calls itself */
	struct str subject;
	struct str message_id;       /* without brackets; "" if it has none */
	struct str references;       /* what it answers: Message-IDs in brackets, the last one newest; "" */
	struct str text, quoted;     /* what is new; what it repeats */
	struct str failed, status, why; /* of a bounce or complaint: whose address, "5.1.1", the other side's words */
	struct str original;         /* of a bounce or complaint: the head of ours, as far as it came back */
	struct letter_file file[LETTER_FILES_MAX];
	size_t files;
	size_t left_out;             /* parts beyond LETTER_FILES_MAX */
};

/* letter_write, letter_read -- as it goes from one program to another. Errors  E_INVALID "letter" it is none */
void letter_write(const struct letter *l, struct buf *out);
must_use enum err letter_read(struct str text, struct letter *out, struct fault *f);

/* What the head of a mail says about its writer. All may be empty. */
struct letter_head {
	struct str from, return_path; /* return_path: "<>" if it has none */
	struct str auto_submitted, precedence, list_id, auto_reply; /* auto_reply: X-Autoreply, X-Autorespond */
	struct str report; /* report-type of a multipart/report */
	bool status;       /* one of its parts is a message/delivery-status */
};
/*
 * letter_kind_of -- from may be no address that one could answer: MAILER-DAEMON@mx. A mail server that does not call its report
 * one (OpenSMTPD) is known by its name and its delivery status.
 *
 * Source  RFC 3834 2 and 5 (Auto-Submitted), RFC 2076 3.9 (Precedence), RFC 2919 (List-Id), RFC 3462 (reports)
 */
enum letter_kind letter_kind_of(const struct letter_head *h);

/* letter_clean -- UTF-8 (what is none becomes U+FFFD), lines end in \n, no control characters, no direction marks that turn
 * a name around, never three empty lines; cut at `max` bytes */
struct str letter_clean(struct arena *a, struct str text, size_t max);

/* letter_plain -- the words of an HTML document; quotes begin with '>' */
struct str letter_plain(struct arena *a, struct str html);

/*
 * letter_fold -- what is new, and what an answer repeats below its attribution ("On ... wrote:", "-----Original Message-----")
 *
 * Who answers between the lines is shown whole. Text and quoted are in `a`. Both languages, and the words of the usual programs.
 */
void letter_fold(struct arena *a, struct str text, struct str *fresh, struct str *quoted);

/* letter_report -- of the lines of a delivery status or a feedback report: whose address, which status, why */
void letter_report(struct str lines, struct letter *out);

/* letter_exact -- "5.0.0" says nothing: the words of the other side, below the address in the text of the report, say more */
void letter_exact(struct str text, struct letter *out);

/* letter_lasting -- will a second try fail as well? 5.x.x, but for a full mailbox and for what speaks of us, not of the reader.
 * Source  RFC 3463 */
bool letter_lasting(struct str status);

/* ---- the addresses that mails come in at, below one domain of the house ---- */

enum inlet {
	INLET_COMPANY = 1, /* desert-blue@in.example */
	INLET_THREAD,      /* desert-blue+r<id><seal>@in.example: an answer finds its thread */
	INLET_BOUNCE,      /* desert-blue+b<id><seal>@in.example: the sender of an envelope */
	INLET_COMPLAINTS   /* complaints@in.example: whose it is stands in the mail itself */
};
#define INLET_SEAL 9 /* letters: 45 bits, tried one mail at a time */
struct inlet_address {
	enum inlet inlet;
	struct str slug;
	uint64_t id;
	struct str seal;
};
/* inlet_write -- an address; at most 64 letters before the '@' with the longest slug */
struct str inlet_write(struct arena *a, const struct inlet_address *i, struct str domain);
/* inlet_read -- any case; false: it is none of ours. Parts are borrowed from `a` */
bool inlet_read(struct arena *a, struct str address, struct str domain, struct inlet_address *out);
/* inlet_find -- the first address of ours of that kind that stands anywhere in a text; false: none does */
bool inlet_find(struct arena *a, struct str text, struct str domain, enum inlet inlet, struct inlet_address *out);

#endif
