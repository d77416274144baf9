/*
 * fcgi/acts/subscriptions.h -- what the house asks of this company, and whether it was paid; whom
 * of the house it lets look in.
 *
 * The facts stand in the control schema, because the door asks for them; the way to the processor's
 * page and what the owner was told stand in a setting of the company's own.
 */
#ifndef FCGI_ACTS_SUBSCRIPTIONS_H
#define FCGI_ACTS_SUBSCRIPTIONS_H

#include "domain/billing/subscription.h"
#include "fcgi/http/shape.h"
#include "sql/control/rows.h"
#include "tenancy/work.h"

struct subscription_page {
	enum subscription_standing standing;
	bool possible; /* the house can take a card for it */
	bool subscribed;
	int64_t cents;
	struct str currency;
	struct maybe_i64 trial_ends_at, paid_until, ends_at;
	struct maybe_i64 step_at; /* when the next step down comes */
	struct subscription_bill_row *bills;
	size_t bills_n;
};
must_use enum err act_subscription(struct work *w, struct subscription_page *out);

/* act_subscription_open -- the job makes a way to the processor's page: to subscribe on, or to
 * change what is. Errors  E_INVALID "subscription" */
must_use enum err act_subscription_open(struct work *w);
/* act_subscription_link_take -- that way, once. "" if it is not there (yet) */
must_use enum err act_subscription_link_take(struct work *w, struct str *link);

/* ---- for jobs ---- */

/* What a job needs to ask; customer "": the processor does not know the company yet. billed false:
 * nothing is asked. */
struct subscription_facts_read {
	bool billed, subscribed;
	struct str customer, name, email, currency;
	enum language language;
	int64_t cents, first_at;
	uint32_t version;
};
must_use enum err act_subscription_facts(struct work *w, struct subscription_facts_read *out);
/* act_subscription_known -- the processor's name of the company. Errors  E_RETRY somebody wrote
 * meanwhile */
must_use enum err act_subscription_known(
    struct work *w, const struct subscription_facts_read *asked, struct str customer);
must_use enum err act_subscription_linked(struct work *w, struct str link);

struct subscription_seen {
	struct str reference; /* "" there is none */
	int64_t paid_until, unpaid_since, ended_at;
	struct subscription_bill_row *bills;
	size_t bills_n;
};
/*
 * act_subscription_seen -- what the processor says is written, and the owner told of what changed
 * for the company
 *
 * Errors  E_RETRY somebody wrote since it was asked: ask again
 */
must_use enum err act_subscription_seen(struct work *w, const struct subscription_facts_read *asked,
    const struct subscription_seen *seen);

#endif
