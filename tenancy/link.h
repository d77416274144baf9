/*
 * tenancy/link.h -- single-use links of a company: signed (tenancy/keys.h), and remembered by a hash.
 *
 * The token travels in the URL's fragment: no server, no referrer and no GET ever sees it. A row of
 * `token` with the hash of its nonce makes it work once and lets it be revoked before that.
 */
#ifndef TENANCY_LINK_H
#define TENANCY_LINK_H

#include <stdint.h>

#include "domain/base/err.h"
#include "domain/base/str.h"
#include "tenancy/keys.h"
#include "tenancy/work.h"

/* How long each lasts, in seconds. */
#define LINK_CONFIRM_S (7 * 86400)
#define LINK_INVITE_S (3 * 86400)
#define LINK_RESET_S (30 * 60)
#define LINK_TICKET_S (15 * 60)
#define LINK_PORTAL_S (15 * 60)

/*
 * link_make -- a link of this purpose for a person or customer; its row is written in this transaction
 *
 * page    in   "/reset": the page of the company's host that takes it
 * url     out  "http://blue.localhost:8080/reset#v1..."
 * token   out  the fragment alone; may be NULL
 */
must_use enum err link_make(struct work *w, enum link_purpose p, uint64_t object, int64_t lasts_s,
    const char *page, struct str *url, struct str *token);

/*
 * link_take -- whose it is, and it never opens again
 * link_look -- the same without using it up
 *
 * Errors  E_INVALID "link": altered, of another purpose or company, expired, used, revoked
 */
must_use enum err link_take(struct work *w, enum link_purpose p, struct str token, uint64_t *object);
must_use enum err link_look(struct work *w, enum link_purpose p, struct str token, uint64_t *object);

/* link_was_ours -- signed by us for this purpose and not expired, used or not: for a link opened twice */
must_use enum err link_was_ours(struct work *w, enum link_purpose p, struct str token, uint64_t *object);

/* link_revoke -- all unused ones of that purpose for that object */
must_use enum err link_revoke(struct work *w, enum link_purpose p, uint64_t object);

/* company_url -- "http://blue.localhost:8080" + page */
struct str company_url(const struct config *c, struct arena *a, struct str slug, const char *page);

#endif
