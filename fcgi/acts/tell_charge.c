/*
 * fcgi/acts/tell_charge.c -- lines that follow from facts: a month, a visit, a dose; written in the transaction of the
 * fact, each once for its key. And reckoned again, years later, from the same facts.
 */
#include <stdio.h>

#include "domain/billing/price.h"
#include "domain/stock/item.h"
#include "domain/visits/recurrence.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_bill.h"
#include "sql/tenant/queries/agreements.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/doses.h"
#include "sql/tenant/queries/visits.h"
#include "sql/tenant/queries/wants.h"
#include "sql/tenant/quotes.h"

static const struct field bill_visit_order_fields[] = {FIELD_ID(struct bill_visit_order, visit_id), FIELD_END};
const struct shape bill_visit_order_shape = {"BillVisitOrder", sizeof(struct bill_visit_order),
    bill_visit_order_fields};

static enum err wants_follow(struct work *w, const struct visit *is, const struct billed_visit *v, bool *promised);
static bool outcome_of(const struct visit *v, const struct billing *b, enum stop_outcome *out);
static enum err month_charge(struct work *w, const struct agreement *g, const struct term *t, const struct billing *b,
    struct period p, const struct charge *c);
static enum err visit_term(struct work *w, const struct billed_visit *v, struct term *out, const struct term **t,
    uint32_t *stops, const struct billing *b);
static enum err period_stops(struct work *w, uint64_t agreement_id, struct period p, struct day **stop, size_t *n);
static enum err month_stops(struct work *w, const struct agreement *g, const struct term *terms, size_t n,
    struct period p, struct day **stop, size_t *sn, uint32_t **all);
static struct day earlier(const struct term *t, struct day from);
static struct str month_text(struct work *w, struct str service, const struct charge *c);
static enum err visit_again(struct work *w, const struct charge_row *c, struct charge_why *out);
static enum err month_again(struct work *w, const struct charge_row *c, struct charge_why *out);
static enum err dose_again(struct work *w, const struct charge_row *c, struct charge_why *out);

enum err
tell_charge(struct work *w, const struct charge_row *c)
{
	struct charge_row *there;

	TRY(sql_charge_of_key(w->db, c->line_key, w->arena, &there));
	if (there != NULL)
		return OK;
	return sql_charge_insert(w->db, c->id, c->bill_id, c->customer_id, c->property_id, c->agreement_id, c->visit_id,
	    c->item_id, c->kind, c->line_key, c->day, c->from_day, c->to_day, c->term_day, c->part, c->of_parts,
	    c->rate_cents, c->text, c->quantity_milli, c->unit_cents, c->net_cents, c->tax_code, c->tax_area, c->seq,
	    c->choice, w->now);
}

enum err
tell_visit_charge(struct work *w, const struct visit *is)
{
	struct stop_fact s = {.visit_id = is->id, .day = is->day, .stops_in_period = 1};
	struct price_policy policy;
	struct billed_visit v;
	struct billing b;
	struct charge c;
	struct term term;
	uint64_t dropped;
	bool charged, promised;

	TRY(sql_charges_drop_of_visit(w->db, is->id, CHARGE_STOP, CHARGE_SKIP, &dropped));
	/* Billed, not done, and done after all: nothing is given back. */
	if (is->state == VISIT_DONE)
		TRY(sql_charge_drop_key(w->db, str_printf(w->arena, "undone:%llu", (unsigned long long)is->id), &dropped));
	TRY(billing_read(w, &b));
	TRY(sql_billed_visit(w->db, is->id, w->arena, &v));
	TRY(wants_follow(w, is, &v, &promised));
	if (promised && is->state == VISIT_CANCELLED)
		TRY(tell(w, "called_off", &bill_visit_order_shape, &(struct bill_visit_order){is->id}));
	if (v.free || !outcome_of(is, &b, &s.outcome))
		return OK;
	if (promised && is->state == VISIT_DONE)
		return b.at_completion ? tell(w, "bill_visit", &bill_visit_order_shape, &(struct bill_visit_order){is->id}) : OK;
	policy = billing_policy(&b);
	s.agreement_id = v.agreement_id;
	TRY(visit_term(w, &v, &term, &s.term, &s.stops_in_period, &b));
	TRY(price_stop(&s, &policy, &charged, &c, &w->fault));
	if (!charged)
		return OK;
	TRY(tell_charge(w, &(struct charge_row){.id = work_id(w), .customer_id = v.customer_id,
	    .property_id = v.property_id, .agreement_id = v.agreement_id, .visit_id = is->id, .kind = c.kind,
	    .line_key = str_copy(w->arena, str_of(c.key)), .day = v.day, .from_day = v.day, .to_day = v.day,
	    .term_day = {v.agreement_id != 0, c.term_day}, .part = c.part, .of_parts = c.of, .rate_cents = c.rate_cents,
	    .text = v.service, .quantity_milli = 1000, .unit_cents = c.cents, .net_cents = c.cents,
	    .tax_code = v.tax_code, .tax_area = v.tax_area}));
	if (v.agreement_id != 0 || !b.at_completion || is->state != VISIT_DONE)
		return OK;
	return tell(w, "bill_visit", &bill_visit_order_shape, &(struct bill_visit_order){is->id});
}

/*
 * What the job wanted goes onto the next bill when it is done, and comes back when it is not done after all. A work order
 * that was promised line by line costs what its lines say, not what its service would.
 */
static enum err
wants_follow(struct work *w, const struct visit *is, const struct billed_visit *v, bool *promised)
{
	struct cents_row lines;
	uint64_t moved;

	TRY(sql_wants_number(w->db, is->id, w->arena, &lines));
	*promised = v->source == VISIT_OF_WORKORDER && lines.cents > 0;
	if (lines.cents == 0)
		return OK;
	if (is->state != VISIT_DONE || v->free)
		return sql_wants_back(w->db, is->id, BILL_WANTED, &moved);
	return sql_wants_to_bill(w->db, is->id, is->day, BILL_WANTED, GOT_NEEDED, GOT_INSTALLED, &moved);
}

enum err
dose_price(struct work *w, const struct item_row *item, int64_t given_x100, struct dose_price *out)
{
	*out = (struct dose_price){.quantity_milli = item_price(given_x100, item->holds_x100, 1000),
	    .unit_cents = item->price_cents};
	return price_quantity(out->unit_cents, out->quantity_milli, &out->cents, &w->fault);
}

enum err
tell_dose_charge(struct work *w, uint64_t dose_id)
{
	const struct str key = str_printf(w->arena, "dose:%llu", (unsigned long long)dose_id);
	struct billed_dose *d;
	struct dose_row *dose;
	struct term *terms;
	struct billing b;
	struct day day;
	uint64_t dropped;
	size_t n, now;

	TRY(sql_dose_maybe(w->db, dose_id, w->arena, &dose));
	if (dose == NULL || dose->undone_at.is)
		return sql_charge_drop_key(w->db, key, &dropped);
	day = zone_day(w->tenant->zone, dose->at);
	TRY(sql_billed_dose(w->db, dose_id, day, w->arena, &d));
	if (d == NULL)
		return OK;
	TRY(billing_read(w, &b));
	if (d->free || d->price_cents <= 0 || price_lists(b.included_items.v, d->item))
		return OK;
	if (d->agreement_id != 0) {
		TRY(sql_terms_of(w->db, d->agreement_id, w->arena, &terms, &n));
		now = terms_at(terms, n, day);
		if (now < n && terms[now].with_chemicals)
			return OK;
	}
	/* One of before the rate was kept is one of something, at its price. */
	return tell_charge(w, &(struct charge_row){.id = work_id(w), .customer_id = d->customer_id,
	    .property_id = d->property_id, .agreement_id = d->agreement_id, .visit_id = d->visit_id, .item_id = d->item_id,
	    .kind = CHARGE_DOSE, .line_key = key, .day = day, .from_day = day, .to_day = day, .part = 1, .of_parts = 1,
	    .rate_cents = d->unit_cents != 0 ? d->unit_cents : d->price_cents, .text = d->item, .quantity_milli = d->unit_cents != 0 ? d->quantity_milli : 1000,
	    .unit_cents = d->unit_cents != 0 ? d->unit_cents : d->price_cents, .net_cents = d->price_cents,
	    .tax_code = d->taxable ? STR("chemical") : STR(""), .tax_area = d->tax_area});
}

enum err
tell_used_charge(struct work *w, uint64_t said_id, const struct visit *at, const struct item_row *item,
    int64_t amount_x100)
{
	const int64_t milli = item_price(amount_x100, item->holds_x100, 1000);
	struct billed_visit v;
	struct term *terms;
	struct billing b;
	const struct str key = str_printf(w->arena, "used:%llu", (unsigned long long)said_id);
	struct charge_row *there;
	int64_t cents, cost;
	size_t n, now;

	if (item->price_cents <= 0 || milli <= 0 || at->source == VISIT_OF_WORKORDER)
		return OK;
	TRY(billing_read(w, &b));
	if (price_lists(b.included_items.v, item->name))
		return OK;
	TRY(sql_billed_visit(w->db, at->id, w->arena, &v));
	if (v.agreement_id != 0 && item->kind == ITEM_CHEMICAL) {
		TRY(sql_terms_of(w->db, v.agreement_id, w->arena, &terms, &n));
		now = terms_at(terms, n, v.day);
		if (now < n && terms[now].with_chemicals)
			return OK;
	}
	TRY(price_quantity(item->price_cents, milli, &cents, &w->fault));
	TRY(price_quantity(item->cost_cents, milli, &cost, &w->fault));
	TRY(sql_charge_of_key(w->db, key, w->arena, &there));
	if (there != NULL)
		return OK;
	/* Of a job that nobody pays it is kept with what it cost. */
	return sql_want_insert(w->db, work_id(w), v.free ? BILL_WANTED : 0, v.customer_id, v.property_id, at->id, item->id,
	    CHARGE_PART, key, v.day, item->price_cents, item->name, milli, item->price_cents, cents,
	    item->taxable ? STR("part") : STR(""), v.tax_area, 200, GOT_INSTALLED, cost, w->now);
}

/* Does the visit ask for something in this state, and as what? */
static bool
outcome_of(const struct visit *v, const struct billing *b, enum stop_outcome *out)
{
	switch (v->state) {
	case VISIT_DONE:
		*out = STOP_DONE;
		return true;
	case VISIT_SKIPPED:
		*out = price_skip(v->skip_reason, b->customer_reasons.v, b->holiday_reasons.v);
		return true;
	case VISIT_NO_ACCESS:
		*out = STOP_NO_ACCESS;
		return true;
	default:
		return false;
	}
}

enum err
tell_month_charges(struct work *w, uint64_t agreement_id, struct period p)
{
	struct month_billed billed;
	struct price_policy policy;
	struct agreement g;
	struct charge *c;
	struct term *terms;
	struct billing b;
	struct day *stop;
	uint32_t *all;
	uint64_t dropped;
	int64_t sum = 0;
	size_t n, sn, cn;

	TRY(billing_read(w, &b));
	policy = billing_policy(&b);
	/* The agreement's row is the guard: its terms do not change while its months are reckoned. */
	TRY(sql_agreement_for_update(w->db, agreement_id, w->arena, &g));
	TRY(sql_terms_of(w->db, agreement_id, w->arena, &terms, &n));
	TRY(month_stops(w, &g, terms, n, p, &stop, &sn, &all));
	TRY(price_months(&g, terms, n, p, &policy, stop, sn, all, w->arena, &c, &cn, &w->fault));
	TRY(sql_charges_drop_of_month(w->db, agreement_id, p.from, CHARGE_MONTH, &dropped));
	TRY(sql_month_billed(w->db, agreement_id, p.from, CHARGE_MONTH, w->arena, &billed));
	for (size_t i = 0; i < cn; i++) {
		TRY(cents_add(sum, c[i].cents, &sum, &w->fault));
		if (billed.lines == 0 && c[i].cents != 0)
			TRY(month_charge(w, &g, &terms[terms_at(terms, n, c[i].term_day)], &b, p, &c[i]));
	}
	if (billed.lines > 0 && cn > 0 && sum != billed.cents) {
		struct charge rest = c[cn - 1];

		rest.part = rest.of = 1;
		rest.cents = sum - billed.cents;
		snprintf(rest.key, sizeof(rest.key), "month:%llu:%d:more%lld", (unsigned long long)agreement_id, p.from.n,
		    (long long)billed.lines);
		TRY(month_charge(w, &g, &terms[terms_at(terms, n, rest.term_day)], &b, p, &rest));
	}
	return sql_agreement_touch(w->db, g.id, g.version);
}

static enum err
month_charge(struct work *w, const struct agreement *g, const struct term *t, const struct billing *b,
    struct period p, const struct charge *c)
{
	struct agreement_place at;

	TRY(sql_agreement_place(w->db, g->id, t->service_id, w->arena, &at));
	return tell_charge(w, &(struct charge_row){.id = work_id(w), .customer_id = g->customer_id,
	    .property_id = g->property_id, .agreement_id = g->id, .kind = CHARGE_MONTH,
	    .line_key = str_copy(w->arena, str_of(c->key)), .day = b->in_advance ? p.from : p.to, .from_day = p.from,
	    .to_day = p.to, .term_day = {true, c->term_day}, .part = c->part, .of_parts = c->of,
	    .rate_cents = c->rate_cents, .text = month_text(w, at.service, c), .quantity_milli = 1000,
	    .unit_cents = c->cents, .net_cents = c->cents, .tax_code = at.tax_code, .tax_area = at.tax_area});
}

/* The term in force on the day that its rule gave; NULL for a job by hand without a price of its own. */
static enum err
visit_term(struct work *w, const struct billed_visit *v, struct term *out, const struct term **t, uint32_t *stops,
    const struct billing *b)
{
	const struct day on = v->occurs_day.is ? v->occurs_day.v : v->day;
	struct term *terms;
	struct day *stop;
	size_t n, at, sn;

	*t = out;
	/* A job of its own: one stop at the price of its service. */
	*out = (struct term){.from_day = v->day, .kind = TERM_WORKS, .rate_kind = RATE_STOP, .rate_cents = v->price_cents};
	if (v->agreement_id == 0)
		return OK;
	TRY(sql_terms_of(w->db, v->agreement_id, w->arena, &terms, &n));
	at = terms_at(terms, n, on);
	if (at == n) {
		*t = NULL;
		return OK;
	}
	*out = terms[at];
	TRY(period_stops(w, v->agreement_id, period_of(on, b->first_mday), &stop, &sn));
	*stops = sn > 0 ? (uint32_t)sn : 1;
	return OK;
}

/* The days of a period on which the agreement's rules wanted a visit, whatever became of them. */
static enum err
period_stops(struct work *w, uint64_t agreement_id, struct period p, struct day **stop, size_t *n)
{
	struct open_row *rows;

	TRY(sql_visit_days_of_agreement(w->db, agreement_id, p.from, p.to, w->arena, &rows, n));
	*stop = arena_array(w->arena, struct day, *n + 1);
	for (size_t i = 0; i < *n; i++)
		(*stop)[i] = rows[i].day;
	return OK;
}

/*
 * Visits exist where the agreement ran. What a whole period would have had is reckoned from its rule: a weekly one
 * that began in mid-month has two of four stops.
 */
static enum err
month_stops(struct work *w, const struct agreement *g, const struct term *terms, size_t n, struct period p,
    struct day **stop, size_t *sn, uint32_t **all)
{
	struct day *days = arena_array(w->arena, struct day, RULE_WINDOW_DAYS);

	TRY(period_stops(w, g->id, p, stop, sn));
	*all = arena_array(w->arena, uint32_t, n + 1);
	for (size_t i = 0; i < n; i++) {
		size_t rn = 0;

		if (terms[i].kind == TERM_WORKS && terms[i].rule.n > 0)
			TRY(rule_days(terms[i].rule, earlier(&terms[i], p.from), p.from, p.to, days, &rn, &w->fault));
		(*all)[i] = (uint32_t)rn;
	}
	return OK;
}

/* The same weeks A and B, begun before the day: 840 weeks are a multiple of every interval a rule may have. */
static struct day
earlier(const struct term *t, struct day from)
{
	if (t->anchor_day.n <= from.n)
		return t->anchor_day;
	return str_starts(t->rule, STR("FREQ=WEEKLY")) ? day_add(t->anchor_day, -840 * 7) : day_add_months(t->anchor_day, -12);
}

/* A part says how much of the whole: "Weekly service (2/4)". */
static struct str
month_text(struct work *w, struct str service, const struct charge *c)
{
	if (c->of <= 1 || c->part == c->of)
		return service;
	return str_printf(w->arena, "%.*s (%u/%u)", STR_ARG(service), c->part, c->of);
}

enum err
charge_again(struct work *w, const struct charge_row *c, struct charge_why *out)
{
	*out = (struct charge_why){.visit_id = c->visit_id, .agreement_id = c->agreement_id, .term_day = c->term_day,
	    .rate_cents = c->rate_cents, .part = c->part, .of_parts = c->of_parts, .net_cents = c->net_cents};
	switch (c->kind) {
	case CHARGE_MONTH:
		return month_again(w, c, out);
	case CHARGE_STOP:
	case CHARGE_SKIP:
		return visit_again(w, c, out);
	case CHARGE_DOSE:
		return dose_again(w, c, out);
	case CHARGE_DISCOUNT:
		out->known = c->of_parts > 1;
		if (out->known)
			TRY(cents_share(-c->rate_cents, c->part, &out->again_cents, &w->fault));
		break;
	default: /* somebody typed it: so much of that at this price */
		out->known = true;
		TRY(price_quantity(c->unit_cents, c->quantity_milli, &out->again_cents, &w->fault));
		break;
	}
	out->same = out->known && out->again_cents == c->net_cents;
	return OK;
}

/* As the visit stands, and the term that held on its day. */
static enum err
visit_again(struct work *w, const struct charge_row *c, struct charge_why *out)
{
	struct stop_fact s = {.visit_id = c->visit_id, .stops_in_period = 1};
	struct price_policy policy;
	struct billed_visit v;
	struct billing b;
	struct charge again;
	struct term term;
	struct visit is;
	enum err e = sql_visit_one(w->db, c->visit_id, w->arena, &is);

	if (tell_absent(w, e))
		return OK;
	TRY(e);
	TRY(billing_read(w, &b));
	out->visit_day = (struct maybe_day){true, is.day};
	if (!outcome_of(&is, &b, &s.outcome))
		return OK;
	TRY(sql_billed_visit(w->db, c->visit_id, w->arena, &v));
	policy = billing_policy(&b);
	s.agreement_id = v.agreement_id;
	s.day = is.day;
	TRY(visit_term(w, &v, &term, &s.term, &s.stops_in_period, &b));
	TRY(price_stop(&s, &policy, &out->known, &again, &w->fault));
	if (out->known)
		out->again_cents = again.cents;
	out->same = out->known && again.cents == c->net_cents;
	return OK;
}

/* The whole period by the terms as they are: the line of the same key, or what makes the difference to the others. */
static enum err
month_again(struct work *w, const struct charge_row *c, struct charge_why *out)
{
	const struct period p = {c->from_day, c->to_day};
	struct price_policy policy;
	struct agreement g;
	struct charge *all;
	struct term *terms;
	struct billing b;
	struct day *stop;
	uint32_t *each;
	size_t n, sn, cn;
	enum err e = sql_agreement_one(w->db, c->agreement_id, w->arena, &g);

	if (tell_absent(w, e))
		return OK;
	TRY(e);
	TRY(billing_read(w, &b));
	policy = billing_policy(&b);
	TRY(sql_terms_of(w->db, c->agreement_id, w->arena, &terms, &n));
	TRY(month_stops(w, &g, terms, n, p, &stop, &sn, &each));
	TRY(price_months(&g, terms, n, p, &policy, stop, sn, each, w->arena, &all, &cn, &w->fault));
	for (size_t i = 0; i < cn; i++)
		if (str_eq(c->line_key, str_of(all[i].key))) {
			out->known = true;
			out->again_cents = all[i].cents;
			out->same = all[i].cents == c->net_cents;
		}
	return OK;
}

/* A dose keeps the rate of its day and how much that was. */
static enum err
dose_again(struct work *w, const struct charge_row *c, struct charge_why *out)
{
	struct dose_row *dose;
	uint64_t id;

	if (!str_u64(str_sub(c->line_key, sizeof("dose:") - 1, c->line_key.n), &id))
		return OK;
	TRY(sql_dose_maybe(w->db, id, w->arena, &dose));
	if (dose == NULL)
		return OK;
	out->dose_id = id;
	out->visit_day = (struct maybe_day){true, zone_day(w->tenant->zone, dose->at)};
	out->known = !dose->undone_at.is;
	if (dose->unit_cents != 0)
		TRY(price_quantity(dose->unit_cents, dose->quantity_milli, &out->again_cents, &w->fault));
	else
		out->again_cents = dose->price_cents;
	out->same = out->known && out->again_cents == c->net_cents;
	return OK;
}
