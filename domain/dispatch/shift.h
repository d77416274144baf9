/*
 * domain/dispatch/shift.h -- when somebody works on a day, and when they eat: one answer for plans, offers and the board.
 */
#ifndef DOMAIN_DISPATCH_SHIFT_H
#define DOMAIN_DISPATCH_SHIFT_H

#include "domain/staff/hours.h"

/* What a second late, and a second after hours, costs in seconds of driving: one list of prices for plans and the board. */
#define DISPATCH_LATE_PRICE 10
#define DISPATCH_OVERTIME_PRICE 2
#define DISPATCH_LOAD_PRICE 300 /* a day that is full already: five minutes further to somebody who has nothing to do is as good */
#define DISPATCH_OVER_PRICE 1800 /* a thing that the van lacks: half an hour, if nobody says where to fetch it */
/* Goods that vans carry, in one plan. The last one that routing knows no van has: it is fetched for one stop. */
#define DISPATCH_GOODS 7
#define SHIFT_LUNCH_SLACK 30 /* minutes that a lunch of somebody's own may begin earlier or later */

/* What a company says of everybody whose own hours say nothing else. */
struct usual_hours {
	uint32_t from_minute, to_minute;
	uint32_t lunch_minutes;        /* 0: the company plans no lunch */
	uint32_t lunch_from, lunch_to; /* it begins between these */
};

struct round_hours {
	uint32_t from_minute, to_minute;    /* equal: not there */
	uint32_t lunch_minutes;             /* 0: none */
	uint32_t lunch_from, lunch_to;      /* minutes of the day between which it begins */
};

/*
 * shift_hours -- from the first stretch to the last; nobody ever said: the usual hours, on working days
 *
 * all  in  rows of that person
 *
 * Lunch is the longest gap between two stretches, at about that time: somebody's own. Else it is the company's, for
 * whoever is there from before it may begin until after it must have begun.
 */
void shift_hours(const struct availability *all, size_t n, struct day d, const struct usual_hours *u,
    struct round_hours *out);

/*
 * shift_load_price -- what it speaks against somebody that they have much to do that day, in seconds of driving
 *
 * planned_minutes  in  of service, without the stop that is asked about
 * work_minutes     in  of the day; 0: not known, as if it were full
 */
int64_t shift_load_price(uint32_t planned_minutes, uint32_t work_minutes);

#endif
