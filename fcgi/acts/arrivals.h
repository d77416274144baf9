/*
 * fcgi/acts/arrivals.h -- what happens around a sign-up and costs no password: what is proposed to a
 * stranger, whether an address is free, and what becomes of sign-ups that stopped half-way.
 */
#ifndef FCGI_ACTS_ARRIVALS_H
#define FCGI_ACTS_ARRIVALS_H

#include <stdbool.h>

#include "domain/base/maybe.h"
#include "domain/base/words.h"
#include "tenancy/work.h"

#define SLUG_SUGGESTIONS 3

struct proposal {
	struct str country, zone;
	enum language language;
	struct str currency;
};

/* act_proposal -- from the visitor's address, else from the browser's languages; never fails */
void act_proposal(const struct desk *d, struct str accept_language, struct proposal *out);

struct slug_line {
	struct str slug;
};

struct slug_answer {
	struct str slug;
	bool free;
	struct maybe_str why; /* in the visitor's language */
	struct slug_line *suggestions; /* free ones, best first; at most SLUG_SUGGESTIONS */
	size_t suggestions_n;
};

/* act_slug_look -- slug empty: the one that the company's name suggests */
must_use enum err act_slug_look(struct desk *d, struct str slug, struct str company,
    struct slug_answer *out);

/* act_signup_reap -- finish or give back every claim older than CLAIM_OVERDUE_S; *n = how many */
must_use enum err act_signup_reap(struct desk *d, unsigned *n);

#endif
