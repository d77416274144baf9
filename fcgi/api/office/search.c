/*
 * fcgi/api/office/search.c -- the list of customers, and finding one.
 */
#include "fcgi/acts/search.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err customers_list(struct work *w, const struct call *c);

static const struct field customer_line_fields[] = {
	FIELD_ID(struct customer_line_row, id),
	FIELD_TEXT(struct customer_line_row, name, 1, 120),
	FIELD_ENUM(struct customer_line_row, kind, customer_kind_names),
	FIELD_ENUM(struct customer_line_row, standing, customer_standing_names),
	FIELD_TEXT(struct customer_line_row, email, 0, 254),
	FIELD_TIME(struct customer_line_row, created_at),
	FIELD_TEXT(struct customer_line_row, phone, 0, 24),
	FIELD_TEXT(struct customer_line_row, street, 0, 160),
	FIELD_TEXT(struct customer_line_row, city, 0, 80),
	FIELD_INT(struct customer_line_row, pools, 0, 10000),
	FIELD_TEXT(struct customer_line_row, tags, 0, 4200),
	FIELD_END
};
static const struct shape customer_line_shape = {
	"CustomerLine", sizeof(struct customer_line_row), customer_line_fields};

static const struct field customers_page_fields[] = {
	FIELD_LIST(struct customers_page, rows, rows_n, &customer_line_shape, CUSTOMERS_PAGE),
	FIELD_MAYBE_ID(struct customers_page, next),
	FIELD_INT(struct customers_page, total, 0, INT32_MAX),
	FIELD_END
};
static const struct shape customers_page_shape = {
	"CustomerPage", sizeof(struct customers_page), customers_page_fields};

static const struct field customers_query_fields[] = {
	FIELD_TEXT(struct customers_query, q, 0, 80),
	FIELD_ENUM(struct customers_query, standing, customer_standing_names),
	FIELD_TEXT(struct customers_query, tag, 0, 40),
	FIELD_ENUM(struct customers_query, sort, customer_sort_names),
	FIELD_MAYBE_ID(struct customers_query, after),
	FIELD_END
};
static const struct shape customers_query_shape = {
	"CustomersQuery", sizeof(struct customers_query), customers_query_fields};

const struct endpoint office_search[] = {
	{GET, "/customers", .may = MAY(MAY_SEE_CUSTOMERS), .query = &customers_query_shape,
	    .out = &customers_page_shape, .run = customers_list,
	    .help = "Customers by name or age; with q, those alike, typing errors forgiven.",
	    .story = "search.test.mjs"},
	{0}
};

static enum err
customers_list(struct work *w, const struct call *c)
{
	struct customers_page out;

	TRY(act_customers(w, c->query, &out));
	return reply_shape(c, &customers_page_shape, &out);
}
