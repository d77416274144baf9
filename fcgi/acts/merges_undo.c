/*
 * fcgi/acts/merges_undo.c -- two records that were made one are two again.
 */
#include "fcgi/acts/merges.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_search.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/edits.h"
#include "sql/tenant/queries/merges.h"
#include "sql/tenant/queries/notes.h"

static enum err give_back(struct work *w, const struct merge_part *p, struct merging *m, struct merge_undo *out);
static bool two_ids(struct str text, uint64_t out[2]);
static struct str took_without(struct work *w, const struct merging *m);
static bool took_holds(struct str took, uint64_t id);

enum err
act_merge_undo(struct work *w, uint64_t batch_id, struct merge_undo *out)
{
	struct batch_part_row *rows;
	struct merge_part first;
	struct merging m = {.batch = batch_id};
	struct merge_money_row money;
	struct batch_row b;
	struct took_row took;
	struct maybe_i64 archived = {0};
	uint64_t ids[2];
	size_t n;

	TRY(sql_batch_for_update(w->db, batch_id, BATCH_MERGE, w->arena, &b));
	if (b.undone_at.is)
		return fail(&w->fault, E_STALE, NULL, "This was undone already.");
	TRY(sql_batch_parts(w->db, batch_id, ROW_DONE, w->arena, &rows, &n));
	if (n == 0)
		return fail(&w->fault, E_BUG, NULL, "A merge without parts.");
	TRY(shape_read(&merge_part_shape, rows[0].cells, w->arena, &first, &w->fault));
	if (!two_ids(first.ids, ids))
		return fail(&w->fault, E_BUG, NULL, "A merge without parts.");
	archived.is = str_i64(first.was, &archived.v);
	TRY(sql_customer_one(w->db, ids[0], w->arena, &m.keep));
	TRY(sql_customer_one(w->db, ids[1], w->arena, &m.lose));
	if (m.keep.merged_into.is || !m.lose.merged_into.is || m.lose.merged_into.v != m.keep.id)
		return fail(&w->fault, E_STALE, NULL, "This record went into another since. Undo that first.");
	TRY(sql_merge_took(w->db, m.keep.id, w->arena, &took));
	m.keep_took = took.took;
	TRY(sql_merge_took(w->db, m.lose.id, w->arena, &took));
	m.lose_took = took.took;
	m.is = m.keep;
	TRY(sql_merge_money(w->db, merge_owners(w, &m), w->arena, &money));
	TRY(merge_money_may(w, &money));
	*out = (struct merge_undo){.keep_id = m.keep.id, .lose_id = m.lose.id};
	for (size_t i = 1; i < n; i++) {
		struct merge_part p;

		TRY(shape_read(&merge_part_shape, rows[i].cells, w->arena, &p, &w->fault));
		TRY(give_back(w, &p, &m, out));
	}
	TRY(merge_money_move(w, &m, m.keep.id, m.lose.id));
	TRY(merge_keep_save(w, &m.is, took_without(w, &m)));
	TRY(sql_merge_lose(w->db, m.lose.id, (struct maybe_u64){0}, archived, m.lose.version));
	TRY(sql_batch_undone(w->db, batch_id, BATCH_UNDONE, out->left, w->now));
	const struct event_value v[] = {{STR("name"), m.lose.name}};
	TRY(tell_event(w, &(struct event){.customer_id = m.keep.id, .kind = EVENT_MERGE_UNDONE, .ref_kind = RECORD_CUSTOMER,
	    .ref_id = m.lose.id, .values = v, .values_n = 1}));
	TRY(tell_search(w, m.lose.id));
	TRY(tell_brief(w, m.lose.id));
	TRY(tell_standing(w, m.lose.id));
	TRY(tell_standing(w, m.keep.id));
	return audit(w, "customers.merge_undone", "customer", m.keep.id, m.lose.name);
}

/* What moved on since, and a field that is not as the merge left it, stay. */
static enum err
give_back(struct work *w, const struct merge_part *p, struct merging *m, struct merge_undo *out)
{
	const struct {
		const char *field;
		struct str *at;
	} fields[] = {{"email", &m->is.email}, {"bill_street", &m->is.bill_street}, {"bill_city", &m->is.bill_city},
	    {"bill_region", &m->is.bill_region}, {"bill_postcode", &m->is.bill_postcode}, {"source", &m->is.source},
	    {"external_id", &m->is.external_id}, {"own", &m->is.own}};
	const struct record on = {m->keep.id, RECORD_CUSTOMER, m->keep.id, m->batch};
	uint64_t changed = 0;

	for (size_t i = 0; i < MERGE_MOVERS; i++)
		if (p->kind == merge_movers[i].kind) {
			uint32_t number = 1;

			for (size_t k = 0; k < p->ids.n; k++)
				number += p->ids.p[k] == ',';
			TRY(merge_movers[i].give(w->db, p->ids, m->keep.id, m->lose.id, &changed));
			out->undone += (uint32_t)changed;
			out->left += number - (uint32_t)changed;
			return OK;
		}
	if (str_eq(p->field, STR("tag"))) {
		TRY(sql_tag_drop(w->db, RECORD_CUSTOMER, p->became, m->keep.id, &changed));
		out->undone += changed > 0;
		out->left += changed == 0;
		return OK;
	}
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		if (str_eq(p->field, str_of(fields[i].field))) {
			const bool as_left = str_eq(*fields[i].at, p->became);
			const struct field_change c[] = {{fields[i].field, p->became, p->was,
			    str_eq(p->field, STR("own")) ? CHANGE_TOLD : CHANGE_PLAIN}};

			out->undone += as_left;
			out->left += !as_left;
			if (!as_left)
				return OK;
			*fields[i].at = p->was;
			return tell_change(w, &on, c, 1, NULL);
		}
	return fail(&w->fault, E_BUG, NULL, "A part of a merge does not fit.");
}

/* "[1,2]" */
static bool
two_ids(struct str text, uint64_t out[2])
{
	struct str second, first = str_cut(str_sub(text, 1, text.n < 2 ? 0 : text.n - 2), ',', &second);

	return str_u64(first, &out[0]) && str_u64(second, &out[1]);
}

static struct str
took_without(struct work *w, const struct merging *m)
{
	struct buf b = buf_open(w->arena, 256, MERGE_CELLS_MAX);
	struct str rest = str_sub(m->keep_took, 1, m->keep_took.n < 2 ? 0 : m->keep_took.n - 2);

	while (rest.n > 0) {
		struct str one = str_cut(rest, ',', &rest);
		uint64_t id = 0;

		if (str_u64(one, &id) && id != m->lose.id && !took_holds(m->lose_took, id))
			buf_printf(&b, "%c%.*s", b.n == 0 ? '[' : ',', STR_ARG(one));
	}
	buf_add(&b, b.n == 0 ? STR("[]") : STR("]"));
	return buf_str(&b);
}

static bool
took_holds(struct str took, uint64_t id)
{
	struct str rest = str_sub(took, 1, took.n < 2 ? 0 : took.n - 2);

	while (rest.n > 0) {
		uint64_t one = 0;

		if (str_u64(str_cut(rest, ',', &rest), &one) && one == id)
			return true;
	}
	return false;
}
