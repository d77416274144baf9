/*
 * domain/messaging/mime.h -- a mail as it goes over the wire: its head, its words twice, what goes with it. All ASCII, lines end in
 * CRLF and have at most 76 letters; RFC 5322, 2045, 2046.
 *
 * Written here and not by the library that sends it, because a signature (dkim.h) is over these very bytes.
 */
#ifndef DOMAIN_MESSAGING_MIME_H
#define DOMAIN_MESSAGING_MIME_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/arena.h"
#include "domain/base/str.h"

struct mime_header {
	const char *name;
	struct str value; /* no CR or LF, but "\r\n " where it is folded */
};

struct mime_mail {
	struct str text, html; /* UTF-8, lines end in \n */
	struct str paper, paper_name, paper_type; /* paper.n 0: none; the name plain ASCII */
	const struct str *picture; /* JPEGs, called photo-1.jpg and so on */
	size_t pictures;
	struct str mark;       /* letters that make its boundaries its own */
};

/* mime_body -- the body; *type is the value of its Content-Type */
struct str mime_body(struct arena *a, const struct mime_mail *m, struct str *type);

/* mime_head -- the head, without the empty line; false: a value holds a control character or ends its line: no value adds a header */
bool mime_head(struct arena *a, const struct mime_header *h, size_t n, struct str *out);

#endif
