/*
 * fcgi/api/office/exports.c -- lists to take away as CSV, in parts: where X-Next is there, `before` takes the next.
 */
#include "fcgi/acts/exports.h"

#include "domain/base/id.h"
#include "fcgi/acts/search.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

#define CSV "text/csv; charset=utf-8"

static enum err customers_take(struct work *w, const struct call *c);
static enum err properties_take(struct work *w, const struct call *c);
static enum err pools_take(struct work *w, const struct call *c);
static enum err staff_take(struct work *w, const struct call *c);
static enum err services_take(struct work *w, const struct call *c);
static enum err visits_take(struct work *w, const struct call *c);
static enum err reply_part(struct work *w, const struct call *c, const char *name, const struct export_part *p);

static const struct field export_query_fields[] = {FIELD_MAYBE_ID(struct export_query, before), FIELD_END};
static const struct shape export_query_shape = {"ExportQuery", sizeof(struct export_query), export_query_fields};
/* The filters of the list, as the page has them; a part begins behind the last row of the one before. */
static const struct field export_customers_fields[] = {
	FIELD_TEXT(struct customers_query, q, 0, 80),
	FIELD_ENUM(struct customers_query, standing, customer_standing_names),
	FIELD_ENUM(struct customers_query, kind, customer_kind_names),
	FIELD_TEXT(struct customers_query, language, 0, 2),
	FIELD_TEXT(struct customers_query, tag, 0, 40),
	FIELD_TEXT(struct customers_query, city, 0, 80),
	FIELD_MAYBE_ID(struct customers_query, tech_id),
	FIELD_ENUM(struct customers_query, lacking, customer_lacking_names),
	{.kind = FIELD_KIND_MAYBE_ID, .name = "before", .offset = offsetof(struct customers_query, after)},
	FIELD_END
};
static const struct shape export_customers_shape = {"ExportCustomersQuery", sizeof(struct customers_query),
    export_customers_fields};
static const struct field export_visits_query_fields[] = {
	FIELD_DAY(struct export_visits_query, from),
	FIELD_DAY(struct export_visits_query, to),
	FIELD_END
};
static const struct shape export_visits_query_shape = {"ExportVisitsQuery", sizeof(struct export_visits_query),
    export_visits_query_fields};

#define MAY_TAKE(p) .may = MAY(MAY_EXPORT) | MAY(p)
#define STORY .story = "exports.test.mjs"
const struct endpoint office_exports[] = {
	{GET, "/customers.csv", MAY_TAKE(MAY_SEE_CUSTOMERS), .query = &export_customers_shape, .file = CSV,
	    .run = customers_take, .help = "Customers by the filters of their list, 5,000 rows a part; X-Next begins the next.", STORY},
	{GET, "/properties.csv", MAY_TAKE(MAY_SEE_CUSTOMERS), .query = &export_query_shape, .file = CSV,
	    .run = properties_take, .help = "All places that are served, 5,000 rows a part; no codes.", STORY},
	{GET, "/pools.csv", MAY_TAKE(MAY_SEE_CUSTOMERS), .query = &export_query_shape, .file = CSV, .run = pools_take,
	    .help = "All bodies of water with their places, 5,000 rows a part.", STORY},
	{GET, "/staff.csv", MAY_TAKE(MAY_MANAGE_STAFF), .file = CSV, .run = staff_take, .help = "The people who work here.", STORY},
	{GET, "/services.csv", MAY_TAKE(MAY_SEE_BOARD), .file = CSV, .run = services_take, .help = "Services and job templates.", STORY},
	{GET, "/visits.csv", MAY_TAKE(MAY_SEE_BOARD), .query = &export_visits_query_shape, .file = CSV, .run = visits_take,
	    .help = "The visits of some days, at most 10,000.", STORY},
	{0}
};

static enum err
customers_take(struct work *w, const struct call *c)
{
	struct customers_query q = *(const struct customers_query *)c->query;
	struct person_id_row *id;
	struct export_part out;
	size_t n;

	q.sort = SORT_NEWEST;
	TRY(act_customers_matching(w, &q, q.after.is ? q.after.v : 0, EXPORT_ROWS + 1, &id, &n));
	TRY(act_export_customers(w, id, n, &out));
	return reply_part(w, c, "customers.csv", &out);
}

static enum err
properties_take(struct work *w, const struct call *c)
{
	struct export_part out;

	TRY(act_export_properties(w, c->query, &out));
	return reply_part(w, c, "places.csv", &out);
}

static enum err
pools_take(struct work *w, const struct call *c)
{
	struct export_part out;

	TRY(act_export_pools(w, c->query, &out));
	return reply_part(w, c, "pools.csv", &out);
}

static enum err
staff_take(struct work *w, const struct call *c)
{
	struct export_part out;

	TRY(act_export_staff(w, &out));
	return reply_part(w, c, "staff.csv", &out);
}

static enum err
services_take(struct work *w, const struct call *c)
{
	struct export_part out;

	TRY(act_export_services(w, &out));
	return reply_part(w, c, "services.csv", &out);
}

static enum err
visits_take(struct work *w, const struct call *c)
{
	struct export_part out;

	TRY(act_export_visits(w, c->query, &out));
	return reply_part(w, c, "visits.csv", &out);
}

static enum err
reply_part(struct work *w, const struct call *c, const char *name, const struct export_part *p)
{
	char letters[ID_LETTERS + 1];

	if (p->next.is) {
		id_write(p->next.v, letters);
		TRY(reply_header(c->reply, "X-Next", str_copy(w->arena, str_of(letters))));
	}
	return reply_file(c, CSV, name, p->csv);
}
