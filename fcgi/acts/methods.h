/*
 * fcgi/acts/methods.h -- cards and bank accounts that customers left at the processor; drawing by itself.
 */
#ifndef FCGI_ACTS_METHODS_H
#define FCGI_ACTS_METHODS_H

#include "fcgi/acts/tell_pay.h"

struct methods {
	struct method_row *rows;
	size_t rows_n;
	struct str consent; /* the words that turning it on agrees to, in the reader's language */
};
must_use enum err act_methods(struct work *w, uint64_t customer_id, struct methods *out);
/* act_method_autopay -- on: the words that were agreed to are kept with time and place; off at any time. E_NOT_FOUND */
must_use enum err act_method_autopay(struct work *w, uint64_t customer_id, uint64_t id, bool on, struct methods *out);
must_use enum err act_method_drop(struct work *w, uint64_t customer_id, uint64_t id, struct methods *out);

/* What the customer agrees to, in their language. */
struct str autopay_words(struct work *w, struct str company);

struct method_seen {
	struct str provider, provider_id, provider_customer, brand, last4;
	enum pay_method_kind kind;
	uint32_t exp_month, exp_year;
};
/* act_method_keep -- what the processor says of it; known already: nothing. autopay: the customer has said so */
must_use enum err act_method_keep(struct work *w, uint64_t customer_id, const struct method_seen *m, bool autopay);

/* act_autopay -- order charges for what is due, a hundred customers after `after`; *next 0: that was all */
must_use enum err act_autopay(struct work *w, uint64_t after, uint64_t *next);
/* act_autopay_notice -- tell those whose bills will be drawn in three days, a hundred customers at a time */
#define AUTOPAY_NOTICE_DAYS 3
must_use enum err act_autopay_notice(struct work *w, uint64_t after, uint64_t *next);

#endif
