/* domain/routing/line.c -- one shift's route: its segments, its lunch, its sums. */
#include "domain/routing/kernel.h"

#include <string.h>

#define ROOM_FIRST 32
#define UNEVEN_MAX (1 << 20) /* a deviation is not counted beyond twelve days */

static inline struct segment
here(const struct kernel *k, const struct line *line, const struct shift *s, uint32_t i);
static struct segment fetched(
    const struct kernel *k, const struct line *line, const struct shift *s, uint32_t i, struct segment x);
static inline int32_t way_on(const struct kernel *k, const struct line *line, uint32_t i);
static int32_t count(struct kernel *k, uint32_t l, uint32_t from, uint32_t to);
static int32_t busy(const struct line *line, const struct shift *s);
static int32_t place_supply(struct kernel *k, uint32_t l, int32_t paid_s);
static void drive_by(struct kernel *k, uint32_t l, uint32_t i);
static int32_t goods_lacking(const struct kernel *k, const struct line *line, const struct shift *s, const struct stop *more);
static int32_t lacking_before(const struct kernel *k, const struct line *line, const struct shift *s, uint32_t i);
static void forward(struct kernel *k, uint32_t l, uint32_t from);
static void backward(struct kernel *k, uint32_t l, uint32_t from);
static void place_lunch(struct kernel *k, uint32_t l);
/* What a route costs with its lunch somewhere, and how long the day is. */
struct meal {
	int64_t cost;
	int32_t lasts_s;
};
static struct meal try_lunch(struct kernel *k, uint32_t l, uint32_t at);
static struct meal
lunch_cost(const struct kernel *k, const struct line *line, const struct shift *s, uint32_t i);
static int64_t promises_broken(const struct kernel *k, uint32_t l);

static inline bool
broken(const struct stop *s, int32_t begin_s)
{
	return s->promise.to_s > 0 && (begin_s < s->promise.from_s || begin_s > s->promise.to_s);
}

/* A shift may begin late but not early, and end whenever: its overtime is priced apart. */
void
line_start(struct kernel *k, uint32_t l)
{
	struct line *line = &k->line[l];
	const struct shift *s = &k->p->shift[l];

	line->room = ROOM_FIRST;
	line->leg = arena_array(k->a, struct leg, line->room);
	line->old_leg = arena_array(k->a, struct leg, line->room);
	line->scan = arena_array(k->a, struct scan, line->room);
	line->old_scan = arena_array(k->a, struct scan, line->room);
	line->now.legs = 2;
	line->now.lunch_at = NO_LEG;
	line->now.supply_at = NO_LEG;
	line->scan[0].place = tables_end(k->t, s->start);
	line->scan[1].place = tables_end(k->t, s->end);
	line->now.drive = tables_way(k->t, &k->t->cost, line->scan[0].place, line->scan[1].place).to;
	line_refresh(k, l, 1, 1);
}

/* One leg more than there are must fit. */
void
line_room(struct kernel *k, uint32_t l)
{
	struct line *line = &k->line[l];
	struct leg *leg = line->leg, *old_leg = line->old_leg;
	struct scan *scan = line->scan, *old_scan = line->old_scan;
	uint32_t room = line->room;

	if (line->now.legs < room)
		return;
	line->room = room * 2;
	line->leg = arena_array(k->a, struct leg, line->room);
	line->old_leg = arena_array(k->a, struct leg, line->room);
	line->scan = arena_array(k->a, struct scan, line->room);
	line->old_scan = arena_array(k->a, struct scan, line->room);
	memcpy(line->leg, leg, room * sizeof(*leg));
	memcpy(line->old_leg, old_leg, room * sizeof(*leg));
	memcpy(line->scan, scan, room * sizeof(*scan));
	memcpy(line->old_scan, old_scan, room * sizeof(*scan));
}

void
line_refresh(struct kernel *k, uint32_t l, uint32_t from, uint32_t to)
{
	struct line *line = &k->line[l];
	const struct shift *s = &k->p->shift[l];
	uint32_t last = line->now.legs - 1;
	int32_t paid_s;

	if (to >= last)
		to = last - 1;
	for (uint32_t i = from - 1; i <= to; i++) {
		uint32_t x = line->scan[i].place, y = line->scan[i + 1].place;

		line->leg[i].seconds_on = tables_way(k->t, &k->t->seconds, x, y).to;
		line->scan[i].cost_on = tables_way(k->t, &k->t->cost, x, y).to;
	}
	k->total -= line->now.cost;
	if (line->now.supply_at != NO_LEG) { /* all its segments are with it */
		from = 1;
		to = last - 1;
	}
	line->now.supply_at = NO_LEG;
	line->now.fetch = 0;
	line->now.lacks = k->t->goods > 0 ? goods_lacking(k, line, s, NULL) : 0;
	paid_s = count(k, l, from, to);
	if (k->p->supply.place > 0 && line->now.lacks > 0 && last > 1)
		paid_s = place_supply(k, l, paid_s);
	k->total += line->now.cost;
	if (k->paid_s != NULL) {
		line_paid(k, s->tech, paid_s - line->now.paid_s);
		line->now.wait_s = paid_s - busy(line, s);
	}
	line->now.paid_s = paid_s;
}

void
line_paid(struct kernel *k, uint32_t tech, int64_t more_s)
{
	k->total -= k->uneven[tech];
	k->paid_s[tech] += more_s;
	k->uneven[tech] = line_uneven(k, tech, k->paid_s[tech]);
	k->total += k->uneven[tech];
}

/* Driving, work and lunch; who goes to the supply house is not looked at so closely. */
static int32_t
busy(const struct line *line, const struct shift *s)
{
	uint32_t last = line->now.legs - 1;
	int32_t all_s = line->now.lunch_at < last ? s->lunch_s : 0;

	if (last == 1 || line->now.supply_at != NO_LEG)
		return 0;
	for (uint32_t i = 0; i < last; i++)
		all_s += line->leg[i].seconds_on + (i > 0 ? line->leg[i].service_s : 0);
	return all_s;
}

/* Segments and lunch after changes at legs `from` to `to`, and the line's cost; its paid seconds. */
static int32_t
count(struct kernel *k, uint32_t l, uint32_t from, uint32_t to)
{
	struct line *line = &k->line[l];
	const struct shift *s = &k->p->shift[l];
	uint32_t last = line->now.legs - 1;
	struct segment whole = {0};

	if (k->t->timeless) {
		line->now.strain = line_strain(k, line, s, whole, NULL);
		line->now.cost = last == 1 ? 0 : line->now.drive + line->now.strain;
		return 0;
	}
	if (s->lunch_s > 0) {
		line->now.lunch_at = NO_LEG;
		forward(k, l, 0);
		backward(k, l, last);
		place_lunch(k, l);
	} else {
		forward(k, l, from);
		backward(k, l, to);
	}
	line->now.cost = 0;
	if (last == 1)
		return 0;
	whole = line->leg[last].before;
	line->now.strain = line_strain(k, line, s, whole, NULL);
	line->now.cost = line->now.drive + line->now.fetch + line->now.strain + promises_broken(k, l);
	return whole.duration_s - whole.warp_s;
}

/* Where the line costs least with it, if that is less than lacking what it lacks; its paid seconds. */
static int32_t
place_supply(struct kernel *k, uint32_t l, int32_t paid_s)
{
	struct line *line = &k->line[l];
	uint32_t last = line->now.legs - 1, best = NO_LEG;
	struct meal least = {line->now.cost, paid_s};

	for (uint32_t i = 0; i + 1 < last; i++) {
		int32_t lasts_s;

		/* its time and its promises can only cost more */
		drive_by(k, l, i);
		if (line->now.drive + line->now.fetch + line->now.lacks * k->p->price.overload > least.cost)
			continue;
		lasts_s = count(k, l, 1, last - 1);
		if (line->now.cost < least.cost || (line->now.cost == least.cost && lasts_s < least.lasts_s)) {
			least = (struct meal){line->now.cost, lasts_s};
			best = i;
		}
	}
	drive_by(k, l, best);
	return count(k, l, 1, last - 1);
}

/* The supply house behind leg i, or never; its way and what is lacking before it. */
static void
drive_by(struct kernel *k, uint32_t l, uint32_t i)
{
	struct line *line = &k->line[l];
	uint32_t house = k->p->supply.place - 1;

	line->now.supply_at = i;
	line->now.fetch = 0;
	if (i != NO_LEG)
		line->now.fetch = k->p->supply.price + tables_way(k->t, &k->t->cost, house, line->scan[i].place).from +
				  tables_way(k->t, &k->t->cost, house, line->scan[i + 1].place).to - line->scan[i].cost_on;
	line->now.lacks = goods_lacking(k, line, &k->p->shift[l], NULL);
	if (i != NO_LEG)
		line->now.lacks = lacking_before(k, line, &k->p->shift[l], i);
}

/* Of each good, what is wanted beyond what the van starts with. */
static int32_t
goods_lacking(const struct kernel *k, const struct line *line, const struct shift *s, const struct stop *more)
{
	int32_t lacks = 0;

	for (uint32_t g = 0; g < k->t->goods; g++) {
		int32_t all = line->now.goods[g] + (more != NULL ? more->goods[g] : 0);

		lacks += all > s->van[g] ? all - s->van[g] : 0;
	}
	return lacks;
}

/* Up to and with leg i. */
static int32_t
lacking_before(const struct kernel *k, const struct line *line, const struct shift *s, uint32_t i)
{
	struct line head = {.now.legs = 0};

	for (uint32_t n = 1; n <= i; n++)
		for (uint32_t g = 0; g < k->t->goods; g++)
			head.now.goods[g] += k->p->stop[line->leg[n].stop].goods[g];
	return goods_lacking(k, &head, s, NULL);
}

int64_t
line_lacks(const struct kernel *k, const struct line *line, const struct shift *s, const struct stop *more)
{
	const struct supply *supply = &k->p->supply;
	int64_t overload = k->p->price.overload, lacks, fetch;
	struct pair cost, seconds;

	/* whoever goes to the supply house anyway brings what one more needs */
	if (more == NULL || line->now.supply_at != NO_LEG)
		return line->now.lacks * overload;
	lacks = goods_lacking(k, line, s, more) * overload;
	if (lacks == 0 || supply->place == 0)
		return lacks;
	cost = tables_way(k->t, &k->t->cost, supply->place - 1, more->place);
	seconds = tables_way(k->t, &k->t->seconds, supply->place - 1, more->place);
	fetch = supply->price + cost.to + cost.from +
		(int64_t)(supply->service_s + seconds.to + seconds.from) * k->p->price.paid_s;
	return fetch < lacks ? fetch : lacks;
}

/* The work at a leg; after it the way to the supply house, and lunch. */
static inline struct segment
here(const struct kernel *k, const struct line *line, const struct shift *s, uint32_t i)
{
	struct segment x = segment_of(0, (struct window){s->from_s, FOREVER});

	if (i > 0 && i + 1 < line->now.legs)
		x = segment_of(line->leg[i].service_s, line->leg[i].window);
	if (line->now.supply_at == i)
		x = fetched(k, line, s, i, x);
	if (line->now.lunch_at == i && i + 1 < line->now.legs)
		x = segment_join(x, segment_of(s->lunch_s, s->lunch), 0);
	return x;
}

/* Driven on to the supply house. */
static struct segment
fetched(const struct kernel *k, const struct line *line, const struct shift *s, uint32_t i, struct segment x)
{
	const struct supply *supply = &k->p->supply;

	return segment_join(x, segment_of(supply->service_s, (struct window){s->from_s, FOREVER}),
	    tables_way(k->t, &k->t->seconds, supply->place - 1, line->scan[i].place).from);
}

/* The way to the next leg, from the supply house if that lies between. */
static inline int32_t
way_on(const struct kernel *k, const struct line *line, uint32_t i)
{
	if (line->now.supply_at != i)
		return line->leg[i].seconds_on;
	return tables_way(k->t, &k->t->seconds, k->p->supply.place - 1, line->scan[i + 1].place).to;
}

/* What lies before each leg from `from` on; which window each visit meets. */
static void
forward(struct kernel *k, uint32_t l, uint32_t from)
{
	struct line *line = &k->line[l];
	const struct shift *s = &k->p->shift[l];
	struct leg *leg = line->leg;
	uint32_t last = line->now.legs - 1;

	if (from <= 1) {
		leg[0].before = here(k, line, s, 0);
		line->scan[0].leave_s = segment_done(leg[0].before);
		from = 1;
	}
	for (uint32_t i = from; i <= last; i++) {
		if (i < last && k->t->choices)
			leg[i].window = kernel_window(
			    k, leg[i].stop, line->scan[i - 1].leave_s + way_on(k, line, i - 1));
		leg[i].before =
		    segment_join(leg[i - 1].before, here(k, line, s, i), way_on(k, line, i - 1));
		line->scan[i].leave_s = segment_done(leg[i].before);
	}
}

/*
 * What follows each leg from `from` down. A window chosen anew behind `from` makes the segments
 * there a little old: they price seats, not the plan.
 */
static void
backward(struct kernel *k, uint32_t l, uint32_t from)
{
	struct line *line = &k->line[l];
	const struct shift *s = &k->p->shift[l];
	uint32_t last = line->now.legs - 1;

	line->leg[last].after = here(k, line, s, last);
	for (uint32_t i = (from < last ? from : last - 1) + 1; i-- > 0;) {
		line->scan[i].latest_s = line->leg[i + 1].after.latest_s;
		line->leg[i].after = segment_join(
		    here(k, line, s, i), line->leg[i + 1].after, way_on(k, line, i));
	}
}

/*
 * Where it costs least; of equals where the day is shortest, and of those the earliest: what is put in before it later
 * moves it on inside its window, at no price. All segments are without it and price it in O(1), but
 * for promises and for windows that are missed because of it: where there are any, what looks best
 * is tried.
 */
static void
place_lunch(struct kernel *k, uint32_t l)
{
	struct line *line = &k->line[l];
	const struct shift *s = &k->p->shift[l];
	uint32_t last = line->now.legs - 1, best = last;
	struct meal least = {INT64_MAX, INT32_MAX};

	for (uint32_t i = last + 1; i-- > 0;) {
		struct meal m = {INT64_MIN, 0};

		if (!k->t->choices)
			m = lunch_cost(k, line, s, i);
		if (m.cost > least.cost)
			continue;
		if (k->t->promises || k->t->choices)
			m = try_lunch(k, l, i);
		if (m.cost < least.cost || (m.cost == least.cost && m.lasts_s <= least.lasts_s)) {
			least = m;
			best = i;
		}
	}
	line->now.lunch_at = best;
	forward(k, l, best);
	backward(k, l, best);
}

/* The clock alone; the segments stay as they are, without lunch. */
static struct meal
try_lunch(struct kernel *k, uint32_t l, uint32_t at)
{
	struct line *line = &k->line[l];
	const struct shift *s = &k->p->shift[l];
	struct segment whole = segment_of(0, (struct window){s->from_s, FOREVER});
	int64_t c = 0;

	for (uint32_t i = 0; i < line->now.legs; i++) {
		struct segment here = segment_of(0, (struct window){s->from_s, FOREVER});
		int32_t way_s = i > 0 ? way_on(k, line, i - 1) : 0;

		if (i > 0 && i + 1 < line->now.legs) {
			const struct stop *x = &k->p->stop[line->leg[i].stop];
			int32_t there_s = segment_done(whole) + way_s;
			struct window w = kernel_window(k, line->leg[i].stop, there_s);

			here = segment_of(x->service_s, w);
			c += broken(x, window_clamp(w, there_s)) ? k->p->price.moved : 0;
		}
		whole = segment_join(whole, here, way_s);
		if (line->now.supply_at == i)
			whole = fetched(k, line, s, i, whole);
		if (i == at && i + 1 < line->now.legs)
			whole = segment_join(whole, segment_of(s->lunch_s, s->lunch), 0);
	}
	if (at + 1 == line->now.legs && segment_done(whole) > s->lunch.to_s)
		c += (segment_done(whole) - s->lunch.to_s) * k->p->price.late_s;
	return (struct meal){c + line_strain(k, line, s, whole, NULL), whole.duration_s - whole.warp_s};
}

static struct meal
lunch_cost(const struct kernel *k, const struct line *line, const struct shift *s, uint32_t i)
{
	uint32_t last = line->now.legs - 1;
	struct segment whole = line->leg[last].before;
	int64_t late_s = 0;

	if (i == last) {
		if (segment_done(whole) > s->lunch.to_s)
			late_s = segment_done(whole) - s->lunch.to_s;
	} else {
		whole = segment_join(line->leg[i].before, segment_of(s->lunch_s, s->lunch), 0);
		whole = segment_join(whole, line->leg[i + 1].after, way_on(k, line, i));
	}
	return (struct meal){late_s * k->p->price.late_s + line_strain(k, line, s, whole, NULL),
	    whole.duration_s - whole.warp_s};
}

int64_t
line_uneven(const struct kernel *k, uint32_t tech, int64_t paid_s)
{
	int64_t target_s = k->p->target_s[tech],
		off_s = paid_s > target_s ? paid_s - target_s : target_s - paid_s;

	off_s -= target_s / ROUTING_EVEN_PART;
	if (off_s < 0)
		return 0;
	if (off_s > UNEVEN_MAX)
		off_s = UNEVEN_MAX;
	return off_s * off_s / target_s * k->p->price.uneven;
}

static int64_t
promises_broken(const struct kernel *k, uint32_t l)
{
	const struct line *line = &k->line[l];
	int64_t c = 0;

	if (!k->t->promises)
		return 0;
	for (uint32_t i = 1; i + 1 < line->now.legs; i++)
		if (broken(&k->p->stop[line->leg[i].stop],
			window_clamp(line->leg[i].window,
			    line->scan[i - 1].leave_s + way_on(k, line, i - 1))))
			c += k->p->price.moved;
	return c;
}

/* The clock of every later visit, until it is the old one again. */
int64_t
line_promises(const struct kernel *k, const struct line *line, uint32_t i, const struct stop *s,
    struct window w, int32_t there_s, int32_t back_s)
{
	const struct shift *shift = &k->p->shift[line - k->line];
	int32_t begin_s = window_clamp(w, line->scan[i].leave_s + there_s);
	int32_t clock_s = begin_s + s->service_s + back_s;
	int64_t c = broken(s, begin_s) ? k->p->price.moved : 0;

	for (uint32_t j = i + 1; j + 1 < line->now.legs; j++) {
		const struct stop *next = &k->p->stop[line->leg[j].stop];
		int32_t was_s = window_clamp(
		    line->leg[j].window, line->scan[j - 1].leave_s + way_on(k, line, j - 1));

		begin_s = window_clamp(line->leg[j].window, clock_s);
		if (begin_s == was_s)
			break;
		c += broken(next, begin_s) ? k->p->price.moved : 0;
		c -= broken(next, was_s) ? k->p->price.moved : 0;
		clock_s = begin_s + next->service_s;
		if (line->now.supply_at == j)
			clock_s += tables_way(k->t, &k->t->seconds, k->p->supply.place - 1, line->scan[j].place).from +
				   k->p->supply.service_s;
		if (line->now.lunch_at == j)
			clock_s = window_clamp(shift->lunch, clock_s) + shift->lunch_s;
		clock_s += way_on(k, line, j);
	}
	return c;
}
