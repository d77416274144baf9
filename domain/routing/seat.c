/* domain/routing/seat.c -- the cheapest seat of a stop: which lines are asked, and what each
 * answers. */
#include "domain/routing/chance.h"
#include "domain/routing/kernel.h"

#define FEW_LINES   24   /* with so few driven lines all are looked at, */
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
	const struct terms *terms;
	struct seat *out;
	bool found;
};

static uint32_t empty_line(struct kernel *k, uint32_t kind);
static inline void ask_line(struct kernel *k, struct asking *q, uint32_t l);
static inline bool may_join(struct kernel *k, const struct asking *q, uint32_t l);
static void seat_in_line(const struct kernel *k, struct asking *q, uint32_t l);
static inline int64_t
most_evened(const struct kernel *k, const struct shift *shift, int32_t service_s);
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
	uint32_t nears = few && k->t->nears > FIRST_NEARS ? FIRST_NEARS : k->t->nears;

	k->seen++;
	for (uint32_t i = 0; i < nears; i++)
		ask_line(k, &q, k->line_of[near[i] * k->p->days + day]);
	for (uint32_t i = 0; !few && i < NEAR_LINES && kind[i] != ROUTING_NO_STOP; i++)
		ask_line(k, &q, empty_line(k, kind[i]));
	if (few || !q.found)
		for (uint32_t i = k->t->day_first[day]; i < k->t->day_first[day + 1]; i++)
			ask_line(k, &q, k->t->day_line[i]);
	return q.found;
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
	const struct shift *shift = &k->p->shift[l];
	const struct line *line = &k->line[l];

	if (!tables_able(q->s, shift) || l == q->terms->not_line ||
	    (q->terms->only_tech != ROUTING_NO_STOP && q->terms->only_tech != shift->tech))
		return false;
	if (line->now.legs == 2) {
		if (k->kind_seen[k->t->kind_of[l]] == k->seen)
			return false;
		k->kind_seen[k->t->kind_of[l]] = k->seen;
	}
	return line->now.load + q->s->load <= shift->capacity || line->now.load > shift->capacity ||
	       (line->now.load + q->s->load - shift->capacity) * k->p->price.overload < q->below;
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

static void
seat_in_line(const struct kernel *k, struct asking *q, uint32_t l)
{
	const struct shift *shift = &k->p->shift[l];
	const struct line *line = &k->line[l];
	const struct scan *scan = line->scan;
	const struct pair *cost = tables_row(k->t, k->t->cost, q->s->place);
	const struct pair *seconds = tables_row(k->t, k->t->seconds, q->s->place);
	uint32_t last = line->now.legs - 1;
	struct blinks *blinks = q->terms->blinks;
	int64_t late = k->p->price.late_s, base = tables_visit_price(k->t, q->s, shift), below = q->below;
	int32_t last_s = q->last_s;

	/* an empty shift costs nothing: nobody drives it */
	base += last == 1 ? line->now.drive : -line->now.strain;
	base -= most_evened(k, shift, q->s->service_s);
	for (uint32_t i = line->pinned; i < last; i++) {
		int32_t there_s = seconds[scan[i].place].from;
		int32_t late_s = scan[i].leave_s + there_s - last_s;
		int64_t extra = base + cost[scan[i].place].from + cost[scan[i + 1].place].to -
				scan[i].cost_on;

		/* it only grows later further along the line */
		if (late_s > 0 && base + late_s * late >= below)
			break;
		if (extra >= below || overlook(blinks))
			continue;
		extra = seat_cost(k, q, l, i, extra);
		if (extra < below) {
			below = q->below = extra;
			*q->out = (struct seat){l, i, extra};
			q->found = true;
		}
	}
}

/* What a visit may at best even out: nothing where there is enough work already. */
static inline int64_t
most_evened(const struct kernel *k, const struct shift *shift, int32_t service_s)
{
	int64_t paid_s, more_s, target_s;

	if (k->paid_s == NULL)
		return 0;
	paid_s = k->paid_s[shift->tech];
	target_s = k->p->target_s[shift->tech];
	if (paid_s >= target_s)
		return 0;
	more_s = paid_s + service_s + LONG_WAY_S;
	return line_uneven(k, shift->tech, paid_s) -
	       line_uneven(k, shift->tech, more_s < target_s ? more_s : target_s);
}

/* The segments of the line with the visit in it, and all that they cost. Apart, so that the loop over seats stays small. */
static __attribute__((noinline)) int64_t
seat_cost(const struct kernel *k, const struct asking *q, uint32_t l, uint32_t i, int64_t extra)
{
	const struct line *line = &k->line[l];
	const struct shift *shift = &k->p->shift[l];
	const struct pair *seconds = tables_row(k->t, k->t->seconds, q->s->place);
	int32_t there_s = seconds[line->scan[i].place].from, back_s = seconds[line->scan[i + 1].place].to;
	struct window w = q->choices ? kernel_window(k, q->stop, line->scan[i].leave_s + there_s) : q->window;
	struct segment whole =
	    segment_join(line->leg[i].before, segment_of(q->s->service_s, w), there_s);

	whole = segment_join(whole, line->leg[i + 1].after, back_s);
	extra += line_strain(k, line, shift, whole, q->s);
	if (k->paid_s != NULL)
		extra += most_evened(k, shift, q->s->service_s) -
			 line_uneven(k, shift->tech, k->paid_s[shift->tech]) +
			 line_uneven(k, shift->tech,
			     k->paid_s[shift->tech] - line->now.paid_s + whole.duration_s -
				 whole.warp_s);
	if (k->t->promises && extra < q->below)
		extra += line_promises(k, line, i, q->s, w, there_s, back_s);
	return extra;
}
