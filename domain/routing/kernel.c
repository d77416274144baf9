#include "domain/routing/kernel.h"

#include <string.h>

#define NEARS 60      /* neighbours whose lines a stop may join */
#define NEAR_LINES 4   /* and an empty shift of each of the kinds that start nearest */
#define FEW_LINES 24   /* with so few driven lines all are looked at, */
#define FIRST_NEARS 8  /* those of the nearest stops first: a good bound soon */
#define FOREVER (1 << 29)
#define BLINK_GAP 100

static void copy_tables(struct kernel *k, struct arena *a);
static struct pair *copy_table(const struct kernel *k, const int32_t *from, struct arena *a);
static void open_lines(struct kernel *k, struct arena *a);
static void open_line(struct kernel *k, uint32_t l);
static void name_kinds(struct kernel *k);
static bool same_kind(const struct shift *x, const struct shift *y);
static void list_days(struct kernel *k, struct arena *a);
static void find_near(struct kernel *k, struct arena *a);
static void find_near_kinds(struct kernel *k, struct arena *a);
static uint32_t empty_line(struct kernel *k, uint32_t kind);
static void take_visit(struct kernel *k, uint32_t stop, uint32_t day);
static inline int64_t tech_price(const struct kernel *k, const struct stop *s, uint32_t l);
static void save_line(struct kernel *k, uint32_t l);
static void save_stop(struct kernel *k, uint32_t stop);
static void refresh(struct kernel *k, uint32_t l, uint32_t at);
/* What kernel_seat asks every line, and the best answer so far. */
struct asking {
	uint32_t stop, day;
	int64_t below;
	struct blinks *blinks;
	struct seat *out;
	bool found;
};

static void ask_line(struct kernel *k, struct asking *q, uint32_t l);
static bool may_join(struct kernel *k, uint32_t stop, uint32_t l, int64_t below);
static bool seat_in_line(const struct kernel *k, uint32_t stop, uint32_t l, int64_t below,
    struct blinks *blinks, struct seat *out);

/* Duration and warp of b driven after a, `drive` seconds between them. */
static inline struct segment
join(struct segment a, struct segment b, int32_t drive)
{
	int32_t delta = a.duration_s - a.warp_s + drive;
	int32_t wait = b.earliest_s - delta - a.latest_s;
	int32_t warp = a.earliest_s + delta - b.latest_s;
	struct segment s;

	if (wait < 0)
		wait = 0;
	if (warp < 0)
		warp = 0;
	s.duration_s = a.duration_s + b.duration_s + drive + wait;
	s.warp_s = a.warp_s + b.warp_s + warp;
	s.earliest_s = (b.earliest_s - delta > a.earliest_s ? b.earliest_s - delta : a.earliest_s) - wait;
	s.latest_s = (b.latest_s - delta < a.latest_s ? b.latest_s - delta : a.latest_s) + warp;
	return s;
}

static inline uint32_t
end_place(const struct kernel *k, uint32_t place)
{
	return place == ROUTING_NOWHERE ? k->places - 1 : place;
}

static inline const struct pair *
row(const struct kernel *k, const struct pair *table, uint32_t place)
{
	return table + (size_t)place * k->places;
}

/* What a whole route's time and load cost, without its driving. */
static inline int64_t
strain(const struct kernel *k, const struct shift *s, struct segment whole, int32_t load)
{
	const struct prices *price = &k->p->price;
	int64_t done_s = (int64_t)whole.earliest_s + whole.duration_s - whole.warp_s;
	int64_t c = (int64_t)whole.warp_s * price->late_s;

	if (done_s > s->to_s)
		c += (done_s - s->to_s) * price->overtime_s;
	if (load > s->capacity)
		c += (int64_t)(load - s->capacity) * price->overload;
	return c;
}

static inline struct window
window_of(const struct stop *s, uint32_t w)
{
	return s->windows == 0 ? (struct window){0, FOREVER} : s->window[w];
}

static inline struct segment
visit_segment(const struct stop *s, struct window w)
{
	return (struct segment){s->service_s, 0, w.from_s, w.to_s};
}

struct kernel *
kernel_open(const struct problem *p, struct arena *a)
{
	struct kernel *k = arena_new(a, struct kernel);
	size_t visits = (size_t)p->stops * p->days;

	k->p = p;
	copy_tables(k, a);
	k->line_of = arena_array(a, uint32_t, visits + 1);
	k->position_of = arena_array(a, uint32_t, visits + 1);
	memset(k->line_of, 0xff, visits * sizeof(*k->line_of));
	k->pattern = arena_array(a, uint64_t, p->stops + 1);
	k->stop_dirty = arena_array(a, uint32_t, p->stops + 1);
	k->stop_old = arena_array(a, uint64_t, p->stops + 1);
	k->stop_saved = arena_array(a, uint32_t, p->stops + 1);
	k->line_seen = arena_array(a, uint32_t, p->shifts + 1);
	k->kind_seen = arena_array(a, uint32_t, p->shifts + 1);
	k->used = arena_array(a, uint32_t, p->days);
	k->kind_first = arena_array(a, uint32_t, p->shifts + 1);
	k->kind_empty = arena_array(a, uint32_t, p->shifts + 1);
	k->dirty = arena_array(a, uint32_t, p->shifts + 1);
	open_lines(k, a);
	name_kinds(k);
	list_days(k, a);
	find_near(k, a);
	find_near_kinds(k, a);
	for (uint32_t i = 0; i < p->stops; i++)
		k->total += p->stop[i].prize;
	k->stamp = 1;
	return k;
}

static void
copy_tables(struct kernel *k, struct arena *a)
{
	k->places = k->p->matrix.places + 1;
	k->seconds = copy_table(k, k->p->matrix.seconds, a);
	k->cost = k->p->matrix.cost == k->p->matrix.seconds ? k->seconds
							     : copy_table(k, k->p->matrix.cost, a);
}

/* One more place, reached and left for nothing, stands for "nowhere". */
static struct pair *
copy_table(const struct kernel *k, const int32_t *from, struct arena *a)
{
	uint32_t n = k->p->matrix.places;
	struct pair *table = arena_array(a, struct pair, (size_t)k->places * k->places);

	for (uint32_t i = 0; i < n; i++)
		for (uint32_t j = 0; j < n; j++) {
			table[(size_t)i * k->places + j].to = from[(size_t)i * n + j];
			table[(size_t)j * k->places + i].from = from[(size_t)i * n + j];
		}
	return table;
}

static void
open_lines(struct kernel *k, struct arena *a)
{
	uint32_t room = k->p->stops + 2;

	k->line = arena_array(a, struct line, k->p->shifts + 1);
	for (uint32_t l = 0; l < k->p->shifts; l++) {
		k->line[l].leg = arena_array(a, struct leg, room);
		k->line[l].old_leg = arena_array(a, struct leg, room);
		k->line[l].scan = arena_array(a, struct scan, room);
		k->line[l].old_scan = arena_array(a, struct scan, room);
		open_line(k, l);
		k->total += k->line[l].cost;
	}
}

/* A shift may begin late but not early, and end whenever: its overtime is priced apart. */
static void
open_line(struct kernel *k, uint32_t l)
{
	struct line *line = &k->line[l];
	const struct shift *s = &k->p->shift[l];

	line->legs = 2;
	line->scan[0].place = end_place(k, s->start);
	line->scan[1].place = end_place(k, s->end);
	line->drive = row(k, k->cost, line->scan[0].place)[line->scan[1].place].to;
	line->leg[0].before = (struct segment){0, 0, s->from_s, FOREVER};
	line->leg[1].after = (struct segment){0, 0, s->from_s, FOREVER};
	line->scan[0].leave_s = s->from_s;
	refresh(k, l, 1);
}

static void
name_kinds(struct kernel *k)
{
	uint32_t *last = k->dirty; /* not in use yet */

	for (uint32_t l = 0; l < k->p->shifts; l++) {
		uint32_t other = 0;

		while (other < l && !same_kind(&k->p->shift[other], &k->p->shift[l]))
			other++;
		k->line[l].kind = other < l ? k->line[other].kind : k->kinds++;
		k->line[l].next_of_kind = ROUTING_NO_STOP;
		if (other == l)
			k->kind_empty[k->line[l].kind] = k->kind_first[k->line[l].kind] = l;
		else
			k->line[last[k->line[l].kind]].next_of_kind = l;
		last[k->line[l].kind] = l;
	}
}

static bool
same_kind(const struct shift *x, const struct shift *y)
{
	return x->day == y->day && x->start == y->start && x->end == y->end && x->from_s == y->from_s
	    && x->to_s == y->to_s && x->skills == y->skills && x->capacity == y->capacity;
}

/* The lines of each day, side by side. */
static void
list_days(struct kernel *k, struct arena *a)
{
	uint32_t n = 0;

	k->day_first = arena_array(a, uint32_t, k->p->days + 1);
	k->day_line = arena_array(a, uint32_t, k->p->shifts + 1);
	for (uint32_t day = 0; day < k->p->days; day++) {
		k->day_first[day] = n;
		for (uint32_t l = 0; l < k->p->shifts; l++)
			if (k->p->shift[l].day == day)
				k->day_line[n++] = l;
	}
	k->day_first[k->p->days] = n;
}

/* The nearest stops by cost there and back, by insertion into a short sorted list. */
static void
find_near(struct kernel *k, struct arena *a)
{
	uint32_t n = k->p->stops;
	int64_t far[NEARS];

	k->nears = n > NEARS ? NEARS : n > 0 ? n - 1 : 0;
	k->near = arena_array(a, uint32_t, (size_t)n * k->nears + 1);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t *list = k->near + (size_t)i * k->nears, held = 0;

		for (uint32_t j = 0; j < n; j++) {
			uint32_t x = k->p->stop[i].place, y = k->p->stop[j].place, at;
			int64_t d = (int64_t)row(k, k->cost, x)[y].to + row(k, k->cost, x)[y].from;

			if (j == i || (held == k->nears && (held == 0 || d >= far[held - 1])))
				continue;
			at = held < k->nears ? held++ : held - 1;
			for (; at > 0 && far[at - 1] > d; at--) {
				far[at] = far[at - 1];
				list[at] = list[at - 1];
			}
			far[at] = d;
			list[at] = j;
		}
	}
}

static void
find_near_kinds(struct kernel *k, struct arena *a)
{
	uint32_t days = k->p->days, each = NEAR_LINES;
	int64_t far[NEAR_LINES];

	k->near_kind = arena_array(a, uint32_t, (size_t)k->p->stops * days * each + 1);
	memset(k->near_kind, 0xff, (size_t)k->p->stops * days * each * sizeof(*k->near_kind));
	for (uint32_t i = 0; i < k->p->stops * days; i++) {
		uint32_t *list = k->near_kind + (size_t)i * each, held = 0;
		const struct stop *s = &k->p->stop[i / days];

		for (uint32_t kind = 0; kind < k->kinds; kind++) {
			uint32_t l = k->kind_first[kind], at;
			int64_t d;

			if (k->p->shift[l].day != i % days || (s->skills & ~k->p->shift[l].skills) != 0)
				continue;
			d = (int64_t)row(k, k->cost, s->place)[end_place(k, k->p->shift[l].start)].from
			    + row(k, k->cost, s->place)[end_place(k, k->p->shift[l].end)].to;
			if (held == each && d >= far[held - 1])
				continue;
			at = held < each ? held++ : held - 1;
			for (; at > 0 && far[at - 1] > d; at--) {
				far[at] = far[at - 1];
				list[at] = list[at - 1];
			}
			far[at] = d;
			list[at] = kind;
		}
	}
}

/* An empty shift of that kind, ROUTING_NO_STOP if all are driven; the last answer is tried first. */
static uint32_t
empty_line(struct kernel *k, uint32_t kind)
{
	uint32_t l = k->kind_empty[kind];

	if (l != ROUTING_NO_STOP && k->line[l].legs == 2)
		return l;
	for (l = k->kind_first[kind]; l != ROUTING_NO_STOP && k->line[l].legs > 2;)
		l = k->line[l].next_of_kind;
	return k->kind_empty[kind] = l;
}

/* After a change at leg `at`: segments before it stay, and so do those behind it in the other direction. */
static void
refresh(struct kernel *k, uint32_t l, uint32_t at)
{
	struct line *line = &k->line[l];
	const struct shift *s = &k->p->shift[l];
	struct leg *leg = line->leg;
	struct scan *scan = line->scan;
	uint32_t last = line->legs - 1, from = at < last ? at : last - 1;

	for (uint32_t i = at - 1; i <= from; i++) {
		leg[i].seconds_on = row(k, k->seconds, scan[i].place)[scan[i + 1].place].to;
		scan[i].cost_on = row(k, k->cost, scan[i].place)[scan[i + 1].place].to;
	}
	for (uint32_t i = at; i <= last; i++) {
		struct segment here = leg[last].after;

		if (i < last) {
			here = visit_segment(&k->p->stop[leg[i].stop], leg[i].window);
			k->line_of[leg[i].stop * k->p->days + s->day] = l;
			k->position_of[leg[i].stop * k->p->days + s->day] = i;
		}
		leg[i].before = join(leg[i - 1].before, here, leg[i - 1].seconds_on);
		scan[i].leave_s = leg[i].before.earliest_s + leg[i].before.duration_s - leg[i].before.warp_s;
	}
	for (uint32_t i = from + 1; i-- > 0;)
		leg[i].after = join(i == 0 ? leg[0].before
					   : visit_segment(&k->p->stop[leg[i].stop], leg[i].window),
		    leg[i + 1].after, leg[i].seconds_on);
	line->cost = last == 1 ? 0 : line->drive + strain(k, s, leg[last].before, line->load);
}

bool
kernel_seat(struct kernel *k, uint32_t stop, uint32_t day, int64_t below, struct blinks *blinks,
    struct seat *out)
{
	struct asking q = {stop, day, below, blinks, out, false};
	const uint32_t *near = k->near + (size_t)stop * k->nears;
	const uint32_t *kind = k->near_kind + ((size_t)stop * k->p->days + day) * NEAR_LINES;
	bool few = k->used[day] <= FEW_LINES;
	uint32_t nears = few && k->nears > FIRST_NEARS ? FIRST_NEARS : k->nears;

	k->seen++;
	for (uint32_t i = 0; i < nears; i++)
		ask_line(k, &q, k->line_of[near[i] * k->p->days + day]);
	for (uint32_t i = 0; !few && i < NEAR_LINES && kind[i] != ROUTING_NO_STOP; i++)
		ask_line(k, &q, empty_line(k, kind[i]));
	if (few || !q.found)
		for (uint32_t i = k->day_first[day]; i < k->day_first[day + 1]; i++)
			ask_line(k, &q, k->day_line[i]);
	return q.found;
}

/* Each line once for each stop and day. */
static void
ask_line(struct kernel *k, struct asking *q, uint32_t l)
{
	if (l == ROUTING_NO_STOP || k->line_seen[l] == k->seen)
		return;
	k->line_seen[l] = k->seen;
	if (may_join(k, q->stop, l, q->below)
	    && seat_in_line(k, q->stop, l, q->below, q->blinks, q->out)) {
		q->found = true;
		q->below = q->out->cost;
	}
}

/* One seat in a hundred, by a geometric gap: one draw for a hundred seats. */
static inline bool
overlook(struct blinks *b)
{
	if (b->left-- > 0)
		return false;
	b->left = (uint32_t)(((uint64_t)kernel_ln_q16((uint32_t)(kernel_random(b->random) >> 32) | 1)
				 * BLINK_GAP) >> 16);
	return true;
}

/* Skills, and of the empty shifts of one kind only the first; a load that alone costs too much. */
static bool
may_join(struct kernel *k, uint32_t stop, uint32_t l, int64_t below)
{
	const struct stop *s = &k->p->stop[stop];
	const struct shift *shift = &k->p->shift[l];
	const struct line *line = &k->line[l];

	if ((s->skills & ~shift->skills) != 0)
		return false;
	if (line->legs == 2) {
		if (k->kind_seen[line->kind] == k->seen)
			return false;
		k->kind_seen[line->kind] = k->seen;
	}
	return line->load + s->load <= shift->capacity || line->load > shift->capacity
	    || (line->load + s->load - shift->capacity) * k->p->price.overload < below;
}

static bool
seat_in_line(const struct kernel *k, uint32_t stop, uint32_t l, int64_t below,
    struct blinks *blinks, struct seat *out)
{
	const struct stop *s = &k->p->stop[stop];
	const struct shift *shift = &k->p->shift[l];
	const struct line *line = &k->line[l];
	const struct scan *scan = line->scan;
	const struct pair *cost = row(k, k->cost, s->place), *seconds = row(k, k->seconds, s->place);
	int32_t last_s = window_of(s, s->windows ? s->windows - 1 : 0).to_s, load = line->load + s->load;
	uint32_t last = line->legs - 1;
	bool found = false;
	/* an empty shift costs nothing: nobody drives it */
	int64_t base = last == 1 ? scan[0].cost_on : -strain(k, shift, line->leg[last].before, line->load);

	if (s->usual_tech != ROUTING_NO_STOP && s->usual_tech != shift->tech)
		base += k->p->price.other_tech;
	for (uint32_t i = 0; i < last; i++) {
		int64_t extra = base + cost[scan[i].place].from + cost[scan[i + 1].place].to - scan[i].cost_on;
		int32_t there_s = seconds[scan[i].place].from;
		int32_t late_s = scan[i].leave_s + there_s - last_s;

		/* it only grows later further along the line */
		if (late_s > 0 && base + late_s * k->p->price.late_s >= below)
			break;
		if (extra >= below || (blinks != NULL && overlook(blinks)))
			continue;
		for (uint32_t w = 0; w < (s->windows ? s->windows : 1); w++) {
			struct segment whole = join(line->leg[i].before,
			    visit_segment(s, window_of(s, w)), there_s);
			int64_t c;

			whole = join(whole, line->leg[i + 1].after, seconds[scan[i + 1].place].to);
			c = extra + strain(k, shift, whole, load);
			if (c < below) {
				below = c;
				*out = (struct seat){l, i, w, c};
				found = true;
			}
		}
	}
	return found;
}

void
kernel_put(struct kernel *k, uint32_t stop, uint32_t day, const struct seat *seat)
{
	struct line *line = &k->line[seat->line];
	const struct stop *s = &k->p->stop[stop];
	const struct pair *cost = row(k, k->cost, s->place);
	uint32_t at = seat->position + 1;

	save_line(k, seat->line);
	save_stop(k, stop);
	if (k->pattern[stop] == 0)
		k->total -= s->prize;
	k->pattern[stop] |= UINT64_C(1) << day;
	k->total -= line->cost;
	line->drive += cost[line->scan[at - 1].place].from + cost[line->scan[at].place].to
	    - line->scan[at - 1].cost_on + tech_price(k, s, seat->line);
	line->load += s->load;
	memmove(line->leg + at + 1, line->leg + at, (line->legs - at) * sizeof(*line->leg));
	memmove(line->scan + at + 1, line->scan + at, (line->legs - at) * sizeof(*line->scan));
	line->leg[at].stop = stop;
	line->leg[at].window = window_of(s, seat->window);
	line->scan[at].place = s->place;
	k->used[day] += line->legs == 2;
	line->legs++;
	refresh(k, seat->line, at);
	k->total += line->cost;
}

static inline int64_t
tech_price(const struct kernel *k, const struct stop *s, uint32_t l)
{
	return s->usual_tech == ROUTING_NO_STOP || s->usual_tech == k->p->shift[l].tech
	    ? 0 : k->p->price.other_tech;
}

void
kernel_take(struct kernel *k, uint32_t stop)
{
	uint64_t days = k->pattern[stop];

	if (days == 0)
		return;
	save_stop(k, stop);
	for (uint32_t day = 0; days >> day != 0; day++)
		if ((days >> day & 1) != 0)
			take_visit(k, stop, day);
	k->pattern[stop] = 0;
	k->total += k->p->stop[stop].prize;
}

static void
take_visit(struct kernel *k, uint32_t stop, uint32_t day)
{
	const struct stop *s = &k->p->stop[stop];
	uint32_t visit = stop * k->p->days + day, l = k->line_of[visit], at = k->position_of[visit];
	struct line *line = &k->line[l];

	save_line(k, l);
	k->total -= line->cost;
	line->drive += row(k, k->cost, line->scan[at - 1].place)[line->scan[at + 1].place].to
	    - line->scan[at - 1].cost_on - line->scan[at].cost_on - tech_price(k, s, l);
	line->load -= s->load;
	memmove(line->leg + at, line->leg + at + 1, (line->legs - at - 1) * sizeof(*line->leg));
	memmove(line->scan + at, line->scan + at + 1, (line->legs - at - 1) * sizeof(*line->scan));
	line->legs--;
	k->used[day] -= line->legs == 2;
	k->line_of[visit] = ROUTING_NO_STOP;
	refresh(k, l, at);
	k->total += line->cost;
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
	memcpy(line->old_leg, line->leg, line->legs * sizeof(*line->leg));
	memcpy(line->old_scan, line->scan, line->legs * sizeof(*line->scan));
	line->old_drive = line->drive;
	line->old_legs = line->legs;
	line->old_cost = line->cost;
	line->old_load = line->load;
	k->dirty[k->dirties++] = l;
}

static void
save_stop(struct kernel *k, uint32_t stop)
{
	if (k->stop_saved[stop] == k->stamp)
		return;
	k->stop_saved[stop] = k->stamp;
	k->stop_dirty[k->stop_dirties] = stop;
	k->stop_old[k->stop_dirties++] = k->pattern[stop];
}

void
kernel_undo(struct kernel *k)
{
	for (uint32_t i = 0; i < k->stop_dirties; i++) {
		uint32_t stop = k->stop_dirty[i];

		for (uint32_t day = 0; k->pattern[stop] >> day != 0; day++)
			k->line_of[stop * k->p->days + day] = ROUTING_NO_STOP;
		k->pattern[stop] = k->stop_old[i];
	}
	for (uint32_t i = 0; i < k->dirties; i++) {
		uint32_t l = k->dirty[i];
		struct line *line = &k->line[l];
		struct leg *leg = line->leg;
		struct scan *scan = line->scan;
		uint32_t *used = &k->used[k->p->shift[l].day];

		line->leg = line->old_leg;
		line->old_leg = leg;
		line->scan = line->old_scan;
		line->old_scan = scan;
		line->drive = line->old_drive;
		*used -= line->legs > 2;
		*used += line->old_legs > 2;
		line->legs = line->old_legs;
		line->cost = line->old_cost;
		line->load = line->old_load;
		for (uint32_t at = 1; at + 1 < line->legs; at++) {
			k->line_of[line->leg[at].stop * k->p->days + k->p->shift[l].day] = l;
			k->position_of[line->leg[at].stop * k->p->days + k->p->shift[l].day] = at;
		}
	}
	k->total = k->old_total;
	kernel_mark(k);
}

void
kernel_load(struct kernel *k, const struct plan *plan)
{
	kernel_mark(k);
	for (uint32_t i = 0; i < k->p->stops; i++)
		kernel_take(k, i);
	for (uint32_t l = 0; l < k->p->shifts; l++)
		for (uint32_t i = 0; i < plan->route[l].stops; i++) {
			uint32_t stop = plan->route[l].stop[i], day = k->p->shift[l].day, best = 0;
			struct seat at = {l, k->line[l].legs - 2, 0, 0};

			if (stop >= k->p->stops || (k->pattern[stop] >> day & 1) != 0)
				continue;
			/* the first window that the plan can still reach */
			while (best + 1 < k->p->stop[stop].windows
			    && k->p->stop[stop].window[best].to_s
				< k->line[l].leg[at.position].before.earliest_s
				    + k->line[l].leg[at.position].before.duration_s)
				best++;
			at.window = best;
			kernel_put(k, stop, day, &at);
		}
	kernel_mark(k);
}

void
kernel_plan(const struct kernel *k, struct arena *a, struct plan *out)
{
	struct plan plan = {0};

	plan.route = arena_array(a, struct route, k->p->shifts + 1);
	for (uint32_t l = 0; l < k->p->shifts; l++)
		plan.route[l].stop = arena_array(a, uint32_t, k->p->stops + 1);
	plan.pattern = arena_array(a, uint64_t, k->p->stops + 1);
	kernel_copy(k, &plan);
	*out = plan;
}

void
kernel_copy(const struct kernel *k, struct plan *out)
{
	out->cost = k->total;
	out->left_out = 0;
	for (uint32_t l = 0; l < k->p->shifts; l++) {
		out->route[l].stops = k->line[l].legs - 2;
		for (uint32_t i = 0; i < out->route[l].stops; i++)
			out->route[l].stop[i] = k->line[l].leg[i + 1].stop;
	}
	for (uint32_t i = 0; i < k->p->stops; i++) {
		out->pattern[i] = k->pattern[i];
		out->left_out += k->pattern[i] == 0;
	}
}

uint32_t
kernel_ln_q16(uint32_t u)
{
	/* -ln(u/2^32) = (32 - log2 u) ln 2; log2 of 1 + m is about m + 0.3466 m (1 - m) */
	uint32_t top = 31 - (uint32_t)__builtin_clz(u | 1);
	uint64_t m = (((uint64_t)u << 16) >> top) & 0xffff;
	uint64_t frac = m + (((m * (65536 - m)) >> 16) * 22713 >> 16);
	uint64_t log2_q16 = ((uint64_t)top << 16) + frac;

	return (uint32_t)((((UINT64_C(32) << 16) - log2_q16) * 45426) >> 16);
}
