/*
 * domain/customers/agreement.h -- what was promised for a pool, and what holds from which day on.
 *
 * An agreement has terms, in the order of their days. A term that works says by which rule, by whom and at
 * what rate; a hold says that nobody comes, for a while, whatever works underneath. What begins later
 * replaces what began before, from its day on; nothing in the past is rewritten. A term and a hold that
 * begin on one day are kept as one: it works, and it is held.
 *
 * All enums are stored: never renumber, only append.
 */
#ifndef DOMAIN_CUSTOMERS_AGREEMENT_H
#define DOMAIN_CUSTOMERS_AGREEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/day.h"
#include "domain/base/err.h"
#include "domain/base/maybe.h"
#include "domain/base/str.h"

enum repeats {
	REPEATS_CALENDAR = 1, /* by the term's rule */
	REPEATS_SINCE_DONE,   /* so many days after it was last completed */
	REPEATS_CHECKLIST,    /* a line on another visit's checklist; no visit of its own */
	REPEATS_KINDS
};

enum term_kind { TERM_WORKS = 1, TERM_HOLD, TERM_KINDS };
enum rate_kind { RATE_MONTH = 1, RATE_STOP, RATE_KINDS };
/* What becomes of the price of a visit that is skipped. */
enum skip_policy { SKIP_BILLED = 0, SKIP_CREDITED, SKIP_POLICIES };

/* For shapes: index = value, "" does not exist, NULL ends. */
extern const char *const repeats_names[];
extern const char *const term_kind_names[];
extern const char *const rate_kind_names[];
extern const char *const skip_policy_names[];

#define TERMS_MAX 200
#define EVERY_DAYS_MAX 1095

struct agreement {
	uint64_t id, customer_id, property_id, pool_id; /* pool_id 0: the whole property */
	enum repeats repeats;
	struct day starts_day;
	struct maybe_day ends_day;   /* last day promised */
	struct maybe_day made_until; /* visits exist up to and with this day */
	struct maybe_i64 closed_at;
	uint32_t version;
};

struct term {
	struct day from_day;
	enum term_kind kind;
	bool held;                  /* works, and nobody comes from that day on until until_day */
	struct maybe_day until_day; /* of a hold: last day held; without: until further notice */
	struct str rule;            /* RRULE without DTSTART */
	struct day anchor_day;      /* DTSTART: keeps A and B weeks apart */
	uint32_t every_days;        /* since last done */
	uint64_t service_id;
	struct maybe_u64 tech_id;
	uint32_t seq;
	struct maybe_u32 from_minute, to_minute; /* of the local day */
	uint32_t minutes;
	enum rate_kind rate_kind;
	bool with_chemicals;
	int64_t rate_cents;
	enum skip_policy skip_policy;
	bool anyway; /* somebody insisted on it against a wish, hours or skills */
	uint32_t version;
};

/* terms_at -- index of the term that works on that day; n if none does yet. Terms in the order of days. */
size_t terms_at(const struct term *t, size_t n, struct day d);
/* terms_held -- does a hold cover that day? */
bool terms_held(const struct term *t, size_t n, struct day d);
/* terms_free -- the first day from d on that is not held; false if it is held until further notice */
bool terms_free(const struct term *t, size_t n, struct day d, struct day *out);

/* agreement_runs -- is that day between start and end? */
bool agreement_runs(const struct agreement *g, struct day d);

/*
 * agreement_may_change -- may a term or hold begin on that day?
 *
 * n  in  how many terms it has
 *
 * Errors  E_STALE closed; E_INVALID "from_day": in the past, before the start, behind the end; E_LIMIT
 */
must_use enum err agreement_may_change(const struct agreement *g, size_t n, struct day from, struct day today,
    struct fault *f);

/* term_hold -- nobody comes from that day on */
struct term term_hold(struct day from, struct maybe_day until);
/*
 * term_with -- the row of fresh's day when fresh begins on it: instead of what is of its kind there, together
 * with what is of the other
 *
 * t  in  the terms as they are kept
 */
struct term term_with(const struct term *t, size_t n, const struct term *fresh);
/* term_without -- what is left of a row when one of its kinds ends; false: nothing */
bool term_without(const struct term *row, enum term_kind gone, struct term *left);
/* terms_apart -- the same terms, those that are held too as two; out has room for 2 n. Answers how many */
size_t terms_apart(const struct term *t, size_t n, struct term *out);

/*
 * term_check -- window, minutes, and what the kind of repetition wants; the rule's own text is not looked at
 *
 * Errors  E_INVALID "every_days" "rule" "to_minute" "until_day"
 */
must_use enum err term_check(const struct term *t, enum repeats r, struct fault *f);

/*
 * agreement_may_end -- may it end with that day (counted)?
 *
 * Errors  E_STALE closed; E_INVALID "ends_day": before yesterday or before its start
 */
must_use enum err agreement_may_end(const struct agreement *g, struct day last, struct day today,
    struct fault *f);

#endif
