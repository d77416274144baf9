#include "fcgi/route/print.h"

/* What one route adds up to, walked forward from its shift's start. */
struct sums {
	int64_t cost, drive_s, service_s, wait_s, late_s;
	uint32_t routes, left_out;
};

static void print_route(const struct instance *i, const struct plan *plan, uint32_t r, struct buf *out,
    struct sums *all);
static void walk(const struct instance *i, uint32_t r, const struct route *route, struct buf *steps,
    struct sums *s);
static void step(struct buf *out, const char *type, const uint64_t *id, int64_t at_s, int64_t drive_s,
    int64_t service_s, int64_t wait_s);
static int64_t leg(const struct instance *i, uint32_t from, uint32_t to, const int32_t *table);
static int64_t window_wait(const struct stop *s, int64_t at_s, int64_t *late_s);
static void print_sums(const struct instance *i, const struct sums *s, struct buf *out);

void
print_plan(const struct instance *i, const struct plan *plan, struct buf *out)
{
	struct buf routes = buf_open(out->a, 1 << 16, (size_t)1 << 28);
	struct sums all = {0};

	for (uint32_t r = 0; r < i->problem.shifts; r++)
		if (plan->route[r].stops > 0)
			print_route(i, plan, r, &routes, &all);
	buf_add(out, STR("{\"code\":0,\"summary\":{"));
	for (uint32_t s = 0; s < i->problem.stops; s++)
		all.left_out += plan->pattern[s] == 0;
	print_sums(i, &all, out);
	buf_printf(out, ",\"routes\":%u,\"unassigned\":%u,\"iterations\":%llu", all.routes, all.left_out,
	    (unsigned long long)plan->iterations);
	if (i->scale > 1)
		buf_printf(out, ",\"distance\":%.3f", (double)all.cost / i->scale);
	buf_printf(out, ",\"estimated\":%s},\"unassigned\":[", i->estimated ? "true" : "false");
	for (uint32_t s = 0, n = 0; s < i->problem.stops; s++)
		if (plan->pattern[s] == 0)
			buf_printf(out, "%s{\"id\":%llu,\"type\":\"job\"}", n++ > 0 ? "," : "",
			    (unsigned long long)i->stop_id[s]);
	buf_add(out, STR("],\"routes\":["));
	buf_add(out, buf_str(&routes));
	buf_add(out, STR("]}\n"));
}

static void
print_route(const struct instance *i, const struct plan *plan, uint32_t r, struct buf *out,
    struct sums *all)
{
	struct buf steps = buf_open(out->a, 1 << 12, (size_t)1 << 26);
	struct sums s = {0};

	walk(i, r, &plan->route[r], &steps, &s);
	buf_printf(out, "%s{\"vehicle\":%llu,", all->routes++ > 0 ? "," : "",
	    (unsigned long long)i->shift_id[r]);
	if (i->problem.days > 1)
		buf_printf(out, "\"day\":%u,", i->problem.shift[r].day + 1);
	print_sums(i, &s, out);
	buf_add(out, STR(",\"steps\":["));
	buf_add(out, buf_str(&steps));
	buf_add(out, STR("]}"));
	all->cost += s.cost;
	all->drive_s += s.drive_s;
	all->service_s += s.service_s;
	all->wait_s += s.wait_s;
	all->late_s += s.late_s;
}

static void
walk(const struct instance *i, uint32_t r, const struct route *route, struct buf *steps, struct sums *s)
{
	const struct problem *p = &i->problem;
	const struct shift *shift = &p->shift[r];
	int64_t at_s = shift->from_s;
	uint32_t from = shift->start;

	if (from != ROUTING_NOWHERE)
		step(steps, "start", NULL, at_s, 0, 0, 0);
	for (uint32_t n = 0; n < route->stops; n++) {
		const struct stop *stop = &p->stop[route->stop[n]];
		int64_t wait_s;

		s->drive_s += leg(i, from, stop->place, p->matrix.seconds);
		s->cost += leg(i, from, stop->place, p->matrix.cost);
		at_s += leg(i, from, stop->place, p->matrix.seconds);
		wait_s = window_wait(stop, at_s, &s->late_s);
		step(steps, "job", &i->stop_id[route->stop[n]], at_s, s->drive_s, stop->service_s, wait_s);
		at_s += wait_s + stop->service_s;
		s->wait_s += wait_s;
		s->service_s += stop->service_s;
		from = stop->place;
	}
	s->drive_s += leg(i, from, shift->end, p->matrix.seconds);
	s->cost += leg(i, from, shift->end, p->matrix.cost);
	at_s += leg(i, from, shift->end, p->matrix.seconds);
	if (shift->end != ROUTING_NOWHERE)
		step(steps, "end", NULL, at_s, s->drive_s, 0, 0);
	if (at_s > shift->to_s)
		s->late_s += at_s - shift->to_s;
}

static void
step(struct buf *out, const char *type, const uint64_t *id, int64_t at_s, int64_t drive_s,
    int64_t service_s, int64_t wait_s)
{
	if (out->n > 0)
		buf_char(out, ',');
	buf_printf(out, "{\"type\":\"%s\",", type);
	if (id != NULL)
		buf_printf(out, "\"id\":%llu,\"job\":%llu,", (unsigned long long)*id,
		    (unsigned long long)*id);
	buf_printf(out, "\"setup\":0,\"service\":%lld,\"waiting_time\":%lld,\"arrival\":%lld,"
			"\"duration\":%lld,\"violations\":[]}",
	    (long long)service_s, (long long)wait_s, (long long)at_s, (long long)drive_s);
}

static int64_t
leg(const struct instance *i, uint32_t from, uint32_t to, const int32_t *table)
{
	if (from == ROUTING_NOWHERE || to == ROUTING_NOWHERE)
		return 0;
	return table[(size_t)from * i->problem.matrix.places + to];
}

/* Until the first window that can still be met; late after the last. */
static int64_t
window_wait(const struct stop *s, int64_t at_s, int64_t *late_s)
{
	for (uint32_t w = 0; w < s->windows; w++)
		if (at_s <= s->window[w].to_s)
			return at_s < s->window[w].from_s ? s->window[w].from_s - at_s : 0;
	if (s->windows > 0)
		*late_s += at_s - s->window[s->windows - 1].to_s;
	return 0;
}

static void
print_sums(const struct instance *i, const struct sums *s, struct buf *out)
{
	(void)i;
	buf_printf(out, "\"cost\":%lld,\"setup\":0,\"service\":%lld,\"duration\":%lld,"
			"\"waiting_time\":%lld,\"priority\":0,\"violations\":[",
	    (long long)s->cost, (long long)s->service_s, (long long)s->drive_s, (long long)s->wait_s);
	if (s->late_s > 0)
		buf_printf(out, "{\"cause\":\"delay\",\"duration\":%lld}", (long long)s->late_s);
	buf_char(out, ']');
}
