/*
 * fcgi/acts/domain.h -- the company's own domain: what it must say, whether it does, and whether customers' pages are there.
 *
 * What is wished for stands with the company (a setting); what is proven stands in the control schema, where hosts are looked up.
 * Asked by a job, when somebody wants to know and each night: a record that stays away for three days ends it.
 */
#ifndef FCGI_ACTS_DOMAIN_H
#define FCGI_ACTS_DOMAIN_H

#include "domain/access/domain.h"
#include "tenancy/work.h"

enum domain_state { DOMAIN_ASKED = 1, DOMAIN_GOOD, DOMAIN_MISSING, DOMAIN_WRONG, DOMAIN_TAKEN, DOMAIN_STATES };
extern const char *const domain_state_names[];

struct own_domain {
	struct str host;                      /* "" until somebody names one */
	struct str leads_to;                  /* where its address record (CNAME) must lead */
	struct str record_name, record_value; /* the TXT record that proves it */
	struct str found;                     /* what is there instead; "" */
	enum domain_state state;
	bool served;                          /* customers' pages are there */
	struct maybe_i64 ends_at;             /* served, and the record is missing: until then */
	struct maybe_i64 checked_at;
	struct str portal;                    /* where customers are sent now */
	uint32_t version;
};
struct domain_set {
	struct str host;  /* "": the house's address again */
	uint32_t version; /* 0: none was kept yet */
};

must_use enum err act_domain(struct work *w, struct own_domain *out);
/* act_domain_set -- another name is served no more, and gets a proof of its own. Errors  E_INVALID "host"; E_STALE */
must_use enum err act_domain_set(struct work *w, const struct domain_set *in);
/* act_domain_check -- a job asks now. Errors  E_NOT_FOUND there is none */
must_use enum err act_domain_check(struct work *w);

/* For the job: which name; what was found. */
struct domain_ask {
	struct str name, proof; /* name.n 0: nothing to ask */
};
struct domain_found {
	struct str found;
	enum domain_state state;
};
must_use enum err act_domain_ask(struct work *w, struct domain_ask *out);
must_use enum err act_domain_found(struct work *w, const struct domain_ask *asked, const struct domain_found *f);

/* act_domain_page -- is this host the company's own domain? Errors  E_NOT_FOUND no */
must_use enum err act_domain_page(struct work *w, struct str host);

#endif
