/* domain/routing/seat.c -- the cheapest seat of a stop: which lines are asked, and what each
 * answers. */
#include "domain/routing/chance.h"
#include "domain/routing/kernel.h"

#define FEW_LINES   3    /* with so few driven lines all are looked at, */
#define FIRST_NEARS 8    /* those of the nearest stops first: a good bound soon */
#define LONG_WAY_S  3600 /* of driving and waiting for one visit more */
#define BLINK_GAP   100

/* What kernel_seat asks every line, and the best answer so far. */
struct asking {
	const struct stop *s;
	uint32_t stop, day;
	int32_t last_s; /* when its last window ends */
	bool choices;   /* it has several windows; else */
	struct window window;
	int64_t below;
	int64_t evens; /* counted for the line that is asked (evened) */
	const struct terms *terms;
	struct seat *out;
	bool found;
};

static inline uint32_t list_lines(struct kernel *k, const uint32_t *near, uint32_t nears, uint32_t day);
static uint32_t empty_line(struct kernel *k, uint32_t kind);
static inline void ask_line(struct kernel *k, struct asking *q, uint32_t l);
static inline bool may_join(struct kernel *k, const struct asking *q, uint32_t l);
static void seat_in_line(const struct kernel *k, struct asking *q, uint32_t l);
static inline __attribute__((always_inline)) void
seats_of_line(const struct kernel *k, struct asking *q, uint32_t l, bool narrow, bool same);
static inline __attribute__((always_inline)) void
seats_by_way(const struct kernel *k, struct asking *q, uint32_t l, bool narrow);
static inline int64_t
evened(const struct kernel *k, const struct line *line, const struct shift *shift, int32_t service_s);
static int64_t seat_cost(const struct kernel *k, const struct asking *q, uint32_t l, uint32_t i, int64_t extra);

bool
kernel_seat(struct kernel *k, uint32_t stop, uint32_t day, int64_t below, const struct terms *terms,
    struct seat *out)
{
	struct window last = kernel_window(k, stop, FOREVER);
	struct asking q = {.s = &k->p->stop[stop],
	    .stop = stop,
	    .day = day,
	    .last_s = last.to_s,
	    .choices = k->p->stop[stop].windows > 1,
	    .window = last,
	    .below = below,
	    .terms = terms,
	    .out = out};
	const uint32_t *near = k->t->near + (size_t)stop * k->t->nears;
	const uint32_t *kind = k->t->near_kind + ((size_t)stop * k->p->days + day) * NEAR_LINES;
	bool few = k->used[day] <= FEW_LINES;
	uint32_t n, nears = few && k->t->nears > FIRST_NEARS ? FIRST_NEARS : k->t->nears;

	k->seen++;
	n = list_lines(k, near, nears, day);
	for (uint32_t i = 0; i < n; i++)
		if (may_join(k, &q, k->asked[i]))
			seat_in_line(k, &q, k->asked[i]);
	for (uint32_t i = 0; !few && i < NEAR_LINES && kind[i] != ROUTING_NO_STOP; i++)
		ask_line(k, &q, empty_line(k, kind[i]));
	if (few || !q.found)
		for (uint32_t i = k->t->day_first[day]; i < k->t->day_first[day + 1]; i++)
			ask_line(k, &q, k->t->day_line[i]);
	return q.found;
}

/* Into k->asked each line of these stops once, the nearest first; without a branch, which nobody could foretell. */
static inline uint32_t
list_lines(struct kernel *k, const uint32_t *near, uint32_t nears, uint32_t day)
{
	const uint32_t none = k->p->shifts, days = k->p->days, seen = k->seen;
	const uint32_t *line_of = k->line_of + day;
	uint32_t *line_seen = k->line_seen, *asked = k->asked, n = 0;

	line_seen[none] = seen;
	for (uint32_t i = 0; i < nears; i++) {
		uint32_t l = line_of[near[i] * days];

		l = l < none ? l : none;
		asked[n] = l;
		n += line_seen[l] != seen;
		line_seen[l] = seen;
	}
	return n;
}

/* An empty shift of that kind, ROUTING_NO_STOP if all are driven; the last answer is tried first.
 */
static uint32_t
empty_line(struct kernel *k, uint32_t kind)
{
	uint32_t l = k->kind_empty[kind];

	if (l != ROUTING_NO_STOP && k->line[l].now.legs == 2)
		return l;
	for (l = k->t->kind_first[kind]; l != ROUTING_NO_STOP && k->line[l].now.legs > 2;)
		l = k->t->next_of_kind[l];
	return k->kind_empty[kind] = l;
}

/* Each line once for each stop and day. */
static inline void
ask_line(struct kernel *k, struct asking *q, uint32_t l)
{
	if (l == ROUTING_NO_STOP || k->line_seen[l] == k->seen)
		return;
	k->line_seen[l] = k->seen;
	if (may_join(k, q, l))
		seat_in_line(k, q, l);
}

/* Skills, and of the empty shifts of one kind only the first; a load that alone costs too much. */
static inline bool
may_join(struct kernel *k, const struct asking *q, uint32_t l)
{
	const struct gate *g = &k->gate[l];

	if ((q->s->skills & ~g->skills) != 0 || (q->s->usual_only && q->s->usual_tech != g->tech) || l == q->terms->not_line ||
	    (q->terms->only_tech != ROUTING_NO_STOP && q->terms->only_tech != g->tech))
		return false;
	if (g->legs == 2) {
		if (k->kind_seen[g->kind] == k->seen)
			return false;
		k->kind_seen[g->kind] = k->seen;
	}
	return g->load + q->s->load <= g->capacity || g->load > g->capacity ||
	       (g->load + q->s->load - g->capacity) * k->p->price.overload < q->below;
}

/* One seat in a hundred, by a geometric gap: one draw for a hundred seats. */
static inline bool
overlook(struct blinks *b)
{
	if (b == NULL || b->left-- > 0)
		return false;
	b->left =
	    (uint32_t)(((uint64_t)chance_ln_q16((uint32_t)(chance_bits(b->random) >> 32) | 1) *
			   BLINK_GAP) >>
		       16);
	return true;
}

/* The ways between one place and all others. */
struct row {
	const struct narrow_pair *narrow;
	const struct pair *wide;
};

static inline struct row
row_of(const struct ways_table *table, uint32_t place, uint32_t places, bool narrow)
{
	size_t at = (size_t)place * places;

	return narrow ? (struct row){.narrow = table->narrow + at} : (struct row){.wide = table->wide + at};
}

static inline struct pair
row_at(struct row r, uint32_t place, bool narrow)
{
	return narrow ? (struct pair){r.narrow[place].to, r.narrow[place].from} : r.wide[place];
}

static void
seat_in_line(const struct kernel *k, struct asking *q, uint32_t l)
{
	if (k->t->timeless && k->t->narrow)
		seats_by_way(k, q, l, true);
	else if (k->t->timeless)
		seats_by_way(k, q, l, false);
	else if (k->t->narrow && k->t->cost.narrow == k->t->seconds.narrow)
		seats_of_line(k, q, l, true, true);
	else if (k->t->narrow)
		seats_of_line(k, q, l, true, false);
	else
		seats_of_line(k, q, l, false, false);
}

/*
 * Compiled several times, so that its loop need not ask how wide the tables are, and whether a way costs its seconds. A
 * seat is looked at in full only if neither its way nor what it makes late costs too much already.
 */
static inline __attribute__((always_inline)) void
seats_of_line(const struct kernel *k, struct asking *q, uint32_t l, bool narrow, bool same)
{
	const struct shift *shift = &k->p->shift[l];
	const struct line *line = &k->line[l];
	const struct scan *scan = line->scan;
	const struct row cost = row_of(&k->t->cost, q->s->place, k->t->places, narrow);
	const struct row seconds = row_of(&k->t->seconds, q->s->place, k->t->places, narrow);
	const int64_t late = k->p->price.late_s;
	const int32_t from_s = q->choices ? 0 : q->window.from_s, to_s = q->last_s, service_s = q->s->service_s;
	uint32_t last = line->now.legs - 1, i = line->pinned;
	struct blinks *blinks = q->terms->blinks;
	int64_t base = tables_visit_price(k->t, q->s, shift), spare;
	struct pair here, next;

	/* an empty shift costs nothing: nobody drives it */
	base += last == 1 ? line->now.drive : -line->now.strain;
	q->evens = evened(k, line, shift, service_s);
	base += q->evens;
	spare = q->below - base;
	if (spare <= 0 && q->evens > 0)
		return;
	/* it is not over in time for what follows */
	while (i + 1 < last && from_s + service_s > scan[i].latest_s &&
	       (from_s + service_s - scan[i].latest_s) * late >= spare)
		i++;
	here = row_at(cost, scan[i].place, narrow);
	for (; i < last; i++, here = next) {
		int32_t there_s = same ? here.from : row_at(seconds, scan[i].place, narrow).from;
		int32_t begin_s = scan[i].leave_s + there_s, behind_s;
		int64_t extra;

		next = row_at(cost, scan[i + 1].place, narrow);
		extra = (int64_t)here.from + next.to - scan[i].cost_on;
		/* it only grows later further along the line */
		if (begin_s > to_s && (begin_s - to_s) * late >= spare)
			break;
		if (extra >= spare)
			continue;
		begin_s = begin_s < from_s ? from_s : begin_s > to_s ? to_s : begin_s;
		behind_s = begin_s + service_s + (same ? next.to : row_at(seconds, scan[i + 1].place, narrow).to) -
			   scan[i].latest_s;
		if ((behind_s > 0 && extra + behind_s * late >= spare) || overlook(blinks))
			continue;
		extra = seat_cost(k, q, l, i, base + extra);
		if (extra < q->below) {
			spare = extra - base;
			q->below = extra;
			*q->out = (struct seat){l, i, extra};
			q->found = true;
		}
	}
}

/* Where no time has a price, a seat costs its way and its load. */
static inline __attribute__((always_inline)) void
seats_by_way(const struct kernel *k, struct asking *q, uint32_t l, bool narrow)
{
	const struct shift *shift = &k->p->shift[l];
	const struct line *line = &k->line[l];
	const struct scan *scan = line->scan;
	const struct row cost = row_of(&k->t->cost, q->s->place, k->t->places, narrow);
	uint32_t last = line->now.legs - 1;
	int64_t base = tables_visit_price(k->t, q->s, shift) + line_strain(k, line, shift, (struct segment){0}, q->s), spare;
	struct pair here = row_at(cost, scan[line->pinned].place, narrow), next;

	base += last == 1 ? line->now.drive : -line->now.strain;
	spare = q->below - base;
	for (uint32_t i = line->pinned; i < last; i++, here = next) {
		int64_t extra;

		next = row_at(cost, scan[i + 1].place, narrow);
		extra = (int64_t)here.from + next.to - scan[i].cost_on;
		if (extra >= spare || overlook(q->terms->blinks))
			continue;
		spare = extra;
		q->below = base + extra;
		*q->out = (struct seat){l, i, base + extra};
		q->found = true;
	}
}

/*
 * The least that a visit changes of what this technician's time costs by fairness. Who has too little may even out some;
 * who has enough gets all its work more, but for what now is waiting: to be late instead is dearer than any hour.
 */
static inline int64_t
evened(const struct kernel *k, const struct line *line, const struct shift *shift, int32_t service_s)
{
	int64_t paid_s, more_s, target_s;

	if (k->paid_s == NULL)
		return 0;
	paid_s = k->paid_s[shift->tech];
	target_s = k->p->target_s[shift->tech];
	if (paid_s >= target_s)
		return service_s <= line->now.wait_s
			   ? 0
			   : line_uneven(k, shift->tech, paid_s + service_s - line->now.wait_s) - k->uneven[shift->tech];
	more_s = paid_s + service_s + LONG_WAY_S;
	return line_uneven(k, shift->tech, more_s < target_s ? more_s : target_s) - k->uneven[shift->tech];
}

/* The segments of the line with the visit in it, and all that they cost. Apart, so that the loop over seats stays small. */
static __attribute__((noinline)) int64_t
seat_cost(const struct kernel *k, const struct asking *q, uint32_t l, uint32_t i, int64_t extra)
{
	const struct line *line = &k->line[l];
	const struct shift *shift = &k->p->shift[l];
	int32_t there_s = tables_way(k->t, &k->t->seconds, q->s->place, line->scan[i].place).from;
	int32_t back_s = tables_way(k->t, &k->t->seconds, q->s->place, line->scan[i + 1].place).to;
	struct window w = q->choices ? kernel_window(k, q->stop, line->scan[i].leave_s + there_s) : q->window;
	struct segment whole =
	    segment_join(line->leg[i].before, segment_of(q->s->service_s, w), there_s);

	whole = segment_join(whole, line->leg[i + 1].after, back_s);
	extra += line_strain(k, line, shift, whole, q->s);
	if (k->paid_s != NULL)
		extra += line_uneven(k, shift->tech,
			     k->paid_s[shift->tech] - line->now.paid_s + whole.duration_s - whole.warp_s) -
			 k->uneven[shift->tech] - q->evens;
	if (k->t->promises && extra < q->below)
		extra += line_promises(k, line, i, q->s, w, there_s, back_s);
	return extra;
}
