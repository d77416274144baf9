/*
 * fcgi/acts/facts.c -- load, decide, say: what customers hear of a visit, by the route as it runs.
 */
#include "fcgi/acts/facts.h"

#include "domain/visits/reason.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_board.h"
#include "fcgi/acts/tell_booking.h"
#include "fcgi/acts/tell_fact.h"
#include "fcgi/acts/tell_link.h"
#include "sql/tenant/queries/facts.h"
#include "sql/tenant/queries/visits.h"

#define ON_WAY_FRESH_S 1200 /* a tap that came later than this is no news */
#define STEP_MINUTES 5      /* an arrival is told in steps of these */
#define PAGE 200

/* What is known of a visit that is told of. */
struct telling_of {
	const struct fact_order *o;
	struct visit v;
	struct fact_place_row place;
	struct maybe_u32 begins; /* minute of the day, by the route as it runs */
	struct str url, calendar;
};

static enum err of_visit(struct work *w, const struct fact_order *o);
static bool holds(struct work *w, const struct telling_of *t);
static enum err arrival(struct work *w, struct telling_of *t, bool *late);
static enum err links(struct work *w, struct telling_of *t);
static enum err say(struct work *w, const struct telling_of *t);
static struct str value_of(struct work *w, const struct telling_of *t, const char *name, enum language l);

enum err
act_fact(struct work *w, const struct fact_order *o)
{
	switch (o->occasion) {
	case OCCASION_PAY_FAILED:
		return fact_pay_failed(w, o);
	case OCCASION_REVIEW:
		return fact_review(w, o);
	default:
		return of_visit(w, o);
	}
}

static enum err
of_visit(struct work *w, const struct fact_order *o)
{
	struct telling_of t = {.o = o, .url = STR(""), .calendar = STR("")};
	enum err e = sql_visit_one(w->db, o->id, w->arena, &t.v);
	bool late = false, decent = true;
	uint64_t dropped;

	if (tell_absent(w, e))
		return OK;
	TRY(e);
	TRY(sql_fact_place(w->db, o->id, w->arena, &t.place));
	if (!holds(w, &t))
		return OK;
	if (o->occasion == OCCASION_RATE)
		TRY(fact_decent(w, o, t.v.customer_id, &decent));
	if (!decent)
		return OK;
	if (o->occasion == OCCASION_ON_WAY || o->occasion == OCCASION_LATE) {
		TRY(arrival(w, &t, &late));
		if (!t.begins.is || (o->occasion == OCCASION_LATE && !late))
			return OK;
	}
	/* What still waits for a yes says a window that is over: the new one takes its place. */
	if (o->occasion == OCCASION_LATE)
		TRY(sql_late_drop(w->db, o->id, OCCASION_LATE, o->cause, MESSAGE_HELD, MESSAGE_WITHDRAWN, w->now, &dropped));
	TRY(links(w, &t));
	return say(w, &t);
}

/* Is it still so? Minutes lie between a fact and its words. */
static bool
holds(struct work *w, const struct telling_of *t)
{
	const struct visit *v = &t->v;
	const struct day today = zone_day(w->tenant->zone, w->now);

	switch (t->o->occasion) {
	case OCCASION_ASKED:
		return v->state == VISIT_SCHEDULED && (!v->tech_id.is || t->o->kept.is) && fact_time(v) == t->o->cause;
	case OCCASION_CONFIRMED:
		return v->state == VISIT_SCHEDULED && v->tech_id.is && fact_time(v) == t->o->cause;
	case OCCASION_MOVED:
		return v->state == VISIT_SCHEDULED && fact_time(v) == t->o->cause;
	case OCCASION_ON_WAY:
		return v->state == VISIT_ON_WAY && v->on_way_at.is && w->now - v->on_way_at.v <= ON_WAY_FRESH_S;
	case OCCASION_LATE:
		return (v->state == VISIT_SCHEDULED || v->state == VISIT_ON_WAY) && v->day.n == today.n && fact_late_of(t->o->cause, v->day);
	case OCCASION_SKIPPED:
		return v->state == VISIT_SKIPPED || v->state == VISIT_NO_ACCESS;
	case OCCASION_TOMORROW:
		return v->state == VISIT_SCHEDULED && v->day.n == t->o->cause;
	case OCCASION_RATE:
		return v->state == VISIT_DONE;
	default:
		return false;
	}
}

/* When the technician is there, by the board's own times. */
static enum err
arrival(struct work *w, struct telling_of *t, bool *late)
{
	struct board_lane *lanes;
	struct civil zero;
	size_t n;

	*late = false;
	if (!t->v.tech_id.is)
		return OK;
	TRY(tell_board(w, t->v.day, t->v.tech_id, &lanes, &n, NULL, NULL));
	day_civil(t->v.day, &zero);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < lanes[i].lane.stops; k++)
			if (lanes[i].rows[k].id == t->v.id) {
				const int64_t at = zone_instant(w->tenant->zone, &zero) + lanes[i].times[k].begin_s;
				struct civil c;

				zone_local(w->tenant->zone, at, &c);
				const uint32_t minute = (uint32_t)(c.hour * 60 + c.minute + STEP_MINUTES - 1);

				t->begins = (struct maybe_u32){true, minute / STEP_MINUTES * STEP_MINUTES % 1440};
				*late = lanes[i].times[k].late_s > 0;
			}
	return OK;
}

/* Who booked has a link that changes it without a password, and its calendar file. */
static enum err
links(struct work *w, struct telling_of *t)
{
	struct str token;

	if (t->o->occasion != OCCASION_ASKED && t->o->occasion != OCCASION_CONFIRMED) {
		t->url = company_url(w, "portal/visits");
		return OK;
	}
	TRY(link_show(w, LINK_BOOKING, t->v.id, tell_booking_ttl(w, t->v.day), "book/mine", &t->url));
	(void)str_cut(t->url, '#', &token);
	t->calendar = str_printf(w->arena, "%.*s?token=%.*s", STR_ARG(company_url(w, "api/portal/bookings/calendar.ics")),
	    STR_ARG(token));
	return OK;
}

static enum err
say(struct work *w, const struct telling_of *t)
{
	const struct occasion_entry *e = occasion_entry(t->o->occasion);
	const bool wished = t->place.text_before && (e->occasion == OCCASION_ON_WAY || e->occasion == OCCASION_TOMORROW);
	struct template_value *v[LANGUAGES];
	size_t n = 0;

	for (unsigned l = 0; l < LANGUAGES; l++) {
		v[l] = arena_array(w->arena, struct template_value, TEMPLATE_VALUES_MAX);
		n = 0;
		for (size_t i = 0; e->values[i] != NULL; i++)
			if (strcmp(e->values[i], "name") != 0 && strcmp(e->values[i], "company") != 0)
				v[l][n++] = (struct template_value){str_of(e->values[i]), value_of(w, t, e->values[i], (enum language)l)};
	}
	return tell_occasion(w, &(struct occurrence){.occasion = e->occasion, .customer_id = t->v.customer_id,
	    .key = e->occasion == OCCASION_RATE || e->occasion == OCCASION_TOMORROW
	        ? str_printf(w->arena, "c%llu:%d", (unsigned long long)t->v.customer_id, (int)t->v.day.n)
	        : str_printf(w->arena, "%llu:%lld", (unsigned long long)t->v.id, (long long)t->o->cause),
	    .values = {v[ENGLISH], v[SPANISH]}, .values_n = n, .ref_kind = RECORD_VISIT, .ref_id = t->v.id,
	    .service_id = t->v.service_id, .texted = t->o->said,
	    .wished = wished}, NULL);
}

static struct str
value_of(struct work *w, const struct telling_of *t, const char *name, enum language l)
{
	const struct visit *v = &t->v;
	const struct str n = str_of(name);
	const bool late = t->o->occasion == OCCASION_LATE;
	const uint32_t ends = t->begins.v + LATE_WINDOW_MIN;

	if (str_eq(n, STR("service")))
		return t->place.service;
	if (str_eq(n, STR("place")))
		return t->place.street;
	if (str_eq(n, STR("day")))
		return words_day(w->arena, v->day, l);
	if (str_eq(n, STR("when")))
		return words_when(w->arena, v->day, v->from_minute, v->to_minute, l);
	if (str_eq(n, STR("window")))
		return late ? tell_window_say(w, t->begins, (struct maybe_u32){true, ends < 1440 ? ends : 1439}, l)
			    : tell_window_say(w, v->from_minute, v->to_minute, l);
	if (str_eq(n, STR("time")))
		return words_minute(w->arena, t->begins.v, l);
	if (str_eq(n, STR("tech")))
		return t->place.tech.is ? t->place.tech.v : str_of(words_say(l, "our technician"));
	if (str_eq(n, STR("reason")))
		return v->skip_reason.n > 0 ? reason_say(v->skip_reason, l) : str_of(words_say(l, "something came in between"));
	return str_eq(n, STR("calendar")) ? t->calendar : t->url;
}

enum err
act_tomorrow(struct work *w, uint64_t after, uint64_t *next)
{
	const struct day day = day_add(zone_day(w->tenant->zone, w->now), 1);
	struct fact_visit_row *rows;
	uint64_t last = 0;
	size_t n;

	TRY(sql_fact_visits_of_day(w->db, day, VISIT_SCHEDULED, after, w->arena, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		const struct fact_order o = {.occasion = OCCASION_TOMORROW, .id = rows[i].id, .cause = day.n};

		/* Two stops of one customer are one word. */
		if (rows[i].customer_id != last)
			TRY(of_visit(w, &o));
		last = rows[i].customer_id;
	}
	*next = n == PAGE ? last : 0;
	return OK;
}
