/*
 * tenancy/claim.h -- a spare becomes a company, in three steps that may stop between any two.
 *
 *   1 control   claim_take: spare -> claimed, the slug is theirs, the sign-up's key is remembered
 *   2 company   claim_enter, then the company's first rows: one transaction
 *   3 control   claim_finish: claimed -> live
 *
 * Stopped after 1: no company row; claim_reap gives the spare back. Stopped after 2: claim_reap finishes.
 * A sign-up that sleeps through its reaping must not found a company in a schema that is somebody else's by
 * then: each claim has a number (the row's version), the schema keeps the greatest number that entered it,
 * and giving back enters with the next one. Whoever comes with a smaller number is sent away.
 */
#ifndef TENANCY_CLAIM_H
#define TENANCY_CLAIM_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/err.h"
#include "domain/base/str.h"
#include "tenancy/work.h"

/* After this the reaper looks after a claim. */
#define CLAIM_OVERDUE_S 60

struct claim_wish {
	struct str slug, name, country, zone, currency, language;
};

struct claim {
	uint64_t tenant;
	uint32_t version; /* the claim's number */
	bool done;        /* the company is live */
};

/*
 * claim_find -- what became of the sign-up with this key (32 bytes); *found = false: nothing yet
 *
 * Errors  E_STALE "idempotency_key": the key came with another body
 */
must_use enum err claim_find(struct desk *d, struct str key, struct str body, struct claim *out,
    bool *found);

/*
 * claim_take -- step 1
 *
 * Errors  E_INVALID "slug" taken; E_AWAY with retry_after_s no spare is ready;
 *         E_STALE "idempotency_key" the same sign-up is under way at this moment
 */
must_use enum err claim_take(struct desk *d, const struct claim_wish *wish, struct str key, struct str body,
    struct claim *out);

/*
 * claim_enter -- the first statement of step 2, before anything else is read in this transaction
 *
 * Errors  E_AWAY with retry_after_s: this claim was given back meanwhile; the sign-up begins again
 */
must_use enum err claim_enter(struct work *w, const struct claim *c);

/* claim_finish -- step 3; once more is harmless */
must_use enum err claim_finish(struct desk *d, uint64_t tenant);

/* claim_reap -- finish or give back every overdue claim, at most 100; *n = how many. May run in two places. */
must_use enum err claim_reap(struct desk *d, unsigned *n);

#endif
