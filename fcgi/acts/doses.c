/*
 * fcgi/acts/doses.c -- load, decide, save, tell: what is poured.
 */
#include "fcgi/acts/doses.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_bill.h"
#include "fcgi/acts/tell_proof.h"
#include "sql/tenant/queries/doses.h"
#include "sql/tenant/queries/items.h"
#include "sql/tenant/queries/readings.h"

#define AHEAD_S 600
#define DAY_S 86400

static enum err products_of(struct work *w, uint64_t property_id, const struct water_past *all, struct dose_product *out,
    size_t *n);
static bool apart(const struct water_past *all, enum chemical c, int64_t now);
static size_t values_of(struct work *w, const struct water *x, struct water_value **out);
static enum err reason_check(struct work *w, const struct dose_wish *in, const struct water_pool_row *pool,
    const struct item_row *item, int64_t at);

enum err
act_dose_plan(struct work *w, const struct dose_question *in, bool mine, struct dose_advice *out)
{
	struct day today = zone_day(w->tenant->zone, w->now);
	struct dose_plan *plan = arena_new(w->arena, struct dose_plan);
	struct dose_product products[DOSE_PRODUCTS_MAX];
	struct band bands[MEASURES];
	struct water_visit_row *v;
	struct water_pool_row pool;
	struct water_policy policy;
	struct pool_rules own;
	struct water_past all;
	struct water known;
	int64_t at[MEASURES];
	size_t n;

	TRY(sql_water_pool_one(w->db, in->pool_id, w->arena, &pool));
	if (mine) {
		TRY(sql_water_visit_of(w->db, pool.property_id, w->actor.id, today, (struct day){today.n + 1}, w->arena, &v));
		if (v == NULL)
			return fail(&w->fault, E_NOT_FOUND, NULL, "This is not one of your stops.");
	}
	TRY(tell_policy(w, &policy));
	TRY(tell_pool_rules(w, pool.id, &own));
	TRY(tell_past(w, &pool, INT64_MAX, &all));
	TRY(products_of(w, pool.property_id, &all, products, &n));
	water_known(all.past, all.past_n, &known, at);
	if (in->values_n > 0)
		for (enum measure m = 1; m < MEASURES; m++)
			if (measure_facts(m)->keeps_days == 0)
				known.of[m].is = false;
	for (size_t i = 0; i < in->values_n; i++) {
		const struct level l = {true, in->values[i].x100, in->values[i].how};

		TRY(level_check(in->values[i].measure, &l, &w->fault));
		known.of[in->values[i].measure] = l;
	}
	water_fill(&known);
	const struct water_pool p = {pool.kind, pool.sanitiser, pool.indoor, pool.volume_l.is ? pool.volume_l.v : 0};
	const struct dose_policy how = {policy.school, policy.method, policy.units, policy.fill_ch, policy.fill_cya,
	    policy.fill_salt, policy.fill_tds};
	bands_of(&p, policy.rules, policy.rules_n, own.rules, own.rules_n, bands);
	TRY(dose_plan_of(&p, &known, bands, &how, products, n, plan, &w->fault));
	*out = (struct dose_advice){.fc = plan->fc, .doses = plan->doses, .doses_n = plan->doses_n, .notes = plan->notes,
	    .notes_n = plan->notes_n, .now = plan->now, .later = plan->later};
	out->before_n = values_of(w, &known, &out->before);
	out->after_n = values_of(w, &plan->after, &out->after);
	return OK;
}

static enum err
products_of(struct work *w, uint64_t property_id, const struct water_past *all, struct dose_product *out, size_t *n)
{
	struct item_row *rows;
	struct unwanted_row no;
	size_t rows_n;

	*n = 0;
	TRY(sql_water_unwanted(w->db, property_id, w->arena, &no));
	TRY(sql_items_all(w->db, w->arena, &rows, &rows_n));
	for (size_t i = 0; i < rows_n && *n < DOSE_PRODUCTS_MAX; i++)
		if (rows[i].kind == ITEM_CHEMICAL && !rows[i].archived_at.is &&
		    !tell_unwanted(w, no.no_chemicals, rows[i].name, rows[i].chemical))
			out[(*n)++] = (struct dose_product){rows[i].id, rows[i].chemical, rows[i].strength_x100, rows[i].unit,
			    rows[i].holds_x100, rows[i].most_x100, rows[i].wait_minutes, apart(all, rows[i].chemical, w->now)};
	return OK;
}

static bool
apart(const struct water_past *all, enum chemical c, int64_t now)
{
	for (size_t i = 0; i < all->doses_n; i++)
		if (!all->doses[i].undone_at.is && all->doses[i].given_x100 > 0 &&
		    dose_meets(c, now, all->doses[i].chemical, all->doses[i].at))
			return true;
	return false;
}

static size_t
values_of(struct work *w, const struct water *x, struct water_value **out)
{
	size_t n = 0;

	*out = arena_array(w->arena, struct water_value, MEASURES);
	for (enum measure m = 1; m < MEASURES; m++)
		if (x->of[m].is)
			(*out)[n++] = (struct water_value){m, x->of[m].x100, x->of[m].how};
	return n;
}

enum err
act_dose_give(struct work *w, const struct dose_wish *in, bool mine, uint64_t *id)
{
	int64_t at = in->at.is ? in->at.v : w->now;
	uint64_t place = mine ? w->actor.id : in->place_id.is ? in->place_id.v : 0;
	struct water_pool_row pool;
	struct stock_place_row *van;
	struct dose_row *there;
	struct item_row item;
	struct dose_price price;
	enum err e;

	*id = in->id.is ? in->id.v : work_id(w);
	TRY(sql_water_pool_one(w->db, in->pool_id, w->arena, &pool));
	TRY(tell_water_visit(w, &pool, in->visit_id, mine));
	TRY(sql_dose_maybe(w->db, *id, w->arena, &there));
	if (there != NULL && there->pool_id == in->pool_id)
		return OK;
	if (there != NULL)
		return fail(&w->fault, E_STALE, NULL, "This was written down for another pool.");
	e = sql_item_one(w->db, in->item_id, w->arena, &item);
	if (tell_absent(w, e) || (e == OK && item.kind != ITEM_CHEMICAL))
		return fail(&w->fault, E_INVALID, "item_id", "There is no such item.");
	TRY(e);
	if (at > w->now + AHEAD_S)
		return fail(&w->fault, E_INVALID, "at", "This time has not come yet.");
	if (place != 0) {
		TRY(sql_stock_place(w->db, place, w->arena, &van));
		if (van == NULL)
			return fail(&w->fault, E_INVALID, "place_id", "This person does not work here.");
	}
	TRY(reason_check(w, in, &pool, &item, at));
	TRY(dose_price(w, &item, in->given_x100, &price));
	TRY(sql_dose_insert(w->db, *id, pool.id, in->visit_id.is ? in->visit_id.v : 0,
	    in->reading_id.is ? in->reading_id.v : 0, w->actor.kind == ACTOR_STAFF ? w->actor.id : 0, item.id, item.chemical,
	    item.strength_x100, in->planned_x100, in->given_x100, in->reason.is ? in->reason.v : STR(""), place,
	    item_price(in->given_x100, item.holds_x100, item.cost_cents), price.cents, price.quantity_milli, price.unit_cents,
	    at, w->now));
	TRY(tell_stock(w, place, item.id, -in->given_x100));
	if (in->visit_id.is)
		TRY(tell_record(w, in->visit_id.v));
	return tell_poured(w, &pool, *id, EVENT_DOSE_GIVEN, &item, in->given_x100);
}

/* Otherwise than advised, more than its most at a time, or beside what it must never meet: then somebody says why. */
static enum err
reason_check(struct work *w, const struct dose_wish *in, const struct water_pool_row *pool, const struct item_row *item,
    int64_t at)
{
	const uint32_t volume_l = pool->volume_l.is ? pool->volume_l.v : 0;
	struct dose_row *rows;
	size_t n;

	if (in->reason.is && in->reason.v.n > 0)
		return OK;
	if (in->planned_x100.is && dose_needs_reason(in->planned_x100.v, in->given_x100))
		return fail(&w->fault, E_INVALID, "reason", "This is not what was advised. Say why.");
	if (dose_over_most(item->chemical, item->most_x100, volume_l, in->planned_x100.is ? DOSE_PARTS_MAX : 1, in->given_x100))
		return fail(&w->fault, E_INVALID, "reason",
		    "This is more than its most at a time for this much water. If it was poured all the same, say why.");
	TRY(sql_doses_of_pool(w->db, in->pool_id, at + DAY_S, w->arena, &rows, &n));
	for (size_t i = 0; i < n && in->given_x100 > 0; i++)
		if (!rows[i].undone_at.is && rows[i].given_x100 > 0 &&
		    dose_meets(rows[i].chemical, rows[i].at, item->chemical, at))
			return fail(&w->fault, E_INVALID, "reason",
			    "This must not meet %.*s, which went in within a day. If it was poured all the same, say why.",
			    STR_ARG(rows[i].item));
	return OK;
}

enum err
act_dose_undo(struct work *w, uint64_t id, uint32_t version, bool mine)
{
	struct water_pool_row pool;
	struct dose_row *d;
	struct item_row item;

	TRY(sql_dose_maybe(w->db, id, w->arena, &d));
	if (d == NULL || (mine && d->staff_id != w->actor.id))
		return fail(&w->fault, E_NOT_FOUND, NULL, "This is not one of your stops.");
	if (d->undone_at.is)
		return OK;
	TRY(sql_water_pool_one(w->db, d->pool_id, w->arena, &pool));
	TRY(sql_item_one(w->db, d->item_id, w->arena, &item));
	TRY(sql_dose_undo(w->db, id, (struct maybe_i64){true, w->now}, version));
	TRY(tell_stock(w, d->place_id, d->item_id, d->given_x100));
	if (d->visit_id != 0)
		TRY(tell_record(w, d->visit_id));
	return tell_poured(w, &pool, id, EVENT_DOSE_UNDONE, &item, d->given_x100);
}
