/*
 * fcgi/acts/tell_phone.c -- readings and doses that a phone said one by one become sets and doses of the house.
 */
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_alert.h"
#include "fcgi/acts/tell_board.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_water.h"
#include "fcgi/acts/tell_bill.h"

#include "domain/access/audit.h"
#include "domain/base/id.h"
#include "domain/visits/reason.h"
#include "sql/tenant/day.h"
#include "sql/tenant/queries/doses.h"
#include "sql/tenant/queries/items.h"
#include "sql/tenant/queries/readings.h"
#include "sql/tenant/queries/sync.h"

#define DAY_S 86400

static enum err reading(struct work *w, uint64_t id, const struct water_pool_row *pool, const struct visit *v, int64_t at,
    const struct water_value *said);
static enum err time_for(struct work *w, const struct visit *v, uint64_t pool_id, int64_t at, uint32_t *took_s);
static enum err dose(struct work *w, uint64_t id, const struct water_pool_row *pool, const struct visit *v, int64_t at,
    uint64_t item_id, const struct verb_body *b);
static enum err read_last(struct work *w, uint64_t device_id, const struct visit *v, uint64_t pool_id, int64_t at, struct str what);
static enum err still_so(struct work *w, const struct reading_row *set, int64_t tapped);
static enum err suspect(struct work *w, const struct water_pool_row *pool, const struct visit *v, const struct item_row *item,
    const struct dose_row *d);
static enum err not_poured(struct work *w, uint64_t id);
static enum err alarm(struct work *w, const struct water_pool_row *pool, const struct visit *v,
    const struct water_value *said);
static enum measure measure_of(struct str name);
static struct water_value value_of(enum measure m, const struct verb_body *b);

enum err
tell_phone_water(struct work *w, uint64_t id, uint64_t device_id, enum verb verb, const struct visit *v, int64_t at,
    const struct verb_body *b)
{
	const uint64_t pool_id = b->pool_id.is ? b->pool_id.v : v->pool_id;
	struct water_pool_row pool;
	uint64_t item_id;

	if (pool_id == 0 || !b->what.is || !b->amount.is)
		return OK;
	enum err e = sql_water_pool_one(w->db, pool_id, w->arena, &pool);
	if (tell_absent(w, e) || (e == OK && pool.property_id != v->property_id))
		return fail(&w->fault, E_INVALID, "body.pool_id", "This pool is not on this property.");
	TRY(e);
	if (verb == VERB_DOSE && b->replaces.is) {
		TRY(not_poured(w, b->replaces.v));
		if (b->amount.v == 0)
			return OK;
	}
	if (verb == VERB_DOSE)
		return id_read(b->what.v, &item_id) ? dose(w, id, &pool, v, at, item_id, b) : OK;
	const enum measure m = measure_of(b->what.v);
	if (m == 0)
		return OK;
	const struct water_value said = value_of(m, b);
	const struct level l = {true, said.x100, said.how};
	struct fault why = {0};
	if (b->amount.v > INT32_MAX || b->amount.v < INT32_MIN || level_check(m, &l, &why) != OK)
		return fail(&w->fault, E_INVALID, "body.amount", "Nobody has ever read such a value. Is it in another unit?");
	TRY(read_last(w, device_id, v, pool_id, at, b->what.v));
	TRY(reading(w, id, &pool, v, at, &said));
	return alarm(w, &pool, v, &said);
}

enum err
tell_phone_say(struct work *w, enum water_units u, enum verb verb, const struct verb_body *b, struct str *out)
{
	struct item_row item;
	uint64_t item_id;

	*out = STR("");
	if (!b->what.is || !b->amount.is)
		return OK;
	if (verb == VERB_READING && measure_of(b->what.v) != 0 && b->amount.v >= INT32_MIN && b->amount.v <= INT32_MAX) {
		const struct water_value v = value_of(measure_of(b->what.v), b);

		*out = tell_value_in(w, w->actor.language, tell_values_say(w, &v, 1));
	}
	if (verb == VERB_DOSE && id_read(b->what.v, &item_id)) {
		enum err e = sql_item_one(w->db, item_id, w->arena, &item);

		if (tell_absent(w, e))
			return OK;
		TRY(e);
		*out = str_printf(w->arena, "%.*s, %.*s", STR_ARG(item.name), STR_ARG(tell_amount_say(w, &item, b->amount.v, u)));
	}
	return OK;
}

static struct water_value
value_of(enum measure m, const struct verb_body *b)
{
	const bool above = b->unit.is && str_eq(b->unit.v, STR(">")), below = b->unit.is && str_eq(b->unit.v, STR("<"));

	return (struct water_value){m, (int32_t)b->amount.v, above ? HOW_ABOVE : below ? HOW_BELOW : HOW_EXACT};
}

/* The set of this stop and water: the first verb begins it, each later one adds its value or puts it right. */
static enum err
reading(struct work *w, uint64_t id, const struct water_pool_row *pool, const struct visit *v, int64_t at,
    const struct water_value *said)
{
	struct water_value values[READING_VALUES_MAX], *were;
	struct reading_row *set;
	uint64_t doubts;
	struct str body;
	uint32_t took_s;
	size_t n = 0, were_n = 0;

	TRY(sql_reading_of_visit(w->db, v->id, pool->id, w->actor.id, w->arena, &set));
	if (set != NULL)
		TRY(tell_values_read(w, set->body, &were, &were_n));
	for (size_t i = 0; i < were_n; i++)
		if (were[i].measure != said->measure)
			values[n++] = were[i];
	values[n++] = *said;
	if (n == were_n)
		TRY(still_so(w, set, at));
	TRY(time_for(w, v, pool->id, at, &took_s));
	TRY(tell_judge(w, pool, values, n, set != NULL ? set->at : at, took_s, &body, &doubts));
	if (set == NULL) {
		TRY(sql_reading_insert(w->db, id, pool->id, v->id, w->actor.id, READ_BY_TECH, at, w->now, 0, 0, body, doubts,
		    doubts != 0));
		return tell_event(w, &(struct event){.customer_id = pool->customer_id, .property_id = pool->property_id,
		    .pool_id = pool->id, .kind = EVENT_READING_TAKEN, .ref_kind = RECORD_READING, .ref_id = id});
	}
	TRY(sql_reading_change(w->db, set->id, set->at, set->replaced_l, body, doubts, doubts != 0, set->withdrawn_at,
	    set->version));
	if (n == were_n + 1)
		return OK;
	/* The same measure once more: what it was is kept. */
	const struct record on = {.customer_id = pool->customer_id, .kind = RECORD_READING, .id = set->id};
	const struct field_change c = {"values", tell_values_say(w, were, were_n), tell_values_say(w, values, n), CHANGE_PLAIN};
	return tell_change(w, &on, &c, 1, NULL);
}

/*
 * Whoever tests everything first and types it afterwards is as honest as who types between two tests: what counts is the time
 * since they came, less what their tests of the other waters of this stop take. No arrival, or one later than the tap: unknown.
 */
static enum err
time_for(struct work *w, const struct visit *v, uint64_t pool_id, int64_t at, uint32_t *took_s)
{
	struct water_policy policy;
	struct reading_row *sets;
	size_t sets_n;

	*took_s = 0;
	if (!v->started_at.is || at < v->started_at.v || at - v->started_at.v > INT32_MAX)
		return OK;
	int64_t left = at - v->started_at.v;
	TRY(tell_policy(w, &policy));
	TRY(sql_readings_of_stop(w->db, v->id, w->actor.id, w->arena, &sets, &sets_n));
	for (size_t i = 0; i < sets_n; i++) {
		struct water there = {0};
		struct water_value *values;
		size_t n;

		if (sets[i].pool_id == pool_id)
			continue;
		TRY(tell_values_read(w, sets[i].body, &values, &n));
		for (size_t k = 0; k < n; k++)
			there.of[values[k].measure] = (struct level){true, values[k].x100, values[k].how};
		left -= tests_take_s(&there, policy.kit);
	}
	*took_s = left > 0 ? (uint32_t)left : 1;
	return OK;
}

/* Of two phones of one person the later tap counts, not the one that came last: the other is shown, and stays in the log. */
static enum err
read_last(struct work *w, uint64_t device_id, const struct visit *v, uint64_t pool_id, int64_t at, struct str what)
{
	struct log_answer_row *later;
	char pool[ID_LETTERS + 1];

	id_write(pool_id, pool);
	TRY(sql_log_read_later(w->db, v->id, device_id, VERB_READING, SYNC_APPLIED, at, str_of(pool), what, w->arena, &later));
	if (later == NULL)
		return OK;
	return fail(&w->fault, E_STALE, NULL, "Your other phone read this later. What you tapped is kept beside it.");
}

/* What the office put right after the phone tapped is not written over: both are shown, and a person decides. */
static enum err
still_so(struct work *w, const struct reading_row *set, int64_t tapped)
{
	struct correction_row *later;

	TRY(sql_reading_corrected(w->db, RECORD_READING, set->id, w->actor.id, tapped, w->arena, &later));
	if (later == NULL)
		return OK;
	return fail(&w->fault, E_STALE, NULL, "The office has corrected this reading since. What you tapped is kept beside it.");
}

/* Beyond its limits: the office's list says so, once for each stop. */
static enum err
alarm(struct work *w, const struct water_pool_row *pool, const struct visit *v, const struct water_value *said)
{
	const struct water_pool p = {pool->kind, pool->sanitiser, pool->indoor, pool->volume_l.is ? pool->volume_l.v : 0};
	const struct level l = {true, said->x100, said->how};
	struct band bands[MEASURES];
	struct water_policy policy;
	struct pool_rules own;
	struct water_past all;
	struct water known;
	int64_t at[MEASURES];

	TRY(tell_policy(w, &policy));
	TRY(tell_pool_rules(w, pool->id, &own));
	bands_of(&p, policy.rules, policy.rules_n, own.rules, own.rules_n, bands);
	struct band b = bands[said->measure];
	if (said->measure == MEASURE_FC) {
		TRY(tell_past(w, pool, INT64_MAX, &all));
		water_known(all.past, all.past_n, &known, at);
		const struct fc_range r = fc_range_of(policy.school, p.sanitiser, &known.of[MEASURE_CYA], &b);

		b.low = r.least;
		b.high = r.shock;
	}
	const enum verdict is = level_verdict(&l, &b);
	if (is != VERDICT_LOW && is != VERDICT_HIGH)
		return OK;
	return tell_alert(w, ALERT_WATER, v, w->actor.id, tell_value_beyond(w, said, &b));
}

static enum err
dose(struct work *w, uint64_t id, const struct water_pool_row *pool, const struct visit *v, int64_t at, uint64_t item_id,
    const struct verb_body *b)
{
	const int64_t given = b->amount.v < 0 ? 0 : b->amount.v;
	struct item_row item;
	struct dose_price price;
	struct dose_row *there;
	enum err e = sql_item_one(w->db, item_id, w->arena, &item);

	if (tell_absent(w, e))
		return OK;
	TRY(e);
	TRY(sql_dose_maybe(w->db, id, w->arena, &there));
	if (there != NULL)
		return OK;
	TRY(dose_price(w, &item, given, &price));
	const struct dose_row d = {.id = id, .most_x100 = item.most_x100, .chemical = item.chemical, .planned_x100 = b->planned,
	    .given_x100 = given, .at = at,
	    .reason = b->reason.is ? audit_cut(w->arena, b->reason.v, REASON_FLAG_MAX) : STR("")};
	TRY(sql_dose_insert(w->db, id, pool->id, v->id, 0, w->actor.id, item.id, item.chemical, item.strength_x100,
	    b->planned, given, d.reason, w->actor.id,
	    item_price(given, item.holds_x100, item.cost_cents), price.cents, price.quantity_milli, price.unit_cents, at, w->now));
	TRY(tell_stock(w, w->actor.id, item.id, -given));
	TRY(suspect(w, pool, v, &item, &d));
	return tell_poured(w, pool, id, EVENT_DOSE_GIVEN, &item, given);
}

/* What is in the water is in it, and is written down as it was said; where something speaks against it, the office looks. */
static enum err
suspect(struct work *w, const struct water_pool_row *pool, const struct visit *v, const struct item_row *item,
    const struct dose_row *d)
{
	const uint32_t volume_l = pool->volume_l.is ? pool->volume_l.v : 0;
	struct water_policy policy;
	const struct dose_row *met;
	struct dose_row *rows;
	struct fault why = {0};
	size_t n;

	TRY(sql_doses_of_pool(w->db, pool->id, d->at + DAY_S, w->arena, &rows, &n));
	const uint64_t marks = tell_dose_marks(d, rows, n, volume_l, &met);
	if (marks == 0)
		return OK;
	TRY(tell_policy(w, &policy));
	const struct str given = tell_amount_say(w, item, d->given_x100, policy.units);
	if (met != NULL)
		(void)fail(&why, E_INVALID, NULL, "%.*s and %.*s are in this water within a day. They must never meet.",
		    STR_ARG(item->name), STR_ARG(met->item));
	else if ((marks >> DOSE_OFF_PLAN & 1) != 0)
		(void)fail(&why, E_INVALID, NULL, "%.*s: %.*s instead of %.*s, without a reason", STR_ARG(item->name), STR_ARG(given),
		    STR_ARG(tell_amount_say(w, item, d->planned_x100.v, policy.units)));
	else
		(void)fail(&why, E_INVALID, NULL, "%.*s: %.*s is more than its most at a time, without a reason", STR_ARG(item->name),
		    STR_ARG(given));
	return tell_alert(w, ALERT_DOSE, v, w->actor.id, tell_why_keep(w, &why));
}

/* One's own dose of an earlier verb: the van has it back. */
static enum err
not_poured(struct work *w, uint64_t id)
{
	struct dose_row *d;

	TRY(sql_dose_maybe(w->db, id, w->arena, &d));
	if (d == NULL || d->undone_at.is || d->staff_id != w->actor.id)
		return OK;
	TRY(sql_dose_undo(w->db, id, (struct maybe_i64){true, w->now}, d->version));
	TRY(tell_dose_charge(w, id));
	return tell_stock(w, d->place_id, d->item_id, d->given_x100);
}

static enum measure
measure_of(struct str name)
{
	for (enum measure m = 1; m < MEASURES; m++)
		if (str_eq(name, str_of(measure_names[m])))
			return m;
	return 0;
}
