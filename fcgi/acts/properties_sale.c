/*
 * fcgi/acts/properties_sale.c -- a house has a new owner: what goes on with them, and what the old one still pays.
 */
#include "fcgi/acts/properties.h"

#include "domain/base/batch.h"
#include "domain/base/id.h"
#include "domain/billing/price.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_search.h"
#include "fcgi/acts/tell_bill.h"
#include "sql/tenant/queries/agreements.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/edits.h"
#include "sql/tenant/queries/properties.h"

#define CUTS_MAX 50 /* the LIMIT of agreements_of_place */
#define CELLS_MAX 8000

/* An agreement that was cut in two, and until when it ran before. */
struct sale_cut {
	uint64_t was_id, fresh_id;
	struct maybe_day ends_day;
};
static const struct field sale_cut_fields[] = {
	FIELD_ID(struct sale_cut, was_id),
	FIELD_ID(struct sale_cut, fresh_id),
	FIELD_MAYBE_DAY(struct sale_cut, ends_day),
	FIELD_END
};
static const struct shape sale_cut_shape = {"SaleCut", sizeof(struct sale_cut), sale_cut_fields};

/* A sale is a batch of one part: who, what, when, and how agreements were cut. */
struct sale {
	uint64_t property_id, seller_id, buyer_id;
	struct day day;
	bool made;
	struct sale_cut *cuts;
	size_t cuts_n;
};
static const struct field sale_fields[] = {
	FIELD_ID(struct sale, property_id),
	FIELD_ID(struct sale, seller_id),
	FIELD_ID(struct sale, buyer_id),
	FIELD_DAY(struct sale, day),
	FIELD_BOOL(struct sale, made),
	FIELD_LIST(struct sale, cuts, cuts_n, &sale_cut_shape, CUTS_MAX),
	FIELD_END
};
static const struct shape sale_shape = {"SaleDone", sizeof(struct sale), sale_fields};

/* What the list of big acts reads (edits.c). */
struct sale_body {
	struct str what, value;
};
static const struct field sale_body_fields[] = {
	FIELD_TEXT(struct sale_body, what, 1, 20),
	FIELD_TEXT(struct sale_body, value, 0, 300),
	FIELD_END
};
static const struct shape sale_body_shape = {"SaleBody", sizeof(struct sale_body), sale_body_fields};

static enum err agreements_pass(struct work *w, struct sale *s);
static enum err shared(struct work *w, const struct agreement *g, struct day today, bool *is);
static enum err cut(struct work *w, const struct sale *s, struct sale_cut *c);
static enum err written(struct work *w, const struct sale *s, struct str said, uint64_t *sale_id);
static enum err sale_read(struct work *w, uint64_t sale_id, struct batch_row *b, struct sale *s);
static enum err may_undo(struct work *w, const struct batch_row *b, const struct sale *s, struct property_row *row);
static enum err joined(struct work *w, const struct sale *s, const struct sale_cut *c);
static uint64_t since(const struct batch_row *b);
static bool same_day(struct maybe_day a, struct maybe_day b);
static enum err given_back(struct work *w, const struct batch_row *b, const struct sale *s);

enum err
act_property_sell(struct work *w, uint64_t id, uint64_t customer_id, bool made, uint32_t version, struct property_sold *out)
{
	struct customer_row seller, buyer;
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct property_row row;
	uint64_t changed;

	TRY(sql_property_one(w->db, id, w->arena, &row));
	TRY(sql_customer_one(w->db, row.customer_id, w->arena, &seller));
	TRY(sql_customer_one(w->db, customer_id, w->arena, &buyer));
	if (buyer.id == seller.id)
		return fail(&w->fault, E_INVALID, "customer_id", "They own this place already.");
	if (buyer.archived_at.is)
		return fail(&w->fault, E_INVALID, "customer_id", "This customer is archived. Restore them first.");
	TRY(sql_property_sell(w->db, id, buyer.id, version));
	struct sale s = {id, seller.id, buyer.id, today, made, arena_array(w->arena, struct sale_cut, CUTS_MAX), 0};
	TRY(agreements_pass(w, &s));
	TRY(sql_property_sell_visits(w->db, id, buyer.id, today, &changed));
	TRY(sql_property_sell_notes(w->db, id, buyer.id, seller.id, RECORD_PROPERTY, RECORD_POOL, RECORD_EQUIPMENT,
	    &changed));
	TRY(sql_property_sell_files(w->db, id, buyer.id, seller.id, RECORD_PROPERTY, RECORD_POOL, RECORD_EQUIPMENT,
	    &changed));

	const struct event_value v[] = {{STR("street"), row.street}, {STR("from"), seller.name}, {STR("to"), buyer.name}};
	struct event sold = {.customer_id = seller.id, .kind = EVENT_PROPERTY_SOLD, .ref_kind = RECORD_CUSTOMER,
	    .ref_id = buyer.id, .values = v, .values_n = 3};
	struct event bought = {.customer_id = buyer.id, .property_id = id, .kind = EVENT_PROPERTY_BOUGHT,
	    .ref_kind = RECORD_CUSTOMER, .ref_id = seller.id, .values = v, .values_n = 3};
	TRY(tell_event(w, &sold));
	TRY(tell_event(w, &bought));
	TRY(audit(w, "property.sold", "property", id,
	    str_printf(w->arena, "from %.*s to %.*s", STR_ARG(seller.name), STR_ARG(buyer.name))));
	TRY(tell_standing(w, seller.id));
	*out = (struct property_sold){.property_id = id, .seller_id = seller.id, .buyer_id = buyer.id, .made = made};
	TRY(written(w, &s, str_printf(w->arena, "%.*s: %.*s → %.*s", STR_ARG(row.street), STR_ARG(seller.name), STR_ARG(buyer.name)),
	    &out->sale_id));
	return tell_standing(w, buyer.id);
}

static enum err
written(struct work *w, const struct sale *s, struct str said, uint64_t *sale_id)
{
	const struct sale_body body = {STR("sale"), audit_cut(w->arena, said, 300)};
	struct buf b = buf_open(w->arena, 256, 4096), cells = buf_open(w->arena, 256, CELLS_MAX);

	shape_write(&sale_body_shape, &body, &b);
	shape_write(&sale_shape, s, &cells);
	if (b.full || cells.full)
		return fail(&w->fault, E_BUG, NULL, "A sale does not fit.");
	*sale_id = work_id(w);
	TRY(sql_batch_insert(w->db, *sale_id, BATCH_SALE, BATCH_DONE, w->actor.id, w->now, 1, 1, (struct maybe_i64){true, w->now},
	    buf_str(&b)));
	return sql_batch_part_insert(w->db, *sale_id, 1, ROW_DONE, s->property_id, buf_str(&cells));
}

/* What is paid by the visit is paid by whoever lives there then; a month that is shared is cut on the day of the sale. */
static enum err
agreements_pass(struct work *w, struct sale *s)
{
	struct agreement *rows;
	struct billing b;
	uint64_t changed;
	size_t n;

	TRY(billing_read(w, &b));
	TRY(sql_agreements_of_place(w->db, s->property_id, REPEATS_CALENDAR, w->arena, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		bool is = false;

		/* Who bills a month whole, however much of it was served, bills it once: to the new owner. */
		if (b.proration != PRORATE_NONE)
			TRY(shared(w, &rows[i], s->day, &is));
		if (is) {
			s->cuts[s->cuts_n].was_id = rows[i].id;
			TRY(cut(w, s, &s->cuts[s->cuts_n++]));
		}
	}
	return sql_property_sell_agreements(w->db, s->property_id, s->buyer_id, s->day, &changed);
}

/* Has it run before today, does it go on, at a monthly rate? */
static enum err
shared(struct work *w, const struct agreement *g, struct day today, bool *is)
{
	struct term *terms;
	size_t n;

	*is = false;
	if (g->starts_day.n >= today.n || (g->ends_day.is && g->ends_day.v.n < today.n))
		return OK;
	TRY(sql_terms_of(w->db, g->id, w->arena, &terms, &n));
	for (size_t i = 0; i < n; i++)
		*is = *is || (terms[i].kind == TERM_WORKS && terms[i].rate_kind == RATE_MONTH && terms[i].rate_cents != 0);
	return OK;
}

/* The old owner's ends yesterday, the new one's is the same from today on; both months are reckoned at once. */
static enum err
cut(struct work *w, const struct sale *s, struct sale_cut *c)
{
	const uint64_t fresh = work_id(w);
	const struct day today = s->day;
	struct agreement g;
	struct billing b;
	uint64_t changed;

	TRY(sql_agreement_for_update(w->db, c->was_id, w->arena, &g));
	c->fresh_id = fresh;
	c->ends_day = g.ends_day;
	TRY(sql_agreement_insert(w->db, fresh, s->buyer_id, g.property_id, g.pool_id, g.repeats, today, g.ends_day));
	TRY(sql_terms_copy(w->db, g.id, fresh, &changed));
	TRY(sql_agreement_made(w->db, fresh, g.made_until, (struct maybe_i64){0}));
	TRY(sql_property_sell_planned(w->db, g.id, fresh, s->buyer_id, today, &changed));
	TRY(sql_agreement_end(w->db, g.id, (struct maybe_day){true, day_add(today, -1)}, g.closed_at, g.version));
	TRY(billing_read(w, &b));
	TRY(tell_month_charges(w, g.id, period_of(today, b.first_mday)));
	return tell_month_charges(w, fresh, period_of(today, b.first_mday));
}

enum err
act_property_sale_undo(struct work *w, uint64_t sale_id, struct property_sold *out)
{
	struct customer_row seller, buyer;
	struct property_row row;
	struct batch_row b;
	struct sale s;

	TRY(sale_read(w, sale_id, &b, &s));
	TRY(may_undo(w, &b, &s, &row));
	TRY(sql_customer_one(w->db, s.seller_id, w->arena, &seller));
	TRY(sql_customer_one(w->db, s.buyer_id, w->arena, &buyer));
	TRY(sql_property_sell(w->db, row.id, s.seller_id, row.version));
	for (size_t i = 0; i < s.cuts_n; i++)
		TRY(joined(w, &s, &s.cuts[i]));
	TRY(given_back(w, &b, &s));
	TRY(sql_batch_undone(w->db, sale_id, BATCH_UNDONE, 0, w->now));

	const struct event_value v[] = {{STR("street"), row.street}, {STR("to"), seller.name}, {STR("from"), buyer.name}};
	struct event told = {.customer_id = s.seller_id, .property_id = row.id, .kind = EVENT_SALE_UNDONE, .ref_kind = RECORD_CUSTOMER,
	    .ref_id = s.buyer_id, .values = v, .values_n = 3};
	TRY(tell_event(w, &told));
	told.customer_id = told.ref_id;
	told.property_id = 0;
	told.ref_id = s.seller_id;
	TRY(tell_event(w, &told));
	const uint64_t both[] = {s.seller_id, s.buyer_id};
	for (size_t i = 0; i < 2; i++) {
		TRY(tell_search(w, both[i]));
		TRY(tell_brief(w, both[i]));
		TRY(tell_standing(w, both[i]));
	}
	*out = (struct property_sold){sale_id, row.id, s.seller_id, s.buyer_id, s.made};
	return audit(w, "property.sale_undone", "property", row.id,
	    str_printf(w->arena, "from %.*s to %.*s", STR_ARG(buyer.name), STR_ARG(seller.name)));
}

static enum err
sale_read(struct work *w, uint64_t sale_id, struct batch_row *b, struct sale *s)
{
	struct batch_part_row *rows;
	size_t n;

	TRY(sql_batch_for_update(w->db, sale_id, BATCH_SALE, w->arena, b));
	if (b->undone_at.is)
		return fail(&w->fault, E_STALE, NULL, "This was undone already.");
	TRY(sql_batch_parts(w->db, sale_id, ROW_DONE, w->arena, &rows, &n));
	if (n != 1)
		return fail(&w->fault, E_BUG, NULL, "A sale without its part.");
	return shape_read(&sale_shape, rows[0].cells, w->arena, s, &w->fault);
}

/* A bill in somebody's name does not change hands: whoever was billed sells the house back. */
static enum err
may_undo(struct work *w, const struct batch_row *b, const struct sale *s, struct property_row *row)
{
	struct customer_row seller;
	struct number_row billed;

	TRY(sql_property_one(w->db, s->property_id, w->arena, row));
	TRY(sql_customer_one(w->db, s->seller_id, w->arena, &seller));
	if (row->customer_id != s->buyer_id)
		return fail(&w->fault, E_STALE, NULL, "This place has another owner since. Undo that first.");
	if (seller.merged_into.is)
		return fail(&w->fault, E_STALE, NULL, "This record went into another since. Undo that first.");
	if (seller.archived_at.is)
		return fail(&w->fault, E_INVALID, "customer_id", "This customer is archived. Restore them first.");
	TRY(sql_property_sale_billed(w->db, s->property_id, s->buyer_id, since(b), w->arena, &billed));
	if (billed.number > 0)
		return fail(&w->fault, E_INVALID, "bills",
		    "The new owner has been billed for this place since. Hand it over to the old owner instead.");
	return OK;
}

/* The first half goes on as if it had never ended; its months since the sale are reckoned anew. */
static enum err
joined(struct work *w, const struct sale *s, const struct sale_cut *c)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct terms_alike_row terms;
	struct agreement was, fresh;
	struct billing b;
	uint64_t changed;

	TRY(sql_agreement_for_update(w->db, c->was_id, w->arena, &was));
	TRY(sql_agreement_for_update(w->db, c->fresh_id, w->arena, &fresh));
	TRY(sql_terms_alike(w->db, was.id, fresh.id, w->arena, &terms));
	if (terms.a != terms.b || terms.a != terms.alike || fresh.closed_at.is || !same_day(fresh.ends_day, c->ends_day) ||
	    !same_day(was.ends_day, (struct maybe_day){true, day_add(s->day, -1)}))
		return OK;
	TRY(sql_agreement_join_visits(w->db, fresh.id, was.id, &changed));
	TRY(sql_agreement_join_months(w->db, fresh.id, CHARGE_MONTH, &changed));
	TRY(sql_agreement_join_lines(w->db, fresh.id, was.id, &changed));
	TRY(sql_terms_drop(w->db, fresh.id, &changed));
	TRY(sql_agreement_drop(w->db, fresh.id));
	TRY(sql_agreement_end(w->db, was.id, c->ends_day, (struct maybe_i64){0}, was.version));
	TRY(sql_agreement_made(w->db, was.id, fresh.made_until, (struct maybe_i64){0}));
	TRY(billing_read(w, &b));
	for (struct period p = period_of(s->day, b.first_mday); p.from.n <= today.n; p = period_of(day_add(p.to, 1), b.first_mday))
		TRY(tell_month_charges(w, was.id, p));
	return OK;
}

/* Ids are in the order of time, but for those of one millisecond: what was made by the sale itself counts. */
static uint64_t
since(const struct batch_row *b)
{
	return id_make(b->made_at * 1000, 0);
}

static bool
same_day(struct maybe_day a, struct maybe_day b)
{
	return a.is == b.is && (!a.is || a.v.n == b.v.n);
}

static enum err
given_back(struct work *w, const struct batch_row *b, const struct sale *s)
{
	uint64_t changed;

	TRY(sql_property_sale_back_agreements(w->db, s->property_id, s->buyer_id, s->seller_id, b->made_at, &changed));
	TRY(sql_property_sale_back_visits(w->db, s->property_id, s->buyer_id, s->seller_id, s->day, &changed));
	TRY(sql_property_sale_back_lines(w->db, s->property_id, s->buyer_id, s->seller_id, since(b), &changed));
	TRY(sql_property_sell_notes(w->db, s->property_id, s->seller_id, s->buyer_id, RECORD_PROPERTY, RECORD_POOL,
	    RECORD_EQUIPMENT, &changed));
	return sql_property_sell_files(w->db, s->property_id, s->seller_id, s->buyer_id, RECORD_PROPERTY, RECORD_POOL,
	    RECORD_EQUIPMENT, &changed);
}
