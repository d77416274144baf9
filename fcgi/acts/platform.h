/*
 * fcgi/acts/platform.h -- the platform's own people: in by a key and a code, a list of companies without anything of
 * theirs, and a way into one that lets them look.
 *
 * They have no right of their own in a company: what opens it is its consent, which ends by itself (acts/support.h).
 */
#ifndef FCGI_ACTS_PLATFORM_H
#define FCGI_ACTS_PLATFORM_H

#include "domain/billing/subscription.h"
#include "sql/control/rows.h"
#include "tenancy/work.h"

#define PLATFORM_SESSION_S (8 * 3600)
#define PLATFORM_PAGE      50

struct platform_enter {
	struct str email, key, code;
};
/* act_platform_enter -- token: of a session. Errors  E_SIGNED_OUT "code": whatever of the three was wrong */
must_use enum err act_platform_enter(struct desk *d, const struct platform_enter *in, struct str *token, struct platform_who *who);
must_use enum err act_platform_leave(struct desk *d, struct str token);

/* act_platform_who -- whose session it is. Errors  E_SIGNED_OUT */
must_use enum err act_platform_who(struct desk *d, struct str token, struct platform_who *who);

struct platform_line {
	uint64_t id;
	struct str slug, name, country;
	bool live;
	enum subscription_standing standing;
	int64_t cents;
	struct str currency;
	int64_t customers, pools, staff;
	int64_t created_at;
	struct maybe_i64 counted_at, until_at; /* until_at: until when they may look in */
};
struct platform_list {
	struct platform_line *rows;
	size_t rows_n;
	struct maybe_u64 next;
};
must_use enum err act_platform_companies(struct desk *d, struct maybe_u64 before, struct str q, struct platform_list *out);

/*
 * act_platform_look -- a way into a company, for a minute; the company's log says so
 *
 * Errors  E_NOT_FOUND; E_FORBIDDEN "consent": it does not let anybody look
 */
must_use enum err act_platform_look(struct desk *d, const struct platform_who *who, uint64_t tenant_id, struct str *url);

#endif
