/*
 * fcgi/acts/agreements.h -- what was promised: make it, change it from a day on, hold it, end it.
 */
#ifndef FCGI_ACTS_AGREEMENTS_H
#define FCGI_ACTS_AGREEMENTS_H

#include "domain/customers/agreement.h"
#include "tenancy/work.h"

#define AGREEMENTS_MAX 200

/* Technician and customer as the office reads them: an agreement with all its terms. */
struct agreement_terms {
	struct agreement agreement;
	uint64_t id, customer_id, property_id;
	struct maybe_u64 pool_id;
	enum repeats repeats;
	struct day starts_day;
	struct maybe_day ends_day, made_until;
	bool closed;
	struct term *terms; /* in the order of their days */
	size_t terms_n;
	uint32_t version;
};

struct agreement_page {
	struct agreement_terms *rows;
	size_t rows_n;
};

/* What a term says, as the office writes it. `rule` and anchor_day for a calendar, every_days for the other. */
struct term_wish {
	struct maybe_str rule;
	struct maybe_day anchor_day; /* absent: the day from which it holds */
	struct maybe_u32 every_days;
	uint64_t service_id;
	struct maybe_u64 tech_id;
	struct maybe_u32 seq, from_minute, to_minute, minutes; /* minutes absent: the service's */
	enum rate_kind rate_kind;
	bool with_chemicals;
	int64_t rate_cents;
	enum skip_policy skip_policy;
};

struct agreement_wish {
	uint64_t property_id;
	struct maybe_u64 pool_id;
	enum repeats repeats;
	struct day starts_day;
	struct maybe_day ends_day;
	struct term_wish term;
	struct maybe_bool anyway; /* although it goes against a wish, hours or skills */
};

struct term_change {
	struct day from_day;
	struct term_wish term;
	struct maybe_bool anyway;
	uint32_t version;
};

struct agreement_hold {
	struct day from_day;
	struct maybe_day until_day; /* absent: until further notice */
	uint32_t version;
};

struct agreement_ending {
	struct day ends_day;
	uint32_t version;
};

#define PREVIEW_DAYS 12

struct preview_query {
	struct str rule;
	struct maybe_day anchor_day; /* absent: from */
	struct day from;
};

struct preview_day {
	struct day day;
};

struct preview {
	struct preview_day *rows;
	size_t rows_n; /* at most PREVIEW_DAYS */
};

/* act_preview -- the next days of a rule that nobody has promised yet. Errors  E_INVALID "rule" */
must_use enum err act_preview(struct work *w, const struct preview_query *q, struct preview *out);

must_use enum err act_agreements(struct work *w, uint64_t customer_id, struct agreement_page *out);
must_use enum err act_agreement_one(struct work *w, uint64_t id, struct agreement_terms *out);

/*
 * act_agreement_make -- the agreement, its first term, and its visits up to the horizon
 *
 * Errors  E_INVALID "property_id" "pool_id" "term.service_id" "term.tech_id" "term.rule" ... (the field at fault)
 */
must_use enum err act_agreement_make(struct work *w, const struct agreement_wish *in, struct agreement_terms *out);
/* act_agreement_term -- other terms from a day on; visits that nobody touched follow. E_STALE */
must_use enum err act_agreement_term(struct work *w, uint64_t id, const struct term_change *in,
    struct agreement_terms *out);
/* act_agreement_hold -- nobody comes from a day on; a hold that begins that day already gets a new end */
must_use enum err act_agreement_hold(struct work *w, uint64_t id, const struct agreement_hold *in,
    struct agreement_terms *out);
/* act_agreement_resume -- the hold that began on that day is taken back */
must_use enum err act_agreement_resume(struct work *w, uint64_t id, struct day from, struct agreement_terms *out);
must_use enum err act_agreement_end(struct work *w, uint64_t id, const struct agreement_ending *in,
    struct agreement_terms *out);

#endif
