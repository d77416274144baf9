/*
 * fcgi/acts/search.h -- finding customers: the list by name or age, and by what was typed.
 */
#ifndef FCGI_ACTS_SEARCH_H
#define FCGI_ACTS_SEARCH_H

#include "domain/base/maybe.h"
#include "sql/tenant/record.h"
#include "tenancy/work.h"

#define CUSTOMERS_PAGE 50

enum customer_sort { SORT_NAME = 0, SORT_NEWEST, CUSTOMER_SORTS };
extern const char *const customer_sort_names[];

struct customers_query {
	struct str q; /* typed so far; what is alike is found, the best first, on one page */
	enum customer_standing standing; /* 0: all but the archived */
	struct str tag;
	enum customer_sort sort; /* without q */
	struct maybe_u64 after;
};

struct customers_page {
	struct customer_line_row *rows;
	size_t rows_n;
	struct maybe_u64 next; /* goes into `after` */
	int64_t total;         /* of standing and tag; of a search only those shown */
};

/* act_customers -- one page of the list; never an error but the database's */
must_use enum err act_customers(struct work *w, const struct customers_query *q, struct customers_page *out);

#endif
