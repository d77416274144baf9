/*
 * fcgi/acts/tell_mail.h -- mails of the house: ordered in the transaction of what they tell
 */
#ifndef FCGI_ACTS_TELL_MAIL_H
#define FCGI_ACTS_TELL_MAIL_H

#include "domain/messaging/mail.h"
#include "fcgi/http/shape.h"
#include "tenancy/work.h"

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

/* tell_mail_with -- the same with a paper: the PDF of that id (tenancy/files.h), if it is there when the mail goes */
must_use enum err tell_mail_with(struct work *w, enum mail_template t, struct str to, enum language l,
    const struct template_value *v, size_t n, struct maybe_u64 file_id);

#endif
