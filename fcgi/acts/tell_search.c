/*
 * fcgi/acts/tell_search.c -- the search index of customers, kept in the transaction of each change.
 *
 * Only what differs is written: a telephone number that changed is some ten rows, the whole record would be eighty.
 */
#include "fcgi/acts/tell_search.h"

#include "fcgi/acts/tell.h"

#include "domain/customers/gram.h"
#include "sql/tenant/queries/search.h"

#define LIST_MAX (8 * 1024 * 1024)

static void differing(struct buf *b, uint64_t customer_id, const uint16_t *left, size_t left_n, const uint16_t *right,
    size_t right_n);

enum err
tell_search(struct work *w, uint64_t customer_id)
{
	return tell_searches(w, &customer_id, 1);
}

enum err
tell_searches(struct work *w, const uint64_t *customer_id, size_t n)
{
	struct buf ids = buf_open(w->arena, 64 + n * 21, 64 + n * 21), goes = buf_open(w->arena, 256, LIST_MAX),
	    comes = buf_open(w->arena, 256, LIST_MAX);
	struct search_words_row *row;
	struct gram_row *is;
	size_t rows, is_n, at = 0;
	uint64_t changed;

	for (size_t i = 0; i < n; i++)
		buf_printf(&ids, "%c%llu", i == 0 ? '[' : ',', (unsigned long long)customer_id[i]);
	buf_add(&ids, n == 0 ? STR("[]") : STR("]"));
	TRY(sql_search_words(w->db, buf_str(&ids), RECORD_CUSTOMER, w->arena, &row, &rows));
	TRY(sql_search_grams(w->db, buf_str(&ids), w->arena, &is, &is_n));
	/* Both come in the order of the customers' ids. */
	for (size_t i = 0; i < rows; i++) {
		uint16_t was[GRAMS_MAX], *becomes;
		size_t was_n = 0, becomes_n;

		while (at < is_n && is[at].customer_id < row[i].id)
			at++;
		for (; at < is_n && is[at].customer_id == row[i].id; at++)
			if (was_n < GRAMS_MAX)
				was[was_n++] = (uint16_t)is[at].gram;
		becomes = grams_of(row[i].words, false, w->arena, &becomes_n);
		differing(&goes, row[i].id, was, was_n, becomes, becomes_n);
		differing(&comes, row[i].id, becomes, becomes_n, was, was_n);
	}
	if (goes.full || comes.full)
		return fail(&w->fault, E_BUG, NULL, "An index of names does not fit.");
	if (goes.n > 0) {
		buf_char(&goes, ']');
		TRY(sql_search_forget(w->db, buf_str(&goes), &changed));
	}
	if (comes.n == 0)
		return OK;
	buf_char(&comes, ']');
	return sql_search_keep(w->db, buf_str(&comes), &changed);
}

/* What the left has and the right has not; both ascend. */
static void
differing(struct buf *b, uint64_t customer_id, const uint16_t *left, size_t left_n, const uint16_t *right, size_t right_n)
{
	bool any = false;
	size_t r = 0;

	for (size_t l = 0; l < left_n; l++) {
		while (r < right_n && right[r] < left[l])
			r++;
		if (r < right_n && right[r] == left[l])
			continue;
		if (!any)
			buf_printf(b, "%c{\"c\":%llu,\"g\":[", b->n == 0 ? '[' : ',', (unsigned long long)customer_id);
		buf_printf(b, "%s%u", any ? "," : "", left[l]);
		any = true;
	}
	if (any)
		buf_add(b, STR("]}"));
}
