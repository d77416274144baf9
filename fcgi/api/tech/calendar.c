/*
 * fcgi/api/tech/calendar.c -- the calendar feed of one technician, behind a secret address.
 *
 * Whoever has the address sees stops and streets, no codes and no telephone numbers. The key is the last part of
 * a query, of which only the hash is kept; a new address ends the old one.
 *
 * The second door of libical: it escapes and folds what it writes (RFC 5545).
 */
#include <libical/ical.h>

#include "domain/base/id.h"
#include "fcgi/acts/work.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err calendar_get(struct work *w, const struct call *c);
static void add(struct work *w, icalcomponent *to, const struct visit_line *v);
static struct icaltimetype at(struct work *w, struct day day, uint32_t minute);
static void put(struct work *w, icalcomponent *to, icalproperty_kind kind, struct str text);
static void drop(void *calendar);

struct calendar_query {
	struct str key;
};
static const struct field calendar_query_fields[] = {FIELD_TEXT(struct calendar_query, key, 0, 64), FIELD_END};
static const struct shape calendar_query_shape = {"CalendarQuery", sizeof(struct calendar_query),
    calendar_query_fields};

const struct endpoint tech_calendar[] = {
	{GET, "/calendar.ics", .anyone = true, .query = &calendar_query_shape, .file = "text/calendar; charset=utf-8",
	    .run = calendar_get, .help = "The stops of one technician as a calendar, for whoever has the address.",
	    .story = "schedule.test.mjs"},
	{0}
};

static enum err
calendar_get(struct work *w, const struct call *c)
{
	const struct calendar_query *q = c->query;
	struct feed_visits feed;
	icalcomponent *calendar;
	char *text;

	TRY(act_feed_read(w, q->key, &feed));
	calendar = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
	arena_defer(w->arena, drop, calendar);
	icalcomponent_add_property(calendar, icalproperty_new_version("2.0"));
	icalcomponent_add_property(calendar, icalproperty_new_prodid("-//Poolhouse//Calendar//EN"));
	put(w, calendar, ICAL_NAME_PROPERTY, feed.name);
	for (size_t i = 0; i < feed.rows_n; i++)
		if (feed.rows[i].state != VISIT_SKIPPED && feed.rows[i].state != VISIT_CANCELLED)
			add(w, calendar, &feed.rows[i]);
	text = icalcomponent_as_ical_string(calendar); /* libical's ring buffer: copied at once */
	return reply_file(c, "text/calendar; charset=utf-8", "calendar.ics",
	    str_copy(w->arena, str_of(text != NULL ? text : "")));
}

/* With a window it is an appointment of so long; without, a line on its day, in the order of the plan. */
static void
add(struct work *w, icalcomponent *to, const struct visit_line *v)
{
	icalcomponent *event = icalcomponent_new(ICAL_VEVENT_COMPONENT);
	struct icaltimetype now = icaltime_from_timet_with_zone((time_t)w->now, 0, icaltimezone_get_utc_timezone());
	char id[ID_LETTERS + 1];

	id_write(v->id, id);
	put(w, event, ICAL_UID_PROPERTY, str_printf(w->arena, "%s@%s", id, w->tenant->slug));
	icalcomponent_add_property(event, icalproperty_new_dtstamp(now));
	icalcomponent_add_property(event, icalproperty_new_sequence((int)v->version));
	put(w, event, ICAL_SUMMARY_PROPERTY,
	    str_printf(w->arena, "%.*s: %.*s", STR_ARG(v->customer), STR_ARG(v->service)));
	put(w, event, ICAL_LOCATION_PROPERTY,
	    str_printf(w->arena, "%.*s, %.*s", STR_ARG(v->street), STR_ARG(v->city)));
	if (v->from_minute.is) {
		icalcomponent_set_dtstart(event, at(w, v->day, v->from_minute.v));
		icalcomponent_set_dtend(event, at(w, v->day, v->from_minute.v + (v->minutes > 0 ? v->minutes : 1)));
	} else {
		struct icaltimetype day = {.is_date = 1};
		struct civil c;

		day_civil(v->day, &c);
		day.year = c.year;
		day.month = c.month;
		day.day = c.mday;
		icalcomponent_set_dtstart(event, day);
	}
	icalcomponent_add_component(to, event);
}

/* In UTC: so the feed needs no table of the zone, and both nights of the year come out right. */
static struct icaltimetype
at(struct work *w, struct day day, uint32_t minute)
{
	struct civil c;

	day_civil(day_add(day, (int32_t)(minute / 1440)), &c);
	c.hour = (uint8_t)(minute % 1440 / 60);
	c.minute = (uint8_t)(minute % 60);
	return icaltime_from_timet_with_zone((time_t)zone_instant(w->tenant->zone, &c), 0,
	    icaltimezone_get_utc_timezone());
}

static void
put(struct work *w, icalcomponent *to, icalproperty_kind kind, struct str text)
{
	icalproperty *p = icalproperty_new(kind);

	icalproperty_set_value(p, icalvalue_new_text(str_copy(w->arena, text).p));
	icalcomponent_add_property(to, p);
}

static void
drop(void *calendar)
{
	icalcomponent_free(calendar);
}
