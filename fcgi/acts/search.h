/*
 * fcgi/acts/search.h -- finding customers: the list by name or age, by what was typed, and by what they are or lack.
 */
#ifndef FCGI_ACTS_SEARCH_H
#define FCGI_ACTS_SEARCH_H

#include "domain/base/maybe.h"
#include "sql/tenant/record.h"
#include "tenancy/work.h"

#define CUSTOMERS_PAGE 50
#define CUSTOMERS_CHOSEN 2000 /* changed together at most (fcgi/acts/edits.h) */

enum customer_sort { SORT_NAME = 0, SORT_NEWEST, CUSTOMER_SORTS };
extern const char *const customer_sort_names[];

/* What a record can be without: what somebody cleans up by. */
enum customer_lacking {
	LACKING_NOTHING = 0,
	LACKING_PROPERTY,
	LACKING_PLACE, /* a property whose place on the map nobody knows */
	LACKING_POOL,
	LACKING_VOLUME, /* a pool whose litres nobody knows */
	LACKING_AGREEMENT,
	LACKING_PHONE,
	LACKING_EMAIL,
	CUSTOMER_LACKINGS
};
extern const char *const customer_lacking_names[];

struct customers_query {
	struct str q; /* typed so far; what is alike is found, the best first, on one page */
	enum customer_standing standing; /* 0: all but the archived */
	enum customer_kind kind;         /* 0: no matter */
	struct str language, tag, city;  /* "": no matter */
	struct maybe_u64 tech_id;        /* whom they usually see, or whose their agreement is */
	enum customer_lacking lacking;
	enum customer_sort sort; /* without q */
	struct maybe_u64 after;
};

struct customers_page {
	struct customer_line_row *rows;
	size_t rows_n;
	struct maybe_u64 next; /* goes into `after` */
	int64_t total;         /* of all that match; of a search only those shown */
};

struct customers_chosen {
	struct person_id_row *rows;
	size_t rows_n;
	bool more; /* than CUSTOMERS_CHOSEN match */
};

struct city_list {
	struct city_count_row *rows;
	size_t rows_n;
};

/* The filters of the list as a query, and one customer by id: what is done to many is asked for by either. */
extern const struct shape customers_filter_shape, customer_id_shape;
/* act_customers_matching -- ids of at most so many that match, behind `after` in their order; with q all that are alike */
must_use enum err act_customers_matching(struct work *w, const struct customers_query *q, uint64_t after, uint64_t most,
    struct person_id_row **rows, size_t *n);

/* act_customers -- one page of the list; never an error but the database's */
must_use enum err act_customers(struct work *w, const struct customers_query *q, struct customers_page *out);
/* act_customers_chosen -- the ids of all that match, for changing them together; q->after is not looked at */
must_use enum err act_customers_chosen(struct work *w, const struct customers_query *q, struct customers_chosen *out);
must_use enum err act_cities(struct work *w, struct city_list *out);

#endif
