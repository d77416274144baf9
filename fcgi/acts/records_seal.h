/*
 * fcgi/acts/records_seal.h -- a seal as a row of the log keeps it; for records.c and records_report.c.
 */
#ifndef FCGI_ACTS_RECORDS_SEAL_H
#define FCGI_ACTS_RECORDS_SEAL_H

#include "fcgi/acts/records.h"

struct seal_body {
	struct str kid, signature, bytes; /* signature: hex */
};
extern const struct shape seal_body_shape;

/* seal_proof -- as the text that somebody carries away */
must_use enum err seal_proof(struct work *w, const struct seal_body *s, struct str *text);

#endif
