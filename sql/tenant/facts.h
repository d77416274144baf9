/*
 * sql/tenant/facts.h -- rows of what customers are told of.
 */
#ifndef SQL_TENANT_FACTS_H
#define SQL_TENANT_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/day.h"
#include "domain/base/maybe.h"
#include "domain/base/str.h"

/* Where it is, who comes, for what. */
struct fact_place_row {
	struct str street, service;
	struct maybe_str tech;
	bool text_before;
};
struct fact_visit_row {
	uint64_t id, customer_id;
};
/* Who has not been seen for a while, and since when. */
struct fact_lost_row {
	uint64_t id;
	struct maybe_day day;
};
/* What somebody said of a visit. */
struct fact_rating_row {
	struct str detail;
};
struct fact_number_row {
	int64_t number;
};

#endif
