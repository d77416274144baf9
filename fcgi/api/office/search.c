/*
 * fcgi/api/office/search.c -- the list of customers, and finding one.
 */
#include "fcgi/acts/search.h"
#include "fcgi/api/office/record.h"

static enum err customers_list(struct work *w, const struct call *c);
static enum err customers_chosen(struct work *w, const struct call *c);
static enum err cities_list(struct work *w, const struct call *c);

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
const struct shape customer_line_shape = {
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
	FIELD_ENUM(struct customers_query, kind, customer_kind_names),
	FIELD_TEXT(struct customers_query, language, 0, 2),
	FIELD_TEXT(struct customers_query, tag, 0, 40),
	FIELD_TEXT(struct customers_query, city, 0, 80),
	FIELD_MAYBE_ID(struct customers_query, tech_id),
	FIELD_ENUM(struct customers_query, lacking, customer_lacking_names),
	FIELD_ENUM(struct customers_query, sort, customer_sort_names),
	FIELD_MAYBE_ID(struct customers_query, after),
	FIELD_END
};
static const struct shape customers_query_shape = {
	"CustomersQuery", sizeof(struct customers_query), customers_query_fields};

static const struct field chosen_id_fields[] = {FIELD_ID(struct person_id_row, id), FIELD_END};
static const struct shape chosen_id_shape = {"ChosenCustomer", sizeof(struct person_id_row), chosen_id_fields};
static const struct field customers_chosen_fields[] = {
	FIELD_LIST(struct customers_chosen, rows, rows_n, &chosen_id_shape, CUSTOMERS_CHOSEN),
	FIELD_BOOL(struct customers_chosen, more),
	FIELD_END
};
static const struct shape customers_chosen_shape = {
	"CustomersChosen", sizeof(struct customers_chosen), customers_chosen_fields};

static const struct field city_count_fields[] = {
	FIELD_TEXT(struct city_count_row, city, 1, 80),
	FIELD_INT(struct city_count_row, properties, 0, INT32_MAX),
	FIELD_END
};
static const struct shape city_count_shape = {"CityCount", sizeof(struct city_count_row), city_count_fields};
static const struct field city_list_fields[] = {
	FIELD_LIST(struct city_list, rows, rows_n, &city_count_shape, 200),
	FIELD_END
};
static const struct shape city_list_shape = {"CityList", sizeof(struct city_list), city_list_fields};

const struct endpoint office_search[] = {
	{GET, "/customers", .may = MAY(MAY_SEE_CUSTOMERS), .query = &customers_query_shape,
	    .out = &customers_page_shape, .run = customers_list,
	    .help = "Customers by name or age; with q, those alike, typing errors forgiven.",
	    .story = "search.test.mjs"},
	{GET, "/customers/chosen", .may = MAY(MAY_SEE_CUSTOMERS), .query = &customers_query_shape,
	    .out = &customers_chosen_shape, .run = customers_chosen,
	    .help = "The ids of all customers that a list finds, for changing them together.", .story = "lists.test.mjs"},
	{GET, "/cities", .may = MAY(MAY_SEE_CUSTOMERS), .out = &city_list_shape, .run = cities_list,
	    .help = "Cities in which there are properties, the most common first.", .story = "lists.test.mjs"},
	{0}
};

static enum err
customers_list(struct work *w, const struct call *c)
{
	struct customers_page out;

	TRY(act_customers(w, c->query, &out));
	return reply_shape(c, &customers_page_shape, &out);
}

static enum err
customers_chosen(struct work *w, const struct call *c)
{
	struct customers_chosen out;

	TRY(act_customers_chosen(w, c->query, &out));
	return reply_shape(c, &customers_chosen_shape, &out);
}

static enum err
cities_list(struct work *w, const struct call *c)
{
	struct city_list out;

	TRY(act_cities(w, &out));
	return reply_shape(c, &city_list_shape, &out);
}
