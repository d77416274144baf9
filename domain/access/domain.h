/*
 * domain/access/domain.h -- a company's own domain: portal.acme-pools.com instead of acme.<house>, for what customers open.
 *
 * Whose it is, its name server says: a record that holds the proof we gave. As long as it does, the customers' pages are there,
 * and links in letters lead there.
 */
#ifndef DOMAIN_ACCESS_DOMAIN_H
#define DOMAIN_ACCESS_DOMAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/arena.h"
#include "domain/base/err.h"
#include "domain/base/str.h"

#define DOMAIN_HOST_MAX 190
/* For so long it is served after the record was last seen: whoever moves to another name server has a weekend. */
#define DOMAIN_LOST_S (3 * 86400)

/*
 * domain_read -- a host name as somebody types it: lower case, without "https://" and what follows the name
 *
 * house  in   the house's own domain: nobody claims it or a name below it
 *
 * Errors  E_INVALID "host" no name of two labels at least, an address in numbers, the house's
 */
must_use enum err domain_read(struct str typed, struct str house, struct arena *a, struct str *host, struct fault *f);

/* domain_below -- is the host the house's own, or below it? Whatever is not, is a company's own domain or nobody's. */
bool domain_below(struct str host, struct str house);

/* domain_record_name, domain_record -- the TXT record that proves it; domain_says: is this that record? */
struct str domain_record_name(struct arena *a, struct str host);
struct str domain_record(struct arena *a, struct str proof);
bool domain_says(struct str record, struct str proof);

/* domain_lapsed -- was the record missing for too long? */
bool domain_lapsed(int64_t seen_at, int64_t now);

/*
 * domain_has -- does a link to this page lead to the company's own domain? Customers' pages do.
 *
 * Not: the office and the technicians; what other programs fetch; and the page that checks a paper. A paper lies in a drawer for
 * years; a domain may be given up, and whoever has it then must not be the one who says that the paper is whole.
 */
bool domain_has(struct str page);

#endif
