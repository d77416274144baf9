/*
 * domain/messaging/template.h -- the sentences we mail, in each language, with named values.
 *
 * A body is paragraphs with a blank line between them; {name} stands for a value; a paragraph that
 * is wholly "[Label]({name})" is a button. Values are escaped by where they stand: in a subject, in
 * plain text, in HTML, in a link. A value can never make a paragraph, a header or a button of its
 * own.
 *
 * How to add one: append to enum mail_template, add its entry in sentences.c in both languages. The
 * check below (and its test) refuses a name that is not listed, is missing in a language or is
 * unused.
 */
#ifndef DOMAIN_MESSAGING_TEMPLATE_H
#define DOMAIN_MESSAGING_TEMPLATE_H

#include <stddef.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"
#include "domain/base/words.h"

/* Payloads of jobs name them by name, so the order is free; append all the same. */
enum mail_template {
	MAIL_CONFIRM_EMAIL = 1, /* name company url hours                        */
	MAIL_INVITATION,        /* name company by role url days                 */
	MAIL_RESET,             /* name company url minutes                      */
	MAIL_PASSWORD_CHANGED,  /* name company time url                         */
	MAIL_NEW_COUNTRY,       /* name company country time agent url           */
	MAIL_PORTAL_LINK,       /* name company url code minutes                 */
	MAIL_STAFF_DISABLED,    /* name company                                  */
	MAIL_OWNER_CHANGED,     /* name company from owner time                  */
	MAIL_TOTP_ON,           /* name company time url                         */
	MAIL_TOTP_OFF,          /* name company time url                         */
	MAIL_RECOVERY_CODES,    /* name company time url: a fresh set was made   */
	MAIL_BILL,              /* name company what number sum day url          */
	MAIL_REMINDER,          /* name company what number sum day url          */
	MAIL_RECEIPT,           /* name company number sum way day url           */
	MAIL_VISIT_REPORT,      /* name company service place day tech water url */
	MAIL_ALERT,             /* name company what about url                   */
	MAIL_SUBSCRIPTION,      /* name company what day url                     */
	MAIL_QUOTE,             /* name company number title day url             */
	MAIL_QUOTE_WORD,        /* name company number url                       */
	MAIL_NEW_TIME,          /* name company service place day window         */
	MAIL_BOOKED,            /* name company service place when url calendar  */
	MAIL_BOOKING_ASKED,     /* name company service place when url calendar  */
	MAIL_PORTAL_ANSWER,     /* name company url                              */
	MAIL_PORTAL_PASSWORD,   /* name company what time url                    */
	MAIL_TEMPLATES
};

/* Ceilings. A value that is no link is a name, a place or a time: 160 bytes hold them all. */
#define TEMPLATE_VALUES_MAX    12
#define TEMPLATE_VALUE_BYTES   160
#define TEMPLATE_LINK_BYTES    2000
#define TEMPLATE_SUBJECT_BYTES 400
#define TEMPLATE_BODY_BYTES    24000

struct template_text {
	const char *subject, *body;
};

struct template
{
	enum mail_template id;
	const char *name;                            /* "confirm_email": in payloads */
	const char *values[TEMPLATE_VALUES_MAX + 1]; /* all of them, in any order; ends with NULL */
	struct template_text text[LANGUAGES];
};

struct template_value {
	struct str name, value;
};

/* A message ready to be sent: the same words twice. */
struct template_twin {
	struct str subject; /* one line of UTF-8, no control characters */
	struct str text;    /* lines end in \n, no line is folded       */
	struct str html;    /* a whole document                          */
};

/* In the order of the enum, from 1 on: domain/messaging/sentences.c. Use template_entry. */
extern const struct template template_table[];

/* template_entry -- NULL if there is none */
const struct template *template_entry(enum mail_template t);

/* Index = enum mail_template, "" = no such value, ends with NULL: for a shape. */
extern const char *const template_names[];

/*
 * template_check -- is this template whole? Both languages; every {name} listed; every listed one
 * used in both; braces and buttons well formed; a name in a link is used as a link only
 *
 * Errors  E_BUG, field = the template's name, why = what is wrong
 */
must_use enum err template_check(const struct template *t, struct fault *f);

/* template_check_all -- every entry of the table; called when a job worker starts */
must_use enum err template_check_all(struct fault *f);

/*
 * template_fill -- both twins of a template
 *
 * l       in  language of the reader
 * v, n    in  exactly the listed names, each once
 * a       in  the twin lives here
 *
 * Errors  E_INVALID, field = the literal name listed: absent, too long, not UTF-8, no http(s) link;
 *         E_INVALID "values": a name that is not listed, or twice
 */
must_use enum err
template_fill(const struct template *t, enum language l, const struct template_value *v, size_t n,
    struct arena *a, struct template_twin *out, struct fault *f);

/*
 * template_brand -- the page of a mail in the company's colour, with its name above; the plain twin stays what it is
 *
 * accent  in  "#0f5e66"; anything else changes nothing. Words on it are white or black, whichever is read better (WCAG 2.2, 1.4.3)
 */
void template_brand(struct template_twin *t, struct str company, struct str accent, struct arena *a);

/* template_end -- small print behind a message: words, and a link called `label`; all are escaped here */
void template_end(struct template_twin *t, struct str words, struct str label, struct str url, struct arena *a);

#endif
