/*
 * domain/water/dose.h -- what to pour, how much, in which order, and what the water is like
 * afterwards.
 *
 * The rules (product notes 3.6): bicarbonate first, then one acid dose, then chlorine; one
 * balancing chemical a visit in the order TA, CYA, CH, salt; high alkalinity: half of the acid and
 * test again; pH is not touched while TA is unknown; nothing above its most at a time; what must
 * not meet does not stand in one plan.
 */
#ifndef DOMAIN_WATER_DOSE_H
#define DOMAIN_WATER_DOSE_H

#include "domain/water/balance.h"
#include "domain/water/chemical.h"
#include "domain/water/pour.h"

#define DOSE_PARTS_MAX    6
#define DOSES_MAX         4
#define DOSE_NOTES_MAX    24
#define DOSE_PRODUCTS_MAX 60

/* A product at hand, in the company's order of preference. most, wait: 0 says "as usual"
 * (chemical.h). */
struct dose_product {
	uint64_t id;
	enum chemical chemical;
	uint32_t strength_x100;
	enum item_unit unit;
	int64_t holds_x100;
	uint32_t most_x100, wait_minutes; /* hundredths of ml or g at a time for each m3 */
	bool apart; /* it must never meet what went into this water within a day (dose_meets) */
};

/* What the company decided. */
struct dose_policy {
	enum fc_school school;
	enum balance_method method;
	enum water_units units;
	/* The water it is filled up with; hundredths of ppm */
	int32_t fill_ch, fill_cya, fill_salt, fill_tds;
};

/* One product to pour: `parts` times `each`. */
struct dose {
	uint64_t item_id;
	enum chemical chemical;
	enum measure measure; /* that it is poured for */
	int32_t from,
	    to; /* hundredths of the measure's unit: as it is, and as it will be by this product */
	int64_t exact, each; /* hundredths of ml or g: what was computed, what can be measured */
	uint32_t parts;
	uint32_t wait_minutes; /* before the next part or product */
	bool half;             /* only half of what was computed, then test again */
};

enum dose_word {
	DOSE_TEST_FIRST = 1, /* measure: without it nothing can be said of pH */
	DOSE_NO_PRODUCT,     /* measure: low, and nothing at hand for it */
	DOSE_NEXT_VISIT,     /* measure: low as well; one balancing chemical a visit */
	DOSE_AERATE,         /* pH is low and alkalinity is not: air raises it */
	DOSE_WAIT,           /* measure: above its range; it falls by itself */
	DOSE_REPLACE_WATER,  /* measure; value: litres to replace */
	DOSE_SHOCK,          /* combined chlorine is high: up to the clearing level */
	DOSE_RETEST,         /* measure: half was given, or the most: test again before more */
	DOSE_CYA_UNKNOWN,    /* the range of chlorine is the classic one */
	DOSE_CELL,           /* salt pool: look at the cell too */
	DOSE_BY_HAND,        /* measure: this house computes no dose for it */
	DOSE_APART,          /* measure: low, and what raises it must not meet what went in within a day */
	DOSE_WORDS
};

extern const char *const dose_word_names[];

struct dose_note {
	enum dose_word word;
	enum measure measure;
	int64_t value;
};

struct dose_plan {
	struct fc_range fc;
	struct dose doses[DOSES_MAX];
	size_t doses_n;
	struct dose_note notes[DOSE_NOTES_MAX];
	size_t notes_n;
	struct water after;        /* what it should be when all has mixed in */
	struct balance now, later; /* computed = false: something is missing */
	double raw[4];             /* not stored: pH, TA, FC, salt afterwards, for the proof */
};

/*
 * dose_plan_of -- from the water as it is to its targets
 *
 * p         in   volume_l above 0
 * w         in   as known now: tested today, or slow measures tested lately
 * bands     in   bands_of
 * products  in   at most DOSE_PRODUCTS_MAX
 *
 * Errors    E_INVALID "volume_l" unknown
 * Source    tests/cases/chemical.csv, ph_dose.csv, plan.csv
 */
must_use enum err dose_plan_of(const struct water_pool *p, const struct water *w,
    const struct band bands[MEASURES], const struct dose_policy *policy,
    const struct dose_product *products, size_t products_n, struct dose_plan *out, struct fault *f);

/* water_balance -- both indices of what is known; not computed without pH, temperature, TA and CH
 */
struct balance water_balance(const struct water *w);

/* dose_needs_reason -- is what was given so far from what was advised that somebody must say why?
 * 10 %, or an ounce */
bool dose_needs_reason(int64_t planned_x100, int64_t given_x100);

/* dose_meets -- two that must never meet, in one water within a day, whichever came first; at: seconds UTC */
bool dose_meets(enum chemical a, int64_t a_at, enum chemical b, int64_t b_at);

/* dose_over_most -- more than its most at a time for this much water, by an ounce? most_x100: the item's own, 0 as usual */
bool dose_over_most(enum chemical c, uint32_t most_x100, uint32_t volume_l, uint32_t parts, int64_t given_x100);

/* What speaks against a dose that was poured. It is a fact all the same. */
enum dose_mark {
	DOSE_MET = 0,   /* what it must never meet was in that water within a day */
	DOSE_OFF_PLAN,  /* far from what was advised, and nobody said why */
	DOSE_OVER_MOST, /* more than its most at a time, and nobody said why */
	DOSE_MARKS
};
extern const char *const dose_mark_names[];

#endif
