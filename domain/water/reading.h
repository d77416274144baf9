/*
 * domain/water/reading.h -- what can be read off water, which of it a company wants to know of a
 * pool, and what a value means.
 *
 * A value is a whole number of hundredths of its unit: 7.8 is 780, 84 F is 28.89 C and so 2889.
 * What was not tested is absent, never 0. "> 100" is 10000 with HOW_ABOVE. Enums are stored: never
 * renumber, only append.
 */
#ifndef DOMAIN_WATER_READING_H
#define DOMAIN_WATER_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/err.h"
#include "domain/base/str.h"
#include "domain/pools/pool.h"

enum measure {
	MEASURE_FC = 1,  /* free chlorine, ppm        */
	MEASURE_TC,      /* total chlorine, ppm       */
	MEASURE_CC,      /* combined chlorine, ppm    */
	MEASURE_BROMINE, /* ppm                       */
	MEASURE_PH,
	MEASURE_TA,        /* ppm CaCO3                 */
	MEASURE_CH,        /* ppm CaCO3                 */
	MEASURE_CYA,       /* ppm                       */
	MEASURE_SALT,      /* ppm NaCl                  */
	MEASURE_TEMP,      /* degrees C                 */
	MEASURE_TDS,       /* ppm                       */
	MEASURE_ORP,       /* mV                        */
	MEASURE_PHOSPHATE, /* ppb                       */
	MEASURE_BORATE,    /* ppm B                     */
	MEASURE_COPPER,    /* ppm                       */
	MEASURE_IRON,      /* ppm                       */
	MEASURE_NITRATE,   /* ppm                       */
	MEASURE_TURBIDITY, /* NTU                       */
	MEASURE_PRESSURE,  /* of the filter, psi        */
	MEASURE_FLOW,      /* US gallons a minute       */
	MEASURE_OWN1,      /* six that the company names itself */
	MEASURE_OWN2,
	MEASURE_OWN3,
	MEASURE_OWN4,
	MEASURE_OWN5,
	MEASURE_OWN6,
	MEASURES
};
#define MEASURE_OWNS       6
#define READING_VALUES_MAX 26

enum reading_how { HOW_EXACT = 0, HOW_BELOW, HOW_ABOVE, HOWS };
enum verdict {
	VERDICT_NONE = 0,
	VERDICT_LOW,
	VERDICT_BIT_LOW,
	VERDICT_OK,
	VERDICT_BIT_HIGH,
	VERDICT_HIGH,
	VERDICTS
};

/* For shapes: index = value, "" does not exist, NULL ends. */
extern const char *const measure_names[];
extern const char *const reading_how_names[];
extern const char *const verdict_names[];

/* What is known of each measure, whatever the company wants. */
struct measure_facts {
	int32_t least_x100, most_x100; /* outside of these nobody has ever read */
	uint32_t decimals;             /* that somebody may type */
	uint32_t keeps_days; /* so long an older value still says something (slow measures) */
};
const struct measure_facts *measure_facts(enum measure m);

/* One value. */
struct level {
	bool is;
	int32_t x100;
	enum reading_how how;
};

/* What is known of one body of water: indexed by measure. */
struct water {
	struct level of[MEASURES];
};

/* Which measures of which pools: ranges, and how often. The later and the narrower rule wins. */
struct measure_rule {
	enum measure measure;
	uint64_t kinds, sanitisers; /* bits of the enums; 0: all */
	bool asked, required;
	uint32_t every_days; /* 0: at every visit */
	bool ranges;         /* false: the four below are left as they were */
	int32_t low, aim_low, aim_high, high;
};
#define MEASURE_RULES_MAX 80

/* What the rules say of one measure of one pool. */
struct band {
	enum measure measure;
	bool asked, required;
	uint32_t every_days;
	bool own; /* the ranges are the company's, not those of the table */
	int32_t low, aim_low, aim_high, high;
};

struct water_pool {
	enum pool_kind kind;
	enum pool_sanitiser sanitiser;
	bool indoor;
	uint32_t volume_l; /* 0: unknown */
};

/*
 * bands_of -- the built-in rules, then the company's, then this pool's own: what holds for one pool
 *
 * company, own  in   in their order; within each list a rule with more conditions wins
 * out           out  indexed by measure; [0] is not used
 *
 * Source  product notes 3.1: Montana public pools [CH-MT], ANSI/APSP/ICC-11 [CH-APSP], see the
 * table in reading.c
 */
void bands_of(const struct water_pool *p, const struct measure_rule *company, size_t company_n,
    const struct measure_rule *own, size_t own_n, struct band out[MEASURES]);

/* rules_check -- Errors  E_INVALID "rules.3.high": out of order or impossible */
must_use enum err rules_check(const struct measure_rule *r, size_t n, struct fault *f);

/* level_check -- can anybody have read this? Errors  E_INVALID "values" */
must_use enum err level_check(enum measure m, const struct level *l, struct fault *f);

/* level_verdict -- where it lies; VERDICT_NONE: not tested. A censored value lies beyond its number
 */
enum verdict level_verdict(const struct level *l, const struct band *b);

/* water_fill -- combined chlorine from total and free, where only those were tested */
void water_fill(struct water *w);

#endif
