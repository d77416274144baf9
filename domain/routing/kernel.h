/*
 * domain/routing/kernel.h -- routes as time-warp segments: any insertion is priced in O(1).
 *
 * 1. Every route keeps, per position, the segment of all before it and of all behind it
 *    (Vidal, Crainic, Gendreau & Prins 2013: duration, time warp, earliest, latest).
 * 2. A visit is a (stop, day) pair: visit = stop * days + day. A stop is in or out as a whole.
 * 3. A route is saved the first time it is touched after kernel_mark; kernel_undo restores it.
 * 4. No floating point, no clock, no memory after kernel_open.
 */
#ifndef DOMAIN_ROUTING_KERNEL_H
#define DOMAIN_ROUTING_KERNEL_H

#include "domain/routing/problem.h"

/* The way from a place to another and back, side by side: a seat's two legs lie in one row. */
struct pair {
	int32_t to, from;
};

struct segment {
	int32_t duration_s, warp_s, earliest_s, latest_s;
};

/* What is looked at for every seat; small, so that a line is scanned in few cache lines. */
struct scan {
	uint32_t place;
	int32_t cost_on;  /* to the next leg */
	int32_t leave_s;  /* earliest, with all warps taken */
};

struct leg {
	uint32_t stop;
	int32_t seconds_on; /* to the next leg */
	struct window window; /* the one this visit was put in for */
	struct segment before, after; /* up to and with this leg; from this leg to the end */
};

/* leg[0] is the shift's start, leg[legs - 1] its end; the visits lie between. */
struct line {
	struct leg *leg;
	struct scan *scan; /* one for each leg */
	uint32_t legs;
	int64_t drive;     /* legs and other technicians; counted for an empty line too */
	int64_t cost;      /* 0 for an empty line: nobody drives it */
	int32_t load;
	uint32_t kind;  /* shifts of one kind are interchangeable while empty */
	uint32_t next_of_kind;
	uint32_t saved; /* stamp of the mark at which it was last saved */
	struct leg *old_leg;
	struct scan *old_scan;
	uint32_t old_legs;
	int64_t old_drive, old_cost;
	int32_t old_load;
};

struct seat {
	uint32_t line, position; /* behind leg[position] */
	uint32_t window;         /* index of the stop's window */
	int64_t cost;            /* added */
};

struct kernel {
	const struct problem *p;
	uint32_t places;        /* of the matrix with one more: nowhere, free to reach */
	struct pair *seconds, *cost; /* places x places; the same array if the tables are */
	struct line *line;
	uint32_t *line_of;      /* per visit: its line, or ROUTING_NO_STOP */
	uint32_t *position_of;  /* per visit: index of its leg */
	uint64_t *pattern;      /* per stop: days in use, 0 = out */
	uint32_t *near;         /* per stop: its `nears` nearest stops, nearest first */
	uint32_t nears;
	uint32_t *near_kind;    /* per stop and day: the kinds of shift with the nearest ends */
	uint32_t kinds;
	uint32_t *kind_first, *kind_empty;
	uint32_t *used;         /* per day: lines with visits */
	uint32_t *day_first, *day_line; /* the lines of day d: day_line[day_first[d] .. day_first[d + 1]) */
	uint32_t *kind_seen;    /* stamps */
	uint32_t *line_seen;
	uint32_t seen;
	uint32_t *dirty;        /* lines saved since the mark */
	uint32_t dirties;
	uint32_t *stop_dirty;   /* stops whose pattern changed since the mark, with the old pattern */
	uint64_t *stop_old;
	uint32_t stop_dirties;
	uint32_t *stop_saved;
	uint32_t stamp;
	int64_t total;
	int64_t old_total;
};

/* kernel_open -- all stops out. Memory: about 56 bytes a leg of room + 8 a place pair. */
struct kernel *kernel_open(const struct problem *p, struct arena *a);

/*
 * kernel_seat -- the cheapest seat of (stop, day) among near lines; false if none costs less than `below`
 *
 * blinks  in/out  the seats still looked at before the next one is overlooked; NULL = see all
 */
struct blinks {
	uint32_t left;
	uint64_t *random;
};
bool kernel_seat(struct kernel *k, uint32_t stop, uint32_t day, int64_t below, struct blinks *blinks,
    struct seat *out);
/* -ln(u / 2^32) x 2^16 for u >= 1, by a quadratic (error below 0.01) */
uint32_t kernel_ln_q16(uint32_t u);

void kernel_put(struct kernel *k, uint32_t stop, uint32_t day, const struct seat *s);
/* kernel_take -- take out all visits of a stop */
void kernel_take(struct kernel *k, uint32_t stop);

void kernel_mark(struct kernel *k);
void kernel_undo(struct kernel *k);

/* kernel_load -- accept any plan as a start, however late; unknown or repeated stops are ignored */
void kernel_load(struct kernel *k, const struct plan *plan);
/* kernel_plan -- what stands now */
void kernel_plan(const struct kernel *k, struct arena *a, struct plan *out);
/* kernel_copy -- overwrite a plan made by kernel_plan (it has room for every stop in each route) */
void kernel_copy(const struct kernel *k, struct plan *out);

static inline uint64_t
kernel_random(uint64_t *state)
{
	/* splitmix64 */
	uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

/* A number in 0..n-1 */
static inline uint32_t
kernel_below(uint64_t *state, uint32_t n)
{
	return (uint32_t)(((kernel_random(state) >> 32) * n) >> 32);
}

#endif
