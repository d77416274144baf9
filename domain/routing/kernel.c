#include "domain/routing/kernel.h"

#include <string.h>

static void lift_visit(struct kernel *k, uint32_t stop, uint32_t day);
static inline void find_positions(struct kernel *k, uint32_t l, uint32_t at);
static inline int64_t mixed_price(const struct kernel *k, uint32_t stop);
static int64_t count_mixed(const struct kernel *k, uint32_t stop);
static void add_loads(const struct kernel *k, struct line *line, const struct stop *s, int32_t sign);
static inline void note_gate(struct kernel *k, uint32_t l);
static void save_line(struct kernel *k, uint32_t l);
static void save_stop(struct kernel *k, uint32_t stop);
static void restore_line(struct kernel *k, uint32_t l);
static void
load_route(struct kernel *k, uint32_t l, const struct route *route, const int32_t *fixed_s);
static bool twin_is_in(const struct kernel *k, uint32_t stop, uint32_t l);
static void lose_lone_twins(struct kernel *k);

struct kernel *
kernel_open(const struct tables *t, struct arena *a)
{
	struct kernel *k = arena_new(a, struct kernel);
	const struct problem *p = t->p;
	size_t visits = (size_t)p->stops * p->days;

	*k = (struct kernel){.p = p, .t = t, .a = a, .stamp = 1};
	k->line_of = arena_array(a, uint32_t, visits + 1);
	k->position_of = arena_array(a, uint32_t, visits + 1);
	memset(k->line_of, 0xff, visits * sizeof(*k->line_of));
	k->pattern = arena_array(a, uint64_t, p->stops + 1);
	k->fixed_s = arena_array(a, int32_t, p->stops + 1);
	memset(k->fixed_s, 0xff, p->stops * sizeof(*k->fixed_s));
	k->stop_dirty = arena_array(a, uint32_t, p->stops + 1);
	k->stop_old = arena_array(a, uint64_t, p->stops + 1);
	k->stop_old_s = arena_array(a, int32_t, p->stops + 1);
	k->stop_saved = arena_array(a, uint32_t, p->stops + 1);
	k->line_seen = arena_array(a, uint32_t, p->shifts + 1);
	k->asked = arena_array(a, uint32_t, p->shifts + 1);
	k->kind_seen = arena_array(a, uint32_t, p->shifts + 1);
	k->used = arena_array(a, uint32_t, p->days);
	k->kind_empty = arena_array(a, uint32_t, p->shifts + 1);
	memcpy(k->kind_empty, t->kind_first, t->kinds * sizeof(*t->kind_first));
	k->dirty = arena_array(a, uint32_t, p->shifts + 1);
	k->stale = arena_array(a, uint32_t, p->shifts + 1);
	if (p->target_s != NULL && p->price.uneven > 0)
		k->paid_s = arena_array(a, int64_t, p->techs + 1);
	if (k->paid_s != NULL)
		k->uneven = arena_array(a, int64_t, p->techs + 1);
	for (uint32_t tech = 0; k->paid_s != NULL && tech < p->techs; tech++)
		line_paid(k, tech, 0);
	k->line = arena_array(a, struct line, p->shifts + 1);
	k->gate = arena_array(a, struct gate, p->shifts + 1);
	for (uint32_t l = 0; l < p->shifts; l++) {
		const struct shift *s = &p->shift[l];

		line_start(k, l);
		k->gate[l] = (struct gate){.skills = s->skills, .tech = s->tech, .kind = t->kind_of[l], .capacity = s->capacity};
		note_gate(k, l);
	}
	for (uint32_t i = 0; i < p->stops; i++)
		k->total += p->stop[i].prize;
	return k;
}

void
kernel_put(struct kernel *k, uint32_t stop, uint32_t day, const struct seat *seat)
{
	struct line *line = &k->line[seat->line];
	const struct stop *s = &k->p->stop[stop];
	uint32_t at = seat->position + 1;

	line_room(k, seat->line);
	save_line(k, seat->line);
	save_stop(k, stop);
	if (k->pattern[stop] == 0)
		k->total -= s->prize;
	k->total -= mixed_price(k, stop);
	k->pattern[stop] |= UINT64_C(1) << day;
	line->now.drive += tables_way(k->t, &k->t->cost, s->place, line->scan[at - 1].place).from +
			   tables_way(k->t, &k->t->cost, s->place, line->scan[at].place).to - line->scan[at - 1].cost_on +
			   tables_visit_price(k->t, s, &k->p->shift[seat->line]);
	add_loads(k, line, s, 1);
	memmove(line->leg + at + 1, line->leg + at, (line->now.legs - at) * sizeof(*line->leg));
	memmove(line->scan + at + 1, line->scan + at, (line->now.legs - at) * sizeof(*line->scan));
	line->leg[at].stop = stop;
	line->leg[at].service_s = s->service_s;
	line->leg[at].window = kernel_window(k, stop, 0);
	line->scan[at].place = s->place;
	k->used[day] += line->now.legs == 2;
	line->now.legs++;
	note_gate(k, seat->line);
	k->line_of[stop * k->p->days + day] = seat->line;
	find_positions(k, seat->line, at);
	line_refresh(k, seat->line, at, at);
	k->total += mixed_price(k, stop);
}

/* Where each visit from leg `at` on is. */
static inline void
find_positions(struct kernel *k, uint32_t l, uint32_t at)
{
	const struct line *line = &k->line[l];
	uint32_t day = k->p->shift[l].day;

	for (uint32_t i = at; i + 1 < line->now.legs; i++)
		k->position_of[line->leg[i].stop * k->p->days + day] = i;
}

/* Several technicians for one customer; all its visits are in, or none is. */
static inline int64_t
mixed_price(const struct kernel *k, uint32_t stop)
{
	return k->p->price.mixed == 0 ? 0 : count_mixed(k, stop);
}

static int64_t
count_mixed(const struct kernel *k, uint32_t stop)
{
	uint64_t days = k->pattern[stop];
	uint32_t seen[ROUTING_DAYS_MAX], n = 0;

	if ((days & (days - 1)) == 0)
		return 0;
	for (; days != 0; days &= days - 1) {
		uint32_t l = k->line_of[stop * k->p->days + (uint32_t)__builtin_ctzll(days)], i = 0;

		while (i < n && seen[i] != k->p->shift[l].tech)
			i++;
		if (i == n)
			seen[n++] = k->p->shift[l].tech;
	}
	return (n - 1) * k->p->price.mixed;
}

static void
add_loads(const struct kernel *k, struct line *line, const struct stop *s, int32_t sign)
{
	line->now.load += sign * s->load;
	for (uint32_t g = 0; g < k->t->goods; g++)
		line->now.goods[g] += sign * s->goods[g];
}

static inline void
note_gate(struct kernel *k, uint32_t l)
{
	k->gate[l].legs = k->line[l].now.legs;
	k->gate[l].load = k->line[l].now.load;
}

void
kernel_take(struct kernel *k, uint32_t stop)
{
	kernel_lift(k, stop);
	kernel_settle(k);
}

void
kernel_settle(struct kernel *k)
{
	for (; k->stales > 0; k->stales--) {
		uint32_t l = k->stale[k->stales - 1], from = k->line[l].stale_from;

		k->line[l].stale_from = 0;
		line_refresh(k, l, from, k->line[l].stale_to);
	}
}

void
kernel_lift(struct kernel *k, uint32_t stop)
{
	uint64_t days = k->pattern[stop];

	if (days == 0)
		return;
	save_stop(k, stop);
	k->total -= mixed_price(k, stop);
	for (; days != 0; days &= days - 1)
		lift_visit(k, stop, (uint32_t)__builtin_ctzll(days));
	k->pattern[stop] = 0;
	k->total += k->p->stop[stop].prize;
}

void
kernel_lift_day(struct kernel *k, uint32_t stop, uint32_t day)
{
	save_stop(k, stop);
	k->total -= mixed_price(k, stop);
	lift_visit(k, stop, day);
	k->pattern[stop] &= ~(UINT64_C(1) << day);
	k->total += k->pattern[stop] == 0 ? k->p->stop[stop].prize : mixed_price(k, stop);
}

static void
lift_visit(struct kernel *k, uint32_t stop, uint32_t day)
{
	const struct stop *s = &k->p->stop[stop];
	uint32_t visit = stop * k->p->days + day, l = k->line_of[visit], at = k->position_of[visit];
	struct line *line = &k->line[l];
	int32_t cost_on;

	save_line(k, l);
	cost_on = tables_way(k->t, &k->t->cost, line->scan[at - 1].place, line->scan[at + 1].place).to;
	line->now.drive += cost_on - line->scan[at - 1].cost_on - line->scan[at].cost_on -
			   tables_visit_price(k->t, s, &k->p->shift[l]);
	line->scan[at - 1].cost_on = cost_on;
	add_loads(k, line, s, -1);
	memmove(line->leg + at, line->leg + at + 1, (line->now.legs - at - 1) * sizeof(*line->leg));
	memmove(
	    line->scan + at, line->scan + at + 1, (line->now.legs - at - 1) * sizeof(*line->scan));
	line->now.legs--;
	note_gate(k, l);
	k->used[day] -= line->now.legs == 2;
	k->line_of[visit] = ROUTING_NO_STOP;
	find_positions(k, l, at);
	if (line->stale_from == 0) {
		k->stale[k->stales++] = l;
		line->stale_from = line->stale_to = at;
		return;
	}
	if (at < line->stale_from)
		line->stale_from = at;
	line->stale_to -= line->stale_to > at;
	if (at > line->stale_to)
		line->stale_to = at;
}

void
kernel_fix(struct kernel *k, uint32_t stop, int32_t at_s)
{
	save_stop(k, stop);
	k->fixed_s[stop] = at_s;
}

bool
kernel_is_pinned(const struct kernel *k, uint32_t stop)
{
	uint64_t days = k->pattern[stop];

	for (uint32_t day = 0; day < k->p->days; day++)
		if ((days >> day & 1) != 0) {
			uint32_t visit = stop * k->p->days + day;

			if (k->position_of[visit] <= k->line[k->line_of[visit]].pinned)
				return true;
		}
	return false;
}

void
kernel_mark(struct kernel *k)
{
	k->stamp++;
	k->dirties = 0;
	k->stop_dirties = 0;
	k->old_total = k->total;
}

static void
save_line(struct kernel *k, uint32_t l)
{
	struct line *line = &k->line[l];

	if (line->saved == k->stamp)
		return;
	line->saved = k->stamp;
	memcpy(line->old_leg, line->leg, line->now.legs * sizeof(*line->leg));
	memcpy(line->old_scan, line->scan, line->now.legs * sizeof(*line->scan));
	line->old = line->now;
	k->dirty[k->dirties++] = l;
}

static void
save_stop(struct kernel *k, uint32_t stop)
{
	if (k->stop_saved[stop] == k->stamp)
		return;
	k->stop_saved[stop] = k->stamp;
	k->stop_dirty[k->stop_dirties] = stop;
	k->stop_old_s[k->stop_dirties] = k->fixed_s[stop];
	k->stop_old[k->stop_dirties++] = k->pattern[stop];
}

void
kernel_undo(struct kernel *k)
{
	for (uint32_t i = 0; i < k->stop_dirties; i++) {
		uint32_t stop = k->stop_dirty[i];

		/* a line that is not restored keeps what it has */
		for (uint32_t day = 0; day < k->p->days; day++)
			if ((k->pattern[stop] >> day & 1) != 0 && k->line[k->line_of[stop * k->p->days + day]].saved == k->stamp)
				k->line_of[stop * k->p->days + day] = ROUTING_NO_STOP;
		k->pattern[stop] = k->stop_old[i];
		k->fixed_s[stop] = k->stop_old_s[i];
	}
	for (uint32_t i = 0; i < k->dirties; i++)
		restore_line(k, k->dirty[i]);
	k->total = k->old_total;
	kernel_mark(k);
}

static void
restore_line(struct kernel *k, uint32_t l)
{
	struct line *line = &k->line[l];
	struct leg *leg = line->leg;
	struct scan *scan = line->scan;
	uint32_t day = k->p->shift[l].day;

	line->leg = line->old_leg;
	line->old_leg = leg;
	line->scan = line->old_scan;
	line->old_scan = scan;
	k->used[day] -= line->now.legs > 2;
	k->used[day] += line->old.legs > 2;
	if (k->paid_s != NULL)
		line_paid(k, k->p->shift[l].tech, line->old.paid_s - line->now.paid_s);
	line->now = line->old;
	note_gate(k, l);
	for (uint32_t at = 1; at + 1 < line->now.legs; at++) {
		k->line_of[line->leg[at].stop * k->p->days + day] = l;
		k->position_of[line->leg[at].stop * k->p->days + day] = at;
	}
}

void
kernel_load(struct kernel *k, const struct plan *plan, const uint32_t *pinned)
{
	kernel_mark(k);
	for (uint32_t l = 0; l < k->p->shifts; l++)
		k->line[l].pinned = 0;
	for (uint32_t i = 0; i < k->p->stops; i++) {
		kernel_take(k, i);
		kernel_fix(k, i, -1);
	}
	for (uint32_t l = 0; l < k->p->shifts; l++)
		load_route(k, l, &plan->route[l], plan->fixed_s);
	lose_lone_twins(k);
	for (uint32_t l = 0; pinned != NULL && l < k->p->shifts; l++)
		k->line[l].pinned =
		    pinned[l] < k->line[l].now.legs - 2 ? pinned[l] : k->line[l].now.legs - 2;
	kernel_mark(k);
}

static void
load_route(struct kernel *k, uint32_t l, const struct route *route, const int32_t *fixed_s)
{
	uint32_t day = k->p->shift[l].day;

	for (uint32_t i = 0; i < route->stops; i++) {
		struct seat at = {l, k->line[l].now.legs - 2, 0};
		uint32_t stop = route->stop[i];

		if (stop >= k->p->stops || (k->pattern[stop] >> day & 1) != 0 ||
		    !tables_able(&k->p->stop[stop], &k->p->shift[l]) || twin_is_in(k, stop, l))
			continue;
		if (k->p->stop[stop].twin != 0 && k->fixed_s[stop] < 0) {
			int32_t soon_s = k->line[l].scan[at.position].leave_s;
			int32_t at_s = window_clamp(window_met(&k->p->stop[stop], soon_s), soon_s);

			if (fixed_s != NULL && fixed_s[stop] >= 0 &&
			    fixed_s[stop] < ROUTING_SECONDS_MAX)
				at_s = fixed_s[stop];
			kernel_fix(k, stop, at_s);
			kernel_fix(k, k->p->stop[stop].twin - 1, at_s);
		}
		kernel_put(k, stop, day, &at);
	}
}

static bool
twin_is_in(const struct kernel *k, uint32_t stop, uint32_t l)
{
	uint32_t twin = k->p->stop[stop].twin;

	return twin != 0 && k->line_of[(twin - 1) * k->p->days + k->p->shift[l].day] == l;
}

static void
lose_lone_twins(struct kernel *k)
{
	for (uint32_t i = 0; i < k->p->stops; i++) {
		uint32_t twin = k->p->stop[i].twin;

		if (twin == 0 || k->pattern[i] == k->pattern[twin - 1])
			continue;
		kernel_take(k, i);
		kernel_take(k, twin - 1);
	}
}

void
kernel_copy(const struct kernel *k, struct plan *out)
{
	out->cost = k->total;
	out->left_out = 0;
	for (uint32_t l = 0; l < k->p->shifts; l++) {
		out->route[l].stops = k->line[l].now.legs - 2;
		for (uint32_t i = 0; i < out->route[l].stops; i++)
			out->route[l].stop[i] = k->line[l].leg[i + 1].stop;
	}
	for (uint32_t i = 0; i < k->p->stops; i++) {
		out->pattern[i] = k->pattern[i];
		out->fixed_s[i] = k->pattern[i] == 0 ? -1 : k->fixed_s[i];
		out->left_out += k->pattern[i] == 0;
	}
}
