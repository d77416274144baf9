/*
 * fcgi/acts/merges.c -- load, decide, save, tell: two records become one.
 */
#include "fcgi/acts/merges.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_bill.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/edits.h"
#include "sql/tenant/queries/merges.h"
#include "sql/tenant/queries/notes.h"

#define IDS_PART 2000 /* ids of one part: they fit its cells */

static const struct field merge_part_fields[] = {
	FIELD_ENUM(struct merge_part, kind, record_kind_names),
	FIELD_TEXT(struct merge_part, ids, 0, MERGE_CELLS_MAX),
	FIELD_TEXT(struct merge_part, field, 0, 40),
	FIELD_TEXT(struct merge_part, was, 0, MERGE_OWN_MAX),
	FIELD_TEXT(struct merge_part, became, 0, MERGE_OWN_MAX),
	FIELD_END
};
const struct shape merge_part_shape = {"MergePart", sizeof(struct merge_part), merge_part_fields};

/* What the list of big acts reads too (edits.c): the words, and who. */
struct merge_body {
	struct str what, value;
};
static const struct field merge_body_fields[] = {
	FIELD_TEXT(struct merge_body, what, 1, 20),
	FIELD_TEXT(struct merge_body, value, 0, 300),
	FIELD_END
};
static const struct shape merge_body_shape = {"MergeBody", sizeof(struct merge_body), merge_body_fields};

static enum err apply(struct work *w, struct merging *m, const struct merge *seen);
static enum err move(struct work *w, struct merging *m, const struct merge_mover *v);
static enum err tags_move(struct work *w, struct merging *m);
static enum err part_write(struct work *w, struct merging *m, const struct merge_part *p);
static enum err told(struct work *w, const struct merging *m, const struct merge *seen);
static struct str ids_text(struct work *w, const struct person_id_row *rows, size_t n);
static struct str took_with(struct work *w, const struct merging *m);

enum err
act_merge(struct work *w, uint64_t keep_id, const struct merge_wish *in, struct merge *out)
{
	struct merging m = {0};

	TRY(merge_look(w, keep_id, in->other_id, &m, out));
	if (in->dry)
		return OK;
	TRY(apply(w, &m, out));
	out->batch_id = (struct maybe_u64){true, m.batch};
	return OK;
}

static enum err
apply(struct work *w, struct merging *m, const struct merge *seen)
{
	const struct merge_body body = {STR("merge"), str_printf(w->arena, "%.*s → %.*s", STR_ARG(m->lose.name), STR_ARG(m->keep.name))};
	struct buf b = buf_open(w->arena, 256, 4096);
	struct own_value *own;
	size_t own_n;

	m->batch = work_id(w);
	shape_write(&merge_body_shape, &body, &b);
	TRY(sql_batch_insert(w->db, m->batch, BATCH_MERGE, BATCH_DONE, w->actor.id, w->now, 1, 1,
	    (struct maybe_i64){true, w->now}, buf_str(&b)));
	/* The first part says who went where, and since when they were archived before. */
	TRY(part_write(w, m, &(struct merge_part){.ids = str_printf(w->arena, "[%llu,%llu]", (unsigned long long)m->keep.id,
	    (unsigned long long)m->lose.id), .field = STR("merged_into"),
	    .was = m->lose.archived_at.is ? str_printf(w->arena, "%lld", (long long)m->lose.archived_at.v) : STR("")}));
	for (size_t i = 0; i < MERGE_MOVERS; i++)
		TRY(move(w, m, &merge_movers[i]));
	TRY(tags_move(w, m));
	TRY(merge_money_move(w, m, m->lose.id, m->keep.id));
	TRY(merge_own(w, m, &own, &own_n));
	if (own_n > 0) {
		const struct record on = {m->keep.id, RECORD_CUSTOMER, m->keep.id, m->batch};

		TRY(own_write(w, &on, m->keep.own, own, own_n, &m->is.own));
		TRY(part_write(w, m, &(struct merge_part){.field = STR("own"), .was = m->keep.own, .became = m->is.own}));
	}
	for (size_t i = 0; i < seen->fields_n; i++)
		if (!str_eq(seen->fields[i].keep, seen->fields[i].becomes))
			TRY(part_write(w, m, &(struct merge_part){.field = seen->fields[i].field, .was = seen->fields[i].keep,
			    .became = seen->fields[i].becomes}));
	TRY(merge_keep_save(w, &m->is, took_with(w, m)));
	TRY(sql_merge_lose(w->db, m->lose.id, (struct maybe_u64){true, m->keep.id}, (struct maybe_i64){true, w->now}, m->lose.version));
	return told(w, m, seen);
}

enum err
merge_keep_save(struct work *w, const struct customer_row *c, struct str took)
{
	return sql_merge_keep(w->db, c->id, c->email, c->bill_street, c->bill_city, c->bill_region, c->bill_postcode,
	    c->source, c->external_id, c->own, took, c->version);
}

static enum err
move(struct work *w, struct merging *m, const struct merge_mover *v)
{
	struct person_id_row *rows;
	uint32_t same;
	size_t n;

	TRY(merge_moving(w, m, v, &rows, &n, &same));
	for (size_t from = 0; from < n; from += IDS_PART) {
		const struct merge_part p = {.kind = v->kind, .ids = ids_text(w, rows + from, n - from < IDS_PART ? n - from : IDS_PART)};
		uint64_t changed;

		TRY(v->give(w->db, p.ids, m->lose.id, m->keep.id, &changed));
		TRY(part_write(w, m, &p));
	}
	return OK;
}

/*
 * What is open of the other's bills and free of its payments passes from one account to the other. The same both ways:
 * what was paid in between by the one who stays stays paid, and only the rest goes back.
 */
enum err
merge_money_move(struct work *w, const struct merging *m, uint64_t from, uint64_t to)
{
	const struct str owners = merge_owners(w, m);
	struct balance_row *open, *held;
	size_t open_n, held_n;
	struct billing b;
	uint64_t touched;

	TRY(sql_merge_touch_bills(w->db, owners, &touched));
	TRY(sql_merge_touch_payments(w->db, owners, &touched));
	TRY(sql_merge_open_bills(w->db, from, owners, ACCOUNT_RECEIVABLE, w->arena, &open, &open_n));
	TRY(sql_merge_free_payments(w->db, from, owners, ACCOUNT_UNAPPLIED, w->arena, &held, &held_n));
	if (open_n + held_n == 0)
		return OK;
	TRY(billing_read(w, &b));
	for (size_t i = 0; i < open_n + held_n; i++) {
		const bool bill = i < open_n;
		const struct balance_row *r = bill ? &open[i] : &held[i - open_n];
		struct posting p;

		TRY(posting_transfer(bill ? ACCOUNT_RECEIVABLE : ACCOUNT_UNAPPLIED, r->id, from, to, r->cents,
		    zone_day(w->tenant->zone, w->now), &p, &w->fault));
		TRY(tell_posting(w, &b, &p));
	}
	return OK;
}

/* Their tags are added; the other keeps its own, nobody sees them there. */
static enum err
tags_move(struct work *w, struct merging *m)
{
	struct tag_row *here, *there;
	size_t here_n, there_n;
	uint64_t changed;

	TRY(sql_tags_of(w->db, RECORD_CUSTOMER, m->keep.id, w->arena, &here, &here_n));
	TRY(sql_tags_of(w->db, RECORD_CUSTOMER, m->lose.id, w->arena, &there, &there_n));
	for (size_t i = 0; i < there_n; i++) {
		size_t j = 0;

		while (j < here_n && !str_eq_nocase(here[j].tag, there[i].tag))
			j++;
		if (j < here_n)
			continue;
		TRY(sql_tag_insert(w->db, RECORD_CUSTOMER, there[i].tag, m->keep.id, &changed));
		TRY(part_write(w, m, &(struct merge_part){.field = STR("tag"), .became = there[i].tag}));
	}
	return OK;
}

static enum err
part_write(struct work *w, struct merging *m, const struct merge_part *p)
{
	struct buf b = buf_open(w->arena, 256, MERGE_CELLS_MAX);

	shape_write(&merge_part_shape, p, &b);
	if (b.full)
		return fail(&w->fault, E_BUG, NULL, "A part of a merge does not fit.");
	return sql_batch_part_insert(w->db, m->batch, ++m->parts, ROW_DONE, m->lose.id, buf_str(&b));
}

static enum err
told(struct work *w, const struct merging *m, const struct merge *seen)
{
	const struct record on = {m->keep.id, RECORD_CUSTOMER, m->keep.id, m->batch};
	const struct event_value v[] = {{STR("name"), m->lose.name}};
	struct field_change *c = arena_array(w->arena, struct field_change, seen->fields_n);

	for (size_t i = 0; i < seen->fields_n; i++)
		c[i] = (struct field_change){seen->fields[i].field.p, seen->fields[i].keep, seen->fields[i].becomes, CHANGE_PLAIN};
	TRY(tell_change(w, &on, c, seen->fields_n, NULL));
	TRY(tell_event(w, &(struct event){.customer_id = m->keep.id, .kind = EVENT_CUSTOMERS_MERGED, .ref_kind = RECORD_BATCH,
	    .ref_id = m->batch, .values = v, .values_n = 1}));
	TRY(tell_standing(w, m->lose.id));
	TRY(tell_standing(w, m->keep.id));
	return audit(w, "customers.merged", "customer", m->keep.id, m->lose.name);
}

static struct str
ids_text(struct work *w, const struct person_id_row *rows, size_t n)
{
	struct buf b = buf_open(w->arena, 64 + n * 21, 64 + n * 21);

	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%c%llu", i == 0 ? '[' : ',', (unsigned long long)rows[i].id);
	buf_add(&b, n == 0 ? STR("[]") : STR("]"));
	return buf_str(&b);
}

/* The one, and whom the one had taken in already. */
static struct str
took_with(struct work *w, const struct merging *m)
{
	struct buf b = buf_open(w->arena, 256, MERGE_CELLS_MAX);

	buf_printf(&b, "[%llu", (unsigned long long)m->lose.id);
	for (unsigned i = 0; i < 2; i++) {
		struct str list = i == 0 ? m->keep_took : m->lose_took;

		if (list.n > 2)
			buf_printf(&b, ",%.*s", (int)list.n - 2, list.p + 1);
	}
	buf_char(&b, ']');
	return buf_str(&b);
}
