/*
 * fcgi/api/tech/calendar.c -- the calendar feed of one technician, behind a secret address.
 *
 * Whoever has the address sees stops and streets, no codes and no telephone numbers. The key is the last part of
 * a query, of which only the hash is kept; a new address ends the old one.
 */
#include "domain/base/ical.h"
#include "domain/base/id.h"
#include "fcgi/acts/work.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err calendar_get(struct work *w, const struct call *c);
static void add(struct work *w, struct buf *b, const struct visit_line *v);
static int64_t at(struct work *w, struct day day, uint32_t minute);

#define CALENDAR_MAX (4 * 1024 * 1024)

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
	struct buf b = buf_open(w->arena, 16384, CALENDAR_MAX);
	struct feed_visits feed;

	TRY(act_feed_read(w, q->key, &feed));
	buf_add(&b, STR("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Poolhouse//Calendar//EN\r\n"));
	ical_text(&b, "NAME", feed.name);
	for (size_t i = 0; i < feed.rows_n; i++)
		if (feed.rows[i].state != VISIT_SKIPPED && feed.rows[i].state != VISIT_CANCELLED)
			add(w, &b, &feed.rows[i]);
	buf_add(&b, STR("END:VCALENDAR\r\n"));
	return b.full ? E_BUG : reply_file(c, "text/calendar; charset=utf-8", "calendar.ics", buf_str(&b));
}

/* With a window it is an appointment of so long; without, a line on its day, in the order of the plan. */
static void
add(struct work *w, struct buf *b, const struct visit_line *v)
{
	char id[ID_LETTERS + 1];

	id_write(v->id, id);
	buf_add(b, STR("BEGIN:VEVENT\r\n"));
	ical_line(b, "UID", str_printf(w->arena, "%s@%s", id, w->tenant->slug));
	ical_instant(b, "DTSTAMP", w->now);
	ical_line(b, "SEQUENCE", str_printf(w->arena, "%u", v->version));
	ical_text(b, "SUMMARY", str_printf(w->arena, "%.*s: %.*s", STR_ARG(v->customer), STR_ARG(v->service)));
	ical_text(b, "LOCATION", str_printf(w->arena, "%.*s, %.*s", STR_ARG(v->street), STR_ARG(v->city)));
	if (v->from_minute.is) {
		ical_instant(b, "DTSTART", at(w, v->day, v->from_minute.v));
		ical_instant(b, "DTEND", at(w, v->day, v->from_minute.v + (v->minutes > 0 ? v->minutes : 1)));
	} else {
		ical_day(b, "DTSTART", v->day);
	}
	buf_add(b, STR("END:VEVENT\r\n"));
}

/* In UTC: so the feed needs no table of the zone, and both nights of the year come out right. */
static int64_t
at(struct work *w, struct day day, uint32_t minute)
{
	struct civil c;

	day_civil(day_add(day, (int32_t)(minute / 1440)), &c);
	c.hour = (uint8_t)(minute % 1440 / 60);
	c.minute = (uint8_t)(minute % 60);
	return zone_instant(w->tenant->zone, &c);
}
