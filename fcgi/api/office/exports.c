/*
 * fcgi/api/office/exports.c -- lists to take away as CSV, in parts: where X-Next is there, `before` takes the next.
 */
#include "fcgi/acts/exports.h"

#include "domain/base/id.h"
#include "fcgi/acts/billing.h"
#include "fcgi/acts/bills.h"
#include "fcgi/acts/items.h"
#include "fcgi/acts/search.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

#define CSV "text/csv; charset=utf-8"

static enum err list_take(struct work *w, const struct call *c);
static enum err customers_take(struct work *w, const struct call *c);
static enum err visits_take(struct work *w, const struct call *c);
static enum err bills_take(struct work *w, const struct call *c);
static enum err debts_take(struct work *w, const struct call *c);
static enum err stock_take(struct work *w, const struct call *c);
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
static const struct field export_days_fields[] = {
	FIELD_DAY(struct export_days_query, from),
	FIELD_DAY(struct export_days_query, to),
	FIELD_END
};
static const struct shape export_days_shape = {"ExportDaysQuery", sizeof(struct export_days_query), export_days_fields};

static const struct field export_bills_fields[] = {
	FIELD_ENUM(struct bills_query, kind, bill_kind_names),
	FIELD_ENUM(struct bills_query, state, bill_state_names),
	FIELD_DAY(struct bills_query, from),
	FIELD_DAY(struct bills_query, to),
	FIELD_END
};
static const struct shape export_bills_shape = {"ExportBillsQuery", sizeof(struct bills_query), export_bills_fields};
static const struct field export_debts_fields[] = {FIELD_MAYBE_DAY(struct ageing_query, as_of), FIELD_END};
static const struct shape export_debts_shape = {"ExportDebtsQuery", sizeof(struct ageing_query), export_debts_fields};
static const struct field export_stock_fields[] = {
	FIELD_MAYBE_ID(struct stock_query, place_id), FIELD_MAYBE_BOOL(struct stock_query, low), FIELD_END};
static const struct shape export_stock_shape = {"ExportStockQuery", sizeof(struct stock_query), export_stock_fields};

/* Lists that nothing but their order chooses: list_take finds its own by the path. */
static const struct {
	const char *path, *name;
	const struct sheet_list *list;
} lists[] = {
	{"/contacts.csv", "people.csv", &export_contacts},
	{"/properties.csv", "places.csv", &export_properties},
	{"/pools.csv", "pools.csv", &export_pools},
	{"/equipment.csv", "equipment.csv", &export_equipment},
	{"/staff.csv", "staff.csv", &export_staff},
	{"/services.csv", "services.csv", &export_services},
	{"/agreements.csv", "agreements.csv", &export_agreements},
	{"/items.csv", "items.csv", &export_items},
	{"/payments.csv", "payments.csv", &export_payments},
};

#define TAKES(p, q, r) .may = MAY(MAY_EXPORT) | MAY(p), .query = q, .file = CSV, .run = r, .story = "exports.test.mjs"
#define LIST(p) TAKES(p, &export_query_shape, list_take)
const struct endpoint office_exports[] = {
	{GET, "/customers.csv", TAKES(MAY_SEE_CUSTOMERS, &export_customers_shape, customers_take),
	    .help = "Customers by the filters of their list, 5,000 rows a part; X-Next begins the next."},
	{GET, "/contacts.csv", LIST(MAY_SEE_CUSTOMERS), .help = "All people of all customers, and what they are told how."},
	{GET, "/properties.csv", LIST(MAY_SEE_CUSTOMERS), .help = "All places that are served, 5,000 rows a part; no codes."},
	{GET, "/pools.csv", LIST(MAY_SEE_CUSTOMERS), .help = "All bodies of water with their places, 5,000 rows a part."},
	{GET, "/equipment.csv", LIST(MAY_SEE_CUSTOMERS), .help = "All equipment, its warranty and next service."},
	{GET, "/staff.csv", LIST(MAY_MANAGE_STAFF), .help = "The people who work here."},
	{GET, "/services.csv", LIST(MAY_SEE_BOARD), .help = "Services and job templates."},
	{GET, "/agreements.csv", LIST(MAY_SEE_BILLS), .help = "What is promised to whom today, at what rate."},
	{GET, "/visits.csv", TAKES(MAY_SEE_BOARD, &export_days_shape, visits_take), .help = "The visits of some days, at most 10,000."},
	{GET, "/bills.csv", TAKES(MAY_SEE_BILLS, &export_bills_shape, bills_take), .help = "Bills as their list is filtered."},
	{GET, "/debts.csv", TAKES(MAY_SEE_BILLS, &export_debts_shape, debts_take), .help = "Who owes what, by age."},
	{GET, "/payments.csv", LIST(MAY_SEE_BILLS), .help = "All payments, and what of them is not applied yet."},
	{GET, "/items.csv", LIST(MAY_MANAGE_STOCK), .help = "Chemicals and parts with cost and price."},
	{GET, "/stock.csv", TAKES(MAY_MANAGE_STOCK, &export_stock_shape, stock_take), .help = "What is in the vans and in the warehouse."},
	{0}
};

static enum err
list_take(struct work *w, const struct call *c)
{
	struct export_part out;

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (str_eq(c->request->path, str_of(lists[i].path))) {
			TRY(act_export(w, lists[i].list, c->query, &out));
			return reply_part(w, c, lists[i].name, &out);
		}
	return fail(&w->fault, E_BUG, NULL, "A list without a table.");
}

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
visits_take(struct work *w, const struct call *c)
{
	struct export_part out;

	TRY(act_export_visits(w, c->query, &out));
	return reply_part(w, c, "visits.csv", &out);
}

static enum err
bills_take(struct work *w, const struct call *c)
{
	struct bill_list list;
	struct export_part out;

	TRY(act_bills_all(w, c->query, EXPORT_ROWS, &list));
	TRY(act_export_bills(w, list.rows, list.rows_n, &out));
	return reply_part(w, c, "bills.csv", &out);
}

static enum err
debts_take(struct work *w, const struct call *c)
{
	struct sheet_debt_row *row;
	struct ageing_page page;
	struct export_part out;

	TRY(act_ageing(w, c->query, &page));
	row = arena_array(w->arena, struct sheet_debt_row, page.rows_n);
	for (size_t i = 0; i < page.rows_n; i++) {
		const struct ageing_line *l = &page.rows[i];

		row[i] = (struct sheet_debt_row){l->customer_id, l->customer,
		    {l->current_cents, l->days_30_cents, l->days_60_cents, l->days_90_cents, l->older_cents}, l->total_cents};
	}
	TRY(act_export_debts(w, row, page.rows_n, &out));
	return reply_part(w, c, "debts.csv", &out);
}

static enum err
stock_take(struct work *w, const struct call *c)
{
	struct stock_page page;
	struct export_part out;

	TRY(act_stock(w, c->query, &page));
	TRY(act_export_stock(w, page.rows, page.rows_n, &out));
	return reply_part(w, c, "stock.csv", &out);
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
