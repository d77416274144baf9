/*
 * fcgi/acts/support.h -- a company lets the platform's people look in, for hours that it names, and ends it when it likes.
 *
 * 1. Only the owner says so, and sees until when; the log has each permission, each coming in, each look and each end.
 * 2. Who looks in reads, and nothing else (http/exchange.c): no gate codes, no pay, no lists to take away.
 * 3. The consent stands in the control schema and is asked for at every request: when it is over, so is the looking.
 */
#ifndef FCGI_ACTS_SUPPORT_H
#define FCGI_ACTS_SUPPORT_H

#include "tenancy/work.h"

#define SUPPORT_HOURS_MAX 72

struct support_page {
	struct maybe_i64 until_at, given_at;
};
must_use enum err act_support(struct work *w, struct support_page *out);
/* act_support_allow -- from now on for so many hours; once more: those hours instead. Errors  E_FORBIDDEN "step_up" */
must_use enum err act_support_allow(struct work *w, uint32_t hours, struct support_page *out);
must_use enum err act_support_end(struct work *w, struct support_page *out);

struct supporter {
	uint64_t id;
	int64_t until_at;
};
/* act_support_enter -- in by the way that act_platform_look gave. Errors  E_SIGNED_OUT "token" */
must_use enum err act_support_enter(struct work *w, struct str token, struct supporter *out);

/* act_support_looked -- one look, in the log; called by the exchange in a transaction of its own */
must_use enum err act_support_looked(struct work *w, struct str path);

/* act_size -- how large the company is: numbers for the platform's list */
must_use enum err act_size(struct work *w);

#endif
