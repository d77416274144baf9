/*
 * domain/messaging/dkim.h -- what of a mail is signed, and how that is written: RFC 6376, rsa-sha256, relaxed head, simple body.
 *
 * Pure text: the hash and the signature are made by whoever has the key (fcgi/remote/mail.c).
 */
#ifndef DOMAIN_MESSAGING_DKIM_H
#define DOMAIN_MESSAGING_DKIM_H

#include "domain/messaging/mime.h"

struct dkim {
	struct str domain, selector;
	int64_t at;           /* seconds UTC */
	struct str body_hash; /* base64(SHA-256(dkim_body)) */
};

/* dkim_body -- as it is hashed: without empty lines at its end */
struct str dkim_body(struct str body);

/*
 * dkim_header -- the value of DKIM-Signature up to "b=", folded; the signature in base64 goes behind it
 * dkim_text   -- what the signature is over: those headers and this one, each in one line
 */
struct str dkim_header(struct arena *a, const struct dkim *d, const struct mime_header *h, size_t n);
struct str dkim_text(struct arena *a, struct str header, const struct mime_header *h, size_t n);

/* dkim_record -- the TXT record that says the key: "v=DKIM1; k=rsa; p=..."; dkim_says: does a record hold that key? */
struct str dkim_record(struct arena *a, struct str public_key);
bool dkim_says(struct arena *a, struct str record, struct str public_key);

/* dkim_domain -- may it be a company's own domain? letters, digits, '-', two labels at least, lower case */
bool dkim_domain(struct str domain);

#endif
