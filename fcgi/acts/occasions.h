/*
 * fcgi/acts/occasions.h -- the company's table of rules: what is said to customers when, and in which words.
 */
#ifndef FCGI_ACTS_OCCASIONS_H
#define FCGI_ACTS_OCCASIONS_H

#include "fcgi/acts/tell_message.h"

struct occasion_name {
	struct str name;
};
/* One line of the table: the rule, the words that hold where it has none, the names that words may use. */
struct occasion_line {
	struct occasion_rule rule;
	bool marketing, quiet;
	bool rings; /* somebody may be rung for it */
	bool own; /* the service that was asked for has a rule of its own; else this is the company's */
	struct str usual_sms_en, usual_sms_es, usual_subject_en, usual_subject_es, usual_mail_en, usual_mail_es, usual_call_en, usual_call_es;
	struct occasion_name *names;
	size_t names_n;
};
struct occasion_page {
	struct occasion_line *rows;
	size_t rows_n;
	struct str number, review_url;
};
/* How words look with the values of a real customer. */
struct words_try {
	enum occasion occasion;
	enum medium medium;
	enum language language;
	struct str subject, text;
	struct maybe_u64 customer_id; /* absent: whoever was made last */
};
struct words_shown {
	struct str to, subject, text, html;
	uint32_t letters, segments;
	bool wide;
	struct str first_wide, narrow; /* which letter makes it wide; the same words without */
	uint32_t price_milli;          /* thousandths of a cent of the currency: what carriers usually take, by segment */
};
#define SEGMENT_PRICE_MILLI 830 /* 0.83 US cents a segment: Twilio's list price with the carriers' fee, 2026 */

/* Of which service; absent: what the company says of all. */
struct occasion_query {
	struct maybe_u64 service_id;
};
struct occasion_drop {
	uint64_t service_id;
	enum occasion occasion;
	uint32_t version;
};
must_use enum err act_occasions(struct work *w, const struct occasion_query *q, struct occasion_page *out);
/* Errors  E_INVALID with the field: a name that the occasion does not have; E_STALE */
must_use enum err act_occasion_keep(struct work *w, const struct occasion_query *q, const struct occasion_rule *in,
    struct occasion_page *out);
/* act_occasion_drop -- a service says what the company says. Errors  E_NOT_FOUND, E_STALE */
must_use enum err act_occasion_drop(struct work *w, const struct occasion_drop *in, struct occasion_page *out);
must_use enum err act_words_try(struct work *w, const struct words_try *in, struct words_shown *out);
must_use enum err act_review_url(struct work *w, struct str url, struct occasion_page *out);

#endif
