/*
 * tenancy/tenant.h -- whose: from a host name, an id or a slug to the company, cached 30 s.
 *
 * The life of a tenant: spare -> claimed -> live <-> suspended -> deleting -> gone.
 */
#ifndef TENANCY_TENANT_H
#define TENANCY_TENANT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/access/domain.h"
#include "domain/base/arena.h"
#include "domain/base/day.h"
#include "domain/base/err.h"
#include "domain/base/str.h"
#include "domain/base/words.h"
#include "domain/billing/subscription.h"
#include "sql/db.h"
#include "tenancy/config.h"

enum tenant_status {
	TENANT_SPARE = 1,
	TENANT_CLAIMED,
	TENANT_LIVE,
	TENANT_SUSPENDED,
	TENANT_DELETING,
	TENANT_GONE
};

#define SLUG_MAX 40
#define SCHEMA_MAX 48

struct tenant {
	uint64_t id; /* also the number in the schema's name; never reused */
	char slug[SLUG_MAX + 1];
	char schema[SCHEMA_MAX + 1]; /* = the name of its database account */
	char domain[DOMAIN_HOST_MAX + 1]; /* its own, proven: there its customers' pages are; "" */
	enum tenant_status status;
	uint32_t step; /* migrations applied */
	uint32_t cluster;
	char plan[16];
	char country[3], currency[4];
	enum language language;
	const struct zone *zone;
	struct subscription_facts pays; /* what it owes the house: subscription_stands */
	int64_t cached_at; /* seconds, monotonic by the caller's clock */
};

/* tenant_slug_check -- 3..40 of [a-z0-9-], a letter first, no "--", no '-' last, not reserved
 * Errors  E_INVALID "slug" */
must_use enum err tenant_slug_check(struct str slug, struct fault *f);

/*
 * tenant_slug_suggest -- a slug from a company's name, always one that tenant_slug_check accepts
 *
 * "Desert Blue Pool Care, LLC" -> "desert-blue-pool-care"; accents of Western European letters go, other
 * letters are left out, the legal form at the end goes, what is too short or reserved gets "-pools".
 */
struct str tenant_slug_suggest(struct arena *a, struct str company);

/* tenant_status_name -- "spare", "claimed", ...; "unknown" for what is none */
const char *tenant_status_name(enum tenant_status s);

/*
 * The cache: TENANT_SLOTS fixed slots, four to a set. Only companies that are live are kept company_cache_s (30 s);
 * suspended ones, those behind this binary's step, those whose subscription is in question and those with a domain of their own 2 s, so
 * that they come back, or are gone, quickly; spares, claimed
 * and deleted ones never. A tenant handed out is borrowed until the next lookup: work_open copies it.
 */
#define TENANT_SLOTS 256
#define TENANT_CACHE_SHORT_S 2

struct tenant_cache;
struct tenant_cache *tenant_cache_open(struct arena *proc, const struct config *c);

/* tenant_current -- does this binary serve its schema? Its own step and the one before. */
bool tenant_current(const struct tenant *t);

/* tenant_house -- the house's own domain, borrowed: companies live at <slug>.<domain> */
struct str tenant_house(const struct tenant_cache *tc);

/*
 * tenant_of_host -- host in lower case, without port; below the house's domain by its slug, else by the name that it has proven
 *
 * Errors  E_NOT_FOUND the site's own host, unknown ones, companies that are not live yet or any more
 */
must_use enum err tenant_of_host(struct tenant_cache *tc, struct cdb *db, struct str host, int64_t now,
    const struct tenant **out, struct fault *f);
/* tenant_of_slug -- the same by its name. Errors  E_NOT_FOUND */
must_use enum err tenant_of_slug(struct tenant_cache *tc, struct cdb *db, struct str slug, int64_t now, const struct tenant **out,
    struct fault *f);
/* tenant_of_id -- whatever its status but gone: sign-up and its reaper enter claimed ones this way */
must_use enum err tenant_of_id(struct tenant_cache *tc, struct cdb *db, uint64_t id, int64_t now,
    const struct tenant **out, struct fault *f);
void tenant_forget(struct tenant_cache *tc, uint64_t id);

#endif
