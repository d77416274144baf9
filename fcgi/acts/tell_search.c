/*
 * fcgi/acts/tell_search.c -- the search index of a customer, kept in the transaction of each change.
 */
#include "fcgi/acts/tell.h"

#include "domain/customers/gram.h"
#include "sql/tenant/queries/search.h"

enum err
tell_search(struct work *w, uint64_t customer_id)
{
	struct search_words_row *row;
	uint64_t changed;
	uint16_t *gram;
	size_t n;

	TRY(sql_search_words(w->db, customer_id, RECORD_CUSTOMER, w->arena, &row));
	if (row == NULL)
		return OK;
	gram = grams_of(row->words, false, w->arena, &n);
	TRY(sql_search_forget(w->db, customer_id, &changed));
	return sql_search_keep(w->db, customer_id, grams_json(gram, n, w->arena), &changed);
}
