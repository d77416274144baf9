/*
 * domain/staff/clock.h -- what somebody's taps on the working clock add up to.
 */
#ifndef DOMAIN_STAFF_CLOCK_H
#define DOMAIN_STAFF_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/maybe.h"

/* Nobody works longer without going home: whoever has not clocked out by then forgot to. */
#define CLOCK_LONGEST_S (16 * 3600)

/* A time at work, or a break in it. */
struct clock_span {
	bool rests;
	int64_t from_at; /* seconds since 1970 */
	struct maybe_i64 to_at;
};

struct clock_sum {
	struct maybe_i64 in_at, out_at; /* first in, last out; no out: still at work, or forgotten */
	uint32_t worked_s;              /* without breaks */
	uint32_t break_s;
	bool forgot; /* a time at work that nobody ended: it counts nothing until somebody says when it was over */
};

/*
 * clock_count -- one day of one person
 *
 * Times at work that overlap (two phones, a clock that was put right) count once; a break counts as far as it lies in them.
 *
 * span  in  in any order, n at most some dozens
 * now   in  what is still open counts until then
 */
void clock_count(const struct clock_span *span, size_t n, int64_t now, struct clock_sum *out);

#endif
