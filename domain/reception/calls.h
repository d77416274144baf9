/*
 * domain/reception/calls.h -- what the company has said about calls: when somebody is rung, and whether they are recorded.
 */
#ifndef DOMAIN_RECEPTION_CALLS_H
#define DOMAIN_RECEPTION_CALLS_H

#include "domain/base/day.h"
#include "domain/base/str.h"

#define CALL_LEFT_S 180 /* a message after the tone, at most */

struct call_rules {
	bool record;
	struct str person;       /* is rung between these minutes; empty: the company's own number */
	uint32_t from_minute, to_minute; /* the same: all day */
	uint64_t days;           /* bits, 1 << enum weekday; 0: every day */
	struct str night;        /* is rung at other times, if somebody may be in danger; empty: nobody */
};

/*
 * call_person -- who is rung now; empty: nobody, a message is taken
 *
 * own  in  the company's number, for an empty `person`
 */
struct str call_person(const struct call_rules *r, struct str own, enum weekday weekday, uint32_t minute, bool danger);

/* What a caller has to be told before a call is recorded. */
enum call_consent {
	CALL_NOT_RECORDED = 0,
	CALL_RECORDED,  /* where one of the two who speak may agree for both */
	CALL_ANNOUNCED  /* it is said first, and recorded from the next sentence on, unless they decline */
};
/*
 * call_consent -- regions as two letters, "" unknown: then it is said
 *
 * Source  18 U.S.C. 2511(2)(d): one of both is enough. All of them must know in CA (Penal Code 632), CT (Gen. Stat. 52-570d), DE (11
 *         Del. C. 2402), FL (934.03), IL (720 ILCS 5/14), MD (Cts. & Jud. Proc. 10-402), MA (ch. 272 s. 99), MI (750.539c), MT
 *         (45-8-213), NV (200.620), NH (570-A:2), OR (165.540), PA (18 Pa. C.S. 5704), WA (RCW 9.73.030)
 */
enum call_consent call_consent(const struct call_rules *r, struct str country, struct str company_region, struct str caller_region);
/* call_declines -- the star, "do not record", "no me grabe": of what was said on the telephone */
bool call_declines(struct str said);

#endif
