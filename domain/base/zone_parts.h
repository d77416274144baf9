/*
 * domain/base/zone_parts.h -- what a zone is made of; for day.c and zone.c alone.
 */
#ifndef DOMAIN_BASE_ZONE_PARTS_H
#define DOMAIN_BASE_ZONE_PARTS_H

#include "domain/base/day.h"

enum rule_kind {
	RULE_JULIAN = 1, /* Jn: day 1..365, the leap day is never counted */
	RULE_ORDINAL,    /* n: day 0..365, the leap day counts            */
	RULE_WEEKDAY     /* Mm.w.d: the w-th weekday d of month m, 5 = last */
};

struct rule {
	enum rule_kind kind;
	int32_t day;             /* of Jn and n */
	unsigned month, week;    /* 1..12, 1..5 */
	unsigned sunday_weekday; /* 0 = Sunday, as POSIX counts */
	int32_t at_s;            /* wall clock, may be negative or beyond a day: -167..167 hours */
};

struct zone {
	struct str name;
	size_t n;             /* transitions */
	const int64_t *at_s;  /* ascending */
	const int32_t *after_s; /* offset in force from at_s[i] on */
	int32_t first_s;      /* offset before the first transition */
	/* The footer: what holds after the last transition. */
	bool footer, summer; /* is there one; does it change its clock */
	int32_t standard_s, summer_s;
	struct rule start, end; /* of summer time */
};

/* zone_clip -- into the years 1..9999, with room for any offset, so that no sum overflows */
int64_t zone_clip(int64_t at_s);

#endif
