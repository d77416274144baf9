#include "fcgi/acts/times.h"

#include "domain/staff/clock.h"
#include "domain/visits/visit.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "sql/tenant/queries/sync.h"

#define SPANS_MAX 20000

static int order(uint64_t a, struct day on_a, uint64_t b, struct day on_b);
static void count(const struct work *w, const struct clock_of_row *c, size_t n, struct time_day *out);
static int64_t instant(const struct work *w, struct day day, uint32_t minute);

enum err
act_times(struct work *w, const struct times_query *q, struct times_page *out)
{
	struct clock_of_row *clock;
	struct stop_times_row *stops;
	size_t clock_n, stops_n;

	if (q->to.n < q->from.n)
		return fail(&w->fault, E_INVALID, "to", "The last day is before the first.");
	if (q->to.n - q->from.n >= TIMES_DAYS_MAX)
		return fail(&w->fault, E_INVALID, "to", "This is too much for one look. Choose fewer days, or one technician.");
	TRY(sql_clock_between(w->db, q->from, q->to, w->arena, &clock, &clock_n));
	TRY(sql_stop_times_between(w->db, q->from, q->to, VISIT_DONE, VISIT_NO_ACCESS, w->arena, &stops, &stops_n));
	*out = (struct times_page){arena_array(w->arena, struct time_day, TIMES_MAX), 0};
	for (size_t c = 0, s = 0; c < clock_n || s < stops_n;) {
		const int which = c == clock_n ? 1 : s == stops_n ? -1
		    : order(clock[c].staff_id, clock[c].day, stops[s].staff_id, stops[s].day);
		struct time_day *row = &out->rows[out->rows_n];
		size_t n = 0;

		if (clock_n > SPANS_MAX || out->rows_n++ == TIMES_MAX)
			return fail(&w->fault, E_LIMIT, "to", "This is too much for one look. Choose fewer days, or one technician.");
		while (which <= 0 && c + n < clock_n && order(clock[c + n].staff_id, clock[c + n].day, clock[c].staff_id, clock[c].day) == 0)
			n++;
		if (n > 0)
			count(w, &clock[c], n, row);
		c += n;
		if (which < 0)
			continue;
		row->staff_id = stops[s].staff_id;
		row->name = stops[s].name;
		row->day = stops[s].day;
		row->stops = stops[s].stops;
		row->drive_s = stops[s].drive_s;
		row->service_s = stops[s++].service_s;
	}
	return OK;
}

static int
order(uint64_t a, struct day on_a, uint64_t b, struct day on_b)
{
	if (a != b)
		return a < b ? -1 : 1;
	return on_a.n < on_b.n ? -1 : on_a.n > on_b.n;
}

static void
count(const struct work *w, const struct clock_of_row *c, size_t n, struct time_day *out)
{
	struct clock_span span[TIME_SPANS_MAX];
	struct clock_sum sum;

	n = n < TIME_SPANS_MAX ? n : TIME_SPANS_MAX;
	out->spans = arena_array(w->arena, struct time_span, n);
	out->spans_n = n;
	for (size_t i = 0; i < n; i++) {
		span[i] = (struct clock_span){c[i].kind == CLOCK_BREAK, c[i].from_at, c[i].to_at};
		out->spans[i] = (struct time_span){c[i].id, c[i].kind, c[i].from_at, c[i].to_at, c[i].version};
	}
	clock_count(span, n, w->now, &sum);
	out->staff_id = c->staff_id;
	out->name = c->name;
	out->day = c->day;
	out->in_at = sum.in_at;
	out->out_at = sum.out_at;
	out->worked_s = sum.worked_s;
	out->break_s = sum.break_s;
	out->forgot = sum.forgot;
}

enum err
act_time_change(struct work *w, uint64_t id, const struct time_change *in)
{
	char was[2][ZONE_TIME_LETTERS + 1] = {"", ""}, is[2][ZONE_TIME_LETTERS + 1];
	struct buf detail = buf_open(w->arena, 200, 400);
	struct clock_of_row c;
	int64_t from, to;

	TRY(sql_clock_one_for_update(w->db, id, w->arena, &c));
	if (c.version != in->version)
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	from = instant(w, c.day, in->from_minute);
	to = instant(w, c.day, in->to_minute);
	if (to <= from)
		return fail(&w->fault, E_INVALID, "to_minute", "The end is before the beginning.");
	if (to - from > CLOCK_LONGEST_S)
		return fail(&w->fault, E_INVALID, "to_minute", "Nobody works longer than sixteen hours.");
	if (to > w->now)
		return fail(&w->fault, E_INVALID, "to_minute", "This time has not come yet.");
	TRY(sql_clock_put(w->db, id, from, to, in->version));
	zone_write(w->tenant->zone, c.from_at, was[0]);
	if (c.to_at.is)
		zone_write(w->tenant->zone, c.to_at.v, was[1]);
	zone_write(w->tenant->zone, from, is[0]);
	zone_write(w->tenant->zone, to, is[1]);
	buf_printf(&detail, "%.*s: %s - %s -> %s - %s", STR_ARG(c.name), was[0], was[1], is[0], is[1]);
	TRY(tell_clock(w, c.staff_id, c.day));
	return audit(w, "time.put", "clock", id, buf_str(&detail));
}

static int64_t
instant(const struct work *w, struct day day, uint32_t minute)
{
	struct civil c;

	day_civil(day_add(day, (int32_t)(minute / 1440)), &c);
	c.hour = (uint8_t)(minute % 1440 / 60);
	c.minute = (uint8_t)(minute % 60);
	return zone_instant(w->tenant->zone, &c);
}
