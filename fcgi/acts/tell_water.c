/*
 * fcgi/acts/tell_water.c -- what every act upon water needs: the company's rules, a pool's past, its stock.
 *
 * The rules stand in `setting`, kind water: one row named "company", one for each pool that has its own, named by its
 * id. A reading's column holds {"values":[{"measure":"ph","x100":780,"how":"exact"}]}.
 */
#include "fcgi/acts/tell_water.h"

#include "domain/water/balance.h"
#include "domain/water/pour.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_bill.h"

#include "domain/base/id.h"
#include "domain/base/list.h"
#include "domain/base/setting.h"
#include "domain/customers/property.h"
#include "fcgi/acts/tell_event.h"
#include "sql/tenant/queries/doses.h"
#include "sql/tenant/queries/items.h"
#include "sql/tenant/queries/readings.h"

#define BODY_MAX 60000
#define VALUES_MAX_BYTES 2000
#define LATE_DAYS 7
#define EARLY_DAYS 1

struct values_kept {
	struct water_value *values;
	size_t values_n;
};

static struct str setting_name(struct work *w, uint64_t pool_id);
static struct effect given_between(const struct dose_row *doses, size_t n, int64_t from, int64_t to, uint32_t volume_l);
static void level_say(struct buf *b, const struct water_value *v);
static void number_say(struct buf *b, const struct water_value *v);

static const struct field measure_rule_fields[] = {
	FIELD_ENUM(struct measure_rule, measure, measure_names),
	FIELD_SET(struct measure_rule, kinds, pool_kind_names),
	FIELD_SET(struct measure_rule, sanitisers, pool_sanitiser_names),
	FIELD_BOOL(struct measure_rule, asked),
	FIELD_BOOL(struct measure_rule, required),
	FIELD_INT(struct measure_rule, every_days, 0, 366),
	FIELD_BOOL(struct measure_rule, ranges),
	FIELD_INT(struct measure_rule, low, -100000000, 100000000),
	FIELD_INT(struct measure_rule, aim_low, -100000000, 100000000),
	FIELD_INT(struct measure_rule, aim_high, -100000000, 100000000),
	FIELD_INT(struct measure_rule, high, -100000000, 100000000),
	FIELD_END
};
const struct shape measure_rule_shape = {"MeasureRule", sizeof(struct measure_rule), measure_rule_fields};

static const struct field own_measure_fields[] = {
	FIELD_ENUM(struct own_measure, measure, measure_names),
	FIELD_TEXT(struct own_measure, name, 1, 40),
	FIELD_TEXT(struct own_measure, unit, 0, 12),
	FIELD_INT(struct own_measure, decimals, 0, 2),
	FIELD_END
};
const struct shape own_measure_shape = {"OwnMeasure", sizeof(struct own_measure), own_measure_fields};

static const struct field water_policy_fields[] = {
	FIELD_ENUM(struct water_policy, school, fc_school_names),
	FIELD_ENUM(struct water_policy, method, balance_method_names),
	FIELD_ENUM(struct water_policy, units, water_units_names),
	FIELD_ENUM(struct water_policy, kit, test_kit_names),
	FIELD_INT(struct water_policy, fill_ch, 0, 500000),
	FIELD_INT(struct water_policy, fill_cya, 0, 100000),
	FIELD_INT(struct water_policy, fill_salt, 0, 5000000),
	FIELD_INT(struct water_policy, fill_tds, 0, 10000000),
	FIELD_LIST(struct water_policy, rules, rules_n, &measure_rule_shape, MEASURE_RULES_MAX),
	FIELD_LIST(struct water_policy, own, own_n, &own_measure_shape, MEASURE_OWNS),
	FIELD_END
};
static const struct shape water_policy_kept = {"WaterPolicyKept", sizeof(struct water_policy), water_policy_fields};

static const struct field water_value_fields[] = {
	FIELD_ENUM(struct water_value, measure, measure_names),
	FIELD_INT(struct water_value, x100, -100000000, 100000000),
	FIELD_ENUM(struct water_value, how, reading_how_names),
	FIELD_END
};
const struct shape water_value_shape = {"WaterValue", sizeof(struct water_value), water_value_fields};

static const struct field values_kept_fields[] = {
	FIELD_LIST(struct values_kept, values, values_n, &water_value_shape, READING_VALUES_MAX), FIELD_END};
static const struct shape values_kept_shape = {"WaterValuesKept", sizeof(struct values_kept), values_kept_fields};

enum err
tell_policy(struct work *w, struct water_policy *out)
{
	struct water_setting_row *row;
	bool us = strcmp(w->tenant->country, "US") == 0;

	TRY(sql_water_setting(w->db, SETTING_WATER, setting_name(w, 0), w->arena, &row));
	if (row == NULL) {
		*out = (struct water_policy){.school = FC_BY_CYA, .method = BALANCE_CSI,
		    .units = us ? UNITS_US : UNITS_METRIC, .kit = KIT_DROPS};
		return OK;
	}
	TRY(shape_read(&water_policy_kept, row->body, w->arena, out, &w->fault));
	out->version = row->version;
	return OK;
}

enum err
tell_pool_rules(struct work *w, uint64_t pool_id, struct pool_rules *out)
{
	struct water_setting_row *row;
	struct water_policy p;

	*out = (struct pool_rules){0};
	TRY(sql_water_setting(w->db, SETTING_WATER, setting_name(w, pool_id), w->arena, &row));
	if (row == NULL)
		return OK;
	TRY(shape_read(&water_policy_kept, row->body, w->arena, &p, &w->fault));
	*out = (struct pool_rules){p.rules, p.rules_n, row->version};
	return OK;
}

enum err
tell_policy_keep(struct work *w, uint64_t pool_id, const struct water_policy *p)
{
	struct buf b = buf_open(w->arena, 1024, BODY_MAX);
	struct str name = setting_name(w, pool_id);
	struct water_setting_row *row;

	shape_write(&water_policy_kept, p, &b);
	if (b.full)
		return fail(&w->fault, E_INVALID, "rules", "These rules are too long together.");
	TRY(sql_water_setting(w->db, SETTING_WATER, name, w->arena, &row));
	if ((row == NULL ? 0 : row->version) != p->version)
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	if (row == NULL)
		return sql_water_setting_insert(w->db, work_id(w), SETTING_WATER, name, buf_str(&b));
	return sql_water_setting_change(w->db, row->id, buf_str(&b), p->version);
}

static struct str
setting_name(struct work *w, uint64_t pool_id)
{
	char text[ID_LETTERS + 1];

	if (pool_id == 0)
		return STR("company");
	id_write(pool_id, text);
	return str_copy(w->arena, str_of(text));
}

enum err
tell_past(struct work *w, const struct water_pool_row *pool, int64_t before, struct water_past *out)
{
	int64_t until = before;

	TRY(sql_readings_of_pool(w->db, pool->id, before, w->arena, &out->readings, &out->readings_n));
	TRY(sql_doses_of_pool(w->db, pool->id, before, w->arena, &out->doses, &out->doses_n));
	out->past_n = out->readings_n;
	out->past = arena_array(w->arena, struct past, out->past_n);
	for (size_t i = 0; i < out->readings_n; i++) {
		const struct reading_row *r = &out->readings[i];
		struct past *p = &out->past[out->past_n - 1 - i];
		struct water_value *v;
		size_t n;

		*p = (struct past){.at = r->at, .replaced = r->replaced_l > 0, .took_s = r->took_s,
		    .given = given_between(out->doses, out->doses_n, r->at, until, pool->volume_l.is ? pool->volume_l.v : 0)};
		until = r->at;
		TRY(tell_values_read(w, r->body, &v, &n));
		for (size_t k = 0; k < n; k++)
			p->water.of[v[k].measure] = (struct level){true, v[k].x100, v[k].how};
		water_fill(&p->water);
	}
	return OK;
}

static struct effect
given_between(const struct dose_row *doses, size_t n, int64_t from, int64_t to, uint32_t volume_l)
{
	struct effect sum = {0};

	for (size_t i = 0; i < n && volume_l > 0; i++) {
		if (doses[i].at < from || doses[i].at >= to || doses[i].undone_at.is)
			continue;
		struct effect e = chemical_effect(doses[i].chemical, doses[i].strength_x100);
		double share = (double)doses[i].given_x100 / 100 / volume_l;

		sum.fc += e.fc * share;
		sum.ta += e.ta * share;
		sum.ch += e.ch * share;
		sum.cya += e.cya * share;
		sum.salt += e.salt * share;
	}
	return sum;
}

enum err
tell_values(struct work *w, const struct water_value *v, size_t n, struct str *body)
{
	struct buf b = buf_open(w->arena, 512, VALUES_MAX_BYTES);
	struct values_kept kept = {arena_array(w->arena, struct water_value, n), 0};
	uint64_t seen = 0;

	for (size_t i = 0; i < n; i++) {
		const struct level l = {true, v[i].x100, v[i].how};

		if ((seen >> v[i].measure & 1) != 0)
			return fail(&w->fault, E_INVALID, measure_names[v[i].measure], "This stands here twice.");
		seen |= UINT64_C(1) << v[i].measure;
		TRY(level_check(v[i].measure, &l, &w->fault));
		kept.values[kept.values_n++] = v[i];
	}
	shape_write(&values_kept_shape, &kept, &b);
	if (b.full)
		return fail(&w->fault, E_INVALID, "values", "This stands here twice.");
	*body = buf_str(&b);
	return OK;
}

enum err
tell_values_read(struct work *w, struct str body, struct water_value **v, size_t *n)
{
	struct values_kept kept = {0};

	TRY(shape_read(&values_kept_shape, body, w->arena, &kept, &w->fault));
	*v = kept.values;
	*n = kept.values_n;
	return OK;
}

struct str
tell_values_say(struct work *w, const struct water_value *v, size_t n)
{
	struct buf b = buf_open(w->arena, 128, 1000);

	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_add(&b, STR(", "));
		level_say(&b, &v[i]);
	}
	return buf_str(&b);
}

struct str
tell_value_beyond(struct work *w, const struct water_value *v, const struct band *limits)
{
	struct buf b = buf_open(w->arena, 64, 200);

	level_say(&b, v);
	buf_add(&b, STR(" ("));
	number_say(&b, &(struct water_value){.x100 = limits->low});
	buf_add(&b, STR("–"));
	number_say(&b, &(struct water_value){.x100 = limits->high});
	buf_char(&b, ')');
	return buf_str(&b);
}

/* What everybody who has a pool has heard of; the rest stands in the report. */
static const char *const labels[MEASURES] = {[MEASURE_FC] = "Free chlorine", [MEASURE_BROMINE] = "Bromine", [MEASURE_PH] = "pH",
	[MEASURE_TA] = "Alkalinity", [MEASURE_CH] = "Calcium hardness", [MEASURE_CYA] = "Stabilizer", [MEASURE_SALT] = "Salt"};

struct str
tell_value_in(struct work *w, enum language in, struct str kept)
{
	for (size_t m = 1; m < MEASURES; m++) {
		const struct str name = str_of(measure_names[m]);

		if (labels[m] != NULL && kept.n > name.n && kept.p[name.n] == ' ' && str_eq(str_sub(kept, 0, name.n), name))
			return str_printf(w->arena, "%s%.*s", words_say(in, labels[m]), STR_ARG(str_sub(kept, name.n, kept.n)));
	}
	return kept;
}

struct str
tell_values_told(struct work *w, enum language in, const struct water_value *v, size_t n)
{
	struct buf b = buf_open(w->arena, 128, 1000);

	for (size_t i = 0; i < n; i++) {
		if (labels[v[i].measure] == NULL)
			continue;
		buf_printf(&b, "%s%s ", b.n > 0 ? ", " : "", words_say(in, labels[v[i].measure]));
		number_say(&b, &v[i]);
	}
	return buf_str(&b);
}

static void
level_say(struct buf *b, const struct water_value *v)
{
	buf_printf(b, "%s ", v->measure == MEASURE_PH ? "pH" : measure_names[v->measure]);
	number_say(b, v);
}

static void
number_say(struct buf *b, const struct water_value *v)
{
	int64_t whole = v->x100 / 100, part = v->x100 % 100;

	part = part < 0 ? -part : part;
	buf_add(b, str_of(v->how == HOW_ABOVE ? "> " : v->how == HOW_BELOW ? "< " : ""));
	if (v->x100 < 0 && whole == 0)
		buf_char(b, '-');
	buf_i64(b, whole);
	if (part % 10 != 0)
		buf_printf(b, ".%02d", (int)part);
	else if (part != 0)
		buf_printf(b, ".%d", (int)part / 10);
}

enum err
tell_judge(struct work *w, const struct water_pool_row *pool, const struct water_value *v, size_t n, int64_t at,
    uint32_t took_s, struct str *body, uint64_t *doubts)
{
	struct past now = {.at = at, .took_s = took_s};
	struct water_policy policy;
	struct water_past all;

	TRY(tell_values(w, v, n, body));
	for (size_t i = 0; i < n; i++)
		now.water.of[v[i].measure] = (struct level){true, v[i].x100, v[i].how};
	TRY(tell_policy(w, &policy));
	TRY(tell_past(w, pool, at, &all));
	*doubts = doubts_of(&now, all.past, all.past_n, policy.kit);
	return OK;
}

enum err
tell_water_visit(struct work *w, const struct water_pool_row *pool, struct maybe_u64 visit_id, bool mine)
{
	struct day today = zone_day(w->tenant->zone, w->now);
	struct water_visit_row *v;

	if (!visit_id.is)
		return mine ? fail(&w->fault, E_NOT_FOUND, NULL, "This is not one of your stops.") : OK;
	TRY(sql_water_visit_one(w->db, visit_id.v, w->arena, &v));
	if (mine && (v == NULL || v->property_id != pool->property_id || !v->tech_id.is || v->tech_id.v != w->actor.id ||
	    v->day.n < today.n - LATE_DAYS || v->day.n > today.n + EARLY_DAYS))
		return fail(&w->fault, E_NOT_FOUND, NULL, "This is not one of your stops.");
	if (v == NULL || v->property_id != pool->property_id)
		return fail(&w->fault, E_INVALID, "visit_id", "This visit is of another place.");
	return OK;
}

enum err
tell_stock(struct work *w, uint64_t place_id, uint64_t item_id, int64_t delta_x100)
{
	uint64_t rows;

	if (delta_x100 == 0)
		return OK;
	TRY(sql_stock_open(w->db, place_id, item_id, &rows));
	return sql_stock_add(w->db, place_id, item_id, delta_x100);
}

uint64_t
tell_dose_marks(const struct dose_row *d, const struct dose_row *all, size_t n, uint32_t volume_l, const struct dose_row **met)
{
	const uint32_t parts = d->planned_x100.is ? DOSE_PARTS_MAX : 1;
	uint64_t marks = 0;

	*met = NULL;
	if (d->given_x100 == 0 || d->undone_at.is)
		return 0;
	for (size_t i = 0; i < n && *met == NULL; i++)
		if (all[i].id != d->id && !all[i].undone_at.is && all[i].given_x100 > 0 &&
		    dose_meets(d->chemical, d->at, all[i].chemical, all[i].at))
			*met = &all[i];
	if (*met != NULL)
		marks |= UINT64_C(1) << DOSE_MET;
	if (d->reason.n == 0 && d->planned_x100.is && dose_needs_reason(d->planned_x100.v, d->given_x100))
		marks |= UINT64_C(1) << DOSE_OFF_PLAN;
	if (d->reason.n == 0 && dose_over_most(d->chemical, d->most_x100, volume_l, parts, d->given_x100))
		marks |= UINT64_C(1) << DOSE_OVER_MOST;
	return marks;
}

enum err
tell_poured(struct work *w, const struct water_pool_row *pool, uint64_t id, enum event_kind kind, const struct item_row *item,
    int64_t given_x100)
{
	struct water_policy policy;

	TRY(tell_policy(w, &policy));
	TRY(tell_dose_charge(w, id));
	const struct event_value v[] = {{STR("item"), item->name},
	    {STR("amount"), tell_amount_say(w, item, given_x100, policy.units)}};
	return tell_event(w, &(struct event){.customer_id = pool->customer_id, .property_id = pool->property_id,
	    .pool_id = pool->id, .kind = kind, .ref_kind = RECORD_DOSE, .ref_id = id, .values = v, .values_n = 2});
}

struct str
tell_amount_say(struct work *w, const struct item_row *item, int64_t amount_x100, enum water_units u)
{
	static const char *const sign[ITEM_UNITS] = {[UNIT_GALLON] = "gal", [UNIT_FL_OZ] = "fl oz", [UNIT_OZ] = "oz",
	    [UNIT_LB] = "lb", [UNIT_ML] = "ml", [UNIT_LITRE] = "l", [UNIT_G] = "g", [UNIT_KG] = "kg"};
	enum item_base base = item_base_of(item->unit);
	bool whole = item->unit == UNIT_TAB || item->unit == UNIT_BAG || item->unit == UNIT_SCOOP || base == BASE_PIECE;
	enum item_unit small = base == BASE_ML ? (u == UNITS_US ? UNIT_FL_OZ : UNIT_ML) : u == UNITS_US ? UNIT_OZ : UNIT_G;
	enum item_unit large = base == BASE_ML ? (u == UNITS_US ? UNIT_GALLON : UNIT_LITRE) : u == UNITS_US ? UNIT_LB : UNIT_KG;
	enum item_unit unit = amount_x100 >= item_unit_holds(large) * 2 ? large : small;
	int64_t tenths = item_price(amount_x100, whole ? item->holds_x100 : item_unit_holds(unit), 10);
	struct str said = tenths % 10 == 0 ? str_printf(w->arena, "%lld", (long long)(tenths / 10))
					   : str_printf(w->arena, "%lld.%d", (long long)(tenths / 10), (int)(tenths % 10));
	return whole ? said : str_printf(w->arena, "%.*s %s", STR_ARG(said), sign[unit]);
}

bool
tell_unwanted(struct work *w, struct str stored, struct str product, enum chemical c)
{
	struct str word[WISH_CHEMICALS_MAX];
	size_t n = 0;

	return list_read_words(stored, word, WISH_CHEMICALS_MAX, &n) &&
	    wish_refuses(word, n, product, str_of(chemical_names[c]), str_of(chemical_also[c]), w->arena);
}
