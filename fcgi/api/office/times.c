/*
 * fcgi/api/office/times.c -- how long people worked, drove and were at stops.
 */
#include "fcgi/acts/times.h"
#include "fcgi/acts/today.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"
#include "fcgi/http/shape_csv.h"

static enum err times_get(struct work *w, const struct call *c);
static enum err time_put(struct work *w, const struct call *c);

#define SECONDS(m) FIELD_INT(struct time_day, m, 0, 864000000)
static const struct field span_fields[] = {
	FIELD_ID(struct time_span, id),
	FIELD_ENUM(struct time_span, kind, clock_kind_names),
	FIELD_TIME(struct time_span, from_at),
	FIELD_MAYBE_TIME(struct time_span, to_at),
	FIELD_INT(struct time_span, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape span_shape = {"TimeSpan", sizeof(struct time_span), span_fields};
static const struct field day_fields[] = {
	FIELD_ID(struct time_day, staff_id),
	FIELD_TEXT(struct time_day, name, 0, 120),
	FIELD_DAY(struct time_day, day),
	FIELD_MAYBE_TIME(struct time_day, in_at),
	FIELD_MAYBE_TIME(struct time_day, out_at),
	SECONDS(worked_s),
	SECONDS(break_s),
	FIELD_BOOL(struct time_day, forgot),
	FIELD_INT(struct time_day, stops, 0, 2000),
	SECONDS(drive_s),
	SECONDS(service_s),
	FIELD_LIST(struct time_day, spans, spans_n, &span_shape, TIME_SPANS_MAX),
	FIELD_END
};
static const struct shape day_shape = {"TimeDay", sizeof(struct time_day), day_fields};
static const struct field page_fields[] = {FIELD_LIST(struct times_page, rows, rows_n, &day_shape, TIMES_MAX), FIELD_END};
static const struct shape page_shape = {"TimesPage", sizeof(struct times_page), page_fields};
static const struct field query_fields[] = {
	FIELD_DAY(struct times_query, from), FIELD_DAY(struct times_query, to), FIELD_END};
static const struct shape query_shape = {"TimesQuery", sizeof(struct times_query), query_fields};
static const struct field change_fields[] = {
	FIELD_INT(struct time_change, from_minute, 0, 1439),
	FIELD_INT(struct time_change, to_minute, 1, TIME_MINUTES_MAX),
	FIELD_INT(struct time_change, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape change_shape = {"TimeChange", sizeof(struct time_change), change_fields};
static const struct columns columns = {&page_shape,
    "Technician,Day,In,Out,Worked minutes,Break minutes,Forgot to clock out,Stops,Driving minutes,At stops minutes",
    "Técnico,Día,Entrada,Salida,Minutos trabajados,Minutos de descanso,Olvidó salir,Paradas,Minutos al volante,Minutos en paradas",
    "name,day,in_at,out_at,worked_s,break_s,forgot,stops,drive_s,service_s"};

const struct endpoint office_times[] = {
	{GET, "/times", .may = MAY(MAY_MANAGE_STAFF), .query = &query_shape, .out = &page_shape, .run = times_get,
	    .help = "How long people worked, took breaks, drove and were at stops, day by day.", .story = "sync.test.mjs"},
	{GET, "/times.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_MANAGE_STAFF), .query = &query_shape, .file = CSV_TYPE,
	    .columns = &columns, .run = times_get, .help = "Hours of work as a table, for the payroll.", .story = "exports.test.mjs"},
	{PUT, "/times/:id", .may = MAY(MAY_MANAGE_STAFF), .body = &change_shape, .run = time_put,
	    .help = "Put a time at work or a break right.", .story = "sync.test.mjs"},
	{0}
};

static enum err
times_get(struct work *w, const struct call *c)
{
	struct times_page out;

	TRY(act_times(w, c->query, &out));
	return reply_shape(c, &page_shape, &out);
}

static enum err
time_put(struct work *w, const struct call *c)
{
	TRY(act_time_change(w, c->id, c->body));
	return reply_nothing(c);
}
