/*
 * fcgi/acts/readings.c -- load, decide, save, tell: the water of a pool.
 */
#include "fcgi/acts/readings.h"

#include "domain/base/id.h"
#include "domain/visits/reason.h"
#include "domain/visits/visit.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_proof.h"
#include "sql/tenant/queries/items.h"
#include "sql/tenant/queries/readings.h"

#define AHEAD_S 600 /* a phone's clock may be that far ahead of ours */
#define NOON 720 /* when nobody said when they come */
#define WEEK_S (7 * INT64_C(86400))

const char *const reading_source_names[] = {"", "technician", "office", "customer", "import", "meter", NULL};

static enum err own_measures_check(struct work *w, const struct own_measure *own, size_t n);
static enum err told(struct work *w, const struct water_pool_row *pool, uint64_t id, enum event_kind kind,
    const struct water_value *v, size_t n);
static enum err sealed_anew(struct work *w, uint64_t visit_id);
static struct water_pool pool_of(const struct water_pool_row *row);
static void bands_write(struct work *w, const struct band *bands, const int64_t *at, const struct own_measure *own,
    size_t own_n, struct water_page *out);
static void known_write(struct work *w, const struct water_past *all, struct water_page *out, int64_t *at);
static enum err readings_write(struct work *w, const struct water_past *all, struct water_page *out);
static enum err line_of(struct work *w, const struct reading_row *r, struct reading_line *out);
static void doses_write(struct work *w, const struct water_past *all, struct water_page *out);
static enum err products_write(struct work *w, uint64_t property_id, struct water_page *out);
static enum err foretell(struct work *w, const struct water_pool_row *pool, const struct water_past *all,
    const struct band *bands, struct water_page *out);

enum err
act_water_policy(struct work *w, struct water_policy *out)
{
	return tell_policy(w, out);
}

enum err
act_water_policy_change(struct work *w, const struct water_policy *in, struct water_policy *out)
{
	TRY(rules_check(in->rules, in->rules_n, &w->fault));
	TRY(own_measures_check(w, in->own, in->own_n));
	TRY(audit(w, "water.changed", "company", 0, STR("")));
	TRY(tell_policy_keep(w, 0, in));
	return tell_policy(w, out);
}

static enum err
own_measures_check(struct work *w, const struct own_measure *own, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (own[i].measure < MEASURE_OWN1)
			return fail(&w->fault, E_INVALID, "own", "Only measures of your own have a name of your own.");
		for (size_t k = 0; k < i; k++)
			if (own[k].measure == own[i].measure)
				return fail(&w->fault, E_INVALID, "own", "This stands here twice.");
	}
	return OK;
}

enum err
act_pool_rules(struct work *w, uint64_t pool_id, struct pool_rules *out)
{
	struct water_pool_row pool;

	TRY(sql_water_pool_one(w->db, pool_id, w->arena, &pool));
	return tell_pool_rules(w, pool_id, out);
}

enum err
act_pool_rules_change(struct work *w, uint64_t pool_id, const struct pool_rules *in, struct pool_rules *out)
{
	struct water_pool_row pool;
	struct water_policy kept;

	TRY(sql_water_pool_one(w->db, pool_id, w->arena, &pool));
	TRY(rules_check(in->rules, in->rules_n, &w->fault));
	TRY(tell_policy(w, &kept));
	kept.rules = in->rules;
	kept.rules_n = in->rules_n;
	kept.version = in->version;
	TRY(tell_policy_keep(w, pool_id, &kept));
	const struct event_value v = {STR("fields"), STR("water_rules")};
	TRY(tell_event(w, &(struct event){.customer_id = pool.customer_id, .property_id = pool.property_id,
	    .pool_id = pool_id, .kind = EVENT_POOL_CHANGED, .ref_kind = RECORD_POOL, .ref_id = pool_id, .values = &v,
	    .values_n = 1}));
	return tell_pool_rules(w, pool_id, out);
}

enum err
act_water_mine(struct work *w, uint64_t pool_id)
{
	struct day today = zone_day(w->tenant->zone, w->now);
	struct water_pool_row pool;
	struct water_visit_row *v;

	TRY(sql_water_pool_one(w->db, pool_id, w->arena, &pool));
	TRY(sql_water_visit_of(w->db, pool.property_id, w->actor.id, today, (struct day){today.n + 1}, w->arena, &v));
	return v != NULL ? OK : fail(&w->fault, E_NOT_FOUND, NULL, "This is not one of your stops.");
}

/* ---- readings ---- */

enum err
act_reading_put(struct work *w, const struct reading_wish *in, enum reading_source source, uint64_t *id)
{
	int64_t at = in->at.is ? in->at.v : w->now;
	uint32_t took_s = in->took_s.is ? in->took_s.v : 0;
	struct water_pool_row pool;
	struct reading_row *there;
	struct str body;
	uint64_t doubts;

	*id = in->id.is ? in->id.v : work_id(w);
	TRY(sql_water_pool_one(w->db, in->pool_id, w->arena, &pool));
	TRY(tell_water_visit(w, &pool, in->visit_id, source == READ_BY_TECH));
	TRY(sql_reading_maybe(w->db, *id, w->arena, &there));
	if (there != NULL && there->pool_id == in->pool_id)
		return OK;
	if (there != NULL)
		return fail(&w->fault, E_STALE, NULL, "This was written down for another pool.");
	if (in->values_n == 0)
		return fail(&w->fault, E_INVALID, "values", "At least one value, please.");
	if (at > w->now + AHEAD_S)
		return fail(&w->fault, E_INVALID, "at", "This time has not come yet.");
	TRY(tell_judge(w, &pool, in->values, in->values_n, at, took_s, &body, &doubts));
	TRY(sql_reading_insert(w->db, *id, in->pool_id, in->visit_id.is ? in->visit_id.v : 0,
	    w->actor.kind == ACTOR_STAFF ? w->actor.id : 0, source, at, w->now, took_s,
	    in->replaced_l.is ? in->replaced_l.v : 0, body, doubts, doubts != 0));
	TRY(sealed_anew(w, in->visit_id.is ? in->visit_id.v : 0));
	return told(w, &pool, *id, EVENT_READING_TAKEN, in->values, in->values_n);
}

enum err
act_reading_correct(struct work *w, uint64_t id, const struct reading_edit *in, bool mine)
{
	struct water_pool_row pool;
	struct reading_row was;
	struct water_value *old;
	struct str body;
	uint64_t doubts;
	size_t old_n;

	TRY(sql_reading_one(w->db, id, w->arena, &was));
	if (mine && was.staff_id != w->actor.id)
		return fail(&w->fault, E_NOT_FOUND, NULL, "This is not one of your stops.");
	TRY(sql_water_pool_one(w->db, was.pool_id, w->arena, &pool));
	if (mine)
		TRY(tell_water_visit(w, &pool, (struct maybe_u64){was.visit_id != 0, was.visit_id}, true));
	if (in->values_n == 0)
		return fail(&w->fault, E_INVALID, "values", "At least one value, please.");
	int64_t at = in->at.is ? in->at.v : was.at;
	uint32_t replaced = in->replaced_l.is ? in->replaced_l.v : was.replaced_l;
	if (at > w->now + AHEAD_S)
		return fail(&w->fault, E_INVALID, "at", "This time has not come yet.");
	TRY(tell_judge(w, &pool, in->values, in->values_n, at, was.took_s, &body, &doubts));
	TRY(tell_values_read(w, was.body, &old, &old_n));
	TRY(sql_reading_change(w->db, id, at, replaced, body, doubts, doubts != 0 && (was.doubtful || doubts != was.doubts),
	    was.withdrawn_at, in->version));
	TRY(sealed_anew(w, was.visit_id));
	const struct record on = {.customer_id = pool.customer_id, .kind = RECORD_READING, .id = id};
	const struct field_change c[] = {
		{"values", tell_values_say(w, old, old_n), tell_values_say(w, in->values, in->values_n), CHANGE_PLAIN},
		{"replaced_l", str_printf(w->arena, "%u", was.replaced_l), str_printf(w->arena, "%u", replaced), CHANGE_PLAIN},
		{"tested_at", str_printf(w->arena, "%lld", (long long)was.at), str_printf(w->arena, "%lld", (long long)at),
		    CHANGE_PLAIN},
	};
	const struct event e = {.customer_id = pool.customer_id, .property_id = pool.property_id, .pool_id = pool.id,
	    .kind = EVENT_READING_CORRECTED, .ref_kind = RECORD_READING, .ref_id = id};
	return tell_edit(w, &on, &e, c, sizeof(c) / sizeof(*c));
}

enum err
act_reading_withdraw(struct work *w, uint64_t id, uint32_t version, bool back)
{
	struct water_pool_row pool;
	struct reading_row was;
	struct water_value *v;
	size_t n;

	TRY(sql_reading_one(w->db, id, w->arena, &was));
	if (was.withdrawn_at.is == !back)
		return OK;
	TRY(sql_water_pool_one(w->db, was.pool_id, w->arena, &pool));
	TRY(tell_values_read(w, was.body, &v, &n));
	TRY(sql_reading_change(w->db, id, was.at, was.replaced_l, was.body, was.doubts, was.doubtful,
	    (struct maybe_i64){!back, back ? 0 : w->now}, back ? was.version : version));
	TRY(sealed_anew(w, was.visit_id));
	return told(w, &pool, id, back ? EVENT_READING_TAKEN : EVENT_READING_WITHDRAWN, v, n);
}

/* A stop that is over says something else now: its record follows, and names the one before. */
static enum err
sealed_anew(struct work *w, uint64_t visit_id)
{
	return visit_id == 0 ? OK : tell_record(w, visit_id);
}

enum err
act_reading_line(struct work *w, uint64_t id, struct reading_line *out)
{
	struct reading_row row;

	TRY(sql_reading_one(w->db, id, w->arena, &row));
	return line_of(w, &row, out);
}

static enum err
told(struct work *w, const struct water_pool_row *pool, uint64_t id, enum event_kind kind, const struct water_value *v,
    size_t n)
{
	const struct event_value value = {STR("text"), tell_values_say(w, v, n)};

	return tell_event(w, &(struct event){.customer_id = pool->customer_id, .property_id = pool->property_id,
	    .pool_id = pool->id, .kind = kind, .ref_kind = RECORD_READING, .ref_id = id, .values = &value, .values_n = 1});
}

enum err
act_doubts(struct work *w, const struct doubt_query *q, struct doubt_page *out)
{
	struct doubt_row *rows;
	size_t n;

	TRY(sql_readings_doubtful(w->db, q->before.is ? q->before.v : 0, w->arena, &rows, &n));
	*out = (struct doubt_page){.rows_n = n < DOUBTS_MAX ? n : DOUBTS_MAX};
	if (n > DOUBTS_MAX)
		out->next = (struct maybe_u64){true, rows[DOUBTS_MAX - 1].id};
	out->rows = arena_array(w->arena, struct doubt_line, out->rows_n);
	for (size_t i = 0; i < out->rows_n; i++) {
		const struct doubt_row *r = &rows[i];

		out->rows[i] = (struct doubt_line){.id = r->id, .pool_id = r->pool_id, .customer_id = r->customer_id,
		    .customer = r->customer, .street = r->street, .pool = r->pool, .pool_kind = r->pool_kind,
		    .staff_name = r->staff_name, .at = r->at, .doubts = r->doubts, .version = r->version};
		TRY(tell_values_read(w, r->body, &out->rows[i].values, &out->rows[i].values_n));
	}
	return OK;
}

enum err
act_reading_trust(struct work *w, uint64_t id, uint32_t version)
{
	struct reading_row r;

	TRY(sql_reading_one(w->db, id, w->arena, &r));
	if (!r.doubtful)
		return OK;
	TRY(audit(w, "reading.trusted", "reading", id, STR("")));
	return sql_reading_change(w->db, id, r.at, r.replaced_l, r.body, r.doubts, false, r.withdrawn_at, version);
}

/* ---- the page ---- */

enum err
act_water_page(struct work *w, uint64_t pool_id, struct water_page *out)
{
	struct band bands[MEASURES];
	struct water_pool_row pool;
	struct water_policy policy;
	struct pool_rules own;
	struct water_past all;
	int64_t at[MEASURES];

	TRY(sql_water_pool_one(w->db, pool_id, w->arena, &pool));
	TRY(tell_policy(w, &policy));
	TRY(tell_pool_rules(w, pool_id, &own));
	TRY(tell_past(w, &pool, INT64_MAX, &all));
	const struct water_pool p = pool_of(&pool);
	bands_of(&p, policy.rules, policy.rules_n, own.rules, own.rules_n, bands);
	*out = (struct water_page){.pool_id = pool.id, .name = pool.name, .kind = pool.kind, .sanitiser = pool.sanitiser,
	    .indoor = pool.indoor, .volume_l = p.volume_l, .school = policy.school, .method = policy.method,
	    .units = policy.units, .fill_ch = policy.fill_ch, .fill_cya = policy.fill_cya, .fill_salt = policy.fill_salt,
	    .fill_tds = policy.fill_tds, .own = policy.own, .own_n = policy.own_n, .rules_version = own.version};
	known_write(w, &all, out, at);
	bands_write(w, bands, at, policy.own, policy.own_n, out);
	TRY(readings_write(w, &all, out));
	doses_write(w, &all, out);
	TRY(products_write(w, pool.property_id, out));
	return foretell(w, &pool, &all, bands, out);
}

static struct water_pool
pool_of(const struct water_pool_row *row)
{
	return (struct water_pool){row->kind, row->sanitiser, row->indoor, row->volume_l.is ? row->volume_l.v : 0};
}

static void
known_write(struct work *w, const struct water_past *all, struct water_page *out, int64_t *at)
{
	struct water known;

	water_known(all->past, all->past_n, &known, at);
	out->known = arena_array(w->arena, struct known_line, MEASURES);
	for (enum measure m = 1; m < MEASURES; m++) {
		if (at[m] == 0)
			continue;
		for (size_t i = all->past_n; i > 0; i--) {
			const struct past *p = &all->past[i - 1];

			if (p->at != at[m] || !p->water.of[m].is)
				continue;
			out->known[out->known_n++] = (struct known_line){m, p->water.of[m].x100, p->water.of[m].how, p->at,
			    known.of[m].is};
			break;
		}
	}
}

static void
bands_write(struct work *w, const struct band *bands, const int64_t *at, const struct own_measure *own, size_t own_n,
    struct water_page *out)
{
	out->bands = arena_array(w->arena, struct band_line, MEASURES);
	for (enum measure m = 1; m < MEASURES; m++) {
		const struct measure_facts *f = measure_facts(m);
		const struct band *b = &bands[m];
		uint32_t decimals = f->decimals;
		/* A day early counts: who comes each Tuesday comes at ten this time and at eleven next time. */
		bool due = b->every_days == 0 || at[m] == 0 || w->now - at[m] > (b->every_days - 1) * INT64_C(86400);

		for (size_t i = 0; i < own_n; i++)
			if (own[i].measure == m)
				decimals = own[i].decimals;
		out->bands[out->bands_n++] = (struct band_line){m, b->asked, b->required, b->asked && due, b->every_days, b->own,
		    b->low, b->aim_low, b->aim_high, b->high, f->least_x100, f->most_x100, decimals};
	}
}

static enum err
readings_write(struct work *w, const struct water_past *all, struct water_page *out)
{
	out->readings = arena_array(w->arena, struct reading_line, all->readings_n);
	out->readings_n = all->readings_n;
	for (size_t i = 0; i < all->readings_n; i++)
		TRY(line_of(w, &all->readings[i], &out->readings[i]));
	return OK;
}

static enum err
line_of(struct work *w, const struct reading_row *r, struct reading_line *out)
{
	*out = (struct reading_line){.id = r->id, .pool_id = r->pool_id, .visit_id = {r->visit_id != 0, r->visit_id},
	    .staff_name = r->staff_name, .source = r->source, .at = r->at, .took_s = r->took_s,
	    .replaced_l = r->replaced_l, .doubts = r->doubts, .doubtful = r->doubtful, .withdrawn_at = r->withdrawn_at,
	    .version = r->version};
	return tell_values_read(w, r->body, &out->values, &out->values_n);
}

static void
doses_write(struct work *w, const struct water_past *all, struct water_page *out)
{
	out->doses = arena_array(w->arena, struct dose_line, all->doses_n);
	out->doses_n = all->doses_n;
	for (size_t i = 0; i < all->doses_n; i++) {
		const struct dose_row *d = &all->doses[i], *met;

		out->doses[i] = (struct dose_line){d->id, d->item_id, {d->visit_id != 0, d->visit_id}, d->staff_name, d->item,
		    d->unit, d->holds_x100, d->chemical, d->planned_x100, d->given_x100,
		    reason_say(d->reason, w->actor.language),
		    tell_dose_marks(d, all->doses, all->doses_n, out->volume_l, &met), d->at, d->undone_at, d->version};
	}
}

static enum err
products_write(struct work *w, uint64_t property_id, struct water_page *out)
{
	struct item_row *rows;
	struct unwanted_row no;
	size_t n;

	TRY(sql_water_unwanted(w->db, property_id, w->arena, &no));
	TRY(sql_items_all(w->db, w->arena, &rows, &n));
	for (enum chemical c = CHEMICAL_LIQUID_CHLORINE; c < CHEMICALS; c++)
		out->refused |= (uint64_t)tell_unwanted(w, no.no_chemicals, STR(""), c) << c;
	out->products = arena_array(w->arena, struct product_line, DOSE_PRODUCTS_MAX);
	for (size_t i = 0; i < n && out->products_n < DOSE_PRODUCTS_MAX; i++)
		if (rows[i].kind == ITEM_CHEMICAL && !rows[i].archived_at.is)
			out->products[out->products_n++] = (struct product_line){rows[i].id, rows[i].name, rows[i].chemical,
			    rows[i].strength_x100, rows[i].unit, rows[i].holds_x100, rows[i].most_x100, rows[i].wait_minutes,
			    rows[i].label_url, tell_unwanted(w, no.no_chemicals, rows[i].name, rows[i].chemical)};
	return OK;
}

static enum err
foretell(struct work *w, const struct water_pool_row *pool, const struct water_past *all, const struct band *bands,
    struct water_page *out)
{
	static const enum measure rising[PAGE_DRAINS] = {MEASURE_CYA, MEASURE_CH, MEASURE_TDS};
	struct day today = zone_day(w->tenant->zone, w->now);
	struct water_visit_row *next;

	TRY(sql_water_visit_next(w->db, pool->property_id, today, VISIT_SCHEDULED, w->arena, &next));
	int64_t last = all->past_n > 0 ? all->past[all->past_n - 1].at : w->now;
	uint32_t minute = next != NULL && next->from_minute.is ? next->from_minute.v : NOON;
	int64_t at = last + WEEK_S;
	if (next != NULL) {
		struct civil c;

		day_civil(next->day, &c);
		c.hour = (uint8_t)(minute / 60);
		c.minute = (uint8_t)(minute % 60);
		at = zone_instant(w->tenant->zone, &c);
	}
	struct forecast f = fc_forecast(all->past, all->past_n, pool->sanitiser, at);
	out->forecast = (struct forecast_line){f.method, f.from, f.likely, f.least, f.most, {0}};
	if (next != NULL)
		out->forecast.day = (struct maybe_day){true, next->day};
	out->drains = arena_array(w->arena, struct drain_line, PAGE_DRAINS);
	for (size_t i = 0; i < PAGE_DRAINS; i++) {
		struct due_drain d = drain_due(all->past, all->past_n, rising[i], bands[rising[i]].high, w->now);

		if (d.is)
			out->drains[out->drains_n++] = (struct drain_line){d.measure, d.from, d.a_year,
			    zone_day(w->tenant->zone, d.likely), zone_day(w->tenant->zone, d.least),
			    zone_day(w->tenant->zone, d.most)};
	}
	return OK;
}
