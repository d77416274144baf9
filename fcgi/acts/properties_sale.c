/*
 * fcgi/acts/properties_sale.c -- a house has a new owner: what goes on with them, and what the old one still pays.
 */
#include "fcgi/acts/properties.h"

#include "domain/billing/price.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_bill.h"
#include "sql/tenant/queries/agreements.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/properties.h"

static enum err agreements_pass(struct work *w, uint64_t property_id, uint64_t buyer_id, struct day today);
static enum err shared(struct work *w, const struct agreement *g, struct day today, bool *is);
static enum err cut(struct work *w, uint64_t agreement_id, uint64_t buyer_id, struct day today);

enum err
act_property_sell(struct work *w, uint64_t id, uint64_t customer_id, uint32_t version, uint64_t *old)
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
	TRY(agreements_pass(w, id, buyer.id, today));
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
	*old = seller.id;
	return tell_standing(w, buyer.id);
}

/* What is paid by the visit is paid by whoever lives there then; a month that is shared is cut on the day of the sale. */
static enum err
agreements_pass(struct work *w, uint64_t property_id, uint64_t buyer_id, struct day today)
{
	struct agreement *rows;
	struct billing b;
	uint64_t changed;
	size_t n;

	TRY(billing_read(w, &b));
	TRY(sql_agreements_of_place(w->db, property_id, REPEATS_CALENDAR, w->arena, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		bool is = false;

		/* Who bills a month whole, however much of it was served, bills it once: to the new owner. */
		if (b.proration != PRORATE_NONE)
			TRY(shared(w, &rows[i], today, &is));
		if (is)
			TRY(cut(w, rows[i].id, buyer_id, today));
	}
	return sql_property_sell_agreements(w->db, property_id, buyer_id, today, &changed);
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
cut(struct work *w, uint64_t agreement_id, uint64_t buyer_id, struct day today)
{
	const uint64_t fresh = work_id(w);
	struct agreement g;
	struct billing b;
	uint64_t changed;

	TRY(sql_agreement_for_update(w->db, agreement_id, w->arena, &g));
	TRY(sql_agreement_insert(w->db, fresh, buyer_id, g.property_id, g.pool_id, g.repeats, today, g.ends_day));
	TRY(sql_terms_copy(w->db, g.id, fresh, &changed));
	TRY(sql_agreement_made(w->db, fresh, g.made_until, (struct maybe_i64){0}));
	TRY(sql_property_sell_planned(w->db, g.id, fresh, buyer_id, today, &changed));
	TRY(sql_agreement_end(w->db, g.id, (struct maybe_day){true, day_add(today, -1)}, g.closed_at, g.version));
	TRY(billing_read(w, &b));
	TRY(tell_month_charges(w, g.id, period_of(today, b.first_mday)));
	return tell_month_charges(w, fresh, period_of(today, b.first_mday));
}
