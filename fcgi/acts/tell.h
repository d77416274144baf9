/*
 * fcgi/acts/tell.h -- the last word of an act: a job row in the same transaction, and the audit line
 *
 * What follows from a change of one noun: tell_<noun>.h.
 */
#ifndef FCGI_ACTS_TELL_H
#define FCGI_ACTS_TELL_H

#include "domain/access/audit.h"
#include "fcgi/http/shape.h"
#include "tenancy/work.h"

/* tell -- write a job of that kind, due now, its payload (through the shape) sealed */
must_use enum err tell(struct work *w, const char *kind, const struct shape *s, const void *payload);

/* tell_later -- the same, due at that instant */
must_use enum err tell_later(struct work *w, const char *kind, const struct shape *s, const void *payload, int64_t at);
/* tell_hurry -- whatever of that kind was told for later, and was not tried yet, is due now */
must_use enum err tell_hurry(struct work *w, const char *kind);
/* tell_once -- the same, and of that key there is one job at most, ever: a second one changes nothing */
must_use enum err tell_once(struct work *w, const char *kind, struct str key, const struct shape *s, const void *payload,
    int64_t at);

/*
 * audit -- append one line to the company's hash-chained log (guard row: counter 'audit')
 *
 * verb    in  "staff.invited"; detail: names and figures, read in every language; never a secret
 * object  in  id of the row concerned, 0 if none
 */
must_use enum err audit(struct work *w, const char *verb, const char *noun, uint64_t object,
    struct str detail);

/* tell_actor -- the name of whoever does this work, as the log keeps it */
must_use enum err tell_actor(struct work *w, struct str *name);

/* tell_absent -- was it only that a row that the caller names is not there? The fault is free for the field. */
bool tell_absent(struct work *w, enum err e);

/* audit_line_hash -- the hash that a stored line must have; for verification */
void audit_line_hash(const struct audit_line *l, struct arena *a, uint8_t out[HASH_BYTES]);

#endif
