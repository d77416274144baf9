/*
 * fcgi/acts/ratings.h -- how pleased customers were: by technician and service, and in their own words.
 */
#ifndef FCGI_ACTS_RATINGS_H
#define FCGI_ACTS_RATINGS_H

#include "domain/base/day.h"
#include "domain/base/maybe.h"
#include "sql/tenant/queries/ratings.h"
#include "tenancy/work.h"

#define RATINGS_DAYS_MAX 731
#define RATINGS_MAX 1000
#define RATING_WORDS_MAX 50

struct ratings_query {
	struct maybe_day from, to;              /* absent: the last ninety days */
	struct maybe_u64 tech_id, service_id; /* whose words are shown; the figures are everybody's */
};
struct ratings_page {
	struct rating_row *rows; /* for each technician and service that somebody has spoken of */
	size_t rows_n;
	struct rating_word_row *words;
	size_t words_n;
	struct day from, to;
};

/* Errors  E_INVALID "to" before `from`, or more than RATINGS_DAYS_MAX */
must_use enum err act_ratings(struct work *w, const struct ratings_query *q, struct ratings_page *out);

#endif
