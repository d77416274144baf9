/*
 * domain/routing/kernel.h -- a plan under change: put a visit in, take a stop out, undo, and what
 * it costs.
 *
 * 1. Every route keeps, per position, the segment of all before it and of all behind it
 * (segment.h), so a seat is priced in O(1); a change recounts its own routes only.
 * 2. A visit is a (stop, day) pair: visit = stop * days + day. A stop is in or out as a whole, and
 * so are twins; between kernel_lift_day and the next kernel_put of that stop and day alone one of its visits is missing.
 * 3. A route is saved the first time it is touched after kernel_mark; kernel_undo restores it.
 * 4. Costs are those of walk.h. A seat's price is exact but for lunch, the supply house and later windows, which stay
 * where they are until the visit is put in.
 * 5. No floating point, no clock. Memory after kernel_open only where a route outgrows its room.
 */
#ifndef DOMAIN_ROUTING_KERNEL_H
#define DOMAIN_ROUTING_KERNEL_H

#include "domain/routing/tables.h"

#define NO_LEG UINT32_MAX

/* What is looked at for every seat; small, so that a line is scanned in few cache lines. */
struct scan {
	uint32_t place;
	int32_t cost_on; /* to the next leg */
	int32_t leave_s; /* earliest, with all warps taken */
	int32_t latest_s; /* when the work at the next leg may begin at the latest, for what follows to be in time */
};

struct leg {
	uint32_t stop;
	int32_t seconds_on;           /* to the next leg */
	int32_t service_s;
	struct window window;         /* the one this visit is in for */
	struct segment before, after; /* up to and with this leg; from this leg to the end */
};

/* What a line adds up to. */
struct sums {
	uint32_t legs;
	uint32_t
	    lunch_at;  /* the leg after whose work it is taken: NO_LEG = none, the last = at home */
	uint32_t supply_at; /* the leg after whose work, and before lunch, it drives to the supply house; NO_LEG = never */
	int32_t lacks;      /* goods that are not on board, before the supply house */
	int64_t fetch;      /* what the way by the supply house costs */
	int64_t drive; /* legs and visits' own prices; counted for an empty line too */
	int64_t strain; /* of the cost, what its time and loads are (line_strain) */
	int64_t cost;  /* 0 for an empty line: nobody drives it */
	int32_t load, paid_s;
	int32_t wait_s; /* of paid_s, if fairness is priced: neither driving nor work nor lunch */
	int32_t goods[ROUTING_GOODS];
};

/* What decides whether a stop may join a line at all; side by side, so that few cache lines are asked. */
struct gate {
	uint64_t skills;
	uint32_t tech, kind, legs;
	int32_t load, capacity;
};

/* leg[0] is the shift's start, leg[legs - 1] its end; the visits lie between. */
struct line {
	struct leg *leg;
	struct scan *scan; /* one for each leg */
	struct sums now;
	uint32_t room;
	uint32_t pinned; /* leg[1] .. leg[pinned] stay */
	uint32_t saved;  /* stamp of the mark at which it was last saved */
	uint32_t stale_from, stale_to; /* legs that changed since it was last counted; 0: none */
	struct leg *old_leg;
	struct scan *old_scan;
	struct sums old;
};

struct seat {
	uint32_t line, position; /* behind leg[position] */
	int64_t cost;            /* added */
};

struct kernel {
	const struct problem *p;
	const struct tables *t;
	struct arena *a;
	struct line *line;
	struct gate *gate;     /* per line */
	uint32_t *line_of;     /* per visit: its line, or ROUTING_NO_STOP */
	uint32_t *position_of; /* per visit: index of its leg */
	uint64_t *pattern;     /* per stop: days in use, 0 = out */
	int32_t *fixed_s;      /* per stop: when it must begin (twins), -1 = by its windows */
	uint32_t *kind_empty;  /* per kind of shift: an empty line, if it still is */
	uint32_t *used;        /* per day: lines with visits */
	int64_t *paid_s;       /* per technician, if fairness is priced */
	int64_t *uneven;       /* and what it costs by that */
	uint32_t *kind_seen, *line_seen; /* stamps */
	uint32_t *asked; /* lines that kernel_seat looks at */
	uint32_t seen;
	uint32_t *dirty; /* lines saved since the mark */
	uint32_t dirties;
	uint32_t *stale; /* lines to be counted again */
	uint32_t stales;
	uint32_t *stop_dirty; /* stops whose pattern changed since the mark, with the old pattern */
	uint64_t *stop_old;
	int32_t *stop_old_s;
	uint32_t stop_dirties;
	uint32_t *stop_saved;
	uint32_t stamp;
	int64_t total;
	int64_t old_total;
};

/* Seats overlooked by chance, one in a hundred, by a geometric gap. */
struct blinks {
	uint32_t left;
	uint64_t *random;
};

/* kernel_open -- all stops out. Memory: 2 x 60 bytes a leg of room, 8 a visit. */
struct kernel *kernel_open(const struct tables *t, struct arena *a);

/* Which seats are looked at. */
struct terms {
	uint32_t not_line;     /* a line it may not join (its twin's), or ROUTING_NO_STOP */
	uint32_t only_tech;    /* whose lines alone are asked, or ROUTING_NO_STOP */
	struct blinks *blinks; /* NULL = see all */
};

/* kernel_seat -- the cheapest seat of (stop, day) among near lines; false if none costs less than
 * `below` */
bool kernel_seat(struct kernel *k, uint32_t stop, uint32_t day, int64_t below,
    const struct terms *terms, struct seat *out);

void kernel_put(struct kernel *k, uint32_t stop, uint32_t day, const struct seat *s);
/* kernel_take -- take out all visits of a stop */
void kernel_take(struct kernel *k, uint32_t stop);
/*
 * kernel_lift -- the same, but its lines are not counted again before kernel_settle: of a whole string each is counted
 * once. In between only kernel_lift and kernel_is_pinned may be called.
 */
void kernel_lift(struct kernel *k, uint32_t stop);
void kernel_settle(struct kernel *k);
/* kernel_lift_day -- one of its visits alone; the others stay, and it is put in again before anybody counts */
void kernel_lift_day(struct kernel *k, uint32_t stop, uint32_t day);
/* kernel_fix -- the stop must begin at at_s (-1: by its windows); it must be out */
void kernel_fix(struct kernel *k, uint32_t stop, int32_t at_s);
/* kernel_is_pinned -- may any of its visits not be touched? */
bool kernel_is_pinned(const struct kernel *k, uint32_t stop);

void kernel_mark(struct kernel *k);
void kernel_undo(struct kernel *k);

/*
 * kernel_load -- accept any plan as a start, however late; unknown, repeated and unable stops are
 * ignored
 *
 * pinned  in  per shift: how many stops at the head of its route stay; NULL = none
 */
void kernel_load(struct kernel *k, const struct plan *plan, const uint32_t *pinned);
/* kernel_copy -- what stands now, over a plan that was made before */
void kernel_copy(const struct kernel *k, struct plan *out);

/* What the parts of the kernel share (line.c). */
void line_start(struct kernel *k, uint32_t l);
void line_room(struct kernel *k, uint32_t l);
/* line_refresh -- after changes at legs `from` to `to`: segments, windows, lunch, sums and the plan's total */
void line_refresh(struct kernel *k, uint32_t l, uint32_t from, uint32_t to);
/* line_uneven -- what a technician's paid seconds cost by fairness */
int64_t line_uneven(const struct kernel *k, uint32_t tech, int64_t paid_s);
/* line_paid -- a technician has so many paid seconds more */
void line_paid(struct kernel *k, uint32_t tech, int64_t more_s);
/* line_promises -- what promises cost more with a visit behind leg i */
int64_t line_promises(const struct kernel *k, const struct line *line, uint32_t i,
    const struct stop *s, struct window w, int32_t there_s, int32_t back_s);

/* line_lacks -- what missing goods cost; with one stop more, at most the way by the supply house */
int64_t line_lacks(const struct kernel *k, const struct line *line, const struct shift *s, const struct stop *more);

static inline struct window
kernel_window(const struct kernel *k, uint32_t stop, int32_t at_s)
{
	if (k->fixed_s[stop] >= 0)
		return (struct window){k->fixed_s[stop], k->fixed_s[stop]};
	return window_met(&k->p->stop[stop], at_s);
}

/*
 * What a whole route's time and loads cost, without its driving and promises. With one stop more, a lunch at home that
 * would become late is taken on the way instead.
 */
static inline int64_t
line_strain(const struct kernel *k, const struct line *line, const struct shift *s,
    struct segment whole, const struct stop *more)
{
	const struct prices *price = &k->p->price;
	int64_t done_s = segment_done(whole), c = (int64_t)whole.warp_s * price->late_s, paid_s = whole.duration_s - whole.warp_s;
	int32_t load = line->now.load + (more != NULL ? more->load : 0);

	if (line->now.lunch_at == line->now.legs - 1 && done_s > s->lunch.to_s) {
		if (more == NULL)
			c += (done_s - s->lunch.to_s) * price->late_s;
		else {
			done_s += s->lunch_s;
			paid_s += s->lunch_s;
		}
	}
	if (done_s > s->to_s)
		c += (done_s - s->to_s) * price->overtime_s;
	if (load > s->capacity)
		c += (int64_t)(load - s->capacity) * price->overload;
	c += paid_s * price->paid_s;
	return k->t->goods > 0 ? c + line_lacks(k, line, s, more) : c;
}

#endif
