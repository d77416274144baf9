/*
 * fcgi/acts/tell_fits.c -- does a plan fit the wishes of a property and the work of a technician?
 */
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_visits.h"

#include "domain/base/list.h"
#include "domain/base/setting.h"
#include "domain/staff/hours.h"
#include "domain/visits/wish.h"
#include "sql/tenant/queries/day.h"
#include "sql/tenant/queries/agreements.h"
#include "sql/tenant/queries/services.h"
#include "sql/tenant/queries/work.h"

#define NEEDS_MAX 10

static const char *clock_text(struct arena *a, uint32_t minute);
static enum err needs_read(struct work *w, uint64_t service_id, struct skill *needs, size_t *n);
static enum err tech_read(struct work *w, struct maybe_u64 tech, struct day from, struct fit *out);

enum err
tell_fits(struct work *w, const struct visit *v, bool anyway)
{
	struct fit fit;

	TRY(tell_fit_read(w, v->property_id, v->service_id, v->tech_id, v->day, &fit));
	if (v->tech_id.is && !fit.works_here)
		return fail(&w->fault, E_INVALID, "tech_id", "This person does not work here.");
	if (anyway)
		return OK;
	fit.who.minutes = v->minutes;
	TRY(wish_day(&fit.wish, v->day, &w->fault));
	TRY(fit_tech(&fit, v->day, v->from_minute, v->to_minute, &w->fault));
	return tell_clash(w, v);
}

enum err
tell_clash(struct work *w, const struct visit *v)
{
	struct visit *rows;
	size_t n;

	if (!v->tech_id.is || !v->from_minute.is || !v->to_minute.is)
		return OK;
	TRY(sql_visits_of_tech_day(w->db, v->tech_id.v, v->day, VISIT_CANCELLED, w->arena, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].id != v->id && !visit_over(rows[i].state) && visit_clash(v, &rows[i]))
			return fail(&w->fault, E_INVALID, "from_minute",
			    "Another customer is promised %s to %s: one person cannot keep both.",
			    clock_text(w->arena, rows[i].from_minute.v), clock_text(w->arena, rows[i].to_minute.v));
	return OK;
}

static const char *
clock_text(struct arena *a, uint32_t minute)
{
	return str_printf(a, "%u:%02u", minute / 60, minute % 60).p;
}

enum err
tell_fit_read(struct work *w, uint64_t property_id, uint64_t service_id, struct maybe_u64 tech, struct day from,
    struct fit *out)
{
	struct skill *needs = arena_array(w->arena, struct skill, NEEDS_MAX);
	struct place_row *place;

	*out = (struct fit){.who.needs = needs};
	TRY(sql_place_one(w->db, property_id, w->arena, &place));
	if (place != NULL) {
		out->wish.not_days = place->not_days;
		if (place->same_tech)
			out->wish.same_tech = place->usual_tech_id;
		if (!list_read_ids(place->never_techs, out->never, NEVER_TECHS_MAX, &out->wish.never_techs_n))
			out->wish.never_techs_n = 0;
		out->from_minute = place->from_minute;
		out->to_minute = place->to_minute;
	}
	out->wish.never_techs = out->never;
	TRY(needs_read(w, service_id, needs, &out->who.needs_n));
	return tech_read(w, tech, from, out);
}

bool
tell_absent(struct work *w, enum err e)
{
	if (e != E_NOT_FOUND)
		return false;
	w->fault = (struct fault){0};
	return true;
}

static enum err
tech_read(struct work *w, struct maybe_u64 id, struct day from, struct fit *out)
{
	struct staff_skill_row *rows;
	struct availability *hours;
	struct worker_row tech;
	struct skill *has;
	enum err e;

	out->tech_id = id;
	if (!id.is)
		return OK;
	e = sql_worker_one(w->db, id.v, w->arena, &tech);
	if (tell_absent(w, e) || (e == OK && tech.state == STAFF_DISABLED))
		return OK;
	TRY(e);
	out->works_here = true;
	out->who.tech = tech.name;
	TRY(sql_skills_of_staff(w->db, id.v, w->arena, &rows, &out->who.has_n));
	has = arena_array(w->arena, struct skill, out->who.has_n);
	for (size_t i = 0; i < out->who.has_n; i++)
		has[i] = (struct skill){rows[i].skill_id, rows[i].name, rows[i].expires_day};
	out->who.has = has;
	TRY(sql_availability_of(w->db, id.v, AVAILABLE_HOURS, from, w->arena, &hours, &out->who.hours_n));
	out->who.hours = hours;
	return OK;
}

static enum err
needs_read(struct work *w, uint64_t service_id, struct skill *needs, size_t *n)
{
	uint64_t id[NEEDS_MAX];
	struct service_row service;
	struct skill_row *all;
	size_t ids, all_n;

	*n = 0;
	TRY(sql_service_one(w->db, service_id, w->arena, &service));
	if (!list_read_ids(service.skills, id, NEEDS_MAX, &ids) || ids == 0)
		return OK;
	TRY(sql_skills(w->db, SETTING_SKILL, w->arena, &all, &all_n));
	for (size_t i = 0; i < ids; i++)
		for (size_t k = 0; k < all_n; k++)
			if (all[k].id == id[i])
				needs[(*n)++] = (struct skill){.skill_id = id[i], .name = all[k].name};
	return OK;
}
