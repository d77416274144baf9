/*
 * fcgi/acts/imports_here.c -- the customers that a step of an import meets, read in six statements instead of six each.
 */
#include "fcgi/acts/imports.h"

#include <stdlib.h>
#include <string.h>

#include "sql/tenant/queries/imports.h"

/* The part of a list, in the order of its customers, that is this one's. */
#define PART(list, n, at, id, out, out_n)                                                                              \
	do {                                                                                                           \
		while ((at) < (n) && (list)[at].customer_id < (id))                                                    \
			(at)++;                                                                                        \
		(out) = (list) + (at);                                                                                 \
		while ((at) < (n) && (list)[at].customer_id == (id))                                                   \
			(at)++;                                                                                        \
		(out_n) = (size_t)((list) + (at) - (out));                                                             \
	} while (0)

static int ascending(const void *x, const void *y);

enum err
import_here_load(struct work *w, const uint64_t *ids, size_t n, struct import_here *out)
{
	struct buf b = buf_open(w->arena, 64 + n * 21, 64 + n * 21);
	struct customer_row *customer;
	struct contact_row *contact;
	struct property_row *property;
	struct pool_row *pool;
	struct note_row *note;
	struct import_tag_row *tag;
	size_t customers, contacts, properties, pools, notes, tags, c = 0, p = 0, o = 0, k = 0, t = 0;
	struct str list;

	*out = (struct import_here){0};
	if (n == 0)
		return OK;
	uint64_t *each = arena_array(w->arena, uint64_t, n);
	memcpy(each, ids, n * sizeof(*each));
	qsort(each, n, sizeof(*each), ascending);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || each[i] != each[i - 1])
			buf_printf(&b, "%c%llu", i == 0 ? '[' : ',', (unsigned long long)each[i]);
	buf_char(&b, ']');
	list = buf_str(&b);
	TRY(sql_here_customers(w->db, list, w->arena, &customer, &customers));
	TRY(sql_here_contacts(w->db, list, w->arena, &contact, &contacts));
	TRY(sql_here_properties(w->db, list, w->arena, &property, &properties));
	TRY(sql_here_pools(w->db, list, w->arena, &pool, &pools));
	TRY(sql_here_notes(w->db, list, w->arena, &note, &notes));
	TRY(sql_here_tags(w->db, list, RECORD_CUSTOMER, w->arena, &tag, &tags));
	out->rows = arena_array(w->arena, struct import_person, customers);
	for (size_t i = 0; i < customers; i++) {
		struct import_person *x = &out->rows[out->rows_n];

		x->customer = &customer[i];
		PART(contact, contacts, c, customer[i].id, x->contacts, x->contacts_n);
		PART(property, properties, p, customer[i].id, x->properties, x->properties_n);
		PART(pool, pools, o, customer[i].id, x->pools, x->pools_n);
		PART(note, notes, k, customer[i].id, x->notes, x->notes_n);
		PART(tag, tags, t, customer[i].id, x->tags, x->tags_n);
		out->rows_n++;
	}
	return OK;
}

const struct import_person *
import_here_find(const struct import_here *h, uint64_t id)
{
	size_t low = 0, high = h->rows_n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (h->rows[middle].customer->id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < h->rows_n && h->rows[low].customer->id == id ? &h->rows[low] : NULL;
}

static int
ascending(const void *x, const void *y)
{
	const uint64_t *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}
