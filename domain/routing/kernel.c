#include "domain/routing/kernel.h"

#include <string.h>

#define NEARS 60      /* neighbours whose lines a stop may join */
#define NEAR_LINES 4   /* and an empty shift of each of the kinds that start nearest */
#define SMALL_LINES 3  /* with so few driven lines all of them are looked at */
#define FOREVER (1 << 29)
#define BLINK_GAP 100

static void copy_matrix(struct kernel *k, struct arena *a);
static void open_lines(struct kernel *k, struct arena *a);
static void name_kinds(struct kernel *k);
static bool same_kind(const struct shift *x, const struct shift *y);
static void find_near(struct kernel *k, struct arena *a);
static void find_near_kinds(struct kernel *k, struct arena *a);
static uint32_t empty_line(struct kernel *k, uint32_t kind);
static void save_line(struct kernel *k, uint32_t l);
static void save_stop(struct kernel *k, uint32_t stop);
static void refresh(struct kernel *k, uint32_t l);
static void refresh_ends(struct kernel *k, uint32_t l);
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

static inline const struct drive *
drive(const struct kernel *k, uint32_t from, uint32_t to)
{
	return &k->drive[(size_t)from * k->places + to];
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
	copy_matrix(k, a);
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
	find_near(k, a);
	find_near_kinds(k, a);
	for (uint32_t i = 0; i < p->stops; i++)
		k->total += p->stop[i].prize;
	k->stamp = 1;
	return k;
}

/* One more place, reached and left for nothing, stands for "nowhere". */
static void
copy_matrix(struct kernel *k, struct arena *a)
{
	uint32_t n = k->p->matrix.places;

	k->places = n + 1;
	k->drive = arena_array(a, struct drive, (size_t)k->places * k->places);
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t j = 0; j < n; j++)
			k->drive[(size_t)i * k->places + j] = (struct drive){
			    k->p->matrix.seconds[(size_t)i * n + j], k->p->matrix.cost[(size_t)i * n + j]};
}

static void
open_lines(struct kernel *k, struct arena *a)
{
	uint32_t room = k->p->stops + 2;

	k->line = arena_array(a, struct line, k->p->shifts + 1);
	for (uint32_t l = 0; l < k->p->shifts; l++) {
		k->line[l].leg = arena_array(a, struct leg, room);
		k->line[l].old_leg = arena_array(a, struct leg, room);
		k->line[l].legs = 2;
		refresh(k, l);
		k->total += k->line[l].cost;
	}
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
			int64_t d = (int64_t)drive(k, x, y)->cost + drive(k, y, x)->cost;

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
			d = (int64_t)drive(k, end_place(k, k->p->shift[l].start), s->place)->cost
			    + drive(k, s->place, end_place(k, k->p->shift[l].end))->cost;
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

/* Recompute a line's segments, load, cost and its visits' places from its order of visits. */
static void
refresh(struct kernel *k, uint32_t l)
{
	struct line *line = &k->line[l];
	const struct shift *s = &k->p->shift[l];
	struct leg *leg = line->leg;
	uint32_t last = line->legs - 1;
	int64_t sum = 0;
	int32_t load = 0;

	refresh_ends(k, l);
	for (uint32_t i = 1; i <= last; i++) {
		const struct drive *d = drive(k, leg[i - 1].place, leg[i].place);
		struct segment here = leg[last].after;

		if (i < last) {
			const struct stop *stop = &k->p->stop[leg[i].stop];

			here = visit_segment(stop, leg[i].window);
			leg[i].after = here;
			load += stop->load;
			if (stop->usual_tech != ROUTING_NO_STOP && stop->usual_tech != s->tech)
				sum += k->p->price.other_tech;
			k->line_of[leg[i].stop * k->p->days + s->day] = l;
			k->position_of[leg[i].stop * k->p->days + s->day] = i;
		}
		leg[i].before = join(leg[i - 1].before, here, d->seconds);
		leg[i - 1].cost_on = d->cost;
		leg[i - 1].seconds_on = d->seconds;
		sum += d->cost;
	}
	for (uint32_t i = last; i-- > 0;)
		leg[i].after = join(i == 0 ? leg[0].before : leg[i].after, leg[i + 1].after,
		    leg[i].seconds_on);
	line->load = load;
	line->cost = last == 1 ? 0 : sum + strain(k, s, leg[last].before, load);
}

/* A shift may begin late but not early, and end whenever: its overtime is priced apart. */
static void
refresh_ends(struct kernel *k, uint32_t l)
{
	struct line *line = &k->line[l];
	const struct shift *s = &k->p->shift[l];

	line->leg[0].before = (struct segment){0, 0, s->from_s, FOREVER};
	line->leg[0].place = end_place(k, s->start);
	line->leg[line->legs - 1].place = end_place(k, s->end);
	line->leg[line->legs - 1].after = (struct segment){0, 0, s->from_s, FOREVER};
}

bool
kernel_seat(struct kernel *k, uint32_t stop, uint32_t day, int64_t below, struct blinks *blinks,
    struct seat *out)
{
	const uint32_t *near = k->near + (size_t)stop * k->nears;
	const uint32_t *kind = k->near_kind + ((size_t)stop * k->p->days + day) * NEAR_LINES;
	bool found = false;

	k->seen++;
	if (k->used[day] > SMALL_LINES)
		for (uint32_t i = 0, seen = 0; i < k->nears + NEAR_LINES; i++) {
			uint32_t l = i >= k->nears ? ROUTING_NO_STOP : k->line_of[near[i] * k->p->days + day];

			if (i >= k->nears && kind[i - k->nears] != ROUTING_NO_STOP)
				l = empty_line(k, kind[i - k->nears]);
			if (l == ROUTING_NO_STOP || k->line_seen[l] == k->seen)
				continue;
			k->line_seen[l] = k->seen;
			if (may_join(k, stop, l, below) && seat_in_line(k, stop, l, below, blinks, out)) {
				found = true;
				below = out->cost;
			}
			if (++seen == k->used[day] && i < k->nears)
				i = k->nears - 1; /* every driven line is seen: on to the empty ones */
		}
	if (found)
		return true;
	/* With few shifts, or nothing near: look at all of them. */
	for (uint32_t l = 0; l < k->p->shifts; l++)
		if (k->p->shift[l].day == day && k->line_seen[l] != k->seen
		    && may_join(k, stop, l, below)
		    && seat_in_line(k, stop, l, below, blinks, out)) {
			found = true;
			below = out->cost;
		}
	return found;
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
	const struct leg *leg = line->leg, *end = leg + line->legs - 1;
	uint32_t place = s->place, windows = s->windows ? s->windows : 1;
	int32_t last_s = window_of(s, windows - 1).to_s, load = line->load + s->load;
	/* an empty shift costs nothing: nobody drives it */
	bool empty = line->legs == 2, found = false;
	int64_t base = empty ? 0 : -strain(k, shift, end->before, line->load);

	if (s->usual_tech != ROUTING_NO_STOP && s->usual_tech != shift->tech)
		base += k->p->price.other_tech;
	for (; leg < end; leg++) {
		const struct drive *to = drive(k, leg->place, place);
		const struct drive *on = drive(k, place, leg[1].place);
		int64_t extra = base + to->cost + on->cost - (empty ? 0 : leg->cost_on);
		int32_t late = leg->before.earliest_s + leg->before.duration_s - leg->before.warp_s
		    + to->seconds - last_s;

		/* it only grows later further along the line */
		if (late > 0 && base + late * k->p->price.late_s >= below)
			break;
		if (extra >= below || (blinks != NULL && overlook(blinks)))
			continue;
		for (uint32_t w = 0; w < windows; w++) {
			struct segment whole = join(leg->before, visit_segment(s, window_of(s, w)),
			    to->seconds);
			int64_t c;

			whole = join(whole, leg[1].after, on->seconds);
			c = extra + strain(k, shift, whole, load);
			if (c < below) {
				below = c;
				*out = (struct seat){l, (uint32_t)(leg - line->leg), w, c};
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
	uint32_t at = seat->position + 1;

	save_line(k, seat->line);
	save_stop(k, stop);
	if (k->pattern[stop] == 0)
		k->total -= s->prize;
	k->pattern[stop] |= UINT64_C(1) << day;
	memmove(line->leg + at + 1, line->leg + at, (line->legs - at) * sizeof(*line->leg));
	line->leg[at].stop = stop;
	line->leg[at].place = s->place;
	line->leg[at].window = window_of(s, seat->window);
	k->used[day] += line->legs == 2;
	line->legs++;
	k->total -= line->cost;
	refresh(k, seat->line);
	k->total += line->cost;
}

void
kernel_take(struct kernel *k, uint32_t stop)
{
	uint64_t days = k->pattern[stop];

	if (days == 0)
		return;
	save_stop(k, stop);
	for (uint32_t day = 0; days >> day != 0; day++) {
		uint32_t visit = stop * k->p->days + day, l, at;
		struct line *line;

		if ((days >> day & 1) == 0)
			continue;
		l = k->line_of[visit];
		at = k->position_of[visit];
		line = &k->line[l];
		save_line(k, l);
		memmove(line->leg + at, line->leg + at + 1, (line->legs - at - 1) * sizeof(*line->leg));
		line->legs--;
		k->used[day] -= line->legs == 2;
		k->line_of[visit] = ROUTING_NO_STOP;
		k->total -= line->cost;
		refresh(k, l);
		k->total += line->cost;
	}
	k->pattern[stop] = 0;
	k->total += k->p->stop[stop].prize;
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
		struct leg *swap = line->leg;
		uint32_t *used = &k->used[k->p->shift[l].day];

		line->leg = line->old_leg;
		line->old_leg = swap;
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
