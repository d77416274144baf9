/*
 * domain/billing/price.h -- what work costs: the charges that follow from an agreement, a visit, a dose.
 *
 * A charge has a key. The same fact gives the same key, whenever it is reckoned: that is what makes billing
 * it twice impossible (unique in the table of lines).
 *
 * Each charge carries its arithmetic (days, stops, the rate and the day of the term it came from), so that a
 * line on a bill explains itself and can be reckoned again years later.
 */
#ifndef DOMAIN_BILLING_PRICE_H
#define DOMAIN_BILLING_PRICE_H

#include "domain/base/arena.h"
#include "domain/base/money.h"
#include "domain/customers/agreement.h"

/* Stored: never renumber. */
enum charge_kind {
	CHARGE_MONTH = 1, /* a month of an agreement, or a part of it   */
	CHARGE_STOP,      /* one visit                                  */
	CHARGE_SKIP,      /* credit: a visit of a monthly rate was left out */
	CHARGE_DOSE,
	CHARGE_PART,
	CHARGE_LABOUR,
	CHARGE_ITEM, /* typed in, or from a quote                  */
	CHARGE_FEE,  /* late, returned payment                     */
	CHARGE_DISCOUNT,
	CHARGE_DEPOSIT, /* asked for in advance; taken off the last bill */
	CHARGE_KINDS
};
extern const char *const charge_kind_names[];

/* What a month costs when only a part of it was served. */
enum proration { PRORATE_NONE = 0, PRORATE_DAYS, PRORATE_STOPS, PRORATIONS };
extern const char *const proration_names[];

/* How the company prices; all of it is a setting. */
struct price_policy {
	enum proration proration;
	uint32_t no_access_ppm; /* share of a stop's rate that is billed when nobody could get in; 1e6: all */
	/* Under SKIP_CREDITED: is a visit given back that the customer called off, or that fell on a holiday? */
	bool credit_customer, credit_holiday;
};

/* One period, first and last day. */
struct period {
	struct day from, to;
};

#define CHARGE_KEY_MAX 80
struct charge {
	enum charge_kind kind;
	char key[CHARGE_KEY_MAX + 1];
	uint64_t agreement_id, visit_id;
	struct day from_day, to_day; /* what it is for */
	struct day term_day;         /* from_day of the term that gave the rate */
	uint32_t part, of;           /* days or stops served, of how many; 1 of 1: whole */
	int64_t rate_cents;
	int64_t cents;
};

/*
 * period_of -- the billing period that a day lies in
 *
 * first_mday  in  1..31: on which day of the month a period begins; where a month is shorter, on its last
 */
struct period period_of(struct day d, unsigned first_mday);
struct period period_next(struct period p, unsigned first_mday);

/*
 * price_months -- what an agreement's monthly rates ask for a period
 *
 * t, n     in   its terms in the order of days (agreement.h), n <= TERMS_MAX
 * stop     in   the days of the period on which its rules want a visit, whatever became of them; sn of them,
 *               ascending; only used by PRORATE_STOPS
 * all      in   for each term, how many visits its rule alone would make in the whole period; only used by
 *               PRORATE_STOPS, may be NULL otherwise
 * a        in   the answer lives here
 * charge   out  at most one for each term that worked at a monthly rate in the period
 *
 * PRORATE_NONE: the rate that holds on the first served day, whole. PRORATE_DAYS: each term's rate by the days it
 * was in force and not held, of the days of the period. PRORATE_STOPS: by its stops on such days. A period served
 * from end to end by one rate costs exactly that rate.
 *
 * Errors  E_INVALID "amount"
 */
must_use enum err price_months(const struct agreement *g, const struct term *t, size_t n, struct period p,
    const struct price_policy *policy, const struct day *stop, size_t sn, const uint32_t *all, struct arena *a,
    struct charge **charge, size_t *charge_n, struct fault *f);

enum stop_outcome { STOP_DONE = 1, STOP_SKIPPED_BY_US, STOP_SKIPPED_BY_CUSTOMER, STOP_NO_ACCESS, STOP_HOLIDAY };

/*
 * price_skip -- whose skip a reason speaks of: ours, unless the company's lists say otherwise
 *
 * customer, holiday  in  reasons with commas between, as people write them; case and blanks around do not count
 */
/* price_lists -- is this one of the words with commas between? */
bool price_lists(struct str words, struct str word);
enum stop_outcome price_skip(struct str reason, struct str customer, struct str holiday);

/* One visit that has ended, with the term that was in force on its day. */
struct stop_fact {
	uint64_t agreement_id, visit_id;
	struct day day;
	enum stop_outcome outcome;
	const struct term *term; /* NULL: by hand, billed from its own lines */
	uint32_t stops_in_period; /* planned by this agreement in its billing period, at least 1 */
};

/*
 * price_stop -- what one visit asks for, or gives back
 *
 * RATE_STOP: done costs the rate, no access the policy's share, skipped nothing. RATE_MONTH: nothing, but a visit
 * that was skipped under SKIP_CREDITED gives back one stop's share of the rate; one that the customer called off, or
 * that fell on a holiday, only if the policy says so.
 *
 * Answers in *is whether there is a charge. Errors  E_INVALID "amount"
 */
must_use enum err price_stop(const struct stop_fact *s, const struct price_policy *policy, bool *is,
    struct charge *out, struct fault *f);

/*
 * price_quantity -- so much of something at that unit price, rounded half away from zero
 *
 * quantity_milli  in  thousandths of the unit: 2.5 gallons are 2500
 */
must_use enum err price_quantity(int64_t unit_cents, int64_t quantity_milli, int64_t *cents, struct fault *f);

#endif
