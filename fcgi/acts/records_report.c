/*
 * fcgi/acts/records_report.c -- what a customer sees of a stop: the sealed record, its photos, how the water went.
 */
#include "domain/water/pour.h"
#include "fcgi/acts/records.h"

#include "domain/base/id.h"
#include "domain/base/canon.h"
#include "domain/visits/reason.h"
#include "domain/water/balance.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_water.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/day.h"
#include "sql/tenant/queries/files.h"
#include "sql/tenant/queries/portal.h"
#include "sql/tenant/queries/proofs.h"
#include "sql/tenant/queries/readings.h"
#include "sql/tenant/queries/visits.h"
#include "tenancy/files.h"

static enum err seal_of(struct work *w, uint64_t visit_id, struct seal_body *out);
static enum err trends_of(struct work *w, uint64_t property_id, const struct water_policy *policy, struct report *out);
static enum err trend_add(struct work *w, const struct water_pool_row *pool, const struct water_policy *policy,
    struct report *out);

enum err
act_report(struct work *w, struct str token, struct report *out)
{
	struct company_row company;
	struct water_policy policy;
	struct seal_body seal;
	struct visit v;
	uint64_t id;

	TRY(link_shown(w, LINK_REPORT, token, &id));
	TRY(sql_visit_one(w->db, id, w->arena, &v));
	TRY(seal_of(w, id, &seal));
	TRY(sql_company(w->db, w->arena, &company));
	TRY(tell_policy(w, &policy));
	*out = (struct report){.company = company.name, .slug = str_of(w->tenant->slug), .accent = company.accent,
	    .language = company.language, .zone = company.zone, .units = str_of(water_units_names[policy.units])};
	if (!canon_find(seal.bytes, "record", &out->record) || !canon_find_int(seal.bytes, "issued_at", &out->issued_at))
		return fail(&w->fault, E_BUG, NULL, "A sealed record that is none.");
	/* What is sealed stays in the words of whoever tapped it. A ready sentence has no escapes. */
	if (canon_find_text(out->record, "reason", &out->reason))
		out->reason = reason_say(out->reason, w->actor.language);
	TRY(seal_proof(w, &seal, &out->proof));
	out->trends = arena_array(w->arena, struct trend, TRENDS_MAX);
	return trends_of(w, v.property_id, &policy, out);
}

enum err
act_trends(struct work *w, uint64_t customer_id, struct report *out)
{
	struct water_policy policy;
	struct portal_place *place;
	size_t n;

	TRY(tell_policy(w, &policy));
	*out = (struct report){.units = str_of(water_units_names[policy.units]),
	    .trends = arena_array(w->arena, struct trend, TRENDS_MAX)};
	TRY(sql_portal_places(w->db, customer_id, w->arena, &place, &n));
	for (size_t i = 0; i < n; i++)
		TRY(trends_of(w, place[i].id, &policy, out));
	return OK;
}

enum err
act_report_photo(struct work *w, struct str token, uint64_t file_id, bool small, struct str *path)
{
	struct file_row row;
	struct seal_body seal;
	char name[ID_LETTERS + 1];
	struct str record, photos;
	uint64_t id;

	TRY(link_shown(w, LINK_REPORT, token, &id));
	TRY(seal_of(w, id, &seal));
	id_write(file_id, name);
	if (!canon_find(seal.bytes, "record", &record) || !canon_find(record, "photos", &photos) ||
	    memmem(photos.p, photos.n, name, ID_LETTERS) == NULL)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	TRY(sql_file_one(w->db, file_id, w->arena, &row));
	if (row.on_kind != RECORD_VISIT || row.on_id != id || row.state != FILE_READY)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	*path = str_printf(w->arena, "%s/%.*s", w->tenant->schema,
	    STR_ARG(file_name(w->arena, file_id, small ? "small.jpg" : "jpg")));
	return OK;
}

enum err
act_report_link(struct work *w, uint64_t visit_id, struct str *url)
{
	struct seal_body seal;

	TRY(seal_of(w, visit_id, &seal));
	return link_show(w, LINK_REPORT, visit_id, REPORT_LINK_S, "portal/report", url);
}

static enum err
seal_of(struct work *w, uint64_t visit_id, struct seal_body *out)
{
	struct visit_seal_row *row;

	TRY(sql_visit_seal_last(w->db, visit_id, w->arena, &row));
	if (row == NULL)
		return fail(&w->fault, E_NOT_FOUND, NULL, "This visit has no sealed record.");
	*out = (struct seal_body){0};
	return shape_read(&seal_body_shape, row->body, w->arena, out, &w->fault);
}

/* How the water went, up to this visit: what is measured most, with the range it should keep to. */
static enum err
trends_of(struct work *w, uint64_t property_id, const struct water_policy *policy, struct report *out)
{
	struct brief_pool_row *pools;
	size_t n;

	TRY(sql_brief_pools(w->db, property_id, w->arena, &pools, &n));
	for (size_t i = 0; i < n; i++) {
		struct water_pool_row pool;

		TRY(sql_water_pool_one(w->db, pools[i].id, w->arena, &pool));
		TRY(trend_add(w, &pool, policy, out));
	}
	return OK;
}

static enum err
trend_add(struct work *w, const struct water_pool_row *pool, const struct water_policy *policy, struct report *out)
{
	static const enum measure shown[] = {MEASURE_FC, MEASURE_BROMINE, MEASURE_PH, MEASURE_TA};
	const struct water_pool p = {pool->kind, pool->sanitiser, pool->indoor, pool->volume_l.is ? pool->volume_l.v : 0};
	struct band bands[MEASURES];
	struct pool_rules own;
	struct water_past past;
	struct water known;
	int64_t at[MEASURES];

	TRY(tell_pool_rules(w, pool->id, &own));
	TRY(tell_past(w, pool, INT64_MAX, &past));
	bands_of(&p, policy->rules, policy->rules_n, own.rules, own.rules_n, bands);
	water_known(past.past, past.past_n, &known, at);
	const struct fc_range fc = fc_range_of(policy->school, p.sanitiser, &known.of[MEASURE_CYA], &bands[MEASURE_FC]);
	bands[MEASURE_FC].aim_low = fc.least;
	bands[MEASURE_FC].aim_high = fc.aim_high;
	for (size_t m = 0; m < sizeof(shown) / sizeof(*shown) && out->trends_n < TRENDS_MAX; m++) {
		struct trend t = {.water = pool->name.n > 0 ? pool->name : str_of(pool_kind_names[pool->kind]),
		    .measure = shown[m], .low_x100 = bands[shown[m]].aim_low, .high_x100 = bands[shown[m]].aim_high,
		    .points = arena_array(w->arena, struct trend_point, TREND_POINTS)};
		size_t rows = past.readings_n < TREND_POINTS ? past.readings_n : TREND_POINTS;

		while (rows-- > 0) {
			struct water_value *v;
			size_t n;

			TRY(tell_values_read(w, past.readings[rows].body, &v, &n));
			for (size_t i = 0; i < n; i++)
				if (v[i].measure == shown[m])
					t.points[t.points_n++] = (struct trend_point){past.readings[rows].at, v[i].x100, v[i].how};
		}
		if (t.points_n >= 2)
			out->trends[out->trends_n++] = t;
	}
	return OK;
}

enum err
act_proof_policy(struct work *w, struct proof_policy *out)
{
	return tell_proof_policy(w, out);
}

enum err
act_proof_policy_keep(struct work *w, const struct proof_policy *in, struct proof_policy *out)
{
	struct buf b = buf_open(w->arena, 128, 1024);
	struct water_setting_row *row;
	enum err e;

	TRY(sql_water_setting(w->db, SETTING_PROOF, STR(""), w->arena, &row));
	shape_write(&proof_policy_shape, in, &b);
	if (row == NULL && in->version == 0)
		e = sql_water_setting_insert(w->db, work_id(w), SETTING_PROOF, STR(""), buf_str(&b));
	else if (row != NULL)
		e = sql_water_setting_change(w->db, row->id, buf_str(&b), in->version);
	else
		e = fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	TRY(e);
	TRY(audit(w, "proof_policy.changed", "setting", 0, STR("")));
	return act_proof_policy(w, out);
}
