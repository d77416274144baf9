#include "fcgi/acts/search.h"

#include "domain/customers/gram.h"
#include "sql/tenant/queries/search.h"

const char *const customer_sort_names[] = {"name", "newest", NULL};

static enum err search(struct work *w, const struct customers_query *q, struct customers_page *out);

enum err
act_customers(struct work *w, const struct customers_query *q, struct customers_page *out)
{
	struct customers_counted_row all;
	struct customers_page page = {0};

	if (q->q.n > 0)
		return search(w, q, out);
	if (q->sort == SORT_NEWEST)
		TRY(sql_customers_by_age(w->db, q->after.is ? q->after.v : 0, q->standing, STANDING_ARCHIVED, q->tag,
		    RECORD_CUSTOMER, w->arena, &page.rows, &page.rows_n));
	else
		TRY(sql_customers_by_name(w->db, q->after.is ? q->after.v : 0, q->standing, STANDING_ARCHIVED, q->tag,
		    RECORD_CUSTOMER, w->arena, &page.rows, &page.rows_n));
	if (page.rows_n > CUSTOMERS_PAGE) {
		page.rows_n = CUSTOMERS_PAGE;
		page.next = (struct maybe_u64){true, page.rows[CUSTOMERS_PAGE - 1].id};
	}
	TRY(sql_customers_counted(w->db, q->standing, STANDING_ARCHIVED, q->tag, RECORD_CUSTOMER, w->arena, &all));
	page.total = all.total;
	*out = page;
	return OK;
}

/* Alike enough, by the grams shared; what is typed has none if it holds no letter and no digit. */
static enum err
search(struct work *w, const struct customers_query *q, struct customers_page *out)
{
	struct customers_page page = {0};
	size_t n;
	uint16_t *gram = grams_of(q->q, true, w->arena, &n);

	if (n > 0)
		TRY(sql_customers_like(w->db, grams_json(gram, n, w->arena), grams_needed(n), q->standing,
		    STANDING_ARCHIVED, q->tag, RECORD_CUSTOMER, w->arena, &page.rows, &page.rows_n));
	if (page.rows_n > CUSTOMERS_PAGE)
		page.rows_n = CUSTOMERS_PAGE;
	page.total = (int64_t)page.rows_n;
	*out = page;
	return OK;
}
