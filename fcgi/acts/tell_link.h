/*
 * fcgi/acts/tell_link.h -- addresses of the company's pages, signed links that open them, and codes of
 * six digits
 */
#ifndef FCGI_ACTS_TELL_LINK_H
#define FCGI_ACTS_TELL_LINK_H

#include "tenancy/work.h"

/*
 * company_url  -- "http://<slug>.localhost:8080/<page>"; page without a leading '/'. A page that customers are sent to is at the
 *                 company's own domain, if it has proven one (domain_has)
 * company_page -- the same, at that domain or, if it is "", at the house's
 */
struct str company_url(struct work *w, const char *page);
struct str company_page(struct work *w, struct str domain, const char *page);

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
/* link_show, link_shown -- the same without a row: it opens as often as somebody looks, until its time is over */
must_use enum err link_show(struct work *w, enum link_purpose p, uint64_t object, int64_t ttl_s, const char *page,
    struct str *url);
must_use enum err link_shown(struct work *w, enum link_purpose p, struct str token, uint64_t *object);
must_use enum err link_void(struct work *w, enum link_purpose p, uint64_t actor);

/*
 * code_issue, code_spend -- six digits for that customer, once; a newer one replaces it. Who is nobody (0) has none, and
 * asking takes as long. How often may be tried is the caller's to count.
 *
 * Errors  E_INVALID "code" wrong, used, replaced or over
 */
#define CODE_DIGITS 6
must_use enum err code_issue(struct work *w, uint64_t actor, int64_t ttl_s, char code[CODE_DIGITS + 1]);
must_use enum err code_spend(struct work *w, uint64_t actor, struct str code);

#endif
