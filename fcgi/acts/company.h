/*
 * fcgi/acts/company.h -- the company's name, address, zone, money and colour.
 */
#ifndef FCGI_ACTS_COMPANY_H
#define FCGI_ACTS_COMPANY_H

#include "domain/base/words.h"
#include "tenancy/work.h"

/* What every door shows. */
struct company_card {
	struct str name, slug;
	enum language language;
	struct str accent;         /* "#0f5e66" */
	struct str zone, currency; /* for its days and its money */
};

struct company {
	struct str name, phone, street, city, region, postcode;
	struct str country; /* ISO 3166, two letters */
	struct str zone;    /* "America/Phoenix"     */
	struct str currency;
	enum language language;
	struct str accent;
	uint32_t week_starts; /* enum weekday */
	uint32_t version;
};

must_use enum err act_company_card(struct work *w, struct company_card *out);
must_use enum err act_company(struct work *w, struct company *out);

/*
 * act_company_change -- all of it at once; a job carries what the house itself must know to the control
 * schema
 *
 * Errors  E_INVALID "country" "zone" "currency" "accent" "phone"; E_STALE
 */
must_use enum err act_company_change(struct work *w, const struct company *in, struct company *out);

/* act_company_mirror -- that job's work: the control schema learns name, country, zone, money, language */
must_use enum err act_company_mirror(struct work *w);

#endif
