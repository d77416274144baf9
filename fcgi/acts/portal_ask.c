/*
 * fcgi/acts/portal_ask.c -- a customer asks for a visit, says how one was, and in which language we shall write.
 */
#include "fcgi/acts/portal.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_message.h"
#include "sql/tenant/queries/portal.h"
#include "sql/tenant/queries/processor.h"
#include "sql/tenant/queries/services.h"
#include "sql/tenant/queries/visits.h"

static struct day today(const struct work *w);
static struct str key_of(struct work *w, uint64_t visit_id);

enum err
act_portal_asking(struct work *w, struct portal_asking *out)
{
	*out = (struct portal_asking){.first = day_add(today(w), 1), .last = day_add(today(w), PORTAL_ASK_DAYS)};
	TRY(sql_portal_places(w->db, w->actor.id, w->arena, &out->places, &out->places_n));
	return sql_portal_services(w->db, w->arena, &out->services, &out->services_n);
}

enum err
act_portal_ask_visit(struct work *w, const struct portal_ask *in, struct portal_visits *out)
{
	struct visit v = {.id = work_id(w), .customer_id = w->actor.id, .property_id = in->property_id,
	    .service_id = in->service_id, .day = in->day, .seq = VISIT_SEQ_MAX, .note = in->note, .state = VISIT_SCHEDULED,
	    .source = VISIT_OF_BOOKING, .by_hand = true, .version = 1};
	struct portal_number waiting;
	struct portal_asking may;
	struct service_row service;
	bool here = false;
	enum err e;

	TRY(act_portal_asking(w, &may));
	for (size_t i = 0; i < may.places_n; i++)
		here = here || may.places[i].id == in->property_id;
	if (!here)
		return fail(&w->fault, E_INVALID, "property_id", "This property does not exist.");
	e = sql_service_one(w->db, in->service_id, w->arena, &service);
	if (tell_absent(w, e) || (e == OK && service.archived_at.is))
		return fail(&w->fault, E_INVALID, "service_id", "This service does not exist.");
	TRY(e);
	if (in->day.n < may.first.n || in->day.n > may.last.n)
		return fail(&w->fault, E_INVALID, "day", "Choose a day from tomorrow on, within three months.");
	TRY(sql_portal_asked(w->db, w->actor.id, today(w), VISIT_OF_BOOKING, VISIT_SCHEDULED, w->arena, &waiting));
	if (waiting.number >= PORTAL_ASKED_MAX)
		return fail(&w->fault, E_LIMIT, NULL, "You have asked for several visits already. The company will answer soon.");
	v.minutes = service.minutes;
	TRY(sql_visit_insert(w->db, v.id, v.agreement_id, v.occurs_day, v.customer_id, v.property_id, v.pool_id, v.service_id, v.day,
	    v.tech_id, v.seq, v.from_minute, v.to_minute, v.minutes, v.state, v.source, v.by_hand, v.note, STR("")));
	TRY(tell_visit(w, NULL, &v, &(struct visit_said){.verb = VERB_MADE}));
	const struct event_value values[] = {{STR("what"), service.name}};
	TRY(tell_event(w, &(struct event){.customer_id = v.customer_id, .property_id = v.property_id, .kind = EVENT_VISIT_ASKED,
	    .ref_kind = RECORD_VISIT, .ref_id = v.id, .values = values, .values_n = 1}));
	TRY(tell_standing(w, v.customer_id));
	return act_portal_next(w, out);
}

enum err
act_portal_rate(struct work *w, uint64_t visit_id, uint32_t stars, struct str text)
{
	struct portal_visit v;
	enum err e;

	TRY(sql_portal_visit_one(w->db, visit_id, VISIT_OF_BOOKING, VISIT_SCHEDULED, w->arena, &v));
	if (v.customer_id != w->actor.id || v.state != VISIT_DONE)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	e = sql_provider_event_insert(w->db, work_id(w), STR("ours"), key_of(w, visit_id), STR("stars"), STR(""), w->now);
	if (e == E_STALE) {
		w->fault = (struct fault){0};
		return fail(&w->fault, E_STALE, NULL, "You have told us already. Thank you.");
	}
	TRY(e);
	return tell_rating(w, v.customer_id, visit_id, stars, text);
}

enum err
portal_rated(struct work *w, uint64_t visit_id, bool *rated)
{
	struct portal_number n;

	TRY(sql_portal_rated(w->db, key_of(w, visit_id), w->arena, &n));
	*rated = n.number > 0;
	return OK;
}

enum err
act_portal_speak(struct work *w, enum language language)
{
	uint64_t changed;

	TRY(sql_portal_language_set(w->db, w->actor.id, str_of(language_tag(language)), &changed));
	w->actor.language = language;
	return OK;
}

static struct str
key_of(struct work *w, uint64_t visit_id)
{
	return str_printf(w->arena, "stars:%llu", (unsigned long long)visit_id);
}

static struct day
today(const struct work *w)
{
	return zone_day(w->tenant->zone, w->now);
}
