/*
 * fcgi/acts/customers.h -- who is served. Now: what a customer sees of themselves in the portal.
 */
#ifndef FCGI_ACTS_CUSTOMERS_H
#define FCGI_ACTS_CUSTOMERS_H

#include "domain/base/words.h"
#include "tenancy/work.h"

struct customer_self {
	struct str name, email;
	enum language language;
};

/* act_customer_self -- of the actor, who is a customer; E_SIGNED_OUT if they are no longer served here */
must_use enum err act_customer_self(struct work *w, struct customer_self *out);

#endif
