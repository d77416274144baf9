/*
 * fcgi/acts/tell.h -- the last word of an act: a job row in the same transaction, and the audit line.
 */
#ifndef FCGI_ACTS_TELL_H
#define FCGI_ACTS_TELL_H

#include "fcgi/http/shape.h"
#include "tenancy/work.h"

/*
 * tell -- write a job of that kind, due now, its payload (through the shape) sealed
 *
 * tell_once adds a key: a second job of the same key is not written (OK all the same).
 */
must_use enum err tell(struct work *w, const char *kind, const struct shape *s, const void *payload);
must_use enum err tell_once(struct work *w, const char *kind, struct str key, int64_t due_at,
    const struct shape *s, const void *payload);

/*
 * audit -- append one line to the company's hash-chained log (guard row: counter 'audit')
 *
 * verb    in  "staff.invited"; detail: plain words, never a secret
 * object  in  id of the row concerned, 0 if none
 */
must_use enum err audit(struct work *w, const char *verb, const char *noun, uint64_t object,
    struct str detail);

#endif
