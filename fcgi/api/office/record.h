/*
 * fcgi/api/office/record.h -- the customer record as the office sees it: one shape, and the answer of whoever wrote.
 */
#ifndef FCGI_API_OFFICE_RECORD_H
#define FCGI_API_OFFICE_RECORD_H

#include "fcgi/acts/customers.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

/* {id, customer}: the record that was written, and the whole page as it is now. */
struct saved {
	uint64_t id;
	struct customer_page customer;
};

struct record_version {
	uint32_t version;
};

extern const struct shape customer_shape, saved_shape, record_version_shape;
extern const struct shape customer_line_shape; /* search.c: a line of the list */
extern const char *const weekday_tags[];

/* What can be typed into an address, everywhere the same. */
#define STREET_MAX 160
#define CITY_MAX 80
#define REGION_MAX 40
#define POSTCODE_MAX 16

must_use enum err reply_saved(struct work *w, const struct call *c, uint64_t id, uint64_t customer_id);
must_use enum err reply_made(struct work *w, const struct call *c, uint64_t id, uint64_t customer_id);

#endif
