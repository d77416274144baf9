/*
 * domain/base/setting.h -- what the small lists of a company are lists of (table `setting`).
 */
#ifndef DOMAIN_BASE_SETTING_H
#define DOMAIN_BASE_SETTING_H

/* Stored: never renumber. */
enum setting_kind {
	SETTING_FIELD = 1, /* the company's own fields on its records */
	SETTING_SKILL,     /* what a technician can be sent to        */
	SETTING_VIEW,      /* a saved list                            */
	SETTING_MAPPING,   /* how the columns of an import are read   */
	SETTING_REASON,    /* why a visit was skipped                 */
	SETTING_BILLING,   /* how the company bills: one row           */
	SETTING_TAX,       /* rules of sales tax                       */
	SETTING_EXEMPTION, /* a customer's certificate                 */
	SETTING_SIGN_KEY,  /* public keys that sign and signed documents */
	SETTING_APART,     /* two customers who look like one and are not */
	SETTING_WATER,     /* what the company reads of water; by name: of one pool */
	SETTING_ROUTES,       /* fuel, hours and pace: one row        */
	SETTING_PROCESSOR, /* the company's account at the payment provider: one row */
	SETTING_PROOF,        /* what records of visits hold, and who is sent them: one row */
	SETTING_ALERTS,       /* what becomes an alert, and who is told: one row */
	SETTING_TEXTS,        /* the company's texting: its number, its review page: one row */
	SETTING_OCCASION,     /* what is told on an occasion, and in which words; by its name */
	SETTING_CONSENT,         /* what somebody said about messages: STOP; by number or address */
	SETTING_REPLY,        /* a saved answer                           */
	SETTING_SUBSCRIPTION, /* what the house asks of the company: the way to its page, what was told: one row */
	SETTING_BOOKING,      /* how strangers book, and how calls are answered: one row */
	SETTING_MODEL,        /* what was asked of a language model today: one row */
	SETTING_SENDER,       /* the company's own address in its mails, its key sealed beside it: one row */
	SETTING_DAYSEAL,      /* what each night signed of the money: tenancy/dayseal.h */
	SETTING_DOMAIN,       /* the domain that the company would like its customers' pages at, and its proof: one row */
	SETTING_KINDS
};

#endif
