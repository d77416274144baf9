#include "domain/billing/subscription.h"

#include <stddef.h>

#define DAY_S INT64_C(86400)

const char *const subscription_standing_names[] = {
    "", "free", "trial", "good", "grace", "read_only", "suspended", NULL};
const char *const subscription_bill_state_names[] = {"", "open", "paid", "void", NULL};

static int64_t missing_since(const struct subscription_facts *p);

enum subscription_standing
subscription_stands(const struct subscription_facts *p, int64_t now, int64_t *until)
{
	const int64_t since = missing_since(p), read_only = since + SUBSCRIPTION_GRACE_DAYS * DAY_S;
	const int64_t suspended = read_only + SUBSCRIPTION_READ_ONLY_DAYS * DAY_S;
	enum subscription_standing is;
	int64_t next = 0;

	if (!p->billed)
		is = STANDS_FREE;
	else if (since == 0)
		is = STANDS_GOOD;
	else if (now < since)
		is = p->paid_until > 0 ? STANDS_GOOD : STANDS_TRIAL, next = since;
	else if (now < read_only)
		is = STANDS_GRACE, next = read_only;
	else if (now < suspended)
		is = STANDS_READ_ONLY, next = suspended;
	else
		is = STANDS_SUSPENDED;
	if (until != NULL)
		*until = next;
	return is;
}

/* The first instant that nobody pays for: a failed payment, the end of what was given up, the end
 * of the trial. */
static int64_t
missing_since(const struct subscription_facts *p)
{
	if (p->unpaid_since > 0)
		return p->unpaid_since;
	if (p->ended_at > 0)
		return p->ended_at;
	return p->paid_until > 0 ? 0 : p->trial_ends_at;
}
