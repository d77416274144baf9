/*
 * fcgi/acts/tell.h -- the last word of an act: a job row in the same transaction, the audit line, and
 * the links that are sent to people.
 */
#ifndef FCGI_ACTS_TELL_H
#define FCGI_ACTS_TELL_H

#include "domain/access/audit.h"
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

/* audit_line_hash -- the hash that a stored line must have; for verification */
void audit_line_hash(const struct audit_line *l, struct arena *a, uint8_t out[HASH_BYTES]);

/* company_url -- "http://<slug>.localhost:8080/<page>"; page without a leading '/' */
struct str company_url(struct arena *a, const struct config *c, const char *slug, const char *page);

/*
 * link_issue -- a signed link that works once: "<company_url>/<page>#<token>"
 *
 * actor   in   whom it is for: id of a staff row, of a customer with LINK_PORTAL
 * token   out  the part behind '#'; may be NULL
 *
 * link_look and link_spend answer whose it is; after link_spend it is used up.
 * link_void makes all open ones of this purpose useless: send again, disable, change the password.
 *
 * Errors  E_INVALID "token": forged, of another purpose or company, used, replaced or expired
 */
must_use enum err link_issue(struct work *w, enum link_purpose p, uint64_t actor, int64_t ttl_s,
    const char *page, struct str *url, struct str *token);
must_use enum err link_look(struct work *w, enum link_purpose p, struct str token, uint64_t *actor);
must_use enum err link_spend(struct work *w, enum link_purpose p, struct str token, uint64_t *actor);
must_use enum err link_void(struct work *w, enum link_purpose p, uint64_t actor);

#endif
