#include "fcgi/route/print.h"

#include "domain/routing/walk.h"

/* What one route adds up to, walked forward from its shift's start. */
struct sums {
	int64_t cost, drive_s, service_s, wait_s, late_s;
	uint32_t routes, left_out;
};

static void print_route(const struct instance *i, const struct plan *plan, uint32_t r,
    struct buf *out, struct sums *all);
static void print_steps(const struct instance *i, uint32_t r, const struct route *route,
    const struct step *step, const struct walk *w, struct buf *out, struct sums *s);
static void print_step(struct buf *out, const char *type, const uint64_t *id, int64_t at_s,
    int64_t drive_s, int64_t service_s, int64_t wait_s);
static int64_t leg(const struct instance *i, uint32_t from, uint32_t to, const int32_t *table);
static uint32_t print_supply(const struct instance *i, uint32_t from, const struct walk *w, struct buf *out, struct sums *s);
static int64_t left_s(const struct problem *p, const struct shift *shift, uint32_t k, const struct step *step, const struct walk *w);
static void print_break(const struct shift *shift, int64_t at_s, int64_t drive_s, struct buf *out);
static void print_sums(const struct sums *s, struct buf *out);

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
	print_sums(&all, out);
	buf_printf(out, ",\"routes\":%u,\"unassigned\":%u,\"iterations\":%llu", all.routes,
	    all.left_out, (unsigned long long)plan->iterations);
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
	struct step *step = arena_array(out->a, struct step, plan->route[r].stops + 1);
	struct view v = {plan->route[r].stop, plan->route[r].stops, ROUTING_NO_STOP, 0};
	struct sums s = {0};
	struct walk w;

	walk_route(&i->problem, r, &v, plan->fixed_s, step, &w);
	print_steps(i, r, &plan->route[r], step, &w, &steps, &s);
	buf_printf(out, "%s{\"vehicle\":%llu,", all->routes++ > 0 ? "," : "",
	    (unsigned long long)i->shift_id[r]);
	if (i->problem.days > 1)
		buf_printf(out, "\"day\":%u,", i->problem.shift[r].day + 1);
	print_sums(&s, out);
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
print_steps(const struct instance *i, uint32_t r, const struct route *route,
    const struct step *step, const struct walk *w, struct buf *out, struct sums *s)
{
	const struct problem *p = &i->problem;
	const struct shift *shift = &p->shift[r];
	uint32_t from = shift->start, n = route->stops;

	if (from != ROUTING_NOWHERE)
		print_step(out, "start", NULL, shift->from_s, 0, 0, 0);
	for (uint32_t k = 0; k < n; k++) {
		const struct stop *stop = &p->stop[step[k].stop];

		if (w->supply_after == k)
			from = print_supply(i, from, w, out, s);
		if (w->lunch_after == k)
			print_break(shift, left_s(p, shift, k, step, w), s->drive_s, out);
		s->drive_s += leg(i, from, stop->place, p->matrix.seconds);
		s->cost += leg(i, from, stop->place, p->matrix.cost);
		s->wait_s += step[k].begin_s - step[k].arrive_s;
		s->service_s += stop->service_s;
		s->late_s += step[k].late_s;
		print_step(out, "job", &i->stop_id[step[k].stop], step[k].arrive_s, s->drive_s,
		    stop->service_s, step[k].begin_s - step[k].arrive_s);
		from = stop->place;
	}
	if (w->lunch_after == n)
		print_break(shift, step[n - 1].leave_s, s->drive_s, out);
	s->drive_s += leg(i, from, shift->end, p->matrix.seconds);
	s->cost += leg(i, from, shift->end, p->matrix.cost);
	if (shift->end != ROUTING_NOWHERE)
		print_step(out, "end", NULL, w->home_s, s->drive_s, 0, 0);
	if (w->lunch_after == n + 1)
		print_break(shift, w->home_s, s->drive_s, out);
	if (w->home_s > shift->to_s)
		s->late_s += w->home_s - shift->to_s;
}

/* The place where it stands then. */
static uint32_t
print_supply(const struct instance *i, uint32_t from, const struct walk *w, struct buf *out, struct sums *s)
{
	const struct supply *supply = &i->problem.supply;

	s->drive_s += leg(i, from, supply->place - 1, i->problem.matrix.seconds);
	s->cost += leg(i, from, supply->place - 1, i->problem.matrix.cost);
	s->service_s += supply->service_s;
	print_step(out, "supply", NULL, w->supply_s, s->drive_s, supply->service_s, 0);
	return supply->place - 1;
}

/* When somebody sets out for the k-th job. */
static int64_t
left_s(const struct problem *p, const struct shift *shift, uint32_t k, const struct step *step, const struct walk *w)
{
	if (w->supply_after == k)
		return w->supply_s + p->supply.service_s;
	return k == 0 ? shift->from_s : step[k - 1].leave_s;
}

static void
print_break(const struct shift *shift, int64_t at_s, int64_t drive_s, struct buf *out)
{
	print_step(out, "break", &(uint64_t){1}, at_s, drive_s, shift->lunch_s,
	    at_s < shift->lunch.from_s ? shift->lunch.from_s - at_s : 0);
}

static void
print_step(struct buf *out, const char *type, const uint64_t *id, int64_t at_s, int64_t drive_s,
    int64_t service_s, int64_t wait_s)
{
	if (out->n > 0)
		buf_char(out, ',');
	buf_printf(out, "{\"type\":\"%s\",", type);
	if (id != NULL)
		buf_printf(out, "\"id\":%llu,", (unsigned long long)*id);
	if (id != NULL && strcmp(type, "job") == 0)
		buf_printf(out, "\"job\":%llu,", (unsigned long long)*id);
	buf_printf(out,
	    "\"setup\":0,\"service\":%lld,\"waiting_time\":%lld,\"arrival\":%lld,"
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

static void
print_sums(const struct sums *s, struct buf *out)
{
	buf_printf(out,
	    "\"cost\":%lld,\"setup\":0,\"service\":%lld,\"duration\":%lld,"
	    "\"waiting_time\":%lld,\"priority\":0,\"violations\":[",
	    (long long)s->cost, (long long)s->service_s, (long long)s->drive_s,
	    (long long)s->wait_s);
	if (s->late_s > 0)
		buf_printf(out, "{\"cause\":\"delay\",\"duration\":%lld}", (long long)s->late_s);
	buf_char(out, ']');
}
