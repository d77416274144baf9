/*
 * domain/visits/recurrence.h -- on which days something repeats: a small part of RFC 5545's RRULE.
 *
 *	FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH        1 to 8 weeks apart
 *	FREQ=MONTHLY;BYDAY=3TH                    1MO to 4SU, or -1FR: the last Friday
 *	FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15     1 to 28, or -1: the last day; 1 to 12 months apart
 *
 * Two of them with a | between are the days of both: weekly from April to September, every other week else.
 *
 * Also BYMONTH=4,5,6 (a season) and WKST=SU or MO. No COUNT and no UNTIL: when it ends is said by the
 * agreement. Days are days of the company's calendar, so no clock and no time zone has a say here.
 */
#ifndef DOMAIN_VISITS_RECURRENCE_H
#define DOMAIN_VISITS_RECURRENCE_H

#include "domain/base/arena.h"
#include "domain/base/day.h"
#include "domain/base/err.h"
#include "domain/base/str.h"

#define RULE_TEXT_MAX 200
#define RULE_PARTS_MAX 2
/* A window is at most this long; so this many days at most come out of it. */
#define RULE_WINDOW_DAYS 400

/*
 * rule_check -- is this one of the rules above, each part at most once?
 *
 * Errors  E_INVALID "rule"
 * Source  RFC 5545 3.3.10
 */
must_use enum err rule_check(struct str rule, struct fault *f);

/*
 * rule_days -- the days from `from` to `to`, both counted, in order
 *
 * anchor  in   DTSTART: nothing comes before it, and it says which of two weeks is week A
 * out     out  room for RULE_WINDOW_DAYS
 *
 * Errors  E_INVALID "rule"; E_INVALID "to" the window is longer than RULE_WINDOW_DAYS
 */
must_use enum err rule_days(struct str rule, struct day anchor, struct day from, struct day to,
    struct day *out, size_t *n, struct fault *f);

/*
 * rule_move -- the same rule with the occurrence of `was` on `day` instead, for good
 *
 * Weekly: the weekday is exchanged, in both seasons. Monthly: the third Thursday becomes, for example, the second Monday.
 *
 * anchor  in/out  stays where it is, so that nothing beside the moved occurrence changes, unless that one went to a
 *                 week (a month) between those of the rule: then it says which of them count from now on
 *
 * Errors  E_INVALID "day": the 29th, 30th or 31st of a month, unless it is the last
 */
must_use enum err rule_move(struct str rule, struct day was, struct day day, struct arena *a, struct str *out,
    struct day *anchor, struct fault *f);

/* rule_weekdays -- bits of enum weekday that a weekly rule, or the BYDAY of a monthly one, names */
uint32_t rule_weekdays(struct str rule);

/*
 * rule_week -- a rule that says the same of every week, all year: each week, or each second one
 *
 * every     out  1 or 2
 * weekdays  out  bits of enum weekday
 */
bool rule_week(struct str rule, uint32_t *every, uint32_t *weekdays);
/* rule_on -- the same weekly rule on other weekdays */
must_use enum err rule_on(struct str rule, uint32_t weekdays, struct arena *a, struct str *out, struct fault *f);

#endif
