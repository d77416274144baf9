/*
 * domain/billing/subscription.h -- what a company may do that has not paid the house: a ladder,
 * told by dates alone.
 *
 * Nobody moves a company from step to step: where it stands follows from what is known and from the
 * clock, so a job that is late, or runs twice, changes nothing. Export and payment are open on
 * every step.
 */
#ifndef DOMAIN_BILLING_SUBSCRIPTION_H
#define DOMAIN_BILLING_SUBSCRIPTION_H

#include <stdbool.h>
#include <stdint.h>

enum subscription_standing {
	STANDS_FREE = 1, /* this house bills it nothing */
	STANDS_TRIAL,
	STANDS_GOOD,
	STANDS_GRACE,     /* a payment is missing; everything works */
	STANDS_READ_ONLY, /* everything can be seen, nothing written */
	STANDS_SUSPENDED, /* only payment and export */
	STANDS_COUNT
};
extern const char *const subscription_standing_names[]; /* with NULL, by standing */

#define SUBSCRIPTION_GRACE_DAYS     14
#define SUBSCRIPTION_READ_ONLY_DAYS 30

/* Seconds UTC; 0: not so. */
struct subscription_facts {
	bool billed; /* false: the house asks nothing of this company */
	int64_t trial_ends_at;
	int64_t paid_until;   /* of a subscription that the processor knows */
	int64_t unpaid_since; /* its last payment failed then */
	int64_t ended_at;     /* it was given up, and runs until then */
};

/*
 * subscription_stands -- where a company stands at that instant
 *
 * until  out  when the next step down comes if nothing is paid; 0: none is coming. May be NULL
 */
enum subscription_standing
subscription_stands(const struct subscription_facts *p, int64_t now, int64_t *until);

/* Stored: never renumber. */
enum subscription_bill_state {
	SUBSCRIPTION_BILL_OPEN = 1,
	SUBSCRIPTION_BILL_PAID,
	SUBSCRIPTION_BILL_VOID,
	SUBSCRIPTION_BILL_STATES
};
extern const char *const subscription_bill_state_names[];

#endif
