/*
 * domain/messaging/mail.h -- what a mail is, before anybody sends it: an order (template, reader,
 * values) and, made from it, a message.
 */
#ifndef DOMAIN_MESSAGING_MAIL_H
#define DOMAIN_MESSAGING_MAIL_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/maybe.h"
#include "domain/base/str.h"
#include "domain/base/words.h"
#include "domain/messaging/template.h"

#define MAIL_ADDRESS_MAX 254 /* RFC 5321: 256 with the angle brackets */
#define MAIL_LOCAL_MAX   64

/* The payload of a job of kind "mail". */
struct mail_order {
	struct str to; /* one address */
	enum mail_template template;
	enum language language; /* of the reader */
	struct template_value *values;
	size_t values_n;
	struct maybe_u64 file_id; /* a paper of the company's that goes with it, named by the value "number" */
};

/*
 * mail_address_valid -- may this be an envelope's address?
 *
 * ASCII dot-atom, '@', a host name of two labels or "localhost". No quotes, comments, brackets,
 * blanks or control characters: what could end an SMTP command or a header is not an address here.
 */
bool mail_address_valid(struct str address);

/* mail_local_letter -- may it stand in such an address, but for the '@'? */
bool mail_local_letter(char c);

/*
 * mail_compose -- the message of an order
 *
 * Errors  E_INVALID "to"; those of template_fill; E_BUG an unknown template
 */
must_use enum err mail_compose(
    const struct mail_order *o, struct arena *a, struct template_twin *out, struct fault *f);

/* mail_value -- a value of an order, STR_NONE if it has none of that name */
struct str mail_value(const struct mail_order *o, const char *name);

/*
 * mail_word -- text for a header: as it is if it is short printable ASCII, else RFC 2047 encoded
 * words (UTF-8, base64, lines of at most 76 letters, never cutting a character), folded
 *
 * Line ends and other control characters become spaces first: no value can add a header.
 */
struct str mail_word(struct arena *a, struct str text);

/*
 * mail_phrase -- the display name in front of an address: quoted if it needs it, encoded if not
 * ASCII
 */
struct str mail_phrase(struct arena *a, struct str name);

/* mail_base64 -- RFC 4648, filled up, in one line */
void mail_base64(struct buf *out, const unsigned char *p, size_t n);

/* mail_split -- "Pool House <a@b.example>" or "a@b.example" to name and address; false if it is
 * neither */
bool mail_split(struct str from, struct str *name, struct str *address);

#endif
