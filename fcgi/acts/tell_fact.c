/*
 * fcgi/acts/tell_fact.c -- a fact that customers are told of: ordered with the fact, said by a job, so that no words of ours
 * ever stand in the way of what happened.
 */
#include "fcgi/acts/tell_fact.h"

#include "domain/visits/visit.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_message.h"

#include "fcgi/http/shape.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/messages.h"

#define TAKEN_BACK_S 120 /* somebody of the office may think better of it */
#define RATE_AFTER_S 3600
#define LATE_DAY 10000 /* minutes of a cause: more than a day has */

static const struct field fact_fields[] = {FIELD_ENUM(struct fact_order, occasion, occasion_names),
	FIELD_ID(struct fact_order, id), FIELD_INT(struct fact_order, cause, INT64_MIN / 2, INT64_MAX / 2),
	FIELD_BOOL(struct fact_order, said), FIELD_MAYBE_BOOL(struct fact_order, kept), FIELD_END};
const struct shape fact_order_shape = {"FactOrder", sizeof(struct fact_order), fact_fields};

enum err
tell_fact(struct work *w, const struct fact_order *o, int64_t at)
{
	const struct str key = str_printf(w->arena, "%s:%llu:%lld", occasion_entry(o->occasion)->name, (unsigned long long)o->id,
	    (long long)o->cause);
	bool off;

	TRY(tell_off(w, o->occasion, &off));
	/* A place that wants a text before somebody comes gets it, whatever is usual. */
	if (off && o->occasion != OCCASION_ON_WAY)
		return OK;
	return tell_once(w, "fact", key, &fact_order_shape, o, at);
}

enum err
tell_window(struct work *w, const struct visit *v)
{
	return tell_fact(w, &(struct fact_order){.occasion = OCCASION_MOVED, .id = v->id, .cause = fact_time(v)}, w->now);
}

int64_t
fact_time(const struct visit *v)
{
	return (int64_t)v->day.n * 1440 + (v->from_minute.is ? (int64_t)v->from_minute.v : 0);
}

int64_t
fact_late(struct day day, int32_t begin_s)
{
	return (int64_t)day.n * LATE_DAY + begin_s / 60 + LATE_WINDOW_MIN;
}

bool
fact_late_of(int64_t cause, struct day day)
{
	return cause / LATE_DAY == day.n;
}

bool
fact_late_told(int64_t told, struct day day, int32_t begin_s)
{
	return fact_late_of(told, day) && begin_s / 60 <= told % LATE_DAY;
}

enum err
tell_visit_facts(struct work *w, const struct visit *was, const struct visit *is)
{
	const struct day today = zone_day(w->tenant->zone, w->now);

	if (was == NULL || was->state == is->state || is->day.n < today.n - 1)
		return OK;
	switch (is->state) {
	case VISIT_ON_WAY:
		return tell_fact(w, &(struct fact_order){.occasion = OCCASION_ON_WAY, .id = is->id,
		    .cause = is->on_way_at.is ? is->on_way_at.v : w->now}, w->now);
	case VISIT_SKIPPED:
	case VISIT_NO_ACCESS:
		return tell_fact(w, &(struct fact_order){.occasion = OCCASION_SKIPPED, .id = is->id, .cause = is->day.n},
		    w->actor.kind == ACTOR_STAFF && is->state == VISIT_SKIPPED ? w->now + TAKEN_BACK_S : w->now);
	case VISIT_DONE:
		return tell_fact(w, &(struct fact_order){.occasion = OCCASION_RATE, .id = is->id, .cause = is->day.n},
		    w->now + RATE_AFTER_S);
	default:
		return OK;
	}
}

enum err
tell_zones(struct work *w, uint64_t customer_id, const struct zone *zone[ZONES_OF_READER])
{
	const char *name[ZONES_OF_READER];
	struct company_row company;
	struct region_row *region;
	size_t n = 0;

	zone[0] = w->tenant->zone;
	for (size_t i = 1; i < ZONES_OF_READER; i++)
		zone[i] = NULL;
	TRY(sql_company(w->db, w->arena, &company));
	TRY(sql_region_of(w->db, customer_id, w->arena, &region));
	if (region != NULL)
		n = region_zones(company.country, region->region, name);
	for (size_t i = 0; i < n; i++)
		TRY(config_zone(w->house->config, str_of(name[i]), &zone[i], &w->fault));
	return OK;
}

struct str
tell_window_say(struct work *w, struct maybe_u32 from_minute, struct maybe_u32 to_minute, enum language l)
{
	const struct str from = words_minute(w->arena, from_minute.v, l), to = words_minute(w->arena, to_minute.v, l);
	struct fault say = {0};
	enum err said;

	if (from_minute.is && to_minute.is)
		said = fail(&say, E_INVALID, NULL, "between %.*s and %.*s", STR_ARG(from), STR_ARG(to));
	else if (to_minute.is)
		said = fail(&say, E_INVALID, NULL, "by %.*s", STR_ARG(to));
	else if (from_minute.is)
		said = fail(&say, E_INVALID, NULL, "from %.*s on", STR_ARG(from));
	else
		said = fail(&say, E_INVALID, NULL, "in the course of the day");
	(void)said;
	return words_fault(w->arena, l, &say);
}
