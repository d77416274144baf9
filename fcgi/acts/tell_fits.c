/*
 * fcgi/acts/tell_fits.c -- does a plan fit the wishes of a property and the work of a technician?
 */
#include "fcgi/acts/tell.h"

#include "domain/base/list.h"
#include "domain/base/setting.h"
#include "domain/staff/hours.h"
#include "domain/visits/wish.h"
#include "sql/tenant/queries/agreements.h"
#include "sql/tenant/queries/services.h"
#include "sql/tenant/queries/work.h"

#define NEEDS_MAX 10

static enum err needs_read(struct work *w, uint64_t service_id, struct skill *needs, size_t *n);
static enum err tech_fits(struct work *w, const struct visit *v, const struct worker_row *tech);

enum err
tell_fits(struct work *w, const struct visit *v, bool anyway)
{
	uint64_t never[NEVER_TECHS_MAX];
	struct wish wish = {.never_techs = never};
	struct worker_row tech;
	struct place_row *place;

	if (v->tech_id.is) {
		enum err e = sql_worker_one(w->db, v->tech_id.v, w->arena, &tech);

		if (tell_absent(w, e) || (e == OK && tech.state == STAFF_DISABLED))
			return fail(&w->fault, E_INVALID, "tech_id", "This person does not work here.");
		TRY(e);
	}
	if (anyway)
		return OK;
	TRY(sql_place_one(w->db, v->property_id, w->arena, &place));
	if (place != NULL) {
		wish.not_days = place->not_days;
		if (place->same_tech)
			wish.same_tech = place->usual_tech_id;
		if (!list_read_ids(place->never_techs, never, NEVER_TECHS_MAX, &wish.never_techs_n))
			wish.never_techs_n = 0;
		TRY(wish_day(&wish, v->day, &w->fault));
		TRY(wish_tech(&wish, v->tech_id, &w->fault));
	}
	return v->tech_id.is ? tech_fits(w, v, &tech) : OK;
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
tech_fits(struct work *w, const struct visit *v, const struct worker_row *tech)
{
	struct skill needs[NEEDS_MAX], *has;
	struct staff_skill_row *rows;
	struct availability *hours;
	struct assignment a = {.tech = tech->name, .day = v->day, .from_minute = v->from_minute,
	    .to_minute = v->to_minute, .needs = needs};

	TRY(needs_read(w, v->service_id, needs, &a.needs_n));
	TRY(sql_skills_of_staff(w->db, tech->id, w->arena, &rows, &a.has_n));
	has = arena_array(w->arena, struct skill, a.has_n);
	for (size_t i = 0; i < a.has_n; i++)
		has[i] = (struct skill){rows[i].skill_id, rows[i].name, rows[i].expires_day};
	a.has = has;
	TRY(sql_availability_of(w->db, tech->id, AVAILABLE_HOURS, v->day, w->arena, &hours, &a.hours_n));
	a.hours = hours;
	return staff_can_go(&a, &w->fault);
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
