/*
 * fcgi/acts/methods.h -- cards and bank accounts that customers left at the processor; drawing by itself.
 */
#ifndef FCGI_ACTS_METHODS_H
#define FCGI_ACTS_METHODS_H

#include "fcgi/acts/tell_pay.h"
#include "sql/tenant/portal.h"

/* One of them as people see it. */
struct method_page {
	uint64_t id;
	enum pay_method_kind kind;
	struct str brand, last4;
	uint32_t exp_month, exp_year;
	bool autopay;
	uint64_t kinds; /* bits of enum autopay_kind; 0: every kind */
	struct place_id *places;
	size_t places_n; /* none: every place */
	struct str stopped;
	uint32_t surcharge_ppm; /* asked on top when the customer pays with it; 0: nothing */
	struct autopay_consent agreed; /* at 0: nobody did */
	struct str consent; /* the words that were agreed to, while it draws by itself; "" */
};
struct methods {
	struct method_page *rows;
	size_t rows_n;
	struct str consent; /* the words that turning it on for everything agrees to, in the reader's language */
	uint32_t surcharge_ppm; /* of credit cards, whichever it will be */
	struct portal_place *place;
	size_t place_n;
};
must_use enum err act_methods(struct work *w, uint64_t customer_id, struct methods *out);

struct autopay_wish {
	bool on;
	struct autopay_scope scope;
	enum autopay_how how;
};
/*
 * act_method_autopay -- on: the words that were agreed to are kept with time, place and way; off at any time
 *
 * Another card or account that is allowed the very same is no longer: a line is drawn from one.
 * Errors  E_NOT_FOUND; E_INVALID "method_id" "places"
 */
must_use enum err act_method_autopay(struct work *w, uint64_t customer_id, uint64_t id, const struct autopay_wish *in,
    struct methods *out);
must_use enum err act_method_drop(struct work *w, uint64_t customer_id, uint64_t id, struct methods *out);

/* act_method_keep -- what the processor says of it; known already: nothing. consent: to autopay, as it was given; or "" */
must_use enum err act_method_keep(struct work *w, uint64_t customer_id, const struct method_seen *m, struct str consent);

/* act_autopay -- order charges for what is due, a hundred customers after `after`; *next 0: that was all */
must_use enum err act_autopay(struct work *w, uint64_t after, uint64_t *next);
/* act_autopay_notice -- tell those whose bills will be drawn in three days, a hundred customers at a time */
#define AUTOPAY_NOTICE_DAYS 3
must_use enum err act_autopay_notice(struct work *w, uint64_t after, uint64_t *next);

#endif
