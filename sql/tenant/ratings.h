/*
 * sql/tenant/ratings.h -- rows of what customers said of visits.
 */
#ifndef SQL_TENANT_RATINGS_H
#define SQL_TENANT_RATINGS_H

#include <stdint.h>

#include "domain/base/maybe.h"
#include "domain/base/str.h"

/* One technician and one service. */
struct rating_row {
	struct maybe_u64 tech_id;
	uint64_t service_id;
	struct str tech, service;
	int64_t ratings, stars;              /* how many, and all their stars together */
	int64_t five, four, three, two, one;
};
struct rating_word_row {
	int64_t at;
	uint64_t customer_id, visit_id;
	struct str customer, tech, service, words;
	uint32_t stars;
};

#endif
