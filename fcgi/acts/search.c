#include "fcgi/acts/search.h"

#include <stdlib.h>

#include "domain/customers/agreement.h"
#include "domain/customers/gram.h"
#include "domain/customers/slips.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/queries/search.h"

const char *const customer_sort_names[] = {"name", "newest", NULL};
const char *const customer_lacking_names[] = {
	"nothing", "property", "place", "pool", "volume", "agreement", "phone", "email", NULL};

#define FOUND_MAX 200 /* of a search; customers_like stops there */
#define SLIP_GRAMS 3  /* what one slip of a finger takes away */

/* Somebody who was found, and how far what was typed is from what is written of them. */
struct found {
	uint64_t id;
	unsigned slips;
	size_t place; /* among those who were found */
};

static enum err nearest_first(struct work *w, struct str typed, struct found_row *rows, size_t n);
static int by_slips(const void *x, const void *y);
static int by_id(const void *x, const void *y);
static const struct field filter_fields[] = {
	FIELD_ENUM(struct customers_query, standing, customer_standing_names),
	FIELD_ENUM(struct customers_query, kind, customer_kind_names),
	FIELD_TEXT(struct customers_query, language, 0, 2),
	FIELD_TEXT(struct customers_query, tag, 0, 40),
	FIELD_TEXT(struct customers_query, city, 0, 80),
	FIELD_MAYBE_ID(struct customers_query, tech_id),
	FIELD_ENUM(struct customers_query, lacking, customer_lacking_names),
	FIELD_END
};
const struct shape customers_filter_shape = {"CustomersFilter", sizeof(struct customers_query), filter_fields};
static const struct field id_fields[] = {FIELD_ID(struct person_id_row, id), FIELD_END};
const struct shape customer_id_shape = {"CustomerId", sizeof(struct person_id_row), id_fields};

static struct str lacking_of(const struct customers_query *q);

enum err
act_customers(struct work *w, const struct customers_query *q, struct customers_page *out)
{
	struct customers_counted_row all;
	struct customers_page page = {0};
	struct buf ids = buf_open(w->arena, 1024, 4096);
	struct person_id_row *found;
	size_t n;

	TRY(act_customers_matching(w, q, q->after.is ? q->after.v : 0, CUSTOMERS_PAGE + 1, &found, &n));
	if (n > CUSTOMERS_PAGE) {
		n = CUSTOMERS_PAGE;
		if (q->q.n == 0)
			page.next = (struct maybe_u64){true, found[n - 1].id};
	}
	for (size_t i = 0; i < n; i++)
		buf_printf(&ids, "%c%llu", i == 0 ? '[' : ',', (unsigned long long)found[i].id);
	buf_add(&ids, n == 0 ? STR("[]") : STR("]"));
	TRY(sql_customer_lines(w->db, buf_str(&ids), RECORD_CUSTOMER, w->arena, &page.rows, &page.rows_n));
	page.total = (int64_t)page.rows_n;
	/* A first page that is not full was all: whoever looked for it has counted. */
	if (q->q.n == 0 && (q->after.is || page.next.is)) {
		TRY(sql_customers_counted(w->db, q->standing, STANDING_ARCHIVED, q->kind, q->language, q->tag, q->city,
		    q->tech_id.is ? q->tech_id.v : 0, lacking_of(q), RECORD_CUSTOMER, zone_day(w->tenant->zone, w->now),
		    TERM_WORKS, w->arena, &all));
		page.total = all.total;
	}
	*out = page;
	return OK;
}

enum err
act_customers_chosen(struct work *w, const struct customers_query *q, struct customers_chosen *out)
{
	TRY(act_customers_matching(w, q, 0, CUSTOMERS_CHOSEN + 1, &out->rows, &out->rows_n));
	out->more = out->rows_n > CUSTOMERS_CHOSEN;
	if (out->more)
		out->rows_n = CUSTOMERS_CHOSEN;
	return OK;
}

enum err
act_cities(struct work *w, struct city_list *out)
{
	return sql_cities_in_use(w->db, w->arena, &out->rows, &out->rows_n);
}

/* What is typed and holds no letter and no digit is like nobody. */
enum err
act_customers_matching(struct work *w, const struct customers_query *q, uint64_t after, uint64_t most,
    struct person_id_row **rows, size_t *n)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	const uint64_t tech = q->tech_id.is ? q->tech_id.v : 0;
	struct found_row *found;
	uint16_t *gram;
	size_t grams;

	if (q->q.n == 0 && q->sort == SORT_NEWEST)
		return sql_customers_by_age(w->db, after, most, q->standing, STANDING_ARCHIVED, q->kind, q->language, q->tag,
		    q->city, tech, lacking_of(q), RECORD_CUSTOMER, today, TERM_WORKS, w->arena, rows, n);
	if (q->q.n == 0)
		return sql_customers_by_name(w->db, after, most, q->standing, STANDING_ARCHIVED, q->kind, q->language, q->tag,
		    q->city, tech, lacking_of(q), RECORD_CUSTOMER, today, TERM_WORKS, w->arena, rows, n);
	gram = grams_of(q->q, true, w->arena, &grams);
	*n = 0;
	if (grams == 0)
		return OK;
	TRY(sql_customers_like(w->db, grams_json(gram, grams, w->arena), grams_needed(grams), FOUND_MAX, q->standing,
	    STANDING_ARCHIVED, q->kind, q->language, q->tag, q->city, tech, lacking_of(q), RECORD_CUSTOMER, today,
	    TERM_WORKS, w->arena, &found, n));
	if (*n > 1 && found[0].shared < (int64_t)grams)
		TRY(nearest_first(w, q->q, found, *n));
	*n = *n < most ? *n : most;
	*rows = arena_array(w->arena, struct person_id_row, *n);
	for (size_t i = 0; i < *n; i++)
		(*rows)[i] = (struct person_id_row){found[i].id};
	return OK;
}

/*
 * Nobody has all that was typed: a slip of a finger. Those who share nearly as much as the best are read, and who has the
 * fewest slips comes first: "hihg st" is High Street, although Highland has as many of its letters in threes.
 */
static enum err
nearest_first(struct work *w, struct str typed, struct found_row *rows, size_t n)
{
	const struct str words = text_fold(typed, w->arena);
	struct buf ids = buf_open(w->arena, 1024, FOUND_MAX * 24);
	struct search_words_row *text;
	size_t near = 0, texts;

	for (; near < n && rows[near].shared + SLIP_GRAMS >= rows[0].shared; near++)
		buf_printf(&ids, "%c%llu", near == 0 ? '[' : ',', (unsigned long long)rows[near].id);
	buf_char(&ids, ']');
	TRY(sql_search_words(w->db, buf_str(&ids), RECORD_CUSTOMER, w->arena, &text, &texts));

	struct found *f = arena_array(w->arena, struct found, near);
	for (size_t i = 0; i < near; i++)
		f[i] = (struct found){rows[i].id, UINT32_MAX, i};
	qsort(f, near, sizeof(*f), by_id);
	/* What is written of them comes in the order of their ids. */
	for (size_t i = 0, k = 0; i < near && k < texts; i++)
		if (text[k].id == f[i].id)
			f[i].slips = slips_of(words, text_fold(text[k++].words, w->arena));
	qsort(f, near, sizeof(*f), by_slips);
	for (size_t i = 0; i < near; i++)
		rows[i].id = f[i].id; /* how much they share is not asked again */
	return OK;
}

static int
by_slips(const void *x, const void *y)
{
	const struct found *a = x, *b = y;

	if (a->slips != b->slips)
		return a->slips < b->slips ? -1 : 1;
	return a->place < b->place ? -1 : a->place > b->place;
}

static int
by_id(const void *x, const void *y)
{
	const struct found *a = x, *b = y;

	return a->id < b->id ? -1 : a->id > b->id;
}

static struct str
lacking_of(const struct customers_query *q)
{
	return q->lacking == LACKING_NOTHING ? STR("") : str_of(customer_lacking_names[q->lacking]);
}
