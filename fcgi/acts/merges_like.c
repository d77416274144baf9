/*
 * fcgi/acts/merges_like.c -- who is perhaps one and the same, and who was said to be two.
 */
#include "fcgi/acts/merges.h"

#include "domain/base/id.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/merges.h"
#include "sql/tenant/queries/search.h"

#define LIKE_TEXT_MAX 1200 /* of one customer; what is behind is not compared */

static enum err facts_read(struct work *w, struct like_facts **facts, size_t *n);
static void listed(struct buf *b, char between, struct str text);
static struct str apart_name(struct work *w, uint64_t a, uint64_t b);

enum err
act_duplicates(struct work *w, size_t max, struct duplicates *out)
{
	struct like_facts *f;
	struct apart_row *apart;
	struct like_pair *pair;
	struct buf ids = buf_open(w->arena, 4096, 2 + max * 2 * 21);
	struct customer_line_row *lines;
	size_t facts, apart_n, pairs, lines_n, shown = 0;

	TRY(facts_read(w, &f, &facts));
	pair = like_pairs(f, facts, w->arena, &pairs);
	TRY(sql_aparts(w->db, SETTING_APART, w->arena, &apart, &apart_n));
	*out = (struct duplicates){.rows = arena_array(w->arena, struct duplicate, max)};
	for (size_t i = 0; i < pairs; i++) {
		struct str name = apart_n == 0 ? STR("") : apart_name(w, pair[i].a, pair[i].b);
		size_t k = 0;

		while (k < apart_n && !str_eq(apart[k].name, name))
			k++;
		if (k < apart_n)
			continue;
		out->total++;
		if (shown < max)
			pair[shown++] = pair[i];
	}
	for (size_t i = 0; i < shown; i++)
		buf_printf(&ids, "%c%llu,%llu", i == 0 ? '[' : ',', (unsigned long long)pair[i].a, (unsigned long long)pair[i].b);
	buf_add(&ids, shown == 0 ? STR("[]") : STR("]"));
	TRY(sql_customer_lines(w->db, buf_str(&ids), RECORD_CUSTOMER, w->arena, &lines, &lines_n));
	if (lines_n != 2 * shown)
		return fail(&w->fault, E_RETRY, NULL, "The house is busy. Please try again.");
	for (size_t i = 0; i < shown; i++)
		out->rows[out->rows_n++] = (struct duplicate){lines[2 * i], lines[2 * i + 1], pair[i].why};
	return OK;
}

/* Three lists in one order, walked side by side. */
static enum err
facts_read(struct work *w, struct like_facts **facts, size_t *n)
{
	struct likeness_contact_row *who;
	struct likeness_place_row *place;
	struct likeness_row *row;
	size_t who_n, place_n, k = 0, p = 0;

	TRY(sql_likeness_customers(w->db, STANDING_ARCHIVED, w->arena, &row, n));
	TRY(sql_likeness_contacts(w->db, w->arena, &who, &who_n));
	TRY(sql_likeness_places(w->db, w->arena, &place, &place_n));
	*facts = arena_array(w->arena, struct like_facts, *n);
	for (size_t i = 0; i < *n; i++) {
		struct buf phones = buf_open(w->arena, 32, LIKE_TEXT_MAX), emails = buf_open(w->arena, 64, LIKE_TEXT_MAX);
		struct buf addresses = buf_open(w->arena, 64, LIKE_TEXT_MAX);
		struct str city = STR("");

		buf_add(&emails, row[i].email);
		for (; k < who_n && who[k].customer_id <= row[i].id; k++)
			if (who[k].customer_id == row[i].id) {
				listed(&phones, ' ', who[k].phone);
				if (!str_eq_nocase(who[k].email, row[i].email))
					listed(&emails, ' ', who[k].email);
			}
		for (; p < place_n && place[p].customer_id <= row[i].id; p++)
			if (place[p].customer_id == row[i].id) {
				city = addresses.n == 0 ? place[p].city : city;
				listed(&addresses, '\n', str_printf(w->arena, "%.*s|%.*s", STR_ARG(place[p].street), STR_ARG(place[p].postcode)));
			}
		(*facts)[i] = (struct like_facts){row[i].id, row[i].name, city, buf_str(&phones), buf_str(&emails), buf_str(&addresses)};
	}
	return OK;
}

/* Whole or not at all: half a number would be like another's half. */
static void
listed(struct buf *b, char between, struct str text)
{
	if (text.n == 0 || b->n + 1 + text.n > LIKE_TEXT_MAX)
		return;
	if (b->n > 0)
		buf_char(b, between);
	buf_add(b, text);
}

enum err
act_apart(struct work *w, const struct apart_wish *in, bool together)
{
	struct str name = apart_name(w, in->a, in->b);
	struct customer_row a, b;
	struct apart_row *rows;
	uint64_t changed;
	size_t n;

	TRY(sql_customer_one(w->db, in->a, w->arena, &a));
	TRY(sql_customer_one(w->db, in->b, w->arena, &b));
	TRY(sql_apart_drop(w->db, SETTING_APART, name, &changed));
	if (together)
		return OK;
	TRY(sql_aparts(w->db, SETTING_APART, w->arena, &rows, &n));
	if (n >= APARTS_MAX)
		return fail(&w->fault, E_LIMIT, NULL, "At most %d pairs are kept apart.", APARTS_MAX);
	return sql_apart_insert(w->db, work_id(w), SETTING_APART, name);
}

/* The smaller id first. */
static struct str
apart_name(struct work *w, uint64_t a, uint64_t b)
{
	char x[ID_LETTERS + 1], y[ID_LETTERS + 1];

	id_write(a < b ? a : b, x);
	id_write(a < b ? b : a, y);
	return str_printf(w->arena, "%s-%s", x, y);
}
