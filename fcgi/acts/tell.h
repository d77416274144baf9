/*
 * fcgi/acts/tell.h -- the last word of an act: a job row in the same transaction, and the audit line.
 */
#ifndef FCGI_ACTS_TELL_H
#define FCGI_ACTS_TELL_H

#include "domain/messaging/mail.h"
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

/* The payload of a job of kind "mail". */
extern const struct shape mail_order_shape;

/*
 * tell_mail -- order a mail: a job of kind "mail" in this transaction
 *
 * v, n    in  exactly the values that the template lists (domain/messaging/template.h)
 *
 * Errors  E_INVALID "to" and those of template_fill: the message is composed here once, so that a value
 *         that does not fit is the caller's fault and not a parked job's
 */
must_use enum err tell_mail(struct work *w, enum mail_template t, struct str to, enum language l,
    const struct template_value *v, size_t n);

/*
 * audit -- append one line to the company's hash-chained log (guard row: counter 'audit')
 *
 * verb    in  "staff.invited"; detail: plain words, never a secret
 * object  in  id of the row concerned, 0 if none
 */
must_use enum err audit(struct work *w, const char *verb, const char *noun, uint64_t object,
    struct str detail);

#endif
